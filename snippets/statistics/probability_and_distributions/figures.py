"""Figures of docs/statistics/probability_and_distributions.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.datasets import load_windsor_housing
from mlmath.plots import frame
from mlmath.stats import Bernoulli, Binomial, LogNormal, Normal, Uniform, correlation, describe

Vector = NDArray[np.float64]
FAINT = 0.3


def _prices() -> Vector:
    """The Windsor prices in thousand dollars."""
    return load_windsor_housing().prices / 1000


def sticks(ax: Axes, values: Vector, heights: Vector, color: str) -> None:
    """Probabilities of single values: a stick with a dot for each."""
    ax.vlines(values, 0, heights, color=color, linewidth=3)
    ax.plot(values, heights, "o", color=color, markersize=5)


def histogram(ax: Axes, data: Vector, edges: Vector, color: str = "C0") -> None:
    """Bars with the area 1."""
    heights, _ = np.histogram(data, bins=edges, density=True)
    ax.stairs(heights, edges, fill=True, facecolor=(color, FAINT), edgecolor=color)


def height_and_area() -> Figure:
    """Discrete: heights are probabilities. Continuous: areas are."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(5.6, 3.1), layout="constrained", width_ratios=(1, 1.3))
    values, counts = np.unique(load_windsor_housing().column("bedrooms"), return_counts=True)
    shares = counts / counts.sum()
    sticks(left, values, shares, "C0")
    left.text(3, shares[2] + 0.025, f"height {shares[2]:.2f}", ha="center")
    left.set(title="bedrooms", xlabel="number", ylabel="probability", ylim=(0, 0.66), xticks=values)
    curve = LogNormal.fit(_prices())
    x = np.linspace(15, 160, 300)
    right.plot(x, curve.pdf(x), color="C1", linewidth=2)
    between = np.linspace(55, 65, 50)
    right.fill_between(between, curve.pdf(between), color="C1", alpha=0.45, linewidth=0)
    low, high = curve.cdf([55, 65])
    right.annotate(
        f"area {high - low:.2f}",
        (62, 0.011),
        (92, 0.0145),
        arrowprops={"arrowstyle": "-", "color": plt.rcParams["text.color"]},
    )
    right.set(title="price", xlabel="thousand dollars", ylabel="density", ylim=(0, 0.0222), yticks=[0, 0.01, 0.02])
    return fig


