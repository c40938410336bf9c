"""Adam, momentum on a per-coordinate scale, and AdamW, which shrinks the weights beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlmath._arrays import Vector, as_not_negative, as_positive
from mlmath.optim.rule import check_memory


class AdamState(NamedTuple):
    """What Adam remembers."""

    updates: int
    """How many updates there were."""
    first_moment: Vector
    """Running average of the gradient, shape ``(n,)``, started at 0."""
    second_moment: Vector
    """Running average of the squared gradient, shape ``(n,)``, started at 0."""


@dataclass(frozen=True)
class Adam:
    """Averaged gradient over its averaged size: ``x <- x - learning_rate * m_hat / (sqrt(s_hat) + epsilon)``.

    ``m <- first_decay * m + (1 - first_decay) * g`` averages the gradients,
    ``s <- second_decay * s + (1 - second_decay) * g^2`` their squares. Both
    start at 0 and are too small at first, by exactly the factor that the
    corrections take out: ``m_hat = m / (1 - first_decay^t)`` and
    ``s_hat = s / (1 - second_decay^t)`` after ``t`` updates. So the first step
    is ``learning_rate`` long in every coordinate, whatever the scale of the
    gradient, and while gradients keep their sign and size so are the next.

    A step that does not shrink with the gradient does not settle by itself:
    near a minimum let the learning rate fall. The square of a gradient beyond
    1e154 is not a float64; the loops refuse such gradients before they get here.

    Example:
        >>> rule = Adam()
        >>> state = rule.initial_state(np.zeros(2))
        >>> change, state = rule.update(state, np.array([4.0, -0.04]), 0.1, np.zeros(2))
        >>> change.round(6)
        array([-0.1,  0.1])
        >>> state.first_moment.round(6)
        array([ 0.4  , -0.004])

    Source: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
    """

    first_decay: float = 0.9
    """Share of the averaged gradient that each update keeps (beta_1): at least 0, below 1."""
    second_decay: float = 0.999
    """Share of the averaged square that each update keeps (beta_2): at least 0, below 1."""
    epsilon: float = 1e-8
    """Keeps the division from 0/0, in the units of the gradient; positive."""

    def __post_init__(self) -> None:
        check_memory(self.first_decay, "first_decay")
        check_memory(self.second_decay, "second_decay")
        as_positive(self.epsilon, "epsilon")

    def initial_state(self, start: Vector) -> AdamState:
        """Return moments of zero after no updates."""
        return AdamState(0, np.zeros_like(start), np.zeros_like(start))

    def gradient_point(self, point: Vector, state: AdamState) -> Vector:
        """Return ``point`` itself."""
        return point

    def update(
        self, state: AdamState, gradient: Vector, learning_rate: float, point: Vector
    ) -> tuple[Vector, AdamState]:
        """Return the corrected, scaled step and the new moments."""
        return adam_update(self, state, gradient, learning_rate)


@dataclass(frozen=True)
class AdamW:
    """Adam's step, and beside it a shrinkage: ``x <- x + (Adam's change) - learning_rate * weight_decay * x``.

    An L2 penalty ``weight_decay / 2 * ||x||^2`` in the loss adds
    ``weight_decay * x`` to the gradient, and Adam divides that by the size of
    the gradients too: coordinates with large gradients are shrunk less. Here
    the shrinkage goes around the division and is the same for all of them.
    With the plain gradient step both are one and the same.

    The walk does not end where the gradient of the loss vanishes but where it
    balances the shrinkage, so a ``tolerance`` on the gradient may never be met.

    Conventions: as in PyTorch, the learning rate multiplies the shrinkage too.
    In the paper the two have separate factors (``alpha`` and ``lambda``, both
    times a schedule ``eta_t``): its ``lambda`` is ``learning_rate * weight_decay`` here.

    Example:
        >>> rule = AdamW(weight_decay=0.5)
        >>> state = rule.initial_state(np.array([2.0]))
        >>> change, state = rule.update(state, np.array([4.0]), 0.1, np.array([2.0]))
        >>> change.round(6)
        array([-0.2])

    Source: Loshchilov & Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2.
    """

    weight_decay: float = 0.01
    """Share of the point that is taken off in each update, per unit of learning rate; not negative."""
    first_decay: float = 0.9
    """As in ``Adam``."""
    second_decay: float = 0.999
    """As in ``Adam``."""
    epsilon: float = 1e-8
    """As in ``Adam``."""

    def __post_init__(self) -> None:
        as_not_negative(self.weight_decay, "weight_decay")
        Adam(self.first_decay, self.second_decay, self.epsilon)  # refuses what Adam refuses

    def initial_state(self, start: Vector) -> AdamState:
        """Return moments of zero after no updates."""
        return AdamState(0, np.zeros_like(start), np.zeros_like(start))

    def gradient_point(self, point: Vector, state: AdamState) -> Vector:
        """Return ``point`` itself."""
        return point

    def update(
        self, state: AdamState, gradient: Vector, learning_rate: float, point: Vector
    ) -> tuple[Vector, AdamState]:
        """Return Adam's change with the shrinkage added, and Adam's state."""
        change, state = adam_update(self, state, gradient, learning_rate)
        return change - learning_rate * self.weight_decay * point, state


def adam_update(
    rule: Adam | AdamW, state: AdamState, gradient: Vector, learning_rate: float
) -> tuple[Vector, AdamState]:
    """Return Adam's change and state, which AdamW shares."""
    t = state.updates + 1
    m = rule.first_decay * state.first_moment + (1 - rule.first_decay) * gradient
    s = rule.second_decay * state.second_moment + (1 - rule.second_decay) * gradient**2
    m_hat = m / (1 - rule.first_decay**t)
    s_hat = s / (1 - rule.second_decay**t)
    change: Vector = -learning_rate * (m_hat / (np.sqrt(s_hat) + rule.epsilon))
    return change, AdamState(t, m, s)
