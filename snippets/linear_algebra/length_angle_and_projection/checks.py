"""What the module docs/linear_algebra/length_angle_and_projection.md claims, one function per claim."""

import math
import statistics

import numpy as np

from mlmath.linalg import cosine_similarity, norm, project, projection_matrix
from mlmath.stats import fit_scaler, mean_absolute_error, root_mean_squared_error

ORDERS = (1, 2, np.inf)


def at_the_same_total_even_errors_have_the_smallest_length_and_a_single_one_the_largest():
    """Random splits of one total, beside the even split and the split that gives one error everything."""
    rng = np.random.default_rng(0)
    for total in rng.uniform(0.1, 100, 20):
        n = int(rng.integers(2, 10))
        signs = rng.choice([-1, 1], n)
        even, single = np.full(n, total / n) * signs, np.eye(n)[0] * total
        np.testing.assert_allclose(norm(even), total / math.sqrt(n))
        np.testing.assert_allclose(norm(single), total)
        for split in rng.dirichlet(np.full(n, 0.5), 50) * total * signs:
            np.testing.assert_allclose(norm(split, order=1), total)
            assert norm(even) <= norm(split) <= norm(single) + 1e-9


def a_detour_is_never_shorter():
    """Random pairs in all three norms; in L2 equality for multiples alone, in L1 and max for others too."""
    rng = np.random.default_rng(1)
    for _ in range(100):
        a, b = rng.normal(size=(2, int(rng.integers(2, 6))))
        for order in ORDERS:
            assert norm(a + b, order=order) <= norm(a, order=order) + norm(b, order=order) + 1e-12
        assert norm(a + b) < norm(a) + norm(b) - 1e-9  # random directions are never multiples
        factor = rng.uniform(0.1, 5)
        np.testing.assert_allclose(norm(a + factor * a), norm(a) + norm(factor * a))
        assert norm(a - factor * a) < norm(a) + norm(factor * a) - 1e-9
    assert norm([1, 1], order=1) == norm([1, 0], order=1) + norm([0, 1], order=1)
    assert norm([2, 1], order=np.inf) == norm([1, 0], order=np.inf) + norm([1, 1], order=np.inf)


