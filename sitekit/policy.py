"""The Content-Security-Policy: what a page may load and run. The browser enforces it, whatever a page contains.

The only inline scripts it allows are the theme's own, known from pages that the theme renders without any content.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import html

from sitekit.errors import Problem, SiteError
from sitekit.published import problems_of_files, problems_of_page

START = re.compile(r'\s*<!doctype html>\s*<html lang="en" class="no-js">\s*<head>\s*<meta charset="utf-8">')
"""How each page of the theme begins. The policy counts for what stands behind it, so nothing may stand before it."""

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # WebAssembly: Python for the code that readers run
    "worker-src": "'self' blob:",  # a worker made from a blob inherits this policy, one with an address would have none
    # KaTeX puts heights into style attributes, thousands of them, and CodeMirror a style element into the page, whose
    # text depends on what was opened before: neither has a hash. What a style could fetch, the other lines refuse.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",  # data: icons in the theme's style sheet; blob: plots of a reader's code
    "font-src": "'self'",
    "connect-src": "'self' blob:",  # blob: how a page says stop to Python
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}

LIVE_RELOAD = "'unsafe-inline'"
"""``mkdocs serve`` writes a script of its own into each answer. Everything else holds there, too."""


REFERRER = "same-origin"
"""Other sites don't learn which page a reader came from."""


def scripts_of(page: str) -> dict[str, str]:
    """The scripts of a page and how each starts: a file by its address, an inline one by its hash. JSON isn't one."""
    found: Any = html.fromstring(page.encode()).xpath("//script[not(@type='application/json')]")
    names = {}
    for script in found:
        text, address = script.text_content(), script.get("src")
        name = posixpath.normpath(address) if address else hash_of_script(text)
        names[name] = (address or text).strip()[:60]
    return names


def hash_of_script(script: str) -> str:
    """The name of an inline script in a policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str]) -> str:
    """The policy.

    Args:
        scripts: The inline scripts that it allows: their hashes, or ``LIVE_RELOAD``.
    """
    allowed = DIRECTIVES | {"script-src": " ".join([DIRECTIVES["script-src"], *sorted(scripts)])}
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def ways_up(site: Path) -> list[str]:
    """How the pages of a site name its root: ``.``, ``..``, ``../..``; a script of the theme contains it."""
    deepest = max(len(path.relative_to(site).parts) for path in site.rglob("*.html")) - 1
    return [".", *("/".join([".."] * depth) for depth in range(1, deepest + 1))]


def protect(site: Path, empty_pages: Iterable[str], *, live_reload: bool = False) -> None:
    """Check every file of a site, and write the policy into every page.

    It is the same in all of them: readers who go from page to page without loading anew keep that of the first.

    Args:
        site: The built site.
        empty_pages: What the theme renders without content, once for each way up to the root.
        live_reload: Whether ``mkdocs serve`` will add its script.

    Raises:
        SiteError: If a page contains a script, an element, an attribute or a link that no page may have.
    """
    allowed = {name for page in empty_pages for name in scripts_of(page)}
    line = policy([LIVE_RELOAD] if live_reload else (name for name in allowed if name.startswith("'sha256-")))
    metas = (
        f'\n      <meta http-equiv="Content-Security-Policy" content="{line}">'
        f'\n      <meta name="referrer" content="{REFERRER}">'
    )
    problems = list(problems_of_files(site))
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        problems += problems_of_page(path, text)
        for name, beginning in scripts_of(text).items():
            if name not in allowed:
                message = f"the page contains a script that isn't the theme's: {beginning!r}"
                problems.append(Problem(path, 1, message, "Remove it from the source of the page.", "script"))
        start = START.match(text)
        if start is None:
            message = "the page does not begin as the theme's pages do, so it would have no policy"
            problems.append(Problem(path, 1, message, "Write it as Markdown.", "no-policy"))
        else:
            path.write_text(start[0] + metas + text[start.end() :], encoding="utf-8", newline="")
    if problems:
        raise SiteError(*problems)
