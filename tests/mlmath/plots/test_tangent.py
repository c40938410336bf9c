"""plot_tangent: the line through the point with the slope, and no longer than the curve is high."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.plots import plot_tangent


def legend_names(ax):
    legend = ax.get_legend()
    return legend and [text.get_text() for text in legend.get_texts()]


def draw(f, derivative, at, x_range=(-1.0, 2.0), points=31):
    curve, *tangents = plot_tangent(f, derivative, at, x_range, points=points).lines
    return curve, tangents


@given(at=st.floats(-1, 2))
def test_a_tangent_goes_through_its_point_with_the_slope_there(at):
    _, (tangent,) = draw(lambda x: x**3 - x, lambda x: 3 * x**2 - 1, at)

    x, y = tangent.get_xydata().T
    assert (x[1], y[1]) == (at, at**3 - at)
    np.testing.assert_allclose(y - y[1], (3 * at**2 - 1) * (x - at), atol=1e-12)
    assert -1 <= x[0] <= at <= x[2] <= 2


@given(at=st.floats(-1, 2))
def test_a_tangent_of_a_convex_curve_stays_below_it(at):
    """The first-order condition of convexity; the curve is its own witness at all drawn points."""
    curve, (tangent,) = draw(np.exp, np.exp, at)

    x, y = curve.get_xydata().T
    place, height = tangent.get_xydata()[1]
    assert (y - (height + np.exp(at) * (x - place)) >= -1e-12).all()
    np.testing.assert_allclose(tangent.get_ydata(), height + np.exp(at) * (tangent.get_xdata() - place))


@pytest.mark.parametrize("slope", [1e-3, 1.0, 1e3, -1e3, 1e300])
def test_a_steep_tangent_ends_where_it_leaves_the_curve_s_heights(slope):
    """The margin is 0.15 of the height at either end; a line that does not leave goes from end to end."""
    _, (tangent,) = draw(lambda x: x, lambda _: slope, 0.5)

    x, y = tangent.get_xydata().T
    bottom, top = -1 - 0.45, 2 + 0.45
    assert y.min() >= bottom - 1e-9
    assert y.max() <= top + 1e-9
    if abs(slope) <= 1:
        assert (x[0], x[2]) == (-1.0, 2.0)
    elif abs(slope) < 1e100:
        np.testing.assert_allclose(sorted([y[0], y[2]]), [bottom, top])


def test_a_flat_tangent_goes_from_end_to_end():
    _, (tangent,) = draw(lambda x: x**2, lambda x: 2 * x, 0.0)

    np.testing.assert_array_equal(tangent.get_xydata(), [[-1, 0], [0, 0], [2, 0]])


def test_a_constant_has_itself_as_tangent():
    _, (tangent,) = draw(lambda _: 5.0, lambda _: 0.0, 1)

    np.testing.assert_array_equal(tangent.get_xydata(), [[-1, 5], [1, 5], [2, 5]])


def test_the_curve_is_drawn_over_the_range_in_even_steps():
    curve, _ = draw(np.sin, np.cos, 0.5)

    x, y = curve.get_xydata().T
    np.testing.assert_allclose(x, np.linspace(-1, 2, 31))
    np.testing.assert_array_equal(y, np.sin(x))


def test_a_touching_point_higher_than_the_drawn_curve_counts_among_its_heights():
    """A peak between two points of the curve."""
    _, (tangent,) = draw(lambda x: float(x == 0.25), lambda _: 1e9, 0.25, points=2)

    np.testing.assert_allclose(tangent.get_ydata(), [-0.15, 1.0, 1.15])


def test_several_tangents_differ_in_colour_dashes_and_marker_and_carry_their_slope():
    ax = plot_tangent(lambda x: x**2, lambda x: 2 * x, [-1.0, 0.5, 2.0], (-1, 2))

    tangents = ax.lines[1:]
    assert legend_names(ax) == [
        "curve",
        "slope −2 at −1",
        "slope 1 at 0.5",
        "slope 4 at 2",
    ]
    assert len({line.get_color() for line in ax.lines}) == 4
    assert len({line.get_linestyle() for line in ax.lines}) == 4
    assert [line.get_marker() for line in tangents] == ["o", "s", "^"]
    assert all(line.get_markevery() == [1] for line in tangents)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x$", "$f(x)$")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((np.sin, np.cos, 3.0, (0, 2)), ValueError, "at must be in x_range, 0.0 to 2.0, got 3.0"),
        ((np.sin, np.cos, [1.0, -1.0], (0, 2)), ValueError, "at must be in x_range, 0.0 to 2.0, got -1.0"),
        ((np.sin, np.cos, np.nan, (0, 2)), ValueError, "at must be finite"),
        ((np.sin, np.cos, [[1.0]], (0, 2)), ValueError, r"at must have shape \(n,\)"),
        ((np.sin, np.cos, [], (0, 2)), ValueError, "at must not be empty"),
        ((np.sin, np.cos, 1.0, (2, 0)), ValueError, r"x_range must be \(low, high\)"),
        ((np.log, np.cos, 1.0, (-1, 2)), ValueError, "f must return one finite number, got nan at -1.0: try a range"),
        ((np.sqrt, lambda _: np.inf, 0.0, (0, 2)), ValueError, "derivative must return one finite number, got inf"),
    ],
)
def test_errors_name_the_argument(arguments, error, message):
    with pytest.raises(error, match=message):
        plot_tangent(*arguments)


def test_the_number_of_points_is_checked():
    with pytest.raises(ValueError, match="points must be at least 2, got 1"):
        plot_tangent(np.sin, np.cos, 1.0, (0, 2), points=1)
