"""The mathematics of machine learning, as small tested functions on numpy arrays.

Import what a lesson names from its topic, for example
``from mlmath.optim import gradient_descent``. The topics are

- ``mlmath.linalg``: products, lengths, projections, equations, least squares, eigenvectors, SVD, PCA;
- ``mlmath.stats``: distributions, likelihood, Bayes' rule, intervals, information, metrics, splits;
- ``mlmath.calculus``: derivatives measured by finite differences, Taylor polynomials, gradient checks;
- ``mlmath.autodiff``: exact derivatives of numpy code, backwards and forwards;
- ``mlmath.losses``: losses together with their gradients;
- ``mlmath.optim``: optimizers that return every point they visited;
- ``mlmath.models``: regressions, a neural network and k-means, put together from the above;
- ``mlmath.datasets``: the data of the lessons;
- ``mlmath.plots``: one look for all figures (needs matplotlib).

Conventions, everywhere: arrays go in and come out as float64 and are never
changed in place; a table of data ``X`` has one example per row and one feature
per column; an error names the argument, what was given and what to try.

Importing ``mlmath`` imports no topic: each is loaded when first asked for.
"""

__version__ = "0.1.0"
