"""The theme's search, changed in one place: it makes its index when a reader first searches, not on every page."""

from __future__ import annotations

import re
from pathlib import Path

from sitekit.errors import Problem, SiteError

WORKER = "assets/javascripts/workers/search.*.min.js"
MAKES_INDEX = re.compile(r"(?P<index>\w+)=new (?P<Index>\w+)\((?P<message>\w+)\.data\),\{type:1\}")
"""What the worker does when a page loads: it makes the index, half a second of work, and says that it is ready."""
MAKES_INDEX_LATE = r"\g<index>={search:words=>(\g<index>=new \g<Index>(\g<message>.data)).search(words)},{type:1}"


def make_index_late(site: Path) -> None:
    """Change the worker of a built site so that the first search makes the index; the focus of the field is one.

    Raises:
        SiteError: If the worker isn't there or doesn't do what is changed here.
    """
    for path in site.glob(WORKER):
        text, count = MAKES_INDEX.subn(MAKES_INDEX_LATE, path.read_text(encoding="utf-8"))
        if count == 1:
            path.write_text(text, encoding="utf-8")
            return
    message = f"{WORKER} does not make its index in the way that is known here"
    raise SiteError(
        Problem(site, 1, message, "Look at the theme's new search, and change sitekit/search.py.", "search-worker")
    )
