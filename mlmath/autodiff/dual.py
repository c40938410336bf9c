"""Forward mode: arrays that carry along how fast they change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mlmath.autodiff.operators import TracedArray
from mlmath.autodiff.primitive import DUAL_LEVEL, Primitive, Traced, Value, shape_of
from mlmath.autodiff.variable import as_input


class Dual(TracedArray):
    """A dual number ``value + tangent * e`` with ``e^2 = 0``, or an array of them.

    Calculate with it as with a numpy array. Every operation maps the value as
    usual and the tangent by the chain rule, so that the tangent is at all times
    the derivative of the value in the direction that the inputs move. ``jvp``
    makes and uses dual numbers for you.

    Attributes:
        value: The array or number that was computed.
        tangent: How fast it changes, of the same shape.

    Raises:
        ValueError: If the two are not made of finite real numbers or have different shapes.

    Example:
        >>> Dual(3.0, 1.0) ** 2
        Dual(9.0, tangent=6.0)

    Source: Baydin, Pearlmutter, Radul & Siskind, *Automatic Differentiation in
    Machine Learning: a Survey* (2018), section 3.1.1.
    """

    __slots__ = ("tangent",)

    def __init__(self, value: ArrayLike, tangent: ArrayLike) -> None:
        self.level = DUAL_LEVEL
        self.value = as_input(value, "value")
        self.tangent: Value = as_input(tangent, "tangent")
        if shape_of(self.tangent) != self.shape:
            raise ValueError(f"tangent must have the shape of value, {self.shape}, got shape {shape_of(self.tangent)}")

    @classmethod
    def at_level(cls, level: int, value: Value, tangent: Value) -> Dual:
        """Return a dual number of the derivative ``level``; its parts may be traced by other ones."""
        made: Dual = object.__new__(cls)
        made.level, made.value, made.tangent = level, value, tangent
        return made

    def record(
        self,
        primitive: Primitive,
        parents: Sequence[Any],
        arguments: Sequence[Value],
        settings: dict[str, Any],
        value: Value,
    ) -> Dual:
        """Return ``value`` with its tangent: the sum of what the tangent of each argument adds."""
        with np.errstate(all="ignore"):  # an infinite slope, as of the root at 0, is an answer
            parts = [
                primitive.push(position, parent.tangent, value, arguments, settings)
                for position, parent in enumerate(parents)
                if parent is not None
            ]
            tangent = sum(parts[1:], start=parts[0])
        if shape_of(tangent) != shape_of(value):
            tangent = np.broadcast_to(tangent, shape_of(value))
        return Dual.at_level(self.level, value, tangent)

    def __repr__(self) -> str:
        parts = [x if isinstance(x, np.ndarray | Traced) else float(x) for x in (self.value, self.tangent)]
        return f"Dual({parts[0]}, tangent={parts[1]})"
