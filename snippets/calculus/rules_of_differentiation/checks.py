"""What the module claims, one function per claim."""

from fractions import Fraction

import numpy as np

from mlmath.calculus import complex_step_derivative, numerical_derivative
from mlmath.stats import sigmoid

EPSILON = np.finfo(float).eps


def _curves():
    """Smooth functions with their slopes, as (function, slope), positive on positive numbers."""
    return (
        (np.exp, np.exp),
        (lambda x: x**3 + 1, lambda x: 3 * x**2),
        (lambda x: 2 + np.sin(x), np.cos),
        (lambda x: 1 / x, lambda x: -1 / x**2),
    )


def the_slope_of_a_weighted_sum_is_the_weighted_sum_of_slopes_for_secants_too():
    """Secants of random cubics in fractions, so that nothing is rounded; then the derivatives."""
    rng = np.random.default_rng(0)
    for numbers in rng.integers(-20, 21, (30, 8)):
        a, b, x, p, q, r, s, denominator = (int(number) for number in numbers)
        point, h = Fraction(x, 7), Fraction(1, abs(denominator) + 2)

        def u(t, p=p, q=q):
            return p * t**3 + q * t

        def v(t, r=r, s=s):
            return r * t**2 + s

        def secant(f, point=point, h=h):
            return (f(point + h) - f(point)) / h

        whole = secant(lambda t, a=a, b=b, u=u, v=v: a * u(t) + b * v(t))
        assert whole == a * secant(u) + b * secant(v)
        t = float(point)
        measured = numerical_derivative(lambda t, a=a, b=b, u=u, v=v: a * u(t) + b * v(t), t)
        np.testing.assert_allclose(measured, a * (3 * p * t**2 + q) + b * 2 * r * t, rtol=1e-6, atol=1e-4)


def the_product_rule_holds_and_straight_lines_leave_a_corner():
    rng = np.random.default_rng(1)
    for u0, du, v0, dv, denominator in rng.integers(-9, 10, (40, 5)):
        h = Fraction(1, int(denominator) + 10)
        before, after = int(u0) * int(v0), (int(u0) + int(du) * h) * (int(v0) + int(dv) * h)
        assert (after - before) / h == du * v0 + u0 * dv + du * dv * h
    for x in rng.uniform(0.5, 2, 10):
        for u, du in _curves():
            for v, dv in _curves():
                measured = numerical_derivative(lambda t, u=u, v=v: u(t) * v(t), x)
                np.testing.assert_allclose(measured, du(x) * v(x) + u(x) * dv(x), rtol=1e-7, atol=1e-7)


def the_quotient_rule_holds_and_a_quotient_grows_if_its_top_grows_by_more_percent():
    rng = np.random.default_rng(2)
    for x in rng.uniform(0.5, 2, 10):
        for u, du in _curves():
            for v, dv in _curves():
                measured = numerical_derivative(lambda t, u=u, v=v: u(t) / v(t), x)
                np.testing.assert_allclose(measured, (du(x) * v(x) - u(x) * dv(x)) / v(x) ** 2, rtol=1e-7, atol=1e-7)
    for u, v in rng.uniform(1, 10, (100, 2)):
        du, dv = rng.normal(size=2)
        faster = du / u - dv / v
        if abs(faster) > 1e-3:
            change = (u + 1e-5 * du) / (v + 1e-5 * dv) - u / v
            assert (change > 0) == (faster > 0)


def the_power_rule_needs_a_fixed_exponent():
    rng = np.random.default_rng(3)
    for x in rng.uniform(0.5, 3, 20):
        for k in (2, 3, 7, -1, -2, 0.5, -0.5, 1 / 3, *rng.uniform(-3, 3, 3)):
            measured = numerical_derivative(lambda t, k=k: t**k, x)
            np.testing.assert_allclose(measured, k * x ** (k - 1), rtol=1e-7, atol=1e-8)
    for x in rng.uniform(2, 4, 20):
        measured = numerical_derivative(lambda t: 2**t, x)
        np.testing.assert_allclose(measured, 2**x * np.log(2), rtol=1e-8)
        assert abs(measured - x * 2 ** (x - 1)) > 0.1 * measured


