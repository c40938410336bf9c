"""Code of the module docs/optimization/training_in_practice.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.calculus import check_gradient, numerical_derivative
from mlmath.datasets import load_windsor_housing, make_two_moons
from mlmath.losses import softmax_cross_entropy
from mlmath.models import (
    Layer,
    flatten_parameters,
    initialize_network,
    network_gradient_by_hand,
    network_loss,
    unflatten_parameters,
)
from mlmath.optim import Adam, AdamW, gradient_descent
from mlmath.stats import fit_scaler

# --8<-- [end:setup]

# --8<-- [start:four-signs]
a = np.array([3, 4])
signs = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
z = signs @ a
relu = np.maximum(z, 0)
print("sums", z, "mean of squares", np.mean(z**2))
# > sums [ 7 -1  1 -7] mean of squares 25.0
print("ReLU", relu, "mean of squares", np.mean(relu**2))
# > ReLU [7 0 1 0] mean of squares 12.5
# --8<-- [end:four-signs]


# --8<-- [start:through-depth]
def size(values):
    return np.sqrt(np.mean(values**2))


def through_depth(activation, scale):
    rng = np.random.default_rng(0)
    widths = [100] * 21  # 20 layers between them
    layers = initialize_network(
        widths,
        generator=rng,
        activation=activation,
    )
    signals = [rng.normal(size=(20, 100))]
    slope = rng.normal(size=(20, 100))
    for weights, _ in layers:
        z = signals[-1] @ (scale * weights)
        relu = activation == "relu"
        signals.append(np.maximum(z, 0) if relu else np.tanh(z))
    for number in range(20, 0, -1):
        out = signals[number]
        bend = out > 0 if relu else 1 - out**2  # its slope
        slope = (slope * bend) @ (scale * layers[number - 1].weights).T
    return size(signals[-1]), size(slope)


# --8<-- [end:through-depth]

# --8<-- [start:three-scales]
for activation in ("relu", "tanh"):
    for scale in (0.5, 1.0, 2.0):
        signal, slope = through_depth(activation, scale)
        print(f"{activation} x {scale}: {signal:.0e} {slope:.0e}")
# > relu x 0.5: 1e-06 1e-06
# > relu x 1.0: 1e+00 1e+00
# > relu x 2.0: 1e+06 1e+06
# > tanh x 0.5: 7e-07 7e-07
# > tanh x 1.0: 2e-01 2e-01
# > tanh x 2.0: 7e-01 2e+01
# --8<-- [end:three-scales]


# --8<-- [start:train]
def train(layers, X, labels, rate, steps, activation="relu"):
    """Plain gradient descent; returns the layers and the losses."""
    losses = []
    for _ in range(steps):
        loss, slopes = network_gradient_by_hand(
            layers,
            X,
            labels,
            activation=activation,
        )
        losses.append(loss)
        layers = tuple(
            Layer(
                layer.weights - rate * slope.weights,
                layer.bias - rate * slope.bias,
            )
            for layer, slope in zip(layers, slopes, strict=True)
        )
    return layers, losses


# --8<-- [end:train]

# --8<-- [start:zeros]
rng = np.random.default_rng(0)
X, labels = make_two_moons(60, noise=0.1, generator=rng)
for value in (0.0, 0.5):
    start = (
        Layer(np.full((2, 3), value), np.zeros(3)),
        Layer(np.full((3, 2), value), np.zeros(2)),
    )
    end, _ = train(start, X, labels, 0.3, 100, activation="tanh")
    print(end[0].weights.round(2))
# > [[0. 0. 0.]
# >  [0. 0. 0.]]
# > [[ 0.38  0.38  0.38]
# >  [-0.82 -0.82 -0.82]]
# --8<-- [end:zeros]

# --8<-- [start:deep]
for scale in (0.5, 1.0):
    rng = np.random.default_rng(1)
    widths = [2] + [20] * 10 + [2]
    drawn = initialize_network(widths, generator=rng, activation="relu")
    deep = [Layer(scale * one.weights, one.bias) for one in drawn]
    _, losses = train(deep, X, labels, 0.1, 150)
    print(f"x {scale}: {losses[0]:.2f} -> {losses[-1]:.2f}")
# > x 0.5: 0.69 -> 0.69
# > x 1.0: 0.76 -> 0.02
# --8<-- [end:deep]


# --8<-- [start:shrink-or-select]
def soft_threshold(a, alpha):
    return np.sign(a) * np.maximum(np.abs(a) - alpha, 0)


a = np.array([3.0, 0.5, -0.2, -2.0])
print("data alone:", a)
# > data alone: [ 3.   0.5 -0.2 -2. ]
print("L2, alpha 1:", a / (1 + 1))
# > L2, alpha 1: [ 1.5   0.25 -0.1  -1.  ]
print("L1, alpha 1:", soft_threshold(a, 1) + 0.0)  # -0 becomes 0
# > L1, alpha 1: [ 2.  0.  0. -1.]
# --8<-- [end:shrink-or-select]

# --8<-- [start:lasso]
houses = load_windsor_housing()
F = fit_scaler(houses.features).transform(houses.features)
price = np.log(houses.prices)
price = (price - price.mean()) / price.std()
rate = 1 / np.linalg.eigvalsh(F.T @ F / len(F)).max()


def lasso(alpha, steps=300):
    w = np.zeros(F.shape[1])
    for _ in range(steps):
        gradient = F.T @ (F @ w - price) / len(F)
        w = soft_threshold(w - rate * gradient, rate * alpha)
    return w


# --8<-- [end:lasso]

# --8<-- [start:kept]
for alpha in (0.01, 0.1, 0.3, 0.5):
    kept = np.flatnonzero(lasso(alpha))  # where it is not 0
    print(f"alpha {alpha}: keeps {len(kept)} of 11")
# > alpha 0.01: keeps 11 of 11
# > alpha 0.1: keeps 10 of 11
# > alpha 0.3: keeps 4 of 11
# > alpha 0.5: keeps 1 of 11
print("the last one:", houses.feature_names[kept[0]])
# > the last one: lot_size
# --8<-- [end:kept]

# --8<-- [start:early]
curvature = np.array([10.0, 1.0, 0.1])
learning_rate, alpha = 0.01, 1.0
w = np.zeros(3)
for _ in range(100):  # 100 steps, and 1 / (0.01 * 100) = 1 = alpha
    w = w - learning_rate * curvature * (w - 1)
print("100 steps:", w.round(2))
# > 100 steps: [1.   0.63 0.1 ]
print("ridge:    ", (curvature / (curvature + alpha)).round(2))
# > ridge:     [0.91 0.5  0.09]
# --8<-- [end:early]


# --8<-- [start:adam-is-not-decay]
def after_1000_steps(rule, penalty):
    w, state = np.ones(2), rule.initial_state(np.ones(2))
    for k in range(1000):
        noise = np.array([1.0, 100.0]) * (-1) ** k
        slope = noise + penalty * w
        change, state = rule.update(state, slope, 0.01, w)
        w = w + change
    return w.round(2)


print("L2 in the loss:", after_1000_steps(Adam(), penalty=0.1))
# > L2 in the loss: [0.36 0.97]
decay = AdamW(weight_decay=0.1)
print("weight decay:  ", after_1000_steps(decay, penalty=0))
# > weight decay:   [0.36 0.36]
# --8<-- [end:adam-is-not-decay]

# --8<-- [start:own-data]
rng = np.random.default_rng(2)


def one_regression(steps=200):
    w_true, w = rng.normal(size=30) / 4, np.zeros(30)
    sizes = (40, 10, 500)
    A, A_check, A_new = (rng.normal(size=(n, 30)) for n in sizes)
    y = A @ w_true + rng.normal(size=40)
    y_check = A_check @ w_true + rng.normal(size=10)
    y_new = A_new @ w_true + rng.normal(size=500)
    check, new = [], []
    for _ in range(steps):
        w = w - 0.1 * A.T @ (A @ w - y) / 40
        check.append(np.mean((A_check @ w - y_check) ** 2))
        new.append(np.mean((A_new @ w - y_new) ** 2))
    stop = np.argmin(check)
    return check[stop], new[stop], new[-1]


runs = [one_regression() for _ in range(20)]
stopped, on_new, at_end = np.mean(runs, axis=0)
print(f"validation, where stopped: {stopped:.1f}")
# > validation, where stopped: 1.8
print(f"new data, where stopped: {on_new:.1f}")
# > new data, where stopped: 1.9
print(f"new data, after 200 steps: {at_end:.1f}")
# > new data, after 200 steps: 2.7
# --8<-- [end:own-data]

# --8<-- [start:starting-loss]
labels_of_ten = np.arange(20) % 10
for scale in (0, 0.1, 1, 10):
    scores = scale * np.random.default_rng(3).normal(size=(20, 10))
    loss = softmax_cross_entropy(scores, labels_of_ten).value
    print(f"scores of size {scale}: {loss:.2f}")
# > scores of size 0: 2.30
# > scores of size 0.1: 2.29
# > scores of size 1: 2.63
# > scores of size 10: 14.58
print(f"log(10) = {np.log(10):.2f}")
# > log(10) = 2.30
# --8<-- [end:starting-loss]

# --8<-- [start:dead]
rng = np.random.default_rng(4)
X, labels = make_two_moons(100, noise=0.2, generator=rng)
raw = 100 + 10 * X  # the same points, in other units
start = initialize_network([2, 16, 2], generator=rng, activation="relu")
scaled = fit_scaler(raw).transform(raw)
for name, inputs in (("raw", raw), ("scaled", scaled)):
    end, losses = train(start, inputs, labels, 0.3, 200)
    hidden = np.maximum(inputs @ end[0].weights + end[0].bias, 0)
    dead = np.mean(np.all(hidden == 0, axis=0))
    print(f"{name}: loss {losses[-1]:.2f}, dead units {dead:.0%}")
# > raw: loss 0.69, dead units 100%
# > scaled: loss 0.13, dead units 0%
# --8<-- [end:dead]

# --8<-- [start:leak]
rng = np.random.default_rng(5)
X, labels = make_two_moons(40, noise=0.4, generator=rng)
X_new, labels_new = make_two_moons(400, noise=0.4, generator=rng)
copies = rng.choice(40, size=30, replace=False)
widths = [2, 40, 40, 2]
start = initialize_network(widths, generator=rng, activation="relu")
end, losses = train(start, X, labels, 0.2, 500)
for name, features, true in (
    ("training", X, labels),
    ("copies as validation", X[copies], labels[copies]),
    ("new data", X_new, labels_new),
):
    loss = network_loss(end, features, true, activation="relu")
    print(f"{name}: {loss:.2f}")
# > training: 0.10
# > copies as validation: 0.09
# > new data: 0.60
# --8<-- [end:leak]

# --8<-- [start:checked-loss]
rng = np.random.default_rng(10)
X, labels = make_two_moons(100, noise=0.2, generator=rng)
start = initialize_network([2, 8, 2], generator=rng)


def loss(v):
    layers = unflatten_parameters(v, start)
    return float(network_loss(layers, X, labels))


# --8<-- [end:checked-loss]


# --8<-- [start:wrong-gradient]
def gradient(v, forget_bend=False):
    first, last = unflatten_parameters(v, start)
    hidden = np.tanh(X @ first.weights + first.bias)
    scores = hidden @ last.weights + last.bias
    slope = softmax_cross_entropy(scores, labels).gradient
    back = slope @ last.weights.T
    if not forget_bend:
        back = back * (1 - hidden**2)
    of_first = Layer(X.T @ back, back.sum(axis=0))
    of_last = Layer(hidden.T @ slope, slope.sum(axis=0))
    return flatten_parameters((of_first, of_last))


def wrong_gradient(v):
    return gradient(v, forget_bend=True)


# --8<-- [end:wrong-gradient]

# --8<-- [start:both-train]
v = flatten_parameters(start)
for name, g in (("right", gradient), ("wrong", wrong_gradient)):
    path = gradient_descent(loss, g, v, learning_rate=0.5, steps=200)
    check = check_gradient(loss, g, v)
    first, last = path.losses[0], path.losses[-1]
    print(f"{name}: loss {first:.2f} -> {last:.2f}")
    worst = check.relative_error.max()
    print(f"  passed: {check.passed}, worst error {worst:.2f}")
# > right: loss 0.80 -> 0.16
# >   passed: True, worst error 0.00
# > wrong: loss 0.80 -> 0.28
# >   passed: False, worst error 0.91
# --8<-- [end:both-train]


# --8<-- [start:kink]
def relu_at(x):
    return np.maximum(x, 0.0)


for h in (1e-5, 1e-6, 1e-7):
    slope = numerical_derivative(relu_at, 2e-6, step=h)
    print(f"h = {h:.0e}: measured {slope:.2f}, true 1.00")
# > h = 1e-05: measured 0.60, true 1.00
# > h = 1e-06: measured 1.00, true 1.00
# > h = 1e-07: measured 1.00, true 1.00
# --8<-- [end:kink]

# --8<-- [start:question-soft]
print(soft_threshold(np.array([4.0, -1.5, 1.0]), 2) + 0.0)
# > [2. 0. 0.]
# --8<-- [end:question-soft]
