"""Plans: every page and lab once, in the order of the navigation, prerequisites first, weeks as even as can be."""

import itertools

import pytest
from conftest import ROOT

from sitekit import plan
from sitekit.plan import Unit, duration, in_order, units, weeks, with_plans


def course(*minutes):
    return [Unit(str(number), f"Page {number}", time, 0) for number, time in enumerate(minutes)]


def named(name, *before):
    return Unit(name, name, 10, 0, before)


def names(found):
    return [unit.name for unit in found]


def ways_to_cut(found, count):
    """Every way to cut a course into so many parts that are not empty."""
    for cuts in itertools.combinations(range(1, len(found)), count - 1):
        yield [found[start:end] for start, end in itertools.pairwise((0, *cuts, len(found)))]


def unevenness(parts):
    return sum(sum(unit.minutes for unit in part) ** 2 for part in parts)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("minutes", [(5, 5, 5, 5, 5, 5, 5), (55, 8, 20, 4, 90, 30, 31), (1, 2, 3, 50, 3, 2, 1)])
def test_no_other_way_to_cut_a_course_is_more_even(minutes, count):
    found = course(*minutes)

    parts = weeks(found, count)

    assert [unit for part in parts for unit in part] == found
    assert len(parts) == count
    assert all(parts)
    assert unevenness(parts) == min(unevenness(way) for way in ways_to_cut(found, count))


def test_a_course_with_fewer_pages_than_weeks_has_fewer_weeks():
    assert [names(part) for part in weeks(course(5, 9), 4)] == [["0"], ["1"]]
    assert weeks([], 4) == []


def test_a_page_comes_after_those_to_read_before_it_and_else_keeps_its_place():
    found = [named("a"), named("b", "d"), named("c", "a"), named("d", "e"), named("e"), named("f", "elsewhere")]

    assert names(in_order(found)) == ["a", "e", "d", "b", "c", "f"]


def test_a_lab_comes_as_soon_as_the_pages_that_it_needs_are_read():
    found = [named("a"), named("b"), named("c"), named("labs/x"), named("labs/y", "b"), named("labs/z", "a", "c", "?")]

    assert names(in_order(found)) == ["a", "b", "labs/y", "c", "labs/z", "labs/x"]


def test_pages_that_wait_for_each_other_are_not_lost():
    assert sorted(names(in_order([named("a", "b"), named("b", "c"), named("c", "a")]))) == ["a", "b", "c"]


NAV = "nav:\n  - Start:\n      - start/b.md\n      - start/plain.md\n  - labs/one.py\n  - calculus/m.md\n"
B = "---\ndescription: B.\nminutes: 70\nprerequisites: [calculus/m]\n---\n\n# B\n"
LAB = """# %% [markdown]
# # A lab
# Read [this](../calculus/m.md#a) before.
#
# $$
# x
# $$

# %%
x = 1

# %% [markdown]
# See also [that](../start/b.md).

# %%
y = 2
"""


@pytest.fixture
def guide(module):
    """The repository with a complete module, a page that needs it, a page without reading time, and a lab."""
    module.write("mkdocs.yml", module.read("mkdocs.yml") + NAV)
    module.write("docs/start/b.md", B)
    module.write("docs/start/plain.md", "---\ndescription: P.\n---\n\n# Plain\n")
    module.write("docs/labs/one.py", LAB)
    return module.root


def test_pages_with_a_reading_time_and_labs_are_listed_as_in_the_navigation(guide):
    assert units(guide) == [
        Unit("start/b", "B", 70, 0, ("calculus/m",)),
        Unit("labs/one", "A lab", 3, 0, ("calculus/m",)),  # a formula, and two cells
        Unit("calculus/m", "Slopes", 2, 2),
    ]


def test_a_line_of_a_page_becomes_a_plan(guide):
    lines = with_plans(guide, "start/how", ["Before.", "[plan: 2 weeks]", "After.", "A [plan: 2 weeks] stays."])

    assert lines == [
        "Before.",
        "2 pages and 1 lab, 1 h 35 min in all.",
        "The shortest week takes 22 min, the longest 1 h 13 min.",
        "",
        '<div class="plan" markdown>',
        "",
        "- **Week 1**, 22 min",
        "    - [Slopes](../calculus/m.md): 2 min and 20 for 2 exercises",
        "- **Week 2**, 1 h 13 min",
        "    - Again what you had wrong in week 1: 10 min more",
        "    - [B](b.md): 70 min",
        "    - [A lab](../labs/one.py): 3 min",
        "",
        "</div>",
        "After.",
        "A [plan: 2 weeks] stays.",
    ]


def test_a_page_without_a_plan_costs_nothing(monkeypatch):
    monkeypatch.setattr(plan, "units", None)

    assert with_plans(ROOT, "start/how", ["Text."]) == ["Text."]


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (59, "59 min"), (60, "1 h"), (125, "2 h 5 min")])
def test_a_duration_is_in_hours_and_minutes(minutes, text):
    assert duration(minutes) == text


def test_the_guide_is_planned_whole_and_prerequisites_come_first():
    found = in_order(units(ROOT))
    seen: set[str] = set()
    for unit in found:
        assert {name for name in unit.before if name in names(found)} <= seen, unit.name
        seen.add(unit.name)

    labs = {f"labs/{path.stem}" for path in (ROOT / "docs" / "labs").glob("*.py")}
    timed = {
        path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        for path in (ROOT / "docs").rglob("*.md")
        if path.read_text(encoding="utf-8").partition("\n---\n")[0].count("\nminutes: ")
    }
    assert sorted(names(found)) == sorted(timed | labs)


@pytest.mark.parametrize("count", [4, 8, 12])
def test_the_page_on_studying_shows_each_plan(count):
    text = (ROOT / "docs" / "start" / "how_to_study.md").read_text(encoding="utf-8")

    lines = with_plans(ROOT, "start/how_to_study", text.splitlines())

    assert f"[plan: {count} weeks]" in text.splitlines()
    assert sum(line.startswith(f"- **Week {count}**") for line in lines) == sum(n >= count for n in (4, 8, 12))
