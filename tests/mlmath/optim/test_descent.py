"""gradient_descent: the update, the law of two over L, stopping, and how it reports trouble."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath.optim import gradient_descent

seeds = st.integers(0, 2**32 - 1)


def square(x):
    return x @ x


def twice(x):
    return 2 * x


def random_bowl(seed):
    """A quadratic x^T A x / 2 with its largest curvature and a start."""
    rng = np.random.default_rng(seed)
    n = rng.integers(2, 6)
    curvatures = rng.uniform(0.1, 10, n)
    basis, _ = np.linalg.qr(rng.normal(size=(n, n)))
    return basis * curvatures @ basis.T, curvatures.max(), rng.normal(size=n)


@given(seed=seeds)
def test_the_points_on_a_bowl_are_powers_of_a_matrix(seed):
    """x_k = (I - rate * A)^k x_0: the whole walk in closed form."""
    A, L, start = random_bowl(seed)

    path = gradient_descent(lambda x: x @ A @ x / 2, lambda x: A @ x, start, learning_rate=1 / L, steps=5)

    one_step = np.eye(len(start)) - A / L
    expected = [np.linalg.matrix_power(one_step, k) @ start for k in range(6)]
    np.testing.assert_allclose(path.points, expected, atol=1e-12)
    np.testing.assert_allclose(path.losses, [x @ A @ x / 2 for x in expected], atol=1e-12)
    np.testing.assert_allclose(path.gradient_norms, [np.sqrt(np.sum((A @ x) ** 2)) for x in expected], atol=1e-12)


@given(seed=seeds)
def test_below_two_over_l_it_shrinks_and_above_it_grows(seed):
    A, L, start = random_bowl(seed)

    def final_length(rate):
        path = gradient_descent(lambda x: x @ A @ x, lambda x: A @ x, start, learning_rate=rate, steps=300)
        return np.linalg.norm(path.result)

    assert final_length(1.95 / L) < np.linalg.norm(start) < final_length(2.5 / L)


def test_a_walk_on_a_curved_valley_agrees_with_a_plain_loop():
    """Rosenbrock's function, its gradient written out, with numbers instead of arrays."""
    loss = lambda v: (1 - v[0]) ** 2 + 100 * (v[1] - v[0] ** 2) ** 2  # noqa: E731
    slope = lambda v: np.array([-2 * (1 - v[0]) - 400 * v[0] * (v[1] - v[0] ** 2), 200 * (v[1] - v[0] ** 2)])  # noqa: E731

    path = gradient_descent(loss, slope, [-1.2, 1.0], learning_rate=1e-3, steps=100)

    x, y, expected = -1.2, 1.0, []
    for _ in range(101):
        expected.append((x, y))
        along_x, along_y = -2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)
        x, y = x - 0.001 * along_x, y - 0.001 * along_y
    np.testing.assert_allclose(path.points, expected, rtol=1e-9)


def test_it_takes_exactly_the_steps_it_was_given():
    path = gradient_descent(square, twice, [1.0], learning_rate=0.1, steps=7)

    assert (path.points.shape, path.losses.shape, path.gradient_norms.shape) == ((8, 1), (8,), (8,))
    assert path.stop_reason == "all steps were taken"


def test_no_steps_return_the_start_alone():
    path = gradient_descent(square, twice, [3.0, 4.0], learning_rate=0.1, steps=0)

    np.testing.assert_array_equal(path.points, [[3.0, 4.0]])
    np.testing.assert_array_equal(path.losses, [25.0])
    np.testing.assert_array_equal(path.gradient_norms, [10.0])
    assert path.stop_reason == "all steps were taken"


def test_it_stops_at_the_first_point_within_the_tolerance():
    """Halving each time, the gradient is 8, 4, 2, 1: equal to the tolerance is within it."""
    path = gradient_descent(square, twice, [4.0], learning_rate=0.25, steps=100, tolerance=2.0)

    np.testing.assert_array_equal(path.points, [[4.0], [2.0], [1.0]])
    assert path.stop_reason == "the gradient norm reached the tolerance"


def test_by_default_it_stops_only_where_the_gradient_vanishes():
    path = gradient_descent(square, twice, [1.0], learning_rate=0.5, steps=100)

    np.testing.assert_array_equal(path.points, [[1.0], [0.0]])
    assert path.stop_reason == "the gradient norm reached the tolerance"


def test_a_loss_that_scribbles_on_its_argument_changes_nothing():
    start = np.array([3.0, 1.0])

    def scribbling_loss(x):
        x.fill(0.0)
        return 1.0

    def scribbling_gradient(x):
        x.sort()
        return np.ones(2)

    path = gradient_descent(scribbling_loss, scribbling_gradient, start, learning_rate=1.0, steps=1)

    np.testing.assert_array_equal(path.points, [[3.0, 1.0], [2.0, 0.0]])
    np.testing.assert_array_equal(start, [3.0, 1.0])


def test_the_result_is_a_copy_of_the_last_point():
    path = gradient_descent(square, twice, [1.0], learning_rate=0.25, steps=1)

    path.result[0] = 9.0

    np.testing.assert_array_equal(path.result, [0.5])
    np.testing.assert_array_equal(path.points, [[1.0], [0.5]])


