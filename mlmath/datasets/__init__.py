"""Data sets of the lessons, shipped with the library.

Each ``load_...`` function returns fresh arrays, and states the source, the
units and the terms of its data.
"""

from mlmath.datasets.windsor import WindsorHousing, load_windsor_housing

__all__ = ["WindsorHousing", "load_windsor_housing"]
