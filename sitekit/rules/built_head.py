"""Rules on the head of a built page: language, title, description and address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitekit.built_pages import BuiltPage, BuiltSite, Finding


def head(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """A page says its language, title, description, and where it stands."""
    if not page.tree.get("lang"):
        message = "the page does not say its language"
        yield page.finding(page.tree, message, 'Set "language" under "theme" in mkdocs.yml.', "language")
    if not title(page):
        cure = "Write a heading # at the top, and the page's title in nav."
        yield Finding(page.path, 1, "the page has no title", cure, "page-title")
    if not page.is_redirect and not has_description(site, page):
        cure = 'Write "description:" into the front matter.'
        yield Finding(page.path, 1, "the page has no description of its own", cure, "description")
    if not page.is_error:
        yield from canonical(site, page)


def has_description(site: BuiltSite, page: BuiltPage) -> bool:
    """Whether a page has a description that isn't the one of the whole site, which the theme uses if there is none."""
    error = site.pages.get("404.html")
    of_the_site = description(error) if error and not page.is_error else ""
    return description(page) not in ("", of_the_site)


def canonical(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """A page names its own address; one that moved names the new one."""
    links: list[Any] = page.tree.xpath("//link[@rel='canonical']")
    if not links:
        cure = 'Set "site_url" in mkdocs.yml, and build again.'
        yield Finding(page.path, 1, "the page does not say its own address", cure, "canonical")
    own = site.address + page.name.removesuffix("index.html")
    for link in links:
        if link.get("href") != own and not page.is_redirect:
            message = f"the page says that its address is {link.get('href')}, and it is {own}"
            yield page.finding(link, message, 'Remove what changes "canonical".', "canonical")


def shared(site: BuiltSite) -> Iterator[Finding]:
    """No two pages have the same title or description."""
    pages = [page for page in site.pages.values() if not page.is_redirect and not page.is_error]
    for what, value_of in (("title", title), ("description", description)):
        seen: dict[str, str] = {}
        for page in pages:
            value = value_of(page)
            if value and value in seen:
                message = f"the page has the {what} of {seen[value]}: “{value}”"
                line = page.line_of(value, 1)
                cure = f"Write another {what}, which says what only this page has."
                yield Finding(page.path, line, message, cure, f"shared-{what}", (f"description: {value}", value))
            seen.setdefault(value, page.name)


def title(page: BuiltPage) -> str:
    """The title of a page."""
    return str(page.tree.xpath("normalize-space(/html/head/title)"))


def description(page: BuiltPage) -> str:
    """The description of a page."""
    return str(page.tree.xpath("normalize-space(/html/head/meta[@name='description']/@content)"))
