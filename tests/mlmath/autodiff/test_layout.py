"""The layout of graphs: layers, room, and few crossings."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from mlmath.autodiff.layout import lay_out


@st.composite
def graphs(draw):
    """Random acyclic graphs: every node but the first few uses one or two earlier ones."""
    count = draw(st.integers(2, 9))
    edges = []
    for target in range(2, count):
        edges += [(source, target) for source in draw(st.lists(st.integers(0, target - 1), min_size=1, max_size=2))]
    return count, edges


def place(count, edges):
    return lay_out(count, edges, node_height=10.0, point_height=4.0)


def layer_of(layout):
    return {key: i for i, row in enumerate(layout.layers) for key in row}


def room(key):
    return 10.0 if isinstance(key, int) else 4.0


@given(graphs())
def test_every_edge_goes_one_layer_to_the_right_at_a_time(graph):
    count, edges = graph
    layout = place(count, edges)
    layer = layer_of(layout)

    assert sorted(key for key in layer if isinstance(key, int)) == list(range(count))
    assert len(layer) == sum(map(len, layout.layers))
    for (source, target), route in zip(edges, layout.routes, strict=True):
        assert (route[0], route[-1]) == (source, target)
        assert all(layer[b] == layer[a] + 1 for a, b in itertools.pairwise(route))


@given(graphs())
def test_nothing_in_a_layer_overlaps(graph):
    layout = place(*graph)

    for row in layout.layers:
        for above, below in itertools.pairwise(row):
            assert layout.heights[below] - layout.heights[above] >= (room(above) + room(below)) / 2 - 1e-9


@given(graphs())
def test_a_result_stands_right_after_the_last_thing_it_needs(graph):
    count, edges = graph
    layer = layer_of(place(count, edges))

    for node in range(count):
        sources = [layer[source] for source, target in edges if target == node]
        if sources:
            assert layer[node] == max(sources) + 1


def test_an_input_stands_right_before_its_first_use():
    layout = place(5, [(0, 1), (1, 3), (2, 3), (3, 4), (2, 4)])

    assert layer_of(layout)[2] == 1


def test_a_chain_is_level():
    layout = place(4, [(0, 1), (1, 2), (2, 3)])

    assert layout.layers == [[0], [1], [2], [3]]
    assert set(layout.heights.values()) == {0.0}


def test_crossed_edges_are_uncrossed():
    """0 feeds 3 and 1 feeds 2, so 2 belongs below 3."""
    layout = place(5, [(1, 2), (0, 3), (2, 4), (3, 4)])

    assert (layout.heights[0] < layout.heights[1]) == (layout.heights[3] < layout.heights[2])


def crossings(layout):
    """Count pairs of edges that change sides between two neighbouring layers."""
    order = {key: i for row in layout.layers for i, key in enumerate(row)}
    layer = layer_of(layout)
    pieces = [(layer[a], order[a], order[b]) for route in layout.routes for a, b in itertools.pairwise(route)]
    return sum(
        between == also_between and (start - other_start) * (end - other_end) < 0
        for (between, start, end), (also_between, other_start, other_end) in itertools.combinations(pieces, 2)
    )


def test_sweeps_in_both_directions_uncross_what_one_direction_would_leave_crossed():
    layout = place(7, [(0, 1), (1, 2), (0, 2), (2, 3), (2, 4), (0, 4), (0, 5), (2, 6), (0, 6)])

    assert crossings(layout) == 0


def test_results_follow_the_order_of_the_inputs():
    """The inputs keep the order they were made in, although the results were made the other way round."""
    layout = place(4, [(1, 2), (0, 3)])

    assert layout.layers == [[0, 1], [3, 2]]


@given(graphs())
def test_every_layer_has_a_node(graph):
    """The picture takes the width of a layer from its nodes."""
    layout = place(*graph)

    assert all(any(isinstance(key, int) for key in row) for row in layout.layers)


def test_two_inputs_stand_half_above_and_half_below_their_result():
    layout = place(3, [(0, 2), (1, 2)])

    assert (layout.heights[0], layout.heights[2], layout.heights[1]) == (-5.0, 0.0, 5.0)


def test_a_long_edge_passes_beside_the_nodes_between():
    layout = place(3, [(0, 1), (1, 2), (0, 2)])

    assert layout.routes == [[0, 1], [1, 2], [0, (2, 1), 2]]
    assert abs(layout.heights[2, 1] - layout.heights[1]) >= 7.0
