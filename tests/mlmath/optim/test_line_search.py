"""backtracking and wolfe: what they promise holds where they stop, and how they refuse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import rosen, rosen_der

from mlmath.optim import backtracking, wolfe
from mlmath.optim.line_search import _between, _Trial, full_step

seeds = st.integers(0, 2**32 - 1)
both = pytest.mark.parametrize("search", [backtracking, wolfe])


def square(x):
    return x @ x


def twice(x):
    return 2 * x


def random_case(seed):
    """A point of Rosenbrock's function and a direction that leads downhill, of any length."""
    rng = np.random.default_rng(seed)
    point, direction = rng.normal(size=3), rng.normal(size=3) * 10 ** rng.uniform(-4, 3)
    return point, -direction * np.sign(rosen_der(point) @ direction)


def slope(point, direction):
    return rosen_der(point) @ direction


@given(seed=seeds, decrease=st.floats(1e-4, 0.4), shrink=st.floats(0.1, 0.9))
def test_backtracking_takes_the_first_step_of_its_sequence_that_lowers_the_loss_enough(seed, decrease, shrink):
    point, direction = random_case(seed)

    found = backtracking(
        rosen, rosen_der, point, direction, sufficient_decrease=decrease, shrink=shrink, trials=300, first_step=2.0
    )

    def enough(a):
        return rosen(point + a * direction) <= rosen(point) + decrease * a * slope(point, direction)

    tries = [2.0]
    while not enough(tries[-1]):
        tries.append(tries[-1] * shrink)
    assert found.step == pytest.approx(tries[-1])
    assert (found.loss_calls, found.gradient_calls, found.satisfied) == (len(tries) + 1, 2, True)


@given(seed=seeds, decrease=st.floats(1e-4, 0.09), curvature=st.floats(0.1, 0.9), first=st.floats(0.01, 100))
def test_where_wolfe_stops_both_conditions_hold(seed, decrease, curvature, first):
    point, direction = random_case(seed)

    found = wolfe(
        rosen, rosen_der, point, direction, sufficient_decrease=decrease, curvature=curvature, first_step=first
    )

    assert found.satisfied
    assert rosen(found.point) <= rosen(point) + decrease * found.step * slope(point, direction) + 1e-12
    assert abs(slope(found.point, direction)) <= curvature * abs(slope(point, direction))


@both
@given(seed=seeds)
def test_what_it_reports_is_what_is_there(search, seed):
    point, direction = random_case(seed)
    calls = {"loss": 0, "gradient": 0}

    def loss(x):
        calls["loss"] += 1
        return rosen(x)

    def gradient(x):
        calls["gradient"] += 1
        return rosen_der(x)

    found = search(loss, gradient, point, direction)

    np.testing.assert_array_equal(found.point, point + found.step * direction)
    np.testing.assert_array_equal(found.gradient, rosen_der(found.point))
    assert found.loss == rosen(found.point)
    assert calls == {"loss": found.loss_calls, "gradient": found.gradient_calls}


@both
def test_what_is_known_already_is_not_measured_again(search):
    plain = search(square, twice, [3.0, 1.0], [-6.0, -2.0])

    spared = search(square, twice, [3.0, 1.0], [-6.0, -2.0], here=(10.0, np.array([6.0, 2.0])))

    assert (spared.step, spared.loss) == (plain.step, plain.loss)
    assert (spared.loss_calls, spared.gradient_calls) == (plain.loss_calls - 1, plain.gradient_calls - 1)


def test_wolfe_doubles_until_the_slope_is_flat_enough():
    """On exp(-x) from 0 the slope at a is exp(-a) of that at 0; below one half that is at a = 1, not at 1/2."""
    found = wolfe(lambda x: float(np.exp(-x[0])), lambda x: -np.exp(-x), [0.0], [1.0], first_step=0.25, curvature=0.5)

    assert found.step == 1.0
    assert (found.loss_calls, found.gradient_calls) == (4, 4)


def test_wolfe_finds_the_minimum_of_a_parabola_in_one_interpolation():
    found = wolfe(square, twice, [1.0], [-1.0], first_step=3.0, curvature=1e-3)

    assert found.step == pytest.approx(1.0)
    assert found.loss_calls == 3


def test_wolfe_interpolates_backwards_as_well():
    """The second trial, 3.2, rises but is lower than the first, 1.6: the minimum, 2.5, lies between the two."""
    found = wolfe(lambda x: (x[0] - 2.5) ** 2, lambda x: 2 * (x - 2.5), [0.0], [1.0], first_step=1.6, curvature=0.01)

    assert found.step == pytest.approx(2.5)
    assert found.loss_calls == 4


