# %% [markdown]
# # Linear regression three ways
#
# You fit a straight line to four points, first by hand, then by program.
# You do it in three ways: by gradient descent, by the normal equation, and by the Gauss-Newton method.
# Gradient descent comes in two forms, one example at a time and all examples at once.
# All of them arrive at the same line, and at the end you check that they do.
# Then you repeat everything with 546 houses that were sold in Windsor, Canada, in 1987.
#
# No step of the algebra is left out.
# It takes about an hour; the part with four points alone, about 40 minutes.
# You need school algebra and a little Python.
# If the word *derivative* is new to you, read this lab beside
# [Calculus for Machine Learning](../calculus/calculus_for_ml.md).
# The symbols are those of the [notation page](../start/notation.md).
#
# **You will be able to**
#
# - derive the two slopes of the squared-error loss with the power rule and the chain rule;
# - write the update of gradient descent for one example and for all, with the right signs;
# - solve the normal equation for slope and intercept, by hand and as matrices;
# - say what a residual and a Jacobian are, and fit a curve that is not a line;
# - say where the factors $2$ and $\frac{1}{n}$ go, and where the sum sign went.

# %%
import numpy as np

from mlmath.calculus import numerical_gradient
from mlmath.datasets import load_windsor_housing
from mlmath.linalg import solve_normal_equation
from mlmath.losses import squared_error
from mlmath.optim import gauss_newton, gradient_descent, stochastic_gradient_descent
from mlmath.stats import fit_scaler

# %% [markdown]
# ## Four points
#
# Each point has an input $x$ and an observed value $y$.
# There are $n = 4$ points, and the small number below a letter says which point is meant: $x_3$ is the third input.
#
# | point $i$ | input $x_i$ | observed $y_i$ |
# | --- | --- | --- |
# | 1 | 0 | 0 |
# | 2 | 1 | 4 |
# | 3 | 2 | 6 |
# | 4 | 3 | 6 |

# %%
xs = [0, 1, 2, 3]
ys = [0, 4, 6, 6]
n = len(xs)

# %% [markdown]
# ## The guess
#
# A straight line predicts
#
# $$ \hat{y} = m x + b $$
#
# Here $\hat{y}$ (say "y hat") is the predicted value.
# The **slope** $m$ says by how much the prediction grows when $x$ grows by 1.
# The **intercept** $b$ is the prediction at $x = 0$.
#
# You do not know the best $m$ and $b$ yet, so you begin with a **guess**: $m = 1$ and $b = 1$.
# It does not have to be a good guess.
# It is the place where the search starts.
#
# Put each input into the line:
#
# $$
# \begin{aligned}
# \hat{y}_1 &= 1 \cdot 0 + 1 = 1 \\
# \hat{y}_2 &= 1 \cdot 1 + 1 = 2 \\
# \hat{y}_3 &= 1 \cdot 2 + 1 = 3 \\
# \hat{y}_4 &= 1 \cdot 3 + 1 = 4
# \end{aligned}
# $$
#
# ## The error of one point
#
# The **error** of a point is the prediction minus the observed value:
#
# $$ e_i = \hat{y}_i - y_i = (m x_i + b) - y_i $$
#
# A positive error means that the line is too high at this point, a negative one that it is too low.
# Some books subtract the other way round.
# Both work, but the two must not be mixed: *prediction minus observed* is kept on this whole page.
#
# $$
# \begin{aligned}
# e_1 &= 1 - 0 = 1 \\
# e_2 &= 2 - 4 = -2 \\
# e_3 &= 3 - 6 = -3 \\
# e_4 &= 4 - 6 = -2
# \end{aligned}
# $$

# %%
m, b = 1, 1
for x, y in zip(xs, ys, strict=True):
    predicted = m * x + b
    error = predicted - y
    print(f"x = {x}   predicted {predicted}   observed {y}   error {error:+d}")

# %% [markdown]
# ## Why the error is squared
#
# You want one number that says how bad the whole line is.
# Adding the errors does not work, because positive and negative errors cancel.
# The flat line $\hat{y} = 4$ has the errors $4, 0, -2, -2$.
# Their sum is $0$, and yet the line misses three of the four points.
#
# The square of an error is never negative, so squares cannot cancel.
# The absolute value $\lvert e_i \rvert$ would do that as well, and some models use it.
# The square has two more properties:
#
# - A large error counts more: one error of $3$ costs $9$, two errors of $1.5$ cost $2.25 + 2.25 = 4.5$ together.
# - It is smooth: its graph has no corner, so it has a slope everywhere, even where the error is $0$.
#
# ## The loss
#
# The **loss** is the mean of the squared errors: add the squares and divide by the number of points.
# It is written $\mathcal{L}(m, b)$, because it depends on the slope and the intercept that you choose.
# The data are fixed.
#
# $$ \mathcal{L}(m, b) = \frac{1}{n} \sum_{i=1}^{n} e_i^2 $$
#
# The sign $\sum_{i=1}^{n}$ (say "the sum over i from 1 to n") is a loop: let $i$ run from $1$ to $n$ and add up.
# At the guess:
#
# $$
# \begin{aligned}
# \mathcal{L}(1, 1)
# &= \frac{1}{4} \left( 1^2 + (-2)^2 + (-3)^2 + (-2)^2 \right) \\
# &= \frac{1}{4} \left( 1 + 4 + 9 + 4 \right) \\
# &= \frac{18}{4} \\
# &= 4.5
# \end{aligned}
# $$
#
# ![Four data points and the rising line of the guess, y = x + 1. A thick vertical bar joins each point to the line; the bars are labelled +1, −2, −3 and −2. Beside each bar stands a shaded square with the bar as its side, labelled 1, 4, 9 and 4.](../assets/figures/labs/linear_regression_three_ways/errors_and_squares.svg)
#
# The bars are the errors, and the shaded areas are their squares.
# A better line makes the total area smaller.


# %%
def loss(m, b):
    total = 0
    for x, y in zip(xs, ys, strict=True):
        error = (m * x + b) - y
        total = total + error**2
    return total / n


print(f"loss of the guess:          {loss(1, 1):.2f}")
print(f"loss of the flat line at 4: {loss(0, 4):.2f}")

# %% [markdown]
# ## Which way is better?
#
# Nudge the slope a little, keep the intercept, and look at the loss.
# Let $h$ be the size of the nudge.
# The change of the loss divided by $h$ says how fast the loss changes for each unit of $m$.

# %%
for h in (0.1, 0.01, 0.001):
    for_m = (loss(1 + h, 1) - loss(1, 1)) / h
    for_b = (loss(1, 1 + h) - loss(1, 1)) / h
    print(f"h = {h:5.3f}   change per unit of m {for_m:.3f}   change per unit of b {for_b:.3f}")

