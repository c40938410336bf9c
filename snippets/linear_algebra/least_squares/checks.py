"""What the module docs/linear_algebra/least_squares.md claims, one function per claim."""

from fractions import Fraction

import numpy as np

from mlmath.linalg import condition_number, householder_qr, solve, solve_least_squares_qr, solve_ridge
from mlmath.models import fit_ridge


def reduced(rows):
    """Eliminate in fractions, so that nothing is rounded: the rank and the columns that hold a leading 1."""
    rows = [[Fraction(int(entry)) for entry in row] for row in rows]
    leading = []
    for column in range(len(rows[0])):
        k = len(leading)
        pivot = next((i for i in range(k, len(rows)) if rows[i][column] != 0), None)
        if pivot is None:
            continue
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [entry / rows[k][column] for entry in rows[k]]
        for i in range(len(rows)):
            if i != k:
                rows[i] = [a - rows[i][column] * b for a, b in zip(rows[i], rows[k], strict=True)]
        leading.append(column)
    return rows, leading


def solutions(A, y):
    """Count them by elimination: a row 0 = 1 means none, an unknown without a leading 1 may be anything."""
    _, leading = reduced(np.column_stack([A, y]))
    unknowns = A.shape[1]
    if unknowns in leading:
        return "none"
    return "one" if len(leading) == unknowns else "many"


def the_ranks_tell_whether_there_are_no_one_or_many_solutions():
    """Whole numbers from -2 to 2, with rows and columns that are often combinations of others."""
    rng = np.random.default_rng(0)
    seen = set()
    for _ in range(300):
        equations, unknowns, inner = rng.integers(1, 5, 3)
        A = rng.integers(-2, 3, (equations, inner)) @ rng.integers(-2, 3, (inner, unknowns))
        y = A @ rng.integers(-2, 3, unknowns) if rng.random() < 0.6 else rng.integers(-2, 3, equations)
        rank, beside = np.linalg.matrix_rank(A), np.linalg.matrix_rank(np.column_stack([A, y]))
        expected = "none" if beside > rank else "one" if rank == unknowns else "many"
        counted = solutions(A, y)
        assert counted == expected
        assert rank == np.linalg.matrix_rank(A.T) <= min(A.shape)
        if equations < unknowns:
            assert counted != "one"
        seen.add(counted)
    assert seen == {"none", "one", "many"}


def relative_changes_grow_at_most_by_the_condition_number():
    """For random changes the bound holds; along the first and the last singular vector it is met."""
    rng = np.random.default_rng(1)
    for kappa in 10.0 ** rng.uniform(0.1, 4, 20):
        n = int(rng.integers(2, 6))
        U, V = (np.linalg.qr(rng.normal(size=(n, n)))[0] for _ in range(2))
        A = (U * np.geomspace(1, 1 / kappa, n)) @ V.T * rng.uniform(0.1, 10)
        np.testing.assert_allclose(condition_number(A), kappa, rtol=1e-6)

        def growth(y, change, A=A):
            w = solve(A, y)
            moved = solve(A, y + change)
            return np.linalg.norm(moved - w) / np.linalg.norm(w) / (np.linalg.norm(change) / np.linalg.norm(y))

        for y, change in rng.normal(size=(50, 2, n)):
            assert growth(y, change) <= kappa * (1 + 1e-6)
        np.testing.assert_allclose(growth(U[:, 0], 0.01 * U[:, -1]), kappa, rtol=1e-6)


def multiplications_of_solving(A, y):
    """Solve by elimination; return the answer, and how many multiplications and divisions it took."""
    n, count = len(A), 0
    rows = np.column_stack([A, y])
    for k in range(n):
        for i in range(k + 1, n):
            rows[i, k:] -= rows[i, k] / rows[k, k] * rows[k, k:]
            count += 1 + n - k
    x = np.zeros(n)
    for k in reversed(range(n)):
        x[k] = (rows[k, n] - rows[k, k + 1 : n] @ x[k + 1 :]) / rows[k, k]
        count += n - k
    return x, count


def multiplications_of_inverting(A):
    """Invert by elimination in place; return the inverse, and how many multiplications and divisions it took."""
    inverse, n, count = A.copy(), len(A), 0
    for k in range(n):
        pivot = inverse[k, k]
        inverse[k, k] = 1
        inverse[k] /= pivot
        for i in range(n):
            if i != k:
                factor = inverse[i, k]
                inverse[i, k] = 0
                inverse[i] -= factor * inverse[k]
        count += n * n
    return inverse, count


