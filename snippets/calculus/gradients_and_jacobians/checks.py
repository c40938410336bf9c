"""What the module claims, one function per claim."""

import numpy as np

from mlmath.autodiff import grad, jvp, vjp
from mlmath.calculus import directional_derivative, numerical_gradient, numerical_jacobian


def random_losses(seed, count=20):
    """Curved losses of 2 to 5 weights, written for numpy and for autodiff alike, each with a random point."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        p = int(rng.integers(2, 6))
        A = rng.normal(size=(p + 2, p))
        y = rng.normal(size=p + 2)
        logistic = lambda w, A=A: np.sum(np.log(1 + np.exp(A @ w)))
        squares = lambda w, A=A, y=y: np.sum((A @ w - y) ** 2)
        exponential = lambda w, A=A: np.sum(np.exp(A @ w / 2))
        yield (logistic, squares, exponential)[number % 3], rng.normal(size=p), rng


def unit(vector):
    return vector / np.linalg.norm(vector)


def cosine(a, b):
    return unit(a) @ unit(b)


def refused(outside, inside):
    """Whether numpy refuses to multiply, because the shapes do not fit."""
    try:
        outside @ inside
    except ValueError:
        return True
    return False


def lowest_point(f, start, low=-np.inf, high=np.inf):
    """Try a step along every axis, keep what is lower, halve the step: no derivative is used."""
    point, step = np.array(start, dtype=float), 1.0
    while step > 1e-9:
        tries = [np.clip(point + step * move, low, high) for e in np.eye(len(point)) for move in (e, -e)]
        best = min(tries, key=f)
        if f(best) < f(point):
            point = best
        else:
            step /= 2
    return point


def half_the_move_leaves_a_quarter_of_the_error():
    for loss, w, rng in random_losses(0):
        gradient = grad(loss)(w)
        d = 0.01 * unit(rng.normal(size=len(w)))
        whole, half = (loss(w + move) - loss(w) - gradient @ move for move in (d, d / 2))
        assert abs(whole) < 0.1 * np.linalg.norm(d) * (1 + np.linalg.norm(gradient))
        assert 3.8 < whole / half < 4.2


def the_gradient_is_at_right_angles_to_every_curve_within_a_level_set():
    """The last weight is set so that f keeps its value while the others wander: a curve within a level set."""
    rng = np.random.default_rng(1)
    for p in (2, 3, 4, 5, 10):
        for _ in range(5):
            a, b, speed, level = rng.normal(size=p - 1), rng.normal(size=p - 1), rng.normal(size=p - 1), rng.normal()

            def height(v, a=a, b=b):
                return np.sin(a @ v) + np.sum(b * v**2)

            def f(w, height=height):
                return np.exp(w[-1] - height(w[:-1]))

            def curve(t, height=height, speed=speed, level=level):
                others = np.sin(speed * t[0]) + speed
                return np.append(others, height(others) + level)

            t = rng.uniform(-1, 1, 1)
            np.testing.assert_allclose(f(curve(t)), f(curve(t + 0.5)))
            tangent = numerical_jacobian(curve, t)[:, 0]
            gradient = numerical_gradient(f, curve(t))
            assert np.linalg.norm(tangent) > 1e-3
            assert np.linalg.norm(gradient) > 1e-3
            assert abs(cosine(gradient, tangent)) < 1e-6


def with_room_on_all_sides_an_optimum_has_gradient_zero_and_at_an_edge_it_may_not():
    """Lowest points found by trying; a highest one is the lowest one of -f."""
    rng = np.random.default_rng(2)
    for _ in range(10):
        a, b = rng.uniform(0.5, 2, size=(2, 2))
        centre = rng.uniform(-0.5, 0.5, 2)

        def wavy(w, a=a, b=b, centre=centre):
            return np.sum(b * (w - centre) ** 2) + np.sin(a @ w)

        inside = lowest_point(wavy, [0.0, 0.0])
        np.testing.assert_allclose(numerical_gradient(wavy, inside), 0, atol=1e-6)

        hill = lambda w, wavy=wavy: np.exp(-wavy(w))
        top = lowest_point(lambda w, hill=hill: -hill(w), [0.0, 0.0])
        np.testing.assert_allclose(numerical_gradient(hill, top), 0, atol=1e-6)

        low = inside + np.array([0.5, -10])  # the optimum is not allowed any more
        edge = lowest_point(wavy, low + 1, low=low)
        assert edge[0] == low[0]
        assert numerical_gradient(wavy, edge)[0] > 0.1


def rescaling_a_weight_multiplies_its_partial_and_turns_the_gradient():
    for loss, w, rng in random_losses(3):
        gradient = numerical_gradient(loss, w)
        j, c = int(rng.integers(len(w))), rng.uniform(1.5, 10) ** rng.choice([-1, 1])
        one = np.ones(len(w))
        one[j] = c
        for scales, turns in ((one, True), (np.full(len(w), c), False)):
            rescaled = numerical_gradient(lambda v, scales=scales, loss=loss: loss(scales * v), w / scales)
            np.testing.assert_allclose(rescaled, scales * gradient, rtol=1e-4, atol=1e-5)
            back_in_w = scales * rescaled  # the step of v, drawn on the axes of w
            for new in (rescaled, back_in_w):
                assert (cosine(new, gradient) < 1 - 1e-7) == turns


def a_bowl_along_the_axes_has_a_scale_in_which_downhill_is_the_way_to_the_minimum():
    rng = np.random.default_rng(4)
    for p in (2, 3, 5, 8):
        for _ in range(5):
            curvatures = np.append(rng.uniform(1, 2, p - 1), 10)
            minimum, start = rng.normal(size=(2, p))
            bowl = lambda w, k=curvatures, m=minimum: np.sum(k * (w - m) ** 2) / 2
            assert cosine(-numerical_gradient(bowl, start), minimum - start) < 0.999
            scales = 1 / np.sqrt(curvatures)
            in_v = numerical_gradient(lambda v, s=scales, bowl=bowl: bowl(s * v), start / scales)
            np.testing.assert_allclose(cosine(-in_v, (minimum - start) / scales), 1, atol=1e-8)


def the_slope_along_a_direction_is_the_length_of_the_gradient_times_the_cosine():
    """The direction is built from its angle; the slope is measured from two values of the loss."""
    for loss, w, rng in random_losses(5):
        gradient = grad(loss)(w)
        uphill, other = unit(gradient), rng.normal(size=len(w))
        across = unit(other - (other @ uphill) * uphill)
        for degrees in (0, 30, 60, 90, 135, 180):
            angle = np.radians(degrees)
            u = np.cos(angle) * uphill + np.sin(angle) * across
            slope = directional_derivative(loss, w, u)
            np.testing.assert_allclose(slope, np.linalg.norm(gradient) * np.cos(angle), rtol=1e-5, atol=1e-6)
            np.testing.assert_allclose(slope, gradient @ u, rtol=1e-5, atol=1e-6)
        for other in rng.normal(size=(50, len(w))):
            assert directional_derivative(loss, w, unit(other)) < np.linalg.norm(gradient)


def squared_slopes_along_directions_at_right_angles_add_up():
    for loss, w, rng in random_losses(8):
        directions = np.linalg.qr(rng.normal(size=(len(w), len(w))))[0].T
        slopes = np.array([directional_derivative(loss, w, u) for u in directions])
        np.testing.assert_allclose(np.sum(slopes**2), np.sum(grad(loss)(w) ** 2), rtol=1e-5)
    rng = np.random.default_rng(9)
    for p in (4, 25, 400):
        gradient = rng.normal(size=p)
        u = rng.normal(size=(1000, p))
        slopes = u @ gradient / np.linalg.norm(u, axis=1)
        typical = np.sqrt(np.mean(slopes**2)) / np.linalg.norm(gradient)
        np.testing.assert_allclose(typical, 1 / np.sqrt(p), rtol=0.1)


def one_random_direction_tests_all_partials_with_two_values_of_the_loss():
    rng = np.random.default_rng(10)
    for p in (5, 50, 500):
        A, y, w = rng.normal(size=(p, p)) / np.sqrt(p), rng.normal(size=p), rng.normal(size=p)
        calls = []

        def loss(w, A=A, y=y, calls=calls):
            calls.append(w)
            return np.sum((A @ w - y) ** 2)

        right = 2 * A.T @ (A @ w - y)
        for place in rng.integers(p, size=10):
            u = unit(rng.normal(size=p))
            calls.clear()
            measured = directional_derivative(loss, w, u)
            assert len(calls) == 2
            wrong = right.copy()
            wrong[place] += 1
            assert abs(measured - right @ u) < 1e-6
            assert abs(measured - wrong @ u) > 1e-5
            u[place] = 0  # a direction that does not move this weight is blind to it
            assert abs(directional_derivative(loss, w, u) - wrong @ u) < 1e-6


def random_maps(seed, count=20):
    """Smooth maps with different numbers of inputs and outputs: a map, the point, the generator."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        inputs = int(rng.integers(2, 6))
        outputs = inputs + int(rng.integers(1, 4))
        A, B = rng.normal(size=(2, outputs, inputs))
        yield lambda x, A=A, B=B: np.sin(A @ x) + (B @ x) ** 2 / 2, rng.normal(size=inputs), rng


