"""What the module docs/optimization/training_in_practice.md claims, one function per claim."""

import itertools

import numpy as np

from mlmath.calculus import check_gradient, numerical_derivative, numerical_gradient
from mlmath.linalg import solve_ridge
from mlmath.losses import l2_penalty, log_loss, softmax_cross_entropy
from mlmath.models import (
    Layer,
    flatten_parameters,
    initialize_network,
    network_gradient_by_hand,
    network_loss,
    network_scores,
    unflatten_parameters,
)
from mlmath.optim import Adam, AdamW, GradientStep, gradient_descent


def the_variance_of_a_sum_of_products_is_the_weights_variance_times_the_sum_of_squares():
    """Every combination of weights, so that nothing is left to chance: each weight is -2c, c or c, of mean 0."""
    rng = np.random.default_rng(0)
    for n in (1, 2, 4, 6):
        a, c = rng.normal(size=n), rng.uniform(0.2, 2)
        values = np.array([-2 * c, c, c])
        sums = np.array(list(itertools.product(values, repeat=n))) @ a
        np.testing.assert_allclose(sums.mean(), 0, atol=1e-12)
        np.testing.assert_allclose(np.mean((sums - sums.mean()) ** 2), np.var(values) * np.sum(a**2))


def with_variance_two_over_inputs_relu_layers_keep_the_mean_square():
    """One layer over all signs of the weights, exactly; then five layers, as the mean over many networks."""
    rng = np.random.default_rng(1)
    for n in (2, 5, 10):
        a = rng.normal(size=n)
        weights = np.sqrt(2 / n) * np.array(list(itertools.product((-1, 1), repeat=n)))
        z = weights @ a
        np.testing.assert_allclose(np.mean(np.maximum(z, 0) ** 2), np.mean(z**2) / 2)
        np.testing.assert_allclose(np.mean(np.maximum(z, 0) ** 2), np.mean(a**2))
    ratios = []
    for _ in range(1500):
        layers = initialize_network([30] * 6, generator=rng, activation="relu")
        a = rng.normal(size=30)
        out = a
        for layer in layers:
            out = np.maximum(out @ layer.weights, 0)
        ratios.append(np.mean(out**2) / np.mean(a**2))
    assert 0.9 < np.mean(ratios) < 1.1


def scaling_all_weights_of_a_relu_network_scales_signal_and_slope_by_a_power():
    """Without biases; the slopes by the inputs are measured, not computed backwards."""
    rng = np.random.default_rng(2)
    for depth in (1, 2, 5, 9):
        scale = rng.uniform(0.3, 3)
        layers = initialize_network([4] + [8] * (depth - 1) + [3], generator=rng, activation="relu")
        scaled = tuple(Layer(scale * layer.weights, layer.bias) for layer in layers)
        x = rng.normal(size=4)
        signals = [network_scores(some, x[None, :], activation="relu")[0] for some in (layers, scaled)]
        np.testing.assert_allclose(signals[1], scale**depth * signals[0])
        slopes = [
            numerical_gradient(lambda v, some=some: float(network_scores(some, v[None, :], activation="relu")[0, 0]), x)
            for some in (layers, scaled)
        ]
        np.testing.assert_allclose(slopes[1], scale**depth * slopes[0], rtol=1e-5, atol=1e-9)


def _descend(layers, X, labels, activation, steps=30, rate=0.3):
    for _ in range(steps):
        slopes = network_gradient_by_hand(layers, X, labels, activation=activation).gradient
        layers = tuple(
            Layer(layer.weights - rate * slope.weights, layer.bias - rate * slope.bias)
            for layer, slope in zip(layers, slopes, strict=True)
        )
    return layers


def units_that_start_equal_stay_equal_and_all_zero_networks_learn_only_the_last_bias():
    rng = np.random.default_rng(3)
    for activation in ("tanh", "relu"):
        for _ in range(5):
            X, labels = rng.normal(size=(30, 3)), rng.permutation(30) % 3 % 2
            column, row = rng.normal(size=(3, 1)), rng.normal(size=(1, 2))
            equal = (
                Layer(np.repeat(column, 4, axis=1), np.full(4, 0.1)),
                Layer(np.repeat(row, 4, axis=0), np.zeros(2)),
            )
            first, last = _descend(equal, X, labels, activation)
            np.testing.assert_allclose(first.weights, np.repeat(first.weights[:, :1], 4, axis=1), atol=1e-12)
            np.testing.assert_allclose(last.weights, np.repeat(last.weights[:1], 4, axis=0), atol=1e-12)
            assert np.abs(first.weights[:, :1] - column).max() > 1e-3  # they moved, together
            zeros = tuple(Layer(0 * w, 0 * b) for w, b in initialize_network([3, 4, 4, 2], generator=rng))
            *hidden, last = _descend(zeros, X, labels, activation)
            assert all(np.all(layer.weights == 0) and np.all(layer.bias == 0) for layer in hidden)
            assert np.all(last.weights == 0)
            assert np.abs(last.bias).max() > 1e-3


