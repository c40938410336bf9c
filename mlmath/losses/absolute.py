"""Absolute error: a loss that an outlier cannot dominate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_vector, check_choice, check_same_length
from mlmath.losses.loss import Loss, Reduction, reduced


def absolute_error(predicted: ArrayLike, observed: ArrayLike, *, reduction: Reduction = "mean") -> Loss:
    r"""Mean (or sum) of ``|predicted - observed|``, with its gradient.

    The slope is the sign of the error, ``+1`` or ``-1``, divided by ``n`` with
    ``"mean"``. An error of 1000 pulls no harder than an error of 1: the best
    constant prediction is the median, where ``squared_error`` gives the mean.
    It is the negative log-likelihood of Laplace noise.

    At an error of exactly 0 there is a kink and no slope: every number from -1
    to 1 is a subgradient. This function returns 0, the one that lets a perfect
    prediction rest.

    Args:
        predicted: What the model says, shape ``(n,)``.
        observed: What was measured, shape ``(n,)``, in the same units.
        reduction: ``"mean"`` or ``"sum"``.

    Returns:
        The value, in the units of the data, and the gradient with respect to
        ``predicted``, shape ``(n,)``, without units.

    Raises:
        ValueError: If the two are not finite vectors of the same length, or
            ``reduction`` is unknown.
        FloatingPointError: If the value is too large for float64.

    Example:
        >>> absolute_error([3.0, 5.0], [1.0, 5.0])
        Loss(value=1.0, gradient=array([0.5, 0. ]))

    Source: Boyd & Vandenberghe, *Convex Optimization*, section 6.1.
    """
    check_choice(reduction, "reduction", ("mean", "sum"))
    said, measured = as_vector(predicted, "predicted"), as_vector(observed, "observed")
    check_same_length(said, "predicted", measured, "observed")
    with np.errstate(over="ignore"):  # reduced() refuses what overflows
        errors = said - measured
    return reduced(np.abs(errors), np.sign(errors), reduction)
