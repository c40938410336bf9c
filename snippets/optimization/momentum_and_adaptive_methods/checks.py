"""What the module docs/optimization/momentum_and_adaptive_methods.md claims, one function per claim."""

import numpy as np

from mlmath.optim import AdaGrad, Adam, AdamW, GradientStep, Momentum, Nesterov, RMSProp, gradient_descent


def changes_of(rule, gradients, rates, start=None):
    """The changes that a rule of mlmath makes of a table of gradients, one row per step."""
    place = np.zeros(gradients.shape[1]) if start is None else start
    state, changes = rule.initial_state(place), []
    for gradient, rate in zip(gradients, np.broadcast_to(rates, len(gradients)), strict=True):
        change, state = rule.update(state, gradient, rate, place)
        place = place + change
        changes.append(change)
    return np.array(changes)


def random_bowl(rng, kappa, n=4):
    """Hessian of a bowl in a random position, with curvatures from 1 to kappa."""
    curvatures = np.concatenate([[1.0, kappa], rng.uniform(1, kappa, n - 2)])
    basis, _ = np.linalg.qr(rng.normal(size=(n, n)))
    return basis @ np.diag(curvatures) @ basis.T, basis


def steps_until(small, H, start, rule, rate, most):
    """Number of steps after which the distance to the minimum, at 0, stays below its first value times `small`."""
    path = gradient_descent(lambda w: w @ H @ w / 2, lambda w: H @ w, start, learning_rate=rate, steps=most, rule=rule)
    distances = np.linalg.norm(path.points, axis=1)
    steps = np.flatnonzero(distances > small * distances[0])[-1] + 1
    assert steps <= most
    return steps


# Momentum


def a_gradient_j_steps_old_counts_beta_to_the_j():
    """Against the sum written out; then gradients that stay the same, and gradients that turn round at every step."""
    rng = np.random.default_rng(0)
    for beta, rate in zip(rng.uniform(0, 0.95, 20), rng.uniform(0.01, 1, 20), strict=True):
        gradients = rng.normal(size=(30, 3))
        last = changes_of(Momentum(beta), gradients, rate)[-1]
        age = np.arange(30)[::-1]
        np.testing.assert_allclose(last, -rate * (beta**age) @ gradients, atol=1e-12)
        g = rng.uniform(0.1, 5)
        signs = np.where(np.arange(1000) % 2 == 0, 1.0, -1.0)[:, None]
        same = changes_of(Momentum(beta), np.full((1000, 1), g), rate)[-1, 0]
        turning = changes_of(Momentum(beta), g * signs, rate)[-1, 0]
        np.testing.assert_allclose(abs(same), rate * g / (1 - beta))
        np.testing.assert_allclose(abs(turning), rate * g / (1 + beta))


def momentum_converges_below_two_times_one_plus_beta_over_the_curvature_and_diverges_above():
    rng = np.random.default_rng(1)
    for _ in range(20):
        beta, curvature, start = rng.uniform(0, 0.9), rng.uniform(0.1, 10), rng.uniform(0.5, 2) * rng.choice([-1, 1])
        limit = 2 * (1 + beta) / curvature
        ends = []
        for rate in (rng.uniform(0.05, 0.98) * limit, rng.uniform(1.02, 1.2) * limit):
            path = gradient_descent(
                lambda w: 0.0,
                lambda w, c=curvature: c * w,
                [start],
                learning_rate=rate,
                steps=250,
                rule=Momentum(beta),
            )
            ends.append(np.abs(path.points[-20:, 0]).max() / abs(start))
        assert ends[0] < 0.01
        assert ends[1] > 100


def the_ball_swings_past_the_minimum_exactly_above_one_minus_the_root_squared():
    rng = np.random.default_rng(2)
    for _ in range(20):
        curvature, start = rng.uniform(0.1, 10), rng.uniform(0.5, 2)
        rate = rng.uniform(0.02, 0.8) / curvature
        limit = (1 - np.sqrt(rate * curvature)) ** 2
        for beta, swings in ((0.95 * limit, False), (limit + 0.05 * (1 - limit), True)):
            points = [start]
            for change in walk_changes(Momentum(beta), curvature, start, rate, 200):
                points.append(points[-1] + change)
            assert (min(points) < 0) == swings


def walk_changes(rule, curvature, start, rate, steps):
    """The changes of a walk on the parabola with this curvature."""
    path = gradient_descent(
        lambda w: curvature * w[0] ** 2 / 2,
        lambda w: curvature * w,
        [start],
        learning_rate=rate,
        steps=steps,
        rule=rule,
    )
    return np.diff(path.points[:, 0])


