"""What readers set in their system or browser: less movement, colours of their own, larger letters, no scripts."""

import pytest

MODULE = "calculus/calculus_for_ml/"
LAB = "labs/linear_regression_three_ways/"
KINDS = ("", LAB, "reference/calculus/")  # the module and the progress page have tests of their own
CUT = """() => {
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const isCut = (element) => {
    const box = element.getBoundingClientRect();
    if (element.closest(".katex-mathml, svg") || !element.checkVisibility()) return false;
    if (box.width < 2 || (box.left >= -1 && box.right <= innerWidth + 1)) return false;
    for (let around = element; around; around = around.parentElement) if (scrolls(around)) return false;
    return true;
  };
  return [...document.querySelectorAll("article *")].filter(isCut).map((element) => element.outerHTML.slice(0, 100));
}"""


def test_without_scripts_no_button_is_shown_that_does_nothing(open_page):
    for name in KINDS:
        page = open_page(name, java_script_enabled=False)
        buttons = page.locator("article :is(button, [role=button])").all()
        assert [button.text_content() for button in buttons if button.is_visible()] == [], name
        assert page.locator("h1").is_visible()
        page.context.close()


def test_with_reduced_motion_nothing_moves_by_itself(open_page):
    page = open_page(MODULE, width=360, reduced_motion="reduce")

    page.get_by_role("button", name="Menu").click()

    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize(("width", "names"), [(640, [MODULE]), (320, [MODULE, *KINDS])], ids=["200 %", "400 %"])
def test_zoomed_in_nothing_is_cut_and_nothing_scrolls_sideways(open_page, width, names):
    for name in names:
        page = open_page(name, width=width, device_scale_factor=1280 // width)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, name
        assert page.evaluate(CUT) == [], name
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_colours_of_the_system_pictures_and_what_is_right_can_be_told(open_page, scheme):
    page = open_page(MODULE, scheme=scheme, forced_colors="active")
    picture = page.locator(f"figure.drawn > img.only-{scheme}").first

    backgrounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(26, 32, 41)"}
    assert picture.evaluate("image => getComputedStyle(image).backgroundColor") == backgrounds[scheme]
    question = page.locator("fieldset.quiz[data-kind='single']").first
    question.locator("input").first.check()
    question.get_by_role("button", name="Check").click()
    question.locator(".quiz-said").wait_for()
    assert question.locator(".quiz-said").text_content()[0] in "✓✗"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
