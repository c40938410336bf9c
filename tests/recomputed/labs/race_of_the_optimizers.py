"""The numbers of docs/labs/race_of_the_optimizers.py about the tumours.

The slopes are those of autograd. Descent, momentum, Nesterov and Adam are the optimizers of scikit-learn's networks,
Newton's method is least squares with weights by its Ridge, and the minimum that of its LogisticRegression. BFGS keeps
its steps in place of a matrix, in the two loops of L-BFGS.
"""

from functools import cache, partial
from statistics import median
from typing import Any

import autograd.numpy as anp
import numpy as np
from autograd import grad, hessian, jacobian
from recomputed.datasets import breast_cancer
from scipy import linalg, special
from sklearn import metrics
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer
from sklearn.preprocessing import StandardScaler

RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]
RULES = ["descent", "momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam"]
STRENGTH = 0.0005
LINE = 1e-4
ROUNDING = 1e-14  # of a gap, which is the difference of two losses some times as large


@cache
def tumours():
    """Features with a first column of ones, and 1 for malignant and -1 for benign: 400 for training, then 169."""
    order = np.random.default_rng(0).permutation(569)
    means = breast_cancer().data[order, :10]
    scaled = StandardScaler().fit(means[:400]).transform(means)
    return np.insert(scaled, 0, 1, axis=1), 1 - 2 * breast_cancer().target[order]


@cache
def starts():
    return np.random.default_rng(0).normal(scale=0.5, size=(8, 11))


def losses(w, rows=slice(400)):
    """The loss of each example, for one point or for many at once."""
    X, sign = tumours()
    margins = anp.matmul(w, anp.swapaxes((sign[:, None] * X)[rows], -1, -2))
    return anp.logaddexp(0, -margins) + STRENGTH * anp.sum(w[..., 1:] ** 2, axis=-1)[..., None]


def loss(w, rows=slice(400)):
    return anp.mean(losses(w, rows), axis=-1)


def slope(w, rows=slice(400)):
    return grad(lambda v: anp.sum(loss(v, rows)))(w)


@cache
def lowest():
    """LogisticRegression weighs the sum of losses against half the squared weights."""
    X, sign = tumours()
    model = LogisticRegression(C=1 / (800 * STRENGTH), solver="newton-cholesky", tol=1e-12)
    model.fit(X[:400, 1:], sign[:400])
    return np.append(model.intercept_, model.coef_)


def gap(w):
    return loss(w) - loss(lowest())


class ByPastSlopes:
    """AdaGrad and RMSProp: divide by the root of a weighted sum of all past squares, here summed anew each time."""

    def __init__(self, forgets):
        self.learning_rate, self.squares, self.forgets = 0, [], forgets

    def update_params(self, params, slopes):
        self.squares.append(slopes[0] ** 2)
        ages = np.arange(len(self.squares))[::-1]
        weights = 0.1 * 0.9**ages if self.forgets else np.ones(len(ages))
        sizes = np.sqrt(np.tensordot(weights, np.array(self.squares), axes=1))
        params[0] -= self.learning_rate * slopes[0] / (sizes + 1e-8)


def optimizer(rule, points):
    if rule == "Adam":
        return AdamOptimizer([points])
    if rule in ("AdaGrad", "RMSProp"):
        return ByPastSlopes(rule == "RMSProp")
    return SGDOptimizer([points], momentum=0 if rule == "descent" else 0.9, nesterov=rule == "Nesterov")


def walk(rule, first, rates, steps, *, slope=slope, decay=lambda _: 1):
    """The points after 0, 1, ... steps, each of shape (rates, starts, weights)."""
    points = np.array([first] * len(rates))
    moves = optimizer(rule, points)
    path = [points.copy()]
    for step in range(steps):
        moves.learning_rate = moves.learning_rate_init = np.reshape(rates, (-1, 1, 1)) * decay(step)
        moves.update_params([points], [slope(points)])
        ahead = 0.9 * moves.velocities[0] if rule == "Nesterov" else 0  # scikit-learn keeps the point of the slope
        path.append(points - ahead)
    return np.array(path)


