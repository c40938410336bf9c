"""l1_penalty and l2_penalty: prices on weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.calculus import complex_step_gradient, numerical_gradient
from mlmath.losses import l1_penalty, l2_penalty, squared_error

weights = st.integers(1, 5).flatmap(lambda n: arrays(np.float64, n, elements=st.floats(-100, 100)))
strengths = st.floats(0, 100)
penalties = pytest.mark.parametrize("penalty", [l1_penalty, l2_penalty])


@given(w=weights, strength=strengths)
def test_the_values_are_the_norms(w, strength):
    assert l1_penalty(w, strength=strength).value == pytest.approx(strength * np.linalg.norm(w, 1))
    assert l2_penalty(w, strength=strength).value == pytest.approx(strength * np.linalg.norm(w) ** 2)


@given(w=weights, strength=strengths)
def test_the_gradient_of_l2_is_the_derivative_of_the_value(w, strength):
    slopes = complex_step_gradient(lambda v: strength * (v @ v), w)

    np.testing.assert_allclose(l2_penalty(w, strength=strength).gradient, slopes, rtol=1e-14, atol=1e-14)


@given(w=weights, strength=strengths)
def test_the_gradient_of_l1_is_the_derivative_of_the_value_away_from_zero(w, strength):
    away = np.where(np.abs(w) < 1, 1.0, w)

    slopes = numerical_gradient(lambda v: l1_penalty(v, strength=strength).value, away, step=0.1)

    np.testing.assert_allclose(l1_penalty(away, strength=strength).gradient, slopes, atol=1e-9)


def test_a_weight_of_zero_has_the_subgradient_zero():
    np.testing.assert_array_equal(l1_penalty([0.0, -2.0], strength=3.0).gradient, [0.0, -3.0])


@penalties
@given(v=arrays(np.float64, 3, elements=st.floats(-9, 9)), w=arrays(np.float64, 3, elements=st.floats(-9, 9)))
def test_the_tangent_lies_below_the_penalty(penalty, v, w):
    """A (sub)gradient of a convex function, at kinks too."""
    value, gradient = penalty(v, strength=2.0)

    assert penalty(w, strength=2.0).value >= value + gradient @ (w - v) - 1e-9


def test_the_sum_with_squared_error_is_least_at_the_ridge_solution():
    """Tikhonov's normal equation, (X^T X + strength I) w = X^T y, holds without a factor 1/2."""
    X, y = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 1.5]]), np.array([1.0, 2.0, 3.0])
    w = np.linalg.solve(X.T @ X + 0.7 * np.eye(2), X.T @ y)

    slope = X.T @ squared_error(X @ w, y, reduction="sum").gradient + l2_penalty(w, strength=0.7).gradient

    np.testing.assert_allclose(slope, 0.0, atol=1e-14)


@penalties
def test_no_strength_is_no_penalty(penalty):
    value, gradient = penalty([1.0, -2.0], strength=0)

    assert value == 0.0
    assert type(value) is float
    np.testing.assert_array_equal(gradient, [0.0, 0.0])


@penalties
def test_the_weights_are_left_alone(penalty):
    w = np.array([1.0, -2.0])

    penalty(w, strength=2.0)

    np.testing.assert_array_equal(w, [1.0, -2.0])


@penalties
@pytest.mark.parametrize(
    ("w", "strength", "error", "message"),
    [
        ([[1.0]], 1.0, ValueError, r"weights must have shape \(n,\), got shape \(1, 1\)"),
        ([np.nan], 1.0, ValueError, r"weights must be finite, got nan at weights\[0\]"),
        ([1.0], -1.0, ValueError, r"strength must not be negative, got -1\.0"),
        ([1e200], 1e200, FloatingPointError, r"^the loss exceeds the largest float64, 1\.8e308: try a smaller"),
    ],
)
def test_errors_name_the_argument(penalty, w, strength, error, message):
    with pytest.raises(error, match=message):
        penalty(w, strength=strength)


def test_a_slope_beyond_float64_is_refused_even_where_the_value_is_not():
    with pytest.raises(FloatingPointError, match="the loss exceeds"):
        l2_penalty([1.0], strength=1e308)
