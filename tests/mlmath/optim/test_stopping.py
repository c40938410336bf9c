"""Stopping rules: at which point, in which words; and the progress bar, which also watches the loops."""

import sys
import types
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlmath.optim import early_stopping, gradient_descent, plateau, stochastic_gradient_descent, target_loss


def square(x):
    return x @ x


def halving(steps=20, **knobs):
    """The points 8, 4, 2, 1, ... with their squares as losses."""
    return gradient_descent(square, lambda x: 2 * x, [8.0], learning_rate=0.25, steps=steps, **knobs)


def stochastic(epochs=10, **knobs):
    """The same walk, in epochs of two updates."""
    return stochastic_gradient_descent(
        square,
        lambda x, _: 2 * x,
        [8.0],
        examples=3,
        batch_size=2,
        learning_rate=0.25,
        epochs=epochs,
        generator=np.random.default_rng(0),
        **knobs,
    )


both = pytest.mark.parametrize("walk", [halving, stochastic])


@both
def test_the_target_loss_stops_at_the_first_point_that_reaches_it(walk):
    path = walk(stop=target_loss(4.0))

    np.testing.assert_array_equal(path.points[:, 0], [8.0, 4.0, 2.0])
    assert path.losses.shape == path.gradient_norms.shape == (3,)
    assert path.stop_reason == "the loss reached 4.0"


@both
def test_a_start_that_reaches_the_target_stays(walk):
    path = walk(stop=target_loss(100.0))

    assert len(path.points) == 1
    assert path.stop_reason == "the loss reached 100.0"


def test_the_last_point_is_asked_too():
    assert halving(steps=2, stop=target_loss(4.0)).stop_reason == "the loss reached 4.0"
    assert stochastic(epochs=1, stop=target_loss(4.0)).stop_reason == "the loss reached 4.0"
    assert stochastic(epochs=1, stop=target_loss(3.0)).stop_reason == "all steps were taken"


def test_a_stopped_stochastic_walk_ends_without_a_gradient():
    path = stochastic(stop=target_loss(4.0))

    np.testing.assert_array_equal(path.gradient_norms, [16.0, 8.0, np.nan])


def test_the_tolerance_comes_first():
    path = halving(stop=target_loss(1.0), tolerance=2.0)

    assert path.stop_reason == "the gradient norm reached the tolerance"


@given(losses=st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12), patience=st.integers(1, 4))
@example(losses=[5.0, 1.0, 5.0], patience=2)
def test_a_plateau_is_as_many_losses_without_improvement(losses, patience):
    improvement = 1.0

    reason = plateau(patience=patience, improvement=improvement)([], losses)

    window = losses[len(losses) - patience :] if len(losses) > patience else None
    flat = window is not None and all(losses[-patience - 1] - loss <= improvement for loss in window)
    assert reason == (f"the loss fell by no more than 1.0 in {patience} updates" if flat else None)


def test_on_a_plateau_the_walk_stops():
    """Losses 64, 16, 4, 1, 1/4: the fall from 1 is the first of less than 2."""
    path = halving(stop=plateau(patience=1, improvement=2.0))

    np.testing.assert_array_equal(
        path.losses,
        [64.0, 16.0, 4.0, 1.0, 0.25],
    )
    assert path.stop_reason == "the loss fell by no more than 2.0 in 1 updates"


def test_by_default_any_fall_is_an_improvement():
    stop = plateau(patience=1)

    assert stop([], [1.0, 1.0 - 1e-15]) is None
    assert stop([], [1.0, 1.0]) == "the loss fell by no more than 0.0 in 1 updates"


@given(values=st.lists(st.integers(0, 9), min_size=1, max_size=15), patience=st.integers(1, 4))
def test_early_stopping_stops_when_the_best_point_is_patience_updates_old(values, patience):
    stop = early_stopping(lambda x: values[int(x[0])], patience=patience)
    points = [np.array([float(i)]) for i in range(len(values))]

    reasons = [stop(points[: i + 1], []) for i in range(len(values))]

    ages = [i - values.index(min(values[: i + 1])) for i in range(len(values))]
    first = next((i for i, age in enumerate(ages) if age == patience), len(values))
    assert reasons[:first] == [None] * first
    if first < len(values):
        assert reasons[first] == f"the validation loss had its minimum {patience} updates ago"


def test_the_best_point_of_an_early_stop_is_patience_from_the_end():
    path = halving(stop=early_stopping(lambda x: abs(x[0] - 2), patience=3))

    np.testing.assert_array_equal(path.points[-1 - 3], [2.0])
    np.testing.assert_array_equal(path.result, [0.25])


def test_early_stopping_begins_anew_with_every_walk():
    stop = early_stopping(lambda x: abs(x[0] - 2), patience=3)

    np.testing.assert_array_equal(halving(stop=stop).points, halving(stop=stop).points)


def test_a_validation_loss_that_scribbles_on_its_argument_changes_nothing():
    def scribbling(x):
        x.fill(0.0)
        return 1.0

    path = halving(stop=early_stopping(scribbling, patience=2))

    np.testing.assert_array_equal(path.points[:, 0], [8.0, 4.0, 2.0])


def test_a_rule_that_answers_true_is_refused():
    with pytest.raises(TypeError, match="stop must return a reason in words, or None to go on, got True"):
        halving(stop=lambda _points, _losses: True)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: target_loss(np.nan), "target must be one finite number"),
        (lambda: plateau(patience=0), "patience must be at least 1"),
        (lambda: plateau(patience=1, improvement=-1.0), "improvement must not be negative"),
        (lambda: early_stopping(square, patience=0), "patience must be at least 1"),
        (
            lambda: halving(stop=early_stopping(lambda _: np.nan, patience=1)),
            r"validation_loss\(point\) must be one finite number, got nan",
        ),
    ],
)
def test_errors_name_the_argument(make, message):
    with pytest.raises(ValueError, match=message):
        make()


class Bar:
    """Stands in for tqdm, and remembers."""

    made: ClassVar[list[object]] = []

    def __init__(self, total):
        self.total, self.n, self.closed = total, 0, False
        self.made.append(self)

    def update(self):
        self.n += 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True


@pytest.fixture
def bars(monkeypatch):
    monkeypatch.setattr(Bar, "made", [])
    monkeypatch.setitem(sys.modules, "tqdm", types.SimpleNamespace(tqdm=Bar))
    return Bar.made


@both
def test_a_progress_bar_counts_the_updates(walk, bars):
    path = walk(progress=True)

    np.testing.assert_array_equal(path.points, walk().points)
    assert [(bar.total, bar.n, bar.closed) for bar in bars] == [(20, 20, True)]


@both
def test_a_progress_bar_ends_with_the_walk(walk, bars):
    walk(progress=True, stop=target_loss(4.0))

    assert [(bar.total, bar.n, bar.closed) for bar in bars] == [(20, 2, True)]


@both
def test_without_being_asked_no_walk_imports_tqdm(walk, bars, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)

    walk()

    assert bars == []


@both
def test_a_missing_tqdm_is_named_with_the_cure(walk, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)

    with pytest.raises(ImportError, match=r"^progress=True draws its bar with tqdm: pip install mlmath\[progress\]$"):
        walk(progress=True)
