"""The numbers of docs/labs/logistic_regression.py, by scikit-learn, scipy and statsmodels."""

from functools import cache
from math import comb, exp, log
from statistics import fmean

import numpy as np
from recomputed.datasets import breast_cancer
from scipy.optimize import approx_fprime
from scipy.special import expit, log_expit
from scipy.stats import mannwhitneyu
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    confusion_matrix,
    mean_squared_error,
    precision_score,
    recall_score,
)
from sklearn.metrics import log_loss as mean_log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.proportion import proportion_confint

GRID = np.linspace(0.002, 0.998, 499)
THEORY = 1 / 21


def malignant():
    """1 for malignant: scikit-learn has it the other way round."""
    return 1 - breast_cancer().target


def column(name):
    return breast_cancer().data[:, list(breast_cancer().feature_names).index(name)]


def split(seed):
    """Rows to train on and to test on, and the generator that goes on to deal the folds."""
    generator = np.random.default_rng(seed)
    order = generator.permutation(569)
    return order[228:], order[:228], generator


def dealt(classes, generator):
    """Five folds, dealt class by class: each as the rows to fit and the rows to hold out."""
    order = generator.permutation(len(classes))
    rows = [row for group in (0, 1) for row in order if classes[row] == group]
    fold_of = {row: place % 5 for place, row in enumerate(rows)}
    for fold in range(5):
        inside = [row for row in order if fold_of[row] != fold]
        yield inside, [row for row in order if fold_of[row] == fold]


def regression(penalty):
    return LogisticRegression(C=1 / (2 * penalty), solver="newton-cholesky", tol=1e-12, max_iter=10_000)


def scores(rows, others, penalty):
    model = make_pipeline(StandardScaler(), regression(penalty))
    return model.fit(breast_cancer().data[rows], malignant()[rows]).decision_function(breast_cancer().data[others])


@cache
def held_out(seed, penalty):
    train, _, generator = split(seed)
    found = np.empty(len(train))
    for inside, outside in dealt(malignant()[train], generator):
        found[outside] = scores(train[inside], train[outside], penalty)
    return found


def loss(z, classes):
    """By scipy, whose log of the sigmoid keeps its digits for large scores."""
    return -fmean(np.where(classes == 1, log_expit(z), log_expit(-z)))


def cost(said, classes, threshold, miss=20):
    _, alarms, missed, _ = confusion_matrix(classes, said >= threshold, labels=[0, 1]).ravel()
    return miss * missed + alarms


def cheapest(said, classes):
    """The cheapest threshold, where the tumours that lie below each threshold are counted in sorted lists."""
    ones, zeros = (np.sort(said[classes == k]) for k in (1, 0))
    costs = list(20 * np.searchsorted(ones, GRID) + len(zeros) - np.searchsorted(zeros, GRID))
    return GRID[costs.index(min(costs))]


def the_data():
    ill = malignant()
    return [*breast_cancer().data.shape, sum(ill == 1), sum(ill == 0), fmean(ill.tolist())]


def split_first():
    train, test, _ = split(0)
    return [len(train), sum(malignant()[train]), len(test), sum(malignant()[test])]


def scaling_belongs_to_the_model():
    spread = StandardScaler().fit(breast_cancer().data[split(0)[0]]).scale_
    return [min(spread), max(spread)]


def one_feature_by_hand():
    train = split(0)[0]
    radius, ill = column("mean radius")[train], malignant()[train]
    numbers = []
    for low in (10, 12, 14, 16):
        group = [k for r, k in zip(radius, ill, strict=True) if low <= r < low + 2]
        ones = group.count(1)
        odds = ones / group.count(0)
        numbers += [low, low + 2, ones, group.count(0), odds, log(odds)]
    fit = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12).fit(radius[:, None], ill)
    (w,), (b,) = fit.coef_[0], fit.intercept_
    z = w * 15 + b
    wrong = sum(fit.predict(radius[:, None]) != ill)
    return [*numbers, w, b, exp(w), 15, z, exp(z), expit(z), -b / w, wrong, 341]


def table():
    train = split(0)[0]
    return np.insert(StandardScaler().fit_transform(breast_cancer().data[train]), 0, 1, axis=1), malignant()[train]


def all_thirty_features():
    A, ill = table()
    anywhere = np.random.default_rng(1).normal(scale=0.3, size=31)
    numbers = []
    for penalty in (0, 1):

        def whole(w, penalty=penalty):
            return mean_log_loss(ill, expit(A @ w)) + penalty * w[1:] @ w[1:] / len(ill)

        numbers += [penalty, 31, *[approx_fprime(anywhere, whole, 1e-7)[-1]] * 2]
    return numbers


