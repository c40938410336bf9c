"""Least squares by QR and by SVD: certified values, the digits that the normal equation loses, the shortest w."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import solve_least_squares_qr, solve_least_squares_svd, solve_normal_equation

EPSILON = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)
BOTH = pytest.mark.parametrize("fit", [solve_least_squares_qr, solve_least_squares_svd])


def random_fit(seed, examples=12, features=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(examples, features)), rng.normal(size=examples)


def nearly_dependent(seed, digits):
    """A table with condition number 10**digits."""
    rng = np.random.default_rng(seed)
    left, right = np.linalg.qr(rng.normal(size=(8, 3)))[0], np.linalg.qr(rng.normal(size=(3, 3)))[0]
    return left * [1.0, 10.0 ** (-digits / 2), 10.0**-digits] @ right


@BOTH
@given(seed=seeds)
def test_the_residual_is_orthogonal_to_every_column(fit, seed):
    X, y = random_fit(seed)

    w = fit(X, y)

    np.testing.assert_allclose(X.T @ (X @ w - y), np.zeros(4), atol=1e-12)


@BOTH
@given(seed=seeds, more=st.integers(0, 5))
def test_tall_and_square_tables_are_fitted_as_lstsq_fits_them(fit, seed, more):
    X, y = random_fit(seed, examples=4 + more)
    X += 2 * np.eye(*X.shape)

    np.testing.assert_allclose(fit(X, y), np.linalg.lstsq(X, y)[0], rtol=1e-6, atol=1e-9)


@BOTH
def test_norris_agrees_with_the_certified_values(fit, nist):
    problem = nist("Norris")
    X = np.column_stack([np.ones_like(problem.x), problem.x])

    w = fit(X, problem.y)

    np.testing.assert_allclose(w, problem.estimates, rtol=1e-11)
    assert np.sum((X @ w - problem.y) ** 2) == pytest.approx(problem.residual_sum_of_squares, rel=1e-11)


@BOTH
@pytest.mark.parametrize("digits", [2, 5, 7])
def test_half_the_digits_that_the_normal_equation_loses_are_lost(fit, digits):
    """Medians over 30 tables, as bounds on both sides: an error of 10**(d - 16) here and 10**(2 d - 16) there."""
    rng = np.random.default_rng(0)
    errors: list[float] = []
    errors_of_normal_equation: list[float] = []
    for seed in range(30):
        X, true_w = nearly_dependent(seed, digits), rng.normal(size=3)
        for method, noted in [(fit, errors), (solve_normal_equation, errors_of_normal_equation)]:
            noted.append(float(np.linalg.norm(method(X, X @ true_w) - true_w) / np.linalg.norm(true_w)))

    assert 1e-2 < np.median(errors) / 10.0 ** (digits - 16) < 1e2
    assert 1e-2 < np.median(errors_of_normal_equation) / 10.0 ** (2 * digits - 16) < 1e2


@given(seed=seeds, digits=st.floats(8, 13))
def test_tables_that_the_normal_equation_refuses_are_fitted(seed, digits):
    X, true_w = nearly_dependent(seed, digits), np.random.default_rng(seed).normal(size=3)

    w = solve_least_squares_qr(X, X @ true_w)

    assert np.linalg.norm(w - true_w) / np.linalg.norm(true_w) < 100 * 10.0 ** (digits - 16)


@given(seed=seeds, powers=st.lists(st.integers(-1000, 1000), min_size=4, max_size=4), power=st.integers(-20, 20))
def test_units_of_the_features_only_rescale_the_weights_of_qr(seed, powers, power):
    X, y = random_fit(seed)

    w = solve_least_squares_qr(np.ldexp(X, powers), np.ldexp(y, power))

    np.testing.assert_array_equal(w, np.ldexp(solve_least_squares_qr(X, y), power - np.array(powers)))


@BOTH
@pytest.mark.parametrize(("size", "target"), [(1e300, 1e300), (1e-300, 1e-300), (1e-200, 1e100), (1e300, 1.0)])
def test_huge_and_tiny_tables_are_fitted(fit, size, target):
    X, true_w = np.array([[3.0, 1.0], [1.0, 2.0], [1.0, 1.0]]), np.array([2.0, -1.0])

    np.testing.assert_allclose(fit(X * size, X @ true_w * target), true_w * (target / size), rtol=1e-13)


@given(seed=seeds, count=st.integers(2, 4))
def test_qr_names_dependent_columns(seed, count):
    X, y = random_fit(seed, features=5)
    rng = np.random.default_rng(seed)
    chosen = np.sort(rng.choice(5, count, replace=False))
    X[:, chosen[0]] = X[:, chosen[1:]] @ rng.uniform(1, 2, count - 1)

    with pytest.raises(ValueError, match="are linearly dependent to working precision, so no single w is best") as info:
        solve_least_squares_qr(X, y)

    assert str(info.value).startswith(f"columns {chosen.tolist()} of X are")
    assert str(info.value).endswith("drop one of them, or ask solve_least_squares_svd for the shortest w")


@pytest.mark.parametrize(("share", "accepted"), [(0.8, True), (1.25, False)])
def test_qr_gives_up_where_the_condition_number_reaches_one_over_eps_and_the_size(share, accepted):
    """Two unit columns at a small angle a have condition number 2 / a; 2 / (9 eps) is the limit for 9 rows."""
    angle = 9 * EPSILON * 2 / share
    X = np.zeros((9, 2))
    X[:2] = [[1.0, 1.0], [0.0, angle]]

    if accepted:
        np.testing.assert_allclose(solve_least_squares_qr(X, X @ [1.0, 1.0]), [1.0, 1.0], rtol=0.5)
    else:
        with pytest.raises(ValueError, match=r"^columns \[0, 1\] of X"):
            solve_least_squares_qr(X, X @ [1.0, 1.0])


@given(seed=seeds, examples=st.integers(1, 7), features=st.integers(1, 7), rank=st.integers(1, 7))
def test_svd_finds_the_shortest_of_all_best_fits_as_the_pseudoinverse_does(seed, examples, features, rank):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(examples, rank)) @ rng.normal(size=(rank, features)), rng.normal(size=examples)

    w = solve_least_squares_svd(X, y, relative_cutoff=1e-12)

    np.testing.assert_allclose(w, scipy.linalg.pinv(X, rtol=1e-12) @ y, rtol=1e-4, atol=1e-6)


@given(seed=seeds)
def test_svd_takes_dependent_columns_without_being_told(seed):
    X, y = random_fit(seed)
    doubled = np.column_stack([X, X[:, 0]])

    w = solve_least_squares_svd(doubled, y)

    single = solve_least_squares_svd(X, y)
    np.testing.assert_allclose(w[[0, 4]].sum(), single[0], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(w[0], w[4], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(
    ("cutoff", "expected"), [(0.0, [1, 10, 100]), (0.05, [1, 10, 0]), (0.1, [1, 0, 0]), (1, [0, 0, 0])]
)
def test_singular_values_up_to_the_cutoff_count_as_zero(cutoff, expected):
    X = np.diag([1.0, 0.1, 0.01])

    np.testing.assert_allclose(solve_least_squares_svd(X, np.ones(3), relative_cutoff=cutoff), expected)


@pytest.mark.parametrize(("share", "kept"), [(1.1, True), (0.9, False)])
@pytest.mark.parametrize("shape", [(7, 2), (2, 7)])
def test_by_default_the_cutoff_is_eps_times_the_longer_side(shape, share, kept):
    X = np.zeros(shape)
    X[0, 0], X[1, 1] = 1.0, share * 7 * EPSILON

    w = solve_least_squares_svd(X, np.ones(shape[0]))

    assert (w[1] != 0) == kept


def test_a_table_of_zeros_has_the_shortest_weights_there_are():
    np.testing.assert_array_equal(solve_least_squares_svd(np.zeros((3, 2)), [1.0, 2.0, 3.0]), [0.0, 0.0])


@BOTH
@pytest.mark.parametrize("X", [[[1e-300]], [[1.0, 0.0], [0.0, 1e-100]]])
def test_weights_beyond_float64_are_refused(fit, X):
    with pytest.raises(OverflowError, match=r"^a weight in w exceeds the largest float64"):
        fit(X, np.full(len(X), 1e300), **({} if fit is solve_least_squares_qr else {"relative_cutoff": 0.0}))


@BOTH
@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([1.0, 2.0], [1.0, 2.0], r"^X must have shape \(rows, columns\), got shape \(2,\)"),
        ([[1.0], [2.0]], [[1.0], [2.0]], r"^y must have shape \(n,\), got shape \(2, 1\)"),
        ([[1.0], [2.0]], [1.0], "^X and y must have one entry per example, got 2 and 1 of them"),
        ([[np.nan]], [1.0], "^X must be finite"),
        ([[1.0]], [np.inf], "^y must be finite"),
    ],
)
def test_errors_name_the_argument(fit, X, y, message):
    with pytest.raises(ValueError, match=message):
        fit(X, y)


def test_qr_needs_as_many_examples_as_features():
    with pytest.raises(ValueError, match="got 1 rows and 2 columns: add examples or drop features, or ask solve_least"):
        solve_least_squares_qr([[1.0, 2.0]], [1.0])


@pytest.mark.parametrize("cutoff", [-0.1, 1.1])
def test_a_cutoff_that_is_no_share_is_refused(cutoff):
    with pytest.raises(ValueError, match=r"^relative_cutoff must be from 0 to 1"):
        solve_least_squares_svd([[1.0]], [1.0], relative_cutoff=cutoff)


@BOTH
def test_the_arguments_are_left_alone(fit):
    X, y = random_fit(0)
    X_before, y_before = X.copy(), y.copy()

    fit(X, y)

    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(y, y_before)
