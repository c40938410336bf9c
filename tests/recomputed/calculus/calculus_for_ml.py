"""The numbers of docs/calculus/calculus_for_ml.md about the houses, by scikit-learn, statsmodels and a closed form."""

import statsmodels.api as sm
from recomputed.datasets import windsor
from recomputed.descent import Bowl
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

PAIR = ["lot_size", "bedrooms"]


def fits():
    """In square feet, in square metres, and with both features scaled."""
    table = windsor()[PAIR]
    metres = table.assign(lot_size=table["lot_size"] * 0.09290304)
    for features in (table.to_numpy(), metres.to_numpy(), StandardScaler().fit_transform(table)):
        model = LinearRegression().fit(features, windsor()["price"])
        yield model.coef_, model.predict(features)


def houses():
    (feet, from_feet), (metres, from_metres), _ = fits()
    return [*feet, *metres, max(abs(from_feet - from_metres))]


def same_scale():
    (_, from_feet), _, (scaled, from_scaled) = fits()
    return [*scaled, max(abs(from_feet - from_scaled))]


def scaling():
    lot, price = windsor()[["lot_size"]], windsor()["price"]
    scaled = StandardScaler().fit_transform(lot)
    numbers = [1 / (column**2).mean() for column in (lot["lot_size"], scaled)]
    for column, rate, steps in ((lot, 3e-8, 10), (lot, 3e-8, 10_000), (scaled, 0.4, 10)):
        numbers += [steps, Bowl(sm.add_constant(column), price).loss(rate, steps) ** 0.5]
    residuals = sm.OLS(price, sm.add_constant(lot)).fit().resid
    return [*numbers, residuals.std(ddof=0)]
