"""Exercises of the module docs/calculus/rules_of_differentiation.md."""

import numpy as np

from mlmath.stats import sigmoid


def silu_slope(x):
    p = sigmoid(x)
    return p + x * p * (1 - p)


def silu_slope_starter(x):
    """The slope of x * sigmoid(x)."""
    p = sigmoid(x)
    return 0 * p  # Your code here.


def silu_slope_check_at_zero(silu_slope):
    """At 0 the factor x is 0, so the slope is that of a line through 0 with the gate half open."""
    answer = silu_slope(0.0)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert abs(answer - 0.25) > 1e-9, "You multiplied the two slopes. The product rule has two terms: u' v + u v'."
    message = "The second term needs its factor x: it is x times the slope of the sigmoid."
    assert abs(answer - 0.75) > 1e-9, message
    assert abs(answer - 0.5) < 1e-9, f"At 0 the slope is 1/2, and you return {answer:.4g}."


def silu_slope_check_measured(silu_slope):
    """The slope agrees with the measured one, on both sides of 0."""
    for x in (-3.0, -1.0, 0.5, 2.0):
        p = 1 / (1 + np.exp(-x))
        known = {
            "The second term needs its factor x: it is x times the slope of the sigmoid.": p + p * (1 - p),
            "The signs of the two terms are both plus in the product rule.": p - x * p * (1 - p),
            "The slope of the sigmoid is p (1 - p), not p.": p + x * p,
        }
        answer = silu_slope(x)
        for message, wrong in known.items():
            assert abs(answer - wrong) > 1e-9, message
        measured = ((x + 1e-5) / (1 + np.exp(-x - 1e-5)) - (x - 1e-5) / (1 + np.exp(-x + 1e-5))) / 2e-5
        assert abs(answer - measured) < 1e-7, f"At {x} the slope is {measured:.5f}, and you return {answer:.5f}."


def silu_slope_wrong_product(x):
    """You multiplied the two slopes. The product rule has two terms: u' v + u v'."""
    p = sigmoid(x)
    return p * (1 - p)


def silu_slope_wrong_factor(x):
    """The second term needs its factor x: it is x times the slope of the sigmoid."""
    p = sigmoid(x)
    return p + p * (1 - p)


def silu_slope_wrong_sign(x):
    """The signs of the two terms are both plus in the product rule."""
    p = sigmoid(x)
    return p - x * p * (1 - p)


def silu_slope_wrong_sigmoid(x):
    """The slope of the sigmoid is p (1 - p), not p."""
    p = sigmoid(x)
    return p + x * p


def log_loss_slopes(w, b, x, y):
    p = sigmoid(w * x + b)
    return (p - y) * x, p - y


def log_loss_slopes_starter(w, b, x, y):
    """The slopes of the log loss of one example: for w, then for b."""
    return 0.0, 0.0  # Your code here.


def log_loss_slopes_check_by_hand(log_loss_slopes):
    """The example from this page: w = 1, b = -2, x = 2, y = 1 gives -1 and -0.5."""
    answer = log_loss_slopes(1.0, -2.0, 2.0, 1)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Return two numbers, the slope for w and the one for b, not {answer}."
    known = {
        (1, 0.5): "The signs are turned round: it is predicted minus observed, p - y.",
        (-0.5, -0.5): "The inner slope is missing: z = w x + b grows by x for each unit of w.",
        (-0.25, -0.125): "One factor p (1 - p) too many: the slope of the logarithm cancels it.",
        (-0.5, -1): "The two slopes are in the other order: first the one for w.",
    }
    for wrong, message in known.items():
        assert not np.allclose(answer, wrong), message
    assert np.allclose(answer, (-1, -0.5)), (
        f"The slopes are -1 and -0.5, and you return {answer[0]:.4g} and {answer[1]:.4g}."
    )


def log_loss_slopes_check_measured(log_loss_slopes):
    """The slopes agree with measured ones, for both labels."""
    for w, b, x in np.random.default_rng(0).uniform(-2, 2, (5, 3)):
        for y in (0, 1):

            def loss(w, b, x=x, y=y):
                p = 1 / (1 + np.exp(-(w * x + b)))
                return -y * np.log(p) - (1 - y) * np.log(1 - p)

            by_w = (loss(w + 1e-5, b) - loss(w - 1e-5, b)) / 2e-5
            by_b = (loss(w, b + 1e-5) - loss(w, b - 1e-5)) / 2e-5
            answer = log_loss_slopes(w, b, x, y)
            message = f"For y = {y}: measured {by_w:.4f}, {by_b:.4f}; you return {answer[0]:.4f}, {answer[1]:.4f}."
            assert np.allclose(answer, (by_w, by_b), atol=1e-6), message


def log_loss_slopes_check_far_out(log_loss_slopes):
    """A score of 50 with the label 0 has the slope 1, not NaN."""
    with np.errstate(all="ignore"):
        try:
            answer = log_loss_slopes(50.0, 0.0, 1.0, 0)
        except ZeroDivisionError:
            answer = (np.nan, np.nan)
    message = "At a score of 50 your factors give NaN: cancel p (1 - p) by hand first, so that only p - y is left."
    assert np.isfinite(answer).all(), message
    assert np.allclose(answer, (1, 1)), f"Both slopes are 1 there, and you return {answer[0]:.4g} and {answer[1]:.4g}."


