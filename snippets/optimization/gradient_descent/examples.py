"""Code of the module docs/optimization/gradient_descent.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.datasets import load_windsor_housing
from mlmath.optim import backtracking, gradient_descent, plateau
from mlmath.stats import fit_scaler

# --8<-- [end:setup]


# --8<-- [start:same-walk]
def ride_slope(c):
    return 2 * (c - 7)


for times, rate in ((1, 0.1), (100, 0.1), (100, 0.001)):
    c = 2.0
    walk = []
    for _ in range(2):
        c = c - rate * times * ride_slope(c)
        walk.append(f"{c:.1f}")
    print(f"x {times:3}, rate {rate}: {', '.join(walk)}")
# > x   1, rate 0.1: 3.0, 3.8
# > x 100, rate 0.1: 102.0, -1798.0
# > x 100, rate 0.001: 3.0, 3.8
# --8<-- [end:same-walk]

# --8<-- [start:houses]
houses = load_windsor_housing()
price = houses.prices / 1000  # thousand dollars
scaled = fit_scaler(houses.features).transform(houses.features)
X = np.column_stack([np.ones(len(price)), scaled])


def loss(w):
    return np.mean((X @ w - price) ** 2)


def gradient(w):
    return 2 * X.T @ (X @ w - price) / len(price)


def descend(rate, **options):
    start = np.zeros(12)
    options["learning_rate"] = rate
    return gradient_descent(loss, gradient, start, **options)


# --8<-- [end:houses]

# --8<-- [start:curvatures]
curvatures = np.linalg.eigvalsh(2 * X.T @ X / len(price))
mu, L = curvatures[0], curvatures[-1]
print(f"{len(curvatures)} curvatures from {mu:.3f} to {L:.3f}")
# > 12 curvatures from 0.829 to 4.692
print(f"the limit 2/L is {2 / L:.4f}")
# > the limit 2/L is 0.4262
# --8<-- [end:curvatures]

# --8<-- [start:sweep]
for rate in (0.001, 0.01, 0.1, 0.36, 0.99 * 2 / L, 2 / L, 1.01 * 2 / L):
    path = descend(rate, steps=300)
    typical = np.sqrt(path.losses)  # root of the mean squared error
    errors = "".join(f"{typical[k]:7.1f}" for k in (0, 2, 100, 300))
    print(f"{rate:.4f}:{errors}")
# > 0.0010:   73.2   72.8   59.5   40.8
# > 0.0100:   73.2   70.1   17.8   15.3
# > 0.1000:   73.2   46.7   15.3   15.3
# > 0.3600:   73.2   19.1   15.3   15.3
# > 0.4220:   73.2   25.6   15.5   15.3
# > 0.4262:   73.2   26.3   26.2   26.2
# > 0.4305:   73.2   27.0  155.2 8104.4
# --8<-- [end:sweep]


# --8<-- [start:armijo]
def safe_descent(loss, gradient, w, steps):
    """Each step searches its own rate: 1, 1/2, 1/4, ..."""
    rates = []
    for _ in range(steps):
        found = backtracking(loss, gradient, w, -gradient(w))
        w = found.point
        rates.append(found.step)
    print(f"rates from {min(rates):.4f} to {max(rates):.4f}")
    return w


w = safe_descent(loss, gradient, np.zeros(12), steps=15)
# > rates from 0.2500 to 0.5000
print(f"houses: typical error {np.sqrt(loss(w)):.2f}")
# > houses: typical error 15.25
far = np.array([10.0])
w = safe_descent(lambda w: w[0] ** 4, lambda w: 4 * w**3, far, steps=40)
# > rates from 0.0039 to 1.0000
print(f"w^4: from 10 to {w[0]:.2f}")
# > w^4: from 10 to 0.06
# --8<-- [end:armijo]


# --8<-- [start:steps]
def worst_factor(rate):
    return max(abs(1 - rate * mu), abs(1 - rate * L))


best = np.linalg.lstsq(X, price)[0]  # the answer, for comparison
print(f"the minimum of the loss is {loss(best):.1f}")
# > the minimum of the loss is 232.6
for rate in (0.01, 0.1, 1 / L, 2 / (L + mu), 0.42):
    factor = worst_factor(rate)
    needed = int(np.ceil(np.log(0.001) / np.log(factor)))
    path = descend(rate, steps=needed)
    distances = np.linalg.norm(path.points - best, axis=1)
    taken = np.argmax(distances <= 0.001 * distances[0])
    print(f"{rate:.3f}: {factor:.3f}, enough {needed:3}, took {taken:3}")
# > 0.010: 0.992, enough 830, took 451
# > 0.100: 0.917, enough  80, took  44
# > 0.213: 0.823, enough  36, took  20
# > 0.362: 0.700, enough  20, took  15
# > 0.420: 0.971, enough 233, took 179
# --8<-- [end:steps]

# --8<-- [start:power-law]
w, k = 1.0, 0
for target in (0.1, 0.05, 0.025):
    while w > target:
        w, k = w - 0.1 * 4 * w**3, k + 1
    about = 1 / (0.8 * target**2)
    print(f"w = {target:5}: {k:4} steps, about {about:4.0f}")
# > w =   0.1:  120 steps, about  125
# > w =  0.05:  494 steps, about  500
# > w = 0.025: 1993 steps, about 2000
# --8<-- [end:power-law]

# --8<-- [start:stopped]
for rate in (0.1, 1e-6):
    stop = plateau(patience=1, improvement=0.05)
    path = descend(rate, steps=1000, stop=stop)
    typical = np.sqrt(path.losses[-1])
    print(f"{rate:g}: {len(path.points) - 1} steps, error {typical:.2f}")
    print(f"  gradient norm {path.gradient_norms[-1]:.2f}")
# > 0.1: 26 steps, error 15.26
# >   gradient norm 0.51
# > 1e-06: 1 steps, error 73.16
# >   gradient norm 151.32
# --8<-- [end:stopped]

# --8<-- [start:certificate]
path = descend(0.36, steps=1000, tolerance=0.01)
print(f"{len(path.points) - 1} steps")
# > 24 steps
print(path.stop_reason)
# > the gradient norm reached the tolerance
distance = np.linalg.norm(path.result - best)
promise = path.gradient_norms[-1] / mu
print(f"distance {distance:.4f}, at most {promise:.4f}")
# > distance 0.0019, at most 0.0104
# --8<-- [end:certificate]

# --8<-- [start:question-factors]
parts = np.array([1.0, 1.0])
curvature = np.array([4.0, 1.0])
for _ in range(2):
    parts = parts - 0.4 * curvature * parts
print(f"{parts[0]:.2f} {parts[1]:.2f}")
# > 0.36 0.36
# --8<-- [end:question-factors]
