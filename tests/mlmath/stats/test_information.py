"""Entropy and its relatives: the theorems of information theory, and scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import rel_entr

from mlmath.stats import cross_entropy, entropy, kl_divergence, perplexity


def distributions(outcomes):
    """Distributions in which some outcomes may be impossible."""
    weights = st.lists(st.floats(0, 1).map(lambda x: x if x > 1e-3 else 0.0), min_size=outcomes, max_size=outcomes)
    return weights.filter(any).map(lambda w: np.array(w) / np.sum(w))


pairs = st.integers(1, 6).flatmap(lambda n: st.tuples(distributions(n), distributions(n)))
bases = st.sampled_from([math.e, 2, 10.0, 1.5])


@given(pair=pairs, base=bases)
def test_they_are_scipys(pair, base):
    p, q = pair

    assert entropy(p, base=base) == pytest.approx(stats.entropy(p, base=base), abs=1e-12)
    assert kl_divergence(p, q, base=base) == pytest.approx(rel_entr(p, q).sum() / math.log(base), abs=1e-12)
    assert perplexity(p) == pytest.approx(math.exp(stats.entropy(p)), abs=1e-12)


@given(pair=pairs)
def test_cross_entropy_is_the_definition(pair):
    p, q = pair
    terms = [0.0 if a == 0 else math.inf if b == 0 else -a * math.log(b) for a, b in zip(p, q, strict=True)]

    assert cross_entropy(p, q) == pytest.approx(sum(terms), abs=1e-12)


@given(pair=pairs, base=bases)
def test_cross_entropy_is_entropy_plus_divergence(pair, base):
    p, q = pair

    expected = entropy(p, base=base) + kl_divergence(p, q, base=base)

    assert cross_entropy(p, q, base=base) == pytest.approx(expected, abs=1e-12)


@given(pair=pairs)
def test_divergence_is_never_negative_and_zero_only_for_equals(pair):
    p, q = pair

    assert kl_divergence(p, p) == 0
    assert kl_divergence(p, q) >= 0
    assert kl_divergence(p, q) >= np.abs(p - q).sum() ** 2 / 2 - 1e-15  # Pinsker's inequality: 0 forces equality


@given(p=distributions(4), power=st.integers(-17, -3))
def test_rounding_never_makes_the_divergence_negative(p, power):
    q = p * (1 + 10.0**power * np.array([1, -1, 0.5, 2]))

    assert 0 <= kl_divergence(p, q / q.sum()) <= 1e-15 + 10 * 100.0**power


@given(p=st.integers(1, 9).flatmap(distributions))
def test_entropy_is_largest_when_all_outcomes_are_equally_likely(p):
    """It falls short of log(n) by the divergence from the uniform distribution."""
    uniform = np.full(len(p), 1 / len(p))

    assert entropy(uniform) == pytest.approx(math.log(len(p)), abs=1e-15)
    assert entropy(p) == pytest.approx(entropy(uniform) - kl_divergence(p, uniform), abs=1e-12)


@given(p=distributions(3), q=distributions(4))
def test_the_entropy_of_independent_pairs_is_the_sum(p, q):
    assert entropy(np.outer(p, q).ravel()) == pytest.approx(entropy(p) + entropy(q), abs=1e-12)


@given(p=distributions(5))
def test_an_impossible_outcome_changes_nothing(p):
    assert entropy([*p, 0.0]) == pytest.approx(entropy(p), abs=1e-15)
    assert kl_divergence([*p, 0.0], [*(p / 2), 0.5]) == pytest.approx(math.log(2))


def test_minimizing_cross_entropy_is_maximizing_likelihood():
    counts = np.array([3, 5, 2])

    for q in ([0.2, 0.5, 0.3], [0.3, 0.5, 0.2]):
        log_likelihood = np.sum(counts * np.log(q))
        assert cross_entropy(counts / 10, q) == pytest.approx(-log_likelihood / 10)


def test_expecting_the_impossible_of_what_happens_is_infinitely_wrong():
    assert kl_divergence([0.5, 0.5], [1.0, 0.0]) == math.inf
    assert cross_entropy([0.5, 0.5], [1.0, 0.0]) == math.inf


def test_expecting_what_never_happens_is_not():
    assert kl_divergence([1.0, 0.0], [0.5, 0.5], base=2) == 1.0
    assert cross_entropy([1.0, 0.0], [0.5, 0.5], base=2) == 1.0


def test_divergence_is_not_symmetric():
    assert kl_divergence([0.5, 0.5], [0.25, 0.75]) != pytest.approx(kl_divergence([0.25, 0.75], [0.5, 0.5]), rel=0.05)


def test_certainty_has_entropy_zero_without_a_sign():
    assert str(entropy([0, 1, 0])) == "0.0"
    assert str(cross_entropy([1], [1])) == "0.0"
    assert perplexity([1.0]) == 1.0


def test_nats_are_the_default():
    assert entropy([0.5, 0.5]) == cross_entropy([0.5, 0.5], [0.5, 0.5]) == pytest.approx(math.log(2))
    assert kl_divergence([1.0, 0.0], [0.5, 0.5]) == pytest.approx(math.log(2))


def test_the_smallest_probabilities_count():
    assert cross_entropy([1.0, 0.0], [5e-324, 1.0]) == pytest.approx(1074 * math.log(2))
    assert kl_divergence([1.0, 0.0], [5e-324, 1.0]) == pytest.approx(1074 * math.log(2))
    assert kl_divergence([1e-310, 1.0], [0.5, 0.5]) == pytest.approx(math.log(2))


def test_a_million_outcomes_are_no_more_than_rounding_from_the_sum_1():
    assert perplexity(np.full(10**6, 1e-6)) == pytest.approx(1e6)


def test_the_results_are_plain_floats_and_the_arguments_are_left_alone():
    p, q = np.array([1.0, 0.0]), np.array([0.5, 0.5])

    results = [entropy(p), cross_entropy(p, q), kl_divergence(p, q), perplexity(p)]

    assert {type(result) for result in results} == {float}
    np.testing.assert_array_equal([p, q], [[1.0, 0.0], [0.5, 0.5]])


def test_sums_within_the_tolerance_are_taken_and_others_refused():
    entropy([0.5, 0.5 + 9e-10])

    with pytest.raises(ValueError, match=r"^p must sum to 1"):
        entropy([0.5, 0.5 + 1.1e-9])
    with pytest.raises(ValueError, match=r"^p must sum to 1"):
        entropy([0.5, 0.5 - 1.1e-9])


@pytest.mark.parametrize(
    ("p", "message"),
    [
        ([0.5, 0.25], r"^p must sum to 1 \(within 1e-09\), got the sum 0\.75: divide by it, p / np\.sum\(p\)"),
        ([0.5, 0.75, -0.25], r"^p must hold numbers from 0 to 1, got -0\.25 at p\[2\]"),
        ([2.0, 1.0], r"^p must hold numbers from 0 to 1, got 2 at p\[0\]"),
        ([], "^p must not be empty"),
        (1.0, r"^p must have shape \(n,\), got shape \(\)"),
        ([np.nan, 1.0], r"^p must be finite, got nan at p\[0\]"),
    ],
)
@pytest.mark.parametrize(
    "function",
    [entropy, perplexity, lambda p: cross_entropy(p, [0.5, 0.5]), lambda p: kl_divergence(p, [0.5, 0.5])],
    ids=["entropy", "perplexity", "cross_entropy", "kl_divergence"],
)
def test_what_is_not_a_distribution_is_refused(function, p, message):
    with pytest.raises(ValueError, match=message):
        function(p)


@pytest.mark.parametrize("function", [cross_entropy, kl_divergence])
def test_the_second_distribution_is_checked_too(function):
    with pytest.raises(ValueError, match=r"^q must sum to 1 .*, got the sum 0\.5: divide by it, q / np\.sum\(q\)"):
        function([0.5, 0.5], [0.25, 0.25])
    with pytest.raises(ValueError, match=r"^p and q must have one entry per example, got 2 and 1 of them"):
        function([0.5, 0.5], [1.0])


@pytest.mark.parametrize(
    ("base", "message"),
    [
        (1, "^base must be above 1, got 1: try 2 for bits, math.e for nats"),
        (0.5, "^base must be above 1, got 0.5"),
        (-2, "^base must be positive, got -2"),
        (np.inf, "^base must be one finite number, got inf"),
    ],
)
def test_the_base_is_above_one(base, message):
    for call in (lambda: entropy([1], base=base), lambda: cross_entropy([1], [1], base=base)):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(ValueError, match=message):
        kl_divergence([1], [1], base=base)
