"""Functions that move entries around without changing them: all are linear.

The way back moves every slope to where its entry came from. An entry that was
copied several times (by broadcasting, or by an index that repeats) collects the
sum of the slopes of its copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlmath.autodiff.primitive import Primitive, Shape, Value, linear, shape_of, sum_to_shape


def _take(x: Value, *, index: Any) -> Value:
    return x[index]


def _scatter(g: Value, *, index: Any, shape: Shape) -> Value:
    """Add the entries of ``g`` to zeros at ``index``: what indexing does, transposed."""
    spread = np.zeros(shape)
    parts = index if isinstance(index, tuple) else (index,)
    if any(np.ndim(part) > 0 and np.asarray(part).dtype != bool for part in parts):
        np.add.at(spread, index, g)  # a fancy index may repeat an entry, and spread[index] += g would add only once
    else:
        spread[index] = g
    return spread


def _transpose_back(g: Value, shape: Shape, *, axes: tuple[int, ...] | None) -> Value:
    return np.transpose(g, None if axes is None else np.argsort([axis % len(shape) for axis in axes]).tolist())


def _concatenate(*arrays: Value, axis: int) -> Value:
    return np.concatenate(arrays, axis=axis)


def _concatenate_pull(position: int, g: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
    """Cut the part of ``g`` that belongs to one of the arrays."""
    axis = settings["axis"] % len(shape_of(y))
    lengths = [shape_of(array)[axis] for array in arguments]
    start = sum(lengths[:position])
    return g[(slice(None),) * axis + (slice(start, start + lengths[position]),)]


def _concatenate_push(position: int, t: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
    """Put the tangent of one of the arrays between zeros."""
    parts = [t if i == position else np.zeros(shape_of(array)) for i, array in enumerate(arguments)]
    return np.concatenate(parts, **settings)


RESHAPE = linear("reshape", lambda x, *, shape: np.reshape(x, shape), lambda g, before, **_: np.reshape(g, before))
TRANSPOSE = linear("transpose", np.transpose, _transpose_back)
BROADCAST_TO = linear(
    "broadcast_to", lambda x, *, shape: np.broadcast_to(x, shape), lambda g, before, **_: sum_to_shape(g, before)
)
TAKE = linear("[]", _take, lambda g, shape, *, index: SCATTER(g, index=index, shape=shape))
SCATTER: Primitive = linear("scatter", _scatter, lambda g, _, *, index, **__: g[index])
CONCATENATE = Primitive("concatenate", _concatenate, pull=_concatenate_pull, push=_concatenate_push)
