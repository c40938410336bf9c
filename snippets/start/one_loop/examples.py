"""Code of the page docs/start/one_loop.md, in reading order."""

# --8<-- [start:loop]
import numpy as np

from mlmath.datasets import load_windsor_housing

houses = load_windsor_housing()
names = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
features = np.column_stack([houses.column(name) for name in names])
y = houses.prices / 1000  # thousand dollars

mean, scale = features.mean(axis=0), features.std(axis=0)
X = np.column_stack([np.ones(len(y)), (features - mean) / scale])

w = np.zeros(X.shape[1])
learning_rate = 0.1
losses = []
for _ in range(200):
    predicted = X @ w
    error = predicted - y
    loss = np.mean(error**2)
    gradient = 2 / len(y) * X.T @ error
    w = w - learning_rate * gradient
    losses.append(loss)

print(f"loss in the first step {losses[0]:.1f}, in the last step {losses[-1]:.1f}")
# > loss in the first step 5352.3, in the last step 312.9
# --8<-- [end:loop]

# --8<-- [start:data]
print("houses and features:  ", features.shape)
# > houses and features:   (546, 4)
print("means:                ", " ".join(f"{value:8.2f}" for value in mean))
# > means:                  5150.27     2.97     1.29     0.32
print("standard deviations:  ", " ".join(f"{value:8.2f}" for value in scale))
# > standard deviations:    2166.17     0.74     0.50     0.47
print("first house, measured:", " ".join(f"{value:8.0f}" for value in features[0]))
# > first house, measured:     5850        3        1        0
print("X, first row:", " ".join(f"{value:8.2f}" for value in X[0]))
# > X, first row:     1.00     0.32     0.05    -0.57    -0.68
# --8<-- [end:data]

# --8<-- [start:without-scaling]
raw = np.column_stack([np.ones(len(y)), features])
for name, table in {"raw": raw, "scaled": X}.items():
    curvatures = np.linalg.eigvalsh(2 / len(y) * table.T @ table)
    print(f"{name:6}  curvature from {curvatures[0]:.2g} to {curvatures[-1]:.2g}")
    print(f"        the learning rate has to stay below {2 / curvatures[-1]:.2g}")
# > raw     curvature from 0.088 to 6.2e+07
# >         the learning rate has to stay below 3.2e-08
# > scaled  curvature from 1.2 to 3.3
# >         the learning rate has to stay below 0.61
# --8<-- [end:without-scaling]

# --8<-- [start:prediction]
by_hand = sum(X[0, j] * w[j] for j in range(len(w)))
print(f"first house, entry by entry: {by_hand:.2f}")
# > first house, entry by entry: 61.34
print(f"first house, as X @ w:       {(X @ w)[0]:.2f}")
# > first house, as X @ w:       61.34
print(f"observed price:              {y[0]:.2f}")
# > observed price:              42.00
# --8<-- [end:prediction]


# --8<-- [start:likelihood]
def negative_log_likelihood(weights, sigma):
    """Minus the log of the probability density of all prices, with normal noise of size sigma."""
    errors = X @ weights - y
    log_densities = -np.log(sigma * np.sqrt(2 * np.pi)) - errors**2 / (2 * sigma**2)
    return -np.sum(log_densities)


n, sigma = len(y), 20.0
constant = n * np.log(sigma * np.sqrt(2 * np.pi))
for label, weights in {"zeros": np.zeros(5), "learned": w}.items():
    mean_squared_error = np.mean((X @ weights - y) ** 2)
    from_the_loss = constant + n / (2 * sigma**2) * mean_squared_error
    print(f"{label:8} {negative_log_likelihood(weights, sigma):.3f} {from_the_loss:.3f}")
# > zeros    5790.340 5790.340
# > learned  2350.989 2350.989
# --8<-- [end:likelihood]


# --8<-- [start:gradient]
def loss_at(weights):
    return np.mean((X @ weights - y) ** 2)


zeros = np.zeros(5)
by_rule = 2 / len(y) * X.T @ (X @ zeros - y)

h = 0.001
by_nudging = []
for j in range(5):
    nudge = np.zeros(5)
    nudge[j] = h  # only weight j moves
    by_nudging.append((loss_at(zeros + nudge) - loss_at(zeros - nudge)) / (2 * h))

print("by the rules:", " ".join(f"{value:.3f}" for value in by_rule))
# > by the rules: -136.243 -28.588 -19.552 -27.570 -24.189
print("by nudging:  ", " ".join(f"{value:.3f}" for value in by_nudging))
# > by nudging:   -136.243 -28.588 -19.552 -27.570 -24.189
# --8<-- [end:gradient]

# --8<-- [start:update]
one_step = zeros - learning_rate * by_rule
print("weights after one step:", " ".join(f"{value:.3f}" for value in one_step))
# > weights after one step: 13.624 2.859 1.955 2.757 2.419
print(f"loss before {loss_at(zeros):.1f}, after {loss_at(one_step):.1f}")
# > loss before 5352.3, after 3468.5
# --8<-- [end:update]

# --8<-- [start:coefficients]
labels = ["one more square foot", "one more bedroom", "one more bathroom", "with air conditioning"]
print(f"house with average features: {1000 * w[0]:8.0f} dollars")
# > house with average features:    68122 dollars
for label, dollars in zip(labels, 1000 * w[1:] / scale, strict=True):
    print(f"{label + ':':28} {dollars:8.2f} dollars")
# > one more square foot:            4.76 dollars
# > one more bedroom:             4914.64 dollars
# > one more bathroom:           18008.21 dollars
# > with air conditioning:       16237.69 dollars
print(f"typical size of an error:    {1000 * np.sqrt(losses[-1]):8.0f} dollars")
# > typical size of an error:       17690 dollars
# --8<-- [end:coefficients]

# --8<-- [start:exact]
exact = np.linalg.solve(X.T @ X, X.T @ y)
print("descent:", " ".join(f"{value:.6f}" for value in w))
# > descent: 68.121597 10.317704 3.620676 9.034677 7.554559
print("exact:  ", " ".join(f"{value:.6f}" for value in exact))
# > exact:   68.121597 10.317704 3.620676 9.034677 7.554559
print("equal to six digits after the point:", np.allclose(w, exact, rtol=0, atol=1e-6))
# > equal to six digits after the point: True
# --8<-- [end:exact]
