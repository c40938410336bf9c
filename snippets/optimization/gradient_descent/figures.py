"""Figures of docs/optimization/gradient_descent.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.datasets import load_windsor_housing
from mlmath.optim import gradient_descent
from mlmath.plots import frame
from mlmath.stats import fit_scaler

Numbers = NDArray[np.float64]
BOWL = np.array([[2.0, 1.2], [1.2, 2.0]])  # curvatures of two standardised features with the correlation 0.6


def bowl(p: Numbers) -> float:
    """The excess loss of the page's model with two weights; p is the distance from the best weights."""
    return float(p @ BOWL @ p) / 2


def _house_table() -> tuple[Numbers, Numbers]:
    """A column of ones and the eleven standardised features, and the prices in thousand dollars."""
    houses = load_windsor_housing()
    scaled = fit_scaler(houses.features).transform(houses.features)
    return np.column_stack([np.ones(len(scaled)), scaled]), houses.prices / 1000


def wells(w: Numbers) -> Numbers:
    """A plain with a shallow well at -2 and a deep one at 1.5."""
    return np.asarray(2 - 1.0 * np.exp(-((w + 2) ** 2) / 0.6) - 1.6 * np.exp(-((w - 1.5) ** 2) / 0.9))


def wells_slope(w: Numbers) -> Numbers:
    """Its derivative."""
    left = 1.0 * np.exp(-((w + 2) ** 2) / 0.6) * 2 * (w + 2) / 0.6
    right = 1.6 * np.exp(-((w - 1.5) ** 2) / 0.9) * 2 * (w - 1.5) / 0.9
    return np.asarray(left + right)


def argmin_and_minimum() -> Figure:
    """The ride's loss under three maps: three heights, one place."""
    fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
    c = np.linspace(2.5, 11.5, 181)
    mean = (c - 7) ** 2 + 9
    ax.axvline(7, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1.5)
    for number, (name, loss) in enumerate({"sum": 2 * mean, "mean": mean, "root": np.sqrt(mean)}.items()):
        ax.plot(c, loss, color=f"C{number}", linewidth=2)
        ax.plot(7, loss[90], "osD"[number], color=f"C{number}", markersize=7)
        ax.text(11.7, loss[-1], f"{name}:\nminimum {loss[90]:.0f}", va="center")
    ax.text(6.85, 50, "argmin 7", ha="right", va="center")
    ax.set(xlabel="prediction $c$ in minutes", ylabel="loss", xlim=(2.2, 14.6), ylim=(-2, 64), xticks=[4, 7, 10])
    return fig


