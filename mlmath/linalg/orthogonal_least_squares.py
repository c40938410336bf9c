"""Least squares without squaring the condition number: by QR, and by the singular value decomposition."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_probability
from mlmath.linalg._scaling import restore_scale, split_scale
from mlmath.linalg.elimination import solve_triangular
from mlmath.linalg.least_squares import (
    EPSILON,
    as_problem,
    as_tall_problem,
    dependent_columns,
    largest_condition,
    unit_columns,
)
from mlmath.linalg.qr import householder_qr
from mlmath.linalg.singular_values import svd


def solve_least_squares_qr(X: ArrayLike, y: ArrayLike) -> Vector:
    r"""Weights ``w`` that minimize ``||X w - y||^2``: with ``X = Q R``, solve ``R w = Q^T y``.

    Mirrors do not change lengths, so ``||X w - y||`` is as small as it gets when
    the part of ``y`` in the span of ``X``, ``Q^T y``, is met exactly.

    Conditioning: of 16 decimal digits about ``16 - log10(cond(X))`` are left if the
    residual is small, where the normal equation leaves ``16 - 2 log10(cond(X))``.
    (With a large residual, the problem itself is as sensitive as that.) As there, the
    columns are first scaled to length 1, so that different units do no harm.

    Args:
        X: Table of data, shape ``(examples, features)``, with at least as many
            examples as features. Add a column of ones for an intercept.
        y: Targets, shape ``(examples,)``.

    Returns:
        The weights, shape ``(features,)``; weight ``j`` is in the units of
        ``y`` divided by the units of column ``j``.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``y`` not a finite vector
            of the same length, there are fewer examples than features, or the
            columns of ``X`` are linearly dependent to working precision; the
            message names them: drop one, or use ``solve_least_squares_svd``.
        OverflowError: If a weight leaves the range of float64: choose other units.

    Example:
        >>> solve_least_squares_qr([[1, 0], [1, 1], [1, 2]], [1.0, 3.0, 5.0]).round(6)
        array([1., 2.])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 5.3; its
    accuracy: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., chapter 20.
    """
    matrix, targets, exponent = as_tall_problem(X, y)
    unit, lengths, exponents = unit_columns(matrix)
    Q, R = householder_qr(unit)
    dependent = dependent_columns(R, limit=largest_condition(matrix))
    if dependent:
        raise ValueError(
            f"columns {dependent} of X are linearly dependent to working precision, so no single w is best: "
            "drop one of them, or ask solve_least_squares_svd for the shortest w"
        )
    weights = solve_triangular(R, Q.T @ targets, lower=False) / lengths
    return restore_scale(weights, exponent - exponents, "a weight in w")


def solve_least_squares_svd(X: ArrayLike, y: ArrayLike, *, relative_cutoff: float | None = None) -> Vector:
    r"""The shortest ``w`` that minimizes ``||X w - y||^2``: with ``X = U diag(s) Vt``, ``w = V diag(1/s) U^T y``.

    If columns are dependent (always so with fewer examples than features), many
    ``w`` fit equally well: a direction with singular value 0 changes no
    prediction. This one has no part in such directions, which makes it the shortest.

    Rounding leaves about ``eps`` times the largest singular value where 0 should
    be, and dividing by it would swamp the answer with noise: hence the cutoff.

    Args:
        X: Table of data, shape ``(examples, features)``, of any two sizes and any
            rank. What is shortest depends on the units of the columns, and so does
            what is small: bring them to similar sizes first, for example with ``fit_scaler``.
        y: Targets, shape ``(examples,)``.
        relative_cutoff: Singular values up to this share of the largest, from 0
            to 1, count as 0. By default ``eps * max(examples, features)``. A larger one
            trades a worse fit for smaller weights.

    Returns:
        The weights, shape ``(features,)``; all zero if ``X`` is.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``y`` not a finite vector
            of the same length, or ``relative_cutoff`` not from 0 to 1.
        OverflowError: If a weight leaves the range of float64: choose other units.

    Example:
        The same column twice: the weight is shared out evenly.

        >>> solve_least_squares_svd([[1.0, 1.0], [2.0, 2.0]], [2.0, 4.0]).round(6)
        array([1., 1.])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 5.5.
    """
    matrix, targets, exponent = as_problem(X, y)
    cutoff = (
        EPSILON * max(matrix.shape) if relative_cutoff is None else as_probability(relative_cutoff, "relative_cutoff")
    )
    scaled, matrix_exponent = split_scale(matrix)
    U, singular_values, Vt = svd(scaled)
    kept = singular_values > cutoff * singular_values[0]
    with np.errstate(over="ignore"):  # restore_scale refuses what is not finite
        weights = ((U[:, kept].T @ targets) / singular_values[kept]) @ Vt[kept]
    return restore_scale(weights, exponent - matrix_exponent, "a weight in w")
