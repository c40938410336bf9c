"""Bayes' rule in probabilities, in people and in counts of successes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.stats import (
    Beta,
    BetaBinomial,
    Binomial,
    NaturalFrequencies,
    bayes_rule,
    log_likelihood_grid,
    natural_frequencies,
    softmax,
    update_beta,
)


def untyped(value: Any) -> Any:
    """Hide from the type checker what it would refuse."""
    return value


weights = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(np.array)
shares = st.floats(0.01, 0.99)


@given(prior=weights, likelihood=weights)
def test_the_posterior_is_the_normalized_product(prior, likelihood):
    prior = prior / prior.sum()

    posterior = bayes_rule(prior, likelihood)

    np.testing.assert_allclose(posterior, prior * likelihood / (prior @ likelihood))
    np.testing.assert_allclose(posterior.sum(), 1)


@given(prior=weights, first=weights, second=weights)
def test_evidence_in_sequence_equals_evidence_at_once(prior, first, second):
    prior = prior / prior.sum()

    np.testing.assert_allclose(bayes_rule(bayes_rule(prior, first), second), bayes_rule(prior, first * second))


@given(prior=weights, likelihood=weights, factor=st.sampled_from([1e-290, 1e-10, 1e290]))
def test_only_ratios_of_likelihoods_matter(prior, likelihood, factor):
    prior = prior / prior.sum()

    np.testing.assert_allclose(bayes_rule(prior, likelihood * factor), bayes_rule(prior, likelihood), rtol=1e-11)


def test_tiny_priors_and_likelihoods_do_not_underflow():
    np.testing.assert_allclose(bayes_rule([1e-200, 1.0], [1e-100, 1e-300]), [0.5, 0.5])


def test_what_is_impossible_before_stays_impossible():
    np.testing.assert_array_equal(bayes_rule([0.0, 0.5, 0.5], [1.0, 0.0, 0.3]), [0, 0, 1])


def test_log_likelihoods_of_many_data_go_through_the_softmax():
    heads = np.array([1.0] * 700 + [0.0] * 300)
    prior, coins = np.full(3, 1 / 3), [0.5, 0.6, 0.7]

    posterior = softmax(np.log(prior) + log_likelihood_grid(lambda p: Binomial(1, p), heads, coins))

    likelihood = [Binomial(1000, p).pmf(700) for p in coins]
    np.testing.assert_allclose(posterior, bayes_rule(prior, likelihood), rtol=1e-9)


@given(prevalence=shares, sensitivity=shares, specificity=shares, population=st.floats(1, 1e6))
def test_the_table_of_people_agrees_with_bayes_rule(prevalence, sensitivity, specificity, population):
    table = natural_frequencies(prevalence, sensitivity, specificity, population)
    prior = [prevalence, 1 - prevalence]

    np.testing.assert_allclose(sum(table), population)
    np.testing.assert_allclose(table.true_positives + table.false_negatives, population * prevalence)
    np.testing.assert_allclose(table.positive_predictive_value, bayes_rule(prior, [sensitivity, 1 - specificity])[0])
    np.testing.assert_allclose(table.negative_predictive_value, bayes_rule(prior, [1 - sensitivity, specificity])[1])


def test_the_population_changes_no_share():
    small, large = (natural_frequencies(0.01, 0.9, 0.91, population) for population in (1000, 10**9))

    np.testing.assert_allclose(small.positive_predictive_value, large.positive_predictive_value)


def test_as_many_false_alarms_as_true_ones_make_a_positive_test_a_coin_toss():
    table = natural_frequencies(prevalence=0.5, sensitivity=0.75, specificity=0.25, population=8)

    assert table.positive_predictive_value == table.negative_predictive_value == 0.5


def test_a_rare_illness_makes_most_alarms_false():
    """Eddy's example, as retold by Gigerenzer & Hoffrage (1995): 1 %, 80 %, 9.6 % false alarms, 7.8 %."""
    table = natural_frequencies(prevalence=0.01, sensitivity=0.8, specificity=0.904, population=1000)

    np.testing.assert_allclose(table, [8, 2, 95.04, 894.96])
    np.testing.assert_allclose(table.positive_predictive_value, 0.078, atol=5e-4)


