"""Numerical derivatives: slopes measured with a small, finite step.

Every exact derivative in mlmath (hand-written or automatic) is tested against
this module, so it favours being obviously right over being fast: one gradient
costs ``2 n`` calls of the function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_number, as_positive, as_vector, check_choice

# The step that balances the two errors of a difference. Rounding grows like
# eps/h. Truncation grows like h (forward), so the best h is close to
# eps**(1/2), or like h**2 (central), so the best h is close to eps**(1/3).
FORWARD_STEP = float(np.finfo(np.float64).eps) ** (1 / 2)
CENTRAL_STEP = float(np.finfo(np.float64).eps) ** (1 / 3)


def numerical_derivative(
    f: Callable[[float], float],
    x: float,
    *,
    step: float | None = None,
    method: Literal["central", "forward"] = "central",
) -> float:
    r"""Derivative of a function of one number, as the slope of a secant.

    The forward difference is ``(f(x + h) - f(x)) / h``, the central difference
    ``(f(x + h) - f(x - h)) / (2 h)``. Halving ``h`` halves the truncation error
    of the first and quarters that of the second, until rounding takes over.

    Args:
        f: Function of one number, returning one number.
        x: Point of evaluation.
        step: The ``h`` above, in the units of ``x``. By default
            ``max(1, |x|)`` times ``FORWARD_STEP``, about 1.5e-8, or
            ``CENTRAL_STEP``, about 6e-6. That suits functions which change over
            distances of about ``max(1, |x|)``: for ``sin`` near a million pass
            ``step=6e-6``. A step so small that ``x + h`` rounds to ``x`` gives
            the answer 0, as the formula does.
        method: ``"central"`` or ``"forward"``.

    Returns:
        The slope, in the units of ``f`` divided by the units of ``x``. The
        truncation error is at most ``h / 2`` times the largest second
        derivative between the two points (forward), or ``h**2 / 6`` times the
        largest third derivative (central).

    Raises:
        ValueError: If ``x`` is not a finite number, ``step`` is not positive,
            ``method`` is unknown, or ``f`` does not return one finite number;
            at the edge of the domain of ``f`` a smaller step helps.

    Example:
        >>> slope = numerical_derivative(lambda x: x**2, 3.0)
        >>> print(f"{slope:.6f}")
        6.000000

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 8.1.
    """
    check_choice(method, "method", ("central", "forward"))
    point = as_number(x, "x")
    relative = CENTRAL_STEP if method == "central" else FORWARD_STEP
    h = relative * max(1.0, abs(point)) if step is None else as_positive(step, "step")

    def value_at(shifted: float) -> float:
        with np.errstate(all="ignore"):  # a value that is not finite is refused below, in clearer words
            return finite_value(f(shifted), shifted)

    if method == "forward":
        return (value_at(point + h) - value_at(point)) / h
    return (value_at(point + h) - value_at(point - h)) / (2 * h)


def numerical_gradient(
    f: Callable[[Vector], float],
    x: ArrayLike,
    *,
    step: float | None = None,
) -> Vector:
    r"""Gradient of a scalar function by central differences.

    Component ``i`` is ``(f(x + h e_i) - f(x - h e_i)) / (2 h)``, where ``e_i``
    moves the ``i``-th number alone.

    Args:
        f: Function of one vector, shape ``(n,)``, returning one number.
        x: Point of evaluation, shape ``(n,)``.
        step: The ``h`` above, in the units of ``x``, the same for every
            component. By default each component gets
            ``CENTRAL_STEP * max(1, |x_i|)``, about 6e-6 near the origin.

    Returns:
        Shape ``(n,)``, in the units of ``f`` divided by the units of ``x``.
        The truncation error is at most ``h**2 / 6`` times the largest third
        derivative of ``f`` along each axis.

    Raises:
        ValueError: If ``x`` is not a finite vector, ``step`` is not positive,
            or ``f`` does not return one finite number; at the edge of the
            domain of ``f`` a smaller step helps.

    Example:
        >>> numerical_gradient(lambda x: x[0] ** 2 + 3 * x[1], [2.0, 5.0]).round(6)
        array([4., 3.])

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 8.1.
    """
    point = as_vector(x, "x")

    def value_at(shifted: Vector) -> float:
        with np.errstate(all="ignore"):  # a value that is not finite is refused below, in clearer words
            return finite_value(f(shifted), shifted)

    steps = central_steps(point, step)
    ahead = np.array([value_at(point + shift) for shift in np.diag(steps)])  # row i of the diagonal is h e_i
    behind = np.array([value_at(point - shift) for shift in np.diag(steps)])
    gradient: Vector = (ahead - behind) / (2 * steps)
    return gradient


def central_steps(point: Vector, step: float | None) -> Vector:
    """Return the step of each component of a central difference, shape ``(n,)``."""
    if step is None:
        steps: Vector = CENTRAL_STEP * np.maximum(1.0, np.abs(point))
        return steps
    return np.full_like(point, as_positive(step, "step"))


def finite_value(value: float, x: float | Vector) -> float:
    """Return ``value``, what f gave at ``x``, or raise ValueError unless it is one finite number."""
    try:
        return as_number(value, "f")
    except ValueError as error:
        raise ValueError(
            f"f must return one finite number, got {value} at x = {x}: "
            "try a smaller step if x is at the edge of the domain of f"
        ) from error
