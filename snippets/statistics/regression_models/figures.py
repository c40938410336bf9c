"""Figures of docs/statistics/regression_models.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from mlmath.datasets import load_anscombe, load_breast_cancer, load_windsor_housing
from mlmath.losses import log_loss
from mlmath.models import fit_linear_regression, fit_logistic_regression
from mlmath.plots import frame
from mlmath.stats import sigmoid


def redrawn_slopes() -> Figure:
    """Lines and slopes of many days: the four trips with new noise each."""
    fig, (ax, counts) = plt.subplots(1, 2, figsize=(5.2, 3.1), layout="constrained", width_ratios=(1.1, 1))
    x = np.array([1.0, 1.0, 3.0, 3.0])
    days = 10 + 5 * x + np.random.default_rng(2).normal(0, 5, (20_000, 4))
    fits = np.polynomial.polynomial.polyfit(x, days.T, 1)
    ends = np.array([0.5, 3.5])
    for b, m in fits.T[:40]:
        ax.plot(ends, b + m * ends, color="C0", linewidth=0.8, alpha=0.5)
    ax.plot(ends, 10 + 5 * ends, "--", color="C1", linewidth=3)
    ax.plot(x, [12, 18, 21, 29], "o", color=plt.rcParams["text.color"], zorder=3)
    ax.set(xlabel="kilometres", ylabel="minutes", xticks=[1, 2, 3], title="40 days, 40 lines", ylim=(0, 42))
    ax.text(3.5, 2, "dashed: true line", ha="right")
    slopes = fits[1]
    counts.hist(slopes, bins=np.arange(-5, 15.1, 0.5), color="C0", alpha=0.6)
    height = counts.get_ylim()[1]
    counts.plot([2.5, 7.5], [height * 1.06] * 2, "|-", color=plt.rcParams["text.color"], markersize=10, linewidth=2)
    counts.text(5, height * 1.12, f"{slopes.mean():.0f} ± {slopes.std():.1f}", ha="center")
    counts.set(
        xlabel="slope of a day",
        yticks=[],
        title="20,000 days",
        ylim=(0, height * 1.25),
        xlim=(-5, 15),
        xticks=[0, 5, 10],
    )
    counts.spines["left"].set_visible(False)
    return fig


def percent_change() -> Figure:
    """The change that a coefficient stands for, beside the coefficient read as percent."""
    fig, ax = plt.subplots(figsize=(5.2, 3.5), layout="constrained")
    w = np.linspace(-1.1, 1.1, 101)
    ax.plot(w, 100 * w, "--", color="C1", linewidth=2)
    ax.plot(w, 100 * np.expm1(w), color="C0", linewidth=2.5)
    ax.text(1.13, 100, "read as\npercent", va="center")
    ax.text(1.13, 197, "what the\nprice does", va="center")
    for value, place, side in (
        (-0.7, (-0.8, -29), "center"),
        (-0.1, (-0.1, -34), "left"),
        (0.1, (0.06, 24), "right"),
        (0.7, (0.64, 117), "right"),
    ):
        change = 100 * np.expm1(value)
        ax.plot(value, change, "o", color="C0", zorder=3)
        ax.text(*place, f"{value:+.1f}: {change:+.1f}%".replace("-", "\N{MINUS SIGN}"), ha=side)
    ax.set(xlabel="coefficient", ylabel="change in percent", xlim=(-1.15, 1.6), ylim=(-115, 215))
    ax.set_xticks([-1, -0.5, 0, 0.5, 1])
    return fig


def sigmoid_moves() -> Figure:
    """Sigmoids over the radius of tumours, from flat to steep, then shifted."""
    tumours = load_breast_cancer()
    radius, malignant = tumours.column("mean_radius"), tumours.labels
    model = fit_logistic_regression(radius[:, np.newaxis], malignant)
    best, middle = model.weights[0], -model.intercept / model.weights[0]
    fig, ax = plt.subplots(figsize=(5.6, 3.7), layout="constrained")
    height = np.random.default_rng(0).uniform(0.02, 0.1, len(radius))
    for label, marker, color in ((0, "o", "C0"), (1, "s", "C1")):
        of_class = malignant == label
        place = -height if label == 0 else 1 + height
        ax.plot(radius[of_class], place[of_class], marker, color=color, markersize=2.5, alpha=0.6)
    ax.text(29, -0.06, "benign", ha="right", va="center")
    ax.text(6.2, 1.06, "malignant", va="center")
    ax.axhline(0.5, color=plt.rcParams["grid.color"], linewidth=1)
    grid = np.linspace(6, 29, 300)
    states = [(w, middle) for w in (0.0, 0.1, 0.25, 0.5, 0.75, best, 1.5, 2.5, 5.0)]
    states += [(best, centre) for centre in (12.0, 13.0, 14.0, 16.0, 18.0)]
    for weight, centre in states:
        bias = -weight * centre
        loss = log_loss(weight * radius + bias, malignant).value
        words = f"weight {weight:.2f}, intercept {bias:.1f}: mean log loss {loss:.3f}"
        is_best = weight == best and centre == middle
        if is_best:
            words += ", the smallest"
        with frame(fig, words.replace("-", "\N{MINUS SIGN}").replace(" \N{MINUS SIGN}0.0:", " 0.0:"), still=is_best):
            ax.plot(grid, sigmoid(weight * grid + bias), color=plt.rcParams["text.color"], linewidth=2.5)
            if weight > 0:
                ax.plot([centre, centre], [0, 1], ":", color=plt.rcParams["text.color"], linewidth=1.5)
                ax.text(centre + 0.3, 0.06, f"0.5 at {centre:.2f}")
    ax.set(xlabel="mean radius", ylabel="probability of malignant", xlim=(6, 29), ylim=(-0.14, 1.14))
    ax.set_yticks([0, 0.5, 1])
    return fig


def wrong_model() -> Figure:
    """Data along a parabola, fitted by other powers of x, over the residuals of each fit."""
    fig, (ax, left) = plt.subplots(2, 1, figsize=(5.2, 5.0), layout="constrained", height_ratios=(1.2, 1), sharex=True)
    rng = np.random.default_rng(3)
    x = np.sort(rng.uniform(0.4, 10, 80))
    y = 2 + 0.25 * x**2 + rng.normal(0, 1.2, x.size)
    ax.plot(x, y, "o", color="C0", markersize=4)
    left.axhline(0, color=plt.rcParams["grid.color"], linewidth=1.5)
    grid = np.linspace(0, 10, 100)
    for power in (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0):
        model = fit_linear_regression((x**power)[:, np.newaxis], y)
        if power == 2:
            pattern = "a shapeless band"
        elif 1.5 <= power <= 2.5:
            pattern = "hardly a pattern"
        else:
            pattern = "plus, minus, plus" if power < 2 else "minus, plus, minus"
        share = f"{model.r_squared:.2f}"
        words = f"$b + m x^{{{power:g}}}$, $R^2$ = {share}"
        with frame(fig, f"power {power:g}: residuals {pattern}, R squared {share}", still=power == 1):
            ax.plot(grid, model.predict((grid**power)[:, np.newaxis]), color="C1", linewidth=2.5)
            left.plot(x, model.residuals, "o", color="C1", markersize=4)
            ax.text(0.2, 25, words if power != 1 else words.replace("^{1}", ""))
            left.text(1.5, 10.5, pattern)
    ax.set(ylabel="$y$", ylim=(-4, 29), xlim=(-0.4, 10.4))
    left.set(xlabel="$x$", ylabel="residual", ylim=(-9, 14))
    return fig


def anscombes_quartet() -> Figure:
    """Four data sets with one line, one standard error and one R squared."""
    fig, axes = plt.subplots(2, 2, figsize=(5.2, 4.2), layout="constrained", sharex=True, sharey=True)
    ends = np.array([3.0, 20.0])
    words = ("1: a noisy line", "2: a curve", "3: an outlier", "4: one far point")
    for ax, x, y, name in zip(axes.flat, *load_anscombe(), words, strict=True):
        line = fit_linear_regression(x[:, np.newaxis], y)
        ax.plot(ends, line.predict(ends[:, np.newaxis]), color="C1", linewidth=2)
        ax.plot(x, y, "o", color="C0", markersize=5)
        ax.set(title=name, xlim=(3, 20), ylim=(2, 14))
    return fig


def residuals_of_prices() -> Figure:
    """Residuals against fitted values, for prices and for log prices."""
    houses = load_windsor_housing()
    lot = houses.column("lot_size")[:, np.newaxis]
    fig, axes = plt.subplots(1, 2, figsize=(5.2, 3.1), layout="constrained")
    for ax, feature, target, title, unit in (
        (axes[0], lot, houses.prices / 1000, "price: a funnel", "1000 dollars"),
        (axes[1], np.log(lot), np.log(houses.prices), "log price: a band", "log"),
    ):
        fit = fit_linear_regression(feature, target)
        ax.axhline(0, color=plt.rcParams["grid.color"], linewidth=1.5)
        ax.plot(fit.predict(feature), fit.residuals, "o", color="C0", markersize=3, alpha=0.5)
        ax.set(title=title, xlabel=f"fitted ({unit})")
    axes[0].set_ylabel("residual")
    return fig
