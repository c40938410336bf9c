"""Counts of right and wrong classes: by loops over the definitions, and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from mlmath.stats import accuracy, confusion_matrix, f1_score, precision, recall


def classes_of_examples(classes):
    one = st.integers(0, classes - 1)
    return st.lists(st.tuples(one, one), min_size=1, max_size=20).map(lambda pairs: np.array(pairs).T)


@given(pair=classes_of_examples(4))
def test_the_confusion_matrix_is_a_count_in_a_loop_and_scikit_learns(pair):
    predicted, observed = pair
    counts = np.zeros((4, 4))
    for said, true in zip(predicted, observed, strict=True):
        counts[true, said] += 1

    np.testing.assert_array_equal(confusion_matrix(predicted, observed, classes=4), counts)
    np.testing.assert_array_equal(counts, metrics.confusion_matrix(observed, predicted, labels=range(4)))


@given(pair=classes_of_examples(4))
def test_the_matrix_is_as_large_as_the_largest_class_needs(pair):
    predicted, observed = pair
    size = max(*predicted, *observed) + 1

    matrix = confusion_matrix(predicted, observed)

    np.testing.assert_array_equal(matrix, confusion_matrix(predicted, observed, classes=5)[:size, :size])
    assert matrix.shape == (size, size)


@given(pair=classes_of_examples(3))
def test_rows_are_observed_columns_are_predicted_and_the_diagonal_is_right(pair):
    predicted, observed = pair
    matrix = confusion_matrix(predicted, observed, classes=3)

    np.testing.assert_array_equal(matrix.sum(axis=1), np.bincount(observed, minlength=3))
    np.testing.assert_array_equal(matrix.sum(axis=0), np.bincount(predicted, minlength=3))
    assert accuracy(predicted, observed) == pytest.approx(matrix.trace() / matrix.sum())
    np.testing.assert_array_equal(confusion_matrix(observed, predicted, classes=3), matrix.T)


def test_the_counts_are_integers_also_when_some_rows_are_empty():
    matrix = confusion_matrix([0.0, 2.0], [True, False])

    assert matrix.dtype == np.int64
    np.testing.assert_array_equal(matrix, [[0, 0, 1], [1, 0, 0], [0, 0, 0]])


def test_one_class_is_enough():
    np.testing.assert_array_equal(confusion_matrix([0, 0], [0, 0]), [[2]])
    np.testing.assert_array_equal(confusion_matrix([0, 0], [0, 0], classes=1), [[2]])


@given(pair=classes_of_examples(2))
def test_binary_metrics_are_scikit_learns(pair):
    predicted, observed = pair

    assert accuracy(predicted, observed) == pytest.approx(metrics.accuracy_score(observed, predicted))
    if predicted.any():
        assert precision(predicted, observed) == pytest.approx(metrics.precision_score(observed, predicted))
    if observed.any():
        assert recall(predicted, observed) == pytest.approx(metrics.recall_score(observed, predicted, zero_division=0))
    if predicted.any() or observed.any():
        assert f1_score(predicted, observed) == pytest.approx(metrics.f1_score(observed, predicted, zero_division=0))


@given(pair=classes_of_examples(2))
def test_precision_and_recall_swap_with_the_arguments_and_f1_is_their_harmonic_mean(pair):
    predicted, observed = pair
    if not (predicted & observed).any():
        return

    assert precision(predicted, observed) == recall(observed, predicted)
    harmonic = 2 / (1 / precision(predicted, observed) + 1 / recall(predicted, observed))
    assert f1_score(predicted, observed) == pytest.approx(harmonic)


def test_on_unbalanced_data_accuracy_praises_a_model_that_finds_nothing():
    ill = np.arange(100) == 0

    assert accuracy(np.zeros(100), ill) == 0.99
    assert recall(np.zeros(100), ill) == 0.0


def test_one_of_several_classes_is_measured_by_comparison():
    predicted, observed = np.array([0, 2, 2, 1]), np.array([0, 2, 1, 1])

    np.testing.assert_allclose(
        [precision(predicted == k, observed == k) for k in range(3)],
        metrics.precision_score(observed, predicted, average=None),
    )


def test_f1_is_zero_where_there_are_only_mistakes():
    assert f1_score([1, 0], [0, 0]) == f1_score([0, 0], [1, 0]) == f1_score([1, 0], [0, 1]) == 0.0


def test_the_results_are_plain_floats_and_the_arguments_are_left_alone():
    predicted, observed = np.array([1, 0]), np.array([1, 1])

    results = [metric(predicted, observed) for metric in (accuracy, precision, recall, f1_score)]

    assert {type(result) for result in results} == {float}
    np.testing.assert_array_equal([predicted, observed], [[1, 0], [1, 1]])


@pytest.mark.parametrize(
    ("metric", "predicted", "observed", "message"),
    [
        (precision, [0, 0], [1, 0], "^precision is 0/0, because no example is predicted as 1: lower the threshold"),
        (recall, [1, 0], [0, 0], "^recall is 0/0, because no example is observed as 1: test on data that hold"),
        (f1_score, [0, 0], [0, 0], "^the F1 score is 0/0, because no example is predicted or observed as 1: test on"),
    ],
)
def test_shares_of_nothing_are_refused(metric, predicted, observed, message):
    with pytest.raises(ValueError, match=message):
        metric(predicted, observed)


@pytest.mark.parametrize("metric", [precision, recall, f1_score])
@pytest.mark.parametrize(
    ("predicted", "observed", "message"),
    [
        ([2, 1], [1, 1], r"^predicted must hold class numbers 0, 1, \.\.\. to 1, got 2 at predicted\[0\]"),
        ([0.7, 1], [1, 1], r"^predicted must hold class numbers .*, got 0\.7"),
        ([0, 1], [1, -1], r"^observed must hold class numbers .*, got -1 at observed\[1\]"),
        ([0, 1], [1], "^predicted and observed must have one entry per example, got 2 and 1 of them"),
        ([], [], "^predicted must not be empty"),
    ],
)
def test_binary_metrics_take_zeros_and_ones(metric, predicted, observed, message):
    with pytest.raises(ValueError, match=message):
        metric(predicted, observed)


@pytest.mark.parametrize("metric", [accuracy, confusion_matrix])
@pytest.mark.parametrize(
    ("predicted", "observed", "message"),
    [
        ([0.5], [1], r"^predicted must hold class numbers 0, 1, \.\.\., got 0\.5 at predicted\[0\]"),
        ([0], [1e300], r"^observed must hold class numbers 0, 1, \.\.\., got 1e\+300 at observed\[0\]"),
        ([0, 1], [1], "^predicted and observed must have one entry per example, got 2 and 1 of them"),
        (["cat"], ["cat"], "^predicted must hold real numbers"),
    ],
)
def test_several_classes_are_whole_numbers(metric, predicted, observed, message):
    with pytest.raises(ValueError, match=message):
        metric(predicted, observed)


@pytest.mark.parametrize(
    ("predicted", "observed", "classes", "error", "message"),
    [
        ([0, 3], [0, 1], 3, ValueError, r"^predicted must hold class numbers .* to 2, got 3 at predicted\[1\]"),
        ([0, 1], [0, 3], 3, ValueError, r"^observed must hold class numbers .* to 2, got 3 at observed\[1\]"),
        ([0, 1], [0, 1], 0, ValueError, "^classes must be at least 1, got 0"),
        ([0, 1], [0, 1], 2.0, TypeError, "^classes must be an integer, got 2.0"),
        (
            [90210],
            [0],
            None,
            ValueError,
            "^90211 classes would need 90211 x 90211 counts, more than fit: number the classes that occur "
            r"0, 1, 2, \.\.\., for example with np\.unique\(labels, return_inverse=True\)$",
        ),
        ([0], [10_000], None, ValueError, "^10001 classes would need"),
    ],
)
def test_classes_are_counted_from_zero(predicted, observed, classes, error, message):
    with pytest.raises(error, match=message):
        confusion_matrix(predicted, observed, classes=classes)


def test_as_many_classes_as_fit_are_counted(monkeypatch):
    monkeypatch.setattr("mlmath.stats.classification.MOST_CLASSES", 3)

    assert confusion_matrix([2], [0]).shape == (3, 3)
    with pytest.raises(ValueError, match=r"^4 classes would need 4 x 4 counts"):
        confusion_matrix([2], [0], classes=4)
