"""Heavy ball and Nesterov: independent trajectories, and the rates of theory as equalities."""

import numpy as np
import pytest
from autograd.misc.optimizers import sgd
from hypothesis import given
from hypothesis import strategies as st

from mlmath.optim import GradientStep, Momentum, Nesterov, gradient_descent

seeds = st.integers(0, 2**32 - 1)


def valley(x):
    """The gradient of a curved valley, (1 - x)^2 + 5 (y - x^2)^2."""
    return np.array([2 * (x[0] - 1) - 20 * x[0] * (x[1] - x[0] ** 2), 10 * (x[1] - x[0] ** 2)])


def walk(rule, gradient=valley, start=(-0.5, 1.0), rate=0.01, steps=40, **knobs):
    return gradient_descent(lambda _: 0.0, gradient, start, learning_rate=rate, steps=steps, rule=rule, **knobs)


def iteration_matrix(rule, curvature, rate):
    """How one update maps (point, velocity) on the loss curvature x^2 / 2: measured on the two unit vectors."""
    columns = []
    for x, v in np.eye(2):
        point, state = np.array([x]), rule.initial_state(np.zeros(1))._replace(velocity=np.array([v]))
        change, state = rule.update(state, curvature * rule.gradient_point(point, state), rate, point)
        columns.append([x + change[0], state.velocity[0]])
    return np.array(columns).T


def spectral_radius(rule, curvature, rate):
    return np.abs(np.linalg.eigvals(iteration_matrix(rule, curvature, rate))).max()


def test_heavy_ball_agrees_with_polyaks_two_point_recurrence():
    """x_{k+1} = x_k - rate * g(x_k) + momentum * (x_k - x_{k-1}), without a velocity."""
    path = walk(Momentum(momentum=0.7))

    last = x = np.array([-0.5, 1.0])
    expected = [x]
    for _ in range(40):
        last, x = x, x - 0.01 * valley(x) + 0.7 * (x - last)
        expected.append(x)
    np.testing.assert_allclose(path.points, expected, rtol=1e-10)


def test_heavy_ball_agrees_with_the_form_that_frameworks_use():
    """v = momentum * v + g, x = x - rate * v: the same walk at a constant rate."""
    path = walk(Momentum())

    x, v = np.array([-0.5, 1.0]), 0.0
    for _ in range(40):
        v = 0.9 * v + valley(x)
        x = x - 0.01 * v
    np.testing.assert_allclose(path.result, x, rtol=1e-10)


def test_heavy_ball_agrees_with_autograd_whose_gradient_enters_with_one_minus_momentum():
    path = walk(Momentum(momentum=0.8), rate=0.01)

    expected = sgd(lambda x, _: valley(x), np.array([-0.5, 1.0]), num_iters=40, step_size=0.05, mass=0.8)
    np.testing.assert_allclose(path.result, expected, rtol=1e-10)


def test_nesterov_agrees_with_his_two_sequences():
    """y_k = x_k + momentum * (x_k - x_{k-1}), x_{k+1} = y_k - rate * g(y_k)."""
    path = walk(Nesterov(momentum=0.7))

    last = x = np.array([-0.5, 1.0])
    expected, norms = [x], []
    for _ in range(41):
        y = x + 0.7 * (x - last)
        norms.append(np.hypot(*valley(y)))
        last, x = x, y - 0.01 * valley(y)
        expected.append(x)
    np.testing.assert_allclose(path.points, expected[:-1], rtol=1e-10)
    np.testing.assert_allclose(path.gradient_norms, norms, rtol=1e-8)


def test_nesterov_agrees_with_the_form_that_frameworks_use():
    """They keep only the look-ahead point y: v = mu v + g(y), y = y - rate (g(y) + mu v)."""
    path = walk(Nesterov())

    y, v = np.array([-0.5, 1.0]), np.zeros(2)
    for _ in range(39):
        g = valley(y)
        v = 0.9 * v + g
        y = y - 0.01 * (g + 0.9 * v)
    np.testing.assert_allclose(path.result, y - 0.01 * valley(y), rtol=1e-10)


@pytest.mark.parametrize("rule", [Momentum(momentum=0.0), Nesterov(momentum=0.0)])
def test_without_momentum_both_are_the_plain_step(rule):
    np.testing.assert_array_equal(walk(rule).points, walk(GradientStep()).points)


@pytest.mark.parametrize("make", [Momentum, Nesterov])
def test_the_velocity_is_the_last_change_even_when_the_rate_changes(make):
    """With Polyak's velocity a lower rate does not shrink what the ball already has."""

    def push_once(x):
        return np.where(x > 2.5, 1.0, 1e-15)

    path = walk(make(0.5), gradient=push_once, start=[3.0], rate=lambda k: 0.1**k, steps=3)

    np.testing.assert_allclose(np.diff(path.points[:, 0]), [-1.0, -0.5, -0.25])


