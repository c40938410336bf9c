"""Logistic regression: the probability of one of two classes, from a weighted sum of features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Matrix, Vector, as_fraction, as_matrix, as_not_negative
from mlmath.linalg import householder_qr, solve_triangular
from mlmath.losses import l2_penalty, log_loss
from mlmath.models._checks import (
    as_classes,
    as_names,
    check_independent,
    covariance_from,
    linear_scores,
    standardised,
    standardised_prices,
    with_ones,
)
from mlmath.models._newton import newton_from_zero
from mlmath.optim import Path
from mlmath.stats import sigmoid


@dataclass(frozen=True, eq=False)
class LogisticRegression:
    """The fit of ``log(p / (1 - p)) = X @ weights + intercept`` for the probability ``p`` of class 1.

    One unit more of feature ``j`` multiplies the odds ``p / (1 - p)`` by ``exp(weights[j])``.

    Example:
        >>> model = fit_logistic_regression([[1.0], [2.0], [3.0], [4.0]], [0, 1, 0, 1])
        >>> print(model.decision_scores([[2.5]]).round(6) + 0.0, model.predict([[1.0], [4.0]]))
        [0.] [0 1]

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., section 4.4.
    """

    intercept: float
    """Log-odds of class 1 where all features are 0."""
    weights: Vector
    """Change of the log-odds per unit of each feature, shape ``(features,)``."""
    covariance_root: Matrix
    """A matrix ``F`` with ``covariance = F F^T``, shape ``(1 + features, 1 + features)``, the intercept first."""
    penalty: float
    """The price of a squared weight that was asked for."""
    path: Path
    """Newton's walk: mean losses, penalty included, and points in coordinates of standardised features."""

    @property
    def covariance(self) -> Matrix:
        """Inverse Hessian of the summed loss, shape ``(1 + features, 1 + features)``, the intercept first."""
        return covariance_from(self.covariance_root)

    @property
    def standard_errors(self) -> Vector:
        """Standard error of the intercept and of each weight, shape ``(1 + features,)``; for many examples.

        With a penalty they are the spread of the posterior around the MAP (Laplace's approximation):
        the weights themselves are biased towards 0.
        """
        errors: Vector = np.hypot.reduce(self.covariance_root, axis=1)
        return errors

    def decision_scores(self, X: ArrayLike) -> Vector:
        """Return the log-odds ``X @ weights + intercept``, shape ``(examples,)``; 0 is the decision boundary."""
        return linear_scores(X, self.weights, self.intercept)

    def predict_probabilities(self, X: ArrayLike) -> Vector:
        """Return the probability of class 1 for each row of ``X``, shape ``(examples,)``."""
        return sigmoid(self.decision_scores(X))

    def predict(self, X: ArrayLike, *, threshold: float = 0.5) -> Labels:
        """Return 1 where the probability of class 1 is at least ``threshold``, else 0, shape ``(examples,)``."""
        return (self.predict_probabilities(X) >= as_fraction(threshold, "threshold")).astype(np.int64)


def fit_logistic_regression(
    X: ArrayLike, y: ArrayLike, *, penalty: float = 0.0, steps: int = 100
) -> LogisticRegression:
    r"""Minimize the sum of ``log_loss(X w + b, y)`` plus ``penalty ||w||^2``, by Newton's method.

    With probabilities ``p`` and the column of ones in ``X``, the gradient is
    ``X^T (p - y)`` and the Hessian ``X^T diag(p (1 - p)) X``, plus those of the
    penalty. So every Newton step solves a weighted least-squares problem, hence
    the name "iteratively reweighted least squares". The loss is convex: there is one minimum.

    There may also be none. If a plane separates the classes, longer weights
    always fit better, and the best ones are infinitely long. This function
    recognizes that and refuses. A penalty makes the best weights finite.

    Newton's steps do not depend on the units of the features, but the length of
    the gradient does, at which they stop. So the walk takes place in standardised
    features, and the result is translated back. The penalty is on the weights
    as they are returned, so their units matter: use ``fit_scaler`` first.

    Args:
        X: Features, shape ``(examples, features)``, without a constant column: the intercept is added.
        y: Classes 0 and 1, shape ``(examples,)``.
        penalty: Price of a squared weight, 0 or more; the intercept is free.
            scikit-learn's ``C`` is ``1 / (2 penalty)``.
        steps: Newton steps to try; ten are usual.

    Returns:
        The model.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``y`` not as many zeros and
            ones with both present, or ``penalty`` negative. Also if a column is
            constant, or columns are dependent and there is no penalty (drop one,
            or give a penalty), or if the classes can be separated and the penalty
            is 0, or too small to matter (1e-3 suits standardised features).
        OverflowError: If a result leaves the range of float64: choose other units.

    Example:
        >>> model = fit_logistic_regression([[1.0], [2.0], [3.0], [4.0]], [0, 1, 0, 1])
        >>> print(model.weights.round(4), model.path.stop_reason)
        [0.9082] the gradient norm reached the tolerance

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., section 4.4.1;
    separation: Albert & Anderson, "On the existence of maximum likelihood estimates in logistic regression
    models", *Biometrika* 71 (1984).
    """
    matrix, price = as_matrix(X, "X"), as_not_negative(penalty, "penalty")
    observed = as_classes(y, "y", matrix, at_most=2)[0]
    constant = (matrix[0] == matrix).all(axis=0)
    if constant.any():
        j = int(np.argmax(constant))
        raise ValueError(f"column {j} of X is constant ({matrix[0, j]:g}): drop it, the intercept is added")
    Z, mean, scale = standardised(matrix)
    A = with_ones(Z)
    examples, count = A.shape
    prices = standardised_prices(price, scale)
    if price == 0:
        check_independent(A, ["intercept", *as_names(None, count - 1)], "drop one of them, or give a penalty")

    # Point v is the intercept and the weights in standard deviations: w = v[1:] / scale. All is divided by `examples`.
    def loss(v: Vector) -> float:
        return log_loss(A @ v, observed).value + l2_penalty(v[1:] / scale, strength=price / examples).value

    def gradient(v: Vector) -> Vector:
        slopes = A.T @ log_loss(A @ v, observed).gradient
        slopes[1:] += l2_penalty(v[1:] / scale, strength=price / examples).gradient / scale
        return slopes

    def root_of_hessian(v: Vector) -> Matrix:
        p = sigmoid(A @ v)
        root: Matrix = (
            np.vstack([np.sqrt(p * (1 - p))[:, np.newaxis] * A, np.diag(np.sqrt(2 * prices))]) / examples**0.5
        )
        return root

    def hessian(v: Vector) -> Matrix:
        root = root_of_hessian(v)
        product: Matrix = root.T @ root
        return product

    path = newton_from_zero(loss, gradient, hessian, A=A, rows=1, penalty=price, steps=steps)
    back = np.diag(np.append(1.0, 1 / scale))
    back[0, 1:] = -mean / scale
    intercept, *weights = back @ path.result
    R = householder_qr(root_of_hessian(path.result)).R
    return LogisticRegression(
        intercept=float(intercept),
        weights=np.array(weights),
        covariance_root=back @ solve_triangular(R, np.eye(count) / np.sqrt(examples), lower=False),
        penalty=price,
        path=path,
    )
