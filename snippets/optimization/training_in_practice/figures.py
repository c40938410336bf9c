"""Figures of docs/optimization/training_in_practice.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.calculus import numerical_gradient
from mlmath.datasets import load_windsor_housing, make_two_moons
from mlmath.linalg import solve_ridge
from mlmath.losses import softmax_cross_entropy
from mlmath.models import (
    Layer,
    flatten_parameters,
    initialize_network,
    network_gradient_by_hand,
    network_loss,
    unflatten_parameters,
)
from mlmath.optim import gradient_descent
from mlmath.plots import frame
from mlmath.stats import fit_scaler

Array = NDArray[np.float64]


def sizes_by_layer(scale: float) -> tuple[list[float], list[float]]:
    """Root mean square of the signal after each of 20 ReLU layers, and of the slope that comes back to it."""
    rng = np.random.default_rng(0)
    layers = initialize_network([200] * 21, generator=rng, activation="relu")
    signals = [rng.normal(size=(20, 200))]
    slopes = [rng.normal(size=(20, 200))]
    for weights, _ in layers:
        signals.append(np.maximum(signals[-1] @ (scale * weights), 0))
    for (weights, _), out in zip(layers[::-1], signals[:0:-1], strict=True):
        slopes.append((slopes[-1] * (out > 0)) @ (scale * weights).T)
    return [float(np.sqrt(np.mean(s**2))) for s in signals], [float(np.sqrt(np.mean(s**2))) for s in slopes[::-1]]


def signal_by_layer() -> Figure:
    """Size of the signal forwards and of the slope backwards, for weights of several sizes."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(5.2, 3.6), layout="constrained", sharey=True)
    still = {0.5: ("C0", "o"), 1.0: ("C2", "s"), 2.0: ("C1", "^")}
    for scale in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.7, 2.0):
        signals, slopes = sizes_by_layer(scale)
        ratio = float(f"{signals[-1] / signals[0]:.1g}")
        end = f"{ratio:,.0f}" if ratio >= 1 else f"{ratio:.8f}".rstrip("0")
        words = f"weights times {scale:g}: 20 layers make the signal {end} times as large"
        with frame(fig, words, still=scale in still):
            color, marker = still.get(scale, ("C0", "o"))
            left.semilogy(signals, color=color, marker=marker, markersize=3.5)
            right.semilogy(slopes, color=color, marker=marker, markersize=3.5)
            left.text(10, signals[10] * (8 if scale >= 1 else 1 / 8), rf"$\times$ {scale:g}", ha="right", va="center")
            right.text(10.5, slopes[10] * (8 if scale >= 1 else 1 / 8), rf"$\times$ {scale:g}", va="center")
    left.set(xlabel="layer", ylabel="size (log scale)", title="signal, forwards →", ylim=(1e-7, 1e7))
    right.set(xlabel="layer", title="← slope, backwards")
    for ax in (left, right):
        ax.set_xticks([0, 10, 20])
    return fig


def shrink_or_select() -> Figure:
    """The best weight with a penalty, against the best one without: L2 is a flatter line, L1 has a flat piece."""
    fig, ax = plt.subplots(figsize=(5.2, 3.8), layout="constrained")
    a = np.linspace(-4, 4, 161)
    grid = plt.rcParams["grid.color"]
    ax.plot(a, a, "--", color=grid, linewidth=1.2)
    ax.text(3.1, 3.7, "no penalty", ha="right")
    for alpha in (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0):
        with frame(
            fig, f"penalty {alpha:g}: L2 multiplies by {1 / (1 + alpha):.2f}, L1 cuts off {alpha:g}", still=alpha == 1
        ):
            ax.plot(a, a / (1 + alpha), color="C0")
            ax.plot(a, np.sign(a) * np.maximum(np.abs(a) - alpha, 0), color="C1", linewidth=2.6, linestyle="-.")
            ax.text(4.1, 4 / (1 + alpha) - (0.35 if alpha < 2 else -0.3), "L2", va="center")
            ax.text(4.1, max(4 - alpha, 0) + (0.25 if alpha < 2 else -0.3), "L1", va="center")
            ax.text(-3.9, 3.2, rf"penalty $\alpha$ = {alpha:g}")
    ax.axhline(0, color=grid, linewidth=0.8)
    ax.axvline(0, color=grid, linewidth=0.8)
    ax.set(xlabel="best weight $a$ without penalty", ylabel="best weight with penalty", xlim=(-4.1, 4.8))
    return fig


