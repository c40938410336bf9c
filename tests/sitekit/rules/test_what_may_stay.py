"""What looks like a mistake and is none: no rule reports it."""

import pytest

TEXT = "Models learn by it."

GOOD = {
    "code that looks like TeX": "Write `x_i = \\frac{a}{b}` and `a < b` and `:tada:` in code.",
    "code over two lines": "Here `x_i\ny_i` is code.",
    "a name with underscores in bold": "The **loss** of `calculus_for_ml` is *here*.",
    "money": "It costs \\$5 or \\$6.",
    "formulas": "With $x_i$, $a < b$ and $\\lVert w \\rVert$ it is done.",
    "a displayed formula in a line": "$$ \\frac{a}{b} $$",
    "smaller and larger": "3 < 5 and 5 > 3.",
    "an entity": "a &lt;b and c.",
    "an address": "<https://example.org/a_b>",
    "nested tags": '<p class="a"><b>Text</b><br>and <em>more</em></p>',
    "a time and a ratio": "At 10:30 the ratio 1:2:3 holds.",
    "numbers that count": "Two + two == four is a comparison.",
    "a box with a kind and a class": '!!! note inline "A title"\n    Text.',
    "a box that holds a fence": "!!! tip\n\n    ```text\n    x\n    ```",
    "a link to a heading of this page": "See [above](#by-hand).",
    "a link to a repeated heading": "See [there](#the-slope).",
    "a link to the code of a check": "See [the code](../checks/calculus/m.md#one).",
    "a link in HTML, relative to the built page": '<a href="../n/#text">A page</a>',
    "a link by reference": "See [a page][n].\n\n[n]: n.md",
    "a name of the library": "See [it][mlmath.calculus.numerical_derivative].",
    "a mail address": "[Write](mailto:someone@example.org).",
    "an id of its own": "Text.\n{: #own }\n\nSee [it](#own).",
    "brackets": "The interval [0, 1] and the list [a, b] are [both] fine.",
    "a word in quotes": 'Do not say "obviously".',
    "an abbreviation": "*[GD]: gradient descent",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_it_may_stay(module, text):
    module.write("docs/calculus-notes/n.md", "---\ndescription: D.\n---\n\n# N\n\n## Text\n\nText.\n")
    module.write("docs/calculus/n.md", "---\ndescription: D.\n---\n\n# N\n\n## Text\n\nText.\n")
    module.write("docs/assets/x.png", b"x")
    module.change(TEXT, text)

    others = ("docs/calculus/n.md",)  # no complete module
    assert [finding for finding in module.findings() if finding[1] not in others] == []


def test_a_circle_of_prerequisites_is_reported_once(module):
    for name, before in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        front = f"description: D.\nprerequisites: [start/{before}]"
        module.write(f"docs/start/{name}.md", f"---\n{front}\n---\n\n# N\n\nText.\n")

    assert module.problems() == [
        "docs/start/a.md:3: these pages are to be read before each other: start/a → start/b → start/c → start/a. "
        "Remove the prerequisite that a reader can do without."
    ]


def test_a_term_that_two_pages_define_is_reported_with_both_places(module):
    module.change("  - md_in_html\n", "  - md_in_html\n  - def_list\n", "mkdocs.yml")
    text = "---\ndescription: D.\n---\n\n# N\n\n**Gradient**\n: All partial derivatives.\n"
    module.write("docs/start/a.md", text)
    module.write("docs/start/b.md", text.replace("Gradient", "gradient"))

    assert module.problems() == [
        "docs/start/b.md:7: the term gradient is defined at docs/start/a.md:7 already. Keep one of the definitions."
    ]


@pytest.mark.parametrize(("minutes", "right"), [(1, True), (4, True), (6, False), (40, False)])
def test_the_reading_time_may_be_off_by_a_third_or_three_minutes(module, minutes, right):
    module.change("minutes: 2", f"minutes: {minutes}")

    found = [problem for problem in module.problems() if "minutes is" in problem]
    assert (found == []) is right
    assert all(problem.endswith("Write minutes: 1.") or problem.endswith("Write minutes: 2.") for problem in found)


def test_the_formulas_of_a_page_are_typeset_once_and_remembered(module, monkeypatch):
    assert module.findings() == []

    def refuse(formulas):
        raise AssertionError("a formula that is known was typeset again")

    monkeypatch.setattr("sitekit.rules.formulas.typeset", refuse)
    assert module.findings() == []


def test_the_settings_that_mkdocs_knows_are_the_ones_that_we_know():
    from mkdocs.config.defaults import MkDocsConfig

    from sitekit.rules.configuration import KEYS

    of_mkdocs = {name for name, _ in MkDocsConfig()._schema} - {"config_file_path", "pages", "google_analytics"}
    assert of_mkdocs | {"INHERIT"} == KEYS
