"""plot_residuals: predicted minus observed, the sign that the losses of mlmath use."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.losses import squared_error
from mlmath.plots import plot_residuals

vectors = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3)


@given(predicted=vectors, observed=vectors)
def test_a_point_stands_at_its_prediction_as_high_as_the_gradient_of_half_the_squared_error(predicted, observed):
    points = plot_residuals(predicted, observed).lines[-1].get_xydata()

    expected = squared_error(predicted, observed, reduction="sum").gradient / 2
    np.testing.assert_array_equal(points, np.column_stack([predicted, expected]))


def test_the_sign_is_named_and_zero_is_marked():
    ax = plot_residuals([1.0, 2.0], [1.5, 2.0])

    zero, points = ax.lines
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "predicted − observed")
    assert np.asarray(zero.get_ydata()).tolist() == [0, 0]
    assert zero.get_linestyle() == "--"
    assert (points.get_linestyle(), points.get_marker()) == ("None", "o")


@pytest.mark.parametrize(
    ("predicted", "observed", "message"),
    [
        ([1.0, 2.0], [1.0], "predicted and observed must have one entry per example, got 2 and 1"),
        ([np.nan], [1.0], "predicted must be finite"),
        ([1.0], [np.nan], "observed must be finite"),
        ([], [], "predicted must not be empty"),
        ([1.7e308], [-1.7e308], r"predicted - observed must be finite, got inf at .*\[0\]"),
    ],
)
def test_errors_name_the_argument(predicted, observed, message):
    with pytest.raises(ValueError, match=message):
        plot_residuals(predicted, observed)
