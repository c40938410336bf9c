"""What the module docs/statistics/probability_and_distributions.md claims, one function per claim."""

from fractions import Fraction
from itertools import combinations, product
from math import comb

import numpy as np

from mlmath.stats import Binomial, LogNormal, Normal, Uniform, describe, fit_scaler, standard_deviation, variance


def _random_shares(rng, count):
    """Positive probabilities that add up to 1, as fractions, so that nothing is rounded."""
    parts = [int(part) for part in rng.integers(1, 10, count)]
    return [Fraction(part, sum(parts)) for part in parts]


def _random_values(rng, count):
    """Different whole numbers as fractions."""
    return [Fraction(int(value)) for value in rng.choice(np.arange(-9, 10), count, replace=False)]


def _expectation(values, shares):
    return sum(value * share for value, share in zip(values, shares, strict=True))


def _variance(values, shares):
    middle = _expectation(values, shares)
    return _expectation([(value - middle) ** 2 for value in values], shares)


def _continuous(rng):
    """A random distribution of each continuous kind, a function that gives it in another unit, and a place in it."""
    mean, spread, m, s, low = rng.uniform((1, 0.5, -1, 0.2, -3), (5, 3, 1, 1, 3))
    yield Normal(mean, spread), lambda k: Normal(mean / k, spread / k), mean + spread * rng.uniform(-1, 1)
    yield LogNormal(m, s), lambda k: LogNormal(m - np.log(k), s), np.exp(m + s * rng.uniform(-1, 1))
    yield Uniform(low, low + 2), lambda k: Uniform(low / k, (low + 2) / k), low + rng.uniform(0.1, 1.9)


def an_event_or_another_has_the_sum_of_both_probabilities_minus_that_of_both_at_once():
    """Counted outcome by outcome, for random events; the plain sum is right only for events that exclude each other."""
    rng = np.random.default_rng(0)
    for _ in range(50):
        shares = _random_shares(rng, 8)
        a, b = rng.integers(0, 2, (2, 8)).astype(bool)

        def probability(event, shares=shares):
            return sum((share for share, happens in zip(shares, event, strict=True) if happens), Fraction(0))

        assert probability(a | b) == probability(a) + probability(b) - probability(a & b)
        assert (probability(a | b) == probability(a) + probability(b)) == (not (a & b).any())
        assert probability(a) + probability(~a) == 1


def a_single_value_has_probability_zero_and_a_short_interval_density_times_width():
    """The share of an interval shrinks to nothing; divided by the width it settles on the density. No draw repeats."""
    rng = np.random.default_rng(1)
    for _ in range(10):
        for curve, _, x in _continuous(rng):
            widths = np.array([1e-2, 1e-3, 1e-4])
            shares = curve.cdf(x + widths / 2) - curve.cdf(x - widths / 2)
            np.testing.assert_allclose(shares[-1], 0, atol=1e-2)
            np.testing.assert_allclose(shares[-1] / widths[-1], curve.pdf(x), rtol=1e-4)
            assert shares[0] > 5 * shares[1] > 25 * shares[2]
            draws = curve.sample(rng, 20_000)
            assert len(np.unique(draws)) == len(draws)
            share = np.mean(abs(draws - x) < 0.1)
            np.testing.assert_allclose(share, curve.cdf(x + 0.1) - curve.cdf(x - 0.1), atol=0.02)


def a_larger_unit_makes_the_density_higher_by_the_same_factor_and_keeps_every_probability():
    """Draws divided by k follow the density that is k times as high, which passes 1 and still has the area 1."""
    rng = np.random.default_rng(2)
    for k in (10.0, 1000.0):
        for curve, in_unit, x in _continuous(rng):
            other = in_unit(k)
            np.testing.assert_allclose(other.pdf(x / k), k * curve.pdf(x))
            draws = curve.sample(rng, 20_000) / k
            np.testing.assert_allclose(np.mean(draws <= x / k), other.cdf(x / k), atol=0.02)
            np.testing.assert_allclose(np.mean(draws <= x / k), curve.cdf(x), atol=0.02)
            grid = np.linspace(draws.min() - 1 / k, draws.max() + 1 / k, 200_001)
            heights = other.pdf(grid)
            np.testing.assert_allclose(heights.sum() * (grid[1] - grid[0]), 1, atol=1e-3)
            assert k < 100 or heights.max() > 1


