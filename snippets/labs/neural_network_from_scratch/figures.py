"""Figures of docs/labs/neural_network_from_scratch.py: one function, one SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.datasets import make_two_moons
from mlmath.losses import log_loss
from mlmath.models import fit_logistic_regression
from mlmath.optim import Adam, GradientStep, Momentum, Path, Rule, gradient_descent
from mlmath.plots import frame
from mlmath.stats import sigmoid

Array = NDArray[np.float64]

# The draws of the lab, in the lab's order.
GENERATOR = np.random.default_rng(3)
X, Y = make_two_moons(200, noise=0.2, generator=GENERATOR)
make_two_moons(2000, noise=0.2, generator=GENERATOR)  # the test table
UNITS = 8
START = np.concatenate(
    [
        GENERATOR.normal(size=2 * UNITS) / np.sqrt(2),
        np.zeros(UNITS),
        GENERATOR.normal(size=UNITS) / np.sqrt(UNITS),
        [0.0],
    ]
)
LINE = fit_logistic_regression(X, Y)
LINE_LOSS = log_loss(LINE.decision_scores(X), Y).value
WINDOW = {"xlim": (-1.75, 2.75), "ylim": (-1.25, 1.75), "xlabel": "$x_1$", "ylabel": "$x_2$", "aspect": "equal"}


def split(v: Array) -> tuple[Array, Array, Array, float]:
    """Cut one vector into hidden weights, hidden biases, output weights, output bias."""
    q = UNITS
    return v[: 2 * q].reshape(2, q), v[2 * q : 3 * q], v[3 * q : 4 * q], float(v[-1])


def scores(v: Array, points: Array) -> Array:
    """Score of each point."""
    hidden_weights, hidden_biases, weights, bias = split(v)
    return np.asarray(np.tanh(points @ hidden_weights + hidden_biases) @ weights + bias)


def loss(v: Array) -> float:
    """Mean log loss on the lab's table."""
    return log_loss(scores(v, X), Y).value


def gradient(v: Array, *, bend: bool = True) -> Array:
    """The lab's way back; without the slope of the bend if ``bend`` is false."""
    hidden_weights, hidden_biases, weights, _ = split(v)
    hidden = np.tanh(X @ hidden_weights + hidden_biases)
    s = (sigmoid(scores(v, X)) - Y) / len(Y)
    slopes = np.outer(s, weights)
    if bend:
        slopes = slopes * (1 - hidden**2)
    return np.concatenate([(X.T @ slopes).ravel(), slopes.sum(axis=0), hidden.T @ s, [s.sum()]])


def trained(slope: Callable[[Array], Array] = gradient) -> Path:
    """The lab's walk: plain descent, rate 1, 1000 updates."""
    return gradient_descent(loss, slope, START, learning_rate=1.0, steps=1000)


def draw_moons(ax: Axes) -> None:
    """The points of both classes, circles and squares."""
    for k, marker in enumerate("os"):
        ax.plot(*X[k == Y].T, marker, color=f"C{k}", markersize=4, alpha=0.75)
    ax.text(-1.25, 1.05, "class 0", color="C0", ha="center")
    ax.text(2.1, -0.75, "class 1", color="C1", ha="center")
    ax.set(**WINDOW)


def draw_border(ax: Axes, v: Array, **style: Any) -> None:
    """Where the score of the network is 0."""
    x, y = np.meshgrid(np.linspace(-1.75, 2.75, 181), np.linspace(-1.25, 1.75, 121))
    points = np.column_stack([x.ravel(), y.ravel()])
    ax.contour(x, y, scores(v, points).reshape(x.shape), levels=[0], **style)


def two_moons() -> Figure:
    """The table of the lab and the best straight border."""
    fig, ax = plt.subplots(figsize=(5.6, 3.9), layout="constrained")
    draw_moons(ax)
    ends = np.array([-1.75, 2.75])
    heights = -(LINE.intercept + LINE.weights[0] * ends) / LINE.weights[1]
    ax.plot(ends, heights, "--", color=plt.rcParams["text.color"], linewidth=2)
    ax.text(2.7, heights[1] + 0.12, "best line", ha="right")
    return fig


