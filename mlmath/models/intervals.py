"""Intervals around many estimates at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlmath._arrays import Vector, as_fraction
from mlmath.stats import student_t_quantile


class Intervals(NamedTuple):
    """Intervals from ``low`` to ``high``, one per coefficient or per row of data.

    Example:
        >>> low, high = Intervals(low=np.array([1.0, 2.0]), high=np.array([3.0, 2.5]))
        >>> high - low
        array([2. , 0.5])
    """

    low: Vector
    """Lower ends, shape ``(n,)``."""
    high: Vector
    """Upper ends, shape ``(n,)``."""


def student_t_intervals(middle: Vector, errors: Vector, degrees_of_freedom: int, confidence: float) -> Intervals:
    """Return ``middle +- quantile * errors``, with the quantile of Student's t distribution."""
    tail = (1 - as_fraction(confidence, "confidence")) / 2
    reach = -student_t_quantile(tail, degrees_of_freedom) * np.asarray(errors)
    return Intervals(middle - reach, middle + reach)
