"""Square systems of linear equations by Gaussian elimination with partial pivoting."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Matrix, Vector, as_matrix, as_real, as_vector
from mlmath.linalg._scaling import Exponents, restore_scale, split_column_scales

EPSILON = float(np.finfo(np.float64).eps)


class LU(NamedTuple):
    """A square matrix as two triangles: ``A[permutation] = L @ U``.

    Example:
        >>> permutation, L, U = lu([[0.0, 2.0], [4.0, 6.0]])
        >>> permutation
        array([1, 0])
        >>> L @ U
        array([[4., 6.],
               [0., 2.]])
    """

    permutation: Labels
    """Shape ``(n,)``: row ``i`` of ``L @ U`` is row ``permutation[i]`` of ``A``."""
    L: Matrix
    """Shape ``(n, n)``: ones on the diagonal, zeros above, multipliers of size at most 1 below; without units."""
    U: Matrix
    """Shape ``(n, n)``: the pivots on the diagonal, zeros below; column ``j`` in the units of column ``j`` of ``A``."""


def lu(A: ArrayLike) -> LU:
    r"""Gaussian elimination, recorded: ``A[permutation] = L @ U``.

    In turn, each column is cleared below the diagonal by subtracting multiples
    of the pivot's row. The multipliers fill ``L``, what remains is ``U``.

    Partial pivoting swaps the largest entry of the column up first, so that no
    multiplier exceeds 1. Without it, ``[[1e-20, 1], [1, 1]]`` gives the
    multiplier 1e20, and ``1 - 1e20`` rounds to ``-1e20``: the entry ``1`` is lost,
    and the answer to ``x0 + x1 = 2`` comes out as ``[0, 1]`` instead of ``[1, 1]``.

    Args:
        A: Shape ``(n, n)``. A singular matrix is decomposed too; then ``U`` has a
            zero, or what rounding leaves of it, on its diagonal.

    Returns:
        Permutation, ``L`` and ``U``.

    Raises:
        ValueError: If ``A`` is not a finite, square matrix.
        OverflowError: If ``U`` leaves the range of float64: choose other units.

    Example:
        >>> lu([[1e-20, 1.0], [1.0, 1.0]]).U
        array([[1., 1.],
               [0., 1.]])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., sections 3.2 and 3.4.
    """
    U, exponents = split_column_scales(as_square(A, "A"))
    permutation, L, U = _eliminate(U)
    return LU(permutation, L, restore_scale(U, exponents, "U"))


def solve(A: ArrayLike, b: ArrayLike) -> Matrix:
    r"""Solution ``x`` of ``A x = b``: eliminate with ``lu``, then substitute twice.

    To working precision, ``A`` is singular if a pivot is no larger than the
    rounding errors of the numbers it was subtracted from. Such a system has no
    solution or infinitely many, and is refused; numpy would return noise.

    Args:
        A: Shape ``(n, n)``.
        b: One right side, shape ``(n,)``, or several as columns, shape ``(n, k)``.

    Returns:
        The shape of ``b``; entry ``j`` is in the units of ``b`` divided by those of column ``j`` of ``A``.

    Raises:
        ValueError: If ``A`` is not a finite, square matrix, ``b`` not finite or
            not of length ``n``, or ``A`` is singular to working precision. The
            message names the first column that is a combination of those before
            it; if it belongs to a fit, drop that column, or use ``solve_least_squares_svd``.
        OverflowError: If ``x`` leaves the range of float64: choose other units.

    Example:
        >>> solve([[1e-20, 1.0], [1.0, 1.0]], [1.0, 2.0])
        array([1., 1.])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 3.4; the bound on rounding:
    Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., section 9.3.
    """
    scaled, exponents = split_column_scales(as_square(A, "A"))
    right_sides, right_exponents = _as_right_sides(b, len(scaled))
    permutation, L, U = _eliminate(scaled)
    # What each pivot was added up from: rounding errors are up to n eps times this.
    sizes = np.einsum("jk,kj->j", np.abs(L), np.abs(U))
    singular = np.abs(np.diag(U)) <= len(U) * EPSILON * sizes
    if singular.any():
        j = int(np.argmax(singular))
        raise ValueError(
            f"A is singular to working precision: elimination leaves no pivot in column {j}, which is a combination "
            "of the columns before it. Drop that column, or use solve_least_squares_svd for the shortest x"
        )
    x = _substitute(U, _substitute(L, right_sides[permutation], lower=True), lower=False)
    return restore_scale(x, right_exponents - exponents[:, np.newaxis], "x").reshape(np.shape(b))


def solve_triangular(T: ArrayLike, b: ArrayLike, *, lower: bool) -> Matrix:
    r"""Solution ``x`` of ``T x = b`` for a triangle: one unknown per row, each found from those before.

    An upper triangle is solved from the last row to the first (back
    substitution), a lower one from the first to the last.

    Args:
        T: Shape ``(n, n)``, zero on the other side of the diagonal.
        b: One right side, shape ``(n,)``, or several as columns, shape ``(n, k)``.
        lower: True if ``T`` is zero above its diagonal, False if below.

    Returns:
        The shape of ``b``.

    Raises:
        ValueError: If ``T`` is not a finite, square matrix or not the triangle
            that ``lower`` announces, ``b`` is not finite or not of length ``n``, or the
            diagonal has a zero, so that there is no single solution; the message names its column.
        OverflowError: If ``x`` leaves the range of float64: choose other units.

    Example:
        >>> solve_triangular([[2.0, 1.0], [0.0, 4.0]], [4.0, 8.0], lower=False)
        array([1., 2.])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 3.1.
    """
    triangle = as_square(T, "T")
    right_sides, right_exponents = _as_right_sides(b, len(triangle))
    beyond = np.argwhere(np.triu(triangle, 1) if lower else np.tril(triangle, -1))
    if len(beyond):
        i, j = beyond[0]
        side, kind = ("above", "lower") if lower else ("below", "upper")
        raise ValueError(f"T must be zero {side} its diagonal to be {kind}, got {triangle[i, j]} at T[{i}, {j}]")
    pivots = np.diag(triangle)
    if not pivots.all():
        j = int(np.argmin(pivots != 0))
        raise ValueError(f"T must have no zero on its diagonal, got one at T[{j}, {j}]: x[{j}] is not determined")
    scaled, exponents = split_column_scales(triangle)
    x = _substitute(scaled, right_sides, lower=lower)
    return restore_scale(x, right_exponents - exponents[:, np.newaxis], "x").reshape(np.shape(b))


def _eliminate(U: Matrix) -> LU:
    """Return the decomposition of ``U``, which is overwritten."""
    n = len(U)
    permutation = np.arange(n)
    L = np.zeros_like(U)
    for j in range(n):
        pivot = j + int(np.argmax(np.abs(U[j:, j])))
        for array in (U, L, permutation):
            array[[j, pivot]] = array[[pivot, j]]
        L[j, j] = 1.0
        if U[j, j] != 0:
            L[j + 1 :, j] = U[j + 1 :, j] / U[j, j]
            U[j + 1 :, j:] -= np.outer(L[j + 1 :, j], U[j, j:])
            U[j + 1 :, j] = 0.0
    return LU(permutation, L, U)


def _substitute(triangle: Matrix, right_sides: Matrix, *, lower: bool) -> Matrix:
    """Solve for every column of ``right_sides``; entries of ``x`` not yet known are zero and add nothing."""
    x = np.zeros_like(right_sides)
    n = len(triangle)
    with np.errstate(over="ignore", invalid="ignore"):  # restore_scale refuses what is not finite
        for i in range(n) if lower else reversed(range(n)):
            x[i] = (right_sides[i] - triangle[i] @ x) / triangle[i, i]
    return x


def as_square(value: ArrayLike, name: str) -> Matrix:
    """Return a fresh, finite float64 array of shape ``(n, n)``, or raise ValueError."""
    matrix = as_matrix(value, name)
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"{name} must be square, got shape {matrix.shape}")
    return matrix


def _as_right_sides(b: ArrayLike, n: int) -> tuple[Matrix, Exponents]:
    """Return ``b`` as columns of size about 1, and their exponents of two."""
    given = as_real(b, "b")
    columns: Vector | Matrix = as_matrix(given, "b") if given.ndim == 2 else as_vector(given, "b")[:, np.newaxis]
    if len(columns) != n:
        raise ValueError(f"b must have {n} rows, one per row of the matrix, got shape {given.shape}")
    return split_column_scales(columns)
