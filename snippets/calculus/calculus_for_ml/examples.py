"""Code of the module docs/calculus/calculus_for_ml.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.calculus import numerical_derivative, numerical_gradient
from mlmath.datasets import load_windsor_housing
from mlmath.optim import gradient_descent
from mlmath.stats import fit_scaler

# --8<-- [end:setup]


# --8<-- [start:secant]
def f(x):
    return x * x


for h in (1, 0.1, 0.01, 0.001, -0.001):
    slope = (f(3 + h) - f(3)) / h
    print(f"h = {h:6.3f}   slope = {slope:.3f}")
# > h =  1.000   slope = 7.000
# > h =  0.100   slope = 6.100
# > h =  0.010   slope = 6.010
# > h =  0.001   slope = 6.001
# > h = -0.001   slope = 5.999
# --8<-- [end:secant]

# --8<-- [start:predict-change]
slope = numerical_derivative(f, 3.0)
for step in (0.1, -0.1):
    print(f"step {step:+.1f}: predicted {slope * step:+.2f}, actual {f(3 + step) - f(3):+.2f}")
# > step +0.1: predicted +0.60, actual +0.61
# > step -0.1: predicted -0.60, actual -0.59
# --8<-- [end:predict-change]

# --8<-- [start:halving]
for h in (0.1, 0.05, 0.025):
    forward = numerical_derivative(np.exp, 1.0, step=h, method="forward")
    central = numerical_derivative(np.exp, 1.0, step=h, method="central")
    print(f"h {h:.3f}: forward {forward - np.e:.4f}, central {central - np.e:.5f}")
# > h 0.100: forward 0.1406, central 0.00453
# > h 0.050: forward 0.0691, central 0.00113
# > h 0.025: forward 0.0343, central 0.00028
# --8<-- [end:halving]

# --8<-- [start:kink]
for h in (0.1, 0.001, -0.001, -0.1):
    slope = (abs(0 + h) - abs(0)) / h
    print(f"h = {h:6.3f}   slope of |x| at 0: {slope:+.1f}")
# > h =  0.100   slope of |x| at 0: +1.0
# > h =  0.001   slope of |x| at 0: +1.0
# > h = -0.001   slope of |x| at 0: -1.0
# > h = -0.100   slope of |x| at 0: -1.0
print(f"central difference: {numerical_derivative(abs, 0.0):.1f}")
# > central difference: 0.0
# --8<-- [end:kink]

# --8<-- [start:flat-places]
curves = {
    "x^2": lambda x: x**2,
    "1 - x^2": lambda x: 1 - x**2,
    "x^3": lambda x: x**3,
}
for name, g in curves.items():
    print(f"{name:8} slope {numerical_derivative(g, 0.0):.1f}, values {g(-1)} {g(0)} {g(1)}")
# > x^2      slope 0.0, values 1 0 1
# > 1 - x^2  slope 0.0, values 0 1 0
# > x^3      slope 0.0, values -1 0 1
# --8<-- [end:flat-places]


# --8<-- [start:too-small]
def cube(x):
    return x * x * x


for h in (1e-2, 1e-5, 1e-8, 1e-11, 1e-14):
    error = abs(numerical_derivative(cube, 1.0, step=h) - 3)
    print(f"h = {h:.0e}   error = {error:.0e}")
# > h = 1e-02   error = 1e-04
# > h = 1e-05   error = 1e-10
# > h = 1e-08   error = 7e-09
# > h = 1e-11   error = 2e-07
# > h = 1e-14   error = 2e-03
# --8<-- [end:too-small]

# --8<-- [start:line]
x = np.array([1.0, 2.0, 3.0])
y = np.array([2.0, 3.0, 7.0])


def loss(w):
    m, b = w
    errors = m * x + b - y
    return np.mean(errors**2)


def gradient(w):
    m, b = w
    errors = m * x + b - y
    return np.array([2 * np.mean(errors * x), 2 * np.mean(errors)])


guess = np.array([1.0, 0.0])
by_m, by_b = gradient(guess)
print(f"loss {loss(guess):.1f}, partials {by_m:.1f} and {by_b:.1f}")
# > loss 6.0, partials -10.0 and -4.0
# --8<-- [end:line]

# --8<-- [start:hold-still]
by_m = numerical_derivative(lambda m: loss([m, 0.0]), 1.0)  # only m moves
by_b = numerical_derivative(lambda b: loss([1.0, b]), 0.0)  # only b moves
print(f"one at a time: {by_m:.4f} and {by_b:.4f}")
# > one at a time: -10.0000 and -4.0000

by_m, by_b = numerical_gradient(loss, guess)
print(f"in one call:   {by_m:.4f} and {by_b:.4f}")
# > in one call:   -10.0000 and -4.0000
# --8<-- [end:hold-still]

# --8<-- [start:directions]
uphill = gradient(guess) / np.linalg.norm(gradient(guess))
sideways = np.array([-uphill[1], uphill[0]])
directions = {
    "along the gradient": uphill,
    "45 degrees off": (uphill + sideways) / np.sqrt(2),
    "at right angles": sideways,
    "against the gradient": -uphill,
}
for name, d in directions.items():
    print(f"{name:20} {loss(guess + 0.01 * d) - loss(guess):+.3f}")
# > along the gradient   +0.108
# > 45 degrees off       +0.076
# > at right angles      +0.000
# > against the gradient -0.107
# --8<-- [end:directions]

# --8<-- [start:factors]
for name, factor in {"sum of squares": 3, "mean": 1, "half the mean": 0.5}.items():
    by_m, by_b = numerical_gradient(lambda w, c=factor: c * loss(w), guess)
    print(f"{name:14} partials {by_m:6.1f} and {by_b:6.1f}")
# > sum of squares partials  -30.0 and  -12.0
# > mean           partials  -10.0 and   -4.0
# > half the mean  partials   -5.0 and   -2.0
# --8<-- [end:factors]

# --8<-- [start:houses]
houses = load_windsor_housing()
price = houses.prices
lot = houses.column("lot_size")  # square feet
bedrooms = houses.column("bedrooms")


def fit(*columns):
    """The weights with the smallest mean squared error, and their predictions."""
    table = np.column_stack([np.ones(len(price)), *columns])
    weights, *_ = np.linalg.lstsq(table, price)
    return weights, table @ weights


feet, from_feet = fit(lot, bedrooms)
metres, from_metres = fit(lot * 0.09290304, bedrooms)
print(f"per square foot  {feet[1]:5.2f}, per bedroom {feet[2]:.0f}")
# > per square foot   6.05, per bedroom 10567
print(f"per square metre {metres[1]:5.2f}, per bedroom {metres[2]:.0f}")
# > per square metre 65.15, per bedroom 10567
print(f"largest difference: {np.abs(from_feet - from_metres).max():.2f}")
# > largest difference: 0.00
# --8<-- [end:houses]

# --8<-- [start:same-scale]
both = np.column_stack([lot, bedrooms])
lot_scaled, bedrooms_scaled = fit_scaler(both).transform(both).T
weights, from_scaled = fit(lot_scaled, bedrooms_scaled)
print(f"lot size {weights[1]:.0f}, bedrooms {weights[2]:.0f}")
# > lot size 13112, bedrooms 7785
print(f"largest difference: {np.abs(from_feet - from_scaled).max():.2f}")
# > largest difference: 0.00
# --8<-- [end:same-scale]

# --8<-- [start:one-step]
after = guess - 0.1 * gradient(guess)
print(f"m = {after[0]:.1f}, b = {after[1]:.1f}, loss {loss(guess):.2f} -> {loss(after):.2f}")
# > m = 2.0, b = 0.4, loss 6.00 -> 0.83
# --8<-- [end:one-step]

# --8<-- [start:rates]
for rate in (0.1, 0.5, 0.9, 1.0, 1.1):
    walk = [4.0]
    for _ in range(5):
        w = walk[-1]
        walk.append(w - rate * 2 * w)
    print(f"{rate}:" + "".join(f"{w:6.2f}" for w in walk))
# > 0.1:  4.00  3.20  2.56  2.05  1.64  1.31
# > 0.5:  4.00  0.00  0.00  0.00  0.00  0.00
# > 0.9:  4.00 -3.20  2.56 -2.05  1.64 -1.31
# > 1.0:  4.00 -4.00  4.00 -4.00  4.00 -4.00
# > 1.1:  4.00 -4.80  5.76 -6.91  8.29 -9.95
# --8<-- [end:rates]

# --8<-- [start:walk]
path = gradient_descent(loss, gradient, guess, learning_rate=0.1, steps=10_000, tolerance=1e-6)
m, b = path.result
print(path.stop_reason)
# > the gradient norm reached the tolerance
print(f"{len(path.points) - 1} steps, gradient norm {path.gradient_norms[-1]:.1e}")
# > 527 steps, gradient norm 9.8e-07
print(f"m = {m:.4f}, b = {b:.4f}, loss {path.losses[-1]:.4f}")
# > m = 2.5000, b = -1.0000, loss 0.5000
# --8<-- [end:walk]


# --8<-- [start:two-starts]
def wavy(w):
    return w[0] ** 4 - 3 * w[0] ** 2 + w[0]


def wavy_slope(w):
    return 4 * w**3 - 6 * w + 1


for start in (-2.0, 2.0):
    path = gradient_descent(wavy, wavy_slope, [start], learning_rate=0.02, steps=200)
    print(f"from {start:+.0f} to w = {path.result[0]:.3f}, loss {path.losses[-1]:.3f}")
# > from -2 to w = -1.301, loss -3.514
# > from +2 to w = 1.131, loss -1.070
# --8<-- [end:two-starts]


# --8<-- [start:scaling]
def descend_on_prices(column, learning_rate, steps):
    """Fit price = m * column + b, starting from m = b = 0; return the typical error in dollars."""

    def price_loss(w):
        m, b = w
        return np.mean((m * column + b - price) ** 2)

    def price_gradient(w):
        m, b = w
        errors = m * column + b - price
        return np.array([2 * np.mean(errors * column), 2 * np.mean(errors)])

    path = gradient_descent(price_loss, price_gradient, [0.0, 0.0], learning_rate=learning_rate, steps=steps)
    return np.sqrt(path.losses[-1])


for name, column in {"raw": lot, "scaled": lot_scaled}.items():
    print(f"{name:6} rates must stay below {2 / (2 * np.mean(column**2)):.1e}")
# > raw    rates must stay below 3.2e-08
# > scaled rates must stay below 1.0e+00
print(f"raw, 10 steps:    {descend_on_prices(lot, 3e-8, 10):.0f} dollars")
# > raw, 10 steps:    31491 dollars
print(f"raw, 10000 steps: {descend_on_prices(lot, 3e-8, 10_000):.0f} dollars")
# > raw, 10000 steps: 26125 dollars
print(f"scaled, 10 steps: {descend_on_prices(lot_scaled, 0.4, 10):.0f} dollars")
# > scaled, 10 steps: 22526 dollars
print(f"the best line:    {np.sqrt(np.mean((fit(lot)[1] - price) ** 2)):.0f} dollars")
# > the best line:    22526 dollars
# --8<-- [end:scaling]


# --8<-- [start:not-the-way]
def bowl(w):
    return (w[0] ** 2 + 10 * w[1] ** 2) / 2


def bowl_gradient(w):
    return np.array([w[0], 10 * w[1]])


corner = np.array([6.0, 2.0])
down = -bowl_gradient(corner)
way = -corner
print(f"downhill: {down[1] / down[0]:.2f} along y per 1 along x")
# > downhill: 3.33 along y per 1 along x
print(f"minimum:  {way[1] / way[0]:.2f} along y per 1 along x")
# > minimum:  0.33 along y per 1 along x
# --8<-- [end:not-the-way]


# --8<-- [start:saddle]
def saddle(w):
    return w[0] ** 2 + (w[1] ** 2 - 1) ** 2


def saddle_gradient(w):
    return np.array([2 * w[0], 4 * w[1] * (w[1] ** 2 - 1)])


for y0 in (0.0, 0.001, -0.001):
    path = gradient_descent(saddle, saddle_gradient, [1.0, y0], learning_rate=0.1, steps=200)
    end = path.result
    print(f"y = {y0:+.3f}: ({end[0]:.2f}, {end[1]:+.2f}), loss {path.losses[-1]:.2f}")
# > y = +0.000: (0.00, +0.00), loss 1.00
# > y = +0.001: (0.00, +1.00), loss 0.00
# > y = -0.001: (0.00, -1.00), loss 0.00
# --8<-- [end:saddle]

# --8<-- [start:question-ratio]
errors = [numerical_derivative(np.exp, 0.0, step=h) - 1 for h in (0.2, 0.1)]
print(f"{errors[0] / errors[1]:.1f}")
# > 4.0
# --8<-- [end:question-ratio]

# --8<-- [start:question-steps]
w = 5.0
for _ in range(2):
    w = w - 0.25 * (2 * w)
print(f"{w:.2f}")
# > 1.25
# --8<-- [end:question-steps]
