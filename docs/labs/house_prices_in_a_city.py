# %% [markdown]
# # House prices in a city
#
# You take 546 house sales from one city and answer one question: what would one more house sell for, and how sure is that?
# On the way you reproduce twelve numbers of a textbook's table, to every printed digit.
# Then you find what the table does not say: its standard errors assume independent rows, and these are not.
# At the end you test the answer on houses that the model has not seen.
#
# It takes about 45 minutes.
# The pieces are taught in [Likelihood and Loss](../statistics/likelihood_and_loss.md),
# [Regression Models](../statistics/regression_models.md),
# [Bayes and Inference](../statistics/bayes_and_inference.md) and
# [Evaluation](../statistics/evaluation.md); here you put them together.
# The best weights come from [Least Squares](../linear_algebra/least_squares.md), the symbols from the
# [notation](../start/notation.md).
#
# **You will be able to**
#
# - compare two distributions for skewed data in the same units;
# - fit a model of log prices, and read its coefficients as percent and as elasticities;
# - say what "holding the others fixed" compares, and why it is no cause;
# - look for a pattern, a funnel, odd houses and dependent rows in what a model leaves over;
# - predict one price with an interval, and measure whether such intervals keep their promise.

# %%
import numpy as np

from mlmath.datasets import load_windsor_housing
from mlmath.models import fit_linear_regression
from mlmath.stats import (
    LogNormal,
    Normal,
    describe,
    k_fold,
    log_likelihood,
    root_mean_squared_error,
    train_test_split,
)

# %% [markdown]
# ## The sales
#
# The table holds houses sold in Windsor, Canada, from July to September 1987, one in each row.
# It belongs to a paper by Paul Anglin and Ramazan Gencay (*Journal of Applied Econometrics* 11, 1996).
# Look at two rows first, and at the mean of each column.

# %%
houses = load_windsor_housing()
price = houses.prices  # Canadian dollars
n = len(price)

print(f"{n} sales, {len(houses.feature_names)} features")
print(f"{'':16}{'first two':>12}{'mean':>9}")
for name, values in zip(houses.feature_names, houses.features.T, strict=True):
    first = "".join(f"{value:6.0f}" for value in values[:2])
    print(f"{name:16}{first}{values.mean():9.2f}")
print(f"{'price':16}" + "".join(f"{value:6.0f}" for value in price[:2]))

# %% [markdown]
# The lot size is in square feet.
# Bedrooms, full bathrooms, stories and garage places are counts.
# The other six say yes (1) or no (0), so their mean is a share: 32% of the houses have central air conditioning.
#
# ## Look at the prices
#
# Four numbers say most about a column: mean, median, standard deviation and **skewness**.
# Skewness is the mean cubed distance from the mean, measured in standard deviations.
# The cube keeps the sign, so a long tail to the right makes it positive, and a symmetric column has 0.
#
# Look at the logarithms, too, because prices compare by factors.
# From 40 to 60 thousand dollars is a factor of 1.5, and from 80 to 120 thousand as well.
# In dollars these steps differ, 20 and 40 thousand; in logs both are $\log 1.5 = 0.405$.

# %%
log_price = np.log(price)

for name, values, form in (("dollars", price, ",.0f"), ("logs", log_price, ".2f")):
    d = describe(values)
    print(f"{name:8} mean {d.mean:{form}}   median {d.median:{form}}")
    deviation = d.standard_deviation
    print(f"  deviation {deviation:{form}}   skewness {d.skewness:.2f}")
    cubes = ((values - values.mean()) / values.std()) ** 3
    assert np.isclose(cubes.mean(), d.skewness)

print(f"sold below the mean price:  {np.mean(price < price.mean()):.0%}")
print(f"exp of the mean log: {np.exp(log_price.mean()):,.0f} dollars")
assert abs(describe(log_price).skewness) < 0.2 < 1 < describe(price).skewness

# %% [markdown]
# In dollars the mean lies 6,000 above the median, and 59% of the houses sold below the "average" price: a few dear houses pull it up.
# In logs mean and median nearly agree, and the skewness is close to 0.
# So the exponential of the mean log, 63,510 dollars, is near the middle price, 62,000, and not near the mean price, 68,122.
#
# ## Two recipes for a price
#
# Two recipes might have made these prices:
#
# - **normal**: draw a price from a bell curve;
# - **log-normal**: draw a *logarithm* from a bell curve, and take its exponential.
#
# Both have two parameters, a mean $\mu$ and a standard deviation $\sigma$; for the log-normal they are those of the logs.
# [Maximum likelihood](../statistics/likelihood_and_loss.md) chooses for each recipe the parameters under which the data at hand have the highest density.
# For the normal recipe these are the mean of the data and their standard deviation with the divisor $n$; for the log-normal, the same of the logs.
#
# To compare the two, both densities must be *per dollar*.
# A step of 0.1 in the logs is about 5,000 dollars wide around 50,000 dollars, and about 10,000 around 100,000.
# There the same probability is spread over twice as many dollars, so its density per dollar is half as high.
# In general you divide by the price: if the log has the density $p(\log y)$, the price has the density $p(\log y) / y$.
# The logarithm of that is $\log p(\log y) - \log y$; add it up over all houses:
#
# $$ \ell = \sum_{i=1}^{n} \bigl( \log p(\log y_i) - \log y_i \bigr) $$
#
# Here $\ell$ is the log-likelihood, $y_i$ the price of house $i$, and $n$ the number of houses.

