"""Code of the module docs/calculus/backpropagation.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.autodiff import (
    Variable,
    computational_graph,
    gradients,
    relu,
    value_and_grad,
)
from mlmath.calculus import check_gradient, numerical_gradient

# --8<-- [end:setup]

# --8<-- [start:neuron]
w, x = Variable(3.0, name="w"), Variable(2.0, name="x")
b, y = Variable(-5.0, name="b"), Variable(3.0, name="y")

u = w * x
z = u + b
a = relu(z)
e = a - y
loss = e * e

u.name, z.name, a.name, e.name, loss.name = "u", "z", "a", "e", "loss"
for node in computational_graph(loss).nodes:
    print(f"{node.name:5} value {node.value:4.0f}   {node.operation}")
# > w     value    3
# > x     value    2
# > b     value   -5
# > y     value    3
# > u     value    6   *
# > z     value    1   +
# > a     value    1   relu
# > e     value   -2   -
# > loss  value    4   *
# --8<-- [end:neuron]

# --8<-- [start:edges]
graph = computational_graph(loss)
for edge in graph.edges:
    source = graph.nodes[edge.source].name
    target = graph.nodes[edge.target].name
    print(f"{source} -> {target:5} {edge.derivative:4.0f}")
# > w -> u        2
# > x -> u        3
# > u -> z        1
# > b -> z        1
# > z -> a        1
# > a -> e        1
# > y -> e       -1
# > e -> loss    -2
# > e -> loss    -2
# --8<-- [end:edges]


# --8<-- [start:while]
def square_until_ten(v):
    while v.value < 10:
        v = v * v
    return v


for start in (2.0, 5.0, 12.0):
    v = Variable(start)
    result = square_until_ten(v)
    steps = len(computational_graph(result).nodes) - 1
    slope = gradients(result, v)
    print(f"from {start:2.0f}: {steps} steps, slope {slope:2.0f}")
# > from  2: 2 steps, slope 32
# > from  5: 1 steps, slope 10
# > from 12: 0 steps, slope  1
# --8<-- [end:while]


# --8<-- [start:by-hand]
def neuron(w, x, b, y):
    u = w * x
    z = u + b
    a = max(0.0, z)
    e = a - y
    loss = e * e
    g_e = e * 1.0 + e * 1.0  # two edges lead from e to the loss
    g_a = 1.0 * g_e
    g_z = (1.0 if z > 0 else 0.0) * g_a
    g_u, g_b = 1.0 * g_z, 1.0 * g_z
    g_w, g_x = x * g_u, w * g_u
    return loss, (g_w, g_x, g_b)


loss, (g_w, g_x, g_b) = neuron(3.0, 2.0, -5.0, 3.0)
print(f"loss {loss:.0f}: w {g_w:.0f}, x {g_x:.0f}, b {g_b:.0f}")
# > loss 4: w -8, x -12, b -4
measured = numerical_gradient(lambda v: neuron(*v, 3.0)[0], [3.0, 2.0, -5.0])
print("measured:", measured.round(4))
# > measured: [ -8. -12.  -4.]
# --8<-- [end:by-hand]

# --8<-- [start:shared]
x, w = Variable(2.0, name="x"), Variable(3.0, name="w")
predicted = w * (w * x)
print(f"one shared weight:  {gradients(predicted, w):.0f}")
# > one shared weight:  12

first, second = Variable(3.0), Variable(3.0)
predicted = second * (first * x)
one, two = gradients(predicted, [first, second])
print(f"two equal weights:  {one:.0f} and {two:.0f}")
# > two equal weights:  6 and 6
# --8<-- [end:shared]

# --8<-- [start:paths]
for rounds in (3, 10, 30):
    v = start = Variable(1.0)
    for _ in range(rounds):
        v = v + v  # two edges from each value to the next
    edges = len(computational_graph(v).edges)
    paths = gradients(v, start)  # every path contributes 1
    print(f"{edges:2} edges, {paths:13,.0f} paths")
# >  6 edges,             8 paths
# > 20 edges,         1,024 paths
# > 60 edges, 1,073,741,824 paths
# --8<-- [end:paths]


# --8<-- [start:engine-values]
class Value:
    """A number that remembers what it was made from."""

    def __init__(self, number, edges=()):
        self.number = number
        self.edges = edges  # pairs: argument, local derivative
        self.gradient = 0.0

    def __add__(self, other):
        edges = ((self, 1.0), (other, 1.0))
        return Value(self.number + other.number, edges)

    def __mul__(self, other):
        edges = ((self, other.number), (other, self.number))
        return Value(self.number * other.number, edges)


def bend(v):
    """The relu of a Value: its slope is 1 or 0."""
    return Value(max(0.0, v.number), ((v, float(v.number > 0)),))


# --8<-- [end:engine-values]


# --8<-- [start:engine-backward]
def backward(output):
    waiting = {output: 0}  # for each value: uses not yet heard from
    found = [output]
    for value in found:  # the list grows while it is read
        for argument, _ in value.edges:
            if argument not in waiting:
                waiting[argument] = 0
                found.append(argument)
            waiting[argument] += 1

    output.gradient = 1.0
    ready = [output]
    for value in ready:
        for argument, local in value.edges:
            argument.gradient += local * value.gradient
            waiting[argument] -= 1
            if waiting[argument] == 0:  # all its uses have reported
                ready.append(argument)


# --8<-- [end:engine-backward]

# --8<-- [start:engine-run]
w, x, b = Value(3.0), Value(2.0), Value(-5.0)
minus_y = Value(-3.0)
e = bend(w * x + b) + minus_y
loss = e * e
backward(loss)
print(f"loss {loss.number:.0f}")
# > loss 4
print(f"w {w.gradient:.0f}, x {x.gradient:.0f}, b {b.gradient:.0f}")
# > w -8, x -12, b -4
# --8<-- [end:engine-run]

# --8<-- [start:accumulate]
w = Value(5.0)
for _ in range(3):
    loss = w * w
    backward(loss)  # the slope of w^2 at 5 is 10
    print(f"w.gradient is {w.gradient:.0f}")
# > w.gradient is 10
# > w.gradient is 20
# > w.gradient is 30
# --8<-- [end:accumulate]

# --8<-- [start:in-place]
x = np.array([1.0, 2.0])
w = Variable([3.0, 4.0])
loss = np.sum(w * x)
x *= 10  # e.g. "scale the inputs", one line too late
print(f"loss {loss.value:.0f}, slopes {gradients(loss, w)}")
# > loss 11, slopes [10. 20.]
# --8<-- [end:in-place]

# --8<-- [start:network]
X = np.array([[1.0, 2.0], [3.0, -1.0]])
y = np.array([2.0, 5.0])
W1, b1 = np.array([[1.0, -1.0], [0.0, 1.0]]), np.array([0.0, 1.0])
w2, b2 = np.array([2.0, -1.0]), 1.0


def network_loss(parameters, X, y):
    W1, b1, w2, b2 = parameters
    H = relu(X @ W1 + b1)
    predicted = H @ w2 + b2
    return np.mean((predicted - y) ** 2)


parameters = (W1, b1, w2, b2)
print(f"loss {network_loss(parameters, X, y):.1f}")
# > loss 2.5
# --8<-- [end:network]


# --8<-- [start:network-by-hand]
def network_gradient(parameters, X, y):
    W1, b1, w2, b2 = parameters
    Z = X @ W1 + b1  # forward: compute, and keep
    H = np.maximum(Z, 0)
    error = H @ w2 + b2 - y

    s = 2 / len(y) * error  # backward: slope by each prediction
    g_w2, g_b2 = H.T @ s, s.sum()
    S = np.outer(s, w2) * (Z > 0)  # slope by each entry of Z
    g_W1, g_b1 = X.T @ S, S.sum(axis=0)
    return g_W1, g_b1, g_w2, g_b2


by_hand = network_gradient(parameters, X, y)
for k, name in enumerate(("W1", "b1", "w2", "b2")):
    slopes = np.array2string(by_hand[k], precision=0)
    print(name, slopes.replace("\n", ""))
# > W1 [[10.  1.] [-8.  2.]]
# > b1 [2. 1.]
# > w2 [ 5. -2.]
# > b2 1.
# --8<-- [end:network-by-hand]


# --8<-- [start:network-by-graph]
def wrap(array):
    if np.ndim(array) == 0:
        return Value(float(array))
    return [wrap(row) for row in array]


def weighted_sum(numbers, weights, bias):
    for number, weight in zip(numbers, weights, strict=True):
        bias = bias + number * weight
    return bias


V1, c1, v2, c2 = wrap(W1.T), wrap(b1), wrap(w2), wrap(b2)
loss = Value(0.0)
for row, minus_y in zip(wrap(X), wrap(-y), strict=True):
    units = zip(V1, c1, strict=True)
    hidden = [bend(weighted_sum(row, *unit)) for unit in units]
    e = weighted_sum(hidden, v2, c2) + minus_y
    loss = loss + e * e * Value(1 / len(y))
backward(loss)
# --8<-- [end:network-by-graph]


# --8<-- [start:all-equal]
def unwrap(values):
    if isinstance(values, Value):
        return values.gradient
    return np.array([unwrap(v) for v in values])


by_graph = unwrap(V1).T, unwrap(c1), unwrap(v2), unwrap(c2)
by_mlmath = value_and_grad(network_loss)(parameters, X, y).gradient
for k, name in enumerate(("W1", "b1", "w2", "b2")):
    graph = np.allclose(by_graph[k], by_hand[k])
    mlmath = np.allclose(by_mlmath[k], by_hand[k])
    print(f"{name}: graph {graph}, mlmath {mlmath}")
# > W1: graph True, mlmath True
# > b1: graph True, mlmath True
# > w2: graph True, mlmath True
# > b2: graph True, mlmath True
# --8<-- [end:all-equal]


# --8<-- [start:gradient-check]
def loss_of_W1(W1):
    return network_loss((W1, b1, w2, b2), X, y)


def right(W1):
    return network_gradient((W1, b1, w2, b2), X, y)[0]


def swapped(W1):  # S.T @ X where X.T @ S belongs
    return right(W1).T


point = np.random.default_rng(0).normal(size=(2, 2))
for candidate in (right, swapped):
    check = check_gradient(loss_of_W1, candidate, point)
    print(f"{candidate.__name__}: {check.passed}")
    print("  " + check.explanation.split(": ")[-1])
# > right: True
# >   all components agree within 1e-06
# > swapped: False
# >   those of the transposed array
# --8<-- [end:gradient-check]

# --8<-- [start:learn]
current = parameters
for step in range(4):
    value, gradient = value_and_grad(network_loss)(current, X, y)
    print(f"step {step}: loss {value:.3f}")  # backpropagation ends here
    pairs = zip(current, gradient, strict=True)
    current = tuple(p - 0.01 * g for p, g in pairs)  # learning
# > step 0: loss 2.500
# > step 1: loss 0.952
# > step 2: loss 0.449
# > step 3: loss 0.229
# --8<-- [end:learn]

# --8<-- [start:question-shared]
v = Value(2.0)
cube = v * v * v
backward(cube)
print(f"{v.gradient:.0f}")
# > 12
# --8<-- [end:question-shared]