def right_and_mistaken() -> Figure:
    """Loss of the right and of the mistaken gradient: the same at first."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    walks = (("right", trained(), "-"), ("bend forgotten", trained(lambda v: gradient(v, bend=False)), "--"))
    for number, (name, walk, dashes) in enumerate(walks):
        ax.plot(np.arange(1, 301), walk.losses[1:301], dashes, color=f"C{number}", linewidth=2)
        ax.text(325, walk.losses[300], name, va="center")
    ax.axhline(LINE_LOSS, color=plt.rcParams["grid.color"], linestyle=":", linewidth=1.5)
    ax.text(1, LINE_LOSS - 0.018, "the best line", va="top")
    ax.set(xscale="log", xlim=(0.9, 2500), ylim=(0, 0.78), xlabel="update (log scale)", ylabel="loss")
    ax.set_xticks([1, 3, 10, 30, 100, 300], ["1", "3", "10", "30", "100", "300"])
    ax.minorticks_off()
    return fig


def boundary_over_training() -> Figure:
    """The border of the network after more and more updates."""
    path = trained()
    fig, ax = plt.subplots(figsize=(5.6, 3.9), layout="constrained")
    draw_moons(ax)
    still = {30: ":", 200: "--", 1000: "-"}
    places = {30: (-1.7, -0.32), 200: (1.97, 1.14), 1000: (1.68, 1.55)}
    for k in (0, 1, 3, 10, 30, 60, 100, 150, 200, 250, 300, 400, 600, 1000):
        right = np.mean((scores(path.points[k], X) > 0) == Y)
        words = f"{k} updates: loss {path.losses[k]:.3f}, {right:.1%} of the points right"
        with frame(fig, words, still=k in still):
            style = still.get(k, "-")
            draw_border(ax, path.points[k], colors=[plt.rcParams["text.color"]], linewidths=2, linestyles=[style])
            if k in still:
                ax.text(*places[k], str(k))
    return fig


def hidden_units() -> Figure:
    """The line of each hidden unit after training, and the border that they make together."""
    v = trained().result
    hidden_weights, hidden_biases, _, _ = split(v)
    fig, ax = plt.subplots(figsize=(5.6, 3.9), layout="constrained")
    draw_moons(ax)
    x, y = np.meshgrid(np.linspace(-1.75, 2.75, 61), np.linspace(-1.25, 1.75, 41))
    for k in range(UNITS):
        sums = hidden_weights[0, k] * x + hidden_weights[1, k] * y + hidden_biases[k]
        ax.contour(x, y, sums, levels=[0], colors=[plt.rcParams["grid.color"]], linewidths=[1.2], zorder=1)
    draw_border(ax, v, colors=[plt.rcParams["text.color"]], linewidths=2.5)
    return fig


def three_optimizers() -> Figure:
    """Loss of descent, momentum and Adam at their best rates, 200 updates each."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    entries: tuple[tuple[str, Rule[Any], tuple[float, ...], str, float], ...] = (
        ("descent", GradientStep(), (0.1, 0.3, 1, 3, 10), "-", 1.3),
        ("momentum", Momentum(0.9), (0.03, 0.1, 0.3, 1, 3), "--", 1.06),
        ("Adam", Adam(), (0.01, 0.03, 0.1, 0.3, 1), "-.", 0.8),
    )
    for number, (name, rule, rates, dashes, aside) in enumerate(entries):
        walks = [gradient_descent(loss, gradient, START, learning_rate=r, steps=200, rule=rule) for r in rates]
        best = min(range(len(rates)), key=lambda j: walks[j].losses[-1])
        ax.semilogy(walks[best].losses, dashes, color=f"C{number}", linewidth=2)
        ax.text(204, walks[best].losses[-1] * aside, rf"{name}, $\eta$ = {rates[best]:g}", va="center")
    ax.axhline(LINE_LOSS, color=plt.rcParams["grid.color"], linestyle=":", linewidth=1.5)
    ax.text(200, LINE_LOSS * 1.05, "the best line", ha="right")
    ax.set(xlim=(0, 300), ylim=(0.02, 15), xlabel="update", ylabel="loss (log scale)", xticks=[0, 50, 100, 150, 200])
    return fig
