"""AdaGrad and RMSProp: scale does not matter, and the effective rates are those of the formulas."""

import numpy as np
import pytest
from autograd.misc.optimizers import rmsprop
from hypothesis import given
from hypothesis import strategies as st

from mlmath.optim import AdaGrad, RMSProp

seeds = st.integers(0, 2**32 - 1)


def changes(rule, gradients, rate=0.1):
    """What the rule adds, gradient by gradient."""
    state, found = rule.initial_state(np.zeros(len(gradients[0]))), []
    for gradient in gradients:
        change, state = rule.update(state, np.asarray(gradient), rate, np.zeros(len(gradient)))
        found.append(change)
    return np.array(found)


@given(seed=seeds)
def test_adagrad_divides_by_the_length_of_all_gradients_so_far(seed):
    gradients = np.random.default_rng(seed).normal(size=(10, 3))

    found = changes(AdaGrad(epsilon=0.5), gradients)

    expected = [-0.1 * g / (np.sqrt(np.sum(gradients[: k + 1] ** 2, axis=0)) + 0.5) for k, g in enumerate(gradients)]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_adagrad_slows_down_like_one_over_the_root_of_the_steps():
    found = changes(AdaGrad(), np.full((100, 2), [5.0, 1e-3]))

    np.testing.assert_allclose(found[:, 0], -0.1 / np.sqrt(np.arange(1, 101)), rtol=1e-7)
    np.testing.assert_allclose(found[:, 1], found[:, 0], rtol=2e-5)


def test_adagrad_leaves_rare_coordinates_their_rate():
    gradients = np.ones((16, 2))
    gradients[:-1, 1] = 0.0

    np.testing.assert_allclose(changes(AdaGrad(), gradients)[-1], [-0.1 / 4, -0.1], rtol=1e-6)


@pytest.mark.parametrize("size", [1e-4, 1e150, 1e300])
def test_adagrad_takes_gradients_of_any_size(size):
    np.testing.assert_allclose(changes(AdaGrad(), [[size], [size]])[:, 0], [-0.1, -0.1 / np.sqrt(2)], rtol=2e-4)


@given(seed=seeds, decay=st.floats(0.0, 0.99))
def test_rmsprop_divides_by_the_weighted_mean_of_all_squares(seed, decay):
    """Written as one sum: a gradient k steps old has the weight (1 - decay) decay^k."""
    gradients = np.random.default_rng(seed).normal(size=(10, 3))

    found = changes(RMSProp(decay=decay, epsilon=0.5), gradients)

    for k in range(10):
        weights = (1 - decay) * decay ** np.arange(k, -1.0, -1.0)
        root = np.sqrt(weights @ gradients[: k + 1] ** 2)
        np.testing.assert_allclose(found[k], -0.1 * gradients[k] / (root + 0.5), rtol=1e-10)


def test_rmsprop_agrees_with_autograd_from_its_start_at_one():
    def gradient(x, _):
        return np.array([2.0, 30.0]) * x

    rule, x = RMSProp(), np.array([1.0, -2.0])
    state = rule.initial_state(x)._replace(mean_square=np.ones(2))
    for k in range(50):
        change, state = rule.update(state, gradient(x, k), 0.01, x)
        x = x + change

    np.testing.assert_allclose(x, rmsprop(gradient, np.array([1.0, -2.0]), num_iters=50, step_size=0.01), rtol=1e-10)


def test_rmsprop_settles_at_steps_of_the_learning_rate():
    """With gradients of one size step k is rate / sqrt(1 - decay^k): too long at first, then the rate."""
    found = changes(RMSProp(), np.full((200, 2), [7.0, -0.07]))

    np.testing.assert_allclose(found[:, 0], -0.1 / np.sqrt(1 - 0.9 ** np.arange(1, 201)), rtol=1e-6)
    np.testing.assert_allclose(found[:, 1], -found[:, 0], rtol=1e-6)


def test_the_default_epsilon_is_one_hundred_millionth():
    """It is added to the root: at a gradient of its own size AdaGrad takes half a step."""
    assert changes(AdaGrad(), [[1e-8]])[0, 0] == pytest.approx(-0.05)
    assert changes(RMSProp(decay=0.0), [[1e-8]])[0, 0] == pytest.approx(-0.05)
