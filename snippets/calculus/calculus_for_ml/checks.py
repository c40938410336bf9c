"""What the module claims, one function per claim."""

from fractions import Fraction

import numpy as np

from mlmath.calculus import numerical_derivative, numerical_gradient
from mlmath.optim import gradient_descent
from mlmath.stats import fit_scaler


def the_secant_slope_of_a_square_is_two_x_plus_h():
    """The secants in fractions, so that nothing is rounded; the derivative measured."""
    rng = np.random.default_rng(0)
    for numerator, denominator in zip(rng.integers(-100, 100, 50), rng.integers(1, 100, 50), strict=True):
        x, step = Fraction(int(numerator), 7), Fraction(1, int(denominator))
        np.testing.assert_allclose(numerical_derivative(lambda t: t * t, float(x)), 2 * float(x), atol=1e-7)
        for h in (step, -step):
            assert ((x + h) ** 2 - x**2) / h == 2 * x + h


def the_derivative_predicts_small_changes_in_any_unit():
    """Change = slope times step, with its sign, for x in metres; for x in centimetres the slope is a hundredth."""
    rng = np.random.default_rng(1)
    for metres in rng.uniform(-3, 3, 50):
        for f in (np.sin, np.exp, lambda x: x**3 - x):
            per_metre = numerical_derivative(f, metres)
            for step in (1e-3, -1e-3):
                change = f(metres + step) - f(metres)
                assert abs(change - per_metre * step) < 0.02 * abs(step)
                if abs(per_metre) > 0.02:
                    assert np.sign(change) == np.sign(per_metre) * np.sign(step)
            per_centimetre = numerical_derivative(lambda x, f=f: f(x / 100), 100 * metres)
            np.testing.assert_allclose(per_metre, 100 * per_centimetre, rtol=1e-5, atol=1e-6)


def a_zero_derivative_is_not_always_a_minimum():
    """Slope zero at c for all three; only the first is lowest there."""
    rng = np.random.default_rng(3)
    for c in rng.uniform(-2, 2, 20):
        bowl, hill, plateau = (lambda x, c=c, k=k, s=s: s * (x - c) ** k for k, s in ((2, 1), (2, -1), (3, 1)))
        for f in (bowl, hill, plateau):
            assert abs(numerical_derivative(f, c)) < 1e-9
        assert bowl(c - 0.1) > bowl(c) < bowl(c + 0.1)
        assert hill(c - 0.1) < hill(c) > hill(c + 0.1)
        assert plateau(c - 0.1) < plateau(c) < plateau(c + 0.1)


def halving_h_halves_the_forward_error_and_quarters_the_central_error():
    rng = np.random.default_rng(4)
    for x in rng.uniform(0.3, 0.7, 20):
        for f, exact in ((np.exp, np.exp(x)), (np.sin, np.cos(x)), (lambda t: t**4, 4 * x**3)):
            for method, ratio in (("forward", 2), ("central", 4)):
                coarse, fine = (numerical_derivative(f, x, step=h, method=method) - exact for h in (0.002, 0.001))
                np.testing.assert_allclose(coarse / fine, ratio, rtol=0.01)


def the_best_h_of_the_central_difference_is_near_the_cube_root_of_epsilon():
    """Typical error over many points, for steps from 1 down to 1e-13, at values near 1."""
    points = np.random.default_rng(5).uniform(0.5, 1.5, 40)
    steps = 10.0 ** np.arange(0, -13.5, -0.5)
    errors = [np.median([abs(numerical_derivative(np.exp, x, step=h) - np.exp(x)) for x in points]) for h in steps]
    best = steps[np.argmin(errors)]
    epsilon = np.finfo(float).eps
    assert 0.1 < best / epsilon ** (1 / 3) < 10
    assert errors[-1] > 1000 * min(errors)


def a_partial_is_the_derivative_of_a_slice():
    """For a x^2 + b x y + c y^2, with y a fixed number, the rules for x alone give 2 a x + b y; likewise for y."""
    rng = np.random.default_rng(6)
    for a, b, c, x, y in rng.normal(size=(50, 5)):
        moving_x = numerical_derivative(lambda t, a=a, b=b, c=c, y=y: a * t**2 + b * t * y + c * y**2, x)
        moving_y = numerical_derivative(lambda t, a=a, b=b, c=c, x=x: a * x**2 + b * x * t + c * t**2, y)
        np.testing.assert_allclose([moving_x, moving_y], [2 * a * x + b * y, b * x + 2 * c * y], atol=1e-8)


