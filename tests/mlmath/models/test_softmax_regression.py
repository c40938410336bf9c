"""fit_softmax_regression: unique weights, logistic regression with two classes, scikit-learn with more."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression as SklearnLogisticRegression

from mlmath.losses import l2_penalty, softmax_cross_entropy
from mlmath.models import fit_logistic_regression, fit_softmax_regression

seeds = st.integers(0, 2**32 - 1)


def clouds(seed, examples=60, classes=3):
    """Overlapping clouds, and every class at least once."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % classes)
    return rng.normal(2.0, 1.0, size=(examples, 2)) + rng.normal(size=(classes, 2))[labels], labels


@settings(max_examples=20)
@given(seed=seeds, penalty=st.floats(1e-2, 1e2))
def test_the_gradient_is_zero(seed, penalty):
    """X^T (P - Y) + 2 penalty W = 0, and predicted classes are as frequent as observed ones."""
    X, labels = clouds(seed)

    model = fit_softmax_regression(X, labels, penalty=penalty)

    errors = model.predict_probabilities(X) - np.eye(3)[labels]
    np.testing.assert_allclose(X.T @ errors + 2 * penalty * model.weights, np.zeros((2, 3)), atol=1e-6)
    np.testing.assert_allclose(errors.sum(axis=0), np.zeros(3), atol=1e-7)


@pytest.mark.parametrize("penalty", [1e-3, 0.5])
def test_it_agrees_with_scikit_learn(penalty):
    X, labels = clouds(0)

    model = fit_softmax_regression(X, labels, penalty=penalty)
    expected = SklearnLogisticRegression(C=1 / (2 * penalty), tol=1e-9, max_iter=10_000).fit(X, labels)

    np.testing.assert_allclose(model.predict_probabilities(X), expected.predict_proba(X), atol=1e-5)
    np.testing.assert_allclose(model.weights.T, expected.coef_, atol=1e-4)
    np.testing.assert_array_equal(model.predict(X), expected.predict(X))


@settings(max_examples=20)
@given(seed=seeds, penalty=st.floats(1e-2, 1e2))
def test_two_classes_are_logistic_regression_with_half_the_penalty(seed, penalty):
    X, labels = clouds(seed, classes=2)

    model = fit_softmax_regression(X, labels, penalty=penalty)
    logistic = fit_logistic_regression(X, labels, penalty=penalty / 2)

    np.testing.assert_allclose(model.weights[:, 1] - model.weights[:, 0], logistic.weights, rtol=1e-6, atol=1e-9)
    assert model.intercepts[1] - model.intercepts[0] == pytest.approx(logistic.intercept, rel=1e-6, abs=1e-9)
    np.testing.assert_allclose(model.predict_probabilities(X)[:, 1], logistic.predict_probabilities(X), atol=1e-8)


@settings(max_examples=20)
@given(seed=seeds)
def test_weights_and_intercepts_sum_to_zero_over_the_classes(seed):
    """One vector added to all classes changes no probability; of all these fits the shortest is returned."""
    model = fit_softmax_regression(*clouds(seed), penalty=1e-6)

    np.testing.assert_allclose(model.weights.sum(axis=1), np.zeros(2), atol=1e-8)
    assert model.intercepts.sum() == pytest.approx(0.0, abs=1e-8)


def test_classes_may_be_renumbered():
    X, labels = clouds(1)
    order = np.array([2, 0, 1])

    model, renumbered = (fit_softmax_regression(X, numbers, penalty=0.1) for numbers in (labels, order[labels]))

    np.testing.assert_allclose(renumbered.weights[:, order], model.weights, rtol=1e-6)
    np.testing.assert_array_equal(renumbered.predict(X), order[model.predict(X)])


def test_the_path_holds_mean_losses_that_fall():
    X, labels = clouds(2)

    model = fit_softmax_regression(X, labels, penalty=2.0)

    assert model.path.losses[0] == pytest.approx(np.log(3))
    data = softmax_cross_entropy(model.decision_scores(X), labels).value
    of_penalty = l2_penalty(model.weights.ravel(), strength=2.0).value
    assert model.path.losses[-1] == pytest.approx(data + of_penalty / 60)
    assert (np.diff(model.path.losses) <= 1e-15).all()
    assert model.penalty == 2.0


def test_newtons_method_converges_quadratically():
    """With a wrong Hessian the walk would still end, but not within a handful of steps."""
    norms = fit_softmax_regression(*clouds(3), penalty=0.1).path.gradient_norms

    assert len(norms) <= 9
    assert norms[-1] < 100 * norms[-2] ** 2 + 1e-14


