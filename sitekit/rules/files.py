"""Rules on files: what they are called, how large they are, and which bytes they are made of."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem

NAME = re.compile(r"^[a-z0-9_][a-z0-9_.-]*$")
TEXT = (".md", ".py", ".yml", ".css", ".js", ".svg", ".json", ".html")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
LARGEST_IMAGE, LARGEST_FILE, WIDEST_IMAGE = 300_000, 1_000_000, 3000
GENERATED = ("docs/checks", "docs/assets/figures")
CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x85\xad]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]"
)
"""Control characters, line ends of other systems, letters without width, signs that turn the direction of text."""


def files(root: Path) -> Iterator[Problem]:
    """Every file below docs/ and snippets/."""
    for path in sources(root):
        yield from named(path)
        if path.name == "README.md" and path.with_name("index.md").exists():
            message, cure = "index.md and README.md would be the same page", "Delete one of them."
            yield Problem(path, 1, message, cure, rule="index-and-readme")


def sources(root: Path) -> Iterator[Path]:
    """Every file and folder that people wrote below docs/ and snippets/. Links are listed and not followed."""
    for top in ("docs", "snippets"):
        for folder, folders, names in os.walk(root / top):
            folders[:] = [name for name in sorted(folders) if is_written(root, Path(folder, name))]
            yield from (Path(folder, name) for name in folders)
            yield from (Path(folder, name) for name in sorted(names) if is_written(root, Path(folder, name)))


def is_written(root: Path, path: Path) -> bool:
    """Whether people wrote it; editors and Python leave files of their own."""
    is_ours = not path.name.startswith((".", "#")) and not path.name.endswith("~") and path.name != "__pycache__"
    return is_ours and path.relative_to(root).as_posix() not in GENERATED


def text_files(root: Path) -> Iterator[Path]:
    """The files of ``sources`` that hold text."""
    return (path for path in sources(root) if path.suffix in TEXT and path.is_file() and not path.is_symlink())


def named(path: Path) -> Iterator[Problem]:
    """A file is a file of its own, has a name that works in every address, and is small and clean."""
    if path.is_symlink():
        message = f"the file is a symbolic link to {path.readlink().as_posix()}"
        yield Problem(path, 1, message, "Put the file itself here.", rule="symlink")
        return
    if not NAME.match(path.name) and path.name != "README.md":
        cure = "Use small letters, digits, - and _: the name becomes an address."
        yield Problem(path, 1, f"the name {path.name} does not work in every address", cure, rule="file-name")
    if path.is_file():
        yield from size(path)
        if path.suffix in TEXT:
            yield from clean(path, path.read_bytes())


def size(path: Path) -> Iterator[Problem]:
    """A reader on a phone can load it."""
    is_image = path.suffix.lower() in IMAGES
    largest = LARGEST_IMAGE if is_image else LARGEST_FILE
    found = path.stat().st_size
    if found > largest:
        message = f"the file has {found // 1000} KB, and {largest // 1000} are the most that readers should load"
        cure = "Make the picture smaller, or draw it in figures.py." if is_image else "Make it smaller."
        yield Problem(path, 1, message, cure, rule="file-size")
    elif path.suffix.lower() == ".png" and width(path) > WIDEST_IMAGE:
        message, cure = f"the picture is {width(path)} pixels wide", f"Make it {WIDEST_IMAGE} or less."
        yield Problem(path, 1, message, cure, rule="image-width")


def width(path: Path) -> int:
    """The width of a PNG, from its first bytes."""
    with path.open("rb") as file:
        start = file.read(24)
    return int(struct.unpack(">I", start[16:20])[0]) if len(start) == 24 else 0


def clean(path: Path, data: bytes) -> Iterator[Problem]:
    """A text file has the line ends of Unix, and nothing invisible; ``sitekit.pages`` sees to its encoding."""
    if data.startswith(b"\xef\xbb\xbf"):
        message, cure = "the file starts with a byte order mark", "Save it without, or run lint --fix."
        yield Problem(path, 1, message, cure, rule="byte-order-mark")
    if b"\r" in data:
        line = data[: data.index(b"\r")].count(b"\n") + 1
        message, cure = "the line ends as on Windows", "Save the file with Unix line ends, or run lint --fix."
        yield Problem(path, line, message, cure, rule="line-end")
    control = CONTROL.search(data) if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else None
    if control:
        line = data[: control.start()].count(b"\n") + 1
        message = f"the line has the invisible character 0x{control[0].hex()} (in UTF-8)"
        yield Problem(path, line, message, "Delete it.", rule="control-character")
