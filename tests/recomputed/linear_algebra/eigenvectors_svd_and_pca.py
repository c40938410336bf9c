"""The numbers of docs/linear_algebra/eigenvectors_svd_and_pca.md about real data, by three other libraries."""

import numpy as np
import statsmodels.api as sm
from recomputed import datasets
from scipy import linalg, stats
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.metrics import root_mean_squared_error
from sklearn.preprocessing import StandardScaler


def mosaic():
    images = datasets.digits().data[:6].reshape(6, 8, 8)
    picture = np.vstack([np.hstack(images[:3]), np.hstack(images[3:])])
    s = linalg.svdvals(picture)
    numbers = [*picture.shape, picture.size]
    for k in (1, 2, 4, 8):
        fit = TruncatedSVD(k, algorithm="arpack").fit(picture)
        rest = picture - fit.inverse_transform(fit.transform(picture))
        numbers += [k, k * (sum(picture.shape) + 1)]
        numbers += [np.sqrt(linalg.eigvalsh(rest @ rest.T)[-1]), s[k]]
        numbers += [np.sqrt(np.trace(rest @ rest.T)), np.sqrt(np.sum(s[k:] ** 2))]
    return numbers


def without_centring():
    names = list(datasets.breast_cancer().feature_names)
    radii = datasets.breast_cancer().data[:, [names.index("mean radius"), names.index("worst radius")]]
    directions = (
        [stats.tmean(column) for column in radii.T],
        TruncatedSVD(1, algorithm="arpack").fit(radii).components_[0],
        PCA(1).fit(radii).components_[0],
    )
    return [np.degrees(np.arctan2(*(np.sign(d[0]) * np.asarray(d))[::-1])) for d in directions]


def units():
    table = datasets.windsor()[["lot_size", "bedrooms", "bathrooms", "stories"]]
    return [
        100 * PCA().fit(table.assign(lot_size=table.lot_size * factor)).explained_variance_ratio_[0]
        for factor in (1, 0.3048**2, 0.3048**2 / 10_000)
    ]


def houses():
    table = datasets.windsor()
    X = table.drop(columns=["price"])

    def r_squared(features):
        return sm.OLS(table.price.to_numpy(), sm.add_constant(np.asarray(features))).fit().rsquared

    numbers = [X.shape[1], r_squared(X)]
    for features in (X.to_numpy(), StandardScaler().fit_transform(X)):
        fit = PCA().fit(features)
        numbers += [100 * fit.explained_variance_ratio_[0], r_squared(fit.transform(features)[:, :1])]
    return numbers


def digits():
    pixels = np.random.default_rng(0).permutation(datasets.digits().data)
    test, others = pixels[:50], pixels[50:150]

    def error(fit, images):
        return root_mean_squared_error(images.ravel(), fit.inverse_transform(fit.transform(images)).ravel())

    honest, leaked = (PCA(20, svd_solver="full").fit(images) for images in (others, pixels[:100]))
    share = honest.explained_variance_ratio_.sum()
    return [share, error(honest, others), error(honest, test), error(leaked, test)]
