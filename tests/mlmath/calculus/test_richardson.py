"""richardson_derivative: every column of the tableau gains two orders."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.calculus import numerical_derivative, richardson_derivative


@given(
    coefficients=st.lists(st.floats(-2, 2), min_size=7, max_size=7),
    x=st.floats(-2, 2),
)
def test_three_levels_are_exact_for_polynomials_of_degree_six(coefficients, x):
    p = np.polynomial.Polynomial(coefficients)

    slope = richardson_derivative(p, x, step=0.5, levels=3).slope

    assert slope == pytest.approx(p.deriv()(x), rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("levels", [1, 2, 3, 4])
def test_the_order_is_twice_the_number_of_levels(levels):
    steps = np.array([0.8, 0.4, 0.2])
    errors = [abs(richardson_derivative(np.exp, 1.0, step=h, levels=levels).slope - np.e) for h in steps]

    assert np.polyfit(np.log(steps), np.log(errors), 1)[0] == pytest.approx(2 * levels, abs=0.1)


def test_the_first_column_holds_central_differences_with_halved_steps():
    tableau = richardson_derivative(np.exp, 1.0, step=0.4, levels=3).tableau

    np.testing.assert_array_equal(tableau[:, 0], [numerical_derivative(np.exp, 1.0, step=h) for h in (0.4, 0.2, 0.1)])


def test_there_is_nothing_above_the_diagonal():
    tableau = richardson_derivative(np.exp, 1.0, levels=4).tableau

    np.testing.assert_array_equal(np.isnan(tableau), np.triu(np.ones((4, 4)), 1).astype(bool))


@pytest.mark.parametrize("x", [0.0, 3.0, -1000.0])
def test_one_level_is_the_central_difference(x):
    extrapolation = richardson_derivative(math.sin, x, levels=1)

    assert extrapolation.tableau.shape == (1, 1)
    assert extrapolation.slope == numerical_derivative(math.sin, x)


def test_two_levels_are_the_default_and_beat_the_central_difference():
    extrapolation = richardson_derivative(np.exp, 1.0)

    assert extrapolation.tableau.shape == (2, 2)
    assert abs(extrapolation.slope - np.e) < abs(numerical_derivative(np.exp, 1.0) - np.e)


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("x", [1.0, -1000.0])
def test_the_default_step_is_about_the_best(levels, x):
    wave = lambda v: math.sin(v / x)  # noqa: E731

    def error(**knobs):
        return abs(richardson_derivative(wave, x, levels=levels, **knobs).slope - math.cos(1.0) / x)

    assert error() <= 30 * min(error(step=10.0**k) for k in range(-8, 2))


@pytest.mark.parametrize(
    ("x", "knobs", "error", "message"),
    [
        (np.nan, {}, ValueError, "x must be one finite number, got nan"),
        (1.0, {"step": 0.0}, ValueError, r"step must be positive, got 0\.0"),
        (1.0, {"levels": 0}, ValueError, "levels must be at least 1, got 0"),
        (1.0, {"levels": 2.0}, TypeError, r"levels must be an integer, got 2\.0"),
        (0.0, {}, ValueError, "f must return one finite number, got .*: try a smaller step"),
    ],
)
def test_errors_name_the_argument(x, knobs, error, message):
    with pytest.raises(error, match=message):
        richardson_derivative(np.log, x, **knobs)
