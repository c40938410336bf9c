"""Where in the sources a piece of a built page comes from: people mend ``docs/x.md``, not ``site/x/index.html``."""

from __future__ import annotations

from pathlib import Path

from sitekit.built_pages import Finding
from sitekit.errors import Problem

SHORTEST = 6
"""A shorter text is found in too many places."""


class Sources:
    """The source files of a repository, read when they are needed."""

    def __init__(self, root: Path) -> None:
        """Look below ``root``."""
        self.root = root
        self.lines: dict[Path, list[str]] = {}

    def problem(self, site: Path, finding: Finding) -> Problem:
        """The finding with its place in the sources, or in the built file if none of its texts is found there."""
        _, line, message, cure, rule, texts = finding
        name = finding.path.relative_to(site).as_posix()
        for text in texts:
            for group in sources_of(self.root, name):
                places = self.places(group, text)
                if len(places) == 1:
                    return Problem(*places[0], message, cure, rule=rule)
        return Problem(finding.path, line, message, cure, rule=rule)

    def places(self, paths: list[Path], text: str) -> list[tuple[Path, int]]:
        """Every line of some files that contains a text."""
        if len(text) < SHORTEST:
            return []
        return [
            (path, number) for path in paths for number, line in enumerate(self.read(path), start=1) if text in line
        ]

    def read(self, path: Path) -> list[str]:
        """The lines of a file."""
        if path not in self.lines:
            self.lines[path] = path.read_text(encoding="utf-8").split("\n")
        return self.lines[path]


def sources_of(root: Path, name: str) -> list[list[Path]]:
    """The files that a built file is made of: first the page itself, then the code that it shows."""
    docs = root / "docs"
    if not name.endswith("index.html"):
        return [[docs / name]] if (docs / name).is_file() else []
    stem = name.removesuffix("index.html").strip("/")
    pages = [docs / f"{stem}.md", docs / stem / "index.md", docs / f"{stem}.py"]
    code = (root / "snippets" / stem.removeprefix("checks/")).glob("*.py") if stem else []
    library = (root / "mlmath").rglob("*.py") if stem.startswith("reference") else []
    return [[path for path in pages if path.is_file()], sorted([*code, *library])]
