"""How columns of data vary together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, as_matrix, check_choice
from mlmath.stats._scaled import TOO_LARGE, TOO_SMALL, centred
from mlmath.stats.describe import SMALLEST_NORMAL, Divisor


def covariance(X: ArrayLike, *, divisor: Divisor = "n-1") -> Matrix:
    """Covariance matrix of the columns: ``(X - mean)^T (X - mean) / divisor``.

    Entry ``[i, j]`` is the mean product of the distances of feature ``i`` and of
    feature ``j`` from their means: positive if both tend to be large together.
    The diagonal holds the variances.

    Covariance 0 (uncorrelated) does not mean independent: it sees straight-line
    relations only. If ``x`` is symmetric about 0, then ``x`` and ``x**2`` have
    covariance 0, though one determines the other.

    Args:
        X: Table of data, shape ``(examples, features)``. For two columns ``x``
            and ``y`` pass ``np.column_stack([x, y])``.
        divisor: ``"n-1"`` or ``"n"``, as for ``variance``.

    Returns:
        Shape ``(features, features)``, symmetric; entry ``[i, j]`` is in the
        units of feature ``i`` times the units of feature ``j``.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``divisor`` is unknown, or
            there is one example and the divisor ``n - 1`` is 0. Also if a
            variance is outside the range of float64; the message names the
            column: measure it in other units.

    Example:
        >>> covariance([[0.0, 1.0], [1.0, 3.0], [2.0, 5.0]])
        array([[1., 2.],
               [2., 4.]])

    Source: Wasserman, *All of Statistics*, section 3.3.
    """
    check_choice(divisor, "divisor", ("n-1", "n"))
    table = as_matrix(X, "X")
    if divisor == "n-1" and len(table) == 1:
        raise ValueError("X must hold at least 2 examples for the divisor n - 1, got 1: one example shows no spread")
    _, deviations, exponent = centred(table)
    degrees_of_freedom = len(table) - 1 if divisor == "n-1" else len(table)
    scaled = deviations.T @ deviations / degrees_of_freedom
    with np.errstate(over="ignore"):  # refused below, in clearer words
        products: Matrix = np.ldexp(scaled, exponent[:, np.newaxis] + exponent)
    variances = products.diagonal()
    too_small = (scaled.diagonal() > 0) & (variances < SMALLEST_NORMAL)
    for wrong, problem in ((np.isinf(variances), TOO_LARGE), (too_small, TOO_SMALL)):
        if wrong.any():
            raise ValueError(f"the variance of column {int(np.argmax(wrong))} of X {problem}")
    return products


def correlation(X: ArrayLike) -> Matrix:
    """Correlation matrix of the columns: covariance divided by both standard deviations.

    It is the cosine of the angle between two columns once their means are
    subtracted, so it lies from -1 to 1, and changing the units of a feature
    (Fahrenheit for Celsius) changes nothing. 1 and -1 say that the points lie
    on a straight line. No divisor appears: ``n`` and ``n - 1`` cancel.

    Correlation 0 does not mean independent: like the covariance it misses what
    is not a straight line. And correlation is not cause.

    Args:
        X: Table of data, shape ``(examples, features)``. For two columns ``x``
            and ``y``, ``correlation(np.column_stack([x, y]))[0, 1]`` is their correlation.

    Returns:
        Shape ``(features, features)``, symmetric, with ones on the diagonal; without units.

    Raises:
        ValueError: If ``X`` is not a finite matrix, or a column is constant: it
            varies with nothing, and its correlation would be 0/0. The message
            names the column; drop it.

    Example:
        >>> height, weight = [160.0, 170.0, 175.0, 185.0], [58.0, 70.0, 69.0, 85.0]
        >>> print(f"{correlation(np.column_stack([height, weight]))[0, 1]:.3f}")
        0.967

    Source: Wasserman, *All of Statistics*, section 3.3.
    """
    table = as_matrix(X, "X")
    deviations = centred(table).deviations
    lengths = np.linalg.norm(deviations, axis=0)
    if not lengths.all():
        column = int(np.argmin(lengths))
        raise ValueError(
            f"column {column} of X is constant ({table[0, column]:g}), so it has no correlation with any other: drop it"
        )
    directions = deviations / lengths
    cosines: Matrix = np.clip(directions.T @ directions, -1, 1)  # rounding may pass the ends by 1e-16
    np.fill_diagonal(cosines, 1)
    return cosines
