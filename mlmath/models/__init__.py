"""Models: what the lessons fit to data, put together from the other topics.

Each ``fit_...`` function takes features ``X``, shape ``(examples, features)``,
and targets ``y`` or class numbers ``labels``, shape ``(examples,)``. It returns
a result that never changes and has ``predict``. Linear models predict from
``X @ weights + intercept``; the intercept is added for you and never penalised.

A ``penalty`` is the price of a squared weight, next to the *sum* of the losses of all
examples, as in ``solve_ridge``; there is no factor 1/2. Features in small units
pay less: bring them to one scale with ``fit_scaler`` where there is a penalty.
Classifiers turn scores into probabilities, and those into classes: ``decision_scores``,
``predict_probabilities``, ``predict``.
"""

from mlmath.models.backpropagation import network_gradient_by_hand
from mlmath.models.intervals import Intervals
from mlmath.models.k_means import KMeans, fit_k_means
from mlmath.models.linear_regression import LinearRegression, fit_linear_regression
from mlmath.models.logistic_regression import LogisticRegression, fit_logistic_regression
from mlmath.models.network import Layer, initialize_network, network_loss, network_scores
from mlmath.models.network_training import Network, fit_network, flatten_parameters, unflatten_parameters
from mlmath.models.ridge import RidgeRegression, fit_ridge
from mlmath.models.softmax_regression import SoftmaxRegression, fit_softmax_regression

__all__ = [
    "Intervals",
    "KMeans",
    "Layer",
    "LinearRegression",
    "LogisticRegression",
    "Network",
    "RidgeRegression",
    "SoftmaxRegression",
    "fit_k_means",
    "fit_linear_regression",
    "fit_logistic_regression",
    "fit_network",
    "fit_ridge",
    "fit_softmax_regression",
    "flatten_parameters",
    "initialize_network",
    "network_gradient_by_hand",
    "network_loss",
    "network_scores",
    "unflatten_parameters",
]
