"""squared_error: value by hand, gradient by numerical differentiation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.calculus import numerical_gradient
from mlmath.losses import squared_error

pairs = st.integers(1, 6).flatmap(
    lambda n: st.tuples(*[arrays(np.float64, n, elements=st.floats(-100, 100)) for _ in range(2)])
)
reductions = st.sampled_from(["mean", "sum"])


@given(pair=pairs)
def test_the_value_is_what_a_loop_over_the_examples_gives(pair):
    predicted, observed = pair
    total = sum((p - o) ** 2 for p, o in zip(predicted, observed, strict=True))

    assert squared_error(predicted, observed, reduction="sum").value == pytest.approx(total)
    assert squared_error(predicted, observed, reduction="mean").value == pytest.approx(total / len(predicted))


@given(pair=pairs, reduction=reductions)
def test_the_gradient_is_the_derivative_of_the_value(pair, reduction):
    predicted, observed = pair

    gradient = squared_error(predicted, observed, reduction=reduction).gradient

    slopes = numerical_gradient(lambda p: squared_error(p, observed, reduction=reduction).value, predicted, step=0.1)
    np.testing.assert_allclose(gradient, slopes, atol=1e-8)


def test_the_mean_is_the_default():
    assert squared_error([3.0, 5.0], [1.0, 5.0]).value == 2.0


def test_the_value_is_a_plain_float():
    assert type(squared_error([1.0], [0.0]).value) is float


def test_the_arguments_are_left_alone():
    predicted, observed = np.array([1.0, 2.0]), np.array([3.0, 5.0])

    squared_error(predicted, observed)

    np.testing.assert_array_equal([predicted, observed], [[1.0, 2.0], [3.0, 5.0]])


@pytest.mark.parametrize(
    ("predicted", "observed", "reduction", "message"),
    [
        ([[1.0]], [1.0], "mean", r"predicted must have shape \(n,\), got shape \(1, 1\)"),
        ([1.0], [np.nan], "mean", r"observed must be finite, got nan at observed\[0\]"),
        ([1.0, 2.0], [1.0], "mean", "predicted and observed must have one entry per example, got 2 and 1 of them"),
        ([1.0], [1.0], "none", "reduction must be 'mean' or 'sum', got 'none'"),
    ],
)
def test_errors_name_the_argument(predicted, observed, reduction, message):
    with pytest.raises(ValueError, match=message):
        squared_error(predicted, observed, reduction=reduction)
