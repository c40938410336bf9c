"""The numbers of docs/statistics/information.md about real data, by scikit-learn and scipy."""

import numpy as np
from recomputed.datasets import breast_cancer
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, mutual_info_score


def _answers(name, limit):
    tumours = breast_cancer()
    return tumours.data[:, list(tumours.feature_names).index(name)] > limit


def _gain(answers):
    return mutual_info_score(answers, breast_cancer().target) / np.log(2)


def tumours():
    numbers = [stats.entropy([212, 357], base=2)]
    for name, limit in (("worst perimeter", 106), ("mean radius", 15), ("smoothness error", 0.007)):
        numbers += [limit, _gain(_answers(name, limit))]
    return numbers


def mutual_info_bias(groups):
    """The rule of Miller, in bits: three entropies, each too low by its number of outcomes less one over 2n."""
    return ((groups * 2 - 1) - (groups - 1) - (2 - 1)) / (2 * len(breast_cancer().target)) * np.log2(np.e)


def patient_number():
    generator = np.random.default_rng(0)
    numbers = []
    for groups in (2, 20, 200):
        gains = [_gain(generator.integers(groups, size=569)) for _ in range(5)]
        numbers += [groups, np.mean(gains), 0, mutual_info_bias(groups)]
    return [*numbers, _gain(range(569))]


def floor():
    answer, malignant = _answers("mean radius", 15), breast_cancer().target == 0
    model = LogisticRegression(C=np.inf, tol=1e-8).fit(answer[:, np.newaxis], malignant)
    fitted = log_loss(malignant, model.predict_proba(answer[:, np.newaxis])[:, 1])
    base = stats.entropy([212, 357])
    return [base, base - mutual_info_score(answer, malignant), fitted]
