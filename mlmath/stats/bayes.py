"""Bayes' rule: how evidence moves a belief."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_not_negative, as_positive, as_probability, as_vector, check_same_length
from mlmath.stats.beta import Beta
from mlmath.stats.categorical import as_distribution
from mlmath.stats.stable import softmax


def bayes_rule(prior: ArrayLike, likelihood: ArrayLike) -> Vector:
    """Probability of each hypothesis given the evidence: ``prior * likelihood``, divided by its sum.

    The product is formed as a sum of logarithms, so that tiny likelihoods do
    not underflow on the way. Those of many data underflow before they arrive
    here: for them, ``softmax(np.log(prior) + log_likelihood)`` is the same rule.

    Args:
        prior: Probability of each hypothesis before the evidence, shape ``(hypotheses,)``, with sum 1.
        likelihood: Probability (or density) of the evidence under each
            hypothesis, same shape, not negative. It need not sum to 1.

    Returns:
        The posterior: probability of each hypothesis after the evidence, shape ``(hypotheses,)``.

    Raises:
        ValueError: If the two are not vectors of the same length, ``prior`` is
            not a distribution, a likelihood is negative, or the evidence is
            impossible under every hypothesis that the prior allows: then a
            hypothesis is missing, or a prior of 0 was too sure.

    Example:
        >>> bayes_rule([0.5, 0.5], [0.8, 0.2])
        array([0.8, 0.2])

    Source: Wasserman, *All of Statistics*, section 1.7.
    """
    before = as_distribution(prior, "prior")
    evidence = as_vector(likelihood, "likelihood")
    check_same_length(before, "prior", evidence, "likelihood")
    if evidence.min() < 0:
        raise ValueError(f"likelihood must not be negative, got {evidence.min()}")
    if not ((before > 0) & (evidence > 0)).any():
        raise ValueError(
            "the evidence is impossible under every hypothesis that the prior allows: "
            "add the hypothesis that explains it, or give every hypothesis a prior above 0"
        )
    with np.errstate(divide="ignore"):
        return softmax(np.log(before) + np.log(evidence))


class NaturalFrequencies(NamedTuple):
    """Expected numbers of people in the four cells of a test's table.

    Example:
        >>> table = natural_frequencies(0.01, 0.9, 0.91, population=1000)
        >>> round(table.true_positives + table.false_positives, 1)
        98.1
        >>> round(table.positive_predictive_value, 3)
        0.092
    """

    true_positives: float
    """Ill, and the test says so."""
    false_negatives: float
    """Ill, but the test says well."""
    false_positives: float
    """Well, but the test says ill."""
    true_negatives: float
    """Well, and the test says so."""

    @property
    def positive_predictive_value(self) -> float:
        """Probability of being ill after a positive test: true positives among all positives.

        Raises:
            ValueError: If nobody tests positive.
        """
        return _share(self.true_positives, self.false_positives, "positive")

    @property
    def negative_predictive_value(self) -> float:
        """Probability of being well after a negative test: true negatives among all negatives.

        Raises:
            ValueError: If nobody tests negative.
        """
        return _share(self.true_negatives, self.false_negatives, "negative")


def natural_frequencies(
    prevalence: float, sensitivity: float, specificity: float, population: float
) -> NaturalFrequencies:
    """Bayes' rule in numbers of people: how many are ill and how many test positive, of a whole population.

    Of 1000 people 10 are ill, of whom 9 test positive; of the 990 others 89 test
    positive too. So of 98 positive tests 9 are right. Most people, and most
    doctors, guess far more from the percentages alone.

    Args:
        prevalence: Share of the population that is ill, from 0 to 1.
        sensitivity: Probability of a positive test for the ill, from 0 to 1.
        specificity: Probability of a negative test for the well, from 0 to 1.
        population: Number of people; positive. It scales the counts and changes no share.

    Returns:
        Expected counts, not rounded, and the shares of right answers among the positive and the negative ones.

    Raises:
        ValueError: If a share is not from 0 to 1 or ``population`` is not positive.

    Example:
        >>> table = natural_frequencies(prevalence=0.01, sensitivity=0.9, specificity=0.91, population=1000)
        >>> [round(count, 1) for count in table]
        [9.0, 1.0, 89.1, 900.9]

    Source: Gigerenzer & Hoffrage, *How to Improve Bayesian Reasoning Without
    Instruction: Frequency Formats*, Psychological Review 102, 1995.
    """
    share_ill = as_probability(prevalence, "prevalence")
    found, cleared = as_probability(sensitivity, "sensitivity"), as_probability(specificity, "specificity")
    people = as_positive(population, "population")
    ill, well = people * share_ill, people * (1 - share_ill)
    return NaturalFrequencies(
        true_positives=ill * found,
        false_negatives=ill * (1 - found),
        false_positives=well * (1 - cleared),
        true_negatives=well * cleared,
    )


def update_beta(prior: Beta, successes: float, failures: float) -> Beta:
    """Posterior of a probability with the prior ``Beta(a, b)``: ``Beta(a + successes, b + failures)``.

    The beta distribution is conjugate to the binomial one: the posterior is of
    the prior's kind, so the posterior of today is the prior of tomorrow, and
    the order of the evidence does not matter.

    Args:
        prior: What was believed before; ``Beta(1, 1)`` holds every probability for equally likely.
        successes: Number of successes seen, zero or more.
        failures: Number of failures seen, zero or more.

    Returns:
        What to believe after. Its mean lies between the prior mean and the share of successes.

    Raises:
        TypeError: If ``prior`` is not a ``Beta``.
        ValueError: If a number is negative or not finite.

    Example:
        >>> from mlmath.stats import Beta
        >>> update_beta(Beta(1, 1), successes=7, failures=3)
        Beta(a=8.0, b=4.0)

    Source: Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 2.4.
    """
    if not isinstance(prior, Beta):
        raise TypeError(f"prior must be a Beta, got {prior!r}: try Beta(1, 1)")
    return Beta(prior.a + as_not_negative(successes, "successes"), prior.b + as_not_negative(failures, "failures"))


def _share(right: float, wrong: float, answer: str) -> float:
    if right + wrong == 0:
        raise ValueError(f"nobody tests {answer}, so there is no share of right answers among them")
    return right / (right + wrong)
