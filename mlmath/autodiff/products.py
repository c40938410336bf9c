"""The matrix product, for every combination of vectors, matrices and stacks of matrices."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlmath.autodiff.primitive import Primitive, Value, shape_of, sum_to_shape


def _pull(position: int, g: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
    """Return ``g @ b^T`` for ``a``, or ``a^T @ g`` for ``b``.

    A vector is a matrix with one row (as ``a``) or one column (as ``b``), whose
    product lacks that axis; here it is given back.
    """
    a, b = arguments
    if len(shape_of(b)) == 1:
        b = np.reshape(b, (-1, 1))
        g = np.expand_dims(g, -1)
    if len(shape_of(a)) == 1:
        a = np.reshape(a, (1, -1))
        g = np.expand_dims(g, -2)
    if position == 0:
        slopes, matrix = g @ np.swapaxes(b, -1, -2), a
    else:
        slopes, matrix = np.swapaxes(a, -1, -2) @ g, b
    slopes, shape = sum_to_shape(slopes, shape_of(matrix)), shape_of(arguments[position])
    return slopes if shape_of(slopes) == shape else np.reshape(slopes, shape)


def _push(position: int, t: Value, y: Value, arguments: Sequence[Value], settings: dict[str, Any]) -> Value:
    """Move one factor and keep the other: the product rule has one such term per factor."""
    a, b = arguments
    return t @ b if position == 0 else a @ t


MATMUL = Primitive("@", operator.matmul, pull=_pull, push=_push)
