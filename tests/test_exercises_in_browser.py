"""Exercises in Chromium: writing an answer, having it checked, and finding it again. Python itself is stood in for."""

import json
import re

import pytest
from conftest import ROOT, barriers
from playwright.sync_api import expect

MODULE = "calculus/calculus_for_ml/"
FILE = "calculus/calculus_for_ml/exercises.py"
RIGHT = "def central_slope(f, x, h):\nreturn (f(x + h) - f(x - h)) / (2 * h)"
WRONG = "def central_slope(f, x, h):\nreturn (f(x + h) - f(x - h)) / h"
MESSAGE = "You divided by h, but the two points are 2 h apart."
TRACEBACK = "Traceback (most recent call last):\n  File <b>, line 2\nNameError: name 'g' is not defined"
LIVE = """
export async function checkExercise(place, { file, name, code }) {
  (window.asked ??= []).push([place.id, file, name, code]);
  if (code.includes("g(x)")) {
    const error = { message: "NameError: name 'g' is not defined", traceback: TRACEBACK };
    return { error, output: "so far <b>\\n", checks: [] };
  }
  const passed = code.includes("2 * h");
  const line = { name: "central_slope_check_line", sentence: "-", passed, message: passed ? "" : MESSAGE };
  const square = { name: "central_slope_check_other", sentence: "Not on the <b>page</b>.", passed: true, message: "" };
  return { error: null, output: passed ? "" : "h is <i>0.5</i>\\n", checks: [line, square] };
}
""".replace("TRACEBACK", json.dumps(TRACEBACK)).replace("MESSAGE", json.dumps(MESSAGE))

SLOW = (
    LIVE.replace("return { error: null", "await wait;\n  return { error: null")
    + """
const wait = new Promise(resolve => { window.finish = resolve; });
"""
)


@pytest.fixture
def open_module(open_page):
    """Open the module with a stand-in for what runs Python, and return the page and its first exercise."""

    def open_it(live=LIVE, **options):
        page = open_page(MODULE, **options)
        page.route("**/live.js", lambda route: route.fulfill(body=live, content_type="text/javascript"))
        return page, page.locator(".exercise").first

    return open_it


def start(exercise):
    """Open the editor."""
    exercise.locator("[data-do=write]").click()
    field(exercise).wait_for()


def field(exercise):
    return exercise.get_by_role("textbox", name="Your answer: central_slope")


def write(exercise, code):
    """Replace what is in the editor; it indents by itself."""
    field(exercise).focus()
    exercise.page.keyboard.press("Control+A")
    exercise.page.keyboard.type(code)


def check(exercise):
    """Have the answer checked, and wait for the verdict."""
    exercise.locator(".exercise-result").evaluate("result => result.replaceChildren()")
    exercise.get_by_role("button", name="Check").click()
    exercise.locator(".exercise-result > *").first.wait_for()


def status(exercise):
    return exercise.get_by_role("status").text_content()


def kept(page):
    """What the browser remembers of the exercise."""
    state = json.loads(page.evaluate("localStorage.getItem('mlmath')"))
    return state["exercises"][page.locator(".exercise").first.get_attribute("id")]


def buttons(exercise):
    return exercise.locator("button:visible[data-do]").all_text_contents()


def loaded(page):
    return page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name.split('/').at(-1))")


def test_a_page_that_is_read_loads_nothing_of_the_editor_and_the_first_press_does(open_module):
    page, exercise = open_module()
    names = {"exercise.js", "editor.js", "codemirror.js", "live.js"}

    assert names & set(loaded(page)) == set()
    start(exercise)
    assert names & set(loaded(page)) == names - {"live.js"}


def test_the_editor_takes_the_place_of_the_starter_and_begins_with_it(open_module):
    _, exercise = open_module()
    starter = exercise.locator(":scope > .highlight code")
    text = starter.text_content()

    assert buttons(exercise) == ["Write your answer"]
    start(exercise)

    assert "\n".join(exercise.locator(".cm-line").all_text_contents()).strip() == text.strip()
    assert not starter.is_visible()
    assert buttons(exercise) == ["Check", "Start over"]
    assert field(exercise).evaluate("field => field === document.activeElement")


def test_pressing_twice_opens_one_editor(open_module):
    _, exercise = open_module()

    exercise.locator("[data-do=write]").evaluate("button => { button.click(); button.click(); }")
    field(exercise).wait_for()

    assert exercise.locator(".cm-editor").count() == 1


