"""Functions of machine learning that numpy lacks, for plain arrays and for arrays that are differentiated."""

from __future__ import annotations

from typing import Any

from mlmath._arrays import as_real
from mlmath.autodiff.elementwise import RELU, SIGMOID
from mlmath.autodiff.primitive import Traced, Value
from mlmath.autodiff.reductions import LOG_SUM_EXP, SOFTMAX


def relu(x: Any) -> Any:
    """Return ``max(x, 0)`` of every entry; the slope at 0 is 0, by convention.

    Args:
        x: Array of any shape.

    Returns:
        The same shape.

    Raises:
        ValueError: If ``x`` does not hold real numbers.

    Example:
        >>> relu([-1.0, 2.0])
        array([0., 2.])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 6.3.1.
    """
    return RELU(_as_array(x))


def sigmoid(x: Any) -> Any:
    """Return ``1 / (1 + exp(-x))`` of every entry, without overflow.

    Args:
        x: Array of any shape.

    Returns:
        The same shape, between 0 and 1.

    Raises:
        ValueError: If ``x`` does not hold real numbers.

    Example:
        >>> sigmoid([-1000.0, 0.0])
        array([0. , 0.5])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 3.10.
    """
    return SIGMOID(_as_array(x))


def softmax(x: Any, *, axis: int = -1) -> Any:
    """Return ``exp(x_i) / sum_j exp(x_j)`` along an axis, without overflow.

    Args:
        x: Scores, for example of shape ``(examples, classes)``.
        axis: The axis whose entries sum to 1 afterwards; by default the last.

    Returns:
        The same shape, probabilities.

    Raises:
        ValueError: If ``x`` does not hold real numbers, or has no such axis.

    Example:
        >>> softmax([1000.0, 1000.0])
        array([0.5, 0.5])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 4.1.
    """
    return SOFTMAX(_as_array(x), axis=axis)


def log_sum_exp(x: Any, *, axis: int | tuple[int, ...] | None = -1, keepdims: bool = False) -> Any:
    """Return ``log(sum_j exp(x_j))`` along an axis, without overflow.

    With scores ``x`` and the right class ``k``, ``log_sum_exp(x) - x[k]`` is the
    cross-entropy of ``softmax(x)``, and stays finite where the probability rounds to 0.

    Args:
        x: Scores, for example of shape ``(examples, classes)``.
        axis: The axis to sum over, by default the last; several, or None for all.
        keepdims: Keep the axis, with length 1.

    Returns:
        The shape of ``x`` without the axis.

    Raises:
        ValueError: If ``x`` does not hold real numbers, is empty, or has no such axis.

    Example:
        >>> print(f"{log_sum_exp([1000.0, 1000.0]):.3f}")
        1000.693

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, sections 4.1 and 6.2.2.3.
    """
    return LOG_SUM_EXP(_as_array(x), axis=axis, keepdims=keepdims)


def _as_array(x: Any) -> Value:
    return x if isinstance(x, Traced) else as_real(x, "x")
