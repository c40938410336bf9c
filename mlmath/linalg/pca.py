"""Principal component analysis: the directions in which data vary most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_count, as_matrix
from mlmath.linalg._scaling import restore_scale, split_column_scales
from mlmath.linalg.singular_values import svd


class PCA(NamedTuple):
    """Mean and principal components of training data.

    Example:
        >>> pca = fit_pca([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]], components=1)
        >>> pca.components.round(6)
        array([[0.6, 0.8]])
        >>> pca.transform([[6.0, 8.0]]).round(6)
        array([[5.]])
        >>> pca.inverse_transform([[5.0]]).round(6)
        array([[6., 8.]])

    Source: Jolliffe, *Principal Component Analysis*, 2nd ed., chapters 1 to 3.
    """

    mean: Vector
    """Mean of each feature, shape ``(features,)``, in the feature's units."""
    components: Matrix
    """Shape ``(components, features)``: orthonormal rows, the directions of largest variance first."""
    explained_variance: Vector
    """Shape ``(components,)``: the variance of the data along each component, with ``1 / (examples - 1)``."""
    explained_variance_ratio: Vector
    """Shape ``(components,)``: the same as a share of the variance of all features together."""

    def transform(self, X: ArrayLike) -> Matrix:
        """Return ``(X - mean) @ components.T``: the coordinates along the components.

        Args:
            X: Shape ``(examples, features)``, in the units of the fitted data.

        Returns:
            Shape ``(examples, components)``.

        Raises:
            ValueError: If ``X`` is not a finite matrix with the fitted number of features.
        """
        matrix = as_matrix(X, "X")
        if matrix.shape[1] != len(self.mean):
            raise ValueError(f"X must have the {len(self.mean)} columns that were fitted, got {matrix.shape[1]}")
        coordinates: Matrix = (matrix - self.mean) @ self.components.T
        return coordinates

    def inverse_transform(self, Z: ArrayLike) -> Matrix:
        """Return ``Z @ components + mean``: the points of the plane of the components that have these coordinates.

        After ``transform`` this is the closest point to the data that the
        components can express: the reconstruction.

        Args:
            Z: Shape ``(examples, components)``.

        Returns:
            Shape ``(examples, features)``, in the units of the fitted data.

        Raises:
            ValueError: If ``Z`` is not a finite matrix with one column per component.
        """
        matrix = as_matrix(Z, "Z")
        if matrix.shape[1] != len(self.components):
            raise ValueError(f"Z must have {len(self.components)} columns, one per component, got {matrix.shape[1]}")
        points: Matrix = matrix @ self.components + self.mean
        return points


def fit_pca(X: ArrayLike, *, components: int) -> PCA:
    r"""Directions of largest variance: the right singular vectors of ``X`` minus its mean.

    Centre first: without it, the first direction would point from the origin to
    the data and say nothing about how they vary. A feature in small units has
    large numbers and takes over the first component: if the features have
    different units, transform them with ``fit_scaler`` before.

    The covariance ``(X - mean)^T (X - mean) / (examples - 1)`` has the components as
    eigenvectors and the explained variances as eigenvalues, but is not formed:
    the SVD of the data keeps twice the digits.

    Args:
        X: Table of data, shape ``(examples, features)``, with at least two examples.
        components: How many directions to keep, from 1 to ``min(examples - 1,
            features)``: ``n`` points differ from their mean in ``n - 1`` directions.

    Returns:
        Mean, components, variances. A direction has no sign; here the entry of
        largest size in each component (the first of them in a tie) is positive.

    Raises:
        ValueError: If ``X`` is not a finite matrix of at least two examples, all
            examples are equal, or ``components`` is out of range.
        TypeError: If ``components`` is not an integer.
        OverflowError: If a variance leaves the range of float64: choose other units.

    Example:
        >>> pca = fit_pca([[0.0, 1.0], [2.0, 1.0], [1.0, 1.1], [1.0, 0.9]], components=2)
        >>> pca.components.round(6)
        array([[1., 0.],
               [0., 1.]])
        >>> pca.explained_variance_ratio.round(2)
        array([0.99, 0.01])

    Source: Jolliffe, *Principal Component Analysis*, 2nd ed., chapters 1 to 3.
    """
    table = as_matrix(X, "X")
    examples, features = table.shape
    components = as_count(components, "components", at_least=1)
    if examples < 2:
        raise ValueError("X must have at least two rows (examples), or nothing varies, got one")
    if components > min(examples - 1, features):
        raise ValueError(
            f"components must be at most {min(examples - 1, features)}, the smaller of examples - 1 and features, "
            f"for shape {table.shape}, got {components}"
        )
    constant = (table == table[0]).all(axis=0)
    if constant.all():
        raise ValueError("X must hold examples that differ, but all its rows are equal, so no direction varies")
    scaled, exponents = split_column_scales(table)
    mean = np.where(constant, scaled[0], scaled.mean(axis=0))  # rounding must not make a constant vary
    centred, centred_exponents = split_column_scales(scaled - mean)
    units = exponents + centred_exponents
    exponent = units[~constant].max()
    singular_values, Vt = svd(np.ldexp(centred, units - exponent))[1:]
    variances = singular_values**2 / (examples - 1)
    return PCA(
        mean=np.ldexp(mean, exponents),
        components=Vt[:components],
        explained_variance=restore_scale(variances[:components], 2 * exponent, "a variance of X"),
        explained_variance_ratio=variances[:components] / variances.sum(),
    )
