# %% [markdown]
# # A neural network from scratch
#
# You build a neural network that separates two moons, with arrays and nothing else.
# You write the way forward, the way back, and the training.
# One mistake is planted in the gradient; the loss falls all the same, and you find it.
# At the end three optimizers race at the same cost, and the network is judged on data that it has never seen.
#
# It takes about 40 minutes.
# You need derivatives and gradient descent, from [Calculus for Machine Learning](../calculus/calculus_for_ml.md).
# The chain rule is repeated where it is used; [Backpropagation](../calculus/backpropagation.md) tells its whole story.
# The letters are those of that page and of the [notation](../start/notation.md).
#
# **You will be able to**
#
# - say what a hidden layer adds to a straight line;
# - write the forward and the backward pass of a network as arrays, and give the shape of each;
# - find a wrong gradient, and say in which layer it went wrong;
# - compare optimizers fairly, and say what the comparison does not show;
# - judge a network against fresh data, and against the best that anybody could do.

# %%
import numpy as np

from mlmath.autodiff import value_and_grad
from mlmath.calculus import check_gradient, complex_step_gradient
from mlmath.datasets import make_two_moons
from mlmath.losses import log_loss
from mlmath.models import fit_logistic_regression
from mlmath.optim import Adam, GradientStep, Momentum, gradient_descent
from mlmath.stats import sigmoid

# %% [markdown]
# ## The problem: two moons
#
# Each example is a point in the plane, so it has $p = 2$ features, its two coordinates.
# Each point belongs to one of two classes, $y = 0$ or $y = 1$.
# The points of a class lie around a half circle, scattered by noise, and each half circle has one tip inside the other.
#
# You draw two tables from the same recipe: $n = 200$ points to learn from, and 2,000 for the test.
# The test points are put away until the end.
# If you choose by them while you build the model, you tune it to them, and they are no test any more.

# %%
generator = np.random.default_rng(3)
X, y = make_two_moons(200, noise=0.2, generator=generator)
X_test, y_test = make_two_moons(2000, noise=0.2, generator=generator)
n, p = X.shape

print(f"to learn from {n:5d}, of class 1 {y.sum():5d}")
print(f"for the test  {len(y_test):5d}, of class 1 {y_test.sum():5d}")

# %% [markdown]
# ## What a straight line can do
#
# Before you build something large, see how far something small gets.
# Otherwise you do not know what the large thing is worth.
# The small thing here is **logistic regression**.
# It makes one number from a point, a weighted sum of its coordinates, which is called the **score**.
# A score above 0 means class 1, so the border between the classes is a straight line.

# %%
line = fit_logistic_regression(X, y)
line_loss = log_loss(line.decision_scores(X), y).value
line_right = np.mean(line.predict(X) == y)
print(f"best line: loss {line_loss:.3f}, {line_right:.1%} right")
assert 0.2 < line_loss < 0.4
assert 0.8 < line_right < 0.9

# %% [markdown]
# ![Two half moons of points in the plane, each with its tip inside the other: the circles of class 0 arch above, the squares of class 1 hang below and further to the right. A dashed straight line rises gently from left to right between them. The left tip of the squares lies above it, among the circles, and the right tip of the circles lies below it, among the squares.](../assets/figures/labs/neural_network_from_scratch/two_moons.svg)
#
# About one point in seven is on the wrong side.
# Another line might save a few of them, but not the tips: they reach across any line that has the rest of the moons on its sides.
# The word *loss* is explained in a moment.
# Remember its value, about $0.29$: it is what the network has to beat.
#
# ## The idea: several lines, each with a bend
#
# Let several weighted sums look at the point, instead of one.
# In each, the **weights** multiply the coordinates, and one more number, the **bias**, is added.
# Each sum goes through a function that bends it, and a last weighted sum adds up what comes out.
#
# - The first sums are the **hidden layer**, and each of them is a **hidden unit**.
# - The bend is the function $\tanh$ (say "tanch"): for small inputs it gives back about what it gets; far from 0 it flattens out at $1$ or $-1$.
# - The last sum is the **output layer**. Its result is the score.
#
# Without the bend, a sum of sums would be one sum again, and the border one line again.
# The bend is what makes it more.
#
# ### Forward, for one example
#
# Take a network with two hidden units and the point $x = (1, 2)$, whose true class is $y = 1$.
# Let the weights and biases be
#
# $$
# \begin{aligned}
# W_1 &= \begin{pmatrix} -1 & 1 \\ 1 & 0 \end{pmatrix} & b_1 &= (0, 1) \\
# w_2 &= (-0.5, 1) & b_2 &= 0
# \end{aligned}
# $$
#
# Column $k$ of $W_1$ holds the weights of hidden unit $k$, and $b_1$ holds the biases of the units.
# (In the formulas of this page $k$ counts hidden units; in the code it counts updates.)
# $w_2$ and $b_2$ belong to the output layer.
#
# First the hidden sums, called $Z$, one for each unit:
#
# $$
# \begin{aligned}
# Z_1 &= 1 \cdot (-1) + 2 \cdot 1 + 0 = 1 \\
# Z_2 &= 1 \cdot 1 + 2 \cdot 0 + 1 = 2
# \end{aligned}
# $$
#
# Then the bend.
# What comes out of the hidden layer is called $H$:
#
# $$ H = (\tanh 1, \; \tanh 2) = (0.7616, \; 0.9640) $$
#
# Then the score, the weighted sum of the output layer.
# It is a small $z$: one number for each example, while $Z$ has one for each hidden unit.
#
# $$
# \begin{aligned}
# z &= 0.7616 \cdot (-0.5) + 0.9640 \cdot 1 + 0 \\
# &= 0.5832
# \end{aligned}
# $$
#
# The **sigmoid** turns a score into a probability between 0 and 1:
#
# $$
# \begin{aligned}
# \hat{y} &= \operatorname{sigmoid}(z) = \frac{1}{1 + e^{-z}} \\
# &= \frac{1}{1 + e^{-0.5832}} = 0.6418
# \end{aligned}
# $$
#
# So the network says: class 1, with probability $0.64$.
#
# The **loss** is minus the logarithm of the probability that was given to the true class.
# It is near 0 if the network was sure and right, and it grows without limit as the network gets surer of the wrong class.
# Here the true class is 1, so the loss is $-\log 0.6418 = 0.4435$.
# A network that knows nothing says $\frac{1}{2}$ to everything and has the loss $-\log \frac{1}{2} = 0.693$.

