"""Which examples to learn from, and which to keep for the test.

These functions return row numbers, so one split serves ``X`` and ``y`` alike:
``X[split.train], y[split.train]``. A split is random, and so assumes that
examples are exchangeable. Several rows of one patient, or days in a row, are not: put all of
a group, or all later days, on the same side. And whatever is fitted (a scaler,
a choice of features) is fitted on the training rows alone: otherwise the test
has leaked into the training, and its error comes out too small.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, as_count, as_fraction, as_labels, check_generator


class Split(NamedTuple):
    """Row numbers of the training and of the test examples; no row is in both.

    Example:
        >>> X = np.array([[10.0], [20.0], [30.0]])
        >>> split = Split(train=np.array([2, 0]), test=np.array([1]))
        >>> X[split.test]
        array([[20.]])
    """

    train: Labels
    """Rows to fit on, shuffled."""
    test: Labels
    """Rows to measure the error on, shuffled."""


def train_test_split(examples: int, *, test_fraction: float, generator: np.random.Generator) -> Split:
    """Shuffle all rows and set a part of them aside for the test.

    The test part has ``round(test_fraction * examples)`` rows (a half goes to
    the even neighbour), the training part all others.

    Args:
        examples: Number of rows to split.
        test_fraction: Share of the rows to test on, between 0 and 1.
        generator: Source of the shuffle; its state moves on.

    Returns:
        Two vectors of row numbers from 0 to ``examples - 1``, which together hold each once.

    Raises:
        ValueError: If ``examples`` is below 2, ``test_fraction`` is not between
            0 and 1, or one of the two parts would be empty: change ``test_fraction``.
        TypeError: If ``examples`` is not an integer, or ``generator`` is not a
            ``numpy.random.Generator``: pass ``numpy.random.default_rng(0)``.

    Example:
        >>> split = train_test_split(10, test_fraction=0.3, generator=np.random.default_rng(0))
        >>> len(split.train), len(split.test)
        (7, 3)

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., section 7.2.
    """
    examples = as_count(examples, "examples", at_least=2)
    test_fraction = as_fraction(test_fraction, "test_fraction")
    check_generator(generator)
    tested = round(test_fraction * examples)
    if tested in (0, examples):
        part = "test" if tested == 0 else "training"
        raise ValueError(
            f"test_fraction={test_fraction} of {examples} examples leaves the {part} part empty: "
            f"try {1 / examples:.2g} or above, and below 1 - {1 / examples:.2g}"
        )
    order = generator.permutation(examples)
    return Split(train=order[tested:], test=order[:tested])


def k_fold(
    examples: int,
    *,
    folds: int,
    generator: np.random.Generator,
    labels: ArrayLike | None = None,
) -> list[Split]:
    """Shuffle all rows, deal them into ``folds`` parts, and test on each part once.

    The parts differ in size by at most one row; the first ``examples % folds``
    of them are the larger ones. With ``labels`` the rows are dealt class by class
    (stratified), so that the parts also hold equally many of each class, up to one.

    Args:
        examples: Number of rows to split.
        folds: Number of parts, from 2 to ``examples`` (then each row is tested alone: leave-one-out).
        generator: Source of the shuffle; its state moves on.
        labels: Class of each row, shape ``(examples,)``, or None to ignore classes.

    Returns:
        One split for each fold. Each row is in ``test`` of exactly one of them,
        and in ``train`` of all others.

    Raises:
        ValueError: If ``folds`` is below 2 or above ``examples``, or ``labels``
            is not a vector of ``examples`` class numbers.
        TypeError: If a count is not an integer, or ``generator`` is not a
            ``numpy.random.Generator``: pass ``numpy.random.default_rng(0)``.

    Example:
        >>> splits = k_fold(5, folds=2, generator=np.random.default_rng(0))
        >>> [(len(split.train), len(split.test)) for split in splits]
        [(2, 3), (3, 2)]

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., section 7.10; stratified:
    Kohavi, "A study of cross-validation and bootstrap for accuracy estimation and model selection", *IJCAI* (1995).
    """
    examples = as_count(examples, "examples", at_least=2)
    folds = as_count(folds, "folds", at_least=2)
    if folds > examples:
        raise ValueError(f"folds must be at most examples = {examples}, got {folds}: each needs a row to test on")
    check_generator(generator)
    order = generator.permutation(examples)
    dealt = order
    if labels is not None:
        classes = as_labels(labels, "labels")
        if len(classes) != examples:
            raise ValueError(f"labels must have one entry per example, got {len(classes)} for examples = {examples}")
        dealt = order[np.argsort(classes[order], kind="stable")]  # stable: the same on every machine
    fold_of_row = np.empty_like(order)
    fold_of_row[dealt] = np.arange(examples) % folds
    fold_of = fold_of_row[order]
    return [Split(train=order[fold_of != fold], test=order[fold_of == fold]) for fold in range(folds)]
