"""Figures of docs/linear_algebra/least_squares.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mlmath.datasets import load_windsor_housing
from mlmath.linalg import condition_number, solve, solve_least_squares_qr
from mlmath.models import fit_ridge
from mlmath.plots import frame
from mlmath.stats import fit_scaler

Vector = NDArray[np.float64]
SQUARE_METRE = 0.09290304  # one square foot in square metres


def none_one_many() -> Figure:
    """Two equations as two lines: they cross, they are parallel, or they are the same line."""
    fig, axes = plt.subplots(1, 3, figsize=(4.9, 2.9), layout="constrained", sharey=True)
    w1 = np.array([-1.0, 6.0])
    cases = (
        ("one solution", "$w_1 + w_2 = 5$", 5 - w1),
        ("none", "$4 w_1 + 2 w_2 = 10$", 5 - 2 * w1),
        ("many", "$4 w_1 + 2 w_2 = 16$", 8 - 2 * w1),
    )
    for ax, (title, words, second) in zip(axes, cases, strict=True):
        ax.plot(w1, 8 - 2 * w1, color="C0", linewidth=2)
        ax.plot(w1, second, "--", color="C1", linewidth=3 if title == "many" else 2)
        ax.set(
            title=title, xlim=(0, 5.2), ylim=(0, 8.5), xticks=[0, 3], yticks=[0, 2], xlabel=f"$w_1$\ndashed:\n{words}"
        )
    axes[0].plot(3, 2, "o", color=plt.rcParams["text.color"], zorder=3)
    axes[0].text(3.2, 2.4, "(3, 2)")
    axes[0].text(1.0, 7.2, "$2 w_1 + w_2 = 8$", fontsize=8.5)
    axes[0].set_ylabel("$w_2$")
    return fig


def turning_lines() -> Figure:
    """Two lines turn parallel: the same shift of one of them moves the crossing farther and farther."""
    fig, ax = plt.subplots(figsize=(5.0, 4.2), layout="constrained")
    text = plt.rcParams["text.color"]
    along = np.array([[-6.0], [6.0]])

    def draw(normal: Vector, value: float, style: str, color: str) -> None:
        ends = value * normal + along * np.array([-normal[1], normal[0]])
        ax.plot(*ends.T, style, color=color, linewidth=2)

    first = np.array([1.0, 1.0]) / np.sqrt(2)
    draw(first, float(first @ [1, 1]), "-", "C0")
    ax.plot(1, 1, "o", color=text, zorder=4)
    ax.text(1.95, 1.3, "dashed: the second\nline, moved by 0.1", va="center")
    for degrees in (90, 75, 60, 45, 30, 20, 15, 10, 7, 5, 4):
        turn = np.radians(45 - degrees)
        second = np.array([np.cos(turn), np.sin(turn)])
        A = np.array([first, second])
        y = A @ [1, 1]
        moved = solve(A, y + np.array([0, 0.1]))
        away = np.linalg.norm(moved - 1)
        words = f"angle {degrees}°: condition number {condition_number(A):.1f}, the crossing moves by {away:.2f}"
        with frame(fig, words, still=degrees == 15):
            draw(second, float(y[1]), "-", "C1")
            draw(second, float(y[1]) + 0.1, "--", "C1")
            ax.plot(*moved, "s", color="C2", zorder=4)
            ax.text(0, 1.02, words.replace(", ", "\n"), transform=ax.transAxes, va="bottom")
    ax.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal", xlim=(-1, 3.6), ylim=(-1, 3.2), xticks=[0, 1, 2, 3])
    return fig


def errors_at_right_angles() -> Figure:
    """Turn the line through the mean point: the loss is lowest where the errors times x add up to zero."""
    fig, (ax, valley) = plt.subplots(1, 2, figsize=(5.0, 3.3), layout="constrained")
    text = plt.rcParams["text.color"]
    x, y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 7.0])
    X = np.column_stack([np.ones(3), x])
    slopes = np.linspace(0.4, 4.6, 85)
    losses = [float(np.sum((4 + m * (x - 2) - y) ** 2)) for m in slopes]
    best = solve_least_squares_qr(X, y)
    valley.plot(slopes, losses, color=text, linewidth=2)
    ends = np.array([0.5, 3.5])
    for m in (1.0, 1.25, 1.5, 1.75, 2.0, 2.25, float(best[1]), 2.75, 3.0, 3.25, 3.5, 3.75, 4.0):
        w = np.array([4 - 2 * m, m])
        errors = X @ w - y
        product, loss = float(errors @ x), float(errors @ errors)
        with frame(
            fig, f"slope {m:.2f}: errors times x add up to {signed(product, 1)}, loss {loss:.2f}", still=m == 1.5
        ):
            ax.plot(ends, w[0] + w[1] * ends, color="C0", linewidth=2)
            for at, observed, error in zip(x, y, errors, strict=True):
                ax.plot([at, at], [observed, observed + error], "--", color="C1", linewidth=2)
                ax.text(at + 0.14, observed + error / 2, signed(error, 2), va="center")
            valley.plot(m, loss, "o", color="C0")
            near = np.array([-0.5, 0.5])
            valley.plot(m + near, loss + 2 * product * near, color="C0", linewidth=1.5)
            valley.text(2.5, 8.6, f"errors times x:\n{signed(product, 1)}", ha="center", va="top")
    ax.plot(x, y, "o", color=text, zorder=3)
    ax.set(xlabel="$x$", ylabel="$y$", xlim=(0.4, 4.3), ylim=(-0.5, 9), xticks=[1, 2, 3])
    valley.set(xlabel="slope", ylabel="sum of squared errors", ylim=(0, 9), xlim=(0.4, 4.6), xticks=[1, 2.5, 4])
    return fig


def signed(number: float, digits: int) -> str:
    """The number with the minus sign that the axes have, and without one for what rounds to zero."""
    return f"{round(number, digits) + 0.0:.{digits}f}".replace("-", "−")


def _houses() -> tuple[Vector, Vector]:
    """Lot in feet, lot in rounded metres, bedrooms, bathrooms, air conditioning; and the prices."""
    data = load_windsor_housing()
    lot = data.column("lot_size")
    others = [data.column(name) for name in ("bedrooms", "bathrooms", "air_conditioning")]
    return np.column_stack([lot, np.round(lot * SQUARE_METRE), *others]), data.prices


def lost_digits() -> Figure:
    """Error of the weights against the condition number of the table, for both ways of solving."""
    rng = np.random.default_rng(0)
    fig, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
    kappas = 10.0 ** np.arange(0.25, 7.6, 0.25)
    errors = []
    for kappa in kappas:
        left, right = (np.linalg.qr(rng.normal(size=shape))[0] for shape in ((30, 4), (4, 4)))
        X = left * kappa ** np.linspace(0, -1, 4) @ right.T
        w = rng.normal(size=4)
        y = X @ w
        ways = (np.linalg.solve(X.T @ X, X.T @ y), solve_least_squares_qr(X, y))
        errors.append([np.linalg.norm(way - w) / np.linalg.norm(w) for way in ways])
    eps = np.finfo(np.float64).eps
    for power, color in ((2, "C0"), (1, "C1")):
        ax.loglog(kappas, eps * kappas**power, "--", color=color, linewidth=1)
    for column, (marker, color) in enumerate((("o", "C0"), ("s", "C1"))):
        ax.loglog(kappas, np.array(errors)[:, column], marker, color=color, markersize=4)
    ax.text(3e3, 2e-6, "normal equation", ha="right")
    ax.text(3e5, 3e-14, "QR")
    ax.set(xlabel="condition number of the table", ylabel="relative error of the weights", ylim=(1e-17, 3))
    return fig


def ridge_by_penalty() -> Figure:
    """The weights of five scaled features against the penalty, and a slider along it."""
    table, price = _houses()
    Z = fit_scaler(table).transform(table)
    fig, ax = plt.subplots(figsize=(5.0, 3.9), layout="constrained")
    penalties = 10.0 ** np.arange(-2, 5.01, 0.05)
    weights = np.array([fit_ridge(Z, price, penalty=penalty).weights for penalty in penalties]) / 1000
    styles = (("feet", "C0", "-"), ("metres", "C1", "--"), ("bedrooms", "C2", ":"), ("bathrooms", "C3", "-."))
    for column, (_, color, dashes) in enumerate(styles):
        ax.semilogx(penalties, weights[:, column], dashes, color=color, linewidth=2)
    ax.axhline(0, color=plt.rcParams["grid.color"], linewidth=1)
    for place, height, name in ((0.04, 14.5, "feet"), (0.02, -7, "metres"), (3, 10, "bathrooms"), (3, 1.6, "bedrooms")):
        ax.text(place, height, name)
    for penalty in (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 1000.0, 10_000.0, 100_000.0):
        model = fit_ridge(Z, price, penalty=penalty)
        error = float(np.std(model.predict(Z) - price))
        feet, metres = model.weights[:2]
        words = f"penalty {penalty:g}: feet {feet:.0f}, metres {metres:.0f}, typical error {error:.0f} dollars"
        with frame(fig, words, still=penalty == 1.0):
            ax.axvline(penalty, color=plt.rcParams["text.color"], linewidth=1)
            ax.plot(np.full(4, penalty), model.weights[:4] / 1000, "o", color=plt.rcParams["text.color"], markersize=5)
            words = f"penalty {penalty:g}: typical error {error:,.0f} dollars"
            ax.text(0, 1.02, words, transform=ax.transAxes, va="bottom")
    ax.set(xlabel=r"penalty $\lambda$", ylabel="weight in thousand dollars", ylim=(-14, 24))
    return fig
