# %% [markdown]
# # Logistic regression on breast-cancer data
#
# You train a classifier on 569 real tumours, from the raw table to a decision that somebody could act on.
# You write the gradient yourself, meet weights that grow without end, and cure them.
# Then you ask whether the probabilities come true, choose a threshold by what mistakes cost, and open the test once.
# Other splits show which of your numbers were luck, and three faults are run on purpose.
#
# It takes about 50 minutes.
# You need the log loss from [Likelihood and Loss](../statistics/likelihood_and_loss.md) and
# the [logistic regression](../statistics/regression_models.md#logistic-regression) of Regression Models.
# Recall, precision, AUC and calibration are explained in [Evaluation](../statistics/evaluation.md); here you use them.
# The symbols are those of the [notation page](../start/notation.md).
#
# **You will be able to**
#
# - split, scale and cross-validate without letting the test data in;
# - write logistic regression as a dozen lines of gradient descent, and check the gradient;
# - recognize separated classes, and say why a penalty is needed and who may choose it;
# - choose a threshold from costs, and say how surely the data know a better one;
# - report a test result with its uncertainty, and say what the model must not be used for.

# %%
import numpy as np

from mlmath.calculus import numerical_gradient
from mlmath.datasets import load_breast_cancer
from mlmath.losses import log_loss
from mlmath.models import fit_logistic_regression
from mlmath.stats import (
    accuracy,
    area_under_roc,
    brier_score,
    calibration_curve,
    confusion_matrix,
    fit_scaler,
    k_fold,
    proportion_interval,
    sigmoid,
    train_test_split,
)

# %% [markdown]
# ## The data
#
# A needle took a few cells out of a lump in the breast.
# Ten quantities were measured on each cell nucleus in the image, such as its radius and how dented its outline is.
# Each quantity gives three features: the mean over the nuclei, the standard error of that mean, and the mean of the three
# largest values, called *worst*.
# The class is what the lump turned out to be.
#
# **On this whole page, class 1 is malignant, and class 0 is benign.**
# So recall is the share of the malignant tumours that are found, and precision the share of the flagged that are malignant.
# scikit-learn has the classes the other way round.

# %%
tumours = load_breast_cancer()
X, y = tumours.features, tumours.labels  # 1 is malignant
print(f"{len(y)} tumours with {X.shape[1]} features")
print(f"malignant {np.sum(y == 1)}, benign {np.sum(y == 0)}")
print(f"share of malignant ones {y.mean():.3f}")

# %% [markdown]
# A program that says "benign" to everyone is right about 63% of these tumours, and useless.
#
# ## Split first
#
# Before any feature is looked at or anything is fitted, 40% of the tumours go into an envelope: the **test part**.
# Everything that you choose below is chosen on the rest, the **training part**.
# If you scale, pick features or try penalties first and split later, that is a
# [leak](../statistics/evaluation.md#training-and-test-error).

# %%
SEED = 0  # the split of this page follows from it

generator = np.random.default_rng(SEED)
train, test = train_test_split(569, test_fraction=0.4, generator=generator)
y_train, n = y[train], len(train)
print(f"training part: {n}, {y[train].sum()} malignant")
print(f"test part:     {len(test)}, {y[test].sum()} malignant")
assert not set(train) & set(test)

# %% [markdown]
# The test part has fewer than a hundred malignant tumours.
# One missed tumour more or less will move the recall by more than one percentage point.
#
# ### Scaling belongs to the model
#
# The features have very different sizes, and two things below suffer from that.
# Gradient descent needs many steps when
# [the condition number is large](../optimization/convexity_and_conditioning.md).
# And a penalty on the weights charges a feature of small numbers more, because it needs a larger weight for the same effect.
# So each feature is scaled to mean 0 and standard deviation 1.
#
# The means and standard deviations are learnt from the training part alone.
# On the day of use one new tumour comes, and it has no mean and no standard deviation of its own: what it is scaled with
# must have been stored with the model.
# The test part plays the new tumours.

# %%
scaler = fit_scaler(X[train])
Z = scaler.transform(X[train])
spread = X[train].std(axis=0)
print(f"spread, smallest {spread.min():.4f}, largest {spread.max():.0f}")
assert np.allclose(Z.mean(axis=0), 0)
assert np.allclose(Z.std(axis=0), 1)

# %% [markdown]
# ## One feature by hand
#
# Begin with one feature, the mean radius of the nuclei (the source gives no unit), and count.
# In each group, the **odds** of being malignant are the number of malignant tumours divided by that of benign ones.
# Their logarithm is called the **log-odds**.

# %%
radius = tumours.column("mean_radius")[train]
print("radius   ones zeros  odds log-odds")
for low in (10, 12, 14, 16):
    group = y_train[(radius >= low) & (radius < low + 2)]
    ones = np.sum(group == 1)
    zeros = np.sum(group == 0)
    odds = ones / zeros
    counts = f"{low} to {low + 2} {ones:4} {zeros:5}"
    print(counts, f"{odds:5.3f} {np.log(odds):8.2f}")

