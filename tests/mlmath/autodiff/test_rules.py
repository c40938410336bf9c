"""Every differentiable function: value, both modes and second derivatives, at random inputs of many shapes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from mlmath.autodiff import grad, hessian_vector_product, jvp, log_sum_exp, relu, sigmoid, softmax, vjp
from mlmath.autodiff.numpy_functions import DIFFERENTIABLE
from mlmath.calculus import numerical_jacobian

generator = np.random.default_rng(7)
A = generator.normal(size=(3, 4))
B = generator.normal(size=(3, 4))
ROW, COLUMN, NUMBER = generator.normal(size=4), generator.normal(size=(3, 1)), np.array(0.7)
POSITIVE = generator.uniform(0.5, 3.0, size=(3, 4))
TENSOR = generator.normal(size=(2, 3, 4))
REPEATS = np.array([2, 0, 2, 2])

ONE_ARGUMENT: dict[str, tuple[Callable[..., Any], Any]] = {
    "negative": (lambda x: -x, A),
    "positive": (lambda x: +x, A),
    "np.positive": (np.positive, A),
    "np.negative": (np.negative, A),
    "abs": (abs, A),
    "np.abs": (np.abs, A),
    "exp": (np.exp, A),
    "expm1": (np.expm1, A),
    "log": (np.log, POSITIVE),
    "log1p": (np.log1p, POSITIVE),
    "log2": (np.log2, POSITIVE),
    "log10": (np.log10, POSITIVE),
    "sqrt": (np.sqrt, POSITIVE),
    "square": (np.square, A),
    "sin": (np.sin, A),
    "cos": (np.cos, A),
    "tan": (np.tan, A / 2),
    "arctan": (np.arctan, A),
    "sinh": (np.sinh, A),
    "cosh": (np.cosh, A),
    "tanh": (np.tanh, A),
    "sigmoid": (sigmoid, A),
    "relu": (relu, A),
    "cube": (lambda x: x**3, A),
    "reciprocal": (lambda x: 1 / x, POSITIVE),
    "half power": (lambda x: x**-0.5, POSITIVE),
    "power of a number": (lambda x: 2**x, A),
    "twice the same": (lambda x: x * x + x, A),
    "number": (lambda x: np.sin(x) * x, NUMBER),
    "clip": (lambda x: np.clip(x, -0.5, 0.5), A),
    "sum": (np.sum, A),
    "sum of rows": (lambda x: np.sum(x, axis=1), A),
    "sum, kept": (lambda x: x.sum(0, keepdims=True), A),
    "sum of two axes": (lambda x: np.sum(x, axis=(0, -1)), TENSOR),
    "sum of all, kept": (lambda x: x.sum(keepdims=True), A),
    "mean": (np.mean, A),
    "mean of columns": (lambda x: x.mean(axis=0), A),
    "mean of two axes": (lambda x: np.mean(x, axis=(0, 1), keepdims=True), TENSOR),
    "max": (np.max, A),
    "max of rows": (lambda x: x.max(axis=-1), A),
    "max of two axes": (lambda x: np.max(x, axis=(0, 2)), TENSOR),
    "min of rows": (lambda x: x.min(axis=1, keepdims=True), A),
    "min": (np.min, A),
    "max of one column": (lambda x: np.max(x, axis=1), COLUMN),
    "variance": (np.var, A),
    "variance of columns": (lambda x: np.var(x, axis=0, ddof=1), A),
    "variance of rows, kept": (lambda x: np.var(x, axis=1, keepdims=True), A),
    "standard deviation": (lambda x: np.std(x, axis=1), A),
    "standard deviation, kept": (lambda x: np.std(x, axis=0, ddof=1, keepdims=True), A),
    "norm": (np.linalg.norm, A),
    "norm of rows": (lambda x: np.linalg.norm(x, axis=1, keepdims=True), A),
    "norm of columns": (lambda x: np.linalg.norm(x, axis=0), A),
    "log_sum_exp": (log_sum_exp, A),
    "log_sum_exp of all": (lambda x: log_sum_exp(x, axis=None), A),
    "log_sum_exp, kept": (lambda x: log_sum_exp(x, axis=0, keepdims=True), A),
    "softmax": (softmax, A),
    "softmax of columns": (lambda x: softmax(x, axis=0), A),
    "reshape": (lambda x: np.reshape(x, (2, 6)), A),
    "reshape method": (lambda x: x.reshape(2, -1), A),
    "reshape method with a tuple": (lambda x: x.reshape((6, 2)), A),
    "ravel": (np.ravel, A),
    "expand_dims": (lambda x: np.expand_dims(x, (0, -1)), A),
    "squeeze": (np.squeeze, COLUMN),
    "squeeze one axis": (lambda x: np.squeeze(x, axis=1), COLUMN),
    "transpose": (np.transpose, TENSOR),
    "T": (lambda x: x.T, A),
    "transposed axes": (lambda x: np.transpose(x, (1, -1, 0)), TENSOR),
    "transpose method": (lambda x: x.transpose(2, 0, 1), TENSOR),
    "transpose method with a tuple": (lambda x: x.transpose((2, 0, 1)), TENSOR),
    "transpose method, reversed": (lambda x: x.transpose(), TENSOR),
    "swapaxes": (lambda x: np.swapaxes(x, 0, -1), TENSOR),
    "broadcast_to": (lambda x: np.broadcast_to(x, (2, 3, 4)), COLUMN),
    "entry": (lambda x: x[1, 2], A),
    "row": (lambda x: x[-1], A),
    "slice": (lambda x: x[1:, ::2], A),
    "backwards": (lambda x: x[::-1], A),
    "new axis": (lambda x: x[:, np.newaxis], A),
    "ellipsis": (lambda x: x[..., 0], TENSOR),
    "repeated rows": (lambda x: x[REPEATS], A),
    "repeated rows by a list": (lambda x: x[[2, 0, 2]], A),
    "repeated rows by a tuple": (lambda x: x[(2, 0, 2),], A),
    "repeated entries": (lambda x: x[REPEATS, [1, 1, 1, 3]], A),
    "mask": (lambda x: x[A > 0], A),
    "own mask": (lambda x: x[x > 0], A),
    "mask of rows": (lambda x: x[np.array([True, False, True]), 1], A),
    "rows one by one": (lambda x: sum(row * (i + 1) for i, row in enumerate(x)), A),
    "concatenate": (lambda x: np.concatenate([x, x * 2, B], axis=1), A),
    "concatenate at the last axis": (lambda x: np.concatenate([B, x * x], axis=-1), A),
    "concatenate all entries": (lambda x: np.concatenate([x, x[0]], axis=None), A),
    "concatenate numbers": (lambda x: np.concatenate([x[0], x[1:].ravel()]), A),
    "stack": (lambda x: np.stack([x, B, x * x], axis=1), A),
    "where": (lambda x: np.where(x > 0, x**2, np.exp(x)), A),
    "where with a number": (lambda x: np.where(B > 0, x, 1.0), A),
    "where with a column": (lambda x: np.where(B > 0, 0.0, x), COLUMN),
    "outer": (lambda x: np.outer(x, x[::-1]), ROW),
    "outer of matrices": (lambda x: np.outer(x[:2, :2], x[1:, 2:]), A),
    "dot with a number": (lambda x: np.dot(x, 3.0), ROW),
    "dot with a list": (lambda x: np.dot(x, [1.0, 2.0, 3.0, 4.0]), ROW),
    "self product": (lambda x: x @ x, ROW),
    "quadratic form": (lambda x: x @ (A.T @ B) @ x, ROW),
    "array on the left": (lambda x: A + x, ROW),
    "list on the right": (lambda x: x * [1.0, 2.0, 3.0, 4.0], ROW),
    "numpy number on the left": (lambda x: np.float64(2) - x, ROW),
    "array power": (lambda x: x ** np.array([0.0, 1.0, 2.0, 3.0]), A),
    "does not depend": (lambda _: np.ones(3), A),
    "empty": (lambda x: np.sum(x**2, axis=0), np.ones((0, 3))),
    "means of no rows": (lambda x: np.mean(x, axis=1), np.ones((0, 3))),
    "variances of no rows": (lambda x: np.var(x, axis=1), np.ones((0, 3))),
    "empty product": (lambda x: x @ np.ones((2, 0)), np.ones((3, 2))),
}

OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: np.abs(a) ** b,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "logaddexp": np.logaddexp,
    "where": lambda a, b: np.where(B > 0, a, b),
}
SHAPES = [
    ((3, 4), (3, 4)),
    ((3, 4), (4,)),
    ((3, 1), (4,)),
    ((), (3, 4)),
    ((1, 4), (3, 1)),
    ((1,), (3, 4)),
    ((4,), (3, 4)),
    ((2, 1, 1), (1, 4)),
]
PRODUCTS = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3, 4)),
    ((5, 2, 3), (3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((2, 3), (5, 3, 4)),
    ((5, 2, 3), (3,)),
    ((3,), (5, 3, 2)),
    ((1, 2, 3), (5, 3, 1)),
    ((2, 0), (0, 3)),
]


def weights(shape):
    """Fixed numbers of any shape, so that no two entries are treated alike."""
    return np.cos(1.0 + np.arange(np.prod(shape))).reshape(shape)


def flat_jacobian(f, x):
    """The numerical Jacobian of the entries of f in the entries of x, with its shape."""
    rows = np.size(f(x))
    if x.size == 0 or rows == 0:
        return np.zeros((rows, x.size))
    return numerical_jacobian(lambda v: np.ravel(f(v.reshape(x.shape))), x.ravel())


def check(f, x):
    """Compare value, J^T g and J t with measured ones, and second derivatives with each other."""
    value = np.asarray(f(x))
    g, t = weights(value.shape), weights(x.shape) + 0.2
    J = flat_jacobian(f, x)

    backwards, forwards = vjp(f, x), jvp(f, x, t)

    np.testing.assert_array_equal(backwards.value, value)
    np.testing.assert_array_equal(forwards.value, value)
    assert np.shape(backwards.pullback(g)) == x.shape
    assert np.shape(forwards.tangent) == value.shape
    np.testing.assert_allclose(np.ravel(backwards.pullback(g)), J.T @ g.ravel(), atol=1e-7, rtol=1e-7)
    np.testing.assert_allclose(np.ravel(forwards.tangent), J @ t.ravel(), atol=1e-7, rtol=1e-7)
    np.testing.assert_allclose(np.sum(g * forwards.tangent), np.sum(t * backwards.pullback(g)), atol=1e-11, rtol=1e-11)
    check_second(lambda v: np.sum(np.sin(f(v)) * g), x, t)


def check_second(f, x, t):
    """Reverse over reverse, forward over reverse and reverse over forward agree, and with differences of gradients."""
    forward_over_reverse = hessian_vector_product(f, x, t)
    reverse_over_reverse = grad(lambda v: np.sum(grad(f)(v) * t))(x)
    reverse_over_forward = grad(lambda v: jvp(f, v, t).tangent)(x)
    forward_over_forward = jvp(lambda v: jvp(f, v, t).tangent, x, t).tangent

    h = 1e-5
    measured = (np.asarray(grad(f)(x + h * t)) - grad(f)(x - h * t)) / (2 * h)
    np.testing.assert_allclose(forward_over_reverse, measured, atol=1e-6, rtol=1e-6)
    np.testing.assert_allclose(reverse_over_reverse, forward_over_reverse, atol=1e-9, rtol=1e-9)
    np.testing.assert_allclose(reverse_over_forward, forward_over_reverse, atol=1e-9, rtol=1e-9)
    np.testing.assert_allclose(forward_over_forward, np.sum(t * forward_over_reverse), atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_functions_of_one_array_are_differentiated_in_both_modes_and_twice(name):
    check(*ONE_ARGUMENT[name])


@pytest.mark.parametrize("shapes", SHAPES, ids=str)
@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_on_two_arrays_broadcast_in_both_modes_and_twice(name, shapes):
    """Each operand alone with the other constant, then both moving at once."""
    operation = OPERATIONS[name]
    a, b = (weights(shape) + shift for shape, shift in zip(shapes, (1.5, 2.0), strict=True))

    check(lambda v: operation(v, b), a)
    check(lambda v: operation(a, v), b)
    check(lambda v: operation(v[: a.size].reshape(a.shape), v[a.size :].reshape(b.shape)), np.r_[a.ravel(), b.ravel()])


@pytest.mark.parametrize("shapes", PRODUCTS, ids=str)
def test_matrix_products_of_all_shapes_are_differentiated_in_both_modes_and_twice(shapes):
    a, b = (weights(shape) + shift for shape, shift in zip(shapes, (1.5, 2.0), strict=True))

    check(lambda v: v @ b, a)
    check(lambda v: a @ v, b)
    check(lambda v: v[: a.size].reshape(a.shape) @ v[a.size :].reshape(b.shape), np.r_[a.ravel(), b.ravel()])


ANALYTIC = ["exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "square", "sin", "cos", "tan", "arctan", "sinh"]
ANALYTIC += ["cosh", "tanh", "cube", "reciprocal", "half power", "power of a number", "quadratic form"]


@pytest.mark.parametrize("name", ANALYTIC)
def test_slopes_agree_with_the_complex_step_to_rounding(name):
    """f(x + ih) has imaginary part h f'(x), without any subtraction."""
    f, x = ONE_ARGUMENT[name]
    t = weights(x.shape)

    tangent = jvp(f, x, t).tangent

    np.testing.assert_allclose(tangent, np.imag(f(x + 1e-30j * t)) / 1e-30, rtol=1e-13, atol=1e-14)


