"""Everything that happens before MkDocs reads the sources: lint, figures, pages with the code behind them."""

from __future__ import annotations

from pathlib import Path

from sitekit import browser_packages, check_pages, figures, runtime
from sitekit.environment import SetupError
from sitekit.errors import SiteError
from sitekit.lint import lint


def prepare(root: Path) -> None:
    """Make docs/ complete. A page with a TODO is built, so that its author can look at it; lint refuses it.

    Raises:
        SiteError: With every other problem found; then nothing is written.
    """
    browser_packages.install()
    problems = lint(root)
    mistakes = [problem for problem in problems if problem.rule != "todo"]
    if mistakes:
        raise SiteError(*mistakes)
    if problems:
        print(f"Places left to write: {len(problems)}. python3 -m sitekit lint lists them.", flush=True)
    figures.draw_all(root)
    check_pages.write_all(root)
    try:
        runtime.ensure()
    except SetupError as error:
        print(f"The pages get no Run buttons: {error}", flush=True)
