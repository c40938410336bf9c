"""Terms: the definition of a term shows at its first use, for a mouse, a keyboard, a finger and a screen reader."""

import pytest
from conftest import barriers

MODULE = "calculus/calculus_for_ml/"
TERM = "article a.term[href$='#secant']"
DEFINITION = "The straight line through two points of a curve."
HINT = ".md-tooltip2--active[role='tooltip']"
IN_SIGHT = """id => {
  const top = document.getElementById(id)?.getBoundingClientRect().top;
  return top >= 0 && top < innerHeight;
}"""


def described(page):
    """What a screen reader says after the text of the link."""
    return page.evaluate(
        """selector => {
          const link = document.querySelector(selector);
          return link.title || document.getElementById(link.getAttribute("aria-describedby"))?.textContent;
        }""",
        TERM,
    )


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_definition_shows_at_the_pointer_and_moves_nothing(open_page, width, scheme):
    page = open_page(MODULE, width=width, scheme=scheme)
    link = page.locator(TERM)
    link.scroll_into_view_if_needed()
    before = link.bounding_box()

    link.hover()
    page.locator(HINT).wait_for()

    assert page.locator(HINT).inner_text() == DEFINITION
    assert link.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    box = page.locator(f"{HINT} > *").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert barriers(page, within=".md-tooltip2") == []


def test_the_definition_stays_while_the_pointer_is_on_it(open_page):
    page = open_page(MODULE)
    page.locator(TERM).evaluate("link => link.scrollIntoView({block: 'center'})")  # not under the header
    page.locator(TERM).hover()
    page.locator(HINT).wait_for()

    box = page.locator(f"{HINT} > *").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=10)
    page.wait_for_timeout(600)  # the theme hides it after a quarter of a second

    assert page.locator(HINT).inner_text() == DEFINITION


def test_the_definition_shows_at_the_focus_and_escape_takes_it_away(open_page):
    page = open_page(MODULE)
    assert described(page) == DEFINITION
    page.locator(TERM).focus()
    page.locator(HINT).wait_for()
    assert described(page) == DEFINITION

    page.keyboard.press("Escape")

    assert page.locator(HINT).count() == 0
    assert page.evaluate("selector => document.activeElement.matches(selector)", TERM)


@pytest.mark.long  # on a busy machine, one run in three does not come to the place: the cause is not found yet
def test_a_finger_comes_to_the_definition_and_back(open_page):
    page = open_page(MODULE, width=360, has_touch=True)

    page.locator(TERM).tap()
    page.wait_for_url("**/start/glossary/#secant")

    page.wait_for_function(IN_SIGHT, arg="secant")
    assert page.locator("dt#secant + dd").inner_text().startswith(DEFINITION)
    page.go_back()
    page.wait_for_url(f"**/{MODULE}")


def test_without_scripts_the_definition_is_in_the_page(open_page):
    page = open_page(MODULE, java_script_enabled=False)

    assert page.locator(TERM).get_attribute("title") == DEFINITION
    page.locator(TERM).click()
    assert page.locator("dt:target").inner_text() == "secant"


def test_each_term_is_marked_once_and_its_first_use_is_the_one(open_page):
    page = open_page(MODULE)

    targets = page.locator("article a.term").evaluate_all("links => links.map((link) => link.hash)")

    assert len(targets) == len(set(targets)) > 20
    assert page.locator(":is(h1, h2, h3, h4, code, pre, .katex, .quiz, .exercise, .facts) a.term").count() == 0
