"""lint: a good module passes, and each mistake is reported with its file, its line and a cure."""

import pytest

from sitekit.lint import lab_prose

PAGE = "docs/calculus/m.md"
EXAMPLES = "snippets/calculus/m/examples.py"
CHECKS = "snippets/calculus/m/checks.py"
FIGURES = "snippets/calculus/m/figures.py"
EXERCISES = "snippets/calculus/m/exercises.py"


def only(problems):
    """The one problem of a list."""
    assert len(problems) == 1, "\n".join(problems)
    return problems[0]


def test_a_complete_module_has_no_problem(module):
    assert module.problems() == []


def test_a_page_that_is_no_module_needs_a_title_and_a_description_alone(module):
    module.write("docs/start/x.md", "---\ndescription: A page.\n---\n\n# A page\n\n## Anything\n\nText.\n")
    module.write("docs/calculus/index.md", "---\ndescription: A branch.\n---\n\n# Calculus\n")

    assert module.problems() == []


# Pages that can't be read


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


# Front matter


def test_every_page_needs_a_description(module):
    module.write("docs/x.md", "# Title\n")

    problem = only(module.problems())

    assert problem == "docs/x.md:1: the front matter has no description. Write one sentence for search engines."


@pytest.mark.parametrize(
    ("lines", "field", "cure"),
    [
        ("prerequisites: []\n", "prerequisites", "List the pages to read before"),
        ("minutes: 5\n", "minutes", "Write the reading time"),
        ('also_called: [incline, "f\'(x)"]\n', "also_called", "List other names"),
        ("asks:\n  - what is a slope\n", "asks", "List what learners ask"),
    ],
)
def test_a_module_needs_every_field(module, lines, field, cure):
    module.change(lines, "")

    problem = only(module.problems())

    assert problem.startswith(f"{PAGE}:1: the front matter has no {field}. {cure}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes: 5", "minutes: five", "4: minutes is not a int"),
        ("prerequisites: []", "prerequisites: start", "3: prerequisites is not a list"),
        ("prerequisites: []", "prerequisites: [calculus/m, calculus/no]", "3: the prerequisite calculus/no is not a"),
        ("asks:\n  - what is a slope", "asks: what", "6: asks is not a list"),
    ],
)
def test_a_field_of_the_wrong_kind_is_reported_at_its_line(module, old, new, message):
    module.change(old, new)

    assert only(module.problems()).startswith(f"{PAGE}:{message}")


def test_a_field_of_the_wrong_kind_counts_on_other_pages_too(module):
    module.write("docs/start/x.md", "---\ndescription: A page.\nminutes: soon\n---\n\n# A page\n")

    assert only(module.problems()).startswith("docs/start/x.md:3: minutes is not a int.")


# Headings

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
    module.write("docs/x.md", "---\ndescription: X.\n---\n\n## Small\n")

    assert only(module.problems()) == "docs/x.md:1: the page has no title. Write # Title under the front matter."


@pytest.mark.parametrize("title", ["# Another", "#Another"])
def test_a_second_title_is_reported_at_its_line(module, title):
    module.change("Ask.\n", f"Ask.\n\n{title}\n")

    assert only(module.problems()) == f"{module.place(title)}: a second title “Another”. Make it ## or smaller."


def test_nothing_stands_before_the_title(module):
    module.change("# Slopes\n", "Hello.\n\n# Slopes\n")

    assert only(module.problems()).startswith(f"{module.place('# Slopes')}: something stands before the title.")


# Concepts


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


# Fences


@pytest.mark.parametrize("marks", ["```", "~~~"])
@pytest.mark.parametrize("info", ["py", 'python title="a"', "{.python}", "python3", "", "sh", "bash", "Python"])
def test_a_fence_that_would_be_shown_and_not_run_is_reported(module, marks, info):
    module.change("Ask.\n", f"Ask.\n\n{marks}{info}\nprint(1)\n{marks}\n")
    line = module.line("Ask.") + 2

    problem = only(module.problems())

    assert problem.startswith(f"{PAGE}:{line}: the fence is marked {info!r}, so its code would be shown and never run.")


