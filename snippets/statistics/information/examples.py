"""Code of the module docs/statistics/information.md, in reading order."""

# --8<-- [start:setup]
from itertools import pairwise

import numpy as np

from mlmath.datasets import load_breast_cancer
from mlmath.losses import log_loss
from mlmath.models import fit_logistic_regression
from mlmath.stats import (
    Binomial,
    Normal,
    cross_entropy,
    entropy,
    kl_divergence,
    log_likelihood,
    perplexity,
)

# --8<-- [end:setup]

# --8<-- [start:letters]
cases = {
    "letters": [1 / 2, 1 / 4, 1 / 8, 1 / 8],
    "all equal": [1 / 4, 1 / 4, 1 / 4, 1 / 4],
    "nearly sure": [0.97, 0.01, 0.01, 0.01],
    "sure": [1, 0, 0, 0],
}
for name, probabilities in cases.items():
    bits = entropy(probabilities, base=2)
    nats = entropy(probabilities)
    print(f"{name:11} {bits:.3f} bits, {nats:.3f} nats")
# > letters     1.750 bits, 1.213 nats
# > all equal   2.000 bits, 1.386 nats
# > nearly sure 0.242 bits, 0.168 nats
# > sure        0.000 bits, 0.000 nats
# --8<-- [end:letters]