# %% [markdown]
# The smaller the nudge, the closer the two numbers come to $-7$ and $-3$.
# The number that such a ratio approaches when the nudge shrinks to nothing is called a **derivative**.
# Both derivatives are negative: the loss falls when $m$ grows, and it falls when $b$ grows.
#
# Nudging works for any loss, but it gives only nearly the right number, and it needs the loss again for each nudge.
# With two rules you get the exact numbers: the power rule and the chain rule.
#
# ### The power rule
#
# Take the square $s = e^2$, and nudge $e$ by $h$.
# The square changes by
#
# $$
# \begin{aligned}
# (e + h)^2 - e^2
# &= (e^2 + 2 e h + h^2) - e^2 \\
# &= 2 e h + h^2
# \end{aligned}
# $$
#
# Divide by the nudge:
#
# $$ \frac{2 e h + h^2}{h} = 2 e + h $$
#
# Now let $h$ shrink to $0$.
# What remains is the derivative, written $\frac{ds}{de}$ (say "d s by d e"):
#
# $$ \frac{ds}{de} = 2 e $$
#
# This is the **power rule** for the power $2$.
# In the same way the derivative of $e^3$ is $3 e^2$, and that of $e^4$ is $4 e^3$.
# The power comes down as a factor, and the new power is one less.
# (Here $e$ is the error, not the number $2.718\ldots$)
#
# ### How the error changes
#
# The error of point $i$ is $e_i = m x_i + b - y_i$.
# Nudge $m$ by $h$, and hold everything else still:
#
# $$
# \begin{aligned}
# & \bigl( (m + h) x_i + b - y_i \bigr) - \bigl( m x_i + b - y_i \bigr) \\
# &= m x_i + h x_i + b - y_i - m x_i - b + y_i \\
# &= h x_i
# \end{aligned}
# $$
#
# Divided by the nudge $h$ this is $x_i$.
# A derivative for which everything else is held still is a **partial derivative**.
# It is written with a round $\partial$ (say "partial"):
#
# $$ \frac{\partial e_i}{\partial m} = x_i $$
#
# Now nudge $b$ by $h$ instead:
#
# $$
# \begin{aligned}
# & \bigl( m x_i + (b + h) - y_i \bigr) - \bigl( m x_i + b - y_i \bigr) \\
# &= m x_i + b + h - y_i - m x_i - b + y_i \\
# &= h
# \end{aligned}
# $$
#
# Divided by $h$ this is $1$:
#
# $$ \frac{\partial e_i}{\partial b} = 1 $$
#
# ### The chain rule
#
# The squared error is one function inside another:
#
# - the **inner** function is the error, $e_i = m x_i + b - y_i$;
# - the **outer** function is the square, $s_i = e_i^2$.
#
# Change $m$ by a little bit.
# The error changes $x_i$ times as much, and the square changes $2 e_i$ times as much as the error.
# So the square changes $2 e_i \cdot x_i$ times as much as $m$.
# The rates multiply, and that is the **chain rule**: the outer derivative times the inner derivative.
#
# $$
# \begin{aligned}
# \frac{\partial s_i}{\partial m}
# &= \frac{d s_i}{d e_i} \cdot \frac{\partial e_i}{\partial m} \\[6pt]
# &= 2 e_i \cdot x_i
# \end{aligned}
# $$
#
# $$
# \begin{aligned}
# \frac{\partial s_i}{\partial b}
# &= \frac{d s_i}{d e_i} \cdot \frac{\partial e_i}{\partial b} \\[6pt]
# &= 2 e_i \cdot 1 \\
# &= 2 e_i
# \end{aligned}
# $$
#
# ### The partial derivatives of the loss
#
# Two more facts are needed, and both are about rates of change.
# If you multiply a function by a constant, its derivative is multiplied by the same constant.
# If you add functions, their derivatives add.
#
# The sign $\frac{\partial}{\partial m}$ before a bracket means the partial derivative of the bracket.
#
# For the slope $m$, one step on each line:
#
# $$
# \begin{aligned}
# \frac{\partial \mathcal{L}}{\partial m}
# &= \frac{\partial}{\partial m} \left( \frac{1}{n} \sum_{i=1}^{n} e_i^2 \right) \\
# & \qquad {\small \text{the definition of the loss}} \\
# &= \frac{1}{n} \cdot \frac{\partial}{\partial m} \sum_{i=1}^{n} e_i^2 \\
# & \qquad {\small \text{a constant factor stays}} \\
# &= \frac{1}{n} \sum_{i=1}^{n} \frac{\partial}{\partial m} \, e_i^2 \\
# & \qquad {\small \text{derivatives add}} \\
# &= \frac{1}{n} \sum_{i=1}^{n} 2 e_i \, x_i \\
# & \qquad {\small \text{power rule and chain rule}} \\
# &= \frac{2}{n} \sum_{i=1}^{n} e_i \, x_i \\
# & \qquad {\small \text{2 is in every term}}
# \end{aligned}
# $$
#
# For the intercept $b$, the same steps:
#
# $$
# \begin{aligned}
# \frac{\partial \mathcal{L}}{\partial b}
# &= \frac{\partial}{\partial b} \left( \frac{1}{n} \sum_{i=1}^{n} e_i^2 \right) \\
# & \qquad {\small \text{the definition of the loss}} \\
# &= \frac{1}{n} \cdot \frac{\partial}{\partial b} \sum_{i=1}^{n} e_i^2 \\
# & \qquad {\small \text{a constant factor stays}} \\
# &= \frac{1}{n} \sum_{i=1}^{n} \frac{\partial}{\partial b} \, e_i^2 \\
# & \qquad {\small \text{derivatives add}} \\
# &= \frac{1}{n} \sum_{i=1}^{n} 2 e_i \\
# & \qquad {\small \text{power rule and chain rule}} \\
# &= \frac{2}{n} \sum_{i=1}^{n} e_i \\
# & \qquad {\small \text{2 is in every term}}
# \end{aligned}
# $$
#
# Put in the errors of the guess, $1, -2, -3, -2$, and the inputs $0, 1, 2, 3$:
#
# $$
# \begin{aligned}
# \frac{\partial \mathcal{L}}{\partial m}
# &= \frac{2}{4} \bigl( 1 \cdot 0 + (-2) \cdot 1 + (-3) \cdot 2 + (-2) \cdot 3 \bigr) \\
# &= \frac{2}{4} \bigl( 0 - 2 - 6 - 6 \bigr) \\
# &= \frac{2}{4} \cdot (-14) \\
# &= -7
# \end{aligned}
# $$
#
# $$
# \begin{aligned}
# \frac{\partial \mathcal{L}}{\partial b}
# &= \frac{2}{4} \bigl( 1 + (-2) + (-3) + (-2) \bigr) \\
# &= \frac{2}{4} \cdot (-6) \\
# &= -3
# \end{aligned}
# $$
#
# These are the numbers that the nudges approached.
# The two partial derivatives together are the **gradient** of the loss, written $\nabla \mathcal{L}$ (say "nabla L").


