"""Code of the module docs/linear_algebra/length_angle_and_projection.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.datasets import load_windsor_housing
from mlmath.linalg import cosine_similarity, norm, project
from mlmath.stats import fit_scaler

# --8<-- [end:setup]

# --8<-- [start:sizes]
for name, errors in {"A": [3, 4], "B": [0, 6]}.items():
    sizes = [norm(errors, order=q) for q in (1, 2, np.inf)]
    print(name, ", ".join(f"{size:.1f}" for size in sizes))
# > A 7.0, 5.0, 4.0
# > B 6.0, 6.0, 6.0
# --8<-- [end:sizes]

# --8<-- [start:neighbours]
houses = load_windsor_housing()
names = ["lot_size", "bedrooms", "bathrooms"]
X = np.column_stack([houses.column(name) for name in names])
tables = {
    "square feet": X,
    "hectares": X * [0.09290304e-4, 1, 1],
    "scaled": fit_scaler(X).transform(X),  # mean 0, deviation 1
}
print("this house ", X[3].astype(int).tolist())
# > this house  [6650, 3, 1]
for name, table in tables.items():
    distances = np.linalg.norm(table - table[3], axis=1)
    distances[3] = np.inf  # not itself
    print(f"{name:11} {X[np.argmin(distances)].astype(int).tolist()}")
# > square feet [6660, 4, 2]
# > hectares    [6670, 3, 1]
# > scaled      [6670, 3, 1]
# --8<-- [end:neighbours]

# --8<-- [start:typical-errors]
price = houses.prices
errors = np.mean(price) - price  # predict the mean for all
for name, some in {"all": errors, "half": errors[::2]}.items():
    n = len(some)
    mae = norm(some, order=1) / n
    rmse = norm(some) / np.sqrt(n)
    wrong = norm(some) / n
    print(f"{name:4} {mae:.0f}, {rmse:.0f}; wrong: {wrong:.0f}")
# > all  20574, 26678; wrong: 1142
# > half 20922, 27074; wrong: 1639
# --8<-- [end:typical-errors]

# --8<-- [start:axis]
both = np.array([[3, 4], [0, 6]])  # a row for each model
print(f"{np.linalg.norm(both):.2f}")
# > 7.81
print(f"{np.linalg.norm(both, 1):.2f}")
# > 10.00
for q in (2, 1):
    print(q, np.linalg.norm(both, q, axis=1).tolist())
# > 2 [5.0, 6.0]
# > 1 [7.0, 6.0]
# --8<-- [end:axis]

# --8<-- [start:documents]
documents = [
    2 * "a house on a large lot has a high price ",
    "take a smaller step if the loss grows",
    "good night",
]
query = "price of a house on a large lot"
words = sorted(set(" ".join([*documents, query]).split()))


def count(text):
    return [text.split().count(word) for word in words]


counts = np.array([count(document) for document in documents])
asked = np.array(count(query))
for document, c in zip(documents, counts, strict=True):
    distance, cosine = norm(c - asked), cosine_similarity(c, asked)
    print(f"{distance:.2f} {cosine:.2f} {document[:20]}")
# > 5.48 0.87 a house on a large l
# > 3.74 0.22 take a smaller step
# > 3.46 0.00 good night
# --8<-- [end:documents]

# --8<-- [start:empty]
with_empty = np.vstack([counts, 0 * asked])  # a document without words
lengths = np.linalg.norm(with_empty, axis=1) * np.linalg.norm(asked)
with np.errstate(invalid="ignore"):  # hides the only warning
    cosines = with_empty @ asked / lengths
print(cosines.round(2).tolist())
# > [0.87, 0.22, 0.0, nan]
print("best match: document", np.argmax(cosines))
# > best match: document 3
try:
    cosine_similarity(with_empty[3], asked)
except ValueError as error:
    print(str(error)[:29])
# > a must not be the zero vector
# --8<-- [end:empty]

# --8<-- [start:all-alike]
for name in ("square feet", "scaled"):
    table = tables[name]
    units = table / np.linalg.norm(table, axis=1, keepdims=True)
    smallest = np.clip(units @ units.T, -1, 1).min()
    widest = np.degrees(np.arccos(smallest))
    print(f"{name:11} widest {widest:.2f} degrees")
# > square feet widest 0.14 degrees
# > scaled      widest 176.69 degrees
# --8<-- [end:all-alike]

# --8<-- [start:correlation]
for name in ("lot_size", "bedrooms"):
    x = houses.column(name)
    raw = cosine_similarity(x, price)
    centred = cosine_similarity(x - x.mean(), price - price.mean())
    print(f"{name:8} raw {raw:.3f}, centred {centred:.3f}")
    print(f"         correlation {np.corrcoef(x, price)[0, 1]:.3f}")
# > lot_size raw 0.934, centred 0.536
# >          correlation 0.536
# > bedrooms raw 0.936, centred 0.366
# >          correlation 0.366
# --8<-- [end:correlation]

# --8<-- [start:line]
a, y = np.array([2, 1]), np.array([3, 4])
for c in (1, 2, 3):
    e = c * a - y
    print(f"c = {c}: length {norm(e):.2f}, e @ a = {e @ a}")
# > c = 1: length 3.16, e @ a = -5
# > c = 2: length 2.24, e @ a = 0
# > c = 3: length 3.16, e @ a = 5
print(project(y, a))
# > [4. 2.]
# --8<-- [end:line]

# --8<-- [start:plane]
X = np.array([[1, 1], [1, 2], [1, 3]])
y = np.array([2, 3, 7])
closest = project(y, X)
e = closest - y
print(", ".join(f"{value:.2f}" for value in closest))
# > 1.50, 4.00, 6.50
print("right angles:", np.allclose(X.T @ e, 0))
# > right angles: True
print(f"{y @ y} = {closest @ closest:.2f} + {e @ e:.2f}")
# > 62 = 60.50 + 1.50
# --8<-- [end:plane]

# --8<-- [start:not-orthonormal]
units = X / np.linalg.norm(X, axis=0)  # columns of length 1
Q, _ = np.linalg.qr(X)  # columns of length 1, at right angles
for label, M in {"X": X, "units": units, "Q": Q}.items():
    P = M @ M.T
    answer = ", ".join(f"{value:.2f}" for value in P @ y)
    print(f"{label:5} {answer} {np.allclose(P @ P, P)}")
# > X     41.00, 70.00, 99.00 False
# > units 6.07, 8.14, 10.21 False
# > Q     1.50, 4.00, 6.50 True
# --8<-- [end:not-orthonormal]

# --8<-- [start:question-row]
row = np.array([[3.0, -4.0]])  # one row of a table
print(np.linalg.norm(row, 1), np.linalg.norm(row[0], 1))
# > 4.0 7.0
# --8<-- [end:question-row]
