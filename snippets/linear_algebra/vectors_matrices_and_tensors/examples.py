"""Code of the module docs/linear_algebra/vectors_matrices_and_tensors.md, in reading order."""

# --8<-- [start:setup]
import numpy as np

from mlmath.datasets import load_digits, load_windsor_housing
from mlmath.stats import fit_scaler

# --8<-- [end:setup]

# --8<-- [start:lists]
theta = [6, 3]
change = [-2, 4]
print(theta + change)
# > [6, 3, -2, 4]
print(2 * change)
# > [-2, 4, -2, 4]
# --8<-- [end:lists]

# --8<-- [start:arrays]
theta = np.array([6.0, 3.0])
change = np.array([-2.0, 4.0])
print(theta + change, 2 * change)
# > [4. 7.] [-4.  8.]
print(theta + 0.5 * change)
# > [5. 5.]
print(theta.shape)
# > (2,)
# --8<-- [end:arrays]

# --8<-- [start:whole-numbers]
theta = np.array([6, 3])  # no decimal point
theta[0] = 5.9
print(theta)
# > [5 3]
theta = np.array([6.0, 3.0])
theta[0] = 5.9
print(theta)
# > [5.9 3. ]
# --8<-- [end:whole-numbers]

# --8<-- [start:table]
names = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
houses = load_windsor_housing()
X = np.column_stack([houses.column(name) for name in names])
y = houses.prices / 1000  # thousand Canadian dollars
print(X.shape, y.shape)
# > (546, 4) (546,)
print(X[0].tolist())  # one house
# > [5850.0, 3.0, 1.0, 0.0]
print(X[:5, 1])  # one feature, five houses
# > [3. 2. 3. 3. 2.]
print(X[1, 0])  # house 2, feature 1
# > 4000.0
# --8<-- [end:table]

# --8<-- [start:transpose]
print(X.T.shape)
# > (4, 546)
print(X.T[0, 1], X[1, 0])
# > 4000.0 4000.0
print(y.T.shape)  # nothing happened
# > (546,)
# --8<-- [end:transpose]

# --8<-- [start:view]
table = X.copy()
lots = table[:, 0]  # a view
lots /= 1000  # thousand square feet
print(table[0].tolist())
# > [5.85, 3.0, 1.0, 0.0]
prices = [42.0, 38.5, 49.5]
first = prices[:2]  # a slice of a list
first[0] = 0
print(prices)
# > [42.0, 38.5, 49.5]
# --8<-- [end:view]

# --8<-- [start:lost]
table = X.copy()
many = table[:, 1] > 4  # five bedrooms or more
table[many][:, 1] = 4  # changes a copy
print(np.count_nonzero(table[:, 1] > 4))
# > 12
table[many, 1] = 4  # changes the table
print(np.count_nonzero(table[:, 1] > 4))
# > 0
# --8<-- [end:lost]

# --8<-- [start:pixels]
images = load_digits().images
print(images.shape, images.ndim, images.size)
# > (1797, 8, 8) 3 115008
print(images[0].shape)  # one picture
# > (8, 8)
print(images[0, 0])  # its top row
# > [ 0.  0.  5. 13.  9.  1.  0.  0.]
print(images[0, 0, 3])  # one pixel
# > 13.0
# --8<-- [end:pixels]

# --8<-- [start:axis]
digit = images[0]
print(digit.sum(axis=0))  # down each column
# > [ 0. 18. 84. 48. 40. 68. 36.  0.]
print(digit.sum(axis=1))  # along each row
# > [28. 58. 39. 32. 30. 35. 43. 29.]
print(images.mean(axis=0).shape)  # the mean picture
# > (8, 8)
print(images.mean(axis=(1, 2)).shape)  # ink of each picture
# > (1797,)
# --8<-- [end:axis]

# --8<-- [start:reshape]
table = np.array([[1, 2, 3], [4, 5, 6]])
print(table.T.tolist())
# > [[1, 4], [2, 5], [3, 6]]
print(table.reshape(3, 2).tolist())
# > [[1, 2], [3, 4], [5, 6]]
# --8<-- [end:reshape]

# --8<-- [start:side-by-side]
pair = images[:2]  # shape (2, 8, 8)
wrong = pair.reshape(8, 16)
right = pair.transpose(1, 0, 2).reshape(8, 16)
for name, picture in (("wrong", wrong), ("right", right)):
    same = np.mean(picture[:, :8] == images[0])
    print(f"{name}: {same:.0%} of it in place")