def _windsor() -> tuple[Array, Array, tuple[str, ...]]:
    """The scaled features of the houses, their scaled log price, and the names."""
    houses = load_windsor_housing()
    price = np.log(houses.prices)
    features = fit_scaler(houses.features).transform(houses.features)
    return features, (price - price.mean()) / price.std(), houses.feature_names


def lasso(F: Array, y: Array, alpha: float, steps: int = 400) -> Array:
    """Gradient step, then soft threshold, as on the page."""
    rate = 1 / np.linalg.eigvalsh(F.T @ F / len(F)).max()
    w = np.zeros(F.shape[1])
    for _ in range(steps):
        w = w - rate * F.T @ (F @ w - y) / len(F)
        w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
    return w


def coefficient_paths() -> Figure:
    """The eleven weights of the house prices against the penalty, for L2 and for L1."""
    F, y, names = _windsor()
    fig, axes = plt.subplots(2, 1, figsize=(5.2, 5.6), layout="constrained")
    alphas = {"L2": np.geomspace(0.003, 30, 41), "L1": np.geomspace(0.003, 0.6, 41)}
    for ax, (kind, values) in zip(axes, alphas.items(), strict=True):
        fit = {"L2": lambda alpha: solve_ridge(F, y, penalty=len(F) * alpha), "L1": lambda alpha: lasso(F, y, alpha)}
        paths = np.array([fit[kind](alpha) for alpha in values])
        ax.axhline(0, color=plt.rcParams["grid.color"], linewidth=1)
        for j, name in enumerate(names):
            strong = name in ("lot_size", "bedrooms")
            ax.semilogx(
                values,
                paths[:, j],
                color={"lot_size": "C1", "bedrooms": "C3"}.get(name, "C0"),
                linewidth=2.6 if strong else 1.1,
                linestyle="--" if name == "bedrooms" else "-",
            )
        ax.text(0.004, 0.31, "lot_size")
        ax.text(0.004, 0.005, "bedrooms", va="bottom")
        ax.set(xlabel=rf"penalty $\alpha$ of {kind} (log scale)", ylabel="weight", ylim=(-0.03, 0.4))
    axes[0].set_title("L2: all end small, none is 0")
    axes[1].set_title("L1: one after the other becomes 0")
    return fig


def early_stopping_as_ridge() -> Figure:
    """What is left of each direction: k steps from zero, and the ridge with alpha = 1 / (learning rate times k)."""
    fig, ax = plt.subplots(figsize=(5.2, 3.5), layout="constrained")
    curvature, rate = np.geomspace(0.01, 10, 121), 0.02
    for steps in (5, 10, 25, 50, 100, 200, 400, 800):
        alpha = 1 / (rate * steps)
        with frame(fig, f"{steps} steps beside a penalty of {alpha:g}", still=steps == 50):
            ax.semilogx(curvature, 1 - (1 - rate * curvature) ** steps, color="C0")
            ax.semilogx(curvature, curvature / (curvature + alpha), "--", color="C1")
            ax.text(0.011, 0.9, f"solid: {steps} steps from zero")
            ax.text(0.011, 0.78, rf"dashed: ridge, $\alpha$ = {alpha:g}")
    ax.set(
        xlabel="curvature of the direction (log scale)", ylabel="share of the weight that is left", ylim=(-0.03, 1.05)
    )
    return fig


def run(
    start: tuple[Layer, ...],
    data: tuple[Array, NDArray[np.int64]],
    watch: list[tuple[Array, NDArray[np.int64]]],
    *,
    rate: float,
    epochs: int,
    batch: int,
    shuffle: bool = True,
    penalty: float = 0.0,
) -> Array:
    """Losses after every update: on the training data, and on each of the sets in ``watch``."""
    rng = np.random.default_rng(7)
    layers, (X, labels), rows = start, data, []
    for _ in range(epochs):
        order = rng.permutation(len(X)) if shuffle else np.argsort(labels, kind="stable")
        for first in range(0, len(X), batch):
            few = order[first : first + batch]
            rows.append([float(network_loss(layers, *some, activation="relu")) for some in (data, *watch)])
            rows[-1][0] += penalty * sum(float(np.sum(layer.weights**2)) for layer in layers)
            slopes = network_gradient_by_hand(layers, X[few], labels[few], activation="relu").gradient
            layers = tuple(
                Layer(w - rate * (dw + 2 * penalty * w), b - rate * db)
                for (w, b), (dw, db) in zip(layers, slopes, strict=True)
            )
    return np.array(rows).T


