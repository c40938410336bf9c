"""Code of the module docs/optimization/momentum_and_adaptive_methods.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.optim import AdaGrad, Adam, Momentum, Nesterov, RMSProp, gradient_descent

# --8<-- [end:setup]


# --8<-- [start:parabola]
def parabola(w):
    return w[0] ** 2


def slope(w):
    return 2 * w


for momentum in (0.0, 0.5):
    path = gradient_descent(
        parabola,
        slope,
        [10.0],
        learning_rate=0.1,
        steps=6,
        rule=Momentum(momentum),
    )
    walk = " ".join(f"{w:.2f}" for w in path.points[1:, 0])
    print(f"{momentum}: {walk}")
# > 0.0: 8.00 6.40 5.12 4.10 3.28 2.62
# > 0.5: 8.00 5.40 3.02 1.23 0.08 -0.50
# --8<-- [end:parabola]


# --8<-- [start:kappa]
def steps_needed(kappa, rule, learning_rate):
    """Steps until the distance is below a thousandth of the first."""
    curvatures = np.array([1.0, kappa])
    path = gradient_descent(
        lambda w: curvatures @ w**2 / 2,
        lambda w: curvatures * w,
        [1.0, 1.0],
        learning_rate=learning_rate,
        steps=int(5 * kappa),
        rule=rule,
    )
    distances = np.linalg.norm(path.points, axis=1)
    return np.flatnonzero(distances > distances[0] / 1000)[-1] + 1


for kappa in (10, 100, 1000):
    root = np.sqrt(kappa)
    plain = steps_needed(kappa, Momentum(0.0), 2 / (kappa + 1))
    best = ((root - 1) / (root + 1)) ** 2
    heavy = steps_needed(kappa, Momentum(best), 4 / (root + 1) ** 2)
    print(f"kappa {kappa:4}: plain {plain:4}, momentum {heavy:3}")
# > kappa   10: plain   35, momentum  15
# > kappa  100: plain  346, momentum  56
# > kappa 1000: plain 3454, momentum 198
# --8<-- [end:kappa]

# --8<-- [start:noise]
generator = np.random.default_rng(0)


def noisy_slope(w):
    return w + generator.normal(size=w.shape)  # curvature 1, noise 1


trials = np.zeros(4000)  # 4000 walks at once, all from the minimum
for momentum, rate in ((0.0, 0.02), (0.9, 0.02), (0.9, 0.002)):
    path = gradient_descent(
        lambda w: np.mean(w**2),
        noisy_slope,
        trials,
        learning_rate=rate,
        steps=200 if rate == 0.02 else 400,
        rule=Momentum(momentum),
    )
    print(f"beta {momentum}, rate {rate:5}: {path.losses[-1]:.2f}")
# > beta 0.0, rate  0.02: 0.01
# > beta 0.9, rate  0.02: 0.10
# > beta 0.9, rate 0.002: 0.01
# --8<-- [end:noise]


# --8<-- [start:bent]
def bent_slope(w):
    """Curvature 25, but 1 for w between 1 and 2; the minimum is at 0."""
    return np.where(w < 1, 25 * w, np.where(w < 2, w + 24, 25 * w - 24))


def bent(w):
    pieces = (
        12.5 * w**2,
        w**2 / 2 + 24 * w - 12,
        12.5 * w**2 - 24 * w + 36,
    )
    return np.where(w < 1, pieces[0], np.where(w < 2, *pieces[1:]))[0]


for rule, rate in ((Momentum(4 / 9), 1 / 9), (Nesterov(2 / 3), 1 / 25)):
    path = gradient_descent(
        bent,
        bent_slope,
        [3.3],
        learning_rate=rate,
        steps=300,
        tolerance=1e-9,
        rule=rule,
    )
    end = "".join(f"{w:6.2f}" for w in path.points[-3:, 0].round(2) + 0.0)
    print(f"{type(rule).__name__}, {len(path.points) - 1} steps:{end}")
# > Momentum, 300 steps: -1.80  2.12  0.65
# > Nesterov, 3 steps:  0.96  0.00  0.00
# --8<-- [end:bent]


# --8<-- [start:steps-of]
def steps_of(rule, gradients, learning_rate):
    """The changes that a rule makes of a list of gradients."""
    nowhere = np.zeros(1)  # these rules don't look at the place
    state, changes = rule.initial_state(nowhere), []
    for g in gradients:
        slope_now = np.array([g])
        change, state = rule.update(state, slope_now, learning_rate, nowhere)
        changes.append(change[0])
    return np.array(changes)


for scale in (1, 1000):
    gradients = scale * np.array([3.0, 4.0, 12.0])
    for rule in (AdaGrad(), RMSProp(decay=0.75)):
        text = "".join(f"{s:7.3f}" for s in steps_of(rule, gradients, 0.5))
        print(f"{scale:4} x, {type(rule).__name__}:{text}")
# >    1 x, AdaGrad: -0.500 -0.400 -0.462
# >    1 x, RMSProp: -1.000 -0.839 -0.946
# > 1000 x, AdaGrad: -0.500 -0.400 -0.462
# > 1000 x, RMSProp: -1.000 -0.839 -0.946
# --8<-- [end:steps-of]


# --8<-- [start:unit]
def steps_to(best, learning_rate=0.1):
    """RMSProp on (w / best - 1)^2 / 2: steps until it stays within 10 %."""
    path = gradient_descent(
        lambda w: (w[0] / best - 1) ** 2 / 2,
        lambda w: (w / best - 1) / best,
        [0.0],
        learning_rate=learning_rate,
        steps=2000,
        rule=RMSProp(),
    )
    far = np.abs(path.points[:, 0] / best - 1) > 0.1
    steps = np.flatnonzero(far)[-1] + 1
    return steps if steps <= 2000 else "never"


for best in (100, 10, 1, 0.1):
    print(f"best weight {best:5}, steps: {steps_to(best)}")
# > best weight   100, steps: 912
# > best weight    10, steps: 98
# > best weight     1, steps: 8
# > best weight   0.1, steps: never
# --8<-- [end:unit]

# --8<-- [start:adam-by-hand]
path = gradient_descent(
    lambda w: 2 * w[0] ** 2,
    lambda w: 4 * w,
    [1.0],
    learning_rate=0.1,
    steps=2,
    rule=Adam(),
)
print("".join(f"{w:8.4f}" for w in path.points[:, 0]))
# >   1.0000  0.9000  0.8004
for g in (4.0, -0.0004, 4e6):
    first = steps_of(Adam(), [g], 0.1)[0]
    print(f"gradient {g:8.0e}: first step {first:+.4f}")
# > gradient    4e+00: first step -0.1000
# > gradient   -4e-04: first step +0.1000
# > gradient    4e+06: first step -0.1000
# --8<-- [end:adam-by-hand]


# --8<-- [start:rotated]
def adam_steps(kappa, degrees):
    """Steps until Adam is, and stays, within 1 % of the first distance."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[c, -s], [s, c]])
    H = turn @ np.diag([1.0, kappa]) @ turn.T
    path = gradient_descent(
        lambda w: w @ H @ w / 2,
        lambda w: H @ w,
        turn @ [1.0, 1.0],
        learning_rate=0.05,
        steps=1000,
        rule=Adam(),
    )
    distances = np.linalg.norm(path.points, axis=1)
    return np.flatnonzero(distances > distances[0] / 100)[-1] + 1


