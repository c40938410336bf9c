"""Code of the module docs/statistics/probability_and_distributions.md, in reading order."""

# --8<-- [start:setup]
from itertools import product

import numpy as np

from mlmath.datasets import load_windsor_housing
from mlmath.stats import (
    Binomial,
    LogNormal,
    Normal,
    describe,
)

# --8<-- [end:setup]

# --8<-- [start:draws]
five = np.array([50, 50, 50, 50, 100])
generator = np.random.default_rng(0)
for n in (10, 1000, 100_000):
    drawn = generator.choice(five, size=n)
    dear = np.sum(drawn == 100)
    print(f"{n:6} draws: {dear:5} dear, share {dear / n:.3f}")
# >     10 draws:     2 dear, share 0.200
# >   1000 draws:   211 dear, share 0.211
# > 100000 draws: 19951 dear, share 0.200
# --8<-- [end:draws]

# --8<-- [start:events]
houses = load_windsor_housing()
price = houses.prices  # Canadian dollars
large = houses.column("bedrooms") >= 4
cool = houses.column("air_conditioning") == 1
print(f"P(large) {large.mean():.3f}, P(cool) {cool.mean():.3f}")
# > P(large) 0.196, P(cool) 0.317
print(f"P(large or cool)  {np.mean(large | cool):.3f}")
# > P(large or cool)  0.434
print(f"added up          {large.mean() + cool.mean():.3f}")
# > added up          0.513
print(f"P(large and cool) {np.mean(large & cool):.3f}")
# > P(large and cool) 0.079
# --8<-- [end:events]

# --8<-- [start:heights]
heights, edges = np.histogram(price / 100_000, bins=10, density=True)
print(f"highest bar  {heights.max():.2f}")
# > highest bar  1.81
print(f"sum of bars  {heights.sum():.2f}")
# > sum of bars  6.06
print(f"sum of areas {np.sum(heights * np.diff(edges)):.2f}")
# > sum of areas 1.00
# --8<-- [end:heights]

# --8<-- [start:pairs]
pairs = list(product(five, repeat=2))  # 25 pairs, equally likely
print(f"one: mean {np.mean(five):.0f}, variance {np.var(five):.0f}")
# > one: mean 60, variance 400
means = [np.mean(pair) for pair in pairs]
print(f"two: mean {np.mean(means):.0f}, variance {np.var(means):.0f}")
# > two: mean 60, variance 200
for ddof in (0, 1):
    spread = np.mean([np.var(pair, ddof=ddof) for pair in pairs])
    root = np.mean([np.std(pair, ddof=ddof) for pair in pairs])
    print(f"by 2 - {ddof}: variance {spread:.0f}, root {root:.1f}")
# > by 2 - 0: variance 200, root 8.0
# > by 2 - 1: variance 400, root 11.3
# --8<-- [end:pairs]

# --8<-- [start:divisors]
first = price[:5]
print(f"np.std(first)         {np.std(first):8.2f}")
# > np.std(first)          9244.46
print(f"np.std(first, ddof=1) {np.std(first, ddof=1):8.2f}")
# > np.std(first, ddof=1) 10335.62
print(f"np.std(price)         {np.std(price):8.2f}")
# > np.std(price)         26678.21
print(f"np.std(price, ddof=1) {np.std(price, ddof=1):8.2f}")
# > np.std(price, ddof=1) 26702.67
# --8<-- [end:divisors]

# --8<-- [start:binomial]
right = Binomial(trials=3, probability=0.8)
for k in range(4):
    print(f"{k} right: {right.pmf(k):.3f}")
# > 0 right: 0.008
# > 1 right: 0.096
# > 2 right: 0.384
# > 3 right: 0.512
print(f"mean {right.mean:.2f}, variance {right.variance:.2f}")
# > mean 2.40, variance 0.48
# --8<-- [end:binomial]

# --8<-- [start:fits]
bell, skewed = Normal.fit(price), LogNormal.fit(price)
print(f"skewness of prices {describe(price).skewness:.2f}")
# > skewness of prices 1.21
print(f"skewness of logs   {describe(np.log(price)).skewness:.2f}")
# > skewness of logs   0.14
n = len(price)
below, above = np.sum(price < 25_000), np.sum(price > 150_000)
print(f"sold       below {below:4}, above {above:3}")
# > sold       below    0, above   6
for name, curve in {"normal": bell, "log-normal": skewed}.items():
    low, high = curve.cdf([25_000, 150_000])
    print(f"{name:10} below {n * low:4.1f}, above {n * (1 - high):.1f}")
# > normal     below 28.9, above 0.6
# > log-normal below  3.3, above 5.7
# --8<-- [end:fits]

# --8<-- [start:middle]
back = np.exp(np.mean(np.log(price)))
print(f"exp of the mean log {back:.0f}")
# > exp of the mean log 63510
print(f"median {np.median(price):.0f}, mean {np.mean(price):.0f}")
# > median 62000, mean 68122
print(f"fitted median {skewed.median:.0f}, mean {skewed.mean:.0f}")
# > fitted median 63510, mean 68052
print(f"total is more by {np.sum(price) / (n * back) - 1:.1%}")
# > total is more by 7.3%
# --8<-- [end:middle]

# --8<-- [start:hundred]
dear = Binomial(trials=100, probability=0.2)
bell = Normal(60, 20 / np.sqrt(100))
print(f"exact:    {dear.cdf(28) - dear.cdf(11):.3f}")
# > exact:    0.967
print(f"the bell: {bell.cdf(64) - bell.cdf(56):.3f}")
# > the bell: 0.954
# --8<-- [end:hundred]

# --8<-- [start:thirty]
clicks = Binomial(trials=30, probability=0.01)
print(f"no click in 30: {clicks.pmf(0):.2f}")
# > no click in 30: 0.74
bell = Normal(0.01, np.sqrt(0.01 * 0.99 / 30))
print(f"negative rate, says the bell: {bell.cdf(0):.2f}")
# > negative rate, says the bell: 0.29
# --8<-- [end:thirty]

# --8<-- [start:no-variance]
generator = np.random.default_rng(0)
for n in (1, 10, 100):
    top, bottom = generator.normal(size=(2, 5000, n))
    normal = np.mean(abs(top.mean(axis=1)) > 1)
    ratio = np.mean(abs((top / bottom).mean(axis=1)) > 1)
    print(f"n {n:3}: normal {normal:.2f}, ratio {ratio:.2f}")
# > n   1: normal 0.32, ratio 0.50
# > n  10: normal 0.00, ratio 0.49
# > n 100: normal 0.00, ratio 0.51
# --8<-- [end:no-variance]

# --8<-- [start:question-divisors]
pair = np.array([4.0, 8.0])
print(f"{np.var(pair):.1f} {np.var(pair, ddof=1):.1f}")
# > 4.0 8.0
# --8<-- [end:question-divisors]
