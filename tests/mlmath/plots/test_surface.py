"""Level sets, gradient arrows and walks: in the right places, at right angles, on one plane."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.plots import plot_contours, plot_gradient_field, plot_path

FRACTION: dict[str, Any] = {"points": 9.0}
RANGES = ((-3.0, 3.0), (-1.0, 2.0))


def bowl(x):
    return x[0] ** 2 + 10 * x[1] ** 2


def vector_valued(x):
    return x


def bowl_gradient(x):
    return np.array([2.0, 20.0]) * x


def last(artists):
    """What was drawn last; untyped, since matplotlib's types know artists in general only."""
    return artists[-1]


def paths_of(ax):
    """Level and points of each level set."""
    drawn = last(ax.collections)
    return [(level, path.vertices) for level, path in zip(drawn.levels, drawn.get_paths(), strict=True)]


def test_on_a_level_set_the_function_has_its_level():
    """Interpolation between grid points errs by a curvature times a step squared: here 20/8 * 0.03^2."""
    ax = plot_contours(bowl, *RANGES, levels=[1.0, 4.0, 9.0])

    for level, points in paths_of(ax):
        np.testing.assert_allclose([bowl(point) for point in points], level, atol=0.005)
        assert len(points) > 20


def test_the_first_coordinate_goes_to_the_right():
    ax = plot_contours(lambda x: x[0], (0, 4), (10, 11), levels=[3.0])

    ((_, points),) = paths_of(ax)
    np.testing.assert_allclose(points[:, 0], 3.0)
    assert {points[:, 1].min(), points[:, 1].max()} == {10.0, 11.0}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")


def test_a_count_of_levels_makes_rings_of_equal_width_on_a_round_bowl():
    """Radii k / 5 of the last one: the area inside is the share (k / 5)^2. The square is cut to see whole rings."""
    ax = plot_contours(lambda x: min(float(x @ x), 1.0), (-1, 1), (-1, 1), levels=4, points=201)

    radii = np.sqrt(last(ax.collections).levels)
    np.testing.assert_allclose(np.diff(radii, prepend=0), radii[0], rtol=0.02)
    np.testing.assert_allclose(np.pi * radii[0] ** 2 / 4, 1 / 25, rtol=0.02)


@pytest.mark.parametrize("count", [1, 3, 8, np.int64(5)])
def test_as_many_levels_as_wanted(count):
    ax = plot_contours(bowl, *RANGES, levels=count, points=31)

    assert len(last(ax.collections).levels) == count


def test_values_outside_the_function_and_doubles_are_left_out():
    ax = plot_contours(lambda x: x[0], (0, 1), (0, 1), levels=[9.0, 0.5, -1.0, 0.25, 0.5, 0.0, 1.0], points=5)

    np.testing.assert_array_equal(last(ax.collections).levels, [0.25, 0.5])


def test_levels_are_thin_solid_lines_below_zero_too():
    """Matplotlib dashes the levels of negative values."""
    drawn = last(plot_contours(lambda x: x[0], (-1, 1), (0, 1), levels=[-0.5, 0.5], points=5).collections)

    assert {dash for _, dash in drawn.get_linestyle()} == {None}
    assert set(drawn.get_linewidth()) == {1}


@pytest.mark.parametrize("points", [2, 7, 121])
def test_the_function_is_called_once_per_grid_point_with_a_point_of_its_own(points):
    seen = []

    def f(x):
        seen.append(x.copy())
        x[:] = 99.0
        return seen[-1][0]

    plot_contours(f, (0, 1), (2, 4), points=points)

    columns = np.unique(seen, axis=0)
    assert len(seen) == len(columns) == points**2
    np.testing.assert_array_equal([columns.min(axis=0), columns.max(axis=0)], [[0, 2], [1, 4]])


@pytest.mark.parametrize("factor", [1e-300, 1e300])
def test_huge_and_tiny_functions_have_level_sets_too(factor):
    ax = plot_contours(lambda x: factor * x[0], (0, 1), (0, 1), levels=[0.5 * factor], points=5)

    ((_, points),) = paths_of(ax)
    np.testing.assert_allclose(points[:, 0], 0.5)


def test_arrows_stand_at_right_angles_on_level_sets():
    arrows = last(plot_gradient_field(bowl_gradient, *RANGES, points=6).collections)

    along = np.column_stack([-10 * arrows.Y, arrows.X])  # a tangent of the ellipse through (X, Y)
    np.testing.assert_allclose(
        np.column_stack([arrows.U, arrows.V])[:, 0] * along[:, 0] + arrows.V * along[:, 1], 0, atol=1e-12
    )


@given(
    seed=st.integers(0, 2**32 - 1),
    points=st.integers(1, 5),
    factor=st.sampled_from([1e-290, 1e-5, 1.0, 1e5, 1e290]),
)
def test_the_arrows_are_the_gradient_times_one_factor_and_stay_in_their_cells(seed, points, factor):
    matrix = np.random.default_rng(seed).normal(size=(2, 2))

    arrows = last(plot_gradient_field(lambda x: factor * (matrix @ x), (1, 3), (-2, 5), points=points).collections)

    gradients = np.column_stack([arrows.X, arrows.Y]) @ matrix.T
    drawn = np.column_stack([arrows.U, arrows.V])
    scale = np.abs(drawn).max() / np.abs(gradients).max()
    np.testing.assert_allclose(drawn, scale * gradients, atol=1e-12)
    in_cells = np.abs(drawn) / np.array([2, 7]) * points
    assert in_cells.max() == pytest.approx(0.9)


