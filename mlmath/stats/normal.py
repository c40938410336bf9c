"""The normal distribution: the bell curve."""

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
    mean_and_deviation,
    standardized,
)
from mlmath.stats.special import LOG_TWO_PI, Array, complementary_error_function


@dataclass(frozen=True)
class Normal:
    """The bell curve, ``exp(-z**2 / 2) / (standard_deviation sqrt(2 pi))`` for ``z = (x - mean) / standard_deviation``.

    A density is a probability per unit of length, and may exceed one: with
    standard deviation 0.1 the bell is 4 high. Only its integral is a probability.

    Raises:
        ValueError: If ``mean`` is not finite, or ``standard_deviation`` not positive and finite.

    Example:
        >>> noise = Normal(mean=0.0, standard_deviation=0.1)
        >>> noise.pdf([0.0, 0.1]).round(2)
        array([3.99, 2.42])
        >>> noise.cdf([-0.196, 0.0, 0.196]).round(3)
        array([0.025, 0.5  , 0.975])
        >>> Normal.fit([1.0, 3.0])
        Normal(mean=2.0, standard_deviation=1.0)

    Source: Wasserman, *All of Statistics*, section 2.4; its maximum likelihood: section 9.3.
    """

    mean: float
    """Expected value, in the units of the points."""
    standard_deviation: float
    """Typical distance from the mean, in the units of the points; not its square."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "mean", as_number(self.mean, "mean"))
        object.__setattr__(self, "standard_deviation", as_positive(self.standard_deviation, "standard_deviation"))

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``standard_deviation**2``."""
        return self.standard_deviation * self.standard_deviation

    def pdf(self, points: ArrayLike) -> Array:
        """Density at each point."""
        return exponential_of(self.logpdf(points))

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density: ``-z**2 / 2 - log(standard_deviation) - log(2 pi) / 2``.

        The density underflows to 0 at 39 standard deviations, its logarithm does not.
        """
        z = standardized(as_points(points), self.mean, self.standard_deviation)
        with np.errstate(over="ignore"):
            return -0.5 * z * z - math.log(self.standard_deviation) - 0.5 * LOG_TWO_PI

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of being at most each point, exact also far in the lower tail.

        For the upper tail, ask for the point's mirror image on the other side
        of the mean: ``1 - cdf`` would cancel.
        """
        z = standardized(as_points(points), self.mean, self.standard_deviation)
        return 0.5 * complementary_error_function(-z / math.sqrt(2))

    def sample(self, generator: np.random.Generator, size: Size) -> Array:
        """Draw numbers, an array of shape ``size``."""
        check_generator(generator)
        return generator.normal(self.mean, self.standard_deviation, as_shape(size))

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood: the mean of the data, and the root of their mean squared distance from it.

        It divides by ``n``, not by ``n - 1``, and so is a little too small on average.

        Raises:
            ValueError: If ``data`` are not a finite vector, or all equal.
        """
        return cls(*mean_and_deviation(as_spread_data(data, "normal")))
