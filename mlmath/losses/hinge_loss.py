"""Hinge loss: the loss of the support vector machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_vector, check_choice, check_same_length
from mlmath.losses.loss import Loss, Reduction, reduced


def hinge(scores: ArrayLike, observed: ArrayLike, *, reduction: Reduction = "mean") -> Loss:
    r"""Mean (or sum) of ``max(0, 1 - m)`` with the margin ``m = score`` for class 1 and ``-score`` for class 0.

    An example on the right side by a margin of 1 or more costs nothing and has
    no slope, so the solution depends on the few examples near the boundary: the
    support vectors. ``log_loss`` never stops pulling.

    The classes are 0 and 1, as everywhere in mlmath, so that one array of
    labels serves every loss. Textbooks on support vector machines use -1 and +1
    because it makes the margin ``y * score``; here ``2 observed - 1`` takes that
    part.

    At a margin of exactly 1 there is a kink; the gradient returned is 0, that of
    the side without loss.

    Args:
        scores: What the model says, any real numbers, shape ``(n,)``; above 0
            predicts class 1.
        observed: The classes, 0 or 1, shape ``(n,)``.
        reduction: ``"mean"`` or ``"sum"``.

    Returns:
        The value, and the gradient with respect to ``scores``, shape ``(n,)``.

    Raises:
        ValueError: If the two are not finite vectors of the same length,
            ``observed`` holds anything but 0 and 1 (write labels -1 and +1 as
            ``(observed + 1) / 2``), or ``reduction`` is unknown.
        FloatingPointError: If the value is too large for float64.

    Example:
        >>> hinge([2.0, 0.5, 0.5, -2.0], [1, 1, 0, 0], reduction="sum")
        Loss(value=2.0, gradient=array([ 0., -1.,  1.,  0.]))

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical
    Learning*, 2nd ed., section 12.3.2.
    """
    check_choice(reduction, "reduction", ("mean", "sum"))
    s, y = as_vector(scores, "scores"), as_vector(observed, "observed")
    check_same_length(s, "scores", y, "observed")
    neither = (y != 0) & (y != 1)
    if neither.any():
        i = int(np.argmax(neither))
        raise ValueError(
            f"observed must be 0 or 1, got {y[i]:g} at observed[{i}]: write labels -1 and +1 as (observed + 1) / 2"
        )
    signs = 2 * y - 1
    margins = signs * s
    return reduced(np.maximum(0, 1 - margins), np.where(margins < 1, -signs, 0.0), reduction)
