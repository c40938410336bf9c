"""The Hessian, measured: how the slopes of a function change from point to point."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_positive, as_vector
from mlmath.calculus.jacobian import numerical_jacobian
from mlmath.calculus.numerical import finite_value

# Truncation of a second difference grows like h**2, rounding like eps / h**2,
# so the best h is close to eps**(1/4).
SECOND_DIFFERENCE_STEP = float(np.finfo(np.float64).eps) ** (1 / 4)


def numerical_hessian(
    f: Callable[[Vector], float],
    x: ArrayLike,
    *,
    gradient: Callable[[Vector], Vector] | None = None,
    step: float | None = None,
) -> Matrix:
    r"""Matrix of second derivatives, by central differences of the gradient or of ``f`` itself.

    With ``gradient``, column ``j`` is ``(gradient(x + h e_j) - gradient(x - h e_j)) / (2 h)``
    and the answer is the mean of that matrix and its transpose. Without it,
    entry ``[i, j]`` is the difference of differences

    ``(f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)) / (4 h_i h_j)``

    with ``a = h_i e_i`` and ``b = h_j e_j``. Both are exact for quadratics. The
    first is the better one where a gradient is at hand: one difference loses a
    third of the 16 digits, two in a row lose half.

    Args:
        f: Function of one vector, shape ``(n,)``, returning one number. Not
            called if ``gradient`` is given; otherwise ``2 n (n + 1)`` times.
        x: Point of evaluation, shape ``(n,)``.
        gradient: Maps a point to the gradient of ``f`` there, shape ``(n,)``;
            called ``2 n`` times. The average hides that a wrong ``gradient``
            gives a matrix that is not symmetric: ``check_gradient`` comes first.
        step: The ``h`` above, in the units of ``x``, the same for every
            component. By default each component gets ``max(1, |x_i|)`` times
            ``eps**(1/3)``, about 6e-6 (with ``gradient``), or
            ``SECOND_DIFFERENCE_STEP``, ``eps**(1/4)``, about 1.2e-4.

    Returns:
        Shape ``(n, n)``, symmetric; entry ``[i, j]`` is in the units of ``f``
        divided by the units of ``x_i`` and ``x_j``. The truncation error is
        proportional to ``h^2``.

    Raises:
        ValueError: If ``x`` is not a finite vector, ``step`` is not positive,
            ``f`` does not return one finite number, or ``gradient`` not a finite
            vector of the shape of ``x``; at the edge of the domain of ``f`` a
            smaller step helps.

    Example:
        >>> numerical_hessian(lambda v: v[0] ** 2 + 3 * v[0] * v[1], [2.0, 5.0]).round(4)
        array([[2., 3.],
               [3., 0.]])

    Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 8.1.
    """
    point = as_vector(x, "x")
    if gradient is not None:
        jacobian = numerical_jacobian(gradient, point, step=step)
        if len(jacobian) != len(point):
            raise ValueError(f"gradient must return shape {point.shape}, like x, got shape ({len(jacobian)},)")
        return (jacobian + jacobian.T) / 2

    def value_at(shifted: Vector) -> float:
        with np.errstate(all="ignore"):  # a value that is not finite is refused below, in clearer words
            return finite_value(f(shifted), shifted)

    if step is None:
        steps = SECOND_DIFFERENCE_STEP * np.maximum(1.0, np.abs(point))
    else:
        steps = np.full_like(point, as_positive(step, "step"))
    shifts = np.diag(steps)  # row i is h_i e_i
    hessian = np.empty((len(point), len(point)))
    for i, a in enumerate(shifts):
        for j, b in enumerate(shifts[: i + 1]):
            ahead = value_at(point + a + b) - value_at(point + a - b)
            behind = value_at(point - a + b) - value_at(point - a - b)
            hessian[i, j] = hessian[j, i] = (ahead - behind) / (4 * steps[i] * steps[j])
    return hessian
