"""Confidence intervals: how far an estimate from data may be from the truth.

``confidence`` is a promise about the method, not about one interval: of all the
intervals computed in this way from new data, that share contains the true
value. It is not the probability that the true value lies in this one: the true
value does not vary, and prior knowledge was not asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import (
    as_count,
    as_fraction,
    as_matrix,
    as_number,
    as_real,
    as_vector,
    check_choice,
    check_generator,
)
from mlmath.stats._scaled import centred, multiplied, quantiles
from mlmath.stats.special import normal_quantile, student_t_quantile


class Interval(NamedTuple):
    """The numbers from ``low`` to ``high``.

    Example:
        >>> low, high = Interval(low=1.5, high=2.5)
        >>> high - low
        1.0
    """

    low: float
    """Lower end."""
    high: float
    """Upper end."""


def mean_interval(
    data: ArrayLike,
    *,
    confidence: float = 0.95,
    method: Literal["t", "normal"] = "t",
) -> Interval:
    """Confidence interval for a mean: ``mean +- quantile * standard deviation / sqrt(n)``.

    - ``"t"``: the quantile of Student's t distribution with ``n - 1`` degrees of
      freedom. Exact for normal data, however few; for other data good once
      ``n`` is large enough for the central limit theorem.
    - ``"normal"``: the normal quantile, 1.96 for confidence 0.95. It takes the
      estimated standard deviation for the true one, and so is too narrow for few
      data: 5 normal values give 0.88 instead of 0.95.

    The width falls with ``1 / sqrt(n)``: half the width takes four times the data.

    Args:
        data: Independent observations, shape ``(n,)``, ``n >= 2``.
        confidence: Share of such intervals that contain the true mean, between 0 and 1.
        method: ``"t"`` or ``"normal"``.

    Returns:
        Lower and upper end, in the units of the data.

    Raises:
        ValueError: If ``data`` is not a finite vector of at least 2 values,
            ``confidence`` is not between 0 and 1, or ``method`` is unknown. Also
            if an end is larger than any float64: measure in larger units.

    Example:
        >>> low, high = mean_interval([4.0, 5.0, 6.0, 7.0])
        >>> print(f"from {low:.2f} to {high:.2f}")
        from 3.45 to 7.55

    Source: Student, "The probable error of a mean", *Biometrika* 6 (1908); Wasserman, *All of Statistics*, chapter 6.
    """
    check_choice(method, "method", ("t", "normal"))
    tail = (1 - as_fraction(confidence, "confidence")) / 2
    values = as_vector(data, "data")
    count = len(values)
    if count < 2:
        raise ValueError("data must hold at least 2 values, got 1: one value shows no spread")
    mean, deviations, exponent = centred(values)
    standard_error = math.sqrt(deviations @ deviations / (count - 1) / count)
    quantile = -float(student_t_quantile(tail, count - 1) if method == "t" else normal_quantile(tail))
    low, high = (
        multiplied(float(mean) + side * quantile * standard_error, int(exponent), "an end of the interval")
        for side in (-1, 1)
    )
    return Interval(low, high)


def bootstrap_interval(
    data: ArrayLike,
    statistic: Callable[[NDArray[np.float64]], Any],
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    generator: np.random.Generator,
) -> Interval:
    """Confidence interval for any statistic: the middle part of its values on resampled data.

    A resample draws ``n`` rows of the data with replacement, as if the data were
    the population. How the statistic varies from resample to resample imitates how
    it varies from sample to sample. (This is the percentile method.)

    It needs no formula, but it is approximate: for few data the intervals are
    too narrow, and it fails for extremes, since no resample exceeds the largest
    value of the data.

    Args:
        data: Independent observations, shape ``(n,)``, or ``(n, features)`` with one in each row.
        statistic: Maps data of the same shape to one number, for example ``np.median``.
        confidence: Share of such intervals that contain the true value, between 0 and 1.
        resamples: Number of resamples, at least ``2 / (1 - confidence)``, so that one or more lie beyond each end.
        generator: Source of the resamples; its state moves on.

    Returns:
        Lower and upper end, in the units of the statistic.

    Raises:
        ValueError: If ``data`` is not a finite vector or matrix,
            ``confidence`` is not between 0 and 1, ``resamples`` is too small, or
            ``statistic`` does not return one finite number for some resample:
            rows that occur twice, or a column that comes out constant, are the
            usual causes.
        TypeError: If ``resamples`` is not an integer, or ``generator`` is not a
            ``numpy.random.Generator``: pass ``numpy.random.default_rng(0)``.

    Example:
        >>> prices = [120.0, 95.0, 210.0, 150.0, 99.0, 480.0, 130.0]
        >>> low, high = bootstrap_interval(prices, np.median, generator=np.random.default_rng(0))
        >>> print(f"from {low:.0f} to {high:.0f}")
        from 99 to 210

    Source: Efron & Tibshirani, *An Introduction to the Bootstrap*, chapter 13.
    """
    tail = (1 - as_fraction(confidence, "confidence")) / 2
    resamples = as_count(resamples, "resamples", at_least=math.ceil(1 / tail))
    check_generator(generator)
    rows = as_real(data, "data")
    rows = as_vector(rows, "data") if rows.ndim == 1 else as_matrix(rows, "data")
    values = np.empty(resamples)
    for k in range(resamples):
        chosen = generator.integers(len(rows), size=len(rows))
        with np.errstate(all="ignore"):  # a value that is not finite is refused, in clearer words
            value = statistic(rows[chosen])
        try:
            values[k] = as_number(value, "the value of statistic")
        except ValueError as error:
            raise ValueError(
                f"{error} for the resampled rows {chosen}: try a statistic that takes repeated rows"
            ) from error
    low, high = quantiles(values, [tail, 1 - tail])
    return Interval(low, high)


def proportion_interval(successes: int, trials: int, *, confidence: float = 0.95) -> Interval:
    """Confidence interval for a probability, from a count of successes (Wilson's method).

    With ``s = successes``, ``n = trials`` and the normal quantile ``z``, the middle is
    ``(s + z^2 / 2) / (n + z^2)`` and the half width
    ``z sqrt(s (n - s) / n + z^2 / 4) / (n + z^2)``. These are the probabilities
    from which the observed share is no more than ``z`` standard errors away.

    The shorter ``share +- z sqrt(share (1 - share) / n)`` is not used: after 0
    successes it has width 0, which claims certainty from few data.

    Args:
        successes: How often the event occurred, from 0 to ``trials``.
        trials: How often it was tried, at least 1; independent of each other.
        confidence: Share of such intervals that contain the true probability
            (roughly: counts are whole, so it cannot be exact), between 0 and 1.

    Returns:
        Lower and upper end, both from 0 to 1.

    Raises:
        ValueError: If ``trials`` is below 1, ``successes`` is not from 0 to
            ``trials``, or ``confidence`` is not between 0 and 1.
        TypeError: If a count is not an integer.

    Example:
        >>> low, high = proportion_interval(0, 10)
        >>> print(f"from {low:.3f} to {high:.3f}")
        from 0.000 to 0.278

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", *Journal of the American
    Statistical Association* 22 (1927).
    """
    trials = as_count(trials, "trials", at_least=1)
    successes = as_count(successes, "successes", at_least=0)
    if successes > trials:
        raise ValueError(f"successes must be at most trials = {trials}, got {successes}")
    z = -float(normal_quantile((1 - as_fraction(confidence, "confidence")) / 2))
    middle = successes + z**2 / 2
    half_width = z * math.sqrt(successes * (trials - successes) / trials + z**2 / 4)
    low, high = (middle - half_width) / (trials + z**2), (middle + half_width) / (trials + z**2)
    return Interval(max(0.0, low), min(1.0, high))  # rounding may pass the ends by 1e-17
