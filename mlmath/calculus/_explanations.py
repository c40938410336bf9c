"""What is wrong with a gradient, told from its numbers and the measured ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mlmath.calculus._slopes import Array, Flags, Slopes, name_of

EXPLAINED = 1e-4  # how well an explanation must fit, relative to the larger of two numbers


def relative_error(given: Array, measured: Array, uncertainty: Array) -> Array:
    """Return the part of the disagreement that the measurement does not explain, beside the larger number."""
    with np.errstate(all="ignore"):
        excess = np.maximum(0.0, np.abs(given - measured) - uncertainty)
        errors = np.where(excess == 0, 0.0, excess / np.maximum(np.abs(given), np.abs(measured)))
    return np.where(np.isfinite(given), errors, np.inf)


def explanations(given: Array, slopes: Slopes, wrong: Flags, errors: Array) -> Iterator[str]:
    """Yield what may be wrong, the most telling explanation first; the last one always fits."""
    measured, uncertainty = slopes.central, slopes.uncertainty
    worst = np.unravel_index(np.argmax(errors), errors.shape)
    numbers = f"given {given[worst]:.4g}, measured {measured[worst]:.4g}"
    if not np.isfinite(given).all():
        yield f"given is not finite at {names_of(~np.isfinite(given))}"
    if slopes.irregular.any():
        yield (
            f"f is too irregular to be measured at {names_of(slopes.irregular)}: it is noisy there, or changes over "
            "distances below 1e-6; try another x or other units"
        )
    if (wrong <= slopes.kink).all():
        yield (
            f"f has a kink at {names_of(wrong)}, so there is no gradient: at {name_of(worst)} the slope is "
            f"{slopes.backward[worst]:.4g} behind and {slopes.forward[worst]:.4g} ahead (given {given[worst]:.4g}); "
            "try another x"
        )
    if errors.max() <= EXPLAINED:
        yield f"given is close, but off by {errors.max():.1e} at {name_of(worst)}: an approximation, or lost digits?"
    if not given.any():
        yield "given is 0 everywhere, but f is not level: was the gradient ever added up?"
    largest = np.unravel_index(np.argmax(np.abs(measured)), measured.shape)
    if measured[largest] != 0:
        factor = float(given[largest] / measured[largest])
        cause = _cause(factor)
        if (cause or given.size > 1) and _fits(given, factor * measured, abs(factor) * uncertainty):
            yield f"given = {factor:.4g} x measured everywhere{cause}"
    for order, places in _rearrangements(given, measured):
        if _fits(given, measured.flat[places], uncertainty.flat[places]):
            yield f"given has the right numbers in the wrong order: {order}"
    if wrong.sum() == 1:
        yield f"only component {names_of(wrong)} is wrong: {numbers}"
    if wrong.all():
        yield f"no component agrees; the worst is {name_of(worst)}: {numbers}"
    yield f"components {names_of(wrong)} are wrong, at worst {name_of(worst)}: {numbers}"


def _fits(given: Array, guess: Array, uncertainty: Array) -> bool:
    """Return whether an explanation that predicts ``guess`` accounts for every component."""
    return bool((relative_error(given, guess, uncertainty) <= EXPLAINED).all())


def _cause(factor: float) -> str:
    """Return where a factor between two gradients usually comes from, or nothing."""
    sign = ", a flipped sign (predicted minus observed, or observed minus predicted?)" if factor < 0 else ""
    for size, missing in ((abs(factor), False), (1 / abs(factor) if factor else 0.0, True)):
        n = round(size) if size < 1e4 else 0  # beyond, nearly every number is near a whole one
        if n < 2 or abs(size - n) > 1e-5 * n:
            continue
        if n == 2:
            usual = "a missing factor 2" if missing else "a factor 2 too many"
            return f"{sign}, {usual} (the power rule, d(r^2)/dr = 2 r?)"
        usual = f"a factor 1/{n} too many" if missing else f"a missing factor 1/{n}"
        return f"{sign}, {usual} (a mean over {n} examples?)"
    return sign


def _rearrangements(given: Array, measured: Array) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Yield usual mistakes of order: in words, and the place in ``measured`` that each component was taken from."""
    places = np.arange(measured.size)
    shape = measured.shape
    if len(shape) > 1:
        yield "those of the transposed array", places.reshape(shape).T.reshape(shape)
    yield "reversed", places[::-1].reshape(shape)
    for rows in range(2, measured.size):
        if measured.size % rows == 0:
            columns = measured.size // rows
            kind = f"those of a {rows} by {columns} matrix, transposed"
            yield kind, places.reshape(rows, columns).T.reshape(shape)
    sorting = np.empty_like(places)
    sorting[np.argsort(given, axis=None)] = np.argsort(measured, axis=None)
    names = [name_of(index) for index in np.ndindex(*shape)]
    moved = np.flatnonzero(sorting != places)[:5]
    yield ", ".join(f"given{names[i]} is measured{names[sorting[i]]}" for i in moved), sorting.reshape(shape)


def shape_explained(given: Array, slopes: Slopes) -> str:
    """Return what may have led to the wrong shape."""
    measured, shape = slopes.central, slopes.central.shape
    said = f"given has shape {given.shape}, but x has shape {shape}"
    if given.size != measured.size:
        return f"{said}: a gradient has one component for each of the {measured.size} numbers of x"
    if given.shape == shape[::-1] and _fits(given.T, measured, slopes.uncertainty):
        return f"{said}: the numbers are right, transposed; return gradient.T"
    if _fits(given.reshape(shape), measured, slopes.uncertainty):
        return f"{said}: the numbers are right; return gradient.reshape({shape})"
    return f"{said}, and the numbers differ as well"


def names_of(flags: Flags) -> str:
    """Return the indices of the components that are flagged, the first few of them."""
    names = [name_of(tuple(index)) for index in np.argwhere(flags)]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