for kappa in (1, 10, 100, 1000):
    straight, turned = adam_steps(kappa, 0), adam_steps(kappa, 45)
    text = "> 1000" if turned > 1000 else turned
    print(f"kappa {kappa:4}: straight {straight}, turned {text}")
# > kappa    1: straight 78, turned 91
# > kappa   10: straight 78, turned 131
# > kappa  100: straight 78, turned 698
# > kappa 1000: straight 78, turned > 1000
# --8<-- [end:rotated]

# --8<-- [start:rare]
gradients = np.tile([4.0, -1.0, -1.0], 100)  # on average +2/3: go down
forgetful = Adam(first_decay=0.0, second_decay=1 / 17)
for name, rule in (("plain", Momentum(0.0)), ("Adam", forgetful)):
    changes = steps_of(rule, gradients, 0.01)
    last = "".join(f"{change:+.3f} " for change in changes[-3:])
    print(f"{name:5} {last} sum {changes.sum():+.2f}")
# > plain -0.040 +0.010 +0.010  sum -2.00
# > Adam  -0.010 +0.007 +0.010  sum +0.69
# --8<-- [end:rare]

# --8<-- [start:question-nesterov]
w, v = 4.0, 0.0
for _ in range(2):
    v = 0.5 * v - 0.25 * 2 * (w + 0.5 * v)
    w = w + v
print(f"{w:.2f}")
# > 0.50
# --8<-- [end:question-nesterov]
