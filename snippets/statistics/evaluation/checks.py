"""What the module claims, one function per claim."""

from itertools import product
from math import comb

import numpy as np

from mlmath.models import fit_linear_regression, fit_ridge
from mlmath.stats import (
    accuracy,
    area_under_roc,
    brier_score,
    confusion_matrix,
    f1_score,
    fit_scaler,
    k_fold,
    precision,
    recall,
    roc_curve,
)


def each_coefficient_moves_training_and_test_error_apart():
    """Fits to many draws of the noise, normal or two-valued, around the model; fresh answers at the same inputs."""
    rng = np.random.default_rng(0)
    for n, p in ((12, 2), (20, 9), (30, 1)):
        X, weights, deviation = rng.normal(size=(n, p)), rng.normal(size=p), rng.uniform(0.5, 2)
        table = np.column_stack([np.ones(n), X])
        for noise in (rng.normal(size=(2, n, 20_000)), rng.choice([-1.0, 1.0], size=(2, n, 20_000))):
            y, fresh = (X @ weights + 3)[:, None] + deviation * noise
            predicted = table @ np.linalg.lstsq(table, y)[0]
            q = p + 1
            np.testing.assert_allclose(np.mean((predicted - y) ** 2), deviation**2 * (1 - q / n), rtol=0.02)
            np.testing.assert_allclose(np.mean((predicted - fresh) ** 2), deviation**2 * (1 + q / n), rtol=0.02)


def _mean_of_the_best(models, examples):
    """Expected best share of right answers, from the binomial distribution."""
    counts = [comb(examples, k) for k in range(examples + 1)]
    at_most = np.cumsum(counts[:-1]) / 2**examples
    return np.sum(1 - at_most**models) / examples


def the_best_of_many_guessers_scores_above_one_half():
    """Two classes, and models that toss coins: the winner's score on the test, and on 200 new examples."""
    rng = np.random.default_rng(1)
    for models, examples in ((1, 20), (2, 20), (10, 20), (100, 50)):
        scores = []
        for _ in range(600):
            right = rng.integers(0, 2, (models, examples + 200), dtype=np.int8) == 1
            winner = right[:, :examples].mean(axis=1).argmax()
            scores.append((right[winner, :examples].mean(), right[winner, examples:].mean()))
        test, new = np.mean(scores, axis=0)
        np.testing.assert_allclose(test, _mean_of_the_best(models, examples), atol=0.015)
        assert (test > 0.53) == (models > 1)
        np.testing.assert_allclose(new, 0.5, atol=0.006)
    np.testing.assert_allclose(_mean_of_the_best(1000, 100), 0.66, atol=0.005)


def _most_different(X, y):
    return np.argsort(abs(X[y == 1].mean(axis=0) - X[y == 0].mean(axis=0)))[-20:]


def _nearest_mean(X, y, train, test):
    one, zero = (X[train][y[train] == k].mean(axis=0) for k in (1, 0))
    return np.mean(((X[test] - (one + zero) / 2) @ (one - zero) > 0) == y[test])


def selection_on_all_rows_makes_noise_look_good():
    """50 examples, 1000 columns of noise, the 20 columns that separate the classes best; 5 folds."""
    y = np.repeat([0, 1], 25)
    before, inside = [], []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(50, 1000))
        splits = k_fold(50, folds=5, generator=rng, labels=y)
        best = _most_different(X, y)
        before.append(np.mean([_nearest_mean(X[:, best], y, *split) for split in splits]))
        own = [_most_different(X[split.train], y[split.train]) for split in splits]
        inside.append(np.mean([_nearest_mean(X[:, c], y, *s) for c, s in zip(own, splits, strict=True)]))
    assert 0.9 < np.mean(before) < 0.94
    assert 0.46 < np.mean(inside) < 0.54


def scaling_by_all_rows_moves_no_prediction_of_plain_least_squares():
    """Scaled by the training rows, or by all rows, whose test part has another mean and spread."""
    rng = np.random.default_rng(3)
    for _ in range(20):
        X, noise = rng.normal(size=(40, 3)) * rng.uniform(0.1, 10, 3), rng.normal(size=40)
        X[30:] = 3 * X[30:] + 5
        y, train, test = X @ rng.normal(size=3) + noise, np.arange(30), np.arange(30, 40)
        tables = [fit_scaler(X[rows]).transform(X) for rows in (train, np.arange(40))]
        plain = [fit_linear_regression(Z[train], y[train]).predict(Z[test]) for Z in tables]
        np.testing.assert_allclose(*plain, rtol=1e-9, atol=1e-9)
        priced = [fit_ridge(Z[train], y[train], penalty=5.0).predict(Z[test]) for Z in tables]
        assert abs(priced[0] - priced[1]).max() > 0.01


