"""Exercises of the module docs/linear_algebra/vectors_matrices_and_tensors.md."""

import numpy as np


def standardize(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


def standardize_starter(X):
    """Each column of X with mean 0 and standard deviation 1; X stays as it is."""
    return X  # Your code here.


def _scaled_by_hand(X):
    """Column by column in plain Python."""
    columns = []
    for column in np.transpose(X).tolist():
        mean = sum(column) / len(column)
        scale = (sum((value - mean) ** 2 for value in column) / len(column)) ** 0.5
        columns.append([(value - mean) / scale for value in column])
    return np.array(columns).T


def standardize_check_small(standardize):
    """Three houses, two features: each column has the mean 0 and the standard deviation 1."""
    X = np.array([[1.0, 20.0], [2.0, 50.0], [3.0, 80.0]])
    answer = standardize(X.copy())
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (3, 2), f"The result has the shape of X, (3, 2), and yours has {np.shape(answer)}."
    by_rows = (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
    assert not np.allclose(answer, by_rows), (
        "You scaled each house. Features are columns, so the means are along axis 0."
    )
    overall = (X - X.mean()) / X.std()
    assert not np.allclose(answer, overall), "That is one mean for the whole table. Each column needs its own: axis=0."
    assert not np.allclose(answer, X - X.mean(axis=0)), "The means are 0 now; divide by the standard deviations too."
    by_n_minus_1 = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
    assert not np.allclose(answer, by_n_minus_1), (
        "You divided by n - 1 inside the root: leave ddof at 0, as np.std has it."
    )
    assert np.allclose(answer, _scaled_by_hand(X)), (
        f"The first column becomes -1.225, 0, 1.225; yours is {answer[:, 0]}."
    )


def standardize_check_square(standardize):
    """As many houses as features: no shape warns you if you take the wrong axis."""
    X = np.array([[4.0, 1.0, 7.0], [2.0, 3.0, 5.0], [9.0, 8.0, 6.0]])
    message = "On a square table your numbers differ, although their shape is right: look at the axes of mean and std."
    assert np.allclose(standardize(X.copy()), _scaled_by_hand(X)), message


def standardize_check_original_stays(standardize):
    """The caller's table is the same afterwards."""
    X = np.array([[1.0, 20.0], [2.0, 50.0], [3.0, 80.0]])
    original = X.copy()
    standardize(X)
    assert np.array_equal(X, original), "You changed the caller's table: make a new array, and do not use -= or /=."


def standardize_wrong_rows(X):
    """You scaled each house. Features are columns, so the means are along axis 0."""
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)


def standardize_wrong_overall(X):
    """That is one mean for the whole table. Each column needs its own: axis=0."""
    return (X - X.mean()) / X.std()


def standardize_wrong_centred(X):
    """The means are 0 now; divide by the standard deviations too."""
    return X - X.mean(axis=0)


def standardize_wrong_ddof(X):
    """You divided by n - 1 inside the root: leave ddof at 0, as np.std has it."""
    return (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)


def standardize_wrong_square(X):
    """On a square table your numbers differ, although their shape is right: look at the axes of mean and std."""
    for axis in (1, 0):
        try:
            return (X - X.mean(axis=axis)) / X.std(axis=axis)
        except ValueError:
            continue
    return X


def standardize_wrong_in_place(X):
    """You changed the caller's table: make a new array, and do not use -= or /=."""
    X -= X.mean(axis=0)
    X /= X.std(axis=0)
    return X


def side_by_side(images):
    n, height, width = images.shape
    return images.transpose(1, 0, 2).reshape(height, n * width)


def side_by_side_starter(images):
    """The n pictures of shape (n, height, width) as one picture of shape (height, n * width)."""
    n, height, width = images.shape
    return images.reshape(height, n * width)  # Your code here: this one mixes the rows.


def side_by_side_check_two(side_by_side):
    """Two pictures of two rows and three columns."""
    images = np.arange(12).reshape(2, 2, 3)
    answer = side_by_side(images)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) != (4, 3), "The pictures stand on top of each other: they belong beside each other."
    assert np.shape(answer) == (2, 6), f"The result has the shape (2, 6), and yours has {np.shape(answer)}."
    mixed = images.reshape(2, 6)
    message = (
        "The first row is the whole first picture: reshape alone keeps the reading order. Exchange axes 0 and 1 first."
    )
    assert not np.array_equal(answer, mixed), message
    turned = images.transpose(2, 0, 1).reshape(2, 6)
    assert not np.array_equal(answer, turned), (
        "The pictures are scrambled: exchange axes 0 and 1, and leave axis 2 last."
    )
    expected = [[0, 1, 2, 6, 7, 8], [3, 4, 5, 9, 10, 11]]
    assert np.array_equal(answer, expected), f"The top row is 0 1 2 6 7 8, and yours is {np.ravel(answer)[:6]}."


