"""Networks: gradients by hand, by graph and by differences agree, and training learns."""

import itertools

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlmath.autodiff import value_and_grad
from mlmath.calculus import numerical_gradient
from mlmath.datasets import make_two_moons
from mlmath.losses import softmax_cross_entropy
from mlmath.models import (
    Layer,
    fit_network,
    fit_softmax_regression,
    flatten_parameters,
    initialize_network,
    network_gradient_by_hand,
    network_loss,
    network_scores,
    unflatten_parameters,
)
from mlmath.optim import GradientStep, Momentum

seeds = st.integers(0, 2**32 - 1)
activations = pytest.mark.parametrize("activation", ["tanh", "relu"])


def random_network(seed, activation, widths=(3, 5, 4, 3), examples=7):
    """Layers with biases that are not 0, and data."""
    rng = np.random.default_rng(seed)
    start = initialize_network(widths, generator=rng, activation=activation)
    parameters = tuple(Layer(weights, rng.normal(size=len(bias))) for weights, bias in start)
    return parameters, rng.normal(size=(examples, widths[0])), rng.integers(widths[-1], size=examples)


@activations
@given(seed=seeds, hidden=st.lists(st.integers(1, 5), max_size=3))
@settings(max_examples=25)
def test_the_gradient_by_hand_is_that_of_automatic_differentiation(activation, seed, hidden):
    parameters, X, labels = random_network(seed, activation, widths=(3, *hidden, 3))

    by_hand = network_gradient_by_hand(parameters, X, labels, activation=activation)
    by_graph = value_and_grad(network_loss)(parameters, X, labels, activation=activation)

    assert by_hand.value == pytest.approx(by_graph.value, rel=1e-12)
    np.testing.assert_allclose(
        flatten_parameters(by_hand.gradient), flatten_parameters(by_graph.gradient), rtol=1e-9, atol=1e-13
    )


@activations
@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_by_hand_is_what_differences_measure(activation, seed):
    parameters, X, labels = random_network(seed, activation)

    measured = numerical_gradient(
        lambda v: network_loss(unflatten_parameters(v, parameters), X, labels, activation=activation),
        flatten_parameters(parameters),
    )

    by_hand = network_gradient_by_hand(parameters, X, labels, activation=activation).gradient
    np.testing.assert_allclose(flatten_parameters(by_hand), measured, atol=1e-7)


def test_tanh_is_the_default():
    parameters, X, labels = random_network(3, "tanh")

    assert network_scores(parameters, X)[0, 0] == network_scores(parameters, X, activation="tanh")[0, 0]
    value = network_loss(parameters, X, labels, activation="tanh")
    assert network_loss(parameters, X, labels) == value
    assert network_gradient_by_hand(parameters, X, labels).value == pytest.approx(value, rel=1e-14)


@activations
def test_the_gradient_by_hand_is_that_of_autograd(activation):
    parameters, X, labels = random_network(0, activation)

    def loss(layers):
        signal = X
        for weights, bias in layers[:-1]:
            total = anp.dot(signal, weights) + bias
            signal = anp.tanh(total) if activation == "tanh" else anp.maximum(total, 0.0)
        scores = anp.dot(signal, layers[-1][0]) + layers[-1][1]
        return -anp.mean(scores[np.arange(7), labels] - anp.log(anp.sum(anp.exp(scores), axis=1)))

    expected = autograd.grad(loss)([tuple(layer) for layer in parameters])

    by_hand = network_gradient_by_hand(parameters, X, labels, activation=activation).gradient
    for layer, (weights, bias) in zip(by_hand, expected, strict=True):
        np.testing.assert_allclose(layer.weights, weights, rtol=1e-9, atol=1e-14)
        np.testing.assert_allclose(layer.bias, bias, rtol=1e-9, atol=1e-14)


@activations
def test_the_loss_is_the_cross_entropy_of_the_scores(activation):
    parameters, X, labels = random_network(1, activation)

    loss = network_loss(parameters, X, labels, activation=activation)

    scores = network_scores(parameters, X, activation=activation)
    assert loss == pytest.approx(softmax_cross_entropy(scores, labels).value, rel=1e-14)


def test_scores_written_out():
    parameters, X, _ = random_network(2, "tanh", widths=(3, 4, 2))
    (W, b), (V, c) = parameters

    np.testing.assert_allclose(network_scores(parameters, X), np.tanh(X @ W + b) @ V + c)
    np.testing.assert_allclose(network_scores(parameters, X, activation="relu"), np.maximum(X @ W + b, 0) @ V + c)


@pytest.mark.parametrize(("activation", "variance"), [("tanh", [2 / 700, 2 / 600]), ("relu", [2 / 400, 2 / 300])])
def test_first_weights_have_the_variance_of_the_papers(activation, variance):
    parameters = initialize_network([400, 300, 300], generator=np.random.default_rng(0), activation=activation)

    np.testing.assert_allclose([np.var(layer.weights) for layer in parameters], variance, rtol=0.02)
    np.testing.assert_allclose([np.mean(layer.weights) for layer in parameters], 0, atol=1e-3)
    assert not any(layer.bias.any() for layer in parameters)
    assert [layer.weights.shape for layer in parameters] == [(400, 300), (300, 300)]


