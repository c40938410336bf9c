"""solve_ridge: its equation, its two limits, what it shrinks, and how it mends dependent columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from mlmath.linalg import solve_least_squares_svd, solve_ridge

seeds = st.integers(0, 2**32 - 1)
powers_of_ten = st.floats(-6, 6)


def random_fit(seed, examples=12, features=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(examples, features)), rng.normal(size=examples)


@given(seed=seeds, examples=st.integers(1, 7), features=st.integers(1, 7), power=powers_of_ten)
def test_the_weights_solve_the_ridge_equation(seed, examples, features, power):
    X, y = random_fit(seed, examples, features)
    penalty = 10.0**power

    w = solve_ridge(X, y, penalty=penalty)

    np.testing.assert_allclose(X.T @ (X @ w - y), -penalty * w, atol=1e-9)


@given(seed=seeds, power=st.floats(-2, 3))
def test_it_agrees_with_scikit_learn(seed, power):
    X, y = random_fit(seed)

    expected = Ridge(alpha=10.0**power, fit_intercept=False, solver="svd").fit(X, y).coef_

    np.testing.assert_allclose(solve_ridge(X, y, penalty=10.0**power), expected, rtol=1e-9, atol=1e-12)


@given(seed=seeds, power=powers_of_ten)
def test_a_higher_penalty_makes_the_weights_shorter_and_the_fit_worse(seed, power):
    X, y = random_fit(seed)

    lower, higher = solve_ridge(X, y, penalty=10.0**power), solve_ridge(X, y, penalty=3 * 10.0**power)

    assert np.linalg.norm(higher) < np.linalg.norm(lower)
    assert np.linalg.norm(X @ higher - y) > np.linalg.norm(X @ lower - y) * (1 - 1e-14)


@given(seed=seeds, features=st.sampled_from([4, 20]))
def test_towards_no_penalty_it_tends_to_the_shortest_fit_linearly(seed, features):
    """12 examples: with 20 features, many weights fit. Ten times less penalty, ten times less distance."""
    X, y = random_fit(seed, features=features)
    shortest = solve_least_squares_svd(X, y)

    distances = [np.linalg.norm(solve_ridge(X, y, penalty=p) - shortest) for p in (1e-4, 1e-5)]

    assert distances[0] == pytest.approx(10 * distances[1], rel=0.05)


@given(seed=seeds, power=st.integers(8, 150))
def test_towards_infinite_penalty_it_tends_to_x_transposed_y_over_the_penalty(seed, power):
    """To full relative accuracy: with the penalty's rows below those of X, only rounding errors would be left."""
    X, y = random_fit(seed)
    limit = X.T @ y / 10.0**power

    w = solve_ridge(X, y, penalty=10.0**power)

    assert np.linalg.norm(w - limit) < 1e2 * max(10.0**-power, 1e-16) * np.linalg.norm(limit)


@given(seed=seeds, power=st.floats(-3, 3))
def test_each_direction_is_shrunk_by_its_own_factor(seed, power):
    X, y = random_fit(seed)
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    penalty = 10.0**power

    w = solve_ridge(X, y, penalty=penalty)

    least_squares = np.linalg.lstsq(X, y)[0]
    np.testing.assert_allclose(Vt @ w, s**2 / (s**2 + penalty) * (Vt @ least_squares), atol=1e-10)


@pytest.mark.parametrize(("penalty", "accuracy"), [(0.1, 1e-12), (1e-12, 1e-2)])
@given(seed=seeds)
def test_two_equal_columns_share_their_weight(seed, penalty, accuracy):
    X, y = random_fit(seed, features=2)
    doubled = np.column_stack([X, X[:, 0]])

    w = solve_ridge(doubled, y, penalty=penalty)

    assert w[0] == pytest.approx(w[2], abs=accuracy)


