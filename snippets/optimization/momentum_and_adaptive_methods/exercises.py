"""Exercises of the module docs/optimization/momentum_and_adaptive_methods.md."""

import numpy as np


def momentum_walk(slope, start, learning_rate, momentum, steps):
    w, v, walk = start, 0.0, [start]
    for _ in range(steps):
        v = momentum * v - learning_rate * slope(w)
        w = w + v
        walk.append(w)
    return walk


def momentum_walk_starter(slope, start, learning_rate, momentum, steps):
    """The list of places of the heavy ball: the start, and one more for each step."""
    walk = [start]
    # Your code here.
    return walk


def momentum_walk_check_by_hand(momentum_walk):
    """The example from this page: from 10, the first three steps lead to 8, 5.4 and 3.02."""
    walk = momentum_walk(lambda w: 2 * w, 10.0, 0.1, 0.5, 3)
    assert walk is not None, "Your function returns nothing: end it with return."
    assert len(walk) == 4, f"Return the start and three more places; you return {len(walk)} in all."
    known = {
        (10, 8, 6.4, 5.12): "That is plain descent: the velocity of the step before has to come in.",
        (10, 12, 15.4, 20.18): "You go uphill: the gradient is subtracted from the velocity.",
        (10, 9, 7.6, 6.14): "Your gradient comes in with a factor 1 - momentum. On this page it has none.",
        (10, 10, 8, 5): "You move with the old velocity: update the velocity first, then the place.",
    }
    for wrong, message in known.items():
        assert not np.allclose(walk, wrong), message
    yours = ", ".join(f"{w:.4g}" for w in walk)
    assert np.allclose(walk, (10, 8, 5.4, 3.02)), f"The places are 10, 8, 5.4 and 3.02, and you return {yours}."


def momentum_walk_check_constant_slope(momentum_walk):
    """On a straight slope the steps grow towards learning rate / (1 - momentum) times the slope."""
    walk = momentum_walk(lambda w: 3.0, 0.0, 0.1, 0.8, 100)
    last = walk[-1] - walk[-2]
    assert abs(last + 1.5) < 1e-6, f"The last step should be -0.1 * 3 / (1 - 0.8) = -1.5, and yours is {last:.4g}."


def momentum_walk_wrong_plain(slope, start, learning_rate, momentum, steps):
    """That is plain descent: the velocity of the step before has to come in."""
    walk = [start]
    for _ in range(steps):
        walk.append(walk[-1] - learning_rate * slope(walk[-1]))
    return walk


def momentum_walk_wrong_sign(slope, start, learning_rate, momentum, steps):
    """You go uphill: the gradient is subtracted from the velocity."""
    w, v, walk = start, 0.0, [start]
    for _ in range(steps):
        v = momentum * v + learning_rate * slope(w)
        w = w + v
        walk.append(w)
    return walk


def momentum_walk_wrong_average(slope, start, learning_rate, momentum, steps):
    """Your gradient comes in with a factor 1 - momentum. On this page it has none."""
    w, v, walk = start, 0.0, [start]
    for _ in range(steps):
        v = momentum * v - (1 - momentum) * learning_rate * slope(w)
        w = w + v
        walk.append(w)
    return walk


def momentum_walk_wrong_order(slope, start, learning_rate, momentum, steps):
    """You move with the old velocity: update the velocity first, then the place."""
    w, v, walk = start, 0.0, [start]
    for _ in range(steps):
        old = v
        v = momentum * v - learning_rate * slope(w)
        w = w + old
        walk.append(w)
    return walk


def nesterov_step(gradient, w, v, learning_rate, momentum):
    v = momentum * v - learning_rate * gradient(w + momentum * v)
    return w + v, v


def nesterov_step_starter(gradient, w, v, learning_rate, momentum):
    """One step of Nesterov's method: the new weights and the new velocity."""
    return w, v  # Your code here.


def nesterov_step_check_by_hand(nesterov_step):
    """The second step of the example: from w = 8 with v = -2, to 5.6 with v = -2.4."""
    answer = nesterov_step(lambda w: 2 * w, np.array([8.0]), np.array([-2.0]), 0.1, 0.5)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert len(answer) == 2, "Return two arrays: the new weights, then the new velocity."
    w, v = (float(np.squeeze(part)) for part in answer)
    assert abs(w - 5.4) > 1e-9, "That is the heavy ball: the gradient belongs to the place w + momentum * v."
    assert abs(w - 5.2) > 1e-9, "You look back: with this velocity the place ahead is w + momentum * v."
    assert abs(w - 5.8) > 1e-9, "You look a whole velocity ahead: inertia carries the share momentum of it."
    assert abs(w + 2.4) > 1e-9, "The two are in the other order: first the weights, then the velocity."
    assert abs(w - 5.6) < 1e-9, f"The new w is 5.6, and you return {w:.4g}."
    assert abs(v + 2.4) < 1e-9, f"The new v is -2.4, and you return {v:.4g}."


