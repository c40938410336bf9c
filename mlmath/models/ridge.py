"""Ridge regression with an intercept that does not pay."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_matrix, as_vector, check_same_length
from mlmath.linalg import solve_ridge
from mlmath.models._checks import centred, linear_scores


@dataclass(frozen=True, eq=False)
class RidgeRegression:
    """The fit of ``y = X @ weights + intercept`` with a price on long weights.

    Example:
        >>> model = fit_ridge([[0.0], [2.0]], [1.0, 5.0], penalty=2.0)
        >>> print(model.weights.round(6), round(model.intercept, 6), model.predict([[1.0]]).round(6))
        [1.] 2.0 [3.]

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., section 3.4.1.
    """

    intercept: float
    """Prediction where all features are 0, in the units of ``y``."""
    weights: Vector
    """Shape ``(features,)``, in the units of ``y`` divided by those of the feature."""
    penalty: float
    """The price of a squared weight that was asked for."""

    def predict(self, X: ArrayLike) -> Vector:
        """Return ``X @ weights + intercept``, shape ``(examples,)``, for ``X`` of shape ``(examples, features)``."""
        return linear_scores(X, self.weights, self.intercept)


def fit_ridge(X: ArrayLike, y: ArrayLike, *, penalty: float) -> RidgeRegression:
    r"""Weights ``w`` and intercept ``b`` that minimize ``||X w + b - y||^2 + penalty ||w||^2``.

    The intercept pays nothing: it is the level of ``y``, and adding 1000 to every
    ``y`` should add 1000 to every prediction. For any ``w`` the best intercept is
    ``mean(y) - mean(X) @ w``. Put in, that leaves ``solve_ridge`` on ``X`` and
    ``y`` minus their means.

    The weights pay by their size in numbers. A length in millimetres has a
    weight a thousandth of that in metres, and so is hardly charged: bring the
    features to one scale first, with ``fit_scaler``.

    Seen by Bayes: if the noise has variance ``s^2`` and each weight a normal
    prior with mean 0 and variance ``t^2``, the most probable weights (MAP) are
    those of ``penalty = s^2 / t^2``.

    Args:
        X: Features, shape ``(examples, features)``, of any two sizes and any rank, on one scale.
        y: Targets, shape ``(examples,)``.
        penalty: Must be positive, in the units of the features squared. Towards 0
            the fit tends to least squares, for large ones to the mean of ``y``.

    Returns:
        The model.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``y`` not a finite vector of
            the same length, or ``penalty`` is not positive, or so small that
            rounding hides it and dependent columns remain dependent: raise it.
        OverflowError: If a result leaves the range of float64: choose other units.

    Example:
        >>> fit_ridge([[0.0], [2.0]], [1.0, 5.0], penalty=2.0).weights.round(6)
        array([1.])

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*,
    2nd ed., section 3.4.1; as MAP: Bishop, *Pattern Recognition and Machine Learning*, section 3.3.1.
    """
    matrix, targets = as_matrix(X, "X"), as_vector(y, "y")
    check_same_length(matrix, "X", targets, "y")
    features, feature_means = centred(matrix, "X")
    levels, mean = centred(targets[:, None], "y")
    weights = solve_ridge(features, levels[:, 0], penalty=penalty)
    return RidgeRegression(intercept=float(mean[0] - feature_means @ weights), weights=weights, penalty=float(penalty))
