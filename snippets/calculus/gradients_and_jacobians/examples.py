"""Code of the module docs/calculus/gradients_and_jacobians.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.autodiff import grad, jacobian, jvp, vjp
from mlmath.calculus import (
    check_gradient,
    directional_derivative,
    numerical_gradient,
    numerical_jacobian,
)

# --8<-- [end:setup]


# --8<-- [start:first-order]
def loss(w):
    return ((w[0] - 1) ** 2 + (2 * w[1] - 2) ** 2) / 2


def gradient(w):
    return np.array([w[0] - 1, 2 * (2 * w[1] - 2)])


w = np.array([4.0, 2.0])
print(f"gradient ({gradient(w)[0]:.0f}, {gradient(w)[1]:.0f})")
# > gradient (3, 4)
for size in (1, 1 / 2, 1 / 4):
    d = size * np.array([0.1, 0.2])
    error = loss(w + d) - loss(w) - gradient(w) @ d
    print(f"predicted {gradient(w) @ d:.3f}, error {error:.5f}")
# > predicted 1.100, error 0.08500
# > predicted 0.550, error 0.02125
# > predicted 0.275, error 0.00531
# --8<-- [end:first-order]

# --8<-- [start:level-line]
along = np.array([3.0, 4.0])
across = np.array([-4.0, 3.0])
print(f"dot product: {along @ across:.0f}")
# > dot product: 0
for h in (0.1, 0.05):
    uphill = loss(w + h * along) - loss(w)
    level = loss(w + h * across) - loss(w)
    print(f"h = {h}: uphill {uphill:.3f}, across {level:.3f}")
# > h = 0.1: uphill 2.865, across 0.260
# > h = 0.05: uphill 1.341, across 0.065
# --8<-- [end:level-line]


# --8<-- [start:rescale]
def loss_in_v(v):
    return loss(np.array([v[0], v[1] / 2]))  # v2 = 2 w2


old = numerical_gradient(loss, [4.0, 2.0])
new = numerical_gradient(loss_in_v, [4.0, 4.0])
away_old = np.array([4, 2]) - [1, 1]  # from the minimum
away_new = np.array([4, 4]) - [1, 2]
for g, a in ((old, away_old), (new, away_new)):
    print(f"gradient ({g[0]:.1f}, {g[1]:.1f}), away ({a[0]}, {a[1]})")
# > gradient (3.0, 4.0), away (3, 1)
# > gradient (3.0, 2.0), away (3, 2)
# --8<-- [end:rescale]

# --8<-- [start:slopes]
for d in ([1, 0], [0, 1], [1, 1], [2, 2], [4, 3], [3, 4], [-4, 3]):
    dot = gradient(w) @ d
    length = np.linalg.norm(d)
    slope = dot / length
    seen = directional_derivative(loss, w, d / length)
    print(f"{d}: dot {dot:.0f}, slope {slope:.2f}, seen {seen:.2f}")
# > [1, 0]: dot 3, slope 3.00, seen 3.00
# > [0, 1]: dot 4, slope 4.00, seen 4.00
# > [1, 1]: dot 7, slope 4.95, seen 4.95
# > [2, 2]: dot 14, slope 4.95, seen 4.95
# > [4, 3]: dot 24, slope 4.80, seen 4.80
# > [3, 4]: dot 25, slope 5.00, seen 5.00
# > [-4, 3]: dot 0, slope 0.00, seen 0.00
# --8<-- [end:slopes]

# --8<-- [start:many-weights]
rng = np.random.default_rng(0)
for p in (4, 100, 2500):
    steepest = np.full(p, 1 / np.sqrt(p))  # a gradient of length 1
    u = rng.normal(size=(1000, p))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    typical = np.sqrt(np.mean((u @ steepest) ** 2))
    print(f"{p:4} weights: {typical:.0%} of the steepest")
# >    4 weights: 50% of the steepest
# >  100 weights: 10% of the steepest
# > 2500 weights: 2% of the steepest
# --8<-- [end:many-weights]


# --8<-- [start:random-check]
def slip(w):
    return np.array([w[0] - 1, 2 * w[1] - 2])  # one 2 forgotten


u = np.array([0.28, 0.96])  # length 1, along no axis
print(f"measured {directional_derivative(loss, w, u):.2f}")
# > measured 4.68
print(f"right    {gradient(w) @ u:.2f}")
# > right    4.68
print(f"slip     {slip(w) @ u:.2f}")
# > slip     2.76
print(check_gradient(loss, slip, w).explanation)
# > only component [1] is wrong: given 2, measured 4
# --8<-- [end:random-check]


# --8<-- [start:box]
def features(box):
    a, b = box
    return np.stack([a * b, 2 * a + 2 * b, b - a])


box = np.array([1.0, 3.0])
J = numerical_jacobian(features, box)
print(J.shape)
# > (3, 2)
for row in J:
    print(f"{row[0]:5.1f} {row[1]:5.1f}")
# >   3.0   1.0
# >   2.0   2.0
# >  -1.0   1.0
# --8<-- [end:box]


# --8<-- [start:chain]
def score(z):
    return np.array([2 * z[0] - z[1] + 3 * z[2]])


outer = numerical_jacobian(score, features(box))
whole = numerical_jacobian(lambda x: score(features(x)), box)
print(outer.shape, "@", J.shape, "->", (outer @ J).shape)
# > (1, 3) @ (3, 2) -> (1, 2)
print(f"product:  {(outer @ J)[0, 0]:.2f} {(outer @ J)[0, 1]:.2f}")
# > product:  1.00 3.00
print(f"measured: {whole[0, 0]:.2f} {whole[0, 1]:.2f}")
# > measured: 1.00 3.00
try:
    J @ outer
except ValueError:
    print("other order: the shapes do not fit")
# > other order: the shapes do not fit
# --8<-- [end:chain]

# --8<-- [start:jvp-vjp]
v = np.array([1.0, 2.0])  # how the box changes
g = np.array([2.0, -1.0, 3.0])  # how much each feature counts
forward = jvp(features, box, v).tangent
backward = vjp(features, box).pullback(g)
print("J v:  ", forward, "from shape", v.shape)
# > J v:   [5. 6. 1.] from shape (2,)
print("g^T J:", backward, "from shape", g.shape)
# > g^T J: [1. 3.] from shape (3,)
# --8<-- [end:jvp-vjp]

# --8<-- [start:shape-trap]
X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])  # ones, feature
y = np.array([1.0, 3.0, 5.0])  # shape (3,)


def error(w):
    return X @ w - y


def trapped(w):
    return X @ w.reshape(2, 1) - y  # (3, 1) minus (3,)


start = np.zeros(2)
for f in (error, trapped):
    shape = jacobian(f, start).shape
    print(f"error {f(start).shape}, Jacobian {shape}")
# > error (3,), Jacobian (3, 2)
# > error (3, 3), Jacobian (3, 3, 2)
# --8<-- [end:shape-trap]

# --8<-- [start:trap-trains]
for f in (error, trapped):
    slope = grad(lambda w, f=f: np.mean(f(w) ** 2))
    w = start
    for _ in range(200):
        w = w - 0.2 * slope(w)
    print(f"predictions {(X @ w).round(2)}, loss {np.mean(f(w) ** 2):.2f}")
# > predictions [1. 3. 5.], loss 0.00
# > predictions [3. 3. 3.], loss 2.67
# --8<-- [end:trap-trains]

# --8<-- [start:every-index]
X = np.array([[1.0, 0.0], [1.0, 2.0], [2.0, 1.0]])
y = np.array([2.0, 3.0, 3.0])
w = np.array([1.0, 2.0])
n, p = X.shape

by_index = np.zeros(p)
for j in range(p):
    for i in range(n):
        error_i = sum(X[i, q] * w[q] for q in range(p)) - y[i]
        by_index[j] += 2 * error_i * X[i, j]

in_one_line = 2 * X.T @ (X @ w - y)
print("every index:", by_index)
# > every index: [ 6. 10.]
print("in one line:", in_one_line)
# > in one line: [ 6. 10.]
# --8<-- [end:every-index]


# --8<-- [start:exact]
def squared_error(w):
    return np.sum((X @ w - y) ** 2)


for d in ([1.0, 0.0], [0.0, -3.0], [10.0, 10.0]):
    change = squared_error(w + d) - squared_error(w)
    slope_part = in_one_line @ d
    rest = np.sum((X @ d) ** 2)
    print(f"change {change:.0f} = {slope_part:.0f} + {rest:.0f}")
# > change 12 = 6 + 6
# > change 15 = -30 + 45
# > change 2060 = 160 + 1900
# --8<-- [end:exact]

# --8<-- [start:square]
rng = np.random.default_rng(1)
for n in (5, 3):  # 3 weights; with 3 examples X is square
    X = rng.normal(size=(n, 3))
    y, w = rng.normal(size=n), rng.normal(size=3)
    f = lambda w, X=X, y=y: np.sum((X @ w - y) ** 2)
    slip = lambda w, X=X, y=y: 2 * X @ (X @ w - y)
    try:
        passed = check_gradient(f, slip, w).passed
        verdict = "passed" if passed else "wrong numbers"
    except ValueError:
        verdict = "shapes do not fit"
    print(f"X {X.shape}: {verdict}")
# > X (5, 3): shapes do not fit
# > X (3, 3): wrong numbers
# --8<-- [end:square]

# --8<-- [start:question-shape]
J_features = np.ones((5, 3))  # 3 inputs, 5 outputs
J_loss = np.ones((1, 5))  # 5 inputs, 1 output
print((J_loss @ J_features).shape)
# > (1, 3)
# --8<-- [end:question-shape]
