"""Breast tumours, measured under the microscope in Wisconsin."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlmath._arrays import Labels, Matrix, Vector
from mlmath.datasets._table import column_named, read_table


class BreastCancer(NamedTuple):
    """Diagnoses and features of 569 tumours; row ``i`` of both is the same patient.

    Example:
        >>> tumours = load_breast_cancer()
        >>> tumours.column("mean_radius")[:3]
        array([17.99, 20.57, 19.69])
    """

    labels: Labels
    """1 for malignant, 0 for benign, shape ``(569,)``."""
    features: Matrix
    """One tumour per row, shape ``(569, 30)``; the columns are in the order of ``feature_names``."""
    feature_names: tuple[str, ...]
    """The names of the thirty columns."""

    def column(self, name: str) -> Vector:
        """Return one feature of all tumours, shape ``(569,)``, as a copy.

        Args:
            name: One of ``feature_names``.

        Raises:
            ValueError: If there is no such feature; the message lists them all.
        """
        return column_named(name, self.feature_names, self.features)


def load_breast_cancer() -> BreastCancer:
    """Read 569 breast tumours, 212 of them malignant, with 30 measurements of their cell nuclei.

    **Label 1 is malignant**, label 0 benign, so that "positive" is the disease,
    as in medicine. scikit-learn codes the same data the other way round.

    A needle took a few cells, and ten quantities were measured on the outline
    of each nucleus in the image: ``radius``, ``texture`` (standard deviation of
    the grey values), ``perimeter``, ``area``, ``smoothness`` (local variation
    of the radius), ``compactness`` (perimeter^2 / area - 1), ``concavity``
    (depth of the dents), ``concave_points`` (number of the dents), ``symmetry``
    and ``fractal_dimension``. Each gives three columns: ``mean_...`` over the
    nuclei of the image, ``..._error`` (standard error of that mean) and
    ``worst_...`` (mean of the three largest). The original documentation gives
    no units. Columns differ in size by factors of up to 200 000: scale them.

    Returns:
        Labels, features and their names; fresh arrays on each call.

    Example:
        >>> tumours = load_breast_cancer()
        >>> tumours.features.shape, int(tumours.labels.sum())
        ((569, 30), 212)

    Source: W. H. Wolberg, W. N. Street and O. L. Mangasarian (1995), *Breast
    Cancer Wisconsin (Diagnostic)*, UCI Machine Learning Repository; the
    features: W. N. Street, W. H. Wolberg and O. L. Mangasarian (1993), "Nuclear
    feature extraction for breast tumor diagnosis", *SPIE* 1905, 861-870.
    Terms: Creative Commons Attribution 4.0 (CC BY 4.0), as the repository states.
    """
    names, table = read_table("breast_cancer")
    return BreastCancer(labels=table[:, 0].astype(np.int64), features=table[:, 1:].copy(), feature_names=names[1:])
