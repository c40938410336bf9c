"""Exercises of the module docs/statistics/probability_and_distributions.md."""

import numpy as np


def probability_between(density, a, b):
    width = (b - a) / 1000
    middles = a + width * (np.arange(1000) + 0.5)
    return np.sum(density(middles) * width)


def probability_between_starter(density, a, b):
    """The area under density from a to b."""
    return 0.0  # Your code here.


def probability_between_check_rectangle(probability_between):
    """A weight that is uniform from 0 to 0.25 lies between 0.1 and 0.15 with probability 0.2."""
    answer = probability_between(lambda y: np.where((y > 0) & (y <= 0.25), 4.0, 0.0), 0.1, 0.15)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (), (
        f"Return one number, the sum over all strips, not an array of shape {np.shape(answer)}."
    )
    assert abs(answer - 4000) > 1, "You added up the heights: multiply each by the width of its strip."
    assert abs(answer - 4) > 0.01, "That is a height, the density: a probability is height times width."
    assert abs(answer - 0.2) < 1e-6, f"The area is 4 times 0.05, which is 0.2, and you return {answer:.4g}."


def probability_between_check_triangle(probability_between):
    """With the density 2y from 0 to 1, the probability of at most b is b squared."""
    for b in (0.2, 0.5, 1.0):
        answer = probability_between(lambda y: 2 * y, 0.0, b)
        ends = (abs(answer - b * b * (1 - 1e-3)) < 1e-9, abs(answer - b * b * (1 + 1e-3)) < 1e-9)
        assert not any(ends), "Your strips are measured at one of their ends: take the height in the middle."
        assert abs(answer - b * b) < 1e-6, f"Up to {b} the area is {b * b:.4g}, and you return {answer:.4g}."


def probability_between_wrong_heights(density, a, b):
    """You added up the heights: multiply each by the width of its strip."""
    width = (b - a) / 1000
    return np.sum(density(a + width * (np.arange(1000) + 0.5)))


def probability_between_wrong_density(density, a, b):
    """That is a height, the density: a probability is height times width."""
    width = (b - a) / 1000
    return np.mean(density(a + width * (np.arange(1000) + 0.5)))


def probability_between_wrong_left_ends(density, a, b):
    """Your strips are measured at one of their ends: take the height in the middle."""
    width = (b - a) / 1000
    return np.sum(density(a + width * (np.arange(1000) + 1)) * width)


def two_variances(data):
    total = np.sum((data - data.mean()) ** 2)
    return total / len(data), total / (len(data) - 1)


def two_variances_starter(data):
    """The variance of data with the divisor n, then with n - 1."""
    return 0.0, 0.0  # Your code here.


def two_variances_check_by_hand(two_variances):
    """For the prices 50 and 100 the two are 625 and 1250."""
    answer = two_variances(np.array([50.0, 100.0]))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Return two numbers, first for n, then for n - 1, not {answer}."
    known = {
        (1250, 625): "The two are in the other order: first the one for n.",
        (0, 0): "The distances add up to zero: square them before you add them up.",
        (1250, 1250): "You did not divide by n: the first one is a mean.",
    }
    for wrong, message in known.items():
        assert not np.allclose(answer, wrong), message
    assert not np.allclose(answer, (25, 1250**0.5)), "Those are the roots, the standard deviations: leave out the root."
    message = f"The two are 625 and 1250, and you return {answer[0]:.4g} and {answer[1]:.4g}."
    assert np.allclose(answer, (625, 1250)), message


def two_variances_check_random_data(two_variances):
    """For random data they agree with numpy's, ddof=0 and ddof=1."""
    rng = np.random.default_rng(0)
    for count in (3, 8, 20):
        data = rng.normal(5, 2, count)
        answer = two_variances(data)
        expected = np.var(data), np.var(data, ddof=1)
        squares = np.mean(data**2), np.sum(data**2) / (count - 1)
        assert not np.allclose(answer, squares), "You squared the data: square their distances from the mean."
        message = f"numpy says {expected[0]:.4f} and {expected[1]:.4f}; you return {answer[0]:.4f} and {answer[1]:.4f}."
        assert np.allclose(answer, expected), message


def two_variances_wrong_order(data):
    """The two are in the other order: first the one for n."""
    total = np.sum((data - data.mean()) ** 2)
    return total / (len(data) - 1), total / len(data)


def two_variances_wrong_roots(data):
    """Those are the roots, the standard deviations: leave out the root."""
    total = np.sum((data - data.mean()) ** 2)
    return (total / len(data)) ** 0.5, (total / (len(data) - 1)) ** 0.5


def two_variances_wrong_not_squared(data):
    """The distances add up to zero: square them before you add them up."""
    total = np.sum(data - data.mean())
    return total / len(data), total / (len(data) - 1)


def spread_of_means(population, n, generator):
    samples = generator.choice(population, size=(4000, n))
    return np.std(samples.mean(axis=1))


def spread_of_means_starter(population, n, generator):
    """The standard deviation of 4000 means of n independent draws from population."""
    return 0.0  # Your code here.


def spread_of_means_check_root_of_n(spread_of_means):
    """Four times the draws in a mean halve its spread: sigma / sqrt(n)."""
    population = np.repeat([50.0, 50.0, 50.0, 50.0, 100.0], 200)
    for n in (1, 4, 16, 64):
        answer = spread_of_means(population, n, np.random.default_rng(n))
        assert answer is not None, "Your function returns nothing: end it with return."
        assert np.shape(answer) == (), f"Return one number, not an array of shape {np.shape(answer)}."
        expected = 20 / np.sqrt(n)
        single = n > 1 and abs(answer / 20 - 1) < 0.08
        assert not single, "That is the spread of the single draws: take the mean of each sample first."
        squared = abs(answer / expected**2 - 1) < 0.16
        assert not squared, "That is a variance: the standard deviation is its root."
        assert abs(answer / expected - 1) < 0.08, (
            f"For n = {n} the spread should be close to {expected:.2f}, and you return {answer:.2f}."
        )


def spread_of_means_check_with_replacement(spread_of_means):
    """A sample as large as the population still varies, because draws may repeat."""
    population = np.array([1.0, 2.0, 3.0, 6.0])
    answer = spread_of_means(population, 4, np.random.default_rng(0))
    assert answer > 0.1, "Your samples never differ: draw with replacement, so that the draws are independent."
    assert abs(answer - 3.5**0.5 / 2) < 0.06, (
        f"The spread should be close to {3.5**0.5 / 2:.2f}, you return {answer:.2f}."
    )


def spread_of_means_wrong_single_draws(population, n, generator):
    """That is the spread of the single draws: take the mean of each sample first."""
    return np.std(generator.choice(population, size=(4000, n)))


def spread_of_means_wrong_variance(population, n, generator):
    """That is a variance: the standard deviation is its root."""
    return np.var(generator.choice(population, size=(4000, n)).mean(axis=1))


def spread_of_means_wrong_without_replacement(population, n, generator):
    """Your samples never differ: draw with replacement, so that the draws are independent."""
    if n > len(population):
        return np.std(generator.choice(population, size=(4000, n)).mean(axis=1))
    samples = [generator.permutation(population)[:n] for _ in range(4000)]
    return np.std(np.mean(samples, axis=1))
