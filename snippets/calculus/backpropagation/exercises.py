"""Exercises of the module docs/calculus/backpropagation.md."""

import numpy as np


def backward_sweep(count, edges):
    gradient = [0.0] * count
    gradient[-1] = 1.0
    for source, target, local in reversed(edges):
        gradient[source] += local * gradient[target]
    return gradient


def backward_sweep_starter(count, edges):
    """The gradient of the last node by each node, as a list of count numbers."""
    gradient = [0.0] * count
    return gradient  # Your code here.


def backward_sweep_check_chain(backward_sweep):
    """In a chain, the local derivatives are multiplied."""
    answer = backward_sweep(4, [(0, 1, 2.0), (1, 2, -3.0), (2, 3, 5.0)])
    assert answer is not None, "Your function returns nothing: end it with return."
    assert len(answer) == 4, f"There are 4 nodes, so return 4 numbers, not {len(answer)}."
    assert any(answer), "All gradients are zero: the last node's own gradient is 1, and everything starts from it."
    assert not np.allclose(answer, [0, 0, 5, 1]), "Only one step back: go through the edges from the last to the first."
    assert np.allclose(answer, [-30, -15, 5, 1]), f"The gradients are -30, -15, 5 and 1; you return {answer}."


def backward_sweep_check_reuse(backward_sweep):
    """The neuron of this page, where the error is used twice: e * e."""
    edges = [(0, 4, 2), (1, 4, 3), (4, 5, 1), (2, 5, 1), (5, 6, 1), (6, 7, 1), (3, 7, -1), (7, 8, -2), (7, 8, -2)]
    answer = backward_sweep(9, edges)
    message = "You kept one of the two contributions of e: a node that is used twice adds them up, +=."
    assert not np.allclose(answer[:3], [-4, -6, -2]), message
    assert np.allclose(answer[:4], [-8, -12, -4, 4]), f"For w, x, b, y: -8, -12, -4, 4. You return {answer[:4]}."


def backward_sweep_check_measured(backward_sweep):
    """For f = (a + b) * a * b at random points, the sweep agrees with the slopes 2ab + b^2 and a^2 + 2ab."""
    for a, b in np.random.default_rng(0).uniform(1, 3, (5, 2)):
        total = a + b
        edges = [(0, 2, 1.0), (1, 2, 1.0), (2, 3, a), (0, 3, total), (3, 4, b), (1, 4, total * a)]
        answer = backward_sweep(5, edges)
        expected = (2 * a * b + b * b, a * a + 2 * a * b)
        yours = f"{answer[0]:.4f} and {answer[1]:.4f}"
        assert np.allclose(answer[:2], expected), (
            f"{expected[0]:.4f} and {expected[1]:.4f} expected, you return {yours}."
        )


def backward_sweep_wrong_overwrite(count, edges):
    """You kept one of the two contributions of e: a node that is used twice adds them up, +=."""
    gradient = [0.0] * count
    gradient[-1] = 1.0
    for source, target, local in reversed(edges):
        gradient[source] = local * gradient[target]
    return gradient


def backward_sweep_wrong_forward_order(count, edges):
    """Only one step back: go through the edges from the last to the first."""
    gradient = [0.0] * count
    gradient[-1] = 1.0
    for source, target, local in edges:
        gradient[source] += local * gradient[target]
    return gradient


def backward_sweep_wrong_no_start(count, edges):
    """All gradients are zero: the last node's own gradient is 1, and everything starts from it."""
    gradient = [0.0] * count
    for source, target, local in reversed(edges):
        gradient[source] += local * gradient[target]
    return gradient


def layer_backward(X, W, b, G):
    S = G * (X @ W + b > 0)
    return X.T @ S, S.sum(axis=0), S @ W.T


def layer_backward_starter(X, W, b, G):
    """The slopes by W, by b and by X of a result that reacts to relu(X @ W + b) with the slopes G."""
    return np.zeros_like(W), np.zeros_like(b), np.zeros_like(X)  # Your code here.


