"""bfgs: exact on quadratics, superlinear, the textbook's matrices, and what happens without curvature."""

import importlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize, rosen, rosen_der

from mlmath.optim import backtracking, bfgs, wolfe
from mlmath.optim.bfgs import updated_inverse
from mlmath.optim.line_search import LineStep

seeds = st.integers(0, 2**32 - 1)


def square(x):
    return x @ x


def random_quadratic(seed, n=5):
    rng = np.random.default_rng(seed)
    basis, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = basis * rng.uniform(0.5, 20, n) @ basis.T
    return (A + A.T) / 2, rng.normal(size=n)


def exact_search(A):
    """The step to the minimum of x^T A x / 2 along a direction, in closed form."""

    def search(loss, gradient, point, direction, *, first_step=1.0, here=None):
        step = -(here[1] @ direction) / (direction @ A @ direction)
        there = point + step * direction
        return LineStep(step, there, loss(there), gradient(there), 1, 1, satisfied=True)

    return search


@given(seed=seeds)
def test_with_exact_line_searches_a_quadratic_takes_n_steps(seed):
    A, start = random_quadratic(seed)

    path = bfgs(lambda x: x @ A @ x / 2, lambda x: A @ x, start, line_search=exact_search(A), steps=5, tolerance=0.0)

    np.testing.assert_allclose(path.result, 0.0, atol=1e-8)
    assert path.gradient_norms[3] > 1e-6  # and not fewer


@given(seed=seeds)
def test_with_exact_line_searches_on_a_quadratic_it_is_the_method_of_conjugate_gradients(seed):
    """The same points, from a recurrence without any matrix but A (Nocedal & Wright, theorem 6.4)."""
    A, x = random_quadratic(seed)

    path = bfgs(lambda x: x @ A @ x / 2, lambda x: A @ x, x, line_search=exact_search(A), steps=4, tolerance=0.0)

    r = d = -A @ x
    expected = [x]
    for _ in range(4):
        step = r @ r / (d @ A @ d)
        x, new = x + step * d, r - step * (A @ d)
        r, d = new, new + (new @ new) / (r @ r) * d
        expected.append(x)
    np.testing.assert_allclose(path.points, expected, atol=1e-7)


@given(seed=seeds)
def test_an_update_is_the_textbooks_product_and_maps_y_to_s(seed):
    rng = np.random.default_rng(seed)
    root, s = rng.normal(size=(4, 4)), rng.normal(size=4)
    H, y = root @ root.T + np.eye(4), s + 0.3 * rng.normal(size=4)

    updated: Any = updated_inverse(H, s, y)

    if s @ y > 0:
        V = np.eye(4) - np.outer(y, s) / (y @ s)
        np.testing.assert_allclose(updated, V.T @ H @ V + np.outer(s, s) / (y @ s), rtol=1e-7, atol=1e-7)
        np.testing.assert_allclose(updated @ y, s, rtol=1e-6, atol=1e-6)
        np.testing.assert_array_equal(updated, updated.T)
    else:
        assert updated is H


def test_the_first_matrix_is_scaled_to_the_curvature_that_was_met():
    s, y = np.array([1.0, 0.0]), np.array([4.0, 0.0])

    first: Any = updated_inverse(None, s, y)

    np.testing.assert_allclose(first, np.eye(2) / 4)


def test_tiny_steps_teach_as_much_as_others():
    tiny = np.array([1e-100, 0.0])

    updated: Any = updated_inverse(None, tiny, tiny)

    np.testing.assert_allclose(updated, np.eye(2))


