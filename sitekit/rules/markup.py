"""Rules on raw HTML and on addresses: what a page may contain of both. All else could run in the reader's browser.

These rules read sources, so that they can name the line, and rather refuse too much than too little: ``$a<b$`` needs a
space. What a browser is given in the end is looked at once more by ``sitekit/published.py``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from sitekit.errors import Problem
from sitekit.pages import LOADER, Page
from sitekit.typeset import BLOCK_IN_SOURCE, INLINE_IN_SOURCE

TAGS = set(
    """
    a abbr b br button caption dd del details div dl dt em figcaption figure h2 h3 h4 hr i ins kbd li mark noscript ol p
    q s section small span strong sub summary sup table tbody td th thead tr ul
    """.split()
)
ATTRIBUTES = {"class", "id", "href", "hidden", "lang", "markdown", "open", "role", "scope", "title", "type"}
FAMILIES = re.compile(r"(aria|data)-[a-z-]+")
IN_LISTS = {"class", "id", "title", "lang"}
"""Attributes that ``{ name=value }`` behind something may give it."""
SCHEMES = {"http", "https", "mailto", "check"}

CODE = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
TAG = re.compile(r"<(?P<name>/?[a-zA-Z][^\s/>]*|[!?])")
ATTRIBUTE = re.compile(r"[\s/]*(?P<name>[^\s/>][^\s/>=]*)(\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s>\"']+))?")
AUTOLINK = re.compile(r"<(https?://[^\s<>\"']+|[\w.+-]+@[\w.-]+)>")
LINK = re.compile(r"(?P<image>!\[[^\]]*)?\]\(\s*<?(?P<target>[^)>\"']*)")
REFERENCE = re.compile(r"^[ >]*\[[^\]]+\]:\s*<?(?P<target>\S+)", re.MULTILINE)
SCRIPT_ADDRESS = re.compile(r"(j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:(?=[\w/%&\\])", re.IGNORECASE)
LIST_OF_ATTRIBUTES = re.compile(r"\{:?[ ]*(?P<inside>[^{}\n]+)\}")
PAIR = re.compile(r"(?P<name>[^\s=\"']+)\s*=")
SHOWN_AS_TEXT = {"answer", "code", "computed", "function", "id", "kind", "tolerance"}
"""Names in a question or an exercise whose values don't pass Markdown."""


class Finding(NamedTuple):
    """Something that a text may not contain."""

    at: int
    """Its place in the text."""
    message: str
    cure: str
    rule: str


