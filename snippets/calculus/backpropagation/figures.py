"""Figures of docs/calculus/backpropagation.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from mlmath.autodiff import ComputationalGraph, Variable, computational_graph, relu
from mlmath.plots import frame

PLACES = {
    "w": (0.0, 6.0),
    "x": (2.0, 6.0),
    "u": (1.0, 5.0),
    "b": (3.0, 5.0),
    "z": (2.0, 4.0),
    "a": (2.0, 3.0),
    "y": (4.0, 3.0),
    "e": (3.0, 2.0),
    "loss": (3.0, 1.0),
}
WORDS = {"u": "u = w · x", "z": "z = u + b", "a": "a = relu(z)", "e": "e = a − y", "loss": "loss = e · e"}


def _neuron_graph() -> ComputationalGraph:
    """The page's neuron, with every value named."""
    w, x = Variable(3.0, name="w"), Variable(2.0, name="x")
    b, y = Variable(-5.0, name="b"), Variable(3.0, name="y")
    u = w * x
    z = u + b
    a = relu(z)
    e = a - y
    loss = e * e
    for variable, name in ((u, "u"), (z, "z"), (a, "a"), (e, "e"), (loss, "loss")):
        variable.name = name
    return computational_graph(loss)


def number(value: object) -> str:
    """A number with a proper minus sign."""
    return f"{float(str(value)):g}".replace("-", "−")


def boxes(ax: Axes, graph: ComputationalGraph) -> dict[str, Text]:
    """The nodes, each with what it is and its value."""
    found = {}
    for node in graph.nodes:
        title = WORDS.get(node.name, node.name)
        look = {"boxstyle": "round,pad=0.35", "facecolor": "none", "edgecolor": plt.rcParams["text.color"]}
        text = f"{title}\nvalue {number(node.value)}"
        found[node.name] = ax.text(*PLACES[node.name], text, ha="center", va="center", fontsize=10, bbox=look)
    return found


def arrow(ax: Axes, tail: Text, tip: Text, color: str, width: float, *, bend: float = 0.0, style: str = "-|>") -> None:
    """An arrow from box to box; a patch of the axes, so that it can belong to a state of the figure."""
    ax.add_patch(
        FancyArrowPatch(
            tail.get_position(),
            tip.get_position(),
            patchA=tail.get_bbox_patch(),
            patchB=tip.get_bbox_patch(),
            shrinkA=0,
            shrinkB=0,
            arrowstyle=style,
            mutation_scale=12,
            connectionstyle=f"arc3,rad={bend}",
            color=color,
            linewidth=width,
            zorder=4,  # after the boxes, which find their places when they are drawn
        )
    )


def label_place(source: str, target: str, bend: float) -> tuple[float, float, str]:
    """Beside the middle of an edge, on its free side."""
    (x, y), (to_x, to_y) = PLACES[source], PLACES[target]
    side = -1 if to_x > x or bend < 0 else 1
    return (x + to_x) / 2 + side * (0.2 + 2.2 * abs(bend) / 2), (y + to_y) / 2, "right" if side < 0 else "left"


def bends(graph: ComputationalGraph) -> list[float]:
    """Two edges between the same two nodes bend apart."""
    pairs = [(edge.source, edge.target) for edge in graph.edges]
    return [0.0 if pairs.count(pair) == 1 else (0.35, -0.35)[pairs[:k].count(pair)] for k, pair in enumerate(pairs)]


def graph_axes(fig: Figure) -> Axes:
    """Axes without a frame, from above the inputs to below the loss."""
    ax = fig.add_subplot()
    ax.set(xlim=(-0.75, 5.35), ylim=(0.55, 6.4))
    ax.set_axis_off()
    return ax


