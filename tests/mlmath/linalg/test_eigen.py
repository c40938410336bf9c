"""power_iteration and symmetric_eigen: invariants, the rate |l2 / l1|, and a sign for what has none."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import _jacobi, power_iteration, svd, symmetric_eigen

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 8)


def symmetric(seed, n):
    A = np.random.default_rng(seed).normal(size=(n, n))
    return A + A.T


def with_eigenvalues(seed, values):
    basis = np.linalg.qr(np.random.default_rng(seed).normal(size=(len(values), len(values))))[0]
    A = basis * values @ basis.T
    return (A + A.T) / 2, basis


@given(seed=seeds, n=sizes)
def test_a_symmetric_matrix_only_stretches_along_orthonormal_directions(seed, n):
    A = symmetric(seed, n)

    values, vectors = symmetric_eigen(A)

    np.testing.assert_allclose(A @ vectors, vectors * values, atol=1e-13)
    np.testing.assert_allclose(vectors.T @ vectors, np.eye(n), atol=1e-14)
    assert (np.diff(values) <= 0).all()


@given(seed=seeds, n=sizes)
def test_eigenvalues_agree_with_numpy(seed, n):
    A = symmetric(seed, n)

    np.testing.assert_allclose(symmetric_eigen(A).values, np.linalg.eigvalsh(A)[::-1], atol=1e-13)


@given(seed=seeds, n=sizes)
def test_eigenvalues_sum_to_the_trace_and_multiply_to_the_determinant(seed, n):
    A = symmetric(seed, n)

    values = symmetric_eigen(A).values

    assert np.sum(values) == pytest.approx(np.trace(A), abs=1e-12)
    assert np.prod(values) == pytest.approx(np.linalg.det(A), rel=1e-8, abs=1e-10)


@pytest.mark.parametrize("n", [40, 41])
def test_larger_matrices_are_decomposed_too(n):
    A = symmetric(0, n)

    values, vectors = symmetric_eigen(A)

    np.testing.assert_allclose(vectors * values @ vectors.T, A, atol=1e-12)
    np.testing.assert_allclose(values, scipy.linalg.eigh(A, eigvals_only=True)[::-1], atol=1e-12)


def test_equal_eigenvalues_get_orthonormal_vectors_too():
    A, _ = with_eigenvalues(0, [2.0, 2.0, 2.0, -1.0, -1.0])

    values, vectors = symmetric_eigen(A)

    np.testing.assert_allclose(values, [2, 2, 2, -1, -1], atol=1e-14)
    np.testing.assert_allclose(vectors.T @ vectors, np.eye(5), atol=1e-14)


@pytest.mark.parametrize("A", [np.zeros((3, 3)), np.eye(4), [[5]], [[-2.0, 0.0], [0.0, 3.0]]])
def test_diagonal_matrices_are_left_as_they_are_but_sorted(A):
    values, vectors = symmetric_eigen(A)

    np.testing.assert_array_equal(values, np.sort(np.diag(A))[::-1])
    np.testing.assert_array_equal(np.sort(vectors), np.sort(np.eye(len(values))))


def test_axes_with_equal_eigenvalues_stay_in_their_order():
    """A sort that is not stable scrambles more than a few."""
    vectors = symmetric_eigen(np.diag([1.0, 2.0] * 32)).vectors

    np.testing.assert_array_equal(np.argmax(vectors, axis=0), [*range(1, 64, 2), *range(0, 64, 2)])


@pytest.mark.parametrize(("share", "rotated"), [(0.9, False), (1.1, True)])
def test_an_entry_off_the_diagonal_counts_from_eps_by_n_of_the_matrix_on(share, rotated):
    """With the n^2 entries that are left alone, the matrix is still diagonal to eps."""
    A = np.diag([1.0, -1.0, 0.0, 0.0])
    A[0, 1] = A[1, 0] = share * np.finfo(float).eps / 4 * np.sqrt(2)

    vectors = symmetric_eigen(A).vectors

    assert vectors[1, 0] == pytest.approx(A[0, 1] / 2 if rotated else 0.0, abs=0.0)


@given(seed=seeds, n=sizes)
def test_the_largest_entry_of_each_eigenvector_is_positive(seed, n):
    vectors = symmetric_eigen(symmetric(seed, n)).vectors

    assert (vectors[np.argmax(np.abs(vectors), axis=0), np.arange(n)] > 0).all()


@given(seed=seeds)
def test_rounding_does_not_decide_the_sign_in_a_tie(seed):
    noise = symmetric(seed, 2) * 1e-12

    vectors = symmetric_eigen(np.array([[1.0, 2.0], [2.0, 1.0]]) + noise).vectors

    np.testing.assert_allclose(vectors, np.array([[1, 1], [1, -1]]) / np.sqrt(2), atol=1e-11)


@given(seed=seeds)
def test_eigenvectors_of_a_transpose_a_are_right_singular_vectors(seed):
    A = np.random.default_rng(seed).normal(size=(6, 3)) * [1.0, 3.0, 9.0]

    values, vectors = symmetric_eigen(A.T @ A)

    np.testing.assert_allclose(values, svd(A).singular_values ** 2, rtol=1e-10)
    np.testing.assert_allclose(vectors, svd(A).Vt.T, atol=1e-8)


@given(seed=seeds, power=st.integers(-1000, 1000))
def test_a_power_of_two_times_the_matrix_only_stretches(seed, power):
    A = symmetric(seed, 4)
    values, vectors = symmetric_eigen(A)

    scaled = symmetric_eigen(np.ldexp(A, power))

    np.testing.assert_array_equal(scaled.vectors, vectors)
    np.testing.assert_array_equal(scaled.values, np.ldexp(values, power))


@pytest.mark.parametrize(("difference", "accepted"), [(0.9e-10, True), (1.3e-10, False)])
def test_entries_that_differ_by_more_than_rounding_are_refused(difference, accepted):
    A = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.5], [0.0, 0.5 + 2 * difference, 0.0]])

    if accepted:
        np.testing.assert_allclose(symmetric_eigen(A).values, [1.0, 0.5 + difference, -0.5 - difference], rtol=1e-15)
    else:
        with pytest.raises(ValueError, match=r"^A must be symmetric, but A\[1, 2\] and A\[2, 1\] differ by -1\.3e-10"):
            symmetric_eigen(A)


def test_a_difference_at_the_bound_is_still_rounding():
    values = symmetric_eigen([[0.5, 1e-10], [0.0, -0.5]]).values

    np.testing.assert_allclose(values, [0.5, -0.5])


def test_the_refusal_of_an_asymmetric_matrix_names_the_remedy():
    with pytest.raises(ValueError, match="in units of its largest entry") as info:
        symmetric_eigen([[1.0, 2.0], [3.0, 4.0]])

    assert str(info.value).endswith("try (A + A.T) / 2 if that is meant")


def test_rotations_that_would_not_end_are_reported(monkeypatch):
    monkeypatch.setattr(_jacobi, "MOST_SWEEPS", 1)

    with pytest.raises(ArithmeticError, match=r"^the rotations did not converge in 1 sweeps$"):
        symmetric_eigen([[1.0, 2.0], [2.0, 4.0]])


@given(seed=seeds, ratio=st.floats(0.3, 0.7), sign=st.sampled_from([1, -1]))
def test_the_error_of_the_power_iteration_falls_by_l2_over_l1_per_step(seed, ratio, sign):
    """The tangent of the angle to the eigenvector tends to shrink by that, the value's error by its square."""
    A, basis = with_eigenvalues(seed, [sign, ratio, 0.1 * ratio, -0.05 * ratio])

    found = power_iteration(A, basis @ [1.0, 1.0, 1.0, 1.0], steps=11, tolerance=0.0)

    along, across = np.abs(found.vectors @ basis[:, 0]), np.linalg.norm(found.vectors @ basis[:, 1:], axis=1)
    tangents, errors = across / along, np.abs(found.values - sign)
    np.testing.assert_allclose(tangents[10:] / tangents[9:-1], ratio, rtol=1e-6)
    np.testing.assert_allclose(errors[10:] / errors[9:-1], ratio**2, rtol=0.01)


