"""Gradient descent with a fixed learning rate."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_count, as_not_negative, as_positive, as_vector
from mlmath.optim._walk import Walk
from mlmath.optim.path import REACHED_TOLERANCE, TOOK_ALL_STEPS, Path


def gradient_descent(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    start: ArrayLike,
    *,
    learning_rate: float,
    steps: int,
    tolerance: float = 0.0,
) -> Path:
    """Walk downhill: repeat ``x <- x - learning_rate * gradient(x)``.

    Args:
        loss: Maps a point, shape ``(n,)``, to the number to be made small. It
            is only recorded; the walk follows the gradient alone.
        gradient: Maps a point, shape ``(n,)``, to the gradient there, same shape.
        start: First point, shape ``(n,)``.
        learning_rate: Step length per unit of gradient; must be positive. For a
            quadratic with largest curvature ``L`` the walk converges when it is
            below ``2 / L`` and blows up above.
        steps: Number of updates, if nothing stops the walk; 0 returns the start alone.
        tolerance: Stop at the first point whose gradient is not longer than
            this, in the units of the gradient. The default 0 stops only where
            the gradient vanishes exactly.

    Returns:
        The path; its gradient norms are those of the full gradient at each point.

    Raises:
        ValueError: If ``start`` is not a finite vector, ``learning_rate`` not
            positive, ``steps`` or ``tolerance`` negative, ``loss`` or
            ``gradient`` returns the wrong shape, or loss or gradient is not
            finite at ``start``: try another start.
        TypeError: If ``steps`` is not an integer.
        FloatingPointError: If the walk leaves the finite numbers. The message
            says at which step; the usual cure is a smaller ``learning_rate``.

    Example:
        >>> path = gradient_descent(lambda x: x @ x, lambda x: 2 * x, [3.0, 1.0], learning_rate=0.25, steps=30)
        >>> path.result.round(6)
        array([0., 0.])

    Source: Bertsekas, *Nonlinear Programming*, section 1.2.
    """
    learning_rate = as_positive(learning_rate, "learning_rate")
    steps = as_count(steps, "steps", at_least=0)
    tolerance = as_not_negative(tolerance, "tolerance")
    walk = Walk(as_vector(start, "start"), remedy=f"the learning_rate was {learning_rate}, try a smaller one")
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        for step in range(steps + 1):
            walk.record_loss(loss(walk.point))
            slope = walk.record_gradient(gradient(walk.point), "gradient")
            if walk.gradient_norm <= tolerance:
                return walk.path(REACHED_TOLERANCE)
            if step < steps:
                walk.move(-learning_rate * slope)
    return walk.path(TOOK_ALL_STEPS)
