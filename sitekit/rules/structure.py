"""Rules on the shape of a module page: its front matter, its headings, and what each concept must have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitekit.check_pages import CLAIM
from sitekit.errors import Problem
from sitekit.pages import Heading, Page

BRANCHES = ("linear_algebra", "statistics", "calculus", "optimization")
SECTIONS = (
    "80/20 Study Guide - Key Concepts",
    "Why This Is Enough",
    "Interactive Questions",
    "Module Summary",
    "Ask Questions About This Module",
)
PARTS = ("The 20% You Need to Know", "By hand", "See it run", "Why It Matters", "Simple Takeaway")
PRACTICE = ("Questions", "Exercises")
ABLE_TO = "**You will be able to**"
QUESTIONS_NEEDED, EXERCISES_NEEDED = 5, 2


def is_module(page: Page) -> bool:
    """Whether the page is a module: it lies in a branch and isn't the branch's own index."""
    branch, _, rest = page.name.partition("/")
    return branch in BRANCHES and rest != "index"


def headings(page: Page) -> Iterator[Problem]:
    """The headings of a module, in their order."""
    if not is_module(page):
        return
    yield from sequence(page, [h for h in page.headings if h.level == 2], SECTIONS, 2, len(page.lines))
    practice_parts = [h for h in page.headings if h.level == 3 and section_of(page, h) == SECTIONS[2]]
    if practice_parts or any(h.text == SECTIONS[2] for h in page.headings):
        end = next((h.line for h in page.headings if h.level == 2 and h.text == SECTIONS[3]), len(page.lines))
        yield from sequence(page, practice_parts, PRACTICE, 3, end)
    concepts = [h for h in page.headings if h.level == 3 and section_of(page, h) == SECTIONS[0]]
    if not concepts:
        yield Problem(
            page.path,
            page.line_of(SECTIONS[0]),
            "the module has no concepts",
            "Write a ### heading for each.",
            rule="concepts",
        )
    for concept in concepts:
        end = next((h.line for h in page.headings if h.line > concept.line and h.level <= 3), len(page.lines) + 1)
        parts = [h for h in page.headings if concept.line < h.line < end and h.level == 4]
        yield from sequence(page, parts, PARTS, 4, end)
        yield from content_of_concept(page, concept, end)
    if ABLE_TO not in page.prose:
        yield Problem(
            page.path,
            1,
            f"the line {ABLE_TO} is missing",
            "Write it and a list under the first paragraph.",
            rule="able-to",
        )


def sequence(page: Page, found: list[Heading], wanted: tuple[str, ...], level: int, end: int) -> Iterator[Problem]:
    """Report the first heading that is missing, misspelt or out of order."""
    marks = "#" * level
    for index, text in enumerate(wanted):
        if index < len(found) and found[index].text == text:
            continue
        if index < len(found) and found[index].text not in wanted:
            message = f"the heading “{found[index].text}” should be “{text}”"
            yield Problem(page.path, found[index].line, message, f"Rename it to {marks} {text}.", rule="heading-name")
        elif text in [heading.text for heading in found]:
            line = next(heading.line for heading in found if heading.text == text)
            yield Problem(
                page.path,
                line,
                f"the heading “{text}” is out of order",
                f"The order is: {', '.join(wanted)}.",
                rule="heading-order",
            )
        else:
            line = found[index].line if index < len(found) else min(end, len(page.lines))
            yield Problem(
                page.path,
                line,
                f"the heading “{text}” is missing before this line",
                f"Write {marks} {text}.",
                rule="heading-missing",
            )
        return
    for extra in found[len(wanted) :]:
        yield Problem(
            page.path,
            extra.line,
            f"the heading “{extra.text}” is not one of a module",
            "Remove it, or make it smaller.",
            rule="heading-extra",
        )


def content_of_concept(page: Page, concept: Heading, end: int) -> Iterator[Problem]:
    """A concept has a formula, three to five key bullets, code, a figure and a common mistake."""
    lines = page.prose[concept.line : end - 1]
    bullets = key_bullets(page, concept.line, end)
    needs = {
        "no displayed formula": any("$$" in line for line in lines),
        "no figure": any("assets/figures/" in line for line in lines),
        "no code": any(f.info == "python" and concept.line < f.line < end for f in page.fences),
        'no box !!! warning "Common mistake: ..."': any('!!! warning "Common mistake: ' in line for line in lines),
        f"{len(bullets)} key bullets, not three to five": 3 <= len(bullets) <= 5,
    }
    for message, fulfilled in needs.items():
        if not fulfilled:
            yield Problem(
                page.path, concept.line, f"the concept “{concept.text}” has {message}", "Write it.", rule="concept-part"
            )
    for line, text in bullets:
        if not CLAIM.match(text):
            cure = "Write it on one line, end it with [checked](check:name), and write the check."
            yield Problem(page.path, line, "this key bullet has no check", cure, rule="bullet-check")


def key_bullets(page: Page, start: int, end: int) -> list[tuple[int, str]]:
    """The bullets under “The 20% You Need to Know” between two lines, each with its line."""
    heading = next((h for h in page.headings if start < h.line < end and h.text == PARTS[0]), None)
    if heading is None:
        return []
    last = next((h.line for h in page.headings if h.line > heading.line), end)
    lines = [(number, page.prose[number - 1]) for number in range(heading.line + 1, last)]
    return [(number, line) for number, line in lines if re.match(r"[-*] ", line)]


def practice(page: Page) -> Iterator[Problem]:
    """A module has enough questions, of at least three kinds, and enough exercises."""
    if not is_module(page):
        return
    quizzes = [fence for fence in page.fences if fence.info == "quiz"]
    exercises = [fence for fence in page.fences if fence.info == "exercise"]
    kinds = {line.strip() for fence in quizzes for line in fence.lines if line.startswith("kind:")}
    line = page.line_of(SECTIONS[2])
    if len(quizzes) < QUESTIONS_NEEDED or len(kinds) < 3:
        message = f"the module has {len(quizzes)} questions of {len(kinds)} kinds"
        yield Problem(
            page.path, line, message, f"Write at least {QUESTIONS_NEEDED}, of at least 3 kinds.", rule="question-count"
        )
    if len(exercises) < EXERCISES_NEEDED:
        yield Problem(
            page.path,
            line,
            f"the module has {len(exercises)} exercises",
            f"Write at least {EXERCISES_NEEDED}.",
            rule="exercise-count",
        )


def section_of(page: Page, heading: Heading) -> str:
    """Text of the ``##`` heading that a heading stands under."""
    return next((h.text for h in reversed(page.headings) if h.level == 2 and h.line < heading.line), "")


def one_title(page: Page) -> Iterator[Problem]:
    """A page has one title, and nothing but the front matter stands before it."""
    titles = [heading for heading in page.headings if heading.level == 1]
    if not titles:
        yield Problem(
            page.path, 1, "the page has no title", "Write # Title under the front matter.", rule="title-missing"
        )
    elif any(line.strip() for line in page.lines[page.meta_lines : titles[0].line - 1]):
        yield Problem(
            page.path,
            titles[0].line,
            "something stands before the title",
            "Move it under the title.",
            rule="title-first",
        )
    for extra in titles[1:]:
        yield Problem(
            page.path, extra.line, f"a second title “{extra.text}”", "Make it ## or smaller.", rule="title-second"
        )
