"""Every page in Chromium: each of its blocks is run, and each of its exercises checked, as a reader does it."""

import pytest
from conftest import ROOT, names_of_pages
from reader import FINISHED, PATIENCE

from sitekit.exercises import as_answer, read_exercise
from sitekit.outputs import same
from sitekit.pages import page_paths, read_page
from sitekit.rendered import shown_blocks

# Presses "Run" at each block, one after the other, and returns what the page shows and what the block printed.
RUN_EACH = """async () => {
  const blocks = [];
  const text = (place, selector) => place.querySelector(selector)?.textContent ?? "";
  for (const place of document.querySelectorAll(".live")) {
    const isOver = () => (FINISHED)(place);
    place.querySelector(".live-status")?.replaceChildren();
    await new Promise((resume) => {
      const observer = new MutationObserver(() => isOver() && (observer.disconnect(), resume()));
      observer.observe(place, { attributes: true, characterData: true, childList: true, subtree: true });
      place.querySelector('[data-do="run"]').click();
    });
    const question = place.closest(".quiz");
    blocks.push({
      shown: question ? text(question, "details .output samp") : text(place, ":scope > .output samp"),
      printed: text(place, ".live-result .stdout"),
      status: text(place, ".live-status"),
      others: [...place.querySelectorAll(".live-error, .stderr")].map((other) => other.textContent),
    });
  }
  return blocks;
}""".replace("FINISHED", FINISHED)
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
        blocks = page.evaluate(RUN_EACH)
        count += len(blocks)
        wrong += [block for block in blocks if not is_right(**block)]
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
    walked = {name: parts_of(site, name) for name in NAMES}

    assert {part for parts in walked.values() for part in parts} == {n for n in names_of_pages(site) if runs(site, n)}
    for path in page_paths(ROOT):
        name = path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        assert walked.get(name) or not exercises_of(name), f"the exercises of {name} are not tried"


def is_right(shown, printed, status, others):
    """Whether a block printed what the page shows, and nothing else."""
    shown, printed = (text.rstrip("\n").split("\n") if text else [] for text in (shown, printed))
    return (
        len(shown) == len(printed) and all(map(same, map(str.rstrip, shown), map(str.rstrip, printed))) and not others
    )


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