# %% [markdown]
# By hand, for a radius from 14 to 16: 26 malignant tumours to 24 benign ones are odds of $26/24 = 1.083$.
# Their logarithm is $\log 1.083 = 0.08$.
#
# The logarithms rise in steps of similar size, here by 1.27, 1.67 and 1.75 for two units.
# That is what the model of logistic regression says: the log-odds are a straight line,
# $z = w x + b$, with the weight $w$ of the radius $x$ and the intercept $b$.
# The sigmoid turns this **score** into the predicted probability of class 1, malignant: $\hat{p} = \sigma(z) = 1 / (1 + e^{-z})$.

# %%
one = fit_logistic_regression(radius[:, np.newaxis], y_train)
w, b = one.weights[0], one.intercept
print(f"score = {w:.3f} x radius {b:+.2f}")
print(f"one unit more: odds times {np.exp(w):.2f}")
z = w * 15 + b
print(f"radius 15: score {z:.2f}, odds {np.exp(z):.2f}")
print(f"  probability {np.exp(z) / (1 + np.exp(z)):.2f}")
print(f"probability one half at radius {-b / w:.2f}")
mistakes = np.sum(one.predict(radius[:, np.newaxis]) != y_train)
print(f"mistakes at one half: {mistakes} of {n}")
assert np.isclose(np.exp(z) / (1 + np.exp(z)), 1 / (1 + np.exp(-z)))
assert 1.5 < 2 * w < 2.7
assert radius[y_train == 1].min() > 10.9

# %% [markdown]
# Check the third line by hand: $1.041 \cdot 15 - 15.27 = 0.34$, and $e^{0.34} = 1.41$.
# Odds of 1.41 to 1 are the probability $1.41 / 2.41 = 0.58$.
#
# The table rises from $-2.86$ to $1.83$, by 4.69 over 6 units, 0.78 for one; the weight says 1.04.
# One reason is that a group blurs: in the first one all malignant tumours lie above 10.9, and the table spreads them over 10 to 12.
# The fit takes each radius as it is.
#
# ![Training tumours by mean radius from 7 to 28: benign ones as small dots at height 0, most below 15, malignant ones at height 1, most above 13. A curve rises like an S from 0 to 1 and passes one half at 14.7. Five diamonds show the share of malignant tumours in groups two units wide, with bars for their uncertainty: they lie on the curve or close to it.](../assets/figures/labs/logistic_regression/one_feature.svg)
#
# One feature makes 43 mistakes of 341.
# Saying "benign" to everyone makes 126.
#
# ## All thirty features
#
# With 30 features the score is a weighted sum, $z = w^{\top} x$, where $x$ begins with a 1 for the intercept.
# The loss is the mean log loss.
# For one tumour it is $\log(1 + e^z) - y z$, as
# [the lab on neural networks](neural_network_from_scratch.py) derives (`np.logaddexp(0, z)` is $\log(e^0 + e^z)$).
# Its slope by the score is $\hat{p} - y$, so for all weights at once
# [the gradient](../statistics/regression_models.md#logistic-regression) is
#
# $$
# \nabla \mathcal{L}(w) = \frac{1}{n} X^{\top} (\hat{p} - y)
# $$
#
# - $X$ is the table of the scaled training features with a column of ones before it, in the code `A`.
# - $\hat{p}$ holds the predicted probability of each tumour, and $y$ its class.
#
# The functions below have one more argument, a penalty, which is 0 for now.


# %%
A = np.column_stack([np.ones(n), Z])
free = np.array([0.0] + [1.0] * 30)  # the intercept is never penalized


def loss(w, penalty=0.0):
    z = A @ w
    log_losses = np.logaddexp(0, z) - y_train * z
    return np.mean(log_losses) + penalty * np.sum(free * w**2) / n


def gradient(w, penalty=0.0):
    errors = sigmoid(A @ w) - y_train
    return (A.T @ errors + 2 * penalty * free * w) / n


# %% [markdown]
# Do not trust a gradient that you have not measured.
# At random weights, nudge each of the 31 and compare; then plant a mistake, and see that the comparison notices.

# %%
anywhere = np.random.default_rng(1).normal(scale=0.3, size=31)
for penalty in (0.0, 1.0):
    formula = gradient(anywhere, penalty)
    measured = numerical_gradient(lambda w, c=penalty: loss(w, c), anywhere)
    print(f"penalty {penalty:.0f}, entry 31 of the gradient:")
    print(f"  formula {formula[-1]:.5f}", end=", ")
    print(f"measured {measured[-1]:.5f}")
    assert np.abs(formula - measured).max() < 1e-8

without_factor = gradient(anywhere, 0.5)  # the factor 2 forgotten
assert np.abs(without_factor - measured).max() > 1e-4
assert np.isclose(loss(anywhere), log_loss(A @ anywhere, y_train).value)

