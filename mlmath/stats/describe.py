"""Numbers that describe a column of data: where it lies, how far it spreads, how lopsided it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_vector, check_choice
from mlmath.stats._scaled import TOO_SMALL, centred, multiplied, quantiles

Divisor = Literal["n-1", "n"]
"""What the sum of squared distances from the mean is divided by."""

SMALLEST_NORMAL = float(np.finfo(np.float64).smallest_normal)


@dataclass(frozen=True)
class Description:
    """What ``describe`` says of a column of data.

    Example:
        >>> summary = describe([3.0, 1.0, 2.0, 6.0])
        >>> summary.mean, summary.median
        (3.0, 2.5)
    """

    count: int
    """How many values there are."""
    mean: float
    """Their sum divided by ``count``."""
    standard_deviation: float
    """Root of the variance with divisor ``count - 1``; nan for a single value, which shows no spread."""
    minimum: float
    """The smallest value."""
    lower_quartile: float
    """A quarter of the way from the smallest to the largest value, in sorted order."""
    median: float
    """Halfway in sorted order; far values do not move it."""
    upper_quartile: float
    """Three quarters of the way in sorted order."""
    maximum: float
    """The largest value."""
    skewness: float
    """Mean cubed distance from the mean, measured in standard deviations (with divisor ``n``): positive
    if the long tail is on the right. Without units; nan if all values are equal."""


def describe(x: ArrayLike) -> Description:
    """Count, mean, standard deviation, quartiles, extremes and skewness of a column of data.

    The quartiles interpolate between the two nearest values, as
    ``numpy.quantile`` does: quartile ``q`` lies at position ``q * (n - 1)`` of
    the sorted data, counted from 0.

    Args:
        x: Shape ``(n,)``, in any units.

    Returns:
        All in the units of ``x``, but for the count and the skewness.

    Raises:
        ValueError: If ``x`` is not a finite vector, or its standard deviation
            is larger than any float64: measure in larger units.

    Example:
        >>> summary = describe([1.0, 2.0, 3.0, 4.0, 40.0])
        >>> print(f"mean {summary.mean:.1f}, median {summary.median:.1f}, skewness {summary.skewness:.1f}")
        mean 10.0, median 3.0, skewness 1.5

    Source: Quartiles, definition 7 of Hyndman & Fan, "Sample quantiles in statistical packages", *The American
    Statistician* 50 (1996); skewness, g_1 of Joanes & Gill, "Comparing measures of sample skewness and kurtosis",
    *The Statistician* 47 (1998).
    """
    values = as_vector(x, "x")
    count = len(values)
    mean, deviations, exponent = centred(values)
    spread = math.sqrt(deviations @ deviations / (count - 1)) if count > 1 else math.nan
    lower, median, upper = quantiles(values, [0.25, 0.5, 0.75])
    return Description(
        count=count,
        mean=float(np.ldexp(mean, exponent)),
        standard_deviation=multiplied(spread, int(exponent), "the standard deviation of x"),
        minimum=float(values.min()),
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        maximum=float(values.max()),
        skewness=_skewness(deviations),
    )


def variance(x: ArrayLike, *, divisor: Divisor = "n-1") -> float:
    """Mean squared distance from the mean: ``sum((x_i - mean)^2) / divisor``.

    - ``"n-1"``: the estimate for the population that the data were drawn from.
      The mean was fitted to the same data, so the distances come out too small;
      dividing by ``n - 1`` makes up for it, on average exactly.
    - ``"n"``: the variance of the data at hand, and the maximum-likelihood
      estimate for normal data. On average it is too small by the factor ``(n - 1) / n``.

    The textbook's shortcut, mean of squares minus square of mean, is not used: for
    data such as 1e9 + 0.1 it subtracts two numbers near 1e18, and no digit is left.

    Args:
        x: Shape ``(n,)``, in any units.
        divisor: ``"n-1"`` or ``"n"``.

    Returns:
        The variance, in squared units of ``x``.

    Raises:
        ValueError: If ``x`` is not a finite vector, ``divisor`` is unknown, or
            there is one value and the divisor ``n - 1`` is 0: get more data, or
            ask for ``"n"``. Also if the variance is outside the range of
            float64: measure in other units, or use ``standard_deviation``.

    Example:
        >>> variance([1.0, 2.0, 3.0, 6.0], divisor="n")
        3.5
        >>> print(f"{variance([1.0, 2.0, 3.0, 6.0]):.3f}")
        4.667

    Source: Chan, Golub & LeVeque, "Algorithms for computing the sample variance", *The American Statistician* 37
    (1983); Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., section 1.9.
    """
    scaled, exponent = _scaled_variance(x, divisor)
    spread = multiplied(scaled, 2 * exponent, "the variance of x")
    if scaled > 0 and spread < SMALLEST_NORMAL:
        raise ValueError(f"the variance of x {TOO_SMALL}")
    return spread


def standard_deviation(x: ArrayLike, *, divisor: Divisor = "n-1") -> float:
    """Root of the variance: the typical distance from the mean, in the units of the data.

    Args:
        x: Shape ``(n,)``, in any units.
        divisor: ``"n-1"`` or ``"n"``, as for ``variance``. Even with ``"n-1"``
            the root is on average a little too small: the root of an average
            is not the average of the roots.

    Returns:
        The standard deviation, in the units of ``x``.

    Raises:
        ValueError: If ``x`` is not a finite vector, ``divisor`` is unknown, or
            there is one value and the divisor ``n - 1`` is 0: get more data, or
            ask for ``"n"``. Also if the result is larger than any float64.

    Example:
        >>> standard_deviation([1.0, 3.0], divisor="n")
        1.0

    Source: Wasserman, *All of Statistics*, section 3.3.
    """
    scaled, exponent = _scaled_variance(x, divisor)
    return multiplied(math.sqrt(scaled), exponent, "the standard deviation of x")


def _scaled_variance(x: ArrayLike, divisor: Divisor) -> tuple[float, int]:
    """Return the variance of ``x`` divided by ``2**exponent``, and ``exponent``."""
    check_choice(divisor, "divisor", ("n-1", "n"))
    values = as_vector(x, "x")
    if divisor == "n-1" and len(values) == 1:
        raise ValueError(
            "x must hold at least 2 values for the divisor n - 1, got 1: one value shows no spread; "
            "divisor='n' gives the variance 0 of the data at hand"
        )
    _, deviations, exponent = centred(values)
    degrees_of_freedom = len(values) - 1 if divisor == "n-1" else len(values)
    return float(deviations @ deviations) / degrees_of_freedom, int(exponent)


def _skewness(deviations: Vector) -> float:
    squares = deviations * deviations
    if not squares.any():
        return math.nan
    return float(np.mean(squares * deviations) / np.mean(squares) ** 1.5)
