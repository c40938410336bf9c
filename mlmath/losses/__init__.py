"""Losses: how wrong predictions are, together with the gradient that improves them.

In this topic ``predicted`` is what a model says and ``observed`` what was
measured, both of shape ``(examples,)``. Every loss returns its value and its
gradient with respect to ``predicted``; the chain rule does the rest, for
example ``X.T @ loss.gradient`` for the weights of ``predicted = X @ w``.
"""

from mlmath.losses.loss import Loss
from mlmath.losses.squared import squared_error

__all__ = ["Loss", "squared_error"]
