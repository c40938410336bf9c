"""Special functions against scipy's, and Student's t from its centre to its far tails."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from mlmath.stats import normal_quantile, special, student_t_cdf, student_t_quantile

powers = st.floats(-10, 10).map(lambda exponent: 10.0**exponent)
shapes = st.floats(-3, 5).map(lambda exponent: 10.0**exponent)
FREEDOM = np.array([1, 1.5, 2, 3, 5, 10, 30, 100, 1e3, 1e4, 1e5, 1e6])[:, np.newaxis]
PROBABILITIES = np.array([1e-12, 1e-9, 1e-5, 0.01, 0.1, 0.2, 0.249, 0.25, 0.251, 0.3, 0.4, 0.49, 0.499])
PROBABILITIES = np.concatenate([PROBABILITIES, 1 - PROBABILITIES])


@given(x=powers)
def test_log_gamma_agrees_with_scipy(x):
    np.testing.assert_allclose(special.log_gamma(x), scipy.special.gammaln(x), rtol=2e-15, atol=2e-15)


@pytest.mark.parametrize("x", [1e-300, 1.0, 2.0, 15.999, 16.0, 16.001, 1e300])
def test_log_gamma_is_right_at_the_seams_and_the_ends(x):
    np.testing.assert_allclose(special.log_gamma(x), math.lgamma(x), rtol=1e-14, atol=1e-15)


@given(x=powers)
def test_digamma_and_trigamma_agree_with_scipy(x):
    np.testing.assert_allclose(special.digamma(x), scipy.special.digamma(x), rtol=3e-14, atol=3e-14)
    np.testing.assert_allclose(special.trigamma(x), scipy.special.polygamma(1, x), rtol=3e-15)


EULER = 0.57721566490153286061


def test_digamma_and_trigamma_are_exact_where_their_values_are_known():
    """Less rounding than in a comparison with scipy; NIST handbook, sections 5.4(ii) and 5.15."""
    digamma, trigamma = special.digamma([0.5, 1, 2]), special.trigamma([0.5, 1, 2])

    np.testing.assert_allclose(digamma, [-EULER - 2 * math.log(2), -EULER, 1 - EULER], rtol=0, atol=2e-15)
    np.testing.assert_allclose(trigamma, [math.pi**2 / 2, math.pi**2 / 6, math.pi**2 / 6 - 1], rtol=1e-15)


@given(x=powers)
def test_the_stirling_error_is_what_the_formula_misses(x):
    """It lies between 1 / (12 x + 1) and 1 / (12 x): Robbins, A Remark on Stirling's Formula, 1955."""
    error = special.stirling_error(np.array(1 + x))

    assert 1 / (12 * (1 + x) + 1) <= error * (1 + 1e-9)
    assert error <= 1 / (12 * (1 + x)) * (1 + 1e-9)


@pytest.mark.parametrize("x", [0.25, 3.0, 15.9, 16.0, 16.1, 40.0])
def test_the_stirling_error_continues_the_factorial(x):
    formula = 0.5 * math.log(2 * math.pi * x) + x * math.log(x) - x

    np.testing.assert_allclose(special.stirling_error(np.array(x)), math.lgamma(x + 1) - formula, atol=1e-13)


@pytest.mark.parametrize("x", [16, 17, 20, 50, 1000])
def test_the_series_of_stirling_is_exact_to_the_last_digits_from_the_seam_on(x):
    """Against 50 digits: the error of 5e-16 that subtracting in float64 leaves would hide the last terms."""
    with localcontext(prec=50):
        two_pi = 2 * Decimal("3.14159265358979323846264338327950288419716939937511")
        error = Decimal(math.factorial(x)).ln() - (two_pi * x).ln() / 2 - x * Decimal(x).ln() + x

    np.testing.assert_allclose(special.stirling_error(np.array(float(x))), float(error), rtol=5e-14)


def test_error_functions_agree_with_scipy():
    x = np.array([-np.inf, -30.0, -1.0, -1e-300, 0.0, 1e-10, 0.5, 5.0, 25.0, np.inf])

    np.testing.assert_allclose(special.error_function(x), scipy.special.erf(x), rtol=1e-14)
    np.testing.assert_allclose(special.complementary_error_function(x), scipy.special.erfc(x), rtol=1e-13)


