"""What all plots share: where they are drawn, in which colours, over which range."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_number, as_vector

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MISSING = "figures need matplotlib, which is not installed: pip install mlmath[plots]"

# Series differ in more than colour, for eyes and printers that see none.
DASHES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P")


def axes_or_new(ax: Axes | None) -> Axes:
    """Return ``ax``, or the axes of a new figure that pyplot does not know, so that nothing has to be closed.

    Raises:
        TypeError: If ``ax`` is neither None nor one Axes of matplotlib.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.
    """
    try:
        from matplotlib.axes import Axes
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise ImportError(MISSING) from error
    if ax is None:
        new: Axes = Figure(layout="constrained").subplots()
        return new
    if not isinstance(ax, Axes):
        raise TypeError(f"ax must be one matplotlib Axes, got {type(ax).__name__}: try fig, ax = plt.subplots()")
    return ax


def color(number: int) -> str:
    """Return line colour ``number`` of the current style, from the start again after the last."""
    from matplotlib.colors import to_hex

    code: str = to_hex(f"C{number}")
    return code


def setting(name: str) -> str:
    """Return a current setting of matplotlib, such as ``grid.color`` for helper lines or ``text.color``."""
    from matplotlib import rcParams

    value: str = rcParams[name]
    return value


def label_axes(ax: Axes, x: str, y: str) -> None:
    """Name both axes, unless they have names already."""
    if not ax.get_xlabel():
        ax.set_xlabel(x)
    if not ax.get_ylabel():
        ax.set_ylabel(y)


def as_range(value: ArrayLike, name: str) -> tuple[float, float]:
    """Return ``(low, high)`` with ``low < high``, or raise ValueError."""
    ends = as_vector(value, name)
    if len(ends) != 2 or not ends[0] < ends[1]:
        raise ValueError(f"{name} must be (low, high) with low < high, got {ends.tolist()}")
    if not np.isfinite(ends[1] - ends[0]):
        raise ValueError(f"{name} must be shorter than the largest number, got {ends.tolist()}")
    return float(ends[0]), float(ends[1])


def values_on_grid(f: Callable[[Vector], float], x: Vector, y: Vector) -> Matrix:
    """Return ``f([x_j, y_i])`` as entry ``[i, j]``; one call of ``f`` per point.

    Raises:
        ValueError: If ``f`` does not return one finite number; the message says where.
    """
    heights = np.empty((len(y), len(x)))
    for i, second in enumerate(y):
        for j, first in enumerate(x):
            heights[i, j] = value_at(f, np.array([first, second]))
    return heights


def value_at(f: Callable[[Vector], float], point: Vector) -> float:
    """Return ``f(point)``, or raise ValueError unless it is one finite number."""
    with np.errstate(all="ignore"):  # a value that is not finite is refused below, in clearer words
        value = f(point.copy())
    try:
        return as_number(value, "f")
    except ValueError as error:
        raise ValueError(
            f"f must return one finite number, got {value} at {point.tolist()}: try ranges inside the domain of f"
        ) from error
