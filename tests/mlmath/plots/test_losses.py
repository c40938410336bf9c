"""plot_loss_curves: the numbers given, step by step, told apart by more than colour."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.plots import plot_loss_curves

losses = st.lists(st.floats(1e-300, 1e300), min_size=1, max_size=5)


def legend_handles(ax):
    return ax.get_legend().legend_handles


def legend_names(ax):
    legend = ax.get_legend()
    return legend and [text.get_text() for text in legend.get_texts()]


@given(curves=st.dictionaries(st.text("abc$_ ", min_size=1), losses, min_size=1, max_size=4))
def test_each_curve_is_drawn_against_its_steps(curves):
    ax = plot_loss_curves(curves)

    assert len(ax.lines) == len(curves)
    for line, values in zip(ax.lines, curves.values(), strict=True):
        np.testing.assert_array_equal(line.get_xydata(), np.column_stack([np.arange(len(values)), values]))


def test_the_legend_names_every_curve_whatever_it_is_called():
    """Matplotlib leaves out names that begin with an underscore; here no curve goes without."""
    ax = plot_loss_curves({"first": [1.0], "_second": [2.0], "": [3.0]})

    assert legend_names(ax) == ["first", "_second", ""]


def test_on_axes_with_other_lines_the_legend_names_the_curves_alone():
    ax = plot_loss_curves({"one": [1.0, 2.0]})

    plot_loss_curves({"two": [3.0], "three": [4.0]}, ax=ax)

    assert legend_names(ax) == ["two", "three"]
    assert [handle.get_marker() for handle in legend_handles(ax)] == ["o", "s"]


def test_each_curve_has_its_own_colour_dashes_and_end():
    ax = plot_loss_curves({str(k): [1.0, 2.0, 3.0] for k in range(12)})

    looks = {(line.get_color(), line.get_linestyle()) for line in ax.lines}
    assert len(looks) == 12
    assert len({line.get_marker() for line in ax.lines[:6]}) == 6
    assert all(line.get_markevery() == [2] for line in ax.lines)


@pytest.mark.parametrize(("scale", "label"), [("linear", "loss"), ("log", "loss (log scale)")])
def test_the_scale_is_set_and_named(scale, label):
    ax = plot_loss_curves({"a": [4, 2, 1]}, scale=scale)

    assert (ax.get_yscale(), ax.get_ylabel(), ax.get_xlabel()) == (scale, label, "step")


def test_losses_are_not_changed():
    values = np.array([3.0, 2.0])

    drawn = np.asarray(plot_loss_curves({"a": values}).lines[0].get_ydata())
    drawn[:] = 0

    np.testing.assert_array_equal(values, [3.0, 2.0])


@pytest.mark.parametrize(
    ("curves", "options", "error", "message"),
    [
        ([1.0, 2.0], {}, TypeError, r"curves must map names to losses, got list: try \{'loss': losses\}"),
        ({}, {}, ValueError, "curves must hold at least one curve"),
        ({3: [1.0]}, {}, TypeError, "the names of curves must be texts, got 3"),
        ({"a": [1.0, np.nan]}, {}, ValueError, r"curves\['a'\] must be finite, got nan at curves\['a'\]\[1\]"),
        ({"a": []}, {}, ValueError, r"curves\['a'\] must not be empty"),
        ({"a": [[1.0]]}, {}, ValueError, r"curves\['a'\] must have shape \(n,\)"),
        ({"a": ["1"]}, {}, ValueError, r"curves\['a'\] must hold real numbers"),
        (
            {"a": [1.0, 0.0, 2.0]},
            {"scale": "log"},
            ValueError,
            r"a log scale needs positive losses, got 0.0 at curves\['a'\]\[1\]: try scale='linear'",
        ),
        ({"a": [1.0]}, {"scale": "cubic"}, ValueError, "scale must be 'linear' or 'log', got 'cubic'"),
    ],
)
def test_errors_name_the_argument(curves, options, error, message):
    with pytest.raises(error, match=message):
        plot_loss_curves(curves, **options)