def newton(w):
    """The points of Newton's method: each is a ridge regression on the straightened scores."""
    X, sign = tumours()[0][:400], tumours()[1][:400]
    path = [w]
    while linalg.norm(slope(w)) > 1e-10 and len(path) < 12:
        p = special.expit(X @ w)
        target = X @ w + ((sign > 0) - p) / (p * (1 - p))
        model = Ridge(alpha=800 * STRENGTH, solver="cholesky").fit(X[:, 1:], target, p * (1 - p))
        w = np.append(model.intercept_, model.coef_)
        path.append(w)
    return path


def newton_log(start):
    """A Hessian counts as 11 evaluations."""
    gaps = [gap(w) for w in newton(start)]
    return gaps[:1] + [number for value in gaps[1:] for number in [np.inf] * 11 + [value]]


def direction(g, pairs):
    """The two loops of L-BFGS, which forget nothing here."""
    d, shares = -g, []
    for s, y in reversed(pairs):
        shares.append(s @ d / (s @ y))
        d = d - shares[-1] * y
    d = d * (pairs[0][0] @ pairs[0][1] / (pairs[0][1] @ pairs[0][1]) if pairs else 1)
    for (s, y), share in zip(pairs, reversed(shares), strict=True):
        d = d + (share - y @ d / (s @ y)) * s
    return d


def strong_wolfe(w, g, d, step, slope, log):
    """Double the step until a minimum is passed, then shrink the interval by parabolas; at most 60 trials.

    Returns the step, and the gap and the slope there. What rounding may add to a gap does not count as a rise.
    """
    start, fall = gap(w), g @ d
    near: tuple[Any, ...] = (0, start, g)  # step, gap and, if the gap is low enough, slope
    far: tuple[Any, ...] = ()
    for _ in range(60):
        log.append(gap(w + step * d))
        trial: tuple[Any, ...] = (step, log[-1])
        if log[-1] <= min(start + 1e-4 * step * fall, near[1]) + ROUNDING * start:
            trial = (step, log[-1], slope(w + step * d))
            if abs(trial[2] @ d) <= -0.9 * fall:
                return trial
            towards = far[0] - step if far else 1
            near, far = trial, near if trial[2] @ d * towards > 0 else far
        else:
            far = trial
        step = between(near, far, d) if far else 2 * step
    return near


def between(near, far, d):
    """Where the parabola through both gaps and the slope of the first is lowest."""
    width, fall = far[0] - near[0], near[2] @ d
    bend = far[1] - near[1] - fall * width
    share = -fall * width / (2 * bend) if bend > 0 else 0.5
    return near[0] + width * min(max(share, 0.1), 0.9)


def bfgs(w, *, slope=slope):
    """The gaps after each step, and after each evaluation."""
    ends, log = [gap(w)], [gap(w)]
    pairs: list[Any] = []  # of a step and what it changed in the slope
    g = slope(w)
    while ends[-1] > 1e-7 and len(ends) <= 50:
        d = direction(g, pairs)
        step, height, there = strong_wolfe(w, g, d, 1 if pairs else min(1, 1 / linalg.norm(g)), slope, log)
        if height >= ends[-1] and linalg.norm(there) >= linalg.norm(g):
            break
        if (there - g) @ d > 0:
            pairs.append((step * d, there - g))
        w, g = w + step * d, there
        ends.append(height)
    return ends, log


@cache
def logs():
    """For BFGS and for Newton, the gaps after each evaluation from each start of the race."""
    return [[bfgs(start)[1] for start in starts()[3:]], [newton_log(start) for start in starts()[3:]]]


def arrival(gaps):
    return next((k for k, height in enumerate(gaps) if height <= LINE), np.inf)


@cache
def raced():
    """For each rule the tuned rate, the arrivals, and from how many starts the walk left again."""
    results = []
    for rule in RULES:
        tuning = gap(walk(rule, starts()[:3], RATES, 150))
        worst = [(max(map(arrival, tuning[:, k].T)), max(tuning[-1, k]), RATES[k]) for k in range(12)]
        rate = min(worst)[2]
        gaps = gap(walk(rule, starts()[3:], [rate], 150))[:, 0].T
        arrivals = [arrival(g) for g in gaps]
        left = sum(k < np.inf and max(g[k:]) > 100 * LINE for k, g in zip(arrivals, gaps, strict=True))
        results.append((rate, arrivals, left))
    return results


