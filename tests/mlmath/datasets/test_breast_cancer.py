"""The tumours: equal to scikit-learn's copy but for the coding, with 1 for the disease."""

import numpy as np
import pytest
from sklearn import datasets

from mlmath.datasets import load_breast_cancer


def test_the_features_are_those_of_scikit_learn():
    ours, theirs = load_breast_cancer(), datasets.load_breast_cancer()

    np.testing.assert_array_equal(ours.features, theirs.data)
    assert ours.feature_names == tuple(name.replace(" ", "_") for name in theirs.feature_names)


def test_label_1_is_malignant_which_scikit_learn_calls_0():
    ours, theirs = load_breast_cancer(), datasets.load_breast_cancer()

    np.testing.assert_array_equal(ours.labels == 1, theirs.target_names[theirs.target] == "malignant")
    assert set(ours.labels.tolist()) == {0, 1}


def test_malignant_tumours_are_larger():
    """A check of the coding that needs no other copy: the cells of a cancer are large."""
    tumours = load_breast_cancer()
    radius = tumours.column("worst_radius")

    assert radius[tumours.labels == 1].mean() > 1.5 * radius[tumours.labels == 0].mean()


def test_the_shapes_and_types_are_as_stated():
    tumours = load_breast_cancer()

    assert (tumours.features.shape, tumours.labels.shape, len(tumours.feature_names)) == ((569, 30), (569,), 30)
    assert tumours.features.dtype == np.float64
    assert tumours.labels.dtype == np.int64
    assert tumours.labels.sum() == 212
    assert tumours.features.base is None


def test_the_sizes_of_the_columns_differ_as_much_as_stated():
    means = load_breast_cancer().features.mean(axis=0)

    assert 1e5 < means.max() / means.min() < 3e5


def test_a_column_is_a_copy_found_by_its_name():
    tumours = load_breast_cancer()

    for j, name in enumerate(tumours.feature_names):
        np.testing.assert_array_equal(tumours.column(name), tumours.features[:, j])
        assert not np.shares_memory(tumours.column(name), tumours.features)


def test_an_unknown_column_is_answered_with_the_names():
    with pytest.raises(ValueError, match=r"name must be one of mean_radius, .*worst_fractal_dimension, got 'radius'"):
        load_breast_cancer().column("radius")


def test_every_call_returns_fresh_arrays():
    first = load_breast_cancer()
    first.features[:] = 0.0
    first.labels[:] = 0

    test_the_features_are_those_of_scikit_learn()
    test_label_1_is_malignant_which_scikit_learn_calls_0()
