"""The places of pages that links can lead to, and the rule that each has a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown.extensions.toc import slugify, unique

from sitekit.errors import Problem
from sitekit.glossary import NAME, terms_in
from sitekit.pages import HEADING, Page, read_text
from sitekit.plain import without_code, without_formulas
from sitekit.rules.practice import ID
from sitekit.snippets import claims_and_figures, parse

ATTRIBUTES = re.compile(r"\{:?(?P<inside>[^{}\n]*#[^{}\n]*)\}")
EXPLICIT = re.compile(r"#(?P<id>[A-Za-z][\w:.-]*)")
RAW_ID = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*[\"'](?P<id>[^\"']+)[\"']")
LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
TOPIC = re.compile(r"^::: (?P<topic>mlmath\.\w+)")


class Place(NamedTuple):
    """An id of a page."""

    id: str
    line: int


class Anchors:
    """The ids of every page, by the path of its source below docs/."""

    def __init__(self, root: Path, pages: list[Page], labs: dict[Path, tuple[str, ...]]) -> None:
        """Read the ids of pages and labs; those of generated pages are found when a link asks for them."""
        self.root = root
        self.places = {f"{page.name}.md": places_of(page) for page in pages}
        self.known: dict[str, set[str] | None] = {
            name: {place.id for place in places} for name, places in self.places.items()
        }
        for page in pages:
            self.known[f"{page.name}.md"] |= library_names(root, page)  # type: ignore[operator]  # never None here
        for path, lines in labs.items():
            self.known[path.relative_to(root / "docs").as_posix()] = set(slugs(lines))

    def of(self, name: str) -> set[str] | None:
        """The ids of a source below docs/, or None if it is no page."""
        if name not in self.known:
            self.known[name] = self.of_checks(name)
        return self.known[name]

    def of_checks(self, name: str) -> set[str] | None:
        """The ids of a generated page with the code behind a page."""
        folder = self.root / "snippets" / name.removeprefix("checks/").removesuffix(".md")
        if not name.startswith("checks/") or not folder.is_dir():
            return None
        return {*claims_and_figures(folder / "checks.py"), *claims_and_figures(folder / "figures.py")}


def places_of(page: Page) -> list[Place]:
    """The ids of a page in its order: of headings, those written out, of questions, exercises and terms."""
    places = []
    texts = without_formulas(without_code(page.reading))
    for number, line in enumerate(texts, start=1):
        if "#" in line:
            attributes = (found["id"] for match in ATTRIBUTES.finditer(line) for found in EXPLICIT.finditer(match[0]))
            places += [Place(name, number) for name in attributes]
        if "<" in line:
            places += [Place(found["id"], number) for found in RAW_ID.finditer(line)]
    for fence in page.practice:
        named = next((ID.match(line) for line in fence.lines if ID.match(line)), None)
        places += [Place(named[1], fence.line)] if named else []
    headings = [
        Place(name, heading.line) for name, heading in zip(slugs(page.prose), page.headings, strict=True) if name
    ]
    terms = [Place(term.anchor, term.line) for term in terms_in(page.prose)] if page.name == NAME else []
    return sorted(places + headings + terms, key=lambda place: place.line)


def slugs(lines: tuple[str, ...]) -> list[str]:
    """The ids that Python-Markdown gives to headings; empty for those that have an id of their own."""
    used: set[str] = set()
    names = []
    for heading in filter(None, (HEADING.match(line) for line in lines if line.startswith("#"))):
        text = LINK.sub(r"\1", re.sub(r"\s#+\s*$", "", heading[2]))
        if EXPLICIT.search("".join(match[0] for match in ATTRIBUTES.finditer(text))):
            names.append("")
            continue
        text = ATTRIBUTES.sub("", re.sub(r"(?<!\w)_|_(?!\w)", "", text))
        names.append(unique(slugify(text.strip(), "-"), used))
    return names


def library_names(root: Path, page: Page) -> set[str]:
    """The public names of the library that a reference page shows: ``mlmath.calculus.numerical_derivative``."""
    names: set[str] = set()
    for topic in filter(None, (TOPIC.match(line) for line in page.prose if line.startswith(":::"))):
        path = root / Path(*topic["topic"].split("."), "__init__.py")
        imported = (getattr(node, "names", []) for node in parse(path, read_text(path)).body)
        names |= {topic["topic"], *(f"{topic['topic']}.{alias.name}" for aliases in imported for alias in aliases)}
    return names


def twice(page: Page, anchors: Anchors) -> Iterator[Problem]:
    """Each id stands on a page once."""
    places = anchors.places[f"{page.name}.md"]
    seen: dict[str, int] = {}
    practice = {fence.line for fence in page.practice}
    for place in places:
        first = seen.setdefault(place.id, place.line)
        if first != place.line and not (place.line in practice and first in practice):  # practice has its own rule
            message = f"the id {place.id} is used at line {first} already"
            yield Problem(page.path, place.line, message, "Give one of them another name.", rule="id-twice")