# %% [markdown]
# ### Ten thousand steps
#
# Which learning rate?
# The [Hessian](../calculus/curvature.md) of the log loss is $\frac{1}{n} X^{\top} D X$, where $D$ has the
# $\hat{p} (1 - \hat{p})$ on its diagonal.
# These are never more than $\frac{1}{4}$, so the curvature is nowhere above $L = \frac{1}{4n} \lambda_{\text{max}}$, with the largest
# eigenvalue of $X^{\top} X$.
# [Below $2/L$](../optimization/gradient_descent.md) plain descent cannot run away.

# %%
L = np.linalg.eigvalsh(A.T @ A / n)[-1] / 4
print(f"safe below {2 / L:.2f}")
learning_rate = 0.5
assert learning_rate < 2 / L

w = np.zeros(31)
print(" step    loss  mistakes  length")
for step in range(1, 10_001):
    w = w - learning_rate * gradient(w)
    if step in (10, 100, 1000, 10_000):
        mistakes = np.sum((A @ w >= 0) != y_train)
        length = np.linalg.norm(w[1:])
        print(f"{step:5} {loss(w):7.4f} {mistakes:9} {length:7.2f}")

# %% [markdown]
# The loss falls all the time, few mistakes are left, and nothing comes to rest: the weights get longer and longer.
# A smaller learning rate would not help.
#
# ## Weights that grow without end
#
# A tiny penalty is enough to make the best weights finite, and `fit_logistic_regression` finds them.
# Is the hardest tumour on the right side: its score above 0 for malignant, below 0 for benign?

# %%
nearly_free = fit_logistic_regression(Z, y_train, penalty=1e-4)
z = nearly_free.decision_scores(Z)
right_side = np.where(y_train == 1, z, -z)
print(f"hardest tumour: {right_side.min():.2f} on the right side")
for factor in (1, 2, 3):
    value = log_loss(factor * z, y_train).value
    print(f"weights times {factor}: loss {value:.1e}")
assert right_side.min() > 0
try:
    fit_logistic_regression(Z, y_train)
except ValueError as problem:
    print(str(problem).split(",")[0])

# %% [markdown]
# It is, so these weights separate the two classes.
# Multiply them by 2: all scores double, all tumours are as right as before, and the model is surer.
# With every larger factor the loss falls, towards 0, and never arrives.
# So *there are no best weights*, and `fit_logistic_regression` without a penalty says so.
#
# Separation is no sign of a good model.
# It says that 31 numbers are enough freedom to part 341 tumours, some of them by accident.
# And the longer the weights, the surer the model is about every *new* tumour, right or wrong.
#
# ![Two pictures over the steps of gradient descent, from 1 to 10,000 on a logarithmic scale, without a penalty. Above, the loss: on the tumours of the fit it falls and falls; on held-out tumours it falls to its lowest point near step 300 and then climbs, to twice that at step 10,000. Below, the length of the weights: without a penalty it rises ever more steeply, to 13; with penalty 1 it levels off below 3.](../assets/figures/labs/logistic_regression/growing_weights.svg)
#
# On tumours that were held out of the fit, the best moment to stop was long before step 10,000.
#
# ## A penalty and who chooses it
#
# Put a price on length:
#
# $$
# \mathcal{L}_\lambda(w) = \frac{1}{n} \left( \sum_{i=1}^{n} \ell_i + \lambda \lVert w \rVert^2 \right)
# $$
#
# - $\ell_i$ is the log loss of tumour $i$.
# - $\lambda$ ("lambda") is the **penalty**: the price of a squared weight. The intercept is free.
#
# Twice as long weights cost four times as much, while the log loss can fall by no more than what is left of it.
# So now there is a best length, and exactly one minimum, because the loss curves upwards in every direction.
# Your dozen lines and the library should find the same one.

# %%
library = fit_logistic_regression(Z, y_train, penalty=1.0)
w = np.zeros(31)
for _ in range(4000):
    w = w - learning_rate * gradient(w, penalty=1.0)
difference = np.abs(w - np.array([library.intercept, *library.weights])).max()
assert difference < 1e-4
print(f"length of the weights {np.linalg.norm(w[1:]):.3f}")
print(f"by the library        {np.linalg.norm(library.weights):.3f}")

# %% [markdown]
# Which price is right?
# The loss on the tumours of the fit cannot say: it falls with every smaller penalty.
# The test part must not say: it stays in its envelope.
# So the training part is dealt into five **folds**, class by class.
# Each penalty is fitted five times, without one fold, and judged on the tumours of that fold.
# The scaler is learnt anew each time, from the same rows as the weights.


# %%
def fit(rows, penalty):
    """Scaler and model from these rows alone."""
    own_scaler = fit_scaler(X[rows])
    table = own_scaler.transform(X[rows])
    model = fit_logistic_regression(table, y[rows], penalty=penalty)
    return own_scaler, model


def scores_of(rows, fitted):
    own_scaler, model = fitted
    return model.decision_scores(own_scaler.transform(X[rows]))


