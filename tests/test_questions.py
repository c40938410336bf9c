"""The questions of every page in Chromium: what is said to each answer, and that it is remembered."""

import json
import re

import pytest
from conftest import ROOT, barriers

from sitekit.pages import page_paths, read_page
from sitekit.questions import read_question
from sitekit.rules.practice import inside_of

MODULE = "calculus/calculus_for_ml/"
SOURCE = ROOT / "docs/calculus/calculus_for_ml.md"
SINGLE, NUMERIC, TEXT = "calc-sign-of-slope", "calc-secant-by-hand", "calc-word-for-partials"
MULTIPLE, PREDICT = "calc-where-it-stops", "calc-two-steps"
KEPT_FOR_NOW = "What you do here is kept until you reload or close this page."
FULL = """
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("mlmath")) throw new DOMException("no room", "QuotaExceededError");
  set.call(this, key, value);
};
"""
DISABLED = """
for (const name of ["getItem", "setItem"]) {
  const allowed = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...values) {
    if (key.startsWith("mlmath")) throw new DOMException("denied", "SecurityError");
    return allowed.call(this, key, ...values);
  };
}
"""


# Answers a question again and again, as give() and check() below do, and returns what is said each time.
GIVE_EACH = """async ([id, answers]) => {
  const question = document.getElementById(id);
  const field = question.querySelector(".quiz-answer :is(input, textarea)");
  const result = question.querySelector(".quiz-result");
  const said = [];
  for (const answer of answers) {
    if (field) field.value = answer;
    const options = question.querySelectorAll(".quiz-options input");
    options.forEach((option, index) => (option.checked = answer.includes(index + 1)));
    const told = new Promise((resume) => new MutationObserver(resume).observe(result, { childList: true }));
    question.querySelector(":scope > .actions button").click();
    await told;
    said.push(result.textContent);
  }
  return said;
}"""


def address_of(path):
    return f"{path.relative_to(ROOT / 'docs').with_suffix('').as_posix()}/"


def questions_of(path):
    """The questions of a page, as its source has them."""
    page = read_page(ROOT, path)
    return [read_question("\n".join(inside_of(ROOT, page, fence))) for fence in page.fences if fence.info == "quiz"]


def words(text):
    return " ".join(text.split())


def place(page, name):
    return page.locator(f"fieldset#{name}")


def give(page, name, answer):
    """Give an answer: the text of a field, or the numbers of the options to tick (counted from 1)."""
    field = place(page, name).locator(".quiz-answer :is(input, textarea)")
    if field.count():
        field.fill(answer)
        return
    for number, option in enumerate(place(page, name).locator(".quiz-options input").all(), start=1):
        if option.get_attribute("type") == "checkbox" or number in answer:
            option.set_checked(number in answer)


def result(page, name):
    return words(place(page, name).locator(".quiz-result").inner_text())


def check(page, name, answer):
    """Give an answer, press Check, and return what is said."""
    give(page, name, answer)
    place(page, name).locator(".quiz-result").evaluate("result => result.replaceChildren()")
    place(page, name).locator("> .actions button").click()
    place(page, name).locator(".quiz-result > *").first.wait_for()
    return result(page, name)


def feedbacks(page, name):
    """What the page has to say to each listed answer, in the order of the list."""
    texts = "items => items.map(item => [...item.childNodes].slice(1).map(node => node.textContent).join(''))"
    all_texts = place(page, name).locator("details .quiz-feedback > li").evaluate_all(texts)
    return [words(text) for text in all_texts]


def right_numbers(question):
    return [number for number, reply in enumerate(question.replies, start=1) if reply.correct]


def right_answer(question):
    return right_numbers(question) if question.kind in ("single", "multiple") else question.replies[0].text


def memory(page):
    return json.loads(page.evaluate("localStorage.getItem('mlmath')"))


# Puts the questions of another page into this one, in the place of those before: a page takes seconds to load.
BRING = """async (address) => {
  for (const question of document.querySelectorAll("article .quiz")) question.remove();
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  document.querySelector("article").append(...page.querySelectorAll("fieldset.quiz"));
}"""


def test_every_answer_to_every_question_gets_its_own_words_and_no_others(open_page, address):
    page = open_page("start/one_loop/")
    for path in page_paths(ROOT):
        page.evaluate(BRING, address + address_of(path).removesuffix("index/"))
        check_answers(page, questions_of(path))


