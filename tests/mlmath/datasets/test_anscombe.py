"""Anscombe's quartet: the statistics that the paper prints, and the four shapes."""

import numpy as np
import pytest

from mlmath.datasets import load_anscombe


@pytest.mark.parametrize("number", range(4))
def test_every_set_has_the_published_statistics(number):
    """Anscombe (1973): the numbers that the four sets share, to the digits that are common to all."""
    quartet = load_anscombe()
    x, y = quartet.x[number], quartet.y[number]

    slope, intercept = np.polyfit(x, y, 1)
    regression = np.sum((intercept + slope * x - y.mean()) ** 2)
    residual = np.sum((y - intercept - slope * x) ** 2)

    assert x.mean() == 9.0
    assert round(y.mean(), 1) == 7.5
    assert round(intercept, 1) == 3.0
    assert round(slope, 2) == 0.5
    assert np.sum((x - 9) ** 2) == 110.0
    assert regression == pytest.approx(27.50, abs=0.03)
    assert residual == pytest.approx(13.75, abs=0.03)
    assert round(regression / (regression + residual), 2) == 0.67


def test_the_four_shapes_differ():
    """Noise, an exact parabola, a line with one outlier, and a column of equal x with one point aside."""
    x, y = load_anscombe()
    left_over = [np.polyfit(x[k], y[k], 2, full=True)[1].sum() for k in (0, 1)]
    without_outlier = np.delete(np.arange(11), np.argmax(y[2]))

    line = np.polyfit(x[2][without_outlier], y[2][without_outlier], 1, full=True)[1]

    assert left_over[0] > 10
    assert left_over[1] < 1e-4
    assert line.sum() < 1e-3
    assert sorted(x[3]) == [8.0] * 10 + [19.0]


def test_the_first_three_sets_share_their_x():
    x, _ = load_anscombe()

    np.testing.assert_array_equal(x[0], [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5])
    np.testing.assert_array_equal(x[:3], np.stack([x[0]] * 3))


def test_every_call_returns_fresh_arrays_that_share_nothing():
    first = load_anscombe()
    first.x[:] = 0.0
    first.y[:] = 0.0

    again = load_anscombe()

    assert again.x.sum() == 4 * 99.0
    assert again.y.sum() == pytest.approx(4 * 82.5, abs=0.1)
    assert again.x.base is None or not np.shares_memory(again.x, again.y)
    assert (again.x.shape, again.y.shape) == ((4, 11), (4, 11))
    assert again.x.dtype == np.float64
    assert again.y.dtype == np.float64
