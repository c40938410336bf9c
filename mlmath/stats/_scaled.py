"""Means and squares that stay in range, shared by the modules of this topic.

The square of 1e200 is larger than any float64, that of 1e-200 smaller. So data
are first divided by a power of two that brings the largest to between 1/2 and 1,
which costs no rounding, and results are multiplied back at the end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlmath._arrays import Vector

TOO_LARGE = "is larger than any float64 (1.8e308): measure the data in larger units"
TOO_SMALL = "is smaller than float64 resolves (2.2e-308): measure the data in smaller units"


class Centred(NamedTuple):
    """Data as distances from their mean, all divided by ``2**exponent``."""

    mean: NDArray[np.float64]
    """Mean of the divided data, shape ``()`` for a vector, ``(features,)`` for a table."""
    deviations: NDArray[np.float64]
    """Distances of the divided data from that mean, in the shape of the data."""
    exponent: NDArray[np.intc]
    """One for a vector, one a column for a table."""


def centred(data: NDArray[np.float64]) -> Centred:
    """Divide by a power of two, then subtract the mean, along the first axis.

    The first value is subtracted before the mean is taken. So values such as
    1e9 + 0.1 lose their common part first, and constant data give exactly 0.
    """
    exponent = np.frexp(np.abs(data).max(axis=0))[1]
    divided = np.ldexp(data, -exponent)
    from_first = divided - divided[0]
    shift = from_first.mean(axis=0)
    return Centred(mean=divided[0] + shift, deviations=from_first - shift, exponent=exponent)


def mean_square(values: Vector) -> tuple[float, int]:
    """Return ``m`` and ``e``, such that the mean of the squares is ``m * 2**(2 e)``."""
    exponent = int(np.frexp(np.abs(values).max())[1])
    divided = np.ldexp(values, -exponent)
    return float(divided @ divided) / len(divided), exponent


def quantiles(values: Vector, positions: Sequence[float]) -> list[float]:
    """Return the values at these positions of the sorted data, from 0 (smallest) to 1; numpy alone may overflow."""
    exponent = np.frexp(np.abs(values).max())[1]
    found: list[float] = np.ldexp(np.quantile(np.ldexp(values, -exponent), positions), exponent).tolist()
    return found


def multiplied(value: float, exponent: int, name: str) -> float:
    """Return ``value * 2**exponent``, or raise ValueError if that is larger than any float64."""
    try:
        return math.ldexp(value, exponent)
    except OverflowError as error:
        raise ValueError(f"{name} {TOO_LARGE}") from error