def the_cdf_climbs_from_zero_to_one_and_its_rise_is_the_probability_between():
    rng = np.random.default_rng(3)
    curves = [Binomial(int(n), p) for n, p in zip(rng.integers(2, 12, 5), rng.uniform(0.1, 0.9, 5), strict=True)]
    for curve in [*curves, *(curve for curve, _, _ in _continuous(rng))]:
        draws = curve.sample(rng, 20_000)
        grid = np.linspace(draws.min() - 50, draws.max() + 50, 2001)
        heights = curve.cdf(grid)
        assert (np.diff(heights) >= 0).all()
        np.testing.assert_allclose(heights[[0, -1]], [0, 1], atol=1e-6)
        a, b = np.sort(rng.choice(draws, 2))
        share = np.mean((a < draws) & (draws <= b))
        np.testing.assert_allclose(share, curve.cdf(b) - curve.cdf(a), atol=0.02)
        if not isinstance(curve, Binomial):  # no jump anywhere
            assert np.diff(curve.cdf(np.linspace(draws.min(), draws.max(), 100_001))).max() < 1e-3
    for curve in curves:
        for k in range(curve.trials + 1):
            np.testing.assert_allclose(
                curve.cdf(k) - curve.cdf(k - 1e-9), np.mean(curve.sample(rng, 20_000) == k), atol=0.02
            )
            assert curve.cdf(k + 1 - 1e-9) == curve.cdf(k)


def expectations_add_up_even_without_independence():
    """Random tables of P(X = x and Y = y), nearly all of them dependent; the product rule fails for those."""
    rng = np.random.default_rng(4)
    failed = 0
    for _ in range(50):
        cells = list(product(_random_values(rng, 3), _random_values(rng, 3)))
        shares = _random_shares(rng, 9)
        a, b, c = (Fraction(int(number)) for number in rng.integers(-9, 10, 3))
        of_x, of_y = (_expectation([cell[i] for cell in cells], shares) for i in (0, 1))
        together = _expectation([a * x + b * y + c for x, y in cells], shares)
        assert together == a * of_x + b * of_y + c
        failed += _expectation([x * y for x, y in cells], shares) != of_x * of_y
    assert failed > 40


def a_shift_leaves_the_variance_and_a_factor_is_squared():
    rng = np.random.default_rng(5)
    for _ in range(50):
        values, shares = _random_values(rng, 4), _random_shares(rng, 4)
        a, b = (Fraction(int(number)) for number in rng.integers(-9, 10, 2))
        changed = [a * value + b for value in values]
        assert _variance(changed, shares) == a**2 * _variance(values, shares)
        np.testing.assert_allclose(
            float(_variance(changed, shares)) ** 0.5, abs(a) * float(_variance(values, shares)) ** 0.5
        )


def _samples(rng, draws):
    """All samples of independent draws from a random population, each with its probability, and the population."""
    values, shares = _random_values(rng, 3), _random_shares(rng, 3)
    samples = list(product(values, repeat=draws))
    chances = [np.prod(chosen) for chosen in product(shares, repeat=draws)]
    return samples, chances, values, shares


def the_mean_of_n_independent_draws_has_variance_sigma_squared_over_n():
    """Every possible sample is counted, with its probability. Copies of one draw gain nothing."""
    rng = np.random.default_rng(6)
    for n in (1, 2, 3, 4, 5):
        for _ in range(5):
            samples, chances, values, shares = _samples(rng, n)
            means = [sum(sample) / n for sample in samples]
            assert _expectation(means, chances) == _expectation(values, shares)
            assert _variance(means, chances) == _variance(values, shares) / n
            copies = [sum([value] * n) / n for value in values]
            assert _variance(copies, shares) == _variance(values, shares)


