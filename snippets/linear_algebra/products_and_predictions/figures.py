"""Figures of docs/linear_algebra/products_and_predictions.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import NDArray

from mlmath.linalg import dot_by_loops, matmul_by_loops
from mlmath.plots import frame

Array = NDArray[np.float64]
HOUSES = np.array([[1.0, 3.0, 2.0], [1.0, 2.0, 1.0], [1.0, 4.0, 2.0]])
MODELS = np.array([[20.0, 1.0], [5.0, 2.0], [10.0, 1.0]])


def number(value: float) -> str:
    """A whole number with the minus sign that the axes have."""
    return f"{value:.0f}".replace("-", "−")


def bare(ax: Axes) -> None:
    """No ticks and no frame."""
    ax.set(xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)


def arrow(ax: Axes, tip: Array) -> None:
    """An arrow from the origin."""
    ax.quiver(0, 0, *tip, angles="xy", scale_units="xy", scale=1, width=0.011, color="C1", zorder=3)


def agreement() -> Figure:
    """The dot product with w at 25 places: positive on the side of w, zero along a line, negative behind it."""
    fig, ax = plt.subplots(figsize=(4.4, 4.4), layout="constrained")
    for w in ((1, 0), (2, 1), (1, 1), (1, 2), (0, 1), (-1, 1), (-2, -1)):
        start = f"w = ({number(w[0])}, {number(w[1])})"
        values = [dot_by_loops(w, (x - 2, y - 2)) for x, y in np.ndindex(5, 5)]
        words = f"{start}: {sum(v > 0 for v in values)} values positive, {sum(v == 0 for v in values)} zero"
        with frame(fig, f"{words}; at the tip of w it is {number(dot_by_loops(w, w))}", still=w == (2, 1)):
            along = np.array([-w[1], w[0]]) / max(abs(w[0]), abs(w[1]))
            ax.plot(*np.outer(along, [-2.6, 2.6]), "--", color=plt.rcParams["text.color"], linewidth=1.3, zorder=1)
            arrow(ax, np.array(w) * (1 - 0.22 / np.hypot(*w)))
            for column, row in np.ndindex(5, 5):
                x, y = column - 2, row - 2
                value = dot_by_loops(w, (x, y))
                if value:
                    shape, color = ("o", "C0") if value > 0 else ("s", "C3")
                    ax.plot(x, y, shape, markersize=20, markerfacecolor="none", markeredgecolor=color)
                    ax.text(x, y, number(value), ha="center", va="center", zorder=3)
                elif (x, y) != (0, 0):
                    ax.plot(x, y, ".", color=plt.rcParams["text.color"], markersize=7)
                    back = 0.25 / np.hypot(*w)
                    ax.text(x - back * w[0], y - back * w[1], "0", ha="center", va="center")
            ax.text(0, 2.95, f"$w$ = ({number(w[0])}, {number(w[1])})", ha="center", color="C1")
    ax.set(xlim=(-2.7, 2.7), ylim=(-2.7, 3.2))
    bare(ax)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xticks=range(-2, 3), yticks=range(-2, 3))
    ax.tick_params(length=0)
    return fig


def cells(ax: Axes, table: Array, left: float, top: float) -> None:
    """A table of numbers, with its upper left corner at a place."""
    for (i, j), value in np.ndenumerate(table):
        cell(ax, left + j, top - i, number(float(value)))


def cell(ax: Axes, left: float, top: float, words: str, color: str | None = None) -> None:
    """One cell with a number in it, empty or with a colour."""
    face = (color, 0.35) if color else "none"
    edge = color or plt.rcParams["grid.color"]
    ax.add_patch(
        Rectangle((left, top - 1), 1, 1, facecolor=face, edgecolor=edge, linewidth=2 if color else 1, zorder=2)
    )
    ax.text(left + 0.5, top - 0.5, words, ha="center", va="center", zorder=3)


def row_by_column() -> Figure:
    """Houses times models, cell by cell: each result stands where its row and its column meet."""
    fig, ax = plt.subplots(figsize=(4.3, 5.2), layout="constrained")
    cells(ax, HOUSES, 0, 0)
    cells(ax, MODELS, 3.4, 3.4)
    result = matmul_by_loops(HOUSES, MODELS)
    for step, (i, j) in enumerate(np.ndindex(3, 2)):
        row, column = HOUSES[i], MODELS[:, j]
        terms = " + ".join(f"{number(a)}·{number(b)}" for a, b in zip(row, column, strict=True))
        total = number(dot_by_loops(row, column))
        with frame(fig, f"house {i + 1}, model {j + 1}: {terms} = {total}", still=step == 2):
            for k in range(3):
                cell(ax, k, -i, "", "C0")
                cell(ax, 3.4 + j, 3.4 - k, "", "C1")
            for done, (a, b) in enumerate(np.ndindex(3, 2)):
                if done <= step:
                    cell(ax, 3.4 + b, -a, number(float(result[a, b])), "C2" if done == step else None)
                else:
                    cell(ax, 3.4 + b, -a, "")
            ax.text(2.7, -3.5, f"{terms} = {total}", ha="center", va="center", fontsize=12)
    ax.text(1.5, 0.2, "houses $X$", ha="center")
    ax.text(4.4, 3.6, "models $W$", ha="center")
    ax.text(5.55, -1.5, "$XW$", va="center")
    ax.set(xlim=(-0.1, 6.3), ylim=(-3.9, 4.1))
    bare(ax)
    return fig


def turn_and_stretch() -> Figure:
    """A square is stretched and turned, in both orders: the ends differ."""
    fig, axes = plt.subplots(1, 2, figsize=(5.2, 2.5), layout="constrained", sharey=True)
    stretch, turn = np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([[0.0, -1.0], [1.0, 0.0]])
    square = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]])
    orders = (("stretch, then turn", stretch, turn), ("turn, then stretch", turn, stretch))
    for ax, (title, _, _) in zip(axes, orders, strict=True):
        ax.add_patch(Polygon(square.T, closed=True, facecolor="none", edgecolor=plt.rcParams["text.color"], ls="--"))
        ax.set(title=title, xlim=(-2.4, 2.4), ylim=(-0.6, 2.6))
        bare(ax)
        ax.plot([-2.3, 2.3], [0, 0], color=plt.rcParams["grid.color"], linewidth=0.6)
        ax.plot([0, 0], [-0.5, 2.5], color=plt.rcParams["grid.color"], linewidth=0.6)
    for steps, stage in enumerate(("start", "after the first step", "after both steps")):
        maps = [(np.eye(2), first, matmul_by_loops(second, first))[steps] for _, first, second in orders]
        corners = [map_[:, 0] + map_[:, 1] for map_ in maps]
        places = [f"({number(corner[0])}, {number(corner[1])})" for corner in corners]
        with frame(
            fig, f"{stage}: the corner is at {places[0]} on the left, {places[1]} on the right", still=steps == 2
        ):
            for ax, map_, corner, place in zip(axes, maps, corners, places, strict=True):
                ax.add_patch(
                    Polygon((map_ @ square).T, closed=True, facecolor=("C0", 0.3), edgecolor="C0", linewidth=2)
                )
                arrow(ax, corner)
                ax.text(corner[0], corner[1] + 0.12, place, ha="center")
    return fig


def rows_in_memory() -> Figure:
    """A table of three rows and four columns, and the strip of memory that holds it row by row."""
    fig, ax = plt.subplots(figsize=(5.2, 3.0), layout="constrained")
    cells(ax, np.arange(12.0).reshape(3, 4), 4, 4.4)
    cells(ax, np.arange(12.0)[None, :], 0, 0)
    walks = [(f"row {i + 1}", [4 * i + j for j in range(4)]) for i in range(3)]
    walks += [(f"column {j + 1}", [4 * i + j for i in range(3)]) for j in range(4)]
    for kind, places in walks:
        words = "4 neighbours" if kind.startswith("row") else "3 cells, 4 apart"
        with frame(fig, f"{kind}: {words} in memory", still=kind == "column 2"):
            for place in places:
                cell(ax, 4 + place % 4, 4.4 - place // 4, "", "C0")
                cell(ax, place, 0, "", "C0")
            ax.text(6, -1.6, f"{kind}: {words}", ha="center", va="center")
    ax.text(3.8, 2.9, "the table", ha="right", va="center")
    ax.text(0, 0.25, "in memory")
    ax.set(xlim=(-0.1, 12.1), ylim=(-2.1, 4.6))
    bare(ax)
    return fig
