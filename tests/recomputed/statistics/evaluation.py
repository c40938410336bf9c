"""The numbers of docs/statistics/evaluation.md about real data, by scikit-learn, scipy and Python's statistics."""

from itertools import combinations
from statistics import fmean, pvariance

import numpy as np
from recomputed.datasets import breast_cancer, windsor
from scipy.stats import mannwhitneyu, sem
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import classification_report, confusion_matrix, root_mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def shuffled_halves(examples, tested, generator):
    """A shuffle of all rows, the first of them for the test."""
    order = generator.permutation(examples)
    return order[tested:], order[:tested]


def dealt(order, groups, folds):
    """Rows in a shuffled order, dealt into folds, class by class."""
    dealt_rows = [row for group in sorted(set(groups)) for row in order if groups[row] == group]
    fold_of = {row: place % folds for place, row in enumerate(dealt_rows)}
    for fold in range(folds):
        train = [row for row in order if fold_of[row] != fold]
        test = [row for row in order if fold_of[row] == fold]
        yield train, test


def prices():
    return windsor()["price"].to_numpy() / 1000


def houses():
    table = windsor().drop(columns="price").to_numpy()
    price = prices()
    numbers = []
    for seed in range(5):
        generator = np.random.default_rng(seed)
        train, test = shuffled_halves(546, 328, generator)
        dice = generator.normal(size=(546, 60))
        for first, columns in (([seed], table), ([], np.hstack([table, dice]))):
            model = LinearRegression().fit(columns[train], price[train])
            numbers += first
            numbers += [root_mean_squared_error(price[part], model.predict(columns[part])) for part in (train, test)]
    return numbers


def choosing():
    table = windsor().drop(columns="price").to_numpy()
    price = prices()
    triples = list(combinations(range(11), 3))
    reported, fresh_errors = [], []
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(546)
        train, test, fresh = order[:60], order[60:90], order[90:]
        errors = []
        for three in triples:
            columns = table[:, three]
            model = LinearRegression().fit(columns[train], price[train])
            errors.append([root_mean_squared_error(price[p], model.predict(columns[p])) for p in (test, fresh)])
        best = min(errors)
        reported.append(best[0])
        fresh_errors.append(best[1])
    worse = sum(after > before for before, after in zip(reported, fresh_errors, strict=True))
    return [fmean(reported), fmean(fresh_errors), worse, 10]


def more_houses():
    table = windsor()[["lot_size", "bedrooms", "bathrooms", "air_conditioning"]].to_numpy()
    price = prices()
    numbers = []
    for seed in range(3):
        generator = np.random.default_rng(seed)
        order = generator.permutation(546)
        test, pool = order[:46], order[46:]
        for size in (30, 90, 270):
            fits = []
            for _ in range(20):
                rows = generator.choice(pool, size)
                fits.append(LinearRegression().fit(table[rows], price[rows]).predict(table[test]))
            by_house = list(zip(*fits, strict=True))
            pairs = list(zip(by_house, price[test], strict=True))
            error = fmean((said - true) ** 2 for all_said, true in pairs for said in all_said)
            variance = fmean(pvariance(all_said) for all_said in by_house)
            rest = fmean((fmean(all_said) - true) ** 2 for all_said, true in pairs)
            numbers += [size, error, variance, rest]
    return numbers


def probabilities(train, test, penalty):
    data = breast_cancer()
    malignant = 1 - data.target
    fit = LogisticRegression(C=1 / (2 * penalty), solver="newton-cholesky", tol=1e-10, max_iter=1000)
    model = make_pipeline(StandardScaler(), fit).fit(data.data[train], malignant[train])
    return model.predict_proba(data.data[test])[:, 1]


def tumours():
    malignant = 1 - breast_cancer().target
    numbers = []
    for seed in range(4):
        train, test = shuffled_halves(569, 228, np.random.default_rng(seed))
        says = probabilities(train, test, 1) >= 0.5
        _, alarms, missed, found = confusion_matrix(malignant[test], says).ravel()
        report = classification_report(malignant[test], says, output_dict=True)
        numbers += [found, missed, alarms, report["1"]["f1-score"], report["0"]["f1-score"]]
    return numbers


def auc(scores, positive):
    """Share of pairs, by the rank test of Mann and Whitney."""
    ones, zeros = scores[positive == 1], scores[positive == 0]
    return mannwhitneyu(ones, zeros).statistic / (len(ones) * len(zeros))


def calibration():
    malignant = 1 - breast_cancer().target
    numbers = []
    for penalty in (0.01, 1, 100):
        for seed in range(3):
            said = np.zeros(569)
            order = np.random.default_rng(seed).permutation(569)
            for train, test in dealt(order, [0] * 569, 5):
                said[test] = probabilities(train, test, penalty)
            expects = sum(min(p, 1 - p) for p in said)
            counts = {t: confusion_matrix(malignant, said >= t).ravel() for t in (1 / 2, 1 / 11)}
            _, alarms, missed, _ = counts[1 / 2]
            costs = [10 * misses + false for _, false, misses, _ in counts.values()]
            numbers += [penalty, auc(said, malignant), expects, alarms + missed, *costs]
    return numbers


def folds():
    data = breast_cancer()
    malignant = 1 - data.target
    names = list(data.feature_names)
    pair = data.data[:, [names.index("mean texture"), names.index("mean smoothness")]]

    def auc_of_fit(train, test):
        scaled = StandardScaler().fit(pair[train]).transform(pair)
        direction = [fmean(scaled[train][malignant[train] == 1, j]) for j in (0, 1)]
        direction = [m - fmean(scaled[train][malignant[train] == 0, j]) for j, m in enumerate(direction)]
        return auc(scaled[test] @ direction, malignant[test])

    numbers = []
    for seed in range(5):
        generator = np.random.default_rng(seed)
        order = generator.permutation(569)
        study, others = order[:50], order[50:]
        aucs = []
        for _ in range(20):
            for train, test in dealt(generator.permutation(50), malignant[study], 5):
                aucs.append(auc_of_fit(study[train], study[test]))
        numbers += [fmean(aucs), sem(aucs), 519, auc_of_fit(study, others)]
    return numbers
