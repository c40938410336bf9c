"""Gradient descent on a mean squared error without a walk: each step shortens each eigenvector by its own factor."""

import numpy as np
from scipy import linalg


class Bowl:
    """The mean squared error as a function of the weights; ``steps`` may be an array of step counts."""

    def __init__(self, table, target, start=None):
        table, target = np.asarray(table, dtype=float), np.asarray(target)
        self.best = linalg.lstsq(table, target)[0]
        self.smallest = np.mean((table @ self.best - target) ** 2)
        self.curvatures, self.directions = linalg.eigh(2 / len(table) * table.T @ table)
        self.start = self.directions.T @ ((0 if start is None else start) - self.best)

    def parts(self, rate, steps):
        """Distance from the minimum along each eigenvector, shape (..., weights)."""
        return (1 - rate * self.curvatures) ** np.asarray(steps)[..., None] * self.start

    def weights(self, rate, steps):
        return self.best + self.parts(rate, steps) @ self.directions.T

    def loss(self, rate, steps):
        return self.smallest + self.parts(rate, steps) ** 2 @ self.curvatures / 2

    def slope(self, rate, steps):
        """Length of the gradient."""
        return linalg.norm(self.parts(rate, steps) * self.curvatures, axis=-1)

    def distance(self, rate, steps):
        return linalg.norm(self.parts(rate, steps), axis=-1)
