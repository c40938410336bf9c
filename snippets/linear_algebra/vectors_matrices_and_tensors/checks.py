"""What the module docs/linear_algebra/vectors_matrices_and_tensors.md claims, one function per claim."""

import itertools
import math

import numpy as np


def steps_add_up_to_the_same_place_in_any_order():
    """Up to rounding; the places are compared with an exact sum of each entry."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        steps = rng.normal(size=(rng.integers(2, 30), rng.integers(1, 6)))
        place = [math.fsum(entry) for entry in zip(*steps.tolist(), strict=True)]
        for _ in range(5):
            walk = np.zeros(steps.shape[1])
            for k in rng.permutation(len(steps)):
                walk = walk + steps[k]
            np.testing.assert_allclose(walk, place, atol=1e-12)


def a_factor_scales_the_length_and_its_sign_decides_the_direction():
    """Length and angle by Python's math: the angle is 0 or half a turn, pi, in one to six dimensions."""
    rng = np.random.default_rng(1)
    for _ in range(50):
        a = rng.normal(size=rng.integers(1, 7))
        for c in (*rng.uniform(0.1, 5, 3), *rng.uniform(-5, -0.1, 3)):
            scaled = c * a
            length, longer = math.hypot(*a), math.hypot(*scaled)
            assert math.isclose(longer, abs(c) * length)
            cosine = math.fsum(one * other for one, other in zip(a, scaled, strict=True)) / (length * longer)
            angle = math.acos(max(-1, min(1, cosine)))
            assert abs(angle - (0 if c > 0 else math.pi)) < 1e-6


