"""Figures of docs/labs/logistic_regression.py: one function, one SVG."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.datasets import load_breast_cancer
from mlmath.losses import log_loss
from mlmath.models import fit_logistic_regression
from mlmath.plots import frame
from mlmath.stats import (
    Split,
    calibration_curve,
    fit_scaler,
    k_fold,
    proportion_interval,
    sigmoid,
    train_test_split,
)

Array = NDArray[np.float64]
Rows = NDArray[np.int64]
TUMOURS = load_breast_cancer()
X, Y = TUMOURS.features, TUMOURS.labels  # 1 is malignant
PENALTY = 0.3
MISS = 20
GRID = np.linspace(0.002, 0.998, 499)
PENALTIES = (0.001, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


def parts(seed: int) -> tuple[Rows, Rows, list[Split]]:
    """Training rows, test rows and folds, drawn as in the lab."""
    generator = np.random.default_rng(seed)
    train, test = train_test_split(569, test_fraction=0.4, generator=generator)
    return train, test, k_fold(len(train), folds=5, generator=generator, labels=Y[train])


def scores_by_newton(fit_rows: Rows, others: Rows, penalty: float) -> Array:
    """Scores of other rows: Newton's method in a few lines, quicker than the library and independent of it."""
    scaler = fit_scaler(X[fit_rows])
    A = np.column_stack([np.ones(len(fit_rows)), scaler.transform(X[fit_rows])])
    prices = 2 * penalty * np.array([0.0] + [1.0] * 30)
    w = np.zeros(31)
    for _ in range(30):
        p = sigmoid(A @ w)
        step = np.linalg.solve((A.T * (p * (1 - p))) @ A + np.diag(prices), A.T @ (p - Y[fit_rows]) + prices * w)
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    scores: Array = w[0] + scaler.transform(X[others]) @ w[1:]
    return scores


@cache
def held_out(seed: int, penalty: float) -> Array:
    """Score of each training row from the fit that has not seen it."""
    train, _, folds = parts(seed)
    scores = np.empty(len(train))
    for fold in folds:
        scores[fold.test] = scores_by_newton(train[fold.train], train[fold.test], penalty)
    return scores


def costs_by_tumour(said: Array, malignant: Rows, thresholds: Array, miss: float = MISS) -> Array:
    """The cost of each tumour (row) at each threshold (column)."""
    flags = said[:, np.newaxis] >= thresholds
    return np.where(malignant[:, np.newaxis] == 1, miss * ~flags, 1.0 * flags)


def one_feature() -> Figure:
    """The probability of being malignant by mean radius: a curve, and shares in groups."""
    train, _, _ = parts(0)
    radius, malignant = TUMOURS.column("mean_radius")[train], Y[train]
    model = fit_logistic_regression(radius[:, np.newaxis], malignant)
    fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
    shift = np.random.default_rng(0).uniform(-0.03, 0.03, len(train))
    for k, marker in enumerate("os"):
        own = malignant == k
        ax.plot(radius[own], k + shift[own], marker, color=f"C{k}", markersize=2.5, alpha=0.6)
    grid = np.linspace(6.5, 28.5, 200)
    ax.plot(grid, model.predict_probabilities(grid[:, np.newaxis]), color=plt.rcParams["text.color"])
    for low in (8, 10, 12, 14, 16):
        own = (radius >= low) & (radius < low + 2)
        share = malignant[own].mean()
        ends = proportion_interval(int(malignant[own].sum()), int(own.sum()))
        ax.plot([low + 1] * 2, ends, color="C3", linewidth=1.5)
        ax.plot(low + 1, share, "D", color="C3", markersize=7)
    ax.text(28.5, 0.9, "malignant (1)", color="C1", ha="right")
    ax.text(28.5, 0.06, "benign (0)", color="C0", ha="right")
    ax.text(18.3, 0.8, "share in each group", color="C3")
    ax.text(16.2, 0.55, "the model")
    ax.set(xlim=(6.5, 28.8), ylim=(-0.08, 1.08), xlabel="mean radius", ylabel="probability of malignant")
    ax.set(xticks=[8, 12, 16, 20, 24, 28], yticks=[0, 0.25, 0.5, 0.75, 1])
    return fig


@cache
def descents(penalty: float, steps: int) -> tuple[Rows, Array]:
    """Numbers of steps, and after each the loss on fit and on held-out tumours and the length: means of five folds."""
    train, _, folds = parts(0)
    marks = np.unique(np.geomspace(1, steps, 60).astype(int))
    prices = 2 * penalty * np.array([0.0] + [1.0] * 30)
    runs = []
    for fold in folds:
        rows, others = train[fold.train], train[fold.test]
        scaler = fit_scaler(X[rows])
        A, B = (np.column_stack([np.ones(len(r)), scaler.transform(X[r])]) for r in (rows, others))
        w, run = np.zeros(31), []
        for step in range(1, steps + 1):
            w = w - 0.5 * (A.T @ (1 / (1 + np.exp(-(A @ w))) - Y[rows]) + prices * w) / len(rows)
            if step in marks:
                run.append((log_loss(A @ w, Y[rows]).value, log_loss(B @ w, Y[others]).value, np.linalg.norm(w[1:])))
        runs.append(run)
    return marks, np.array(runs).mean(axis=0)


