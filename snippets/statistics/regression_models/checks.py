"""What the module docs/statistics/regression_models.md claims, one function per claim."""

import numpy as np

from mlmath.calculus import numerical_gradient
from mlmath.datasets import load_anscombe, load_windsor_housing
from mlmath.losses import log_loss, squared_error
from mlmath.models import fit_linear_regression, fit_logistic_regression
from mlmath.stats import sigmoid


def kinds_of_noise(rng, sigma, size):
    """Normal, evenly spread and skewed noise, each with mean 0 and standard deviation sigma."""
    yield rng.normal(0, sigma, size)
    yield rng.uniform(-1, 1, size) * sigma * np.sqrt(3)
    yield (rng.exponential(1, size) - 1) * sigma


def slopes_of(x, targets):
    """Slope of the best line for each row of targets, by polyfit."""
    return np.polyfit(x, targets.T, 1)[0]


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def the_slope_is_right_on_average_with_deviation_sigma_over_root_s_xx():
    """Repetitions with the same x and new noise of three kinds."""
    rng = np.random.default_rng(0)
    for n in (4, 12, 30):
        x, sigma, b, m = rng.uniform(-5, 5, n), rng.uniform(0.5, 4), *rng.normal(size=2)
        expected = sigma / np.sqrt(np.sum((x - x.mean()) ** 2))
        for noise in kinds_of_noise(rng, sigma, (20_000, n)):
            slopes = slopes_of(x, b + m * x + noise)
            assert abs(slopes.mean() - m) < 0.04 * expected
            np.testing.assert_allclose(slopes.std(), expected, rtol=0.04)


def dividing_by_n_is_too_small_by_n_minus_p_minus_1_over_n():
    """Repetitions with p features; the errors come from lstsq."""
    rng = np.random.default_rng(1)
    for n, p in ((5, 1), (8, 3), (20, 4)):
        X, sigma = with_ones(rng.normal(size=(n, p))), rng.uniform(0.5, 4)
        for noise in kinds_of_noise(rng, sigma, (20_000, n)):
            targets = (X @ rng.normal(size=p + 1) + noise).T
            errors = X @ np.linalg.lstsq(X, targets)[0] - targets
            sums = (errors**2).sum(axis=0)
            np.testing.assert_allclose(np.mean(sums / (n - p - 1)), sigma**2, rtol=0.05)
            np.testing.assert_allclose(np.mean(sums / n), sigma**2 * (n - p - 1) / n, rtol=0.05)


def the_matrix_formula_gives_the_error_of_every_coefficient():
    """Against the spread of coefficients over new noise, against mlmath, and for one feature against s / sqrt(S_xx)."""
    rng = np.random.default_rng(2)
    for n, p in ((10, 1), (15, 2), (25, 4)):
        features, sigma = rng.normal(size=(n, p)) @ rng.normal(size=(p, p)) + rng.normal(size=p), rng.uniform(0.5, 4)
        X = with_ones(features)
        diagonal = np.diag(np.linalg.inv(X.T @ X))
        targets = (X @ rng.normal(size=p + 1) + rng.normal(0, sigma, (20_000, n))).T
        spread = np.linalg.lstsq(X, targets)[0].std(axis=1)
        np.testing.assert_allclose(spread, sigma * np.sqrt(diagonal), rtol=0.04)

        y = targets[:, 0]
        errors = X @ np.linalg.lstsq(X, y)[0] - y
        s = np.sqrt(errors @ errors / (n - p - 1))
        standard_errors = s * np.sqrt(diagonal)
        np.testing.assert_allclose(standard_errors, fit_linear_regression(features, y).standard_errors)
        if p == 1:
            np.testing.assert_allclose(standard_errors[1], s / np.sqrt(np.sum((features - features.mean()) ** 2)))


def four_times_the_examples_or_twice_the_spread_halve_the_deviation():
    rng = np.random.default_rng(3)
    for n in (4, 8, 20):
        x, sigma, m = rng.uniform(-5, 5, n), rng.uniform(0.5, 4), rng.normal()

        def deviation(places, sigma=sigma, m=m):
            return slopes_of(places, m * places + rng.normal(0, sigma, (20_000, len(places)))).std()

        once = deviation(x)
        for other in (np.tile(x, 4), 2 * x):
            np.testing.assert_allclose(deviation(other), once / 2, rtol=0.05)


