"""Taylor's approximation: a polynomial that agrees with a function at one point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import Matrix, Vector, as_matrix, as_number, as_real, as_vector

EPSILON = float(np.finfo(np.float64).eps)
SINGULAR = (
    "the hessian is singular, so no single point is level: add a small multiple of np.eye(n) to it, "
    "or follow the gradient alone"
)


@dataclass(frozen=True, eq=False)
class TaylorPolynomial:
    """A polynomial in powers of ``x - center``.

    Example:
        >>> sine = taylor_polynomial([0.0, 1.0, 0.0, -1.0], 0.0)
        >>> print(f"{sine(0.5):.4f} {np.sin(0.5):.4f}")
        0.4792 0.4794
        >>> sine.order
        3
    """

    coefficients: Vector
    """Shape ``(order + 1,)``; entry ``k``, the k-th derivative divided by ``k!``, multiplies ``(x - center)^k``."""
    center: float
    """The point where polynomial and function agree."""

    @property
    def order(self) -> int:
        """The highest power, and the number of derivatives that were used."""
        return len(self.coefficients) - 1

    @overload
    def __call__(self, x: float) -> float: ...
    @overload
    def __call__(self, x: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]: ...
    def __call__(self, x: ArrayLike) -> float | NDArray[np.float64]:
        """Return the value at a number, or at each number of an array of any shape.

        Raises:
            ValueError: If ``x`` is not finite, or the value is too large for float64.
        """
        distance = as_real(x, "x") - self.center
        if not np.isfinite(distance).all():
            raise ValueError(f"x must be finite, got {x!r}")
        value = np.zeros_like(distance)
        with np.errstate(over="ignore", invalid="ignore"):  # refused below, in clearer words
            for coefficient in self.coefficients[::-1]:
                value = value * distance + coefficient
        if not np.isfinite(value).all():
            raise ValueError(f"the polynomial exceeds the largest float64 at x = {x!r}: stay closer to {self.center}")
        return value if value.shape else float(value)


@dataclass(frozen=True, eq=False)
class QuadraticModel:
    """A quadratic function of many variables, ``value + gradient @ d + d @ hessian @ d / 2`` with ``d = x - center``.

    Example:
        >>> bowl = quadratic_model(5.0, [2.0, 4.0], [[2.0, 0.0], [0.0, 4.0]], [1.0, 1.0])
        >>> bowl([1.0, 0.0])
        3.0
        >>> bowl.stationary_point()
        array([0., 0.])
    """

    value: float
    """Height at the center."""
    gradient: Vector
    """Slopes at the center, shape ``(n,)``."""
    hessian: Matrix
    """Second derivatives, the same everywhere, shape ``(n, n)``."""
    center: Vector
    """The point where model and function agree, shape ``(n,)``."""

    def __call__(self, x: ArrayLike) -> float:
        """Return the value at ``x``, shape ``(n,)``.

        Raises:
            ValueError: If ``x`` is not a finite vector of the shape of the
                center, or the value is too large for float64.
        """
        d = self._distance(x)
        with np.errstate(all="ignore"):
            value = float(self.value + self.gradient @ d + d @ self.hessian @ d / 2)
        if not np.isfinite(value):
            raise ValueError(f"the model exceeds the largest float64 at x = {x!r}: stay closer to {self.center}")
        return value

    def gradient_at(self, x: ArrayLike) -> Vector:
        """Return the slopes of the model at ``x``, ``gradient + hessian @ d``, shape ``(n,)``.

        Raises:
            ValueError: If ``x`` is not a finite vector of the shape of the
                center, or a slope is too large for float64.
        """
        d = self._distance(x)
        with np.errstate(all="ignore"):
            slopes: Vector = self.gradient + self.hessian @ d
        if not np.isfinite(slopes).all():
            raise ValueError(f"the slopes exceed the largest float64 at x = {x!r}: stay closer to {self.center}")
        return slopes

    def stationary_point(self) -> Vector:
        """Return the point where the model is level, ``center - hessian^-1 @ gradient``: one Newton step.

        It is the lowest point if all eigenvalues of the Hessian are positive,
        the highest if all are negative, and a saddle if there are both.

        Raises:
            ValueError: If the Hessian is singular, so that the model is level
                nowhere or along a whole line; add a small multiple of the
                identity to it, or follow the gradient alone.
        """
        largest = np.abs(self.hessian).max(axis=0)
        if not largest.all():
            raise ValueError(SINGULAR)
        units = np.sqrt(largest)  # curvatures in different units are no reason to call a matrix singular
        scaled = self.hessian / units / units[:, np.newaxis]
        sizes = np.abs(np.linalg.eigvalsh(scaled))
        if sizes.min() <= len(sizes) * EPSILON * sizes.max():
            raise ValueError(SINGULAR)
        step = np.linalg.solve(scaled, self.gradient / units) / units
        level: Vector = self.center - step
        return level

    def _distance(self, x: ArrayLike) -> Vector:
        point = as_vector(x, "x")
        if point.shape != self.center.shape:
            raise ValueError(f"x must have shape {self.center.shape}, like the center, got shape {point.shape}")
        return point - self.center


def taylor_polynomial(derivatives: ArrayLike, center: float) -> TaylorPolynomial:
    r"""Polynomial ``f(a) + f'(a) (x - a) + f''(a) (x - a)^2 / 2! + ...`` around ``a = center``.

    It has the same value and the same derivatives as ``f`` at the center. With
    ``m`` derivatives the error at distance ``h`` is at most ``h^(m+1) / (m+1)!``
    times the largest ``(m+1)``-st derivative of ``f`` on the way: halving ``h``
    divides it by ``2^(m+1)``. Far from the center it may be useless, however
    many terms there are.

    Args:
        derivatives: ``f(a), f'(a), f''(a), ...``, shape ``(m + 1,)``.
        center: The point ``a``.

    Returns:
        The polynomial, a function of ``x``.

    Raises:
        ValueError: If ``derivatives`` is not a finite vector or ``center`` not a finite number.

    Example:
        >>> exponential = taylor_polynomial([1.0, 1.0, 1.0], 0.0)
        >>> exponential.coefficients
        array([1. , 1. , 0.5])
        >>> exponential(0.1)
        1.105

    Source: Spivak, *Calculus*, chapter "Approximation by Polynomial Functions".
    """
    coefficients = as_vector(derivatives, "derivatives")
    for k in range(2, len(coefficients)):
        coefficients[k:] /= k  # entry k ends up divided by 2 * 3 * ... * k, and k! itself never overflows
    return TaylorPolynomial(coefficients, as_number(center, "center"))


def quadratic_model(value: float, gradient: ArrayLike, hessian: ArrayLike, center: ArrayLike) -> QuadraticModel:
    r"""Taylor's approximation of second order in many variables, ``f + g @ d + d @ H @ d / 2`` with ``d = x - center``.

    Its error falls with the third power of the distance. Optimizers live on
    it. Gradient descent knows the first two terms: it takes the slope for
    granted and keeps its steps short. Newton's method knows all three and
    goes to ``stationary_point()``. A Hessian of zeros gives the approximation
    of first order, a plane, whose error falls with the square.

    Args:
        value: ``f(center)``.
        gradient: The slopes of ``f`` at the center, shape ``(n,)``.
        hessian: The second derivatives of ``f`` at the center, shape ``(n, n)``, symmetric.
        center: The point of contact, shape ``(n,)``.

    Returns:
        The model, a function of ``x``.

    Raises:
        ValueError: If an argument is not finite, the shapes do not match, or
            ``hessian`` is not symmetric: ``(H + H.T) / 2`` mends what rounding broke.

    Example:
        >>> model = quadratic_model(1.0, [0.0, 1.0], [[2.0, 1.0], [1.0, 0.0]], [0.0, 0.0])
        >>> model([0.5, 0.5])
        2.0

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 2.2.
    """
    height, point = as_number(value, "value"), as_vector(center, "center")
    slopes, curvatures = as_vector(gradient, "gradient"), as_matrix(hessian, "hessian")
    n = len(point)
    if slopes.shape != (n,):
        raise ValueError(f"gradient must have shape ({n},), like center, got shape {slopes.shape}")
    if curvatures.shape != (n, n):
        raise ValueError(f"hessian must have shape ({n}, {n}), got shape {curvatures.shape}")
    asymmetry = np.abs(curvatures / 2 - curvatures.T / 2).max()  # halves, so that 1e308 does not overflow
    if asymmetry > 1e-8 * np.abs(curvatures).max():
        raise ValueError(f"hessian must be symmetric, got {curvatures}: try (H + H.T) / 2 if rounding broke it")
    return QuadraticModel(height, slopes, curvatures, point)