def new_shuffles_shrink_the_reported_error_and_not_the_real_one():
    """Studies of 50 examples of two overlapping classes; the truth is the accuracy on 4000 new ones."""
    for dimensions, distance in ((2, 1.0), (10, 1.5)):
        rng = np.random.default_rng(4)
        misses, reported = [], []
        y, new_y = np.repeat([0, 1], 25), np.repeat([0, 1], 2000)
        for _ in range(50):
            X = rng.normal(size=(4050, dimensions))
            X[:, 0] += distance * np.concatenate([y, new_y])
            truth = _nearest_mean(X, np.concatenate([y, new_y]), np.arange(50), np.arange(50, 4050))
            scores = [
                _nearest_mean(X, y, *split) for _ in range(20) for split in k_fold(50, folds=5, generator=rng, labels=y)
            ]
            misses.append([np.mean(scores[:5]) - truth, np.mean(scores) - truth])
            reported.append([np.std(scores[:5], ddof=1) / 5**0.5, np.std(scores, ddof=1) / len(scores) ** 0.5])
        once, often = np.sqrt(np.mean(np.square(misses), axis=0))
        said_once, said_often = np.mean(reported, axis=0)
        assert often > 0.75 * once
        assert said_often < 0.35 * said_once
        assert often > 2 * said_often


def bias_variance_and_noise_add_up_to_the_error():
    """Every training set and every new observation of a small world, each with its probability; then a leak."""
    rng = np.random.default_rng(5)
    for _ in range(20):
        values, chances = rng.normal(size=3), rng.dirichlet(np.ones(3))
        true = values @ chances
        noise = chances @ (values - true) ** 2
        procedures = (np.mean, np.max, np.median, lambda seen: 0.5 * seen[0], lambda seen: 1.0)
        for procedure in procedures:
            sets = list(product(range(3), repeat=3))
            weight = np.array([np.prod(chances[list(chosen)]) for chosen in sets])
            says = np.array([procedure(values[list(chosen)]) for chosen in sets])
            error = sum(w * chances @ (said - values) ** 2 for w, said in zip(weight, says, strict=True))
            bias = weight @ says - true
            variance = weight @ (says - weight @ says) ** 2
            np.testing.assert_allclose(error, bias**2 + variance + noise)
            if procedure is np.mean:
                first_seen = values[[chosen[0] for chosen in sets]]
                assert weight @ (says - first_seen) ** 2 < 0.9 * error


def a_degree_more_costs_sigma_squared_over_n_and_no_bias_at_the_training_places():
    """Polynomials of every degree fitted to many noisy draws of a random curve."""
    rng = np.random.default_rng(6)
    for n in (10, 25):
        places, sigma = np.sort(rng.uniform(-1, 1, n)), rng.uniform(0.2, 1)
        for curve in (np.sin(rng.uniform(2, 6) * places), np.abs(places), rng.normal(size=n)):
            seen = curve[:, None] + sigma * rng.normal(size=(n, 10_000))
            squared_biases = []
            for degree in range(6):
                table = np.polynomial.chebyshev.chebvander(places, degree)
                says = table @ np.linalg.lstsq(table, seen)[0]
                np.testing.assert_allclose(says.var(axis=1).mean(), sigma**2 * (degree + 1) / n, rtol=0.04)
                exact = table @ np.linalg.lstsq(table, curve)[0] - curve
                np.testing.assert_allclose(says.mean(axis=1) - curve, exact, atol=0.05 * sigma)
                squared_biases.append(np.mean(exact**2))
            assert np.all(np.diff(squared_biases) < 1e-12)