def exact_binomial_term(k, m, p):
    """The logarithm by whole numbers and fractions alone: no rounding before the last step."""
    numerator, denominator = p.as_integer_ratio()
    count = math.comb(k + m, k) * numerator**k * (denominator - numerator) ** m
    shift = count.bit_length() - 1000
    return math.log(count >> max(shift, 0)) + (max(shift, 0) - (denominator.bit_length() - 1) * (k + m)) * math.log(2)


@given(k=st.integers(0, 400), m=st.integers(0, 400), p=st.floats(0.01, 0.99))
def test_binomial_terms_agree_with_exact_arithmetic(k, m, p):
    term = special.log_binomial_term(k, m, math.log(p), math.log1p(-p))

    np.testing.assert_allclose(term, exact_binomial_term(k, m, p), rtol=1e-12, atol=2e-12)


def test_binomial_terms_of_a_million_trials_keep_their_digits():
    """The formula by log-factorials errs by 1e-9 here."""
    p = 0.25

    term = special.log_binomial_term(25_100, 74_900, math.log(p), math.log1p(-p))

    np.testing.assert_allclose(term, exact_binomial_term(25_100, 74_900, p), rtol=1e-13)


@pytest.mark.parametrize("k", [9060, 9300, 10_700, 11_040])
def test_binomial_terms_keep_their_digits_up_to_the_seam_of_the_series(k):
    """A tenth away from the 10,000 that are expected the series needs all its terms; beyond, the logarithms serve."""
    term = special.log_binomial_term(k, 40_000 - k, math.log(0.25), math.log(0.75))

    np.testing.assert_allclose(term, exact_binomial_term(k, 40_000 - k, 0.25), rtol=2e-14)


@given(m=st.floats(0, 10), p=st.floats(0.01, 0.99))
def test_without_successes_the_binomial_term_is_a_power(m, p):
    """The m need not be whole, and (0 + m)! / (0! m!) is 1."""
    np.testing.assert_array_equal(
        special.log_binomial_term([0, m], [m, 0], [math.log(p), math.log1p(-p)], [math.log1p(-p), math.log(p)]),
        m * math.log1p(-p),
    )


def test_binomial_terms_know_impossible_and_certain_events():
    none, sure = -math.inf, 0.0

    terms = special.log_binomial_term(
        [0, 3, 0, 3, 0, 2],
        [3, 0, 0, 0, 3, 2],
        [none, none, none, sure, sure, none],
        [sure, sure, sure, none, none, sure],
    )

    np.testing.assert_array_equal(terms, [0, none, 0, 0, none, none])


@given(a=shapes, b=shapes, x=st.floats(0.001, 0.999))
def test_the_incomplete_beta_agrees_with_scipy(a, b, x):
    expected = scipy.special.betainc(a, b, x)

    np.testing.assert_allclose(special.regularized_incomplete_beta(x, a, b), expected, rtol=1e-9, atol=1e-300)


@given(a=shapes, b=shapes, seed=st.integers(0, 1000))
def test_the_incomplete_beta_agrees_with_scipy_where_the_distribution_lives(a, b, seed):
    x = np.clip(np.random.default_rng(seed).beta(a, b, size=5), 1e-300, 1 - 1e-16)

    value = special.regularized_incomplete_beta(x, a, b)

    np.testing.assert_allclose(value, scipy.special.betainc(a, b, x), rtol=1e-11)


@given(a=shapes, b=shapes, x=st.floats(0, 1))
def test_the_two_sides_of_the_incomplete_beta_sum_to_one(a, b, x):
    log_x, log_y = np.log(np.array([[max(x, 1e-9)], [1 - x + 1e-9]]))

    below, above, _ = special.log_beta_probabilities(log_x, log_y, np.array(a), np.array(b))

    np.testing.assert_allclose(np.exp(below) + np.exp(above), 1)


def test_the_incomplete_beta_at_its_ends_and_its_middle():
    value = special.regularized_incomplete_beta([0.0, 1.0, 0.5, 0.5, 0.25], [2, 2, 7, 1e9, 1], [3, 3, 7, 1e9, 1])

    np.testing.assert_allclose(value, [0, 1, 0.5, 0.5, 0.25], rtol=1e-12)