def check_answers(page, questions):
    for question in questions:
        known = feedbacks(page, question.id)
        explanation = words(place(page, question.id).locator("details .quiz-explanation").text_content())
        wrong = wrong_answers(question)
        *said_to_wrong, said_to_right = page.evaluate(GIVE_EACH, [question.id, [*wrong, right_answer(question)]])
        for index, said in enumerate(map(words, said_to_wrong)):
            told = [number for number, feedback in enumerate(known) if feedback in said]
            assert said.startswith("✗ Not right yet"), (question.id, wrong[index], said)
            assert "check it again" in said
            assert told == [expected(question, index)], (question.id, wrong[index], said)
        assert words(said_to_right).startswith("✓ Right"), (question.id, said_to_right)
        assert explanation in words(said_to_right)
        assert memory(page)["questions"][question.id]["right"] is True


def test_the_questions_of_the_module_are_of_every_kind():
    kinds = {question.kind for question in questions_of(SOURCE)}

    assert kinds == {"single", "multiple", "numeric", "text", "predict"}


def wrong_answers(question):
    """Each wrong option or value; for a multiple choice, the right answer with one option changed."""
    if question.kind == "single":
        return [[n] for n, reply in enumerate(question.replies, start=1) if not reply.correct]
    if question.kind == "multiple":
        right = set(right_numbers(question))
        return [sorted(right ^ {number}) for number in range(1, len(question.replies) + 1) if right != {number}]
    return [reply.text for reply in question.replies if not reply.correct]


def expected(question, index):
    """The place in the list of the feedback to the wrong answer of this index."""
    if question.kind == "single":
        return [n for n, reply in enumerate(question.replies) if not reply.correct][index]
    return index


def test_a_multiple_choice_tells_each_mistake_and_nothing_of_the_rest(open_page):
    page = open_page(MODULE)
    known = feedbacks(page, MULTIPLE)

    said = check(page, MULTIPLE, [1, 4])

    assert "think again about 3 options" in said
    assert "Not ticked: A maximum" in said
    assert "Not ticked: A saddle" in said
    assert "Ticked: A steep straight slope" in said
    assert [feedback in said for feedback in known] == [False, True, True, True]


def test_without_an_answer_the_reader_is_told_so_and_nothing_is_remembered(open_page):
    page = open_page(MODULE)

    said = [check(page, name, []) for name in (SINGLE, MULTIPLE)] + [check(page, name, " ") for name in (NUMERIC, TEXT)]

    assert said[:2] == ["You have not answered yet. Choose an answer first."] * 2
    assert said[2:] == ["You have not answered yet. Type your answer into the field first."] * 2
    assert memory(page)["questions"] == {}


EQUAL = [
    (NUMERIC, "9/2"),
    (NUMERIC, "4,5"),
    (NUMERIC, "450%"),
    (NUMERIC, "4.509"),
    ("calc-partial-for-m", "2 × 3.5"),
    ("calc-largest-rate", "33.3%"),
    (TEXT, "The Gradient-Vector."),
    (PREDICT, "1.25  \n"),
    (PREDICT, "1.26"),
]


def test_what_is_equal_to_the_right_answer_is_right(open_page):
    page = open_page(MODULE)

    for name, answer in EQUAL:
        assert check(page, name, answer).startswith("✓ Right"), (name, answer)


UNKNOWN = "none of the mistakes that this page knows"
MISTAKES = [
    (NUMERIC, "3.9999", "That is the derivative at 2"),
    (NUMERIC, "12", UNKNOWN),
    (TEXT, "A Level-Set", "A level set is a set of points"),
    (TEXT, "vector", UNKNOWN),
    (PREDICT, "3.0", UNKNOWN),
    (PREDICT, "1.25\n1.25", UNKNOWN),
    ("calc-central-ratio", "4", "Python prints it in another form"),
]


def test_a_wrong_answer_is_told_what_is_true_of_it(open_page):
    page = open_page(MODULE)

    for name, answer, feedback in MISTAKES:
        said = check(page, name, answer)
        assert said.startswith("✗ Not right yet"), (name, answer)
        assert feedback in said


def test_a_number_that_cannot_be_read_is_not_called_wrong(open_page):
    page = open_page(MODULE)

    for typed, message in [("1,234", "can mean 1234 or 1.234"), ("two", "Write it like 0.25")]:
        said = check(page, NUMERIC, typed)
        assert message in said
        assert "right" not in said
    assert memory(page)["questions"] == {}


