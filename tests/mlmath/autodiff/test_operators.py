"""What a traced array can do beside calculating, and what it refuses: nothing loses a derivative in silence."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from mlmath.autodiff import Dual, Variable, grad, log_sum_exp, relu, sigmoid, softmax
from mlmath.autodiff.numpy_functions import DIFFERENTIABLE

KINDS = pytest.mark.parametrize(
    "traced", [Variable, lambda value: Dual(value, np.ones(np.shape(value)))], ids=["Variable", "Dual"]
)


@KINDS
def test_comparisons_give_plain_booleans(traced):
    x, y = traced([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0])

    for other in (y, traced(y), 2.0, [2.0, 2.0, 2.0]):
        np.testing.assert_array_equal(x < other, [True, False, False])
        np.testing.assert_array_equal(x <= other, [True, True, False])
        np.testing.assert_array_equal(x > other, [False, False, True])
        np.testing.assert_array_equal(x >= other, [False, True, True])
        np.testing.assert_array_equal(x == other, [False, True, False])
        np.testing.assert_array_equal(x != other, [True, False, True])
    np.testing.assert_array_equal(y < x, [False, False, True])
    np.testing.assert_array_equal(np.greater(y, x), [True, False, False])


def test_a_branch_is_differentiated_where_it_goes():
    f = lambda x: x**2 if x > 0 else -x  # noqa: E731

    assert grad(f)(3.0) == 6.0
    assert grad(f)(-3.0) == -1.0


@KINDS
def test_functions_without_slopes_give_plain_results(traced):
    x = traced([[3.0, -1.5], [2.0, 0.0]])

    np.testing.assert_array_equal(np.sign(x), [[1, -1], [1, 0]])
    np.testing.assert_array_equal(np.isfinite(x), np.ones((2, 2), dtype=bool))
    np.testing.assert_array_equal(np.floor(x), [[3, -2], [2, 0]])
    np.testing.assert_array_equal(np.argmax(x, axis=0), [0, 1])
    np.testing.assert_array_equal(np.zeros_like(x), np.zeros((2, 2)))
    assert (np.shape(x), np.ndim(x), np.size(x)) == ((2, 2), 2, 4)
    assert np.allclose(x, x)


@KINDS
def test_attributes_are_those_of_the_value(traced):
    x = traced(np.ones((2, 3)))

    assert (x.shape, x.ndim, x.size, len(x)) == ((2, 3), 2, 6, 2)
    assert x.T.shape == (3, 2)
    assert [row.shape for row in x] == [(3,), (3,)]


@KINDS
def test_numbers_are_formatted_like_floats(traced):
    x = traced(2.0)

    assert f"{x:.3f}" == "2.000"
    assert f"{x}" == repr(x)


def test_in_place_operators_make_a_new_variable():
    x = Variable([1.0, 2.0])
    y = x

    y += 1

    np.testing.assert_array_equal(x.value, [1.0, 2.0])
    np.testing.assert_array_equal(y.value, [2.0, 3.0])


def assign(x, target, index):
    target[index] = x


REFUSED: dict[str, tuple[Callable[..., Any], str]] = {
    "np.asarray": (np.asarray, r"cannot become a plain array, .*np.stack\(\[x, y\]\).*x\.value is a constant"),
    "np.array": (np.array, "cannot become a plain array"),
    "array of several": (lambda x: np.array([x, x]), "cannot become a plain array"),
    "array with a number": (lambda x: np.array([x[0], 1.0]), "cannot become a plain array"),
    "operation with a list": (lambda x: x * [x[0], x[1]], "cannot become a plain array"),
    "np.full": (lambda x: np.full(2, x), "cannot become a plain array"),
    "filling a plain array": (lambda x: assign(x, np.zeros(2), slice(None)), "cannot become a plain array"),
    "float": (lambda x: float(x[0]), r"cannot become a plain number, .*use np.exp instead of math.exp, or x\.value"),
    "int": (lambda x: int(x[0]), "cannot become a plain number"),
    "complex": (lambda x: complex(x[0]), "cannot become a plain number"),
    "index": (lambda x: [1, 2][x[0]], "cannot become a plain number"),
    "math.exp": (lambda x: math.exp(x[0]), "cannot become a plain number"),
    "truth": (lambda x: 1 if x[0] else 2, r"is neither true nor false: compare it, as in x > 0"),
    "assignment": (lambda x: assign(1.0, x, 0), r"cannot be changed in place, .*np.where or np.concatenate"),
    "into a plain array": (lambda x: np.exp(x, out=np.zeros(2)), r"np.exp cannot write its result.*leave out .* out="),
    "ufunc with where": (lambda x: np.exp(x, where=x > 0), r"np.exp with where= cannot be .*: try np.where"),
    "ufunc method": (np.add.reduce, r"np.add.reduce cannot be differentiated here: try np.sum or np.outer"),
    "length of a number": (lambda x: len(x[0]), "that holds one number has no length"),
    "parts of a number": (lambda x: list(x[0]), "that holds one number has no length"),
    "traced index": (lambda x: x[x], "an index must be made of plain integers or booleans"),
    "traced index of one axis": (lambda x: np.outer(x, x)[x, 0], "an index must be made of plain"),
    "hash": (hash, "unhashable type"),
    "unknown function": (
        np.prod,
        r"np.prod cannot be .*use operators, indexing, and absolute, add, .*, where; or .*x.v",
    ),
    "unknown ufunc": (lambda x: np.mod(x, 2), "np.remainder cannot be differentiated here"),
    "unknown function of a module": (np.linalg.inv, "np.linalg.inv cannot be differentiated here"),
    "unknown keyword": (lambda x: np.sum(x, dtype=float), "np.sum has only these arguments here: x, axis, keepdims"),
    "missing argument": (np.where, "np.where has only these arguments here: condition, if_true, if_false"),
    "np.dot of a stack": (
        lambda x: np.dot(np.ones((2, 2, 2)), x),
        "np.dot of arrays with more than two axes .*: use a @",
    ),
}


@KINDS
@pytest.mark.parametrize("name", REFUSED)
def test_what_would_lose_the_derivative_is_refused(traced, name):
    action, message = REFUSED[name]

    with pytest.raises(TypeError, match=message):
        action(traced([1.0, 2.0]))


def test_adding_to_a_plain_array_in_place_is_refused():
    total = np.zeros(2)

    with pytest.raises(TypeError, match=r"np.add cannot write .*: write a = a \+ x instead of a \+= x"):
        total += Variable([1.0, 2.0])


def test_putting_a_number_into_a_plain_array_is_refused():
    """numpy words this error itself; ours is its cause."""
    with pytest.raises(ValueError, match="setting an array element") as refusal:
        np.zeros(2)[0] = Variable(1.0)

    assert "cannot become a plain number" in str(refusal.value.__cause__)


def test_errors_of_a_stand_in_are_passed_on():
    with pytest.raises(TypeError, match="'str' object cannot be interpreted as an integer"):
        Variable([1.0]).sum(axis="a")  # type: ignore[arg-type]


@pytest.mark.parametrize("operand", ["text", 1j, None, np.array([1j]), np.array(["a"]), [[1.0], [1.0, 2.0]]])
def test_other_operands_must_be_numbers(operand):
    with pytest.raises(ValueError, match="an operand must "):
        Variable([1.0]) * operand


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.longdouble, np.int8, np.int64, np.bool_])
def test_arrays_of_other_types_take_part_with_all_digits_of_float64(dtype):
    base = np.array([1, 0, 1]) if dtype is np.bool_ else np.array([2, 3, 5])
    f = lambda b: lambda x: np.sum(b**x * b - b / x)  # noqa: E731

    gradient = grad(f(base.astype(dtype)))(np.array([1.5, 2.5, 0.5]))

    assert gradient.dtype == np.float64
    np.testing.assert_array_equal(gradient, grad(f(base.astype(float)))(np.array([1.5, 2.5, 0.5])))


@pytest.mark.parametrize("f", [relu, sigmoid, softmax, log_sum_exp])
def test_functions_take_plain_arrays_and_lists_and_name_their_argument(f):
    np.testing.assert_array_equal(f([1, 2]), f(np.array([1.0, 2.0])))
    with pytest.raises(ValueError, match="x must hold real numbers, got 'a'"):
        f("a")


def test_plain_functions_agree_with_scipy():
    from scipy import special

    x = np.random.default_rng(0).normal(size=(3, 4)) * 10

    np.testing.assert_allclose(sigmoid(x), special.expit(x), rtol=1e-14)
    np.testing.assert_allclose(softmax(x), special.softmax(x, axis=-1), rtol=1e-13)
    np.testing.assert_allclose(log_sum_exp(x), special.logsumexp(x, axis=-1), rtol=1e-14)
    np.testing.assert_allclose(log_sum_exp(x, axis=(0, 1)), special.logsumexp(x), rtol=1e-14)
    np.testing.assert_array_equal(relu(x), np.where(x > 0, x, 0))


MESSAGES: dict[str, tuple[Callable[..., Any], str]] = {
    "array": (
        np.asarray,
        "a Variable cannot become a plain array, that would lose its derivative: np.stack([x, y]) makes an array of "
        "several, np.where or np.concatenate replace entries, and x.value is a constant",
    ),
    "number": (
        lambda x: float(x[0]),
        "a Variable cannot become a plain number, that would lose its derivative: use np.exp instead of math.exp, "
        "or x.value if a constant is meant",
    ),
    "truth": (lambda x: bool(x[0]), "a Variable is neither true nor false: compare it, as in x > 0 or x != 0"),
    "assignment": (
        lambda x: assign(1.0, x, 0),
        "a Variable cannot be changed in place, its derivative needs the old value: make a new array with np.where or "
        "np.concatenate",
    ),
    "length": (lambda x: len(x[0]), "a Variable that holds one number has no length"),
    "index": (lambda x: x[x], "an index must be made of plain integers or booleans, which have no derivative"),
    "out": (
        lambda x: np.exp(x, out=np.zeros(2)),
        "np.exp cannot write its result, which has a derivative, into a plain array: write a = a + x instead of "
        "a += x, and leave out the argument out=",
    ),
    "keywords": (
        lambda x: np.exp(x, where=x > 0, dtype=float),
        "np.exp with where, dtype= cannot be differentiated here: try np.where",
    ),
    "method": (np.add.reduce, "np.add.reduce cannot be differentiated here: try np.sum or np.outer"),
    "arguments": (lambda x: np.max(x, initial=0.0), "np.max has only these arguments here: x, axis, keepdims"),
    "dot": (
        lambda x: np.dot(np.ones((2, 2, 2)), x),
        "np.dot of arrays with more than two axes cannot be differentiated here: use a @ b",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_refusals_say_what_to_use_instead(name):
    action, message = MESSAGES[name]

    with pytest.raises(TypeError) as refusal:
        action(Variable([1.0, 2.0]))

    assert str(refusal.value) == message


def test_the_message_about_an_unknown_function_lists_all_known_ones():
    with pytest.raises(TypeError) as refusal:
        np.linalg.inv(Variable(np.eye(2)))

    known = ", ".join(sorted(function.__name__ for function in DIFFERENTIABLE))
    assert str(refusal.value) == (
        f"np.linalg.inv cannot be differentiated here: use operators, indexing, and {known}; "
        "or give it x.value, if it may treat x as a constant"
    )


@pytest.mark.parametrize("name", ["sum", "mean", "max", "min"])
@pytest.mark.parametrize("settings", [{}, {"axis": 1}, {"axis": 0, "keepdims": True}, {"keepdims": True}], ids=str)
def test_methods_agree_with_those_of_arrays(name, settings):
    x = np.array([[1.0, 5.0, 3.0], [2.0, 0.0, 7.0]])

    result = getattr(Variable(x), name)(**settings).value

    np.testing.assert_array_equal(result, getattr(x, name)(**settings))
    assert np.shape(result) == np.shape(getattr(x, name)(**settings))


def test_a_list_may_stand_on_the_left_of_a_product():
    product = [[1.0, 2.0], [3.0, 4.0]] @ Variable([1.0, 10.0])

    np.testing.assert_array_equal(product.value, [21.0, 43.0])


def test_squeezing_takes_only_the_axis_that_was_asked_for():
    assert np.squeeze(Variable(np.ones((1, 2, 1))), axis=0).shape == (2, 1)
    with pytest.raises(ValueError, match="cannot select an axis to squeeze out"):
        np.squeeze(Variable(np.ones((1, 2))), axis=1)
