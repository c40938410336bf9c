"""fit_ridge: an intercept that does not pay, between least squares and the mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from mlmath.models import fit_linear_regression, fit_ridge
from mlmath.optim import bfgs
from mlmath.stats import Normal

seeds = st.integers(0, 2**32 - 1)
penalties = st.floats(1e-3, 1e3)


def random_fit(seed, examples=12, features=3):
    rng = np.random.default_rng(seed)
    return rng.normal(3.0, 1.0, size=(examples, features)), rng.normal(5.0, 1.0, size=examples)


@given(seed=seeds, penalty=penalties, examples=st.integers(2, 12))
def test_it_agrees_with_scikit_learn(seed, penalty, examples):
    X, y = random_fit(seed, examples)

    model, expected = fit_ridge(X, y, penalty=penalty), Ridge(alpha=penalty, solver="cholesky").fit(X, y)

    np.testing.assert_allclose(model.weights, expected.coef_, rtol=1e-7, atol=1e-9)
    assert model.intercept == pytest.approx(expected.intercept_, rel=1e-7)
    np.testing.assert_allclose(model.predict(X), expected.predict(X), rtol=1e-7)


def test_a_penalty_towards_zero_is_least_squares():
    X, y = random_fit(0)

    model, limit = fit_ridge(X, y, penalty=1e-10), fit_linear_regression(X, y)

    np.testing.assert_allclose([model.intercept, *model.weights], limit.coefficients, rtol=1e-8)


def test_a_huge_penalty_predicts_the_mean():
    X, y = random_fit(0)

    model = fit_ridge(X, y, penalty=1e12)

    np.testing.assert_allclose(model.predict(X), y.mean(), rtol=1e-9)


@given(seed=seeds, shift=st.floats(-1e3, 1e3))
def test_a_shift_of_the_targets_shifts_the_predictions(seed, shift):
    X, y = random_fit(seed)

    shifted = fit_ridge(X, y + shift, penalty=2.0)

    np.testing.assert_allclose(shifted.predict(X), fit_ridge(X, y, penalty=2.0).predict(X) + shift, atol=1e-9)


def test_it_is_the_most_probable_weight_under_a_normal_prior():
    """MAP with noise variance s^2 and prior variance t^2 is ridge with penalty s^2 / t^2."""
    X, y = random_fit(1)
    noise, prior = Normal(mean=0.0, standard_deviation=0.7), Normal(mean=0.0, standard_deviation=0.3)

    def surprise(v):
        return -noise.logpdf(y - X @ v[1:] - v[0]).sum() - prior.logpdf(v[1:]).sum()

    def slope(v):
        errors = (X @ v[1:] + v[0] - y) / 0.49
        return np.append(errors.sum(), X.T @ errors + v[1:] / 0.09)

    most_probable = bfgs(surprise, slope, np.zeros(4)).result
    model = fit_ridge(X, y, penalty=0.49 / 0.09)

    np.testing.assert_allclose([model.intercept, *model.weights], most_probable, rtol=1e-5)


def test_a_constant_feature_gets_no_weight():
    X, y = random_fit(2)
    X[:, 1] = 0.1

    assert fit_ridge(X, y, penalty=1e-3).weights[1] == 0


def test_numbers_whose_squares_overflow_are_fitted():
    X, y = random_fit(3)

    huge = fit_ridge(X, y * 1e300, penalty=1.0)

    np.testing.assert_allclose(huge.weights / 1e300, fit_ridge(X, y, penalty=1.0).weights)


def test_a_spread_beyond_float64_is_refused():
    with pytest.raises(OverflowError, match="the spread of X exceeds the largest float64"):
        fit_ridge([[1e308], [-1e308]], [1.0, 2.0], penalty=1.0)
    with pytest.raises(OverflowError, match="a sum of y exceeds the largest float64"):
        fit_ridge([[1.0], [2.0], [3.0]], [0.0, 1e308, 1e308], penalty=1.0)


def test_the_model_remembers_its_penalty_and_not_its_arguments():
    X, y = random_fit(4)
    before = X.copy()

    model = fit_ridge(X, y, penalty=3)

    assert model.penalty == 3.0
    np.testing.assert_array_equal(X, before)


@pytest.mark.parametrize(
    ("X", "y", "penalty", "message"),
    [
        ([1.0, 2.0], [1.0, 2.0], 1.0, r"^X must have shape \(rows, columns\)"),
        ([[1.0], [2.0]], [[1.0]], 1.0, r"^y must have shape \(n,\)"),
        ([[1.0], [2.0]], [1.0], 1.0, "^X and y must have one entry per example, got 2 and 1"),
        ([[1.0], [2.0]], [1.0, 2.0], 0.0, "penalty must be positive, got 0.0"),
    ],
)
def test_errors_name_the_argument(X, y, penalty, message):
    with pytest.raises(ValueError, match=message):
        fit_ridge(X, y, penalty=penalty)


def test_new_features_are_checked_like_those_of_the_fit():
    with pytest.raises(ValueError, match=r"^X must be finite, got nan at X\[0, 0\]"):
        fit_ridge(*random_fit(0), penalty=1.0).predict([[np.nan, 1.0, 2.0]])


def test_another_number_of_columns_is_refused():
    with pytest.raises(ValueError, match="X must have the 3 columns that the model was fitted on, got 1"):
        fit_ridge(*random_fit(0), penalty=1.0).predict([[1.0]])
