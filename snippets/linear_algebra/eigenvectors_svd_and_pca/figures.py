"""Figures of docs/linear_algebra/eigenvectors_svd_and_pca.md: one function, one picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from numpy.typing import NDArray

from mlmath.datasets import load_breast_cancer, load_digits
from mlmath.linalg import fit_pca, low_rank_approximation, power_iteration, svd, symmetric_eigen
from mlmath.plots import frame

Array = NDArray[np.float64]
MEMORY = np.array([[0.4, 0.4], [0.4, 1.0]])
LAYER = np.array([[2.0, 3.0], [0.0, 2.0]])
CIRCLE = np.stack([np.cos(np.linspace(0, 2 * np.pi, 121)), np.sin(np.linspace(0, 2 * np.pi, 121))])


def arrow(ax: Axes, tip: Array, color: str) -> None:
    """An arrow from the origin."""
    ax.quiver(0, 0, *tip, angles="xy", scale_units="xy", scale=1, width=0.011, color=color, zorder=3)


def name(ax: Axes, place: Array, words: str, color: str) -> None:
    """Words in the middle of a place."""
    ax.text(place[0], place[1], words, color=color, ha="center", va="center", fontsize=13)


def plain(ax: Axes, size: float) -> None:
    """A square part of the plane around the origin, with thin axes and no ticks."""
    grid = plt.rcParams["grid.color"]
    ax.plot([-size, size], [0, 0], color=grid, linewidth=0.6)
    ax.plot([0, 0], [-0.88 * size, 0.88 * size], color=grid, linewidth=0.6)
    ax.set(xlim=(-size, size), ylim=(-size, size), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)


def turning_arrow() -> Figure:
    """An arrow v goes round the circle, and W v with it; on two lines they agree in direction."""
    fig, ax = plt.subplots(figsize=(4.4, 4.2), layout="constrained")
    plain(ax, 1.45)
    grid = plt.rcParams["grid.color"]
    ax.plot(*CIRCLE, color=grid, linewidth=1)
    ax.plot(*(MEMORY @ CIRCLE), "--", color=grid, linewidth=1.2)
    for direction in symmetric_eigen(MEMORY).vectors.T:
        ax.plot(*np.outer(direction, [-1.4, 1.4]), ":", color="C2", linewidth=2)
    special = {63: np.degrees(np.arctan2(2, 1)), 153: np.degrees(np.arctan2(1, -2))}
    for degrees in (0, 20, 40, 63, 90, 110, 130, 153, 180):
        turn = np.radians(special.get(degrees, degrees))
        v = np.array([np.cos(turn), np.sin(turn)])
        out = MEMORY @ v
        cosine = v @ out / np.linalg.norm(out)
        away = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        if degrees in special:
            words = f"same direction, {np.linalg.norm(out):.1f} times as long"
        else:
            words = f"W v points {away:.0f} degrees away from v"
        with frame(fig, f"v at {degrees} degrees: {words}", still=degrees == 20):
            arrow(ax, v, "C0")
            arrow(ax, out, "C1")
            if degrees in special:  # both arrows lie on one line: names on its two sides
                left = 0.16 * np.array([-v[1], v[0]])
                name(ax, 0.9 * v - left, "$v$", "C0")
                name(ax, out + left, "$Wv$", "C1")
            else:
                name(ax, 1.12 * v, "$v$", "C0")
                name(ax, out + 0.17 * out / np.linalg.norm(out), "$Wv$", "C1")
            in_math = words.replace("W v", "$Wv$").replace("from v", "from $v$")
            ax.text(0, -1.42, f"$v$ at {degrees}°: {in_math}", ha="center")
    return fig


def matrices_and_their_eigenvectors() -> Figure:
    """What six kinds of matrices make of the unit circle, with the lines that they keep."""
    fig, ax = plt.subplots(figsize=(4.4, 4.4), layout="constrained")
    plain(ax, 2.3)
    ax.plot(*CIRCLE, "--", color=plt.rcParams["grid.color"], linewidth=1.2)
    turn = np.radians(40)
    cases: tuple[tuple[str, list[list[float]]], ...] = (
        ("stretch along the axes", [[1.6, 0.0], [0.0, 0.6]]),
        ("symmetric", [[1.36, 0.48], [0.48, 0.64]]),
        ("mirror", [[0.6, 0.8], [0.8, -0.6]]),
        ("projection", [[0.8, 0.4], [0.4, 0.2]]),
        ("not symmetric", [[1.5, 1.0], [0.0, 0.5]]),
        ("shear", [[1.0, 1.0], [0.0, 1.0]]),
        ("rotation", [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]),
    )
    for kind, rows in cases:
        matrix = np.array(rows)
        values, vectors = np.linalg.eig(matrix)
        if np.iscomplexobj(values):
            kept = []
            words = "no real eigenvector"
        else:
            kept = [(value, v) for value, v in sorted(zip(values, vectors.T, strict=True), key=lambda pair: -pair[0])]
            if abs(kept[0][1] @ kept[1][1]) > 1 - 1e-6:
                kept = kept[:1]
            number = "eigenvalues" if len(kept) > 1 else "one line kept, eigenvalue"
            words = f"{number} {' and '.join(f'{round(value, 6) + 0.0:.2g}' for value, _ in kept)}".replace("-", "−")
        with frame(fig, f"{kind}: {words}", still=kind == "symmetric"):
            corners = np.linspace(0, 2 * np.pi, 12, endpoint=False) + np.pi / 12
            for start in np.stack([np.cos(corners), np.sin(corners)], axis=1):
                ax.plot(*np.stack([start, matrix @ start]).T, color=plt.rcParams["grid.color"], linewidth=0.8)
                ax.plot(*(matrix @ start), "o", color="C0", markersize=4)
            ax.plot(*(matrix @ CIRCLE), color="C0", linewidth=2)
            for style, (_, v) in zip(("-", "-."), kept, strict=False):
                ax.plot(*np.outer(v, [-2.2, 2.2]), style, color="C1", linewidth=1.8)
            ax.text(-2.25, 2.1, f"{kind}: {words}")
    return fig


def power_iteration_rate() -> Figure:
    """The tangent of the angle to the first eigenvector, for three ratios of the two largest eigenvalues."""
    fig, ax = plt.subplots(figsize=(5.2, 3.4), layout="constrained")
    steps = np.arange(31)
    for number, ratio in enumerate((0.2, 0.7, 0.95, -1.0)):
        found = power_iteration(np.diag([1.0, ratio]), [1.0, 1.0], steps=30, tolerance=0)
        tangents = np.abs(found.vectors[:, 1] / found.vectors[:, 0])
        shown = tangents > 1e-8
        ax.semilogy(steps[: len(tangents)][shown], tangents[shown], "os^D"[number], color=f"C{number}", markersize=4)
        ax.semilogy(steps, abs(ratio) ** steps, color=f"C{number}", linewidth=1)
    for x, y, words in ((10, 3e-6, "0.2"), (20, 4e-3, "0.7"), (25, 0.08, "0.95"), (21, 2.2, "−1: a tie")):
        ax.text(x, y, rf"$\lambda_2/\lambda_1$ = {words}", ha="center" if y > 1e-5 else "left")
    ax.set(xlabel="products with the matrix", ylabel="tangent of the angle to $v_1$", ylim=(1e-7, 8), xlim=(-0.5, 30.5))
    return fig


def rotate_stretch_rotate() -> Figure:
    """The unit circle and the two right singular vectors on their way through V^T, S and U."""
    fig, ax = plt.subplots(figsize=(4.3, 3.5), layout="constrained")
    grid = plt.rcParams["grid.color"]
    ax.plot([-4.4, 4.4], [0, 0], color=grid, linewidth=0.6)
    ax.plot([0, 0], [-2.9, 2.9], color=grid, linewidth=0.6)
    ax.plot(*CIRCLE, "--", color=grid, linewidth=1)
    U, s, Vt = svd(LAYER)
    U, Vt = U * [1, -1], Vt * np.array([[1], [-1]])  # the same SVD, with signs that make both turns rotations
    first_turn, last_turn = np.arctan2(Vt[0, 1], Vt[0, 0]), np.arctan2(U[1, 0], U[0, 0])

    def rotation(angle: float) -> Array:
        return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    shares = (1 / 3, 2 / 3, 1.0)
    states: list[tuple[str, Array]] = [("start: two arrows of length 1", np.eye(2))]
    for share in shares:
        words = f"rotate by {np.degrees(first_turn) * share:.0f} degrees, clockwise"
        states.append((f"1. {words}{', onto the axes' if share == 1 else ''}", rotation(-first_turn * share)))
    for share in shares:
        stretch = np.diag(s**share)
        words = f"2. stretch by {stretch[0, 0]:.2g} and {stretch[1, 1]:.2g} along the axes"
        states.append((words, stretch @ Vt))
    for share in shares:
        words = f"3. rotate by {np.degrees(last_turn) * share:.0f} degrees, anticlockwise"
        states.append((words + (": this is A" if share == 1 else ""), rotation(last_turn * share) @ np.diag(s) @ Vt))
    assert np.allclose(states[-1][1], LAYER)
    for number, (words, matrix) in enumerate(states):
        with frame(fig, words, still=number == len(states) - 1):
            ax.plot(*(matrix @ CIRCLE), color=plt.rcParams["text.color"], linewidth=1.6)
            for color, v, words_beside in (("C0", Vt[0], "1"), ("C1", Vt[1], "2")):
                tip = matrix @ v
                arrow(ax, tip, color)
                name(ax, tip + 0.35 * tip / np.linalg.norm(tip), words_beside, color)
            ax.text(-4.3, 3.2, words.replace("this is A", "this is $A$"))
    ax.set(xlim=(-4.4, 4.4), ylim=(-3.0, 3.6), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    return fig


def ink(ax: Axes, picture: Array, left: float = 0.0, top: float = 0.0, levels: int = 8) -> None:
    """Draw brightness 0 to 16 as ink: one shape per shade, of runs of pixels, so that the file stays small."""
    shades = np.clip(np.round(picture / 16 * levels), 0, levels).astype(int)
    rows, columns = shades.shape
    for shade in range(1, levels + 1):
        corners: list[tuple[float, float]] = []
        codes: list[np.uint8] = []
        for i in range(rows):
            j = 0
            while j < columns:
                end = j
                while end < columns and shades[i, end] == shade:
                    end += 1
                if end > j:
                    box = ((j, i), (end, i), (end, i + 1), (j, i + 1), (j, i))
                    corners += [(left + x, top - y) for x, y in box]
                    codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
                j = max(end, j + 1)
        if corners:
            color = plt.rcParams["text.color"]
            ax.add_patch(PathPatch(Path(corners, codes), facecolor=color, alpha=shade / levels, linewidth=0))


def rank_k_picture() -> Figure:
    """Six real digits in one picture, from its best approximation of rank 1 to all 16 singular values."""
    fig, ax = plt.subplots(figsize=(4.3, 3.6), layout="constrained")
    images = load_digits().images[:6]
    picture = np.vstack([np.hstack(list(images[:3])), np.hstack(list(images[3:]))])
    singular_values = svd(picture).singular_values
    for k in (1, 2, 3, 4, 6, 8, 12, 16):
        left_out = np.sum(singular_values[k:] ** 2) / np.sum(singular_values**2)
        words = f"rank {k}: {k * (16 + 24 + 1)} numbers, {left_out:.1%} of the squared ink missing"
        if k == 16:
            words = "rank 16: all of the picture, 384 pixels"
        with frame(fig, words, still=k == 4):
            ink(ax, low_rank_approximation(picture, k))
            ax.text(12, 0.6, words.replace(": ", "\n").replace(", ", "; "), ha="center", linespacing=1.4)
    ax.add_patch(Rectangle((0, -16), 24, 16, fill=False, edgecolor=plt.rcParams["grid.color"]))
    ax.set(xlim=(-0.2, 24.2), ylim=(-16.2, 3.6), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    return fig


def _radii() -> Array:
    """Mean and worst radius of the nuclei of each tumour, in the same unit."""
    tumours = load_breast_cancer()
    return np.column_stack([tumours.column("mean_radius"), tumours.column("worst_radius")])


def turning_direction() -> Figure:
    """Variance of the tumours' two radii along a direction that turns: largest on the first component."""
    fig, ax = plt.subplots(figsize=(4.8, 4.4), layout="constrained")
    table = _radii()
    pca = fit_pca(table, components=2)
    centred = (table - pca.mean)[::4]
    grid = plt.rcParams["grid.color"]
    ax.plot(*centred.T, "o", color=grid, markersize=2.5, zorder=1)
    best = np.degrees(np.arctan2(pca.components[0, 1], pca.components[0, 0]))
    everything = pca.explained_variance.sum()
    for degrees in (0, 15, 30, 45, 54, 70, 90, 120, 144, 165):
        turn = np.radians({54: best, 144: best + 90}.get(degrees, degrees))
        u = np.array([np.cos(turn), np.sin(turn)])
        variance = np.var((table - pca.mean) @ u, ddof=1)
        name = {54: ", the first component", 144: ", the second component"}.get(degrees, "")
        words = f"direction at {degrees} degrees{name}: variance {variance:.1f}, {variance / everything:.0%} of all"
        with frame(fig, words, still=degrees == 54):
            ax.plot(*np.outer(u, [-20, 20]), "--", color=grid, linewidth=1)
            spread = 2 * np.sqrt(variance)
            ax.plot(*np.outer(u, [-spread, spread]), color="C0", linewidth=4, solid_capstyle="butt", zorder=2)
            ax.text(-9.3, 17.6, f"{degrees}°{name.replace(', ', ': ')}")
            ax.text(-9.3, 15.8, f"variance {variance:.1f}, {variance / everything:.0%} of all")
    ax.set(xlabel="mean radius − its mean", ylabel="worst radius − its mean", aspect="equal")
    ax.set(xlim=(-10, 15), ylim=(-12, 19.5))
    return fig