def rows_belong_to_outputs_and_columns_to_inputs():
    """Each row and each column measured on its own."""
    for f, x, _ in random_maps(11):
        J = numerical_jacobian(f, x)
        assert J.shape == (len(f(x)), len(x))
        for i, row in enumerate(J):
            np.testing.assert_allclose(row, numerical_gradient(lambda x, i=i, f=f: f(x)[i], x), atol=1e-7)
        for j, column in enumerate(J.T):
            h = 1e-6 * np.eye(len(x))[j]
            np.testing.assert_allclose(column, (f(x + h) - f(x - h)) / 2e-6, atol=1e-5)


def jacobians_of_a_chain_multiply_outside_times_inside_at_the_inner_value():
    for inner, x, rng in random_maps(12):
        z = inner(x)
        C = rng.normal(size=(len(z) + 1, len(z)))
        outer = lambda z, C=C: np.tanh(C @ z / 4) + C @ z
        chained = numerical_jacobian(lambda x, inner=inner, outer=outer: outer(inner(x)), x)
        outside, inside = numerical_jacobian(outer, z), numerical_jacobian(inner, x)
        np.testing.assert_allclose(outside @ inside, chained, rtol=1e-4, atol=1e-5)
        assert refused(inside, outside)
        elsewhere = numerical_jacobian(outer, z + 1)
        assert np.abs(elsewhere @ inside - chained).max() > 1e-3


