"""Code of the page docs/start/questions.md, in reading order."""

# --8<-- [start:line]
import numpy as np

from mlmath.autodiff import grad, relu, value_and_grad

x = np.array([1.0, 2.0, 3.0, 4.0])
y = np.array([1.0, 3.0, 2.0, 5.0])


def loss(w):
    m, b = w
    return np.mean((m * x + b - y) ** 2)


def gradient(w):
    m, b = w
    error = m * x + b - y
    return 2 * np.array([np.mean(error * x), np.mean(error)])


def walk(gradient, learning_rate, steps=10):
    w = np.array([0.0, 0.0])
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w


print(f"loss at the guess {loss(np.zeros(2)):.2f}")
# > loss at the guess 9.75
print(f"after ten steps   {loss(walk(gradient, 0.05)):.2f}")
# > after ten steps   0.69
# --8<-- [end:line]


# --8<-- [start:mean-or-sum]
def gradient_of_sum(w):
    return len(x) * gradient(w)


for name, slope, rate in [
    ("mean, 0.05  ", gradient, 0.05),
    ("sum,  0.0125", gradient_of_sum, 0.05 / len(x)),
    ("sum,  0.05  ", gradient_of_sum, 0.05),
]:
    m, b = walk(slope, rate)
    print(f"{name}  m = {m:.2f}, b = {b:.2f}")
# > mean, 0.05    m = 1.00, b = 0.29
# > sum,  0.0125  m = 1.00, b = 0.29
# > sum,  0.05    m = -4854.49, b = -1651.29
# --8<-- [end:mean-or-sum]

# --8<-- [start:factor]
slopes = np.linspace(-1, 3, 41)
losses = np.array([loss((m, 0.0)) for m in slopes])
for factor in (1, 0.5, 10, -1):
    best = slopes[np.argmin(factor * losses)]
    print(f"{factor:4} times the loss: best m = {best:4.1f}")
# >    1 times the loss: best m =  1.1
# >  0.5 times the loss: best m =  1.1
# >   10 times the loss: best m =  1.1
# >   -1 times the loss: best m = -1.0
# --8<-- [end:factor]

# --8<-- [start:sum-sign]
m, b = 0.0, 0.0
terms = [2 * (m * x[i] + b - y[i]) * x[i] for i in range(4)]
print("one term each:", *(f"{term:.1f}" for term in terms))
# > one term each: -2.0 -12.0 -12.0 -40.0
batch = gradient((m, b))[0]
print(f"their mean {np.mean(terms):.1f}, the batch {batch:.1f}")
# > their mean -16.5, the batch -16.5
# --8<-- [end:sum-sign]

# --8<-- [start:batch-size]
generator = np.random.default_rng(0)
many_x = generator.normal(size=1000)
many_y = 2 * many_x + generator.normal(size=1000)

for size in (1, 10, 100):
    batches = generator.integers(1000, size=(2000, size))
    errors = 0 * many_x[batches] - many_y[batches]  # at w = 0
    estimates = 2 * np.mean(errors * many_x[batches], axis=1)
    updates = 1000 // size
    mean, spread = np.mean(estimates), np.std(estimates)
    print(f"size {size:3}: {updates:4} updates, {mean:.1f} ± {spread:.1f}")
# > size   1: 1000 updates, -3.7 ± 5.7
# > size  10:  100 updates, -3.9 ± 2.0
# > size 100:   10 updates, -4.0 ± 0.7
# --8<-- [end:batch-size]

# --8<-- [start:normal-equation]
X = np.column_stack([x, np.ones(4)])
m, b = np.linalg.solve(X.T @ X, X.T @ y)
print(f"one step: m = {m:.2f}, b = {abs(b):.2f}")
# > one step: m = 1.10, b = 0.00

for n, p in [(546, 4), (10**6, 10**3), (10**6, 10**6)]:
    solve, epoch = n * p**2 + p**3, 2 * n * p
    print(f"n = {n}, p = {p}: like {solve / epoch:.0f} epochs,")
    print(f"    with a table of {8 * p**2:.0e} bytes")
# > n = 546, p = 4: like 2 epochs,
# >     with a table of 1e+02 bytes
# > n = 1000000, p = 1000: like 500 epochs,
# >     with a table of 8e+06 bytes
# > n = 1000000, p = 1000000: like 1000000 epochs,
# >     with a table of 8e+12 bytes
# --8<-- [end:normal-equation]


# --8<-- [start:guess]
def slope_of_two_valleys(w):
    return 4 * w**3 - 4 * w + 0.5  # of w^4 - 2 w^2 + w / 2


for guess in (-2.0, -0.1, 0.5, 2.0):
    w = guess
    for _ in range(500):
        w = w - 0.02 * slope_of_two_valleys(w)
    print(f"guess {guess:4.1f} ends at {w:5.2f}")
# > guess -2.0 ends at -1.06
# > guess -0.1 ends at -1.06
# > guess  0.5 ends at  0.93
# > guess  2.0 ends at  0.93
# --8<-- [end:guess]


# --8<-- [start:jacobian]
def rectangle(sides):  # area and perimeter
    a, b = sides
    return np.array([a * b, 2 * a + 2 * b])


