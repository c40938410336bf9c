"""The argument checks: what they return, and what they say when they refuse."""

import numpy as np
import pytest

from mlmath._arrays import (
    as_count,
    as_fraction,
    as_labels,
    as_matrix,
    as_not_negative,
    as_number,
    as_positive,
    as_probability,
    as_real,
    as_vector,
    check_choice,
    check_generator,
    check_same_length,
)


@pytest.mark.parametrize(
    ("convert", "given"),
    [(as_real, np.array(1.0)), (as_vector, np.array([1.0, 2.0])), (as_matrix, np.array([[1.0, 2.0]]))],
)
def test_arrays_come_back_as_copies(convert, given):
    array = convert(given, "x")

    assert array.dtype == np.float64
    assert not np.shares_memory(array, given)
    np.testing.assert_array_equal(array, given)


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint64, np.float16, np.longdouble])
def test_every_real_type_becomes_float64(dtype):
    vector = as_vector(np.array([0, 1], dtype=dtype), "x")

    assert vector.dtype == np.float64
    np.testing.assert_array_equal(vector, [0.0, 1.0])


def test_nan_and_inf_pass_where_only_realness_is_asked():
    np.testing.assert_array_equal(as_real([np.nan, np.inf], "x"), [np.nan, np.inf])


@pytest.mark.parametrize(
    ("convert", "given", "message"),
    [
        (as_vector, [[1.0], [1.0, 2.0]], r"x must have rows of equal length, got \[\[1.0\], \[1.0, 2.0\]\]"),
        (as_vector, ["1", "2"], r"x must hold real numbers, got \['1', '2'\]"),
        (as_vector, [1.0, None], r"x must hold real numbers, got \[1.0, None\]"),
        (as_vector, [1j], r"x must hold real numbers, got \[1j\]"),
        (as_vector, 1.0, r"x must have shape \(n,\), got shape \(\)$"),
        (as_vector, [[1.0]], r"x must have shape \(n,\), got shape \(1, 1\)$"),
        (as_vector, [], r"x must not be empty, got shape \(0,\)"),
        (as_vector, [0.0, np.nan, np.inf], r"x must be finite, got nan at x\[1\]"),
        (as_matrix, 1.0, r"x must have shape \(rows, columns\), got shape \(\)$"),
        (as_matrix, [1.0], r"got shape \(1,\): write x\[:, np.newaxis\] for a single column"),
        (as_matrix, [[]], r"x must not be empty, got shape \(1, 0\)"),
        (as_matrix, [[0.0, 1.0], [-np.inf, 1.0]], r"x must be finite, got -inf at x\[1, 0\]"),
        (as_number, [1.0], r"x must be one finite number, got \[1\.\]"),
        (as_number, np.nan, r"x must be one finite number, got nan"),
        (as_number, "1", r"x must hold real numbers, got '1'"),
        (as_positive, 0, r"x must be positive, got 0.0"),
        (as_positive, np.inf, r"x must be one finite number, got inf"),
        (as_not_negative, -0.5, r"x must not be negative, got -0.5"),
    ],
)
def test_errors_say_what_was_given(convert, given, message):
    with pytest.raises(ValueError, match=message):
        convert(given, "x")


def test_numbers_come_back_as_python_numbers():
    numbers = [as_number(np.float32(2), "x"), as_positive(2, "x"), as_not_negative(0, "x")]

    assert numbers == [2.0, 2.0, 0.0]
    assert [type(number) for number in numbers] == [float, float, float]


def test_counts_are_integers_of_any_kind():
    count = as_count(np.int64(3), "steps", at_least=3)

    assert count == 3
    assert type(count) is int


@pytest.mark.parametrize("steps", [3.0])
def test_a_count_that_is_no_integer_is_refused(steps):
    with pytest.raises(TypeError, match=r"steps must be an integer, got 3\.0"):
        as_count(steps, "steps", at_least=0)


def test_a_count_that_is_too_small_is_refused():
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        as_count(0, "steps", at_least=1)


def test_a_choice_is_one_of_those_listed():
    check_choice("b", "letter", ("a", "b"))

    with pytest.raises(ValueError, match="letter must be 'a' or 'b', got 'c'"):
        check_choice("c", "letter", ("a", "b"))


def test_lengths_are_compared_along_the_first_axis():
    check_same_length(np.ones((3, 2)), "X", np.ones(3), "y")

    with pytest.raises(ValueError, match="X and y must have one entry per example, got 3 and 2 of them"):
        check_same_length(np.ones((3, 2)), "X", np.ones(2), "y")


@pytest.mark.parametrize("p", [0, 0.3, 1.0])
def test_a_probability_may_be_certain(p):
    assert as_probability(p, "p") == p


@pytest.mark.parametrize("p", [-1e-9, 1.0000001, np.nan])
def test_no_probability_leaves_the_unit_interval(p):
    with pytest.raises(ValueError, match="p must be"):
        as_probability(p, "p")


@pytest.mark.parametrize("fraction", [0.0, 1.0, -0.5, 95])
def test_a_fraction_is_neither_nothing_nor_all(fraction):
    assert as_fraction(0.95, "confidence") == 0.95
    with pytest.raises(ValueError, match="confidence must be between 0 and 1, got"):
        as_fraction(fraction, "confidence")


@pytest.mark.parametrize("given", [[0, 2, 1], [0.0, 2.0, 1.0], np.array([0, 2, 1], dtype=np.uint8)])
def test_labels_are_whole_numbers_however_they_are_stored(given):
    labels = as_labels(given, "labels", classes=3)

    assert labels.dtype == np.int64
    np.testing.assert_array_equal(labels, [0, 2, 1])


def test_booleans_are_labels_of_two_classes():
    np.testing.assert_array_equal(as_labels([True, False], "labels"), [1, 0])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([0, -1], r"labels must hold class numbers 0, 1, \.\.\. to 2, got -1 at labels\[1\]"),
        ([0, 0.5], r"got 0\.5 at labels\[1\]"),
        ([3, 0], r"got 3 at labels\[0\]"),
        ([[0]], "shape"),
        ([], "empty"),
    ],
)
def test_other_labels_are_refused_by_place(given, message):
    with pytest.raises(ValueError, match=message):
        as_labels(given, "labels", classes=3)


def test_without_a_number_of_classes_any_class_number_passes():
    np.testing.assert_array_equal(as_labels([7], "labels"), [7])
    with pytest.raises(ValueError, match=r"class numbers 0, 1, \.\.\., got"):
        as_labels([-7], "labels")


def test_labels_are_whole_numbers_that_floats_can_tell_apart():
    np.testing.assert_array_equal(as_labels([2.0**53 - 1], "labels"), [2**53 - 1])
    with pytest.raises(ValueError, match=r"class numbers 0, 1, \.\.\., got 9\.0072e\+15 at labels\[0\]"):
        as_labels([2.0**53], "labels")


@pytest.mark.parametrize("generator", [None, 0, np.random])
def test_random_numbers_come_from_a_generator_that_is_passed(generator):
    check_generator(np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"generator must be a numpy.random.Generator, got .*default_rng"):
        check_generator(generator)
