"""Sigmoid, log-sum-exp and softmax: their laws, and their values where the naive forms fail."""

import math

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mlmath.stats import log_sigmoid, log_softmax, log_sum_exp, sigmoid, softmax

numbers = st.floats(-800, 800)
any_numbers = st.floats(-1e300, 1e300)
tables = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=4), elements=numbers)
REDUCTIONS = [log_sum_exp, softmax, log_softmax]


@given(x=any_numbers)
def test_sigmoid_agrees_with_scipy(x):
    np.testing.assert_allclose(sigmoid(x), scipy.special.expit(x), rtol=1e-15, atol=0)


@given(x=numbers)
def test_opposite_log_odds_have_probabilities_that_sum_to_one(x):
    np.testing.assert_allclose(sigmoid(x) + sigmoid(-x), 1)


@given(x=st.floats(-700, 30))
def test_the_sigmoid_undoes_the_log_odds(x):
    """The odds p / (1 - p) = sigmoid(x) / sigmoid(-x) are exp(x)."""
    np.testing.assert_allclose(np.log(sigmoid(x)) - np.log(sigmoid(-x)), x, rtol=1e-14, atol=1e-15)


@given(x=any_numbers)
def test_log_sigmoid_agrees_with_scipy(x):
    np.testing.assert_allclose(log_sigmoid(x), scipy.special.log_expit(x), rtol=1e-15, atol=0)


def test_sigmoids_at_infinity_are_their_limits():
    np.testing.assert_array_equal(sigmoid([-np.inf, np.inf]), [0, 1])
    np.testing.assert_array_equal(log_sigmoid([-np.inf, np.inf]), [-np.inf, 0])


def test_sigmoids_keep_any_shape():
    for shape in [(), (0,), (2, 1, 3)]:
        assert sigmoid(np.zeros(shape)).shape == shape
        assert log_sigmoid(np.zeros(shape)).shape == shape


@given(x=tables)
def test_log_sum_exp_agrees_with_scipy_along_every_axis(x):
    for axis in [None, *range(-x.ndim, x.ndim)]:
        np.testing.assert_allclose(
            log_sum_exp(x, axis=axis), scipy.special.logsumexp(x, axis=axis), rtol=1e-14, atol=1e-15
        )


@given(x=tables)
def test_softmax_agrees_with_scipy_along_every_axis(x):
    for axis in range(-x.ndim, x.ndim):
        np.testing.assert_allclose(softmax(x, axis=axis), scipy.special.softmax(x, axis=axis), rtol=1e-12)


@given(x=tables)
def test_log_softmax_agrees_with_scipy_along_every_axis(x):
    for axis in range(-x.ndim, x.ndim):
        np.testing.assert_allclose(
            log_softmax(x, axis=axis), scipy.special.log_softmax(x, axis=axis), rtol=1e-12, atol=1e-14
        )


@given(x=tables)
def test_the_last_axis_is_the_default(x):
    for function in REDUCTIONS:
        np.testing.assert_array_equal(function(x), function(x, axis=-1))


@given(x=hnp.arrays(np.float64, (3, 4), elements=any_numbers))
def test_probabilities_sum_to_one(x):
    np.testing.assert_allclose(softmax(x).sum(axis=-1), 1)
    np.testing.assert_allclose(np.exp(log_softmax(x)).sum(axis=-1), 1)


@given(x=hnp.arrays(np.float64, 4, elements=st.integers(-100, 100)), shift=st.integers(-(2**40), 2**40))
def test_the_same_number_added_to_all_scores_changes_no_share(x, shift):
    np.testing.assert_array_equal(softmax(x + shift), softmax(x))
    np.testing.assert_array_equal(log_softmax(x + shift), log_softmax(x))


@given(x=hnp.arrays(np.float64, 5, elements=any_numbers))
def test_log_sum_exp_is_between_the_maximum_and_the_maximum_plus_log_n(x):
    value = log_sum_exp(x)

    assert x.max() <= value <= x.max() + math.log(5) + 1e-15 * abs(value)


