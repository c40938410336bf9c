"""What a site was built from: the commit of its sources, and the versions that its code was run with."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from sitekit import runtime
from sitekit.browser_packages import package_file
from sitekit.closure import CALCULATING

SOURCES = ("docs", "mlmath", "sitekit", "snippets", "mkdocs.yml", "pyproject.toml", "requirements.lock")
"""What a build reads: a change elsewhere leaves the site as the commit has it."""


def commit_of(root: Path) -> str:
    """``commit abc1234``, with the changes that are not in it, or the words for a folder that git doesn't know."""
    commit = git(root, "rev-parse", "HEAD")[:7]
    if not commit:
        return "an unknown commit"
    changed = git(root, "status", "--porcelain", "--", *SOURCES)
    return f"commit {commit}" + (" with changes" if changed else "")


def date_of(root: Path) -> str:
    """The second at which the commit was made, or 0: a date of our own would make each build another one."""
    return git(root, "log", "-1", "--format=%ct") or "0"


def git(root: Path, *arguments: str) -> str:
    """What git says about a repository: nothing if the folder isn't one, if git is missing, or if it refuses."""
    if not (root / ".git").exists() or not shutil.which("git"):  # git itself would also ask the folders above
        return ""
    # it would otherwise write to its index, beside a git of yours
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def sentences(root: Path) -> str:
    """What the foot of every page says."""
    here = in_words({"Python": platform.python_version()} | {name: version(name) for name in CALCULATING})
    said = f"Built from {commit_of(root)}. Its code was run with {here}."
    if runtime.is_ready():
        said += f" In your browser it runs with {in_words(versions_in_browser())}."
    return said


def versions_in_browser() -> dict[str, str]:
    """What runs the code of a page when a reader presses Run."""
    lock = json.loads(package_file("pyodide/pyodide-lock.json").read_text(encoding="utf-8"))
    versions = {name: lock["packages"][name]["version"] for name in CALCULATING}
    return {"Python": lock["info"]["python"]} | versions


def in_words(versions: dict[str, str]) -> str:
    """``Python 3.11.2, numpy 2.4.6 and matplotlib 3.11.2``."""
    *first, last = (f"{name} {number}" for name, number in versions.items())
    return f"{', '.join(first)} and {last}"
