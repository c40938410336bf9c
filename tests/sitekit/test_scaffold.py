"""new: what it writes runs and passes, lint lists exactly its TODOs, and what exists is never touched."""

import difflib
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

from sitekit import __main__ as command
from sitekit import prepare
from sitekit.errors import SiteError
from sitekit.lint import lint
from sitekit.scaffold import Piece, ScaffoldError, new_module, new_piece, with_nav_entry

TOPIC = "linear_algebra/my_topic"
NAV = """# Where pages stand
nav:
  - Home: index.md
  - Calculus:
      # the one to start with
      - calculus/calculus_for_ml.md
  - Labs:
      - labs/lab.py

theme: material  # of MkDocs
"""


@pytest.fixture
def repository(module):
    """The repository with one complete module, a first page, and a navigation."""
    module.write("docs/index.md", "---\ndescription: Home.\n---\n\n# Home\n\nText.\n")
    module.write(
        "mkdocs.yml", module.read("mkdocs.yml") + "nav:\n  - Home: index.md\n  - Calculus:\n      - calculus/m.md\n"
    )
    return module


def files(root):
    """Every file of a repository, with what it holds."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def added(before, after):
    """The lines that ``after`` has beyond those of ``before``, of which it lacks none."""
    difference = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] != "?"]
    assert [line for line in difference if line[0] == "-"] == []
    return [line[2:] for line in difference if line[0] == "+"]


def marks(root):
    """Place of each line with a TODO."""
    return {
        f"{path.relative_to(root).as_posix()}:{number}"
        for path, content in files(root).items()
        for number, line in enumerate(content.decode().splitlines(), start=1)
        if "TODO" in line
    }


# A module


def test_lint_lists_the_todos_of_a_new_module_one_by_one_and_nothing_else(repository):
    written = new_module(repository.root, TOPIC, "My own title")

    problems = lint(repository.root)
    assert {problem.rule for problem in problems} == {"todo"}
    assert {problem.show(repository.root).split(": ")[0] for problem in problems} == marks(repository.root)
    assert len(problems) > 30
    assert {problem.path for problem in problems} | {repository.root / "mkdocs.yml"} == set(written)
    assert repository.read(f"docs/{TOPIC}.md").count("\n# My own title\n") == 1


def test_code_questions_exercises_checks_and_figures_of_a_new_module_pass_as_they_stand(repository):
    new_module(repository.root, TOPIC)
    new_piece(repository.root, Piece("exercise", TOPIC, "third"))
    new_piece(repository.root, Piece("figure", TOPIC, "second"))
    repository.write("pytest.ini", "[pytest]\naddopts = -p sitekit.codeblocks --codeblocks\nfilterwarnings = error\n")

    tests = [sys.executable, "-m", "pytest", "-v", f"docs/{TOPIC}.md", f"docs/checks/{TOPIC}.md"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    result = subprocess.run(tests, cwd=repository.root, env=environment, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("exercise at line") == 3
    assert result.stdout.count(f"docs/checks/{TOPIC}.md::block") == 7  # checks, figures, imports


def test_no_line_of_a_template_names_the_template(repository):
    written = new_module(repository.root, TOPIC)

    for path in written:
        assert not {"my_branch", "my_module", "my-module", "my_exercise", "my_figure", "My title"} & set(
            path.read_text(encoding="utf-8").replace("/", " ").replace("`", " ").split()
        )
    assert "\n# My topic\n" in repository.read(f"docs/{TOPIC}.md")


def test_a_new_page_stands_at_the_end_of_its_branch_and_no_other_line_of_mkdocs_yml_changes():
    once = with_nav_entry(NAV, "calculus", "calculus/my_topic.md")
    twice = with_nav_entry(once, "calculus", "calculus/next.md")

    assert added(NAV, twice) == ["      - calculus/my_topic.md", "      - calculus/next.md"]
    assert "calculus/my_topic.md\n      - calculus/next.md\n  - Labs:\n" in twice


def test_a_branch_without_a_section_gets_one_in_the_order_of_the_branches():
    text = NAV
    for branch in ("optimization", "linear_algebra", "statistics"):
        text = with_nav_entry(text, branch, f"{branch}/x.md")

    titles = ["Linear algebra:", "Statistics:", "Calculus:", "Optimization:", "Labs:"]
    assert re.findall(r"^  - (\S.*:)$", text, re.MULTILINE) == titles
    assert len(added(NAV, text)) == 6


def test_a_nav_without_any_known_section_is_refused():
    with pytest.raises(ScaffoldError, match=r"none of the sections Optimization, Labs\. Write one"):
        with_nav_entry("nav:\n  - Home: index.md\n", "optimization", "optimization/x.md")


# An exercise, a figure


def test_a_new_exercise_stands_behind_the_last_one_with_its_functions(repository):
    page, code = repository.read(), repository.read("snippets/calculus/m/exercises.py")

    new_piece(repository.root, Piece("exercise", "calculus/m", "treble"))

    assert "```exercise\nid: m-treble\nfunction: calculus/m/exercises.py:treble\n" in "\n".join(
        added(page, repository.read())
    )
    assert repository.line("id: m-treble") > repository.line("id: e-two")
    assert repository.line("id: m-treble") < repository.line("## Module Summary")
    assert (
        len([line for line in added(code, repository.read("snippets/calculus/m/exercises.py")) if "def " in line]) == 4
    )
    assert {problem.rule for problem in lint(repository.root)} == {"todo"}


def test_a_new_figure_stands_behind_the_last_one_with_its_function(repository):
    repository.change("import matplotlib.pyplot as plt\n", IMPORTS, "snippets/calculus/m/figures.py")

    new_piece(repository.root, Piece("figure", "calculus/m", "hill"))

    assert repository.line("calculus/m/hill.svg") == repository.line("calculus/m/line.svg") + 2
    assert {problem.rule for problem in lint(repository.root)} == {"todo"}


IMPORTS = "import matplotlib.pyplot as plt\nfrom matplotlib.figure import Figure\n"


def test_a_figure_of_a_page_without_any_starts_its_file_and_reaches_it_from_the_folder_of_the_page(repository):
    new_piece(repository.root, Piece("figure", "index", "hill"))

    assert "](assets/figures/index/hill.svg)\n" in repository.read("docs/index.md")
    assert {problem.rule for problem in lint(repository.root)} == {"todo"}


# What is refused


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("my_topic", "“my_topic” doesn't start with a branch. Write BRANCH/NAME; branches are linear_algebra, stat"),
        ("algebra/x", "“algebra/x” doesn't start with a branch"),
        ("calculus/", "“” can't be the name of a file or a function. Try small letters, digits and underscores"),
        ("calculus/My_topic", "“My_topic” can't be the name"),
        ("calculus/my-topic", "“my-topic” can't be the name"),
        ("calculus/2_topics", "“2_topics” can't be the name"),
        ("calculus/../x", "“../x” can't be the name"),
        ("calculus/lambda", "“lambda” can't be the name"),
        ("calculus/m", "snippets/calculus/m exists already. Choose another name"),
        ("calculus/written", "docs/calculus/written.md exists already. Choose another name"),
        ("statistics/other", "docs/calculus/m.md has the id other-text already. Choose another name"),
    ],
)
def test_a_module_that_can_not_be_is_refused_and_nothing_is_written(repository, page, message):
    repository.write("docs/calculus/written.md", "---\ndescription: A page.\n---\n\n# Page\n")
    repository.change("id: q-five", "id: other-text")
    before = files(repository.root)

    with pytest.raises(ScaffoldError) as refusal:
        new_module(repository.root, page)

    assert str(refusal.value).startswith(message)
    assert files(repository.root) == before


@pytest.mark.parametrize(
    ("piece", "message"),
    [
        (Piece("exercise", "calculus/m", "Double"), "“Double” can't be the name of a file or a function."),
        (Piece("figure", "calculus/no", "hill"), "there is no page docs/calculus/no.md. Write its path below docs/"),
        (Piece("exercise", "calculus/m", "double"), "snippets/calculus/m/exercises.py has a function double already."),
        (Piece("figure", "calculus/m", "hill"), "snippets/calculus/m/figures.py lacks an import. Write it at the top"),
        (Piece("exercise", "calculus/m", "one"), "docs/calculus/m.md has the id m-one already. Choose another name."),
    ],
)
def test_an_exercise_or_figure_that_can_not_be_is_refused_and_nothing_is_written(repository, piece, message):
    repository.change("id: q-one", "id: m-one")
    before = files(repository.root)

    with pytest.raises(ScaffoldError) as refusal:
        new_piece(repository.root, piece)

    assert str(refusal.value).startswith(message)
    assert files(repository.root) == before


# The command, and a page with TODOs


def test_the_command_lists_what_it_wrote_and_what_is_left_to_write(repository, monkeypatch, capsys):
    monkeypatch.setattr(command, "ROOT", repository.root)

    assert command.new(command.parser().parse_args(["new", "figure", "calculus/m", "hill"])) == 1
    assert capsys.readouterr().err.startswith("sitekit: snippets/calculus/m/figures.py lacks an import.")
    assert command.new(command.parser().parse_args(["new", "exercise", "calculus/m", "treble"])) == 0

    written, *todos, last = capsys.readouterr().out.splitlines()[1:]
    assert written == "wrote snippets/calculus/m/exercises.py"
    assert [todo.partition(": ")[2] for todo in todos] == [
        "this is left to do: task: TODO Replace this task, its hints and its functions. Write `treble(x)`, "
        "the double of a number. Write what is missing, and remove the word. [todo]",
        "this is left to do: return 2 * x  # TODO Replace the solution, its starter, its checks and its known wrong "
        "answers. Write what is missing, and remove the word. [todo]",
    ]
    assert last == "Places left to write: 2. python3 -m sitekit lint lists them again."


def test_a_todo_is_found_wherever_a_person_writes_and_a_quoted_one_is_a_word(repository):
    repository.change("description: A module", "description: TODO A module")
    repository.change("Rise over run.\n", "TODO Rise over run: up, then along. Write `TODO` where you stop.\n")
    repository.change("It was doubled.", "TODO")
    repository.change("It is.\n", "Write `TODO` where you stop.\n")
    repository.change("ONE = 1", "ONE = 1  # TODO: count.", "snippets/calculus/m/checks.py")

    assert [(problem.rule, problem.message) for problem in lint(repository.root)] == [
        ("todo", "this is left to do: description: TODO A module that has everything"),
        ("todo", "this is left to do: TODO Rise over run: up, then along. Write `TODO` where you stop"),
        ("todo", "this is left to do: feedback: TODO"),
        ("todo", "this is left to do: ONE = 1  # TODO: count"),
    ]


def test_a_page_with_todos_can_be_looked_at_and_one_with_mistakes_can_not(repository, monkeypatch, capsys):
    for step in ("browser_packages.install", "figures.draw_all", "check_pages.write_all", "runtime.ensure"):
        monkeypatch.setattr(f"sitekit.prepare.{step}", lambda *_: None)
    repository.change("It is.\n", "TODO Say more.\n")

    prepare.prepare(repository.root)
    assert capsys.readouterr().out == "Places left to write: 1. python3 -m sitekit lint lists them.\n"

    repository.change("Rise over run.\n", "It is obviously rise over run.\n")
    with pytest.raises(SiteError) as refusal:
        prepare.prepare(repository.root)
    assert [problem.message for problem in refusal.value.problems] == [
        "the word “obviously” hurts where a reader is stuck"
    ]
