"""Rules on fences: code comes from snippets, and nothing is shown that no test runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sitekit.errors import Problem
from sitekit.pages import FENCE, PRACTICE, Fence, Page
from sitekit.rendered import DISPLAY_LANGUAGES
from sitekit.snippets import INCLUDE, read_sections

ALMOST_INCLUDE = re.compile(r"(?<![;\-–—])[-–—]+\s*8\s*[<>]\s*[-–—]+")


def fences(page: Page) -> Iterator[Problem]:
    """Code is included from snippets; what isn't run is in a language for display; nothing is skipped."""
    for fence in page.fences:
        yield from swallowed(page, fence)
        if fence.info == "python":
            yield from python_fence(page, fence)
        elif fence.info not in DISPLAY_LANGUAGES.union(PRACTICE):
            message = f"the fence is marked {fence.info!r}, so its code would be shown and never run"
            cure = f"Write python and include a snippet; text that isn't run is {', '.join(sorted(DISPLAY_LANGUAGES))}."
            yield Problem(page.path, fence.line, message, cure, rule="fence-language")
    for number, line in enumerate(page.prose, start=1):
        if re.search(r"<!--[-\s]*pytest", line):
            message = "this comment changes which code is tested"
            yield Problem(page.path, number, message, "Remove it: every block runs.", rule="comment-skips")


def swallowed(page: Page, fence: Fence) -> Iterator[Problem]:
    """A fence that isn't closed takes in the text up to the end of the next one."""
    marks = FENCE.match(page.lines[fence.line - 1])
    for line in fence.lines:
        inner = FENCE.match(line)
        if marks and inner and inner["info"].strip() and inner["marks"].startswith(marks["marks"]):
            message = f"this fence is not closed before the next one, {line.strip()}"
            cure = f"Write {marks['marks']} under the block; to show a fence, give the outer one more marks."
            yield Problem(page.path, fence.line, message, cure, rule="fence-unclosed")
            return


def python_fence(page: Page, fence: Fence) -> Iterator[Problem]:
    """A python fence is one include of one named section."""
    match = INCLUDE.match(fence.lines[0]) if len(fence.lines) == 1 else None
    if match is None:
        message = "this python fence isn't one include of one section"
        cure = 'Move the code to examples.py and write --8<-- "branch/module/examples.py:section" here.'
        yield Problem(page.path, fence.line + 1, message, cure, rule="python-fence")
    elif not match["section"]:
        message = "a whole file is included"
        yield Problem(page.path, fence.line + 1, message, "Name a section of it.", rule="include-whole-file")


def includes(root: Path, page: Page) -> Iterator[Problem]:
    """Every line that looks like an include is one, stands in a fence, and names what exists."""
    for number, line in enumerate(page.lines, start=1):
        if "8" not in line or not ALMOST_INCLUDE.search(line):
            continue
        match = INCLUDE.match(line)
        if not match:
            if "`" not in line:
                message = f"this isn't a valid include: {line.strip()}"
                yield Problem(page.path, number, message, 'Write --8<-- "path:section".', rule="include-form")
        elif page.prose[number - 1]:
            message, cure = "this include stands outside a fence", "Put ```python and ``` around it."
            yield Problem(page.path, number, message, cure, rule="include-outside")
        else:
            yield from included(root, page.path, number, match)


def included(root: Path, path: Path, number: int, match: re.Match[str]) -> Iterator[Problem]:
    """The file of an include lies in snippets/ and has the section."""
    file = root / "snippets" / match["path"]
    cure = "Correct the path or the section's name."
    if match["path"].startswith("/") or ".." in PurePosixPath(match["path"]).parts:
        message = f"the include {match['path']} leads out of snippets/"
        yield Problem(path, number, message, "Write the path below snippets/.", rule="include-escapes")
    elif not file.is_file():
        yield Problem(path, number, f"there is no file snippets/{match['path']}", cure, rule="include-missing")
    elif match["section"] and match["section"] not in read_sections(file):
        message = f"there is no section {match['section']} in snippets/{match['path']}"
        yield Problem(path, number, message, cure, rule="include-missing")
