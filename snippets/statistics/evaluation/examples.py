"""Code of the module docs/statistics/evaluation.md, in reading order."""

# --8<-- [start:setup]
from itertools import combinations, product

import numpy as np

from mlmath.datasets import load_breast_cancer, load_windsor_housing
from mlmath.models import fit_linear_regression, fit_logistic_regression
from mlmath.stats import (
    accuracy,
    area_under_roc,
    confusion_matrix,
    f1_score,
    fit_scaler,
    k_fold,
    precision,
    recall,
    roc_curve,
    root_mean_squared_error,
    train_test_split,
)

# --8<-- [end:setup]

# --8<-- [start:houses]
houses = load_windsor_housing()
price = houses.prices / 1000  # thousands of dollars


def fit_and_test(X, split):
    model = fit_linear_regression(X[split.train], price[split.train])
    says = model.predict(X)
    errors = (root_mean_squared_error(says[rows], price[rows]) for rows in split)
    return "training {:.1f}, test {:.1f}".format(*errors)


for seed in range(5):
    generator = np.random.default_rng(seed)
    split = train_test_split(546, test_fraction=0.6, generator=generator)
    dice = generator.normal(size=(546, 60))
    X = houses.features
    print(f"seed {seed}: {fit_and_test(X, split)}")
    print(f"  dice: {fit_and_test(np.hstack([X, dice]), split)}")
# > seed 0: training 14.6, test 16.5
# >   dice: training 12.8, test 18.4
# > seed 1: training 15.1, test 15.7
# >   dice: training 12.8, test 19.9
# > seed 2: training 14.3, test 17.0
# >   dice: training 12.2, test 19.1
# > seed 3: training 14.6, test 16.0
# >   dice: training 12.3, test 17.7
# > seed 4: training 16.8, test 14.5
# >   dice: training 13.8, test 19.3
# --8<-- [end:houses]

# --8<-- [start:choosing]
triples = [list(three) for three in combinations(range(11), 3)]
reported, on_fresh = [], []
for seed in range(10):
    order = np.random.default_rng(seed).permutation(546)
    train, test, fresh = order[:60], order[60:90], order[90:]
    tried = []
    for three in triples:
        X = np.column_stack([np.ones(546), houses.features[:, three]])
        weights, *_ = np.linalg.lstsq(X[train], price[train])
        squares = (X @ weights - price) ** 2
        tried.append((squares[test].mean(), squares[fresh].mean()))
    best = np.sqrt(min(tried))  # the smallest test error
    reported.append(best[0])
    on_fresh.append(best[1])
print(f"{len(triples)} models, the best of them:")
# > 165 models, the best of them:
print(f"test {np.mean(reported):.1f}, fresh houses {np.mean(on_fresh):.1f}")
# > test 17.8, fresh houses 20.1
print("worse on fresh:", np.sum(np.greater(on_fresh, reported)), "of 10")
# > worse on fresh: 8 of 10
# --8<-- [end:choosing]


# --8<-- [start:selection-tools]
def most_different(X, y):
    """The 20 columns whose class means lie furthest apart."""
    gaps = abs(X[y == 1].mean(axis=0) - X[y == 0].mean(axis=0))
    return np.argsort(gaps)[-20:]


def score(X, y, train, test):
    """Share of test rows that lie nearer to the mean of their class."""
    one, zero = (X[train][y[train] == k].mean(axis=0) for k in (1, 0))
    says = (X[test] - (one + zero) / 2) @ (one - zero) > 0
    return np.mean(says == y[test])


# --8<-- [end:selection-tools]


# --8<-- [start:selection]
def study_of_noise(generator):
    """Mean score of five folds, columns chosen before and inside."""
    X = generator.normal(size=(50, 1000))  # dice, nothing else
    y = np.repeat([0, 1], 25)
    all_rows = most_different(X, y)
    before, inside = [], []
    for train, test in k_fold(50, folds=5, generator=generator, labels=y):
        before.append(score(X[:, all_rows], y, train, test))
        own_rows = most_different(X[train], y[train])
        inside.append(score(X[:, own_rows], y, train, test))
    return np.mean(before), np.mean(inside)


for number in range(5):
    scores = study_of_noise(np.random.default_rng(number))
    print("before {:.2f}, inside {:.2f}".format(*scores))
# > before 0.90, inside 0.44
# > before 0.88, inside 0.50
# > before 0.90, inside 0.48
# > before 0.98, inside 0.58
# > before 0.84, inside 0.38
# --8<-- [end:selection]

