"""What a reader does with a block of code, and sees of it."""

PATIENCE = 60_000  # milliseconds: the first run of a page loads Python
FINISHED = """place => {
  const status = place.querySelector(".live-status")?.textContent ?? "";
  return place.querySelector('[data-do="run"]') && status !== "" && !/^(Starting|Loading|Running)/.test(status);
}"""


def press_run(page, place):
    place.evaluate("place => place.querySelector('.live-status')?.replaceChildren()")
    place.locator('[data-do="run"]').click()
    finish(page, place)


def finish(page, place):
    page.wait_for_function(FINISHED, arg=place.element_handle(), timeout=PATIENCE)


def lines_of(place, selector):
    found = place.locator(selector)
    return [line.rstrip() for line in found.text_content().rstrip("\n").split("\n")] if found.count() else []


def status_of(place):
    return place.locator(".live-status").text_content()