def independent_means_uncorrelated_and_the_reverse_fails():
    rng = np.random.default_rng(7)
    for _ in range(30):
        x, y = _random_values(rng, 3), _random_values(rng, 3)
        of_x, of_y = _random_shares(rng, 3), _random_shares(rng, 3)
        cells = list(product(x, y))
        chances = [p * q for p, q in product(of_x, of_y)]  # independent
        middle_x, middle_y = _expectation(x, of_x), _expectation(y, of_y)
        assert _expectation([(a - middle_x) * (b - middle_y) for a, b in cells], chances) == 0
        assert _variance([a + b for a, b in cells], chances) == _variance(x, of_x) + _variance(y, of_y)

        for count in (1, 2, 3):
            half, sizes = _random_shares(rng, count), [int(size) for size in rng.choice(9, count, replace=False) + 1]
            values = [*sizes, *(-size for size in sizes)]  # symmetric about 0
            shares = [share / 2 for share in (*half, *half)]
            squares = [value**2 for value in values]
            covariance = _expectation([v * s for v, s in zip(values, squares, strict=True)], shares)
            assert covariance - _expectation(values, shares) * _expectation(squares, shares) == 0
            of_square = {s: sum(p for p, t in zip(shares, squares, strict=True) if t == s) for s in squares}
            independent = all(
                (share if value**2 == square else 0) == share * of_square[square]
                for value, share in zip(values, shares, strict=True)
                for square in of_square
            )
            assert independent == (len(of_square) == 1)


def dividing_by_n_minus_one_is_right_on_average_for_the_variance_and_for_no_root():
    """Every possible sample is counted, and measured by mlmath and numpy."""
    rng = np.random.default_rng(8)
    for n in (2, 3, 4):
        for _ in range(5):
            samples, chances, values, shares = _samples(rng, n)
            table = [[float(value) for value in sample] for sample in samples]
            weights = np.array([float(chance) for chance in chances])
            truth = float(_variance(values, shares))
            by_n_minus_1 = weights @ [variance(sample) for sample in table]
            by_n = weights @ np.var(table, axis=1)
            np.testing.assert_allclose([by_n_minus_1, by_n], [truth, (n - 1) / n * truth])
            for roots in ([standard_deviation(sample) for sample in table], np.std(table, axis=1)):
                assert weights @ roots < 0.999 * truth**0.5


def independent_trials_make_a_binomial_and_copies_of_one_trial_spread_more():
    """All 2^n outcomes are counted; the formula for the variance is that of the page."""
    rng = np.random.default_rng(9)
    for n in range(1, 9):
        p = Fraction(int(rng.integers(1, 10)), 10)
        chances = {k: Fraction(0) for k in range(n + 1)}
        for outcome in product((0, 1), repeat=n):
            ones = sum(outcome)
            chances[ones] += p**ones * (1 - p) ** (n - ones)
        values, shares = list(chances), list(chances.values())
        assert shares == [comb(n, k) * p**k * (1 - p) ** (n - k) for k in values]
        np.testing.assert_allclose(Binomial(n, float(p)).pmf(values), [float(share) for share in shares])
        assert _expectation(values, shares) == n * p
        assert _variance(values, shares) == n * p * (1 - p)
        assert _expectation([0, n], [1 - p, p]) == n * p
        assert _variance([0, n], [1 - p, p]) == n**2 * p * (1 - p)


def a_bell_has_95_percent_within_two_deviations_and_every_distribution_three_quarters():
    rng = np.random.default_rng(10)
    for mean, spread in rng.uniform((-5, 0.1), (5, 9), (20, 2)):
        draws = np.abs(Normal(mean, spread).sample(rng, 40_000) - mean) / spread
        for k, percent in ((1, 68.3), (2, 95.4), (3, 99.7)):
            inside = Normal(mean, spread).cdf(mean + k * spread) - Normal(mean, spread).cdf(mean - k * spread)
            assert abs(100 * inside - percent) < 0.06
            assert abs(100 * np.mean(draws < k) - percent) < 1.5
    lowest = Fraction(1)
    cases = [(_random_values(rng, 5), _random_shares(rng, 5)) for _ in range(200)]
    for outer in (Fraction(part, 400) for part in range(1, 200)):  # shares of -1 and of 1; the rest is 0
        cases.append(([-1, 0, 1], [outer, 1 - 2 * outer, outer]))
    for values, shares in cases:
        middle, limit = _expectation(values, shares), 4 * _variance(values, shares)
        inside = sum(s for v, s in zip(values, shares, strict=True) if (v - middle) ** 2 < limit)
        lowest = min(lowest, inside)
    assert lowest == Fraction(3, 4)  # with an eighth at -1 and at 1, which are exactly 2 deviations away


