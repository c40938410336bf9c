"""fit_logistic_regression: a zero gradient, an independent answer, and no answer where there is none."""

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from sklearn.linear_model import LogisticRegression as SklearnLogisticRegression

from mlmath.calculus import numerical_hessian
from mlmath.datasets import load_breast_cancer
from mlmath.losses import log_loss
from mlmath.models import fit_logistic_regression
from mlmath.stats import fit_scaler

seeds = st.integers(0, 2**32 - 1)


def overlapping(seed, examples=60, features=2):
    """Classes drawn from the model itself, with weights small enough to overlap."""
    rng = np.random.default_rng(seed)
    X = rng.normal(2.0, 1.5, size=(examples, features))
    y = rng.random(examples) < 1 / (1 + np.exp(-(X - 2.0).sum(axis=1) / 2))
    return X, y.astype(int)


def summed_loss(X, y, penalty):
    return lambda v: log_loss(X @ v[1:] + v[0], y, reduction="sum").value + penalty * v[1:] @ v[1:]


@given(seed=seeds)
def test_the_gradient_is_zero(seed):
    """X^T (p - y) = 0: predicted and observed classes have the same sum, weighted by any feature."""
    X, y = overlapping(seed)

    errors = fit_logistic_regression(X, y).predict_probabilities(X) - y

    np.testing.assert_allclose(np.append(X.T @ errors, errors.sum()), np.zeros(3), atol=1e-6)


@given(seed=seeds, penalty=st.floats(1e-3, 1e2))
def test_with_a_penalty_the_gradient_balances_its_pull(seed, penalty):
    X, y = overlapping(seed)

    model = fit_logistic_regression(X, y, penalty=penalty)

    errors = model.predict_probabilities(X) - y
    np.testing.assert_allclose(X.T @ errors + 2 * penalty * model.weights, np.zeros(2), atol=1e-6)
    assert errors.sum() == pytest.approx(0.0, abs=1e-7)


@pytest.mark.parametrize("penalty", [0.0, 0.5])
def test_it_agrees_with_scikit_learn(penalty):
    X, y = overlapping(0)
    C = 1 / (2 * penalty) if penalty else np.inf

    model = fit_logistic_regression(X, y, penalty=penalty)
    expected = SklearnLogisticRegression(C=C, solver="newton-cholesky", tol=1e-10).fit(X, y)

    np.testing.assert_allclose(model.weights, expected.coef_[0], rtol=1e-6)
    assert model.intercept == pytest.approx(expected.intercept_[0], rel=1e-6)
    np.testing.assert_allclose(model.predict_probabilities(X), expected.predict_proba(X)[:, 1], rtol=1e-6)
    np.testing.assert_array_equal(model.predict(X), expected.predict(X))


