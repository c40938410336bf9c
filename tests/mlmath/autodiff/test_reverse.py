"""grad, value_and_grad, vjp and jacobian: shapes, structures, nesting, and the theorems of reverse mode."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.autodiff import Variable, grad, jacobian, jvp, log_sum_exp, relu, softmax, value_and_grad, vjp
from mlmath.calculus import numerical_gradient, numerical_jacobian

vectors = arrays(np.float64, 4, elements=st.floats(-3, 3))


def wave(x):
    return np.sin(x[0] * x[1]) + np.exp(x[2] / 3) * x[3] ** 2


@given(x=vectors)
def test_the_gradient_is_what_differences_measure(x):
    np.testing.assert_allclose(grad(wave)(x), numerical_gradient(wave, x), atol=1e-7, rtol=1e-7)


@given(x=vectors, a=st.floats(-3, 3), b=st.floats(-3, 3))
def test_the_gradient_is_linear_in_the_function(x, a, b):
    bowl = lambda v: v @ v  # noqa: E731

    combined = grad(lambda v: a * wave(v) + b * bowl(v))(x)

    np.testing.assert_allclose(combined, a * grad(wave)(x) + b * grad(bowl)(x), atol=1e-12, rtol=1e-12)


@given(x=vectors, u=arrays(np.float64, 3, elements=st.floats(-3, 3)), v=vectors)
def test_forwards_and_backwards_are_adjoint(x, u, v):
    """<u, J v> = <J^T u, v>."""
    W = np.arange(12.0).reshape(3, 4) / 6 - 1
    f = lambda p: np.tanh(W @ p) * softmax(p)[:3]  # noqa: E731

    forwards, backwards = jvp(f, x, v).tangent, vjp(f, x).pullback(u)

    assert u @ forwards == pytest.approx(backwards @ v, abs=1e-12)


def test_a_pullback_gives_the_same_again_even_if_the_point_was_changed():
    x = np.array([1.0, 2.0])
    value, pullback = vjp(lambda v: v**2, x)
    first = pullback([1.0, 1.0])

    x += 100
    value += 100
    first += 100

    np.testing.assert_array_equal(pullback([1.0, 1.0]), [2.0, 4.0])


def test_a_pullback_is_linear():
    _, pullback = vjp(np.exp, np.array([0.0, 1.0]))

    np.testing.assert_allclose(pullback([2.0, 3.0]), 2 * pullback([1.0, 0.0]) + 3 * pullback([0.0, 1.0]))


def test_a_pullback_of_a_constant_gives_zeros():
    value, pullback = vjp(lambda _: np.ones(3), np.array([[1.0, 2.0]]))

    np.testing.assert_array_equal(value, np.ones(3))
    np.testing.assert_array_equal(pullback(np.ones(3)), [[0.0, 0.0]])


def test_the_jacobian_is_what_differences_measure():
    f = lambda x: np.stack([x[0] * x[1], np.sin(x[2]), x[0] ** 2])  # noqa: E731
    x = np.array([0.3, -1.2, 2.0])

    np.testing.assert_allclose(jacobian(f, x), numerical_jacobian(f, x), atol=1e-8)


@pytest.mark.parametrize(
    ("f", "x", "shape"),
    [
        (np.exp, 2.0, ()),
        (np.sum, np.ones((2, 3)), (2, 3)),
        (lambda x: x * np.ones(4), 2.0, (4,)),
        (np.transpose, np.ones((2, 3)), (3, 2, 2, 3)),
        (lambda x: x[:0], np.ones(3), (0, 3)),
        (lambda x: x[:0], [1.0, 2.0, 3.0], (0, 3)),
        (lambda x: x @ np.ones((0, 2)), np.ones((3, 0)), (3, 2, 3, 0)),
    ],
)
def test_the_jacobian_has_the_axes_of_the_output_before_those_of_the_input(f, x, shape):
    assert np.shape(jacobian(f, x)) == shape


def test_numbers_have_plain_floats_as_gradients():
    value, gradient = value_and_grad(lambda x: x**2)(3)

    assert (type(value), type(gradient)) == (float, float)
    assert (value, gradient) == (9.0, 6.0)


@pytest.mark.parametrize("x", [[1.0, 2.0], (1, 2), np.array([1, 2]), [np.float64(1), 2.0]])
def test_a_list_of_numbers_is_one_array(x):
    np.testing.assert_array_equal(grad(lambda v: v @ v)(x), [2.0, 4.0])


def test_gradients_of_several_arguments_come_as_a_tuple():
    f = lambda x, y, scale=1.0: scale * np.sum(x * y)  # noqa: E731
    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0])

    both = grad(f, argument=(1, 0))(x, y, scale=2.0)
    last, last_but_one = grad(f, argument=-1)(x, y), grad(f, argument=-2)(x, y)
    alone = grad(f, argument=(0,))(x, y)

    assert isinstance(both, tuple)
    np.testing.assert_array_equal(both, [2 * x, 2 * y])
    np.testing.assert_array_equal([last, last_but_one], [x, y])
    assert isinstance(alone, tuple)
    np.testing.assert_array_equal(alone[0], y)


def test_an_array_of_whole_numbers_holds_real_numbers_for_the_function():
    """Numpy refuses negative powers of its integers."""
    np.testing.assert_array_equal(grad(lambda x: np.sum(x**-1))(np.array([1, 2])), [-1.0, -0.25])


def test_a_print_in_the_function_shows_the_argument_as_a_variable(capsys):
    def f(x):
        print(x)
        return x**2

    grad(f)(2.0)

    assert capsys.readouterr().out == "Variable(2.0)\n"


class Parameters(NamedTuple):
    weights: np.ndarray | float
    bias: float


def test_parameters_keep_their_structure():
    def loss(parameters, x):
        (first, second), extra = parameters
        return np.sum(x * first.weights + first.bias) * second[0][0] + extra @ extra

    x = np.array([1.0, 2.0])
    parameters = [(Parameters(np.array([1.0, 1.0]), 0.5), [np.array([3.0])]), np.array([1.0])]

    value, ((first, second), extra) = value_and_grad(loss)(parameters, x)

    assert value == 13.0
    assert isinstance(first, Parameters)
    assert isinstance(second, list)
    np.testing.assert_array_equal(first.weights, 3 * x)
    assert first.bias == 6.0
    np.testing.assert_array_equal(second[0], [4.0])
    np.testing.assert_array_equal(extra, [2.0])


def test_a_named_tuple_of_numbers_stays_one():
    slope = grad(lambda p: p.weights * p.bias)(Parameters(2.0, 3.0))

    assert slope == Parameters(3.0, 2.0)


def test_a_network_agrees_with_the_gradient_by_hand():
    generator = np.random.default_rng(0)
    X, y = generator.normal(size=(16, 5)), generator.integers(0, 3, 16)
    W1, b1, W2, b2 = (generator.normal(size=shape) for shape in ((5, 7), (7,), (7, 3), (3,)))
    rows = np.arange(16)

    def loss(parameters):
        W1, b1, W2, b2 = parameters
        scores = relu(X @ W1 + b1) @ W2 + b2
        return np.mean(log_sum_exp(scores) - scores[rows, y])

    value, gradient = value_and_grad(loss)([W1, b1, W2, b2])

    inner = X @ W1 + b1
    hidden = np.maximum(inner, 0)
    scores = hidden @ W2 + b2
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    wrong = (probabilities - np.eye(3)[y]) / 16
    back = wrong @ W2.T * (inner > 0)
    assert value == pytest.approx(-np.mean(np.log(probabilities[rows, y])), rel=1e-12)
    for ours, by_hand in zip(gradient, [X.T @ back, back.sum(0), hidden.T @ wrong, wrong.sum(0)], strict=True):
        np.testing.assert_allclose(ours, by_hand, rtol=1e-11, atol=1e-14)


def test_arguments_are_left_alone():
    parameters, data = [np.ones(2), np.ones(2)], np.ones(2)

    value_and_grad(lambda p, x: np.sum(p[0] * x + p[1]))(parameters, data)

    np.testing.assert_array_equal([*parameters, data], np.ones((3, 2)))


def test_gradients_do_not_share_memory_with_arguments_or_each_other():
    x, y = np.ones(3), np.full(3, 2.0)

    slope_x, slope_y = grad(lambda a, b: a @ b, argument=(0, 1))(x, y)
    slope_x += 1
    slope_y += 1

    np.testing.assert_array_equal([x, y], [np.ones(3), np.full(3, 2.0)])


def test_the_same_array_in_two_places_has_two_gradients():
    W = np.ones(2)

    first, second = grad(lambda p: np.sum(p[0] * 2 + p[1] * 3))([W, W])

    np.testing.assert_array_equal([first, second], [[2, 2], [3, 3]])


def test_a_function_that_ignores_its_argument_has_gradient_zero():
    value, gradient = value_and_grad(lambda _: 3)([np.ones(2), 1.0])

    assert value == 3.0
    np.testing.assert_array_equal(gradient[0], [0.0, 0.0])
    assert gradient[1] == 0.0


def test_nested_derivatives_do_not_mix_up_their_variables():
    """d/dx [x * d/dy (x y)] is 2 x; if the two were confused, it would be x. And x + y instead gives 1, not 2."""
    assert grad(lambda x: x * grad(lambda y: x * y)(3.0))(5.0) == 10.0
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(1.0) == 1.0
    assert grad(lambda x: x * jvp(lambda y: x * y, 3.0, 1.0).tangent)(5.0) == 10.0
    assert jvp(lambda x: x * grad(lambda y: x * y)(3.0), 5.0, 1.0).tangent == 10.0
    assert jvp(lambda x: x * jvp(lambda y: x + y, 1.0, 1.0).tangent, 1.0, 1.0).tangent == 1.0


def test_every_order_of_derivative_of_a_power_is_right():
    f = lambda x: x**5  # noqa: E731
    slopes = []
    for _ in range(6):
        f = grad(f)
        slopes.append(f(2.0))

    assert slopes == [80.0, 160.0, 240.0, 240.0, 120.0, 0.0]


def test_pullbacks_can_be_differentiated():
    """g -> J^T g is linear in g and depends on x: d/dx of (2 x g) is 2 g, d/dg is 2 x."""
    slope = grad(lambda x, g: vjp(np.square, x).pullback(g), argument=(0, 1))(3.0, 5.0)

    assert slope == (10.0, 6.0)


def test_variables_made_by_hand_are_constants_of_grad_and_stay_differentiable():
    from mlmath.autodiff import gradients

    w = Variable(3.0)

    slope = grad(lambda x: w * x**2)(2.0)

    assert slope.value == 12.0
    assert gradients(slope, w) == 4.0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: grad(np.exp)(np.ones(2)), ValueError, r"f must return one number, got shape \(2,\): take the sum"),
        (lambda: grad(lambda _: np.ones(2))(1.0), ValueError, r"f must return one number, got shape \(2,\)"),
        (lambda: grad(lambda _: None)(1.0), ValueError, "what f returned must hold real numbers, got None"),
        (lambda: vjp(lambda _: None, 1.0), ValueError, "what f returned must hold real numbers, got None"),
        (lambda: grad(lambda x: [x, x])(1.0), TypeError, "a Variable cannot become a plain array"),
        (lambda: grad(np.sum)(np.array([1.0, np.inf])), ValueError, r"argument 0 must be finite, got \[ 1. inf\]"),
        (lambda: grad(lambda _, b: b, argument=1)(1.0, np.nan), ValueError, "argument 1 must be finite, got nan"),
        (lambda: grad(np.sum)("text"), ValueError, "argument 0 must hold real numbers, got 'text'"),
        (lambda: grad(np.sum)(1j), ValueError, "argument 0 must hold real numbers"),
        (lambda: grad(np.sum, argument=1)(1.0), TypeError, "argument must be a position among the 1 arguments, got 1"),
        (lambda: grad(np.sum, argument=-2)(1.0), TypeError, "among the 1 arguments, got -2"),
        (lambda: vjp(np.exp, [np.nan]), ValueError, "x must be finite"),
        (
            lambda: vjp(np.exp, [1.0]).pullback([1.0, 2.0]),
            ValueError,
            r"g must have the shape of the value, \(1,\), got shape \(2,\)",
        ),
        (lambda: vjp(np.exp, [1.0]).pullback("a"), ValueError, "g must hold real numbers"),
        (lambda: jacobian(np.exp, [np.nan]), ValueError, "x must be finite"),
    ],
)
def test_errors_say_what_was_given(call, error, message):
    with pytest.raises(error, match=message):
        call()
