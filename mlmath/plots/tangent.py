"""Tangents: the straight lines that a curve looks like from close by."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_count, as_vector
from mlmath.plots._axes import DASHES, MARKERS, as_range, axes_or_new, color, label_axes, number_at, text_color

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_tangent(
    f: Callable[[float], float],
    derivative: Callable[[float], float],
    at: ArrayLike,
    x_range: ArrayLike,
    *,
    points: int = 201,
    ax: Axes | None = None,
) -> Axes:
    """Draw a curve and its tangents ``f(a) + f'(a) (x - a)``, each with its slope in the legend.

    A steep tangent ends where it leaves the heights of the curve, so that the
    curve keeps its size on the page.

    Args:
        f: Function of one number, returning one number.
        derivative: Its derivative, in the same form; a wrong one gives a line that cuts the curve.
        at: Where to touch: one number ``a``, or several, shape ``(k,)``, inside ``x_range``.
        x_range: The part of the curve that is drawn, ``(low, high)``.
        points: Points of the curve, 2 or more.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes; its last lines are the curve, in the colour of the text, then
        for each tangent a line with a marker at the point where it touches.

    Raises:
        ValueError: If ``at`` is not finite or lies outside ``x_range``,
            ``x_range`` is not ``(low, high)``, or ``f`` or ``derivative`` does not return one finite number.
        TypeError: If ``points`` is not an integer or ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_tangent(lambda x: x**2, lambda x: 2 * x, 1.0, (-1, 3))
        >>> ax.lines[-1].get_label()
        'slope 2 at 1'

    Source: Spivak, *Calculus*, chapter 9.
    """
    low, high = as_range(x_range, "x_range")
    points = as_count(points, "points", at_least=2)
    places = as_vector(np.atleast_1d(np.asarray(at)), "at")
    for place in places:
        if not low <= place <= high:
            raise ValueError(f"at must be in x_range, {low} to {high}, got {place}")
    x = np.linspace(low, high, points)
    y = np.array([number_at(f, "f", float(place)) for place in x])
    heights = [number_at(f, "f", float(place)) for place in places]
    slopes = [number_at(derivative, "derivative", float(place)) for place in places]
    bottom, top = min(y.min(), *heights), max(y.max(), *heights)
    margin = 0.15 * (top - bottom)

    ax = axes_or_new(ax)
    ax.plot(x, y, color=text_color(), label="curve")
    for number, (place, height, slope) in enumerate(zip(places, heights, slopes, strict=True)):
        left, right = low, high
        if slope != 0:
            leaves = sorted(place + (edge - height) / slope for edge in (bottom - margin, top + margin))
            left, right = max(low, leaves[0]), min(high, leaves[1])
        ends = np.array([left, place, right])
        ax.plot(
            ends,
            height + slope * (ends - place),
            linestyle=DASHES[(number + 1) % len(DASHES)],
            marker=MARKERS[number % len(MARKERS)],
            markevery=[1],
            color=color(number),
            label=f"slope {slope:.4g} at {place:.4g}".replace("-", "\N{MINUS SIGN}"),
        )
    label_axes(ax, "$x$", "$f(x)$")
    ax.legend()
    return ax
