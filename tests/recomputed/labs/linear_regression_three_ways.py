"""The numbers of docs/labs/linear_regression_three_ways.py about the houses, by scikit-learn, statsmodels and scipy."""

from functools import cache

import numpy as np
import statsmodels.api as sm
from recomputed.datasets import windsor
from recomputed.descent import Bowl
from sklearn.linear_model import SGDRegressor
from sklearn.preprocessing import StandardScaler


@cache
def scaler():
    return StandardScaler().fit(windsor()[["lot_size"]])


def lots():
    return scaler().transform(windsor()[["lot_size"]])


def prices():
    return windsor()["price"].to_numpy() / 1000


@cache
def fit():
    return sm.OLS(prices(), sm.add_constant(lots())).fit()


def bowl(intercept=0):
    return Bowl(sm.add_constant(lots()), prices(), np.array([intercept, 0]))


def above_minimum(m, b):
    """The scaled lots have the mean 0 and the variance 1, so all curvatures are 2."""
    best_b, best_m = fit().params
    return (m - best_m) ** 2 + (b - best_b) ** 2


def one_at_a_time():
    model = SGDRegressor(penalty=None, learning_rate="constant", shuffle=False)
    generator = np.random.default_rng(0)
    for epoch in range(100):
        order = generator.permutation(546)
        model.set_params(eta0=0.02 / (1 + epoch)).partial_fit(lots()[order], prices()[order])
    return model.coef_[0], model.intercept_[0]


def the_same_for_546_houses():
    numbers = [len(windsor()), windsor()["lot_size"].mean(), windsor()["lot_size"].std(ddof=0)]
    numbers += [lots().mean(), lots().std()]
    b, m = fit().params
    for slope, intercept in (one_at_a_time(), bowl().weights(0.05, 200)[::-1], (m, b), (m, b)):
        numbers += [slope, intercept, fit().ssr / 546 + above_minimum(slope, intercept)]
    per_foot = sm.OLS(windsor()["price"], sm.add_constant(windsor()["lot_size"])).fit()
    return [*numbers, windsor()["price"].mean(), per_foot.params["lot_size"], per_foot.resid.std(ddof=0)]


def where_does_1_n_go_and_does_it_matter():
    return bowl().loss(0.05 * 546, np.arange(4))


def heights(size):
    """After 1, 5 and 20 epochs, each step by the means of its batch: of x, y, x squared and x times y."""
    x, y = lots()[:, 0], prices()
    moments = np.column_stack([x, y, x * x, x * y])
    generator = np.random.default_rng(0)
    m = b = 0
    after = []
    for _ in range(20):
        order = generator.permutation(546)
        for first in range(0, 546, size):
            mean_x, mean_y, mean_xx, mean_xy = moments[order[first : first + size]].mean(axis=0)
            m, b = m - 0.04 * (m * mean_xx + b * mean_x - mean_xy), b - 0.04 * (m * mean_x + b - mean_y)
        after.append(above_minimum(m, b))
    return [after[epoch - 1] for epoch in (1, 5, 20)]


def per_example_mini_batch_or_full_batch_what_changes():
    numbers = []
    for size in (1, 32, 546):
        numbers += [size, len(range(0, 546, size)), *heights(size)]
    return numbers


def why_not_the_normal_equation_always():
    numbers = []
    for step in (0, 5, 10, 20, 100):
        descent = bowl(prices().mean())
        numbers += [step, descent.weights(0.05, step)[1], descent.loss(0.05, step)]
    return numbers