def without_centring() -> Figure:
    """The first direction of the table as it is points at the mean; that of the centred table along the cloud."""
    fig, ax = plt.subplots(figsize=(4.6, 4.3), layout="constrained")
    table = np.array([[7.0, 5.0], [5.0, 8.0], [8.0, 5.5], [4.0, 8.5], [6.0, 7.0], [9.0, 4.0], [6.5, 6.0], [7.5, 6.0]])
    mean = table.mean(axis=0)
    raw, pca = svd(table).Vt[0], fit_pca(table, components=1).components[0]
    grid = plt.rcParams["grid.color"]
    ax.plot(*table.T, "o", color=grid, markersize=6)
    ax.plot(*np.outer(raw, [0, 12.5]), "--", color="C1", linewidth=2)
    ax.plot(*(mean[:, None] + np.outer(pca, [-4.3, 4.3])), color="C0", linewidth=2)
    ax.plot(*mean, "*", color=plt.rcParams["text.color"], markersize=13, zorder=3)
    ax.text(3.4, 1.3, "not centred:\ntowards the mean", color="C1", ha="left", va="bottom")
    ax.text(9.3, 4.9, "centred:\nalong the cloud", color="C0", ha="left", va="bottom")
    ax.text(mean[0] - 1.0, mean[1] - 0.5, "mean", ha="right")
    ax.set(xlim=(0, 13.2), ylim=(0, 10.5), aspect="equal", xlabel="feature 1", ylabel="feature 2")
    return fig


