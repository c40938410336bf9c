"""Exercises of the module docs/optimization/convexity_and_conditioning.md."""

import numpy as np


def chord_gap(f, a, b, t):
    return (1 - t) * f(a) + t * f(b) - f((1 - t) * a + t * b)


def chord_gap_starter(f, a, b, t):
    """How far the chord from a to b lies above f, at the share t of the way from a to b."""
    return 0.0  # Your code here.


def chord_gap_check_halfway(chord_gap):
    """For the square between 1 and 5, halfway: the chord is at 13, the square of 3 is 9."""
    gap = chord_gap(lambda w: w**2, 1.0, 5.0, 0.5)
    assert gap is not None, "Your function returns nothing: end it with return."
    assert abs(gap + 4) > 1e-9, "The sign is turned round: chord minus function, so that convex means not negative."
    assert abs(gap - 13) > 1e-9, "That is the height of the chord. Subtract what the function itself is at that place."
    assert abs(gap - 4) < 1e-9, f"13 - 9 is 4, and you return {gap:.3g}."


def chord_gap_check_a_quarter_of_the_way(chord_gap):
    """A quarter of the way from 0 to 4 you are at 1, and a straight line has no gap."""
    cube = chord_gap(lambda w: w**3, 0.0, 4.0, 0.25)
    assert abs(cube - 24) > 1e-9, "You always look at the middle: use t, the share of the way."
    assert abs(cube - 21) > 1e-9, "At t = 0 you must be at a: the share of b is t, that of a is 1 - t."
    assert abs(cube - 15) < 1e-9, f"The chord of the cube is at 16, the cube of 1 is 1; you return {cube:.3g}."
    line = chord_gap(lambda w: 3 * w - 1, 2.0, 7.0, 0.3)
    assert abs(line) < 1e-9, f"A straight line is its own chord, so the gap is 0; you return {line:.3g}."


def chord_gap_check_vectors(chord_gap):
    """It works for lists of weights too, and finds the dent in (u v - 1)^2."""
    gap = chord_gap(lambda w: (w[0] * w[1] - 1) ** 2, np.array([1.0, 1.0]), np.array([-1.0, -1.0]), 0.5)
    assert abs(gap + 1) < 1e-9, f"Both ends have the loss 0 and the middle has 1, so the gap is -1; not {gap:.3g}."


def chord_gap_wrong_sign(f, a, b, t):
    """The sign is turned round: chord minus function, so that convex means not negative."""
    return f((1 - t) * a + t * b) - (1 - t) * f(a) - t * f(b)


def chord_gap_wrong_chord_only(f, a, b, t):
    """That is the height of the chord. Subtract what the function itself is at that place."""
    return (1 - t) * f(a) + t * f(b)


def chord_gap_wrong_middle(f, a, b, t):
    """You always look at the middle: use t, the share of the way."""
    return (f(a) + f(b)) / 2 - f((a + b) / 2)


def chord_gap_wrong_ends(f, a, b, t):
    """At t = 0 you must be at a: the share of b is t, that of a is 1 - t."""
    return t * f(a) + (1 - t) * f(b) - f(t * a + (1 - t) * b)


def condition_of_fit(features):
    X = np.column_stack([np.ones(len(features)), features])
    curvatures = np.linalg.eigvalsh(2 / len(X) * X.T @ X)
    return curvatures[-1] / curvatures[0]


def condition_of_fit_starter(features):
    """Condition number of the Hessian of the mean squared error of a linear model with an intercept."""
    return 1.0  # Your code here.


def condition_of_fit_check_centred(condition_of_fit):
    """Two features, 3, -3, 3, -3 and 2, 2, -2, -2: the Hessian has 2, 18 and 8 on its diagonal, so 9."""
    kappa = condition_of_fit(np.array([[3.0, 2.0], [-3.0, 2.0], [3.0, -2.0], [-3.0, -2.0]]))
    assert kappa is not None, "Your function returns nothing: end it with return."
    assert abs(kappa - 1) > 1e-6, "You scaled the features first. The task is about the features as they are."
    assert abs(kappa - 9 / 4) > 1e-6, "The column of ones is missing: the intercept is a weight too."
    assert abs(kappa - 3) > 1e-6, "That is the condition number of the table. The one of the Hessian is its square."
    assert abs(kappa - 1 / 9) > 1e-6, "Upside down: divide the largest curvature by the smallest."
    assert abs(kappa - 9) < 1e-6, f"18 / 2 is 9, and you return {kappa:.4g}."


