"""Pages that moved: ``docs/redirects.yml`` names them, and a small page at each old address leads to the new one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sitekit.check_pages import title_of
from sitekit.errors import Problem, SiteError
from sitekit.pages import read_text

PAGE = re.compile(r"[\w-]+(/[\w-]+)*\.(md|py)")
MARK = '<meta http-equiv="refresh"'
HTML = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>This page has moved</title>
{mark} content="0; url={target}">
<link rel="canonical" href="{address}">
</head>
<body>
<p>This page has moved: <a href="{target}">{title}</a>.</p>
</body>
</html>
"""


class Redirect(NamedTuple):
    """One line of the file: both pages are paths below ``docs/``."""

    old: str
    new: str
    line: int


def path_of(root: Path) -> Path:
    """The file that names the moves."""
    return root / "docs" / "redirects.yml"


def read_redirects(root: Path) -> list[Redirect]:
    """The moves, in the order of the file; none if there is no file.

    Raises:
        SiteError: If the file isn't a list of ``old: new``.
    """
    path = path_of(root)
    if not path.exists():
        return []
    cure = "Write one line for each page: old/page.md: new/page.md."
    try:
        node: Any = yaml.compose(read_text(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise SiteError(Problem(path, line, "the file isn't valid YAML", cure, "redirect-not-a-pair")) from error
    pairs = [] if node is None else node.value
    for pair in pairs:
        if not isinstance(pair, tuple) or not all(isinstance(each.value, str) for each in pair):
            line = (pair[0] if isinstance(pair, tuple) else node).start_mark.line + 1
            raise SiteError(Problem(path, line, "this isn't a pair of pages", cure, "redirect-not-a-pair"))
    return [Redirect(old.value, new.value, old.start_mark.line + 1) for old, new in pairs]


def moves(root: Path) -> Iterator[Problem]:
    """Each move leads from a page that is gone to one that is there, once."""
    path, seen = path_of(root), set()
    for old, new, line in read_redirects(root):
        if not PAGE.fullmatch(old):
            cure = "Write its old path below docs/, with .md at the end."
            yield Problem(path, line, f"the old page {old!r} isn't the path of a page", cure, "redirect-not-a-pair")
        elif (root / "docs" / old).exists():
            cure = "Remove the line, or the page."
            yield Problem(path, line, f"docs/{old} is there, so it can't lead elsewhere", cure, "redirect-hides-page")
        if not PAGE.fullmatch(new) or not (root / "docs" / new).is_file():
            cure = "Correct the path; a page that moved twice leads to where it is now."
            yield Problem(path, line, f"there is no page docs/{new} to lead to", cure, "redirect-to-nowhere")
        if old in seen:
            yield Problem(path, line, f"docs/{old} stands there twice", "Keep one of the lines.", "redirect-twice")
        seen.add(old)


def write_redirects(root: Path, site: Path, site_url: str) -> None:
    """Write a page at each old address of a built site."""
    for old, new, _ in read_redirects(root):
        target = site / address_of(old) / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        relative = posixpath.relpath(address_of(new) or ".", address_of(old)) + "/"
        title = escape(title_of(root, posixpath.splitext(new)[0]))
        text = HTML.format(mark=MARK, target=relative, address=escape(site_url + address_of(new)), title=title)
        target.write_text(text, encoding="utf-8")


def address_of(page: str) -> str:
    """The address of a page below the site's root: ``start/notation/`` for ``start/notation.md``."""
    name = posixpath.splitext(page)[0]
    return name.removesuffix("index") if posixpath.basename(name) == "index" else f"{name}/"