def test_tildes_hide_nothing(module):
    module.change("Ask.\n", "Ask.\n\n~~~python\nprint(1)\n~~~\n")

    assert only(module.problems()).startswith(f"{module.place('print(1)')}: this python fence isn't one include of one")


@pytest.mark.parametrize("language", ["text", "console", "yaml", "json", "html", "css", "toml", "markdown"])
def test_a_language_for_display_is_allowed(module, language):
    module.change("Ask.\n", f"Ask.\n\n```{language}\nx\n```\n")

    assert module.problems() == []


def test_typed_code_is_reported(module):
    module.change('--8<-- "calculus/m/examples.py:start"', "a = 1.5")

    wanted = f"{module.place('a = 1.5')}: this python fence isn't one include of one section. Move the code to examples"
    assert any(problem.startswith(wanted) for problem in module.problems())


def test_two_includes_in_one_fence_are_reported(module):
    include = '--8<-- "calculus/m/examples.py:start"\n'
    module.change(include, include + include)

    assert "isn't one include of one section" in only(module.problems())


def test_a_whole_file_is_reported(module):
    module.change("Ask.\n", 'Ask.\n\n```python\n--8<-- "calculus/m/examples.py"\n```\n')

    assert only(module.problems()).startswith(f"{module.place('examples.py' + chr(34))}: a whole file is included.")


def test_a_comment_that_changes_what_is_tested_is_reported(module):
    module.change("Ask.\n", "<!--pytest-codeblocks:skip-->\nAsk.\n")

    start = f"{module.place('<!--')}: this comment changes which code is tested."
    assert [problem for problem in module.problems() if problem.startswith(start)]


# Includes


@pytest.mark.parametrize("wrong", ["calculus/m/nothing.py:start", "calculus/m/examples.py:nothing"])
def test_an_include_of_nothing_is_reported_at_its_line(module, wrong):
    module.change("Ask.\n", f'Ask.\n\n```python\n--8<-- "{wrong}"\n```\n')

    problem = only(module.problems())

    assert problem.startswith(f"{module.place(wrong)}: Snippet ")
    assert problem.endswith("Correct the path or the section's name.")


@pytest.mark.parametrize("line", ['--8<- "x.py:a"', '-8<-- "x.py:a"', '--8 < --"x.py:a"', "--8<-- x.py:a", "--8<--"])
def test_what_looks_like_an_include_is_one(module, line):
    module.change("Ask.\n", f"Ask.\n\n```text\n{line}\n```\n")

    number = module.line("```text") + 1
    assert f'{PAGE}:{number}: this isn\'t a valid include: {line}. Write --8<-- "path:section".' in module.problems()


def test_an_escaped_include_is_text(module):
    module.change("Ask.\n", 'Ask.\n\n```text\n;--8<-- "x.py:a"\n```\n')

    assert module.problems() == []


def test_an_include_outside_a_fence_is_reported(module):
    module.change("Ask.\n", 'Ask.\n\n--8<-- "calculus/m/examples.py:start"\n')
    line = module.line("Ask.") + 2

    assert only(module.problems()).startswith(f"{PAGE}:{line}: this include stands outside a fence.")


# Sections of snippet files


def test_a_section_without_end_is_reported_at_its_start(module):
    module.change("# --8<-- [end:again]\n", "", EXAMPLES)

    wanted = (
        f"{module.place('[start:again]', EXAMPLES)}: the section again never ends. Write # --8<-- [end:again] where"
    )
    assert only(module.problems()).startswith(wanted)


def test_a_section_without_start_is_reported_at_its_end(module):
    module.change("# --8<-- [end:again]\n", "# --8<-- [end:again]\n# --8<-- [end:more]\n", EXAMPLES)

    assert only(module.problems()).startswith(f"{module.place('[end:more]', EXAMPLES)}: the section more ends here and")


