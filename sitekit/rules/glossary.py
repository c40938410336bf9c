"""Rules on terms: each is defined once in the whole guide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitekit.errors import Problem
from sitekit.pages import Page

ABBREVIATION = re.compile(r"^\*\[(?P<term>[^\]]+)\]:")
TERM = re.compile(r"^\*\*(?P<term>[^*]+)\*\*\s*$")


def terms(pages: list[Page]) -> Iterator[Problem]:
    """A term is defined by ``*[term]: ...``, or by ``**term**`` and ``: ...`` on the line below it."""
    seen: dict[str, str] = {}
    for page in pages:
        for number, line in enumerate(page.prose, start=1):
            if not line.startswith("*"):
                continue
            found = ABBREVIATION.match(line) or definition(page, number, line)
            if not found:
                continue
            place = f"docs/{page.name}.md:{number}"
            first = seen.setdefault(found["term"].strip().lower(), place)
            if first != place:
                message = f"the term {found['term'].strip()} is defined at {first} already"
                yield Problem(page.path, number, message, "Keep one of the definitions.", rule="term-twice")


def definition(page: Page, number: int, line: str) -> re.Match[str] | None:
    """A term in bold, if its definition follows."""
    following = page.prose[number : number + 1]
    return TERM.match(line) if following and following[0].startswith(":") else None