def forbidden(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """What these lines, each with its number, contain of HTML and addresses that no page may contain."""
    numbers, texts = zip(*lines, strict=True) if (lines := list(lines)) else ((), ())
    text = "\n".join(texts)
    for finding in findings(text):
        yield Problem(path, numbers[text.count("\n", 0, finding.at)], finding.message, finding.cure, finding.rule)


def findings(text: str) -> Iterator[Finding]:
    """All that is forbidden in a Markdown text."""
    outside_code = blank(CODE, text)
    prose = blank(AUTOLINK, outside_code)
    # Inside an HTML block nothing is Markdown: there, neither backticks nor <https://...> mean what they seem to.
    yield from tags_in(text if TAG.search(prose) else prose)
    yield from addresses_in(outside_code)
    yield from attribute_lists_in(blank(INLINE_IN_SOURCE, blank(BLOCK_IN_SOURCE, outside_code)))


def blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with spaces where the pattern matches within a paragraph, so that all else keeps its place."""
    return pattern.sub(lambda match: match[0] if "\n\n" in match[0] else re.sub(r"[^\n]", " ", match[0]), text)


def tags_in(text: str) -> Iterator[Finding]:
    """Tags that pages don't use, and attributes that they don't have."""
    for match in TAG.finditer(text):
        name = match["name"].lower()
        if name.lstrip("/") not in TAGS:
            cure = "Write it in Markdown. In a formula put a space after <; put code into backticks or a fence."
            yield Finding(
                match.start(), f"{text[match.start() : match.end()]} is HTML that no page may contain", cure, "html"
            )
        elif not name.startswith("/"):
            yield from attributes_in(text, match)


def attributes_in(text: str, tag: re.Match[str]) -> Iterator[Finding]:
    """The attributes of a tag that pages don't have."""
    at = tag.end()
    while match := ATTRIBUTE.match(text, at):
        at = match.end()
        name, value = match["name"].lower(), (match["value"] or "").strip("\"'")
        if name not in ATTRIBUTES and not FAMILIES.fullmatch(name):
            yield not_allowed(match.start("name"), name)
        elif name == "href" and not is_safe(value):
            yield bad_address(match.start("value"))
        elif name == "id" and value.startswith("__"):
            yield not_allowed(match.start("name"), f"id={value}")


def addresses_in(text: str) -> Iterator[Finding]:
    """Links that run a script or carry a page in themselves, and pictures from elsewhere."""
    for pattern in (LINK, REFERENCE):
        for match in pattern.finditer(text):
            if not is_safe(match["target"]):
                yield bad_address(match.start("target"))
            elif match.groupdict().get("image") and is_elsewhere(match["target"]):
                cure = "Draw it in figures.py: readers' browsers ask nobody else."
                yield Finding(match.start("target"), "the picture comes from elsewhere", cure, "picture-from-elsewhere")
    at = 0
    for line in text.splitlines(keepends=True):
        if SCRIPT_ADDRESS.search(html.unescape(line)):
            yield bad_address(at)
        at += len(line)


def attribute_lists_in(text: str) -> Iterator[Finding]:
    """``{ onclick=... }`` and the like."""
    for match in LIST_OF_ATTRIBUTES.finditer(text):
        for pair in PAIR.finditer(match["inside"]):
            if pair["name"].lower() not in IN_LISTS:
                yield not_allowed(match.start(), pair["name"])
        if "#__" in match["inside"]:
            yield not_allowed(match.start(), match["inside"])


def not_allowed(at: int, name: str) -> Finding:
    """An attribute that no page may have."""
    return Finding(
        at,
        f"{name} is an attribute that no page may have",
        "Leave it out; give a class if it is for style.",
        "attribute",
    )


def bad_address(at: int) -> Finding:
    """An address that isn't a page."""
    cure = "Link to a page of this guide, or to one that starts with https://."
    return Finding(at, "an address here is not that of a page", cure, "address")


def cleaned(target: str) -> str:
    """An address as a browser understands it: entities decoded (twice, to be sure), white space left out."""
    return re.sub(
        r"[\s\\\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028\u2029\ufeff]", "", html.unescape(html.unescape(target))
    ).lower()


def is_safe(target: str) -> bool:
    """Whether following an address shows a page or writes a letter, and does nothing else."""
    scheme = re.match(r"([^/?#.\[]*):", cleaned(target))
    return scheme is None or scheme[1] in SCHEMES


def is_elsewhere(target: str) -> bool:
    """Whether an address is that of another site."""
    return bool(re.match(r"([a-z][a-z0-9+.-]*:|//)", cleaned(target)))


def in_yaml(page: Page) -> Iterator[Problem]:
    """The texts in front matter, questions and exercises, as YAML reads them: a ``<`` has other spellings there."""
    blocks = [(2, page.lines[1 : page.meta_lines - 1])] if page.meta_lines else []
    blocks += [(fence.line + 1, fence.lines) for fence in page.fences if fence.info in ("quiz", "exercise")]
    for start, lines in blocks:
        for line, text in texts_of("\n".join(lines)):
            last = start + len(lines) - 1
            for finding in findings(text):
                number = min(start + line + text.count("\n", 0, finding.at), last)
                yield Problem(page.path, number, finding.message, finding.cure, finding.rule)
    description = str(page.meta.get("description", ""))
    if '"' in description:
        message = 'the description contains ", and it stands between two of them in the page'
        yield Problem(page.path, page.line_of("description:"), message, "Write “ and ”.", "quote-in-description")


def texts_of(text: str) -> Iterator[tuple[int, str]]:
    """The scalars of YAML that become text of a page, each with its line from 0. Invalid YAML has rules of its own."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return
    escaped = {"value"} if re.search(r"^kind: *(predict|numeric)", text, re.MULTILINE) else set()
    nodes = [root] if root else []
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node.start_mark.line + (node.style in ("|", ">")), node.value
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.MappingNode):
            nodes += [value for key, value in node.value if key.value not in SHOWN_AS_TEXT | escaped]
