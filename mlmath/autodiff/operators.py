"""What users write: operators, numpy functions and indexing, on arrays that are differentiated.

Everything that would lose the derivative in silence is refused: conversion to a
plain array or number, and changes in place. Comparisons give plain booleans, so
that ``if x > 0`` and ``x[x > 0]`` work: they choose a branch, and have no slope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np

from mlmath.autodiff import numpy_functions
from mlmath.autodiff.elementwise import ABSOLUTE, ADD, DIVIDE, MULTIPLY, NEGATIVE, POWER, SUBTRACT
from mlmath.autodiff.primitive import Shape, Traced, Value, plain, shape_of
from mlmath.autodiff.products import MATMUL
from mlmath.autodiff.reductions import Axis
from mlmath.autodiff.shapes import TAKE


class TracedArray(Traced):
    """A traced array that behaves like a numpy array as far as derivatives allow."""

    __slots__ = ()

    # Numpy's protocols: every numpy function that meets a traced array calls one of these instead.

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Value, **settings: Any) -> Any:
        if settings.get("out") is not None:
            raise TypeError(
                f"np.{ufunc.__name__} cannot write its result, which has a derivative, into a plain array: "
                "write a = a + x instead of a += x, and leave out the argument out="
            )
        if settings:
            raise TypeError(
                f"np.{ufunc.__name__} with {', '.join(settings)}= cannot be differentiated here: try np.where"
            )
        if method != "__call__":
            raise TypeError(f"np.{ufunc.__name__}.{method} cannot be differentiated here: try np.sum or np.outer")
        return numpy_functions.call(ufunc, inputs, {})

    def __array_function__(
        self, function: Callable[..., Any], types: Any, arguments: tuple[Any, ...], settings: dict[str, Any]
    ) -> Any:
        return numpy_functions.call(function, arguments, settings)

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} cannot become a plain array, that would lose its derivative: "
            "np.stack([x, y]) makes an array of several, np.where or np.concatenate replace entries, "
            "and x.value is a constant"
        )

    # Operators.

    def __add__(self, other: Value) -> Value:
        return ADD(self, other)

    def __radd__(self, other: Value) -> Value:
        return ADD(other, self)

    def __sub__(self, other: Value) -> Value:
        return SUBTRACT(self, other)

    def __rsub__(self, other: Value) -> Value:
        return SUBTRACT(other, self)

    def __mul__(self, other: Value) -> Value:
        return MULTIPLY(self, other)

    def __rmul__(self, other: Value) -> Value:
        return MULTIPLY(other, self)

    def __truediv__(self, other: Value) -> Value:
        return DIVIDE(self, other)

    def __rtruediv__(self, other: Value) -> Value:
        return DIVIDE(other, self)

    def __pow__(self, other: Value) -> Value:
        return POWER(self, other)

    def __rpow__(self, other: Value) -> Value:
        return POWER(other, self)

    def __matmul__(self, other: Value) -> Value:
        return MATMUL(self, other)

    def __rmatmul__(self, other: Value) -> Value:
        return MATMUL(other, self)

    def __neg__(self) -> Value:
        return NEGATIVE(self)

    def __pos__(self) -> Value:
        return self

    def __abs__(self) -> Value:
        return ABSOLUTE(self)

    # Comparisons, which give plain booleans.

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> Any:
        return plain(self) == plain(other)

    def __ne__(self, other: object) -> Any:
        return plain(self) != plain(other)

    def __lt__(self, other: Value) -> Any:
        return plain(self) < plain(other)

    def __le__(self, other: Value) -> Any:
        return plain(self) <= plain(other)

    def __gt__(self, other: Value) -> Any:
        return plain(self) > plain(other)

    def __ge__(self, other: Value) -> Any:
        return plain(self) >= plain(other)

    # Entries.

    def __getitem__(self, index: Any) -> Value:
        if any(isinstance(part, Traced) for part in (index if isinstance(index, tuple) else (index,))):
            raise TypeError("an index must be made of plain integers or booleans, which have no derivative")
        return TAKE(self, index=index)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError(f"a {type(self).__name__} that holds one number has no length")
        return self.shape[0]

    def __iter__(self) -> Iterator[Value]:
        return (self[i] for i in range(len(self)))

    # Attributes and methods of numpy arrays.

    @property
    def shape(self) -> Shape:
        """Number of entries along each axis."""
        return shape_of(self.value)

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of entries."""
        return int(np.prod(self.shape))

    @property
    def T(self) -> Value:  # noqa: N802 - numpy's name
        """The array with its axes reversed."""
        return numpy_functions.transpose(self)

    def sum(self, axis: Axis = None, *, keepdims: bool = False) -> Value:
        """Return the sum along an axis, or of all entries."""
        return numpy_functions.sum_of(self, axis, keepdims=keepdims)

    def mean(self, axis: Axis = None, *, keepdims: bool = False) -> Value:
        """Return the mean along an axis, or of all entries."""
        return numpy_functions.mean_of(self, axis, keepdims=keepdims)

    def max(self, axis: Axis = None, *, keepdims: bool = False) -> Value:
        """Return the largest entry; equal ones share the slope equally."""
        return numpy_functions.max_of(self, axis, keepdims=keepdims)

    def min(self, axis: Axis = None, *, keepdims: bool = False) -> Value:
        """Return the smallest entry; equal ones share the slope equally."""
        return numpy_functions.min_of(self, axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> Value:
        """Return the same entries in another shape."""
        return numpy_functions.reshape(self, shape[0] if len(shape) == 1 else shape)

    def transpose(self, *axes: Any) -> Value:
        """Return the array with its axes reversed or in the given order."""
        return numpy_functions.transpose(self, (axes[0] if len(axes) == 1 else axes) or None)

    # What would lose the derivative.

    def __float__(self) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} cannot become a plain number, that would lose its derivative: "
            "use np.exp instead of math.exp, or x.value if a constant is meant"
        )

    __int__ = __complex__ = __index__ = __float__

    def __bool__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} is neither true nor false: compare it, as in x > 0 or x != 0")

    def __setitem__(self, index: Any, value: Any) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} cannot be changed in place, its derivative needs the old value: "
            "make a new array with np.where or np.concatenate"
        )

    def __format__(self, specification: str) -> str:
        return format(plain(self), specification) if specification else repr(self)
