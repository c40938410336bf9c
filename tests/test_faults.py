"""Contributors' mistakes, each made once in a copy of the real sources: the run turns red and names file and line."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import copy_of_sources, leave_few_pages

PAGE = "docs/calculus/calculus_for_ml.md"
SNIPPETS = "snippets/calculus/calculus_for_ml"
EXAMPLES, CHECKS = f"{SNIPPETS}/examples.py", f"{SNIPPETS}/checks.py"
FIGURES = "snippets/start/one_loop/figures.py"
LAB = "docs/labs/linear_regression_three_ways.py"

LINT = ("sitekit", "lint")
BLOCKS = ("pytest", "-q", "-p", "no:cacheprovider")
BUILD = ("sitekit", "build")


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    """A copy of the sources that every test below changes and restores."""
    return leave_few_pages(copy_of_sources(tmp_path_factory.mktemp("copy"), ["figures", "labs", "editor", "formulas"]))


@pytest.fixture
def change(copy):
    """Replace the first match of a pattern in a file, and say at which line; restore the file at the end."""
    before: dict[Path, bytes] = {}

    def replace(name, pattern, replacement):
        path = copy / name
        before.setdefault(path, path.read_bytes())
        text = path.read_text(encoding="utf-8")
        match = re.search(pattern, text, re.MULTILINE)
        assert match, f"{pattern} is not in {name}"
        path.write_text(text[: match.start()] + match.expand(replacement) + text[match.end() :], encoding="utf-8")
        return text.count("\n", 0, match.start()) + 1

    yield replace
    for path, data in before.items():
        path.write_bytes(data)


def run(copy, command):
    module, *arguments = command
    if module == "sitekit":  # the environment is set up already: call the part behind it
        call = "lint()" if arguments == ["lint"] else "build(SITE)"
        command = [
            sys.executable,
            "-c",
            f"import sys; from sitekit.__main__ import build, lint, SITE; sys.exit({call})",
        ]
    else:
        command = [sys.executable, "-m", module, *arguments]
    result = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


def test_without_a_mistake_lint_is_silent(copy):
    assert run(copy, LINT) == (0, "")


def test_a_page_that_is_not_utf_8_is_named_with_the_line_of_the_bad_byte(copy, change):
    line = change(PAGE, r"^# Calculus for Machine Learning$", "# Calculus")
    path = copy / PAGE
    path.write_bytes(path.read_bytes().replace(b"# Calculus\n", b"# Calcul\xfcs\n"))

    status, output = run(copy, LINT)

    assert status == 1
    assert f"{PAGE}:{line}: the file isn't UTF-8 (byte 0xfc). Save it as UTF-8. [encoding]" in output


def test_a_changed_number_in_an_example_is_named_with_its_line(copy, change):
    line = change(EXAMPLES, r"^# > h = -0\.001   slope = 5\.999", "# > h = -0.001   slope = 5.989")

    status, output = run(copy, (*BLOCKS, PAGE))

    assert status == 1
    assert f"{EXAMPLES}:{line}: the output differs" in output


def test_an_example_that_raises_is_named_with_its_line(copy, change):
    line = change(EXAMPLES, r"^slope = numerical_derivative\(f, 3\.0\)", "slope = numerical_derivative(f, '3')")

    status, output = run(copy, (*BLOCKS, PAGE))

    assert status == 1
    assert f"{EXAMPLES}:{line}: ValueError: x must hold real numbers" in output


def test_a_check_whose_claim_is_false_is_named_with_its_line(copy, change):
    change("mlmath/calculus/numerical.py", r"return \(value_at\(point \+ h\) - value_at\(point - h\)\) / \(2 \* h\)",
           "return (value_at(point + h) - value_at(point)) / h")  # fmt: skip
    run(copy, ("pytest", "--version"))
    from_pages = "from sitekit.check_pages import write_all; from pathlib import Path; write_all(Path())"
    subprocess.run([sys.executable, "-c", from_pages], cwd=copy, check=True)

    status, output = run(copy, (*BLOCKS, "docs/checks/calculus/calculus_for_ml.md"))

    assert status == 1
    assert re.search(rf"{CHECKS}:\d+: AssertionError", output)


def test_a_figure_that_raises_stops_the_build_and_leaves_nothing_half_written(copy, change):
    start = change(FIGURES, r"^def falling_loss\(\)", "def falling_loss()")
    line = (
        change(
            FIGURES,
            r"(?<=def falling_loss\(\) -> Figure:\n)(    \"\"\".*\"\"\"\n)",
            r"\1    raise KeyError('x')\n",
        )
        + 1
    )

    status, output = run(copy, BUILD)

    assert line > start
    assert status != 0
    assert f"{FIGURES}:{line}: the figure falling_loss raises KeyError" in output
    assert not (copy / "site").exists()
    assert not (copy / "site.new").exists()
    assert not list((copy / "docs").rglob("*.partial"))


def test_a_lab_cell_that_raises_stops_the_build_with_its_line(copy, change):
    line = change(LAB, r"^n = len\(xs\)", "n = len(xs) + undefined")

    status, output = run(copy, BUILD)

    assert status != 0
    assert f"{LAB}:{line}: the cell raises NameError" in output
    assert not (copy / "site").exists()
