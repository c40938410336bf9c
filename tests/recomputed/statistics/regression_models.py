"""What snippets/statistics/regression_models/examples.py prints about real data, by statsmodels."""

from functools import cache

import numpy as np
import statsmodels.api as sm
from recomputed.datasets import breast_cancer, windsor


def ols(target, *columns):
    table = sm.add_constant(np.column_stack(columns))
    return sm.OLS(target, table).fit()


def bedrooms():
    houses = windsor()
    numbers = []
    for others in ([], ["lot_size"], ["lot_size", "bathrooms", "stories"]):
        fit = ols(houses["price"], houses["bedrooms"], *(houses[name] for name in others))
        numbers += [fit.params.iloc[1], fit.bse.iloc[1], len(others)]
    return numbers


def left_out():
    houses = windsor()
    both = ols(houses["price"], houses["bedrooms"], houses["lot_size"]).params
    extra_lot = ols(houses["lot_size"], houses["bedrooms"]).params.iloc[1]
    alone = ols(houses["price"], houses["bedrooms"]).params.iloc[1]
    return [extra_lot, both.iloc[1], both.iloc[2], extra_lot, alone, alone]


@cache
def log_fit():
    houses = windsor()
    return ols(np.log(houses["price"]), np.log(houses["lot_size"]), houses["air_conditioning"])


def log_price():
    fit = log_fit()
    _, elasticity, coefficient = fit.params
    percent = 100 * np.expm1(coefficient)
    one_percent, double = (100 * np.expm1(elasticity * np.log(k)) for k in (1.01, 2))
    return [elasticity, fit.bse.iloc[1], coefficient, fit.bse.iloc[2], percent, 1, one_percent, double]


def mean_price():
    price, fit = windsor()["price"], log_fit()
    middle = np.exp(fit.fittedvalues)
    below = 100 * (fit.resid < 0).mean()
    return [
        price.mean(),
        middle.mean(),
        below,
        middle.mean() * np.exp(fit.mse_resid / 2),
        middle.mean() * np.exp(fit.resid).mean(),
    ]


@cache
def logit():
    data = breast_cancer()
    radius = data.data[:, list(data.feature_names).index("mean radius")]
    return sm.Logit(1 - data.target, sm.add_constant(radius)).fit(disp=False)


def tumours():
    fit = logit()
    bias, weight = fit.params
    share = (breast_cancer().target == 0).mean()
    return [weight, fit.bse[1], bias, np.exp(weight), 0.5, -bias / weight, fit.predict().mean(), share]


def threshold():
    fit = logit()
    numbers = []
    for level in (0.5, 0.2, 0.09, 0.02):
        alarm = fit.fittedvalues >= np.log(level / (1 - level))  # as scores
        missed, false = (~alarm[breast_cancer().target == 0]).sum(), alarm[breast_cancer().target == 1].sum()
        numbers += [level, missed, false, 10 * missed + false]
    return numbers


def fan():
    houses = windsor()
    lot, price = houses["lot_size"], houses["price"]
    numbers = []
    for target, feature in ((price, lot), (np.log(price), np.log(lot))):
        fit = ols(target, feature)
        spread = [fit.resid[group].std(ddof=0) for group in (lot > 6000, lot < 4000)]
        numbers += [spread[0] / spread[1], fit.bse.iloc[1], fit.get_robustcov_results("HC0").bse[1]]
    return numbers
