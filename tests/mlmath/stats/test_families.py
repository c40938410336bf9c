"""What is particular to each distribution: its fits by formula, its edges, its far tails, its errors."""

import math
from typing import Any

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from mlmath.stats import (
    Bernoulli,
    Beta,
    BetaBinomial,
    Binomial,
    Categorical,
    Exponential,
    Laplace,
    LogNormal,
    Normal,
    Uniform,
)


def untyped(value: Any) -> Any:
    """Hide from the type checker what it would refuse."""
    return value


seeds = st.integers(0, 2**32 - 1)


# Normal


@given(seed=seeds)
def test_a_normal_fit_agrees_with_scipy(seed):
    data = np.random.default_rng(seed).normal(3, 2, size=9)

    fitted = Normal.fit(data)

    np.testing.assert_allclose([fitted.mean, fitted.standard_deviation], scipy.stats.norm.fit(data))


@pytest.mark.parametrize("unit", [1e-300, 1e300, 2e-320])
def test_normal_and_laplace_fits_follow_any_unit(unit):
    data = unit * np.array([1.0, 2.0, 6.0])

    normal, laplace = Normal.fit(data), Laplace.fit(data)

    np.testing.assert_allclose([normal.mean, laplace.location], [3 * unit, 2 * unit], rtol=1e-3)
    np.testing.assert_allclose(normal.standard_deviation / unit, math.sqrt(14 / 3), rtol=1e-3)
    np.testing.assert_allclose(laplace.scale / unit, 5 / 3, rtol=1e-3)


def test_normal_tails_keep_their_digits():
    z = np.array([-37.0, -20.0, -10.0, -5.0])

    np.testing.assert_allclose(Normal(1.0, 2.0).cdf(1 + 2 * z), scipy.stats.norm.cdf(z), rtol=1e-11)
    np.testing.assert_allclose(Normal(0.0, 1.0).logpdf(-1e10), -0.5e20)


def test_a_density_may_exceed_one():
    np.testing.assert_allclose(Normal(0.0, 0.1).pdf(0.0), 10 / math.sqrt(2 * math.pi))
    np.testing.assert_array_equal(Uniform(0.0, 0.5).pdf(0.2), 2)
    np.testing.assert_allclose(Beta(3, 1).pdf(1.0), 3)


@pytest.mark.parametrize("distribution", [Normal(0.0, 1e-3), Laplace(0.0, 1e-3)])
def test_a_distance_beyond_the_largest_float_is_infinite(distribution):
    np.testing.assert_array_equal(distribution.logpdf([-1.7e308, 1.7e308]), -np.inf)
    np.testing.assert_array_equal(distribution.cdf([-1.7e308, 1.7e308]), [0, 1])


def test_a_density_beyond_the_largest_float_is_infinite():
    assert Normal(0.0, 1e-310).pdf(0.0) == np.inf
    np.testing.assert_allclose(Normal(0.0, 1e-310).logpdf(0.0), 310 * math.log(10) - 0.5 * math.log(2 * math.pi))


ONE, TWO = untyped(np.int64(1)), untyped(np.int64(2))


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (lambda: Normal(TWO, True), "Normal(mean=2.0, standard_deviation=1.0)"),
        (lambda: Uniform(ONE, TWO), "Uniform(low=1.0, high=2.0)"),
        (lambda: LogNormal(ONE, TWO), "LogNormal(log_mean=1.0, log_standard_deviation=2.0)"),
        (lambda: Exponential(TWO), "Exponential(rate=2.0)"),
        (lambda: Laplace(ONE, TWO), "Laplace(location=1.0, scale=2.0)"),
        (lambda: Beta(ONE, TWO), "Beta(a=1.0, b=2.0)"),
        (lambda: Bernoulli(ONE), "Bernoulli(probability=1.0)"),
        (lambda: Binomial(TWO, ONE), "Binomial(trials=2, probability=1.0)"),
        (lambda: BetaBinomial(TWO, ONE, TWO), "BetaBinomial(trials=2, a=1.0, b=2.0)"),
    ],
)
def test_parameters_are_stored_as_plain_numbers(make, shown):
    assert repr(make()) == shown


# Uniform


def test_the_uniform_interval_is_closed():
    np.testing.assert_array_equal(Uniform(1, 3).pdf([0.99, 1, 2, 3, 3.01]), [0, 0.5, 0.5, 0.5, 0])
    np.testing.assert_array_equal(
        Uniform(1, 3).logpdf([0.99, 1, 3, 3.01]), [-np.inf, -math.log(2), -math.log(2), -np.inf]
    )