def held_out_scores(rows, folds, penalty):
    """The score of each tumour from the fit that has not seen it."""
    scores = np.empty(len(rows))
    for fold in folds:
        fitted = fit(rows[fold.train], penalty)
        scores[fold.test] = scores_of(rows[fold.test], fitted)
    return scores


# %%
folds = k_fold(n, folds=5, generator=generator, labels=y_train)
penalties = (0.001, 0.01, 0.1, 0.3, 1, 3, 10, 100)
held_out, losses = {}, {}
print("penalty   on fit held out mistakes")
for penalty in penalties:
    z = held_out_scores(train, folds, penalty)
    held_out[penalty], losses[penalty] = z, log_loss(z, y_train).value
    mistakes = np.sum((z >= 0) != y_train)
    on_fit = log_loss(scores_of(train, fit(train, penalty)), y_train)
    row = f"{penalty:7} {on_fit.value:8.3f} {losses[penalty]:8.3f}"
    print(row, f"{mistakes:8}")
chosen = min(losses, key=losses.get)
print("chosen:", chosen)
assert chosen in (0.3, 1)

# %% [markdown]
# The loss on the tumours of the fit rises from the first line to the last.
# The held-out loss falls, has its lowest value near 0.3, and rises again: too little penalty is too sure, too much is too shy.
#
# Choose by the held-out *loss*, not by the mistakes: those are few, and jump by chance.
#
# ![Held-out log loss against the penalty, from 0.001 to 100, both on logarithmic scales, for five different splits as thin lines with different marks. All five are shaped like a wide bowl: lowest at 0.3 or at 1, where a ring marks it, two to seven times as high at 0.001, three to five times as high at 100. A dashed line, the loss on the tumours of the fit in the first split, rises all the way and comes close to the others at 100.](../assets/figures/labs/logistic_regression/loss_by_penalty.svg)
#
# A factor of three matters little, a factor of thirty much.
#
# ## Do the probabilities come true
#
# Of the tumours to which the model says 0.3, about 30% should be malignant.
# Then it is [calibrated](../statistics/evaluation.md#ranking-and-calibration), and costs can be computed with its numbers.
#
# The held-out probabilities can be checked, since no tumour was judged by a fit that knew it.
# Put them into five bins.
# In brackets stands a 95% interval for the share of malignant ones, from the number of tumours in the bin alone.

# %%
said = sigmoid(held_out[chosen])
curve = calibration_curve(said, y_train, bins=5)
print("tumours  said  malignant")
for predicted, share, count in zip(*curve, strict=True):
    low, high = proportion_interval(round(share * count), int(count))
    interval = f"({low:.2f} to {high:.2f})"
    print(f"{count:7}  {predicted:.2f}  {share:.2f} {interval}")
middle = np.sum((said > 0.2) & (said <= 0.8))
print(f"between 0.2 and 0.8: {middle} of {n}")
assert middle < 0.15 * n

# %% [markdown]
# At both ends the shares fit.
# In the middle are 14 tumours altogether, and their intervals are so wide that nearly any curve would pass.
#
# ![Observed share of malignant tumours against the predicted probability, with a dashed diagonal where the two agree. The two outer bins, with 212 and 115 tumours, lie at the corners of the diagonal and have short bars. The three bins between them have 4, 4 and 6 tumours, shares of 0, 0.75 and 0.67, and bars that cover half of the height or more.](../assets/figures/labs/logistic_regression/calibration_bins.svg)
#
# One number uses all tumours at once, without bins: the **Brier score**, the mean of $(\hat{p} - y)^2$.
# If $\hat{p}$ is the true probability of class 1, the square is $(1 - \hat{p})^2$ with the probability $\hat{p}$, and $\hat{p}^2$
# with the probability $1 - \hat{p}$.
# On average that is
#
# $$
# \begin{aligned}
# & \hat{p} (1 - \hat{p})^2 + (1 - \hat{p}) \, \hat{p}^2 \\
# &= \hat{p} (1 - \hat{p}) \bigl( (1 - \hat{p}) + \hat{p} \bigr) \\
# &= \hat{p} (1 - \hat{p})
# \end{aligned}
# $$
#
# So a model that tells the truth *promises* its own Brier score, the mean of $\hat{p} (1 - \hat{p})$.
# How far may it miss the promise by chance?
# Let the computer draw the classes with exactly these probabilities, a thousand times.
# For comparison, the last line is the score of somebody who says the share of malignant tumours, 0.37, to everyone.

# %%
brier = brier_score(said, y_train)
promised = np.mean(said * (1 - said))
nothing_known = brier_score(np.full(n, y_train.mean()), y_train)
drawn = np.random.default_rng(SEED).random((1000, n)) < said
by_chance = np.mean((said - drawn) ** 2, axis=1)
low, high = np.quantile(by_chance, [0.05, 0.95])
print(f"Brier score {brier:.4f}, promised {promised:.4f}")
print(f"in nine of ten draws {low:.3f} to {high:.3f}")
print(f"the same share for all: {nothing_known:.3f}")
assert abs(by_chance.mean() / promised - 1) < 0.05
assert brier < high