@given(seed=seeds, digits=st.floats(0, 6))
def test_only_the_root_of_the_condition_number_of_the_equation_counts(seed, digits):
    """cond(X^T X + penalty I) is 10**(2 digits): the equation itself would lose twice as many digits."""
    rng = np.random.default_rng(seed)
    left, right = np.linalg.qr(rng.normal(size=(8, 3)))[0], np.linalg.qr(rng.normal(size=(3, 3)))[0]
    singular_values, penalty = np.array([1.0, 10.0 ** (-digits / 2), 10.0**-digits]), 10.0 ** (-2 * digits)
    X, coordinates = left * singular_values @ right, rng.normal(size=3)
    y = left @ ((singular_values + penalty / singular_values) * coordinates)  # then w is right.T @ coordinates

    w = solve_ridge(X, y, penalty=penalty)

    assert np.linalg.norm(w - right.T @ coordinates) < 1e3 * 10.0 ** (digits - 16) * np.linalg.norm(coordinates)


def test_centring_leaves_the_intercept_free():
    """The recipe of the docstring, against scikit-learn, whose intercept is not penalized."""
    X, y = random_fit(0)
    X, y = X + 5, y + 100

    w = solve_ridge(X - X.mean(axis=0), y - y.mean(), penalty=3.0)

    free = Ridge(alpha=3.0).fit(X, y)
    np.testing.assert_allclose(w, free.coef_)
    np.testing.assert_allclose((X - X.mean(axis=0)) @ w + y.mean(), free.predict(X))
    assert (
        np.mean(np.column_stack([X, np.ones(12)]) @ solve_ridge(np.column_stack([X, np.ones(12)]), y, penalty=3.0))
        < 100
    )


@pytest.mark.parametrize("power", [-900, -500, 500, 900])
def test_huge_and_tiny_numbers_are_fitted(power):
    X, y = random_fit(0)
    w = solve_ridge(X, y, penalty=4.0)

    np.testing.assert_array_equal(solve_ridge(X, np.ldexp(y, power), penalty=4.0), np.ldexp(w, power))
    if abs(power) == 500:  # the penalty has the units of X squared
        scaled = solve_ridge(np.ldexp(X, power), np.ldexp(y, power), penalty=4.0 * 2.0 ** (2 * power))
        np.testing.assert_array_equal(scaled, w)


def test_a_table_of_zeros_has_no_weights():
    np.testing.assert_array_equal(solve_ridge(np.zeros((3, 2)), [1.0, 2.0, 3.0], penalty=1.0), [0.0, 0.0])


@pytest.mark.parametrize("penalty", [1e-40, 1e-17])
def test_a_penalty_that_rounding_hides_is_refused(penalty):
    X = np.array([[1.0, 1.0, 0.0], [2.0, 2.0, 1.0], [3.0, 3.0, 2.0]])

    with pytest.raises(ValueError, match=r"^columns \[0, 1\] of X are linearly dependent to working precision") as info:
        solve_ridge(X, np.ones(3), penalty=penalty)

    assert (
        f"and penalty = {penalty} is too small to change that: raise it, or ask solve_least_squares_svd for the"
        in str(info.value)
    )


def test_a_small_penalty_on_independent_columns_is_no_trouble():
    X, y = random_fit(0)

    np.testing.assert_allclose(solve_ridge(X, y, penalty=1e-100), np.linalg.lstsq(X, y)[0])


def test_weights_beyond_float64_are_refused():
    with pytest.raises(OverflowError, match=r"^a weight in w exceeds the largest float64"):
        solve_ridge([[1e-150]], [1e300], penalty=1e-300)


@pytest.mark.parametrize(
    ("X", "y", "penalty", "message"),
    [
        ([1.0], [1.0], 1.0, "^X must have shape"),
        ([[1.0]], [[1.0]], 1.0, "^y must have shape"),
        ([[1.0], [2.0]], [1.0], 1.0, "^X and y must have one entry per example"),
        ([[np.nan]], [1.0], 1.0, "^X must be finite"),
        ([[1.0]], [np.nan], 1.0, "^y must be finite"),
        ([[1.0]], [1.0], 0.0, r"^penalty must be positive, got 0\.0"),
        ([[1.0]], [1.0], [1.0], "^penalty must be one finite number"),
    ],
)
def test_errors_name_the_argument(X, y, penalty, message):
    with pytest.raises(ValueError, match=message):
        solve_ridge(X, y, penalty=penalty)


def test_the_arguments_are_left_alone():
    X, y = random_fit(0)
    X_before, y_before = X.copy(), y.copy()

    solve_ridge(X, y, penalty=1.0)

    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(y, y_before)