@given(a=st.floats(0.5, 20), b=st.floats(0.5, 20), outcomes=st.lists(st.booleans(), max_size=20))
def test_updating_one_by_one_equals_updating_at_once(a, b, outcomes):
    belief = Beta(a, b)
    for success in outcomes:
        belief = update_beta(belief, int(success), int(not success))

    at_once = update_beta(Beta(a, b), sum(outcomes), len(outcomes) - sum(outcomes))

    np.testing.assert_allclose([belief.a, belief.b], [at_once.a, at_once.b])


@given(a=st.floats(0.5, 20), b=st.floats(0.5, 20), successes=st.integers(0, 30), failures=st.integers(0, 30))
def test_the_updated_density_is_prior_times_likelihood(a, b, successes, failures):
    """Divided by the probability of the data, which the beta-binomial distribution predicts."""
    x = np.array([0.05, 0.3, 0.5, 0.8])
    trials = max(successes + failures, 1)
    failures = trials - successes
    prior = Beta(a, b)

    posterior = update_beta(prior, successes, failures).pdf(x)

    likelihood = np.array([Binomial(trials, p).pmf(successes) for p in x])
    evidence = BetaBinomial(trials, a, b).pmf(successes)
    np.testing.assert_allclose(posterior, prior.pdf(x) * likelihood / evidence, rtol=1e-10)


@given(a=st.floats(0.5, 20), b=st.floats(0.5, 20), successes=st.integers(0, 30), failures=st.integers(1, 30))
def test_the_posterior_mean_is_between_the_prior_mean_and_the_share(a, b, successes, failures):
    share = successes / (successes + failures)
    low, high = sorted([Beta(a, b).mean, share])

    assert low - 1e-12 <= update_beta(Beta(a, b), successes, failures).mean <= high + 1e-12


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: bayes_rule([0.5, 0.6], [1, 1]), ValueError, r"^prior must not be negative and must sum to 1"),
        (
            lambda: bayes_rule([0.5, 0.5], [1, 1, 1]),
            ValueError,
            r"^prior and likelihood must have one entry per example, got 2 and 3",
        ),
        (lambda: bayes_rule([0.5, 0.5], [1, -1]), ValueError, r"^likelihood must not be negative, got -1\.0"),
        (lambda: bayes_rule([0.5, 0.5], [1, np.inf]), ValueError, r"^likelihood must be finite, got inf"),
        (
            lambda: bayes_rule([0.0, 1.0], [1.0, 0.0]),
            ValueError,
            r"^the evidence is impossible under every hypothesis that the prior allows: add the hypothesis",
        ),
        (lambda: natural_frequencies(1.1, 0.5, 0.5, 10), ValueError, r"^prevalence must be from 0 to 1, got 1\.1"),
        (lambda: natural_frequencies(0.1, 50, 0.5, 10), ValueError, r"^sensitivity must be from 0 to 1, got 50"),
        (lambda: natural_frequencies(0.1, 0.5, -1, 10), ValueError, r"^specificity must be from 0 to 1, got -1"),
        (lambda: natural_frequencies(0.1, 0.5, 0.5, 0), ValueError, r"^population must be positive, got 0"),
        (
            lambda: NaturalFrequencies(0, 1, 0, 9).positive_predictive_value,
            ValueError,
            r"^nobody tests positive, so there is no share",
        ),
        (
            lambda: NaturalFrequencies(1, 0, 9, 0).negative_predictive_value,
            ValueError,
            r"^nobody tests negative, so there is no share",
        ),
        (
            lambda: update_beta(untyped((1, 1)), 1, 1),
            TypeError,
            r"^prior must be a Beta, got \(1, 1\): try Beta\(1, 1\)",
        ),
        (lambda: update_beta(Beta(1, 1), -1, 1), ValueError, r"^successes must not be negative, got -1"),
        (lambda: update_beta(Beta(1, 1), 1, -1), ValueError, r"^failures must not be negative, got -1"),
    ],
)
def test_what_bayes_rule_cannot_use_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
