"""What the module docs/optimization/convexity_and_conditioning.md claims, one function per claim."""

import numpy as np

from mlmath.calculus import numerical_gradient, numerical_hessian
from mlmath.losses import absolute_error, hinge, l1_penalty, l2_penalty, log_loss, squared_error
from mlmath.optim import bfgs, gradient_descent, newton
from mlmath.stats import fit_scaler, sigmoid


def chord_gap(f, a, b, t):
    """How far the chord from a to b lies above f at the share t of the way."""
    return (1 - t) * f(a) + t * f(b) - f((1 - t) * a + t * b)


def the_hessian_test_and_the_chord_test_agree():
    """Sums of softplus curves, which are flat far away, and half of `extra` times the squared length."""
    rng = np.random.default_rng(0)
    for extra in np.append(rng.uniform(-0.6, -0.2, 10), rng.uniform(0, 0.5, 10)):
        directions = rng.normal(size=(3, 2))

        def f(w, extra=extra, directions=directions):
            return np.logaddexp(0, directions @ w).sum() + extra * w @ w / 2

        places = rng.uniform(-20, 20, (10, 2))
        below = 0
        for w in places:
            curvatures, axes = np.linalg.eigh(numerical_hessian(f, w))
            short = chord_gap(f, w - 0.02 * axes[:, 0], w + 0.02 * axes[:, 0], 0.5)
            if abs(curvatures[0]) > 1e-3:
                assert np.sign(short) == np.sign(curvatures[0])
            below += curvatures[0] < -1e-3
        assert (below > 0) == (extra < 0)
        gaps = [chord_gap(f, a, b, t) for a in places for b in places for t in (0.1, 0.5, 0.8)]
        assert (min(gaps) < -1e-9) == (extra < 0)


def random_classes(rng, count):
    """Tables with an intercept, and classes that no line separates: three examples occur in both."""
    for _ in range(count):
        X = np.column_stack([np.ones(40), rng.normal(size=(40, 2))])
        y = (sigmoid(X @ rng.normal(size=3)) > rng.random(40)).astype(float)
        yield np.vstack([X, X[:3]]), np.concatenate([y, 1 - y[:3]])


def a_flat_place_of_a_convex_loss_is_its_lowest():
    """Log loss: it stays above its tangents, and walks from far apart end at one height, which nothing undercuts."""
    rng = np.random.default_rng(1)
    for X, y in random_classes(rng, 5):

        def loss(w, X=X, y=y):
            return log_loss(X @ w, y).value

        def gradient(w, X=X, y=y):
            return X.T @ log_loss(X @ w, y).gradient

        for a, b in rng.normal(size=(20, 2, 3)) * 3:
            assert loss(b) >= loss(a) + numerical_gradient(loss, a) @ (b - a) - 1e-7
        ends = [bfgs(loss, gradient, start, tolerance=1e-6).result for start in rng.normal(size=(3, 3)) * 3]
        for end in ends:
            assert np.linalg.norm(numerical_gradient(loss, end)) < 1e-5
        np.testing.assert_allclose([loss(end) for end in ends], loss(ends[0]), atol=1e-9)
        spread = 10.0 ** rng.uniform(-2, 1, (100, 1))
        assert min(loss(w) for w in ends[0] + spread * rng.normal(size=(100, 3))) >= loss(ends[0]) - 1e-9


def losses_of_linear_models_and_their_penalties_are_convex_in_the_weights():
    rng = np.random.default_rng(2)
    for _ in range(6):
        X, y = rng.normal(size=(15, 4)), rng.normal(size=15)
        classes = (y > 0).astype(float)
        convex = [
            lambda w, X=X, y=y: squared_error(X @ w, y).value,
            lambda w, X=X, y=y: absolute_error(X @ w, y).value,
            lambda w, X=X, c=classes: log_loss(X @ w, c).value,
            lambda w, X=X, c=classes: hinge(X @ w, c).value,
            lambda w: l1_penalty(w, strength=0.3).value,
            lambda w: l2_penalty(w, strength=0.3).value,
        ]
        shares = rng.uniform(0, 2, len(convex))
        convex.append(lambda w, fs=tuple(convex), shares=shares: sum(s * f(w) for s, f in zip(shares, fs, strict=True)))
        for f in convex:
            for a, b in rng.normal(size=(20, 2, 4)) * 3:
                assert chord_gap(f, a, b, rng.random()) >= -1e-9

    def squared_probability(w):
        return squared_error(sigmoid(w), np.ones(1)).value

    assert min(chord_gap(squared_probability, np.array([a]), np.zeros(1), 0.5) for a in (-8, -6, -4)) < -0.05


