"""RunningMoments: the same as looking at all data at once, in any order and any portions."""

import dataclasses
import functools
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.stats import RunningMoments, standard_deviation, variance

vectors = st.integers(1, 20).flatmap(lambda n: arrays(np.float64, n, elements=st.floats(-1e3, 1e3, width=32)))


def moments_of(x):
    return RunningMoments().update(x)


def one_by_one(values):
    return functools.reduce(RunningMoments.update, values, RunningMoments())


def assert_same(first, second):
    assert first.count == second.count
    assert first.mean == pytest.approx(second.mean, rel=1e-9, abs=1e-9)
    assert first.sum_of_squares == pytest.approx(second.sum_of_squares, rel=1e-9, abs=1e-6)


@given(x=vectors)
def test_value_by_value_gives_what_all_data_at_once_give(x):
    moments = one_by_one(x)

    assert moments.count == len(x)
    assert moments.mean == pytest.approx(x.mean(), rel=1e-9, abs=1e-9)
    assert moments.sum_of_squares == pytest.approx(len(x) * np.var(x), rel=1e-9, abs=1e-6)


@given(x=vectors)
def test_value_by_value_is_welfords_recurrence(x):
    """As Welford wrote it: the old and the new distance multiply."""
    count, mean, squares = 0, 0.0, 0.0
    for value in x:
        count += 1
        old = value - mean
        mean += old / count
        squares += old * (value - mean)

    assert_same(one_by_one(x), RunningMoments(count, mean, squares))


@given(x=vectors, y=vectors)
def test_portions_of_any_size_give_the_same(x, y):
    assert_same(moments_of(x).update(y), moments_of(np.concatenate([x, y])))


@given(x=vectors, y=vectors, z=vectors)
def test_merging_is_associative_and_commutative(x, y, z):
    a, b, c = moments_of(x), moments_of(y), moments_of(z)

    assert_same(a.merge(b).merge(c), a.merge(b.merge(c)))
    assert_same(a.merge(b), b.merge(a))
    assert_same(a.merge(b).merge(c), moments_of(np.concatenate([x, y, z])))


@given(x=vectors)
def test_no_data_change_nothing(x):
    moments = moments_of(x)

    assert moments.merge(RunningMoments()) == moments
    assert RunningMoments().merge(moments) == moments


def test_no_data_and_no_data_are_no_data():
    assert RunningMoments().merge(RunningMoments()) == RunningMoments(count=0, mean=0.0, sum_of_squares=0.0)


def test_a_large_mean_costs_no_digits_where_the_sums_of_squares_lose_them_all():
    small = np.random.default_rng(0).uniform(size=1000)
    data = 1e9 + small
    moments = one_by_one(data)

    textbook = sum(x**2 for x in data) / 1000 - (sum(data) / 1000) ** 2

    assert abs(textbook / np.var(small) - 1) > 0.5
    assert moments.variance == pytest.approx(variance(small), rel=1e-6)
    assert moments.mean - 1e9 == pytest.approx(small.mean(), abs=1e-5)


def test_merging_keeps_the_digits_too():
    small = np.random.default_rng(1).uniform(size=(8, 100))

    moments = functools.reduce(RunningMoments.merge, [moments_of(1e9 + part) for part in small])

    assert moments.variance == pytest.approx(variance(small.ravel()), rel=1e-6)


def test_the_order_of_the_data_does_not_matter():
    results = [one_by_one(order) for order in itertools.permutations([1.0, 2.0, 4.0, 1e3])]

    for moments in results:
        assert_same(moments, results[0])


def test_variance_and_standard_deviation_divide_by_n_minus_1():
    moments = moments_of([1.0, 2.0, 6.0])

    assert moments.variance == variance([1.0, 2.0, 6.0]) == 7.0
    assert moments.standard_deviation == standard_deviation([1.0, 2.0, 6.0]) == math.sqrt(7.0)


def test_equal_values_have_spread_zero():
    assert one_by_one([0.1] * 10).sum_of_squares == 0.0
    assert moments_of([0.1] * 10) == RunningMoments(10, 0.1, 0.0)


def test_old_moments_stay_as_they_were():
    old = moments_of([1.0, 2.0])

    old.update(5.0)
    old.merge(moments_of([7.0]))

    assert old == RunningMoments(2, 1.5, 0.5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        old.mean = 3.0


def test_the_fields_are_plain_numbers():
    moments = moments_of(np.array([1, 2])).update(np.float64(4))

    assert [type(value) for value in dataclasses.astuple(moments)] == [int, float, float]


def test_values_up_to_the_root_of_the_largest_float_are_taken():
    assert one_by_one([0.0, 1e153]).variance == pytest.approx(5e305)
    assert moments_of([1.7e308, 1.7e308]).update(1.7e308) == RunningMoments(3, 1.7e308, 0.0)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_values_have_no_variance(count):
    moments = one_by_one([3.0] * count)

    with pytest.raises(ValueError, match=f"^the variance needs at least 2 values, got {count}: update with more data"):
        _ = moments.variance
    with pytest.raises(ValueError, match=r"^the variance needs"):
        _ = moments.standard_deviation


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([], "^x must not be empty"),
        (np.nan, "^x must be finite, got nan"),
        ([1.0, np.inf], r"^x must be finite, got inf at x\[1\]"),
        ([[1.0]], r"^x must have shape \(n,\), got shape \(1, 1\)"),
        ("3", "^x must hold real numbers, got '3'"),
        ([0.0, 1e200], "^the sum of squares of x is larger than any float64"),
        (1e200, "^the sum of squares is larger than any float64"),
        (-1.7e308, "^the sum of squares is larger than any float64"),
    ],
)
def test_errors_name_the_argument(x, message):
    with pytest.raises(ValueError, match=message):
        moments_of([1.0, 3.0]).update(x)