def test_what_a_reader_types_is_shown_as_text(open_page):
    page = open_page(MODULE)

    said = check(page, TEXT, "<img src=x onerror=alert(1)><b>x</b>")

    assert "<img src=x onerror=alert(1)><b>x</b>" in said
    assert place(page, TEXT).locator(".quiz-result :is(img, b)").count() == 0


ANSWERS = {SINGLE: [2], NUMERIC: "4,5", TEXT: "Slope", MULTIPLE: [1, 3], PREDICT: "1.25"}


def shown_answers(page):
    """The state of the fields of the answered questions, and the verdicts beside their buttons."""
    shown = {}
    for name in ANSWERS:
        field = place(page, name).locator(".quiz-answer :is(input, textarea)")
        ticked = "options => options.flatMap((option, index) => option.checked ? [index + 1] : [])"
        answer = field.input_value() if field.count() else place(page, name).locator("input").evaluate_all(ticked)
        shown[name] = (answer, place(page, name).locator(".quiz-verdict").inner_text())
    return shown


SHOWN = {
    SINGLE: ([2], "✗ Not right yet"),
    NUMERIC: ("4,5", "✓ You had this right"),
    TEXT: ("Slope", "✗ Not right yet"),
    MULTIPLE: ([1, 3], "✗ Not right yet"),
    PREDICT: ("1.25", "✓ You had this right"),
}


@pytest.mark.parametrize("way", ["reload", "instant navigation", "back"])
def test_answers_are_remembered_and_put_back(open_page, way):
    page = open_page(MODULE)
    for name, answer in ANSWERS.items():
        check(page, name, answer)

    if way == "reload":
        page.reload()
    else:
        page.evaluate("window.stays = true")
        page.locator(".md-footer__link--next").click()
        place(page, NUMERIC).wait_for(state="detached")
        page.go_back() if way == "back" else page.locator(".md-footer__link--prev").click()
        page.wait_for_url(f"**/{MODULE}")
    page.locator(".quiz-verdict").nth(len(ANSWERS) - 1).wait_for()

    assert shown_answers(page) == SHOWN
    assert page.locator(".quiz-result > *").count() == 0  # a screen reader is not told all of it again
    assert page.evaluate("window.stays === true") is (way != "reload")


def test_what_was_right_once_stays_right(open_page):
    page = open_page(MODULE)
    check(page, NUMERIC, "4.5")

    said = check(page, NUMERIC, "4")

    assert said.startswith("✗ Not right yet")
    assert memory(page)["questions"][NUMERIC] == {"page": MODULE, "answer": "4.5", "right": True}


def test_a_question_is_answered_with_the_keyboard_alone(open_page):
    page = open_page(MODULE)
    place(page, SINGLE).locator("input").first.focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    place(page, SINGLE).locator(".quiz-result > *").first.wait_for()
    assert "It rises by about" in result(page, SINGLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert place(page, SINGLE).locator(".quiz-explanation").is_visible()
    place(page, NUMERIC).get_by_role("textbox").focus()
    page.keyboard.type("4.5")
    page.keyboard.press("Enter")
    place(page, NUMERIC).locator(".quiz-result > *").first.wait_for()

    assert result(page, NUMERIC).startswith("✓ Right")


@pytest.mark.parametrize(
    ("before", "words"),
    [(FULL, "The space that your browser gives to this site is full."), (DISABLED, "does not let this site remember")],
    ids=["full", "disabled"],
)
def test_a_browser_that_keeps_nothing_is_told_once_and_answers_last_as_long_as_the_page(open_page, before, words):
    page = open_page(MODULE, before=before)

    first = check(page, NUMERIC, "4.5")
    second = check(page, TEXT, "gradient")

    assert words in first
    assert KEPT_FOR_NOW in first
    assert words not in second
    assert "2 of 12 questions right" in page.locator(".progress-line").inner_text()
    page.locator(".md-footer__link--next").click()
    place(page, NUMERIC).wait_for(state="detached")
    page.locator(".md-footer__link--prev").click()
    place(page, TEXT).locator(".quiz-verdict").wait_for()
    assert place(page, NUMERIC).locator("input").input_value() == "4.5"


def test_answers_are_stored_as_soon_as_there_is_room_again(open_page):
    page = open_page(MODULE, before=FULL + "window.allow = () => { Storage.prototype.setItem = set; };")
    check(page, NUMERIC, "4.5")
    page.evaluate("allow()")

    said = check(page, TEXT, "gradient")

    assert KEPT_FOR_NOW not in said
    assert memory(page)["questions"].keys() == {NUMERIC, TEXT}


def test_a_really_full_storage_is_told_too(open_page):
    fill = """
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      try { for (let n = 0; ; n++) localStorage.setItem(`x${size}-${n}`, "x".repeat(size)); }
      catch (error) { if (error.name !== "QuotaExceededError") throw error; }
    }
    """
    page = open_page(MODULE)
    page.evaluate(fill)

    assert "is full" in check(page, NUMERIC, "4.5")


def test_a_state_that_cannot_be_read_is_set_aside_and_said_so(open_page):
    page = open_page(MODULE, stored={"mlmath": "{"})

    said = check(page, NUMERIC, "4.5")

    assert "could not be read. It was set aside" in said
    aside = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('mlmath-unreadable'))")
    assert [value for _, value in aside] == ["{"]
    assert memory(page)["questions"].keys() == {NUMERIC}


