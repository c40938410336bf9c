"""directional_derivative: a dot product with the gradient, steepest along the gradient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.calculus import directional_derivative, numerical_gradient

vectors = arrays(np.float64, 3, elements=st.floats(-3, 3))
directions = vectors.filter(lambda d: np.abs(d).max() > 0.01)


def f(v):
    return np.sin(v[0]) * v[1] + np.exp(v[2] / 3)


def gradient(v):
    return np.array([np.cos(v[0]) * v[1], np.sin(v[0]), np.exp(v[2] / 3) / 3])


@given(x=vectors, d=directions)
def test_it_is_the_dot_product_with_the_gradient(x, d):
    assert directional_derivative(f, x, d) == pytest.approx(gradient(x) @ d, abs=1e-8)


@given(x=vectors, d=directions, c=st.sampled_from([-3.0, 1e-300, 0.5, 1e300]))
def test_the_length_of_the_direction_counts(x, d, c):
    slope = directional_derivative(f, x, d)

    assert directional_derivative(f, x, c * d) == pytest.approx(c * slope, rel=1e-6, abs=abs(c) * 1e-8)


@given(x=vectors, d=directions)
def test_no_direction_of_length_one_is_steeper_than_the_gradient(x, d):
    g = gradient(x)

    along = directional_derivative(f, x, g / np.linalg.norm(g))

    assert along == pytest.approx(np.linalg.norm(g), abs=1e-8)
    assert directional_derivative(f, x, d / np.linalg.norm(d)) <= along + 1e-8


def test_along_an_axis_it_is_the_component_of_the_gradient():
    x = [0.3, 1.0, -0.2]

    slopes = [directional_derivative(f, x, e) for e in np.eye(3)]

    np.testing.assert_allclose(slopes, numerical_gradient(f, x), rtol=1e-9)


def test_the_error_is_of_second_order():
    steps = np.array([1e-1, 1e-2, 1e-3])
    errors = [abs(directional_derivative(lambda v: np.exp(v[0]), [1.0], [3.0], step=h) - 3 * np.e) for h in steps]

    assert np.polyfit(np.log(steps), np.log(errors), 1)[0] == pytest.approx(2.0, abs=0.05)


def test_the_step_is_the_distance_of_the_fastest_component():
    seen = []

    def recorded(v):
        seen.append(v)
        return 0.0

    directional_derivative(recorded, [1.0, 2.0], [2.0, -4.0], step=0.5)

    np.testing.assert_array_equal(seen, [[1.25, 1.5], [0.75, 2.5]])


@pytest.mark.parametrize("size", [1.0, 1e6])
def test_the_default_step_grows_with_the_largest_component(size):
    slope = directional_derivative(lambda v: np.sin(v[1] / size), [0.0, -size], [0.0, 1.0])

    assert slope == pytest.approx(np.cos(1.0) / size, rel=1e-9)


def test_the_arguments_are_left_alone():
    x, d = np.array([1.0, 2.0]), np.array([3.0, 4.0])

    def erased(v):
        v.fill(0.0)
        return 0.0

    directional_derivative(erased, x, d)

    np.testing.assert_array_equal([x, d], [[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("x", "d", "knobs", "message"),
    [
        ([[1.0]], [1.0], {}, r"x must have shape \(n,\), got shape \(1, 1\)"),
        ([1.0], [np.inf], {}, r"direction must be finite, got inf at direction\[0\]"),
        ([1.0], [1.0, 2.0], {}, r"direction must have shape \(1,\), like x, got shape \(2,\)"),
        ([1.0, 2.0], [0.0, 0.0], {}, r"direction must not be zero, got \[0\. 0\.\]"),
        ([1.0], [1.0], {"step": 0.0}, r"step must be positive, got 0\.0"),
        ([0.0], [1.0], {}, "f must return one finite number, got nan"),
    ],
)
def test_errors_name_the_argument(x, d, knobs, message):
    with pytest.raises(ValueError, match=message):
        directional_derivative(lambda v: np.log(v[0]), x, d, **knobs)


def test_a_slope_beyond_float64_is_refused():
    with pytest.raises(ValueError, match=r"the slope exceeds the largest float64: try a direction shorter than \[1"):
        directional_derivative(lambda v: 1e20 * v[0], [1.0], [1e300])
