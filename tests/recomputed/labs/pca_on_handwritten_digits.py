"""The numbers of docs/labs/pca_on_handwritten_digits.py about real data, by scikit-learn, scipy and statistics."""

from functools import cache
from statistics import fmean, median

import numpy as np
from recomputed import datasets
from scipy import linalg, stats
from scipy.spatial.distance import cdist
from sklearn.decomposition import PCA
from sklearn.metrics import accuracy_score, mean_squared_error
from sklearn.neighbors import NearestCentroid
from sklearn.preprocessing import StandardScaler

RANKS = range(65)


def pixels():
    return datasets.digits().data


def labels():
    return datasets.digits().target


def parts(seed=0):
    order = np.random.default_rng(seed).permutation(1797)
    return order[:1000], order[1000:1400], order[1400:]


@cache
def fitted(seed=0):
    return PCA(64, svd_solver="full").fit(pixels()[parts(seed)[0]])


def neighbours_right(known, answers, asked, truth):
    return accuracy_score(truth, answers[cdist(asked, known).argmin(axis=1)])


def read(table, known=None, asked=None):
    known, asked = (parts()[0], parts()[2]) if known is None else (known, asked)
    return neighbours_right(table[known], labels()[known], table[asked], labels()[asked])


def read_by_means(table):
    train, _, test = parts()
    return NearestCentroid().fit(table[train], labels()[train]).score(table[test], labels()[test])


def squared(pictures, guesses):
    return 64 * mean_squared_error(pictures, np.broadcast_to(guesses, pictures.shape))


def rebuilt(scores, k, fit):
    return fit.inverse_transform(np.where(np.arange(64) < k, scores, 0))


def noise(seed=0):
    return np.random.default_rng([seed, 1]).normal(size=(1797, 64))


def needed(shares, part):
    return next(k for k in range(1, 65) if sum(shares[:k]) >= part)


def the_pictures():
    return [1797, 8, 8, pixels().min(), pixels().max(), 3, labels()[3], *pixels()[3]]


def a_picture_is_a_row():
    ink = datasets.digits().images[3][5][4]
    return [*pixels().shape, 3, 5, 4, ink, 3, 44, ink]


def three_parts():
    return [n for part in parts() for n in (len(part), fewest(part))]


def fewest(part):
    return min(list(labels()[part]).count(digit) for digit in range(10))


def the_mean_digit():
    train, _, test = parts()
    error = squared(pixels()[test], [fmean(column) for column in pixels()[train].T])
    return [error, (error / 64) ** 0.5]


def the_directions_in_two_ways():
    variances = fitted().explained_variance_
    constant = sum(len(set(column)) == 1 for column in pixels()[parts()[0]].T)
    return [*variances[:3], 64 - constant, sum(variances > 1e-9), constant]


def without_centring():
    X = pixels()[parts()[0]]
    values, vectors = linalg.eigh(X.T @ X)
    angle = np.degrees(linalg.subspace_angles(vectors[:, -1:], X.mean(axis=0)[:, np.newaxis])[0])
    numbers = [angle, 100 * values[-1] / np.trace(X.T @ X), 100 * fitted().explained_variance_ratio_[0]]
    raw = [sum(values[: 64 - k]) / 1000 for k in RANKS]
    for k in (1, 2, 5, 20):
        numbers += [k, raw[k], squared(X, rebuilt(fitted().transform(X), k, fitted())), raw[k + 1]]
    return numbers


def the_components_are_pictures():
    train = parts()[0]
    numbers = []
    for digit in range(10):
        scores = fitted().transform(pixels()[train[labels()[train] == digit]])
        flips = [np.sign(c[np.argmax(abs(c))]) for c in fitted().components_[:2]]
        numbers += [digit, *(flip * fmean(scores[:, j]) for j, flip in enumerate(flips))]
    return numbers


def do_the_axes_mean_something():
    numbers = []
    for seed in (8, 9, 10):
        pair = [fit.components_[:2].T for fit in (fitted(), fitted(seed))]
        line = linalg.subspace_angles(*(plane[:, :1] for plane in pair))
        numbers += [seed, *np.degrees([max(line), max(linalg.subspace_angles(*pair))])]
    return numbers


def how_much_is_explained():
    shares = fitted().explained_variance_ratio_
    return [number for part in (0.5, 0.9, 0.95, 0.99) for number in (100 * part, needed(shares, part))]


def what_is_explained_is_not_what_is_useful():
    shares, scores = fitted().explained_variance_ratio_, fitted().transform(pixels())
    numbers = []
    for k in (1, 2, 5, 10, 15, 21, 64):
        both = read(scores[:, :k]), read_by_means(scores[:, :k])
        numbers += [k, 100 * sum(shares[:k]), *(100 * share for share in both)]
    in_pixels = read(pixels())
    numbers += [100 * in_pixels, 100 * stats.binom(397, in_pixels).std() / 397]
    for first, last in ((1, 5), (6, 20)):
        part = slice(first - 1, last)
        numbers += [first, last, 100 * sum(shares[part]), 100 * read(scores[:, part])]
    photos = pixels() + np.random.default_rng([0, 3]).uniform(0, 16, size=(1797, 1))
    fit = PCA(64, svd_solver="full").fit(photos[parts()[0]])
    seen = fit.transform(photos)
    numbers += [1, 100 * fit.explained_variance_ratio_[0], 1, 100 * read(seen[:, :1])]
    return [*numbers, 100 * read(photos), 100 * read(seen[:, 1:])]


