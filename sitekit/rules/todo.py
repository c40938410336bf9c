"""The rule on what is left to write: ``python3 -m sitekit new`` leaves a TODO wherever the author has the word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.pages import Page, read_text
from sitekit.rules.content import practice_lines

TODO = re.compile(r"\bTODO\b[^.:;*\]]*")
"""The mark and what it asks for; an example may stand behind the next full stop or colon."""
QUOTED = re.compile(r"`[^`]*`")


def todos_of_page(page: Page) -> Iterator[Problem]:
    """What is left to write in the front matter, the text, the questions and the exercises of a page."""
    front_matter = enumerate(page.lines[: page.meta_lines], start=1)
    yield from todos(page.path, [*front_matter, *enumerate(page.prose, start=1), *practice_lines(page)])


def todos_of_file(path: Path) -> Iterator[Problem]:
    """What is left to write in a snippet file."""
    yield from todos(path, enumerate(read_text(path).splitlines(), start=1))


def todos(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """One problem for each line with a TODO; a TODO `in backticks` is a word like others."""
    for number, line in lines:
        match = TODO.search(QUOTED.sub("", line))
        if match:
            yield Problem(path, number, match[0].strip('" '), "Then remove the mark.", rule="todo")