# --8<-- [start:four-cases]
seen, new = np.array(list(product([0, 2], [0, 2]))).T
for share in (1, 0.5, 0):
    says = share * seen
    parts = [(says.mean() - 1) ** 2, says.var(), new.var()]
    error = np.mean((says - new) ** 2)
    leak = np.mean((says - seen) ** 2)
    added = " + ".join(f"{part:.2f}" for part in parts)
    print(f"{added} = {error:.2f}, leak {leak:.2f}")
# > 0.00 + 1.00 + 1.00 = 2.00, leak 0.00
# > 0.25 + 0.25 + 1.00 = 1.50, leak 0.50
# > 1.00 + 0.00 + 1.00 = 2.00, leak 2.00
# --8<-- [end:four-cases]

# --8<-- [start:more-houses]
names = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
X = np.column_stack([houses.column(name) for name in names])
for seed in range(3):
    generator = np.random.default_rng(seed)
    order = generator.permutation(546)
    test, pool = order[:46], order[46:]
    for size in (30, 90, 270):
        says = []
        for _ in range(20):  # twenty training sets
            rows = generator.choice(pool, size)
            model = fit_linear_regression(X[rows], price[rows])
            says.append(model.predict(X[test]))
        variance = np.var(says, axis=0).mean()
        rest = np.mean((np.mean(says, axis=0) - price[test]) ** 2)
        error = np.mean((np.array(says) - price[test]) ** 2)
        print(f"{size:3} houses: {error:.0f} = {variance:.0f} + {rest:.0f}")
# >  30 houses: 490 = 114 + 376
# >  90 houses: 405 = 31 + 374
# > 270 houses: 395 = 14 + 381
# >  30 houses: 301 = 80 + 221
# >  90 houses: 228 = 22 + 205
# > 270 houses: 217 = 6 + 210
# >  30 houses: 361 = 93 + 268
# >  90 houses: 280 = 17 + 262
# > 270 houses: 267 = 11 + 256
# --8<-- [end:more-houses]

# --8<-- [start:nobody]
ill = np.repeat([1, 0], [10, 990])
nobody = np.zeros(1000, dtype=int)
model = np.repeat([1, 0, 1, 0], [8, 2, 50, 940])
for who, flags in {"nobody": nobody, "model": model}.items():
    right = accuracy(flags, ill)
    print(f"{who}: accuracy {right:.3f}, recall {recall(flags, ill):.1f}")
    print(f"  F1 of the ill {f1_score(flags, ill):.3f}")
    print(f"  F1 of the healthy {f1_score(1 - flags, 1 - ill):.3f}")
# > nobody: accuracy 0.990, recall 0.0
# >   F1 of the ill 0.000
# >   F1 of the healthy 0.995
# > model: accuracy 0.948, recall 0.8
# >   F1 of the ill 0.235
# >   F1 of the healthy 0.973
try:
    precision(nobody, ill)
except ValueError as problem:
    print(str(problem).split(",")[0])
# > precision is 0/0
# --8<-- [end:nobody]

# --8<-- [start:tumours]
tumours = load_breast_cancer()
X, y = tumours.features, tumours.labels  # 1 is malignant


def probabilities(split, penalty):
    """Fit on the training tumours; say how likely the others are malignant."""
    Z = fit_scaler(X[split.train]).transform(X)
    train = split.train
    model = fit_logistic_regression(Z[train], y[train], penalty=penalty)
    return model.predict_probabilities(Z[split.test])


for seed in range(4):
    generator = np.random.default_rng(seed)
    split = train_test_split(569, test_fraction=0.4, generator=generator)
    says = (probabilities(split, penalty=1) >= 0.5).astype(int)
    malignant = y[split.test]
    (_, alarms), (missed, found) = confusion_matrix(says, malignant)
    print(f"found {found}, missed {missed}, false alarms {alarms}")
    print(f"  F1: malignant {f1_score(says, malignant):.3f}", end=", ")
    print(f"benign {f1_score(1 - says, 1 - malignant):.3f}")
# > found 82, missed 4, false alarms 2
# >   F1: malignant 0.965, benign 0.979
# > found 80, missed 6, false alarms 0
# >   F1: malignant 0.964, benign 0.979
# > found 77, missed 4, false alarms 1
# >   F1: malignant 0.969, benign 0.983
# > found 83, missed 2, false alarms 1
# >   F1: malignant 0.982, benign 0.990
# --8<-- [end:tumours]

