"""Exponentials that neither overflow nor lose their digits: sigmoid, log-sum-exp, softmax."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_real
from mlmath.stats.special import Array


def sigmoid(x: ArrayLike) -> Array:
    """The S-shaped curve ``1 / (1 + exp(-x))`` from log-odds to a probability.

    Written as it stands, ``exp(-x)`` overflows at ``x = -1000``. For negative
    ``x`` the same number is ``exp(x) / (1 + exp(x))``, which does not.

    Args:
        x: Log-odds, any shape; inf and -inf give 1 and 0.

    Returns:
        Probabilities, same shape.

    Raises:
        ValueError: If ``x`` holds nan.

    Example:
        >>> sigmoid([-1000.0, 0.0, 2.0]).round(3)
        array([0.   , 0.5  , 0.881])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 3.10.
    """
    odds = _without_nan(x)
    decay = np.exp(-np.abs(odds))
    return np.asarray(np.where(odds >= 0, 1.0, decay) / (1 + decay))


def log_sigmoid(x: ArrayLike) -> Array:
    """Logarithm of the sigmoid, ``-log(1 + exp(-x))``.

    ``log(sigmoid(x))`` is -inf from ``x = -746`` on, where the sigmoid
    underflows to 0; the logarithm itself is a harmless -746. The log loss of
    logistic regression is built from it: ``-log_sigmoid(x)`` for a positive
    example and ``-log_sigmoid(-x)`` for a negative one.

    Args:
        x: Log-odds, any shape; inf and -inf give 0 and -inf.

    Returns:
        Logarithms of probabilities, same shape.

    Raises:
        ValueError: If ``x`` holds nan.

    Example:
        >>> log_sigmoid([-1000.0, 0.0, 2.0]).round(3)
        array([-1.00e+03, -6.93e-01, -1.27e-01])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 3.10.
    """
    odds = _without_nan(x)
    return np.minimum(odds, 0.0) - np.log1p(np.exp(-np.abs(odds)))


def log_sum_exp(x: ArrayLike, axis: int | None = -1) -> Array:
    """Logarithm of a sum of exponentials, ``log(exp(x_1) + ... + exp(x_n))``: a smooth maximum.

    The largest entry is taken out first,
    ``m + log(exp(x_1 - m) + ... + exp(x_n - m))``: no exponent is above 0, so
    nothing overflows, and one of them is 0, so the sum does not underflow.

    Args:
        x: At least one entry along the axis. An entry -inf stands for the
            logarithm of 0 and adds nothing; inf makes the result inf.
        axis: The axis to sum over, by default the last; None for all entries.

    Returns:
        The shape of ``x`` without the axis.

    Raises:
        ValueError: If ``x`` holds nan, has no axes, is empty, or ``axis`` is not one of its axes.

    Example:
        >>> log_sum_exp([[1000.0, 1000.0], [0.0, -1000.0]]).round(3)
        array([1000.693,    0.   ])

    Source: Blanchard, Higham & Higham, *Accurately Computing the Log-Sum-Exp
    and Softmax Functions*, IMA Journal of Numerical Analysis 41, 2021.
    """
    values = _filled(x)
    if axis is None:
        values, axis = values.ravel(), -1
    largest = values.max(axis=axis, keepdims=True)
    return np.asarray(np.squeeze(largest + _log_sum_below(_shifted(values, largest), axis), axis=axis))


def softmax(x: ArrayLike, axis: int = -1) -> Array:
    """Turn scores into probabilities, ``exp(x_i) / (exp(x_1) + ... + exp(x_n))``.

    Adding the same number to all scores changes nothing. So the largest is
    subtracted from all of them first, and no exponential overflows.

    Args:
        x: Scores, at least one along the axis; a score -inf has probability 0.
        axis: The axis whose entries compete, by default the last.

    Returns:
        Positive numbers that sum to 1 along the axis, same shape as ``x``.

    Raises:
        ValueError: If ``x`` holds nan or inf, has no axes, is empty, all
            entries along the axis are -inf, or ``axis`` is not one of its axes.

    Example:
        >>> softmax([1000.0, 1001.0, 1002.0]).round(3)
        array([0.09 , 0.245, 0.665])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, sections 4.1 and 6.2.2.3.
    """
    weights = np.exp(_scores(x, axis))
    return np.asarray(weights / weights.sum(axis=axis, keepdims=True))


def log_softmax(x: ArrayLike, axis: int = -1) -> Array:
    """Logarithm of the softmax, ``x_i - log(exp(x_1) + ... + exp(x_n))``.

    Taking the logarithm of ``softmax(x)`` instead gives -inf for every score
    that is 746 below the largest. Cross-entropy is built from this function.

    Args:
        x: Scores, at least one along the axis; a score -inf has log-probability -inf.
        axis: The axis whose entries compete, by default the last.

    Returns:
        Logarithms of probabilities, same shape as ``x``.

    Raises:
        ValueError: If ``x`` holds nan or inf, has no axes, is empty, all
            entries along the axis are -inf, or ``axis`` is not one of its axes.

    Example:
        >>> log_softmax([0.0, 1000.0])
        array([-1000.,     0.])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 6.2.2.3.
    """
    scores = _scores(x, axis)
    return scores - _log_sum_below(scores, axis)


def _without_nan(x: ArrayLike) -> Array:
    values = as_real(x, "x")
    if np.isnan(values).any():
        raise ValueError("x must not hold nan: remove these entries, or find out where they come from")
    return values


def _filled(x: ArrayLike) -> Array:
    values = _without_nan(x)
    if values.ndim == 0 or values.size == 0:
        raise ValueError(f"x must have at least one axis and one entry, got shape {values.shape}")
    return values


def _scores(x: ArrayLike, axis: int) -> Array:
    """Scores minus the largest along the axis: nothing above 0, and a 0 in each line."""
    values = _filled(x)
    largest = values.max(axis=axis, keepdims=True)
    if not np.isfinite(largest).all():
        raise ValueError(
            f"x must have a finite largest entry along axis {axis}: inf, or nothing but -inf, has no shares"
        )
    return _shifted(values, largest)


def _shifted(values: Array, largest: Array) -> Array:
    finite = np.isfinite(largest)
    with np.errstate(over="ignore"):
        return np.where(finite, values - np.where(finite, largest, 0.0), -np.inf)  # inf - inf would be nan


def _log_sum_below(shifted: Array, axis: int) -> Array:
    """``log(sum(exp(shifted)))``, accurate also where the sum is 1 and next to nothing."""
    largest = shifted == 0
    ties = np.maximum(largest.sum(axis=axis, keepdims=True), 1)
    rest = np.sum(np.exp(np.where(largest, -np.inf, shifted)), axis=axis, keepdims=True)
    return np.asarray(np.log(ties) + np.log1p(rest / ties))
