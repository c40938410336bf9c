"""Length of a vector, and the angle between two."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_vector
from mlmath.linalg._scaling import restore_scale, split_scale


def norm(x: ArrayLike, *, order: float = 2) -> float:
    r"""Length of a vector: ``(sum |x_i|^order)^(1/order)`` for order 1 and 2, ``max |x_i|`` for infinity.

    Order 2 is the length that a ruler measures, order 1 the way along the
    streets of a grid, infinity the largest single step.

    The sum of squares of ``[1e200]`` would overflow, and that of ``[1e-200]``
    vanish. So a power of two is taken out first, which costs no accuracy.

    Args:
        x: Shape ``(n,)``.
        order: 1, 2 or ``np.inf``.

    Returns:
        A number, zero or above, in the units of ``x``; 0 only for the zero vector.

    Raises:
        ValueError: If ``x`` is not a finite vector or ``order`` is another number.
        OverflowError: If the length itself leaves the range of float64: choose other units.

    Example:
        >>> norm([3.0, -4.0]), norm([3.0, -4.0], order=1), norm([3.0, -4.0], order=np.inf)
        (5.0, 7.0, 4.0)
        >>> norm([3e-200, 4e-200])
        5e-200

    Source: Golub & Van Loan, *Matrix Computations*, 4th ed., section 2.2; against
    overflow: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., section 27.5.
    """
    scaled, exponent = split_scale(as_vector(x, "x"))
    if np.ndim(order) or order not in (1, 2, np.inf):
        raise ValueError(f"order must be 1, 2 or np.inf, got {order!r}")
    if order == 1:
        length = np.abs(scaled).sum()
    elif order == 2:
        length = np.sqrt(scaled @ scaled)
    else:
        length = np.abs(scaled).max()
    return float(restore_scale(length, exponent, f"the norm of order {order:g} of x"))


def cosine_similarity(a: ArrayLike, b: ArrayLike) -> float:
    r"""Cosine of the angle between two vectors: ``(a . b) / (||a|| ||b||)``.

    1 means the same direction, 0 a right angle, -1 opposite directions. The
    lengths do not matter: a document and its double are the same to it.

    Args:
        a: Shape ``(n,)``, not all zero.
        b: Shape ``(n,)``, not all zero.

    Returns:
        A number from -1 to 1, without units. Rounding could lead outside by an
        eps, where ``arccos`` is nan, so it is clipped.

    Raises:
        ValueError: If ``a`` or ``b`` is not a finite vector, they differ in
            length, or one is the zero vector, which has no direction: leave it out.

    Example:
        >>> round(cosine_similarity([1.0, 0.0], [5.0, 5.0]), 6)
        0.707107
        >>> round(cosine_similarity([1.0, 2.0], [-10.0, -20.0]), 6)
        -1.0

    Source: Manning, Raghavan & Schütze, *Introduction to Information Retrieval*, section 6.3.1.
    """
    left, right = as_vector(a, "a"), as_vector(b, "b")
    if left.shape != right.shape:
        raise ValueError(f"a and b must have the same length, got shapes {left.shape} and {right.shape}")
    cosine = _unit(left, "a") @ _unit(right, "b")
    return float(np.clip(cosine, -1.0, 1.0))


def _unit(vector: Vector, name: str) -> Vector:
    if not vector.any():
        raise ValueError(f"{name} must not be the zero vector, which has no direction: leave it out")
    scaled, _ = split_scale(vector)
    unit: Vector = scaled / np.sqrt(scaled @ scaled)
    return unit
