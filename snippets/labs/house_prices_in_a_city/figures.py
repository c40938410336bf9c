"""Figures of docs/labs/house_prices_in_a_city.py: one function, one SVG."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.datasets import load_windsor_housing
from mlmath.models import fit_linear_regression
from mlmath.plots import frame
from mlmath.stats import LogNormal, Normal, train_test_split

Array = NDArray[np.float64]

HOUSES = load_windsor_housing()
PRICE = HOUSES.prices
LOG_PRICE = np.log(PRICE)
N = len(PRICE)
FOUR = ("lot_size", "bedrooms", "bathrooms", "air_conditioning")
ALL = HOUSES.feature_names


def columns(names: Sequence[str]) -> Array:
    """The named features, the lot size as its logarithm."""
    return np.column_stack(
        [np.log(HOUSES.column(name)) if name == "lot_size" else HOUSES.column(name) for name in names]
    )


X = columns(FOUR)
MODEL = fit_linear_regression(X, LOG_PRICE)
PREDICTED = np.exp(MODEL.predict(X))


def two_recipes() -> Figure:
    """Histogram of the prices with both fitted densities."""
    fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
    thousands = PRICE / 1000
    bins = np.arange(20, 200, 10)
    ax.hist(thousands, bins=list(bins), density=True, color=plt.rcParams["grid.color"], alpha=0.45)
    x = np.linspace(-15, 195, 400)
    log_normal, normal = LogNormal.fit(thousands), Normal.fit(thousands)
    ax.plot(x[x > 0], log_normal.pdf(x[x > 0]), color="C0")
    ax.plot(x, normal.pdf(x), "--", color="C1")
    ax.text(72, 0.0172, "log-normal", color="C0")
    ax.text(-15, 0.0055, "normal", color="C1")
    ax.annotate(
        "6 sold above 150",
        (165, 0.0004),
        (125, 0.0045),
        arrowprops={"arrowstyle": "->", "color": plt.rcParams["text.color"]},
    )
    ax.set(xlim=(-18, 198), ylim=(0, 0.0215), xlabel="price in thousand dollars", ylabel="share of houses", yticks=[])
    return fig


def three_questions() -> Figure:
    """Each weight alone, beside three and beside ten other features, with its 95% interval."""
    fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
    ax.axvline(0, color=plt.rcParams["grid.color"], linewidth=1)
    markers = ("o", "s", "D")
    labels = ("alone", "of 4", "of 11")
    for j, name in enumerate(FOUR):
        for k, names in enumerate(((name,), FOUR, ALL)):
            fit = fit_linear_regression(columns(names), LOG_PRICE)
            place = names.index(name) + 1
            low, high = fit.confidence_intervals()
            y = -j - 0.22 * k
            ax.plot([low[place], high[place]], [y, y], color=f"C{k}", linewidth=2.5)
            ax.plot(fit.coefficients[place], y, markers[k], color=f"C{k}", markersize=6)
            ax.text(high[place] + 0.01, y, labels[k], va="center", fontsize=9, color=f"C{k}")
    names_shown = ["lot size\n(log)", "bedrooms", "bathrooms", "air condi-\ntioning"]
    ax.set_yticks([-j - 0.22 for j in range(len(FOUR))], names_shown)
    ax.set(xlim=(-0.03, 0.7), ylim=(-3.7, 0.28), xlabel="weight in a model of the log price")
    ax.tick_params(axis="y", length=0)
    return fig


def residuals_against() -> Figure:
    """Residuals of the four-feature model against what it knows, and what it does not know."""
    fig, ax = plt.subplots(figsize=(5.6, 3.7), layout="constrained")
    ax.set(xlim=(-0.06, 1.06), ylim=(-0.95, 0.95), ylabel="residual of the log price", xticks=[])
    ax.axhline(0, color=plt.rcParams["grid.color"], linewidth=1.5)
    rows = np.arange(1.0, N + 1)
    stories, preferred = HOUSES.column("stories"), HOUSES.column("preferred_area")
    states = (
        ("predicted price, log scale", PREDICTED, np.quantile(PREDICTED, [0.2, 0.4, 0.6, 0.8]), "in the model", False),
        (
            "lot size, log scale",
            HOUSES.column("lot_size"),
            np.quantile(HOUSES.column("lot_size"), [0.2, 0.4, 0.6, 0.8]),
            "in the model",
            False,
        ),
        ("bedrooms", HOUSES.column("bedrooms"), np.array([2.5, 3.5]), "in the model", False),
        ("stories", stories, np.array([1.5, 2.5, 3.5]), "left out", True),
        ("preferred area", preferred, np.array([0.5]), "left out", False),
        ("place in the file", rows, np.linspace(0, N, 11)[1:-1], "left out", False),
    )
    scatter = np.random.default_rng(0).uniform(-0.025, 0.025, N)
    for name, values, cuts, known, still in states:
        wide = (np.log(values) if name in ("predicted price, log scale", "lot size, log scale") else values).astype(
            float
        )
        x = (wide - wide.min()) / (wide.max() - wide.min())
        groups = np.digitize(values, cuts)
        means = [float(MODEL.residuals[groups == k].mean()) for k in range(len(cuts) + 1)]
        words = f"{name}, {known}: means of the groups from {min(means):+.2f} to {max(means):+.2f}"
        with frame(fig, words.replace("-", "\N{MINUS SIGN}"), still=still):
            ax.plot(x + scatter * (len(set(values)) < 10), MODEL.residuals, "o", color="C0", markersize=3, alpha=0.4)
            middles = [float(x[groups == k].mean()) for k in range(len(means))]
            ax.plot(middles, means, "s-", color="C1", markersize=7, linewidth=1.5)
            ax.text(0.5, -1.03, f"{name} ({known})", ha="center", va="top", fontsize=11)
            small, large = float(values.min()), float(values.max())
            ends = ("no", "yes") if name == "preferred area" else (f"{small:,.0f}", f"{large:,.0f}")
            ax.text(0, -1.03, ends[0], ha="center", va="top", fontsize=10)
            ax.text(1, -1.03, ends[1], ha="center", va="top", fontsize=10)
    ax.text(0.5, -1.13, " ", va="top")
    return fig


def redrawn_elasticities(block: int) -> Array:
    """The lab's bootstrap: 1000 elasticities from samples in blocks of neighbouring rows."""
    generator = np.random.default_rng(1)
    table = np.column_stack([np.ones(N), X])
    found = []
    for _ in range(1000):
        first = generator.integers(N, size=-(-N // block))
        chosen = (first[:, np.newaxis] + np.arange(block)).ravel()[:N] % N
        found.append(np.linalg.lstsq(table[chosen], LOG_PRICE[chosen])[0][1])
    return np.array(found)


def rows_and_blocks() -> Figure:
    """Histograms of the elasticity, redrawn by rows and by blocks."""
    fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
    bins = np.arange(0.24, 0.56, 0.01)
    for block, name, dashes, color, height in (
        (1, "by rows", "-", "C0", 172),
        (20, "in blocks of 20", "--", "C1", 188),
    ):
        draws = redrawn_elasticities(block)
        ax.hist(draws, bins=list(bins), histtype="step", linestyle=dashes, color=color, linewidth=1.8)
        low, high = np.quantile(draws, [0.025, 0.975])
        ax.plot([low, high], [height, height], dashes, color=color, linewidth=3)
        ax.text(high + 0.006, height, name, va="center", color=color)
    ax.set(xlim=(0.24, 0.58), ylim=(0, 200), xlabel="elasticity of the price for the lot size", ylabel="redrawn fits")
    return fig


def one_house() -> Figure:
    """The density of the price of the lab's house, with both intervals and the sales like it."""
    x = np.array([[np.log(6000), 3, 2, 1]])
    center = float(MODEL.predict(x)[0])
    recipe = LogNormal(center, MODEL.residual_standard_deviation)
    grid = np.linspace(35, 185, 300)
    density = np.asarray(recipe.pdf(grid * 1000))
    top = float(density.max())
    fig, ax = plt.subplots(figsize=(5.6, 4), layout="constrained")
    ax.fill_between(grid, density / top, color="C0", alpha=0.15, linewidth=0)
    ax.plot(grid, density / top, color="C0")
    middle, mean = np.exp(center) / 1000, np.exp(center) * np.mean(np.exp(MODEL.residuals)) / 1000
    for value, dashes in ((middle, "-"), (mean, "--")):
        ax.plot(
            [value, value],
            [0, float(np.interp(value, grid, density / top))],
            dashes,
            color=plt.rcParams["text.color"],
            linewidth=1.5,
        )
    ax.text(middle - 2, 0.12, "median", ha="right")
    ax.text(mean + 2, 0.12, "mean")
    bars = (
        (MODEL.mean_intervals(x), -0.16, "median of such houses", "C1"),
        (MODEL.prediction_intervals(x), -0.34, "next sale", "C3"),
    )
    for (low, high), y, name, color in bars:
        ends = np.exp([low[0], high[0]]) / 1000
        ax.plot(ends, [y, y], color=color, linewidth=5, solid_capstyle="butt")
        ax.text(ends[1] + 2, y, name, va="center")
    alike = np.abs(HOUSES.column("lot_size") - 6000) <= 1000
    for name, wanted in (("bedrooms", 3), ("bathrooms", 2), ("air_conditioning", 1)):
        alike &= HOUSES.column(name) == wanted
    ax.plot(PRICE[alike] / 1000, np.full(alike.sum(), -0.52), "|", color=plt.rcParams["text.color"], markersize=10)
    ax.text(PRICE[alike].max() / 1000 + 3, -0.52, "sold like it", va="center")
    ax.set(xlim=(35, 190), ylim=(-0.62, 1.05), xlabel="price in thousand dollars", yticks=[])
    ax.spines["left"].set_visible(False)
    return fig


def coverage_by_band() -> Figure:
    """Share of held-out sales in their 95% intervals, by band of the predicted price."""
    bands = np.digitize(PREDICTED, [50_000, 60_000, 80_000])
    in_dollars = np.column_stack([HOUSES.column(name) for name in FOUR])
    tested, held = np.zeros(N), np.zeros((2, N))
    generator = np.random.default_rng(2)
    for _ in range(60):
        train, test = train_test_split(N, test_fraction=1 / 3, generator=generator)
        tested[test] += 1
        for k, (table, target) in enumerate(((X, LOG_PRICE), (in_dollars, PRICE))):
            low, high = fit_linear_regression(table[train], target[train]).prediction_intervals(table[test])
            held[k, test] += (low <= target[test]) & (target[test] <= high)
    fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
    ax.axhline(95, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1.5)
    ax.text(-0.25, 94.85, "promised", va="top", fontsize=10)
    for k, (name, style) in enumerate((("log prices", "o-"), ("dollars", "s:"))):
        share = 100 * np.bincount(bands, held[k]) / np.bincount(bands, tested)
        ax.plot(np.arange(4), share, style, color=f"C{k}", markersize=7)
        ax.text(3.12, share[-1], name, va="center", color=f"C{k}")
    ax.set_xticks(range(4), ["below 50", "50 to 60", "60 to 80", "above 80"])
    ax.set(xlim=(-0.3, 3.85), ylim=(86, 101), xlabel="predicted price in thousand dollars", ylabel="percent inside")
    return fig