def jvp_and_vjp_are_products_with_the_jacobian_from_one_run_of_the_function():
    for f, x, rng in random_maps(13):
        J, runs = numerical_jacobian(f, x), []

        def counted(x, f=f, runs=runs):
            runs.append(x)
            return f(x)

        v, g = rng.normal(size=len(x)), rng.normal(size=len(f(x)))
        np.testing.assert_allclose(jvp(counted, x, v).tangent, J @ v, atol=1e-6)
        assert len(runs) == 1
        np.testing.assert_allclose(vjp(counted, x).pullback(g), g @ J, atol=1e-6)
        assert len(runs) == 2
        moving = (f(x + 1e-6 * v) - f(x - 1e-6 * v)) / 2e-6
        np.testing.assert_allclose(jvp(f, x, v).tangent, moving, rtol=1e-5, atol=1e-5)
        weighted = numerical_gradient(lambda x, f=f, g=g: g @ f(x), x)
        np.testing.assert_allclose(vjp(f, x).pullback(g), weighted, rtol=1e-5, atol=1e-5)


def a_column_minus_a_flat_vector_trains_towards_the_mean():
    """The best weights of the trapped loss are those for a target that is the mean of y in every row."""
    rng = np.random.default_rng(14)
    for n in rng.integers(5, 12, 20):
        X, y = rng.normal(size=(n, 3)), 5 * rng.normal(size=n)
        errors = lambda w, X=X, y=y: (X @ w).reshape(-1, 1) - y
        assert errors(np.zeros(3)).shape == (n, n)
        trapped = lambda w, errors=errors: np.mean(errors(w) ** 2)
        for_the_mean = np.linalg.lstsq(X, np.full(n, y.mean()))[0]
        for_y = np.linalg.lstsq(X, y)[0]
        np.testing.assert_allclose(numerical_gradient(trapped, for_the_mean), 0, atol=1e-6)
        for w in (*rng.normal(size=(20, 3)), for_y):
            assert trapped(w) > trapped(for_the_mean)


