"""describe, variance, standard_deviation: what they measure, and that no digits are lost."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from mlmath.stats import describe, standard_deviation, variance

vectors = st.integers(2, 30).flatmap(lambda n: arrays(np.float64, n, elements=st.floats(-1e3, 1e3, width=32)))
spread_vectors = vectors.filter(lambda x: np.ptp(x) > 1e-3)
divisors = st.sampled_from(["n-1", "n"])


@given(x=vectors)
def test_each_field_is_what_numpy_says(x):
    d = describe(x)

    quartiles = [d.minimum, d.lower_quartile, d.median, d.upper_quartile, d.maximum]
    assert d.count == len(x)
    np.testing.assert_allclose(quartiles, np.quantile(x, [0, 0.25, 0.5, 0.75, 1]), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose([d.mean, d.standard_deviation], [x.mean(), x.std(ddof=1)], rtol=1e-9, atol=1e-9)


@given(x=spread_vectors)
def test_the_skewness_is_scipys(x):
    assert describe(x).skewness == pytest.approx(stats.skew(x), rel=1e-6, abs=1e-9)


@given(x=vectors, divisor=divisors)
def test_the_variance_is_numpys(x, divisor):
    ddof = {"n-1": 1, "n": 0}[divisor]

    assert variance(x, divisor=divisor) == pytest.approx(np.var(x, ddof=ddof), rel=1e-9, abs=1e-20)
    assert standard_deviation(x, divisor=divisor) == pytest.approx(np.std(x, ddof=ddof), rel=1e-9, abs=1e-10)


@given(x=spread_vectors, a=st.floats(0.01, 100), b=st.floats(-100, 100))
def test_variance_of_a_x_plus_b_is_a_squared_times_that_of_x(x, a, b):
    assert variance(a * x + b) == pytest.approx(a**2 * variance(x), rel=1e-6)
    assert standard_deviation(-a * x + b) == pytest.approx(a * standard_deviation(x), rel=1e-6)


@given(x=spread_vectors)
def test_a_mirror_image_has_the_opposite_skewness_and_other_units_the_same(x):
    assert describe(-x).skewness == pytest.approx(-describe(x).skewness, rel=1e-6, abs=1e-9)
    assert describe(3 * x + 7).skewness == pytest.approx(describe(x).skewness, rel=1e-6, abs=1e-9)


def test_on_average_the_divisor_n_minus_1_gives_the_variance_and_n_too_little():
    """All 3^4 equally likely samples of 4 from {0, 1, 5}, so the average over samples is exact."""
    population = [0.0, 1.0, 5.0]
    samples = np.stack(np.meshgrid(*[population] * 4), axis=-1).reshape(-1, 4)

    mean_of = {divisor: np.mean([variance(sample, divisor=divisor) for sample in samples]) for divisor in ("n-1", "n")}

    truth = variance(population, divisor="n")
    assert mean_of["n-1"] == pytest.approx(truth)
    assert mean_of["n"] == pytest.approx(truth * 3 / 4)


def test_n_minus_1_is_the_default():
    assert variance([1.0, 3.0]) == 2.0
    assert standard_deviation([1.0, 3.0]) == math.sqrt(2)


@pytest.mark.parametrize(
    ("middle", "step", "pairs"), [(10000002.0, 1.0, 1), (1.2, 0.1, 500), (1000000.2, 0.1, 500), (10000000.2, 0.1, 500)]
)
def test_nist_certified_mean_and_standard_deviation(middle, step, pairs):
    """Datasets NumAcc1 to NumAcc4 of the NIST StRD (univariate summary statistics), whose definition is this line.

    The data themselves are rounded: 10000000.1 is stored with an error of 1e-9, or 1e-8 of the step.
    """
    data = np.array([middle, *[middle - step, middle + step] * pairs])

    assert describe(data).mean == pytest.approx(middle, rel=1e-15)
    assert standard_deviation(data) == pytest.approx(step, rel=2e-8)


def test_a_large_common_part_costs_no_digits():
    """The textbook's shortcut has no digit left here, not even the sign."""
    small = np.array([0.0, 0.25, 0.5, 1.0])
    x = 1e9 + small

    assert np.mean(x**2) - np.mean(x) ** 2 != pytest.approx(variance(small, divisor="n"), rel=0.5)
    assert variance(x, divisor="n") == variance(small, divisor="n")


