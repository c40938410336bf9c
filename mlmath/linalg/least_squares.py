"""Least squares by the normal equation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_matrix, as_vector, check_same_length
from mlmath.linalg._scaling import Exponents, column_norms, restore_scale, split_column_scales, split_scale

# X^T X has the square of the condition number of X. Beyond 1/eps a matrix is
# singular for all that float64 can tell, so X itself may go up to 1/sqrt(eps).
EPSILON = float(np.finfo(np.float64).eps)
LARGEST_CONDITION = EPSILON ** (-1 / 2)


def solve_normal_equation(X: ArrayLike, y: ArrayLike) -> Vector:
    r"""Weights ``w`` that minimize ``||X w - y||^2``: solve ``(X^T X) w = X^T y``.

    At the minimum the residual ``X w - y`` is orthogonal to every column of
    ``X``, which is what the equation says.

    Conditioning: ``cond(X^T X) = cond(X)^2``, so this method loses twice the
    digits that the problem itself costs: of 16 decimal digits about
    ``16 - 2 log10(cond(X))`` are left. Columns that differ only in their units
    do no harm, because every column is first scaled to length 1 (and its weight
    scaled back); nearly dependent columns do. ``solve_least_squares_qr`` does not
    square and still works where this function has to give up.

    Args:
        X: Table of data, shape ``(examples, features)``, with at least as many
            examples as features. Add a column of ones for an intercept.
        y: Targets, shape ``(examples,)``.

    Returns:
        The weights, shape ``(features,)``; weight ``j`` is in the units of
        ``y`` divided by the units of column ``j``.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``y`` not a finite vector
            of the same length, or there are fewer examples than features. Also
            if the columns of ``X``, scaled to length 1, are linearly dependent
            to working precision (condition number ``LARGEST_CONDITION``, 6.7e7,
            or more); the message names the columns, and dropping one of them is
            the cure.
        OverflowError: If a weight leaves the range of float64: choose other units.

    Example:
        >>> solve_normal_equation([[1, 0], [1, 1], [1, 2]], [1.0, 3.0, 5.0]).round(6)
        array([1., 2.])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 5.3.2; its
    accuracy: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., section 20.4.
    """
    matrix, targets, exponent = as_tall_problem(X, y)
    dependent = dependent_columns(matrix)
    if dependent:
        raise ValueError(
            f"columns {dependent} of X are linearly dependent to working precision, so no single w is best: "
            "drop one of them, or ask solve_least_squares_svd for the shortest w"
        )
    unit, lengths, exponents = unit_columns(matrix)
    weights = np.linalg.solve(unit.T @ unit, unit.T @ targets) / lengths
    return restore_scale(weights, exponent - exponents, "a weight in w")


def dependent_columns(matrix: Matrix, *, limit: float = LARGEST_CONDITION) -> list[int]:
    """Return the columns that combine to nearly nothing, as far as a method can see.

    The answer is empty if the columns, scaled to length 1, have a condition
    number below ``limit``; by default the one that the normal equation can bear.
    It is measured on the matrix itself: in ``X^T X`` it is squared, and
    rounding could hide a dependence. Otherwise the last right singular vector
    holds the weights of a combination of length 1 that vanishes, and the columns
    with a weight in it are returned.

    Args:
        matrix: Shape ``(rows, columns)`` with ``rows >= columns``.
        limit: Condition number from which on columns count as dependent.
    """
    unit, _, _ = unit_columns(matrix)
    _, singular_values, combinations = np.linalg.svd(unit, full_matrices=False)
    if singular_values[0] < limit * singular_values[-1]:
        return []
    return [int(j) for j in np.flatnonzero(np.abs(combinations[-1]) > 1e-6)]


def largest_condition(matrix: Matrix) -> float:
    """Condition number from which on a method that does not square it takes columns for dependent."""
    return 1 / (EPSILON * float(max(matrix.shape)))


def unit_columns(matrix: Matrix) -> tuple[Matrix, Vector, Exponents]:
    """Return ``unit``, ``lengths``, ``e`` with ``matrix = unit * lengths * 2**e``; columns of zeros stay.

    The columns of ``unit`` have length 1. Their lengths in ``matrix`` come in two
    parts, because the product of the two may be too large for float64.
    """
    scaled, exponents = split_column_scales(matrix)
    lengths = column_norms(scaled)
    lengths[lengths == 0] = 1.0
    return scaled / lengths, lengths, exponents


def as_problem(X: ArrayLike, y: ArrayLike) -> tuple[Matrix, Vector, Exponents]:
    """Return ``X`` as a matrix, and ``y`` as a vector of size about 1 with its exponent of two."""
    matrix, targets = as_matrix(X, "X"), as_vector(y, "y")
    check_same_length(matrix, "X", targets, "y")
    return matrix, *split_scale(targets)


def as_tall_problem(X: ArrayLike, y: ArrayLike) -> tuple[Matrix, Vector, Exponents]:
    """Do the same, and refuse fewer examples than features."""
    matrix, targets, exponent = as_problem(X, y)
    examples, features = matrix.shape
    if examples < features:
        raise ValueError(
            f"X must have at least as many rows (examples) as columns (features), got {examples} rows and "
            f"{features} columns: add examples or drop features, or ask solve_least_squares_svd for the shortest w"
        )
    return matrix, targets, exponent
