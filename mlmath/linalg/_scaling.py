"""Powers of two taken out of an array, so that squares neither overflow nor vanish.

A product with a power of two is exact (only the exponent of each float
changes), so the decompositions of this topic work on arrays of size about 1
and give the power back at the end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlmath._arrays import Matrix, Vector

Exponents = NDArray[np.int32]


def split_scale(array: NDArray[np.float64]) -> tuple[NDArray[np.float64], Exponents]:
    """Return ``scaled`` and ``e`` with ``array = scaled * 2**e`` and the largest entry of ``scaled`` in [1/2, 1)."""
    exponent = np.frexp(np.abs(array).max())[1]
    return np.ldexp(array, -exponent), exponent


def split_column_scales(matrix: Matrix) -> tuple[Matrix, Exponents]:
    """Do the same for each column: the exponents have shape ``(columns,)``."""
    exponents = np.frexp(np.abs(matrix).max(axis=0))[1]
    return np.ldexp(matrix, -exponents), exponents


def restore_scale(scaled: NDArray[np.float64], exponent: Exponents, what: str) -> NDArray[np.float64]:
    """Return ``scaled * 2**exponent``; ``what`` names the result in the message.

    Raises:
        OverflowError: If the result is too large for float64.
    """
    with np.errstate(over="ignore"):
        return check_no_overflow(np.ldexp(scaled, exponent), what)


def check_no_overflow(result: NDArray[np.float64], what: str) -> NDArray[np.float64]:
    """Return ``result``, or raise OverflowError if it is not finite."""
    if not np.isfinite(result).all():
        raise OverflowError(f"{what} exceeds the largest float64, 1.8e308: choose units that make the numbers smaller")
    return result


def column_norms(matrix: Matrix) -> Vector:
    """Return the length of each column, shape ``(columns,)``, of a matrix of size about 1; tiny columns too."""
    lengths: Vector = np.hypot.reduce(matrix, axis=0)  # a sum of squares would vanish below 1e-154
    return lengths