def nesterov_step_check_arrays(nesterov_step):
    """Three weights at once, against the heavy ball with momentum times 1 - rate times curvature."""
    c = np.array([0.5, 1.0, 4.0])
    w, v = np.array([1.0, -2.0, 3.0]), np.array([0.3, 0.2, -0.1])
    new_w, new_v = nesterov_step(lambda p: c * p, w.copy(), v.copy(), 0.1, 0.9)
    expected = 0.9 * (1 - 0.1 * c) * v - 0.1 * c * w
    assert np.allclose(new_v, expected), f"The new velocity is {expected.round(4)}, and you return {new_v}."
    assert np.allclose(new_w, w + expected), f"The new weights are {(w + expected).round(4)}, and you return {new_w}."


def nesterov_step_wrong_heavy_ball(gradient, w, v, learning_rate, momentum):
    """That is the heavy ball: the gradient belongs to the place w + momentum * v."""
    v = momentum * v - learning_rate * gradient(w)
    return w + v, v


def nesterov_step_wrong_back(gradient, w, v, learning_rate, momentum):
    """You look back: with this velocity the place ahead is w + momentum * v."""
    v = momentum * v - learning_rate * gradient(w - momentum * v)
    return w + v, v


def nesterov_step_wrong_whole(gradient, w, v, learning_rate, momentum):
    """You look a whole velocity ahead: inertia carries the share momentum of it."""
    v = momentum * v - learning_rate * gradient(w + v)
    return w + v, v


def adam_changes(gradients, learning_rate, beta1, beta2, epsilon):
    m = s = 0.0
    changes = []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g * g
        m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
        changes.append(-learning_rate * m_hat / (np.sqrt(s_hat) + epsilon))
    return changes


def adam_changes_starter(gradients, learning_rate, beta1, beta2, epsilon):
    """The list of Adam's changes for a list of gradients of one weight."""
    changes = []
    # Your code here.
    return changes


def adam_changes_check_first(adam_changes):
    """The first change has the size of the learning rate."""
    answer = adam_changes([4.0], 0.1, 0.9, 0.999, 1e-8)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert len(answer) == 1, f"One gradient makes one change; you return {len(answer)}."
    first = answer[0]
    assert abs(first - 0.1) > 1e-6, "You go uphill: Adam subtracts."
    assert abs(first + 0.1 * 0.1 / np.sqrt(0.001)) > 1e-6, (
        "The correction is missing: divide m by 1 - beta1**t and s too."
    )
    assert abs(first + 0.1 * 0.4 / 0.19 / np.sqrt(0.016 / 0.001999)) > 1e-6, "In the first step t is 1, not 2."
    assert abs(first + 0.1) < 1e-6, f"The first change is -0.1, and you return {first:.4g}."


def adam_changes_check_by_hand(adam_changes):
    """The example from this page: the gradients 4 and 3.6 make the changes -0.1 and -0.0996."""
    second = adam_changes([4.0, 3.6], 0.1, 0.9, 0.999, 1e-8)[1]
    expected = -0.1 * (0.72 / 0.19) / np.sqrt(0.028944 / 0.001999)
    assert abs(second - expected) < 1e-6, f"The second change is {expected:.6f}, and you return {second:.6f}."


def adam_changes_check_epsilon(adam_changes):
    """With epsilon as large as the gradient, the first step is half as long."""
    first = adam_changes([0.25], 0.1, 0.9, 0.999, 0.25)[0]
    inside = -0.1 * 0.25 / np.sqrt(0.25**2 + 0.25)
    assert abs(first - inside) > 1e-6, "Your epsilon is under the root. Here it is added after the root."
    assert abs(first + 0.05) < 1e-6, f"-0.1 * 0.25 / (0.25 + 0.25) is -0.05, and you return {first:.4g}."


def adam_changes_wrong_no_correction(gradients, learning_rate, beta1, beta2, epsilon):
    """The correction is missing: divide m by 1 - beta1**t and s too."""
    m = s = 0.0
    changes = []
    for g in gradients:
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g * g
        changes.append(-learning_rate * m / (np.sqrt(s) + epsilon))
    return changes


def adam_changes_wrong_count(gradients, learning_rate, beta1, beta2, epsilon):
    """In the first step t is 1, not 2."""
    m = s = 0.0
    changes = []
    for t, g in enumerate(gradients, start=2):
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g * g
        changes.append(-learning_rate * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon))
    return changes


def adam_changes_wrong_epsilon(gradients, learning_rate, beta1, beta2, epsilon):
    """Your epsilon is under the root. Here it is added after the root."""
    m = s = 0.0
    changes = []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g * g
        changes.append(-learning_rate * (m / (1 - beta1**t)) / np.sqrt(s / (1 - beta2**t) + epsilon))
    return changes
