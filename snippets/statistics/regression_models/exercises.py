"""Exercises of the module docs/statistics/regression_models.md."""

import numpy as np


def slope_and_error(x, y):
    d = x - x.mean()
    s_xx = d @ d
    slope = d @ y / s_xx
    residuals = y - (y.mean() + slope * d)
    return slope, np.sqrt(residuals @ residuals / (len(x) - 2) / s_xx)


def slope_and_error_starter(x, y):
    """The slope of the best line with an intercept, and its standard error."""
    return 0.0, 0.0  # Your code here.


def slope_and_error_check_trips(slope_and_error):
    """The four trips of this page: slope 5, standard error 2.5."""
    answer = slope_and_error(np.array([1.0, 1.0, 3.0, 3.0]), np.array([12.0, 18.0, 21.0, 29.0]))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Return two numbers, the slope and its standard error, not {answer}."
    slope, error = answer
    assert not np.isclose(slope, 9), "That slope is of a line through the origin: subtract the means first."
    assert np.isclose(slope, 5), f"The slope is 5, and you return {slope:.4g}."
    known = {
        12.5**0.5 / 2: "You divided the squared errors by n, which promises too much: divide by n - 2.",
        (50 / 3) ** 0.5 / 2: "You divided by n - 1. A line has two coefficients, so divide by n - 2.",
        6.25: "That is the square of the standard error: take the root.",
        5.0: "That is s, the spread of the noise. Divide by the root of the sum of squared deviations of x.",
        1.25: "You divided s by the sum of squared deviations of x. Divide by its root.",
    }
    for wrong, message in known.items():
        assert not np.isclose(error, wrong), message
    assert np.isclose(error, 2.5), f"The standard error is 2.5 here, and you return {error:.4g}."


def slope_and_error_check_random_lines(slope_and_error):
    """Random data agree with np.polyfit and its covariance."""
    rng = np.random.default_rng(0)
    for n in (4, 10, 50):
        x, y = rng.normal(size=(2, n)) + 3
        fit, covariance = np.polyfit(x, y, 1, cov=True)
        slope, error = slope_and_error(x, y)
        assert np.isclose(slope, fit[0]), (
            f"For {n} random points the slope is {fit[0]:.4f}, and you return {slope:.4f}."
        )
        expected = np.sqrt(covariance[0, 0])
        message = f"For {n} random points the standard error is {expected:.4f}, and you return {error:.4f}."
        assert np.isclose(error, expected), message


def slope_and_error_wrong_n(x, y):
    """You divided the squared errors by n, which promises too much: divide by n - 2."""
    d = x - x.mean()
    slope = d @ y / (d @ d)
    residuals = y - (y.mean() + slope * d)
    return slope, np.sqrt(np.mean(residuals**2) / (d @ d))


def slope_and_error_wrong_n_minus_one(x, y):
    """You divided by n - 1. A line has two coefficients, so divide by n - 2."""
    d = x - x.mean()
    slope = d @ y / (d @ d)
    residuals = y - (y.mean() + slope * d)
    return slope, np.std(residuals, ddof=1) / np.sqrt(d @ d)


def slope_and_error_wrong_no_root(x, y):
    """That is the square of the standard error: take the root."""
    d = x - x.mean()
    slope = d @ y / (d @ d)
    residuals = y - (y.mean() + slope * d)
    return slope, residuals @ residuals / (len(x) - 2) / (d @ d)


def slope_and_error_wrong_s(x, y):
    """That is s, the spread of the noise."""
    d = x - x.mean()
    slope = d @ y / (d @ d)
    residuals = y - (y.mean() + slope * d)
    return slope, np.sqrt(residuals @ residuals / (len(x) - 2))


def slope_and_error_wrong_origin(x, y):
    """That slope is of a line through the origin: subtract the means first."""
    slope = x @ y / (x @ x)
    residuals = y - slope * x
    return slope, np.sqrt(residuals @ residuals / (len(x) - 1) / (x @ x))


def slope_and_error_wrong_fixed(x, y):
    """For 4 random points the standard error is"""
    d = x - x.mean()
    slope = d @ y / (d @ d)
    residuals = y - (y.mean() + slope * d)
    return slope, np.sqrt(residuals @ residuals / 2 / 4)


def logistic_gradient(X, y, w):
    probabilities = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (probabilities - y)


def logistic_gradient_starter(X, y, w):
    """Gradient of the summed log loss of the scores X @ w."""
    return np.zeros(len(w))  # Your code here.


def logistic_gradient_check_emails(logistic_gradient):
    """The three emails of this page, with a column of ones: 0.5 and -2."""
    X, y = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 5.0]]), np.array([0.0, 0.0, 1.0])
    answer = logistic_gradient(X, y, np.zeros(2))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Return one number for each weight, shape (2,), not {np.shape(answer)}."
    known = {
        (-0.5, 2.0): "The signs are turned round: predicted minus observed.",
        (-1.0, -5.0): "You took the scores for probabilities: put them through the sigmoid first.",
        (0.5 / 3, -2.0 / 3): "That is the gradient of the mean. The task asks for the sum over the examples.",
    }
    for wrong, message in known.items():
        assert not np.allclose(answer, wrong), message
    message = f"The gradient is 0.5 and -2, and you return {answer[0]:.4g} and {answer[1]:.4g}."
    assert np.allclose(answer, (0.5, -2.0)), message