def more_examples_shrink_the_variance_and_leave_bias_and_noise():
    """Polynomials for a curve, each place observed once or `times` times; two-valued noise."""
    rng = np.random.default_rng(7)
    for times, degree in ((2, 0), (5, 1), (10, 3)):
        places, sigma = np.sort(rng.uniform(-1, 1, 8)), rng.uniform(0.5, 2)
        parts = []
        for repeats in (1, times):
            x = np.repeat(places, repeats)
            seen, new = np.exp(2 * x)[:, None] + sigma * rng.choice([-1, 1], size=(2, len(x), 20_000))
            table, at = (np.polynomial.chebyshev.chebvander(where, degree) for where in (x, places))
            says = at @ np.linalg.lstsq(table, seen)[0]
            parts.append((says.var(axis=1).mean(), says.mean(axis=1) - np.exp(2 * places), new.var(axis=1).mean()))
        (variance, bias, noise), (less, same_bias, same_noise) = parts
        np.testing.assert_allclose(variance / less, times, rtol=0.05)
        np.testing.assert_allclose(bias, same_bias, atol=0.05 * sigma)
        np.testing.assert_allclose([noise, same_noise], sigma**2, rtol=0.01)


def moving_a_little_towards_a_constant_lowers_the_error():
    """The mean of two draws from a small world, moved by a share towards a constant; all cases counted."""
    rng = np.random.default_rng(8)
    for _ in range(50):
        values, constant = rng.normal(size=4), rng.normal()
        truth, noise = values.mean(), values.var()
        means = np.add.outer(values, values).ravel() / 2
        variance = means.var()
        limit = 2 * variance / (variance + (truth - constant) ** 2)

        def error(share, means=means, constant=constant, truth=truth, noise=noise):
            return np.mean((means + share * (constant - means) - truth) ** 2) + noise

        for share in np.array([0.01, 0.3, 0.99]) * limit:
            assert error(share) < error(0.0)
        assert error(1.01 * limit) > error(0.0)


def one_answer_for_all_is_right_as_often_as_its_class():
    """Accuracy of a constant answer, and of tossing a coin of any bias without looking."""
    rng = np.random.default_rng(9)
    for share in rng.uniform(0.01, 0.99, 20):
        observed = (np.arange(1000) < round(1000 * share)).astype(int)
        constant = [accuracy(np.full(1000, k), observed) for k in (0, 1)]
        np.testing.assert_allclose(constant, [1 - observed.mean(), observed.mean()])
        for chance in rng.uniform(0, 1, 3):
            blind = [accuracy((rng.uniform(size=1000) < chance).astype(int), observed) for _ in range(100)]
            assert np.mean(blind) < max(constant) + 0.01
        assert recall(np.zeros(1000, dtype=int), observed) == 0


def random_counts(count):
    """Predictions and observations with random numbers of the four cases, all at least 1."""
    rng = np.random.default_rng(10)
    for tp, fn, fp, tn in rng.integers(1, 40, (count, 4)):
        yield np.repeat([1, 0, 1, 0], [tp, fn, fp, tn]), np.repeat([1, 1, 0, 0], [tp, fn, fp, tn])


def precision_follows_from_recall_false_alarms_and_the_base_rate():
    """Copying the examples of class 0 changes the base rate, and neither rate; the formula gives the new precision."""
    for says, observed in random_counts(50):
        before = []
        for copies in (1, 2, 10):
            times = np.where(observed == 0, copies, 1)
            s, o = np.repeat(says, times), np.repeat(observed, times)
            found, alarms, base_rate = recall(s, o), np.mean(s[o == 0]), o.mean()
            formula = found * base_rate / (found * base_rate + alarms * (1 - base_rate))
            np.testing.assert_allclose(precision(s, o), formula)
            before.append((found, alarms, precision(s, o)))
        found, alarms, precisions = zip(*before, strict=True)
        np.testing.assert_allclose(found, found[0])
        np.testing.assert_allclose(alarms, alarms[0])
        assert precisions[0] > precisions[1] > precisions[2]


def f1_lies_between_and_is_at_most_twice_the_smaller():
    for says, observed in random_counts(200):
        low, high = sorted([precision(says, observed), recall(says, observed)])
        f1 = f1_score(says, observed)
        assert low - 1e-12 <= f1 <= min(high, 2 * low, (low + high) / 2) + 1e-12
        np.testing.assert_allclose(f1, 2 / (1 / low + 1 / high))