def the_slope_of_the_sigmoid_is_p_times_one_minus_p_and_at_most_a_quarter():
    for z in np.random.default_rng(4).uniform(-6, 6, 60):
        p = sigmoid(z)
        measured = numerical_derivative(sigmoid, z)
        np.testing.assert_allclose(measured, p * (1 - p), atol=1e-9)
        assert measured < 0.25 - 0.01 * min(abs(z), 1) ** 2
    np.testing.assert_allclose(numerical_derivative(sigmoid, 0.0), 0.25, atol=1e-9)


def the_chain_rule_takes_the_outer_slope_at_the_inner_value():
    """For all pairs of curves; the outer slope at x, or without the inner one, is another number."""
    rng = np.random.default_rng(5)
    for x in rng.uniform(0.5, 1.2, 10):
        for outer, outer_slope in _curves():
            for inner, inner_slope in _curves():
                measured = numerical_derivative(lambda t, f=outer, g=inner: f(g(t)), x, step=1e-6)
                by_rule = outer_slope(inner(x)) * inner_slope(x)
                np.testing.assert_allclose(measured, by_rule, rtol=1e-5, atol=1e-7)
    for k, x in rng.uniform(0.1, 3, (20, 2)):
        measured = numerical_derivative(lambda t, k=k: np.exp(-k * t), x)
        for mistake in (np.exp(-k * x), -k * np.exp(x)):
            assert abs(measured - mistake) > 0.1 * abs(measured)


def the_slope_of_an_inverse_is_the_reciprocal():
    """Pairs of functions that undo each other, measured at x and at y = f(x)."""
    pairs = (
        (np.exp, np.log),
        (lambda x: x**3, np.cbrt),
        (sigmoid, lambda p: np.log(p / (1 - p))),
        (np.sinh, np.arcsinh),
    )
    for x in np.random.default_rng(6).uniform(0.3, 2, 20):
        for f, inverse in pairs:
            y = float(f(x))
            np.testing.assert_allclose(inverse(y), x, rtol=1e-9)
            there, back = numerical_derivative(f, x), numerical_derivative(inverse, y, step=1e-6)
            np.testing.assert_allclose(back, 1 / there, rtol=1e-6)
        np.testing.assert_allclose(numerical_derivative(np.log, x), 1 / x, rtol=1e-7)


def the_log_loss_of_a_sigmoid_has_the_slopes_p_minus_y_and_p_minus_y_times_x():
    """Written out with logarithms of p, as on the page, and measured in w and in b."""
    rng = np.random.default_rng(7)
    for w, b, x in rng.uniform(-2, 2, (40, 3)):
        for y in (0, 1):

            def loss(w, b, x=x, y=y):
                p = 1 / (1 + np.exp(-(w * x + b)))
                return -y * np.log(p) - (1 - y) * np.log(1 - p)

            p = sigmoid(w * x + b)
            by_w = numerical_derivative(lambda t, b=b, loss=loss: loss(t, b), w)
            by_b = numerical_derivative(lambda t, w=w, loss=loss: loss(w, t), b)
            np.testing.assert_allclose([by_w, by_b], [(p - y) * x, p - y], atol=1e-8)


def far_on_the_wrong_side_the_factors_give_nan_and_p_minus_y_does_not():
    for z in (40.0, *np.random.default_rng(8).uniform(40, 700, 20)):
        p = 1 / (1 + np.exp(-z))
        with np.errstate(divide="ignore", invalid="ignore"):
            assert np.isnan(1 / (1 - p) * (p * (1 - p)) * 2.0)  # the last stage is the feature, here 2
        loss_of_score = [z + step + np.log1p(np.exp(-z - step)) for step in (0.5, -0.5)]  # -log(1 - p)
        np.testing.assert_allclose(p - 0, loss_of_score[0] - loss_of_score[1], rtol=1e-12)


