"""Reading the built site back: every code block that a reader sees, compared with the blocks that were run."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

DISPLAY_LANGUAGES = {"text", "console", "markdown", "yaml", "toml", "html", "css", "json", "nginx"}
"""Languages that are shown and not run."""

RUN_LANGUAGES = ("python", "pycon")
SHOWN_LIBRARY = "ancestor::*[contains(@class, 'doc-signature') or contains(@class, 'library-source')]"
"""Signatures and code of mlmath on the reference pages: the library itself, not a block of the page."""


class ShownBlock(NamedTuple):
    """A code block of the built site."""

    page: str
    language: str
    code: str


def fingerprint(code: str) -> str:
    """A hash of code as it is shown: white space at the ends of lines and of the block does not count."""
    lines = [line.rstrip() for line in code.strip("\n").splitlines()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def shown_blocks(site: Path) -> list[ShownBlock]:
    """Every ``<pre><code>`` of every page of a built site but the library's own code."""
    blocks = []
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).parent.as_posix()
        codes: Any = html.fromstring(path.read_bytes()).xpath("//pre//code | //pre[not(.//code) and not(.//samp)]")
        for code in codes:
            if code.xpath(SHOWN_LIBRARY):
                continue
            marked = code.xpath("ancestor-or-self::*[contains(concat(' ', @class), ' language-')][1]/@class")
            language = next((name[9:] for name in " ".join(marked).split() if name.startswith("language-")), "")
            blocks.append(ShownBlock(page, language, code.text_content()))
    return blocks


def differences(site: Path, executed: list[dict[str, str]]) -> list[str]:
    """What is shown and was not run, or was run and is not shown; both as multisets. Empty if all is well.

    Args:
        site: The built site.
        executed: What ran, as ``sitekit.codeblocks`` records it: page, fingerprint of the code, its first letters.
    """
    shown: Counter[tuple[str, str]] = Counter()
    starts: dict[tuple[str, str], str] = {}
    messages = []
    for block in shown_blocks(site):
        if block.language in DISPLAY_LANGUAGES:
            continue
        if block.language not in RUN_LANGUAGES:
            messages.append(
                f"{block.page}: a block in the language {block.language!r} is neither run nor for display only"
            )
            continue
        key = (block.page, fingerprint(block.code))
        shown[key] += 1
        starts[key] = block.code.strip()[:60]
    ran: Counter[tuple[str, str]] = Counter()
    for entry in executed:
        key = ("." if entry["page"] == "index" else entry["page"].removesuffix("/index"), entry["code"])
        ran[key] += 1
        starts.setdefault(key, entry["start"])
    messages += [f"{page}: shown but not run: {starts[page, code]!r}" for page, code in (shown - ran).elements()]
    messages += [f"{page}: run but not shown: {starts[page, code]!r}" for page, code in (ran - shown).elements()]
    return messages


def count_python(site: Path) -> int:
    """How many Python blocks and sessions a reader sees."""
    return sum(block.language in RUN_LANGUAGES for block in shown_blocks(site))