def a_plus_t_times_b_minus_a_lies_a_share_t_of_the_way_to_b():
    """A point is on the straight way if the distances to both ends add up to the whole."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        a, b = rng.normal(size=(2, rng.integers(1, 8)))
        whole = math.dist(a, b)
        for t in (0, 0.5, 1, *rng.uniform(0, 1, 5)):
            point = a + t * (b - a)
            assert math.isclose(math.dist(a, point), t * whole, abs_tol=1e-12)
            assert math.isclose(math.dist(a, point) + math.dist(point, b), whole)
        np.testing.assert_allclose(a + 0.5 * (b - a), [(one + other) / 2 for one, other in zip(a, b, strict=True)])


def lists_join_and_repeat_where_arrays_compute():
    rng = np.random.default_rng(3)
    for _ in range(20):
        a, b = rng.normal(size=(2, rng.integers(1, 9))).tolist()
        k = int(rng.integers(2, 6))
        assert a + b == [*a, *b]
        assert k * a == [value for _ in range(k) for value in a]
        assert (np.array(a) + np.array(b)).tolist() == [one + other for one, other in zip(a, b, strict=True)]
        assert (k * np.array(a)).tolist() == [k * value for value in a]


def an_array_of_whole_numbers_cuts_off_fractions_silently():
    """Towards zero; a warning would end this check, because warnings are errors here."""
    counts = np.zeros(1, dtype=int)
    for value in np.random.default_rng(4).uniform(-100, 100, 200):
        with np.errstate(all="raise"):
            counts[0] = value
        assert counts[0] == math.trunc(value)
        assert counts[0] != value


def transposing_exchanges_the_two_indices_and_undoes_itself():
    rng = np.random.default_rng(5)
    for _ in range(20):
        n, p = rng.integers(1, 9, 2)
        X = rng.normal(size=(n, p))
        assert X.T.shape == (p, n)
        for i, j in itertools.product(range(n), range(p)):
            assert X.T[j, i] == X[i, j]
        assert np.array_equal(X.T.T, X)


def writing_into_a_slice_writes_into_the_table():
    """Slices of rows, of columns and of both, with random ends and steps; expected entry by entry, on lists."""
    rng = np.random.default_rng(6)
    for _ in range(50):
        X = rng.normal(size=rng.integers(4, 9, 2))
        rows = slice(int(rng.integers(0, 2)), int(rng.integers(3, 5)), int(rng.integers(1, 3)))
        column = int(rng.integers(0, X.shape[1]))
        n, p = X.shape
        all_rows, all_columns = range(n), range(p)
        chosen = (
            (X[rows], range(*rows.indices(n)), all_columns),
            (X[:, rows], all_rows, range(*rows.indices(p))),
            (X[rows, column], range(*rows.indices(n)), [column]),
            (X[:, column], all_rows, [column]),
            (X[rows, rows], range(*rows.indices(n)), range(*rows.indices(p))),
        )
        for part, touched_rows, touched_columns in chosen:
            expected = X.tolist()
            part[...] = -part
            for i, j in itertools.product(touched_rows, touched_columns):
                expected[i][j] = -expected[i][j]
            assert X.tolist() == expected


def writing_into_a_selection_by_mask_or_row_numbers_leaves_the_table():
    """And the same selection on the left of the equals sign does write into it."""
    rng = np.random.default_rng(7)
    for _ in range(50):
        X = rng.normal(size=rng.integers(2, 9, 2))
        original = X.copy()
        numbers = rng.integers(0, len(X), 3).tolist()
        mask = np.zeros(len(X), dtype=bool)
        mask[numbers] = True
        for chosen in (mask, numbers):
            part = X[chosen]
            part[:] = 9
            X[chosen][:, 0] = 9
            assert np.array_equal(X, original)
        X[mask] = 9
        assert np.count_nonzero(X == 9) == len(set(numbers)) * X.shape[1]


def the_transpose_is_a_view_and_leaves_a_flat_array_as_it_is():
    rng = np.random.default_rng(8)
    for _ in range(20):
        X = rng.normal(size=rng.integers(1, 9, 2))
        i, j = (int(rng.integers(0, size)) for size in X.shape)
        X.T[j, i] = 9
        assert X[i, j] == 9
        y = rng.normal(size=rng.integers(2, 9))
        assert y.T.shape == y.shape
        assert np.array_equal(y.T, y)


def a_sum_removes_its_axis_and_adds_along_it():
    """Added up in plain Python loops, for tensors with one to four axes."""
    rng = np.random.default_rng(9)
    for _ in range(20):
        shape = tuple(rng.integers(1, 5, rng.integers(1, 5)).tolist())
        T = rng.normal(size=shape)
        for k in range(len(shape)):
            left = shape[:k] + shape[k + 1 :]
            total = T.sum(axis=k)
            assert total.shape == left
            for place in itertools.product(*(range(size) for size in left)):
                terms = [T[(*place[:k], index, *place[k:])] for index in range(shape[k])]
                np.testing.assert_allclose(total[place], math.fsum(terms), atol=1e-12)


def on_a_square_table_swapping_the_axes_raises_nothing():
    """Same shapes, other numbers; and the sums along rows are those of the transpose down its columns."""
    rng = np.random.default_rng(10)
    for n in range(2, 12):
        X = rng.normal(size=(n, n))
        down, along = X.sum(axis=0), X.sum(axis=1)
        assert down.shape == along.shape == (n,)
        assert not np.allclose(down, along)
        np.testing.assert_allclose(along, X.T.sum(axis=0))
        for wrong, right in ((X - along, X - down), (X / along, X / down)):
            assert wrong.shape == right.shape
            assert not np.allclose(wrong, right)


def reshape_has_the_shape_of_the_transpose_and_never_its_entries():
    """For tables of different numbers with at least two rows and two columns."""
    rng = np.random.default_rng(11)
    for n, p in itertools.product(range(2, 7), repeat=2):
        X = rng.permutation(n * p).reshape(n, p)
        assert X.reshape(p, n).shape == X.T.shape
        assert not np.array_equal(X.reshape(p, n), X.T)


def flattening_puts_pixel_r_c_into_column_w_times_r_plus_c():
    rng = np.random.default_rng(12)
    for _ in range(20):
        n, height, width = rng.integers(1, 7, 3)
        images = rng.normal(size=(n, height, width))
        flat = images.reshape(n, height * width)
        for k, row, column in itertools.product(range(n), range(height), range(width)):
            assert flat[k, width * row + column] == images[k, row, column]
        assert np.array_equal(flat.reshape(n, height, width), images)


def bytes_keep_the_remainder_of_a_division_by_256():
    """Against Python's whole numbers, which have no limit."""
    pairs = np.random.default_rng(13).integers(0, 256, (200, 2)).tolist()
    for a, b in [*pairs, (200, 100)]:
        small_a, small_b = np.array([a], dtype=np.uint8), np.array([b], dtype=np.uint8)
        with np.errstate(all="raise"):
            assert (small_a + small_b)[0] == (a + b) % 256
            assert (small_a - small_b)[0] == (a - b) % 256
            assert (small_a * small_b)[0] == a * b % 256


