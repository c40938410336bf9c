"""Derivatives along one direction, by forward mode, and curvature by both modes together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_real
from mlmath.autodiff.dual import Dual
from mlmath.autodiff.primitive import LEVELS, Traced, Value, shape_of
from mlmath.autodiff.reverse import grad, jacobian
from mlmath.autodiff.structure import map_leaves
from mlmath.autodiff.variable import as_input, finished


class ValueAndTangent(NamedTuple):
    """The value of a function at a point, and how fast it changes in a direction.

    Example:
        >>> import numpy as np
        >>> value, tangent = jvp(np.square, np.array([1.0, 3.0]), np.array([1.0, 0.0]))
        >>> tangent
        array([2., 0.])
    """

    value: Any
    """What the function returned."""
    tangent: Any
    """The derivative of ``value`` along the direction, in the same structure and shape."""


def jvp(f: Callable[[Any], Any], x: Any, direction: Any) -> ValueAndTangent:
    """Return ``f(x)`` and its derivative along ``direction``, ``J @ direction``, in one run of ``f``.

    ``J`` is the Jacobian of ``f`` at ``x``; it is not formed, and nothing is
    recorded. With ``direction = e_j`` the product is column ``j`` of ``J``. (The
    name stands for Jacobian-vector product.)

    Args:
        f: Function of one argument that returns an array or a number, or a list or tuple of arrays.
        x: A number, an array, or a list, tuple or NamedTuple of arrays.
        direction: How ``x`` moves, in the structure and shape of ``x``.

    Returns:
        Value and tangent.

    Raises:
        ValueError: If ``x`` or ``direction`` is not made of finite real numbers, or their shapes differ.
        TypeError: If ``f`` does something that cannot be differentiated.

    Example:
        >>> import numpy as np
        >>> jvp(lambda x: x[0] * x[1], np.array([2.0, 5.0]), np.array([1.0, 0.0]))
        ValueAndTangent(value=10.0, tangent=5.0)

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed., section 3.1.
    """
    level = next(LEVELS)

    def moving(leaf: Value, way: Value) -> Dual:
        start, tangent = (
            part if isinstance(part, Traced) else as_input(part, name)
            for part, name in ((leaf, "x"), (way, "direction"))
        )
        if shape_of(start) != shape_of(tangent):
            raise ValueError(f"direction must have the shape of x, {shape_of(start)}, got shape {shape_of(tangent)}")
        return Dual.at_level(level, start, tangent)

    def moves(leaf: Value) -> bool:
        return isinstance(leaf, Dual) and leaf.level == level

    def value_of(leaf: Value) -> Value:
        value = leaf.value if moves(leaf) else leaf
        value = value if isinstance(value, Traced) else as_real(value, "what f returned")
        return finished(value)

    def tangent_of(leaf: Value) -> Value:
        return finished(leaf.tangent if moves(leaf) else np.zeros(shape_of(leaf)))

    output = f(map_leaves(moving, x, direction))
    return ValueAndTangent(map_leaves(value_of, output), map_leaves(tangent_of, output))


def hessian_vector_product(f: Callable[[Any], Any], x: Any, direction: Any) -> Any:
    """Return ``H @ direction``, with ``H`` the matrix of second derivatives of ``f`` at ``x``, without forming it.

    It is the derivative of the gradient along the direction: forward mode over
    reverse mode. So it costs a small multiple of one gradient, while the whole
    matrix costs one such product per input.

    Args:
        f: Function of one argument that returns one number.
        x: A number, an array, or a list, tuple or NamedTuple of arrays.
        direction: In the structure and shape of ``x``.

    Returns:
        In the structure and shape of ``x``.

    Raises:
        ValueError: If ``x`` or ``direction`` is not made of finite real numbers, their shapes differ,
            or ``f`` does not return one number.
        TypeError: If ``f`` does something that cannot be differentiated.

    Example:
        >>> import numpy as np
        >>> hessian_vector_product(lambda x: x[0] ** 2 * x[1], np.array([2.0, 5.0]), np.array([1.0, 0.0]))
        array([10.,  4.])

    Source: Pearlmutter, *Fast Exact Multiplication by the Hessian* (1994).
    """
    return jvp(grad(f), x, direction).tangent


def hessian(f: Callable[[Any], Any], x: ArrayLike) -> Any:
    """Return the matrix of second derivatives of ``f`` at ``x``: the Jacobian of its gradient.

    Args:
        f: Function of one array that returns one number.
        x: Point of evaluation, an array of any shape, for example ``(n,)``.

    Returns:
        Shape ``x.shape + x.shape``, for example ``(n, n)``, symmetric up to rounding.

    Raises:
        ValueError: If ``x`` is not made of finite real numbers, or ``f`` does not return one number.
        TypeError: If ``f`` does something that cannot be differentiated.

    Example:
        >>> import numpy as np
        >>> hessian(lambda x: x[0] ** 2 * x[1], np.array([2.0, 5.0]))
        array([[10.,  4.],
               [ 4.,  0.]])

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed., chapter 8.
    """
    return jacobian(grad(f), x)
