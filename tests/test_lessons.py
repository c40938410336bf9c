"""Every page in Chromium: each of its blocks is run, and each of its exercises checked, as a reader does it."""

from collections import defaultdict

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
# Runs the blocks of other pages, each page in a session that knows nothing, and has answers to its exercises checked.
TEACH_EACH = """async (lessons) => {
  const beside = (name) => new URL(name, document.querySelector('script[src*="/main.js"]').src);
  const { ask } = await import(beside("python.js"));
  const { checkExercise } = await import(beside("live.js"));
  const run = async (code) => {
    let printed = "", others = [];
    const hear = (stream, text) => stream === "stdout" ? (printed += text) : others.push(text);
    const { error } = await ask({ type: "run", code, name: "block", scheme: "light" }, { onOutput: hear });
    return { printed, status: "", others: error ? [...others, error.traceback] : others };
  };
  const found = [];
  for (const { address, answers } of lessons) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const text = (place, selector) => place.querySelector(selector)?.textContent ?? "";
    const blocks = [], verdicts = [];
    await run("for _ in [name for name in globals() if not name.startswith('__')]: del globals()[_]");
    for (const place of page.querySelectorAll(".live")) {
      const question = place.closest(".quiz");
      const shown = question ? text(question, "details .output samp") : text(place, ":scope > .output samp");
      blocks.push({ shown, ...await run(text(place, "pre code")) });
    }
    for (const { file, name, code } of answers) {
      const { error, checks } = await checkExercise(document.body, { file, name, code });
      const failed = error ? [error] : checks.filter((check) => !check.passed);
      verdicts.push([failed.length === 0, failed[0]?.message ?? ""]);
    }
    found.push({ blocks, verdicts });
  }
  return found;
}"""
LABS = sorted((ROOT / "docs" / "labs").glob("*.py"))
PAGES = [path for path in page_paths(ROOT) if any(f.info == "python" for f in read_page(ROOT, path).fences)]
PARTS = 2  # each in a browser of its own
PRESSED = ("calculus/calculus_for_ml/",)  # in CI; the longer tests press all
NAMES = [path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in [*PAGES, *LABS]]


def address_of(name):
    return f"{name.removesuffix('index')}/".lstrip("/").replace("//", "/")


def exercises_of(name):
    path = ROOT / "docs" / f"{name}.md"
    fences = read_page(ROOT, path).fences if path.is_file() else []
    return [read_exercise(ROOT, "\n".join(fence.lines)) for fence in fences if fence.info == "exercise"]


ADDRESSES = [address_of(name) for name in NAMES]
ADDRESSES += [
    f"checks/{address_of(name)}"  # the code behind its claims and figures
    for name in NAMES
    if any((ROOT / "snippets" / name / file).is_file() for file in ("checks.py", "figures.py"))
]


@pytest.fixture(scope="session")
def shown(site):
    """The code blocks that each page shows, by its address."""
    blocks = defaultdict(list)
    for block in shown_blocks(site):
        blocks[f"{block.page}/".removeprefix("./")].append(block.code)
    return blocks


def answers_to(exercise):
    """Answers, and what is to be said first: ``None`` if it is right."""
    yield exercise.solution.source, None
    yield exercise.starter_code, ""
    for wrong in exercise.wrongs:
        yield as_answer(wrong, exercise.name), wrong.docstring


@pytest.mark.parametrize("part", range(PARTS))
def test_what_pages_run_and_check_in_the_browser_is_what_the_tests_say(
    open_page, address, shown, part, record_property
):
    names, count = NAMES[part::PARTS], 0
    exercises = {name: exercises_of(name) for name in names}
    lessons = [
        {
            "address": address + address_of(name),
            "answers": [
                {"file": each.file, "name": each.name, "code": code}
                for each in exercises[name]
                for code, _ in answers_to(each)
            ],
        }
        for name in names
    ]

    found = open_page("start/notation/").evaluate(TEACH_EACH, lessons)

    for name, lesson in zip(names, found, strict=True):
        assert wrong_in(shown[address_of(name)], lesson["blocks"], exercises[name]) == [], name
        expected = [words for exercise in exercises[name] for _, words in answers_to(exercise)]
        for words, (passes, said) in zip(expected, lesson["verdicts"], strict=True):
            assert passes == (words is None) == (said == ""), (name, said)
            assert (words or "") in said
        count += len(lesson["blocks"])
    measured = f"{count} blocks and {sum(map(len, exercises.values()))} exercises of {len(names)} pages run in Chromium"
    record_property("measured", measured)


@pytest.mark.parametrize(
    "page", [pytest.param(name, marks=[] if name in PRESSED else pytest.mark.long) for name in ADDRESSES]
)
def test_each_button_that_is_pressed_and_each_answer_that_is_typed_does_what_the_page_says(open_page, shown, page):
    exercises, opened = exercises_of(page.rstrip("/")), open_page(page)

    assert wrong_in(shown[page], opened.evaluate(RUN_EACH), exercises) == []
    for exercise in exercises:
        check_exercise(opened, exercise)


def wrong_in(shown, blocks, exercises):
    """What is wrong with the blocks that ran: they print something else, or are not all that the page shows."""
    wrong = [block for block in blocks if not is_right(**block)]
    answers = [code.strip() for exercise in exercises for code in (exercise.starter_code, exercise.solution.source)]
    to_run = [code for code in shown if code.strip() not in answers]
    return wrong if len(blocks) == len(to_run) else [*wrong, f"{len(blocks)} of {len(to_run)} blocks ran"]


def test_no_page_that_runs_something_is_left_out(site):
    pages = [name for name in names_of_pages(site) if 'class="live"' in (site / name / "index.html").read_text("utf-8")]
    assert sorted(ADDRESSES) == sorted(pages)
    for path in page_paths(ROOT):
        name = path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        assert name in NAMES or not exercises_of(name), f"the exercises of {name} are not tried"


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
