"""Ridge regression: least squares with a price on long weight vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_positive
from mlmath.linalg._scaling import restore_scale, split_column_scales
from mlmath.linalg.elimination import solve_triangular
from mlmath.linalg.least_squares import as_problem, dependent_columns, largest_condition
from mlmath.linalg.qr import householder_qr


def solve_ridge(X: ArrayLike, y: ArrayLike, *, penalty: float) -> Vector:
    r"""Weights ``w`` that minimize ``||X w - y||^2 + penalty ||w||^2``: ``(X^T X + penalty I) w = X^T y``.

    Along a direction with singular value ``s``, ridge multiplies the weight of
    least squares by ``s^2 / (s^2 + penalty)``: it leaves what the data determine
    and shrinks what they hardly do. Two nearly equal columns, which least
    squares gives huge weights of opposite signs, share one moderate weight.

    The same ``w`` is the least-squares fit to ``X`` with the rows
    ``sqrt(penalty) I`` on top and as many zeros on top of ``y``. That is solved by QR: its condition
    number is at most ``sqrt(1 + s_max^2 / penalty)``, the square root of that of ``X^T X + penalty I``.

    Every weight pays, that of a column of ones too, so that the fit is drawn
    towards 0. To leave the intercept free, subtract the means of the columns and of ``y``
    first, fit without the ones, and add the mean of ``y`` to predictions. Units
    matter as well: a feature in small units has a small weight, which costs
    little. Transform the features with ``fit_scaler`` first.

    Args:
        X: Table of data, shape ``(examples, features)``, of any two sizes and any rank.
        y: Targets, shape ``(examples,)``.
        penalty: The price of a squared weight; must be positive, in the units of
            ``X`` squared. Towards 0, ``w`` tends to the shortest least-squares fit;
            for large ones to ``X^T y / penalty``, and so to 0.

    Returns:
        The weights, shape ``(features,)``.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``y`` not a finite vector
            of the same length, ``penalty`` not positive, or so small that rounding
            hides it and dependent columns remain dependent: raise it, or use ``solve_least_squares_svd``.
        OverflowError: If a weight leaves the range of float64: choose other units.

    Example:
        >>> solve_ridge([[1.0], [2.0]], [1.0, 2.0], penalty=5.0).round(6)
        array([0.5])

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical
    Learning*, 2nd ed., section 3.4.1.
    """
    matrix, targets, exponent = as_problem(X, y)
    features = matrix.shape[1]
    # The penalty goes on top: below much smaller rows of X, its rounding errors would swamp them.
    stacked = np.vstack([np.sqrt(as_positive(penalty, "penalty")) * np.eye(features), matrix])
    scaled, exponents = split_column_scales(np.column_stack([stacked, np.concatenate([np.zeros(features), targets])]))
    # The last column takes part in the mirrors and arrives as Q^T y, without a detour over Q.
    R = householder_qr(scaled).R[:features]
    dependent = dependent_columns(R[:, :features], limit=largest_condition(stacked))
    if dependent:
        raise ValueError(
            f"columns {dependent} of X are linearly dependent to working precision, and penalty = {penalty} is too "
            "small to change that: raise it, or ask solve_least_squares_svd for the shortest w"
        )
    weights = solve_triangular(R[:, :features], R[:, features], lower=False)
    return restore_scale(weights, exponent + exponents[-1] - exponents[:features], "a weight in w")
