"""Rules on links: in Markdown and in HTML, in text, questions and labs, to pages, headings, files and other sites."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from sitekit.check_pages import source_of
from sitekit.errors import Problem
from sitekit.plain import without_code
from sitekit.rules.anchors import Anchors

INLINE = re.compile(r"\]\(\s*<?(?P<target>[^)\s>]*)")
REFERENCE = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\]]*\])+)\]\[(?P<name>[^\]]*)\]")
DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]^]+)\]:\s*<?(?P<target>\S+?)>?(?:\s|$)")
RAW = re.compile(r"<[a-zA-Z][^<>]*?\s(?:href|src)\s*=\s*[\"'](?P<target>[^\"']*)[\"']")
SCHEME = re.compile(r"^(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):")
GENERATED = ("assets/figures/", "assets/math/", "assets/exercises/")
"""What the build writes."""


class Links:
    """The links of all pages, and where they may lead."""

    def __init__(self, root: Path, anchors: Anchors) -> None:
        """Remember the repository and the anchors of its pages."""
        self.root, self.docs, self.anchors = root, root / "docs", anchors

    @cached_property
    def names_in_small_letters(self) -> dict[str, str]:
        """Each file below docs/ by its name in small letters."""
        names = (path.relative_to(self.docs).as_posix() for path in self.docs.rglob("*"))
        return {name.lower(): name for name in names}

    def problems(self, path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
        """The links of one page or lab that lead nowhere."""
        texts = without_code(lines)
        defined = {found["name"].lower() for found in map(DEFINITION.match, texts) if found}
        for number, line in enumerate(texts, start=1):
            if "[" in line:
                definition = DEFINITION.match(line)
                targets = [found["target"] for found in INLINE.finditer(line)]
                for target in [*targets, *([definition["target"]] if definition else [])]:
                    yield from self.link(path, number, target)
                yield from undefined(path, number, line, defined)
            if "<" in line:
                for found in RAW.finditer(line):
                    yield from self.raw_link(path, number, found["target"])

    def link(self, path: Path, number: int, target: str) -> Iterator[Problem]:
        """A link of Markdown: relative to the file."""
        if target.startswith("/") or SCHEME.match(target):
            yield from elsewhere(path, number, target)
            return
        if "assets/figures/" in target:  # the rules of figures see to these
            return
        file, _, anchor = unquote(target).partition("#")
        name = path.relative_to(self.docs).as_posix()
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
        if wanted.startswith("../"):
            message, cure = (
                f"the link {target} leads out of docs/",
                "Link to a page of this site, or to a full address.",
            )
            yield Problem(path, number, message, cure, rule="link-broken")
        elif wanted.endswith(".html"):
            message = f"the link {target} names the built page"
            yield Problem(path, number, message, "Link to the source, which ends in .md.", rule="link-to-html")
        elif not wanted.startswith(GENERATED):
            yield from self.file(path, number, target, wanted, anchor)

    def raw_link(self, path: Path, number: int, target: str) -> Iterator[Problem]:
        """A link of HTML in the page: it is not changed by the build, so it is relative to the built page."""
        if target.startswith("/") or SCHEME.match(target):
            yield from elsewhere(path, number, target)
            return
        address, _, anchor = unquote(target).partition("#")
        name = path.relative_to(self.docs).with_suffix("").as_posix()
        here = posixpath.dirname(name) if posixpath.basename(name) == "index" else name
        wanted = posixpath.normpath(posixpath.join(here, address))
        page = next((p for p in (wanted, posixpath.join(wanted, "index")) if source_of(self.root, p).is_file()), None)
        if not address:
            yield from self.file(path, number, target, path.relative_to(self.docs).as_posix(), anchor)
        elif page:
            source = source_of(self.root, page).relative_to(self.docs).as_posix()
            yield from self.file(path, number, target, source, anchor)
        elif not wanted.startswith(GENERATED):
            yield from self.file(path, number, target, wanted, anchor)

    def file(self, path: Path, number: int, target: str, wanted: str, anchor: str) -> Iterator[Problem]:
        """What a link leads to: a file of docs/, and a place in it."""
        anchors = self.anchors.of(wanted)
        if anchors is None and not (self.docs / wanted).is_file():
            similar = self.names_in_small_letters.get(wanted.lower())
            rule, cure = "link-broken", "Correct the path; a page is named with its .md."
            if similar:
                rule, cure = "link-case", f"Write it as {similar}: small and capital letters are different on the web."
            yield Problem(path, number, f"the link {target} leads to no file of docs/", cure, rule=rule)
        elif anchor and anchors is not None and anchor not in anchors:
            message = f"the link {target} leads to no heading or id of docs/{wanted}"
            cure = "Write the heading in small letters with - for spaces."
            yield Problem(path, number, message, cure, rule="link-anchor")


def elsewhere(path: Path, number: int, target: str) -> Iterator[Problem]:
    """A link to another site is encrypted and has its full address."""
    if target.startswith("/"):
        cure = "Write it relative to this file: the site may lie in a folder of its server."
        yield Problem(path, number, f"the link {target} is absolute", cure, rule="link-absolute")
    elif target.lower().startswith("http:"):
        yield Problem(path, number, f"the link {target} is not encrypted", "Write https:.", rule="link-http")


def undefined(path: Path, number: int, line: str, defined: set[str]) -> Iterator[Problem]:
    """``[text][name]`` needs a line ``[name]: address``, or names a function of the library."""
    for found in REFERENCE.finditer(line):
        name = (found["name"] or found["text"]).lower()
        if name not in defined and not name.startswith("mlmath."):
            message = f"there is no link named {name}"
            yield Problem(path, number, message, f"Write [{name}]: and its address below.", rule="link-undefined")
