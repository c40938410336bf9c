"""Figures of docs/statistics/likelihood_and_loss.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from mlmath.datasets import load_windsor_housing
from mlmath.losses import absolute_error, log_loss, squared_error
from mlmath.plots import frame
from mlmath.stats import Laplace, Normal, log_likelihood, log_likelihood_grid, sigmoid, softmax


def likelihood_by_mean() -> Figure:
    """A bell moves over six prices that stay, and the log-likelihood is read out below."""
    prices = load_windsor_housing().prices[:6] / 1000
    fig, (ax, below) = plt.subplots(2, 1, figsize=(5.2, 4.6), layout="constrained", sharex=True)
    x = np.linspace(15, 95, 161)
    means = np.linspace(33, 73, 81)
    below.plot(means, log_likelihood_grid(lambda mean: Normal(mean, 10), prices, means), color="C0", linewidth=2)
    ax.plot(prices, 0 * prices, "o", color=plt.rcParams["text.color"], zorder=3, clip_on=False)
    still = {40.0: ("C1", "--"), 52.9: ("C2", "-")}
    for mean in (34.0, 37.0, 40.0, 43.0, 46.0, 49.0, 51.0, 52.9, 55.0, 57.0, 60.0, 63.0, 66.0, 69.0, 72.0):
        model = Normal(mean, 10)
        value = log_likelihood(model, prices)
        words = f"mean {mean:g}: log-likelihood {value:.1f}".replace("-", "−").replace("log−", "log-")
        with frame(fig, words, still=mean in still):
            color, style = still.get(mean, ("C2", "-"))
            ax.plot(x, model.pdf(x), style, color=color, linewidth=2)
            ax.vlines(prices, 0, model.pdf(prices), color=color, linewidth=1.2)
            below.plot(mean, value, "o", color=color, markersize=8, zorder=3)
            below.text(76, value, f"mean {mean:g}:\n{value:.1f}".replace("-", "−"), va="center")
    ax.set(ylabel="density", yticks=[], ylim=(0, 0.044))
    below.set(xlabel="thousand dollars", ylabel="log-likelihood", xlim=(15, 95), ylim=(-36, -19))
    below.set_xticks([20, 40, 60, 80])
    return fig


def no_density() -> Figure:
    """The likelihood of 1, 1, 0 over theta and over the log-odds, on one scale: two areas, one model at the top."""
    fig, ax = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
    theta, z = np.linspace(0, 1, 201), np.linspace(-4, 6.5, 211)
    for number, (grid, t, style) in enumerate(((theta, theta, "-"), (z, sigmoid(z), "--"))):
        height = t * t * (1 - t)
        ax.fill_between(grid, height, color=f"C{number}", alpha=0.3, linewidth=0)
        ax.plot(grid, height, style, color=f"C{number}", linewidth=2)
        ax.plot((2 / 3, np.log(2))[number], 4 / 27, "os"[number], color=f"C{number}", zorder=3, markersize=6)
    ax.text(-0.55, 0.13, "over $\\theta$, from 0 to 1:\narea 1/12,\nhighest at 0.667", ha="right", va="center")
    ax.text(2.2, 0.125, "over the log-odds $z$:\narea 1/2,\nhighest at 0.693,\nwhere $\\theta$ is 0.667", va="center")
    ax.set(xlabel="the parameter, $\\theta$ or $z$", ylabel="likelihood of 1, 1, 0", ylim=(0, 0.175), xlim=(-4, 6.5))
    return fig


def noise_and_loss() -> Figure:
    """Two shapes of noise, and minus their logarithms: a parabola and a V."""
    fig, (ax, loss) = plt.subplots(1, 2, figsize=(5.6, 3.0), layout="constrained")
    e = np.linspace(-4, 4, 161)
    models: tuple[tuple[Normal | Laplace, str], ...] = ((Normal(0, 1), "-"), (Laplace(0, 1), "--"))
    for number, (model, style) in enumerate(models):
        ax.plot(e, model.pdf(e), style, color=f"C{number}", linewidth=2)
        loss.plot(e, -model.logpdf(e), style, color=f"C{number}", linewidth=2)
    ax.text(-1.15, 0.27, "normal", ha="right")
    ax.text(0.3, 0.47, "Laplace")
    loss.text(0, 8, "normal:\n$e^2/2$ + constant", ha="center")
    loss.text(0, 0.0, r"Laplace: $|e|$ + constant", ha="center", va="center")
    ax.set(xlabel="error $e$", title="density", ylim=(0, 0.56))
    loss.set(xlabel="error $e$", title="minus log density", ylim=(-0.7, 9.8))
    return fig


def outlier_dragged() -> Figure:
    """Two points stay and a third one moves away: the minimum of the squared error follows, the other one stays."""
    fig, axes = plt.subplots(2, 1, figsize=(5.2, 4.6), layout="constrained", sharex=True)
    c = np.linspace(-1, 13, 281)
    stays = [1.0, 2.0]
    names = ("mean squared error", "mean absolute error")
    for third in (3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0):
        y = np.array([*stays, third])
        mean, median = float(y.mean()), float(np.median(y))
        words = f"third value {third:g}: mean {mean:.2f}, median {median:g}"
        with frame(fig, words, still=third in (3.0, 12.0)):
            style = "--" if third == 3.0 else "-"
            for number, (ax, loss, best) in enumerate(
                zip(axes, (squared_error, absolute_error), (mean, median), strict=True)
            ):
                values = [loss(np.full(3, guess), y).value for guess in c]
                lowest = loss(np.full(3, best), y).value
                ax.plot(c, values, style, color=f"C{number}", linewidth=2)
                ax.plot(best, lowest, "os"[number], color=f"C{number}", markersize=8, zorder=3)
                name = f"{('mean', 'median')[number]} {best:.3g}"
                ax.text(best, lowest + (4, 0.7)[number], name, ha="center", va="bottom")
                ax.plot(third, 0, "o", color=plt.rcParams["text.color"], clip_on=False, zorder=3)
    for ax, name, top in zip(axes, names, (62, 11.5), strict=True):
        ax.plot(stays, [0, 0], "o", color=plt.rcParams["text.color"], clip_on=False, zorder=3)
        ax.set(ylabel=name, ylim=(0, top), xlim=(-1, 13))
    axes[1].set_xlabel("the one prediction $c$; dots on the axis: observed")
    return fig


def confidently_wrong() -> Figure:
    """Log loss and squared error against the score of an example with the label 1."""
    fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
    z = np.linspace(-8, 5, 131)
    ax.plot(z, np.log1p(np.exp(-z)), color="C0", linewidth=2)
    ax.plot(z, (1 - sigmoid(z)) ** 2, "--", color="C1", linewidth=2)
    ax.text(-4.6, 5.3, "log loss")
    ax.text(-7.9, 1.35, r"squared error of $\sigma(z)$")
    for score in (-7.0, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0):
        p = float(sigmoid(score))
        slopes = log_loss([score], [1]).gradient[0], 2 * (p - 1) * p * (1 - p)
        values = log_loss([score], [1]).value, (1 - p) ** 2
        words = f"score {score:g}: slope of log loss {slopes[0]:.3f}, of squared error {slopes[1]:.3f}".replace(
            "-", "−"
        )
        with frame(fig, words, still=score == -6):
            for number in (0, 1):
                near = np.array([-0.9, 0.9])
                ax.plot(
                    score + near, values[number] + slopes[number] * near, color=plt.rcParams["text.color"], linewidth=2
                )
                ax.plot(score, values[number], "os"[number], color=f"C{number}", markersize=8, zorder=3)
            text = f"score {score:g}\nslope of log loss {slopes[0]:.3f}\nslope of squared error {slopes[1]:.3f}"
            ax.text(5, 7.4, text.replace("-", "−"), ha="right", va="center")
    ax.set(xlabel="score $z$ of an example with the label 1", ylabel="loss", ylim=(-0.3, 8.8), xlim=(-8.2, 5.2))
    return fig


def scores_to_probabilities() -> Figure:
    """Scores and their softmax as bars: adding a number moves the scores alone, multiplying moves both."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(5.2, 3.2), layout="constrained")
    base = np.log([6.0, 3.0, 1.0])
    states = {"as they are": base}
    states |= {f"plus {c}": base + c for c in (1, 2)}
    states |= {f"minus {c}": base - c for c in (1, 2)}
    states |= {f"times {c:g}": base * c for c in (0.0, 0.5, 1.5, 2.0)}
    for words, scores in states.items():
        p = softmax(scores)
        shares = ", ".join(f"{q:.2f}" for q in p)
        with frame(fig, f"{words}: probabilities {shares}", still=words == "as they are"):
            for ax, values, top in ((left, scores, 0.12), (right, p, 0.02)):
                ax.bar((0, 1, 2), values, color=("C0", "C1", "C2"), width=0.7)
                for place, value in enumerate(values):
                    at = value + top if value >= 0 else value - top
                    side = "bottom" if value >= 0 else "top"
                    ax.text(place, at, f"{value:.2f}".replace("-", "−"), ha="center", va=side)
            left.text(2.45, 4.3, words, ha="right")
    left.axhline(0, color=plt.rcParams["grid.color"], linewidth=1)
    left.set(title="scores", ylim=(-2.7, 4.8))
    right.set(title="softmax", ylim=(0, 1.12))
    for ax in (left, right):
        ax.set(xticks=[0, 1, 2], xlim=(-0.5, 2.5))
        ax.set_xticklabels(["cat", "dog", "owl"])
    return fig
