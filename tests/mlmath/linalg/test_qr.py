"""gram_schmidt and householder_qr: what both promise, and what each loses when columns nearly agree."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import gram_schmidt, householder_qr

EPSILON = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 7)
BOTH = pytest.mark.parametrize("decompose", [gram_schmidt, householder_qr])


def lost_orthogonality(Q):
    return np.linalg.norm(Q.T @ Q - np.eye(Q.shape[1]), 2)


def lauchli(small, columns=4):
    """Ones on top of a small multiple of the identity: columns at nearly no angle."""
    return np.vstack([np.ones(columns), small * np.eye(columns)])


def classical_gram_schmidt(A):
    """The process as it is taught: all earlier directions are subtracted at once."""
    Q = np.zeros_like(A)
    for j in range(A.shape[1]):
        rest = A[:, j] - Q @ (Q.T @ A[:, j])
        Q[:, j] = rest / np.linalg.norm(rest)
    return Q


@given(seed=seeds, rows=sizes, columns=sizes)
def test_householder_gives_orthonormal_columns_times_a_triangle_for_any_shape(seed, rows, columns):
    A = np.random.default_rng(seed).normal(size=(rows, columns))

    Q, R = householder_qr(A)

    k = min(rows, columns)
    assert (Q.shape, R.shape) == ((rows, k), (k, columns))
    assert lost_orthogonality(Q) < 1e-14
    np.testing.assert_allclose(Q @ R, A, atol=1e-14)
    np.testing.assert_array_equal(R, np.triu(R))
    assert (np.diag(R) >= 0).all()
    assert not np.signbit(R[R == 0]).any()


@given(seed=seeds, rows=sizes, columns=sizes)
def test_householder_agrees_with_scipy_once_the_signs_do(seed, rows, columns):
    A = np.random.default_rng(seed).normal(size=(rows, columns))
    Q, R = scipy.linalg.qr(A, mode="economic")
    signs = np.sign(np.diag(R))

    ours = householder_qr(A)

    np.testing.assert_allclose(ours.R, R * signs[:, np.newaxis], atol=1e-13)
    np.testing.assert_allclose(ours.Q, Q * signs, atol=1e-9)


@given(seed=seeds, columns=sizes, more=st.integers(0, 3))
def test_the_two_agree_because_a_positive_diagonal_makes_them_unique(seed, columns, more):
    A = np.random.default_rng(seed).normal(size=(columns + more, columns)) + 3 * np.eye(columns + more, columns)

    np.testing.assert_allclose(gram_schmidt(A).Q, householder_qr(A).Q, atol=1e-10)
    np.testing.assert_allclose(gram_schmidt(A).R, householder_qr(A).R, atol=1e-10)


@BOTH
@given(seed=seeds, powers=st.lists(st.integers(-1000, 1000), min_size=3, max_size=3))
def test_powers_of_two_in_the_columns_only_reappear_in_r(decompose, seed, powers):
    A = np.random.default_rng(seed).uniform(0.5, 1, size=(5, 3))

    scaled = decompose(np.ldexp(A, powers))

    np.testing.assert_array_equal(scaled.Q, decompose(A).Q)
    np.testing.assert_array_equal(scaled.R, np.ldexp(decompose(A).R, powers))


@BOTH
@pytest.mark.parametrize("small", [1e-3, 1e-6, 1e-9])
def test_the_product_is_the_matrix_however_close_the_columns(decompose, small):
    A = lauchli(small)

    Q, R = decompose(A)

    np.testing.assert_allclose(Q @ R, A, atol=4 * EPSILON)


@pytest.mark.parametrize("make", [lambda digits: lauchli(10.0**-digits), lambda digits: scipy.linalg.hilbert(digits + 2)])
@pytest.mark.parametrize("digits", [4, 5, 6, 7])
def test_householder_loses_nothing_modified_gram_schmidt_cond_and_classical_its_square(make, digits):
    """Björck's bound holds for every matrix; on these families it is nearly reached, the classical one overshoots."""
    A = make(digits)
    condition = np.linalg.cond(A)

    modified, classical = lost_orthogonality(gram_schmidt(A).Q), lost_orthogonality(classical_gram_schmidt(A))

    assert lost_orthogonality(householder_qr(A).Q) < 10 * EPSILON
    assert 1e-3 * EPSILON * condition < modified < 10 * EPSILON * condition
    assert classical > 10 * modified
    assert classical < 10 * EPSILON * condition**2


