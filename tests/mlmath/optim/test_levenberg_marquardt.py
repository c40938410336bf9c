"""levenberg_marquardt: the textbook's damping, scaling that ignores units, and every reason to stop."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import least_squares

from mlmath.calculus import numerical_gradient
from mlmath.optim import gauss_newton, levenberg_marquardt
from mlmath.optim.levenberg_marquardt import damped_step

seeds = st.integers(0, 2**32 - 1)
TIMES = np.array([0.0, 1.0, 2.0, 3.0])
OBSERVED = np.array([3.1, 1.8, 1.0, 0.8])


def decay(p):
    """Residuals of p0 * exp(-p1 * t): predicted minus observed."""
    return p[0] * np.exp(-p[1] * TIMES) - OBSERVED


def decay_jacobian(p):
    return np.column_stack([np.exp(-p[1] * TIMES), -p[0] * TIMES * np.exp(-p[1] * TIMES)])


@given(seed=seeds)
def test_a_damped_step_solves_the_damped_normal_equation(seed):
    rng = np.random.default_rng(seed)
    J, r, D, mu = rng.normal(size=(6, 3)), rng.normal(size=6), rng.uniform(0.1, 10, 3), rng.uniform(0.01, 10)

    d = damped_step(J, r, mu, D)

    np.testing.assert_allclose(d, np.linalg.solve(J.T @ J + mu * np.diag(D**2), -J.T @ r), rtol=1e-8)


@pytest.mark.parametrize("start", [(2.0, 1.0), (1.0, 5.0), (-3.0, -1.0)])
def test_the_walk_agrees_with_the_textbooks_loop(start):
    """Madsen, Nielsen & Tingleff, algorithm 3.16, in halved sums of squares and normal equations."""
    path = levenberg_marquardt(decay, start, jacobian=decay_jacobian, steps=12)

    x, mu, nu = np.array(start), 1e-3, 2.0
    J, r = decay_jacobian(x), decay(x)
    D, expected = np.sqrt(np.diag(J.T @ J)), [x]
    for _ in range(12):
        g = J.T @ r
        h = np.linalg.inv(J.T @ J + mu * np.diag(D**2)) @ -g
        with np.errstate(all="ignore"):
            gain = (decay(x) @ decay(x) - decay(x + h) @ decay(x + h)) / (h @ (mu * D**2 * h - g))
        if gain > 0:
            x = x + h
            J, r = decay_jacobian(x), decay(x)
            D = np.maximum(D, np.sqrt(np.diag(J.T @ J)))
            mu, nu = mu * max(1 / 3, 1 - (2 * gain - 1) ** 3), 2.0
            expected.append(x)
        else:
            mu, nu = mu * nu, nu * 2
    shared = min(len(path.points), len(expected))
    assert shared > 5
    np.testing.assert_allclose(path.points[:shared], expected[:shared], rtol=1e-6)


def test_damping_grows_anew_after_every_success():
    """Rosenbrock's residuals, whose valley bends: failures before and after successes, all with J^T J written out."""

    def residuals(v):
        return np.array([10 * (v[1] - v[0] ** 2), 1 - v[0]])

    def slopes(v):
        return np.array([[-20 * v[0], 10.0], [-1.0, 0.0]])

    path = levenberg_marquardt(residuals, [-1.2, 1.0], jacobian=slopes, steps=14)

    x, mu, nu, outcomes = np.array([-1.2, 1.0]), 1e-3, 2.0, ""
    D, expected = np.linalg.norm(slopes(x), axis=0), [x]
    for _ in range(14):
        J, r = slopes(x), residuals(x)
        h = np.linalg.inv(J.T @ J + mu * np.diag(D**2)) @ (-J.T @ r)
        new = residuals(x + h)
        gain = (r @ r - new @ new) / (h @ (mu * D**2 * h - J.T @ r))
        outcomes += "+" if gain > 0 else "-"
        if gain > 0:
            x, mu, nu = x + h, mu * max(1 / 3, 1 - (2 * gain - 1) ** 3), 2.0
            D = np.maximum(D, np.linalg.norm(slopes(x), axis=0))
            expected.append(x)
        else:
            mu, nu = mu * nu, nu * 2
    assert "+-+" in outcomes
    np.testing.assert_allclose(path.points, expected, rtol=1e-7)


