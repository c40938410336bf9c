"""Eigenvectors, the directions that a matrix only stretches: the first one, or all of a symmetric matrix."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_not_negative, as_vector
from mlmath.linalg import _jacobi
from mlmath.linalg._scaling import restore_scale, split_scale
from mlmath.linalg._signs import column_signs
from mlmath.linalg.elimination import as_square

EPSILON = float(np.finfo(np.float64).eps)

# Entries that should be equal may differ by this share of the largest entry: rounding, not another matrix.
ASYMMETRY = 1e-10

REACHED_TOLERANCE = "the residual reached the tolerance"
TOOK_ALL_STEPS = "all steps were taken"


class PowerIteration(NamedTuple):
    """Every estimate on the way to the largest eigenvalue, so that lessons can draw how fast the error falls.

    Row ``k`` belongs to the vector after ``k`` products with the matrix.

    Example:
        >>> found = power_iteration([[2.0, 0.0], [0.0, 1.0]], [1.0, 1.0])
        >>> found.values[:4].round(3)
        array([1.5  , 1.8  , 1.941, 1.985])
        >>> found.stop_reason
        'the residual reached the tolerance'
    """

    values: Vector
    """Shape ``(products + 1,)``: the estimates ``v^T A v`` of the eigenvalue, in the units of the matrix."""
    vectors: Matrix
    """Shape ``(products + 1, n)``: the unit vectors ``v``; row 0 is the start, scaled to length 1."""
    stop_reason: str
    """Why it ended: ``REACHED_TOLERANCE`` or ``TOOK_ALL_STEPS``, in words."""

    @property
    def value(self) -> float:
        """The last estimate of the eigenvalue."""
        return float(self.values[-1])

    @property
    def vector(self) -> Vector:
        """The last estimate of the eigenvector, shape ``(n,)``, as a copy."""
        last: Vector = self.vectors[-1].copy()
        return last


def power_iteration(A: ArrayLike, start: ArrayLike, *, steps: int = 1000, tolerance: float = 1e-12) -> PowerIteration:
    r"""Eigenvector of the largest eigenvalue (in size): multiply by ``A``, scale to length 1, repeat.

    Written in eigenvectors, each product multiplies part ``i`` of the vector by
    its eigenvalue ``l_i``. So the part along the largest, ``l_1``, outgrows the
    others, and the error of the vector falls by the factor ``|l_2 / l_1|`` per
    step; that of the value falls as fast, and by the square of it if ``A`` is symmetric.

    Args:
        A: Shape ``(n, n)``; symmetric or not.
        start: First vector, shape ``(n,)``, not zero. It must have a part along
            the eigenvector sought, as ``generator.normal(size=n)`` has; from a
            start at right angles to it another eigenvector may be found.
        steps: The largest number of products.
        tolerance: Stop as soon as the residual ``||A v - value v||`` is at most
            this share of ``|value|``. If ``A`` is symmetric, there is an
            eigenvalue that close to the estimate.

    Returns:
        All estimates. Each vector is turned to the side of the one before, so
        that a negative eigenvalue does not flip it at each step. If the two
        largest eigenvalues are of one size (such as 1 and -1, or a complex
        pair), nothing converges and all steps are taken: see ``stop_reason``.

    Raises:
        ValueError: If ``A`` is not a finite, square matrix, ``start`` not a
            finite vector of length ``n`` or zero, or ``steps`` or ``tolerance`` is negative.
        TypeError: If ``steps`` is not an integer.
        OverflowError: If an estimate leaves the range of float64: choose other units.

    Example:
        >>> found = power_iteration([[2.0, 1.0], [1.0, 2.0]], [1.0, 0.0])
        >>> round(found.value, 6), found.vector.round(6)
        (3.0, array([0.707107, 0.707107]))

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., sections 7.3.1 and 8.2.1.
    """
    matrix, exponent = split_scale(as_square(A, "A"))
    vector = as_vector(start, "start")
    if len(vector) != len(matrix):
        raise ValueError(f"start must have {len(matrix)} entries, one per column of A, got {len(vector)}")
    if not vector.any():
        raise ValueError("start must not be the zero vector, which A maps to itself: try generator.normal(size=n)")
    steps = as_count(steps, "steps", at_least=0)
    tolerance = as_not_negative(tolerance, "tolerance")
    vector, _ = split_scale(vector)
    vector /= np.sqrt(vector @ vector)
    vectors, values = [vector], []
    stop_reason = TOOK_ALL_STEPS
    for step in range(steps + 1):
        product = matrix @ vector
        value = vector @ product
        values.append(value)
        residual = product - value * vector
        if np.hypot.reduce(residual) <= tolerance * abs(value):
            stop_reason = REACHED_TOLERANCE
            break
        if step < steps:
            vector = product / np.copysign(np.hypot.reduce(product), value)
            vectors.append(vector)
    return PowerIteration(
        restore_scale(np.array(values), exponent, "an eigenvalue of A"), np.array(vectors), stop_reason
    )


class SymmetricEigen(NamedTuple):
    """A symmetric matrix as ``vectors @ diag(values) @ vectors.T``.

    Example:
        >>> values, vectors = symmetric_eigen([[2.0, 1.0], [1.0, 2.0]])
        >>> values.round(6)
        array([3., 1.])
        >>> vectors.round(6)
        array([[ 0.707107,  0.707107],
               [ 0.707107, -0.707107]])
    """

    values: Vector
    """Shape ``(n,)``: the eigenvalues, from the largest to the smallest (the most negative), in the matrix's units."""
    vectors: Matrix
    """Shape ``(n, n)``: column ``j`` is the eigenvector of length 1 that belongs to ``values[j]``."""


