"""What every optimizer returns: the whole walk, so that lessons can draw it."""

from __future__ import annotations

from typing import NamedTuple

from mlmath._arrays import Matrix, Vector

REACHED_TOLERANCE = "the gradient norm reached the tolerance"
TOOK_ALL_STEPS = "all steps were taken"
NO_LOWER_LOSS = "the line search found no lower loss"
SMALL_STEP = "the step became small beside the point"
SMALL_REDUCTION = "the relative reduction of the loss became small"


class Path(NamedTuple):
    """Every point that an optimizer visited, with what it measured there.

    Row ``k`` of each array belongs to the point after ``k`` updates, so there
    is one row more than there were updates. (``len(path)`` counts the fields of
    this tuple; ``len(path.points)`` counts the points.)

    Example:
        >>> from mlmath.optim import gradient_descent
        >>> path = gradient_descent(lambda x: x @ x, lambda x: 2 * x, [4.0], learning_rate=0.25, steps=2)
        >>> path.points
        array([[4.],
               [2.],
               [1.]])
        >>> path.losses
        array([16.,  4.,  1.])
        >>> path.result
        array([1.])
        >>> path.stop_reason
        'all steps were taken'
    """

    points: Matrix
    """Shape ``(updates + 1, n)``; row 0 is the start, row -1 the result."""
    losses: Vector
    """Loss at each point, shape ``(updates + 1,)``."""
    gradient_norms: Vector
    """Length of the gradient at each point, shape ``(updates + 1,)``; each optimizer says which gradient."""
    stop_reason: str
    """Why the walk ended, in words: one of the constants of this module, or what a stopping rule said."""

    @property
    def result(self) -> Vector:
        """The last point, shape ``(n,)``, as a copy."""
        last: Vector = self.points[-1].copy()
        return last
