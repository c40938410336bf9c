"""Variable and gradients: what is recorded, walked back, and freed."""

import gc
import tracemalloc
import weakref

import numpy as np
import pytest

from mlmath.autodiff import Dual, Variable, grad, gradients, value_and_grad, vjp


def test_a_variable_remembers_how_it_was_made():
    x = Variable([1.0, 2.0], name="x")

    y = x * 3.0

    np.testing.assert_array_equal(y.value, [3.0, 6.0])
    assert y.primitive.name == "*"
    assert y.parents[0] is x
    assert y.parents[1] is None
    assert y.arguments[0] is x.value
    assert y.arguments[1] == 3.0
    assert y.settings == {}
    assert x.birth < y.birth


def test_a_variable_made_by_hand_has_no_history():
    x = Variable(1.0)

    assert (x.name, x.primitive, tuple(x.parents), tuple(x.arguments), x.settings) == (None, None, (), (), {})


def test_the_picture_in_text_shows_value_name_and_operation():
    x = Variable([1.0, 2.0], name="x")

    assert repr(x) == "Variable([1. 2.], name='x')"
    assert repr(np.sum(x)) == "Variable(3.0, made by sum)"


def test_a_variable_keeps_a_copy():
    data = np.array([1.0, 2.0])
    x = Variable(data)

    data[0] = 100.0

    np.testing.assert_array_equal(x.value, [1.0, 2.0])


def test_integers_and_booleans_become_floats():
    assert Variable(3).value.dtype == np.float64
    assert Variable([True, False]).value.dtype == np.float64


def test_large_numbers_are_finite_even_if_their_sum_is_not():
    np.testing.assert_array_equal(Variable([1e308, 1e308]).value, [1e308, 1e308])


def test_a_variable_that_is_used_often_adds_up_its_slopes():
    """The sum over paths: x * x + x * x + x has slope 4 x + 1."""
    x = Variable(3.0)
    square = x * x

    assert gradients(square + square + x, x) == 13.0


def test_every_walk_back_gives_the_same():
    x = Variable([1.0, 2.0])
    y = np.sum(x**3) * x[0]

    first, second = gradients(y, x), gradients(y, x)

    np.testing.assert_array_equal(first, second)


def test_gradients_come_in_the_structure_of_the_variables():
    a, b, unused = Variable(2.0), Variable([3.0, 4.0]), Variable([[1.0]])

    result = gradients(np.sum(a * b), (a, [b, unused]))

    assert isinstance(result, tuple)
    assert isinstance(result[1], list)
    assert isinstance(result[0], float)
    assert result[0] == 7.0
    np.testing.assert_array_equal(result[1][0], [2.0, 2.0])
    np.testing.assert_array_equal(result[1][1], [[0.0]])


def test_an_inner_variable_has_a_gradient_too():
    x = Variable(2.0)
    inner = x * 3
    y = inner**2

    assert gradients(y, [inner, x, y]) == [12.0, 36.0, 1.0]


def test_the_walk_may_start_with_any_gradient():
    x = Variable([1.0, 2.0])

    np.testing.assert_array_equal(gradients(x**2, x, output_gradient=[1.0, 10.0]), [2.0, 40.0])


def test_gradients_are_the_callers_own():
    """Neither the seed nor two gradients that are equal share memory, and both can be written to."""
    a, b, seed = Variable(np.ones(3)), Variable(np.ones(3)), np.ones(3)

    first, second = gradients(a + b, [a, b], output_gradient=seed)
    first += 1
    total = gradients(np.sum(a) + np.sum(b), [a, b])
    total[0] += 1

    np.testing.assert_array_equal(second, np.ones(3))
    np.testing.assert_array_equal(seed, np.ones(3))
    np.testing.assert_array_equal(total, [np.full(3, 2.0), np.ones(3)])


