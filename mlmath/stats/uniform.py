"""The uniform distribution: every number of an interval alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_number, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape, as_spread_data, exponential_of
from mlmath.stats.special import Array


@dataclass(frozen=True)
class Uniform:
    """Numbers from ``low`` to ``high``, with the constant density ``1 / (high - low)``.

    A density is a probability per unit of length, and may exceed one: on an
    interval of length 0.5 it is 2. Only its integral is a probability.

    Raises:
        ValueError: If ``low`` is not below ``high``, or they or their distance are not finite.

    Example:
        >>> Uniform(0.0, 0.5).pdf([0.1, 0.4, 0.6])
        array([2., 2., 0.])
        >>> Uniform(0.0, 0.5).mean
        0.25
        >>> Uniform.fit([3.0, 1.0, 2.0])
        Uniform(low=1.0, high=3.0)

    Source: Wasserman, *All of Statistics*, section 2.4; its maximum likelihood: section 9.3.
    """

    low: float
    """Smallest possible number."""
    high: float
    """Largest possible number."""

    def __post_init__(self) -> None:
        low, high = as_number(self.low, "low"), as_number(self.high, "high")
        if not 0 < high - low < math.inf:
            raise ValueError(f"low must be below high, at a finite distance, got low = {low} and high = {high}")
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def mean(self) -> float:
        """Expected value: the middle, ``(low + high) / 2``."""
        return self.low / 2 + self.high / 2

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``(high - low)**2 / 12``."""
        width = self.high - self.low
        return width * (width / 12)

    def pdf(self, points: ArrayLike) -> Array:
        """Density at each point: ``1 / (high - low)`` from ``low`` to ``high``, both included, and 0 outside."""
        return exponential_of(self.logpdf(points))

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density at each point; -inf outside."""
        values = as_points(points)
        inside = (values >= self.low) & (values <= self.high)
        return np.where(inside, -math.log(self.high - self.low), -np.inf)

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of being at most each point: its share of the way from ``low`` to ``high``."""
        return (np.clip(as_points(points), self.low, self.high) - self.low) / (self.high - self.low)

    def sample(self, generator: np.random.Generator, size: Size) -> Array:
        """Draw numbers, an array of shape ``size``."""
        check_generator(generator)
        return generator.uniform(self.low, self.high, as_shape(size))

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood: from the smallest to the largest observation.

        The likelihood of ``n`` numbers is ``(high - low)**-n`` if all of them are inside,
        so the narrowest interval wins. It is too narrow on average: the true
        one reaches a little beyond what was seen.

        Raises:
            ValueError: If ``data`` are not a finite vector, or all equal.
        """
        values = as_spread_data(data, "uniform")
        return cls(float(values.min()), float(values.max()))
