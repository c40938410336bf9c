"""Exercises of the module docs/linear_algebra/eigenvectors_svd_and_pca.md."""

import numpy as np


def dominant(A, start, steps):
    v = start / np.linalg.norm(start)
    for _ in range(steps):
        v = A @ v
        v = v / np.linalg.norm(v)
    return v @ A @ v, v


def dominant_starter(A, start, steps):
    """Power iteration: the eigenvalue of largest size, and its eigenvector of length 1."""
    return 0.0, start  # Your code here.


def _pair(answer):
    assert answer is not None, "Your function returns nothing: end it with return."
    assert len(answer) == 2, "Return two things: the eigenvalue, then the eigenvector."
    return answer


def dominant_check_by_hand(dominant):
    """For the rows (2, 2) and (2, 5): the eigenvalue 6, along (1, 2), in either sign."""
    value, v = _pair(dominant(np.array([[2.0, 2.0], [2.0, 5.0]]), np.array([3.0, 1.0]), 30))
    assert abs(np.linalg.norm(v) - 1) < 1e-6, "The vector is not of length 1: divide by its length after each product."
    cosine = abs(v @ [1.0, 2.0]) / np.sqrt(5)
    assert cosine > 1 - 1e-9, "Your vector is not along (1, 2): multiply by A in each step, `steps` times."
    assert abs(value - 6) < 1e-6, f"The eigenvalue is 6, and you return {value:.4g}."


def dominant_check_negative(dominant):
    """An eigenvalue may be negative: for minus that matrix it is -6."""
    value, _ = _pair(dominant(np.array([[-2.0, -2.0], [-2.0, -5.0]]), np.array([3.0, 1.0]), 30))
    assert abs(value - 6) > 1e-6, "A length has no sign, and the eigenvalue is -6: use the dot product of v with A v."
    assert abs(value + 6) < 1e-6, f"The eigenvalue is -6, and you return {value:.4g}."


def dominant_check_many_steps(dominant):
    """A thousand steps stay in the range of floats."""
    with np.errstate(all="ignore"):
        value, _ = _pair(dominant(np.array([[2.0, 2.0], [2.0, 5.0]]), np.array([3.0, 1.0]), 1000))
    assert np.isfinite(value), "6 to the power 1000 is too large for a float: scale to length 1 in every step."


def dominant_check_counts(dominant):
    """One step is one product: from (3, 1) to the direction of (8, 11)."""
    for steps, out in ((1, [8.0, 11.0]), (2, [38.0, 71.0])):
        _, v = _pair(dominant(np.array([[2.0, 2.0], [2.0, 5.0]]), np.array([3.0, 1.0]), steps))
        cosine = abs(v @ out) / np.linalg.norm(out)
        assert cosine > 1 - 1e-9, f"After {steps} of these steps v is not along {out}: make as many products as steps."


def dominant_wrong_one_too_many(A, start, steps):
    """make as many products as steps."""
    v = start / np.linalg.norm(start)
    for _ in range(steps + 1):
        v = A @ v
        v = v / np.linalg.norm(v)
    return v @ A @ v, v


def dominant_wrong_length(A, start, steps):
    """A length has no sign, and the eigenvalue is -6: use the dot product of v with A v."""
    v = start / np.linalg.norm(start)
    for _ in range(steps):
        v = A @ v
        v = v / np.linalg.norm(v)
    return np.linalg.norm(A @ v), v


def dominant_wrong_scale_at_the_end(A, start, steps):
    """6 to the power 1000 is too large for a float: scale to length 1 in every step."""
    v = start
    for _ in range(steps):
        v = A @ v
    v = v / np.linalg.norm(v)
    return v @ A @ v, v


def dominant_wrong_one_step(A, start, steps):
    """Your vector is not along (1, 2): multiply by A in each step, `steps` times."""
    v = A @ start
    v = v / np.linalg.norm(v)
    return v @ A @ v, v


def rank_for_error(A, share):
    s = np.linalg.svd(A, compute_uv=False)
    left_out = np.append(np.cumsum(s[::-1] ** 2)[::-1], 0.0)
    return int(np.argmax(left_out <= share * np.sum(s**2)))


def rank_for_error_starter(A, share):
    """The smallest rank k whose best approximation misses at most this share of the sum of squares of A."""
    return 0  # Your code here.


def rank_for_error_check_diagonal(rank_for_error):
    """Singular values 10, 1, 1, 1, with squares that add up to 103; then 3, 2, 1, with 14."""
    answer = rank_for_error(np.diag([1.0, 1.0, 10.0, 1.0]), 0.05)
    assert answer is not None, "Your function returns nothing: end it with return."
    assert answer != 4, "Square the singular values: rank 1 leaves out 3 of 103, and 3/103 is below 0.05."
    A = np.diag([1.0, 3.0, 2.0])
    for share, k in ((0.4, 1), (0.3, 2), (0.05, 3)):
        answer = rank_for_error(A, share)
        assert answer != k - 1, "One too few: rank k leaves out the singular values from number k + 1 on."
        assert answer != k + 1, "One too many: rank k keeps the singular values from number 1 to number k."
        assert answer == k, f"For the share {share} the rank is {k}, and you return {answer}."


