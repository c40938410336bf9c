"""Losses: how wrong predictions are, together with the gradient that improves them.

In this topic ``predicted`` is what a model says about a quantity and
``observed`` what was measured, both of shape ``(examples,)``. Where a class is
predicted, the model says ``scores``: real numbers, not probabilities, and the
classes are numbered from 0, also where there are only two. Every loss returns
its value and its gradient with respect to its first argument; the chain rule
does the rest, for example ``X.T @ loss.gradient`` for the weights of
``predicted = X @ w``.

No loss has a factor 1/2 to cancel the 2 of the power rule: each gradient is the
exact derivative of the value.
"""

from mlmath.losses.absolute import absolute_error
from mlmath.losses.cross_entropy import softmax_cross_entropy
from mlmath.losses.hinge_loss import hinge
from mlmath.losses.huber_loss import huber
from mlmath.losses.logistic_loss import log_loss
from mlmath.losses.loss import Loss
from mlmath.losses.penalties import l1_penalty, l2_penalty
from mlmath.losses.squared import squared_error

__all__ = [
    "Loss",
    "absolute_error",
    "hinge",
    "huber",
    "l1_penalty",
    "l2_penalty",
    "log_loss",
    "softmax_cross_entropy",
    "squared_error",
]
