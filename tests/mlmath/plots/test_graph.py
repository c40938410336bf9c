"""The drawing of a computational graph: what stands where, and the chain rule readable from it."""

import itertools
from io import BytesIO

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from mlmath.autodiff import Variable, computational_graph
from mlmath.plots import plot_computational_graph, style


def squared_error():
    x, w, y = (Variable(value, name=name) for value, name in ((2.0, "x"), (3.0, "w"), (1.0, "y")))
    return computational_graph((w * x - y) ** 2)


def arrows(ax):
    """How each piece of an edge is drawn."""
    return [text.arrowprops for text in ax.texts if isinstance(text, Annotation)]


def frames(ax, count):
    """The frames of the nodes, whose texts come first."""
    return [text.get_bbox_patch() for text in ax.texts[:count]]


def test_every_node_shows_its_name_value_and_gradient():
    graph = squared_error()

    ax = plot_computational_graph(graph)

    shown = [text.get_text() for text in ax.texts[: len(graph.nodes)]]
    assert shown[0] == "x\nvalue 2\ngradient 30"
    assert shown[-1] == "** 2\nvalue 25\ngradient 1"
    assert [text.splitlines()[0] for text in shown] == ["x", "w", "y", "*", "-", "** 2"]


def test_every_edge_shows_its_local_derivative_and_ends_in_one_arrow_head():
    graph = squared_error()

    ax = plot_computational_graph(graph)

    labels = sorted(text.get_text() for text in ax.texts[len(graph.nodes) :] if text.get_text())
    heads = [arrow for arrow in arrows(ax) if arrow["arrowstyle"] == "-|>"]
    assert labels == sorted(["2", "3", "1", "−1", "10"])
    assert len(heads) == len(graph.edges)


def test_edges_lead_to_the_right_and_nodes_do_not_overlap():
    graph = squared_error()
    figure = Figure(figsize=(9, 4))

    ax = plot_computational_graph(graph, ax=figure.subplots())

    places = [text.get_position() for text in ax.texts[: len(graph.nodes)]]
    assert all(places[edge.source][0] < places[edge.target][0] for edge in graph.edges)
    figure.savefig(BytesIO(), format="png")
    boxes = [frame.get_window_extent() for frame in frames(ax, len(graph.nodes))]
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_a_variable_that_is_used_twice_has_two_separate_edges():
    x = Variable(3.0, name="x")

    ax = plot_computational_graph(computational_graph(x * x))

    first, second = [arrow["connectionstyle"] for arrow in arrows(ax)]
    assert first != second
    heights = [text.get_position()[1] for text in ax.texts if text.get_text() == "3"]
    assert abs(heights[0] - heights[1]) > 0.2


def test_an_edge_that_passes_a_layer_is_one_line_in_pieces():
    x = Variable(3.0, name="x")
    graph = computational_graph(np.exp(np.sin(x)) * x)

    ax = plot_computational_graph(graph)

    styles = [arrow["arrowstyle"] for arrow in arrows(ax)]
    assert styles.count("-|>") == len(graph.edges)
    assert styles.count("-") == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_those_of_the_style(scheme):
    import matplotlib as mpl

    with style(scheme):
        ax = plot_computational_graph(squared_error())
        expected = mpl.rcParams["text.color"]

    assert mpl.colors.to_hex(frames(ax, 1)[0].get_edgecolor()) == expected
    assert not ax.axison


def test_anything_but_a_graph_is_refused():
    with pytest.raises(TypeError, match=r"graph must be a ComputationalGraph, got Variable: try computational_graph"):
        plot_computational_graph(Variable(1.0))  # type: ignore[arg-type]
