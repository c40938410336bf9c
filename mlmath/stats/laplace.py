"""The Laplace distribution: the noise behind the absolute error."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_number, as_positive, check_generator
from mlmath.stats._distribution import (
    Size,
    as_points,
    as_shape,
    as_spread_data,
    exponential_of,
    standardized,
    with_exponent,
)
from mlmath.stats.special import Array


@dataclass(frozen=True)
class Laplace:
    """Two exponential slopes back to back, ``exp(-|x - location| / scale) / (2 scale)``.

    Its negative log-likelihood is the absolute error, as that of the normal
    distribution is the squared error. Its tails are heavier than normal ones,
    so single outliers move a fit less: the location is a median, not a mean.

    Raises:
        ValueError: If ``location`` is not finite, or ``scale`` not positive and finite.

    Example:
        >>> noise = Laplace(location=0.0, scale=1.0)
        >>> noise.pdf([-1.0, 0.0, 1.0]).round(3)
        array([0.184, 0.5  , 0.184])
        >>> noise.mean, noise.variance
        (0.0, 2.0)
        >>> Laplace.fit([1.0, 2.0, 9.0]).location
        2.0

    Source: Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, volume 2, 2nd ed., chapter 24.
    """

    location: float
    """The middle: mean, median and mode, in the units of the points."""
    scale: float
    """Mean distance from the location, in the units of the points."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "location", as_number(self.location, "location"))
        object.__setattr__(self, "scale", as_positive(self.scale, "scale"))

    @property
    def mean(self) -> float:
        """Expected value: the location."""
        return self.location

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``2 scale**2``."""
        return 2 * self.scale * self.scale

    def pdf(self, points: ArrayLike) -> Array:
        """Density at each point."""
        return exponential_of(self.logpdf(points))

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density: ``-|x - location| / scale - log(2 scale)``."""
        z = standardized(as_points(points), self.location, self.scale)
        return -np.abs(z) - math.log(2) - math.log(self.scale)

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of being at most each point, exact also far in the lower tail."""
        z = standardized(as_points(points), self.location, self.scale)
        tail = 0.5 * np.exp(-np.abs(z))
        return np.where(z < 0, tail, 1 - tail)

    def sample(self, generator: np.random.Generator, size: Size) -> Array:
        """Draw numbers, an array of shape ``size``."""
        check_generator(generator)
        return generator.laplace(self.location, self.scale, as_shape(size))

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood: the median, and the mean distance from it.

        Of an even number of data every point between the middle two is as
        likely a location; the one halfway is taken.

        Raises:
            ValueError: If ``data`` are not a finite vector, or all equal.
        """
        unit, exponent = with_exponent(as_spread_data(data, "Laplace"))
        median = np.median(unit)
        distance = np.abs(unit - median).mean()
        return cls(math.ldexp(float(median), exponent), math.ldexp(float(distance), exponent))
