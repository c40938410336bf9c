"""Rules on front matter: which names it has, what each holds, and what to read before which page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sitekit.errors import Problem
from sitekit.pages import Page
from sitekit.rules.structure import is_module
from sitekit.typeset import BLOCK_IN_SOURCE

WORDS_A_MINUTE = 200
SLACK = 3


class Field(NamedTuple):
    """One name of the front matter."""

    kind: type
    cure: str
    in_modules: bool = False
    """Whether every module has it."""


FIELDS = {
    "description": Field(str, "Write one sentence for search engines."),
    "prerequisites": Field(list, "List the pages to read before, as [calculus/calculus_for_ml], or write [].", True),
    "minutes": Field(int, "Write the reading time as a whole number.", True),
    "also_called": Field(list, "List other names and symbols of the topic.", True),
    "asks": Field(list, "List what learners ask, in their words.", True),
    "hide": Field(list, "List what the page does without: navigation, toc."),
    "search": Field(dict, "Write exclude: true indented under it."),
}
TYPES = {str: "text", int: "a whole number", list: "a list", dict: "a list of name: value"}


def front_matter(root: Path, page: Page) -> Iterator[Problem]:
    """Every page has a description; a module has all fields; each field holds what it should."""
    if page.lines and not page.lines[0].strip() and "---" in (line for line in page.lines[:5]):
        message = "something stands before the front matter"
        yield Problem(page.path, 1, message, "Start the file with ---.", rule="front-matter-late")
        return
    if not page.meta.get("description"):
        message, cure = "the front matter has no description", FIELDS["description"].cure
        yield Problem(page.path, 1, message, cure, rule="description")
    for name, field in FIELDS.items():
        if name not in page.meta:
            if is_module(page) and field.in_modules:
                yield Problem(page.path, 1, f"the front matter has no {name}", field.cure, rule="front-matter-missing")
        elif type(page.meta[name]) is not field.kind or (field.kind is int and page.meta[name] <= 0):
            message = f"{name} is not {TYPES[field.kind]}"
            yield Problem(page.path, line_of(page, name), message, field.cure, rule="front-matter-type")
    yield from names(page)
    yield from items(page)
    yield from prerequisites(root, page)
    yield from minutes(page)


def names(page: Page) -> Iterator[Problem]:
    """Every name is known, and stands there once."""
    seen: set[str] = set()
    for number, line in enumerate(page.lines[: page.meta_lines], start=1):
        name = re.match(r"[\"']?([\w-]+)[\"']?\s*:", line)
        if name and name[1] in seen:
            message = f"{name[1]} stands in the front matter twice, and the first is lost"
            yield Problem(page.path, number, message, "Remove one of them.", rule="front-matter-twice")
        elif name and name[1] not in FIELDS:
            message = f"the front matter has the unknown name {name[1]}"
            yield Problem(page.path, number, message, f"Known are {', '.join(FIELDS)}.", rule="front-matter-unknown")
        if name:
            seen.add(name[1])


def items(page: Page) -> Iterator[Problem]:
    """The items of lists are text: YAML reads yes, 3 and 2026-01-01 as something else."""
    for name, field in FIELDS.items():
        value = page.meta.get(name)
        for item in value if field.kind is list and isinstance(value, list) else []:
            if not isinstance(item, str) or not item.strip():
                message = f"YAML reads {item!r} in {name} as no text"
                yield Problem(page.path, line_of(page, name), message, "Put it into quotes.", rule="front-matter-item")


def prerequisites(root: Path, page: Page) -> Iterator[Problem]:
    """What to read before is a page."""
    for name in prerequisites_of(page):
        if not (root / "docs" / f"{name}.md").is_file():
            message, cure = f"the prerequisite {name} is not a page", "Write its path below docs/, without .md."
            yield Problem(page.path, line_of(page, "prerequisites"), message, cure, rule="prerequisite-missing")


def cycles(pages: list[Page]) -> Iterator[Problem]:
    """No page has to be read before itself."""
    before = {page.name: prerequisites_of(page) for page in pages}
    for page in pages:
        circle = way_back(page.name, before)
        if circle and page.name == min(circle):
            message = f"these pages are to be read before each other: {' → '.join(circle)}"
            cure = "Remove the prerequisite that a reader can do without."
            yield Problem(page.path, line_of(page, "prerequisites"), message, cure, rule="prerequisite-cycle")


def way_back(start: str, before: dict[str, list[str]]) -> list[str]:
    """The shortest way from a page over prerequisites to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in before.get(way[-1], []):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def minutes(page: Page) -> Iterator[Problem]:
    """The reading time is honest: 200 words a minute, and a minute for each displayed formula; within a third."""
    told = page.meta.get("minutes")
    if type(told) is not int:
        return
    words, displayed = amount_of(page.reading)
    expected = minutes_of(page.reading)
    if abs(told - expected) > max(expected / 3, SLACK):
        message = f"minutes is {told}, but {words} words and {displayed} displayed formulas take about {expected}"
        yield Problem(page.path, line_of(page, "minutes"), message, f"Write minutes: {expected}.", rule="minutes")


def amount_of(lines: tuple[str, ...]) -> tuple[int, int]:
    """How many words and displayed formulas these lines have."""
    return sum(len(line.split()) for line in lines), len(BLOCK_IN_SOURCE.findall("\n".join(lines)))


def minutes_of(lines: tuple[str, ...]) -> int:
    """How long it takes to read these lines."""
    words, displayed = amount_of(lines)
    return round(words / WORDS_A_MINUTE + displayed)


def prerequisites_of(page: Page) -> list[str]:
    """The prerequisites of a page, as far as they are a list of text."""
    value: Any = page.meta.get("prerequisites")
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def line_of(page: Page, name: str) -> int:
    """The line of a name of the front matter."""
    starts = (
        number for number, line in enumerate(page.lines[: page.meta_lines], start=1) if line.startswith(f"{name}:")
    )
    return next(starts, 1)