@pytest.mark.parametrize("unit", [1e-320, 1e-300, 1e-160, 1e160, 1e300])
def test_huge_and_tiny_data_are_described(unit):
    d = describe(np.array([1.0, 2.0, 3.0, 6.0, 8.0]) * unit)

    assert d.mean == pytest.approx(4 * unit, rel=1e-3)
    assert d.standard_deviation == pytest.approx(math.sqrt(8.5) * unit, rel=1e-3)
    assert [d.lower_quartile, d.median, d.upper_quartile] == pytest.approx([2 * unit, 3 * unit, 6 * unit], rel=1e-3)
    assert d.skewness == pytest.approx(stats.skew([1.0, 2.0, 3.0, 6.0, 8.0]), rel=1e-2)


def test_the_ends_of_float64_do_not_overflow():
    largest = np.finfo(np.float64).max

    d = describe([largest, 0.0, -largest] + [0.0, 0.0] * 100)

    assert (d.mean, d.median, d.minimum, d.maximum) == (0.0, 0.0, -largest, largest)
    assert describe([largest] * 100).mean == largest


def test_skewness_survives_deviations_far_below_the_values():
    """Cubes of 1e-120 are 0: deviations are measured in units of the largest of them."""
    assert describe([1.0, 0.0, 0.0, 0.0]).skewness == pytest.approx(2 / math.sqrt(3))
    assert describe(np.array([1.0, 0.0, 0.0, 0.0]) * 1e-8 + 1).skewness == pytest.approx(2 / math.sqrt(3), rel=1e-6)


@pytest.mark.parametrize("value", [0.0, 0.1, -1e300])
def test_equal_values_have_no_spread_and_no_skewness(value):
    d = describe([value] * 3)

    assert (d.mean, d.standard_deviation, d.median) == (value, 0.0, value)
    assert math.isnan(d.skewness)
    assert variance([value] * 3) == 0.0


def test_a_single_value_has_no_standard_deviation():
    d = describe([7])

    assert (d.count, d.mean, d.minimum, d.median, d.maximum) == (1, 7.0, 7.0, 7.0, 7.0)
    assert math.isnan(d.standard_deviation)
    assert math.isnan(d.skewness)
    assert variance([7], divisor="n") == 0.0


def test_the_results_are_plain_numbers():
    d = describe([1, 2, 4])

    assert [type(value) for value in vars(d).values()] == [int] + 8 * [float]
    assert type(variance([1, 2])) is type(standard_deviation([1, 2])) is float


def test_the_argument_is_left_alone():
    x = np.array([3.0, 1.0, 2.0])

    describe(x)
    variance(x)

    np.testing.assert_array_equal(x, [3.0, 1.0, 2.0])


@pytest.mark.parametrize("function", [describe, variance, standard_deviation])
@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([], "^x must not be empty"),
        (3.0, r"^x must have shape \(n,\), got shape \(\)"),
        ([[1.0, 2.0]], r"^x must have shape \(n,\), got shape \(1, 2\)"),
        ([1.0, np.inf], r"^x must be finite, got inf at x\[1\]"),
        (["a", "b"], "^x must hold real numbers"),
    ],
)
def test_what_is_not_a_column_of_data_is_refused(function, x, message):
    with pytest.raises(ValueError, match=message):
        function(x)


@pytest.mark.parametrize("function", [variance, standard_deviation])
def test_errors_say_what_to_do(function):
    with pytest.raises(
        ValueError,
        match=r"^x must hold at least 2 values .*, got 1: one value shows no spread; "
        r"divisor='n' gives the variance 0 of the data at hand$",
    ):
        function([7.0])
    with pytest.raises(ValueError, match=r"^divisor must be 'n-1' or 'n', got 'n-2'"):
        function([7.0, 8.0], divisor="n-2")


def test_a_variance_outside_float64_is_refused_although_its_root_is_not():
    with pytest.raises(ValueError, match=r"^the variance of x is larger than any float64 .*larger units$"):
        variance([0.0, 1e200])
    with pytest.raises(ValueError, match=r"^the variance of x is smaller than float64 .*smaller units$"):
        variance([0.0, 1e-160])
    assert standard_deviation([0.0, 1e200], divisor="n") == pytest.approx(5e199)
    assert standard_deviation([0.0, 1e-160], divisor="n") == pytest.approx(5e-161)


def test_the_smallest_variance_that_keeps_all_digits_is_allowed():
    smallest = np.finfo(np.float64).smallest_normal

    assert variance([-math.sqrt(smallest), math.sqrt(smallest)], divisor="n") == smallest


@pytest.mark.parametrize("function", [describe, standard_deviation])
def test_a_standard_deviation_beyond_float64_is_refused(function):
    with pytest.raises(ValueError, match=r"^the standard deviation of x is larger than any float64"):
        function([-1.7e308, 1.7e308])