@pytest.mark.parametrize("y", [[0.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [1e-17, 1.0]])
def test_without_curvature_along_the_step_the_matrix_stays(y):
    H = 2 * np.eye(2)

    assert updated_inverse(H, np.array([1.0, 0.0]), np.array(y)) is H
    assert updated_inverse(None, np.array([1.0, 0.0]), np.array(y)) is None


@pytest.mark.parametrize("line_search", ["wolfe", "backtracking", wolfe, backtracking])
@pytest.mark.parametrize("n", [2, 10])
def test_it_finds_the_end_of_rosenbrocks_valley_as_scipy_does(line_search, n):
    start = np.linspace(-0.5, 0.5, n)

    path = bfgs(rosen, rosen_der, start, line_search=line_search)

    theirs = minimize(rosen, start, jac=rosen_der, method="BFGS", options={"gtol": 1e-8})
    np.testing.assert_allclose(path.result, theirs.x, atol=1e-6)
    assert path.stop_reason == "the gradient norm reached the tolerance"
    assert len(path.points) < 1.5 * theirs.nit
    assert np.all(np.diff(path.losses) < 0)


def test_it_converges_faster_than_any_fixed_rate():
    """The ratio of one error to the last falls below a thousandth, at steps that are full in the end."""
    path = bfgs(rosen, rosen_der, [-1.2, 1.0], tolerance=1e-12)

    errors = np.linalg.norm(path.points - 1, axis=1)
    ratios = errors[1:] / errors[:-1]
    assert np.all(ratios[-4:] < 0.5)
    assert ratios[-4:].min() < 0.02


def test_losses_and_gradients_are_those_at_the_points():
    path = bfgs(rosen, rosen_der, [-1.2, 1.0])

    np.testing.assert_array_equal(path.losses, [rosen(x) for x in path.points])
    np.testing.assert_allclose(path.gradient_norms, [np.sqrt(np.sum(rosen_der(x) ** 2)) for x in path.points])


def test_nothing_is_measured_twice():
    seen = []

    def loss(x):
        seen.append(tuple(x))
        return rosen(x)

    bfgs(loss, rosen_der, [-1.2, 1.0])

    assert len(seen) == len(set(seen))


def test_the_first_trial_goes_a_distance_of_one_at_most():
    seen = []

    def loss(x):
        seen.append(x[0])
        return 1e6 * x[0] ** 2

    bfgs(loss, lambda x: 2e6 * x, [3.0], steps=1)
    flat = bfgs(lambda x: 0.1 * x[0] ** 2, lambda x: 0.2 * x, [3.0], steps=1, line_search="backtracking")

    assert seen[:2] == pytest.approx([3.0, 2.0])
    assert flat.result == pytest.approx(3.0 - 0.6)


def test_backtracking_over_a_hump_leaves_the_update_out():
    """On cos(x) between 0 and pi the curvature is negative at first; the matrix waits for a positive one."""
    path = bfgs(lambda x: np.cos(x[0]), lambda x: -np.sin(x), [0.3], line_search="backtracking")

    assert np.cos(path.points[1, 0]) > 0  # the first step ended on the hump
    assert path.losses[-1] == pytest.approx(-1.0, abs=1e-12)


def test_it_stops_at_the_first_point_within_the_tolerance():
    whole = bfgs(rosen, rosen_der, [-1.2, 1.0])

    path = bfgs(rosen, rosen_der, [-1.2, 1.0], tolerance=whole.gradient_norms[-2])

    np.testing.assert_array_equal(path.points, whole.points[:-1])
    assert path.stop_reason == "the gradient norm reached the tolerance"


def test_by_default_it_stops_at_a_gradient_of_1e_8_or_after_200_steps():
    reached = bfgs(rosen, rosen_der, [-1.2, 1.0])
    stopped = bfgs(lambda x: -x[0], lambda _: -np.ones(1), [0.0], line_search="backtracking")

    assert reached.gradient_norms[-1] <= 1e-8 < reached.gradient_norms[-2]
    assert len(stopped.points) == 201
    assert stopped.stop_reason == "all steps were taken"


@pytest.mark.parametrize("spoilt", [-np.eye(2), np.zeros((2, 2))])
def test_a_matrix_that_rounding_has_spoilt_ends_the_walk(monkeypatch, spoilt):
    monkeypatch.setattr(importlib.import_module("mlmath.optim.bfgs"), "updated_inverse", lambda *_: spoilt)

    path = bfgs(lambda x: 1e-4 * rosen(x), lambda x: 1e-4 * rosen_der(x), [-1.2, 1.0])

    assert len(path.points) == 2
    assert path.stop_reason == "the line search found no lower loss"


def test_it_takes_exactly_the_steps_it_was_given():
    path = bfgs(rosen, rosen_der, [-1.2, 1.0], steps=3)

    assert (path.points.shape, path.losses.shape, path.gradient_norms.shape) == ((4, 2), (4,), (4,))


def test_no_steps_return_the_start_alone():
    path = bfgs(rosen, rosen_der, [-1.2, 1.0], steps=0)

    np.testing.assert_array_equal(path.points, [[-1.2, 1.0]])
    assert path.stop_reason == "all steps were taken"


def test_a_wrong_gradient_stops_the_line_search_and_so_the_walk():
    path = bfgs(lambda x: float(1 + x @ x), lambda _: -np.ones(2), [0.0, 0.0])

    assert path.stop_reason == "the line search found no lower loss"
    np.testing.assert_array_equal(path.points, [[0.0, 0.0]])


def test_a_loss_that_is_not_finite_beyond_an_edge_is_stayed_away_from():
    """x - log(x) exists only above 0."""
    path = bfgs(lambda x: x[0] - np.log(x[0]), lambda x: 1 - 1 / x, [0.01])

    np.testing.assert_allclose(path.result, [1.0], rtol=1e-7)


def test_functions_that_scribble_change_nothing():
    start = np.array([3.0, 1.0])

    def loss(x):
        value = x @ x
        x.fill(0.0)
        return value

    def gradient(x):
        x *= 2
        return x

    path = bfgs(loss, gradient, start)

    np.testing.assert_array_equal(path.points, bfgs(square, lambda x: 2 * x, start).points)
    np.testing.assert_array_equal(start, [3.0, 1.0])


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"start": [np.nan]}, "start must be finite"),
        ({"steps": -1}, "steps must be at least 0"),
        ({"tolerance": -1.0}, "tolerance must not be negative"),
        ({"line_search": "exact"}, "line_search must be 'full' or 'backtracking' or 'wolfe', got 'exact'"),
        ({"loss": lambda _: np.nan}, "the loss at start must be finite, got nan"),
        ({"loss": lambda x: x}, r"loss must return one number, got shape \(1,\)"),
        ({"gradient": lambda _: np.ones(3)}, r"gradient must return shape \(1,\), like start"),
    ],
)
def test_errors_name_the_argument(knobs, message):
    arguments = {"loss": square, "gradient": lambda x: 2 * x, "start": [1.0], **knobs}

    with pytest.raises(ValueError, match=message):
        bfgs(**arguments)


def test_a_loss_without_a_minimum_diverges_with_advice():
    with pytest.raises(FloatingPointError, match=r"diverged at step \d+, where .*: try a start closer to the minimum"):
        bfgs(lambda x: -(x[0] ** 20), lambda x: -20 * x**19, [1.0])
