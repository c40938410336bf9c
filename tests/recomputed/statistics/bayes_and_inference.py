"""The numbers of docs/statistics/bayes_and_inference.md about real data, by scikit-learn, scipy and statistics."""

import statistics

import numpy as np
from recomputed.datasets import breast_cancer, windsor
from scipy import optimize, stats
from sklearn.linear_model import Ridge
from sklearn.metrics import precision_score, recall_score
from sklearn.preprocessing import StandardScaler


def _measured(name):
    tumours = breast_cancer()
    return tumours.data[:, list(tumours.feature_names).index(name)]


def _rates(alarm):
    """Share of alarms among the malignant (0 in scikit-learn) and among the benign tumours."""
    malignant = breast_cancer().target == 0
    return recall_score(malignant, alarm), recall_score(~malignant, alarm)


def _share_right(if_ill, if_well, base_rate):
    """By odds, where the page goes by probabilities."""
    odds = base_rate / (1 - base_rate) * if_ill / if_well
    return odds / (1 + odds)


def tumours():
    malignant = breast_cancer().target == 0
    alarm = _measured("mean radius") > 15
    if_ill, if_well = _rates(alarm)
    numbers = [if_ill, if_well, precision_score(malignant, alarm)]
    for base_rate in (statistics.fmean(malignant.tolist()), 0.1, 0.01):
        numbers += [base_rate, _share_right(if_ill, if_well, base_rate)]
    return numbers


def second_test():
    radius, perimeter = _measured("mean radius") > 15, _measured("mean perimeter") > 98
    first, second, both = (_rates(alarm) for alarm in (radius, perimeter, radius & perimeter))
    naive = _share_right(first[0] * second[0], first[1] * second[1], 0.01)
    return [naive, _share_right(both[0], both[1], 0.01)]


def ridge():
    table = windsor()
    X = StandardScaler().fit_transform(table[["lot_size", "bedrooms", "bathrooms", "air_conditioning"]])
    y = (table["price"] - table["price"].mean()).to_numpy() / 1000

    def log_posterior(w):
        return stats.norm.logpdf(y, X @ w, 18).sum() + stats.norm.logpdf(w, 0, 2).sum()

    numbers = []
    for penalty in (1e-6, 81, 81 * 546):
        w = Ridge(alpha=penalty).fit(X, y).coef_
        slope = np.linalg.norm(optimize.approx_fprime(w, log_posterior, 1e-6))
        numbers += [penalty, *w, slope]
    return numbers


def houses():
    price = windsor()["price"].to_numpy()
    generator = np.random.default_rng(0)
    numbers = []
    for n in (5, 20, 100):
        rows = generator.choice(price, size=(10_000, n))
        numbers += [n, np.mean(stats.ttest_1samp(rows, price.mean(), axis=1).pvalue > 0.05)]
    low, high = stats.t.interval(0.95, len(price) - 1, price.mean(), stats.sem(price))
    return [*numbers, low, high, sum(low < value < high for value in price) / 546]


def overlap():
    table = windsor().query("bedrooms == 3")
    groups = [table.loc[table["full_basement"] == has, "price"] for has in (0, 1)]
    numbers = []
    for group in groups:
        numbers += [len(group), *stats.t.interval(0.95, len(group) - 1, group.mean(), group.sem())]
    error = (statistics.variance(groups[0]) / len(groups[0]) + statistics.variance(groups[1]) / len(groups[1])) ** 0.5
    gap = statistics.fmean(groups[1]) - statistics.fmean(groups[0])
    return [*numbers, gap - 1.96 * error, gap + 1.96 * error]


def bootstrap():
    price = windsor()["price"].tolist()
    generator = np.random.default_rng(0)
    numbers = []
    for statistic in (statistics.median, max):
        values = [statistic([price[i] for i in generator.integers(546, size=546)]) for _ in range(2000)]
        cuts = statistics.quantiles(values, n=40, method="inclusive")
        numbers += [statistic(price), cuts[0], cuts[-1]]
    return numbers
