"""``python3 -m sitekit lint --built``: read a built site and report what its readers would trip over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sitekit import nu
from sitekit.built_pages import BuiltPage, BuiltSite, Finding, read_site
from sitekit.errors import Problem
from sitekit.origin import Sources
from sitekit.rules import built_elements, built_forbidden, built_head, built_links, built_text


def problems_of(site: Path, root: Path) -> list[Problem]:
    """Every problem of a built site, sorted by file and line.

    Args:
        site: The folder of the site.
        root: The repository it was built from.

    Raises:
        SetupError: If there is no site.
    """
    site = site.resolve()
    built = read_site(site)
    findings = list(own_findings(built))
    findings += news(findings, nu.findings(site))
    sources = Sources(root)
    problems = {sources.problem(site, finding) for finding in findings}
    return sorted(problems, key=lambda problem: (problem.path.as_posix(), problem.line, problem.message))


def own_findings(site: BuiltSite) -> Iterator[Finding]:
    """What our own rules find."""
    for page in site.pages.values():
        yield from chain.from_iterable(page_rules(site, page))
    yield from built_head.shared(site)
    yield from built_links.style_sheets(site)


def page_rules(site: BuiltSite, page: BuiltPage) -> Iterator[Iterator[Finding]]:
    """The rules for a page."""
    yield built_text.leftovers(page)
    yield built_text.front_matter_as_text(page)
    yield built_text.formulas(page)
    yield built_head.head(site, page)
    yield built_elements.ids(page)
    yield built_elements.references(page)
    yield built_elements.images(page)
    yield built_elements.names(page)
    yield built_elements.headings(page)
    yield built_elements.tables(page)
    yield built_forbidden.tags(site, page)
    yield built_forbidden.unwanted_attributes(page)
    yield built_forbidden.refreshed(site, page)
    yield built_links.links(site, page)
    yield built_links.loads(site, page)


def news(known: list[Finding], found: Iterator[nu.Message]) -> Iterator[Finding]:
    """What the Nu checker says about lines that no rule of ours has named: our rules say how to mend it."""
    named = {(finding.path, finding.line) for finding in known}
    for message in found:
        lines = range(message.first_line, message.finding.line + 1)
        if not any((message.finding.path, line) in named for line in lines):
            yield message.finding
