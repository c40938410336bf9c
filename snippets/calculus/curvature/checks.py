"""What the module docs/calculus/curvature.md claims, one function per claim."""

import numpy as np

from mlmath.calculus import numerical_derivative, numerical_gradient, numerical_hessian, quadratic_model
from mlmath.optim import gradient_descent


def second_difference(f, x, h):
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2


def slope_of_the_slope(f, x):
    """The second derivative by another road: the derivative of the derivative."""
    return numerical_derivative(lambda t: numerical_derivative(f, t, step=1e-3), x, step=1e-3)


def curves(rng):
    """Curves of several kinds, with random numbers in them."""
    a, b, c = rng.uniform(0.5, 2, 3)
    return (
        lambda x: np.sin(a * x) + b * x,
        lambda x: a * x**3 - b * x,
        lambda x: np.exp(a * x / 2) - c * x**2,
        lambda x: np.log(1 + np.exp(b * x)),
        lambda x: a * x**4 - b * x**2 + c * x,
    )


def where_it_is_positive_the_curve_lies_above_its_tangent():
    """Measured slopes and bends at random places; where the bend is negative, the curve lies below."""
    rng = np.random.default_rng(0)
    seen = []
    for _ in range(40):
        for f in curves(rng):
            x = rng.uniform(-1.5, 1.5)
            bend = slope_of_the_slope(f, x)
            if abs(bend) < 0.1:
                continue  # too flat to tell in rounded numbers
            slope = numerical_derivative(f, x)
            for h in (2e-3, -2e-3):
                assert np.sign(f(x + h) - (f(x) + slope * h)) == np.sign(bend)
                steeper = numerical_derivative(f, x + abs(h)) - numerical_derivative(f, x - abs(h))
                assert np.sign(steeper) == np.sign(bend)
            seen.append(bend > 0)
    assert 20 < sum(seen) < len(seen) - 20


def a_straight_line_changes_the_slope_and_not_the_second_derivative():
    rng = np.random.default_rng(1)
    for _ in range(10):
        for f in curves(rng):
            x, steep = rng.uniform(-1, 1), rng.uniform(50, 100)

            def tilted(t, f=f, steep=steep):
                return f(t) + steep * t

            change = numerical_derivative(tilted, x) - numerical_derivative(f, x)
            np.testing.assert_allclose(change, steep, rtol=1e-6)
            np.testing.assert_allclose(slope_of_the_slope(tilted, x), slope_of_the_slope(f, x), atol=1e-4)


def the_unit_of_the_input_counts_twice():
    """x in metres, and in a unit `times` smaller: slopes get smaller by `times`, bends by its square."""
    rng = np.random.default_rng(2)
    for times in rng.uniform(2, 20, 10):
        for f in curves(rng):
            x = rng.uniform(-1, 1)

            def in_small_units(t, f=f, times=times):
                return f(t / times)

            slope = numerical_derivative(in_small_units, times * x, step=times * 1e-5)
            np.testing.assert_allclose(slope * times, numerical_derivative(f, x), rtol=1e-5, atol=1e-5)
            bend = second_difference(in_small_units, times * x, times * 1e-3)
            np.testing.assert_allclose(bend * times**2, slope_of_the_slope(f, x), rtol=1e-3, atol=1e-3)


def at_a_flat_place_its_sign_decides_and_zero_says_nothing():
    """At flat places of random curves, values nearby decide. Three curves with second derivative 0 end differently."""
    rng = np.random.default_rng(3)
    for place, bend, third, fourth in rng.uniform([-2, 0.5, -3, -3], [2, 3, 3, 3], (30, 4)):
        for sign in (1, -1):

            def f(x, place=place, bend=sign * bend, third=third, fourth=fourth):
                d = x - place
                return bend * d**2 + third * d**3 + fourth * d**4

            assert abs(numerical_derivative(f, place)) < 1e-8
            assert np.sign(slope_of_the_slope(f, place)) == sign
            for h in (0.05, -0.05, 0.01, -0.01):
                assert np.sign(f(place + h) - f(place)) == sign
        ends = set()
        for power, factor in ((4, bend), (4, -bend), (3, bend)):

            def g(x, place=place, power=power, factor=factor):
                return factor * (x - place) ** power

            assert abs(numerical_derivative(g, place)) < 1e-8
            assert abs(second_difference(g, place, 1e-3)) < 1e-4
            ends.add(tuple(np.sign([g(place - 0.1), g(place + 0.1)]).astype(int)))
        assert ends == {(1, 1), (-1, -1), (-1, 1)}


