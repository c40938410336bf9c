"""dot_by_loops and matmul_by_loops: numpy's answers, the laws of the product, and its shape rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import dot_by_loops, matmul_by_loops

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)


@given(seed=seeds, n=sizes)
def test_the_dot_product_agrees_with_numpy(seed, n):
    a, b = np.random.default_rng(seed).normal(size=(2, n))

    assert dot_by_loops(a, b) == pytest.approx(a @ b, abs=1e-14)


@given(seed=seeds, m=sizes, n=sizes, k=sizes)
def test_the_matrix_product_agrees_with_numpy(seed, m, n, k):
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(m, n)), rng.normal(size=(n, k))

    product = matmul_by_loops(A, B)

    np.testing.assert_allclose(product, A @ B, atol=1e-14)
    assert product.dtype == np.float64


@given(seed=seeds)
def test_an_entry_of_the_matrix_product_is_a_dot_product_of_row_and_column(seed):
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(3, 5)), rng.normal(size=(5, 2))

    product = matmul_by_loops(A, B)

    assert product.tolist() == [[dot_by_loops(row, column) for column in B.T] for row in A]


def test_whole_numbers_are_multiplied_exactly():
    A, B = np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)

    np.testing.assert_array_equal(matmul_by_loops(A, B), A @ B)
    assert isinstance(dot_by_loops([True, False], [3, 4]), float)


@pytest.mark.parametrize("factors", [([1e300], [1e300]), ([1e200, 1e200], [1e200, -1e200])])
def test_a_sum_that_overflows_is_refused(factors):
    a, b = factors

    with pytest.raises(OverflowError, match="^the dot product of a and b exceeds the largest float64, 1.8e308: choose"):
        dot_by_loops(a, b)
    with pytest.raises(OverflowError, match="^the product of A and B exceeds the largest float64"):
        matmul_by_loops([a], np.transpose([b]))


def test_different_lengths_are_refused_with_the_rule():
    with pytest.raises(ValueError, match="^a and b must have the same length, because entry i of a is") as info:
        dot_by_loops([1.0, 2.0], [1.0])

    assert "is multiplied by entry i of b, got shapes (2,) and (1,)" in str(info.value)


def test_shapes_that_do_not_fit_are_refused_with_the_rule():
    with pytest.raises(ValueError, match="^A must have as many columns as B has rows, because rows of A are") as info:
        matmul_by_loops(np.ones((2, 3)), np.ones((2, 3)))

    assert "are multiplied by columns of B, got shapes (2, 3) and (2, 3)" in str(info.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dot_by_loops([], [1.0]), "^a must not be empty"),
        (lambda: dot_by_loops([1.0], 1.0), "^b must have shape"),
        (lambda: matmul_by_loops([1.0], [[1.0]]), "^A must have shape"),
        (lambda: matmul_by_loops([[1.0]], [[np.nan]]), r"^B must be finite, got nan at B\[0, 0\]"),
    ],
)
def test_errors_name_the_argument(call, message):
    with pytest.raises(ValueError, match=message):
        call()
