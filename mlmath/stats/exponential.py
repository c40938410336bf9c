"""The exponential distribution: waiting for an event that can come at any moment."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_positive, as_vector, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape, exponential_of, mean_and_deviation
from mlmath.stats.special import Array


@dataclass(frozen=True)
class Exponential:
    """Waiting times with the density ``rate exp(-rate x)`` for ``x >= 0``.

    It has no memory: however long one has waited, the rest is distributed as
    the whole was. Some texts and ``numpy`` take the mean ``1 / rate`` as its parameter.

    Raises:
        ValueError: If ``rate`` is not positive and finite.

    Example:
        >>> wait = Exponential(rate=0.5)
        >>> wait.mean, wait.variance
        (2.0, 4.0)
        >>> wait.cdf([-1.0, 0.0, 2.0]).round(3)
        array([0.   , 0.   , 0.632])
        >>> Exponential.fit([1.0, 3.0]).rate
        0.5

    Source: Wasserman, *All of Statistics*, section 2.4.
    """

    rate: float
    """Expected number of events per unit of time."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", as_positive(self.rate, "rate"))

    @property
    def mean(self) -> float:
        """Expected waiting time: ``1 / rate``."""
        return 1 / self.rate

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``1 / rate**2``."""
        return self.mean * self.mean

    def pdf(self, points: ArrayLike) -> Array:
        """Density at each point; 0 below 0."""
        return exponential_of(self.logpdf(points))

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density, ``log(rate) - rate x``; -inf below 0."""
        values = as_points(points)
        return np.where(values < 0, -np.inf, math.log(self.rate) - self._waited(values))

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of being at most each point, ``1 - exp(-rate x)``, exact also for tiny ``x``."""
        return -np.expm1(-self._waited(as_points(points)))

    def sample(self, generator: np.random.Generator, size: Size) -> Array:
        """Draw waiting times, an array of shape ``size``."""
        check_generator(generator)
        return generator.standard_exponential(as_shape(size)) / self.rate

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood: ``rate = 1 / mean``.

        The log-likelihood of ``n`` times is ``n log(rate) - rate sum(x)``; its
        slope ``n / rate - sum(x)`` is 0 at ``rate = n / sum(x)``.

        Raises:
            ValueError: If ``data`` are not a finite vector, hold a negative
                number, or are all 0: the likelihood of zeros grows with the rate without a maximum.
        """
        values = as_vector(data, "data")
        if values.min() < 0:
            raise ValueError(f"data must not be negative, got {values.min()}: a waiting time starts at 0")
        if values.max() == 0:
            raise ValueError(
                "data must not be all 0: the higher the rate, the higher their likelihood, without a maximum"
            )
        return cls(1 / mean_and_deviation(values)[0])

    def _waited(self, values: Array) -> Array:
        """``rate x``, the expected number of events up to ``x``, and 0 below 0."""
        with np.errstate(over="ignore"):
            return np.asarray(self.rate * np.maximum(values, 0.0))
