"""What the front matter shows under the title."""

import pytest

from sitekit.header import with_header

PAGE = "# Title\n\nWhat it promises.\n\n**You will be able to**\n\n- do it\n"


@pytest.fixture
def root(write):
    return write({"docs/start/a.md": "# The first\n", "docs/calculus/b.md": "---\nx: 1\n---\n\n# The second: more\n"})


def test_facts_stand_before_what_you_will_be_able_to_do(root):
    meta = {"prerequisites": ["start/a", "calculus/b"], "minutes": 35, "also_called": ["slope", "∂", 1]}

    text = with_header(root, "calculus/m", PAGE, meta)

    facts = (
        "**Before you start:** [The first](../start/a.md), [The second: more](../calculus/b.md)  \n"
        "**Time:** about 35 minutes  \n"
        "**Also called:** slope, ∂, 1\n"
        "{ .facts }\n\n"
    )
    assert text == PAGE.replace("**You", facts + "**You")


def test_without_prerequisites_school_is_enough(root):
    text = with_header(root, "calculus/m", PAGE, {"prerequisites": []})

    assert "**Before you start:** school algebra and a little Python\n{ .facts }" in text


def test_without_that_line_the_facts_stand_under_the_title(root):
    text = with_header(root, "index", "# Title\n\nText.\n\nMore.\n", {"minutes": 5})

    assert text == "# Title\n\n**Time:** about 5 minutes\n{ .facts }\n\nText.\n\nMore.\n"


def test_links_are_relative_to_the_page(root):
    assert "(start/a.md)" in with_header(root, "x", PAGE, {"prerequisites": ["start/a"]})
    assert "(../../start/a.md)" in with_header(root, "a/b/x", PAGE, {"prerequisites": ["start/a"]})


def test_a_page_without_facts_stays_as_it_is(root):
    assert with_header(root, "x", PAGE, {"description": "A page."}) == PAGE


def test_the_facts_are_shown_once(root):
    text = with_header(root, "x", PAGE + "\n**You will be able to**\n", {"minutes": 5})

    assert text.count("**Time:**") == 1


def test_the_functions_that_the_code_of_a_page_uses_link_to_the_reference(write):
    root = write({"snippets/calculus/m/examples.py": "from mlmath.optim import Path, gradient_descent\n"})

    text = with_header(root, "calculus/m", PAGE, {"minutes": 5})

    links = "[`Path`][mlmath.optim.Path], [`gradient_descent`][mlmath.optim.gradient_descent]"
    assert f"**Time:** about 5 minutes  \n**From the library:** {links}\n{{ .facts }}" in text