def forward_pass() -> Figure:
    """The neuron as a graph: values in the boxes, local derivatives on the edges."""
    fig = plt.figure(figsize=(4.2, 5.2), layout="constrained")
    ax = graph_axes(fig)
    graph = _neuron_graph()
    found = boxes(ax, graph)
    for edge, bend in zip(graph.edges, bends(graph), strict=True):
        source, target = graph.nodes[edge.source].name, graph.nodes[edge.target].name
        arrow(ax, found[source], found[target], plt.rcParams["grid.color"], 1.5, bend=bend)
        x, y, side = label_place(source, target, bend)
        ax.text(x, y, number(edge.derivative), ha=side, va="center", color="C1", fontweight="bold")
    ax.text(-0.7, 1.5, "box: value\narrow: local\nderivative", va="center", fontsize=10)
    return fig


def backward_pass() -> Figure:
    """The gradients arrive one step at a time, from the loss back to the inputs."""
    fig = plt.figure(figsize=(4.2, 5.2), layout="constrained")
    ax = graph_axes(fig)
    graph = _neuron_graph()
    found = boxes(ax, graph)
    names = [node.name for node in graph.nodes]
    gradient = {node.name: float(node.gradient) for node in graph.nodes}
    apart = bends(graph)
    for edge, bend in zip(graph.edges, apart, strict=True):
        tail, tip = found[names[edge.source]], found[names[edge.target]]
        arrow(ax, tail, tip, plt.rcParams["grid.color"], 1, bend=bend, style="-")
        x, y, side = label_place(names[edge.source], names[edge.target], bend)
        ax.text(x, y, number(edge.derivative), ha=side, va="center", color="C1", fontweight="bold")
    known = ["loss"]
    turns: list[list[str]] = [[], ["e"], ["a", "y"], ["z"], ["u", "b"], ["w", "x"]]
    for turn in turns:
        sums = [f"{name}: {sum_of_edges(graph, name, gradient)}" for name in turn]
        words = "; ".join(f"gradient of {one}" for one in sums) or "start: gradient of loss: 1"
        with frame(fig, words, still=turn is turns[-1]):
            known += turn
            for edge, bend in zip(graph.edges, apart, strict=True):
                source, target = names[edge.source], names[edge.target]
                if source in known:
                    width, color = (3.0, "C3") if source in turn else (1.6, "C0")
                    arrow(ax, found[target], found[source], color, width, bend=-bend)
            for name in known:
                x, y = PLACES[name]
                width = 0.76 if name in WORDS else 0.6
                place, side = (x - width, "right") if name in ("u", "a") else (x + width, "left")
                words_beside = f"g = {number(gradient[name])}"
                ax.text(place, y, words_beside, color="C0", fontweight="bold", va="center", ha=side)
            ax.text(-0.7, 1.3, "\n".join(sums) or "start with 1", va="center", fontsize=10)
    return fig


def sum_of_edges(graph: ComputationalGraph, name: str, gradient: dict[str, float]) -> str:
    """How a gradient comes about: local derivative times gradient at the tip, over the edges that leave."""
    parts = []
    for edge in graph.edges:
        if graph.nodes[edge.source].name == name:
            at_tip = gradient[graph.nodes[edge.target].name]
            parts.append(f"{number(edge.derivative)} · {f'({number(at_tip)})' if at_tip < 0 else number(at_tip)}")
    return f"{' + '.join(parts)} = {number(gradient[name])}".replace("+ −", "− ")


def paths_and_edges() -> Figure:
    """Doubling v = v + v: edges grow by two, paths double."""
    fig, ax = plt.subplots(figsize=(4.8, 3.2), layout="constrained")
    rounds = np.arange(1, 31)
    edges, paths = [], []
    for count in rounds:
        v = Variable(1.0)
        for _ in range(count):
            v = v + v
        graph = computational_graph(v)
        edges.append(len(graph.edges))
        paths.append(float(graph.nodes[0].gradient))
    ax.semilogy(rounds, paths, "s", color="C1", markersize=4)
    ax.semilogy(rounds, edges, "o", color="C0", markersize=4)
    ax.text(20, 3e7, "paths", ha="right", va="center")
    ax.text(22, 4.5, "multiplications\nof one sweep", ha="center", va="center")
    ax.set(xlabel="rounds of v = v + v", ylabel="how many (log scale)", ylim=(1, 5e9), yticks=[1, 1e3, 1e6, 1e9])
    return fig


