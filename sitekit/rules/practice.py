"""Rules on questions and exercises: each is complete, and has an id of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.exercises import read_exercise
from sitekit.pages import Fence, Page, read_text
from sitekit.questions import FenceError, read_question
from sitekit.snippets import INCLUDE, MARKER, Line, located, read_sections

ID = re.compile(r"^id:\s*(\S+)")


def practice(root: Path, page: Page) -> Iterator[Problem]:
    """Questions and exercises are complete, and their ids are unique."""
    seen: dict[str, int] = {}
    for fence in page.practice:
        inside = inside_of(root, page, fence)
        text = "\n".join(inside)
        try:
            name = read_exercise(root, text).id if fence.info == "exercise" else read_question(text).id
        except FenceError as error:
            line = inside[min(error.line, len(inside)) - 1].number if error.line and inside else fence.line
            yield Problem(page.path, line, error.message, error.cure, rule=error.rule)
            continue
        if name in seen:
            message = f"the id {name} is used at line {seen[name]} already"
            yield Problem(
                page.path, fence.line, message, "Give each question and exercise an id of its own.", rule="id-twice"
            )
        seen.setdefault(name, fence.line)


def shared_ids(pages: list[Page]) -> Iterator[Problem]:
    """No two pages use the same id: what a reader did is remembered under it."""
    seen: dict[str, Page] = {}
    for page in pages:
        for fence in page.practice:
            named = next((ID.match(line) for line in fence.lines if ID.match(line)), None)
            if named is None:
                continue
            first = seen.setdefault(named[1], page)
            if first is not page:
                message = f"the id {named[1]} is used on docs/{first.name}.md already"
                yield Problem(
                    page.path, fence.line, message, "Start the ids of a page with a word of its own.", rule="id-twice"
                )


def inside_of(root: Path, page: Page, fence: Fence) -> list[Line]:
    """The lines of a fence with its snippets put in, each with its line (an included one: that of its include)."""
    inside: list[Line] = []
    for number, line in enumerate(fence.lines, start=fence.line + 1):
        include = INCLUDE.match(line)
        indent = line[: len(line) - len(line.lstrip())]
        texts = [indent + shown for shown in lines_of(root, include)] if include else [line]
        inside += [located(text, page.path, number) for text in texts]
    return inside


def lines_of(root: Path, include: re.Match[str]) -> list[str]:
    """What an include puts into the page; nothing if it is broken, which the rule of includes reports."""
    path = root / "snippets" / include["path"]
    section = read_sections(path).get(include["section"]) if path.is_file() else None
    if section is None:
        return []
    last = section.end - 1 if section.end else None
    return [line for line in read_text(path).splitlines()[section.start : last] if not MARKER.match(line)]