def renaming_the_classes_keeps_accuracy_and_changes_f1():
    """Random counts; F1 agrees with as many true positives as true negatives, and without any error."""
    for says, observed in random_counts(200):
        np.testing.assert_allclose(accuracy(says, observed), accuracy(1 - says, 1 - observed))
        (tn, _), (_, tp) = confusion_matrix(says, observed)
        same = np.isclose(f1_score(says, observed), f1_score(1 - says, 1 - observed), rtol=1e-9)
        assert same == (tn == tp)
        s, o = np.append(says, [1] * tn + [0] * tp), np.append(observed, [1] * tn + [0] * tp)
        np.testing.assert_allclose(f1_score(s, o), f1_score(1 - s, 1 - o))
        np.testing.assert_allclose([f1_score(observed, observed), f1_score(1 - observed, 1 - observed)], 1)


def random_scores(count):
    """Scores with many ties, and classes that they know something about."""
    rng = np.random.default_rng(11)
    for _ in range(count):
        observed = np.append([0, 1], rng.integers(0, 2, 40))
        yield np.clip(np.round(rng.normal(0.4 + 0.2 * observed, 0.2), 1), 0.1, 0.9), observed


def the_area_is_the_share_of_pairs_ranked_right():
    """Pairs compared one by one, against the area under the curve and random pairs."""
    rng = np.random.default_rng(12)
    for scores, observed in random_scores(20):
        ones, zeros = scores[observed == 1], scores[observed == 0]
        pairs = np.mean([1.0 if a > b else 0.5 if a == b else 0.0 for a in ones for b in zeros])
        curve = roc_curve(scores, observed)
        area = np.trapezoid(curve.true_positive_rates, curve.false_positive_rates)
        np.testing.assert_allclose([area, area_under_roc(scores, observed)], pairs)
        a, b = rng.choice(ones, 20_000), rng.choice(zeros, 20_000)
        np.testing.assert_allclose(np.mean((a > b) + 0.5 * (a == b)), pairs, atol=0.02)


def roc_knows_the_order_alone():
    """Rising functions of the scores keep the curve; they change probabilities and their Brier score."""
    for scores, observed in random_scores(20):
        before = roc_curve(scores, observed)
        for rising in (np.square, np.sqrt, lambda s: 0.9 + 0.1 * s):
            after = roc_curve(rising(scores), observed)
            np.testing.assert_allclose(after[:2], before[:2])
            assert abs(brier_score(rising(scores), observed) - brier_score(scores, observed)) > 1e-3
        assert np.mean(0.9 + 0.1 * scores) - observed.mean() > 0.1


def copies_of_one_class_leave_the_roc_curve():
    for scores, observed in random_scores(20):
        before = roc_curve(scores, observed)
        for copied in (0, 1):
            times = np.where(observed == copied, 7, 1)
            after = roc_curve(np.repeat(scores, times), np.repeat(observed, times))
            np.testing.assert_allclose(after[:2], before[:2])
            np.testing.assert_allclose(after.thresholds, before.thresholds)


def calibrated_probabilities_give_the_cheapest_threshold():
    """A world of calibrated probabilities: no threshold has a lower expected cost than the formula's."""
    rng = np.random.default_rng(13)
    for _ in range(30):
        said, weight = rng.uniform(size=50), rng.dirichlet(np.ones(50))
        miss, alarm = rng.uniform(0.5, 10, 2)

        def cost(threshold, said=said, weight=weight, miss=miss, alarm=alarm):
            flagged = said >= threshold
            return weight @ np.where(flagged, alarm * (1 - said), miss * said)

        best = cost(alarm / (alarm + miss))
        everywhere = [cost(t) for t in [*said, 0.0, 1.1]]
        assert best <= min(everywhere) + 1e-12
        assert max(everywhere) > best + 1e-6
        one_by_one = weight @ np.minimum(alarm * (1 - said), miss * said)
        np.testing.assert_allclose(best, one_by_one)


def saying_the_observed_share_never_raises_the_brier_score():
    """Each said probability is replaced by the share of ones among the examples it was said of."""
    for scores, observed in random_scores(50):
        shares = np.array([observed[scores == s].mean() for s in scores])
        drop = brier_score(scores, observed) - brier_score(shares, observed)
        np.testing.assert_allclose(drop, np.mean((scores - shares) ** 2))
        assert drop > 0