def test_each_check_has_a_line_with_its_verdict_in_words_and_its_message(open_module):
    page, exercise = open_module()
    start(exercise)
    write(exercise, WRONG)
    check(exercise)

    assert status(exercise) == "1 of 2 checks pass."
    lines = [" ".join(line.inner_text().split()) for line in exercise.locator(".exercise-verdicts > li").all()]
    assert lines == [
        f"✗ Not yet: A straight line has the same slope everywhere. {MESSAGE}",
        "✓ Passes: Not on the <b>page</b>.",
    ]
    assert "h is <i>0.5</i>" in exercise.locator(".exercise-result details[open]").inner_text()
    identity, *asked = page.evaluate("asked")[0]
    assert identity == exercise.get_attribute("id")
    assert asked == [FILE, "central_slope", WRONG.replace("\n", "\n    ")]


def test_the_file_with_the_checks_is_in_the_site_byte_for_byte(site):
    assert (site / "assets" / "exercises" / FILE).read_bytes() == (ROOT / "snippets" / FILE).read_bytes()


def test_an_error_of_the_answer_is_told_with_its_traceback_in_a_fold_and_what_was_printed(open_module):
    _, exercise = open_module()
    start(exercise)
    write(exercise, "def central_slope(f, x, h):\nreturn g(x)")
    check(exercise)

    assert status(exercise) == "Your code stopped before it could be checked."
    assert exercise.locator(".exercise-error").text_content() == "NameError: name 'g' is not defined"
    traceback = exercise.locator(".exercise-result details", has_text="Traceback")
    assert not traceback.locator("pre").is_visible()
    traceback.locator("summary").click()
    assert traceback.locator("pre").inner_text() == TRACEBACK
    assert "so far <b>" in exercise.locator(".exercise-result details", has_text="Your code printed").inner_text()


def test_what_stands_in_the_way_of_the_checks_is_told_and_the_answer_is_kept(open_module):
    page, exercise = open_module('export async function checkExercise() { throw new Error("no room for Python"); }')
    start(exercise)
    write(exercise, WRONG)
    check(exercise)

    assert status(exercise) == "The checks did not run: no room for Python"
    assert "Your answer stays in the editor." in exercise.locator(".exercise-result").inner_text()
    assert "/ h" in kept(page)["code"]
    check(exercise)
    assert status(exercise) == "The checks did not run: no room for Python"


def test_a_check_that_is_under_way_is_not_started_again(open_module):
    page, exercise = open_module(SLOW)
    start(exercise)
    write(exercise, RIGHT)
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => window.asked")
    assert status(exercise) == "Checking your answer."
    page.keyboard.press("Control+Enter")
    page.evaluate("finish()")
    exercise.locator(".exercise-verdicts").wait_for()

    assert len(page.evaluate("asked")) == 1


def test_a_solved_exercise_says_so_now_and_after_a_reload(open_module):
    page, exercise = open_module()
    start(exercise)
    write(exercise, RIGHT)
    check(exercise)

    assert status(exercise) == "Solved: every check passes."
    page.reload()
    button = exercise.get_by_role("button", name="✓ Solved: open it again")
    button.wait_for()
    assert exercise.locator(".cm-editor").count() == 0
    button.click()
    field(exercise).wait_for()
    assert "2 * h" in field(exercise).inner_text()
    assert status(exercise) == "You have solved this exercise."

    write(exercise, WRONG)
    check(exercise)
    assert kept(page) == {"page": MODULE, "code": WRONG.replace("\n", "\n    "), "solved": True}


def test_an_exercise_that_is_solved_after_the_reader_left_the_page_counts(open_module):
    page, exercise = open_module(SLOW)
    start(exercise)
    write(exercise, RIGHT)
    exercise.get_by_role("button", name="Check").click()
    page.wait_for_function("() => window.asked")
    page.locator("nav.md-tabs a", has_text="Home").click()
    exercise.wait_for(state="detached")
    page.evaluate("finish()")
    page.wait_for_function("() => localStorage.getItem('mlmath').includes('\"solved\":true')")


def test_what_was_typed_and_not_checked_is_there_after_a_reload(open_module):
    page, exercise = open_module()
    start(exercise)
    write(exercise, "x = 1")
    page.reload()

    exercise.get_by_role("button", name="Continue your answer").click()
    field(exercise).wait_for()
    assert field(exercise).inner_text() == "x = 1"
    page.keyboard.press("Control+End")
    page.keyboard.type("2")
    page.wait_for_function("() => localStorage.getItem('mlmath').includes('x = 12')")


