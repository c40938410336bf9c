"""What all distributions promise: scipy's values, a total of one, samples that follow the cdf, the likeliest fits."""

import math
from typing import Any

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from mlmath.stats import (
    Bernoulli,
    Beta,
    BetaBinomial,
    Binomial,
    Categorical,
    Exponential,
    Laplace,
    LogNormal,
    Normal,
    Uniform,
    log_likelihood,
)

locations = st.floats(-1e3, 1e3)
scales = st.floats(-3, 3).map(lambda exponent: 10.0**exponent)
shares = st.floats(0.01, 0.99)
counts = st.integers(1, 60)


def scipy_categorical(probabilities):
    return scipy.stats.rv_discrete(values=(np.arange(len(probabilities)), probabilities))


# Pairs of ours and scipy's, at random parameters.
CONTINUOUS = {
    "normal": st.builds(lambda m, s: (Normal(m, s), scipy.stats.norm(m, s)), locations, scales),
    "uniform": st.builds(
        lambda low, w: (Uniform(low, low + w), scipy.stats.uniform(low, low + w - low)), locations, scales
    ),
    "log-normal": st.builds(
        lambda m, s: (LogNormal(m, s), scipy.stats.lognorm(s, scale=math.exp(m))), st.floats(-5, 5), st.floats(0.05, 3)
    ),
    "exponential": st.builds(lambda r: (Exponential(r), scipy.stats.expon(scale=1 / r)), scales),
    "Laplace": st.builds(lambda m, s: (Laplace(m, s), scipy.stats.laplace(m, s)), locations, scales),
    "beta": st.builds(lambda a, b: (Beta(a, b), scipy.stats.beta(a, b)), st.floats(0.3, 50), st.floats(0.3, 50)),
}
DISCRETE = {
    "Bernoulli": st.builds(lambda p: (Bernoulli(p), scipy.stats.bernoulli(p)), shares),
    "binomial": st.builds(lambda n, p: (Binomial(n, p), scipy.stats.binom(n, p)), counts, shares),
    "categorical": st.builds(
        lambda p: (Categorical(np.array(p) / sum(p)), scipy_categorical(np.array(p) / sum(p))),
        st.lists(st.floats(0.01, 1), min_size=2, max_size=6),
    ),
    "beta-binomial": st.builds(
        lambda n, a, b: (BetaBinomial(n, a, b), scipy.stats.betabinom(n, a, b)),
        counts,
        st.floats(0.1, 50),
        st.floats(0.1, 50),
    ),
}
ALL = CONTINUOUS | DISCRETE
WITH_CDF = {name: pair for name, pair in ALL.items() if name != "beta-binomial"}
QUANTILES = np.concatenate([[1e-12, 1e-6], np.linspace(0.01, 0.99, 13), [1 - 1e-6, 1 - 1e-12]])


def of(families):
    """Parametrize over the families, and draw a pair of the family."""

    def decorate(test):
        def drawn(family, data):
            test(*data.draw(families[family]))

        drawn.__name__ = test.__name__
        return pytest.mark.parametrize("family", list(families))(given(data=st.data())(drawn))

    return decorate