def test_the_naive_forms_fail_at_a_thousand_and_these_do_not():
    x = np.array([1000.0, 1001.0])
    with np.errstate(over="ignore", invalid="ignore"):
        naive = np.exp(x) / np.exp(x).sum()
        naive_log = np.log(np.exp(x).sum())

    assert np.isnan(naive).all()
    assert naive_log == np.inf
    np.testing.assert_allclose(softmax(x), [1 / (1 + math.e), 1 / (1 + 1 / math.e)])
    np.testing.assert_allclose(log_sum_exp(x), 1001 + math.log1p(1 / math.e))


def test_two_scores_make_a_sigmoid():
    np.testing.assert_allclose(softmax([0.7, 0.0])[0], sigmoid(0.7))
    np.testing.assert_allclose(log_softmax([0.0, 900.0])[0], log_sigmoid(-900.0))


def test_a_sum_that_barely_exceeds_one_keeps_its_digits():
    np.testing.assert_allclose(log_sum_exp([0.0, -40.0]), math.exp(-40), rtol=1e-14)
    np.testing.assert_allclose(log_softmax([0.0, -40.0])[0], -math.exp(-40), rtol=1e-14)


def test_ties_for_the_maximum_are_counted():
    np.testing.assert_allclose(log_sum_exp([7.0, 7.0, 7.0, 0.0]), 7 + math.log(3 + math.exp(-7)), rtol=1e-15)


def test_minus_infinity_stands_for_the_logarithm_of_zero():
    x = [0.0, -np.inf, 0.0]

    np.testing.assert_allclose(log_sum_exp(x), math.log(2))
    np.testing.assert_array_equal(softmax(x), [0.5, 0, 0.5])
    np.testing.assert_allclose(log_softmax(x), [-math.log(2), -np.inf, -math.log(2)])


def test_log_sum_exp_of_infinities():
    np.testing.assert_array_equal(
        log_sum_exp([[-np.inf, -np.inf], [np.inf, 0], [np.inf, -np.inf], [np.inf, np.inf]]),
        [-np.inf, np.inf, np.inf, np.inf],
    )


def test_entries_of_opposite_ends_do_not_overflow():
    x = [-1.7e308, 1.7e308]

    assert log_sum_exp(x) == 1.7e308
    np.testing.assert_array_equal(softmax(x), [0, 1])
    np.testing.assert_array_equal(log_softmax(x), [-np.inf, 0])


def test_the_arguments_are_left_alone():
    x = np.array([1.0, 2.0])

    for function in [sigmoid, log_sigmoid, *REDUCTIONS]:
        function(x)

    np.testing.assert_array_equal(x, [1, 2])


@pytest.mark.parametrize("function", [sigmoid, log_sigmoid, *REDUCTIONS])
def test_nan_and_text_are_refused(function):
    with pytest.raises(ValueError, match=r"^x must not hold nan: remove these entries"):
        function([0.0, np.nan])
    with pytest.raises(ValueError, match=r"^x must hold real numbers"):
        function(["a"])


@pytest.mark.parametrize("function", REDUCTIONS)
@pytest.mark.parametrize("x", [3.0, [], np.zeros((2, 0)), np.zeros((0, 2))])
def test_there_must_be_something_to_sum(function, x):
    with pytest.raises(ValueError, match=r"^x must have at least one axis and one entry, got shape \("):
        function(x)


@pytest.mark.parametrize("function", REDUCTIONS)
def test_an_axis_that_does_not_exist_is_refused(function):
    with pytest.raises(ValueError, match="axis 2 is out of bounds for array of dimension 1"):
        function([1.0, 2.0], axis=2)


@pytest.mark.parametrize("function", [softmax, log_softmax])
@pytest.mark.parametrize("x", [[np.inf, 0.0], [[0.0, 1.0], [-np.inf, -np.inf]]])
def test_scores_without_a_finite_maximum_have_no_shares(function, x):
    with pytest.raises(
        ValueError, match=r"^x must have a finite largest entry along axis -1: inf, or nothing but -inf"
    ):
        function(x)
