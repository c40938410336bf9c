"""k-means: groups of points, each around its mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Matrix, Vector, as_count, as_matrix, check_generator
from mlmath.linalg._scaling import restore_scale, split_scale
from mlmath.models._checks import as_fitted_columns


@dataclass(frozen=True, eq=False)
class KMeans:
    """Centres, and which of them each point is nearest to.

    Example:
        >>> model = fit_k_means([[0.0], [1.0], [9.0], [10.0]], clusters=2, generator=np.random.default_rng(0))
        >>> sorted(model.centers[:, 0].tolist()), model.inertia
        ([0.5, 9.5], 1.0)
        >>> bool(model.predict([[8.0]])[0] == model.labels[3])
        True

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., section 14.3.6.
    """

    centers: Matrix
    """Shape ``(clusters, features)``: the mean of the points of each cluster."""
    labels: Labels
    """The cluster of each point of the fit, from 0, shape ``(examples,)``. The numbers have no meaning."""
    inertias: Vector
    """Sum of squared distances at every step of the best start, in squared units; each is below the one before."""

    @property
    def inertia(self) -> float:
        """Sum over all points of the squared distance to their centre, in squared units of ``X``."""
        return float(self.inertias[-1])

    def predict(self, X: ArrayLike) -> Labels:
        """Return the number of the centre nearest to each row of ``X``, shape ``(examples,)``."""
        points = as_fitted_columns(X, self.centers.shape[1])
        scaled, _ = split_scale(np.vstack([self.centers, points]))
        clusters = len(self.centers)
        labels: Labels = squared_distances(scaled[clusters:], scaled[:clusters]).argmin(axis=1)
        return labels


def fit_k_means(
    X: ArrayLike, *, clusters: SupportsIndex, generator: np.random.Generator, starts: SupportsIndex = 10
) -> KMeans:
    r"""Centres ``c`` that make ``sum_i min_k ||x_i - c_k||^2`` small: Lloyd's two steps in turn.

    Assign every point to its nearest centre; move every centre to the mean of its
    points; repeat. Neither step can raise the sum of squared distances: the
    nearest centre is the best one for a point, and the mean the best one for a
    set of points. There are finitely many ways to assign, so the walk ends,
    though only at a local minimum. Hence several starts, of which the best is
    kept, each with centres drawn from the points by k-means++: the next one with
    probability proportional to the squared distance to the nearest so far.

    A centre that no point is nearest to is moved to the point that is farthest
    from its own centre. That lowers the sum too.

    Distances add up the units of all features: bring them to one scale first,
    with ``fit_scaler``. A cluster is what is round; long shapes are cut.

    Args:
        X: Points, shape ``(examples, features)``, at least ``clusters`` different ones.
        clusters: How many, 1 or more.
        generator: Draws the first centres; its state moves on.
        starts: How many times to begin anew, 1 or more.

    Returns:
        The model with the smallest inertia.

    Raises:
        ValueError: If ``X`` is not a finite matrix, a count is too small, or ``X``
            has fewer different points than ``clusters``: ask for fewer.
        TypeError: If a count is not an integer, or ``generator`` not a ``numpy.random.Generator``.
        OverflowError: If the inertia leaves the range of float64: choose other units.

    Example:
        >>> points = [[0.0, 0.0], [0.0, 1.0], [5.0, 5.0]]
        >>> model = fit_k_means(points, clusters=2, generator=np.random.default_rng(0))
        >>> model.inertia
        0.5

    Source: Lloyd, "Least squares quantization in PCM", *IEEE Transactions on Information Theory* 28 (1982);
    Arthur & Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007.
    """
    scaled, exponent = split_scale(as_matrix(X, "X"))  # so that squared distances neither overflow nor vanish
    clusters, starts = as_count(clusters, "clusters", at_least=1), as_count(starts, "starts", at_least=1)
    check_generator(generator)
    walks = [lloyd(scaled, draw_centers(scaled, clusters, generator)) for _ in range(starts)]
    best = min(walks, key=lambda walk: walk.inertia)
    return KMeans(
        centers=np.ldexp(best.centers, exponent),
        labels=best.labels,
        inertias=restore_scale(best.inertias, 2 * exponent, "the inertia"),
    )


def draw_centers(points: Matrix, clusters: int, generator: np.random.Generator) -> Matrix:
    """Draw the first centres from the points by k-means++, shape ``(clusters, features)``."""
    centers = points[generator.integers(len(points), size=1)]
    while len(centers) < clusters:
        nearest = squared_distances(points, centers).min(axis=1)
        if not nearest.any():
            raise ValueError(f"X must hold at least clusters = {clusters} different points, got {len(centers)} of them")
        centers = np.vstack([centers, points[generator.choice(len(points), p=nearest / nearest.sum())]])
    return centers


def lloyd(points: Matrix, centers: Matrix) -> KMeans:
    """Assign points to centres and move centres to means in turn, until the inertia no longer falls.

    Args:
        points: Shape ``(examples, features)``.
        centers: Where to begin, shape ``(clusters, features)``.
    """
    inertias: list[float] = []
    while True:
        distances = squared_distances(points, centers)
        nearest = distances.argmin(axis=1)
        inertia = float(distances.min(axis=1).sum())
        if inertias and inertia >= inertias[-1]:
            return KMeans(centers, nearest, np.array(inertias))
        inertias.append(inertia)
        centers = moved_centers(points, nearest, centers)


def moved_centers(points: Matrix, labels: Labels, centers: Matrix) -> Matrix:
    """Return the mean of the points of each cluster; one without points goes to the point farthest from its centre."""
    moved = centers.copy()
    counts = np.bincount(labels, minlength=len(centers))
    for k in np.flatnonzero(counts):
        moved[k] = points[labels == k].mean(axis=0)
    for k in np.flatnonzero(counts == 0):
        others = np.delete(moved, k, axis=0)
        moved[k] = points[squared_distances(points, others).min(axis=1).argmax()]
    return moved


def squared_distances(points: Matrix, centers: Matrix) -> Matrix:
    """Return the squared distance of every point to every centre, shape ``(examples, clusters)``."""
    return np.column_stack([np.sum((points - center) ** 2, axis=1) for center in centers])
