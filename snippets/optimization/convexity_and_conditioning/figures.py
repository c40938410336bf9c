"""Figures of docs/optimization/convexity_and_conditioning.md: one function, one picture."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.losses import squared_error
from mlmath.optim import Path, gradient_descent, newton
from mlmath.plots import frame, plot_contours

Vector = NDArray[np.float64]
CORNER = (6.0, 2.0)


def bowl_walk(H: Vector, start: tuple[float, float], learning_rate: float, steps: int) -> Path:
    """Descent on w^T H w / 2."""
    return gradient_descent(
        lambda w: float(w @ H @ w) / 2, lambda w: H @ w, start, learning_rate=learning_rate, steps=steps
    )


def chord_and_tangent() -> Figure:
    """A chord and a tangent on a convex curve, and on one with two valleys."""
    fig, axes = plt.subplots(1, 2, figsize=(5.4, 3.7), layout="constrained", sharey=True)
    w = np.linspace(-2.1, 2.1, 201)
    curves: tuple[tuple[str, Callable[[Vector], Vector], float, float, float], ...] = (
        ("convex", lambda t: 1.6 * t**2 - 3, -1.7, 1.2, 0.6),
        ("not convex", lambda t: t**4 - 3 * t**2 + t, -1.7, 1.5, 1.0),
    )
    for ax, (name, f, left, right, touch) in zip(axes, curves, strict=True):
        ax.plot(w, f(w), color=plt.rcParams["text.color"], linewidth=2)
        ends = np.array([left, right])
        ax.plot(ends, f(ends), "o-", color="C0", linewidth=2)
        at = np.array([touch])
        slope = (f(at + 1e-5) - f(at - 1e-5)) / 2e-5
        line = np.array([-2.0, 2.0])
        ax.plot(line, f(at) + slope * (line - at), "--", color="C1", linewidth=2)
        ax.plot(at, f(at), "s", color="C1")
        ax.set(title=name, xlabel="$w$", xticks=[-2, 0, 2], ylim=(-7.4, 5.4), yticks=[])
    axes[0].text(0.1, 0.75, "chord", color="C0")
    axes[0].text(-0.75, -6.2, "tangent", color="C1")
    axes[1].text(-0.1, 1.7, "curve above\nits chord", ha="center")
    axes[1].text(-1.25, -5.9, "curve below\nits tangent", ha="center")
    axes[0].set_ylabel("loss")
    return fig


def swapped_units() -> Figure:
    """Loss of a network with two hidden units over their weights: two minima, and a hill between them."""
    fig, (ax, cut) = plt.subplots(1, 2, figsize=(5.4, 3.1), layout="constrained")
    inputs, answers = np.array([-1.0, 1.0]), np.array([1.0, 1.0])

    def loss(w: Vector) -> float:
        return squared_error(np.maximum(0, np.outer(w, inputs)).sum(axis=0), answers).value

    plot_contours(loss, (-2, 2), (-2, 2), levels=[0.1, 0.3, 0.6, 0.9, 1.5, 3], ax=ax)
    a, b = np.array([1.0, -1.0]), np.array([-1.0, 1.0])
    ax.plot(*np.column_stack([a, b]), "--", color="C0", linewidth=2)
    ax.plot(0, 0, "s", color="C1", markersize=7)
    for end, name in ((a, "A"), (b, "B")):
        ax.plot(*end, "o", color="C0")
        ax.text(end[0] + 0.12, end[1] + 0.12, name)
    ax.text(0.14, 0.1, "average")
    ax.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal", xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    t = np.linspace(0, 1, 101)
    cut.plot(t, [loss((1 - s) * a + s * b) for s in t], color=plt.rcParams["text.color"], linewidth=2)
    cut.plot([0, 1], [0, 0], "o--", color="C0", linewidth=2)
    cut.plot(0.5, 1, "s", color="C1", markersize=7)
    cut.text(0.5, 0.08, "chord", ha="center")
    cut.set(xlabel="way from A to B", ylabel="loss", xticks=[0, 0.5, 1], ylim=(-0.1, 1.1), yticks=[0, 0.5, 1])
    return fig


def zigzag_against_kappa() -> Figure:
    """The first twenty steps on bowls of growing condition number, at the best fixed rate 2 / (L + mu)."""
    fig, ax = plt.subplots(figsize=(5.4, 3.4), layout="constrained")
    for kappa in (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 100.0):
        path = bowl_walk(np.diag([1.0, kappa]), CORNER, 2 / (1 + kappa), 400)
        distances = np.linalg.norm(path.points, axis=1)
        steps = int(np.argmax(distances <= 0.001 * distances[0]))
        words = f"{steps} steps to a thousandth" if steps > 1 else "1 step, to the minimum"
        with frame(fig, f"kappa = {kappa:g}: {words}", still=kappa == 10):
            angle = np.linspace(0, 2 * np.pi, 200)
            for size in (1.5, 3.0, 4.5, 6.0):
                ax.plot(
                    size * np.cos(angle),
                    size * np.sin(angle) / np.sqrt(kappa),
                    color=plt.rcParams["grid.color"],
                    linewidth=1,
                )
            ax.plot(*path.points[:21].T, "o-", color="C0", markersize=3.5, linewidth=1.2)
            ax.text(-6.3, 3.0, rf"$\kappa = {kappa:g}$: {words}")
    ax.plot(0, 0, "*", color="C2", markersize=13, zorder=3)
    ax.set(xlabel="$x$", ylabel="$y$", aspect="equal", xlim=(-6.6, 7), ylim=(-3.6, 3.8))
    return fig


def steps_against_kappa() -> Figure:
    """Measured steps to a thousandth of the distance, for two rates, beside kappa times log 1000 and half of it."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    kappas = 10.0 ** np.arange(0.5, 3.1, 0.25)
    rates: tuple[tuple[str, str, float, Callable[[float], float]], ...] = (
        ("C0", "o", 1.0, lambda kappa: 1 / kappa),
        ("C1", "s", 0.5, lambda kappa: 2 / (1 + kappa)),
    )
    for color, marker, share, rate in rates:
        counts = []
        for kappa in kappas:
            steps = int(share * kappa * np.log(1000)) + 20
            distances = np.linalg.norm(bowl_walk(np.diag([1.0, kappa]), (1.0, 0.0), rate(kappa), steps).points, axis=1)
            counts.append(int(np.argmax(distances <= 0.001)))
        ax.loglog(kappas, share * kappas * np.log(1000), color=plt.rcParams["grid.color"], linewidth=1.5)
        ax.loglog(kappas, counts, marker, color=color, markersize=5)
    ax.text(60, 900, r"rate $1/L$", ha="right")
    ax.text(180, 330, r"rate $2/(L + \mu)$")
    ax.set(xlabel=r"condition number $\kappa$", ylabel="steps to a thousandth", xlim=(2, 2000))
    return fig


