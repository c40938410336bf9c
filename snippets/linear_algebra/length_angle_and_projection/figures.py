"""Figures of docs/linear_algebra/length_angle_and_projection.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Arc
from numpy.typing import NDArray

from mlmath.linalg import cosine_similarity, norm
from mlmath.plots import frame

Vector = NDArray[np.float64]


def size(v: Vector, q: float) -> float:
    """The size of order q: a norm of mlmath for 1, 2 and infinity, and the same formula for orders in between."""
    return norm(v, order=q) if q in (1, 2, np.inf) else float(np.sum(np.abs(v) ** q) ** (1 / q))


def balls_by_order() -> Figure:
    """All pairs of errors that count as much as those of model B, for one order of the norm after the other."""
    fig, ax = plt.subplots(figsize=(5.2, 3.7), layout="constrained")
    text, grid = plt.rcParams["text.color"], plt.rcParams["grid.color"]
    ax.plot([-7, 7, np.nan, 0, 0], [0, 0, np.nan, -7, 7], color=grid, linewidth=0.8)
    a, b = np.array([3.0, 4.0]), np.array([0.0, 6.0])
    turn = np.linspace(0, 2 * np.pi, 721)  # by half degrees, so that the corners are points of the curve
    directions = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    still = {1.0: ("C0", "-", 5.2), 2.0: ("C1", "--", 1.7), np.inf: ("C3", ":", -1.8)}
    for q in (0.5, 0.75, 1.0, 1.2, 1.3, 1.5, 2.0, 3.0, 4.0, 8.0, np.inf):
        color, dashes, height = still.get(q, ("C0", "-", 1.7))
        name = "∞" if q == np.inf else f"{q:g}"
        winner = "A" if size(a, q) < size(b, q) else "B"
        sizes = f"A {size(a, q):.2f}, B {size(b, q):.2f}"
        curve = directions * [[6 / size(direction, q)] for direction in directions]
        with frame(fig, f"order {name}: {sizes}, {winner} is smaller", still=q in still):
            ax.plot(*curve.T, dashes, color=color, linewidth=2.5)
            ax.text(8.2, height, f"order {name}:\n{sizes}\n{winner} is smaller", va="center")
            x, y = -0.93 * curve[90]
            ax.text(x, y, name, ha="left", va="bottom", fontsize=12)
    ax.plot(*a, "o", color=text, zorder=4)
    ax.text(3.25, 4.2, "A")
    ax.plot(*b, "s", color=text, zorder=4)
    ax.text(0.25, 6.5, "B")
    ax.set(ylabel="second error", aspect="equal", xlim=(-7, 15.2), ylim=(-7, 7.6))
    ax.set_xlabel("first error", x=7 / 22.2)
    ax.set(xticks=[-6, 0, 3, 6], yticks=[-6, 0, 4, 6])
    ax.spines["bottom"].set_bounds(-7, 7)
    return fig


def documents_as_arrows() -> Figure:
    """Two documents in one direction, and a third, which is nearer and points elsewhere."""
    fig, ax = plt.subplots(figsize=(5.0, 3.4), layout="constrained")
    arrows = {"a": ((2.0, 1.0), "C0"), "b": ((4.0, 2.0), "C0"), "c": ((1.0, 2.0), "C1")}
    a, c = np.array(arrows["a"][0]), np.array(arrows["c"][0])
    for name, (tip, color) in reversed(arrows.items()):
        width = 4.5 if name == "a" else 2
        ax.annotate("", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": width, "shrinkB": 0})
    for name, place in {"a  (2, 1)": (2.0, 0.72), "b = 2a  (4, 2)": (3.2, 2.25), "c  (1, 2)": (0.5, 2.2)}.items():
        ax.text(*place, name)
    for other, place in (("b", (3.05, 1.2)), ("c", (1.55, 1.6))):
        end = np.array(arrows[other][0])
        ax.plot([2, end[0]], [1, end[1]], ":", color=plt.rcParams["text.color"], linewidth=2, zorder=5)
        ax.text(*place, f"distance {norm(a - end):.2f}")
    low, high = np.degrees(np.arctan2([a[1], c[1]], [a[0], c[0]]))
    ax.add_patch(Arc((0, 0), 1.3, 1.3, theta1=low, theta2=high, color=plt.rcParams["text.color"]))
    cosine = cosine_similarity(a, c)
    ax.text(0.52, 0.5, f"{np.degrees(np.arccos(cosine)):.0f}°", fontsize=10)
    ax.text(2.2, 0.2, f"cosine of a and b: {cosine_similarity(a, arrows['b'][0]):.2f}\n", va="bottom")
    ax.text(2.2, 0.2, f"cosine of a and c: {cosine:.2f}", va="bottom")
    ax.set(xlabel="count of “loss”", ylabel="count of “house”", aspect="equal", xlim=(0, 4.7), ylim=(0, 2.7))
    ax.set(xticks=[0, 1, 2, 3, 4], yticks=[0, 1, 2])
    return fig


def random_angles() -> Figure:
    """Angles between pairs of random directions: the more dimensions, the closer to a right angle."""
    fig, ax = plt.subplots(figsize=(5.0, 3.2), layout="constrained")
    rng = np.random.default_rng(0)
    edges = np.arange(0, 181, 4)
    for p in (2, 3, 5, 10, 30, 100, 300, 1000):
        u, v = (pairs / np.linalg.norm(pairs, axis=1, keepdims=True) for pairs in rng.normal(size=(2, 2000, p)))
        angles = np.degrees(np.arccos(np.clip(np.sum(u * v, axis=1), -1, 1)))
        counts = np.histogram(angles, edges)[0]
        near = 100 * np.mean(np.abs(angles - 90) < 10)
        words = f"{p} dimensions: {near:.0f} of 100 angles are between 80 and 100 degrees"
        with frame(fig, words, still=p == 30):
            ax.bar(edges[:-1] + 2, counts / counts.max(), width=3.6, color="C0")
            ax.text(0, 1.06, words.replace(": ", ":\n"), va="bottom")
    ax.axvline(90, color=plt.rcParams["text.color"], linestyle="--", linewidth=1, ymax=0.93)
    ax.set(xlabel="angle in degrees", ylabel="how often", yticks=[], xticks=[0, 45, 90, 135, 180], ylim=(0, 1.12))
    return fig


def projection_by_dragging() -> Figure:
    """A prediction moves along its line; the residual is shortest where it meets the line at a right angle."""
    fig, (ax, lengths) = plt.subplots(
        1, 2, figsize=(5.2, 2.8), layout="constrained", gridspec_kw={"width_ratios": [3, 2]}
    )
    text = plt.rcParams["text.color"]
    a, y = np.array([2.0, 1.0]), np.array([3.0, 4.0])
    ends = np.array([-0.6, 3.6])
    ax.plot(ends * 2, ends, color="C0", linewidth=2)
    ax.plot(*y, "s", color=text, zorder=4)
    ax.text(3.2, 4.15, "y")
    ax.text(6.1, 2.35, "c a", ha="center")
    multiples = np.linspace(-0.5, 3.5, 81)
    lengths.plot(multiples, [norm(c * a - y) for c in multiples], color=text, linewidth=2)
    for c in (-0.5, 0.0, 0.5, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75, 3.0, 3.5):
        closest = c * a
        length = norm(y - closest)
        angle = float(np.degrees(np.arccos(cosine_similarity(y - closest, a))))
        with frame(fig, f"c = {c:g}: residual {length:.2f} long, angle {angle:.0f} degrees", still=c == 1):
            ax.plot(*closest, "o", color="C0", zorder=4)
            ax.plot([y[0], closest[0]], [y[1], closest[1]], "--", color="C1", linewidth=2.5)
            ax.text(-1.1, 5.35, f"c = {c:g}: length {length:.2f}\nangle {angle:.0f}°".replace("-", "−"), va="bottom")
            lengths.plot(c, length, "o", color="C1", zorder=4)
            if c == 2:
                corner = np.array([[-2, -1], [-3, 1], [-1, 2]]) / np.sqrt(5) * 0.35 + closest
                ax.plot(*corner.T, color=text, linewidth=1)
    ax.set(xlabel="first house", ylabel="second house", aspect="equal", xlim=(-1.3, 7.3), ylim=(-0.8, 6.4))
    ax.set(xticks=[0, 2, 3, 4, 6], yticks=[0, 2, 4])
    lengths.set(xlabel="c", ylabel="length of the residual", ylim=(0, 6.5), xticks=[0, 1, 2, 3], yticks=[0, 2, 4, 6])
    lengths.set_box_aspect(1.25)
    return fig