def weighted_sum_edges(inputs: int) -> int:
    """Edges of the squared weighted sum of so many inputs, counted on its graph."""
    total = Variable(0.0)
    for _ in range(inputs):
        total = total + Variable(1.0) * Variable(2.0)
    return len(computational_graph(total * total).edges)


def forward_versus_reverse() -> Figure:
    """Multiplications for all partials of one loss, by the number of weights."""
    fig, ax = plt.subplots(figsize=(4.8, 3.4), layout="constrained")
    inputs = np.array([1, 3, 10, 30, 100, 300, 1000])
    edges = np.array([weighted_sum_edges(count) for count in inputs])
    ax.loglog(inputs, inputs * edges, "s-", color="C1")
    ax.loglog(inputs, edges, "o-", color="C0")
    ax.text(55, 2.5e5, "forward mode:\none sweep per weight", ha="right", va="center")
    ax.text(1000, 90, "reverse mode:\none sweep", ha="right", va="center")
    ax.set(xlabel="number of weights", ylabel="multiplications\nfor all slopes")
    return fig


def network_shapes() -> Figure:
    """Each array of the network beside the slopes that belong to it, which have its shape."""
    fig, ax = plt.subplots(figsize=(4.4, 5.0), layout="constrained")
    ax.set(xlim=(-0.25, 4.75), ylim=(0.55, 6.35))
    ax.set_axis_off()
    rows = (
        ("X", "n × p", ""),
        ("Z = X W₁ + b₁", "n × q", "S = s w₂ᵀ, 0 where Z ≤ 0"),
        ("H = relu(Z)", "n × q", "s w₂ᵀ"),
        ("ŷ = H w₂ + b₂", "n", "s = 2 e / n"),
        ("loss = mean of e²", "one number", "1"),
    )
    learned = {
        0: ("W₁: p × q", "Xᵀ S", "b₁: q", "column sums of S"),
        2: ("w₂: q", "Hᵀ s", "b₂: number", "sum of s"),
    }
    ax.text(0.95, 6.2, "forward: values", ha="center", fontweight="bold")
    ax.text(3.45, 6.2, "backward: slopes", ha="center", fontweight="bold")
    for k, (name, shape, slope) in enumerate(rows):
        y = 5.7 - 1.2 * k
        look = {"boxstyle": "round,pad=0.35", "facecolor": "none", "edgecolor": plt.rcParams["text.color"]}
        ax.text(0.95, y, f"{name}\n{shape}", ha="center", va="center", bbox=look, fontsize=9.5)
        if slope:
            look = {**look, "edgecolor": "C0"}
            ax.text(3.45, y, f"{slope}\n{shape}", ha="center", va="center", bbox=look, fontsize=9.5)
        if k < len(rows) - 1:
            down = {"arrowstyle": "-|>", "color": plt.rcParams["grid.color"], "linewidth": 1.5}
            ax.annotate("", (0.95, y - 0.93), (0.95, y - 0.27), arrowprops=down)
        if 0 < k < len(rows) - 1:
            up = {"arrowstyle": "-|>", "color": "C0", "linewidth": 1.5}
            ax.annotate("", (3.45, y - 0.27), (3.45, y - 0.93), arrowprops=up)
        if k in learned:
            weights, by_weights, bias, by_bias = learned[k]
            ax.text(0.85, y - 0.6, f"{weights}\n{bias}", ha="right", va="center", fontsize=9)
            slopes = f"by {weights[:2]}: {by_weights}\nby {bias[:2]}: {by_bias}"
            ax.text(3.32, y - 0.6, slopes, ha="right", va="center", fontsize=9, color="C1")
    return fig