# %%
def gradient(m, b):
    sum_for_m, sum_for_b = 0, 0
    for x, y in zip(xs, ys, strict=True):
        error = (m * x + b) - y
        sum_for_m = sum_for_m + error * x
        sum_for_b = sum_for_b + error
    return 2 / n * sum_for_m, 2 / n * sum_for_b


by_rule = gradient(1, 1)
by_nudging = numerical_gradient(lambda w: loss(w[0], w[1]), [1, 1])
print(f"by the rules:  {by_rule[0]:.6f} and {by_rule[1]:.6f}")
print(f"by nudging:    {by_nudging[0]:.6f} and {by_nudging[1]:.6f}")
assert np.allclose(by_rule, by_nudging)

# %% [markdown]
# ## First way: gradient descent
#
# A partial derivative says how fast the loss grows when its parameter grows.
# If it is positive, the parameter should become smaller.
# If it is negative, as at the guess, the parameter should become larger.
# In both cases you **subtract** a bit of the partial derivative from the parameter.
# A small positive number, the **learning rate** $\eta$ (say "eta"), says how far one step goes:
#
# $$
# \begin{aligned}
# m &\leftarrow m - \eta \, \frac{\partial \mathcal{L}}{\partial m} \\[6pt]
# b &\leftarrow b - \eta \, \frac{\partial \mathcal{L}}{\partial b}
# \end{aligned}
# $$
#
# The arrow $\leftarrow$ means: compute the right side, then store it in the variable on the left.
# Both right sides use the old $m$ and the old $b$.
#
# ### All examples at once: batch updates
#
# Put in the partial derivatives that you derived:
#
# $$
# \begin{aligned}
# m &\leftarrow m - \eta \, \frac{2}{n} \sum_{i=1}^{n} e_i \, x_i \\
# b &\leftarrow b - \eta \, \frac{2}{n} \sum_{i=1}^{n} e_i
# \end{aligned}
# $$
#
# With $\eta = 0.05$, the first step from the guess is
#
# $$
# \begin{aligned}
# m &\leftarrow 1 - 0.05 \cdot (-7) = 1 + 0.35 = 1.35 \\
# b &\leftarrow 1 - 0.05 \cdot (-3) = 1 + 0.15 = 1.15
# \end{aligned}
# $$
#
# The errors of the new line are $1.15, -1.5, -2.15, -0.8$.
# The loss falls from $4.5$ to $2.20875$.
#
# One pass through all the data is called an **epoch**.
# A batch update uses each example once, so here one epoch is one update.

# %%
learning_rate = 0.05

m, b = 1, 1
for step in range(1, 1001):
    slope_m, slope_b = gradient(m, b)
    m = m - learning_rate * slope_m
    b = b - learning_rate * slope_b
    if step in (1, 2, 3, 5, 10, 100, 1000):
        print(f"update {step:4d}   m = {m:.6f}   b = {b:.6f}   loss = {loss(m, b):.6f}")

batch_by_hand = (m, b)

# %% [markdown]
# The line approaches $m = 2$ and $b = 1$, and the loss approaches $1$.
# Notice that $b$ first rises from $1$ to about $1.3$ and then comes back.
# The gradient knows the slope of the place where you stand, and not where the goal is.
#
# The same walk with the library, where one vector `w` holds $m$ and $b$, and the data are arrays:

# %%
x = np.array(xs, dtype=float)
y = np.array(ys, dtype=float)


def loss_of(w):
    return squared_error(w[0] * x + w[1], y).value


def gradient_of(w):
    slopes = squared_error(w[0] * x + w[1], y).gradient  # 2 / n times each error
    return np.array([np.sum(slopes * x), np.sum(slopes)])


path = gradient_descent(loss_of, gradient_of, [1, 1], learning_rate=0.05, steps=1000)
print(f"m = {path.result[0]:.6f}   b = {path.result[1]:.6f}   {path.stop_reason}")
assert np.allclose(path.result, batch_by_hand)

# %% [markdown]
# ### One example at a time: per-example updates
#
# You do not have to look at all the points before you move.
# Take one point, say point $i$, and pretend for a moment that it is the whole data set.
# Then $n = 1$, and the sum has one term, so there is nothing left to add up.
# That is where the sum sign went.
#
# The loss of this one point is $e_i^2$, and you already know its partial derivatives: $2 e_i x_i$ and $2 e_i$.
# So the update is
#
# $$
# \begin{aligned}
# m &\leftarrow m - \eta \cdot 2 \, e_i \, x_i \\
# b &\leftarrow b - \eta \cdot 2 \, e_i
# \end{aligned}
# $$
#
# Then take the next point, and use the *new* $m$ and $b$ for its error.
#
# By hand, with $\eta = 0.05$, so that $2 \eta = 0.1$, from the guess $m = 1$ and $b = 1$:
#
# | point | error with the current $m$, $b$ | new $m$ | new $b$ |
# | --- | --- | --- | --- |
# | $(0, 0)$ | $1 \cdot 0 + 1 - 0 = 1$ | $1 - 0.1 \cdot 1 \cdot 0 = 1$ | $1 - 0.1 \cdot 1 = 0.9$ |
# | $(1, 4)$ | $1 \cdot 1 + 0.9 - 4 = -2.1$ | $1 + 0.1 \cdot 2.1 \cdot 1 = 1.21$ | $0.9 + 0.1 \cdot 2.1 = 1.11$ |
# | $(2, 6)$ | $1.21 \cdot 2 + 1.11 - 6 = -2.47$ | $1.21 + 0.1 \cdot 2.47 \cdot 2 = 1.704$ | $1.11 + 0.247 = 1.357$ |
# | $(3, 6)$ | $1.704 \cdot 3 + 1.357 - 6 = 0.469$ | $1.704 - 0.0469 \cdot 3 = 1.5633$ | $1.357 - 0.0469 = 1.3101$ |
#
# In the last two rows, $0.1 \cdot 2.47 = 0.247$ and $0.1 \cdot 0.469 = 0.0469$.
# Where the error is negative, subtracting it turns into adding.
#
# The first point has $x = 0$, so it cannot say anything about the slope: only $b$ moves.
# After one epoch you have made four updates, where the batch form made one.


