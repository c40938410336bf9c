"""Log loss: the loss of logistic regression, for two classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_vector, check_choice, check_same_length
from mlmath.losses.loss import Loss, Reduction, reduced
from mlmath.stats import log_sigmoid, sigmoid


def log_loss(scores: ArrayLike, observed: ArrayLike, *, reduction: Reduction = "mean") -> Loss:
    r"""Mean (or sum) of ``-(y log p + (1 - y) log(1 - p))`` with ``p = sigmoid(score)``, and its gradient ``p - y``.

    It is the negative log-likelihood of a coin that shows 1 with probability
    ``p = 1 / (1 + exp(-score))``. A score (also called logit) is the log of the
    odds, ``log(p / (1 - p))``; a model such as ``X @ w`` gives one directly.

    Why scores and not probabilities? A score of 40 means ``1 - p = 4e-18``, but
    ``p`` itself rounds to exactly 1, and ``log(1 - p)`` to minus infinity. From
    the score, ``log p`` and ``log(1 - p)`` are ``log_sigmoid(score)`` and
    ``log_sigmoid(-score)``: no overflow and no lost digits for scores up to
    1e300. The derivative is short too: the chain rule through the sigmoid
    cancels every fraction.

    Args:
        scores: What the model says, any real numbers, shape ``(n,)``; above 0
            means that class 1 is the more likely one.
        observed: The classes, 0 or 1, shape ``(n,)``. A number in between is
            allowed and means a share of ones among equal examples.
        reduction: ``"mean"`` or ``"sum"``.

    Returns:
        The value, in nats, and the gradient with respect to ``scores``, shape
        ``(n,)``: predicted probability minus observation, divided by ``n`` with
        ``"mean"``.

    Raises:
        ValueError: If the two are not finite vectors of the same length,
            ``observed`` leaves the range from 0 to 1 (write labels -1 and +1 as
            ``(observed + 1) / 2``), or ``reduction`` is unknown.
        FloatingPointError: If the value is too large for float64.

    Example:
        >>> value, gradient = log_loss([0.0, 2.0], [1, 0], reduction="sum")
        >>> print(f"{value:.4f}", gradient.round(4))
        2.8201 [-0.5     0.8808]

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 6.2.2.2.
    """
    check_choice(reduction, "reduction", ("mean", "sum"))
    s, y = as_vector(scores, "scores"), as_vector(observed, "observed")
    check_same_length(s, "scores", y, "observed")
    outside = (y < 0) | (y > 1)
    if outside.any():
        i = int(np.argmax(outside))
        raise ValueError(
            f"observed must be from 0 to 1, got {y[i]:g} at observed[{i}]: write labels -1 and +1 as (observed + 1) / 2"
        )
    losses = -(y * log_sigmoid(s) + (1 - y) * log_sigmoid(-s))
    slopes = sigmoid(s) * (1 - y) - sigmoid(-s) * y  # p - y, without the subtraction that rounds a small slope to 0
    return reduced(losses, slopes, reduction)
