"""Exercises of the module docs/linear_algebra/products_and_predictions.md."""

import numpy as np


def predict_all(features, weights):
    return np.column_stack([np.ones(len(features)), features]) @ weights


def predict_all_starter(features, weights):
    """Predictions for all rows of features; weights[0] is the intercept."""
    return np.zeros(len(features))  # Your code here.


def predict_all_check_three_houses(predict_all):
    """The three houses of this page: 55, 40 and 60."""
    answer = predict_all(np.array([[3.0, 2.0], [2.0, 1.0], [4.0, 2.0]]), np.array([20.0, 5.0, 10.0]))
    assert answer is not None, "Your function returns nothing: end it with return."
    message = "A table came out, so nothing was added up: * multiplies entry by entry, @ also adds."
    assert np.shape(answer) != (3, 3), message
    assert np.shape(answer) == (3,), f"Return one prediction for each house, shape (3,), not {np.shape(answer)}."
    known = {
        (35, 20, 40): "The intercept is missing: put a column of ones in front of the features.",
        (80, 55, 100): "Your ones stand behind the features, but the intercept is the first weight: put them in front.",
    }
    for wrong, words in known.items():
        assert not np.allclose(answer, wrong), words
    assert np.allclose(answer, (55, 40, 60)), f"The predictions are 55, 40 and 60, and you return {answer}."


def predict_all_check_zeros(predict_all):
    """For features of zero the prediction is the intercept, for any number of features and houses."""
    for count in (1, 4):
        answer = predict_all(np.zeros((2, count)), np.arange(7.0, 8.0 + count))
        assert np.allclose(answer, [7, 7]), f"All features are 0 and the intercept is 7; you return {answer}."


def predict_all_wrong_no_ones(features, weights):
    """The intercept is missing: put a column of ones in front of the features."""
    return features @ weights[1:]


def predict_all_wrong_ones_behind(features, weights):
    """Your ones stand behind the features, but the intercept is the first weight: put them in front."""
    return np.column_stack([features, np.ones(len(features))]) @ weights


def predict_all_wrong_star(features, weights):
    """A table came out, so nothing was added up: * multiplies entry by entry, @ also adds."""
    return np.column_stack([np.ones(len(features)), features]) * weights


def chain_cost(n, p, q, r):
    from_the_left = n * p * q + n * q * r
    from_the_right = p * q * r + n * p * r
    return min(from_the_left, from_the_right)


def chain_cost_starter(n, p, q, r):
    """Fewest multiplications for A B C of the shapes (n, p), (p, q), (q, r)."""
    return 0  # Your code here.


def chain_cost_check_right(chain_cost):
    """Two tables of 1000 by 1000 and one column: from the right, two million."""
    answer = chain_cost(1000, 1000, 1000, 1)
    assert answer is not None, "Your function returns nothing: end it with return."
    known = {
        1_001_000_000: "That is the cost from the left. Compare it with A (B C), and return the smaller cost.",
        1_000_000: "You counted the first of the two products. Its result has to be multiplied by the third table.",
        1_003_000_000: "You added the costs of both ways. Return the smaller one.",
    }
    for wrong, words in known.items():
        assert answer != wrong, words
    assert answer == 2_000_000, f"A (B C) takes 1000 * 1000 * 1 twice, 2000000; you return {answer}."


def chain_cost_check_left(chain_cost):
    """One row in front: now the left is cheaper."""
    answer = chain_cost(1, 10, 10, 10)
    assert answer != 1100, "That is the cost from the right. Here (A B) C is cheaper: A has one row."
    assert answer == 200, f"(A B) C takes 1 * 10 * 10 twice, 200; you return {answer}."


def chain_cost_check_shapes(chain_cost):
    """Four different sizes, with the left and the right cheaper."""
    for sizes, cost in (((2, 3, 4, 5), 64), ((5, 4, 3, 2), 64), ((7, 2, 9, 4), 128)):
        assert chain_cost(*sizes) == cost, f"For {sizes} it is {cost}, and you return {chain_cost(*sizes)}."


def chain_cost_wrong_left(n, p, q, r):
    """That is the cost from the left. Compare it with A (B C), and return the smaller cost."""
    return n * p * q + n * q * r


def chain_cost_wrong_right(n, p, q, r):
    """That is the cost from the right. Here (A B) C is cheaper: A has one row."""
    return p * q * r + n * p * r


def chain_cost_wrong_first_product(n, p, q, r):
    """You counted the first of the two products. Its result has to be multiplied by the third table."""
    return min(n * p * q, p * q * r)


def chain_cost_wrong_both(n, p, q, r):
    """You added the costs of both ways. Return the smaller one."""
    return n * p * q + n * q * r + p * q * r + n * p * r


def weighted_rows(X, errors):
    return X.T @ errors


def weighted_rows_starter(X, errors):
    """The sum over the rows of X, each times its error, without a Python loop."""
    return np.zeros(X.shape[1])  # Your code here.


def weighted_rows_check_two_rows(weighted_rows):
    """Ten times the row (1, 2) plus once the row (3, 4)."""
    answer = weighted_rows(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([10.0, 1.0]))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.ndim(answer) != 2, "That is every row times its error, a table. The rows still have to be added up."
    known = {
        (12, 34): "You added along the rows. The sum runs over the rows, down each column: transpose X.",
        (6.5, 12): "That is the mean of the two rows. Add them up, and do not divide.",
        (44, 66): "You added the rows and the errors separately. Each row has to be multiplied by its own error first.",
    }
    for wrong, words in known.items():
        assert not np.allclose(answer, wrong), words
    assert np.allclose(answer, (13, 24)), f"10 (1, 2) + 1 (3, 4) is (13, 24), and you return {answer}."


def weighted_rows_check_random(weighted_rows):
    """More rows than columns, against a loop."""
    rng = np.random.default_rng(0)
    for n, p in ((6, 2), (20, 5)):
        X, errors = rng.normal(size=(n, p)), rng.normal(size=n)
        expected = sum(errors[i] * X[i] for i in range(n))
        answer = weighted_rows(X.copy(), errors.copy())
        assert np.shape(answer) == (p,), f"Return one number for each column, shape ({p},), not {np.shape(answer)}."
        assert np.allclose(answer, expected), f"The loop gives {expected.round(3)}, and you return {answer.round(3)}."


def weighted_rows_wrong_along_rows(X, errors):
    """You added along the rows. The sum runs over the rows, down each column: transpose X."""
    return X @ errors


def weighted_rows_wrong_not_added(X, errors):
    """That is every row times its error, a table. The rows still have to be added up."""
    return X * errors[:, None]


def weighted_rows_wrong_mean(X, errors):
    """That is the mean of the two rows. Add them up, and do not divide."""
    return X.T @ errors / len(X)


def weighted_rows_wrong_separately(X, errors):
    """You added the rows and the errors separately. Each row has to be multiplied by its own error first."""
    return X.sum(axis=0) * errors.sum()
