"""Softmax cross-entropy: the loss of classifiers with any number of classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_labels, as_matrix, check_choice, check_same_length
from mlmath.losses.loss import Loss, Reduction, reduced
from mlmath.stats import log_softmax, softmax


def softmax_cross_entropy(scores: ArrayLike, labels: ArrayLike, *, reduction: Reduction = "mean") -> Loss:
    r"""Mean (or sum) of ``-log p[label]`` with ``p = softmax(scores)``, and its gradient ``p - onehot(label)``.

    Softmax turns the ``k`` scores of an example into probabilities,
    ``p_j = exp(s_j) / (exp(s_1) + ... + exp(s_k))``. The loss is the negative
    log of the probability given to the class that was observed:
    ``log(exp(s_1) + ... + exp(s_k)) - s_label``. A constant added to a row
    cancels. So the largest score is subtracted before ``exp``, and nothing overflows.

    With two classes it is ``log_loss`` of the difference of the scores.

    Args:
        scores: What the model says, any real numbers, shape ``(n, k)``: one row
            per example, one column per class, ``k >= 2``.
        labels: The number of the class of each example, from 0 to ``k - 1``, shape ``(n,)``.
        reduction: ``"mean"`` or ``"sum"``.

    Returns:
        The value, in nats, and the gradient with respect to ``scores``, shape
        ``(n, k)``. Each of its rows sums to 0: what one class gains in
        probability the others lose.

    Raises:
        ValueError: If ``scores`` is not a finite matrix with two columns or
            more (for a single column use ``log_loss``), ``labels`` not a vector
            of class numbers of the same length, or ``reduction`` is unknown.
        FloatingPointError: If the value is too large for float64.

    Example:
        >>> value, gradient = softmax_cross_entropy([[2.0, 0.0, 0.0]], [1])
        >>> print(f"{value:.4f}", gradient.round(4))
        2.2395 [[ 0.787  -0.8935  0.1065]]

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 6.2.2.3.
    """
    check_choice(reduction, "reduction", ("mean", "sum"))
    s = as_matrix(scores, "scores")
    examples, classes = s.shape
    if classes < 2:
        raise ValueError("scores must have a column for each of two classes or more, got 1: use log_loss(scores[:, 0])")
    true = as_labels(labels, "labels", classes=classes)
    check_same_length(s, "scores", true, "labels")
    rows = np.arange(examples)
    losses = -log_softmax(s)[rows, true]
    slopes = softmax(s)
    slopes[rows, true] = 0.0
    slopes[rows, true] -= slopes.sum(axis=1)  # p - 1, without the subtraction that rounds a small slope to 0
    return reduced(losses, slopes, reduction)