@given(seed=seeds)
def test_power_iteration_agrees_with_numpy_without_symmetry(seed):
    A = np.random.default_rng(seed).uniform(size=(4, 4))  # positive, so its largest eigenvalue is real and alone

    found = power_iteration(A, np.ones(4))

    values, vectors = np.linalg.eig(A)
    first = np.argmax(np.abs(values))
    assert found.stop_reason == "the residual reached the tolerance"
    assert found.value == pytest.approx(values[first].real, rel=1e-11)
    assert abs(found.vector @ vectors[:, first].real) == pytest.approx(1.0, rel=1e-11)


@given(seed=seeds)
def test_estimates_agree_with_a_plain_loop(seed):
    rng = np.random.default_rng(seed)
    A, v = rng.normal(size=(3, 3)), rng.normal(size=3)

    found = power_iteration(A, v, steps=4, tolerance=0.0)

    v = v / np.linalg.norm(v)
    for value, vector in zip(found.values, found.vectors, strict=True):
        assert value == pytest.approx(v @ A @ v, abs=1e-12)
        np.testing.assert_allclose(vector, v, atol=1e-12)
        v = A @ v / np.linalg.norm(A @ v) * np.sign(v @ A @ v)
    assert found.values.shape == (5,)
    assert found.stop_reason == "all steps were taken"


