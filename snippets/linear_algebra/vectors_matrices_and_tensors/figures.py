"""Figures of docs/linear_algebra/vectors_matrices_and_tensors.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from numpy.typing import NDArray

from mlmath.datasets import load_digits, load_windsor_housing
from mlmath.plots import frame

Array = NDArray[np.float64]
THETA, CHANGE = np.array([6.0, 3.0]), np.array([-2.0, 4.0])


def arrow(ax: Axes, start: Array, end: Array, color: str, style: str = "-") -> None:
    """An arrow from one point to another."""
    from_to = (float(start[0]), float(start[1])), (float(end[0]), float(end[1]))
    patch = FancyArrowPatch(*from_to, arrowstyle="-|>", mutation_scale=16, color=color, shrinkA=0, shrinkB=0)
    patch.set(linewidth=2.2, linestyle=style)
    ax.add_patch(patch)


def grid_of(ax: Axes, values: Array, left: float, top: float, *, color: str = "none", size: float = 10) -> None:
    """A table of numbers as boxes of side 1, with its upper left corner at (left, top)."""
    face = (color, 0.25) if color != "none" else "none"
    for i, row in enumerate(np.atleast_2d(values)):
        for j, value in enumerate(row):
            box = Rectangle((left + j, top - i - 1), 1, 1, facecolor=face, edgecolor=plt.rcParams["text.color"])
            ax.add_patch(box)
            words = f"{value:g}".replace("-", "−")
            ax.text(left + j + 0.5, top - i - 0.5, words, ha="center", va="center", fontsize=size)


def pixels(ax: Axes, picture: Array, colours: str, darkest: float) -> None:
    """The pixels as boxes that stay sharp at every size, centred on whole numbers."""
    rows, columns = np.arange(len(picture)), np.arange(picture.shape[1])
    ax.pcolormesh(columns, rows, picture, cmap=colours, vmin=0, vmax=darkest, edgecolors="face", linewidth=0.3)


def bare(ax: Axes, width: float, height: float) -> None:
    """No axes, boxes as squares."""
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def list_and_arrow() -> Figure:
    """Add c times a change to theta: the same sum as numbers and as arrows, head to tail."""
    fig, ax = plt.subplots(figsize=(4.8, 4.6), layout="constrained")
    zero = np.zeros(2)
    ax.axhline(0, color=plt.rcParams["grid.color"], linewidth=1)
    ax.axvline(0, color=plt.rcParams["grid.color"], linewidth=1)
    arrow(ax, zero, THETA, "C0")
    for c in (-0.5, -0.25, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5):
        end = THETA + c * CHANGE
        sign = "+" if c > 0 else "−"
        words = f"(6, 3) {sign} {abs(c):g} · (−2, 4) = ({end[0]:g}, {end[1]:g})"
        with frame(fig, words, still=c == 0.5):
            arrow(ax, THETA, end, "C1")
            arrow(ax, zero, end, "C2", "--")
            ax.text(0.5, 1.02, words, transform=ax.transAxes, ha="center", va="bottom", fontsize=11)
            beside = THETA + 0.5 * c * CHANGE + [0.25, 0.15]
            ax.text(3.2, 0.95 if c > 0 else 2.3, r"$\theta$", ha="center", va="center", fontsize=13)
            ax.text(beside[0], beside[1], rf"${c:g} \, d$", va="center", fontsize=12)
            ax.text(end[0], end[1] + (0.25 if c > 0 else -0.3), "sum", ha="center", va="center")
    ax.set(xlim=(-0.5, 8.5), ylim=(-0.5, 9.8), aspect="equal", xticks=range(0, 9, 2), yticks=range(0, 10, 2))
    ax.set(xlabel="first entry", ylabel="second entry")
    return fig


def row_and_column() -> Figure:
    """Three houses as a table with one row and one column marked, and the table transposed."""
    houses = load_windsor_housing()
    names = ("lot", "bedr.", "bathr.", "air")
    columns = ("lot_size", "bedrooms", "bathrooms", "air_conditioning")
    X = np.column_stack([houses.column(name)[:3] for name in columns])
    fig, ax = plt.subplots(figsize=(4.6, 2.6), layout="constrained")
    bare(ax, 10.3, 5.5)
    ax.set(ylim=(-0.1, 5.5))
    grid_of(ax, X, 1.0, 4, size=8.5)
    grid_of(ax, X.T, 7.2, 4, size=8.5)
    for j, name in enumerate(names):
        ax.text(1.5 + j, 4.15, name, ha="center", va="bottom", fontsize=9)
        ax.text(7.05, 3.5 - j, name, ha="right", va="center", fontsize=9)
    for i in range(3):
        ax.text(0.85, 3.5 - i, f"{i + 1}", ha="right", va="center", fontsize=9)
        ax.text(7.7 + i, 4.15, f"{i + 1}", ha="center", va="bottom", fontsize=9)
    marks = ((1, 2, 4, 1, "C0", "-"), (8.2, 0, 1, 4, "C0", "-"), (2, 1, 1, 3, "C1", "--"), (7.2, 2, 3, 1, "C1", "--"))
    for left, bottom, width, height, color, line in marks:
        box = Rectangle((left, bottom), width, height, fill=False, linewidth=3.5, edgecolor=color, linestyle=line)
        ax.add_patch(box)
        box.set_zorder(3)
    ax.text(3, 4.8, "$X$, shape (3, 4)", ha="center", va="bottom")
    ax.text(8.7, 4.8, r"$X^{\top}$, shape (4, 3)", ha="center", va="bottom")
    ax.text(1, 0.9, "solid: house 2\ndashed: feature 2", ha="left", va="top")
    return fig


def sum_along_an_axis() -> Figure:
    """The rows of one digit are added one after the other: axis 0 disappears, and eight sums are left."""
    digit = load_digits().images[0]
    fig, (ax, sums) = plt.subplots(2, 1, figsize=(4.0, 5.2), layout="constrained", sharex=True, height_ratios=[1.9, 1])
    pixels(ax, digit, "Blues", 22)
    ax.set(xlim=(-0.5, 7.5), ylim=(7.5, -0.5))
    for (i, j), ink in np.ndenumerate(digit):
        ax.text(j, i, f"{ink:.0f}", ha="center", va="center", color="black", fontsize=9)
    ax.set(yticks=range(8), xticks=range(8), ylabel="axis 0: rows")
    for rows in range(1, 9):
        total = digit[:rows].sum(axis=0)
        listed = " ".join(f"{value:.0f}" for value in total)
        with frame(fig, f"rows added: {rows}. Sums so far: {listed}", still=rows == 8):
            ax.add_patch(Rectangle((-0.46, -0.46), 7.92, rows - 0.08, fill=False, edgecolor="C1", linewidth=3))
            sums.bar(range(8), total, color="C1", alpha=0.6)
            for j, value in enumerate(total):
                sums.text(j, value + 2, f"{value:.0f}", ha="center", va="bottom", fontsize=9)
    sums.set(ylim=(0, 100), xlabel="axis 1: columns", ylabel="sum(axis=0)", yticks=[0, 50], xlim=(-0.5, 7.5))
    return fig


def two_digits_side_by_side() -> Figure:
    """Two digits as one wide picture: reshape alone mixes their rows, transposing first does not."""
    pair = load_digits().images[:2]
    pictures = {
        "pair.reshape(8, 16)": pair.reshape(8, 16),
        "pair.transpose(1, 0, 2).reshape(8, 16)": pair.transpose(1, 0, 2).reshape(8, 16),
    }
    fig, axes = plt.subplots(2, 1, figsize=(4.4, 5.2), layout="constrained")
    for ax, (title, picture) in zip(axes, pictures.items(), strict=True):
        pixels(ax, picture, "gray_r", 16)
        ax.set(xlim=(-0.5, 15.5), ylim=(7.5, -0.5), aspect="equal")
        ax.axvline(7.5, color="C1", linestyle="--")
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=10, family="monospace")
    return fig


def three_minus_three_is_nine() -> Figure:
    """Broadcasting in five states: the shapes (3, 1) and (3,) become nine differences."""
    y = np.array([4.0, 6.0, 9.0])
    column = y.reshape(-1, 1)
    fig, ax = plt.subplots(figsize=(4.4, 2.7), layout="constrained")
    bare(ax, 11.6, 6.6)
    lefts = (0.2, 4.2, 8.2)
    for left, name in zip(lefts, ("predicted", "y", "predicted − y"), strict=True):
        ax.text(left + 1.5, 4.1, name, ha="center", va="bottom")
    ax.text(3.7, 2.5, "−", ha="center", va="center", fontsize=14)
    ax.text(7.7, 2.5, "=", ha="center", va="center", fontsize=14)
    tall, row = np.broadcast_to(column, (3, 3)), np.broadcast_to(y, (3, 3))
    difference = column - y
    mean_square = f"nine differences: mean square {np.mean(difference**2):.2f} instead of 0"
    states = (
        ("aligned from the right: 1 meets 3", ("(3, 1)", "(3,)", ""), (1, 1)),
        ("the missing axis counts as 1", ("(3, 1)", "(1, 3)", ""), (1, 1)),
        ("axis 1 is 1 on the left: the column is used 3 times", ("(3, 3)", "(1, 3)", ""), (3, 1)),
        ("axis 0 is 1 on the right: the row is used 3 times", ("(3, 3)", "(3, 3)", ""), (3, 3)),
        (mean_square, ("(3, 3)", "(3, 3)", "(3, 3)"), (3, 3)),
    )
    for words, shapes, (columns, rows) in states:
        last = words == mean_square
        named = f"{words}, shapes {shapes[0]} and {shapes[1]}"
        with frame(fig, named, still=last):
            grid_of(ax, tall[:, :columns], lefts[0], 4, color="C0")
            grid_of(ax, row[:rows], lefts[1], 4, color="C1")
            if last:
                grid_of(ax, difference, lefts[2], 4, color="C2")
            for left, width, shape in zip(lefts, (columns, 3, 3), shapes, strict=True):
                ax.text(left + width / 2, 0.75, shape, ha="center", va="top")
            ax.text(5.8, 5.8, words.replace(": ", ":\n"), ha="center", va="center")
    return fig