def ten_thousand_steps():
    A, ill = table()
    largest = float(np.linalg.norm(A, 2)) ** 2 / (4 * len(ill))
    numbers = [2 / largest]
    w = np.zeros(31)
    for step in range(1, 10_001):
        w -= 0.5 * (expit(A @ w) - ill) @ A / len(ill)
        if step in (10, 100, 1000, 10_000):
            numbers += [step, loss(A @ w, ill), sum((A @ w >= 0) != ill), float(np.linalg.norm(w[1:]))]
    return numbers


def weights_that_grow_without_end():
    train = split(0)[0]
    z, ill = scores(train, train, 1e-4), malignant()[train]
    numbers = [min(z[ill == 1].min(), -z[ill == 0].max())]
    for factor in (1, 2, 3):
        numbers += [factor, loss(factor * z, ill)]
    return numbers


def a_penalty_and_who_chooses_it():
    train = split(0)[0]
    ill = malignant()[train]
    scaled = StandardScaler().fit_transform(breast_cancer().data[train])
    numbers = [float(np.linalg.norm(regression(1).fit(scaled, ill).coef_))] * 2
    losses = {}
    for penalty in (0.001, 0.01, 0.1, 0.3, 1, 3, 10, 100):
        z = held_out(0, penalty)
        losses[loss(z, ill)] = penalty
        numbers += [penalty, loss(scores(train, train, penalty), ill), loss(z, ill), sum((z >= 0) != ill)]
    return [*numbers, losses[min(losses)]]


def do_the_probabilities_come_true():
    ill = malignant()[split(0)[0]]
    said = expit(held_out(0, 0.3))
    numbers = []
    for low in (0, 0.2, 0.4, 0.6, 0.8):
        inside = (said > low) & (said <= low + 0.2)
        ends = proportion_confint(sum(ill[inside]), sum(inside), method="wilson")
        numbers += [sum(inside), fmean(said[inside]), fmean(ill[inside].tolist()), *ends]
    numbers += [0.2, 0.8, sum(0.2 < p <= 0.8 for p in said), len(ill)]
    drawn = np.random.default_rng(0).random((1000, len(ill))) < said
    draws = mean_squared_error(drawn.T, np.tile(said, (1000, 1)).T, multioutput="raw_values")
    numbers += [brier_score_loss(ill, said), fmean(p * (1 - p) for p in said), *np.quantile(draws, [0.05, 0.95])]
    return [*numbers, fmean(ill.tolist()) * (1 - fmean(ill.tolist()))]


def a_threshold_from_the_costs():
    ill = malignant()[split(0)[0]]
    said = expit(held_out(0, 0.3))
    return [number for t in (0.5, THEORY, cheapest(said, ill)) for number in (t, cost(said, ill, t))]


def how_surely_do_the_data_know_it():
    ill = malignant()[split(0)[0]]
    said = expit(held_out(0, 0.3))
    drawn = np.random.default_rng(0).multinomial(len(ill), np.full(len(ill), 1 / len(ill)), size=1000)
    tuned = [cheapest(np.repeat(said, times), np.repeat(ill, times)) for times in drawn]
    return [cheapest(said, ill), THEORY, *np.quantile(tuned, [0.05, 0.95]), *sorted(said[ill == 1])[:5]]


def the_test_once():
    train, test, _ = split(0)
    ill = malignant()[test]
    said = expit(scores(train, test, 0.3))
    numbers = []
    for threshold in (THEORY, 0.5):
        says = said >= threshold
        left, alarms, missed, found = confusion_matrix(ill, says).ravel()
        numbers += [threshold, found, missed, alarms, left]
        for share, whole in ((recall_score(ill, says), found + missed), (precision_score(ill, says), found + alarms)):
            numbers += [share, *proportion_confint(found, whole, method="wilson")]
        numbers += [cost(said, ill, threshold), accuracy_score(ill, says)]
    numbers += [auc(said, ill), brier_score_loss(ill, said), fmean(p * (1 - p) for p in said)]
    lowest = sorted(said[ill == 1])[:2]
    return [*numbers, *lowest, sum(said[ill == 0] >= lowest[0]) / sum(ill == 0)]


def auc(said, ill):
    """Share of pairs, by the rank test of Mann and Whitney."""
    ones, zeros = said[ill == 1], said[ill == 0]
    return mannwhitneyu(ones, zeros).statistic / (len(ones) * len(zeros))