def plain_descent_needs_steps_like_kappa_and_momentum_like_its_root():
    """Both with their best settings, on bowls in random positions; slopes on logarithmic axes."""
    rng = np.random.default_rng(3)
    for _ in range(3):
        kappas, counts = (30.0, 1000.0), []
        for kappa in kappas:
            H, basis = random_bowl(rng, kappa)
            start, root = basis @ np.ones(4), np.sqrt(kappa)
            plain = steps_until(1e-3, H, start, GradientStep(), 2 / (kappa + 1), 6000)
            rule = Momentum(((root - 1) / (root + 1)) ** 2)
            heavy = steps_until(1e-3, H, start, rule, 4 / (root + 1) ** 2, 1000)
            counts.append((plain, heavy))
        slopes = np.diff(np.log(counts), axis=0)[0] / np.diff(np.log(kappas))
        assert abs(slopes[0] - 1) < 0.05
        assert abs(slopes[1] - 0.5) < 0.1


def at_one_small_rate_momentum_raises_the_noise_floor_by_one_over_one_minus_beta():
    """Mean squared distance of 3000 noisy walks; the same with the rate times 1 - beta is the plain floor."""
    rng = np.random.default_rng(4)
    for beta in (0.5, 0.8, 0.9):
        curvature, noise = rng.uniform(0.5, 2), rng.uniform(0.5, 3)
        rate = 0.02 / curvature

        def floor(momentum, rate, curvature=curvature, noise=noise):
            steps = int(5 * (1 - momentum) / (rate * curvature)) + 60
            path = gradient_descent(
                lambda w: np.mean(w**2),
                lambda w: curvature * w + noise * rng.normal(size=w.shape),
                np.zeros(3000),
                learning_rate=rate,
                steps=steps,
                rule=Momentum(momentum),
            )
            return path.losses[-40:].mean()

        plain = floor(0.0, rate)
        np.testing.assert_allclose(floor(beta, rate) / plain, 1 / (1 - beta), rtol=0.12)
        np.testing.assert_allclose(floor(beta, rate * (1 - beta)) / plain, 1, rtol=0.12)


# Nesterov


def on_a_bowl_nesterov_is_the_heavy_ball_with_beta_times_one_minus_eta_lambda():
    """Along each axis of the bowl, against a heavy ball that is written out with that momentum."""
    rng = np.random.default_rng(5)
    for _ in range(20):
        curvatures, start = rng.uniform(0.1, 5, 3), rng.normal(size=3)
        beta, rate = rng.uniform(0.1, 0.95), rng.uniform(0.02, 0.2)
        path = gradient_descent(
            lambda w, c=curvatures: c @ w**2 / 2,
            lambda w, c=curvatures: c * w,
            start,
            learning_rate=rate,
            steps=30,
            rule=Nesterov(beta),
        )
        for axis, curvature in enumerate(curvatures):
            w, v = start[axis], 0.0
            for point in path.points[1:, axis]:
                v = beta * (1 - rate * curvature) * v - rate * curvature * w
                w = w + v
                np.testing.assert_allclose(point, w, atol=1e-12)


def long_run_factor(rule, H, rate):
    """Largest eigenvalue, in size, of the table that takes (w, v) to the next (w, v)."""
    n = len(H)
    columns = []
    for unit in np.eye(2 * n):
        w, state = unit[:n], rule.initial_state(unit[:n])._replace(velocity=unit[n:])
        change, state = rule.update(state, H @ rule.gradient_point(w, state), rate, w)
        columns.append(np.concatenate([w + change, state.velocity]))
    return np.abs(np.linalg.eigvals(np.column_stack(columns))).max()


def nesterov_needs_steps_like_the_root_of_kappa():
    """And the long-run factor is the largest eigenvalue of one step, which is measured on unit vectors."""
    rng = np.random.default_rng(6)
    for _ in range(3):
        kappas, counts = (100.0, 3000.0), []
        for kappa in kappas:
            H, basis = random_bowl(rng, kappa)
            root = np.sqrt(kappa)
            rule = Nesterov((root - 1) / (root + 1))
            counts.append(steps_until(1e-3, H, basis @ np.ones(4), rule, 1 / kappa, 2000))
            np.testing.assert_allclose(long_run_factor(rule, H, 1 / kappa), 1 - 1 / root, rtol=1e-5)
        assert abs(np.diff(np.log(counts))[0] / np.diff(np.log(kappas))[0] - 0.5) < 0.06