def test_a_negative_eigenvalue_does_not_flip_the_vectors():
    found = power_iteration([[-3.0, 1.0], [1.0, 1.0]], [1.0, 0.5])

    assert found.value < 0
    assert (np.sum(found.vectors[1:] * found.vectors[:-1], axis=1) > 0).all()


@pytest.mark.parametrize("tolerance", [1e-3, 1e-6])
def test_it_stops_at_the_first_vector_with_a_small_enough_residual(tolerance):
    A, _ = with_eigenvalues(1, [-4.0, 3.0, 1.0])

    found = power_iteration(A, [1.0, 2.0, 3.0], tolerance=tolerance)

    residuals = np.linalg.norm(found.vectors @ A - found.values[:, np.newaxis] * found.vectors, axis=1)
    small = residuals <= tolerance * np.abs(found.values)
    assert small.tolist() == [False] * (len(small) - 1) + [True]
    assert len(found.values) == len(found.vectors) == len(small)
    assert abs(found.value + 4) <= tolerance * 4


def test_two_eigenvalues_of_one_size_are_reported_by_the_stop_reason():
    found = power_iteration([[0.0, 2.0], [2.0, 0.0]], [1.0, 0.0], steps=10)

    assert found.stop_reason == "all steps were taken"
    assert len(found.values) == 11


def test_by_default_up_to_1000_steps_are_taken_and_the_tolerance_is_1e_12():
    endless = power_iteration([[0.0, 2.0], [2.0, 0.0]], [1.0, 0.0])
    ended = power_iteration([[1.0, 0.0], [0.0, 0.1]], [1.0, 1.0])

    assert len(endless.values) == 1001
    # the residual after k steps is 0.9 * 10**-k: 9e-13 is the first one below 1e-12
    assert len(ended.values) == 13


@pytest.mark.parametrize("steps", [0, 5])
def test_a_start_that_is_an_eigenvector_is_the_result(steps):
    found = power_iteration(np.diag([3.0, 7.0]), [2.0, 0.0], steps=steps)

    np.testing.assert_array_equal(found.vectors, [[1.0, 0.0]])
    assert (found.value, found.stop_reason) == (3.0, "the residual reached the tolerance")


def test_a_start_that_is_mapped_to_zero_has_eigenvalue_zero():
    assert power_iteration([[0.0, 1.0], [0.0, 0.0]], [1.0, 1.0]).value == 0.0


@pytest.mark.parametrize("size", [1e300, 1e-300])
def test_huge_and_tiny_matrices_and_starts_are_iterated(size):
    found = power_iteration(np.array([[2.0, 1.0], [1.0, 2.0]]) * size, [size, 0.0])

    assert found.value == pytest.approx(3 * size)
    np.testing.assert_allclose(found.vector, np.sqrt([0.5, 0.5]))
    assert found.values[0] == pytest.approx(2 * size)


def test_the_vector_is_a_copy():
    found = power_iteration([[1.0]], [1.0])

    found.vector[0] = 9.0

    assert found.vectors[-1, 0] == 1.0


def test_eigenvalues_beyond_float64_are_refused():
    A = np.full((2, 2), 1.7e308)

    with pytest.raises(OverflowError, match=r"^an eigenvalue of A exceeds the largest float64"):
        symmetric_eigen(A)
    with pytest.raises(OverflowError, match=r"^an eigenvalue of A exceeds the largest float64"):
        power_iteration(A, [1.0, 1.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: symmetric_eigen(np.ones((2, 3))), r"^A must be square, got shape \(2, 3\)"),
        (lambda: symmetric_eigen([[np.nan]]), "^A must be finite"),
        (lambda: power_iteration(np.ones((2, 3)), [1.0, 1.0]), "^A must be square"),
        (lambda: power_iteration(np.eye(2), [1.0]), "^start must have 2 entries, one per column of A, got 1"),
        (lambda: power_iteration(np.eye(2), [[1.0, 2.0]]), "^start must have shape"),
        (
            lambda: power_iteration(np.eye(2), [0.0, 0.0]),
            r"^start must not be the zero vector, which A maps to itself: try generator\.normal\(size=n\)",
        ),
        (lambda: power_iteration(np.eye(2), [1.0, 0.0], steps=-1), "^steps must be at least 0, got -1"),
        (lambda: power_iteration(np.eye(2), [1.0, 0.0], tolerance=-1.0), "^tolerance must not be negative"),
    ],
)
def test_errors_name_the_argument(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("steps", [3.0])
def test_steps_that_are_no_integer_are_refused(steps):
    with pytest.raises(TypeError, match=r"^steps must be an integer"):
        power_iteration([[1.0]], [1.0], steps=steps)


def test_the_arguments_are_left_alone():
    A, start = symmetric(0, 4), np.ones(4)
    before = A.copy()

    symmetric_eigen(A)
    power_iteration(A, start, steps=3)

    np.testing.assert_array_equal(A, before)
    np.testing.assert_array_equal(start, np.ones(4))
