"""Exercises of the module docs/calculus/calculus_for_ml.md."""

import numpy as np


def central_slope(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def central_slope_starter(f, x, h):
    """Slope of f between x - h and x + h."""
    return 0.0  # Your code here.


def central_slope_check_line(central_slope):
    """A straight line has the same slope everywhere."""
    slope = central_slope(lambda x: 3 * x + 1, 2.0, 0.5)
    assert slope is not None, "Your function returns nothing: end it with return."
    assert abs(slope - 6) > 1e-9, "You divided by h, but the two points are 2 h apart."
    assert abs(slope + 3) > 1e-9, (
        "The sign is turned round: subtract the value on the left from the value on the right."
    )
    assert abs(slope - 3) < 1e-9, f"The line 3 x + 1 has slope 3, and you return {slope:.3g}."


def central_slope_check_square(central_slope):
    """For x^2 the central difference is exact: the curve's extra on both sides cancels."""
    for x in (-1.0, 0.0, 3.0):
        slope = central_slope(lambda t: t * t, x, 0.25)
        assert abs(slope - (2 * x + 0.25)) > 1e-9, "That is the forward difference: start at x - h, not at x."
        assert abs(slope - 2 * x) < 1e-9, f"At {x:.0f} the slope of x^2 is {2 * x:.0f}, and you return {slope:.3g}."


def central_slope_wrong_step(f, x, h):
    """You divided by h, but the two points are 2 h apart."""
    return (f(x + h) - f(x - h)) / h


def central_slope_wrong_forward(f, x, h):
    """That is the forward difference: start at x - h, not at x."""
    return (f(x + h) - f(x)) / h


def central_slope_wrong_sign(f, x, h):
    """The sign is turned round: subtract the value on the left from the value on the right."""
    return (f(x - h) - f(x + h)) / (2 * h)


def line_gradient(x, y, m, b):
    errors = m * x + b - y
    return 2 * np.mean(errors * x), 2 * np.mean(errors)


def line_gradient_starter(x, y, m, b):
    """The two partials of the mean squared error of y = m x + b: for m, then for b."""
    return 0.0, 0.0  # Your code here.


def line_gradient_check_by_hand(line_gradient):
    """The example from this page: at m = 1, b = 0 the partials are -10 and -4."""
    answer = line_gradient(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 7.0]), 1.0, 0.0)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Return two numbers, the partial for m and the one for b, not {answer}."
    known = {
        (-5, -2): "Half of the right answer: the 2 that comes down from the square is missing.",
        (-30, -12): "Three times the right answer: the loss is a mean, so divide by the number of points.",
        (10, 4): "The signs are turned round: an error is prediction minus observation, m x + b - y.",
        (-4, -10): "The two partials are in the other order: first the one for m.",
        (
            -4,
            -4,
        ): "Both partials are the same: inside the square, m is multiplied by x, so its partial needs a factor x.",
    }
    for wrong, message in known.items():
        assert not np.allclose(answer, wrong), message
    message = f"The partials are -10 and -4, and you return {answer[0]:.4g} and {answer[1]:.4g}."
    assert np.allclose(answer, (-10, -4)), message


def line_gradient_check_best_line(line_gradient):
    """On points of one line, both partials are zero at that line."""
    x = np.array([-1.0, 0.5, 2.0, 4.0])
    answer = line_gradient(x, 3 * x - 2, 3.0, -2.0)
    assert np.allclose(answer, 0), (
        f"All errors are zero here, so both partials are zero; you return {answer[0]:.4g} and {answer[1]:.4g}."
    )


def line_gradient_check_measured(line_gradient):
    """The partials agree with slopes that are measured, for random points and lines."""
    rng = np.random.default_rng(0)
    for _ in range(5):
        x, y = rng.normal(size=(2, 6))
        m, b = rng.normal(size=2)

        def loss(m, b, x=x, y=y):
            return np.mean((m * x + b - y) ** 2)

        by_m = (loss(m + 1e-5, b) - loss(m - 1e-5, b)) / 2e-5
        by_b = (loss(m, b + 1e-5) - loss(m, b - 1e-5)) / 2e-5
        answer = line_gradient(x, y, m, b)
        yours = " and ".join(f"{partial:.4f}" for partial in answer)
        divided_by_3 = np.allclose(answer, (2 * by_m, 2 * by_b), atol=1e-6)
        assert not divided_by_3, "You divided by 3, but here are 6 points."
        message = f"Measured for 6 random points: {by_m:.4f} and {by_b:.4f}; you return {yours}."
        assert np.allclose(answer, (by_m, by_b), atol=1e-6), message


def line_gradient_wrong_no_two(x, y, m, b):
    """Half of the right answer: the 2 that comes down from the square is missing."""
    errors = m * x + b - y
    return np.mean(errors * x), np.mean(errors)


def line_gradient_wrong_sum(x, y, m, b):
    """Three times the right answer: the loss is a mean, so divide by the number of points."""
    errors = m * x + b - y
    return 2 * np.sum(errors * x), 2 * np.sum(errors)


