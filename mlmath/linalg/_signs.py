"""One sign for vectors that have none: if ``v`` is an eigenvector, so is ``-v``."""

from __future__ import annotations

import numpy as np

from mlmath._arrays import Matrix, Vector

# Entries this close to the largest one are in a tie, which rounding must not decide.
TIE = 1e-8


def column_signs(vectors: Matrix) -> Vector:
    """Return +1 or -1 for each column: the sign of its largest entry, the first of them in a tie.

    Multiply the columns by the answer, and every largest entry is positive.
    """
    sizes = np.abs(vectors)
    first_largest = np.argmax(sizes >= (1 - TIE) * sizes.max(axis=0), axis=0)
    return np.where(vectors[first_largest, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)
