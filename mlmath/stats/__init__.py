"""Statistics: describing data and bringing it into shape.

In this topic ``X`` is a table of data, shape ``(examples, features)``.
"""

from mlmath.stats.scaling import Scaler, fit_scaler

__all__ = ["Scaler", "fit_scaler"]
