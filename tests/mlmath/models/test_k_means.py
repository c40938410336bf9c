"""fit_k_means: distances that never grow, and centres that are means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans as SklearnKMeans

from mlmath.datasets import make_blobs
from mlmath.models import fit_k_means
from mlmath.models.k_means import draw_centers, lloyd, moved_centers, squared_distances

seeds = st.integers(0, 2**32 - 1)


def random_points(seed, examples=40):
    return np.random.default_rng(seed).normal(size=(examples, 2))


def inertia_of(X, model):
    return np.sum((X - model.centers[model.labels]) ** 2)


@given(seed=seeds, clusters=st.integers(1, 8))
def test_the_inertia_never_rises(seed, clusters):
    model = fit_k_means(random_points(seed), clusters=clusters, generator=np.random.default_rng(seed))

    assert (np.diff(model.inertias) < 0).all()


@given(seed=seeds, clusters=st.integers(1, 8))
def test_at_the_end_centres_are_means_and_points_have_the_nearest(seed, clusters):
    X = random_points(seed)

    model = fit_k_means(X, clusters=clusters, generator=np.random.default_rng(seed), starts=2)

    means = [X[model.labels == k].mean(axis=0) for k in range(clusters)]
    np.testing.assert_allclose(model.centers, means, atol=1e-12)
    distances = np.linalg.norm(X[:, np.newaxis] - model.centers, axis=2)
    np.testing.assert_array_equal(model.labels, distances.argmin(axis=1))
    assert model.inertia == pytest.approx(inertia_of(X, model))


@given(seed=seeds, clusters=st.integers(1, 6))
def test_lloyd_agrees_with_scikit_learn_from_the_same_centres(seed, clusters):
    X = random_points(seed)
    start = X[:clusters]

    walk = lloyd(X, start)
    expected = SklearnKMeans(clusters, init=start, n_init=1, algorithm="lloyd", tol=0.0, max_iter=1000).fit(X)

    np.testing.assert_allclose(walk.centers, expected.cluster_centers_, atol=1e-9)
    np.testing.assert_array_equal(walk.labels, expected.labels_)
    assert walk.inertia == pytest.approx(expected.inertia_)


def test_the_first_inertia_is_that_of_the_first_centres():
    X = np.array([[0.0], [1.0], [5.0]])

    walk = lloyd(X, np.array([[0.0], [1.0]]))

    np.testing.assert_allclose(walk.inertias, [16.0, 5.0, 0.5])


def test_clouds_far_apart_are_found():
    corners = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]]
    X, truth = make_blobs(60, centers=corners, spread=0.5, generator=np.random.default_rng(0))

    model = fit_k_means(X, clusters=3, generator=np.random.default_rng(1))

    assert all(len(set(model.labels[truth == k])) == 1 for k in range(3))
    np.testing.assert_allclose(model.centers[model.predict(corners)], corners, atol=0.5)
    np.testing.assert_array_equal(model.predict(X), model.labels)
    np.testing.assert_array_equal(model.predict(model.centers), [0, 1, 2])


def test_more_starts_are_never_worse():
    """The first of ten starts is the only one of one start: the generator begins alike."""
    X = random_points(3, examples=100)

    inertias = [
        fit_k_means(X, clusters=9, generator=np.random.default_rng(2), starts=starts).inertia for starts in (1, 10, 40)
    ]

    assert inertias == sorted(inertias, reverse=True)
    assert inertias[0] > inertias[-1]


def test_ten_starts_are_the_default():
    """The generator shows how much was drawn."""
    first, second = np.random.default_rng(5), np.random.default_rng(5)

    fit_k_means(random_points(4), clusters=6, generator=first)
    fit_k_means(random_points(4), clusters=6, generator=second, starts=10)

    assert first.random() == second.random()


def test_first_centres_are_drawn_in_proportion_to_the_squared_distance():
    """From 0, the points 1 and 3 have chances 0.1 and 0.9; all other first centres are skipped."""
    points = np.array([[0.0], [1.0], [3.0]])
    generator = np.random.default_rng(0)

    pairs = [draw_centers(points, 2, generator).ravel() for _ in range(6000)]

    second = [pair[1] for pair in pairs if pair[0] == 0.0]
    assert len(second) == pytest.approx(2000, abs=150)
    assert np.mean(np.array(second) == 3.0) == pytest.approx(0.9, abs=0.02)


@given(seed=seeds)
def test_first_centres_are_different_points(seed):
    points = np.repeat(random_points(seed, examples=5), 20, axis=0)

    centers = draw_centers(points, 5, np.random.default_rng(seed))

    assert len(np.unique(centers, axis=0)) == 5


def test_an_empty_cluster_moves_to_the_point_farthest_from_its_centre():
    points = np.array([[0.0], [1.0], [9.0]])

    moved = moved_centers(points, np.array([0, 0, 0]), np.array([[1.0], [50.0]]))

    np.testing.assert_allclose(moved, [[10 / 3], [9.0]])


@given(seed=seeds)
def test_empty_clusters_are_filled_and_the_inertia_still_falls(seed):
    """All but one of the first centres are far off; in the end every cluster has points."""
    X = random_points(seed)
    start = np.vstack([np.zeros((1, 2)), np.full((3, 2), 1e3) + random_points(seed, examples=3)])

    walk = lloyd(X, start)

    assert set(walk.labels) == {0, 1, 2, 3}
    assert (np.diff(walk.inertias) < 0).all()


def test_as_many_clusters_as_points_leave_no_distance():
    X = random_points(6, examples=5)

    model = fit_k_means(X, clusters=5, generator=np.random.default_rng(0))

    assert model.inertia == 0
    assert sorted(model.labels.tolist()) == [0, 1, 2, 3, 4]


def test_distances_of_points_far_from_the_origin_keep_their_digits():
    """The expansion x^2 - 2 x c + c^2 would cancel here."""
    points, centers = 1e8 + np.array([[0.0], [1.0]]), 1e8 + np.array([[0.5], [3.0]])

    np.testing.assert_array_equal(squared_distances(points, centers), [[0.25, 9.0], [0.25, 4.0]])


@pytest.mark.parametrize("unit", [2.0**-600, 2.0**-3, 2.0**400])
def test_units_change_no_label(unit):
    X = random_points(7)

    model, other = (fit_k_means(X * factor, clusters=3, generator=np.random.default_rng(0)) for factor in (1.0, unit))

    np.testing.assert_array_equal(other.labels, model.labels)
    np.testing.assert_array_equal(other.centers, model.centers * unit)
    np.testing.assert_array_equal(other.inertias, model.inertias * unit * unit)
    np.testing.assert_array_equal(other.predict(X * unit), model.labels)


def test_an_inertia_beyond_float64_is_refused():
    with pytest.raises(OverflowError, match="the inertia exceeds the largest float64"):
        fit_k_means([[1e200], [-1e200]], clusters=1, generator=np.random.default_rng(0))


def test_the_arguments_are_left_alone_and_the_same_seed_gives_the_same_result():
    X = random_points(8)
    before = X.copy()

    first, second = (fit_k_means(X, clusters=4, generator=np.random.default_rng(9)) for _ in range(2))

    np.testing.assert_array_equal(X, before)
    np.testing.assert_array_equal(first.centers, second.centers)


@pytest.mark.parametrize(
    ("X", "settings", "error", "message"),
    [
        ([1.0, 2.0], {}, ValueError, r"^X must have shape \(rows, columns\)"),
        ([[1.0], [2.0]], {"clusters": 0}, ValueError, "^clusters must be at least 1, got 0"),
        ([[1.0], [2.0]], {"clusters": 2.0}, TypeError, "^clusters must be an integer"),
        ([[1.0], [2.0]], {"starts": 0}, ValueError, "^starts must be at least 1, got 0"),
        ([[1.0], [2.0]], {"generator": 0}, TypeError, "^generator must be a numpy.random.Generator"),
        ([[1.0], [1.0], [2.0]], {"clusters": 3}, ValueError, "at least clusters = 3 different points, got 2 of them"),
    ],
)
def test_errors_name_the_argument(X, settings, error, message):
    with pytest.raises(error, match=message):
        fit_k_means(X, **{"clusters": 1, "generator": np.random.default_rng(0)} | settings)


def test_another_number_of_columns_is_refused():
    model = fit_k_means(random_points(0), clusters=2, generator=np.random.default_rng(0))

    with pytest.raises(ValueError, match="X must have the 2 columns that the model was fitted on, got 1"):
        model.predict([[1.0]])
