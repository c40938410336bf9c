"""Anscombe's quartet: four data sets with one set of statistics."""

from __future__ import annotations

from typing import NamedTuple

from mlmath._arrays import Matrix
from mlmath.datasets._table import read_table


class Anscombe(NamedTuple):
    """Four sets of 11 points; row ``k`` of both matrices is set ``k + 1`` of the paper.

    Example:
        >>> quartet = load_anscombe()
        >>> quartet.x[3]
        array([ 8.,  8.,  8.,  8.,  8.,  8.,  8., 19.,  8.,  8.,  8.])
    """

    x: Matrix
    """Shape ``(4, 11)``, without units; the first three rows are equal."""
    y: Matrix
    """Shape ``(4, 11)``, without units."""


def load_anscombe() -> Anscombe:
    """Read four sets of 11 points that agree in mean, variance, line of best fit and correlation, and in nothing else.

    To the digits that the paper prints, each set has mean x 9 and mean y 7.5,
    the line ``y = 3 + 0.5 x`` by least squares, and ``R^2 = 0.67``. Drawn, they
    are a noisy line, a parabola, a line with one outlier, and a column of
    points whose slope hangs on a single one.

    Returns:
        ``x`` and ``y``, both of shape ``(4, 11)``; fresh arrays on each call.

    Example:
        >>> import numpy as np
        >>> quartet = load_anscombe()
        >>> for x, y in zip(quartet.x, quartet.y):
        ...     slope, intercept = np.polyfit(x, y, 1)
        ...     print(f"mean y {y.mean():.2f}, line {intercept:.2f} + {slope:.3f} x")
        mean y 7.50, line 3.00 + 0.500 x
        mean y 7.50, line 3.00 + 0.500 x
        mean y 7.50, line 3.00 + 0.500 x
        mean y 7.50, line 3.00 + 0.500 x

    Source: F. J. Anscombe (1973), "Graphs in statistical analysis", *The
    American Statistician* 27, 17-21.
    Terms: 88 numbers from a published table, distributed with many statistics
    packages (for example as ``anscombe`` in R).
    """
    _, table = read_table("anscombe")
    return Anscombe(x=table[:, 1].reshape(4, 11).copy(), y=table[:, 2].reshape(4, 11).copy())