def test_breast_cancer_agrees_with_scikit_learn():
    tumours = load_breast_cancer()
    Z = fit_scaler(tumours.features).transform(tumours.features)

    model = fit_logistic_regression(Z, tumours.labels, penalty=0.5)
    expected = SklearnLogisticRegression(C=1, solver="newton-cholesky", tol=1e-8).fit(Z, tumours.labels)

    np.testing.assert_allclose(model.weights, expected.coef_[0], rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("penalty", [0.0, 3.0])
def test_standard_errors_are_those_of_the_measured_curvature(penalty):
    X, y = overlapping(1)

    model = fit_logistic_regression(X, y, penalty=penalty)

    measured = numerical_hessian(summed_loss(X, y, penalty), np.append(model.intercept, model.weights))
    np.testing.assert_allclose(model.covariance, np.linalg.inv(measured), rtol=1e-4)
    np.testing.assert_allclose(model.standard_errors, np.sqrt(np.diag(np.linalg.inv(measured))), rtol=1e-4)


def test_the_standard_error_is_the_spread_of_fits_to_new_classes():
    X = overlapping(2, examples=400)[0]
    rng = np.random.default_rng(0)
    chance = 1 / (1 + np.exp(-(X - 2.0).sum(axis=1) / 2))

    models = [fit_logistic_regression(X, rng.random(400) < chance) for _ in range(100)]

    spread = np.std([model.weights for model in models], axis=0)
    np.testing.assert_allclose(models[0].standard_errors[1:], spread, rtol=0.25)


def test_the_path_holds_mean_losses_that_fall():
    X, y = overlapping(3)

    model = fit_logistic_regression(X, y, penalty=2.0)

    assert model.path.losses[0] == pytest.approx(np.log(2))
    expected = summed_loss(X, y, 2.0)(np.append(model.intercept, model.weights)) / 60
    assert model.path.losses[-1] == pytest.approx(expected)
    assert (np.diff(model.path.losses) <= 1e-15).all()
    assert model.penalty == 2.0


@settings(max_examples=20)
@given(seed=seeds, factor=st.sampled_from([1e-200, 1e-3, 1e4, 1e200]), shift=st.floats(-1e3, 1e3))
def test_units_rescale_the_weights_and_change_no_probability(seed, factor, shift):
    X, y = overlapping(seed)

    model, other = fit_logistic_regression(X, y), fit_logistic_regression(factor * (X + shift), y)

    np.testing.assert_allclose(other.weights * factor, model.weights, rtol=1e-5, atol=1e-8)
    np.testing.assert_allclose(
        other.predict_probabilities(factor * (X + shift)), model.predict_probabilities(X), rtol=1e-5
    )


def test_swapping_the_classes_changes_the_signs():
    X, y = overlapping(4)

    model, swapped = fit_logistic_regression(X, y), fit_logistic_regression(X, 1 - y)

    np.testing.assert_allclose(swapped.weights, -model.weights)
    np.testing.assert_allclose(swapped.decision_scores(X), -model.decision_scores(X))


def test_the_threshold_moves_the_decision():
    X, y = overlapping(5)
    model = fit_logistic_regression(X, y)

    p = model.predict_probabilities(X)

    np.testing.assert_array_equal(model.predict(X), p >= 0.5)
    np.testing.assert_array_equal(model.predict(X, threshold=0.1), p >= 0.1)
    assert model.predict(X, threshold=p[0])[0] == 1
    assert model.predict(X).dtype == np.int64


SEPARATED = [
    ([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1]),
    ([[0.0], [1.0], [1.0], [2.0]], [0, 0, 1, 1]),  # a tie on the boundary
    ([[0.0], [0.0], [0.0], [1.0]], [0, 1, 0, 1]),  # a category with one example
    ([[0.0, 0.0], [1e3, 1.0], [0.0, 1e-3], [1.0, 5.0]], [0, 1, 1, 1]),
]


@pytest.mark.parametrize(("X", "y"), SEPARATED)
def test_separated_classes_have_no_best_weights(X, y):
    message = r"^planes separate the classes, .* and penalty = 0.0 does not hold them: give a larger one, such as 1e-3"
    with pytest.raises(ValueError, match=message):
        fit_logistic_regression(X, y)


@pytest.mark.parametrize(("X", "y"), SEPARATED)
def test_with_a_penalty_they_have(X, y):
    model = fit_logistic_regression(X, y, penalty=1e-3)

    errors = model.predict_probabilities(X) - y
    np.testing.assert_allclose(np.transpose(X) @ errors + 2e-3 * model.weights, 0, atol=1e-6)


@given(seed=seeds)
def test_random_planes_are_recognized(seed):
    """Two labels, moved by hand, may or may not spoil the separation; a linear program tells which."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(30, 2))
    y = (X @ rng.normal(size=2) > 0).astype(int)
    y[:2] = 0, 1

    expected = pytest.raises(ValueError, match="planes separate") if separable(X, y) else contextlib.nullcontext()
    with expected:
        fit_logistic_regression(X, y)


def separable(X, y):
    """Ask scipy for the largest total margin, bounded; it is above 0 exactly if the classes are (quasi-)separable."""
    signed = (2 * y - 1)[:, np.newaxis] * np.column_stack([np.ones(len(X)), X])
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(X)), bounds=[(-1, 1)] * 3)
    return -found.fun > 1e-9


def test_a_covariance_beyond_float64_is_refused():
    X, y = overlapping(0)

    model = fit_logistic_regression(X * 1e-200, y)

    assert np.isfinite(model.standard_errors).all()
    with pytest.raises(OverflowError, match="a covariance of two coefficients exceeds the largest float64"):
        _ = model.covariance


def test_dependent_columns_need_a_penalty():
    X, y = overlapping(6)
    doubled = np.column_stack([X, X[:, 1]])

    with pytest.raises(
        ValueError,
        match=r"columns \['x1', 'x2'\] are linearly dependent.*determined: drop one of them, or give a penalty$",
    ):
        fit_logistic_regression(doubled, y)
    weights = fit_logistic_regression(doubled, y, penalty=1.0).weights
    assert weights[1] == pytest.approx(weights[2])


def test_more_features_than_examples_need_a_penalty():
    X, y = np.random.default_rng(0).normal(size=(4, 6)), [0, 1, 0, 1]

    with pytest.raises(ValueError, match=r"X must have at least 7 rows \(examples\), one per coefficient, got 4"):
        fit_logistic_regression(X, y)
    assert fit_logistic_regression(X, y, penalty=0.1).predict(X).tolist() == y


def test_too_few_steps_are_no_answer():
    with pytest.raises(ValueError, match="did not converge in steps = 2: allow more, or give a larger penalty"):
        fit_logistic_regression(*overlapping(7), penalty=0.01, steps=2)


def test_a_penalty_that_rounding_hides_is_refused():
    with pytest.raises(ValueError, match=r"penalty = 1e-09 does not hold them: give a larger one"):
        fit_logistic_regression([[0.0], [1e10], [2e10], [3e10]], [0, 0, 1, 1], penalty=1e-9)


def test_no_steps_are_refused():
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        fit_logistic_regression(*overlapping(7), steps=0)


def test_the_arguments_are_left_alone():
    X, y = overlapping(8)
    X_before, y_before = X.copy(), y.copy()

    fit_logistic_regression(X, y)

    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(y, y_before)


@pytest.mark.parametrize(
    ("X", "y", "penalty", "message"),
    [
        ([1.0, 2.0], [0, 1], 0.0, r"^X must have shape \(rows, columns\)"),
        ([[1.0], [2.0]], [0, 1, 1], 0.0, "^X and y must have one entry per example, got 2 and 3"),
        ([[1.0], [2.0]], [-1, 1], 0.0, "^y must hold class numbers 0, 1, ... to 1, got -1 at y"),
        ([[1.0], [2.0]], [0, 2], 0.0, "^y must hold class numbers 0, 1, ... to 1, got 2 at y"),
        ([[1.0], [2.0]], [1, 1], 0.0, "^y must hold two classes or more, got nothing but 1"),
        ([[1.0], [2.0]], [0, 1], -1.0, "^penalty must not be negative, got -1.0"),
        ([[1.0, 7.0], [2.0, 7.0]], [0, 1], 0.0, r"^column 1 of X is constant \(7\): drop it, the intercept is added"),
    ],
)
def test_errors_name_the_argument(X, y, penalty, message):
    with pytest.raises(ValueError, match=message):
        fit_logistic_regression(X, y, penalty=penalty)


def test_errors_of_the_model_name_the_argument():
    model = fit_logistic_regression(*overlapping(0))

    with pytest.raises(ValueError, match="X must have the 2 columns that the model was fitted on, got 1"):
        model.decision_scores([[1.0]])
    with pytest.raises(ValueError, match="threshold must be between 0 and 1"):
        model.predict([[1.0, 2.0]], threshold=1.0)


def test_features_too_small_for_their_penalty_are_refused():
    """Their weights would be of size 1e-200, since 1e200 cost 1e400."""
    X = [[1e-200], [2e-200], [3e-200]]

    with pytest.raises(OverflowError, match="the penalty of such small features exceeds the largest float64"):
        fit_logistic_regression(X, [0, 1, 0], penalty=1.0)
