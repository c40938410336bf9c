"""Residual plots: what a fit left over, where a missed pattern shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

from mlmath._arrays import as_vector, check_same_length
from mlmath.plots._axes import axes_or_new, check_drawable, color, grid_color, label_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_residuals(predicted: ArrayLike, observed: ArrayLike, *, ax: Axes | None = None) -> Axes:
    """Draw the residuals, ``observed - predicted``, against ``predicted``, with a line at zero.

    A point above the line was observed higher than predicted. A good fit
    leaves a shapeless band. A bow says that the model is not curved enough, a
    funnel that the spread grows with the prediction, a lone point that one
    example is unlike the others. The same four statistics can hide any of
    these: see ``load_anscombe`` in ``mlmath.datasets``.

    Args:
        predicted: What the model says, shape ``(n,)``.
        observed: What was measured, shape ``(n,)``, in the same units.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes; its last line holds the residuals, as markers.

    Raises:
        ValueError: If the two are not finite vectors of the same
            length, or one of them holds a number beyond 1e300.
        TypeError: If ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_residuals([1.0, 2.0, 3.0], [1.5, 2.0, 2.0])
        >>> ax.lines[-1].get_ydata()
        array([ 0.5,  0. , -1. ])

    Source: F. J. Anscombe (1973), "Graphs in statistical analysis", *The
    American Statistician* 27, 17-21.
    """
    said, measured = as_vector(predicted, "predicted"), as_vector(observed, "observed")
    check_same_length(said, "predicted", measured, "observed")
    check_drawable(said, "predicted")
    check_drawable(measured, "observed")
    ax = axes_or_new(ax)
    ax.axhline(0, color=grid_color(), linewidth=1, linestyle="--")
    ax.plot(said, measured - said, linestyle="none", marker="o", markersize=4, color=color(0))
    label_axes(ax, "predicted", "observed \N{MINUS SIGN} predicted")
    return ax
