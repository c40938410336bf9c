"""Optimizers: walks to the minimum of a loss, returned point by point.

In this topic ``point`` is a vector of parameters, ``loss`` a function from a
point to a number, ``gradient`` a function from a point to the vector of the
loss's slopes. Every optimizer returns a ``Path``.
"""

from mlmath.optim.descent import gradient_descent
from mlmath.optim.gauss_newton import gauss_newton
from mlmath.optim.path import Path
from mlmath.optim.stochastic import stochastic_gradient_descent

__all__ = ["Path", "gauss_newton", "gradient_descent", "stochastic_gradient_descent"]
