"""covariance, correlation: against numpy, and the laws that they obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlmath.stats import correlation, covariance, variance

tables = st.builds(
    lambda seed, rows, columns, mean: (
        np.random.default_rng(seed).normal(mean, 1, (rows, columns))
        @ np.random.default_rng(seed + 1).normal(size=(columns, columns))
    ),
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(2, 20),
    columns=st.integers(2, 4),
    mean=st.floats(-100, 100),
)


@given(X=tables, divisor=st.sampled_from(["n-1", "n"]))
def test_covariance_is_numpys(X, divisor):
    expected = np.cov(X, rowvar=False, ddof={"n-1": 1, "n": 0}[divisor])

    np.testing.assert_allclose(covariance(X, divisor=divisor), expected, rtol=1e-7, atol=1e-9)


@given(X=tables)
def test_correlation_is_numpys_and_scipys(X):
    np.testing.assert_allclose(correlation(X), np.corrcoef(X, rowvar=False), rtol=1e-7, atol=1e-7)
    if len(X) > 2:
        assert correlation(X)[0, 1] == pytest.approx(stats.pearsonr(X[:, 0], X[:, 1]).statistic, abs=1e-7)


def test_n_minus_1_is_the_default():
    np.testing.assert_array_equal(covariance([[0.0], [2.0]]), [[2.0]])


@given(X=tables)
def test_the_diagonals_are_the_variances_and_ones(X):
    np.testing.assert_allclose(covariance(X).diagonal(), [variance(column) for column in X.T], rtol=1e-12)
    np.testing.assert_array_equal(correlation(X).diagonal(), np.ones(X.shape[1]))


@given(X=tables)
def test_both_are_symmetric_and_have_no_negative_eigenvalue(X):
    for matrix in (covariance(X), correlation(X)):
        np.testing.assert_array_equal(matrix, matrix.T)
        assert np.linalg.eigvalsh(matrix).min() >= -1e-12 * np.abs(matrix).max() * len(matrix)


@given(X=tables)
def test_linear_maps_act_on_covariances_from_both_sides(X):
    """Covariance of X A is A^T C A, whatever is added to each column."""
    A = np.random.default_rng(0).normal(size=(X.shape[1], 2))

    expected = A.T @ covariance(X) @ A

    np.testing.assert_allclose(covariance(X @ A + [5, -3]), expected, atol=1e-7 * np.abs(expected).max())


@given(X=tables, unit=st.floats(0.01, 100), zero=st.floats(-100, 100))
def test_correlation_ignores_units_and_turns_with_the_sign(X, unit, zero):
    np.testing.assert_allclose(correlation(X * unit + zero), correlation(X), atol=1e-6)
    np.testing.assert_allclose(
        correlation(X * [-1, *[1] * (X.shape[1] - 1)])[0, 1:], -correlation(X)[0, 1:], atol=1e-12
    )


@given(x=st.lists(st.integers(-1000, 1000), min_size=2, max_size=9, unique=True), slope=st.floats(0.1, 1e6))
def test_points_on_a_line_have_correlation_one_and_never_more(x, slope):
    column = np.array(x) * 0.1
    together = correlation(np.column_stack([column, slope * column + 3, -slope * column]))

    assert np.abs(together).max() == 1
    np.testing.assert_allclose(together, [[1, 1, -1], [1, 1, -1], [-1, -1, 1]], atol=1e-7)


def test_no_correlation_passes_one_by_rounding():
    generator = np.random.default_rng(0)
    columns = [generator.normal(size=7) for _ in range(200)]

    largest = [np.abs(correlation(np.column_stack([x, 0.3 * x, -0.7 * x]))).max() for x in columns]

    assert max(largest) == 1


def test_uncorrelated_is_not_independent():
    x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])

    np.testing.assert_allclose(correlation(np.column_stack([x, x**2])), np.eye(2), atol=1e-15)


def test_a_large_common_part_costs_no_digits():
    small = np.array([[0.0, 1.0], [0.25, 0.5], [1.0, 0.125]])

    np.testing.assert_array_equal(covariance(small + 1e9), covariance(small))
    np.testing.assert_allclose(correlation(small + 1e9), correlation(small), rtol=1e-15)


def test_columns_of_very_different_size_keep_their_correlation():
    X = np.random.default_rng(0).normal(size=(10, 3))
    units = np.array([1e-150, 1.0, 1e150])

    np.testing.assert_allclose(correlation(X * [1e-300, 1.0, 1e300]), correlation(X), rtol=1e-12)
    np.testing.assert_allclose(covariance(X * units), covariance(X) * np.outer(units, units), rtol=1e-12)


def test_a_constant_column_has_covariance_zero():
    np.testing.assert_array_equal(covariance([[1.0, 0.1], [2.0, 0.1], [6.0, 0.1]]), [[7.0, 0.0], [0.0, 0.0]])


def test_one_example_is_enough_for_the_divisor_n():
    np.testing.assert_array_equal(covariance([[1.0, 2.0]], divisor="n"), np.zeros((2, 2)))


def test_the_argument_is_left_alone():
    X = np.array([[1.0, 2.0], [3.0, 5.0]])

    covariance(X)
    correlation(X)

    np.testing.assert_array_equal(X, [[1.0, 2.0], [3.0, 5.0]])


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([[0.0, 7.0], [1.0, 7.0]], r"^column 1 of X is constant \(7\), so it has no correlation .*: drop it"),
        ([[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]], r"^column 0 of X is constant \(0\.1\)"),
        ([[1.0, 2.0]], r"^column 0 of X is constant \(1\)"),
    ],
)
def test_a_constant_column_has_no_correlation(X, message):
    with pytest.raises(ValueError, match=message):
        correlation(X)


@pytest.mark.parametrize("function", [covariance, correlation])
@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([1.0, 2.0], r"^X must have shape \(rows, columns\), got shape \(2,\): write X\[:, np.newaxis\]"),
        ([[1.0, np.nan]], r"^X must be finite, got nan at X\[0, 1\]"),
    ],
)
def test_errors_name_the_table(function, X, message):
    with pytest.raises(ValueError, match=message):
        function(X)


@pytest.mark.parametrize(
    ("X", "divisor", "message"),
    [
        ([[1.0]], "n-1", "^X must hold at least 2 examples for the divisor n - 1, got 1: one example shows no spread"),
        ([[1.0], [2.0]], "N", "^divisor must be 'n-1' or 'n', got 'N'"),
        ([[1.0, 1e200], [2.0, 0.0]], "n", "^the variance of column 1 of X is larger than any float64"),
        ([[1.0, 1e-200], [2.0, 0.0]], "n", "^the variance of column 1 of X is smaller than float64 resolves"),
    ],
)
def test_covariance_says_what_to_do(X, divisor, message):
    with pytest.raises(ValueError, match=message):
        covariance(X, divisor=divisor)


def test_the_smallest_variance_that_keeps_all_digits_is_allowed():
    smallest = np.finfo(np.float64).smallest_normal
    column = np.array([[-np.sqrt(smallest)], [np.sqrt(smallest)]])

    assert covariance(column, divisor="n") == smallest