def test_signals_keep_their_size_through_many_relu_layers():
    """Half of the variance, and they would be 2^-10 of it after ten layers."""
    parameters = initialize_network([300] * 11, generator=np.random.default_rng(0), activation="relu")

    scores = network_scores(parameters, np.random.default_rng(1).normal(size=(20, 300)), activation="relu")

    assert 0.2 < np.mean(scores**2) < 5


@given(seed=seeds, widths=st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_flattening_and_back_changes_nothing(seed, widths):
    parameters, _, _ = random_network(seed, "tanh", widths=tuple(widths))

    back = unflatten_parameters(flatten_parameters(parameters), parameters)

    for ours, theirs in zip(itertools.chain(*back), itertools.chain(*parameters), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert all(isinstance(layer, Layer) for layer in back)


@activations
def test_two_moons_are_told_apart(activation):
    X, labels = make_two_moons(200, noise=0.1, generator=np.random.default_rng(0))
    later = make_two_moons(500, noise=0.1, generator=np.random.default_rng(1))

    model = fit_network(
        X, labels, activation=activation, learning_rate=0.03, epochs=40, generator=np.random.default_rng(2)
    )

    assert np.mean(model.predict(later.X) == later.labels) >= 0.98
    assert model.path.losses[-1] < 0.1 * model.path.losses[0]


def test_the_same_seed_gives_the_same_network():
    X, labels = make_two_moons(40, noise=0.1, generator=np.random.default_rng(0))

    first, second, other = (
        fit_network(X, labels, epochs=2, generator=np.random.default_rng(seed)) for seed in (3, 3, 4)
    )

    np.testing.assert_array_equal(first.path.points, second.path.points)
    assert not np.array_equal(first.path.result, other.path.result)


def test_the_path_begins_at_the_drawn_network_and_ends_at_the_result():
    X, labels = make_two_moons(20, noise=0.1, generator=np.random.default_rng(0))

    model = fit_network(X, labels, hidden=(4, 3), epochs=3, batch_size=8, generator=np.random.default_rng(5))

    start = initialize_network([2, 4, 3, 2], generator=np.random.default_rng(5))
    np.testing.assert_array_equal(model.path.points[0], flatten_parameters(start))
    np.testing.assert_array_equal(model.path.result, flatten_parameters(model.parameters))
    assert len(model.path.points) == 3 * 3 + 1
    assert model.path.losses[-1] == pytest.approx(network_loss(model.parameters, X, labels))


def test_one_step_on_all_examples_follows_the_gradient():
    X, labels = make_two_moons(20, noise=0.1, generator=np.random.default_rng(0))
    rng = np.random.default_rng(6)

    model = fit_network(
        X, labels, activation="relu", rule=GradientStep(), learning_rate=0.5, epochs=1, batch_size=20, generator=rng
    )

    start = initialize_network([2, 16, 2], generator=np.random.default_rng(6), activation="relu")
    gradient = network_gradient_by_hand(start, X, labels, activation="relu").gradient
    step = model.path.points[1] - model.path.points[0]
    np.testing.assert_allclose(step, -0.5 * flatten_parameters(gradient), rtol=1e-9, atol=1e-15)


def test_by_default_adam_takes_steps_of_one_hundredth_on_32_examples_100_times():
    X, labels = make_two_moons(65, noise=0.1, generator=np.random.default_rng(0))

    points = fit_network(X, labels, generator=np.random.default_rng(0)).path.points

    assert len(points) == 301
    assert np.abs(points[1] - points[0]).max() == pytest.approx(0.01, rel=1e-3)
    assert points.shape[1] == 2 * 16 + 16 + 16 * 2 + 2


def test_without_hidden_layers_it_is_softmax_regression():
    rng = np.random.default_rng(0)
    X, labels = rng.normal(size=(60, 2)), rng.integers(3, size=60)

    model = fit_network(
        X, labels, hidden=(), rule=Momentum(), learning_rate=0.3, epochs=200, batch_size=60, generator=rng
    )

    expected = fit_softmax_regression(X, labels, penalty=1e-6)
    np.testing.assert_allclose(model.predict_probabilities(X), expected.predict_probabilities(X), atol=1e-3)
    np.testing.assert_allclose(model.predict_probabilities(X).sum(axis=1), 1)


def test_a_network_remembers_its_activation():
    X, labels = make_two_moons(20, noise=0.1, generator=np.random.default_rng(0))

    model = fit_network(X, labels, activation="relu", epochs=1, generator=np.random.default_rng(0))

    np.testing.assert_array_equal(model.decision_scores(X), network_scores(model.parameters, X, activation="relu"))
    np.testing.assert_array_equal(model.predict(X), model.decision_scores(X).argmax(axis=1))


def test_a_walk_that_explodes_says_what_to_try():
    X, labels = make_two_moons(20, noise=0.1, generator=np.random.default_rng(0))

    with pytest.raises(FloatingPointError, match="diverged at step"):
        fit_network(
            X, labels, activation="relu", rule=GradientStep(), learning_rate=1e200, generator=np.random.default_rng(0)
        )


def test_the_arguments_are_left_alone():
    X, labels = make_two_moons(20, noise=0.1, generator=np.random.default_rng(0))
    X_before, labels_before = X.copy(), labels.copy()

    fit_network(X, labels, epochs=1, generator=np.random.default_rng(0))

    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(labels, labels_before)


@pytest.mark.parametrize(
    ("layers", "how", "error", "message"),
    [
        ([2], {}, ValueError, r"^layers must hold the number of features and of classes at least, got \[2\]"),
        ([2, 0], {}, ValueError, r"^layers\[1\] must be at least 1, got 0"),
        ([2.0, 2], {}, TypeError, r"^layers\[0\] must be an integer"),
        ([2, 2], {"activation": "sigmoid"}, ValueError, "^activation must be 'tanh' or 'relu', got 'sigmoid'"),
        ([2, 2], {"generator": None}, TypeError, "^generator must be a numpy.random.Generator"),
    ],
)
def test_errors_of_the_first_layers_name_the_argument(layers, how, error, message):
    with pytest.raises(error, match=message):
        initialize_network(layers, **{"generator": np.random.default_rng(0)} | how)


@pytest.mark.parametrize("function", [network_loss, network_gradient_by_hand])
def test_unknown_activations_are_refused(function):
    parameters, X, labels = random_network(0, "tanh")

    with pytest.raises(ValueError, match="activation must be 'tanh' or 'relu', got 'step'"):
        function(parameters, X, labels, activation="step")


@pytest.mark.parametrize("function", [network_loss, network_gradient_by_hand])
@pytest.mark.parametrize(
    ("X", "labels", "message"),
    [
        (np.ones(3), [0], r"X must have shape"),
        (np.ones((2, 4)), [0, 1], r"X must have shape \(examples, 3\), as the first layer has, got shape \(2, 4\)"),
        (np.ones((4, 3)), [0], "and labels must have one entry per example, got 4 and 1"),
        (np.ones((1, 3)), [3], "labels must hold class numbers 0, 1, ... to 2, got 3"),
        (np.ones((1, 3)), [-1], "labels must hold class numbers 0, 1, ... to 2, got -1"),
    ],
)
def test_data_that_do_not_fit_the_network_are_refused(function, X, labels, message):
    parameters, _, _ = random_network(0, "tanh")

    with pytest.raises(ValueError, match=message):
        function(parameters, X, labels)


def test_scores_beyond_float64_are_refused():
    X, labels = make_two_moons(20, noise=0.1, generator=np.random.default_rng(0))
    model = fit_network(X, labels, activation="relu", epochs=1, generator=np.random.default_rng(0))

    with pytest.raises(OverflowError, match="a score exceeds the largest float64"):
        model.predict([[1.7e308, 1.7e308], [-1.7e308, -1.7e308]])


def test_a_vector_of_another_length_is_refused():
    parameters, _, _ = random_network(0, "tanh", widths=(1, 2))

    with pytest.raises(ValueError, match="vector must hold 4 numbers, as many as the layers, got 3"):
        unflatten_parameters([1.0, 2.0, 3.0], parameters)
    with pytest.raises(ValueError, match=r"^vector must be finite"):
        unflatten_parameters([np.nan] * 4, parameters)


@pytest.mark.parametrize(
    ("X", "labels", "how", "error", "message"),
    [
        ([1.0, 2.0], [0, 1], {}, ValueError, r"^X must have shape \(rows, columns\)"),
        ([[1.0], [2.0]], [0, 1, 1], {}, ValueError, "^X and labels must have one entry per example"),
        ([[1.0], [2.0]], [0, 2], {}, ValueError, "^labels must hold every class from 0 to 2, got no 1"),
        ([[1.0], [2.0]], [0, 1], {"batch_size": 0}, ValueError, "^batch_size must be at least 1, got 0"),
        ([[1.0], [2.0]], [0, 1], {"batch_size": "32"}, TypeError, "^batch_size must be an integer"),
        ([[1.0], [2.0]], [0, 1], {"hidden": (0,)}, ValueError, "must be at least 1, got 0"),
        ([[1.0], [2.0]], [0, 1], {"rule": Momentum}, TypeError, "^rule must be an update rule"),
    ],
)
def test_errors_of_training_name_the_argument(X, labels, how, error, message):
    with pytest.raises(error, match=message):
        fit_network(X, labels, **{"generator": np.random.default_rng(0)} | how)


def test_another_number_of_columns_is_refused():
    model = fit_network([[1.0], [2.0]], [0, 1], epochs=0, generator=np.random.default_rng(0))

    with pytest.raises(ValueError, match="X must have the 1 columns that the model was fitted on, got 2"):
        model.predict([[1.0, 2.0]])
