"""Rules on blocks that Markdown would show as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.pages import Page
from sitekit.plain import matches, without_code, without_formulas

BOX = re.compile(r"^(?P<indent>\s*)(?:!!!|\?\?\?\+?|===[!+]?)")
GOOD_BOX = re.compile(r'^\s*(?:!!!|\?\?\?\+?) (?P<kind>[a-z]+)(?: [a-z-]+)*(?: "[^"]*")?\s*$')
KINDS = (
    "abstract",
    "bug",
    "danger",
    "example",
    "failure",
    "info",
    "note",
    "question",
    "quote",
    "success",
    "tip",
    "warning",
)
SYNTAX = {
    "pymdownx.emoji": (":", re.compile(r":(?<![\w:].)[a-z][a-z0-9_+-]*:(?![\w:])")),
    "pymdownx.tabbed": ("===", re.compile(r'^[ \t]*===[!+]? "', re.MULTILINE)),
    "pymdownx.details": ("???", re.compile(r"^[ \t]*\?\?\?\+? ", re.MULTILINE)),
    "pymdownx.tasklist": ("] ", re.compile(r"^[ \t]*[-*] \[[ xX]\] ", re.MULTILINE)),
    "pymdownx.mark": ("==", re.compile(r"==[^\s=][^=\n]*==")),
    "pymdownx.tilde": ("~~", re.compile(r"~~[^\s~][^~\n]*~~")),
    "pymdownx.keys": ("++", re.compile(r"\+\+[a-z][\w+-]*\+\+")),
    "pymdownx.critic": ("{", re.compile(r"\{(?:\+\+|--|>>)")),
    "footnotes": ("[^", re.compile(r"\[\^[\w-]+\]")),
    "def_list": ("\n:", re.compile(r"^:[ \t]+\S", re.MULTILINE)),
}
"""Extensions of Markdown that a writer may expect: what every use of one contains, and what a use looks like."""


def boxes(page: Page) -> Iterator[Problem]:
    """A box has a kind that the theme knows, and its text is indented."""
    for number, line in enumerate(page.prose, start=1):
        box = BOX.match(line)
        if not box:
            continue
        good = GOOD_BOX.match(line)
        if "===" not in line and not (good and good["kind"] in KINDS):
            message = f"this is no box: {line.strip()}"
            cure = f'Write !!! warning "Title"; the kinds are {", ".join(KINDS)}.'
            yield Problem(page.path, number, message, cure, rule="box-form")
        following = next(
            ((n, text) for n, text in enumerate(page.lines[number:], start=number + 1) if text.strip()), None
        )
        indent = box["indent"] + "    "
        if following is None or not following[1].startswith(indent):
            place = following[0] if following and following[0] == number + 1 else number
            cure = "Start each line of it with four more spaces."
            yield Problem(page.path, place, "the text of the box is not indented", cure, rule="box-indentation")


def switched_off(path: Path, lines: tuple[str, ...], extensions: set[str]) -> Iterator[Problem]:
    """What needs an extension that mkdocs.yml does not switch on is shown as it was typed."""
    text = without_formulas(without_code(lines))
    whole = "\n".join(text)
    for name in SYNTAX.keys() - extensions:
        part, pattern = SYNTAX[name]
        for number, found in matches(pattern, text) if part in whole else ():
            message = f"“{found[0].strip()}” needs {name}, so it would be shown as typed"
            cure = "Write it in another way; put code between `."
            yield Problem(path, number, message, cure, rule="extension-off")


def empty(page: Page) -> Iterator[Problem]:
    """A page has more than a title."""
    if not page.fences and not any(line.strip() and not line.startswith("#") for line in page.prose):
        yield Problem(page.path, 1, "the page is empty", "Write its text, or delete it.", rule="page-empty")
