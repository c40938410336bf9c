"""Figures of docs/calculus/curvature.md: one function, one picture."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.calculus import numerical_derivative, taylor_polynomial
from mlmath.linalg import symmetric_eigen
from mlmath.plots import frame

Numbers = NDArray[np.float64]


def valleys(w: Numbers | float) -> Numbers:
    """The page's loss with two valleys."""
    return np.asarray(np.asarray(w) ** 4 - 3 * np.asarray(w) ** 2 + w)


def slope(w: Numbers | float) -> Numbers:
    """Its derivative."""
    return np.asarray(4 * np.asarray(w) ** 3 - 6 * np.asarray(w) + 1)


def second(w: Numbers | float) -> Numbers:
    """Its second derivative."""
    return np.asarray(12 * np.asarray(w) ** 2 - 6)


def slope_of_the_slope() -> Figure:
    """A tangent on the loss above, and on the curve of its slopes below."""
    fig, (ax, below) = plt.subplots(2, 1, figsize=(5.2, 5.2), layout="constrained", sharex=True)
    w = np.linspace(-1.75, 1.75, 201)
    turn = np.sqrt(0.5)
    for panel, values in ((ax, valleys(w)), (below, slope(w))):
        panel.plot(w, values, color=plt.rcParams["text.color"], linewidth=2)
        for place in (-turn, turn):
            panel.axvline(place, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
    below.axhline(0, color=plt.rcParams["grid.color"], linewidth=1)
    for place, words in ((-1.24, "bends up"), (0, "bends down"), (1.24, "bends up")):
        ax.text(place, 4.3, words, ha="center")
    for place in (-1.6, -1.4, -1.2, -1.0, -0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6):
        height, first, rate = float(valleys(place)), float(slope(place)), float(second(place))
        bend = "up" if rate > 0 else "down"
        words = f"w = {place:.1f}: slope {first:.1f}, second derivative {rate:.1f}, bends {bend}"
        with frame(fig, words, still=place in (-1.2, 0.0)):
            color, marker = ("C0", "o") if rate > 0 else ("C1", "s")
            for panel, value, steepness in ((ax, height, first), (below, first, rate)):
                half = min(0.45, 3.0 / (abs(steepness) + 1e-9))
                ends = np.array([-half, half])
                panel.plot(place + ends, value + steepness * ends, color=color, linewidth=2.5)
                panel.plot(place, value, marker, color=color, markersize=7)
            spot = (place, height - 0.6) if place in (-1.2, 0.0) else (0.0, -4.3)
            lower = {-1.2: (-1.1, -4.0), 0.0: (-0.4, 6.3)}.get(place, (-0.95, -7.0))  # where they meet no line
            ax.text(*spot, f"slope ${first:.1f}$", ha="center", va="top")
            below.text(*lower, f"second derivative ${rate:.1f}$", va="center")
    ax.set(ylabel="loss $f(w)$", ylim=(-5.6, 5.2))
    below.set(xlabel="$w$", ylabel="slope $f'(w)$", ylim=(-9, 9), xlim=(-1.8, 2.05))
    return fig


def two_v_shapes() -> Figure:
    """Error of the first and of the second derivative of x^4 at 1, against the step."""
    steps = 10.0 ** np.arange(-8, 0.01, 0.125)
    fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")

    def f(x: float) -> float:
        return x * x * x * x

    first = [abs(numerical_derivative(f, 1.0, step=h) - 4) for h in steps]
    twice = [abs((f(1 + h) - 2 * f(1) + f(1 - h)) / h**2 - 12) for h in steps]
    ax.loglog(steps, first, "o", markersize=3, color="C0")
    ax.loglog(steps, twice, "s", markersize=3, color="C1")
    eps = np.finfo(np.float64).eps
    for best, name in ((eps ** (1 / 3), r"$\varepsilon^{1/3}$"), (eps**0.25, r"$\varepsilon^{1/4}$")):
        ax.axvline(best, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
        ax.text(best * 1.15, 20, name, ha="left")
    ax.text(1.3e-8, 2e-4, "second\nderivative", va="center")
    ax.text(1.3e-8, 3e-12, "first\nderivative", va="center")
    ax.set(xlabel="step $h$", ylabel="error", ylim=(1e-13, 300), xlim=(1e-8, 2))
    return fig


def landscape(ax: Axes, height: Callable[[Numbers, Numbers], Numbers], levels: list[float]) -> None:
    """Level sets of a surface: above the middle solid, below it dashed, at its height thick."""
    x = np.linspace(-1.6, 1.6, 161)
    z = height(x[None, :], x[:, None])
    styles = ["dashed" if level < 0 else "solid" for level in levels]
    widths = [2.0 if level == 0 else 1.0 for level in levels]
    ax.contour(x, x, z, levels=levels, colors=[plt.rcParams["grid.color"]], linewidths=widths, linestyles=styles)
    ax.set(aspect="equal", xticks=[], yticks=[], xlim=(-1.6, 1.6), ylim=(-1.6, 1.6))


def hessian_classes() -> Figure:
    """Level sets of four quadratics, with the directions that their Hessians only stretch."""
    fig, axes = plt.subplots(2, 2, figsize=(5.6, 6.0), layout="constrained")
    shapes = {
        "bowl": ((2, 1), (1, 2)),
        "hill": ((-2, -1), (-1, -2)),
        "saddle": ((1, 2), (2, 1)),
        "valley": ((1, 1), (1, 1)),
    }
    for ax, (name, entries) in zip(axes.flat, shapes.items(), strict=True):
        hessian = np.array(entries, dtype=float)
        (a, b), (_, c) = hessian

        def height(x: Numbers, y: Numbers, a: float = a, b: float = b, c: float = c) -> Numbers:
            return (a * x**2 + 2 * b * x * y + c * y**2) / 2

        levels = [-2.6, -1.5, -0.7, -0.2, 0, 0.2, 0.7, 1.5, 2.6]
        if name != "saddle":
            levels.remove(0)  # there the middle is one point, or one line
        landscape(ax, height, levels)
        values, vectors = symmetric_eigen(hessian)
        for value, vector in zip(values.round(9) + 0.0, vectors.T, strict=True):
            color, line = ("C0", "-") if value > 0 else ("C1", "--") if value < 0 else ("C2", ":")
            ends = 0.75 * np.array([-1.0, 1.0])[:, None] * vector
            ax.plot(*ends.T, line, color=color, linewidth=3)
            words = f"$+{value:g}$" if value > 0 else f"${value:g}$"
            ax.text(*(1.1 * vector), words, ha="center", va="center", fontsize=13)
        ax.plot(0, 0, "o", color=plt.rcParams["text.color"])
        ax.set_title(f"{name}: " + f"$[[{a:g}, {b:g}], [{b:g}, {c:g}]]$")
    return fig


def curvature_by_direction() -> Figure:
    """The curvature of the bowl [[2, 1], [1, 2]] along a direction that turns."""
    fig, (ax, curve) = plt.subplots(2, 1, figsize=(5.0, 6.0), layout="constrained", height_ratios=(1.35, 1))
    hessian = np.array([[2.0, 1.0], [1.0, 2.0]])
    landscape(ax, lambda x, y: x**2 + x * y + y**2, [0.2, 0.7, 1.5, 2.6])
    ax.plot(0, 0, "o", color=plt.rcParams["text.color"])
    ax.set(xlabel="$m$", ylabel="$b$")
    angles = np.arange(0, 181)
    turned = np.radians(angles)
    around = np.array([np.cos(turned), np.sin(turned)])
    curve.plot(angles, np.einsum("ik,ij,jk->k", around, hessian, around), color=plt.rcParams["text.color"])
    still = {45: ("C0", "o"), 135: ("C1", "s")}
    for angle in range(0, 180, 15):
        d = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        bend = float(d @ hessian @ d)
        change = hessian @ d
        turned_away = abs(d[0] * change[1] - d[1] * change[0]) > 1e-9
        words = f"direction at {angle} degrees: curvature {bend:.2f}" + ("" if turned_away else ", an eigenvector")
        with frame(fig, words, still=angle in still):
            color, marker = still.get(angle, ("C2", "D"))
            ax.plot(*(1.45 * np.array([-d, d])).T, color=color, linewidth=2.5, solid_capstyle="butt")
            ax.text(*(1.3 * d + 0.24 * np.array([d[1], -d[0]])), f"{bend:.2f}", ha="center", va="center")
            curve.plot(angle, bend, marker, color=color, markersize=9)
            curve.text(angle, bend - 0.2 if bend > 2.5 else bend + 0.2, f"{bend:.2f}", ha="center", va="center")
    curve.set(
        xlabel="angle of the direction, in degrees", ylabel="curvature", xticks=range(0, 181, 45), ylim=(0.7, 3.3)
    )
    return fig


def same_hessian() -> Figure:
    """Two surfaces with the same Hessian at the middle: one is lowest there, and the other is not."""
    fig, axes = plt.subplots(1, 2, figsize=(5.8, 3.4), layout="constrained")
    levels = [-2.6, -1.5, -0.7, -0.2, -0.02, 0.02, 0.2, 0.7, 1.5, 2.6]
    for ax, sign, name in ((axes[0], 1, "$x^2 + y^4$: minimum"), (axes[1], -1, "$x^2 - y^4$: saddle")):
        landscape(ax, lambda x, y, sign=sign: x**2 + sign * y**4, levels)  # type: ignore[misc]
        ax.plot(0, 0, "o", color=plt.rcParams["text.color"])
        for place, word in (((1.25, 0), "up"), ((-1.25, 0), "up"), ((0, 1.25), None), ((0, -1.25), None)):
            text = word or ("up" if sign > 0 else "down")
            ax.text(*place, text, ha="center", va="center", fontsize=12, fontweight="bold")
        ax.set(title=name, xlabel="$x$", ylabel="$y$")
    return fig


def local_parabolas() -> Figure:
    """The parabola that fits the loss best at a place, and where that parabola is flat."""
    fig, ax = plt.subplots(figsize=(5.4, 4.2), layout="constrained")
    w = np.linspace(-2.1, 2.1, 201)
    ax.plot(w, valleys(w), color=plt.rcParams["text.color"], linewidth=2)
    still = {1.0: ("C0", "o"), 0.0: ("C1", "s")}
    for place in (-1.8, -1.6, -1.4, -1.2, -1.0, -0.9, -0.4, -0.2, 0.0, 0.2, 0.4, 0.9, 1.0, 1.2, 1.4, 1.6, 1.8):
        numbers = [float(valleys(place)), float(slope(place)), float(second(place))]
        parabola = taylor_polynomial(numbers, center=place)
        target = place - numbers[1] / numbers[2]
        what = "lowest" if numbers[2] > 0 else "highest"
        words = f"w = {place:.1f}: the parabola is {what} at {target:.2f}"
        with frame(fig, words, still=place in still):
            color, marker = still.get(place, ("C0", "o") if numbers[2] > 0 else ("C1", "s"))
            near = np.linspace(place - 0.75, place + 0.75, 61)
            if not near[0] < target < near[-1]:
                near = np.linspace(min(near[0], target - 0.2), max(near[-1], target + 0.2), 81)
            ax.plot(near, parabola(near), "--", color=color, linewidth=2.2)
            ax.plot(place, numbers[0], marker, color=color, markersize=8)
            ax.plot(target, parabola(target), marker, color=color, markersize=8, fillstyle="none", markeredgewidth=2)
            spot = {1.0: (1.15, -2.0), 0.0: (-0.6, 1.0)}.get(place, (0.0, 4.4))
            name = "minimum" if numbers[2] > 0 else "maximum"
            text = f"from ${place:g}$: to the\nparabola's {name}"
            ax.text(*spot, text, ha="center", va="top" if place == 1.0 else "bottom")
    ax.set(xlabel="$w$", ylabel="loss", ylim=(-5.2, 6.2), xlim=(-2.4, 2.4))
    return fig


def more_terms() -> Figure:
    """Taylor polynomials of log(1 + x) at 0: more terms close in up to 1, and run away beyond."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    x = np.linspace(-0.93, 2.5, 301)
    ax.plot(x, np.log1p(x), color=plt.rcParams["text.color"], linewidth=2)
    ax.axvline(1, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
    ax.text(0.95, 2.1, "right of the line, the\npolynomials run away", ha="right")
    ax.text(1.95, 1.3, r"$\log(1 + x)$", ha="center")
    still = {2: "C0", 8: "C1"}
    for order in (1, 2, 3, 4, 6, 8, 12, 20):
        factorials = np.cumprod([1.0, *range(1, order)])
        derivatives = [0.0, *((-1.0) ** np.arange(order) * factorials)]
        polynomial = taylor_polynomial(derivatives, center=0.0)
        inside, outside = (abs(polynomial(p) - np.log1p(p)) for p in (0.5, 2.0))
        size = f"{outside:.1f}" if outside < 100 else f"{outside:,.0f}"
        with frame(fig, f"order {order}: error {inside:.6f} at x = 0.5, {size} at x = 2", still=order in still):
            color = still.get(order, "C0")
            ax.plot(x, polynomial(x), "--" if order % 2 else "-.", color=color, linewidth=2)
            low = x[np.abs(polynomial(x)) < 2.7]
            end = low[-1]
            ax.text(end + 0.05, float(polynomial(float(end))), f"order {order}", va="center")
    ax.plot(0, 0, "o", color=plt.rcParams["text.color"])
    ax.set(xlabel="$x$", ylim=(-3, 3), xlim=(-1.1, 3.0))
    return fig
