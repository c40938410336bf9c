"""Exercises of the module docs/linear_algebra/least_squares.md."""

import numpy as np


def how_many_solutions(A, y):
    rank = np.linalg.matrix_rank(A)
    if np.linalg.matrix_rank(np.column_stack([A, y])) > rank:
        return "none"
    return "one" if rank == np.shape(A)[1] else "many"


def how_many_solutions_starter(A, y):
    """Return "none", "one" or "many" for the linear system A w = y."""
    return "one"  # Your code here.


def how_many_solutions_check_lines(how_many_solutions):
    """Lines that cross, that are parallel, and that are the same."""
    crossing = how_many_solutions(np.array([[2.0, 1.0], [1.0, 1.0]]), np.array([8.0, 5.0]))
    assert crossing is not None, "Your function returns nothing: end it with return."
    assert crossing in ("none", "one", "many"), f'Return "none", "one" or "many", not {crossing!r}.'
    assert crossing == "one", f"The lines 2, 1 and 1, 1 cross at one point, and you return {crossing!r}."
    parallel = how_many_solutions(np.array([[2.0, 1.0], [4.0, 2.0]]), np.array([8.0, 10.0]))
    assert parallel != "many", "Parallel lines have no point in common: look whether y raises the rank."
    assert parallel == "none", f"The lines are parallel, so there is no solution; you return {parallel!r}."
    same = how_many_solutions(np.array([[2.0, 1.0], [4.0, 2.0]]), np.array([8.0, 16.0]))
    assert same == "many", f"Both equations are the same line, so there are many; you return {same!r}."


def how_many_solutions_check_small_determinant(how_many_solutions):
    """A tenth of the identity in ten dimensions has a tiny determinant, and one solution."""
    answer = how_many_solutions(0.1 * np.eye(10), np.ones(10))
    assert answer == "one", "A small determinant is not a missing rank: each weight is 10, and nothing else fits."


def how_many_solutions_check_tall_and_wide(how_many_solutions):
    """Three equations for two weights, and one equation for two."""
    tall = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]])
    missed = how_many_solutions(tall, np.array([2.0, 3.0, 7.0]))
    assert missed == "none", f"No line goes through the three points of the page; you return {missed!r}."
    met = how_many_solutions(tall, np.array([2.0, 3.0, 4.0]))
    message = "Compare the rank with the number of columns: three equations can have one solution for two weights."
    assert met == "one", message
    wide = how_many_solutions(np.array([[1.0, 2.0]]), np.array([3.0]))
    message = "One equation for two weights leaves a whole line: compare the rank with the columns, not the rows."
    assert wide == "many", message


def how_many_solutions_check_every_shape(how_many_solutions):
    """Fewer equations than weights can contradict each other, and more equations can all be the same line."""
    clash = how_many_solutions(np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]]), np.array([1.0, 3.0]))
    assert clash == "none", "Two equations for three weights can contradict each other: look at y first."
    thrice = how_many_solutions(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), np.array([1.0, 2.0, 3.0]))
    assert thrice == "many", "Three equations that repeat one line leave many solutions: count ranks, not rows."


def how_many_solutions_wrong_determinant(A, y):
    """A small determinant is not a missing rank: each weight is 10, and nothing else fits."""
    rank = np.linalg.matrix_rank(A)
    if np.linalg.matrix_rank(np.column_stack([A, y])) > rank:
        return "none"
    if A.shape[0] == A.shape[1]:
        return "one" if abs(np.linalg.det(A)) > 1e-8 else "many"
    return "one" if rank == A.shape[1] else "many"


def how_many_solutions_wrong_no_y(A, y):
    """Parallel lines have no point in common: look whether y raises the rank."""
    return "one" if np.linalg.matrix_rank(A) == A.shape[1] else "many"


def how_many_solutions_wrong_rows(A, y):
    """Compare the rank with the number of columns: three equations can have one solution for two weights."""
    rank = np.linalg.matrix_rank(A)
    if np.linalg.matrix_rank(np.column_stack([A, y])) > rank:
        return "none"
    return "one" if rank == A.shape[0] else "many"