def growing_weights() -> Figure:
    """Losses and length of the weights over the steps of gradient descent."""
    fig, (above, below) = plt.subplots(2, 1, figsize=(5.6, 5.2), sharex=True, layout="constrained")
    steps, (seen, unseen, free) = descents(0.0, 10_000)[0], descents(0.0, 10_000)[1].T
    fewer_steps, (_, _, held) = descents(1.0, 2_000)[0], descents(1.0, 2_000)[1].T
    above.semilogx(steps, unseen, color="C1")
    above.semilogx(steps, seen, "--", color="C0")
    above.text(1500, unseen[-1] + 0.012, "held-out tumours", color="C1", ha="center", va="bottom")
    above.text(600, 0.008, "tumours of the fit", color="C0", ha="right", va="bottom")
    above.set(ylim=(0, 0.3), yticks=[0, 0.1, 0.2, 0.3], ylabel="mean log loss")
    below.semilogx(steps, free, color="C0")
    below.semilogx([*fewer_steps, 10_000], [*held, held[-1]], "-.", color="C2")  # at rest long before step 2,000
    below.text(1500, 8, "no penalty", color="C0", ha="right")
    below.text(9000, 3.1, "penalty 1", color="C2", ha="right")
    below.set(ylim=(0, 15), yticks=[0, 5, 10, 15], ylabel="length of the weights", xlabel="step (log scale)")
    below.set_xticks([1, 10, 100, 1000, 10_000], ["1", "10", "100", "1,000", "10,000"])
    below.minorticks_off()
    return fig


def loss_by_penalty() -> Figure:
    """Held-out log loss against the penalty, for five splits."""
    fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
    for seed, marker in enumerate("os^vD"):
        malignant = Y[parts(seed)[0]]
        losses = [log_loss(held_out(seed, penalty), malignant).value for penalty in PENALTIES]
        strong = seed == 0
        ax.loglog(
            PENALTIES,
            losses,
            "-",
            marker=marker,
            markersize=6 if strong else 4,
            color="C0" if strong else plt.rcParams["grid.color"],
            linewidth=2.2 if strong else 1,
            zorder=3 if strong else 2,
        )
        best = int(np.argmin(losses))
        ax.plot(PENALTIES[best], losses[best], "o", color="C3", markersize=11, markerfacecolor="none", zorder=4)
    train, _, _ = parts(0)
    Z = fit_scaler(X[train]).transform(X[train])
    own = [
        log_loss(fit_logistic_regression(Z, Y[train], penalty=penalty).decision_scores(Z), Y[train]).value
        for penalty in PENALTIES
    ]
    ax.loglog(PENALTIES, own, "--", color="C1")
    ax.text(0.02, 0.008, "tumours of the fit", color="C1")
    ax.text(0.02, 0.32, "held-out tumours,\nfive splits")
    ax.text(2.5, 0.042, "ring: the lowest", color="C3", va="center")
    ax.set(xlabel="penalty", ylabel="mean log loss", ylim=(0.0025, 0.9))
    ax.set_xticks([0.001, 0.01, 0.1, 1, 10, 100], ["0.001", "0.01", "0.1", "1", "10", "100"])
    ax.set_yticks([0.01, 0.1, 0.5], ["0.01", "0.1", "0.5"])
    ax.minorticks_off()
    return fig


def calibration_bins() -> Figure:
    """Observed share against predicted probability, with intervals and counts."""
    said, malignant = sigmoid(held_out(0, PENALTY)), Y[parts(0)[0]]
    fig, ax = plt.subplots(figsize=(5.0, 4.2), layout="constrained")
    ax.plot([0, 1], [0, 1], "--", color=plt.rcParams["grid.color"], linewidth=1.2)
    beside = {0: (-0.02, 0.08), 2: (-0.025, 0.0), 4: (-0.04, -0.03)}
    for number, (predicted, share, count) in enumerate(zip(*calibration_curve(said, malignant, bins=5), strict=True)):
        ends = proportion_interval(round(share * count), int(count))
        ax.plot([predicted] * 2, ends, color="C0", linewidth=2)
        ax.plot(predicted, share, "o", color="C0", markersize=8)
        right, up = beside.get(number, (0.025, 0.0))
        ax.text(
            predicted + right, share + up, f"{count} tumours", va="center", ha="right" if number in (2, 4) else "left"
        )
    ax.set(xlim=(-0.03, 1.03), ylim=(-0.04, 1.04), xlabel="predicted probability", ylabel="share of malignant")
    return fig