# --8<-- [start:pairs]
scores = np.array([0.9, 0.6, 0.4, 0.6, 0.3, 0.2])
observed = np.array([1, 1, 1, 0, 0, 0])
gaps = scores[observed == 1][:, None] - scores[observed == 0]
print(f"by pairs {np.mean((gaps > 0) + 0.5 * (gaps == 0)):.4f}")
# > by pairs 0.8333
roc = roc_curve(scores, observed)
for rates in zip(roc.thresholds, *roc[:2], strict=True):
    print("from {:.1f}: alarms {:.2f}, found {:.2f}".format(*rates))
# > from inf: alarms 0.00, found 0.00
# > from 0.9: alarms 0.00, found 0.33
# > from 0.6: alarms 0.33, found 0.67
# > from 0.4: alarms 0.33, found 1.00
# > from 0.3: alarms 0.67, found 1.00
# > from 0.2: alarms 1.00, found 1.00
area = np.trapezoid(roc.true_positive_rates, roc.false_positive_rates)
print(f"area {area:.4f}, mlmath {area_under_roc(scores, observed):.4f}")
# > area 0.8333, mlmath 0.8333
# --8<-- [end:pairs]

# --8<-- [start:copies]
for copies in (1, 100):
    times = np.where(observed == 0, copies, 1)
    s, o = np.repeat(scores, times), np.repeat(observed, times)
    right = precision(s >= 0.4, o)
    auc = area_under_roc(s, o)
    print(f"{copies:3}: AUC {auc:.3f}, precision {right:.3f}")
# >   1: AUC 0.833, precision 0.750
# > 100: AUC 0.833, precision 0.029
# --8<-- [end:copies]


# --8<-- [start:calibration]
def cost(flags):
    """10 for each miss, 1 for each false alarm."""
    return 10 * np.sum(~flags & (y == 1)) + np.sum(flags & (y == 0))


print("penalty   AUC expects makes  1/2 1/11")
# > penalty   AUC expects makes  1/2 1/11
for penalty in (0.01, 1, 100):
    for seed in range(3):
        said = np.zeros(569)
        generator = np.random.default_rng(seed)
        for split in k_fold(569, folds=5, generator=generator):
            said[split.test] = probabilities(split, penalty)
        expects = np.minimum(said, 1 - said).sum()
        makes = np.sum((said >= 0.5) != y)
        row = f"{penalty:6} {area_under_roc(said, y):.3f} {expects:6.0f}"
        costs = f"{cost(said >= 1 / 2):5} {cost(said >= 1 / 11):4}"
        print(row, f"{makes:6}", costs)
# >   0.01 0.985      7     17   116   88
# >   0.01 0.985      9     21   120  115
# >   0.01 0.983      8     24   123   93
# >      1 0.996     23     11    83   50
# >      1 0.995     24     15   105   67
# >      1 0.994     22     11    83   52
# >    100 0.992     94     31   310  236
# >    100 0.990     94     35   332  235
# >    100 0.991     94     31   310  233
# --8<-- [end:calibration]

# --8<-- [start:folds]
two = ["mean_texture", "mean_smoothness"]
pair = np.column_stack([tumours.column(name) for name in two])


def auc_of_fit(train, test):
    Z = fit_scaler(pair[train]).transform(pair)
    one, zero = (Z[train][y[train] == k].mean(axis=0) for k in (1, 0))
    return area_under_roc(Z[test] @ (one - zero), y[test])


for seed in range(5):
    generator = np.random.default_rng(seed)
    order = generator.permutation(569)
    study, others = order[:50], order[50:]
    aucs = [
        auc_of_fit(study[split.train], study[split.test])
        for _ in range(20)
        for split in k_fold(50, folds=5, generator=generator, labels=y[study])
    ]
    error = np.std(aucs, ddof=1) / np.sqrt(len(aucs))
    print(f"{np.mean(aucs):.3f} +- {error:.3f}", end=", ")
    print(f"519 others {auc_of_fit(study, others):.3f}")
# > 0.827 +- 0.014, 519 others 0.835
# > 0.754 +- 0.014, 519 others 0.838
# > 0.873 +- 0.011, 519 others 0.824
# > 0.866 +- 0.010, 519 others 0.829
# > 0.853 +- 0.011, 519 others 0.832
# --8<-- [end:folds]

# --8<-- [start:question-classes]
observed = np.array([1, 0, 0, 0, 0])
says = np.array([1, 1, 0, 0, 0])
for k in (1, 0):
    print(f"{f1_score(says == k, observed == k):.2f}")
# > 0.67
# > 0.86
# --8<-- [end:question-classes]
