"""Rules on what a page contains: code, formulas, claims, figures, questions, exercises, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.exercises import read_exercise
from sitekit.pages import Fence, Page
from sitekit.questions import FenceError, read_question
from sitekit.rendered import DISPLAY_LANGUAGES
from sitekit.snippets import INCLUDE, Line, claims_and_figures, expand, located
from sitekit.typeset import Formula, TexError, formulas_in, typeset

CHECK_LINK = re.compile(r"\]\(check:(?P<name>[^)]*)\)")
FIGURE_LINK = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\((?P<up>(?:\.\./)*)assets/figures/(?P<page>[^)]+)/(?P<name>[^/)]+)\.svg"
    r'(?P<title> "[^"]+")?\)'
)
SHORTEST_ALT = 40
HURTFUL = re.compile(r"\b(just|simply|obviously|clearly|trivially|of course)\b", re.IGNORECASE)
ID = re.compile(r"^id:\s*(\S+)")
QUOTED = re.compile(r"`[^`]*`|[\"“][^\"”]*[\"”]")


def one_title(page: Page) -> Iterator[Problem]:
    """A page has one title, and nothing but the front matter stands before it."""
    titles = [heading for heading in page.headings if heading.level == 1]
    if not titles:
        yield Problem(page.path, 1, "the page has no title", "Write # Title under the front matter.")
    elif any(line.strip() for line in page.lines[page.meta_lines : titles[0].line - 1]):
        yield Problem(page.path, titles[0].line, "something stands before the title", "Move it under the title.")
    for extra in titles[1:]:
        yield Problem(page.path, extra.line, f"a second title “{extra.text}”", "Make it ## or smaller.")


def fences(page: Page) -> Iterator[Problem]:
    """Code is included from snippets; what isn't run is in a language for display; nothing is skipped."""
    for fence in page.fences:
        if fence.info == "python":
            yield from python_fence(page, fence)
        elif fence.info not in DISPLAY_LANGUAGES | {"quiz", "exercise"}:
            message = f"the fence is marked {fence.info!r}, so its code would be shown and never run"
            cure = f"Write python and include a snippet; text that isn't run is {', '.join(sorted(DISPLAY_LANGUAGES))}."
            yield Problem(page.path, fence.line, message, cure)
    for number, line in enumerate(page.prose, start=1):
        if re.search(r"<!--[-\s]*pytest", line):
            yield Problem(
                page.path, number, "this comment changes which code is tested", "Remove it: every block runs."
            )


def python_fence(page: Page, fence: Fence) -> Iterator[Problem]:
    """A python fence is one include of one named section."""
    match = INCLUDE.match(fence.lines[0]) if len(fence.lines) == 1 else None
    if match is None:
        message = "this python fence isn't one include of one section"
        cure = 'Move the code to examples.py and write --8<-- "branch/module/examples.py:section" here.'
        yield Problem(page.path, fence.line + 1, message, cure)
    elif not match["section"]:
        yield Problem(page.path, fence.line + 1, "a whole file is included", "Name a section of it.")


def includes(root: Path, page: Page) -> Iterator[Problem]:
    """Every included file and section exists, and every line that looks like an include is one."""
    for number, line in enumerate(page.lines, start=1):
        if re.search(r"-{1,}\s*8\s*<\s*-{1,}", line) and ";" not in line and not INCLUDE.match(line):
            yield Problem(
                page.path, number, f"this isn't a valid include: {line.strip()}", 'Write --8<-- "path:section".'
            )
    for number, line in enumerate(page.prose, start=1):
        if INCLUDE.match(line):
            yield Problem(page.path, number, "this include stands outside a fence", "Put ```python and ``` around it.")
    expand(root, page.path)


def formulas(path: Path, found: list[Formula]) -> Iterator[Problem]:
    """Every formula can be typeset."""
    for formula, result in zip(found, typeset((f.tex, f.display) for f in found), strict=True):
        if isinstance(result, TexError):
            yield Problem(path, formula.line, str(result), "Correct the TeX.")


def formulas_of(page: Page) -> list[Formula]:
    """The formulas of a page's prose, questions and exercises."""
    found = formulas_in(page.prose)
    for fence in page.fences:
        if fence.info in ("quiz", "exercise"):
            found += formulas_in(fence.lines, fence.line + 1)
    return found


def claims(root: Path, page: Page) -> Iterator[Problem]:
    """Each check link names a function of the page's checks.py, each function is named once."""
    path = root / "snippets" / page.name / "checks.py"
    shown = path.relative_to(root).as_posix()
    functions = claims_and_figures(path)
    links = [(n, match["name"]) for n, line in enumerate(page.prose, start=1) for match in CHECK_LINK.finditer(line)]
    for number, name in links:
        if name not in functions:
            cure = 'Write it, or correct the name after "check:".'
            yield Problem(page.path, number, f"no function {name} without parameters in {shown}", cure)
    for name, count in Counter(name for _, name in links).items():
        if count > 1:
            line = [number for number, other in links if other == name][1]
            yield Problem(page.path, line, f"the check {name} is named twice", "Write one check for each claim.")
    for name, function in functions.items():
        if name not in [name for _, name in links]:
            cure = f"Link it from a bullet with [checked](check:{name}), or make it a helper: give it a parameter."
            yield Problem(path, function.start, f"no bullet of the page names the check {name}", cure)


