"""Dual numbers, jvp, Hessian-vector products and Hessians."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.autodiff import (
    Dual,
    ValueAndTangent,
    Variable,
    grad,
    hessian,
    hessian_vector_product,
    jacobian,
    jvp,
    log_sum_exp,
)

vectors = arrays(np.float64, 3, elements=st.floats(-2, 2))


def valley(x):
    return np.exp(x[0] * x[1]) + np.sin(x[2]) ** 2 * x[0] + log_sum_exp(x)


@given(a=st.floats(-5, 5), b=st.floats(-5, 5), c=st.floats(-5, 5), d=st.floats(-5, 5))
def test_dual_numbers_multiply_with_a_square_of_zero(a, b, c, d):
    """(a + b e)(c + d e) = a c + (a d + b c) e, because e^2 = 0."""
    product = Dual(a, b) * Dual(c, d)

    assert product.value == a * c
    assert product.tangent == pytest.approx(a * d + b * c, abs=1e-12)


def test_dual_numbers_are_printed_with_both_parts():
    assert repr(Dual(3.0, 1.0) ** 2) == "Dual(9.0, tangent=6.0)"
    assert repr(Dual([1.0, 2.0], [0.0, 1.0])) == "Dual([1. 2.], tangent=[0. 1.])"


def test_the_tangent_of_a_stretched_array_has_the_shape_of_the_value():
    total = Dual(1.0, 2.0) + np.zeros((2, 2))

    np.testing.assert_array_equal(total.tangent, np.full((2, 2), 2.0))


def test_duals_made_by_hand_treat_variables_as_constants():
    product = Dual(2.0, 1.0) * Variable(5.0)

    assert isinstance(product, Dual)
    assert product.tangent.value == 5.0


@given(x=vectors, v=vectors)
def test_the_tangent_is_the_jacobian_times_the_direction(x, v):
    f = lambda p: np.outer(p, np.sin(p))  # noqa: E731

    value, tangent = jvp(f, x, v)

    np.testing.assert_array_equal(value, f(x))
    np.testing.assert_allclose(tangent, jacobian(f, x) @ v, atol=1e-12)


def test_structures_go_in_and_come_out():
    f = lambda p: [p[0] * p[1], (p[1], np.ones(2), 3.0)]  # noqa: E731

    value, tangent = jvp(f, (np.array([1.0, 2.0]), 3.0), (np.array([1.0, 0.0]), 1.0))

    np.testing.assert_array_equal(value[0], [3.0, 6.0])
    np.testing.assert_array_equal(tangent[0], [4.0, 2.0])
    assert tangent[1][0] == 1.0
    np.testing.assert_array_equal(tangent[1][1], [0.0, 0.0])
    assert tangent[1][2] == 0.0
    assert value[1][2] == 3.0


def test_the_results_are_the_callers_own():
    x, direction = np.ones(2), np.ones(2)

    value, tangent = jvp(lambda v: v, x, direction)
    value += 1
    tangent += 1

    np.testing.assert_array_equal([x, direction], np.ones((2, 2)))


def test_a_constant_has_tangent_zero():
    assert jvp(lambda _: 3.0, 1.0, 1.0) == ValueAndTangent(3.0, 0.0)


def test_a_constant_list_of_numbers_is_one_array_and_has_one_tangent_of_zeros():
    np.testing.assert_array_equal(jvp(lambda _: [3.0, 4.0], 1.0, 1.0).tangent, [0.0, 0.0])


@given(x=vectors, u=vectors, v=vectors)
def test_hessian_vector_products_are_symmetric_and_linear(x, u, v):
    product = lambda direction: hessian_vector_product(valley, x, direction)  # noqa: E731
    size = 1 + abs(u @ product(v))

    assert u @ product(v) == pytest.approx(v @ product(u), abs=1e-11 * size)
    np.testing.assert_allclose(product(2 * u - v), 2 * product(u) - product(v), atol=1e-9, rtol=1e-10)


@given(x=vectors, v=vectors)
def test_hessian_vector_products_are_what_differences_of_gradients_measure(x, v):
    h = 1e-5
    measured = (grad(valley)(x + h * v) - grad(valley)(x - h * v)) / (2 * h)

    np.testing.assert_allclose(hessian_vector_product(valley, x, v), measured, atol=1e-5, rtol=1e-6)


@given(x=vectors, v=vectors)
def test_the_hessian_is_symmetric_and_multiplies_like_the_products(x, v):
    H = hessian(valley, x)

    np.testing.assert_allclose(H, H.T, atol=1e-10, rtol=1e-10)
    np.testing.assert_allclose(H @ v, hessian_vector_product(valley, x, v), atol=1e-9, rtol=1e-9)


@given(A=arrays(np.float64, (3, 3), elements=st.floats(-3, 3)), x=vectors)
def test_the_hessian_of_a_quadratic_form_is_its_symmetric_matrix(A, x):
    np.testing.assert_allclose(hessian(lambda v: v @ A @ v / 2, x), (A + A.T) / 2, atol=1e-12)


def test_the_hessian_of_a_matrix_function_has_the_axes_of_its_input_twice():
    H = hessian(lambda x: np.sum(x**3), np.ones((2, 2)))

    np.testing.assert_array_equal(H.reshape(4, 4), 6 * np.eye(4))


def test_the_hessian_of_a_linear_function_is_zero():
    np.testing.assert_array_equal(hessian(np.sum, np.ones(2)), np.zeros((2, 2)))
    np.testing.assert_array_equal(hessian_vector_product(np.sum, np.ones(2), np.ones(2)), np.zeros(2))


def test_hessian_vector_products_come_in_the_structure_of_the_parameters():
    loss = lambda p: np.sum(p[0] ** 3) * p[1]  # noqa: E731

    product = hessian_vector_product(loss, [np.array([1.0, 2.0]), 5.0], [np.array([1.0, 0.0]), 0.0])

    assert isinstance(product, list)
    np.testing.assert_array_equal(product[0], [30.0, 0.0])
    assert product[1] == 3.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Dual(1.0, [1.0]), r"tangent must have the shape of value, \(\), got shape \(1,\)"),
        (lambda: Dual(np.nan, 1.0), "value must be finite, got nan"),
        (lambda: Dual(1.0, "a"), "tangent must hold real numbers"),
        (lambda: jvp(np.exp, [1.0], [1.0, 2.0]), r"direction must have the shape of x, \(1,\), got shape \(2,\)"),
        (lambda: jvp(np.exp, np.inf, 1.0), "x must be finite"),
        (lambda: jvp(np.exp, 1.0, np.inf), "direction must be finite"),
        (lambda: jvp(lambda _: None, 1.0, 1.0), "what f returned must hold real numbers"),
        (
            lambda: jvp(np.sum, [np.ones(2)], [np.ones(2), 1.0]),
            "direction must have the structure of x: expected 1 entries, got",
        ),
        (
            lambda: jvp(np.sum, [np.ones(2)], np.ones(2)),
            "direction must have the structure of x: expected 1 entries, got array",
        ),
        (lambda: hessian_vector_product(np.exp, [1.0, 2.0], [1.0, 2.0]), "f must return one number"),
        (lambda: hessian(np.exp, [1.0, 2.0]), "f must return one number"),
    ],
)
def test_errors_say_what_was_given(call, message):
    with pytest.raises(ValueError, match=message):
        call()
