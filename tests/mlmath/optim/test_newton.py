"""newton: one step on quadratics, order two, the same walk in all coordinates, and Hessians without a minimum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import rosen, rosen_der, rosen_hess

from mlmath.optim import newton

seeds = st.integers(0, 2**32 - 1)


def square(x):
    return x @ x


def soft_bowl(x):
    """A convex loss that is no quadratic: log(1 + e^x) terms and squares."""
    return np.sum(np.logaddexp(0, 3 * x)) + x @ x / 2 + (x[0] - x[1]) ** 2


def soft_slope(x):
    return 3 / (1 + np.exp(-3 * x)) + x + 2 * (x[0] - x[1]) * np.array([1.0, -1.0])


def soft_hessian(x):
    p = 1 / (1 + np.exp(-3 * x))
    return np.diag(9 * p * (1 - p) + 1) + 2 * np.array([[1.0, -1.0], [-1.0, 1.0]])


@given(seed=seeds)
def test_a_quadratic_takes_one_step(seed):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(4, 4))
    A, minimum = root @ root.T + np.eye(4), rng.normal(size=4)

    path = newton(
        lambda x: float((x - minimum) @ A @ (x - minimum) / 2),
        lambda x: A @ (x - minimum),
        lambda _: A,
        rng.normal(size=4),
        steps=1,
    )

    np.testing.assert_allclose(path.result, minimum, atol=1e-10)


def test_the_error_is_squared_and_divided_by_the_ratio_of_the_derivatives():
    """For e^x - 2x the errors obey e' = f''' / (2 f'') e^2 = e^2 / 2 in the limit: order 2 and its constant."""
    path = newton(
        lambda x: np.exp(x[0]) - 2 * x[0], lambda x: np.exp(x) - 2, lambda x: np.diag(np.exp(x)), [0.8], steps=3
    )

    errors = path.points[:, 0] - np.log(2)
    np.testing.assert_allclose(errors[1:] / errors[:-1] ** 2, 1 / 2, rtol=0.05)
    assert errors[3] / errors[2] ** 2 == pytest.approx(1 / 2, rel=1e-3)


@given(seed=seeds)
def test_the_walk_is_the_same_one_in_all_coordinates(seed):
    """Points of the walk over loss(T u), mapped by T, are the points of the walk over loss(x)."""
    rng = np.random.default_rng(seed)
    T, start = rng.normal(size=(2, 2)) + 3 * np.eye(2), rng.normal(size=2)
    path = newton(soft_bowl, soft_slope, soft_hessian, start, steps=4, tolerance=0.0)

    in_u = newton(
        lambda u: soft_bowl(T @ u),
        lambda u: T.T @ soft_slope(T @ u),
        lambda u: T.T @ soft_hessian(T @ u) @ T,
        np.linalg.solve(T, start),
        steps=4,
        tolerance=0.0,
    )

    np.testing.assert_allclose(in_u.points @ T.T, path.points, atol=1e-9)


@pytest.mark.parametrize("unit", [1e-100, 1e-8, 1e8, 1e100])
def test_units_do_not_matter_even_to_rounding(unit):
    T = np.array([1.0, unit])

    path = newton(
        lambda u: soft_bowl(T * u),
        lambda u: T * soft_slope(T * u),
        lambda u: soft_hessian(T * u) * np.outer(T, T),
        [1.0, -0.5 / unit],
        steps=4,
        tolerance=0.0,
    )

    expected = newton(soft_bowl, soft_slope, soft_hessian, [1.0, -0.5], steps=4, tolerance=0.0)
    np.testing.assert_allclose(path.points * T, expected.points, rtol=1e-9, atol=1e-15)


def test_it_agrees_with_a_plain_loop():
    path = newton(rosen, rosen_der, rosen_hess, [-1.2, 1.0], steps=5, tolerance=0.0)

    x = np.array([-1.2, 1.0])
    expected = [x]
    for _ in range(5):
        x = x - np.linalg.inv(rosen_hess(x)) @ rosen_der(x)
        expected.append(x)
    np.testing.assert_allclose(path.points, expected, rtol=1e-8)
    np.testing.assert_allclose(path.losses, [rosen(x) for x in expected], rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(path.gradient_norms, [np.hypot(*rosen_der(x)) for x in expected], rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("line_search", ["full", "backtracking", "wolfe"])
def test_it_finds_the_end_of_rosenbrocks_valley(line_search):
    path = newton(rosen, rosen_der, rosen_hess, [-1.2, 1.0], line_search=line_search)

    np.testing.assert_allclose(path.result, [1.0, 1.0], rtol=1e-8)
    assert path.stop_reason == "the gradient norm reached the tolerance"
    assert np.all(np.diff(path.losses) < 0) == (line_search != "full")


def test_full_steps_overshoot_where_backtracking_does_not():
    """sqrt(1 + x^2) from 2: Newton's step leads to -x^3, each time farther away."""

    def loss(x):
        return np.sqrt(1 + x[0] ** 2)

    def slope(x):
        return x / np.sqrt(1 + x**2)

    def bend(x):
        return np.diag((1 + x**2) ** -1.5)

    full = newton(loss, slope, bend, [2.0], steps=2)
    searched = newton(loss, slope, bend, [2.0], line_search="backtracking")

    np.testing.assert_allclose(full.points[:, 0], [2.0, -8.0, 512.0])
    assert searched.result[0] == pytest.approx(0.0, abs=1e-8)


