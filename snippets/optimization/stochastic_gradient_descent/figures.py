"""Figures of docs/optimization/stochastic_gradient_descent.md: one function, one picture."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator
from numpy.typing import NDArray

from mlmath.datasets import load_windsor_housing
from mlmath.optim import inverse_time_decay, stochastic_gradient_descent
from mlmath.plots import frame
from mlmath.stats import fit_scaler

Array = NDArray[np.float64]
FEATURES = ("lot_size", "bedrooms", "bathrooms", "air_conditioning")


def prices_and_table(features: tuple[str, ...] = FEATURES) -> tuple[Array, Array]:
    """Scaled features with a column of ones, and prices in 10,000 dollars."""
    houses = load_windsor_housing()
    table = np.column_stack([houses.column(name) for name in features])
    return np.column_stack([np.ones(len(table)), fit_scaler(table).transform(table)]), houses.prices / 10_000


def _lot_model() -> tuple[Array, Array]:
    """Price from the lot size above 3,000 square feet, in units of 2,000: a leaning bowl."""
    houses = load_windsor_housing()
    return np.column_stack([np.ones(546), houses.column("lot_size") / 2000 - 1.5]), houses.prices / 10_000


def gradient_cloud() -> Figure:
    """The gradients of 546 houses agree at the guess and cancel at the minimum."""
    X, y = prices_and_table(("lot_size",))
    best = np.linalg.lstsq(X, y)[0]
    fig, axes = plt.subplots(1, 2, figsize=(5.6, 3.3), layout="constrained", sharex=True, sharey=True)
    for ax, w, title in ((axes[0], np.zeros(2), "at the guess"), (axes[1], best, "at the minimum")):
        each = (X @ w - y)[:, None] * X
        ax.plot(*each.T, "o", color="C0", markersize=2.5, alpha=0.5)
        ax.plot(*each.mean(axis=0), "D", color="C1", markersize=9, markeredgecolor=plt.rcParams["text.color"])
        ax.axhline(0, color=plt.rcParams["grid.color"], linewidth=1)
        ax.axvline(0, color=plt.rcParams["grid.color"], linewidth=1)
        ax.set(title=title, xlabel="partial for $b$", xlim=(-20, 10), ylim=(-31, 23))
    axes[0].set_ylabel("partial for $m$")
    axes[0].text(-19, 21, "dot: one house", va="top")
    axes[1].text(-19, 21, "diamond:\ntheir mean", va="top")
    return fig


def batch_paths() -> Figure:
    """Walks with the same rate and the same number of steps, one for each batch size."""
    X, y = _lot_model()
    best = np.linalg.lstsq(X, y)[0]
    fig, ax = plt.subplots(figsize=(5.4, 3.9), layout="constrained")
    b, m = np.linspace(-0.5, 7.5, 121), np.linspace(-0.5, 4.4, 121)
    residual = b[:, None, None] * X[:, 0] + m[None, :, None] * X[:, 1] - y
    surface = (residual**2).mean(axis=-1) / 2
    lowest = np.mean((X @ best - y) ** 2) / 2
    levels = lowest + np.array([0.1, 0.5, 2, 5, 10, 17])
    ax.contour(b, m, surface.T, levels=levels, colors=[plt.rcParams["grid.color"]], linewidths=1)
    ax.plot(*best, "*", color="C2", markersize=14, zorder=4)
    still = {1: ("C0", "o", 0.8), 546: ("C1", "s", 2.0)}
    walks = {}
    for size in (1, 2, 6, 14, 26, 42, 91, 182, 273, 546):
        walks[size] = stochastic_gradient_descent(
            lambda w: float(np.mean((X @ w - y) ** 2) / 2),
            lambda w, batch: X[batch].T @ (X[batch] @ w - y[batch]) / len(batch),
            [0.0, 0.0],
            examples=546,
            learning_rate=0.05,
            epochs=-(-100 * size // 546),
            batch_size=size,
            generator=np.random.default_rng(2),
        ).points[:101]
    for size, points in walks.items():
        off = np.sqrt(np.mean(np.sum((points - walks[546]) ** 2, axis=1)))
        words = f"batch {size}: 100 steps see {100 * size:,} examples and stray {off:.2f} from the full walk"
        with frame(fig, words, still=size in still):
            color, marker, width = still.get(size, ("C0", "o", 1.0))
            ax.plot(*points.T, marker=marker, color=color, markersize=3.5, linewidth=width)
            name = f"{'squares' if marker == 's' else 'dots'}: batch {size}"
            ax.text(0.6 if marker == "s" else 0.0, 1.03, name, transform=ax.transAxes)
    ax.set(xlabel="$b$", ylabel="$m$", xlim=(-0.5, 7.5), ylim=(-0.5, 4.4))
    return fig


def steps_needed(sizes: Array) -> Array:
    """Fewest steps of the model with one weight, from the distance 1 to a mean squared distance of 0.01."""
    rates = np.linspace(0.0002, 0.1, 4000)[:, None]
    floor = rates / (2 - rates) * 4.0 / sizes
    with np.errstate(invalid="ignore"):
        steps = np.ceil(np.log((0.01 - floor) / (1 - floor)) / (2 * np.log(1 - rates)))
    return np.asarray(np.nanmin(np.where(floor < 0.01, steps, np.nan), axis=0))


def sweet_spot() -> Figure:
    """Steps and examples to one accuracy, against the batch size: a bend near 40."""
    sizes = np.exp2(np.arange(11, dtype=np.float64))
    steps = steps_needed(sizes)
    fig, ax = plt.subplots(figsize=(5.4, 3.7), layout="constrained")
    ax.loglog(sizes, steps * sizes, "s-", color="C1", linewidth=2, markersize=5)
    ax.loglog(sizes, steps, "o-", color="C0", linewidth=2, markersize=5)
    ax.axvline(40, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
    ax.text(1, 1250, "examples seen")
    ax.text(1, 120, "steps")
    ax.text(44, 6, "sweet spot ends")
    ax.set(xlabel="batch size $B$", ylabel="needed for one accuracy", ylim=(4, 60_000))
    ax.set_xticks([1, 4, 16, 64, 256, 1024], ["1", "4", "16", "64", "256", "1024"])
    ax.xaxis.set_minor_locator(NullLocator())
    return fig


def walk_losses(schedule: Callable[[int], float], steps: int) -> Array:
    """Mean loss above the minimum of 2000 walks with one weight on the prices 2 and 6, from 9."""
    generator = np.random.default_rng(0)
    w = np.full(2000, 9.0)
    above = [12.5]
    for k in range(steps):
        w = w - schedule(k) * (w - (2.0 + 4.0 * generator.integers(2, size=2000)))
        above.append(float(np.mean((w - 4) ** 2) / 2))
    return np.array(above)


def floors() -> Figure:
    """Constant rates stall at floors proportional to them, 1/(k+1) does not stall, a small c/(k+1) crawls."""
    fig, ax = plt.subplots(figsize=(5.6, 3.9), layout="constrained")
    seen = np.arange(3001)
    curves: tuple[tuple[str, Callable[[int], float], str, str], ...] = (
        ("0.1", lambda _: 0.1, "C0", "-"),
        ("0.01", lambda _: 0.01, "C1", "-"),
        ("1/(k+1)", inverse_time_decay(1.0, half_after=1), "C2", "-"),
        ("0.1/(k+1)", inverse_time_decay(0.1, half_after=1), "C3", "-"),
    )
    for name, schedule, color, style in curves:
        above = walk_losses(schedule, 3000)
        ax.loglog(seen[1:], above[1:], style, color=color, linewidth=2)
        ax.text(3300, above[-1], name, va="center")
    for rate in (0.1, 0.01):
        height = rate / (2 - rate) * 4 / 2
        ax.plot([1, 3000], [height, height], "--", color=plt.rcParams["text.color"], linewidth=1)
        ax.text(1.1, height * 1.12, f"floor of {rate}")
    ax.set(xlabel="examples seen", ylabel="loss above the minimum", xlim=(1, 30_000), ylim=(4e-4, 30))
    ax.set_xticks([1, 10, 100, 1000])
    ax.xaxis.set_minor_locator(NullLocator())
    return fig


def sorted_or_shuffled() -> Figure:
    """Epochs over four sorted prices swing and end too high; shuffled ones wander around the mean."""
    four = np.array([2.0, 2.0, 6.0, 6.0])
    generator = np.random.default_rng(3)
    fig, axes = plt.subplots(1, 2, figsize=(5.6, 3.1), layout="constrained", sharey=True)
    for ax, shuffled, title in ((axes[0], False, "sorted"), (axes[1], True, "shuffled")):
        w, walk = 4.0, [4.0]
        for _ in range(8):
            for price in generator.permutation(four) if shuffled else four:
                w = w - 0.5 * (w - price)
                walk.append(w)
        ax.axhline(4, color=plt.rcParams["text.color"], linestyle="--", linewidth=1)
        ax.plot(walk, color="C0", linewidth=1)
        ax.plot(np.arange(4, 33, 4), walk[4::4], "D", color="C1", markersize=7)
        ax.set(title=title, xlabel="step", xticks=[0, 8, 16, 24, 32], ylim=(1.7, 6.6))
    axes[0].set_ylabel("$w$")
    axes[0].text(0, 6.1, "diamond: end of epoch")
    axes[1].text(16, 6.1, "dashed: the minimum", ha="center")
    return fig
