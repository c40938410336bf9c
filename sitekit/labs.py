"""Labs: the HTML that mkdocs-jupyter makes of a notebook, rebuilt with the same elements as any page.

mkdocs-jupyter bypasses the Markdown extensions and adds some 600 KB of JupyterLab's style sheets to each page. Here
only what a reader needs is taken from its cells: text, code, output. Formulas, figures and links are then treated as
in a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree, html
from markdown.extensions.toc import slugify, unique
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from sitekit.fences import live, printed
from sitekit.glossary import Marker
from sitekit.markdown_extension import expand_figures, wrap_tables
from sitekit.typeset import typeset_html

NO_FORMULAS = re.compile(r"(<pre.*?</pre>|<code.*?</code>|<img[^>]*>)", re.DOTALL)
BLOCK = re.compile(r"(?:<p>\s*)?\$\$(.+?)\$\$(?:\s*</p>)?", re.DOTALL)
INLINE = re.compile(r"(?<![\\$])\$(?!\s)((?:\\.|[^\\$])+?)(?<!\s)\$(?!\$)")


class LabError(Exception):
    """A lab whose HTML can't be rebuilt."""


def as_page(notebook: str, resolve: Callable[[str], str], terms: Marker) -> str:
    """The page of a lab.

    Args:
        notebook: The HTML from mkdocs-jupyter.
        resolve: Turns a link relative to the source file into one relative to the page.
        terms: Links the first use of each term to the glossary.

    Raises:
        LabError: If a cell has an output that isn't text.
    """
    kinds = "(contains(@class, 'jp-MarkdownCell') or contains(@class, 'jp-CodeCell'))"
    cells: Any = html.fromstring(notebook).xpath(f"//div[{kinds} and not(ancestor::div[{kinds}])]")
    ids: set[str] = set()
    parts = [
        code_cell(cell) if "jp-CodeCell" in cell.get("class") else with_terms(text_cell(cell, ids, resolve), terms)
        for cell in cells
    ]
    return typeset_html("\n".join(parts))


def first_sentence(page: str) -> str:
    """What a lab says first: its description for search engines."""
    text: Any = html.fromstring(page).xpath("string(//p)")
    return str(text).strip().partition("\n")[0]


def where_it_failed(source: str, failure: str) -> int:
    """The line of a lab at which its execution failed.

    Args:
        source: The lab.
        failure: nbclient's message: the cell between two rows of dashes, then a traceback with ``line N``.
    """
    cell = failure.partition("------------------\n")[2].partition("\n------------------")[0]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", failure)
    inside = re.search(r"Cell In\[\d+\], line (\d+)", plain)
    start = source.count("\n", 0, max(source.find(cell), 0))
    return start + (int(inside[1]) if inside else 1)


def text_cell(cell: Any, ids: set[str], resolve: Callable[[str], str]) -> str:
    """A Markdown cell: headings with the site's ids, links and figures resolved, formulas marked."""
    (text,) = cell.xpath(".//div[contains(@class, 'jp-MarkdownOutput')]")
    for anchor in text.xpath(".//a[contains(@class, 'anchor-link')]"):
        anchor.drop_tree()
    for heading in text.xpath(".//h1 | .//h2 | .//h3 | .//h4"):
        identifier = unique(slugify(heading.text_content().strip(), "-"), ids)
        heading.attrib.clear()
        heading.set("id", identifier)
        link = etree.SubElement(
            heading, "a", {"class": "headerlink", "href": f"#{identifier}", "title": "Permanent link"}
        )
        link.text = "\N{PILCROW SIGN}"
    expand_figures(text)
    wrap_tables(text)
    for element in text.xpath(".//*[@src or @href]"):
        name = "src" if element.get("src") is not None else "href"
        element.set(name, resolve(element.get(name)))
    return marked(html_inside(text).strip())


def html_inside(element: Any) -> str:
    """The HTML in an element."""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)


def with_terms(text: str, terms: Marker) -> str:
    """The HTML of a Markdown cell, whose formulas are marked, with its terms linked."""
    cell = html.fragment_fromstring(text, create_parent="div")
    terms.mark(cell)
    return html_inside(cell)


def marked(text: str) -> str:
    """The HTML with its ``$...$`` and ``$$...$$`` marked as pymdownx.arithmatex marks those of a page."""
    pieces = NO_FORMULAS.split(text)
    for index in range(0, len(pieces), 2):
        piece = BLOCK.sub(lambda match: rf'<div class="arithmatex">\[{match[1]}\]</div>', pieces[index])
        pieces[index] = INLINE.sub(lambda match: rf'<span class="arithmatex">\({match[1]}\)</span>', piece)
    return "".join(pieces)


def code_cell(cell: Any) -> str:
    """A code cell: the same highlighted block as in a page, and under it what was printed."""
    (source,) = cell.xpath(".//div[contains(@class, 'highlight-ipynb')]//pre")
    code = highlight(source.text_content(), PythonLexer(), HtmlFormatter(nowrap=True))
    block = f'<div class="language-python highlight"><pre><span></span><code>{code}</code></pre></div>'
    printed_text = ""
    for output in cell.xpath(".//div[contains(@class, 'jp-OutputArea-output')]"):
        if output.xpath(".//img | .//svg | .//table"):
            raise LabError(f"the cell {source.text_content()[:40]!r} shows a picture: draw it in the lab's figures.py")
        # the kernel may send what one cell prints in several pieces, cut anywhere
        printed_text += "".join(pre.text_content() for pre in output.xpath(".//pre"))
    return live(block, printed(printed_text.strip("\n")))