@given(seed=seeds)
def test_units_of_the_parameters_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    units, start = 10 ** rng.uniform(-9, 9, 2), rng.uniform(0.5, 3, 2)
    path = levenberg_marquardt(decay, start, jacobian=decay_jacobian, steps=8)

    other = levenberg_marquardt(
        lambda p: decay(p * units), start / units, jacobian=lambda p: decay_jacobian(p * units) * units, steps=8
    )

    np.testing.assert_allclose(other.points * units, path.points, rtol=1e-6)


@given(seed=seeds)
def test_it_finds_what_scipy_finds(seed):
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 4, 12)
    observed = 2 * np.exp(-0.7 * t) + 0.5 + 0.05 * rng.normal(size=12)

    def residuals(p):
        return p[0] * np.exp(-p[1] * t) + p[2] - observed

    path = levenberg_marquardt(residuals, [1.0, 1.0, 0.0])

    theirs = least_squares(residuals, [1.0, 1.0, 0.0], method="lm", xtol=1e-14, ftol=1e-14, gtol=1e-14)
    np.testing.assert_allclose(path.result, theirs.x, rtol=1e-5, atol=1e-5)
    assert path.losses[-1] == pytest.approx(2 * theirs.cost, rel=1e-9)


def test_losses_fall_and_are_sums_of_squares_with_their_gradients():
    path = levenberg_marquardt(decay, [1.0, 5.0], jacobian=decay_jacobian)

    def loss(p):
        return sum(r**2 for r in decay(p))

    np.testing.assert_allclose(path.losses, [loss(p) for p in path.points])
    slopes = [np.linalg.norm(numerical_gradient(loss, p)) for p in path.points]
    np.testing.assert_allclose(path.gradient_norms, slopes, rtol=1e-5, atol=1e-8)
    assert np.all(np.diff(path.losses) <= 1e-12)


def test_with_hardly_any_damping_it_is_gauss_newton():
    path = levenberg_marquardt(decay, [3.0, 0.4], jacobian=decay_jacobian, steps=3, initial_damping=1e-14)

    newton = gauss_newton(decay, [3.0, 0.4], jacobian=decay_jacobian, steps=3)
    np.testing.assert_allclose(path.points, newton.points, rtol=1e-9)


def test_with_much_damping_it_goes_along_the_scaled_gradient():
    path = levenberg_marquardt(decay, [2.0, 1.0], jacobian=decay_jacobian, steps=1, initial_damping=1e8)

    J = decay_jacobian(np.array([2.0, 1.0]))
    gradient = J.T @ decay(np.array([2.0, 1.0]))
    np.testing.assert_allclose(path.points[1] - path.points[0], -gradient / np.sum(J**2, axis=0) / 1e8, rtol=1e-6)


def test_where_gauss_newton_overshoots_it_arrives():
    """The tangent of the logarithm at 10 meets zero below 0, where there is no logarithm."""
    path = levenberg_marquardt(np.log, [10.0])

    np.testing.assert_allclose(path.result, [1.0], rtol=1e-9)


def test_parameters_with_the_same_effect_share_their_step():
    """No single solution is best; the damping picks one."""
    path = levenberg_marquardt(lambda p: (p[0] + p[1]) * TIMES - 2 * TIMES, [0.5, 0.5])

    np.testing.assert_allclose(path.result, [1.0, 1.0])


def test_a_parameter_without_effect_stays():
    path = levenberg_marquardt(lambda p: p[0] * TIMES + 0 * p[1] - TIMES, [5.0, 7.0])

    np.testing.assert_allclose(path.result, [1.0, 7.0])


def test_fewer_residuals_than_parameters_will_do():
    path = levenberg_marquardt(lambda p: np.array([p[0] + p[1] - 3]), [0.0, 1.0])

    np.testing.assert_allclose(path.result, [1.0, 2.0], rtol=1e-6)


def test_a_measured_jacobian_suits_parameters_of_any_size():
    path = levenberg_marquardt(lambda p: p[0] * 1e9 * np.exp(-p[1] * 1e-9 * TIMES) - OBSERVED, [2e-9, 1e9])

    expected = levenberg_marquardt(decay, [2.0, 1.0], jacobian=decay_jacobian)
    np.testing.assert_allclose(path.result, expected.result * [1e-9, 1e9], rtol=1e-8)


def test_a_measured_jacobian_starts_from_zero_too():
    path = levenberg_marquardt(lambda p: np.array([p[0] - 2, p[0] + p[1]]), [0.0, 0.0])

    np.testing.assert_allclose(path.result, [2.0, -2.0], rtol=1e-8)


