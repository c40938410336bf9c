"""What docs/linear_algebra/length_angle_and_projection.md prints about the houses, by other libraries."""

import math
import statistics

import scipy.spatial.distance
import scipy.stats
from recomputed.datasets import windsor
from sklearn.metrics import mean_absolute_error, root_mean_squared_error
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

THIS_HOUSE = 3


def _tables():
    table = windsor()[["lot_size", "bedrooms", "bathrooms"]]
    hectares = table.assign(lot_size=table["lot_size"] * 0.09290304e-4)
    return table.to_numpy(), hectares.to_numpy(), StandardScaler().fit_transform(table)


def neighbours():
    houses = _tables()[0]
    numbers = [*houses[THIS_HOUSE]]
    for table in _tables():
        others = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(table).kneighbors(return_distance=False)
        numbers += [*houses[others[THIS_HOUSE, 0]]]
    return numbers


def typical_errors():
    prices = windsor()["price"]
    mean = statistics.fmean(prices)
    numbers = []
    for some in (prices, prices[::2]):
        guess = [mean] * len(some)
        root_mean_square = root_mean_squared_error(some, guess)
        numbers += [mean_absolute_error(some, guess), root_mean_square, root_mean_square / math.sqrt(len(some))]
    return numbers


def all_alike():
    feet, _, scaled = _tables()
    farthest = (scipy.spatial.distance.pdist(table, "cosine").max() for table in (feet, scaled))
    return [math.degrees(math.acos(1 - distance)) for distance in farthest]


def correlation():
    prices = windsor()["price"]
    numbers = []
    for name in ("lot_size", "bedrooms"):
        centred = scipy.stats.pearsonr(windsor()[name], prices).statistic
        numbers += [1 - scipy.spatial.distance.cosine(windsor()[name], prices), centred, centred]
    return numbers