def test_gradients_that_pass_through_unchanged_are_not_shared():
    a, b = Variable(np.ones(3)), Variable(np.ones(3))

    first, second = gradients(np.sum((a + b) * 2.0), [a, b])
    first += 1

    np.testing.assert_array_equal(second, np.full(3, 2.0))


@pytest.fixture
def no_garbage_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def chain(x, length):
    for _ in range(length // 2):
        x = np.sin(x) * 1.01
    return x


@pytest.mark.usefixtures("no_garbage_collector")
def test_a_chain_of_100_000_operations_is_differentiated_and_freed():
    """Neither the walk nor the end of the graph recurses: both would exhaust the stack."""
    slope = grad(lambda x: chain(x, 100_000))(0.5)

    assert np.isfinite(slope)


def test_a_chain_has_the_slope_of_the_chain_rule():
    x, expected = 0.5, 1.0
    for _ in range(500):
        expected *= 1.01 * np.cos(x)
        x = np.sin(x) * 1.01

    value, slope = value_and_grad(lambda v: chain(v, 1000))(0.5)

    assert value == x
    assert slope == pytest.approx(expected, rel=1e-12)


def test_a_wide_reuse_is_walked_once_per_variable():
    """Doubling 200 times has 2^200 paths; a walk along paths would never end."""

    def doubled(x):
        for _ in range(200):
            x = x + x
        return x

    assert grad(doubled)(1.0) == 2.0**200


@pytest.mark.usefixtures("no_garbage_collector")
def test_the_graph_is_freed_with_its_output():
    """By reference counts alone: the graph has no cycles."""
    x = Variable(np.ones(10))
    y = np.sum(np.exp(x * 2) @ np.ones((10, 3)))
    watched = [weakref.ref(variable) for variable in (y, y.parents[0], y.parents[0].parents[0])]

    gradients(y, x)
    del y

    assert [reference() for reference in watched] == [None, None, None]
    assert x.value[0] == 1.0


@pytest.mark.usefixtures("no_garbage_collector")
def test_the_memory_of_a_gradient_is_freed_when_it_returns():
    x = np.ones(100_000)
    slope = grad(lambda v: np.sum(np.exp(np.sin(v) * v)))
    slope(x)
    tracemalloc.start()

    for _ in range(3):
        slope(x)
    left, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert left < 50_000
    assert peak > 3 * x.nbytes


@pytest.mark.usefixtures("no_garbage_collector")
def test_a_pullback_keeps_the_graph_and_its_end_frees_it():
    seen = []

    def f(x):
        y = np.exp(x)
        seen.append(weakref.ref(y))
        return y * 2

    _, pullback = vjp(f, np.ones(3))
    alive = seen[0]() is not None
    del pullback, _

    assert alive
    assert seen[0]() is None


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda _: Variable([1.0, np.nan]), ValueError, r"value must be finite, got \[ 1. nan\]"),
        (lambda _: Variable("text"), ValueError, "value must hold real numbers, got 'text'"),
        (Variable, TypeError, "a Variable cannot become a plain array"),
        (lambda x: gradients(3.0, x), TypeError, r"output must be a Variable, got 3\.0"),
        (lambda x: gradients(np.sum(x), 3.0), TypeError, r"variables must be a Variable or a list .*, got 3\.0"),
        (lambda x: gradients(np.sum(x), [x, 1.0]), TypeError, r"variables must be a Variable or a list .*, got 1\.0"),
        (lambda x: gradients(Dual(1.0, 1.0), x), TypeError, r"output must be a Variable, got Dual\(1\.0"),
        (lambda x: gradients(x, x), ValueError, r"shape of output, \(2,\), got shape \(\): use np.sum\(output\)"),
        (lambda x: gradients(x, x, output_gradient="a"), ValueError, "output_gradient must hold real numbers"),
    ],
)
def test_errors_say_what_was_given(call, error, message):
    with pytest.raises(error, match=message):
        call(Variable([1.0, 2.0]))
