"""Rules that give every coordinate its own learning rate: AdaGrad and RMSProp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlmath._arrays import Vector, as_positive
from mlmath.optim.rule import check_memory


class AdaGradState(NamedTuple):
    """What AdaGrad remembers."""

    lengths: Vector
    """Of each coordinate, the root of the sum of its squared gradients so far, shape ``(n,)``."""


@dataclass(frozen=True)
class AdaGrad:
    """Divide by the gradients so far: ``x_i <- x_i - learning_rate * g_i / (sqrt(s_i) + epsilon)``.

    Here ``s_i`` is the sum of the squares of all gradients of coordinate ``i``,
    ``g_i1^2 + ... + g_ik^2``. So the first step of every coordinate has
    the size of the learning rate, whatever its units, and rare coordinates keep
    larger steps than busy ones. The sum never forgets: with gradients of one
    size, step ``k`` is ``learning_rate / sqrt(k)`` long. On long walks that
    stalls, which is what ``RMSProp`` repairs.

    Example:
        >>> rule = AdaGrad()
        >>> state = rule.initial_state(np.zeros(2))
        >>> for gradient in ([3.0, 0.003], [4.0, 0.004]):
        ...     change, state = rule.update(state, np.array(gradient), 1.0, np.zeros(2))
        ...     print(change.round(3), state)
        [-1. -1.] AdaGradState(lengths=array([3.   , 0.003]))
        [-0.8 -0.8] AdaGradState(lengths=array([5.   , 0.005]))

    Source: Duchi, Hazan & Singer, "Adaptive subgradient methods for online
    learning and stochastic optimization", *JMLR* 12, 2011, figure 1 (diagonal matrices).
    """

    epsilon: float = 1e-8
    """Keeps the division from 0/0, in the units of the gradient; positive."""

    def __post_init__(self) -> None:
        as_positive(self.epsilon, "epsilon")

    def initial_state(self, start: Vector) -> AdaGradState:
        """Return lengths of zero."""
        return AdaGradState(np.zeros_like(start))

    def gradient_point(self, point: Vector, state: AdaGradState) -> Vector:
        """Return ``point`` itself."""
        return point

    def update(
        self, state: AdaGradState, gradient: Vector, learning_rate: float, point: Vector
    ) -> tuple[Vector, AdaGradState]:
        """Return the scaled step and the grown lengths."""
        lengths = np.hypot(state.lengths, gradient)  # squares would overflow in long sums
        change: Vector = -learning_rate * (gradient / (lengths + self.epsilon))
        return change, AdaGradState(lengths)


class RMSPropState(NamedTuple):
    """What RMSProp remembers."""

    mean_square: Vector
    """Running average of each coordinate's squared gradient, shape ``(n,)``."""


@dataclass(frozen=True)
class RMSProp:
    """Divide by the size of recent gradients: ``x_i <- x_i - learning_rate * g_i / (sqrt(s_i) + epsilon)``.

    Here ``s <- decay * s + (1 - decay) * g^2`` is a running average that
    forgets: a gradient ``k`` steps old counts ``decay^k`` of a new one. It
    starts at 0 and is too small at first, so the first steps are long: the very
    first is ``learning_rate / sqrt(1 - decay)``. ``Adam`` corrects that.

    The square of a gradient beyond 1e154 is not a float64; the loops refuse
    such gradients before they get here.

    Example:
        >>> rule = RMSProp(decay=0.75)
        >>> state = rule.initial_state(np.zeros(2))
        >>> change, state = rule.update(state, np.array([2.0, 0.002]), 1.0, np.zeros(2))
        >>> print(change.round(3), state.mean_square)
        [-2. -2.] [1.e+00 1.e-06]

    Source: Hinton, *Neural Networks for Machine Learning*, lecture 6e, 2012 (with a zero start, and without epsilon).
    """

    decay: float = 0.9
    """Share of the average that each update keeps: at least 0, below 1."""
    epsilon: float = 1e-8
    """Keeps the division from 0/0, in the units of the gradient; positive."""

    def __post_init__(self) -> None:
        check_memory(self.decay, "decay")
        as_positive(self.epsilon, "epsilon")

    def initial_state(self, start: Vector) -> RMSPropState:
        """Return a mean square of zero."""
        return RMSPropState(np.zeros_like(start))

    def gradient_point(self, point: Vector, state: RMSPropState) -> Vector:
        """Return ``point`` itself."""
        return point

    def update(
        self, state: RMSPropState, gradient: Vector, learning_rate: float, point: Vector
    ) -> tuple[Vector, RMSPropState]:
        """Return the scaled step and the new average."""
        mean_square = self.decay * state.mean_square + (1 - self.decay) * gradient**2
        change: Vector = -learning_rate * (gradient / (np.sqrt(mean_square) + self.epsilon))
        return change, RMSPropState(mean_square)
