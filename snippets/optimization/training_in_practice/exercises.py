"""Exercises of the module docs/optimization/training_in_practice.md."""

import numpy as np


def he_weights(inputs, outputs, generator):
    return generator.normal(0, np.sqrt(2 / inputs), size=(inputs, outputs))


def he_weights_starter(inputs, outputs, generator):
    """Weights of a layer before ReLU, shape (inputs, outputs), with mean 0 and He's variance."""
    return generator.normal(0, 1, size=(inputs, outputs))  # Your code here.


def he_weights_check_shape(he_weights):
    """The table has one row for each input and one column for each output."""
    weights = he_weights(3, 5, np.random.default_rng(0))
    assert weights is not None, "Your function returns nothing: end it with return."
    assert np.shape(weights) == (3, 5), f"The shape must be (3, 5), and yours is {np.shape(weights)}."


def he_weights_check_spread(he_weights):
    """With 200 inputs and 300 outputs, the variance of the weights is close to 2 / 200."""
    weights = he_weights(200, 300, np.random.default_rng(1))
    spread = float(np.std(weights))
    assert not 0.97 < spread / (2 / 200) < 1.03, (
        "You gave numpy the variance as its scale. It wants the standard deviation, the root."
    )
    assert not 0.97 < spread / np.sqrt(2 / 300) < 1.03, (
        "You divided by the number of outputs. Each sum has one product for each input."
    )
    assert not 0.97 < spread / np.sqrt(1 / 200) < 1.03, "You forgot that ReLU loses half: the variance needs a 2."
    assert not 0.97 < spread / np.sqrt(2 / 500) < 1.03, (
        "That is the rule of Glorot, for tanh. The rule of He counts the inputs alone."
    )
    assert 0.97 < spread / np.sqrt(2 / 200) < 1.03, (
        f"The standard deviation should be near {np.sqrt(2 / 200):.3f}, and yours is {spread:.3f}."
    )
    assert abs(np.mean(weights)) < 0.003, f"The mean should be near 0, and yours is {np.mean(weights):.3f}."
    assert np.abs(weights).max() > 3 * spread, (
        "Your weights are uniform: none is farther than 3 standard deviations from 0. Draw them with generator.normal."
    )


def he_weights_wrong_variance(inputs, outputs, generator):
    """You gave numpy the variance as its scale. It wants the standard deviation, the root."""
    return generator.normal(0, 2 / inputs, size=(inputs, outputs))


def he_weights_wrong_outputs(inputs, outputs, generator):
    """You divided by the number of outputs. Each sum has one product for each input."""
    return generator.normal(0, np.sqrt(2 / outputs), size=(inputs, outputs))


def he_weights_wrong_half(inputs, outputs, generator):
    """You forgot that ReLU loses half: the variance needs a 2."""
    return generator.normal(0, np.sqrt(1 / inputs), size=(inputs, outputs))


def he_weights_wrong_uniform(inputs, outputs, generator):
    """Your weights are uniform: none is farther than 3 standard deviations from 0. Draw them with generator.normal."""
    reach = np.sqrt(6 / inputs)
    return generator.uniform(-reach, reach, size=(inputs, outputs))


def he_weights_wrong_glorot(inputs, outputs, generator):
    """That is the rule of Glorot, for tanh. The rule of He counts the inputs alone."""
    return generator.normal(0, np.sqrt(2 / (inputs + outputs)), size=(inputs, outputs))


def soft_threshold(a, alpha):
    return np.sign(a) * np.maximum(np.abs(a) - alpha, 0)


def soft_threshold_starter(a, alpha):
    """Move each number of the array by alpha towards 0, and stop at 0."""
    return a  # Your code here.


def soft_threshold_check_large(soft_threshold):
    """Numbers farther from 0 than alpha move by alpha, on both sides."""
    answer = soft_threshold(np.array([3.0, -2.0, 5.0]), 1.0)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert not np.allclose(answer, [3, -2, 5]), "You kept the large numbers as they are. They move by alpha too."
    for one_side in ([2, 0, 4], [2, -3, 4]):
        assert not np.allclose(answer, one_side), (
            "You subtracted alpha from negative numbers too. They move up, towards 0."
        )
    assert np.allclose(answer, [2, -1, 4]), f"3, -2 and 5 become 2, -1 and 4, and you return {np.round(answer, 3)}."


def soft_threshold_check_small(soft_threshold):
    """Numbers within alpha of 0 become 0."""
    answer = soft_threshold(np.array([0.4, -1.5, 0.0]), 2.0)
    assert not np.allclose(np.abs(answer), [1.6, 0.5, 0]), "Small numbers jump across 0. They have to stop there."
    assert np.allclose(answer, 0), f"0.4, -1.5 and 0 become 0 for alpha = 2, and you return {np.round(answer, 3)}."