point, h = np.array([2.0, 5.0]), 1e-5
columns = []
for j in range(2):
    nudge = np.zeros(2)
    nudge[j] = h  # only input j moves
    change = rectangle(point + nudge) - rectangle(point - nudge)
    columns.append(change / (2 * h))
print(np.column_stack(columns).round(6))
# > [[5. 2.]
# >  [2. 2.]]
# --8<-- [end:jacobian]

# --8<-- [start:corner]
for h in (0.1, 0.001, -0.001, -0.1):
    print(f"h = {h:6.3f}: slope {abs(h) / h:+.0f}")
# > h =  0.100: slope +1
# > h =  0.001: slope +1
# > h = -0.001: slope -1
# > h = -0.100: slope -1
answers = grad(abs)(0.0), grad(relu)(0.0)
print("told by the program: |x| {:.0f}, ReLU {:.0f}".format(*answers))
# > told by the program: |x| 0, ReLU 0
# --8<-- [end:corner]

# --8<-- [start:logs]
probabilities = np.full(2000, 0.5)
print("product:", np.prod(probabilities))
# > product: 0.0
print(f"sum of logs: {np.sum(np.log(probabilities)):.2f}")
# > sum of logs: -1386.29
# --8<-- [end:logs]

# --8<-- [start:squared-or-absolute]
prices = np.array([200, 210, 220, 230, 900])  # one villa
guesses = np.arange(100, 1000)
errors = guesses[:, None] - prices  # one row for each guess
print("squared: ", guesses[np.argmin(np.mean(errors**2, axis=1))])
# > squared:  352
print("absolute:", guesses[np.argmin(np.mean(np.abs(errors), axis=1))])
# > absolute: 220
print(f"mean {np.mean(prices):.0f}, median {np.median(prices):.0f}")
# > mean 352, median 220
# --8<-- [end:squared-or-absolute]

# --8<-- [start:rates]
for rate in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3):
    w = walk(gradient, rate, steps=20)
    print(f"rate {rate:5}: loss {loss(w):.3g}")
# > rate 0.001: loss 5.31
# > rate 0.003: loss 1.85
# > rate  0.01: loss 0.698
# > rate  0.03: loss 0.688
# > rate   0.1: loss 0.681
# > rate   0.3: loss 1.21e+25
# --8<-- [end:rates]

# --8<-- [start:up-and-down]
for rate in (0.1, 0.4, 0.9, 1.1):
    w, path = 1.0, []
    for _ in range(5):
        w = w - rate * 2 * w  # the slope of w^2 is 2w
        path.append(f"{w:6.2f}")
    print(f"rate {rate}:", *path)
# > rate 0.1:   0.80   0.64   0.51   0.41   0.33
# > rate 0.4:   0.20   0.04   0.01   0.00   0.00
# > rate 0.9:  -0.80   0.64  -0.51   0.41  -0.33
# > rate 1.1:  -1.20   1.44  -1.73   2.07  -2.49
# --8<-- [end:up-and-down]

# --8<-- [start:nan]
with np.errstate(all="ignore"):  # numpy would warn
    huge = np.exp(1000.0)
    print("too large for a float:", huge, "and then", huge / huge)
    log = np.log(0.0)
    print("the log of zero:", log, "times 0 is", 0 * log)
    print("no examples in a mean:", np.float64(0) / 0)
# > too large for a float: inf and then nan
# > the log of zero: -inf times 0 is nan
# > no examples in a mean: nan

scores = np.array([1000.0, 999.0])
shifted = np.exp(scores - scores.max())  # the same ratio
print("the stable way:", (shifted / shifted.sum()).round(3))
# > the stable way: [0.731 0.269]
# --8<-- [end:nan]

# --8<-- [start:integral]
middles = (np.arange(1000) + 0.5) / 1000  # spread over 0 to 1
print(f"average of u^2 over a grid: {np.mean(middles**2):.2f}")
# > average of u^2 over a grid: 0.33
draws = np.random.default_rng(0).uniform(0, 1, 100_000)
print(f"average of u^2 over draws:  {np.mean(draws**2):.2f}")
# > average of u^2 over draws:  0.33
# --8<-- [end:integral]


# --8<-- [start:proof]
def is_prime(number):
    divisors = range(2, int(number**0.5) + 1)
    return all(number % divisor for divisor in divisors)


print(all(is_prime(k * k + k + 41) for k in range(40)))
# > True
print(is_prime(40 * 40 + 40 + 41), 40 * 40 + 40 + 41 == 41 * 41)
# > False True
# --8<-- [end:proof]

# --8<-- [start:network]
inputs = np.linspace(-2, 2, 40)[:, None]
targets = np.sin(2 * inputs[:, 0])


def network_loss(weights):
    W, b, v = weights
    hidden = np.tanh(inputs @ W + b)  # the new line
    predicted = hidden @ v
    return np.mean((predicted - targets) ** 2)


generator = np.random.default_rng(0)
weights = [generator.normal(size=size) for size in ((1, 8), 8, 8)]
for step in range(301):
    value, slopes = value_and_grad(network_loss)(weights)
    pairs = zip(weights, slopes, strict=True)
    weights = [w - 0.1 * slope for w, slope in pairs]
    if step % 100 == 0:
        print(f"step {step:3}: loss {value:.3f}")
# > step   0: loss 0.852
# > step 100: loss 0.054
# > step 200: loss 0.014
# > step 300: loss 0.008
# --8<-- [end:network]
