"""Which lessons use which names of ``mlmath``: the links between the pages and the reference."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from sitekit.check_pages import source_of
from sitekit.pages import read_text
from sitekit.snippets import parse


def names_used(root: Path, page: str) -> list[str]:
    """The public names of ``mlmath`` that a reader meets in a page, sorted: ``mlmath.optim.gradient_descent``.

    They are those that its examples and exercises import, or its cells; not those of its figures and checks.

    Args:
        root: The repository.
        page: The page, ``calculus/calculus_for_ml``, or a lab, ``labs/linear_regression_three_ways``.
    """
    folder = root / "snippets" / page
    names = set()
    for file in (folder / "examples.py", folder / "exercises.py", root / "docs" / f"{page}.py"):
        if file.is_file():
            for node in ast.walk(parse(file, read_text(file))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mlmath."):
                    names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return sorted(names)


def lessons(root: Path) -> dict[str, list[str]]:
    """The pages that use each name, in the order of their paths."""
    folders = {path.parent.relative_to(root / "snippets").as_posix() for path in (root / "snippets").rglob("*.py")}
    labs = {f"labs/{path.stem}" for path in (root / "docs" / "labs").glob("*.py")}
    found = defaultdict(list)
    for page in sorted(folders | labs):
        if source_of(root, page).exists():
            for name in names_used(root, page):
                found[name].append(page)
    return dict(found)
