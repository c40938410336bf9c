"""What is remembered of a reader, as they see it in Chromium: under titles, on the home page, on “Your progress”."""

import json
import re

import pytest
from conftest import barriers

MODULE = "calculus/calculus_for_ml/"
PROGRESS = "start/progress/"
SHIFTS = """
new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})
"""
CODE_IS_REACHED = """
[...document.querySelectorAll("pre > code")].every(code => code.scrollWidth <= code.clientWidth || code.tabIndex === 0)
"""  # the theme sees to that in its own time
STATE = {
    "version": 1,
    "last": {"page": MODULE, "title": "Calculus for Machine Learning", "at": "2026-01-01T00:00:00.000Z"},
    "pages": {MODULE: {"opened": True, "read": False}, "start/one_loop/": {"opened": True, "read": True}},
    "questions": {
        "calc-sign-of-slope": {"page": MODULE, "answer": ["2"], "right": False},
        "calc-secant-by-hand": {"page": MODULE, "answer": "4.5", "right": True},
        "calc-where-it-stops": {"page": MODULE, "answer": ["1", "2"], "right": False},
        "calc-two-steps": {"page": MODULE, "answer": "1.25", "right": True},
    },
    "exercises": {"calc-exercise-descend": {"page": MODULE, "code": "def descend(): ...", "solved": True}},
}
STORED = {"mlmath": json.dumps(STATE)}
DONE = "2 of 12 questions right, 1 of 3 exercises solved, not read to the end yet"


def memory(page):
    return json.loads(page.evaluate("localStorage.getItem('mlmath')"))


def rows(page):
    """The table of the progress page, by the name of the row."""
    page.locator("tbody").first.wait_for()
    table = page.locator("tbody tr").evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText))")
    return {name: cells for name, *cells in table}


def press(page, name):
    """Press a button of the progress page with the keyboard."""
    page.locator(".progress-message").evaluate("message => message.replaceChildren()")
    page.get_by_role("button", name=name, exact=True).press("Enter")


def message(page):
    page.wait_for_function("() => document.querySelector('.progress-message').textContent")
    return page.get_by_role("status").filter(has_text=re.compile(".")).inner_text()


def import_file(page, path):
    with page.expect_file_chooser() as chooser:
        press(page, "Import")
    chooser.value.set_files(path)
    return message(page)


def test_nothing_is_shown_before_anything_was_done(open_page):
    for name in ("", MODULE):
        page = open_page(name)
        assert page.locator(".progress-line").count() == 0
        assert page.get_by_text("What you did so far").count() == 0


def test_a_line_under_the_title_tells_what_was_done_and_follows_it(open_page):
    page = open_page(MODULE, stored=STORED)
    line = page.locator("h1 + .progress-line")
    assert line.inner_text() == f"You: {DONE}"

    page.locator("#calc-word-for-partials input").fill("gradient")
    page.locator("#calc-word-for-partials input").press("Enter")
    page.get_by_text("You: 3 of 12 questions right").wait_for()
    page.locator("h2").last.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.progress-line').innerText.endsWith(', read to the end')")

    assert line.count() == 1
    assert memory(page)["pages"][MODULE] == {"opened": True, "read": True}


def test_a_page_without_questions_tells_only_that_it_was_read(open_page):
    page = open_page("start/one_loop/", stored=STORED)

    assert page.locator(".progress-line").inner_text() == "You: read to the end"


def test_the_home_page_leads_back_and_lists_what_was_done(open_page):
    page = open_page("", stored=STORED)
    line = page.locator("h1 + .progress-line")
    assert line.inner_text() == "Continue where you left off: Calculus for Machine Learning"
    page.locator("article > ul:last-child li").first.wait_for()
    items = page.locator("article > ul:last-child li").all_inner_texts()
    assert items == [f"Calculus for Machine Learning: {DONE}", "One training loop, four branches: read to the end"]

    line.get_by_role("link").click()

    page.wait_for_url(f"**/{MODULE}")
    page.get_by_text(f"You: {DONE}").wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_memory_is_shown(open_page, width):
    for name in ("", MODULE, f"{MODULE}#calc-where-it-stops", PROGRESS):
        page = open_page(name, width=width, stored=STORED)
        page.locator(".progress-line, tbody").first.wait_for(state="attached")
        assert page.evaluate(SHIFTS) == 0, name
        page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_line_stands_between_the_title_and_the_text_and_covers_neither(open_page, width):
    for name in ("", MODULE):
        page = open_page(name, width=width, stored=STORED)
        box = page.locator(".progress-line").bounding_box()
        title, text = (page.locator(f"article {tag}").first.bounding_box() for tag in ("h1", "h1 ~ p:not([class])"))
        assert title["y"] + title["height"] <= box["y"] + 4, name
        assert box["y"] + box["height"] <= text["y"], name
        page.context.close()


