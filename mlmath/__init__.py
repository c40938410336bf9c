"""The mathematics of machine learning, as small tested functions on numpy arrays.

Import what a lesson names from its topic, for example
``from mlmath.optim import gradient_descent``. The topics are

- ``mlmath.calculus``: derivatives, gradients and Jacobians measured by finite differences;
- ``mlmath.linalg``: least squares by the normal equation;
- ``mlmath.stats``: scaling of features;
- ``mlmath.losses``: losses together with their gradients;
- ``mlmath.optim``: optimizers that return every point they visited;
- ``mlmath.datasets``: the data of the lessons;
- ``mlmath.plots``: one look for all figures (needs matplotlib).

Conventions, everywhere: arrays go in and come out as float64 and are never
changed in place; a table of data ``X`` has one example per row and one feature
per column; an error names the argument, what was given and what to try.

Importing ``mlmath`` imports no topic: each is loaded when first asked for.
"""

__version__ = "0.1.0"