def test_a_state_that_can_neither_be_read_nor_set_aside_stays(open_page):
    page = open_page(MODULE, stored={"mlmath": "{"}, before=FULL)

    said = check(page, NUMERIC, "4.5")

    assert "there is no room to set it aside, so it stays as it is" in said
    assert page.evaluate("localStorage.getItem('mlmath')") == "{"


def test_a_newer_state_is_left_as_it_is(open_page):
    newer = json.dumps({"version": 2, "more": [1]})
    page = open_page(MODULE, stored={"mlmath": newer})

    said = check(page, NUMERIC, "4.5")

    assert "A newer version of this guide wrote" in said
    assert page.evaluate("localStorage.getItem('mlmath')") == newer
    assert "1 of 12 questions right" in page.locator(".progress-line").inner_text()


KEPT = "question => Object.values(localStorage).some((text) => text.includes(question))"


def test_two_tabs_keep_each_others_answers(open_page, address):
    one = open_page(MODULE)
    other = one.context.new_page()
    other.goto(address + MODULE, wait_until="networkidle")

    for page, reader, question, answer in ((one, other, NUMERIC, "4.5"), (other, one, TEXT, "gradient")):
        check(page, question, answer)
        reader.wait_for_function(KEPT, arg=question)  # it goes from one tab to the other in its own time
    check(one, SINGLE, [1])

    assert memory(one)["questions"].keys() == {NUMERIC, TEXT, SINGLE}


def test_a_page_that_is_only_read_loads_neither_questions_nor_the_progress_page(open_page, site):
    loads = "performance.getEntriesByType('resource').map(entry => entry.name.split('/').pop())"
    for name in ["", MODULE, "start/one_loop/", "labs/linear_regression_three_ways/", "reference/calculus/"]:
        page = open_page(name)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_function(f"() => {loads}.includes('main.js')")
        loaded = set(page.evaluate(loads))
        assert loaded.isdisjoint({"quiz.js", "answers.js", "numbers.js", "progress_page.js", "progress.json"}), name
        page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.long)])
def test_feedback_is_without_barrier_or_overflow_and_needs_no_colour(open_page, width, scheme):
    page = open_page(MODULE, width=width, scheme=scheme)
    for question in questions_of(SOURCE):
        answer = right_answer(question) if question.kind == "text" else wrong_answers(question)[0]
        said = check(page, question.id, answer)
        assert re.match(r"✓ Right|✗ Not right yet", said)
    check(page, PREDICT, "9" * 300)
    check(page, NUMERIC, "a" * 100)

    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_result_is_announced_and_belongs_to_the_question(open_page):
    page = open_page(MODULE)

    check(page, NUMERIC, "4")

    assert place(page, NUMERIC).get_by_role("status").inner_text().startswith("✗ Not right yet")
    assert page.evaluate("document.activeElement.dataset.do") == "check"


def test_where_even_the_look_at_the_storage_is_refused_a_question_is_checked(browser, address):
    context = browser.new_context()  # the theme's own scripts fail here, so errors are not counted
    refused = "get() { throw new DOMException('denied', 'SecurityError'); }"
    context.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ {refused} }})")
    page = context.new_page()
    page.goto(address + MODULE)

    said = check(page, NUMERIC, "4.5")

    assert said.startswith("✓ Right")
    assert "does not let this site remember" in said
    context.close()
