"""The log-normal distribution: positive numbers whose logarithms are normal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_number, as_positive, as_vector, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape, exponential_of
from mlmath.stats.normal import Normal
from mlmath.stats.special import Array


@dataclass(frozen=True)
class LogNormal:
    """Positive numbers, skewed to the right, such as prices and incomes: their logarithms are normal.

    The three middles differ: ``mode < median < mean``. The median is what half
    of the numbers stay below; the long right tail pulls the mean above it.

    Raises:
        ValueError: If ``log_mean`` is not finite, or ``log_standard_deviation`` not positive and finite.

    Example:
        >>> prices = LogNormal(log_mean=0.0, log_standard_deviation=1.0)
        >>> round(prices.mode, 3), prices.median, round(prices.mean, 3)
        (0.368, 1.0, 1.649)
        >>> prices.cdf([0.0, 1.0, 2.0]).round(3)
        array([0.   , 0.5  , 0.756])
        >>> round(LogNormal.fit([1.0, 100.0]).median, 6)
        10.0

    Source: Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, volume 1, 2nd ed., chapter 14.
    """

    log_mean: float
    """Mean of the logarithms."""
    log_standard_deviation: float
    """Standard deviation of the logarithms; 0.1 stands for a spread of about 10 percent."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "log_mean", as_number(self.log_mean, "log_mean"))
        deviation = as_positive(self.log_standard_deviation, "log_standard_deviation")
        object.__setattr__(self, "log_standard_deviation", deviation)

    @property
    def mode(self) -> float:
        """Where the density is highest: ``exp(log_mean - log_variance)``."""
        return _exp(self.log_mean - self._log_variance)

    @property
    def median(self) -> float:
        """What half of the numbers stay below: ``exp(log_mean)``."""
        return _exp(self.log_mean)

    @property
    def mean(self) -> float:
        """Expected value: ``exp(log_mean + log_variance / 2)``; inf if that is beyond the largest float."""
        return _exp(self.log_mean + self._log_variance / 2)

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``(exp(log_variance) - 1) exp(2 log_mean + log_variance)``."""
        v = self._log_variance
        with np.errstate(divide="ignore"):
            return _exp(2 * (self.log_mean + v) + float(np.log(-np.expm1(-v))))

    def pdf(self, points: ArrayLike) -> Array:
        """Density at each point; 0 at 0 and below."""
        return exponential_of(self.logpdf(points))

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density: that of the normal distribution at ``log(x)``, minus ``log(x)``."""
        logs = _logarithms(as_points(points))
        return np.where(np.isfinite(logs), self._of_logs.logpdf(logs) - np.where(np.isfinite(logs), logs, 0.0), -np.inf)

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of being at most each point, exact also far in the lower tail."""
        return self._of_logs.cdf(_logarithms(as_points(points)))

    def sample(self, generator: np.random.Generator, size: Size) -> Array:
        """Draw numbers, an array of shape ``size``."""
        check_generator(generator)
        return exponential_of(generator.normal(self.log_mean, self.log_standard_deviation, as_shape(size)))

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood: mean and standard deviation (dividing by ``n``) of the logarithms.

        Raises:
            ValueError: If ``data`` are not a vector of positive, finite numbers, or all equal.
        """
        values = as_vector(data, "data")
        if not (values > 0).all():
            raise ValueError(f"data must be positive, got {values.min()}: zeros and negative numbers have no logarithm")
        of_logs = Normal.fit(np.log(values))
        return cls(of_logs.mean, of_logs.standard_deviation)

    @property
    def _log_variance(self) -> float:
        return self.log_standard_deviation * self.log_standard_deviation

    @property
    def _of_logs(self) -> Normal:
        return Normal(self.log_mean, self.log_standard_deviation)


def _logarithms(values: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.maximum(values, 0.0)))


def _exp(exponent: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.exp(exponent))
