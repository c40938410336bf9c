"""Figures of docs/labs/race_of_the_optimizers.py: one function, one SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.datasets import load_breast_cancer
from mlmath.optim import (
    AdaGrad,
    Adam,
    GradientStep,
    Momentum,
    Nesterov,
    Rule,
    bfgs,
    gradient_descent,
    inverse_time_decay,
    newton,
    stochastic_gradient_descent,
    target_loss,
)
from mlmath.plots import frame
from mlmath.stats import fit_scaler, sigmoid

Array = NDArray[np.float64]
CURVATURES = np.geomspace(0.04, 4, 10)
STRENGTH = 0.0005


def logged(loss: Callable[[Array], float]) -> tuple[Callable[[Array], float], list[Array]]:
    """The loss, and the list of the points at which it was measured."""
    visited: list[Array] = []

    def watched(w: Array) -> float:
        visited.append(w.copy())
        return float(loss(w))

    return watched, visited


def bowl(A: Array) -> tuple[Callable[[Array], float], Callable[[Array], Array]]:
    """Loss and gradient of w^T A w / 2."""
    return lambda w: float(w @ A @ w / 2), lambda w: A @ w


def bowl_starts(A: Array, count: int) -> Array:
    """Random points on the level line 1."""
    starts = np.random.default_rng(0).normal(size=(count, len(A)))
    on_line: Array = starts / np.sqrt(np.einsum("ij,jk,ik->i", starts, A, starts) / 2)[:, np.newaxis]
    return on_line


def promised_slopes() -> Figure:
    """Five walks on the stretched bowl, with the slopes that theory promises."""
    A = np.diag(CURVATURES)
    loss, gradient = bowl(A)
    start = bowl_starts(A, 1)[0]
    mu, L = CURVATURES[0], CURVATURES[-1]
    root = np.sqrt(L / mu)
    share = (root - 1) / (root + 1)
    walks: tuple[tuple[str, Rule[Any], float, float, tuple[float, float]], ...] = (
        ("gradient descent", GradientStep(), 2 / (L + mu), ((L - mu) / (L + mu)) ** 2, (108, 2e-2)),
        ("Nesterov", Nesterov(share), 1 / L, (1 - 1 / root) ** 2, (101, 2e-11)),
        ("momentum", Momentum(share**2), 4 / (L**0.5 + mu**0.5) ** 2, share**2, (42, 8e-3)),
    )
    fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
    for number, (name, rule, rate, factor, place) in enumerate(walks):
        gaps = gradient_descent(loss, gradient, start, learning_rate=rate, steps=400, rule=rule).losses
        ax.semilogy(gaps[:151], color=f"C{number}", linewidth=2)
        k = np.array([0, 150])
        ends = np.arange(60, 151)
        height = np.exp(np.mean(np.log(gaps[ends]) - ends * np.log(factor)))
        ax.semilogy(k, height * factor**k, "--", color=plt.rcParams["text.color"], linewidth=1)
        ax.text(*place, name, color=f"C{number}")
    watched, visited = logged(loss)
    bfgs(watched, gradient, start)
    best = np.minimum.accumulate([loss(w) for w in visited])
    ax.semilogy(best, color="C3", linewidth=2, drawstyle="steps-post")
    ax.text(39, 1e-9, "BFGS", color="C3", ha="right")
    ax.semilogy([0, 11, 11], [1, 1, 1e-12], color="C4", linewidth=2)
    ax.text(12.5, 3e-12, "Newton", color="C4")
    ax.set(xlim=(0, 150), ylim=(1e-12, 30), xlabel="evaluations", ylabel="gap (log scale)")
    return fig


def rosenbrock(w: Array) -> float:
    """The bent valley."""
    return float((1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2)


def rosenbrock_gradient(w: Array) -> Array:
    """Its gradient."""
    off = w[1] - w[0] ** 2
    return np.array([-2 * (1 - w[0]) - 400 * w[0] * off, 200 * off])


def rosenbrock_hessian(w: Array) -> Array:
    """Its Hessian."""
    return np.array([[2 - 400 * (w[1] - w[0] ** 2) + 800 * w[0] ** 2, -400 * w[0]], [-400 * w[0], 200.0]])


def rosenbrock_walks(start: Array) -> dict[str, tuple[NDArray[np.int64], Array]]:
    """For each optimizer the number of evaluations at each of its points, and the points."""
    walks: dict[str, tuple[NDArray[np.int64], Array]] = {}
    rules: tuple[tuple[str, Rule[Any], float], ...] = (
        ("gradient descent", GradientStep(), 0.001),
        ("momentum", Momentum(), 0.001),
        ("Nesterov", Nesterov(), 0.001),
        ("Adam", Adam(), 0.3),
    )
    for name, rule, rate in rules:
        path = gradient_descent(rosenbrock, rosenbrock_gradient, start, learning_rate=rate, steps=1000, rule=rule)
        walks[name] = (np.arange(1001), path.points)
    watched, visited = logged(rosenbrock)
    path = bfgs(watched, rosenbrock_gradient, start)
    when = [next(k for k, w in enumerate(visited) if np.allclose(w, point, atol=1e-14)) for point in path.points]
    walks["BFGS"] = (np.array(when), path.points)
    path = newton(rosenbrock, rosenbrock_gradient, rosenbrock_hessian, start)
    walks["Newton"] = (3 * np.arange(len(path.points)), path.points)
    return walks


def rosenbrock_paths() -> Figure:
    """Six walks in the bent valley, after the same number of evaluations."""
    start = np.array([-1.2, 1.0])
    walks = rosenbrock_walks(start)
    margins = {"left": 0.07, "right": 0.98, "bottom": 0.05, "top": 0.91, "hspace": 0.2, "wspace": 0.06}
    fig, grid = plt.subplots(3, 2, figsize=(5.6, 7.0), sharex=True, sharey=True, gridspec_kw=margins)
    axes = dict(zip(walks, grid.flat, strict=True))
    x, y = np.linspace(-2, 2, 81), np.linspace(-1.2, 2.4, 73)
    heights = (1 - x) ** 2 + 100 * (y[:, np.newaxis] - x**2) ** 2
    for ax in axes.values():
        ax.contour(x, y, heights, levels=[1, 10, 100, 500], colors=[plt.rcParams["grid.color"]], linewidths=1)
        ax.plot(*start, "o", color=plt.rcParams["text.color"], markersize=6, zorder=3)
        ax.plot(1, 1, "*", color="C3", markersize=13, zorder=4)
        ax.set(xlim=(-2, 2), ylim=(-1.2, 2.4), xticks=[-1, 0, 1], yticks=[-1, 0, 1, 2])
    for budget in (3, 6, 10, 15, 20, 40, 100, 200, 400, 1000):
        gaps = {}
        for name, (when, points) in walks.items():
            gaps[name] = rosenbrock(points[when <= budget][-1])
        words = ", ".join(f"{name} {in_words(gap)}" for name, gap in gaps.items())
        with frame(fig, f"after {budget} evaluations, gaps: {words}", still=budget == 40):
            for number, (name, ax) in enumerate(axes.items()):
                when, points = walks[name]
                seen = points[when <= budget]
                thin = seen if len(seen) < 120 else np.vstack([seen[:80], seen[80::20], seen[-1:]])
                ax.plot(*thin.T, "-", color=f"C{number}", linewidth=1.6)
                ax.plot(*seen[-1], "s", color=f"C{number}", markersize=5, zorder=5)
                ax.text(0, 2.55, f"{name}: {in_words(gaps[name])}", ha="center")
            grid[0, 0].text(2.1, 3.1, f"the gaps after {budget} evaluations", ha="center", fontsize=12)
    return fig


def in_words(gap: float) -> str:
    """A gap, short enough for a panel."""
    return "below 0.0001" if gap < 1e-4 else f"{gap:.3g}" if gap >= 0.1 else f"{gap:.4f}"


def cost_by_rate() -> Figure:
    """Evaluations to the line on the turned bowl, for each rate and each rule."""
    Q = np.linalg.qr(np.random.default_rng(0).normal(size=(10, 10)))[0]
    A = Q @ np.diag(CURVATURES) @ Q.T
    loss, gradient = bowl(A)
    starts = bowl_starts(A, 3)
    rates = 10.0 ** np.arange(-3, 1.6, 0.25)
    rules: tuple[tuple[str, Rule[Any], str, tuple[float, float]], ...] = (
        ("gradient descent", GradientStep(), "o", (0.4, 480)),
        ("momentum", Momentum(), "s", (1.1, 62)),
        ("Nesterov", Nesterov(), "D", (0.04, 62)),
        ("AdaGrad", AdaGrad(), "^", (3, 345)),
        ("Adam", Adam(), "v", (6, 125)),
    )
    fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
    for number, (name, rule, marker, place) in enumerate(rules):
        costs = []
        for rate in rates:
            counts = [cost(loss, gradient, start, rule, rate) for start in starts]
            costs.append(np.median(counts))
        ax.loglog(rates, np.where(np.isfinite(costs), costs, np.nan), marker=marker, color=f"C{number}", markersize=5)
        ax.text(*place, name, color=f"C{number}")
    ax.plot([0.6, 1.05], [117, 71], color="C1", linewidth=1)
    for name, evaluations in (("BFGS", 33), ("Newton", 11)):
        ax.axhline(evaluations, color=plt.rcParams["text.color"], linestyle="--", linewidth=1)
        ax.text(0.0011, evaluations * 1.07, f"{name}: no rate")
    ax.set(xlabel="learning rate", ylabel="evaluations to the line", xlim=(0.0009, 45), ylim=(8, 1000))
    return fig


def cost(
    loss: Callable[[Array], float], gradient: Callable[[Array], Array], start: Array, rule: Rule[Any], rate: float
) -> float:
    """Evaluations until the loss is a millionth, at most 800."""
    try:
        path = gradient_descent(loss, gradient, start, learning_rate=rate, steps=800, rule=rule, stop=target_loss(1e-6))
    except FloatingPointError:
        return np.inf
    return len(path.losses) - 1.0 if path.losses[-1] <= 1e-6 else np.inf


def gap_by_epochs() -> Figure:
    """Gap on the tumours against examples seen, with mini-batches and without."""
    tumours = load_breast_cancer()
    order = np.random.default_rng(0).permutation(569)[:400]
    features = tumours.features[order, :10]
    X = np.column_stack([np.ones(400), fit_scaler(features).transform(features)])
    y = tumours.labels[order]
    penalized = np.array([0.0] + [1.0] * 10)

    def loss(w: Array) -> float:
        scores = X @ w
        return float(np.mean(np.logaddexp(0, scores) - y * scores) + STRENGTH * np.sum(penalized * w**2))

    def gradient(w: Array, rows: NDArray[np.int64] | slice = slice(None)) -> Array:
        return (sigmoid(X[rows] @ w) - y[rows]) @ X[rows] / len(y[rows]) + 2 * STRENGTH * penalized * w

    def hessian(w: Array) -> Array:
        p = sigmoid(X @ w)
        return (X.T * (p * (1 - p))) @ X / len(y) + 2 * STRENGTH * np.diag(penalized)

    best = newton(loss, gradient, hessian, np.zeros(11), line_search="backtracking", tolerance=1e-10)
    smallest = float(best.losses[-1])
    each = (sigmoid(X @ best.result) - y)[:, np.newaxis] * X + 2 * STRENGTH * penalized * best.result
    noise = np.mean(np.sum(each**2, axis=1)) / 20
    starts = np.random.default_rng(0).normal(scale=0.5, size=(5, 11))

    fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
    marks = 20 * np.unique(np.geomspace(1, 80, 26).astype(int))
    marks = np.append([1, 2, 3, 5, 7, 10, 14], marks)
    runs = (
        ("independent", 1.0, True, "C0", (95, 3.6e-3)),
        ("shuffled", 1.0, False, "C1", (95, 3e-4)),
        ("falling rate", inverse_time_decay(10.0, half_after=40), False, "C2", (85, 2.2e-5)),
    )
    for name, rate, with_replacement, color, place in runs:
        gaps = []
        for seed, start in enumerate(starts):
            path = stochastic_gradient_descent(
                loss,
                gradient,
                start,
                examples=400,
                batch_size=20,
                epochs=80,
                learning_rate=rate,
                with_replacement=with_replacement,
                generator=np.random.default_rng(seed),
            )
            gaps.append(path.losses[marks] - smallest)
        ax.loglog(marks / 20, np.mean(gaps, axis=0), color=color, linewidth=1.8)
        ax.text(*place, name, color=color)
    ax.plot([0.05, 80], [noise / 4] * 2, "--", color=plt.rcParams["text.color"], linewidth=1)
    ax.text(0.05, noise / 4 * 1.15, "promised floor")
    full = [gradient_descent(loss, gradient, start, learning_rate=10, steps=80).losses - smallest for start in starts]
    ax.loglog(np.arange(1, 81), np.mean(full, axis=0)[1:], color="C3", linewidth=1.8)
    ax.text(95, 1e-4, "gradient\ndescent", color="C3", va="center")
    ax.text(1.6, 0.3, "all examples")
    ax.text(0.06, 8e-3, "mini-batches of 20")
    logs = []
    for start in starts:
        watched, visited = logged(loss)
        bfgs(watched, gradient, start)
        best_so_far = np.minimum.accumulate([loss(w) - smallest for w in visited])
        logs.append(best_so_far[np.minimum(np.arange(1, 61), len(best_so_far) - 1)])
    ax.loglog(np.arange(1, 61), np.maximum(np.mean(logs, axis=0), 1e-9), color="C4", linewidth=1.8)
    ax.text(36, 4e-5, "BFGS", color="C4", ha="right")
    ax.set(
        xlabel="epochs (400 examples each)",
        ylabel="gap",
        xlim=(0.045, 1100),
        xticks=[0.1, 1, 10, 100],
        ylim=(1.3e-5, 2),
    )
    return fig
