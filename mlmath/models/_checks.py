"""What the models ask of their data, and the column of ones, shared by the files of this topic."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Matrix, Vector, as_labels, as_matrix, check_same_length
from mlmath.linalg._scaling import check_no_overflow, split_column_scales
from mlmath.linalg.least_squares import LARGEST_CONDITION, dependent_columns


def as_fitted_columns(X: ArrayLike, columns: int) -> Matrix:
    """Return ``X`` as a matrix with the number of columns that a model was fitted on."""
    matrix = as_matrix(X, "X")
    if matrix.shape[1] != columns:
        raise ValueError(f"X must have the {columns} columns that the model was fitted on, got {matrix.shape[1]}")
    return matrix


def linear_scores(X: ArrayLike, weights: Matrix, intercept: float | Vector) -> Matrix:
    """Return ``X @ weights + intercept`` for an ``X`` with the number of columns that a model was fitted on.

    Raises:
        OverflowError: If an entry leaves the range of float64.
    """
    matrix = as_fitted_columns(X, len(weights))
    with np.errstate(over="ignore", invalid="ignore"):
        return check_no_overflow(matrix @ weights + intercept, "a prediction")


def covariance_from(root: Matrix) -> Matrix:
    """Return ``root @ root.T``, a covariance of coefficients, or raise OverflowError if it leaves float64."""
    with np.errstate(over="ignore", invalid="ignore"):
        return check_no_overflow(root @ root.T, "a covariance of two coefficients")


def as_classes(labels: ArrayLike, name: str, X: Matrix, *, at_most: int | None = None) -> tuple[Labels, int]:
    """Return the classes of the rows of ``X`` and how many there are; every class must appear."""
    classes = as_labels(labels, name, classes=at_most)
    check_same_length(X, "X", classes, name)
    seen = np.unique(classes)
    if len(seen) < 2:
        raise ValueError(f"{name} must hold two classes or more, got nothing but {seen[0]}")
    if seen[-1] >= len(seen):
        missing = int(np.argmax(seen != np.arange(len(seen))))
        raise ValueError(
            f"{name} must hold every class from 0 to {seen[-1]}, got no {missing}: number them without gaps"
        )
    return classes, len(seen)


def as_names(names: Sequence[str] | None, features: int) -> tuple[str, ...]:
    """Return one name per feature; ``x0``, ``x1``, ... if none are given."""
    if names is None:
        return tuple(f"x{j}" for j in range(features))
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise TypeError(f"names must be a list of strings, one per column of X, got {names!r}")
    if len(names) != features or len(set(names)) != features:
        raise ValueError(f"names must be {features} different strings, one per column of X, got {list(names)}")
    return tuple(names)


def with_ones(X: Matrix) -> Matrix:
    """Return ``X`` with a column of ones before it, whose coefficient is the intercept."""
    return np.column_stack([np.ones(len(X)), X])


def centred(array: Matrix, name: str) -> tuple[Matrix, Vector]:
    """Return the array minus the mean of each column, and the means; constant columns become exactly 0."""
    with np.errstate(over="ignore"):
        from_first = check_no_overflow(array - array[0], f"the spread of {name}")
        shift = check_no_overflow(from_first.mean(axis=0), f"a sum of {name}")
        return from_first - shift, array[0] + shift


def standardised(X: Matrix) -> tuple[Matrix, Vector, Vector]:
    """Return ``Z``, ``mean`` and ``scale`` with ``X = Z * scale + mean``; columns of Z vary by 1, or are 0.

    Unlike ``fit_scaler`` it takes constant columns, and numbers whose squares leave the range of float64.
    """
    sized, exponents = split_column_scales(X)
    deviations, mean = centred(sized, "X")
    scale = np.sqrt(np.mean(deviations**2, axis=0))
    scale[scale == 0] = 1.0
    return deviations / scale, np.ldexp(mean, exponents), np.ldexp(scale, exponents)


def standardised_prices(price: float, scale: Vector) -> Vector:
    """Return the prices of squared standardised coefficients: 0 for the intercept, then ``price / scale^2``."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        prices = price / scale**2 if price > 0 else np.zeros_like(scale)
    return np.append(0.0, check_no_overflow(prices, "the penalty of such small features"))


def check_independent(matrix: Matrix, names: Sequence[str], remedy: str, *, limit: float = LARGEST_CONDITION) -> None:
    """Raise ValueError that names the columns, if some of ``matrix`` are linearly dependent."""
    rows, columns = matrix.shape
    if rows < columns:
        raise ValueError(f"X must have at least {columns} rows (examples), one per coefficient, got {rows}: {remedy}")
    dependent = dependent_columns(matrix, limit=limit)
    if dependent:
        raise ValueError(
            f"columns {[names[j] for j in dependent]} are linearly dependent to working precision, "
            f"so their coefficients are not determined: {remedy}"
        )
