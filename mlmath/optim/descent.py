"""Gradient descent on the full loss, with any update rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_count, as_not_negative, as_vector
from mlmath.optim._progress import with_progress
from mlmath.optim._walk import Walk
from mlmath.optim.path import REACHED_TOLERANCE, TOOK_ALL_STEPS, Path
from mlmath.optim.rule import GradientStep, Rule, check_rule
from mlmath.optim.schedules import Schedule, as_schedule, smaller_rate
from mlmath.optim.stopping import Stop


def gradient_descent(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    start: ArrayLike,
    *,
    learning_rate: float | Schedule,
    steps: int,
    tolerance: float = 0.0,
    rule: Rule[Any] = GradientStep(),  # noqa: B008  # frozen, so all calls may share it
    stop: Stop | None = None,
    progress: bool = False,
) -> Path:
    """Walk downhill: repeat ``x <- x - learning_rate * gradient(x)``, or the step of another rule.

    Args:
        loss: Maps a point, shape ``(n,)``, to the number to be made small. It
            is only recorded; the walk follows the gradient alone.
        gradient: Maps a point, shape ``(n,)``, to the gradient there, same shape.
        start: First point, shape ``(n,)``.
        learning_rate: Step length per unit of gradient; must be positive. For a
            quadratic with largest curvature ``L`` the walk converges when it is
            below ``2 / L`` and blows up above. Or a schedule, such as
            ``cosine_decay(0.1, steps=100)``, which gives each update its own.
        steps: Number of updates, if nothing stops the walk; 0 returns the start alone.
        tolerance: Stop at the first point whose gradient is not longer than
            this, in the units of the gradient. The default 0 stops only where
            the gradient vanishes exactly.
        rule: How a step follows from the gradient: ``Momentum()``, ``Adam()``, ...
        stop: Another reason to stop, such as ``plateau(patience=20)``.
        progress: Show a progress bar; needs tqdm.

    Returns:
        The path; its gradient norms are those of the full gradient where the
        rule asked for it: at each point or, with ``Nesterov``, ahead of it. (Its
        walk stops when the gradient at the point itself is within the tolerance
        too, which takes one more call of ``gradient``.)

    Raises:
        ValueError: If ``start`` is not a finite vector, ``learning_rate`` not
            positive (or not at some update, which the message names),
            ``steps`` or ``tolerance`` negative, ``loss`` or
            ``gradient`` returns the wrong shape, or loss or gradient is not
            finite at ``start``: try another start.
        TypeError: If ``steps`` is not an integer or ``rule`` not a rule: pass ``Adam()``, not ``Adam``.
        FloatingPointError: If the walk leaves the finite numbers. The message
            says at which step; the usual cure is a smaller ``learning_rate``.
        ImportError: If ``progress`` is asked for without tqdm: ``pip install mlmath[progress]``.

    Example:
        >>> path = gradient_descent(lambda x: x @ x, lambda x: 2 * x, [3.0, 1.0], learning_rate=0.25, steps=30)
        >>> path.result.round(6)
        array([0., 0.])

    Source: Bertsekas, *Nonlinear Programming*, section 1.2.
    """
    rate = as_schedule(learning_rate)
    steps = as_count(steps, "steps", at_least=0)
    tolerance = as_not_negative(tolerance, "tolerance")
    check_rule(rule)
    walk = Walk(as_vector(start, "start"), remedy=smaller_rate(learning_rate))
    state = rule.initial_state(walk.point)
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        for step in with_progress(range(steps + 1), updates=steps, progress=progress):
            walk.record_loss(loss(walk.point))
            slope = walk.record_gradient(gradient(rule.gradient_point(walk.point, state)))
            # a rule that looks ahead may have met a flat place there, while the point itself is elsewhere
            if walk.gradient_norm <= tolerance and (
                np.array_equal(rule.gradient_point(walk.point, state), walk.point)
                or np.linalg.norm(gradient(walk.point)) <= tolerance
            ):
                return walk.path(REACHED_TOLERANCE)
            if reason := walk.reason_to_stop(stop):
                return walk.path(reason)
            if step < steps:
                change, state = rule.update(state, slope, rate(step), walk.point)
                walk.move(change)
    return walk.path(TOOK_ALL_STEPS)