def leaving_a_feature_out_adds_its_weight_times_its_slope():
    """On random data with correlated features, and on the houses."""
    rng = np.random.default_rng(4)
    houses = load_windsor_housing()
    tables = [(rng.normal(size=(n, 2)) @ rng.normal(size=(2, 2)), rng.normal(size=n)) for n in (5, 10, 40, 200)]
    for pair in (("bedrooms", "lot_size"), ("bathrooms", "stories"), ("lot_size", "driveway")):
        tables.append((np.column_stack([houses.column(name) for name in pair]), houses.prices))
    for features, y in tables:
        first, second = features.T
        w = np.linalg.lstsq(with_ones(features), y)[0]
        alone = fit_linear_regression(features[:, :1], y).weights[0]
        d = np.polyfit(first, second, 1)[0]
        np.testing.assert_allclose(alone, w[1] + w[2] * d, rtol=1e-8, atol=1e-8)


def one_unit_more_multiplies_the_prediction_by_the_same_factor():
    rng = np.random.default_rng(5)
    for p in (1, 2, 5):
        X = rng.normal(size=(30, p))
        model = fit_linear_regression(X, np.log(rng.lognormal(3, 1, 30)))
        for j in range(p):
            more = X.copy()
            more[:, j] += 1
            ratios = np.exp(model.predict(more)) / np.exp(model.predict(X))
            np.testing.assert_allclose(ratios, np.e ** model.weights[j])


def percent_and_coefficient_agree_to_half_a_point_up_to_a_tenth():
    """The change as a ratio of two predictions, exp(5 + w) and exp(5)."""

    def change(w):
        return np.exp(5 + w) / np.exp(5) - 1

    for w in np.random.default_rng(6).uniform(-3, 3, 200):
        assert change(w) > w
    small = np.linspace(-0.1, 0.1, 201)
    worst = np.abs(change(small) - small).max()
    assert 0.0051 < worst <= 0.0052
    assert 0.995 < change(0.7) < 1.02
    assert abs(change(0.0)) < 1e-12


def an_elasticity_has_no_unit_and_turns_k_into_k_to_the_w():
    """Houses with a random second feature: lots k times as large, and lots in another unit."""
    rng = np.random.default_rng(7)
    houses = load_windsor_housing()
    lot, log_price = houses.column("lot_size"), np.log(houses.prices)
    for k in rng.uniform(0.1, 20, 10):
        other = rng.normal(size=len(lot))
        model = fit_linear_regression(np.column_stack([np.log(lot), other]), log_price)
        larger = np.exp(model.predict(np.column_stack([np.log(k * lot), other])))
        same = np.exp(model.predict(np.column_stack([np.log(lot), other])))
        np.testing.assert_allclose(larger / same, k ** model.weights[0])
        in_unit = fit_linear_regression(np.column_stack([np.log(k * lot), other]), log_price)
        np.testing.assert_allclose(in_unit.weights, model.weights, rtol=1e-8)
        assert abs(in_unit.intercept - model.intercept) > 1e-3


def exp_of_the_mean_log_is_the_median_and_the_mean_is_larger():
    rng = np.random.default_rng(8)
    for mu, sigma in rng.uniform((8, 0.2), (12, 0.9), (10, 2)):
        prices = np.exp(rng.normal(mu, sigma, 200_000))
        assert abs(np.mean(prices < np.exp(mu)) - 0.5) < 0.006
        np.testing.assert_allclose(prices.mean(), np.exp(mu + sigma**2 / 2), rtol=0.015)
        assert prices.mean() > np.exp(mu)


def one_unit_multiplies_the_odds_and_moves_the_probability_by_at_most_a_quarter():
    rng = np.random.default_rng(9)
    moves = []
    for p in (1, 3, 6):
        w, b = rng.uniform(-1.5, 1.5, p), rng.normal()
        for x in rng.normal(0, 2, (200, p)):
            for j in range(p):
                before, after = (1 / (1 + np.exp(-(w @ place + b))) for place in (x, x + np.eye(p)[j]))
                np.testing.assert_allclose(after / (1 - after), np.exp(w[j]) * before / (1 - before), rtol=1e-6)
                assert abs(after - before) <= abs(w[j]) / 4
                moves.append(abs(after - before) / abs(w[j]))
    assert min(moves) < 0.01  # it depends on the start ...
    assert max(moves) > 0.24  # ... and a quarter is no waste