AUTOGRAD = {
    "network": lambda np: lambda x: np.sum(np.tanh(np.dot(x, A.T)) ** 2),
    "max": lambda np: lambda x: np.sum(np.max(x, axis=1) * np.mean(x, axis=1)),
    "ties": lambda np: lambda x: np.max(x - x) + np.sum(np.maximum(x, x)),
    "indexing": lambda np: lambda x: np.sum(x[REPEATS, [1, 1, 1, 3]] ** 2),
    "norm": lambda np: lambda x: np.linalg.norm(x) * np.std(x),
    "concatenate": lambda np: lambda x: np.sum(np.concatenate([x, x**2], axis=0)[2:5] ** 3),
    "broadcasting": lambda np: lambda x: np.sum(np.exp(x[:, :1]) / (1 + x[:1] ** 2) - x),
    "logaddexp": lambda np: lambda x: np.sum(np.logaddexp(x, 1.0) * np.where(x > 0, x, np.sin(x))),
}


@pytest.mark.parametrize("name", AUTOGRAD)
def test_gradients_agree_with_autograd_to_rounding(name):
    ours, theirs = AUTOGRAD[name](np), AUTOGRAD[name](anp)

    gradient = grad(ours)(B)

    np.testing.assert_allclose(gradient, autograd.grad(theirs)(B), rtol=1e-12, atol=1e-13)


def test_every_function_of_the_dictionary_is_checked_above():
    source = Path(__file__).read_text(encoding="utf-8")
    names = {function.__name__ for function in DIFFERENTIABLE} - {"norm"}
    operators = {"absolute", "add", "divide", "matmul", "multiply", "power", "subtract"}

    unchecked = {name for name in names - operators if f"np.{name}" not in source}

    assert unchecked == set()
    assert "np.linalg.norm" in source
