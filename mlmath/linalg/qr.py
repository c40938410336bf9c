"""QR decomposition: an orthonormal basis for the columns of a matrix, and the matrix in that basis."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, as_matrix
from mlmath.linalg._scaling import column_norms, restore_scale, split_column_scales

EPSILON = float(np.finfo(np.float64).eps)


class QR(NamedTuple):
    """A matrix as ``Q @ R``: orthonormal columns times a triangle.

    Example:
        >>> Q, R = householder_qr([[3.0, 1.0], [4.0, 3.0]])
        >>> Q.round(6)
        array([[ 0.6, -0.8],
               [ 0.8,  0.6]])
        >>> R.round(6)
        array([[5., 3.],
               [0., 1.]])
    """

    Q: Matrix
    """Shape ``(rows, k)`` with ``k = min(rows, columns)``: columns of length 1 at right angles, without units."""
    R: Matrix
    """Shape ``(k, columns)``: a triangle, zero below the diagonal; column ``j`` in the units of column ``j``."""


def gram_schmidt(A: ArrayLike) -> QR:
    r"""QR decomposition by the modified Gram-Schmidt process.

    Take the columns in turn: divide by the length, then subtract from every
    later column its part in this direction. The *classical* process subtracts
    from a column all earlier directions at once, each measured on the original
    column; the modified one measures on what is left of it, so that it also
    removes the rounding errors of the steps before. On paper they are the same.
    In float64 the columns of ``Q`` miss the right angle by about
    ``eps * cond(A)^2`` in the classical process, ``eps * cond(A)`` in this one,
    and ``eps`` in ``householder_qr``. ``Q @ R`` equals ``A`` to rounding in all three.

    Args:
        A: Shape ``(rows, columns)`` with ``rows >= columns``, the columns
            linearly independent.

    Returns:
        ``Q``, shape ``(rows, columns)``, and ``R``, shape ``(columns, columns)``,
        with positive diagonal, which makes both unique.

    Raises:
        ValueError: If ``A`` is not a finite matrix, has more columns than rows, or a
            column is a combination of those before it to working precision;
            the message names it. Drop it, or use ``householder_qr``.
        OverflowError: If ``R`` leaves the range of float64: choose other units.

    Example:
        >>> gram_schmidt([[3.0, 1.0], [4.0, 3.0]]).R.round(6)
        array([[5., 3.],
               [0., 1.]])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 5.2; what it
    loses: Björck, *Solving linear least squares problems by Gram-Schmidt
    orthogonalization*, BIT 7 (1967).
    """
    rest, exponents = split_column_scales(as_matrix(A, "A"))
    rows, columns = rest.shape
    if rows < columns:
        raise ValueError(
            f"A must have at least as many rows as columns, or its columns are dependent, got shape {rest.shape}: "
            "try householder_qr"
        )
    lengths = column_norms(rest)
    R = np.zeros((columns, columns))
    for j in range(columns):
        R[j, j] = np.hypot.reduce(rest[:, j])
        if R[j, j] <= columns * EPSILON * lengths[j]:
            raise ValueError(
                f"column {j} of A is a combination of the columns before it to working precision, "
                "so nothing is left to make a direction of: drop it, or use householder_qr"
            )
        rest[:, j] /= R[j, j]
        R[j, j + 1 :] = rest[:, j] @ rest[:, j + 1 :]
        rest[:, j + 1 :] -= np.outer(rest[:, j], R[j, j + 1 :])
    return QR(rest, restore_scale(R, exponents, "R"))


def householder_qr(A: ArrayLike) -> QR:
    r"""QR decomposition by reflections: mirror each column onto an axis, then undo the mirrors.

    Column ``j`` (from the diagonal down) is mapped to a multiple of the first
    axis by the mirror ``I - 2 v v^T``; ``v`` is the unit vector halfway between
    the column and its image. Of the two images, plus and minus the length, the
    one on the other side is taken: the near one would subtract almost equal numbers.

    Mirrors keep lengths and angles, so ``Q`` is orthonormal to rounding whatever
    ``A`` is, even if its columns are dependent; then zeros (or what rounding
    leaves of them) stand on the diagonal of ``R``.

    Args:
        A: Shape ``(rows, columns)``, of any two sizes.

    Returns:
        The thin form: ``Q``, shape ``(rows, k)``, and ``R``, shape
        ``(k, columns)``, with ``k = min(rows, columns)``. Signs: the diagonal of
        ``R`` is zero or above, which makes both unique if the first ``k``
        columns of ``A`` are independent. numpy's ``R`` may differ by signs of rows.

    Raises:
        ValueError: If ``A`` is not a finite matrix.
        OverflowError: If ``R`` leaves the range of float64: choose other units.

    Example:
        >>> Q, R = householder_qr([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
        >>> (Q.T @ Q).round(6)
        array([[1., 0.],
               [0., 1.]])
        >>> R.round(6)
        array([[2., 2.],
               [0., 0.]])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., sections 5.1 and 5.2.
    """
    R, exponents = split_column_scales(as_matrix(A, "A"))
    rows, columns = R.shape
    k = min(rows, columns)
    mirrors = []
    for j in range(k):
        v = _mirror(R[j:, j])
        mirrors.append(v)
        R[j:, j:] -= np.outer(2 * v, v @ R[j:, j:])
    Q = np.eye(rows, k)
    for j in reversed(range(k)):
        v = mirrors[j]
        Q[j:, j:] -= np.outer(2 * v, v @ Q[j:, j:])
    signs = np.where(np.diag(R) < 0, -1.0, 1.0)
    return QR(Q * signs, restore_scale(np.triu(R[:k] * signs[:, np.newaxis]), exponents, "R"))


def _mirror(column: Matrix) -> Matrix:
    """Return the unit ``v`` whose mirror sends ``column`` to the first axis, or zeros for a column of zeros."""
    size = np.abs(column).max()
    if size == 0:
        return np.zeros_like(column)
    v = column / size
    v[0] += np.copysign(np.sqrt(v @ v), v[0])
    unit: Matrix = v / np.sqrt(v @ v)
    return unit