def an_l2_penalty_shrinks_each_direction_by_its_own_factor():
    rng = np.random.default_rng(4)
    for alpha in (0.01, 0.3, 1.0, 10.0):
        X, y = rng.normal(size=(40, 5)) @ rng.normal(size=(5, 5)), rng.normal(size=40)
        curvatures, directions = np.linalg.eigh(X.T @ X / 40)
        free = directions.T @ np.linalg.lstsq(X, y)[0]
        held = directions.T @ solve_ridge(X, y, penalty=40 * alpha)
        np.testing.assert_allclose(held, curvatures / (curvatures + alpha) * free, rtol=1e-6, atol=1e-10)


def an_l1_penalty_moves_a_weight_by_alpha_and_stops_at_zero():
    """Against the lowest place on a fine grid, which knows nothing of slopes."""
    w = np.linspace(-6, 6, 24001)
    rng = np.random.default_rng(5)
    for a, alpha in zip(rng.uniform(-3, 3, 60), rng.uniform(0, 3, 60), strict=True):
        lowest = w[np.argmin((w - a) ** 2 / 2 + alpha * np.abs(w))]
        expected = 0 if abs(a) <= alpha else a - alpha if a > 0 else a + alpha
        assert abs(lowest - expected) < 6e-4
        if abs(a) < alpha - 1e-3:
            assert abs(lowest) < 1e-9
        assert abs(w[np.argmin((w - a) ** 2 / 2 + alpha * w**2 / 2)]) > 1e-9 or abs(a) < 0.01 * (1 + alpha)


def stopping_after_k_steps_from_zero_shrinks_much_like_a_ridge():
    rng = np.random.default_rng(6)
    largest = 0.0
    for steps in (1, 3, 10, 17, 30, 100, 1000):
        curvatures = rng.uniform(0.1, 3) * np.geomspace(0.003, 1, 12)
        directions = np.linalg.qr(rng.normal(size=(12, 12)))[0]
        A, best = directions @ np.diag(curvatures) @ directions.T, rng.normal(size=12)
        rate = 0.1 / curvatures.max()
        path = gradient_descent(
            lambda w, A=A, b=best: (w - b) @ A @ (w - b) / 2,
            lambda w, A=A, b=best: A @ (w - b),
            np.zeros(12),
            learning_rate=rate,
            steps=steps,
        )
        left = (directions.T @ path.result) / (directions.T @ best)
        np.testing.assert_allclose(left, 1 - (1 - rate * curvatures) ** steps, rtol=1e-6)
        held = np.linalg.solve(A + np.eye(12) / (rate * steps), A @ best)
        more = left - (directions.T @ held) / (directions.T @ best)
        assert np.all(more >= -1e-9)
        assert np.all(more <= 0.22)
        largest = max(largest, more.max())
    assert largest > 0.2  # so the bound is no larger than it has to be


def l2_and_weight_decay_are_one_for_plain_descent_and_two_for_adam():
    """Noise of both signs in the gradient; the two weights start at 1 and differ in the size of their noise."""

    def walk(rule, penalty, sizes, shrink=0.0):
        w = np.ones(2)
        state = rule.initial_state(w)
        for k in range(1000):
            gradient = sizes * (-1) ** k + l2_penalty(w, strength=penalty / 2).gradient
            change, state = rule.update(state, gradient, 0.01, w)
            w = w + change - 0.01 * shrink * w
        return w

    for factor in (10, 100, 1000):
        sizes, strength = np.array([1.0, factor]), 0.1
        plain = walk(GradientStep(), strength, sizes)
        np.testing.assert_allclose(plain, walk(GradientStep(), 0.0, sizes, shrink=strength), atol=1e-9)
        in_the_loss = walk(Adam(), strength, sizes)
        beside = walk(AdamW(weight_decay=strength), 0.0, sizes)
        assert in_the_loss[0] < 0.5
        assert in_the_loss[1] > 0.85
        np.testing.assert_allclose(beside[0], beside[1], atol=0.01)
        assert beside[1] < 0.5


def equal_scores_cost_the_log_of_the_number_of_classes():
    rng = np.random.default_rng(7)
    for classes in (2, 3, 10, 100):
        for _ in range(5):
            labels, score = rng.integers(classes, size=30), rng.normal()
            loss = softmax_cross_entropy(np.full((30, classes), score), labels).value
            np.testing.assert_allclose(loss, np.log(classes))


def dropout_or_a_penalty_puts_the_training_loss_above_the_plain_loss_on_the_same_examples():
    """All masks of six features that are dropped with probability 1/2, the kept ones doubled."""
    rng = np.random.default_rng(8)
    masks = 2.0 * np.array(list(itertools.product((0, 1), repeat=6)))
    for _ in range(20):
        X, labels, w = rng.normal(size=(15, 6)), rng.integers(2, size=15), rng.normal(size=6)

        def loss(features, w=w, labels=labels):
            return log_loss(features @ w, labels).value

        assert np.mean([loss(X * mask) for mask in masks]) > loss(X)
        assert l2_penalty(w, strength=0.1).value > 0


