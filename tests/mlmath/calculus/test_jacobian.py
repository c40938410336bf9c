"""numerical_jacobian: rows are outputs, columns are inputs, and the chain rule is a product."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath.calculus import numerical_gradient, numerical_jacobian

numbers = st.floats(-3, 3)


@given(A=arrays(np.float64, (3, 2), elements=numbers), x=arrays(np.float64, 2, elements=numbers))
def test_the_jacobian_of_a_matrix_is_the_matrix(A, x):
    np.testing.assert_allclose(numerical_jacobian(lambda v: A @ v, x, step=0.5), A, atol=1e-12)


@given(x=arrays(np.float64, 3, elements=numbers))
def test_the_chain_rule_is_a_matrix_product(x):
    inner = lambda v: np.array([v[0] * v[1], np.sin(v[2])])  # noqa: E731
    outer = lambda u: np.array([u[0] + u[1], u[0] * u[1], u[1] ** 2, np.cos(u[0])])  # noqa: E731

    whole = numerical_jacobian(lambda v: outer(inner(v)), x)

    np.testing.assert_allclose(whole, numerical_jacobian(outer, inner(x)) @ numerical_jacobian(inner, x), atol=1e-7)


@pytest.mark.parametrize("step", [None, 0.01])
def test_each_row_is_the_gradient_of_its_output(step):
    x = np.array([0.3, -500.0])
    f = lambda v: np.array([v[0] * v[1] ** 2, np.sin(v[1] / 500)])  # noqa: E731

    jacobian = numerical_jacobian(f, x, step=step)

    np.testing.assert_array_equal(jacobian[0], numerical_gradient(lambda v: f(v)[0], x, step=step))
    np.testing.assert_array_equal(jacobian[1], numerical_gradient(lambda v: f(v)[1], x, step=step))


def test_the_point_is_left_alone():
    x = np.array([1.0, 2.0])

    def scribbling(v):
        v.fill(0.0)
        return v

    numerical_jacobian(scribbling, x)

    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize(
    ("f", "x", "step", "message"),
    [
        (lambda v: v, 1.0, None, r"x must have shape \(n,\), got shape \(\)"),
        (lambda v: v, [1.0], -1.0, r"step must be positive, got -1\.0"),
        (lambda v: v @ v, [1.0], 1.0, r"f must return a vector, got 4\.0: use numerical_gradient for one number"),
        (lambda _: [[1.0]], [1.0], None, r"f\(x\) must have shape \(n,\), got shape \(1, 1\), for x = \[1\.00"),
        (np.log, [1.0, 0.4], 0.5, r"f\(x\) must be finite, got nan at f\(x\)\[1\], for x = .*: try a smaller step"),
        (lambda v: v[v > 1.0], [1.5, 1.0], 0.1, r"f must return vectors of one length, got lengths \[1, 2\]"),
    ],
)
def test_errors_say_what_f_returned(f, x, step, message):
    with pytest.raises(ValueError, match=message):
        numerical_jacobian(f, x, step=step)
