"""BFGS: Newton's method with a Hessian learned from gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_not_negative, as_vector
from mlmath.optim._walk import Walk
from mlmath.optim.line_search import LineSearch, as_line_search, is_stuck
from mlmath.optim.path import NO_LOWER_LOSS, REACHED_TOLERANCE, TOOK_ALL_STEPS, Path

REMEDY = "try a start closer to the minimum, or measure the parameters in units that make them alike"
EPSILON = float(np.finfo(np.float64).eps)


def bfgs(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    start: ArrayLike,
    *,
    line_search: Literal["wolfe", "backtracking"] | LineSearch = "wolfe",
    steps: int = 200,
    tolerance: float = 1e-8,
) -> Path:
    r"""Quasi-Newton: repeat ``x <- x - a H gradient(x)``, where ``H`` learns the inverse Hessian.

    A step ``s`` changes the gradient by ``y``. Among the symmetric matrices with
    ``H y = s``, as the inverse Hessian of a quadratic has, each update takes the
    one closest to the last ``H``::

        H <- (I - rho s y^T) H (I - rho y s^T) + rho s s^T,   rho = 1 / (y^T s)

    Near a minimum it converges faster than any fixed rate, though not as fast
    as Newton's method, at ``n^2`` operations a step. On a quadratic with exact
    line searches it ends after ``n`` steps, with ``H`` the inverse Hessian.

    ``H`` stays positive definite, so that every direction leads downhill, if and
    only if ``y^T s > 0``. Strong Wolfe steps ensure that. After backtracking it
    may fail; then the update is left out and ``H`` stays as it was. ``H`` starts
    as the unit matrix, scaled after the first step by ``y^T s / y^T y``; the
    first step tries at most a distance of 1.

    Args:
        loss: Maps a point, shape ``(n,)``, to the number to be made small.
        gradient: Maps a point to the gradient there, shape ``(n,)``.
        start: First point, shape ``(n,)``.
        line_search: How the step length ``a`` is found: ``"wolfe"``,
            ``"backtracking"`` or a function that is called like them.
        steps: Number of updates, if nothing stops the walk; 0 returns the start alone.
        tolerance: Stop at the first point whose gradient is not longer than
            this, in the units of the gradient. Rounding may keep it above; then
            the walk stops because the line search finds no lower loss.

    Returns:
        The path; its gradient norms are those of the full gradient at each point.

    Raises:
        ValueError: If ``start`` is not a finite vector, ``steps`` or
            ``tolerance`` negative, ``line_search`` unknown, a function
            returns the wrong shape or is not finite at ``start``.
        TypeError: If ``steps`` is not an integer.
        FloatingPointError: If the walk leaves the finite numbers. The message
            says at which step; a loss without a minimum is the usual cause.

    Example:
        >>> path = bfgs(
        ...     lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
        ...     lambda x: np.array([2 * (x[0] - 1) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)]),
        ...     [-1.2, 1.0],
        ... )
        >>> path.result.round(6)
        array([1., 1.])

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 6.1, algorithm 6.1.
    """
    steps = as_count(steps, "steps", at_least=0)
    tolerance = as_not_negative(tolerance, "tolerance")
    search = as_line_search(line_search)
    walk = Walk(as_vector(start, "start"), remedy=REMEDY)
    H: Matrix | None = None
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        value, slopes = loss(walk.point), gradient(walk.point)
        for step in range(steps + 1):
            walk.record_loss(value)
            g = walk.record_gradient(slopes)
            if walk.gradient_norm <= tolerance:
                return walk.path(REACHED_TOLERANCE)
            if step < steps:
                direction = -g if H is None else -H @ g
                first_step = min(1.0, 1 / walk.gradient_norm) if H is None else 1.0
                if not g @ direction < 0:  # rounding has spoilt H
                    return walk.path(NO_LOWER_LOSS)
                found = search(loss, gradient, walk.point, direction, first_step=first_step, here=(float(value), g))
                if is_stuck(found, float(value), g):
                    return walk.path(NO_LOWER_LOSS)
                s, y = found.step * direction, found.gradient - g
                H = updated_inverse(H, s, y)
                walk.move(s)
                value, slopes = found.loss, found.gradient
    return walk.path(TOOK_ALL_STEPS)


def updated_inverse(H: Matrix | None, s: Vector, y: Vector) -> Matrix | None:
    """Return the inverse Hessian after step ``s`` changed the gradient by ``y``; None while nothing is known."""
    curvature = s @ y
    if not curvature > EPSILON * np.linalg.norm(s) * np.linalg.norm(y):
        return H
    if H is None:
        H = curvature / (y @ y) * np.eye(len(s))
    Hy = H @ y
    cross = np.outer(Hy, s)
    # the product of the three factors, multiplied out: two matrices of rank one and their sum, O(n^2)
    updated: Matrix = H - (cross + cross.T) / curvature + np.outer(s, s) * ((1 + y @ Hy / curvature) / curvature)
    return updated
