"""Functions of two numbers seen from above: level sets, slopes, and walks on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_matrix, as_vector
from mlmath.plots._axes import MARKERS, as_range, axes_or_new, color, grid_color, label_axes, number_at

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_contours(
    f: Callable[[Vector], float],
    x_range: ArrayLike,
    y_range: ArrayLike,
    *,
    levels: SupportsIndex | ArrayLike = 8,
    points: int = 121,
    ax: Axes | None = None,
) -> Axes:
    """Draw level sets ``f(x) = constant`` of a function of two numbers, in the grey of helper lines.

    A count ``m`` of levels is spread by area: level ``k`` is the value that
    ``f`` stays below on the share ``(k / (m + 1))^2`` of the grid. On a round
    bowl that makes rings of equal width. Evenly spaced values would crowd at
    the rim and leave the middle, where the minimum is, empty.

    Args:
        f: Function of one vector, shape ``(2,)``, returning one number.
        x_range: First coordinate, ``(low, high)``.
        y_range: Second coordinate, ``(low, high)``.
        levels: How many level sets, or their values in the units of ``f``, shape ``(k,)``.
        points: Grid points along each axis, 2 or more; ``f`` is called ``points**2`` times.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes; the level sets are the last of ``ax.collections``. Their grey
        is ``grid.color`` of matplotlib's settings. Write
        ``ax.set_aspect("equal")`` where both coordinates have the same unit.

    Raises:
        ValueError: If a range is not ``(low, high)``, ``f`` does not return one
            finite number, or no level lies between its smallest and its largest value on the grid.
        TypeError: If ``points`` is not an integer or ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_contours(lambda x: x[0] ** 2 + 10 * x[1] ** 2, (-3, 3), (-1, 1), levels=[1, 4])
        >>> ax.collections[-1].levels
        array([1., 4.])

    Source: Boyd & Vandenberghe, *Convex Optimization*, section 9.3.2 (figures of this kind).
    """
    horizontal, vertical = as_range(x_range, "x_range"), as_range(y_range, "y_range")
    points = as_count(points, "points", at_least=2)
    x, y = np.linspace(*horizontal, points), np.linspace(*vertical, points)
    heights = np.array([[number_at(f, "f", np.array([first, second])) for first in x] for second in y])
    if isinstance(levels, SupportsIndex):
        count = as_count(levels, "levels", at_least=1)
        wanted = np.quantile(heights, (np.arange(1, count + 1) / (count + 1)) ** 2)
    else:
        wanted = as_vector(levels, "levels")
    low, high = heights.min(), heights.max()
    drawn = np.unique(wanted[(wanted > low) & (wanted < high)])
    if len(drawn) == 0:
        raise ValueError(f"no level lies between the values of f, {low} to {high}: try other levels or wider ranges")
    ax = axes_or_new(ax)
    ax.contour(x, y, heights, levels=drawn, colors=[grid_color()], linewidths=1, linestyles="solid")
    label_axes(ax, "$x_1$", "$x_2$")
    return ax


def plot_gradient_field(
    gradient: Callable[[Vector], ArrayLike],
    x_range: ArrayLike,
    y_range: ArrayLike,
    *,
    points: int = 10,
    ax: Axes | None = None,
) -> Axes:
    """Draw the gradient as arrows on a grid; the longest is nearly as long as the arrows are apart.

    All arrows are shortened by the same factor, so their lengths compare. Each
    is centred on its point. They stand at right angles on level sets if both
    axes have one scale: ``ax.set_aspect("equal")``.

    Args:
        gradient: Maps a point, shape ``(2,)``, to the gradient there, same shape.
        x_range: First coordinate, ``(low, high)``.
        y_range: Second coordinate, ``(low, high)``.
        points: Arrows along each axis, 1 or more.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes; the arrows are the last of ``ax.collections``, with the
        shortened components as ``U`` and ``V``.

    Raises:
        ValueError: If a range is not ``(low, high)``, or ``gradient`` does not
            return a finite vector, shape ``(2,)``.
        TypeError: If ``points`` is not an integer or ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_gradient_field(lambda x: [2 * x[0], 0.0], (-2, 2), (-1, 1), points=2)
        >>> ax.collections[-1].U.round(2).tolist()
        [-1.8, 1.8, -1.8, 1.8]

    Source: Deisenroth, Faisal & Ong, *Mathematics for Machine Learning*, section 7.1.
    """
    first, second = as_range(x_range, "x_range"), as_range(y_range, "y_range")
    points = as_count(points, "points", at_least=1)
    apart = np.array([first[1] - first[0], second[1] - second[0]]) / points
    middles = np.arange(points) + 0.5
    grid = np.array([[first[0] + apart[0] * j, second[0] + apart[1] * i] for i in middles for j in middles])
    arrows = np.array([_gradient_at(gradient, point) for point in grid])
    largest = np.abs(arrows).max()
    if largest > 0:
        arrows /= largest
        arrows *= 0.9 / (np.abs(arrows) / apart).max()
    ax = axes_or_new(ax)
    ax.quiver(*grid.T, *arrows.T, angles="xy", scale_units="xy", scale=1, pivot="mid", width=0.005, color=color(0))
    ax.update_datalim([(first[0], second[0]), (first[1], second[1])])
    ax.autoscale_view()
    label_axes(ax, "$x_1$", "$x_2$")
    return ax


def plot_path(points: ArrayLike, *, name: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw a walk in the plane, a marker at every point and a ring around the start.

    Colour and marker follow those of the lines that are on the axes already,
    so that several walks can be told apart.

    Args:
        points: One point per row, shape ``(steps + 1, 2)``; for example ``path.points``.
        name: What ``ax.legend()`` calls the walk; by default it is left out there.
        ax: Where to draw, for example the axes that ``plot_contours`` returned;
            by default a new figure, which is ``ax.figure`` of the result and unknown to pyplot.

    Returns:
        The axes; the walk is the last of ``ax.lines``, the ring the last of ``ax.collections``.

    Raises:
        ValueError: If ``points`` is not a finite matrix with two columns.
        TypeError: If ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_path([[3.0, 1.0], [2.0, -0.5], [1.0, 0.2]], name="descent")
        >>> ax.lines[-1].get_label(), ax.lines[-1].get_xydata()[0]
        ('descent', array([3., 1.]))

    Source: Boyd & Vandenberghe, *Convex Optimization*, section 9.3.2 (figures of this kind).
    """
    walk: Matrix = as_matrix(points, "points")
    if walk.shape[1] != 2:
        raise ValueError(f"points must have two columns, got {walk.shape[1]}: choose two coordinates to draw")
    ax = axes_or_new(ax)
    number = len(ax.lines)
    line_color = color(number)
    ax.plot(
        *walk.T,
        marker=MARKERS[number % len(MARKERS)],
        markersize=3.5,
        linewidth=1.2,
        color=line_color,
        label=name,
    )
    ax.scatter(walk[0, 0], walk[0, 1], s=90, facecolors="none", edgecolors=line_color, linewidths=1.5)
    label_axes(ax, "$x_1$", "$x_2$")
    return ax


def _gradient_at(gradient: Callable[[Vector], ArrayLike], point: Vector) -> Vector:
    with np.errstate(all="ignore"):  # refused in the next lines, in clearer words
        value = gradient(point.copy())
    slopes = as_vector(value, f"gradient at {point.tolist()}")
    if slopes.shape != (2,):
        raise ValueError(f"gradient must return a vector of shape (2,), got shape {slopes.shape}")
    return slopes