def the_best_h_for_three_values_is_near_the_fourth_root_of_epsilon():
    """Halving a large h quarters the error; the best h, over many points, is near eps^(1/4); a tiny h is useless."""
    points = np.random.default_rng(4).uniform(0.5, 1.5, 40)
    epsilon = np.finfo(float).eps
    functions = ((np.exp, np.exp), (np.sin, lambda x: -np.sin(x)), (lambda x: x**4, lambda x: 12 * x**2))
    for f, exact in functions:

        def typical_error(h, f=f, exact=exact):
            return np.median([abs(second_difference(f, x, h) - exact(x)) for x in points])

        np.testing.assert_allclose(typical_error(0.02) / typical_error(0.01), 4, rtol=0.02)
        steps = 10.0 ** np.arange(0, -8.5, -0.25)
        errors = [typical_error(h) for h in steps]
        assert 0.1 < steps[np.argmin(errors)] / epsilon**0.25 < 10
        assert typical_error(epsilon ** (1 / 3)) > 20 * min(errors)
        assert typical_error(1e-8) > 0.1


def smooth_surfaces(rng):
    """Functions of two numbers whose second partials are continuous."""
    a, b, c = rng.uniform(0.5, 1.5, 3)
    return (
        lambda x, y: np.sin(a * x * y) + b * x**2 * y**3,
        lambda x, y: np.exp(a * x - b * y**2) + c * x * y,
        lambda x, y: np.log(1 + a * x**2 + b * y**2 + c * x * y / 2),
    )


def mixed_partials(f, x, y):
    """First by x and then by y, and the other way; the inner step is far smaller than the outer one."""
    inner, outer = 1e-6, 1e-3
    x_then_y = numerical_derivative(lambda v: numerical_derivative(lambda u: f(u, v), x, step=inner), y, step=outer)
    y_then_x = numerical_derivative(lambda u: numerical_derivative(lambda v: f(u, v), y, step=inner), x, step=outer)
    return x_then_y, y_then_x


def where_second_partials_are_continuous_their_order_does_not_matter():
    """Peano's function shows that the condition is needed: at (0, 0) its two mixed partials are -1 and 1."""
    rng = np.random.default_rng(5)
    for _ in range(10):
        for f in smooth_surfaces(rng):
            np.testing.assert_allclose(*mixed_partials(f, *rng.uniform(-1, 1, 2)), atol=1e-4)

    def peano(x, y):
        return x * y * (x**2 - y**2) / (x**2 + y**2) if x or y else 0.0

    np.testing.assert_allclose(mixed_partials(peano, 0.0, 0.0), (-1, 1), atol=1e-4)


def symmetric(rng, p, values=None):
    """A symmetric matrix with random entries, or with given eigenvalues along random directions."""
    if values is None:
        A = rng.normal(size=(p, p))
        return (A + A.T) / 2
    basis, _ = np.linalg.qr(rng.normal(size=(p, p)))
    return basis @ np.diag(values) @ basis.T


def the_curvature_along_a_direction_is_d_times_H_d():
    """Measured along a walk of length t, on surfaces that are no quadratics."""
    rng = np.random.default_rng(6)
    for _ in range(10):
        for f in smooth_surfaces(rng):
            point, d = rng.uniform(-1, 1, 2), rng.normal(size=2)
            d /= np.linalg.norm(d)
            H = numerical_hessian(lambda w, f=f: f(*w), point)

            def walk(t, f=f, point=point, d=d):
                return f(*(point + t * d / np.linalg.norm(d)))

            along = slope_of_the_slope(walk, 0.0)
            np.testing.assert_allclose(d @ (H @ d), along, atol=1e-3)


def eigenvalues_are_curvatures_and_no_direction_curves_more_or_less():
    """Random quadratics in 2 to 5 dimensions; the curvatures are measured along straight walks."""
    rng = np.random.default_rng(7)
    for _ in range(15):
        p = int(rng.integers(2, 6))
        H = symmetric(rng, p)
        values, vectors = np.linalg.eigh(H)

        def curvature(d, H=H):
            return second_difference(lambda t: (t * d) @ H @ (t * d) / 2, 0.3, 0.5)

        for value, vector in zip(values, vectors.T, strict=True):
            np.testing.assert_allclose(H @ vector, value * vector, atol=1e-9)
            np.testing.assert_allclose(curvature(vector), value, atol=1e-9)
        directions = rng.normal(size=(500, p))
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        curvatures = [curvature(d) for d in directions]
        assert values[0] - 1e-9 <= min(curvatures)
        assert max(curvatures) <= values[-1] + 1e-9