def random_lines(count):
    """Mean squared errors of random lines, each with its points and a random guess (m, b)."""
    rng = np.random.default_rng(7)
    for _ in range(count):
        x, y = rng.normal(size=(2, 5))
        yield lambda p, x=x, y=y: np.mean((p[0] * x + p[1] - y) ** 2), x, y, rng.normal(size=2)


def no_direction_climbs_faster_than_the_gradient():
    for loss, _, _, guess in random_lines(20):
        gradient = numerical_gradient(loss, guess)
        steepness = np.linalg.norm(gradient)
        for angle in np.linspace(0, 2 * np.pi, 100):
            d = np.array([np.cos(angle), np.sin(angle)])
            slope = numerical_derivative(lambda t, loss=loss, guess=guess, d=d: loss(guess + t * d), 0.0)
            assert slope <= steepness + 1e-7
        d = gradient / steepness
        along = numerical_derivative(lambda t, loss=loss, guess=guess, d=d: loss(guess + t * d), 0.0)
        np.testing.assert_allclose(along, steepness, rtol=1e-6)


def the_gradient_is_at_right_angles_to_level_sets():
    """Walk along the ellipse a x^2 + b y^2 = level, where the function stays the same."""
    rng = np.random.default_rng(8)
    for a, b, level, angle in rng.uniform(0.5, 5, (50, 4)):

        def on_the_ellipse(t, a=a, b=b, level=level):
            return np.array([np.sqrt(level / a) * np.cos(t), np.sqrt(level / b) * np.sin(t)])

        along = (on_the_ellipse(angle + 1e-6) - on_the_ellipse(angle - 1e-6)) / 2e-6
        gradient = numerical_gradient(lambda p, a=a, b=b: a * p[0] ** 2 + b * p[1] ** 2, on_the_ellipse(angle))
        assert abs(gradient @ along) < 1e-6 * np.linalg.norm(gradient) * np.linalg.norm(along)


def leaving_out_the_2_or_the_1_over_n_rescales_the_gradient_and_keeps_the_minimum():
    for loss, x, y, guess in random_lines(20):

        def sum_of_squares(p, x=x, y=y):
            return np.sum((p[0] * x + p[1] - y) ** 2)

        def half_the_mean(p, x=x, y=y):
            return np.mean((p[0] * x + p[1] - y) ** 2) / 2

        best = np.polyfit(x, y, 1)
        gradient = numerical_gradient(loss, guess)
        for other, factor in ((sum_of_squares, len(x)), (half_the_mean, 0.5)):
            np.testing.assert_allclose(numerical_gradient(other, guess), factor * gradient, rtol=1e-5, atol=1e-8)
            np.testing.assert_allclose(numerical_gradient(other, best), 0, atol=1e-6)
        np.testing.assert_allclose(numerical_gradient(loss, best), 0, atol=1e-6)


def a_change_of_unit_changes_the_partial_and_not_the_predictions():
    """Best lines through random data, with the feature in one unit and in one `times` smaller."""
    rng = np.random.default_rng(9)
    for times in rng.uniform(2, 1000, 20):
        x, y = rng.normal(size=(2, 30))
        slope, intercept = np.polyfit(x, y, 1)
        new_slope, new_intercept = np.polyfit(times * x, y, 1)
        np.testing.assert_allclose(slope, times * new_slope)
        np.testing.assert_allclose(slope * x + intercept, new_slope * (times * x) + new_intercept)


def random_bowls(count):
    """Loss and gradient of p^T A p / 2 with known largest curvature L, and a start, in 2 to 5 dimensions."""
    rng = np.random.default_rng(10)
    for _ in range(count):
        n = int(rng.integers(2, 6))
        curvatures = np.append(rng.uniform(0.5, 5, n - 1), 10.0)
        basis, _ = np.linalg.qr(rng.normal(size=(n, n)))
        A = basis @ np.diag(curvatures) @ basis.T
        yield lambda p, A=A: p @ A @ p / 2, lambda p, A=A: A @ p, curvatures.max(), rng.normal(size=n)


