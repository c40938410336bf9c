"""The directional derivative: the slope of a function along a straight line."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_positive, as_vector
from mlmath.calculus.numerical import CENTRAL_STEP, numerical_derivative


def directional_derivative(
    f: Callable[[Vector], float], x: ArrayLike, direction: ArrayLike, *, step: float | None = None
) -> float:
    r"""Slope of ``t -> f(x + t * direction)`` at ``t = 0``, by a central difference.

    Where ``f`` is smooth this is the dot product ``gradient(x) @ direction``,
    measured with two calls of ``f`` however many components ``x`` has.

    The length of ``direction`` counts: twice the direction gives twice the
    slope, as in the dot product. (Some texts divide by the length.) For the
    slope per unit of distance pass a direction of length 1. Among those the
    gradient's own direction is the steepest.

    Args:
        f: Function of one vector, shape ``(n,)``, returning one number.
        x: Point of evaluation, shape ``(n,)``.
        direction: Where to go, shape ``(n,)``; not all zeros.
        step: How far ``x`` moves along its fastest component, in the units of
            ``x``. By default ``eps**(1/3)`` times ``max(1, |x_1|, ..., |x_n|)``,
            about 6e-6 near the origin.

    Returns:
        The slope, in the units of ``f`` (per unit of ``t``).

    Raises:
        ValueError: If ``x`` and ``direction`` are not finite vectors of one
            shape, ``direction`` is zero or so long that the slope overflows, ``step``
            is not positive, or ``f`` does not return one finite number; at the
            edge of the domain of ``f`` a smaller step helps.

    Example:
        >>> slope = directional_derivative(lambda v: v[0] ** 2 + 3 * v[1], [2.0, 5.0], [1.0, 1.0])
        >>> print(f"{slope:.6f}")
        7.000000

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., appendix A.2.
    """
    point, towards = as_vector(x, "x"), as_vector(direction, "direction")
    if towards.shape != point.shape:
        raise ValueError(f"direction must have shape {point.shape}, like x, got shape {towards.shape}")
    fastest = float(np.abs(towards).max())
    if fastest == 0:
        raise ValueError(f"direction must not be zero, got {towards}: no direction has no slope")
    scaled = towards / fastest  # so that step is a distance in x, even for a direction of 1e300
    h = CENTRAL_STEP * max(1.0, float(np.abs(point).max())) if step is None else as_positive(step, "step")
    slope = fastest * numerical_derivative(lambda t: f(point + t * scaled), 0.0, step=h)
    if not np.isfinite(slope):
        raise ValueError(f"the slope exceeds the largest float64: try a direction shorter than {towards}")
    return slope