def condition_of_fit_check_two_features(condition_of_fit):
    """Random tables, against singular values."""
    rng = np.random.default_rng(0)
    for _ in range(5):
        features = rng.normal(size=(30, 3)) * [1, 5, 0.2] + [2, 0, 1]
        X = np.column_stack([np.ones(30), features])
        kappa, expected = condition_of_fit(features.copy()), np.linalg.cond(X) ** 2
        assert abs(kappa / expected - 1) < 1e-6, f"Here it is {expected:.2f}, and you return {kappa:.2f}."


def condition_of_fit_wrong_no_ones(features):
    """The column of ones is missing: the intercept is a weight too."""
    curvatures = np.linalg.eigvalsh(2 / len(features) * features.T @ features)
    return curvatures[-1] / curvatures[0]


def condition_of_fit_wrong_table(features):
    """That is the condition number of the table. The one of the Hessian is its square."""
    return np.linalg.cond(np.column_stack([np.ones(len(features)), features]))


def condition_of_fit_wrong_upside_down(features):
    """Upside down: divide the largest curvature by the smallest."""
    X = np.column_stack([np.ones(len(features)), features])
    curvatures = np.linalg.eigvalsh(2 / len(X) * X.T @ X)
    return curvatures[0] / curvatures[-1]


def condition_of_fit_wrong_scaled(features):
    """You scaled the features first. The task is about the features as they are."""
    X = np.column_stack([np.ones(len(features)), (features - features.mean(axis=0)) / features.std(axis=0)])
    curvatures = np.linalg.eigvalsh(2 / len(X) * X.T @ X)
    return curvatures[-1] / curvatures[0]


def newton_step(w, gradient, hessian):
    return w - np.linalg.solve(hessian(w), gradient(w))


def newton_step_starter(w, gradient, hessian):
    """The point after one full Newton step from w; gradient and hessian are functions of a point."""
    return w  # Your code here.


def newton_step_check_line(newton_step):
    """The line through three points: from (1, 0) to (2.5, -1) in one step."""
    H = np.array([[28 / 3, 4.0], [4.0, 2.0]])
    end = newton_step(np.array([1.0, 0.0]), lambda w: H @ (w - [2.5, -1.0]), lambda _: H)
    assert end is not None, "Your function returns nothing: end it with return."
    known = {
        (-0.5, 1.0): "You went uphill: subtract the step.",
        (1.5, -1.0): "That is the step. Add it to the point where you stand.",
        (1 + 30 / 28, 2.0): "You divided each partial by its own curvature. Solve with the whole Hessian instead.",
    }
    for wrong, message in known.items():
        assert not np.allclose(end, wrong), message
    assert not np.allclose(end, [1 + 10, 4.0]), "That is a step of gradient descent with the rate 1: use the Hessian."
    assert np.allclose(end, [2.5, -1.0]), f"The step ends at (2.5, -1), and yours at {end}."


def newton_step_check_count(newton_step):
    """On e^w - 2 w, one step from 1 ends at 2 / e."""
    end = newton_step(np.array([1.0]), lambda w: np.exp(w) - 2, lambda w: np.diag(np.exp(w)))
    assert np.allclose(end, 2 / np.e), f"2 / e is 0.7358, and you end at {end}."


def newton_step_check_start_is_left_alone(newton_step):
    """The caller's point is still there afterwards."""
    w = np.array([4.0])
    newton_step(w, lambda w: 2 * w, lambda _: np.array([[2.0]]))
    assert w[0] == 4.0, "You changed the caller's point: write w = w - ... instead of w -= ..."


def newton_step_wrong_uphill(w, gradient, hessian):
    """You went uphill: subtract the step."""
    return w + np.linalg.solve(hessian(w), gradient(w))


def newton_step_wrong_step_only(w, gradient, hessian):
    """That is the step. Add it to the point where you stand."""
    return -np.linalg.solve(hessian(w), gradient(w))


def newton_step_wrong_diagonal(w, gradient, hessian):
    """You divided each partial by its own curvature. Solve with the whole Hessian instead."""
    return w - gradient(w) / np.diag(hessian(w))


def newton_step_wrong_descent(w, gradient, hessian):
    """That is a step of gradient descent with the rate 1: use the Hessian."""
    return w - gradient(w)


def newton_step_wrong_in_place(w, gradient, hessian):
    """You changed the caller's point: write w = w - ... instead of w -= ..."""
    w -= np.linalg.solve(hessian(w), gradient(w))
    return w
