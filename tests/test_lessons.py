"""Every page in Chromium: each of its blocks is run, and each of its exercises checked, as a reader does it."""

import pytest
from conftest import ROOT, names_of_pages
from reader import PATIENCE, lines_of, press_run, status_of

from sitekit.exercises import as_answer, read_exercise
from sitekit.outputs import same
from sitekit.pages import page_paths, read_page
from sitekit.rendered import shown_blocks

LABS = sorted((ROOT / "docs" / "labs").glob("*.py"))
PAGES = [path for path in page_paths(ROOT) if "```python" in path.read_text(encoding="utf-8")]
NAMES = [path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in [*PAGES, *LABS]]


def parts_of(site, name):
    """The addresses below which a page and the page with its checks can run something."""
    address = f"{name.removesuffix('index')}/".lstrip("/").replace("//", "/")
    return [part for part in (address, f"checks/{address}") if runs(site, part)]


def runs(site, address):
    page = site / address / "index.html"
    return page.is_file() and 'class="live"' in page.read_text(encoding="utf-8")


def exercises_of(name):
    path = ROOT / "docs" / f"{name}.md"
    fences = read_page(ROOT, path).fences if path.is_file() else []
    return [read_exercise(ROOT, "\n".join(fence.lines)) for fence in fences if fence.info == "exercise"]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_page_runs_says_in_the_browser_what_it_says_in_the_tests(
    open_page, address, site, name, record_property
):
    exercises = exercises_of(name)
    starts = tuple(f"def {exercise.name}(" for exercise in exercises)
    parts = parts_of(site, name)
    page, count, wrong = None, 0, []
    for part in parts:
        if page:
            page.goto(address + part)  # in the same browser, which keeps what it compiled
        else:
            page = open_page(part)
        for place in page.locator(".live").all():
            count += 1
            wrong += wrong_in_block(page, place)
        if part == parts[0]:
            for exercise in exercises:
                check_exercise(page, exercise)

    pages = {part.rstrip("/") or "." for part in parts}
    blocks = [block for block in shown_blocks(site) if block.page in pages and block.language == "python"]
    blocks = [block for block in blocks if not block.code.startswith(starts)]
    record_property("measured", f"{count} of {len(blocks)} blocks and {len(exercises)} exercises run in Chromium")
    assert wrong == []
    assert count == len(blocks)


def test_no_page_that_runs_something_is_left_out(site):
    assert {part for name in NAMES for part in parts_of(site, name)} == set(
        filter(lambda n: runs(site, n), names_of_pages(site))
    )


def wrong_in_block(page, place):
    """Run a block; say what it shows if that is not what the page shows."""
    press_run(page, place)
    shown, printed = lines_of(place, ":scope > .output samp"), lines_of(place, ".live-result .stdout")
    if place.evaluate("place => Boolean(place.closest('.quiz'))"):
        shown = lines_of(place.locator("xpath=ancestor::fieldset"), "details .output samp")
    others = place.locator(".live-error, .stderr").all_text_contents()
    agree = len(shown) == len(printed) and all(map(same, shown, printed))
    return [] if agree and not others else [(shown, printed, status_of(place), others)]


def check_exercise(page, exercise):
    """The starter fails, the solution passes, and each wrong answer gets its own words."""
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


def checked(section, code):
    """Put an answer into the editor, have it checked, and return the summary and the first complaint."""
    section.get_by_role("textbox").focus()
    section.page.keyboard.press("Control+A")
    section.page.keyboard.insert_text(code)
    section.locator(".exercise-result").evaluate("result => result.replaceChildren()")
    section.get_by_role("button", name="Check").click()
    section.locator(".exercise-result > *").first.wait_for(timeout=PATIENCE)
    complaints = section.locator(".exercise-message, .exercise-error").all_text_contents()
    return section.get_by_role("status").text_content(), (complaints or [""])[0]
