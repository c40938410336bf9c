"""condition_number: what it magnifies, what squares it, and where it is infinite."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import condition_number

seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds, rows=st.integers(1, 6), columns=st.integers(1, 6))
def test_it_agrees_with_numpy(seed, rows, columns):
    A = np.random.default_rng(seed).normal(size=(rows, columns))

    assert condition_number(A) == pytest.approx(np.linalg.cond(A), rel=1e-10)


@given(seed=seeds, digits=st.floats(0, 6))
def test_forming_a_transpose_a_squares_it(seed, digits):
    rng = np.random.default_rng(seed)
    left, right = np.linalg.qr(rng.normal(size=(6, 3)))[0], np.linalg.qr(rng.normal(size=(3, 3)))[0]
    A = left * [1.0, 10.0 ** (-digits / 2), 10.0**-digits] @ right

    assert condition_number(A) == pytest.approx(10.0**digits, rel=1e-9)
    assert condition_number(A.T @ A) == pytest.approx(10.0 ** (2 * digits), rel=1e-2)


@given(seed=seeds)
def test_it_bounds_how_much_a_relative_error_of_b_grows_in_x_and_the_bound_is_reached(seed):
    rng = np.random.default_rng(seed)
    A, change = rng.normal(size=(3, 3)), rng.normal(size=3)
    U = np.linalg.svd(A)[0]

    def growth(b, change):
        x, moved = np.linalg.solve(A, b), np.linalg.solve(A, change)
        return np.linalg.norm(moved) / np.linalg.norm(x) / (np.linalg.norm(change) / np.linalg.norm(b))

    assert growth(rng.normal(size=3), change) <= condition_number(A) * (1 + 1e-9)
    assert growth(U[:, 0], U[:, -1]) == pytest.approx(condition_number(A), rel=1e-6)


def test_orthonormal_matrices_have_the_best_there_is():
    assert condition_number(np.linalg.qr(np.random.default_rng(0).normal(size=(5, 5)))[0]) == pytest.approx(1.0)


@pytest.mark.parametrize("A", [np.zeros((2, 2)), [[1.0, 0.0], [1.0, 0.0]], [[0.0]]])
def test_an_exact_zero_makes_it_infinite(A):
    assert condition_number(A) == np.inf


def test_rounding_leaves_a_singular_matrix_above_1e15():
    assert condition_number([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]) > 1e15


@pytest.mark.parametrize("small", [1e-20, 1e-140])
def test_different_units_may_make_it_larger_than_one_over_eps(small):
    assert condition_number(np.diag([1.0, small])) == pytest.approx(1 / small)


@pytest.mark.parametrize("size", [1.7e308, 1e-300, 5e-324])
def test_it_has_no_units(size):
    assert condition_number(np.array([[1.0, 1.0], [1.0, -1.0]]) * size) == pytest.approx(1.0)


@pytest.mark.parametrize(("A", "message"), [([1.0], "^A must have shape"), ([[np.nan]], "^A must be finite")])
def test_errors_name_the_argument(A, message):
    with pytest.raises(ValueError, match=message):
        condition_number(A)
