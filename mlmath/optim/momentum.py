"""Rules with inertia: the heavy ball, and Nesterov's, which looks where it is going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlmath._arrays import Vector
from mlmath.optim.rule import check_memory


class MomentumState(NamedTuple):
    """What a rule with momentum remembers."""

    velocity: Vector
    """The last change of the point, shape ``(n,)``, in the units of the point."""


@dataclass(frozen=True)
class Momentum:
    """Heavy ball: ``v <- momentum * v - learning_rate * gradient(x)``, then ``x <- x + v``.

    Each step repeats a share of the last one. Along a valley these shares add
    up, to ``1 / (1 - momentum)`` times the plain step; across it they cancel.
    On a quadratic with curvatures from ``m`` to ``L``, condition number
    ``kappa = L / m``, the best choice is
    ``learning_rate = 4 / (sqrt(L) + sqrt(m))^2`` and
    ``momentum = ((sqrt(kappa) - 1) / (sqrt(kappa) + 1))^2``. The error then
    falls by ``sqrt(momentum)`` a step: ``sqrt(kappa)`` takes the place of ``kappa``.

    Conventions differ. Here the velocity is the last change of the point, as in
    Polyak's paper. PyTorch keeps the learning rate outside,
    ``v <- momentum * v + gradient``, ``x <- x - learning_rate * v``: the same
    walk while the rate stays fixed. Where the gradient enters with the factor
    ``1 - momentum``, learning rates are larger by ``1 / (1 - momentum)``.

    Example:
        >>> rule = Momentum(momentum=0.5)
        >>> state = rule.initial_state(np.array([3.0]))
        >>> for gradient in ([2.0], [2.0], [0.0]):
        ...     change, state = rule.update(state, np.array(gradient), 1.0, np.array([3.0]))
        ...     print(state)
        MomentumState(velocity=array([-2.]))
        MomentumState(velocity=array([-3.]))
        MomentumState(velocity=array([-1.5]))

    Source: Polyak, "Some methods of speeding up the convergence of iteration
    methods", *USSR Computational Mathematics and Mathematical Physics* 4, 1964.
    """

    momentum: float = 0.9
    """Share of the last change that the next one keeps: at least 0 (the plain step), below 1."""

    def __post_init__(self) -> None:
        check_memory(self.momentum, "momentum")

    def initial_state(self, start: Vector) -> MomentumState:
        """Return a velocity of zero."""
        return MomentumState(np.zeros_like(start))

    def gradient_point(self, point: Vector, state: MomentumState) -> Vector:
        """Return ``point`` itself."""
        return point

    def update(
        self, state: MomentumState, gradient: Vector, learning_rate: float, point: Vector
    ) -> tuple[Vector, MomentumState]:
        """Return the new velocity, as the change and as the state."""
        velocity = self.momentum * state.velocity - learning_rate * gradient
        return velocity, MomentumState(velocity)


@dataclass(frozen=True)
class Nesterov:
    """Momentum with foresight: ``v <- momentum * v - learning_rate * gradient(x + momentum * v)``, ``x <- x + v``.

    The heavy ball measures the gradient, then moves by inertia as well. Here
    the move by inertia comes first and the gradient is measured where it ends:
    it corrects an overshoot one step earlier. On a quadratic with curvatures
    from ``m`` to ``L`` the choice ``learning_rate = 1 / L`` and
    ``momentum = (sqrt(kappa) - 1) / (sqrt(kappa) + 1)`` shrinks the error by
    ``1 - 1 / sqrt(kappa)`` a step, and unlike the heavy ball's a similar rate
    holds for every strongly convex loss.

    The momentum is constant. (In the paper it grows, in a fixed sequence, which
    suits losses that are convex but not strongly so.)

    Example:
        >>> rule = Nesterov(momentum=0.5)
        >>> state = rule.initial_state(np.array([3.0]))
        >>> change, state = rule.update(state, np.array([2.0]), 1.0, np.array([3.0]))
        >>> rule.gradient_point(np.array([1.0]), state)
        array([0.])

    Source: Nesterov, "A method of solving a convex programming problem with
    convergence rate O(1/k^2)", *Soviet Mathematics Doklady* 27, 1983; in this
    form: Sutskever, Martens, Dahl & Hinton, "On the importance of
    initialization and momentum in deep learning", ICML 2013.
    """

    momentum: float = 0.9
    """Share of the last change that the next one keeps: at least 0 (the plain step), below 1."""

    def __post_init__(self) -> None:
        check_memory(self.momentum, "momentum")

    def initial_state(self, start: Vector) -> MomentumState:
        """Return a velocity of zero."""
        return MomentumState(np.zeros_like(start))

    def gradient_point(self, point: Vector, state: MomentumState) -> Vector:
        """Return ``point + momentum * velocity``, where inertia alone would lead."""
        ahead: Vector = point + self.momentum * state.velocity
        return ahead

    def update(
        self, state: MomentumState, gradient: Vector, learning_rate: float, point: Vector
    ) -> tuple[Vector, MomentumState]:
        """Return the new velocity, as the change and as the state."""
        velocity = self.momentum * state.velocity - learning_rate * gradient
        return velocity, MomentumState(velocity)
