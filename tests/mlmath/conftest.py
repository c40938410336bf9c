"""Fixtures shared by the tests of mlmath."""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

FOLDER = Path(__file__).parent / "data" / "nist_strd"


class Problem(NamedTuple):
    """One of NIST's Statistical Reference Datasets, with its certified answers."""

    x: np.ndarray
    """Shape ``(m,)``, or ``(predictors, m)`` if there are several."""
    y: np.ndarray
    first_start: np.ndarray
    """The starting point far from the solution; empty for linear problems."""
    second_start: np.ndarray
    """The easier of the two starting points; empty for linear problems."""
    estimates: np.ndarray
    residual_sum_of_squares: float


def found(pattern: str, text: str) -> re.Match[str]:
    match = re.search(pattern, text, re.MULTILINE)
    assert match, f"no {pattern} in {text}"
    return match


def read_problem(name: str) -> Problem:
    lines = (FOLDER / f"{name}.dat").read_text(encoding="ascii").splitlines()
    header = "\n".join(lines[:60])
    first, last = map(int, found(r"Data +\(lines +(\d+) +to +(\d+)\)", header).groups())
    y, *predictors = np.array([line.split() for line in lines[first - 1 : last]], dtype=float).T
    x = predictors[0] if len(predictors) == 1 else np.array(predictors)
    if "Nonlinear" in header:
        table = [line.split("=")[1].split() for line in lines[40:60] if re.match(r" +b\d+ =", line)]
        first_start, second_start, estimates = np.array(table, dtype=float)[:, :3].T
        residual_sum_of_squares = float(found(r"Residual Sum of Squares: +(\S+)", header)[1])
    else:
        column = [line.split()[1] for line in lines[:60] if re.match(r" +B\d+ +\S+ +\S+$", line)]
        first_start = second_start = np.empty(0)
        estimates = np.array(column, dtype=float)
        residual_sum_of_squares = float(found(r"^Residual +\d+ +(\S+)", header)[1])
    return Problem(x, y, first_start, second_start, estimates, residual_sum_of_squares)


@pytest.fixture(scope="session")
def nist():
    """The function that reads a problem by its name, for example ``nist("Norris")``."""
    return read_problem
