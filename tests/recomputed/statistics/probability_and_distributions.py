"""The numbers about Windsor on docs/statistics/probability_and_distributions.md, by scipy, pandas and statistics."""

import statistics

import numpy as np
import pandas
from recomputed.datasets import windsor
from scipy import stats


def events():
    large, cool = windsor()["bedrooms"] >= 4, windsor()["air_conditioning"] == 1
    table = pandas.crosstab(large, cool, normalize=True)
    p_large, p_cool, both = table.loc[True].sum(), table[True].sum(), table.loc[True, True]
    return [p_large, p_cool, 1 - table.loc[False, False], p_large + p_cool, both]


def _log_normal():
    m, s = stats.norm.fit(np.log(windsor()["price"]))
    return stats.lognorm(s, scale=np.exp(m))


def heights():
    counts, _, width, _ = stats.cumfreq(windsor()["price"] / 1e5, numbins=10, defaultreallimits=(0.25, 1.9))
    shares = np.diff(counts, prepend=0) / len(windsor())
    return [(shares / width).max(), (shares / width).sum(), shares.sum()]


def divisors():
    price = windsor()["price"]
    first = price[:5].tolist()
    return [statistics.pstdev(first), 1, statistics.stdev(first), price.std(ddof=0), 1, price.std()]


def fits():
    price = windsor()["price"]
    below, above, n = (price < 25_000).sum(), (price > 150_000).sum(), len(price)
    numbers = [stats.skew(price), stats.skew(np.log(price)), below, above]
    for curve in (stats.norm(*stats.norm.fit(price)), _log_normal()):
        numbers += [n * curve.cdf(25_000), n * curve.sf(150_000)]
    return numbers


def middle():
    price = windsor()["price"]
    back, curve = stats.gmean(price), _log_normal()
    missed = 100 * (statistics.fmean(price) / back - 1)
    return [back, price.median(), price.mean(), curve.median(), curve.mean(), missed]
