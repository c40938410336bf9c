"""Linear algebra: fitting by solving linear equations.

In this topic ``X`` is a table of data, shape ``(examples, features)``, ``y``
the targets, shape ``(examples,)``, and ``w`` the weights, shape
``(features,)``, so that ``X @ w`` predicts ``y``.
"""

from mlmath.linalg.least_squares import solve_normal_equation

__all__ = ["solve_normal_equation"]
