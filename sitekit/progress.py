"""What there is to read, answer and solve on each page: the totals that a reader's progress is measured against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sitekit.check_pages import title_of
from sitekit.pages import Page, page_paths, read_page
from sitekit.questions import read_yaml


def write_totals(root: Path, site: Path) -> None:
    """Write ``progress.json`` into the built site; its scripts read it where progress is shown."""
    text = json.dumps(totals(root), ensure_ascii=False, indent=1)
    (site / "progress.json").write_text(f"{text}\n", encoding="utf-8")


def totals(root: Path) -> list[dict[str, Any]]:
    """Every page that tells its reading time, and every lab, with the ids of its questions and exercises."""
    pages = [read_page(root, path) for path in page_paths(root)]
    lessons = [lesson(root, page) for page in pages if "minutes" in page.meta]
    labs = sorted(path.stem for path in (root / "docs" / "labs").glob("*.py"))
    return lessons + [entry(root, f"labs/{name}") for name in labs]


def lesson(root: Path, page: Page) -> dict[str, Any]:
    """The totals of a Markdown page."""
    return entry(root, page.name) | {
        "minutes": page.meta["minutes"],
        "questions": ids_of(page, "quiz"),
        "exercises": ids_of(page, "exercise"),
    }


def entry(root: Path, name: str) -> dict[str, Any]:
    """A page with nothing to answer: its path below the site's root, its title, its branch."""
    branch = name.partition("/")[0].replace("_", " ").capitalize()
    title = title_of(root, name)
    return {"page": f"{name}/", "title": title, "branch": branch, "minutes": None, "questions": [], "exercises": []}


def ids_of(page: Page, kind: str) -> list[str]:
    """The ids of the questions or exercises of a page, in its order."""
    fences = (fence for fence in page.fences if fence.info == kind)
    return [str(read_yaml("\n".join(fence.lines), kind)["id"]) for fence in fences]
