"""Richardson extrapolation: two inexact slopes make one better slope."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mlmath._arrays import Matrix, as_count, as_number, as_positive
from mlmath.calculus.numerical import numerical_derivative

EPSILON = float(np.finfo(np.float64).eps)


class Extrapolation(NamedTuple):
    """A slope, with the whole table of slopes that led to it.

    Example:
        >>> extrapolation = richardson_derivative(lambda x: x**4, 1.0, step=0.5, levels=3)
        >>> extrapolation.tableau
        array([[5.    ,    nan,    nan],
               [4.25  , 4.    ,    nan],
               [4.0625, 4.    , 4.    ]])
        >>> extrapolation.slope
        4.0
    """

    tableau: Matrix
    """Shape ``(levels, levels)``. Column 0 holds central differences, each with
    half the step of the one above; column ``j`` has error order ``2 j + 2``.
    There is nothing above the diagonal: nan."""

    @property
    def slope(self) -> float:
        """The last entry of the diagonal, which used all others."""
        return float(self.tableau[-1, -1])


def richardson_derivative(
    f: Callable[[float], float], x: float, *, step: float | None = None, levels: int = 2
) -> Extrapolation:
    r"""Derivative of a function of one number, by extrapolating central differences to ``h = 0``.

    The error of a central difference ``D(h)`` is ``a h^2 + b h^4 + ...``.
    Halving ``h`` quarters the first term, so ``(4 D(h/2) - D(h)) / 3`` is free
    of it: its error starts at ``h^4``. The same trick on two such values
    removes ``h^4``, with 16 for 4, and so on: column ``j`` of the tableau is

    ``T[k, j] = T[k, j-1] + (T[k, j-1] - T[k-1, j-1]) / (4^j - 1)``.

    A higher order allows a longer step, and a longer step has less rounding.
    This helps only where ``f`` is smooth over the whole distance ``h``.

    Args:
        f: Function of one number, returning one number; it is called
            ``2 levels`` times.
        x: Point of evaluation.
        step: The longest ``h``, in the units of ``x``; row ``k`` of the tableau
            uses ``h / 2^k``. By default ``eps**(1 / (2 levels + 1)) * max(1, |x|)``:
            truncation grows like ``h^(2 levels)``, rounding like ``eps / h``.
        levels: Number of rows; 1 is the central difference itself, 2 (the
            default) gives order 4, 3 gives order 6.

    Returns:
        The tableau, with the best slope as its property ``slope``.

    Raises:
        ValueError: If ``x`` is not a finite number, ``step`` is not positive,
            ``levels`` is below 1, or ``f`` does not return one finite number;
            at the edge of the domain of ``f`` a smaller step helps.
        TypeError: If ``levels`` is not an integer.

    Example:
        >>> print(f"{richardson_derivative(np.exp, 0.0, step=0.1, levels=3).slope:.10f}")
        1.0000000000

    Source: Press et al., *Numerical Recipes*, 3rd ed., section 5.7.
    """
    point = as_number(x, "x")
    levels = as_count(levels, "levels", at_least=1)
    h = EPSILON ** (1 / (2 * levels + 1)) * max(1.0, abs(point)) if step is None else as_positive(step, "step")
    tableau = np.full((levels, levels), np.nan)
    for k in range(levels):
        tableau[k, 0] = numerical_derivative(f, point, step=h / 2**k)
        for j in range(1, k + 1):
            tableau[k, j] = tableau[k, j - 1] + (tableau[k, j - 1] - tableau[k - 1, j - 1]) / (4**j - 1)
    return Extrapolation(tableau)
