"""Exercises of the module docs/statistics/evaluation.md."""

import numpy as np


def bias_and_variance(predictions, truth):
    bias = predictions.mean(axis=0) - truth
    return np.mean(bias**2), np.mean(predictions.var(axis=0))


def bias_and_variance_starter(predictions, truth):
    """Squared bias and variance, each averaged over the places; one row for each training set."""
    return 0.0, 0.0  # Your code here.


def bias_and_variance_check_by_hand(bias_and_variance):
    """Two training sets, two places: predictions (0, 4) and (2, 4), the truth is (3, 3)."""
    answer = bias_and_variance(np.array([[0.0, 4.0], [2.0, 4.0]]), np.array([3.0, 3.0]))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Return two numbers, squared bias and variance, not {answer}."
    squared_bias, variance = answer
    known = "That is the squared error, bias and variance together: average over the training sets before you square."
    assert abs(squared_bias - 3) > 1e-9, known
    known = "You averaged over the places first: a miss of -2 and one of +1 must not cancel. Square place by place."
    assert abs(squared_bias - 0.25) > 1e-9, known
    known = "That is the spread between places: variance is the spread between training sets, along axis 0."
    assert abs(variance - 2.5) > 1e-9, known
    known = "Divide by the number of training sets, as np.var does, so that the parts add up to the error."
    assert abs(variance - 1) > 1e-9, known
    assert abs(squared_bias - 2.5) < 1e-9, f"The biases are -2 and 1, their mean square is 2.5; not {squared_bias:.3g}."
    assert abs(variance - 0.5) < 1e-9, f"The variances are 1 and 0, their mean is 0.5; you return {variance:.3g}."


def bias_and_variance_check_sum(bias_and_variance):
    """They add up to the squared distance from the truth, averaged over training sets and places."""
    rng = np.random.default_rng(0)
    for _ in range(5):
        predictions, truth = rng.normal(size=(7, 4)), rng.normal(size=4)
        total = sum(bias_and_variance(predictions, truth))
        error = np.mean((predictions - truth) ** 2)
        assert abs(total - error) < 1e-9, f"The parts add up to {total:.4f}, and the error is {error:.4f}."


def bias_and_variance_wrong_error(predictions, truth):
    """That is the squared error, bias and variance together: average over the training sets before you square."""
    return np.mean((predictions - truth) ** 2), np.mean(predictions.var(axis=0))


def bias_and_variance_wrong_cancel(predictions, truth):
    """You averaged over the places first: a miss of -2 and one of +1 must not cancel. Square place by place."""
    return np.mean(predictions - truth) ** 2, np.mean(predictions.var(axis=0))


def bias_and_variance_wrong_axis(predictions, truth):
    """That is the spread between places: variance is the spread between training sets, along axis 0."""
    return np.mean((predictions.mean(axis=0) - truth) ** 2), np.mean(predictions.var(axis=1))


def bias_and_variance_wrong_divisor(predictions, truth):
    """Divide by the number of training sets, as np.var does, so that the parts add up to the error."""
    return np.mean((predictions.mean(axis=0) - truth) ** 2), np.mean(predictions.var(axis=0, ddof=1))


def auc_by_pairs(scores, observed):
    gaps = scores[observed == 1][:, None] - scores[observed == 0]
    return np.mean((gaps > 0) + 0.5 * (gaps == 0))


def auc_by_pairs_starter(scores, observed):
    """Share of pairs, one example of class 1 and one of class 0, in which class 1 has the higher score."""
    return 0.5  # Your code here.


def auc_by_pairs_check_tie(auc_by_pairs):
    """Two positives with 0.8 and 0.5, three negatives with 0.5, 0.3 and 0.1: 5.5 of 6 pairs."""
    scores, observed = np.array([0.8, 0.5, 0.5, 0.3, 0.1]), np.array([1, 1, 0, 0, 0])
    answer = auc_by_pairs(scores, observed)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert abs(answer - 5 / 6) > 1e-9, "A tie counts nothing in your function; it counts half."
    assert abs(answer - 1) > 1e-9, "A tie counts as won in your function; it counts half."
    assert abs(answer - 0.5 / 6) > 1e-9, "You count the pairs that are ranked the wrong way round."
    assert abs(answer - 5.5) > 1e-9, "That is the number of pairs; divide by how many pairs there are."
    assert abs(answer - 5.5 / 6) < 1e-9, f"5.5 of 6 pairs are 0.917, and you return {answer:.3f}."


def auc_by_pairs_check_order_alone(auc_by_pairs):
    """Any numbers will do as scores, also negative ones and large ones."""
    rng = np.random.default_rng(0)
    for _ in range(5):
        scores, observed = rng.normal(size=12), np.array([0, 1] * 6)
        pairs = [scores[i] > scores[j] for i in range(1, 12, 2) for j in range(0, 12, 2)]
        for answer in (auc_by_pairs(scores, observed), auc_by_pairs(np.exp(3 * scores), observed)):
            assert abs(answer - np.mean(pairs)) < 1e-9, (
                f"{np.sum(pairs)} of 36 pairs are right; you return {answer:.3f}."
            )


def auc_by_pairs_wrong_ties_lost(scores, observed):
    """A tie counts nothing in your function; it counts half."""
    return np.mean(scores[observed == 1][:, None] > scores[observed == 0])


def auc_by_pairs_wrong_ties_won(scores, observed):
    """A tie counts as won in your function; it counts half."""
    return np.mean(scores[observed == 1][:, None] >= scores[observed == 0])


def auc_by_pairs_wrong_order(scores, observed):
    """You count the pairs that are ranked the wrong way round."""
    gaps = scores[observed == 0][:, None] - scores[observed == 1]
    return np.mean((gaps > 0) + 0.5 * (gaps == 0))


def auc_by_pairs_wrong_sum(scores, observed):
    """That is the number of pairs; divide by how many pairs there are."""
    gaps = scores[observed == 1][:, None] - scores[observed == 0]
    return np.sum((gaps > 0) + 0.5 * (gaps == 0))
