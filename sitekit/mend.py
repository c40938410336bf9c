"""``python -m sitekit lint --fix``: mend what can be mended without changing a word, and say what changed.

The first three mend bytes; rumdl mends blank lines and white space of Markdown, outside fences alone. Which of its
rules may do so is written in pyproject.toml, under ``fixable``.
"""

from __future__ import annotations

import difflib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from sitekit.rules.files import text_files
from sitekit.rules.rumdl import FIX, paths_of

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def mend(root: Path) -> Iterator[str]:
    """Mend all sources below ``root``, and tell each change as ``docs/x.md:12: what was done``."""
    markdown = [path for name in paths_of(root) for path in files_of(root / name)]
    before = {path: path.read_bytes() for path in {*text_files(root), *markdown}}
    for path, data in before.items():
        plain = data.removeprefix(BYTE_ORDER_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if plain != data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            path.write_bytes(plain)
    subprocess.run([*FIX, *paths_of(root)], cwd=root, check=False, capture_output=True)
    for path in sorted(before):
        yield from changes(path.relative_to(root).as_posix(), before[path], path.read_bytes())


def files_of(path: Path) -> list[Path]:
    """A Markdown file, or those below a folder."""
    return [path] if path.is_file() else [file for file in path.rglob("*.md") if not file.is_symlink()]


def changes(name: str, old: bytes, new: bytes) -> Iterator[str]:
    """What is different, one line for each place."""
    if old.startswith(BYTE_ORDER_MARK) and not new.startswith(BYTE_ORDER_MARK):
        yield f"{name}:1: removed the byte order mark"
    if b"\r" in old and b"\r" not in new:
        yield f"{name}:1: changed the line ends to those of Unix"
    texts = [data.removeprefix(BYTE_ORDER_MARK).decode("utf-8", "replace") for data in (old, new)]
    was, now = [text.replace("\r\n", "\n").replace("\r", "\n").split("\n") for text in texts]
    for kind, start, end, first, last in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "insert":
            yield f"{name}:{start + 1}: put in {last - first} empty line{'s' * (last - first > 1)}"
        elif kind == "delete":
            yield f"{name}:{start + 1}: took out {end - start} empty line{'s' * (end - start > 1)}"
        elif kind == "replace":
            yield f"{name}:{start + 1}: changed white space"