def gallery() -> Figure:
    """Eight small runs: training loss solid, validation loss dashed, new data dotted."""
    rng = np.random.default_rng(4)
    train, check = (make_two_moons(n, noise=0.2, generator=rng) for n in (100, 300))
    few, many = (make_two_moons(n, noise=0.4, generator=rng) for n in (40, 500))
    small = initialize_network([2, 16, 16, 2], generator=rng, activation="relu")
    wide = initialize_network([2, 64, 64, 2], generator=rng, activation="relu")
    raw, raw_check = ((100 + 10 * some.X, some.labels) for some in (train, check))
    copies = rng.choice(40, size=30, replace=False)
    copied = (few.X[copies], few.labels[copies])
    long = run(wide, few, [copied, many], rate=0.2, epochs=400, batch=40)
    runs = {
        "good": run(small, train, [check], rate=0.2, epochs=60, batch=20),
        "rate too low": run(small, train, [check], rate=0.003, epochs=60, batch=20),
        "rate too high": run(small, train, [check], rate=4.0, epochs=24, batch=20),
        "overfit": long[[0, 2]],
        "leak": long,
        "dead units": run(small, raw, [raw_check], rate=0.5, epochs=60, batch=20),
        "sorted by class": run(small, train, [check], rate=0.2, epochs=10, batch=5, shuffle=False),
        "penalty in training loss": run(small, train, [check], rate=0.2, penalty=0.005, epochs=60, batch=20),
    }
    named = {("overfit", "training"), ("overfit", "validation"), ("leak", "new data")}
    fig, axes = plt.subplots(4, 2, figsize=(5.4, 7.8), layout="constrained", sharey=True)
    for ax, (name, losses) in zip(axes.flat, runs.items(), strict=True):
        ax.axhline(np.log(2), color=plt.rcParams["grid.color"], linewidth=0.8)
        names = ("training", "validation", "new data")
        for curve, color, line, label in zip(losses, ("C0", "C1", "C2"), ("-", "--", ":"), names, strict=False):
            ax.plot(np.arange(len(curve)), curve, line, color=color, linewidth=1.6 if line == "-" else 2)
            if (name, label) in named:
                place = {"xytext": (0, 7), "textcoords": "offset points", "ha": "right", "va": "center"}
                ax.annotate(label, (len(curve), curve[-1]), **place)
        ax.set(title=name, ylim=(0, 1.5), xticks=[], yticks=[0, np.log(2)], yticklabels=["0", "log 2"])
    for ax in axes[-1]:
        ax.set_xlabel("update →")
    return fig


def wrong_gradient_trains() -> Figure:
    """A right and a wrong gradient: both losses fall, and only the check against differences tells them apart."""
    rng = np.random.default_rng(10)
    X, labels = make_two_moons(100, noise=0.2, generator=rng)
    start = initialize_network([2, 8, 2], generator=rng)
    v = flatten_parameters(start)

    def loss(point: Array) -> float:
        return float(network_loss(unflatten_parameters(point, start), X, labels))

    def right(point: Array) -> Array:
        return flatten_parameters(network_gradient_by_hand(unflatten_parameters(point, start), X, labels).gradient)

    def wrong(point: Array) -> Array:
        """Backpropagation that forgets the slope of tanh."""
        first, last = unflatten_parameters(point, start)
        hidden = np.tanh(X @ first.weights + first.bias)
        scores = hidden @ last.weights + last.bias
        slope = softmax_cross_entropy(scores, labels).gradient
        back = slope @ last.weights.T
        return flatten_parameters((Layer(X.T @ back, back.sum(axis=0)), Layer(hidden.T @ slope, slope.sum(axis=0))))

    fig, (ax, test) = plt.subplots(2, 1, figsize=(5.0, 5.6), layout="constrained")
    steps = 10.0 ** np.arange(-12, -0.9, 0.5)
    measured = [numerical_gradient(loss, v, step=h) for h in steps]
    for name, slopes, color, marker in (("right", right, "C0", "o"), ("wrong", wrong, "C1", "s")):
        path = gradient_descent(loss, slopes, v, learning_rate=0.5, steps=200)
        ax.plot(path.losses, color=color, marker=marker, markevery=25, markersize=5)
        given = slopes(v)
        errors = [np.linalg.norm(given - m) / max(np.linalg.norm(given), np.linalg.norm(m)) for m in measured]
        test.loglog(steps, errors, color=color, marker=marker, markersize=4)
        test.text(1e-6, errors[12] * 12, name, ha="center")
        ax.text(207, path.losses[-1], name, va="center")
    ax.set(xlabel="step", ylabel="loss", title="both losses fall", ylim=(0, 0.9), xlim=(-5, 240), xticks=[0, 100, 200])
    test.set(xlabel="step $h$ of the check", ylabel="relative error", title="the check sees it", ylim=(1e-12, 30))
    return fig
