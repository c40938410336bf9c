"""Schedules: their formulas at the points that define them, and how the loops use and refuse their rates."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.optim import (
    cosine_decay,
    exponential_decay,
    gradient_descent,
    inverse_time_decay,
    step_decay,
    stochastic_gradient_descent,
    warmup,
)

rates = st.floats(1e-3, 10)
counts = st.integers(1, 50)


def walk(learning_rate, steps=3, gradient=np.ones_like):
    return gradient_descent(lambda _: 0.0, gradient, [0.0], learning_rate=learning_rate, steps=steps)


@given(initial=rates, half_after=st.floats(0.5, 100), multiple=st.integers(0, 50))
def test_inverse_time_decay_divides_by_one_more_each_half_time(initial, half_after, multiple):
    rate = inverse_time_decay(initial, half_after=half_after)

    assert rate(multiple * half_after) == pytest.approx(initial / (multiple + 1))


def test_inverse_time_decay_meets_the_conditions_of_robbins_and_monro():
    """Each doubling of the steps adds as much to the sum, log 2, but ever less to the sum of squares."""
    rate = inverse_time_decay(1.0, half_after=1)
    values = np.array([rate(k) for k in range(2**14)])

    doublings = [values[2**k : 2 ** (k + 1)] for k in range(8, 14)]

    np.testing.assert_allclose([block.sum() for block in doublings], math.log(2), rtol=0.01)
    squares = np.array([np.sum(block**2) for block in doublings])
    np.testing.assert_allclose(squares[1:] / squares[:-1], 1 / 2, rtol=0.01)


@given(initial=rates, factor=st.floats(0.1, 0.9), every=counts, k=st.integers(0, 200))
def test_exponential_decay_keeps_the_factor_each_period(initial, factor, every, k):
    rate = exponential_decay(initial, factor=factor, every=every)

    assert rate(0) == initial
    assert rate(k + every) == pytest.approx(rate(k) * factor)
    assert rate(k + 1) / rate(k) == pytest.approx(rate(1) / rate(0))


@given(initial=rates, factor=st.floats(0.1, 0.9), every=counts, k=st.integers(0, 200))
def test_step_decay_is_exponential_decay_at_the_start_of_each_period(initial, factor, every, k):
    rate = step_decay(initial, factor=factor, every=every)

    assert rate(k) == pytest.approx(exponential_decay(initial, factor=factor, every=every)(k - k % every))


@given(initial=rates, steps=counts, final=st.floats(0, 1))
def test_cosine_decay_is_a_half_wave(initial, steps, final):
    rate = cosine_decay(initial, steps=steps, final=final)

    values = np.array([rate(k) for k in range(steps + 1)])

    assert (rate(0), rate(steps), rate(steps + 7)) == pytest.approx((initial, final, final))
    np.testing.assert_allclose(values + values[::-1], initial + final)  # symmetric about its middle
    angles = np.arccos(np.clip((2 * values - initial - final) / (initial - final + 1e-300), -1, 1))
    if abs(initial - final) > 1e-3:
        np.testing.assert_allclose(np.diff(angles), math.pi / steps, atol=1e-5)


@given(peak=rates, steps=counts)
def test_a_warmup_climbs_in_even_strides_to_what_follows(peak, steps):
    rate = warmup(peak, steps=steps)

    values = [rate(k) for k in range(steps + 3)]

    np.testing.assert_allclose(values, peak * np.minimum(np.arange(1, steps + 4) / (steps + 1), 1))


def test_after_a_warmup_the_schedule_begins_at_its_own_zero():
    after = step_decay(0.8, factor=0.5, every=1)
    rate = warmup(after, steps=3)

    assert [rate(k) for k in range(6)] == pytest.approx([0.2, 0.4, 0.6, 0.8, 0.4, 0.2])


def test_no_warmup_is_the_schedule_itself():
    after = inverse_time_decay(0.8, half_after=2)
    rate = warmup(after, steps=0)

    assert [rate(k) for k in range(5)] == [after(k) for k in range(5)]


def test_defaults():
    assert exponential_decay(1.0, factor=0.5)(3) == 0.125
    assert cosine_decay(1.0, steps=4)(4) == 0.0


def test_gradient_descent_asks_for_the_rates_of_updates_0_1_2():
    path = walk(lambda k: 10.0**-k)

    np.testing.assert_allclose(path.points[:, 0], [0.0, -1.0, -1.1, -1.11])


def test_stochastic_gradient_descent_counts_updates_through_all_epochs():
    path = stochastic_gradient_descent(
        lambda _: 0.0,
        lambda x, _: np.ones_like(x),
        [0.0],
        examples=2,
        learning_rate=lambda k: 10.0**-k,
        epochs=2,
        generator=np.random.default_rng(0),
    )

    np.testing.assert_allclose(path.points[:, 0], [0.0, -1.0, -1.1, -1.11, -1.111])


def test_a_rate_of_one_over_k_averages():
    """With half the squared distance, x <- x - (x - data_k) / (k + 1) is the running mean."""
    data = np.random.default_rng(3).normal(size=20)
    seen = []

    def slope(x, batch):
        seen.append(data[batch[0]])
        return x - seen[-1]

    path = stochastic_gradient_descent(
        lambda _: 0.0,
        slope,
        [5.0],
        examples=20,
        learning_rate=inverse_time_decay(1.0, half_after=1),
        epochs=1,
        generator=np.random.default_rng(0),
    )

    np.testing.assert_allclose(path.points[1:, 0], np.cumsum(seen) / np.arange(1, 21))


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        (cosine_decay(1.0, steps=2), r"learning_rate must be positive, got 0\.0 from its schedule at update 2: stop"),
        (lambda k: 1.0 if k < 1 else np.nan, "learning_rate must be one finite number, got nan from its .* update 1"),
        (lambda _: [1.0], r"learning_rate must be one finite number, got \[1\.\] from its schedule at update 0"),
        (lambda _: "fast", "learning_rate must hold real numbers, got 'fast' from its schedule at update 0"),
    ],
)
def test_a_rate_that_cannot_be_is_refused_with_its_update(schedule, message):
    with pytest.raises(ValueError, match=message):
        walk(schedule)


def test_divergence_under_a_schedule_advises_smaller_rates():
    with pytest.raises(FloatingPointError, match=r": the learning_rate followed a schedule, try smaller rates$"):
        walk(lambda k: 5 * 10**k, steps=1000, gradient=lambda x: x - 1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: inverse_time_decay(0.0, half_after=1), "initial must be positive"),
        (lambda: inverse_time_decay(1.0, half_after=0), "half_after must be positive"),
        (lambda: exponential_decay(0.0, factor=0.5), "initial must be positive"),
        (lambda: exponential_decay(1.0, factor=1.0), "factor must be between 0 and 1"),
        (lambda: exponential_decay(1.0, factor=0.5, every=0), "every must be positive"),
        (lambda: step_decay(0.0, factor=0.5, every=1), "initial must be positive"),
        (lambda: step_decay(1.0, factor=0.0, every=1), "factor must be between 0 and 1"),
        (lambda: step_decay(1.0, factor=0.5, every=0), "every must be at least 1"),
        (lambda: cosine_decay(0.0, steps=1), "initial must be positive"),
        (lambda: cosine_decay(1.0, steps=0), "steps must be at least 1"),
        (lambda: cosine_decay(1.0, steps=1, final=-1.0), "final must not be negative"),
        (lambda: warmup(0.0, steps=1), "learning_rate must be positive"),
        (lambda: warmup(1.0, steps=-1), "steps must be at least 0"),
    ],
)
def test_errors_name_the_argument(make, message):
    with pytest.raises(ValueError, match=message):
        make()
