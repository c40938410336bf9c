"""What a page shows under its title: what to read before, the time it takes, other names, the functions it uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitekit.check_pages import title_of
from sitekit.library import names_used
from sitekit.rules.structure import ABLE_TO


def with_header(root: Path, name: str, markdown: str, meta: dict[str, Any]) -> str:
    """The Markdown of a page with the facts of its front matter put before “You will be able to”.

    Args:
        root: The repository.
        name: The page, ``calculus/calculus_for_ml``.
        markdown: Its text without front matter.
        meta: Its front matter.
    """
    facts = []
    if "prerequisites" in meta:
        up = "../" * name.count("/")
        links = [f"[{title_of(root, page)}]({up}{page}.md)" for page in meta["prerequisites"]]
        facts.append(f"**Before you start:** {', '.join(links) or 'school algebra and a little Python'}")
    if "minutes" in meta:
        facts.append(f"**Time:** about {meta['minutes']} minutes")
    if "also_called" in meta:
        facts.append(f"**Also called:** {', '.join(map(str, meta['also_called']))}")
    if not facts:
        return markdown
    used = names_used(root, name)
    if used:
        functions = (f"[`{path.rpartition('.')[2]}`][{path}]" for path in used)
        facts.append(f"**From the library:** {', '.join(functions)}")
    block = "  \n".join(facts) + "\n{ .facts }\n\n"
    if ABLE_TO in markdown:
        return markdown.replace(ABLE_TO, block + ABLE_TO, 1)
    title, _, rest = markdown.partition("\n\n")
    return f"{title}\n\n{block}{rest}"
