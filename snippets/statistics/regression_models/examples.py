"""Code of the module docs/statistics/regression_models.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.datasets import (
    load_anscombe,
    load_breast_cancer,
    load_windsor_housing,
)
from mlmath.models import fit_linear_regression, fit_logistic_regression

# --8<-- [end:setup]

# --8<-- [start:trips]
x = np.array([1.0, 1.0, 3.0, 3.0])  # kilometres
y = np.array([12.0, 18.0, 21.0, 29.0])  # minutes
deviations = x - x.mean()
S_xx = deviations @ deviations
slope = deviations @ y / S_xx
intercept = y.mean() - slope * x.mean()
e = slope * x + intercept - y
print(f"slope {slope:.1f}, intercept {intercept:.1f}")
# > slope 5.0, intercept 10.0
for name, divisor in {"n": 4, "n - 2": 2}.items():
    s = np.sqrt(e @ e / divisor)
    error = s / np.sqrt(S_xx)
    print(f"by {name:5}: s {s:.2f}, error {error:.2f}")
# > by n    : s 3.54, error 1.77
# > by n - 2: s 5.00, error 2.50

model = fit_linear_regression(x[:, np.newaxis], y)
print(f"mlmath: error {model.standard_errors[1]:.2f}")
# > mlmath: error 2.50
# --8<-- [end:trips]

# --8<-- [start:bedrooms]
houses = load_windsor_housing()
price = houses.prices


def columns(*names):
    return np.column_stack([houses.column(name) for name in names])


for others in ([], ["lot_size"], ["lot_size", "bathrooms", "stories"]):
    model = fit_linear_regression(columns("bedrooms", *others), price)
    w, error = model.weights[0], model.standard_errors[1]
    print(f"{w:5.0f} ± {error:.0f}, beside {len(others)} others")
# > 13270 ± 1445, beside 0 others
# > 10567 ± 1248, beside 1 others
# >  2825 ± 1215, beside 3 others
# --8<-- [end:bedrooms]

# --8<-- [start:left-out]
bedrooms, lot = houses.column("bedrooms"), houses.column("lot_size")
both = fit_linear_regression(columns("bedrooms", "lot_size"), price)
alone = fit_linear_regression(columns("bedrooms"), price)
extra_lot = fit_linear_regression(columns("bedrooms"), lot).weights[0]
per_bedroom, per_foot = both.weights
print(f"{extra_lot:.0f} square feet more per bedroom")
# > 446 square feet more per bedroom
total = per_bedroom + per_foot * extra_lot
print(f"{per_bedroom:.0f} + {per_foot:.3f} * {extra_lot:.1f}")
# > 10567 + 6.053 * 446.5
print(f"  = {total:.0f}, alone {alone.weights[0]:.0f}")
# >   = 13270, alone 13270
# --8<-- [end:left-out]

# --8<-- [start:log-price]
cooled = houses.column("air_conditioning")  # 1 for yes, 0 for no
table = np.column_stack([np.log(lot), cooled])
log_model = fit_linear_regression(table, np.log(price))
elasticity, coefficient = log_model.weights
errors = log_model.standard_errors
print(f"log lot size     {elasticity:.3f} ± {errors[1]:.3f}")
# > log lot size     0.462 ± 0.031
print(f"air conditioning {coefficient:.3f} ± {errors[2]:.3f}")
# > air conditioning 0.261 ± 0.027
print(f"air conditioning: {np.exp(coefficient) - 1:+.1%}")
# > air conditioning: +29.8%
print(f"a lot 1% larger:  {1.01**elasticity - 1:+.2%}")
# > a lot 1% larger:  +0.46%
print(f"a lot twice as large: {2**elasticity - 1:+.1%}")
# > a lot twice as large: +37.8%
# --8<-- [end:log-price]

# --8<-- [start:mean-price]
middle = np.exp(log_model.predict(table))
s = log_model.residual_standard_deviation
smear = np.mean(np.exp(log_model.residuals))
print(f"mean price:             {price.mean():.0f}")
# > mean price:             68122
print(f"exp of the prediction:  {middle.mean():.0f}")
# > exp of the prediction:  65472
print(f"houses sold below it:   {np.mean(price < middle):.0%}")
# > houses sold below it:   49%
print(f"if the noise is normal: {middle.mean() * np.exp(s**2 / 2):.0f}")
# > if the noise is normal: 68090
print(f"by the residuals:       {middle.mean() * smear:.0f}")
# > by the residuals:       68079
# --8<-- [end:mean-price]

# --8<-- [start:tumours]
tumours = load_breast_cancer()
malignant = tumours.labels  # 1 for malignant, 0 for benign
radius = tumours.column("mean_radius")[:, np.newaxis]
classifier = fit_logistic_regression(radius, malignant)
weight, bias = classifier.weights[0], classifier.intercept
probability = classifier.predict_probabilities(radius)
error = classifier.standard_errors[1]
print(f"weight {weight:.2f} ± {error:.2f}, intercept {bias:.1f}")
# > weight 1.03 ± 0.09, intercept -15.2
print(f"odds times {np.exp(weight):.2f} for each unit")
# > odds times 2.81 for each unit
print(f"probability 0.5 at radius {-bias / weight:.2f}")
# > probability 0.5 at radius 14.75
print(f"mean probability {probability.mean():.3f}")
# > mean probability 0.373
print(f"malignant share  {malignant.mean():.3f}")
# > malignant share  0.373
# --8<-- [end:tumours]

# --8<-- [start:threshold]
for threshold in (0.5, 0.2, 0.09, 0.02):
    alarm = probability >= threshold
    missed = np.sum(~alarm & (malignant == 1))
    false_alarms = np.sum(alarm & (malignant == 0))
    cost = 10 * missed + false_alarms
    counts = f"{missed:2} missed, {false_alarms:3} false"
    print(f"{threshold:4}: {counts}, {cost}")
# >  0.5: 45 missed,  24 false, 474
# >  0.2: 18 missed,  87 false, 267
# > 0.09:  9 missed, 151 false, 241
# > 0.02:  1 missed, 273 false, 283
# --8<-- [end:threshold]

# --8<-- [start:separable]
w, checkpoints = 0.0, (10, 100, 1000, 10_000)
for step in range(1, 10_001):
    w += 2 * (1 - 1 / (1 + np.exp(-w)))  # learning rate 1
    if step in checkpoints:
        loss = 2 * np.log1p(np.exp(-w))
        print(f"{step:5}: w = {w:4.1f}, loss {loss:.6f}")
# >    10: w =  3.0, loss 0.094839
# >   100: w =  5.3, loss 0.009946
# >  1000: w =  7.6, loss 0.000999
# > 10000: w =  9.9, loss 0.000100
# --8<-- [end:separable]

# --8<-- [start:refused]
sides = np.array([[-1.0], [1.0]])
try:
    fit_logistic_regression(sides, [0, 1])
except ValueError as error:
    print(str(error).split(",")[0])
# > planes separate the classes
for penalty in (0.01, 0.1, 1.0):
    held = fit_logistic_regression(sides, [0, 1], penalty=penalty)
    print(f"penalty {penalty:4}: w = {held.weights[0]:.2f}")
# > penalty 0.01: w = 3.36
# > penalty  0.1: w = 1.63
# > penalty  1.0: w = 0.40
# --8<-- [end:refused]

# --8<-- [start:anscombe]
for x, y in zip(*load_anscombe(), strict=True):
    line = fit_linear_regression(x[:, np.newaxis], y)
    b, m = line.coefficients
    se, share = line.standard_errors[1], line.r_squared
    print(f"{b:.2f} + {m:.2f} x, error {se:.2f}, R^2 {share:.2f}")
# > 3.00 + 0.50 x, error 0.12, R^2 0.67
# > 3.00 + 0.50 x, error 0.12, R^2 0.67
# > 3.00 + 0.50 x, error 0.12, R^2 0.67
# > 3.00 + 0.50 x, error 0.12, R^2 0.67
# --8<-- [end:anscombe]

# --8<-- [start:fan]
lots = lot[:, np.newaxis]
for name, feature, target in (
    ("price", lots, price),
    ("log price", np.log(lots), np.log(price)),
):
    fit = fit_linear_regression(feature, target)
    r, d = fit.residuals, feature[:, 0] - feature.mean()
    wider = r[lot > 6000].std() / r[lot < 4000].std()
    usual = fit.standard_errors[1]
    robust = np.sqrt(d**2 @ r**2) / (d @ d)
    print(f"{name}: {wider:.2f} times as wide")
    print(f"  error: usual {usual:.3f}, robust {robust:.3f}")
# > price: 2.06 times as wide
# >   error: usual 0.446, robust 0.576
# > log price: 1.15 times as wide
# >   error: usual 0.033, robust 0.034
# --8<-- [end:fan]

# --8<-- [start:question-middle]
prices = np.array([50.0, 100.0, 200.0])  # thousands
print(f"{np.exp(np.log(prices).mean()):.0f} {prices.mean():.0f}")
# > 100 117
# --8<-- [end:question-middle]