def _difference(left, right):
    """The difference, or None if the shapes don't fit."""
    try:
        return left - right
    except ValueError as error:
        if "could not be broadcast" not in str(error):
            raise
        return None


def _random_shape(rng):
    return tuple(rng.choice([1, 2, 3], rng.integers(1, 5)).tolist())


def _by_the_rule(left, right):
    """The shape of the result, or None: the lengths are paired from the right, and a missing one counts as 1."""
    pairs = list(itertools.zip_longest(reversed(left), reversed(right), fillvalue=1))
    if any(a != b and 1 not in (a, b) for a, b in pairs):
        return None
    return tuple(max(pair) for pair in reversed(pairs))


def shapes_fit_exactly_if_their_lengths_from_the_right_are_equal_or_one():
    rng = np.random.default_rng(14)
    seen = set()
    for _ in range(300):
        left, right = _random_shape(rng), _random_shape(rng)
        expected = _by_the_rule(left, right)
        seen.add(expected is None)
        difference = _difference(np.zeros(left), np.zeros(right))
        assert (None if difference is None else difference.shape) == expected
    assert seen == {True, False}


def an_axis_of_length_one_acts_as_if_it_were_repeated():
    rng = np.random.default_rng(15)
    for _ in range(200):
        a, b = rng.normal(size=_random_shape(rng)), rng.normal(size=_random_shape(rng))
        shape = _by_the_rule(a.shape, b.shape)
        if shape is None:
            continue
        repeated = []
        for array in (a, b):
            long = array.reshape((1,) * (len(shape) - array.ndim) + array.shape)
            for axis, length in enumerate(shape):
                if long.shape[axis] == 1:
                    long = np.concatenate([long] * length, axis=axis)
            repeated.append(long)
        assert np.array_equal(a - b, repeated[0] - repeated[1])


def a_column_minus_a_flat_array_is_every_prediction_minus_every_value():
    rng = np.random.default_rng(16)
    for n in range(2, 12):
        predicted, y = rng.normal(size=(n, 1)), rng.normal(size=n)
        difference = predicted - y
        other = predicted.ravel() - y.reshape(-1, 1)
        assert difference.shape == other.shape == (n, n)
        for i, j in itertools.product(range(n), repeat=2):
            assert difference[i, j] == predicted[i, 0] - y[j]
            assert other[i, j] == predicted[j, 0] - y[i]


def the_wrong_loss_ignores_the_order_and_gives_a_perfect_model_twice_the_variance():
    rng = np.random.default_rng(17)
    for _ in range(20):
        y = rng.uniform(0, 100, rng.integers(2, 60))
        predicted = y + rng.normal(size=len(y))

        def wrong(values, y=y):
            return np.mean((values.reshape(-1, 1) - y) ** 2)

        np.testing.assert_allclose(wrong(rng.permutation(predicted)), wrong(predicted))
        mean = math.fsum(y) / len(y)
        variance = math.fsum((value - mean) ** 2 for value in y) / len(y)
        np.testing.assert_allclose(wrong(y), 2 * variance)


def subtracting_row_means_without_keepdims_fails_loudly_unless_the_table_is_square():
    """On a square table, column j loses the mean of row j."""
    rng = np.random.default_rng(18)
    for n, p in itertools.product(range(2, 8), repeat=2):
        X = rng.normal(size=(n, p))
        wrong = _difference(X, X.mean(axis=1))
        assert (wrong is None) == (n != p)
        if n == p:
            for i, j in itertools.product(range(n), repeat=2):
                np.testing.assert_allclose(wrong[i, j], X[i, j] - math.fsum(X[j]) / p, atol=1e-12)
        right = X - X.mean(axis=1, keepdims=True)
        np.testing.assert_allclose(right.sum(axis=1), 0, atol=1e-12)
