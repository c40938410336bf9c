"""Figures of docs/statistics/evaluation.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mlmath.datasets import load_breast_cancer
from mlmath.models import fit_logistic_regression
from mlmath.plots import frame
from mlmath.stats import area_under_roc, calibration_curve, confusion_matrix, fit_scaler, k_fold, roc_curve

NOISE = 0.4
PLACES = np.linspace(-1, 1, 12)
GRID = np.linspace(-1, 1, 41)


def five_folds() -> Figure:
    """Ten examples, five folds: in each row another pair is tested."""
    fig, ax = plt.subplots(figsize=(5.2, 2.7), layout="constrained")
    splits = k_fold(10, folds=5, generator=np.random.default_rng(1))
    for row, split in enumerate(splits):
        for example in range(10):
            tested = example in split.test
            box = Rectangle(
                (example + 0.06, -row - 0.9),
                0.88,
                0.8,
                facecolor=("C1", 0.45) if tested else "none",
                edgecolor=plt.rcParams["text.color"],
                hatch="///" if tested else "",
                linewidth=0.8,
            )
            ax.add_patch(box)
        ax.text(-0.2, -row - 0.5, f"fit {row + 1}", ha="right", va="center")
    for example in range(10):
        ax.text(example + 0.5, 0.1, str(example + 1), ha="center", va="bottom")
    ax.text(-0.2, 0.1, "example", ha="right", va="bottom")
    ax.text(5, -5.15, "hatched: tested on; empty: fitted to", ha="center", va="top")
    ax.set(xlim=(-2.2, 10.1), ylim=(-5.9, 0.8), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return fig


def truth(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The curve of the page."""
    return np.asarray(x**2 + np.sin(4 * x))


def parts(degree: int) -> tuple[float, float]:
    """Squared bias and variance of least squares, averaged over the grid; exact, since the fit is linear in y."""
    fit = np.polynomial.chebyshev.chebvander(GRID, degree) @ np.linalg.pinv(
        np.polynomial.chebyshev.chebvander(PLACES, degree)
    )
    squared_bias = np.mean((fit @ truth(PLACES) - truth(GRID)) ** 2)
    return float(squared_bias), float(NOISE**2 * np.mean(np.sum(fit**2, axis=1)))


def fits_by_degree() -> Figure:
    """Fits to fifteen training sets, one state for each degree: far off together, or scattered."""
    fig, ax = plt.subplots(figsize=(5.4, 3.9), layout="constrained")
    rng = np.random.default_rng(3)
    sets = truth(PLACES)[:, None] + rng.normal(0, NOISE, (12, 400))
    fine = np.linspace(-1, 1, 121)
    ax.plot(fine, truth(fine), color=plt.rcParams["text.color"], linewidth=2.5)
    for degree in range(10):
        squared_bias, variance = parts(degree)
        total = squared_bias + variance + NOISE**2
        words = (
            f"degree {degree}: squared bias {squared_bias:.3f}, variance {variance:.3f}, "
            f"noise {NOISE**2:.2f}, together {total:.3f}"
        )
        with frame(fig, words, still=degree == 1):
            fits = np.polynomial.polynomial.polyfit(PLACES, sets, degree)
            curves = np.polynomial.polynomial.polyval(fine, fits)
            for curve in curves[:15]:
                ax.plot(fine, curve, color="C0", linewidth=0.7, alpha=0.7)
            ax.plot(fine, curves.mean(axis=0), "--", color="C1", linewidth=2.5)
            ax.text(-1, 2.75, f"degree {degree}", va="top", fontsize=13)
    ax.text(1.03, truth(np.array([1.0]))[0], "truth", va="center")
    ax.text(-0.25, 2.75, "thin: 15 fits\ndashed: mean of 400 fits", va="top")
    ax.set(xlabel="$x$", ylim=(-2, 2.9), xlim=(-1.05, 1.28))
    return fig


def parts_by_degree() -> Figure:
    """The three parts of the error, stacked, against the degree."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    degrees = np.arange(10)
    squared_bias, variance = np.array([parts(int(degree)) for degree in degrees]).T
    bottom = np.zeros(10)
    for values, color, hatch in (
        (np.full(10, NOISE**2), plt.rcParams["grid.color"], ""),
        (variance, "C0", "///"),
        (squared_bias, "C1", "..."),
    ):
        ax.bar(degrees, values, bottom=bottom, color=color, alpha=0.75, hatch=hatch, width=0.8)
        bottom = bottom + values
    ax.text(4.5, 0.08, "noise", ha="center", va="center")
    ax.annotate("variance", (9, 0.36), (7.6, 0.5), arrowprops={"arrowstyle": "-", "color": plt.rcParams["text.color"]})
    ax.annotate(
        "bias$^2$", (2.4, 0.45), (3.4, 0.58), arrowprops={"arrowstyle": "-", "color": plt.rcParams["text.color"]}
    )
    ax.text(5.1, bottom[5] + 0.045, "lowest", ha="center")
    ax.set(xlabel="degree of the polynomial", ylabel="squared error", xticks=degrees)
    return fig


def flagged_people() -> Figure:
    """The model of the page at two base rates: the flagged people, ill and healthy, as areas."""
    fig, axes = plt.subplots(1, 2, figsize=(5.6, 3.3), layout="constrained")
    for ax, ill in zip(axes, (500, 10), strict=True):
        healthy = 1000 - ill
        found, alarms = 8 / 10 * ill, 50 / 990 * healthy
        edge = plt.rcParams["text.color"]
        for height, bottom, color, hatch, words in (
            (found, 0, "C1", "///", f"{found:.0f} ill"),
            (alarms, found, "C0", "", f"{alarms:.0f} healthy"),
        ):
            share = height / (found + alarms)
            ax.bar(
                0, share, bottom=bottom / (found + alarms), color=(color, 0.6), edgecolor=edge, hatch=hatch, width=0.5
            )
            ax.text(0.32, (bottom + height / 2) / (found + alarms), words, va="center")
        ax.set(title=f"{ill} of 1,000 are ill", ylim=(0, 1), xlim=(-0.3, 0.85), xticks=[], yticks=[0, 0.5, 1])
        ax.spines["bottom"].set_visible(False)
    axes[0].set_ylabel("share of the flagged")
    return fig


def _tumour_scores() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Probabilities of malignant from two features, each from a fit that has not seen the tumour."""
    tumours = load_breast_cancer()
    X = np.column_stack([tumours.column("mean_texture"), tumours.column("mean_smoothness")])
    said = np.zeros(569)
    for split in k_fold(569, folds=5, generator=np.random.default_rng(0)):
        scaler = fit_scaler(X[split.train])
        model = fit_logistic_regression(scaler.transform(X[split.train]), tumours.labels[split.train])
        said[split.test] = model.predict_probabilities(scaler.transform(X[split.test]))
    return said, tumours.labels