def test_arrows_are_centred_on_the_middles_of_equal_cells_inside_the_ranges():
    ax = plot_gradient_field(lambda _: [1.0, 1.0], (0, 4), (10, 12), points=2)
    arrows = last(ax.collections)

    np.testing.assert_allclose(np.column_stack([arrows.X, arrows.Y]), [[1, 10.5], [3, 10.5], [1, 11.5], [3, 11.5]])
    assert (arrows.pivot, arrows.angles, arrows.scale_units, arrows.scale) == ("middle", "xy", "xy", 1)
    assert ax.dataLim.bounds == (0, 10, 4, 2)
    assert ax.get_xlim()[0] <= 0 < 4 <= ax.get_xlim()[1]
    assert ax.get_ylim()[0] <= 10 < 12 <= ax.get_ylim()[1]


def test_where_all_slopes_vanish_the_arrows_have_no_length():
    arrows = last(plot_gradient_field(lambda x: 0 * x, *RANGES, points=2).collections)

    np.testing.assert_array_equal([arrows.U, arrows.V], np.zeros((2, 4)))


def test_the_gradient_cannot_move_the_grid():
    def gradient(x):
        x[:] = 99.0
        return [1.0, 2.0]

    arrows = last(plot_gradient_field(gradient, (0, 2), (0, 2), points=1).collections)

    assert (arrows.X, arrows.Y) == (1.0, 1.0)


def test_a_walk_is_drawn_through_its_points_with_a_ring_around_the_start():
    points = np.array([[3.0, 1.0], [2.0, -0.5], [1.0, 0.2]])

    ax = plot_path(points, name="descent")

    np.testing.assert_array_equal(ax.lines[-1].get_xydata(), points)
    np.testing.assert_array_equal(ax.collections[-1].get_offsets(), points[:1])
    assert len(ax.collections[-1].get_facecolor()) == 0
    assert ax.lines[-1].get_label() == "descent"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")


def test_a_walk_without_a_name_is_not_in_the_legend():
    ax = plot_path([[1, 2]])
    plot_path([[1, 2]], name="second", ax=ax)

    assert ax.get_legend_handles_labels()[1] == ["second"]


def test_walks_on_the_same_level_sets_differ_in_colour_and_marker():
    ax = plot_contours(bowl, *RANGES, points=9)
    for k in range(6):
        plot_path([[k, 0.0], [0.0, 0.0]], ax=ax)

    assert len({line.get_color() for line in ax.lines}) == 6
    assert len({line.get_marker() for line in ax.lines}) == 6
    plot_path([[0.0, 0.0]], ax=ax)
    assert ax.lines[6].get_marker() == ax.lines[0].get_marker()


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda: plot_contours(bowl, (1, 0), (0, 1)), ValueError, r"x_range must be \(low, high\)"),
        (lambda: plot_contours(bowl, (0, 1), (1, 0)), ValueError, r"y_range must be \(low, high\)"),
        (lambda: plot_contours(bowl, (0, 1), (0, 1), points=1), ValueError, "points must be at least 2, got 1"),
        (lambda: plot_contours(bowl, (0, 1), (0, 1), **FRACTION), TypeError, "points must be an integer"),
        (lambda: plot_contours(bowl, (0, 1), (0, 1), levels=0), ValueError, "levels must be at least 1"),
        (lambda: plot_contours(bowl, (0, 1), (0, 1), levels=[np.nan]), ValueError, "levels must be finite"),
        (
            lambda: plot_contours(bowl, (0, 1), (0, 1), levels=[12.0, -1.0]),
            ValueError,
            "no level lies between the values of f, 0.0 to 11.0: try other levels or wider ranges",
        ),
        (lambda: plot_contours(lambda _: 3.0, (0, 1), (0, 1)), ValueError, "no level lies between the values of f"),
        (
            lambda: plot_contours(lambda x: np.log(x[0]), (-1, 1), (0, 1)),
            ValueError,
            r"f must return one finite number, got nan at \[-1.  0.\]: try a range inside its domain",
        ),
        (lambda: plot_contours(vector_valued, (0, 1), (0, 1)), ValueError, "f must return one finite number"),
        (lambda: plot_gradient_field(bowl_gradient, (0, 0), (0, 1)), ValueError, r"x_range must be \(low, high\)"),
        (lambda: plot_gradient_field(bowl_gradient, (0, 1), (0, 0)), ValueError, r"y_range must be \(low, high\)"),
        (
            lambda: plot_gradient_field(bowl_gradient, (0, 1), (0, 1), points=0),
            ValueError,
            "points must be at least 1, got 0",
        ),
        (
            lambda: plot_gradient_field(lambda x: [np.sqrt(x[0]), 0.0], (-2, 0), (0, 2), points=1),
            ValueError,
            r"gradient at \[-1.0, 1.0\] must be finite, got nan",
        ),
        (
            lambda: plot_gradient_field(lambda _: [1.0, 2.0, 3.0], (0, 1), (0, 1)),
            ValueError,
            r"gradient must return a vector of shape \(2,\), got shape \(3,\)",
        ),
        (lambda: plot_path([1.0, 2.0]), ValueError, r"points must have shape \(rows, columns\)"),
        (lambda: plot_path([[1.0, np.inf]]), ValueError, "points must be finite"),
        (
            lambda: plot_path([[1.0, 2.0, 3.0]]),
            ValueError,
            "points must have two columns, got 3: choose two coordinates to draw",
        ),
    ],
)
def test_errors_name_the_argument(draw, error, message):
    with pytest.raises(error, match=message):
        draw()
