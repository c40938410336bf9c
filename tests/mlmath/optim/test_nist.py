"""levenberg_marquardt and gauss_newton on NIST's nonlinear regression problems, from both certified starts."""

import numpy as np
import pytest

from mlmath.optim import gauss_newton, levenberg_marquardt


def gauss(x, b):
    first, second = (x - b[3]) / b[4], (x - b[6]) / b[7]
    return b[0] * np.exp(-b[1] * x) + b[2] * np.exp(-(first**2)) + b[5] * np.exp(-(second**2))


def cubic_over_cubic(x, b):
    return (b[0] + b[1] * x + b[2] * x**2 + b[3] * x**3) / (1 + b[4] * x + b[5] * x**2 + b[6] * x**3)


MODELS = {
    "Misra1a": lambda x, b: b[0] * (1 - np.exp(-b[1] * x)),
    "Misra1b": lambda x, b: b[0] * (1 - (1 + b[1] * x / 2) ** -2),
    "Chwirut2": lambda x, b: np.exp(-b[0] * x) / (b[1] + b[2] * x),
    "DanWood": lambda x, b: b[0] * x ** b[1],
    "Gauss1": gauss,
    "Kirby2": lambda x, b: (b[0] + b[1] * x + b[2] * x**2) / (1 + b[3] * x + b[4] * x**2),
    "Hahn1": cubic_over_cubic,
    "Nelson": lambda x, b: b[0] - b[1] * x[0] * np.exp(-b[2] * x[1]),
    "MGH17": lambda x, b: b[0] + b[1] * np.exp(-x * b[3]) + b[2] * np.exp(-x * b[4]),
    "Rat42": lambda x, b: b[0] / (1 + np.exp(b[1] - b[2] * x)),
    "Thurber": cubic_over_cubic,
    "BoxBOD": lambda x, b: b[0] * (1 - np.exp(-b[1] * x)),
}


def residuals_of(name, problem):
    """Predicted minus observed; Nelson's model is one of the logarithm of the response."""
    observed = np.log(problem.y) if name == "Nelson" else problem.y
    return lambda b: MODELS[name](problem.x, b) - observed


def exact_jacobian(residuals):
    """The derivatives by the complex step, which has no cancellation: they are right to the last digits."""

    def jacobian(b):
        tiny = 1e-30 * np.abs(b)
        return np.stack([residuals(b + 1j * row).imag for row in np.diag(tiny)], axis=1) / tiny

    return jacobian


def digits(found, certified):
    """The number of right digits of the worst entry, NIST's log relative error."""
    return -np.log10(max(np.max(np.abs(np.asarray(found) / certified - 1)), 1e-16))


def assert_certified(path, problem, at_least):
    assert digits(path.result, problem.estimates) > at_least
    assert digits(path.losses[-1], problem.residual_sum_of_squares) > at_least


@pytest.mark.parametrize("name", MODELS)
def test_the_certified_values_are_where_the_certified_sum_of_squares_is(nist, name):
    """This pins down the models, and how the data are read."""
    problem = nist(name)

    r = residuals_of(name, problem)(problem.estimates)

    assert digits(r @ r, problem.residual_sum_of_squares) > 9


@pytest.mark.parametrize("name", MODELS)
def test_nine_digits_from_the_second_start_with_an_exact_jacobian(nist, name):
    problem = nist(name)
    residuals = residuals_of(name, problem)

    path = levenberg_marquardt(residuals, problem.second_start, jacobian=exact_jacobian(residuals))

    assert_certified(path, problem, at_least=9)
    assert path.stop_reason != "all steps were taken"


@pytest.mark.parametrize("name", MODELS)
def test_eight_digits_from_the_second_start_with_a_measured_jacobian(nist, name):
    problem = nist(name)

    path = levenberg_marquardt(residuals_of(name, problem), problem.second_start)

    assert_certified(path, problem, at_least=8)
    assert path.stop_reason in {
        "the gradient norm reached the tolerance",
        "the step became small beside the point",
        "the relative reduction of the loss became small",
    }


