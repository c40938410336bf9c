"""What the module docs/linear_algebra/eigenvectors_svd_and_pca.md claims, one function per claim."""

from fractions import Fraction

import numpy as np

from mlmath.linalg import fit_pca, low_rank_approximation, power_iteration, svd, symmetric_eigen
from mlmath.models import fit_linear_regression
from mlmath.stats import fit_scaler


def random_symmetric(rng, values):
    """A symmetric matrix with these eigenvalues, along random orthonormal directions."""
    basis = np.linalg.qr(rng.normal(size=(len(values), len(values))))[0]
    return basis @ np.diag(values) @ basis.T, basis


def unit_vectors(rng, count, n):
    """Random arrows of length 1, one a row."""
    arrows = rng.normal(size=(count, n))
    return arrows / np.linalg.norm(arrows, axis=1, keepdims=True)


def a_symmetric_matrix_has_eigenvectors_at_right_angles_and_real_eigenvalues():
    """Also if eigenvalues are equal. The other program is free to answer with complex numbers."""
    rng = np.random.default_rng(0)
    for n in rng.integers(2, 8, 30):
        whole = np.round(2 * rng.normal(size=(n, n)))
        repeated = random_symmetric(rng, rng.integers(-1, 2, n))[0]  # eigenvalues -1, 0 and 1, some of them equal
        for A in (whole + whole.T, repeated + repeated.T, np.diag(rng.integers(-2, 3, n).astype(float))):
            values, vectors = symmetric_eigen(A)
            np.testing.assert_allclose(A @ vectors, vectors * values, atol=1e-9)
            np.testing.assert_allclose(vectors.T @ vectors, np.eye(n), atol=1e-9)
            allowing_complex = np.linalg.eigvals(A)
            np.testing.assert_allclose(np.imag(allowing_complex), 0, atol=1e-6)
            np.testing.assert_allclose(np.sort(np.real(allowing_complex)), np.sort(values), atol=1e-6)


def a_rotation_turns_every_arrow_by_its_angle_and_no_real_arrow_keeps_its_line():
    rng = np.random.default_rng(1)
    for turn in rng.uniform(0.05, np.pi - 0.05, 20) * rng.choice([-1, 1], 20):
        R = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        for v in unit_vectors(rng, 20, 2):
            np.testing.assert_allclose(v @ R @ v, np.cos(turn))  # the cosine of the angle between v and R v
        assert np.abs(np.roots([1, -np.trace(R), np.linalg.det(R)]).imag).min() > 0.01
        assert np.iscomplexobj(np.linalg.eigvals(R))
    for turn, value in ((0.0, 1.0), (np.pi, -1.0)):
        R = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        np.testing.assert_allclose(R @ [3.0, 1.0], value * np.array([3.0, 1.0]))


def an_eigenvector_stays_one_for_powers_and_for_a_plus_c_times_the_identity():
    rng = np.random.default_rng(2)
    for _ in range(20):
        n = int(rng.integers(2, 6))
        vectors, known = rng.normal(size=(n, n)) + 2 * np.eye(n), rng.uniform(-2, 2, n)
        A = vectors @ np.diag(known) @ np.linalg.inv(vectors)
        c, k = rng.uniform(-3, 3), int(rng.integers(2, 6))
        for value, v in zip(known, vectors.T, strict=True):
            np.testing.assert_allclose(A @ v, value * v, atol=1e-7)
            product = v
            for _ in range(k):
                product = A @ product
            np.testing.assert_allclose(product, value**k * v, atol=1e-5)
            np.testing.assert_allclose((A + c * np.eye(n)) @ v, (value + c) * v, atol=1e-7)


