"""The glossary: its terms, and the first use of each term on a page, which becomes a link with the definition.

A link can be reached with the keyboard and by touch, and leads to the definition where nothing hovers. Its ``title`` is
the definition: a browser shows it, a screen reader says it, and the theme (``content.tooltips``) shows it at focus too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from markdown.extensions.toc import slugify

from sitekit.pages import read_text

NAME = "start/glossary"
"""The page of the glossary, below docs/ and without ``.md``."""
TERM = re.compile(r"^\*\*(?P<term>[^*]+)\*\*(?: \((?P<others>[^()]+)\))?\s*$")
"""The line of a term: ``**learning rate** (step size)``; what stands in brackets means the same."""
OTHERS = re.compile(r" \([^()]*\)$")
"""The other words behind a term, as its page shows them."""
WHERE = re.compile(r"\s*See \[.*", re.DOTALL)
"""The end of a definition: where the term is taught."""
TEACH_NOTHING = ("checks/", "reference/", "contributing/", "start/resources.", "start/progress.", f"{NAME}.")
"""Code, names of functions and of books, and the glossary itself: pages without hints."""
NO_TEXT = set(
    "h1 h2 h3 h4 h5 h6 a button code dt fieldset figure kbd label math pre samp script summary svg th title".split()
)
NO_TEXT_CLASSES = {"arithmatex", "admonition-title", "exercise", "facts", "highlight", "quiz"}


class Term(NamedTuple):
    """A term of the glossary."""

    name: str
    others: tuple[str, ...]
    """Other words for it."""
    text: str
    """Its definition, as it is written."""
    line: int

    @property
    def definition(self) -> str:
        """Plain text, without the place where it is taught."""
        return plain(self.text)

    @property
    def anchor(self) -> str:
        """Its id on the page of the glossary."""
        return slugify(self.name, "-")


def read_terms(root: Path) -> list[Term]:
    """The terms of the glossary in its order; none if there is no glossary."""
    path = root / "docs" / f"{NAME}.md"
    return terms_in(read_text(path).splitlines()) if path.is_file() else []


def terms_in(lines: Iterable[str]) -> list[Term]:
    """The terms that these lines define: a line with the term, then one that begins with ``:``, up to an empty one."""
    found: list[Term] = []
    texts = list(lines)
    for number, line in enumerate(texts, start=1):
        term = TERM.match(line)
        if term and "".join(texts[number : number + 1]).startswith(":"):
            end = next((at for at in range(number, len(texts)) if not texts[at].strip()), len(texts))
            text = " ".join(part.lstrip(": ") for part in texts[number:end])
            others = tuple(other.strip() for other in (term["others"] or "").split(",") if other.strip())
            found.append(Term(term["term"].strip(), others, text, number))
    return found


def plain(definition: str) -> str:
    """A definition without the place where the term is taught, and without the marks of Markdown."""
    return re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", WHERE.sub("", definition))


class Marker:
    """Makes links of the first uses of the terms on one page. Works on ElementTree and lxml alike."""

    def __init__(self, terms: list[Term], address: str) -> None:
        """Prepare the search; ``address`` is the way from the page to the glossary."""
        self.address = address
        self.terms = {name.lower(): term for term in terms for name in (term.name, *term.others)}
        longest_first = sorted(self.terms, key=len, reverse=True)  # "gradient descent" is no use of "gradient"
        words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
        self.use = re.compile(rf"(?<![\w-])(?P<term>{words})(?:e?s)?(?![\w-])", re.IGNORECASE)
        self.used: set[Term] = set()

    def mark(self, element: Any) -> None:
        """Put the links into an element, in the order of its text."""
        if not self.terms or not is_text(element):
            return
        children = list(element)
        element.text = self.put(element, 0, element.text)
        for child in children:
            self.mark(child)
            child.tail = self.put(element, list(element).index(child) + 1, child.tail)

    def put(self, parent: Any, place: int, text: str | None) -> str | None:
        """Put the links of one stretch of text before the child at ``place``; return the text before the first one."""
        before, end, last = text, 0, None
        for match in self.use.finditer(text or ""):
            term = self.terms[" ".join(match["term"].lower().split())]
            if term in self.used:
                continue
            self.used.add(term)
            between = match.string[end : match.start()]
            if last is None:
                before = between
            else:
                last.tail = between
            last = self.link(parent, term, match[0])
            last.tail, end = match.string[match.end() :], match.end()
            parent.insert(place, last)
            place += 1
        return before

    def link(self, parent: Any, term: Term, text: str) -> Any:
        """The link to a term."""
        attributes = {"class": "term", "href": f"{self.address}#{term.anchor}", "title": term.definition}
        link = parent.makeelement("a", attributes)
        link.text = text
        return link


def is_text(element: Any) -> bool:
    """Whether an element is read as running text: no heading, code, formula, link, figure, question or fact."""
    if not isinstance(element.tag, str) or element.tag in NO_TEXT:
        return False
    return NO_TEXT_CLASSES.isdisjoint((element.get("class") or "").split())


def marker_for(root: Path, page: str) -> Marker:
    """The marker for a page, ``calculus/m.md``; one that marks nothing if the page is not for learners."""
    terms = [] if page.startswith(TEACH_NOTHING) else read_terms(root)
    return Marker(terms, f"{'../' * page.count('/')}{NAME}.md")


def arrange(root: Any) -> None:
    """On the page of the glossary: each term gets the id that links lead to, and its place in the alphabet."""
    for terms in root.iter("dl"):
        entries: dict[str, list[Any]] = {}
        for child in list(terms):
            if child.tag == "dt":
                name = "".join(child.itertext()).strip()
                entries[name.lower()] = entry = []
                child.set("id", slugify(OTHERS.sub("", name), "-"))
            entry.append(child)
            terms.remove(child)
        for name in sorted(entries):
            terms.extend(entries[name])