@of(CONTINUOUS)
def test_densities_agree_with_scipy(ours, theirs):
    points = np.unique(theirs.ppf(QUANTILES))

    np.testing.assert_allclose(ours.logpdf(points), theirs.logpdf(points), rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(ours.pdf(points), theirs.pdf(points), rtol=1e-8)


@of(DISCRETE)
def test_probabilities_agree_with_scipy(ours, theirs):
    points = np.arange(-1, 62)

    np.testing.assert_allclose(ours.pmf(points), theirs.pmf(points), rtol=1e-10, atol=1e-15)


@of({name: DISCRETE[name] for name in ("Bernoulli", "binomial", "beta-binomial")})
def test_log_probabilities_agree_with_scipy(ours, theirs):
    points = np.arange(-1, 62)

    np.testing.assert_allclose(ours.logpmf(points), theirs.logpmf(points), rtol=1e-10, atol=1e-10)


@of(WITH_CDF)
def test_the_cdf_agrees_with_scipy(ours, theirs):
    points = np.concatenate([[-1e9, -1, -0.5, 0, 0.5, 1, 1e9], theirs.ppf(QUANTILES)])

    np.testing.assert_allclose(ours.cdf(points), theirs.cdf(points), rtol=1e-9, atol=1e-300)


@of(ALL)
def test_moments_agree_with_scipy(ours, theirs):
    np.testing.assert_allclose([ours.mean, ours.variance], [theirs.mean(), theirs.var()], rtol=1e-10)


@of(DISCRETE)
def test_probabilities_sum_to_one_and_have_the_stated_moments(ours, theirs):
    points = np.arange(61)
    probabilities = ours.pmf(points)

    mean = probabilities @ points
    np.testing.assert_allclose(probabilities.sum(), 1)
    np.testing.assert_allclose([mean, probabilities @ (points - mean) ** 2], [ours.mean, ours.variance], rtol=1e-9)


@of(CONTINUOUS)
def test_the_density_is_the_slope_of_the_cdf(ours, theirs):
    shares = np.linspace(0.05, 0.95, 8)
    points = theirs.ppf(shares)
    step = 1e-3 * (theirs.ppf(shares + 0.01) - theirs.ppf(shares - 0.01))

    slope = (ours.cdf(points + step) - ours.cdf(points - step)) / (2 * step)

    np.testing.assert_allclose(slope, ours.pdf(points), rtol=1e-5)


@of(CONTINUOUS)
def test_densities_are_exponentials_of_log_densities(ours, theirs):
    points = theirs.ppf(QUANTILES)

    np.testing.assert_allclose(np.log(ours.pdf(points)), ours.logpdf(points), rtol=1e-12, atol=1e-12)


EXAMPLES: dict[str, Any] = {
    "Bernoulli": Bernoulli(0.3),
    "beta": Beta(2.0, 0.7),
    "beta-binomial": BetaBinomial(9, 2.0, 3.0),
    "binomial": Binomial(12, 0.3),
    "categorical": Categorical([0.2, 0.5, 0.0, 0.3]),
    "exponential": Exponential(3.0),
    "Laplace": Laplace(1.0, 2.0),
    "log-normal": LogNormal(0.5, 0.8),
    "normal": Normal(-1.0, 3.0),
    "uniform": Uniform(2.0, 5.0),
}
each = pytest.mark.parametrize("distribution", EXAMPLES.values(), ids=EXAMPLES)


def density(distribution):
    return distribution.pmf if hasattr(distribution, "pmf") else distribution.pdf


def log_density(distribution):
    return distribution.logpmf if hasattr(distribution, "logpmf") else distribution.logpdf


def cdf(distribution):
    if hasattr(distribution, "cdf"):
        return distribution.cdf
    return lambda points: np.array([distribution.pmf(np.arange(int(k) + 1)).sum() for k in points])


@each
def test_samples_follow_the_cdf(distribution):
    """Dvoretzky, Kiefer and Wolfowitz, with Massart's constant: P(distance > e) <= 2 exp(-2 n e^2), here 1e-6."""
    n = 20_000
    sample = np.sort(distribution.sample(np.random.default_rng(1), n))
    values, first = np.unique(sample, return_index=True)
    up_to = np.append(first[1:], n) / n  # share of the sample at or below each value

    # Between two values of the sample both functions are known: at a value from the right, and before it from the left.
    exact = cdf(distribution)(values)
    distance = np.abs(up_to - exact).max()
    if hasattr(distribution, "pdf"):
        distance = max(distance, np.abs(first / n - exact).max())

    assert distance < math.sqrt(math.log(2 / 1e-6) / (2 * n))


@each
def test_samples_have_the_shape_that_is_asked_for(distribution):
    generator = np.random.default_rng(0)

    assert distribution.sample(generator, 3).shape == (3,)
    assert distribution.sample(generator, (2, 0)).shape == (2, 0)
    assert distribution.sample(generator, ()).shape == ()
    assert distribution.sample(generator, 3).dtype == (np.int64 if hasattr(distribution, "pmf") else np.float64)


@each
def test_the_same_generator_draws_the_same_sample(distribution):
    first, second = (distribution.sample(np.random.default_rng(5), (4, 3)) for _ in range(2))

    np.testing.assert_array_equal(first, second)


@each
def test_points_of_any_shape_are_taken_and_left_alone(distribution):
    points = np.array([[0.0, 1.0, 2.0], [3.0, 0.5, -1.0]])
    before = points.copy()
    methods = [density(distribution), log_density(distribution)]
    methods += [distribution.cdf] if hasattr(distribution, "cdf") else []

    for method in methods:
        np.testing.assert_allclose(method(points).ravel(), [method(point) for point in points.ravel()], rtol=1e-14)
        assert method(1).shape == ()
        assert method([]).shape == (0,)
        assert method(points).dtype == np.float64
    np.testing.assert_array_equal(points, before)


@each
def test_points_at_infinity_have_no_density(distribution):
    np.testing.assert_array_equal(density(distribution)([-np.inf, np.inf]), [0, 0])
    np.testing.assert_array_equal(log_density(distribution)([-np.inf, np.inf]), [-np.inf, -np.inf])
    if hasattr(distribution, "cdf"):
        np.testing.assert_array_equal(distribution.cdf([-np.inf, np.inf]), [0, 1])


@each
def test_huge_and_tiny_points_give_numbers_without_warnings(distribution):
    points = np.array([-1.7e308, -1e300, -1e-300, 1e-300, 5e-324, 1e300, 1.7e308])

    assert not np.isnan(log_density(distribution)(points)).any()
    assert (density(distribution)(points) >= 0).all()


@each
def test_nan_and_text_are_refused_as_points(distribution):
    for method in [density(distribution), log_density(distribution)]:
        with pytest.raises(ValueError, match=r"^points must not hold nan: remove these entries"):
            method([0.0, np.nan])
        with pytest.raises(ValueError, match=r"^points must hold real numbers"):
            method(["a"])
    if hasattr(distribution, "cdf"):
        with pytest.raises(ValueError, match=r"^points must not hold nan"):
            distribution.cdf(np.nan)


@each
def test_a_sample_needs_a_generator_and_a_shape(distribution):
    with pytest.raises(TypeError, match=r"^generator must be a numpy\.random\.Generator, got 0"):
        distribution.sample(0, 3)
    with pytest.raises(ValueError, match=r"^size must be at least 0, got -1"):
        distribution.sample(np.random.default_rng(0), -1)
    with pytest.raises(TypeError, match=r"^size must be an integer, got 2\.5"):
        distribution.sample(np.random.default_rng(0), (3, 2.5))


@each
def test_distributions_cannot_be_changed(distribution):
    with pytest.raises(AttributeError, match="cannot assign to field"):
        setattr(distribution, next(iter(distribution.__dataclass_fields__)), 1)


# Family: a sample that it is fitted to, and what makes one of it from parameters near the fitted ones.
FITS: dict[str, Any] = {
    "Bernoulli": (Bernoulli, Bernoulli.fit, ("probability",)),
    "beta": (Beta, Beta.fit, ("a", "b")),
    "binomial": (
        lambda probability: Binomial(12, probability),
        lambda data: Binomial.fit(data, trials=12),
        ("probability",),
    ),
    "exponential": (Exponential, Exponential.fit, ("rate",)),
    "Laplace": (Laplace, Laplace.fit, ("location", "scale")),
    "log-normal": (LogNormal, LogNormal.fit, ("log_mean", "log_standard_deviation")),
    "normal": (Normal, Normal.fit, ("mean", "standard_deviation")),
    "uniform": (Uniform, Uniform.fit, ("low", "high")),
}


@pytest.mark.parametrize("family", FITS)
def test_no_parameters_near_the_fitted_ones_are_more_likely(family):
    make, fit, names = FITS[family]
    generator = np.random.default_rng(7)
    data = EXAMPLES[family].sample(generator, 40)
    fitted = fit(data)
    best = log_likelihood(fitted, data)
    parameters = np.array([getattr(fitted, name) for name in names])

    for size in [1e-1, 1e-2, 1e-3, 1e-4]:
        for _ in range(25):
            nearby = parameters * (1 + size * generator.uniform(-1, 1, len(parameters)))
            assert log_likelihood(make(*nearby), data) <= best + 1e-12 * abs(best)


@pytest.mark.parametrize("family", FITS)
def test_the_fit_of_a_large_sample_finds_the_parameters_again(family):
    _, fit, names = FITS[family]
    distribution = EXAMPLES[family]

    fitted = fit(distribution.sample(np.random.default_rng(3), 20_000))

    for name in names:
        np.testing.assert_allclose(getattr(fitted, name), getattr(distribution, name), rtol=0.06)


@pytest.mark.parametrize("family", FITS)
@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], r"^data must not be empty, got shape \(0,\)"),
        ([0.5, np.nan], r"^data must be finite, got nan at data\[1\]"),
        ([[0.5], [1.0]], r"^data must have shape \(n,\), got shape \(2, 1\)"),
        (["a"], r"^data must hold real numbers"),
    ],
)
def test_data_that_are_no_finite_vector_are_refused(family, data, message):
    with pytest.raises(ValueError, match=message):
        FITS[family][1](data)


@pytest.mark.parametrize(
    ("fit", "name"), [(Normal.fit, "normal"), (Uniform.fit, "uniform"), (Laplace.fit, "Laplace"), (Beta.fit, "beta")]
)
def test_equal_data_have_no_most_likely_distribution(fit, name):
    message = (
        rf"^data must not be all equal \(0\.1\): the narrower the {name} distribution around them, the higher their "
    )
    for data in [[0.1, 0.1, 0.1], [0.1]]:
        with pytest.raises(ValueError, match=message):
            fit(data)
