"""The likelihood: how probable a distribution would have made the data."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_vector
from mlmath.stats._distribution import Continuous, Discrete
from mlmath.stats.special import Array


def log_likelihood(distribution: Continuous | Discrete, data: ArrayLike) -> float:
    """Sum of the log densities (or log probabilities) of independent data, ``log p(x_1) + ... + log p(x_n)``.

    The likelihood itself is their product. It underflows: 1000 densities of 0.1
    multiply to 1e-1000, which float64 rounds to 0, for the best parameters as
    for the worst. The sum of the logarithms is -2303, has its maximum at the
    same parameters, and is easier to differentiate.

    Args:
        distribution: Anything with a method ``logpdf`` or ``logpmf``.
        data: Observations, shape ``(n,)``, or ``(n, features)`` for a
            multivariate distribution.

    Returns:
        The log-likelihood; -inf if the distribution holds one of the data for impossible.

    Raises:
        TypeError: If ``distribution`` has neither method.
        ValueError: If there are no data, or they hold nan.

    Example:
        >>> from mlmath.stats import Normal
        >>> log_likelihood(Normal(0.0, 1.0), [0.5, -0.3, 1.1]).__round__(4)
        -3.5318

    Source: Wasserman, *All of Statistics*, section 9.3.
    """
    if isinstance(distribution, Continuous):
        terms = distribution.logpdf(data)
    elif isinstance(distribution, Discrete):
        terms = distribution.logpmf(data)
    else:
        raise TypeError(f"distribution must have a method logpdf or logpmf, got {distribution!r}: try Normal(0.0, 1.0)")
    if terms.size == 0:
        raise ValueError("data must not be empty")
    return -np.inf if terms.min() == -np.inf else float(terms.sum())


def log_likelihood_grid(
    make_distribution: Callable[..., Continuous | Discrete], data: ArrayLike, *parameters: ArrayLike
) -> Array:
    """Log-likelihood of the data at every combination of parameter values: a curve, or a surface to draw.

    Args:
        make_distribution: Called with one value of each parameter; returns a distribution. A class such as ``Normal``
            is one, and so is ``lambda mean: Normal(mean, 1.0)``.
        data: Observations, as for ``log_likelihood``.
        *parameters: The values of each parameter, each of shape ``(n_i,)``; at least one parameter.

    Returns:
        Shape ``(n_1, n_2, ...)``: entry ``[i, j]`` belongs to value ``i`` of the
        first and value ``j`` of the second parameter. (For ``matplotlib``'s
        ``contour``, which wants the first along the rows' length, transpose it.)

    Raises:
        TypeError: If no parameter is given.
        ValueError: If a parameter's values are not a finite vector, or
            ``make_distribution`` refuses one of them.

    Example:
        >>> from mlmath.stats import Bernoulli
        >>> log_likelihood_grid(Bernoulli, [1, 1, 0], [0.1, 0.5, 2 / 3, 0.9]).round(2)
        array([-4.71, -2.08, -1.91, -2.51])

    Source: Wasserman, *All of Statistics*, section 9.3.
    """
    if not parameters:
        raise TypeError("log_likelihood_grid needs the values of at least one parameter, got none")
    axes = [as_vector(values, f"parameters[{i}]") for i, values in enumerate(parameters)]
    values = [log_likelihood(make_distribution(*point), data) for point in itertools.product(*axes)]
    return np.reshape(values, [len(axis) for axis in axes])
