"""complex_step_derivative and complex_step_gradient: exact to rounding, and not fooled by a lost imaginary part."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.calculus import complex_step_derivative, complex_step_gradient, numerical_derivative

EPSILON = np.finfo(float).eps


@given(x=st.floats(-3, 3))
def test_the_slope_is_right_to_the_last_digits(x):
    slope = complex_step_derivative(lambda z: np.exp(z) * np.sin(z), x)

    exact = math.exp(x) * (math.sin(x) + math.cos(x))
    assert slope == pytest.approx(exact, rel=4 * EPSILON, abs=8 * EPSILON * math.exp(x))


@pytest.mark.parametrize("x", [1e-300, 1e-30, 1.0, 1e30, 1e300])
def test_points_of_any_size_keep_all_digits(x):
    assert complex_step_derivative(np.log, x) == pytest.approx(1 / x, rel=1e-14)
    assert complex_step_derivative(lambda z: z / 3, -x) == pytest.approx(1 / 3, rel=1e-14)


def test_zero_is_a_point_like_any_other():
    assert complex_step_derivative(np.sin, 0.0) == 1.0
    assert complex_step_derivative(lambda z: 1e-200 * z, 0.0) == pytest.approx(1e-200, rel=1e-15)


def test_the_truncation_error_is_of_second_order():
    steps = np.array([1e-1, 1e-2, 1e-3])
    errors = [abs(complex_step_derivative(np.exp, 1.0, step=h) - np.e) for h in steps]

    assert np.polyfit(np.log(steps), np.log(errors), 1)[0] == pytest.approx(2.0, abs=0.05)


def test_a_step_that_would_ruin_a_difference_does_no_harm():
    assert numerical_derivative(np.exp, 1.0, step=1e-18) == 0.0
    assert complex_step_derivative(np.exp, 1.0, step=1e-18) == pytest.approx(np.e, rel=EPSILON)


@given(x=arrays(np.float64, 3, elements=st.floats(-3, 3)), A=arrays(np.float64, (3, 3), elements=st.floats(-3, 3)))
def test_the_gradient_of_a_quadratic_form_is_known(x, A):
    gradient = complex_step_gradient(lambda v: v @ A @ v, x)

    np.testing.assert_allclose(gradient, (A + A.T) @ x, rtol=1e-13, atol=1e-13)


def test_each_component_takes_the_step_of_its_own_size():
    x = [1e-30, 0.0, 1e30]

    gradient = complex_step_gradient(lambda v: np.log(v[0]) + np.sin(v[1]) + np.log(v[2]), x)

    np.testing.assert_allclose(gradient, [1e30, 1.0, 1e-30], rtol=1e-14)


def test_the_default_step_is_tiny_beside_the_component_and_never_zero():
    steps = []

    def note_step(v):
        steps.append(v.imag.max())
        return 1j

    complex_step_gradient(note_step, [0.0, -3.0])

    np.testing.assert_allclose(steps, [1e-20, 3e-20], rtol=1e-15)


def test_a_given_step_is_used_for_all_components():
    """The cube of x + i h has the imaginary part 3 x^2 h - h^3."""
    np.testing.assert_allclose(complex_step_gradient(lambda v: (v**3).sum(), [1.0, 2.0], step=0.5), [2.75, 11.75])


def test_f_gets_a_python_number_and_the_point_is_left_alone():
    seen = []

    def recorded(z):
        seen.append(type(z))
        return z

    x = np.array([1.0, 2.0])

    def scribbling(v):
        v.fill(0)
        return 1j

    complex_step_derivative(recorded, 1.0)
    complex_step_gradient(scribbling, x)

    assert seen == [complex]
    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize(
    "f",
    [
        abs,
        np.abs,
        lambda z: z.real,
        lambda _: 3,
        lambda z: z.real > 0,
    ],
)
def test_a_result_without_imaginary_part_is_refused(f):
    with pytest.raises(ValueError, match=r"keep the imaginary part, but returned the real .* at x = \(1\+1e-20j\)"):
        complex_step_derivative(f, 1.0)


def test_a_cast_to_real_numbers_is_refused():
    with pytest.raises(ValueError, match=r"f must keep the imaginary part, but casts it away at x = .*: use numpy fun"):
        complex_step_gradient(lambda v: v.astype(np.float64)[0] + 0j, [1.0])


def test_a_warning_of_f_stays_a_warning():
    def outdated(z):
        warnings.warn("use the new f", UserWarning, stacklevel=1)
        return z

    with pytest.warns(UserWarning, match="use the new f"):
        complex_step_derivative(outdated, 1.0)


@pytest.mark.parametrize("f", [math.sin, float, lambda z: max(z, 0)])
def test_a_function_of_real_numbers_only_is_refused(f):
    with pytest.raises(TypeError, match=r"f must accept complex numbers, got .* at x = .* else numerical_derivative"):
        complex_step_derivative(f, 1.0)


@pytest.mark.parametrize(
    ("f", "x", "knobs", "message"),
    [
        (np.sin, [1.0], {}, r"x must be one finite number, got \[1\.\]"),
        (np.sin, 1j, {}, "x must hold real numbers"),
        (np.sin, 1.0, {"step": 0.0}, r"step must be positive, got 0\.0"),
        (np.exp, 1000.0, {}, r"f must return one finite complex number, got .* at x = \(1000\+"),
        (lambda z: [z], 1.0, {}, r"f must return one finite complex number, got \[1"),
        (lambda _: "1", 1.0, {}, "f must return one finite complex number, got 1 at"),
    ],
)
def test_errors_of_the_derivative_name_the_argument(f, x, knobs, message):
    with pytest.raises(ValueError, match=message):
        complex_step_derivative(f, x, **knobs)


@pytest.mark.parametrize(
    ("f", "x", "knobs", "message"),
    [
        (np.sum, 1.0, {}, r"x must have shape \(n,\), got shape \(\)"),
        (np.sum, [np.nan], {}, r"x must be finite, got nan at x\[0\]"),
        (np.sum, [1.0], {"step": -1.0}, r"step must be positive, got -1\.0"),
        (lambda v: v, [1.0], {}, "f must return one finite complex number"),
    ],
)
def test_errors_of_the_gradient_name_the_argument(f, x, knobs, message):
    with pytest.raises(ValueError, match=message):
        complex_step_gradient(f, x, **knobs)


def test_a_slope_beyond_float64_is_refused():
    with pytest.raises(ValueError, match=r"the slope of f exceeds the largest float64 at x = \(1e-200\+"):
        complex_step_derivative(lambda z: 1 / z, 1e-200)