def a_small_step_against_the_gradient_lowers_the_loss():
    """At random points of a wavy surface with many valleys."""

    def surface(p):
        return np.sin(2 * p[0]) * np.cos(p[1]) + 0.1 * p @ p

    for point in np.random.default_rng(11).uniform(-4, 4, (100, 2)):
        gradient = numerical_gradient(surface, point)
        assert np.linalg.norm(gradient) > 1e-3
        assert surface(point - 0.01 * gradient) < surface(point)


def below_two_over_L_it_converges_at_two_over_L_it_swings_above_it_diverges():
    for loss, gradient, L, start in random_bowls(20):

        def distances(rate, loss=loss, gradient=gradient, start=start):
            path = gradient_descent(loss, gradient, start, learning_rate=rate, steps=400)
            return np.linalg.norm(path.points, axis=1)

        assert distances(1.98 / L)[-1] < 0.01 * distances(1.98 / L)[0]
        assert distances(2.02 / L)[-1] > 10 * distances(2.02 / L)[0]
        swing = gradient_descent(loss, gradient, start, learning_rate=2 / L, steps=400).points
        np.testing.assert_allclose(swing[-1], -swing[-2], atol=1e-6)
        assert np.linalg.norm(swing[-1]) > 1e-3


def the_steepest_way_down_is_not_the_way_to_the_minimum():
    """On stretched bowls with the minimum at 0, the two directions differ; on a round one they agree."""

    def cosine(a, b):
        return a @ b / np.linalg.norm(a) / np.linalg.norm(b)

    for _, gradient, _, start in random_bowls(20):
        assert 0 < cosine(-gradient(start), -start) < 0.999
        round_bowl = numerical_gradient(lambda p: p @ p, start)
        np.testing.assert_allclose(cosine(-round_bowl, -start), 1)
        curvatures = np.column_stack([gradient(e) for e in np.eye(len(start))])
        for axis in np.linalg.eigh(curvatures)[1].T:
            np.testing.assert_allclose(cosine(-gradient(axis), -axis), 1)


def where_descent_stops_depends_on_the_start():
    """Minima at (0, 1) and (0, -1), a saddle at (0, 0)."""

    def loss(p):
        return p[0] ** 2 + (p[1] ** 2 - 1) ** 2

    def gradient(p):
        return np.array([2 * p[0], 4 * p[1] * (p[1] ** 2 - 1)])

    rng = np.random.default_rng(12)
    for x, y in rng.uniform(0.1, 1.2, (20, 2)):
        for start, end in (((x, y), (0, 1)), ((x, -y), (0, -1)), ((x, 0), (0, 0))):
            path = gradient_descent(loss, gradient, start, learning_rate=0.1, steps=2000, tolerance=1e-8)
            np.testing.assert_allclose(path.result, end, atol=1e-6)
            assert path.gradient_norms[-1] <= 1e-8
            np.testing.assert_allclose(numerical_gradient(loss, path.result), 0, atol=1e-6)


def scaling_the_features_saves_steps():
    """Two features, one 20 to 50 times as spread out as the other; each descent gets the rate 1 / L that suits it."""
    rng = np.random.default_rng(13)
    for ratio in rng.uniform(20, 50, 10):
        X = rng.normal(size=(50, 2)) * [1, ratio] + rng.normal(size=2)
        y = X @ (rng.normal(size=2) / [1, ratio]) + rng.normal(size=50)

        def stretch_and_steps(features, y=y):
            table = np.column_stack([np.ones(len(y)), features])
            curvatures = np.linalg.eigvalsh(2 * table.T @ table / len(y))
            L = curvatures.max()

            def loss(w):
                return np.mean((table @ w - y) ** 2)

            def gradient(w):
                return 2 * table.T @ (table @ w - y) / len(y)

            best = loss(np.linalg.lstsq(table, y)[0])
            path = gradient_descent(loss, gradient, np.zeros(3), learning_rate=1 / L, steps=1000)
            steps = np.count_nonzero(path.losses - best > 0.01 * (path.losses[0] - best))
            return L / curvatures.min(), steps

        stretch, steps = stretch_and_steps(X)
        scaled_stretch, scaled_steps = stretch_and_steps(fit_scaler(X).transform(X))
        assert scaled_stretch < stretch / 10
        assert scaled_steps < steps / 5