def standardising_sets_mean_and_deviation_and_keeps_the_shape():
    """The skewness stays; normal data stay on the bell, and exponential ones stay off it."""
    rng = np.random.default_rng(11)
    bell = Normal(0, 1)
    for a, b in rng.uniform((0.1, -9), (9, 9), (10, 2)):
        for raw, is_normal in ((rng.normal(size=20_000), True), (rng.exponential(size=20_000), False)):
            data = a * raw + b
            scaled = fit_scaler(data[:, None]).transform(data[:, None])[:, 0]
            np.testing.assert_allclose([scaled.mean(), scaled.std()], [0, 1], atol=1e-9)
            np.testing.assert_allclose(describe(scaled).skewness, describe(data).skewness, atol=1e-9)
            gap = max(abs(np.mean(scaled <= x) - bell.cdf(x)) for x in np.linspace(-2, 2, 41))
            assert gap < 0.02 if is_normal else gap > 0.1


def exp_of_the_mean_log_is_the_median_of_a_log_normal_and_its_mean_is_larger():
    """The mean as an average of e^(m + s z) over a fine grid of z, weighted by the bell, without the formula."""
    rng = np.random.default_rng(12)
    z = np.linspace(-12, 12, 20_001)
    weights = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * (z[1] - z[0])
    for m, s in rng.uniform((-2, 0.1), (2, 1.2), (20, 2)):
        values = np.exp(m + s * z)
        np.testing.assert_allclose(weights[values <= np.exp(m)].sum(), 0.5, atol=1e-3)
        np.testing.assert_allclose(weights @ values, np.exp(m + s**2 / 2))
        assert weights @ values > np.exp(m)
        draws = np.exp(rng.normal(m, s, 40_000))
        np.testing.assert_allclose(np.exp(np.log(draws).mean()), np.median(draws), rtol=0.05)


def the_mean_is_best_for_squared_errors_and_the_median_for_absolute_ones():
    """Against every other constant on a fine grid, for random skewed data."""
    rng = np.random.default_rng(13)
    for count in (5, 6, 20, 51):
        data = rng.lognormal(size=count)
        grid = np.linspace(0, data.max(), 2001)[:, None]
        squared, absolute = ((data - grid) ** 2).mean(axis=1), np.abs(data - grid).mean(axis=1)
        assert np.mean((data - data.mean()) ** 2) <= squared.min()
        assert np.mean(np.abs(data - np.median(data))) <= absolute.min() + 1e-12
        assert count < 50 or np.mean(np.abs(data - data.mean())) > absolute.min() + 1e-3


def _mean_of_independent_draws(shares, n):
    """Probabilities of the sum of n draws of 0, 1, 2, ..., by adding one draw at a time."""
    total = np.array([1.0])
    for _ in range(n):
        total = np.convolve(total, shares)
    return total


def _whole_number_populations(rng):
    """Shares of the values 0, 1, 2, ...: fair and unfair coins, and random ones."""
    yield np.array([0.5, 0.5])
    yield np.array([0.9, 0.1])
    often = (4 - np.sqrt(10)) / 2  # the coin whose gap is the widest for many tosses, 0.4097 rho / sqrt(n)
    yield np.array([often, 1 - often])
    for count in (3, 4, 6):
        shares = rng.exponential(size=count)
        yield shares / shares.sum()