# %%
def one_epoch(m, b, learning_rate):
    for x_i, y_i in zip(xs, ys, strict=True):
        error = (m * x_i + b) - y_i
        m = m - learning_rate * 2 * error * x_i
        b = b - learning_rate * 2 * error
    return m, b


m, b = 1, 1
for epoch in range(1, 1001):
    m, b = one_epoch(m, b, learning_rate=0.05)
    if epoch in (1, 2, 10, 100, 1000):
        print(f"epoch {epoch:4d}   m = {m:.6f}   b = {b:.6f}   loss = {loss(m, b):.6f}")

# %% [markdown]
# It stops moving from epoch to epoch, but not at $m = 2$ and $b = 1$.
# Why?
# At the best line the errors are $1, -1, -1, 1$, so each point still pulls.
# The pulls cancel in the sum, but you never take the sum: you follow one pull after the other.
# With a constant learning rate the line therefore runs through the same four places, epoch after epoch.
# None of them is the best line.
#
# ![Level lines of the loss over slope and intercept, with two paths from the guess at slope 1 and intercept 1. The path of all four examples at once bends and runs smoothly down towards a star at slope 2 and intercept 1. The path of one example at a time zigzags and then repeats a narrow loop through four places beside the star, without reaching it.](../assets/figures/labs/linear_regression_three_ways/loss_surface.svg)
#
# The cure is to let the learning rate shrink: large steps at first, small steps later.
# A smaller learning rate makes the loop smaller and brings it closer to the best line.
# Below, epoch number $t$ uses the learning rate $0.05 / (1 + 0.05 \, t)$.

# %%
m, b = 1, 1
for epoch in range(1, 5001):
    m, b = one_epoch(m, b, learning_rate=0.05 / (1 + 0.05 * epoch))
    if epoch in (1, 10, 100, 1000, 5000):
        print(f"epoch {epoch:4d}   m = {m:.6f}   b = {b:.6f}   loss = {loss(m, b):.6f}")

per_example_by_hand = (m, b)

# %% [markdown]
# The library's version shuffles the points before each epoch, which is what people do in practice.
# Its learning rate stays fixed during a call, so you call it again with a smaller one, and start where it stopped.


# %%
def gradient_of_examples(w, batch):
    errors = (w[0] * x[batch] + w[1]) - y[batch]
    return 2 * np.array([np.mean(errors * x[batch]), np.mean(errors)])


generator = np.random.default_rng(0)
w = np.array([1.0, 1.0])
for rate in (0.05, 0.01, 0.002, 0.0004):
    path = stochastic_gradient_descent(
        loss_of, gradient_of_examples, w, examples=n, learning_rate=rate, epochs=500, generator=generator
    )
    w = path.result
    print(f"learning rate {rate:.4f}   m = {w[0]:.4f}   b = {w[1]:.4f}   loss = {path.losses[-1]:.6f}")