def swapping_hidden_units_keeps_the_loss_and_averaging_the_two_versions_does_not():
    """Networks that fit the answers of the same network perfectly, with the hidden units in two orders."""
    rng = np.random.default_rng(3)
    for _ in range(20):
        inputs, first, last = rng.normal(size=(30, 2)), rng.normal(size=(2, 3)), rng.normal(size=3)
        answers = np.tanh(inputs @ first) @ last

        def loss(weights, inputs=inputs, answers=answers):
            hidden = np.tanh(inputs @ weights[:6].reshape(2, 3))
            return squared_error(hidden @ weights[6:], answers).value

        order = [1, 0, 2]
        a = np.concatenate([first.ravel(), last])
        b = np.concatenate([first[:, order].ravel(), last[order]])
        assert loss(a) < 1e-20
        assert loss(b) < 1e-20
        assert loss((a + b) / 2) > 1e-7


def a_convex_loss_may_have_many_minima_or_none_and_an_l2_penalty_leaves_one():
    rng = np.random.default_rng(4)
    for _ in range(5):
        column, y = rng.normal(size=(2, 20))
        twice = np.column_stack([column, column])

        def squared(w, t=twice, y=y):
            return squared_error(t @ w, y).value

        total = np.linalg.lstsq(column[:, None], y)[0][0]
        for share in rng.normal(size=10) * 5:
            w = np.array([share, total - share])
            np.testing.assert_allclose(numerical_gradient(squared, w), 0, atol=1e-6)

        X = rng.normal(size=(20, 2))
        line = rng.normal(size=2)
        classes = (X @ line > 0).astype(float)
        values = np.array([log_loss(X @ (c * line), classes).value for c in 2.0 ** np.arange(8)])
        assert (np.diff(values) < 0).all()
        assert values[-1] > 0

        for data_loss in (squared, lambda w, X=X, c=classes: log_loss(X @ w, c).value):

            def penalised(w, data_loss=data_loss):
                return data_loss(w) + 0.1 * w @ w

            ends = [
                bfgs(penalised, lambda w, f=penalised: numerical_gradient(f, w), start, tolerance=1e-6).result
                for start in ([4.0, -4.0], [-5.0, 1.0])
            ]
            np.testing.assert_allclose(ends[0], ends[1], atol=1e-5)
            for w in rng.normal(size=(5, 2)) * 3:
                assert np.linalg.eigvalsh(numerical_hessian(penalised, w))[0] >= 0.2 - 1e-5


def random_hessian(rng, n, kappa, smallest=1.0):
    """A symmetric matrix in a random position, with curvatures from `smallest` to `kappa` times that."""
    basis, _ = np.linalg.qr(rng.normal(size=(n, n)))
    curvatures = smallest * np.concatenate([[1.0, kappa], rng.uniform(1, kappa, n - 2)])
    return basis @ np.diag(curvatures) @ basis.T, basis[:, 0]


def walk_on_bowl(H, start, learning_rate, steps, tolerance=0.0):
    return gradient_descent(
        lambda w: w @ H @ w / 2, lambda w: H @ w, start, learning_rate=learning_rate, steps=steps, tolerance=tolerance
    )


def at_the_rate_one_over_L_the_steps_grow_in_proportion_to_kappa():
    rng = np.random.default_rng(5)
    for kappa in rng.uniform(10, 40, 6):
        steps = []
        for stretched in (kappa, 10 * kappa):
            n, smallest = int(rng.integers(2, 5)), rng.uniform(0.01, 10)
            H, flattest = random_hessian(rng, n, stretched, smallest)
            rate = 1 / (stretched * smallest)
            distances = np.linalg.norm(walk_on_bowl(H, rng.normal(size=n), rate, 50).points, axis=1)
            assert (distances[1:] <= (1 - 1 / stretched) * distances[:-1] * (1 + 1e-9)).all()
            walk = walk_on_bowl(H, flattest, rate, 10_000, tolerance=0.001 * smallest)
            distances = np.linalg.norm(walk.points, axis=1)
            np.testing.assert_allclose(distances[1:] / distances[:-1], 1 - 1 / stretched, rtol=1e-6)
            steps.append(len(walk.points) - 1)
        assert 9.5 < steps[1] / steps[0] < 10.6


