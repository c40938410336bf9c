"""Code of the module docs/linear_algebra/products_and_predictions.md, in reading order."""

# --8<-- [start:setup]
import timeit

import numpy as np

from mlmath.datasets import load_windsor_housing
from mlmath.linalg import matmul_by_loops, solve_least_squares_qr
from mlmath.stats import fit_scaler

# --8<-- [end:setup]

# --8<-- [start:dot]
w = np.array([20, 5, 10])  # intercept, per bedroom, per bathroom
x = np.array([1, 3, 2])  # a one, bedrooms, bathrooms

total = 0
for j in range(len(w)):
    total = total + w[j] * x[j]
print("by a loop:", total)
# > by a loop: 55
print("by numpy: ", w @ x)
# > by numpy:  55
# --8<-- [end:dot]

# --8<-- [start:taste]
viewer = np.array([2, -1, 1])  # action, romance, humour
films = {"A": np.array([1, -2, 0]), "B": np.array([-1, 1, 1])}
for name, film in films.items():
    centred, graded = viewer @ film, (viewer + 3) @ (film + 3)
    print(f"film {name}: {centred:+d}, grades 1 to 5: {graded}")
# > film A: +4, grades 1 to 5: 34
# > film B: -2, grades 1 to 5: 34
# --8<-- [end:taste]

# --8<-- [start:two-models]
X = np.array([[1, 3, 2], [1, 2, 1], [1, 4, 2]])
W = np.array([[20, 1], [5, 2], [10, 1]])  # a column for each model
print(X @ W)
# > [[55  9]
# >  [40  6]
# >  [60 11]]
print("column by column:", X[:, 0] * 20 + X[:, 1] * 5 + X[:, 2] * 10)
# > column by column: [55 40 60]
by_loops = matmul_by_loops(X, W)
print("three loops agree:", np.array_equal(by_loops, X @ W))
# > three loops agree: True
# --8<-- [end:two-models]

# --8<-- [start:houses]
houses = load_windsor_housing()
price = houses.prices
names = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
features = np.column_stack([houses.column(name) for name in names])
X = np.column_stack([np.ones(len(price)), features])
all_four = np.array([700, 4.8, 4900, 18_000, 16_000])
lot_alone = np.array([34_000, 6.6, 0, 0, 0])
W = np.column_stack([all_four, lot_alone])

predicted = X @ W
print(X.shape, "@", W.shape, "->", predicted.shape)
# > (546, 5) @ (5, 2) -> (546, 2)
for house in (0, 1):
    first, second = predicted[house]
    print(f"{first:.0f} or {second:.0f}, paid {price[house]:.0f}")
# > 61480 or 72610, paid 42000
# > 47700 or 60400, paid 38500
# --8<-- [end:houses]


# --8<-- [start:star]
star = X * all_four
sums = X @ all_four
print("X @ w:", sums.shape, f"mean {sums.mean():.0f}")
# > X @ w: (546,) mean 68163
print("X * w:", star.shape, f"mean {star.mean():.0f}")
# > X * w: (546, 5) mean 13633
# --8<-- [end:star]

# --8<-- [start:transpose]
delta, inputs = np.array([1, 0, -1]), np.array([1, 2, 3])
weights = np.zeros((3, 3))
print(weights - 0.5 * (inputs.T @ delta))  # meant: a table
# > [[1. 1. 1.]
# >  [1. 1. 1.]
# >  [1. 1. 1.]]
print(weights - 0.5 * np.outer(inputs, delta))
# > [[-0.5  0.   0.5]
# >  [-1.   0.   1. ]
# >  [-1.5  0.   1.5]]
# --8<-- [end:transpose]

# --8<-- [start:stacks]
queries, keys = np.ones((10, 3, 4)), np.ones((10, 4, 5))
print("@:     ", (queries @ keys).shape)
# > @:      (10, 3, 5)
print("np.dot:", np.dot(queries, keys).shape)
# > np.dot: (10, 3, 10, 5)
# --8<-- [end:stacks]