def log_loss_slopes_wrong_sign(w, b, x, y):
    """The signs are turned round: it is predicted minus observed, p - y."""
    p = sigmoid(w * x + b)
    return (y - p) * x, y - p


def log_loss_slopes_wrong_inner(w, b, x, y):
    """The inner slope is missing: z = w x + b grows by x for each unit of w."""
    p = sigmoid(w * x + b)
    return p - y, p - y


def log_loss_slopes_wrong_squared(w, b, x, y):
    """One factor p (1 - p) too many: the slope of the logarithm cancels it."""
    p = sigmoid(w * x + b)
    return (p - y) * p * (1 - p) * x, (p - y) * p * (1 - p)


def log_loss_slopes_wrong_order(w, b, x, y):
    """The two slopes are in the other order: first the one for w."""
    p = sigmoid(w * x + b)
    return p - y, (p - y) * x


def log_loss_slopes_wrong_stages(w, b, x, y):
    """At a score of 50 your factors give NaN: cancel p (1 - p) by hand first, so that only p - y is left."""
    p = sigmoid(w * x + b)
    slope = (-1 / p if y == 1 else 1 / (1 - p)) * p * (1 - p)
    return slope * x, slope


def better_slope(f, x, h):
    coarse = (f(x + h) - f(x - h)) / (2 * h)
    fine = (f(x + h / 2) - f(x - h / 2)) / h
    return (4 * fine - coarse) / 3


def better_slope_starter(f, x, h):
    """Two central differences, with h and with h / 2, combined so that the h^2 errors cancel."""
    coarse = (f(x + h) - f(x - h)) / (2 * h)
    return coarse  # Your code here.


def better_slope_check_line(better_slope):
    """On a straight line there is no error to cancel, so the slope stays the slope."""
    slope = better_slope(lambda x: 3 * x + 1, 2.0, 0.5)
    assert slope is not None, "Your function returns nothing: end it with return."
    assert abs(slope - 9) > 1e-9, "The parts must add up to one whole: divide 4 fine - coarse by 3."
    message = "The two points of the fine difference are h apart: divide by 2 times h / 2."
    assert abs(slope - 1) > 1e-9, message
    assert abs(slope - 3) < 1e-9, f"The line 3 x + 1 has slope 3, and you return {slope:.4g}."


def better_slope_check_cube(better_slope):
    """For x^3 the errors are h^2 and h^2 / 4, and nothing else: combined, they vanish."""
    for x, h in ((1.0, 0.5), (-2.0, 0.25), (3.0, 1.0)):
        slope = better_slope(lambda t: t**3, x, h)
        error = slope - 3 * x * x
        assert abs(error - h * h) > 1e-9, "That is the coarse difference alone: its error is h^2."
        assert abs(error - h * h * 5 / 8) > 1e-9, "You took the mean: the errors h^2 and h^2 / 4 do not cancel in it."
        assert abs(error - h * h * 5 / 4) > 1e-9, "The roles are swapped: 4 times the fine one minus the coarse one."
        assert abs(error) < 1e-9, f"At {x:.0f} the slope of x^3 is {3 * x * x:.0f}, and you return {slope:.4g}."


def better_slope_check_fifth_power(better_slope):
    """For x^5 at 0 an error of the order h^4 is left, and its size tells which two steps were used."""
    for h in (0.5, 1.0):
        slope = better_slope(lambda t: t**5, 0.0, h)
        assert abs(slope + 4 * h**4) > 1e-9, "You combined the steps h and 2 h: the two steps are h and h / 2."
        assert abs(slope + h**4 / 4) < 1e-9, f"For x^5 at 0, h = {h} should leave {-(h**4) / 4:.4g}, not {slope:.4g}."


def better_slope_wrong_mean(f, x, h):
    """You took the mean: the errors h^2 and h^2 / 4 do not cancel in it."""
    coarse = (f(x + h) - f(x - h)) / (2 * h)
    fine = (f(x + h / 2) - f(x - h / 2)) / h
    return (fine + coarse) / 2


def better_slope_wrong_swapped(f, x, h):
    """The roles are swapped: 4 times the fine one minus the coarse one."""
    coarse = (f(x + h) - f(x - h)) / (2 * h)
    fine = (f(x + h / 2) - f(x - h / 2)) / h
    return (4 * coarse - fine) / 3


def better_slope_wrong_undivided(f, x, h):
    """The parts must add up to one whole: divide 4 fine - coarse by 3."""
    coarse = (f(x + h) - f(x - h)) / (2 * h)
    fine = (f(x + h / 2) - f(x - h / 2)) / h
    return 4 * fine - coarse


def better_slope_wrong_double(f, x, h):
    """You combined the steps h and 2 h: the two steps are h and h / 2."""
    coarse = (f(x + 2 * h) - f(x - 2 * h)) / (4 * h)
    fine = (f(x + h) - f(x - h)) / (2 * h)
    return (4 * fine - coarse) / 3


def better_slope_wrong_run(f, x, h):
    """The two points of the fine difference are h apart: divide by 2 times h / 2."""
    coarse = (f(x + h) - f(x - h)) / (2 * h)
    fine = (f(x + h / 2) - f(x - h / 2)) / (2 * h)
    return (4 * fine - coarse) / 3
