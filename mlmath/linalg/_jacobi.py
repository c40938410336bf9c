"""What Jacobi's two methods share: the order of the pairs, and the rotation of a pair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlmath._arrays import Matrix, Vector

Indices = NDArray[np.int64]

# Eight or nine sweeps are usual for a few hundred columns: after the first few, each squares the error.
MOST_SWEEPS = 60


def round_robin(n: int) -> list[Indices]:
    """Return all pairs from ``n`` indices, as rounds of disjoint pairs, shape ``(2, pairs)`` each: a tournament.

    The first player sits still while the others move on by one chair after each
    round; who faces whom is a pair. If ``n`` is odd, the one who faces the empty
    chair pauses. Disjoint pairs can be rotated all at once.
    """
    chairs = np.arange(n + n % 2)
    half = len(chairs) // 2
    rounds = []
    for _ in range(len(chairs) - 1):
        one, other = chairs[:half], chairs[: half - 1 : -1]
        present = np.maximum(one, other) < n
        rounds.append(np.stack([np.minimum(one, other), np.maximum(one, other)])[:, present])
        chairs[1:] = np.roll(chairs[1:], 1)
    return rounds


def rotation(first: Vector, second: Vector, product: Vector) -> tuple[Vector, Vector]:
    """Cosine and sine, as columns, of the rotations that make ``[[first, product], [product, second]]`` diagonal.

    Of the two angles the smaller one, at most 45 degrees, is taken: it disturbs
    the other pairs least, and the sweeps converge.
    """
    cotangent_of_double = (second - first) / (2 * product)
    tangent = np.copysign(1.0, cotangent_of_double) / (np.abs(cotangent_of_double) + np.hypot(1.0, cotangent_of_double))
    cosine = 1 / np.hypot(1.0, tangent)
    return cosine[:, np.newaxis], (cosine * tangent)[:, np.newaxis]


def rotate_rows(matrix: Matrix, pairs: Indices, cosine: Vector, sine: Vector) -> None:
    """Replace the rows ``p, q = pairs`` by ``cosine * row_p - sine * row_q`` and ``sine * row_p + cosine * row_q``."""
    p, q = pairs
    row_p, row_q = matrix[p], matrix[q]
    matrix[p] = cosine * row_p - sine * row_q
    matrix[q] = sine * row_p + cosine * row_q
