"""What the module docs/statistics/bayes_and_inference.md claims, one function per claim."""

from functools import partial
from itertools import permutations, product

import numpy as np

from mlmath.calculus import numerical_gradient
from mlmath.models import fit_ridge
from mlmath.stats import (
    Beta,
    bayes_rule,
    bootstrap_interval,
    mean_interval,
    natural_frequencies,
    proportion_interval,
    update_beta,
)


def bayes_rule_gives_the_share_that_counting_gives():
    """Random crowds with two to five hypotheses about each person."""
    rng = np.random.default_rng(1)
    for _ in range(50):
        kinds = int(rng.integers(2, 6))
        truth = np.append(np.arange(kinds), rng.integers(kinds, size=200))
        evidence = rng.random(len(truth)) < rng.uniform(0.1, 0.9, kinds)[truth]
        prior = np.bincount(truth) / len(truth)
        likelihood = [evidence[truth == kind].mean() for kind in range(kinds)]
        counted = np.bincount(truth[evidence], minlength=kinds) / evidence.sum()
        np.testing.assert_allclose(bayes_rule(prior, likelihood), counted, atol=1e-12)


def with_a_falling_base_rate_right_alarms_get_rarer_without_end():
    rng = np.random.default_rng(2)
    for sensitivity, false_alarm in rng.uniform(0.001, 0.999, (50, 2)):
        shares = []
        for base_rate in 10.0 ** np.arange(-0.5, -9, -0.5):
            people = natural_frequencies(base_rate, sensitivity, 1 - false_alarm, population=1e6)
            ill, well = 1e6 * base_rate * sensitivity, 1e6 * (1 - base_rate) * false_alarm
            np.testing.assert_allclose(people.positive_predictive_value, ill / (ill + well), rtol=1e-6)
            shares.append(people.positive_predictive_value)
        assert (np.diff(shares) < 0).all()
        assert shares[-1] < 1e-4


def ratios_of_independent_tests_multiply_and_those_of_a_copied_test_do_not():
    """The share of the ill among those with two alarms, counted from all four results, against the product."""
    rng = np.random.default_rng(3)
    for base_rate, *rates in rng.uniform(0.05, 0.95, (50, 5)):
        of_ill, of_well = rates[:2], rates[2:]

        def odds_after_two_alarms(second_given_first, base_rate=base_rate, of_ill=of_ill, of_well=of_well):
            share = {}
            for state, weight, (one, two) in ((1, base_rate, of_ill), (0, 1 - base_rate, of_well)):
                for first, second in product((0, 1), repeat=2):
                    chance = second_given_first(first, two)
                    probability = weight * (one if first else 1 - one) * (chance if second else 1 - chance)
                    share[state, first, second] = probability
            np.testing.assert_allclose(sum(share.values()), 1)
            return share[1, 1, 1] / share[0, 1, 1]

        independent = odds_after_two_alarms(lambda first, two: two)
        copied = odds_after_two_alarms(lambda first, two: float(first))
        before = base_rate / (1 - base_rate)
        ratios = np.divide(of_ill, of_well)
        np.testing.assert_allclose(independent, before * ratios.prod())
        np.testing.assert_allclose(copied, before * ratios[0])
        assert np.isclose(copied, before * ratios[0] ** 2, rtol=1e-6) == np.isclose(ratios[0], 1, rtol=1e-6)


def one_at_a_time_in_any_order_gives_what_all_at_once_gives():
    rng = np.random.default_rng(4)
    for _ in range(20):
        prior, likelihoods = rng.dirichlet(np.ones(4)), rng.uniform(0.01, 1, (4, 4))
        product_of_all = prior * likelihoods.prod(axis=0)
        for order in permutations(range(4)):
            belief = prior
            for number in order:
                belief = bayes_rule(belief, likelihoods[number])
            np.testing.assert_allclose(belief, product_of_all / product_of_all.sum())


def _middles(count):
    """The middles of `count` equal pieces of the numbers from 0 to 1."""
    return (np.arange(count) + 0.5) / count