def test_the_table_has_every_lesson_and_the_sums_of_its_branch(open_page, site):
    page = open_page(PROGRESS, stored=STORED)

    table = rows(page)

    entries = json.loads((site / "progress.json").read_text(encoding="utf-8"))
    calculus = [entry for entry in entries if entry["page"].startswith("calculus/")]
    questions, exercises = (sum(len(entry[kind]) for entry in calculus) for kind in ("questions", "exercises"))
    assert {entry["title"] for entry in entries} <= table.keys()
    assert table["Calculus for Machine Learning"] == ["2 of 12", "1 of 3", "not yet"]
    assert table["Calculus"][:2] == [f"2 of {questions}", f"1 of {exercises}"]
    assert table["One training loop, four branches"] == ["–", "–", "read"]
    assert table["Start"] == ["–", "–", f"1 of {sum(entry['branch'] == 'Start' for entry in entries)}"]


def test_what_is_exported_can_be_imported_elsewhere_and_nothing_is_lost(open_page, tmp_path):
    page = open_page(PROGRESS, stored=STORED)
    with page.expect_download() as download:
        press(page, "Export")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert re.fullmatch(r"mlmath-progress-\d{4}-\d\d-\d\d\.json", file.name)
    assert message(page).startswith(f"Exported as {file.name}.")
    assert json.loads(file.read_text(encoding="utf-8")) == STATE

    mine = STATE | {
        "questions": {
            "calc-sign-of-slope": {"page": MODULE, "answer": ["1"], "right": True},
            "calc-secant-by-hand": {"page": MODULE, "answer": "4", "right": False},
        }
    }
    other = open_page(PROGRESS, stored={"mlmath": json.dumps(mine)})
    said = import_file(other, file)

    assert said == f"Imported {file.name}: pages 2, questions 4, exercises 1. What you had before is still there."
    assert rows(other)["Calculus for Machine Learning"][0] == "3 of 12"
    merged = memory(other)["questions"]
    assert {name: entry["right"] for name, entry in merged.items()} == {
        "calc-sign-of-slope": True, "calc-secant-by-hand": True, "calc-where-it-stops": False, "calc-two-steps": True,
    }  # fmt: skip


REFUSED = {
    "{": "is damaged or no JSON file, so nothing was changed.",
    '{"version": 1}': "was not exported by this guide, or was changed, so nothing was changed.",
    "[1]": "was not exported by this guide, or was changed, so nothing was changed.",
    '{"version": 2}': "A newer version of this guide wrote bad.json, so nothing was changed.",
    " " * 5_000_001: "is larger than anything this guide exports, so nothing was changed.",
}


def test_a_file_that_is_no_export_is_refused_and_changes_nothing(open_page, tmp_path):
    page = open_page(PROGRESS, stored=STORED)
    file = tmp_path / "bad.json"
    for content, words in REFUSED.items():
        file.write_text(content, encoding="utf-8")
        assert words in import_file(page, file)
        assert memory(page) == STATE


def test_erase_asks_once_more_and_can_be_declined(open_page):
    page = open_page(PROGRESS, stored=STORED | {"mlmath-unreadable-x": "{", "other": "stays"})

    press(page, "Erase")
    page.get_by_role("group", name="Erase all that is remembered?").wait_for()
    page.wait_for_function("() => document.activeElement.textContent === 'Keep it'")
    page.keyboard.press("Enter")
    assert message(page) == "Nothing was erased."
    assert memory(page) == STATE
    assert page.evaluate("document.activeElement.textContent") == "Erase"

    press(page, "Erase")
    page.wait_for_function("() => document.activeElement.textContent === 'Keep it'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("All of it is erased.").wait_for()
    page.wait_for_function("() => document.querySelector('.progress-branch td').innerText.startsWith('0 of ')")
    assert page.evaluate("Object.keys(localStorage).filter(key => !key.startsWith('/'))") == ["other"]


def test_the_progress_page_tells_when_this_browser_keeps_nothing(open_page):
    newer = open_page(PROGRESS, stored={"mlmath": '{"version": 2}'})

    newer.get_by_text("A newer version of this guide wrote what this browser remembers").wait_for()


def test_without_scripts_the_progress_page_says_so(open_page):
    page = open_page(PROGRESS, java_script_enabled=False)

    assert page.locator("noscript").inner_text().startswith("This page needs JavaScript")
    assert page.locator("noscript p").is_visible()
    assert page.locator("table").is_hidden()
    assert not page.get_by_role("button", name="Export").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.long)])
def test_what_is_shown_is_without_barrier_or_overflow(open_page, width, scheme):
    for name in ("", MODULE, PROGRESS):
        page = open_page(name, width=width, scheme=scheme, stored=STORED)
        page.locator(".progress-line, tbody, article > ul:last-child").last.wait_for()
        if name == PROGRESS:
            press(page, "Erase")
            page.locator(".progress-sure").wait_for()
        page.wait_for_function(f"() => {CODE_IS_REACHED}")
        assert barriers(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        page.context.close()