# %% [markdown]
# ## Second way: the normal equation
#
# At the lowest point the loss neither falls nor rises, whether you move $m$ or $b$.
# So both partial derivatives are $0$ there.
# Instead of walking to that point, you can solve for it.
#
# ### Slope and intercept
#
# Set the partial derivative for $m$ to zero, and solve step by step:
#
# $$
# \begin{aligned}
# \frac{2}{n} \sum_{i=1}^{n} e_i \, x_i &= 0 \\
# & \qquad {\small \text{the slope for } m \text{ is zero}} \\
# \sum_{i=1}^{n} e_i \, x_i &= 0 \\
# & \qquad {\small \text{both sides times } \tfrac{n}{2}} \\
# \sum_{i=1}^{n} (m x_i + b - y_i) \, x_i &= 0 \\
# & \qquad {\small \text{put in the error}} \\
# \sum_{i=1}^{n} \left( m x_i^2 + b x_i - x_i y_i \right) &= 0 \\
# & \qquad {\small \text{multiply out}} \\
# \sum_{i=1}^{n} m x_i^2 + \sum_{i=1}^{n} b x_i - \sum_{i=1}^{n} x_i y_i &= 0 \\
# & \qquad {\small \text{three sums}} \\
# m \sum_{i=1}^{n} x_i^2 + b \sum_{i=1}^{n} x_i - \sum_{i=1}^{n} x_i y_i &= 0 \\
# & \qquad {\small \text{take } m \text{ and } b \text{ out of the sums}} \\
# m \sum_{i=1}^{n} x_i^2 + b \sum_{i=1}^{n} x_i &= \sum_{i=1}^{n} x_i y_i \\
# & \qquad {\small \text{move the known sum}}
# \end{aligned}
# $$
#
# The same for $b$:
#
# $$
# \begin{aligned}
# \frac{2}{n} \sum_{i=1}^{n} e_i &= 0 \\
# & \qquad {\small \text{the slope for } b \text{ is zero}} \\
# \sum_{i=1}^{n} e_i &= 0 \\
# & \qquad {\small \text{both sides times } \tfrac{n}{2}} \\
# \sum_{i=1}^{n} (m x_i + b - y_i) &= 0 \\
# & \qquad {\small \text{put in the error}} \\
# \sum_{i=1}^{n} m x_i + \sum_{i=1}^{n} b - \sum_{i=1}^{n} y_i &= 0 \\
# & \qquad {\small \text{three sums}} \\
# m \sum_{i=1}^{n} x_i + n b - \sum_{i=1}^{n} y_i &= 0 \\
# & \qquad {\small b \text{ added } n \text{ times is } n b} \\
# m \sum_{i=1}^{n} x_i + n b &= \sum_{i=1}^{n} y_i \\
# & \qquad {\small \text{move the known sum}}
# \end{aligned}
# $$
#
# These are two equations with the two unknowns $m$ and $b$.
# Four sums of the data are needed:
#
# $$
# \begin{aligned}
# \sum x_i &= 0 + 1 + 2 + 3 = 6 \\
# \sum y_i &= 0 + 4 + 6 + 6 = 16 \\
# \sum x_i^2 &= 0^2 + 1^2 + 2^2 + 3^2 = 0 + 1 + 4 + 9 = 14 \\
# \sum x_i y_i &= 0 \cdot 0 + 1 \cdot 4 + 2 \cdot 6 + 3 \cdot 6 = 0 + 4 + 12 + 18 = 34
# \end{aligned}
# $$
#
# So the two equations are
#
# $$
# \begin{aligned}
# 14 m + 6 b &= 34 \\
# 6 m + 4 b &= 16
# \end{aligned}
# $$
#
# Multiply the second equation by $1.5$, so that both have $6 b$:
#
# $$ 9 m + 6 b = 24 $$
#
# Subtract it from the first:
#
# $$
# \begin{aligned}
# (14 m + 6 b) - (9 m + 6 b) &= 34 - 24 \\
# 5 m &= 10 \\
# m &= 2
# \end{aligned}
# $$
#
# Put $m = 2$ into the second equation:
#
# $$
# \begin{aligned}
# 6 \cdot 2 + 4 b &= 16 \\
# 4 b &= 16 - 12 \\
# 4 b &= 4 \\
# b &= 1
# \end{aligned}
# $$
#
# The best line is $\hat{y} = 2 x + 1$.
# The two equations have one solution if at least two of the inputs differ; with all inputs equal, many lines fit equally well.
#
# ### Is it the lowest point?
#
# Slopes are also zero on top of a hill, so this needs one more look.
# Let $e_i$ be the errors of the line that you found.
# Change its slope by any number $c$ and its intercept by any number $d$.
# The prediction at $x_i$ grows by $c x_i + d$, so the new error is $e_i + c x_i + d$, and its square is
#
# $$ (e_i + c x_i + d)^2 = e_i^2 + 2 e_i (c x_i + d) + (c x_i + d)^2 $$
#
# Add this up over all points.
# The middle term becomes $2 c \sum e_i x_i + 2 d \sum e_i$.
# Both of these sums are zero: this is what you solved for.
# What is left is the old sum of squares plus the sum of the squares $(c x_i + d)^2$.
# Squares are never negative, so no other line has a smaller loss.
#
# ### As matrices
#
# Write the inputs as a table with one row per point, and a second column of ones that belongs to $b$.
# Call the table $X$, the list of unknowns $w$, and the list of observed values $y$:
#
# $$
# X = \begin{pmatrix} 0 & 1 \\ 1 & 1 \\ 2 & 1 \\ 3 & 1 \end{pmatrix}
# \qquad
# w = \begin{pmatrix} m \\ b \end{pmatrix}
# \qquad
# y = \begin{pmatrix} 0 \\ 4 \\ 6 \\ 6 \end{pmatrix}
# $$
#
# The product $X w$ takes each row of $X$, multiplies it entry by entry with $w$, and adds up.
# Row $i$ gives $x_i \cdot m + 1 \cdot b$, which is the prediction $\hat{y}_i$.
# So $X w$ is the list of all predictions, and $X w - y$ is the list of all errors.
#
# Let $X^{\top}$ (say "X transposed") be the table with rows and columns exchanged:
#
# $$ X^{\top} = \begin{pmatrix} 0 & 1 & 2 & 3 \\ 1 & 1 & 1 & 1 \end{pmatrix} $$
#
# Its first row holds the inputs, so the first row of $X^{\top} (X w - y)$ is $\sum x_i e_i$.
# Its second row holds ones, so the second row is $\sum e_i$.
# You want both of them to be zero:
#
# $$
# \begin{aligned}
# X^{\top} (X w - y) &= 0 \\
# & \qquad {\small \text{both slopes are zero}} \\
# X^{\top} X w - X^{\top} y &= 0 \\
# & \qquad {\small \text{multiply out}} \\
# X^{\top} X w &= X^{\top} y \\
# & \qquad {\small \text{move the known part}}
# \end{aligned}
# $$
#
# This is the **normal equation**.
# With the numbers of the four points:
#
# $$
# X^{\top} X
# = \begin{pmatrix}
# 0 \cdot 0 + 1 \cdot 1 + 2 \cdot 2 + 3 \cdot 3 & 0 + 1 + 2 + 3 \\
# 0 + 1 + 2 + 3 & 1 + 1 + 1 + 1
# \end{pmatrix}
# = \begin{pmatrix} 14 & 6 \\ 6 & 4 \end{pmatrix}
# $$
#
# $$
# X^{\top} y
# = \begin{pmatrix} 0 \cdot 0 + 1 \cdot 4 + 2 \cdot 6 + 3 \cdot 6 \\ 0 + 4 + 6 + 6 \end{pmatrix}
# = \begin{pmatrix} 34 \\ 16 \end{pmatrix}
# $$
#
# Read row by row, $X^{\top} X w = X^{\top} y$ says $14 m + 6 b = 34$ and $6 m + 4 b = 16$.
# These are the two equations that you solved.
# In code, `@` is the matrix product and `.T` the transposed table:

# %%
X = np.column_stack([x, np.ones(n)])
print("X^T X =", (X.T @ X).astype(int).tolist())
print("X^T y =", (X.T @ y).astype(int).tolist())

normal = np.linalg.solve(X.T @ X, X.T @ y)
print(f"numpy:    m = {normal[0]:.6f}   b = {normal[1]:.6f}")

by_library = solve_normal_equation(X, y)
print(f"library:  m = {by_library[0]:.6f}   b = {by_library[1]:.6f}")
assert np.allclose(by_library, normal)

# %% [markdown]
# ## Third way: Gauss-Newton
#
# The normal equation needs a prediction in which every parameter is multiplied by a known number, as in $m x + b$.
# The Gauss-Newton method also fits models of another form, such as growth by a constant factor.
# You need two words for it.
#
# ### Residuals and the Jacobian
#
# A **residual** is what is left between prediction and observation.
# On this page it is the same thing as the error of a point, and it has the same sign: $r_i = \hat{y}_i - y_i$.
# All residuals together are a list of $n$ numbers, called $r$.
# At the guess $m = 1$, $b = 1$ the list is $r = (1, -2, -3, -2)$.
#
# The **Jacobian** is a table of rates.
# It has one row for each residual and one column for each parameter.
# The entry in row $i$ and column $j$ says how fast residual $i$ changes when parameter $j$ changes.
#
# You can measure it without any calculus, by **finite differences**: nudge a parameter, and look at all residuals.
# Nudge $m$ from $1$ to $1.5$, and keep $b = 1$:
#
# | point | residual before | residual after | change | change divided by the nudge $0.5$ |
# | --- | --- | --- | --- | --- |
# | $(0, 0)$ | $1$ | $1.5 \cdot 0 + 1 - 0 = 1$ | $0$ | $0$ |
# | $(1, 4)$ | $-2$ | $1.5 \cdot 1 + 1 - 4 = -1.5$ | $0.5$ | $1$ |
# | $(2, 6)$ | $-3$ | $1.5 \cdot 2 + 1 - 6 = -2$ | $1$ | $2$ |
# | $(3, 6)$ | $-2$ | $1.5 \cdot 3 + 1 - 6 = -0.5$ | $1.5$ | $3$ |
#
# The last column is the first column of the Jacobian.
# It holds the inputs $x_i$, as the partial derivative $\frac{\partial e_i}{\partial m} = x_i$ promised.
# A nudge of $b$ by $0.5$ raises every residual by $0.5$, so the second column holds ones.
# Together:
#
# $$ J = \begin{pmatrix} 0 & 1 \\ 1 & 1 \\ 2 & 1 \\ 3 & 1 \end{pmatrix} $$
#
# For a straight line, the Jacobian is the table $X$ of the normal equation.


