"""The pages that show the code of checks and figures."""

from typing import Any

import pytest
import yaml

from sitekit.check_pages import claims, source_of, text_of, title_of, write_all
from sitekit.pages import read_page
from sitekit.snippets import expand

NAME = "docs/checks/calculus/m.md"


def fences_of(root, name=NAME):
    """The code of each fence of a page, with its snippets put in."""
    text = "\n".join(expand(root, root / name))
    (root / "docs" / "expanded.md").write_text(text, encoding="utf-8")
    return ["\n".join(fence.lines) for fence in read_page(root, root / "docs/expanded.md").fences]


def test_the_page_shows_each_check_with_its_sentence_and_its_call(module):
    write_all(module.root)

    page = module.read(NAME)
    assert "# The code behind “Slopes”" in page
    assert "[Back to the page](../../calculus/m.md)." in page
    assert "### one { #one }\n\n> One is $1$.\n\n```python\n" in page
    assert "### three { #three }\n\n> Three is three.\n\n```python\n" in page
    assert page.index("## Checks") < page.index("### three") < page.index("## Figures") < page.index("### line {")
    assert "near {" not in page
    assert "_values {" not in page


def test_the_code_is_that_of_the_files(module):
    write_all(module.root)

    setup, one, two, three, figures_setup, line = fences_of(module.root)
    assert setup == "ONE = 1\n\n\ndef _values():\n    return [1, 2]\n\n\ndef near(a, b):\n    return abs(a - b) < 1e-9"
    assert one == "def one():\n    assert ONE == 1\n\none()"
    assert two == "def two():\n    for value in _values():\n        assert value < 3\n\ntwo()"
    assert three.endswith("\n\nthree()")
    assert figures_setup == "import matplotlib.pyplot as plt"
    assert line.startswith("def line():\n    fig, ax")
    assert line.endswith("    return fig\n\nline()")


def test_the_code_of_a_page_runs_from_top_to_bottom(module):
    write_all(module.root)

    namespace: dict[str, Any] = {}
    for code in fences_of(module.root)[:4]:
        exec(code, namespace)  # noqa: S102  # the code of conftest.py

    assert namespace["ONE"] == 1


def test_decorators_and_their_helpers_are_shown(module):
    module.write(
        "snippets/calculus/m/checks.py", "import functools\n\nX = 1\n@functools.cache\ndef a():\n    assert X\n"
    )
    write_all(module.root)

    assert fences_of(module.root)[:2] == [
        "import functools\n\nX = 1",
        "@functools.cache\ndef a():\n    assert X\n\na()",
    ]


@pytest.mark.parametrize("title", ["Slopes: the idea", 'A "quoted" title', "C# and # signs", "Größe ∂"])
def test_any_title_makes_valid_front_matter(module, title):
    module.change("# Slopes", f"# {title}")
    write_all(module.root)

    page = read_page(module.root, module.root / NAME)
    assert page.meta["description"] == f"The code that checks and draws the page {title}."
    assert page.meta["search"] == {"exclude": True}
    assert page.headings[0].text == f"The code behind “{title}”"


def test_a_page_with_figures_alone_has_no_checks(module):
    (module.root / "snippets/calculus/m/checks.py").unlink()
    write_all(module.root)

    assert "## Checks" not in module.read(NAME)
    assert "## Figures" in module.read(NAME)


def test_a_page_with_checks_alone_has_no_figures(module):
    (module.root / "snippets/calculus/m/figures.py").unlink()
    write_all(module.root)

    assert "## Checks" in module.read(NAME)
    assert "## Figures" not in module.read(NAME)


def test_a_lab_and_the_home_page_have_their_pages(module):
    module.write("docs/labs/l.py", "# %% [markdown]\n# # The lab\n#\n# ## Part\n")
    module.write("docs/index.md", "# Home\n")
    for name in ("labs/l", "index"):
        module.write(f"snippets/{name}/figures.py", "def dot():\n    return 1\n")
    write_all(module.root)

    assert "[Back to the page](../../labs/l.py)" in module.read("docs/checks/labs/l.md")
    assert "# The code behind “The lab”" in module.read("docs/checks/labs/l.md")
    assert "[Back to the page](../index.md)" in module.read("docs/checks/index.md")


def test_a_folder_without_a_page_gets_none(module):
    module.write("snippets/gone/checks.py", "def a():\n    assert X\n")
    write_all(module.root)

    assert not (module.root / "docs/checks/gone.md").exists()


def test_pages_whose_folder_is_gone_are_removed(module):
    module.write("docs/checks/old.md", "old")
    module.write("docs/checks/calculus/old.md", "old")
    write_all(module.root)

    assert sorted(path.name for path in (module.root / "docs/checks").rglob("*.md")) == ["m.md"]


def test_a_page_that_did_not_change_is_not_written_again(module):
    write_all(module.root)
    before = (module.root / NAME).stat().st_mtime_ns, (module.root / NAME).stat().st_ino

    write_all(module.root)

    assert ((module.root / NAME).stat().st_mtime_ns, (module.root / NAME).stat().st_ino) == before


def test_a_page_that_changed_is_written_again(module):
    write_all(module.root)
    module.change("Three is three.", "Three is more than two.")

    write_all(module.root)

    assert "> Three is more than two." in module.read(NAME)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- It is $1$. [checked](check:a)", {"a": "It is $1$."}),
        ("  * It is. [checked](check:a_b)  ", {"a_b": "It is."}),
        ("It is. [checked](check:a)", {}),
        ("- It is.", {}),
    ],
)
def test_a_claim_is_the_sentence_of_a_bullet(line, found):
    assert claims((line,)) == found


def test_the_source_of_a_page_is_markdown_or_python(write):
    root = write({"docs/a.md": "", "docs/labs/b.py": ""})

    assert source_of(root, "a") == root / "docs/a.md"
    assert source_of(root, "labs/b") == root / "docs/labs/b.py"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "# Title\n\n# Second\n", "Title"),
        ("a.md", "---\n# comment\nx: 1\n---\n\n```text\n# code\n```\n\n#  Title \n", "Title"),
        ("a.md", "text\n", "a"),
        ("a.py", "# %% [markdown]\n# # Title\n#\n# # Second\n", "Title"),
        ("a.py", "# %%\n# comment\n", "a"),
    ],
)
def test_the_title_is_the_first_heading(write, name, text, title):
    root = write({f"docs/{name}": text})

    assert title_of(root, "a") == title


def test_the_text_of_a_page_says_how_it_is_tested(module):
    text = text_of(module.root, "calculus/m")

    assert yaml.safe_load(text.split("---")[1])["description"] == "The code that checks and draws the page Slopes."
    assert text.endswith("```\n")
