"""Figures of docs/calculus/rules_of_differentiation.md: one function, one picture."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import NDArray

from mlmath.calculus import complex_step_derivative, numerical_derivative
from mlmath.plots import frame
from mlmath.stats import sigmoid

EPSILON = float(np.finfo(np.float64).eps)


def growing_rectangle() -> Figure:
    """A rectangle of 5 by 4 whose sides grow at the rates 2 and 3: two strips stay, the corner goes."""
    fig, (ax, bar) = plt.subplots(2, 1, figsize=(4.2, 4.6), layout="constrained", height_ratios=(3.2, 1))
    edge = plt.rcParams["text.color"]
    ax.add_patch(Rectangle((0, 0), 5, 4, facecolor="none", edgecolor=edge))
    ax.text(2.5, 2, "$u \\, v = 5 \\cdot 4 = 20$", ha="center", va="center")
    bar.plot([23, 23], [0, 1.08], "--", color=edge, linewidth=1)
    bar.text(23, 1.12, "$8 + 15 = 23$", ha="center", va="bottom")
    for h in (1.0, 0.75, 0.5, 0.25, 0.1, 0.05):
        words = f"h = {h:g}: strips {8 * h:g} and {15 * h:g}, corner {6 * h * h:g}; per unit of h: 23 + {6 * h:g}"
        with frame(fig, words, still=h == 1):
            pieces = (
                (5, 0, 2 * h, 4, "C0", f"{8 * h:g}"),
                (0, 4, 5, 3 * h, "C2", f"{15 * h:g}"),
                (5, 4, 2 * h, 3 * h, "C1", f"{6 * h * h:g}"),
            )
            for left, bottom, width, height, color, area in pieces:
                ax.add_patch(Rectangle((left, bottom), width, height, facecolor=(color, 0.3), edgecolor=edge))
                if h >= 0.5:
                    ax.text(left + width / 2, bottom + height / 2, area, ha="center", va="center")
            ax.text(7.3, 5.5, f"$h = {h:g}$")
            start = 0.0
            for gain, color in ((8.0, "C0"), (15.0, "C2"), (6 * h, "C1")):
                bar.add_patch(Rectangle((start, 0.1), gain, 0.8, facecolor=(color, 0.3), edgecolor=edge))
                start += gain
            bar.text(4, 0.5, "$u'v = 8$", ha="center", va="center")
            bar.text(15.5, 0.5, "$u v' = 15$", ha="center", va="center")
            bar.text(29.4, 0.5, f"$6h = {6 * h:g}$", va="center")
    ax.text(2.5, -0.15, "$u$ grows by $2h$", ha="center", va="top")
    ax.text(-0.15, 2, "$v$ grows by $3h$", ha="right", va="center", rotation=90)
    ax.set(xlim=(-0.7, 9.4), ylim=(-0.7, 7.2), xticks=[], yticks=[], aspect="equal")
    bar.set(xlim=(-0.5, 35), ylim=(0, 1.6), yticks=[], xticks=[0, 10, 20, 30], xlabel="gain, divided by $h$")
    ax.spines[:].set_visible(False)
    bar.spines[["left", "top", "right"]].set_visible(False)
    return fig


def sigmoid_slope() -> Figure:
    """The sigmoid and its slope, which is largest at 0 and never above one quarter."""
    fig, ax = plt.subplots(figsize=(4.4, 3.0), layout="constrained")
    z = np.linspace(-7, 7, 281)
    p = sigmoid(z)
    ax.plot(z, p, color="C0", linewidth=2)
    ax.plot(z, p * (1 - p), "--", color="C1", linewidth=2)
    ax.plot(0, 0.25, "o", color="C1")
    ax.text(2.2, 0.8, r"$\sigma(z)$")
    ax.text(2.4, 0.13, r"slope $\sigma(z) \, (1 - \sigma(z))$")
    ax.text(0.35, 0.3, "highest: 1/4")
    ax.set(xlabel="$z$", yticks=[0, 0.25, 0.5, 0.75, 1])
    return fig


def linked_rates() -> Figure:
    """A short stretch of w, handed on through score, probability and loss, all on one scale."""
    fig, ax = plt.subplots(figsize=(4.4, 3.8), layout="constrained")
    grid, text = plt.rcParams["grid.color"], plt.rcParams["text.color"]
    names = ("weight $w$", "score $z$", "prob. $p$", r"loss $\mathcal{L}$")
    heights = (3.0, 2.0, 1.0, 0.0)

    def stages(w: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """Weight, score, probability and loss, each measured from its value at w = 1."""
        z = 2 * w - 2
        p = sigmoid(z)
        return [w - 1, z, p - 0.5, np.log(0.5) - np.log(p)]

    everywhere = stages(np.linspace(-1, 3, 17))
    for values, height, name in zip(everywhere, heights, names, strict=True):
        ax.plot([values.min(), values.max()], [height, height], color=text, linewidth=1.5)
        ax.plot(values, np.full(17, height), "|", color=text, markersize=7)
        ax.text(-4.75, height, name, ha="right", va="center")
    for k in range(3):
        for a, b in zip(everywhere[k], everywhere[k + 1], strict=True):
            ax.plot([a, b], [heights[k], heights[k + 1]], color=grid, linewidth=0.7, zorder=0)
    for w in (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0):
        p = float(sigmoid(2 * w - 2))
        rates = (2.0, p * (1 - p), -1 / p)
        product = rates[0] * rates[1] * rates[2]
        words = f"w = {w:g}: slopes 2, {rates[1]:.3f} and {rates[2]:.2f}, product {product:.3f}"
        with frame(fig, words, still=w == 1):
            ends = stages(np.array([w - 0.25, w + 0.25]))
            for k in range(3):
                corners = [
                    (ends[k][0], heights[k]),
                    (ends[k][1], heights[k]),
                    (ends[k + 1][1], heights[k + 1]),
                    (ends[k + 1][0], heights[k + 1]),
                ]
                ax.add_patch(Polygon(corners, facecolor=(f"C{k}", 0.4), edgecolor=f"C{k}"))
                ax.text(4.3, heights[k] - 0.5, f"slope {rates[k]:.2g}".replace("-", "−"), va="center")
            for values, height in zip(ends, heights, strict=True):
                ax.plot(values, [height, height], color=text, linewidth=5, solid_capstyle="butt")
            ax.text(4.3, 3.0, f"$w = {w:g}$", va="center")
            ax.text(4.3, 0.0, f"product {product:.2g}".replace("-", "−"), va="center")
    ax.set(xlim=(-7.7, 8.9), ylim=(-0.3, 3.3), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return fig


def best_step_and_length() -> Figure:
    """Relative error of the central difference of sin(x/s) against h: the V moves with s."""
    fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    points = np.linspace(0.8, 1.2, 25)
    still = {1e-3: ("C0", "o"), 1.0: ("C1", "s"), 1e3: ("C2", "^")}
    for s in 10.0 ** np.arange(-3, 4):
        steps = s * 10.0 ** np.arange(-10, 0.01, 0.25)
        errors = []
        for h in steps:
            x = points * s
            slopes = (np.sin((x + h) / s) - np.sin((x - h) / s)) / (2 * h)
            errors.append(np.median(np.abs(slopes * s / np.cos(points) - 1)))
        best = s * (3 * EPSILON * np.tan(1.0)) ** (1 / 3)
        label = f"{s:g}"
        with frame(fig, f"f changes over lengths of about {label}: best h near {best:.0e}", still=s in still):
            color, marker = still.get(float(s), ("C0", "o"))
            ax.loglog(steps, errors, marker, color=color, markersize=3)
            t = np.tan(1.0)
            ax.loglog(steps, (steps / s) ** 2 / 6 + EPSILON * t * s / steps, "-", color=color, linewidth=1)
            ax.plot([best, best], [1e-12, 4e-11], "--", color=color, linewidth=1.5)
            ax.text(best, 3e-13, f"$s = {label}$", ha="center", va="center")
    ax.set(xlabel="step $h$", ylabel="relative error of the slope", ylim=(1e-13, 3), xlim=(1e-13, 3e3))
    ax.set_xticks(10.0 ** np.arange(-12, 4, 3))
    return fig


def complex_step() -> Figure:
    """Errors of three ways to measure a slope, down to steps of 1e-20."""
    fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    x = 1.0
    p = float(sigmoid(x))
    exact = p + x * p * (1 - p)

    def silu(z: Any) -> Any:
        return z / (1 + np.exp(-z))

    steps = 10.0 ** np.arange(-20, 0.01, 0.5)
    floor = 2e-17  # an error of zero has no place on a logarithmic scale
    ways = {
        "o": [numerical_derivative(silu, x, step=h, method="forward") for h in steps],
        "s": [numerical_derivative(silu, x, step=h) for h in steps],
        "^": [complex_step_derivative(silu, x, step=h) for h in steps],
    }
    for number, (marker, slopes) in enumerate(ways.items()):
        ax.loglog(steps, np.maximum(np.abs(np.array(slopes) - exact), floor), marker, color=f"C{number}", markersize=4)
    ax.axhline(EPSILON, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
    ax.text(2e-20, 3.5e-16, r"$\varepsilon$", va="bottom")
    ax.text(3e-6, 2e-5, "forward", ha="right")
    ax.text(3e-5, 1e-13, "central and\ncomplex step", va="center")
    ax.text(3e-9, 2e-11, "central", ha="right")
    ax.text(1e-14, 1e-15, "complex step")
    ax.text(2e-20, 1e-2, "slope 0:\n$x + h$\nrounds to $x$", va="top")
    ax.set(xlabel="step $h$", ylabel="error of the slope", ylim=(1e-17, 30))
    ax.set_xticks(10.0 ** np.arange(-20, 1, 5))
    return fig