# %% [markdown]
# The score is smaller than the promise, and well within what chance does to a model that tells the truth.
# That is no proof of calibration: these 341 tumours do not contradict it.
#
# ## A threshold from the costs
#
# A probability is not a decision.
# Let *flag* mean: send the patient to a biopsy.
#
# | costs | flagged | not |
# | --- | --- | --- |
# | **malignant** | 0 | $c_{FN} = 20$ |
# | **benign** | $c_{FP} = 1$ | 0 |
#
# The 20 is made up: it is what patients and doctors think a missed cancer is worth, in false alarms.
# But some number is always there, and whoever uses $\frac{1}{2}$ has chosen 1.
#
# As [Evaluation](../statistics/evaluation.md#ranking-and-calibration) derives, flag where flagging, $1 \cdot (1 - \hat{p})$ on
# average, costs less than $20 \, \hat{p}$.
# That is from $\hat{p} = c_{FP} / (c_{FP} + c_{FN}) = 1/21 \approx 0.048$ on.
# This threshold needs no data, but it needs probabilities that come true.
# The other way: try all thresholds on the held-out probabilities, and take the cheapest.

# %%
MISS, ALARM = 20, 1  # costs
theory = ALARM / (ALARM + MISS)


def cost(said, observed, threshold):
    flags = said >= threshold
    missed = np.sum(~flags & (observed == 1))
    alarms = np.sum(flags & (observed == 0))
    return MISS * missed + ALARM * alarms


def cheapest(said, observed):
    costs = [cost(said, observed, threshold) for threshold in grid]
    return grid[np.argmin(costs)]  # of several, the lowest


grid = np.linspace(0.002, 0.998, 499)
tuned = cheapest(said, y_train)
tried = {"one half": 0.5, "theory": theory, "tuned": tuned}
for name, threshold in tried.items():
    whole = cost(said, y_train, threshold)
    print(f"{name:8} {threshold:.3f}: cost {whole}")
assert cost(said, y_train, theory) < cost(said, y_train, 0.5)

# %% [markdown]
# One half is much too high for these costs.
# The **tuned** threshold, the cheapest on these tumours, is cheaper than that of the theory.
# It had to be: theory's is one of the candidates, up to the grid.
# How far would it move, if other patients had come?
#
# ### How surely do the data know it
#
# Draw 341 tumours out of the 341, with replacement, and look for the cheapest threshold again, a thousand times: the
# [bootstrap](../statistics/bayes_and_inference.md).
# Each resample is a list of how often each tumour was drawn (`multinomial`), so one matrix product gives all costs.

# %%
flags = said[:, np.newaxis] >= grid  # a row for each tumour
malignant = y_train[:, np.newaxis] == 1
costs = np.where(malignant, MISS * ~flags, 1.0 * ALARM * flags)
rng = np.random.default_rng(SEED)
times_drawn = rng.multinomial(n, np.full(n, 1 / n), size=1000)
of_resamples = grid[np.argmin(times_drawn @ costs, axis=1)]
low, middle, high = np.quantile(of_resamples, [0.05, 0.5, 0.95])
print(f"tuned {tuned:.3f}, theory {theory:.3f}")
print(f"nine in ten resamples: {low:.3f} to {high:.3f}")
lowest = np.sort(said[y_train == 1])[:5]
print("the least suspicious of the malignant:")
print(" ", *(f"{p:.3f}" for p in lowest))
assert high > 2 * low
assert np.isclose(costs[:, grid == tuned].sum(), cost(said, y_train, tuned))

# %% [markdown]
# The data hardly know it: thresholds from below theory's to about 0.4 could come out as the cheapest.
# When the threshold rises past a malignant tumour, that one is missed, and the cost jumps by 20.
# Only a handful have low probabilities, as the last line shows, and the tuned threshold sits right below one of them.
# A resample without this tumour puts it somewhere else.
#
# ![The cost on held-out tumours against the threshold, from 0.002 to 0.998 on a scale of log-odds. With a miss at 20 false alarms the curve falls from the left to a dot at 0.036, jumps up behind it, stays jagged and at about twice that height until one half, and then climbs in large steps. A dashed line marks the theory at 0.048, in the short dip behind the first jump. A thick bar, the tuned thresholds of nine in ten resamples, reaches from 0.034 to 0.42. With the slider the cost of a miss goes from 1 to 100: the dashed line wanders from one half to 0.01, and the bar stays wide.](../assets/figures/labs/logistic_regression/cost_by_threshold.svg "Cost of a miss")
#
# The tuned one was chosen by three or four tumours.
# Theory's was chosen by none, and the Brier score found nothing against the probabilities behind it.
# So take $1/21$, and write the decision down before the test is opened.
#
# ## The test, once
#
# The penalty and the threshold are chosen: open the envelope.

# %%
fitted = fit(train, chosen)  # all of the training part
said_test = sigmoid(scores_of(test, fitted))
y_test = y[test]


