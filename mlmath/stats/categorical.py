"""The categorical distribution: one of several classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Vector, as_labels, as_vector, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape
from mlmath.stats.special import Array

# Probabilities may be rounded to nine digits. They are then divided by their sum.
SUM_TOLERANCE = 1e-8


def as_distribution(value: ArrayLike, name: str) -> Vector:
    """Return probabilities that sum to 1, shape ``(classes,)``, or raise ValueError."""
    probabilities = as_vector(value, name)
    total = float(probabilities.sum())
    if probabilities.min() < 0 or abs(total - 1) > SUM_TOLERANCE:
        raise ValueError(
            f"{name} must not be negative and must sum to 1, got {probabilities} with sum {total:g}: "
            "divide by the sum, or turn scores into probabilities with softmax"
        )
    return probabilities / total


@dataclass(frozen=True, eq=False, init=False)
class Categorical:
    """One of the classes 0, 1, ..., each with its own probability: what a classifier predicts.

    Raises:
        ValueError: If ``probabilities`` hold a negative number or do not sum to 1 (within ``SUM_TOLERANCE``).

    Example:
        >>> animal = Categorical([0.5, 0.3, 0.2])
        >>> animal.pmf([0, 2, 3])
        array([0.5, 0.2, 0. ])
        >>> animal.cdf([0, 1, 2])
        array([0.5, 0.8, 1. ])
        >>> Categorical.fit([0, 0, 2, 0]).probabilities
        array([0.75, 0.  , 0.25])

    Source: Murphy, *Machine Learning: A Probabilistic Perspective*, section 2.3.2.
    """

    probabilities: Vector
    """Probability of each class, shape ``(classes,)``."""

    def __init__(self, probabilities: ArrayLike) -> None:
        checked = as_distribution(probabilities, "probabilities")
        checked.flags.writeable = False
        object.__setattr__(self, "probabilities", checked)

    @property
    def mean(self) -> float:
        """Expected class number: a middle only where the classes have an order."""
        return float(self.probabilities @ np.arange(len(self.probabilities)))

    @property
    def variance(self) -> float:
        """Expected squared distance of the class number from its mean."""
        return float(self.probabilities @ (np.arange(len(self.probabilities)) - self.mean) ** 2)

    def pmf(self, points: ArrayLike) -> Array:
        """Probability of each point; 0 unless it is the number of a class."""
        values = as_points(points)
        possible = (values >= 0) & (values < len(self.probabilities)) & (values == np.floor(values))
        return np.where(possible, self.probabilities[np.where(possible, values, 0).astype(np.int64)], 0.0)

    def logpmf(self, points: ArrayLike) -> Array:
        """Logarithm of the probability of each point; -inf where it is 0."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(self.pmf(points)))

    def cdf(self, points: ArrayLike) -> Array:
        """Probability that the class number is at most each point."""
        steps = np.concatenate([[0.0], np.cumsum(self.probabilities)[:-1], [1.0]])
        values = np.clip(np.floor(as_points(points)) + 1, 0, len(self.probabilities))
        return np.asarray(steps[values.astype(np.int64)])

    def sample(self, generator: np.random.Generator, size: Size) -> Labels:
        """Draw class numbers, an integer array of shape ``size``."""
        check_generator(generator)
        return generator.choice(len(self.probabilities), as_shape(size), p=self.probabilities)

    @classmethod
    def fit(cls, data: ArrayLike, *, classes: int | None = None) -> Self:
        """Maximum likelihood: the share of each class.

        Args:
            data: Class numbers, shape ``(n,)``. A class that does not occur gets
                probability 0: it is then impossible, and one later example of it has likelihood 0.
            classes: Number of classes; by default one more than the largest class number.

        Raises:
            ValueError: If ``data`` are not class numbers below ``classes``.
        """
        labels = as_labels(data, "data", classes=classes)
        return cls(np.bincount(labels, minlength=classes or 0) / len(labels))
