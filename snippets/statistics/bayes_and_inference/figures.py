"""Figures of docs/statistics/bayes_and_inference.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import NDArray

from mlmath.datasets import load_breast_cancer, load_windsor_housing
from mlmath.plots import frame
from mlmath.stats import Beta, Binomial, bootstrap_interval, mean_interval, natural_frequencies, update_beta

Vector = NDArray[np.float64]
GRID = np.linspace(0, 1, 1001)


def credible(belief: Beta) -> Vector:
    """The middle 95% of a belief about a probability."""
    return np.asarray(np.interp([0.025, 0.975], belief.cdf(GRID), GRID))


def crowd(first: float, last: float) -> Vector:
    """Outline of the people number `first` to `last` of a square of 100 by 100, column after column from the left."""
    (left, low), (right, high) = divmod(first, 100), divmod(last, 100)
    if left == right:
        return np.array([(left, low), (left, high), (left + 1, high), (left + 1, low)])
    steps = [(left, low), (left, 100), (right, 100), (right, high), (right + 1, high), (right + 1, 0), (left + 1, 0)]
    return np.array([*steps, (left + 1, low)])


def people_and_alarms() -> Figure:
    """Ten thousand people as a square, and those with an alarm as a bar, for a growing base rate."""
    fig, (square, bar) = plt.subplots(
        1, 2, figsize=(5.4, 3.7), layout="constrained", gridspec_kw={"width_ratios": [1.5, 1]}
    )
    looks = (("C1", "////"), ("C3", ""), ("C0", ""))
    for base_rate in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.373, 0.5):
        people = natural_frequencies(base_rate, 0.90, 0.91, population=10_000)
        right, missed, false, quiet = (round(count) for count in people)
        share = people.positive_predictive_value
        words = (
            f"{100 * base_rate:g}% ill: of {right + false:,} alarms {right:,} are right, {100 * share:.0f}%; "
            f"{missed:,} ill people get none"
        )
        with frame(fig, words, still=base_rate == 0.01):
            first = 0
            for count, (color, hatch) in zip((right, missed, false), looks, strict=True):
                square.add_patch(
                    Polygon(crowd(first, first + count), facecolor=(color, 0.55), edgecolor=color, hatch=hatch)
                )
                first += count
            square.text(0, 103, f"{right + missed:,} ill, {false + quiet:,} well")
            for low, high, color, hatch in ((0, share, *looks[0]), (share, 1, *looks[2])):
                bar.add_patch(Rectangle((0, low), 1, high - low, facecolor=(color, 0.55), edgecolor=color, hatch=hatch))
            bar.text(0, 1.03, f"{right + false:,} alarms")
            bar.text(1.08, 0.0, f"{right:,} ill")
            bar.text(1.08, 0.97, f"{false:,} well", va="top")
            bar.text(1.08, 0.1, f"({100 * share:.0f}%)")
    square.add_patch(Rectangle((0, 0), 100, 100, facecolor="none", edgecolor=plt.rcParams["text.color"]))
    for lines in (square.vlines, square.hlines):
        lines(range(10, 100, 10), 0, 100, color=plt.rcParams["grid.color"], linewidth=0.4, zorder=0)
    square.text(97, 55, "no alarm", ha="right", va="center")
    square.set(xlim=(-1, 101), ylim=(-1, 111), aspect="equal", anchor="N")
    bar.set(xlim=(0, 2.2), ylim=(-0.01, 1.11), box_aspect=1.5, anchor="N")
    for ax in (square, bar):
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    return fig


def prior_to_posterior() -> Figure:
    """A prior, a likelihood and their product, while one rule is tried on more and more tumours."""
    tumours = load_breast_cancer()
    works = (tumours.column("mean_radius") > 15) == (tumours.labels == 1)
    order = np.random.default_rng(0).permutation(len(works))
    prior = Beta(6, 4)
    fig, ax = plt.subplots(figsize=(5.4, 3.7), layout="constrained")
    ax.plot(GRID, prior.pdf(GRID), "--", color="C0", label="prior")
    ax.plot([], [], ":", color="C1", linewidth=2.5, label="likelihood, scaled")
    ax.plot([], [], "-", color="C2", linewidth=2.5, label="posterior")
    for n in (0, 1, 2, 3, 5, 10, 20, 50, 100):
        right = int(works[order[:n]].sum())
        posterior = update_beta(prior, right, n - right)
        low, high = credible(posterior)
        words = f"{right} of {n} right: posterior mean {posterior.mean:.2f}, middle 95% from {low:.2f} to {high:.2f}"
        with frame(fig, words, still=n == 20):
            ax.plot(GRID, update_beta(Beta(1, 1), right, n - right).pdf(GRID), ":", color="C1", linewidth=2.5)
            ax.plot(GRID, posterior.pdf(GRID), "-", color="C2", linewidth=2.5)
            ax.text(0.03, 8.6, f"{right} of {n} right")
    ax.legend(loc="upper left", borderaxespad=0.2)
    ax.set(xlabel=r"accuracy $\theta$", ylabel="density", xlim=(0, 1), ylim=(0, 13.5), yticks=[0, 5, 10])
    return fig


def hundred_intervals() -> Figure:
    """Intervals from a hundred samples of twenty prices; those that miss the mean of all are thick and crossed."""
    price = load_windsor_housing().prices / 1000
    generator = np.random.default_rng(3)
    samples = generator.choice(price, size=(100, 20))
    fig, ax = plt.subplots(figsize=(5.4, 3.7), layout="constrained")
    for level in (50, 60, 70, 80, 90, 95, 98, 99):
        ends = np.array([mean_interval(sample, confidence=level / 100) for sample in samples])
        hit = (ends[:, 0] < price.mean()) & (ends[:, 1] > price.mean())
        missed = np.flatnonzero(~hit)
        width = np.median(ends[:, 1] - ends[:, 0])
        words = (
            f"level {level}%: {hit.sum()} of 100 hold the mean of all, {len(missed)} miss; typical width {width:.0f}"
        )
        with frame(fig, words, still=level == 95):
            ax.vlines(np.flatnonzero(hit) + 1, *ends[hit].T, color="C0", linewidth=1)
            if len(missed):
                ax.vlines(missed + 1, *ends[missed].T, color="C1", linewidth=2.6)
                ax.plot(missed + 1, samples[missed].mean(axis=1), "x", color="C1", markersize=8, markeredgewidth=2)
            ax.text(0, 113, f"level {level}%: {len(missed)} of 100 miss")
    ax.axhline(price.mean(), color=plt.rcParams["text.color"], linewidth=1.2)
    ax.set(xlabel="sample of 20 houses, number", ylabel="price in 1000 dollars", xlim=(-1, 102), ylim=(30, 120))
    return fig


def mark_interval(ax: Axes, low: float, high: float, height: float) -> None:
    """A bar with two ends, in the units of the axes."""
    ax.plot([low, high], [height, height], "|-", color=plt.rcParams["text.color"], markersize=11, linewidth=1.5)


def bootstrap_of_two() -> Figure:
    """Resampled medians of the house prices spread; resampled maxima sit on the largest prices."""
    price = load_windsor_housing().prices
    fig, axes = plt.subplots(1, 2, figsize=(5.4, 3.3), layout="constrained", sharey=True)
    for ax, name, statistic, color in ((axes[0], "median", np.median, "C0"), (axes[1], "maximum", np.max, "C1")):
        generator = np.random.default_rng(0)
        values = np.array([statistic(price[generator.integers(546, size=546)]) for _ in range(2000)]) / 1000
        ends = bootstrap_interval(price, statistic, generator=np.random.default_rng(0))
        places, counts = np.unique(np.round(values * 2) / 2, return_counts=True)
        ax.bar(places, counts / len(values), width=0.4 if name == "median" else 0.9, color=color)
        mark_interval(ax, ends.low / 1000, ends.high / 1000, 0.72)
        ax.text(ends.high / 1000, 0.75, "95% interval", ha="right")
        ax.set(title=name, xlabel="price in 1000 dollars", ylim=(0, 0.82))
    axes[0].set_ylabel("share of 2000 resamples")
    return fig


def covered_by(low: Vector, high: Vector, truth: Vector) -> Vector:
    """Probability, for each truth, that the interval of the result holds it; one interval for each result."""
    hit = (low[:, None] < truth) & (truth < high[:, None])
    results = np.arange(len(low))
    chances = np.column_stack([Binomial(len(low) - 1, float(t)).pmf(results) for t in truth])
    return np.asarray((chances * hit).sum(axis=0))


def coverage_by_truth() -> Figure:
    """How often intervals from ten answers hold the accuracy, for each accuracy."""
    truth = np.arange(0.302, 1.0, 0.002)
    share = np.arange(11) / 10
    reach = 1.96 * np.sqrt(share * (1 - share) / 10)
    low, high = np.transpose([credible(update_beta(Beta(1, 1), k, 10 - k)) for k in range(11)])
    fig, ax = plt.subplots(figsize=(5.4, 3.7), layout="constrained")
    ax.axhline(0.95, color=plt.rcParams["grid.color"], linewidth=1)
    ax.plot(truth, covered_by(low, high, truth), color="C0", linewidth=2)
    ax.plot(truth, covered_by(share - reach, share + reach, truth), "--", color="C1", linewidth=1.5)
    ax.text(0.32, 1.03, "credible, flat prior")
    ax.text(0.6, 0.66, r"share $\pm$ 1.96 errors", ha="center")
    ax.set(xlabel="true accuracy", ylabel="chance that the interval holds it", xlim=(0.3, 1), ylim=(0, 1.1))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 0.95])
    return fig
