"""The computational graph as data and as DOT."""

from typing import Any

import numpy as np
import pytest

from mlmath.autodiff import (
    ComputationalGraph,
    GraphEdge,
    GraphNode,
    Variable,
    computational_graph,
    gradients,
    sigmoid,
    to_graphviz,
)


def baydin():
    """The example of Baydin et al. (2018), table 2 and 3: y = log(x1) + x1 x2 - sin(x2) at (2, 5)."""
    x1, x2 = Variable(2.0, name="x1"), Variable(5.0, name="x2")
    y = np.log(x1) + x1 * x2 - np.sin(x2)
    y.name = "y"
    return y


def test_values_and_gradients_are_those_of_the_published_example():
    nodes = {node.name or node.operation: node for node in computational_graph(baydin()).nodes}

    assert nodes["y"].value == pytest.approx(11.652, abs=5e-4)
    assert nodes["x1"].gradient == pytest.approx(5.5, abs=5e-4)
    assert nodes["x2"].gradient == pytest.approx(1.716, abs=5e-4)
    assert [nodes[name].gradient for name in ("log", "*", "sin", "y")] == [1, 1, -1, 1]


def test_nodes_stand_in_the_order_they_were_made_and_edges_lead_onwards():
    graph = computational_graph(baydin())

    assert [node.operation for node in graph.nodes] == ["", "", "log", "*", "+", "sin", "-"]
    assert [(edge.source, edge.target) for edge in graph.edges] == [
        (0, 2),
        (0, 3),
        (1, 3),
        (2, 4),
        (3, 4),
        (1, 5),
        (4, 6),
        (5, 6),
    ]


def test_the_chain_rule_holds_at_every_node():
    """A gradient is the sum over outgoing edges of local derivative times the target's gradient."""
    x, w = Variable(0.3), Variable(-1.2)
    graph = computational_graph((sigmoid(x * w + x) - 0.5) ** 2 * x)

    for i, node in enumerate(graph.nodes[:-1]):
        uses: Any = [(edge.derivative, graph.nodes[edge.target].gradient) for edge in graph.edges if edge.source == i]
        handed = sum(derivative * gradient for derivative, gradient in uses)
        assert node.gradient == pytest.approx(handed, rel=1e-12)
    assert graph.nodes[-1].gradient == 1.0


def test_an_operation_on_the_same_variable_twice_has_two_edges():
    x = Variable(3.0)

    graph = computational_graph(x * x)

    assert graph.edges == (GraphEdge(0, 1, 3.0), GraphEdge(0, 1, 3.0))


def test_arrays_have_their_values_and_gradients_but_no_local_derivative():
    W, x = Variable(np.ones((3, 2)), name="W"), Variable([1.0, 2.0])

    graph = computational_graph(np.sum(W @ x))

    np.testing.assert_array_equal(graph.nodes[0].value, W.value)
    np.testing.assert_array_equal(graph.nodes[0].gradient, gradients(np.sum(W @ x), W))
    assert graph.nodes[0].shape == (3, 2)
    assert [edge.derivative for edge in graph.edges] == [None, None, None]


def test_local_derivatives_know_the_settings_of_their_operation():
    graph = computational_graph(np.sum(Variable(2.0), keepdims=True))

    assert graph.edges[0].derivative == 1.0


def test_a_number_that_is_stretched_has_no_local_derivative():
    graph = computational_graph(np.sum(Variable(2.0) * np.ones(3)))

    assert graph.edges[0].derivative is None


@pytest.mark.parametrize(
    ("make", "operation"),
    [
        (lambda x: x**2, "** 2"),
        (lambda x: 1 - x, "1 -"),
        (lambda x: x - 1.5, "- 1.5"),
        (lambda x: -x, "-"),
        (lambda x: x * np.float64(-1 / 3), "* −0.3333"),
        (lambda x: np.sum(np.ones((2, 3)) * x), "sum"),
        (lambda x: np.where(x > 0, x, 7.0), "where"),
        (lambda x: (x * np.ones(2))[0], "[]"),
        (lambda x: np.reshape(x, ()), "reshape"),
    ],
)
def test_operations_show_the_constants_they_work_with(make, operation):
    assert computational_graph(make(Variable(2.0))).nodes[-1].operation == operation


def test_array_constants_are_shown_by_their_shape():
    graph = computational_graph(np.sum(np.ones((2, 3)) * Variable(2.0)))

    assert graph.nodes[1].operation == "array (2, 3) *"


def test_a_lone_variable_is_a_graph():
    assert computational_graph(Variable(2.0, name="x")) == ComputationalGraph((GraphNode("x", "", (), 2.0, 1.0),), ())


def test_infinite_slopes_are_shown():
    graph = computational_graph(np.sqrt(Variable(0.0)))

    assert graph.edges[0].derivative == np.inf
    assert graph.nodes[0].gradient == np.inf


def test_dot_source_escapes_names_and_lists_nodes_and_edges():
    x = Variable(2.0, name='a "quoted" \\ name')
    y = np.sum(x * np.ones(2))

    assert to_graphviz(computational_graph(y)) == "\n".join(
        [
            "digraph {",
            "  rankdir=LR;",
            "  node [shape=box];",
            '  n0 [label="a \\"quoted\\" \\\\ name\\nvalue 2\\ngradient 2"];',
            '  n1 [label="* array (2,)\\nshape (2,)"];',
            '  n2 [label="sum\\nvalue 4\\ngradient 1"];',
            "  n0 -> n1;",
            "  n1 -> n2;",
            "}",
        ]
    )


def test_dot_source_labels_edges_with_local_derivatives():
    lines = to_graphviz(computational_graph(-Variable(0.5))).splitlines()

    assert lines[3] == '  n0 [label="input\\nvalue 0.5\\ngradient −1"];'
    assert lines[5] == '  n0 -> n1 [label="−1"];'


@pytest.mark.parametrize(
    ("output", "error", "message"),
    [
        (3.0, TypeError, r"output must be a Variable, got 3\.0"),
        (Variable([1.0, 2.0]), ValueError, r"output must be one number, got shape \(2,\): take the sum or mean"),
    ],
)
def test_errors_say_what_was_given(output, error, message):
    with pytest.raises(error, match=message):
        computational_graph(output)
