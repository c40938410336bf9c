"""Compressed copies beside the files of a built site, for servers that send them as they are (gzip_static of nginx)."""

from __future__ import annotations

import gzip
from pathlib import Path

TEXT = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".py", ".wasm"}
SMALLEST = 1000
"""Bytes; a smaller file fits into one packet as it is."""


def compress(site: Path) -> None:
    """Write ``x.gz`` beside each file ``x`` that shrinks. The bytes depend on the content alone, not on the time."""
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.suffix in TEXT and path.stat().st_size >= SMALLEST:
            content = gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(content)
