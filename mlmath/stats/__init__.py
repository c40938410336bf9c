"""Statistics: describing data, bringing it into shape, and measuring how good predictions are.

In this topic ``X`` is a table of data, shape ``(examples, features)``.

What the model says comes first and the truth second, everywhere: ``predicted,
observed``, as in the losses; where the model says scores or probabilities,
``scores, observed`` and ``probabilities, observed``. (scikit-learn has the
truth first. Name the arguments when in doubt.) Two classes are 0 and 1, several
0, 1, 2, ...

A result that would be 0/0, such as the precision where nothing was predicted as
1, is an error that says why, not a nan or a convention that looks like a number.
"""

from mlmath.stats.calibration import Calibration, brier_score, calibration_curve
from mlmath.stats.classification import accuracy, confusion_matrix, f1_score, precision, recall
from mlmath.stats.covariance import correlation, covariance
from mlmath.stats.describe import Description, describe, standard_deviation, variance
from mlmath.stats.information import cross_entropy, entropy, kl_divergence, perplexity
from mlmath.stats.intervals import Interval, bootstrap_interval, mean_interval, proportion_interval
from mlmath.stats.ranking import RocCurve, area_under_roc, roc_curve
from mlmath.stats.regression_metrics import mean_absolute_error, r_squared, root_mean_squared_error
from mlmath.stats.scaling import Scaler, fit_scaler
from mlmath.stats.special import normal_quantile, student_t_cdf, student_t_quantile
from mlmath.stats.splitting import Split, k_fold, train_test_split
from mlmath.stats.welford import RunningMoments

__all__ = [
    "Calibration",
    "Description",
    "Interval",
    "RocCurve",
    "RunningMoments",
    "Scaler",
    "Split",
    "accuracy",
    "area_under_roc",
    "bootstrap_interval",
    "brier_score",
    "calibration_curve",
    "confusion_matrix",
    "correlation",
    "covariance",
    "cross_entropy",
    "describe",
    "entropy",
    "f1_score",
    "fit_scaler",
    "k_fold",
    "kl_divergence",
    "mean_absolute_error",
    "mean_interval",
    "normal_quantile",
    "perplexity",
    "precision",
    "proportion_interval",
    "r_squared",
    "recall",
    "roc_curve",
    "root_mean_squared_error",
    "standard_deviation",
    "student_t_cdf",
    "student_t_quantile",
    "train_test_split",
    "variance",
]
