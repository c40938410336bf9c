"""The numbers of docs/optimization/training_in_practice.md about the houses, by scikit-learn's coordinate descent."""

import numpy as np
from recomputed.datasets import windsor
from sklearn.linear_model import Lasso
from sklearn.preprocessing import StandardScaler


def kept():
    features = StandardScaler().fit_transform(windsor().drop(columns="price"))
    price = StandardScaler().fit_transform(np.log(windsor()[["price"]]))[:, 0]
    numbers = []
    for alpha in (0.01, 0.1, 0.3, 0.5):
        model = Lasso(alpha, fit_intercept=False).fit(features, price)
        numbers += [alpha, np.count_nonzero(model.coef_), features.shape[1]]
    return numbers
