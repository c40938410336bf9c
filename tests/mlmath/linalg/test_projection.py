"""project and projection_matrix: the closest point, a residual at right angles, and a shadow that casts itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.linalg import project, projection_matrix

EPSILON = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)
BOTH = pytest.mark.parametrize("function", [lambda onto: project(np.ones(len(onto)), onto), projection_matrix])


def random_case(seed, k):
    rng = np.random.default_rng(seed)
    return rng.normal(size=6), rng.normal(size=(6, k))


dimensions = st.integers(1, 6)


@given(seed=seeds, k=dimensions)
def test_the_residual_is_at_right_angles_to_every_column(seed, k):
    x, onto = random_case(seed, k)

    np.testing.assert_allclose(onto.T @ (x - project(x, onto)), np.zeros(k), atol=1e-13)


@given(seed=seeds, k=dimensions)
def test_no_other_point_of_the_subspace_is_closer(seed, k):
    x, onto = random_case(seed, k)
    other = onto @ np.random.default_rng(seed + 1).normal(size=k)

    assert np.linalg.norm(x - project(x, onto)) <= np.linalg.norm(x - other) + 1e-13


@given(seed=seeds, k=dimensions)
def test_the_projection_agrees_with_lstsq(seed, k):
    x, onto = random_case(seed, k)

    np.testing.assert_allclose(project(x, onto), onto @ np.linalg.lstsq(onto, x)[0], atol=1e-10)


@given(seed=seeds, k=dimensions)
def test_the_matrix_is_symmetric_idempotent_and_has_trace_k(seed, k):
    P = projection_matrix(random_case(seed, k)[1])

    np.testing.assert_array_equal(P, P.T)
    np.testing.assert_allclose(P @ P, P, atol=1e-14)
    assert np.trace(P) == pytest.approx(k)


@given(seed=seeds, k=dimensions)
def test_the_matrix_projects(seed, k):
    x, onto = random_case(seed, k)

    np.testing.assert_allclose(projection_matrix(onto) @ x, project(x, onto), atol=1e-13)


@given(seed=seeds)
def test_a_vector_stands_for_its_line(seed):
    x, a = np.random.default_rng(seed).normal(size=(2, 5))

    np.testing.assert_allclose(project(x, a), a * (a @ x) / (a @ a), atol=1e-14)
    np.testing.assert_array_equal(project(x, a), project(x, a[:, np.newaxis]))
    np.testing.assert_array_equal(projection_matrix(a), projection_matrix(a[:, np.newaxis]))


@given(seed=seeds, powers=st.lists(st.integers(-1000, 1000), min_size=3, max_size=3), power=st.integers(-1000, 1000))
def test_only_the_units_of_the_point_matter(seed, powers, power):
    rng = np.random.default_rng(seed)
    x, onto = rng.uniform(0.5, 1, size=6), rng.normal(size=(6, 3))

    scaled = project(np.ldexp(x, power), np.ldexp(onto, powers))

    np.testing.assert_array_equal(scaled, np.ldexp(project(x, onto), power))


def test_a_point_near_the_largest_float_is_projected():
    np.testing.assert_allclose(project([1.7e308, 1.7e308], [1.7e308, 0.0]), [1.7e308, 0.0])


def test_a_line_whose_length_exceeds_float64_is_still_a_line():
    np.testing.assert_allclose(projection_matrix([1.7e308, 1.7e308]), [[0.5, 0.5], [0.5, 0.5]])


@BOTH
@given(seed=seeds, count=st.integers(2, 4))
def test_dependent_columns_are_named(function, seed, count):
    rng = np.random.default_rng(seed)
    onto = rng.normal(size=(8, 5))
    chosen = np.sort(rng.choice(5, count, replace=False))
    onto[:, chosen[0]] = onto[:, chosen[1:]] @ rng.uniform(1, 2, count - 1)

    with pytest.raises(
        ValueError, match="of onto are linearly dependent to working precision: drop one of them"
    ) as info:
        function(onto)

    assert str(info.value).startswith(f"columns {chosen.tolist()} of onto")
    assert str(info.value).endswith("drop one of them, which leaves the subspace as it is")


@BOTH
def test_a_zero_vector_is_dependent_by_itself(function):
    with pytest.raises(ValueError, match=r"^columns \[0\] of onto are linearly dependent"):
        function(np.zeros(3))


@pytest.mark.parametrize("angle", [1e-3, 1e-9, 1e-13])
def test_a_plane_of_nearly_equal_directions_is_still_a_plane(angle):
    """The normal equation, which squares the condition number, has to give up from 1e-8 on."""
    onto = np.array([[1.0, 1.0], [0.0, angle], [0.0, 0.0]])

    np.testing.assert_allclose(projection_matrix(onto), np.diag([1.0, 1.0, 0.0]), atol=1e-15)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: project([[1.0]], [1.0]), "^x must have shape"),
        (lambda: project([np.nan], [1.0]), "^x must be finite"),
        (lambda: project([1.0], [np.inf]), "^onto must be finite"),
        (lambda: project([1.0], [[np.inf]]), "^onto must be finite"),
        (lambda: project([1.0], 1.0), "^onto must have shape"),
        (lambda: projection_matrix(np.ones((2, 1, 1))), "^onto must have shape"),
        (lambda: projection_matrix("a"), "^onto must hold real numbers"),
        (lambda: project([1.0], [1.0, 2.0]), "^onto must have 1 rows, as many as x has entries, got 2"),
        (lambda: projection_matrix(np.ones((1, 2))), r"^onto has more columns than rows, so they are linearly dep"),
    ],
)
def test_errors_name_the_argument(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_projection_beyond_float64_is_refused():
    """The projection of (m, m) on the line of (1, 2) is (0.6 m, 1.2 m)."""
    with pytest.raises(OverflowError, match=r"^the projection of x exceeds the largest float64"):
        project([1.7e308, 1.7e308], [1.0, 2.0])


def test_the_arguments_are_left_alone():
    x, onto = random_case(0, 2)
    x_before, onto_before = x.copy(), onto.copy()

    project(x, onto)

    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(onto, onto_before)
