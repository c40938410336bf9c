"""The Jacobian of a vector function, measured column by column."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_vector
from mlmath.calculus.numerical import central_steps


def numerical_jacobian(
    f: Callable[[Vector], Vector],
    x: ArrayLike,
    *,
    step: float | None = None,
) -> Matrix:
    r"""Jacobian of a vector function by central differences.

    Row ``i`` belongs to output ``i``, column ``j`` to input ``j``. Moving input
    ``j`` alone gives column ``j`` in one go:
    ``(f(x + h e_j) - f(x - h e_j)) / (2 h)``, which costs ``2 n`` calls of ``f``.

    Args:
        f: Function of one vector, shape ``(n,)``, returning a vector, shape ``(m,)``.
        x: Point of evaluation, shape ``(n,)``.
        step: The ``h`` above, in the units of ``x``, the same for every
            component. By default each component gets ``eps**(1/3) * max(1, |x_j|)``,
            about 6e-6 near the origin. If some inputs are far smaller than
            that, pass a smaller step or measure these inputs in other units.

    Returns:
        Shape ``(m, n)``; entry ``[i, j]`` is in the units of output ``i``
        divided by the units of input ``j``. The row of an output is its
        gradient.

    Raises:
        ValueError: If ``x`` is not a finite vector, ``step`` is not positive,
            or ``f`` does not return finite vectors of one length; at the edge
            of the domain of ``f`` a smaller step helps.

    Example:
        >>> numerical_jacobian(lambda x: [x[0] * x[1], x[0] + 4 * x[1], x[1]], [2.0, 5.0]).round(6)
        array([[5., 2.],
               [1., 4.],
               [0., 1.]])

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 8.1.
    """
    point = as_vector(x, "x")

    def value_at(shifted: Vector) -> Vector:
        with np.errstate(all="ignore"):  # values that are not finite are refused below, in clearer words
            value = f(shifted)
        if np.ndim(value) == 0:
            raise ValueError(f"f must return a vector, got {value}: use numerical_gradient for one number")
        try:
            return as_vector(value, "f(x)")
        except ValueError as error:
            raise ValueError(
                f"{error}, for x = {shifted}: try a smaller step if x is at the edge of the domain of f"
            ) from error

    steps = central_steps(point, step)
    ahead = [value_at(point + shift) for shift in np.diag(steps)]  # row j of the diagonal is h e_j
    behind = [value_at(point - shift) for shift in np.diag(steps)]
    lengths = {len(value) for value in ahead + behind}
    if len(lengths) > 1:
        raise ValueError(f"f must return vectors of one length, got lengths {sorted(lengths)}")
    jacobian: Matrix = (np.stack(ahead, axis=1) - np.stack(behind, axis=1)) / (2 * steps)
    return jacobian
