"""Figures of docs/start/one_loop.md: one function, one SVG."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from mlmath.datasets import load_windsor_housing

NAMES = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]


def _train(steps: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The loop of the page: predictions, prices, losses before each step (thousand dollars)."""
    houses = load_windsor_housing()
    features = np.column_stack([houses.column(name) for name in NAMES])
    y = houses.prices / 1000
    X = np.column_stack([np.ones(len(y)), (features - features.mean(axis=0)) / features.std(axis=0)])
    w, losses = np.zeros(5), []
    for _ in range(steps):
        error = X @ w - y
        losses.append(np.mean(error**2))
        w = w - 0.1 * 2 / len(y) * X.T @ error
    return X @ w, y, np.array(losses)


def falling_loss() -> Figure:
    """The mean squared error in the first 40 steps."""
    _, _, losses = _train(200)
    fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    ax.axhline(losses[-1], color=plt.rcParams["grid.color"], linestyle="--", linewidth=1)
    ax.text(40, losses[-1] + 220, f"where it settles: {losses[-1]:.0f}", ha="right")
    ax.plot(losses[:41], "o-", color="C0", markersize=4)
    ax.set(xlim=(-0.8, 40.5), ylim=(0, 5600), xlabel="step", ylabel="loss in (thousand dollars)\N{SUPERSCRIPT TWO}")
    return fig


def predicted_and_actual() -> Figure:
    """Each house as a point: the price that the model says, and the price that was paid."""
    predicted, actual, _ = _train(200)
    fig, ax = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
    ends = np.array([30, 165])
    ax.plot(predicted, actual, "o", color="C0", markersize=3.5, alpha=0.7, label="one house")
    ax.plot(ends, ends, color="C1", label="price = prediction")
    ax.set(xlim=(30, 165), ylim=(20, 195), xlabel="predicted price in thousand dollars")
    ax.set_ylabel("price in thousand dollars")
    ax.legend(loc="lower right")
    return fig
