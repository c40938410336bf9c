"""Statistics: describing data, the distributions they come from, what can be inferred, how good predictions are.

In this topic ``X`` is a table of data, shape ``(examples, features)``.
``data`` are observations that a distribution is fitted to, and ``points`` are
places, of any shape, where its density is asked for. Every distribution has
``pdf`` or ``pmf`` (density, or probability of single values), ``logpdf`` or
``logpmf`` (their logarithms, which do not underflow), ``cdf`` (probability of
at most a point), ``sample``, ``mean`` and ``variance``, and the class method
``fit``: the parameters of maximum likelihood.

Where predictions are judged, what the model says comes first and the truth
second, as in the losses: ``predicted, observed``, or ``scores, observed`` and
``probabilities, observed``. (scikit-learn has the truth first. Name the
arguments when in doubt.) Two classes are 0 and 1, several 0, 1, 2, ...

A result that would be 0/0, such as the precision where nothing was predicted as
1, is an error that says why, not a nan or a convention that looks like a number.
"""

from mlmath.stats.bayes import NaturalFrequencies, bayes_rule, natural_frequencies, update_beta
from mlmath.stats.bernoulli import Bernoulli
from mlmath.stats.beta import Beta
from mlmath.stats.beta_binomial import BetaBinomial
from mlmath.stats.binomial import Binomial
from mlmath.stats.calibration import Calibration, brier_score, calibration_curve
from mlmath.stats.categorical import Categorical
from mlmath.stats.classification import accuracy, confusion_matrix, f1_score, precision, recall
from mlmath.stats.covariance import correlation, covariance
from mlmath.stats.describe import Description, describe, standard_deviation, variance
from mlmath.stats.exponential import Exponential
from mlmath.stats.information import cross_entropy, entropy, kl_divergence, perplexity
from mlmath.stats.intervals import Interval, bootstrap_interval, mean_interval, proportion_interval
from mlmath.stats.laplace import Laplace
from mlmath.stats.likelihood import log_likelihood, log_likelihood_grid
from mlmath.stats.log_normal import LogNormal
from mlmath.stats.multivariate_normal import MultivariateNormal
from mlmath.stats.normal import Normal
from mlmath.stats.ranking import RocCurve, area_under_roc, roc_curve
from mlmath.stats.regression_metrics import mean_absolute_error, r_squared, root_mean_squared_error
from mlmath.stats.scaling import Scaler, fit_scaler
from mlmath.stats.special import normal_quantile, student_t_cdf, student_t_quantile
from mlmath.stats.splitting import Split, k_fold, train_test_split
from mlmath.stats.stable import log_sigmoid, log_softmax, log_sum_exp, sigmoid, softmax
from mlmath.stats.uniform import Uniform
from mlmath.stats.welford import RunningMoments

__all__ = [
    "Bernoulli",
    "Beta",
    "BetaBinomial",
    "Binomial",
    "Calibration",
    "Categorical",
    "Description",
    "Exponential",
    "Interval",
    "Laplace",
    "LogNormal",
    "MultivariateNormal",
    "NaturalFrequencies",
    "Normal",
    "RocCurve",
    "RunningMoments",
    "Scaler",
    "Split",
    "Uniform",
    "accuracy",
    "area_under_roc",
    "bayes_rule",
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
    "log_likelihood",
    "log_likelihood_grid",
    "log_sigmoid",
    "log_softmax",
    "log_sum_exp",
    "mean_absolute_error",
    "mean_interval",
    "natural_frequencies",
    "normal_quantile",
    "perplexity",
    "precision",
    "proportion_interval",
    "r_squared",
    "recall",
    "roc_curve",
    "root_mean_squared_error",
    "sigmoid",
    "softmax",
    "standard_deviation",
    "student_t_cdf",
    "student_t_quantile",
    "train_test_split",
    "update_beta",
    "variance",
]
