"""Code of the module docs/calculus/curvature.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.calculus import (
    numerical_derivative,
    numerical_hessian,
    quadratic_model,
)
from mlmath.linalg import symmetric_eigen
from mlmath.optim import gradient_descent

# --8<-- [end:setup]


# --8<-- [start:same-slope]
def second_difference(f, x, h):
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2


def narrow(w):
    return (2 * w - 6) ** 2


def wide(w):
    return (w + 3) ** 2


for name, f in {"narrow": narrow, "wide": wide}.items():
    slope = numerical_derivative(f, 5.0)
    second = second_difference(f, 5.0, h=1)
    print(f"{name:6} slope {slope:.1f}, second {second:.1f}")
# > narrow slope 16.0, second 8.0
# > wide   slope 16.0, second 2.0
# --8<-- [end:same-slope]


# --8<-- [start:best-h]
def fourth_power(x):
    return x * x * x * x


for h in (1e-1, 1e-2, 1e-4, 1e-6, 1e-8):
    error = abs(second_difference(fourth_power, 1.0, h) - 12)
    print(f"h = {h:.0e}   error = {error:.0e}")
# > h = 1e-01   error = 2e-02
# > h = 1e-02   error = 2e-04
# > h = 1e-04   error = 2e-08
# > h = 1e-06   error = 4e-04
# > h = 1e-08   error = 5e+00
# --8<-- [end:best-h]

# --8<-- [start:four-houses]
x = np.array([1.0, 1.0, 1.0, -1.0])
y = np.array([3.0, 4.0, 5.0, 2.0])


def loss(w):
    m, b = w
    return np.mean((m * x + b - y) ** 2)


X = np.column_stack([x, np.ones(len(x))])
H = 2 / len(x) * X.T @ X
print("formula: ", H.tolist())
# > formula:  [[2.0, 1.0], [1.0, 2.0]]
for place in ([0.0, 0.0], [7.0, -2.0]):
    measured = numerical_hessian(loss, place)
    print("measured:", measured.round(4).tolist())
# > measured: [[2.0, 1.0], [1.0, 2.0]]
# > measured: [[2.0, 1.0], [1.0, 2.0]]
# --8<-- [end:four-houses]

# --8<-- [start:eigen]
values, vectors = symmetric_eigen(H)
for k in (0, 1):
    v = vectors[:, k]  # column k belongs to value k
    print(f"{values[k]:.2f} along ({v[0]:.3f}, {v[1]:.3f})")
# > 3.00 along (0.707, 0.707)
# > 1.00 along (0.707, -0.707)
# --8<-- [end:eigen]

# --8<-- [start:three-points]
x3 = np.array([1.0, 2.0, 3.0])
y3 = np.array([2.0, 3.0, 7.0])
X3 = np.column_stack([x3, np.ones(3)])
H3 = 2 / 3 * X3.T @ X3
L, smallest = symmetric_eigen(H3).values
print(f"curvatures {L:.2f}, {smallest:.2f}; limit {2 / L:.4f}")
# > curvatures 11.09, 0.24; limit 0.1803
# --8<-- [end:three-points]


# --8<-- [start:limit]
def loss3(w):
    return np.mean((X3 @ w - y3) ** 2)


def gradient3(w):
    return 2 / 3 * X3.T @ (X3 @ w - y3)


guess = np.array([1.0, 0.0])
for rate in (0.179, 0.181):
    path = gradient_descent(
        loss3,
        gradient3,
        guess,
        learning_rate=rate,
        steps=1000,
    )
    print(f"rate {rate}: loss {path.losses[-1]:.3g}")
# > rate 0.179: loss 0.5
# > rate 0.181: loss 3.06e+07
# --8<-- [end:limit]


# --8<-- [start:random-tables]
generator = np.random.default_rng(0)
for p in (1, 2, 3, 4):
    A = generator.normal(size=(10_000, p, p))
    tables = A + A.transpose(0, 2, 1)
    smallest = np.linalg.eigvalsh(tables).min(axis=1)
    print(f"{p} x {p}: {np.mean(smallest > 0):.1%} are bowls")
# > 1 x 1: 49.7% are bowls
# > 2 x 2: 14.7% are bowls
# > 3 x 3: 2.6% are bowls
# > 4 x 4: 0.3% are bowls
# --8<-- [end:random-tables]

# --8<-- [start:assumed-curvature]
rate = 0.1
height, slopes = loss3(guess), gradient3(guess)
bowl = quadratic_model(height, slopes, np.eye(2) / rate, guess)
print("bowl of curvature 10:", bowl.stationary_point().round(2))
# > bowl of curvature 10: [2.  0.4]
print("gradient descent:    ", (guess - rate * slopes).round(2))
# > gradient descent:     [2.  0.4]

model = quadratic_model(height, slopes, H3, guess)
print("true curvatures:     ", model.stationary_point().round(2))
# > true curvatures:      [ 2.5 -1. ]
# --8<-- [end:assumed-curvature]


# --8<-- [start:newton]
def valleys_slope(w):
    return 4 * w**3 - 6 * w + 1


def valleys_second(w):
    return 12 * w**2 - 6


for start in (1.0, 0.0):
    walk = [start]
    for _ in range(3):
        w = walk[-1]
        walk.append(w - valleys_slope(w) / valleys_second(w))
    print(" ".join(f"{w:.4f}" for w in walk))
# > 1.0000 1.1667 1.1326 1.1309
# > 0.0000 0.1667 0.1699 0.1699
# --8<-- [end:newton]

# --8<-- [start:too-far]
for place in (0.5, 2.0):
    errors = []
    for order in (2, 4, 8):
        k = np.arange(1, order + 1)
        terms = (-1.0) ** (k - 1) * place**k / k
        errors.append(abs(terms.sum() - np.log(1 + place)))
    words = " ".join(f"{error:.4f}" for error in errors)
    print(f"x = {place}: {words}")
# > x = 0.5: 0.0305 0.0044 0.0001
# > x = 2.0: 1.0986 2.4319 20.4129
# --8<-- [end:too-far]

# --8<-- [start:question-newton]
w = 9.0
for _ in range(2):
    slope, second = 4 * w**3, 12 * w**2
    w = w - slope / second
print(f"{w:.2f}")
# > 4.00
# --8<-- [end:question-newton]
