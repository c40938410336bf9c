"""Line searches: how far to go along a direction that leads downhill."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_count, as_fraction, as_number, as_positive, as_vector, check_choice

# Close to a minimum a loss changes by less than its own rounding error, and its
# sign would be luck. A rise up to this share of the loss counts as none.
ROUNDING = 4 * float(np.finfo(np.float64).eps)


class LineStep(NamedTuple):
    """What a line search found.

    Example:
        >>> found = backtracking(lambda x: x @ x, lambda x: 2 * x, [1.0], [-2.0])
        >>> found
        LineStep(step=0.5, point=array([0.]), loss=0.0, gradient=array([0.]), loss_calls=3, gradient_calls=2, satisfied=True)
    """

    step: float
    """Multiple of the direction; 0 if no step lowered the loss."""
    point: Vector
    """``point + step * direction``, shape ``(n,)``."""
    loss: float
    """Loss there."""
    gradient: Vector
    """Gradient there, shape ``(n,)``."""
    loss_calls: int
    """How often the loss was measured."""
    gradient_calls: int
    """How often the gradient was measured."""
    satisfied: bool
    """Whether the conditions of the search hold at ``step``."""


class LineSearch(Protocol):
    """A function that finds a step; ``here`` is loss and gradient at ``point``, measured if not given."""

    def __call__(
        self,
        loss: Callable[[Vector], float],
        gradient: Callable[[Vector], Vector],
        point: ArrayLike,
        direction: ArrayLike,
        *,
        first_step: float = ...,
        here: tuple[float, Vector] | None = ...,
    ) -> LineStep:
        """Return the step that was found."""
        ...


def backtracking(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    point: ArrayLike,
    direction: ArrayLike,
    *,
    first_step: float = 1.0,
    sufficient_decrease: float = 1e-4,
    shrink: float = 0.5,
    trials: int = 60,
    here: tuple[float, Vector] | None = None,
) -> LineStep:
    """Shorten the step until ``loss(x + a d) <= loss(x) + sufficient_decrease * a * slope`` (Armijo's condition).

    The slope is ``gradient(x) @ d``, which is negative. The condition asks for
    a fixed share of the decrease that the tangent promises.

    Args:
        loss: Maps a point, shape ``(n,)``, to a number. Where it is not finite, the step was too long.
        gradient: Maps a point to the gradient, shape ``(n,)``; measured at
            ``point`` and at every point that meets the condition, so nearly always twice.
        point: The ``x`` above, shape ``(n,)``.
        direction: The ``d`` above, shape ``(n,)``; must lead downhill.
        first_step: The first ``a``; positive. Newton-like directions want 1.
        sufficient_decrease: Share of the promised decrease, between 0 and 1.
        shrink: Factor of each next step, between 0 and 1.
        trials: Number of steps to try, at least 1.
        here: Loss and gradient at ``point``, if they are known already.

    Returns:
        The first step that meets the condition, with the loss and gradient
        there; step 0 if none of them does.

    Raises:
        ValueError: If an argument is out of its range, shapes differ, or the
            direction does not lead downhill: try ``-gradient(point)``.
        TypeError: If ``trials`` is not an integer.

    Example:
        >>> found = backtracking(lambda x: x @ x, lambda x: 2 * x, [3.0], [-6.0])
        >>> found.step, found.loss
        (0.5, 0.0)

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., algorithm 3.1.
    """
    step, decrease = as_positive(first_step, "first_step"), as_fraction(sufficient_decrease, "sufficient_decrease")
    shrink, trials = as_fraction(shrink, "shrink"), as_count(trials, "trials", at_least=1)
    line = _Line(loss, gradient, point, direction, here)
    with np.errstate(all="ignore"):  # what is not finite counts as too high
        for _ in range(trials):
            trial = line.trial_at(step)
            if trial.loss <= line.armijo_bound(step, decrease):
                trial = line.with_gradient(trial)
                if np.isfinite(trial.slope):
                    return line.found(trial, satisfied=True)
            step *= shrink
    return line.found(line.start, satisfied=False)


def wolfe(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    point: ArrayLike,
    direction: ArrayLike,
    *,
    first_step: float = 1.0,
    sufficient_decrease: float = 1e-4,
    curvature: float = 0.9,
    trials: int = 60,
    here: tuple[float, Vector] | None = None,
) -> LineStep:
    """Find a step that lowers the loss enough and flattens the slope enough: the strong Wolfe conditions.

    With ``slope(a) = gradient(x + a d) @ d``, the conditions on ``a`` are::

        loss(x + a d) <= loss(x) + sufficient_decrease * a * slope(0)
        |slope(a)|    <= curvature * |slope(0)|

    The first refuses steps that are too long, the second also those too short:
    there the loss still falls steeply. It is what keeps ``bfgs`` on its feet.

    While no upper end is known the step doubles. After that the conditions hold
    somewhere between the best step so far and the other end, and each trial,
    at the minimum of a parabola through what is known, shortens that interval.

    Args:
        loss: Maps a point, shape ``(n,)``, to a number. Where it is not finite, the step was too long.
        gradient: Maps a point to the gradient, shape ``(n,)``.
        point: The ``x`` above, shape ``(n,)``.
        direction: The ``d`` above, shape ``(n,)``; must lead downhill.
        first_step: The first ``a``; positive. Newton-like directions want 1.
        sufficient_decrease: Between 0 and ``curvature``.
        curvature: Between ``sufficient_decrease`` and 1; close to 0 the search is nearly exact.
        trials: Number of steps to try, at least 1.
        here: Loss and gradient at ``point``, if they are known already.

    Returns:
        The step, with the loss and gradient there. If no trial meets both
        conditions, the best step that meets the first, or else step 0.

    Raises:
        ValueError: If an argument is out of its range, shapes differ, or the
            direction does not lead downhill: try ``-gradient(point)``.
        TypeError: If ``trials`` is not an integer.

    Example:
        >>> found = wolfe(lambda x: x @ x, lambda x: 2 * x, [3.0], [-1.0], curvature=0.1)
        >>> found.step, found.loss, found.satisfied
        (3.0, 0.0, True)

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., algorithms 3.5 and 3.6, joined into one loop.
    """
    step, decrease = as_positive(first_step, "first_step"), as_fraction(sufficient_decrease, "sufficient_decrease")
    curvature, trials = as_fraction(curvature, "curvature"), as_count(trials, "trials", at_least=1)
    if not decrease < curvature:
        raise ValueError(f"sufficient_decrease must be below curvature, got {decrease} and {curvature}")
    line = _Line(loss, gradient, point, direction, here)
    low, high = line.start, None
    with np.errstate(all="ignore"):  # what is not finite counts as too high
        for _ in range(trials):
            trial = line.trial_at(step)
            if trial.loss <= min(line.armijo_bound(step, decrease), low.loss + line.slack):
                trial = line.with_gradient(trial)
            if not np.isfinite(trial.slope):
                high = trial
            elif abs(trial.slope) <= -curvature * line.start.slope:
                return line.found(trial, satisfied=True)
            else:
                # the minimum lies between low and trial if the loss rises at trial, seen from low
                beyond = trial.slope > 0 if high is None else trial.slope * (high.step - low.step) > 0
                low, high = trial, low if beyond else high
            step = 2 * step if high is None else _between(low, high)
    return line.found(low, satisfied=False)


def full_step(
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    point: ArrayLike,
    direction: ArrayLike,
    *,
    first_step: float = 1.0,
    here: tuple[float, Vector] | None = None,
) -> LineStep:
    """Take ``first_step`` as it is, without a search; the caller checks what is there."""
    there = as_vector(point, "point") + first_step * as_vector(direction, "direction")
    return LineStep(first_step, there, loss(there.copy()), gradient(there.copy()), 1, 1, satisfied=True)


LINE_SEARCHES: dict[str, LineSearch] = {"full": full_step, "backtracking": backtracking, "wolfe": wolfe}


def as_line_search(choice: str | LineSearch) -> LineSearch:
    """Return the line search of that name, or the given function."""
    if callable(choice):
        return choice
    check_choice(choice, "line_search", tuple(LINE_SEARCHES))
    return LINE_SEARCHES[choice]


class _Trial(NamedTuple):
    """A step and what was measured there; the slope is nan until then."""

    step: float
    point: Vector
    loss: float
    slope: float
    gradient: Vector


class _Line:
    """A loss along a line, with the number of its calls."""

    def __init__(
        self,
        loss: Callable[[Vector], float],
        gradient: Callable[[Vector], Vector],
        point: ArrayLike,
        direction: ArrayLike,
        here: tuple[float, Vector] | None,
    ) -> None:
        self._loss, self._gradient = loss, gradient
        self._origin, self._direction = as_vector(point, "point"), as_vector(direction, "direction")
        if self._origin.shape != self._direction.shape:
            raise ValueError(
                f"direction must have the shape of point, {self._origin.shape}, got {self._direction.shape}"
            )
        self._loss_calls = self._gradient_calls = 0
        with np.errstate(all="ignore"):
            if here is None:
                self.start = self.with_gradient(self.trial_at(0.0))
            else:
                value, slopes = here
                self.start = _Trial(0.0, self._origin, value, float(slopes @ self._direction), slopes)
        as_number(self.start.loss, "the loss at point")
        if not -np.inf < self.start.slope < 0:
            raise ValueError(
                f"direction must lead downhill, but the slope along it is {self.start.slope}: "
                "try direction = -gradient(point)"
            )
        self.slack = ROUNDING * abs(self.start.loss)

    def trial_at(self, step: float) -> _Trial:
        """Measure the loss; what is not a number counts as infinitely high."""
        point = self._origin + step * self._direction
        self._loss_calls += 1
        loss = float(self._loss(point.copy()))
        return _Trial(step, point, np.inf if np.isnan(loss) else loss, np.nan, point)

    def with_gradient(self, trial: _Trial) -> _Trial:
        """Measure the gradient, too."""
        self._gradient_calls += 1
        gradient = np.array(self._gradient(trial.point.copy()), dtype=np.float64)
        if gradient.shape != self._origin.shape:
            raise ValueError(f"gradient must return shape {self._origin.shape}, like point, got shape {gradient.shape}")
        return trial._replace(slope=float(gradient @ self._direction), gradient=gradient)

    def armijo_bound(self, step: float, decrease: float) -> float:
        """Return the highest loss that counts as a sufficient decrease."""
        return self.start.loss + decrease * step * self.start.slope + self.slack

    def found(self, trial: _Trial, *, satisfied: bool) -> LineStep:
        """Return the result of the search."""
        return LineStep(
            trial.step,
            trial.point,
            trial.loss,
            trial.gradient,
            self._loss_calls,
            self._gradient_calls,
            satisfied,
        )


def _between(low: _Trial, high: _Trial) -> float:
    """Return the minimum of the parabola through both losses and the slope at ``low``, away from either end."""
    width = high.step - low.step
    bend = high.loss - low.loss - low.slope * width
    share = -low.slope * width / (2 * bend) if bend > 0 else 0.5
    return low.step + width * min(max(share, 0.1), 0.9)