def each_product_shrinks_the_tangent_by_the_ratio_of_the_two_largest_eigenvalues():
    rng = np.random.default_rng(3)
    for ratio in rng.uniform(0.3, 0.9, 30) * rng.choice([-1, 1], 30):
        n, largest = int(rng.integers(3, 7)), rng.uniform(0.5, 5) * rng.choice([-1, 1])
        rest = rng.uniform(-0.8, 0.8, n - 2) * abs(ratio)
        A, basis = random_symmetric(rng, largest * np.concatenate([[1, ratio], rest]))
        found = power_iteration(A, rng.normal(size=n), steps=60, tolerance=0)
        parts = np.abs(found.vectors @ basis)
        tangents = np.linalg.norm(parts[:, 1:], axis=1) / parts[:, 0]
        factors = (tangents[1:] / tangents[:-1])[tangents[1:] > 1e-9]
        assert len(factors) > 10
        assert (factors <= abs(ratio) * (1 + 1e-5)).all()
        np.testing.assert_allclose(factors[-1], abs(ratio), rtol=0.02)


def without_one_largest_size_power_iteration_never_settles():
    """Two eigenvalues of one size and opposite signs, or a complex pair (a rotation), beside a smaller one."""
    rng = np.random.default_rng(4)
    for _ in range(20):
        turn, smaller = rng.uniform(0.3, 2.8), rng.uniform(-0.7, 0.7)
        rotation = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
        mixed = rng.normal(size=(3, 3)) + 2 * np.eye(3)
        for pair, settles in ((np.diag([1.0, -1.0]), False), (rotation, False), (np.diag([1.0, -0.7]), True)):
            middle = np.zeros((3, 3))
            middle[:2, :2], middle[2, 2] = pair, smaller
            A = 1.5 * mixed @ middle @ np.linalg.inv(mixed)
            v, changes = rng.normal(size=3), []
            for _ in range(240):
                out = A @ v / np.linalg.norm(A @ v)
                changes.append(np.linalg.norm(out - v * np.sign(out @ v)))
                v = out
            early, late = max(changes[20:60]), max(changes[200:])
            assert (late < 1e-6 * early) == settles
            assert (late > 0.9 * early) != settles


def random_matrices(rng, count):
    """Matrices of all shapes, every other one of low rank."""
    for number in range(count):
        rows, columns = rng.integers(1, 8, 2)
        if number % 2:
            yield rng.normal(size=(rows, 2)) @ rng.normal(size=(2, columns))
        else:
            yield rng.normal(size=(rows, columns))


def every_matrix_is_rotation_stretch_rotation_and_its_stretches_are_roots_of_eigenvalues():
    for A in random_matrices(np.random.default_rng(5), 40):
        U, s, Vt = svd(A)
        k = min(A.shape)
        np.testing.assert_allclose(U @ np.diag(s) @ Vt, A, atol=1e-9)
        np.testing.assert_allclose(U.T @ U, np.eye(k), atol=1e-9)
        np.testing.assert_allclose(Vt @ Vt.T, np.eye(k), atol=1e-9)
        assert (s >= 0).all()
        assert (np.diff(s) <= 0).all()
        np.testing.assert_allclose(s**2, np.linalg.eigvalsh(A.T @ A)[::-1][:k], atol=1e-9)


def no_arrow_of_length_one_is_stretched_more_than_the_first_right_singular_vector():
    rng = np.random.default_rng(6)
    for A in random_matrices(rng, 40):
        _, s, Vt = svd(A)
        lengths = np.linalg.norm(unit_vectors(rng, 500, A.shape[1]) @ A.T, axis=1)
        assert lengths.max() <= s[0] + 1e-9
        np.testing.assert_allclose(np.linalg.norm(A @ Vt[0]), s[0], atol=1e-9)
        if A.shape[0] >= A.shape[1]:
            assert lengths.min() >= s[-1] - 1e-9
            np.testing.assert_allclose(np.linalg.norm(A @ Vt[-1]), s[-1], atol=1e-9)


def eigenvalues_lie_between_the_singular_values_and_match_them_in_size_for_symmetric_matrices():
    rng = np.random.default_rng(7)
    apart = []
    for n in rng.integers(2, 7, 40):
        A = rng.normal(size=(n, n))
        sizes, s = np.sort(np.abs(np.linalg.eigvals(A)))[::-1], svd(A).singular_values
        assert sizes[0] <= s[0] + 1e-9
        assert sizes[-1] >= s[-1] - 1e-9
        apart.append(np.abs(sizes - s).max())
        S = A + A.T
        np.testing.assert_allclose(svd(S).singular_values, np.sort(np.abs(np.linalg.eigvalsh(S)))[::-1], atol=1e-9)
    assert min(apart) > 1e-3


