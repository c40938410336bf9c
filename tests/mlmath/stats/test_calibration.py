"""calibration_curve and brier_score: scikit-learn, and what a calibrated model gets."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import calibration, metrics

from mlmath.stats import brier_score, calibration_curve

forecasts = st.lists(
    st.tuples(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 1.0])), st.integers(0, 1)),
    min_size=1,
    max_size=30,
).map(lambda pairs: np.array(pairs).T)


@given(forecast=forecasts, bins=st.integers(1, 12))
def test_the_curve_is_scikit_learns(forecast, bins):
    probabilities, observed = forecast
    with warnings.catch_warnings(action="ignore"):  # of one class alone
        frequency, mean = calibration.calibration_curve([*observed, 0, 1], [*probabilities, 0, 1], n_bins=bins)

    curve = calibration_curve([*probabilities, 0, 1], [*observed, 0, 1], bins=bins)

    np.testing.assert_allclose(curve.mean_predicted, mean, atol=1e-12)
    np.testing.assert_allclose(curve.observed_frequency, frequency, atol=1e-12)


@given(forecast=forecasts, bins=st.integers(1, 12))
def test_counts_put_the_bins_together_again(forecast, bins):
    probabilities, observed = forecast

    curve = calibration_curve(probabilities, observed, bins=bins)

    assert curve.counts.min() > 0
    assert curve.counts.sum() == len(probabilities)
    assert curve.counts @ curve.mean_predicted == pytest.approx(probabilities.sum())
    assert curve.counts @ curve.observed_frequency == pytest.approx(observed.sum())


def test_a_probability_on_a_border_belongs_to_the_bin_below_and_zero_to_the_first():
    curve = calibration_curve([0.0, 0.25, 0.5, 0.75, 1.0], [0, 1, 0, 1, 1], bins=4)

    np.testing.assert_array_equal(curve.counts, [2, 1, 1, 1])
    np.testing.assert_array_equal(curve.mean_predicted, [0.125, 0.5, 0.75, 1.0])
    np.testing.assert_array_equal(curve.observed_frequency, [0.5, 0.0, 1.0, 1.0])


def test_empty_bins_are_left_out():
    curve = calibration_curve([0.05, 0.95], [0, 1])

    np.testing.assert_array_equal(curve.counts, [1, 1])
    assert curve.counts.dtype == np.int64


def test_ten_bins_are_the_default():
    np.testing.assert_array_equal(calibration_curve(np.arange(100) / 100 + 0.005, np.zeros(100)).counts, [10] * 10)


def test_outcomes_drawn_from_the_probabilities_are_on_the_diagonal():
    """Within five standard errors in every bin; probabilities pushed to the ends are not."""
    generator = np.random.default_rng(0)
    probabilities = generator.uniform(size=20_000)
    observed = generator.uniform(size=20_000) < probabilities
    too_sure = 3 * probabilities**2 - 2 * probabilities**3

    def largest_deviation(curve):
        errors = np.sqrt(curve.mean_predicted * (1 - curve.mean_predicted) / curve.counts)
        return np.max(np.abs(curve.observed_frequency - curve.mean_predicted) / errors)

    assert largest_deviation(calibration_curve(probabilities, observed)) < 5
    assert largest_deviation(calibration_curve(too_sure, observed)) > 10


@given(forecast=forecasts)
def test_the_brier_score_is_scikit_learns(forecast):
    probabilities, observed = forecast

    expected = metrics.brier_score_loss(observed, probabilities, pos_label=1)

    assert brier_score(probabilities, observed) == pytest.approx(expected, abs=1e-15)


@given(truth=st.floats(0, 1), said=st.floats(0, 1))
def test_on_average_nothing_scores_better_than_the_truth(truth, said):
    def expected_score(probability):
        return truth * brier_score([probability], [1]) + (1 - truth) * brier_score([probability], [0])

    assert expected_score(said) == pytest.approx(expected_score(truth) + (said - truth) ** 2, abs=1e-12)


def test_the_arguments_are_left_alone_and_the_score_is_a_plain_float():
    probabilities, observed = np.array([0.2, 0.1]), np.array([1, 0])

    calibration_curve(probabilities, observed)

    assert type(brier_score(probabilities, observed)) is float
    np.testing.assert_array_equal([probabilities, observed], [[0.2, 0.1], [1, 0]])


@pytest.mark.parametrize("function", [calibration_curve, brier_score])
@pytest.mark.parametrize(
    ("probabilities", "observed", "message"),
    [
        ([0.5, 1.5], [0, 1], r"^probabilities must hold numbers from 0 to 1, got 1\.5 at probabilities\[1\]"),
        ([-0.5, 0.5], [0, 1], r"^probabilities must hold numbers from 0 to 1, got -0\.5 at probabilities\[0\]"),
        ([0.5], [0.5], r"^observed must hold class numbers 0, 1, \.\.\. to 1, got 0\.5 at observed\[0\]"),
        ([0.5], [0, 1], "^probabilities and observed must have one entry per example, got 1 and 2 of them"),
        ([], [], "^probabilities must not be empty"),
    ],
)
def test_errors_name_the_argument(function, probabilities, observed, message):
    with pytest.raises(ValueError, match=message):
        function(probabilities, observed)


@pytest.mark.parametrize(("bins", "error"), [(0, ValueError), (2.0, TypeError)])
def test_bins_are_counted(bins, error):
    with pytest.raises(error, match=r"^bins must be"):
        calibration_curve([0.5], [1], bins=bins)
