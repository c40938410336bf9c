"""The rules of rumdl, a linter for Markdown; pyproject.toml says which of them are on, and why others are off."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem

CHECK = [str(Path(sysconfig.get_path("scripts")) / "rumdl"), "check", "--no-cache", "--no-code-block-tools"]
FIX = [*CHECK, "--fix"]
CURES = {
    "MD009": "Remove them.",
    "MD010": "Write spaces.",
    "MD012": "Remove all but one.",
    "MD031": "Leave a line empty there.",
    "MD032": "Leave a line empty there: without it the list is part of the paragraph.",
    "MD034": "Write [text](address).",
    "MD047": "End the last line with one line break.",
    "MD058": "Leave a line empty there: without it the table is part of the paragraph.",
    "MD059": "Say what is behind the link.",
    "MD064": "Leave one.",
}


def start(root: Path) -> subprocess.Popen[str]:
    """Start rumdl on all Markdown that people wrote; it works while we do."""
    command = [*CHECK, "--output-format", "json", "--fail-on", "never", *paths_of(root)]
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def paths_of(root: Path) -> list[str]:
    """Where Markdown is that people wrote."""
    return [name for name in ("docs", "README.md", "CONTRIBUTING.md") if (root / name).exists()]


def problems(root: Path, process: subprocess.Popen[str]) -> Iterator[Problem]:
    """What it found.

    Raises:
        RuntimeError: If it could not work.
    """
    output, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"rumdl failed: {errors.strip() or output.strip()}")
    for found in json.loads(output or "[]"):
        rule = found["rule"]
        cure = CURES.get(rule, f"See https://rumdl.dev/{rule.lower()}/.")
        message = found["message"].rstrip(".")
        yield Problem(root / found["file"], found["line"], message[:1].lower() + message[1:], cure, rule=rule)
