"""Figures of docs/statistics/information.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mlmath.datasets import load_breast_cancer
from mlmath.plots import frame
from mlmath.stats import Normal, cross_entropy, entropy, kl_divergence

Vector = NDArray[np.float64]
SHARES = np.linspace(0, 1, 201)


def coin_entropy(heads: float) -> float:
    """Entropy in bits of a coin that shows heads with this probability."""
    return entropy([heads, 1 - heads], base=2)


def questions_for_letters() -> Figure:
    """A probability of one is halved with each question, until one letter is left."""
    fig, ax = plt.subplots(figsize=(5.4, 3.5), layout="constrained")
    boxes = (
        (0, 0, 1, "a, b, c or d: is it a?", "none"),
        (1, 0, 1 / 2, "a\n1 question", "C0"),
        (1, 1 / 2, 1 / 2, "b, c or d: is it b?", "none"),
        (2, 1 / 2, 1 / 4, "b\n2 questions", "C0"),
        (2, 3 / 4, 1 / 4, "c or d:\nis it c?", "none"),
        (3, 3 / 4, 1 / 8, "c\n3", "C0"),
        (3, 7 / 8, 1 / 8, "d\n3", "C0"),
    )
    for row, left, width, words, color in boxes:
        face = (color, 0.35) if color != "none" else "none"
        ax.add_patch(Rectangle((left, -row), width, 0.94, facecolor=face, edgecolor=plt.rcParams["text.color"]))
        ax.text(left + width / 2, -row + 0.47, words, ha="center", va="center")
    ax.set(xlim=(-0.01, 1.01), ylim=(-3.05, 1), yticks=[], xlabel="probability: the width of a box")
    ax.set_xticks([0, 1 / 2, 3 / 4, 7 / 8, 1], ["0", "1/2", "3/4", "7/8", "1"])
    ax.spines[["left", "right", "top"]].set_visible(False)
    return fig


def entropy_of_a_coin() -> Figure:
    """Entropy against the probability of heads, made of what heads and what tails add."""
    fig, ax = plt.subplots(figsize=(5.4, 3.7), layout="constrained")
    curve = np.array([coin_entropy(share) for share in SHARES])
    ax.plot(SHARES, curve, color=plt.rcParams["text.color"], linewidth=2)
    for heads in (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0):
        value = coin_entropy(heads)
        parts = [share * np.log2(1 / share) if share else 0.0 for share in (heads, 1 - heads)]
        with frame(fig, f"heads {heads:g}: {value:.3f} bits", still=heads == 0.9):
            ax.bar(heads, parts[0], 0.035, color=("C0", 0.6), edgecolor="C0", hatch="///")
            ax.bar(heads, parts[1], 0.035, bottom=parts[0], color=("C1", 0.6), edgecolor="C1")
            ax.plot(heads, value, "o", color=plt.rcParams["text.color"], zorder=3, clip_on=False)
            ax.text(0.5, 1.29, f"heads {heads:g}: {value:.3f} bits", ha="center")
            ax.text(0.5, 1.14, f"from heads (hatched) {parts[0]:.3f}, from tails {parts[1]:.3f}", ha="center")
    ax.set(
        xlabel="probability of heads", ylabel="entropy in bits", xlim=(-0.03, 1.03), ylim=(0, 1.4), yticks=[0, 0.5, 1]
    )
    return fig


def gain_of_a_question() -> Figure:
    """Benign and malignant tumours by mean radius, and what is gained by asking for a larger one."""
    tumours = load_breast_cancer()
    radius, malignant = tumours.column("mean_radius"), tumours.labels
    fig, (ax, below) = plt.subplots(2, 1, figsize=(5.4, 4.7), layout="constrained", sharex=True)
    groups = [radius[malignant == 0], radius[malignant == 1]]
    looks = (("C0", ""), ("C1", "///"))
    for values, (color, hatch) in zip(groups, looks, strict=True):
        ax.hist(values, bins=np.arange(6, 29.1, 1), color=(color, 0.45), edgecolor=color, hatch=hatch)
    ax.text(8.8, 62, "benign", ha="right")
    ax.text(20.5, 36, "malignant\n(hatched)")

    def gain(limit: float) -> tuple[float, list[tuple[int, int]]]:
        counts = [np.bincount(malignant[side], minlength=2) for side in (radius <= limit, radius > limit)]
        after = sum(count.sum() / 569 * entropy(count / count.sum(), base=2) for count in counts if count.sum())
        everybody = np.bincount(malignant) / 569
        return entropy(everybody, base=2) - float(after), [(int(c[1]), int(c.sum())) for c in counts]

    limits = np.arange(7.5, 27, 0.25)
    below.plot(limits, [gain(limit)[0] for limit in limits], color="C2", linewidth=2)
    for limit in (9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 20.0, 22.0, 25.0):
        bits, ((ill_low, low), (ill_high, high)) = gain(limit)
        words = f"radius above {limit:g}: {ill_high} of {high} malignant, else {ill_low} of {low}; gain {bits:.3f} bits"
        with frame(fig, words, still=limit == 15):
            for axes in (ax, below):
                axes.axvline(limit, 0, 0.84, color="C3", linestyle="--", linewidth=2)
            below.plot(limit, bits, "o", color="C3", markersize=8, zorder=3)
            ax.text(6.2, 96, f"{ill_low} of {low} malignant", va="center")
            ax.text(29, 96, f"{ill_high} of {high} malignant", va="center", ha="right")
            below.text(17.5, 0.57, f"above {limit:g}? The gain is {bits:.3f} bits", ha="center", va="center")
    ax.set(ylabel="tumours", ylim=(0, 106), yticks=[0, 40, 80])
    below.set(xlabel="mean radius", ylabel="gain in bits", xlim=(5.8, 29.4), ylim=(0, 0.62), yticks=[0, 0.2, 0.4])
    return fig


def floor_of_a_loss() -> Figure:
    """Cross-entropy of a coin that shows heads three times in four, against what a model believes."""
    fig, ax = plt.subplots(figsize=(5.4, 3.8), layout="constrained")
    truth = 0.75
    q = np.linspace(0.02, 0.995, 196)
    ax.plot(q, [cross_entropy([truth, 1 - truth], [b, 1 - b], base=2) for b in q], color="C0", linewidth=2)
    floor = coin_entropy(truth)
    ax.axhline(floor, color=plt.rcParams["text.color"], linestyle="--", linewidth=1.5)
    ax.text(0.0, floor - 0.05, f"floor: the entropy of the coin, {floor:.3f} bits", va="top")
    for belief in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99):
        cost = cross_entropy([truth, 1 - truth], [belief, 1 - belief], base=2)
        extra = kl_divergence([truth, 1 - truth], [belief, 1 - belief], base=2)
        words = f"belief {belief:g}: {cost:.3f} bits, {extra:.3f} above the floor"
        with frame(fig, words, still=belief == 0.3):
            ax.plot([belief, belief], [floor, cost], color="C1", linewidth=4, solid_capstyle="butt")
            ax.plot(belief, cost, "o", color="C0", zorder=3)
            ax.text(0.5, 2.75, f"belief {belief:g}: {cost:.3f} bits", ha="center")
            ax.text(0.5, 2.5, f"{extra:.3f} above the floor", ha="center")
    ax.set(xlabel="believed probability of heads", ylabel="cross-entropy in bits", xlim=(-0.02, 1.02), ylim=(0, 3))
    return fig


def tangent_and_gap() -> Figure:
    """The cross-entropy of a belief is the tangent of the entropy curve there; the gap above the truth is KL."""
    fig, axes = plt.subplots(2, 1, figsize=(5.2, 5.6), layout="constrained", sharex=True)
    curve = [coin_entropy(share) for share in SHARES]
    for ax, (truth, belief) in zip(axes, ((0.5, 0.1), (0.1, 0.5)), strict=True):
        ax.plot(SHARES, curve, color=plt.rcParams["text.color"], linewidth=2)
        line = [cross_entropy([share, 1 - share], [belief, 1 - belief], base=2) for share in SHARES]
        ax.plot(SHARES, line, "--", color="C0", linewidth=2)
        low, high = coin_entropy(truth), cross_entropy([truth, 1 - truth], [belief, 1 - belief], base=2)
        ax.plot([truth, truth], [low, high], color="C1", linewidth=5, solid_capstyle="butt")
        ax.plot(belief, coin_entropy(belief), "s", color="C0", markersize=8, zorder=3)
        ax.plot(truth, low, "o", color="C1", markersize=8, zorder=3)
        gap = kl_divergence([truth, 1 - truth], [belief, 1 - belief], base=2)
        ax.text(truth + 0.03, max(1.2, (low + high) / 2), f"gap: {gap:.3f} bits", va="center")
        ax.set(ylabel="bits", ylim=(0, 2.05), yticks=[0, 1, 2])
        ax.set_title(f"truth $p$ = {truth:g} (circle), belief $q$ = {belief:g} (square)", loc="left", fontsize="medium")
    axes[1].set_xlabel("probability of heads")
    return fig


def one_normal_over_two_humps() -> Figure:
    """One normal is moved and widened over two humps, and both divergences are read out."""
    x = np.linspace(-15, 15, 1501)

    def on_grid(density: Vector) -> Vector:
        return np.asarray(density / density.sum())

    humps = (Normal(-3, 1).pdf(x) + Normal(3, 1).pdf(x)) / 2
    fig, ax = plt.subplots(figsize=(5.4, 4.0), layout="constrained")
    ax.fill_between(x, humps, color="C0", alpha=0.35, linewidth=0)
    ax.plot(x, humps, color="C0", linewidth=1)
    ax.text(-3, 0.09, "$p$", ha="center")
    states = [(-5.0, 1.0), (-4.0, 1.0), (-3.0, 1.0), (-2.0, 1.0), (-1.0, 1.0), (0.0, 1.0)]
    states += [(0.0, sigma) for sigma in (1.5, 2.0, 2.5, 3.16, 4.0)]
    states += [(1.0, 2.5), (2.0, 1.5), (3.0, 1.3), (3.0, 1.0), (3.0, 0.7)]
    still = {(3.0, 1.0): ("C2", "--", 4.2), (0.0, 3.16): ("C1", "-", -10.3)}
    for mean, sigma in states:
        q = Normal(mean, sigma).pdf(x)
        forward, reverse = kl_divergence(on_grid(humps), on_grid(q)), kl_divergence(on_grid(q), on_grid(humps))
        words = f"mean {mean:g}, width {sigma:g}: KL(p, q) {forward:.2f}, KL(q, p) {reverse:.2f}".replace("-", "−")
        with frame(fig, words, still=(mean, sigma) in still):
            color, style, place = still.get((mean, sigma), ("C1", "-", -10.3))
            ax.plot(x, q, style, color=color, linewidth=2.2)
            lines = (
                f"$q$: mean {mean:g}, width {sigma:g}".replace("-", "−"),
                rf"KL$(p\,\Vert\,q)$ = {forward:.2f}",
                rf"KL$(q\,\Vert\,p)$ = {reverse:.2f}",
            )
            ax.text(place, 0.58, "\n".join(lines), va="top")
    ax.set(xlabel="outcome", ylabel="density", xlim=(-10.6, 10.6), ylim=(0, 0.6), yticks=[])
    ax.set_xticks([-10, -5, 0, 5, 10])
    return fig
