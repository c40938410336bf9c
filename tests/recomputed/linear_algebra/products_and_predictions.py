"""What docs/linear_algebra/products_and_predictions.md prints about the houses, by pandas, scikit-learn and Python."""

import itertools
import statistics

import numpy
from recomputed.datasets import windsor
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

NAMES = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
ALL_FOUR = {"lot_size": 4.8, "bedrooms": 4900, "bathrooms": 18_000, "air_conditioning": 16_000}


def _predicted():
    return 700 + windsor()[NAMES].mul(ALL_FOUR).sum(axis="columns")


def houses():
    table = windsor()
    numbers = [len(table), 1 + len(NAMES), 1 + len(NAMES), 2, len(table), 2]
    for house in (0, 1):
        numbers += [_predicted()[house], 34_000 + 6.6 * table["lot_size"][house], table["price"][house]]
    return numbers


def star():
    parts = [700, *(weight * statistics.fmean(windsor()[name]) for name, weight in ALL_FOUR.items())]
    return [len(windsor()), sum(parts), len(windsor()), len(parts), statistics.fmean(parts)]


def ones():
    raw, price = windsor()[NAMES].to_numpy(), windsor()["price"]
    numbers = []
    for table in (raw, StandardScaler().fit_transform(raw)):
        for intercept in (True, False):
            predicted = LinearRegression(fit_intercept=intercept).fit(table, price).predict(table)
            numbers += [statistics.fmean((predicted - price) ** 2) ** 0.5, predicted[0]]
    return numbers


def order_of_a_sum():
    exact = [int(lot) * int(price) for lot, price in zip(windsor()["lot_size"], windsor()["price"], strict=True)]
    rounded = [numpy.float32(number) for number in exact]
    orders = (rounded, sorted(rounded), sorted(rounded, reverse=True))
    return [int(list(itertools.accumulate(order))[-1]) - sum(exact) for order in orders]
