"""What all distributions share: the two kinds, and the checks of their arguments."""

from __future__ import annotations

import math
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_count, as_real, as_vector
from mlmath.stats.special import Array

Size = int | tuple[int, ...]
"""The shape of a sample: a number of draws, or the lengths of its axes."""


@runtime_checkable
class Continuous(Protocol):
    """A distribution with a density."""

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density at ``points``."""


@runtime_checkable
class Discrete(Protocol):
    """A distribution with probabilities of single values."""

    def logpmf(self, points: ArrayLike) -> Array:
        """Logarithm of the probability of ``points``."""


def as_points(value: ArrayLike) -> Array:
    """Return an array of any shape that may hold inf but not nan."""
    points = as_real(value, "points")
    if np.isnan(points).any():
        raise ValueError("points must not hold nan: remove these entries, or find out where they come from")
    return points


def as_shape(size: Size) -> tuple[int, ...]:
    """Return the shape of a sample as a tuple of counts."""
    return tuple(as_count(length, "size", at_least=0) for length in (size if isinstance(size, tuple) else (size,)))


def exponential_of(logarithms: Array) -> Array:
    """``exp`` where a density beyond the largest float is inf, without a warning."""
    with np.errstate(over="ignore"):
        return np.asarray(np.exp(logarithms))


def standardized(points: Array, location: float, scale: float) -> Array:
    """``(points - location) / scale``, inf where that is beyond the largest float."""
    with np.errstate(over="ignore"):
        return np.asarray((points - location) / scale)


def as_spread_data(data: ArrayLike, family: str) -> Vector:
    """Return the data as a vector, or refuse data that are all equal: the likelihood of ``family`` has no maximum."""
    values = as_vector(data, "data")
    if values.min() == values.max():
        raise ValueError(
            f"data must not be all equal ({values[0]}): the narrower the {family} distribution around them, "
            "the higher their likelihood, without a maximum"
        )
    return values


def mean_and_deviation(values: Vector) -> tuple[float, float]:
    """Mean and standard deviation (dividing by ``n``), without overflow of sums and squares on the way."""
    unit, exponent = with_exponent(values)
    return math.ldexp(float(unit.mean()), exponent), math.ldexp(float(unit.std()), exponent)


def with_exponent(values: Vector) -> tuple[Vector, int]:
    """Return ``values`` divided by a power of two, exactly, so that they are at most 1, and its exponent."""
    exponent = math.frexp(float(np.abs(values).max()))[1]
    return np.ldexp(values, -exponent), exponent
