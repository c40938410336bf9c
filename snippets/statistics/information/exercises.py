"""Exercises of the module docs/statistics/information.md."""

import warnings

import numpy as np

from mlmath.stats import entropy


def entropy_bits(counts):
    shares = np.asarray(counts) / np.sum(counts)
    shares = shares[shares > 0]
    return -np.sum(shares * np.log2(shares))


def entropy_bits_starter(counts):
    """Entropy in bits of the shares that belong to the counts."""
    return 0.0  # Your code here.


def _called(function, *arguments):
    """What the answer returns, with its warnings left out, so that a check can say what is wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = function(*arguments)
    assert value is not None, "Your function returns nothing: end it with return."
    return value


def entropy_bits_check_by_hand(entropy_bits):
    """The letters of this page: the counts 4, 2, 1, 1 have 1.75 bits."""
    value = _called(entropy_bits, np.array([4, 2, 1, 1]))
    assert not np.isclose(value, -10), "You used the counts as they are: divide them by their sum first."
    assert not np.isclose(value, 1.75 * np.log(2)), "That is the answer in nats: use np.log2 for bits."
    assert not np.isclose(value, -1.75), "The sign is turned round: the logarithm of a share is negative."
    assert np.isclose(value, 1.75), f"The counts 4, 2, 1, 1 have 1.75 bits, and you return {value:.4g}."


def entropy_bits_check_zeros(entropy_bits):
    """A count of 0 adds nothing."""
    value = _called(entropy_bits, np.array([3, 0, 3]))
    assert not np.isnan(value), "You get NaN from 0 times the logarithm of 0: leave the zeros out."
    assert np.isclose(value, 1), f"The counts 3, 0, 3 have 1 bit, and you return {value:.4g}."
    value = _called(entropy_bits, np.array([0, 7]))
    assert np.isclose(value, 0), f"If one outcome is certain, the entropy is 0, and you return {value:.4g}."


def entropy_bits_check_random(entropy_bits):
    """It agrees with mlmath, for random counts."""
    rng = np.random.default_rng(0)
    for _ in range(5):
        counts = rng.integers(1, 30, 5)
        value, right = _called(entropy_bits, counts), entropy(counts / counts.sum(), base=2)
        assert np.isclose(value, right), f"For the counts {counts} it is {right:.4f}, and you return {value:.4f}."


def entropy_bits_wrong_counts(counts):
    """You used the counts as they are: divide them by their sum first."""
    counts = np.asarray(counts)
    return -np.sum(counts * np.log2(counts))


def entropy_bits_wrong_nats(counts):
    """That is the answer in nats: use np.log2 for bits."""
    shares = np.asarray(counts) / np.sum(counts)
    shares = shares[shares > 0]
    return -np.sum(shares * np.log(shares))


def entropy_bits_wrong_zeros(counts):
    """You get NaN from 0 times the logarithm of 0: leave the zeros out."""
    shares = np.asarray(counts) / np.sum(counts)
    return -np.sum(shares * np.log2(shares))


def information_gain(answers, labels):
    gain = entropy(np.bincount(labels) / len(labels), base=2)
    for answer in np.unique(answers):
        group = labels[answers == answer]
        gain -= len(group) / len(labels) * entropy(np.bincount(group) / len(group), base=2)
    return gain


def information_gain_starter(answers, labels):
    """Entropy of the labels, minus the mean entropy of the groups, in bits."""
    return 0.0  # Your code here.


def information_gain_check_mails(information_gain):
    """The eight mails of this page: the link gains 0.311 bits."""
    link, spam = np.array([1, 1, 1, 1, 0, 0, 0, 0]), np.array([1, 1, 0, 0, 0, 0, 0, 0])
    value = _called(information_gain, link, spam)
    assert not np.isclose(value, 0.5), "That is the entropy that is left: subtract it from the entropy before."
    assert not np.isclose(value, 0.2157, atol=1e-3), "That is the answer in nats: give base=2 to entropy."
    assert np.isclose(value, 0.3113, atol=1e-3), f"The link gains 0.311 bits, and you return {value:.4g}."


def information_gain_check_sizes(information_gain):
    """Groups of different sizes count by their sizes."""
    answers, labels = np.array([0] * 6 + [1] * 2), np.array([0, 0, 0, 1, 1, 1, 1, 1])
    value = _called(information_gain, answers, labels)
    before = entropy([3 / 8, 5 / 8], base=2)
    assert not np.isclose(value, before - 0.5), "You averaged the groups as equals: weigh each by its size."
    assert not np.isclose(value, before - 1), "You added the entropies of the groups: weigh each by its size."
    right = before - 0.75
    assert np.isclose(value, right), f"Six mixed and two certain labels gain {right:.4f} bits, you return {value:.4f}."


def information_gain_check_useless(information_gain):
    """The same answer for all gains nothing, one that tells the label gains everything; and there may be three."""
    labels = np.array([0, 1, 2, 2])
    for answers, right in ((np.zeros(4, dtype=int), 0.0), (labels, 1.5)):
        value = _called(information_gain, answers, labels)
        assert np.isclose(value, right), f"For the answers {answers} the gain is {right}, and you return {value:.4f}."
    answers, labels = np.array([0, 1, 2, 2]), np.array([0, 0, 0, 1])
    value, right = _called(information_gain, answers, labels), entropy([3 / 4, 1 / 4], base=2) - 0.5
    assert np.isclose(value, right), f"For the answers {answers} the gain is {right:.4f}, and you return {value:.4f}."


def information_gain_wrong_left(answers, labels):
    """That is the entropy that is left: subtract it from the entropy before."""
    left = 0.0
    for answer in np.unique(answers):
        group = labels[answers == answer]
        left += len(group) / len(labels) * entropy(np.bincount(group) / len(group), base=2)
    return left


def information_gain_wrong_two(answers, labels):
    """For the answers [0 1 2 2] the gain is 0.3113"""
    gain = entropy(np.bincount(labels) / len(labels), base=2)
    for answer in (0, 1):
        group = labels[answers == answer]
        if len(group):
            gain -= len(group) / len(labels) * entropy(np.bincount(group) / len(group), base=2)
    return gain


def information_gain_wrong_equals(answers, labels):
    """You averaged the groups as equals: weigh each by its size."""
    left = []
    for answer in np.unique(answers):
        group = labels[answers == answer]
        left.append(entropy(np.bincount(group) / len(group), base=2))
    return entropy(np.bincount(labels) / len(labels), base=2) - np.mean(left)


def kl_bits(p, q):
    possible = p > 0
    if (q[possible] == 0).any():
        return np.inf
    return np.sum(p[possible] * np.log2(p[possible] / q[possible]))


def kl_bits_starter(p, q):
    """KL divergence of q from p, in bits."""
    return 0.0  # Your code here.


def kl_bits_check_by_hand(kl_bits):
    """The letters of this page: 0.625 bits one way, 0.5 bits the other."""
    p, q = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8]), np.array([1 / 8, 1 / 2, 1 / 4, 1 / 8])
    value = _called(kl_bits, p, q)
    assert not np.isclose(value, 0.5), "That is the other direction: the weights are those of p, the truth."
    assert not np.isclose(value, 2.375), "That is the cross-entropy: the entropy of p is still in it."
    assert not np.isclose(value, 0.625 * np.log(2)), "That is the answer in nats: use np.log2 for bits."
    assert np.isclose(value, 0.625), f"It is 0.625 bits, and you return {value:.4g}."
    value = _called(kl_bits, p, p)
    assert np.isclose(value, 0), f"For equal distributions it is 0, and you return {value:.4g}."


def kl_bits_check_zeros(kl_bits):
    """An outcome that never comes adds nothing; one that was ruled out and comes costs infinitely much."""
    narrow, wide = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.5, 0.25])
    value = _called(kl_bits, narrow, wide)
    assert not np.isnan(value), "You get NaN where p is 0: leave these outcomes out, they never come."
    assert np.isclose(value, 0.5), f"An outcome with p = 0 adds nothing: it is 0.5 bits, and you return {value:.4g}."
    value = _called(kl_bits, wide, narrow)
    assert value == np.inf, f"What q rules out comes in one of four cases: infinity, and you return {value:.4g}."
    value = _called(kl_bits, narrow, np.array([0.25, 0.75, 0.0]))
    assert value != np.inf, "You return infinity where q is 0 and p is 0 too: only an outcome with p > 0 can come."
    right = 0.5 - 0.5 * np.log2(1.5)
    assert np.isclose(value, right), f"Where p and q are both 0, nothing is added: {right:.4f}, not {value:.4f}."


def kl_bits_check_quiet(kl_bits):
    """There are no warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        kl_bits(np.array([0.25, 0.5, 0.25]), np.array([0.5, 0.5, 0.0]))
    assert not caught, "numpy warns of a division by zero: return infinity before you divide."
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        kl_bits(np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.5, 0.25]))
    assert not caught, "numpy warns of the logarithm of 0: leave out the outcomes with p = 0 before you take it."


def kl_bits_wrong_direction(p, q):
    """That is the other direction: the weights are those of p, the truth."""
    return np.sum(q * np.log2(q / p))


def kl_bits_wrong_cross(p, q):
    """That is the cross-entropy: the entropy of p is still in it."""
    return -np.sum(p * np.log2(q))


def kl_bits_wrong_zeros(p, q):
    """You get NaN where p is 0: leave these outcomes out, they never come."""
    return np.sum(p * np.log2(p / q))


def kl_bits_wrong_any(p, q):
    """You return infinity where q is 0 and p is 0 too: only an outcome with p > 0 can come."""
    if (q == 0).any():
        return np.inf
    return np.sum(p[p > 0] * np.log2(p[p > 0] / q[p > 0]))


def kl_bits_wrong_skips(p, q):
    """What q rules out comes in one of four cases: infinity"""
    both = (p > 0) & (q > 0)
    return np.sum(p[both] * np.log2(p[both] / q[both]))
