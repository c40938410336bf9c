"""The numbers about real data of docs/statistics/likelihood_and_loss.md, by four other libraries."""

import statistics

import autograd.numpy as anp
import numpy as np
import statsmodels.api as sm
from autograd import value_and_grad
from autograd.scipy.special import logsumexp
from recomputed import datasets
from scipy import special, stats
from sklearn import metrics


def prices():
    return datasets.windsor()["price"].to_numpy()


def underflow():
    """The exact product is far below the smallest float, so the page prints 0.0, and argmax takes the first mean."""
    means = range(50_000, 90_000, 2_000)
    sums = [stats.norm(mean, 27_000).logpdf(prices()).sum() for mean in means]
    assert max(sums) < np.log(np.nextafter(0, 1)) - 1
    return [0.0, means[0], max(sums), means[sums.index(max(sums))]]


def same_units():
    numbers = []
    for unit in (1, 100_000):
        y = prices() / unit
        normal = stats.norm.logpdf(y, *stats.norm.fit(y)).sum()
        of_logs = stats.norm.logpdf(np.log(y), *stats.norm.fit(np.log(y))).sum()
        log_normal = stats.lognorm.logpdf(y, *stats.lognorm.fit(y, floc=0)).sum()
        numbers += [unit, normal, of_logs, log_normal, log_normal]
    return numbers


def typing_error():
    sold = prices().tolist()
    typed = sorted(sold)
    typed[-1] *= 10
    numbers = [middle(values) for values in (sold, typed) for middle in (statistics.fmean, statistics.median)]
    return [*numbers, 546, 100 * 546 * statistics.median(sold) / sum(sold)]


def _scores_and_labels():
    """The maximum likelihood of statsmodels. scikit-learn has 1 for benign."""
    table = datasets.breast_cancer()
    malignant = 1 - table.target
    radius = table.data[:, list(table.feature_names).index("mean radius")]
    fit = sm.Logit(malignant, sm.add_constant(radius)).fit(disp=False, tol=1e-12)
    return fit.predict(which="linear"), malignant


def tumours():
    scores, malignant = _scores_and_labels()
    numbers = []
    for factor in (0.1, 1, 10):
        right = 100 * metrics.accuracy_score(malignant, special.expit(factor * scores) > 0.5)
        numbers += [factor, right, -special.log_expit(factor * scores * (2 * malignant - 1)).mean()]
    share = malignant.mean()
    return [*numbers, share, stats.entropy([share, 1 - share])]


def zero():
    """The log_loss of scikit-learn takes probabilities, and clips them."""
    scores, malignant = _scores_and_labels()
    clipped = metrics.log_loss(malignant, special.expit(10 * scores))
    return [clipped, -special.log_expit(10 * scores * (2 * malignant - 1)).mean()]


def _trained(softmax_first):
    """Gradient descent with the slopes that autograd finds, through one softmax or through two."""
    X, labels = datasets.digits().data / 16, datasets.digits().target

    def loss(W):
        scores = anp.dot(X, W)
        given = anp.exp(scores - logsumexp(scores, axis=1, keepdims=True)) if softmax_first else scores
        return anp.mean(logsumexp(given, axis=1) - given[range(len(labels)), labels])

    W = np.zeros((64, 10))
    for _ in range(100):
        before, slopes = value_and_grad(loss)(W)
        W = W - slopes
    return before, 100 * metrics.accuracy_score(labels, (X @ W).argmax(axis=1))


def digits():
    return [*_trained(False), *_trained(True)]
