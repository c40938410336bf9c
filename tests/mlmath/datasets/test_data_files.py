"""The data files: plain text that reads the same everywhere."""

from importlib import resources

import numpy as np
import pytest

from mlmath.datasets._table import read_table

FOLDER = resources.files("mlmath.datasets") / "data"
FILES = sorted((file for file in FOLDER.iterdir() if file.is_file()), key=lambda file: file.name)


def test_there_is_one_for_every_loader():
    assert [file.name for file in FILES] == ["anscombe.csv", "breast_cancer.csv", "digits.csv", "windsor_housing.csv"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_is_small_ascii_text_with_unix_line_ends(file):
    content = file.read_bytes()

    assert content.isascii()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert len(content) < 300_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_has_a_name_for_every_column(file):
    names, table = read_table(file.name.removesuffix(".csv"))

    assert len(set(names)) == table.shape[1]
    assert all(name.isidentifier() for name in names)
    assert np.isfinite(table).all()


def test_digits_are_written_as_integers():
    (digits,) = [file for file in FILES if file.name == "digits.csv"]

    assert "." not in digits.read_text(encoding="utf-8")