def test_householder_is_orthonormal_even_if_columns_are_dependent_or_zero():
    A = np.array([[0.0, 1.0, 2.0, 0.0], [0.0, 1.0, 2.0, 1.0], [0.0, 1.0, 2.0, 2.0], [0.0, 1.0, 2.0, 5.0], [0.0] * 4])

    Q, R = householder_qr(A)

    assert lost_orthogonality(Q) < 1e-14
    np.testing.assert_allclose(Q @ R, A, atol=1e-14)


def test_a_matrix_of_zeros_has_a_basis_too():
    Q, R = householder_qr(np.zeros((3, 2)))

    np.testing.assert_array_equal(Q, np.eye(3, 2))
    np.testing.assert_array_equal(R, np.zeros((2, 2)))


def test_a_remainder_whose_square_vanishes_is_still_mirrored():
    """Below the first entry of the second column only 1e-200 is left: its square is 0."""
    A = np.array([[1.0, 1.0], [0.0, 0.0], [0.0, 1e-200]])

    Q, R = householder_qr(A)

    np.testing.assert_allclose(Q, [[1, 0], [0, 0], [0, 1]], atol=1e-15)
    assert R[1, 1] == pytest.approx(1e-200, rel=1e-14)


@pytest.mark.parametrize("small", [1e-3, 1e-200])
def test_gram_schmidt_takes_small_columns_for_what_they_are(small):
    Q, R = gram_schmidt([[1.0, 0.0], [0.0, small]])

    np.testing.assert_allclose(Q, np.eye(2), atol=1e-15)
    np.testing.assert_allclose(R, [[1.0, 0.0], [0.0, small]], rtol=1e-15)


@given(seed=seeds, position=st.integers(1, 4))
def test_gram_schmidt_names_the_first_column_that_adds_no_direction(seed, position):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(8, 5))
    A[:, position] = A[:, :position] @ rng.uniform(1, 2, position)

    with pytest.raises(ValueError, match=f"^column {position} of A is a combination of the columns before it") as info:
        gram_schmidt(A)

    assert "to working precision, so nothing is left to make a direction of: drop it, or use householder_qr" in str(
        info.value
    )


def test_gram_schmidt_names_a_column_of_zeros():
    with pytest.raises(ValueError, match="^column 0 of A"):
        gram_schmidt(np.zeros((3, 1)))


@pytest.mark.parametrize(("factor", "accepted"), [(0.5, False), (4.0, True)])
def test_what_is_left_of_a_column_counts_from_some_eps_of_its_length_on(factor, accepted):
    A = np.array([[1.0, 1.0], [0.0, 2 * factor * EPSILON]])

    if accepted:
        np.testing.assert_allclose(gram_schmidt(A).R, A)
    else:
        with pytest.raises(ValueError, match="^column 1 of A"):
            gram_schmidt(A)


@BOTH
def test_a_length_beyond_float64_is_refused(decompose):
    with pytest.raises(OverflowError, match="^R exceeds the largest float64, 1.8e308: choose units"):
        decompose([[1.7e308], [1.7e308]])


def test_gram_schmidt_needs_as_many_rows_as_columns():
    with pytest.raises(ValueError, match="^A must have at least as many rows as columns, or its columns are dep") as info:
        gram_schmidt(np.ones((2, 3)))

    assert "got shape (2, 3): try householder_qr" in str(info.value)


@BOTH
@pytest.mark.parametrize(
    ("A", "message"),
    [([1.0], "^A must have shape"), ([[np.nan]], "^A must be finite"), (np.ones((0, 2)), "^A must not be empty")],
)
def test_errors_name_the_argument(decompose, A, message):
    with pytest.raises(ValueError, match=message):
        decompose(A)


@BOTH
def test_the_argument_is_left_alone(decompose):
    A = np.random.default_rng(0).normal(size=(4, 3))
    before = A.copy()

    decompose(A)

    np.testing.assert_array_equal(A, before)