def test_an_answer_is_there_after_going_to_another_page_and_back_without_a_reload(open_module):
    page, exercise = open_module()
    page.evaluate("window.same = true")
    start(exercise)
    write(exercise, "x = 1")

    page.locator("nav.md-tabs a", has_text="Home").click()
    page.wait_for_url(lambda url: not url.endswith(MODULE))
    exercise.wait_for(state="detached")
    page.locator("nav.md-tabs a", has_text="Calculus").click()
    exercise.get_by_role("button", name="Continue your answer").click()

    assert field(exercise).inner_text() == "x = 1"
    assert page.evaluate("same")
    check(exercise)
    assert status(exercise) == "1 of 2 checks pass."


def test_an_exercise_that_was_only_opened_asks_to_be_written_as_before(open_module):
    page, exercise = open_module()
    start(exercise)
    check(exercise)
    page.reload(wait_until="networkidle")

    assert exercise.locator("button:visible[data-do]").text_content() == "Write your answer"
    assert kept(page) == {"page": MODULE, "code": "", "solved": False}


def test_starting_over_can_be_taken_back_by_a_button_and_by_control_and_z(open_module):
    page, exercise = open_module()
    start(exercise)
    write(exercise, "x = 1")
    exercise.get_by_role("button", name="Start over").click()

    exercise.get_by_text("The starter is back in the editor.").wait_for()
    assert field(exercise).inner_text().startswith("def central_slope")
    assert kept(page)["code"] == ""
    exercise.get_by_role("button", name="Bring my answer back").click()
    field(exercise).get_by_text("x = 1").wait_for()
    assert kept(page)["code"] == "x = 1"
    assert field(exercise).evaluate("field => field === document.activeElement")

    exercise.get_by_role("button", name="Start over").click()
    exercise.get_by_text("The starter is back in the editor.").wait_for()
    field(exercise).focus()
    page.keyboard.press("Control+z")
    assert field(exercise).inner_text() == "x = 1"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_hint_shows_once_the_one_before_it_was_opened(open_page, scripts):
    page = open_page(MODULE, java_script_enabled=scripts)
    hints = page.locator(".exercise", has=page.locator(".hint:nth-of-type(3)")).first.locator(".hint")

    assert [hint.is_visible() for hint in hints.all()][:3] == [True, False, False]
    hints.nth(0).locator("summary").click()
    assert [hint.is_visible() for hint in hints.all()][:3] == [True, True, False]
    hints.nth(1).locator("summary").click()
    assert hints.nth(2).is_visible()


def test_without_scripts_an_exercise_has_a_starter_a_solution_and_no_button(open_page):
    page = open_page(MODULE, java_script_enabled=False)
    exercise = page.locator(".exercise").first

    assert exercise.locator("button:visible").count() == 0
    assert exercise.locator(":scope > .highlight").is_visible()
    exercise.get_by_text("Solution", exact=True).click()
    assert exercise.locator("details[open] .highlight").is_visible()


def test_without_its_editor_an_exercise_works_with_a_plain_field(open_module):
    page, exercise = open_module()
    page.route("**/codemirror.js", lambda route: route.fulfill(body="(", content_type="text/javascript"))
    start(exercise)

    assert field(exercise).evaluate("field => field.tagName") == "TEXTAREA"
    field(exercise).fill(RIGHT)
    page.keyboard.press("Control+Enter")
    exercise.locator(".exercise-verdicts").wait_for()
    assert status(exercise) == "Solved: every check passes."
    exercise.get_by_role("button", name="Start over").click()
    expect(field(exercise)).to_have_value(re.compile("^def central_slope"))
    exercise.get_by_role("button", name="Bring my answer back").click()
    expect(field(exercise)).to_have_value(RIGHT)


def test_the_keyboard_alone_reaches_writes_checks_and_leaves(open_module):
    page, exercise = open_module()
    focused = "document.activeElement.textContent.trim()"
    exercise.evaluate("({ previousElementSibling: before }) => { before.tabIndex = 0; before.focus(); }")
    while page.evaluate(focused) != "Write your answer":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")

    page.keyboard.press("Enter")
    field(exercise).wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.type("def central_slope(f, x, h):\nif h:\nreturn 1")
    page.keyboard.press("Shift+Tab")
    assert field(exercise).inner_text() == "def central_slope(f, x, h):\n    if h:\n    return 1"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    exercise.locator(".exercise-verdicts").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Check"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    exercise.get_by_text("The starter is back in the editor.").wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.long)])
def test_an_open_exercise_with_results_has_no_barrier_and_fits_the_screen(open_module, width, scheme):
    page, exercise = open_module(width=width, scheme=scheme)
    start(exercise)
    for code in (WRONG + "  # " + "long " * 50, "g(x)", RIGHT):
        write(exercise, code)
        check(exercise)
        exercise.locator("details").evaluate_all("all => { for (const details of all) details.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        assert barriers(page, within=".exercise") == []
