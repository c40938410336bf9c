"""gauss_newton: one step for lines, certified values for curves, and how it reports trouble."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import least_squares

from mlmath.calculus import numerical_gradient
from mlmath.optim import gauss_newton

MODELS = {
    "Misra1a": lambda x, b: b[0] * (1 - np.exp(-b[1] * x)),
    "Misra1b": lambda x, b: b[0] * (1 - (1 + b[1] * x / 2) ** -2),
    "DanWood": lambda x, b: b[0] * x ** b[1],
    "Chwirut2": lambda x, b: np.exp(-b[0] * x) / (b[1] + b[2] * x),
    "Gauss1": lambda x, b: (
        b[0] * np.exp(-b[1] * x)
        + b[2] * np.exp(-((x - b[3]) ** 2) / b[4] ** 2)
        + b[5] * np.exp(-((x - b[6]) ** 2) / b[7] ** 2)
    ),
    "MGH17": lambda x, b: b[0] + b[1] * np.exp(-x * b[3]) + b[2] * np.exp(-x * b[4]),
    "Rat42": lambda x, b: b[0] / (1 + np.exp(b[1] - b[2] * x)),
    "BoxBOD": lambda x, b: b[0] * (1 - np.exp(-b[1] * x)),
}

TIMES = np.array([0.0, 1.0, 2.0, 3.0])
OBSERVED = np.array([3.1, 1.8, 1.0, 0.8])


def decay(p):
    """Residuals of p0 * exp(-p1 * t): predicted minus observed."""
    return p[0] * np.exp(-p[1] * TIMES) - OBSERVED


def decay_jacobian(p):
    return np.column_stack([np.exp(-p[1] * TIMES), -p[0] * TIMES * np.exp(-p[1] * TIMES)])


@pytest.mark.parametrize("name", MODELS)
def test_it_finds_the_certified_estimates(nist, name):
    problem = nist(name)

    path = gauss_newton(lambda b: MODELS[name](problem.x, b) - problem.y, problem.second_start)

    np.testing.assert_allclose(path.result, problem.estimates, rtol=1e-6)
    assert path.losses[-1] == pytest.approx(problem.residual_sum_of_squares, rel=1e-9)
    assert path.stop_reason == "the gradient norm reached the tolerance"


def test_an_exact_jacobian_finds_more_certified_digits(nist):
    problem = nist("Misra1a")

    def jacobian(b):
        grown = np.exp(-b[1] * problem.x)
        return np.column_stack([1 - grown, b[0] * problem.x * grown])

    path = gauss_newton(lambda b: MODELS["Misra1a"](problem.x, b) - problem.y, problem.second_start, jacobian=jacobian)

    np.testing.assert_allclose(path.result, problem.estimates, rtol=1e-10)


@given(seed=st.integers(0, 2**32 - 1))
def test_linear_residuals_are_solved_in_one_step(seed):
    rng = np.random.default_rng(seed)
    A, b, start = rng.normal(size=(8, 3)), rng.normal(size=8), rng.normal(size=3)

    path = gauss_newton(lambda x: A @ x - b, start, steps=1)

    np.testing.assert_allclose(path.result, np.linalg.lstsq(A, b)[0], atol=1e-6)


def test_the_walk_agrees_with_a_plain_loop():
    path = gauss_newton(decay, [2.0, 1.0], jacobian=decay_jacobian, steps=4, tolerance=0.0)

    a, b, expected = 2.0, 1.0, []
    for _ in range(5):
        expected.append((a, b))
        e = np.exp(-b * TIMES)
        r, along_a, along_b = a * e - OBSERVED, e, -a * TIMES * e
        aa, ab, bb = sum(along_a**2), sum(along_a * along_b), sum(along_b**2)
        right_a, right_b = -sum(along_a * r), -sum(along_b * r)
        determinant = aa * bb - ab**2  # two equations by Cramer's rule
        a, b = a + (bb * right_a - ab * right_b) / determinant, b + (aa * right_b - ab * right_a) / determinant
    np.testing.assert_allclose(path.points, expected, rtol=1e-9)
    assert path.stop_reason == "all steps were taken"


def test_it_agrees_with_scipy():
    path = gauss_newton(decay, [2.0, 1.0])

    np.testing.assert_allclose(path.result, least_squares(decay, [2.0, 1.0], xtol=1e-12).x, rtol=1e-6)


def test_losses_and_gradients_are_those_of_the_sum_of_squares():
    path = gauss_newton(decay, [2.0, 1.0], jacobian=decay_jacobian, steps=3)

    def loss(p):
        return sum(r**2 for r in decay(p))

    np.testing.assert_allclose(path.losses, [loss(p) for p in path.points])
    slopes = [np.linalg.norm(numerical_gradient(loss, p)) for p in path.points]
    np.testing.assert_allclose(path.gradient_norms, slopes, rtol=1e-5, atol=1e-8)


def test_it_stops_at_the_first_point_within_the_tolerance():
    whole = gauss_newton(decay, [2.0, 1.0], jacobian=decay_jacobian)

    path = gauss_newton(decay, [2.0, 1.0], jacobian=decay_jacobian, tolerance=whole.gradient_norms[4])

    np.testing.assert_array_equal(path.points, whole.points[:5])
    assert path.stop_reason == "the gradient norm reached the tolerance"


def test_by_default_it_stops_at_a_gradient_of_1e_8_or_after_50_steps():
    """For exp(-p) every step is 1 long and the gradient 2 exp(-2 p): at 9.35 it is 1.5e-8, at 10.35 2e-9."""
    reached = gauss_newton(lambda p: np.exp(-p), [0.35])
    stopped = gauss_newton(lambda p: np.exp(-p), [-45.0])

    np.testing.assert_allclose(reached.points[:, 0], 0.35 + np.arange(11), rtol=1e-8)
    np.testing.assert_allclose(stopped.points[:, 0], -45.0 + np.arange(51), atol=1e-6)


def test_no_steps_return_the_start_alone():
    path = gauss_newton(decay, [2.0, 1.0], steps=0)

    np.testing.assert_array_equal(path.points, [[2.0, 1.0]])
    assert path.stop_reason == "all steps were taken"


def test_residuals_that_scribble_on_their_argument_change_nothing():
    start = np.array([2.0, 1.0])

    def scribbling(p):
        r = decay(p)
        p.fill(9.0)
        return r

    def scribbling_jacobian(p):
        J = decay_jacobian(p)
        p.fill(9.0)
        return J

    path = gauss_newton(scribbling, start, jacobian=scribbling_jacobian)

    np.testing.assert_array_equal(path.points, gauss_newton(decay, start, jacobian=decay_jacobian).points)
    np.testing.assert_array_equal(start, [2.0, 1.0])


def test_divergence_names_the_step_and_the_cure():
    """The tangent of the logarithm at 10 meets zero below 0, where there is no logarithm."""
    with pytest.raises(FloatingPointError) as info:
        gauss_newton(np.log, [10.0])

    assert str(info.value) == (
        "diverged at step 1, where the loss is nan: "
        "try a start closer to the solution, or gradient_descent, which takes smaller steps"
    )


def test_parameters_with_the_same_effect_are_named():
    with pytest.raises(ValueError, match="J\\^T J is singular at step 0") as info:
        gauss_newton(lambda p: (p[0] + p[2]) * TIMES + p[1] - OBSERVED, [1.0, 1.0, 1.0])

    assert "parameters [0, 2] have the same effect on the residuals at [1. 1. 1.]" in str(info.value)
    assert "try another start, or fix one of these parameters" in str(info.value)


@pytest.mark.parametrize(
    ("residuals", "jacobian", "message"),
    [
        (lambda p: p @ p, None, r"residuals must return shape \(m,\) with m at least 2, .* got shape \(\)"),
        (lambda p: p[:1], None, r"residuals must return shape \(m,\) with m at least 2, .* got shape \(1,\)"),
        (lambda _: ["a", "b"], None, r"residuals\(point\) must hold real numbers, got \['a', 'b'\]"),
        (lambda p: p / 0.0, None, "the loss at start must be finite, got inf: try another start"),
        (decay, lambda _: np.ones((2, 4)), r"jacobian must return shape \(4, 2\), got shape \(2, 4\)"),
        (decay, lambda _: None, r"jacobian\(point\) must hold real numbers, got None"),
        (decay, lambda _: np.full((4, 2), np.inf), "the gradient norm at start must be finite"),
    ],
)
def test_functions_that_return_the_wrong_thing_are_refused(residuals, jacobian, message):
    with pytest.raises(ValueError, match=message):
        gauss_newton(residuals, [2.0, 1.0], jacobian=jacobian)


@pytest.mark.parametrize(
    ("start", "knobs", "message"),
    [
        ([np.inf, 1.0], {}, r"start must be finite, got inf at start\[0\]"),
        ([2.0, 1.0], {"steps": -1}, "steps must be at least 0, got -1"),
        ([2.0, 1.0], {"tolerance": -1.0}, r"tolerance must not be negative, got -1\.0"),
    ],
)
def test_errors_name_the_argument(start, knobs, message):
    with pytest.raises(ValueError, match=message):
        gauss_newton(decay, start, **knobs)


@pytest.mark.parametrize("steps", [3.0])
def test_steps_that_are_no_integer_are_refused(steps):
    with pytest.raises(TypeError, match=r"steps must be an integer, got 3\.0"):
        gauss_newton(decay, [2.0, 1.0], steps=steps)
