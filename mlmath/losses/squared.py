"""Squared error: the loss of linear regression."""

from __future__ import annotations

from numpy.typing import ArrayLike

from mlmath._arrays import as_vector, check_choice, check_same_length
from mlmath.losses.loss import Loss, Reduction


def squared_error(predicted: ArrayLike, observed: ArrayLike, *, reduction: Reduction = "mean") -> Loss:
    r"""Mean (or sum) of ``(predicted - observed)^2``, with its gradient.

    For ``n`` examples with errors ``r = predicted - observed``:

    - ``"sum"``: value ``r_1^2 + ... + r_n^2``, gradient ``2 r``;
    - ``"mean"``: the same value divided by ``n``, gradient ``(2 / n) r``.

    The factor 2 comes from the power rule, ``d(r^2)/dr = 2 r``, and is kept:
    the gradient is the exact derivative of the value. (Some texts define the
    loss as half of this one, to cancel it.) The ``1 / n`` is there only with
    ``"mean"``; it makes the loss of 10 and of 10 000 examples comparable, and
    divides value and gradient alike. Neither factor moves the minimum. Both
    scale the gradient, so a learning rate that suits ``"mean"`` has to be
    divided by ``n`` to take the same steps with ``"sum"``.

    Args:
        predicted: What the model says, shape ``(n,)``.
        observed: What was measured, shape ``(n,)``, in the same units.
        reduction: ``"mean"`` or ``"sum"``.

    Returns:
        The value, in squared units of the data, and the gradient with respect
        to ``predicted``, shape ``(n,)``, in the units of the data.

    Raises:
        ValueError: If the two are not finite vectors of the same length, or
            ``reduction`` is unknown.

    Example:
        >>> squared_error([3.0, 5.0], [1.0, 5.0])
        Loss(value=2.0, gradient=array([2., 0.]))

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 5.1.4.
    """
    check_choice(reduction, "reduction", ("mean", "sum"))
    said, measured = as_vector(predicted, "predicted"), as_vector(observed, "observed")
    check_same_length(said, "predicted", measured, "observed")
    errors = said - measured
    divisor = len(errors) if reduction == "mean" else 1
    return Loss(value=float(errors @ errors) / divisor, gradient=2 * errors / divisor)
