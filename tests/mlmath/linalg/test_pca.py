"""fit_pca: scikit-learn's answers, variances that add up, and the best reconstruction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA as SklearnPCA  # noqa: N811  # both are called PCA

from mlmath.linalg import fit_pca, symmetric_eigen

seeds = st.integers(0, 2**32 - 1)


def random_data(seed, examples=10, features=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(examples, features)) * [1.0, 2.0, 4.0, 8.0][:features] @ rng.normal(size=(features, 4)) + 3


@given(seed=seeds, components=st.integers(1, 4))
def test_it_agrees_with_scikit_learn_up_to_signs(seed, components):
    X = random_data(seed)
    theirs = SklearnPCA(components, svd_solver="full").fit(X)

    ours = fit_pca(X, components=components)

    signs = np.sign(np.sum(ours.components * theirs.components_, axis=1))
    np.testing.assert_allclose(ours.mean, theirs.mean_)
    np.testing.assert_allclose(ours.components, signs[:, np.newaxis] * theirs.components_, atol=1e-6)
    np.testing.assert_allclose(ours.explained_variance, theirs.explained_variance_, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(ours.explained_variance_ratio, theirs.explained_variance_ratio_, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(ours.transform(X), signs * theirs.transform(X), atol=1e-5)


@given(seed=seeds)
def test_the_variances_are_those_of_the_coordinates_and_add_up_to_those_of_the_features(seed):
    X = random_data(seed)

    pca = fit_pca(X, components=4)

    np.testing.assert_allclose(np.cov(pca.transform(X).T), np.diag(pca.explained_variance), atol=1e-9)
    assert pca.explained_variance.sum() == pytest.approx(X.var(axis=0, ddof=1).sum())
    assert pca.explained_variance_ratio.sum() == pytest.approx(1.0)


@given(seed=seeds)
def test_components_and_variances_are_eigenvectors_and_eigenvalues_of_the_covariance(seed):
    X = random_data(seed)
    values, vectors = symmetric_eigen(np.cov(X.T))

    pca = fit_pca(X, components=4)

    np.testing.assert_allclose(pca.explained_variance, values, rtol=1e-6, atol=1e-10)
    np.testing.assert_allclose(pca.components, vectors.T, atol=1e-5)


@given(seed=seeds, components=st.integers(1, 3))
def test_the_ratio_is_a_share_of_all_directions_not_only_of_those_kept(seed, components):
    X = random_data(seed)

    some, every = fit_pca(X, components=components), fit_pca(X, components=4)

    np.testing.assert_array_equal(some.explained_variance_ratio, every.explained_variance_ratio[:components])
    np.testing.assert_array_equal(some.components, every.components[:components])


@given(seed=seeds, components=st.integers(1, 3))
def test_what_the_reconstruction_misses_is_the_variance_of_the_components_dropped(seed, components):
    X = random_data(seed)
    pca = fit_pca(X, components=components)

    missed = X - pca.inverse_transform(pca.transform(X))

    dropped = fit_pca(X, components=4).explained_variance[components:].sum()
    assert np.sum(missed**2) / (len(X) - 1) == pytest.approx(dropped, rel=1e-9)
    np.testing.assert_allclose(missed @ pca.components.T, np.zeros((len(X), components)), atol=1e-11)


@given(seed=seeds)
def test_all_components_reconstruct_everything(seed):
    X = random_data(seed)
    pca = fit_pca(X, components=4)

    np.testing.assert_allclose(pca.inverse_transform(pca.transform(X)), X, atol=1e-11)


@given(seed=seeds)
def test_the_largest_entry_of_each_component_is_positive(seed):
    components = fit_pca(random_data(seed), components=4).components

    assert (components[np.arange(4), np.argmax(np.abs(components), axis=1)] > 0).all()


def test_where_the_data_lie_does_not_matter():
    """Whole numbers, so that the shift is exact."""
    X = np.random.default_rng(0).integers(-9, 9, size=(8, 3))

    np.testing.assert_allclose(
        fit_pca(X + 2**30, components=3).components, fit_pca(X, components=3).components, atol=1e-12
    )


def test_digits_agree_with_scikit_learn():
    """Three of the 64 pixels are white in every image: constant columns."""
    X = load_digits().data[:400]
    theirs = SklearnPCA(10, svd_solver="full").fit(X)

    ours = fit_pca(X, components=10)

    np.testing.assert_allclose(ours.explained_variance_ratio, theirs.explained_variance_ratio_, rtol=1e-10)
    np.testing.assert_allclose(np.abs(np.sum(ours.components * theirs.components_, axis=1)), 1.0, atol=1e-10)


def test_more_features_than_examples_are_welcome():
    X = np.random.default_rng(0).normal(size=(5, 9))

    pca = fit_pca(X, components=4)

    assert pca.components.shape == (4, 9)
    np.testing.assert_allclose(pca.inverse_transform(pca.transform(X)), X, atol=1e-13)


@given(seed=seeds, power=st.integers(-500, 500))
def test_a_power_of_two_times_the_data_only_stretches(seed, power):
    X = random_data(seed)
    pca = fit_pca(X, components=2)

    scaled = fit_pca(np.ldexp(X, power), components=2)

    np.testing.assert_array_equal(scaled.mean, np.ldexp(pca.mean, power))
    np.testing.assert_array_equal(scaled.components, pca.components)
    np.testing.assert_array_equal(scaled.explained_variance, np.ldexp(pca.explained_variance, 2 * power))
    np.testing.assert_array_equal(scaled.explained_variance_ratio, pca.explained_variance_ratio)


def test_the_mean_of_numbers_whose_sum_overflows_is_found_and_their_variance_refused():
    X = np.array([[1.7e308, 0.0], [1.7e308, 1.0], [1.7e308, 5.0]])

    pca = fit_pca(X, components=1)

    np.testing.assert_array_equal(pca.mean, [1.7e308, 2.0])
    np.testing.assert_allclose(pca.components, [[0.0, 1.0]])
    np.testing.assert_allclose(pca.explained_variance, [7.0])
    with pytest.raises(OverflowError, match=r"^a variance of X exceeds the largest float64"):
        fit_pca([[1e200], [-1e200]], components=1)


def test_a_constant_column_beside_a_tiny_one_does_not_hide_it():
    """Rounding makes the mean of three times 0.1 differ from 0.1 by 1e-17, more than the second column varies."""
    pca = fit_pca([[0.1, 1e-200], [0.1, 2e-200], [0.1, 6e-200]], components=1)

    np.testing.assert_allclose(pca.mean, [0.1, 3e-200])
    np.testing.assert_array_equal(pca.components, [[0.0, 1.0]])
    np.testing.assert_allclose(pca.explained_variance_ratio, [1.0])


@pytest.mark.parametrize(
    ("X", "components", "message"),
    [
        ([1.0, 2.0], 1, "^X must have shape"),
        ([[np.nan], [1.0]], 1, "^X must be finite"),
        ([[1.0, 2.0]], 1, r"^X must have at least two rows \(examples\), or nothing varies, got one"),
        (np.eye(3), 0, "^components must be at least 1, got 0"),
        (
            np.eye(3),
            3,
            r"^components must be at most 2, the smaller of examples - 1 and features, for shape \(3, 3\), got 3",
        ),
        (np.eye(4, 2), 3, r"^components must be at most 2, .* for shape \(4, 2\), got 3"),
        (np.ones((3, 2)), 1, "^X must hold examples that differ, but all its rows are equal, so no direction varies"),
    ],
)
def test_errors_name_the_argument(X, components, message):
    with pytest.raises(ValueError, match=message):
        fit_pca(X, components=components)


@pytest.mark.parametrize("components", [0.95])
def test_components_that_are_no_integer_are_refused(components):
    with pytest.raises(TypeError, match=r"^components must be an integer"):
        fit_pca(np.eye(3), components=components)


def test_transforms_refuse_other_tables():
    pca = fit_pca(random_data(0), components=2)

    with pytest.raises(ValueError, match=r"^X must have the 4 columns that were fitted, got 3"):
        pca.transform(np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"^Z must have 2 columns, one per component, got 4"):
        pca.inverse_transform(np.ones((2, 4)))
    with pytest.raises(ValueError, match=r"^X must have shape"):
        pca.transform(np.ones(4))
    with pytest.raises(ValueError, match=r"^Z must have shape"):
        pca.inverse_transform(np.ones(2))


def test_transforms_that_leave_float64_are_refused():
    pca = fit_pca([[-1.0, -1.0], [1.0, 1.0], [3.0, 3.0]], components=1)

    with pytest.raises(OverflowError, match=r"^a coordinate exceeds the largest float64"):
        pca.transform([[1.7e308, 1.7e308]])
    with pytest.raises(OverflowError, match=r"^a reconstructed feature exceeds the largest float64"):
        pca._replace(mean=np.array([1.7e308, 0.0])).inverse_transform([[1.7e308]])


def test_differences_that_leave_float64_on_both_sides_make_no_noise():
    """Their infinities cancel to nan; warnings are errors here."""
    pca = fit_pca([[-1.0, -1.0], [1.0, 1.0], [3.0, 3.0]], components=1)

    with pytest.raises(OverflowError, match=r"^a coordinate exceeds the largest float64"):
        pca._replace(mean=np.array([-1.7e308, 1.7e308])).transform([[1.7e308, -1.7e308]])


def test_sums_that_leave_float64_on_both_sides_make_no_noise():
    """Four coordinates drive the first feature beyond the largest float, four others beyond the lowest."""
    pair = np.array([[1.0, 1.0], [1.0, -1.0]])
    axes = np.kron(np.kron(pair, pair), pair) / np.sqrt(8)
    pca = fit_pca(np.random.default_rng(0).normal(size=(9, 8)), components=8)._replace(components=axes)

    with pytest.raises(OverflowError, match=r"^a reconstructed feature exceeds the largest float64"):
        pca.inverse_transform([[1.7e308] * 4 + [-1.7e308] * 4])


def test_the_argument_is_left_alone():
    X = random_data(0)
    before = X.copy()

    fit_pca(X, components=2).transform(X)

    np.testing.assert_array_equal(X, before)