# %%
x_one, y_one = np.array([1.0, 2.0]), 1
W1 = np.array([[-1.0, 1.0], [1.0, 0.0]])
b1, w2, b2 = np.array([0.0, 1.0]), np.array([-0.5, 1.0]), 0.0

Z = x_one @ W1 + b1
H = np.tanh(Z)
z = H @ w2 + b2
predicted = 1 / (1 + np.exp(-z))
print(f"Z = ({Z[0]:.0f}, {Z[1]:.0f})   H = ({H[0]:.4f}, {H[1]:.4f})")
print(f"score {z:.4f}   probability {predicted:.4f}")
print(f"loss {-np.log(predicted):.4f}, knowing nothing {-np.log(1 / 2):.3f}")
assert np.isclose(-np.log(predicted), log_loss([z], [y_one]).value)
assert np.allclose([z, predicted, -np.log(predicted)], [0.5832, 0.6418, 0.4435], atol=5e-5)

# %% [markdown]
# ### One formula for the loss
#
# Two cases, class 1 and class 0, become one formula, and it is a shorter one.
# For class 1, put in the sigmoid, and multiply both parts of the fraction by $e^z$.
# Then use that the logarithm of a fraction is the difference of two logarithms, and that $\log e^z = z$:
#
# $$
# \begin{aligned}
# -\log \hat{y} &= -\log \frac{1}{1 + e^{-z}} \\
# &= -\log \frac{e^z}{e^z + 1} \\
# &= \log (1 + e^z) - z
# \end{aligned}
# $$
#
# For class 0, the probability of the true class is $1 - \hat{y}$:
#
# $$
# \begin{aligned}
# -\log (1 - \hat{y}) &= -\log \left( 1 - \frac{e^z}{e^z + 1} \right) \\
# &= -\log \frac{1}{e^z + 1} \\
# &= \log (1 + e^z)
# \end{aligned}
# $$
#
# The two differ by $z$, and only for $y = 1$.
# So for both classes the loss of one example is
#
# $$ \ell = \log (1 + e^z) - y z $$
#
# ### Backward, for the same example
#
# How does the loss change when you change a weight a little?
# The way back answers that for all weights at once.
# It starts at the loss and asks at each station: how fast does the loss change with *this* number?
#
# **The score.**
# The derivative of $\log u$ is $\frac{1}{u}$, and the derivative of $1 + e^z$ is $e^z$.
# By the chain rule, outer times inner, the derivative of $\log (1 + e^z)$ is $\frac{e^z}{1 + e^z}$, and that is $\hat{y}$.
# The derivative of $y z$ is $y$.
# Together
#
# $$ \frac{\partial \ell}{\partial z} = \hat{y} - y $$
#
# It is the error, prediction minus observed.
# Here it is $0.6418 - 1 = -0.3582$: a higher score would make the loss smaller.
#
# **The output layer.**
# In the score, each weight of $w_2$ multiplies the output of its unit, so this output is its factor.
# The slopes by the weights are the error times $H$:
#
# $$
# \begin{aligned}
# & {-0.3582} \cdot (0.7616, \; 0.9640) \\
# &= (-0.2728, \; -0.3453)
# \end{aligned}
# $$
#
# The bias has the factor 1, so its slope is the error itself.
#
# **The hidden outputs.**
# Seen from the other side, the factor of $H$ is the weight.
# So the slopes by $H$ are the error times the weights:
#
# $$ -0.3582 \cdot (-0.5, \; 1) = (0.1791, \; -0.3582) $$
#
# **The bend.**
# By its definition, $\tanh u = \frac{a - c}{a + c}$ with $a = e^u$ and $c = e^{-u}$.
# The derivative of $a$ is $a$, and that of $c$ is $-c$.
# So the top $a - c$ has the derivative $a + c$, and the bottom $a + c$ has the derivative $a - c$.
# The [quotient rule](../calculus/rules_of_differentiation.md), "derivative of the top times bottom, minus top times derivative of the bottom, divided by bottom squared", gives
#
# $$
# \begin{aligned}
# & \frac{(a + c)(a + c) - (a - c)(a - c)}{(a + c)^2} \\
# &= 1 - \left( \frac{a - c}{a + c} \right)^2 \\
# &= 1 - \tanh^2 u
# \end{aligned}
# $$
#
# Here $1 - H^2 = (0.4200, \; 0.0707)$.
# The second unit has come to where $\tanh$ is nearly flat, and hardly reacts.
# Multiply, and you have the slopes by $Z$, called $S$:
#
# $$
# \begin{aligned}
# S &= (0.1791 \cdot 0.4200, \; -0.3582 \cdot 0.0707) \\
# &= (0.0752, \; -0.0253)
# \end{aligned}
# $$
#
# **The hidden layer.**
# A weight of $W_1$ has the feature in its row as its factor, and ends in the unit of its column.
# So row $j$ of the slopes is feature $j$ times $S$:
#
# $$ \begin{pmatrix} 1 \cdot S_1 & 1 \cdot S_2 \\ 2 \cdot S_1 & 2 \cdot S_2 \end{pmatrix} = \begin{pmatrix} 0.0752 & -0.0253 \\ 0.1504 & -0.0506 \end{pmatrix} $$
#
# The slopes by the biases $b_1$ are $S$ itself.

# %%
error = predicted - y_one
by_output_weights = error * H
S = error * w2 * (1 - H**2)
by_hidden_weights = np.outer(x_one, S)
print(f"error                {error:8.4f}")
print("slopes by w2        ", "".join(f"{g:8.4f}" for g in by_output_weights))
print("slopes by Z         ", "".join(f"{g:8.4f}" for g in S))
print("slopes by W1, row 1 ", "".join(f"{g:8.4f}" for g in by_hidden_weights[0]))
print("              row 2 ", "".join(f"{g:8.4f}" for g in by_hidden_weights[1]))
assert np.allclose(by_output_weights, [-0.2728, -0.3453], atol=5e-5)
assert np.allclose(by_hidden_weights, [[0.0752, -0.0253], [0.1504, -0.0506]], atol=5e-5)

# %% [markdown]
# Do you believe it?
# Nudge one weight, the one in row 2 and column 2 of $W_1$, up and down by a little, and measure.


# %%
def loss_of_one(nudge):
    nudged = W1.copy()
    nudged[1, 1] = nudged[1, 1] + nudge
    z = np.tanh(x_one @ nudged + b1) @ w2 + b2
    return np.log(1 + np.exp(z)) - y_one * z


h = 1e-5
measured = (loss_of_one(h) - loss_of_one(-h)) / (2 * h)
by_way_back = by_hidden_weights[1, 1]
print(f"by the way back {by_way_back:.6f}")
print(f"measured        {measured:.6f}")
assert np.isclose(measured, by_way_back, rtol=1e-6)

# %% [markdown]
# ## Forward, for the whole table
#
# Now the real network: $q = 8$ hidden units, and all $n = 200$ examples at once.
# The formulas stay, and each list becomes a table with one row for each example:
#
# $$
# \begin{aligned}
# Z &= X W_1 + b_1 \\
# H &= \tanh Z \\
# z &= H w_2 + b_2 \\
# \hat{y} &= \operatorname{sigmoid}(z)
# \end{aligned}
# $$
#
# The biases $b_1$ are added to each row.
#
# **Where do the weights start?**
# Not all equal: units with equal weights, going in and coming out, get equal slopes.
# They would stay equal for ever, and eight units would do the work of one.
# So they start at random.
# Not too large either, or $\tanh$ is flat from the beginning.
# Divide the random numbers by the square root of how many inputs are summed; then the sums are about as large as the inputs.


# %%
def start_parameters(units, generator):
    W1 = generator.normal(size=(2, units)) / np.sqrt(2)
    w2 = generator.normal(size=units) / np.sqrt(units)
    return W1, np.zeros(units), w2, 0.0


def bend(Z):
    return np.tanh(Z)


# %%
units = 8
start = start_parameters(units, generator)
W1, b1, w2, b2 = start

Z = X @ W1 + b1
H = bend(Z)
z = H @ w2 + b2
predicted = sigmoid(z)
print("X", X.shape, "@ W1", W1.shape, "-> Z", Z.shape)
print("H", H.shape, "@ w2", w2.shape, "-> z", z.shape)
print("b1", b1.shape, "b2", np.shape(b2), "predicted", predicted.shape)
print("numbers to learn:", sum(np.size(part) for part in start))

# %% [markdown]
# Read a product by its shapes: `(200, 2)` times `(2, 8)` gives `(200, 8)`.
# The two numbers that meet in the middle must agree, and they disappear.
# There are $2 \cdot 8 + 8 + 8 + 1 = 33$ numbers to learn.
#
# The loss of the table is the mean of the losses of its examples.
# `np.logaddexp(0, z)` is $\log (e^0 + e^z) = \log (1 + e^z)$, computed in a way that does not overflow when $z$ is large.


# %%
def network_scores(parameters, X):
    W1, b1, w2, b2 = parameters
    return bend(X @ W1 + b1) @ w2 + b2


def network_loss(parameters, X, y):
    z = network_scores(parameters, X)
    return np.mean(np.logaddexp(0, z) - y * z)


print(f"loss at the start {network_loss(start, X, y):.3f}")
right = np.mean((network_scores(start, X) > 0) == y)
print(f"right: {right:.1%}")
assert np.isclose(network_loss(start, X, y), log_loss(z, y).value)
by_probability = np.where(y == 1, predicted, 1 - predicted)
assert np.isclose(network_loss(start, X, y), np.mean(-np.log(by_probability)))

# %% [markdown]
# The weights are random, so this number says little; another draw gives another one.
# Here the start is worse than knowing nothing, which would cost $0.693$.
#
# ## Backward, for the whole table
#
# Two things change when there are many examples.
#
# - The loss is a mean, so each example counts $\frac{1}{n}$.
#   The slopes by the scores are $s = \frac{1}{n} (\hat{y} - y)$, a list of $n$ numbers.
# - Each weight is used by every example, and its slope is the *sum* over them.
#
# Follow the second one for the weight in row $j$ and column $k$ of $W_1$.
# In example $i$ its factor is the feature $x_{ij}$, and it ends in $Z_{ik}$, whose slope is $S_{ik}$.
# So its slope is $\sum_i x_{ij} S_{ik}$.
# That is column $j$ of $X$ times column $k$ of $S$, entry by entry, added up: the entry $(j, k)$ of the product $X^{\top} S$.
# The sum sign went into the matrix product.
#
# | slope by | formula | shape |
# | --- | --- | --- |
# | scores $z$ | $s = \frac{1}{n} (\hat{y} - y)$ | $(n)$ |
# | $w_2$ | $H^{\top} s$ | $(q)$ |
# | $b_2$ | sum of $s$ | a number |
# | $H$ | $s \, w_2^{\top}$ | $(n, q)$ |
# | $Z$ | $S$: that times $1 - H^2$, entry by entry | $(n, q)$ |
# | $W_1$ | $X^{\top} S$ | $(p, q)$ |
# | $b_1$ | column sums of $S$ | $(q)$ |
#
# The product $s \, w_2^{\top}$ is the table with the entry $s_i$ times weight $k$ in row $i$ and column $k$; in numpy, `np.outer(s, w2)`.
# A slope has the shape of what it belongs to.
# That finds many mistakes, and soon you will meet one that it does not find.


# %%
def bend_slope(H):
    return 1 - H**2


def network_gradient(parameters, X, y):
    W1, b1, w2, b2 = parameters
    H = bend(X @ W1 + b1)  # forward: compute, and keep
    z = H @ w2 + b2

    s = (sigmoid(z) - y) / len(y)  # backward
    g_w2, g_b2 = H.T @ s, s.sum()
    g_H = np.outer(s, w2)
    S = g_H * bend_slope(H)
    g_W1, g_b1 = X.T @ S, S.sum(axis=0)
    return g_W1, g_b1, g_w2, g_b2


# %%
names = ("W1", "b1", "w2", "b2")
by_hand = network_gradient(start, X, y)
for name, part, slope in zip(names, start, by_hand, strict=True):
    print(f"{name}  shape {np.shape(part)}, slopes {np.shape(slope)}")
    assert np.shape(part) == np.shape(slope)

one = network_gradient(start, X[:1], y[:1])  # a table of one row
assert np.allclose(one[0], np.outer(X[0], one[1]))

# %% [markdown]
# ## The same, by a program
#
# The way back follows from the way forward by rules, so a program can do it.
# `value_and_grad`, from `mlmath.autodiff`, runs the loss, remembers each operation, and walks back through them.

# %%
by_program = value_and_grad(network_loss)(start, X, y).gradient
for name, hand, program in zip(names, by_hand, by_program, strict=True):
    difference = np.max(np.abs(hand - program))
    print(f"{name}  same: {difference < 1e-14}")
    assert difference < 1e-14

# %% [markdown]
# Your nine lines and the program agree in all 33 slopes.
# But both start from the same chain rule.
# If you had no such program, how would you know that your nine lines are right?
#
# ## A mistake that trains
#
# Here is the same gradient with one mistake: the bend is forgotten on the way back.
# All shapes fit.


# %%
def forgetful_gradient(parameters, X, y):
    W1, b1, w2, b2 = parameters
    H = bend(X @ W1 + b1)
    s = (sigmoid(H @ w2 + b2) - y) / len(y)
    S = np.outer(s, w2)  # the mistake: times bend_slope(H) is missing
    return X.T @ S, S.sum(axis=0), H.T @ s, s.sum()


# %% [markdown]
# Train with both, in the plainest way: **gradient descent** subtracts from each number its slope times the learning rate $\eta$ (say "eta").
# Here $\eta = 1$.


# %%
def train(gradient, parameters, X, y, learning_rate, steps):
    visited = [parameters]
    for _ in range(steps):
        slopes = gradient(parameters, X, y)
        pairs = zip(parameters, slopes, strict=True)
        parameters = tuple(w - learning_rate * g for w, g in pairs)
        visited.append(parameters)
    return visited


right_walk = train(network_gradient, start, X, y, 1.0, steps=300)
mistaken_walk = train(forgetful_gradient, start, X, y, 1.0, steps=300)
print("update   right  mistaken")
for k in (0, 1, 3, 10, 30, 100, 300):
    right_loss = network_loss(right_walk[k], X, y)
    mistaken_loss = network_loss(mistaken_walk[k], X, y)
    print(f"{k:6d}{right_loss:8.3f}{mistaken_loss:10.3f}")

# %% [markdown]
# ![The loss over 300 updates for two gradients; the updates are on a logarithmic scale. Both curves fall together from 0.7 to about 0.35 at update 10. The curve of the right gradient then crosses the dotted line at the loss of the best line, at about update 40, and falls on to 0.11. The curve where the bend was forgotten stays above the dotted line, with a small bump near update 200.](../assets/figures/labs/neural_network_from_scratch/right_and_mistaken.svg)
#
# Look at the first ten updates: the two columns tell the same story, and at first the mistaken one is even ahead.
# Then it stops near the loss of the best line.
# You could believe that a network is no better than a line for these data, and give up.
#
# Why does it train at all?
# The forgotten factor $1 - H^2$ lies between 0 and 1.
# Without it, entries of $S$ are too large, but each keeps its sign, and the output layer has the right slopes anyway.
# A falling loss shows that the direction is not all wrong.
# It does not show that the gradient is right.

# %%
ahead = [network_loss(walk[1], X, y) for walk in (mistaken_walk, right_walk)]
assert ahead[0] < ahead[1]
stuck = network_loss(mistaken_walk[-1], X, y)
assert network_loss(mistaken_walk[10], X, y) < network_loss(start, X, y)
assert stuck > line_loss > 1.5 * network_loss(right_walk[-1], X, y)
right = np.mean((network_scores(mistaken_walk[-1], X) > 0) == y)
print(f"mistaken network: {right:.1%} right")
print(f"best line:        {line_right:.1%} right")

# %% [markdown]
# ### The gradient check
#
# What cannot share your mistake is a measurement: nudge each of the 33 numbers, one at a time, and look at the loss.
# `check_gradient` does that for a function of one list, so put the four parts into one list, and cut them apart again.
#
# Check at a random point, the biases included: zeros can hide a mistake.


# %%
def join(parameters):
    return np.concatenate([np.ravel(part) for part in parameters])


def split(v):
    q = (len(v) - 1) // 4
    W1, b1, w2 = v[: 2 * q].reshape(2, q), v[2 * q : 3 * q], v[3 * q : 4 * q]
    return W1, b1, w2, v[-1]


def loss_at(v):
    return network_loss(split(v), X, y)


assert all(map(np.array_equal, split(join(start)), start))

# %%
point = np.random.default_rng(1).normal(size=len(join(start)))
for gradient in (network_gradient, forgetful_gradient):
    check = check_gradient(loss_at, lambda v, g=gradient: join(g(split(v), X, y)), point)
    print(f"{gradient.__name__}: {'passed' if check.passed else 'FAILED'}")
    for name, errors in zip(names, split(check.relative_error), strict=True):
        print(f"   {name}: {'wrong' if np.max(errors) > 1e-6 else 'right'}")
    assert check.passed == (gradient is network_gradient)

wrong = [np.max(errors) > 1e-6 for errors in split(check.relative_error)]
assert wrong == [True, True, False, False]
print(f"W1[0, 0]: given {check.given[0]:.2f}, measured {check.measured[0]:.2f}")

# %% [markdown]
# The check finds the mistake, and it says where to look.
# The slopes of the output layer are right, so $s$ is right.
# Those of the hidden layer are wrong, both of them, and what they share is $S$.
# So the way back went wrong between $s$ and $S$: that is where $w_2$ and the bend are.
#
# Two more habits help:
#
# - Measure in 64-bit numbers.
#   In 32-bit ones, rounding hides what you want to see.
# - Check a small network on few examples, once, when you have written the gradient.
#   It needs the loss hundreds of times, so it is no way to train.
#
# ## Training
#
# With a gradient that you can trust, train on, to 1,000 updates.
# The library's `gradient_descent` takes the same steps as your `train`, and keeps all points and losses.


# %%
def gradient_at(v):
    return join(network_gradient(split(v), X, y))


path = gradient_descent(loss_at, gradient_at, join(start), learning_rate=1.0, steps=1000)
assert np.allclose(path.points[300], join(right_walk[-1]))


def share_right(v, X, y):
    return np.mean((network_scores(split(v), X) > 0) == y)


for k in (0, 10, 30, 100, 300, 1000):
    right = share_right(path.points[k], X, y)
    print(f"update {k:4d}  loss {path.losses[k]:.3f}  {right:.1%} right")
assert abs(path.losses[30] - line_loss) < 0.02

# %% [markdown]
# By about update 30 the loss has come down to that of the best line.
# Then it falls on, to where no line can follow.
#
# ![The two moons, and the border of the network after 30, 200 and 1000 updates. After 30 it is nearly a straight line, like the best line. After 200 it has a hill and a valley: it goes over the tip of the squares and under part of the tip of the circles. After 1000 the hill is higher, the valley deeper and the way between them steep, so that both tips are on their sides. The slider shows fourteen states, from the random start on.](../assets/figures/labs/neural_network_from_scratch/boundary_over_training.svg "Updates")
#
# The picture shows the same: first the network finds about the best line, because that makes the largest part of the loss disappear.
# Then the border bends around the tips.
# You can measure how far the network is from a line.
# Fit the best straight formula $c_0 + c_1 x_1 + c_2 x_2$ to its scores by least squares (`np.linalg.lstsq`).
# Then ask which share of their variance, the mean squared distance from their mean, the formula explains.

# %%
straight = np.column_stack([np.ones(n), X])
share = {}
print("update  straight   W1 size   w2 size")
for k in (0, 30, 300, 1000):
    W1, b1, w2, b2 = split(path.points[k])
    z = network_scores((W1, b1, w2, b2), X)
    rest = z - straight @ np.linalg.lstsq(straight, z)[0]
    share[k] = 1 - rest.var() / z.var()
    sizes = np.linalg.norm(W1), np.linalg.norm(w2)
    print(f"{k:6d}{share[k]:10.0%}{sizes[0]:10.1f}{sizes[1]:10.1f}")
assert share[30] > 0.95
assert share[300] < 0.85

# %% [markdown]
# At update 30 the scores are still a straight formula, nearly: the hidden sums lie around 0, where $\tanh$ bends little.
# What has grown up to then is $w_2$; $W_1$ has hardly moved.
# After that both grow, the sums reach into the flat parts of $\tanh$, and a quarter of the variance is no longer straight.
#
# Each hidden unit has a line of its own, on which its sum is 0.
# There its output changes fastest; far away on either side it is nearly constant, $1$ or $-1$.
# So each unit is a step, soft or sharp, across its line.
#
# ![The two moons, the border after training as a thick curve, and eight thin grey lines, one for each hidden unit. The lines have many directions. Two of them run along the rising left side of the border, two along its steep fall in the middle, and three along its rising right side; one crosses the left side steeply.](../assets/figures/labs/neural_network_from_scratch/hidden_units.svg)
#
# The border of the network is where eight such steps, weighted by $w_2$ and added up with $b_2$, give 0.
# It runs beside the lines of some units, and turns where others come in.
#
# ### Is the final gradient right?
#
# The check was made at a random point.
# At the end of training the slopes are small, and small numbers are hard to measure: a difference of two nearly equal losses loses digits.
# There is a measurement without a difference, the [complex step](../calculus/rules_of_differentiation.md#numerical-differentiation).
# Put the tiny imaginary number $i h$ on top of one weight; the imaginary part of the loss, divided by $h$, is the slope.
# It needs a loss that works with complex numbers, so write it a second time, from the definitions: this also makes it independent of the first.


# %%
def loss_again(v):
    W1, b1, w2, b2 = split(v)
    grown = np.exp(2 * (X @ W1 + b1))
    z = ((grown - 1) / (grown + 1)) @ w2 + b2  # tanh, from its definition
    sign = 2 * y - 1  # 1 for class 1, -1 for class 0
    return np.mean(np.log(1 + np.exp(-sign * z)))


final = path.result
by_hand = gradient_at(final)
by_step = complex_step_gradient(loss_again, final)
print(f"largest slope       {np.max(np.abs(by_hand)):.1e}")
print(f"agrees within 1e-12: {np.max(np.abs(by_hand - by_step)) < 1e-12}")
assert np.max(np.abs(by_hand - by_step)) < 1e-12

# %% [markdown]
# All 33 slopes agree to twelve decimal places, with a loss that was written in another way and differentiated in another way.
# The slopes are small but not zero: the walk has not arrived, it has become slow.
#
# ## Three optimizers at the same cost
#
# Descent with a fixed rate is slow where the loss is flat.
# Two other rules use the same slopes in another way:
#
# - **Momentum** adds to each step 0.9 times the step before, so steps in the same direction add up.
# - **Adam** averages the slopes, too, and divides each by its usual size, so that small slopes also make progress.
#
# [Momentum and adaptive methods](../optimization/momentum_and_adaptive_methods.md) derives them.
# What is a fair race?
#
# - The same start, and the same data.
# - The same cost: 200 updates each, and each update asks for one gradient, which is what takes the time.
# - The same effort in choosing the learning rate.
#   A rate that suits one rule is wrong for another, so each rule tries five, each about three times the one before.
#   A race between a rule that was tuned and one that was not says little about the rules.

# %%
calls = []


def counted_gradient(v):
    calls.append("gradient")
    return gradient_at(v)


