"""What all plots share: where they are drawn, in which colours, over which range."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_number, as_vector

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


def faint(number: int) -> str:
    """Return line colour ``number``, mostly transparent, for areas behind lines and markers."""
    return f"{color(number)}38"  # 38 of ff: 22 %


def grid_color() -> str:
    """Return the current colour of helper lines."""
    from matplotlib import rcParams

    return str(rcParams["grid.color"])


def text_color() -> str:
    """Return the current colour of text, for what is no series among others."""
    from matplotlib import rcParams

    return str(rcParams["text.color"])


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
    low, high = ends.tolist()
    if not np.isfinite(high - low):
        raise ValueError(f"{name} must be shorter than the largest number, got {ends.tolist()}")
    return low, high


def number_at(f: Callable[[Any], float], name: str, point: float | Vector) -> float:
    """Return ``f(point)``, or raise ValueError unless it is one finite number; the message says where."""
    with np.errstate(all="ignore"):  # a value that is not finite is refused below, in clearer words
        value = f(point)
    try:
        return as_number(value, name)
    except ValueError as error:
        raise ValueError(
            f"{name} must return one finite number, got {value} at {point}: try a range inside its domain"
        ) from error


def not_negative_at(f: Callable[[float], float], name: str, point: float) -> float:
    """Return ``f(point)``, or raise ValueError unless it is one finite number, zero or above."""
    value = number_at(f, name, point)
    if value < 0:
        raise ValueError(f"{name} must not be negative, got {value} at {point}")
    return value
