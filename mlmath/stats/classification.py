"""How good predicted classes are: counts of right and wrong, and ratios of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import Labels, as_count, as_labels, check_same_length
from mlmath.stats._checks import as_outcomes

MOST_CLASSES = 10_000
"""A confusion matrix of this many classes takes 0.8 GB."""


def confusion_matrix(predicted: ArrayLike, observed: ArrayLike, *, classes: int | None = None) -> NDArray[np.int64]:
    """Counts of examples by observed class (row) and predicted class (column).

    Entry ``[i, j]`` counts the examples of class ``i`` that were predicted as
    ``j``. Right predictions are on the diagonal. For the classes 0 and 1 the
    matrix reads ``[[true negatives, false positives], [false negatives, true positives]]``.

    Args:
        predicted: Class that the model says, 0, 1, 2, ..., shape ``(n,)``.
        observed: True class, shape ``(n,)``.
        classes: Number of classes; by default one more than the largest class that occurs.

    Returns:
        Integers, shape ``(classes, classes)``, that sum to ``n``. Row sums count the observed classes.

    Raises:
        ValueError: If the two are not vectors of class numbers of the same
            length, or a class is not below ``classes``. Also if there are more
            than 10 000 classes (labels such as postcodes): number those that occur.
        TypeError: If ``classes`` is not an integer.

    Example:
        >>> confusion_matrix(predicted=[1, 1, 0, 1, 0], observed=[1, 0, 0, 1, 0])
        array([[2, 1],
               [0, 2]])

    Source: Fawcett, "An introduction to ROC analysis", *Pattern Recognition Letters* 27 (2006). (He puts the
    observed classes in columns; rows are what scikit-learn and most software use.)
    """
    if classes is not None:
        classes = as_count(classes, "classes", at_least=1)
    said, true = _as_classes(predicted, observed, classes)
    size = 1 + int(max(said.max(), true.max())) if classes is None else classes
    if size > MOST_CLASSES:
        raise ValueError(
            f"{size} classes would need {size} x {size} counts, more than fit: number the classes that occur "
            "0, 1, 2, ..., for example with np.unique(labels, return_inverse=True)"
        )
    counts = np.bincount(size * true + said, minlength=size * size)
    return counts.reshape(size, size).astype(np.int64, copy=False)


def accuracy(predicted: ArrayLike, observed: ArrayLike) -> float:
    """Share of examples whose predicted class is the observed one.

    On unbalanced data it misleads: where 1 example in 100 is ill, "nobody is
    ill" has accuracy 0.99. Look at precision and recall there.

    Args:
        predicted: Class that the model says, 0, 1, 2, ..., shape ``(n,)``.
        observed: True class, shape ``(n,)``.

    Returns:
        From 0 to 1.

    Raises:
        ValueError: If the two are not vectors of class numbers of the same length.

    Example:
        >>> accuracy(predicted=[1, 1, 0, 1, 0], observed=[1, 0, 0, 1, 0])
        0.8

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 5.1.2.
    """
    said, true = _as_classes(predicted, observed, None)
    return float(np.mean(said == true))


def precision(predicted: ArrayLike, observed: ArrayLike) -> float:
    """Of the examples predicted as 1, the share that are 1: ``TP / (TP + FP)``.

    For class ``k`` of several, pass ``predicted == k`` and ``observed == k`` (as numpy arrays).

    Args:
        predicted: Class that the model says, 0 or 1, shape ``(n,)``.
        observed: True class, 0 or 1, shape ``(n,)``.

    Returns:
        From 0 to 1.

    Raises:
        ValueError: If the two are not vectors of 0 and 1 of the same length, or
            no example is predicted as 1, so that the share is 0/0. A lower
            threshold gives some; report it as undefined rather than as 0 or 1.

    Example:
        >>> print(f"{precision(predicted=[1, 1, 0, 1, 0], observed=[1, 0, 0, 1, 0]):.3f}")
        0.667

    Source: Fawcett, "An introduction to ROC analysis", *Pattern Recognition Letters* 27 (2006).
    """
    true_positives, false_positives, _ = _positives(predicted, observed)
    if true_positives + false_positives == 0:
        raise ValueError(
            "precision is 0/0, because no example is predicted as 1: "
            "lower the threshold of the model, or report it as undefined"
        )
    return true_positives / (true_positives + false_positives)


def recall(predicted: ArrayLike, observed: ArrayLike) -> float:
    """Of the examples that are 1, the share predicted as 1: ``TP / (TP + FN)``.

    Also called sensitivity, or true positive rate. Predicting 1 always gives
    recall 1, so look at precision beside it.

    Args:
        predicted: Class that the model says, 0 or 1, shape ``(n,)``.
        observed: True class, 0 or 1, shape ``(n,)``.

    Returns:
        From 0 to 1.

    Raises:
        ValueError: If the two are not vectors of 0 and 1 of the same length, or
            no example is observed as 1, so that the share is 0/0: test on data
            that hold this class.

    Example:
        >>> recall(predicted=[1, 1, 0, 1, 0], observed=[1, 0, 0, 1, 0])
        1.0

    Source: Fawcett, "An introduction to ROC analysis", *Pattern Recognition Letters* 27 (2006).
    """
    true_positives, _, false_negatives = _positives(predicted, observed)
    if true_positives + false_negatives == 0:
        raise ValueError("recall is 0/0, because no example is observed as 1: test on data that hold this class")
    return true_positives / (true_positives + false_negatives)


def f1_score(predicted: ArrayLike, observed: ArrayLike) -> float:
    """Harmonic mean of precision and recall: ``2 TP / (2 TP + FP + FN)``.

    The harmonic mean is near the smaller of the two, so neither can be bought with the other.
    The second form is also defined, as 0, where precision alone or recall alone is 0/0.

    Args:
        predicted: Class that the model says, 0 or 1, shape ``(n,)``.
        observed: True class, 0 or 1, shape ``(n,)``.

    Returns:
        From 0 to 1.

    Raises:
        ValueError: If the two are not vectors of 0 and 1 of the same length, or
            class 1 is neither predicted nor observed, so that the score is
            0/0: test on data that hold this class.

    Example:
        >>> f1_score(predicted=[1, 1, 0, 1, 0], observed=[1, 0, 0, 1, 0])
        0.8

    Source: van Rijsbergen, *Information Retrieval*, 2nd ed. (1979), chapter 7.
    """
    true_positives, false_positives, false_negatives = _positives(predicted, observed)
    if true_positives + false_positives + false_negatives == 0:
        raise ValueError(
            "the F1 score is 0/0, because no example is predicted or observed as 1: test on data that hold this class"
        )
    return 2 * true_positives / (2 * true_positives + false_positives + false_negatives)


def _positives(predicted: ArrayLike, observed: ArrayLike) -> tuple[int, int, int]:
    """Count the true positives, false positives and false negatives."""
    said = as_labels(predicted, "predicted", classes=2)
    true = as_outcomes(observed, "observed", said, "predicted")
    true_positives = int(said @ true)
    return true_positives, int(said.sum()) - true_positives, int(true.sum()) - true_positives


def _as_classes(predicted: ArrayLike, observed: ArrayLike, classes: int | None) -> tuple[Labels, Labels]:
    said = as_labels(predicted, "predicted", classes=classes)
    true = as_labels(observed, "observed", classes=classes)
    check_same_length(said, "predicted", true, "observed")
    return said, true
