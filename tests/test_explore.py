"""Figures with states, in Chromium: the slider shows one, says it, and needs no further file."""

MODULE = "calculus/calculus_for_ml/"
SAYS = "words => document.querySelector('.explore output').textContent === words"
PICTURE = "figure => [...figure.querySelectorAll('img')].find(picture => picture.offsetWidth)"
SHOWN = f"""async figure => {{
  const picture = ({PICTURE})(figure);
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d").drawImage(picture, 0, 0, picture.width, picture.height);
  return canvas.toDataURL();
}}"""


def test_the_slider_shows_and_says_the_state_by_keyboard_and_loads_nothing_more(open_page):
    page = open_page(MODULE)
    figure = page.locator("figure:has(.explore)").first
    figure.scroll_into_view_if_needed()
    still = figure.evaluate(SHOWN)
    words = figure.locator(".states li").all_text_contents()
    slider = figure.get_by_role("slider")
    start = int(slider.input_value())
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "words => document.querySelector('.explore output').textContent === words", arg=words[start + 1]
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url.partition("#")[0]))

    page.keyboard.press("End")
    page.wait_for_function(SAYS, arg=words[-1])
    last = figure.evaluate(SHOWN)
    page.keyboard.press("Home")
    page.wait_for_function(SAYS, arg=words[0])
    first = figure.evaluate(SHOWN)

    assert slider.get_attribute("aria-valuetext") == words[0]
    assert len({still, first, last}) == 3
    assert asked == []


def test_without_javascript_there_is_no_slider_and_the_states_are_told(open_page):
    page = open_page(MODULE, java_script_enabled=False)
    figure = page.locator("figure:has(.explore)").first

    assert not figure.locator(".explore").is_visible()
    figure.locator(".states summary").click()
    assert figure.locator(".states li").first.is_visible()


def test_the_printed_page_has_the_still_alone(open_page):
    page = open_page(MODULE)
    page.emulate_media(media="print")

    assert not page.locator(".explore").first.is_visible()
    assert not page.locator(".states").first.is_visible()
