"""Who has which colour and which size: helpers are grey and thin, what belongs together looks alike."""

from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba_array

from mlmath.plots import (
    plot_contours,
    plot_decision_boundary,
    plot_distribution,
    plot_gradient_field,
    plot_loss_curves,
    plot_path,
    plot_residuals,
    plot_tangent,
    style,
)

X = [[10.0, -5.0], [14.0, -4.0], [13.0, 0.0], [11.0, -3.0]]


@pytest.fixture(autouse=True)
def light():
    with style("light"):
        yield


def line_colors():
    return mpl.rcParams["axes.prop_cycle"].by_key()["color"]


def edge_of(artist):
    (color,) = {to_hex(color) for color in to_rgba_array(artist.get_edgecolor())}
    return color


def face_of(artist):
    (color,) = {to_hex(color, keep_alpha=True) for color in to_rgba_array(artist.get_facecolor())}
    return color


def last(artists):
    return artists[-1]


def test_level_sets_are_in_the_colour_of_helper_lines():
    assert edge_of(plot_contours(lambda x: x[0], (0, 1), (0, 1)).collections[-1]) == mpl.rcParams["grid.color"]


def test_arrows_have_the_first_colour_and_thin_shafts():
    ax = plot_gradient_field(lambda x: x, (0, 1), (0, 1))

    assert face_of(ax.collections[-1]) == line_colors()[0] + "ff"
    assert last(ax.collections).width < 0.01
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")


def test_each_walk_and_its_ring_have_one_colour_of_their_own_although_the_ring_is_larger():
    ax = plot_path([[0, 0], [1, 1]])
    plot_path([[0, 0], [2, 1]], ax=ax)

    for k in (0, 1):
        assert ax.lines[k].get_color() == edge_of(ax.collections[k]) == line_colors()[k]
        assert 3 <= ax.lines[k].get_markersize() <= 5
        assert ax.lines[k].get_linewidth() < mpl.rcParams["lines.linewidth"]
    ring = last(ax.collections)
    assert 2 * ax.lines[1].get_markersize() < np.sqrt(ring.get_sizes()[0]) < 4 * ax.lines[1].get_markersize()
    assert 1 < ring.get_linewidths()[0] < 2


def test_the_nth_curve_has_the_nth_colour_on_axes_with_lines_too():
    ax = plot_loss_curves({"old": [1.0]})

    plot_loss_curves({"a": [1.0], "b": [2.0], "c": [3.0]}, ax=ax)

    assert [line.get_color() for line in ax.lines[1:]] == line_colors()[:3]


def test_the_curve_has_the_colour_of_text_and_tangents_those_of_lines():
    ax = plot_tangent(lambda x: x, lambda _: 1.0, [0, 1], (0, 1))

    assert [line.get_color() for line in ax.lines] == [mpl.rcParams["text.color"], *line_colors()[:2]]
    assert len(np.asarray(ax.lines[0].get_xdata())) == 201


def test_residuals_are_the_first_colour_and_zero_is_a_thin_helper_line():
    zero, points = plot_residuals([1, 2], [2, 1]).lines

    assert (zero.get_color(), zero.get_linewidth()) == (mpl.rcParams["grid.color"], 1)
    assert points.get_color() == line_colors()[0]
    assert 3 <= points.get_markersize() <= 5


def test_the_histogram_is_a_faint_area_with_an_outline_and_theory_the_second_colour():
    theories: list[dict[str, Any]] = [{"density": abs}, {"mass": abs}]
    for theory in theories:
        ax = plot_distribution([0, 1], **theory)

        assert edge_of(ax.patches[-1]) == line_colors()[0]
        assert face_of(ax.patches[-1]) == line_colors()[0] + "38"
        assert ax.patches[-1].get_linewidth() == 1
        assert ax.lines[-1].get_color() == line_colors()[1]
    assert edge_of(ax.collections[-1]) == line_colors()[1]


def test_a_class_has_one_colour_and_boundaries_that_of_text():
    ax = plot_decision_boundary(lambda X: X[:, 0] > 12, X, [0, 1, 1, 0])

    assert [line.get_color() for line in ax.lines] == line_colors()[:2]
    assert [face_of(ax.collections[k]) for k in (0, 2)] == [color + "38" for color in line_colors()[:2]]
    assert edge_of(ax.collections[1]) == mpl.rcParams["text.color"]
    assert last(ax.collections[:2]).levels.tolist() == [0.5]
    assert 1 <= last(ax.collections[:2]).get_linewidths()[0] < mpl.rcParams["lines.linewidth"]
    assert all(4 <= line.get_markersize() <= 6 for line in ax.lines)


def test_the_grid_of_classes_reaches_a_tenth_beyond_examples_that_are_far_from_zero():
    ax = plot_decision_boundary(lambda X: X[:, 0] > 12, X, [0, 1, 1, 0])

    np.testing.assert_allclose(ax.dataLim.get_points(), [[9.6, -5.5], [14.4, 0.5]])
