"""What docs/linear_algebra/vectors_matrices_and_tensors.md prints about houses and digits, by pandas, scipy, Python."""

import statistics

from recomputed.datasets import digits, windsor
from scipy import stats
from scipy.spatial import distance

NAMES = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]


def _prices():
    return (windsor()["price"] / 1000).tolist()


def _picture(number):
    """The rows of one digit, as lists."""
    pixels = digits().data[number].tolist()
    return [pixels[start : start + 8] for start in range(0, 64, 8)]


def table():
    houses = windsor()[NAMES]
    lot_of_second = houses.iloc[1]["lot_size"]
    return [*houses.shape, len(windsor()["price"]), *houses.iloc[0], *houses["bedrooms"].head(5), lot_of_second]


def transpose():
    lots = windsor()["lot_size"].tolist()
    return [len(NAMES), len(lots), lots[1], lots[1], len(_prices())]


def view():
    lot, *others = windsor()[NAMES].iloc[0]
    return [lot / 1000, *others]


def lost():
    return [len(windsor().query("bedrooms > 4")), 0]


def pixels():
    number = len(digits().target)
    top = _picture(0)[0]
    return [number, 8, 8, 3, number * 8 * 8, len(_picture(0)), len(top), *top, top[3]]


def axis():
    picture = _picture(0)
    down = [sum(column) for column in zip(*picture, strict=True)]
    return [*down, *map(sum, picture), 8, 8, len(digits().target)]


def side_by_side():
    """In the wrong picture, row r of the left half is row 2 r of both digits, read one after the other."""
    first, rows = _picture(0), [*_picture(0), *_picture(1)]
    same = [one == other for r in range(8) for one, other in zip(rows[2 * r], first[r], strict=True)]
    return [100 * statistics.fmean(same), 100]


def wrapped_bytes():
    numbers = []
    for other in (1, 3):
        pairs = list(zip(digits().data[0].astype(int).tolist(), digits().data[other].astype(int).tolist(), strict=True))
        squares = [(a - b) ** 2 for a, b in pairs]
        numbers += [0, other, statistics.fmean(squares), statistics.fmean(square % 256 for square in squares)]
    return numbers


def loud():
    return [len(windsor()), len(NAMES), len(windsor())]


def square():
    four = windsor()[NAMES].head(4)
    features = [statistics.fmean(four[name]) for name in NAMES]
    of_houses = [statistics.fmean(house) for house in four.to_numpy().tolist()]
    house = four.iloc[0].tolist()
    return [value - mean for means in (features, of_houses) for value, mean in zip(house, means, strict=True)]


def rows():
    return stats.zscore(windsor()[NAMES].head(3), axis=1).ravel()


def wrong_loss():
    prices = _prices()
    column = [[price] for price in prices]
    every_pair = distance.cdist(column, column, "sqeuclidean").mean()
    n = len(prices)
    return [n, 1, n, n, n, every_pair, 0, 2 * statistics.pvariance(prices)]


def constant():
    return [statistics.pvariance(_prices())]
