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


def probability_between_check_curve(probability_between):
    """With the density 3y^2 from 0 to 1, the probability of a to b is b cubed minus a cubed."""
    for a, b in ((0.0, 0.5), (0.2, 1.0), (0.5, 0.6)):
        answer, right, top = probability_between(lambda y: 3 * y**2, a, b), b**3 - a**3, 3 * b**2
        assert a == 0 or abs(answer - (b - a) ** 3) > 1e-6, "Your strips start at 0: the first one starts at a."
        one_strip = abs(answer - 0.75 * (a + b) ** 2 * (b - a)) < 1e-6
        assert not one_strip, "You measured one height in the middle of the interval: cut it into 1000 strips."
        ends = abs(abs(answer - right) - (top - 3 * a**2) * (b - a) / 2000) < 1e-6
        assert not ends, "Your strips are measured at one of their ends: take the height in the middle."
        assert abs(answer - right) < 1e-6, f"From {a} to {b} the area is {right:.6g}, and you return {answer:.6g}."


def probability_between_wrong_heights(density, a, b):
    """You added up the heights: multiply each by the width of its strip."""
    width = (b - a) / 1000
    return np.sum(density(a + width * (np.arange(1000) + 0.5)))


def probability_between_wrong_density(density, a, b):
    """That is a height, the density: a probability is height times width."""
    width = (b - a) / 1000
    return np.mean(density(a + width * (np.arange(1000) + 0.5)))


def probability_between_wrong_right_ends(density, a, b):
    """Your strips are measured at one of their ends: take the height in the middle."""
    width = (b - a) / 1000
    return np.sum(density(a + width * (np.arange(1000) + 1)) * width)


def probability_between_wrong_start(density, a, b):
    """Your strips start at 0: the first one starts at a."""
    width = (b - a) / 1000
    return np.sum(density(width * (np.arange(1000) + 0.5)) * width)


def probability_between_wrong_one_strip(density, a, b):
    """You measured one height in the middle of the interval: cut it into 1000 strips."""
    return float(density(np.array([(a + b) / 2]))[0]) * (b - a)


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
    other = spread_of_means(population, 4, np.random.default_rng(1))
    assert answer < 0.1 or answer != other, "Other draws give exactly the same: measure the spread of drawn means."
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


def spread_of_means_wrong_formula(population, n, generator):
    """Other draws give exactly the same: measure the spread of drawn means."""
    return np.std(population) / np.sqrt(n)


def spread_of_means_wrong_without_replacement(population, n, generator):
    """Your samples never differ: draw with replacement, so that the draws are independent."""
    if n > len(population):
        return np.std(generator.choice(population, size=(4000, n)).mean(axis=1))
    samples = [generator.permutation(population)[:n] for _ in range(4000)]
    return np.std(np.mean(samples, axis=1))