def multiplying_the_loss_changes_the_determinant_and_neither_kappa_nor_the_walk():
    rng = np.random.default_rng(6)
    for factor in 10.0 ** rng.uniform(-4, 4, 20):
        n = int(rng.integers(2, 6))
        kappa = rng.uniform(2, 50)
        H, _ = random_hessian(rng, n, kappa)
        curvatures = np.linalg.eigvalsh(factor * H)
        np.testing.assert_allclose(curvatures[-1] / curvatures[0], kappa)
        np.testing.assert_allclose(np.linalg.det(factor * H), factor**n * np.linalg.det(H))
        start = rng.normal(size=n)
        walks = [walk_on_bowl(c * H, start, 1 / (c * kappa), 30).points for c in (1, factor)]
        np.testing.assert_allclose(walks[0], walks[1], atol=1e-9)


def kappa_of_fit(features):
    """Condition number of the Hessian of the mean squared error, with an intercept."""
    X = np.column_stack([np.ones(len(features)), features])
    curvatures = np.linalg.eigvalsh(2 / len(X) * X.T @ X)
    return curvatures[-1] / curvatures[0]


def without_centring_no_unit_brings_kappa_down_to_four_times_c_squared():
    """The best unit, ratio 1 below, comes within a few percent of the bound when c is large."""
    rng = np.random.default_rng(7)
    for c in rng.uniform(0.5, 30, 20):
        x = rng.exponential(size=50) * rng.uniform(0.1, 100)
        x = x - x.mean() + c * x.std()
        root_mean_square = np.sqrt(np.mean(x**2))
        kappas = [
            kappa_of_fit(x[:, None] / root_mean_square * ratio) for ratio in np.append(2.0 ** np.arange(-6, 7), 1)
        ]
        assert min(kappas) > 4 * c**2
        assert min(kappas) < 4 * c**2 + 3
        np.testing.assert_allclose(kappa_of_fit(fit_scaler(x[:, None]).transform(x[:, None])), 1)


def two_standardised_features_have_a_kappa_that_depends_on_their_correlation_alone():
    rng = np.random.default_rng(8)
    for share in rng.uniform(-3, 3, 30):
        x = rng.normal(size=60)
        pair = np.column_stack([x, share * x + rng.normal(size=60)]) * 10.0 ** rng.uniform(-3, 3, 2) + 5
        r = abs(np.corrcoef(pair.T)[0, 1])
        np.testing.assert_allclose(kappa_of_fit(fit_scaler(pair).transform(pair)), (1 + r) / (1 - r))


def scaling_changes_no_prediction_of_the_best_fit_unless_there_is_a_penalty():
    rng = np.random.default_rng(9)
    for _ in range(10):
        features = rng.normal(size=(40, 2)) * [0.2, 30] + [3, 100]
        y = features @ [5.0, 0.1] + rng.normal(size=40)
        for penalty, same in ((0.0, True), (0.5, False)):
            predictions, weights = [], []
            for table in (features, fit_scaler(features).transform(features)):
                X = np.column_stack([np.ones(len(y)), table])
                charged = np.diag([0.0, penalty, penalty]) * len(y)
                w = np.linalg.solve(X.T @ X + charged, X.T @ y)
                predictions.append(X @ w)
                weights.append(w)
            difference = np.abs(predictions[0] - predictions[1]).max()
            assert difference < 1e-6 if same else difference > 0.1
            assert np.abs(weights[0] - weights[1]).max() > 0.1


def newton_reaches_the_minimum_of_every_bowl_in_one_step():
    rng = np.random.default_rng(10)
    for kappa in 10.0 ** rng.uniform(0, 6, 30):
        n = int(rng.integers(2, 7))
        H, _ = random_hessian(rng, n, kappa)
        minimum, start = rng.normal(size=(2, n)) * 5
        path = newton(
            lambda w, H=H, m=minimum: (w - m) @ H @ (w - m) / 2,
            lambda w, H=H, m=minimum: H @ (w - m),
            lambda w, H=H: H,
            start,
            steps=1,
        )
        np.testing.assert_allclose(path.result, minimum, atol=1e-7)
        assert len(path.points) == 2


def newton_takes_the_same_walk_in_other_coordinates_and_descent_only_in_rotated_ones():
    """The weights w = A v: the loss of v is that of A v, its gradient and Hessian follow by the chain rule."""
    rng = np.random.default_rng(11)
    for X, y in random_classes(rng, 10):

        def walks(A, X=X, y=y):
            def loss(v):
                return log_loss(X @ A @ v, y).value

            def gradient(v):
                return A.T @ X.T @ log_loss(X @ A @ v, y).gradient

            def hessian(v):
                p = sigmoid(X @ A @ v)
                return A.T @ X.T @ np.diag(p * (1 - p)) @ X @ A / len(y)

            start = np.zeros(3)
            steepest = gradient_descent(loss, gradient, start, learning_rate=0.1, steps=5)
            return newton(loss, gradient, hessian, start, steps=4, tolerance=0).points @ A.T, steepest.points @ A.T

        jumps, steps = walks(np.eye(3))
        rotation = np.linalg.qr(rng.normal(size=(3, 3)))[0]
        rescaling = np.diag(rng.permutation([1.0, 1.0, 5.0]))
        for A in (rotation, rescaling, rng.normal(size=(3, 3)) + 2 * np.eye(3)):
            other_jumps, other_steps = walks(A)
            np.testing.assert_allclose(other_jumps, jumps, atol=1e-6)
            difference = np.abs(other_steps - steps).max()
            assert difference < 1e-9 if A is rotation else difference > 1e-5


