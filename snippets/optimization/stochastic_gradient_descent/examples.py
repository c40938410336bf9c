"""Code of the module docs/optimization/stochastic_gradient_descent.md, in reading order."""

# --8<-- [start:setup]
from itertools import combinations, product

import numpy as np

from mlmath.datasets import load_windsor_housing
from mlmath.optim import (
    gradient_descent,
    inverse_time_decay,
    stochastic_gradient_descent,
)
from mlmath.stats import fit_scaler

# --8<-- [end:setup]


# --8<-- [start:floor]
two = np.array([2.0, 6.0])


def noise_floor(learning_rate, generator):
    """Mean squared distance from 4 of 10,000 walks."""
    w = np.full(10_000, 3.0)
    for _ in range(60):
        drawn = two[generator.integers(2, size=len(w))]
        w = w - learning_rate * (w - drawn)
    return np.mean((w - 4) ** 2)


generator = np.random.default_rng(0)
for rate in (1.0, 0.5, 0.2, 0.1):
    measured = noise_floor(rate, generator)
    formula = rate / (2 - rate) * 4
    print(f"rate {rate}: {measured:.1f}, formula {formula:.1f}")
# > rate 1.0: 4.0, formula 4.0
# > rate 0.5: 1.3, formula 1.3
# > rate 0.2: 0.4, formula 0.4
# > rate 0.1: 0.2, formula 0.2
# --8<-- [end:floor]

# --8<-- [start:houses]
houses = load_windsor_housing()
names = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
table = np.column_stack([houses.column(name) for name in names])
scaled = fit_scaler(table).transform(table)
X = np.column_stack([np.ones(546), scaled])
y = houses.prices / 10_000


def loss(w):
    return np.mean((X @ w - y) ** 2) / 2


def example_gradient(w, batch):
    errors = X[batch] @ w - y[batch]
    return X[batch].T @ errors / len(batch)


best, *_ = np.linalg.lstsq(X, y)
print(f"guess {loss(np.zeros(5)):.2f}, best {loss(best):.2f}")
# > guess 26.76, best 1.56
# --8<-- [end:houses]

# --8<-- [start:race]
everything = np.arange(546)
full = gradient_descent(
    loss,
    lambda w: example_gradient(w, everything),
    np.zeros(5),
    learning_rate=0.88,
    steps=10,
)
noisy = stochastic_gradient_descent(
    loss,
    example_gradient,
    np.zeros(5),
    examples=546,
    learning_rate=0.005,
    epochs=10,
    with_replacement=True,
    generator=np.random.default_rng(0),
)
for seen in (1, 10):
    first = full.losses[seen] - loss(best)
    second = noisy.losses[546 * seen] - loss(best)
    print(f"{546 * seen:4} seen: full {first:.5f}, SGD {second:.5f}")
# >  546 seen: full 0.72563, SGD 0.04826
# > 5460 seen: full 0.00000, SGD 0.02086
# --8<-- [end:race]

# --8<-- [start:uphill]
went_up = np.diff(noisy.losses) > 0
print(f"first 100 steps: {went_up[:100].mean():.0%} went up")
# > first 100 steps: 0% went up
print(f"last 546 steps: {went_up[-546:].mean():.0%} went up")
# > last 546 steps: 50% went up
# --8<-- [end:uphill]


# --8<-- [start:valleys]
def share_in_the_deep_valley(start, learning_rate, generator):
    w = np.full(200, start)
    for _ in range(600):
        noise = 16 * generator.integers(2, size=len(w)) - 8
        w = w - learning_rate * (4 * w * w * w - 6 * w + 1 + noise)
    return np.mean(w < 0.17)


generator = np.random.default_rng(0)
for rate in (0.005, 0.02, 0.05):
    shallow = share_in_the_deep_valley(1.13, rate, generator)
    deep = share_in_the_deep_valley(-1.30, rate, generator)
    print(f"{rate:5}: from shallow {shallow:.0%}, deep {deep:.0%}")
# > 0.005: from shallow 0%, deep 100%
# >  0.02: from shallow 86%, deep 100%
# >  0.05: from shallow 80%, deep 84%
# --8<-- [end:valleys]

