"""Confidence intervals: against scipy, and their promise (the coverage) measured by simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlmath.stats import Interval, bootstrap_interval, mean_interval, proportion_interval, variance

confidences = st.floats(0.01, 0.999)


def plausible_hits(coverage, trials):
    """Between these counts lie all but a millionth of the binomial counts."""
    return stats.binom.interval(1 - 1e-6, trials, coverage)


def hits(intervals, truth):
    return sum(interval.low <= truth <= interval.high for interval in intervals)


@given(
    data=st.lists(st.floats(-1e3, 1e3, width=32), min_size=2, max_size=20).filter(lambda x: np.ptp(x) > 1e-3),
    confidence=confidences,
)
def test_mean_intervals_are_scipys(data, confidence):
    mean, error = np.mean(data), stats.sem(data)

    expected = stats.t.interval(confidence, len(data) - 1, mean, error)
    np.testing.assert_allclose(mean_interval(data, confidence=confidence), expected, rtol=1e-9, atol=1e-9)
    expected = stats.norm.interval(confidence, mean, error)
    np.testing.assert_allclose(
        mean_interval(data, confidence=confidence, method="normal"), expected, rtol=1e-9, atol=1e-9
    )


def test_t_and_95_percent_are_the_defaults():
    assert mean_interval([1.0, 2.0, 4.0]) == mean_interval([1.0, 2.0, 4.0], method="t", confidence=0.95)


@pytest.mark.parametrize("confidence", [0.5, 0.95])
def test_t_intervals_keep_their_promise_for_few_normal_data(confidence):
    samples = np.random.default_rng(0).normal(3.0, 2.0, size=(300, 5))

    covered = hits([mean_interval(sample, confidence=confidence) for sample in samples], 3.0)

    low, high = plausible_hits(confidence, 300)
    assert low <= covered <= high


def test_normal_intervals_of_five_data_cover_88_percent_as_the_docstring_says():
    """The exact coverage is that of |t| < 1.96 with 4 degrees of freedom, 0.878."""
    samples = np.random.default_rng(1).normal(3.0, 2.0, size=(1000, 5))
    exact = 1 - 2 * stats.t.sf(stats.norm.isf(0.025), 4)

    covered = hits([mean_interval(sample, method="normal") for sample in samples], 3.0)

    low, high = plausible_hits(exact, 1000)
    assert low <= covered <= high < 950
    assert exact == pytest.approx(0.88, abs=0.005)


def test_four_times_the_data_half_the_width():
    data = [1.0, 2.0, 5.0]
    widths = [np.ptp(mean_interval(data * n, method="normal")) / math.sqrt(variance(data * n)) for n in (10, 40)]

    assert widths[0] / widths[1] == pytest.approx(2.0)


def test_huge_tiny_and_shifted_data_have_intervals():
    low, high = mean_interval([1.0, 2.0, 4.0])

    np.testing.assert_allclose(mean_interval([1e300, 2e300, 4e300]), [low * 1e300, high * 1e300])
    np.testing.assert_allclose(mean_interval([1e-300, 2e-300, 4e-300]), [low * 1e-300, high * 1e-300])
    np.testing.assert_allclose(np.array(mean_interval(1e9 + np.array([1.0, 2.0, 4.0]))) - 1e9, [low, high], atol=1e-6)


def test_constant_data_have_an_interval_of_width_zero():
    assert mean_interval([0.1, 0.1, 0.1]) == Interval(0.1, 0.1)


def test_extreme_confidences_keep_their_tails():
    """1 - 1e-16 is a confidence; half of what is left over it must not round away."""
    low, high = mean_interval([-1.0, 1.0], confidence=1 - 2**-53, method="normal")

    assert [-low, high] == pytest.approx([stats.norm.isf(2**-54)] * 2)


@given(confidence=confidences, count=st.integers(1, 40), seed=st.integers(0, 99))
def test_proportion_intervals_are_scipys(confidence, count, seed):
    successes = int(np.random.default_rng(seed).integers(count + 1))

    expected = stats.binomtest(successes, count).proportion_ci(confidence, method="wilson")

    np.testing.assert_allclose(proportion_interval(successes, count, confidence=confidence), expected, atol=1e-9)


@given(confidence=confidences, count=st.integers(1, 200))
def test_proportion_intervals_stay_from_0_to_1_and_mirror(confidence, count):
    none = proportion_interval(0, count, confidence=confidence)
    all_of_them = proportion_interval(count, count, confidence=confidence)

    assert none.low == pytest.approx(0, abs=1e-15)
    assert 0 <= none.low < none.high < 1
    assert 0 < all_of_them.low < all_of_them.high <= 1
    np.testing.assert_allclose([1 - none.high, 1 - none.low], all_of_them, atol=1e-12)


@pytest.mark.parametrize("count", [31, 32])
def test_rounding_takes_no_proportion_interval_beyond_1(count):
    """Unclipped, both of these end at 1 + 2e-16."""
    assert proportion_interval(count, count).high == 1.0


def test_the_ends_of_proportion_intervals_solve_wilsons_equation():
    """Seen from an end, the observed share is z standard errors away."""
    ends = np.array(proportion_interval(3, 20))

    np.testing.assert_allclose(abs(3 / 20 - ends) / np.sqrt(ends * (1 - ends) / 20), stats.norm.isf(0.025))


def test_proportion_intervals_cover_about_what_they_promise_for_every_probability():
    """The coverage is a finite sum over the counts, so no simulation is needed."""
    intervals = np.array([proportion_interval(k, 30) for k in range(31)])

    chances = np.linspace(0.05, 0.95, 181)
    coverages = [
        stats.binom.pmf(np.arange(31), 30, p)[(intervals[:, 0] <= p) & (p <= intervals[:, 1])].sum() for p in chances
    ]

    assert np.mean(coverages) == pytest.approx(0.95, abs=0.01)
    assert min(coverages) > 0.88


def test_bootstrap_intervals_of_a_mean_cover_what_they_promise_for_many_data():
    """The percentile method is a little too narrow: normal theory with divisor n gives 0.945 for 60 values."""
    generator = np.random.default_rng(2)
    samples = generator.normal(3.0, 2.0, size=(200, 60))

    covered = hits(
        [bootstrap_interval(sample, np.mean, confidence=0.9, resamples=100, generator=generator) for sample in samples],
        3.0,
    )

    low, high = plausible_hits(0.88, 200)
    assert low <= covered <= high


def test_bootstrap_and_t_agree_for_a_mean():
    data = np.random.default_rng(3).exponential(size=400)

    interval = bootstrap_interval(data, np.mean, generator=np.random.default_rng(4))

    np.testing.assert_allclose(interval, mean_interval(data), atol=0.1 * np.ptp(mean_interval(data)))


def test_bootstrap_intervals_are_quantiles_of_the_statistic_on_rows_drawn_with_replacement():
    data = np.arange(10.0).reshape(5, 2) ** 2
    drawn = []

    def difference(rows):
        drawn.append(rows)
        return rows[:, 1].sum() - rows[:, 0].max()

    interval = bootstrap_interval(data, difference, confidence=0.8, resamples=50, generator=np.random.default_rng(0))

    rows = {tuple(row) for row in data}
    values = [sample[:, 1].sum() - sample[:, 0].max() for sample in drawn]
    assert len(drawn) == 50
    assert all(sample.shape == (5, 2) and {tuple(row) for row in sample} <= rows for sample in drawn)
    assert any(len(np.unique(sample, axis=0)) < 5 for sample in drawn)
    np.testing.assert_allclose(interval, np.quantile(values, [0.1, 0.9]))


def test_every_row_is_drawn_equally_often():
    counts = np.zeros(6)

    def count(rows):
        np.add.at(counts, rows.astype(int), 1)
        return 0.0

    bootstrap_interval(np.arange(6), count, resamples=1000, generator=np.random.default_rng(0))

    assert stats.chisquare(counts).pvalue > 1e-3


def test_95_percent_and_2000_resamples_are_the_defaults():
    drawn = []

    def mean(rows):
        drawn.append(rows.mean())
        return drawn[-1]

    interval = bootstrap_interval([1.0, 2.0, 4.0, 8.0, 16.0], mean, generator=np.random.default_rng(0))

    assert len(drawn) == 2000
    np.testing.assert_allclose(interval, np.quantile(drawn, [0.025, 0.975]))


def test_the_same_generator_gives_the_same_interval_and_moves_on():
    data, generator = np.arange(20.0) ** 2, np.random.default_rng(0)

    first = bootstrap_interval(data, np.mean, generator=generator)

    assert bootstrap_interval(data, np.mean, generator=np.random.default_rng(0)) == first
    assert bootstrap_interval(data, np.mean, generator=generator) != first


def test_the_data_are_left_alone_even_by_a_statistic_that_is_not_careful():
    data = np.array([3.0, 1.0, 2.0])

    def careless_median(rows):
        rows.sort()
        return rows[1]

    mean_interval(data)
    bootstrap_interval(data, careless_median, generator=np.random.default_rng(0))

    np.testing.assert_array_equal(data, [3.0, 1.0, 2.0])


def test_the_ends_are_plain_floats():
    intervals = [
        mean_interval([1, 2]),
        proportion_interval(1, 2),
        bootstrap_interval([1, 2], np.mean, generator=np.random.default_rng(0)),
    ]

    assert {type(end) for interval in intervals for end in interval} == {float}


def test_statistics_at_both_ends_of_float64_do_not_overflow():
    data, generator = [-1.7e308, 1.7e308], np.random.default_rng(0)

    assert bootstrap_interval(data, np.min, confidence=0.4, generator=generator) == (-1.7e308, -1.7e308)
    assert bootstrap_interval(data, lambda rows: rows[0], generator=generator) == (-1.7e308, 1.7e308)


def test_few_resamples_are_enough_for_a_low_confidence():
    bootstrap_interval([1.0, 2.0], np.mean, confidence=0.5, resamples=4, generator=np.random.default_rng(0))

    with pytest.raises(ValueError, match=r"^resamples must be at least 4, got 3"):
        bootstrap_interval([1.0, 2.0], np.mean, confidence=0.5, resamples=3, generator=np.random.default_rng(0))


@pytest.mark.parametrize(
    ("data", "confidence", "method", "message"),
    [
        ([1.0], 0.95, "t", "^data must hold at least 2 values, got 1: one value shows no spread"),
        ([], 0.95, "t", "^data must not be empty"),
        ([1.0, np.nan], 0.95, "t", r"^data must be finite, got nan at data\[1\]"),
        ([1.0, 2.0], 95, "t", "^confidence must be between 0 and 1, got 95"),
        ([1.0, 2.0], 0.95, "z", "^method must be 't' or 'normal', got 'z'"),
        ([0.0, 1e308], 0.95, "t", "^an end of the interval is larger than any float64"),
    ],
)
def test_mean_interval_says_what_is_wrong(data, confidence, method, message):
    with pytest.raises(ValueError, match=message):
        mean_interval(data, confidence=confidence, method=method)


@pytest.mark.parametrize(
    ("successes", "trials", "confidence", "error", "message"),
    [
        (0, 0, 0.95, ValueError, "^trials must be at least 1, got 0"),
        (-1, 2, 0.95, ValueError, "^successes must be at least 0, got -1"),
        (3, 2, 0.95, ValueError, "^successes must be at most trials = 2, got 3"),
        (1.0, 2, 0.95, TypeError, "^successes must be an integer, got 1.0"),
        (1, 2.0, 0.95, TypeError, "^trials must be an integer, got 2.0"),
        (1, 2, 1.0, ValueError, "^confidence must be between 0 and 1, got 1.0"),
    ],
)
def test_proportion_interval_says_what_is_wrong(successes, trials, confidence, error, message):
    with pytest.raises(error, match=message):
        proportion_interval(successes, trials, confidence=confidence)


@pytest.mark.parametrize(
    ("data", "statistic", "options", "error", "message"),
    [
        (3.0, np.mean, {}, ValueError, r"^data must have shape \(rows, columns\), got shape \(\)"),
        (
            np.zeros((1, 2, 3)),
            np.mean,
            {},
            ValueError,
            r"^data must have shape \(rows, columns\), got shape \(1, 2, 3\)",
        ),
        ([], np.mean, {}, ValueError, r"^data must not be empty"),
        ([[1.0], [np.inf]], np.mean, {}, ValueError, r"^data must be finite, got inf at data\[1, 0\]"),
        ([1.0, np.nan], np.mean, {}, ValueError, r"^data must be finite, got nan at data\[1\]"),
        (["a"], np.mean, {}, ValueError, r"^data must hold real numbers, got \['a'\]"),
        (
            [1.0],
            lambda x: np.log(x - 1)[0],
            {},
            ValueError,
            r"^the value of statistic must be one finite number, got -inf for the resampled rows \[0\]: try a stat",
        ),
        ([1.0], lambda x: x, {}, ValueError, r"^the value of statistic must be one finite number, got \[1\.\] for the"),
        ([1.0], str, {}, ValueError, r"^the value of statistic must hold real numbers, got '\[1\.\]' for the"),
        ([1.0], np.mean, {"confidence": 0}, ValueError, "^confidence must be between 0 and 1, got 0"),
        ([1.0], np.mean, {"resamples": 39}, ValueError, "^resamples must be at least 40, got 39"),
        ([1.0], np.mean, {"resamples": 50.0}, TypeError, "^resamples must be an integer, got 50.0"),
        ([1.0], np.mean, {"generator": 0}, TypeError, "^generator must be a numpy.random.Generator, got 0"),
    ],
)
def test_bootstrap_interval_says_what_is_wrong(data, statistic, options, error, message):
    with pytest.raises(error, match=message):
        bootstrap_interval(data, statistic, **{"generator": np.random.default_rng(0)} | options)
