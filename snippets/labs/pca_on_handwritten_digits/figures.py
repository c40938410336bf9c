"""Figures of docs/labs/pca_on_handwritten_digits.py: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from numpy.typing import NDArray

from mlmath.datasets import load_digits
from mlmath.linalg import fit_pca
from mlmath.plots import frame

Array = NDArray[np.float64]

# The split and the noise of the lab.
DIGITS = load_digits()
X, LABELS = DIGITS.features, DIGITS.labels
ORDER = np.random.default_rng(0).permutation(len(X))
TRAIN, CHOOSE, TEST = ORDER[:1000], ORDER[1000:1400], ORDER[1400:]
SIGMA = 4.0
PCA = fit_pca(X[TRAIN], components=64)
SCORES = PCA.transform(X)
NOISY = X + np.random.default_rng([0, 1]).normal(scale=SIGMA, size=X.shape)
SIX = TEST[[int(np.argmax(LABELS[TEST] == digit)) for digit in (0, 2, 3, 5, 6, 9)]]


def ink(ax: Axes, picture: Array, left: float, top: float, levels: int = 8) -> None:
    """Draw brightness 0 to 16 as ink: one shape per shade, of runs of pixels, so that the file stays small."""
    shades = np.clip(np.round(picture.reshape(8, 8) / 16 * levels), 0, levels).astype(int)
    for shade in range(1, levels + 1):
        corners: list[tuple[float, float]] = []
        codes: list[np.uint8] = []
        for i, row in enumerate(shades):
            edges = np.flatnonzero(np.diff(np.r_[0, row == shade, 0]))
            for j, end in zip(edges[::2], edges[1::2], strict=True):
                box = ((j, i), (end, i), (end, i + 1), (j, i + 1), (j, i))
                corners += [(left + x, top - y) for x, y in box]
                codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
        if corners:
            color = plt.rcParams["text.color"]
            ax.add_patch(PathPatch(Path(corners, codes), facecolor=color, alpha=shade / levels, linewidth=0))


def edge(ax: Axes, left: float, top: float) -> None:
    """The border of a picture."""
    ax.add_patch(Rectangle((left, top - 8), 8, 8, fill=False, edgecolor=plt.rcParams["grid.color"]))


def blank(ax: Axes, width: float, low: float, high: float) -> None:
    """No axes: pictures and words alone."""
    ax.set(xlim=(-0.5, width + 0.5), ylim=(low, high), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)


def answers(known: Array, asked: Array) -> NDArray[np.int64]:
    """The label of the training digit that is closest."""
    closest = np.argmin(np.sum(known**2, axis=1) - 2 * asked @ known.T, axis=1)
    found: NDArray[np.int64] = LABELS[TRAIN][closest]
    return found


def rebuilt(scores: Array, k: int) -> Array:
    """The pictures from their first k scores."""
    return PCA.mean + scores[:, :k] @ PCA.components[:k]


def error(pictures: Array, rows: NDArray[np.int64]) -> float:
    """The error of a typical pixel."""
    return float(np.sqrt(np.mean((pictures - X[rows]) ** 2)))


def mean_and_components() -> Figure:
    """The mean digit and the first eight components: filled squares add ink, hollow ones take it away."""
    fig, ax = plt.subplots(figsize=(4.6, 5.2), layout="constrained")
    largest = np.abs(PCA.components[:8]).max()
    for place in range(9):
        left, top = 10.0 * (place % 3), -11.0 * (place // 3)
        edge(ax, left, top)
        words = f"component {place}" if place else "the mean digit"
        ax.text(left + 4, top + 0.4, words, ha="center", va="bottom")
        if place == 0:
            ink(ax, PCA.mean, left, top)
            continue
        for i, value in enumerate(PCA.components[place - 1]):
            side = 0.95 * np.sqrt(abs(value) / largest)
            corner = left + i % 8 + 0.5 - side / 2, top - i // 8 - 0.5 - side / 2
            color = "C0" if value > 0 else "C1"
            ax.add_patch(Rectangle(corner, side, side, fill=bool(value > 0), color=color, linewidth=0.8))
    blank(ax, 28, -30.5, 2.3)
    return fig


def share_and_use() -> Figure:
    """Explained share and right answers against the number of components: the second is there much earlier."""
    fig, ax = plt.subplots(figsize=(5.4, 3.8), layout="constrained")
    ranks = np.arange(1, 65)
    share = 100 * np.cumsum(PCA.explained_variance_ratio)
    right = [100 * np.mean(answers(SCORES[TRAIN][:, :k], SCORES[TEST][:, :k]) == LABELS[TEST]) for k in ranks]
    ax.plot(ranks, right, color="C0", linewidth=2)
    ax.plot(ranks, share, "--", color="C1", linewidth=2)
    ax.text(13, 101.5, "right answers on test digits", color="C0", va="bottom")
    ax.text(16, 76, "explained variance", color="C1", va="top")
    ax.axhline(100, color=plt.rcParams["grid.color"], linewidth=0.6)
    ax.set(xlim=(0, 65), ylim=(0, 110), xlabel="components kept", ylabel="percent")
    return fig


def rebuilt_by_rank() -> Figure:
    """Six test digits above, and below the same rebuilt from more and more components."""
    fig, ax = plt.subplots(figsize=(5.6, 2.9), layout="constrained")
    for place, row in enumerate(SIX):
        ink(ax, X[row], 9.5 * place, 0)
        edge(ax, 9.5 * place, 0)
        edge(ax, 9.5 * place, -11.5)
    ax.text(0, 0.5, "the digits", va="bottom")
    for k in (0, 1, 2, 3, 5, 10, 15, 20, 30, 40, 64):
        miss = error(rebuilt(SCORES[TEST], k), TEST)
        name = {0: "no component, the mean digit", 1: "1 component"}.get(k, f"{k} components")
        words = f"{name}: a typical pixel of the test digits is off by {miss:.2f}"
        with frame(fig, words, still=k == 10):
            for place, picture in enumerate(rebuilt(SCORES[SIX], k)):
                ink(ax, picture, 9.5 * place, -11.5)
            ax.text(0, -11, f"from {name}: off by {miss:.2f}", va="bottom")
    blank(ax, 55.5, -20, 2.5)
    return fig


def map_of_all_digits() -> Figure:
    """All digits by their first two scores, each drawn as what it is, with the mean of each class; then each class."""
    fig, ax = plt.subplots(figsize=(5.6, 6.0), layout="constrained")
    places = SCORES[:, :2]
    squares = np.sum((places[:, np.newaxis] - places) ** 2, axis=2)
    np.fill_diagonal(squares, np.inf)
    same = LABELS[np.argmin(squares, axis=1)] == LABELS

    def draw(digit: int, size: float, alpha: float) -> None:
        points, marker = places[digit == LABELS].T, f"${digit}$"
        color = f"C{digit % 5}"
        ax.plot(*points, ls="none", marker=marker, mew=0, markersize=size, alpha=alpha, color=color)

    with frame(fig, f"all digits: {np.mean(same):.0%} have one of their kind as the closest on the map", still=True):
        for digit in range(10):
            draw(digit, 5.5, 0.8)
    for digit in range(10):
        words = f"the {digit}s: {np.mean(same[digit == LABELS]):.0%} have another {digit} as the closest on the map"
        with frame(fig, words):
            draw(digit, 8, 1)
    dark = plt.rcParams["text.color"]
    light = "white" if np.mean(to_rgb(dark)) < 0.5 else "#1e2129"
    for digit in range(10):
        x, y = places[digit == LABELS].mean(axis=0)
        box = {"boxstyle": "circle,pad=0.2", "facecolor": dark, "edgecolor": light}
        ax.text(x, y, str(digit), ha="center", va="center", fontsize=13, weight="bold", color=light, bbox=box)
    ax.set(xlabel="score along component 1", ylabel="score along component 2", aspect="equal")
    return fig


def why_the_curve_turns() -> Figure:
    """What is lost falls with the rank, what noise stays grows, and their sum has its lowest place between."""
    fig, ax = plt.subplots(figsize=(5.4, 3.9), layout="constrained")
    ranks = range(65)
    clean, noisy = SCORES[CHOOSE], PCA.transform(NOISY[CHOOSE])
    lost = np.array([np.mean(np.sum((rebuilt(clean, k) - X[CHOOSE]) ** 2, axis=1)) for k in ranks])
    measured = np.array([np.mean(np.sum((rebuilt(noisy, k) - X[CHOOSE]) ** 2, axis=1)) for k in ranks])
    best = int(np.argmin(measured))
    ax.plot(ranks, lost, "--", color="C1")
    stays = SIGMA**2 * np.arange(65)
    ax.plot(ranks, stays, ":", color="C2", linewidth=2.2)
    ax.plot(ranks, lost + stays, color="C0", linewidth=1.5)
    ax.plot(ranks[::2], measured[::2], "o", color="C0", markersize=3.5)
    ax.plot(best, measured[best], "o", color="C0", markersize=9, fillstyle="none")
    ax.text(best, measured[best] + 45, f"best: {best}", ha="center", va="bottom")
    ax.text(34, 660, "together", color="C0", ha="right")
    ax.text(48, 690, "noise that\nstays", color="C2", ha="left", va="top")
    ax.text(40, 45, "digit that is lost", color="C1", va="bottom")
    ax.set(xlim=(0, 65), ylim=(0, 1280), xlabel="components kept", ylabel="squared error of a digit")
    return fig


def cleaned_by_rank() -> Figure:
    """Six test digits, the same with noise, and cleaned with more and more components."""
    fig, ax = plt.subplots(figsize=(5.6, 4.0), layout="constrained")
    noisy = PCA.transform(NOISY[TEST])
    for place, row in enumerate(SIX):
        for top, table in ((0.0, X), (-11.5, NOISY)):
            ink(ax, table[row], 9.5 * place, top)
            edge(ax, 9.5 * place, top)
        edge(ax, 9.5 * place, -23)
    ax.text(0, 0.5, "the digits", va="bottom")
    ax.text(0, -11, f"with noise: off by {error(NOISY[TEST], TEST):.2f}", va="bottom")
    for k in (0, 2, 5, 10, 18, 26, 40, 64):
        miss = error(rebuilt(noisy, k), TEST)
        name = {0: "no component"}.get(k, f"{k} components")
        words = f"cleaned with {name}: a typical pixel of the test digits is off by {miss:.2f}"
        with frame(fig, words, still=k == 18):
            for place, picture in enumerate(rebuilt(PCA.transform(NOISY[SIX]), k)):
                ink(ax, picture, 9.5 * place, -23)
            ax.text(0, -22.5, f"cleaned with {name}: off by {miss:.2f}", va="bottom")
    blank(ax, 55.5, -31.5, 2.5)
    return fig
