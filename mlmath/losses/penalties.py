"""Penalties: a price on large weights, added to a loss."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_not_negative, as_vector
from mlmath.losses.loss import Loss, reduced


def l1_penalty(weights: ArrayLike, *, strength: float) -> Loss:
    r"""``strength (|w_1| + ... + |w_n|)``, with its gradient ``strength sign(w)``: the penalty of the lasso.

    Its slope does not fade near 0, so it pushes weights that the data do not
    defend to exactly 0: it selects. At a weight of exactly 0 there is a kink
    and every number from ``-strength`` to ``strength`` is a subgradient; this
    function returns 0. Plain gradient steps jump across the kink and leave
    small weights instead of zeros: soft thresholding is the cure.

    Leave the intercept out of ``weights``. It is the level of the predictions,
    not their sensitivity to a feature, and a penalty would pull the level to 0.

    Args:
        weights: Shape ``(n,)``, of scaled features: weights in different units
            would be charged differently for the same effect.
        strength: The price per unit of weight; 0 or more. It is not divided by
            the number of examples: next to a mean it weighs ``n`` times as much
            as next to a sum.

    Returns:
        The value and the gradient with respect to ``weights``, shape ``(n,)``.

    Raises:
        ValueError: If ``weights`` is not a finite vector or ``strength`` is negative.
        FloatingPointError: If the value is too large for float64.

    Example:
        >>> l1_penalty([3.0, 0.0, -4.0], strength=0.5)
        Loss(value=3.5, gradient=array([ 0.5,  0. , -0.5]))

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 7.1.2.
    """
    w, price = as_vector(weights, "weights"), as_not_negative(strength, "strength")
    with np.errstate(over="ignore"):  # reduced() refuses what overflows
        return reduced(price * np.abs(w), price * np.sign(w), "sum")


def l2_penalty(weights: ArrayLike, *, strength: float) -> Loss:
    r"""``strength (w_1^2 + ... + w_n^2)``, with its gradient ``2 strength w``: the penalty of ridge regression.

    Its slope is proportional to the weight, so it shrinks large weights most
    and none to exactly 0. There is no factor 1/2, as in ``squared_error``: with
    ``reduction="sum"`` the two together are the ridge loss
    ``||X w - y||^2 + strength ||w||^2``. Texts and optimizers that write
    ``(decay / 2) ||w||^2`` mean ``strength = decay / 2``.

    Leave the intercept out of ``weights``. It is the level of the predictions,
    not their sensitivity to a feature, and a penalty would pull the level to 0.

    Args:
        weights: Shape ``(n,)``, of scaled features: weights in different units
            would be charged differently for the same effect.
        strength: The price per squared unit of weight; 0 or more. It is not
            divided by the number of examples: next to a mean it weighs ``n``
            times as much as next to a sum.

    Returns:
        The value and the gradient with respect to ``weights``, shape ``(n,)``.

    Raises:
        ValueError: If ``weights`` is not a finite vector or ``strength`` is negative.
        FloatingPointError: If value or gradient is too large for float64.

    Example:
        >>> l2_penalty([3.0, 0.0, -4.0], strength=0.5)
        Loss(value=12.5, gradient=array([ 3.,  0., -4.]))

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 7.1.1.
    """
    w, price = as_vector(weights, "weights"), as_not_negative(strength, "strength")
    with np.errstate(over="ignore"):  # reduced() refuses what overflows
        return reduced(price * w * w, 2 * price * w, "sum")
