"""norm and cosine_similarity: the axioms, numpy's answers, and sizes whose squares float64 cannot hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import cosine_similarity, norm

ORDERS = [1, 2, np.inf]
seeds = st.integers(0, 2**32 - 1)
orders = st.sampled_from(ORDERS)


@given(seed=seeds, n=st.integers(1, 20), order=orders, power=st.integers(-100, 100))
def test_norms_agree_with_numpy(seed, n, order, power):
    x = np.random.default_rng(seed).normal(size=n) * 10.0**power

    assert norm(x, order=order) == pytest.approx(np.linalg.norm(x, order), rel=1e-14)


@given(seed=seeds)
def test_the_norm_is_of_order_two_unless_said_otherwise(seed):
    x = np.random.default_rng(seed).normal(size=5)

    assert norm(x) == norm(x, order=2) != norm(x, order=1)


@given(seed=seeds, order=orders)
def test_a_detour_is_never_shorter(seed, order):
    x, y = np.random.default_rng(seed).normal(size=(2, 4))

    assert norm(x + y, order=order) <= (norm(x, order=order) + norm(y, order=order)) * (1 + 1e-15)


@given(seed=seeds, order=orders, power=st.integers(-1000, 1000))
def test_a_power_of_two_times_the_vector_is_exactly_that_times_as_long(seed, order, power):
    x = np.random.default_rng(seed).uniform(0.5, 1, size=4)

    assert norm(np.ldexp(x, power), order=order) == math.ldexp(norm(x, order=order), power)


@given(seed=seeds, n=st.integers(1, 9))
def test_the_orders_are_ranked_and_differ_by_at_most_the_root_of_n(seed, n):
    x = np.random.default_rng(seed).normal(size=n)
    by_streets, by_ruler, largest = (norm(x, order=order) for order in ORDERS)

    assert largest <= by_ruler * (1 + 1e-15)
    assert by_ruler <= by_streets * (1 + 1e-15)
    assert by_streets <= math.sqrt(n) * by_ruler * (1 + 1e-15)
    assert by_ruler <= math.sqrt(n) * largest * (1 + 1e-15)


@pytest.mark.parametrize("size", [1e300, 1e-300, 5e-324])
def test_squares_that_overflow_or_vanish_do_no_harm(size):
    assert norm([3 * size, -4 * size]) == pytest.approx(5 * size, rel=1e-15)
    assert norm([3 * size, -4 * size], order=1) == pytest.approx(7 * size, rel=1e-15)
    assert norm([3 * size, -4 * size], order=np.inf) == 4 * size


@pytest.mark.parametrize("order", ORDERS)
def test_only_the_zero_vector_has_norm_zero(order):
    assert norm([0.0, 0.0], order=order) == 0
    assert norm([0.0, 5e-324], order=order) == 5e-324


@pytest.mark.parametrize("order", [1, 2])
def test_a_length_beyond_float64_is_refused(order):
    with pytest.raises(OverflowError, match=f"^the norm of order {order} of x exceeds the largest float64"):
        norm([1.7e308, 1.7e308], order=order)


@pytest.mark.parametrize("order", [0, 3, -np.inf, np.nan, "2", None, [2]])
def test_other_orders_are_refused(order):
    with pytest.raises(ValueError, match=r"^order must be 1, 2 or np\.inf, got"):
        norm([1.0], order=order)


@given(seed=seeds, angle=st.floats(0, math.pi))
def test_the_cosine_is_that_of_the_angle(seed, angle):
    """Two orthonormal directions in 5 dimensions span a plane, in which the angle is known."""
    plane = np.linalg.qr(np.random.default_rng(seed).normal(size=(5, 2)))[0]

    cosine = cosine_similarity(3 * plane[:, 0], 2 * plane @ [math.cos(angle), math.sin(angle)])

    assert cosine == pytest.approx(math.cos(angle), abs=1e-14)


@given(seed=seeds, power=st.integers(-1000, 1000), other=st.integers(-1000, 1000))
def test_lengths_do_not_matter(seed, power, other):
    a, b = np.random.default_rng(seed).uniform(0.5, 1, size=(2, 4))

    assert cosine_similarity(np.ldexp(a, power), np.ldexp(b, other)) == cosine_similarity(a, b)


@given(seed=seeds)
def test_the_cosine_never_leaves_its_range(seed):
    a = np.random.default_rng(seed).normal(size=(40, 3))

    same = [cosine_similarity(row, 7 * row) for row in a]
    opposite = [cosine_similarity(row, -7 * row) for row in a]

    assert 1 - 1e-15 <= min(same) <= max(same) <= 1
    assert -1 <= min(opposite) <= max(opposite) <= -1 + 1e-15


@pytest.mark.parametrize(("a", "b", "name"), [([0.0, 0.0], [1.0, 0.0], "a"), ([1.0, 0.0], [0.0, 0.0], "b")])
def test_the_zero_vector_has_no_direction(a, b, name):
    with pytest.raises(ValueError, match=f"^{name} must not be the zero vector, which has no direction: leave it out"):
        cosine_similarity(a, b)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: norm([[1.0]]), r"^x must have shape \(n,\), got shape \(1, 1\)"),
        (lambda: norm([]), "^x must not be empty"),
        (lambda: norm([np.inf]), "^x must be finite"),
        (lambda: cosine_similarity(1.0, [1.0]), "^a must have shape"),
        (lambda: cosine_similarity([1.0], [np.nan]), "^b must be finite"),
        (lambda: cosine_similarity([1.0, 2.0], [1.0]), r"^a and b must have the same length, got shapes \(2,\) and \(1,\)"),
    ],
)
def test_errors_name_the_argument(call, message):
    with pytest.raises(ValueError, match=message):
        call()
