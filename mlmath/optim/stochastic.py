"""Stochastic gradient descent on mini-batches, in shuffled epochs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import Vector, as_count, as_positive, as_vector, check_generator
from mlmath.optim._walk import Walk
from mlmath.optim.path import TOOK_ALL_STEPS, Path

Indices = NDArray[np.int64]
"""The numbers of the examples in a mini-batch, shape ``(batch,)``."""


def stochastic_gradient_descent(
    loss: Callable[[Vector], float],
    example_gradient: Callable[[Vector, Indices], Vector],
    start: ArrayLike,
    *,
    examples: int,
    learning_rate: float,
    epochs: int,
    batch_size: int = 1,
    generator: np.random.Generator,
) -> Path:
    """Walk downhill on a few examples at a time: ``x <- x - learning_rate * example_gradient(x, batch)``.

    Each epoch shuffles all examples and cuts them into mini-batches, so that it
    uses every example exactly once (sampling without replacement). The last
    batch of an epoch is smaller if ``batch_size`` does not divide ``examples``.
    With ``batch_size=examples`` this is gradient descent.

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
            it stays fixed, the walk ends in a cloud around the minimum whose
            size grows with it.
        epochs: Number of passes over all examples; 0 returns the start alone.
        batch_size: Examples per update, from 1 to ``examples``.
        generator: Source of the shuffles; its state moves on.

    Returns:
        The path with one row per update and one for the start: in all
        ``epochs * ceil(examples / batch_size) + 1``. The losses are full losses.
        Gradient norm ``k`` is that of the *mini-batch* gradient that update
        ``k + 1`` used, a noisy number that does not tend to 0; the last is nan,
        because no batch was drawn at the result.

    Raises:
        ValueError: If ``start`` is not a finite vector, ``learning_rate`` not
            positive, a count is too small, ``batch_size`` exceeds ``examples``,
            ``loss`` or ``example_gradient`` returns the wrong shape, or loss or
            gradient is not finite at ``start``: try another start.
        TypeError: If a count is not an integer, or ``generator`` is not a
            ``numpy.random.Generator``: pass ``numpy.random.default_rng(0)``.
        FloatingPointError: If the walk leaves the finite numbers. The message
            says at which step; the usual cure is a smaller ``learning_rate``.

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
    learning_rate = as_positive(learning_rate, "learning_rate")
    examples = as_count(examples, "examples", at_least=1)
    epochs = as_count(epochs, "epochs", at_least=0)
    batch_size = as_count(batch_size, "batch_size", at_least=1)
    if batch_size > examples:
        raise ValueError(f"batch_size must be at most examples = {examples}, got {batch_size}")
    check_generator(generator)
    walk = Walk(as_vector(start, "start"), remedy=f"the learning_rate was {learning_rate}, try a smaller one")
    with np.errstate(all="ignore"):  # the walk itself refuses what is not finite, and says at which step
        for _ in range(epochs):
            order = generator.permutation(examples)
            for first in range(0, examples, batch_size):
                batch = order[first : first + batch_size]
                walk.record_loss(loss(walk.point))
                slope = walk.record_gradient(example_gradient(walk.point, batch), "example_gradient")
                walk.move(-learning_rate * slope)
        walk.record_loss(loss(walk.point))
        walk.record_no_gradient()
    return walk.path(TOOK_ALL_STEPS)