def would_another_split_say_the_same():
    numbers, all_costs, aucs, kept = [], [], [], []
    for seed in range(8):
        train, test, _ = split(seed)
        inside, outside = malignant()[train], malignant()[test]
        losses = {loss(held_out(seed, penalty), inside): penalty for penalty in (0.3, 1)}
        penalty = losses[min(losses)]
        own = cheapest(expit(held_out(seed, penalty)), inside)
        said = expit(scores(train, test, penalty))
        _, alarms, _, found = confusion_matrix(outside, said >= THEORY).ravel()
        costs = [cost(said, outside, t) for t in (0.5, THEORY, own)]
        numbers += [penalty, own, found, sum(outside), alarms, *costs]
        all_costs.append(costs)
        aucs.append(auc(said, outside))
        kept.append(brier_score_loss(outside, said) / fmean(p * (1 - p) for p in said))
    means = [fmean(map(float, part)) for part in zip(*all_costs, strict=True)]
    return [*numbers, *means, min(aucs), max(aucs), min(kept), max(kept)]


def scaling_new_patients_by_themselves():
    train, test, _ = split(0)
    data, ill = breast_cancer().data, malignant()
    model = make_pipeline(StandardScaler(), regression(0.3)).fit(data[train], ill[train])
    numbers = []
    for rows in (test, test[ill[test] == 1], test[ill[test] == 0]):
        right = model.predict_proba(data[rows])[:, 1]
        wrong = model[-1].predict_proba(StandardScaler().fit_transform(data[rows]))[:, 1]
        numbers += [len(rows), sum(right >= THEORY), sum(wrong >= THEORY)]
    return numbers


def a_penalty_that_nobody_asked_for():
    """With scikit-learn's own default of C."""
    losses: dict[str, list[float]] = {"scaled": [], "raw": []}
    lengths: dict[str, list[float]] = {"scaled": [], "raw": []}
    for seed in range(8):
        train, test, _ = split(seed)
        scaler = StandardScaler().fit(breast_cancer().data[train])
        for name, change in (("scaled", scaler.transform), ("raw", np.asarray)):
            inside, outside = (change(breast_cancer().data[rows]) for rows in (train, test))
            fit = LogisticRegression(solver="newton-cholesky", tol=1e-10, max_iter=10_000)
            fit.fit(inside, malignant()[train])
            losses[name].append(mean_log_loss(malignant()[test], fit.predict_proba(outside)[:, 1]))
            lengths[name].append(float(np.linalg.norm(fit.coef_ * inside.std(axis=0))))
    return [number for name in losses for number in (lengths[name][0], losses[name][0], fmean(losses[name]))]


def a_threshold_chosen_on_the_test():
    costs = []
    for seed in range(8):
        train, test, _ = split(seed)
        penalty = min((0.3, 1), key=lambda c: loss(held_out(seed, c), malignant()[train]))
        said = expit(scores(train, test, penalty))
        best = cheapest(said, malignant()[test])
        costs.append(float(cost(said, malignant()[test], best)))
        if seed == 0:
            numbers = [best, costs[0], cost(expit(held_out(0, penalty)), malignant()[train], best)]
    return [*numbers, fmean(costs)]


def its_weights_are_no_causes():
    data = breast_cancer().data
    related = np.corrcoef(data[split(0)[0]], rowvar=False)
    numbers = [sum(abs(related[i, j]) > 0.95 for i in range(30) for j in range(i)), comb(30, 2), 0.95]
    for name in ("compactness error", "mean compactness"):
        j = list(breast_cancer().feature_names).index(name)
        for columns in ([j], list(range(30))):
            for seed in range(5):
                train = split(seed)[0]
                scaled = StandardScaler().fit_transform(data[train][:, columns])
                fit = regression(0.3).fit(scaled, malignant()[train])
                numbers.append(fit.coef_[0][columns.index(j)])
    return numbers


def its_probabilities_are_those_of_one_clinic():
    train, test, _ = split(0)
    ill = malignant()[test]
    says = scores(train, test, 0.3) >= log(1 / 20)  # the log-odds of 1/21
    odds_ratio = recall_score(ill, says) / (1 - recall_score(ill, says, pos_label=0))
    numbers = []
    for rate in (fmean(ill.tolist()), 0.01):
        odds = odds_ratio * rate / (1 - rate)
        numbers += [rate, odds / (1 + odds)]
    return numbers