# %%
normal, log_normal = Normal.fit(price), LogNormal.fit(price)
of_normal = log_likelihood(normal, price)
of_log_normal = log_likelihood(log_normal, price)
gap = of_log_normal - of_normal
print(f"normal     {of_normal:.1f}")
print(f"log-normal {of_log_normal:.1f}, higher by {gap:.1f}")
print(f"for each house, density times {np.exp(gap / n):.2f}")

of_logs = log_likelihood(Normal.fit(log_price), log_price)
assert np.isclose(of_logs - log_price.sum(), of_log_normal)
assert gap > 60

# %% [markdown]
# The log-normal recipe wins by 66.9.
# That is a factor of $e^{66.9}$ for all houses together, as if each house gave $e^{66.9 / 546} = 1.13$.
# Forget the division by the price, and you compare $-6{,}339$ with $-234$: numbers in two units, which say nothing.
#
# Now ask the recipes something that you can count.
# How many houses should cost more than 150,000 dollars, and how many less than nothing?
# `cdf` gives the probability of at most a price.

# %%
print("houses above 150,000 dollars")
for name, recipe in (("normal", normal), ("log-normal", log_normal)):
    print(f"  {name:11}{n * (1 - recipe.cdf(150_000)):4.1f}")
print(f"  {'sold':9}{np.sum(price > 150_000):4d}")
print(f"below 0, normal: {n * normal.cdf(0):.1f} houses")

# %% [markdown]
# ![Histogram of the 546 prices in thousand dollars: steep on the left from 25, highest near 55, and a long tail to 190 on the right. A solid curve, labelled log-normal, follows the bars, tail included. A dashed curve, labelled normal, is too low at the peak, lies too far to the right, reaches below zero on the left, and has ended before the tail.](../assets/figures/labs/house_prices_in_a_city/two_recipes.svg)
#
# The normal recipe expects fewer than one house above 150,000 dollars, where six were sold, and about three with a price below zero.
# The log-normal recipe expects 5.7.
# It is the better of the two; that does not make it true.
#
# ## A model of the log price
#
# So far every house gets the same prediction.
# Since prices compare by factors, let each feature *multiply* the price, which means: let it add to the log price.
#
# $$
# \begin{aligned}
# \log \hat y = b &+ w_1 \log(\text{lot size}) \\
# &+ w_2 \, \text{bedrooms} + w_3 \, \text{bathrooms} \\
# &+ w_4 \, \text{air conditioning}
# \end{aligned}
# $$
#
# - $\log \hat y$ is the predicted log price, and $\hat y$ its exponential, in dollars.
# - $b$ is the intercept, and $w_1$ to $w_4$ are the weights of the four features.
# - The lot size enters as a logarithm: twice the lot then multiplies the price by the same factor, whether the lot was small or large.
#
# Least squares finds the intercept and the weights.
# It is maximum likelihood again, if the **noise**, what the features leave open, is independent and normal, with the same standard deviation everywhere.


# %%
def columns(names):
    """The named features, the lot size as its logarithm."""
    parts = {name: houses.column(name) for name in names}
    if "lot_size" in parts:
        parts["lot_size"] = np.log(parts["lot_size"])
    return np.column_stack(list(parts.values()))


FOUR = ("lot_size", "bedrooms", "bathrooms", "air_conditioning")
X = columns(FOUR)
model = fit_linear_regression(X, log_price, names=FOUR)

# %% [markdown]
# ### The published table
#
# This model stands in a textbook, fitted to these data: Marno Verbeek, *A Guide to Modern Econometrics*, second edition (2004), Table 3.1.
# Take from it each coefficient with its **standard error**, $R^2$, and $s$, the estimated standard deviation of the noise.
# Your numbers have to agree in every printed digit: a wrong divisor or one missing house may show in the last digits only.

# %%
published = {
    "intercept": ("7.094", "0.232"),
    "lot_size": ("0.400", "0.028"),
    "bedrooms": ("0.078", "0.015"),
    "bathrooms": ("0.216", "0.023"),
    "air_conditioning": ("0.212", "0.024"),
}


def agrees(value, text):
    """Whether a number, rounded to the digits of the text, is the text."""
    digits = len(text.split(".")[1])
    return f"{value:.{digits}f}" == text


# %%
rows = zip(model.names, model.coefficients, model.standard_errors, strict=True)
print(f"{'':16}{'here':>7}{'error':>7}{'book':>6}{'error':>6}")
for name, coefficient, error in rows:
    by_book, error_by_book = published[name]
    here = f"{coefficient:7.4f}{error:7.4f}"
    print(f"{name:16}{here}{by_book:>6}{error_by_book:>6}")
    assert agrees(coefficient, by_book)
    assert agrees(error, error_by_book)

s = model.residual_standard_deviation
print(f"R^2 {model.r_squared:.4f}   s {s:.4f}")
assert agrees(model.r_squared, "0.5674")
assert agrees(s, "0.2456")

