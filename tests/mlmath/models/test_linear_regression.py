"""fit_linear_regression: published tables, certified values, and intervals that keep their promise."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression as SklearnLinearRegression

from mlmath.datasets import load_anscombe, load_windsor_housing
from mlmath.models import fit_linear_regression

seeds = st.integers(0, 2**32 - 1)


def random_fit(seed, examples=12, features=3):
    rng = np.random.default_rng(seed)
    X = rng.normal(rng.normal(size=features), 1.0, size=(examples, features))
    return X, 2 + X @ rng.normal(size=features) + 0.5 * rng.normal(size=examples)


def windsor():
    houses = load_windsor_housing()
    features = [houses.column(name) for name in ("bedrooms", "bathrooms", "air_conditioning")]
    X = np.column_stack([np.log(houses.column("lot_size")), *features])
    return X, np.log(houses.prices), ["log lot size", "bedrooms", "bathrooms", "air conditioning"]


def test_windsor_agrees_with_every_digit_of_a_published_table():
    """Verbeek, A Guide to Modern Econometrics, table 3.1."""
    X, y, names = windsor()

    model = fit_linear_regression(X, y, names=names)

    np.testing.assert_array_equal(model.coefficients.round(3), [7.094, 0.400, 0.078, 0.216, 0.212])
    np.testing.assert_array_equal(model.standard_errors.round(3), [0.232, 0.028, 0.015, 0.023, 0.024])
    assert round(model.r_squared, 4) == 0.5674
    assert round(model.residual_standard_deviation, 4) == 0.2456


def test_the_printed_table_holds_these_numbers():
    X, y, names = windsor()

    lines = str(fit_linear_regression(X, y, names=names)).splitlines()

    assert lines[0].split() == ["estimate", "std", "error", "t", "p"]
    assert lines[1] == "intercept              7.0938      0.23155       30.636     < 0.0001"
    assert lines[3] == "bedrooms             0.077700     0.015486       5.0174     < 0.0001"
    assert lines[6].startswith("546 examples, 541 degrees of freedom, s = 0.24556, R^2 = 0.5674, adjusted R^2 = 0.56")
    assert len(lines) == 7


def test_p_values_are_printed_to_four_decimals_and_r_squared_for_small_targets_too():
    lines = str(fit_linear_regression([[1.0], [2.0], [3.0], [4.0]], [0.2, 0.3, 0.5, 0.6])).splitlines()

    assert lines[1] == "intercept     0.050000     0.038730       1.2910       0.3258"
    assert lines[3] == "4 examples, 2 degrees of freedom, s = 0.031623, R^2 = 0.9800, adjusted R^2 = 0.9700"


def test_norris_agrees_with_the_certified_values(nist):
    """Estimates, standard errors, residual standard deviation and R^2 from Norris.dat, lines 31 to 46."""
    problem = nist("Norris")

    model = fit_linear_regression(problem.x[:, np.newaxis], problem.y)

    np.testing.assert_allclose(model.coefficients, problem.estimates, rtol=1e-11)
    np.testing.assert_allclose(model.standard_errors, [0.232818234301152, 0.429796848199937e-03], rtol=1e-12)
    assert model.residual_standard_deviation == pytest.approx(0.884796396144373, rel=1e-12)
    assert model.r_squared == pytest.approx(0.999993745883712, rel=1e-14)


@given(seed=seeds)
def test_one_feature_agrees_with_scipy(seed):
    X, y = random_fit(seed, features=1)

    model, expected = fit_linear_regression(X, y), scipy.stats.linregress(X[:, 0], y)

    np.testing.assert_allclose(model.coefficients, [expected.intercept, expected.slope], rtol=1e-9)
    np.testing.assert_allclose(model.standard_errors, [expected.intercept_stderr, expected.stderr], rtol=1e-9)
    assert model.p_values[1] == pytest.approx(expected.pvalue, rel=1e-6)
    assert model.r_squared == pytest.approx(expected.rvalue**2, rel=1e-9)


@given(seed=seeds, intercept=st.booleans())
def test_it_agrees_with_scikit_learn(seed, intercept):
    X, y = random_fit(seed)

    model = fit_linear_regression(X, y, intercept=intercept)
    expected = SklearnLinearRegression(fit_intercept=intercept).fit(X, y)

    np.testing.assert_allclose(model.weights, expected.coef_, rtol=1e-8, atol=1e-10)
    assert model.intercept == pytest.approx(expected.intercept_, rel=1e-8)
    np.testing.assert_allclose(model.predict(X[:3]), expected.predict(X[:3]), rtol=1e-8)


@given(seed=seeds, intercept=st.booleans())
def test_the_covariance_is_that_of_the_formula(seed, intercept):
    X, y = random_fit(seed)
    A = np.column_stack([np.ones(12), X]) if intercept else X

    model = fit_linear_regression(X, y, intercept=intercept)

    expected = model.residuals @ model.residuals / (12 - A.shape[1]) * np.linalg.inv(A.T @ A)
    np.testing.assert_allclose(model.covariance, expected, rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(model.standard_errors, np.sqrt(np.diag(expected)), rtol=1e-6)


@given(seed=seeds)
def test_residuals_are_orthogonal_to_every_column_and_sum_to_zero(seed):
    X, y = random_fit(seed)

    residuals = fit_linear_regression(X, y).residuals

    np.testing.assert_allclose(np.append(X.T @ residuals, residuals.sum()), np.zeros(4), atol=1e-10)


@given(seed=seeds, factor=st.sampled_from([1e-150, 1e-3, 1e3, 1e150]), shift=st.floats(-1e3, 1e3))
def test_t_and_r_squared_do_not_depend_on_units(seed, factor, shift):
    X, y = random_fit(seed)

    model, other = fit_linear_regression(X, y), fit_linear_regression(factor * (X + shift), y / factor)

    np.testing.assert_allclose(other.t_statistics[1:], model.t_statistics[1:], rtol=1e-6)
    assert other.r_squared == pytest.approx(model.r_squared, rel=1e-6)


def test_numbers_whose_squares_overflow_are_fitted():
    X, y = random_fit(0)

    model, huge = fit_linear_regression(X, y), fit_linear_regression(X * [1e200, 1e-100, 1.0], y * 1e200)

    np.testing.assert_allclose(huge.coefficients / [1e200, 1.0, 1e300, 1e200], model.coefficients)
    np.testing.assert_allclose(huge.t_statistics, model.t_statistics)
    with pytest.raises(OverflowError, match="a covariance of two coefficients exceeds the largest float64"):
        _ = huge.covariance


def test_the_four_sets_of_anscombe_have_the_same_table():
    quartet = load_anscombe()

    models = [fit_linear_regression(x[:, np.newaxis], y) for x, y in zip(quartet.x, quartet.y, strict=True)]

    np.testing.assert_allclose([model.coefficients for model in models], [[3.0, 0.5]] * 4, atol=0.01)
    np.testing.assert_allclose([model.r_squared for model in models], 0.67, atol=0.005)


def test_a_useless_feature_raises_r_squared_but_not_the_adjusted_one():
    """The adjusted R^2 falls exactly if the |t| of the added feature is below 1."""
    X, y = random_fit(1)
    useless = np.random.default_rng(2).normal(size=12)

    before, after = fit_linear_regression(X, y), fit_linear_regression(np.column_stack([X, useless]), y)

    assert abs(after.t_statistics[-1]) < 1
    assert after.r_squared > before.r_squared
    assert after.adjusted_r_squared < before.adjusted_r_squared


@given(seed=seeds, intercept=st.booleans())
def test_adjusted_r_squared_is_the_ratio_of_unbiased_variances(seed, intercept):
    X, y = random_fit(seed)

    model = fit_linear_regression(X, y, intercept=intercept)

    total = np.var(y, ddof=1) if intercept else np.mean(y**2)
    assert model.adjusted_r_squared == pytest.approx(1 - model.residual_standard_deviation**2 / total)


def test_coverage_of_all_intervals_is_what_was_promised():
    """300 samples of 5 points: the shares have standard errors of 0.023; normal quantiles would cover 0.71."""
    rng = np.random.default_rng(0)
    X, new = rng.normal(size=(5, 1)), np.array([[2.0]])
    truth = np.array([1.0, 3.0])
    covered = []
    for _ in range(300):
        model = fit_linear_regression(X, truth[0] + truth[1] * X[:, 0] + rng.normal(size=5))
        line, target = truth[0] + truth[1] * 2.0, truth[0] + truth[1] * 2.0 + rng.normal()
        pairs = [(model.confidence_intervals(0.8), truth), (model.mean_intervals(new, 0.8), line)]
        pairs.append((model.prediction_intervals(new, 0.8), target))
        covered.append(np.concatenate([(low <= value) & (value <= high) for (low, high), value in pairs]))

    np.testing.assert_allclose(np.mean(covered, axis=0), 0.8, atol=0.05)


def test_intervals_agree_with_the_formulas():
    X, y = random_fit(3, features=1)
    model = fit_linear_regression(X, y)
    spread = model.residual_standard_deviation
    leverage = 1 / 12 + (0.7 - X.mean()) ** 2 / np.sum((X - X.mean()) ** 2)
    quantile = scipy.stats.t.ppf(0.975, 10)

    of_mean, of_prediction = model.mean_intervals([[0.7]]), model.prediction_intervals([[0.7]])

    assert of_mean.high[0] - model.predict([[0.7]])[0] == pytest.approx(quantile * spread * np.sqrt(leverage))
    assert of_prediction.high[0] - of_prediction.low[0] == pytest.approx(2 * quantile * spread * np.sqrt(1 + leverage))
    np.testing.assert_allclose(model.confidence_intervals().low, model.coefficients - quantile * model.standard_errors)


def test_without_an_intercept_r_squared_compares_with_zero():
    X, y = random_fit(4)

    model = fit_linear_regression(X, y, intercept=False)

    assert model.intercept == 0
    assert model.r_squared == pytest.approx(1 - model.residuals @ model.residuals / (y @ y))
    assert model.names == ("x0", "x1", "x2")


def test_without_an_intercept_the_line_is_known_at_the_origin():
    model = fit_linear_regression(*random_fit(4), intercept=False)

    low, high = model.mean_intervals(np.zeros((1, 3)))

    assert low[0] == high[0] == 0


def test_an_exact_fit_has_no_t_but_a_table():
    model = fit_linear_regression([[0.0], [1.0], [2.0]], [0.0, 0.0, 0.0])

    with pytest.raises(ValueError, match="the fit is exact, so the standard errors are 0"):
        _ = model.t_statistics
    assert str(model).splitlines()[0].split() == ["estimate", "std", "error"]
    assert str(model).endswith("3 examples, 1 degrees of freedom, s = 0.0000")


def test_a_y_of_zeros_without_intercept_has_no_r_squared():
    model = fit_linear_regression([[1.0], [2.0]], [0, 0], intercept=False)

    with pytest.raises(ValueError, match="y is 0 everywhere, so there is nothing to explain"):
        _ = model.r_squared


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (
            None,
            r"columns \['x0', 'x2'\] are linearly dependent .* not determined: drop one of them, or use fit_ridge$",
        ),
        (["a", "b", "c"], r"columns \['a', 'c'\] are linearly dependent"),
    ],
)
def test_dependent_columns_are_named(names, message):
    X, y = random_fit(0)
    X[:, 2] = 3 * X[:, 0]

    with pytest.raises(ValueError, match=message):
        fit_linear_regression(X, y, names=names)


def test_a_constant_column_depends_on_the_intercept():
    with pytest.raises(ValueError, match=r"columns \['intercept', 'x0'\] are linearly dependent"):
        fit_linear_regression([[7.0], [7.0], [7.0]], [1.0, 2.0, 3.0])


def test_nearly_dependent_columns_keep_digits_that_the_normal_equation_loses():
    """Condition number 1e9: X^T X would be singular, and the covariance here has ten digits lost at most."""
    rng = np.random.default_rng(0)
    x, noise = rng.normal(size=50), rng.normal(size=50)
    X = np.column_stack([x, x + 2.0**-30 * noise])
    y = rng.normal(size=50)

    model = fit_linear_regression(X, y)
    apart = fit_linear_regression(np.column_stack([x, noise]), y)

    assert model.standard_errors[2] * 2.0**-30 == pytest.approx(apart.standard_errors[2], rel=1e-5)


def test_the_arguments_are_left_alone():
    X, y = random_fit(0)
    X_before, y_before = X.copy(), y.copy()

    model = fit_linear_regression(X, y)
    X[:], y[:] = 0.0, 0.0

    np.testing.assert_allclose(model.predict(X_before) + model.residuals, y_before)


@pytest.mark.parametrize(
    ("X", "y", "settings", "error", "message"),
    [
        ([1.0, 2.0], [1.0, 2.0], {}, ValueError, r"^X must have shape \(rows, columns\)"),
        ([[1.0], [2.0]], [[1.0]], {}, ValueError, r"^y must have shape \(n,\)"),
        ([[1.0], [2.0]], [1.0], {}, ValueError, "^X and y must have one entry per example, got 2 and 1"),
        ([[1.0], [2.0]], [1.0, 2.0], {}, ValueError, "got 2 rows for 2: the noise shows only in what is left over"),
        ([[1], [2], [4]], [1, 2, 3], {"names": "x"}, TypeError, "^names must be a list of strings, one per column"),
        ([[1], [2], [4]], [1, 2, 3], {"names": [3]}, TypeError, "^names must be a list of strings"),
        ([[1], [2], [4]], [1, 2, 3], {"names": ["a", "b"]}, ValueError, "^names must be 1 different strings"),
        ([[1, 2]] * 4, [1, 2, 3, 4], {"names": ["a", "a"]}, ValueError, "^names must be 2 different strings"),
    ],
)
def test_errors_name_the_argument(X, y, settings, error, message):
    with pytest.raises(error, match=message):
        fit_linear_regression(X, y, **settings)


@pytest.mark.parametrize("method", ["predict", "mean_intervals", "prediction_intervals"])
def test_another_number_of_columns_is_refused(method):
    model = fit_linear_regression(*random_fit(0))

    with pytest.raises(ValueError, match="X must have the 3 columns that the model was fitted on, got 2"):
        getattr(model, method)([[1.0, 2.0]])


def test_a_confidence_in_percent_is_refused():
    with pytest.raises(ValueError, match="confidence must be between 0 and 1, got 95"):
        fit_linear_regression(*random_fit(0)).confidence_intervals(95)


def test_targets_near_the_largest_float_are_fitted():
    model = fit_linear_regression([[1.0], [2.0], [3.0], [4.0]], [1.7e308, 1.7e308, 1.7e308, 1.6e308])

    assert model.weights[0] == pytest.approx(-3e306)


def test_what_leaves_float64_is_refused():
    X, y = random_fit(0, features=1)
    with pytest.raises(OverflowError, match="a coefficient exceeds the largest float64"):
        fit_linear_regression(X * 1e-200, y * 1e200)
    with pytest.raises(OverflowError, match="a prediction exceeds the largest float64"):
        fit_linear_regression(X, y * 1e200).predict([[1e200]])


def test_intervals_beyond_float64_are_refused():
    """The slope is about 0 and predicts something finite, but its error times 1e300 is not."""
    model = fit_linear_regression([[-1e-10], [0.0], [1e-10]], [1.0, -2.0, 1.0])

    with pytest.raises(OverflowError, match="a standard error exceeds the largest float64"):
        model.mean_intervals([[1e300]])


def test_the_error_of_infinity_minus_infinity_is_refused():
    """Two nearly opposite entries of the inverse triangle, each times 1e300."""
    X = 1e-10 * np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0], [2.0, 2.0]])
    model = fit_linear_regression(X, [1.0, 1.0, -2.0, 1.0, 0.0])

    with pytest.raises(OverflowError, match="exceeds the largest float64"):
        model.mean_intervals([[1e300, -1e300]])
