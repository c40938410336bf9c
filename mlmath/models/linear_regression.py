"""Linear regression: a straight line (or plane) through data, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlmath import stats
from mlmath._arrays import Matrix, Vector
from mlmath.linalg import householder_qr, solve_triangular
from mlmath.linalg._scaling import check_no_overflow, restore_scale
from mlmath.linalg.least_squares import as_problem, largest_condition
from mlmath.models import _checks as checks
from mlmath.models._table import regression_table
from mlmath.models.intervals import Intervals, student_t_intervals


@dataclass(frozen=True, eq=False)
class LinearRegression:
    r"""The fit of ``y = X @ weights + intercept + noise``, with the uncertainty of every number in it.

    The errors and intervals hold if the noise is independent, with mean 0 and the
    same standard deviation everywhere; the intervals and p-values also ask for
    normal noise, or many examples. Look at the residuals before you trust them.

    Example:
        >>> model = fit_linear_regression([[1.0], [2.0], [3.0], [4.0]], [2.0, 3.0, 5.0, 6.0], names=["size"])
        >>> print(model)
                      estimate    std error            t            p
        intercept      0.50000      0.38730       1.2910       0.3258
        size            1.4000      0.14142       9.8995       0.0101
        4 examples, 2 degrees of freedom, s = 0.31623, R^2 = 0.9800, adjusted R^2 = 0.9700
        >>> model.predict([[5.0]]).round(6)
        array([7.5])

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., section 3.2.
    """

    names: tuple[str, ...]
    """What the coefficients belong to: ``"intercept"`` first if there is one, then the features."""
    coefficients: Vector
    """One per name, in the units of ``y`` divided by those of the column."""
    inverse_triangle: Matrix
    """``R^-1`` of ``[1 X] = Q R``; ``a @ coefficients`` has standard error ``s`` times the length of ``a @ R^-1``."""
    residuals: Vector
    """``y - predict(X)``, shape ``(examples,)``, in the units of ``y``; orthogonal to every column."""
    targets: Vector
    """The ``y`` of the fit, shape ``(examples,)``."""
    has_intercept: bool
    """Whether the first coefficient is the intercept."""

    @property
    def intercept(self) -> float:
        """Prediction where all features are 0; 0 if the model has no intercept."""
        return float(self.coefficients[0]) if self.has_intercept else 0.0

    @property
    def weights(self) -> Vector:
        """The coefficients of the features, shape ``(features,)``."""
        return self.coefficients[int(self.has_intercept) :].copy()

    @property
    def degrees_of_freedom(self) -> int:
        """Examples minus coefficients: how many residuals could be chosen freely."""
        return len(self.residuals) - len(self.coefficients)

    @property
    def residual_standard_deviation(self) -> float:
        """Estimated noise ``s = sqrt(sum(residuals^2) / degrees_of_freedom)``, in the units of ``y``."""
        return float(np.hypot.reduce(self.residuals) / np.sqrt(self.degrees_of_freedom))

    @property
    def standard_errors(self) -> Vector:
        """Estimated standard deviation of each coefficient, if the noise were drawn anew."""
        return self._standard_errors(np.eye(len(self.coefficients)))

    @property
    def covariance(self) -> Matrix:
        """Covariance of the coefficients, ``s^2 (X^T X)^-1`` with the column of ones in ``X``: shape ``(n, n)``."""
        return checks.covariance_from(self.residual_standard_deviation * self.inverse_triangle)

    @property
    def t_statistics(self) -> Vector:
        """Coefficient divided by its standard error: how many of them it is away from 0."""
        if self.residual_standard_deviation == 0:
            raise ValueError("the fit is exact, so the standard errors are 0 and t has no value: there is no noise")
        return self.coefficients / self.standard_errors

    @property
    def p_values(self) -> Vector:
        """Probability of a ``t`` at least as far from 0, on either side, if the true coefficient is 0."""
        return 2 * stats.student_t_cdf(-np.abs(self.t_statistics), self.degrees_of_freedom)

    @property
    def r_squared(self) -> float:
        """Share of the variance of ``y`` that is explained; without intercept, of the sum of ``y^2``."""
        if self.has_intercept:
            return stats.r_squared(self.targets - self.residuals, self.targets)
        if not self.targets.any():
            raise ValueError("y is 0 everywhere, so there is nothing to explain")
        return float(1 - (np.hypot.reduce(self.residuals) / np.hypot.reduce(self.targets)) ** 2)

    @property
    def adjusted_r_squared(self) -> float:
        """``R^2`` with variances that are divided by their degrees of freedom: a useless feature does not raise it."""
        examples = len(self.targets) - int(self.has_intercept)
        return 1 - (1 - self.r_squared) * examples / self.degrees_of_freedom

    def predict(self, X: ArrayLike) -> Vector:
        """Return ``X @ weights + intercept``, shape ``(examples,)``, for ``X`` of shape ``(examples, features)``."""
        return checks.linear_scores(X, self.weights, self.intercept)

    def confidence_intervals(self, confidence: float = 0.95) -> Intervals:
        """Return one interval per coefficient: ``coefficient +- quantile * standard error``."""
        return student_t_intervals(self.coefficients, self.standard_errors, self.degrees_of_freedom, confidence)

    def mean_intervals(self, X: ArrayLike, confidence: float = 0.95) -> Intervals:
        """Return where the line itself is at each row of ``X``: the mean of many new targets there."""
        return student_t_intervals(
            self.predict(X), self._standard_errors(self._rows(X)), self.degrees_of_freedom, confidence
        )

    def prediction_intervals(self, X: ArrayLike, confidence: float = 0.95) -> Intervals:
        """Return where one new target is at each row of ``X``: wider, as it has noise of its own."""
        errors = np.hypot(self._standard_errors(self._rows(X)), self.residual_standard_deviation)
        return student_t_intervals(self.predict(X), errors, self.degrees_of_freedom, confidence)

    def __str__(self) -> str:
        """Return the table of coefficients, and a line about the whole fit."""
        return regression_table(self)

    def _rows(self, X: ArrayLike) -> Matrix:
        matrix = checks.as_fitted_columns(X, len(self.weights))
        return checks.with_ones(matrix) if self.has_intercept else matrix

    def _standard_errors(self, rows: Matrix) -> Vector:
        with np.errstate(over="ignore", invalid="ignore"):
            lengths = np.hypot.reduce(rows @ self.inverse_triangle, axis=1)
            return check_no_overflow(self.residual_standard_deviation * lengths, "a standard error")


def fit_linear_regression(
    X: ArrayLike, y: ArrayLike, *, intercept: bool = True, names: Sequence[str] | None = None
) -> LinearRegression:
    r"""Coefficients ``w`` that minimize ``||[1 X] w - y||^2``, with standard errors: ``R w = Q^T y``.

    The covariance of the coefficients is ``s^2 (X^T X)^-1``. With ``X = Q R``,
    ``X^T X = R^T R``, so it is ``s^2 R^-1 R^-T``: only the triangle is inverted.
    Forming ``X^T X`` and inverting that would square the condition number, and leave
    no right digit in the errors of nearly dependent columns, where errors matter most.

    Args:
        X: Features, shape ``(examples, features)``, any units; more examples than coefficients.
        y: Targets, shape ``(examples,)``.
        intercept: Add a column of ones. Without it the plane goes through the
            origin, and ``R^2`` has another meaning.
        names: What to call the features in messages and in the table; by default ``x0``, ``x1``, ...

    Returns:
        The model. Its ``coefficients`` have the intercept first.

    Raises:
        ValueError: If ``X`` and ``y`` are not finite, of the same length, with more
            examples than coefficients (else the noise cannot be estimated), or if
            columns are linearly dependent: drop one, or use ``fit_ridge``.
        TypeError: If ``names`` is not a list of strings.
        OverflowError: If a result leaves the range of float64: choose other units.

    Example:
        >>> model = fit_linear_regression([[1.0], [2.0], [3.0], [4.0]], [2.0, 3.0, 5.0, 6.0])
        >>> print(model.coefficients.round(6), model.standard_errors.round(3))
        [0.5 1.4] [0.387 0.141]

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*,
    2nd ed., section 3.2; Golub & Van Loan, *Matrix Computations*, 4th ed., section 5.3.
    """
    matrix, targets, exponent = as_problem(X, y)  # targets of size about 1, times a power of two
    called = checks.as_names(names, matrix.shape[1])
    if intercept:
        matrix, called = checks.with_ones(matrix), ("intercept", *called)
    examples, count = matrix.shape
    if examples <= count:
        raise ValueError(
            f"X must have more rows (examples) than the model has coefficients, got {examples} rows for {count}: "
            "the noise shows only in what is left over; solve_least_squares_qr fits without standard errors"
        )
    Q, R = householder_qr(matrix)
    checks.check_independent(R, called, "drop one of them, or use fit_ridge", limit=largest_condition(matrix))
    coefficients = solve_triangular(R, Q.T @ targets, lower=False)
    return LinearRegression(
        names=called,
        coefficients=restore_scale(coefficients, exponent, "a coefficient"),
        inverse_triangle=solve_triangular(R, np.eye(count), lower=False),
        residuals=np.ldexp(targets - matrix @ coefficients, exponent),
        targets=np.ldexp(targets, exponent),
        has_intercept=bool(intercept),
    )