def test_an_empty_section_is_reported(module):
    module.write(EXAMPLES, module.read(EXAMPLES) + "\n# --8<-- [start:void]\n\n# --8<-- [end:void]\n")

    assert only(module.problems()).startswith(f"{module.place('[start:void]', EXAMPLES)}: the section void is empty.")


def test_a_section_that_no_page_shows_is_reported(module):
    module.write(EXAMPLES, module.read(EXAMPLES) + "\n# --8<-- [start:more]\nc = 1\n# --8<-- [end:more]\n")

    assert only(module.problems()).startswith(
        f"{module.place('[start:more]', EXAMPLES)}: no page shows the section more"
    )


def test_a_section_that_starts_twice_is_reported_the_second_time(module):
    extra = "\n# --8<-- [start:again]\nc = 1\n# --8<-- [end:again]\n"
    module.write(EXAMPLES, module.read(EXAMPLES) + extra)
    line = len(module.read(EXAMPLES).splitlines()) - 2

    assert only(module.problems()) == f"{EXAMPLES}:{line}: the section again starts twice. Rename one of them."


@pytest.mark.parametrize(
    "marker", ["# -8<-- [start:x]", "# --8<-- [strt:x]", "# --8<-- [start:X]", "#--8<-- [start:x]"]
)
def test_a_misspelt_marker_is_reported(module, marker):
    module.write(EXAMPLES, module.read(EXAMPLES) + marker + "\n")

    assert f"{module.place(marker, EXAMPLES)}: this isn't a valid marker: {marker}." in only(module.problems())


def test_a_snippet_file_of_another_name_is_reported(module):
    module.write("snippets/calculus/m/helpers.py", "x = 1\n")

    assert only(module.problems()).startswith("snippets/calculus/m/helpers.py:1: helpers.py is not one of examples.py")


def test_a_snippet_folder_without_a_page_is_reported(module):
    module.write("snippets/calculus/gone/checks.py", "def a():\n    assert f() == 1\n")

    assert only(module.problems()).startswith(
        "snippets/calculus/gone/checks.py:1: there is no page docs/calculus/gone.md"
    )


def test_a_snippet_file_that_is_not_python_is_reported_once_with_its_line(module):
    module.change("ONE = 1", "ONE = = 1", CHECKS)

    problem = only(module.problems())

    assert problem == f"{module.place('ONE = =', CHECKS)}: this isn't valid Python (invalid syntax). Correct the code."


# Formulas


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Take $a = 2$", "Take $\\frac{a$"),
        ("s = \\frac{a}{b}", "s = \\unknown{a}{b}"),
        ("question: Is $1$ one?", "question: Is $\\frac1$ one?"),
        ("  - Add it to itself.", "  - Add $\\frac1$ to itself."),
    ],
)
def test_a_formula_that_cannot_be_typeset_is_reported_with_its_text(module, old, new):
    module.change(old, new)
    line = module.line(new)
    if new.startswith("s = "):
        line -= 1  # a displayed formula starts at its $$

    problem = only(module.problems())

    assert problem.startswith(f"{PAGE}:{line}: the formula ")
    assert problem.endswith("Correct the TeX.")


# Claims


def test_an_unknown_check_is_reported_at_the_line_of_its_link(module):
    module.change("(check:one)", "(check:uno)")

    problems = module.problems()

    cure = 'Write it, or correct the name after "check:".'
    assert f"{module.place('check:uno')}: no function uno without parameters in {CHECKS}. {cure}" in problems
    assert any(
        p.startswith(f"{module.place('def one', CHECKS)}: no bullet of the page names the check one") for p in problems
    )


@pytest.mark.parametrize("arguments", ["a", "*a", "**a", "*, a=1", "a, /"])
def test_a_function_with_parameters_is_a_helper_and_no_check(module, arguments):
    module.change("def one():", f"def one({arguments}):", CHECKS)

    assert "no function one without parameters" in only(module.problems())


def test_a_check_that_is_named_twice_is_reported_the_second_time(module):
    module.change("Models learn by it.", "Models learn by it. [checked](check:one)")

    assert only(module.problems()).startswith(f"{module.place('Models learn')}: the check one is named twice.")