def at_a_flat_place_the_signs_of_the_eigenvalues_decide():
    """Random flat places with cubes and fourth powers on top; look around on a small sphere and along eigenvectors."""
    rng = np.random.default_rng(8)
    for _ in range(10):
        for kind in ("minimum", "maximum", "saddle"):
            p = int(rng.integers(2, 5))
            values = rng.uniform(0.5, 3, p) * {"minimum": 1, "maximum": -1, "saddle": 1}[kind]
            if kind == "saddle":
                values[0] *= -1
                values[2:] *= rng.integers(-1, 2, p - 2)  # further ones of both signs, or zero
            H, extra = symmetric(rng, p, values), rng.normal(size=p)

            def f(w, H=H, extra=extra):
                return w @ H @ w / 2 + extra @ w**3 + (extra @ w) ** 4

            assert np.linalg.norm(numerical_gradient(f, np.zeros(p))) < 1e-8
            measured = np.linalg.eigvalsh(numerical_hessian(f, np.zeros(p)))
            signs = np.sign(measured[np.abs(measured) > 0.1])
            directions = rng.normal(size=(200, p))
            directions /= np.linalg.norm(directions, axis=1, keepdims=True)
            directions = np.concatenate([directions, np.linalg.eigh(H)[1].T])
            around = np.sign([f(0.02 * d) for d in directions])
            assert set(around) == {"minimum": {1.0}, "maximum": {-1.0}, "saddle": {1.0, -1.0}}[kind]
            assert set(signs) == set(around)
    for a, b in rng.uniform(0.5, 2, (10, 2)):
        for sign, lowest in ((1, True), (-1, False)):

            def undecided(w, a=a, b=b, sign=sign):
                return a * w[0] ** 2 + sign * b * w[1] ** 4

            H = numerical_hessian(undecided, [0.0, 0.0])
            np.testing.assert_allclose(H, [[2 * a, 0], [0, 0]], atol=1e-5)
            assert all(undecided(0.1 * d) > 0 for d in directions_in_the_plane()) == lowest


def directions_in_the_plane(count=120):
    """Directions of length 1, all around."""
    angles = np.arange(count) * 2 * np.pi / count
    return np.column_stack([np.cos(angles), np.sin(angles)])


def a_line_has_the_same_hessian_everywhere_and_it_sets_the_limit():
    """2/n X^T X at random guesses and for random y; no negative eigenvalue; descent below and above 2 / L."""
    rng = np.random.default_rng(9)
    for _ in range(10):
        n = int(rng.integers(3, 9))
        x = rng.normal(1, 1, n)
        X = np.column_stack([x, np.ones(n)])
        H = 2 / n * X.T @ X
        for y in rng.normal(size=(2, n)):

            def loss(w, x=x, y=y):
                return np.mean((w[0] * x + w[1] - y) ** 2)

            for guess in rng.normal(size=(2, 2)):
                np.testing.assert_allclose(numerical_hessian(loss, guess), H, atol=1e-5)
        smallest, L = np.linalg.eigvalsh(H)
        assert smallest > -1e-12
        best = np.polyfit(x, y, 1)

        def gradient(w, X=X, y=y, n=n):
            return 2 / n * X.T @ (X @ w - y)

        for factor, converges in ((0.98, True), (1.02, False)):
            rate = factor * 2 / L
            steps = int(np.clip(10 / (rate * smallest), 500, 20_000)) if converges else 500
            path = gradient_descent(loss, gradient, best + rng.normal(size=2), learning_rate=rate, steps=steps)
            distances = np.linalg.norm(path.points - best, axis=1)
            assert (distances[-1] < 0.01 * distances[0]) == converges
            assert converges or distances[-1] > 10 * distances[0]


def bumpy_surface(rng):
    """A function of three numbers with its gradient and Hessian, derived by hand: sum of a_i sin(b_i w_i) + (c w)^3."""
    a, b, c = rng.uniform(0.5, 1.5, (3, 3))

    def f(w):
        return a @ np.sin(b * w) + (c @ w) ** 3

    def gradient(w):
        return a * b * np.cos(b * w) + 3 * (c @ w) ** 2 * c

    def hessian(w):
        return np.diag(-a * b**2 * np.sin(b * w)) + 6 * (c @ w) * np.outer(c, c)

    return f, gradient, hessian


