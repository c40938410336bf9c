"""Information: how surprising outcomes are, on average.

In this module ``p`` is the distribution that outcomes come from and ``q``
another one, a model of it. An outcome of probability ``q`` surprises by
``log(1 / q)``: a certain one not at all, an impossible one without end.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_positive, check_same_length
from mlmath.stats._checks import as_probabilities

SUM_TOLERANCE = 1e-9
"""How far from 1 the sum of a distribution may be: rounding stays far below, a forgotten outcome far above."""


def entropy(p: ArrayLike, *, base: float = math.e) -> float:
    """Mean surprise ``sum(p_i log(1 / p_i))``: how uncertain the outcome is.

    Zero if one outcome is certain; at most ``log(n)``, when all ``n`` are equally likely.
    An outcome of probability 0 adds 0, the limit of ``p log(1 / p)``.

    Args:
        p: Probabilities, shape ``(outcomes,)``, that sum to 1 (within 1e-9).
        base: Base of the logarithm: e for nats, 2 for bits.

    Returns:
        The entropy, in nats unless ``base`` says otherwise.

    Raises:
        ValueError: If ``p`` is not a vector of numbers from 0 to 1 that sum to
            1 (divide it by its sum), or ``base`` is not above 1.

    Example:
        >>> entropy([0.5, 0.25, 0.25], base=2)
        1.5

    Source: Cover & Thomas, *Elements of Information Theory*, 2nd ed., section 2.1.
    """
    unit = _unit(base)
    distribution = _as_distribution(p, "p")
    return _mean_surprise(distribution, distribution) / unit


def cross_entropy(p: ArrayLike, q: ArrayLike, *, base: float = math.e) -> float:
    """Mean surprise ``sum(p_i log(1 / q_i))`` of one who expects ``q`` while ``p`` is true.

    It equals ``entropy(p) + kl_divergence(p, q)``. If ``p`` holds the observed
    shares of outcomes, it is the negative log-likelihood of ``q`` per
    observation, so minimizing it over ``q`` is maximizing the likelihood.

    Args:
        p: True probabilities, shape ``(outcomes,)``, that sum to 1 (within 1e-9).
        q: Expected probabilities, same shape, that sum to 1.
        base: Base of the logarithm: e for nats, 2 for bits.

    Returns:
        The cross-entropy; ``inf`` if ``q`` calls an outcome impossible (0) that ``p`` allows.

    Raises:
        ValueError: If ``p`` or ``q`` is not a vector of numbers from 0 to 1
            that sum to 1 (divide it by its sum), their lengths differ, or
            ``base`` is not above 1.

    Example:
        >>> print(f"{cross_entropy([0.5, 0.5], [0.25, 0.75], base=2):.4f}")
        1.2075

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 3.13.
    """
    unit = _unit(base)
    true, expected = _as_distributions(p, q)
    return _mean_surprise(true, expected) / unit


def kl_divergence(p: ArrayLike, q: ArrayLike, *, base: float = math.e) -> float:
    """Extra surprise ``sum(p_i log(p_i / q_i))`` from expecting ``q`` while ``p`` is true.

    Never negative, and 0 only for ``q = p``. Not a distance: ``kl_divergence(p, q)``
    and ``kl_divergence(q, p)`` differ in general.

    Args:
        p: True probabilities, shape ``(outcomes,)``, that sum to 1 (within 1e-9).
        q: Expected probabilities, same shape, that sum to 1.
        base: Base of the logarithm: e for nats, 2 for bits.

    Returns:
        The divergence; ``inf`` if ``q`` calls an outcome impossible (0) that
        ``p`` allows. For nearly equal ``p`` and ``q`` it grows with the square
        of their difference; values below about 1e-16 drown in rounding.

    Raises:
        ValueError: If ``p`` or ``q`` is not a vector of numbers from 0 to 1
            that sum to 1 (divide it by its sum), their lengths differ, or
            ``base`` is not above 1.

    Example:
        >>> print(f"{kl_divergence([0.5, 0.5], [0.25, 0.75], base=2):.4f}")
        0.2075
        >>> print(f"{kl_divergence([0.25, 0.75], [0.5, 0.5], base=2):.4f}")
        0.1887

    Source: Cover & Thomas, *Elements of Information Theory*, 2nd ed., section 2.3.
    """
    unit = _unit(base)
    true, expected = _as_distributions(p, q)
    possible = true > 0
    if not expected[possible].all():
        return math.inf
    extra = np.log(true[possible]) - np.log(expected[possible])
    return max(0.0, float(true[possible] @ extra)) / unit  # rounding may leave -1e-17


def perplexity(p: ArrayLike) -> float:
    """Exponential of the entropy: how many equally likely outcomes would be as uncertain.

    A fair die has perplexity 6, a certain outcome 1. The perplexity of a
    language model is ``exp(cross_entropy(p, q))``, with ``p`` the text and ``q`` the model.

    Args:
        p: Probabilities, shape ``(outcomes,)``, that sum to 1 (within 1e-9).

    Returns:
        From 1 to the number of outcomes; no base has to be chosen.

    Raises:
        ValueError: If ``p`` is not a vector of numbers from 0 to 1 that sum to
            1: divide it by its sum.

    Example:
        >>> print(f"{perplexity([0.25, 0.25, 0.25, 0.25]):.2f}")
        4.00
        >>> print(f"{perplexity([0.97, 0.01, 0.01, 0.01]):.2f}")
        1.18

    Source: Jurafsky & Martin, *Speech and Language Processing*, 3rd ed. draft, chapter 3.
    """
    return math.exp(entropy(p))


def _mean_surprise(p: Vector, q: Vector) -> float:
    possible = p > 0
    if not q[possible].all():
        return math.inf
    return 0.0 - float(p[possible] @ np.log(q[possible]))  # 0.0 - 0.0 is 0.0, where -(0.0) would print as -0.0


def _as_distributions(p: ArrayLike, q: ArrayLike) -> tuple[Vector, Vector]:
    true, expected = _as_distribution(p, "p"), _as_distribution(q, "q")
    check_same_length(true, "p", expected, "q")
    return true, expected


def _as_distribution(value: ArrayLike, name: str) -> Vector:
    probabilities = as_probabilities(value, name)
    total = float(probabilities.sum())
    if abs(total - 1) > SUM_TOLERANCE:
        raise ValueError(
            f"{name} must sum to 1 (within {SUM_TOLERANCE}), got the sum {total}: divide by it, {name} / np.sum({name})"
        )
    return probabilities


def _unit(base: float) -> float:
    """Return the nats in one unit of information."""
    if not as_positive(base, "base") > 1:
        raise ValueError(f"base must be above 1, got {base}: try 2 for bits, math.e for nats")
    return math.log(base)
