"""Code of the module docs/linear_algebra/least_squares.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.datasets import load_windsor_housing
from mlmath.linalg import (
    condition_number,
    householder_qr,
    solve,
    solve_least_squares_qr,
    solve_normal_equation,
    solve_ridge,
    solve_triangular,
    svd,
)
from mlmath.models import fit_linear_regression, fit_ridge
from mlmath.stats import fit_scaler

# --8<-- [end:setup]

# --8<-- [start:ranks]
systems = {
    "cross": ([[2, 1], [1, 1]], [8, 5]),
    "parallel": ([[2, 1], [4, 2]], [8, 10]),
    "the same": ([[2, 1], [4, 2]], [8, 16]),
}
for name, (A, y) in systems.items():
    rank = np.linalg.matrix_rank(A)
    beside = np.linalg.matrix_rank(np.column_stack([A, y]))
    print(f"{name:8} rank {rank}, with y beside it {beside}")
# > cross    rank 2, with y beside it 2
# > parallel rank 1, with y beside it 2
# > the same rank 1, with y beside it 1
# --8<-- [end:ranks]

# --8<-- [start:nearly-parallel]
A = np.array([[1, 1], [1, 1.01]])
for y in ([2, 2.01], [2, 2.02]):
    w = solve(A, y)
    print(f"y = {y}: w = ({w[0]:.2f}, {w[1]:.2f})")
# > y = [2, 2.01]: w = (1.00, 1.00)
# > y = [2, 2.02]: w = (0.00, 2.00)
print(f"condition number {condition_number(A):.0f}")
# > condition number 402
# --8<-- [end:nearly-parallel]

# --8<-- [start:inverse]
A = np.vander(np.linspace(0, 1, 10))  # powers of 10 numbers
true = np.ones(10)
y = A @ true
for name, w in {
    "solve": np.linalg.solve(A, y),
    "inv": np.linalg.inv(A) @ y,
}.items():
    met = np.abs(A @ w - y).max() < 1e-12
    right = np.abs(w - true).max() < 1e-12
    print(f"{name:5}  A w = y: {met}, w right: {right}")
# > solve  A w = y: True, w right: False
# > inv    A w = y: False, w right: False
# --8<-- [end:inverse]

# --8<-- [start:garbage]
A = np.array([[0.1, 0.3], [0.3, 0.9]])
print("determinant 0:", np.linalg.det(A) == 0)
# > determinant 0: False
print("rank:", np.linalg.matrix_rank(A))
# > rank: 1
w = np.linalg.inv(A) @ [1, 2]
print("weights beyond 1e15:", np.abs(w).max() > 1e15)
# > weights beyond 1e15: True
try:
    solve(A, [1, 2])
except ValueError as error:
    print(str(error)[:36])
# > A is singular to working precision:
# --8<-- [end:garbage]

# --8<-- [start:determinant]
for name, A in {
    "0.1 I": 0.1 * np.eye(10),
    "nearly parallel": np.array([[100, 100], [100, 101]]),
}.items():
    size = np.linalg.det(A)
    print(f"{name:15} {size:.0e} {condition_number(A):4.0f}")
# > 0.1 I           1e-10    1
# > nearly parallel 1e+02  402
# --8<-- [end:determinant]

# --8<-- [start:three-points]
X = np.array([[1, 1], [1, 2], [1, 3]])
y = np.array([2, 3, 7])
print((X.T @ X).tolist(), (X.T @ y).tolist())
# > [[3, 6], [6, 14]] [12, 29]
w = solve(X.T @ X, X.T @ y)
errors = X @ w - y
print(f"w = ({w[0]:.2f}, {w[1]:.2f})")
# > w = (-1.00, 2.50)
print("errors", ", ".join(f"{e:.2f}" for e in errors))
# > errors -0.50, 1.00, -0.50
print("right angles:", np.allclose(X.T @ errors, 0))
# > right angles: True
# --8<-- [end:three-points]

# --8<-- [start:lot]
houses = load_windsor_housing()
price = houses.prices
ones = np.ones(len(price))
lot = houses.column("lot_size")  # square feet
X = np.column_stack([ones, lot])
w = solve_normal_equation(X, price)
predicted = X @ w
print(f"{w[0]:.0f} dollars + {w[1]:.2f} per square foot")
# > 34136 dollars + 6.60 per square foot
print(f"typical error {np.std(predicted - price):.0f}")
# > typical error 22526
# --8<-- [end:lot]

# --8<-- [start:several]
names = ["bedrooms", "lot_size", "bathrooms", "air_conditioning"]
features = np.column_stack([houses.column(name) for name in names])
for count in (1, 2, 4):
    model = fit_linear_regression(features[:, :count], price)
    bedroom, error = model.weights[0], np.std(model.residuals)
    print(f"{count}: {bedroom:.0f} per bedroom, error {error:.0f}")
# > 1: 13270 per bedroom, error 24822
# > 2: 10567 per bedroom, error 21171
# > 4: 4915 per bedroom, error 17690
# --8<-- [end:several]

# --8<-- [start:twins]
metres = np.round(lot * 0.09290304)  # rounded square metres
twins = np.column_stack([lot, metres, features[:, [0, 2, 3]]])
model = fit_linear_regression(features, price)
per_foot, error = model.weights[1], np.std(model.residuals)
print(f"feet only: {per_foot:.2f}, error {error:.0f}")
# > feet only: 4.76, error 17690
model = fit_linear_regression(twins, price)
a, b = model.weights[:2]
print(f"feet {a:.2f}, metres {b:.2f}")
# > feet 150.18, metres -1565.38
print(f"error {np.std(model.residuals):.0f}")
# > error 17684
# --8<-- [end:twins]

# --8<-- [start:halves]
for first in (0, 1):  # every second house
    half = slice(first, None, 2)
    model = fit_linear_regression(twins[half], price[half])
    a, b = model.weights[:2]
    print(f"feet {a:.0f}, metres {b:.0f}")
    for size in (465, 500):
        house = [[5000, size, 3, 1, 0]]  # feet, metres, ...
        print(f"  {size} metres: {model.predict(house)[0]:.0f}")
# > feet 517, metres -5518
# >   465 metres: 54354
# >   500 metres: -138792
# > feet -152, metres 1700
# >   465 metres: 58459
# >   500 metres: 117943
# --8<-- [end:halves]

# --8<-- [start:squared]
X = np.column_stack([ones, fit_scaler(twins).transform(twins)])
Q, R = householder_qr(X)
for name, table in {"X": X, "R": R, "X.T @ X": X.T @ X}.items():
    print(f"{name:7} {condition_number(table):.0f}")
# > X       1468
# > R       1468
# > X.T @ X 2155351
by_qr = solve_triangular(R, Q.T @ price, lower=False)
print(np.allclose(by_qr, solve_least_squares_qr(X, price)))
# > True
# --8<-- [end:squared]

# --8<-- [start:lost]
h = 1e-8
X = np.array([[1, 1], [h, 0], [0, h]])
print((X.T @ X).tolist())
# > [[1.0, 1.0], [1.0, 1.0]]
X = np.vander(np.linspace(0, 1, 30), 12)  # 12 powers of 30 numbers
true = np.ones(12)
y = X @ true
for name, w in {
    "normal": np.linalg.solve(X.T @ X, X.T @ y),
    "QR": solve_least_squares_qr(X, y),
}.items():
    miss = np.abs(w - true).max()
    print(f"{name:6} beyond 0.1: {miss > 0.1}, in 1e-6: {miss < 1e-6}")
# > normal beyond 0.1: True, in 1e-6: False
# > QR     beyond 0.1: False, in 1e-6: True
# --8<-- [end:lost]

# --8<-- [start:ridge]
Z = fit_scaler(twins).transform(twins)  # mean 0, deviation 1
for penalty in (0.01, 1, 100, 10_000):
    model = fit_ridge(Z, price, penalty=penalty)
    a, b = model.weights[:2]  # feet, metres
    error = np.std(model.predict(Z) - price)
    print(f"{penalty:5}: {a:5.0f}, {b:6.0f}, error {error:.0f}")
# >  0.01: 22584, -12266, error 17690
# >     1:  5341,   4972, error 17690
# >   100:  4924,   4920, error 17781
# > 10000:   687,    687, error 25181
# --8<-- [end:ridge]

# --8<-- [start:shares]
stretch = svd(Z).singular_values
for penalty in (1, 100):
    share = stretch**2 / (stretch**2 + penalty)
    print(", ".join(f"{s:.4f}" for s in share))
# > 0.9992, 0.9985, 0.9979, 0.9971, 0.0006
# > 0.9254, 0.8716, 0.8244, 0.7732, 0.0000
# --8<-- [end:shares]

# --8<-- [start:halves-again]
for first in (0, 1):
    half = slice(first, None, 2)
    scaler = fit_scaler(twins[half])
    table = scaler.transform(twins[half])
    model = fit_ridge(table, price[half], penalty=1)
    for size in (465, 500):
        house = scaler.transform([[5000, size, 3, 1, 0]])
        print(f"{size} metres: {model.predict(house)[0]:.0f}")
# > 465 metres: 57219
# > 500 metres: 57972
# > 465 metres: 57645
# > 500 metres: 58702
# --8<-- [end:halves-again]

# --8<-- [start:units]
for unit, factor in {"feet": 1, "hectares": 0.09290304e-4}.items():
    table = features.copy()
    table[:, 1] *= factor
    model = fit_ridge(table, price, penalty=1)
    print(f"{unit:8} {model.weights[1] * factor:.2f} per square foot")
# > feet     4.77 per square foot
# > hectares 0.81 per square foot
# --8<-- [end:units]

# --8<-- [start:intercept]
with_ones = np.column_stack([ones, Z])
for penalty in (1, 100):
    w = solve_ridge(with_ones, price, penalty=penalty)  # all pay
    model = fit_ridge(Z, price, penalty=penalty)  # intercept free
    paid, free = np.mean(with_ones @ w), np.mean(model.predict(Z))
    print(f"{penalty:3}: mean prediction {paid:.0f}, {free:.0f}")
# >   1: mean prediction 67997, 68122
# > 100: mean prediction 57576, 68122
# --8<-- [end:intercept]
