"""Figures of docs/optimization/momentum_and_adaptive_methods.md: one function, one picture."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.optim import AdaGrad, Adam, Momentum, Nesterov, Path, RMSProp, gradient_descent
from mlmath.plots import frame

Array = NDArray[np.float64]
CORNER = np.array([6.0, 2.0])
STRETCHED = np.diag([1.0, 20.0])


def walk(H: Array, start: Array, rule: Any, rate: float, steps: int) -> Path:
    """A walk on the bowl w^T H w / 2."""
    return gradient_descent(
        lambda w: float(w @ H @ w) / 2, lambda w: np.asarray(H @ w), start, learning_rate=rate, steps=steps, rule=rule
    )


def contours(ax: Axes, H: Array, x: Array, y: Array, levels: list[float]) -> None:
    """Level sets of the bowl w^T H w / 2 in the colour of helper lines."""
    u, v = np.meshgrid(x, y)
    heights = (H[0, 0] * u**2 + 2 * H[0, 1] * u * v + H[1, 1] * v**2) / 2
    ax.contour(u, v, heights, levels=levels, colors=[plt.rcParams["grid.color"]], linewidths=1)


def momentum_paths() -> Figure:
    """Forty steps on a bowl of curvatures 1 and 20, at one learning rate, for several beta."""
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    contours(ax, STRETCHED, np.linspace(-5, 7, 201), np.linspace(-2.5, 2.5, 161), [0.5, 3, 10, 25, 50])
    ax.plot(0, 0, "*", color="C2", markersize=13, zorder=4)
    for beta in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        path = walk(STRETCHED, CORNER, Momentum(beta), 0.02, 40)
        loss = f"{path.losses[-1]:.2g}"
        with frame(fig, f"beta = {beta:g}: after 40 steps the loss went from 58 to {loss}", still=beta in (0.0, 0.8)):
            marker, color = ("o", "C0") if beta == 0 else ("s", "C1")
            ax.plot(*path.points.T, marker=marker, color=color, markersize=3.5, linewidth=1.2)
            place = (1.2, -2.1) if beta == 0 else (-4.8, 2.2)
            ax.text(*place, rf"$\beta$ = {beta:g}: loss {loss}", color=plt.rcParams["text.color"])
    ax.set(xlabel="$x$", ylabel="$y$", xlim=(-5, 7), ylim=(-2.4, 2.6))
    return fig


def fewest_noisy_steps(kappa: float, betas: tuple[float, ...], noise: float) -> int:
    """Fewest steps to 1 % of the first mean loss, over many learning rates and the given betas.

    Along an axis of curvature c, the means of w^2, w v and v^2 follow a linear recursion, so no noise is drawn.
    """
    rates = np.geomspace(1e-3, 2, 40) / kappa
    counts = np.unique(np.geomspace(10, 1e5, 160).astype(int))
    best = int(counts[-1])
    for beta in betas:
        losses = np.zeros((len(counts), len(rates)))
        for curvature in (1.0, kappa):
            tables = []
            for rate in rates:
                a, b = 1 - rate * curvature, -rate * curvature  # w <- a w + beta v - rate n, v <- b w + beta v - rate n
                n = (rate * noise) ** 2 * kappa
                tables.append(
                    [
                        [a * a, 2 * a * beta, beta**2, n],
                        [a * b, (a + b) * beta, beta**2, n],
                        [b * b, 2 * b * beta, beta**2, n],
                        [0, 0, 0, 1],
                    ]
                )
            power, done = np.broadcast_to(np.eye(4), (len(rates), 4, 4)), 0
            table = np.array(tables)
            for place, count in enumerate(counts):
                with np.errstate(all="ignore"):
                    power = np.linalg.matrix_power(table, count - done) @ power
                done = int(count)
                losses[place] += np.nan_to_num(power[:, 0, 0] + power[:, 0, 3] * curvature, nan=np.inf)
        reached = (losses < 0.01 * 2).any(axis=1)
        if reached.any():
            best = min(best, int(counts[reached.argmax()]))
    return best


def steps_with_noise() -> Figure:
    """Steps against the condition number with noisy gradients, both methods with their best settings: slopes of 1."""
    kappas = 10.0 ** np.arange(1, 3.6, 0.5)
    betas = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
    plain = [fewest_noisy_steps(kappa, (0.0,), 0.3) for kappa in kappas]
    heavy = [fewest_noisy_steps(kappa, betas, 0.3) for kappa in kappas]
    fig, ax = plt.subplots(figsize=(5.2, 3.4), layout="constrained")
    ax.loglog(kappas, plain, "o-", color="C0")
    ax.loglog(kappas, heavy, "s--", color="C1")
    ax.text(90, 4000, "plain descent (dots)", ha="right")
    ax.text(400, 600, "momentum (squares)")
    ax.set(xlabel=r"condition number $\kappa$", ylabel="steps needed")
    return fig


def look_ahead() -> Figure:
    """One step of the heavy ball and of Nesterov, from the same point and with the same velocity."""
    fig, axes = plt.subplots(1, 2, figsize=(5.4, 3.0), layout="constrained", sharey=True)
    H = np.diag([1.0, 6.0])
    point, velocity, beta, rate = np.array([-3.0, 1.2]), np.array([2.4, -2.2]), 0.9, 0.14
    ahead = point + beta * velocity
    for ax, place, name in zip(axes, (point, ahead), ("heavy ball", "Nesterov"), strict=True):
        contours(ax, H, np.linspace(-4, 2, 121), np.linspace(-2.2, 2.2, 101), [0.3, 1.5, 4, 8, 14])
        change = -rate * H @ place
        pieces = ((point, beta * velocity, "C0"), (ahead, change, "C1"))
        for start, arrow, color in pieces:
            ax.annotate("", start + arrow, start, arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 2})
        ax.plot(*point, "o", color=plt.rcParams["text.color"])
        ax.plot(*place, "D", color="C1", markersize=7, zorder=1)
        ax.plot(*(ahead + change), "s", color="C3", markersize=7)
        ax.plot(0, 0, "*", color="C2", markersize=12)
        ax.text(*(point + beta * velocity / 2 + [-0.15, -0.1]), r"$\beta v$", ha="right", va="top")
        side = 0.25 if place is point else -0.75
        ax.text(
            place[0] - (0.3 if place is point else 1.1),
            place[1] + side,
            "gradient\nmeasured here",
            va="bottom" if side > 0 else "center",
        )
        ax.set(title=name, xlim=(-4, 2), ylim=(-2.2, 2.2), xlabel="$x$")
    axes[0].set_ylabel("$y$")
    return fig


def bent_slope(w: Array) -> Array:
    """Curvature 25, and 1 where w lies between 1 and 2."""
    return np.where(w < 1, 25 * w, np.where(w < 2, w + 24, 25 * w - 24))


def circling() -> Figure:
    """Heavy ball and Nesterov on the bent parabola: one circles, one arrives."""
    fig, ax = plt.subplots(figsize=(5.2, 3.2), layout="constrained")
    rules: list[tuple[Any, float, str]] = [(Momentum(4 / 9), 1 / 9, "o-"), (Nesterov(2 / 3), 1 / 25, "s--")]
    for number, (rule, rate, look) in enumerate(rules):
        path = gradient_descent(lambda w: 0.0, bent_slope, [3.3], learning_rate=rate, steps=24, rule=rule)
        points = np.pad(path.points[:, 0], (0, 25 - len(path.points)))  # it stays where the gradient is 0
        ax.plot(points, look, color=f"C{number}", markersize=4, linewidth=1.2)
    ax.text(24.8, 0.75, "heavy ball")
    ax.text(24.8, -0.1, "Nesterov", va="center")
    ax.set(xlabel="step", ylabel="$w$", xlim=(-0.5, 31), xticks=[0, 5, 10, 15, 20])
    return fig


def changes_of(rule: Any, gradients: Array, rate: float) -> Array:
    """The changes that a rule makes of a list of gradients."""
    state, changes = rule.initial_state(np.zeros(1)), []
    for gradient in gradients:
        change, state = rule.update(state, np.array([gradient]), rate, np.zeros(1))
        changes.append(change[0])
    return np.array(changes)


def rates_over_time() -> Figure:
    """The rate of AdaGrad and of RMSProp while the gradients are 10, and after they fall to 0.1."""
    gradients = np.append(np.full(50, 10.0), np.full(150, 0.1))
    fig, ax = plt.subplots(figsize=(5.2, 3.4), layout="constrained")
    for number, (rule, look) in enumerate(((AdaGrad(), "-"), (RMSProp(0.9), "--"))):
        rates = -changes_of(rule, gradients, 0.1) / gradients
        ax.semilogy(np.arange(1, 201), rates, look, color=f"C{number}", linewidth=2.2)
    ax.axvline(50.5, color=plt.rcParams["grid.color"], linewidth=1, linestyle=":")
    ax.text(25, 4, "gradients\nof 10", ha="center", va="top")
    ax.text(125, 4, "gradients of 0.1", ha="center", va="top")
    ax.text(199, 0.6, "RMSProp", ha="right", va="top")
    ax.text(199, 0.0019, "AdaGrad", ha="right", va="bottom")
    ax.set(xlabel="step", ylabel="rate of the coordinate", ylim=(8e-4, 5))
    return fig


def adam_correction() -> Figure:
    """Length of Adam's steps for equal gradients, with the correction and without it."""
    fig, ax = plt.subplots(figsize=(5.2, 3.2), layout="constrained")
    t = np.arange(1, 6001)
    corrected = -changes_of(Adam(), np.ones(6000), 1.0)
    ax.semilogx(t, corrected * (1 - 0.9**t) / np.sqrt(1 - 0.999**t), "--", color="C1", linewidth=2.2)
    ax.semilogx(t, corrected, color="C0", linewidth=2.2)
    ax.text(1.1, 0.55, "corrected: always 1", va="top")
    ax.text(60, 5.2, "without correction")
    ax.plot(1, 0.1 / np.sqrt(0.001), "o", color="C1")
    ax.text(1.15, 3.0, "3.2", va="top")
    ax.set(xlabel="step (log scale)", ylabel=r"step length in units of $\eta$", ylim=(0, 7.2))
    return fig