# %%
def residuals(w):
    m, b = w
    return (m * x + b) - y


def jacobian_by_nudging(f, w, h=1e-6):
    w = np.array(w, dtype=float)
    before = f(w)
    columns = []
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] = nudged[j] + h
        columns.append((f(nudged) - before) / h)
    return np.column_stack(columns)


for row in jacobian_by_nudging(residuals, [1, 1]):
    print(f"{row[0]:.3f}  {row[1]:.3f}")

# %% [markdown]
# ### One step
#
# Say that you change the parameters by $d = (d_m, d_b)$.
# Each residual changes by about its rate for $m$ times $d_m$, plus its rate for $b$ times $d_b$.
# With $J_{i1}$ and $J_{i2}$ for the two entries in row $i$ of the Jacobian, the new residual is about
#
# $$ r_i + J_{i1} \, d_m + J_{i2} \, d_b $$
#
# You want the change $d$ that makes the sum of the squares of these numbers as small as possible.
# You have solved this problem before.
# Compare the two, term by term:
#
# | part | fitting a line | one Gauss-Newton step |
# | --- | --- | --- |
# | make small | $\sum (x_i \cdot m + 1 \cdot b - y_i)^2$ | $\sum (J_{i1} \, d_m + J_{i2} \, d_b - (-r_i))^2$ |
# | table | $X$ | $J$ |
# | unknowns | $w = (m, b)$ | $d = (d_m, d_b)$ |
# | targets | $y$ | $-r$ |
# | solution | $X^{\top} X w = X^{\top} y$ | $J^{\top} J d = -J^{\top} r$ |
#
# So a Gauss-Newton step is a normal equation of its own:
#
# $$
# \begin{aligned}
# J^{\top} J \, d &= -J^{\top} r \\
# w &\leftarrow w + d
# \end{aligned}
# $$
#
# By hand, from the guess: $J^{\top} J$ is the $X^{\top} X$ from above, and
#
# $$
# J^{\top} r
# = \begin{pmatrix} 0 \cdot 1 + 1 \cdot (-2) + 2 \cdot (-3) + 3 \cdot (-2) \\ 1 + (-2) + (-3) + (-2) \end{pmatrix}
# = \begin{pmatrix} -14 \\ -6 \end{pmatrix}
# $$
#
# With the minus sign, the two equations for the change are
#
# $$
# \begin{aligned}
# 14 \, d_m + 6 \, d_b &= 14 \\
# 6 \, d_m + 4 \, d_b &= 6
# \end{aligned}
# $$
#
# Multiply the second by $1.5$, which gives $9 \, d_m + 6 \, d_b = 9$, and subtract it from the first:
#
# $$
# \begin{aligned}
# 5 \, d_m &= 5 \\
# d_m &= 1
# \end{aligned}
# $$
#
# Put $d_m = 1$ into the second equation: $6 + 4 \, d_b = 6$, so $d_b = 0$.
# The new parameters are $m = 1 + 1 = 2$ and $b = 1 + 0 = 1$.
# That is the best line, after **one** step.
#
# ### Why one step is enough here
#
# The word "about" was not needed.
# The residual $m x_i + b - y_i$ is linear in $m$ and $b$: when you change them by $d_m$ and $d_b$, it changes by
# exactly $x_i \, d_m + d_b$.
# So the step solves the true problem and not an approximation of it, from every guess.


# %%
def gauss_newton_step(f, w):
    r = f(w)
    J = jacobian_by_nudging(f, w)
    d = np.linalg.solve(J.T @ J, -J.T @ r)
    return w + d


for guess in ([1, 1], [0, 0], [-30, 500]):
    w = gauss_newton_step(residuals, np.array(guess, dtype=float))
    print(f"guess {guess!s:10}   after one step   m = {w[0]:.4f}   b = {w[1]:.4f}")

path = gauss_newton(residuals, [1, 1], steps=1)
one_step = path.result
print(f"library, one step:             m = {one_step[0]:.4f}   b = {one_step[1]:.4f}")

# %% [markdown]
# ### A curve needs several steps
#
# Now the model is not a line but growth by a constant factor:
#
# $$ \hat{y} = a \exp(c x) $$
#
# The two parameters are the start value $a$ and the growth rate $c$.
# The function $\exp(c x)$ is the number $2.718\ldots$ to the power $c x$, in numpy `np.exp(c * x)`.
# The residuals are $a \exp(c x_i) - y_i$.
# They are not linear in $c$: doubling the change of $c$ does not double the change of the residual.
# So the step solves an approximation, and you repeat it: new residuals, new Jacobian, new step.

# %%
x_growth = np.array([0.0, 1.0, 2.0, 3.0])
y_growth = np.array([2.0, 3.0, 4.0, 7.0])


def growth_residuals(w):
    a, c = w
    return a * np.exp(c * x_growth) - y_growth


w = np.array([1.0, 1.0])
for step in range(6):
    print(f"step {step}     a = {w[0]:.4f}   c = {w[1]:.4f}   sum of squares {np.sum(growth_residuals(w) ** 2):.4f}")
    w = gauss_newton_step(growth_residuals, w)

path = gauss_newton(growth_residuals, [1, 1], steps=20)
print(f"library    a = {path.result[0]:.4f}   c = {path.result[1]:.4f}   sum of squares {path.losses[-1]:.4f}")
assert np.allclose(w, path.result, atol=1e-4)

# %% [markdown]
# ![Four data points that rise from 2 to 7, and four exponential curves. The dotted curve of the guess leaves the picture at the top. The curve after step 1 is lower but still far above the last point. The curves after step 2 and after step 5 run close to all four points and nearly cover each other.](../assets/figures/labs/linear_regression_three_ways/gauss_newton_steps.svg)
#
# The sum of squares does not go to zero: no curve of this form passes through all four points.
# Near the answer Gauss-Newton is fast if the residuals that remain are small, as here; but it has no learning rate that would hold it back.
# From a poor guess, a full step can land far away:

# %%
path = gauss_newton(growth_residuals, [1, 0], steps=20)
print("sum of squares from the guess a = 1, c = 0:", ", ".join(f"{value:.1f}" for value in path.losses[:7]))

# %% [markdown]
# It recovers here, but that is luck and not a promise.
# A straight line has no such trouble.
#
# ## The same line from all
#
# Three ways, and gradient descent in two forms, make four results.

