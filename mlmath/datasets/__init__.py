"""Data sets of the lessons: real ones, shipped with the library, and made ones.

Each ``load_...`` function returns fresh arrays, and states the source, the
units and the terms of its data. Each ``make_...`` function draws from the
``generator`` it is given and returns points ``X`` with their ``labels``.
"""

from mlmath.datasets.anscombe import Anscombe, load_anscombe
from mlmath.datasets.breast_cancer import BreastCancer, load_breast_cancer
from mlmath.datasets.digits import Digits, load_digits
from mlmath.datasets.synthetic import LabelledPoints, make_blobs, make_spirals, make_two_moons
from mlmath.datasets.windsor import WindsorHousing, load_windsor_housing

__all__ = [
    "Anscombe",
    "BreastCancer",
    "Digits",
    "LabelledPoints",
    "WindsorHousing",
    "load_anscombe",
    "load_breast_cancer",
    "load_digits",
    "load_windsor_housing",
    "make_blobs",
    "make_spirals",
    "make_two_moons",
]