def halving_the_distance_quarters_the_first_error_and_divides_the_second_by_eight():
    """Along random directions on surfaces of three numbers."""
    rng = np.random.default_rng(10)
    for _ in range(30):
        f, gradient, hessian = bumpy_surface(rng)
        w, d = rng.uniform(0.3, 1, 3), rng.uniform(0.3, 1, 3)
        first = quadratic_model(f(w), gradient(w), np.zeros((3, 3)), w)
        second = quadratic_model(f(w), gradient(w), hessian(w), w)
        for model, ratio in ((first, 4), (second, 8)):
            coarse, fine = (abs(f(w + h * d) - model(w + h * d)) for h in (2e-3, 1e-3))
            np.testing.assert_allclose(coarse / fine, ratio, rtol=0.02)


def newton_is_exact_on_a_quadratic_of_any_kind():
    """One step from a random start to the only flat place: a minimum, a maximum or a saddle."""
    rng = np.random.default_rng(11)
    for kind in range(30):
        p = int(rng.integers(2, 6))
        values = rng.uniform(0.5, 3, p) * (1, -1, rng.choice([-1, 1], p))[kind % 3]
        H, slopes, start, away = symmetric(rng, p, values), *rng.normal(size=(3, p))

        def f(w, H=H, slopes=slopes):
            return 1 + slopes @ w + w @ H @ w / 2

        model = quadratic_model(f(start), slopes + H @ start, H, start)
        np.testing.assert_allclose(model(start + 100 * away), f(start + 100 * away), rtol=1e-9)
        flat = model.stationary_point()
        np.testing.assert_allclose(numerical_gradient(f, flat), 0, atol=1e-6)
        directions = rng.normal(size=(200, p))
        directions = np.concatenate([directions, np.linalg.eigh(H)[1].T])
        signs = set(np.sign([f(flat + d) - f(flat) for d in directions]))
        assert signs == set(np.sign(values))


def a_gradient_step_is_the_lowest_point_of_a_round_bowl():
    """The model f + g d + d d / (2 rate): it is higher in all directions from where gradient descent steps."""
    rng = np.random.default_rng(12)
    for rate in rng.uniform(0.01, 1, 20):
        f, gradient, _ = bumpy_surface(rng)
        w = rng.normal(size=3)
        path = gradient_descent(f, gradient, w, learning_rate=rate, steps=1)

        def model(v, w=w, f=f, gradient=gradient, rate=rate):
            return f(w) + gradient(w) @ (v - w) + (v - w) @ (v - w) / (2 * rate)

        for d in rng.normal(size=(100, 3)):
            assert model(path.result + 0.01 * d) > model(path.result)


def newton_walks_to_whatever_flat_place_is_near():
    """Flat places of all three kinds, with cubes on top, from starts nearby; near a maximum the first step climbs."""
    rng = np.random.default_rng(13)
    for kind in range(30):
        p = int(rng.integers(2, 5))
        values = rng.uniform(1, 3, p) * (1, -1, np.where(np.arange(p) % 2, 1, -1))[kind % 3]
        H, extra = symmetric(rng, p, values), rng.uniform(-1, 1, p)

        def f(w, H=H, extra=extra):
            return w @ H @ w / 2 + extra @ w**3

        start = rng.normal(size=p)
        start *= 0.05 / np.linalg.norm(start)
        w = start
        for step in range(6):
            gradient, hessian = H @ w + 3 * extra * w**2, H + np.diag(6 * extra * w)
            w = w - np.linalg.solve(hessian, gradient)
            if step == 0 and kind % 3 == 1:
                assert f(w) > f(start)
        np.testing.assert_allclose(w, 0, atol=1e-10)


def beyond_distance_one_more_terms_of_the_logarithm_hurt():
    """log(1 + x) around 0 with more and more terms, at random x on both sides of 1."""

    def error(x, order):
        k = np.arange(1, order + 1)
        return abs(np.sum((-1.0) ** (k - 1) * x**k / k) - np.log1p(x))

    for inside in np.random.default_rng(14).uniform(-0.99, 0.99, 50):
        assert error(inside, 400) < error(inside, 5)
        assert error(inside, 3000) < 1e-12
    for outside in np.random.default_rng(15).uniform(1.02, 3, 50):
        assert error(outside, 600) > 2 * error(outside, 400) > 4 * error(outside, 5)
        assert error(outside, 600) > 100
