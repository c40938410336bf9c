"""Exercises of the module docs/optimization/stochastic_gradient_descent.md."""

from itertools import combinations, product

import numpy as np


def batch_variance(slopes, size, with_replacement):
    n = len(slopes)
    variance = np.var(slopes) / size
    return variance if with_replacement else variance * (n - size) / (n - 1)


def batch_variance_starter(slopes, size, with_replacement):
    """Variance of the mean of `size` random slopes."""
    return 0.0  # Your code here.


def batch_variance_check_with_replacement(batch_variance):
    """With replacement: the slopes 3, 1, -1, -3 have the variance 5, and pairs have half of it."""
    answer = batch_variance(np.array([3.0, 1.0, -1.0, -3.0]), 2, True)
    assert answer is not None, "Your function returns nothing: end it with return."
    root = "That is divided by the root of the size: the error falls with the root, the variance with the size."
    assert abs(answer - 5 / np.sqrt(2)) > 1e-9, root
    assert abs(answer - np.sqrt(2.5)) > 1e-9, "That is the typical error, the root: the variance was asked for."
    message = "You used the factor for draws without replacement here: with replacement there is none."
    assert abs(answer - 5 / 3) > 1e-9, message
    divisor = "You divided by n - 1 inside the variance: the four slopes are all there are, so use np.var as it is."
    assert abs(answer - 20 / 3 / 2) > 1e-9, divisor
    assert abs(answer - 2.5) < 1e-9, f"Half of 5 is 2.5, and you return {answer:.4g}."


def batch_variance_check_without_replacement(batch_variance):
    """Without replacement: every possible pair or triple of random slopes, counted."""
    rng = np.random.default_rng(0)
    for n, size in ((4, 2), (5, 3), (6, 2)):
        slopes = rng.normal(size=n)
        counted = np.var([np.mean(chosen) for chosen in combinations(slopes, size)])
        answer = batch_variance(slopes, size, False)
        forgotten = "Without replacement the errors cancel a little: multiply by (n - B)/(n - 1)."
        assert abs(answer - np.var(slopes) / size) > 1e-9, forgotten
        off_by_one = "You divided by n in the factor: it is (n - B)/(n - 1)."
        assert abs(answer - np.var(slopes) / size * (n - size) / n) > 1e-9, off_by_one
        message = f"For {n} slopes and batches of {size}, counting gives {counted:.4f}, and you return {answer:.4f}."
        assert abs(answer - counted) < 1e-9, message


def batch_variance_check_everything(batch_variance):
    """A batch of all examples has no noise."""
    answer = batch_variance(np.array([2.0, 7.0, 1.0]), 3, False)
    assert abs(answer) < 1e-9, f"All 3 of 3 slopes leave nothing to chance, and you return {answer:.4g}."


def batch_variance_wrong_root(slopes, size, with_replacement):
    """That is divided by the root of the size: the error falls with the root, the variance with the size."""
    n = len(slopes)
    return np.var(slopes) / np.sqrt(size) * (1 if with_replacement else (n - size) / (n - 1))


def batch_variance_wrong_no_factor(slopes, size, with_replacement):
    """Without replacement the errors cancel a little: multiply by (n - B)/(n - 1)."""
    return np.var(slopes) / size


def batch_variance_wrong_turned_round(slopes, size, with_replacement):
    """You used the factor for draws without replacement here: with replacement there is none."""
    n = len(slopes)
    return np.var(slopes) / size * ((n - size) / (n - 1) if with_replacement else 1)


def batch_variance_wrong_n(slopes, size, with_replacement):
    """You divided by n in the factor: it is (n - B)/(n - 1)."""
    n = len(slopes)
    return np.var(slopes) / size * (1 if with_replacement else (n - size) / n)


def one_epoch(prices, w, learning_rate, batch_size, generator):
    order = generator.permutation(prices)
    for first in range(0, len(prices), batch_size):
        batch = order[first : first + batch_size]
        w = w - learning_rate * np.mean(w - batch)
    return w


def one_epoch_starter(prices, w, learning_rate, batch_size, generator):
    """The weight after one shuffled pass in mini-batches."""
    return w  # Your code here.


