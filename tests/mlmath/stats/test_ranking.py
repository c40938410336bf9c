"""roc_curve and area_under_roc: by looking at all pairs, and scikit-learn."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from mlmath.stats import area_under_roc, roc_curve

rankings = (
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 1)), min_size=2, max_size=20)
    .map(lambda pairs: np.array(pairs).T)
    .filter(lambda ranking: len(set(ranking[1])) == 2)
)


def share_of_pairs_won(scores, observed):
    pairs = list(itertools.product(scores[observed == 1], scores[observed == 0]))
    return np.mean([1.0 if one > zero else 0.5 if one == zero else 0.0 for one, zero in pairs])


@given(ranking=rankings)
def test_the_area_is_the_share_of_pairs_that_are_ranked_right(ranking):
    assert area_under_roc(*ranking) == pytest.approx(share_of_pairs_won(*ranking), abs=1e-12)


@given(ranking=rankings)
def test_the_area_is_that_under_the_curve_and_scikit_learns(ranking):
    roc = roc_curve(*ranking)

    assert area_under_roc(*ranking) == pytest.approx(
        np.trapezoid(roc.true_positive_rates, roc.false_positive_rates), abs=1e-12
    )
    assert area_under_roc(*ranking) == pytest.approx(metrics.roc_auc_score(ranking[1], ranking[0]), abs=1e-12)


@given(ranking=rankings)
def test_the_curve_is_scikit_learns(ranking):
    scores, observed = ranking
    expected = metrics.roc_curve(observed, scores, drop_intermediate=False)

    for ours, theirs in zip(roc_curve(scores, observed), expected, strict=True):
        np.testing.assert_allclose(ours, theirs)


@given(ranking=rankings)
def test_each_point_holds_the_rates_of_its_threshold(ranking):
    scores, observed = ranking

    roc = roc_curve(scores, observed)

    for false_positive_rate, true_positive_rate, threshold in zip(*roc, strict=True):
        assert false_positive_rate == pytest.approx(np.mean(scores[observed == 0] >= threshold))
        assert true_positive_rate == pytest.approx(np.mean(scores[observed == 1] >= threshold))


@given(ranking=rankings)
def test_the_curve_rises_from_corner_to_corner(ranking):
    roc = roc_curve(*ranking)

    assert (roc.false_positive_rates[0], roc.true_positive_rates[0], roc.thresholds[0]) == (0.0, 0.0, np.inf)
    assert (roc.false_positive_rates[-1], roc.true_positive_rates[-1]) == (1.0, 1.0)
    assert (np.diff(roc.false_positive_rates) >= 0).all()
    assert (np.diff(roc.true_positive_rates) >= 0).all()
    assert (np.diff(roc.thresholds) < 0).all()


@given(ranking=rankings)
def test_only_the_order_counts(ranking):
    scores, observed = ranking

    assert area_under_roc(np.exp(scores), observed) == area_under_roc(scores, observed)
    assert area_under_roc(-scores, observed) == pytest.approx(1 - area_under_roc(scores, observed))
    assert area_under_roc(scores, 1 - observed) == pytest.approx(1 - area_under_roc(scores, observed))


def test_perfect_useless_and_reversed():
    observed = [0, 0, 1, 1]

    assert area_under_roc([1, 2, 3, 4], observed) == 1.0
    assert area_under_roc([7, 7, 7, 7], observed) == 0.5
    assert area_under_roc([4, 3, 2, 1], observed) == 0.0


def test_scores_of_any_size_are_ranked():
    scores = [-1e300, -1e-300, 0.0, 1e-300, 1e300]

    assert area_under_roc(scores, [0, 0, 0, 1, 1]) == 1.0
    np.testing.assert_array_equal(roc_curve(scores, [0, 0, 0, 1, 1]).thresholds, [np.inf, *scores[::-1]])


def test_zero_and_minus_zero_are_equal():
    assert area_under_roc([0.0, -0.0], [1, 0]) == 0.5
    assert len(roc_curve([0.0, -0.0], [1, 0]).thresholds) == 2


def test_many_examples_are_ranked_without_comparing_all_pairs():
    generator = np.random.default_rng(0)
    observed = generator.integers(2, size=100_000)
    scores = generator.normal(observed, 1.0)

    assert area_under_roc(scores, observed) == pytest.approx(metrics.roc_auc_score(observed, scores), abs=1e-12)


def test_the_arguments_are_left_alone_and_the_area_is_a_plain_float():
    scores, observed = np.array([0.2, 0.1]), np.array([1, 0])

    roc_curve(scores, observed)

    assert type(area_under_roc(scores, observed)) is float
    np.testing.assert_array_equal([scores, observed], [[0.2, 0.1], [1, 0]])


@pytest.mark.parametrize("function", [roc_curve, area_under_roc])
@pytest.mark.parametrize(
    ("scores", "observed", "message"),
    [
        ([0.1, 0.2], [1, 1], "^observed must hold both classes, 0 and 1, got only 1: there is nothing to rank"),
        ([0.1, 0.2], [0, 0], "^observed must hold both classes, 0 and 1, got only 0"),
        ([0.1], [1], "^observed must hold both classes, 0 and 1, got only 1"),
        ([0.1, 0.2], [0, 2], r"^observed must hold class numbers 0, 1, \.\.\. to 1, got 2"),
        ([0.1, np.nan], [0, 1], r"^scores must be finite, got nan at scores\[1\]"),
        ([0.1], [0, 1], "^scores and observed must have one entry per example, got 1 and 2 of them"),
        ([[0.1, 0.2]], [0, 1], r"^scores must have shape \(n,\), got shape \(1, 2\)"),
        ([], [], "^scores must not be empty"),
    ],
)
def test_errors_name_the_argument(function, scores, observed, message):
    with pytest.raises(ValueError, match=message):
        function(scores, observed)
