"""The service worker of a built site: its version, and the files that any page may need without a network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sitekit.errors import Problem, SiteError

CORE = ("503.html", "progress.json", "search/search_index.json", "assets/js/*.js", "assets/javascripts/workers/*.js")
VERSION_LINE = 'const VERSION = "";'
CORE_LINE = "const CORE = [];"


def write_service_worker(root: Path, site: Path) -> None:
    """Write ``docs/sw.js`` with version and files into a site, last of all: the version is a hash of the other files.

    Raises:
        SiteError: If the script lacks one of the two lines that are filled in here.
    """
    source = root / "docs" / "sw.js"
    text = source.read_text(encoding="utf-8")
    for line in (VERSION_LINE, CORE_LINE):
        if line not in text:
            cure = f"Write {line} again: the build fills it in."
            raise SiteError(Problem(source, 1, f"the line {line} is missing", cure, "service-worker-version"))
    core = [file.relative_to(site).as_posix() for pattern in CORE for file in sorted(site.glob(pattern))]
    text = text.replace(VERSION_LINE, f'const VERSION = "{version_of(site)}";')
    text = text.replace(CORE_LINE, f"const CORE = {json.dumps(core, indent=2)};")
    (site / "sw.js").write_text(text, encoding="utf-8")


def version_of(site: Path) -> str:
    """A hash of the names and contents of all files of a site but its service worker."""
    digest = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file() and path != site / "sw.js"):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(site).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]