def soft_threshold_wrong_hard(a, alpha):
    """You kept the large numbers as they are. They move by alpha too."""
    return np.where(np.abs(a) > alpha, a, 0.0)


def soft_threshold_wrong_one_side(a, alpha):
    """You subtracted alpha from negative numbers too. They move up, towards 0."""
    return np.maximum(a - alpha, 0)


def soft_threshold_wrong_jump(a, alpha):
    """Small numbers jump across 0. They have to stop there."""
    return a - alpha * np.sign(a)


def worst_error(f, gradient, x, h):
    given = gradient(x)
    worst = 0.0
    for i in range(len(x)):
        step = np.zeros(len(x))
        step[i] = h
        measured = (f(x + step) - f(x - step)) / (2 * h)
        larger = max(abs(given[i]), abs(measured))
        if larger > 0:
            worst = max(worst, abs(given[i] - measured) / larger)
    return worst


def worst_error_starter(f, gradient, x, h):
    """The largest relative error between gradient(x) and central differences of f."""
    return 0.0  # Your code here.


def worst_error_check_wrong_gradient(worst_error):
    """A factor 2 that is missing or too many is a relative error of one half, whatever the size of the loss."""
    x = np.array([0.5, -1.5, 2.0])
    for scale in (1e-6, 1.0, 1e6):
        for factor in (1, 4):
            error = worst_error(lambda v, s=scale: s * np.sum(v**2), lambda v, s=scale * factor: s * v, x, 1e-4)
            assert error is not None, "Your function returns nothing: end it with return."
            assert abs(error - scale * abs(factor - 2) * 2) > 1e-6 * scale, (
                "That is the absolute difference. Divide it by the larger of the two numbers."
            )
            assert abs(error - 1) > 1e-3, "You divided by the smaller of the two numbers. Take the larger one."
            assert abs(error - 0.5) < 1e-3, f"The relative error is 0.5, and you return {error:.3g}."


def worst_error_check_right_gradient(worst_error):
    """A right gradient of a smooth function has a tiny error, and central differences see it."""
    x = np.array([0.5, -1.5, 1.0])
    error = worst_error(lambda v: np.sum(np.exp(v)), np.exp, x, 1e-4)
    assert error < 1e-5, "Your slopes are too rough: measure on both sides, and divide by 2 h."


def worst_error_check_all_components(worst_error):
    """One wrong partial among right ones is found, wherever it stands, and partials of 0 are no trouble."""
    x = np.array([1.0, 2.0, 3.0])
    for i in range(3):
        factors = np.ones(3)
        factors[i] = 0.8
        error = worst_error(lambda v: np.sum(v**2), lambda v, f=factors: 2 * v * f, x, 1e-4)
        assert abs(error - 0.2) < 1e-3, "You lost the worst one: look at each partial, and return the largest error."
    error = worst_error(lambda v: 0.0 * v[0], lambda v: 0 * v, x, 1e-4)
    assert error == 0, "Where both are 0 they agree: the error is 0, and nothing may be divided by 0."


def worst_error_wrong_absolute(f, gradient, x, h):
    """That is the absolute difference. Divide it by the larger of the two numbers."""
    steps = h * np.eye(len(x))
    measured = np.array([(f(x + s) - f(x - s)) / (2 * h) for s in steps])
    return np.max(np.abs(gradient(x) - measured))


def worst_error_wrong_measured(f, gradient, x, h):
    """You divided by the smaller of the two numbers. Take the larger one."""
    steps = h * np.eye(len(x))
    measured = np.array([(f(x + s) - f(x - s)) / (2 * h) for s in steps])
    return np.max(np.abs(gradient(x) - measured) / np.where(measured != 0, np.abs(measured), 1))


def worst_error_wrong_forward(f, gradient, x, h):
    """Your slopes are too rough: measure on both sides, and divide by 2 h."""
    given = gradient(x)
    measured = np.array([(f(x + s) - f(x)) / h for s in h * np.eye(len(x))])
    larger = np.maximum(np.abs(given), np.abs(measured))
    return np.max(np.abs(given - measured) / np.where(larger > 0, larger, 1))


def worst_error_wrong_last(f, gradient, x, h):
    """You lost the worst one: look at each partial, and return the largest error."""
    i = len(x) - 1
    step = h * np.eye(len(x))[i]
    measured = (f(x + step) - f(x - step)) / (2 * h)
    larger = max(abs(gradient(x)[i]), abs(measured))
    return abs(gradient(x)[i] - measured) / larger if larger > 0 else 0.0