def symmetric_eigen(A: ArrayLike) -> SymmetricEigen:
    r"""All eigenvalues and eigenvectors of a symmetric matrix, by the method of Jacobi.

    Rotate the plane of two axes by the angle that makes their off-diagonal entry
    zero. Later rotations spoil this zero again, but each lowers the sum of squares
    off the diagonal by the square it removed. After some sweeps over all
    pairs only the eigenvalues are left, on the diagonal; the product of the
    rotations holds the eigenvectors.

    Args:
        A: Shape ``(n, n)``, symmetric. Differences as small as rounding are averaged away.

    Returns:
        Eigenvalues in descending order, each to about ``eps`` times the largest
        in size, and eigenvectors orthonormal to rounding. An eigenvector has no
        sign; here the entry of largest size (the first of them in a tie) is
        positive. If eigenvalues are equal, even the direction is not unique:
        any orthonormal basis of their common plane is as good.

    Raises:
        ValueError: If ``A`` is not a finite, square matrix, or not symmetric; the
            message names the entry. Try ``(A + A.T) / 2`` if that is what you mean.
        OverflowError: If an eigenvalue leaves the range of float64: choose other units.

    Example:
        >>> symmetric_eigen([[0.0, 2.0], [2.0, 3.0]]).values.round(6)
        array([ 4., -1.])

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 8.5.
    """
    matrix, exponent = split_scale(as_square(A, "A"))
    differing = np.abs(matrix - matrix.T) > ASYMMETRY  # the largest entry is about 1
    if differing.any():
        i, j = np.argwhere(differing)[0]
        raise ValueError(
            f"A must be symmetric, but A[{i}, {j}] and A[{j}, {i}] differ by "
            f"{matrix[i, j] - matrix[j, i]:.2g} in units of its largest entry: try (A + A.T) / 2 if that is meant"
        )
    n = len(matrix)
    matrix = (matrix + matrix.T) / 2
    vectors = np.eye(n)  # eigenvectors are its rows, until the end
    smallest = EPSILON / n * np.sqrt(np.sum(matrix**2))
    rounds = _jacobi.round_robin(n)
    for _ in range(_jacobi.MOST_SWEEPS):
        rotated = False
        for disjoint in rounds:
            pairs = disjoint[:, np.abs(matrix[tuple(disjoint)]) > smallest]
            if pairs.size:
                p, q = pairs
                angle = _jacobi.rotation(matrix[p, p], matrix[q, q], matrix[p, q])
                _jacobi.rotate_rows(matrix, pairs, *angle)
                matrix = np.ascontiguousarray(matrix.T)
                _jacobi.rotate_rows(matrix, pairs, *angle)  # the columns, as rows of the transpose
                _jacobi.rotate_rows(vectors, pairs, *angle)
                matrix[p, q] = matrix[q, p] = 0.0
                rotated = True
        if not rotated:
            break
    else:
        raise ArithmeticError(f"the rotations did not converge in {_jacobi.MOST_SWEEPS} sweeps")  # no such A is known
    values = np.diag(matrix)
    descending = np.argsort(-values, kind="stable")
    columns = vectors[descending].T
    return SymmetricEigen(
        restore_scale(values[descending], exponent, "an eigenvalue of A"), columns * column_signs(columns)
    )
