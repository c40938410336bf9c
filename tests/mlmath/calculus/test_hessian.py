"""numerical_hessian: exact for quadratics, of second order elsewhere, always symmetric."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import hessian as exact_hessian
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import rosen, rosen_der, rosen_hess

from mlmath.calculus import numerical_hessian

numbers = st.floats(-3, 3)
matrices = arrays(np.float64, (3, 3), elements=numbers)


@given(A=matrices, x=arrays(np.float64, 3, elements=numbers))
def test_the_hessian_of_a_quadratic_form_is_its_symmetric_part(A, x):
    f = lambda v: v @ A @ v / 2  # noqa: E731
    gradient = lambda v: (A + A.T) @ v / 2  # noqa: E731

    np.testing.assert_allclose(numerical_hessian(f, x, step=0.5), (A + A.T) / 2, atol=1e-12)
    np.testing.assert_allclose(numerical_hessian(f, x, gradient=gradient, step=0.5), (A + A.T) / 2, atol=1e-12)


@given(x=arrays(np.float64, 4, elements=st.floats(-2, 2)))
def test_it_agrees_with_the_exact_hessian_of_the_banana(x):
    scale = np.abs(rosen_hess(x)).max()

    np.testing.assert_allclose(numerical_hessian(rosen, x), rosen_hess(x), atol=1e-6 * scale)
    np.testing.assert_allclose(numerical_hessian(rosen, x, gradient=rosen_der), rosen_hess(x), atol=1e-8 * scale)


def test_it_agrees_with_automatic_differentiation():
    f = lambda v: anp.exp(v[0] * v[1]) + anp.sin(v[2]) * v[0] ** 2  # noqa: E731
    x = np.array([0.3, -0.5, 1.2])

    np.testing.assert_allclose(numerical_hessian(f, x), exact_hessian(f)(x), atol=1e-7)


@pytest.mark.parametrize("gradient", [None, lambda v: np.array([1.0, 1.0]) * np.exp(v.sum())])
def test_the_error_is_of_second_order(gradient):
    f = lambda v: np.exp(v.sum())  # noqa: E731
    steps = np.array([0.2, 0.1, 0.05])
    errors = [np.abs(numerical_hessian(f, [0.5, 0.5], gradient=gradient, step=h) - np.e).max() for h in steps]

    assert np.polyfit(np.log(steps), np.log(errors), 1)[0] == pytest.approx(2.0, abs=0.05)


@given(x=arrays(np.float64, 3, elements=numbers))
def test_it_is_exactly_symmetric(x):
    f = lambda v: np.sin(v[0] * v[1]) + np.exp(v[2] - v[0])  # noqa: E731
    lopsided = lambda v: np.array([v[1], v[2], np.cos(v[0])])  # noqa: E731

    plain, from_gradient = numerical_hessian(f, x), numerical_hessian(f, x, gradient=lopsided)

    np.testing.assert_array_equal(plain, plain.T)
    np.testing.assert_array_equal(from_gradient, from_gradient.T)


def test_the_default_step_grows_with_each_component():
    f = lambda v: np.sin(v[0] / 1e4) * np.sin(v[1])  # noqa: E731
    s, c = np.sin(1.0), np.cos(1.0)
    exact = np.array([[-s * s / 1e8, c * c / 1e4], [c * c / 1e4, -s * s]])

    np.testing.assert_allclose(numerical_hessian(f, [1e4, 1.0]), exact, rtol=1e-6)


def test_near_the_origin_the_default_step_is_the_fourth_root_of_the_rounding_error():
    moved = []

    def flat(v):
        moved.append(v[0])
        return 0.0

    numerical_hessian(flat, [0.0])

    assert max(moved) == 2 * np.finfo(float).eps ** (1 / 4)


@pytest.mark.parametrize("x", [0.5, 100.0])
def test_the_default_step_beats_every_power_of_ten(x):
    f = lambda v: np.sin(v[0] / x)  # noqa: E731

    def error(**knobs):
        return abs(numerical_hessian(f, [x], **knobs)[0, 0] + np.sin(1.0) / x**2)

    assert error() <= 30 * min(error(step=10.0**k) for k in range(-8, 1))


def test_f_is_called_four_times_per_pair_and_not_at_all_with_a_gradient():
    calls = []

    def f(v):
        calls.append(v)
        return v @ v

    numerical_hessian(f, [1.0, 2.0, 3.0])
    with_values = len(calls)
    numerical_hessian(f, [1.0, 2.0, 3.0], gradient=lambda v: 2 * v)

    assert (with_values, len(calls)) == (24, 24)


def test_the_point_is_left_alone():
    x = np.array([1.0, 2.0])

    def scribbling(v):
        v.fill(0.0)
        return 0.0

    numerical_hessian(scribbling, x)

    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize(
    ("f", "x", "knobs", "message"),
    [
        (np.sum, 1.0, {}, r"x must have shape \(n,\), got shape \(\)"),
        (np.sum, [1.0], {"step": 0.0}, r"step must be positive, got 0\.0"),
        (np.sum, [1.0], {"step": -1.0, "gradient": lambda v: v}, r"step must be positive, got -1\.0"),
        (lambda v: v, [1.0], {}, r"f must return one finite number, got \[1"),
        (lambda v: np.log(v[0]), [0.0], {}, r"got -inf at x = \[0\.\]: try a smaller step"),
        (np.sum, [1.0, 2.0], {"gradient": lambda v: v[:1]}, r"gradient must return shape \(2,\), like x, got .*\(1,\)"),
    ],
)
def test_errors_name_the_argument(f, x, knobs, message):
    with pytest.raises(ValueError, match=message):
        numerical_hessian(f, x, **knobs)