@pytest.mark.parametrize("shape", [1e-12, 1e-100, 1e-300])
def test_a_beta_variable_with_tiny_shapes_is_nearly_zero_or_one(shape):
    """Half of it is near 0 and half near 1; with b = 1/2 nearly all of it is near 0."""
    np.testing.assert_allclose(special.regularized_incomplete_beta([0.001, 0.5, 0.999], shape, shape), 0.5, rtol=1e-10)
    np.testing.assert_allclose(special.regularized_incomplete_beta([1e-11, 0.5, 0.999], shape, 0.5), 1, rtol=1e-10)
    np.testing.assert_allclose(student_t_cdf([-1.0, 5e-12], shape), 0.5, rtol=1e-9)


def test_a_probability_is_at_most_one_where_the_fraction_loses_its_digits():
    """Unclipped it is 1.09 here: the shape 3e-16 vanishes beside 5.5."""
    assert special.regularized_incomplete_beta(0.12377014750639437, 2.967450456198426e-16, 5.50593859743799) == 1.0


@pytest.mark.parametrize("b", [1e6, 1e9, 1e12, 1e15])
def test_the_smallest_of_many_uniform_numbers_keeps_its_digits(b):
    """It is beta distributed with shapes 1 and b, and below x unless all are above: 1 - (1 - x)**b."""
    x = np.array([0.1, 1.0, 3.0]) / b

    np.testing.assert_allclose(special.regularized_incomplete_beta(x, 1, b), -np.expm1(b * np.log1p(-x)), rtol=1e-13)


def test_the_incomplete_beta_of_large_shapes_is_the_normal_cdf():
    """Their skewness is 0, and the excess kurtosis about -6 / (4e8)."""
    shape = 1e8
    z = np.array([-3.0, -1.0, 0.5, 2.0])

    value = special.regularized_incomplete_beta(0.5 + z / math.sqrt(8 * shape + 4), shape, shape)

    np.testing.assert_allclose(value, scipy.special.ndtr(z), rtol=1e-7)


def test_quantiles_of_t_agree_with_scipy():
    quantile = student_t_quantile(PROBABILITIES, FREEDOM)

    np.testing.assert_allclose(quantile, scipy.special.stdtrit(FREEDOM, PROBABILITIES), rtol=1e-11)


def test_the_cdf_of_t_agrees_with_scipy():
    t = np.array([-1e9, -300.0, -30.0, -3.0, -1.0, -1e-3, 0.0, 1e-2, 0.5, 2.0, 10.0])

    np.testing.assert_allclose(
        student_t_cdf(t, FREEDOM[:10]), scipy.special.stdtr(FREEDOM[:10], t), rtol=1e-10, atol=1e-300
    )


def by_hill(t, freedom):
    """Normal approximation of Hill, Algorithm 395, 1970: its error is below 1e-13 from a million on."""
    a = freedom - 0.5
    z = np.sign(t) * np.sqrt(a * np.log1p(t * t / freedom))
    return scipy.special.ndtr(z + (z**3 + 3 * z) / (48 * a * a))


@pytest.mark.parametrize("freedom", [1e5, 1e6, 1e9, 1e12, 1e20, 1e100, 1e308])
def test_t_with_very_many_degrees_of_freedom_agrees_with_hills_expansion(freedom):
    t = np.array([-20.0, -5.0, -2.0, -1.0, -0.1, 0.5])

    np.testing.assert_allclose(student_t_cdf(t, freedom), by_hill(t, freedom), rtol=1e-11)


@given(exponent=st.floats(-300, math.log10(0.5)), freedom=st.floats(0, 8).map(lambda exponent: 10.0**exponent))
def test_quantile_and_cdf_of_t_undo_each_other(exponent, freedom):
    probability = 10.0**exponent

    back = student_t_cdf(student_t_quantile(probability, freedom), freedom)

    np.testing.assert_allclose(back, probability, rtol=1e-9)


@given(t=st.floats(-1e300, 1e300))
def test_one_degree_of_freedom_is_the_cauchy_distribution(t):
    exact = math.atan2(1, -t) / math.pi  # = 1/2 + atan(t) / pi, without cancellation

    np.testing.assert_allclose(student_t_cdf(t, 1), exact, rtol=1e-11)


@given(probability=st.floats(1e-3, 1 - 1e-3))
def test_two_degrees_of_freedom_have_a_closed_quantile(probability):
    exact = (2 * probability - 1) / math.sqrt(2 * probability * (1 - probability))

    np.testing.assert_allclose(student_t_quantile(probability, 2), exact, rtol=1e-12, atol=1e-300)


@given(t=st.floats(-50, 50), freedom=st.floats(0.1, 1e6))
def test_the_t_distribution_is_symmetric(t, freedom):
    np.testing.assert_allclose(student_t_cdf(t, freedom) + student_t_cdf(-t, freedom), 1)


