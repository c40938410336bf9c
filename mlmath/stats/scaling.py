"""Scaling of features to mean 0 and standard deviation 1."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_matrix


class Scaler(NamedTuple):
    """Mean and standard deviation of each feature, remembered from the training data.

    Transform the training data and all later data with the same scaler: a new
    fit on the test data would move it by another amount.

    Example:
        >>> scaler = fit_scaler([[1.0, 100.0], [3.0, 300.0]])
        >>> scaler.transform([[2.0, 400.0]])
        array([[0., 2.]])
        >>> scaler.inverse_transform([[0.0, 2.0]])
        array([[  2., 400.]])

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical
    Learning*, 2nd ed., section 3.4.1.
    """

    mean: Vector
    """Mean of each feature, shape ``(features,)``, in the feature's units."""
    scale: Vector
    """Standard deviation of each feature, shape ``(features,)``, in the feature's units."""

    def transform(self, X: ArrayLike) -> Matrix:
        """Return ``(X - mean) / scale``: how many standard deviations from the mean.

        Args:
            X: Shape ``(examples, features)``, in the units of the fitted data.

        Returns:
            Shape ``(examples, features)``, without units.

        Raises:
            ValueError: If ``X`` is not a finite matrix with the fitted number of columns.
        """
        scaled: Matrix = (self._checked(X, "X") - self.mean) / self.scale
        return scaled

    def inverse_transform(self, Z: ArrayLike) -> Matrix:
        """Return ``Z * scale + mean``: back to the units of the data.

        Args:
            Z: Shape ``(examples, features)``, in standard deviations from the mean.

        Returns:
            Shape ``(examples, features)``, in the units of the fitted data.

        Raises:
            ValueError: If ``Z`` is not a finite matrix with the fitted number of columns.
        """
        original: Matrix = self._checked(Z, "Z") * self.scale + self.mean
        return original

    def _checked(self, value: ArrayLike, name: str) -> Matrix:
        matrix = as_matrix(value, name)
        if matrix.shape[1] != len(self.mean):
            raise ValueError(
                f"{name} must have the {len(self.mean)} columns that the scaler was fitted on, got {matrix.shape[1]}"
            )
        return matrix


def fit_scaler(X: ArrayLike) -> Scaler:
    """Measure the mean and the standard deviation of every column.

    The standard deviation is that of the data at hand, the root of the mean
    squared distance from the mean: it divides by ``n``, not by ``n - 1``, so
    that the transformed columns have standard deviation exactly 1 (up to rounding).

    Args:
        X: Table of data, shape ``(examples, features)``.

    Returns:
        Mean and scale, both of shape ``(features,)``.

    Raises:
        ValueError: If ``X`` is not a finite matrix, or a column is constant and
            so cannot be stretched to standard deviation 1. The message names
            the column; drop it, or add it after scaling if it is the column of
            ones of the intercept.

    Example:
        >>> fit_scaler([[1.0, 100.0], [3.0, 300.0]])
        Scaler(mean=array([  2., 200.]), scale=array([  1., 100.]))

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical
    Learning*, 2nd ed., section 3.4.1.
    """
    table = as_matrix(X, "X")
    scale: Vector = table.std(axis=0)
    # Rounding gives three times 0.1 a tiny spread, and very tiny spreads square to 0: both count as constant.
    constant = (table.min(axis=0) == table.max(axis=0)) | (scale == 0)
    if constant.any():
        column = int(np.argmax(constant))
        raise ValueError(
            f"column {column} of X is constant ({table[0, column]}), so no scale gives it standard deviation 1: "
            "drop it, or add it after scaling if it is the intercept's column of ones"
        )
    return Scaler(mean=table.mean(axis=0), scale=scale)
