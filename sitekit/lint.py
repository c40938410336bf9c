"""``python -m sitekit lint``: read all sources and report every mistake with its place and its cure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitekit.errors import Problem, SiteError
from sitekit.pages import Page, page_paths, read_page, read_text
from sitekit.rules import code, content, exercises, markup, structure
from sitekit.snippets import INCLUDE
from sitekit.typeset import formulas_in


def lint(root: Path) -> list[Problem]:
    """Every problem of the repository at ``root``, sorted by file and line."""
    problems: list[Problem] = []
    pages: list[Page] = []
    for path in page_paths(root):
        try:
            page = read_page(root, path)
        except SiteError as error:
            problems += error.problems
            continue
        pages.append(page)
        problems += collected(page_problems(root, page))
    for path in sorted((root / "docs" / "labs").glob("*.py")):
        problems += collected(lab_problems(root, path))
    problems += collected([content.shared_ids(pages)])
    problems += collected(snippet_problems(root, pages))
    return sorted(set(problems), key=lambda problem: (problem.path.as_posix(), problem.line))


def collected(rules: Iterable[Iterator[Problem]]) -> list[Problem]:
    """What the rules yield, and the problems that stop one of them."""
    problems: list[Problem] = []
    for rule in rules:
        try:
            problems += rule
        except SiteError as error:
            problems += error.problems
    return problems


def page_problems(root: Path, page: Page) -> Iterator[Iterator[Problem]]:
    """The rules for a page."""
    yield structure.front_matter(root, page)
    yield structure.headings(page)
    yield structure.practice(page)
    yield content.one_title(page)
    yield content.fences(page)
    yield content.includes(root, page)
    yield content.formulas(page.path, content.formulas_of(page))
    yield content.claims(root, page)
    yield content.figures(root, page.path, page.prose)
    yield content.unshown_figures(root, page.path, page.prose)
    yield content.practice(root, page)
    yield content.words(page.path, enumerate(page.prose, start=1))
    yield content.words(page.path, content.practice_lines(page))
    yield markup.forbidden(page.path, enumerate(page.prose, start=1))
    yield markup.in_yaml(page)


def lab_problems(root: Path, path: Path) -> Iterator[Iterator[Problem]]:
    """The rules for a lab."""
    text = lab_prose(path)
    yield content.formulas(path, formulas_in(text))
    yield content.figures(root, path, text)
    yield content.unshown_figures(root, path, text)
    yield content.words(path, enumerate(text, start=1))
    yield markup.forbidden(path, enumerate(text, start=1))
    yield code.imports(path)


def lab_prose(path: Path) -> tuple[str, ...]:
    """The lines of a lab, with everything but the text of its Markdown cells made empty."""
    prose, inside = [], False
    for line in read_text(path).splitlines():
        if line.startswith("# %%"):
            inside = "[markdown]" in line
            prose.append("")
        else:
            prose.append(re.sub(r"^# ?", "", line) if inside else "")
    return tuple(prose)


def snippet_problems(root: Path, pages: list[Page]) -> Iterator[Iterator[Problem]]:
    """The rules for snippet files."""
    shown: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    for page in pages:
        for line in page.lines:
            include = INCLUDE.match(line)
            if include and include["section"]:
                shown.setdefault(include["path"], set()).add(include["section"])
            function = re.match(r"function: (?P<path>\S+):(?P<name>\w+)$", line)
            if function:
                named.setdefault(function["path"], set()).add(function["name"])
    for path in sorted((root / "snippets").rglob("*.py")):
        name = path.relative_to(root / "snippets").as_posix()
        yield code.belongs_to_a_page(root, path)
        yield code.sections(path, shown.get(name, set()))
        yield code.imports(path)
        if path.name == "checks.py":
            yield code.assertions(path)
        if path.name == "exercises.py":
            yield code.unused_exercises(path, named.get(name, set()))
            yield exercises.answers(path, named.get(name, set()))
            yield exercises.checks(path, named.get(name, set()))