def rank_for_error_check_rectangle(rank_for_error):
    """A table of 6 by 4 with rank 2, up to rounding, and a share of 1 percent of 1 percent."""
    rng = np.random.default_rng(0)
    A = rng.normal(size=(6, 2)) @ rng.normal(size=(2, 4))
    answer = rank_for_error(A, 1e-4)
    assert answer == 2, f"The table is a sum of two outer products, so the rank is 2; you return {answer}."
    assert rank_for_error(np.diag([3.0, 4.0]), 1.0) == 0, "If everything may be missed, rank 0 is enough."


def rank_for_error_wrong_not_squared(A, share):
    """Square the singular values: rank 1 leaves out 3 of 103, and 3/103 is below 0.05."""
    s = np.linalg.svd(A, compute_uv=False)
    left_out = np.append(np.cumsum(s[::-1])[::-1], 0.0)
    return int(np.argmax(left_out <= share * np.sum(s)))


def rank_for_error_wrong_off_by_one(A, share):
    """One too few: rank k leaves out the singular values from number k + 1 on."""
    s = np.linalg.svd(A, compute_uv=False)
    left_out = np.cumsum(s[::-1] ** 2)[::-1]
    return int(np.sum(left_out > share * np.sum(s**2))) - 1


def rank_for_error_wrong_one_too_many(A, share):
    """One too many: rank k keeps the singular values from number 1 to number k."""
    s = np.linalg.svd(A, compute_uv=False)
    left_out = np.append(np.cumsum(s[::-1] ** 2)[::-1], 0.0)
    return int(np.argmax(left_out <= share * np.sum(s**2))) + 1


def scores_of(train, new, k):
    mean = train.mean(axis=0)
    Vt = np.linalg.svd(train - mean, full_matrices=False)[2]
    return (new - mean) @ Vt[:k].T


def scores_of_starter(train, new, k):
    """Coordinates of new examples along the first k principal components of train, shape (len(new), k)."""
    return new[:, :k]  # Your code here.


def _tables():
    rng = np.random.default_rng(1)
    spread = rng.normal(size=(4, 4)) * [3.0, 1.0, 0.5, 0.2]
    train = rng.normal(size=(50, 4)) @ spread.T + [5.0, -3.0, 2.0, 8.0]
    return train, rng.normal(size=(8, 4)) @ spread.T + [6.0, -3.0, 2.0, 7.0]


def scores_of_check_four_houses(scores_of):
    """The four houses of this page: 4.47, -4.47, 0 and 0 along the first component, in either sign."""
    X = np.array([[7.0, 10.0], [3.0, 2.0], [7.0, 5.0], [3.0, 7.0]])
    scores = scores_of(X, X, 1)
    assert scores is not None, "Your function returns nothing: end it with return."
    assert np.shape(scores) == (4, 1), f"The shape must be (4, 1), one row a house, and yours is {np.shape(scores)}."
    sizes = np.abs(np.ravel(scores))
    columns = not np.allclose(sizes, np.abs([6, 6, 4, 4]) / np.sqrt(5))
    assert columns, "The components are the rows of Vt, not its columns."
    assert sizes[2] < 3, "You did not subtract the mean: the third house should have a score of 0."
    assert np.allclose(sizes, [np.sqrt(20), np.sqrt(20), 0, 0], atol=1e-6), f"Your scores are {np.ravel(scores)}."


def scores_of_check_new_examples(scores_of):
    """New examples are measured from the mean and along the directions of train."""
    train, new = _tables()
    for k in (1, 2, 3):
        scores = scores_of(train.copy(), new.copy(), k)
        vectors = np.linalg.eigh(np.cov(train.T))[1]
        expected = (new - train.mean(axis=0)) @ vectors[:, ::-1][:, :k]
        own = (new - new.mean(axis=0)) @ vectors[:, ::-1][:, :k]
        assert not np.allclose(np.abs(scores), np.abs(own)), (
            "You subtracted the mean of new. That is a fit on new data: use the mean of train."
        )
        own_fit = np.linalg.svd(new - new.mean(axis=0), full_matrices=False)
        assert not np.allclose(np.abs(scores), np.abs(own_fit[0][:, :k] * own_fit[1][:k])), (
            "These are components of new. Fit on train, and apply to new."
        )
        columns = (new - train.mean(axis=0)) @ np.linalg.svd(train - train.mean(axis=0))[2][:, :k]
        assert not np.allclose(np.abs(scores), np.abs(columns)), "The components are the rows of Vt, not its columns."
        assert np.allclose(np.abs(scores), np.abs(expected)), (
            "The sizes of the scores differ from those of train's fit."
        )


def scores_of_wrong_no_centring(train, new, k):
    """You did not subtract the mean: the third house should have a score of 0."""
    Vt = np.linalg.svd(train - train.mean(axis=0), full_matrices=False)[2]
    return new @ Vt[:k].T


def scores_of_wrong_mean_of_new(train, new, k):
    """You subtracted the mean of new. That is a fit on new data: use the mean of train."""
    Vt = np.linalg.svd(train - train.mean(axis=0), full_matrices=False)[2]
    return (new - new.mean(axis=0)) @ Vt[:k].T


def scores_of_wrong_fit_on_new(train, new, k):
    """These are components of new. Fit on train, and apply to new."""
    mean = new.mean(axis=0)
    Vt = np.linalg.svd(new - mean, full_matrices=False)[2]
    return (new - mean) @ Vt[:k].T


def scores_of_wrong_columns(train, new, k):
    """The components are the rows of Vt, not its columns."""
    mean = train.mean(axis=0)
    Vt = np.linalg.svd(train - mean, full_matrices=False)[2]
    return (new - mean) @ Vt[:, :k]
