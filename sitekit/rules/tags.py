"""Rules on HTML in Markdown: what is opened is closed, and a smaller-than sign is no tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.plain import without_code, without_formulas

TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>(?:\s[^<>]*)?)>")
AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]+>|\]\(<[^<>\n]*>")
START = re.compile(r"</?[a-zA-Z]")
ALONE = set("area base br col embed hr img input link meta source track wbr".split())
ELEMENTS = ALONE | set(
    "a abbr address article aside audio b bdi bdo blockquote body button canvas caption cite code colgroup data "
    "datalist dd del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head "
    "header hgroup html i iframe ins kbd label legend li main map mark math menu meter nav noscript object ol optgroup "
    "option output p picture pre progress q rp rt ruby s samp script search section select slot small span strong "
    "style sub summary sup svg table tbody td template textarea tfoot th thead time title tr u ul var video".split()
)


def tags(path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Tags come in pairs, and every ``<`` before a letter starts one."""
    text = "\n".join(without_formulas(without_code(lines)))
    if "<" not in text:
        return
    text = AUTOLINK.sub(lambda link: " " * len(link[0]), text)
    open_tags: list[tuple[str, int]] = []
    for start in START.finditer(text):
        tag = TAG.match(text, start.start())
        line = text.count("\n", 0, start.start()) + 1
        if tag is None or tag["name"].lower() not in ELEMENTS:
            shown = text[start.start() : start.start() + 20].split("\n")[0]
            message = f"the < of “{shown}” starts no tag that HTML knows"
            yield Problem(path, line, message, "Write &lt; in text, and code between `.", rule="less-than")
        elif tag["close"]:
            yield from closed(path, line, tag["name"].lower(), open_tags)
        elif tag["name"].lower() not in ALONE and not tag["rest"].endswith("/"):
            open_tags.append((tag["name"].lower(), line))
    for name, line in open_tags:
        yield Problem(path, line, f"<{name}> is never closed", f"Write </{name}> after it.", rule="html-unclosed")


def closed(path: Path, line: int, name: str, open_tags: list[tuple[str, int]]) -> Iterator[Problem]:
    """Take the tag that is closed here from the open ones, and report those inside it that are still open."""
    if name not in [tag for tag, _ in open_tags]:
        message = f"</{name}> closes nothing"
        yield Problem(path, line, message, f"Write <{name}> before it, or remove it.", rule="html-unopened")
        return
    while open_tags[-1][0] != name:
        inner, opened = open_tags.pop()
        message = f"<{inner}> is not closed before </{name}> at line {line}"
        yield Problem(path, opened, message, f"Write </{inner}> after it.", rule="html-unclosed")
    open_tags.pop()