def track_three_a_real_model():
    path = newton(np.zeros(11))
    curvatures = linalg.eigvalsh(hessian(loss)(lowest()))
    numbers = [loss(lowest()), linalg.norm(slope(path[-1])), curvatures[0], curvatures[-1]]
    numbers += [curvatures[-1] / curvatures[0], *(gap(w) for w in path[-4:-1])]
    by_memory = [(None, [arrival(log) for log in some], 0) for some in logs()]
    for rate, arrivals, left in raced() + by_memory:
        arrived = [k for k in arrivals if k < np.inf]
        row = [rate, median(arrivals), max(arrivals), len(arrived), left]
        numbers += [number for number in row if number is not None and number < np.inf]
    rate = raced()[0][0]
    gaps = gap(walk("descent", starts()[3:], [rate], 400))[:, 0]
    return [*numbers, (1 - rate * curvatures[0]) ** 2, np.mean((gaps[400] / gaps[300]) ** 0.01)]


def theory_s_promise_the_floor():
    S = (jacobian(losses)(lowest()) ** 2).sum() / 400 / 20
    generator = np.random.default_rng(0)
    rates = np.array([[0.1], [0.2], [0.4]])
    points = np.array([[lowest()] * 3] * 10)
    gaps = []
    for step in range(2000):
        points = points - rates * slope(points, generator.integers(400, size=(10, 20)))
        if step >= 500 and step % 10 == 0:
            gaps.append(gap(points).mean(axis=0))
    return np.column_stack([rates, rates * S / 4, np.mean(gaps, axis=0)]).ravel()


def dealt(seed):
    """The slope of one mini-batch of 20 after the other."""
    generator = np.random.default_rng(seed)
    batches = iter([rows for _ in range(25) for rows in generator.permutation(400).reshape(20, 20)])
    return lambda points: slope(points, next(batches))


def at_deadlines(tuning, gaps):
    """Median gap after 1, 5 and 25 epochs, at the rate whose largest gap was smallest on the tuning starts."""
    for epoch in (1, 5, 25):
        best = min(range(12), key=lambda rate: max(tuning[epoch, rate]))
        yield median(gaps[epoch, best])


def the_race_with_mini_batches():
    numbers = [20]
    for rule, decay in [*((rule, lambda _: 1) for rule in RULES), ("descent", lambda k: 40 / (40 + k))]:
        many = partial(walk, rule, rates=RATES, steps=500, decay=decay)
        numbers += at_deadlines(
            *(gap(many(first, slope=dealt(seed))[::20]) for seed, first in enumerate((starts()[:3], starts()[3:])))
        )
    for rule in RULES:
        gaps = gap(walk(rule, starts(), RATES, 25))
        numbers += at_deadlines(gaps[:, :, :3], gaps[:, :, 3:])
    for some in logs():
        numbers += [median(min(log[: k + 1]) for log in some) for k in (1, 5, 25)]
    return numbers


def can_the_winner_work_with_noise():
    generator = np.random.default_rng(0)
    numbers = []
    for start in starts()[3:]:
        ends, _ = bfgs(start, slope=lambda w: slope(w, generator.integers(400, size=20)))
        numbers += [len(ends) - 1, ends[-1]]
    return numbers


def what_the_tuning_cost():
    return [median(arrival(log) for log in logs()[0])]


def what_happens_on_new_data():
    path = walk("descent", starts()[3:4], [10], 150)[:, 0, 0]
    X, sign = tumours()[0][400:], tumours()[1][400:]
    numbers = []
    for step, w in [*((k, path[k]) for k in (2, 10, 50, 150)), (None, lowest())]:
        right = 100 * metrics.accuracy_score(sign, np.sign(X @ w))
        numbers += [step, gap(w), metrics.log_loss(sign, special.expit(X @ w)), right]
    return [number for number in numbers if number is not None]