def bent_slope(w):
    """The slope of the page's bent parabola, point by point in an array of starts."""
    return np.where(w < 1, 25 * w, np.where(w < 2, w + 24, 25 * w - 24))


def heavy_ball_can_circle_where_nesterov_converges():
    """Curvatures 1 and 25, not a quadratic: settings that are best for the quadratics with these curvatures."""
    rng = np.random.default_rng(7)
    near, far = rng.uniform(3.1, 3.45, 20), rng.uniform(-10, 10, 200)
    for starts, share in ((near, 1.0), (far, 0.02)):

        def distances(rule, rate, starts=starts, steps=2000):
            points = gradient_descent(
                lambda w: 0.0, bent_slope, starts, learning_rate=rate, steps=steps, rule=rule
            ).points
            far = np.abs(points[-1]) > 0.5
            assert np.allclose(points[-1, far], points[-4, far], atol=1e-9)  # the same three places for ever
            return np.abs(points[-1])

        assert np.mean(distances(Momentum(4 / 9), 1 / 9) > 0.5) >= share  # circles
        assert distances(Nesterov(2 / 3), 1 / 25).max() < 1e-6
        assert distances(Momentum(4 / 9), 0.1).max() < 1e-6  # a little less rate is enough
        assert np.mean(distances(Momentum(4 / 9), 1 / 9) < 1e-6) == 1 - np.mean(distances(Momentum(4 / 9), 1 / 9) > 0.5)
    quadratic = gradient_descent(
        lambda w: w @ ([1, 25] * w) / 2,
        lambda w: [1, 25] * w,
        [3.3, 3.3],
        learning_rate=1 / 9,
        steps=200,
        rule=Momentum(4 / 9),
    )
    assert np.abs(quadratic.result).max() < 1e-6


def the_look_ahead_points_follow_a_rule_without_looking_ahead():
    """On a wavy loss: y - rate * (g(y) + beta * b), b = beta * b + g(y), against x + beta * v of mlmath."""

    def gradient(w):
        return w + 2 * np.sin(3 * w)

    rng = np.random.default_rng(8)
    for _ in range(20):
        start, beta, rate = rng.normal(size=4), rng.uniform(0, 0.95), rng.uniform(0.01, 0.3)
        path = gradient_descent(lambda w: 0.0, gradient, start, learning_rate=rate, steps=12, rule=Nesterov(beta))
        y, b = start.copy(), np.zeros(4)
        for before, after in zip(path.points, path.points[1:], strict=False):
            g = gradient(y)
            b = beta * b + g
            y = y - rate * (g + beta * b)
            np.testing.assert_allclose(y, after + beta * (after - before), atol=1e-9)


# AdaGrad and RMSProp


def adagrads_rates_only_fall():
    """The rate is change over gradient; equal gradients make the steps eta / sqrt(k)."""
    rng = np.random.default_rng(9)
    for _ in range(20):
        gradients, rate = rng.normal(size=(60, 3)) * rng.uniform(0.01, 100, (60, 1)), rng.uniform(0.01, 1)
        changes = changes_of(AdaGrad(), gradients, rate)
        rates = -changes / gradients
        assert (np.diff(rates, axis=0) <= 1e-12 * rates[:-1]).all()
        np.testing.assert_allclose(changes, -rate * gradients / np.sqrt(np.cumsum(gradients**2, axis=0)), rtol=1e-4)
        g = rng.uniform(0.1, 10) * rng.choice([-1, 1])
        equal = changes_of(AdaGrad(), np.full((60, 1), g), rate)[:, 0]
        np.testing.assert_allclose(equal, -np.sign(g) * rate / np.sqrt(np.arange(1, 61)), rtol=1e-5)


def rmsprops_rates_rise_again_when_gradients_shrink():
    """From size a to size b: the rate ends at eta / b, whatever came before; AdaGrad's stays below eta / a."""
    rng = np.random.default_rng(10)
    for large, rate, decay in zip(
        rng.uniform(1, 50, 10), rng.uniform(0.01, 1, 10), rng.uniform(0.5, 0.95, 10), strict=True
    ):
        small = large / rng.uniform(10, 100)
        gradients = np.append(np.full(60, large), np.full(600, small))[:, None]
        rates = -changes_of(RMSProp(decay), gradients, rate)[:, 0] / gradients[:, 0]
        np.testing.assert_allclose(rates[-1], rate / small, rtol=0.01)
        assert rates[-1] > 5 * rates[59]
        ada = -changes_of(AdaGrad(), gradients, rate)[:, 0] / gradients[:, 0]
        assert ada[-1] <= ada[59]


