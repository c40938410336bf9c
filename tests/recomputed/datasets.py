"""The data sets as other libraries, or a plain reading of the file, give them: nothing of mlmath is used."""

from functools import cache

import pandas
from conftest import ROOT
from sklearn import datasets


@cache
def windsor():
    """The 546 sales of Windsor, one a row, as a pandas table with the names of the file."""
    return pandas.read_csv(ROOT / "mlmath" / "datasets" / "data" / "windsor_housing.csv").astype(float)


@cache
def breast_cancer():
    """The 569 tumours as scikit-learn has them: ``data``, ``feature_names``, and ``target`` with 0 for malignant."""
    return datasets.load_breast_cancer()


@cache
def digits():
    """The 1,797 digits as scikit-learn has them: ``data``, shape (1797, 64), and ``target``."""
    return datasets.load_digits()