def test_a_nearly_exact_wolfe_search_finds_where_the_slope_vanishes():
    found = wolfe(
        lambda x: x[0] ** 4 - x[0], lambda x: 4 * x**3 - 1, [0.0], [1.0], curvature=1e-9, sufficient_decrease=1e-10
    )

    assert found.step == pytest.approx(0.25 ** (1 / 3), rel=1e-8)


@both
@pytest.mark.parametrize("beyond", [np.nan, np.inf])
def test_where_the_loss_is_not_finite_the_step_was_too_long(search, beyond):
    found = search(lambda x: -x[0] if x[0] < 0.3 else beyond, lambda _: -np.ones(1), [0.0], [1.0])

    assert 0 < found.step < 0.3
    assert found.loss == -found.step


@both
def test_where_the_gradient_is_not_finite_the_step_was_too_long(search):
    found = search(lambda x: -x[0], lambda x: np.where(x < 0.3, -1.0, np.nan), [0.0], [1.0])

    assert 0 < found.step < 0.3


@both
def test_a_gradient_that_promises_too_much_leads_to_step_zero(search):
    """The loss rises where the gradient says that it falls."""
    found = search(lambda x: 1 + x[0] ** 2, lambda _: -np.ones(1), [0.0], [1.0], trials=20)

    assert (found.step, found.loss, found.satisfied) == (0.0, 1.0, False)
    assert (found.loss_calls, found.gradient_calls) == (21, 1)
    np.testing.assert_array_equal(found.point, [0.0])
    np.testing.assert_array_equal(found.gradient, [-1.0])


@both
@pytest.mark.parametrize(("share", "enough"), [(0.9e-4, False), (1.1e-4, True)])
def test_by_default_a_ten_thousandth_of_the_promised_decrease_suffices(search, share, enough):
    found = search(lambda x: -share * x[0], lambda x: x - 1, [0.0], [1.0], trials=1)

    assert found.satisfied == enough


@pytest.mark.parametrize(("slope", "flat"), [(-0.89, True), (-0.91, False)])
def test_by_default_wolfe_wants_a_tenth_of_the_slope_gone(slope, flat):
    found = wolfe(lambda x: -x[0], lambda x: np.where(x == 0, -1.0, slope), [0.0], [1.0], trials=1)

    assert found.satisfied == flat


@both
def test_by_default_60_steps_are_tried(search):
    found = search(lambda x: float(x[0] != 0), lambda _: -np.ones(1), [0.0], [1.0])

    assert (found.step, found.loss_calls) == (0.0, 1 + 60)


@both
def test_step_zero_leads_to_the_point_that_was_given(search):
    found = search(lambda _: 9.0, twice, [3.0], [-1.0], trials=2, here=(1.0, np.array([6.0])))

    assert (found.step, found.loss, *found.point, *found.gradient) == (0.0, 1.0, 3.0, 6.0)


@both
def test_a_gradient_of_integers_becomes_one_of_floats(search):
    found = search(lambda x: -x[0], lambda x: [-1] if x[0] < 1 else [0], [0.0], [1.0])

    assert found.gradient.dtype == np.float64


def test_on_an_endless_slope_wolfe_returns_its_last_step_and_says_that_it_is_not_satisfied():
    found = wolfe(lambda x: -x[0], lambda _: -np.ones(1), [0.0], [1.0], trials=5)

    assert (found.step, found.satisfied) == (16.0, False)


@both
def test_a_rise_within_rounding_is_none(search):
    """1e-16 is the last digit of a loss of 1."""
    found = search(lambda x: 1 + 2.3e-16 * (x[0] > 0), lambda x: x - 1e-9, [0.0], [1e-9])

    assert (found.step, found.satisfied) == (1.0, True)


@both
def test_a_rise_beyond_rounding_is_one(search):
    found = search(lambda x: 1 + 2e-15 * (x[0] > 0), lambda x: x - 1e-9, [0.0], [1e-9], trials=3)

    assert (found.step, found.satisfied) == (0.0, False)


@both
def test_functions_that_scribble_change_nothing(search):
    point, direction = np.array([3.0]), np.array([-6.0])

    def loss(x):
        value = square(x)
        x.fill(0.0)
        return value

    def gradient(x):
        x *= 2
        return x

    found = search(loss, gradient, point, direction)

    assert found.step == 0.5
    np.testing.assert_array_equal(found.point, [0.0])
    np.testing.assert_array_equal([*point, *direction], [3.0, -6.0])


@both
def test_a_decrease_that_is_exactly_sufficient_suffices(search):
    """The loss falls by half of what its gradient promises, with no rounding: the start is at 0."""
    found = search(
        lambda x: -x[0] / 2,
        lambda x: -np.ones(1) if x[0] == 0 else np.zeros(1),
        [0.0],
        [1.0],
        sufficient_decrease=0.5,
    )

    assert found.step == 1.0


