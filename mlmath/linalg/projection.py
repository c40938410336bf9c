"""Projection: the closest point of a line, a plane, or any subspace."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_matrix, as_real, as_vector
from mlmath.linalg._scaling import restore_scale, split_column_scales, split_scale
from mlmath.linalg.least_squares import dependent_columns, largest_condition
from mlmath.linalg.qr import householder_qr


def project(x: ArrayLike, onto: ArrayLike) -> Vector:
    r"""Point closest to ``x`` in the span of the columns of ``onto``: ``Q (Q^T x)``, with ``onto = Q R``.

    The residual ``x - project(x, onto)`` is at right angles to every column;
    were it not, a step along that column would come closer. For a line through
    ``a`` this is ``a (a . x) / (a . a)``.

    Args:
        x: Shape ``(n,)``.
        onto: A vector, shape ``(n,)``, for a line; or a matrix, shape ``(n, k)``
            with ``k <= n`` independent columns, for a subspace. Its units do not matter.

    Returns:
        Shape ``(n,)``, in the units of ``x``.

    Raises:
        ValueError: If ``x`` is not a finite vector, ``onto`` neither a finite
            vector nor matrix of ``n`` rows, or its columns are linearly dependent
            to working precision; the message names them, and dropping one of them
            leaves the subspace as it is. A zero vector is dependent by itself.
        OverflowError: If the point leaves the range of float64: choose other units.

    Example:
        >>> project([1.0, 3.0], [2.0, 0.0])
        array([1., 0.])
        >>> project([1.0, 2.0, 6.0], [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
        array([1., 2., 0.])

    Source: Strang, *Introduction to Linear Algebra*, 5th ed., section 4.2.
    """
    point = as_vector(x, "x")
    basis = _orthonormal_basis(onto)
    if len(basis) != len(point):
        raise ValueError(f"onto must have {len(point)} rows, as many as x has entries, got {len(basis)}")
    scaled, exponent = split_scale(point)
    return restore_scale(basis @ (basis.T @ scaled), exponent, "the projection of x")


def projection_matrix(onto: ArrayLike) -> Matrix:
    r"""Matrix ``P`` with ``P @ x == project(x, onto)``: ``Q Q^T``, with ``onto = Q R``.

    It is symmetric and idempotent (``P P = P``: a shadow casts itself), with
    eigenvalue 1 on the subspace and 0 at right angles to it. It has ``n^2``
    entries: for long vectors call ``project``, which does not need it.

    Args:
        onto: As for ``project``: shape ``(n,)`` or ``(n, k)``.

    Returns:
        Shape ``(n, n)``, without units.

    Raises:
        ValueError: If ``onto`` is neither a finite vector nor a finite matrix, or its
            columns are linearly dependent to working precision; the message
            names them, and dropping one of them leaves the subspace as it is.

    Example:
        >>> projection_matrix([1.0, 1.0]).round(6)
        array([[0.5, 0.5],
               [0.5, 0.5]])

    Source: Strang, *Introduction to Linear Algebra*, 5th ed., section 4.2.
    """
    basis = _orthonormal_basis(onto)
    matrix: Matrix = basis @ basis.T
    return matrix


def _orthonormal_basis(onto: ArrayLike) -> Matrix:
    given = as_real(onto, "onto")
    columns = as_vector(given, "onto")[:, np.newaxis] if given.ndim == 1 else as_matrix(given, "onto")
    if columns.shape[0] < columns.shape[1]:
        raise ValueError(
            f"onto has more columns than rows, so they are linearly dependent, got shape {columns.shape}: drop columns"
        )
    scaled, _ = split_column_scales(columns)
    Q, R = householder_qr(scaled)
    dependent = dependent_columns(R, limit=largest_condition(columns))
    if dependent:
        raise ValueError(
            f"columns {dependent} of onto are linearly dependent to working precision: drop one of them, "
            "which leaves the subspace as it is"
        )
    return Q
