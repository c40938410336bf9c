"""Statistics: describing data, the distributions they come from, and what can be inferred.

In this topic ``X`` is a table of data, shape ``(examples, features)``.
``data`` are observations that a distribution is fitted to, and ``points`` are
places, of any shape, where its density is asked for. Every distribution has
``pdf`` or ``pmf`` (density, or probability of single values), ``logpdf`` or
``logpmf`` (their logarithms, which do not underflow), ``cdf`` (probability of
at most a point), ``sample``, ``mean`` and ``variance``, and the class method
``fit``: the parameters of maximum likelihood.
"""

from mlmath.stats.bayes import NaturalFrequencies, bayes_rule, natural_frequencies, update_beta
from mlmath.stats.bernoulli import Bernoulli
from mlmath.stats.beta import Beta
from mlmath.stats.beta_binomial import BetaBinomial
from mlmath.stats.binomial import Binomial
from mlmath.stats.categorical import Categorical
from mlmath.stats.exponential import Exponential
from mlmath.stats.laplace import Laplace
from mlmath.stats.likelihood import log_likelihood, log_likelihood_grid
from mlmath.stats.log_normal import LogNormal
from mlmath.stats.multivariate_normal import MultivariateNormal
from mlmath.stats.normal import Normal
from mlmath.stats.scaling import Scaler, fit_scaler
from mlmath.stats.special import normal_quantile, student_t_cdf, student_t_quantile
from mlmath.stats.stable import log_sigmoid, log_softmax, log_sum_exp, sigmoid, softmax
from mlmath.stats.uniform import Uniform

__all__ = [
    "Bernoulli",
    "Beta",
    "BetaBinomial",
    "Binomial",
    "Categorical",
    "Exponential",
    "Laplace",
    "LogNormal",
    "MultivariateNormal",
    "NaturalFrequencies",
    "Normal",
    "Scaler",
    "Uniform",
    "bayes_rule",
    "fit_scaler",
    "log_likelihood",
    "log_likelihood_grid",
    "log_sigmoid",
    "log_softmax",
    "log_sum_exp",
    "natural_frequencies",
    "normal_quantile",
    "sigmoid",
    "softmax",
    "student_t_cdf",
    "student_t_quantile",
    "update_beta",
]
