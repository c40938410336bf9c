"""The beta distribution: what is known about a probability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_positive, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape, as_spread_data, exponential_of
from mlmath.stats.special import Array, digamma, log_beta_weight, regularized_incomplete_beta, trigamma

# For larger shapes the two equations of the fit differ by less than their rounding errors.
LARGEST_SHAPE = 1e8


@dataclass(frozen=True)
class Beta:
    """Numbers from 0 to 1 with the density ``x**(a - 1) (1 - x)**(b - 1) / B(a, b)``.

    It describes an unknown probability as if ``a - 1`` successes and ``b - 1``
    failures had been seen: ``Beta(1, 1)`` is uniform, large shapes make a narrow
    peak. A density is a probability per unit of length, and may exceed one;
    with a shape below 1 it is infinite at that end. Only its integral is a probability.

    Raises:
        ValueError: If ``a`` or ``b`` is not positive and finite.

    Example:
        >>> belief = Beta(a=3, b=1)
        >>> belief.pdf([0.0, 0.5, 1.0])
        array([0.  , 0.75, 3.  ])
        >>> belief.mean, belief.variance
        (0.75, 0.0375)
        >>> belief.cdf([0.5, 1.0]).round(3)
        array([0.125, 1.   ])

    Source: Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 2.4 and appendix A.
    """

    a: float
    """Shape at 1: larger values push towards 1."""
    b: float
    """Shape at 0: larger values push towards 0."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "a", as_positive(self.a, "a"))
        object.__setattr__(self, "b", as_positive(self.b, "b"))

    @property
    def mean(self) -> float:
        """Expected value: ``a / (a + b)``."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """Expected squared distance from the mean: ``a b / ((a + b)**2 (a + b + 1))``."""
        total = self.a + self.b
        return (self.a / total) * (self.b / total) / (total + 1)

    def pdf(self, points: ArrayLike) -> Array:
        """Density at each point; 0 outside of 0 to 1."""
        return exponential_of(self.logpdf(points))

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density at each point; -inf where it is 0, inf where it is infinite."""
        values = as_points(points)
        inside = (values > 0) & (values < 1)
        x = np.where(inside, values, 0.5)
        log_x, log_y = np.log(x), np.log1p(-x)
        density = log_beta_weight(log_x, log_y, np.array(self.a), np.array(self.b)) - log_x - log_y
        at_ends = np.where(
            values == 0, _at_end(self.a, self.b), np.where(values == 1, _at_end(self.b, self.a), -np.inf)
        )
        return np.where(inside, density, at_ends)

    def cdf(self, points: ArrayLike) -> Array:
        """Probability of being at most each point: the regularized incomplete beta function.

        For the upper tail of ``Beta(a, b)`` beyond ``x``, ask for the lower tail
        of ``Beta(b, a)`` up to ``1 - x``: ``1 - cdf`` would cancel.

        Raises:
            ArithmeticError: If both shapes are above about 1e10; use a normal distribution there.
        """
        return regularized_incomplete_beta(np.clip(as_points(points), 0.0, 1.0), self.a, self.b)

    def sample(self, generator: np.random.Generator, size: Size) -> Array:
        """Draw numbers from 0 to 1, an array of shape ``size``."""
        check_generator(generator)
        return generator.beta(self.a, self.b, as_shape(size))

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood, by Newton's method on its two equations.

        At the maximum the expected logarithms are the observed ones:
        ``digamma(a) - digamma(a + b) = mean(log(x))`` and
        ``digamma(b) - digamma(a + b) = mean(log(1 - x))``.
        The log-likelihood is concave in ``(a, b)``, so there is no other maximum.

        Args:
            data: Numbers strictly between 0 and 1, shape ``(n,)``.

        Raises:
            ValueError: If a number is not strictly between 0 and 1 (at 0 and 1
                the likelihood has no finite maximum), or all are equal.
            ArithmeticError: If a shape would be above ``LARGEST_SHAPE``: the data are
                so close together, or to 0 or 1, that rounding hides the answer.
                Use ``Normal.fit``, or ``LogNormal.fit`` near 0.
        """
        values = as_spread_data(data, "beta")
        if values.min() <= 0 or values.max() >= 1:
            raise ValueError(
                f"data must be strictly between 0 and 1, got {values.min()} to {values.max()}: "
                "at 0 and 1 the likelihood has no finite maximum"
            )
        observed = np.array([np.log(values).mean(), np.log1p(-values).mean()])
        # The method of moments is the start: a + b from the variance, then shares according to the mean.
        mean, rest, deviation = values.mean(), (1 - values).mean(), values.std()
        with np.errstate(divide="ignore"):
            shapes = max(mean / deviation * (rest / deviation) - 1, 1e-3) * np.array([mean, rest])
        for _ in range(100):
            if shapes.max() > LARGEST_SHAPE:
                break
            gradient = observed - digamma(shapes) + digamma(shapes.sum())
            hessian = trigamma(shapes.sum()) - np.diag(trigamma(shapes))
            step = -np.linalg.solve(hessian, gradient)
            # A step to a negative shape goes nine tenths of the way to 0 instead.
            length = float(0.9 / np.max(-step / shapes, initial=0.9))
            shapes = shapes + length * step
            if np.max(np.abs(step) / shapes) < 1e-7:
                return cls(float(shapes[0]), float(shapes[1]))
        raise ArithmeticError(
            f"data from {values.min()} to {values.max()} are too close together, or to 0 or 1: "
            "try Normal.fit, or LogNormal.fit near 0"
        )


def _at_end(shape: float, other: float) -> float:
    """Logarithm of the density at the end where the density behaves like ``x**(shape - 1)``."""
    return float(np.log(other)) if shape == 1 else np.inf if shape < 1 else -np.inf