def digit_components() -> Figure:
    """The first three components of the digits as pictures, and one digit rebuilt from more and more of them."""
    fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
    pixels = load_digits().features
    pca = fit_pca(pixels, components=40)

    def box(left: float, top: float, words: str) -> None:
        ax.add_patch(Rectangle((left, top - 8), 8, 8, fill=False, edgecolor=plt.rcParams["grid.color"]))
        ax.text(left + 4, top + 0.5, words, ha="center", va="bottom")

    ink(ax, pca.mean.reshape(8, 8), 0, 0)
    box(0, 0, "mean")
    largest = np.abs(pca.components[:3]).max()
    for j in range(3):
        left = 10.0 * (j + 1)
        box(left, 0, f"component {j + 1}")
        for i, value in enumerate(pca.components[j]):
            side = 0.95 * np.sqrt(abs(value) / largest)
            x, y = left + i % 8 + 0.5 - side / 2, -(i // 8) - 0.5 - side / 2
            color = "C0" if value > 0 else "C1"
            ax.add_patch(Rectangle((x, y), side, side, fill=bool(value > 0), color=color, linewidth=0.8))
    digit = pixels[3:4]
    coordinates = pca.transform(digit)
    for place, k in enumerate((3, 10, 40)):
        kept = np.where(np.arange(40) < k, coordinates, 0)
        ink(ax, pca.inverse_transform(kept).reshape(8, 8), 10.0 * place, -11)
        box(10.0 * place, -11, f"from {k}")
    ink(ax, digit.reshape(8, 8), 30, -11)
    box(30, -11, "the digit")
    ax.set(xlim=(-0.5, 38.5), ylim=(-19.5, 2.5), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    return fig