def inverting_takes_about_three_times_the_multiplications_of_solving():
    rng = np.random.default_rng(2)
    for n in (30, 50, 70):
        A, y = rng.normal(size=(n, n)) + n * np.eye(n), rng.normal(size=n)
        x, solving = multiplications_of_solving(A, y)
        inverse, inverting = multiplications_of_inverting(A)
        np.testing.assert_allclose(A @ x, y, atol=1e-9)
        np.testing.assert_allclose(A @ inverse, np.eye(n), atol=1e-9)
        assert 2.6 < (inverting + n * n) / solving < 3.2
        assert 1 < solving / (n**3 / 3) < 1.2


def solve_meets_the_equations_to_15_digits_and_inv_to_10():
    rng = np.random.default_rng(3)
    misses = []
    for _ in range(200):
        n = int(rng.integers(4, 20))
        U, V = (np.linalg.qr(rng.normal(size=(n, n)))[0] for _ in range(2))
        A = (U * np.geomspace(1, 1e-8, n)) @ V.T
        y = A @ rng.normal(size=n)
        ways = (np.linalg.solve(A, y), np.linalg.inv(A) @ y)
        misses.append([np.linalg.norm(A @ w - y) / np.linalg.norm(y) for w in ways])
    by_solve, by_inverse = np.median(misses, axis=0)
    assert by_solve < 1e-15
    assert by_inverse > 1e-10


def a_factor_changes_the_determinant_and_neither_rank_nor_condition_number():
    rng = np.random.default_rng(4)
    for factor in rng.choice([-1, 1], 20) * 10.0 ** rng.uniform(-3, 3, 20):
        n = int(rng.integers(2, 11))
        A = rng.normal(size=(n, n))
        np.testing.assert_allclose(np.linalg.det(factor * A), factor**n * np.linalg.det(A), rtol=1e-9)
        np.testing.assert_allclose(condition_number(factor * A), condition_number(A), rtol=1e-6)
        A[:, -1] = A[:, 0]
        assert np.linalg.matrix_rank(factor * A) == np.linalg.matrix_rank(A) == n - 1


def random_fits(seed, count, *, dependent):
    """Tables with more rows than columns, and targets; `dependent` makes the last column a sum of the others."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        p = int(rng.integers(2, 6))
        X = rng.normal(size=(p + int(rng.integers(1, 20)), p)) + rng.normal(size=p)
        if dependent:
            X[:, -1] = X[:, :-1].sum(axis=1)
        yield X, rng.normal(size=len(X)), rng


def loss(X, y, w):
    return np.sum((X @ w - y) ** 2)


def weights_are_best_exactly_if_their_errors_are_at_right_angles_to_every_column():
    """Best: no random move lowers the loss. Not best: one small step along the columns' products does."""
    for dependent in (False, True):
        for X, y, rng in random_fits(5, 20, dependent=dependent):
            w = np.linalg.lstsq(X, y)[0]
            np.testing.assert_allclose(X.T @ (X @ w - y), 0, atol=1e-9)
            for d in rng.normal(size=(50, X.shape[1])):
                assert loss(X, y, w + d) >= loss(X, y, w) - 1e-9
                other = w + d
                products = X.T @ (X @ other - y)
                if np.abs(products).max() > 1e-6:
                    step = 1 / np.linalg.norm(X, 2) ** 2
                    assert loss(X, y, other - step * products) < loss(X, y, other)


def all_best_weights_predict_the_same_and_independent_columns_leave_one():
    for X, y, rng in random_fits(6, 20, dependent=True):
        w = np.linalg.lstsq(X, y)[0]
        along = np.append(np.ones(X.shape[1] - 1), -1.0)  # the dependence: the others minus the last
        other = w + rng.uniform(1, 5) * along
        np.testing.assert_allclose(loss(X, y, other), loss(X, y, w))
        np.testing.assert_allclose(X @ other, X @ w)
        assert np.abs(other - w).max() > 0.9
    for X, y, rng in random_fits(7, 20, dependent=False):
        w = np.linalg.lstsq(X, y)[0]
        weakest = np.linalg.eigh(X.T @ X)[1][:, 0]  # the cheapest move of all
        for d in (weakest, -weakest, *rng.normal(size=(20, X.shape[1]))):
            assert loss(X, y, w + d) > loss(X, y, w) + 1e-6


