"""Reasons to stop before all steps are taken.

A stopping rule is a function of the walk so far: the list of all points and the
list of their losses, the newest last (to be read, not changed). It returns a
reason in words, which becomes the ``stop_reason`` of the path, or None to go
on. Two rules are combined by ``or``::

    stop = lambda points, losses: first(points, losses) or second(points, losses)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from mlmath._arrays import Vector, as_count, as_not_negative, as_number

Stop = Callable[[Sequence[Vector], Sequence[float]], str | None]
"""Maps the points and the losses so far to a reason to stop, or to None."""


def target_loss(target: float) -> Stop:
    """Stop at the first point with ``loss <= target``.

    Args:
        target: In the units of the loss.

    Returns:
        The stopping rule.

    Raises:
        ValueError: If ``target`` is not one finite number.

    Example:
        >>> from mlmath.optim import gradient_descent
        >>> path = gradient_descent(
        ...     lambda x: x @ x, lambda x: 2 * x, [4.0], learning_rate=0.25, steps=50, stop=target_loss(1.0)
        ... )
        >>> print(path.losses, path.stop_reason)
        [16.  4.  1.] the loss reached 1.0

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 8.
    """
    target = as_number(target, "target")
    return lambda points, losses: f"the loss reached {target}" if losses[-1] <= target else None


def plateau(*, patience: int, improvement: float = 0.0) -> Stop:
    """Stop when none of the last ``patience`` losses is below the one before them by more than ``improvement``.

    Only the last ``patience + 1`` losses count. With the noisy losses of
    mini-batches choose a patience of many updates, or luck will stop the walk.

    Args:
        patience: Number of updates to wait, at least 1.
        improvement: What counts as progress, in the units of the loss; not negative.

    Returns:
        The stopping rule.

    Raises:
        ValueError: If ``patience`` is below 1 or ``improvement`` negative.
        TypeError: If ``patience`` is not an integer.

    Example:
        >>> rule = plateau(patience=2, improvement=0.5)
        >>> rule([], [5.0, 4.0, 3.0])
        >>> rule([], [5.0, 4.0, 3.0, 2.9, 2.8])
        'the loss fell by no more than 0.5 in 2 updates'

    Source: Prechelt, "Early stopping - but when?", in *Neural Networks: Tricks of the Trade*, 1998 (on the training loss).
    """
    patience = as_count(patience, "patience", at_least=1)
    improvement = as_not_negative(improvement, "improvement")

    def stop(points: Sequence[Vector], losses: Sequence[float]) -> str | None:
        if len(losses) <= patience or losses[-patience - 1] - min(losses[-patience:]) > improvement:
            return None
        return f"the loss fell by no more than {improvement} in {patience} updates"

    return stop


def early_stopping(validation_loss: Callable[[Vector], float], *, patience: int) -> Stop:
    """Stop when the best point on other data is ``patience`` updates old.

    The loss that is walked down belongs to the training data; past some point
    a model learns their noise and its loss on other data rises. The best point
    is then ``path.points[-1 - patience]``.

    Args:
        validation_loss: Maps a point, shape ``(n,)``, to the loss on data that
            are not trained on; called once at every point.
        patience: Number of updates to wait for a better point, at least 1.

    Returns:
        The stopping rule. It remembers the validation losses of one walk and
        begins anew when it sees the first point of the next.

    Raises:
        ValueError: If ``patience`` is below 1; during the walk, if the validation loss is not one finite number.
        TypeError: If ``patience`` is not an integer.

    Example:
        Training wants 2, validation 1; from 0 in strides of 0.5 the second is best:

        >>> from mlmath.optim import gradient_descent
        >>> import numpy as np
        >>> path = gradient_descent(
        ...     lambda x: abs(x[0] - 2),
        ...     lambda x: np.sign(x - 2),
        ...     [0.0],
        ...     learning_rate=0.5,
        ...     steps=50,
        ...     stop=early_stopping(lambda x: (x[0] - 1) ** 2, patience=1),
        ... )
        >>> print(path.points[-2], path.stop_reason)
        [1.] the validation loss had its minimum 1 updates ago

    Source: Prechelt, "Early stopping - but when?", in *Neural Networks: Tricks of the Trade*, 1998.
    """
    patience = as_count(patience, "patience", at_least=1)
    best, age = math.inf, 0

    def stop(points: Sequence[Vector], losses: Sequence[float]) -> str | None:
        nonlocal best, age
        value = as_number(validation_loss(points[-1].copy()), "validation_loss(point)")
        if len(points) == 1 or value < best:
            best, age = value, 0
        else:
            age += 1
        return f"the validation loss had its minimum {patience} updates ago" if age == patience else None

    return stop