def test_separated_classes_have_finite_weights():
    model = fit_softmax_regression([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 2], penalty=1e-4)

    assert model.predict([[0.0], [1.0], [2.0], [3.0]]).tolist() == [0, 0, 1, 2]


def test_a_constant_feature_gets_no_weight():
    X, labels = clouds(4)

    model = fit_softmax_regression(np.column_stack([X, np.full(60, 0.1)]), labels, penalty=0.1)

    np.testing.assert_allclose(model.weights[2], np.zeros(3), atol=1e-15)
    np.testing.assert_allclose(model.weights[:2], fit_softmax_regression(X, labels, penalty=0.1).weights)


def test_a_feature_in_other_units_pays_by_its_numbers():
    X, labels = clouds(5)

    model = fit_softmax_regression(X, labels, penalty=1.0)
    other = fit_softmax_regression(1000 * (X - 3), labels, penalty=1e6)

    np.testing.assert_allclose(1000 * other.weights, model.weights, rtol=1e-6)
    np.testing.assert_allclose(other.predict_probabilities(1000 * (X - 3)), model.predict_probabilities(X), rtol=1e-6)


def test_too_few_steps_are_no_answer():
    with pytest.raises(ValueError, match="did not converge in steps = 2: allow more, or give a larger penalty"):
        fit_softmax_regression(*clouds(6), penalty=0.01, steps=2)


def test_a_penalty_that_rounding_hides_is_refused():
    """The classes can be separated, and the price of the weights is 1e-20 of the data's curvature."""
    with pytest.raises(ValueError, match=r"penalty = 1e-09 does not hold them: give a larger one"):
        fit_softmax_regression([[0.0], [1e10], [2e10], [3e10]], [0, 0, 1, 1], penalty=1e-9)


def test_the_arguments_are_left_alone():
    X, labels = clouds(7)
    X_before, labels_before = X.copy(), labels.copy()

    fit_softmax_regression(X, labels, penalty=1.0)

    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(labels, labels_before)


@pytest.mark.parametrize(
    ("X", "labels", "penalty", "message"),
    [
        ([1.0, 2.0], [0, 1], 1.0, r"^X must have shape \(rows, columns\)"),
        ([[1.0], [2.0]], [0, 1, 1], 1.0, "^X and labels must have one entry per example, got 2 and 3"),
        ([[1.0], [2.0]], [0.5, 1], 1.0, "^labels must hold class numbers 0, 1, ..., got 0.5 at labels"),
        ([[1.0], [2.0]], [1, 1], 1.0, "^labels must hold two classes or more, got nothing but 1"),
        ([[1.0], [2.0]], [0, 2], 1.0, "^labels must hold every class from 0 to 2, got no 1: number them without gaps"),
        ([[1.0], [2.0]], [1, 2], 1.0, "^labels must hold every class from 0 to 2, got no 0"),
        ([[1.0], [2.0], [3.0]], [0, 1, 3], 1.0, "^labels must hold every class from 0 to 3, got no 2"),
        ([[1.0], [2.0]], [0, 1], 0.0, "^penalty must be positive, got 0.0"),
    ],
)
def test_errors_name_the_argument(X, labels, penalty, message):
    with pytest.raises(ValueError, match=message):
        fit_softmax_regression(X, labels, penalty=penalty)


def test_another_number_of_columns_is_refused():
    with pytest.raises(ValueError, match="X must have the 2 columns that the model was fitted on, got 1"):
        fit_softmax_regression(*clouds(0), penalty=1.0).predict([[1.0]])


def test_features_too_small_for_their_penalty_are_refused():
    """Their weights would be of size 1e-200, since 1e200 cost 1e400."""
    X = [[1e-200], [2e-200], [3e-200]]

    with pytest.raises(OverflowError, match="the penalty of such small features exceeds the largest float64"):
        fit_softmax_regression(X, [0, 1, 0], penalty=1.0)


def test_a_hessian_too_flat_for_rounding_says_that_the_penalty_is_too_small():
    """Newton's own words, another start or another method, would not help here."""
    rng = np.random.default_rng(1056)
    x = rng.standard_cauchy(size=(rng.integers(8, 40), 1)) * rng.choice([1, 10, 100])
    labels = (x[:, 0] > 0).astype(int)

    with pytest.raises(ValueError, match="does not hold them"):
        fit_softmax_regression(x, labels, penalty=1e-12)
