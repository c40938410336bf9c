"""The computational graph as data, and as text for Graphviz."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlmath.autodiff.primitive import plain
from mlmath.autodiff.variable import Variable, finished, walk_back


class GraphNode(NamedTuple):
    """One variable of a graph.

    Example:
        >>> node = computational_graph(Variable(2.0, name="x") ** 3).nodes[1]
        >>> node.operation, node.value, node.gradient
        ('** 3', 8.0, 1.0)
    """

    name: str
    """What the variable was named, or an empty text."""
    operation: str
    """What made it, with the constants that took part, or an empty text for an input."""
    shape: tuple[int, ...]
    """Shape of value and gradient; ``()`` for a number."""
    value: float | NDArray[np.float64]
    """What was computed."""
    gradient: float | NDArray[np.float64]
    """Derivative of the output of the graph with respect to this variable."""


class GraphEdge(NamedTuple):
    """One use of a variable; a variable that is used twice by the same operation has two edges.

    Example:
        >>> computational_graph(Variable(2.0, name="x") ** 3).edges
        (GraphEdge(source=0, target=1, derivative=12.0),)
    """

    source: int
    """Index of the variable that is used, among the nodes."""
    target: int
    """Index of the variable that was made from it."""
    derivative: float | None
    """Local derivative of target with respect to source in this use; None unless both are numbers."""


class ComputationalGraph(NamedTuple):
    """All variables that went into an output, and who was made from whom.

    Example:
        >>> x = Variable(3.0, name="x")
        >>> len(computational_graph(x * x + x).edges)
        4
    """

    nodes: tuple[GraphNode, ...]
    """The variables in the order they were made, so the output is the last."""
    edges: tuple[GraphEdge, ...]
    """The uses, in the order of their targets."""


def computational_graph(output: Any) -> ComputationalGraph:
    """Return the graph that ended in ``output``, with the value and the gradient of every variable.

    The gradient of a variable is the sum, over its edges, of the local
    derivative times the gradient of the target: the chain rule. ``to_svg`` and
    ``to_graphviz`` draw the graph.

    Args:
        output: One number, calculated from variables. To see arrays that are
            differentiated inside ``grad``, calculate with ``Variable`` by hand.

    Returns:
        Nodes and edges.

    Raises:
        TypeError: If ``output`` is not a Variable.
        ValueError: If ``output`` is not one number: take the sum or mean.

    Example:
        >>> x, w = Variable(2.0, name="x"), Variable(3.0, name="w")
        >>> graph = computational_graph(np.exp(x * w - 6))
        >>> [(node.name or node.operation, node.value, node.gradient) for node in graph.nodes]
        [('x', 2.0, 3.0), ('w', 3.0, 2.0), ('*', 6.0, 1.0), ('- 6', 0.0, 1.0), ('exp', 1.0, 1.0)]

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 6.5.1.
    """
    if not isinstance(output, Variable):
        raise TypeError(f"output must be a Variable, got {output!r}")
    if output.shape != ():
        raise ValueError(f"output must be one number, got shape {output.shape}: take the sum or mean")
    with np.errstate(all="ignore"):  # an infinite slope, as of the root at 0, is an answer
        found = list(walk_back(output, 1.0))[::-1]
        index = {id(variable): i for i, (variable, _) in enumerate(found)}
        edges = tuple(
            GraphEdge(index[id(parent)], target, _local_derivative(variable, position, parent))
            for target, (variable, _) in enumerate(found)
            for position, parent in enumerate(variable.parents)
            if parent is not None
        )
    nodes = tuple(
        GraphNode(
            variable.name or "",
            _operation(variable),
            variable.shape,
            finished(plain(variable.value)),
            finished(plain(gradient)),
        )
        for variable, gradient in found
    )
    return ComputationalGraph(nodes, edges)


def to_graphviz(graph: ComputationalGraph) -> str:
    r"""Return the graph in the DOT language, which Graphviz and many other tools draw.

    Args:
        graph: From ``computational_graph``.

    Returns:
        The source of a directed graph, drawn from left to right.

    Example:
        >>> print(to_graphviz(computational_graph(Variable(2.0, name="x") ** 3)))
        digraph {
          rankdir=LR;
          node [shape=box];
          n0 [label="x\nvalue 2\ngradient 12"];
          n1 [label="** 3\nvalue 8\ngradient 1"];
          n0 -> n1 [label="12"];
        }

    Source: Gansner, Koutsofios & North, *Drawing Graphs with dot* (2015).
    """
    lines = ["digraph {", "  rankdir=LR;", "  node [shape=box];"]
    for i, node in enumerate(graph.nodes):
        label = "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in node_lines(node))
        lines.append(f'  n{i} [label="{label}"];')
    for edge in graph.edges:
        label = "" if edge.derivative is None else f' [label="{number_text(edge.derivative)}"]'
        lines.append(f"  n{edge.source} -> n{edge.target}{label};")
    return "\n".join([*lines, "}"])


def node_lines(node: GraphNode) -> list[str]:
    """Return what a picture writes into a node: what it is, its value, its gradient; of an array its shape."""
    title = " = ".join(filter(None, [node.name, node.operation])) or "input"
    if node.shape != ():
        return [title, f"shape {node.shape}"]
    return [title, f"value {number_text(node.value)}", f"gradient {number_text(node.gradient)}"]


def number_text(number: float | NDArray[np.float64], *, digits: int = 4) -> str:
    """Return a number with a few digits, and with a proper minus sign."""
    return f"{float(number):.{digits}g}".replace("-", "−")


def _local_derivative(variable: Variable, position: int, parent: Variable) -> float | None:
    if (variable.shape, parent.shape) != ((), ()):
        return None
    part = variable.primitive.pull(  # type: ignore[union-attr]
        position, 1.0, variable.value, variable.arguments, variable.settings
    )
    return float(plain(part))


def _operation(variable: Variable) -> str:
    """Return the name of the operation between the constants that took part, for example ``2 *``."""
    if variable.primitive is None:
        return ""
    words = [
        "" if parent is not None else _constant_text(a)
        for a, parent in zip(variable.arguments, variable.parents, strict=True)
    ]
    name = variable.primitive.name
    if len(words) == 2:
        return f"{words[0]} {name} {words[1]}".strip()
    return name


def _constant_text(value: float | NDArray[np.float64]) -> str:
    constant = plain(value)
    return number_text(constant) if np.shape(constant) == () else f"array {np.shape(constant)}"
