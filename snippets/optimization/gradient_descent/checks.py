"""What the module docs/optimization/gradient_descent.md claims, one function per claim."""

from itertools import pairwise

import numpy as np

from mlmath.calculus import numerical_gradient
from mlmath.optim import backtracking, gradient_descent


def an_increasing_map_changes_the_minimum_and_keeps_the_place():
    """Random positive losses on random places; a decreasing map as the counterexample."""
    rng = np.random.default_rng(0)
    for _ in range(50):
        places = np.sort(rng.uniform(-5, 5, 200))
        a, b, c = rng.normal(size=3)
        loss = (places - a) ** 2 + np.cos(3 * places + b) + 2 + c**2
        for increasing in (lambda t: 7 * t, lambda t: t - 100, np.sqrt, np.log, np.exp, lambda t: t**3):
            mapped = increasing(loss)
            assert places[np.argmin(mapped)] == places[np.argmin(loss)]
            np.testing.assert_allclose(mapped.min(), increasing(loss.min()))
            assert abs(mapped.min() - loss.min()) > 1e-9
        assert places[np.argmin(-loss)] != places[np.argmin(loss)]


def a_loss_times_c_and_a_rate_over_c_give_the_same_walk():
    """On a wavy surface with many valleys; with the old rate the walk is another one."""

    def surface(p):
        return np.sin(2 * p[0]) * np.cos(p[1]) + 0.1 * p @ p

    rng = np.random.default_rng(1)
    for c, start in zip(rng.uniform(2, 50, 10), rng.uniform(-3, 3, (10, 2)), strict=True):

        def walk(times, plus, rate, start=start):
            def loss(p):
                return times * surface(p) + plus

            path = gradient_descent(loss, lambda p: numerical_gradient(loss, p), start, learning_rate=rate, steps=20)
            return path.points

        plain = walk(1, 0, 0.1)
        np.testing.assert_allclose(walk(c, 0, 0.1 / c), plain, atol=1e-6)
        np.testing.assert_allclose(walk(1, c, 0.1), plain, atol=1e-6)
        assert np.abs(walk(c, 0, 0.1) - plain).max() > 0.05


def with_a_copied_feature_the_start_decides_among_equally_good_weights():
    """Two walks keep their first difference along the valley, agree in every prediction, and no weights do better."""
    rng = np.random.default_rng(2)
    for _ in range(10):
        feature, other, y = rng.normal(size=(3, 30))
        X = np.column_stack([feature, feature, other])
        rate = 1 / np.linalg.eigvalsh(2 * X.T @ X / 30)[-1]
        starts = rng.normal(size=(2, 3)) * 3
        ends = [
            gradient_descent(
                lambda w, X=X, y=y: np.mean((X @ w - y) ** 2),
                lambda w, X=X, y=y: 2 * X.T @ (X @ w - y) / len(y),
                start,
                learning_rate=rate,
                steps=1000,
            ).result
            for start in starts
        ]
        valley = (starts[0] - starts[1]) @ [1, -1, 0]
        assert abs(valley) > 0.01
        np.testing.assert_allclose((ends[0] - ends[1]) @ [1, -1, 0], valley)
        np.testing.assert_allclose(X @ ends[0], X @ ends[1], atol=1e-8)
        without_copy = np.column_stack([feature, other])
        best = np.mean((without_copy @ np.linalg.lstsq(without_copy, y)[0] - y) ** 2)
        for w in ends:
            np.testing.assert_allclose(np.mean((X @ w - y) ** 2), best)


def on_separable_examples_the_log_loss_has_no_argmin():
    """Longer weights lower it for ever; one example on the wrong side ends that."""
    rng = np.random.default_rng(3)
    for _ in range(20):
        X, w = rng.normal(size=(30, 3)), rng.normal(size=3)
        side = np.sign(X @ w)

        def log_loss(v, X=X, side=side):
            return np.mean(np.logaddexp(0, -side * (X @ v)))

        values = [log_loss(length * w) for length in np.sort(rng.uniform(0.1, 30, 8))]
        assert all(later < earlier for earlier, later in pairwise(values))
        assert min(values) > 0
        assert log_loss(1e6 * w) < 1e-3
        side[0] = -side[0]
        assert log_loss(1e6 * w) > 1


