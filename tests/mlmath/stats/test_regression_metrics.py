"""r_squared, root_mean_squared_error, mean_absolute_error: scikit-learn, and laws of least squares."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn import metrics

from mlmath.stats import correlation, mean_absolute_error, r_squared, root_mean_squared_error

numbers = st.floats(-1e3, 1e3, width=32)
pairs = st.integers(1, 12).flatmap(lambda n: st.tuples(*[arrays(np.float64, n, elements=numbers)] * 2))
varied_pairs = pairs.filter(lambda pair: np.ptp(pair[1]) > 1e-2)


@given(pair=pairs)
def test_errors_are_scikit_learns(pair):
    predicted, observed = pair

    expected = metrics.root_mean_squared_error(observed, predicted)
    assert root_mean_squared_error(predicted, observed) == pytest.approx(expected, rel=1e-12, abs=1e-150)
    expected = metrics.mean_absolute_error(observed, predicted)
    assert mean_absolute_error(predicted, observed) == pytest.approx(expected, rel=1e-12)


@given(pair=varied_pairs)
def test_r_squared_is_scikit_learns(pair):
    predicted, observed = pair

    assert r_squared(predicted, observed) == pytest.approx(metrics.r2_score(observed, predicted), rel=1e-9, abs=1e-9)


@given(pair=pairs)
def test_the_mean_error_lies_below_the_root_mean_square_and_that_below_the_largest(pair):
    predicted, observed = pair

    mean, root = mean_absolute_error(predicted, observed), root_mean_squared_error(predicted, observed)

    assert mean <= root * (1 + 1e-12)
    assert root <= np.abs(predicted - observed).max() * (1 + 1e-12)


@given(pair=varied_pairs, unit=st.floats(0.1, 10), zero=st.floats(-10, 10))
def test_r_squared_ignores_units_and_errors_follow_them(pair, unit, zero):
    predicted, observed = pair
    in_units = (unit * predicted + zero, unit * observed + zero)

    assert r_squared(*in_units) == pytest.approx(r_squared(*pair), rel=1e-6, abs=1e-6)
    assert mean_absolute_error(*in_units) == pytest.approx(unit * mean_absolute_error(*pair), abs=1e-9)
    assert root_mean_squared_error(*in_units) == pytest.approx(unit * root_mean_squared_error(*pair), abs=1e-9)


def test_for_least_squares_r_squared_is_the_squared_correlation():
    generator = np.random.default_rng(0)
    X = np.column_stack([np.ones(30), generator.normal(size=(30, 2))])
    observed = X @ [1.0, 2.0, -1.0] + generator.normal(size=30)
    predicted = X @ np.linalg.lstsq(X, observed)[0]

    expected = correlation(np.column_stack([predicted, observed]))[0, 1] ** 2

    assert r_squared(predicted, observed) == pytest.approx(expected)


def test_perfect_mean_and_worse():
    observed = [1.0, 2.0, 6.0]

    assert r_squared(observed, observed) == 1.0
    assert r_squared([3.0, 3.0, 3.0], observed) == pytest.approx(0.0, abs=1e-15)
    assert r_squared([6.0, 2.0, 1.0], observed) < 0
    assert root_mean_squared_error(observed, observed) == mean_absolute_error(observed, observed) == 0.0


def test_r_squared_is_about_the_observed_and_the_errors_are_symmetric():
    assert r_squared([0.0, 1.0], [0.0, 2.0]) == 0.5
    assert r_squared([0.0, 2.0], [0.0, 1.0]) == -1.0


@pytest.mark.parametrize("unit", [1e-320, 1e-300, 1e-160, 1e160, 1e300])
def test_huge_and_tiny_numbers_are_measured(unit):
    predicted, observed = np.array([3.0, 5.0, 2.0, 0.0]) * unit, np.array([1.0, 5.0, 2.0, 0.0]) * unit

    assert root_mean_squared_error(predicted, observed) == pytest.approx(unit, rel=1e-3)
    assert mean_absolute_error(predicted, observed) == pytest.approx(unit / 2, rel=1e-3)
    assert r_squared(predicted, observed) == pytest.approx(1 - 4 / 14, rel=1e-3)


def test_errors_and_deviations_may_differ_in_size():
    assert r_squared([1e100, 1e100], [0.0, 1e-40]) == pytest.approx(-4e280)
    assert r_squared([0.0, 1e-100, 0.0], [0.0, 0.0, 1e300]) == pytest.approx(1 - 3 / 2)


def test_a_mean_of_the_largest_errors_does_not_overflow():
    assert mean_absolute_error([1.7e308] * 3, [0.0] * 3) == pytest.approx(1.7e308)
    assert root_mean_squared_error([1.7e308] * 3, [0.0] * 3) == pytest.approx(1.7e308)


def test_a_large_common_part_costs_no_digits():
    small = np.array([0.0, 0.25, 0.5, 1.0])

    assert r_squared(1e9 + small[::-1], 1e9 + small) == r_squared(small[::-1], small)


def test_the_results_are_plain_floats_and_the_arguments_are_left_alone():
    predicted, observed = np.array([1, 2]), np.array([2, 4])

    results = [metric(predicted, observed) for metric in (r_squared, root_mean_squared_error, mean_absolute_error)]

    assert {type(result) for result in results} == {float}
    np.testing.assert_array_equal([predicted, observed], [[1, 2], [2, 4]])


@pytest.mark.parametrize("metric", [r_squared, root_mean_squared_error, mean_absolute_error])
@pytest.mark.parametrize(
    ("predicted", "observed", "message"),
    [
        ([[1.0]], [1.0], r"^predicted must have shape \(n,\), got shape \(1, 1\)"),
        ([1.0, 2.0], [np.nan, 1.0], r"^observed must be finite, got nan at observed\[0\]"),
        ([1.0], [1.0, 2.0], "^predicted and observed must have one entry per example, got 1 and 2 of them"),
        ([], [], "must not be empty"),
        ([1.7e308, 0], [-1.7e308, 1], "^the difference of predicted and observed is larger than any float64"),
    ],
)
def test_errors_name_the_argument(metric, predicted, observed, message):
    with pytest.raises(ValueError, match=message):
        metric(predicted, observed)


@pytest.mark.parametrize(
    ("predicted", "observed", "message"),
    [
        ([1.0, 2.0], [0.1, 0.1], r"^observed is constant \(0\.1\), so there is no variance .*: use root_mean_squared"),
        ([0.1] * 3, [0.1] * 3, "^observed is constant"),
        ([1.0], [2.0], r"^observed is constant \(2\)"),
        ([1e200, 0.0], [0.0, 1.0], "^the ratio of squared errors to squared deviations is larger than any float64"),
    ],
)
def test_r_squared_needs_a_variance_to_explain(predicted, observed, message):
    with pytest.raises(ValueError, match=message):
        r_squared(predicted, observed)


def test_the_root_mean_square_is_at_most_the_largest_error():
    """Rounding up at the very end of float64 would overflow."""
    largest = np.finfo(np.float64).max

    assert math.isfinite(root_mean_squared_error([largest] * 7, [0.0] * 7))
