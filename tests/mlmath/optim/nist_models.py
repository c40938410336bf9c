"""The models of NIST's nonlinear regression problems, as their files state them."""

import numpy as np


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
        tiny = 1e-30 * np.where(b == 0, 1.0, np.abs(b))
        return np.stack([residuals(b + 1j * row).imag for row in np.diag(tiny)], axis=1) / tiny

    return jacobian


def digits(found, certified):
    """The number of right digits, NIST's log relative error, of the worst entry; at most 11, as many as certified."""
    error = np.max(np.abs(np.asarray(found) / certified - 1))
    return float(min(11.0, -np.log10(max(error, 1e-300))))