def test_a_huge_interval_is_cut_without_overflow():
    wide = Uniform(-8e307, 8e307)

    np.testing.assert_allclose(wide.cdf([-1.7e308, -4e307, 1.7e308]), [0, 0.25, 1])
    assert wide.mean == 0
    np.testing.assert_allclose(Uniform(1.6e308, 1.7e308).mean, 1.65e308)
    assert wide.variance == np.inf


# Log-normal


@given(log_mean=st.floats(-3, 3), deviation=st.floats(0.1, 2))
def test_mode_median_and_mean_of_a_log_normal(log_mean, deviation):
    distribution = LogNormal(log_mean, deviation)
    mode = distribution.mode
    around = mode * np.array([0.999, 1, 1.001])

    assert mode < distribution.median < distribution.mean
    np.testing.assert_allclose(distribution.cdf(distribution.median), 0.5)
    assert np.argmax(distribution.pdf(around)) == 1


def test_logarithms_of_log_normal_numbers_are_normal():
    prices = LogNormal(2.0, 0.5)

    np.testing.assert_array_equal(prices.cdf(np.exp([1.0, 3.0])), Normal(2.0, 0.5).cdf(np.log(np.exp([1.0, 3.0]))))
    assert LogNormal.fit(np.exp([1.0, 2.0, 4.0])) == LogNormal(*_fit_of_logs([1.0, 2.0, 4.0]))


def _fit_of_logs(logs):
    fitted = Normal.fit(np.log(np.exp(logs)))
    return fitted.mean, fitted.standard_deviation


def test_log_normal_moments_at_extreme_parameters():
    np.testing.assert_allclose(LogNormal(0.0, 1e-5).variance, 1e-10, rtol=1e-9)
    assert LogNormal(0.0, 40.0).mean == np.inf
    assert LogNormal(0.0, 1e200).mode == 0
    np.testing.assert_allclose(LogNormal(-1500.0, 40.0).variance, math.exp(200), rtol=1e-9)
    assert LogNormal(0.0, 1e-200).variance == 0


def test_zero_and_below_have_no_log_normal_density():
    np.testing.assert_array_equal(LogNormal(0, 1).logpdf([-1.0, 0.0]), [-np.inf, -np.inf])
    np.testing.assert_array_equal(LogNormal(0, 1).cdf([-1.0, 0.0]), [0, 0])


# Exponential


@given(waited=st.floats(0, 50), longer=st.floats(0, 50), rate=st.floats(0.01, 1))
def test_exponential_waiting_has_no_memory(waited, longer, rate):
    wait = Exponential(rate)

    def beyond(x):
        return wait.pdf(x) / rate  # for this distribution the tail is the density divided by the rate

    np.testing.assert_allclose(beyond(waited + longer), beyond(waited) * beyond(longer), rtol=1e-12)


def test_short_exponential_waits_keep_their_digits():
    np.testing.assert_allclose(Exponential(2.0).cdf([1e-300, 1e-20]), [2e-300, 2e-20], rtol=1e-15)


def test_the_exponential_density_starts_at_zero():
    np.testing.assert_array_equal(Exponential(2.0).pdf([-1e-300, 0.0]), [0, 2])
    np.testing.assert_array_equal(Exponential(2.0).logpdf([-1e-300, 0.0]), [-np.inf, math.log(2)])
    np.testing.assert_array_equal(Exponential(1e300).cdf([-1e300, 1e300]), [0, 1])


def test_an_exponential_fit_is_one_over_the_mean():
    assert Exponential.fit([0.0, 1.0, 5.0]).rate == 0.5
    np.testing.assert_allclose(Exponential.fit([1e308, 1e308, 1e308]).rate, 1e-308)


# Laplace


def test_laplace_tails_keep_their_digits():
    np.testing.assert_allclose(
        Laplace(1.0, 2.0).cdf([1 - 1000, 1 - 200, 1, 3]),
        [0.5 * math.exp(-500), 0.5 * math.exp(-100), 0.5, 1 - 0.5 / math.e],
    )


@given(seed=seeds)
def test_a_laplace_fit_is_the_median_and_the_mean_distance_from_it(seed):
    data = np.random.default_rng(seed).normal(3, 2, size=8)

    fitted = Laplace.fit(data)

    np.testing.assert_allclose([fitted.location, fitted.scale], scipy.stats.laplace.fit(data))


# Beta