def layer_backward_check_shapes(layer_backward):
    """Each gradient has the shape of what it belongs to."""
    answer = layer_backward(np.ones((4, 3)), np.ones((3, 2)), np.zeros(2), np.ones((4, 2)))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert len(answer) == 3, "Return three arrays: the slopes by W, by b and by X."
    for name, given, shape in zip("WbX", answer, ((3, 2), (2,), (4, 3)), strict=True):
        message = f"The slopes by {name} have the shape of {name}, {shape}, and yours have {np.shape(given)}."
        assert np.shape(given) == shape, message


def layer_backward_check_by_hand(layer_backward):
    """The first layer of this page's network."""
    X, W, b = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.0, -1.0], [0.0, 1.0]]), np.array([0.0, 1.0])
    by_W, by_b, by_X = layer_backward(X, W, b, np.array([[-2.0, 1.0], [4.0, -2.0]]))
    message = "You let the slope through a relu that is off: where X @ W + b is not positive, it becomes 0."
    assert not np.allclose(by_W, [[10, -5], [-8, 4]]), message
    message = "You asked whether the slope G is positive: a relu is on where its input X @ W + b is."
    assert not np.allclose(by_W, [[12, 1], [-4, 2]]), message
    assert not np.allclose(by_W, [[10, -8], [1, 2]]), "Your slopes by W are transposed: the inputs come first, X.T @ S."
    assert not np.allclose(by_b, [1, 0.5]), (
        "The bias takes part in every example, so its slopes are added, not averaged."
    )
    assert np.allclose(by_W, [[10, 1], [-8, 2]]), f"The slopes by W are [[10, 1], [-8, 2]], and you return {by_W}."
    assert np.allclose(by_b, [2, 1]), f"The slopes by b are [2, 1], and you return {by_b}."
    message = "For the slopes by X the weights are transposed: S @ W.T."
    assert not np.allclose(by_X, [[-2, 3], [4, -4]]), message
    assert np.allclose(by_X, [[-3, 1], [4, 0]]), f"The slopes by X are [[-3, 1], [4, 0]], and you return {by_X}."


def layer_backward_check_measured(layer_backward):
    """All slopes agree with measured ones, for random layers."""
    rng = np.random.default_rng(1)
    for _ in range(3):
        X, W, b, G = (rng.normal(size=shape) for shape in ((5, 3), (3, 4), 4, (5, 4)))
        arrays = [W, b, X]
        answer = layer_backward(X, W, b, G)
        for k, name in enumerate("WbX"):
            measured = np.zeros_like(arrays[k])
            for place in np.ndindex(measured.shape):
                results = []
                for h in (1e-6, -1e-6):
                    W_, b_, X_ = (array.copy() for array in arrays)
                    (W_, b_, X_)[k][place] += h
                    results.append(np.sum(G * np.maximum(X_ @ W_ + b_, 0)))
                measured[place] = (results[0] - results[1]) / 2e-6
            assert np.allclose(answer[k], measured, atol=1e-5), f"The slopes by {name} differ from measured ones."


def layer_backward_wrong_no_mask(X, W, b, G):
    """You let the slope through a relu that is off: where X @ W + b is not positive, it becomes 0."""
    return X.T @ G, G.sum(axis=0), G @ W.T


def layer_backward_wrong_mask(X, W, b, G):
    """You asked whether the slope G is positive: a relu is on where its input X @ W + b is."""
    S = G * (G > 0)
    return X.T @ S, S.sum(axis=0), S @ W.T


def layer_backward_wrong_mean(X, W, b, G):
    """The bias takes part in every example, so its slopes are added, not averaged."""
    S = G * (X @ W + b > 0)
    return X.T @ S, S.mean(axis=0), S @ W.T


def layer_backward_wrong_transposed(X, W, b, G):
    """The slopes by W have the shape of W, (3, 2), and yours have (2, 3)."""
    S = G * (X @ W + b > 0)
    return S.T @ X, S.sum(axis=0), S @ W.T
