"""Singular value decomposition by Jacobi's rotations, and the best approximation of lower rank."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_matrix
from mlmath.linalg import _jacobi
from mlmath.linalg._scaling import column_norms, restore_scale, split_scale
from mlmath.linalg._signs import column_signs
from mlmath.linalg.qr import householder_qr

EPSILON = float(np.finfo(np.float64).eps)

# Singular values below this share of the largest count as zero: their squares leave the range of float64.
SMALLEST_SHARE = 1e-150


class SVD(NamedTuple):
    """A matrix as ``U @ diag(singular_values) @ Vt``: rotate, stretch along the axes, rotate.

    Example:
        >>> U, singular_values, Vt = svd([[0.0, 2.0], [3.0, 0.0]])
        >>> singular_values
        array([3., 2.])
        >>> np.allclose((U * singular_values) @ Vt, [[0.0, 2.0], [3.0, 0.0]])
        True
    """

    U: Matrix
    """Shape ``(rows, k)``, ``k = min(rows, columns)``: orthonormal columns, the left singular vectors."""
    singular_values: Vector
    """Shape ``(k,)``, in the units of the matrix, from the largest to the smallest, none negative."""
    Vt: Matrix
    """Shape ``(k, columns)``: orthonormal rows, the right singular vectors."""


def svd(A: ArrayLike) -> SVD:
    r"""Singular value decomposition ``A = U diag(s) Vt`` by the one-sided method of Jacobi.

    Rotate pairs of columns, each by the angle that makes the two orthogonal,
    sweep after sweep, until all are. Then their lengths are the singular values,
    their directions the columns of ``U``, and the product of the rotations is
    ``V``. These are Jacobi's rotations for the eigenvectors of ``A^T A``, which is
    never formed: forming it would square the condition number.

    A tall matrix is first replaced by the ``R`` of its QR decomposition, and a
    wide one is transposed. Each column is treated on its own scale. So small
    singular values that come from small columns are found to nearly all their
    digits, where ``numpy.linalg.svd`` finds them only to ``eps`` times the largest.

    Args:
        A: Shape ``(rows, columns)``, of any two sizes and any rank.

    Returns:
        ``U``, singular values in descending order, ``Vt``. Signs: in each row of
        ``Vt`` the entry of largest size (the first of them in a tie) is
        positive; ``A`` fixes only that ``U`` and ``Vt`` flip together. Singular
        values below ``SMALLEST_SHARE`` of the largest are returned as 0.

    Raises:
        ValueError: If ``A`` is not a finite matrix.
        OverflowError: If a singular value leaves the range of float64: choose other units.

    Example:
        >>> svd([[2.0, 2.0], [-1.0, 1.0]]).singular_values.round(6)
        array([2.828427, 1.414214])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 8.6.3; its
    accuracy: Demmel & Veselić, *Jacobi's method is more accurate than QR*,
    SIAM J. Matrix Anal. Appl. 13 (1992).
    """
    scaled, exponent = split_scale(as_matrix(A, "A"))
    rows, columns = scaled.shape
    U, singular_values, V = _tall_svd(scaled if rows >= columns else scaled.T)
    if rows < columns:
        U, V = V, U
    signs = column_signs(V)
    return SVD(U * signs, restore_scale(singular_values, exponent, "a singular value of A"), (V * signs).T)


def low_rank_approximation(A: ArrayLike, rank: int) -> Matrix:
    r"""The matrix of rank ``rank`` closest to ``A``: keep the largest singular values, drop the rest.

    No matrix of that rank is closer: the distance is the first singular value
    dropped (in the 2-norm), or the root of the sum of squares of all dropped (in
    the Frobenius norm). This is the theorem of Eckart and Young.

    Args:
        A: Shape ``(rows, columns)``.
        rank: From 0, which gives zeros, to ``min(rows, columns)``, which gives ``A``.

    Returns:
        The shape and the units of ``A``.

    Raises:
        ValueError: If ``A`` is not a finite matrix or ``rank`` is out of range.
        TypeError: If ``rank`` is not an integer.
        OverflowError: If a singular value leaves the range of float64: choose other units.

    Example:
        >>> low_rank_approximation([[3.0, 0.0], [0.0, 2.0]], 1)
        array([[3., 0.],
               [0., 0.]])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 2.4.
    """
    matrix = as_matrix(A, "A")
    rank = as_count(rank, "rank", at_least=0)
    if rank > min(matrix.shape):
        raise ValueError(f"rank must be at most {min(matrix.shape)} for shape {matrix.shape}, got {rank}")
    U, singular_values, Vt = svd(matrix)
    approximation: Matrix = (U[:, :rank] * singular_values[:rank]) @ Vt[:rank]
    return approximation


def _tall_svd(A: Matrix) -> tuple[Matrix, Vector, Matrix]:
    """Return ``U``, singular values and ``V`` (not transposed) of a matrix with at least as many rows as columns."""
    columns = A.shape[1]
    by_size = np.argsort(-column_norms(A), kind="stable")  # large columns first: fewer sweeps
    Q, R = householder_qr(A[:, by_size])
    # Row j holds column j of R, and beside it column j of V, so that one rotation turns both.
    rows = np.hstack([R.T, np.eye(columns)])
    _make_rows_orthogonal(rows, columns)
    lengths = column_norms(rows[:, :columns].T)
    lengths[lengths < SMALLEST_SHARE * lengths.max()] = 0.0
    descending = np.argsort(-lengths, kind="stable")
    lengths, rows = lengths[descending], rows[descending]
    rank = np.count_nonzero(lengths)
    directions = rows[:rank, :columns].T / lengths[:rank]
    # Columns of length 0 have no direction: any orthonormal ones at right angles to the others will do.
    completed = np.hstack([directions, householder_qr(np.hstack([directions, np.eye(columns)])).Q[:, rank:]])
    V = np.empty((columns, columns))
    V[by_size] = rows[:, columns:].T
    return Q @ completed, lengths, V


def _make_rows_orthogonal(rows: Matrix, width: int) -> None:
    """Rotate whole rows in place until their first ``width`` entries are orthogonal to rounding."""
    tolerance = EPSILON * np.sqrt(width)
    rounds = _jacobi.round_robin(len(rows))
    for _ in range(_jacobi.MOST_SWEEPS):
        rotated = False
        for pairs in rounds:
            one, other = rows[pairs, :width]
            first, second = np.einsum("ij,ij->i", one, one), np.einsum("ij,ij->i", other, other)
            product = np.einsum("ij,ij->i", one, other)
            slanted = np.abs(product) > np.maximum(tolerance * np.sqrt(first) * np.sqrt(second), SMALLEST_SHARE**2)
            if slanted.any():
                angle = _jacobi.rotation(first[slanted], second[slanted], product[slanted])
                _jacobi.rotate_rows(rows, pairs[:, slanted], *angle)
                rotated = True
        if not rotated:
            return
    raise ArithmeticError(f"the rotations did not converge in {_jacobi.MOST_SWEEPS} sweeps")  # no such matrix is known
