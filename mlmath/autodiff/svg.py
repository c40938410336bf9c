"""The computational graph as a picture for a web page."""

from __future__ import annotations

import itertools
import zlib
from html import escape

from mlmath.autodiff.graph import ComputationalGraph, GraphNode, node_lines, number_text
from mlmath.autodiff.layout import lay_out

# All in pixels. Letters of a monospaced font are 0.6 of its size wide.
FONT_SIZE = 13
LETTER = 0.62 * FONT_SIZE
LINE = 17
PADDING = 10
GAP_ACROSS = 96
GAP_DOWN = 22
ARROW = 7

Place = tuple[float, float, float]
"""Left side, right side and middle height of a node, or of a point where a long edge passes a layer."""


def to_svg(graph: ComputationalGraph, *, title: str = "Computational graph") -> str:
    """Draw the graph as SVG: inputs on the left, the output on the right, values and gradients in the nodes.

    A number on an edge is the local derivative: the gradient of a node is the
    sum over its outgoing edges of that number times the gradient at the
    other end. Lines and letters take the colour of the surrounding text.

    Args:
        graph: From ``computational_graph``; up to some twenty nodes stay readable.
        title: Short name of the picture, which screen readers say first.

    Returns:
        An ``svg`` element that needs nothing else, with a description in words.

    Example:
        >>> from mlmath.autodiff import Variable, computational_graph
        >>> picture = to_svg(computational_graph(Variable(2.0, name="x") ** 3), title="The cube")
        >>> "<title" in picture and "** 3 of x: value 8, gradient 1" in picture
        True

    Source: Sugiyama, Tagawa & Toda, *Methods for Visual Understanding of
    Hierarchical System Structures* (1981), for the layout.
    """
    texts = [node_lines(node) for node in graph.nodes]
    height = max(len(lines) for lines in texts) * LINE + PADDING
    layout = lay_out(
        len(graph.nodes),
        [(edge.source, edge.target) for edge in graph.edges],
        node_height=height + GAP_DOWN,
        point_height=LINE + GAP_DOWN,
    )
    width_of = [max(map(len, lines)) * LETTER + 2 * PADDING for lines in texts]
    top = min(layout.heights.values()) - height / 2 - GAP_DOWN
    middle_of = {key: position - top for key, position in layout.heights.items()}
    left_of: dict[object, float] = {}
    right_of: dict[object, float] = {}
    left = float(PADDING)
    for row in layout.layers:
        width = max(width_of[key] for key in row if isinstance(key, int))
        for key in row:
            inset = (width - width_of[key]) / 2 if isinstance(key, int) else 0.0
            left_of[key], right_of[key] = left + inset, left + width - inset
        left += width + GAP_ACROSS
    drawing: list[str] = []
    uses: dict[tuple[int, int], int] = {}
    for edge, route in zip(graph.edges, layout.routes, strict=True):
        pair = (edge.source, edge.target)
        uses[pair] = uses.get(pair, 0) + 1
        twins = sum((other.source, other.target) == pair for other in graph.edges)
        offset = 18 * (uses[pair] - (twins + 1) / 2)  # edges between the same two nodes run side by side
        drawing += _edge(
            [(left_of[key], right_of[key], middle_of[key] + offset) for key in route],
            "" if edge.derivative is None else number_text(edge.derivative, digits=3),
            offset,
        )
    for i, lines in enumerate(texts):
        drawing += _box(lines, left_of[i], middle_of[i] - height / 2, width_of[i], height)
    size = f"{left - GAP_ACROSS + PADDING:.0f} {max(middle_of.values()) + height / 2 + GAP_DOWN:.0f}"
    description = describe(graph)
    name = f"graph-{zlib.crc32((title + description).encode()):08x}"
    wide, high = size.split()
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{wide}" height="{high}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" fill="none" stroke="currentColor" '
            f'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="{FONT_SIZE}">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-desc">{escape(description)}</desc>',
            *drawing,
            "</svg>",
        ]
    )


def describe(graph: ComputationalGraph) -> str:
    """Return the graph in words, one sentence for each node."""
    names = [node.name or node.operation or "input" for node in graph.nodes]
    sentences = []
    for i, node in enumerate(graph.nodes):
        title, *details = node_lines(node)
        sources = " and ".join(names[edge.source] for edge in graph.edges if edge.target == i)
        sentences.append(f"{_subject(node, title, sources)}: {', '.join(details)}.")
    return " ".join(sentences)


def _subject(node: GraphNode, title: str, sources: str) -> str:
    return f"{title} of {sources}" if node.operation else title


def _box(lines: list[str], left: float, top: float, width: float, height: float) -> list[str]:
    """Draw a node: a frame with its lines of text, the first in bold."""
    middle = left + width / 2
    bold = ' font-weight="bold"'
    first = top + (height - LINE * len(lines)) / 2 + LINE * 0.75
    texts = [
        f'<text x="{middle:.1f}" y="{first + LINE * i:.1f}" text-anchor="middle" fill="currentColor" stroke="none"'
        f"{bold if i == 0 else ''}>{escape(line)}</text>"
        for i, line in enumerate(lines)
    ]
    return [f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6"/>', *texts]


def _edge(places: list[Place], label: str, offset: float) -> list[str]:
    """Draw an edge as a smooth line through the layers it passes, with an arrow head, its label on the last piece."""
    (_, start, y), (tip, _, tip_y) = places[0], places[-1]
    curves = [_curve(*pair) for pair in itertools.pairwise([*places[:-1], (tip - ARROW, tip, tip_y)])]
    passes = [f"H{right:.1f}" for _, right, _ in places[1:-1]]
    path = f"M{start:.1f} {y:.1f}" + "".join(map("".join, itertools.zip_longest(curves, passes, fillvalue="")))
    drawing = [
        f'<path d="{path}" stroke-opacity="0.75"/>',
        f'<path d="M{tip:.1f} {tip_y:.1f}l{-ARROW} {-ARROW / 2}v{ARROW}z" fill="currentColor" stroke="none"/>',
    ]
    if label:
        source, target = places[-2:]
        drawing.append(_label(label, source, target, offset))
    return drawing


def _curve(source: Place, target: Place) -> str:
    """Lead from the right side of one place to the left side of the next, level at both ends."""
    (_, start, y), (end, _, next_y) = source, target
    bend = (end - start) / 2
    return f"C{start + bend:.1f} {y:.1f} {end - bend:.1f} {next_y:.1f} {end:.1f} {next_y:.1f}"


def _label(label: str, source: Place, target: Place, offset: float) -> str:
    """Write on the free side of the middle of an edge: above a level one, to the right of one that rises or falls."""
    (_, start, from_y), (end, _, to_y) = source, target
    x, y = (start + end) / 2, (from_y + to_y) / 2
    level, rises = abs(to_y - from_y) < LINE, to_y < from_y
    below = offset > 0 if offset else rises and not level  # of two edges side by side, the lower has its label below
    anchor, aside = ("middle", 0) if level else ("start", 7) if rises == below else ("end", -7)
    return (
        f'<text x="{x + aside:.1f}" y="{y + (13 if below else -5):.1f}" text-anchor="{anchor}" '
        f'font-size="{FONT_SIZE - 1}" fill="currentColor" stroke="none">{escape(label)}</text>'
    )
