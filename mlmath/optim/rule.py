"""What an update rule is, and the simplest one: a step along the negative gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar

from mlmath._arrays import Vector, as_number

State = TypeVar("State")


class Rule(Protocol[State]):
    """How the next step follows from the gradient, and from what the rule remembers.

    A rule is a frozen dataclass of hyperparameters. What it remembers is not in
    it but in a state, a NamedTuple that the loop hands in and gets back, so it
    can be printed at every step. Nothing is changed in place.

    ``gradient_descent`` and ``stochastic_gradient_descent`` repeat three lines::

        gradient = slope at rule.gradient_point(point, state)
        change, state = rule.update(state, gradient, learning_rate, point)
        point = point + change

    Example:
        Any object with these three methods will do, for example one that looks only at signs:

        >>> import numpy as np
        >>> from mlmath.optim import gradient_descent
        >>> class SignStep:
        ...     def initial_state(self, start):
        ...         return None
        ...
        ...     def gradient_point(self, point, state):
        ...         return point
        ...
        ...     def update(self, state, gradient, learning_rate, point):
        ...         return -learning_rate * np.sign(gradient), state
        >>> path = gradient_descent(
        ...     lambda x: x @ x, lambda x: 2 * x, [3.0, -50.0], learning_rate=1.0, steps=3, rule=SignStep()
        ... )
        >>> path.result
        array([  0., -47.])
    """

    def initial_state(self, start: Vector) -> State:
        """Return what the rule remembers before the first update at ``start``, shape ``(n,)``."""
        ...

    def gradient_point(self, point: Vector, state: State) -> Vector:
        """Return where the next update wants the gradient measured, shape ``(n,)``; mostly ``point`` itself."""
        ...

    def update(self, state: State, gradient: Vector, learning_rate: float, point: Vector) -> tuple[Vector, State]:
        """Return what to add to ``point``, shape ``(n,)``, and the state after that."""
        ...


class GradientStepState(NamedTuple):
    """Nothing: the plain gradient step does not remember."""


@dataclass(frozen=True)
class GradientStep:
    """The plain step ``x <- x - learning_rate * gradient``, without memory.

    Example:
        >>> import numpy as np
        >>> rule = GradientStep()
        >>> state = rule.initial_state(np.array([3.0]))
        >>> change, state = rule.update(state, np.array([2.0]), 0.5, np.array([3.0]))
        >>> change
        array([-1.])

    Source: Boyd & Vandenberghe, *Convex Optimization*, section 9.3.
    """

    def initial_state(self, start: Vector) -> GradientStepState:
        """Return the empty state."""
        return GradientStepState()

    def gradient_point(self, point: Vector, state: GradientStepState) -> Vector:
        """Return ``point`` itself."""
        return point

    def update(
        self, state: GradientStepState, gradient: Vector, learning_rate: float, point: Vector
    ) -> tuple[Vector, GradientStepState]:
        """Return ``-learning_rate * gradient`` and the empty state."""
        return -learning_rate * gradient, state


def check_rule(rule: Rule[Any]) -> None:
    """Raise TypeError unless ``rule`` has a rule's methods; a class instead of an object is the usual slip."""
    methods = ("initial_state", "gradient_point", "update")
    if isinstance(rule, type) or not all(callable(getattr(rule, method, None)) for method in methods):
        raise TypeError(f"rule must be an update rule with methods {', '.join(methods)}, got {rule!r}: try Adam()")


def check_memory(value: float, name: str) -> None:
    """Raise ValueError unless ``value``, the share of the past that a rule keeps, is at least 0 and below 1."""
    number = as_number(value, name)
    if not 0 <= number < 1:
        raise ValueError(f"{name} must be at least 0 and below 1, got {number}")