def a_beta_prior_adds_its_counts_and_its_mean_weighs_like_a_plus_b_examples():
    """Prior times likelihood on a fine grid, or over draws of the prior, divided by its sum; against counting."""
    rng = np.random.default_rng(5)
    x = _middles(20_000)
    for _ in range(20):
        a, b = rng.uniform(1, 10, 2)
        n = int(rng.integers(1, 40))
        s = int(rng.integers(0, n + 1))
        weight = x ** (a - 1) * (1 - x) ** (b - 1) * x**s * (1 - x) ** (n - s)
        weight /= weight.sum()
        posterior = update_beta(Beta(a, b), s, n - s)
        np.testing.assert_allclose(np.cumsum(weight)[999::1000], posterior.cdf(np.arange(1, 21) / 20), atol=1e-4)
        np.testing.assert_allclose(weight @ x, ((a + b) * (a / (a + b)) + n * (s / n)) / (a + b + n), atol=1e-6)
    for a, b in rng.uniform(0.2, 1, (10, 2)):
        theta, n = np.sort(rng.beta(a, b, 100_000)), int(rng.integers(1, 10))
        s = int(rng.binomial(n, 0.5))
        weight = theta**s * (1 - theta) ** (n - s)
        weight /= weight.sum()
        below = [weight[theta <= end].sum() for end in (0.1, 0.3, 0.5, 0.7, 0.9)]
        np.testing.assert_allclose(below, update_beta(Beta(a, b), s, n - s).cdf([0.1, 0.3, 0.5, 0.7, 0.9]), atol=0.02)


def flat_and_most_probable_change_with_the_parametrization():
    """The square of a uniform number; and the density of the square of a beta number, measured from its cdf."""
    rng = np.random.default_rng(7)
    square = rng.uniform(size=200_000) ** 2
    for c in rng.uniform(0.05, 0.9, 20):
        assert abs(np.mean(square < c) - np.sqrt(c)) < 0.005
    for a, b in rng.uniform(1.5, 12, (20, 2)):
        belief = Beta(a, b)
        ends = np.linspace(0, 1, 4001)
        middles = (ends[1:] + ends[:-1]) / 2
        most_probable = middles[np.argmax(np.diff(belief.cdf(ends)))]
        of_the_square = middles[np.argmax(np.diff(belief.cdf(np.sqrt(ends))))]
        np.testing.assert_allclose(most_probable, (a - 1) / (a + b - 2), atol=5e-4)
        assert of_the_square < most_probable**2 - 1e-3


def map_with_a_gaussian_prior_is_ridge_with_noise_variance_over_prior_variance():
    """The slope of the log posterior, written out, is zero at ridge's weights; so is that of the mean loss."""
    rng = np.random.default_rng(8)
    for noise, spread in rng.uniform(0.3, 3, (20, 2)):
        n, p = int(rng.integers(3, 40)), int(rng.integers(1, 5))
        X = rng.normal(size=(n, p)) + rng.normal(size=p)
        X -= X.mean(axis=0)
        y = X @ rng.normal(size=p) + noise * rng.normal(size=n)
        y -= y.mean()

        def log_posterior(w, X=X, y=y, noise=noise, spread=spread):
            return -np.sum((X @ w - y) ** 2) / (2 * noise**2) - np.sum(w**2) / (2 * spread**2)

        def mean_loss(w, strength, X=X, y=y):
            return np.mean((X @ w - y) ** 2) + strength * np.sum(w**2)

        penalty = noise**2 / spread**2
        w = fit_ridge(X, y, penalty=penalty).weights
        np.testing.assert_allclose(numerical_gradient(log_posterior, w), 0, atol=1e-5)
        np.testing.assert_allclose(numerical_gradient(partial(mean_loss, strength=penalty / n), w), 0, atol=1e-5)
        assert np.linalg.norm(numerical_gradient(partial(mean_loss, strength=penalty), w)) > 1e-4


def _reach(n, confidence, method):
    """How many estimated standard errors `mean_interval` goes to each side."""
    data = np.arange(float(n))
    low, high = mean_interval(data, confidence=confidence, method=method)
    return (high - low) / 2 / (data.std(ddof=1) / np.sqrt(n))


