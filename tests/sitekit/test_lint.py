"""lint: a good module passes, one mistake does not hide another, labs are read like pages."""

import pytest

from sitekit.lint import lab_prose
from tests.sitekit.rules.shared import only

PAGE = "docs/calculus/m.md"
FIGURES = "snippets/calculus/m/figures.py"


def test_a_complete_module_has_no_problem(module):
    assert module.findings() == []


def test_a_page_that_is_no_module_needs_a_title_and_a_description_alone(module):
    module.write("docs/start/x.md", "---\ndescription: A page.\n---\n\n# A page\n\n## Anything\n\nText.\n")
    module.write("docs/calculus/index.md", "---\ndescription: A branch.\n---\n\n# Calculus\n\nText.\n")

    assert module.problems() == []


def test_a_page_that_is_not_utf8_is_reported_at_the_line_of_the_byte(module):
    module.write(PAGE, module.read().encode().replace(b"Rise over run.\n\n## Why", b"Rise \xff run.\n\n## Why"))
    line = module.page.read_bytes().split(b"\xff")[0].count(b"\n") + 1

    assert f"{PAGE}:{line}: the file isn't UTF-8 (byte 0xff). Save it as UTF-8." in module.problems()


def test_a_snippet_that_is_not_utf8_is_reported_once(module):
    module.write(FIGURES, module.read(FIGURES).encode() + b"# \xe9\n")
    line = module.read(FIGURES.replace("figures", "checks")) and (module.root / FIGURES).read_bytes().count(b"\n")

    assert module.problems().count(f"{FIGURES}:{line}: the file isn't UTF-8 (byte 0xe9). Save it as UTF-8.") == 1


def test_one_broken_page_does_not_hide_the_problems_of_another(module):
    module.write("docs/a.md", b"\xff")
    module.write("docs/b.md", "---\ndescription: B.\n---\n\ntext\n")

    assert module.problems() == [
        "docs/a.md:1: the file isn't UTF-8 (byte 0xff). Save it as UTF-8.",
        "docs/b.md:1: the page has no title. Write # Title under the front matter.",
    ]


def test_broken_front_matter_is_reported_with_its_line(module):
    module.change("description: A module", "description: A module: it")

    first = module.problems()[0]

    assert first.startswith(f"{PAGE}:2: the front matter isn't valid YAML (mapping values are not allowed here).")


def test_a_fence_that_is_never_closed_is_reported_where_it_opens(module):
    module.change("Ask.\n", "```text\nAsk.\n")

    assert f"{module.place('```text')}: this fence is never closed. Write ``` under the block." in module.problems()


LAB = (
    "# %% [markdown]\n# # A lab\n#\n# Take $x$.\n#\n# ![{alt}](../assets/figures/labs/l/dot.svg)\n\n"
    "# %%\n# just $\\x$\nx = 1\n"
)
ALT = "A single dot in the middle of an otherwise empty square."


@pytest.fixture
def lab(module):
    module.write("docs/labs/l.py", LAB.replace("{alt}", ALT))
    module.write("snippets/labs/l/figures.py", "def dot():\n    return 1\n")
    return module


def test_a_good_lab_has_no_problem_and_its_code_is_no_prose(lab):
    assert lab.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Take $x$", "Take $\\frac1$", "4: the formula '\\\\frac1' can't be typeset"),
        ("Take $x$", "Just take $x$", "4: the word “Just” hurts"),
        (ALT, "A dot", "6: the alt text 'A dot' is shorter"),
        ("](../assets", "](assets", "6: the path of the picture is wrong"),
    ],
)
def test_a_mistake_in_the_text_of_a_lab_is_reported(lab, old, new, message):
    lab.change(old, new, "docs/labs/l.py")

    assert only(lab.problems()).startswith(f"docs/labs/l.py:{message}")


def test_a_figure_that_the_lab_does_not_show_is_reported(lab):
    lab.change("labs/l/dot.svg", "calculus/m/line.svg", "docs/labs/l.py")

    assert only(lab.problems()).startswith("snippets/labs/l/figures.py:1: the page does not show the figure dot.")


def test_an_unknown_figure_of_a_lab_is_reported(lab):
    lab.change("def dot", "def _dot", "snippets/labs/l/figures.py")

    assert only(lab.problems()).startswith("docs/labs/l.py:6: no function dot without parameters in snippets/labs/l/")


def test_the_prose_of_a_lab_keeps_its_lines(write):
    root = write({"docs/labs/l.py": "# %% [markdown]\n# # Title\n#\n#text\n# %%\n# comment\nx = 1\n"})

    assert lab_prose(root / "docs/labs/l.py") == ("", "# Title", "", "text", "", "", "")


def test_problems_are_sorted_by_file_and_line(module):
    module.write("docs/a.md", "# A\n\nJust so.\n\nSimply so.\n")

    assert [problem.split(": ")[0] for problem in module.problems()] == ["docs/a.md:1", "docs/a.md:3", "docs/a.md:5"]


def test_an_id_that_another_page_uses_is_reported(module):
    text = module.read().replace("docs/calculus/m", "docs/calculus/n")
    start = text.index("```quiz\nid: q-one")
    question = text[start : text.index("```\n", start + 5) + 4]
    module.write("docs/start/n.md", f"---\ndescription: D.\n---\n\n# N\n\n{question}")

    assert only(module.problems()) == (
        "docs/start/n.md:7: the id q-one is used on docs/calculus/m.md already. "
        "Start the ids of a page with a word of its own."
    )
