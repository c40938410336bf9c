"""What the module docs/linear_algebra/products_and_predictions.md claims, one function per claim."""

import timeit

import numpy as np

from mlmath.linalg import dot_by_loops, matmul_by_loops


def one_more_unit_of_a_feature_adds_its_weight_wherever_you_start():
    """Whole numbers, so that nothing is rounded; the product of two features has no such constant."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        p = int(rng.integers(2, 7))
        w = rng.integers(-9, 10, p)
        for j in range(p):
            more = np.eye(p, dtype=int)[j]
            for x in rng.integers(-50, 50, (10, p)):
                assert dot_by_loops(w, x + more) - dot_by_loops(w, x) == w[j]
                assert w @ (x + more) - w @ x == w[j]


def the_prediction_for_the_average_is_the_average_of_the_predictions():
    """For the square of a weighted sum it is not, so this is not a property of averages."""
    rng = np.random.default_rng(1)
    for _ in range(20):
        n, p = rng.integers(2, 9, 2)
        examples, w, b = rng.normal(size=(n, p)), rng.normal(size=p), rng.normal()
        predictions = [dot_by_loops(example, w) + b for example in examples]
        at_the_average = examples.mean(axis=0) @ w + b
        np.testing.assert_allclose(at_the_average, np.mean(predictions), atol=1e-12)
        assert np.mean(np.square(predictions)) - at_the_average**2 > 1e-6


def the_dot_product_of_centred_columns_has_the_sign_of_their_line():
    """Constants c and c, or c and -c, added to two columns, turn the sign of the uncentred product at will."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        x = rng.normal(size=8) * rng.uniform(0.1, 10)
        y = rng.normal(-1, 1) * x + rng.normal(size=8)
        slope = np.polyfit(x, y, 1)[0]
        for shift in (0.0, 50.0):
            a, b = x + shift, y - shift
            assert np.sign(dot_by_loops(a - a.mean(), b - b.mean())) == np.sign(slope)
        assert dot_by_loops(x + 1000, y + 1000) > 0 > dot_by_loops(x + 1000, y - 1000)


def without_ones_zeros_are_predicted_as_zero_and_a_one_adds_the_intercept():
    rng = np.random.default_rng(3)
    for _ in range(20):
        p = int(rng.integers(1, 7))
        w, x, b = rng.normal(size=p), rng.normal(size=p), rng.normal()
        assert np.zeros(p) @ w == 0
        assert np.append(1, np.zeros(p)) @ np.append(b, w) == b
        np.testing.assert_allclose(np.append(1, x) @ np.append(b, w) - x @ w, b)


def random_tables(rng, count):
    """Whole numbers in tables A, B, C that fit together, so that nothing is rounded."""
    for _ in range(count):
        m, n, k, width = (int(size) for size in rng.integers(1, 7, 4))
        yield tuple(rng.integers(-9, 10, shape) for shape in ((m, n), (n, k), (k, width)))


def rows_by_columns_and_weighted_columns_give_the_same_table():
    for A, B, _ in random_tables(np.random.default_rng(4), 20):
        by_rows = np.array([[dot_by_loops(row, column) for column in B.T] for row in A])
        by_columns = np.zeros((len(A), B.shape[1]))
        for j in range(B.shape[1]):
            for inner in range(A.shape[1]):
                by_columns[:, j] += B[inner, j] * A[:, inner]
        np.testing.assert_array_equal(by_rows, A @ B)
        np.testing.assert_array_equal(by_columns, A @ B)


def random_square_tables_do_not_commute_and_diagonal_ones_do():
    rng = np.random.default_rng(5)
    for n in rng.integers(2, 8, 20):
        A, B = rng.normal(size=(2, n, n))
        assert np.abs(matmul_by_loops(A, B) - matmul_by_loops(B, A)).max() > 1e-3
        D, E = np.diag(rng.normal(size=n)), np.diag(rng.normal(size=n))
        np.testing.assert_array_equal(matmul_by_loops(D, E), matmul_by_loops(E, D))
        np.testing.assert_array_equal(matmul_by_loops(A, np.eye(n)), A)
        np.testing.assert_array_equal(matmul_by_loops(np.eye(n), A), A)


class _Counted:
    """A number that counts the multiplications it takes part in."""

    count = 0

    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        _Counted.count += 1
        return _Counted(self.value * other.value)

    def __add__(self, other):
        return _Counted(self.value + other.value)


