"""How good predicted numbers are."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Vector, as_vector, check_same_length
from mlmath.stats._scaled import TOO_LARGE, centred, mean_square, multiplied


def r_squared(predicted: ArrayLike, observed: ArrayLike) -> float:
    """Share of the variance that is explained: ``1 - sum((observed - predicted)^2) / sum((observed - mean)^2)``.

    1 is perfect, 0 is no better than predicting the mean of ``observed`` always,
    and negative is worse than that. In spite of its name it is a square only for
    least squares with an intercept, on the data of the fit: there it is the
    squared correlation of the two.

    Args:
        predicted: What the model says, shape ``(n,)``.
        observed: What was measured, shape ``(n,)``, in the same units.

    Returns:
        At most 1; without units.

    Raises:
        ValueError: If the two are not finite vectors of the same length, or
            ``observed`` is constant, so that there is no variance to explain.
            Also if the ratio is larger than any float64.

    Example:
        >>> r_squared(predicted=[1.0, 2.0, 4.0], observed=[1.0, 2.0, 3.0])
        0.5

    Source: James, Witten, Hastie & Tibshirani, *An Introduction to Statistical Learning*, section 3.1.3.
    """
    measured = as_vector(observed, "observed")
    errors = _errors(predicted, observed)
    _, deviations, exponent = centred(measured)
    if not deviations.any():
        raise ValueError(
            f"observed is constant ({measured[0]:g}), so there is no variance to explain: "
            "use root_mean_squared_error, or test on data that vary"
        )
    unexplained, error_exponent = mean_square(errors)
    total, deviation_exponent = mean_square(deviations)
    doublings = 2 * (error_exponent - deviation_exponent - int(exponent))
    return 1 - multiplied(unexplained / total, doublings, "the ratio of squared errors to squared deviations")


def root_mean_squared_error(predicted: ArrayLike, observed: ArrayLike) -> float:
    """Typical size of an error, ``sqrt(mean((predicted - observed)^2))``; large errors weigh more.

    Args:
        predicted: What the model says, shape ``(n,)``.
        observed: What was measured, shape ``(n,)``, in the same units.

    Returns:
        In the units of the data; at least the mean absolute error.

    Raises:
        ValueError: If the two are not finite vectors of the same length, or an
            error is larger than any float64.

    Example:
        >>> root_mean_squared_error(predicted=[3.0, 5.0, 2.0, 0.0], observed=[1.0, 5.0, 2.0, 0.0])
        1.0

    Source: James, Witten, Hastie & Tibshirani, *An Introduction to Statistical Learning*, section 2.2.1.
    """
    square, exponent = mean_square(_errors(predicted, observed))
    return math.ldexp(math.sqrt(square), exponent)


def mean_absolute_error(predicted: ArrayLike, observed: ArrayLike) -> float:
    """Mean size of an error, ``mean(|predicted - observed|)``; each error weighs as much as it is large.

    Args:
        predicted: What the model says, shape ``(n,)``.
        observed: What was measured, shape ``(n,)``, in the same units.

    Returns:
        In the units of the data.

    Raises:
        ValueError: If the two are not finite vectors of the same length, or an
            error is larger than any float64.

    Example:
        >>> mean_absolute_error(predicted=[3.0, 5.0, 2.0, 0.0], observed=[1.0, 5.0, 2.0, 0.0])
        0.5

    Source: Willmott & Matsuura, "Advantages of the mean absolute error (MAE) over the root mean square error (RMSE)
    in assessing average model performance", *Climate Research* 30 (2005).
    """
    sizes = np.abs(_errors(predicted, observed))
    exponent = int(np.frexp(sizes.max())[1])
    return math.ldexp(float(np.mean(np.ldexp(sizes, -exponent))), exponent)


def _errors(predicted: ArrayLike, observed: ArrayLike) -> Vector:
    said, measured = as_vector(predicted, "predicted"), as_vector(observed, "observed")
    check_same_length(said, "predicted", measured, "observed")
    with np.errstate(over="ignore"):  # refused below, in clearer words
        errors: Vector = said - measured
    if not np.isfinite(errors).all():
        raise ValueError(f"the difference of predicted and observed {TOO_LARGE}")
    return errors
