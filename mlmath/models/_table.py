"""The table that a linear regression prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlmath._arrays import Vector

if TYPE_CHECKING:
    from mlmath.models.linear_regression import LinearRegression


def regression_table(model: LinearRegression) -> str:
    """Return a heading, one line per coefficient, and a line about the whole fit.

    Numbers have five digits, p-values and ``R^2`` four decimals. Where the fit is exact,
    t and p are left out; where ``y`` is constant, ``R^2``.
    """
    s = model.residual_standard_deviation
    columns = {"estimate": _digits(model.coefficients), "std error": _digits(model.standard_errors)}
    if s > 0:
        columns["t"] = _digits(model.t_statistics)
        columns["p"] = [f"{p:.4f}" if p >= 0.0001 else "< 0.0001" for p in model.p_values]
    width = max(map(len, model.names))
    lines = [" " * width + "".join(f"{title:>13}" for title in columns)]
    for name, *cells in zip(model.names, *columns.values(), strict=True):
        lines.append(f"{name:<{width}}" + "".join(f"{cell:>13}" for cell in cells))
    fit = f"{len(model.targets)} examples, {model.degrees_of_freedom} degrees of freedom, s = {s:#.5g}"
    if np.ptp(model.targets) > 0:
        fit += f", R^2 = {model.r_squared:.4f}, adjusted R^2 = {model.adjusted_r_squared:.4f}"
    return "\n".join([*lines, fit])


def _digits(numbers: Vector) -> list[str]:
    return [f"{number:#.5g}" for number in numbers]
