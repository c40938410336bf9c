"""check_gradient: right gradients pass, and each usual mistake is recognised."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import rosen, rosen_der

from mlmath.calculus import check_gradient

numbers = st.floats(-3, 3)
vectors = arrays(np.float64, 3, elements=numbers)

X = np.array([[1.0, 0.5, -0.3, 2.0], [0.2, -1.0, 0.7, 0.1], [1.5, 0.4, 0.9, -0.8]])
Y = np.array([1.0, 2.0, -0.5])
W = np.array([0.3, -0.7, 1.1, 0.2])


def bowl(v):
    return np.sum(v**2)


def loss(w):
    return np.mean((X @ w - Y) ** 2)


def slope(w):
    return 2 / 3 * X.T @ (X @ w - Y)


def explanation_of(gradient, f=loss, x=W):
    check = check_gradient(f, gradient, x)
    assert not check.passed
    return check.explanation


@given(x=arrays(np.float64, 4, elements=st.floats(-10, 10)))
def test_a_right_gradient_passes_anywhere(x):
    assert check_gradient(rosen, rosen_der, x).passed


@given(x=arrays(np.float64, 4, elements=st.floats(-10, 10)), k=st.integers(-250, 250), size=st.integers(-2, 5))
def test_a_right_gradient_passes_in_any_units(x, k, size):
    c, s = 10.0**k, 10.0**size

    assert check_gradient(lambda v: c * rosen(v / s), lambda v: c * rosen_der(v / s) / s, x * s).passed


@given(X=arrays(np.float64, (5, 3), elements=numbers), w=vectors, offset=st.sampled_from([0.0, 1e6, -1e12]))
def test_a_right_gradient_passes_beside_a_large_constant(X, w, offset):
    f = lambda w: np.logaddexp(0, X @ w).mean() + offset  # noqa: E731
    gradient = lambda w: X.T @ (1 / (1 + np.exp(-X @ w))) / 5  # noqa: E731

    assert check_gradient(f, gradient, w).passed


@pytest.mark.parametrize(
    ("f", "gradient"),
    [
        (lambda _: 5, lambda v: 0 * v),
        (lambda v: 0.0 * v[0], lambda v: 0 * v),
        (lambda v: (v**2).sum(), lambda v: 2 * v),
        (lambda v: (v**3).sum(), lambda v: 3 * v**2),
        (lambda v: np.cos(v[0] + 0.7) ** 2 + np.sin(v[0] + 0.7) ** 2, lambda v: 0 * v),
        (lambda v: np.exp(v).sum() - v.sum(), lambda v: np.exp(v) - 1),
    ],
)
def test_a_right_gradient_passes_where_it_is_zero(f, gradient):
    assert check_gradient(f, gradient, [0.0, 0.0]).passed


@given(x=vectors, k=st.integers(0, 5))
def test_a_right_gradient_passes_where_f_changes_over_short_distances(x, k):
    c = 10.0**k

    assert check_gradient(lambda v: np.sin(c * v).sum(), lambda v: c * np.cos(c * v), x).passed


@given(x=arrays(np.float64, 3, elements=st.floats(-1, 1)))
def test_a_right_gradient_passes_beside_a_kink(x):
    assume((np.abs(x) > 1e-5).all())

    assert check_gradient(lambda v: np.maximum(v, 0).sum(), lambda v: (v > 0) * 1.0, x).passed


def test_a_right_gradient_passes_near_the_edge_of_the_domain():
    assert check_gradient(lambda v: np.log(v).sum(), lambda v: 1 / v, [1.5e-4, 1.0]).passed


def test_a_right_gradient_passes_between_walls():
    f = lambda v: np.where(abs(v) < 1.5e-7, v, np.inf).sum()  # noqa: E731

    assert check_gradient(f, np.ones_like, [0.0]).passed


@given(x=vectors)
def test_a_right_gradient_passes_in_single_precision(x):
    f = lambda v: np.sin(v).sum().astype(np.float32)  # noqa: E731

    assert check_gradient(f, np.cos, x).passed


@given(x=arrays(np.float64, (3, 2), elements=numbers))
def test_a_matrix_of_weights_has_a_matrix_of_slopes(x):
    A = np.arange(6.0).reshape(3, 2)

    check = check_gradient(lambda W: np.sum(A * W**2), lambda W: 2 * A * W, x)

    assert check.passed
    np.testing.assert_allclose(check.measured, 2 * A * x, atol=1e-7)


@given(x=vectors, factor=st.floats(-100, 100), i=st.integers(0, 2))
def test_a_wrong_component_never_passes(x, factor, i):
    f = lambda v: np.exp(v / 2).sum()  # noqa: E731
    wrong = lambda v: np.exp(v / 2) / 2 * np.where(np.arange(3) == i, factor, 1.0)  # noqa: E731
    assume(abs(factor - 1) > 1e-4)

    check = check_gradient(f, wrong, x)

    assert not check.passed
    assert check.worst == (i,)


def test_a_small_component_is_checked_beside_a_large_one():
    f = lambda v: 1e3 * v[0] + 1e-3 * np.sin(v[1])  # noqa: E731

    check = check_gradient(f, lambda v: np.array([1e3, 1e-3 * 1.001 * np.cos(v[1])]), [0.1, 0.2])

    assert check.explanation.startswith("only component [1] is wrong: given 0.000981")


def test_the_uncertainty_covers_the_error_of_the_measurement():
    x = np.linspace(-2, 2, 9)

    check = check_gradient(lambda v: np.exp(3 * v).sum(), lambda v: 3 * np.exp(3 * v), x)

    assert (np.abs(check.measured - check.given) <= check.uncertainty).all()
    assert (check.uncertainty <= 1e-6 * np.abs(check.given).max()).all()


def test_of_a_constant_the_uncertainty_is_rounding_over_the_second_longest_step():
    check = check_gradient(lambda _: 1.0, np.zeros_like, [0.0])

    np.testing.assert_allclose(check.uncertainty, 4 * np.finfo(float).eps / 1e-4)


def test_of_a_cube_the_uncertainty_is_twice_the_difference_of_the_shortest_steps():
    check = check_gradient(lambda v: v[0] ** 3, np.zeros_like, [0.0])

    np.testing.assert_allclose(check.uncertainty, 2 * (1e-14 - 1e-16))


def test_where_all_is_level_there_is_no_error():
    np.testing.assert_array_equal(check_gradient(bowl, lambda v: 2 * v, [0.0, 1.0]).relative_error, [0.0, 0.0])


def test_an_error_of_exactly_the_tolerance_passes():
    rough = lambda w: slope(w) * (1 + 3e-5)  # noqa: E731
    largest = check_gradient(loss, rough, W).relative_error.max()

    assert check_gradient(loss, rough, W, tolerance=largest).passed


def test_the_tolerance_decides():
    rough = lambda w: slope(w) * (1 + 3e-5)  # noqa: E731

    assert check_gradient(loss, rough, W, tolerance=1e-4).passed
    assert explanation_of(rough).startswith("given is close, but off by 3.0e-05 at [")


def test_all_that_was_measured_is_returned():
    check = check_gradient(loss, lambda w: slope(w) * [1, 1, 1, 2], W)

    np.testing.assert_array_equal(check.given, slope(W) * [1, 1, 1, 2])
    np.testing.assert_allclose(check.measured, slope(W), rtol=1e-8)
    np.testing.assert_allclose(check.relative_error, [0, 0, 0, 0.5], atol=1e-8)
    assert check.worst == (3,)


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        (
            -1,
            "given = -1 x measured everywhere, a flipped sign (predicted minus observed, or observed minus predicted?)",
        ),
        (2, "given = 2 x measured everywhere, a factor 2 too many (the power rule, d(r^2)/dr = 2 r?)"),
        (0.5, "given = 0.5 x measured everywhere, a missing factor 2 (the power rule, d(r^2)/dr = 2 r?)"),
        (10, "given = 10 x measured everywhere, a missing factor 1/10 (a mean over 10 examples?)"),
        (1 / 999, "given = 0.001001 x measured everywhere, a factor 1/999 too many (a mean over 999 examples?)"),
        (100.0005, "given = 100 x measured everywhere, a missing factor 1/100 (a mean over 100 examples?)"),
        (1.37, "given = 1.37 x measured everywhere"),
        (1234.5, "given = 1234 x measured everywhere"),
        (5000, "given = 5000 x measured everywhere, a missing factor 1/5000 (a mean over 5000 examples?)"),
        (50_000, "given = 5e+04 x measured everywhere"),
        (0, "given is 0 everywhere, but f is not level: was the gradient ever added up?"),
    ],
)
def test_a_common_factor_is_recognised(factor, text):
    assert explanation_of(lambda w: factor * slope(w)) == text


def test_a_flipped_sign_and_a_factor_are_recognised_together():
    text = explanation_of(lambda w: -2 * slope(w))

    assert text.startswith("given = -2 x measured everywhere, a flipped sign (")
    assert text.endswith(", a factor 2 too many (the power rule, d(r^2)/dr = 2 r?)")


@given(x=vectors, factor=st.sampled_from([-1.0, 2.0, 0.5, 7.0]))
def test_a_factor_is_recognised_at_random_points(x, factor):
    check = check_gradient(lambda v: np.exp(v).sum(), lambda v: factor * np.exp(v), x)

    assert check.explanation.startswith(f"given = {factor:g} x measured everywhere, a ")


def test_with_one_component_only_a_usual_factor_is_called_one():
    f = lambda v: v[0] ** 2  # noqa: E731

    assert explanation_of(lambda v: v, f, [3.0]).startswith("given = 0.5 x measured everywhere, a missing factor 2")
    assert explanation_of(lambda v: 2.8 * v, f, [3.0]) == "only component [0] is wrong: given 8.4, measured 6"


def test_with_two_components_any_factor_is_recognised():
    assert explanation_of(lambda v: 2.8 * v, bowl, [3.0, 1.0]) == "given = 1.4 x measured everywhere"


def test_a_factor_is_recognised_beside_a_level_component():
    assert explanation_of(lambda v: 4 * v, bowl, [0.0, 1.0, 2.0]).startswith("given = 2 x measured everywhere, a ")


def test_a_mean_is_suspected_of_fewer_than_ten_thousand_examples():
    missing = explanation_of(lambda v: 1e3 + 0 * v, np.sum, np.zeros(3))
    no_cause = explanation_of(lambda v: 1e4 + 0 * v, np.sum, np.zeros(3))

    assert missing == "given = 1000 x measured everywhere, a missing factor 1/1000 (a mean over 1000 examples?)"
    assert no_cause == "given = 1e+04 x measured everywhere"


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ([3, 2, 1, 0], "reversed"),
        ([0, 2, 1, 3], "those of a 2 by 2 matrix, transposed"),
        ([1, 2, 0, 3], "given[0] is measured[1], given[1] is measured[2], given[2] is measured[0]"),
    ],
)
def test_a_wrong_order_is_recognised(places, text):
    text = f"given has the right numbers in the wrong order: {text}"

    assert explanation_of(lambda w: slope(w)[places]) == text


def test_a_flattened_matrix_in_the_wrong_order_is_recognised():
    a = np.arange(1.0, 7.0) ** 2

    text = explanation_of(lambda _: a.reshape(2, 3).T.ravel(), lambda w: a @ w, np.ones(6))

    assert text == "given has the right numbers in the wrong order: those of a 2 by 3 matrix, transposed"


@pytest.mark.parametrize("shape", [(2, 2), (3, 2)])
def test_a_transposed_matrix_is_recognised(shape):
    A = np.arange(1.0, 1.0 + shape[0] * shape[1]).reshape(shape) ** 2

    text = explanation_of(lambda _: A.T.reshape(shape), lambda W: np.sum(A * W), np.ones(shape))

    assert text == "given has the right numbers in the wrong order: those of the transposed array"


def test_a_permuted_matrix_is_described_by_its_indices():
    A = np.array([[1.0, 4.0], [9.0, 16.0]])

    text = explanation_of(lambda _: A[:, ::-1], lambda W: np.sum(A * W), np.ones((2, 2)))

    assert text.endswith(
        "given[0, 0] is measured[0, 1], given[0, 1] is measured[0, 0], "
        "given[1, 0] is measured[1, 1], given[1, 1] is measured[1, 0]"
    )


def test_single_wrong_components_are_named():
    assert explanation_of(lambda w: slope(w) + np.array([0, 0, 5, 0])).startswith("only component [2] is wrong")
    assert explanation_of(lambda w: slope(w) + np.array([0, 1, 5, 0])).startswith("components [1], [2] are wrong")
    assert explanation_of(lambda w: slope(w) + np.array([1, 2, 3, 4])).startswith("no component agrees; the worst is [")


def test_a_long_list_of_wrong_components_is_cut():
    a = np.arange(1.0, 10.0)

    text = explanation_of(lambda _: a + (a < 8), lambda w: a @ w, np.ones(9))

    assert text.startswith("components [0], [1], [2], [3], [4] and 2 more are wrong, at worst [0]: given 2, measured 1")


@pytest.mark.parametrize(
    ("gradient", "shape", "text"),
    [
        (lambda W: W.T, (3, 2), "given has shape (2, 3), but x has shape (3, 2): the numbers are right, transposed"),
        (
            lambda W: W.ravel(),
            (3, 2),
            "given has shape (6,), but x has shape (3, 2): the numbers are right; return",
        ),
        (
            lambda w: w[:, None],
            (3,),
            "given has shape (3, 1), but x has shape (3,): the numbers are right; return",
        ),
        (lambda w: -w[:, None], (3,), "given has shape (3, 1), but x has shape (3,), and the numbers differ as well"),
        (lambda W: -W.T, (3, 2), "given has shape (2, 3), but x has shape (3, 2), and the numbers differ as well"),
        (
            lambda w: w[1:],
            (3,),
            "given has shape (2,), but x has shape (3,): a gradient has one component for each",
        ),
        (
            lambda w: w @ w,
            (3,),
            "given has shape (), but x has shape (3,): a gradient has one component for each",
        ),
    ],
)
def test_a_wrong_shape_is_a_finding(gradient, shape, text):
    x = np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape)

    check = check_gradient(lambda W: np.sum(W**2) / 2, gradient, x)

    assert check.explanation.startswith(text)
    assert check.passed is False
    assert np.isinf(check.relative_error).all()
    assert check.uncertainty.shape == shape
    assert check.worst == (0,) * len(shape)
    assert str(check) == f"gradient check FAILED: {check.explanation}"


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_gradient_that_is_not_finite_is_a_finding(value):
    check = check_gradient(loss, lambda w: slope(w) + np.array([0, value, 0, 0]), W)

    assert check.explanation == "given is not finite at [1]"
    assert check.worst == (1,)
    assert not check.passed


@pytest.mark.parametrize(
    ("f", "gradient", "slopes"),
    [
        (np.abs, lambda _: np.ones(2), "-1 behind and 1 ahead (given 1)"),
        (lambda v: np.maximum(v, -2 * v), np.sign, "-2 behind and 1 ahead (given 0)"),
        (lambda v: np.maximum(v, v / 2), np.sign, "0.5 behind and 1 ahead (given 0)"),
        (lambda v: 1e-6 * abs(v), lambda _: np.full(2, 1e-6), "-1e-06 behind and 1e-06 ahead (given 1e-06)"),
    ],
)
def test_a_kink_is_recognised(f, gradient, slopes):
    text = explanation_of(gradient, lambda v: f(v).sum(), [0.0, 1.0])

    assert text == f"f has a kink at [0], so there is no gradient: at [0] the slope is {slopes}; try another x"


def test_a_kink_does_not_excuse_another_component():
    assert "kink" not in explanation_of(lambda _: np.ones(2), lambda v: np.abs(v).sum(), [0.0, -1.0])


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_strong_curvature_on_one_side_is_no_kink(side):
    f = lambda v: 1e3 * np.maximum(side * v[0], 0.0) ** 2  # noqa: E731

    assert "kink" not in explanation_of(np.ones_like, f, [0.0])


def test_a_corner_rounded_over_a_distance_below_1e_6_is_a_kink():
    f = lambda v: np.hypot(v[0], 1e-7)  # noqa: E731

    assert "the slope is -0.905 behind and 0.905 ahead" in explanation_of(np.ones_like, f, [0.0])


def test_a_jump_below_a_thousandth_of_the_slope_is_no_kink():
    f = lambda v: 100.0 * v[0] + 0.025 * abs(v[0])  # noqa: E731

    assert "kink" not in explanation_of(np.ones_like, f, [0.0])


@pytest.mark.parametrize(("quanta", "is_kink"), [(19, False), (21, True)])
def test_a_kink_is_told_from_rounding(quanta, is_kink):
    """Beside 1 the slopes over 1e-6 are whole numbers of quanta, and a jump of 40 of them may be rounding."""
    quantum = np.finfo(float).eps / 1e-6

    text = explanation_of(np.ones_like, lambda v: 1.0 + quanta * quantum * abs(v[0]), [0.0])

    assert ("kink" in text) is is_kink


@pytest.mark.parametrize("f", [lambda v: np.sin(1e12 * v).sum(), lambda v: np.modf(1e9 * np.sin(1e9 * v))[0].sum()])
def test_an_irregular_function_is_recognised(f):
    text = explanation_of(lambda _: np.ones(2), f, [0.3, -1.0])

    assert text.startswith("f is too irregular to be measured at [0], [1]: it is noisy there, or changes over dist")


def test_an_irregular_function_is_recognised_far_from_the_origin():
    assert "too irregular" in explanation_of(np.ones_like, lambda v: np.sin(1e12 * v[0]), [3e5])


def test_an_irregular_function_is_recognised_near_the_edge_of_its_domain():
    f = lambda v: 1e-12 * np.sin(1e12 * v[0]) + 0 * np.sqrt(v[0])  # noqa: E731

    assert "too irregular" in explanation_of(np.ones_like, f, [3e-4])


def test_each_slope_is_measured_with_six_steps():
    points = []

    def flat(v):
        points.append(v[0])
        return 0.0

    check_gradient(flat, np.zeros_like, [0.0])

    np.testing.assert_allclose(sorted(points)[-6:], [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3])


def test_a_vast_factor_is_a_finding_and_no_overflow():
    check = check_gradient(lambda v: 1e-300 * np.sum(v**2), lambda v: 1e300 * v, [1.0, 2.0])

    assert not check.passed


def test_the_table_shows_every_component():
    text = str(check_gradient(bowl, lambda v: 2 * v, [1.0, -2.5]))

    assert text.splitlines() == [
        "gradient check passed: all components agree within 1e-06",
        "component              given         measured   relative error",
        "[0]                        2                2          0.0e+00",
        "[1]                       -5               -5          0.0e+00",
    ]


def test_a_long_table_shows_the_worst_components_in_their_order():
    a = np.arange(1.0, 15.0)

    lines = str(check_gradient(lambda v: np.sum(a * v), lambda _: a + (a > 6) * a, np.zeros(14))).splitlines()

    assert [line.split()[0] for line in lines[2:-1]] == ["[0]", "[1]", *[f"[{i}]" for i in range(6, 14)]]
    assert lines[-1] == "... and 4 components with smaller errors"


def test_ten_components_fill_the_table():
    assert len(str(check_gradient(bowl, lambda v: 2 * v, np.zeros(10))).splitlines()) == 12


def test_f_is_called_twelve_times_per_component_and_once_at_the_point():
    calls = []

    def counted(v):
        calls.append(v)
        return bowl(v)

    check_gradient(counted, lambda v: 2 * v, [1.0, 2.0])

    assert len(calls) == 25


def test_the_point_is_left_alone():
    x = np.array([1.0, 2.0])

    def erased(v):
        v.fill(0.0)
        return v

    check_gradient(lambda v: erased(v)[0], erased, x)

    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize(
    ("f", "gradient", "x", "knobs", "message"),
    [
        (np.sum, np.ones_like, 1.0, {}, r"x must have at least one axis, got the number 1\.0: write \[x\]"),
        (np.sum, np.ones_like, [1j], {}, "^x must hold real numbers"),
        (np.sum, np.ones_like, [[np.nan]], {}, r"x must be finite, got nan at x\[0\]"),
        (np.sum, np.ones_like, [], {}, "x must not be empty"),
        (np.sum, np.ones_like, [1.0], {"tolerance": 0.0}, r"tolerance must be positive, got 0\.0"),
        (np.sum, lambda v: 1j * v, [1.0], {}, r"gradient\(x\) must hold real numbers"),
        (lambda v: v, np.ones_like, [1.0], {}, r"f must return one number, got shape \(1,\)"),
        (lambda _: 1j, np.ones_like, [1.0], {}, r"f\(x\) must hold real numbers"),
        (lambda v: np.log(v[0]), np.ones_like, [0.0], {}, r"f must return one finite number, got -inf at x = \[0\.\]"),
        (lambda v: np.sqrt(-abs(v[1])), np.ones_like, [1.0, 0.0], {}, r"f must be finite around x, .* as x\[1\] moves"),
    ],
)
def test_errors_name_the_argument(f, gradient, x, knobs, message):
    with pytest.raises(ValueError, match=message):
        check_gradient(f, gradient, x, **knobs)


@pytest.mark.parametrize(("wrong", "more"), [(5, ""), (6, " and 1 more")])
def test_five_names_fit_and_the_others_are_counted(wrong, more):
    a = np.arange(1.0, 10.0)

    text = explanation_of(lambda _: a + (a <= wrong), lambda w: np.sum(a * w), np.ones(9))

    assert text.startswith(f"components [0], [1], [2], [3], [4]{more} are wrong")


def test_five_of_many_permuted_components_are_described():
    a = np.arange(1.0, 8.0) ** 2

    text = explanation_of(lambda _: np.roll(a, 1), lambda w: np.sum(a * w), np.ones(7))

    assert text.count("is measured") == 5


def test_the_table_of_a_matrix_names_rows_and_columns():
    lines = str(check_gradient(bowl, lambda v: 2 * v, np.ones((2, 2)))).splitlines()

    assert [line[:6] for line in lines[2:]] == ["[0, 0]", "[0, 1]", "[1, 0]", "[1, 1]"]
