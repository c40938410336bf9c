"""Functions that turn the entries along an axis into one: sums, means, extremes, and softmax beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlmath.autodiff.primitive import Primitive, Value, plain, shape_of

Axis = int | tuple[int, ...] | None


def reduction(name: str, evaluate: Callable[..., Value], rule: Callable[..., Value]) -> Primitive:
    """Return the primitive of a function whose derivative is a weighted sum of those of the entries.

    ``rule(g, y, x)`` multiplies ``g`` by the weight of each entry; ``y`` keeps the
    reduced axes with length 1. Forwards the products are summed; backwards
    every entry gets its own.
    """

    def pull(position: int, g: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
        (x,) = arguments
        return np.broadcast_to(rule(_expand(g, **settings), _expand(y, **settings), x), shape_of(x))

    def push(position: int, t: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
        (x,) = arguments
        return np.sum(rule(t, _expand(y, **settings), x), **settings)

    return Primitive(name, evaluate, pull=pull, push=push)


def _expand(reduced: Value, *, axis: Axis, keepdims: bool) -> Value:
    """Give back the reduced axes, with length 1 (a number needs none)."""
    return reduced if keepdims or axis is None else np.expand_dims(reduced, axis)


def entries_per_result(x: Value, y: Value) -> float:
    """Return how many entries of ``x`` each entry of ``y`` was made from; of no results, any number holds."""
    return np.size(plain(x)) / max(np.size(plain(y)), 1)


def _mean_rule(g: Value, y: Value, x: Value) -> Value:
    return g / entries_per_result(x, y)


def _extreme_rule(g: Value, y: Value, x: Value) -> Value:
    """Share ``g`` equally among the entries that attain the extreme value."""
    attained = x == y
    axes = tuple(i for i, length in enumerate(shape_of(y)) if length == 1) if shape_of(y) else None
    return g * (attained / np.sum(attained, axis=axes, keepdims=shape_of(y) != ()))


def _log_sum_exp(x: Value, *, axis: Axis, keepdims: bool) -> Value:
    largest = _finite_maximum(x, axis)
    with np.errstate(divide="ignore"):  # the sum is 0 if all entries are -inf, and its logarithm -inf is right
        total = np.log(np.sum(np.exp(x - largest), axis=axis, keepdims=True)) + largest
    return total if keepdims else np.squeeze(total, axis=axis)[()]


def _softmax(x: Value, *, axis: Axis) -> Value:
    powers = np.exp(x - _finite_maximum(x, axis))  # never above 1, so it cannot overflow
    return powers / np.sum(powers, axis=axis, keepdims=True)


def _finite_maximum(x: Value, axis: Axis) -> Value:
    """Return the maximum along the axis, or 0 where it is -inf, which cannot be subtracted."""
    largest = np.max(x, axis=axis, keepdims=True)
    return np.where(np.isneginf(largest), 0.0, largest)


def _softmax_rule(position: int, g: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
    """Multiply by the Jacobian ``diag(y) - y y^T``, which is its own transpose."""
    return y * (g - np.sum(g * y, axis=settings["axis"], keepdims=True))


SUM = reduction("sum", np.sum, lambda g, _, __: g)
MEAN = reduction("mean", np.mean, _mean_rule)
MAX = reduction("max", np.max, _extreme_rule)
MIN = reduction("min", np.min, _extreme_rule)
NORM = reduction("norm", np.linalg.norm, lambda g, y, x: g * (x / np.where(y == 0, 1.0, y)))
LOG_SUM_EXP = reduction("log_sum_exp", _log_sum_exp, lambda g, y, x: g * np.exp(x - y))
SOFTMAX = Primitive("softmax", _softmax, pull=_softmax_rule, push=_softmax_rule)
