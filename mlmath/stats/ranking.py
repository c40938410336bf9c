"""How well scores rank examples of class 1 above examples of class 0, at every threshold at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Vector, as_vector
from mlmath.stats._checks import as_outcomes


class RocCurve(NamedTuple):
    """Receiver operating characteristic: the two rates at every threshold, from strict to lax.

    Example:
        >>> roc = roc_curve(scores=[0.9, 0.4, 0.6, 0.1], observed=[1, 1, 0, 0])
        >>> roc.thresholds
        array([inf, 0.9, 0.6, 0.4, 0.1])
    """

    false_positive_rates: Vector
    """Of the examples of class 0, the share with a score at or above the threshold; from 0 up to 1."""
    true_positive_rates: Vector
    """Of the examples of class 1, the share with a score at or above the threshold; from 0 up to 1."""
    thresholds: Vector
    """``inf`` (nothing is predicted as 1), then each score that occurs, in falling order."""


def roc_curve(scores: ArrayLike, observed: ArrayLike) -> RocCurve:
    """False and true positive rate when all scores at or above a threshold are predicted as 1.

    Examples with equal scores pass the threshold together, as one sloping step
    of the curve.

    Args:
        scores: What the model says, shape ``(n,)``, larger for class 1:
            probabilities, log-odds, or any other numbers.
        observed: True class, 0 or 1, shape ``(n,)``; both must occur.

    Returns:
        Three vectors of one length, one more than there are distinct scores.

    Raises:
        ValueError: If ``scores`` is not a finite vector, ``observed`` not a
            vector of 0 and 1 of the same length, or one class does not occur,
            so that a rate would be 0/0: test on data that hold both.

    Example:
        >>> roc = roc_curve(scores=[0.9, 0.4, 0.6, 0.1], observed=[1, 1, 0, 0])
        >>> roc.false_positive_rates
        array([0. , 0. , 0.5, 0.5, 1. ])
        >>> roc.true_positive_rates
        array([0. , 0.5, 0.5, 1. , 1. ])

    Source: Fawcett, "An introduction to ROC analysis", *Pattern Recognition Letters* 27 (2006).
    """
    values, true = _as_scores(scores, observed)
    distinct, group = np.unique(-values, return_inverse=True)
    positives = np.bincount(group, weights=true)
    negatives = np.bincount(group, weights=1 - true)
    return RocCurve(
        false_positive_rates=np.concatenate([[0.0], np.cumsum(negatives) / negatives.sum()]),
        true_positive_rates=np.concatenate([[0.0], np.cumsum(positives) / positives.sum()]),
        thresholds=np.concatenate([[np.inf], -distinct]),
    )


def area_under_roc(scores: ArrayLike, observed: ArrayLike) -> float:
    """Probability that a random example of class 1 has a higher score than a random one of class 0.

    Ties count half. It equals the area under the ROC curve: 1 for a perfect
    ranking, 0.5 for scores that know nothing, 0 for a ranking the wrong way
    round. Only the order of the scores matters.

    All pairs are compared without looking at them one by one: with ranks from 1
    (the lowest score; equal scores share their mean rank) the ``a`` examples of
    class 1 win ``sum(ranks) - a (a + 1) / 2`` of the pairs.

    Args:
        scores: What the model says, shape ``(n,)``, larger for class 1.
        observed: True class, 0 or 1, shape ``(n,)``; both must occur.

    Returns:
        From 0 to 1.

    Raises:
        ValueError: If ``scores`` is not a finite vector, ``observed`` not a
            vector of 0 and 1 of the same length, or one class does not occur,
            so that there is no pair: test on data that hold both.

    Example:
        >>> area_under_roc(scores=[0.9, 0.4, 0.6, 0.1], observed=[1, 1, 0, 0])
        0.75

    Source: Hanley & McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve",
    *Radiology* 143 (1982).
    """
    values, true = _as_scores(scores, observed)
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    mean_ranks = np.cumsum(sizes) - (sizes - 1) / 2
    positives = int(true.sum())
    negatives = len(true) - positives
    pairs_won = float(mean_ranks[group] @ true) - positives * (positives + 1) / 2
    return pairs_won / (positives * negatives)


def _as_scores(scores: ArrayLike, observed: ArrayLike) -> tuple[Vector, Labels]:
    values = as_vector(scores, "scores")
    true = as_outcomes(observed, "observed", values, "scores")
    if true.min() == true.max():
        raise ValueError(f"observed must hold both classes, 0 and 1, got only {true[0]}: there is nothing to rank")
    return values, true
