"""The pages for those who press keys only: each stop of the Tab key is seen, in the order of the page, and left again.

Blocks of code, questions and exercises have such tests beside their own (test_live, test_questions, test_editor,
test_exercises_in_browser).
"""

from typing import Any

import pytest
from conftest import barriers

MODULE = "calculus/calculus_for_ml/"
STOP = """async () => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const isBack = window.lastStop?.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING;
  window.lastStop = stop;
  const seen = stop.matches(".md-option") ? stop.nextElementSibling : stop; // the theme shows a label instead
  const faultsNow = () => {
    const box = seen.getBoundingClientRect();
    // a browser scrolls a wide table to a link only if all of the link is out of sight
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const middle = document.elementFromPoint((left + right) / 2, box.y + Math.min(box.height, innerHeight) / 2);
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(seen);
    const faults = isBack ? ["before the last one"] : [];
    if (outlineStyle === "none" || outlineWidth === "0px" || opacity === "0") faults.push("no ring");
    if (!middle || !(seen.contains(middle) || middle.contains(seen))) faults.push("out of sight or covered");
    return faults;
  };
  for (let frame = 0; frame < 60 && faultsNow().length; frame++) await new Promise(requestAnimationFrame);
  const part = stop.closest("header, article, footer")?.tagName;
  return { name: stop.outerHTML.slice(0, 100), faults: faultsNow(), part };
}"""


def walk(page):
    """Every stop of the Tab key, from the top of the page to its end."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 1000:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["name"] == stops[0]["name"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"the walk does not end: {stops[-3:]}")


def focused(page, selector):
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


@pytest.mark.parametrize(("name", "width"), [(MODULE, 1280), ("start/notation/", 360)], ids=["desktop", "phone"])
def test_tab_walks_through_a_page_in_its_order_and_each_stop_is_seen(open_page, name, width):
    page = open_page(name, width=width, reduced_motion="reduce")

    stops = walk(page)

    assert [stop for stop in stops if stop["faults"]] == []
    assert {stop["part"] for stop in stops} >= {"HEADER", "ARTICLE", "FOOTER"}
    assert len([stop for stop in stops if stop["part"] == "ARTICLE"]) > (80 if name == MODULE else 5)


def test_a_stop_without_a_ring_or_out_of_sight_is_noticed(open_page):
    page = open_page("404.html", reduced_motion="reduce")
    page.add_style_tag(content=".md-tabs__link { outline: none !important; } .md-logo { translate: -9rem; }")

    found = {fault for stop in walk(page) for fault in stop["faults"]}

    assert found == {"no ring", "out of sight or covered"}


def test_the_skip_link_leads_past_the_navigation(open_page):
    page = open_page(MODULE)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#*")
    page.keyboard.press("Tab")

    assert page.evaluate("Boolean(document.activeElement.closest('article'))")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_search_opens_by_a_key_has_no_barrier_and_escape_closes_it(open_page, width):
    page = open_page("", width=width, reduced_motion="reduce")
    page.keyboard.press("/")
    page.keyboard.type("gradient")
    page.locator(".md-search-result__link").first.wait_for()
    assert barriers(page) == []
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert barriers(page, rules=["color-contrast"]) == []

    page.keyboard.press("ArrowDown")
    assert focused(page, ".md-search-result__link")
    page.keyboard.press("Escape")

    # what can't be seen any more loses the focus when the browser draws the next time
    page.wait_for_function("() => !document.querySelector('#__search').checked")
    page.wait_for_function("() => !document.activeElement.matches('.md-search *')")


def test_the_menu_of_a_phone_opens_by_a_key_has_no_barrier_and_escape_closes_it(open_page):
    page = open_page("", width=360, reduced_motion="reduce")
    menu, closed = page.locator("#__drawer"), page.locator(".md-sidebar--primary")
    button = page.get_by_role("button", name="Menu")
    assert not closed.is_visible()

    button.focus()
    page.keyboard.press("Enter")
    assert menu.is_checked()
    assert button.get_attribute("aria-expanded") == "true"
    assert focused(page, ".md-sidebar--primary *")
    assert barriers(page) == []
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert barriers(page, rules=["color-contrast"]) == []

    page.keyboard.press("Escape")
    assert not menu.is_checked()
    assert focused(page, ".menu-button")
    page.keyboard.press(" ")
    assert menu.is_checked()


def test_the_menu_of_a_phone_has_every_page_in_reach_and_closes_behind_who_leaves(open_page):
    page = open_page("", width=360, reduced_motion="reduce")
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")

    while not page.evaluate("document.activeElement.textContent.trim() === 'Start here'"):
        page.keyboard.press("Tab")
        assert focused(page, ".md-sidebar--primary *")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Notation", exact=True).wait_for()
    while not page.evaluate("document.activeElement.textContent.trim() === 'Notation'"):
        page.keyboard.press("Tab")
        assert focused(page, ".md-sidebar--primary *")
    page.locator("article a").first.focus()

    assert not page.locator("#__drawer").is_checked()
