"""Newton's method as the classifiers use it: it recognizes weights that would grow for ever."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlmath._arrays import Matrix, Vector, as_count
from mlmath.optim import Path, newton
from mlmath.optim.path import TOOK_ALL_STEPS


def newton_from_zero(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    hessian: Callable[[Vector], Matrix],
    *,
    A: Matrix,
    rows: int,
    penalty: float,
    steps: int,
) -> Path:
    """Walk from zeros to the minimum of a mean, convex loss of scores.

    Towards a minimum the steps become tiny. Examples that can be separated have a
    loss that falls like ``exp(-score)`` for ever, and its parabola promises a
    minimum 1 farther on, wherever one stands. So each step adds 1 to their scores,
    until the gradient is small enough to pass for 0, or the Hessian too flat.

    Args:
        loss: Of a point: ``rows`` rows of coefficients, one after the other.
        gradient: Of the same.
        hessian: Of the same.
        A: Standardised features after a column of ones; the scores are ``A @ row`` for every row.
        rows: How many rows of coefficients there are.
        penalty: What to call the penalty in messages.
        steps: How many to try, at least 1.

    Raises:
        ValueError: If the weights grow for ever, or the steps were not enough.
    """
    steps = as_count(steps, "steps", at_least=1)
    endless = ValueError(
        "planes separate the classes, so longer weights always fit better and none are best, and "
        f"penalty = {penalty} does not hold them: give a larger one, such as 1e-3 for standardised features"
    )
    start = np.zeros(rows * A.shape[1])
    try:
        path = newton(loss, gradient, hessian, start, steps=steps, tolerance=1e-10, line_search="backtracking")
    except ValueError as error:
        raise endless from error
    if path.stop_reason == TOOK_ALL_STEPS:
        raise ValueError(f"Newton's method did not converge in steps = {steps}: allow more, or give a larger penalty")
    last_step = (path.points[-1] - path.points[-2:][0]).reshape(rows, -1)
    if np.abs(last_step @ A.T).max() > 0.5:
        raise endless
    return path
