"""plot_residuals: observed minus predicted, the sign that the fits of mlmath.models use."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.models import fit_linear_regression
from mlmath.plots import plot_residuals

vectors = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3)


def drawn(predicted, observed):
    return np.asarray(plot_residuals(predicted, observed).lines[-1].get_xydata())


@given(predicted=vectors, observed=vectors)
def test_a_point_stands_at_its_prediction_as_high_as_the_observation_above_it(predicted, observed):
    above = [y - y_hat for y, y_hat in zip(observed, predicted, strict=True)]
    np.testing.assert_array_equal(drawn(predicted, observed), np.column_stack([predicted, above]))


def test_the_points_of_a_fit_are_its_residuals():
    X, y = [[0.0], [1.0], [2.0], [3.0]], [1.0, 0.0, 2.0, 7.0]
    model = fit_linear_regression(X, y)

    expected = np.column_stack([model.predict(X), model.residuals])
    np.testing.assert_allclose(drawn(model.predict(X), y), expected)


def test_the_sign_is_named_and_zero_is_marked():
    ax = plot_residuals([1.0, 2.0], [1.5, 2.0])

    zero, points = ax.lines
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "observed − predicted")
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
        ([0.0, -1e301], [0.0, 0.0], r"predicted must stay within 1e\+300 to be drawn, got 1e\+301: try other units"),
        ([0.0], [1e301], r"observed must stay within 1e\+300"),
    ],
)
def test_errors_name_the_argument(predicted, observed, message):
    with pytest.raises(ValueError, match=message):
        plot_residuals(predicted, observed)