# %%
results = {
    "descent, one example at a time": per_example_by_hand,
    "descent, all examples at once": batch_by_hand,
    "normal equation": normal,
    "Gauss-Newton, one step": one_step,
}
print(f"{'way':32}{'m':>8}{'b':>8}{'loss':>10}")
for way, (m, b) in results.items():
    print(f"{way:32}{m:8.4f}{b:8.4f}{loss(m, b):10.6f}")
    assert np.allclose([m, b], [2, 1], atol=0.002)

# %% [markdown]
# Three of them agree to all the digits that are shown.
# The per-example form is still on its way: it is off by less than $0.002$.
#
# ## The same for 546 houses
#
# Now $x$ is the size of the lot in square feet, and $y$ is the price in thousand Canadian dollars of 1987.
# The lot sizes are **scaled** first: subtract their mean and divide by their standard deviation.
# Then a typical $x$ is about $1$ in size, as in the small example, and one learning rate suits both $m$ and $b$.

# %%
houses = load_windsor_housing()
lot_size = houses.column("lot_size")[:, None]  # a table with one column
scaler = fit_scaler(lot_size)
lot = scaler.transform(lot_size)[:, 0]
price = houses.prices / 1000

print(f"{len(price)} houses")
print(f"lot size in square feet:  mean {scaler.mean[0]:.1f}, standard deviation {scaler.scale[0]:.1f}")
print(f"scaled lot size:          mean {abs(lot.mean()):.1f}, standard deviation {lot.std():.1f}")


# %%
def house_loss(w):
    return squared_error(w[0] * lot + w[1], price).value


def house_gradient(w):
    errors = (w[0] * lot + w[1]) - price
    return 2 * np.array([np.mean(errors * lot), np.mean(errors)])


def house_gradient_of_examples(w, batch):
    errors = (w[0] * lot[batch] + w[1]) - price[batch]
    return 2 * np.array([np.mean(errors * lot[batch]), np.mean(errors)])


def house_residuals(w):
    return (w[0] * lot + w[1]) - price


start = np.array([0.0, 0.0])

generator = np.random.default_rng(0)
m, b = start
for epoch in range(100):
    learning_rate = 0.01 / (1 + epoch)
    for i in generator.permutation(len(price)):  # every house once, in a new order
        error = (m * lot[i] + b) - price[i]
        m = m - learning_rate * 2 * error * lot[i]
        b = b - learning_rate * 2 * error
single = np.array([m, b])

batch = gradient_descent(house_loss, house_gradient, start, learning_rate=0.05, steps=200).result
normal = solve_normal_equation(np.column_stack([lot, np.ones(len(price))]), price)
one_step = gauss_newton(house_residuals, start, steps=1).result

results = {
    "descent, one example at a time": single,
    "descent, all examples at once": batch,
    "normal equation": normal,
    "Gauss-Newton, one step": one_step,
}
print(f"{'way':32}{'m':>9}{'b':>9}{'loss':>10}")
for way, w in results.items():
    print(f"{way:32}{w[0]:9.3f}{w[1]:9.3f}{house_loss(w):10.3f}")
    assert np.allclose(w, normal, atol=0.02)

# %% [markdown]
# The four ways agree to $0.02$ thousand dollars, which is 20 dollars.
#
# What do the numbers mean?
# The intercept $b$ is the prediction at $x = 0$, and after scaling that is a house with a lot of average size.
# The slope $m$ is thousand dollars for each *standard deviation* of lot size.
# Divide it by the standard deviation to get back to square feet:

# %%
m, b = normal
print(f"a house on an average lot:      {1000 * b:.0f} dollars")
print(f"each further square foot:       {1000 * m / scaler.scale[0]:.2f} dollars")
print(f"typical size of an error:       {1000 * house_loss(normal) ** 0.5:.0f} dollars")

# %% [markdown]
# ![House prices over lot sizes as a cloud of grey points, and twelve lines, one for each of the descent steps 0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30 and 60. The line of step 0 lies flat at price zero. The lines rise and turn with every step, in ever smaller moves, and the last ones lie close together in the middle of the cloud.](../assets/figures/labs/linear_regression_three_ways/fit_in_motion.svg "Descent step")
#
# Each step of the batch form closes the same share of the gap that is left, here a tenth.
# That is why the lines move less and less.
#
# ## Questions learners ask
#
# ### Where does 1/N go, and does it matter?
#
# Many books write $N$ for the number of examples; here it is $n$.
# Some of them define the loss as the *sum* of the squares, without $\frac{1}{n}$.
# Then the gradient is $n$ times as large, and so is every step.
# It rescales the learning rate: the sum with rate $\eta$ takes the same walk as the mean with rate $\eta \cdot n$.
# The minimum is in the same place.
# So divide the learning rate by $n$, and you get the same path:


# %%
def sum_loss_of(w):
    return squared_error(w[0] * x + w[1], y, reduction="sum").value


def sum_gradient_of(w):
    return n * gradient_of(w)


with_mean = gradient_descent(loss_of, gradient_of, [1, 1], learning_rate=0.05, steps=100)
with_sum = gradient_descent(sum_loss_of, sum_gradient_of, [1, 1], learning_rate=0.05 / n, steps=100)
for step in (1, 2, 100):
    m_mean, b_mean = with_mean.points[step]
    m_sum, b_sum = with_sum.points[step]
    print(f"step {step:3d}   mean: {m_mean:.6f} {b_mean:.6f}   sum: {m_sum:.6f} {b_sum:.6f}")
assert np.allclose(with_mean.points, with_sum.points)

# %% [markdown]
# It matters when you forget to change the learning rate.
# With 546 houses, the sum takes steps that are 546 times as long, and the loss explodes.
# With the mean, a good learning rate stays good when the data set grows.

# %%
too_far = gradient_descent(house_loss, lambda w: len(price) * house_gradient(w), [0, 0], learning_rate=0.05, steps=3)
print("mean squared error, steps of the sum:", ", ".join(f"{value:.3g}" for value in too_far.losses))

# %% [markdown]
# ### May I drop the factor 2, and why exactly?
#
# Yes.
# Dropping it means that you use half the loss.
# Take any positive constant $c$, and compare two lines.
# If one has the smaller loss, it also has the smaller $c$ times loss, because multiplying both sides of an
# inequality by a positive number keeps its direction.
# So the best line stays the best line.
# The gradient is multiplied by $c$ as well, and that is absorbed by the learning rate.
# A *negative* constant would turn the order round, and the minimum would become a maximum.

# %%
with_two = gradient_descent(loss_of, gradient_of, [1, 1], learning_rate=0.05, steps=100)
without_two = gradient_descent(loss_of, lambda w: gradient_of(w) / 2, [1, 1], learning_rate=0.1, steps=100)
print(f"with the 2, learning rate 0.05:     m = {with_two.result[0]:.6f}   b = {with_two.result[1]:.6f}")
print(f"without the 2, learning rate 0.10:  m = {without_two.result[0]:.6f}   b = {without_two.result[1]:.6f}")
assert np.allclose(with_two.points, without_two.points)

