"""``python3 -m sitekit zensical``: what would differ if MkDocs' successor built the site today.

Zensical reads mkdocs.yml and runs Markdown extensions and fences. It runs no hooks (``sitekit.mkdocs_plugin``: the
facts under a title, what pages load) and not mkdocs-jupyter (labs). The report is news, not a test: nothing fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import html

from sitekit.environment import ROOT, locked, separate_environment

ZENSICAL = "zensical==0.0.73"
"""Later ones need the package zensical-ui, which is not on every index yet."""
SOURCES = ("docs", "snippets", "mlmath", "sitekit/theme", "sitekit/reference_templates")
BLOCKS = "//p | //li | //td | //th | //dt | //dd | //summary | //legend | //label | //samp | //figcaption"

Pages = dict[str, Any]
"""The article of each page, parsed, by its path in the site."""
Groups = dict[str, list[tuple[str, str]]]
"""Kind of difference to the pages and the things that have it."""


def compare(site: Path) -> int:
    """Build the sources of a site that MkDocs built with Zensical, too, and print the differences."""
    python = separate_environment("zensical", [*locked(), ZENSICAL])
    other = build(python, ROOT / ".cache" / "zensical")
    if other is None:
        return 1
    print(report(differences(articles(site), articles(other))))
    print(
        "\nHooks and mkdocs-jupyter do not run in Zensical: facts under titles, labs, and what pages load are missing."
    )
    return 0


def build(python: Path, folder: Path) -> Path | None:
    """Build a copy of the sources with Zensical: it would write over the site of MkDocs. None if it fails."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}  # for the extensions and fences in sitekit
    command = [str(python), "-m", "zensical", "build"]
    status = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    return folder / "site" if status == 0 else None


def articles(site: Path) -> Pages:
    """The part of each page that its author wrote."""
    pages = {}
    for path in sorted(site.rglob("index.html")):
        page: Any = html.fromstring(path.read_bytes())
        name = path.relative_to(site).parent.as_posix()
        page.make_links_absolute(f"https://site/{name}/")  # "./#slope" and "#slope" lead to the same place
        (pages[name],) = page.xpath("//article")
    return pages


def texts(article: Any, xpath: str) -> list[str]:
    """The text of each element, with single spaces."""
    return [" ".join(element.text_content().split()) for element in article.xpath(f".{xpath.replace('| ', '| .')}")]


LOOKS: dict[str, Callable[[Any], list[str]]] = {
    "headings": lambda article: texts(article, "//h1 | //h2 | //h3 | //h4"),
    "paragraphs": lambda article: texts(article, BLOCKS),
    "links": lambda article: article.xpath(".//a[not(@class='headerlink')]/@href"),
    "pictures": lambda article: article.xpath(".//img/@src"),
    "code blocks": lambda article: texts(article, "//pre"),
    "formulas": lambda article: texts(article, "//*[local-name()='annotation']"),
}
"""What is compared, as multisets."""


def differences(ours: Pages, theirs: Pages) -> Groups:
    """What one site has and the other has not."""
    groups: Groups = defaultdict(list)
    for page in sorted(ours.keys() ^ theirs.keys()):
        groups["pages only MkDocs makes" if page in ours else "pages only Zensical makes"].append((page, ""))
    for page in sorted(ours.keys() & theirs.keys()):
        for kind, look in LOOKS.items():
            here, there = Counter(look(ours[page])), Counter(look(theirs[page]))
            groups[f"{kind} only with MkDocs"] += [(page, item) for item in (here - there).elements()]
            groups[f"{kind} only with Zensical"] += [(page, item) for item in (there - here).elements()]
    return {kind: found for kind, found in groups.items() if found}


def report(groups: Groups) -> str:
    """Under each kind one line for each page: how many things, and the first of them."""
    lines = [] if groups else ["Nothing differs."]
    for kind, found in groups.items():
        lines.append(f"\n{len(found)} {kind}")
        for page, count in Counter(page for page, _ in found).items():
            first = next(item for name, item in found if name == page)
            lines.append(f"    {page} ({count}): {first[:100]}")
    return "\n".join(lines)
