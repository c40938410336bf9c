"""Special functions that numpy lacks: gamma, error function, incomplete beta, Student's t.

All of them take arrays of any shape, which broadcast, and work on float64.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import as_real

Array = NDArray[np.float64]

LOG_TWO_PI = math.log(2 * math.pi)

# From here on five terms of Stirling's series are exact to the last digit: the sixth is 0.0019 / 16**11, about 1e-16.
STIRLING_FROM = 16.0

# The continued fraction needs more terms for larger shapes, in proportion to their square root.
MOST_TERMS = 20_000

# With more degrees of freedom Student's t is the normal distribution to the last digit: its tails
# differ from the normal ones by the relative amount t**4 / (4 * degrees_of_freedom), and t is at most 39.
MOST_FREEDOM = 1e25

_lgamma = np.vectorize(math.lgamma, otypes=[np.float64])
_erf = np.vectorize(math.erf, otypes=[np.float64])
_erfc = np.vectorize(math.erfc, otypes=[np.float64])
_inverse_normal = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])


def log_gamma(x: ArrayLike) -> Array:
    """Natural logarithm of the gamma function, ``log((x - 1)!)`` for whole ``x``, for positive ``x``.

    Source: *NIST Digital Library of Mathematical Functions*, section 5.11.
    """
    points = _positive(x, "x")
    large = np.maximum(points, STIRLING_FROM)
    by_series = (large - 0.5) * np.log(large) - large + 0.5 * LOG_TWO_PI + _stirling_series(large)
    return np.where(points < STIRLING_FROM, _lgamma(np.minimum(points, STIRLING_FROM)), by_series)


def error_function(x: ArrayLike) -> Array:
    """``erf(x) = 2 / sqrt(pi) * integral of exp(-t**2) from 0 to x``.

    Source: *NIST Digital Library of Mathematical Functions*, section 7.2.
    """
    return np.asarray(_erf(as_real(x, "x")))


def complementary_error_function(x: ArrayLike) -> Array:
    """``erfc(x) = 1 - erf(x)``, accurate also where ``erf(x)`` is so near 1 that the difference would be 0.

    Source: *NIST Digital Library of Mathematical Functions*, section 7.2.
    """
    return np.asarray(_erfc(as_real(x, "x")))


def stirling_error(x: Array) -> Array:
    """What Stirling's formula misses, ``log(x!) - log(sqrt(2 pi x) (x / e)**x)``: about ``1 / (12 x)``.

    Source: Loader, *Fast and Accurate Computation of Binomial Probabilities*, 2000.
    """
    small = np.minimum(x, STIRLING_FROM)
    direct = _lgamma(small + 1) - (small + 0.5) * np.log(small) + small - 0.5 * LOG_TWO_PI
    return np.where(x < STIRLING_FROM, direct, _stirling_series(np.maximum(x, STIRLING_FROM)))


def log_binomial_term(k: ArrayLike, m: ArrayLike, log_p: ArrayLike, log_q: ArrayLike) -> Array:
    """``log((k + m)! / (k! m!) * p**k * q**m)`` for ``p + q = 1`` and any ``k, m >= 0``, whole or not.

    The obvious formula subtracts logarithms of factorials, which for a million
    trials are near 1e7 and so carry errors near 1e-9. This one compares ``k``
    with its expected value ``(k + m) p`` instead, and nothing large cancels.

    Source: Loader, *Fast and Accurate Computation of Binomial Probabilities*, 2000.
    """
    k, m, log_p, log_q = np.broadcast_arrays(k, m, log_p, log_q)
    inside = (k > 0) & (m > 0)
    some_k, some_m = np.where(inside, k, 1.0), np.where(inside, m, 1.0)
    n = some_k + some_m
    term = (
        stirling_error(n)
        - stirling_error(some_k)
        - stirling_error(some_m)
        - _deviance(some_k, n, log_p)
        - _deviance(some_m, n, log_q)
        + 0.5 * (np.log(n) - np.log(some_k) - np.log(some_m) - LOG_TWO_PI)
    )
    return np.where(inside, term, _power(k, log_p) + _power(m, log_q))


def log_beta_weight(log_x: Array, log_y: Array, a: Array, b: Array) -> Array:
    """``log(x**a y**b / B(a, b))`` for ``y = 1 - x`` and the beta function ``B``, without cancellation.

    Source: *NIST Digital Library of Mathematical Functions*, section 5.12.
    """
    return np.log(a) + np.log(b) - np.log(a + b) + log_binomial_term(a, b, log_x, log_y)


def digamma(x: ArrayLike) -> Array:
    """Slope of the logarithm of the gamma function at positive ``x``.

    Moving ``x`` up by 1 adds ``1 / x``; from 16 on an asymptotic series is exact.

    Source: *NIST Digital Library of Mathematical Functions*, sections 5.5(i) and 5.11(i).
    """
    points = _positive(x, "x")
    large = points + STIRLING_FROM
    square = (1 / large) ** 2
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
    return np.log(large) - 0.5 / large - series - _sum_of_shifts(lambda shift: 1 / (points + shift))


def trigamma(x: ArrayLike) -> Array:
    """Slope of ``digamma`` at positive ``x``.

    Moving ``x`` up by 1 subtracts ``1 / x**2``; from 16 on an asymptotic series is exact.

    Source: *NIST Digital Library of Mathematical Functions*, section 5.15.
    """
    points = _positive(x, "x")
    large = points + STIRLING_FROM
    square = (1 / large) ** 2
    series = square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - square * 5 / 66)))) / large
    return 1 / large + square / 2 + series + _sum_of_shifts(lambda shift: 1 / (points + shift) ** 2)


def regularized_incomplete_beta(x: ArrayLike, a: ArrayLike, b: ArrayLike) -> Array:
    """``I_x(a, b)``: the integral of ``t**(a-1) (1-t)**(b-1)`` from 0 to ``x``, divided by that from 0 to 1.

    It is the probability that a variable with the beta distribution is at most ``x``.

    Args:
        x: Numbers from 0 to 1.
        a: Positive numbers.
        b: Positive numbers.

    Raises:
        ValueError: If an argument is out of its range.
        ArithmeticError: If ``a`` and ``b`` are so large (both above about 1e10)
            that the continued fraction does not converge.

    Source: DiDonato & Morris, *Algorithm 708*, ACM Transactions on Mathematical Software 18, 1992.
    """
    points, first, second = as_real(x, "x"), _positive(a, "a"), _positive(b, "b")
    if not ((points >= 0) & (points <= 1)).all():
        raise ValueError(f"x must be from 0 to 1, got {x!r}")
    with np.errstate(divide="ignore"):
        log_x, log_y = np.log(points), np.log1p(-points)
    log_below, _, _ = log_beta_probabilities(log_x, log_y, first, second)
    return np.asarray(np.exp(log_below))


def log_beta_probabilities(log_x: Array, log_y: Array, a: Array, b: Array) -> tuple[Array, Array, Array]:
    """Logarithms of ``I_x(a, b)``, ``1 - I_x(a, b)`` and ``x**a y**b / B(a, b)``, for ``y = 1 - x``.

    Whichever of the first two is the smaller one is computed without a subtraction.
    The logarithms of ``x`` and of ``y`` are given, so that neither rounds to 0 or 1.
    """
    log_x, log_y, a, b = np.broadcast_arrays(log_x, log_y, a, b)
    x, y = np.exp(log_x), np.exp(log_y)
    log_weight = log_beta_weight(log_x, log_y, a, b)
    # How far x is below the mean a / (a + b), times a + b; from the smaller of x and y, which is the more accurate one.
    short = np.where(x < 0.5, a - (a + b) * x, (a + b) * y - b)
    # The fraction converges fast while x < (a + 1) / (a + b + 2), about the mean; above, the other tail is computed.
    swap = short < 2 * x - 1
    fraction = _beta_fraction(
        np.where(swap, y, x), np.where(swap, b, a), np.where(swap, a, b), np.where(swap, -short, short)
    )
    log_tail = np.minimum(log_weight - np.log(fraction), 0.0)
    with np.errstate(divide="ignore"):
        log_rest = np.log1p(-np.exp(log_tail))
    return np.where(swap, log_rest, log_tail), np.where(swap, log_tail, log_rest), log_weight


def normal_quantile(probability: ArrayLike) -> Array:
    """Return the number that a standard normal variable stays below with the given probability.

    For example 1.96 for 0.975: a normal variable is within 1.96 standard
    deviations of its mean with probability 0.95.

    Args:
        probability: Numbers strictly between 0 and 1, any shape.

    Returns:
        The quantiles, same shape.

    Raises:
        ValueError: If a probability is not strictly between 0 and 1: at 0 and 1 the quantile is infinite.

    Example:
        >>> normal_quantile([0.025, 0.5, 0.975]).round(2)
        array([-1.96,  0.  ,  1.96])

    Source: Wichura, *Algorithm AS 241*, Applied Statistics 37, 1988.
    """
    return np.asarray(_inverse_normal(_fractions(probability)))


def student_t_cdf(t: ArrayLike, degrees_of_freedom: ArrayLike) -> Array:
    """Probability that a variable with Student's t distribution is at most ``t``.

    The mean of ``n`` normal observations, minus the true mean, divided by its
    estimated standard error, has this distribution with ``n - 1`` degrees of
    freedom. Its tails are heavier than the normal ones because the standard
    error is itself an estimate. Both tails are accurate: for the upper one,
    ask for ``-t``, since ``1 - student_t_cdf(t, ...)`` cancels.

    Args:
        t: Any numbers, inf included, any shape.
        degrees_of_freedom: Positive numbers, whole or not; broadcasts with ``t``.

    Returns:
        Probabilities, in the common shape of the arguments.

    Raises:
        ValueError: If ``t`` holds nan or ``degrees_of_freedom`` is not positive and finite.

    Example:
        >>> student_t_cdf([-12.706, 0.0, 12.706], 1).round(4)
        array([0.025, 0.5  , 0.975])

    Source: *NIST Digital Library of Mathematical Functions*, section 8.17; Student,
    *The Probable Error of a Mean*, Biometrika 6, 1908.
    """
    points, freedom = as_real(t, "t"), _positive(degrees_of_freedom, "degrees_of_freedom")
    if np.isnan(points).any():
        raise ValueError("t must not hold nan: remove these entries, or find out where they come from")
    with np.errstate(divide="ignore"):
        log_beyond, log_within, _ = _student_t_log_probabilities(np.log(np.abs(points)), freedom)
    return np.where(points < 0, 0.5 * np.exp(log_beyond), 0.5 + 0.5 * np.exp(log_within))


def student_t_quantile(probability: ArrayLike, degrees_of_freedom: ArrayLike) -> Array:
    """Return the ``t`` that a variable with Student's t distribution stays below with the given probability.

    Newton's method on the logarithm of ``t``, which makes the curve concave, so
    that the steps cannot oscillate; it starts from the normal quantile.

    Args:
        probability: Numbers strictly between 0 and 1, any shape.
        degrees_of_freedom: Positive numbers, whole or not; broadcasts with ``probability``.

    Returns:
        The quantiles, in the common shape of the arguments. Relative error
        below 1e-11 for up to a million degrees of freedom.

    Raises:
        ValueError: If a probability is not strictly between 0 and 1,
            ``degrees_of_freedom`` is not positive and finite, or the quantile
            is beyond the largest float (far below one degree of freedom).

    Example:
        >>> student_t_quantile(0.975, [1, 2, 10, 100]).round(3)
        array([12.706,  4.303,  2.228,  1.984])

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., chapter 11 (Newton's method).
    """
    chance, freedom = np.broadcast_arrays(_fractions(probability), _positive(degrees_of_freedom, "degrees_of_freedom"))
    outside = 2 * np.minimum(chance, 1 - chance)  # probability of being farther from 0 than the quantile
    inside = 2 * np.abs(chance - 0.5)
    far = outside < inside
    middle = inside == 0
    log_t = np.log(np.where(middle, 1.0, np.abs(_inverse_normal(chance))))
    with np.errstate(divide="ignore"):  # in the middle nothing is inside; no step is taken there
        log_target = np.log(np.where(far, outside, inside))
    for _ in range(100):
        log_beyond, log_within, log_slope = _student_t_log_probabilities(log_t, freedom)
        log_reached = np.where(far, log_beyond, log_within)
        rate = np.where(far, -2.0, 2.0) * np.exp(log_slope - log_reached)
        with np.errstate(all="ignore"):  # a slope of 0 leads beyond the floats, which is refused below
            step = np.where(middle, 0.0, (log_target - log_reached) / rate)
        log_t = log_t + step
        if (np.abs(step) < 1e-9).all():
            break
    if not (log_t < math.log(np.finfo(np.float64).max)).all():
        raise ValueError("the quantile is beyond the largest float: ask for a less extreme probability")
    return np.asarray(np.sign(chance - 0.5) * np.exp(log_t))


def _student_t_log_probabilities(log_t: Array, freedom: Array) -> tuple[Array, Array, Array]:
    """Logarithms of the probabilities beyond ``+-t`` and within, and of ``t`` times the density at ``t``."""
    freedom = np.minimum(freedom, MOST_FREEDOM)
    log_odds = 2 * log_t - np.log(freedom)  # of t**2 to the degrees of freedom
    log_x, log_y = -np.logaddexp(0.0, log_odds), -np.logaddexp(0.0, -log_odds)
    return log_beta_probabilities(log_x, log_y, freedom / 2, np.array(0.5))


def _beta_fraction(x: Array, a: Array, b: Array, short: Array) -> Array:
    """The continued fraction of the incomplete beta function, by the method of Lentz, for ``short = a - (a + b) x``."""
    value = numerator = a * (short + 1) / (a + 1)
    denominator = np.zeros_like(x)
    for m in range(1, MOST_TERMS):
        odd = a + 2 * m - 1
        above = (a + m - 1) / odd * ((a + b + m - 1) / odd * x) * (m * (b - m) * x)
        below = m + m * (b - m) * x / odd + (a + m) / (odd + 2) * (short + 1 + m * (2 - x))
        denominator = 1 / (below + above * denominator)
        numerator = below + above / numerator
        change = numerator * denominator
        value = value * change
        if (np.abs(change - 1) < 2e-15).all():
            return value
    raise ArithmeticError(
        f"the incomplete beta function did not converge for shapes up to {max(a.max(), b.max()):g}: "
        "beyond about 1e10 use the normal distribution with the same mean and variance"
    )


def _sum_of_shifts(term: Callable[[int], Array]) -> Array:
    return np.asarray(np.sum([term(shift) for shift in range(int(STIRLING_FROM))], axis=0))


def _stirling_series(x: Array) -> Array:
    square = (1 / x) ** 2
    return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / x


def _deviance(k: Array, n: Array, log_p: Array) -> Array:
    """``k log(k / e) + e - k`` for the expected ``e = n p``: 0 at ``k = e``, positive elsewhere."""
    expected = n * np.exp(log_p)
    difference = expected - k
    # Near the expected value the terms cancel; there log(e / k) = 2 artanh(v) is summed as a series in v.
    v = difference / (expected + k)
    near = np.abs(v) < 0.05
    w = np.where(near, v, 0.0) ** 2
    tail = 1 / 3 + w * (1 / 5 + w * (1 / 7 + w * (1 / 9 + w * (1 / 11 + w / 13))))
    by_series = difference * v - 2 * k * v * w * tail
    return np.where(near, by_series, difference + k * (np.log(k) - np.log(n) - log_p))


def _power(exponent: Array, log_base: Array) -> Array:
    """``log(base**exponent)`` with ``0**0 = 1``."""
    return np.multiply(exponent, log_base, where=exponent > 0, out=np.zeros(exponent.shape))


def _positive(value: ArrayLike, name: str) -> Array:
    numbers = as_real(value, name)
    if not (np.isfinite(numbers) & (numbers > 0)).all():
        raise ValueError(f"{name} must be positive and finite, got {value!r}")
    return numbers


def _fractions(probability: ArrayLike) -> Array:
    numbers = as_real(probability, "probability")
    if not ((numbers > 0) & (numbers < 1)).all():
        raise ValueError(f"probability must be strictly between 0 and 1, got {probability!r}")
    return numbers
