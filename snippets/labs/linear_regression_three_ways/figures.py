"""Figures of docs/labs/linear_regression_three_ways.py: one function, one SVG."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mlmath.datasets import load_windsor_housing
from mlmath.optim import gauss_newton, gradient_descent
from mlmath.plots import frame
from mlmath.stats import fit_scaler

X_SMALL = np.array([0.0, 1.0, 2.0, 3.0])
Y_SMALL = np.array([0.0, 4.0, 6.0, 6.0])
GUESS = (1.0, 1.0)
LEARNING_RATE = 0.05

X_GROWTH = np.array([0.0, 1.0, 2.0, 3.0])
Y_GROWTH = np.array([2.0, 3.0, 4.0, 7.0])


def errors_and_squares() -> Figure:
    """The line of the first guess, each error as a bar and its square as a square."""
    m, b = GUESS
    fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    line = np.array([-0.4, 3.6])
    ax.plot(line, m * line + b, color="C0", label="the guess, $y = x + 1$")
    ax.set(xlim=(-0.4, 4.2), ylim=(-0.6, 6.9), xlabel="$x$", ylabel="$y$")
    squash = 0.33  # one unit of y, drawn sideways, in units of x
    ax.set_aspect(squash)
    for x, y in zip(X_SMALL, Y_SMALL, strict=True):
        predicted = m * x + b
        error = predicted - y
        low, side = min(predicted, y), abs(error)
        ax.add_patch(Rectangle((x, low), side * squash, side, facecolor="C1", alpha=0.25, edgecolor="none"))
        ax.plot([x, x], [predicted, y], color="C1", linewidth=3)
        ax.text(x + side * squash / 2, low + side / 2, f"{error**2:.0f}", ha="center", va="center", fontsize=12)
        ax.text(x - 0.07, low + side / 2, f"{error:+.0f}".replace("-", "\N{MINUS SIGN}"), ha="right", va="center")
    ax.plot(X_SMALL, Y_SMALL, "o", color="C3", markersize=7, label="the data")
    ax.legend(loc="lower right")
    return fig


def loss_surface() -> Figure:
    """Level lines of the loss over (m, b) with the walk of the batch and of the single examples."""
    slopes, intercepts = np.meshgrid(np.linspace(0.75, 2.35, 161), np.linspace(0.75, 1.65, 121))
    errors = slopes[..., None] * X_SMALL + intercepts[..., None] - Y_SMALL
    losses = np.mean(errors**2, axis=-1)

    batch, single = [np.array(GUESS)], [np.array(GUESS)]
    for _ in range(60):
        m, b = batch[-1]
        e = m * X_SMALL + b - Y_SMALL
        batch.append(batch[-1] - LEARNING_RATE * 2 * np.array([np.mean(e * X_SMALL), np.mean(e)]))
    for _ in range(4):
        for x, y in zip(X_SMALL, Y_SMALL, strict=True):
            m, b = single[-1]
            e = m * x + b - y
            single.append(single[-1] - LEARNING_RATE * 2 * e * np.array([x, 1.0]))

    fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    levels = [1.02, 1.1, 1.25, 1.5, 2, 2.75, 3.75, 5, 7]
    ax.contour(slopes, intercepts, losses, levels=levels, colors=[plt.rcParams["grid.color"]], linewidths=1)
    ax.plot(*np.array(single).T, "o-", color="C1", markersize=3, linewidth=1, label="one example at a time")
    ax.plot(*np.array(batch).T, "o-", color="C0", markersize=4, linewidth=1.5, label="all four at once")
    ax.plot(2, 1, "*", color="C3", markersize=15, linestyle="none", label="the best line")
    ax.text(GUESS[0] - 0.03, GUESS[1] + 0.02, "the guess", ha="right")
    ax.set(xlim=(0.75, 2.35), ylim=(0.75, 1.65), xlabel="slope $m$", ylabel="intercept $b$")
    ax.legend(loc="lower left", bbox_to_anchor=(-0.1, 1), ncols=3, columnspacing=1, handletextpad=0.4)
    return fig


def gauss_newton_steps() -> Figure:
    """The curve a exp(c x) after 0, 1, 2 and 5 Gauss-Newton steps."""
    path = gauss_newton(lambda w: w[0] * np.exp(w[1] * X_GROWTH) - Y_GROWTH, [1.0, 1.0], steps=5)
    x = np.linspace(-0.15, 3.2, 120)
    fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    for k, style in zip((0, 1, 2, 5), (":", "-.", "--", "-"), strict=True):
        a, c = path.points[k]
        name = "the guess" if k == 0 else f"after step {k}"
        ax.plot(x, a * np.exp(c * x), style, color="C0" if k else "C1", label=name)
    ax.plot(X_GROWTH, Y_GROWTH, "o", color="C3", markersize=7, label="the data")
    ax.set(xlim=(-0.15, 3.2), ylim=(0, 13), xlabel="$x$", ylabel="$y$")
    ax.legend(loc="upper left")
    return fig


def fit_in_motion() -> Figure:
    """The line over the Windsor sales, after more and more descent steps."""
    houses = load_windsor_housing()
    lot_size, price = houses.column("lot_size"), houses.prices / 1000
    scaler = fit_scaler(lot_size[:, None])
    x = scaler.transform(lot_size[:, None])[:, 0]

    def loss(w):
        return np.mean((w[0] * x + w[1] - price) ** 2)

    def gradient(w):
        error = w[0] * x + w[1] - price
        return 2 * np.array([np.mean(error * x), np.mean(error)])

    path = gradient_descent(loss, gradient, [0.0, 0.0], learning_rate=0.05, steps=60)

    fig, ax = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
    ax.plot(lot_size, price, "o", color=plt.rcParams["grid.color"], markersize=3)
    left, right = 1_500.0, 13_600.0
    ends = np.array([left, right])
    still = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 60)
    for step in (*range(12), 15, 20, 25, 30, 40, 50, 60):
        m, b = path.points[step]
        heights = m * scaler.transform(ends[:, None])[:, 0] + b
        words = f"step {step}: typical error {path.losses[step] ** 0.5:.1f} thousand dollars"
        with frame(fig, words, still=step in still):
            ax.plot(ends, heights, color="C0", linewidth=3 if step == 60 else 2, alpha=1 if step == 60 else 0.65)
            aside = {30: -1.0, 60: 2.5}.get(step, 0.0)  # the last two ends are too close for their labels
            ax.text(right + 200, heights[1] + aside, str(step), va="center", fontsize=10)
    ax.text(right + 200, 137, "step", va="center", fontsize=10)
    ax.set(xlim=(1_000, 16_000), ylim=(-8, 195), xlabel="lot size in square feet", ylabel="price in thousand dollars")
    return fig
