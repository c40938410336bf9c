"""Training a network: mini-batches, gradients by automatic differentiation, any update rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Matrix, Vector, as_count, as_matrix, as_vector
from mlmath.autodiff import value_and_grad
from mlmath.linalg._scaling import check_no_overflow
from mlmath.models._checks import as_classes, as_fitted_columns
from mlmath.models.network import Activation, Layer, Parameters, initialize_network, network_loss, network_scores
from mlmath.optim import Adam, Path, stochastic_gradient_descent
from mlmath.optim.rule import Rule
from mlmath.optim.schedules import Schedule
from mlmath.stats import softmax


def flatten_parameters(parameters: Parameters) -> Vector:
    """Put all weights and biases into one vector, layer by layer: optimizers walk in vectors.

    Args:
        parameters: The layers.

    Returns:
        Shape ``(n,)``: for each layer its weights, row after row, then its bias.

    Example:
        >>> flatten_parameters((Layer(np.array([[1.0], [2.0]]), np.array([3.0])),))
        array([1., 2., 3.])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 8 (parameters as one vector).
    """
    return np.concatenate([array.ravel() for layer in parameters for array in layer])


def unflatten_parameters(vector: ArrayLike, like: Parameters) -> Parameters:
    """Undo ``flatten_parameters``: cut a vector into layers.

    Args:
        vector: Shape ``(n,)``.
        like: Layers of the shapes that are wanted.

    Returns:
        Layers with the numbers of ``vector``.

    Raises:
        ValueError: If ``vector`` is not finite or not as long as ``like`` has numbers.

    Example:
        >>> unflatten_parameters([1.0, 2.0, 3.0], like=(Layer(np.zeros((2, 1)), np.zeros(1)),))
        (Layer(weights=array([[1.],
               [2.]]), bias=array([3.])),)

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 8 (parameters as one vector).
    """
    numbers = as_vector(vector, "vector")
    sizes = [array.size for layer in like for array in layer]
    if len(numbers) != sum(sizes):
        raise ValueError(f"vector must hold {sum(sizes)} numbers, as many as the layers, got {len(numbers)}")
    pieces = iter(np.split(numbers, np.cumsum(sizes)[:-1]))
    return tuple(Layer(*(next(pieces).reshape(array.shape) for array in layer)) for layer in like)


@dataclass(frozen=True, eq=False)
class Network:
    """A trained network, and how it got there.

    Example:
        >>> X, labels = [[0.0], [1.0], [2.0]], [0, 1, 0]
        >>> generator = np.random.default_rng(0)
        >>> model = fit_network(X, labels, hidden=(8,), learning_rate=0.05, epochs=200, generator=generator)
        >>> model.predict(X)
        array([0, 1, 0])
        >>> bool(model.path.losses[-1] < model.path.losses[0])
        True

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 6.
    """

    parameters: Parameters
    """The layers after training."""
    activation: Activation
    """The bend between them."""
    path: Path
    """Loss over all examples after every update; its points become layers by ``unflatten_parameters``."""

    def decision_scores(self, X: ArrayLike) -> Matrix:
        """Return the scores, shape ``(examples, classes)``; the largest of a row decides."""
        matrix = as_fitted_columns(X, len(self.parameters[0].weights))
        with np.errstate(over="ignore", invalid="ignore"):
            scores = network_scores(self.parameters, matrix, activation=self.activation)
        return check_no_overflow(scores, "a score")

    def predict_probabilities(self, X: ArrayLike) -> Matrix:
        """Return the probability of each class for each row of ``X``, shape ``(examples, classes)``."""
        return softmax(self.decision_scores(X))

    def predict(self, X: ArrayLike) -> Labels:
        """Return the most probable class of each row of ``X``, shape ``(examples,)``."""
        classes: Labels = self.decision_scores(X).argmax(axis=1)
        return classes


def fit_network(
    X: ArrayLike,
    labels: ArrayLike,
    *,
    hidden: Sequence[int] = (16,),
    activation: Activation = "tanh",
    rule: Rule[Any] = Adam(),  # noqa: B008  # frozen, so all calls may share it
    learning_rate: float | Schedule = 0.01,
    epochs: int = 100,
    batch_size: int = 32,
    generator: np.random.Generator,
) -> Network:
    """Train a network on the mean ``softmax_cross_entropy``, by ``stochastic_gradient_descent``.

    The loss of a network is not convex: another start ends elsewhere, often
    equally well. The same seed of the generator gives the same network. A
    large network learns its training data by heart: judge it on others.

    Args:
        X: Features, shape ``(examples, features)``, of size about 1: transform them
            with ``fit_scaler`` first, or the tanh goes flat.
        labels: Classes, every one from 0 to ``classes - 1`` at least once, shape ``(examples,)``.
        hidden: Width of each hidden layer; ``()`` makes a softmax regression without penalty.
        activation: ``"tanh"`` or ``"relu"``.
        rule: How a step follows from the gradient: ``Adam()``, ``Momentum()``, ``GradientStep()``, ...
        learning_rate: Step length, positive, or a schedule. 0.01 suits ``Adam``; the others want more.
        epochs: Number of passes over all examples.
        batch_size: Examples per update; all of them, if there are fewer.
        generator: Draws the first weights, then the batches; its state moves on.

    Returns:
        The trained network; it has one class per score, two for two classes.

    Raises:
        ValueError: If ``X`` is not a finite matrix, ``labels`` not as many class
            numbers without gaps, ``activation`` is unknown, or a number is out of range.
        TypeError: If a count is not an integer, ``rule`` is not a rule, or
            ``generator`` not a ``numpy.random.Generator``.
        FloatingPointError: If the walk leaves the finite numbers: try a smaller ``learning_rate``.

    Example:
        >>> generator = np.random.default_rng(0)
        >>> model = fit_network([[0.0], [1.0], [2.0]], [0, 1, 0], learning_rate=0.05, generator=generator)
        >>> model.predict([[0.0], [1.0], [2.0]])
        array([0, 1, 0])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, sections 6.5 and 8.3.
    """
    matrix = as_matrix(X, "X")
    true, classes = as_classes(labels, "labels", matrix)
    examples, features = matrix.shape
    start = initialize_network([features, *hidden, classes], generator=generator, activation=activation)
    slopes = value_and_grad(network_loss)

    def loss(v: Vector) -> float:
        return float(network_loss(unflatten_parameters(v, start), matrix, true, activation=activation))

    def batch_gradient(v: Vector, batch: Labels) -> Vector:
        layers = unflatten_parameters(v, start)
        return flatten_parameters(slopes(layers, matrix[batch], true[batch], activation=activation).gradient)

    path = stochastic_gradient_descent(
        loss,
        batch_gradient,
        flatten_parameters(start),
        examples=examples,
        learning_rate=learning_rate,
        epochs=epochs,
        batch_size=min(as_count(batch_size, "batch_size", at_least=1), examples),
        rule=rule,
        generator=generator,
    )
    return Network(parameters=unflatten_parameters(path.result, start), activation=activation, path=path)
