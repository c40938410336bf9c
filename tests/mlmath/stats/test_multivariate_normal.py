"""MultivariateNormal: scipy's density, its marginals, samples with its covariance, and fits."""

import math
from typing import Any

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from mlmath.stats import MultivariateNormal, Normal, log_likelihood


def untyped(value: Any) -> Any:
    """Hide from the type checker what it would refuse."""
    return value


MEAN = np.array([1.0, -2.0, 0.5])
COVARIANCE = np.array([[2.0, 0.6, -0.3], [0.6, 1.0, 0.2], [-0.3, 0.2, 0.5]])
clouds = st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 5))


def random_cloud(seed, features):
    generator = np.random.default_rng(seed)
    root = generator.normal(size=(features, features + 2))
    units = 10.0 ** generator.uniform(-3, 3, features)
    return generator.normal(size=features), units[:, np.newaxis] * (root @ root.T) * units, generator


@given(cloud=clouds)
def test_the_density_agrees_with_scipy(cloud):
    mean, covariance, generator = random_cloud(*cloud)
    points = generator.multivariate_normal(mean, covariance, size=(2, 3))
    theirs = scipy.stats.multivariate_normal(mean, covariance, allow_singular=True)

    density = MultivariateNormal(mean, covariance).logpdf(points)

    if np.linalg.cond(covariance) < 1e8:  # beyond, scipy drops directions
        np.testing.assert_allclose(density, theirs.logpdf(points).reshape(2, 3), rtol=1e-6)


@given(cloud=clouds)
def test_other_units_divide_the_density_by_their_size(cloud):
    mean, covariance, generator = random_cloud(*cloud)
    points, units = generator.normal(size=(4, len(mean))), 10.0 ** generator.uniform(-100, 100, len(mean))

    scaled = MultivariateNormal(mean * units, covariance * units * units[:, np.newaxis]).logpdf(points * units)

    expected = MultivariateNormal(mean, covariance).logpdf(points) - np.log(units).sum()
    np.testing.assert_allclose(scaled, expected, rtol=1e-7, atol=1e-7)


def test_independent_features_multiply_their_densities():
    points = np.array([[0.5, 3.0], [-1.0, 2.0]])

    density = MultivariateNormal([0, 1], [[4, 0], [0, 9]]).pdf(points)

    np.testing.assert_allclose(density, Normal(0, 2).pdf(points[:, 0]) * Normal(1, 3).pdf(points[:, 1]))


def test_the_marginal_integrates_the_others_away():
    cloud = MultivariateNormal(MEAN, COVARIANCE)
    grid = np.linspace(-20, 20, 4001)
    plane = np.stack([np.full_like(grid, 0.3), grid], axis=-1)

    integral = MultivariateNormal(MEAN, COVARIANCE).marginal([0, 2]).pdf(plane).sum() * (grid[1] - grid[0])

    np.testing.assert_allclose(integral, cloud.marginal([0]).pdf([0.3]))
    np.testing.assert_allclose(cloud.marginal([0]).pdf([0.3]), Normal(1.0, 2**0.5).pdf(0.3))
    np.testing.assert_array_equal(cloud.marginal([2, 0]).covariance, [[0.5, -0.3], [-0.3, 2.0]])
    np.testing.assert_array_equal(cloud.marginal((2, 0)).mean, [0.5, 1.0])


def test_squared_distances_of_a_sample_follow_the_chi_squared_distribution():
    """A test of mean, covariance and shape at once, by the inequality of Dvoretzky, Kiefer and Wolfowitz."""
    n = 20_000
    sample = MultivariateNormal(MEAN, COVARIANCE).sample(np.random.default_rng(2), n)
    distances = np.einsum("ij,ij->i", (sample - MEAN) @ np.linalg.inv(COVARIANCE), sample - MEAN)
    exact = scipy.stats.chi2(3).cdf(np.sort(distances))

    assert np.abs(np.arange(n) / n - exact).max() < np.sqrt(np.log(2e6) / (2 * n))
    np.testing.assert_allclose(sample.mean(axis=0), MEAN, atol=0.05)
    np.testing.assert_allclose(np.cov(sample.T), COVARIANCE, atol=0.06)


