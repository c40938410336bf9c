"""Adam and AdamW: the closed form of the moments, the size of the first step, and what decoupling means."""

import numpy as np
import pytest
from autograd.misc.optimizers import adam
from hypothesis import given
from hypothesis import strategies as st

from mlmath.optim import Adam, AdamW, Momentum, RMSProp, gradient_descent

seeds = st.integers(0, 2**32 - 1)


def trajectory(rule, gradients, start, rate=0.1):
    """The points that a rule visits, given what the gradients will be."""
    point, state, found = np.asarray(start, dtype=float), rule.initial_state(np.asarray(start)), []
    for gradient in gradients:
        change, state = rule.update(state, np.asarray(gradient), rate, point)
        point = point + change
        found.append(point)
    return np.array(found), state


@given(seed=seeds, first=st.floats(0.0, 0.99), second=st.floats(0.0, 0.9999))
def test_the_corrected_moments_are_weighted_means_of_all_gradients(seed, first, second):
    """The weights decay^age, divided by their sum: this is what the bias correction comes to."""
    gradients = np.random.default_rng(seed).normal(size=(8, 3))

    points, state = trajectory(Adam(first, second, epsilon=0.5), gradients, np.zeros(3))

    x = np.zeros(3)
    for k in range(8):
        ages = np.arange(k, -1.0, -1.0)
        mean = np.average(gradients[: k + 1], axis=0, weights=first**ages)
        mean_square = np.average(gradients[: k + 1] ** 2, axis=0, weights=second**ages)
        x = x - 0.1 * mean / (np.sqrt(mean_square) + 0.5)
        np.testing.assert_allclose(points[k], x, rtol=1e-9)
    assert state.updates == 8


def test_adam_agrees_with_autograd():
    def gradient(x, _):
        return np.array([2 * (x[0] - 1) - 20 * x[0] * (x[1] - x[0] ** 2), 10 * (x[1] - x[0] ** 2)])

    path = gradient_descent(
        lambda _: 0.0, lambda x: gradient(x, 0), [-0.5, 1.0], learning_rate=0.05, steps=100, rule=Adam()
    )

    expected = adam(gradient, np.array([-0.5, 1.0]), num_iters=100, step_size=0.05)
    np.testing.assert_allclose(path.result, expected, rtol=1e-9)


@given(exponent=st.floats(-3, 150), sign=st.sampled_from([-1, 1]))
def test_the_first_step_is_as_long_as_the_learning_rate_whatever_the_gradient(exponent, sign):
    points, _ = trajectory(Adam(), [[sign * 10**exponent]], [0.0])

    assert points[0, 0] == pytest.approx(-sign * 0.1, rel=2e-5)


def test_at_a_gradient_of_epsilon_the_first_step_is_half_as_long():
    assert trajectory(Adam(), [[1e-8]], [0.0])[0][0, 0] == pytest.approx(-0.05)


def test_while_gradients_stay_the_same_so_do_the_steps():
    points, _ = trajectory(Adam(), np.full((50, 2), [300.0, -0.5]), np.zeros(2))

    np.testing.assert_allclose(points, np.outer(np.arange(1, 51), [-0.1, 0.1]), rtol=1e-6)


def test_the_defaults_are_those_of_the_paper():
    assert Adam() == Adam(first_decay=0.9, second_decay=0.999, epsilon=1e-8)
    assert AdamW() == AdamW(weight_decay=0.01, first_decay=0.9, second_decay=0.999, epsilon=1e-8)


def test_without_the_first_average_adam_is_rmsprop_with_corrected_squares():
    gradients = np.random.default_rng(0).normal(size=(20, 2))

    points, _ = trajectory(Adam(first_decay=0.0, second_decay=0.9, epsilon=1e-12), gradients, np.zeros(2))
    rmsprop, _ = trajectory(RMSProp(decay=0.9, epsilon=1e-12), gradients, np.zeros(2))

    changes, longer = np.diff(points, axis=0, prepend=0), np.diff(rmsprop, axis=0, prepend=0)
    np.testing.assert_allclose(changes / longer, np.outer(np.sqrt(1 - 0.9 ** np.arange(1, 21)), [1, 1]), rtol=1e-6)


def test_without_the_second_average_adam_divides_by_the_gradient_itself():
    points, _ = trajectory(Adam(second_decay=0.0), [[4.0], [-2.0]], [0.0])

    second_mean = (0.9 * 0.1 * 4 - 0.1 * 2) / (1 - 0.9**2)
    np.testing.assert_allclose(points[:, 0], [-0.1, -0.1 - 0.1 * second_mean / 2], rtol=1e-7)


def test_without_decay_adamw_is_adam():
    gradients = np.random.default_rng(1).normal(size=(20, 3))

    with_decay, _ = trajectory(AdamW(weight_decay=0.0, epsilon=1e-3), gradients, np.ones(3))

    np.testing.assert_array_equal(with_decay, trajectory(Adam(epsilon=1e-3), gradients, np.ones(3))[0])


@given(seed=seeds)
def test_adamw_shrinks_every_coordinate_alike_beside_adams_change(seed):
    """For gradients that do not depend on the point, x_k = (1 - rate * decay) x_{k-1} + Adam's change k."""
    rng = np.random.default_rng(seed)
    gradients, x = rng.normal(size=(6, 3)) * [1, 100, 0.01], rng.normal(size=3)
    rule = AdamW(weight_decay=0.3, first_decay=0.8, second_decay=0.95, epsilon=1e-4)

    points, _ = trajectory(rule, gradients, x)

    adams, _ = trajectory(Adam(0.8, 0.95, 1e-4), gradients, np.zeros(3))
    for point, change in zip(points, np.diff(adams, axis=0, prepend=0), strict=True):
        x = (1 - 0.1 * 0.3) * x + change
        np.testing.assert_allclose(point, x, rtol=1e-9)


def test_a_penalty_in_the_gradient_is_something_else():
    """Adam divides the penalty by the gradient's size: the first step is the same length with and without it."""
    x, slope, decay = np.array([2.0, 2.0]), np.array([10.0, 0.1]), 0.5

    penalized, _ = trajectory(Adam(), [slope + decay * x], x)
    decoupled, _ = trajectory(AdamW(weight_decay=decay), [slope], x)

    np.testing.assert_allclose(penalized[0], x - 0.1, rtol=1e-6)
    np.testing.assert_allclose(decoupled[0], x - 0.1 - 0.1 * 0.5 * 2, rtol=1e-6)


def test_with_the_plain_direction_penalty_and_decay_would_be_one():
    """What AdamW does to a plain step is what the penalty does: the two differ by Adam's division alone."""
    x, slope = np.array([2.0, -1.0]), np.array([10.0, 0.1])

    penalized, _ = trajectory(Momentum(0.0), [slope + 0.5 * x], x)

    np.testing.assert_allclose(penalized[0], (1 - 0.1 * 0.5) * x - 0.1 * slope)


def test_adam_at_a_constant_rate_does_not_settle_where_adam_at_a_falling_rate_does():
    def loss(x):
        return abs(x[0])

    constant = gradient_descent(loss, np.sign, [1.0], learning_rate=0.07, steps=500, rule=Adam())
    falling = gradient_descent(
        loss, np.sign, [1.0], learning_rate=lambda k: 0.07 / (1 + k / 20), steps=500, rule=Adam()
    )

    assert 0.01 < constant.losses[-100:].max() < 0.3
    assert falling.losses[-100:].max() < 0.01
