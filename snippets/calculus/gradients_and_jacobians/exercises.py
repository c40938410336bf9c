"""Exercises of the module docs/calculus/gradients_and_jacobians.md."""

import numpy as np


def measured_jacobian(f, x, h):
    columns = []
    for j in range(len(x)):
        move = np.zeros(len(x))
        move[j] = h
        columns.append((f(x + move) - f(x - move)) / (2 * h))
    return np.stack(columns, axis=1)


def measured_jacobian_starter(f, x, h):
    """The Jacobian of f at x, one row for each output and one column for each input."""
    return np.zeros((len(x), len(x)))  # Your code here.


def measured_jacobian_check_leaves_the_point_alone(measured_jacobian):
    """The caller's point is still there afterwards."""
    x = np.array([1.0, 2.0])
    measured_jacobian(lambda x: 3 * x, x, 0.1)
    assert np.array_equal(x, [1.0, 2.0]), "You changed the caller's x: add the move to it without writing into it."


def measured_jacobian_check_box(measured_jacobian):
    """The box of this page: three outputs, two inputs."""
    features = lambda x: np.array([x[0] * x[1], 2 * x[0] + 2 * x[1], x[1] - x[0]])
    J = measured_jacobian(features, np.array([1.0, 3.0]), 1e-4)
    assert J is not None, "Your function returns nothing: end it with return."
    shape = np.shape(J)
    assert shape != (2, 3), "The shape is (2, 3), inputs by outputs: put the measured vectors into columns, not rows."
    assert shape == (3, 2), f"Three outputs and two inputs make the shape (3, 2), and you return {shape}."
    right = np.array([[3.0, 1.0], [2.0, 2.0], [-1.0, 1.0]])
    both = np.array([[4.0, 4.0], [4.0, 4.0], [0.0, 0.0]])
    assert not np.allclose(J, both, atol=1e-6), "You moved both inputs at once: move one, and hold the other still."
    assert not np.allclose(J, 2 * right, atol=1e-6), "You divided by h, but the two points are 2 h apart."
    assert np.allclose(J, right, atol=1e-6), "The rows should be (3, 1), (2, 2) and (-1, 1)."


def measured_jacobian_check_square_map(measured_jacobian):
    """Two outputs and two inputs: the shape can't show a transposed answer, the numbers can."""
    J = measured_jacobian(lambda x: np.array([x[0] ** 2, x[0] * x[1]]), np.array([2.0, 5.0]), 1e-4)
    message = "You measured with a forward difference: take one point h ahead and one h behind."
    for h in (1e-4, -1e-4):
        assert not np.allclose(J, [[4 + h, 0.0], [5.0, 2.0]], rtol=0, atol=1e-6), message
    message = "For the outputs x1^2 and x1 x2 at (2, 5) the rows are (4, 0) and (5, 2)."
    assert np.allclose(J, [[4.0, 0.0], [5.0, 2.0]], atol=1e-6), message


def measured_jacobian_check_step(measured_jacobian):
    """The step is the caller's: for x^3 a central difference is off by h^2, so a long step shows."""
    for h in (0.5, 0.1):
        J = measured_jacobian(lambda x: x**3, np.array([1.0, 2.0]), h)
        right = np.diag([3 + h * h, 12 + h * h])
        message = "You used a step of your own: take the h that you are given."
        assert not np.allclose(J, np.diag([3.0, 12.0]), atol=1e-4), message
        assert np.allclose(J, right), f"For x^3 at (1, 2) with h = {h} the diagonal is 3 and 12, each plus h^2."


def measured_jacobian_wrong_transposed(f, x, h):
    """The shape is (2, 3), inputs by outputs: put the measured vectors into columns, not rows."""
    return np.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))])


def measured_jacobian_wrong_forward(f, x, h):
    """You measured with a forward difference: take one point h ahead and one h behind."""
    return np.stack([(f(x + h * e) - f(x)) / h for e in np.eye(len(x))], axis=1)


def measured_jacobian_wrong_own_step(f, x, h):
    """You used a step of your own: take the h that you are given."""
    h = 1e-5
    return np.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))], axis=1)


