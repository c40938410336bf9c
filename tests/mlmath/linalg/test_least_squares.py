"""solve_normal_equation: orthogonal residuals, certified values, and honest refusals."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.datasets import load_windsor_housing
from mlmath.linalg import solve_normal_equation
from mlmath.linalg.least_squares import LARGEST_CONDITION, dependent_columns


def random_fit(seed, examples=12, features=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(examples, features)), rng.normal(size=examples)


seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds)
def test_the_residual_is_orthogonal_to_every_column(seed):
    X, y = random_fit(seed)

    w = solve_normal_equation(X, y)

    np.testing.assert_allclose(X.T @ (X @ w - y), np.zeros(4), atol=1e-10)


@given(seed=seeds)
def test_it_agrees_with_lstsq(seed):
    X, y = random_fit(seed)

    np.testing.assert_allclose(solve_normal_equation(X, y), np.linalg.lstsq(X, y)[0], rtol=1e-6, atol=1e-9)


def test_norris_agrees_with_the_certified_values(nist):
    problem = nist("Norris")
    X = np.column_stack([np.ones_like(problem.x), problem.x])

    w = solve_normal_equation(X, problem.y)

    np.testing.assert_allclose(w, problem.estimates, rtol=1e-11)
    assert np.sum((X @ w - problem.y) ** 2) == pytest.approx(problem.residual_sum_of_squares, rel=1e-11)


def test_windsor_agrees_with_a_published_table():
    """Verbeek, A Guide to Modern Econometrics, table 3.1: log price on four features."""
    houses = load_windsor_housing()
    features = [houses.column(name) for name in ("bedrooms", "bathrooms", "air_conditioning")]
    X = np.column_stack([np.ones(546), np.log(houses.column("lot_size")), *features])

    w = solve_normal_equation(X, np.log(houses.prices))

    np.testing.assert_array_equal(w.round(3), [7.094, 0.400, 0.078, 0.216, 0.212])


@given(seed=seeds, powers=st.lists(st.integers(-60, 60), min_size=4, max_size=4))
def test_units_of_the_features_only_rescale_the_weights(seed, powers):
    """Without scaling the columns, one feature in metres and one in nanometres would already be refused."""
    X, y = random_fit(seed)
    units = 10.0 ** np.array(powers)

    w = solve_normal_equation(X * units, y)

    np.testing.assert_allclose(w * units, solve_normal_equation(X, y), rtol=1e-6, atol=1e-9)


def test_columns_whose_squares_overflow_or_vanish_are_fitted():
    X = np.array([[1e200, 0.0], [0.0, 1e-200], [1e200, 1e-200]])

    np.testing.assert_allclose(solve_normal_equation(X, [1.0, 2.0, 3.0]), [1e-200, 2e200])


@given(seed=seeds, count=st.integers(2, 4))
def test_dependent_columns_are_named(seed, count):
    """One column is a combination of some others: these, and no others, take part."""
    X, y = random_fit(seed, features=5)
    rng = np.random.default_rng(seed)
    chosen = np.sort(rng.choice(5, count, replace=False))
    X[:, chosen[0]] = X[:, chosen[1:]] @ rng.uniform(1, 2, count - 1)

    with pytest.raises(ValueError, match="are linearly dependent to working precision, so no single w is best") as info:
        solve_normal_equation(X, y)

    assert f"columns {chosen.tolist()} of X" in str(info.value)
    assert str(info.value).endswith(" best: drop one of them, or ask solve_least_squares_svd for the shortest w")


@pytest.mark.parametrize("size", [1e300, 1e-300])
def test_huge_and_tiny_tables_and_targets_are_fitted(size):
    X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])

    np.testing.assert_allclose(solve_normal_equation(X * size, np.array([1.0, 3.0, 5.0]) * size), [1.0, 2.0])


def test_columns_whose_length_exceeds_float64_are_fitted():
    np.testing.assert_allclose(solve_normal_equation([[1.7e308], [1.7e308]], [1.7e308, 1.7e308]), [1.0])


def test_weights_beyond_float64_are_refused():
    with pytest.raises(OverflowError, match=r"^a weight in w exceeds the largest float64, 1\.8e308: choose units that"):
        solve_normal_equation([[1e-300]], [1e300])


def test_a_column_of_zeros_is_dependent_all_by_itself():
    with pytest.raises(ValueError, match=r"columns \[1\] of X are linearly dependent"):
        solve_normal_equation([[1.0, 0.0], [2.0, 0.0]], [1.0, 2.0])


def test_a_table_of_zeros_is_dependent():
    with pytest.raises(ValueError, match=r"columns \[[01]\] of X are linearly dependent"):
        solve_normal_equation(np.zeros((3, 2)), [1.0, 2.0, 3.0])


@pytest.mark.parametrize(("condition", "named"), [(0.9 * LARGEST_CONDITION, []), (1.1 * LARGEST_CONDITION, [0, 1])])
def test_the_limit_is_where_the_square_of_the_condition_number_reaches_one_over_eps(condition, named):
    """Two unit columns at a small angle a have condition number 1 / tan(a / 2)."""
    angle = 2 / condition
    X = np.array([[1.0, np.cos(angle)], [0.0, np.sin(angle)]])

    assert LARGEST_CONDITION**2 * np.finfo(float).eps == pytest.approx(1.0)
    assert dependent_columns(X) == named


@pytest.mark.parametrize(("part", "named"), [(1.3e-6, [1, 2]), (1.5e-6, [0, 1, 2])])
def test_a_column_with_less_than_a_millionth_of_the_combination_is_not_named(part, named):
    """The combination that vanishes is (part, 1, -1) / sqrt(2), and sqrt(2) lies between 1.3 and 1.5."""
    X = np.array([[1.0, 0.0, part], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0]])

    assert dependent_columns(X) == named


@given(seed=seeds, digits=st.floats(0, 7))
def test_twice_the_digits_of_the_condition_number_are_lost(seed, digits):
    """The docstring's rule of thumb, as a bound with a margin of a factor 100."""
    rng = np.random.default_rng(seed)
    left, right = (np.linalg.qr(rng.normal(size=(8, 3)))[0], np.linalg.qr(rng.normal(size=(3, 3)))[0])
    X = left * [1.0, 10.0 ** (-digits / 2), 10.0**-digits] @ right
    true_w = rng.normal(size=3)

    error = np.linalg.norm(solve_normal_equation(X, X @ true_w) - true_w) / np.linalg.norm(true_w)

    assert error < 100 * 10.0 ** (-16 + 2 * digits)


def test_tall_tables_take_little_memory():
    """The left singular vectors of all examples would be a square matrix, 72 MB here and 8 TB for a million."""
    X, y = random_fit(0, examples=3000, features=2)

    tracemalloc.start()
    solve_normal_equation(X, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 20 * X.nbytes


def test_the_arguments_are_left_alone():
    X, y = random_fit(0)
    X_before, y_before = X.copy(), y.copy()

    solve_normal_equation(X, y)

    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(y, y_before)


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([1.0, 2.0], [1.0, 2.0], r"^X must have shape \(rows, columns\), got shape \(2,\)"),
        ([[1.0], [2.0]], [[1.0], [2.0]], r"^y must have shape \(n,\), got shape \(2, 1\)"),
        ([[1.0], [2.0]], [1.0], "^X and y must have one entry per example, got 2 and 1 of them"),
        ([[1.0, 2.0]], [1.0], "got 1 rows and 2 columns: add examples or drop features"),
    ],
)
def test_errors_name_the_argument(X, y, message):
    with pytest.raises(ValueError, match=message):
        solve_normal_equation(X, y)
