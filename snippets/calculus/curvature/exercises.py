"""Exercises of the module docs/calculus/curvature.md."""

import numpy as np


def classify(H):
    values = np.linalg.eigvalsh(H)
    if values.min() < -1e-9 and values.max() > 1e-9:
        return "saddle"
    if values.min() > 1e-9:
        return "minimum"
    if values.max() < -1e-9:
        return "maximum"
    return "undecided"


def classify_starter(H):
    """What kind of flat place has the Hessian H: minimum, maximum, saddle or undecided."""
    return "undecided"  # Your code here.


def classify_check_diagonal(classify):
    """With zeros off the diagonal, the entries on it are the eigenvalues."""
    kinds = {(2.0, 5.0): "minimum", (-2.0, -5.0): "maximum", (2.0, -5.0): "saddle"}
    for entries, kind in kinds.items():
        answer = classify(np.diag(entries))
        assert answer is not None, "Your function returns nothing: end it with return."
        message = f"The eigenvalues {entries[0]:g} and {entries[1]:g} mean {kind}, and you return {answer!r}."
        assert answer == kind, message


def classify_check_off_the_diagonal(classify):
    """Positive entries do not make a bowl."""
    answer = classify(np.array([[1.0, 2.0], [2.0, 1.0]]))
    message = "You looked at the entries. [[1, 2], [2, 1]] has the eigenvalues 3 and -1, so it is a saddle."
    assert answer == "saddle", message


def classify_check_zero(classify):
    """An eigenvalue of zero leaves it open, unless both signs are there."""
    answer = classify(np.array([[1.0, 1.0], [1.0, 1.0]]))
    message = "The eigenvalues are 2 and 0: with a zero and no negative one, it may be a minimum or not. Undecided."
    assert answer == "undecided", message
    assert classify(np.zeros((2, 2))) == "undecided", "A Hessian of zeros says nothing at all: undecided."
    for tiny in (1e-12, -1e-12):
        for large in (2.0, -2.0):
            answer = classify(np.diag([large, tiny]))
            message = f"1e-12 is below 1e-9, so take it for zero: {large:g} and {tiny:g} are undecided, not {answer!r}."
            assert answer == "undecided", message
    answer = classify(np.diag([2.0, 0.0, -1.0]))
    assert answer == "saddle", "The eigenvalues 2, 0 and -1 have both signs: a saddle, whatever the zero hides."


def classify_check_three_weights(classify):
    """With three weights, two negative eigenvalues have a positive product."""
    answer = classify(np.diag([2.0, -1.0, -3.0]))
    message = "The eigenvalues are 2, -1 and -3: their product is positive, and yet it is a saddle. Look at each sign."
    assert answer == "saddle", message


def classify_wrong_entries(H):
    """You looked at the entries."""
    diagonal = np.diag(H)
    if np.all(diagonal > 0):
        return "minimum"
    return "maximum" if np.all(diagonal < 0) else "saddle"


def classify_wrong_zero(H):
    """with a zero and no negative one, it may be a minimum or not."""
    values = np.linalg.eigvalsh(H)
    if values.min() > -1e-9:
        return "minimum"
    return "maximum" if values.max() < 1e-9 else "saddle"


def classify_wrong_rounding(H):
    """1e-12 is below 1e-9, so take it for zero"""
    values = np.linalg.eigvalsh(H.round(15))
    if abs(values).min() < 1e-14:
        return "saddle" if values.min() < -1e-14 and values.max() > 1e-14 else "undecided"
    if values.min() > 0:
        return "minimum"
    return "maximum" if values.max() < 0 else "saddle"


def classify_wrong_product(H):
    """their product is positive, and yet it is a saddle."""
    product = np.prod(np.linalg.eigvalsh(H))
    if abs(product) < 1e-9:
        values = np.linalg.eigvalsh(H)
        return "saddle" if values.min() < -1e-9 and values.max() > 1e-9 else "undecided"
    if product < 0:
        return "saddle"
    return "minimum" if H[0, 0] > 0 else "maximum"


def second_order(value, gradient, H, d):
    return value + gradient @ d + d @ H @ d / 2


def second_order_starter(value, gradient, H, d):
    """The loss after the step d, by Taylor's approximation of second order."""
    return value  # Your code here.


def second_order_check_by_hand(second_order):
    """The example from this page: from 6, with the step (1, 0.4), to 0.83."""
    H = 2 / 3 * np.array([[14.0, 6.0], [6.0, 3.0]])
    answer = second_order(6.0, np.array([-10.0, -4.0]), H, np.array([1.0, 0.4]))
    assert answer is not None, "Your function returns nothing: end it with return."
    assert np.shape(answer) == (), f"Return one number, the loss after the step, not {answer}."
    known = {
        -5.6: "That is the first order. Add what the curvature does over the step.",
        7.253: "The half is missing: over the step the slope changes by H d, and on average by half of that.",
        -0.773: "Only the diagonal of H was used: d @ H @ d has the products of different entries of d too.",
    }
    for wrong, message in known.items():
        assert abs(answer - wrong) > 0.001, message
    assert abs(answer - 2.48 / 3) < 1e-6, f"It is 0.8267, and you return {answer:.4f}."


def second_order_check_exact(second_order):
    """On a quadratic it is exact, for a step of any length."""
    rng = np.random.default_rng(0)
    for p in (1, 3):
        A, g, d = rng.normal(size=(p, p)), rng.normal(size=p), 10 * rng.normal(size=p)
        H = A + A.T
        true = 5 + g @ d + np.einsum("i,ij,j", d, H, d) / 2
        answer = second_order(5.0, g, H, d)
        message = f"For {p} weights the quadratic has the value {true:.4f} there, and you return {answer:.4f}."
        assert abs(answer - true) < 1e-6, message


def second_order_wrong_half(value, gradient, H, d):
    """The half is missing"""
    return value + gradient @ d + d @ H @ d


def second_order_wrong_first(value, gradient, H, d):
    """That is the first order."""
    return value + gradient @ d


def second_order_wrong_diagonal(value, gradient, H, d):
    """Only the diagonal of H was used"""
    return value + gradient @ d + np.sum(np.diag(H) * d**2) / 2