def _coverage(data, truth, reach):
    """Share of the rows whose interval holds the truth."""
    error = data.std(axis=1, ddof=1) / np.sqrt(data.shape[1])
    return np.mean(np.abs(data.mean(axis=1) - truth) < reach * error)


def t_intervals_of_normal_data_cover_as_promised_and_z_intervals_of_five_values_do_not():
    rng = np.random.default_rng(9)
    repeats = 20_000
    for n in (2, 3, 5, 30):
        mean, deviation = rng.uniform(-10, 10), rng.uniform(0.1, 10)
        data = rng.normal(mean, deviation, (repeats, n))
        for confidence in (0.5, 0.8, 0.95, 0.99):
            allowed = 4 * np.sqrt(confidence * (1 - confidence) / repeats)
            assert abs(_coverage(data, mean, _reach(n, confidence, "t")) - confidence) < allowed
            if n <= 5:
                assert _coverage(data, mean, _reach(n, confidence, "normal")) < confidence - allowed
        if n == 5:
            assert 0.87 < _coverage(data, mean, _reach(n, 0.95, "normal")) < 0.89


def the_interval_of_a_mean_narrows_with_the_root_of_n_and_holds_few_of_the_data():
    rng = np.random.default_rng(10)
    for mean, deviation in rng.uniform(1, 10, (5, 2)):

        def intervals(n, mean=mean, deviation=deviation):
            data = rng.normal(mean, deviation, (400, n))
            reach = _reach(n, 0.95, "t") * data.std(axis=1, ddof=1) / np.sqrt(n)
            return data.mean(axis=1) - reach, data.mean(axis=1) + reach

        for n in (30, 100):
            width, narrow = (np.mean(high - low) for low, high in (intervals(n), intervals(4 * n)))
            assert abs(narrow / width - 0.5) < 0.03
        low, high = intervals(100)
        values = rng.normal(mean, deviation, (500, 400))
        assert 0.14 < np.mean((values > low) & (values < high)) < 0.18


def intervals_may_overlap_although_the_difference_leaves_out_zero():
    """The standard error of a difference is measured first; then gaps of 0 to 5 standard errors."""
    rng = np.random.default_rng(11)
    for error in rng.uniform(0.1, 10, 10):
        one, two = error * rng.normal(size=(2, 40_000))
        np.testing.assert_allclose(np.std(two - one) / error, np.sqrt(2), rtol=0.02)
        for gap in rng.uniform(0, 5, 40):
            overlap = 1.96 * error >= gap * error - 1.96 * error
            leaves_out_zero = gap * error - 1.96 * np.hypot(error, error) > 0
            assert overlap == (gap <= 3.92)
            if abs(gap - 2.772) > 0.001:
                assert leaves_out_zero == (gap > 2.772)
            assert overlap or leaves_out_zero
    for first, second, gap in rng.uniform(0.1, 5, (200, 3)):
        apart = gap > 1.96 * (first + second)
        assert not apart or gap > 1.96 * np.hypot(first, second)


def the_bootstrap_finds_the_standard_error_of_a_mean_and_covers_medians():
    rng = np.random.default_rng(12)
    for n in (10, 30):
        data = rng.lognormal(size=n)
        means = data[rng.integers(n, size=(20_000, n))].mean(axis=1)
        formula = data.std(ddof=1) / np.sqrt(n) * np.sqrt((n - 1) / n)
        np.testing.assert_allclose(means.std(), formula, rtol=0.03)
    middle = np.sort(rng.integers(100, size=(800, 400, 100), dtype=np.int8), axis=2)[:, :, 49:51].reshape(800, -1)
    for draw, truth in ((rng.normal, 0.0), (rng.lognormal, 1.0), (rng.uniform, 0.5)):
        samples = np.sort(draw(size=(800, 100)), axis=1)
        medians = np.take_along_axis(samples, middle, axis=1).reshape(800, 400, 2).mean(axis=2)
        low, high = np.quantile(medians, [0.025, 0.975], axis=1)
        assert 0.92 < np.mean((low <= truth) & (truth <= high)) < 0.975
        ends = bootstrap_interval(samples[0], np.median, generator=rng)
        np.testing.assert_allclose(ends, (low[0], high[0]), atol=0.2)