# %% [markdown]
# All twelve numbers agree.
# Now the same from the formulas:
#
# $$
# \begin{aligned}
# \hat w &= (A^{\top} A)^{-1} A^{\top} \log y \\
# s^2 &= \frac{1}{n - p - 1} \sum_{i=1}^{n} r_i^2 \\
# \operatorname{SE}(\hat w_j) &= \sqrt{s^2 \, \bigl( (A^{\top} A)^{-1} \bigr)_{jj}}
# \end{aligned}
# $$
#
# - $A$ is the table $X$ with a column of ones in front, and $p = 4$ counts the features.
# - $\hat w$ holds the intercept and the four weights.
# - $r_i = \log y_i - \log \hat y_i$ is a **residual**, observed minus predicted.
# - $\operatorname{SE}$ is the standard error; the index $jj$ takes entry $j$ of the diagonal, which is `np.diag` in the code.

# %%
A = np.column_stack([np.ones(n), X])
w = np.linalg.solve(A.T @ A, A.T @ log_price)
r = log_price - A @ w
s_again = np.sqrt(r @ r / (n - 4 - 1))
errors = s_again * np.sqrt(np.diag(np.linalg.inv(A.T @ A)))
explained = 1 - r @ r / np.sum((log_price - log_price.mean()) ** 2)
assert np.allclose(w, model.coefficients)
assert np.allclose(errors, model.standard_errors)
assert np.allclose([s_again, explained], [s, model.r_squared])
with_n = np.sqrt(r @ r / n)
print(f"s with the divisor n - 5: {s_again:.4f}")
print(f"s with the divisor n:     {with_n:.4f}")

# %% [markdown]
# The divisor $n$, which `np.std` takes by itself, would print 0.2444, and the check would stop you.
#
# ## Read the coefficients
#
# A feature that grows by one multiplies $\hat y$ by $e^{w_j}$.
# The lot size is a logarithm itself: $k$ times the lot multiplies $\hat y$ by $k^{w_1}$, and $w_1$ is called an **elasticity** ([why](../statistics/regression_models.md#log-prices)).
#
# By hand, for a bathroom: $e^{0.216} = 1.241$, so 24.1% more, not 21.6%.
# For a lot that is 10% larger: $1.1^{0.400} = 1.039$, so 3.9% more.

# %%
lot_weight, *others = model.weights
print(f"a lot 10% larger      {1.1**lot_weight - 1:+.1%}")
print(f"a lot twice as large {2**lot_weight - 1:+.1%}")
for name, weight in zip(FOUR[1:], others, strict=True):
    print(f"{name:17}{np.exp(weight) - 1:+9.1%}")

near = np.mean(np.abs(model.residuals) < s)
print(f"within a factor {np.exp(s):.2f}: {near:.0%} of houses")

# %% [markdown]
# $R^2 = 0.567$ says that the four features explain 57% of the squared deviations of the log price.
# More telling is $s = 0.2456$, since $e^{0.2456} = 1.28$.
# 70% of the houses sold within a factor of 1.28 of their prediction, above or below; for normal noise it would be about 68%.
#
# ### One name, three questions
#
# "Air conditioning: +23.6%, holding the others fixed": nobody held anything.
# The model compares houses with equal lots, bedrooms and bathrooms, some with air conditioning and some without.
# Whatever else differs between them is in the 23.6% as well.
# Watch it: fit each feature alone, beside the three others, and beside all ten others.

# %%
ALL = houses.feature_names
X_all = columns(ALL)
all_eleven = fit_linear_regression(X_all, log_price, names=ALL)

print(f"{'':17}{'alone':>7}{'of 4':>7}{'of 11':>7}")
for name in FOUR:
    alone = fit_linear_regression(columns([name]), log_price).weights[0]
    in_four = model.weights[FOUR.index(name)]
    in_all = all_eleven.weights[ALL.index(name)]
    print(f"{name:17}{alone:7.3f}{in_four:7.3f}{in_all:7.3f}")
    assert alone > in_four > in_all

# %%
cooled = houses.column("air_conditioning") == 1
print(f"{'':17}{'with':>8}{'without':>9}")
for name in ("lot_size", "bathrooms", "stories", "garage_places", "preferred_area"):
    values = houses.column(name)
    print(f"{name:17}{values[cooled].mean():8.2f}{values[~cooled].mean():9.2f}")
    assert values[cooled].mean() > values[~cooled].mean()

# %% [markdown]
# ![Four features, each with three dots and bars one below the other: alone, beside three others, and beside ten others. For each feature the dots step to the left: lot size from 0.54 over 0.40 to 0.30, bedrooms from 0.19 over 0.08 to 0.03, bathrooms from 0.36 over 0.22 to 0.17, air conditioning from 0.36 over 0.21 to 0.17. The bars, 95 percent intervals, of the first and the last dot do not overlap.](../assets/figures/labs/house_prices_in_a_city/three_questions.svg)
#
# All weights shrink.
# Houses with air conditioning also have larger lots, more bathrooms, stories and garage places, and lie more often in the preferred area.
# Alone, air conditioning gets the credit for all of that; with them in the model, each takes its own share away.
# To mix up a feature with what comes along with it is called **confounding**.
# What the table lacks, such as the age of the house, may still have its share in the number.
#
# So none of the three numbers may be read as the effect of air conditioning.
# If you install it tomorrow, your house gets no second story and no garage with it.
# All three numbers are fine for *predicting*, where the features come along as they usually do.
#
# ## Look at what is left over
#
# The standard errors and every interval rest on three assumptions about the noise: mean 0 everywhere, the same spread everywhere, and independence from row to row.
# For an interval around a single sale there is a fourth: normal noise.
# The noise cannot be seen, but the residuals $r_i$ can: positive for a house that sold above its prediction.
#
# ### A pattern or a funnel
#
# Sort the houses into four bands by the predicted price, and look at the mean and the spread in each.
# A mean far from 0 is a bend: the model has the wrong shape there.
# A spread that grows is a funnel.
# Compare with a model of the price in dollars, from the same features with the lot size as it is.