def test_a_slope_that_is_exactly_flat_enough_suffices():
    found = wolfe(square, twice, [1.0], [-1.0], first_step=0.5, curvature=0.5)

    assert (found.step, found.loss_calls) == (0.5, 2)


def test_a_trial_as_low_as_the_lowest_is_measured_in_full():
    """The losses at 2 and 4, on either side of the minimum at 3, are equal, and that of the start leaves no slack."""
    found = wolfe(lambda x: x[0] * (x[0] - 6), lambda x: 2 * x - 6, [0.0], [1.0], first_step=2.0, curvature=0.1)

    assert (found.step, found.loss_calls, found.gradient_calls) == (3.0, 4, 4)


@both
def test_overflow_on_the_way_is_silent(search):
    found = search(lambda x: np.exp(x[0]) - 2 * x[0], lambda x: np.exp(x) - 2, [0.0], [1000.0])

    assert 0 < found.step < 0.0013


def a_trial(step, loss, slope=np.nan):
    return _Trial(step, np.zeros(1), loss, slope, np.zeros(1))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (a_trial(0.0, 4.0, -4.0), a_trial(3.0, 1.0), 2.0),  # the parabola (a - 2)^2
        (a_trial(3.0, 1.0, 2.0), a_trial(0.0, 4.0), 2.0),  # seen from its other end
        (a_trial(0.0, 0.04, -0.4), a_trial(1.0, 0.64), 0.2),  # (a - 0.2)^2, where all numbers are small
        (a_trial(0.0, 0.0, -1.0), a_trial(1.0, np.inf), 0.1),
        (a_trial(0.0, 0.0, -1.0), a_trial(1.0, np.nan), 0.5),
        (a_trial(0.0, 0.0, -1.0), a_trial(1.0, -1.0), 0.5),  # a straight line
        (a_trial(0.0, 0.0, -1.0), a_trial(1.0, -0.9), 0.9),  # a parabola with its minimum beyond
        (a_trial(1.0, 0.0, -1.0), a_trial(3.0, 500.0), 1.2),
    ],
)
def test_the_next_trial_is_at_the_minimum_of_the_parabola_but_away_from_the_ends(low, high, expected):
    assert _between(low, high) == pytest.approx(expected)


def test_a_full_step_is_taken_whatever_is_there():
    found = full_step(square, twice, [1.0], [5.0])

    assert (found.step, found.loss, found.loss_calls, found.gradient_calls, found.satisfied) == (1.0, 36.0, 1, 1, True)
    np.testing.assert_array_equal([*found.point, *found.gradient], [6.0, 12.0])


@both
@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"direction": [1.0]}, r"direction must lead downhill, but the slope along it is 6\.0: try direction = -grad"),
        ({"direction": [0.0]}, r"direction must lead downhill, but the slope along it is 0\.0"),
        ({"direction": [1.0, 1.0]}, r"direction must have the shape of point, \(1,\), got \(2,\)"),
        ({"direction": [-np.inf]}, "direction must be finite"),
        ({"point": [np.nan]}, "point must be finite"),
        ({"first_step": 0.0}, "first_step must be positive"),
        ({"sufficient_decrease": 1.0}, "sufficient_decrease must be between 0 and 1"),
        ({"trials": 0}, "trials must be at least 1"),
        ({"loss": lambda _: np.nan}, "the loss at point must be one finite number, got nan"),
        ({"loss": lambda x: np.log(-x[0])}, "the loss at point must be one finite number, got nan"),
        ({"gradient": lambda _: np.ones(2)}, r"gradient must return shape \(1,\), like point, got shape \(2,\)"),
        ({"gradient": lambda x: x * np.inf}, "direction must lead downhill, but the slope along it is -inf"),
    ],
)
def test_errors_name_the_argument(search, knobs, message):
    arguments = {"loss": square, "gradient": twice, "point": [3.0], "direction": [-1.0], **knobs}

    with pytest.raises(ValueError, match=message):
        search(**arguments)


def test_knobs_of_their_own_are_checked():
    with pytest.raises(ValueError, match="shrink must be between 0 and 1"):
        backtracking(square, twice, [3.0], [-1.0], shrink=1.0)
    with pytest.raises(ValueError, match="curvature must be between 0 and 1"):
        wolfe(square, twice, [3.0], [-1.0], curvature=1.0)
    with pytest.raises(ValueError, match=r"sufficient_decrease must be below curvature, got 0\.5 and 0\.5"):
        wolfe(square, twice, [3.0], [-1.0], sufficient_decrease=0.5, curvature=0.5)
