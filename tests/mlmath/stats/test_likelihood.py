"""The log-likelihood: a sum where the product underflows, and its shape over the parameters."""

import math
from typing import Any

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from mlmath.stats import Bernoulli, Beta, MultivariateNormal, Normal, Uniform, log_likelihood, log_likelihood_grid


def untyped(value: Any) -> Any:
    """Hide from the type checker what it would refuse."""
    return value


small_data = st.lists(st.floats(-5, 5), min_size=1, max_size=8)


@given(data=small_data)
def test_it_is_the_logarithm_of_the_product_of_densities(data):
    np.testing.assert_allclose(log_likelihood(Normal(0, 3), data), np.log(np.prod(scipy.stats.norm(0, 3).pdf(data))))


@given(first=small_data, second=small_data)
def test_independent_data_add_their_log_likelihoods(first, second):
    model = Normal(1, 2)

    together = log_likelihood(model, first + second)

    np.testing.assert_allclose(together, log_likelihood(model, first) + log_likelihood(model, second))


def test_the_product_underflows_where_the_sum_does_not():
    data = np.zeros(1000)
    model = Normal(0, 10)

    assert np.prod(model.pdf(data)) == 0
    np.testing.assert_allclose(log_likelihood(model, data), -1000 * math.log(10 * math.sqrt(2 * math.pi)))


def test_densities_and_probabilities_are_both_taken():
    np.testing.assert_allclose(log_likelihood(Bernoulli(0.2), [1, 0, 1]), math.log(0.2 * 0.8 * 0.2))
    cloud = MultivariateNormal([0, 0], np.eye(2))
    np.testing.assert_allclose(log_likelihood(cloud, np.zeros((5, 2))), -5 * math.log(2 * math.pi))


def test_one_impossible_observation_makes_the_data_impossible():
    assert log_likelihood(Uniform(0, 1), [0.5, 2.0]) == -math.inf
    assert log_likelihood(Beta(0.5, 2), [0.0, 1.0]) == -math.inf  # infinite density at 0, none at 1


def test_the_grid_holds_the_log_likelihood_of_each_combination():
    data, means, deviations = [0.3, 1.0, 2.2], [0.0, 1.0, 2.0, 3.0], [0.5, 1.0]

    surface = log_likelihood_grid(Normal, data, means, deviations)

    assert surface.shape == (4, 2)
    np.testing.assert_allclose(surface, [[log_likelihood(Normal(m, s), data) for s in deviations] for m in means])


def test_a_curve_over_one_parameter_has_its_maximum_at_the_fit():
    data = [1, 0, 1, 1, 0, 1, 1, 0]
    probabilities = np.linspace(0.005, 0.995, 199)

    curve = log_likelihood_grid(Bernoulli, data, probabilities)

    np.testing.assert_allclose(probabilities[np.argmax(curve)], Bernoulli.fit(data).probability)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: log_likelihood(untyped(3.0), [1.0]),
            TypeError,
            r"^distribution must have a method logpdf or logpmf, got 3\.0: try",
        ),
        (lambda: log_likelihood(Normal(0, 1), []), ValueError, r"^data must not be empty"),
        (lambda: log_likelihood(Normal(0, 1), [np.nan]), ValueError, "must not hold nan"),
        (
            lambda: log_likelihood_grid(Normal, [1.0]),
            TypeError,
            r"^log_likelihood_grid needs the values of at least one parameter, got none$",
        ),
        (lambda: log_likelihood_grid(Normal, [1.0], [0.0], []), ValueError, r"^parameters\[1\] must not be empty"),
        (lambda: log_likelihood_grid(Normal, [1.0], [0.0], [0.0]), ValueError, r"^standard_deviation must be positive"),
    ],
)
def test_what_has_no_likelihood_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