def digits_from_a_few_numbers():
    train, _, test = (pixels()[part] for part in parts())
    numbers = []
    for k in (0, 2, 5, 10, 20, 40):
        errors = [squared(X, rebuilt(fitted().transform(X), k, fitted())) for X in (train, test)]
        numbers += [k, sum(fitted().explained_variance_[k:]) * 0.999, *errors]
    return numbers


def a_map_of_all_digits():
    train, _, test = parts()
    places = fitted().transform(pixels())[:, :2]
    neighbours = cdist(pixels()[test], pixels()[train]).argmin(axis=1)
    distances = cdist(places[test], places[train])
    closer = [sum(row < row[neighbour]) for row, neighbour in zip(distances, neighbours, strict=True)]
    return [100 * read(places), 64, 100 * read(pixels()), median(closer), 100 * closer.count(0) / len(closer)]


def errors(part, table, fit=None, seed=0):
    """Squared error for each rank, from the scores: the noise of those kept, and the clean ones of those dropped."""
    fit, rows = fit or fitted(), parts(seed)[part]
    clean, seen = fit.transform(pixels()[rows]), fit.transform(table[rows])
    stays = [fmean(column) for column in ((seen - clean) ** 2).T]
    lost = [fmean(column) for column in (clean**2).T]
    return [sum(stays[:k]) + sum(lost[k:]) for k in RANKS]


def why_the_curve_turns():
    lost, measured = errors(1, pixels()), errors(1, pixels() + 4 * noise())
    numbers = []
    for k in (0, 5, 10, 15, 20, 30, 64):
        numbers += [k, lost[k], 16 * k, lost[k] + 16 * k, measured[k]]
    return [*numbers, measured.index(min(measured)), 16, sum(fitted().explained_variance_ > 16)]


def chosen_there_tested_here():
    numbers = []
    for sigma in (2, 4, 6):
        table = pixels() + sigma * noise()
        tries, tested = errors(1, table), np.sqrt(np.array(errors(2, table)) / 64)
        chosen = tries.index(min(tries))
        ninety = needed(fitted().explained_variance_ratio_, 0.9)
        numbers += [sigma, chosen, tested[chosen], tested[ninety], sum(fitted().explained_variance_ > sigma**2)]
    return numbers


def better_than_keep_or_drop():
    train, _, test = parts()
    noisy = pixels() + 4 * noise()
    tries = errors(1, noisy)
    cut = errors(2, noisy)[tries.index(min(tries))]
    covariance = np.cov(pixels()[train], rowvar=False)  # the factors are ridge regression with the whole covariance
    pull = linalg.solve(covariance + 16 * np.eye(64), covariance, assume_a="pos")
    mean = pixels()[train].mean(axis=0)
    return [np.sqrt(error / 64) for error in (cut, squared(pixels()[test], mean + (noisy[test] - mean) @ pull))]


def cleaner_is_not_always_more_useful():
    train, _, test = parts()
    numbers = []
    for sigma in (4, 6):
        dirty = pixels() + sigma * noise()
        tries = errors(1, dirty)
        fit = PCA(tries.index(min(tries)), svd_solver="full").fit(pixels()[train])
        cleaned = fit.inverse_transform(fit.transform(dirty))
        pairs = (pixels(), dirty), (pixels(), cleaned), (fit.inverse_transform(fit.transform(pixels())), cleaned)
        numbers.append(sigma)
        numbers += [100 * neighbours_right(a[train], labels()[train], b[test], labels()[test]) for a, b in pairs]
    return numbers


def should_the_pixels_be_scaled():
    train, _, test = parts()
    constant = [j for j, column in enumerate(pixels()[train].T) if len(set(column)) == 1]
    scaled = StandardScaler().fit(pixels()[train]).transform(pixels())
    fit = PCA(64, svd_solver="full").fit(scaled[train])
    numbers = [1000 * len(constant), constant[0], pixels()[train][0, constant[0]]]
    numbers += [scaled[train].max(), scaled[test].max(), 90, needed(fit.explained_variance_ratio_, 0.9)]
    for k in (5, 10, 20, 64):
        tables = fitted().transform(pixels()), fit.transform(scaled)
        numbers += [k, *(100 * read(table[:, :k]) for table in tables)]
    return numbers


def was_it_luck():
    numbers = []
    for seed in range(1, 6):
        fit, (known, _, asked) = fitted(seed), parts(seed)
        scores, noisy = fit.transform(pixels()), pixels() + 4 * noise(seed)
        reads = [100 * read(scores[:, :k], known, asked) for k in (10, 64, 2)]
        tries = errors(1, noisy, fit, seed)
        chosen = tries.index(min(tries))
        off = np.sqrt(errors(2, noisy, fit, seed)[chosen] / 64)
        numbers += [seed, needed(fit.explained_variance_ratio_, 0.9), *reads, chosen, off]
    return numbers


def whose_hand():
    asked = list(labels())
    forms = [row for row in range(1767) if sum(map(int.__eq__, map(int, asked[row:]), map(int, asked[:30]))) > 27]

    def share(known, others):
        scores = PCA(20, svd_solver="full").fit(pixels()[known]).transform(pixels())
        return 100 * read(scores, known, others)

    numbers = [*forms[:4], *forms[-4:]]
    for first, end in ((0, 516), (516, 905), (905, 1287), (1287, 1797)):
        numbers += [first, share([*range(first), *range(end, 1797)], [*range(first, end)])]
    for seed in range(5):
        mixed = np.random.default_rng(seed).permutation(1797)
        numbers += [seed, share(mixed[:1287], mixed[1287:])]
    return numbers
