"""What a finished site may contain: kinds of files, and the elements, attributes and addresses of its pages.

Lint reads sources and names lines. This looks at what came out, whatever the way in was: a page, a docstring, a lab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from sitekit.errors import Problem
from sitekit.rules.markup import is_elsewhere, is_safe

KINDS = set(
    """
    .apkg .css .csv .gift .gz .html .ico .js .json .map .mjs .png .py .svg .txt .wasm .webmanifest .woff2 .xml .zip
    """.split()
)
"""Kinds of files. Those that a browser opens as a page are looked into: .html and .svg; the .xml is the site map."""

ELEMENTS = set(
    """
    a abbr article aside b blockquote body br button caption code dd del details div dl dt em fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hr html i img input ins kbd label legend li link main mark meta nav
    noscript ol output p pre progress q s samp script section small span strong sub summary sup table tbody td textarea
    tfoot th thead time title tr ul var
    svg path line defs g
    math semantics annotation menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub
    msubsup msup mtable mtd mtext mtr munder munderover
    """.split()
)
ATTRIBUTES = set(
    """
    abbr alt as autocapitalize autocomplete autocorrect charset checked class colspan content crossorigin defer dir
    disabled download for height hidden href id inputmode lang loading media name open placeholder rel required role
    max min rows rowspan scope spellcheck src start style tabindex title type value width
    d preserveaspectratio stroke-width viewbox x1 x2 xmlns y1 y2
    accent accentunder columnalign columnlines columnspacing depth display displaystyle encoding fence largeop linebreak
    linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize notation rowlines rowspacing
    rspace scriptlevel separator stretchy valign voffset
    """.split()
)
FAMILIES = re.compile(r"(aria|data)-[a-z-]+")
ALIGNMENT = re.compile(r"text-align: (left|right|center);")
NAMES_OF_FORMS = ({"class", "data-md-component"}, {"class", "name"})
"""The theme has two forms, which send nothing: the choice of a palette and the search."""
LINKS_TO_PAGES = {"canonical", "next", "prev", "alternate"}

IN_PICTURES = re.compile(r"script|foreignobject|iframe|embed|object|handler|listener|audio|video|animate.*|set")


def problems_of_files(site: Path) -> Iterator[Problem]:
    """Only known kinds of files, and pictures that only show something."""
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        if path.suffix not in KINDS or (path.suffix == ".xml" and path.name != "sitemap.xml"):
            message = f"the site would publish a file of the kind {path.suffix or path.name}"
            cure = "Remove it, or add its kind in sitekit/published.py, after a thought about what browsers do with it."
            yield Problem(path, 1, message, cure, "kind-of-file")
        elif path.suffix == ".svg":
            yield from problems_of_picture(path)


def problems_of_picture(path: Path) -> Iterator[Problem]:
    """An SVG file may be opened as a page of its own, without a policy: it has no script and fetches nothing."""
    tree: Any = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    for element in tree.iter():
        for message in faults_in_picture(element):
            yield unwanted(path, element.sourceline, message)


def faults_in_picture(element: Any) -> Iterator[str]:
    """What is wrong with one element of an SVG file."""
    if not isinstance(element.tag, str):
        if element.tag is not etree.Comment:
            yield f"the picture contains {element!s:.40}"
        return
    tag = etree.QName(element).localname.lower()
    if IN_PICTURES.fullmatch(tag):
        yield f"the picture contains <{tag}>"
    if tag == "style" and re.search(r"@import|//", element.text or ""):
        yield "the style of the picture names another file"
    for attribute, value in element.attrib.items():
        name = etree.QName(attribute).localname.lower()
        if name.startswith("on") or (name in ("href", "src") and not value.startswith("#")):
            yield f"the picture contains {name}={value[:40]!r}"


def problems_of_page(path: Path, text: str) -> Iterator[Problem]:
    """Every element, attribute and address of a page is one of those that pages here have."""
    root: Any = html.fromstring(text.encode())
    for element in root.iter():
        faults = faults_of(element) if isinstance(element.tag, str) else [f"the page contains {element!s:.40}"]
        for message in faults:
            yield unwanted(path, element.sourceline, message)


def unwanted(path: Path, line: int | None, message: str) -> Problem:
    """A problem of something that came out of the build."""
    cure = "Remove it from the source; what pages may contain is listed in sitekit/published.py."
    return Problem(path, line or 1, message, cure, "unwanted-in-page")


def faults_of(element: Any) -> Iterator[str]:
    """What is wrong with one element."""
    tag, attributes = element.tag, element.attrib
    if tag not in ELEMENTS:
        yield f"the page contains <{tag}>"
    if tag == "form" and set(attributes) not in NAMES_OF_FORMS:
        yield "the page contains a form"
    for name, value in attributes.items():
        if name not in ATTRIBUTES and not FAMILIES.fullmatch(name):
            yield f"<{tag}> has the attribute {name}"
        elif name == "style" and not (ALIGNMENT.fullmatch(value) or is_of_a_formula(element)):
            yield f"<{tag}> has the attribute style={value[:40]!r}"
        elif "<" in value and is_raw_text(element):
            yield f"<{tag}> has a < in {name}, where browsers and tools disagree"
        elif name in ("src", "href") and (not is_safe(value) or (is_fetched(element) and is_elsewhere(value))):
            yield f"<{tag}> has the address {value[:60]!r}"


def is_of_a_formula(element: Any) -> bool:
    """Whether KaTeX made an element."""
    return any("katex" in (parent.get("class") or "").split() for parent in element.iterancestors())


def is_raw_text(element: Any) -> bool:
    """Whether browsers read an element as the text of another one, which ends at the first mark of its end."""
    return next(element.iterancestors("noscript", "textarea", "title"), None) is not None


def is_fetched(element: Any) -> bool:
    """Whether a browser fetches what an element names without being asked."""
    return not (element.tag == "a" or LINKS_TO_PAGES & set((element.get("rel") or "").split()))
