"""Rules on the elements of a built page: identifiers, images, links and buttons, headings, tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitekit.built_pages import BuiltPage, Finding, attributes, text_of

REFERENCES = (
    "for form list headers popovertarget commandfor aria-labelledby aria-describedby aria-controls aria-owns "
    "aria-details aria-errormessage aria-flowto aria-activedescendant"
).split()
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def ids(page: BuiltPage) -> Iterator[Finding]:
    """An identifier stands on one element only."""
    seen: dict[str, int] = {}
    for element in page.tree.xpath("//*[@id]"):
        name = element.get("id")
        if name in seen:
            message = f"the identifier “{name}” stands in line {seen[name]} of the built page, too"
            cure = "Rename one of the two, and the links to it."
            texts = (text_of(element)[:60].rstrip("¶"), f'id="{name}"', f"id: {name}", f"#{name}")
            yield Finding(page.path, element.sourceline, message, cure, "id-twice", texts)
        seen.setdefault(name, element.sourceline)


def references(page: BuiltPage) -> Iterator[Finding]:
    """What labels or describes an element exists."""
    for element, attribute, value in attributes(page, REFERENCES):
        for name in value.split():
            if name not in page.ids:
                message = f"{attribute}=“{name}” names no element of the page"
                cure = "Name an id that exists."
                yield page.finding(element, message, cure, "reference-missing", f'{attribute}="{value}"')


def images(page: BuiltPage) -> Iterator[Finding]:
    """An image says what it shows, and its size, so that the text below does not jump when it comes."""
    for image in page.tree.xpath("//img"):
        source = image.get("src", "")
        name = source.rpartition("/")[2]
        texts = (source, name, image.get("alt", ""))
        if not image.get("alt", "").strip():
            message = f"the image {name} says nothing to readers who can't see it"
            yield page.finding(image, message, "Describe it between ![ and ].", "alt-text", *texts)
        if not (image.get("width", "").isdigit() and image.get("height", "").isdigit()):
            message = f"the image {name} has no width or height, so the text jumps when it comes"
            cure = "Draw it in figures.py, or write { width=300 height=200 } behind it."
            yield page.finding(image, message, cure, "image-size", *texts)


def names(page: BuiltPage) -> Iterator[Finding]:
    """A link or a button says where it leads or what it does."""
    for element in page.tree.xpath("//a[@href] | //button"):
        if not name_of(element):
            kind = "link" if element.tag == "a" else "button"
            message = f"the {kind} {element.get('href', '')} has no text".replace("  ", " ")
            yield page.finding(element, message, "Write what it leads to or does.", f"empty-{kind}", target(element))


def name_of(element: Any) -> str:
    """What a screen reader calls an element."""
    spoken = [element.get("aria-label"), element.get("aria-labelledby"), element.get("title"), text_of(element)]
    pictures = element.xpath(".//img/@alt | .//*[local-name()='svg']/@aria-label")
    return "".join(part.strip() for part in [*spoken, *pictures] if part)


def target(element: Any) -> str:
    """How Markdown writes the address of a link."""
    return f"({element.get('href')})"


def headings(page: BuiltPage) -> Iterator[Finding]:
    """One title, and no level left out on the way down."""
    if page.is_redirect:
        return
    level = 0
    found = list(page.tree.iter(*HEADINGS))
    titles = [element for element in found if element.tag == "h1"]
    if not titles:
        yield Finding(page.path, 1, "the page has no title in its text", "Write one heading with #.", "title-missing")
    for heading in titles[1:]:
        message = f"“{said(heading)}” is a second title"
        yield page.finding(heading, message, "Write ## for it, or more.", "title-second", f"# {said(heading)}")
    for heading in found:
        new = int(heading.tag[1])
        if level and new > level + 1:
            message = f"the heading “{said(heading)}” is of level {new}, and the one above is of level {level}"
            cure = f"Write {'#' * (level + 1)} for it."
            yield page.finding(heading, message, cure, "heading-level", f"{'#' * new} {said(heading)}", said(heading))
        level = new


def said(heading: Any) -> str:
    """The text of a heading, without the sign that links to it."""
    return text_of(heading).removesuffix("¶").strip()


def tables(page: BuiltPage) -> Iterator[Finding]:
    """A table says what its columns or rows hold."""
    for table in page.tree.xpath("//table"):
        if not any(text_of(cell) for cell in table.xpath(".//th")):
            message = "the table has no header, so nobody knows what its columns hold"
            cells = sorted((text_of(cell) for cell in table.xpath(".//td")), key=len, reverse=True)
            cure = "Write the names of the columns into its first line."
            yield page.finding(table, message, cure, "table-header", *cells[:3])