def logistic_gradient_check_measured(logistic_gradient):
    """Random data agree with slopes that are measured, at weights that are not zero."""
    rng = np.random.default_rng(1)
    for p in (1, 3):
        X, w = rng.normal(size=(8, p)), rng.normal(size=p)
        y = np.arange(8.0) % 2

        def loss(w, X=X, y=y):
            return np.sum(np.log1p(np.exp(-(2 * y - 1) * (X @ w))))

        measured = [(loss(w + 1e-5 * e) - loss(w - 1e-5 * e)) / 2e-5 for e in np.eye(p)]
        answer = logistic_gradient(X, y, w)
        half = X.T @ (0.5 - y)
        assert not np.allclose(answer, half), "You took one half for every probability: use the scores X @ w."
        message = f"Measured at random weights: {np.round(measured, 4)}; you return {np.round(answer, 4)}."
        assert np.allclose(answer, measured, atol=1e-6), message


def logistic_gradient_wrong_sign(X, y, w):
    """The signs are turned round: predicted minus observed."""
    return X.T @ (y - 1 / (1 + np.exp(-(X @ w))))


def logistic_gradient_wrong_no_sigmoid(X, y, w):
    """You took the scores for probabilities: put them through the sigmoid first."""
    return X.T @ (X @ w - y)


def logistic_gradient_wrong_mean(X, y, w):
    """That is the gradient of the mean."""
    return X.T @ (1 / (1 + np.exp(-(X @ w))) - y) / len(y)


def logistic_gradient_wrong_half(X, y, w):
    """You took one half for every probability: use the scores X @ w."""
    return X.T @ (0.5 - y)


def mean_prices(log_predictions, residuals):
    return np.exp(log_predictions) * np.mean(np.exp(residuals))


def mean_prices_starter(log_predictions, residuals):
    """Predicted mean prices from a model of log prices."""
    return np.exp(log_predictions)  # Your code here.


def mean_prices_check_by_hand(mean_prices):
    """Logs of 100 and 300; half of the houses sell for twice the prediction, half for half of it."""
    logs, residuals = np.log([100.0, 300.0]), np.log([2.0, 0.5])
    answer = mean_prices(logs, residuals)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (2,), f"Return one price for each prediction, shape (2,), not {np.shape(answer)}."
    middle = "These are the middle prices, 100 and 300: the mean lies above them."
    assert not np.allclose(answer, [100, 300]), middle
    normal = np.exp(logs + np.mean(residuals**2) / 2)
    assert not np.allclose(answer, normal), "That factor needs normal noise: take the mean of exp(residuals)."
    assert not np.allclose(answer, logs + np.log(1.25)), "These are logs still: take the exponential."
    assert not np.allclose(answer, [80, 240]), "You divided by the factor. The mean lies above the middle price."
    message = f"The factor is (2 + 0.5) / 2 = 1.25, so the means are 125 and 375; you return {answer}."
    assert np.allclose(answer, [125, 375]), message


def mean_prices_check_the_total(mean_prices):
    """With the same prediction for all houses, the mean prediction is the mean price."""
    prices = np.random.default_rng(2).lognormal(4, 0.8, 30)
    level = np.log(prices).mean()
    answer = mean_prices(np.full(30, level), np.log(prices) - level)
    turned = np.exp(level) * np.mean(np.exp(level) / prices)
    sign = "You turned the residuals round: they are observed minus predicted, so do not change their sign."
    assert not np.allclose(answer, turned), sign
    message = f"The mean price is {prices.mean():.3f}, and your mean is {np.mean(answer):.3f}."
    assert np.isclose(np.mean(answer), prices.mean()), message


def mean_prices_wrong_middle(log_predictions, residuals):
    """These are the middle prices, 100 and 300: the mean lies above them."""
    return np.exp(log_predictions + np.mean(residuals))


def mean_prices_wrong_normal(log_predictions, residuals):
    """That factor needs normal noise: take the mean of exp(residuals)."""
    return np.exp(log_predictions + np.mean(residuals**2) / 2)


def mean_prices_wrong_divided(log_predictions, residuals):
    """You divided by the factor."""
    return np.exp(log_predictions) / np.mean(np.exp(residuals))


def mean_prices_wrong_sign(log_predictions, residuals):
    """You turned the residuals round: they are observed minus predicted"""
    return np.exp(log_predictions) * np.mean(np.exp(-residuals))


def mean_prices_wrong_log(log_predictions, residuals):
    """These are logs still: take the exponential."""
    return log_predictions + np.log(np.mean(np.exp(residuals)))
