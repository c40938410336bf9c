"""How the data files of this topic are read: plain CSV, one header line, then numbers."""

from __future__ import annotations

from importlib import resources

import numpy as np

from mlmath._arrays import Matrix, Vector


def read_table(name: str) -> tuple[tuple[str, ...], Matrix]:
    """Return the names of the columns and the numbers, shape ``(rows, columns)``, of ``data/<name>.csv``."""
    data = resources.files("mlmath.datasets") / "data" / f"{name}.csv"
    header, *rows = data.read_text(encoding="utf-8").splitlines()
    table: Matrix = np.loadtxt(rows, delimiter=",", ndmin=2)
    return tuple(header.split(",")), table


def column_named(name: str, names: tuple[str, ...], features: Matrix) -> Vector:
    """Return a copy of the column called ``name``, or raise ValueError that lists ``names``."""
    if name not in names:
        raise ValueError(f"name must be one of {', '.join(names)}, got {name!r}")
    values: Vector = features[:, names.index(name)].copy()
    return values