def random_tables(seed, count=20):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        p = int(rng.integers(2, 6))
        n = p + int(rng.integers(1, 8))
        yield rng.normal(size=(n, p)), rng.normal(size=n), rng.normal(size=p), rng


def partial_j_is_twice_the_dot_product_of_column_j_with_the_errors():
    for X, y, w, _ in random_tables(15):

        def loss(w, X=X, y=y):
            return sum(
                (sum(row[j] * w[j] for j in range(len(w))) - target) ** 2 for row, target in zip(X, y, strict=True)
            )

        errors = X @ w - y
        by_column = [2 * (column @ errors) for column in X.T]
        np.testing.assert_allclose(numerical_gradient(loss, w), by_column, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(2 * X.T @ errors, by_column, atol=1e-12)


def the_change_is_the_slope_part_plus_a_square_for_moves_of_any_size():
    for X, y, w, rng in random_tables(16):
        loss = lambda w, X=X, y=y: np.sum((X @ w - y) ** 2)
        gradient = 2 * X.T @ (X @ w - y)
        for size in (1e-2, 1, 100):
            d = size * rng.normal(size=len(w))
            np.testing.assert_allclose(loss(w + d) - loss(w), gradient @ d + np.sum((X @ d) ** 2), rtol=1e-9, atol=1e-9)


def the_gradient_is_zero_exactly_where_the_loss_is_smallest():
    """The least squares solution of numpy, which uses no gradient."""
    for X, y, w, rng in random_tables(17):
        loss = lambda w, X=X, y=y: np.sum((X @ w - y) ** 2)
        best = np.linalg.lstsq(X, y)[0]
        for column in X.T:
            assert abs(column @ (X @ best - y)) < 1e-10
        assert np.linalg.norm(2 * X.T @ (X @ w - y)) > 1e-3  # not the best weights: not zero
        for d in rng.normal(size=(20, len(w))):
            assert loss(best + d) > loss(best)
            assert np.linalg.norm(2 * X.T @ (X @ (best + d) - y)) > 1e-3


def with_a_column_of_ones_the_errors_of_the_best_weights_add_up_to_zero():
    for X, y, w, _ in random_tables(18):
        table = np.column_stack([np.ones(len(y)), X[:, 1:]])
        partial = numerical_gradient(lambda w, t=table, y=y: np.sum((t @ w - y) ** 2), w)[0]
        np.testing.assert_allclose(partial, 2 * np.sum(table @ w - y), rtol=1e-5, atol=1e-6)
        best = np.linalg.lstsq(table, y)[0]
        assert abs(np.sum(table @ best - y)) < 1e-10
        np.testing.assert_allclose(np.mean(table @ best), np.mean(y), atol=1e-10)


def a_forgotten_transpose_raises_unless_the_table_is_square():
    rng = np.random.default_rng(19)
    for p in (2, 3, 5, 8):
        for n in range(1, 10):
            X, y, w = rng.normal(size=(n, p)), rng.normal(size=n), rng.normal(size=p)
            errors = X @ w - y
            if n != p:
                assert refused(X, errors)
            else:
                measured = numerical_gradient(lambda w, X=X, y=y: np.sum((X @ w - y) ** 2), w)
                assert (2 * X @ errors).shape == measured.shape
                assert np.abs(2 * X @ errors - measured).max() > 1e-3
