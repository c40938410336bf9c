"""log_loss, hinge and softmax_cross_entropy: losses of scores, however large."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit, log_expit, logsumexp
from scipy.special import softmax as scipy_softmax
from scipy.stats import bernoulli
from sklearn.metrics import hinge_loss
from sklearn.metrics import log_loss as sklearn_log_loss

from mlmath.calculus import complex_step_gradient, numerical_gradient
from mlmath.losses import hinge, log_loss, softmax_cross_entropy

sizes = st.integers(1, 6)
numbers = st.floats(-30, 30)
reductions = st.sampled_from(["mean", "sum"])
binary = sizes.flatmap(
    lambda n: st.tuples(
        arrays(np.float64, n, elements=numbers), arrays(np.float64, n, elements=st.sampled_from([0.0, 1.0]))
    )
)
shares = sizes.flatmap(
    lambda n: st.tuples(arrays(np.float64, n, elements=numbers), arrays(np.float64, n, elements=st.floats(0, 1)))
)
multiple = st.tuples(sizes, st.integers(2, 4)).flatmap(
    lambda shape: st.tuples(
        arrays(np.float64, shape, elements=numbers), arrays(np.int64, shape[0], elements=st.integers(0, shape[1] - 1))
    )
)
binary_losses = pytest.mark.parametrize("loss", [log_loss, hinge])


@given(pair=binary)
def test_log_loss_is_the_negative_log_likelihood_of_coins(pair):
    scores, observed = pair

    value = log_loss(scores, observed, reduction="sum").value

    assert value == pytest.approx(-bernoulli(expit(scores)).logpmf(observed).sum(), rel=1e-3, abs=1e-12)
    assert value == pytest.approx(-log_expit((2 * observed - 1) * scores).sum(), rel=1e-14)


@given(pair=binary)
def test_log_loss_agrees_with_scikit_learn(pair):
    scores, observed = np.clip(pair[0], -10, 10), pair[1]

    assert log_loss(scores, observed).value == pytest.approx(sklearn_log_loss(observed, expit(scores), labels=[0, 1]))


@given(pair=shares)
def test_a_share_is_a_mixture_of_the_two_classes(pair):
    scores, share = pair
    ones, zeros = (log_loss(scores, np.full_like(share, y), reduction="sum") for y in (1, 0))

    mixed = log_loss(scores, share, reduction="sum")

    np.testing.assert_allclose(mixed.gradient, share * ones.gradient + (1 - share) * zeros.gradient, rtol=1e-12)
    assert mixed.value == pytest.approx((share * -log_expit(scores) - (1 - share) * log_expit(-scores)).sum())


@given(pair=shares, reduction=reductions)
def test_the_gradient_of_log_loss_is_the_derivative_of_the_value(pair, reduction):
    scores, observed = pair
    total = np.mean if reduction == "mean" else np.sum

    gradient = log_loss(scores, observed, reduction=reduction).gradient

    slopes = complex_step_gradient(lambda s: total(np.log1p(np.exp(s)) - observed * s), scores)
    np.testing.assert_allclose(gradient, slopes, rtol=1e-12, atol=1e-15)


@given(pair=shares)
def test_the_gradient_of_log_loss_is_probability_minus_observation(pair):
    scores, observed = pair

    np.testing.assert_allclose(
        log_loss(scores, observed, reduction="sum").gradient, expit(scores) - observed, atol=1e-15
    )


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("size", [40.0, 700.0])
def test_small_losses_keep_their_digits(size, reduction):
    """At a score of 40 the probability itself rounds to 1."""
    value, gradient = log_loss([size], [1], reduction=reduction)
    other, gradients = softmax_cross_entropy([[size, 0.0]], [0], reduction=reduction)

    assert value == other == pytest.approx(np.exp(-size), rel=1e-13)
    np.testing.assert_allclose(gradient, -np.exp(-size), rtol=1e-13)
    np.testing.assert_allclose(gradients, np.exp(-size) * np.array([[-1, 1]]), rtol=1e-13)


@pytest.mark.parametrize("huge", [1000.0, 1e300])
def test_huge_scores_have_the_loss_of_their_size(huge):
    scores = [huge, huge, -huge, -huge]

    value, gradient = log_loss(scores, [0, 1, 0, 1], reduction="sum")
    margins, slopes = hinge(scores, [0, 1, 0, 1], reduction="sum")
    classes, rows = softmax_cross_entropy([[huge, -huge], [-huge, huge]], [1, 1], reduction="sum")

    assert value == classes == 2 * huge
    assert margins == pytest.approx(2 * huge + 2)
    np.testing.assert_array_equal(gradient, [1, 0, 0, -1])
    np.testing.assert_array_equal(slopes, [1, 0, 0, -1])
    np.testing.assert_array_equal(rows, [[1, -1], [0, 0]])


@given(pair=binary)
def test_hinge_agrees_with_scikit_learn(pair):
    scores, observed = np.append(pair[0], [1.0, 2.0]), np.append(pair[1], [0, 1])  # scikit-learn wants both classes

    assert hinge(scores, observed).value == pytest.approx(hinge_loss(observed, scores))


@given(pair=binary, reduction=reductions)
def test_the_gradient_of_hinge_is_the_derivative_of_the_value_away_from_the_kink(pair, reduction):
    scores, observed = pair
    signs = 2 * observed - 1
    away = np.where(np.abs(signs * scores - 1) < 0.2, 0.0, scores)

    gradient = hinge(away, observed, reduction=reduction).gradient

    slopes = numerical_gradient(lambda s: hinge(s, observed, reduction=reduction).value, away, step=0.1)
    np.testing.assert_allclose(gradient, slopes, atol=1e-10)


def test_a_margin_of_one_has_no_loss_and_no_slope():
    assert hinge([1.0], [1]).value == 0.0
    np.testing.assert_array_equal(hinge([1.0, -1.0, 0.9], [1, 0, 1], reduction="sum").gradient, [0.0, 0.0, -1.0])


@given(pair=multiple)
def test_softmax_cross_entropy_agrees_with_scipy(pair):
    scores, labels = pair
    rows = np.arange(len(labels))

    value, gradient = softmax_cross_entropy(scores, labels, reduction="sum")

    assert value == pytest.approx((logsumexp(scores, axis=1) - scores[rows, labels]).sum(), rel=1e-12, abs=1e-13)
    np.testing.assert_allclose(gradient, scipy_softmax(scores, axis=1) - np.eye(scores.shape[1])[labels], atol=1e-14)


@given(pair=multiple)
def test_softmax_cross_entropy_agrees_with_scikit_learn(pair):
    scores, labels = pair[0] / 3, pair[1]
    p = scipy_softmax(scores, axis=1)

    value = softmax_cross_entropy(scores, labels).value

    assert value == pytest.approx(sklearn_log_loss(labels, p, labels=range(p.shape[1])), rel=1e-9)


@given(pair=multiple, reduction=reductions)
def test_the_gradient_of_softmax_cross_entropy_is_the_derivative_of_the_value(pair, reduction):
    scores, labels = pair
    rows = np.arange(len(labels))
    total = np.mean if reduction == "mean" else np.sum

    gradient = softmax_cross_entropy(scores, labels, reduction=reduction).gradient

    def naive(flat):
        s = flat.reshape(scores.shape)
        return total(np.log(np.exp(s).sum(axis=1)) - s[rows, labels])

    np.testing.assert_allclose(gradient.ravel(), complex_step_gradient(naive, scores.ravel()), rtol=1e-9, atol=1e-15)


@given(pair=multiple, shift=st.floats(-100, 100))
def test_a_constant_added_to_a_row_changes_nothing(pair, shift):
    scores, labels = pair
    rows = shift * np.arange(1, len(scores) + 1)[:, np.newaxis]

    value, gradient = softmax_cross_entropy(scores + rows, labels)

    expected = softmax_cross_entropy(scores, labels)
    assert value == pytest.approx(expected.value, rel=1e-9, abs=1e-12)
    np.testing.assert_allclose(gradient, expected.gradient, atol=1e-12)


@given(pair=multiple)
def test_each_row_of_the_gradient_sums_to_zero(pair):
    gradient = softmax_cross_entropy(*pair).gradient

    assert gradient.shape == pair[0].shape
    np.testing.assert_allclose(gradient.sum(axis=1), 0.0, atol=1e-16)


@given(
    pair=sizes.flatmap(
        lambda n: st.tuples(arrays(float, (n, 2), elements=numbers), arrays(int, n, elements=st.integers(0, 1)))
    )
)
def test_with_two_classes_it_is_log_loss_of_the_difference(pair):
    scores, labels = pair
    difference = scores[:, 1] - scores[:, 0]

    both, one = softmax_cross_entropy(scores, labels), log_loss(difference, labels)

    assert both.value == pytest.approx(one.value, rel=1e-13)
    np.testing.assert_allclose(both.gradient[:, 1], one.gradient, rtol=1e-12)


def test_equal_scores_cost_the_log_of_the_number_of_classes():
    assert softmax_cross_entropy(np.zeros((3, 5)), [0, 2, 4]).value == pytest.approx(np.log(5), rel=1e-15)


@binary_losses
@given(pair=binary, t=st.floats(-30, 30))
def test_the_tangent_of_a_binary_loss_lies_below_it(loss, pair, t):
    scores, observed = pair
    value, gradient = loss(scores, observed)
    elsewhere = np.full_like(scores, t)

    assert loss(elsewhere, observed).value >= value + gradient @ (elsewhere - scores) - 1e-9


@given(pair=multiple, t=st.floats(0, 1))
def test_softmax_cross_entropy_is_convex_along_lines(pair, t):
    here, labels = pair
    there = -2 * here[:, ::-1] + 1
    ends = (1 - t) * softmax_cross_entropy(here, labels).value + t * softmax_cross_entropy(there, labels).value

    assert softmax_cross_entropy((1 - t) * here + t * there, labels).value <= ends + 1e-9


@binary_losses
@given(pair=binary)
def test_the_classes_of_a_binary_loss_are_mirror_images(loss, pair):
    scores, observed = pair

    value, gradient = loss(-scores, 1 - observed)

    assert value == loss(scores, observed).value
    np.testing.assert_array_equal(gradient, -loss(scores, observed).gradient)


@pytest.mark.parametrize("loss", [log_loss, hinge])
@given(pair=binary)
def test_the_sum_of_a_binary_loss_is_n_times_the_mean(loss, pair):
    n = len(pair[0])
    whole, mean = loss(*pair, reduction="sum"), loss(*pair)

    assert whole.value == pytest.approx(n * mean.value)
    np.testing.assert_allclose(whole.gradient, n * mean.gradient)


@given(pair=multiple)
def test_the_sum_of_softmax_cross_entropy_is_n_times_the_mean(pair):
    n = len(pair[0])
    whole, mean = softmax_cross_entropy(*pair, reduction="sum"), softmax_cross_entropy(*pair)

    assert whole.value == pytest.approx(n * mean.value)
    assert type(mean.value) is float
    np.testing.assert_allclose(whole.gradient, n * mean.gradient)


def test_the_arguments_are_left_alone():
    scores, observed, table = np.array([1.0, -2.0]), np.array([1, 0]), np.array([[1.0, 2.0], [3.0, 1.0]])

    log_loss(scores, observed)
    hinge(scores, observed)
    softmax_cross_entropy(table, observed)

    np.testing.assert_array_equal([scores, observed], [[1.0, -2.0], [1, 0]])
    np.testing.assert_array_equal(table, [[1.0, 2.0], [3.0, 1.0]])


@binary_losses
@pytest.mark.parametrize(
    ("scores", "observed", "reduction", "message"),
    [
        ([[1.0]], [1], "mean", r"scores must have shape \(n,\), got shape \(1, 1\)"),
        ([np.inf], [1], "mean", r"scores must be finite, got inf at scores\[0\]"),
        ([1.0], [np.nan], "mean", r"^observed must be finite, got nan at observed\[0\]"),
        ([1.0, 2.0], [1], "mean", "scores and observed must have one entry per example, got 2 and 1 of them"),
        ([1.0, 2.0], [1, -1], "mean", r"got -1 at observed\[1\]: write labels -1 and \+1 as \(observed \+ 1\) / 2"),
        ([1.0, 2.0], [1.5, 0], "mean", r"observed must be .*, got 1\.5 at observed\[0\]: write labels"),
        ([1.0], [1], "none", "reduction must be 'mean' or 'sum', got 'none'"),
    ],
)
def test_errors_of_binary_losses_name_the_argument(loss, scores, observed, reduction, message):
    with pytest.raises(ValueError, match=message):
        loss(scores, observed, reduction=reduction)


def test_hinge_takes_no_shares():
    with pytest.raises(ValueError, match=r"observed must be 0 or 1, got 0\.5 at observed\[0\]"):
        hinge([1.0], [0.5])


@pytest.mark.parametrize(
    ("scores", "labels", "reduction", "message"),
    [
        ([1.0], [0], "mean", r"scores must have shape \(rows, columns\), got shape \(1,\)"),
        (
            [[1.0], [2.0]],
            [0, 0],
            "mean",
            r"^scores must have a column for each of two classes .*: use log_loss\(scores\[:, 0\]\)$",
        ),
        ([[1.0, np.nan]], [0], "mean", r"scores must be finite, got nan at scores\[0, 1\]"),
        ([[1.0, 2.0]], [2], "mean", r"labels must hold class numbers 0, 1, \.\.\. to 1, got 2 at labels\[0\]"),
        ([[1.0, 2.0]], [0, 1], "mean", "scores and labels must have one entry per example, got 1 and 2 of them"),
        ([[1.0, 2.0]], [0], "none", "reduction must be 'mean' or 'sum', got 'none'"),
    ],
)
def test_errors_of_softmax_cross_entropy_name_the_argument(scores, labels, reduction, message):
    with pytest.raises(ValueError, match=message):
        softmax_cross_entropy(scores, labels, reduction=reduction)


@pytest.mark.parametrize(
    "call",
    [
        lambda: log_loss([1e308, 1e308], [0, 0], reduction="sum"),
        lambda: hinge([1e308, 1e308], [0, 0], reduction="sum"),
        lambda: softmax_cross_entropy([[1e308, -1e308]], [1]),
    ],
)
def test_a_loss_beyond_float64_is_refused(call):
    with pytest.raises(FloatingPointError, match="the loss exceeds the largest float64"):
        call()