def report(threshold):
    says = (said_test >= threshold).astype(int)
    (left, alarms), (missed, found) = confusion_matrix(says, y_test)
    print(f"threshold {threshold:.3f}  flagged  not flagged")
    print(f"  malignant {found:12} {missed:12}")
    print(f"  benign    {alarms:12} {left:12}")
    shares = {"recall": found + missed, "precision": found + alarms}
    for name, whole in shares.items():
        low, high = proportion_interval(int(found), int(whole))
        interval = f"({low:.3f} to {high:.3f})"
        print(f"  {name} {found / whole:.3f} {interval}")
    print(f"  cost {cost(said_test, y_test, threshold)}", end=", ")
    print(f"accuracy {accuracy(says, y_test):.3f}")


# %%
report(theory)
report(0.5)
print(f"AUC {area_under_roc(said_test, y_test):.3f}")
promised = np.mean(said_test * (1 - said_test))
print(f"Brier score {brier_score(said_test, y_test):.3f}", end=", ")
print(f"promised {promised:.3f}")
lowest = np.sort(said_test[y_test == 1])[:2]
print(f"the two lowest: {lowest[0]:.4f}, {lowest[1]:.4f}")
above = np.mean(said_test[y_test == 0] >= lowest[0])
print(f"benign above the first: {above:.2f}")

gaps = said_test[y_test == 1][:, np.newaxis] - said_test[y_test == 0]
by_pairs = np.mean((gaps > 0) + 0.5 * (gaps == 0))
assert np.isclose(by_pairs, area_under_roc(said_test, y_test))

# %% [markdown]
# Read it in words, class by class.
#
# - **Recall of the malignant class**: with $1/21$, 84 of 86 malignant tumours are found. With $\frac{1}{2}$, 82 are.
#   A lower threshold can only find more; the wide intervals say that 86 tumours leave open how many more.
# - **Precision of the malignant class**: of the 108 flagged, 84 are malignant. So 24 patients had a biopsy for nothing.
# - **Cost**: the lower threshold is cheaper, as it was on the training part, because 20 was the price of a miss.
#   The *accuracy* is much lower, and that is no contradiction: accuracy prices both mistakes alike.
# - **AUC**: of all pairs of a malignant and a benign tumour, nearly 99% are in the right order. It knows no threshold.
# - **Brier score**: close to its promise.
#
# Of the two malignant tumours that are missed, one has the probability 0.03, near the threshold.
# To the other the model gives 0.0002: it is all but certain, and wrong.
# A threshold that finds this one flags 70% of the benign tumours as well.
#
# ## Would another split say the same
#
# The test was one draw of 228 tumours.
# Here the *whole procedure* runs on eight splits: split, scale, choose the penalty, choose the threshold, test.
# Nothing is chosen by these tests.
# To save time, only the two best penalties of above are tried.
# (That is a small leak: above, they were chosen with tumours that now stand in other tests.)
#
# The columns: the penalty, the tuned threshold, found of all malignant tumours and false alarms with $1/21$; then the cost on the
# test part with $\frac{1}{2}$, with $1/21$ and with the split's own tuned threshold.


# %%
def whole_procedure(seed):
    generator = np.random.default_rng(seed)
    train, test = train_test_split(569, test_fraction=0.4, generator=generator)
    folds = k_fold(len(train), folds=5, generator=generator, labels=y[train])
    tried = {c: held_out_scores(train, folds, c) for c in (0.3, 1)}
    chosen = min(tried, key=lambda c: log_loss(tried[c], y[train]).value)
    tuned = cheapest(sigmoid(tried[chosen]), y[train])
    said = sigmoid(scores_of(test, fit(train, chosen)))
    costs = [cost(said, y[test], t) for t in (0.5, theory, tuned)]
    return chosen, tuned, said, y[test], costs


# %%
print("pen tuned found alarms 1/2 1/21 own")
all_costs, aucs, kept, peeked = [], [], [], []
for seed in range(8):
    penalty, own, said, observed, three = whole_procedure(seed)
    found = np.sum((said >= theory) & (observed == 1))
    alarms = np.sum((said >= theory) & (observed == 0))
    row = f"{penalty:<3} {own:.3f} {found}/{np.sum(observed)} {alarms:6}"
    print(row, "{:3} {:4} {:3}".format(*three))
    all_costs.append(three)
    aucs.append(area_under_roc(said, observed))
    promised = np.mean(said * (1 - said))
    kept.append(brier_score(said, observed) / promised)
    peek = cheapest(said, observed)  # a fault: see below
    peeked.append(cost(said, observed, peek))
half, by_theory, by_data = np.mean(all_costs, axis=0)
print(f"mean costs {half:.0f}, {by_theory:.0f}, {by_data:.0f}")
print(f"AUC from {min(aucs):.3f} to {max(aucs):.3f}")
print(f"Brier / promise from {min(kept):.2f} to {max(kept):.2f}")
assert all(three[1] < three[0] for three in all_costs)

