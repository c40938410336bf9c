"""Reading a built site: its pages, each with its elements and their lines, and where an address leads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import html

from sitekit.environment import SetupError


class Finding(NamedTuple):
    """One mistake in a built file, before it is known where in the sources it comes from."""

    path: Path
    """The built file."""
    line: int
    message: str
    cure: str
    rule: str
    texts: tuple[str, ...] = ()
    """Texts to look for in the sources, the best one first."""


class BuiltPage:
    """One HTML file of a built site."""

    def __init__(self, path: Path, name: str) -> None:
        """Read the file ``path``, which is called ``name`` below the root of the site."""
        self.path = path
        self.name = name
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.tree: Any = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))

    @cached_property
    def ids(self) -> set[str]:
        """What an address of this page may name behind its #."""
        return {*self.tree.xpath("//@id"), *self.tree.xpath("//a/@name")}

    @property
    def is_redirect(self) -> bool:
        """Whether the page only sends its readers on."""
        return bool(refreshes(self)) and not self.tree.xpath("//article")

    @property
    def is_error(self) -> bool:
        """Whether a server shows this page in place of another one: 404.html, say."""
        return bool(re.fullmatch(r"\d{3}\.html", self.name))

    def line_of(self, text: str, start: int) -> int:
        """The line of a text that stands behind the tag in line ``start``."""
        written = escape(text, quote=False)
        found = (number for number in range(start, len(self.lines) + 1) if written in self.lines[number - 1])
        return next(found, start)

    def finding(self, element: Any, message: str, cure: str, rule: str, *texts: str) -> Finding:
        """What is wrong with an element; its text leads to the source, if it stands where authors write."""
        own_text = [text_of(element)] if element.xpath("ancestor::article") else []
        return Finding(self.path, element.sourceline, message, cure, rule, (*texts, *own_text))


class BuiltSite(NamedTuple):
    """A built site."""

    folder: Path
    address: str
    """Where it will be published, as its home page says: ``https://example.org/guide/``."""
    pages: dict[str, BuiltPage]
    """By their names below the root, ``start/notation/index.html`` for instance."""
    files: frozenset[str]

    def target(self, page: str, address: str) -> tuple[str, str] | None:
        """The file and the part of it (behind the #) that an address in a page or style sheet leads to.

        The file starts with ``..`` if it would lie outside of the site. None for an address of another site.
        """
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            if not address.startswith(self.address):
                return None
            path = urlsplit(address.removeprefix(self.address)).path
        elif parts.path.startswith("/"):
            path = posixpath.relpath(parts.path, self.root) + "/" * parts.path.endswith("/")
        elif parts.path:
            path = posixpath.join(posixpath.dirname(page), parts.path)
        else:
            path = page
        is_folder = not path or path.endswith(("/", "/.", "/..")) or path in (".", "..")
        name = posixpath.normpath(posixpath.join(unquote(path), "index.html" if is_folder else ""))
        return name, unquote(parts.fragment)

    @property
    def root(self) -> str:
        """The path of the address: ``/guide/``."""
        return urlsplit(self.address).path


def read_site(folder: Path) -> BuiltSite:
    """Read a built site.

    Raises:
        SetupError: If there is none.
    """
    if not (folder / "index.html").is_file():
        raise SetupError(f"there is no built site in {folder}: run python3 -m sitekit build first, or name its folder")
    files = {path: path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()}
    pages = {name: BuiltPage(path, name) for path, name in files.items() if path.suffix == ".html"}
    home = pages["index.html"].tree.xpath("//link[@rel='canonical']/@href")
    return BuiltSite(folder, home[0] if home else "/", pages, frozenset(files.values()))


def refreshes(page: BuiltPage) -> list[Any]:
    """The ``<meta http-equiv="refresh">`` of a page."""
    return [meta for meta in page.tree.xpath("//meta[@http-equiv]") if meta.get("http-equiv").lower() == "refresh"]


def text_of(element: Any) -> str:
    """The text of an element, with single spaces."""
    return " ".join(element.text_content().split())


def attributes(page: BuiltPage, names: Iterable[str]) -> Iterator[tuple[Any, str, str]]:
    """All attributes of some names: the element, the name, the value."""
    for value in page.tree.xpath(f"//@*[{' or '.join(f'name() = {name!r}' for name in names)}]"):
        yield value.getparent(), value.attrname, str(value)
