"""Gradient checking: is the gradient that I derived by hand the slope of the function that I compute?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, SupportsInt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import as_positive, as_real, as_vector

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Central differences are measured with each of these steps, relative to max(1, |x_i|).
# Long steps suffer from curvature, short ones from rounding; which are good depends on f.
LADDER = 10.0 ** -np.arange(3, 9)
EPSILON = float(np.finfo(np.float64).eps)
EXPLAINED = 1e-4  # how well an explanation must fit, relative to the larger of two numbers
ROWS = 10  # of the printed table


class GradientCheck(NamedTuple):
    """A derived gradient beside a measured one, and what tells them apart.

    Example:
        >>> check = check_gradient(lambda v: v @ v, lambda v: v, [3.0, -1.0])
        >>> print(check)
        gradient check FAILED: given = 0.5 x measured everywhere, a missing factor 2 (the power rule, d(r^2)/dr = 2 r?)
        component              given         measured   relative error
        [0]                        3                6          5.0e-01
        [1]                       -1               -2          5.0e-01
    """

    passed: bool
    """Whether every relative error is within the tolerance, and could be measured."""
    given: Array
    """What ``gradient`` returned."""
    measured: Array
    """Central differences of ``f``, in the shape of ``x``."""
    uncertainty: Array
    """How far ``measured`` may be off, in the shape of ``x``."""
    relative_error: Array
    """``|given - measured|``, less the uncertainty, divided by the larger of the
    two, in the shape of ``x``; 0 where they agree as well as can be measured."""
    worst: tuple[int, ...]
    """Index of the component with the largest relative error."""
    explanation: str
    """What is wrong, in words, as far as the numbers show it."""

    def __str__(self) -> str:
        """Return the verdict and a table of the worst components."""
        lines = [f"gradient check {'passed' if self.passed else 'FAILED'}: {self.explanation}"]
        if self.given.shape == self.measured.shape:
            lines.append(f"{'component':<12}{'given':>16} {'measured':>16} {'relative error':>16}")
            order = np.argsort(-self.relative_error, axis=None, kind="stable")[:ROWS]
            for index in sorted(zip(*np.unravel_index(order, self.given.shape), strict=True)):
                numbers = f"{self.given[index]:16.7g} {self.measured[index]:16.7g} {self.relative_error[index]:16.1e}"
                lines.append(f"{_name(index):<12}{numbers}")
            if self.given.size > ROWS:
                lines.append(f"... and {self.given.size - ROWS} components with smaller errors")
        return "\n".join(lines)


def check_gradient(
    f: Callable[[Array], float],
    gradient: Callable[[Array], ArrayLike],
    x: ArrayLike,
    *,
    tolerance: float = 1e-6,
) -> GradientCheck:
    r"""Compare a derived gradient with central differences of ``f``, and say what is wrong with it.

    Each slope is measured with six steps, from 1e-3 to 1e-8 times ``max(1, |x_i|)``.
    The two neighbouring steps that agree best give the answer; how far they
    disagree, with the rounding error of ``f``, gives its uncertainty. The check
    fails if more is left of ``|given - measured|`` than the uncertainty and
    ``tolerance`` times the larger of the two. So a small component beside a
    large one is checked as sharply as its measurement allows, and a gradient
    that is right passes also where it is 0.

    Check at a few random points, not at zeros or ones: symmetric points hide
    mistakes, and a kink (``|x|`` or ``max(0, x)`` at 0) has no gradient.

    Args:
        f: Function of an array of the shape of ``x``, returning one number;
            called ``12 n + 1`` times for ``n`` components.
        gradient: The function to be checked; maps ``x`` to an array of its shape.
        x: Point of the check, shape ``(n,)`` or any other, such as that of a
            matrix of weights.
        tolerance: Largest relative error that passes. A derived gradient is
            usually right to 1e-12, a wrong one wrong in its first digit.

    Returns:
        The verdict, the numbers behind it and an explanation; print it. The
        explanation recognises a flipped sign, a common factor, permuted or
        transposed components, single wrong components, a wrong shape, a kink,
        and an ``f`` that is too irregular to be measured.

    Raises:
        ValueError: If ``x`` is not a finite array, ``tolerance`` is not
            positive, ``f`` does not return one finite number at ``x`` or is
            finite on no two steps around it, or ``gradient`` returns anything
            but real numbers. A wrong shape does not raise: it is a finding.

    Example:
        >>> check = check_gradient(lambda v: v[0] ** 2 * v[1], lambda v: [2 * v[0] * v[1], v[0] ** 2], [3.0, -1.0])
        >>> check.passed
        True
        >>> check = check_gradient(lambda v: v[0] ** 2 * v[1], lambda v: [2 * v[0] * v[1], 2 * v[0]], [3.0, -1.0])
        >>> check.explanation
        'only component [1] is wrong: given 6, measured 9'

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 11.5.
    """
    point = as_real(x, "x")
    if point.ndim == 0:
        raise ValueError(f"x must have at least one axis, got the number {point}: write [x]")
    as_vector(point.ravel(), "x")
    limit = as_positive(tolerance, "tolerance")
    given = as_real(gradient(point.copy()), "gradient(x)")
    slopes = _measured(f, point)
    if given.shape != point.shape:
        nowhere = np.full_like(point, np.inf)
        reason = _shape_explained(given, slopes)
        return GradientCheck(False, given, slopes.central, slopes.uncertainty, nowhere, (0,) * point.ndim, reason)
    errors = _relative_error(given, slopes.central, slopes.uncertainty)
    wrong = errors > limit
    passed = not (wrong.any() or slopes.irregular.any())
    worst = tuple(int(i) for i in np.unravel_index(np.argmax(errors), errors.shape))
    agreed = f"all components agree within {limit:g}"
    reason = agreed if passed else next(_explanations(given, slopes, wrong, errors))
    return GradientCheck(passed, given, slopes.central, slopes.uncertainty, errors, worst, reason)


class _Slopes(NamedTuple):
    """What finite differences say about each component; all fields have the shape of ``x``."""

    central: Array
    uncertainty: Array
    forward: Array
    backward: Array
    kink: Flags
    """Whether the slopes ahead and behind differ, and do not approach each other as the step shrinks."""
    irregular: Flags
    """Whether the uncertainty is large beside the slopes that were seen on the way, and beside ``f`` itself."""


def _measured(f: Callable[[Array], float], point: Array) -> _Slopes:
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
        raise ValueError(f"f must be finite around x, but is not as x{_name(index)} moves: try another x")
    with np.errstate(all="ignore"):
        steepest = np.where(np.isfinite(central), np.fmax(np.abs(forward), np.abs(backward)), 0.0)
        jump = np.abs(forward - backward)  # falls with the step where f is smooth
        kink = (jump[3] > 0.5 * jump[2]) & (jump[3] > 0.001 * steepest[3]) & (jump[3] > 10 * rounding[3])
    best = np.argmin(doubt, axis=0)[np.newaxis]
    measured = np.take_along_axis(central[1:], best, axis=0)[0]
    uncertainty = np.take_along_axis(doubt, best, axis=0)[0]
    seen = np.take_along_axis(np.maximum.accumulate(steepest), best + 1, axis=0)[0]  # with this step or a longer one
    irregular = (uncertainty > 0.01 * (seen + abs(here) / sizes)) & ~kink
    return _Slopes(measured, uncertainty, forward[3], backward[3], kink, irregular)


def _relative_error(given: Array, measured: Array, uncertainty: Array) -> Array:
    """Return the part of the disagreement that the measurement does not explain, beside the larger number."""
    with np.errstate(all="ignore"):
        excess = np.maximum(0.0, np.abs(given - measured) - uncertainty)
        errors = np.where(excess == 0, 0.0, excess / np.maximum(np.abs(given), np.abs(measured)))
    return np.where(np.isfinite(given), errors, np.inf)


def _explanations(given: Array, slopes: _Slopes, wrong: Flags, errors: Array) -> Iterator[str]:
    """Yield what may be wrong, the most telling explanation first; the last one always fits."""
    measured, uncertainty = slopes.central, slopes.uncertainty
    worst = np.unravel_index(np.argmax(errors), errors.shape)
    numbers = f"given {given[worst]:.4g}, measured {measured[worst]:.4g}"
    if not np.isfinite(given).all():
        yield f"given is not finite at {_names(~np.isfinite(given))}"
    if slopes.irregular.any():
        yield (
            f"f is too irregular to be measured at {_names(slopes.irregular)}: it is noisy there, or changes over "
            "distances below 1e-8; try another x or other units"
        )
    if (wrong <= slopes.kink).all():
        yield (
            f"f has a kink at {_names(wrong)}, so there is no gradient: at {_name(worst)} the slope is "
            f"{slopes.backward[worst]:.4g} behind and {slopes.forward[worst]:.4g} ahead (given {given[worst]:.4g}); "
            "try another x"
        )
    if errors.max() <= EXPLAINED:
        yield f"given is close, but off by {errors.max():.1e} at {_name(worst)}: an approximation, or lost digits?"
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
        yield f"only component {_names(wrong)} is wrong: {numbers}"
    if wrong.all():
        yield f"no component agrees; the worst is {_name(worst)}: {numbers}"
    yield f"components {_names(wrong)} are wrong, at worst {_name(worst)}: {numbers}"


def _fits(given: Array, guess: Array, uncertainty: Array) -> bool:
    """Return whether an explanation that predicts ``guess`` accounts for every component."""
    return bool((_relative_error(given, guess, uncertainty) <= EXPLAINED).all())


def _cause(factor: float) -> str:
    """Return where a factor between two gradients usually comes from, or nothing."""
    sign = ", a flipped sign (predicted minus observed, or observed minus predicted?)" if factor < 0 else ""
    for size, missing in ((abs(factor), False), (1 / abs(factor) if factor else 0.0, True)):
        n = round(size) if size < 1e3 else 0
        if n == 0 or abs(size - n) > 1e-5 * n:
            continue
        if n == 1:
            return sign
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
    for rows in range(2, measured.size // 2 + 1):
        if measured.size % rows == 0:
            kind = f"those of a {rows} by {measured.size // rows} matrix, transposed"
            yield kind, places.reshape(rows, -1).T.reshape(shape)
    sorting = np.empty_like(places)
    sorting[np.argsort(given, axis=None)] = np.argsort(measured, axis=None)
    names = [_name(index) for index in np.ndindex(*shape)]
    moved = np.flatnonzero(sorting != places)[:5]
    yield ", ".join(f"given{names[i]} is measured{names[sorting[i]]}" for i in moved), sorting.reshape(shape)


def _shape_explained(given: Array, slopes: _Slopes) -> str:
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


def _name(index: tuple[SupportsInt, ...]) -> str:
    """Return an index as Python writes it, ``[0]`` or ``[1, 2]``."""
    return f"[{', '.join(str(int(i)) for i in index)}]"


def _names(flags: Flags) -> str:
    """Return the indices of the components that are flagged, the first few of them."""
    names = [_name(tuple(index)) for index in np.argwhere(flags)]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