def mean_errors_are_norms_divided_by_n_and_by_root_n():
    """The means are taken by Python's statistics, from the errors and their squares."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        n = int(rng.integers(2, 30))
        predicted, observed = rng.normal(size=(2, n)) * 10
        errors = predicted - observed
        mae = statistics.fmean(abs(e) for e in errors)
        rmse = math.sqrt(statistics.fmean(e * e for e in errors))
        np.testing.assert_allclose(norm(errors, order=1) / n, mae)
        np.testing.assert_allclose(norm(errors) / math.sqrt(n), rmse)
        np.testing.assert_allclose(mean_absolute_error(predicted, observed), mae)
        np.testing.assert_allclose(root_mean_squared_error(predicted, observed), rmse)
        assert rmse > mae + 1e-9  # random errors differ in size
        same = rng.choice([-3.0, 3.0], n)
        np.testing.assert_allclose(norm(same) / math.sqrt(n), norm(same, order=1) / n)


def distances_follow_the_units_until_columns_are_scaled():
    rng = np.random.default_rng(3)
    moved = 0
    for _ in range(30):
        X = rng.normal(size=(30, 3)) * rng.uniform(0.1, 10, 3)
        column = int(rng.integers(3))
        alone = np.abs(X[1:, column] - X[0, column])
        before = np.argmin(np.linalg.norm(X[1:] - X[0], axis=1))
        units = np.ones(3)
        units[column] = 1e6
        assert np.argmin(np.linalg.norm((X[1:] - X[0]) * units, axis=1)) == np.argmin(alone)
        moved += before != np.argmin(alone)

        other = X * 10.0 ** rng.uniform(-6, 6, 3)  # other units for every column
        other += other.std(axis=0) * rng.uniform(-3, 3, 3)  # and another zero, as Celsius and Fahrenheit have
        distances = []
        for table in (X, other):
            Z = fit_scaler(table).transform(table)
            np.testing.assert_allclose(Z[0] - Z[1], (table[0] - table[1]) / table.std(axis=0))
            distances.append([math.dist(row, Z[0]) for row in Z])
        np.testing.assert_allclose(*distances, atol=1e-9)
    assert moved > 10


def the_dot_product_is_at_most_the_product_of_the_lengths():
    rng = np.random.default_rng(4)
    for _ in range(200):
        a, b = rng.normal(size=(2, int(rng.integers(2, 6)))) * 10.0 ** rng.uniform(-3, 3, (2, 1))
        product = math.sqrt(math.fsum(a * a)) * math.sqrt(math.fsum(b * b))
        assert abs(a @ b) < product * (1 - 1e-12)  # random vectors are never multiples
        assert -1 < cosine_similarity(a, b) < 1
        for factor in (-rng.uniform(0.1, 10), rng.uniform(0.1, 10)):
            np.testing.assert_allclose(abs(a @ (factor * a)), np.linalg.norm(a) * np.linalg.norm(factor * a))


def a_positive_factor_leaves_the_cosine_and_a_negative_one_turns_its_sign():
    """Beside mlmath, the angle is measured from two sides by the law of cosines: it knows no dot product."""
    rng = np.random.default_rng(5)
    for _ in range(50):
        a, b = rng.normal(size=(2, int(rng.integers(2, 6))))
        one, other, across = math.hypot(*a), math.hypot(*b), math.dist(a, b)
        cosine = (one**2 + other**2 - across**2) / (2 * one * other)
        np.testing.assert_allclose(cosine_similarity(a, b), cosine, atol=1e-12)
        for factor in 10.0 ** rng.uniform(-6, 6, 5):
            for sign in (1, -1):
                np.testing.assert_allclose(cosine_similarity(sign * factor * a, b), sign * cosine, atol=1e-12)
                np.testing.assert_allclose(cosine_similarity(a, sign * factor * b), sign * cosine, atol=1e-12)


def between_vectors_of_length_one_distance_and_cosine_agree():
    rng = np.random.default_rng(6)
    disagreed = 0
    for _ in range(50):
        rows, query = rng.normal(size=(30, 4)), rng.normal(size=4)
        rows *= rng.uniform(0.2, 5, (30, 1))
        cosines = [cosine_similarity(row, query) for row in rows]
        units, unit = rows / np.linalg.norm(rows, axis=1, keepdims=True), query / np.linalg.norm(query)
        distances = np.array([math.dist(row, unit) for row in units])
        np.testing.assert_allclose(distances**2, 2 - 2 * (units @ unit), atol=1e-12)
        assert np.argmin(distances) == np.argmax(cosines)
        disagreed += np.argmin(np.linalg.norm(rows - query, axis=1)) != np.argmax(cosines)
    assert disagreed > 5


def the_correlation_is_the_cosine_of_centred_lists():
    rng = np.random.default_rng(7)
    for _ in range(50):
        x, y = rng.normal(size=(2, int(rng.integers(3, 20)))) + rng.uniform(-5, 5, (2, 1))
        correlation = statistics.correlation(x.tolist(), y.tolist())
        np.testing.assert_allclose(cosine_similarity(x - x.mean(), y - y.mean()), correlation, atol=1e-9)
        up = x + rng.uniform(1, 10)
        np.testing.assert_allclose(cosine_similarity(up - up.mean(), y - y.mean()), correlation, atol=1e-9)
        assert abs(cosine_similarity(up, y) - cosine_similarity(x, y)) > 1e-6


def random_directions_are_nearly_at_right_angles_in_high_dimensions():
    rng = np.random.default_rng(8)
    for p in (2, 5, 20, 100, 400):
        u, v = rng.normal(size=(2, 3000, p))
        cosines = np.sum(u * v, axis=1) / np.sqrt(np.sum(u * u, axis=1) * np.sum(v * v, axis=1))
        assert abs(cosines.mean()) < 5 / math.sqrt(3000 * p)
        np.testing.assert_allclose(math.sqrt(np.mean(cosines**2)), 1 / math.sqrt(p), rtol=0.07)


def subspaces(seed, count=20):
    """Independent columns, not orthonormal, with a point to project, and the generator for more."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        k = int(rng.integers(1, 4))
        yield rng.normal(size=(k + int(rng.integers(1, 5)), k)) + 1, rng


