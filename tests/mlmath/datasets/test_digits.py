"""The digits: equal to scikit-learn's copy, in whole numbers, and fresh on every call."""

import numpy as np
from sklearn import datasets

from mlmath.datasets import load_digits


def test_they_are_those_of_scikit_learn():
    ours, theirs = load_digits(), datasets.load_digits()

    np.testing.assert_array_equal(ours.images, theirs.images)
    np.testing.assert_array_equal(ours.labels, theirs.target)
    np.testing.assert_array_equal(ours.features, theirs.data)


def test_the_shapes_types_and_ranges_are_as_stated():
    digits = load_digits()
    counts = np.bincount(digits.labels)

    assert (digits.images.shape, digits.labels.shape) == ((1797, 8, 8), (1797,))
    assert digits.images.dtype == np.float64
    assert digits.labels.dtype == np.int64
    assert sorted(set(digits.images.ravel())) == list(range(17))
    assert (len(counts), counts.min(), counts.max()) == (10, 174, 183)


def test_every_call_returns_fresh_arrays():
    first = load_digits()
    first.images[:] = 0.0
    first.labels[:] = 0

    test_they_are_those_of_scikit_learn()


def test_the_features_are_a_copy():
    digits = load_digits()

    assert not np.shares_memory(digits.features, digits.images)
    assert not np.shares_memory(digits.labels, digits.images)
    assert digits.images.base is None or digits.images.base.size == digits.images.size
