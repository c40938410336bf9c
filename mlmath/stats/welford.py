"""Mean and variance of data that arrive bit by bit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_real, as_vector
from mlmath.stats._scaled import TOO_LARGE, centred, multiplied


@dataclass(frozen=True)
class RunningMoments:
    """Count, mean and sum of squared distances of all values so far; nothing else is kept.

    Start with ``RunningMoments()``. Updating returns new moments and leaves the
    old ones as they were, so assign the result: ``moments = moments.update(x)``.

    The tempting alternative, to add up ``x`` and ``x**2``, fails when the mean is
    large beside the spread: at the end it subtracts two nearly equal numbers.

    Example:
        >>> moments = RunningMoments()
        >>> for x in [1.0, 2.0, 6.0]:
        ...     moments = moments.update(x)
        >>> moments
        RunningMoments(count=3, mean=3.0, sum_of_squares=14.0)
        >>> moments.variance
        7.0

    Source: Welford, "Note on a method for calculating corrected sums of squares
    and products", *Technometrics* 4 (1962); Chan, Golub & LeVeque, "Algorithms
    for computing the sample variance", *The American Statistician* 37 (1983).
    """

    count: int = 0
    """How many values have been seen."""
    mean: float = 0.0
    """Their mean; 0 before the first."""
    sum_of_squares: float = 0.0
    """Sum of the squared distances from the mean (often called M2), in squared units of the data."""

    def update(self, x: ArrayLike) -> RunningMoments:
        """Take in one value, or a batch of them.

        One value ``x`` moves the mean by ``(x - mean) / n``, where ``n`` counts it
        in, and adds ``(x - old mean) (x - new mean)`` to the sum of squares. A
        batch is measured on its own, then merged.

        Args:
            x: One number, or shape ``(n,)``.

        Returns:
            The moments of all values so far.

        Raises:
            ValueError: If ``x`` is not a finite number or vector, or its squares
                are larger than any float64: measure in larger units.
        """
        values = as_vector(np.atleast_1d(as_real(x, "x")), "x")
        mean, deviations, exponent = centred(values)
        squares = multiplied(float(deviations @ deviations), 2 * int(exponent), "the sum of squares of x")
        return self.merge(RunningMoments(len(values), float(np.ldexp(mean, exponent)), squares))

    def merge(self, other: RunningMoments) -> RunningMoments:
        """Combine with the moments of other values, for example those that another machine saw.

        With ``d`` the distance between the two means, the mean moves by
        ``d n_other / n``, and the sums of squares add up to
        ``S + S_other + d^2 n_self n_other / n``.

        Distances below about 1e-162 count as 0 here, because no float64 holds their squares.

        Args:
            other: Moments of values that this one has not seen.

        Returns:
            The moments of all values together, in whatever order they are merged (up to rounding).

        Raises:
            ValueError: If the sum of squares is larger than any float64: measure in larger units.
        """
        if self.count == 0:
            return other
        if other.count == 0:
            return self
        count = self.count + other.count
        distance = other.mean - self.mean
        mean = self.mean + distance * (other.count / count)
        squares = self.sum_of_squares + other.sum_of_squares + distance * distance * (self.count * other.count / count)
        if not math.isfinite(squares):
            raise ValueError(f"the sum of squares {TOO_LARGE}")
        return RunningMoments(count, mean, squares)

    @property
    def variance(self) -> float:
        """``sum_of_squares / (count - 1)``; ValueError before the second value, when there is no spread to see."""
        if self.count < 2:
            raise ValueError(f"the variance needs at least 2 values, got {self.count}: update with more data")
        return self.sum_of_squares / (self.count - 1)

    @property
    def standard_deviation(self) -> float:
        """Root of the variance, in the units of the data."""
        return math.sqrt(self.variance)