# %%
residuals = model.residuals
predicted = np.exp(log_price - residuals)
edges = [50_000, 60_000, 80_000]
bands = np.digitize(predicted, edges)  # how many edges are passed: 0 to 3
band_names = ("below 50", "50 to 60", "60 to 80", "above 80")

X_dollars = np.column_stack([houses.column(name) for name in FOUR])
in_dollars = fit_linear_regression(X_dollars, price)

print(f"{'':9}{'':6}{'logs:':>7}{'':8}{'dollars:':>8}")
print(f"{'':9}{'houses':>6}{'mean':>7}{'spread':>8}{'spread':>8}")
spreads = []
for k, name in enumerate(band_names):
    own = residuals[bands == k]
    spreads.append((own.std(), in_dollars.residuals[bands == k].std()))
    shown = f"{len(own):6d}{own.mean():7.2f}{own.std():8.2f}"
    print(f"{name:9}{shown}{spreads[-1][1]:8,.0f}")
in_logs, of_dollars = np.array(spreads).T
assert in_logs.max() < 1.2 * in_logs.min()
assert of_dollars.max() > 2 * of_dollars.min()

# %% [markdown]
# In logs the means are small beside the spread, and the spread is about the same in all bands.
# In dollars it is a funnel: the spread of the dear houses is more than twice that of the cheap ones.
#
# Next, look at the residuals against features.
# Those in the model cannot show a slope, because least squares has used it up, but they can show a bend.
# Those that were left out can show both.

# %%
print("correlation with the residuals")
for name, values in zip(ALL, columns(ALL).T, strict=True):
    if name not in FOUR:
        found = np.corrcoef(residuals, values)[0, 1]
        print(f"  {name:17}{found:.2f}")
        assert found > 0.1
used = [np.corrcoef(residuals, values)[0, 1] for values in X.T]
assert np.allclose(used, 0, atol=1e-10)

# %% [markdown]
# All seven features that were left out have something to say.
#
# Of those in the model, look twice at the bedrooms.
# Compare groups, each mean with its own standard error (as if rows were independent):

# %%
bedrooms = houses.column("bedrooms")
middles = []
for name, few, many in (("1 or 2", 1, 2), ("3", 3, 3), ("4 to 6", 4, 6)):
    own = residuals[(few <= bedrooms) & (bedrooms <= many)]
    middles.append(own.mean())
    error = own.std(ddof=1) / np.sqrt(len(own))
    print(f"{name:6} bedrooms: mean {own.mean():+.3f} ± {error:.3f}")
assert middles[1] > 0.02 > -0.02 > max(middles[0], middles[2])

# %% [markdown]
# A bend: houses with three bedrooms sold for about 4% more than predicted, those with fewer or more for about 4% less.
# So "+8.1% for each bedroom" is an average: the step from two to three is larger, and from three to four smaller.
#
# Move the slider to see all of this.
#
# ![Residuals of the log prices of 546 houses, with the mean of each group as a square. The slider changes what they are drawn against. Against the predicted price and the lot size the squares stay near zero. Against the bedrooms the middle group lies a little higher than the two others. Against the stories the squares rise from below zero at one story to 0.12 and 0.10 at three and four. Against the preferred area they lie a little below zero for no, and at 0.12 for yes. Along the file they lie at or below zero in the first six tenths, and above zero in the last four.](../assets/figures/labs/house_prices_in_a_city/residuals_against.svg "Drawn against")
#
# ### Two houses that do not fit
#
# A residual divided by $s$ says how large it is.
# If the noise is normal, about 5% lie beyond 2, and 0.3% beyond 3, on either side.
# Look at the largest ones as houses.

# %%
sizes = residuals / s
bell = Normal(0, 1)
for limit in (2, 3):
    found, expected = np.sum(np.abs(sizes) > limit), 2 * n * bell.cdf(-limit)
    print(f"beyond {limit} s: {found} houses, expected {expected:.1f}")

counts = ("bedrooms", "bathrooms", "stories", "garage_places")
yes_or_no = [name for name in ALL if name not in (*counts, "lot_size")]
for i in (np.argmin(sizes), np.argmax(sizes)):
    house = dict(zip(ALL, houses.features[i], strict=True))
    from_all = np.exp(all_eleven.predict(X_all[[i]])[0])
    print(f"row {i + 1}: sold for {price[i]:,.0f}")
    print(f"  predicted {predicted[i]:,.0f}, off by {sizes[i]:+.1f} s")
    print(f"  predicted from all eleven: {from_all:,.0f}")
    print(f"  lot_size {house['lot_size']:.0f}")
    for pair in (counts[:2], counts[2:]):
        print("  " + ", ".join(f"{name} {house[name]:.0f}" for name in pair))
    print("  " + ", ".join(name for name in yes_or_no if house[name]))

