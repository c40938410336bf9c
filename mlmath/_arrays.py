"""Argument checks shared by every mlmath module (the bottom layer).

Each ``as_...`` function returns its value in the one form that the rest of
mlmath computes with, or raises an error that names the argument. Arrays come
back as fresh copies, so nothing in mlmath can change what it was given.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
"""A float64 array of shape ``(n,)``."""

Matrix = NDArray[np.float64]
"""A float64 array of shape ``(rows, columns)``."""


Labels = NDArray[np.int64]
"""An integer array of shape ``(n,)``: class numbers, or row numbers."""


def as_real(value: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return a fresh float64 array of any shape; nan and inf may pass.

    Raises:
        ValueError: If ``value`` is ragged, or holds anything but real numbers:
            numpy alone would parse text, and cut complex numbers in half.
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} must have rows of equal length, got {value!r}") from error
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got {value!r}")
    return np.array(array, dtype=np.float64)


def as_vector(value: ArrayLike, name: str) -> Vector:
    """Return a fresh, finite float64 array of shape ``(n,)`` with ``n >= 1``.

    Raises:
        ValueError: If ``value`` is not one-dimensional, is empty, or holds nan
            or inf; the message gives the index of the first such entry.
    """
    vector = as_real(value, name)
    if vector.ndim != 1:
        raise ValueError(f"{name} must have shape (n,), got shape {vector.shape}")
    _check_filled_and_finite(vector, name)
    return vector


def as_matrix(value: ArrayLike, name: str) -> Matrix:
    """Return a fresh, finite float64 array of shape ``(rows, columns)``, both at least 1.

    Raises:
        ValueError: If ``value`` is not two-dimensional, is empty, or holds nan
            or inf; the message gives row and column of the first such entry.
    """
    matrix = as_real(value, name)
    if matrix.ndim != 2:
        remedy = f": write {name}[:, np.newaxis] for a single column" if matrix.ndim == 1 else ""
        raise ValueError(f"{name} must have shape (rows, columns), got shape {matrix.shape}{remedy}")
    _check_filled_and_finite(matrix, name)
    return matrix


def as_number(value: ArrayLike, name: str) -> float:
    """Return one finite number as a Python float.

    Raises:
        ValueError: If ``value`` is an array with axes (even of one entry), or is nan or inf.
    """
    number = as_real(value, name)
    if number.shape != () or not np.isfinite(number):
        raise ValueError(f"{name} must be one finite number, got {number}")
    return float(number)


def as_positive(value: ArrayLike, name: str) -> float:
    """Return one finite number above zero, or raise ValueError."""
    number = as_number(value, name)
    if not number > 0:
        raise ValueError(f"{name} must be positive, got {number}")
    return number


def as_not_negative(value: ArrayLike, name: str) -> float:
    """Return one finite number, zero or above, or raise ValueError."""
    number = as_number(value, name)
    if number < 0:
        raise ValueError(f"{name} must not be negative, got {number}")
    return number


def as_probability(value: ArrayLike, name: str) -> float:
    """Return one number from 0 to 1, both allowed, or raise ValueError."""
    number = as_number(value, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must be from 0 to 1, got {number}")
    return number


def as_fraction(value: ArrayLike, name: str) -> float:
    """Return one number strictly between 0 and 1, or raise ValueError."""
    number = as_number(value, name)
    if not 0 < number < 1:
        raise ValueError(f"{name} must be between 0 and 1, got {number}")
    return number


def as_labels(value: ArrayLike, name: str, *, classes: int | None = None) -> Labels:
    """Return a fresh integer array of shape ``(n,)``, ``n >= 1``: the class of each example, counted from 0.

    Whole numbers that are stored as floats or booleans are taken as what they are.

    Raises:
        ValueError: If ``value`` is not a finite vector of whole numbers, or one
            of them is negative or, given ``classes``, not below it; the message
            gives the index of the first such entry.
    """
    vector = as_vector(value, name)
    allowed = (vector == np.floor(vector)) & (vector >= 0) & (vector < 2**53)
    largest = ""
    if classes is not None:
        allowed &= vector < classes
        largest = f" to {classes - 1}"
    if not allowed.all():
        i = int(np.argmin(allowed))
        raise ValueError(f"{name} must hold class numbers 0, 1, ...{largest}, got {vector[i]:g} at {name}[{i}]")
    return vector.astype(np.int64)


def as_count(value: SupportsIndex, name: str, *, at_least: int) -> int:
    """Return a whole number, ``at_least`` or above.

    Raises:
        TypeError: If ``value`` is not an integer (``10.0`` is not).
        ValueError: If ``value`` is below ``at_least``.
    """
    try:
        count = operator.index(value)
    except TypeError as error:
        raise TypeError(f"{name} must be an integer, got {value!r}") from error
    if count < at_least:
        raise ValueError(f"{name} must be at least {at_least}, got {count}")
    return count


def check_choice(value: str, name: str, choices: Sequence[str]) -> None:
    """Raise ValueError unless ``value`` is one of ``choices``, which the message lists."""
    if value not in choices:
        raise ValueError(f"{name} must be {' or '.join(map(repr, choices))}, got {value!r}")


def check_generator(generator: np.random.Generator) -> None:
    """Raise TypeError unless ``generator`` is numpy's: no function draws from a hidden, global source."""
    if not isinstance(generator, np.random.Generator):
        raise TypeError(f"generator must be a numpy.random.Generator, got {generator!r}: try np.random.default_rng(0)")


def check_same_length(first: NDArray[Any], first_name: str, second: NDArray[Any], name: str) -> None:
    """Raise ValueError unless both arrays have as many rows: one per example."""
    if len(first) != len(second):
        raise ValueError(
            f"{first_name} and {name} must have one entry per example, got {len(first)} and {len(second)} of them"
        )


def _check_filled_and_finite(array: NDArray[np.float64], name: str) -> None:
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {array.shape}")
    broken = np.argwhere(~np.isfinite(array))
    if len(broken):
        index = tuple(broken[0].tolist())
        raise ValueError(f"{name} must be finite, got {array[index]} at {name}{list(index)}")