def measured_jacobian_wrong_all_at_once(f, x, h):
    """You moved both inputs at once: move one, and hold the other still."""
    return np.stack([(f(x + h) - f(x - h)) / (2 * h) for _ in x], axis=1)


def measured_jacobian_wrong_in_place(f, x, h):
    """You changed the caller's x: add the move to it without writing into it."""
    columns = []
    for j in range(len(x)):
        x[j] += h
        ahead = np.array(f(x))
        x[j] -= 2 * h  # and x[j] stays there
        columns.append((ahead - f(x)) / (2 * h))
    return np.stack(columns, axis=1)


def loss_gradient(X, w, y):
    errors = X @ w - np.reshape(y, -1)
    return 2 * X.T @ errors


def loss_gradient_starter(X, w, y):
    """The gradient of the sum of squared errors; y may have the shape (n,) or (n, 1)."""
    return np.zeros(len(w))  # Your code here.


def loss_gradient_check_by_hand(loss_gradient):
    """The example of this page: the gradient is (6, 10)."""
    X = np.array([[1.0, 0.0], [1.0, 2.0], [2.0, 1.0]])
    answer = loss_gradient(X, np.array([1.0, 2.0]), np.array([2.0, 3.0, 3.0]))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Two weights make a gradient of shape (2,), and you return {np.shape(answer)}."
    known = {
        (3, 5): "Half of the right answer: the 2 that comes down from the square is missing.",
        (2, 10 / 3): "A third of the right answer: this loss is a sum, not a mean.",
        (-6, -10): "The signs are turned round: an error is prediction minus observed, X @ w - y.",
    }
    for wrong, message in known.items():
        assert not np.allclose(answer, wrong), message
    assert np.allclose(answer, (6, 10)), f"The gradient is (6, 10), and you return {answer}."


def loss_gradient_check_column(loss_gradient):
    """A y of shape (n, 1), as a table with one column gives it, has the same gradient."""
    X = np.array([[1.0, 0.0], [1.0, 2.0], [2.0, 1.0]])
    answer = loss_gradient(X, np.array([1.0, 2.0]), np.array([[2.0], [3.0], [3.0]]))
    message = f"With y of shape (3, 1) you return the shape {np.shape(answer)}: (3,) minus (3, 1) is a 3 by 3 table."
    assert np.shape(answer) == (2,), message
    assert np.allclose(answer, (6, 10)), (
        f"With y of shape (3, 1) the gradient is still (6, 10), and you return {answer}."
    )


def loss_gradient_check_measured(loss_gradient):
    """It agrees with slopes that are measured, for random square and oblong tables."""
    rng = np.random.default_rng(0)
    for n in (6, 3):
        X, y, w = rng.normal(size=(n, 3)), rng.normal(size=n), rng.normal(size=3)
        loss = lambda w, X=X, y=y: np.sum((X @ w - y) ** 2)
        measured = [(loss(w + e) - loss(w - e)) / 2e-5 for e in 1e-5 * np.eye(3)]
        answer = loss_gradient(X, w, y)
        assert np.allclose(answer, measured, atol=1e-6), (
            f"Measured with {n} random rows: {measured}; you return {answer}."
        )


def loss_gradient_wrong_no_two(X, w, y):
    """Half of the right answer: the 2 that comes down from the square is missing."""
    return X.T @ (X @ w - np.reshape(y, -1))


def loss_gradient_wrong_sign(X, w, y):
    """The signs are turned round: an error is prediction minus observed, X @ w - y."""
    return 2 * X.T @ (np.reshape(y, -1) - X @ w)


def loss_gradient_wrong_broadcast(X, w, y):
    """With y of shape (3, 1) you return the shape (2, 3): (3,) minus (3, 1) is a 3 by 3 table."""
    return 2 * X.T @ (X @ w - y)


def loss_gradient_wrong_mean(X, w, y):
    """A third of the right answer: this loss is a sum, not a mean."""
    return 2 * X.T @ (X @ w - np.reshape(y, -1)) / len(X)