# --8<-- [start:ones]
scaled = fit_scaler(features).transform(features)
ones = np.ones((len(price), 1))
for name, table in {"raw": features, "scaled": scaled}.items():
    for intercept in (True, False):
        X = np.hstack([ones, table]) if intercept else table
        predicted = X @ solve_least_squares_qr(X, price)
        error = np.sqrt(np.mean((predicted - price) ** 2))
        kind = "with ones" if intercept else "without"
        numbers = f"error {error:.0f}, first {predicted[0]:.0f}"
        print(f"{name:6} {kind:9} {numbers}")
# > raw    with ones error 17690, first 61335
# > raw    without   error 17691, first 61317
# > scaled with ones error 17690, first 61335
# > scaled without   error 70381, first -6786
# --8<-- [end:ones]


# --8<-- [start:stopwatch]
def dot_by_loop(a, b):
    total = 0.0
    for j in range(len(a)):
        total += a[j] * b[j]
    return total


def seconds(task):
    """Time of one call, from enough calls to measure it."""
    calls, taken = 1, 0.0
    while taken < 0.005:
        calls = 2 * calls
        taken = timeit.timeit(task, number=calls)
    return min(timeit.repeat(task, number=calls, repeat=3)) / calls


# --8<-- [end:stopwatch]

# --8<-- [start:race]
generator = np.random.default_rng(0)
ratios = []
for n in (10, 10_000):
    a, b = generator.normal(size=(2, n))
    a_list, b_list = a.tolist(), b.tolist()
    same = np.isclose(dot_by_loop(a_list, b_list), a @ b)
    loop = seconds(lambda p=a_list, q=b_list: dot_by_loop(p, q))
    ratios.append(loop / seconds(lambda p=a, q=b: p @ q))
    print(f"n = {n}: the same sum: {same}")
# > n = 10: the same sum: True
# > n = 10000: the same sum: True
print("at 10,000 numpy is faster:", ratios[1] > 1)
# > at 10,000 numpy is faster: True
print("the ratio has grown:      ", ratios[1] > ratios[0])
# > the ratio has grown:       True
# --8<-- [end:race]

# --8<-- [start:memory]
table = np.arange(12.0).reshape(3, 4)
turned = table.T
print("bytes to the next row, the next column:")
# > bytes to the next row, the next column:
print("table  ", table.shape, table.strides)
# > table   (3, 4) (32, 8)
print("table.T", turned.shape, turned.strides)
# > table.T (4, 3) (8, 32)
turned[0, 0] = 99
print(f"the first number of the table is now {table[0, 0]:.0f}")
# > the first number of the table is now 99
# --8<-- [end:memory]

# --8<-- [start:vectorize]
calls = []


def double_it(value):
    calls.append(value)
    return 2 * value


np.vectorize(double_it, otypes=[float])(np.arange(1000))
print("calls of the Python function:", len(calls))
# > calls of the Python function: 1000
# --8<-- [end:vectorize]

# --8<-- [start:order-of-a-sum]
products = (houses.column("lot_size") * price).astype(np.float32)
exact = sum(int(value) for value in houses.column("lot_size") * price)
rising = np.sort(products)
for name, numbers in {
    "as sold": products,
    "rising": rising,
    "falling": rising[::-1],
}.items():
    running = float(np.cumsum(numbers)[-1])  # one after the other
    print(f"{name:8} off by {running - exact:+,.0f}")
# > as sold  off by -2,662
# > rising   off by +30,106
# > falling  off by +13,722
# --8<-- [end:order-of-a-sum]

# --8<-- [start:question-star]
A = np.array([[1, 2], [3, 4]])
print((A * A)[0, 0], (A @ A)[0, 0])
# > 1 7
# --8<-- [end:question-star]

# --8<-- [start:question-flat]
flat = np.array([1, 2, 3])
print((flat @ flat.T).shape, np.outer(flat, flat).shape)
# > () (3, 3)
# --8<-- [end:question-flat]