def a_relu_unit_that_is_zero_for_all_examples_gets_no_gradient_and_stays():
    rng = np.random.default_rng(9)
    for _ in range(10):
        X, labels = rng.normal(size=(40, 3)), rng.integers(2, size=40)
        first, last = initialize_network([3, 6, 2], generator=rng, activation="relu")
        bias = first.bias.copy()
        bias[2] = -1 - np.max(X @ first.weights[:, 2])
        start = (Layer(first.weights, bias), last)
        (one, two) = network_gradient_by_hand(start, X, labels, activation="relu").gradient
        for of_the_unit in (one.weights[:, 2], one.bias[2], two.weights[2]):
            assert np.all(of_the_unit == 0)
        assert np.abs(np.delete(one.weights, 2, axis=1)).max() > 1e-4
        end = _descend(start, X, labels, "relu", steps=50)
        np.testing.assert_array_equal(end[0].weights[:, 2], first.weights[:, 2])
        assert np.all(X @ end[0].weights[:, 2] + end[0].bias[2] < 0)


def copies_of_training_examples_hide_overfitting():
    """Least squares with 25 features on 30 examples of noise and signal, ten times."""
    rng = np.random.default_rng(10)
    for _ in range(10):
        w = rng.normal(size=25) / 5
        X, X_new = rng.normal(size=(30, 25)), rng.normal(size=(500, 25))
        y, y_new = X @ w + rng.normal(size=30), X_new @ w + rng.normal(size=500)
        fit = np.linalg.lstsq(X, y)[0]
        copies = rng.permutation(30)[:20]
        training, copied, new = (
            np.mean((a @ fit - b) ** 2) for a, b in ((X, y), (X[copies], y[copies]), (X_new, y_new))
        )
        assert training / 2 < copied < 2 * training
        assert new > 5 * copied


def batches_sorted_by_class_make_the_loss_swing():
    """Logistic regression with an intercept; how far the full loss moves within the last epoch."""
    rng = np.random.default_rng(11)
    for _ in range(5):
        labels = np.arange(100) % 2
        X = np.column_stack([np.ones(100), rng.normal(size=(100, 2)) + labels[:, None]])

        def swing(shuffle, X=X, labels=labels):
            w, losses = np.zeros(3), []
            for _ in range(20):
                order = rng.permutation(100) if shuffle else np.argsort(labels, kind="stable")
                losses = []
                for rows in order.reshape(20, 5):
                    w = w - 0.3 * X[rows].T @ log_loss(X[rows] @ w, labels[rows]).gradient
                    losses.append(log_loss(X @ w, labels).value)
            return max(losses) - min(losses)

        assert swing(shuffle=False) > 2 * np.median([swing(shuffle=True) for _ in range(5)])


def a_wrong_gradient_lowers_the_loss_if_it_points_uphill_at_all():
    """Random directions on the loss of a network: the sign of the dot product with the gradient decides, both ways."""
    rng = np.random.default_rng(12)
    for _ in range(5):
        X, labels = rng.normal(size=(20, 2)), rng.integers(2, size=20)
        start = initialize_network([2, 4, 2], generator=rng)
        v = flatten_parameters(start)

        def loss(point, start=start, X=X, labels=labels):
            return float(network_loss(unflatten_parameters(point, start), X, labels))

        gradient = flatten_parameters(network_gradient_by_hand(start, X, labels).gradient)
        for wrong in rng.normal(size=(20, len(v))):
            agreement = wrong @ gradient
            if abs(agreement) > 0.01:
                assert np.sign(loss(v - 1e-5 * wrong) - loss(v)) == -np.sign(agreement)


def the_relative_error_ignores_the_scale_of_the_loss():
    rng = np.random.default_rng(13)
    for factor in (1e-8, 1e-3, 1e5):
        center, x = rng.normal(size=(2, 4))

        def slopes(x, factor=factor, center=center):
            return factor * 4 * (x - center) ** 3

        def loss(x, factor=factor, center=center):
            return factor * np.sum((x - center) ** 4)

        assert check_gradient(loss, slopes, x).passed
        wrongs = rng.uniform(0.5, 2, size=4)
        wrong = check_gradient(loss, lambda x, slopes=slopes, wrongs=wrongs: wrongs * slopes(x), x)
        assert not wrong.passed
        np.testing.assert_allclose(wrong.relative_error, np.abs(wrongs - 1) / np.maximum(wrongs, 1), atol=1e-4)
        absolute = np.abs(wrong.given - wrong.measured)
        np.testing.assert_allclose(absolute, factor * 4 * np.abs((wrongs - 1) * (x - center) ** 3), rtol=0.01)


def a_kink_within_h_spoils_the_measured_slope_of_relu_and_a_kink_outside_does_not():
    rng = np.random.default_rng(14)
    for x, h in zip(rng.uniform(-1, 1, 200), 10 ** rng.uniform(-3, 0, 200), strict=True):
        measured = numerical_derivative(lambda t: np.maximum(t, 0.0), x, step=h)
        true = float(x > 0)
        if abs(x) < h:
            np.testing.assert_allclose(measured, (x + h) / (2 * h))
            assert abs(measured - true) > 1e-6
        else:
            np.testing.assert_allclose(measured, true, atol=1e-9)
