"""Rules on key bullets and the checks behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.pages import Page
from sitekit.snippets import claims_and_figures

CHECK_LINK = re.compile(r"\]\(check:(?P<name>[^)]*)\)")


def claims(root: Path, page: Page) -> Iterator[Problem]:
    """Each check link names a function of the page's checks.py, each function is named once."""
    path = root / "snippets" / page.name / "checks.py"
    shown = path.relative_to(root).as_posix()
    functions = claims_and_figures(path)
    links = [(n, match["name"]) for n, line in enumerate(page.prose, start=1) for match in CHECK_LINK.finditer(line)]
    for number, name in links:
        if name not in functions:
            cure = 'Write it, or correct the name after "check:".'
            yield Problem(
                page.path, number, f"no function {name} without parameters in {shown}", cure, rule="check-missing"
            )
    for name, count in Counter(name for _, name in links).items():
        if count > 1:
            line = [number for number, other in links if other == name][1]
            yield Problem(
                page.path,
                line,
                f"the check {name} is named twice",
                "Write one check for each claim.",
                rule="check-twice",
            )
    for name, function in functions.items():
        if name not in [name for _, name in links]:
            cure = f"Link it from a bullet with [checked](check:{name}), or make it a helper: give it a parameter."
            yield Problem(
                path, function.start, f"no bullet of the page names the check {name}", cure, rule="check-unnamed"
            )
