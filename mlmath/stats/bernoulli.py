"""The Bernoulli distribution: one yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, as_labels, as_probability, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape
from mlmath.stats.special import Array


@dataclass(frozen=True)
class Bernoulli:
    """One trial that gives 1 with the given probability and 0 otherwise.

    Raises:
        ValueError: If ``probability`` is not a number from 0 to 1.

    Example:
        >>> click = Bernoulli(probability=0.2)
        >>> click.pmf([0, 1])
        array([0.8, 0.2])
        >>> click.mean, round(click.variance, 2)
        (0.2, 0.16)
        >>> Bernoulli.fit([0, 1, 1, 1]).probability
        0.75

    Source: Wasserman, *All of Statistics*, section 2.3.
    """

    probability: float
    """Probability of a 1."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "probability", as_probability(self.probability, "probability"))

    @property
    def mean(self) -> float:
        """Expected value: ``p``."""
        return self.probability

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``p (1 - p)``."""
        return self.probability * (1 - self.probability)

    def pmf(self, points: ArrayLike) -> Array:
        """Probability of each point: ``p`` for 1, ``1 - p`` for 0, and 0 for every other number."""
        values = as_points(points)
        return np.where(values == 1, self.probability, np.where(values == 0, 1 - self.probability, 0.0))

    def logpmf(self, points: ArrayLike) -> Array:
        """Logarithm of the probability of each point; -inf where it is 0."""
        values = as_points(points)
        with np.errstate(divide="ignore"):
            log_one, log_zero = np.log(self.probability), np.log1p(-self.probability)
        return np.where(values == 1, log_one, np.where(values == 0, log_zero, -np.inf))

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of being at most each point: 0 below 0, ``1 - p`` from 0 on, 1 from 1 on."""
        values = as_points(points)
        return np.where(values < 0, 0.0, np.where(values < 1, 1 - self.probability, 1.0))

    def sample(self, generator: np.random.Generator, size: Size) -> Labels:
        """Draw zeros and ones, an integer array of shape ``size``."""
        check_generator(generator)
        return generator.binomial(1, self.probability, as_shape(size))

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood: the share of ones.

        With ``k`` ones among ``n`` the log-likelihood is ``k log(p) + (n - k) log(1 - p)``;
        its slope ``k / p - (n - k) / (1 - p)`` is 0 at ``p = k / n``.

        Args:
            data: Zeros and ones, shape ``(n,)``. Data of one kind alone give the probability
                0 or 1: then the other kind is impossible, and one later example
                of it has likelihood 0. ``update_beta`` is the remedy.

        Raises:
            ValueError: If ``data`` hold anything but 0 and 1.
        """
        return cls(float(as_labels(data, "data", classes=2).mean()))
