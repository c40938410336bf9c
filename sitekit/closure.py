"""The files that a piece of code depends on, and a hash of them: the key under which its results are cached."""

from __future__ import annotations

import ast
import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sitekit.pages import read_text
from sitekit.snippets import parse

CALCULATING = ("numpy", "matplotlib")


def imported_files(root: Path, start: Path) -> set[Path]:
    """``start`` and every file of the repository that it imports, directly or not; data files of packages included."""
    found: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        if path.suffix == ".py":
            waiting += direct_imports(root, path)
    return found


def direct_imports(root: Path, path: Path) -> list[Path]:
    """The files of the repository that the import statements of one file name."""
    names = []
    for level, name in names_in(path, read_text(path)):
        package = path.relative_to(root).parts[:-level] if level else ()
        names.append(".".join([*package, *([name] if name else [])]))
    files: list[Path] = []
    for name in names:
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            base = root.joinpath(*parts[:length])
            if (base / "__init__.py").is_file():
                files.append(base / "__init__.py")
                files += [data for data in (base / "data").rglob("*") if data.is_file()]
            elif base.with_suffix(".py").is_file():
                files.append(base.with_suffix(".py"))
    return files


@cache  # of the text, too: under serve a file changes
def names_in(path: Path, text: str) -> list[tuple[int, str]]:
    """What the import statements of a text name: the number of leading dots, and the rest."""
    names = []
    for node in ast.walk(parse(path, text)):
        if isinstance(node, ast.Import):
            names += [(0, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names += [
                (node.level, module),
                *((node.level, f"{module}.{alias.name}".strip(".")) for alias in node.names),
            ]
    return names


def hash_of(root: Path, start: Path, *extra: str) -> str:
    """A hash of everything that can change what ``start`` computes: its files, and numpy, matplotlib and Python.

    Without the versions, a changed dependency would pass unseen behind the cache.
    """
    digest = hashlib.sha256(repr((versions(), extra)).encode())
    for path in sorted(imported_files(root, start)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def versions() -> tuple[str, ...]:
    """The versions of what computes."""
    return (sys.version, *(f"{name} {version(name)}" for name in CALCULATING))
