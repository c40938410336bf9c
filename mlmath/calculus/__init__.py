"""Derivatives: slopes measured by finite differences.

In this topic ``f`` is a function, ``x`` the point where its slope is wanted
and ``step`` the small distance (``h`` on the pages) that ``x`` is moved.
"""

from mlmath.calculus.jacobian import numerical_jacobian
from mlmath.calculus.numerical import numerical_derivative, numerical_gradient

__all__ = ["numerical_derivative", "numerical_gradient", "numerical_jacobian"]
