"""Figures of docs/calculus/gradients_and_jacobians.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Polygon, Rectangle
from numpy.typing import NDArray

from mlmath.calculus import numerical_gradient, numerical_jacobian
from mlmath.plots import frame

PLACE = np.array([4.0, 2.0])


def loss(w: NDArray[np.float64]) -> NDArray[np.float64]:
    """The page's loss; the weights stand along the first axis."""
    return np.asarray(((w[0] - 1) ** 2 + (2 * w[1] - 2) ** 2) / 2)


def features(box: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area and perimeter of a box: the first two features of the page."""
    return np.array([box[0] * box[1], 2 * box[0] + 2 * box[1]])


def arrow(ax: Axes, start: NDArray[np.float64], way: NDArray[np.float64], color: str, width: float = 2.0) -> None:
    """An arrow that is one thing, so that it can belong to one state: those of annotations are two."""
    tip = start + way
    ax.add_patch(
        FancyArrowPatch(
            (start[0], start[1]),
            (tip[0], tip[1]),
            arrowstyle="-|>",
            mutation_scale=13,
            color=color,
            linewidth=width,
            shrinkA=0,
            shrinkB=0,
            zorder=2.5,
        )
    )


def rescaled_bowl() -> Figure:
    """Downhill arrows on the same loss, drawn for (w1, w2) and for (w1, v2) with v2 = 2 w2."""
    fig, axes = plt.subplots(2, 1, figsize=(4.8, 6.2), layout="constrained", height_ratios=(1, 1.75))
    grid, ink = plt.rcParams["grid.color"], plt.rcParams["text.color"]
    angle = np.linspace(0, 2 * np.pi, 200)
    for ax, scale, name in zip(axes, (1.0, 2.0), ("$w_2$", "$v_2 = 2 w_2$"), strict=True):

        def rescaled(v: NDArray[np.float64], scale: float = scale) -> float:
            return float(loss(np.array([v[0], v[1] / scale])))

        minimum, place = np.array([1, scale]), PLACE * [1, scale]
        for height in (1.5, 6.5):
            size = np.sqrt(2 * height)
            ax.plot(1 + size * np.cos(angle), scale * (1 + size * np.sin(angle) / 2), color=grid, linewidth=1.5)
        for turn in np.arctan2(2, 3) + 2 * np.pi * np.arange(8) / 8:
            start = np.array([1 + np.sqrt(13) * np.cos(turn), scale * (1 + np.sqrt(13) * np.sin(turn) / 2)])
            here = np.allclose(start, place)
            arrow(ax, start, -0.22 * numerical_gradient(rescaled, start), "C1" if here else "C0", 2.5 if here else 1.5)
        ax.plot(*np.transpose([place, minimum]), ":", color=ink, linewidth=1.5)
        ax.plot(*place, "o", color="C1")
        ax.plot(*minimum, "*", color="C2", markersize=13)
        ax.set(xlabel="$w_1$", ylabel=name, aspect="equal", xlim=(-3.3, 5.3), xticks=range(-2, 6, 2))
        ax.set_yticks(range(0, int(3 * scale) + 1, int(scale)))
    axes[0].set_ylim(-1.2, 3.2)
    axes[0].set_title("the arrow misses the star")
    axes[1].set_ylim(-2.0, 6.0)
    axes[1].set_title("the arrow points at the star")
    return fig


def turning_direction() -> Figure:
    """A direction turns away from the gradient (3, 4); the slope along it follows 5 cos."""
    fig, (plane, curve) = plt.subplots(2, 1, figsize=(4.8, 6.2), layout="constrained", height_ratios=(1.25, 1))
    grid, ink = plt.rcParams["grid.color"], plt.rcParams["text.color"]
    gradient = numerical_gradient(lambda w: float(loss(w)), PLACE)
    length = float(np.linalg.norm(gradient))
    x, y = np.meshgrid(np.linspace(2, 6, 120), np.linspace(0.4, 3.6, 120))
    plane.contour(x, y, loss(np.stack([x, y])), levels=np.arange(0.5, 30, 2), colors=[grid], linewidths=1)
    arrow(plane, PLACE, 1.45 * gradient / length, ink, 1.2)
    plane.text(*(PLACE + 1.52 * gradient / length), "gradient", ha="left", va="center")
    plane.plot(*PLACE, "o", color=ink)
    plane.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal", xlim=(2, 6), ylim=(0.6, 3.5))
    plane.set(xticks=[2, 3, 4, 5, 6], yticks=[1, 2, 3])

    angles = np.linspace(-180, 180, 181)
    curve.plot(angles, length * np.cos(np.radians(angles)), color=ink, linewidth=1.5)
    curve.axhline(0, color=grid, linewidth=1)
    curve.set(xlabel="angle to the gradient in degrees", ylabel="slope", xlim=(-190, 195), ylim=(-6.5, 6.8))
    curve.set_xticks(range(-180, 181, 90))
    uphill = np.arctan2(gradient[1], gradient[0])
    still = {0: "C0", 60: "C1", 90: "C2", 180: "C3"}
    for degrees in range(-180, 181, 30):
        turn = uphill + np.radians(degrees)
        u = np.array([np.cos(turn), np.sin(turn)])
        slope = float(gradient @ u)
        said = f"{degrees}° from the gradient: slope {round(slope, 6) + 0.0:.2f}".replace("-", "−")
        with frame(fig, said, still=degrees in still):
            color = still.get(degrees, "C0")
            arrow(plane, PLACE, u, color, 2.5)
            aside = np.array([-0.19, 0.04]) if degrees == 0 else 0  # the gradient's own arrow is in the way
            words = f"{degrees}°".replace("-", "−")
            plane.text(*(PLACE + 1.18 * u + aside), words, ha="center", va="center")
            curve.plot(degrees, slope, "o", color=color, markersize=8)
            sign = 1 if degrees >= 0 else -1
            if abs(degrees) == 180:
                place, side = (sign * 165, -6.1), ("right", "left")[sign < 0]
            else:
                place, side = (degrees + 9 * sign, slope + 0.5), ("left", "right")[sign < 0]
            curve.text(*place, f"{round(slope, 6) + 0.0:.2f}".replace("-", "−"), ha=side)
    return fig


def square_to_parallelogram() -> Figure:
    """What the map from a box to (area, perimeter) makes of a small square of boxes, enlarged to one size."""
    fig, after = plt.subplots(figsize=(4.8, 4.0), layout="constrained")
    before = after.inset_axes((0.66, 0.03, 0.3, 0.3))
    box, ink = np.array([1.0, 3.0]), plt.rcParams["text.color"]
    J = numerical_jacobian(features, box)
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)
    before.add_patch(Polygon(square, facecolor=("C0", 0.25), edgecolor="C0", linewidth=2))
    before.text(0.5, -0.12, "width + $h$", ha="center", va="top")
    before.text(-0.12, 0.5, "height + $h$", ha="right", va="center", rotation=90)
    before.plot(0, 0, "o", color=ink)
    before.text(0.1, 0.12, "(1, 3)")
    before.set(xlim=(-0.5, 1.15), ylim=(-0.5, 1.15), aspect="equal", xticks=[], yticks=[])
    before.spines[:].set_visible(False)

    after.add_patch(Polygon(square @ J.T, fill=False, edgecolor="C1", linewidth=2.5, linestyle="--", zorder=3))
    after.text(2.0, 1.15, "column 1:\n(3, 2)", ha="left", va="top")
    after.text(0.35, 1.9, "column 2:\n(1, 2)", ha="right", va="bottom")
    after.text(2.3, 3.5, "parallelogram\nof the Jacobian", ha="right", va="bottom")
    after.plot(0, 0, "o", color=ink)
    after.set(xlabel="change of area, divided by $h$", ylabel="change of perimeter, divided by $h$")
    after.set(xlim=(-1.4, 6.9), ylim=(-0.8, 5.0))
    edge = np.concatenate([np.linspace(a, b, 11) for a, b in zip(square, np.roll(square, -1, axis=0), strict=True)])
    for h in (1.0, 0.8, 0.6, 0.4, 0.2, 0.1, 0.01):
        image = np.array([(features(box + h * point) - features(box)) / h for point in edge])
        with frame(fig, f"h = {h:g}: the corner lies {h:g} beside the parallelogram's", still=h == 1.0):
            after.add_patch(Polygon(image, facecolor=("C0", 0.25), edgecolor="C0", linewidth=2))
            after.text(4.5, 4.3, f"true image, $h$ = {h:g}", ha="center")
    return fig


def columns_times_errors() -> Figure:
    """The gradient of the page's squared error: each column of X times the errors, added up and doubled."""
    X = np.array([[1, 0], [1, 2], [2, 1]])
    errors = X @ np.array([1, 2]) - np.array([2, 3, 3])
    fig, ax = plt.subplots(figsize=(4.8, 3.9), layout="constrained")
    ink = plt.rcParams["text.color"]
    for j, color in enumerate(("C0", "C1")):
        for i in range(3):
            ax.add_patch(Rectangle((1.5 * j, -i), 0.9, 0.9, facecolor=(color, 0.25), edgecolor=color, linewidth=1.5))
            ax.text(1.5 * j + 0.45, 0.45 - i, f"{X[i, j]}", ha="center", va="center", fontsize=13)
        terms = " + ".join(f"{x} · {e}" if e >= 0 else f"{x} · (−{-e})" for x, e in zip(X[:, j], errors, strict=True))
        total = int(X[:, j] @ errors)
        ax.text(0, -2.75 - 0.75 * j, f"partial {j + 1} = 2 · ({terms}) = {2 * total}", va="center")
        ax.text(1.5 * j + 0.45, 1.05, f"column {j + 1}", ha="center")
    for i, e in enumerate(errors):
        ax.add_patch(Rectangle((3.2, -i), 0.9, 0.9, facecolor="none", edgecolor=ink, linewidth=1.5))
        ax.text(3.65, 0.45 - i, f"{e}".replace("-", "−"), ha="center", va="center", fontsize=13)
    ax.text(3.65, 1.05, "errors", ha="center")
    ax.set(xlim=(-0.2, 4.9), ylim=(-3.9, 1.5), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    return fig
