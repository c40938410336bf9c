"""Rules on terms: each is defined once in the whole guide, in few words, with the place where it is taught."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitekit.errors import Problem
from sitekit.glossary import NAME, TERM, WHERE, plain, terms_in
from sitekit.pages import Page

ABBREVIATION = re.compile(r"^\*\[(?P<term>[^\]]+)\]:")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
MOST_SENTENCES = 2


def terms(pages: list[Page]) -> Iterator[Problem]:
    """A term is defined by ``*[term]: ...``, or by ``**term** (other words)`` and ``: ...`` on the line below it."""
    seen: dict[str, str] = {}
    for page in pages:
        for number, name in names_of(page):
            place = f"docs/{page.name}.md:{number}"
            if name.lower() in seen:
                message = f"the term {name} is defined at {seen[name.lower()]} already"
                yield Problem(page.path, number, message, "Keep one of the definitions.", rule="term-twice")
            seen.setdefault(name.lower(), place)
        if page.name == NAME:
            yield from forms(page)


def names_of(page: Page) -> Iterator[tuple[int, str]]:
    """Each word that a page defines, with its line."""
    if not any(line.startswith("*") for line in page.prose):
        return
    for number, line in enumerate(page.prose, start=1):
        short = ABBREVIATION.match(line)
        if short:
            yield number, short["term"].strip()
    for term in terms_in(page.prose):
        yield from ((term.line, name) for name in (term.name, *term.others))


def forms(page: Page) -> Iterator[Problem]:
    """Each term of the glossary has one or two plain sentences, and then the place where it is taught."""
    texts = {term.line: term.text for term in terms_in(page.prose)}
    for number, term in ((number, TERM.match(line)) for number, line in enumerate(page.prose, start=1)):
        message = what_is_wrong(texts.get(number, "")) if term else ""
        if term and message:
            cure = "Write : and one or two sentences of words under it, then See [title](page.md#heading)."
            yield Problem(page.path, number, f"the term {term['term']} has {message}", cure, rule="term-form")


def what_is_wrong(text: str) -> str:
    """What a definition has that it should not have, or lacks."""
    sentences = len(SENTENCE.split(plain(text)))
    if not text:
        return "no definition: a line that begins with a colon"
    if not WHERE.search(text):
        return "no place where it is taught"
    if "$" in text:
        return "a formula, which no hint can show"
    return f"{sentences} sentences" if sentences > MOST_SENTENCES else ""
