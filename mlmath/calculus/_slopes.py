"""Slopes of a function in every coordinate, each with an honest uncertainty."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, SupportsInt

import numpy as np
from numpy.typing import NDArray

from mlmath._arrays import as_real

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Central differences are measured with each of these steps, relative to max(1, |x_i|).
# Long steps suffer from curvature, short ones from rounding; which are good depends on f.
LADDER = 10.0 ** -np.arange(3, 9)
EPSILON = float(np.finfo(np.float64).eps)


class Slopes(NamedTuple):
    """What finite differences say about each component; all fields have the shape of ``x``."""

    central: Array
    uncertainty: Array
    forward: Array
    backward: Array
    kink: Flags
    """Whether the slopes ahead and behind differ, and neither of them changes as the step shrinks."""
    irregular: Flags
    """Whether the uncertainty is large beside the slopes that were seen on the way, and beside ``f`` itself."""


def measured_slopes(f: Callable[[Array], float], point: Array) -> Slopes:
    precision = EPSILON

    def value_at(shifted: Array) -> float:
        nonlocal precision
        with np.errstate(all="ignore"):  # steps that leave the domain of f are left out below
            value = np.asarray(f(shifted))
        if value.shape != ():
            raise ValueError(f"f must return one number, got shape {value.shape}")
        if value.dtype.kind == "f":
            precision = max(precision, float(np.finfo(value.dtype).eps))  # float32 rounds sooner
        return float(as_real(value, "f(x)"))

    here = value_at(point.copy())
    if not np.isfinite(here):
        raise ValueError(f"f must return one finite number, got {here} at x = {point}")
    sizes = np.maximum(1.0, np.abs(point))
    ahead, behind = np.empty((2, len(LADDER), *point.shape))
    steps_ahead, steps_behind = np.empty((2, len(LADDER), *point.shape))
    for index in np.ndindex(*point.shape):
        for k, relative in enumerate(LADDER):
            for sign, values, steps in ((1, ahead, steps_ahead), (-1, behind, steps_behind)):
                shifted = point.copy()
                shifted[index] += sign * relative * sizes[index]
                steps[k, *index] = shifted[index] - point[index]  # the distance that was moved, after rounding
                values[k, *index] = value_at(shifted)
    with np.errstate(all="ignore"):
        forward, backward = (ahead - here) / steps_ahead, (behind - here) / steps_behind
        central = (ahead - behind) / (steps_ahead - steps_behind)
        rounding = 4 * precision * np.fmax(np.abs(ahead), np.abs(behind)) / steps_ahead
        doubt = 2 * np.abs(central[1:] - central[:-1]) + rounding[1:]
        doubt[~np.isfinite(doubt)] = np.inf
    if np.isinf(doubt).all(axis=0).any():
        index = tuple(np.argwhere(np.isinf(doubt).all(axis=0))[0].tolist())
        raise ValueError(f"f must be finite around x, but is not as x{name_of(index)} moves: try another x")
    with np.errstate(all="ignore"):
        steepest = np.where(np.isfinite(central), np.fmax(np.abs(forward), np.abs(backward)), 0.0)
        jump = np.abs(forward[3] - backward[3])
        unsettled = np.abs(forward[3] - forward[2]) + np.abs(backward[3] - backward[2])
        kink = (unsettled < 0.1 * jump) & (jump > 0.001 * steepest[3]) & (jump > 10 * rounding[3])
    best = np.argmin(doubt, axis=0)[np.newaxis]
    measured = np.take_along_axis(central[1:], best, axis=0)[0]
    uncertainty = np.take_along_axis(doubt, best, axis=0)[0]
    seen = np.take_along_axis(np.maximum.accumulate(steepest), best + 1, axis=0)[0]  # with this step or a longer one
    irregular = (uncertainty > 0.01 * (seen + abs(here) / sizes)) & ~kink
    return Slopes(measured, uncertainty, forward[3], backward[3], kink, irregular)


def name_of(index: tuple[SupportsInt, ...]) -> str:
    """Return an index as Python writes it, ``[0]`` or ``[1, 2]``."""
    return f"[{', '.join(str(int(i)) for i in index)}]"