def cost_by_threshold() -> Figure:
    """Cost on held-out tumours against the threshold, by the cost of a miss."""
    said, malignant = sigmoid(held_out(0, PENALTY)), Y[parts(0)[0]]
    n = len(said)
    drawn = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=1000)
    fig, ax = plt.subplots(figsize=(5.6, 4.0), layout="constrained")
    place = np.log(GRID / (1 - GRID))
    marks = [0.002, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99]
    ax.set_xticks([np.log(t / (1 - t)) for t in marks], [f"{t:g}" for t in marks], fontsize=9)
    ax.set(xlim=(place[0], place[-1]), ylim=(-0.24, 1.25), yticks=[0, 0.5, 1])
    ax.set(xlabel="threshold (scale of log-odds)", ylabel="cost (1: flag all or none,\nwhichever is cheaper)")
    for miss in (1, 2, 5, 10, 20, 50, 100):
        table = costs_by_tumour(said, malignant, GRID, miss)
        costs = table.sum(axis=0)
        whole = min(miss * np.sum(malignant == 1), np.sum(malignant == 0))
        best = GRID[np.argmin(costs)]
        low, high = np.quantile(GRID[np.argmin(drawn @ table, axis=1)], [0.05, 0.95])
        theory = 1 / (1 + miss)
        words = (
            f"a miss costs {miss}: theory {theory:.3f}, cheapest here {best:.3f}, "
            f"nine in ten resamples {low:.3f} to {high:.3f}"
        )
        with frame(fig, words, still=miss == MISS):
            ax.plot(place, costs / whole, color="C0", linewidth=1.6)
            ax.plot(np.log([theory / (1 - theory)] * 2), [0, 0.9], "--", color="C1", linewidth=1.6)
            ax.text(np.log(theory / (1 - theory)), 0.92, f"theory {theory:.3f}", color="C1", ha="center")
            ax.text(np.log(best / (1 - best)) - 0.25, costs.min() / whole - 0.07, "tuned", color="C3", ha="right")
            ax.plot(np.log(best / (1 - best)), costs.min() / whole, "o", color="C3", markersize=8)
            ends = [np.log(t / (1 - t)) for t in (low, high)]
            ax.plot(ends, [-0.1, -0.1], color="C3", linewidth=5, solid_capstyle="butt")
            ax.text(max(ends[0], place[0] + 0.1), -0.2, "cheapest of nine in ten resamples", color="C3", fontsize=10)
            ax.text(place[0] + 0.1, 1.15, f"a miss costs {miss}", ha="left")
    return fig


def costs_of_splits() -> Figure:
    """Cost on the test part with the theory's threshold and with the cheapest held-out one, for a hundred splits."""
    pairs = []
    halves = []
    for seed in range(100):
        train, test, _ = parts(seed)
        losses = {c: log_loss(held_out(seed, c), Y[train]).value for c in (0.3, 1)}
        penalty = min(losses, key=lambda c: losses[c])
        own = GRID[np.argmin(costs_by_tumour(sigmoid(held_out(seed, penalty)), Y[train], GRID).sum(axis=0))]
        said = sigmoid(scores_by_newton(train, test, penalty))
        half, theory, tuned = costs_by_tumour(said, Y[test], np.array([0.5, 1 / 21, own])).sum(axis=0)
        halves.append(half)
        pairs.append((theory, tuned))
    costs = np.array(pairs)
    theory, tuned = costs.T
    fig, ax = plt.subplots(figsize=(5.0, 4.6), layout="constrained")
    ax.plot([0, 170], [0, 170], "--", color=plt.rcParams["grid.color"], linewidth=1.2)
    ax.plot(theory, tuned, "o", color="C0", markersize=5, alpha=0.7)
    means = theory.mean(), tuned.mean()
    # what the text says of this picture
    assert [round(part.mean()) for part in (theory, tuned, np.array(halves))] == [42, 49, 84]
    assert [part.max() for part in (theory, tuned, np.array(halves))] == [91, 162, 164]
    ax.plot(*means, "*", color="C3", markersize=16, zorder=4)
    ax.text(168, 60, f"star: means, {means[0]:.0f} and {means[1]:.0f}", color="C3", ha="right")
    ax.text(
        168,
        50,
        f"one half: {np.mean(halves):.0f}, dearer than\ntheory in {np.sum(halves > theory)} splits",
        ha="right",
        va="top",
    )
    ax.text(168, 6, f"below the line, tuned\nis cheaper: {np.sum(tuned < theory)} splits", ha="right")
    ax.text(4, 166, f"above, theory\nis cheaper: {np.sum(tuned > theory)}", va="top")
    ax.set(
        xlim=(0, 172),
        ylim=(0, 172),
        xlabel="cost with the threshold of theory",
        ylabel="cost with the tuned threshold",
        aspect="equal",
    )
    return fig
