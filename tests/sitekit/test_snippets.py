"""Snippet files: sections, functions, and pages with the sections put in, each line with its origin."""

import os

import pytest

from sitekit.errors import SiteError
from sitekit.snippets import (
    Line,
    claims_and_figures,
    expand,
    located,
    read_functions,
    read_sections,
    split_output,
)

EXAMPLES = "# --8<-- [start:a]\nx = 1\n# --8<-- [end:a]\n\n# --8<-- [start:b]\nif x:\n    y = 2\n# --8<-- [end:b]\n"


def origins(root, name):
    lines = expand(root, root / name)
    return [(str(line), os.path.relpath(line.path or "", root), line.number) for line in lines]


def shown(error, root):
    return [problem.show(root).rpartition(" [")[0] for problem in error.value.problems]


def test_every_line_of_an_expanded_page_knows_its_origin(write):
    root = write({"docs/x.md": 'text\n```python\n--8<-- "x/e.py:b"\n```\n', "snippets/x/e.py": EXAMPLES})

    assert origins(root, "docs/x.md") == [
        ("text", "docs/x.md", 1),
        ("```python", "docs/x.md", 2),
        ("if x:", "snippets/x/e.py", 6),
        ("    y = 2", "snippets/x/e.py", 7),
        ("```", "docs/x.md", 4),
    ]


def test_an_indented_include_keeps_its_origin(write):
    root = write({"docs/x.md": '- item\n\n    --8<-- "x/e.py:b"\n', "snippets/x/e.py": EXAMPLES})

    assert origins(root, "docs/x.md")[2:] == [
        ("    if x:", "snippets/x/e.py", 6),
        ("        y = 2", "snippets/x/e.py", 7),
    ]


def test_a_range_of_lines_keeps_its_origin(write):
    root = write({"docs/x.md": '--8<-- "x/e.py:6:7"\n', "snippets/x/e.py": EXAMPLES})

    assert origins(root, "docs/x.md") == [("if x:", "snippets/x/e.py", 6), ("    y = 2", "snippets/x/e.py", 7)]


def test_an_escaped_include_is_shown_and_keeps_its_line(write):
    root = write({"docs/x.md": 'a\n;--8<-- "x/e.py:b"\nb\n'})

    assert origins(root, "docs/x.md") == [
        ("a", "docs/x.md", 1),
        ('--8<-- "x/e.py:b"', "docs/x.md", 2),
        ("b", "docs/x.md", 3),
    ]


@pytest.mark.parametrize("wrong", ["x/no.py:a", "x/e.py:no", "../docs/x.md"])
def test_a_broken_include_is_reported_at_its_line(write, wrong):
    page = f'text\n\n--8<-- "x/e.py:a"\n--8<-- "{wrong}"\n'
    root = write({"docs/x.md": page, "snippets/x/e.py": EXAMPLES})

    with pytest.raises(SiteError) as error:
        expand(root, root / "docs/x.md")

    (message,) = shown(error, root)
    assert message.startswith("docs/x.md:1: " if wrong.startswith("..") else "docs/x.md:4: Snippet")
    assert message.endswith("Correct the path or the section's name.")


def test_a_line_that_is_indented_keeps_its_origin(tmp_path):
    line = "  " + located("x", tmp_path, 7)

    assert isinstance(line, Line)
    assert (line, line.path, line.number) == ("  x", tmp_path, 7)


def test_sections_know_where_they_start_and_end(write):
    root = write({"e.py": EXAMPLES + "    # --8<-- [start:open-1_x]\n"})

    assert read_sections(root / "e.py") == {"a": (1, 3), "b": (5, 8), "open-1_x": (9, 0)}


def test_the_first_of_two_sections_with_one_name_counts(write):
    text = "# --8<-- [end:a]\n# --8<-- [start:a]\n# --8<-- [start:a]\n# --8<-- [end:a]\n# --8<-- [end:a]\n"
    root = write({"e.py": text})

    assert read_sections(root / "e.py") == {"a": (2, 4)}


@pytest.mark.parametrize("line", ["#--8<-- [start:a]", "# --8<-- [start:A]", "# --8<-- [start:1]", "# -8<- [start:a]"])
def test_a_misspelt_marker_is_no_section(write, line):
    root = write({"e.py": line})

    assert read_sections(root / "e.py") == {}


def test_functions_are_read_as_text(write):
    text = (
        '"""Doc."""\nimport functools\n\n\n@functools.cache\ndef f(a):\n'
        '    """What.\n\n    More.\n    """\n    return a\n\n\nasync def g(): ...\n'
    )
    root = write({"e.py": text})

    (function,) = read_functions(root / "e.py").values()

    assert function[:6] == ("f", 5, 11, "\n".join(text.splitlines()[4:11]), True, "What.\n\nMore.")


@pytest.mark.parametrize("arguments", ["a", "a, /", "*, a", "a=1", "*a", "**a"])
def test_a_function_with_parameters_is_a_helper(write, arguments):
    root = write({"e.py": f"def f({arguments}): ...\ndef g(): ...\ndef _h(): ...\n"})

    assert list(claims_and_figures(root / "e.py")) == ["g"]


def test_a_module_without_the_file_has_no_claims(tmp_path):
    assert claims_and_figures(tmp_path / "checks.py") == {}


def test_a_name_that_is_defined_twice_is_reported(write):
    root = write({"e.py": "def f(): ...\n\n\ndef f(): ...\n"})

    with pytest.raises(SiteError) as error:
        read_functions(root / "e.py")

    assert shown(error, root) == ["e.py:4: f is defined twice. Rename one of them."]


def test_a_file_that_is_not_python_is_reported_with_its_line(write):
    root = write({"e.py": "x = 1\n\ny = (\n"})

    with pytest.raises(SiteError) as error:
        read_functions(root / "e.py")

    assert shown(error, root) == ["e.py:3: this isn't valid Python ('(' was never closed). Correct the code."]


@pytest.mark.parametrize(
    ("code", "shown_code", "output"),
    [
        ("print(1)\n# > 1", "print(1)", "1"),
        ("print(1)\n# > 1\n\nprint(2, 3)\n# > 2\n# > 3\n", "print(1)\n\nprint(2, 3)", "1\n2\n3"),
        ("print()\n# >", "print()", ""),
        ("print()\n# >   x", "print()", "  x"),
        ("\nx = 1  # > 3\n# comment\n", "x = 1  # > 3\n# comment", ""),
    ],
)
def test_code_is_separated_from_its_output(code, shown_code, output):
    assert split_output(code) == (shown_code, output)
