# ruff: noqa: ARG005 - every rule gets the value and all arguments, whether it needs them or not
"""Functions that treat every entry by itself, each with the slopes that its rule multiplies by.

A rule gets ``g``, the value ``y`` of the function and its arguments, and
returns ``g`` times the slope. Where a function has a kink, the slope is chosen:
``abs`` and ``relu`` have slope 0 at 0, and at a tie ``maximum`` and ``minimum``
give each argument the slope 1/2. All are subgradients, slopes of lines that touch the
graph from below (from above for ``minimum``). Where the slope is infinite, as for ``sqrt`` at 0, it is
``inf``, and ``nan`` once it is multiplied by 0.
"""

from __future__ import annotations

import operator

import numpy as np

from mlmath.autodiff.primitive import Value, elementwise


def _power_base(g: Value, y: Value, a: Value, b: Value) -> Value:
    """Multiply ``g`` by ``b a**(b - 1)``; where b is 0 the slope is 0, even at a = 0."""
    if isinstance(b, (int, float)):
        return g * (b * a ** (b - 1)) if b != 0 else g * 0.0
    return g * (b * a ** np.where(b == 0, 1.0, b - 1))


def _power_exponent(g: Value, y: Value, a: Value, b: Value) -> Value:
    """Multiply ``g`` by ``a**b log(a)``; where a is 0 the slope is 0, the limit for b > 0."""
    return g * (y * np.log(np.where(a == 0, 1.0, a)))


def _stable_sigmoid(x: Value) -> Value:
    shrunk = np.exp(-np.abs(x))  # never above 1, so it cannot overflow
    return np.where(x >= 0, 1.0, shrunk) / (1.0 + shrunk)


def _larger(a: Value, b: Value) -> Value:
    """Return the share of ``a`` in the larger of two: 1, 0, or a half at a tie."""
    return np.where(a == b, 0.5, a > b)


ADD = elementwise("+", operator.add, lambda g, y, a, b: g, lambda g, y, a, b: g)
SUBTRACT = elementwise("-", operator.sub, lambda g, y, a, b: g, lambda g, y, a, b: -g)
MULTIPLY = elementwise("*", operator.mul, lambda g, y, a, b: g * b, lambda g, y, a, b: g * a)
DIVIDE = elementwise("/", operator.truediv, lambda g, y, a, b: g / b, lambda g, y, a, b: -g * y / b)
POWER = elementwise("**", operator.pow, _power_base, _power_exponent)
NEGATIVE = elementwise("-", operator.neg, lambda g, y, x: -g)
POSITIVE = elementwise("+", operator.pos, lambda g, y, x: g)
ABSOLUTE = elementwise("abs", np.abs, lambda g, y, x: g * np.sign(x))

EXP = elementwise("exp", np.exp, lambda g, y, x: g * y)
EXPM1 = elementwise("expm1", np.expm1, lambda g, y, x: g * (y + 1))
LOG = elementwise("log", np.log, lambda g, y, x: g / x)
LOG1P = elementwise("log1p", np.log1p, lambda g, y, x: g / (1 + x))
LOG2 = elementwise("log2", np.log2, lambda g, y, x: g / (x * np.log(2.0)))
LOG10 = elementwise("log10", np.log10, lambda g, y, x: g / (x * np.log(10.0)))
SQRT = elementwise("sqrt", np.sqrt, lambda g, y, x: g / (2 * y))
SQUARE = elementwise("square", np.square, lambda g, y, x: g * (2 * x))

SIN = elementwise("sin", np.sin, lambda g, y, x: g * np.cos(x))
COS = elementwise("cos", np.cos, lambda g, y, x: -g * np.sin(x))
TAN = elementwise("tan", np.tan, lambda g, y, x: g * (1 + y * y))
ARCTAN = elementwise("arctan", np.arctan, lambda g, y, x: g / (1 + x * x))
SINH = elementwise("sinh", np.sinh, lambda g, y, x: g * np.cosh(x))
COSH = elementwise("cosh", np.cosh, lambda g, y, x: g * np.sinh(x))
TANH = elementwise("tanh", np.tanh, lambda g, y, x: g * (1 - y * y))

SIGMOID = elementwise("sigmoid", _stable_sigmoid, lambda g, y, x: g * (y * (1 - y)))
RELU = elementwise("relu", lambda x: np.maximum(x, 0.0), lambda g, y, x: g * (x > 0))
MAXIMUM = elementwise("maximum", np.maximum, lambda g, y, a, b: g * _larger(a, b), lambda g, y, a, b: g * _larger(b, a))
MINIMUM = elementwise("minimum", np.minimum, lambda g, y, a, b: g * _larger(b, a), lambda g, y, a, b: g * _larger(a, b))
LOGADDEXP = elementwise(
    "logaddexp", np.logaddexp, lambda g, y, a, b: g * np.exp(a - y), lambda g, y, a, b: g * np.exp(b - y)
)
WHERE = elementwise(
    "where", np.where, None, lambda g, y, c, a, b: np.where(c, g, 0.0), lambda g, y, c, a, b: np.where(c, 0.0, g)
)