def with_a_column_of_ones_the_best_fit_goes_through_the_means():
    missed = 0
    for features, y, _ in random_fits(8, 20, dependent=False):
        X = np.column_stack([np.ones(len(y)), features[:, 1:]])
        w = solve_least_squares_qr(X, y)
        np.testing.assert_allclose(X.mean(axis=0) @ w, y.mean(), atol=1e-9)
        without = solve_least_squares_qr(features, y)
        missed += abs(features.mean(axis=0) @ without - y.mean()) > 1e-3
    assert missed > 10


def one_more_column_never_raises_the_smallest_loss():
    """Noise that has nothing to do with the targets: the loss falls all the same, to 0 with as many columns as rows."""
    rng = np.random.default_rng(9)
    for n in (4, 7, 10):
        y = rng.normal(size=n)
        X = np.ones((n, 1))
        before = loss(X, y, solve_least_squares_qr(X, y))
        while X.shape[1] < n:
            X = np.column_stack([X, rng.normal(size=n)])
            after = loss(X, y, np.linalg.lstsq(X, y)[0])
            assert after <= before
            repeated = np.column_stack([X, X[:, -1]])  # a column that says nothing new
            np.testing.assert_allclose(loss(repeated, y, np.linalg.lstsq(repeated, y)[0]), after, atol=1e-9)
            before = after
        assert before < 1e-12


def table_with(kappa, rng, rows=30, columns=4):
    """A random table with the condition number kappa, and its factors."""
    U = np.linalg.qr(rng.normal(size=(rows, columns)))[0]
    V = np.linalg.qr(rng.normal(size=(columns, columns)))[0]
    return (U * np.geomspace(1, 1 / kappa, columns)) @ V.T


def forming_x_transposed_x_squares_the_condition_number():
    """In L2; with lengths in L1 the square would be wrong."""
    assert np.linalg.cond([[1, 0.8], [0.8, 1]], 1) < 0.6 * np.linalg.cond([[1, 0.8], [0, 0.6]], 1) ** 2
    rng = np.random.default_rng(10)
    for kappa in 10.0 ** rng.uniform(0, 5, 30):
        X = table_with(kappa, rng, columns=int(rng.integers(2, 6)))
        curvatures = np.linalg.eigvalsh(X.T @ X)
        np.testing.assert_allclose(curvatures[-1] / curvatures[0], np.linalg.cond(X) ** 2, rtol=1e-3)
        np.testing.assert_allclose(condition_number(X), kappa, rtol=1e-6)


def the_triangle_has_the_condition_number_of_the_table_and_gives_the_same_weights():
    rng = np.random.default_rng(11)
    for kappa in 10.0 ** rng.uniform(0, 3, 30):
        X, y = table_with(kappa, rng), rng.normal(size=30)
        Q, R = householder_qr(X)
        np.testing.assert_allclose(Q @ R, X, atol=1e-12)
        np.testing.assert_allclose(Q.T @ Q, np.eye(4), atol=1e-12)
        assert np.abs(np.tril(R, -1)).max() == 0
        np.testing.assert_allclose(np.linalg.cond(R), kappa, rtol=1e-6)
        np.testing.assert_allclose(np.linalg.solve(R, Q.T @ y), np.linalg.solve(X.T @ X, X.T @ y), rtol=1e-4)


def the_normal_equation_loses_digits_with_the_square_of_the_condition_number():
    """Exact targets, so that QR loses with the first power: slopes of log error against log kappa, 2 and 1."""
    rng = np.random.default_rng(12)
    powers = np.arange(2, 7.1, 0.5)
    errors = []
    for power in powers:
        typical = []
        for _ in range(20):
            X, w = table_with(10.0**power, rng), rng.normal(size=4)
            y = X @ w
            ways = (np.linalg.solve(X.T @ X, X.T @ y), solve_least_squares_qr(X, y))
            typical.append([np.linalg.norm(way - w) / np.linalg.norm(w) for way in ways])
        errors.append(np.median(typical, axis=0))
    squared, plain = np.polyfit(powers, np.log10(errors), 1)[0]
    assert 1.8 < squared < 2.2
    assert 0.8 < plain < 1.2


