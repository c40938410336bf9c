"""Derivatives: slopes measured by finite differences, and what a function looks like near a point.

In this topic ``f`` is a function, ``x`` the point where its slope is wanted
and ``step`` the small distance (``h`` on the pages) that ``x`` is moved.

- One number in: ``numerical_derivative`` (forward or central difference), more
  accurate ``richardson_derivative`` and ``complex_step_derivative``.
- A vector in: ``numerical_gradient``, ``complex_step_gradient``,
  ``directional_derivative``, ``numerical_jacobian`` and ``numerical_hessian``.
- ``taylor_polynomial`` and ``quadratic_model`` put derivatives to use.
- ``check_gradient`` compares a gradient derived by hand with the measured one.
"""

from mlmath.calculus.complex_step import complex_step_derivative, complex_step_gradient
from mlmath.calculus.directional import directional_derivative
from mlmath.calculus.gradient_check import GradientCheck, check_gradient
from mlmath.calculus.hessian import numerical_hessian
from mlmath.calculus.jacobian import numerical_jacobian
from mlmath.calculus.numerical import numerical_derivative, numerical_gradient
from mlmath.calculus.richardson import Extrapolation, richardson_derivative
from mlmath.calculus.taylor import QuadraticModel, TaylorPolynomial, quadratic_model, taylor_polynomial

__all__ = [
    "Extrapolation",
    "GradientCheck",
    "QuadraticModel",
    "TaylorPolynomial",
    "check_gradient",
    "complex_step_derivative",
    "complex_step_gradient",
    "directional_derivative",
    "numerical_derivative",
    "numerical_gradient",
    "numerical_hessian",
    "numerical_jacobian",
    "quadratic_model",
    "richardson_derivative",
    "taylor_polynomial",
]
