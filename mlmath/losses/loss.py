"""What every loss returns."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

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
    gradient: NDArray[np.float64]
    """Derivative of ``value`` with respect to the first argument of the loss, of the same shape."""


def reduced(losses: Vector, slopes: NDArray[np.float64], reduction: Reduction) -> Loss:
    """Return the mean or the sum of the losses of the examples, and divide their slopes alike.

    Args:
        losses: Shape ``(n,)``, one per example; inf stands for what overflowed.
        slopes: Shape ``(n, ...)``, the derivative of each loss by what was predicted for its example.
        reduction: ``"mean"`` or ``"sum"``.

    Raises:
        FloatingPointError: If the value or a slope is too large for float64.
    """
    divisor = {"mean": len(losses), "sum": 1}[reduction]
    with np.errstate(over="ignore"):  # refused below, in clearer words
        value = float(np.sum(losses / divisor))  # dividing first keeps a mean in range that a sum would leave
    if not (np.isfinite(value) and np.isfinite(slopes).all()):
        raise FloatingPointError(
            "the loss exceeds the largest float64, 1.8e308: try a smaller learning_rate if training led here"
        )
    return Loss(value, slopes / divisor)
