"""Code of the module docs/statistics/likelihood_and_loss.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.datasets import (
    load_breast_cancer,
    load_digits,
    load_windsor_housing,
)
from mlmath.losses import log_loss, softmax_cross_entropy
from mlmath.models import fit_logistic_regression
from mlmath.stats import (
    Bernoulli,
    Laplace,
    LogNormal,
    Normal,
    accuracy,
    log_likelihood,
    log_softmax,
    log_sum_exp,
    sigmoid,
    softmax,
)

# --8<-- [end:setup]

# --8<-- [start:clicks]
clicks = [1, 1, 0]  # the data stay, the parameter moves
for theta in (0.3, 0.5, 0.6, 2 / 3, 0.7, 0.9):
    product = Bernoulli(theta).pmf(clicks).prod()
    log_lik = log_likelihood(Bernoulli(theta), clicks)
    print(f"theta {theta:.3f}: {product:.3f}, log {log_lik:.3f}")
# > theta 0.300: 0.063, log -2.765
# > theta 0.500: 0.125, log -2.079
# > theta 0.600: 0.144, log -1.938
# > theta 0.667: 0.148, log -1.910
# > theta 0.700: 0.147, log -1.917
# > theta 0.900: 0.081, log -2.513
# --8<-- [end:clicks]

# --8<-- [start:underflow]
price = load_windsor_housing().prices  # 546 prices in dollars
means = np.arange(50_000, 90_000, 2_000)
models = [Normal(mean, 27_000) for mean in means]
products = [model.pdf(price).prod() for model in models]
sums = [log_likelihood(model, price) for model in models]
print(f"largest product {max(products)}")
# > largest product 0.0
print(f"  its mean: {means[np.argmax(products)]}")
# >   its mean: 50000
print(f"largest sum {max(sums):.1f}")
# > largest sum -6339.4
print(f"  its mean: {means[np.argmax(sums)]}")
# >   its mean: 68000
# --8<-- [end:underflow]

# --8<-- [start:same-units]
for unit in (1, 100_000):
    y = price / unit
    logs = np.log(y)
    normal = log_likelihood(Normal.fit(y), y)
    of_logs = log_likelihood(Normal.fit(logs), logs)
    log_normal = log_likelihood(LogNormal.fit(y), y)
    print(f"unit: {unit} dollars")
    print(f"  normal, prices     {normal:8.1f}")
    print(f"  normal, log prices {of_logs:8.1f}")
    print(f"    minus sum of logs{of_logs - logs.sum():8.1f}")
    print(f"  log-normal, prices {log_normal:8.1f}")
# > unit: 1 dollars
# >   normal, prices      -6339.4
# >   normal, log prices   -234.3
# >     minus sum of logs -6272.5
# >   log-normal, prices  -6272.5
# > unit: 100000 dollars
# >   normal, prices        -53.3
# >   normal, log prices   -234.3
# >     minus sum of logs    13.6
# >   log-normal, prices     13.6
# --8<-- [end:same-units]

# --8<-- [start:typing-error]
dearest = np.argmax(price)
typed = price.copy()
typed[dearest] *= 10  # 190,000 with a zero too many
for title, values in (("as sold", price), ("mistyped", typed)):
    print(title)
    print(f"  normal:  {Normal.fit(values).mean:.0f}")
    print(f"  laplace: {Laplace.fit(values).location:.0f}")
# > as sold
# >   normal:  68122
# >   laplace: 62000
# > mistyped
# >   normal:  71253
# >   laplace: 62000
print(f"546 medians: {546 * np.median(price) / price.sum():.0%}")
# > 546 medians: 91%
# --8<-- [end:typing-error]

# --8<-- [start:tumours]
tumours = load_breast_cancer()
radius = tumours.column("mean_radius")[:, np.newaxis]
model = fit_logistic_regression(radius, tumours.labels)
scores = model.decision_scores(radius)
for factor in (0.1, 1, 10):
    value = log_loss(factor * scores, tumours.labels).value
    said = (factor * scores > 0).astype(int)
    hits = accuracy(said, tumours.labels)
    print(f"scores times {factor:3}: {hits:.1%}, loss {value:.3f}")
# > scores times 0.1: 87.9%, loss 0.573
# > scores times   1: 87.9%, loss 0.290
# > scores times  10: 87.9%, loss 1.420
share = tumours.labels.mean()
base = -log_likelihood(Bernoulli(share), tumours.labels)
print(f"{share:.3f} for everybody: loss {base / 569:.3f}")
# > 0.373 for everybody: loss 0.660
# --8<-- [end:tumours]


# --8<-- [start:zero]
def textbook(p, y):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


for z, y in ((2.0, 1), (40.0, 1), (40.0, 0)):
    with np.errstate(divide="ignore", invalid="ignore"):
        from_p = textbook(sigmoid(z), y)
    by_score = log_loss([z], [y]).value
    print(f"score {z:.0f}, label {y}: {from_p:.3f}")
    print(f"  computed from the score: {by_score:.3f}")
# > score 2, label 1: 0.127
# >   computed from the score: 0.127
# > score 40, label 1: nan
# >   computed from the score: 0.000
# > score 40, label 0: inf
# >   computed from the score: 40.000

epsilon = np.finfo(float).eps
said = np.clip(sigmoid(10 * scores), epsilon, 1 - epsilon)
clipped = textbook(said, tumours.labels).mean()
by_score = log_loss(10 * scores, tumours.labels).value
print(f"tumours, clipped: {clipped:.3f}")
# > tumours, clipped: 1.411
print(f"  by score: {by_score:.3f}")
# >   by score: 1.420
# --8<-- [end:zero]


# --8<-- [start:confidently-wrong]
def steps_until_right(slope):
    z, steps = -8.0, 0  # the label is 1
    while z < 0:
        z, steps = z - slope(z), steps + 1
    return steps


def slope_of_squared_error(z):
    p = sigmoid(z)
    return 2 * (p - 1) * p * (1 - p)


print("log loss:     ", steps_until_right(lambda z: sigmoid(z) - 1))
# > log loss:      9
print("squared error:", steps_until_right(slope_of_squared_error))
# > squared error: 1507
# --8<-- [end:confidently-wrong]

# --8<-- [start:overflow]
big = np.array([1000.0, 1001.0])
with np.errstate(over="ignore", invalid="ignore"):
    print("naive:  ", np.exp(big) / np.exp(big).sum())
    print("log-sum-exp:", np.log(np.exp(big).sum()))
# > naive:   [nan nan]
# > log-sum-exp: inf
print("stable: ", softmax(big).round(4))
# > stable:  [0.2689 0.7311]
print(f"log-sum-exp: {log_sum_exp(big):.4f}")
# > log-sum-exp: 1001.3133

far = np.array([0.0, 1000.0])
with np.errstate(divide="ignore"):
    print("log of softmax:", np.log(softmax(far)))
# > log of softmax: [-inf   0.]
print("log_softmax:   ", log_softmax(far))
# > log_softmax:    [-1000.     0.]
# --8<-- [end:overflow]

# --8<-- [start:logits]
perfect = np.array([[1.0, 0.0, 0.0]])  # probabilities, label 0
print(f"as probabilities: {-np.log(perfect[0, 0]) + 0:.3f}")
# > as probabilities: 0.000
as_scores = softmax_cross_entropy(perfect, [0]).value
print(f"read as scores:   {as_scores:.3f}")
# > read as scores:   0.551
# --8<-- [end:logits]

# --8<-- [start:digits]
digits = load_digits()
X, labels = digits.features / 16, digits.labels


def train(softmax_first):
    W = np.zeros((64, 10))
    for _ in range(100):
        given = softmax(X @ W) if softmax_first else X @ W
        loss, slopes = softmax_cross_entropy(given, labels)
        if softmax_first:  # chain rule through the extra softmax
            shared = (slopes * given).sum(axis=1, keepdims=True)
            slopes = given * (slopes - shared)
        W -= X.T @ slopes
    return loss, np.mean(np.argmax(X @ W, axis=1) == labels)


for name, first in (("scores", False), ("probabilities", True)):
    loss, right = train(first)
    print(f"{name}: loss {loss:.2f}, {right:.1%}")
# > scores: loss 0.28, 95.3%
# > probabilities: loss 1.82, 82.0%
# --8<-- [end:digits]

# --8<-- [start:question-product]
densities = np.full(400, 0.1)
print(densities.prod())
# > 0.0
print(f"{np.log(densities).sum():.0f}")
# > -921
# --8<-- [end:question-product]