def figures(root: Path, path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Each picture is a figure function, with a text for those who can't see it."""
    name = path.relative_to(root / "docs").with_suffix("").as_posix()
    for number, line in enumerate(lines, start=1):
        for match in FIGURE_LINK.finditer(line):
            source = root / "snippets" / match["page"] / "figures.py"
            if match["name"] not in claims_and_figures(source):
                message = f"no function {match['name']} without parameters in {source.relative_to(root).as_posix()}"
                yield Problem(path, number, message, "Write it, or correct the name of the picture.")
            if len(match["up"]) != 3 * name.count("/"):
                yield Problem(
                    path, number, "the path of the picture is wrong", f"Start it with {'../' * name.count('/')}assets/."
                )
            around = [*lines[number - 2 : number - 1], line.replace(match[0], ""), *lines[number : number + 1]]
            if any(text.strip() for text in around):
                message = "the picture does not stand alone, so it would miss its dark version and its code"
                yield Problem(path, number, message, "Put it on a line of its own, with empty lines around it.")
        for match in re.finditer(r"!\[(?P<alt>[^\]]*)\]\(", line):
            if len(match["alt"]) < SHORTEST_ALT:
                message = f"the alt text {match['alt']!r} is shorter than a sentence"
                yield Problem(path, number, message, "Say what one sees, for those who can't see it.")


def unshown_figures(root: Path, path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Each figure function of the page is shown on it."""
    name = path.relative_to(root / "docs").with_suffix("").as_posix()
    source = root / "snippets" / name / "figures.py"
    shown = {match["name"] for line in lines for match in FIGURE_LINK.finditer(line) if match["page"] == name}
    for figure, function in claims_and_figures(source).items():
        if figure not in shown:
            cure = "Show it, or delete it; a helper takes a parameter or starts with an underscore."
            yield Problem(source, function.start, f"the page does not show the figure {figure}", cure)


def practice(root: Path, page: Page) -> Iterator[Problem]:
    """Questions and exercises are complete, and their ids are unique."""
    seen: dict[str, int] = {}
    for fence in page.fences:
        if fence.info not in ("quiz", "exercise"):
            continue
        inside = inside_of(root, page, fence)
        text = "\n".join(inside)
        try:
            name = read_exercise(root, text).id if fence.info == "exercise" else read_question(text).id
        except FenceError as error:
            line = inside[min(error.line, len(inside)) - 1].number if error.line and inside else fence.line
            yield Problem(page.path, line, error.message, error.cure)
            continue
        if name in seen:
            message = f"the id {name} is used at line {seen[name]} already"
            yield Problem(page.path, fence.line, message, "Give each question and exercise an id of its own.")
        seen.setdefault(name, fence.line)


def shared_ids(pages: list[Page]) -> Iterator[Problem]:
    """No two pages use the same id: what a reader did is remembered under it."""
    seen: dict[str, Page] = {}
    for page in pages:
        for fence in page.fences:
            named = next((ID.match(line) for line in fence.lines if ID.match(line)), None)
            if fence.info not in ("quiz", "exercise") or named is None:
                continue
            first = seen.setdefault(named[1], page)
            if first is not page:
                message = f"the id {named[1]} is used on docs/{first.name}.md already"
                yield Problem(page.path, fence.line, message, "Start the ids of a page with a word of its own.")


def inside_of(root: Path, page: Page, fence: Fence) -> list[Line]:
    """The lines of a fence with its snippets put in, each with its line (an included one: that of its include)."""
    first, last = fence.line + 1, fence.line + len(fence.lines)
    if not any(INCLUDE.match(line) for line in fence.lines):
        return [located(line, page.path, number) for number, line in enumerate(fence.lines, start=first)]
    inside: list[Line] = []
    number = 0
    for line in expand(root, page.path):
        number = max(number, line.number) if line.path == page.path else number
        if first <= number <= last:
            inside.append(located(line, page.path, number))
    return inside


def practice_lines(page: Page) -> Iterator[tuple[int, str]]:
    """The lines of the questions and exercises of a page, each with its number."""
    for fence in page.fences:
        if fence.info in ("quiz", "exercise"):
            yield from enumerate(fence.lines, start=fence.line + 1)


def words(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """No word that tells a stuck reader that it should be easy."""
    for number, line in lines:
        match = HURTFUL.search(QUOTED.sub("", line))
        if match:
            yield Problem(path, number, f"the word “{match[0]}” hurts where a reader is stuck", "Leave it out.")
