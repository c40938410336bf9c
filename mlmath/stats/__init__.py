"""Statistics: describing data and bringing it into shape.

In this topic ``X`` is a table of data, shape ``(examples, features)``.
"""

from mlmath.stats.scaling import Scaler, fit_scaler
from mlmath.stats.special import normal_quantile, student_t_cdf, student_t_quantile

__all__ = ["Scaler", "fit_scaler", "normal_quantile", "student_t_cdf", "student_t_quantile"]
