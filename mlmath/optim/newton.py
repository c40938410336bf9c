"""Newton's method for minima."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_not_negative, as_real, as_vector
from mlmath.optim._walk import Walk
from mlmath.optim.line_search import LineSearch, as_line_search, full_step, is_stuck
from mlmath.optim.path import NO_LOWER_LOSS, REACHED_TOLERANCE, TOOK_ALL_STEPS, Path

REMEDY = "try a start closer to the minimum, or line_search='backtracking'"
EPSILON = float(np.finfo(np.float64).eps)


def newton(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    hessian: Callable[[Vector], Matrix],
    start: ArrayLike,
    *,
    steps: int = 50,
    tolerance: float = 1e-8,
    line_search: Literal["full", "backtracking", "wolfe"] | LineSearch = "full",
) -> Path:
    """Jump to the minimum of the local parabola: repeat ``x <- x + d`` with ``hessian(x) d = -gradient(x)``.

    A quadratic loss is its own parabola and takes one step. Near a minimum the
    error of each step is proportional to the square of the one before: the
    number of right digits doubles. In other units, or any other linear
    coordinates, the walk is the same one. The price is the Hessian: ``n^2``
    numbers a step, and about ``n^3`` operations to solve with it.

    Args:
        loss: Maps a point, shape ``(n,)``, to the number to be made small. With
            ``"full"`` steps it is only recorded.
        gradient: Maps a point to the gradient there, shape ``(n,)``.
        hessian: Maps a point to the matrix of second derivatives, shape ``(n, n)``.
        start: First point, shape ``(n,)``.
        steps: Number of updates, if nothing stops the walk; 0 returns the start alone.
        tolerance: Stop at the first point whose gradient is not longer than
            this, in the units of the gradient.
        line_search: ``"full"`` takes every step at full length, and far from
            the minimum may overshoot; ``"backtracking"`` and ``"wolfe"`` take
            ``step * d`` with a step that lowers the loss.

    Returns:
        The path; its gradient norms are those of the full gradient at each point.

    Raises:
        ValueError: If ``start`` is not a finite vector, ``steps`` or
            ``tolerance`` negative, ``line_search`` unknown, a function returns
            the wrong shape or is not finite at ``start``, or the Hessian is not
            symmetric. Also if the Hessian is not positive definite to working
            precision: the parabola then has no minimum, and its flat point may
            be a saddle or a peak. The message gives the smallest eigenvalue;
            try another start, or ``bfgs``, which needs no Hessian.
        TypeError: If ``steps`` is not an integer.
        FloatingPointError: If the walk leaves the finite numbers. The message
            says at which step; try a start closer to the minimum.

    Example:
        >>> path = newton(
        ...     lambda x: np.exp(x[0]) - 2 * x[0],
        ...     lambda x: np.exp(x) - 2,
        ...     lambda x: np.diag(np.exp(x)),
        ...     [0.0],
        ... )
        >>> errors = np.abs(path.points[:, 0] - np.log(2))
        >>> print(" ".join(f"{error:.0e}" for error in errors[:5]))
        7e-01 3e-01 4e-02 9e-04 4e-07

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 3.3; Boyd &
    Vandenberghe, *Convex Optimization*, section 9.5.
    """
    steps = as_count(steps, "steps", at_least=0)
    tolerance = as_not_negative(tolerance, "tolerance")
    search = as_line_search(line_search)
    walk = Walk(as_vector(start, "start"), remedy=REMEDY)
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        value, slopes = loss(walk.point), gradient(walk.point)
        for step in range(steps + 1):
            walk.record_loss(value)
            g = walk.record_gradient(slopes)
            if walk.gradient_norm <= tolerance:
                return walk.path(REACHED_TOLERANCE)
            if step < steps:
                H = as_real(hessian(walk.point), "hessian(point)")
                if H.shape != (len(g), len(g)):
                    raise ValueError(f"hessian must return shape {(len(g), len(g))}, got shape {H.shape}")
                walk.check_finite(H, "hessian")
                direction = newton_direction(H, g, step)
                found = search(loss, gradient, walk.point, direction, here=(float(value), g))
                if search is not full_step and is_stuck(found, float(value), g):
                    return walk.path(NO_LOWER_LOSS)
                walk.move(found.step * direction)
                value, slopes = found.loss, found.gradient
    return walk.path(TOOK_ALL_STEPS)


def newton_direction(H: Matrix, g: Vector, step: int) -> Vector:
    """Return ``d`` with ``H d = -g``, or raise ValueError if the Hessian ``H`` does not curve upwards everywhere.

    The diagonal is first scaled to 1, so that the units of the parameters do
    not matter. Then a Cholesky factor exists, and its smallest pivot is beyond
    rounding, exactly if the matrix is positive definite to working precision
    (Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., section 10.1).
    """
    asymmetry = np.abs(H - H.T).max()
    if asymmetry > 1e-3 * np.abs(H).max():  # a measured Hessian is never quite symmetric
        raise ValueError(f"hessian must return a symmetric matrix, but two mirrored entries differ by {asymmetry:.3g}")
    H = (H + H.T) / 2
    scale = np.sqrt(np.abs(H.diagonal()))
    scale[scale == 0] = 1.0
    unit = H / scale[:, np.newaxis] / scale
    try:
        smallest_pivot = np.linalg.cholesky(unit).diagonal().min() ** 2
    except np.linalg.LinAlgError:
        smallest_pivot = 0.0
    if not smallest_pivot > len(g) * EPSILON:  # in a browser numpy gives NaN in place of the error
        smallest = np.linalg.eigvalsh(H)[0]
        raise ValueError(
            f"the Hessian is not positive definite at step {step}: its smallest eigenvalue is {smallest:.3g}; "
            "try another start, or bfgs, which needs no Hessian"
        )
    direction: Vector = np.linalg.solve(unit, -g / scale) / scale
    return direction