def test_a_sample_is_independent_normals_stretched_and_tilted_by_the_cholesky_factor():
    independent = np.random.default_rng(3).standard_normal((5, 3))

    sample = MultivariateNormal(MEAN, COVARIANCE).sample(np.random.default_rng(3), 5)

    np.testing.assert_allclose(sample, MEAN + independent @ np.linalg.cholesky(COVARIANCE).T)


def test_samples_and_densities_have_the_shapes_that_are_asked_for():
    cloud, generator = MultivariateNormal(MEAN, COVARIANCE), np.random.default_rng(0)

    assert cloud.sample(generator, 4).shape == (4, 3)
    assert cloud.sample(generator, (2, 5)).shape == (2, 5, 3)
    assert cloud.sample(generator, ()).shape == (3,)
    assert cloud.logpdf(MEAN).shape == ()
    assert cloud.pdf(np.zeros((2, 5, 3))).shape == (2, 5)
    assert cloud.pdf(np.zeros((0, 3))).shape == (0,)


def test_points_at_infinity_have_no_density():
    cloud = MultivariateNormal(MEAN, COVARIANCE)

    np.testing.assert_array_equal(
        cloud.logpdf([[np.inf, 0, 0], [0, -np.inf, 1e300], [1e300, 0, 0]]), np.full(3, -np.inf)
    )


@given(cloud=clouds)
def test_a_fit_is_the_mean_and_the_biased_covariance(cloud):
    mean, covariance, generator = random_cloud(*cloud)
    data = generator.multivariate_normal(mean, covariance, size=len(mean) + 5)

    fitted = MultivariateNormal.fit(data)

    np.testing.assert_allclose(fitted.mean, data.mean(axis=0))
    np.testing.assert_allclose(fitted.covariance, np.cov(data.T, bias=True).reshape(fitted.covariance.shape), rtol=1e-6)


def test_no_parameters_near_the_fitted_ones_are_more_likely():
    generator = np.random.default_rng(4)
    data = MultivariateNormal(MEAN, COVARIANCE).sample(generator, 50)
    fitted = MultivariateNormal.fit(data)
    best = log_likelihood(fitted, data)

    for size in [1e-1, 1e-2, 1e-3]:
        for _ in range(20):
            change = generator.uniform(-size, size, (3, 3))
            nearby = MultivariateNormal(
                fitted.mean + generator.uniform(-size, size, 3),
                fitted.covariance + change @ change.T + 0.1 * (change + change.T),
            )
            assert log_likelihood(nearby, data) < best


@pytest.mark.parametrize("unit", [1e-12, 1.0, 1e12])
def test_rounding_may_leave_a_covariance_slightly_asymmetric(unit):
    rough = unit * COVARIANCE
    rough[0, 1] *= 1 + 1e-14

    cloud = MultivariateNormal(MEAN, rough)

    np.testing.assert_array_equal(cloud.covariance, cloud.covariance.T)


@pytest.mark.parametrize("unit", [1e-12, 1e12])
def test_more_than_rounding_is_asymmetric_in_any_unit(unit):
    with pytest.raises(
        ValueError, match=r"^covariance must be symmetric, .*: try \(covariance \+ covariance\.T\) / 2 if"
    ):
        MultivariateNormal([0, 0], unit * np.array([[1, 0.5], [0.5 + 1e-9, 1]]))


def test_a_feature_may_vary_on_its_own_by_little_more_than_rounding():
    share = 1e-13

    cloud = MultivariateNormal([0, 0], [[1.0, 1.0], [1.0, 1 + share]])

    np.testing.assert_allclose(cloud.pdf([0.0, 0.0]), 1 / (2 * math.pi * math.sqrt(share)), rtol=1e-2)


def test_it_owns_its_parameters():
    mean, covariance = MEAN.copy(), COVARIANCE.copy()
    cloud = MultivariateNormal(mean, covariance)

    mean[0] = covariance[0, 0] = 100

    np.testing.assert_array_equal(cloud.mean, MEAN)
    np.testing.assert_array_equal(cloud.covariance, COVARIANCE)
    for array in (cloud.mean, cloud.covariance):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


