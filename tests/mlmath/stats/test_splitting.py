"""train_test_split and k_fold: every row on one side, every row tested once, sizes exact."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from mlmath.stats import k_fold, train_test_split

seeds = st.integers(0, 2**32 - 1)


@given(examples=st.integers(2, 200), test_fraction=st.floats(0.01, 0.99), seed=seeds)
def test_each_row_is_on_one_side_and_the_sizes_are_rounded(examples, test_fraction, seed):
    tested = round(test_fraction * examples)
    assume(0 < tested < examples)

    split = train_test_split(examples, test_fraction=test_fraction, generator=np.random.default_rng(seed))

    assert (len(split.train), len(split.test)) == (examples - tested, tested)
    assert sorted([*split.train, *split.test]) == list(range(examples))


@pytest.mark.parametrize(
    ("examples", "test_fraction", "tested"),
    [(10, 0.7, 7), (10, 0.25, 2), (10, 0.35, 4), (3, 0.34, 1), (2, 0.5, 1), (506, 0.2, 101)],
)
def test_halves_go_to_the_even_neighbour_and_float_noise_to_nobody(examples, test_fraction, tested):
    """0.7 * 10 is 7.000000000000001 in some roundings, and rounding up would make it 8."""
    split = train_test_split(examples, test_fraction=test_fraction, generator=np.random.default_rng(0))

    assert len(split.test) == tested


def test_every_row_is_tested_equally_often():
    generator = np.random.default_rng(0)
    counts = sum(
        np.bincount(train_test_split(6, test_fraction=1 / 3, generator=generator).test, minlength=6) for _ in range(600)
    )

    assert stats.chisquare(counts).pvalue > 1e-3


@given(examples=st.integers(2, 60), seed=seeds, data=st.data())
def test_each_row_is_tested_once_and_trained_on_otherwise(examples, seed, data):
    folds = data.draw(st.integers(2, examples))

    splits = k_fold(examples, folds=folds, generator=np.random.default_rng(seed))

    assert len(splits) == folds
    assert sorted(np.concatenate([split.test for split in splits])) == list(range(examples))
    for split in splits:
        assert sorted([*split.train, *split.test]) == list(range(examples))


@given(examples=st.integers(2, 60), data=st.data())
def test_folds_differ_by_one_row_at_most_and_the_first_are_the_larger(examples, data):
    folds = data.draw(st.integers(2, examples))

    sizes = [len(split.test) for split in k_fold(examples, folds=folds, generator=np.random.default_rng(0))]

    larger = examples % folds
    assert sizes == [examples // folds + 1] * larger + [examples // folds] * (folds - larger)


@given(labels=st.lists(st.integers(0, 3), min_size=2, max_size=40), seed=seeds, data=st.data())
def test_stratified_folds_share_each_class_evenly(labels, seed, data):
    folds = data.draw(st.integers(2, len(labels)))

    splits = k_fold(len(labels), folds=folds, generator=np.random.default_rng(seed), labels=labels)

    counts = np.array([np.bincount(np.array(labels)[split.test], minlength=4) for split in splits])
    assert (np.ptp(counts, axis=0) <= 1).all()
    assert np.ptp(counts.sum(axis=1)) <= 1
    assert sorted(np.concatenate([split.test for split in splits])) == list(range(len(labels)))
    for split in splits:
        assert sorted([*split.train, *split.test]) == list(range(len(labels)))


def test_the_rows_of_a_stratified_split_are_not_sorted_by_class():
    """A walk over mini-batches of one class after the other would learn the last class."""
    labels = np.repeat([0, 1], 50)

    for split in k_fold(100, folds=2, generator=np.random.default_rng(0), labels=labels):
        assert (np.diff(labels[split.train]) < 0).any()
        assert (np.diff(labels[split.test]) < 0).any()


def test_all_rows_of_a_class_get_their_turn_in_every_stratified_fold():
    generator, labels = np.random.default_rng(0), [0, 0, 0, 1, 1, 1]
    counts = sum(
        np.bincount(k_fold(6, folds=3, generator=generator, labels=labels)[0].test, minlength=6) for _ in range(600)
    )

    assert stats.chisquare(counts).pvalue > 1e-3


def test_every_row_gets_its_turn_in_every_fold():
    generator = np.random.default_rng(0)
    counts = sum(np.bincount(k_fold(6, folds=3, generator=generator)[1].test, minlength=6) for _ in range(600))

    assert stats.chisquare(counts).pvalue > 1e-3


def test_as_many_folds_as_rows_leave_one_out():
    splits = k_fold(4, folds=4, generator=np.random.default_rng(0))

    assert sorted(split.test.tolist() for split in splits) == [[0], [1], [2], [3]]


def test_rows_are_shuffled():
    split = train_test_split(100, test_fraction=0.5, generator=np.random.default_rng(0))
    fold = k_fold(100, folds=2, generator=np.random.default_rng(0))[0]

    for rows in (*split, *fold):
        assert (np.diff(rows) < 0).any()
        assert rows.dtype == np.int64


def test_the_same_generator_gives_the_same_split_and_moves_on():
    generator = np.random.default_rng(0)
    first = train_test_split(100, test_fraction=0.5, generator=generator).test
    second = train_test_split(100, test_fraction=0.5, generator=generator).test

    again = train_test_split(100, test_fraction=0.5, generator=np.random.default_rng(0)).test

    np.testing.assert_array_equal(again, first)
    assert (first != second).any()


def test_the_smallest_cases_are_possible():
    train, test = train_test_split(2, test_fraction=0.5, generator=np.random.default_rng(0))
    splits = k_fold(2, folds=2, generator=np.random.default_rng(0))

    assert len(train) == len(test) == 1
    assert len(splits) == 2


@pytest.mark.parametrize(
    ("examples", "options", "error", "message"),
    [
        (1, {}, ValueError, "^examples must be at least 2, got 1"),
        (2.0, {}, TypeError, "^examples must be an integer, got 2.0"),
        (10, {"test_fraction": 1.0}, ValueError, "^test_fraction must be between 0 and 1, got 1.0"),
        (10, {"test_fraction": 3}, ValueError, "^test_fraction must be between 0 and 1, got 3"),
        (
            10,
            {"test_fraction": 0.04},
            ValueError,
            "^test_fraction=0.04 of 10 examples leaves the test part empty: try 0.1 or above, and below 1 - 0.1",
        ),
        (10, {"test_fraction": 0.96}, ValueError, "^test_fraction=0.96 of 10 examples leaves the training part empty"),
        (10, {"generator": 0}, TypeError, "^generator must be a numpy.random.Generator, got 0"),
    ],
)
def test_train_test_split_says_what_is_wrong(examples, options, error, message):
    with pytest.raises(error, match=message):
        train_test_split(examples, **{"test_fraction": 0.5, "generator": np.random.default_rng(0)} | options)


@pytest.mark.parametrize(
    ("examples", "options", "error", "message"),
    [
        (1, {}, ValueError, "^examples must be at least 2, got 1"),
        (10, {"folds": 1}, ValueError, "^folds must be at least 2, got 1"),
        (10, {"folds": 11}, ValueError, "^folds must be at most examples = 10, got 11: each needs a row to test on"),
        (10, {"folds": 2.0}, TypeError, "^folds must be an integer, got 2.0"),
        (10, {"generator": None}, TypeError, "^generator must be a numpy.random.Generator, got None"),
        (2, {"labels": [0, 1, 1]}, ValueError, "^labels must have one entry per example, got 3 for examples = 2"),
        (2, {"labels": [0, -1]}, ValueError, r"^labels must hold class numbers 0, 1, \.\.\., got -1 at labels\[1\]"),
    ],
)
def test_k_fold_says_what_is_wrong(examples, options, error, message):
    with pytest.raises(error, match=message):
        k_fold(examples, **{"folds": 2, "generator": np.random.default_rng(0)} | options)