def density_above_one() -> Figure:
    """A uniform density squeezed to ever smaller widths: as high as it is narrow, and always with the area 1."""
    fig, ax = plt.subplots(figsize=(5.2, 3.3), layout="constrained")
    still = {4.0: "C0", 1.0: "C1", 0.25: "C2"}
    for width in (4.0, 3.0, 2.0, 1.5, 1.0, 0.75, 0.5, 0.4, 0.3, 0.25, 0.2):
        curve = Uniform(0, width)
        height = float(curve.pdf(width / 2))
        with frame(fig, f"width {width:g}: height {height:.3g}, area {width * height:g}", still=width in still):
            color = still.get(width, "C0")
            edges = np.array([0, width])
            ax.stairs([height], edges, fill=True, facecolor=(color, FAINT), edgecolor=color, linewidth=2)
            if width in still:
                ax.text(width + 0.08, height + 0.06, f"width {width:g}, height {height:g}", va="bottom")
            else:
                ax.text(3.9, 5.2, f"width {width:g}, height {height:.3g}", ha="right", va="bottom")
    ax.axhline(1, color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
    ax.set(xlabel="value", ylabel="density", xlim=(-0.2, 5.6), ylim=(0, 5.8), xticks=[0, 1, 2, 3, 4])
    return fig


def divisors() -> Figure:
    """Average variance and average root of it, for both divisors, as shares of the truth, against the sample size."""
    fig, ax = plt.subplots(figsize=(5.4, 3.5), layout="constrained")
    data = _prices()
    draws = np.random.default_rng(0).choice(data, size=(100_000, 20))
    sizes = np.array([2, 3, 4, 5, 6, 8, 10, 12, 16, 20])
    rows = ((1, 1, "C0", "o-"), (0, 1, "C1", "s-"), (1, 0.5, "C0", "o:"), (0, 0.5, "C1", "s:"))
    for ddof, power, color, marks in rows:
        average = [np.mean(np.var(draws[:, :n], axis=1, ddof=ddof) ** power) / np.var(data) ** power for n in sizes]
        ax.plot(sizes, average, marks, color=color, markersize=4)
    ax.text(10, 1.025, "variance, divided by $n - 1$", ha="center")
    ax.text(1.9, 0.935, "its root")
    ax.text(6.4, 0.79, "variance, divided by $n$,\nand its root (dotted)", va="top")
    ax.set(xlabel="sample size $n$", ylabel="average / truth", ylim=(0.45, 1.08), xticks=[2, 5, 10, 15, 20])
    return fig


def uncorrelated_and_dependent() -> Figure:
    """Errors of the best line against the lot size: correlation zero, and a spread that grows."""
    fig, ax = plt.subplots(figsize=(5.4, 3.4), layout="constrained")
    lot, price = load_windsor_housing().column("lot_size") / 1000, _prices()
    slope, intercept = np.polyfit(lot, price, 1)
    error = slope * lot + intercept - price
    ax.plot(lot, error, "o", color="C0", markersize=3, alpha=0.6)
    ax.axhline(0, color=plt.rcParams["text.color"], linewidth=1)
    parts = np.array_split(np.argsort(lot), 4)
    for part in parts:
        spread, ends = error[part].std(), [lot[part].min(), lot[part].max()]
        ax.fill_between(ends, -spread, spread, facecolor="none", edgecolor="C1", linewidth=2, zorder=3)
    r = abs(correlation(np.column_stack([lot, error]))[0, 1])
    ax.text(16.8, 74, f"correlation {r:.2f}", ha="right")
    first, last = error[parts[0]].std(), error[parts[-1]].std()
    ax.text(1.0, -72, f"typical error {first:.0f}")
    ax.text(16.8, -72, f"typical error {last:.0f}", ha="right")
    ax.set(xlabel="lot size (thousand square feet)", ylabel="error (thousand dollars)", xlim=(0.6, 17), ylim=(-95, 85))
    return fig


def five_distributions() -> Figure:
    """The five distributions of the page, each with its mean."""
    fig, axes = plt.subplot_mosaic("aaabbb;ccddee", figsize=(5.6, 4.6), layout="constrained")
    discrete: tuple[tuple[str, Bernoulli | Binomial, int, str], ...] = (
        ("a", Bernoulli(0.2), 1, "Bernoulli\n0.2"),
        ("b", Binomial(10, 0.2), 10, "binomial\n10, 0.2"),
    )
    for key, chances, last, name in discrete:
        values = np.arange(last + 1.0)
        sticks(axes[key], values, chances.pmf(values), "C0")
        axes[key].set(title=name, xlim=(-0.6, last + 0.6), xticks=values[:: max(1, last // 5)])
        mark_mean(axes[key], chances.mean)
    continuous: tuple[tuple[str, Uniform | Normal | LogNormal, tuple[int, int], str], ...] = (
        ("c", Uniform(0, 4), (-1, 5), "uniform\n0 to 4"),
        ("d", Normal(2, 1), (-1, 5), "normal\n$\\mu = 2$, $\\sigma = 1$"),
        ("e", LogNormal(0.4, 0.8), (-1, 7), "log-normal\n$m = 0.4$, $s = 0.8$"),
    )
    for key, curve, ends, name in continuous:
        x = np.linspace(*ends, 181)
        axes[key].plot(x, curve.pdf(x), color="C1", linewidth=2)
        axes[key].fill_between(x, curve.pdf(x), color="C1", alpha=FAINT, linewidth=0)
        axes[key].set(title=name, xticks=[0, 2, 4])
        mark_mean(axes[key], curve.mean)
    axes["a"].set_ylabel("probability")
    axes["c"].set_ylabel("density")
    return fig


def mark_mean(ax: Axes, mean: float) -> None:
    """A triangle under the axis, as if the shape were balanced on it."""
    ax.set_ylim(0, None)
    ax.plot(mean, 0, "^", color="C3", markersize=9, clip_on=False, zorder=4)


def house_prices() -> Figure:
    """The prices with a fitted normal and log-normal density, mean and median; their logs with a normal one."""
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(5.4, 5.4), layout="constrained")
    data = _prices()
    x = np.linspace(-5, 195, 400)
    histogram(top, data, np.arange(20, 196, 7.0))
    top.plot(x, Normal.fit(data).pdf(x), "--", color="C2", linewidth=2)
    top.plot(x, LogNormal.fit(data).pdf(x), color="C1", linewidth=2)
    text = plt.rcParams["text.color"]
    for place, name, side in ((np.median(data), "median", "right"), (data.mean(), "mean", "left")):
        top.plot([place, place], [0, 0.0215], color=text, linewidth=1)
        top.text(place + (1 if side == "left" else -1), 0.0208, f"{name} {place:.0f}", ha=side, va="bottom")
    top.annotate(
        "normal", (22, float(Normal.fit(data).pdf(22))), (2, 0.0085), arrowprops={"arrowstyle": "-", "color": text}
    )
    top.annotate(
        "log-normal",
        (88, float(LogNormal.fit(data).pdf(88))),
        (112, 0.0125),
        arrowprops={"arrowstyle": "-", "color": text},
    )
    top.set(xlabel="price (thousand dollars)", ylabel="density", ylim=(0, 0.0235), yticks=[0, 0.01, 0.02])
    logs = np.log(data)
    histogram(bottom, logs, np.linspace(3.1, 5.4, 24))
    z = np.linspace(2.9, 5.5, 300)
    bottom.plot(z, Normal.fit(logs).pdf(z), "--", color="C2", linewidth=2)
    bottom.annotate(
        "normal", (4.55, float(Normal.fit(logs).pdf(4.55))), (4.9, 0.85), arrowprops={"arrowstyle": "-", "color": text}
    )
    bottom.set(xlabel="logarithm of the price", ylabel="density", ylim=(0, 1.3), yticks=[0, 0.5, 1])
    return fig


def means_of_prices() -> Figure:
    """Means of n prices: in dollars they get narrow; in units of sigma / sqrt(n) they approach the bell."""
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(5.4, 5.2), layout="constrained")
    data = _prices()
    sigma, mu, bell = np.std(data), data.mean(), Normal(0, 1)
    sums = np.cumsum(np.random.default_rng(0).choice(data, size=(20_000, 100)), axis=1)
    z = np.linspace(-3.6, 4.6, 300)
    for n in (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100):
        means = sums[:, n - 1] / n
        spread = np.std(means)
        scaled = (means - mu) / (sigma / np.sqrt(n))
        skew = describe(means).skewness
        words = (
            f"n = {n}: spread of the means {1000 * spread:,.0f} dollars, sigma / sqrt(n) is "
            f"{1000 * sigma / np.sqrt(n):,.0f}; skewness {skew:.2f}"
        )
        with frame(fig, words, still=n == 4):
            heights, edges = np.histogram(means, bins=np.arange(20, 196, 4.0 if n < 20 else 2.0), density=True)
            top.stairs(heights / heights.max(), edges, fill=True, facecolor=("C0", FAINT), edgecolor="C0")
            top.text(128, 0.9, f"n = {n}", fontsize="large")
            top.text(128, 0.74, f"spread {spread:.1f}")
            top.text(128, 0.58, rf"$\sigma/\sqrt{{n}}$ = {sigma / np.sqrt(n):.1f}")
            histogram(bottom, scaled, np.arange(-3.6, 4.61, 0.2))
            bottom.text(2.2, 0.4, f"skewness {skew:.2f}")
    bottom.plot(z, bell.pdf(z), "--", color="C2", linewidth=2)
    bottom.text(-1.35, 0.3, "bell", ha="right")
    top.set(xlabel="mean of $n$ prices (thousand dollars)", xlim=(20, 190), ylim=(0, 1.08), yticks=[])
    bottom.set(xlabel=r"the same, in units of $\sigma/\sqrt{n}$ from $\mu$", xlim=(-3.6, 4.6), ylim=(0, 0.6), yticks=[])
    return fig


def data_stay_skewed() -> Figure:
    """Histograms of 50, 500 and 50,000 draws from the fitted log-normal: smoother, and never the bell."""
    fig, axes = plt.subplots(3, 1, figsize=(5.2, 5.0), layout="constrained", sharex=True)
    source = LogNormal.fit(_prices())
    x = np.linspace(5, 175, 300)
    rng = np.random.default_rng(1)
    for ax, n in zip(axes, (50, 500, 50_000), strict=True):
        histogram(ax, source.sample(rng, n), np.arange(10, 190, 7.5))
        ax.plot(x, source.pdf(x), color="C1", linewidth=2)
        ax.plot(x, Normal(source.mean, np.sqrt(source.variance)).pdf(x), "--", color="C2", linewidth=2)
        ax.text(172, 0.016, f"{n:,} prices", ha="right")
        ax.set(ylim=(0, 0.025), yticks=[], xlim=(5, 175))
    text = plt.rcParams["text.color"]
    axes[-1].annotate("bell", (101, 0.0071), (118, 0.0105), arrowprops={"arrowstyle": "-", "color": text})
    axes[-1].annotate("log-normal", (44, 0.0166), (8, 0.0205), arrowprops={"arrowstyle": "-", "color": text})
    axes[-1].set_xlabel("price (thousand dollars)")
    return fig