# %%
kept = np.abs(sizes) < 3
without = fit_linear_regression(X[kept], log_price[kept])
moved = (without.coefficients - model.coefficients) / model.standard_errors
print(f"left out: {np.sum(~kept)} houses")
print(f"largest change: {np.max(np.abs(moved)):.1f} standard errors")
assert np.max(np.abs(moved)) < 0.5

# %% [markdown]
# There are as many large residuals as a normal recipe promises.
# The house in row 103 sold for more than twice its prediction.
# It has two garage places, a full basement and gas hot water, which the model does not know.
# From all eleven features the prediction comes closer, and is still far below.
# The house in row 414 is a riddle: it has air conditioning and lies in the preferred area, and sold for 31,900 dollars.
# Perhaps it was in bad repair, perhaps it was sold within a family; the table cannot say.
#
# Neither is a typing mistake that you could prove, so both stay: if you delete what does not fit, every model fits.
# What you may do is fit with and without, and say what changes; here no coefficient moves by half a standard error.
#
# ### The order of the file
#
# Independence is left, and few people check it when the rows carry no date.
# They have an order all the same.
# If it means nothing, the residual of one house says nothing about the next one in the file.
# So compute the correlation of each residual with the next.
# To see what chance does, shuffle the rows a thousand times.


# %%
def with_the_next(values):
    """Correlation of each value with the one after it."""
    return np.corrcoef(values[:-1], values[1:])[0, 1]


generator = np.random.default_rng(0)
shuffled = [with_the_next(generator.permutation(residuals)) for _ in range(1000)]
print(f"four features:  {with_the_next(residuals):.2f}")
print(f"all eleven:     {with_the_next(all_eleven.residuals):.2f}")
print(f"shuffled: {sum(value > 0.2 for value in shuffled)} of 1000 above 0.2")
assert max(shuffled) < 0.2 < with_the_next(all_eleven.residuals)

in_area = houses.column("preferred_area") == 1
preferred = np.flatnonzero(in_area)  # the places where it is true
print(f"preferred area: {len(preferred)} houses")
print(f"  in rows {preferred[0] + 1} to {preferred[-1] + 1}")
assert preferred[-1] - preferred[0] < 150

# %% [markdown]
# The correlation is 0.28, and 1,000 shuffles never reach 0.2: the rows are not independent.
# The last line hints at the reason: all 128 houses of the preferred area stand within 150 rows.
# So the file seems to be sorted by something that has to do with place.
# Neighbours resemble each other in ways that the features do not name: even with all eleven the correlation is 0.23.
#
# Dependence alone does not shift the coefficients on average.
# It spoils their standard errors: 546 houses that come in groups usually tell you less than 546 independent ones.
#
# ## How sure are the coefficients
#
# The **bootstrap** replaces a formula by a redraw: draw 546 rows from the 546, with replacement, fit again, and do it a thousand times.
# The spread of the thousand fits is a standard error.
# Drawn row by row, it needs independent rows, as the formula does.
# Drawn in **blocks** of 20 neighbouring rows, it keeps what neighbours have in common, since they come and go together.


