"""The numbers of docs/optimization/gradient_descent.md about the houses, by scipy and the closed form of descent."""

from functools import cache

import numpy as np
import statsmodels.api as sm
from recomputed.datasets import windsor
from recomputed.descent import Bowl
from scipy import linalg
from sklearn.preprocessing import StandardScaler


def table():
    return sm.add_constant(StandardScaler().fit_transform(windsor().drop(columns="price")))


def prices():
    return windsor()["price"] / 1000


@cache
def bowl():
    return Bowl(table(), prices())


@cache
def ends():
    """Smallest and largest curvature."""
    stretches = linalg.svdvals(table())
    return 2 / 546 * stretches[-1] ** 2, 2 / 546 * stretches[0] ** 2


def curvatures():
    return [table().shape[1], *ends(), 2, 2 / ends()[1]]


def sweep():
    limit = 2 / ends()[1]
    numbers = []
    for rate in (0.001, 0.01, 0.1, 0.36, 0.99 * limit, limit, 1.01 * limit):
        numbers += [rate, *np.sqrt(bowl().loss(rate, [0, 2, 100, 300]))]
    return numbers


def armijo():
    """Along the line the loss is a parabola, so the condition bounds the rate, and a power of 1/2 is left to find."""
    parts, rates = bowl().start, []
    for _ in range(15):
        slope = bowl().curvatures * parts
        bound = 2 * (1 - 1e-4) * slope @ slope / (bowl().curvatures @ slope**2)
        rates.append(2.0 ** min(0, np.floor(np.log2(bound))))
        parts = parts - rates[-1] * slope
    return [min(rates), max(rates), np.sqrt(bowl().smallest + bowl().curvatures @ parts**2 / 2)]


def steps():
    """The factor of the largest curvature is 1 - L rate below 0 for large rates, that of the smallest above 0."""
    mu, L = ends()
    numbers = [sm.OLS(prices(), table()).fit().ssr / 546]
    for rate in (0.01, 0.1, 1 / L, 2 / (L + mu), 0.42):
        factor = 1 - rate * mu if rate <= 2 / (L + mu) else rate * L - 1
        enough = next(k for k in range(1000) if factor**k <= 0.001)
        far = bowl().distance(rate, np.arange(enough + 1))
        numbers += [rate, factor, enough, sum(far > 0.001 * far[0])]
    return numbers


def stopped():
    numbers = []
    for rate in (0.1, 1e-6):
        falls = -np.diff(bowl().loss(rate, np.arange(1001)))
        last = 1 + next(k for k in range(1000) if falls[k] <= 0.05)
        numbers += [rate, last, np.sqrt(bowl().loss(rate, last)), bowl().slope(rate, last)]
    return numbers


def certificate():
    slopes = bowl().slope(0.36, np.arange(1001))
    last = next(k for k in range(1001) if slopes[k] <= 0.01)
    return [last, bowl().distance(0.36, last), slopes[last] / ends()[0]]