def scaling_the_gradients_of_a_coordinate_changes_no_step():
    """Factors from a millionth to a million, another one for each coordinate; plain descent does change."""
    rng = np.random.default_rng(11)
    for _ in range(20):
        gradients, factors = rng.normal(size=(40, 4)), 10 ** rng.uniform(-6, 6, 4)
        for rule in (AdaGrad(epsilon=1e-30), RMSProp(rng.uniform(0.5, 0.99), epsilon=1e-30)):
            before, after = (changes_of(rule, g, 0.1) for g in (gradients, factors * gradients))
            np.testing.assert_allclose(after, before, rtol=1e-9)
        plain = [changes_of(GradientStep(), g, 0.1) for g in (gradients, factors * gradients)]
        assert not np.allclose(*plain)


def rmsprops_first_step_is_one_over_the_root_of_one_minus_rho_times_eta():
    rng = np.random.default_rng(12)
    for rho, rate in zip(rng.uniform(0, 0.99, 20), rng.uniform(0.01, 1, 20), strict=True):
        gradient = rng.choice([-1, 1], 5) * 10 ** rng.uniform(-2, 6, 5)
        first = changes_of(RMSProp(rho), gradient[None, :], rate)[0]
        np.testing.assert_allclose(first, -np.sign(gradient) * rate / np.sqrt(1 - rho), rtol=1e-4)


def on_a_parabola_rmsprop_ends_swinging_by_half_a_learning_rate():
    """A fixed rate and no noise; random curvatures, and hundreds of random starts for each decay."""
    rng = np.random.default_rng(13)
    for decay in (0.5, 0.7, 0.9, 0.99):
        rate, curvatures = rng.uniform(0.02, 0.1), 10 ** rng.uniform(-1, 2, 300)
        path = gradient_descent(
            lambda w: 0.0,
            lambda w, c=curvatures: c * w,
            rng.uniform(-3, 3, 300),
            learning_rate=rate,
            steps=6000,
            rule=RMSProp(decay),
        )
        before, last = path.points[-2:]
        np.testing.assert_allclose(np.abs([last, before]), rate / 2, rtol=0.01)
        assert (last * before < 0).all()


# Adam


def the_corrected_moments_are_weighted_means_of_all_gradients_so_far():
    """Weights beta^age, made to add up to 1 by numpy's average; the steps of mlmath follow from them."""
    rng = np.random.default_rng(14)
    for first, second in zip(rng.uniform(0, 0.95, 20), rng.uniform(0.5, 0.9999, 20), strict=True):
        gradients = rng.normal(size=(25, 3)) * 10 ** rng.uniform(-3, 3, 3)
        changes = changes_of(Adam(first, second), gradients, 0.1)
        for t in range(1, 26):
            age = np.arange(t)[::-1]
            mean = np.average(gradients[:t], axis=0, weights=first**age)
            mean_square = np.average(gradients[:t] ** 2, axis=0, weights=second**age)
            np.testing.assert_allclose(changes[t - 1], -0.1 * mean / (np.sqrt(mean_square) + 1e-8), rtol=1e-6)


def adams_first_step_has_size_eta_whatever_the_scale_of_the_gradient():
    rng = np.random.default_rng(15)
    for first, second in zip(rng.uniform(0, 0.99, 20), rng.uniform(0, 0.9999, 20), strict=True):
        gradient, rate = rng.choice([-1, 1], 6) * 10 ** rng.uniform(-4, 8, 6), 10 ** rng.uniform(-5, 0)
        change = changes_of(Adam(first, second), gradient[None, :], rate)[0]
        np.testing.assert_allclose(change, -rate * np.sign(gradient), rtol=2e-4)


def without_the_correction_the_first_steps_are_three_to_seven_times_as_long():
    """Equal gradients, beta 0.9 and 0.999: written out without the correction, and mlmath's Adam with it."""
    for g in np.random.default_rng(16).uniform(0.1, 100, 10):
        m = s = 0.0
        lengths = []
        for _ in range(5000):
            m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
            lengths.append(m / np.sqrt(s))
        np.testing.assert_allclose(lengths[0], 0.1 / np.sqrt(0.001))
        assert 3.1 < lengths[0] < 3.2
        assert 6.5 < max(lengths) < 6.6
        assert np.argmax(lengths) in (11, 12)  # step 12 or 13
        assert abs(lengths[-1] - 1) < 0.01
        np.testing.assert_allclose(changes_of(Adam(), np.full((40, 1), g), 1.0), -1, rtol=1e-6)
    silence = np.zeros((10_000, 1))
    after = changes_of(Adam(), np.append(silence, np.full((40, 1), 5.0), axis=0), 1.0)[len(silence) :, 0]
    np.testing.assert_allclose(-after, lengths[:40], rtol=1e-4)  # as long as without the correction


