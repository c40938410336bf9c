"""numerical_derivative and numerical_gradient: exact where theory says so, of the promised order elsewhere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import approx_fprime

from mlmath.calculus import numerical_derivative, numerical_gradient

numbers = st.floats(-10, 10)


@given(a=numbers, b=numbers, x=numbers)
def test_central_differences_are_exact_for_quadratics(a, b, x):
    """The truncation error is a third derivative, and a parabola has none."""
    slope = numerical_derivative(lambda v: a * v**2 + b * v, x, step=0.5)
    gradient = numerical_gradient(lambda v: a * v[0] ** 2 + b * v[0], [x], step=0.5)

    assert slope == pytest.approx(2 * a * x + b, abs=1e-9, rel=1e-9)
    np.testing.assert_allclose(gradient, [2 * a * x + b], atol=1e-9, rtol=1e-9)


@given(a=numbers, b=numbers, x=numbers)
def test_forward_differences_are_off_by_half_the_curvature_times_the_step(a, b, x):
    """For a parabola the truncation error h / 2 * f'' is not a bound but the error itself."""
    slope = numerical_derivative(lambda v: a * v**2 + b * v, x, step=0.5, method="forward")

    assert slope == pytest.approx(2 * a * x + b + 0.25 * 2 * a, abs=1e-9, rel=1e-9)


@pytest.mark.parametrize(("method", "order"), [("forward", 1.0), ("central", 2.0)])
def test_the_error_falls_with_the_power_of_the_step(method, order):
    """The slope of log error against log step is the order of accuracy."""
    steps = np.array([1e-1, 1e-2, 1e-3])
    errors = [abs(numerical_derivative(np.exp, 1.0, step=h, method=method) - np.e) for h in steps]

    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]

    assert slope == pytest.approx(order, abs=0.05)


@pytest.mark.parametrize("method", ["forward", "central"])
@pytest.mark.parametrize("x", [1.0, 1000.0, -1000.0])
def test_the_default_step_beats_every_power_of_ten(method, x):
    """The claim about the best step, measured; far from 0 it holds because the step grows with x."""
    wave = lambda v: math.sin(v / x)  # noqa: E731

    def error(**knobs):
        return abs(numerical_derivative(wave, x, method=method, **knobs) - math.cos(1.0) / x)

    assert error() <= 10 * min(error(step=10.0**k) for k in range(-12, 2))


def test_the_gradient_takes_the_same_step_as_the_derivative():
    for x in (0.0, 3.0, -1000.0):
        slope = numerical_derivative(math.sin, x)

        np.testing.assert_array_equal(numerical_gradient(lambda v: math.sin(v[0]), [x]), [slope])


def test_a_step_lost_in_rounding_gives_zero():
    assert numerical_derivative(lambda x: x, 1.0, step=1e-17) == 0.0


def test_f_may_use_the_math_module():
    """math.exp refuses arrays in some versions of numpy, so f is given a plain float."""
    seen = []

    def growth(x):
        seen.append(type(x))
        return math.exp(x)

    slope = numerical_derivative(growth, np.float64(0.0))

    assert slope == pytest.approx(1.0)
    assert set(seen) == {float}


def test_only_one_coordinate_moves_at_a_time():
    """v0 * v1 has no error along an axis, but any stray shift shows at once."""
    np.testing.assert_allclose(numerical_gradient(lambda v: v[0] * v[1], [1.0, 2.0], step=0.5), [2.0, 1.0])


@given(x=arrays(np.float64, 4, elements=st.floats(-3, 3)))
def test_the_gradient_agrees_with_scipy(x):
    f = lambda v: np.sin(v[0]) * v[1] ** 2 + np.exp(v[2] / 3) * v[3]  # noqa: E731

    np.testing.assert_allclose(numerical_gradient(f, x), approx_fprime(x, f), atol=1e-5)


def test_the_point_is_left_alone():
    x = np.array([1.0, 2.0])

    def scribbling(v):
        v.fill(0.0)
        return 0.0

    numerical_gradient(scribbling, x)

    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize(
    ("f", "x", "knobs", "message"),
    [
        (math.sin, [1.0], {}, r"x must be one finite number, got \[1\.\]"),
        (math.sin, np.inf, {}, "x must be one finite number, got inf"),
        (math.sin, 1.0, {"step": 0.0}, r"step must be positive, got 0\.0"),
        (math.sin, 1.0, {"step": -1.0, "method": "forward"}, r"step must be positive, got -1\.0"),
        (math.sin, 1.0, {"method": "backward"}, "method must be 'central' or 'forward', got 'backward'"),
        (lambda x: [x], 1.0, {}, r"f must return one finite number, got \[1\.00"),
        (np.log, 0.0, {}, r"got nan at x = -6\.05.*e-06: try a smaller step if x is at the edge"),
        (np.log, 0.0, {"method": "forward"}, r"got -inf at x = 0\.0: try a smaller step"),
    ],
)
def test_errors_of_the_derivative_name_the_argument(f, x, knobs, message):
    with pytest.raises(ValueError, match=message):
        numerical_derivative(f, x, **knobs)


@pytest.mark.parametrize(
    ("f", "x", "step", "message"),
    [
        (lambda v: v[0], [[1.0]], None, r"x must have shape \(n,\), got shape \(1, 1\)"),
        (lambda v: v[0], [np.nan], None, "x must be finite"),
        (lambda v: v[0], [1.0], 0.0, r"step must be positive, got 0\.0"),
        (lambda v: v, [1.0, 2.0], None, r"f must return one finite number, got \[1\.00.* at x = \[1\.00"),
        (lambda v: np.log(v[0]), [0.0], None, r"got nan at x = \[-6\.05.*e-06\]: try a smaller step"),
    ],
)
def test_errors_of_the_gradient_name_the_argument(f, x, step, message):
    with pytest.raises(ValueError, match=message):
        numerical_gradient(f, x, step=step)


def test_the_cause_of_a_refused_value_is_kept():
    with pytest.raises(ValueError, match="f must return one finite number") as refused:
        numerical_derivative(lambda _: "1", 1.0)  # type: ignore[arg-type, return-value]

    assert str(refused.value.__cause__) == "f must hold real numbers, got '1'"
