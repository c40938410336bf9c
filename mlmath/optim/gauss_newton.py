"""The Gauss-Newton method for sums of squares."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_not_negative, as_real, as_vector
from mlmath.calculus import numerical_jacobian
from mlmath.linalg import solve_normal_equation
from mlmath.linalg.least_squares import dependent_columns
from mlmath.optim._walk import Walk
from mlmath.optim.path import REACHED_TOLERANCE, TOOK_ALL_STEPS, Path

REMEDY = "try a start closer to the solution, or gradient_descent, which takes smaller steps"


def gauss_newton(
    residuals: Callable[[Vector], Vector],
    start: ArrayLike,
    *,
    jacobian: Callable[[Vector], Matrix] | None = None,
    steps: int = 50,
    tolerance: float = 1e-8,
) -> Path:
    r"""Minimize ``sum of r_i(x)^2``: repeat ``x <- x + d`` with ``(J^T J) d = -J^T r``.

    At each point the residuals ``r`` are replaced by their tangent ``r + J d``,
    and the best ``d`` for that is a linear least-squares problem. So residuals
    that are linear in ``x`` are solved in one step. Steps are taken at full
    length: far from the solution they may overshoot, which ``levenberg_marquardt`` does not.

    Args:
        residuals: Maps parameters, shape ``(n,)``, to residuals, shape
            ``(m,)`` with ``m >= n``, usually predicted minus observed.
        start: First point, shape ``(n,)``.
        jacobian: Maps parameters to the derivatives of the residuals, shape
            ``(m, n)``. By default ``numerical_jacobian`` measures them, with
            ``2 n`` calls of ``residuals``.
        steps: Number of updates, if nothing stops the walk; 0 returns the start alone.
        tolerance: Stop at the first point whose gradient is not longer than
            this. The gradient carries units, and rounding keeps it above about
            1e-16 times the lengths of ``J`` and ``r``: with large numbers raise
            the tolerance, or all steps are taken.

    Returns:
        The path; its losses are the sums of squared residuals (not halved, not
        divided by ``m``), its gradient norms those of their gradient, ``2 J^T r``.

    Raises:
        ValueError: If ``start`` is not a finite vector, ``steps`` or
            ``tolerance`` negative, ``residuals`` or ``jacobian`` returns the
            wrong shape or is not finite at ``start``. Also if ``J^T J`` is
            singular to working precision, because some parameters have the same
            effect on the residuals: the message names them; try another start,
            or fix one of them.
        TypeError: If ``steps`` is not an integer.
        FloatingPointError: If the walk leaves the finite numbers. The message
            says at which step; try a start closer to the solution.

    Example:
        >>> t = np.array([0.0, 1.0, 2.0])
        >>> observed = 3 * np.exp(-0.5 * t)
        >>> path = gauss_newton(lambda p: p[0] * np.exp(-p[1] * t) - observed, [2.0, 1.0])
        >>> path.result.round(6)
        array([3. , 0.5])

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 10.3.
    """
    steps = as_count(steps, "steps", at_least=0)
    tolerance = as_not_negative(tolerance, "tolerance")
    walk = Walk(as_vector(start, "start"), remedy=REMEDY)
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        for step in range(steps + 1):
            r = as_real(residuals(walk.point), "residuals(point)")
            if r.ndim != 1 or len(r) < len(walk.point):
                raise ValueError(
                    f"residuals must return shape (m,) with m at least {len(walk.point)}, the number of parameters, "
                    f"got shape {r.shape}"
                )
            walk.record_loss(r @ r)
            slopes = numerical_jacobian(residuals, walk.point) if jacobian is None else jacobian(walk.point)
            J = as_real(slopes, "jacobian(point)")
            if J.shape != (len(r), len(walk.point)):
                raise ValueError(f"jacobian must return shape {(len(r), len(walk.point))}, got shape {J.shape}")
            walk.record_gradient(2 * J.T @ r)
            if walk.gradient_norm <= tolerance:
                return walk.path(REACHED_TOLERANCE)
            if step < steps:
                dependent = dependent_columns(J)
                if dependent:
                    raise ValueError(
                        f"J^T J is singular at step {step}: parameters {dependent} have the same effect on the "
                        f"residuals at {walk.point}; try another start, or fix one of these parameters"
                    )
                walk.move(solve_normal_equation(J, -r))
    return walk.path(TOOK_ALL_STEPS)
