"""Rules on the text of a built page: no mark of a source is left in it, and every formula is typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sitekit.built_pages import BuiltPage, Finding, attributes, text_of

NOT_PROSE = {"code", "pre", "kbd", "samp", "textarea", "script", "style", "template", "svg", "math"}


class Leftover(NamedTuple):
    """A mark that Markdown takes away when it is understood."""

    pattern: re.Pattern[str]
    what: str
    cure: str


ANYWHERE = [
    Leftover(re.compile(pattern), what, cure)
    for pattern, what, cure in (
        (r"--8<--", "a snippet mark", "Put it into a fence on a line of its own, with the path in quotes."),
        (r"```|~~~", "the marks of a fence", "Put empty lines around the fence and close it with the same marks."),
        (r"\*\*", "the marks of bold text", "Close them, with no space inside; write code in backticks."),
        (r"\]\(|\]\[|\] \([\w./-]+\.md", "a link that is none", "Write [text](address), with no space between."),
        (r"\[\^[\w-]+\]", "a footnote", "This site has no footnotes: write it into the sentence."),
        (r"\{:? *[.#][A-Za-z]|\{:? *[\w-]+=\S", "a list of attributes", "Put it right behind its element."),
        (r"!!!|\?\?\?\+? \w", "the mark of a box", 'Put an empty line above it, and write: !!! warning "Title".'),
        (r":::", "the mark of a reference", "Put it on a line of its own with an empty line above."),
        (r"\$\$|\\\(|\\\[", "a formula that is not typeset", "Put displayed formulas on lines of their own."),
        (r"(?<![\\$\w])\$(?=[^\s$])[^$\n]*?[^\s$]\$(?![\d$])", "a formula that is not typeset", "Write it as $w$."),
        (r"(?<![\w:]):[a-z][a-z0-9_+]*(?:-[a-z0-9_+]+)*:(?![\w:])", "a shortcode of an icon", "Use a word instead."),
        (r"\(check:", "a link to a check", "Write it as [checked](check:name)."),
        (r"&[a-zA-Z]{2,8};|&#\d+;", "an entity", "Write the character itself."),
    )
]
AT_THE_BEGINNING = [
    Leftover(re.compile(pattern), what, cure)
    for pattern, what, cure in (
        (r"#{1,6} ", "the mark of a heading", "Put an empty line above the heading."),
        (r"[-*+] |\d{1,2}\. ", "the mark of a list", "Put an empty line above the list."),
        (r"\| .*\|", "a line of a table", "Put an empty line above the table, and a line | --- | under its first."),
        (r"> ", "the mark of a quotation", "Put an empty line above the quotation."),
    )
]
FIELDS = re.compile(r"(description|prerequisites|minutes|also_called|asks|title|hide|search|tags)\s*:")
SPOKEN = ("alt", "title", "aria-label", "placeholder")


def leftovers(page: BuiltPage) -> Iterator[Finding]:
    """Text that a reader sees or hears has no mark of Markdown left in it."""
    for element, text in prose(page.tree.find("body")):
        for number, line in enumerate(text.split("\n")):
            found = first(line, starts_a_line=number > 0)
            if found:
                yield leftover(page, element, line.strip(), *found)
    for element, _, text in attributes(page, SPOKEN):
        found = first(text, starts_a_line=False)
        if found:
            yield leftover(page, element, text, *found)


def prose(element: Any) -> Iterator[tuple[Any, str]]:
    """Each piece of text outside code and formulas, and the element that it stands in."""
    if element is None or not isinstance(element.tag, str) or element.tag in NOT_PROSE:
        return
    if "katex" in element.get("class", "").split():
        return
    if element.text and element.text.strip():
        yield element, element.text
    for child in element:
        yield from prose(child)
        if child.tail and child.tail.strip():
            yield element, child.tail


def first(line: str, *, starts_a_line: bool) -> tuple[Leftover, str] | None:
    """The first leftover in a line, and how it is written there."""
    for kind in ANYWHERE:
        match = kind.pattern.search(line)
        if match:
            return kind, match[0]
    for kind in AT_THE_BEGINNING if starts_a_line else ():
        match = kind.pattern.match(line.lstrip())
        if match:
            return kind, match[0]
    return None


def leftover(page: BuiltPage, element: Any, line: str, kind: Leftover, mark: str) -> Finding:
    """Say which mark is left over, and where."""
    message = f"readers see {kind.what}: {shortened(line, mark)}"
    place = page.line_of(line, element.sourceline)
    return Finding(page.path, place, message, kind.cure, "leftover-markdown", (line, around(line, mark), mark.strip()))


def around(line: str, mark: str, width: int = 25) -> str:
    """The mark with some letters on both sides."""
    start = line.find(mark)
    return line[max(0, start - width) : start + len(mark) + width].strip()


def shortened(line: str, mark: str) -> str:
    """The line, or the part of it around the mark, in quotation marks."""
    return f"“{line if len(line) <= 80 else around(line, mark)}”"


def front_matter_as_text(page: BuiltPage) -> Iterator[Finding]:
    """Front matter that doesn't begin in the first line becomes a line and a heading."""
    for element in page.tree.xpath("//article//h2 | //article//h1 | //article//p"):
        if FIELDS.match(text_of(element)):
            message = f"readers see the front matter: “{text_of(element)[:60]}”"
            cure = "Begin the page with --- in its first line, and close the front matter with --- too."
            line = (element.text_content().strip().splitlines() or [""])[0]
            yield page.finding(element, message, cure, "front-matter-late", line)
            return


def formulas(page: BuiltPage) -> Iterator[Finding]:
    """KaTeX marks what it could not read."""
    for element in page.tree.xpath("//*[contains(@class, 'katex-error')]"):
        message = f"the formula {text_of(element)[:60]} could not be typeset"
        yield page.finding(element, message, "Correct the TeX.", "formula")
