"""What every loss returns."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mlmath._arrays import Vector

Reduction = Literal["mean", "sum"]
"""How the losses of the examples become one number."""


class Loss(NamedTuple):
    """The value of a loss and its slope in the direction of every prediction.

    Example:
        >>> from mlmath.losses import squared_error
        >>> value, gradient = squared_error([3.0, 5.0], [1.0, 5.0])
        >>> value
        2.0
    """

    value: float
    """The loss; smaller is better."""
    gradient: Vector
    """Derivative of ``value`` with respect to each prediction, shape ``(examples,)``."""
