"""Rules on words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.pages import Page, read_text
from sitekit.plain import matches, without_code, without_formulas

HURTFUL = re.compile(r"\b(just|simply|obviously|clearly|trivially|of course)\b", re.IGNORECASE)
CODE = re.compile(r"`[^`]*`")
QUOTED = re.compile(r"`[^`]*`|[\"“][^\"”]*[\"”]")
UNFINISHED = re.compile(r"(?:TODO|FIXME)\b")
LONGEST_SENTENCE = 60
END_OF_SENTENCE = re.compile(r"(?<=[.!?:;])[\s\"”)*]+")


def words(path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """No word that tells a stuck reader that it should be easy."""
    for number in {number for number, _ in matches(HURTFUL, lines)}:
        match = HURTFUL.search(QUOTED.sub("", lines[number - 1]))
        if match:
            message = f"the word “{match[0]}” hurts where a reader is stuck"
            yield Problem(path, number, message, "Leave it out.", rule="banned-word")


def sentences(path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """No sentence that a reader has to read twice because of its length."""
    for number, line in enumerate(without_formulas(without_code(lines)), start=1):
        if len(line) < 4 * LONGEST_SENTENCE or line.lstrip().startswith(("|", "<", "![")):
            continue
        longest = max((part.split() for part in END_OF_SENTENCE.split(line)), key=len)
        if len(longest) > LONGEST_SENTENCE:
            message = f"this sentence has {len(longest)} words (“{' '.join(longest[:4])} ...”)"
            yield Problem(path, number, message, "Make two of it.", rule="sentence-long")


def unfinished(path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Nothing is left to do."""
    for number, _ in matches(UNFINISHED, lines):
        if not UNFINISHED.search(CODE.sub("", lines[number - 1])):
            continue
        message = f"this is left to do: {lines[number - 1].strip().strip('#*- ').rstrip('.:')}"
        yield Problem(path, number, message, "Write what is missing, and remove the word.", rule="todo")


def unfinished_code(path: Path) -> Iterator[Problem]:
    """The same for a file of Python."""
    yield from unfinished(path, tuple(read_text(path).splitlines()))


def written(page: Page) -> tuple[str, ...]:
    """The lines of a page that its author writes: all but those of examples for display."""
    lines = list(page.lines)
    for fence in page.fences:
        if fence not in page.practice:
            lines[fence.line : fence.line + len(fence.lines)] = [""] * len(fence.lines)
    return tuple(lines)
