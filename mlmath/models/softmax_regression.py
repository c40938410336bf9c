"""Softmax regression: the probabilities of any number of classes, from weighted sums of features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Matrix, Vector, as_matrix, as_positive
from mlmath.losses import l2_penalty, softmax_cross_entropy
from mlmath.models._checks import as_classes, linear_scores, standardised, standardised_prices, with_ones
from mlmath.models._newton import newton_from_zero
from mlmath.optim import Path
from mlmath.stats import softmax


@dataclass(frozen=True, eq=False)
class SoftmaxRegression:
    """The fit of ``softmax(X @ weights + intercepts)`` to the probabilities of the classes.

    Also called multinomial logistic regression. With weights ``w_j`` of class
    ``j``, the odds of two classes are ``p_j / p_k = exp(x @ (w_j - w_k) + b_j - b_k)``.

    Example:
        >>> model = fit_softmax_regression([[0.0], [1.0], [2.0]], [0, 1, 2], penalty=0.1)
        >>> model.predict([[-1.0], [1.0], [5.0]])
        array([0, 1, 2])
        >>> model.predict_probabilities([[1.0]]).round(3)
        array([[0.262, 0.477, 0.262]])

    Source: Bishop, *Pattern Recognition and Machine Learning*, section 4.3.4.
    """

    intercepts: Vector
    """Score of each class where all features are 0, shape ``(classes,)``; they sum to 0."""
    weights: Matrix
    """Shape ``(features, classes)``: change of each score per unit of each feature; rows sum to 0."""
    penalty: float
    """The price of a squared weight that was asked for."""
    path: Path
    """Newton's walk: mean losses, penalty included, and points in coordinates of standardised features."""

    def decision_scores(self, X: ArrayLike) -> Matrix:
        """Return ``X @ weights + intercepts``, shape ``(examples, classes)``; the largest of a row decides."""
        return linear_scores(X, self.weights, self.intercepts)

    def predict_probabilities(self, X: ArrayLike) -> Matrix:
        """Return the probability of each class for each row of ``X``, shape ``(examples, classes)``."""
        return softmax(self.decision_scores(X))

    def predict(self, X: ArrayLike) -> Labels:
        """Return the most probable class of each row of ``X``, shape ``(examples,)``."""
        classes: Labels = self.decision_scores(X).argmax(axis=1)
        return classes


def fit_softmax_regression(X: ArrayLike, labels: ArrayLike, *, penalty: float, steps: int = 100) -> SoftmaxRegression:
    r"""Minimize the sum of ``softmax_cross_entropy(X W + b, labels)`` plus ``penalty ||W||^2``, by Newton's method.

    Adding one vector to the weights of all classes changes no probability: it
    shifts all scores of an example alike. So the data alone determine only
    differences of weights. The penalty, which must be positive, picks among equal
    fits the one with the shortest weights, and these sum to 0 over the classes.
    The intercepts are free; those that sum to 0 are chosen. (Another
    convention sets all weights of one class, the reference, to 0.)

    The gradient for ``W`` is ``X^T (P - Y)`` with the probabilities ``P`` and
    ``Y`` 1 at the true class and 0 elsewhere: logistic regression, a column per
    class. With two classes, it is ``fit_logistic_regression`` with half the
    penalty, and ``w = W[:, 1] - W[:, 0]``.

    The Hessian has ``(classes (1 + features))^2`` entries: 64 pixels and 10
    digits take seconds, 784 pixels need ``fit_network`` with ``hidden=()``.

    Args:
        X: Features, shape ``(examples, features)``, on one scale: small
            units pay less, see ``fit_scaler``. A constant column gets weights 0.
        labels: Classes, every one from 0 to ``classes - 1`` at least once, shape ``(examples,)``.
        penalty: Price of a squared weight; must be positive. scikit-learn's ``C`` is ``1 / (2 penalty)``.
        steps: Newton steps to try; ten to twenty are usual.

    Returns:
        The model.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``labels`` not as many class
            numbers without gaps, ``penalty`` is not positive, so small that rounding
            hides it, or ``steps`` were not enough: raise the penalty.
        OverflowError: If the features leave the range of float64: choose other units.

    Example:
        >>> model = fit_softmax_regression([[0.0], [1.0], [2.0]], [0, 1, 2], penalty=0.1)
        >>> model.weights.round(3) + 0.0
        array([[-1.598,  0.   ,  1.598]])

    Source: Bishop, *Pattern Recognition and Machine Learning*, section 4.3.4.
    """
    matrix, price = as_matrix(X, "X"), as_positive(penalty, "penalty")
    true, classes = as_classes(labels, "labels", matrix)
    Z, mean, scale = standardised(matrix)
    A = with_ones(Z)
    examples, columns = A.shape
    prices = standardised_prices(price, scale)
    units = np.append(np.inf, scale)  # an intercept in units of infinity pays nothing

    # Point v has a row per class: the intercept, and the weights in standard deviations. All is divided by `examples`.
    def loss(v: Vector) -> float:
        rows = v.reshape(classes, columns)
        of_penalty = l2_penalty((rows / units).ravel(), strength=price / examples)
        return softmax_cross_entropy(A @ rows.T, true).value + of_penalty.value

    def gradient(v: Vector) -> Vector:
        rows = v.reshape(classes, columns)
        of_penalty = l2_penalty((rows / units).ravel(), strength=price / examples)
        slopes = softmax_cross_entropy(A @ rows.T, true).gradient.T @ A
        whole: Matrix = slopes + of_penalty.gradient.reshape(classes, columns) / units
        return whole.ravel()

    def hessian(v: Vector) -> Matrix:
        P = softmax(A @ v.reshape(classes, columns).T)
        H = np.empty((classes, columns, classes, columns))
        for j in range(classes):
            for k in range(j + 1):
                H[j, :, k] = H[k, :, j] = (A.T * (P[:, j] * ((j == k) - P[:, k]))) @ A / examples
            H[j, :, j] += np.diag(2 * prices / examples)
        # The loss is flat, or nearly so, where one vector is added to all rows, and the gradient has no part in these
        # directions. So some curvature there leaves the steps as they are, and makes the equations solvable.
        flat = np.kron(np.ones((classes, classes)), np.eye(columns)) / classes
        whole: Matrix = H.reshape(flat.shape) + flat
        return whole

    path = newton_from_zero(loss, gradient, hessian, A=A, rows=classes, penalty=price, steps=steps)
    result = path.result.reshape(classes, columns).T
    weights = result[1:] / scale[:, np.newaxis]
    return SoftmaxRegression(intercepts=result[0] - mean @ weights, weights=weights, penalty=price, path=path)
