"""svd and low_rank_approximation: factors, the theorem of Eckart and Young, and small singular values kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import _jacobi, low_rank_approximation, svd

EPSILON = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 7)


def assert_decomposes(A, decomposed, atol=1e-13):
    """Orthonormal vectors, values in order, and a product that is the matrix."""
    U, singular_values, Vt = decomposed
    k = min(A.shape)
    assert (U.shape, singular_values.shape, Vt.shape) == ((A.shape[0], k), (k,), (k, A.shape[1]))
    np.testing.assert_allclose(U.T @ U, np.eye(k), atol=1e-14 * k)
    np.testing.assert_allclose(Vt @ Vt.T, np.eye(k), atol=1e-14 * k)
    np.testing.assert_allclose((U * singular_values) @ Vt, A, atol=atol)
    assert (np.diff(singular_values) <= 0).all()
    assert (singular_values >= 0).all()


@given(seed=seeds, rows=sizes, columns=sizes)
def test_any_matrix_is_rotation_stretch_rotation(seed, rows, columns):
    A = np.random.default_rng(seed).normal(size=(rows, columns))

    assert_decomposes(A, svd(A))


@given(seed=seeds, rows=sizes, columns=sizes)
def test_singular_values_agree_with_numpy(seed, rows, columns):
    A = np.random.default_rng(seed).normal(size=(rows, columns))

    np.testing.assert_allclose(svd(A).singular_values, np.linalg.svd(A)[1], atol=1e-13)


def test_larger_matrices_are_decomposed_too():
    A = np.random.default_rng(0).normal(size=(70, 61))

    assert_decomposes(A, svd(A))
    np.testing.assert_allclose(svd(A).singular_values, np.linalg.svd(A)[1], rtol=1e-12)


@given(seed=seeds, rows=st.integers(4, 7), columns=st.integers(4, 7), rank=st.integers(0, 3))
def test_matrices_of_lower_rank_get_orthonormal_vectors_all_the_same(seed, rows, columns, rank):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(rows, rank)) @ rng.normal(size=(rank, columns))

    decomposed = svd(A)

    assert_decomposes(A, decomposed)
    assert (decomposed.singular_values[rank:] < 1e-14).all()


@given(seed=seeds, zeros=st.lists(st.integers(0, 4), min_size=1, max_size=5))
def test_columns_of_zeros_give_singular_values_of_exactly_zero(seed, zeros):
    A = np.random.default_rng(seed).normal(size=(6, 5))
    A[:, zeros] = 0.0

    decomposed = svd(A)

    assert_decomposes(A, decomposed)
    assert np.count_nonzero(decomposed.singular_values) == 5 - len(set(zeros))


def test_axes_with_equal_singular_values_stay_in_their_order():
    """A sort that is not stable scrambles more than a few."""
    Vt = svd(np.diag([1.0, 0.0] * 32)).Vt

    np.testing.assert_array_equal(np.argmax(Vt, axis=1), [*range(0, 64, 2), *range(1, 64, 2)])


@given(seed=seeds, rows=sizes, columns=sizes)
def test_the_largest_entry_of_each_right_singular_vector_is_positive(seed, rows, columns):
    A = np.random.default_rng(seed).normal(size=(rows, columns))

    Vt = svd(A).Vt

    assert (Vt[np.arange(len(Vt)), np.argmax(np.abs(Vt), axis=1)] > 0).all()


def test_in_a_tie_the_first_of_the_largest_entries_is_positive():
    _, _, Vt = svd([[1.0, -1.0], [2.0, 2.0], [-1.0, 1.0]])

    np.testing.assert_allclose(Vt, np.array([[1.0, 1.0], [1.0, -1.0]]) / np.sqrt(2))


@given(seed=seeds, power=st.integers(-1000, 1000))
def test_a_power_of_two_times_the_matrix_only_stretches(seed, power):
    A = np.random.default_rng(seed).uniform(0.5, 1, size=(4, 3))
    U, singular_values, Vt = svd(A)

    scaled = svd(np.ldexp(A, power))

    np.testing.assert_array_equal(scaled.U, U)
    np.testing.assert_array_equal(scaled.Vt, Vt)
    np.testing.assert_array_equal(scaled.singular_values, np.ldexp(singular_values, power))


@pytest.mark.parametrize("n", [3, 4, 6])
def test_singular_values_of_graded_columns_keep_the_relative_accuracy_that_numpy_loses(n):
    """Columns from 1 down to 1e-20 in size: the product of all singular values is the determinant, which is known."""
    ours, numpys = [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        A, grades = rng.normal(size=(n, n)), 10.0 ** rng.uniform(-20, 0, n)
        determinant = abs(np.linalg.det(A)) * np.prod(grades)
        ours.append(abs(np.prod(svd(A * grades).singular_values) / determinant - 1))
        numpys.append(abs(np.prod(np.linalg.svd(A * grades)[1]) / determinant - 1))

    assert max(ours) < 1e-13
    assert max(numpys) > 0.1


@pytest.mark.parametrize(("share", "kept"), [(1e-149, True), (1e-150, True), (1e-151, False)])
def test_below_the_smallest_share_a_singular_value_is_zero(share, kept):
    A = np.diag([1.0, share])

    decomposed = svd(A)

    assert decomposed.singular_values[0] == 1.0
    assert decomposed.singular_values[1] == (share if kept else 0.0)
    np.testing.assert_array_equal(np.abs(decomposed.U), np.eye(2))


@given(seed=seeds, rank=st.integers(0, 3))
def test_eckart_young_the_distance_is_the_first_singular_value_dropped(seed, rank):
    A = np.random.default_rng(seed).normal(size=(5, 4))
    singular_values = np.linalg.svd(A)[1]

    closest = low_rank_approximation(A, rank)

    assert np.linalg.matrix_rank(closest) == rank
    assert np.linalg.norm(A - closest, 2) == pytest.approx(singular_values[rank], rel=1e-12)
    assert np.linalg.norm(A - closest) == pytest.approx(np.sqrt(np.sum(singular_values[rank:] ** 2)), rel=1e-12)


@given(seed=seeds, rank=st.integers(1, 3))
def test_eckart_young_no_other_matrix_of_that_rank_is_closer(seed, rank):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(5, 4))
    closest = low_rank_approximation(A, rank)

    nearby = low_rank_approximation(closest + 0.1 * rng.normal(size=(5, 4)), rank)

    assert np.linalg.norm(A - nearby) >= np.linalg.norm(A - closest)
    assert np.linalg.norm(A - nearby, 2) >= np.linalg.norm(A - closest, 2) * (1 - 1e-14)


@given(seed=seeds)
def test_full_rank_gives_the_matrix_back_and_rank_zero_nothing(seed):
    A = np.random.default_rng(seed).normal(size=(3, 5))

    np.testing.assert_allclose(low_rank_approximation(A, 3), A, atol=1e-14)
    np.testing.assert_array_equal(low_rank_approximation(A, 0), np.zeros((3, 5)))


@pytest.mark.parametrize("share", [1e-20, 1e-80, 1e-140])
def test_tiny_columns_keep_their_singular_values_beside_a_large_one(share):
    """The block [[2, 1], [1, 2]] has the singular values 3 and 1, in whatever unit."""
    A = np.array([[1.0, 0.0, 0.0], [0.0, 2 * share, share], [0.0, share, 2 * share]])

    np.testing.assert_allclose(svd(A).singular_values, [1.0, 3 * share, share], rtol=1e-14)


def test_columns_whose_squares_vanish_are_left_as_they_are():
    """Rotating them would go on forever: the rounding errors of such products are as large as the products."""
    tiny = 1e-161 * np.random.default_rng(0).normal(size=(3, 3))
    A = np.block([[np.eye(3), np.full((3, 3), 1e-162)], [np.zeros((3, 3)), tiny]])

    assert_decomposes(A, svd(A))
    np.testing.assert_array_equal(svd(A).singular_values, [1, 1, 1, 0, 0, 0])


def test_a_singular_value_beyond_float64_is_refused():
    with pytest.raises(OverflowError, match=r"^a singular value of A exceeds the largest float64"):
        svd(np.full((2, 2), 1.7e308))


def test_rotations_that_would_not_end_are_reported(monkeypatch):
    monkeypatch.setattr(_jacobi, "MOST_SWEEPS", 1)

    with pytest.raises(ArithmeticError, match=r"^the rotations did not converge in 1 sweeps$"):
        svd([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 8])
def test_in_a_round_robin_everyone_meets_everyone_once_and_nobody_twice_in_a_round(n):
    rounds = _jacobi.round_robin(n)

    met = [tuple(pair) for pairs in rounds for pair in pairs.T.tolist()]
    assert sorted(met) == [(p, q) for p in range(n) for q in range(p + 1, n)]
    assert all(len(set(pairs.ravel().tolist())) == pairs.size for pairs in rounds)
    assert len(rounds) == (n - 1 if n % 2 == 0 else n)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: svd([1.0]), "^A must have shape"),
        (lambda: svd([[np.inf]]), "^A must be finite"),
        (lambda: low_rank_approximation([1.0], 1), "^A must have shape"),
        (lambda: low_rank_approximation(np.eye(2), -1), "^rank must be at least 0, got -1"),
        (lambda: low_rank_approximation(np.ones((2, 3)), 3), r"^rank must be at most 2 for shape \(2, 3\), got 3"),
    ],
)
def test_errors_name_the_argument(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("rank", [1.0])
def test_a_rank_that_is_no_integer_is_refused(rank):
    with pytest.raises(TypeError, match=r"^rank must be an integer, got 1\.0"):
        low_rank_approximation(np.eye(2), rank)


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (4, 4)])
def test_the_argument_is_left_alone(shape):
    A = np.random.default_rng(0).normal(size=shape)
    before = A.copy()

    svd(A)

    np.testing.assert_array_equal(A, before)
