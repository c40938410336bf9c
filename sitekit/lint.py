"""``python -m sitekit lint``: read all sources and report every mistake with its place and its cure."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitekit.errors import Problem, SiteError
from sitekit.pages import Page, page_paths, read_page, read_text
from sitekit.redirects import moves
from sitekit.rules import (
    blocks,
    claims,
    code,
    configuration,
    exercises,
    fences,
    figures,
    files,
    formulas,
    front_matter,
    glossary,
    markup,
    practice,
    rumdl,
    structure,
    tags,
    words,
)
from sitekit.rules.anchors import Anchors, twice
from sitekit.rules.links import Links
from sitekit.snippets import INCLUDE
from sitekit.typeset import Formula, formulas_in

EXERCISE = re.compile(r"function: (?P<path>\S+):(?P<name>\w+)$")


def lint(root: Path) -> list[Problem]:
    """Every problem of the repository at ``root``, sorted by file and line."""
    gc.disable()  # it would look through all syntax trees again and again: a third of the time
    try:
        return problems_of(root)
    finally:
        gc.enable()


def problems_of(root: Path) -> list[Problem]:
    """What ``lint`` returns."""
    with rumdl.start(root) as process:
        problems = collected([files.files(root), moves(root)])
        pages, labs = read_all(root, problems)
        extensions = set(blocks.SYNTAX)
        try:
            settings = configuration.read_configuration(root)
        except SiteError as error:
            problems += error.problems
        else:
            extensions = {item.text for item in settings.extensions}
            problems += collected(configuration_problems(root, settings))
        links = Links(root, Anchors(root, pages, labs))
        for page in pages:
            problems += collected(page_problems(root, page, links, extensions))
        for path, lines in labs.items():
            problems += collected(lab_problems(root, path, lines, links))
        problems += collected(problems_between(root, pages, labs))
        problems += collected(snippet_problems(root, pages))
        problems += collected([rumdl.problems(root, process)])
    return sorted(set(problems), key=lambda problem: (problem.path.as_posix(), problem.line, problem.rule))


def read_all(root: Path, problems: list[Problem]) -> tuple[list[Page], dict[Path, tuple[str, ...]]]:
    """The pages, and the text of the labs, that can be read; what stops the others is added to ``problems``."""
    pages: list[Page] = []
    labs: dict[Path, tuple[str, ...]] = {}
    for path in [*page_paths(root), *lab_paths(root)]:
        try:
            if path.suffix == ".md":
                pages.append(read_page(root, path))
            else:
                labs[path] = lab_prose(path)
        except SiteError as error:
            problems += error.problems
    return pages, labs


def lab_paths(root: Path) -> list[Path]:
    """The labs."""
    return sorted((root / "docs" / "labs").glob("*.py"))


def collected(rules: Iterable[Iterator[Problem]]) -> list[Problem]:
    """What the rules yield, and the problems that stop one of them."""
    problems: list[Problem] = []
    for rule in rules:
        try:
            problems += rule
        except SiteError as error:
            problems += error.problems
    return problems


def configuration_problems(root: Path, settings: configuration.Configuration) -> Iterator[Iterator[Problem]]:
    """The rules for mkdocs.yml."""
    yield configuration.names(settings)
    yield configuration.switched_on(settings)
    yield configuration.navigation(root, settings, [*page_paths(root), *lab_paths(root)])


def page_problems(root: Path, page: Page, links: Links, extensions: set[str]) -> Iterator[Iterator[Problem]]:
    """The rules for a page."""
    yield front_matter.front_matter(root, page)
    yield blocks.empty(page)
    yield structure.one_title(page)
    yield structure.headings(page)
    yield structure.practice(page)
    yield fences.fences(page)
    yield fences.includes(root, page)
    yield claims.claims(root, page)
    yield figures.figures(root, page.path, page.prose)
    yield figures.unshown_figures(root, page.path, page.prose)
    yield practice.practice(root, page)
    yield blocks.boxes(page)
    yield blocks.switched_off(page.path, page.reading, extensions)
    yield tags.tags(page.path, page.reading)
    yield links.problems(page.path, page.reading)
    yield twice(page, links.anchors)
    yield words.unfinished(page.path, words.written(page))
    yield from text_problems(page.path, page.reading)
    yield markup.forbidden(page.path, enumerate(page.prose, start=1))
    yield markup.in_yaml(page)


def lab_problems(root: Path, path: Path, lines: tuple[str, ...], links: Links) -> Iterator[Iterator[Problem]]:
    """The rules for a lab."""
    yield figures.figures(root, path, lines)
    yield figures.unshown_figures(root, path, lines)
    yield tags.tags(path, lines)
    yield links.problems(path, lines)
    yield words.unfinished_code(path)
    yield markup.forbidden(path, enumerate(lines, start=1))
    yield code.imports(path)
    yield from text_problems(path, lines)


def text_problems(path: Path, lines: tuple[str, ...]) -> Iterator[Iterator[Problem]]:
    """The rules for what is read as text, in pages and labs."""
    yield words.words(path, lines)
    yield words.sentences(path, lines)
    yield formulas.unmarked(path, lines)


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


def problems_between(root: Path, pages: list[Page], labs: dict[Path, tuple[str, ...]]) -> Iterator[Iterator[Problem]]:
    """The rules that need all pages at once."""
    found: list[tuple[Path, Formula]] = []
    for page in pages:
        found += [(page.path, formula) for formula in formulas.formulas_of(page)]
    for path, lines in labs.items():
        found += [(path, formula) for formula in formulas_in(lines)]
    yield formulas.typeset_all(root, found)
    yield formulas.operators(found)
    yield practice.shared_ids(pages)
    yield front_matter.cycles(pages)
    yield glossary.terms(pages)


def snippet_problems(root: Path, pages: list[Page]) -> Iterator[Iterator[Problem]]:
    """The rules for snippet files."""
    shown: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    for page in pages:
        for line in page.lines:
            include = INCLUDE.match(line) if "8<" in line else None
            if include and include["section"]:
                shown.setdefault(include["path"], set()).add(include["section"])
            function = EXERCISE.match(line) if line.startswith("function:") else None
            if function:
                named.setdefault(function["path"], set()).add(function["name"])
    for path in sorted((root / "snippets").rglob("*.py")):
        name = path.relative_to(root / "snippets").as_posix()
        yield code.belongs_to_a_page(root, path)
        yield code.sections(path, shown.get(name, set()))
        yield code.imports(path)
        yield words.unfinished_code(path)
        if path.name == "checks.py":
            yield code.assertions(path)
        if path.name == "exercises.py":
            yield code.unused_exercises(path, named.get(name, set()))
            yield exercises.answers(path, named.get(name, set()))
            yield exercises.checks(path, named.get(name, set()))