@pytest.mark.parametrize("name", sorted(MODELS.keys() - {"BoxBOD", "MGH17"}))
def test_nine_digits_from_the_first_start_too(nist, name):
    problem = nist(name)
    residuals = residuals_of(name, problem)

    path = levenberg_marquardt(residuals, problem.first_start, jacobian=exact_jacobian(residuals))

    assert_certified(path, problem, at_least=9)


def test_boxbod_runs_off_to_a_constant_model_from_its_first_start(nist):
    """At a large rate b2 the model is the constant b1, and the best constant is the mean: no step is better."""
    problem = nist("BoxBOD")
    residuals = residuals_of("BoxBOD", problem)

    path = levenberg_marquardt(residuals, problem.first_start, jacobian=exact_jacobian(residuals))

    assert path.result[0] == pytest.approx(problem.y.mean())
    assert path.result[1] > 30
    assert path.losses[-1] == pytest.approx(np.sum((problem.y - problem.y.mean()) ** 2))
    assert path.stop_reason == "the step became small beside the point"


def test_mgh17_creeps_along_a_flat_valley_from_its_first_start(nist):
    """500 trials later the sum of squares is still about 1.4 times the certified one."""
    problem = nist("MGH17")
    residuals = residuals_of("MGH17", problem)

    path = levenberg_marquardt(residuals, problem.first_start, jacobian=exact_jacobian(residuals))

    assert path.stop_reason == "all steps were taken"
    assert 1.01 < path.losses[-1] / problem.residual_sum_of_squares < 3


FROM_SECOND_START = {"Nelson": "J\\^T J is singular at step 6: parameters \\[1, 2\\]"}
FROM_FIRST_START = {
    "Hahn1": "J\\^T J is singular",
    "Nelson": "J\\^T J is singular at step 14: parameters \\[1\\]",
    "MGH17": "J\\^T J is singular at step 0: parameters \\[1, 2, 3, 4\\]",
    "Rat42": "J\\^T J is singular at step 3: parameters \\[1\\]",
    "BoxBOD": "diverged at step 1, where the loss is inf",
}


@pytest.mark.parametrize("name", sorted(MODELS.keys() - FROM_SECOND_START))
def test_gauss_newton_reaches_nine_digits_from_the_second_start(nist, name):
    problem = nist(name)
    residuals = residuals_of(name, problem)

    path = gauss_newton(residuals, problem.second_start, jacobian=exact_jacobian(residuals), tolerance=0.0)

    assert_certified(path, problem, at_least=9)


@pytest.mark.parametrize("name", sorted(MODELS.keys() - FROM_FIRST_START - {"Thurber"}))
def test_gauss_newton_reaches_nine_digits_from_some_first_starts(nist, name):
    problem = nist(name)
    residuals = residuals_of(name, problem)

    path = gauss_newton(residuals, problem.first_start, jacobian=exact_jacobian(residuals), tolerance=0.0)

    assert_certified(path, problem, at_least=9)


@pytest.mark.parametrize(
    ("name", "start", "message"),
    [(name, "second_start", message) for name, message in FROM_SECOND_START.items()]
    + [(name, "first_start", message) for name, message in FROM_FIRST_START.items()],
)
def test_where_gauss_newton_overshoots_it_says_so(nist, name, start, message):
    problem = nist(name)
    residuals = residuals_of(name, problem)

    with pytest.raises((ValueError, FloatingPointError), match=message):
        gauss_newton(residuals, getattr(problem, start), jacobian=exact_jacobian(residuals), tolerance=0.0)


def test_gauss_newton_wanders_without_end_on_thurber_from_its_first_start(nist):
    problem = nist("Thurber")
    residuals = residuals_of("Thurber", problem)

    path = gauss_newton(residuals, problem.first_start, jacobian=exact_jacobian(residuals), tolerance=0.0)

    assert path.stop_reason == "all steps were taken"
    assert path.losses[-1] > 1.1 * problem.residual_sum_of_squares
