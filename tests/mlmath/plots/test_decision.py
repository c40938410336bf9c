"""plot_decision_boundary: the plane as the classifier sees it, the examples as they are."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from mlmath.plots import plot_decision_boundary

X = np.array([[0.0, 0.0], [4.0, 1.0], [3.0, 5.0], [1.0, 2.0]])
LABELS = np.array([0, 1, 1, 0])


def legend_names(ax):
    legend = ax.get_legend()
    return legend and [text.get_text() for text in legend.get_texts()]


def tints(ax):
    """Colour and outline of every tinted region."""
    filled = [collection for collection in ax.collections if len(collection.get_facecolor())]
    return [(to_rgb(region.get_facecolor()[0]), region.get_paths()[0]) for region in filled]


def outlines(ax):
    return [collection for collection in ax.collections if not len(collection.get_facecolor())]


def test_the_boundary_lies_where_the_prediction_changes_to_one_grid_step():
    ax = plot_decision_boundary(lambda X: X[:, 0] > 2.3, X, LABELS)

    (outline,) = outlines(ax)
    x, y = outline.get_paths()[0].vertices.T
    np.testing.assert_allclose(x, 2.3, atol=4.8 / 200)
    np.testing.assert_allclose([y.min(), y.max()], [-0.5, 5.5])


def test_a_region_has_the_colour_of_its_examples():
    ax = plot_decision_boundary(lambda X: X[:, 0] + X[:, 1] > 4, X, LABELS)

    for k, (color, region) in enumerate(tints(ax)):
        assert color == to_rgb(ax.lines[k].get_color())
        assert region.contains_points(X[k == LABELS]).all()
        assert not region.contains_points(X[k != LABELS]).any()


def test_regions_without_examples_and_examples_without_regions_are_drawn_too():
    ax = plot_decision_boundary(lambda X: np.full(len(X), 2), X, LABELS, points=5)

    ((color, region),) = tints(ax)
    assert outlines(ax) == []
    assert [line.get_label() for line in ax.lines] == ["class 0", "class 1"]
    assert color not in [to_rgb(line.get_color()) for line in ax.lines]
    assert region.contains_points(X).all()


def test_every_boundary_between_three_classes_is_drawn():
    centers = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 4.0]])

    ax = plot_decision_boundary(
        lambda X: ((X[:, np.newaxis] - centers) ** 2).sum(axis=-1).argmin(axis=1), centers, [0, 1, 2]
    )

    drawn = np.concatenate([outline.get_paths()[0].vertices for outline in outlines(ax)])
    distances = np.sort(np.linalg.norm(drawn[:, np.newaxis] - centers, axis=-1), axis=1)
    np.testing.assert_allclose(distances[:, 0], distances[:, 1], atol=0.05)
    for pair in ([2.0, 0.0], [1.0, 2.0], [3.0, 2.0]):
        assert np.linalg.norm(drawn - pair, axis=1).min() < 0.05
    assert len(tints(ax)) == 3


def test_examples_are_markers_one_shape_per_class_named_in_the_legend():
    ax = plot_decision_boundary(lambda X: X[:, 0] > 2, X, [0, 6, 6, 2], points=5)

    assert [line.get_label() for line in ax.lines] == ["class 0", "class 2", "class 6"]
    np.testing.assert_array_equal(ax.lines[2].get_xydata(), X[1:3])
    assert [line.get_marker() for line in ax.lines] == ["o", "^", "o"]
    assert {line.get_linestyle() for line in ax.lines} == {"None"}
    assert legend_names(ax) == ["class 0", "class 2", "class 6"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")


@pytest.mark.parametrize("points", [2, 7])
def test_the_grid_reaches_a_tenth_beyond_the_examples_in_one_call(points):
    seen = []

    def predict(grid):
        seen.append(grid)
        return grid[:, 0] > 2

    plot_decision_boundary(predict, X, LABELS, points=points)

    (grid,) = seen
    assert len(np.unique(grid, axis=0)) == points**2
    np.testing.assert_allclose([grid.min(axis=0), grid.max(axis=0)], [[-0.4, -0.5], [4.4, 5.5]])
    assert sorted(np.unique(grid[:, 0])) == pytest.approx(np.linspace(-0.4, 4.4, points))


@pytest.mark.parametrize(("at", "reach"), [(0.0, 1.0), (5.0, 1.0), (1000.0, 100.0), (-1000.0, 100.0)])
def test_a_column_without_spread_still_gets_a_width(at, reach):
    seen = []

    def predict(grid):
        seen.append(grid)
        return grid[:, 1] > 0

    plot_decision_boundary(predict, [[at, 0.0], [at, 1.0]], [0, 1], points=3)

    np.testing.assert_allclose(np.unique(seen[0][:, 0]), [at - reach, at, at + reach])


@pytest.mark.parametrize(
    ("predict", "X", "labels", "message"),
    [
        (lambda X: X[:, 0] > 1, [[1.0, 2.0, 3.0]], [0], "X must have two columns, got 3: choose two features"),
        (lambda X: X[:, 0] > 1, [1.0, 2.0], [0, 1], r"X must have shape \(rows, columns\)"),
        (lambda X: X[:, 0] > 1, X, [0, 1], "X and labels must have one entry per example, got 4 and 2"),
        (lambda X: X[:, 0] > 1, X, [0, 1, 0.5, 1], "labels must hold class numbers 0, 1, .* got 0.5"),
        (lambda X: X[:, 0] / 10, X, LABELS, r"predict\(X\) must hold class numbers 0, 1, .* got -0.04"),
        (lambda _: [0, 1], X, LABELS, "predict must return one class per point, got 2 for 25 points"),
    ],
)
def test_errors_name_the_argument(predict, X, labels, message):
    with pytest.raises(ValueError, match=message):
        plot_decision_boundary(predict, X, labels, points=5)


def test_the_number_of_points_is_checked():
    with pytest.raises(ValueError, match="points must be at least 2, got 1"):
        plot_decision_boundary(lambda X: X[:, 0] > 1, X, LABELS, points=1)