@given(seed=seeds, a=st.floats(-1, 3).map(lambda e: 10.0**e), b=st.floats(-1, 3).map(lambda e: 10.0**e))
def test_a_beta_fit_solves_the_likelihood_equations(seed, a, b):
    data = np.clip(np.random.default_rng(seed).beta(a, b, size=12), 1e-300, 1 - 1e-16)

    fitted = Beta.fit(data)

    expected = scipy.special.digamma([fitted.a, fitted.b]) - scipy.special.digamma(fitted.a + fitted.b)
    np.testing.assert_allclose(expected, [np.log(data).mean(), np.log1p(-data).mean()], rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize(
    "data", [[0.5, 0.5 + 1e-3], [1e-300, 0.5], [1e-6, 2e-6, 4e-6], [0.5, 1 - 1e-16], [1e-300, 1 - 1e-16], [0.01, 0.99]]
)
def test_extreme_data_have_a_beta_fit_too(data):
    fitted = Beta.fit(data)

    expected = scipy.special.digamma([fitted.a, fitted.b]) - scipy.special.digamma(fitted.a + fitted.b)
    np.testing.assert_allclose(expected, [np.log(data).mean(), np.log1p(-np.array(data)).mean()], rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("data", [[1e-6, 2e-6, 4e-6], [1e-12, 5e-11, 0.2], [0.01, 0.02, 0.5]])
def test_the_beta_fit_of_mirrored_data_is_the_mirror_image(data):
    """Near 1 the data are known less well: 1 - 1e-12 has four digits after its nines."""
    fitted, mirrored = Beta.fit(data), Beta.fit(1 - np.array(data))

    np.testing.assert_allclose([mirrored.b, mirrored.a], [fitted.a, fitted.b], rtol=1e-4)


@pytest.mark.parametrize(
    ("a", "b", "at_zero", "at_one"),
    [
        (0.5, 0.5, np.inf, np.inf),
        (1, 4, 4, 0),
        (4, 1, 0, 4),
        (1, 1, 1, 1),
        (2, 3, 0, 0),
        (1.5, 1.5, 0, 0),
        (0.5, 2, np.inf, 0),
    ],
)
def test_the_beta_density_at_its_ends(a, b, at_zero, at_one):
    np.testing.assert_allclose(Beta(a, b).pdf([0.0, 1.0]), [at_zero, at_one])
    np.testing.assert_array_equal(Beta(a, b).pdf([-0.1, 1.1]), [0, 0])


@given(a=st.floats(0.1, 1e4), b=st.floats(0.1, 1e4), x=st.floats(0.001, 0.999))
def test_the_beta_distribution_has_a_mirror_image(a, b, x):
    np.testing.assert_allclose(Beta(a, b).logpdf(x), Beta(b, a).logpdf(1 - x), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(Beta(a, b).cdf(x) + Beta(b, a).cdf(1 - x), 1, rtol=1e-9)


def test_the_far_lower_tail_of_a_beta_keeps_its_digits():
    """For b = 1 the cdf is x**a."""
    np.testing.assert_allclose(Beta(20, 1).cdf([1e-15, 1e-3]), [1e-300, 1e-60], rtol=1e-12)


# Bernoulli, binomial, categorical, beta-binomial


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_certain_outcomes_have_probability_one_without_warnings(probability):
    never = -np.inf
    expected = [0.0, never] if probability == 0 else [never, 0.0]

    np.testing.assert_array_equal(Bernoulli(probability).logpmf([0, 1]), expected)
    np.testing.assert_array_equal(Binomial(1, probability).logpmf([0, 1]), expected)
    np.testing.assert_array_equal(
        Binomial(3, probability).cdf([-1, 0, 2.5, 3]), [0, 1 - probability, 1 - probability, 1]
    )
    np.testing.assert_array_equal(Categorical([1 - probability, probability]).logpmf([0, 1]), expected)


@pytest.mark.parametrize(
    "distribution", [Bernoulli(0.3), Binomial(3, 0.3), Categorical([0.7, 0.3]), BetaBinomial(3, 1, 1)]
)
def test_only_whole_numbers_in_range_are_possible(distribution):
    np.testing.assert_array_equal(distribution.pmf([-1, 0.5, 4, 1e300]), [0, 0, 0, 0])
    np.testing.assert_array_equal(distribution.logpmf([-1, 0.5, 4, 1e300]), np.full(4, -np.inf))


def test_a_single_class_is_certain():
    np.testing.assert_array_equal(Categorical([1.0]).pmf([-1, 0, 0.5, 1]), [0, 1, 0, 0])


def test_bernoulli_is_binomial_of_one_trial_and_categorical_of_two_classes():
    others: list[Any] = [Binomial(1, 0.3), Categorical([0.7, 0.3])]
    for other in others:
        np.testing.assert_allclose(other.pmf([0, 1]), Bernoulli(0.3).pmf([0, 1]))
        np.testing.assert_allclose(other.cdf([-1, 0, 0.5, 1, 2]), Bernoulli(0.3).cdf([-1, 0, 0.5, 1, 2]))
        np.testing.assert_allclose([other.mean, other.variance], [0.3, 0.21])


@given(trials=st.integers(1, 200), probability=st.floats(0, 1))
def test_the_binomial_cdf_adds_up_probabilities(trials, probability):
    distribution, k = Binomial(trials, probability), np.arange(trials + 1)

    np.testing.assert_allclose(distribution.cdf(k), np.cumsum(distribution.pmf(k)), rtol=1e-10, atol=1e-300)


def test_a_million_trials_keep_their_digits():
    distribution = Binomial(10**6, 0.5)

    np.testing.assert_allclose(distribution.pmf(500_000), 1 / math.sqrt(math.pi * 500_000) * (1 - 1 / 4e6), rtol=1e-12)
    np.testing.assert_allclose(distribution.logpmf([0, 10**6]), -(10**6) * math.log(2), rtol=1e-15)


def test_fits_of_whole_numbers_are_shares():
    assert Bernoulli.fit([True, False, True, True]).probability == 0.75
    assert Bernoulli.fit([0, 0]).probability == 0
    assert Binomial.fit([0, 4, 2], trials=4) == Binomial(4, 0.5)
    np.testing.assert_array_equal(Categorical.fit([2, 0, 2, 2]).probabilities, [0.25, 0, 0.75])
    np.testing.assert_array_equal(Categorical.fit([1, 0], classes=4).probabilities, [0.5, 0.5, 0, 0])


def test_a_categorical_distribution_owns_its_probabilities():
    given_probabilities = np.array([0.5, 0.5])
    distribution = Categorical(given_probabilities)

    given_probabilities[0] = 7

    np.testing.assert_array_equal(distribution.probabilities, [0.5, 0.5])
    with pytest.raises(ValueError, match="read-only"):
        distribution.probabilities[0] = 7


def test_probabilities_rounded_to_nine_digits_are_made_exact():
    rounded = Categorical([0.333333333, 0.333333333, 0.333333333])

    assert rounded.probabilities.sum() == 1
    np.testing.assert_array_equal(rounded.cdf([2, 5]), [1, 1])


@given(a=st.floats(0.1, 1e5), b=st.floats(0.1, 1e5), trials=st.integers(1, 2000))
def test_the_beta_binomial_agrees_with_scipy(a, b, trials):
    k = np.linspace(0, trials, 7).round()

    np.testing.assert_allclose(
        BetaBinomial(trials, a, b).logpmf(k), scipy.stats.betabinom.logpmf(k, trials, a, b), rtol=1e-7, atol=1e-7
    )


def test_a_flat_belief_predicts_every_count_alike():
    np.testing.assert_allclose(BetaBinomial(10**5, 1, 1).pmf([0, 7, 50_000, 10**5]), 1 / (10**5 + 1), rtol=1e-10)


@pytest.mark.parametrize("size", [1e16, 1e20, 1e300])
def test_an_immovable_belief_predicts_exactly_like_the_binomial(size):
    np.testing.assert_allclose(BetaBinomial(3, size, size).pmf(np.arange(4)), [0.125, 0.375, 0.375, 0.125], rtol=1e-3)


def test_a_sure_belief_predicts_like_the_binomial():
    np.testing.assert_allclose(
        BetaBinomial(9, 3e9, 7e9).pmf(np.arange(10)), Binomial(9, 0.3).pmf(np.arange(10)), rtol=1e-7
    )


# Errors


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Bernoulli(1.1), ValueError, r"^probability must be from 0 to 1, got 1\.1"),
        (lambda: Bernoulli.fit([0, 2]), ValueError, r"^data must hold class numbers 0, 1, \.\.\. to 1, got 2"),
        (lambda: Binomial(0, 0.5), ValueError, r"^trials must be at least 1, got 0"),
        (lambda: Binomial(untyped(2.0), 0.5), TypeError, r"^trials must be an integer, got 2\.0"),
        (lambda: Binomial(2, -0.5), ValueError, r"^probability must be from 0 to 1, got -0\.5"),
        (lambda: Binomial.fit([5], trials=4), ValueError, r"^data must hold class numbers 0, 1, \.\.\. to 4, got 5"),
        (lambda: Binomial.fit([0], trials=0), ValueError, r"^trials must be at least 1, got 0"),
        (
            lambda: Uniform(1, 1),
            ValueError,
            r"^low must be below high, at a finite distance, got low = 1\.0 and high = 1\.0",
        ),
        (lambda: Uniform(2, 1), ValueError, r"^low must be below high"),
        (lambda: Uniform(-1.7e308, 1.7e308), ValueError, r"^low must be below high, at a finite distance"),
        (lambda: Uniform(np.nan, 1), ValueError, r"^low must be one finite number, got nan"),
        (lambda: Uniform(0, np.inf), ValueError, r"^high must be one finite number, got inf"),
        (lambda: Normal(np.inf, 1), ValueError, r"^mean must be one finite number, got inf"),
        (lambda: Normal(0, 0), ValueError, r"^standard_deviation must be positive, got 0\.0"),
        (lambda: LogNormal(untyped([0]), 1), ValueError, r"^log_mean must be one finite number, got \[0\.\]"),
        (lambda: LogNormal(0, -1), ValueError, r"^log_standard_deviation must be positive, got -1"),
        (
            lambda: LogNormal.fit([1, 0]),
            ValueError,
            r"^data must be positive, got 0\.0: zeros and negative numbers have no",
        ),
        (lambda: LogNormal.fit([2, 2]), ValueError, r"^data must not be all equal"),
        (lambda: Exponential(0), ValueError, r"^rate must be positive, got 0"),
        (
            lambda: Exponential.fit([1, -1]),
            ValueError,
            r"^data must not be negative, got -1\.0: a waiting time starts at 0",
        ),
        (lambda: Exponential.fit([0, 0]), ValueError, r"^data must not be all 0: the higher the rate, the higher"),
        (lambda: Laplace(untyped("a"), 1), ValueError, r"^location must hold real numbers"),
        (lambda: Laplace(0, np.nan), ValueError, r"^scale must be one finite number"),
        (lambda: Exponential(1e-310), ValueError, r"^rate must not be so small that the mean is beyond the largest"),
        (lambda: Exponential.fit([5e-324, 0]), ValueError, r"^data must not be all 0"),
        (lambda: Beta(0, 1), ValueError, r"^a must be positive, got 0"),
        (lambda: Beta(1, -1), ValueError, r"^b must be positive, got -1"),
        (
            lambda: Beta.fit([0.0, 0.5]),
            ValueError,
            r"^data must be strictly between 0 and 1, got 0\.0 to 0\.5: at 0 and 1",
        ),
        (lambda: Beta.fit([0.5, 1.0]), ValueError, r"^data must be strictly between 0 and 1, got 0\.5 to 1\.0"),
        (
            lambda: Beta.fit([0.5, 0.5 + 1e-9]),
            ArithmeticError,
            r"^data from 0\.5 to 0\.500000001 are too close together, or to 0 or 1: try Normal\.fit",
        ),
        (lambda: Beta.fit([1e-300, 1e-200]), ArithmeticError, r"^data from 1e-300 to 1e-200 are too close"),
        (lambda: Beta(1e13, 1e13).cdf(0.5), ArithmeticError, "did not converge"),
        (
            lambda: Categorical([0.5, 0.6]),
            ValueError,
            r"^probabilities must not be negative and must sum to 1, got \[0\.5 0\.6\] with sum 1\.1: divide by",
        ),
        (lambda: Categorical([1.5, -0.5]), ValueError, r"^probabilities must not be negative"),
        (lambda: Categorical([]), ValueError, r"^probabilities must not be empty"),
        (
            lambda: Categorical.fit([0, 3], classes=3),
            ValueError,
            r"^data must hold class numbers 0, 1, \.\.\. to 2, got 3",
        ),
        (lambda: Categorical.fit([0.5]), ValueError, r"^data must hold class numbers"),
        (lambda: BetaBinomial(0, 1, 1), ValueError, r"^trials must be at least 1, got 0"),
        (lambda: BetaBinomial(1, 0, 1), ValueError, r"^a must be positive, got 0"),
        (lambda: BetaBinomial(1, 1, 0), ValueError, r"^b must be positive, got 0"),
    ],
)
def test_what_makes_no_distribution_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
