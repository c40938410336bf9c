"""Backpropagation by hand: the chain rule through a network, written out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_matrix, check_choice
from mlmath.autodiff import ValueAndGradient
from mlmath.losses import softmax_cross_entropy
from mlmath.models.network import Activation, Layer, Parameters, check_width


def network_gradient_by_hand(
    parameters: Parameters, X: ArrayLike, labels: ArrayLike, *, activation: Activation = "tanh"
) -> ValueAndGradient:
    """Loss and its gradient by backpropagation, every line of it written out.

    With ``S`` the slope of the loss by a layer's output ``inputs @ W + b``::

        slope of W       inputs^T S        (each input times what its output does to the loss)
        slope of b       sum of the rows of S
        slope of inputs  S W^T             (back along the same weights)

    and a bend multiplies by its own slope, ``1 - tanh^2`` or 1 where relu is
    positive. The way forwards stores the inputs of every layer; the way back uses them.

    Args:
        parameters: The layers.
        X: Features, an array of shape ``(examples, features)``.
        labels: The class of each example, shape ``(examples,)``.
        activation: ``"tanh"`` or ``"relu"``.

    Returns:
        The mean softmax cross-entropy, and its gradient: one ``Layer`` of slopes per layer.

    Raises:
        ValueError: If ``activation`` is unknown, ``labels`` are not class numbers, or the shapes do not fit.

    Example:
        >>> from mlmath.models import initialize_network
        >>> parameters = initialize_network([2, 16, 3], generator=np.random.default_rng(0))
        >>> value, gradient = network_gradient_by_hand(parameters, np.ones((5, 2)), [0, 1, 2, 0, 1])
        >>> gradient[0].weights.shape
        (2, 16)

    Source: Rumelhart, Hinton & Williams, "Learning representations by back-propagating errors", *Nature* 323 (1986).
    """
    check_choice(activation, "activation", ("tanh", "relu"))
    inputs = [as_matrix(X, "X")]
    check_width(inputs[0], parameters)
    for weights, bias in parameters[:-1]:
        total = inputs[-1] @ weights + bias
        inputs.append(np.tanh(total) if activation == "tanh" else np.maximum(total, 0.0))
    value, slope = softmax_cross_entropy(inputs[-1] @ parameters[-1].weights + parameters[-1].bias, labels)
    gradient: list[Layer] = []
    for i in reversed(range(len(parameters))):
        gradient.insert(0, Layer(weights=inputs[i].T @ slope, bias=slope.sum(axis=0)))
        if i > 0:
            bend_slope = 1 - inputs[i] ** 2 if activation == "tanh" else inputs[i] > 0
            slope = (slope @ parameters[i].weights.T) * bend_slope
    return ValueAndGradient(value, tuple(gradient))
