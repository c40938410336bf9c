"""Least squares by the normal equation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_matrix, as_vector, check_same_length

# X^T X has the square of the condition number of X. Beyond 1/eps a matrix is
# singular for all that float64 can tell, so X itself may go up to 1/sqrt(eps).
LARGEST_CONDITION = float(np.finfo(np.float64).eps) ** (-1 / 2)


def solve_normal_equation(X: ArrayLike, y: ArrayLike) -> Vector:
    r"""Weights ``w`` that minimize ``||X w - y||^2``: solve ``(X^T X) w = X^T y``.

    At the minimum the residual ``X w - y`` is orthogonal to every column of
    ``X``, which is what the equation says.

    Conditioning: ``cond(X^T X) = cond(X)^2``, so this method loses twice the
    digits that the problem itself costs: of 16 decimal digits about
    ``16 - 2 log10(cond(X))`` are left. Columns that differ only in their units
    do no harm, because every column is first scaled to length 1 (and its weight
    scaled back); nearly dependent columns do. ``numpy.linalg.lstsq`` does not
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

    Example:
        >>> solve_normal_equation([[1, 0], [1, 1], [1, 2]], [1.0, 3.0, 5.0]).round(6)
        array([1., 2.])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 5.3.2; its
    accuracy: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., section 20.4.
    """
    matrix, targets = as_matrix(X, "X"), as_vector(y, "y")
    check_same_length(matrix, "X", targets, "y")
    examples, features = matrix.shape
    if examples < features:
        raise ValueError(
            f"X must have at least as many rows (examples) as columns (features), got {examples} rows and "
            f"{features} columns: add examples or drop features"
        )
    dependent = dependent_columns(matrix)
    if dependent:
        raise ValueError(
            f"columns {dependent} of X are linearly dependent to working precision, so no single w is best: "
            "drop one of them, or ask numpy.linalg.lstsq for the shortest w"
        )
    lengths = column_lengths(matrix)
    unit = matrix / lengths
    weights: Vector = np.linalg.solve(unit.T @ unit, unit.T @ targets) / lengths
    return weights


def dependent_columns(matrix: Matrix) -> list[int]:
    """Return the columns that combine to nearly nothing, as far as the normal equation can see.

    The answer is empty if the columns, scaled to length 1, have a condition
    number below ``LARGEST_CONDITION``. It is measured on the matrix
    itself: in ``X^T X`` it is squared, and rounding could hide a dependence.
    Otherwise the last right singular vector holds the weights of a combination
    of length 1 that vanishes, and the columns with a weight in it are returned.

    Args:
        matrix: Shape ``(rows, columns)`` with ``rows >= columns``.
    """
    lengths = column_lengths(matrix)
    _, singular_values, combinations = np.linalg.svd(matrix / lengths, full_matrices=False)
    if singular_values[0] < LARGEST_CONDITION * singular_values[-1]:
        return []
    return [int(j) for j in np.flatnonzero(np.abs(combinations[-1]) > 1e-6)]


def column_lengths(matrix: Matrix) -> Vector:
    """Return the length of each column, shape ``(columns,)``, and 1 for a column of zeros."""
    lengths: Vector = np.hypot.reduce(matrix, axis=0)  # no overflow on the way, unlike a sum of squares
    return np.where(lengths == 0, 1.0, lengths)