def line_gradient_wrong_sign(x, y, m, b):
    """The signs are turned round: an error is prediction minus observation, m x + b - y."""
    errors = y - (m * x + b)
    return 2 * np.mean(errors * x), 2 * np.mean(errors)


def line_gradient_wrong_order(x, y, m, b):
    """The two partials are in the other order: first the one for m."""
    errors = m * x + b - y
    return 2 * np.mean(errors), 2 * np.mean(errors * x)


def line_gradient_wrong_chain(x, y, m, b):
    """Both partials are the same: inside the square, m is multiplied by x, so its partial needs a factor x."""
    errors = m * x + b - y
    return 2 * np.mean(errors), 2 * np.mean(errors)


def line_gradient_wrong_three(x, y, m, b):
    """You divided by 3, but here are 6 points."""
    errors = m * x + b - y
    return 2 / 3 * np.sum(errors * x), 2 / 3 * np.sum(errors)


def descend(gradient, start, learning_rate, tolerance):
    point = np.array(start, dtype=float)
    while np.linalg.norm(gradient(point)) > tolerance:
        point = point - learning_rate * gradient(point)
    return point


def descend_starter(gradient, start, learning_rate, tolerance):
    """Walk downhill from start until the gradient is no longer than tolerance; return the last point."""
    return np.array(start, dtype=float)  # Your code here.


def _counted(gradient, most=2000):
    """The gradient, which refuses to be asked for ever."""
    calls = []

    def asked(point):
        calls.append(point)
        assert len(calls) <= most, "Still walking after 2000 gradients: does each step go down, and does your loop end?"
        assert np.abs(point).max() < 1e6, "The walk runs away uphill: subtract the step, do not add it."
        return gradient(np.array(point, dtype=float))

    return asked


def descend_check_bowl(descend):
    """On a bowl with its minimum at (3, -1), the walk ends there."""
    end = descend(_counted(lambda p: 2 * (p - [3.0, -1.0])), [0.0, 0.0], 0.1, 1e-6)
    assert end is not None, "Your function returns nothing: end it with return."
    assert not np.allclose(end, [0.0, 0.0]), "The walk never left the start."
    assert not np.allclose(end, [0.6, -0.2]), "That was one step: repeat it until the gradient is short."
    assert np.allclose(end, [3.0, -1.0], atol=1e-5), f"The minimum is at (3, -1), and you end at {end}."


def descend_check_cancelling_slopes(descend):
    """A gradient of (4, -4) is long, although its two numbers add up to zero."""
    end = descend(_counted(lambda p: 2 * p), [2.0, -2.0], 0.1, 1e-6)
    message = "You stopped where the partials add up to zero: measure the length of the gradient, np.linalg.norm."
    assert not np.allclose(end, [2.0, -2.0]), message
    assert np.allclose(end, [0.0, 0.0], atol=1e-5), f"The minimum is at (0, 0), and you end at {end}."


def descend_check_tolerance(descend):
    """The walk stops as soon as the gradient is short enough, and not before."""
    end = descend(_counted(lambda p: 2 * p), [8.0], 0.25, 2.5)
    message = f"From 8 the walk goes 8, 4, 2, 1; at 1 the gradient is 2, shorter than 2.5. You end at {end}."
    assert np.allclose(end, [1.0]), message


def descend_check_start_is_left_alone(descend):
    """The caller's start is still there afterwards."""
    start = np.array([4.0])
    descend(_counted(lambda p: 2 * p), start, 0.1, 1e-3)
    assert start[0] == 4.0, "You changed the caller's start: make a copy, and write point = point - ... instead of -=."


def descend_wrong_uphill(gradient, start, learning_rate, tolerance):
    """The walk runs away uphill: subtract the step, do not add it."""
    point = np.array(start, dtype=float)
    while np.linalg.norm(gradient(point)) > tolerance:
        point = point + learning_rate * gradient(point)
    return point


def descend_wrong_one_step(gradient, start, learning_rate, tolerance):
    """That was one step: repeat it until the gradient is short."""
    point = np.array(start, dtype=float)
    if np.linalg.norm(gradient(point)) > tolerance:
        point = point - learning_rate * gradient(point)
    return point


def descend_wrong_sum(gradient, start, learning_rate, tolerance):
    """You stopped where the partials add up to zero: measure the length of the gradient, np.linalg.norm."""
    point = np.array(start, dtype=float)
    while abs(np.sum(gradient(point))) > tolerance:
        point = point - learning_rate * gradient(point)
    return point


def descend_wrong_fixed_steps(gradient, start, learning_rate, tolerance):
    """From 8 the walk goes 8, 4, 2, 1; at 1 the gradient is 2, shorter than 2.5."""
    point = np.array(start, dtype=float)
    for _ in range(500):
        point = point - learning_rate * gradient(point)
    return point


def descend_wrong_in_place(gradient, start, learning_rate, tolerance):
    """You changed the caller's start: make a copy, and write point = point - ... instead of -=."""
    point = np.asarray(start, dtype=float)
    while np.linalg.norm(gradient(point)) > tolerance:
        point -= learning_rate * gradient(point)
    return point
