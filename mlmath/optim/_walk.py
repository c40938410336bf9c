"""The bookkeeping that all optimizers share: where they were, and when to give up."""

from __future__ import annotations

import math
from typing import NoReturn

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Matrix, Vector, as_real
from mlmath.optim.path import Path
from mlmath.optim.stopping import Stop


class Walk:
    """A path in the making: record loss and gradient at a point, move on, record again.

    A number that is not finite ends the walk with a FloatingPointError, or, at
    the start, where no update can be to blame, with a ValueError. Optimizers
    silence numpy's own warnings about such numbers, which would say less.
    """

    def __init__(self, start: Vector, *, remedy: str) -> None:
        """Stand at ``start``; ``remedy`` is what a message about divergence tells the reader to try."""
        self._remedy = remedy
        self._points = [start]
        self._losses: list[float] = []
        self._gradient_norms: list[float] = []

    @property
    def point(self) -> Vector:
        """The current point, shape ``(n,)``; a copy, so that a loss may scribble on it."""
        return self._points[-1].copy()

    @property
    def gradient_norm(self) -> float:
        """Length of the gradient at the current point."""
        return self._gradient_norms[-1]

    def record_loss(self, value: ArrayLike) -> None:
        """Note the loss at the current point, which must be one finite number."""
        loss = as_real(value, "loss(point)")
        if loss.shape != ():
            raise ValueError(f"loss must return one number, got shape {loss.shape}")
        self._losses.append(self._finite(float(loss), "loss"))

    def record_gradient(self, value: ArrayLike, name: str = "gradient") -> Vector:
        """Note the length of the gradient at the current point; return it as a checked vector."""
        gradient = as_real(value, f"{name}(point)")
        expected = self._points[-1].shape
        if gradient.shape != expected:
            raise ValueError(f"{name} must return shape {expected}, like start, got shape {gradient.shape}")
        self._gradient_norms.append(self._finite(math.sqrt(gradient @ gradient), "gradient norm"))
        return gradient

    def record_no_gradient(self) -> None:
        """Note that nobody measured a gradient at the current point."""
        self._gradient_norms.append(float("nan"))

    def move(self, change: Vector) -> None:
        """Add ``change`` to the current point."""
        if change.shape != self._points[-1].shape:
            raise ValueError(f"the rule must change all of {self._points[-1].shape}, got shape {change.shape}")
        self._points.append(self._points[-1] + change)
        self.check_finite(self._points[-1], "point")

    def reason_to_stop(self, stop: Stop | None) -> str | None:
        """Return what the stopping rule ``stop`` says about the walk so far."""
        reason = None if stop is None else stop(self._points, self._losses)
        if reason is not None and not isinstance(reason, str):
            raise TypeError(f"stop must return a reason in words, or None to go on, got {reason!r}")
        return reason

    def _finite(self, value: float, what: str) -> float:
        if not math.isfinite(value):
            self._give_up(value, what)
        return value

    def check_finite(self, value: Vector | Matrix, what: str) -> None:
        """Raise unless ``value``, measured at the current point, is finite."""
        if not np.isfinite(value).all():
            self._give_up(value, what)

    def _give_up(self, value: float | Vector | Matrix, what: str) -> NoReturn:
        step = len(self._points) - 1
        if step == 0:
            raise ValueError(f"the {what} at start must be finite, got {value}: try another start")
        raise FloatingPointError(f"diverged at step {step}, where the {what} is {value}: {self._remedy}")

    def path(self, stop_reason: str) -> Path:
        """Return the finished path."""
        return Path(np.stack(self._points), np.array(self._losses), np.array(self._gradient_norms), stop_reason)