def test_the_quantile_of_t_near_the_middle_is_odd_and_linear():
    """The density of Cauchy's distribution at 0 is 1 / pi."""
    np.testing.assert_allclose(
        student_t_quantile([0.5 - 2**-40, 0.5, 0.5 + 2**-40], 1), [-(2**-40) * math.pi, 0, 2**-40 * math.pi]
    )


@pytest.mark.parametrize("freedom", [1e-300, 1e-3, 1, 1e300])
def test_the_median_of_t_is_zero_however_heavy_its_tails(freedom):
    assert student_t_quantile(0.5, freedom) == 0


def test_probabilities_and_degrees_of_freedom_broadcast():
    assert student_t_quantile([0.1, 0.9], [[1], [2], [3]]).shape == (3, 2)
    assert student_t_cdf([0.1, 0.9], [[1], [2], [3]]).shape == (3, 2)
    assert student_t_quantile([], 3).shape == (0,)
    assert normal_quantile(np.full((2, 1), 0.5)).shape == (2, 1)


def test_the_cdf_of_t_at_infinity_is_zero_or_one():
    np.testing.assert_array_equal(student_t_cdf([-np.inf, 0, np.inf], 4), [0, 0.5, 1])


@given(probability=st.floats(1e-300, 1 - 1e-16))
def test_normal_quantiles_agree_with_scipy(probability):
    np.testing.assert_allclose(normal_quantile(probability), scipy.special.ndtri(probability), rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("quantile", [normal_quantile, lambda p: student_t_quantile(p, 3)])
@pytest.mark.parametrize("probability", [0.0, 1.0, -0.1, 1.1, np.nan, [0.5, np.inf]])
def test_quantiles_exist_strictly_between_zero_and_one(quantile, probability):
    with pytest.raises(ValueError, match=r"^probability must be strictly between 0 and 1, got "):
        quantile(probability)


@pytest.mark.parametrize("freedom", [0, -1, np.nan, np.inf, [1, 0]])
@pytest.mark.parametrize("function", [student_t_cdf, student_t_quantile])
def test_degrees_of_freedom_are_positive(function, freedom):
    with pytest.raises(ValueError, match=r"^degrees_of_freedom must be positive and finite, got "):
        function(0.5, freedom)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: student_t_cdf([0.0, np.nan], 2), ValueError, r"^t must not hold nan: remove"),
        (lambda: student_t_cdf("a", 2), ValueError, r"^t must hold real numbers"),
        (
            lambda: student_t_quantile(1e-300, 0.1),
            ValueError,
            r"^the quantile is beyond the largest float: ask for a less",
        ),
        (lambda: student_t_quantile("a", 2), ValueError, r"^probability must hold real numbers"),
        (lambda: student_t_cdf(0.0, "a"), ValueError, r"^degrees_of_freedom must hold real numbers"),
        (lambda: special.regularized_incomplete_beta("a", 1, 1), ValueError, r"^x must hold real numbers"),
        (lambda: special.error_function("a"), ValueError, r"^x must hold real numbers"),
        (lambda: special.complementary_error_function("a"), ValueError, r"^x must hold real numbers"),
        (lambda: special.log_gamma(0), ValueError, r"^x must be positive and finite, got 0"),
        (lambda: special.digamma(-1), ValueError, r"^x must be positive and finite, got -1"),
        (lambda: special.trigamma(-1), ValueError, r"^x must be positive and finite, got -1"),
        (lambda: special.regularized_incomplete_beta(1.1, 1, 1), ValueError, r"^x must be from 0 to 1, got 1\.1"),
        (lambda: special.regularized_incomplete_beta(-0.1, 1, 1), ValueError, r"^x must be from 0 to 1, got -0\.1"),
        (lambda: special.regularized_incomplete_beta(0.5, 0, 1), ValueError, r"^a must be positive and finite, got 0"),
        (
            lambda: special.regularized_incomplete_beta(0.5, 1, -1),
            ValueError,
            r"^b must be positive and finite, got -1",
        ),
        (
            lambda: special.regularized_incomplete_beta(0.5, 1e12, 1e12),
            ArithmeticError,
            r"did not converge for shapes up to 1e\+12: beyond about 1e10 use the normal distribution",
        ),
    ],
)
def test_what_cannot_be_computed_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
