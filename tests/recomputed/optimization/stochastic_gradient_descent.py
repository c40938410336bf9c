"""The numbers of docs/optimization/stochastic_gradient_descent.md about the houses, by scikit-learn's SGD and scipy."""

from functools import cache
from itertools import pairwise

import numpy as np
import sklearn
import statsmodels.api as sm
from recomputed.datasets import windsor
from recomputed.descent import Bowl
from scipy import linalg
from sklearn.linear_model import SGDRegressor
from sklearn.preprocessing import StandardScaler


def features():
    return StandardScaler().fit_transform(windsor()[["lot_size", "bedrooms", "bathrooms", "air_conditioning"]])


def prices():
    return windsor()["price"].to_numpy() / 10_000


@cache
def bowl():
    """The loss of the page is half the mean squared error, so its rates are twice those here."""
    return Bowl(sm.add_constant(features()), prices())


def houses():
    fit = sm.OLS(prices(), sm.add_constant(features())).fit()
    return [fit.uncentered_tss / 1092, fit.ssr / 1092]


@cache
def walk():
    """The weights after each single house, intercept first."""
    model = SGDRegressor(penalty=None, learning_rate="constant", eta0=0.005)
    generator = np.random.default_rng(0)
    points = [np.zeros(5)]
    X, y = features(), prices()
    with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
        for i in np.ravel([generator.integers(546, size=546) for _ in range(10)]):
            model.partial_fit(X[i : i + 1], y[i : i + 1])
            points.append(np.append(model.intercept_, model.coef_))
    return np.array(points)


def above_minimum(points):
    """By the covariance of the features, whose means are 0."""
    root = linalg.sqrtm(np.cov(features().T, ddof=0))
    off = points - bowl().best
    return (off[..., 0] ** 2 + linalg.norm(off[..., 1:] @ root, axis=-1) ** 2) / 2


def race():
    numbers = []
    for epoch in (1, 10):
        full = (bowl().loss(0.44, epoch) - bowl().smallest) / 2
        numbers += [546 * epoch, full, above_minimum(walk()[546 * epoch])]
    return numbers


def uphill():
    heights = above_minimum(walk()).tolist()
    went_up = [after > before for before, after in pairwise(heights)]
    return [100, sum(went_up[:100]), 546, 100 * sum(went_up[-546:]) / 546]


def average():
    second_half = walk()[len(walk()) // 2 :]
    heights = above_minimum(second_half)
    return [min(heights), max(heights), heights[-1], above_minimum(second_half.mean(axis=0))]
