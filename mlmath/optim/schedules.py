"""Schedules: learning rates that change from update to update.

A schedule is a function from the number of an update, counted from 0, to the
learning rate of that update. Pass one wherever a ``learning_rate`` is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from mlmath._arrays import as_count, as_fraction, as_not_negative, as_positive

Schedule = Callable[[int], float]
"""Maps the number of an update, counted from 0, to its learning rate."""


def inverse_time_decay(initial: float, *, half_after: float) -> Schedule:
    """Rate ``initial / (1 + k / half_after)`` for update ``k``: half after ``half_after`` updates, a third after twice.

    In the long run the rate falls like ``1 / k``. The rates add up to infinity,
    so the walk can reach any point, but their squares do not, so the noise of
    mini-batches dies out: the two conditions of Robbins and Monro.

    Args:
        initial: Rate of update 0; positive.
        half_after: Number of updates after which the rate has halved; positive.

    Returns:
        The schedule.

    Raises:
        ValueError: If an argument is not positive.

    Example:
        >>> rate = inverse_time_decay(0.6, half_after=10)
        >>> [round(rate(k), 6) for k in (0, 10, 20)]
        [0.6, 0.3, 0.2]

    Source: Robbins & Monro, "A stochastic approximation method", *Annals of Mathematical Statistics* 22, 1951.
    """
    initial, half_after = as_positive(initial, "initial"), as_positive(half_after, "half_after")
    return lambda k: initial / (1 + k / half_after)


def exponential_decay(initial: float, *, factor: float, every: float = 1) -> Schedule:
    """Rate ``initial * factor^(k / every)`` for update ``k``: smooth decay by ``factor`` each ``every`` updates.

    The rates add up to a finite number: too fast a decay ends the walk wherever it is.

    Args:
        initial: Rate of update 0; positive.
        factor: What is left after ``every`` updates, between 0 and 1.
        every: Number of updates; positive.

    Returns:
        The schedule.

    Raises:
        ValueError: If an argument is out of its range.

    Example:
        >>> rate = exponential_decay(0.8, factor=0.25, every=10)
        >>> [round(rate(k), 6) for k in (0, 5, 10)]
        [0.8, 0.4, 0.2]

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 8.
    """
    initial, every = as_positive(initial, "initial"), as_positive(every, "every")
    factor = as_fraction(factor, "factor")
    return lambda k: initial * factor ** (k / every)


def step_decay(initial: float, *, factor: float, every: int) -> Schedule:
    """Rate ``initial * factor^floor(k / every)`` for update ``k``: constant, with a drop each ``every`` updates.

    Args:
        initial: Rate of the first ``every`` updates; positive.
        factor: What each drop leaves, between 0 and 1.
        every: Updates from drop to drop, at least 1.

    Returns:
        The schedule.

    Raises:
        ValueError: If an argument is out of its range.
        TypeError: If ``every`` is not an integer.

    Example:
        >>> rate = step_decay(0.8, factor=0.5, every=10)
        >>> [rate(k) for k in (0, 9, 10, 20)]
        [0.8, 0.8, 0.4, 0.2]

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 8.
    """
    initial, factor = as_positive(initial, "initial"), as_fraction(factor, "factor")
    every = as_count(every, "every", at_least=1)
    return lambda k: initial * factor ** (k // every)


def cosine_decay(initial: float, *, steps: int, final: float = 0.0) -> Schedule:
    """Rate ``final + (initial - final) * (1 + cos(pi k / steps)) / 2`` for update ``k``: slow, fast, slow.

    Args:
        initial: Rate of update 0; positive.
        steps: Number of updates of the walk, at least 1. From update ``steps``
            on the rate is ``final``; if that is 0, a longer walk is refused.
        final: Where the rate goes; not negative.

    Returns:
        The schedule.

    Raises:
        ValueError: If an argument is out of its range.
        TypeError: If ``steps`` is not an integer.

    Example:
        >>> rate = cosine_decay(0.8, steps=100)
        >>> [round(rate(k), 6) for k in (0, 50, 100)]
        [0.8, 0.4, 0.0]

    Source: Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017 (one period).
    """
    initial, final = as_positive(initial, "initial"), as_not_negative(final, "final")
    steps = as_count(steps, "steps", at_least=1)
    return lambda k: final + (initial - final) * (1 + math.cos(math.pi * min(k, steps) / steps)) / 2


def warmup(learning_rate: float | Schedule, *, steps: int) -> Schedule:
    """Climb in even strides first: update ``k < steps`` has ``(k + 1) / (steps + 1)`` of the rate that comes after.

    Update ``steps`` is update 0 of ``learning_rate``, which starts there.
    Adaptive rules average few gradients at first, so their first steps are the
    least reliable: a warm-up keeps them short.

    Args:
        learning_rate: What follows: a positive number or a schedule.
        steps: Number of updates of the climb; 0 for none.

    Returns:
        The schedule.

    Raises:
        ValueError: If ``learning_rate`` is a number that is not positive, or ``steps`` is negative.
        TypeError: If ``steps`` is not an integer.

    Example:
        >>> rate = warmup(0.4, steps=3)
        >>> [round(rate(k), 6) for k in range(5)]
        [0.1, 0.2, 0.3, 0.4, 0.4]

    Source: Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017 (gradual warm-up).
    """
    after = as_schedule(learning_rate)
    steps = as_count(steps, "steps", at_least=0)
    return lambda k: after(0) * ((k + 1) / (steps + 1)) if k < steps else after(k - steps)


def as_schedule(learning_rate: float | Schedule) -> Schedule:
    """Return a schedule whose rates are checked: that of one constant rate, or the given one.

    Raises:
        ValueError: If the constant is not positive; if the schedule returns
            anything but one positive, finite number, when it does.
    """
    if not callable(learning_rate):
        constant = as_positive(learning_rate, "learning_rate")
        return lambda _: constant

    def checked(k: int) -> float:
        try:
            return as_positive(learning_rate(k), "learning_rate")
        except ValueError as error:
            raise ValueError(f"{error} from its schedule at update {k}: stop before, or change the schedule") from error

    return checked


def smaller_rate(learning_rate: float | Schedule) -> str:
    """Return what to try when a walk with ``learning_rate`` diverges."""
    if callable(learning_rate):
        return f"the learning_rate followed a schedule from {learning_rate(0)} on, try a smaller one"
    return f"the learning_rate was {float(learning_rate)}, try a smaller one"
