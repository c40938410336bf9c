"""Decision boundaries: what a classifier says everywhere, not only where there are data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, as_count, as_labels, as_matrix, check_same_length
from mlmath.plots._axes import MARKERS, axes_or_new, color, faint, label_axes, text_color

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_decision_boundary(
    predict: Callable[[Matrix], ArrayLike],
    X: ArrayLike,
    labels: ArrayLike,
    *,
    points: int = 201,
    ax: Axes | None = None,
) -> Axes:
    """Tint the plane by the class that ``predict`` gives it, and draw the examples on top.

    Every class has one colour and one marker, both named in the legend. An
    example whose colour differs from its surroundings is classified wrongly.

    Args:
        predict: Maps points, shape ``(n, 2)``, to their classes, shape ``(n,)``,
            counted from 0. It is called once, with all points of the grid.
        X: The examples, shape ``(examples, 2)``.
        labels: Their true classes, counted from 0, shape ``(examples,)``.
        points: Grid points along each axis, 2 or more. The boundary is exact to
            one grid step; the grid reaches a tenth beyond the examples.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes. Its lines are the examples, one line of markers per class.

    Raises:
        ValueError: If ``X`` is not a finite matrix with two columns, ``labels``
            are not as many class numbers, or ``predict`` does not return one
            class number per point; a model that returns probabilities needs a
            threshold first, for example ``lambda X: model(X) > 0.5``.
        TypeError: If ``points`` is not an integer or ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_decision_boundary(lambda X: X[:, 0] > 1, [[0, 0], [2, 1], [3, 0]], [0, 1, 1])
        >>> [line.get_label() for line in ax.lines]
        ['class 0', 'class 1']

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical
    Learning*, 2nd ed., section 2.3.
    """
    examples, truth = as_matrix(X, "X"), as_labels(labels, "labels")
    if examples.shape[1] != 2:
        raise ValueError(f"X must have two columns, got {examples.shape[1]}: choose two features to draw")
    check_same_length(examples, "X", truth.astype(np.float64), "labels")
    points = as_count(points, "points", at_least=2)
    low, high = examples.min(axis=0), examples.max(axis=0)
    margin = np.where(high > low, (high - low) / 10, np.maximum(1.0, np.abs(low) / 10))
    x, y = np.linspace(low - margin, high + margin, points).T
    grid = np.column_stack([np.tile(x, points), np.repeat(y, points)])
    regions = as_labels(predict(grid), "predict(X)")
    if len(regions) != len(grid):
        raise ValueError(f"predict must return one class per point, got {len(regions)} for {len(grid)} points")

    ax = axes_or_new(ax)
    regions = regions.reshape(points, points)
    predicted = np.unique(regions)
    for k in predicted.tolist():
        inside = (regions == k).astype(np.float64)
        ax.contourf(x, y, inside, levels=[0.5, 1.5], colors=[faint(k)])
        if k != predicted[-1]:  # the boundary of the last class is that of the others
            ax.contour(x, y, inside, levels=[0.5], colors=[text_color()], linewidths=1.2)
    for k in np.unique(truth).tolist():
        ax.plot(
            *examples[truth == k].T,
            linestyle="none",
            marker=MARKERS[k % len(MARKERS)],
            markersize=5,
            color=color(k),
            label=f"class {k}",
        )
    label_axes(ax, "$x_1$", "$x_2$")
    ax.legend()
    return ax