@pytest.mark.parametrize("make", [Momentum, Nesterov])
def test_under_a_constant_force_the_steps_grow_to_one_over_one_minus_momentum(make):
    path = walk(make(momentum=0.75), gradient=np.ones_like, start=[0.0], rate=0.1, steps=50)

    steps = np.diff(path.points[:, 0])
    np.testing.assert_allclose(steps, -0.4 * (1 - 0.75 ** np.arange(1, 51)))


@given(seed=seeds)
def test_the_best_heavy_ball_shrinks_the_whole_spectrum_by_the_rate_of_theory(seed):
    """(sqrt(kappa) - 1) / (sqrt(kappa) + 1), at both ends of the spectrum and in between."""
    rng = np.random.default_rng(seed)
    m, kappa = rng.uniform(0.1, 10), rng.uniform(1.5, 1000)
    L, share = m * kappa, (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
    rule, rate = Momentum(momentum=share**2), 4 / (np.sqrt(L) + np.sqrt(m)) ** 2

    radii = [spectral_radius(rule, curvature, rate) for curvature in (m, *rng.uniform(m, L, 3), L)]

    np.testing.assert_allclose(radii, share, rtol=1e-5)  # double roots: half of the digits


@given(seed=seeds)
def test_nesterov_shrinks_the_slowest_part_by_one_minus_one_over_the_root_of_kappa(seed):
    """At curvature m the 2x2 matrix has a double root 1 - 1/sqrt(kappa), at L it forgets at once."""
    rng = np.random.default_rng(seed)
    m, kappa = rng.uniform(0.1, 10), rng.uniform(1.5, 1000)
    L = m * kappa
    rule = Nesterov(momentum=(np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1))

    slowest, fastest = spectral_radius(rule, m, 1 / L), spectral_radius(rule, L, 1 / L)

    assert slowest == pytest.approx(1 - 1 / np.sqrt(kappa), rel=1e-5)
    assert fastest == pytest.approx(0.0, abs=1e-6)
    assert all(spectral_radius(rule, curvature, 1 / L) < slowest for curvature in rng.uniform(m * 1.01, L, 3))


def test_measured_on_a_bowl_the_walks_need_the_root_of_the_steps():
    """kappa = 10000. Plain: 1 - 2 / (kappa + 1) a step; heavy ball: 1 - 2 / (sqrt(kappa) + 1)."""
    curvatures = np.array([1.0, 1e4])

    def lengths(rule, rate):
        path = walk(rule, gradient=lambda x: curvatures * x, start=[1.0, 1.0], rate=rate, steps=1500)
        return np.abs(path.points[:, 0])

    plain = lengths(GradientStep(), 2 / 10001)
    heavy = lengths(Momentum((99 / 101) ** 2), 4 / 101**2)

    assert plain[-1] / plain[-2] == pytest.approx(9999 / 10001)
    assert 99 / 101 < heavy[-1] / heavy[-2] < 99 / 101 * 1.002  # times k/(k-1), for the double root


def test_a_flat_place_ahead_is_no_reason_to_stop():
    """From 4 the ball moves to 1 with velocity -3 and looks at 0, where the slope vanishes; at 1 it does not."""
    calls = []

    def slope(x):
        calls.append(x[0])
        return {4.0: np.ones(1), 0.0: np.zeros(1)}.get(x[0], x)

    path = walk(Nesterov(momentum=1 / 3), gradient=slope, start=[4.0], rate=3.0, steps=2)

    np.testing.assert_allclose(path.points[:, 0], [4.0, 1.0, 0.0])
    assert calls[:3] == [4.0, 0.0, 1.0]


def test_nesterov_stops_where_the_point_itself_is_within_the_tolerance():
    path = walk(Nesterov(momentum=0.5), gradient=lambda x: x, start=[1.0], rate=0.5, steps=1000, tolerance=1e-6)

    assert path.stop_reason == "the gradient norm reached the tolerance"
    assert abs(path.result[0]) <= 1e-6
    assert path.gradient_norms[-1] <= 1e-6


def test_a_point_exactly_at_the_tolerance_is_within_it_for_nesterov_too():
    """From 4 the ball moves to 1, where the slope is 1, and looks at 0."""
    path = walk(
        Nesterov(momentum=1 / 3),
        gradient=lambda x: np.where(x == 4, 1.5, x),
        start=[4.0],
        rate=2.0,
        steps=2,
        tolerance=1.0,
    )

    np.testing.assert_array_equal(path.points[:, 0], [4.0, 1.0])


def test_the_default_momentum_is_nine_tenths():
    assert (Momentum().momentum, Nesterov().momentum) == (0.9, 0.9)
