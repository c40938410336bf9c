"""Plans: every page and lab of the guide, in the order of study, divided into weeks of about the same length.

A line ``[plan: 8 weeks]`` of a page becomes the plan for eight weeks, as Markdown; so a new page is in it by itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from sitekit.check_pages import source_of, title_of
from sitekit.lint import lab_prose
from sitekit.pages import read_page, read_text
from sitekit.rules.configuration import Item, entries_of, read_configuration
from sitekit.rules.front_matter import minutes_of, prerequisites_of

LINE = re.compile(r"^\[plan: (?P<weeks>[1-9]\d?) weeks\]$")
NEEDED = re.compile(r"\]\(\.\./(?P<page>[^)#]+)\.md")
"""A link of a lab to a page."""
EXERCISE_MINUTES = 10
CELL_MINUTES = 1
"""What it takes to run a cell of a lab and to compare its output with what you expected."""
AGAIN_MINUTES = 10
"""What it takes to answer once more what you had wrong in the week before."""


class Unit(NamedTuple):
    """A page or lab to study."""

    name: str
    """``calculus/calculus_for_ml``"""
    title: str
    reading: int
    """Minutes."""
    exercises: int
    """How many."""
    before: tuple[str, ...] = ()
    """The names of the pages to read before."""

    @property
    def minutes(self) -> int:
        """The time for reading and for the exercises."""
        return self.reading + EXERCISE_MINUTES * self.exercises


def with_plans(root: Path, name: str, lines: list[str]) -> list[str]:
    """The lines of the page ``name`` with each line that asks for a plan replaced by that plan."""
    if not any(map(LINE.match, lines)):
        return lines
    course = in_order(units(root))
    result: list[str] = []
    for line in lines:
        asked = LINE.match(line)
        result += plan(root, name, weeks(course, int(asked["weeks"]))) if asked else [line]
    return result


def units(root: Path) -> list[Unit]:
    """Every page that tells its reading time, and every lab, in the order of the navigation."""
    settings = read_configuration(root)
    entries: list[Item] = []
    if settings.nav is not None:
        list(entries_of(settings, settings.nav, entries))
    names = [posixpath.splitext(entry.text)[0] for entry in entries]
    found = (lab(root, name) if name.startswith("labs/") else page(root, name) for name in names)
    return [unit for unit in found if unit is not None]


def page(root: Path, name: str) -> Unit | None:
    """A page of text, if it tells its reading time."""
    path = root / "docs" / f"{name}.md"
    read = read_page(root, path) if path.is_file() else None
    if read is None or type(read.meta.get("minutes")) is not int:
        return None
    exercises = sum(fence.info == "exercise" for fence in read.fences)
    return Unit(name, title_of(root, name), read.meta["minutes"], exercises, tuple(prerequisites_of(read)))


def lab(root: Path, name: str) -> Unit:
    """A lab: its text takes as long as that of a page, and each cell is run. Its first text links what it needs."""
    path = source_of(root, name)
    cells = sum(line.rstrip() == "# %%" for line in read_text(path).splitlines())
    needed = NEEDED.findall(read_text(path).partition("\n# %%\n")[0])
    return Unit(name, title_of(root, name), minutes_of(lab_prose(path)) + CELL_MINUTES * cells, 0, tuple(needed))


def in_order(course: list[Unit]) -> list[Unit]:
    """The same units in the same order, but none before what is to be read before it, and labs right after that."""
    by_name = {unit.name: unit for unit in course}
    done: dict[str, Unit] = {}

    def take(unit: Unit, waiting: tuple[str, ...]) -> None:
        for name in unit.before:
            if name in by_name and name not in waiting:  # lint reports pages that wait for each other
                take(by_name[name], (*waiting, unit.name))
        done.setdefault(unit.name, unit)

    for unit in course:
        take(unit, (unit.name,))
        for lab in course:
            needed = {*lab.before} & by_name.keys()
            if lab.name.startswith("labs/") and needed and needed <= done.keys():
                done.setdefault(lab.name, lab)
    return list(done.values())


def weeks(course: list[Unit], count: int) -> list[list[Unit]]:
    """Cut the course into at most ``count`` weeks without changing its order, as evenly as whole pages allow.

    Of all ways to cut it, this is the one in which the squares of the weeks' minutes have the smallest sum: then the
    weeks are as close to their mean as can be. No week is empty, so a short course has fewer weeks.
    """
    count = min(count, len(course))
    until = [0, *accumulate(unit.minutes for unit in course)]

    @cache
    def best(end: int, parts: int) -> tuple[int, tuple[int, ...]]:
        """The smallest sum for the first ``end`` units in so many parts, and where the parts end."""
        if parts <= 1:
            return until[end] ** 2, (end,)
        ways = ((best(cut, parts - 1), cut) for cut in range(parts - 1, end))
        return min((total + (until[end] - until[cut]) ** 2, (*cuts, end)) for (total, cuts), cut in ways)

    ends = best(len(course), count)[1] if course else ()
    return [course[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def plan(root: Path, name: str, parts: list[list[Unit]]) -> Iterator[str]:
    """The Markdown of a plan on the page ``name``."""
    course = [unit for part in parts for unit in part]
    totals = [sum(unit.minutes for unit in part) for part in parts]
    labs = sum(unit.name.startswith("labs/") for unit in course)
    yield f"{len(course) - labs} pages and {counted(labs, 'lab')}, {duration(sum(totals))} in all."
    yield f"The shortest week takes {duration(min(totals))}, the longest {duration(max(totals))}."
    yield from ("", '<div class="plan" markdown>', "")
    for number, (part, total) in enumerate(zip(parts, totals, strict=True), start=1):
        yield f"- **Week {number}**, {duration(total)}"
        if number > 1:
            yield f"    - Again what you had wrong in week {number - 1}: {AGAIN_MINUTES} min more"
        yield from (f"    - {entry(root, name, unit)}" for unit in part)
    yield from ("", "</div>")


def entry(root: Path, name: str, unit: Unit) -> str:
    """One line of a week: a page and its time."""
    suffix = source_of(root, unit.name).suffix
    address = posixpath.relpath(f"{unit.name}{suffix}", posixpath.dirname(name) or ".")
    exercises = f" and {EXERCISE_MINUTES * unit.exercises} for {counted(unit.exercises, 'exercise')}"
    return f"[{unit.title}]({address}): {unit.reading} min{exercises if unit.exercises else ''}"


def counted(number: int, thing: str) -> str:
    """``1 lab``, ``2 labs``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def duration(minutes: int) -> str:
    """``1 h 20 min``."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )
