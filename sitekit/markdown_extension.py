"""The Markdown extension that every page passes: plans, links to checks, terms, figures in two schemes, formulas."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from sitekit import glossary, plan
from sitekit.figures import size_of, states_of, still_of
from sitekit.typeset import typeset_html

ROOT = Path(__file__).resolve().parent.parent
FIGURE = re.compile(r"^(?P<up>(?:\.\./)*)assets/figures/(?P<page>.+)/(?P<name>[A-Za-z0-9_]+)\.svg$")

current_page = ""
"""The page that is being converted, ``calculus/calculus_for_ml.md``. The adapter sets it."""


def set_current_page(name: str) -> None:
    """Say which page the next conversions belong to."""
    global current_page  # noqa: PLW0603  # Python-Markdown has no other way to hand a page to its extensions
    current_page = name


PART_CLASSES = {
    "The 20% You Need to Know": "key",
    "By hand": "by-hand",
    "See it run": "see-it-run",
    "Why It Matters": "why",
    "Simple Takeaway": "takeaway",
}


class Plans(Preprocessor):
    """Write the plans that a page asks for."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with the plans in them."""
        return plan.with_plans(ROOT, posixpath.splitext(current_page)[0], lines)


class Glossary(Treeprocessor):
    """Give the terms of the glossary their ids and their order, before MkDocs notes the ids of a page."""

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree of the glossary in place."""
        if current_page == f"{glossary.NAME}.md":
            glossary.arrange(root)


class Pages(Treeprocessor):
    """Resolve ``check:`` links, expand figures, link terms, before MkDocs resolves and validates relative links."""

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree of a page in place."""
        for link in root.iter("a"):
            target = link.get("href", "")
            if target.startswith("check:"):
                page = posixpath.splitext(current_page)[0]
                up = "../" * page.count("/")
                link.set("href", f"{up}checks/{page}.md#{target.removeprefix('check:')}")
                link.set("class", "check")
        expand_figures(root)
        wrap_tables(root)
        wrap_parts(root)
        glossary.marker_for(ROOT, current_page).mark(root)


def wrap_parts(root: ElementTree.Element) -> None:
    """Put each part of a concept into a section of its own, so that the style sheet can set it apart."""
    section = None
    for child in list(root):
        if child.tag in ("h1", "h2", "h3", "h4"):
            section = None
            name = PART_CLASSES.get((child.text or "").strip())
            if child.tag == "h4" and name:
                section = root.makeelement("section", {"class": f"part {name}"})
                root.insert(list(root).index(child), section)
        if section is not None:
            root.remove(child)
            section.append(child)


def expand_figures(root: Any) -> None:
    """Replace each paragraph that is one figure by the figure in both schemes. Works on ElementTree and lxml alike."""
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            image = child[0] if child.tag == "p" and len(child) == 1 and child[0].tag == "img" else None
            if image is None or (child.text or "").strip() or (image.tail or "").strip():
                continue
            match = FIGURE.match(image.get("src", ""))
            if match:
                parent[index] = figure_element(root, match, image, child.tail)


def wrap_tables(root: Any) -> None:
    """Put each table into a frame that scrolls, as the theme's script does later: without it, and without a jump.

    The empty corner over the names of rows and columns is no heading: a screen reader would say a heading of nothing.
    """
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag == "table" and not child.get("class"):
                for heading in child.iter("th"):
                    heading.tag = "th" if "".join(heading.itertext()).strip() else "td"
                frame = root.makeelement("div", {"class": "md-typeset__scrollwrap"})
                frame.tail, child.tail = child.tail, None
                parent[index] = frame
                add(frame, "div", {"class": "md-typeset__table"}).append(child)


def figure_element(root: Any, match: re.Match[str], image: Any, tail: str | None) -> Any:
    """A figure: two pictures of which the style sheet shows one, a slider if it has states, the link to its code."""
    base = f"{match['up']}assets/figures/{match['page']}/{match['name']}"
    file = ROOT / "docs" / "assets" / "figures" / match["page"] / f"{match['name']}.svg"
    figure = root.makeelement("figure", {"class": "drawn"})
    figure.tail = tail
    add_pictures(figure, base, file, image.get("alt", ""))
    states = states_of(file)
    if states:
        add_slider(figure, image.get("title", "Step"), states, still_of(file))
    caption = add(figure, "figcaption", {})
    link = add(caption, "a", {"href": f"{match['up']}checks/{match['page']}.md#{match['name']}"})
    link.text = "Code of this figure"
    return figure


def add_slider(figure: Any, label: str, states: list[str], start: int) -> None:
    """Add a slider that shows one state of the picture, and all states in words."""
    place = add(figure, "div", {"class": "explore", "data-feature": "explore"})
    named = add(place, "label", {})
    named.text = f"{label} "
    numbers = {"min": "0", "max": str(len(states) - 1), "value": str(start), "aria-valuetext": states[start]}
    add(named, "input", {"type": "range", **numbers, "data-do": "show", "autocomplete": "off"})
    add(place, "output", {"aria-live": "off"}).text = states[start]  # the slider says it
    details = add(figure, "details", {"class": "states"})
    add(details, "summary", {}).text = f"All {len(states)} positions in words"
    items = add(details, "ol", {})
    for words in states:
        add(items, "li", {}).text = words


def add_pictures(parent: Any, base: str, file: Path, alt: str) -> None:
    """Add the light and the dark picture, each with its size, loaded only when shown."""
    width, height = size_of(file)
    for scheme, end in (("light", ""), ("dark", ".dark")):
        attributes = {"class": f"only-{scheme}", "src": f"{base}{end}.svg", "alt": alt, "loading": "lazy"}
        add(parent, "img", attributes | {"width": str(width), "height": str(height)})


def add(parent: Any, tag: str, attributes: dict[str, str]) -> Any:
    """Append a new element."""
    element = parent.makeelement(tag, attributes)
    parent.append(element)
    return element


class Formulas(Postprocessor):
    """Typeset the formulas of the finished page."""

    def run(self, text: str) -> str:
        """Return the HTML with every formula typeset."""
        return typeset_html(text)


class SiteExtension(Extension):
    """Registers the steps."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Python-Markdown's
        """Add plans first, ids before MkDocs looks for them (5), links before it resolves them (0), formulas last."""
        md.preprocessors.register(Plans(md), "sitekit_plans", 100)
        md.treeprocessors.register(Glossary(md), "sitekit_glossary", 10)
        md.treeprocessors.register(Pages(md), "sitekit_pages", 3)
        md.postprocessors.register(Formulas(md), "sitekit_formulas", 0)


def makeExtension(**kwargs: Any) -> SiteExtension:  # noqa: N802  # the name is Python-Markdown's
    """Entry point for Python-Markdown."""
    return SiteExtension(**kwargs)
