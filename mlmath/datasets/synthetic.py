"""Points in the plane (and beyond) with two or more classes, made to order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import Labels, Matrix, as_count, as_matrix, as_not_negative, as_positive, check_generator


class LabelledPoints(NamedTuple):
    """Points and their classes, in random order; row ``i`` of both is the same example.

    Example:
        >>> X, labels = make_two_moons(4, noise=0.0, generator=np.random.default_rng(0))
        >>> X.shape, sorted(labels.tolist())
        ((4, 2), [0, 0, 1, 1])
    """

    X: Matrix
    """One point per row, shape ``(examples, coordinates)``, without units."""
    labels: Labels
    """The class of each point, counted from 0, shape ``(examples,)``."""


def make_two_moons(examples: int, *, noise: float, generator: np.random.Generator) -> LabelledPoints:
    """Two half circles, each with its tip inside the other: no straight line separates them.

    For angles ``t`` in even steps from 0 to pi, class 0 is at
    ``(cos t, sin t)`` and class 1 at ``(1 - cos t, 1/2 - sin t)``, both with
    radius 1. Every coordinate then moves by a normal number with standard
    deviation ``noise``. From about 0.2 on the classes overlap.

    Args:
        examples: Number of points, 2 or more. Half of them are of class 0; an
            odd one out is of class 1.
        noise: Standard deviation of the noise, in the units of the radius; 0 for exact circles.
        generator: Draws the order and the noise.

    Returns:
        Points, shape ``(examples, 2)``, and labels 0 and 1, in random order.

    Raises:
        ValueError: If there are fewer than 2 examples, or ``noise`` is negative,
            not finite, or so large that a coordinate leaves the finite numbers.
        TypeError: If ``examples`` is not an integer or ``generator`` not a ``numpy.random.Generator``.

    Example:
        >>> X, labels = make_two_moons(200, noise=0.0, generator=np.random.default_rng(0))
        >>> np.hypot(*X[labels == 0].T).round(6).max()
        np.float64(1.0)

    Source: Pedregosa et al. (2011), "Scikit-learn: Machine Learning in Python",
    *Journal of Machine Learning Research* 12, 2825-2830 (``make_moons``).
    """
    examples = as_count(examples, "examples", at_least=2)
    upper = np.linspace(0, np.pi, examples // 2)
    lower = np.linspace(0, np.pi, examples - examples // 2)
    moons = [
        np.column_stack([np.cos(upper), np.sin(upper)]),
        np.column_stack([1 - np.cos(lower), 0.5 - np.sin(lower)]),
    ]
    return _shuffled(moons, as_not_negative(noise, "noise"), "noise", generator)


def make_spirals(examples: int, *, turns: float, noise: float, generator: np.random.Generator) -> LabelledPoints:
    """Two spirals from the middle outwards, one half a turn behind the other.

    For ``t`` in ``m`` even steps from ``1 / m`` to 1, class ``k`` is at distance
    ``t`` from the origin and at the angle ``2 pi turns t + pi k``. Along each
    ray from the origin the two classes alternate, ``1 / (2 turns)`` apart.
    Every coordinate then moves by a normal number with standard deviation ``noise``.

    Args:
        examples: Number of points, 2 or more. Half of them, ``m``, are of class
            0; an odd one out is of class 1.
        turns: How often each spiral goes round; any positive number.
        noise: Standard deviation of the noise, in the units of the largest radius, 1; 0 for exact spirals.
        generator: Draws the order and the noise.

    Returns:
        Points, shape ``(examples, 2)``, and labels 0 and 1, in random order.

    Raises:
        ValueError: If there are fewer than 2 examples, ``turns`` is not
            positive, or ``noise`` is negative, not finite, or so large that a
            coordinate leaves the finite numbers.
        TypeError: If ``examples`` is not an integer or ``generator`` not a ``numpy.random.Generator``.

    Example:
        >>> X, labels = make_spirals(200, turns=1.5, noise=0.0, generator=np.random.default_rng(0))
        >>> np.hypot(*X.T).max().round(6)
        np.float64(1.0)

    Source: K. J. Lang and M. J. Witbrock (1988), "Learning to tell two spirals
    apart", *Proceedings of the 1988 Connectionist Models Summer School*, 52-59.
    """
    examples = as_count(examples, "examples", at_least=2)
    turns = as_positive(turns, "turns")
    arms = []
    for k, size in enumerate([examples // 2, examples - examples // 2]):
        radius = np.arange(1, size + 1) / size
        angle = 2 * np.pi * (turns * radius % 1) + np.pi * k  # whole turns taken off first: no overflow
        arms.append(radius[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)]))
    return _shuffled(arms, as_not_negative(noise, "noise"), "noise", generator)


def make_blobs(examples: int, *, centers: ArrayLike, spread: float, generator: np.random.Generator) -> LabelledPoints:
    """Round clouds, one per class: ``centers[k]`` plus normal noise with standard deviation ``spread``.

    Args:
        examples: Number of points, one per centre or more. The classes are
            equally large; if the division leaves a rest, the last classes get one more each.
        centers: The middle of each cloud, shape ``(classes, coordinates)``.
        spread: Standard deviation of each coordinate within a class, in the
            units of ``centers``; 0 puts all points on their centres.
        generator: Draws the order and the noise.

    Returns:
        Points, shape ``(examples, coordinates)``, and labels ``0 ... classes - 1``, in random order.

    Raises:
        ValueError: If there are fewer examples than centres, ``centers`` is not
            a finite matrix, or ``spread`` is negative, not finite, or so large
            that a coordinate leaves the finite numbers.
        TypeError: If ``examples`` is not an integer or ``generator`` not a ``numpy.random.Generator``.

    Example:
        >>> X, labels = make_blobs(3, centers=[[0, 0], [5, 5]], spread=0.0, generator=np.random.default_rng(0))
        >>> X[labels == 1]
        array([[5., 5.],
               [5., 5.]])

    Source: Hastie, Tibshirani & Friedman, *The Elements of Statistical
    Learning*, 2nd ed., section 2.3.
    """
    middles = as_matrix(centers, "centers")
    examples = as_count(examples, "examples", at_least=len(middles))
    ends = np.arange(len(middles) + 1) * examples // len(middles)
    clouds = [np.tile(middle, (size, 1)) for middle, size in zip(middles, np.diff(ends), strict=True)]
    return _shuffled(clouds, as_not_negative(spread, "spread"), "spread", generator)


def _shuffled(groups: list[Matrix], deviation: float, name: str, generator: np.random.Generator) -> LabelledPoints:
    """Join the groups, one class each, in random order, with normal noise of the given standard deviation."""
    check_generator(generator)
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    order = generator.permutation(len(labels))
    exact = np.concatenate(groups)[order]
    with np.errstate(over="ignore"):  # refused in the next lines, in clearer words
        X: Matrix = exact + deviation * generator.standard_normal(exact.shape)
    if not np.isfinite(X).all():
        raise ValueError(f"{name} must leave all points finite, got {deviation}: try a smaller one")
    return LabelledPoints(X=X, labels=labels[order])
