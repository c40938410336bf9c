"""Distributions: how often values were drawn, against how often theory expects them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_count, as_vector
from mlmath.plots._axes import axes_or_new, color, faint, label_axes, not_negative_at

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# One stem for each whole number: beyond this they melt into an area.
MOST_STEMS = 1000


def plot_distribution(
    data: ArrayLike,
    *,
    density: Callable[[float], float] | None = None,
    mass: Callable[[float], float] | None = None,
    bins: SupportsIndex | ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a histogram of data, and over it the density or the probabilities that they should follow.

    For continuous data the areas of the histogram add up to 1, so that the
    curve of a density lies on it. With ``mass`` the data are whole numbers, a
    bar is the share of one number, and the theory stands beside it as stems.

    Args:
        data: The values, shape ``(n,)``.
        density: Maps a number to the probability density there, in 1 over the units of the data.
        mass: Maps a whole number to its probability; give this one or ``density`` or neither.
        bins: How many bins of equal width, by default 30, or their edges,
            increasing, shape ``(k + 1,)``. Values outside the edges count for
            nothing. With ``mass`` every whole number has its own bin.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes, with a legend if theory was given. The histogram is the last
        of ``ax.patches`` (bars with ``mass``), the theory the last of ``ax.lines``.

    Raises:
        ValueError: If ``data`` is not a finite vector, both ``density`` and
            ``mass`` are given, either returns anything but a finite number that
            is not negative, ``bins`` are not increasing or hold no data, or,
            with ``mass``, a value is not whole, ``bins`` are given, or the values spread
            over more than ``MOST_STEMS``, 1000, numbers: draw those as a density.
        TypeError: If ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_distribution([0, 1, 1, 1], mass=lambda k: 0.5 if k in (0, 1) else 0.0)
        >>> [float(bar.get_height()) for bar in ax.patches], ax.lines[-1].get_ydata()
        ([0.25, 0.75], array([0.5, 0.5]))

    Source: Wasserman, *All of Statistics*, chapter 2; its chapter 20 for histograms.
    """
    values = as_vector(data, "data")
    if density is not None and mass is not None:
        raise ValueError("give density or mass, not both: density for measurements, mass for whole numbers")
    if mass is not None:
        if bins is not None:
            raise ValueError("bins must be left out with mass: every whole number has its own")
        return _bars_and_stems(values, mass, ax)
    shares, edges = _histogram(values, 30 if bins is None else bins)
    curve = None
    if density is not None:
        margin = (edges[-1] - edges[0]) / 20
        x = np.linspace(edges[0] - margin, edges[-1] + margin, 401)
        curve = x, np.array([not_negative_at(density, "density", float(place)) for place in x])

    ax = axes_or_new(ax)
    ax.stairs(shares, edges, fill=True, facecolor=faint(0), edgecolor=color(0), linewidth=1, label="data")
    if curve is not None:
        ax.plot(*curve, color=color(1), label="theory")
        ax.legend()
    label_axes(ax, "value", "density")
    return ax


def _histogram(values: Vector, bins: SupportsIndex | ArrayLike) -> tuple[Vector, Vector]:
    """Return the height of each bin, the areas adding up to 1, and the edges."""
    if isinstance(bins, SupportsIndex):
        wanted = as_count(bins, "bins", at_least=1)
        low, high = float(values.min()), float(values.max())
        if not np.isfinite(high - low):
            raise ValueError(f"data must spread over less than the largest number, got {low} to {high}")
        half = 0.5 * max(1.0, abs(low)) if low == high else 0.0  # one value alone gets a bin around it
        edges = np.linspace(low - half, high + half, wanted + 1)
    else:
        edges = as_vector(bins, "bins")
    if len(edges) < 2 or not (edges[:-1] < edges[1:]).all():
        raise ValueError(f"bins must have increasing edges, got {edges.tolist()}: try fewer bins")
    counts, _ = np.histogram(values, edges)
    if not counts.any():
        raise ValueError(f"bins must hold some of the data, got edges from {edges[0]} to {edges[-1]}")
    return counts / counts.sum() / np.diff(edges), edges


def _bars_and_stems(values: Vector, mass: Callable[[float], float], ax: Axes | None) -> Axes:
    if not (values == np.floor(values)).all():
        i = int(np.argmin(values == np.floor(values)))
        raise ValueError(f"data must be whole numbers with mass, got {values[i]} at data[{i}]: try density")
    low, high = values.min(), values.max()
    if not high - low < MOST_STEMS:
        raise ValueError(f"data must spread over at most {MOST_STEMS} whole numbers, got {low} to {high}: try density")
    numbers = low + np.arange(high - low + 1)
    shares = np.array([np.mean(values == number) for number in numbers])
    expected = np.array([not_negative_at(mass, "mass", float(number)) for number in numbers])

    ax = axes_or_new(ax)
    bars = ax.bar(numbers, shares, width=0.8, facecolor=faint(0), edgecolor=color(0), linewidth=1, label="data")
    ax.vlines(numbers, 0, expected, color=color(1), linewidth=1.2)
    (tips,) = ax.plot(numbers, expected, linestyle="none", marker="o", markersize=4, color=color(1), label="theory")
    label_axes(ax, "value", "probability")
    ax.legend(handles=[bars, tips])
    return ax