def ten_sigmoids_in_a_chain_have_a_slope_below_one_millionth():
    for z in np.random.default_rng(9).uniform(-6, 6, 30):

        def chain(value):
            for _ in range(10):
                value = 1 / (1 + np.exp(-value))
            return value

        slope = complex_step_derivative(chain, z)
        np.testing.assert_allclose(numerical_derivative(chain, z), slope, rtol=1e-2, atol=1e-10)
        assert 0 < slope <= 0.25**10 < 1e-6


def the_first_error_term_of_each_difference_is_as_stated():
    """Error divided by the stated term comes to 1, for functions with known second and third derivatives."""
    rng = np.random.default_rng(10)
    for x in rng.uniform(0.5, 1.2, 20):
        for f, first, second, third in (
            (np.exp, np.exp(x), np.exp(x), np.exp(x)),
            (np.sin, np.cos(x), -np.sin(x), -np.cos(x)),
            (lambda t: t**5, 5 * x**4, 20 * x**3, 60 * x**2),
        ):
            h = 1e-3
            forward = numerical_derivative(f, x, step=h, method="forward") - first
            central = numerical_derivative(f, x, step=h) - first
            np.testing.assert_allclose(forward / (h * second / 2), 1, atol=0.01)
            np.testing.assert_allclose(central / (h**2 * third / 6), 1, atol=0.01)


def the_stated_h_makes_the_bound_smallest_and_truncation_half_of_rounding():
    """A fine search over h, for random sizes, third derivatives and precisions, knows nothing of the formula."""
    for exponents in np.random.default_rng(11).uniform([-3, -3, -16], [3, 3, -4], (30, 3)):
        size, third, precision = 10.0**exponents
        h = 10.0 ** np.linspace(-9, 3, 24_001)
        truncation, rounding = h**2 * third / 6, precision * size / h
        best = np.argmin(truncation + rounding)
        np.testing.assert_allclose(h[best], (3 * precision * size / third) ** (1 / 3), rtol=2e-3)
        np.testing.assert_allclose(truncation[best] / rounding[best], 0.5, rtol=0.01)


def the_best_h_grows_in_proportion_to_the_length_over_which_f_changes():
    """Measured for sin(x / s): typical errors at many points, for steps from 1e-9 s to 0.1 s."""
    rng = np.random.default_rng(12)
    for s in 10.0 ** rng.uniform(-4, 4, 8):
        points = s * rng.uniform(0.5, 1.5, 60)
        steps = s * 10.0 ** np.arange(-9, -0.9, 0.25)
        errors = [
            np.median(abs((np.sin((points + h) / s) - np.sin((points - h) / s)) / (2 * h) * s - np.cos(points / s)))
            for h in steps
        ]
        assert 0.1 < steps[np.argmin(errors)] / (1e-5 * s) < 10


def the_complex_step_keeps_nearly_all_digits_where_no_central_difference_does():
    """Relative errors at many points, against slopes by the rules of this page; h = 1e-20 against every h."""
    x = np.random.default_rng(13).uniform(0.5, 1.5, 200)
    p = 1 / (1 + np.exp(-x))
    for f, exact in (
        (np.exp, np.exp(x)),
        (lambda z: z / (1 + np.exp(-z)), p + x * p * (1 - p)),
        (lambda z: np.log(1 + z**2), 2 * x / (1 + x**2)),
    ):
        by_complex = f(x + 1e-20j).imag / 1e-20
        np.testing.assert_allclose(by_complex, exact, rtol=20 * EPSILON)
        for h in 10.0 ** np.arange(-14, 0.1, 0.5):
            central = (f(x + h) - f(x - h)) / (2 * h)
            assert np.median(abs(central / exact - 1)) > 1000 * EPSILON


def through_an_absolute_value_or_a_conjugate_the_complex_step_is_silently_wrong():
    for x in np.random.default_rng(14).uniform(0.1, 5, 30):
        for f, true, wrong in (
            (lambda z: z + abs(z), 2, 1),
            (lambda z: z * np.conj(z), 2 * x, 0),
        ):
            np.testing.assert_allclose(numerical_derivative(f, x), true, rtol=1e-7)
            np.testing.assert_allclose(complex_step_derivative(f, x), wrong, atol=1e-12)
