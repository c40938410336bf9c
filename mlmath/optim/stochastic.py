"""Stochastic gradient descent on mini-batches, with any update rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import Vector, as_count, as_vector, check_generator
from mlmath.optim._progress import with_progress
from mlmath.optim._walk import Walk
from mlmath.optim.path import TOOK_ALL_STEPS, Path
from mlmath.optim.rule import GradientStep, Rule, check_rule
from mlmath.optim.schedules import Schedule, as_schedule, smaller_rate
from mlmath.optim.stopping import Stop

Indices = NDArray[np.int64]
"""The numbers of the examples in a mini-batch, shape ``(batch,)``."""


def stochastic_gradient_descent(
    loss: Callable[[Vector], float],
    example_gradient: Callable[[Vector, Indices], Vector],
    start: ArrayLike,
    *,
    examples: int,
    learning_rate: float | Schedule,
    epochs: int,
    batch_size: int = 1,
    with_replacement: bool = False,
    rule: Rule[Any] = GradientStep(),  # noqa: B008  # frozen, so all calls may share it
    stop: Stop | None = None,
    progress: bool = False,
    generator: np.random.Generator,
) -> Path:
    """Walk downhill on a few examples at a time: ``x <- x - learning_rate * example_gradient(x, batch)``.

    Each epoch shuffles all examples and cuts them into mini-batches, so that it
    uses every example exactly once (sampling without replacement). The last
    batch of an epoch is smaller if ``batch_size`` does not divide ``examples``.
    With ``batch_size=examples`` this is gradient descent. Other rules put their
    own step in place of the plain one.

    Args:
        loss: Maps a point, shape ``(n,)``, to the loss over *all* examples. It
            is only recorded, but at every point: where one pass over the data
            per update is too slow, let it measure a fixed sample instead.
        example_gradient: Called with a point, shape ``(n,)``, and the indices of
            a mini-batch, shape ``(batch,)``, integers from 0 to ``examples - 1``;
            returns the mean of the gradients of these examples, shape ``(n,)``.
        start: First point, shape ``(n,)``.
        examples: Number of examples to draw from.
        learning_rate: Step length per unit of gradient; must be positive. While
            it stays fixed, the walk ends in a cloud around the minimum, unless
            all examples have their minimum at the same point. With
            ``with_replacement=True`` the mean squared radius of the cloud is
            about proportional to a small rate; shuffled epochs end nearer. A
            schedule such as ``inverse_time_decay(0.1, half_after=100)`` lets the
            cloud shrink; its updates are counted through all epochs.
        epochs: Number of passes over all examples; 0 returns the start alone.
        batch_size: Examples per update, from 1 to ``examples``.
        with_replacement: Draw every example of a batch from all of them anew,
            instead of shuffling. Then an epoch is only a number of draws, in
            which about 37 % of the examples do not appear; but the batches are
            independent, as the theory of this method assumes.
        rule: How a step follows from the gradient: ``Momentum()``, ``Adam()``, ...
        stop: A reason to stop, such as ``plateau(patience=20)``, asked at every point.
        progress: Show a progress bar; needs tqdm.
        generator: Source of the shuffles; its state moves on.

    Returns:
        The path with one row per update and one for the start: in all
        ``epochs * ceil(examples / batch_size) + 1``, unless ``stop`` ended it. The losses are full losses.
        Gradient norm ``k`` is that of the *mini-batch* gradient that update
        ``k + 1`` used, a noisy number that does not tend to 0; the last is nan,
        because no batch was drawn at the result.

    Raises:
        ValueError: If ``start`` is not a finite vector, ``learning_rate`` not
            positive (or not at some update), a count is too small, ``batch_size`` exceeds ``examples``,
            ``loss`` or ``example_gradient`` returns the wrong shape, or loss or
            gradient is not finite at ``start``: try another start.
        TypeError: If a count is not an integer, or ``generator`` is not a
            ``numpy.random.Generator``: pass ``numpy.random.default_rng(0)``. Also if
            ``rule`` is not a rule: pass ``Adam()``, not ``Adam``.
        FloatingPointError: If the walk leaves the finite numbers. The message
            says at which step; the usual cure is a smaller ``learning_rate``.
        ImportError: If ``progress`` is asked for without tqdm: ``pip install mlmath[progress]``.

    Example:
        The mean of four numbers, as the minimum of their mean squared distance:

        >>> data = np.array([1.0, 2.0, 4.0, 5.0])
        >>> path = stochastic_gradient_descent(
        ...     lambda x: np.mean((x - data) ** 2),
        ...     lambda x, batch: 2 * np.mean(x - data[batch], keepdims=True),
        ...     [0.0],
        ...     examples=4,
        ...     learning_rate=0.01,
        ...     epochs=300,
        ...     generator=np.random.default_rng(0),
        ... )
        >>> print(f"{len(path.points)} points, the last near {path.result[0]:.1f}")
        1201 points, the last near 3.0

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, sections 8.1.3 and 8.3.1.
    """
    rate = as_schedule(learning_rate)
    examples = as_count(examples, "examples", at_least=1)
    epochs = as_count(epochs, "epochs", at_least=0)
    batch_size = as_count(batch_size, "batch_size", at_least=1)
    if batch_size > examples:
        raise ValueError(f"batch_size must be at most examples = {examples}, got {batch_size}")
    check_generator(generator)
    check_rule(rule)
    walk = Walk(as_vector(start, "start"), remedy=smaller_rate(learning_rate))
    state = rule.initial_state(walk.point)
    batches = mini_batches(examples, batch_size, epochs, with_replacement=with_replacement, generator=generator)
    updates = epochs * -(-examples // batch_size)
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        for step, batch in enumerate(with_progress(batches, updates=updates, progress=progress)):
            walk.record_loss(loss(walk.point))
            if reason := walk.reason_to_stop(stop):
                walk.record_no_gradient()
                return walk.path(reason)
            place = rule.gradient_point(walk.point, state)
            slope = walk.record_gradient(example_gradient(place, batch), "example_gradient")
            change, state = rule.update(state, slope, rate(step), walk.point)
            walk.move(change)
        walk.record_loss(loss(walk.point))
        walk.record_no_gradient()
    return walk.path(walk.reason_to_stop(stop) or TOOK_ALL_STEPS)


def mini_batches(
    examples: int, batch_size: int, epochs: int, *, with_replacement: bool, generator: np.random.Generator
) -> Iterator[Indices]:
    """Yield the indices of one mini-batch after another, shape ``(batch,)``, through all epochs."""
    for _ in range(epochs):
        order = generator.integers(examples, size=examples) if with_replacement else generator.permutation(examples)
        for first in range(0, examples, batch_size):
            yield order[first : first + batch_size]