@pytest.mark.parametrize("body", ["pass", "assert True", "assert 1", 'assert "text"', "print(ONE)", "ONE == 1"])
def test_a_check_that_cannot_fail_is_reported(module, body):
    module.change("assert ONE == 1", body, CHECKS)

    assert only(module.problems()).startswith(f"{module.place('def one', CHECKS)}: the check one asserts nothing.")


@pytest.mark.parametrize(
    "body",
    [
        "np.testing.assert_allclose(ONE, 1)",
        "assert_array_equal(ONE, 1)",
        "with raises(ValueError):\n        float('x')",
    ],
)
def test_a_check_may_assert_with_a_function(module, body):
    module.change("assert ONE == 1", body, CHECKS)

    assert module.problems() == []


def test_a_check_that_is_defined_twice_is_reported(module):
    module.write(CHECKS, module.read(CHECKS) + "\n\ndef one():\n    assert ONE == 2\n")
    line = len(module.read(CHECKS).splitlines()) - 1

    assert only(module.problems()) == f"{CHECKS}:{line}: one is defined twice. Rename one of them."


# Figures


def test_an_unknown_figure_is_reported_at_its_line(module):
    module.change("m/line.svg", "m/lime.svg")

    problems = module.problems()

    assert any(
        p.startswith(f"{module.place('lime')}: no function lime without parameters in {FIGURES}.") for p in problems
    )
    assert any(
        p.startswith(f"{module.place('def line', FIGURES)}: the page does not show the figure line") for p in problems
    )


def test_a_figure_of_a_module_without_figures_is_reported(module):
    module.change("calculus/m/line.svg", "calculus/n/line.svg")

    assert any("no function line without parameters in snippets/calculus/n/figures.py" in p for p in module.problems())


@pytest.mark.parametrize("beside", ["Look: ![", "text above\n!["])
def test_a_picture_that_does_not_stand_alone_is_reported(module, beside):
    module.change("![A straight", f"{beside}A straight")

    assert only(module.problems()).startswith(f"{module.place('![A straight')}: the picture does not stand alone")


@pytest.mark.parametrize(
    "bullet",
    [
        "- One is\n  $1$. [checked](check:one)",
        "- One is $1$. [tested](check:one)",
        "- One [checked](check:one) is $1$.",
    ],
)
def test_a_key_bullet_is_one_line_that_ends_with_its_check(module, bullet):
    module.change("- One is $1$. [checked](check:one)", bullet)

    assert any("this key bullet has no check. Write it on one line" in problem for problem in module.problems())


def test_a_short_alt_text_is_reported(module):
    module.change("A straight line that climbs from the lower left to the upper right corner.", "A line.")

    assert only(module.problems()).startswith(f"{module.place('![A line.')}: the alt text 'A line.' is shorter than a")


@pytest.mark.parametrize(("length", "right"), [(39, False), (40, True)])
def test_forty_letters_are_enough_of_an_alt_text(module, length, right):
    module.change("A straight line that climbs from the lower left to the upper right corner.", "x" * length)

    assert (module.problems() == []) is right


@pytest.mark.parametrize("up", ["", "../../"])
def test_a_wrong_path_of_a_picture_is_reported(module, up):
    module.change("](../assets", f"]({up}assets")

    cure = "Start it with ../assets/."
    assert only(module.problems()) == f"{module.place('line.svg')}: the path of the picture is wrong. {cure}"


def test_a_picture_that_is_no_figure_needs_an_alt_text_too(module):
    module.change("Ask.\n", "Ask.\n\n![](../assets/logo.svg)\n")

    assert only(module.problems()).startswith(f"{module.place('logo')}: the alt text '' is shorter than a sentence.")


# Questions and exercises


def test_too_few_questions_are_reported(module):
    text = module.read()
    start, end = text.index("```quiz\nid: q-five"), text.index("### Exercises")
    module.write(PAGE, text[:start] + text[end:])

    problem = only(module.problems())

    assert problem.startswith(
        f"{module.place('## Interactive')}: the module has 4 questions of 4 kinds. Write at least 5"
    )


