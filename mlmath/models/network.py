"""A neural network: layers of weighted sums with a bend after each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import (
    Matrix,
    Vector,
    as_count,
    as_labels,
    check_choice,
    check_generator,
    check_same_length,
)
from mlmath.autodiff import log_sum_exp, relu

Activation = Literal["tanh", "relu"]
"""The bend after each layer but the last."""

Parameters = tuple["Layer", ...]
"""The layers of a network, from the features to the scores."""


class Layer(NamedTuple):
    """The numbers that one layer learns: ``scores = inputs @ weights + bias``.

    Example:
        >>> layer = Layer(weights=np.array([[1.0], [2.0]]), bias=np.array([0.5]))
        >>> np.array([[1.0, 1.0]]) @ layer.weights + layer.bias
        array([[3.5]])
    """

    weights: Matrix
    """Shape ``(inputs, outputs)``."""
    bias: Vector
    """Shape ``(outputs,)``."""


def initialize_network(
    layers: Sequence[int], *, generator: np.random.Generator, activation: Activation = "tanh"
) -> Parameters:
    """Draw weights with mean 0 and variance ``2 / (inputs + outputs)`` (tanh) or ``2 / inputs`` (relu); biases are 0.

    Equal weights would stay equal: all units of a layer would get the same
    gradient. Too large ones make signals explode from layer to layer, or the tanh go
    flat; too small ones make them vanish. These variances keep the size of a signal
    about constant: for tanh, which is nearly the identity around 0, as a
    compromise between the way forwards (``1 / inputs``) and the way backwards
    (``1 / outputs``); relu loses half of the signal, so it gets twice as much.

    Args:
        layers: Width of each layer: features, hidden widths, and classes (one score each).
        generator: Draws the weights; its state moves on.
        activation: ``"tanh"`` or ``"relu"``.

    Returns:
        A tuple of layers, one fewer than there are widths.

    Raises:
        ValueError: If there are fewer than two widths, a width is below 1, or ``activation`` is unknown.
        TypeError: If a width is not an integer, or ``generator`` not a ``numpy.random.Generator``.

    Example:
        >>> parameters = initialize_network([2, 16, 3], generator=np.random.default_rng(0))
        >>> [layer.weights.shape for layer in parameters]
        [(2, 16), (16, 3)]

    Source: Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
    2010 (tanh); He, Zhang, Ren & Sun, "Delving deep into rectifiers", ICCV 2015 (relu).
    """
    check_choice(activation, "activation", ("tanh", "relu"))
    check_generator(generator)
    widths = [as_count(width, f"layers[{i}]", at_least=1) for i, width in enumerate(layers)]
    if len(widths) < 2:
        raise ValueError(f"layers must hold the number of features and of classes at least, got {widths}")
    parameters = []
    for inputs, outputs in itertools.pairwise(widths):
        variance = 2 / (inputs + outputs) if activation == "tanh" else 2 / inputs
        weights = np.sqrt(variance) * generator.standard_normal((inputs, outputs))
        parameters.append(Layer(weights, np.zeros(outputs)))
    return tuple(parameters)


def network_scores(parameters: Parameters, X: Any, *, activation: Activation = "tanh") -> Any:
    """Run the network forwards: ``bend(... bend(X @ W_1 + b_1) ...) @ W_last + b_last``.

    Without the bend in between, the product of all matrices would be one matrix,
    and the network a softmax regression.

    Args:
        parameters: The layers; plain arrays, or variables of ``mlmath.autodiff``.
        X: Features, an array of shape ``(examples, features)``.
        activation: ``"tanh"`` or ``"relu"``.

    Returns:
        Scores, shape ``(examples, classes)``; ``softmax`` makes probabilities of them.

    Raises:
        ValueError: If ``activation`` is unknown, or the shapes do not fit.

    Example:
        >>> parameters = initialize_network([2, 16, 3], generator=np.random.default_rng(0))
        >>> network_scores(parameters, np.ones((5, 2))).shape
        (5, 3)

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 6.
    """
    check_choice(activation, "activation", ("tanh", "relu"))
    check_width(X, parameters)
    bend = np.tanh if activation == "tanh" else relu
    *hidden, last = parameters
    signal = X
    for weights, bias in hidden:
        signal = bend(signal @ weights + bias)
    return signal @ last.weights + last.bias


def network_loss(parameters: Parameters, X: Any, labels: ArrayLike, *, activation: Activation = "tanh") -> Any:
    """Mean softmax cross-entropy of the scores, written with operations that ``value_and_grad`` can follow.

    Args:
        parameters: The layers; plain arrays, or variables of ``mlmath.autodiff``.
        X: Features, an array of shape ``(examples, features)``.
        labels: The class of each example, shape ``(examples,)``.
        activation: ``"tanh"`` or ``"relu"``.

    Returns:
        One number, in nats; a network that knows nothing has ``log(classes)``.

    Raises:
        ValueError: If ``activation`` is unknown, or the shapes do not fit.

    Example:
        >>> from mlmath.autodiff import value_and_grad
        >>> parameters = initialize_network([2, 16, 3], generator=np.random.default_rng(0))
        >>> value, gradient = value_and_grad(network_loss)(parameters, np.ones((5, 2)), np.array([0, 1, 2, 0, 1]))
        >>> gradient[0].weights.shape
        (2, 16)

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, section 6.2.2.3.
    """
    scores = network_scores(parameters, X, activation=activation)
    true = as_labels(labels, "labels", classes=scores.shape[1])
    check_same_length(scores, "X", true, "labels")
    return np.mean(log_sum_exp(scores) - scores[np.arange(len(true)), true])


def check_width(X: Any, parameters: Parameters) -> None:
    """Raise ValueError unless ``X`` has shape ``(examples, inputs of the first layer)``."""
    shape, features = np.shape(X), np.shape(parameters[0].weights)[0]
    if len(shape) != 2 or shape[1] != features:
        raise ValueError(f"X must have shape (examples, {features}), as the first layer has, got shape {shape}")
