"""lu, solve and solve_triangular: exact factors, why pivoting, and the column that makes a matrix singular."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import lu, solve, solve_triangular

EPSILON = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 8)


@given(seed=seeds, n=sizes)
def test_the_triangles_multiply_to_the_rows_in_their_new_order(seed, n):
    A = np.random.default_rng(seed).normal(size=(n, n))

    permutation, L, U = lu(A)

    np.testing.assert_allclose(L @ U, A[permutation], atol=1e-13)
    np.testing.assert_array_equal(np.sort(permutation), np.arange(n))
    np.testing.assert_array_equal(L, np.tril(L))
    np.testing.assert_array_equal(np.diag(L), np.ones(n))
    np.testing.assert_array_equal(U, np.triu(U))
    assert np.abs(L).max() <= 1


@given(seed=seeds, n=sizes)
def test_lu_agrees_with_scipy(seed, n):
    A = np.random.default_rng(seed).normal(size=(n, n))
    P, L, U = scipy.linalg.lu(A)

    ours = lu(A)

    np.testing.assert_array_equal(np.eye(n)[:, ours.permutation], P)
    np.testing.assert_allclose(ours.L, L, atol=1e-9)
    np.testing.assert_allclose(ours.U, U, atol=1e-9)


def test_singular_matrices_are_decomposed_too():
    A = np.array([[0.0, 1.0, 2.0], [0.0, 3.0, 4.0], [0.0, 5.0, 6.0]])

    permutation, L, U = lu(A)

    np.testing.assert_allclose(L @ U, A[permutation], atol=1e-15)


@given(seed=seeds, n=sizes)
def test_solutions_agree_with_numpy(seed, n):
    rng = np.random.default_rng(seed)
    A, b = rng.normal(size=(n, n)) + 4 * np.eye(n), rng.normal(size=n)

    np.testing.assert_allclose(solve(A, b), np.linalg.solve(A, b), rtol=1e-6, atol=1e-9)


@given(seed=seeds, n=st.integers(2, 8), k=sizes)
def test_several_right_sides_are_solved_as_one_by_one(seed, n, k):
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(n, n)) + 4 * np.eye(n), rng.normal(size=(n, k))

    X = solve(A, B)

    assert X.shape == (n, k)
    np.testing.assert_allclose(X, np.column_stack([solve(A, b) for b in B.T]), rtol=1e-9, atol=1e-12)


@given(seed=seeds, n=sizes)
def test_the_residual_is_rounding_even_where_the_solution_is_not(seed, n):
    """Backward stability: Hilbert matrices have condition numbers up to 1e10 here."""
    A, b = scipy.linalg.hilbert(n), np.random.default_rng(seed).normal(size=n)

    x = solve(A, b)

    assert np.abs(A @ x - b).max() < 10 * n * EPSILON * (np.abs(A) @ np.abs(x)).max()


def test_pivoting_keeps_the_entry_that_elimination_without_it_loses():
    A, b = np.array([[1e-20, 1.0], [1.0, 1.0]]), np.array([1.0, 2.0])
    multiplier = A[1, 0] / A[0, 0]
    last = (b[1] - multiplier * b[0]) / (A[1, 1] - multiplier * A[0, 1])
    without_pivoting = np.array([(b[0] - A[0, 1] * last) / A[0, 0], last])

    np.testing.assert_array_equal(without_pivoting, [0.0, 1.0])
    np.testing.assert_array_equal(solve(A, b), [1.0, 1.0])


def test_a_zero_in_the_first_place_is_no_obstacle():
    np.testing.assert_array_equal(solve([[0, 2], [4, 0]], [6, 8]), [2.0, 3.0])


@given(seed=seeds, rows=st.integers(-300, 300), columns=st.lists(st.integers(-300, 300), min_size=3, max_size=3))
def test_units_of_columns_and_right_side_only_rescale_the_solution(seed, rows, columns):
    rng = np.random.default_rng(seed)
    A, b = rng.uniform(0.5, 1, size=(3, 3)) + np.eye(3), rng.uniform(0.5, 1, size=3)

    x = solve(np.ldexp(A, columns), np.ldexp(b, rows))

    np.testing.assert_array_equal(x, np.ldexp(solve(A, b), rows - np.array(columns)))


def test_huge_and_tiny_systems_are_solved():
    A = np.array([[3.0, 1.0], [1.0, 2.0]])

    np.testing.assert_allclose(solve(A * 1e300, [5e300, 5e300]), [1.0, 2.0])
    np.testing.assert_allclose(solve(A * 1e-300, [5e-300, 5e-300]), [1.0, 2.0])


@given(seed=seeds, position=st.integers(1, 4))
def test_a_singular_matrix_is_refused_with_the_column_that_adds_nothing(seed, position):
    """Rounding hides the zero pivot, so a test for exact zero would let it pass."""
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(5, 5))
    A[:, position] = A[:, :position] @ rng.uniform(1, 2, position)

    with pytest.raises(ValueError, match=r"^A is singular to working precision") as info:
        solve(A, np.ones(5))

    assert f"elimination leaves no pivot in column {position}, which is a combination of the columns" in str(info.value)
    assert "columns before it. Drop that column, or use solve_least_squares_svd for the shortest x" in str(info.value)


@pytest.mark.parametrize("A", [[[0.0]], np.zeros((3, 3))])
def test_zeros_are_singular_from_the_first_column_on(A):
    with pytest.raises(ValueError, match="no pivot in column 0"):
        solve(A, np.ones(len(A)))


@pytest.mark.parametrize(("factor", "accepted"), [(0.9, False), (1.6, True)])
def test_a_pivot_counts_from_n_eps_of_what_it_was_added_up_from_on(factor, accepted):
    """The second pivot is 1 + d - 1, added up from |1| + |d|; d must be a multiple of eps, here 2 or 3."""
    A = np.array([[1.0, 1.0], [1.0, 1 + round(2 * factor) * EPSILON]])

    if accepted:
        np.testing.assert_allclose(solve(A, [1.0, 1.0]), [1.0, 0.0])
    else:
        with pytest.raises(ValueError, match="no pivot in column 1"):
            solve(A, [1.0, 1.0])


@pytest.mark.parametrize("small", [1e-20, 1e-200, 1e-300])
def test_a_small_pivot_that_no_subtraction_made_is_taken_at_its_word(small):
    np.testing.assert_allclose(solve([[1.0, 1.0], [0.0, small]], [2.0, small]), [1.0, 1.0])


@given(seed=seeds, n=sizes, lower=st.booleans())
def test_triangles_are_solved_as_scipy_solves_them(seed, n, lower):
    rng = np.random.default_rng(seed)
    full, b = rng.normal(size=(n, n)), rng.normal(size=n)
    T = (np.tril if lower else np.triu)(full, 0) + 3 * np.eye(n)

    x = solve_triangular(T, b, lower=lower)

    np.testing.assert_allclose(x, scipy.linalg.solve_triangular(T, b, lower=lower), rtol=1e-6, atol=1e-9)


@given(seed=seeds, lower=st.booleans())
def test_triangles_take_several_right_sides(seed, lower):
    rng = np.random.default_rng(seed)
    T = (np.tril if lower else np.triu)(rng.uniform(1, 2, size=(4, 4)))
    X = rng.normal(size=(4, 3))

    np.testing.assert_allclose(solve_triangular(T, T @ X, lower=lower), X, atol=1e-12)


def test_a_diagonal_is_both_an_upper_and_a_lower_triangle():
    for lower in (True, False):
        np.testing.assert_array_equal(
            solve_triangular(np.diag([1e200, 1e-200]), [1.0, 1.0], lower=lower), [1e-200, 1e200]
        )


@pytest.mark.parametrize(
    ("lower", "message"),
    [
        (False, r"^T must be zero below its diagonal to be upper, got 2\.0 at T\[1, 0\]$"),
        (True, r"^T must be zero above its diagonal to be lower, got 3\.0 at T\[0, 2\]$"),
    ],
)
def test_what_is_no_triangle_is_refused(lower, message):
    with pytest.raises(ValueError, match=message):
        solve_triangular([[1.0, 0.0, 3.0], [2.0, 1.0, 0.0], [0.0, 0.0, 1.0]], np.ones(3), lower=lower)


def test_what_stands_right_beside_the_diagonal_counts_too():
    with pytest.raises(ValueError, match=r"got 3\.0 at T\[0, 1\]"):
        solve_triangular([[1.0, 3.0], [0.0, 1.0]], np.ones(2), lower=True)


def test_a_zero_on_the_diagonal_of_a_triangle_is_refused():
    message = r"^T must have no zero on its diagonal, got one at T\[1, 1\]: x\[1\] is not determined"
    with pytest.raises(ValueError, match=message):
        solve_triangular([[-1.0, 2.0], [0.0, 0.0]], [1.0, 2.0], lower=False)


@pytest.mark.parametrize(
    "call",
    [
        lambda: solve([[1e-300]], [1e300]),
        lambda: solve_triangular([[1.0, 1.0], [0.0, 1e-310]], [1.0, 1.0], lower=False),
    ],
)
def test_solutions_beyond_float64_are_refused(call):
    with pytest.raises(OverflowError, match=r"^x exceeds the largest float64"):
        call()


def test_a_zero_times_an_unknown_beyond_float64_makes_no_noise():
    """Row 0 multiplies x[2], which is infinite, by zero; warnings are errors here."""
    with pytest.raises(OverflowError, match=r"^x exceeds the largest float64"):
        solve_triangular([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [0.0, 0.0, 1e-310]], np.ones(3), lower=False)


def test_growth_beyond_float64_is_refused():
    with pytest.raises(OverflowError, match=r"^U exceeds the largest float64"):
        lu([[1.0, 1.7e308], [-1.0, 1.7e308]])


@pytest.mark.parametrize("function", [solve, lambda A, b: solve_triangular(A, b, lower=True)])
@pytest.mark.parametrize(
    ("A", "b", "message"),
    [
        (np.ones((2, 3)), [1.0, 2.0], r"^[AT] must be square, got shape \(2, 3\)"),
        ([1.0], [1.0], "^[AT] must have shape"),
        ([[np.nan]], [1.0], "^[AT] must be finite"),
        (np.eye(2), [1.0], r"^b must have 2 rows, one per row of the matrix, got shape \(1,\)"),
        (np.eye(2), np.ones((3, 2)), r"^b must have 2 rows, one per row of the matrix, got shape \(3, 2\)"),
        (np.eye(2), np.ones((2, 1, 1)), r"^b must have shape \(n,\), got shape \(2, 1, 1\)"),
        (np.eye(2), [1.0, np.inf], "^b must be finite"),
        (np.eye(2), [[1.0], [np.inf]], "^b must be finite"),
        (np.eye(1), 1.0, r"^b must have shape \(n,\), got shape \(\)"),
        (np.eye(1), "a", "^b must hold real numbers"),
    ],
)
def test_errors_name_the_argument(function, A, b, message):
    with pytest.raises(ValueError, match=message):
        function(A, b)


def test_lu_refuses_what_is_not_square():
    with pytest.raises(ValueError, match=r"^A must be square"):
        lu(np.ones((3, 2)))


@pytest.mark.parametrize("function", [solve, lambda A, b: solve_triangular(np.triu(A), b, lower=False)])
def test_the_arguments_are_left_alone(function):
    rng = np.random.default_rng(0)
    A, b = np.triu(rng.normal(size=(4, 4))), rng.normal(size=4)
    A_before, b_before = A.copy(), b.copy()

    function(A, b)
    lu(A)

    np.testing.assert_array_equal(A, A_before)
    np.testing.assert_array_equal(b, b_before)