def where_descent_ends() -> Figure:
    """Walks of 60 steps on a landscape with two wells, one for each start."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    w = np.linspace(-5.2, 5.2, 521)
    ax.plot(w, wells(w), color=plt.rcParams["text.color"], linewidth=2)
    for place, height, name, align in (
        (-2.0, 0.9, "local\nminimum", "center"),
        (1.5, 0.3, "global minimum", "center"),
        (-0.6, 2.12, "peak", "center"),
        (4.6, 2.12, "plateau", "center"),
        (-4.4, 2.12, "plateau", "center"),
    ):
        ax.text(place, height, name, ha=align, va="top" if height < 2 else "bottom")
    still = {-3.0: "C0", 4.6: "C1"}
    for start in (-4.6, -3.8, -3.0, -2.4, -1.2, -0.5, -0.3, 0.5, 2.5, 3.4, 4.0, 4.6):
        path = gradient_descent(
            lambda p: float(wells(p)[0]), wells_slope, [start], learning_rate=0.2, steps=60, tolerance=1e-9
        )
        end, slope = path.result[0], path.gradient_norms[-1]
        steepness = f"slope {slope:.4f}" if slope > 1e-5 else "slope below 0.00001"
        words = f"start {start:g}: after 60 steps w = {end:.2f}, loss {path.losses[-1]:.2f}, {steepness}"
        with frame(fig, words, still=start in still):
            color = still.get(start, "C0")
            marker = "s" if start == 4.6 else "o"
            ax.plot(path.points[:, 0], path.losses, marker, color=color, markersize=5)
            ax.plot(start, path.losses[0], marker, color=color, markersize=9, markerfacecolor="none")
    ax.set(xlabel="$w$", ylabel="loss", ylim=(-0.05, 2.5), yticks=[0, 1, 2])
    return fig


def rates_on_two_weights() -> Figure:
    """The walk on the bowl of two weights and its excess loss, one state for each learning rate."""
    fig, (ax, curve) = plt.subplots(2, 1, figsize=(4.8, 6.4), layout="constrained", height_ratios=(1.4, 1))
    grid = plt.rcParams["grid.color"]
    u, v = np.meshgrid(np.linspace(-4.4, 4.4, 121), np.linspace(-4, 4.4, 121))
    height = u**2 + 1.2 * u * v + v**2
    ax.contour(u, v, height, levels=[0.25, 1.6, 4, 7.5, 12], colors=[grid], linewidths=1)
    ends = np.array([-3.4, 3.4])
    for sign, name in ((1, "steep"), (-1, "flat")):
        ax.plot(ends, sign * ends, "--", color=grid, linewidth=1)
        ax.text(sign * 3.5, 3.5, name, ha="center", va="bottom")
    ax.plot(0, 0, "*", color="C2", markersize=12, zorder=3)
    still = {0.25: ("C0", "o"), 0.6: ("C1", "s")}
    for rate in (0.02, 0.05, 0.1, 0.25, 0.3125, 0.4, 0.5, 0.55, 0.6, 0.625, 0.64, 0.7):
        path = gradient_descent(bowl, lambda p: BOWL @ p, [3.0, -1.0], learning_rate=rate, steps=20)
        steep, flat = 1 - 3.2 * rate, 1 - 0.8 * rate
        last = path.losses[-1]
        loss = f"{last:.0f}" if last > 10 else f"{last:.2g}" if last > 1e-4 else "less than 0.0001"
        words = f"learning rate {rate:g}: factors {steep:.2f} steep, {flat:.2f} flat; 6.4 goes to {loss} in 20 steps"
        with frame(fig, words.replace("-", "−"), still=rate in still):
            color, marker = still.get(rate, ("C0", "o"))
            ax.plot(*path.points.T, marker=marker, color=color, markersize=4, linewidth=1.2)
            curve.semilogy(np.maximum(path.losses, 1e-12), marker=marker, color=color, markersize=4, linewidth=1.2)
            curve.text(20.6, max(path.losses[-1], 1e-10), f"{rate:g}", va="center")
    curve.set(xlabel="step", title="excess loss, log axis", ylim=(1e-9, 1e4), xlim=(-0.5, 25), xticks=[0, 10, 20])
    ax.set(xlabel="$u$", ylabel="$v$", title="seen from above", aspect="equal", xlim=(-4.4, 4.4), ylim=(-4, 4.4))
    return fig


def house_rates() -> Figure:
    """Excess loss on the house prices against the step, with rates below, at and above the limit."""
    fig, ax = plt.subplots(figsize=(5.4, 3.8), layout="constrained")
    X, price = _house_table()
    largest = np.linalg.eigvalsh(2 * X.T @ X / len(price))[-1]
    weights = np.linalg.lstsq(X, price)[0]
    least = float(np.mean((X @ weights - price) ** 2))
    styles = ("-", "--", "-.", "-", ":")
    for number, (rate, name) in enumerate(
        (
            (0.001, "0.001"),
            (0.01, "0.01"),
            (0.99 * 2 / largest, "1 % below $2/L$"),
            (2 / largest, "at $2/L$"),
            (1.01 * 2 / largest, "1 % above $2/L$"),
        )
    ):
        path = gradient_descent(
            lambda w: float(np.mean((X @ w - price) ** 2)),
            lambda w: 2 * X.T @ (X @ w - price) / len(price),
            np.zeros(X.shape[1]),
            learning_rate=rate,
            steps=200,
        )
        excess = path.losses - least
        ax.semilogy(excess, styles[number], color=f"C{number}", linewidth=2)
        ax.text(203, excess[-1], name, va="center")
    ax.set(xlabel="step", ylabel="loss above its minimum (log)", xlim=(0, 290), xticks=[0, 100, 200], ylim=(1e-2, 1e7))
    return fig


def factor_against_rate() -> Figure:
    """The two factors of the bowl of two weights against the learning rate; the larger one decides."""
    fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
    rate = np.linspace(0, 0.72, 400)
    steep, flat = np.abs(1 - 3.2 * rate), np.abs(1 - 0.8 * rate)
    ax.plot(rate, np.maximum(steep, flat), color=plt.rcParams["grid.color"], linewidth=9, solid_capstyle="butt")
    ax.plot(rate, steep, "--", color="C0", linewidth=2)
    ax.plot(rate, flat, "-", color="C1", linewidth=2)
    ax.axhline(1, color=plt.rcParams["text.color"], linewidth=1)
    ax.text(0.36, 0.03, "steep: $|1 - 3.2\\,\\eta|$", ha="left", va="bottom")
    ax.text(0.715, 0.4, "flat: $|1 - 0.8\\,\\eta|$", ha="right", va="top")
    for place, height, name, x, y, align in (
        (0.3125, 0.75, "$1/L$: 0.75", 0.27, 0.62, "right"),
        (0.5, 0.6, "best: 0.6", 0.58, 0.66, "left"),
        (0.625, 1.0, "$2/L$: 1", 0.6, 1.16, "right"),
    ):
        ax.annotate(name, (place, height), (x, y), ha=align, va="center", arrowprops={"arrowstyle": "-", "shrinkB": 4})
        ax.plot(place, height, "o", color="C2", markersize=7, zorder=3)
    ax.set(xlabel=r"learning rate $\eta$", ylabel="factor per step", ylim=(0, 1.3), xlim=(0, 0.72))
    return fig


def straight_or_bent() -> Figure:
    """Measured distances on the houses and on w^4, each beside what theory predicts."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    X, price = _house_table()
    curvatures = np.linalg.eigvalsh(2 * X.T @ X / len(price))
    weights = np.linalg.lstsq(X, price)[0]
    steps = np.arange(121)
    houses = gradient_descent(
        lambda w: float(np.mean((X @ w - price) ** 2)),
        lambda w: 2 * X.T @ (X @ w - price) / len(price),
        np.zeros(X.shape[1]),
        learning_rate=0.1,
        steps=120,
    )
    distance = np.linalg.norm(houses.points - weights, axis=1)
    factor = max(abs(1 - 0.1 * curvatures[0]), abs(1 - 0.1 * curvatures[-1]))
    quartic = gradient_descent(lambda w: float(w[0] ** 4), lambda w: 4 * w**3, [1.0], learning_rate=0.1, steps=120)
    ax.semilogy(steps, quartic.points[:, 0], color="C2", linewidth=2)
    ax.semilogy(steps[5:], 1 / np.sqrt(0.8 * steps[5:]), "--", color="C2", linewidth=1.5)
    ax.semilogy(steps, factor**steps, "--", color="C0", linewidth=1.5)
    ax.semilogy(steps, distance / distance[0], color="C0", linewidth=2)
    for height, name in (
        (quartic.points[-1, 0], "$w^4$, both"),
        (factor**120, "houses,\npredicted"),
        (distance[-1] / distance[0], "houses,\nmeasured"),
    ):
        ax.text(122, height, name, va="center")
    ax.set(xlabel="step", ylabel="share of the first distance (log)", ylim=(3e-7, 2))
    ax.set(xlim=(0, 156), xticks=[0, 40, 80, 120])
    return fig