def test_too_few_kinds_of_questions_are_reported(module):
    text = module.read()
    start, end = text.index("```quiz\nid: q-one"), text.index("### Exercises")
    one = text[start : text.index("```quiz\nid: q-two")]
    many = "".join(one.replace("q-one", f"q-{n}") for n in "abcde")
    shown = '\n```python\n--8<-- "calculus/m/examples.py:again"\n```\n\n'
    module.write(PAGE, text[:start] + many + shown + text[end:])

    assert "the module has 5 questions of 1 kinds." in only(module.problems())


def test_too_few_exercises_are_reported(module):
    text = module.read()
    start, end = text.index("```exercise\nid: e-two"), text.index("## Module Summary")
    module.write(PAGE, text[:start] + text[end:])

    assert f"{module.place('## Interactive')}: the module has 1 exercises. Write at least 2." in module.problems()


def test_a_mistake_in_a_question_is_reported_at_its_fence(module):
    module.change("id: q-one", "id: Q one")
    line = module.line("id: Q one") - 1

    assert only(module.problems()).startswith(f"{PAGE}:{line}: the id 'Q one' is not made of small letters")


def test_bad_yaml_in_a_question_is_reported_at_its_line(module):
    module.change("feedback: Two is more.", "feedback: Two: more.")

    assert only(module.problems()).startswith(f"{module.place('Two: more')}: the question isn't valid YAML (mapping")


def test_bad_yaml_below_included_code_is_reported_at_its_line(module):
    module.change("feedback: It was doubled.", "feedback: It: was doubled.")

    assert only(module.problems()).startswith(
        f"{module.place('It: was')}: the question isn't valid YAML (mapping values"
    )


def test_included_code_may_stand_last_in_a_question(module):
    code = 'code: |\n  --8<-- "calculus/m/examples.py:again"\n'
    module.change(code, "")
    module.change("explanation: It doubles.\n", "explanation: It doubles.\n" + code)

    assert module.problems() == []


def test_an_id_that_is_used_twice_is_reported_at_the_second(module):
    module.change("id: e-two", "id: q-one")
    first, second = module.line("id: q-one") - 1, module.line("exercises.py:halve") - 2

    assert only(module.problems()).startswith(f"{PAGE}:{second}: the id q-one is used at line {first} already.")


def test_a_mistake_in_an_exercise_is_reported_at_its_fence(module):
    module.change("exercises.py:halve", "exercises.py:third")
    line = module.line("exercises.py:third") - 2

    problems = module.problems()

    assert f"{PAGE}:{line}: {EXERCISES} has no function third. Write the solution under this name." in problems


@pytest.mark.parametrize("name", ["spare", "halve_chek_four", "halves", "double_starter_old"])
def test_a_function_that_belongs_to_no_exercise_is_reported(module, name):
    module.write(EXERCISES, module.read(EXERCISES) + f"\n\ndef {name}(x):\n    return x\n")

    assert only(module.problems()).startswith(
        f"{module.place(f'def {name}(', EXERCISES)}: no exercise of the page uses"
    )


def test_a_helper_of_the_exercises_starts_with_an_underscore(module):
    module.write(EXERCISES, module.read(EXERCISES) + "\n\ndef _helper(x):\n    return x\n")

    assert module.problems() == []


@pytest.mark.parametrize("line", ["import scipy.stats", "from scipy import stats", "from . import examples"])
def test_an_exercise_imports_what_the_browser_has(module, line):
    module.write(EXERCISES, f"{line}\n{module.read(EXERCISES)}")

    assert only(module.problems()).startswith(f"{EXERCISES}:1: {line.split()[1]} can't be imported in the reader's")