# > wrong: 42% of it in place
# > right: 100% of it in place
# --8<-- [end:side-by-side]

# --8<-- [start:wrapped-bytes]
a = np.array([200], dtype=np.uint8)
b = np.array([100], dtype=np.uint8)
print(a + b, b - a, (a + b) / 2)
# > [44] [156] [22.]
small = images.astype(np.uint8)  # 0 to 16, so nothing is lost
for k in (1, 3):
    exact = np.mean((images[0] - images[k]) ** 2)
    wrapped = np.mean((small[0] - small[k]) ** 2)
    print(f"0 and {k}: {exact:.2f}, as uint8 {wrapped:.2f}")
# > 0 and 1: 55.42, as uint8 31.42
# > 0 and 3: 35.36, as uint8 35.36
# --8<-- [end:wrapped-bytes]

# --8<-- [start:rule]
pairs = [((4, 3), (3,)), ((4, 3), (4, 1)), ((3, 1), (3,)), ((4, 3), (4,))]
for one, other in pairs:
    try:
        shape = (np.zeros(one) - np.zeros(other)).shape
    except ValueError:
        shape = "error"
    print(f"{one} and {other}: {shape}")
# > (4, 3) and (3,): (4, 3)
# > (4, 3) and (4, 1): (4, 3)
# > (3, 1) and (3,): (3, 3)
# > (4, 3) and (4,): error
# --8<-- [end:rule]

# --8<-- [start:center]
centred = X - X.mean(axis=0)  # (546, 4) minus (4,)
print(np.abs(centred.mean(axis=0)).max() < 1e-9)
# > True
Z = centred / X.std(axis=0)
print(np.allclose(Z, fit_scaler(X).transform(X)))
# > True
# --8<-- [end:center]

# --8<-- [start:loud]
try:
    X - X.mean(axis=1)
except ValueError as error:
    print(error)
# > operands could not be broadcast together with shapes (546,4) (546,)
# --8<-- [end:loud]

# --8<-- [start:square]
four = X[:4]  # four houses, four features
right = four - four.mean(axis=0)
wrong = four - four.mean(axis=1)  # no error
for name, result in (("right", right), ("wrong", wrong)):
    print(f"{name}:", " ".join(f"{value:8.2f}" for value in result[0]))
# > right:   960.00     0.25     0.00     0.00
# > wrong:  4386.50  -997.75  -765.00 -1663.50
# --8<-- [end:square]

# --8<-- [start:rows]
mean = X.mean(axis=1, keepdims=True)  # shape (546, 1)
scale = X.std(axis=1, keepdims=True)
wrong = (X - mean) / scale
for row in (0, 1, 2):
    print(" ".join(f"{value:6.3f}" for value in wrong[row]))
# >  1.732 -0.577 -0.577 -0.578
# >  1.732 -0.577 -0.577 -0.578
# >  1.732 -0.576 -0.578 -0.578
# --8<-- [end:rows]

# --8<-- [start:wrong-loss]
predicted = y.reshape(-1, 1)  # a model that is never wrong
difference = predicted - y
print(predicted.shape, y.shape, difference.shape)
# > (546, 1) (546,) (546, 546)
print(f"loss {np.mean(difference**2):.1f}")
# > loss 1423.5
right = np.mean((predicted.ravel() - y) ** 2)
print(f"right loss {right:.1f}")
# > right loss 0.0
print(f"twice the variance {2 * np.var(y):.1f}")
# > twice the variance 1423.5
# --8<-- [end:wrong-loss]

# --8<-- [start:constant]
constant = np.full((546, 1), y.mean())  # the mean for every house
print(f"loss {np.mean((constant - y) ** 2):.1f}")
# > loss 711.7
# --8<-- [end:constant]

# --8<-- [start:question-view]
table = np.array([[1, 2], [3, 4]])
column = table[:, 0]
column[0] = 9
print(table[0, 0])
# > 9
# --8<-- [end:question-view]

# --8<-- [start:question-four]
batch = np.zeros((32, 28, 28, 3))
print(batch.mean(axis=(0, 1, 2)).shape)
# > (3,)
# --8<-- [end:question-four]
