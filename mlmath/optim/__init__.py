"""Optimizers: walks to the minimum of a loss, returned point by point.

In this topic ``point`` is a vector of parameters, ``loss`` a function from a
point to a number, ``gradient`` a function from a point to the vector of the
loss's slopes. Every optimizer returns a ``Path``.

``gradient_descent`` and ``stochastic_gradient_descent`` take any rule
(``Momentum()``, ``Adam()``, ...), any schedule as their ``learning_rate``
(``cosine_decay(...)``, ...) and any stopping rule (``plateau(...)``, ...).
``newton`` and ``bfgs`` use curvature; ``gauss_newton`` and
``levenberg_marquardt`` are for sums of squares.
"""

from mlmath.optim.adam import Adam, AdamW
from mlmath.optim.adaptive import AdaGrad, RMSProp
from mlmath.optim.bfgs import bfgs
from mlmath.optim.descent import gradient_descent
from mlmath.optim.gauss_newton import gauss_newton
from mlmath.optim.levenberg_marquardt import levenberg_marquardt
from mlmath.optim.line_search import LineStep, backtracking, wolfe
from mlmath.optim.momentum import Momentum, Nesterov
from mlmath.optim.newton import newton
from mlmath.optim.path import Path
from mlmath.optim.rule import GradientStep, Rule
from mlmath.optim.schedules import cosine_decay, exponential_decay, inverse_time_decay, step_decay, warmup
from mlmath.optim.stochastic import stochastic_gradient_descent
from mlmath.optim.stopping import early_stopping, plateau, target_loss

__all__ = [
    "AdaGrad",
    "Adam",
    "AdamW",
    "GradientStep",
    "LineStep",
    "Momentum",
    "Nesterov",
    "Path",
    "RMSProp",
    "Rule",
    "backtracking",
    "bfgs",
    "cosine_decay",
    "early_stopping",
    "exponential_decay",
    "gauss_newton",
    "gradient_descent",
    "inverse_time_decay",
    "levenberg_marquardt",
    "newton",
    "plateau",
    "step_decay",
    "stochastic_gradient_descent",
    "target_loss",
    "warmup",
    "wolfe",
]
