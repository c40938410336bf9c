"""Whether predicted probabilities come true as often as they say."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Vector, as_count
from mlmath.stats._checks import as_outcomes, as_probabilities


class Calibration(NamedTuple):
    """Predictions in bins of similar probability, with what happened in each; empty bins are left out.

    Example:
        >>> curve = calibration_curve([0.1, 0.2, 0.9], [0, 1, 1], bins=2)
        >>> curve.counts
        array([2, 1])
    """

    mean_predicted: Vector
    """Mean predicted probability in each bin."""
    observed_frequency: Vector
    """Share of class 1 in each bin; near ``mean_predicted`` if the model is well calibrated."""
    counts: Labels
    """Number of examples in each bin; few examples make a noisy frequency."""


def calibration_curve(probabilities: ArrayLike, observed: ArrayLike, *, bins: int = 10) -> Calibration:
    """Mean predicted probability against observed frequency, in bins of equal width.

    Bin ``k`` of ``bins`` holds the probabilities above ``k / bins`` and up to
    ``(k + 1) / bins``; the first also holds 0.

    Args:
        probabilities: Predicted probability of class 1, shape ``(n,)``.
        observed: True class, 0 or 1, shape ``(n,)``.
        bins: Number of bins that cover 0 to 1.

    Returns:
        Three vectors, one entry for each bin that is not empty, in rising order.

    Raises:
        ValueError: If ``probabilities`` is not a vector of numbers from 0 to 1,
            ``observed`` not a vector of 0 and 1 of the same length, or ``bins`` below 1.
        TypeError: If ``bins`` is not an integer.

    Example:
        >>> curve = calibration_curve([0.1, 0.3, 0.8, 0.8, 1.0], [0, 0, 1, 0, 1], bins=2)
        >>> curve.mean_predicted.round(3)
        array([0.2  , 0.867])
        >>> curve.observed_frequency.round(3)
        array([0.   , 0.667])

    Source: Niculescu-Mizil & Caruana, "Predicting good probabilities with supervised learning", *ICML* (2005).
    """
    bins = as_count(bins, "bins", at_least=1)
    said = as_probabilities(probabilities, "probabilities")
    true = as_outcomes(observed, "observed", said, "probabilities")
    inner_edges = np.linspace(0, 1, bins + 1)[1:-1]
    bin_of = np.searchsorted(inner_edges, said)
    counts = np.bincount(bin_of)
    filled = counts > 0
    return Calibration(
        mean_predicted=np.bincount(bin_of, weights=said)[filled] / counts[filled],
        observed_frequency=np.bincount(bin_of, weights=true)[filled] / counts[filled],
        counts=counts[filled].astype(np.int64),
    )


def brier_score(probabilities: ArrayLike, observed: ArrayLike) -> float:
    """Mean of ``(probability - outcome)^2``: squared error of predicted probabilities.

    0 is perfect; saying 1/2 always gives 0.25. On average it is smallest for the
    true probability, so a forecaster gains nothing by exaggerating.

    Args:
        probabilities: Predicted probability of class 1, shape ``(n,)``.
        observed: True class, 0 or 1, shape ``(n,)``.

    Returns:
        From 0 to 1; smaller is better.

    Raises:
        ValueError: If ``probabilities`` is not a vector of numbers from 0 to 1,
            or ``observed`` not a vector of 0 and 1 of the same length.

    Example:
        >>> brier_score([0.5, 1.0], [1, 1])
        0.125

    Source: Brier, "Verification of forecasts expressed in terms of probability", *Monthly Weather Review* 78 (1950).
    (His score adds both classes, which doubles it.)
    """
    said = as_probabilities(probabilities, "probabilities")
    true = as_outcomes(observed, "observed", said, "probabilities")
    return float(np.mean((said - true) ** 2))
