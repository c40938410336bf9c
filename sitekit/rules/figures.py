"""Rules on pictures: each is drawn by a function, stands alone, and has a text for those who can't see it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.snippets import Function, claims_and_figures

FIGURE_LINK = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\((?P<up>(?:\.\./)*)assets/figures/(?P<page>[^)]+)/(?P<name>[^/)]+)\.svg"
    r"(?: \"(?P<title>[^\"]+)\")?\)"
)
SHORTEST_ALT = 40


def figures(root: Path, path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Each picture is a figure function, with a text for those who can't see it."""
    name = path.relative_to(root / "docs").with_suffix("").as_posix()
    for number, line in enumerate(lines, start=1):
        if "![" not in line:
            continue
        for match in FIGURE_LINK.finditer(line):
            source = root / "snippets" / match["page"] / "figures.py"
            functions = claims_and_figures(source)
            if match["name"] not in functions:
                message = f"no function {match['name']} without parameters in {source.relative_to(root).as_posix()}"
                yield Problem(
                    path, number, message, "Write it, or correct the name of the picture.", rule="figure-missing"
                )
            elif has_states(functions[match["name"]]) != bool(match["title"]):
                yield slider(path, number, match)
            if len(match["up"]) != 3 * name.count("/"):
                yield Problem(
                    path,
                    number,
                    "the path of the picture is wrong",
                    f"Start it with {'../' * name.count('/')}assets/.",
                    rule="figure-path",
                )
            around = [*lines[number - 2 : number - 1], line.replace(match[0], ""), *lines[number : number + 1]]
            if any(text.strip() for text in around):
                message = "the picture does not stand alone, so it would miss its dark version and its code"
                yield Problem(
                    path,
                    number,
                    message,
                    "Put it on a line of its own, with empty lines around it.",
                    rule="figure-alone",
                )
        for match in re.finditer(r"!\[(?P<alt>[^\]]*)\]\(", line):
            if len(match["alt"]) < SHORTEST_ALT:
                message = f"the alt text {match['alt']!r} is shorter than a sentence"
                yield Problem(path, number, message, "Say what one sees, for those who can't see it.", rule="alt-text")


def has_states(function: Function) -> bool:
    """Whether a figure has states that a reader moves through: ``with frame(...)`` of mlmath.plots."""
    calls = (node.func for node in ast.walk(function.node) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Name) and called.id == "frame" for called in calls)


def slider(path: Path, number: int, match: re.Match[str]) -> Problem:
    """A figure with states names its slider, and no other figure does."""
    if match["title"]:
        message, cure = f"the figure {match['name']} has a name for a slider, and no states", "Remove the name."
    else:
        message = f"the figure {match['name']} has states, and its slider has no name"
        cure = f'Write what it moves behind the path: {match["name"]}.svg "Learning rate").'
    return Problem(path, number, message, cure, rule="figure-slider")


def unshown_figures(root: Path, path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Each figure function of the page is shown on it."""
    name = path.relative_to(root / "docs").with_suffix("").as_posix()
    source = root / "snippets" / name / "figures.py"
    shown = {
        match["name"] for line in lines if "![" in line for match in FIGURE_LINK.finditer(line) if match["page"] == name
    }
    for figure, function in claims_and_figures(source).items():
        if figure not in shown:
            cure = "Show it, or delete it; a helper takes a parameter or starts with an underscore."
            yield Problem(
                source, function.start, f"the page does not show the figure {figure}", cure, rule="figure-unshown"
            )
