"""Code of the module docs/linear_algebra/eigenvectors_svd_and_pca.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.datasets import (
    load_breast_cancer,
    load_digits,
    load_windsor_housing,
)
from mlmath.linalg import (
    fit_pca,
    low_rank_approximation,
    power_iteration,
    svd,
    symmetric_eigen,
)
from mlmath.models import fit_linear_regression
from mlmath.stats import fit_scaler

# --8<-- [end:setup]

# --8<-- [start:memory]
W = np.array([[0.4, 0.4], [0.4, 1.0]])
after_ten = np.linalg.matrix_power(W, 10)
for memory in ([1, 2], [2, -1], [3, 1]):
    once, ten = W @ memory, after_ten @ memory
    growth = np.linalg.norm(ten) / np.linalg.norm(memory)
    print(f"{memory} -> ({once[0]:.1f}, {once[1]:.1f})")
    print(f"  after ten words, length times {growth:.2g}")
# > [1, 2] -> (1.2, 2.4)
# >   after ten words, length times 6.2
# > [2, -1] -> (0.4, -0.2)
# >   after ten words, length times 1e-07
# > [3, 1] -> (1.6, 2.2)
# >   after ten words, length times 4.4
# --8<-- [end:memory]

# --8<-- [start:rotation]
for name, matrix in {
    "W": W,
    "quarter turn": [[0, -1], [1, 0]],
    "shear": [[1, 1], [0, 1]],
}.items():
    values = np.linalg.eigvals(matrix)
    print(f"{name:12}", "  ".join(f"{v:.1f}" for v in values))
# > W            0.2  1.2
# > quarter turn 0.0+1.0j  0.0-1.0j
# > shear        1.0  1.0
# --8<-- [end:rotation]

# --8<-- [start:power]
A = 5 * W  # rows (2, 2) and (2, 5)
found = power_iteration(A, [3.0, 1.0], steps=4, tolerance=0)
first, second = np.array([1, 2]), np.array([2, -1])
for k, v in enumerate(found.vectors):
    tangent = abs(v @ second) / abs(v @ first)
    print(f"{k}: tangent {tangent:.5f}, 6^-{k} = {6.0**-k:.5f}")
# > 0: tangent 1.00000, 6^-0 = 1.00000
# > 1: tangent 0.16667, 6^-1 = 0.16667
# > 2: tangent 0.02778, 6^-2 = 0.02778
# > 3: tangent 0.00463, 6^-3 = 0.00463
# > 4: tangent 0.00077, 6^-4 = 0.00077
# --8<-- [end:power]

# --8<-- [start:no-winner]
for name, matrix in {
    "A": A,
    "swap": [[0.0, 1.0], [1.0, 0.0]],
    "quarter turn": [[0.0, -1.0], [1.0, 0.0]],
}.items():
    found = power_iteration(matrix, [3.0, 1.0])
    print(f"{name:12} {len(found.values) - 1:4} steps")
# > A              16 steps
# > swap         1000 steps
# > quarter turn 1000 steps
# --8<-- [end:no-winner]

# --8<-- [start:three-orders]
D = np.diag([2.0, 6.0, 1.0])  # zeros beside the diagonal
print("np.linalg.eig  ", np.linalg.eig(D)[0].astype(int))
# > np.linalg.eig   [2 6 1]
print("np.linalg.eigh ", np.linalg.eigh(D)[0].astype(int))
# > np.linalg.eigh  [1 2 6]
print("symmetric_eigen", symmetric_eigen(D)[0].astype(int))
# > symmetric_eigen [6 2 1]
# --8<-- [end:three-orders]

# --8<-- [start:columns]
B = np.array([[2.0, 2.0, 0.0], [2.0, 5.0, 0.0], [0.0, 0.0, 3.0]])
values, vectors = np.linalg.eigh(B)
for name, v in {
    "last column": vectors[:, -1],
    "minus that": -vectors[:, -1],
    "last row": vectors[-1],
}.items():
    miss = np.linalg.norm(B @ v - values[-1] * v)
    equal = np.allclose(v, vectors[:, -1])
    print(f"{name:11} miss {miss:.2f}, equal {equal}")
# > last column miss 0.00, equal True
# > minus that  miss 0.00, equal False
# > last row    miss 2.24, equal False
# --8<-- [end:columns]

# --8<-- [start:complex]
C = np.array([[1.0, 1e-12], [-1e-12, 1.0]])  # nearly symmetric
print("eig: ", np.linalg.eigvals(C))
# > eig:  [1.+1.e-12j 1.-1.e-12j]
print("eigh:", np.linalg.eigvalsh(C))
# > eigh: [1. 1.]
# --8<-- [end:complex]

# --8<-- [start:svd]
A = np.array([[2.0, 3.0], [0.0, 2.0]])
U, s, Vt = svd(A)
for j in (0, 1):
    v, u = Vt[j], U[:, j]  # a row of Vt, a column of U
    out = A @ v
    print(f"v = ({v[0]:.3f}, {v[1]:.3f})")
    print(f"  A v = ({out[0]:.3f}, {out[1]:.3f})")
    print(f"  {s[j]:.2f} times ({u[0]:.3f}, {u[1]:.3f})")
# > v = (0.447, 0.894)
# >   A v = (3.578, 1.789)
# >   4.00 times (0.894, 0.447)
# > v = (0.894, -0.447)
# >   A v = (0.447, -0.894)
# >   1.00 times (0.447, -0.894)
print("rebuilt:", np.allclose(U @ np.diag(s) @ Vt, A))
# > rebuilt: True
# --8<-- [end:svd]

# --8<-- [start:rows-of-vt]
U, s, Vt = np.linalg.svd(B)
print(f"largest stretch of B: {s[0]:.2f}")
# > largest stretch of B: 6.00
for name, v in {"row": Vt[0], "column": Vt[:, 0]}.items():
    print(f"first {name} of Vt: {np.linalg.norm(B @ v):.2f}")
# > first row of Vt: 6.00
# > first column of Vt: 2.97
# --8<-- [end:rows-of-vt]

# --8<-- [start:mosaic]
images = load_digits().images[:6]
picture = np.vstack([np.hstack(images[:3]), np.hstack(images[3:])])
s = svd(picture).singular_values
print(picture.shape, "numbers:", picture.size)
# > (16, 24) numbers: 384
for k in (1, 2, 4, 8):
    rest = picture - low_rank_approximation(picture, k)
    spectral = np.linalg.norm(rest, 2)
    total = np.linalg.norm(rest)
    print(f"rank {k}: {k * (16 + 24 + 1)} numbers")
    print(f"  spectral  {spectral:.2f}, next s {s[k]:.2f}")
    left_out = np.sqrt(np.sum(s[k:] ** 2))
    print(f"  Frobenius {total:.2f}, left out {left_out:.2f}")
# > rank 1: 41 numbers
# >   spectral  45.11, next s 45.11
# >   Frobenius 76.84, left out 76.84
# > rank 2: 82 numbers
# >   spectral  38.13, next s 38.13
# >   Frobenius 62.20, left out 62.20
# > rank 4: 164 numbers
# >   spectral  21.47, next s 21.47
# >   Frobenius 40.35, left out 40.35
# > rank 8: 328 numbers
# >   spectral  11.47, next s 11.47
# >   Frobenius 18.85, left out 18.85
# --8<-- [end:mosaic]

# --8<-- [start:two-bests]
D = np.diag([10.0, 1.0])  # deviations of the two inputs
of_weights = low_rank_approximation(A, 1)
of_outputs = low_rank_approximation(A @ D, 1) @ np.linalg.inv(D)
for name, B in {"weights": of_weights, "outputs": of_outputs}.items():
    weights = np.linalg.norm(A - B)
    outputs = np.linalg.norm((A - B) @ D)
    print(f"best for {name}: A {weights:.2f}, A D {outputs:.2f}")
# > best for weights: A 1.00, A D 8.96
# > best for outputs: A 1.96, A D 1.98
# --8<-- [end:two-bests]

# --8<-- [start:four-houses]
X = np.array([[7.0, 10.0], [3.0, 2.0], [7.0, 5.0], [3.0, 7.0]])
pca = fit_pca(X, components=2)
scores = pca.transform(X)
print("mean      ", pca.mean.round(2))
# > mean       [5. 6.]
for j in (0, 1):
    print(f"component {pca.components[j].round(3)}")
    print(f"  share {pca.explained_variance_ratio[j]:.2f}")
    print(f"  scores {scores[:, j].round(2) + 0.0}")
# > component [0.447 0.894]
# >   share 0.80
# >   scores [ 4.47 -4.47  0.    0.  ]
# > component [ 0.894 -0.447]
# >   share 0.20
# >   scores [ 0.    0.    2.24 -2.24]
# --8<-- [end:four-houses]


# --8<-- [start:without-centring]
def angle(direction):
    """Degrees from the first axis, for either sign of the arrow."""
    return np.degrees(np.arctan(direction[1] / direction[0]))


tumours = load_breast_cancer()
names = ["mean_radius", "worst_radius"]
radii = np.column_stack([tumours.column(name) for name in names])
pca = fit_pca(radii, components=1)
print(f"towards the mean  {angle(radii.mean(axis=0)):.1f} degrees")
# > towards the mean  49.0 degrees
print(f"SVD, not centred  {angle(svd(radii).Vt[0]):.1f} degrees")
# > SVD, not centred  49.4 degrees
print(f"PCA               {angle(pca.components[0]):.1f} degrees")
# > PCA               54.2 degrees
# --8<-- [end:without-centring]

# --8<-- [start:units]
houses = load_windsor_housing()
names = ["lot_size", "bedrooms", "bathrooms", "stories"]
for unit, factor in {
    "square feet": 1,
    "square metres": 0.09290304,
    "hectares": 0.000009290304,
}.items():
    X = np.column_stack([houses.column(name) for name in names])
    X[:, 0] *= factor
    pca = fit_pca(X, components=1)
    share = pca.explained_variance_ratio[0]
    largest = names[np.argmax(np.abs(pca.components[0]))]
    print(f"{unit:13} {share:.3%} {largest}")
# > square feet   100.000% lot_size
# > square metres 99.996% lot_size
# > hectares      63.368% stories
# --8<-- [end:units]

# --8<-- [start:houses]
X, price = houses.features, houses.prices
everything = fit_linear_regression(X, price).r_squared
print(f"all 11 features: R^2 {everything:.3f}")
# > all 11 features: R^2 0.673
for name, table in {"raw": X, "scaled": fit_scaler(X).transform(X)}.items():
    pca = fit_pca(table, components=1)
    score = pca.transform(table)
    r_squared = fit_linear_regression(score, price).r_squared
    share = pca.explained_variance_ratio[0]
    print(f"{name:6} share {share:.5%}, R^2 {r_squared:.3f}")
# > raw    share 99.99993%, R^2 0.287
# > scaled share 21.32835%, R^2 0.638
# --8<-- [end:houses]

# --8<-- [start:digits]
pixels = load_digits().features
pixels = np.random.default_rng(0).permutation(pixels)
test, others = pixels[:50], pixels[50:150]


def error(pca, images):
    rebuilt = pca.inverse_transform(pca.transform(images))
    return np.sqrt(np.mean((rebuilt - images) ** 2))


honest = fit_pca(others, components=20)
leaked = fit_pca(pixels[:100], components=20)  # with the test
print(f"share {honest.explained_variance_ratio.sum():.2f}")
# > share 0.92
print(f"error on the fitted digits {error(honest, others):.2f}")
# > error on the fitted digits 1.20
print(f"error on the test          {error(honest, test):.2f}")
# > error on the test          1.64
print(f"the same, leaked           {error(leaked, test):.2f}")
# > the same, leaked           1.21
# --8<-- [end:digits]

# --8<-- [start:question-power]
v = np.array([1.0, 0.0])
for _ in range(3):
    v = np.array([[0.0, 2.0], [2.0, 0.0]]) @ v
print(v.astype(int))
# > [0 8]
# --8<-- [end:question-power]

# --8<-- [start:question-diagonal]
print(np.linalg.svd(np.diag([2.0, -5.0, 0.0]))[1].round(1))
# > [5. 2. 0.]
# --8<-- [end:question-diagonal]
