"""Exercises of the module docs/optimization/gradient_descent.md."""

import numpy as np


def worst_factor(curvatures, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.asarray(curvatures)))


def worst_factor_starter(curvatures, learning_rate):
    """The largest factor by which one step multiplies a part of the distance."""
    return 0.0  # Your code here.


def worst_factor_check_two_weights(worst_factor):
    """The bowl of this page: curvatures 0.8 and 3.2."""
    for rate, factor in ((0.25, 0.8), (0.5, 0.6), (0.625, 1.0)):
        answer = worst_factor([0.8, 3.2], rate)
        assert answer is not None, "Your function returns nothing: end it with return."
        message = "A factor below 0 counts with its size: take the absolute value of each factor first."
        assert rate != 0.625 or abs(answer - 0.5) > 1e-9, message
        message = "That is the smallest factor. The part that shrinks least decides."
        assert rate != 0.25 or abs(answer - 0.2) > 1e-9, message
        assert abs(answer - factor) < 1e-9, f"At the rate {rate} it is {factor}, and you return {answer:.3g}."


def worst_factor_check_order(worst_factor):
    """The curvatures come in any order, and there may be many."""
    answer = worst_factor(np.array([3.0, 0.1, 5.0, 1.0]), 0.1)
    message = "Look at all curvatures: the flattest one decides when the rate is small, wherever it stands in the list."
    assert abs(answer - 0.99) < 1e-9, message
    answer = worst_factor(np.array([3.0, 0.1, 5.0, 1.0]), 0.5)
    assert abs(answer - 1.5) < 1e-9, (
        f"At the rate 0.5 the steepest part has the size |1 - 2.5| = 1.5, not {answer:.3g}."
    )


def worst_factor_wrong_no_absolute_value(curvatures, learning_rate):
    """take the absolute value of each factor first"""
    return np.max(1 - learning_rate * np.asarray(curvatures))


def worst_factor_wrong_smallest(curvatures, learning_rate):
    """That is the smallest factor."""
    return np.min(np.abs(1 - learning_rate * np.asarray(curvatures)))


def worst_factor_wrong_ends_of_the_list(curvatures, learning_rate):
    """Look at all curvatures"""
    return max(abs(1 - learning_rate * curvatures[0]), abs(1 - learning_rate * curvatures[-1]))


def safe_rate(loss, gradient, point, share=0.5):
    slopes = gradient(point)
    rate = 1.0
    while loss(point - rate * slopes) > loss(point) - share * rate * (slopes @ slopes):
        rate = rate / 2
    return rate


def safe_rate_starter(loss, gradient, point, share=0.5):
    """The first of the rates 1, 1/2, 1/4, ... that meets Armijo's condition at point."""
    return 1.0  # Your code here.


def _counted(loss, most=200):
    """The loss, which refuses to be asked for ever."""
    calls = []

    def asked(point):
        calls.append(point)
        assert len(calls) <= most, (
            "Still searching after 100 rates: does the rate shrink, and does the step go downhill?"
        )
        return loss(np.array(point, dtype=float))

    return asked


def safe_rate_check_quartic(safe_rate):
    """The example of this page: w^4 at 1, with the share 0.1."""
    rate = safe_rate(_counted(lambda w: w[0] ** 4), lambda w: 4 * w**3, np.array([1.0]), 0.1)
    assert rate is not None, "Your function returns nothing: end it with return."
    assert rate > 1e-9, "The rate shrank to almost nothing: subtract the gradient, so that the step goes downhill."
    assert rate != 1, "At the rate 1 the loss rises from 1 to 81: refuse it, and try half of it."
    assert abs(rate - 0.25) < 1e-12, f"1 and 1/2 are refused, and 1/4 is the first that is accepted; you return {rate}."


def safe_rate_check_length(safe_rate):
    """What the slope promises is the squared length of the gradient."""
    point = np.array([0.8 / 1.9])  # the gradient there is 0.8
    rate = safe_rate(_counted(lambda w: 0.95 * (w @ w)), lambda w: 1.9 * w, point, 0.5)
    assert rate != 1, "You accept any decrease. Armijo asks for share * rate * (gradient @ gradient)."
    message = "The slope along the step is the squared length of the gradient, gradient @ gradient, not its length."
    assert rate != 0.25, message
    assert abs(rate - 0.5) < 1e-12, f"Here the rate is 1/2, and you return {rate}."


def safe_rate_check_share(safe_rate):
    """A small decrease is not enough: it has to be the share of what the slope promises."""
    for share, expected in ((0.05, 0.5), (0.5, 0.25), (0.8, 0.0625)):
        rate = safe_rate(_counted(lambda w: 1.9 * w[0] ** 2), lambda w: 3.8 * w, np.array([1.0]), share)
        message = "You accept any decrease. Armijo asks for share * rate * (gradient @ gradient)."
        assert share == 0.05 or rate != 0.5, message
        assert abs(rate - expected) < 1e-12, f"With the share {share} the rate is {expected}, and you return {rate}."


def safe_rate_check_two_weights(safe_rate):
    """With two weights, the squared length adds the squares of both partials."""
    point = np.array([1.0, -1.0])  # the gradient there is (2, -4)
    rate = safe_rate(_counted(lambda w: w[0] ** 2 + 2 * w[1] ** 2), lambda w: w * [2.0, 4.0], point, 0.5)
    message = "With two weights, gradient @ gradient adds the squares of both partials: here 4 + 16."
    assert rate != 0.5, message
    assert abs(rate - 0.25) < 1e-12, f"Here the rate is 1/4, and you return {rate}."


def safe_rate_wrong_square_of_the_sum(loss, gradient, point, share=0.5):
    """gradient @ gradient adds the squares of both partials"""
    slopes = gradient(point)
    rate = 1.0
    while loss(point - rate * slopes) > loss(point) - share * rate * np.sum(slopes) ** 2:
        rate = rate / 2
    return rate


def safe_rate_wrong_any_decrease(loss, gradient, point, share=0.5):
    """You accept any decrease."""
    slopes = gradient(point)
    rate = 1.0
    while loss(point - rate * slopes) >= loss(point):
        rate = rate / 2
    return rate


def safe_rate_wrong_length(loss, gradient, point, share=0.5):
    """The slope along the step is the squared length of the gradient"""
    slopes = gradient(point)
    rate = 1.0
    while loss(point - rate * slopes) > loss(point) - share * rate * np.linalg.norm(slopes):
        rate = rate / 2
    return rate


def safe_rate_wrong_uphill(loss, gradient, point, share=0.5):
    """The rate shrank to almost nothing: subtract the gradient"""
    slopes = gradient(point)
    rate = 1.0
    while loss(point + rate * slopes) > loss(point) - share * rate * (slopes @ slopes):
        rate = rate / 2
    return rate
