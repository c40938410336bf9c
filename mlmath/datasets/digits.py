"""Handwritten digits as images of 8 by 8 pixels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlmath._arrays import Labels, Matrix
from mlmath.datasets._table import read_table


class Digits(NamedTuple):
    """Images and labels of 1797 digits; entry ``i`` of both is the same digit.

    Example:
        >>> digits = load_digits()
        >>> digits.labels[:5]
        array([0, 1, 2, 3, 4])
    """

    images: NDArray[np.float64]
    """Brightness of the ink from 0 (paper) to 16, whole numbers, shape ``(1797, 8, 8)``: rows from top to bottom."""
    labels: Labels
    """The digit that was written, 0 to 9, shape ``(1797,)``."""

    @property
    def features(self) -> Matrix:
        """The images row after row as vectors, shape ``(1797, 64)``, as a copy."""
        flat: Matrix = self.images.reshape(len(self.images), -1).copy()
        return flat


def load_digits() -> Digits:
    """Read 1797 handwritten digits, each an image of 8 by 8 pixels.

    Thirteen people filled in forms. Each digit was scanned as 32 by 32 black or
    white dots, and a pixel is the number of black dots in a block of 4 by 4,
    from 0 to 16. Each digit was written between 174 and 183 times. These are the
    writers whom the original study held back for testing; digits of one
    writer follow each other, so shuffle the rows before you split them.

    Returns:
        Images and labels, fresh arrays on each call; ``features`` are the images as vectors.

    Example:
        >>> digits = load_digits()
        >>> digits.images.shape, digits.features.shape
        ((1797, 8, 8), (1797, 64))
        >>> for row in digits.images[0]:
        ...     print("".join(".-+oO#"[int(ink) // 3] for ink in row))
        ..-Oo...
        ..O#o#-.
        .-#..o+.
        .-O..++.
        .-+..o+.
        .-o..O+.
        ..O-oO..
        ..+Oo...

    Source: E. Alpaydin and C. Kaynak (1998), "Cascading classifiers",
    *Kybernetika* 34, 369-374; the test part of *Optical Recognition of
    Handwritten Digits*, UCI Machine Learning Repository.
    Terms: Creative Commons Attribution 4.0 (CC BY 4.0), as the repository states.
    """
    _, table = read_table("digits")
    return Digits(images=table[:, 1:].reshape(-1, 8, 8).copy(), labels=table[:, 0].astype(np.int64))