def both_gradients_are_x_transposed_times_prediction_minus_observed():
    """Measured slopes; and at the fit, where the gradient is zero, the means agree."""
    rng = np.random.default_rng(10)
    for n, p in ((10, 1), (30, 3)):
        X, w = with_ones(rng.normal(size=(n, p))), rng.normal(size=p + 1)
        y, classes = rng.normal(size=n), np.arange(n) % 3 // 2
        by_log_loss = numerical_gradient(lambda w, X=X, c=classes: log_loss(X @ w, c, reduction="sum").value, w)
        by_squares = numerical_gradient(lambda w, X=X, y=y, n=n: squared_error(X @ w, y).value * n / 2, w)
        np.testing.assert_allclose(by_log_loss, X.T @ (1 / (1 + np.exp(-X @ w)) - classes), atol=1e-6)
        np.testing.assert_allclose(by_squares, X.T @ (X @ w - y), atol=1e-6)
        model = fit_logistic_regression(X[:, 1:], classes)
        np.testing.assert_allclose(model.predict_probabilities(X[:, 1:]).mean(), classes.mean(), atol=1e-8)


def the_cheapest_threshold_is_a_over_a_plus_m():
    """Draw probabilities, then labels with exactly these; no other threshold or random rule is cheaper on average."""
    rng = np.random.default_rng(11)
    for A, M in rng.uniform(0.5, 10, (10, 2)):
        p = rng.uniform(size=2000)

        def expected_cost(alarm, p=p, A=A, M=M):
            return np.sum(np.where(alarm, (1 - p) * A, p * M))

        best = expected_cost(p >= A / (A + M))
        for threshold in np.linspace(0, 1, 101):
            assert expected_cost(p >= threshold) >= best - 1e-9
        for _ in range(20):
            assert expected_cost((p >= A / (A + M)) ^ (rng.uniform(size=p.size) < 0.05)) > best
        if abs(A - M) > 1:
            assert expected_cost(p >= 0.5) > best
        drawn = rng.uniform(size=(500, p.size)) < p
        alarm = p >= A / (A + M)
        paid = np.where(alarm, ~drawn * A, drawn * M).sum(axis=1).mean()
        np.testing.assert_allclose(paid, best, rtol=0.02)


def separated_classes_have_no_best_weights():
    """Random classes with a plane between them; on a line, also the same points with one label turned."""
    rng = np.random.default_rng(12)
    for p in (1, 2, 3):
        features = rng.normal(size=(20, p))
        normal = rng.normal(size=p)
        X = with_ones(features)
        along = features @ normal
        y = (along > np.median(along)).astype(np.int64)
        w = np.append(-np.median(along), normal)
        for scale in (1, 2, 4, 8, 16):
            assert log_loss(X @ (2 * scale * w), y).value < log_loss(X @ (scale * w), y).value
        assert 0 < log_loss(X @ (30 * w / np.abs(X @ w).min()), y).value < 1e-12

        def lengths(labels, p=p, X=X):
            w, seen = np.zeros(p + 1), []
            for step in range(1, 801):
                w = w - 2 * X.T @ (sigmoid(X @ w) - labels) / len(labels)
                if step in (200, 400, 800):
                    seen.append(np.linalg.norm(w))
            return seen

        at_200, at_400, at_800 = lengths(y)
        assert at_400 > 1.02 * at_200
        assert at_800 > 1.02 * at_400
        refused = False
        try:
            fit_logistic_regression(features, y)
        except ValueError:
            refused = True
        assert refused
        if p == 1:  # a one among the zeros: no point separates them, and the weights settle
            y[np.argsort(along)[3]] = 1
            _, at_400, at_800 = lengths(y)
            assert at_800 < 1.001 * at_400


