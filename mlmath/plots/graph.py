"""The computational graph as a figure: values forwards, gradients backwards."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mlmath.autodiff import ComputationalGraph
from mlmath.autodiff.graph import node_lines, number_text
from mlmath.autodiff.layout import lay_out
from mlmath.plots._axes import axes_or_new, color, grid_color, text_color

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LAYER = 2.0
"""Distance of two layers, in the heights of a node."""


def plot_computational_graph(graph: ComputationalGraph, *, ax: Axes | None = None) -> Axes:
    """Draw a graph from left to right, with the value and the gradient in each node.

    The number on an edge is its local derivative: how fast the node at its tip
    changes with the node at its tail. The gradient of a node is the sum, over the edges that leave
    it, of that number times the gradient at the tip. ``to_svg`` in
    ``mlmath.autodiff`` draws the same without matplotlib, with a description in words.

    Args:
        graph: From ``computational_graph``; up to some ten nodes stay readable.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes, without frame and ticks; each node is a text in ``ax.texts``,
        in the order of ``graph.nodes``, and the local derivatives follow.

    Raises:
        TypeError: If ``graph`` is no graph or ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> from mlmath.autodiff import Variable, computational_graph
        >>> x = Variable(3.0, name="x")
        >>> ax = plot_computational_graph(computational_graph(x * x))
        >>> [text.get_text().splitlines() for text in ax.texts[:2]]
        [['x', 'value 3', 'gradient 6'], ['*', 'value 9', 'gradient 1']]

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 6.5.1 (figures of this kind).
    """
    if not isinstance(graph, ComputationalGraph):
        raise TypeError(f"graph must be a ComputationalGraph, got {type(graph).__name__}: try computational_graph(y)")
    ax = axes_or_new(ax)
    pairs = [(edge.source, edge.target) for edge in graph.edges]
    layout = lay_out(len(graph.nodes), pairs, node_height=1.5, point_height=0.8)
    places = {key: (LAYER * layer, -layout.heights[key]) for layer, row in enumerate(layout.layers) for key in row}
    boxes = []
    for i, node in enumerate(graph.nodes):
        frame = {"boxstyle": "round,pad=0.45", "facecolor": "none", "edgecolor": text_color(), "linewidth": 1.2}
        boxes.append(
            ax.text(*places[i], "\n".join(node_lines(node)), ha="center", va="center", fontsize=10, bbox=frame)
        )
    for number, (edge, route) in enumerate(zip(graph.edges, layout.routes, strict=True)):
        twins = [k for k, pair in enumerate(pairs) if pair == pairs[number]]
        bend = 0.25 * (twins.index(number) - (len(twins) - 1) / 2)  # edges between the same two nodes part
        for tail, tip in itertools.pairwise(route):
            is_last = tip == route[-1]
            ax.annotate(
                "",
                places[tip],
                places[tail],
                arrowprops={
                    "arrowstyle": "-|>" if is_last else "-",
                    "color": grid_color(),
                    "connectionstyle": f"arc3,rad={bend}",
                    "shrinkA": 0,
                    "shrinkB": 0,
                    "patchA": boxes[tail].get_bbox_patch() if isinstance(tail, int) else None,
                    "patchB": boxes[tip].get_bbox_patch() if isinstance(tip, int) else None,
                },
            )
        if edge.derivative is not None:
            (x, y), (to_x, to_y) = places[route[-2]], places[route[-1]]
            middle = ((x + to_x) / 2, (y + to_y) / 2 - bend * LAYER / 2 + 0.12)
            ax.text(*middle, number_text(edge.derivative, digits=3), ha="center", fontsize=9, color=color(1))
    across, down = zip(*places.values(), strict=True)
    ax.set(xlim=(min(across) - 0.8, max(across) + 0.8), ylim=(min(down) - 0.8, max(down) + 0.8))
    ax.set_axis_off()
    return ax