def exact_rank(rows):
    """Rank of whole numbers by elimination with fractions, so without rounding."""
    rows, rank = [[Fraction(int(entry)) for entry in row] for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column] != 0), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, len(rows)):
            factor = rows[i][column] / rows[rank][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank


def the_rank_is_the_number_of_singular_values_above_rounding():
    rng = np.random.default_rng(8)
    ranks = set()
    for _ in range(40):
        rows, columns, inner = rng.integers(2, 7, 3)
        A = rng.integers(-3, 4, (rows, inner)) @ rng.integers(-3, 4, (inner, columns))
        s = svd(A).singular_values
        counted = int(np.sum(s > 1e-12 * s[0]))
        assert counted == exact_rank(A)
        ranks.add(counted)
    assert len(ranks) > 3


def the_best_rank_k_matrix_misses_by_the_next_singular_value_and_no_other_comes_closer():
    """Against random matrices of that rank, and against ones close to the best."""
    rng = np.random.default_rng(9)
    for A in random_matrices(rng, 30):
        s = svd(A).singular_values
        for k in range(min(A.shape)):
            rest = A - low_rank_approximation(A, k)
            spectral = np.sqrt(max(0.0, np.linalg.eigvalsh(rest.T @ rest)[-1]))
            np.testing.assert_allclose(spectral, s[k], atol=1e-7)
            np.testing.assert_allclose(np.sqrt(np.sum(rest**2)), np.sqrt(np.sum(s[k:] ** 2)), atol=1e-9)
            if k == 0:
                continue
            best = low_rank_approximation(A, k)
            left, right = rng.normal(size=(A.shape[0], k)), rng.normal(size=(k, A.shape[1]))
            nudged = best + 0.01 * left @ right
            U, t, Vt = np.linalg.svd(nudged, full_matrices=False)
            for other in (left @ right, (U[:, :k] * t[:k]) @ Vt[:k]):
                assert np.linalg.matrix_rank(other) <= k
                miss = A - other
                assert np.sqrt(np.linalg.eigvalsh(miss.T @ miss)[-1]) >= s[k] - 1e-7
                assert np.sqrt(np.sum(miss**2)) >= np.sqrt(np.sum(s[k:] ** 2)) - 1e-9
    for _ in range(10):  # a tie: keep one of two equal singular values, or the other
        U, V = (np.linalg.qr(rng.normal(size=(rows, 3)))[0] for rows in rng.integers(3, 8, 2))
        A = U * [3.0, 2.0, 2.0] @ V.T
        kept = [U[:, pair] * [3.0, 2.0] @ V[:, pair].T for pair in ([0, 1], [0, 2])]
        assert not np.allclose(*kept)
        for answer in (*kept, low_rank_approximation(A, 2)):
            np.testing.assert_allclose([np.linalg.norm(A - answer, 2), np.linalg.norm(A - answer)], 2)


def random_tables(rng, count):
    """Tables with correlated features, away from zero."""
    for _ in range(count):
        features = int(rng.integers(2, 6))
        spread = rng.normal(size=(features, features))
        yield rng.normal(size=(40, features)) @ spread + rng.normal(size=features)


def the_first_component_has_the_largest_variance_and_the_next_the_largest_at_right_angles():
    rng = np.random.default_rng(10)
    for X in random_tables(rng, 30):
        features = X.shape[1]
        pca = fit_pca(X, components=features)
        for j in range(features):
            earlier = pca.components[:j]
            variance = np.var(X @ pca.components[j], ddof=1)
            np.testing.assert_allclose(variance, pca.explained_variance[j])
            np.testing.assert_allclose(earlier @ pca.components[j], 0, atol=1e-9)
            near = pca.components[j] + 0.05 * rng.normal(size=(100, features))
            directions = np.vstack([rng.normal(size=(100, features)), near])
            directions -= directions @ earlier.T @ earlier
            directions /= np.linalg.norm(directions, axis=1, keepdims=True)
            assert np.var(X @ directions.T, axis=0, ddof=1).max() <= variance * (1 + 1e-9) + 1e-9


def rebuilding_from_k_components_loses_the_variances_left_out_and_no_flat_of_k_directions_loses_less():
    rng = np.random.default_rng(11)
    for X in random_tables(rng, 30):
        examples, features = X.shape
        variances = fit_pca(X, components=features).explained_variance
        for k in range(1, features):
            pca = fit_pca(X, components=k)
            lost = np.sum((X - pca.inverse_transform(pca.transform(X))) ** 2)
            np.testing.assert_allclose(lost, (examples - 1) * variances[k:].sum())
            for size in (1.0, 0.05):
                basis = np.linalg.qr(pca.components.T + size * rng.normal(size=(features, k)))[0]
                point = pca.mean + size * rng.normal(size=features)
                away = X - point - (X - point) @ basis @ basis.T
                assert np.sum(away**2) >= lost


def moving_the_table_away_from_zero_turns_the_uncentred_direction_and_leaves_pca_alone():
    rng = np.random.default_rng(12)
    for X in random_tables(rng, 30):
        way = unit_vectors(rng, 1, X.shape[1])[0]
        component = fit_pca(X, components=1).components[0]
        cosines = []
        for distance in (1e2, 1e3, 1e4):
            moved = X + distance * way
            cosines.append(abs(np.linalg.svd(moved)[2][0] @ way))
            np.testing.assert_allclose(abs(fit_pca(moved, components=1).components[0] @ component), 1, atol=1e-6)
        assert cosines[-1] > 1 - 1e-6
        assert 1 - cosines[0] > 1 - cosines[1] > 1 - cosines[2]


def a_smaller_unit_pulls_the_first_component_to_its_feature_unless_the_features_are_scaled():
    rng = np.random.default_rng(13)
    for X in random_tables(rng, 30):
        j = int(rng.integers(X.shape[1]))
        missing = []
        for factor in (1e3, 1e4, 1e5):
            units = np.where(np.arange(X.shape[1]) == j, factor, 1.0)
            small_unit = fit_pca(X * units, components=1)
            missing.append([1 - abs(small_unit.components[0, j]), 1 - small_unit.explained_variance_ratio[0]])
        np.testing.assert_allclose(missing[2], 0, atol=1e-6)
        assert (np.array(missing[1]) < 0.02 * np.array(missing[0])).all()  # ten times the numbers, 100 times closer
        scaled = [fit_pca(fit_scaler(table).transform(table), components=1) for table in (X, X * units)]
        np.testing.assert_allclose(scaled[0].explained_variance_ratio, scaled[1].explained_variance_ratio)
        np.testing.assert_allclose(abs(scaled[0].components @ scaled[1].components.T), 1, atol=1e-9)


def a_component_with_a_tiny_share_can_hold_all_that_predicts_the_target():
    """The target is the part with the tiny share; its chance correlation with the large part is taken out."""
    rng = np.random.default_rng(14)
    for _ in range(20):
        parts = rng.normal(size=(200, 2))
        large, small = np.linalg.qr(parts - parts.mean(axis=0))[0].T  # means 0, and no correlation at all
        turn = np.linalg.qr(rng.normal(size=(2, 2)))[0]
        X = np.column_stack([100 * large, small]) @ turn + rng.normal(size=2)
        pca = fit_pca(X, components=2)
        assert pca.explained_variance_ratio[1] < 1.1e-4
        scores = pca.transform(X)
        target = rng.uniform(1, 5) * small + rng.normal()
        assert fit_linear_regression(scores[:, :1], target).r_squared < 1e-9
        assert fit_linear_regression(scores[:, 1:], target).r_squared > 1 - 1e-9
