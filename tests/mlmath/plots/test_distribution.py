"""plot_distribution: areas that add up to one, and theory on top of the data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlmath.plots import plot_distribution

numbers = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=30)
whole = st.lists(st.integers(-20, 20), min_size=1, max_size=30)


def all_of(artists):
    """Untyped, since matplotlib's types know artists in general only."""
    return list(artists)


def histogram(ax):
    """Heights and edges of what plot_distribution drew."""
    heights, edges, _ = ax.patches[-1].get_data()
    return heights, edges


@given(data=numbers)
def test_the_areas_add_up_to_one(data):
    heights, edges = histogram(plot_distribution(data))

    assert np.sum(heights * np.diff(edges)) == pytest.approx(1.0)
    assert len(heights) == 30


@pytest.mark.parametrize("bins", [1, 7, [-3.0, 0.0, 0.5, 4.0]])
def test_the_heights_are_those_of_numpy(bins):
    data = np.random.default_rng(0).normal(size=200)

    heights, edges = histogram(plot_distribution(data, bins=bins))

    expected, expected_edges = np.histogram(data, bins, density=True)
    np.testing.assert_allclose(heights, expected)
    np.testing.assert_allclose(edges, expected_edges)


@pytest.mark.parametrize("value", [0.0, 3.0, 1e-300, -1e300, 1e300])
def test_equal_values_get_bins_around_them(value):
    heights, edges = histogram(plot_distribution([value, value], bins=3))

    assert edges[1] < value < edges[2]
    np.testing.assert_allclose(heights * np.diff(edges), [0, 1, 0])


def test_the_histogram_follows_the_density_it_was_drawn_from():
    """A bin with n p examples on average misses by about sqrt(n p): six times that is out of the question."""
    n = 10_000
    data = np.random.default_rng(0).normal(2, 3, n)
    ax = plot_distribution(data, density=stats.norm(2, 3).pdf, bins=[-1, 0, 1, 2, 3, 4])
    x, y = np.asarray(ax.lines[-1].get_xydata()).T

    heights, edges = histogram(ax)
    middles = (edges[:-1] + edges[1:]) / 2
    inside = np.mean((data > -1) & (data < 4))

    np.testing.assert_allclose(heights * inside, np.interp(middles, x, y), atol=6 * np.sqrt(0.13 / n))
    np.testing.assert_allclose(y, stats.norm(2, 3).pdf(x))
    np.testing.assert_allclose([x[0], x[-1]], [-1.25, 4.25])


@given(data=whole)
def test_bars_are_the_shares_of_the_whole_numbers(data):
    bars = all_of(plot_distribution(data, mass=lambda _: 0.1).patches)

    assert sum(bar.get_height() for bar in bars) == pytest.approx(1.0)
    for bar in bars:
        number = bar.get_x() + bar.get_width() / 2
        assert bar.get_height() == pytest.approx(data.count(round(number)) / len(data))
    assert len(bars) == max(data) - min(data) + 1


def test_stems_stand_on_the_whole_numbers_as_high_as_the_mass():
    binomial = stats.binom(10, 0.3).pmf

    ax = plot_distribution([2, 5, 4], mass=binomial)

    expected = [[k, binomial(k)] for k in (2, 3, 4, 5)]
    np.testing.assert_allclose(np.asarray(ax.lines[-1].get_xydata()), expected)
    stems = all_of(ax.collections)[-1].get_segments()
    np.testing.assert_allclose(stems, [[[k, 0], [k, height]] for k, height in expected])
    assert ax.lines[-1].get_linestyle() == "None"


@pytest.mark.parametrize(
    ("theory", "label", "names"),
    [
        ({}, "density", None),
        ({"density": lambda _: 0.5}, "density", ["data", "theory"]),
        ({"mass": lambda _: 0.5}, "probability", ["data", "theory"]),
    ],
)
def test_axes_and_legend_are_named_by_what_is_drawn(theory, label, names):
    ax = plot_distribution([1, 2, 3], **theory)

    legend = ax.get_legend()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("value", label)
    assert (legend and [text.get_text() for text in legend.get_texts()]) == names


def test_a_thousand_stems_are_drawn():
    assert len(plot_distribution([0, 999], mass=lambda _: 0.0).patches) == 1000


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ([], {}, "data must not be empty"),
        ([1.0, np.nan], {}, "data must be finite"),
        ([1.0], {"density": abs, "mass": abs}, "give density or mass, not both"),
        ([1.0], {"mass": abs, "bins": 3}, "bins must be left out with mass"),
        ([1.0, 1.5], {"mass": abs}, r"data must be whole numbers with mass, got 1.5 at data\[1\]: try density"),
        ([0, 1000], {"mass": abs}, "data must spread over at most 1000 whole numbers, got 0.0 to 1000.0"),
        ([1.0, 2.0], {"density": lambda _: -1.0}, "density must not be negative, got -1.0 at 0.95"),
        ([-1.0], {"mass": lambda k: k}, "mass must not be negative, got -1.0 at -1.0"),
        ([1.0], {"mass": lambda _: np.nan}, "mass must return one finite number, got nan at 1.0"),
        ([1.0], {"bins": 0}, "bins must be at least 1, got 0"),
        ([1.0], {"bins": [1.0]}, r"bins must have increasing edges, got \[1.0\]"),
        ([1.0], {"bins": [1.0, 3.0, 3.0]}, "bins must have increasing edges"),
        ([1.0, 1.0 + 2e-16], {"bins": 5}, "bins must have increasing edges, .* try fewer bins"),
        ([1.0], {"bins": [2.0, 3.0]}, "bins must hold some of the data, got edges from 2.0 to 3.0"),
        ([-1.7e308, 1.7e308], {}, "data must spread over less than the largest number"),
    ],
)
def test_errors_name_the_argument(data, options, message):
    with pytest.raises(ValueError, match=message):
        plot_distribution(data, **options)
