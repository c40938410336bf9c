"""Code of the module docs/statistics/bayes_and_inference.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.calculus import numerical_gradient
from mlmath.datasets import load_breast_cancer, load_windsor_housing
from mlmath.models import fit_ridge
from mlmath.stats import (
    Beta,
    Normal,
    bayes_rule,
    bootstrap_interval,
    fit_scaler,
    mean_interval,
    natural_frequencies,
    proportion_interval,
    student_t_quantile,
    update_beta,
)

# --8<-- [end:setup]

# --8<-- [start:alarm]
people = natural_frequencies(
    prevalence=0.01,
    sensitivity=0.90,
    specificity=0.91,
    population=10_000,
)
print(f"ill, alarm:   {people.true_positives:4.0f}")
# > ill, alarm:     90
print(f"well, alarm:  {people.false_positives:4.0f}")
# > well, alarm:   891
by_counting = people.positive_predictive_value
by_rule = bayes_rule(prior=[0.01, 0.99], likelihood=[0.90, 0.09])[0]
print(f"P(ill | alarm): {by_counting:.3f} and {by_rule:.3f}")
# > P(ill | alarm): 0.092 and 0.092
# --8<-- [end:alarm]

# --8<-- [start:tumours]
tumours = load_breast_cancer()
ill = tumours.labels == 1
alarm = tumours.column("mean_radius") > 15
caught, false = alarm[ill].mean(), alarm[~ill].mean()
print(f"P(alarm | ill)  {caught:.3f}")
# > P(alarm | ill)  0.759
print(f"P(alarm | well) {false:.3f}")
# > P(alarm | well) 0.034
print(f"P(ill | alarm)  {ill[alarm].mean():.3f}")
# > P(ill | alarm)  0.931


def share_right(if_ill, if_well, base_rate):
    prior = [base_rate, 1 - base_rate]
    return bayes_rule(prior, [if_ill, if_well])[0]


for base_rate in (ill.mean(), 0.1, 0.01):
    correct = share_right(caught, false, base_rate)
    print(f"base rate {base_rate:.3f}: {correct:.3f} right")
# > base rate 0.373: 0.931 right
# > base rate 0.100: 0.715 right
# > base rate 0.010: 0.186 right
# --8<-- [end:tumours]

# --8<-- [start:second-test]
second = tumours.column("mean_perimeter") > 98
both = alarm & second
multiplied = (
    caught * second[ill].mean(),  # both alarms, given ill
    false * second[~ill].mean(),  # both alarms, given well
)
naive = share_right(*multiplied, 0.01)
counted = share_right(both[ill].mean(), both[~ill].mean(), 0.01)
print(f"rates multiplied: {naive:.3f}")
# > rates multiplied: 0.837
print(f"both counted:     {counted:.3f}")
# > both counted:     0.195
# --8<-- [end:second-test]

# --8<-- [start:flat-twice]
flat_in_accuracy = update_beta(Beta(1, 1), successes=3, failures=0)
flat_in_square = update_beta(Beta(2, 1), successes=3, failures=0)
for belief in (flat_in_accuracy, flat_in_square):
    print(f"P(accuracy > 0.9): {1 - belief.cdf(0.9):.3f}")
# > P(accuracy > 0.9): 0.344
# > P(accuracy > 0.9): 0.410
# --8<-- [end:flat-twice]

# --8<-- [start:ridge]
houses = load_windsor_housing()
names = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
raw = np.column_stack([houses.column(name) for name in names])
X = fit_scaler(raw).transform(raw)
y = (houses.prices - houses.prices.mean()) / 1000
noise, spread = 18.0, 2.0  # sigma and tau, in 1000 dollars


def log_posterior(w):  # up to a constant
    likelihood = Normal(0, noise).logpdf(X @ w - y).sum()
    return likelihood + Normal(0, spread).logpdf(w).sum()


right = noise**2 / spread**2
for penalty in (1e-6, right, right * len(y)):
    w = fit_ridge(X, y, penalty=penalty).weights
    slope = np.linalg.norm(numerical_gradient(log_posterior, w))
    print(f"{penalty:6.0f}:", "".join(f"{value:6.2f}" for value in w))
    print(f"        slope {slope:.2f}")
# >      0:  10.32  3.62  9.03  7.55
# >         slope 4.02
# >     81:   9.25  3.68  8.13  6.92
# >         slope 0.00
# >  44226:   0.17  0.12  0.17  0.15
# >         slope 41.59
# --8<-- [end:ridge]

# --8<-- [start:five-runs]
runs = [81.0, 83.0, 84.0, 85.0, 87.0]
for method in ("t", "normal"):
    low, high = mean_interval(runs, method=method)
    print(f"{method:6} {low:.2f} to {high:.2f}")
# > t      81.22 to 86.78
# > normal 82.04 to 85.96
# --8<-- [end:five-runs]


# --8<-- [start:coverage]
def coverage(data, truth, quantile):
    """Share of the rows whose interval contains the truth."""
    error = data.std(axis=1, ddof=1) / np.sqrt(data.shape[1])
    reach = quantile * error
    return np.mean(abs(data.mean(axis=1) - truth) < reach)


generator = np.random.default_rng(0)
for n in (3, 5, 20, 100):
    data = generator.normal(84, 2, size=(10_000, n))
    t = student_t_quantile(0.975, n - 1)
    by_t, by_z = (coverage(data, 84, q) for q in (t, 1.96))
    print(f"n {n:3}: t {by_t:.3f}, z {by_z:.3f}")
# > n   3: t 0.951, z 0.813
# > n   5: t 0.951, z 0.880
# > n  20: t 0.953, z 0.938
# > n 100: t 0.951, z 0.949
# --8<-- [end:coverage]

# --8<-- [start:houses]
price = houses.prices
generator = np.random.default_rng(0)
for n in (5, 20, 100):
    t = student_t_quantile(0.975, n - 1)
    data = generator.choice(price, size=(10_000, n))
    covered = coverage(data, price.mean(), t)
    print(f"{n:3} houses: covered {covered:.3f}")
# >   5 houses: covered 0.916
# >  20 houses: covered 0.940
# > 100 houses: covered 0.947
low, high = mean_interval(price)
print(f"mean of all: {low:.0f} to {high:.0f}")
# > mean of all: 65877 to 70366
inside = np.mean((price > low) & (price < high))
print(f"share of houses inside: {inside:.3f}")
# > share of houses inside: 0.073
# --8<-- [end:houses]

# --8<-- [start:overlap]
three_bedrooms = houses.column("bedrooms") == 3
basement = houses.column("full_basement") == 1
groups = [price[three_bedrooms & has] for has in (~basement, basement)]
for group in groups:
    low, high = mean_interval(group)
    print(f"{len(group)} houses: {low:.0f} to {high:.0f}")
# > 184 houses: 64450 to 71727
# > 117 houses: 70661 to 79556
gap = groups[1].mean() - groups[0].mean()
error = np.sqrt(sum(g.var(ddof=1) / len(g) for g in groups))
low, high = gap - 1.96 * error, gap + 1.96 * error
print(f"difference: {low:.0f} to {high:.0f}")
# > difference: 1325 to 12715
# --8<-- [end:overlap]

# --8<-- [start:bootstrap]
draws = np.random.default_rng(0)
for name, statistic in {"median": np.median, "maximum": np.max}.items():
    low, high = bootstrap_interval(price, statistic, generator=draws)
    value = statistic(price)
    print(f"{name:7} {value:.0f}: {low:.0f} to {high:.0f}")
# > median  62000: 60000 to 64700
# > maximum 190000: 174500 to 190000
# --8<-- [end:bootstrap]


# --8<-- [start:ten-of-ten]
def credible(belief):
    """The middle 95% of a belief about a probability."""
    grid = np.linspace(0, 1, 10_001)
    return np.interp([0.025, 0.975], belief.cdf(grid), grid)


right, n = 10, 10
share = right / n
reach = 1.96 * np.sqrt(share * (1 - share) / n)
for method, ends in {
    "1.96 errors": (share - reach, share + reach),
    "Wilson": proportion_interval(right, n),
    "credible": credible(update_beta(Beta(1, 1), right, n - right)),
}.items():
    print(f"{method:11} {ends[0]:.3f} to {ends[1]:.3f}")
# > 1.96 errors 1.000 to 1.000
# > Wilson      0.722 to 1.000
# > credible    0.715 to 0.998
# --8<-- [end:ten-of-ten]

# --8<-- [start:two-readings]
generator = np.random.default_rng(0)
truth = 20.0
readings = truth + generator.uniform(-0.5, 0.5, size=(100_000, 2))
low, high = readings.min(axis=1), readings.max(axis=1)
hit, apart = (low < truth) & (truth < high), high - low
for kind, these in {
    "all": apart >= 0,
    "more than 0.5 apart": apart > 0.5,
    "less than 0.1 apart": apart < 0.1,
}.items():
    print(f"{kind:20} {hit[these].mean():.2f}")
# > all                  0.50
# > more than 0.5 apart  1.00
# > less than 0.1 apart  0.05
# --8<-- [end:two-readings]
