"""Every exercise of every page in Chromium, checked by Python as a reader has it checked."""

from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

from sitekit.exercises import Exercise, as_answer, read_exercise
from sitekit.pages import page_paths, read_page

LOADING_PYTHON = 60_000  # milliseconds, for the first check of a page


class Case(NamedTuple):
    page: str
    exercise: Exercise


def cases():
    for path in page_paths(ROOT):
        for fence in read_page(ROOT, path).fences:
            if fence.info == "exercise":
                yield Case(address_of(path), read_exercise(ROOT, "\n".join(fence.lines)))


def address_of(path: Path) -> str:
    return f"{path.relative_to(ROOT / 'docs').with_suffix('').as_posix()}/"


def checked(section, code):
    """Put an answer into the editor, have it checked, and return the summary and the first complaint."""
    field = section.get_by_role("textbox")
    field.focus()
    section.page.keyboard.press("Control+A")
    section.page.keyboard.insert_text(code)
    section.locator(".exercise-result").evaluate("result => result.replaceChildren()")
    section.get_by_role("button", name="Check").click()
    section.locator(".exercise-result > *").first.wait_for(timeout=LOADING_PYTHON)
    complaints = section.locator(".exercise-message, .exercise-error").all_text_contents()
    return section.get_by_role("status").text_content(), (complaints or [""])[0]


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.page}{case.exercise.name}")
def test_the_starter_fails_the_solution_passes_and_each_wrong_answer_gets_its_own_words(open_page, case):
    page = open_page(case.page)
    exercise = case.exercise
    section = page.locator(f"#{exercise.id}")
    section.locator("[data-do=write]").click()
    section.get_by_role("textbox").wait_for()

    summary, complaint = checked(section, exercise.starter_code)
    assert "Solved" not in summary
    assert complaint
    for wrong in exercise.wrongs:
        summary, complaint = checked(section, as_answer(wrong, exercise.name))
        assert "Solved" not in summary
        assert wrong.docstring in complaint
    assert checked(section, exercise.solution.source) == ("Solved: every check passes.", "")