def turned_bowls() -> Figure:
    """Momentum and Adam on one stretched bowl that is turned: momentum's walk turns with it, Adam's changes."""
    fig, ax = plt.subplots(figsize=(5.0, 4.6), layout="constrained")
    grid = np.linspace(-1.6, 1.6, 161)
    for degrees in (0, 5, 10, 15, 20, 25, 30, 35, 40, 45):
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        turn = np.array([[c, -s], [s, c]])
        H = turn @ np.diag([1.0, 100.0]) @ turn.T
        paths = [walk(H, turn @ np.ones(2), rule, rate, 1000) for rule, rate in ((Momentum(0.8), 0.01), (Adam(), 0.05))]
        counts = []
        for path in paths:
            distances = np.linalg.norm(path.points, axis=1)
            counts.append(int(np.flatnonzero(distances > distances[0] / 100)[-1]) + 1)
        words = f"turned by {degrees} degrees: momentum needs {counts[0]} steps, Adam {counts[1]}"
        with frame(fig, words, still=degrees == 45):
            contours(ax, H, grid, grid, [0.1, 0.5, 2, 8])
            for number, (path, look) in enumerate(zip(paths, ("o-", "s-"), strict=True)):
                ax.plot(*path.points[:120].T, look, color=f"C{number}", markersize=3, linewidth=1)
            told = f"momentum (dots): {counts[0]} steps\nAdam (squares): {counts[1]} steps"
            ax.text(1.58, -1.55, told, ha="right", va="bottom")
    ax.plot(0, 0, "*", color="C2", markersize=13, zorder=4)
    ax.set(xlabel="$x$", ylabel="$y$", aspect="equal", xlim=(-1.6, 1.6), ylim=(-1.6, 1.6))
    return fig
