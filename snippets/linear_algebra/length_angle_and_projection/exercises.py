"""Exercises of the module docs/linear_algebra/length_angle_and_projection.md."""

import numpy as np


def nearest_row(X, x):
    distances = np.linalg.norm((X - x) / X.std(axis=0), axis=1)
    return int(np.argmin(distances))


def nearest_row_starter(X, x):
    """Number of the row of X that is nearest to x, after dividing each column by its standard deviation."""
    return 0  # Your code here.


def nearest_row_check_houses(nearest_row):
    """Four houses, lot and bedrooms: the one with the same bedrooms is nearer than the one with the same lot."""
    X = np.array([[4000.0, 6.0], [4100.0, 3.0], [9000.0, 2.0], [2000.0, 4.0]])
    found = nearest_row(X.copy(), np.array([4000.0, 3.0]))
    assert found is not None, "Your function returns nothing: end it with return."
    assert np.ndim(found) == 0, f"Return one row number, not {found!r}."
    assert found != 0, "Row 0 has the same lot and three more bedrooms: divide each column by its standard deviation."
    assert found == 1, f"Row 1 differs by 100 square feet alone, and you return {found}."


def nearest_row_check_columns(nearest_row):
    """Each column has its own deviation, and each row its own distance."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        X = rng.normal(size=(12, 3)) * [1, 50, 4000] + [0, 1000, 10]
        x = X.mean(axis=0) + rng.normal(size=3) * [1, 50, 4000]
        lengths = [sum(((a - b) / s) ** 2 for a, b, s in zip(row, x, X.std(axis=0), strict=True)) for row in X]
        totals = [sum(abs((a - b) / s) for a, b, s in zip(row, x, X.std(axis=0), strict=True)) for row in X]
        found = nearest_row(X.copy(), x.copy())
        right = int(np.argmin(lengths))
        assert found == right or found != int(np.argmin(totals)), "That is the nearest in L1: square, then add up."
        assert found == right, f"The nearest of twelve random rows is {right}, and you return {found}."


def nearest_row_wrong_unscaled(X, x):
    """Row 0 has the same lot and three more bedrooms: divide each column by its standard deviation."""
    return int(np.argmin(np.linalg.norm(X - x, axis=1)))


def nearest_row_wrong_order_one(X, x):
    """That is the nearest in L1: square, then add up."""
    return int(np.argmin(np.linalg.norm((X - x) / X.std(axis=0), ord=1, axis=1)))


def best_match(counts, query):
    lengths = np.linalg.norm(counts, axis=1)
    present = lengths > 0
    if not present.any() or not np.any(query):
        return None
    cosines = np.full(len(counts), -np.inf)
    cosines[present] = counts[present] @ query / lengths[present] / np.linalg.norm(query)
    return int(np.argmax(cosines))


def best_match_starter(counts, query):
    """Number of the row with the largest cosine similarity to query; rows of zeros never match."""
    return -1  # Your code here.


def _best(best_match, counts, query):
    with np.errstate(all="ignore"):
        return best_match(np.array(counts, dtype=float), np.array(query, dtype=float))


def best_match_check_direction(best_match):
    """A short document in the right direction beats a long one in another."""
    found = _best(best_match, [[9, 9], [2, 0], [1, 3]], [5, 1])
    assert found is not None, "Here is a match: return the number of its row."
    assert found != 0, "The largest dot product wins by size alone: divide by the lengths of the rows."
    assert found != 2, "That is the smallest similarity: look for the largest."
    assert found == 1, f"Row 1 is the closest in direction, and you return {found}."


def best_match_check_distance(best_match):
    """The same document three times over still matches."""
    found = _best(best_match, [[1, 2], [6, 3]], [2, 1])
    assert found == 1, "Row 1 is three times the query: compare directions, not distances."


def best_match_check_empty(best_match):
    """An empty document never wins, not even against opposite directions."""
    found = _best(best_match, [[1, 1], [0, 0], [3, 1]], [2, 1])
    assert found != 1, "The empty document won: leave rows of length 0 out, since 0/0 is nan."
    assert found == 2, f"Row 2 is the closest in direction, and you return {found}."
    message = "Among a zero row and a row in the opposite direction, the second one is the match: a zero row is none."
    assert _best(best_match, [[0, 0], [-1, -1]], [1, 1]) == 1, message


def best_match_check_nothing(best_match):
    """Without a direction there is no match: None."""
    assert _best(best_match, [[0, 0], [0, 0]], [1, 2]) is None, "All rows are zero, so return None."
    assert _best(best_match, [[1, 0], [0, 2]], [0, 0]) is None, "A zero query has no direction, so return None."


def best_match_wrong_nan(counts, query):
    """The empty document won: leave rows of length 0 out, since 0/0 is nan."""
    return int(np.argmax(counts @ query / np.linalg.norm(counts, axis=1) / np.linalg.norm(query)))


def best_match_wrong_dot(counts, query):
    """The largest dot product wins by size alone: divide by the lengths of the rows."""
    return int(np.argmax(counts @ query))


def best_match_wrong_distance(counts, query):
    """Row 1 is three times the query: compare directions, not distances."""
    return int(np.argmin(np.linalg.norm(counts - query, axis=1)))


def best_match_wrong_zero(counts, query):
    """Among a zero row and a row in the opposite direction, the second one is the match: a zero row is none."""
    lengths = np.linalg.norm(counts, axis=1)
    cosines = np.zeros(len(counts))
    np.divide(counts @ query, lengths * np.linalg.norm(query), out=cosines, where=lengths > 0)
    return int(np.argmax(cosines))


def closest_point(X, y):
    Q, _ = np.linalg.qr(X)
    return Q @ (Q.T @ y)


def closest_point_starter(X, y):
    """Point closest to y among all sums of multiples of the columns of X."""
    return np.zeros(len(y))  # Your code here.


def closest_point_check_by_hand(closest_point):
    """The plane from this page: (2, 3, 7) goes to (1.5, 4, 6.5)."""
    X, y = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]]), np.array([2.0, 3.0, 7.0])
    answer = closest_point(X.copy(), y.copy())
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) != (2,), "Those are two weights. Multiply the columns by them, and return the point."
    assert np.shape(answer) == (3,), f"The point has the shape of y, (3,), not {np.shape(answer)}."
    assert not np.allclose(answer, X @ (X.T @ y)), "The columns of X are not orthonormal: use those of np.linalg.qr."
    units = X / np.linalg.norm(X, axis=0)
    message = "You divided the columns by their lengths, but they are not at right angles to each other."
    assert not np.allclose(answer, units @ (units.T @ y)), message
    message = "That is the residual, with one sign or the other. Return the point itself."
    assert not np.allclose(np.abs(answer), [0.5, 1.0, 0.5]), message
    assert np.allclose(answer, [1.5, 4.0, 6.5]), f"The closest point is (1.5, 4, 6.5), and you return {answer}."


def closest_point_check_right_angles(closest_point):
    """For random columns, the residual is at right angles to each of them."""
    rng = np.random.default_rng(0)
    for k in (1, 2, 3):
        X, y = rng.normal(size=(6, k)), rng.normal(size=6)
        answer = closest_point(X.copy(), y.copy())
        products = X.T @ (answer - y)
        message = f"The products of the residual with {k} columns are {products.round(3)}, and should be 0."
        assert np.allclose(products, 0, atol=1e-8), message
        beside = np.column_stack([X, answer])
        assert np.linalg.matrix_rank(beside, tol=1e-8) == k, "Your point is no sum of multiples of the columns."


def closest_point_wrong_raw(X, y):
    """The columns of X are not orthonormal: use those of np.linalg.qr."""
    return X @ (X.T @ y)


def closest_point_wrong_units(X, y):
    """You divided the columns by their lengths, but they are not at right angles to each other."""
    units = X / np.linalg.norm(X, axis=0)
    return units @ (units.T @ y)


def closest_point_wrong_weights(X, y):
    """Those are two weights. Multiply the columns by them, and return the point."""
    return np.linalg.lstsq(X, y)[0]


def closest_point_wrong_residual(X, y):
    """That is the residual, with one sign or the other. Return the point itself."""
    Q, _ = np.linalg.qr(X)
    return y - Q @ (Q.T @ y)
