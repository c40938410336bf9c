"""Code of the module docs/calculus/rules_of_differentiation.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.calculus import (
    complex_step_derivative,
    numerical_derivative,
    richardson_derivative,
)
from mlmath.stats import sigmoid

# --8<-- [end:setup]

# --8<-- [start:product]
for h in (1, 0.1, 0.01, 0.001):
    u, v = 5 + 2 * h, 4 + 3 * h
    gain = (u * v - 20) / h
    print(f"h = {h:5.3f}   gain / h = {gain:.3f}")
# > h = 1.000   gain / h = 29.000
# > h = 0.100   gain / h = 23.600
# > h = 0.010   gain / h = 23.060
# > h = 0.001   gain / h = 23.006
# --8<-- [end:product]


# --8<-- [start:silu]
def silu(x):
    return x * sigmoid(x)


for x in (-2.0, 0.0, 2.0):
    p = sigmoid(x)
    by_rules = 1 * p + x * (p * (1 - p))
    measured = numerical_derivative(silu, x)
    print(f"{x:+.0f}: {by_rules:+.6f} {measured:+.6f}")
# > -2: -0.090784 -0.090784
# > +0: +0.500000 +0.500000
# > +2: +1.090784 +1.090784
# --8<-- [end:silu]

# --8<-- [start:three-stages]
w, b, x, y = 1.0, -2.0, 2.0, 1
z = w * x + b
p = sigmoid(z)
slopes = [x, p * (1 - p), -1 / p]
print(f"product of slopes: {np.prod(slopes):.6f}")
# > product of slopes: -1.000000
print(f"(p - y) * x:       {(p - y) * x:.6f}")
# > (p - y) * x:       -1.000000


def loss(w):
    return -np.log(sigmoid(w * x + b))


print(f"measured:          {numerical_derivative(loss, w):.6f}")
# > measured:          -1.000000
# --8<-- [end:three-stages]

# --8<-- [start:nan]
z, y = 40.0, 0
p = sigmoid(z)
with np.errstate(divide="ignore", invalid="ignore"):
    in_stages = 1 / (1 - p) * (p * (1 - p))
print(f"stage by stage: {in_stages:.1f}")
# > stage by stage: nan
print(f"p - y:          {p - y:.1f}")
# > p - y:          1.0
# --8<-- [end:nan]

# --8<-- [start:inner]
measured = numerical_derivative(lambda t: np.exp(-3 * t), 0.5)
print(f"measured          {measured:.4f}")
# > measured          -0.6694
print(f"inner slope lost  {np.exp(-3 * 0.5):.4f}")
# > inner slope lost  0.2231
print(f"outer slope at x  {np.exp(0.5) * -3:.4f}")
# > outer slope at x  -4.9462
print(f"chain rule        {np.exp(-3 * 0.5) * -3:.4f}")
# > chain rule        -0.6694
# --8<-- [end:inner]


# --8<-- [start:best-step]
def best_step(size, third):
    return (3 * np.finfo(float).eps * size / third) ** (1 / 3)


for s in (0.001, 1, 1000):
    x = s * np.linspace(0.8, 1.2, 101)
    formula = best_step(np.sin(1), np.cos(1) / s**3)
    print(f"f changes over lengths of {s:g}")
    for h in (1e-5, formula):
        slopes = (np.sin((x + h) / s) - np.sin((x - h) / s)) / (2 * h)
        errors = abs(slopes * s / np.cos(x / s) - 1)
        print(f"  h = {h:.0e}   error {np.median(errors):.0e}")
# > f changes over lengths of 0.001
# >   h = 1e-05   error 2e-05
# >   h = 1e-08   error 2e-11
# > f changes over lengths of 1
# >   h = 1e-05   error 2e-11
# >   h = 1e-05   error 2e-11
# > f changes over lengths of 1000
# >   h = 1e-05   error 5e-09
# >   h = 1e-02   error 2e-11
# --8<-- [end:best-step]

# --8<-- [start:richardson]
for h in (0.1, 0.05):
    table = richardson_derivative(np.exp, 0.0, step=h).tableau
    before, after = table[1] - 1
    print(f"h = {h:.2f}: {before:.0e} becomes {after:.0e}")
# > h = 0.10: 4e-04 becomes -2e-07
# > h = 0.05: 1e-04 becomes -1e-08
# --8<-- [end:richardson]


# --8<-- [start:complex-step]
def smooth_silu(z):
    return z / (1 + np.exp(-z))


x = np.linspace(0.5, 1.5, 101)
p = sigmoid(x)
exact = p + x * p * (1 - p)
for h in (1e-2, 1e-5, 1e-10, 1e-20):
    central = (smooth_silu(x + h) - smooth_silu(x - h)) / (2 * h)
    error = np.median(abs(central - exact))
    by_complex = smooth_silu(x + 1j * h).imag / h
    worst = np.max(abs(by_complex - exact))
    shown = f"{worst:.0e}" if worst > 1e-14 else "below 1e-14"
    print(f"{h:.0e}: {error:.0e}, complex {shown}")
# > 1e-02: 5e-06, complex 5e-06
# > 1e-05: 6e-12, complex 5e-12
# > 1e-10: 3e-07, complex below 1e-14
# > 1e-20: 9e-01, complex below 1e-14
# --8<-- [end:complex-step]

# --8<-- [start:not-analytic]
functions = {
    "x^2 + |x|": lambda z: z**2 + abs(z),
    "x * conj(x)": lambda z: z * np.conj(z),
    "|x|": abs,
    "max(x, 0)": lambda z: max(z, 0),
    "np.maximum": lambda z: np.maximum(z, 0),
}
for name, f in functions.items():
    try:
        slope = f"{complex_step_derivative(f, 3.0):.1f}"
    except (TypeError, ValueError) as error:
        slope = type(error).__name__
    true = numerical_derivative(f, 3.0)
    print(f"{name:11} {true:.1f} {slope}")
# > x^2 + |x|   7.0 6.0
# > x * conj(x) 6.0 0.0
# > |x|         1.0 ValueError
# > max(x, 0)   1.0 TypeError
# > np.maximum  1.0 1.0
# --8<-- [end:not-analytic]

# --8<-- [start:question-chain]
print(f"{complex_step_derivative(lambda x: (3 * x + 1) ** 2, 1.0):.1f}")
# > 24.0
# --8<-- [end:question-chain]
