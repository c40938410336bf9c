"""Rules on the shape of a module: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

PAGE = "docs/calculus/m.md"


SECTIONS = [
    "80/20 Study Guide - Key Concepts",
    "Why This Is Enough",
    "Interactive Questions",
    "Module Summary",
    "Ask Questions About This Module",
]
PARTS = ["The 20% You Need to Know", "By hand", "See it run", "Why It Matters", "Simple Takeaway"]


@pytest.mark.parametrize("text", SECTIONS)
def test_a_renamed_section_is_reported_at_its_line(module, text):
    module.change(f"## {text}\n", "## Something\n")

    problems = module.problems()

    wanted = f"{module.place('## Something')}: the heading “Something” should be “{text}”. Rename it to ## {text}."
    assert wanted in problems


@pytest.mark.parametrize("text", PARTS)
def test_a_renamed_part_is_reported_at_its_line(module, text):
    module.change(f"#### {text}\n", "#### Something\n")

    wanted = f"{module.place('#### Some')}: the heading “Something” should be “{text}”. Rename it to #### {text}."
    assert wanted in module.problems()


@pytest.mark.parametrize(("index", "text"), list(enumerate(SECTIONS)))
def test_a_missing_section_is_reported_before_the_next_one(module, index, text):
    module.change(f"## {text}\n", "")
    last = len(module.read().splitlines())
    line = module.line(f"## {SECTIONS[index + 1]}") if index < 4 else last

    wanted = f"{PAGE}:{line}: the heading “{text}” is missing before this line. Write ## {text}."
    assert wanted in module.problems()


@pytest.mark.parametrize(("index", "text"), list(enumerate(PARTS)))
def test_a_missing_part_is_reported_before_the_next_one(module, index, text):
    module.change(f"#### {text}\n", "")
    following = f"#### {PARTS[index + 1]}" if index < 4 else "## Why This Is Enough"

    wanted = f"{module.place(following)}: the heading “{text}” is missing before this line. Write #### {text}."
    assert wanted in module.problems()


def test_sections_out_of_order_are_reported(module):
    module.change("## Module Summary\n", "## Ask Questions About This Module \n")
    module.write(PAGE, module.read().replace("## Ask Questions About This Module\n", "## Module Summary\n"))

    problem = only(module.problems())

    assert problem.startswith(f"{module.place('## Module Summary')}: the heading “Module Summary” is out of order. The")


def test_parts_out_of_order_are_reported(module):
    module.write(PAGE, module.read().replace("#### Why It Matters", "#### X").replace("#### Simple Takeaway", "#### Y"))
    module.write(PAGE, module.read().replace("#### X", "#### Simple Takeaway").replace("#### Y", "#### Why It Matters"))

    assert only(module.problems()).startswith(f"{module.place('#### Why It')}: the heading “Why It Matters” is out of")


def test_sections_beyond_those_of_a_module_are_reported(module):
    module.change("Ask.\n", "Ask.\n\n## Further reading\n\nMore.\n")

    problem = only(module.problems())

    assert problem.startswith(f"{module.place('## Further')}: the heading “Further reading” is not one of a module.")


def test_parts_beyond_those_of_a_concept_are_reported(module):
    module.change("Rise over run.\n\n## Why", "Rise over run.\n\n#### Further\n\n## Why")

    assert only(module.problems()).startswith(f"{module.place('#### Further')}: the heading “Further” is not one of")


def test_a_page_without_sections_is_told_the_level_of_the_first(module):
    module.write(PAGE, module.read().replace("\n## ", "\n"))

    assert any(problem.endswith("Write ## 80/20 Study Guide - Key Concepts.") for problem in module.problems())


@pytest.mark.parametrize("text", ["Questions", "Exercises"])
def test_the_practice_has_its_two_headings(module, text):
    module.change(f"\n### {text}\n", "\n")

    place = module.place("### Exercises" if text == "Questions" else "## Module Summary")
    assert only(module.problems()) == f"{place}: the heading “{text}” is missing before this line. Write ### {text}."


def test_a_module_without_concepts_is_reported(module):
    module.change("### The slope\n", "")

    assert f"{module.place('## 80/20')}: the module has no concepts. Write a ### heading for each." in module.problems()


def test_a_module_says_what_you_will_be_able_to_do(module):
    module.change("**You will be able to**", "You will be able to")

    assert only(module.problems()).startswith(f"{PAGE}:1: the line **You will be able to** is missing.")


def test_a_page_has_a_title(module):
    module.write("docs/x.md", "---\ndescription: X.\n---\n\n## Small\n\nText.\n")

    assert only(module.problems()) == "docs/x.md:1: the page has no title. Write # Title under the front matter."


@pytest.mark.parametrize("title", ["# Another", "#Another"])
def test_a_second_title_is_reported_at_its_line(module, title):
    module.change("Ask.\n", f"Ask.\n\n{title}\n")

    assert only(module.problems()) == f"{module.place(title)}: a second title “Another”. Make it ## or smaller."


def test_nothing_stands_before_the_title(module):
    module.change("# Slopes\n", "Hello.\n\n# Slopes\n")

    assert only(module.problems()).startswith(f"{module.place('# Slopes')}: something stands before the title.")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("$$\ns = \\frac{a}{b}\n$$\n", "", "no displayed formula"),
        (
            "![A straight line that climbs from the lower left to the upper right corner.]"
            "(../assets/figures/calculus/m/line.svg)",
            "",
            "no figure",
        ),
        ('```python\n--8<-- "calculus/m/examples.py:start"\n```\n', "", "no code"),
        ('!!! warning "Common mistake: upside down"', '!!! warning "Upside down"', "no box !!! warning"),
        ("- Three is three. [checked](check:three)\n", "", "2 key bullets, not three to five"),
    ],
)
def test_a_concept_that_lacks_something_is_reported_at_its_heading(module, old, new, message):
    module.change(old, new)

    problems = [problem for problem in module.problems() if message in problem]

    assert only(problems).startswith(f"{module.place('### The slope')}: the concept “The slope” has {message}")


def test_what_stands_in_another_concept_does_not_count(module):
    text = module.read()
    concept = text[text.index("### The slope") : text.index("## Why This Is Enough")]
    bare = concept.replace("### The slope", "### Bare").replace("$$\ns = \\frac{a}{b}\n$$\n", "")
    module.write(PAGE, text.replace(concept, bare + concept))

    problems = [problem for problem in module.problems() if "formula" in problem]

    assert only(problems).startswith(f"{module.place('### Bare')}: the concept “Bare” has no displayed formula.")


def test_code_of_another_concept_does_not_count(module):
    text = module.read()
    concept = text[text.index("### The slope") : text.index("## Why This Is Enough")]
    code = '```python\n--8<-- "calculus/m/examples.py:start"\n```\n'
    bare = concept.replace("### The slope", "### Bare").replace(code, "```text\nno code\n```\n")
    module.write(PAGE, text.replace(concept, bare + concept))

    problems = [problem for problem in module.problems() if "has no code" in problem]

    assert only(problems).startswith(f"{module.place('### Bare')}: the concept “Bare” has no code.")


@pytest.mark.parametrize(("count", "right"), [(2, False), (3, True), (5, True), (6, False)])
def test_three_to_five_key_bullets_are_right(module, count, right):
    text = module.read()
    start, end = text.index("- One is"), text.index("#### By hand")
    module.write(PAGE, text[:start] + "- One is $1$. [checked](check:one)\n" * count + "\n" + text[end:])

    problems = [problem for problem in module.problems() if "key bullets" in problem]

    assert (problems == []) is right


@pytest.mark.parametrize("bullet", ["- Three is three.", "* Three is three."])
def test_a_key_bullet_without_a_check_is_reported_at_its_line(module, bullet):
    module.change("- Three is three. [checked](check:three)", bullet)

    problems = [problem for problem in module.problems() if problem.startswith(module.place(bullet))]

    assert only(problems).endswith(
        "this key bullet has no check. Write it on one line, end it with [checked](check:name), and write the check."
    )