def test_a_gradient_of_nearly_nothing_is_a_reason_to_stop():
    path = levenberg_marquardt(decay, [2.0, 1.0], jacobian=decay_jacobian, gradient_tolerance=1e-3)

    def cosine(p):
        J, r = decay_jacobian(p), decay(p)
        return np.max(np.abs(J.T @ r) / np.linalg.norm(J, axis=0)) / np.linalg.norm(r)

    assert path.stop_reason == "the gradient norm reached the tolerance"
    assert cosine(path.points[-1]) <= 1e-3 < cosine(path.points[-2])


def test_residuals_that_vanish_are_a_reason_to_stop():
    path = levenberg_marquardt(lambda p: p, [0.0, 0.0], gradient_tolerance=0.0)

    assert path.stop_reason == "the gradient norm reached the tolerance"
    np.testing.assert_array_equal(path.points, [[0.0, 0.0]])


def test_a_small_step_is_a_reason_to_stop():
    loose = levenberg_marquardt(decay, [2.0, 1.0], jacobian=decay_jacobian, step_tolerance=1e-2)
    whole = levenberg_marquardt(decay, [2.0, 1.0], jacobian=decay_jacobian, step_tolerance=0.0)

    assert loose.stop_reason == "the step became small beside the point"
    np.testing.assert_array_equal(loose.points, whole.points[: len(loose.points)])
    lengths = np.linalg.norm(np.diff(whole.points, axis=0), axis=1) / np.linalg.norm(whole.points[:-1], axis=1)
    assert lengths[len(loose.points) - 1] < 2e-2 < 1e-2 / 0.2
    assert lengths[len(loose.points) - 2] > 0.5e-2


def test_a_small_predicted_reduction_is_a_reason_to_stop():
    path = levenberg_marquardt(decay, [2.0, 1.0], jacobian=decay_jacobian, reduction_tolerance=1e-3)

    whole = levenberg_marquardt(decay, [2.0, 1.0], jacobian=decay_jacobian)
    left = path.losses / whole.losses[-1] - 1
    assert path.stop_reason == "the relative reduction of the loss became small"
    assert left[-1] < 2e-3 < 5e-4 + left[-2]


@pytest.mark.parametrize(
    ("knob", "share", "reason"),
    [
        ("step_tolerance", 0.5, "the step became small beside the point"),
        ("reduction_tolerance", 1.0, "the relative reduction of the loss became small"),
    ],
)
def test_what_equals_a_tolerance_is_within_it(knob, share, reason):
    """Hardly damped, the step from 4 is -2, half as long as the point, and promises to remove the whole loss."""
    path = levenberg_marquardt(
        lambda p: p - 2, [4.0], jacobian=lambda _: np.eye(1), initial_damping=1e-40, **{knob: share}
    )

    assert (len(path.points), path.stop_reason) == (1, reason)


@pytest.mark.parametrize(
    ("start", "residuals", "reason"),
    [
        (1e-6, [0.9e-12, 1.0], "the gradient norm reached the tolerance"),
        (1e-6, [1.1e-12, 1.0], "the relative reduction of the loss became small"),
        (1e-6, [0.9e-11, 1.0], "the relative reduction of the loss became small"),
        (1e-6, [1.1e-11, 1.0], "all steps were taken"),
        (1.0, [0.9e-12, 0.0], "the step became small beside the point"),
        (1.0, [1.1e-12, 0.0], "all steps were taken"),
    ],
)
def test_by_default_cosine_and_step_may_be_1e_12_and_the_reduction_1e_22(start, residuals, reason):
    """The first residual r is said to have slope 1: cosine r, reduction r^2, and a step of r."""
    path = levenberg_marquardt(
        lambda _: np.array(residuals), [start], jacobian=lambda _: np.array([[1.0], [0.0]]), steps=1
    )

    assert path.stop_reason == reason


def test_a_cosine_that_equals_the_tolerance_is_within_it_at_the_last_point_too():
    """The residuals go from (30, 4) to (3, 4), whose cosine with the first axis is 0.6."""
    path = levenberg_marquardt(
        lambda p: np.array([30.0 if p[0] == 4 else 3.0, 4.0]),
        [4.0],
        jacobian=lambda _: np.array([[1.0], [0.0]]),
        steps=1,
        gradient_tolerance=0.6,
    )

    assert (len(path.points), path.stop_reason) == (2, "the gradient norm reached the tolerance")


def test_a_step_that_leaves_the_loss_as_it_was_is_a_failure():
    path = levenberg_marquardt(lambda p: np.where(p == 4, 2.0, -2.0), [4.0], jacobian=lambda _: np.eye(1), steps=1)

    np.testing.assert_array_equal(path.points, [[4.0]])


