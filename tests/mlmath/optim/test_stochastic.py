"""stochastic_gradient_descent: every example once an epoch, and the updates of a plain loop."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.optim import gradient_descent, stochastic_gradient_descent

DATA = np.array([1.0, 2.0, 4.0, 5.0, 9.0])


def distance(x):
    """Mean squared distance to the data: its minimum is their mean."""
    return np.mean((x - DATA) ** 2)


def batch_slope(x, batch):
    return 2 * np.mean(x - DATA[batch], keepdims=True)


def walk(seed=0, example_gradient=batch_slope, loss=distance, start=(0.0,), **knobs):
    defaults = {"examples": 5, "learning_rate": 0.1, "epochs": 3, "generator": np.random.default_rng(seed)}
    return stochastic_gradient_descent(loss, example_gradient, start, **{**defaults, **knobs})


@given(examples=st.integers(1, 12), data=st.data(), epochs=st.integers(0, 3))
def test_every_epoch_uses_every_example_exactly_once(examples, data, epochs):
    batch_size = data.draw(st.integers(1, examples))
    batches = []

    def recording(x, batch):
        batches.append(batch)
        return x

    path = walk(example_gradient=recording, examples=examples, batch_size=batch_size, epochs=epochs)

    per_epoch = -(-examples // batch_size)
    assert len(batches) == epochs * per_epoch == len(path.points) - 1
    for epoch in range(epochs):
        mine = batches[epoch * per_epoch : (epoch + 1) * per_epoch]
        assert [len(batch) for batch in mine[:-1]] == [batch_size] * (per_epoch - 1)
        assert sorted(np.concatenate(mine).tolist()) == list(range(examples))


def test_every_epoch_is_shuffled_anew():
    orders = []

    def recording(x, batch):
        orders.append(batch.tolist())
        return x

    walk(example_gradient=recording, examples=50, batch_size=50, epochs=3)

    assert len({tuple(order) for order in [*orders, range(50)]}) == 4


@pytest.mark.parametrize("batch_size", [1, 2, 5])
def test_the_walk_agrees_with_a_plain_loop(batch_size):
    path = walk(seed=7, batch_size=batch_size, epochs=2)

    order, x, points, norms = np.random.default_rng(7), 0.0, [0.0], []
    for _ in range(2):
        waiting = order.permutation(5).tolist()
        while waiting:
            batch, waiting = waiting[:batch_size], waiting[batch_size:]
            slope = sum(2 * (x - DATA[i]) for i in batch) / len(batch)
            x -= 0.1 * slope
            points.append(x)
            norms.append(abs(slope))
    np.testing.assert_allclose(path.points[:, 0], points, rtol=1e-12)
    np.testing.assert_allclose(path.gradient_norms, [*norms, np.nan], rtol=1e-12)
    np.testing.assert_allclose(path.losses, [sum((x - d) ** 2 for d in DATA) / 5 for x in points], rtol=1e-12)
    assert path.stop_reason == "all steps were taken"


def test_with_all_examples_in_a_batch_it_is_gradient_descent():
    full = gradient_descent(distance, lambda x: batch_slope(x, slice(None)), [0.0], learning_rate=0.1, steps=20)

    path = walk(batch_size=5, epochs=20)

    np.testing.assert_allclose(path.points, full.points, rtol=1e-12)
    np.testing.assert_allclose(path.losses, full.losses, rtol=1e-12)
    np.testing.assert_allclose(path.gradient_norms[:-1], full.gradient_norms[:-1], rtol=1e-9)


def test_the_cloud_around_the_minimum_grows_with_the_learning_rate():
    def spread(rate):
        return np.std(walk(start=[DATA.mean()], learning_rate=rate, epochs=400).points)

    assert 4 * spread(0.001) < spread(0.1)


def test_no_epochs_return_the_start_alone():
    path = walk(start=[3.0], epochs=0)

    np.testing.assert_array_equal(path.points, [[3.0]])
    np.testing.assert_array_equal(path.losses, [distance(3.0)])
    np.testing.assert_array_equal(path.gradient_norms, [np.nan])


def test_the_same_seed_gives_the_same_walk_and_another_seed_another():
    np.testing.assert_array_equal(walk(seed=1).points, walk(seed=1).points)
    assert not np.array_equal(walk(seed=1).points, walk(seed=2).points)


def test_a_gradient_that_scribbles_on_its_argument_changes_nothing():
    start = np.array([3.0])

    def scribbling_loss(x):
        x.fill(0.0)
        return 0.0

    def scribbling_gradient(x, batch):
        x.fill(1.0)
        return x

    path = walk(start=start, loss=scribbling_loss, example_gradient=scribbling_gradient)

    np.testing.assert_allclose(path.points[:, 0], 3.0 - 0.1 * np.arange(16))
    np.testing.assert_array_equal(start, [3.0])


def test_divergence_names_the_step_and_the_rate():
    with pytest.raises(FloatingPointError) as info:
        walk(start=[1.0], loss=lambda _: 0.0, example_gradient=lambda x, _: x, learning_rate=1e100)

    assert str(info.value) == (
        "diverged at step 2, where the gradient norm is inf: the learning_rate was 1e+100, try a smaller one"
    )


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"start": 1.0}, r"start must have shape \(n,\), got shape \(\)"),
        ({"learning_rate": -1.0}, r"learning_rate must be positive, got -1\.0"),
        ({"examples": 0}, "examples must be at least 1, got 0"),
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"batch_size": 0}, "batch_size must be at least 1, got 0"),
        ({"batch_size": 6}, "batch_size must be at most examples = 5, got 6"),
        ({"loss": lambda x: x}, r"loss must return one number, got shape \(1,\)"),
        ({"loss": lambda x: np.log(x[0])}, "the loss at start must be finite, got -inf: try another start"),
        ({"example_gradient": lambda *_: 1.0}, r"example_gradient must return shape \(1,\), like start"),
        ({"example_gradient": lambda *_: None}, r"example_gradient\(point\) must hold real numbers, got None"),
    ],
)
def test_errors_name_the_argument(knobs, message):
    with pytest.raises(ValueError, match=message):
        walk(**knobs)


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"generator": 0}, r"generator must be a numpy\.random\.Generator, got 0: try np\.random\.default_rng\(0\)"),
        ({"examples": 5.0}, r"examples must be an integer, got 5\.0"),
        ({"epochs": 1.5}, r"epochs must be an integer, got 1\.5"),
        ({"batch_size": "2"}, "batch_size must be an integer, got '2'"),
    ],
)
def test_types_are_refused_by_name(knobs, message):
    with pytest.raises(TypeError, match=message):
        walk(**knobs)


def batch_means(data, batch_size, epochs, **knobs):
    """The mean of the data in every mini-batch that the walk draws."""
    means = []

    def recording(x, batch):
        means.append(data[batch].mean())
        return x

    knobs = {"examples": len(data), "batch_size": batch_size, "epochs": epochs, "learning_rate": 1e-9, **knobs}
    walk(example_gradient=recording, loss=lambda _: 0.0, **knobs)
    return np.array(means)


def test_the_gradients_of_an_epoch_average_to_the_full_gradient():
    means = batch_means(DATA[:4], batch_size=2, epochs=5)

    np.testing.assert_allclose(means.reshape(5, 2).mean(axis=1), DATA[:4].mean())


@pytest.mark.parametrize("batch_size", [1, 2, 5, 10])
def test_with_replacement_the_variance_of_a_batch_is_that_of_an_example_divided_by_its_size(batch_size):
    data = np.random.default_rng(1).exponential(size=10)

    means = batch_means(data, batch_size, epochs=300 * batch_size, with_replacement=True)

    assert means.mean() == pytest.approx(data.mean(), abs=4 * data.std() / np.sqrt(batch_size * len(means)))
    assert means.var() == pytest.approx(data.var() / batch_size, rel=0.15)


@pytest.mark.parametrize("batch_size", [1, 2, 5])
def test_without_replacement_it_is_smaller_by_the_share_that_is_left(batch_size):
    """(N - B) / (N - 1): the correction for samples from a finite population."""
    data = np.random.default_rng(1).exponential(size=10)

    means = batch_means(data, batch_size, epochs=300 * batch_size)

    assert means.var() == pytest.approx(data.var() / batch_size * (10 - batch_size) / 9, rel=0.15)


def test_with_replacement_an_epoch_is_as_long_but_misses_a_share_of_one_over_e():
    seen = []

    def recording(x, batch):
        seen.append(batch)
        return x

    walk(
        example_gradient=recording,
        loss=lambda _: 0.0,
        examples=1000,
        batch_size=300,
        epochs=4,
        learning_rate=1e-9,
        with_replacement=True,
    )

    assert [len(batch) for batch in seen] == [300, 300, 300, 100] * 4
    drawn = np.concatenate(seen)
    assert (drawn.min(), drawn.max()) == (0, 999)
    shares = [1 - len(set(epoch.tolist())) / 1000 for epoch in drawn.reshape(4, 1000)]
    np.testing.assert_allclose(shares, 1 / np.e, atol=0.05)


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.5])
def test_the_noise_floor_is_proportional_to_the_learning_rate(rate):
    """x <- (1 - rate) x + rate * d, for half the squared distance: its variance is rate / (2 - rate) of the data's."""
    data = np.random.default_rng(2).normal(size=(50, 200))
    data = (data - data.mean(axis=0)) / data.std(axis=0)

    path = walk(
        start=np.zeros(200),
        loss=lambda _: 0.0,
        example_gradient=lambda x, batch: x - data[batch[0]],
        examples=50,
        epochs=30,
        learning_rate=rate,
        with_replacement=True,
    )

    floor = np.mean(path.points[300:] ** 2)
    assert floor == pytest.approx(rate / (2 - rate), rel=0.15)


def test_under_a_schedule_that_falls_like_one_over_k_the_cloud_shrinks():
    """With rate 1 / (k + 1) the point is the mean of k draws: its variance falls tenfold in ten times the steps."""
    data = np.random.default_rng(2).normal(size=(50, 400))

    path = walk(
        start=np.zeros(400),
        loss=lambda _: 0.0,
        example_gradient=lambda x, batch: x - data[batch[0]],
        examples=50,
        epochs=40,
        learning_rate=lambda k: 1 / (k + 1),
        with_replacement=True,
    )

    errors = np.mean((path.points - data.mean(axis=0)) ** 2, axis=1)
    assert errors[20:200].mean() / errors[200:2000].mean() == pytest.approx(10, rel=0.5)
