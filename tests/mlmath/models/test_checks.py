"""Products that leave float64 are refused, whatever the signs on the way."""

import numpy as np
import pytest

from mlmath.models._checks import covariance_from, linear_scores, standardised, standardised_prices

MIXED = np.array([[1e200, 1e200], [1e200, -1e200]])


def test_a_covariance_of_infinity_minus_infinity_is_refused():
    with pytest.raises(OverflowError, match=r"^a covariance of two coefficients exceeds"):
        covariance_from(MIXED)


def test_a_prediction_of_infinity_minus_infinity_is_refused():
    with pytest.raises(OverflowError, match=r"^a prediction exceeds"):
        linear_scores(MIXED, np.array([1e200, 1e200]), 0.0)


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e200])
def test_standardised_columns_have_mean_zero_and_standard_deviation_one(unit):
    X = np.random.default_rng(0).normal(3.0, 2.0, size=(50, 2)) * unit

    Z, mean, scale = standardised(X)

    np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-14)
    np.testing.assert_allclose(Z.std(axis=0), 1)
    np.testing.assert_allclose(Z * scale + mean, X)


def test_a_constant_column_is_standardised_to_zeros():
    Z, mean, _ = standardised(np.full((3, 1), 0.1))

    np.testing.assert_array_equal(Z, np.zeros((3, 1)))
    assert mean[0] == 0.1


def test_prices_are_those_of_weights_in_the_units_of_the_features():
    np.testing.assert_allclose(standardised_prices(3.0, np.array([2.0, 10.0])), [0.0, 0.75, 0.03])


def test_without_a_penalty_no_feature_is_too_small():
    np.testing.assert_array_equal(standardised_prices(0.0, np.array([1e-200])), [0.0, 0.0])