def test_the_code_of_a_page_and_of_a_lab_imports_what_the_browser_has(module):
    module.write(EXAMPLES, module.read(EXAMPLES).replace("\n", "\nimport scipy\n", 1))
    module.write("docs/labs/l.py", LAB.replace("{alt}", ALT) + "\n# %%\nimport pandas as pd\n")

    found = [problem for problem in module.problems() if "can't be imported" in problem]
    assert [(problem.split(":")[0], problem.split()[1]) for problem in found] == [
        ("docs/labs/l.py", "pandas"),
        (EXAMPLES, "scipy"),
    ]


def test_an_exercise_may_import_the_library_numpy_and_pythons_own_modules(module):
    imports = "import math\nfrom collections.abc import Callable\n\nimport numpy as np\n\nfrom mlmath import calculus\n"
    module.write(EXERCISES, imports + module.read(EXERCISES))

    assert module.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("return 2 * x", "return _twice(x)", "double uses _twice, which"),
        ("    return x * x", "    return _twice(x) * x", "double_wrong_square uses _twice, which"),
        ("    return x * x", "    return double(x) * x", "double_wrong_square uses double, which"),
        (
            "    return x * x",
            "    return double_wrong_square(x)",
            "double_wrong_square uses double_wrong_square, which",
        ),
        ("    # Your code here.\n    ...", "    return _twice", "double_starter uses _twice, which"),
    ],
)
def test_an_answer_that_needs_another_function_of_the_file_is_reported(module, old, new, message):
    module.change(old, new, EXERCISES)
    module.write(EXERCISES, module.read(EXERCISES) + "\n\ndef _twice(x):\n    return x + x\n")

    assert only(module.problems()).startswith(f"{module.place(new.splitlines()[-1], EXERCISES)}: {message}")


@pytest.mark.parametrize(
    "body",
    [
        "return x if x == 0 else 2 + double(x - 1)",
        "_twice = 2\n    return _twice * x",
        "return (lambda _twice: _twice)(x)",
    ],
)
def test_an_answer_may_call_itself_and_use_names_of_its_own(module, body):
    module.change("return 2 * x", body, EXERCISES)
    module.write(EXERCISES, module.read(EXERCISES) + "\n\ndef _twice(x):\n    return x + x\n")

    assert module.problems() == []


def test_a_starter_that_can_not_be_renamed_is_reported(module):
    module.change("def double_starter(x)", "def double_starter (x)", EXERCISES)

    assert only(module.problems()).startswith(
        f"{module.place('def double_starter', EXERCISES)}: double_starter can't be renamed to double. Write it as def"
    )


def test_a_check_that_prints_is_reported(module):
    module.change("    assert double(3) != 9", "    print(double(3))\n    assert double(3) != 9", EXERCISES)

    assert only(module.problems()).startswith(f"{module.place('print(', EXERCISES)}: double_check_three prints, and")


def test_a_check_that_fails_without_a_word_is_reported(module):
    module.change('== 6, "Twice three is six."', "== 6", EXERCISES)

    assert only(module.problems()) == (
        f"{module.place('== 6', EXERCISES)}: this assert of double_check_three has no message. "
        "Say after a comma what is wrong with the answer."
    )


# Words


@pytest.mark.parametrize("word", ["just", "Simply", "OBVIOUSLY", "clearly", "trivially", "of course"])
def test_a_word_that_hurts_is_reported(module, word):
    module.change("Models learn by it.", f"Models {word} learn.")

    wanted = f"{module.place('Models')}: the word “{word}” hurts where a reader is stuck. Leave it out."
    assert only(module.problems()) == wanted


def test_a_word_that_hurts_is_reported_in_feedback_too(module):
    module.change("feedback: Two is more.", "feedback: Two is obviously more.")

    assert only(module.problems()).startswith(f"{module.place('Two is obv')}: the word “obviously” hurts")


@pytest.mark.parametrize("text", ['"just"', "“simply put”", "`just`", "unjust", "adjust justly"])
def test_a_quoted_word_and_a_part_of_a_word_may_stay(module, text):
    module.change("Models learn by it.", f"Models learn {text}.")

    assert module.problems() == []


# Labs

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