rules = {
    "descent": (GradientStep(), (0.1, 0.3, 1, 3, 10)),
    "momentum": (Momentum(0.9), (0.03, 0.1, 0.3, 1, 3)),
    "Adam": (Adam(), (0.01, 0.03, 0.1, 0.3, 1)),
}

# %%
best = {}
for name, (rule, rates) in rules.items():
    before, walks = len(calls), []
    for rate in rates:
        options = {"learning_rate": rate, "steps": 200, "rule": rule}
        walks.append(gradient_descent(loss_at, counted_gradient, join(start), **options))
    best[name] = min(walks, key=lambda walk: walk.losses[-1])
    print(f"{name}: {len(calls) - before} gradients")
    print("  rate", "".join(f"{rate:6g}" for rate in rates))
    print("  loss", "".join(f"{walk.losses[-1]:6.3f}" for walk in walks))
    assert len(calls) - before == 5 * 201

end = {name: walk.losses[-1] for name, walk in best.items()}
assert max(end["momentum"], end["Adam"]) < end["descent"]

# %% [markdown]
# (The library takes 201 gradients for 200 updates: it looks once more at the end.)
#
# ![Loss over 200 updates on a logarithmic scale, for the best rate of each rule. Descent with rate 10 first jumps up to a loss of 9 and swings for some 60 updates; then it falls below the dotted line of the best line, and ends at 0.05. Momentum with rate 3 swings a little, and Adam with rate 0.3 hardly at all; both stay below the dotted line from about update 15 on, and end near 0.035, close to each other.](../assets/figures/labs/neural_network_from_scratch/three_optimizers.svg)
#
# At their best rates, momentum and Adam end below descent.
# Descent needs the largest of its rates here, and pays for it with a jump upwards at the beginning.
# Which of the two is first depends on the start; with other seeds it is the other way round.
# Look along the rows as well: with the smallest rate each rule is far from its best, for the budget ends before it gets anywhere.
#
# Could a still larger rate be better?
# The next ones in the rows would be 30 for descent and 10 for momentum.
# They are left out, because there the walk is thrown about wildly.
# The last digits of the start decide where it is after 200 updates, and a number that rounding decides is no result.
# Three starts that are equal in 14 digits show it:

# %%
after = []
for k in range(3):
    nearly = join(start) * (1 + k * 1e-15)
    walk = gradient_descent(loss_at, gradient_at, nearly, learning_rate=30, steps=200)
    after.append(walk.losses[-1])
print("the same loss:", max(after) - min(after) < 1e-6)
assert max(after) - min(after) > 1e-6

# %% [markdown]
# ## Fresh data
#
# Now take out the 2,000 points that were put away.
# The share of right answers on them estimates how the model does on any point of this kind.
# It is an estimate, and its **standard error** says how far it is typically off: $\sqrt{a (1 - a) / 2000}$ for the share $a$.

# %%
models = {"descent, 1000": path.result}
models |= {f"{name}, 200": walk.result for name, walk in best.items()}

gap = {}
print(f"{'':14}{'loss':>7}{'loss':>7}{'right':>8}")
print(f"{'updates':14}{'known':>7}{'fresh':>7}{'fresh':>8}")
for name, v in models.items():
    known, fresh = loss_at(v), network_loss(split(v), X_test, y_test)
    right = share_right(v, X_test, y_test)
    gap[name] = fresh - known
    print(f"{name:14}{known:7.3f}{fresh:7.3f}{right:8.1%}")
    assert 0.93 < right < 0.98
assert gap["descent, 1000"] < min(gap["momentum, 200"], gap["Adam, 200"])

line_fresh = np.mean(line.predict(X_test) == y_test)
print(f"{'the best line':28}{line_fresh:8.1%}")
print(f"standard error at 96.5%: {np.sqrt(0.965 * 0.035 / 2000):.1%}")

# %% [markdown]
# The network is right on about 96%, and the line on 87%.
#
# Now compare the two columns of losses.
# The three walks of the race end with smaller losses on the points that they know than plain descent with its 1,000 small steps.
# On fresh points they have larger ones.
# They have begun to learn the noise of these 200 points by heart.
# With other seeds the order in the columns of fresh points changes.
# What stays is that the gap between the two losses is wider for momentum and Adam than for those 1,000 small steps.
#
# So the race measured how fast a rule makes *this* loss small, which is what an optimizer is asked to do.
# It says nothing about fresh points.
# [Training in practice](../optimization/training_in_practice.md) is about what to do when the two columns part.
#
# ### How good could anybody be?
#
# The moons overlap a little, so nobody can be right every time.
# You know how the points were made, which you never know of real data: around each half circle, with normal noise of standard deviation 0.2.
# So you can ask for each place which of the two recipes puts points there more often, and answer with that one.
# On average no rule beats this one.


# %%
def rule_that_knows(points, noise=0.2):
    t = np.linspace(0, np.pi, 100)
    circles = (
        np.column_stack([np.cos(t), np.sin(t)]),
        np.column_stack([1 - np.cos(t), 0.5 - np.sin(t)]),
    )
    density = []
    for circle in circles:
        squares = sum((points[:, [j]] - circle[:, j]) ** 2 for j in (0, 1))
        density.append(np.exp(-squares / (2 * noise**2)).sum(axis=1))
    return density[1] > density[0]


