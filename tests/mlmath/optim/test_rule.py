"""Update rules: what all of them have in common, and the plain gradient step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.optim import (
    AdaGrad,
    Adam,
    AdamW,
    GradientStep,
    Momentum,
    Nesterov,
    RMSProp,
    gradient_descent,
    stochastic_gradient_descent,
)

RULES = [GradientStep(), Momentum(), Nesterov(), AdaGrad(), RMSProp(), Adam(), AdamW()]


def square(x):
    return x @ x


def bowl(A, x):
    return x @ A @ x / 2


seeds = st.integers(0, 2**32 - 1)
all_rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)


def arrays_of(state):
    return [field for field in state if isinstance(field, np.ndarray)]


@all_rules
@given(seed=seeds)
def test_an_update_is_pure(rule, seed):
    """The same arguments give the same answer twice, and none of them is changed."""
    rng = np.random.default_rng(seed)
    point, gradient = rng.normal(size=3), rng.normal(size=3)
    _, state = rule.update(rule.initial_state(point), rng.normal(size=3), 0.1, point)
    arguments = [array.copy() for array in (point, gradient, *arrays_of(state))]

    first, first_state = rule.update(state, gradient, 0.1, point)
    second, second_state = rule.update(state, gradient, 0.1, point)

    np.testing.assert_array_equal(first, second)
    for one, other in zip(first_state, second_state, strict=True):
        np.testing.assert_array_equal(one, other)
    for before, now in zip(arguments, (point, gradient, *arrays_of(state)), strict=True):
        np.testing.assert_array_equal(before, now)


@all_rules
@given(seed=seeds)
def test_the_first_step_leads_downhill_in_every_coordinate(rule, seed):
    gradient = np.random.default_rng(seed).normal(size=4)

    change, _ = rule.update(rule.initial_state(np.zeros(4)), gradient, 0.1, np.zeros(4))

    assert np.all(change * gradient < 0)


@all_rules
def test_both_loops_are_driven_by_the_same_rule(rule):
    """A mini-batch of all examples has the full gradient, so that both loops take the same walk."""
    A, start = np.diag([1.0, 5.0]), [1.0, -2.0]
    full = gradient_descent(lambda x: bowl(A, x), lambda x: A @ x, start, learning_rate=0.05, steps=30, rule=rule)

    path = stochastic_gradient_descent(
        lambda x: bowl(A, x),
        lambda x, _: A @ x,
        start,
        examples=1,
        learning_rate=0.05,
        epochs=30,
        rule=rule,
        generator=np.random.default_rng(0),
    )

    np.testing.assert_array_equal(path.points, full.points)
    np.testing.assert_array_equal(path.gradient_norms[:-1], full.gradient_norms[:-1])


@all_rules
def test_a_rule_remembers_one_number_for_each_coordinate_and_nothing_at_first(rule):
    state = rule.initial_state(np.array([3.0, 4.0, 5.0]))

    for array in arrays_of(state):
        assert array.tolist() == [0.0, 0.0, 0.0]


@all_rules
def test_rules_are_values(rule):
    assert rule == type(rule)()
    assert len({rule, type(rule)()}) == 1
    with pytest.raises(AttributeError, match="cannot assign to field"):
        rule.momentum = 0.5


@all_rules
def test_a_vanishing_gradient_at_the_origin_moves_nothing(rule):
    change, _ = rule.update(rule.initial_state(np.zeros(2)), np.zeros(2), 0.1, np.zeros(2))

    np.testing.assert_array_equal(change, [0.0, 0.0])


def test_by_default_the_step_is_the_plain_one():
    path = gradient_descent(square, lambda x: 2 * x, [1.0, 2.0], learning_rate=0.3, steps=4)

    np.testing.assert_allclose(path.points, np.outer(0.4 ** np.arange(5), [1.0, 2.0]))


@pytest.mark.parametrize("rule", [Adam, "adam", None])
def test_what_is_no_rule_is_refused(rule):
    with pytest.raises(TypeError, match=r"rule must be an update rule with methods initial_state, .* try Adam\(\)"):
        gradient_descent(square, lambda x: 2 * x, [1.0], learning_rate=0.1, steps=1, rule=rule)
    with pytest.raises(TypeError, match="rule must be an update rule"):
        stochastic_gradient_descent(
            square,
            lambda x, _: 2 * x,
            [1.0],
            examples=1,
            learning_rate=0.1,
            epochs=1,
            rule=rule,
            generator=np.random.default_rng(0),
        )


def test_a_rule_that_changes_another_number_of_parameters_is_refused():
    class Short(GradientStep):
        def update(self, state, gradient, learning_rate, point):
            return gradient[:1], state

    with pytest.raises(ValueError, match=r"the rule must change all of \(2,\), got shape \(1,\)"):
        gradient_descent(square, lambda x: 2 * x, [1.0, 1.0], learning_rate=0.1, steps=1, rule=Short())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Momentum(momentum=1.0), r"momentum must be at least 0 and below 1, got 1\.0"),
        (lambda: Momentum(momentum=-0.1), r"momentum must be at least 0 and below 1, got -0\.1"),
        (lambda: Nesterov(momentum=1.0), "momentum must be at least 0"),
        (lambda: Nesterov(momentum=np.nan), "momentum must be one finite number, got nan"),
        (lambda: AdaGrad(epsilon=0.0), r"epsilon must be positive, got 0\.0"),
        (lambda: RMSProp(decay=1.0), "decay must be at least 0 and below 1"),
        (lambda: RMSProp(epsilon=0.0), "epsilon must be positive"),
        (lambda: Adam(first_decay=1.0), "first_decay must be at least 0 and below 1"),
        (lambda: Adam(second_decay=1.0), "second_decay must be at least 0 and below 1"),
        (lambda: Adam(epsilon=-1.0), "epsilon must be positive"),
        (lambda: AdamW(weight_decay=-1.0), "weight_decay must not be negative"),
        (lambda: AdamW(first_decay=1.0), "first_decay must be"),
        (lambda: AdamW(second_decay=1.0), "second_decay must be"),
        (lambda: AdamW(epsilon=0.0), "epsilon must be positive"),
    ],
)
def test_hyperparameters_out_of_range_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_share_of_nothing_is_allowed():
    assert (Momentum(0.0).momentum, RMSProp(0.0).decay, AdamW(0.0).weight_decay) == (0.0, 0.0, 0.0)
