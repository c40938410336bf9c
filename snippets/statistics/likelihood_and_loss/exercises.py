"""Exercises of the module docs/statistics/likelihood_and_loss.md."""

import math

import numpy as np


def log_normal_fit(prices):
    logs = np.log(prices)
    sigma = np.sqrt(np.mean((logs - logs.mean()) ** 2))
    return -len(logs) * (np.log(sigma * np.sqrt(2 * np.pi)) + 0.5) - np.sum(logs)


def log_normal_fit_starter(prices):
    """Highest log-likelihood, log-normal distribution."""
    return 0.0  # Your code here.


def log_normal_fit_check_value(log_normal_fit):
    """For the prices 1, 2, 4 and 8 it is -8.815."""
    prices = np.array([1.0, 2.0, 4.0, 8.0])
    value = log_normal_fit(prices)
    assert value is not None, "Your function returns nothing: end it with return."
    logs = [math.log(p) for p in (1, 2, 4, 8)]
    sigma = math.log(2) * math.sqrt(1.25)  # the logs are 0, 1, 2 and 3 times log 2
    of_logs = -4 * (math.log(sigma * math.sqrt(2 * math.pi)) + 0.5)
    right = of_logs - math.fsum(logs)
    known = {
        of_logs: "That is the log-likelihood of the logarithms: to come back to prices, subtract the sum of the logs.",
        of_logs + math.fsum(logs): "Dividing each density by its price subtracts the logs; you added them.",
    }
    for wrong, message in known.items():
        assert not math.isclose(value, wrong, rel_tol=1e-9), message
    wide = sigma * math.sqrt(4 / 3)
    with_wide = -4 * math.log(wide * math.sqrt(2 * math.pi)) - 1.5 - math.fsum(logs)
    message = "Your sigma divides by n - 1: the likelihood is highest with n."
    assert not math.isclose(value, with_wide, rel_tol=1e-9), message
    assert math.isclose(value, right, rel_tol=1e-9), f"It is {right:.3f}, and you return {value:.3f}."


def log_normal_fit_check_unit(log_normal_fit):
    """In thousands, each of five densities is 1000 times as large."""
    prices = np.array([42_000.0, 38_500.0, 49_500.0, 60_500.0, 61_000.0])
    gain = log_normal_fit(prices / 1000) - log_normal_fit(prices)
    message = f"Prices in thousands should give {5 * math.log(1000):.3f} more, and yours give {gain:.3f} more."
    assert math.isclose(gain, 5 * math.log(1000), rel_tol=1e-9), message


def log_normal_fit_wrong_of_logs(prices):
    """That is the log-likelihood of the logarithms: to come back to prices, subtract the sum of the logs."""
    logs = np.log(prices)
    return -len(logs) * (np.log(logs.std() * np.sqrt(2 * np.pi)) + 0.5)


def log_normal_fit_wrong_sign(prices):
    """Dividing each density by its price subtracts the logs; you added them."""
    logs = np.log(prices)
    return -len(logs) * (np.log(logs.std() * np.sqrt(2 * np.pi)) + 0.5) + np.sum(logs)


def log_normal_fit_wrong_n_minus_one(prices):
    """Your sigma divides by n - 1: the likelihood is highest with n."""
    logs = np.log(prices)
    sigma = logs.std(ddof=1)
    z = (logs - logs.mean()) / sigma
    return -len(logs) * np.log(sigma * np.sqrt(2 * np.pi)) - np.sum(z**2) / 2 - np.sum(logs)


def cross_entropy_from_scores(scores, label):
    largest = np.max(scores)
    return largest + np.log(np.sum(np.exp(scores - largest))) - scores[label]


def cross_entropy_from_scores_starter(scores, label):
    """Minus the log of the label's softmax."""
    return 0.0  # Your code here.


def cross_entropy_from_scores_check_by_hand(cross_entropy_from_scores):
    """The example of this page: the scores log 6, log 3 and 0, and the label 1, give 1.204."""
    value = cross_entropy_from_scores(np.log([6.0, 3.0, 1.0]), 1)
    assert value is not None, "Your function returns nothing: end it with return."
    assert np.ndim(value) == 0, "Return one number, the loss of this example."
    known = {
        math.log(0.3): "The sign is turned round: a loss is minus the log of a probability.",
        0.3: "That is the probability of the label. The loss is minus its logarithm.",
        math.log(10): "That is the log-sum-exp. Subtract the score of the label.",
    }
    for wrong, message in known.items():
        assert not math.isclose(value, wrong, rel_tol=1e-9), message
    assert math.isclose(value, -math.log(0.3), rel_tol=1e-9), f"It is 1.204, and you return {value:.3f}."


def cross_entropy_from_scores_check_large(cross_entropy_from_scores):
    """Scores of 1000 and 1001, and of -1000 and -999, give the same as 0 and 1."""
    for first in (1000.0, -1000.0):
        with np.errstate(all="ignore"):
            value = cross_entropy_from_scores(np.array([first, first + 1]), 0)
        message = f"At {first:.0f} the exponentials leave the range of floats: take the largest score out first."
        assert np.isfinite(value), message
        right = math.log(1 + math.e)
        assert math.isclose(value, right, rel_tol=1e-9), f"It is {right:.4f}, and you return {value:.4f}."


def cross_entropy_from_scores_check_far(cross_entropy_from_scores):
    """A score 1000 below the largest costs 1000, not infinity."""
    with np.errstate(all="ignore"):
        value, nearer = (cross_entropy_from_scores(np.array([0.0, far]), 0) for far in (1000.0, 720.0))
    assert np.isfinite(nearer), "At 720 above the label it overflows: take the largest score out, not the label's."
    message = (
        "The probability underflows to 0, and its logarithm is infinite: subtract logarithms, do not divide first."
    )
    assert np.isfinite(value), message
    assert math.isclose(value, 1000.0, rel_tol=1e-9), f"It is 1000, and you return {value:.4f}."


def cross_entropy_from_scores_wrong_naive(scores, label):
    """At 1000 the exponentials leave the range of floats: take the largest score out first."""
    return np.log(np.sum(np.exp(scores))) - scores[label]


def cross_entropy_from_scores_wrong_log_of_softmax(scores, label):
    """The probability underflows to 0, and its logarithm is infinite: subtract logarithms, do not divide first."""
    weights = np.exp(scores - np.max(scores))
    return -np.log(weights[label] / np.sum(weights))


def cross_entropy_from_scores_wrong_label_taken_out(scores, label):
    """At 720 above the label it overflows: take the largest score out, not the label's."""
    return np.log(np.sum(np.exp(scores - scores[label])))


def cross_entropy_from_scores_wrong_sign(scores, label):
    """The sign is turned round: a loss is minus the log of a probability."""
    largest = np.max(scores)
    return scores[label] - largest - np.log(np.sum(np.exp(scores - largest)))


def cross_entropy_from_scores_wrong_probability(scores, label):
    """That is the probability of the label. The loss is minus its logarithm."""
    weights = np.exp(scores - np.max(scores))
    return weights[label] / np.sum(weights)