def test_it_takes_exactly_the_steps_it_was_given():
    path = newton(rosen, rosen_der, rosen_hess, [-1.2, 1.0], steps=2)

    assert (path.points.shape, path.losses.shape, path.gradient_norms.shape) == ((3, 2), (3,), (3,))
    assert path.stop_reason == "all steps were taken"


def test_by_default_it_stops_at_a_gradient_of_1e_8_or_after_50_steps():
    """On x^4 / 4 each step takes a third off: from 1 the gradient x^3 is below 1e-8 after 16 steps."""
    quartic = (lambda x: x[0] ** 4 / 4, lambda x: x**3, lambda x: np.diag(3 * x**2))

    path = newton(*quartic, [1.0])

    np.testing.assert_allclose(path.points[:, 0], (2 / 3) ** np.arange(17))
    assert len(newton(*quartic, [1.0], tolerance=0.0).points) == 51


def test_a_gradient_at_the_tolerance_is_within_it():
    path = newton(square, lambda x: 2 * x, lambda _: 2 * np.eye(1), [1.0], tolerance=2.0)

    assert len(path.points) == 1


def test_a_wrong_gradient_stops_the_line_search_and_so_the_walk():
    path = newton(lambda x: x[0] ** 2, lambda x: x - 5, lambda _: np.eye(1), [1e-9], line_search="backtracking")

    assert path.stop_reason == "the line search found no lower loss"
    assert len(path.points) == 1


def test_a_hessian_measured_with_noise_is_made_symmetric():
    noise = np.array([[0.0, 1e-5], [0.0, 0.0]])

    path = newton(soft_bowl, soft_slope, lambda x: soft_hessian(x) + noise, [1.0, -1.0], steps=1)
    other = newton(soft_bowl, soft_slope, lambda x: soft_hessian(x) + noise.T, [1.0, -1.0], steps=1)

    np.testing.assert_array_equal(path.points, other.points)


@pytest.mark.parametrize("line_search", ["full", "backtracking", "wolfe"])
def test_nothing_is_measured_twice(line_search):
    seen = []

    def loss(x):
        seen.append(tuple(x))
        return rosen(x)

    newton(loss, rosen_der, rosen_hess, [-1.2, 1.0], line_search=line_search)

    assert len(seen) == len(set(seen))


def test_functions_that_scribble_change_nothing():
    start = np.array([1.0])

    def slope(x):
        x *= 2
        return x

    def bend(x):
        x.fill(9.0)
        return [[2.0]]

    path = newton(square, slope, bend, start, steps=3)

    np.testing.assert_array_equal(path.points, [[1.0], [0.0]])
    np.testing.assert_array_equal(start, [1.0])


@pytest.mark.parametrize(
    ("matrix", "smallest"),
    [
        ([[1.0, 0.0], [0.0, -2.0]], "-2"),
        ([[-3.0, 0.0], [0.0, -2.0]], "-3"),
        ([[0.0, 0.0], [0.0, 2.0]], "0"),
        ([[0.0, 1.0], [1.0, 0.0]], "-1"),
        ([[1.0, 2.0], [2.0, 1.0]], "-1"),
        ([[1.0, 1.0], [1.0, 1.0]], ".*"),
        ([[1.0, 1.0], [1.0, 1.0 + 2.3e-16]], ".*"),
    ],
)
def test_a_hessian_without_a_minimum_is_refused_with_its_smallest_eigenvalue(matrix, smallest):
    message = f"the Hessian is not positive definite at step 0: its smallest eigenvalue is {smallest}; "
    message += "try another start, or bfgs, which needs no Hessian"
    with pytest.raises(ValueError, match=message):
        newton(lambda _: 0.0, lambda _: np.ones(2), lambda _: np.array(matrix), [0.0, 0.0])