CLOUD = MultivariateNormal(MEAN, COVARIANCE)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: MultivariateNormal(0.0, [[1.0]]), ValueError, r"^mean must have shape \(n,\), got shape \(\)"),
        (lambda: MultivariateNormal([0.0], 1.0), ValueError, r"^covariance must have shape \(rows, columns\)"),
        (
            lambda: MultivariateNormal([0.0], np.eye(2)),
            ValueError,
            r"^covariance must have shape \(1, 1\) to match mean, got shape \(2, 2\)",
        ),
        (
            lambda: MultivariateNormal([0, 0], [[1, 0.5], [0.4, 1]]),
            ValueError,
            r"^covariance must be symmetric, got 0\.5 at \[0, 1\] and 0\.4 at \[1, 0\]: try \(cov",
        ),
        (
            lambda: MultivariateNormal([0, 0], [[1, 2], [2, 1]]),
            ValueError,
            r"^covariance must be positive definite: here a combination of features",
        ),
        (
            lambda: MultivariateNormal([0, 0], [[1, 1], [1, 1]]),
            ValueError,
            r"^covariance must be positive definite.*a negative one\. Drop a feature that is a combination of others",
        ),
        (
            lambda: MultivariateNormal([0, 0], [[1.0, 1.0], [1.0, 1 + 2.5e-15]]),
            ValueError,
            r"^covariance must be positive definite",
        ),
        (lambda: MultivariateNormal([0, 0], [[0, 0], [0, 1]]), ValueError, r"^covariance must be positive definite"),
        (lambda: MultivariateNormal([0], [[0]]), ValueError, r"^covariance must be positive definite"),
        (lambda: MultivariateNormal([0, 0], [[-1, 0], [0, -1]]), ValueError, r"^covariance must be positive definite"),
        (
            lambda: CLOUD.logpdf([0.0, 0.0]),
            ValueError,
            r"^points must have 3 features on the last axis, got shape \(2,\)",
        ),
        (lambda: CLOUD.pdf(0.0), ValueError, r"^points must have 3 features on the last axis, got shape \(\)"),
        (lambda: CLOUD.pdf([0.0, np.nan, 0.0]), ValueError, r"^points must not hold nan"),
        (lambda: CLOUD.sample(untyped(None), 3), TypeError, r"^generator must be a numpy\.random\.Generator"),
        (
            lambda: CLOUD.marginal([0, 3]),
            ValueError,
            r"^features must be different numbers below 3, at least one, got \[0, 3\]",
        ),
        (lambda: CLOUD.marginal([0, 0]), ValueError, r"^features must be different numbers below 3"),
        (lambda: CLOUD.marginal([]), ValueError, r"^features must be different numbers below 3"),
        (lambda: CLOUD.marginal([-1]), ValueError, r"^features must be at least 0, got -1"),
        (lambda: CLOUD.marginal(untyped([0.5])), TypeError, r"^features must be an integer, got 0\.5"),
        (
            lambda: MultivariateNormal.fit([[1.0, 2.0], [3.0, 5.0]]),
            ValueError,
            r"^data must have more rows \(examples\) than columns \(features\), got 2 and 2: the flatter",
        ),
        (
            lambda: MultivariateNormal.fit([[1.0, 2.0], [3.0, 6.0], [5.0, 10.0]]),
            ValueError,
            r"^covariance must be positive definite",
        ),
        (lambda: MultivariateNormal.fit([[1e200], [0.0]]), ValueError, r"^covariance must be finite, got inf"),
        (
            lambda: MultivariateNormal.fit([[1.7e308, 0.0], [1.7e308, 0.0], [1.7e308, 1.0]]),
            ValueError,
            r"^mean must be finite, got inf at mean\[0\]",
        ),
        (lambda: MultivariateNormal.fit([1.0, 2.0]), ValueError, r"^data must have shape \(rows, columns\)"),
    ],
)
def test_what_makes_no_cloud_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
