"""Reading a Markdown page: its front matter, headings and fences, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sitekit.errors import Problem, SiteError

FENCE = re.compile(r"^(?P<indent>[ >]*)(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
HEADING = re.compile(r"^(#{1,6})\s*(.*?)\s*#*$")
PRACTICE = ("quiz", "exercise")
NOT_TEXT = re.compile(
    r"\s*(?:- )?(?:id|kind|function|answer|tolerance|computed|code|value|accept|correct):|\s*;?--8<--"
)
"""Lines of a question or an exercise that hold no sentence for readers."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Fence(NamedTuple):
    """A fenced block of a page."""

    info: str
    """What stands behind the opening marks: usually the language."""
    line: int
    """Line of the opening marks, counted from 1."""
    lines: tuple[str, ...]
    """The lines inside, without the fence's indentation."""


class Heading(NamedTuple):
    """A heading of a page."""

    level: int
    text: str
    line: int


@dataclass(frozen=True)
class Page:
    """One Markdown source file, read but not rendered."""

    path: Path
    name: str
    """Path below docs/ without ``.md``: ``calculus/calculus_for_ml``."""
    lines: tuple[str, ...]
    meta: dict[str, Any]
    meta_lines: int
    """Number of lines that the front matter takes."""
    fences: tuple[Fence, ...]
    prose: tuple[str, ...]
    """The lines of the page, with those of the front matter and of fences made empty."""

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings outside fences."""
        found = ((number, HEADING.match(line)) for number, line in enumerate(self.prose, start=1) if line[:1] == "#")
        return [Heading(len(match[1]), match[2], number) for number, match in found if match]

    @cached_property
    def reading(self) -> tuple[str, ...]:
        """The lines that are read as text: prose, and the sentences of questions and exercises; others are empty."""
        lines = list(self.prose)
        for fence in self.practice:
            for number, line in enumerate(fence.lines, start=fence.line):
                lines[number] = "" if NOT_TEXT.match(line) else line
        return tuple(lines)

    @property
    def practice(self) -> list[Fence]:
        """The fences that are a question or an exercise."""
        return [fence for fence in self.fences if fence.info in PRACTICE]

    def line_of(self, text: str) -> int:
        """First line that contains ``text``, or 1 if none does."""
        return next((number for number, line in enumerate(self.lines, start=1) if text in line), 1)


def read_text(path: Path) -> str:
    """The text of a source file.

    Raises:
        SiteError: If the file is missing or isn't UTF-8; the message has the line of the first bad byte.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SiteError(
            Problem(path, 1, f"cannot read the file ({error.strerror})", "Restore it.", rule="file-unreadable")
        ) from error
    if data.startswith(UTF_16):
        raise SiteError(Problem(path, 1, "the file is UTF-16", "Save it as UTF-8.", rule="encoding"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"the file isn't UTF-8 (byte 0x{data[error.start]:02x})"
        raise SiteError(Problem(path, line, message, "Save it as UTF-8.", rule="encoding")) from error


def read_page(root: Path, path: Path) -> Page:
    """Read one page.

    Args:
        root: The repository.
        path: A Markdown file below ``root / "docs"``.

    Raises:
        SiteError: If the file isn't UTF-8, its front matter isn't a YAML mapping, or a fence is never closed.
    """
    lines = tuple(read_text(path).splitlines())
    meta, meta_lines = read_front_matter(path, lines)
    fences: list[Fence] = []
    prose: list[str] = [""] * meta_lines
    number = meta_lines
    while number < len(lines):
        match = FENCE.match(lines[number])
        if not match:
            prose.append(lines[number])
            number += 1
            continue
        end = end_of_fence(path, lines, number, match["marks"])
        indent = len(match["indent"])
        inside = tuple(line[indent:] for line in lines[number + 1 : end])
        fences.append(Fence(match["info"].strip(), number + 1, inside))
        prose.extend([""] * (end + 1 - number))
        number = end + 1
    name = path.relative_to(root / "docs").with_suffix("").as_posix()
    return Page(path, name, lines, meta, meta_lines, tuple(fences), tuple(prose))


def read_front_matter(path: Path, lines: tuple[str, ...]) -> tuple[dict[str, Any], int]:
    """The YAML between the two ``---`` lines at the top, and how many lines it takes."""
    if not lines or lines[0] != "---":
        return {}, 0
    if "---" not in lines[1:]:
        raise SiteError(
            Problem(path, 1, "the front matter has no closing line", "Write --- under it.", rule="front-matter-end")
        )
    end = lines.index("---", 1)
    try:
        meta = load_yaml("\n".join(lines[1:end])) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        message = f"the front matter isn't valid YAML ({getattr(error, 'problem', error)})"
        raise SiteError(
            Problem(path, line, message, "Quote values that contain a colon.", rule="front-matter-yaml")
        ) from error
    if not isinstance(meta, dict):
        raise SiteError(
            Problem(
                path,
                1,
                "the front matter isn't a list of name: value",
                "Write one name a line.",
                rule="front-matter-form",
            )
        )
    return meta, end + 1


def load_yaml(text: str) -> Any:
    """What YAML says, read by the fast parser; the slow one words its errors better.

    Raises:
        yaml.YAMLError: If it isn't valid.
    """
    try:
        return yaml.load(text, LOADER)  # noqa: S506  # it is a safe one
    except (yaml.YAMLError, ValueError):
        return slow_yaml(text)


def slow_yaml(text: str) -> Any:
    """What YAML says; a date that no calendar has is an error like any other."""
    try:
        return yaml.safe_load(text)
    except ValueError as error:
        raise yaml.YAMLError(str(error)) from error


def end_of_fence(path: Path, lines: tuple[str, ...], start: int, marks: str) -> int:
    """Index of the line that closes the fence opened at index ``start``."""
    closing = re.compile(rf"^[ >]*{re.escape(marks[0])}{{{len(marks)},}}\s*$")
    for number in range(start + 1, len(lines)):
        if closing.match(lines[number]):
            return number
    raise SiteError(
        Problem(path, start + 1, "this fence is never closed", f"Write {marks} under the block.", rule="fence-unclosed")
    )


def page_paths(root: Path) -> list[Path]:
    """Every Markdown page that a person wrote, in a fixed order (not the generated docs/checks/, and no links)."""
    docs = root / "docs"
    paths = (path for path in docs.rglob("*.md") if path.relative_to(docs).parts[0] != "checks")
    return sorted(path for path in paths if not path.is_symlink())
