"""Where to put the nodes of a graph: in layers from left to right, so that every edge points to the right.

The method is Sugiyama's: give every node a layer, cut long edges into pieces of
one layer each, order each layer so that few edges cross, then place.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

SWEEPS = 4
"""How often the order and the heights are improved, forwards and back; graphs of lessons settle after two."""

Key = int | tuple[int, int]
"""A node, by its index, or the point where an edge (its index first) crosses a layer."""


class Layout(NamedTuple):
    """Layers and heights of nodes, and the way of every edge."""

    layers: list[list[Key]]
    """What stands in each layer, from top to bottom: nodes, and points where long edges pass."""
    heights: dict[Key, float]
    """Vertical position of the middle of each."""
    routes: list[list[Key]]
    """For every edge its source, the points where it passes a layer, and its target."""


def lay_out(count: int, edges: Sequence[tuple[int, int]], *, node_height: float, point_height: float) -> Layout:
    """Return the layout of an acyclic graph whose nodes are numbered so that edges lead from lower to higher.

    Args:
        count: Number of nodes.
        edges: Pairs of source and target.
        node_height: Vertical room that a node needs, with its margin.
        point_height: The same for an edge that passes between nodes.
    """
    layer = _layers(count, edges)
    rows: list[list[Key]] = [[] for _ in range(max(layer) + 1)]
    for node in range(count):
        rows[layer[node]].append(node)
    routes: list[list[Key]] = []
    for i, (source, target) in enumerate(edges):
        passing: list[Key] = [(i, between) for between in range(layer[source] + 1, layer[target])]
        for between, point in enumerate(passing, start=layer[source] + 1):
            rows[between].append(point)
        routes.append([source, *passing, target])
    before: dict[Key, list[Key]] = defaultdict(list)
    after: dict[Key, list[Key]] = defaultdict(list)
    for route in routes:
        for left, right in itertools.pairwise(route):
            after[left].append(right)
            before[right].append(left)

    def room(key: Key) -> float:
        return node_height if isinstance(key, int) else point_height

    heights: dict[Key, float] = {}
    for row in rows:
        _stack(row, [0.0] * len(row), heights, room)
    for neighbours, ordered in [(before, rows), (after, rows[::-1])] * SWEEPS:
        for row in ordered:
            wishes = {key: _mean([heights[near] for near in neighbours[key]], heights[key]) for key in row}
            row.sort(key=wishes.__getitem__)
            _stack(row, [wishes[key] for key in row], heights, room)
    return Layout(rows, heights, routes)


def _layers(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the layer of each node: the longest way to it, and for an input, right before its first use."""
    layer = [0] * count
    for source, target in sorted(edges):
        layer[target] = max(layer[target], layer[source] + 1)
    targets = {target for _, target in edges}
    for node in range(count):
        uses = [layer[target] for source, target in edges if source == node]
        if node not in targets and uses:
            layer[node] = min(uses) - 1
    return layer


def _stack(row: list[Key], wishes: list[float], heights: dict[Key, float], room: Callable[[Key], float]) -> None:
    """Put a row from top to bottom, without overlap, as near to the wished heights as one shift of the row allows."""
    positions: list[float] = []
    for key, wish in zip(row, wishes, strict=True):
        free = positions[-1] + (room(row[len(positions) - 1]) + room(key)) / 2 if positions else wish
        positions.append(max(wish, free))
    shift = sum(wish - position for wish, position in zip(wishes, positions, strict=True)) / len(row)
    for key, position in zip(row, positions, strict=True):
        heights[key] = position + shift


def _mean(values: list[float], default: float) -> float:
    return sum(values) / len(values) if values else default