def the_gap_to_the_bell_is_at_most_about_half_rho_over_root_n():
    """The exact distribution of the mean against the normal one, on both sides of every step."""
    widest = 0.0
    for shares in _whole_number_populations(np.random.default_rng(14)):
        values = np.arange(len(shares))
        mean = shares @ values
        sigma = np.sqrt(shares @ (values - mean) ** 2)
        rho = shares @ np.abs(values - mean) ** 3 / sigma**3
        assert rho >= 1 - 1e-12
        for n in (1, 2, 5, 10, 50, 200, 1000):
            exact = _mean_of_independent_draws(shares, n)
            bell = Normal(mean, sigma / np.sqrt(n)).cdf(np.arange(len(exact)) / n)
            upper = np.cumsum(exact)
            gap = max(np.abs(upper - bell).max(), np.abs(upper - exact - bell).max())
            assert gap <= 0.48 * rho / np.sqrt(n)
            widest = max(widest, gap * np.sqrt(n) / rho)
    assert widest > 0.409  # so a bound with a constant of 0.4 is false


def the_skewness_of_a_mean_is_that_of_one_draw_over_root_n():
    def skewness(values, shares):
        mean = shares @ values
        return shares @ (values - mean) ** 3 / (shares @ (values - mean) ** 2) ** 1.5

    for shares in _whole_number_populations(np.random.default_rng(15)):
        one = skewness(np.arange(len(shares)), shares)
        for n in (2, 4, 9, 25, 100):
            exact = _mean_of_independent_draws(shares, n)
            np.testing.assert_allclose(skewness(np.arange(len(exact)) / n, exact), one / np.sqrt(n), atol=1e-6)


def more_draws_bring_the_data_closer_to_their_own_distribution_and_not_to_the_bell():
    """The largest gap between shares of the data and each curve, for few and for many draws."""
    rng = np.random.default_rng(16)
    for s in (0.3, 0.5, 0.8):
        source = LogNormal(0.0, s)
        own, bell = [], []
        for n in (100, 100_000):
            data = np.sort(source.sample(rng, n))
            shares = np.arange(1, n + 1) / n
            own.append(np.abs(shares - source.cdf(data)).max())
            bell.append(np.abs(shares - Normal.fit(data).cdf(data)).max())
            assert n < 1000 or abs(describe(data).skewness - (np.exp(s**2) + 2) * np.sqrt(np.expm1(s**2))) < 1
        assert own[1] < 0.01 < 0.04 < bell[1]
        assert own[1] < own[0]


def correlated_draws_keep_a_share_of_the_variance_however_many_they_are():
    """With probability r all draws are copies of one, else they are independent: every sample is counted."""
    rng = np.random.default_rng(17)
    for n in (1, 2, 3, 4, 5):
        for r in (Fraction(1, 10), Fraction(int(rng.integers(2, 10)), 10), Fraction(1)):
            samples, chances, values, shares = _samples(rng, n)
            one = dict(zip(values, shares, strict=True))
            mixed = [
                r * (one[sample[0]] if len(set(sample)) == 1 else 0) + (1 - r) * chance
                for sample, chance in zip(samples, chances, strict=True)
            ]
            middle, spread = _expectation(values, shares), _variance(values, shares)
            for i, j in combinations(range(n), 2):
                covariance = _expectation([(sample[i] - middle) * (sample[j] - middle) for sample in samples], mixed)
                assert covariance == r * spread
            of_mean = _variance([sum(sample) / n for sample in samples], mixed)
            assert of_mean == spread * (r + (1 - r) / n)
            assert of_mean > r * spread if r < 1 else of_mean == spread


def without_a_variance_averaging_may_not_help():
    """The share of means within x of zero is that of one ratio, 2/pi times the angle with the tangent x, for all n."""
    rng = np.random.default_rng(18)
    for n in (1, 10, 100):
        top, bottom = rng.normal(size=(2, 10_000, n))
        means = (top / bottom).mean(axis=1)
        for x in (0.2, 0.5, 1, 3, 10):
            assert abs(np.mean(np.abs(means) < x) - 2 / np.pi * np.arctan(x)) < 0.03
            assert abs(np.mean(means < -x) - np.mean(means > x)) < 0.04
        assert 0.42 < np.mean(np.abs(top.mean(axis=1)) < 0.6745 / np.sqrt(n)) < 0.58
