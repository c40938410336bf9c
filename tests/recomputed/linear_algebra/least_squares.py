"""What docs/linear_algebra/least_squares.md prints about the houses, by statsmodels, scikit-learn and scipy."""

import numpy
import pandas
import scipy.linalg
import statsmodels.api
from recomputed.datasets import windsor
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

OTHERS = ["bedrooms", "bathrooms", "air_conditioning"]


def _table(*, metres=True):
    table = windsor()[["lot_size", *OTHERS]]
    if metres:
        table = table.assign(metres=(table["lot_size"] * 0.09290304).round())[["lot_size", "metres", *OTHERS]]
    return table


def _least_squares(table, rows=slice(None)):
    return statsmodels.api.OLS(windsor()["price"][rows], statsmodels.api.add_constant(table[rows])).fit()


def _typical(errors):
    return float((errors**2).mean() ** 0.5)


def lot():
    fit = _least_squares(windsor()[["lot_size"]])
    return [*fit.params, _typical(fit.resid)]


def several():
    names = ["bedrooms", "lot_size", "bathrooms", "air_conditioning"]
    numbers = []
    for count in (1, 2, 4):
        fit = _least_squares(windsor()[names[:count]])
        numbers += [count, fit.params["bedrooms"], _typical(fit.resid)]
    return numbers


def twins():
    alone, both = _least_squares(_table(metres=False)), _least_squares(_table())
    return [
        alone.params["lot_size"],
        _typical(alone.resid),
        both.params["lot_size"],
        both.params["metres"],
        _typical(both.resid),
    ]


def halves():
    numbers = []
    for first in (0, 1):
        fit = _least_squares(_table(), slice(first, None, 2))
        numbers += [fit.params["lot_size"], fit.params["metres"]]
        for size in (465, 500):
            numbers += [size, fit.params.to_numpy() @ [1, 5000, size, 3, 1, 0]]
    return numbers


def squared():
    scaled = StandardScaler().fit_transform(_table())
    stretches = scipy.linalg.svdvals(numpy.column_stack([numpy.ones(len(scaled)), scaled]))
    condition = stretches[0] / stretches[-1]
    return [condition, condition, condition**2]


def _ridge(penalty, rows=slice(None)):
    scaler = StandardScaler().fit(_table()[rows])
    model = Ridge(alpha=penalty, solver="svd").fit(scaler.transform(_table()[rows]), windsor()["price"][rows])
    return scaler, model


def ridge():
    numbers = []
    for penalty in (0.01, 1, 100, 10_000):
        scaler, model = _ridge(penalty)
        errors = model.predict(scaler.transform(_table())) - windsor()["price"]
        numbers += [penalty, *model.coef_[:2], _typical(errors)]
    return numbers


def shares():
    squares = scipy.linalg.svdvals(StandardScaler().fit_transform(_table())) ** 2
    return [*(squares / (squares + 1)), *(squares / (squares + 100))]


def halves_again():
    numbers = []
    for first in (0, 1):
        scaler, model = _ridge(1, slice(first, None, 2))
        for size in (465, 500):
            house = pandas.DataFrame([[5000, size, 3, 1, 0]], columns=_table().columns)
            numbers += [size, model.predict(scaler.transform(house))[0]]
    return numbers


def units():
    numbers = []
    for factor in (1, 0.09290304e-4):
        table = _table(metres=False)
        table["lot_size"] *= factor
        numbers.append(Ridge(alpha=1, solver="svd").fit(table, windsor()["price"]).coef_[0] * factor)
    return numbers


def intercept():
    numbers = []
    table = StandardScaler().fit_transform(_table())
    with_ones = numpy.column_stack([numpy.ones(len(table)), table])
    for penalty in (1, 100):
        paid = Ridge(alpha=penalty, fit_intercept=False, solver="svd").fit(with_ones, windsor()["price"])
        numbers += [penalty, paid.predict(with_ones).mean(), windsor()["price"].mean()]
    return numbers