def one_epoch_check_full_batch(one_epoch):
    """One batch of all prices, at the rate 1, lands on their mean."""
    answer = one_epoch(np.array([2.0, 6.0, 7.0]), 1.0, 1.0, 3, np.random.default_rng(0))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert abs(answer - 1.0) > 1e-9, "The weight did not move."
    assert abs(answer - 13.0) > 1e-9, "You added the slopes of a batch up: take their mean."
    assert abs(answer + 3.0) > 1e-9, "You went uphill: subtract the step."
    by_luck = "Each example has to come once, not by luck. You return the mean of other draws."
    others = [np.mean(draw) for draw in product((2.0, 6.0, 7.0), repeat=3) if len(set(draw)) < 3]
    assert not np.isclose(answer, others).any(), by_luck
    assert abs(answer - 5.0) < 1e-9, f"The mean of 2, 6 and 7 is 5, and you return {answer:.4g}."


def one_epoch_check_each_once(one_epoch):
    """At a tiny rate the steps add up: each price counts exactly once."""
    prices = 2.0 ** np.arange(8)
    for seed in range(5):
        answer = one_epoch(prices, 0.0, 1e-9, 1, np.random.default_rng(seed)) / 1e-9
        message = f"Each example has to come once, not by luck. Your steps add up to {answer:.0f}, the prices to 255."
        assert abs(answer - 255) < 0.01, message


def one_epoch_check_steps(one_epoch):
    """Equal prices: every step multiplies the distance to them by the same factor."""
    for count, size, steps in ((6, 2, 3), (7, 3, 3), (5, 1, 5)):
        answer = one_epoch(np.full(count, 4.0), 12.0, 0.5, size, np.random.default_rng(0))
        expected = 4 + 8 * 0.5**steps
        left_out = 4 + 8 * 0.5 ** (count // size)
        if count % size:
            message = "You left out the smaller last batch: its examples are part of the epoch."
            assert abs(answer - left_out) > 1e-9, message
        stale = 12 - steps * 4
        message = "All your steps use the slopes at the start: compute them anew after each step."
        assert abs(answer - stale) > 1e-9, message
        assert abs(answer - expected) < 1e-9, (
            f"{count} prices, {size} to a batch, are {steps} steps, from 12 to {expected:.4g}; you return {answer:.4g}."
        )


def one_epoch_check_shuffled(one_epoch):
    """Other shuffles end elsewhere."""
    prices = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    ends = {round(one_epoch(prices, 0.0, 0.5, 1, np.random.default_rng(seed)), 6) for seed in range(5)}
    assert len(ends) > 1, "Five generators give the same result: shuffle the prices first."


def one_epoch_check_prices_are_left_alone(one_epoch):
    """The caller's prices keep their order."""
    prices = np.arange(20.0)
    one_epoch(prices, 0.0, 0.5, 4, np.random.default_rng(0))
    message = "You changed the caller's prices: generator.permutation makes a copy, generator.shuffle does not."
    assert (prices == np.arange(20.0)).all(), message


def one_epoch_wrong_sum(prices, w, learning_rate, batch_size, generator):
    """You added the slopes of a batch up: take their mean."""
    order = generator.permutation(prices)
    for first in range(0, len(prices), batch_size):
        w = w - learning_rate * np.sum(w - order[first : first + batch_size])
    return w


def one_epoch_wrong_dropped(prices, w, learning_rate, batch_size, generator):
    """You left out the smaller last batch: its examples are part of the epoch."""
    order = generator.permutation(prices)
    for number in range(len(prices) // batch_size):
        w = w - learning_rate * np.mean(w - order[number * batch_size : (number + 1) * batch_size])
    return w


def one_epoch_wrong_stale(prices, w, learning_rate, batch_size, generator):
    """All your steps use the slopes at the start: compute them anew after each step."""
    order = generator.permutation(prices)
    start = w
    for first in range(0, len(prices), batch_size):
        w = w - learning_rate * np.mean(start - order[first : first + batch_size])
    return w


def one_epoch_wrong_with_replacement(prices, w, learning_rate, batch_size, generator):
    """Each example has to come once, not by luck."""
    for first in range(0, len(prices), batch_size):
        size = min(batch_size, len(prices) - first)
        w = w - learning_rate * np.mean(w - generator.choice(prices, size))
    return w


def one_epoch_wrong_unshuffled(prices, w, learning_rate, batch_size, generator):
    """Five generators give the same result: shuffle the prices first."""
    for first in range(0, len(prices), batch_size):
        w = w - learning_rate * np.mean(w - prices[first : first + batch_size])
    return w


def one_epoch_wrong_in_place(prices, w, learning_rate, batch_size, generator):
    """You changed the caller's prices: generator.permutation makes a copy, generator.shuffle does not."""
    generator.shuffle(prices)
    for first in range(0, len(prices), batch_size):
        w = w - learning_rate * np.mean(w - prices[first : first + batch_size])
    return w
