"""Moons, spirals and blobs: exact curves without noise, stated noise around them, balanced classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest
from sklearn.datasets import make_moons

from mlmath.datasets import make_blobs, make_spirals, make_two_moons

CENTERS = np.array([[0.0, 0.0, 1.0], [10.0, -4.0, 2.0], [3.0, 7.0, -9.0]])

counts = st.integers(2, 60)
seeds = st.integers(0, 2**32 - 1)
all_turns = st.floats(0.1, 5)


def rng(seed=0):
    return np.random.default_rng(seed)


MAKERS = {
    "moons": lambda examples, noise, seed: make_two_moons(examples, noise=noise, generator=rng(seed)),
    "spirals": lambda examples, noise, seed: make_spirals(examples, turns=1.5, noise=noise, generator=rng(seed)),
    "blobs": lambda examples, noise, seed: make_blobs(examples, centers=CENTERS, spread=noise, generator=rng(seed)),
}
every_maker = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def in_order(points):
    """Rows sorted, to compare sets of points."""
    rounded = points.round(9) + 0.0
    return rounded[np.lexsort(rounded.T)]


@given(examples=counts, seed=seeds)
def test_moons_without_noise_lie_on_their_half_circles(examples, seed):
    X, labels = make_two_moons(examples, noise=0.0, generator=rng(seed))

    upper, lower = X[labels == 0], X[labels == 1] - [1.0, 0.5]
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0)
    np.testing.assert_allclose(np.hypot(*lower.T), 1.0)
    assert (upper[:, 1] >= -1e-12).all()
    assert (lower[:, 1] <= 1e-12).all()


@pytest.mark.parametrize("examples", [2, 3, 10, 101])
def test_moons_without_noise_are_those_of_scikit_learn(examples):
    X, labels = make_two_moons(examples, noise=0.0, generator=rng())
    theirs, their_labels = make_moons(examples, shuffle=False)

    for k in (0, 1):
        np.testing.assert_allclose(in_order(X[labels == k]), in_order(theirs[their_labels == k]), atol=1e-8)


@given(examples=counts, turns=all_turns, seed=seeds)
def test_the_angle_on_a_spiral_grows_with_the_radius(examples, turns, seed):
    X, labels = make_spirals(examples, turns=turns, noise=0.0, generator=rng(seed))

    radius = np.hypot(*X.T)
    turned_back = (X[:, 0] + 1j * X[:, 1]) * np.exp(-1j * (2 * np.pi * turns * radius + np.pi * labels))
    np.testing.assert_allclose(turned_back, radius, atol=1e-9)


@given(half=st.integers(1, 30), turns=all_turns)
def test_one_spiral_is_the_other_turned_by_half_a_turn(half, turns):
    X, labels = make_spirals(2 * half, turns=turns, noise=0.0, generator=rng())

    np.testing.assert_allclose(in_order(X[labels == 0]), in_order(-X[labels == 1]), atol=1e-8)


@given(examples=counts)
def test_radii_on_a_spiral_go_in_even_steps_to_one(examples):
    X, labels = make_spirals(examples, turns=2, noise=0.0, generator=rng())

    for k, size in enumerate([examples // 2, examples - examples // 2]):
        np.testing.assert_allclose(np.sort(np.hypot(*X[labels == k].T)), np.arange(1, size + 1) / size)


def test_spirals_with_countless_turns_stay_finite():
    X, _ = make_spirals(9, turns=1e308, noise=0.0, generator=rng())

    assert np.hypot(*X.T).max() == pytest.approx(1.0)


def test_blobs_without_spread_are_their_centers():
    X, labels = make_blobs(50, centers=CENTERS, spread=0.0, generator=rng())

    np.testing.assert_array_equal(X, CENTERS[labels])


def test_the_mean_of_a_blob_is_near_its_center():
    """The mean of n numbers has standard deviation spread / sqrt(n); five of these are missed once in a million."""
    X, labels = make_blobs(3000, centers=CENTERS, spread=2.0, generator=rng())

    means = np.stack([X[labels == k].mean(axis=0) for k in range(3)])

    assert np.abs(means - CENTERS).max() < 5 * 2.0 / np.sqrt(1000)
    assert np.abs(means - CENTERS).max() > 0


@every_maker
def test_noise_is_normal_with_the_stated_deviation(make):
    """The same seed gives the same order, so the difference is the noise alone."""
    noise = (make(2000, 0.3, 7).X - make(2000, 0.0, 7).X).ravel()

    assert kstest(noise / 0.3, "norm").pvalue > 0.001
    assert np.abs(np.corrcoef(noise[:-1], noise[1:])[0, 1]) < 0.1


@every_maker
@given(examples=st.integers(3, 60))
def test_classes_are_balanced_to_one_example_and_the_last_gets_it(make, examples):
    _, labels = make(examples, 0.1, 0)

    sizes = np.bincount(labels)
    assert sizes.sum() == examples
    assert sizes.max() - sizes.min() <= 1
    assert sizes[-1] == sizes.max()


@every_maker
def test_classes_come_in_random_order(make):
    """Of 300 shuffled labels the first half holds about as many of each class as the second."""
    _, labels = make(300, 0.1, 0)

    first, second = np.bincount(labels[:150]), np.bincount(labels[150:])
    assert np.abs(first - second).max() < 40
    assert (np.diff(labels) != 0).sum() > 100


@every_maker
def test_the_generator_alone_decides(make):
    one, same, other = make(20, 0.1, 1), make(20, 0.1, 1), make(20, 0.1, 2)

    np.testing.assert_array_equal(one.X, same.X)
    np.testing.assert_array_equal(one.labels, same.labels)
    assert not np.array_equal(one.X, other.X)
    assert not np.array_equal(one.labels, other.labels)


@every_maker
def test_the_shapes_and_types_are_as_stated(make):
    X, labels = make(20, 0.1, 1)

    assert (len(X), labels.shape) == (20, (20,))
    assert X.dtype == np.float64
    assert labels.dtype == np.int64


def test_blobs_have_the_dimensions_of_their_centers_which_stay_as_they_are():
    centers = CENTERS.copy()

    X, _ = make_blobs(3, centers=centers, spread=1.0, generator=rng())

    assert X.shape == (3, 3)
    np.testing.assert_array_equal(centers, CENTERS)


@pytest.mark.parametrize(
    ("make", "arguments", "error", "message"),
    [
        (make_two_moons, {"examples": 1}, ValueError, "examples must be at least 2, got 1"),
        (make_two_moons, {"examples": 4.0}, TypeError, "examples must be an integer"),
        (make_two_moons, {"noise": -1}, ValueError, "noise must not be negative"),
        (make_two_moons, {"noise": np.nan}, ValueError, "noise must be one finite number"),
        (
            make_two_moons,
            {"noise": 1.7e308},
            ValueError,
            r"noise must leave all points finite, got 1.7e\+308: try a smaller one",
        ),
        (make_two_moons, {"generator": 0}, TypeError, "generator must be a numpy.random.Generator"),
        (make_spirals, {"turns": 1, "examples": 1}, ValueError, "examples must be at least 2"),
        (make_spirals, {"turns": 0}, ValueError, "turns must be positive"),
        (make_spirals, {"turns": 1, "noise": -1}, ValueError, "noise must not be negative"),
        (make_spirals, {"turns": 1, "noise": 1.7e308}, ValueError, "noise must leave all points finite"),
        (
            make_blobs,
            {"examples": 2, "centers": CENTERS, "spread": 0},
            ValueError,
            "examples must be at least 3, got 2",
        ),
        (make_blobs, {"centers": [1, 2], "spread": 0}, ValueError, "centers must have shape"),
        (make_blobs, {"centers": CENTERS, "spread": -1}, ValueError, "spread must not be negative"),
        (make_blobs, {"centers": CENTERS, "spread": 1.7e308}, ValueError, "spread must leave all points finite"),
        (
            make_blobs,
            {"centers": CENTERS, "spread": 0, "generator": np.random},
            TypeError,
            "generator must be a numpy.random.Generator",
        ),
    ],
)
def test_errors_name_the_argument(make, arguments, error, message):
    usual = {"examples": 99, "generator": rng()} | ({} if make is make_blobs else {"noise": 0.0})
    with pytest.raises(error, match=message):
        make(**(usual | arguments))