def newton_and_descent() -> Figure:
    """On a tilted, stretched bowl, one Newton step lands on the minimum; descent zigzags."""
    fig, ax = plt.subplots(figsize=(5.4, 3.8), layout="constrained")
    H = np.array([[2.0, 1.8], [1.8, 2.0]])  # two standardised features with correlation 0.9
    start = (3.0, -1.6)
    plot_contours(lambda w: float(w @ H @ w) / 2, (-2.6, 4), (-3, 2.4), levels=[0.05, 0.4, 1, 2, 4, 8], ax=ax)
    walk = bowl_walk(H, start, 0.45, 12)
    jump = newton(lambda w: float(w @ H @ w) / 2, lambda w: H @ w, lambda w: H, start)
    ax.plot(*walk.points.T, "o-", color="C0", markersize=4, linewidth=1.2)
    for here, there in pairwise(jump.points):
        ax.annotate("", there, here, arrowprops={"arrowstyle": "-|>", "color": "C1", "linewidth": 2.5})
    ax.plot(*start, "D", color=plt.rcParams["text.color"], zorder=3)
    ax.plot(0, 0, "*", color="C2", markersize=13, zorder=3)
    name_walks(ax)
    ax.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    return fig


def name_walks(ax: Axes) -> None:
    """The words beside both walks."""
    ax.text(1.75, -0.5, "Newton: 1 step")
    ax.text(-2.4, -2.5, "descent: 12 steps")
