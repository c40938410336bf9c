"""Code of the module docs/optimization/convexity_and_conditioning.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.calculus import numerical_hessian
from mlmath.datasets import load_breast_cancer, load_windsor_housing
from mlmath.losses import log_loss, squared_error
from mlmath.optim import bfgs, gradient_descent, newton
from mlmath.stats import correlation, fit_scaler, sigmoid

# --8<-- [end:setup]

# --8<-- [start:average]
x = np.array([-1.0, 1.0])
y = np.array([1.0, 1.0])


def line_loss(w):
    return squared_error(w[0] * x + w[1], y).value


def network_loss(w):
    hidden = np.maximum(0, np.outer(w, x))  # two hidden units
    return squared_error(hidden.sum(axis=0), y).value


def halfway(loss, a, b):
    a, b = np.array(a), np.array(b)
    chord = (loss(a) + loss(b)) / 2
    return f"chord {chord:.2f}, loss {loss((a + b) / 2):.2f}"


print("line:   ", halfway(line_loss, [1.0, 1.0], [0.0, 3.0]))
# > line:    chord 2.50, loss 1.25
print("network:", halfway(network_loss, [1.0, -1.0], [-1.0, 1.0]))
# > network: chord 0.00, loss 1.00
# --8<-- [end:average]


# --8<-- [start:hessians]
def product_loss(w):
    return (w[0] * w[1] - 1) ** 2  # two layers, one unit each


def quartic(w):
    return w[0] ** 4 + w[1] ** 4


for name, loss in {
    "line": line_loss,
    "quartic": quartic,
    "product": product_loss,
}.items():
    H = numerical_hessian(loss, [0.0, 0.0])
    low, high = np.linalg.eigvalsh(H)
    print(f"{name:8} curvature {low:5.2f} to {high:.2f}")
# > line     curvature  2.00 to 2.00
# > quartic  curvature  0.00 to 0.00
# > product  curvature -2.00 to 2.00
# --8<-- [end:hessians]


# --8<-- [start:count]
def steps_on_bowl(curvatures):
    """Descent from (1, 1) at the rate 1/L, to a gradient of 0.001."""
    curvatures = np.array(curvatures)
    path = gradient_descent(
        lambda w: curvatures @ w**2 / 2,
        lambda w: curvatures * w,
        [1.0, 1.0],
        learning_rate=1 / curvatures.max(),
        steps=10_000,
        tolerance=0.001,
    )
    return len(path.points) - 1


for kappa in (1, 10, 100, 300):
    print(f"kappa {kappa:3}: {steps_on_bowl([1, kappa]):4} steps")
# > kappa   1:    1 steps
# > kappa  10:   66 steps
# > kappa 100:  688 steps
# > kappa 300: 2069 steps
# --8<-- [end:count]

# --8<-- [start:determinant]
for curvatures in ([0.01, 0.01], [1000, 0.001]):
    H = np.diag(curvatures)  # zeros beside the diagonal
    kappa = max(curvatures) / min(curvatures)
    print(f"determinant {np.linalg.det(H):.4f}, kappa {kappa:.0f}")
# > determinant 0.0001, kappa 1
# > determinant 1.0000, kappa 1000000
# --8<-- [end:determinant]

# --8<-- [start:houses]
houses = load_windsor_housing()
names = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
raw = np.column_stack([houses.column(name) for name in names])
mean, deviation = raw.mean(axis=0), raw.std(axis=0)


def hessian_of_fit(features):
    """Hessian of the mean squared error, with an intercept."""
    X = np.column_stack([np.ones(len(features)), features])
    return 2 / len(X) * X.T @ X


for name, features in {
    "raw": raw,
    "only divided": raw / deviation,
    "only centred": raw - mean,
    "both": fit_scaler(raw).transform(raw),
}.items():
    curvatures = np.linalg.eigvalsh(hessian_of_fit(features))
    print(f"{name:12} kappa {curvatures[-1] / curvatures[0]:.3g}")
# > raw          kappa 7.08e+08
# > only divided kappa 694
# > only centred kappa 2.6e+07
# > both         kappa 2.65
# --8<-- [end:houses]

# --8<-- [start:correlated]
lot = raw[:, 0]
for name, pair in {
    "bedrooms": raw[:, :2],
    "its square": np.column_stack([lot, lot**2]),
}.items():
    r = correlation(pair)[0, 1]
    scaled = fit_scaler(pair).transform(pair)
    curvatures = np.linalg.eigvalsh(hessian_of_fit(scaled))
    kappa = curvatures[-1] / curvatures[0]
    print(f"{name:10} r = {r:.2f}, kappa {kappa:4.1f}")
# > bedrooms   r = 0.15, kappa  1.4
# > its square r = 0.96, kappa 51.4
# --8<-- [end:correlated]


# --8<-- [start:too-far]
def count_loss(w):
    return np.exp(w[0]) - 2 * w[0]


def count_slope(w):
    return np.exp(w) - 2


def count_curvature(w):
    return np.diag(np.exp(w))


functions = (count_loss, count_slope, count_curvature)
for search in ("full", "backtracking"):
    path = newton(*functions, [-3.0], line_search=search)
    first, second = path.points[:2, 0]
    print(f"{search:12}  w = {first:.1f} -> {second:.1f}")
    print(f"  loss {path.losses[0]:.1f} -> {path.losses[1]:.2g}")
    print(f"  arrives after {len(path.points) - 1} steps")
# > full          w = -3.0 -> 36.2
# >   loss 6.0 -> 5.1e+15
# >   arrives after 41 steps
# > backtracking  w = -3.0 -> 1.9
# >   loss 6.0 -> 2.9
# >   arrives after 6 steps
# --8<-- [end:too-far]


# --8<-- [start:tumours]
tumours = load_breast_cancer()
malignant = tumours.labels
two = tumours.features[:, :2]  # radius and texture


def functions_of(features):
    X = np.column_stack([np.ones(len(features)), features])

    def loss(w):
        return log_loss(X @ w, malignant).value

    def gradient(w):
        return X.T @ log_loss(X @ w, malignant).gradient

    def hessian(w):
        probability = sigmoid(X @ w)
        weight = probability * (1 - probability)
        return X.T @ np.diag(weight) @ X / len(X)

    return loss, gradient, hessian


# --8<-- [end:tumours]

# --8<-- [start:race]
start = np.zeros(3)
scaled = fit_scaler(two).transform(two)
for name, features in {"raw": two, "scaled": scaled}.items():
    loss, gradient, hessian = functions_of(features)
    L = np.linalg.eigvalsh(hessian(start))[-1]  # largest at the start
    functions = (loss, gradient, hessian)
    ways = {
        "7 steps of newton": newton(*functions, start, steps=7),
        "50 of bfgs": bfgs(loss, gradient, start, steps=50),
        "200 of descent": gradient_descent(
            loss,
            gradient,
            start,
            learning_rate=1 / L,
            steps=200,
        ),
    }
    for way, path in ways.items():
        print(f"{name:6} {way:17} {path.losses[-1]:.4f}")
# > raw    7 steps of newton 0.2558
# > raw    50 of bfgs        0.2558
# > raw    200 of descent    0.6259
# > scaled 7 steps of newton 0.2558
# > scaled 50 of bfgs        0.2558
# > scaled 200 of descent    0.2558
# --8<-- [end:race]


# --8<-- [start:question-centred]
area = np.array([99.0, 101.0])
for feature in (area, area - 100):
    low, high = np.linalg.eigvalsh(hessian_of_fit(feature[:, None]))
    print(f"{high / low:.1e}")
# > 1.0e+08
# > 1.0e+00
# --8<-- [end:question-centred]
