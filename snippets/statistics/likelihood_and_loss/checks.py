"""What the module docs/statistics/likelihood_and_loss.md claims, one function per claim."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from statistics import NormalDist, mean, median

import numpy as np

from mlmath.calculus import numerical_derivative, numerical_gradient, numerical_jacobian
from mlmath.losses import absolute_error, l2_penalty, log_loss, softmax_cross_entropy, squared_error
from mlmath.optim import gradient_descent
from mlmath.stats import Bernoulli, Laplace, LogNormal, Normal, log_likelihood, log_sum_exp, sigmoid, softmax


def the_likelihood_of_zeros_and_ones_is_largest_at_the_share_of_ones():
    """Products in fractions, so that nothing is rounded, at the share of ones and at every hundredth besides."""

    def likelihood(theta, data):
        return math.prod(theta if y == 1 else 1 - theta for y in data)

    rng = np.random.default_rng(0)
    for length in (1, 2, 3, 5, 8, 13):
        for _ in range(5):
            data = rng.integers(0, 2, length).tolist()
            share = Fraction(sum(data), length)
            best = likelihood(share, data)
            for theta in (Fraction(step, 100) for step in range(101)):
                assert theta == share or likelihood(theta, data) < best
            np.testing.assert_allclose(float(best), np.exp(log_likelihood(Bernoulli(float(share)), data)))


def exact_product_of_densities(model, data):
    """The product of normal densities in decimals, whose exponents have no limit that matters here."""
    with localcontext(prec=30):
        sigma, root = Decimal(model.standard_deviation), Decimal(2 * math.pi).sqrt()
        squares = sum(((Decimal(y) - Decimal(model.mean)) / sigma) ** 2 for y in data.tolist())
        return (-squares / 2).exp() / (sigma * root) ** len(data)


def the_product_of_546_normal_densities_is_zero_and_the_sum_of_logs_keeps_their_order():
    rng = np.random.default_rng(1)
    for sigma in (2.0, 3.0, 20.0, 25_000.0):
        for spread in (0.0, 0.1, 1.0, 3.0):
            data = 100.0 + spread * sigma * rng.normal(size=546)
            models = [Normal(100.0 + shift * sigma, sigma) for shift in (0.0, *rng.normal(size=3))]
            for model in models:
                assert model.pdf(data).prod() == 0.0
            exact = [exact_product_of_densities(model, data) for model in models]
            assert min(exact) > 0
            sums = [log_likelihood(model, data) for model in models]
            assert np.argsort(sums).tolist() == sorted(range(4), key=exact.__getitem__)


def the_area_under_a_likelihood_depends_on_the_parameter_and_its_best_model_does_not():
    """Zeros and ones, at least one of each: areas by the trapezoid rule, places of the maximum on fine grids."""
    rng = np.random.default_rng(2)
    theta, z = np.linspace(0, 1, 20_001), np.linspace(-60, 60, 60_001)
    for _ in range(20):
        data = [0, 1, *rng.integers(0, 2, rng.integers(0, 9)).tolist()]
        ones = sum(data)

        def likelihood(t, ones=ones, zeros=len(data) - ones):
            return t**ones * (1 - t) ** zeros

        over_theta, over_z = likelihood(theta), likelihood(sigmoid(z))
        area, area_over_z = np.trapezoid(over_theta, theta), np.trapezoid(over_z, z)
        assert area < 1
        assert area_over_z > area
        assert abs(theta[np.argmax(over_theta)] - sigmoid(z[np.argmax(over_z)])) < 1e-3


def the_density_of_a_value_is_that_of_its_logarithm_divided_by_the_value():
    """The slope of the probability of at most y, which needs no rule for densities, is the yardstick."""
    rng = np.random.default_rng(3)
    for log_mean, deviation in zip(rng.uniform(-2, 2, 20), rng.uniform(0.2, 1.5, 20), strict=True):
        of_logs = NormalDist(log_mean, deviation)
        y = np.exp(log_mean + deviation * rng.normal(size=30))
        density = [numerical_derivative(lambda t, m=of_logs: m.cdf(math.log(t)), v, step=1e-5 * v) for v in y]
        divided = [of_logs.pdf(math.log(v)) / v for v in y.tolist()]
        np.testing.assert_allclose(divided, density, rtol=1e-4)
        gap = sum(math.log(of_logs.pdf(math.log(v))) for v in y.tolist()) - np.log(density).sum()
        np.testing.assert_allclose(gap, np.log(y).sum(), atol=1e-2)


def another_unit_adds_one_number_to_every_log_likelihood():
    """Each kind of model fitted to y and to y / c: all gain n log c, so no difference between two moves."""
    rng = np.random.default_rng(4)
    for c in 10 ** rng.uniform(-6, 6, 20):
        y = np.exp(rng.normal(size=30))
        for family in (Normal, LogNormal, Laplace):
            gain = log_likelihood(family.fit(y / c), y / c) - log_likelihood(family.fit(y), y)
            np.testing.assert_allclose(gain, 30 * math.log(c), atol=1e-7)


def with_normal_noise_the_log_likelihood_falls_by_half_the_squared_errors_over_sigma_squared():
    rng = np.random.default_rng(5)
    for sigma in rng.uniform(0.3, 5, 20).tolist():
        y, first, second = rng.normal(size=(3, 12))
        logs = [
            sum(math.log(NormalDist(m, sigma).pdf(v)) for m, v in zip(p.tolist(), y.tolist(), strict=True))
            for p in (first, second)
        ]
        squares = [squared_error(p, y, reduction="sum").value for p in (first, second)]
        np.testing.assert_allclose(logs[0] - logs[1], (squares[1] - squares[0]) / (2 * sigma**2), atol=1e-9)


def with_laplace_noise_the_best_constant_is_the_median_and_a_far_value_does_not_move_it():
    rng = np.random.default_rng(6)
    for length in (3, 5, 9, 21):
        for scale in (0.5, 1.0, 7.0):
            y = np.sort(rng.normal(size=length))
            further = y.copy()
            further[-1] += rng.uniform(1, 1000)
            assert median(further.tolist()) == median(y.tolist())
            assert mean(further.tolist()) > mean(y.tolist())
            for data in (y, further):
                middle = median(data.tolist())
                best = log_likelihood(Laplace(middle, scale), data)
                for c in (*rng.uniform(-3, 3, 50), data.mean()):
                    worse = log_likelihood(Laplace(c, scale), data)
                    errors = [absolute_error(np.full(length, p), data, reduction="sum").value for p in (c, middle)]
                    np.testing.assert_allclose(best - worse, (errors[0] - errors[1]) / scale, atol=1e-9)
                    assert c == middle or worse < best


def the_best_sigma_is_the_root_mean_squared_error_and_the_best_scale_the_mean_absolute_error():
    rng = np.random.default_rng(7)
    for length in (3, 10, 50):
        errors = rng.uniform(0.1, 10) * rng.normal(size=length)
        rms, mae = math.sqrt(math.fsum(errors**2) / length), math.fsum(abs(errors)) / length
        for family, best in ((Normal, rms), (Laplace, mae)):
            highest = log_likelihood(family(0.0, best), errors)
            for factor in (0.5, 0.9, 0.99, 1.01, 1.1, 2.0):
                assert log_likelihood(family(0.0, factor * best), errors) < highest


def on_average_the_variance_around_the_fitted_mean_is_n_minus_one_nths_of_the_true_one():
    """Values with unequal chances (some stand in the list more than once), and all possible samples, in fractions."""
    rng = np.random.default_rng(8)
    for n in (2, 3, 4):
        for _ in range(4):
            values = [Fraction(int(v)) for v in rng.choice(20, 3, replace=False)[[0, 0, 1, 2]]]
            centre = sum(values) / 4
            truth = sum((v - centre) ** 2 for v in values) / 4
            fitted = []
            for sample in product(values, repeat=n):
                middle = sum(sample) / n
                fitted.append(sum((v - middle) ** 2 for v in sample) / n)
            assert sum(fitted) / len(fitted) == Fraction(n - 1, n) * truth


def a_sum_instead_of_a_mean_keeps_the_minimum_unless_a_penalty_stands_beside_it():
    """Squared error and log loss of linear models; where each row has a mirror image, all best weights are zero."""

    def minimum(gradient):
        w = np.zeros(2)
        for _ in range(20):  # Newton's steps, with a measured table of curvatures
            w = w - np.linalg.solve(numerical_jacobian(gradient, w), gradient(w))
        np.testing.assert_allclose(gradient(w), 0, atol=1e-6)
        return w

    rng = np.random.default_rng(9)
    for kind, n, mirrored in product((squared_error, log_loss), (2, 5, 20, 60), (False, True)):
        X, y = rng.normal(size=(n, 2)), rng.integers(0, 2, n)
        if mirrored:
            X, y = np.vstack([X, -X]), np.append(y, y)
        lowest, walks = {}, {}
        for reduction, price in product(("mean", "sum"), (0.0, 0.5)):

            def loss(w, kind=kind, r=reduction, price=price, X=X, y=y):
                return kind(X @ w, y, reduction=r).value + l2_penalty(w, strength=price).value

            def gradient(w, kind=kind, r=reduction, price=price, X=X, y=y):
                return X.T @ kind(X @ w, y, reduction=r).gradient + l2_penalty(w, strength=price).gradient

            rate = 0.02 if reduction == "mean" else 0.02 / len(y)
            walk = gradient_descent(loss, gradient, np.zeros(2), learning_rate=rate, steps=20)
            walks[reduction, price] = walk.points
            if price or kind is squared_error:  # without a penalty, log loss has no minimum where a line separates
                lowest[reduction, price] = minimum(gradient)
        np.testing.assert_allclose(walks["mean", 0.0], walks["sum", 0.0], atol=1e-12)
        if kind is squared_error:
            np.testing.assert_allclose(lowest["mean", 0.0], lowest["sum", 0.0], atol=1e-6)
        moved = np.abs(lowest["mean", 0.5] - lowest["sum", 0.5]).max()
        assert moved < 1e-6 if mirrored else moved > 1e-3
        assert mirrored == (np.abs(lowest["mean", 0.5]).max() < 1e-6)


def the_sum_of_log_losses_is_minus_the_log_of_the_product_of_what_happened():
    rng = np.random.default_rng(10)
    for length in (1, 4, 12):
        for _ in range(5):
            scores, labels = rng.uniform(-4, 4, length), rng.integers(0, 2, length)
            said = [1 / (1 + math.exp(-z)) for z in scores.tolist()]
            product_of_all = math.prod(p if y == 1 else 1 - p for p, y in zip(said, labels, strict=True))
            np.testing.assert_allclose(log_loss(scores, labels, reduction="sum").value, -math.log(product_of_all))


def log_loss_and_squared_error_reward_the_true_probability_and_absolute_error_does_not():
    """Expected losses of saying p while ones come with the probability theta, on a fine grid of p."""
    said = np.linspace(0.001, 0.999, 999)
    for theta in np.random.default_rng(11).uniform(0.05, 0.95, 20):
        expected = {
            "log": -theta * np.log(said) - (1 - theta) * np.log(1 - said),
            "squared": theta * (1 - said) ** 2 + (1 - theta) * said**2,
            "absolute": theta * (1 - said) + (1 - theta) * said,
        }
        best = {name: said[np.argmin(values)] for name, values in expected.items()}
        assert abs(best["log"] - theta) < 1e-3
        assert abs(best["squared"] - theta) < 1e-3
        assert best["absolute"] == (0.999 if theta > 0.5 else 0.001)


def ten_times_the_scores_keep_every_decision_and_change_every_log_loss():
    rng = np.random.default_rng(12)
    for z, y in zip(rng.uniform(-5, 5, 200), rng.integers(0, 2, 200), strict=True):
        before, after = log_loss([z], [y]).value, log_loss([10 * z], [y]).value
        decision = sigmoid(z) > 0.5
        assert decision == (sigmoid(10 * z) > 0.5)
        assert after < before if decision == y else after > before


def far_on_the_wrong_side_the_log_loss_keeps_its_slope_and_the_squared_error_loses_it():
    """Slopes by the score, measured, for the label 1 and scores of -10 and below."""
    for z in (-10.0, *np.random.default_rng(13).uniform(-30, -10, 20)):
        slope = numerical_derivative(lambda t: log_loss([t], [1]).value, z)
        squared = numerical_derivative(lambda t: float((1 - sigmoid(t)) ** 2), z)
        assert abs(slope + 1) < 1e-4
        assert abs(squared) < 1e-4


def from_a_score_of_37_the_textbook_formula_is_nan_or_infinite_and_the_one_by_score_is_not():
    """The right value in decimals of 600 digits."""
    for z in (37.0, 700.0, *np.random.default_rng(14).uniform(37, 700, 20)):
        p = 1 / (1 + np.exp(-z))
        assert p == 1.0
        for y in (1, 0):
            with np.errstate(divide="ignore", invalid="ignore"):
                textbook = -(y * np.log(p) + (1 - y) * np.log(1 - p))
            assert np.isnan(textbook) if y == 1 else textbook == np.inf
            with localcontext(prec=600):
                exact = (1 + (Decimal(z) * (1 if y == 0 else -1)).exp()).ln()
            np.testing.assert_allclose(log_loss([z], [y]).value, float(exact), rtol=1e-9)


def adding_to_all_scores_changes_no_probability_and_multiplying_them_does():
    rng = np.random.default_rng(15)
    for classes in (2, 3, 10):
        for c in (-300.0, 5.0, 1e4):
            scores = rng.normal(size=classes)
            p = softmax(scores)
            weights = [math.exp(s) for s in scores.tolist()]
            np.testing.assert_allclose(p, [weight / sum(weights) for weight in weights])
            np.testing.assert_allclose(softmax(scores + c), p, rtol=1e-9)
            assert p.min() > 0
            assert abs(softmax(2 * scores) - p).max() > 1e-3
            equal = np.full(classes, scores[0])
            np.testing.assert_allclose(softmax(2 * equal), softmax(equal))


def with_two_classes_it_is_the_sigmoid_and_the_log_loss_of_the_difference():
    for first, second in np.random.default_rng(16).uniform(-8, 8, (50, 2)):
        p = 1 / (1 + math.exp(first - second))
        np.testing.assert_allclose(softmax([first, second]), [1 - p, p], rtol=1e-9)
        for label in (0, 1):
            value = softmax_cross_entropy([[first, second]], [label]).value
            np.testing.assert_allclose(value, log_loss([second - first], [label]).value, rtol=1e-9)
            np.testing.assert_allclose(value, -math.log(p if label == 1 else 1 - p), rtol=1e-6)


def from_710_the_naive_log_sum_exp_overflows_and_the_stable_one_is_right():
    """The right value in decimals; it lies between the largest score and that plus log K."""
    rng = np.random.default_rng(17)
    for classes in (2, 3, 10):
        for largest in (710.0, 1000.0, 5000.0):
            scores = np.append(largest, largest - rng.uniform(0, 10, classes - 1))
            with np.errstate(over="ignore"):
                assert np.log(np.exp(scores).sum()) == np.inf
            with localcontext(prec=50):
                exact = float(sum(Decimal(s).exp() for s in scores.tolist()).ln())
            np.testing.assert_allclose(log_sum_exp(scores), exact, rtol=1e-12)
            assert largest <= exact <= largest + math.log(classes)
            equal = np.full(classes, largest)
            np.testing.assert_allclose(log_sum_exp(equal), largest + math.log(classes), rtol=1e-12)


def the_slope_of_cross_entropy_is_probability_minus_one_at_the_label_and_probability_elsewhere():
    rng = np.random.default_rng(18)
    for classes in (2, 3, 7):
        for label in range(classes):
            scores = rng.normal(size=classes)
            slopes = numerical_gradient(
                lambda s, label=label: float(np.log(np.exp(s).sum())) - s[label], scores
            )  # log-sum-exp minus the score of the label
            p = softmax(scores)
            np.testing.assert_allclose(slopes, p - np.eye(classes)[label], atol=1e-8)
            np.testing.assert_allclose(softmax_cross_entropy([scores], [label]).gradient[0], slopes, atol=1e-8)
            assert abs(slopes.sum()) < 1e-8


def probabilities_read_as_scores_never_cost_less_than_log_of_one_plus_k_minus_one_over_e():
    rng = np.random.default_rng(19)
    for classes in (2, 3, 10):
        floor = math.log(1 + (classes - 1) / math.e)
        for sharpness in (0.1, 1.0, 10.0, 100.0):
            p = softmax(sharpness * rng.normal(size=(50, classes)))
            for label in range(classes):
                values = [softmax_cross_entropy([row], [label]).value for row in p]
                assert min(values) >= floor - 1e-12
        perfect = np.eye(classes)[0]
        np.testing.assert_allclose(softmax_cross_entropy([perfect], [0]).value, floor)