# %%
def rows_in_blocks(block, generator):
    """n rows, drawn as blocks of neighbours; the file closes to a circle."""
    first = generator.integers(n, size=-(-n // block))  # n / block, rounded up
    rows = first[:, np.newaxis] + np.arange(block)  # a row for each block
    return rows.ravel()[:n] % n  # after row n - 1 comes row 0


def redrawn(block, generator):
    """Coefficients from 1000 new samples."""
    found = []
    for _ in range(1000):
        chosen = rows_in_blocks(block, generator)
        found.append(np.linalg.lstsq(A[chosen], log_price[chosen])[0])
    return np.array(found)


# %%
by_rows = redrawn(1, np.random.default_rng(1))
by_blocks = redrawn(20, np.random.default_rng(1))

print(f"{'standard error':17}{'formula':>8}{'rows':>6}{'blocks':>7}")
spread_of = [model.standard_errors]
spread_of += [draws.std(axis=0, ddof=1) for draws in (by_rows, by_blocks)]
for name, formula, rows, blocks in zip(model.names, *spread_of, strict=True):
    print(f"{name:17}{formula:8.3f}{rows:6.3f}{blocks:7.3f}")
    assert abs(rows / formula - 1) < 0.15
assert spread_of[2][1] > 1.3 * spread_of[0][1]

# %% [markdown]
# Formula and rows agree: both assume independent rows.
# (The formula also assumes one spread, and in logs that nearly holds.)
# With blocks, the standard error of the lot size is about half as large again.
# Air conditioning and the intercept also become less sure; bedrooms and bathrooms change less.
#
# What becomes of the 95% interval of the elasticity?
# The formula takes $\hat w_1 \pm t \cdot \operatorname{SE}(\hat w_1)$ with $t = 1.96$, from Student's distribution with $n - p - 1 = 541$ degrees of freedom.
# The bootstrap takes the middle 95% of the redrawn weights, between their quantiles at 0.025 and 0.975.

# %%
low, high = model.confidence_intervals()
print(f"formula {low[1]:.2f} to {high[1]:.2f}")
ends = {"formula": (low[1], high[1])}
for name, draws in (("rows", by_rows), ("blocks", by_blocks)):
    ends[name] = np.quantile(draws[:, 1], [0.025, 0.975])
    print(f"{name:8}{ends[name][0]:.2f} to {ends[name][1]:.2f}")
assert np.allclose(ends["formula"], ends["rows"], atol=0.025)
assert ends["blocks"][0] > 0.25

# %% [markdown]
# ![Two outlines of histograms of 1000 redrawn elasticities, both centred near 0.40. The solid one, redrawn row by row, is tall and narrow, and its 95 percent bar runs from 0.35 to 0.46. The dashed one, redrawn in blocks of 20 neighbours, is lower and wider, and its bar runs from 0.32 to 0.48.](../assets/figures/labs/house_prices_in_a_city/rows_and_blocks.svg)
#
# Read an interval as a statement about the *method*.
# If the prices of these houses were drawn again and again as the model says, 95% of its intervals would hold the true elasticity.
# The model leaves out the likeness of neighbours, so the formula's interval is too narrow.
# One conclusion survives: the elasticity is well above 0 and well below 1, and houses on twice the lot did not sell for twice the price.
#
# The blocks are no exact answer either.
# Twenty is a choice, so name it; with blocks of 40 the error of the lot size grows a little more.
#
# ## One house
#
# Now the question of the beginning, for a house with a lot of 6,000 square feet, 3 bedrooms, 2 bathrooms and air conditioning.
#
# By hand, with the coefficients of the book and $\log 6000 = 8.6995$:
#
# $$
# \begin{aligned}
# \log \hat y &= 7.094 + 0.400 \cdot 8.6995 \\
# & \quad + 0.078 \cdot 3 + 0.216 \cdot 2 + 0.212 \cdot 1 \\
# &= 7.094 + 3.4798 + 0.234 \\
# & \quad + 0.432 + 0.212 \\
# &= 11.4518
# \end{aligned}
# $$
#
# So $\hat y = e^{11.4518} = 94{,}071$ dollars.
# With all digits of the coefficients it is 94,248; the rounding costs 0.2%.

# %%
x = np.array([[np.log(6000), 3, 2, 1]])
log_predicted = model.predict(x)[0]
middle = np.exp(log_predicted)
by_hand = 7.094 + 0.400 * 8.6995 + 0.078 * 3 + 0.216 * 2 + 0.212 * 1
print(f"log {log_predicted:.4f}, price {middle:,.0f} dollars")
print(f"by hand {by_hand:.4f}, {np.exp(by_hand):,.0f} dollars")
assert abs(np.exp(by_hand) / middle - 1) < 0.005

# %% [markdown]
# ### Two intervals, two questions
#
# How sure is that?
# There are two questions.
#
# - *Where is the true mean of the log price for all houses like this one?*
#   Only the coefficients are uncertain.
# - *Where will the log price of the next house like this one be?*
#   Its own noise comes on top, and that does not shrink with more data.
#
# Let $a$ be the row of this house, with a one in front for the intercept.
# The prediction is the weighted sum $a^{\top} \hat w$, and its error has the estimated variance $s^2 \, a^{\top} (A^{\top} A)^{-1} a$.
# The noise of the house adds $s^2$, if it is independent of the data of the fit:
#
# $$
# \begin{aligned}
# \operatorname{SE}_{\text{mean}} &= s \sqrt{a^{\top} (A^{\top} A)^{-1} a} \\
# \operatorname{SE}_{\text{sale}} &= s \sqrt{1 + a^{\top} (A^{\top} A)^{-1} a}
# \end{aligned}
# $$
#
# As before, each interval reaches $t$ standard errors to both sides.
# The exponential keeps the order of numbers, so it takes the two ends to dollars, and 95% stays 95%.
# But it takes the mean of the logs, if they lie evenly around it, to the *median* of the prices.

# %%
a = np.concatenate([[1], x[0]])
share = a @ np.linalg.solve(A.T @ A, a)
wide = {"mean log": s * np.sqrt(share), "sale": s * np.sqrt(1 + share)}
intervals = {
    "mean log": model.mean_intervals(x),
    "sale": model.prediction_intervals(x),
}
for name, (low, high) in intervals.items():
    ends = np.exp([low[0], high[0]])
    print(f"{name:8} SE {wide[name]:.3f}: {ends[0]:,.0f} to {ends[1]:,.0f}")
    t = (high[0] - low[0]) / (2 * wide[name])  # the same quantile, both times
    assert 1.964 < t < 1.965

# %% [markdown]
# For the median price of such houses the interval runs from 90,000 to 99,000 dollars, and for the next sale from 58,000 to 153,000.
# A seller needs the second one, and it is wide: four features leave much open.
# With blocks the first would be wider; the second would hardly change, because nearly all of it is the noise of the house.
#
# ### Mean and median
#
# A city that taxes prices adds them up, so it needs the *mean*; 94,248 is near the median, and the mean lies above it.
# Two factors repair that, if the noise is distributed alike everywhere ([why](../statistics/regression_models.md#log-prices)): $e^{s^2 / 2}$, for normal noise, and the mean of $e^{r_i}$ over the residuals, for any.

# %%
if_normal = np.exp(s**2 / 2)
smear = np.mean(np.exp(residuals))
print(f"factor if normal {if_normal:.3f}")
print(f"by the residuals {smear:.3f}")
print(f"median {middle:,.0f}, mean {middle * smear:,.0f} dollars")
assert abs(if_normal - smear) < 0.005

# %%
lot = houses.column("lot_size")
alike = np.abs(lot - 6000) <= 1000
for name, value in (("bedrooms", 3), ("bathrooms", 2), ("air_conditioning", 1)):
    alike = alike & (houses.column(name) == value)
like_it = price[alike]
low, high = np.exp(intervals["sale"])[:, 0]
print(f"{len(like_it)} such houses, lots 5,000 to 7,000")
print(f"sold for {like_it.min():,.0f} to {like_it.max():,.0f}")
print(f"median {np.median(like_it):,.0f}, mean {like_it.mean():,.0f}")
_, high_median = np.exp(intervals["mean log"])[:, 0]
assert np.all((low < like_it) & (like_it < high))
assert high_median < np.median(like_it) < high_median + 1000

# %% [markdown]
# ![A curve of the density of the price of this house, over 40 to 180 thousand dollars: skewed, with its long tail on the right. A solid line marks the median at 94 thousand, a dashed one the mean at 97 thousand. Below the curve a short bar from 90 to 99 is labelled median of such houses, and a long bar from 58 to 153 is labelled next sale. At the bottom, 22 ticks between 82 and 140 are labelled sold like it.](../assets/figures/labs/house_prices_in_a_city/one_house.svg)
#
# The table holds 22 houses like it, and all of them sold within the interval for a sale.
# Their own median, 99,000 dollars, lies a little above the upper end of the interval for the median.
#
# ## Does the interval keep its promise?
#
# "95%" is a promise, and 22 houses that helped to fit the model prove little.
# Hold out a random third, fit to the others, and count how many held-out sales lie in their intervals.
# One split is luck, so make 60.
#
# Do the same with the model in dollars, and with the wrong interval for sales, the one for the mean log.
# And count in each of the four bands, because a promise may hold on average and fail where it matters.
# (`np.bincount(bands, sums)` adds up the sums of each band; `np.ptp` is the largest value minus the smallest.)


# %%
def count_inside(intervals, observed, test, name):
    low, high = intervals
    held[name][test] += (low <= observed[test]) & (observed[test] <= high)


tested = np.zeros(n)
held = {name: np.zeros(n) for name in ("logs", "dollars", "mean log")}
generator = np.random.default_rng(2)
for _ in range(60):
    train, test = train_test_split(n, test_fraction=1 / 3, generator=generator)
    tested[test] += 1
    fit = fit_linear_regression(X[train], log_price[train])
    count_inside(fit.prediction_intervals(X[test]), log_price, test, "logs")
    count_inside(fit.mean_intervals(X[test]), log_price, test, "mean log")
    fit = fit_linear_regression(X_dollars[train], price[train])
    count_inside(fit.prediction_intervals(X_dollars[test]), price, test, "dollars")

# %%
coverage, by_band = {}, {}
print(f"{'thousands':10}{'logs':>8}{'dollars':>9}{'mean log':>10}")
for name, sums in held.items():
    coverage[name] = sums.sum() / tested.sum()
    by_band[name] = np.bincount(bands, sums) / np.bincount(bands, tested)
for k, name in enumerate(band_names):
    shares = [by_band[kind][k] for kind in held]
    print("{:10}{:8.1%}{:9.1%}{:10.1%}".format(name, *shares))
print("{:10}{:8.1%}{:9.1%}{:10.1%}".format("all", *coverage.values()))
assert abs(coverage["logs"] - 0.95) < 0.02
assert abs(coverage["dollars"] - 0.95) < 0.02
assert np.ptp(by_band["dollars"]) > 0.08 > 0.06 > np.ptp(by_band["logs"])
assert coverage["mean log"] < 0.2

# %% [markdown]
# ![Share of held-out sales inside their 95 percent intervals, by the predicted price in four bands. Circles on a solid line, the model of log prices, stay close to the dashed line at 95 percent in all bands. Squares on a dotted line, the model in dollars, begin at 100 percent for the cheapest houses and fall to about 89 percent for the dearest.](../assets/figures/labs/house_prices_in_a_city/coverage_by_band.svg)
#
# Both models cover about 95% of all held-out sales.
# In dollars that is an average of two wrongs: too wide for cheap houses, where next to nothing is missed, and too narrow for dear ones, where about one in nine is.
# In logs the promise holds in each band, within a few percent.
#
# The interval for the mean log holds fewer than one sale in five, over all bands.
# It answers another question, and yet people print it as "the uncertainty of the prediction".
#
# ## Do more features help?
#
# The residuals knew about the seven other features.
# On the data of the fit, more features can never leave a larger sum of squares, so that would say nothing.
# **Cross-validation** asks houses that were not in the fit: deal the rows into ten folds, and predict each fold from the other nine.
# Then take the root of the mean squared error over all houses.
#
# Compare in dollars, whatever the model fits: errors of logs and errors of dollars have no common unit.
# A squared error asks for the mean price, so the models of logs get the factor from their residuals.
#
# Deal the folds in two ways: at random, and as ten stretches of the file.
# At random, most neighbours of a house in the file are in the fit, and they resemble it.
# For a house in a part of the city that the data have not seen, the stretches are the fairer test.


# %%
def cross_validated(table, target, folds):
    """Predicted mean prices in dollars, each from a fit without its house."""
    means = np.empty(n)
    for train, test in folds:
        fit = fit_linear_regression(table[train], target[train])
        means[test] = fit.predict(table[test])
        if target is log_price:
            means[test] = np.exp(means[test]) * np.mean(np.exp(fit.residuals))
    return means


def typical_error(table, target, folds):
    return root_mean_squared_error(cross_validated(table, target, folds), price)


# %%
everything = np.arange(n)
parts = np.array_split(everything, 10)  # ten stretches
# setdiff1d: everything that is not in the part
stretches = [(np.setdiff1d(everything, part), part) for part in parts]
generators = [np.random.default_rng(seed) for seed in range(5)]
dealt = [k_fold(n, folds=10, generator=generator) for generator in generators]
candidates = {
    "4, dollars": (X_dollars, price),
    "4, logs": (X, log_price),
    "11, dollars": (houses.features, price),
    "11, logs": (X_all, log_price),
}
print(f"{'features':11}{'5 random deals':>17}{'stretches':>10}")
scores = {}
for name, (table, target) in candidates.items():
    deals = [typical_error(table, target, folds) for folds in dealt]
    apart = typical_error(table, target, stretches)
    scores[name] = (min(deals), max(deals), apart)
    print(f"{name:11}{min(deals):7,.0f} to {max(deals):,.0f}{apart:10,.0f}")
print(f"{'mean of all':11}{price.std():7,.0f}")
assert scores["11, logs"][1] < scores["11, dollars"][0] < scores["4, logs"][0]
assert all(apart > most for _, most, apart in scores.values())
assert sorted(scores, key=lambda name: -scores[name][2]) == list(candidates)

# %% [markdown]
# All eleven features help on new houses: the typical error falls from 17,400 to about 15,100 dollars.
# The logarithm helps as well, by some 500 dollars.
# In stretches all errors are a little larger, so the random deals were a little too kind; the order stays.
#
# The range over five deals says how much the dealing matters, and *not* how sure the result is: all deals use the same 546 houses.
# For that, redraw the houses, in blocks again.

# %%
four = cross_validated(X, log_price, dealt[0])
eleven = cross_validated(X_all, log_price, dealt[0])
gains = []
generator = np.random.default_rng(3)
for _ in range(1000):
    again = rows_in_blocks(20, generator)
    of_four = root_mean_squared_error(four[again], price[again])
    of_eleven = root_mean_squared_error(eleven[again], price[again])
    gains.append(of_four - of_eleven)
low, high = np.quantile(gains, [0.025, 0.975])
nearer = np.mean(np.abs(eleven - price) < np.abs(four - price))
print(f"gain: {low / 1000:.1f} to {high / 1000:.1f} thousand dollars")
print(f"eleven are nearer for {nearer:.0%} of houses")
assert low > 500
assert 0.55 < nearer < 0.67

# %% [markdown]
# The larger model is better on average, and far from always: house by house it is nearer in six cases of ten.
#
# ## The answer
#
# What would the house sell for?
# From four features: half of such houses for less than about 94,000 dollars; 97,000 on average; and the 95% interval for one sale runs from 58,000 to 153,000.
# How often such intervals are right was counted on held-out sales.
# The answer is about Windsor in the summer of 1987, and about what houses *with* a feature sold for, not what adding one would bring.
#
# ## Try it
#
# Change a cell, run it, and then run the cells below it.
# Some `assert` lines guard what this page says about *its* model; delete those that complain.
#
# 1. **One more feature.**
#    Add `"stories"` to `FOUR`.
#    Expect: the cell of the published table fails, since this is another model, and so does the one with the formulas, which counts five coefficients.
#    In the table of three questions the weight of bedrooms falls from 0.078 to 0.050: houses with more stories have more bedrooms.
#    (The house of the question then needs a number of stories, too.)
# 2. **Other blocks.**
#    Replace 20 by 5, by 40 and by 80 in `redrawn(20, ...)`.
#    Expect: the standard error of the lot size lies between that of single rows and about 0.05, and grows with the length of the blocks.
#    Shuffle the rows of `A` and `log_price` together first, and the blocks do no more than single rows.
# 3. **Another promise.**
#    Give `0.5` as second argument to both calls of `prediction_intervals` in the test of the promise.
#    Expect: about half of the held-out sales lie inside for the logs; in dollars it is about three quarters of the cheapest houses and four in ten of the dearest.
# 4. **Features made of noise.**
#    In a new cell before the candidates are compared, write
#    `X_all = np.hstack([X_all, np.random.default_rng(0).normal(size=(n, 60))])`.
#    Expect: `r_squared` of a fit to all houses rises from 0.69 to 0.72, while the cross-validated error of "11, logs" gets worse by about a thousand dollars.
#
# ## What to take along
#
# - Prices compare by factors: look at them in logs, and compare recipes per dollar.
# - A published table is a test: agree in every printed digit, or find out why not.
# - "Holding the others fixed" compares houses that are alike in the model's other columns, and in nothing else.
# - Look at residuals against the fit, against what was left out, and along the file: blocks of neighbours show what dependence costs.
# - The mean of logs becomes a median, and the interval for the mean is not the interval for a sale.
# - Count coverage on held-out data, in groups, and compare models in one unit.
#
# Where to go next: [Logistic regression](logistic_regression.py) does the same for an answer of yes or no.
