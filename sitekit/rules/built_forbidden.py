"""Rules on what no page may contain: scripts, frames, forms, and attributes that run something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sitekit.built_pages import BuiltPage, BuiltSite, Finding, attributes, refreshes

FORBIDDEN = {"iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "style"}
SCRIPTS = ("assets/javascripts/", "assets/js/", "assets/math/")
"""The folders of the theme's scripts and of ours."""
FORMS = "@class = 'md-search__form' or @data-md-component = 'palette'"
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href")
RUNS = re.compile(r"(javascript|vbscript|data:(text/html|application|image/svg)).*", re.IGNORECASE | re.DOTALL)
REFRESH = re.compile(r"^[\s\d]+[;,]?\s*(url\s*=)?\s*", re.IGNORECASE)
ALIGNED = re.compile(r"text-align: (left|center|right);")
"""Python-Markdown writes the alignment of a column in this way."""


def tags(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """No page embeds, frames, or asks for what is typed into it, and no page has a script of its own."""
    for element in page.tree.iter(*FORBIDDEN):
        cure = "Style belongs into docs/assets/css." if element.tag == "style" else "Write text, or a link."
        yield forbidden(page, element, f"<{element.tag}> may not stand in a page", cure, "forbidden-tag")
    for form in page.tree.xpath(f"//form[not({FORMS})] | //form[ancestor::article]"):
        message = "a form may not stand in a page: there is nobody to answer it"
        yield forbidden(page, form, message, "Use a quiz or an exercise.", "forbidden-tag")
    known = inline_scripts(site.pages["404.html"]) if "404.html" in site.pages else set()
    for script in page.tree.xpath("//script[not(@type = 'application/json')]"):
        if not is_ours(site, page, script, known):
            name = script.get("src") or (script.text or "").strip()[:60]
            message = f"the script {name} is not the theme's and not ours"
            cure = "Remove it. Scripts belong into docs/assets/js and mkdocs.yml."
            yield forbidden(page, script, message, cure, "forbidden-script")


def is_ours(site: BuiltSite, page: BuiltPage, script: Any, known: set[str]) -> bool:
    """Whether a script is a file in our folders, or stands in the page that has no content: that one is the theme's."""
    if script.xpath("ancestor::article"):
        return False
    if not script.get("src"):
        return without_base(script) in known
    target = site.target(page.name, script.get("src"))
    return bool(target and target[0].startswith(SCRIPTS))


def inline_scripts(page: BuiltPage) -> set[str]:
    """The scripts that stand in a page itself."""
    return {without_base(script) for script in page.tree.xpath("//script[not(@src)]")}


def without_base(script: Any) -> str:
    """The text of a script without the way to the root of the site, which differs from page to page."""
    return re.sub(r'new URL\("[./\w-]*",location\)', "new URL(…)", script.text or "")


def unwanted_attributes(page: BuiltPage) -> Iterator[Finding]:
    """No attribute runs something, styles something, or gives a new window power over this one."""
    for value in page.tree.xpath("//@*[starts-with(name(), 'on')] | //@srcdoc | //@formaction | //@ping"):
        message = f"the attribute {value.attrname} may not stand in a page"
        yield forbidden(page, value.getparent(), message, "Remove it.", "forbidden-attribute", f"{value.attrname}=")
    for element, _, address in attributes(page, ADDRESSES):
        if RUNS.match(re.sub(r"[\s\x00-\x1f]", "", address)):
            message = f"the address {address[:60]} would run something"
            yield forbidden(page, element, message, "Link to a page.", "forbidden-address", address)
    for element, _, style in attributes(page, ["style"]):
        if not may_be_styled(element, style):
            message = f"the style “{style[:60]}” stands in the page"
            cure = "Give the element a class, and style that in docs/assets/css/mlmath.css."
            yield forbidden(page, element, message, cure, "style-attribute", f'style="{style}"')
    for element in page.tree.xpath("//*[@target]"):
        if not {"noopener", "noreferrer"} & set(element.get("rel", "").split()):
            message = f"the link to {element.get('href')} opens a window that can change this one"
            yield forbidden(page, element, message, "Remove its target.", "link-target", element.get("href", ""))


def may_be_styled(element: Any, style: str) -> bool:
    """Whether a style was written by KaTeX, or aligns a cell."""
    is_cell = element.tag in ("td", "th") and ALIGNED.fullmatch(style.strip())
    return bool(is_cell or element.xpath("ancestor::*[@class = 'katex-html']"))


def refreshed(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """Only a page that has moved sends its readers on, and to a page that exists."""
    for meta in refreshes(page):
        address = REFRESH.sub("", meta.get("content", "")).strip("'\"")
        target = site.target(page.name, address)
        if not page.is_redirect or not target or target[0] not in site.files:
            message = f"the page sends its readers to {address}"
            cure = "Only a page that has moved may do so, to a page of this site."
            yield page.finding(meta, message, cure, "forbidden-refresh", address)


def forbidden(page: BuiltPage, element: Any, message: str, cure: str, rule: str, *texts: str) -> Finding:
    """What is wrong, at the tag as it is written in the page."""
    written = page.lines[element.sourceline - 1].strip()
    return page.finding(element, message, cure, rule, written, *texts, f"<{element.tag}")