# --8<-- [start:pairs]
slopes = 4.0 - np.array([1.0, 3.0, 5.0, 7.0])
with_return = [np.mean(pair) for pair in product(slopes, repeat=2)]
without = [np.mean(pair) for pair in combinations(slopes, 2)]
print(f"one example:  {np.var(slopes):.2f}")
# > one example:  5.00
print(f"16 pairs with replacement: {np.var(with_return):.2f}")
# > 16 pairs with replacement: 2.50
print(f"6 pairs without:           {np.var(without):.2f}")
# > 6 pairs without:           1.67
# --8<-- [end:pairs]


# --8<-- [start:sweet-spot]
def steps_needed(size, target=0.01, variance=4.0, cap=0.1):
    """Fewest steps with the best constant rate below the cap."""
    rates = np.linspace(0.0002, cap, 4000)
    floor = rates / (2 - rates) * variance / size
    rates, floor = rates[floor < target], floor[floor < target]
    left = (target - floor) / (1 - floor)
    return np.ceil(np.log(left) / np.log((1 - rates) ** 2)).min()


for size in (1, 4, 16, 64, 256, 1024):
    steps = steps_needed(size)
    seen = size * steps
    print(f"batch {size:4}: {steps:3.0f} steps, {seen:5.0f} examples")
# > batch    1: 763 steps,   763 examples
# > batch    4: 191 steps,   764 examples
# > batch   16:  48 steps,   768 examples
# > batch   64:  24 steps,  1536 examples
# > batch  256:  23 steps,  5888 examples
# > batch 1024:  22 steps, 22528 examples
# --8<-- [end:sweet-spot]

# --8<-- [start:schedules]
schedules = {
    "0.1": lambda k: 0.1,
    "0.01": lambda k: 0.01,
    "1/(k+1)": inverse_time_decay(1.0, half_after=1),
    "0.1/(k+1)": inverse_time_decay(0.1, half_after=1),
}
for name, schedule in schedules.items():
    generator = np.random.default_rng(0)
    w = np.full(400, 9.0)
    line = f"{name:9}"
    for k in range(1000):
        drawn = two[generator.integers(2, size=400)]
        w = w - schedule(k) * (w - drawn)
        if k + 1 in (10, 100, 1000):
            line += f" {np.mean((w - 4) ** 2):7.3f}"
    print(line)
# > 0.1         3.209   0.238   0.209
# > 0.01       20.474   3.359   0.023
# > 1/(k+1)     0.366   0.041   0.004
# > 0.1/(k+1)  13.901   8.833   5.577
# --8<-- [end:schedules]

# --8<-- [start:average]
half = len(noisy.points) // 2
above = noisy.losses[half:] - loss(best)
average = loss(noisy.points[half:].mean(axis=0)) - loss(best)
print(f"lowest {above.min():.4f}, highest {above.max():.4f}")
# > lowest 0.0021, highest 0.1152
print(f"last   {above[-1]:.4f}, average point {average:.4f}")
# > last   0.0209, average point 0.0004
# --8<-- [end:average]


# --8<-- [start:sorted]
def end_of_epochs(orders, learning_rate=0.5):
    """Where each epoch ends: one row of prices for each epoch."""
    w, ends = 4.0, []
    for order in orders:
        for price in order:
            w = w - learning_rate * (w - price)
        ends.append(w)
    return np.array(ends)


four = np.array([2.0, 2.0, 6.0, 6.0])
generator = np.random.default_rng(0)
in_order = np.tile(four, (2000, 1))
ends = end_of_epochs(in_order)
print(f"sorted:   {ends[0]:.2f} {ends[1]:.2f} ... {ends[-1]:.2f}")
# > sorted:   5.12 5.20 ... 5.20
ends = end_of_epochs(generator.permuted(in_order, axis=1))
print(f"shuffled: mean {ends.mean():.1f}")
# > shuffled: mean 4.0
# --8<-- [end:sorted]

# --8<-- [start:question-two-steps]
w = 0.0
for price in (2.0, 6.0):
    w = w - 0.5 * (w - price)
print(f"{w:.2f}")
# > 3.50
# --8<-- [end:question-two-steps]