def side_by_side_check_many(side_by_side):
    """Picture k fills its own columns, for other numbers and sizes."""
    rng = np.random.default_rng(0)
    for n, height, width in ((1, 3, 2), (3, 2, 4), (5, 4, 4)):
        images = rng.normal(size=(n, height, width))
        answer = side_by_side(images)
        message = f"{n} pictures of {height} by {width}: the shape is {(height, n * width)}, yours {np.shape(answer)}."
        assert np.shape(answer) == (height, n * width), message
        for k in range(n):
            part = answer[:, k * width : (k + 1) * width]
            assert np.array_equal(part, images[k]), f"Picture {k} of {n} is not in its place."


def side_by_side_wrong_reshape(images):
    """The first row is the whole first picture: reshape alone keeps the reading order. Exchange axes 0 and 1 first."""
    n, height, width = images.shape
    return images.reshape(height, n * width)


def side_by_side_wrong_stacked(images):
    """The pictures stand on top of each other: they belong beside each other."""
    n, height, width = images.shape
    return images.reshape(n * height, width)


def side_by_side_wrong_axes(images):
    """The pictures are scrambled: exchange axes 0 and 1, and leave axis 2 last."""
    n, height, width = images.shape
    return images.transpose(2, 0, 1).reshape(height, n * width)


def side_by_side_wrong_only_two(images):
    """3 pictures of 2 by 4: the shape is (2, 12), yours (2, 8)."""
    return np.concatenate([images[0], images[-1]], axis=1) if len(images) > 1 else images[0]


def brightness_error(a, b):
    return np.mean((a.astype(float) - b.astype(float)) ** 2)


def brightness_error_starter(a, b):
    """The mean squared difference of two pictures, whatever numbers their arrays hold."""
    return np.mean((a - b) ** 2)  # Your code here: this one is wrong for uint8.


def brightness_error_check_floats(brightness_error):
    """Pictures of floats: the mean of the squared differences."""
    a, b = np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([[1.0, 1.0], [0.0, 0.5]])
    answer = brightness_error(a, b)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (), f"Return one number, not an array of the shape {np.shape(answer)}."
    assert abs(answer - 11.25) > 1e-9, "That is the sum of the squares. Divide by the number of pixels, or use np.mean."
    message = f"The squares are 1, 0, 4 and 6.25, their mean is 2.8125, and you return {answer:.4f}."
    assert abs(answer - 2.8125) < 1e-9, message


def brightness_error_check_bytes(brightness_error):
    """Pictures as image files have them, uint8."""
    a, b = np.array([[10, 200]], dtype=np.uint8), np.array([[26, 100]], dtype=np.uint8)
    answer = brightness_error(a, b)
    assert abs(answer - 8) > 1e-9, "The squares 256 and 10000 became 0 and 16: turn the pixels into floats first."
    message = "The difference wrapped before it became a float: turn both pictures into floats before you subtract."
    assert abs(answer - np.mean([240.0**2, 100.0**2])) > 1e-9, message
    assert abs(answer - 5128) < 1e-9, f"The squares are 256 and 10000, their mean is 5128, and you return {answer:.1f}."


def brightness_error_check_black_and_white(brightness_error):
    """The largest difference that bytes can have."""
    a, b = np.array([[0, 255]], dtype=np.uint8), np.array([[255, 0]], dtype=np.uint8)
    answer = brightness_error(a, b)
    message = f"255 * 255 is 65025, and you return {answer:.1f}: does your type hold it? Take float."
    assert abs(answer - 65025) < 1e-6, message


def brightness_error_wrong_16_bits(a, b):
    """255 * 255 is 65025, and you return -511.0: does your type hold it? Take float."""
    return np.mean((a.astype(np.int16) - b.astype(np.int16)) ** 2) if a.dtype == np.uint8 else np.mean((a - b) ** 2)


def brightness_error_wrong_bytes(a, b):
    """The squares 256 and 10000 became 0 and 16: turn the pixels into floats first."""
    return np.mean((a - b) ** 2)


def brightness_error_wrong_too_late(a, b):
    """The difference wrapped before it became a float: turn both pictures into floats before you subtract."""
    return np.mean((a - b).astype(float) ** 2)


def brightness_error_wrong_sum(a, b):
    """That is the sum of the squares. Divide by the number of pixels, or use np.mean."""
    return np.sum((a.astype(float) - b.astype(float)) ** 2)
