"""The complex step: a derivative without any subtraction, so without cancellation."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import Vector, as_number, as_positive, as_vector

COMPLEX_STEP = 1e-20
SMALLEST_NORMAL = float(np.finfo(np.float64).tiny)

ComplexVector = NDArray[np.complex128]
"""A complex array of shape ``(n,)``."""


def complex_step_derivative(f: Callable[[complex], complex], x: float, *, step: float | None = None) -> float:
    r"""Derivative of a function of one number: the imaginary part of ``f(x + i h)``, divided by ``h``.

    The Taylor series ``f(x + i h) = f(x) + i h f'(x) - h^2 f''(x) / 2 - ...``
    has the slope alone in its imaginary part, up to ``h^3``. Nothing is
    subtracted, so ``h`` may be as small as 1e-20 and the truncation error is
    far below rounding. A difference of two values of ``f`` cannot do that: it
    loses half of the digits or more.

    The price is that ``f`` must compute with complex numbers all the way, and
    be given by one formula near ``x``: ``np.exp`` instead of ``math.exp``, no
    ``abs`` and no comparison. What drops the imaginary part makes the answer 0.
    This function refuses a result that is not complex. It cannot notice a part
    dropped in the middle, as in ``z + abs(z)``, or a complex conjugate:
    compare once with ``numerical_derivative``.

    Args:
        f: Function of one complex number, returning one complex number.
        x: Point of evaluation, a real number.
        step: The ``h`` above, in the units of ``x``. By default 1e-20 times
            ``|x|``, or 1e-20 if ``x`` is 0.

    Returns:
        The slope, in the units of ``f`` divided by the units of ``x``, correct
        to about the rounding error of ``f`` itself.

    Raises:
        ValueError: If ``x`` is not a finite number, ``step`` is not positive,
            or ``f`` does not return one finite complex number; where ``f``
            cannot keep the imaginary part, use ``numerical_derivative``.
        TypeError: If ``f`` refuses complex numbers, as the ``math`` module does.

    Example:
        >>> slope = complex_step_derivative(np.exp, 1.0)
        >>> print(f"{slope - np.e:.0e}")
        0e+00

    Source: Squire & Trapp, "Using complex variables to estimate derivatives of
    real functions", *SIAM Review* 40 (1998), 110-112.
    """
    point = as_number(x, "x")
    h = float(_complex_steps(np.array([point]), step)[0])
    return _slope(f, complex(point, h), h)


def complex_step_gradient(f: Callable[[ComplexVector], complex], x: ArrayLike, *, step: float | None = None) -> Vector:
    r"""Gradient of a scalar function: component ``i`` is the imaginary part of ``f(x + i h e_i)``, divided by ``h``.

    See ``complex_step_derivative`` for the idea and for what ``f`` may do.
    ``v @ v`` is fine, ``np.linalg.norm(v)`` and ``np.vdot`` are not: they take
    absolute values or conjugates.

    Args:
        f: Function of one complex vector, shape ``(n,)``, returning one complex
            number; it is called ``n`` times.
        x: Point of evaluation, real, shape ``(n,)``.
        step: The ``h`` above, in the units of ``x``, the same for every
            component. By default each component gets 1e-20 times ``|x_i|``, or
            1e-20 where that is 0.

    Returns:
        Shape ``(n,)``, in the units of ``f`` divided by the units of ``x``.

    Raises:
        ValueError: If ``x`` is not a finite vector, ``step`` is not positive,
            or ``f`` does not return one finite complex number; where ``f``
            cannot keep the imaginary part, use ``numerical_gradient``.
        TypeError: If ``f`` refuses complex numbers.

    Example:
        >>> complex_step_gradient(lambda v: v[0] ** 2 * v[1], [3.0, 2.0])
        array([12.,  9.])

    Source: Martins, Sturdza & Alonso, "The complex-step derivative
    approximation", *ACM Transactions on Mathematical Software* 29 (2003), 245-262.
    """
    point = as_vector(x, "x")
    steps = _complex_steps(point, step)
    return np.array([_slope(f, point + 1j * shift, float(h)) for shift, h in zip(np.diag(steps), steps, strict=True)])


def _complex_steps(point: Vector, step: float | None) -> Vector:
    """Return the step of each component, relative to its size: a fixed one would be far too long for log near 0."""
    if step is not None:
        return np.full_like(point, as_positive(step, "step"))
    sizes = np.where(point == 0, 1.0, np.abs(point))
    steps: Vector = np.maximum(COMPLEX_STEP * sizes, SMALLEST_NORMAL)
    return steps


def _slope(f: Callable[[Any], complex], z: complex | ComplexVector, h: float) -> float:
    """Return the imaginary part of ``f(z)`` divided by ``h``, or raise if ``f`` visibly dropped it."""
    remedy = "use numpy functions and no abs, max, float or comparison, or else numerical_derivative"
    with warnings.catch_warnings(), np.errstate(all="ignore"):  # a value that is not finite is refused below
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        try:
            value = np.asarray(f(z))
        except np.exceptions.ComplexWarning as error:
            raise ValueError(f"f must keep the imaginary part, but casts it away at x = {z}: {remedy}") from error
        except TypeError as error:
            raise TypeError(f"f must accept complex numbers, got {error} at x = {z}: {remedy}") from error
    if value.dtype.kind in "biuf":
        raise ValueError(f"f must keep the imaginary part, but returned the real {value} at x = {z}: {remedy}")
    if value.dtype.kind != "c" or value.shape != () or not np.isfinite(value):
        raise ValueError(f"f must return one finite complex number, got {value} at x = {z}")
    slope = float(value.imag) / h
    if not np.isfinite(slope):
        raise ValueError(f"the slope of f exceeds the largest float64 at x = {z}: try other units")
    return slope