def test_a_pivot_at_the_bound_of_rounding_is_refused():
    """The second pivot is 1 - (1 - 2 eps)^2: rounded 4 eps, which is n eps."""
    A = np.eye(4)
    A[0, 1] = A[1, 0] = 1 - 2 * np.finfo(float).eps

    with pytest.raises(ValueError, match="not positive definite at step 0"):
        newton(lambda _: 0.0, lambda _: np.ones(4), lambda _: A, np.zeros(4))


def test_where_numpy_gives_nan_in_place_of_an_error_a_saddle_is_refused_all_the_same(monkeypatch):
    monkeypatch.setattr(np.linalg, "cholesky", lambda matrix: np.full_like(matrix, np.nan))  # as in a browser

    with pytest.raises(ValueError, match="not positive definite at step 0: its smallest eigenvalue is -2"):
        newton(lambda _: 0.0, lambda _: np.ones(2), lambda _: np.diag([1.0, -2.0]), [0.0, 0.0])


def test_a_thousandth_of_the_largest_entry_is_still_noise():
    path = newton(square, lambda x: x, lambda _: np.array([[1.0, 1e-3], [0.0, 1.0]]), [1.0, 1.0], steps=1)

    np.testing.assert_allclose(path.result, 1 - 1 / 1.0005)


def test_a_saddle_is_refused_at_the_step_where_it_is_met():
    with pytest.raises(ValueError, match=r"not positive definite at step 1: its smallest eigenvalue is -2\.5"):
        newton(lambda _: 0.0, lambda _: np.ones(1), lambda x: np.array([[1.0 + 3.5 * x[0]]]), [0.0])


def test_a_nearly_singular_hessian_that_still_has_digits_is_solved():
    A = np.array([[1.0, 1.0], [1.0, 1.0 + 1e-13]])

    path = newton(lambda x: float(x @ A @ x / 2), lambda x: A @ x, lambda _: A, [1.0, 2.0], steps=1)

    np.testing.assert_allclose(path.result, [0.0, 0.0], atol=0.1)


@pytest.mark.parametrize(
    ("hessian", "message"),
    [
        (lambda _: np.eye(3), r"hessian must return shape \(2, 2\), got shape \(3, 3\)"),
        (lambda _: 1.0, r"hessian must return shape \(2, 2\), got shape \(\)"),
        (lambda _: "flat", r"hessian\(point\) must hold real numbers, got 'flat'"),
        (lambda _: np.full((2, 2), np.nan), r"the hessian at start must be finite, got \[\[nan nan\]"),
        (lambda _: [[1, 0.5], [0, 1]], r"symmetric matrix, but two mirrored entries differ by 0\.5"),
        (lambda _: [[1e6, 2e3], [0, 1e6]], r"symmetric matrix, but two mirrored entries differ by 2e\+03"),
        (lambda _: [[1e-6, 2e-9], [0, 1e-6]], r"symmetric matrix, but two mirrored entries differ by 2e-09"),
    ],
)
def test_hessians_that_are_none_are_refused(hessian, message):
    with pytest.raises(ValueError, match=message):
        newton(soft_bowl, soft_slope, hessian, [1.0, -1.0])


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"start": [np.nan, 1.0]}, "start must be finite"),
        ({"steps": -1}, "steps must be at least 0"),
        ({"tolerance": -1.0}, "tolerance must not be negative"),
        ({"line_search": "exact"}, "line_search must be 'full' or 'backtracking' or 'wolfe', got 'exact'"),
        ({"loss": lambda _: np.nan}, "the loss at start must be finite, got nan"),
        ({"gradient": lambda _: np.ones(3)}, r"gradient must return shape \(2,\), like start"),
    ],
)
def test_errors_name_the_argument(knobs, message):
    arguments = {"loss": soft_bowl, "gradient": soft_slope, "hessian": soft_hessian, "start": [1.0, -1.0], **knobs}

    with pytest.raises(ValueError, match=message):
        newton(**arguments)


def test_divergence_names_the_step_and_the_cure():
    with pytest.raises(FloatingPointError) as info:
        newton(lambda x: np.log(x[0]), lambda _: np.full(1, 2.0), lambda _: np.eye(1), [1.0])

    assert str(info.value) == (
        "diverged at step 1, where the loss is nan: try a start closer to the minimum, or line_search='backtracking'"
    )
