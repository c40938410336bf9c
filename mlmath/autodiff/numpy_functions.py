"""Which numpy functions can be differentiated, and how: one dictionary.

Numpy hands every call that involves a traced array to ``NUMPY_FUNCTIONS``. A
function that is not listed is refused, so that no derivative is lost in silence.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlmath.autodiff import elementwise, products, reductions, shapes
from mlmath.autodiff.primitive import Shape, Value, plain, shape_of
from mlmath.autodiff.reductions import Axis


def sum_of(x: Value, axis: Axis = None, *, keepdims: bool = False) -> Value:
    """``np.sum``."""
    return reductions.SUM(x, axis=axis, keepdims=keepdims)


def mean_of(x: Value, axis: Axis = None, *, keepdims: bool = False) -> Value:
    """``np.mean``."""
    return reductions.MEAN(x, axis=axis, keepdims=keepdims)


def max_of(x: Value, axis: Axis = None, *, keepdims: bool = False) -> Value:
    """``np.max``; equal maxima share the slope equally."""
    return reductions.MAX(x, axis=axis, keepdims=keepdims)


def min_of(x: Value, axis: Axis = None, *, keepdims: bool = False) -> Value:
    """``np.min``; equal minima share the slope equally."""
    return reductions.MIN(x, axis=axis, keepdims=keepdims)


def variance_of(x: Value, axis: Axis = None, *, ddof: float = 0, keepdims: bool = False) -> Value:
    """``np.var``."""
    squares = elementwise.SQUARE(x - mean_of(x, axis, keepdims=True))
    total = sum_of(squares, axis, keepdims=keepdims)
    return total / (reductions.entries_per_result(x, total) - ddof)


def standard_deviation_of(x: Value, axis: Axis = None, *, ddof: float = 0, keepdims: bool = False) -> Value:
    """``np.std``."""
    return elementwise.SQRT(variance_of(x, axis, ddof=ddof, keepdims=keepdims))


def norm_of(x: Value, *, axis: Axis = None, keepdims: bool = False) -> Value:
    """``np.linalg.norm``, the length of a vector; its slope at 0 is 0."""
    return reductions.NORM(x, axis=axis, keepdims=keepdims)


def reshape(x: Value, shape: int | Shape) -> Value:
    """``np.reshape``."""
    return shapes.RESHAPE(x, shape=shape)


def ravel(x: Value) -> Value:
    """``np.ravel``."""
    return reshape(x, -1)


def expand_dims(x: Value, axis: int | tuple[int, ...]) -> Value:
    """``np.expand_dims``."""
    return reshape(x, np.expand_dims(np.empty(shape_of(x)), axis).shape)


def squeeze(x: Value, axis: Axis = None) -> Value:
    """``np.squeeze``."""
    return reshape(x, np.squeeze(np.empty(shape_of(x)), axis).shape)


def transpose(x: Value, axes: tuple[int, ...] | None = None) -> Value:
    """``np.transpose``."""
    return shapes.TRANSPOSE(x, axes=axes)


def swapaxes(x: Value, first: int, second: int) -> Value:
    """``np.swapaxes``."""
    axes = list(range(len(shape_of(x))))
    axes[first], axes[second] = axes[second], axes[first]
    return transpose(x, tuple(axes))


def broadcast_to(x: Value, shape: int | Shape) -> Value:
    """``np.broadcast_to``."""
    return shapes.BROADCAST_TO(x, shape=shape)


def concatenate(arrays: Sequence[Value], axis: int | None = 0) -> Value:
    """``np.concatenate``."""
    if axis is None:
        return shapes.CONCATENATE(*(np.ravel(array) for array in arrays), axis=0)
    return shapes.CONCATENATE(*arrays, axis=axis)


def stack(arrays: Sequence[Value], axis: int = 0) -> Value:
    """``np.stack``."""
    return concatenate([np.expand_dims(array, axis) for array in arrays], axis)


def where(condition: Value, if_true: Value, if_false: Value) -> Value:
    """``np.where`` with its three arguments."""
    return elementwise.WHERE(plain(condition), if_true, if_false)


def clip(x: Value, smallest: Value, largest: Value) -> Value:
    """``np.clip``."""
    return np.minimum(np.maximum(x, smallest), largest)


def dot(a: Value, b: Value) -> Value:
    """``np.dot`` of numbers, vectors and matrices; stacks of matrices are refused, np.dot treats them unlike ``@``."""
    if max(len(shape_of(a)), len(shape_of(b))) > 2:
        raise TypeError("np.dot of arrays with more than two axes cannot be differentiated here: use a @ b")
    return a * b if () in (shape_of(a), shape_of(b)) else a @ b


def outer(a: Value, b: Value) -> Value:
    """``np.outer``."""
    return reshape(a, (-1, 1)) * reshape(b, (1, -1))


def flat_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function`` of plain arrays: its slope is 0 wherever it has one, or it gives no numbers at all."""

    def evaluate(*arguments: Value, **settings: Any) -> Any:
        return function(*map(plain, arguments), **settings)

    return evaluate


