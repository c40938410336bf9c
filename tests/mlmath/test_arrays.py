"""The argument checks: what they return, and what they say when they refuse."""

import numpy as np
import pytest

from mlmath._arrays import (
    as_count,
    as_matrix,
    as_not_negative,
    as_number,
    as_positive,
    as_real,
    as_vector,
    check_choice,
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