def test_it_takes_at_most_the_trials_it_was_given_failed_ones_included():
    calls = []

    def counting(p):
        calls.append(p)
        return decay(p)

    path = levenberg_marquardt(counting, [1.0, 5.0], jacobian=decay_jacobian, steps=4)

    assert len(calls) == 5
    assert len(path.points) < 5
    assert path.stop_reason == "all steps were taken"


def test_by_default_it_takes_at_most_500_steps():
    """The residual exp(-x) never vanishes: the walk has no end of its own."""
    path = levenberg_marquardt(lambda p: np.exp(-p), [0.0], jacobian=lambda p: -np.diag(np.exp(-p)))

    assert (len(path.points), path.stop_reason) == (501, "all steps were taken")


def test_no_steps_return_the_start_alone():
    path = levenberg_marquardt(decay, [2.0, 1.0], steps=0)

    np.testing.assert_array_equal(path.points, [[2.0, 1.0]])
    assert path.stop_reason == "all steps were taken"


def test_the_last_point_is_asked_too():
    path = levenberg_marquardt(
        lambda p: p - np.array([1.0, 3.0]), [5.0], jacobian=lambda _: np.ones((2, 1)), steps=1, initial_damping=1e-30
    )

    assert path.stop_reason == "the gradient norm reached the tolerance"


def test_functions_that_scribble_change_nothing():
    start = np.array([2.0, 1.0])

    def scribbling(p):
        r = decay(p)
        p.fill(9.0)
        return r

    def scribbling_jacobian(p):
        J = decay_jacobian(p)
        p.fill(9.0)
        return J

    path = levenberg_marquardt(scribbling, start, jacobian=scribbling_jacobian)

    np.testing.assert_array_equal(path.points, levenberg_marquardt(decay, start, jacobian=decay_jacobian).points)
    np.testing.assert_array_equal(start, [2.0, 1.0])


def changing(p):
    return np.ones(3) if p[0] == 2 else np.ones(2)


@pytest.mark.parametrize(
    ("residuals", "jacobian", "message"),
    [
        (lambda p: p @ p, None, r"residuals must return shape \(m,\), with one m >= 1 for all points, got shape \(\)"),
        (lambda p: p[:0], None, r"residuals must return shape \(m,\), .* got shape \(0,\)"),
        (changing, lambda _: np.eye(3)[:, :2], r"residuals must return shape \(m,\), .* got shape \(2,\)"),
        (lambda _: ["a", "b"], None, r"residuals\(point\) must hold real numbers, got \['a', 'b'\]"),
        (
            lambda p: p * 1e-170,
            None,
            "^the squares of the residuals at start are too small for float64: use smaller units$",
        ),
        (lambda p: p / 0.0, None, "the loss at start must be finite, got inf: try another start"),
        (decay, lambda _: np.ones((2, 4)), r"jacobian must return shape \(4, 2\), got shape \(2, 4\)"),
        (decay, lambda _: None, r"jacobian\(point\) must hold real numbers, got None"),
        (decay, lambda _: np.full((4, 2), np.inf), "the gradient norm at start must be finite"),
        (
            lambda p: np.sqrt(p - 1),
            None,
            r"the slopes of residuals cannot be measured at \[2\. 1\.\], where .* "
            "finite: pass an exact jacobian, or try another start$",
        ),
    ],
)
def test_functions_that_return_the_wrong_thing_are_refused(residuals, jacobian, message):
    with pytest.raises(ValueError, match=message):
        levenberg_marquardt(residuals, [2.0, 1.0], jacobian=jacobian)


def test_a_jacobian_that_is_lost_on_the_way_names_the_step_and_the_cure():
    with pytest.raises(FloatingPointError, match="diverged at step 1, where the gradient norm is nan: try a start cl"):
        levenberg_marquardt(decay, [2.0, 1.0], jacobian=lambda p: decay_jacobian(p) * (1 if p[0] == 2 else np.nan))


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"start": [np.inf, 1.0]}, "start must be finite"),
        ({"steps": -1}, "steps must be at least 0"),
        ({"gradient_tolerance": -1.0}, "gradient_tolerance must not be negative"),
        ({"step_tolerance": -1.0}, "step_tolerance must not be negative"),
        ({"reduction_tolerance": -1.0}, "reduction_tolerance must not be negative"),
        ({"initial_damping": 0.0}, "initial_damping must be positive"),
    ],
)
def test_errors_name_the_argument(knobs, message):
    with pytest.raises(ValueError, match=message):
        levenberg_marquardt(decay, **{"start": [2.0, 1.0], **knobs})