def the_bootstrap_fails_for_the_maximum_and_for_five_values():
    rng = np.random.default_rng(13)
    for n in (5, 20, 100):
        data = rng.uniform(size=n)
        largest = data[rng.integers(n, size=(20_000, n))].max(axis=1)
        assert abs(np.mean(largest == data.max()) - (1 - (1 - 1 / n) ** n)) < 0.02
        assert np.mean(largest == data.max()) > 0.62
        for _ in range(10):
            low, high = bootstrap_interval(rng.uniform(size=n), np.max, resamples=100, generator=rng)
            assert high < 1
    data = rng.normal(size=(2000, 5))
    means = np.take_along_axis(data[:, None, :], rng.integers(5, size=(2000, 400, 5)), axis=2).mean(axis=2)
    low, high = np.quantile(means, [0.025, 0.975], axis=1)
    assert 0.80 < np.mean((low < 0) & (high > 0)) < 0.87


def _credible(belief):
    """The middle 95% of a beta distribution."""
    x = np.linspace(0, 1, 4001)
    return np.interp([0.025, 0.975], belief.cdf(x), x)


def credible_intervals_cover_95_percent_on_average_over_the_prior():
    rng = np.random.default_rng(14)
    for a, b in rng.uniform(0.8, 8, (8, 2)):
        n = int(rng.integers(1, 40))
        truth = rng.beta(a, b, 40_000)
        ends = np.array([_credible(update_beta(Beta(a, b), s, n - s)) for s in range(n + 1)])
        low, high = ends[rng.binomial(n, truth)].T
        assert abs(np.mean((low < truth) & (truth < high)) - 0.95) < 0.006


def a_sure_and_wrong_prior_makes_credible_intervals_that_miss():
    """Ninety right of a hundred are put in, the truth is one half: all results of twenty answers, some of 10,000."""
    for s in range(21):
        low, high = _credible(update_beta(Beta(90, 10), s, 20 - s))
        assert not low < 0.5 < high
    hits = []
    for s in np.random.default_rng(15).binomial(10_000, 0.5, 50):
        low, high = _credible(update_beta(Beta(90, 10), int(s), 10_000 - int(s)))
        hits.append(low < 0.5 < high)
    assert np.mean(hits) > 0.7


def two_readings_more_than_a_half_apart_hold_the_truth_for_sure():
    """Half of all such intervals hold it; d / (1 - d) of those with the length d below one half."""
    rng = np.random.default_rng(16)
    for truth in rng.uniform(-100, 100, 5):
        readings = truth + rng.uniform(-0.5, 0.5, (400_000, 2))
        low, high = readings.min(axis=1), readings.max(axis=1)
        hit, apart = (low < truth) & (truth < high), high - low
        assert abs(hit.mean() - 0.5) < 0.005
        assert hit[apart > 0.5].all()
        for d in (0.05, 0.1, 0.2, 0.3, 0.4):
            near = np.abs(apart - d) < 0.01
            assert abs(hit[near].mean() - d / (1 - d)) < 0.03


def with_many_data_both_kinds_of_interval_nearly_agree():
    rng = np.random.default_rng(17)
    extremes = list(product((0.5, 5.0), (0.5, 5.0), (0.2, 0.8)))
    for a, b, share in [*extremes, *np.column_stack([rng.uniform(0.5, 5, (10, 2)), rng.uniform(0.2, 0.8, 10)])]:
        gaps = []
        for n in (50, 500, 5000):
            s = round(share * n)
            wilson = np.array(proportion_interval(s, n))
            gaps.append(np.abs(_credible(update_beta(Beta(a, b), s, n - s)) - wilson).max() / np.ptp(wilson))
        assert gaps[2] < 0.05
        assert gaps[2] < gaps[0]
