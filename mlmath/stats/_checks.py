"""Argument checks shared by the modules of this topic."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Vector, as_labels, as_vector, check_same_length


def as_probabilities(value: ArrayLike, name: str) -> Vector:
    """Return a fresh vector of numbers from 0 to 1; they need not sum to 1.

    Raises:
        ValueError: If ``value`` is not a finite vector, or an entry is below 0
            or above 1; the message gives the index of the first such entry.
    """
    vector = as_vector(value, name)
    allowed = (vector >= 0) & (vector <= 1)
    if not allowed.all():
        i = int(np.argmin(allowed))
        raise ValueError(f"{name} must hold numbers from 0 to 1, got {vector[i]:g} at {name}[{i}]")
    return vector


def as_outcomes(value: ArrayLike, name: str, partner: Vector | Labels, partner_name: str) -> Labels:
    """Return ``value`` as classes 0 and 1, one for each entry of ``partner``."""
    outcomes = as_labels(value, name, classes=2)
    check_same_length(partner, partner_name, outcomes, name)
    return outcomes
