"""Gradient checking: is the gradient that I derived by hand the slope of the function that I compute?"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_positive, as_real, as_vector
from mlmath.calculus._explanations import explanations, relative_error, shape_explained
from mlmath.calculus._slopes import Array, measured_slopes, name_of

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
            for place in np.sort(order):
                index = np.unravel_index(place, self.given.shape)
                numbers = f"{self.given[index]:16.7g} {self.measured[index]:16.7g} {self.relative_error[index]:16.1e}"
                lines.append(f"{name_of(index):<12}{numbers}")
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

    ``f`` must be smooth over distances of about 1e-6 at least, and must not
    hide a rounding error far above that of its value (as the difference of two
    huge numbers does).

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
    slopes = measured_slopes(f, point)
    if given.shape != point.shape:
        nowhere = np.full_like(point, np.inf)
        reason = shape_explained(given, slopes)
        return GradientCheck(False, given, slopes.central, slopes.uncertainty, nowhere, (0,) * point.ndim, reason)
    errors = relative_error(given, slopes.central, slopes.uncertainty)
    wrong = errors > limit
    passed = not (wrong.any() or slopes.irregular.any())
    worst = tuple(int(i) for i in np.unravel_index(np.argmax(errors), errors.shape))
    agreed = f"all components agree within {limit:g}"
    with np.errstate(all="ignore"):  # a factor of 1e300 between the two is still a finding
        reason = agreed if passed else next(explanations(given, slopes, wrong, errors))
    return GradientCheck(passed, given, slopes.central, slopes.uncertainty, errors, worst, reason)
