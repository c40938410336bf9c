"""Dot product and matrix product as plain Python loops, to compare with numpy's ``@``."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, as_matrix, as_vector
from mlmath.linalg._scaling import check_no_overflow


def dot_by_loops(a: ArrayLike, b: ArrayLike) -> float:
    r"""Dot product by a loop: the sum of ``a[i] * b[i]``.

    It gives the answer of ``a @ b``, up to the rounding of another order of
    summation, and takes a hundred times as long for long vectors: Python looks
    up the type of every number anew, while numpy runs one compiled loop over
    numbers that lie side by side.

    Args:
        a: Shape ``(n,)``.
        b: Shape ``(n,)``.

    Returns:
        One number, in the units of ``a`` times those of ``b``.

    Raises:
        ValueError: If ``a`` or ``b`` is not a finite vector, or they differ in length.
        OverflowError: If the sum leaves the range of float64: choose other units.

    Example:
        >>> dot_by_loops([1, 2, 3], [4, 5, 6])
        32.0

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 1.1.
    """
    left, right = as_vector(a, "a"), as_vector(b, "b")
    if left.shape != right.shape:
        raise ValueError(
            f"a and b must have the same length, because entry i of a is multiplied by entry i of b, "
            f"got shapes {left.shape} and {right.shape}"
        )
    total = 0.0
    for x, y in zip(left.tolist(), right.tolist(), strict=True):
        total += x * y
    return float(check_no_overflow(np.array(total), "the dot product of a and b"))


def matmul_by_loops(A: ArrayLike, B: ArrayLike) -> Matrix:
    r"""Matrix product by three loops: entry ``[i, j]`` is row ``i`` of ``A`` dot column ``j`` of ``B``.

    The innermost line runs ``m * n * k`` times: that is the cost of a product,
    and why the order of a chain ``A @ B @ x`` matters.

    Args:
        A: Shape ``(m, n)``.
        B: Shape ``(n, k)``.

    Returns:
        Shape ``(m, k)``, in the units of ``A`` times those of ``B``.

    Raises:
        ValueError: If ``A`` or ``B`` is not a finite matrix, or ``A`` has not as
            many columns as ``B`` has rows.
        OverflowError: If an entry leaves the range of float64: choose other units.

    Example:
        >>> matmul_by_loops([[1, 2], [3, 4]], [[0, 1], [1, 0]])
        array([[2., 1.],
               [4., 3.]])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 1.1.
    """
    left, right = as_matrix(A, "A"), as_matrix(B, "B")
    if left.shape[1] != right.shape[0]:
        raise ValueError(
            f"A must have as many columns as B has rows, because rows of A are multiplied by columns of B, "
            f"got shapes {left.shape} and {right.shape}"
        )
    (m, n), k = left.shape, right.shape[1]
    rows, other_rows = left.tolist(), right.tolist()
    product = [[0.0] * k for _ in range(m)]
    for i in range(m):
        for j in range(k):
            for inner in range(n):
                product[i][j] += rows[i][inner] * other_rows[inner][j]
    return check_no_overflow(np.array(product), "the product of A and B")
