"""Scaler and fit_scaler: mean 0, standard deviation 1, and the way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import zscore

from mlmath.stats import Scaler, fit_scaler

tables = st.builds(
    lambda seed, rows, mean, scale: np.random.default_rng(seed).normal(mean, scale, size=(rows, 3)),
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(2, 20),
    mean=st.floats(-1e3, 1e3),
    scale=st.floats(1e-2, 1e6),
)


@given(X=tables)
def test_scaled_columns_have_mean_zero_and_standard_deviation_one(X):
    Z = fit_scaler(X).transform(X)

    np.testing.assert_allclose(Z.mean(axis=0), np.zeros(3), atol=1e-8)
    np.testing.assert_allclose(np.mean(Z**2, axis=0), np.ones(3), atol=1e-8)


@given(X=tables)
def test_it_agrees_with_scipy(X):
    np.testing.assert_allclose(fit_scaler(X).transform(X), zscore(X, axis=0), rtol=1e-9, atol=1e-9)


@given(X=tables, later=tables)
def test_the_way_back_undoes_the_way_there(X, later):
    scaler = fit_scaler(X)

    back = scaler.inverse_transform(scaler.transform(later))

    np.testing.assert_allclose(back, later, rtol=1e-9, atol=1e-9 * np.abs(X).max())


@given(X=tables)
def test_other_units_give_the_same_scaled_data(X):
    """Fahrenheit or Celsius: mean and scale follow, the scaled numbers stay."""
    in_fahrenheit = 32 + 1.8 * X

    Z = fit_scaler(in_fahrenheit).transform(in_fahrenheit)

    np.testing.assert_allclose(Z, fit_scaler(X).transform(X), atol=1e-7)


def test_later_data_are_scaled_by_the_training_data():
    scaler = Scaler(mean=np.array([10.0]), scale=np.array([2.0]))

    np.testing.assert_array_equal(scaler.transform([[10.0], [14.0]]), [[0.0], [2.0]])


def test_the_arguments_are_left_alone():
    X = np.array([[1.0, 2.0], [3.0, 5.0]])

    scaler = fit_scaler(X)
    scaler.transform(X)
    scaler.inverse_transform(X)

    np.testing.assert_array_equal(X, [[1.0, 2.0], [3.0, 5.0]])


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([1.0, 2.0], r"^X must have shape \(rows, columns\), got shape \(2,\)"),
        (
            [[0.0, 7.0], [1.0, 7.0]],
            r"column 1 of X is constant \(7\.0\), .* 1: drop it, or add it after scaling .* ones$",
        ),
        ([[0.0, 0.1], [1.0, 0.1], [2.0, 0.1]], r"column 1 of X is constant \(0\.1\)"),
        ([[0.0, 1e-200], [1.0, 3e-200]], r"column 1 of X is constant \(1e-200\)"),
    ],
)
def test_a_table_that_cannot_be_scaled_is_refused(X, message):
    with pytest.raises(ValueError, match=message):
        fit_scaler(X)


@pytest.mark.parametrize(
    ("method", "name"),
    [("transform", "X"), ("inverse_transform", "Z")],
)
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1.0, 2.0], r"^{} must have shape \(rows, columns\), got shape \(2,\)"),
        ([[1.0]], "^{} must have the 2 columns that the scaler was fitted on, got 1"),
    ],
)
def test_errors_name_the_table(method, name, value, message):
    scaler = fit_scaler([[1.0, 2.0], [3.0, 5.0]])

    with pytest.raises(ValueError, match=message.format(name)):
        getattr(scaler, method)(value)
