"""What all plots share: given or new axes, the colours of the style, names, errors without matplotlib."""

import sys
from io import BytesIO
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from cycler import cycler
from matplotlib.colors import to_hex, to_rgb, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.text import Text

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
from mlmath.plots._axes import DASHES, MARKERS, as_range

PLOTS = {
    "contours": lambda ax=None: plot_contours(lambda x: float(x @ x), (-1, 1), (-1, 1), points=9, ax=ax),
    "decision boundary": lambda ax=None: plot_decision_boundary(
        lambda X: X[:, 0] > 1, [[0, 0], [2, 1], [3, 0]], [0, 1, 1], points=9, ax=ax
    ),
    "density": lambda ax=None: plot_distribution([0.0, 1.0], density=lambda x: np.exp(-abs(x)), ax=ax),
    "gradient field": lambda ax=None: plot_gradient_field(lambda x: 2 * x, (-1, 1), (-1, 1), points=3, ax=ax),
    "loss curves": lambda ax=None: plot_loss_curves({"a": [2, 1], "b": [3, 1, 1]}, ax=ax),
    "mass": lambda ax=None: plot_distribution([0, 1], mass=lambda _: 0.5, ax=ax),
    "path": lambda ax=None: plot_path([[0, 1], [1, 1]], ax=ax),
    "residuals": lambda ax=None: plot_residuals([1, 2], [2, 1], ax=ax),
    "tangent": lambda ax=None: plot_tangent(np.sin, np.cos, [0, 1], (0, 2), points=9, ax=ax),
}
every_plot = pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)


def colors_in(ax):
    """Every colour of what is drawn, without its transparency."""
    used = {to_hex(line.get_color()) for line in ax.lines}
    for collection in ax.collections:
        used |= {to_hex(color) for color in (*collection.get_facecolor(), *collection.get_edgecolor())}
    used |= {to_hex(patch.get_facecolor()) for patch in ax.patches}
    return used | {to_hex(text.get_color()) for text in ax.findobj(Text) if text.get_text()}


@every_plot
def test_it_draws_on_the_given_axes_and_returns_them(plot):
    _, ax = Figure().subplots(2)

    assert plot(ax) is ax
    assert ax.has_data()


@every_plot
def test_without_axes_it_makes_a_figure_that_can_be_saved_and_that_pyplot_does_not_know(plot):
    known = plt.get_fignums()
    file = BytesIO()

    ax = plot()
    ax.figure.savefig(file, format="png", dpi=20)

    assert ax.figure.axes == [ax]
    assert ax.figure.get_layout_engine() is not None
    assert plt.get_fignums() == known
    assert len(file.getvalue()) > 500


@every_plot
def test_both_axes_are_named_unless_they_have_names(plot):
    ax = Figure().subplots()
    ax.set(xlabel="mine", ylabel="my own")

    assert plot().get_xlabel()
    assert plot().get_ylabel()
    assert (plot(ax).get_xlabel(), ax.get_ylabel()) == ("mine", "my own")


@every_plot
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_colours_are_those_of_the_style(plot, scheme):
    with style(scheme):
        allowed = {*mpl.rcParams["axes.prop_cycle"].by_key()["color"]}
        allowed |= {mpl.rcParams["grid.color"], mpl.rcParams["text.color"]}

        assert colors_in(plot()) <= allowed


@every_plot
def test_colours_of_any_other_setting_are_taken_too(plot):
    cycle = cycler(color=["#123456", "#654321"])
    with mpl.rc_context({"axes.prop_cycle": cycle, "grid.color": "#112233", "text.color": "#332211"}):
        used = colors_in(plot())

    assert used <= {"#123456", "#654321", "#112233", "#332211", "#000000"}
    assert used - {"#000000"}


@every_plot
def test_in_the_same_style_it_draws_the_same_bytes(plot):
    def svg():
        file = BytesIO()
        with style("light"):
            plot().figure.savefig(file, format="svg", metadata={"Date": None})
        return file.getvalue()

    assert svg() == svg()


@every_plot
def test_only_one_axes_will_do(plot):
    with pytest.raises(TypeError, match="ax must be one matplotlib Axes, got ndarray: try fig, ax = "):
        plot(Figure().subplots(2))


@every_plot
def test_without_matplotlib_the_error_says_what_to_install(plot, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)

    with pytest.raises(ImportError, match=r"figures need matplotlib, .* pip install mlmath\[plots\]"):
        plot()


@every_plot
def test_what_the_legend_names_can_be_told_apart_without_colour(plot):
    """Lines differ in dashes or in marker, and both differ from patches."""
    legend = plot().get_legend()

    looks = [
        (type(handle).__name__, handle.get_linestyle(), getattr(handle, "get_marker", str)())
        for handle in (legend.legend_handles if legend else [])
    ]
    assert len(set(looks)) == len(looks)


def test_dashes_and_markers_are_distinct():
    assert len(set(DASHES)) == 4
    assert len(set(MARKERS)) == 6


def face_colors(artists):
    """Untyped, since matplotlib's types know that a colour may be many things."""
    return [to_rgba_array(artist.get_facecolor()) for artist in artists]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tints_of_three_classes_differ_from_each_other_and_from_the_page(scheme):
    """By a twenty-fifth of the full range in some channel, as laid over the page's background."""
    background = np.array(to_rgb({"light": "#ffffff", "dark": "#1e2129"}[scheme]))
    with style(scheme):
        ax = plot_decision_boundary(lambda X: np.clip(X[:, 0], 0, 2).astype(int), [[0, 0], [1, 1], [2, 2]], [0, 1, 2])
    tints = np.concatenate(face_colors(ax.collections))
    opacity = tints[:, 3:]

    shown = [background, *(background * (1 - opacity) + tints[:, :3] * opacity)]

    assert len(tints) == 3
    assert min(np.abs(one - other).max() for one, other in combinations(shown, 2)) > 0.04
    assert opacity.max() < 0.3


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ((1, 1), r"x_range must be \(low, high\) with low < high, got \[1.0, 1.0\]"),
        ((2, 1), r"x_range must be \(low, high\) with low < high"),
        ((1, 2, 3), r"x_range must be \(low, high\) with low < high"),
        ((0, np.inf), "x_range must be finite"),
        ((-1.7e308, 1.7e308), "x_range must be shorter than the largest number"),
        (3, r"x_range must have shape \(n,\)"),
    ],
)
def test_a_range_is_a_low_and_a_high_end(value, message):
    with pytest.raises(ValueError, match=message):
        as_range(value, "x_range")


def test_a_range_comes_back_as_floats():
    assert as_range(np.array([1, 2]), "x_range") == (1.0, 2.0)