# %% [markdown]
# ### Where did the sum sign go when the update runs per example?
#
# The sum did not vanish by algebra.
# You chose another update, which uses one term of the sum at a time.
# All the terms at the *same* $m$ and $b$, averaged, are the batch gradient.
# An epoch of per-example updates is not the same as one batch update, because $m$ and $b$ move between the terms.
# With a small learning rate they move little, and the two nearly agree:

# %%
each = np.array([gradient_of_examples(np.array([1.0, 1.0]), [i]) for i in range(n)])
for i in range(n):
    print(f"point {i + 1}   2 e x = {each[i, 0]:5.1f}   2 e = {each[i, 1]:5.1f}")
print(f"mean        {each[:, 0].mean():9.1f} {each[:, 1].mean():13.1f}")

for rate in (0.05, 0.001):
    m, b = one_epoch(1, 1, learning_rate=rate)
    slope_m, slope_b = gradient(1, 1)
    print(f"learning rate {rate}")
    print(f"   four updates, one per example      m = {m:.4f}   b = {b:.4f}")
    print(f"   one update, four times as long     m = {1 - n * rate * slope_m:.4f}   b = {1 - n * rate * slope_b:.4f}")

# %% [markdown]
# ### Per example, mini-batch or full batch: what changes?
#
# A **mini-batch** is a handful of examples, and its update uses the mean of their gradients.
# The work of one epoch is about the same for every batch size: each example is looked at once.
# What changes is how many updates you get for it, and how noisy they are.
# Here the learning rate is $0.02$ each time, and the table shows how far the loss is above the best one.

# %%
best = house_loss(normal)
print(f"{'batch size':>10}{'updates per epoch':>20}{'1 epoch':>12}{'5 epochs':>12}{'20 epochs':>12}")
for size in (1, 32, len(price)):
    path = stochastic_gradient_descent(
        house_loss,
        house_gradient_of_examples,
        [0, 0],
        examples=len(price),
        learning_rate=0.02,
        epochs=20,
        batch_size=size,
        generator=np.random.default_rng(0),
    )
    updates = (len(path.points) - 1) // 20
    above = [path.losses[epochs * updates] - best for epochs in (1, 5, 20)]
    print(f"{size:10d}{updates:20d}" + "".join(f"{value:12.3f}" for value in above))

# %% [markdown]
# In the first epoch, one example at a time gets furthest, because it makes the most updates.
# Then its noise keeps it at a distance from the best loss.
# The mini-batch has less noise and has overtaken it after 5 epochs.
# The full batch has no noise at all, but after 20 epochs it has made only 20 updates.
# It could use a larger learning rate: the less noise an update has, the longer a step it bears.
# There is one more reason for mini-batches: a computer works on their examples in parallel.
#
# ### Why not the normal equation always?
#
# For a small table, do use it.
# With $p$ features, the work grows like $n p^2$ for building $X^{\top} X$ and like $p^3$ for solving, up to constant factors.
# One epoch of descent costs about $2 n p$: once through the table for the predictions, once for the gradient.
# The matrix $X^{\top} X$ has $p^2$ entries, and the gradient has $p$.

# %%
print(f"{'examples n':>12}{'features p':>12}{'n p^2 + p^3':>14}{'epoch 2 n p':>14}{'entries p^2':>14}")
for rows, features in ((546, 11), (1_000_000, 1_000), (1_000_000, 1_000_000)):
    solve_cost = rows * features**2 + features**3
    epoch_cost = 2 * rows * features
    print(f"{rows:12,d}{features:12,d}{solve_cost:14.1e}{epoch_cost:14.1e}{features**2:14.1e}")

# %% [markdown]
# With a million features and 8 bytes for each entry, $X^{\top} X$ takes 8 terabytes of memory.
#
# There are more reasons to descend:
#
# - **Streaming data.** An update needs only the examples at hand, so the model can follow data that never end.
#   (You can also add new rows to the sums in $X^{\top} X$ and $X^{\top} y$, but then old data count for ever.)
# - **Models that are not linear.** For a neural network, setting the gradient to zero gives equations that nobody can
#   solve with a formula. Descent needs the gradient and nothing else.
# - **Stopping early.** From a guess with slope zero, a stopped walk gives a smaller slope than the best fit to these data.
#   With many features and few examples this often predicts new data better. It is called regularization.

# %%
centre = np.array([0.0, price.mean()])
path = gradient_descent(house_loss, house_gradient, centre, learning_rate=0.05, steps=100)
for step in (0, 5, 10, 20, 100):
    print(f"stopped after {step:3d} steps   slope m = {path.points[step, 0]:6.3f}   loss = {path.losses[step]:.1f}")

# %% [markdown]
# ### What is "the guess"?
#
# It is where the walk begins: any values for the parameters.
# For a straight line every guess leads to the same answer, because the loss is one single bowl.
# For other models it can matter, and for a neural network it does.
# With $a \exp(c x)$ a poor guess threw the loss up before it fell; a loss with two valleys has two ends
# ([example](../calculus/calculus_for_ml.md#gradient-descent)).

# %%
for guess in ([1, 1], [0, 0], [-30, 500]):
    path = gradient_descent(loss_of, gradient_of, guess, learning_rate=0.05, steps=2000)
    print(f"guess {guess!s:10}   loss {path.losses[0]:9.1f}   end m = {path.result[0]:.4f}   b = {path.result[1]:.4f}")

# %% [markdown]
# ### What is a Jacobian, and can I get it without calculus?
#
# It is the table of rates: row $i$, column $j$ says how fast output $i$ changes when input $j$ changes.
# The function `jacobian_by_nudging` above measures it with finite differences and needs no calculus.
# The price is one more evaluation of the function for each input, and a result that is nearly but not fully exact.
#
# ## What to take along
#
# - The error is prediction minus observed, and the loss is the mean of its square.
# - Power rule and chain rule give $\frac{2}{n} \sum e_i x_i$ for $m$ and $\frac{2}{n} \sum e_i$ for $b$.
# - Descent subtracts a little of the gradient, again and again, with all examples or with one at a time.
# - The normal equation sets both slopes to zero and solves.
# - Gauss-Newton solves a normal equation for the *change*: one step for a line, several for a curve.
# - Constant factors such as $2$ and $\frac{1}{n}$ rescale the learning rate and do not move the minimum.
#
# Where to go next: [Calculus for Machine Learning](../calculus/calculus_for_ml.md) tells the story of the slopes,
# and [One training loop, four branches](../start/one_loop.md) uses several features at once.
