"""What the module docs/statistics/bayes_and_inference.md claims, one function per claim."""

import numpy as np

# TODO Replace these checks. Make each sentence false once, and see its check fail.


def doubling_a_sum_doubles_both_parts():
    for x, y in np.random.default_rng(0).uniform(-10, 10, (20, 2)):
        np.testing.assert_allclose(2 * (x + y), 2 * x + 2 * y)


def the_double_of_a_larger_number_is_larger():
    for x, y in np.random.default_rng(1).uniform(-10, 10, (20, 2)):
        assert 2 * max(x, y) > 2 * min(x, y)


def halving_the_double_gives_the_number_back():
    for x in np.random.default_rng(2).uniform(-10, 10, 20):
        assert 2 * x / 2 == x
