"""What every differentiable function is made of: a value, and the rules of the chain rule.

A ``Primitive`` computes with plain arrays. Given a ``Traced`` array it also has
the operation recorded: by a ``Variable`` (reverse mode), which remembers it for
the way back, or by a ``Dual`` (forward mode), which pushes its tangent along.

Differentiation can be nested, as in the derivative of a derivative. Every call
of ``grad`` or ``jvp`` therefore draws a fresh ``level``, higher than all before.
An operation belongs to the highest level among its inputs; whatever has a lower
level counts as a constant there, and stays differentiable for its own level. So
two derivatives never mix up their variables.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlmath._arrays import as_real

Value = Any
"""A number or a float64 array, or, inside a nested derivative, a ``Traced`` of a lower level."""

Shape = tuple[int, ...]

VARIABLE_LEVEL, DUAL_LEVEL = 0, 1
"""Levels of the variables and dual numbers that users make by hand."""

LEVELS = itertools.count(2)
"""``next(LEVELS)`` is a fresh level."""

NUMBERS = (float, int, np.float64)


class Traced:
    """An array that takes part in a derivative; ``Variable`` and ``Dual`` are the two kinds."""

    __slots__ = ("__weakref__", "level", "value")

    level: int
    """The derivative that this array takes part in."""
    value: Value
    """What was computed: a float64 array or number."""

    def record(
        self,
        primitive: Primitive,
        parents: Sequence[Any],
        arguments: Sequence[Value],
        settings: dict[str, Any],
        value: Value,
    ) -> Traced:
        """Return ``value`` as a traced array that knows it is ``primitive`` of ``arguments``.

        ``parents`` are the traced arrays whose values the arguments are, with None for constants.
        """
        raise NotImplementedError


class Primitive:
    """A function with its derivative, as two rules that multiply by the Jacobian ``J`` without forming it.

    With the value ``y`` of the function, its ``arguments`` and its ``settings``
    (keywords, such as an axis), both rules are about the argument at ``position``:

    - ``push(position, t, y, arguments, settings)`` is ``J t``: how the output
      moves when that argument moves by ``t``;
    - ``pull(position, g, y, arguments, settings)`` is ``J^T g``: how a result
      reacts to that argument, when it reacts to the output with slope ``g``.

    Rules are written with operators and numpy functions alone, so that they can
    be differentiated in turn.
    """

    __slots__ = ("evaluate", "name", "pull", "push")

    def __init__(
        self, name: str, evaluate: Callable[..., Value], *, pull: Callable[..., Value], push: Callable[..., Value]
    ) -> None:
        self.name = name
        self.evaluate = evaluate
        self.pull = pull
        self.push = push

    def __call__(self, *inputs: Value, **settings: Any) -> Value:
        """Evaluate, and have the operation recorded if an input is traced."""
        top, level = None, -1
        for x in inputs:
            if isinstance(x, Traced) and x.level > level:
                top, level = x, x.level
        if top is None:
            return self.evaluate(*inputs, **settings)
        parents: list[Traced | None] = []
        arguments: list[Value] = []
        nested = False
        for x in inputs:
            if not isinstance(x, Traced):
                parents.append(None)
                arguments.append(x if type(x) in NUMBERS else as_constant(x))
                continue
            ours = x.level == level
            argument = x.value if ours else x
            parents.append(x if ours else None)
            arguments.append(argument)
            nested = nested or isinstance(argument, Traced)
        value = (self if nested else self.evaluate)(*arguments, **settings)
        return top.record(self, tuple(parents), tuple(arguments), settings, value)


def elementwise(name: str, evaluate: Callable[..., Value], *rules: Callable[..., Value] | None) -> Primitive:
    """Return the primitive of a function that treats every entry by itself.

    ``rules[position](g, y, *arguments)`` multiplies ``g`` by the slope with
    respect to that argument. Its Jacobian is diagonal, hence its own transpose,
    so one rule serves both directions. Only broadcasting differs: on the way
    back, the slopes of all copies of a stretched entry are summed.
    """

    def pull(position: int, g: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
        return sum_to_shape(rules[position](g, y, *arguments), shape_of(arguments[position]))  # type: ignore[misc]

    def push(position: int, t: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
        return rules[position](t, y, *arguments)  # type: ignore[misc]

    return Primitive(name, evaluate, pull=pull, push=push)


def linear(name: str, evaluate: Callable[..., Value], transposed: Callable[..., Value]) -> Primitive:
    """Return the primitive of a linear function of one array.

    It is its own derivative, so ``push`` applies it to the tangent. On the way
    back, ``transposed(g, shape, **settings)`` is ``J^T g``, of the argument's shape.
    """

    def pull(position: int, g: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
        return transposed(g, shape_of(arguments[0]), **settings)

    def push(position: int, t: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
        return primitive(t, **settings)

    primitive = Primitive(name, evaluate, pull=pull, push=push)
    return primitive


def sum_to_shape(g: Value, shape: Shape) -> Value:
    """Undo broadcasting: sum ``g`` over the axes along which ``shape`` was stretched."""
    stretched = shape_of(g)
    if stretched == shape:
        return g
    added = len(stretched) - len(shape)
    axes = [*range(added), *(added + i for i, length in enumerate(shape) if length == 1)]
    return np.reshape(np.sum(g, axis=tuple(axes)), shape)


def shape_of(value: Value) -> Shape:
    """Return the shape of a number, an array or a traced array."""
    try:
        shape: Shape = value.shape
    except AttributeError:
        return np.shape(value)
    return shape


def plain(value: Value) -> Value:
    """Return the number or array inside all levels of tracing."""
    while isinstance(value, Traced):
        value = value.value
    return value


def as_constant(value: Value) -> Value:
    """Return the other operand of an operation as an array of float64 or of truth values, which is not copied."""
    if isinstance(value, np.ndarray) and value.dtype in (np.float64, np.bool_):
        return value
    return as_real(value, "an operand")