# --8<-- [start:typed]
def typed(p, log=np.log2):
    """The formula as written, with no question asked."""
    p = np.asarray(p, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.sum(p * log(p))


print(f"shares:           {typed([0.5, 0.25, 0.125, 0.125]):.2f}")
# > shares:           1.75
print(f"natural log:      {typed([0.5, 0.25, 0.125, 0.125], np.log):.2f}")
# > natural log:      1.21
print(f"counts 4 2 1 1: {typed([4, 2, 1, 1]):.2f}")
# > counts 4 2 1 1: -10.00
print(f"with a 0:         {typed([0.5, 0.5, 0]):.2f}")
# > with a 0:         nan
print(f"mlmath, with a 0: {entropy([0.5, 0.5, 0], base=2):.2f}")
# > mlmath, with a 0: 1.00
# --8<-- [end:typed]


# --8<-- [start:tumours]
def label_entropy(labels):
    """Bits of uncertainty about the labels of one group."""
    return entropy(np.bincount(labels) / len(labels), base=2)


def information_gain(answers, labels):
    """Bits that a question takes away, on average."""
    after = 0.0
    for answer in np.unique(answers):
        group = labels[answers == answer]
        after += len(group) / len(labels) * label_entropy(group)
    return label_entropy(labels) - after


tumours = load_breast_cancer()
malignant = tumours.labels
print(f"before: {label_entropy(malignant):.3f} bits")
# > before: 0.953 bits
questions = {
    "worst_perimeter": 106,
    "mean_radius": 15,
    "smoothness_error": 0.007,
}
for feature, limit in questions.items():
    gain = information_gain(tumours.column(feature) > limit, malignant)
    print(f"{feature} > {limit}: gain {gain:.3f}")
# > worst_perimeter > 106: gain 0.560
# > mean_radius > 15: gain 0.456
# > smoothness_error > 0.007: gain 0.005
# --8<-- [end:tumours]

# --8<-- [start:patient-number]
generator = np.random.default_rng(0)
for groups in (2, 20, 200):
    gains = []
    for _ in range(5):
        numbers = generator.integers(groups, size=569)
        gains.append(information_gain(numbers, malignant))
    rule = (groups - 1) / (2 * 569) / np.log(2)  # in bits
    print(f"{groups} random groups: mean gain {np.mean(gains):.3f}")
    print(f"  true gain 0, rule {rule:.3f}")
# > 2 random groups: mean gain 0.001
# >   true gain 0, rule 0.001
# > 20 random groups: mean gain 0.023
# >   true gain 0, rule 0.024
# > 200 random groups: mean gain 0.298
# >   true gain 0, rule 0.252
gain = information_gain(np.arange(569), malignant)
print(f"patient number: gain {gain:.3f}")
# > patient number: gain 0.953
# --8<-- [end:patient-number]

# --8<-- [start:beliefs]
p = [1 / 2, 1 / 4, 1 / 8, 1 / 8]  # how letters come
beliefs = {
    "the truth": p,
    "all equal": [1 / 4, 1 / 4, 1 / 4, 1 / 4],
    "likes b": [1 / 8, 1 / 2, 1 / 4, 1 / 8],
    "too sure": [0.97, 0.01, 0.01, 0.01],
}
for name, q in beliefs.items():
    cost = cross_entropy(p, q, base=2)
    extra = cost - entropy(p, base=2)
    print(f"{name}: {cost:.3f} bits, {extra:.3f} extra")
# > the truth: 1.750 bits, 0.000 extra
# > all equal: 2.000 bits, 0.250 extra
# > likes b: 2.375 bits, 0.625 extra
# > too sure: 3.344 bits, 1.594 extra
# --8<-- [end:beliefs]

# --8<-- [start:floor]
answer = tumours.column("mean_radius") > 15
table = answer[:, np.newaxis].astype(float)
radius_model = fit_logistic_regression(table, malignant)
loss = log_loss(radius_model.decision_scores(table), malignant).value
before = label_entropy(malignant) * np.log(2)  # bits to nats
gain = information_gain(answer, malignant) * np.log(2)
print(f"share for everybody: loss {before:.3f}")
# > share for everybody: loss 0.660
print(f"minus the gain:      {before - gain:.3f}")
# > minus the gain:      0.344
print(f"fitted model: loss   {loss:.3f}")
# > fitted model: loss   0.344
# --8<-- [end:floor]

# --8<-- [start:text]
train = "the cat sat on the mat and the hat sat on the cat "
letters = sorted(set(train))


def pair_model(add):
    """Probability of the next letter (column) after each letter (row)."""
    counts = np.full((len(letters), len(letters)), float(add))
    for here, following in pairwise(train):
        counts[letters.index(here), letters.index(following)] += 1
    return counts / counts.sum(axis=1, keepdims=True)


def surprises(model, text):
    at = [letters.index(letter) for letter in text]
    given = model[at[:-1], at[1:]]
    with np.errstate(divide="ignore"):
        return -np.log2(given)


print(f"{len(letters)} letters")
# > 11 letters
for add in (0, 0.1, 1):
    for text in (train, "the hat sat on the mat ", "the man had a hat "):
        bits = surprises(pair_model(add), text).mean()
        print(f"add {add:3}: {bits:.2f} bits, perplexity {2**bits:.2f}")
# > add   0: 1.07 bits, perplexity 2.10
# > add   0: 1.06 bits, perplexity 2.09
# > add   0: inf bits, perplexity inf
# > add 0.1: 1.31 bits, perplexity 2.48
# > add 0.1: 1.29 bits, perplexity 2.45
# > add 0.1: 2.43 bits, perplexity 5.37
# > add   1: 2.16 bits, perplexity 4.48
# > add   1: 2.14 bits, perplexity 4.40
# > add   1: 2.78 bits, perplexity 6.87
# --8<-- [end:text]

# --8<-- [start:tiny]
text = "the man had a hat "
at = [letters.index(letter) for letter in text]
given = pair_model(0)[at[:-1], at[1:]]
print(f"{np.sum(given == 0)} of {len(given)} pairs never counted")
# > 2 of 17 pairs never counted
for tiny in (1e-7, 1e-12, 1e-15):
    print(f"tiny {tiny:.0e}: {-np.log2(given + tiny).mean():.2f} bits")
# > tiny 1e-07: 4.21 bits
# > tiny 1e-12: 6.16 bits
# > tiny 1e-15: 7.33 bits
# --8<-- [end:tiny]

# --8<-- [start:tokens]
text = "the hat sat on the mat "
total = surprises(pair_model(0.1), text).sum()
print(f"whole text: {total:.1f} bits")
# > whole text: 28.5 bits
for tokens, count in (("letters", len(text) - 1), ("words", 6)):
    print(f"{count} {tokens}: perplexity {2 ** (total / count):.1f}")
# > 22 letters: perplexity 2.5
# > 6 words: perplexity 26.8
# --8<-- [end:tokens]

# --8<-- [start:both-ways]
likes_b = beliefs["likes b"]
print(f"truth p, belief q: {kl_divergence(p, likes_b, base=2):.3f}")
# > truth p, belief q: 0.625
print(f"truth q, belief p: {kl_divergence(likes_b, p, base=2):.3f}")
# > truth q, belief p: 0.500
only_ab = [1 / 2, 1 / 2, 0, 0]
print(f"letters a, b only: {kl_divergence(only_ab, p, base=2):.3f}")
# > letters a, b only: 0.500
print(f"belief a, b only: {kl_divergence(p, only_ab, base=2):.3f}")
# > belief a, b only: inf
# --8<-- [end:both-ways]


# --8<-- [start:triangle]
def coin(heads):
    return [heads, 1 - heads]


direct = kl_divergence(coin(1 / 2), coin(1 / 8), base=2)
first = kl_divergence(coin(1 / 2), coin(1 / 4), base=2)
second = kl_divergence(coin(1 / 4), coin(1 / 8), base=2)
print(f"direct {direct:.3f}")
# > direct 0.596
print(f"by 1/4: {first:.3f} + {second:.3f} = {first + second:.3f}")
# > by 1/4: 0.208 + 0.083 = 0.291
# --8<-- [end:triangle]

# --8<-- [start:stars]
stars = np.array([0] * 5 + [1] * 2 + [2] * 3)  # ten ratings
shares = np.bincount(stars) / len(stars)
for theta in (0.3, 0.4, 0.5):
    model = Binomial(2, theta)
    fit = log_likelihood(model, stars)
    gap = kl_divergence(shares, model.pmf([0, 1, 2]))
    by_parts = -10 * (entropy(shares) + gap)
    print(f"theta {theta}: log-likelihood {fit:.2f}")
    print(f"  KL {gap:.3f}, -10 (H + KL) {by_parts:.2f}")
# > theta 0.3: log-likelihood -12.53
# >   KL 0.223, -10 (H + KL) -12.53
# > theta 0.4: log-likelihood -12.07
# >   KL 0.178, -10 (H + KL) -12.07
# > theta 0.5: log-likelihood -12.48
# >   KL 0.218, -10 (H + KL) -12.48
# --8<-- [end:stars]

# --8<-- [start:humps]
x = np.linspace(-15, 15, 3001)


def on_grid(density):
    return density / density.sum()


humps = on_grid(Normal(-3, 1).pdf(x) + Normal(3, 1).pdf(x))
for mean, sigma in ((0, 1), (0, np.sqrt(10)), (3, 1)):
    q = on_grid(Normal(mean, sigma).pdf(x))
    forward, reverse = kl_divergence(humps, q), kl_divergence(q, humps)
    print(f"mean {mean}, sigma {sigma:.2f}")
    print(f"  KL(p, q) {forward:.2f}, KL(q, p) {reverse:.2f}")
# > mean 0, sigma 1.00
# >   KL(p, q) 3.81, KL(q, p) 2.69
# > mean 0, sigma 3.16
# >   KL(p, q) 0.46, KL(q, p) 0.94
# > mean 3, sigma 1.00
# >   KL(p, q) 8.31, KL(q, p) 0.69
# --8<-- [end:humps]


# --8<-- [start:normalizes]
def like_scipy(p, q):
    """What scipy.stats.entropy(p, q) computes."""
    p, q = np.array(p) / np.sum(p), np.array(q) / np.sum(q)
    return np.sum(p * np.log(p / q))


half, quarter = [0.5, 0.5], [0.25, 0.75]
print(f"KL {kl_divergence(half, quarter):.3f}")
# > KL 0.144
print(f"cross-entropy {cross_entropy(half, quarter):.3f}")
# > cross-entropy 0.837
print(f"like scipy {like_scipy(half, quarter):.3f}")
# > like scipy 0.144
print(f"  q mistyped {like_scipy(half, [0.25, 0.25]):.3f}")
# >   q mistyped 0.000
pointwise = np.array(half) * (np.log(half) - np.array(quarter))
print(f"like PyTorch, without log {pointwise.sum():.3f}")
# > like PyTorch, without log -1.193
pointwise = np.array(half) * np.log(np.divide(half, quarter))
print(f"like PyTorch, with mean {pointwise.mean():.3f}")
# > like PyTorch, with mean 0.072
# --8<-- [end:normalizes]

# --8<-- [start:question-bits]
p = [0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0]
print(f"{entropy(p, base=2):.2f}")
# > 2.00
print(f"{perplexity(p):.2f}")
# > 4.00
# --8<-- [end:question-bits]
