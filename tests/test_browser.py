"""The site as a person meets it, in Chromium: phone and desktop, light and dark, keyboard, no JavaScript, print."""

import json
import re

import pytest
from conftest import barriers, names_of_pages

WIDTHS = {"phone": 360, "desktop": 1280}
SCHEMES = ("light", "dark")
MODULE = "calculus/calculus_for_ml/"
ONE_OF_EACH = ("", MODULE, "labs/linear_regression_three_ways/", "reference/models/", "start/glossary/", "404.html")
PARTS = 4  # of the pages, so that no process has much longer to go than the others
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  const words = ({node}) => (node?.textContent ?? "").trim().slice(0, 60);
  for (const entry of list.getEntries()) shifts.push([entry.value, ...entry.sources.map(words)]);
}).observe({type: "layout-shift", buffered: true});
"""
HAS_PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
WIDTH_RULES = ["scrollable-region-focusable", "target-size"]
# Parts of code and of formulas are thousands of elements that differ in nothing but colour and place.
# And axe, unlike browsers, reads no MathML: a formula that is all there is in a label has to become text.
CODE_AND_FORMULAS = "pre > code, .katex"
CODE_AND_SMALL_FORMULAS = "pre > code, :not(.katex-display) > .katex"
MAKE_PLAIN = "wholes => { for (const whole of wholes) whole.textContent = whole.textContent; }"
MAKE_SHORT = "wholes => { for (const whole of wholes) whole.textContent = whole.textContent.slice(0, 9); }"


def late(page):
    """Let fonts and scripts come only after the page was painted, as on a slow network."""

    def hold(route):
        page.wait_for_function(HAS_PAINTED)
        route.continue_()

    page.route(re.compile(r"(\.woff2|(?<!fonts)(?<!same_page)\.js)$"), hold)  # these two come before all text


def written_pages(site):
    """All pages but those of checks, which are generated, all alike: one of them stands for the others."""
    return [name for name in names_of_pages(site) if not name.startswith("checks/") or name == f"checks/{MODULE}"]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_loads_late_without_error_shift_overflow_or_barrier(open_page, address, site, part):
    found = {}
    page = open_page("", width=WIDTHS["phone"], before=WATCH_SHIFTS, watch=late, reduced_motion="reduce")
    for name in [*written_pages(site), "404.html"][part::PARTS]:
        page.evaluate("localStorage.clear()")  # the scheme of the page before
        page.set_viewport_size({"width": WIDTHS["phone"], "height": 900})
        page.goto(address + name)
        page.wait_for_selector(".menu-button", state="attached")  # accessibility.js has come, too
        page.evaluate(TWO_FRAMES)
        shifts = page.evaluate("shifts")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        axe = barriers_on_phone(page)
        page.set_viewport_size({"width": WIDTHS["desktop"], "height": 900})
        page.evaluate(TWO_FRAMES)
        overflow = max(overflow, page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        axe += barriers_on_desktop(page, whole=name in ONE_OF_EACH)
        if shifts or overflow > 0 or axe:
            found[name] = {"layout shifts": shifts, "overflow": overflow, "axe": axe}

    assert found == {}, json.dumps(found, indent=1)


def test_nothing_moves_on_a_wide_page_that_loads_late(open_page):
    page = open_page(MODULE, before=WATCH_SHIFTS, watch=late)
    page.wait_for_selector(".menu-button", state="attached")
    page.evaluate(TWO_FRAMES)

    assert page.evaluate("shifts") == []


def barriers_on_phone(page):
    """All rules but those of colour, which has no width; a wide formula stays, because it scrolls."""
    page.locator(CODE_AND_SMALL_FORMULAS).evaluate_all(MAKE_PLAIN)
    return barriers(page, but=COLOUR_RULES)


def barriers_on_desktop(page, *, whole):
    """Rules of colour and of width; on one page of each kind all rules, and colour in the dark: the rest is alike."""
    page.locator(CODE_AND_FORMULAS).evaluate_all(MAKE_SHORT)
    light = barriers(page, rules=None if whole else COLOUR_RULES + WIDTH_RULES)
    if not whole:
        return light
    page.locator("label[title='Switch to the dark page']").click()
    page.wait_for_selector("body[data-md-color-scheme='slate']")
    return light + barriers(page, rules=COLOUR_RULES)


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_as_it_is_has_no_barrier_in_any_width_and_scheme(open_page, site, width, scheme):
    found = {}
    for name in [*names_of_pages(site), "404.html"]:
        page = open_page(name, width=width, scheme=scheme)
        page.locator("label .katex").evaluate_all(MAKE_PLAIN)
        found[name] = barriers(page)
        page.context.close()

    assert {name: axe for name, axe in found.items() if axe} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_of_code_and_formulas_can_be_told_from_their_ground(open_page, scheme):
    page = open_page("start/one_loop/", scheme=scheme)

    assert page.locator("pre > code span").count() > 100
    assert barriers(page, rules=COLOUR_RULES) == []


def test_a_button_shows_once_its_press_is_heard(open_page):
    button, early = "[data-do=write] >> nth=0", []

    def hold_scripts(page):
        def look(route):
            page.wait_for_selector(button, state="attached")
            early.append(page.is_visible(button))
            route.continue_()

        page.route("**/main.js", look)

    page = open_page(MODULE, watch=hold_scripts)

    assert early == [False]
    assert page.is_visible(button)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_only_the_picture_of_the_scheme_is_shown_and_loaded(open_page, scheme):
    page = open_page(MODULE, scheme=scheme)
    other = "dark" if scheme == "light" else "light"
    page.locator(f"img.only-{scheme}").first.scroll_into_view_if_needed()
    page.wait_for_function(f"() => document.querySelector('img.only-{scheme}').complete")

    widths = "pictures => pictures.map(picture => picture.offsetWidth)"
    assert min(page.locator(f"figure > img.only-{scheme}").evaluate_all(widths)) > 200
    assert max(page.locator(f"img.only-{other}").evaluate_all(widths)) == 0


def test_without_javascript_the_page_is_complete(open_page):
    page = open_page(MODULE, java_script_enabled=False)

    assert page.locator(".katex").count() > 50
    assert page.locator("fieldset.quiz").count() >= 5
    question = page.locator("fieldset.quiz").first
    assert not question.locator(".quiz-explanation").is_visible()
    question.locator("summary").click()
    assert question.locator(".quiz-explanation").is_visible()


def test_a_long_formula_scrolls_inside_itself_and_is_reached_by_keyboard(open_page):
    page = open_page(MODULE, width=360)

    stops = page.locator(".katex-display").evaluate_all(
        "all => all.map(e => [e.scrollWidth > e.clientWidth, e.tabIndex])"
    )
    assert [True, 0] in stops
    assert [False, -1] in stops
    assert [True, -1] not in stops
    assert [False, 0] not in stops


def test_copying_a_formula_gives_its_tex_once(open_page):
    page = open_page(MODULE)

    copied = page.evaluate("""() => {
      const range = document.createRange();
      range.selectNode(document.querySelector(".katex-display"));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      const data = new DataTransfer();
      document.querySelector(".katex-display").dispatchEvent(
        new ClipboardEvent("copy", {clipboardData: data, bubbles: true, cancelable: true}));
      return data.getData("text/plain");
    }""")
    tex = page.locator(".katex-display annotation").first.text_content()
    assert copied.count(tex) == 1
    assert copied.strip("$ \n") == tex.strip()


def test_a_claim_leads_to_the_check_behind_it(open_page):
    page = open_page(MODULE)
    link = page.locator("a.check").first
    name = link.get_attribute("href").rpartition("#")[2]

    link.click()

    page.wait_for_url(f"**/checks/{MODULE}#{name}")
    page.locator(f"[id='{name}']").wait_for()
    assert f"def {name}():" in page.locator("article").text_content()


def test_the_search_finds_a_topic_by_another_of_its_names(open_page):
    page = open_page("")
    page.keyboard.press("/")
    page.keyboard.type("steepest descent")

    result = page.locator(".md-search-result__link").first
    result.wait_for()
    assert "optimization/gradient_descent/" in result.get_attribute("href")


def test_print_is_black_on_white_with_the_light_pictures(open_page):
    page = open_page(MODULE, scheme="dark")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.querySelector('figure > img.only-light').offsetWidth") > 0
    assert page.evaluate("document.querySelector('figure > img.only-dark').offsetWidth") == 0
    assert not page.locator(".md-header").is_visible()
    colours = "all => [...new Set(all.map(element => getComputedStyle(element).color))]"
    assert page.locator("pre > code span").evaluate_all(colours) == ["rgb(0, 0, 0)"]


def test_the_keyboard_reaches_the_content_first(open_page):
    page = open_page(MODULE)

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.classList[0]") == "md-skip"
