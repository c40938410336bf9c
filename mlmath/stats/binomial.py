"""The binomial distribution: how many of n trials succeed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, as_count, as_labels, as_probability, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape, exponential_of
from mlmath.stats.special import Array, log_beta_probabilities, log_binomial_term


@dataclass(frozen=True)
class Binomial:
    """Number of successes in ``trials`` independent trials of the same probability.

    Raises:
        TypeError: If ``trials`` is not an integer.
        ValueError: If ``trials`` is below 1, or ``probability`` is not from 0 to 1.

    Example:
        >>> heads = Binomial(trials=4, probability=0.5)
        >>> heads.pmf([0, 1, 2, 3, 4])
        array([0.0625, 0.25  , 0.375 , 0.25  , 0.0625])
        >>> heads.mean, heads.variance
        (2.0, 1.0)
        >>> Binomial.fit([3, 1, 2], trials=4).probability
        0.5

    Source: Wasserman, *All of Statistics*, section 2.3.
    """

    trials: int
    """Number of trials, ``n``."""
    probability: float
    """Probability of success in each trial, ``p``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "trials", as_count(self.trials, "trials", at_least=1))
        object.__setattr__(self, "probability", as_probability(self.probability, "probability"))

    @property
    def mean(self) -> float:
        """Expected number of successes: ``n p``."""
        return self.trials * self.probability

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``n p (1 - p)``."""
        return self.trials * self.probability * (1 - self.probability)

    def pmf(self, points: ArrayLike) -> Array:
        """Probability of each point, ``n! / (k! (n - k)!) p**k (1 - p)**(n - k)``; 0 unless it is 0, 1, ..., n."""
        return exponential_of(self.logpmf(points))

    def logpmf(self, points: ArrayLike) -> Array:
        """Logarithm of the probability of each point; -inf where it is 0."""
        values = as_points(points)
        possible = (values >= 0) & (values <= self.trials) & (values == np.floor(values))
        successes = np.where(possible, values, 0.0)
        with np.errstate(divide="ignore"):
            log_success, log_failure = np.log(self.probability), np.log1p(-self.probability)
        terms = log_binomial_term(successes, self.trials - successes, log_success, log_failure)
        return np.where(possible, terms, -np.inf)

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of at most each point, by the incomplete beta function: no sum over ``k`` is needed."""
        successes = np.floor(as_points(points))
        inside = (successes >= 0) & (successes < self.trials)
        k = np.where(inside, successes, 0.0)
        with np.errstate(divide="ignore"):
            log_success, log_failure = np.log(self.probability), np.log1p(-self.probability)
        # More than k successes are as probable as a beta variable with these shapes below the probability.
        _, log_at_most, _ = log_beta_probabilities(log_success, log_failure, k + 1, self.trials - k)
        return np.where(inside, np.exp(log_at_most), np.where(successes < 0, 0.0, 1.0))

    def sample(self, generator: np.random.Generator, size: Size) -> Labels:
        """Draw numbers of successes, an integer array of shape ``size``."""
        check_generator(generator)
        return generator.binomial(self.trials, self.probability, as_shape(size))

    @classmethod
    def fit(cls, data: ArrayLike, *, trials: int) -> Self:
        """Maximum likelihood for a known number of trials: the share of successes, ``mean / trials``.

        Args:
            data: Numbers of successes, shape ``(n,)``.
            trials: Number of trials behind each of them. (Were it unknown too,
                its estimate could be anything, even infinite.)

        Raises:
            TypeError: If ``trials`` is not an integer.
            ValueError: If ``data`` are not whole numbers from 0 to ``trials``.
        """
        count = as_count(trials, "trials", at_least=1)
        successes = as_labels(data, "data", classes=count + 1)
        return cls(count, float(successes.mean()) / count)
