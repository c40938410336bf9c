"""The numbers of docs/optimization/convexity_and_conditioning.md about real data, by pandas, scipy and statsmodels."""

import numpy as np
import statsmodels.api as sm
from recomputed.datasets import breast_cancer, windsor
from scipy import linalg, optimize
from sklearn.preprocessing import StandardScaler


def condition(features):
    stretches = linalg.svdvals(sm.add_constant(features))
    return (stretches[0] / stretches[-1]) ** 2


def houses():
    raw = windsor()[["lot_size", "bedrooms", "bathrooms", "air_conditioning"]]
    ways = (raw, raw / raw.std(ddof=0), raw - raw.mean(), StandardScaler().fit_transform(raw))
    return [condition(features) for features in ways]


def correlated():
    """Of two scaled features the curvatures are 2 (1 + r) and 2 (1 - r), and 2 of the intercept between them."""
    lot = windsor()["lot_size"]
    numbers = []
    for other in (windsor()["bedrooms"], lot**2):
        r = lot.corr(other)
        numbers += [r, (1 + r) / (1 - r)]
    return numbers


def race():
    numbers = []
    two = breast_cancer().data[:, :2]
    for features in (two, StandardScaler().fit_transform(two)):
        model = sm.Logit(1 - breast_cancer().target, sm.add_constant(features))
        by_newton = model.fit(np.zeros(3), maxiter=7, disp=False, warn_convergence=False).params
        by_bfgs = optimize.minimize(
            lambda w, model=model: -model.loglike(w) / 569,
            np.zeros(3),
            jac=lambda w, model=model: -model.score(w) / 569,
            options={"maxiter": 50},
        ).x
        by_descent = np.zeros(3)
        rate = 1 / linalg.eigvalsh(-model.hessian(by_descent))[-1]
        for _ in range(200):
            by_descent = by_descent + rate * model.score(by_descent)
        for steps, w in ((7, by_newton), (50, by_bfgs), (200, by_descent)):
            numbers += [steps, -model.loglike(w) / 569]
    return numbers