def along_the_axes_adam_does_not_see_the_curvatures_and_turned_it_does():
    """The same walk for all curvatures; on the bowl turned by about 45 degrees, more steps for a larger kappa."""
    rng = np.random.default_rng(17)
    for _ in range(3):
        start = rng.choice([-1, 1], 2) * rng.uniform(0.8, 1.2, 2)
        turn_by = np.radians(rng.uniform(35, 55))
        c, s = np.cos(turn_by), np.sin(turn_by)
        turn = np.array([[c, -s], [s, c]])
        adam, straight, turned = Adam(epsilon=1e-30), [], []
        for kappa in (10.0, 100.0, 1000.0):
            H = np.diag([1.0, kappa])
            path = gradient_descent(lambda w: 0.0, lambda w, H=H: H @ w, start, learning_rate=0.05, steps=60, rule=adam)
            straight.append(path.points)
            turned.append(steps_until(0.01, turn @ H @ turn.T, turn @ start, Adam(), 0.05, 4000))
            walks = [
                gradient_descent(
                    lambda w: 0.0, lambda w, A=A: A @ w, first, learning_rate=0.5 / kappa, steps=50, rule=Momentum(0.8)
                )
                for A, first in ((H, start), (turn @ H @ turn.T, turn @ start))
            ]
            np.testing.assert_allclose(walks[1].points, walks[0].points @ turn.T, atol=1e-9)
        np.testing.assert_allclose(straight[1], straight[0], rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(straight[2], straight[0], rtol=1e-7, atol=1e-9)
        assert turned[2] > 2 * turned[1] > 4 * turned[0]


def rare_large_gradients_send_adam_the_wrong_way():
    """One gradient C among gradients -1, with a positive sum: down is right, and plain descent goes down."""
    forgetful = [(C, 2, Adam(0.0, 1 / (1 + C * C))) for C in (3.0, 4.0, 6.0)]
    for C, others, rule in [*forgetful, (1010.0, 1000, Adam())]:
        rounds = 200 if others == 2 else 8
        gradients = np.tile(np.append(C, -np.ones(others)), rounds)[:, None]
        falling = 0.01 / np.sqrt(np.arange(1, len(gradients) + 1))
        assert changes_of(GradientStep(), gradients, 0.01).sum() < 0
        for rates in (0.01, falling):
            last_rounds = changes_of(rule, gradients, rates)[len(gradients) // 2 :]
            assert last_rounds.sum() > 0
    usual = changes_of(Adam(), np.tile([4.0, -1.0, -1.0], 300)[:, None], 0.01)
    assert usual[450:].sum() < 0  # the page's example leads the right way with the default decays


def adamw_shrinks_all_weights_alike_and_an_l2_penalty_in_adam_does_not():
    """What the decay adds to Adam's change from the same place and state, as a share of each weight."""
    rng = np.random.default_rng(18)
    sizes = np.array([1.0, 100.0])  # of the gradients of the two weights
    for _ in range(20):
        rate, decay = rng.uniform(0.001, 0.01), rng.uniform(0.1, 1)
        place = rng.uniform(1, 5, 2)
        adam, adamw = Adam(), AdamW(weight_decay=decay)
        plain, penalized, decoupled = (adam.initial_state(place) for _ in range(3))
        taken = []
        for gradient in rng.normal(size=(50, 2)) * sizes:
            without, plain = adam.update(plain, gradient, rate, place)
            l2, penalized = adam.update(penalized, gradient + decay * place, rate, place)
            beside, decoupled = adamw.update(decoupled, gradient, rate, place)
            np.testing.assert_allclose((without - beside) / place, rate * decay, rtol=1e-6)
            taken.append((without - l2) / place)
            descent = [changes_of(GradientStep(), g[None, :], rate)[0] for g in (gradient, gradient + decay * place)]
            np.testing.assert_allclose((descent[0] - descent[1]) / place, rate * decay, rtol=1e-6)
            place = place + beside
        shares = np.mean(taken[10:], axis=0)  # the first steps are all of one size
        assert shares[0] > 5 * abs(shares[1])