def residuals_have_no_mean_and_no_slope_whatever_the_data():
    """Also where the truth is a curve, or the noise a funnel."""
    rng = np.random.default_rng(13)
    for n, p in ((6, 1), (20, 3), (50, 5)):
        X = rng.normal(size=(n, p))
        for y in (rng.normal(size=n), X[:, 0] ** 2, np.exp(X[:, 0]) * rng.normal(size=n)):
            model = fit_linear_regression(X, y)
            r = y - model.predict(X)
            assert abs(r.sum()) < 1e-9 * n
            for column in [*X.T, model.predict(X)]:
                assert abs(np.cov(r, column)[0, 1]) < 1e-10


def r_squared_is_a_squared_correlation_and_never_falls_with_a_column():
    rng = np.random.default_rng(14)
    for n in (10, 30, 100):
        X, y = rng.normal(size=(n, 2)), rng.normal(size=n)
        y += X[:, 0] ** 2 + X[:, 1]
        before = -1.0
        for _ in range(5):
            fitted = with_ones(X) @ np.linalg.lstsq(with_ones(X), y)[0]
            share = 1 - np.sum((y - fitted) ** 2) / np.sum((y - y.mean()) ** 2)
            assert 0 <= share <= 1
            assert share >= before
            np.testing.assert_allclose(share, np.corrcoef(y, fitted)[0, 1] ** 2)
            np.testing.assert_allclose(share, fit_linear_regression(X, y).r_squared)
            X, before = np.column_stack([X, rng.normal(size=n)]), share


def r_squared_depends_on_the_spread_of_x():
    rng = np.random.default_rng(15)
    for m, sigma in rng.uniform(0.5, 3, (10, 2)):
        found = []
        for spread in (0.3, 1.0, 3.0):
            x = spread * rng.uniform(-1, 1, 20_000)
            y = 2 + m * x + rng.normal(0, sigma, x.size)
            found.append(fit_linear_regression(x[:, np.newaxis], y).r_squared)
            V = spread**2 / 3
            assert abs(found[-1] - m**2 * V / (m**2 * V + sigma**2)) < 0.03
        assert found[0] < found[1] < found[2]


def four_sets_have_one_line_and_only_one_fits_a_line():
    """The numbers by polyfit; then what is wrong with the sets 2, 3 and 4."""
    quartet = load_anscombe()
    table = []
    for x, y in zip(*quartet, strict=True):
        (m, b), covariance = np.polyfit(x, y, 1, cov=True)
        table.append([m, b, np.sqrt(covariance[0, 0]), np.corrcoef(x, y)[0, 1] ** 2])
    assert len(np.unique(np.round(table, 2), axis=0)) == 1

    def left_over(x, y, degree):
        return np.sum((np.polyval(np.polyfit(x, y, degree), x) - y) ** 2)

    gains = [left_over(x, y, 2) / left_over(x, y, 1) for x, y in zip(quartet.x[:3], quartet.y[:3], strict=True)]
    assert gains[0] > 0.9
    assert gains[1] < 0.001  # set 2 is a parabola
    x, y = quartet.x[2], quartet.y[2]
    others = y < y.max()
    assert left_over(x[others], y[others], 1) < 0.001 * left_over(x, y, 1)  # set 3 is a line and an outlier
    assert np.ptp(quartet.x[3][quartet.x[3] < 19]) == 0  # set 4 has one point that makes the slope


def noise_that_widens_away_from_the_mean_makes_the_usual_error_too_small():
    """The mean of the usual s^2 / S_xx over repetitions, beside the variance of the slope."""
    rng = np.random.default_rng(16)
    for n in (5, 15):
        x = rng.uniform(-5, 5, n)
        d = x - x.mean()
        for power in (0.0, 0.5, 1.0, 2.0):
            noise = rng.normal(size=(5_000, n)) * (0.1 + np.abs(d)) ** power
            targets = 1 + 2 * x + noise
            fits = np.polyfit(x, targets.T, 1)
            errors = np.outer(fits[0], x) + fits[1][:, np.newaxis] - targets
            usual = (errors**2).sum(axis=1) / (n - 2) / (d @ d)
            if power == 0:  # even noise
                np.testing.assert_allclose(usual.mean(), fits[0].var(), rtol=0.08)
            else:
                assert usual.mean() < 0.9 * fits[0].var()
                assert np.sqrt(usual).mean() < 0.95 * fits[0].std()