def the_closest_point_is_where_the_residual_is_at_right_angles():
    """Moves within the subspace add their squared length to the best; any other point has a product, and a way down."""
    for X, rng in subspaces(9):
        y = rng.normal(size=len(X))
        closest = project(y, X)
        np.testing.assert_allclose(X.T @ (closest - y), 0, atol=1e-9)
        for weights in rng.normal(size=(30, X.shape[1])):
            d = X @ weights
            np.testing.assert_allclose(math.dist(closest + d, y) ** 2, math.dist(closest, y) ** 2 + d @ d, atol=1e-9)
            elsewhere = closest + d
            products = X.T @ (elsewhere - y)
            worst = np.argmax(np.abs(products))
            assert abs(products[worst]) > 1e-9
            column = X[:, worst]
            nearer = elsewhere - column * products[worst] / (column @ column)
            assert math.dist(nearer, y) < math.dist(elsewhere, y)


def the_squared_lengths_of_projection_and_residual_add_up():
    for X, rng in subspaces(10):
        y = rng.normal(size=len(X)) * 10
        closest = X @ np.linalg.lstsq(X, y)[0]
        np.testing.assert_allclose(project(y, X), closest, atol=1e-9)
        np.testing.assert_allclose(math.fsum(y * y), math.fsum(closest**2) + math.fsum((closest - y) ** 2))
        assert norm(closest) < norm(y) - 1e-9  # a random y does not lie in the subspace
        inside = X @ rng.normal(size=X.shape[1])
        np.testing.assert_allclose(norm(project(inside, X)), norm(inside))


def projections_are_the_symmetric_idempotent_matrices():
    for X, rng in subspaces(11):
        P = projection_matrix(X)
        np.testing.assert_allclose(P.T, P, atol=1e-12)
        np.testing.assert_allclose(P @ P, P, atol=1e-9)
        y = rng.normal(size=len(X))

        # Any symmetric idempotent matrix: eigenvalues 0 and 1 on orthonormal directions. Its columns span the subspace.
        n = len(X)
        V = np.linalg.qr(rng.normal(size=(n, n)))[0]
        kept = int(rng.integers(1, n + 1))
        S = V @ np.diag(np.arange(n) < kept).astype(float) @ V.T
        np.testing.assert_allclose(S @ S, S, atol=1e-9)
        np.testing.assert_allclose(S @ y, S @ np.linalg.lstsq(S, y, rcond=1e-9)[0], atol=1e-9)

        # Idempotent and not symmetric: it lands in the span of X, at a point that is not the closest.
        Y = X + rng.normal(size=X.shape)
        oblique = X @ np.linalg.inv(Y.T @ X) @ Y.T
        np.testing.assert_allclose(oblique @ oblique, oblique, atol=1e-6)
        assert np.abs(oblique - oblique.T).max() > 1e-6
        np.testing.assert_allclose(P @ oblique @ y, oblique @ y, atol=1e-6)
        assert math.dist(oblique @ y, y) > math.dist(P @ y, y) + 1e-9


def x_x_transposed_projects_exactly_if_the_columns_are_orthonormal():
    """Projects: it sends a random point to the closest of the subspace, which least squares finds."""

    def projects(X, y):
        return np.allclose(X @ (X.T @ y), X @ np.linalg.lstsq(X, y)[0])

    for X, rng in subspaces(12, 30):
        y = rng.normal(size=len(X))
        Q = np.linalg.qr(X)[0]
        assert projects(Q, y)
        assert not projects(X, y)
        assert not projects(Q * 1.01, y)
        if X.shape[1] > 1:
            assert not projects(X / np.linalg.norm(X, axis=0), y)


def the_mean_is_a_projection_and_the_standard_deviation_a_residual():
    rng = np.random.default_rng(13)
    for _ in range(30):
        y = rng.normal(size=int(rng.integers(2, 30))) * rng.uniform(0.1, 100) + rng.uniform(-50, 50)
        level = project(y, np.ones(len(y)))
        np.testing.assert_allclose(level, statistics.fmean(y), atol=1e-9)
        np.testing.assert_allclose(norm(level - y) / math.sqrt(len(y)), statistics.pstdev(y.tolist()))
