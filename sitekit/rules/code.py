"""Rules on the snippet files themselves."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from sitekit.check_pages import source_of
from sitekit.errors import Problem
from sitekit.pages import read_text
from sitekit.snippets import MARKER, claims_and_figures, parse, read_functions, read_sections

KINDS = ("examples.py", "figures.py", "checks.py", "exercises.py")
PACKAGES = ("numpy", "matplotlib", "mlmath")


def belongs_to_a_page(root: Path, path: Path) -> Iterator[Problem]:
    """A snippet file has one of four names and lies in the folder of a page."""
    name = path.parent.relative_to(root / "snippets").as_posix()
    if path.name not in KINDS:
        yield Problem(
            path,
            1,
            f"{path.name} is not one of {', '.join(KINDS)}",
            "Move its code into one of them.",
            rule="snippet-name",
        )
    if not source_of(root, name).exists():
        yield Problem(
            path, 1, f"there is no page docs/{name}.md", "Write the page, or rename the folder.", rule="snippet-page"
        )


def sections(path: Path, shown: set[str]) -> Iterator[Problem]:
    """Each section has a start, an end, something between them, and a page that shows it.

    Args:
        path: The snippet file.
        shown: Names of the sections of this file that some page includes.
    """
    lines = read_text(path).splitlines()
    started: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if "8<" not in line:
            continue
        match = MARKER.match(line.strip())
        if not match:
            yield Problem(
                path,
                number,
                f"this isn't a valid marker: {line.strip()}",
                "Write # --8<-- [start:name].",
                rule="section-marker",
            )
        elif match["type"] == "start":
            if match["name"] in started:
                yield Problem(
                    path,
                    number,
                    f"the section {match['name']} starts twice",
                    "Rename one of them.",
                    rule="section-twice",
                )
            started[match["name"]] = number
        elif match["name"] not in started:
            message = f"the section {match['name']} ends here and never starts"
            yield Problem(
                path, number, message, f"Write # --8<-- [start:{match['name']}] above it.", rule="section-start"
            )
    for name, section in read_sections(path).items():
        if not section.end:
            cure = f"Write # --8<-- [end:{name}] where it stops."
            yield Problem(path, section.start, f"the section {name} never ends", cure, rule="section-end")
        elif not any(line.strip() for line in lines[section.start : section.end - 1]):
            yield Problem(
                path,
                section.start,
                f"the section {name} is empty",
                "Write its code, or remove it.",
                rule="section-empty",
            )
        elif name not in shown:
            yield Problem(
                path,
                section.start,
                f"no page shows the section {name}",
                "Show it, or remove its code.",
                rule="section-unshown",
            )


def assertions(path: Path) -> Iterator[Problem]:
    """Each check asserts something that depends on what it computed."""
    for name, function in claims_and_figures(path).items():
        if not any(asserts(node) for node in ast.walk(function.node)):
            cure = "A check measures and asserts; without that it can't fail."
            yield Problem(path, function.start, f"the check {name} asserts nothing", cure, rule="check-asserts")


def asserts(node: ast.AST) -> bool:
    """Whether this can fail: ``assert`` of something not constant, ``np.testing.assert_...``, ``raises``."""
    if isinstance(node, ast.Assert):
        return not isinstance(node.test, ast.Constant)
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return called.startswith("assert_") or called == "raises"
    return False


def unused_exercises(path: Path, named: set[str]) -> Iterator[Problem]:
    """Each function of exercises.py belongs to an exercise that the page names."""
    whole = {name for used in named for name in (used, f"{used}_starter")}
    starts = tuple(start for used in named for start in (f"{used}_check_", f"{used}_wrong_"))
    for name, function in read_functions(path).items():
        if not name.startswith(("_", *starts)) and name not in whole:
            cure = (
                "Name it in an exercise fence, or after one: NAME_starter, NAME_check_..., NAME_wrong_...; "
                "a helper's name starts with an underscore."
            )
            yield Problem(path, function.start, f"no exercise of the page uses {name}", cure, rule="exercise-unused")


def imports(path: Path) -> Iterator[Problem]:
    """All code of a page also runs in the reader's browser: with Python's own modules, numpy, matplotlib and mlmath."""
    for node in statements(parse(path, read_text(path))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        else:
            continue
        for name in names:
            top = name.partition(".")[0]
            if top not in PACKAGES and top not in sys.stdlib_module_names:
                cure = f"Use what Python, {', '.join(PACKAGES)} have."
                yield Problem(
                    path, node.lineno, f"{name} can't be imported in the reader's browser", cure, rule="import"
                )


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements below a node, without their expressions: much less than ``ast.walk`` gives."""
    for part in ("body", "orelse", "handlers", "finalbody", "cases"):
        below = getattr(node, part, [])
        for statement in below if isinstance(below, list) else []:
            yield statement
            yield from statements(statement)
