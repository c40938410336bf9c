"""Linear algebra: products, lengths, projections, equations, and the decompositions behind them.

Matrices are ``A`` (any) or ``X``: a table of data, shape ``(examples,
features)``, with targets ``y``, shape ``(examples,)``, and weights ``w``, shape
``(features,)``, so that ``X @ w`` predicts ``y``. Vectors are ``x`` (unknown) and ``b``
(right side). ``Q`` has orthonormal columns, ``R`` and ``U`` of ``lu`` are upper triangles,
``L`` a lower one; ``U`` and ``Vt`` of ``svd`` hold singular vectors. ``cond`` is
the condition number, ``eps`` the rounding unit of float64, 2.2e-16, and
``l_1``, ``l_2``, ... eigenvalues from the largest.

Ways to least squares, from the fastest to the most forgiving:
``solve_normal_equation`` squares the condition number, ``solve_least_squares_qr``
does not, ``solve_least_squares_svd`` also takes dependent columns, and
``solve_ridge`` repairs them by a small price on long ``w``.
"""

from mlmath.linalg.conditioning import condition_number
from mlmath.linalg.eigen import PowerIteration, SymmetricEigen, power_iteration, symmetric_eigen
from mlmath.linalg.elimination import LU, lu, solve, solve_triangular
from mlmath.linalg.least_squares import solve_normal_equation
from mlmath.linalg.norms import cosine_similarity, norm
from mlmath.linalg.orthogonal_least_squares import solve_least_squares_qr, solve_least_squares_svd
from mlmath.linalg.pca import PCA, fit_pca
from mlmath.linalg.products import dot_by_loops, matmul_by_loops
from mlmath.linalg.projection import project, projection_matrix
from mlmath.linalg.qr import QR, gram_schmidt, householder_qr
from mlmath.linalg.ridge import solve_ridge
from mlmath.linalg.singular_values import SVD, low_rank_approximation, svd

__all__ = [  # noqa: RUF022  # the order of sorted(), which the tests ask for, not that of isort
    "LU",
    "PCA",
    "PowerIteration",
    "QR",
    "SVD",
    "SymmetricEigen",
    "condition_number",
    "cosine_similarity",
    "dot_by_loops",
    "fit_pca",
    "gram_schmidt",
    "householder_qr",
    "low_rank_approximation",
    "lu",
    "matmul_by_loops",
    "norm",
    "power_iteration",
    "project",
    "projection_matrix",
    "solve",
    "solve_least_squares_qr",
    "solve_least_squares_svd",
    "solve_normal_equation",
    "solve_ridge",
    "solve_triangular",
    "svd",
    "symmetric_eigen",
]
