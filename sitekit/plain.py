"""The sentences of Markdown lines: without code, comments and formulas. Lines and columns keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sitekit.typeset import BLOCK_IN_SOURCE, INLINE_IN_SOURCE

PARAGRAPH = re.compile(r"(?:^.*\S.*\n?)+", re.MULTILINE)
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@lru_cache(maxsize=64)
def without_code(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines with comments and inline code made blank. Code ends with its paragraph, as in the built page."""
    text = COMMENT.sub(blank, "\n".join(lines))
    text = PARAGRAPH.sub(
        lambda paragraph: INLINE_CODE.sub(blank, paragraph[0]) if "`" in paragraph[0] else paragraph[0], text
    )
    return tuple(text.split("\n"))


@lru_cache(maxsize=64)
def without_formulas(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines with formulas made blank."""
    text = BLOCK_IN_SOURCE.sub(blank, "\n".join(lines))
    return tuple(INLINE_IN_SOURCE.sub(blank, text).split("\n"))


def blank(match: re.Match[str]) -> str:
    """White space of the same length, with the same line ends."""
    return "\n".join(" " * len(line) for line in match[0].split("\n"))


def matches(pattern: re.Pattern[str], lines: tuple[str, ...]) -> Iterator[tuple[int, re.Match[str]]]:
    """The first match of a pattern in each line, with the number of the line. One search of all is faster than many."""
    text = "\n".join(lines)
    number = before = last = 0
    for match in pattern.finditer(text):
        number += text.count("\n", before, match.start())
        before = match.start()
        if number + 1 != last:
            last = number + 1
            yield last, match