def multiplications(formula, *tables):
    """How many multiplications a formula with @ makes, on tables of numbers that count."""
    counting = [np.array([_Counted(value) for value in table.flat]).reshape(table.shape) for table in tables]
    _Counted.count = 0
    result = formula(*counting)
    np.testing.assert_array_equal([number.value for number in result.flat], formula(*tables).flat)
    return _Counted.count


def grouping_keeps_the_product_and_one_product_takes_n_p_q_multiplications():
    for A, B, C in random_tables(np.random.default_rng(6), 20):
        np.testing.assert_array_equal(matmul_by_loops(matmul_by_loops(A, B), C), A @ (B @ C))
        n, p, q = *A.shape, B.shape[1]
        assert multiplications(lambda A, B: A @ B, A, B) == n * p * q


def a_chain_is_computed_from_the_left_which_costs_half_of_n_plus_one_times_as_much():
    rng = np.random.default_rng(7)
    for n in (2, 3, 5, 8, 11):
        A, B, x = rng.integers(-9, 10, (n, n)), rng.integers(-9, 10, (n, n)), rng.integers(-9, 10, n)
        as_written = multiplications(lambda A, B, x: A @ B @ x, A, B, x)
        from_the_right = multiplications(lambda A, B, x: A @ (B @ x), A, B, x)
        assert as_written == n**3 + n**2
        assert from_the_right == 2 * n**2
        assert as_written / from_the_right == (n + 1) / 2


def a_transposed_product_is_the_product_of_the_transposes_in_reverse():
    for A, B, C in random_tables(np.random.default_rng(8), 20):
        np.testing.assert_array_equal(matmul_by_loops(A, B).T, matmul_by_loops(B.T, A.T))
        chain = matmul_by_loops(matmul_by_loops(A, B), C)
        np.testing.assert_array_equal(chain.T, matmul_by_loops(C.T, matmul_by_loops(B.T, A.T)))


def _loop(a, b):
    total = 0.0
    for j in range(len(a)):
        total += a[j] * b[j]
    return total


def _seconds(task):
    """Time of one call: the shortest of several, each long enough to be measured."""
    calls, taken = 1, 0.0
    while taken < 0.003:
        calls *= 2
        taken = timeit.timeit(task, number=calls)
    return min(timeit.repeat(task, number=calls, repeat=5)) / calls


def a_loop_takes_over_ten_times_as_long_at_ten_thousand_entries_and_the_ratio_grows():
    """Ratio of the times of a Python loop over lists and of numpy's product."""
    rng = np.random.default_rng(9)
    ratios = {}
    for n in (10, 10_000):
        a, b = rng.normal(size=(2, n))
        lists = a.tolist(), b.tolist()
        np.testing.assert_allclose(_loop(*lists), a @ b, atol=1e-9)
        ratios[n] = _seconds(lambda lists=lists: _loop(*lists)) / _seconds(lambda a=a, b=b: a @ b)
    assert ratios[10_000] > 10
    assert ratios[10_000] > 2 * ratios[10]


def a_new_table_lies_row_by_row_and_its_transpose_shares_its_numbers():
    rng = np.random.default_rng(10)
    for rows, columns in rng.integers(2, 9, (20, 2)):
        for table in (np.zeros((rows, columns)), np.array(np.zeros((rows, columns)).tolist())):
            assert table.strides == (columns * table.itemsize, table.itemsize)
            turned = table.T
            assert turned.strides == table.strides[::-1]
            i, j = rng.integers(rows), rng.integers(columns)
            turned[j, i] = 1
            assert table[i, j] == 1
            assert table.sum() == 1
        assert np.zeros((rows, columns), order="F").strides == (table.itemsize, rows * table.itemsize)


def running_sum(numbers):
    """One after the other."""
    total = numbers[0]
    for number in numbers[1:]:
        total = total + number
    return total


def the_order_changes_a_sum_of_floats_and_not_one_of_whole_numbers():
    rng = np.random.default_rng(11)
    for _ in range(20):
        floats, whole = rng.normal(size=30).tolist(), rng.integers(-(10**14), 10**14, 30)
        orders = [rng.permutation(30) for _ in range(20)]
        assert len({running_sum([floats[i] for i in order]) for order in orders}) > 1
        assert {running_sum([float(whole[i]) for i in order]) for order in orders} == {float(sum(whole.tolist()))}
    too_large = [2.0**53, 1.0, 1.0]
    assert running_sum(too_large) < running_sum(too_large[::-1])
