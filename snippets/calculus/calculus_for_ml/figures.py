"""Figures of docs/calculus/calculus_for_ml.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mlmath.calculus import numerical_derivative
from mlmath.optim import gradient_descent
from mlmath.plots import frame

X = np.array([1.0, 2.0, 3.0])
Y = np.array([2.0, 3.0, 7.0])
CORNER = (6.0, 2.0)


def line_loss(m: NDArray[np.float64] | float, b: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Mean squared error of y = m x + b on the page's three points."""
    errors = np.multiply.outer(m, X) + np.asarray(b)[..., None] - Y
    return np.asarray((errors**2).mean(axis=-1))


def bowl(p: NDArray[np.float64]) -> float:
    """The page's stretched bowl: curvature 1 along x and 10 along y."""
    return float(p[0] ** 2 + 10 * p[1] ** 2) / 2


def bowl_gradient(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Its gradient."""
    return np.array([1.0, 10.0]) * p


def contours(ax: Axes, x: NDArray[np.float64], y: NDArray[np.float64], heights: list[float]) -> None:
    """Level sets of the bowl in the colour of helper lines."""
    grid = plt.rcParams["grid.color"]
    ax.contour(x, y, (x[None, :] ** 2 + 10 * y[:, None] ** 2) / 2, levels=heights, colors=[grid], linewidths=1)


def secant_to_tangent() -> Figure:
    """Secants of x^2 at 1 turn into the tangent as h shrinks, from both sides."""
    fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
    x = np.linspace(-1.4, 3.4, 100)
    ax.plot(x, x**2, color=plt.rcParams["text.color"], linewidth=2)
    ends = np.array([-1.3, 3.3])
    ax.plot(ends, 1 + 2 * (ends - 1), "--", color="C3", linewidth=2.5)
    ax.text(3.38, 5.6, "tangent: slope 2", va="center")
    ax.plot(1, 1, "o", color="C3", zorder=3)
    still = {2.0: "C0", 1.0: "C1", 0.5: "C2"}
    for h in (2.0, 1.75, 1.5, 1.25, 1.0, 0.75, 0.5, 0.3, 0.2, 0.1, 0.01, -0.01, -0.1, -0.3, -0.5, -1.0, -1.5, -2.0):
        slope = 2 + h
        with frame(fig, f"h = {h:g}: slope {slope:g}", still=h in still):
            color = still.get(h, "C0")
            ax.plot(ends, 1 + slope * (ends - 1), color=color)
            ax.plot([1, 1 + h], [1, (1 + h) ** 2], "o", color=color)
            place = (3.38, 1 + slope * 2.3) if h in still else (-1.2, 9.5)  # where it meets no other text
            ax.text(*place, f"h = {h:g}: slope {slope:g}", va="center")
    ax.set(xlabel="$x$", ylabel="$f(x) = x^2$", xlim=(-1.4, 5.4), ylim=(-2.5, 11), xticks=[-1, 0, 1, 2, 3])
    return fig


def growing_square() -> Figure:
    """What a square gains when its side grows: two strips and a corner."""
    fig, ax = plt.subplots(figsize=(4.4, 3.6), layout="constrained")
    x, h = 3.0, 0.6
    pieces = (
        (0, 0, x, x, "none", "$x^2$"),
        (x, 0, h, x, "C0", "$xh$"),
        (0, x, x, h, "C0", "$xh$"),
        (x, x, h, h, "C1", "$h^2$"),
    )
    for left, bottom, width, height, color, name in pieces:
        face = (color, 0.3) if color != "none" else "none"
        ax.add_patch(Rectangle((left, bottom), width, height, facecolor=face, edgecolor=plt.rcParams["text.color"]))
        ax.text(left + width / 2, bottom + height / 2, name, ha="center", va="center")
    for place, name in ((x / 2, "$x$"), (x + h / 2, "$h$")):
        ax.text(place, -0.12, name, ha="center", va="top")
        ax.text(-0.12, place, name, ha="right", va="center")
    ax.set(xlim=(-0.5, x + h + 0.1), ylim=(-0.5, x + h + 0.1), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    return fig


def same_gradient_zero() -> Figure:
    """A minimum, a maximum and a plateau, all with slope zero."""
    fig, ax = plt.subplots(figsize=(5.2, 2.8), layout="constrained")
    t = np.linspace(-1, 1, 101)
    shapes = (("minimum\nof $x^2$", t**2), ("maximum\nof $1 - x^2$", 1 - t**2), ("neither:\n$x^3$", t**3))
    for place, (name, values) in enumerate(shapes):
        centre = 2.7 * place
        height = values[50]
        ax.plot(centre + t, values, color=f"C{place}", linewidth=2)
        ax.plot([centre - 0.8, centre + 0.8], [height, height], "--", color=plt.rcParams["text.color"], linewidth=1)
        ax.plot(centre, height, "o", color=f"C{place}")
        ax.text(centre, -1.25, name, ha="center", va="top")
    ax.set(ylim=(-2.0, 1.2), xlim=(-1.2, 6.6), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return fig


def finite_difference_error() -> Figure:
    """Error of both differences for exp at 1, against the step: two V shapes."""
    steps = 10.0 ** np.arange(-15, 0.01, 0.125)
    fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
    forward = [abs(numerical_derivative(np.exp, 1.0, step=h, method="forward") - np.e) for h in steps]
    central = [abs(numerical_derivative(np.exp, 1.0, step=h, method="central") - np.e) for h in steps]
    ax.loglog(steps, forward, "o", markersize=3, color="C0")
    ax.loglog(steps, central, "s", markersize=3, color="C1")
    eps = np.finfo(np.float64).eps
    for best, name, side in (
        (eps**0.5, r"$\varepsilon^{1/2}$ ", "right"),
        (eps ** (1 / 3), r" $\varepsilon^{1/3}$", "left"),
    ):
        ax.axvline(best, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
        ax.text(best, 2e-13, name, ha=side)
    ax.text(1e-2, 0.3, "forward", ha="right")
    ax.text(3e-2, 1e-6, "central")
    ax.text(2e-14, 1e-7, "rounding")
    ax.set(xlabel="step $h$", ylabel="error of the derivative", ylim=(1e-13, 20))
    return fig


def partial_derivative_slices() -> Figure:
    """Cutting the line's loss along m and along b at the guess (1, 0)."""
    fig, (ax, cut) = plt.subplots(1, 2, figsize=(6.4, 3.4), layout="constrained", width_ratios=(1, 1.1))
    m, b = np.linspace(-0.5, 3.5, 121), np.linspace(-3, 3, 121)
    height = line_loss(m[None, :], b[:, None])
    ax.contour(m, b, height, levels=[1, 3, 6, 12, 24, 48], colors=[plt.rcParams["grid.color"]], linewidths=1)
    ax.axhline(0, color="C0", linewidth=2)
    ax.axvline(1, color="C1", linewidth=2)
    ax.plot(1, 0, "o", color=plt.rcParams["text.color"], zorder=3)
    ax.plot(2.5, -1, "*", color="C2", markersize=12)
    ax.set(xlabel="$m$", ylabel="$b$", title="seen from above")

    t = np.linspace(-1.5, 1.5, 61)
    cut.plot(t, line_loss(1 + t, 0 * t), color="C0", linewidth=2)
    cut.plot(t, line_loss(1 + 0 * t, t), color="C1", linewidth=2)
    near = np.array([-0.9, 0.9])
    for slope, color in ((-10, "C0"), (-4, "C1")):
        cut.plot(near, 6 + slope * near, "--", color=color)
    cut.plot(0, 6, "o", color=plt.rcParams["text.color"], zorder=3)
    cut.text(-0.75, 16.5, "along $m$: slope $-10$")
    cut.text(0.12, 7.2, "along $b$: slope $-4$")
    cut.set(xlabel="change of $m$ or of $b$", title="loss along the cuts", ylim=(-4, 26), xlim=(-1.6, 2.1))
    return fig


def gradient_field() -> Figure:
    """Gradient arrows stand at right angles on the level sets of the bowl."""
    fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
    heights = [4.5, 18.0]
    contours(ax, np.linspace(-7.5, 7.5, 201), np.linspace(-3.2, 3.2, 161), heights)
    for height in heights:
        angle = np.linspace(0, 2 * np.pi, 12, endpoint=False) + 0.15
        points = np.sqrt(2 * height) * np.array([np.cos(angle), np.sin(angle) / np.sqrt(10)])
        arrows = np.array([[1.0], [10.0]]) * points
        ax.quiver(*points, *arrows, angles="xy", scale_units="xy", scale=9, width=0.006, color="C0")
    ax.plot(0, 0, "*", color="C2", markersize=12)
    ax.set(xlabel="$x$", ylabel="$y$", aspect="equal", xlim=(-7.5, 7.5), ylim=(-4.2, 4.2))
    return fig


def five_rates() -> Figure:
    """Five steps on w^2 from w = 4, for the five kinds of learning rates."""
    fig, axes = plt.subplots(1, 5, figsize=(6.6, 2.6), layout="constrained", sharey=True)
    w = np.linspace(-6.3, 6.3, 101)
    for number, (ax, rate) in enumerate(zip(axes, (0.1, 0.5, 0.9, 1.0, 1.1), strict=True)):
        walk = 4 * (1 - 2 * rate) ** np.arange(6)
        ax.plot(w, w**2, color=plt.rcParams["grid.color"])
        ax.plot(walk, walk**2, "o-", color=f"C{number}", markersize=4, linewidth=1)
        ax.set(title=rf"$\eta$ = {rate:g}", xlabel="$w$", xticks=[-4, 0, 4], xlim=(-7, 7), ylim=(-3, 40), yticks=[])
        ax.spines["left"].set_visible(False)
    axes[0].set_ylabel("$w^2$")
    return fig


def two_valleys() -> Figure:
    """A curve with two valleys, and a walk into each."""
    fig, ax = plt.subplots(figsize=(5.2, 3.4), layout="constrained")
    w = np.linspace(-2.15, 2.15, 201)
    ax.plot(w, w**4 - 3 * w**2 + w, color=plt.rcParams["text.color"], linewidth=2)
    for number, start in enumerate((-2.0, 2.0)):
        path = gradient_descent(
            lambda p: float(p[0] ** 4 - 3 * p[0] ** 2 + p[0]),
            lambda p: 4 * p**3 - 6 * p + 1,
            [start],
            learning_rate=0.02,
            steps=40,
        )
        ax.plot(path.points[:, 0], path.losses, "os"[number], color=f"C{number}", markersize=5)
        end = path.result[0]
        words = f"$w = {start:.0f}$ goes to ${end:.2f}$"
        ax.text(end, path.losses[-1] - 0.5, words, ha="center", va="top")
    ax.set(xlabel="$w$", ylabel="loss", ylim=(-4.8, 6.5))
    return fig


def learning_rates() -> Figure:
    """Loss on the bowl against the step number, one curve per learning rate."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    for number, rate in enumerate((0.02, 0.18, 0.2, 0.21)):
        path = gradient_descent(bowl, bowl_gradient, CORNER, learning_rate=rate, steps=40)
        ax.semilogy(path.losses, color=f"C{number}", linewidth=2)
        ax.annotate(rf"$\eta$ = {rate:g}", (41, path.losses[-1]), va="center")
    ax.plot([0, 40], [bowl(np.array(CORNER))] * 2, "--", color=plt.rcParams["grid.color"], linewidth=1)
    ax.set(xlabel="step", ylabel="loss (log scale)", xlim=(0, 52), xticks=[0, 10, 20, 30, 40])
    return fig


def descent_paths() -> Figure:
    """Walks on the bowl from the same corner, one for each learning rate."""
    fig, ax = plt.subplots(figsize=(5.4, 3.2), layout="constrained")
    contours(ax, np.linspace(-1.5, 7, 201), np.linspace(-2.4, 2.4, 161), [0.5, 2, 8, 18, 38])
    ax.plot(0, 0, "*", color="C2", markersize=12, zorder=3)
    still = {0.02: ("C0", "o"), 0.18: ("C1", "s")}
    for rate in (0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.12, 0.14, 0.16, 0.18, 0.19, 0.2, 0.21):
        path = gradient_descent(bowl, bowl_gradient, CORNER, learning_rate=rate, steps=40)
        loss = f"{path.losses[-1]:,.1f}" if path.losses[-1] > 1 else f"{path.losses[-1]:.6f}"
        words = f"learning rate {rate:g}: after 40 steps the loss went from {path.losses[0]:.0f} to {loss}"
        with frame(fig, words, still=rate in still):
            color, marker = still.get(rate, ("C0", "o"))
            ax.plot(*path.points.T, marker=marker, color=color, markersize=3, linewidth=1.2)
    ax.set(xlabel="$x$", ylabel="$y$", aspect="equal", xlim=(-1.5, 7), ylim=(-2.2, 2.2))
    return fig