def how_many_solutions_wrong_wide(A, y):
    """Two equations for three weights can contradict each other: look at y first."""
    if A.shape[0] < A.shape[1]:
        return "many"
    rank = np.linalg.matrix_rank(A)
    if np.linalg.matrix_rank(np.column_stack([A, y])) > rank:
        return "none"
    return "one" if rank == A.shape[1] else "many"


def ridge_line(X, y, penalty):
    Z, levels = X - X.mean(axis=0), y - y.mean()
    weights = np.linalg.solve(Z.T @ Z + penalty * np.eye(X.shape[1]), Z.T @ levels)
    return y.mean() - X.mean(axis=0) @ weights, weights


def ridge_line_starter(X, y, penalty):
    """Intercept and weights of a ridge whose intercept pays nothing."""
    return 0.0, np.zeros(X.shape[1])  # Your code here.


def _is_pair(answer):
    return isinstance(answer, tuple | list) and len(answer) == 2


def ridge_line_check_by_hand(ridge_line):
    """The three points with the penalty 2: the slope halves to 1.25, and the line keeps the point (2, 4)."""
    answer = ridge_line(np.array([[1.0], [2.0], [3.0]]), np.array([2.0, 3.0, 7.0]), 2.0)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert _is_pair(answer), "Return two things: the intercept, and the array of weights."
    intercept, weights = answer
    assert np.shape(weights) == (1,), f"The weights are an array with one entry here, not {weights!r}."
    assert abs(weights[0] - 2.5) > 1e-9, "That is least squares: add the penalty to the diagonal."
    assert abs(weights[0] - 73 / 44) > 1e-6, "The column of ones pays too: centre first, and leave it out of the table."
    assert abs(weights[0] - 1.25) < 1e-9, f"The slope is 5 / (2 + 2) = 1.25, and you return {weights[0]:.4g}."
    assert abs(intercept - 4) > 1e-9, "That is the prediction at the mean of x. The intercept belongs to x = 0."
    assert abs(intercept - 1.5) < 1e-9, f"4 - 2 * 1.25 is 1.5, and you return {intercept:.4g}."


def ridge_line_check_level(ridge_line):
    """A thousand more on every y is a thousand more on the intercept, and no other weight."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 3)), rng.normal(size=20)
    low, high = ridge_line(X.copy(), y.copy(), 5.0), ridge_line(X.copy(), y + 1000, 5.0)
    assert np.allclose(low[1], high[1]), "The weights moved with the level of y: centre first."
    assert abs(high[0] - low[0] - 1000) < 1e-6, f"The intercept rose by {high[0] - low[0]:.4g} instead of 1000."


def ridge_line_check_best(ridge_line):
    """Squared errors plus penalty: no other line has less."""
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(15, 2)) + 3, rng.normal(size=15) + 5

    def cost(b, w):
        return np.sum((X @ w + b - y) ** 2) + 4 * w @ w

    b, w = ridge_line(X.copy(), y.copy(), 4.0)
    message = "A line nearby costs less: is the penalty on the diagonal, and the intercept the one for these weights?"
    for _ in range(20):
        assert cost(b, w) <= cost(b + 0.1 * rng.normal(), w + 0.1 * rng.normal(size=2)) + 1e-9, message


def ridge_line_wrong_ones_pay(X, y, penalty):
    """The column of ones pays too: centre first, and leave it out of the table."""
    table = np.column_stack([np.ones(len(y)), X])
    w = np.linalg.solve(table.T @ table + penalty * np.eye(table.shape[1]), table.T @ y)
    return w[0], w[1:]


def ridge_line_wrong_intercept(X, y, penalty):
    """That is the prediction at the mean of x. The intercept belongs to x = 0."""
    Z, levels = X - X.mean(axis=0), y - y.mean()
    return y.mean(), np.linalg.solve(Z.T @ Z + penalty * np.eye(X.shape[1]), Z.T @ levels)


def ridge_line_wrong_no_penalty(X, y, penalty):
    """That is least squares: add the penalty to the diagonal."""
    Z, levels = X - X.mean(axis=0), y - y.mean()
    weights = np.linalg.lstsq(Z, levels)[0]
    return y.mean() - X.mean(axis=0) @ weights, weights
