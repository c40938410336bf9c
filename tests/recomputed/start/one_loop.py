"""The numbers of docs/start/one_loop.md, by statsmodels, scipy, pandas and the closed form of descent."""

import numpy as np
import statsmodels.api as sm
from recomputed.datasets import windsor
from recomputed.descent import Bowl
from scipy import linalg, optimize, stats
from sklearn.preprocessing import StandardScaler

RATE, SIGMA = 0.1, 20


def measured():
    return windsor()[["lot_size", "bedrooms", "bathrooms", "air_conditioning"]]


def prices():
    return windsor()["price"] / 1000


def scaled():
    return sm.add_constant(StandardScaler().fit_transform(measured()))


def bowl():
    return Bowl(scaled(), prices())


def mean_squared_error(w):
    return sm.tools.eval_measures.mse(scaled() @ w, prices())


def loop():
    return bowl().loss(RATE, [0, 199])


def data():
    table = measured()
    return [*table.shape, *table.mean(), *table.std(ddof=0), *table.iloc[0], *scaled()[0]]


def without_scaling():
    numbers = []
    for table in (sm.add_constant(measured()), scaled()):
        curvatures = 2 / 546 * linalg.svdvals(table) ** 2
        numbers += [curvatures[-1], curvatures[0], 2 / curvatures[0]]
    return numbers


def prediction():
    said = bowl().weights(RATE, 200) @ scaled()[0]
    return [said, said, prices()[0]]


def likelihood():
    numbers = []
    for step in (0, 200):
        said = scaled() @ bowl().weights(RATE, step)
        numbers += 2 * [-stats.norm.logpdf(prices(), said, SIGMA).sum()]
    return numbers


def gradient():
    """At the weights 0 the rules leave the mean price, and covariances of scaled features and price."""
    by_rule = [-2 * prices().mean(), *(-2 * measured().corrwith(prices()) * prices().std(ddof=0))]
    return [*by_rule, *optimize.approx_fprime(np.zeros(5), mean_squared_error)]


def update():
    return [*bowl().weights(RATE, 1), *bowl().loss(RATE, [0, 1])]


def coefficients():
    """The descent has arrived, so these are the numbers of least squares on the raw table."""
    fit = sm.OLS(windsor()["price"], sm.add_constant(measured())).fit()
    return [windsor()["price"].mean(), *fit.params[1:], fit.resid.std(ddof=0)]


def exact():
    return [*bowl().weights(RATE, 200), *sm.OLS(prices(), scaled()).fit().params]