# %% [markdown]
# What holds in each line:
#
# - the AUC is above 0.98;
# - the threshold $1/21$ costs less than $\frac{1}{2}$, often about half as much.
#
# What does not hold:
#
# - *The* number of missed tumours. It goes from 0 to 4: a report of nothing missed would be true, and luck.
# - The tuned threshold. It wanders from 0.02 to 0.14.
# - The promise. The Brier score on the test is between 0.43 and 1.72 times what the model promised.
#   A few tumours with which it is sure and wrong decide that.
#
# In these eight, the tuned threshold is more often a little cheaper than $1/21$; here are a hundred.
#
# ![Cost on the test part for a hundred splits, a dot each: with the tuned threshold upwards, with that of theory to the right, and a dashed diagonal where both cost the same. Most dots lie near the diagonal between 15 and 90; a dozen lie far above it, up to 162, and one well below. Tuned is cheaper in 53 splits and theory in 44. A star marks the means, 42 for theory and 49 for tuned; with one half the mean is 84, and it is dearer than theory in 91 splits.](../assets/figures/labs/logistic_regression/costs_of_splits.svg)
#
# The tuned threshold is cheaper in slightly more than half of them, mostly by a little, and sometimes it is dearer by a lot.
# The mean cost is 42 for theory, 49 for tuned, and 84 for one half; the worst cost is 91, 162 and 164.
# So tuning on 341 tumours buys nothing here, and takes a risk.
# With probabilities that do not come true, it might be the other way round.
#
# The splits share tumours, so their spread is no standard error; it shows how much of a result is the split.
#
# ## Three faults that print no error
#
# ### Scaling new patients by themselves
#
# Suppose that the program of the clinic learns a new scaler from the patients of the day.
# Here it does so for the whole test part, and for a day with malignant or benign tumours alone.


# %%
def flagged(rows, scaler):
    z = fitted[1].decision_scores(scaler.transform(X[rows]))
    return np.sum(z >= np.log(theory / (1 - theory)))


days = {"all": test}
days["malignant"] = test[y_test == 1]
days["benign"] = test[y_test == 0]
print("tumours          right  wrong scaler")
for name, rows in days.items():
    right, wrong = flagged(rows, fitted[0]), flagged(rows, fit_scaler(X[rows]))
    print(f"{len(rows):3} {name:9} {right:8} {wrong:13}")
assert wrong > 3 * right

# %% [markdown]
# On the whole test part nothing is to be seen, because its mixture is much like that of the training part.
# On the other two days the scaler removes what the model lives on: nearly half of the malignant tumours are sent home, and most
# of the benign ones are flagged.
#
# ### A penalty that nobody asked for
#
# scikit-learn's `LogisticRegression()` has a penalty unless you switch it off (version 1.9).
# It calls it $C = 1$, which is $\lambda = 1/(2C) = \frac{1}{2}$ here.
# So it fits separated classes without a word.
# statsmodels' `Logit` has none, and on the scaled training part it ends with a warning and weights that mean nothing (version 0.15).
# What does the silent $\frac{1}{2}$ do to the raw table, if you forget to scale?


# %%
def with_default(seed):
    """Log loss on the test part, scaled and raw, and lengths."""
    g = np.random.default_rng(seed)
    rows, others = train_test_split(569, test_fraction=0.4, generator=g)
    scaled = fit(rows, 0.5)
    raw = fit_logistic_regression(X[rows], y[rows], penalty=0.5)
    in_spreads = raw.weights * X[rows].std(axis=0)
    both = scores_of(others, scaled), raw.decision_scores(X[others])
    losses = [log_loss(z, y[others]).value for z in both]
    lengths = [np.linalg.norm(v) for v in (scaled[1].weights, in_spreads)]
    return losses, lengths


runs = [with_default(seed) for seed in range(8)]
for number, name in enumerate(("scaled", "raw")):
    by_split = [two[number] for two, _ in runs]
    print(f"{name:6} length {runs[0][1][number]:5.2f}", end=", ")
    print(f"loss {by_split[0]:.3f}, mean of eight {np.mean(by_split):.3f}")
assert sum(two[1] > two[0] for two, _ in runs) == 7

# %% [markdown]
# The lengths are those of weights for scaled features, so they compare: the raw weights are seven times as long.
# The feature with the spread 601 needs a tiny weight, so its price is next to nothing.
# The one with the spread 0.0026 needs a huge weight, and is hardly used.
# The loss on the test part is higher in seven of the eight splits.
#
# ### A threshold chosen on the test
#
# Try all thresholds on the *test* part, and report the cheapest.

# %%
best_seen = cheapest(said_test, y_test)
print(f"threshold {best_seen:.3f}")
print(f"  on the test part: cost {cost(said_test, y_test, best_seen)}")
told = sigmoid(held_out[chosen])
print(f"  on held-out tumours: cost {cost(told, y_train, best_seen)}")
print(f"eight splits, mean cost reported {np.mean(peeked):.0f}")
assert np.mean(peeked) < min(by_theory, by_data)

