"""Where slopes are chosen: kinks, ties, and places where the slope is infinite."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.autodiff import grad, jvp, log_sum_exp, relu, sigmoid, softmax, vjp


@pytest.mark.parametrize("f", [relu, np.abs, np.linalg.norm], ids=["relu", "abs", "norm"])
def test_the_slope_at_the_kink_at_zero_is_zero(f):
    assert grad(f)(0.0) == 0.0
    assert jvp(f, 0.0, 1.0).tangent == 0.0


@pytest.mark.parametrize("f", [np.maximum, np.minimum])
def test_a_tie_of_two_gives_each_half_the_slope(f):
    assert grad(f, argument=(0, 1))(2.0, 2.0) == (0.5, 0.5)


@pytest.mark.parametrize("f", [np.max, np.min])
def test_equal_extremes_share_the_slope(f):
    np.testing.assert_array_equal(grad(f)(np.array([1.0, 1.0, 1.0, 1.0])), [0.25] * 4)
    np.testing.assert_array_equal(vjp(lambda x: f(x, axis=1), np.eye(2) * 0).pullback([2.0, 4.0]), [[1, 1], [2, 2]])


@given(x=arrays(np.float64, 4, elements=st.integers(-1, 1)), y=arrays(np.float64, 4, elements=st.floats(-3, 3)))
def test_the_slopes_of_convex_functions_are_subgradients(x, y):
    """The line with that slope stays below the function everywhere: the definition of a subgradient."""
    for f in (np.max, lambda v: np.sum(relu(v)), lambda v: np.sum(np.abs(v)), np.linalg.norm):
        assert f(y) >= f(x) + grad(f)(x) @ (y - x) - 1e-12


def test_infinite_slopes_are_given_without_a_warning():
    assert grad(np.sqrt)(0.0) == np.inf
    assert jvp(np.sqrt, 0.0, 1.0).tangent == np.inf
    assert np.isnan(grad(lambda x: np.sqrt(x**2))(0.0))


@pytest.mark.parametrize("exponent", [0, 0.0, np.array(0.0)])
def test_the_zeroth_power_has_slope_zero_even_at_zero(exponent):
    assert grad(lambda x: x**exponent)(0.0) == 0.0


def test_the_zeroth_power_of_a_huge_number_has_slope_zero():
    """The slope is 0 times a power, which must not overflow."""
    assert grad(lambda x: np.sum(x ** np.zeros(2)))(1e200) == 0.0


@pytest.mark.parametrize("exponent", [0.0, 2.0])
def test_powers_of_zero_have_slope_zero_in_an_exponent_that_is_not_negative(exponent):
    assert grad(lambda b: 0.0**b)(exponent) == 0.0


def test_small_integer_powers_are_exact_at_zero_and_below():
    assert grad(lambda x: x**1)(0.0) == 1.0
    assert grad(lambda x: x**2)(0.0) == 0.0
    assert grad(lambda x: x**3)(-2.0) == 12.0


def test_the_sigmoid_is_smooth_at_zero_however_often_it_is_differentiated():
    """Its formula uses |x|, whose kink must not show."""
    first = grad(sigmoid)
    second = grad(first)
    third = grad(second)

    assert (first(0.0), second(0.0), third(0.0)) == (0.25, 0.0, -0.125)


@pytest.mark.parametrize("x", [1e300, -1e300, 800.0, -800.0])
def test_large_arguments_do_not_overflow(x):
    step = float(x > 0)
    scores = np.array([x, 0.0])

    assert sigmoid(x) == pytest.approx(step, abs=1e-300)
    assert grad(sigmoid)(x) == 0.0
    assert log_sum_exp(scores) == max(x, 0.0)
    np.testing.assert_array_equal(grad(log_sum_exp)(scores), [step, 1 - step])
    np.testing.assert_array_equal(softmax(scores), [step, 1 - step])
    np.testing.assert_array_equal(grad(lambda v: softmax(v)[0])(scores), [0.0, 0.0])


def test_impossible_scores_have_probability_zero():
    """Minus infinity is a score: that of a class that is ruled out."""
    scores = np.array([0.0, -np.inf, 0.0])

    np.testing.assert_array_equal(softmax(scores), [0.5, 0.0, 0.5])
    assert log_sum_exp(scores) == np.log(2)
    assert log_sum_exp([-np.inf, -np.inf]) == -np.inf


@given(x=arrays(np.float64, 5, elements=st.floats(-50, 50)), shift=st.floats(-50, 50))
def test_softmax_is_the_gradient_of_log_sum_exp_and_ignores_shifts(x, shift):
    np.testing.assert_allclose(grad(log_sum_exp)(x), softmax(x), rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(softmax(x + shift), softmax(x), rtol=1e-11, atol=1e-300)
    assert log_sum_exp(x + shift) == pytest.approx(log_sum_exp(x) + shift, abs=1e-11)


@pytest.mark.parametrize("x", [1e-300, 1e300])
def test_extreme_numbers_keep_their_slopes(x):
    assert grad(np.log)(x) == 1 / x
    assert grad(lambda v: v / x)(x) == 1 / x
    assert grad(np.sqrt)(x) == pytest.approx(0.5 / np.sqrt(x), rel=1e-15)


def test_log_sum_exp_removes_one_axis_alone():
    assert log_sum_exp([[1.0, 2.0]]).shape == (1,)


def test_every_row_is_scaled_by_itself():
    """One shift for all rows would make 0 / 0 of the row that is far below the other."""
    np.testing.assert_array_equal(softmax([[2000.0, 2000.0], [0.0, 0.0]]), np.full((2, 2), 0.5))
    np.testing.assert_array_equal(log_sum_exp([[2000.0], [-2000.0]]), [2000.0, -2000.0])
