"""absolute_error and huber: losses for a measured quantity, tested side by side with squared_error."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special
from sklearn.metrics import mean_absolute_error

from mlmath.calculus import numerical_gradient
from mlmath.losses import absolute_error, huber, squared_error

pairs = st.integers(1, 6).flatmap(
    lambda n: st.tuples(*[arrays(np.float64, n, elements=st.floats(-100, 100)) for _ in range(2)])
)
thresholds = st.floats(0.1, 50)
reductions = st.sampled_from(["mean", "sum"])
losses = pytest.mark.parametrize(
    "loss", [absolute_error, lambda p, o, **knobs: huber(p, o, threshold=2.0, **knobs)], ids=["absolute_error", "huber"]
)


@given(pair=pairs)
def test_absolute_error_agrees_with_scikit_learn(pair):
    assert absolute_error(*pair).value == pytest.approx(mean_absolute_error(pair[1], pair[0]))


@given(pair=pairs, threshold=thresholds)
def test_huber_is_twice_that_of_scipy(pair, threshold):
    expected = 2 * special.huber(threshold, pair[0] - pair[1]).sum()

    assert huber(*pair, threshold=threshold, reduction="sum").value == pytest.approx(expected)


@given(pair=pairs, threshold=thresholds, reduction=reductions)
def test_the_gradient_of_huber_is_the_derivative_of_the_value(pair, threshold, reduction):
    predicted, observed = pair

    gradient = huber(predicted, observed, threshold=threshold, reduction=reduction).gradient

    slopes = numerical_gradient(
        lambda p: huber(p, observed, threshold=threshold, reduction=reduction).value, predicted, step=1e-4
    )
    np.testing.assert_allclose(gradient, slopes, atol=1e-3)  # a parabola meets a line within h of the threshold


def test_the_gradient_of_huber_agrees_with_automatic_differentiation():
    observed = np.array([0.0, 1.0, -2.0, 5.0])
    predicted = np.array([0.5, 9.0, -2.0, -3.0])

    def by_cases(p):
        r = anp.abs(p - observed)
        return anp.mean(anp.where(r <= 2.0, r**2, 2.0 * (2 * r - 2.0)))

    value, gradient = huber(predicted, observed, threshold=2.0)

    assert value == pytest.approx(by_cases(predicted), rel=1e-15)
    np.testing.assert_allclose(gradient, autograd.elementwise_grad(by_cases)(predicted), rtol=1e-15)


@given(pair=pairs, reduction=reductions)
def test_the_gradient_of_absolute_error_is_the_derivative_of_the_value(pair, reduction):
    predicted, observed = pair
    away = np.where(np.abs(predicted - observed) < 1, observed + 1, predicted)

    gradient = absolute_error(away, observed, reduction=reduction).gradient

    slopes = numerical_gradient(lambda p: absolute_error(p, observed, reduction=reduction).value, away, step=0.1)
    np.testing.assert_allclose(gradient, slopes, atol=1e-10)


@given(pair=pairs, reduction=reductions)
def test_a_large_threshold_makes_huber_the_squared_error(pair, reduction):
    value, gradient = huber(*pair, threshold=1e300, reduction=reduction)

    expected = squared_error(*pair, reduction=reduction)
    assert value == pytest.approx(expected.value)
    np.testing.assert_allclose(gradient, expected.gradient, rtol=1e-15)


@given(pair=pairs)
def test_a_small_threshold_makes_huber_a_multiple_of_the_absolute_error(pair):
    value = huber(*pair, threshold=1e-12).value / 2e-12

    assert value == pytest.approx(absolute_error(*pair).value, abs=1e-12)


def test_the_two_pieces_of_huber_meet_at_the_threshold():
    inside, outside = (huber([t], [0.0], threshold=2.0) for t in (2.0, np.nextafter(2.0, 3.0)))

    assert inside.value == 4.0
    assert outside.value == pytest.approx(4.0, rel=1e-15)
    assert inside.gradient[0] == outside.gradient[0] == 4.0


def test_an_exact_prediction_has_the_subgradient_zero():
    np.testing.assert_array_equal(absolute_error([1.0, 2.0], [1.0, 3.0], reduction="sum").gradient, [0.0, -1.0])


def test_the_median_is_the_best_constant_for_absolute_error():
    observed = [1.0, 2.0, 3.0, 4.0, 1000.0]

    assert absolute_error([3.0] * 5, observed, reduction="sum").gradient.sum() == 0.0
    assert all(absolute_error([3.0] * 5, observed).value < absolute_error([c] * 5, observed).value for c in (2.9, 3.1))


@losses
@given(pair=pairs, q=st.floats(-100, 100))
def test_the_tangent_lies_below_the_loss(loss, pair, q):
    """Convexity in the predictions, with the subgradient where there is a kink."""
    predicted, observed = pair
    value, gradient = loss(predicted, observed)
    elsewhere = np.full_like(predicted, q)

    assert loss(elsewhere, observed).value >= value + gradient @ (elsewhere - predicted) - 1e-9


@losses
@given(pair=pairs)
def test_the_sum_is_n_times_the_mean(loss, pair):
    n = len(pair[0])
    whole, mean = loss(*pair, reduction="sum"), loss(*pair)

    assert whole.value == pytest.approx(n * mean.value)
    np.testing.assert_allclose(whole.gradient, n * mean.gradient)


@losses
def test_huge_errors_do_not_overflow_on_the_way(loss):
    value, gradient = loss([1e300, -1e300], [0.0, 0.0])

    assert np.isfinite(value)
    assert gradient[0] == -gradient[1] > 0
    assert type(value) is float


def test_a_mean_is_finite_where_the_sum_is_not():
    assert absolute_error([1e308, 1e308], [0.0, 0.0]).value == 1e308


@losses
def test_a_loss_beyond_float64_is_refused(loss):
    with pytest.raises(FloatingPointError, match=r"the loss exceeds the largest float64, 1\.8e308: try a smaller"):
        loss([1e308], [-1e308], reduction="sum")


def test_a_sum_beyond_float64_is_refused():
    with pytest.raises(FloatingPointError, match="the loss exceeds"):
        absolute_error([1e308, 1e308], [0.0, 0.0], reduction="sum")


@losses
def test_the_arguments_are_left_alone(loss):
    predicted, observed = np.array([1.0, 2.0]), np.array([3.0, 2.0])

    loss(predicted, observed)

    np.testing.assert_array_equal([predicted, observed], [[1.0, 2.0], [3.0, 2.0]])


@losses
@pytest.mark.parametrize(
    ("predicted", "observed", "reduction", "message"),
    [
        ([[1.0]], [1.0], "mean", r"predicted must have shape \(n,\), got shape \(1, 1\)"),
        ([1.0], [np.nan], "mean", r"observed must be finite, got nan at observed\[0\]"),
        ([1.0, 2.0], [1.0], "mean", "predicted and observed must have one entry per example, got 2 and 1 of them"),
        ([1.0], [1.0], "none", "reduction must be 'mean' or 'sum', got 'none'"),
    ],
)
def test_errors_name_the_argument(loss, predicted, observed, reduction, message):
    with pytest.raises(ValueError, match=message):
        loss(predicted, observed, reduction=reduction)


def test_a_threshold_is_positive():
    with pytest.raises(ValueError, match=r"threshold must be positive, got 0\.0"):
        huber([1.0], [1.0], threshold=0.0)