def test_divergence_names_the_step_and_the_rate():
    """The length grows a million times a step: at step 26 its square passes 1e308."""
    with pytest.raises(FloatingPointError) as info:
        gradient_descent(square, twice, [1.0], learning_rate=5e5 + 0.5, steps=100)

    assert str(info.value) == (
        "diverged at step 26, where the loss is inf: the learning_rate was 500000.5, try a smaller one"
    )


@pytest.mark.parametrize(
    ("loss", "gradient", "start", "message"),
    [
        (lambda _: 0.0, lambda x: x**3, [1e40], "diverged at step 1, where the gradient norm is inf"),
        (lambda _: 0.0, lambda _: np.full(1, -1e150), [0.0], "diverged at step 2, where the point is"),
        (lambda x: np.log(x[0]), lambda _: np.ones(1), [1.0], "diverged at step 1, where the loss is nan"),
    ],
)
def test_whatever_stops_being_finite_is_named(loss, gradient, start, message):
    with pytest.raises(FloatingPointError, match=message):
        gradient_descent(loss, gradient, start, learning_rate=1e158, steps=3)


@pytest.mark.parametrize(
    ("loss", "gradient", "message"),
    [
        (lambda x: np.log(x[0]), lambda x: 1 / x, "the loss at start must be finite, got -inf: try another start"),
        (lambda _: 0.0, lambda x: 1 / x, "the gradient norm at start must be finite, got inf: try another start"),
        (lambda _: 0.0, lambda x: x + 1e200, "the gradient norm at start must be finite, got inf"),
        (lambda x: x, lambda x: x, r"loss must return one number, got shape \(1,\)"),
        (lambda _: None, lambda x: x, r"loss\(point\) must hold real numbers, got None"),
        (lambda _: 0.0, lambda _: 1.0, r"gradient must return shape \(1,\), like start, got shape \(\)"),
        (lambda _: 0.0, lambda _: [[1.0]], r"gradient must return shape \(1,\), like start, got shape \(1, 1\)"),
        (lambda _: 0.0, lambda _: "up", r"gradient\(point\) must hold real numbers, got 'up'"),
    ],
)
def test_functions_that_return_the_wrong_thing_are_refused(loss, gradient, message):
    with pytest.raises(ValueError, match=message):
        gradient_descent(loss, gradient, [0.0], learning_rate=0.1, steps=3)


@pytest.mark.parametrize(
    ("start", "knobs", "message"),
    [
        ([[1.0]], {}, r"start must have shape \(n,\), got shape \(1, 1\)"),
        ([1.0], {"learning_rate": 0.0}, r"learning_rate must be positive, got 0\.0"),
        ([1.0], {"steps": -1}, "steps must be at least 0, got -1"),
        ([1.0], {"tolerance": -1e-3}, r"tolerance must not be negative, got -0\.001"),
    ],
)
def test_errors_name_the_argument(start, knobs, message):
    with pytest.raises(ValueError, match=message):
        gradient_descent(square, twice, start, **{"learning_rate": 0.1, "steps": 3, **knobs})


@pytest.mark.parametrize("steps", [3.0])
def test_steps_that_are_no_integer_are_refused(steps):
    with pytest.raises(TypeError, match=r"steps must be an integer, got 3\.0"):
        gradient_descent(square, twice, [1.0], learning_rate=0.1, steps=steps)


@given(seed=seeds, share=st.floats(0.01, 2.5))
def test_each_eigen_component_shrinks_by_one_minus_rate_times_curvature(seed, share):
    A, L, start = random_bowl(seed)
    curvatures, basis = np.linalg.eigh(A)

    path = gradient_descent(lambda x: x @ A @ x / 2, lambda x: A @ x, start, learning_rate=share / L, steps=6)

    components = path.points @ basis
    np.testing.assert_allclose(components[1:], components[:-1] * (1 - share / L * curvatures), atol=1e-10)


@pytest.mark.parametrize(("rate", "after"), [(0.5, [2.0, -2.0, 2.0]), (0.49, [2.0, -1.92, 1.8432])])
def test_at_exactly_two_over_l_it_swings_for_ever(rate, after):
    """On 2 x^2 the curvature is 4: at rate 2/4 the point changes sides, and below that it comes nearer."""
    path = gradient_descent(lambda x: float(2 * x @ x), lambda x: 4 * x, [2.0], learning_rate=rate, steps=2)

    np.testing.assert_allclose(path.points[:, 0], after)


def test_the_best_rate_shrinks_both_ends_of_the_spectrum_alike():
    """2 / (L + m) gives (kappa - 1) / (kappa + 1) at both."""
    curvatures = np.array([1.0, 9.0])

    path = gradient_descent(
        lambda x: float(x @ (curvatures * x) / 2), lambda x: curvatures * x, [1.0, 1.0], learning_rate=2 / 10, steps=9
    )

    np.testing.assert_allclose(np.abs(path.points), np.outer(0.8 ** np.arange(10), [1, 1]))


def test_a_rule_that_stays_at_the_point_measures_one_gradient_for_each():
    calls = []

    def slope(x):
        calls.append(x[0])
        return 2 * x

    path = gradient_descent(square, slope, [4.0], learning_rate=0.25, steps=100, tolerance=2.0)

    assert calls == path.points[:, 0].tolist()
