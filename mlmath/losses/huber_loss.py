"""Huber's loss: squared for small errors, absolute for large ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_positive, as_vector, check_choice, check_same_length
from mlmath.losses.loss import Loss, Reduction, reduced


def huber(predicted: ArrayLike, observed: ArrayLike, *, threshold: float, reduction: Reduction = "mean") -> Loss:
    r"""Mean (or sum) of ``r^2`` for errors ``|r| <= threshold`` and ``threshold (2 |r| - threshold)`` beyond.

    The two pieces meet with the same value and the same slope, ``2 threshold``.
    So the loss is smooth at 0, unlike ``absolute_error``, and an outlier pulls
    with a bounded force, unlike in ``squared_error``. With a large threshold it
    is ``squared_error``; with a small one it tends to ``2 threshold`` times
    ``absolute_error``.

    Like ``squared_error`` it has no factor 1/2. Huber's paper and
    ``scipy.special.huber`` have one: their values are half of these.

    Args:
        predicted: What the model says, shape ``(n,)``.
        observed: What was measured, shape ``(n,)``, in the same units.
        threshold: Where "large" begins, in the units of the data. Errors of good
            examples should mostly be below it; 1.345 of their standard
            deviations is usual.
        reduction: ``"mean"`` or ``"sum"``.

    Returns:
        The value, in squared units of the data, and the gradient with respect
        to ``predicted``, shape ``(n,)``, in the units of the data.

    Raises:
        ValueError: If the two are not finite vectors of the same length,
            ``threshold`` is not positive, or ``reduction`` is unknown.
        FloatingPointError: If the value is too large for float64.

    Example:
        >>> huber([1.0, 10.0], [0.0, 0.0], threshold=2.0, reduction="sum")
        Loss(value=37.0, gradient=array([2., 4.]))

    Source: Huber, "Robust estimation of a location parameter", *Annals of
    Mathematical Statistics* 35 (1964), 73-101.
    """
    check_choice(reduction, "reduction", ("mean", "sum"))
    limit = as_positive(threshold, "threshold")
    said, measured = as_vector(predicted, "predicted"), as_vector(observed, "observed")
    check_same_length(said, "predicted", measured, "observed")
    with np.errstate(over="ignore"):  # reduced() refuses what overflows
        errors = said - measured
        clipped = np.clip(errors, -limit, limit)
        losses = clipped * (errors + (errors - clipped))  # r * r inside; outside the rest counts twice
        return reduced(losses, 2 * clipped, reduction)
