"""The Levenberg-Marquardt method: Gauss-Newton on a leash."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_not_negative, as_positive, as_real, as_vector
from mlmath.calculus import numerical_jacobian
from mlmath.optim._walk import Walk
from mlmath.optim.path import REACHED_TOLERANCE, SMALL_REDUCTION, SMALL_STEP, TOOK_ALL_STEPS, Path

REMEDY = "try a start closer to the solution"

# A change of the sum of squares below this share of it is rounding.
ROUNDING = 1e-12


def levenberg_marquardt(
    residuals: Callable[[Vector], Vector],
    start: ArrayLike,
    *,
    jacobian: Callable[[Vector], Matrix] | None = None,
    steps: int = 500,
    gradient_tolerance: float = 1e-12,
    step_tolerance: float = 1e-12,
    reduction_tolerance: float = 1e-22,
    initial_damping: float = 1e-3,
) -> Path:
    r"""Minimize ``sum of r_i(x)^2``: repeat ``x <- x + d`` with ``(J^T J + mu D^2) d = -J^T r``.

    With ``mu = 0`` this is the step of ``gauss_newton``; the larger ``mu``, the
    shorter the step, and the closer its direction to steepest descent. ``D`` is
    diagonal and holds the greatest length so far of each column of ``J``, so that
    the units of the parameters do not matter (Marquardt's scaling).

    Each trial step is judged by its gain ratio, the reduction of the sum of
    squares over the reduction that the tangent ``r + J d`` predicted. A positive
    ratio: the step is taken, and ``mu`` is multiplied by
    ``max(1/3, 1 - (2 ratio - 1)^3)``. Otherwise the point stays, and ``mu`` is
    multiplied by 2, then 4, 8, ... until a step succeeds. A sum of squares that
    is not finite counts as a failure, so a model may overflow on the way.

    Args:
        residuals: Maps parameters, shape ``(n,)``, to residuals, shape
            ``(m,)``, usually predicted minus observed.
        start: First point, shape ``(n,)``.
        jacobian: Maps parameters to the derivatives of the residuals, shape
            ``(m, n)``. By default ``numerical_jacobian`` measures them with
            ``2 n`` calls of ``residuals``, in steps of 6e-6 times the parameter
            (or 6e-6, for a parameter that is 0). An exact one finds more digits.
        steps: Number of trial steps, the failed ones included.
        gradient_tolerance: Stop where no column of ``J`` has a greater cosine
            with the residuals. (At the minimum they are orthogonal.)
        step_tolerance: Stop when ``||D d||`` is at most this share of ``||D x||``.
        reduction_tolerance: Stop when the predicted reduction is at most this
            share of the sum of squares. Parameters have about half as many
            digits as the sum has, hence the small default.
        initial_damping: The first ``mu``: 1e-3 for an ordinary start, 1 for a poor one.

    Returns:
        The path of the successful steps; its losses are the sums of squared
        residuals (not halved, not divided by ``m``), its gradient norms those of
        their gradient, ``2 J^T r``. Its ``stop_reason`` names the test that
        ended the walk.

    Raises:
        ValueError: If ``start`` is not a finite vector, a knob is out of range,
            ``residuals`` or ``jacobian`` returns the wrong shape or is not
            finite at ``start``: try another start. Also if the residuals there are so
            small that their squares vanish: measure them in smaller units.
        TypeError: If ``steps`` is not an integer.
        FloatingPointError: If the Jacobian is not finite at a later point. The
            message says at which step; try a start closer to the solution.

    Example:
        >>> t = np.array([0.0, 1.0, 2.0])
        >>> observed = 3 * np.exp(-0.5 * t)
        >>> path = levenberg_marquardt(lambda p: p[0] * np.exp(-p[1] * t) - observed, [1.0, 5.0])
        >>> path.result.round(6)
        array([3. , 0.5])

    Source: Marquardt, "An algorithm for least-squares estimation of nonlinear
    parameters", *SIAM Journal* 11, 1963; damping: Madsen, Nielsen & Tingleff,
    *Methods for Non-Linear Least Squares Problems*, 2nd ed., section 3.2;
    scaling: Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978.
    """
    steps = as_count(steps, "steps", at_least=0)
    gradient_tolerance = as_not_negative(gradient_tolerance, "gradient_tolerance")
    step_tolerance = as_not_negative(step_tolerance, "step_tolerance")
    reduction_tolerance = as_not_negative(reduction_tolerance, "reduction_tolerance")
    mu, growth, last_predicted = as_positive(initial_damping, "initial_damping"), 2.0, np.inf
    walk = Walk(as_vector(start, "start"), remedy=REMEDY)
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        r = checked_residuals(residuals(walk.point))
        if r.any() and r @ r == 0:
            raise ValueError("the squares of the residuals at start are too small for float64: use smaller units")
        J = measured_jacobian(residuals, jacobian, walk, r)
        D = column_lengths(J)
        for _ in range(steps):
            if largest_cosine(J, r) <= gradient_tolerance:
                return walk.path(REACHED_TOLERANCE)
            d = damped_step(J, r, mu, D)
            if np.linalg.norm(D * d) <= step_tolerance * np.linalg.norm(D * walk.point):
                return walk.path(SMALL_STEP)
            predicted = float(np.sum((J @ d) ** 2) + 2 * mu * np.sum((D * d) ** 2))
            if predicted <= reduction_tolerance * (r @ r):
                return walk.path(SMALL_REDUCTION)
            trial = checked_residuals(residuals(walk.point + d), len(r))
            reduction = float((r - trial) @ (r + trial))  # the difference of the two sums, with less rounding
            if max(predicted, abs(reduction)) <= ROUNDING * (r @ r):
                if predicted >= last_predicted:
                    return walk.path(SMALL_REDUCTION)
                reduction = last_predicted = predicted  # the sums can no longer tell, but the gradient can
            ratio = reduction / predicted
            if ratio > 0:
                walk.move(d)
                r = trial
                J = measured_jacobian(residuals, jacobian, walk, r)
                D = np.maximum(D, np.hypot.reduce(J, axis=0))
                mu, growth = mu * max(1 / 3, 1 - (2 * ratio - 1) ** 3), 2.0
            else:
                mu, growth = mu * growth, 2 * growth
    return walk.path(REACHED_TOLERANCE if largest_cosine(J, r) <= gradient_tolerance else TOOK_ALL_STEPS)


def damped_step(J: Matrix, r: Vector, mu: float, D: Vector) -> Vector:
    """Return ``d`` with ``(J^T J + mu D^2) d = -J^T r``.

    These are the normal equations of the least-squares problem with
    ``sqrt(mu) D`` stacked below ``J`` and zeros below ``-r``; solving that
    problem itself does not square the condition number.
    """
    n = len(D)
    stacked = np.vstack([J / D, np.sqrt(mu) * np.eye(n)])
    scaled = np.linalg.lstsq(stacked, np.concatenate([-r, np.zeros(n)]))[0]
    d: Vector = scaled / D
    return d


def column_lengths(J: Matrix) -> Vector:
    """Return the length of each column, and 1 for a column of zeros, which divides nothing."""
    lengths: Vector = np.hypot.reduce(J, axis=0)
    return np.where(lengths == 0, 1.0, lengths)


def largest_cosine(J: Matrix, r: Vector) -> float:
    """Return the largest cosine between the residuals and a column of ``J``; 0 if there are no residuals left."""
    length = np.linalg.norm(r)
    return float(np.abs((J / column_lengths(J)).T @ (r / length)).max()) if length > 0 else 0.0


def checked_residuals(value: ArrayLike, expected: int | None = None) -> Vector:
    """Return residuals of shape ``(m,)``; values that are not finite may pass."""
    r = as_real(value, "residuals(point)")
    if r.ndim != 1 or len(r) != (expected or max(1, len(r))):
        raise ValueError(f"residuals must return shape (m,), with one m >= 1 for all points, got shape {r.shape}")
    return r


def measured_jacobian(
    residuals: Callable[[Vector], Vector], jacobian: Callable[[Vector], Matrix] | None, walk: Walk, r: Vector
) -> Matrix:
    """Note loss and gradient at the current point; return the Jacobian there, shape ``(m, n)``."""
    point = walk.point
    walk.record_loss(r @ r)
    if jacobian is None:
        units = np.where(point == 0, 1.0, np.abs(point))  # a step that suits 1 does not suit 1e-9
        try:
            J = numerical_jacobian(lambda u: residuals(u * units), point / units) / units
        except ValueError as error:
            raise ValueError(
                f"the slopes of residuals cannot be measured at {point}, where a shifted value is missing or not "
                "finite: pass an exact jacobian, or try another start"
            ) from error
    else:
        J = as_real(jacobian(walk.point), "jacobian(point)")
    if J.shape != (len(r), len(point)):
        raise ValueError(f"jacobian must return shape {(len(r), len(point))}, got shape {J.shape}")
    walk.record_gradient(2 * J.T @ r)
    return J