def near_a_minimum_with_positive_curvature_newton_squares_the_error():
    """For e^w - c w the constant is f'''/(2 f'') = 1/2; with three weights, a tenth of the error leaves a hundredth."""
    rng = np.random.default_rng(12)
    for c in rng.uniform(0.5, 20, 20):
        path = newton(
            lambda w, c=c: np.exp(w[0]) - c * w[0],
            lambda w, c=c: np.exp(w) - c,
            lambda w: np.diag(np.exp(w)),
            [np.log(c) + rng.choice([-0.1, 0.1])],
            steps=2,
        )
        errors = np.abs(path.points[:, 0] - np.log(c))
        np.testing.assert_allclose(errors[1:] / errors[:-1] ** 2, 0.5, rtol=0.08)
        start = rng.uniform(0.5, 5)
        flat = newton(lambda w: w[0] ** 4, lambda w: 4 * w**3, lambda w: np.diag(12 * w**2), [start], steps=10)
        np.testing.assert_allclose(flat.points[1:] / flat.points[:-1], 2 / 3)
    for X, y in random_classes(rng, 10):
        functions = (
            lambda w, X=X, y=y: log_loss(X @ w, y).value,
            lambda w, X=X, y=y: X.T @ log_loss(X @ w, y).gradient,
            lambda w, X=X: X.T @ (X * (sigmoid(X @ w) * sigmoid(-X @ w))[:, None]) / len(X),
        )
        minimum = newton(*functions, np.zeros(3), line_search="backtracking", tolerance=1e-13).result
        direction = rng.normal(size=3)
        direction /= np.linalg.norm(direction)
        left = [
            np.linalg.norm(newton(*functions, minimum + away * direction, steps=1, tolerance=0).result - minimum)
            for away in (0.005, 0.0005)
        ]
        assert left[0] / left[1] > 80


def a_full_newton_step_can_raise_a_convex_loss_and_shortened_steps_arrive():
    rng = np.random.default_rng(13)
    for c, distance in rng.uniform(2, 5, (20, 2)):
        counts = (
            lambda w, c=c: np.exp(w[0]) - c * w[0],
            lambda w, c=c: np.exp(w) - c,
            lambda w: np.diag(np.exp(w)),
        )
        cosh = (lambda w: np.logaddexp(w[0], -w[0]), np.tanh, lambda w: np.diag(1 - np.tanh(w) ** 2))
        for functions, start, minimum in ((counts, np.log(c) - distance, np.log(c)), (cosh, distance, 0.0)):
            full = newton(*functions, [start], steps=1)
            assert full.losses[1] > full.losses[0]
            damped = newton(*functions, [start], line_search="backtracking", steps=100)
            assert (np.diff(damped.losses) < 1e-12).all()
            np.testing.assert_allclose(damped.result, minimum, atol=1e-6)


def multiplications(n, rng):
    """Solve n equations by elimination, check the answer, and count the multiplications and divisions."""
    A, b = rng.normal(size=(n, n)) + n * np.eye(n), rng.normal(size=n)
    rows, count = np.column_stack([A, b]), 0
    for k in range(n):
        for i in range(k + 1, n):
            rows[i, k:] -= rows[i, k] / rows[k, k] * rows[k, k:]
            count += 1 + n - k  # the quotient, and the entries that do not become 0
    x = np.zeros(n)
    for k in reversed(range(n)):
        x[k] = (rows[k, n] - rows[k, k + 1 : n] @ x[k + 1 :]) / rows[k, k]
        count += n - k
    np.testing.assert_allclose(A @ x, b, atol=1e-9)
    return count


def twice_the_weights_take_about_eight_times_the_multiplications():
    rng = np.random.default_rng(14)
    for n in (30, 40, 50):
        once, twice = multiplications(n, rng), multiplications(2 * n, rng)
        assert 7 < twice / once < 8.1
        assert 1 < twice / ((2 * n) ** 3 / 3) < 1.1