def a_move_along_the_weakest_direction_costs_its_stretch_squared():
    rng = np.random.default_rng(13)
    for kappa, distance in zip(10.0 ** rng.uniform(1, 4, 20), rng.uniform(-10, 10, 20), strict=True):
        X, y = table_with(kappa, rng), rng.normal(size=30)
        w = solve_least_squares_qr(X, y)
        stretches, directions = np.linalg.eigh(X.T @ X)  # stretches squared, the weakest first
        moved = w + distance * directions[:, 0]
        np.testing.assert_allclose(loss(X, y, moved) - loss(X, y, w), distance**2 * stretches[0], rtol=1e-4, atol=1e-9)
        np.testing.assert_allclose(np.linalg.norm(X @ (moved - w)), abs(distance) / kappa, rtol=1e-4)
        for d in rng.normal(size=(50, 4)):  # any other direction moves the predictions at least as much
            assert np.linalg.norm(X @ d) >= np.linalg.norm(d) / kappa * (1 - 1e-6)


def penalised(X, y, w, penalty):
    return loss(X, y, w) + penalty * w @ w


def a_positive_penalty_leaves_one_best_list_of_weights():
    """Twin columns, and more columns than rows: still one, and the condition number of its equation is bounded."""
    rng = np.random.default_rng(14)
    for penalty in 10.0 ** rng.uniform(-3, 2, 20):
        few, twins = rng.normal(size=(3, 5)), rng.normal(size=(20, 3))
        twins[:, 2] = twins[:, 1]
        for X in (few, twins):
            y = rng.normal(size=len(X))
            w = solve_ridge(X, y, penalty=penalty)
            np.testing.assert_allclose(X.T @ (X @ w - y) + penalty * w, 0, atol=1e-9)
            for d in rng.normal(size=(50, X.shape[1])):
                assert penalised(X, y, w + d, penalty) > penalised(X, y, w, penalty) + 1e-6
            largest = np.linalg.norm(X, 2)
            bound = 1 + largest**2 / penalty
            assert np.linalg.cond(X.T @ X + penalty * np.eye(X.shape[1])) < bound * (1 + 1e-6)
            assert np.linalg.matrix_rank(X) < X.shape[1]


def ridge_keeps_the_share_of_each_direction_that_its_stretch_earns():
    rng = np.random.default_rng(15)
    for penalty in 10.0 ** rng.uniform(-3, 3, 20):
        X = rng.normal(size=(30, 4)) * rng.uniform(0.1, 5, 4)
        y = rng.normal(size=30)
        _, stretch, directions = np.linalg.svd(X, full_matrices=False)
        free, ridge = directions @ np.linalg.lstsq(X, y)[0], directions @ solve_ridge(X, y, penalty=penalty)
        np.testing.assert_allclose(ridge, stretch**2 / (stretch**2 + penalty) * free, rtol=1e-6, atol=1e-12)


def a_larger_penalty_shortens_the_list_and_raises_the_error_though_one_weight_may_grow():
    rng = np.random.default_rng(16)
    grew = 0
    for _ in range(30):
        X = rng.normal(size=(30, 3)) + rng.normal(size=(30, 1))  # correlated features
        y = rng.normal(size=30)
        fits = [solve_ridge(X, y, penalty=penalty) for penalty in (0.1, 1.0, 10.0, 100.0)]
        assert (np.diff([np.linalg.norm(w) for w in fits]) < 0).all()
        assert (np.diff([loss(X, y, w) for w in fits]) > 0).all()
        grew += (np.diff(np.abs(fits), axis=0) > 0).any()
    assert 0 < grew < 30


def a_free_intercept_follows_the_level_of_the_targets_and_a_penalised_one_does_not():
    rng = np.random.default_rng(17)
    for penalty, level in zip(10.0 ** rng.uniform(0, 3, 20), rng.uniform(10, 1000, 20), strict=True):
        X, y = rng.normal(size=(40, 3)), rng.normal(size=40)
        free = [fit_ridge(X, y + shift, penalty=penalty).predict(X) for shift in (0, level)]
        np.testing.assert_allclose(free[1] - free[0], level)
        table = np.column_stack([np.ones(40), X])
        paid = [table @ solve_ridge(table, y + shift, penalty=penalty) for shift in (0, level)]
        assert 0 < np.mean(paid[1] - paid[0]) < 0.98 * level
        np.testing.assert_allclose(free[0].mean(), y.mean(), atol=1e-9)