def threshold_on_roc() -> Figure:
    """Two histograms of probabilities with a threshold that moves, and its place on the ROC curve."""
    fig, (both, ax) = plt.subplots(2, 1, figsize=(4.6, 6.4), layout="constrained", height_ratios=(1, 1.35))
    said, malignant = _tumour_scores()
    bins = np.linspace(0, 1, 21)
    top = np.histogram(said[malignant == 0], bins)[0]
    down = np.histogram(said[malignant == 1], bins)[0]
    both.bar(bins[:-1], top, width=0.05, align="edge", color=("C0", 0.6), edgecolor=plt.rcParams["text.color"])
    both.bar(
        bins[:-1], -down, width=0.05, align="edge", color=("C1", 0.6), edgecolor=plt.rcParams["text.color"], hatch="///"
    )
    both.axhline(0, color=plt.rcParams["text.color"], linewidth=1)
    both.text(1, 62, "benign, upwards", ha="right")
    both.text(1, -46, "malignant, downwards", ha="right")
    both.set(xlabel="predicted probability of malignant", ylabel="tumours", ylim=(-60, 92), yticks=[-40, 0, 40, 80])
    both.set_yticklabels(["40", "0", "40", "80"])
    roc = roc_curve(said, malignant)
    ax.plot(roc.false_positive_rates, roc.true_positive_rates, color="C0", linewidth=2)
    ax.plot([0, 1], [0, 1], "--", color=plt.rcParams["grid.color"], linewidth=1)
    ax.text(0.98, 0.12, f"area {area_under_roc(said, malignant):.2f}", ha="right")
    ax.text(0.68, 0.6, "guessing", rotation=0)
    ax.set(xlabel="benign flagged (false alarms)", ylabel="malignant found (recall)", aspect="equal")
    for threshold in np.arange(5, 100, 5) / 100:
        flags = (said >= threshold).astype(np.int64)
        (_, alarms), (missed, found) = confusion_matrix(flags, malignant)
        words = (
            f"threshold {threshold:.2f}: {found} of 212 malignant found, {missed} missed, "
            f"{alarms} of 357 benign flagged; recall {found / 212:.2f}, precision {found / (found + alarms):.2f}"
        )
        with frame(fig, words, still=threshold == 0.5):
            both.axvline(threshold, color=plt.rcParams["text.color"], linewidth=2.5)
            ax.plot(alarms / 357, found / 212, "o", color="C1", markersize=10)
            ax.text(alarms / 357 + 0.04, found / 212 - 0.03, f"{threshold:.2f}", va="top")
    return fig


def predicted_and_observed() -> Figure:
    """Observed frequency of malignant against the predicted probability, for two prices of a squared weight."""
    fig, ax = plt.subplots(figsize=(4.6, 4.2), layout="constrained")
    tumours = load_breast_cancer()
    ax.plot([0, 1], [0, 1], "--", color=plt.rcParams["grid.color"], linewidth=1)
    for penalty, color, marker in ((1, "C0", "o"), (100, "C1", "s")):
        said = np.zeros(569)
        for split in k_fold(569, folds=5, generator=np.random.default_rng(0)):
            scaler = fit_scaler(tumours.features[split.train])
            Z = scaler.transform(tumours.features)
            model = fit_logistic_regression(Z[split.train], tumours.labels[split.train], penalty=penalty)
            said[split.test] = model.predict_probabilities(Z[split.test])
        curve = calibration_curve(said, tumours.labels, bins=5)
        ax.plot(curve.mean_predicted, curve.observed_frequency, marker=marker, color=color, linewidth=1.5, markersize=8)
        for x, y, count in zip(*curve, strict=True):
            side = (x + 0.035, y - 0.05, "left") if penalty == 1 else (x - 0.04, y + 0.03, "right")
            if 0.05 < y < 0.95:
                ax.text(*side[:2], str(count), ha=side[2], fontsize=9)
    arrow = {"arrowstyle": "-", "color": plt.rcParams["text.color"]}
    ax.annotate("penalty 1", (0.72, 0.89), (0.74, 0.62), arrowprops=arrow)
    ax.text(0.62, 1.0, "penalty 100", ha="right", va="center")
    ax.text(0.0, 0.3, "equal")
    ax.annotate("", (0.2, 0.21), (0.16, 0.29), arrowprops=arrow)
    ax.text(1.02, 0.06, "numbers: tumours", ha="right")
    ax.set(xlabel="predicted probability", ylabel="observed share of malignant", aspect="equal", xlim=(-0.03, 1.03))
    return fig