# %% [markdown]
# It reports 46, where theory's threshold paid 64: 499 costs were seen, and the lowest was told.
# On tumours that did not choose it, it costs 83, and theory's 53.
# Over the eight splits such a report says 29, where an honest threshold paid 49 or 45.
#
# ## What the model must not be used for
#
# ### Its weights are no causes
#
# A positive weight means: among tumours with the same 29 other features, a larger value goes with larger odds of class 1.
# Such tumours hardly exist: radius, perimeter and area of a nucleus are nearly one feature.
# (`np.triu` keeps each pair once.)
# Here are two features, each alone in a model and beside all others, on five training parts.

# %%
together = np.corrcoef(X[train].T)
pairs = np.sum(np.triu(np.abs(together), 1) > 0.95)
print(f"{pairs} of {30 * 29 // 2} pairs correlate above 0.95")
names = ("compactness_error", "mean_compactness")
for name in names:
    j = tumours.feature_names.index(name)
    alone, beside = [], []
    for seed in range(5):
        g = np.random.default_rng(seed)
        rows, _ = train_test_split(569, test_fraction=0.4, generator=g)
        table = fit_scaler(X[rows]).transform(X[rows])
        model = fit_logistic_regression(table[:, [j]], y[rows], penalty=0.3)
        alone.append(model.weights[0])
        model = fit_logistic_regression(table, y[rows], penalty=0.3)
        beside.append(model.weights[j])
    print(name)
    print("  alone ", *(f"{weight:5.2f}" for weight in alone))
    print("  beside", *(f"{weight:5.2f}" for weight in beside))
    assert min(alone) > 0 > min(beside)
    assert name == "mean_compactness" or max(beside) < 0

# %% [markdown]
# Alone, a larger value of either speaks for malignant, in each of the five.
# Beside the others, the first speaks *against* it each time, and the second changes its mind from split to split.
# So whoever reads biology from these signs reads correlations between features.
# Nothing here was changed on purpose to see what follows: the weights predict, they do not explain.
#
# ### Its probabilities are those of one clinic
#
# The tumours come from one university hospital in Wisconsin, and the features were published in 1993.
# Another microscope, other patients, and nothing above is a promise any more.
# One change can be computed, by [Bayes' rule](../statistics/bayes_and_inference.md#bayes-rule).
# Here 37% of the lumps are malignant, far more than among people who come for screening.
# Take a group in which 1% are, and let the two rates within the classes stay as in the test, which they need not.

# %%
says = said_test >= theory
recall_rate = np.mean(says[y_test == 1])
alarm_rate = np.mean(says[y_test == 0])
for base_rate in (y_test.mean(), 0.01):
    found = recall_rate * base_rate
    alarms = alarm_rate * (1 - base_rate)
    print(f"base rate {base_rate:.2f}: precision {found / (found + alarms):.2f}")

# %% [markdown]
# From nearly four of five flagged patients with cancer to one of eighteen: same model, same recall, another base rate.
# The probabilities themselves would be far too high there, and $1/21$ would be the wrong place to cut.
#
# So this model is for learning.
# For use, somebody would test it on later patients of *other* clinics.
#
# ## Try it
#
# Change a cell, run it, and then run the cells below it.
# Some `assert` lines guard what this page says about *its* split; delete those that complain.
#
# 1. **Another split.** Set `SEED = 4`.
#    Expect: 0.3 is chosen again, the middle bins have 21 tumours with other shares, and the test misses 2 of 83.
#    What stays is the order of the costs: $1/21$ below $\frac{1}{2}$.
# 2. **Another price.** Set `MISS = 1` where the costs are.
#    First compute the theory's threshold by hand.
#    Expect: it is $\frac{1}{2}$, the first two costs agree, and the `assert` lines that compare them complain.
#    With `MISS = 100` the threshold is $1/101$, and on the test more than 40 benign tumours are flagged.
# 3. **A model that is too sure.** After the cell that chooses, set `chosen = 0.001` and run the cells from the calibration on.
#    Expect: hardly any tumour is in the middle bins, the Brier score is several times its promise, and the `assert` on it
#    complains. On the test $1/21$ is no longer cheaper than $\frac{1}{2}$, because the probabilities behind it are wrong.
#
# ## What to take along
#
# - Split before you look, and let everything that learns, the scaler too, learn from the training part.
# - The gradient is $\frac{1}{n} X^{\top} (\hat{p} - y)$; measure it before you trust it.
# - Separated classes have no best weights. A penalty gives them some, and held-out loss chooses it.
#   Your library may have one switched on.
# - Few tumours in a bin say little; the Brier score and its promise use them all.
# - Costs and calibrated probabilities give the threshold; one tuned on a few hundred rows is mostly noise.
# - One test is one draw: report counts, name class 1, and show other splits.
# - Weights of correlated features are no causes, and probabilities do not travel to another base rate.
#
# Where to go next: [Training in practice](../optimization/training_in_practice.md) shows other ways to hold weights back.