def random_bowls(count, seed):
    """The table A of p^T A p / 2, its curvatures, smallest first, their directions, and a start."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        n = int(rng.integers(2, 7))
        curvatures = np.sort(rng.uniform(0.3, 10, n))
        directions, _ = np.linalg.qr(rng.normal(size=(n, n)))
        yield directions @ np.diag(curvatures) @ directions.T, curvatures, directions, rng.normal(size=n)


def walk_on(A, start, rate, steps):
    """All points of gradient descent on p^T A p / 2."""
    return gradient_descent(lambda p: p @ A @ p / 2, lambda p: A @ p, start, learning_rate=rate, steps=steps).points


def each_part_of_the_distance_has_its_own_factor():
    """The bowls are built from known directions; each part of the walk is compared with its own powers."""
    for A, curvatures, directions, start in random_bowls(20, 4):
        for share in (0.3, 1.0, 1.7, 2.1):
            rate = share / curvatures[-1]
            parts = walk_on(A, start, rate, 12) @ directions
            for k in (1, 5, 12):
                np.testing.assert_allclose(parts[k], (1 - rate * curvatures) ** k * parts[0], atol=1e-8)


def the_curvatures_of_the_mean_squared_error_come_from_the_features_alone():
    """Second differences of the loss along random directions, for three lists of targets."""
    rng = np.random.default_rng(5)
    for _ in range(20):
        X, w = rng.normal(size=(25, 4)), rng.normal(size=4)
        curvatures, directions = np.linalg.eigh(2 * X.T @ X / 25)
        for y in rng.normal(size=(3, 25)) * [[1], [10], [100]]:

            def bend(d, X=X, w=w, y=y):
                def loss(t):
                    return np.mean((X @ (w + t * d) - y) ** 2)

                return loss(1) - 2 * loss(0) + loss(-1)

            np.testing.assert_allclose(bend(directions[:, -1]), curvatures[-1], rtol=1e-6)
            for arrow in rng.normal(size=(10, 4)):
                d = arrow / np.linalg.norm(arrow)
                np.testing.assert_allclose(bend(d), 2 * np.mean((X @ d) ** 2), rtol=1e-6)
                assert bend(d) <= curvatures[-1] * (1 + 1e-6)


def below_two_over_the_curvature_bound_every_step_lowers_the_loss():
    """Waves with known largest curvature, which bend both ways; on a bowl the loss falls by no more than promised."""
    rng = np.random.default_rng(6)
    for _ in range(200):
        frequencies, w = rng.uniform(0.2, 3, 3), rng.uniform(-5, 5, 3)
        L = np.max(frequencies**2)  # sum of sines: along each axis the second derivative is at most frequency^2

        def loss(p, frequencies=frequencies):
            return np.sum(np.sin(frequencies * p))

        slope = frequencies * np.cos(frequencies * w)
        for share in (0.1, 1.0, 1.9, 1.999):
            rate = share / L
            promised = rate * (1 - rate * L / 2)  # for each unit of the squared gradient norm
            assert loss(w) - loss(w - rate * slope) >= promised * slope @ slope - 1e-12
            assert promised > 0
            bowl_slope = L * w  # of the round bowl L/2 times the squared length
            fall = L / 2 * (w @ w - (w - rate * bowl_slope) @ (w - rate * bowl_slope))
            np.testing.assert_allclose(promised * bowl_slope @ bowl_slope, fall)
        assert np.linalg.norm(w - 2.001 / L * bowl_slope) > np.linalg.norm(w)  # above the bound it can climb


def on_the_fourth_power_the_limit_depends_on_the_start():
    rng = np.random.default_rng(7)
    for rate in rng.uniform(0.01, 1, 20):
        border = 1 / np.sqrt(2 * rate)
        ends = {}
        inside, outside = rng.uniform(0.1, 0.99), rng.uniform(1.01, 3)
        for share in (inside, 1.0, outside):
            w = [share * border]
            while len(w) < 2000 and abs(w[-1]) < 1e6:
                w.append(w[-1] - rate * 4 * w[-1] ** 3)
            ends[share] = abs(w[-1])
            if share == 1.0:
                np.testing.assert_allclose(w[:4], border * np.array([1, -1, 1, -1]))
        assert ends[inside] < 0.1 * border
        assert ends[outside] > 1e6


def backtracking_lowers_the_loss_at_every_step_without_knowing_the_curvature():
    """On bowls, on w^4 from far away and on the log loss; on bowls the rate found is at least about 1/L."""
    rng = np.random.default_rng(8)
    cases = [(lambda p, A=A: p @ A @ p / 2, lambda p, A=A: A @ p, s, c[-1]) for A, c, _, s in random_bowls(10, 8)]
    cases += [(lambda p: np.sum(p**4), lambda p: 4 * p**3, s, None) for s in rng.uniform(-100, 100, (10, 2))]
    for X in rng.normal(size=(10, 20, 2)) * 10:

        def log_loss(p, X=X):
            return np.mean(np.logaddexp(0, X @ p)) + p @ p / 200

        def slope(p, X=X):
            return X.T @ (1 / (1 + np.exp(np.clip(-X @ p, -500, 500)))) / len(X) + p / 100

        cases.append((log_loss, slope, rng.normal(size=2), None))
    for loss, gradient, start, L in cases:
        w = start
        for _ in range(15):
            if np.linalg.norm(gradient(w)) < 1e-4:
                break
            found = backtracking(loss, gradient, w, -gradient(w))
            assert loss(found.point) < loss(w)
            np.testing.assert_allclose(found.point, w - found.step * gradient(w), atol=1e-12)
            if L is not None:
                assert found.step >= min(1.0, 0.999 / L)
            w = found.point
        assert loss(w) < loss(start)


def after_k_steps_the_distance_is_at_most_the_worst_factor_to_the_power_k():
    """Equality along the worst direction, so that there no smaller number of steps is enough."""
    for A, curvatures, directions, start in random_bowls(20, 9):
        for share in (0.1, 1.0, 1.9):
            rate = share / curvatures[-1]
            factors = np.maximum(abs(1 - rate * curvatures[0]), abs(1 - rate * curvatures[-1]))
            enough = int(np.ceil(np.log(0.01) / np.log(factors)))
            distances = np.linalg.norm(walk_on(A, start, rate, enough), axis=1)
            assert np.all(distances <= factors ** np.arange(enough + 1) * distances[0] * (1 + 1e-9))
            assert distances[-1] <= 0.01 * distances[0]
            worst = directions[:, np.argmax(np.abs(1 - rate * curvatures))]
            distances = np.linalg.norm(walk_on(A, worst, rate, enough), axis=1)
            np.testing.assert_allclose(distances[1:] / distances[:-1], factors, rtol=1e-6)
            assert np.all(distances[:-1] > 0.01 * distances[0])


def the_best_fixed_rate_is_two_over_the_sum_of_the_extreme_curvatures():
    """The slowest of all starts along the axes of the bowl, measured for many rates."""
    for A, curvatures, directions, _ in random_bowls(15, 10):
        mu, L = curvatures[0], curvatures[-1]

        def slowest(rate, A=A, directions=directions):
            return max(np.linalg.norm(walk_on(A, d, rate, 1)[-1]) for d in directions.T)

        best = 2 / (L + mu)
        np.testing.assert_allclose(slowest(best), (L - mu) / (L + mu), rtol=1e-9)
        np.testing.assert_allclose(slowest(1 / L), 1 - mu / L, rtol=1e-9)
        for rate in np.linspace(0.02, 2.2, 60) / L:
            assert slowest(rate) >= slowest(best) + 0.99 * mu * min(abs(rate - best), 0.1 / L)


def on_the_fourth_power_halving_the_distance_takes_about_four_times_the_steps():
    rng = np.random.default_rng(11)
    for rate, start in zip(rng.uniform(0.1, 0.25, 10), rng.uniform(0.6, 0.75, 10), strict=True):
        w, k, reached, target = start, 0, [], 0.1
        while len(reached) < 3:
            before, w, k = w, w - rate * 4 * w**3, k + 1
            if w <= target:
                reached.append(k)
                target /= 2
        assert w / before > 0.999
        np.testing.assert_allclose([reached[1] / reached[0], reached[2] / reached[1]], 4, rtol=0.15)
        np.testing.assert_allclose(reached[2], 1 / (8 * rate * 0.025**2), rtol=0.05)


def the_gradient_norm_bounds_distance_and_excess_loss_on_a_bowl():
    """At random points; along the flattest direction both bounds are equalities."""
    rng = np.random.default_rng(12)
    for A, curvatures, directions, _ in random_bowls(20, 12):
        mu = curvatures[0]
        for p in rng.normal(size=(20, len(A))):
            norm = np.linalg.norm(numerical_gradient(lambda q, A=A: q @ A @ q / 2, p))
            assert np.linalg.norm(p) <= norm / mu * (1 + 1e-6)
            assert p @ A @ p / 2 <= norm**2 / (2 * mu) * (1 + 1e-6)
        flat = directions[:, 0]
        np.testing.assert_allclose(np.linalg.norm(A @ flat) / mu, 1)
        np.testing.assert_allclose(np.linalg.norm(A @ flat) ** 2 / (2 * mu), flat @ A @ flat / 2)


def a_tenth_of_a_small_rate_makes_a_tenth_of_the_change_at_the_same_place():
    """Changes of the loss in one step, on bowls and on a wavy surface; the gradient norm is the same for both."""

    def surface(p):
        return np.sin(2 * p[0]) * np.cos(p[1]) + 0.1 * p @ p

    rng = np.random.default_rng(13)
    cases = [(surface, p) for p in rng.uniform(-3, 3, (20, 2))]
    cases += [(lambda p, A=A: p @ A @ p / 2, start) for A, _, _, start in random_bowls(20, 13)]
    for loss, p in cases:
        gradient = numerical_gradient(loss, p)
        changes = [loss(p) - loss(p - rate * gradient) for rate in (1e-3, 1e-4)]
        np.testing.assert_allclose(changes[0] / changes[1], 10, rtol=0.02)
        np.testing.assert_allclose(changes[1], 1e-4 * gradient @ gradient, rtol=0.01)
