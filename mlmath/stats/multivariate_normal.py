"""The normal distribution in several dimensions: a tilted, stretched bell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_matrix, as_vector, check_generator
from mlmath.stats._distribution import Size, as_points, as_shape, exponential_of
from mlmath.stats.special import LOG_TWO_PI, Array

# A covariance that was computed has entries [i, j] and [j, i] that differ by rounding.
SYMMETRY_TOLERANCE = 1e-10


@dataclass(frozen=True, eq=False)
class MultivariateNormal:
    """Several numbers at once, each normal, and related: one cloud of points in the shape of an ellipsoid.

    With ``d`` the distance of ``x`` from the mean in the units of the cloud
    (the Mahalanobis distance), ``d**2 = (x - mean) @ inv(covariance) @ (x - mean)``,
    the density is ``exp(-d**2 / 2) / sqrt((2 pi)**features det(covariance))``.
    Neither inverse nor determinant is computed: the Cholesky factor ``L``,
    lower triangular with ``L @ L.T = covariance``, gives both without overflow.

    Raises:
        ValueError: If ``mean`` is not a finite vector, or ``covariance`` not a
            symmetric, positive definite matrix with a row for each of its entries.
            The usual cause is a feature that is a combination of others (drop it)
            or fewer examples than features (add a small multiple of the identity).

    Example:
        >>> cloud = MultivariateNormal(mean=[0.0, 0.0], covariance=[[1.0, 0.5], [0.5, 1.0]])
        >>> cloud.pdf([[0.0, 0.0], [1.0, 1.0], [1.0, -1.0]]).round(3)
        array([0.184, 0.094, 0.025])
        >>> cloud.marginal([1]).covariance
        array([[1.]])

    Source: Murphy, *Machine Learning: A Probabilistic Perspective*, section 4.1.
    """

    mean: Vector
    """Expected value of each feature, shape ``(features,)``."""
    covariance: Matrix
    """Covariances, shape ``(features, features)``; the variances are on the diagonal."""

    def __post_init__(self) -> None:
        mean, covariance = as_vector(self.mean, "mean"), as_matrix(self.covariance, "covariance")
        if covariance.shape != (len(mean), len(mean)):
            raise ValueError(
                f"covariance must have shape {(len(mean), len(mean))} to match mean, got shape {covariance.shape}"
            )
        _check_symmetric(covariance)
        covariance = covariance / 2 + covariance.T / 2
        factor = _cholesky(covariance)
        for array in (mean, covariance, factor):
            array.flags.writeable = False
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "covariance", covariance)
        object.__setattr__(self, "_factor", factor)

    def pdf(self, points: ArrayLike) -> Array:
        """Density at each point, shape ``(..., features)`` to ``(...)``; it may exceed one."""
        return exponential_of(self.logpdf(points))

    def logpdf(self, points: ArrayLike) -> Array:
        """Logarithm of the density at each point.

        Args:
            points: Shape ``(..., features)``.

        Returns:
            Shape ``(...)``: one number per point.

        Raises:
            ValueError: If ``points`` hold nan or their last axis is not the features.
        """
        values = as_points(points)
        features = len(self.mean)
        if values.ndim == 0 or values.shape[-1] != features:
            raise ValueError(f"points must have {features} features on the last axis, got shape {values.shape}")
        finite = np.asarray(np.isfinite(values).all(axis=-1))
        centred = np.where(finite[..., np.newaxis], values, self.mean) - self.mean
        scaled = np.linalg.solve(self._lower, centred.reshape(-1, features).T)
        with np.errstate(over="ignore"):
            squared_distance = np.sum(scaled * scaled, axis=0).reshape(finite.shape)
        log_root_determinant = np.log(np.diag(self._lower)).sum()
        density = -0.5 * squared_distance - log_root_determinant - 0.5 * features * LOG_TWO_PI
        return np.where(finite, density, -np.inf)

    def sample(self, generator: np.random.Generator, size: Size) -> Array:
        """Draw points, an array of shape ``(*size, features)``: ``mean + L @ z`` with ``z`` of independent normals."""
        check_generator(generator)
        independent = generator.standard_normal((*as_shape(size), len(self.mean)))
        return self.mean + independent @ self._lower.T

    def marginal(self, features: Sequence[int]) -> MultivariateNormal:
        """Return the distribution of some features, whatever the others are: their means, their covariances.

        Args:
            features: Numbers of the features to keep, each once, at least one.

        Raises:
            ValueError: If a number is not that of a feature or comes twice.
            TypeError: If a number is not an integer.
        """
        kept = [as_count(feature, "features", at_least=0) for feature in features]
        if not kept or len(set(kept)) < len(kept) or max(kept) >= len(self.mean):
            raise ValueError(f"features must be different numbers below {len(self.mean)}, at least one, got {kept}")
        return MultivariateNormal(self.mean[kept], self.covariance[np.ix_(kept, kept)])

    @classmethod
    def fit(cls, data: ArrayLike) -> Self:
        """Maximum likelihood: the mean of the data and their covariance, dividing by ``n`` (not by ``n - 1``).

        Args:
            data: Shape ``(examples, features)``, with more examples than features.

        Raises:
            ValueError: If ``data`` are not a finite matrix, there are not more
                examples than features, or a feature is a combination of others
                (then the likelihood has no maximum).
        """
        table = as_matrix(data, "data")
        examples, features = table.shape
        if examples <= features:
            raise ValueError(
                f"data must have more rows (examples) than columns (features), got {examples} and {features}: "
                "the flatter the cloud around them, the higher their likelihood, without a maximum"
            )
        mean = table.mean(axis=0)
        centred = table - mean
        return cls(mean, centred.T @ centred / examples)

    @property
    def _lower(self) -> Matrix:
        factor: Matrix = self.__dict__["_factor"]
        return factor


def _check_symmetric(covariance: Matrix) -> None:
    largest = np.abs(covariance).max()
    difference = np.abs(covariance / 2 - covariance.T / 2)
    if difference.max() > SYMMETRY_TOLERANCE * largest:
        i, j = np.unravel_index(int(np.argmax(difference)), covariance.shape)
        raise ValueError(
            f"covariance must be symmetric, got {covariance[i, j]} at [{i}, {j}] and {covariance[j, i]} at [{j}, {i}]: "
            "try (covariance + covariance.T) / 2 if they should be equal"
        )


def _cholesky(covariance: Matrix) -> Matrix:
    """Lower triangular ``L`` with ``L @ L.T = covariance``, computed in units in which all variances are 1."""
    variances = np.diag(covariance)
    if variances.min() > 0:
        deviations = np.sqrt(variances)
        try:
            factor = np.linalg.cholesky(covariance / deviations / deviations[:, np.newaxis])
        except np.linalg.LinAlgError:
            factor = np.zeros_like(covariance)
        # The square is the share of the feature's variance that the features before it leave unexplained.
        if np.diag(factor).min() ** 2 > len(covariance) * np.finfo(np.float64).eps:
            return np.asarray(factor * deviations[:, np.newaxis])
    raise ValueError(
        "covariance must be positive definite: here a combination of features has no variance, or a negative one. "
        "Drop a feature that is a combination of others, or add a small multiple of the identity"
    )