known_best = np.mean(rule_that_knows(X_test) == y_test)
your_best = share_right(path.result, X_test, y_test)
print(f"the rule that knows: {known_best:.1%} right")
print(f"your network:        {your_best:.1%} right")
assert abs(known_best - your_best) < 0.03

# %% [markdown]
# The network never saw the recipe, and it comes within a percent or so of the rule that knows it.
#
# ### Was it luck?
#
# One start and one table prove little.
# Draw both anew, five times:

# %%
for seed in range(11, 16):
    again = np.random.default_rng(seed)
    table, classes = make_two_moons(200, noise=0.2, generator=again)
    points, truth = make_two_moons(2000, noise=0.2, generator=again)
    begin = start_parameters(units, again)
    last = train(network_gradient, begin, table, classes, 1.0, steps=500)[-1]
    network = share_right(join(last), points, truth)
    fitted = fit_logistic_regression(table, classes)
    by_line = np.mean(fitted.predict(points) == truth)
    limit = np.mean(rule_that_knows(points) == truth)
    print(f"line {by_line:.1%} network {network:.1%} limit {limit:.1%}")
    assert by_line + 0.05 < network < limit + 0.01

# %% [markdown]
# The numbers move by a percent, and the order stays.
#
# ## What it looks like in a framework
#
# You have written all parts of a framework, for one network.
# This is where you find them again, with the names of PyTorch.
#
# - `X @ W1 + b1` is a layer, `Linear(2, 8)`.
#   It stores the weights as `(8, 2)` and multiplies by their transpose.
# - `start_parameters` runs when the layer is made.
#   It draws uniform random numbers, for the biases as well.
# - `bend` is a layer of its own, `Tanh()`.
# - `network_loss` is `BCEWithLogitsLoss()`.
#   "Logits" are the scores; it takes them, and not the probabilities, for the reason that you used `logaddexp`.
# - `network_gradient` is `loss.backward()`, as `value_and_grad` was.
#   The slopes are *added* to the `.grad` of each weight, so `zero_grad()` comes before each update.
# - `w - learning_rate * g` is `optimizer.step()`.
#   Your three rules are `SGD`, `SGD` with `momentum=0.9`, and `Adam`.
# - `check_gradient` is `torch.autograd.gradcheck`, made for 64-bit numbers; by default, frameworks use 32 bits.
# - All 200 rows in each update become **mini-batches**, a few rows at a time, handed out by a `DataLoader`.
# - Predicting on fresh data stands under `torch.no_grad()`, which says that nothing has to be kept for a way back.
#
# What a framework adds: hundreds of other layers with tested slopes, graphics processors, and files to save a model in.
# The mathematics is on this page.
#
# ## Try it
#
# Change a cell, run it, and then run the cells below it.
# Some `assert` lines guard what this page says about *its* network; delete those that complain.
#
# 1. **No bend.**
#    Let `bend` return `Z`, and `bend_slope` return `np.ones_like(H)`.
#    Expect: hand and program agree, and both gradients pass the check, because there is no bend left to forget.
#    The loss comes down to that of the best line and stays there.
#    The complex step disagrees: its loss has a $\tanh$ of its own.
#    The block with the rate 30 ends in an error message, because without flat parts nothing stops the walk from running away.
# 2. **A bend with a corner.**
#    Let `bend` return `np.maximum(Z, 0)`, which is called **relu**, and `bend_slope` return `H > 0`.
#    Expect: the check is passed, and the forgetful gradient fails as before.
#    From this start plain descent is still at 88% on fresh points after 1,000 updates, while momentum and Adam reach about 96% after 200.
#    The complex step disagrees here, too.
# 3. **All weights equal.**
#    Let `start_parameters` return `np.full((2, units), 0.5)` and `np.full(units, 0.5)` for the weights.
#    Expect: after training, `path.result` holds the same weights eight times, and the share of right answers is that of a line.
# 4. **Two units, or thirty.**
#    Set `units = 2`.
#    Expect: the border has too few bends to pass both tips, or needs a lucky start; the fresh share ends somewhere between that of the line and 95%, here at 88%.
#    With `units = 30` (121 numbers) the fresh share hardly changes.
#
# ## What to take along
#
# - A hidden layer is several weighted sums with a bend each; without the bend it is one line.
# - On the way back, each slope has the shape of what it belongs to, and a sum over examples becomes a matrix product.
# - With the log loss, the slope by the score is the error, prediction minus observed.
# - A falling loss does not prove a gradient; a measurement does, and it tells the layer.
# - Give each optimizer the same number of gradients and the same number of tries, or do not compare.
# - Judge on fresh data, beside something small (the line) and, where you can, beside the best possible.
#
# Where to go next: [Training in practice](../optimization/training_in_practice.md) for deeper networks, and [Backpropagation](../calculus/backpropagation.md) for networks of any form.