DIFFERENTIABLE: dict[Callable[..., Any], Callable[..., Any]] = {
    np.absolute: elementwise.ABSOLUTE,
    np.add: elementwise.ADD,
    np.arctan: elementwise.ARCTAN,
    np.cos: elementwise.COS,
    np.cosh: elementwise.COSH,
    np.divide: elementwise.DIVIDE,
    np.exp: elementwise.EXP,
    np.expm1: elementwise.EXPM1,
    np.log: elementwise.LOG,
    np.log10: elementwise.LOG10,
    np.log1p: elementwise.LOG1P,
    np.log2: elementwise.LOG2,
    np.logaddexp: elementwise.LOGADDEXP,
    np.matmul: products.MATMUL,
    np.maximum: elementwise.MAXIMUM,
    np.minimum: elementwise.MINIMUM,
    np.multiply: elementwise.MULTIPLY,
    np.negative: elementwise.NEGATIVE,
    np.positive: elementwise.POSITIVE,
    np.power: elementwise.POWER,
    np.sin: elementwise.SIN,
    np.sinh: elementwise.SINH,
    np.sqrt: elementwise.SQRT,
    np.square: elementwise.SQUARE,
    np.subtract: elementwise.SUBTRACT,
    np.tan: elementwise.TAN,
    np.tanh: elementwise.TANH,
    np.broadcast_to: broadcast_to,
    np.clip: clip,
    np.concatenate: concatenate,
    np.dot: dot,
    np.expand_dims: expand_dims,
    np.linalg.norm: norm_of,
    np.max: max_of,
    np.mean: mean_of,
    np.min: min_of,
    np.outer: outer,
    np.ravel: ravel,
    np.reshape: reshape,
    np.squeeze: squeeze,
    np.stack: stack,
    np.std: standard_deviation_of,
    np.sum: sum_of,
    np.swapaxes: swapaxes,
    np.transpose: transpose,
    np.var: variance_of,
    np.where: where,
}
"""What stands in for each numpy function: a primitive, or a combination of primitives."""

FLAT = (
    *(np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal),
    *(np.isfinite, np.isinf, np.isnan, np.sign, np.floor, np.ceil, np.rint),
    *(np.argmax, np.argmin, np.argsort, np.allclose, np.array_equal, np.isclose),
    *(np.ndim, np.shape, np.size, np.zeros_like, np.ones_like),
)
"""Functions without a slope, such as comparisons: they give plain arrays."""

NUMPY_FUNCTIONS = DIFFERENTIABLE | {function: flat_function(function) for function in FLAT}


def call(function: Callable[..., Any], arguments: Sequence[Any], settings: dict[str, Any]) -> Any:
    """Call what stands in for a numpy function.

    Raises:
        TypeError: If nothing does; the message lists the functions that can be
            differentiated. Also if it lacks an argument of numpy's; then the
            message says which ones it has.
    """
    module = getattr(function, "__module__", "numpy")  # the elementwise functions of numpy 2.0 have none
    name = f"{module}.{function.__name__}".replace("numpy", "np")
    if function not in NUMPY_FUNCTIONS:
        known = ", ".join(sorted(f.__name__ for f in DIFFERENTIABLE))
        raise TypeError(
            f"{name} cannot be differentiated here: use operators, indexing, and {known}; "
            "or give it x.value, if it may treat x as a constant"
        )
    stand_in = NUMPY_FUNCTIONS[function]
    try:
        return stand_in(*arguments, **settings)
    except TypeError as error:
        signature = inspect.signature(stand_in)
        try:
            signature.bind(*arguments, **settings)
        except TypeError:
            raise TypeError(f"{name} has only these arguments here: {', '.join(signature.parameters)}") from error
        raise
