"""The beta-binomial distribution: successes when their probability is itself uncertain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, as_count, as_positive, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape, exponential_of
from mlmath.stats.special import Array, log_beta_weight, log_binomial_term


@dataclass(frozen=True)
class BetaBinomial:
    """Number of successes in ``trials`` trials whose probability was drawn from ``Beta(a, b)``.

    It predicts the next ``trials`` from what is believed about the probability.
    It is wider than the binomial distribution of the same mean, because it
    holds two uncertainties: chance, and not knowing the probability.

    Raises:
        TypeError: If ``trials`` is not an integer.
        ValueError: If ``trials`` is below 1, or ``a`` or ``b`` is not positive and finite.

    Example:
        >>> BetaBinomial(trials=4, a=1.0, b=1.0).pmf([0, 1, 2, 3, 4]).round(3)
        array([0.2, 0.2, 0.2, 0.2, 0.2])
        >>> BetaBinomial(trials=10, a=8.0, b=4.0).mean.__round__(3)
        6.667

    Source: Gelman et al., *Bayesian Data Analysis*, 3rd ed., appendix A.
    """

    trials: int
    """Number of trials, ``n``."""
    a: float
    """First shape of the beta distribution."""
    b: float
    """Second shape of the beta distribution."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "trials", as_count(self.trials, "trials", at_least=1))
        object.__setattr__(self, "a", as_positive(self.a, "a"))
        object.__setattr__(self, "b", as_positive(self.b, "b"))

    @property
    def mean(self) -> float:
        """Expected number of successes: ``n a / (a + b)``."""
        return self.trials * (self.a / (self.a + self.b))

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``n p (1 - p) (a + b + n) / (a + b + 1)``, ``p = a / (a + b)``."""
        total = self.a + self.b
        return self.mean * (self.b / total) * ((total + self.trials) / (total + 1))

    def pmf(self, points: ArrayLike) -> Array:
        """Probability of each point; 0 unless it is 0, 1, ..., n."""
        return exponential_of(self.logpmf(points))

    def logpmf(self, points: ArrayLike) -> Array:
        """Logarithm of the probability, ``log(n! / (k! (n - k)!) B(k + a, n - k + b) / B(a, b))``.

        By Bayes' rule it is the likelihood of ``k`` times the prior density,
        divided by the posterior density, at any probability ``x``; the
        posterior mean is a point where nothing cancels.
        """
        values = as_points(points)
        possible = (values >= 0) & (values <= self.trials) & (values == np.floor(values))
        k = np.where(possible, values, 0.0)
        m = self.trials - k
        a, b = np.array(self.a), np.array(self.b)
        log_total = np.log(a + b + self.trials)
        log_x, log_y = np.log(a + k) - log_total, np.log(b + m) - log_total
        terms = log_binomial_term(k, m, log_x, log_y) + (
            log_beta_weight(log_x, log_y, a, b) - log_beta_weight(log_x, log_y, a + k, b + m)
        )
        return np.where(possible, terms, -np.inf)

    def sample(self, generator: np.random.Generator, size: Size) -> Labels:
        """Draw a probability, then that many successes: an integer array of shape ``size``."""
        check_generator(generator)
        shape = as_shape(size)
        return generator.binomial(self.trials, generator.beta(self.a, self.b, shape), shape)
