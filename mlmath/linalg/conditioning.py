"""How much a matrix magnifies relative errors."""

from __future__ import annotations

from numpy.typing import ArrayLike

from mlmath._arrays import as_matrix
from mlmath.linalg._scaling import split_scale
from mlmath.linalg.singular_values import svd


def condition_number(A: ArrayLike) -> float:
    r"""Largest singular value divided by the smallest: ``max ||A x|| / min ||A x||`` over unit vectors ``x``.

    If ``b`` is known to ``d`` decimal digits, the solution of ``A x = b`` is known
    to about ``d - log10(condition_number(A))``. An orthonormal matrix has 1, the
    best there is. And ``cond(A^T A) = cond(A)^2``: forming ``A^T A`` doubles the digits lost.

    Args:
        A: Shape ``(rows, columns)``, of any two sizes.

    Returns:
        1 or above; ``inf`` if the smallest singular value is 0. Rounding rarely
        leaves an exact 0 of a singular matrix: read anything above 1e15 as
        singular, unless the large number comes from columns in different units,
        as in ``diag(1, 1e-20)``.

    Raises:
        ValueError: If ``A`` is not a finite matrix.

    Example:
        >>> condition_number([[2.0, 0.0], [0.0, 0.5]])
        4.0
        >>> condition_number([[1.0, 0.0], [0.0, 0.0]])
        inf

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 2.6; for
    rectangular matrices section 5.3.
    """
    scaled, _ = split_scale(as_matrix(A, "A"))
    singular_values = svd(scaled).singular_values
    smallest = float(singular_values[-1])
    return float(singular_values[0]) / smallest if smallest > 0 else float("inf")
