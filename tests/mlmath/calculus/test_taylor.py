"""Taylor's approximation: agreement at the center, and errors of the promised order around it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import rosen, rosen_der, rosen_hess

from mlmath.calculus import (
    numerical_derivative,
    numerical_gradient,
    numerical_hessian,
    quadratic_model,
    taylor_polynomial,
)

numbers = st.floats(-3, 3)
vectors = arrays(np.float64, 3, elements=numbers)
symmetric = arrays(np.float64, (3, 3), elements=numbers).map(lambda A: A + A.T)


@given(coefficients=st.lists(numbers, min_size=1, max_size=6), center=numbers, x=numbers)
def test_the_polynomial_of_a_polynomial_is_that_polynomial(coefficients, center, x):
    p = np.polynomial.Polynomial(coefficients)
    derivatives = [p.deriv(k)(center) if k else p(center) for k in range(len(coefficients))]

    taylor = taylor_polynomial(derivatives, center)

    assert taylor(x) == pytest.approx(p(x), rel=1e-9, abs=1e-8)
    assert taylor.order == len(coefficients) - 1


@pytest.mark.parametrize("order", [0, 1, 2, 3, 4])
def test_the_error_falls_with_the_power_after_the_order(order):
    taylor = taylor_polynomial([np.exp(0.5)] * (order + 1), 0.5)
    h = np.array([0.2, 0.1, 0.05])

    errors = np.abs(taylor(0.5 + h) - np.exp(0.5 + h))

    assert np.polyfit(np.log(h), np.log(errors), 1)[0] == pytest.approx(order + 1, abs=0.1)


@pytest.mark.parametrize("order", [1, 2, 5])
def test_the_error_stays_below_its_bound(order):
    taylor = taylor_polynomial([math.sin(1.0 + k * math.pi / 2) for k in range(order + 1)], 1.0)
    h = np.linspace(-2, 2, 41)

    errors = np.abs(taylor(1.0 + h) - np.sin(1.0 + h))

    assert (errors <= np.abs(h) ** (order + 1) / math.factorial(order + 1) + 1e-15).all()


def test_the_coefficients_are_derivatives_over_factorials_of_any_size():
    coefficients = taylor_polynomial([1.0] * 200, 0.0).coefficients

    np.testing.assert_allclose(coefficients[:171], [1 / math.factorial(k) for k in range(171)], rtol=1e-13)
    np.testing.assert_array_equal(coefficients[180:], 0.0)


def test_a_long_series_of_the_exponential_gives_e():
    assert taylor_polynomial([1.0] * 200, 0.0)(1.0) == pytest.approx(math.e, rel=1e-15)


def test_a_number_gives_a_float_and_an_array_an_array_of_its_shape():
    line = taylor_polynomial([1.0, 2.0], 3)

    assert type(line(4)) is float
    np.testing.assert_array_equal(line(np.array([[3.0, 4.0], [5.0, 6.0]])), [[1.0, 3.0], [5.0, 7.0]])


def test_the_arguments_are_left_alone():
    derivatives, x = np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0])

    taylor_polynomial(derivatives, 0.0)(x)

    np.testing.assert_array_equal(derivatives, [1.0, 2.0, 4.0])
    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: taylor_polynomial([], 0.0), r"derivatives must not be empty, got shape \(0,\)"),
        (lambda: taylor_polynomial([1.0], np.inf), "center must be one finite number, got inf"),
        (lambda: taylor_polynomial([1.0], 0.0)(np.nan), "x must be finite, got nan"),
        (lambda: taylor_polynomial([1.0], 0.0)(np.array("1")), "x must hold real numbers"),
        (lambda: taylor_polynomial([1.0, 1, 1], 2.0)(1e200), r"exceeds the largest float64 at x = 1e\+200: .* to 2\.0"),
    ],
)
def test_errors_of_the_polynomial_name_the_argument(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@given(value=numbers, g=vectors, H=symmetric, center=vectors)
def test_the_model_has_the_value_the_slopes_and_the_curvatures_it_was_given(value, g, H, center):
    model = quadratic_model(value, g, H, center)

    assert model(center) == value
    np.testing.assert_allclose(numerical_gradient(model, center, step=0.5), g, atol=1e-10)
    np.testing.assert_allclose(numerical_hessian(model, center, step=0.5), H, atol=1e-10)


@given(g=vectors, H=symmetric, center=vectors, x=vectors)
def test_the_gradient_of_the_model_is_its_slope_everywhere(g, H, center, x):
    model = quadratic_model(1.0, g, H, center)

    np.testing.assert_allclose(model.gradient_at(x), numerical_gradient(model, x, step=0.5), atol=1e-10)


@pytest.mark.parametrize(("terms", "order"), [(1, 2.0), (2, 3.0)])
def test_the_error_has_the_order_of_the_first_term_left_out(terms, order):
    center, direction = np.array([0.5, -0.3]), np.array([0.6, 0.8])
    curvature = rosen_hess(center) if terms == 2 else np.zeros((2, 2))
    model = quadratic_model(rosen(center), rosen_der(center), curvature, center)
    h = np.array([1e-2, 5e-3, 2.5e-3])

    errors = [abs(model(center + t * direction) - rosen(center + t * direction)) for t in h]

    assert np.polyfit(np.log(h), np.log(errors), 1)[0] == pytest.approx(order, abs=0.1)


@given(g=vectors, H=symmetric, center=vectors)
def test_the_model_is_level_at_its_stationary_point(g, H, center):
    definite = H @ H + np.eye(3)
    model = quadratic_model(0.0, g, definite, center)

    level = model.stationary_point()

    np.testing.assert_allclose(model.gradient_at(level), 0.0, atol=1e-9)
    np.testing.assert_allclose(level, center - np.linalg.solve(definite, g), atol=1e-9)


def test_curvatures_in_different_units_have_a_stationary_point():
    model = quadratic_model(0.0, [1e-200, -1e200], np.diag([1e-200, -1e200]), [3.0, 4.0])

    np.testing.assert_array_equal(model.stationary_point(), [2.0, 3.0])


@pytest.mark.parametrize(
    "H",
    [
        np.zeros((2, 2)),
        np.diag([1.0, 0.0]),
        np.full((2, 2), 0.1),
        np.outer([0.1, 0.7], [0.1, 0.7]),
        np.outer([1e-90, 0.7], [1e-90, 0.7]),
        np.ones((10, 10)) + 20 * np.finfo(float).eps * np.eye(10),
    ],
)
def test_a_singular_hessian_has_no_stationary_point(H):
    with pytest.raises(ValueError, match="hessian is singular, so no single point is level: add a small multiple"):
        quadratic_model(0.0, np.arange(float(len(H))), H, np.zeros(len(H))).stationary_point()


def test_in_one_dimension_the_two_approximations_agree():
    curve = taylor_polynomial([1.0, 2.0, 3.0], 0.5)
    model = quadratic_model(1.0, [2.0], [[3.0]], [0.5])

    assert model([0.7]) == pytest.approx(curve(0.7), rel=1e-15)
    assert model.gradient_at([0.7]) == pytest.approx(numerical_derivative(curve, 0.7), rel=1e-9)


def test_the_model_keeps_copies():
    g = np.array([1.0, 2.0])
    model = quadratic_model(0.0, g, np.eye(2), [0.0, 0.0])

    g.fill(0.0)

    assert model([1.0, 0.0]) == 1.5
    assert type(model([1.0, 0.0])) is float


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.nan, [1.0], [[1.0]], [0.0]), "value must be one finite number, got nan"),
        ((0.0, [np.nan], [[1.0]], [0.0]), r"gradient must be finite, got nan at gradient\[0\]"),
        ((0.0, [1.0, 2.0], [[1.0]], [0.0]), r"gradient must have shape \(1,\), like center, got shape \(2,\)"),
        ((0.0, [1.0], [1.0], [0.0]), r"hessian must have shape \(rows, columns\), got shape \(1,\)"),
        ((0.0, [1.0], [[1.0, 2.0]], [0.0]), r"hessian must have shape \(1, 1\), got shape \(1, 2\)"),
        ((0.0, [1.0], [[1.0]], 0.0), r"center must have shape \(n,\), got shape \(\)"),
        ((0.0, [1, 2], [[1, 2], [2.1, 1]], [0, 0]), r"hessian must be symmetric, got .*: try \(H \+ H\.T\) / 2"),
        ((0.0, [1, 2], [[0, 1e308], [-1e308, 0]], [0, 0]), "hessian must be symmetric"),
    ],
)
def test_errors_of_the_model_name_the_argument(arguments, message):
    with pytest.raises(ValueError, match="(?s)" + message):
        quadratic_model(*arguments)


def test_rounding_does_not_make_a_hessian_asymmetric():
    model = quadratic_model(0.0, [0.0, 0.0], [[1.0, 2.0], [2.0 + 1e-9, 1.0]], [0.0, 0.0])

    assert model([1.0, 1.0]) == pytest.approx(3.0)


def test_a_model_is_asked_for_points_of_its_dimension():
    model = quadratic_model(0.0, [1.0], [[1.0]], [0.0])

    with pytest.raises(ValueError, match=r"x must have shape \(1,\), like the center, got shape \(2,\)"):
        model([1.0, 2.0])
    with pytest.raises(ValueError, match=r"^x must be finite, got nan at x\[0\]"):
        model([np.nan])


def test_a_value_or_slope_beyond_float64_is_refused():
    model = quadratic_model(0.0, [1.0], [[1e200]], [2.0])

    with pytest.raises(ValueError, match=r"the model exceeds the largest float64 at x = \[1e\+200\]: stay closer"):
        model([1e200])
    with pytest.raises(ValueError, match=r"the slopes exceed the largest float64 at x = \[1e\+200\]: stay closer to"):
        model.gradient_at([1e200])
