"""The pytest plugin that runs every block of every page, in a repository of a few lines and a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitekit.codeblocks import code_of_question, dedented, executed, page_name
from sitekit.rendered import fingerprint
from sitekit.snippets import located

REPOSITORY = Path(__file__).resolve().parents[2]
CONFIGURATION = """\
[pytest]
addopts = -p sitekit.codeblocks --codeblocks --strict-config --strict-markers -p no:cacheprovider
filterwarnings = error
timeout = 600
"""


def run_pytest(root, *arguments):
    """What pytest prints in a repository, and its exit status."""
    (root / "pytest.ini").write_text(CONFIGURATION, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "300"}
    command = [sys.executable, "-m", "pytest", "-v", *arguments]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr, result.returncode


def fence(name):
    return f'```python\n--8<-- "{name}"\n```\n\n'


def section(name, code):
    return f"# --8<-- [start:{name}]\n{code}\n# --8<-- [end:{name}]\n"


def module(name, **sections):
    """The files of a page that shows some sections, one after the other."""
    includes = "".join(fence(f"{name}/examples.py:{key}") for key in sections)
    return {
        f"docs/{name}.md": f"# Title\n\n{includes}",
        f"snippets/{name}/examples.py": "".join(section(key, code) for key, code in sections.items()),
    }


QUESTION = """```quiz
id: q-{kind}-{number}
kind: {kind}
question: What?
{rest}
wrong:
  - value: "9"
    feedback: No.
explanation: So.
```

"""
LAB = "# %% [markdown]\n# # A lab\n\n# %%\n\nx = 1\nprint(x)\n\n# %%\ny = x + 1\nassert y == 2\n"
EXERCISES = '''def add(a, b):
    return a + b


def add_starter(a, b):
    """Add."""


def add_check_two(add):
    """One and one are two."""
    assert add(1, 1) is not None, "nothing"
    assert add(2, 3) != 6, "multiplied"
    assert add(1, 1) == 2


def add_wrong_product(a, b):
    """multiplied"""
    return a * b
'''
EXERCISE = """```exercise
id: e
function: {path}/exercises.py:add
task: Add.
hints: [Add.]
```
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A repository where everything is right, and what pytest says about it."""
    root = tmp_path_factory.mktemp("good")
    files = module(
        "m",
        start="import os, pathlib, sys\nimport matplotlib.pyplot as plt\nassert __name__ == '__main__'",
        folder="assert os.listdir() == []\nassert not pathlib.Path.cwd().is_relative_to(sys.argv[0])\n"
        "open('left', 'w').close()\nhere = os.getcwd()",
        again="assert os.listdir() == [], 'another block left a file'\nassert os.getcwd() != here",
        backend="assert plt.get_backend().lower() == 'agg'\nplt.figure()",
        output='value = 4.5\nprint(f"{value:.2f}")\n# > 4.51\nprint()\n# >\n\n\n'
        'def f():\n    return 1\n\n\nprint(f(), "a")\n# > 1 a',
        closed="assert plt.get_fignums() == []",
    )
    files["docs/m.md"] += (
        QUESTION.format(kind="predict", number=1, rest='code: |\n  --8<-- "m/examples.py:output"')
        + QUESTION.format(kind="numeric", number=2, rest="answer: 5.5\ntolerance: 0.01\ncomputed: value + f()")
        + QUESTION.format(kind="text", number=3, rest="accept: [a]")
        + EXERCISE.format(path="m")
        + "```text\n1 / 0\n```\n\n- item\n\n    ```python\n"
        + '    --8<-- "m/examples.py:closed"\n    ```\n'
    )
    files["snippets/m/exercises.py"] = EXERCISES
    files["docs/labs/l.py"] = LAB
    files["docs/index.md"] = "# Title\n\n" + fence("index/examples.py:a")
    files["snippets/index/examples.py"] = section("a", "print(1)\n# > 1")
    files["docs/labs/data/other.py"] = "1 / 0\n"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    output, status = run_pytest(root, "docs")
    return root, output, status


def test_a_good_repository_passes_and_every_block_is_a_test(good):
    _, output, status = good

    assert status == 0, output
    names = [line.split(" PASSED")[0] for line in output.splitlines() if " PASSED" in line]
    assert [name.removeprefix("docs/") for name in names] == [
        "index.md::block 1",
        "labs/l.py::block 1",
        "labs/l.py::block 2",
        *(f"m.md::block {number}" for number in range(1, 8)),
        "m.md::question at line 39",
        "m.md::exercise at line 63",
        "m.md::block 8",
    ]


def test_what_ran_is_counted_and_recorded(good):
    root, output, _ = good

    record = executed(root)

    assert "13 code blocks executed" in output
    assert [entry["page"] for entry in record] == ["index", *["labs/l"] * 2, *["m"] * 10]
    assert {"page": "index", "code": fingerprint("print(1)"), "start": "print(1)"} in record
    assert {
        "page": "labs/l",
        "code": fingerprint("y = x + 1\nassert y == 2"),
        "start": "y = x + 1\nassert y == 2",
    } in record
    codes = {entry["code"] for entry in record}
    starter = 'def add(a, b):\n    """Add."""'
    assert {fingerprint(starter), fingerprint("def add(a, b):\n    return a + b")} <= codes


def test_a_selected_block_runs_those_above_it(good):
    root, _, _ = good

    output, status = run_pytest(root, "docs/m.md", "-k", "block and 5")

    assert status == 0, output
    assert "1 passed" in output
    assert "5 code blocks executed" in output


def test_nothing_is_collected_without_the_option(good):
    root, _, _ = good

    output, status = run_pytest(root, "-o", "addopts=-p sitekit.codeblocks", "docs")

    assert status == 5, output


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """What pytest says about a repository where each page has one mistake."""
    root = tmp_path_factory.mktemp("bad")
    files = {
        **module("wrong", a="print(1)\n# > 1\nprint(2)\n# > 3", b="x = 1"),
        **module("unshown", a="\nprint(2)"),
        **module("raising", a="def f(x):\n    return 1 / x", b="y = 2\n\nf(0)", c="y + 1"),
        **module("warning", a="import warnings\nwarnings.warn('old')"),
        **module("syntax", a="x = 1\nx = = 2"),
        **module("stray", a="x = 1\n\n# > 5"),
        **module("predict", a="print(1)\n# > 2"),
        "docs/void.md": "# T\n\n```python\n```\n",
        **module("leaving", a="raise SystemExit"),
        "docs/missing.md": "text\n\n" + fence("missing/examples.py:a"),
        "docs/numeric.md": QUESTION.format(
            kind="numeric", number=1, rest="answer: 5\ntolerance: 0.25\ncomputed: 2.5 * 2.125"
        )
        + QUESTION.format(kind="numeric", number=2, rest="answer: 5\ntolerance: 1\ncomputed: nothing + 1")
        + QUESTION.format(kind="numeric", number=3, rest="answer: 5\ntolerance: 1\ncomputed: 1 +")
        + QUESTION.format(kind="numeric", number=4, rest="answer: 5\ntolerance: 1\ncomputed: float('nan')"),
        "docs/yaml.md": "# T\n\n```quiz\nid: a\nkind: b: c\n```\n",
        "docs/unrunnable.md": QUESTION.format(kind="predict", number=1, rest='code: "print(1)\\n# > 1"'),
        "docs/exercise.md": EXERCISE.format(path="exercise"),
        "snippets/exercise/exercises.py": EXERCISES.replace("return a + b", "return a - b"),
        "docs/nofile.md": "\n" + EXERCISE.format(path="nofile"),
        "docs/starter.md": EXERCISE.format(path="starter"),
        "snippets/starter/exercises.py": EXERCISES.replace('    """Add."""', "    return a + b"),
        "docs/labs/failing.py": LAB.replace("assert y == 2", "assert y == 3"),
        "docs/labs/titled.py": LAB.replace("# %%\ny", "# %% title\ny"),
        "docs/labs/void.py": LAB + "\n# %%\n\n# %%\nx = 1\n",
        "snippets/predict/exercises.py": "",
    }
    files["docs/predict.md"] = QUESTION.format(
        kind="predict", number=1, rest='code: |\n  --8<-- "predict/examples.py:a"'
    )
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    output, status = run_pytest(root, "docs", "--continue-on-collection-errors")
    assert status == 1, output
    assert "INTERNALERROR" not in output
    return output


@pytest.mark.parametrize(
    "message",
    [
        "snippets/wrong/examples.py:5: the output differs: this line says '3', the run printed '2'. Run python3 -m",
        "snippets/unshown/examples.py:3: the output differs: no line is shown for this, the run printed '2'.",
        "snippets/raising/examples.py:3: ZeroDivisionError: division by zero",
        "snippets/warning/examples.py:3: UserWarning: old",
        "snippets/syntax/examples.py:3: this isn't valid Python (invalid syntax).",
        "snippets/stray/examples.py:4: no statement stands directly above this output: # > 5. Move it",
        "snippets/predict/examples.py:3: the output differs: this line says '2', the run printed '1'.",
        "docs/void.md:3: this fence shows no code. Include a section in it.",
        "snippets/leaving/examples.py:2: SystemExit",
        "docs/missing.md:4: Snippet",
        "docs/numeric.md:1: the answer is 5, but 2.5 * 2.125 is 5.3125. Correct the answer or its computed: line.",
        "docs/numeric.md:14: computed: nothing + 1 raises NameError: name 'nothing' is not defined.",
        "docs/numeric.md:27: computed: 1 + raises SyntaxError",
        "docs/numeric.md:40: the answer is 5, but float('nan') is nan.",
        "docs/yaml.md:5: the question isn't valid YAML (mapping values are not allowed here).",
        "docs/unrunnable.md:1: the code of this question can't be run.",
        "snippets/exercise/exercises.py:1: the solution add fails: ",
        "docs/nofile.md:2: there is no file snippets/nofile/exercises.py.",
        "snippets/starter/exercises.py:5: the starter add_starter passes every check.",
        "docs/labs/failing.py:11: AssertionError",
        "docs/labs/titled.py:1: the file has 1 lines “# %%” and 2 code cells. Start every code cell with",
        "docs/labs/void.py:13: this code cell is empty. Write its code, or remove it.",
    ],
)
def test_each_mistake_is_reported_with_file_and_line(bad, message):
    assert any(line.startswith(message) for line in bad.splitlines()), bad


def test_the_traceback_shows_the_code_of_the_snippet_and_no_machinery(bad):
    start = bad.index("snippets/raising/examples.py:3: ZeroDivisionError")
    traceback = bad[start : bad.index("______", start)]

    assert 'raising/examples.py", line 8' in traceback
    assert 'raising/examples.py", line 3, in f\n    return 1 / x' in traceback
    assert "codeblocks.py" not in traceback
    assert "outputs.py" not in traceback


def test_a_block_that_fails_does_not_stop_those_below_it(bad):
    results = [
        line.split("::")[1].split("[")[0].strip() for line in bad.splitlines() if line.startswith("docs/raising")
    ]

    assert results == ["block 1 PASSED", "block 2 FAILED", "block 3 PASSED"]


def test_a_block_below_a_wrong_output_still_runs(bad):
    assert "docs/wrong.md::block 2 PASSED" in bad


def test_wrong_outputs_are_rewritten_on_request(write):
    root = write(
        {
            **module("m", a="x = 3\nprint(x)\n# > 1\n# > 2\nprint('b')\n", b="print(x + 1)", c="print(5.0)"),
            **module("right", a="print(1)\n# > 1"),
        }
    )
    page = root / "docs/m.md"
    page.write_text(
        page.read_text(encoding="utf-8")
        + fence("m/examples.py:b")
        + QUESTION.format(kind="predict", number=1, rest='code: |\n  --8<-- "m/examples.py:c"'),
        encoding="utf-8",
    )
    before = (root / "snippets/right/examples.py").read_bytes(), page.read_bytes()

    output, status = run_pytest(root, "docs", "--update-output")

    assert status == 0, output
    assert (root / "snippets/m/examples.py").read_text(encoding="utf-8") == (
        section("a", "x = 3\nprint(x)\n# > 3\nprint('b')\n# > b\n")
        + section("b", "print(x + 1)\n# > 4")
        + section("c", "print(5.0)\n# > 5.0")
    )
    assert "new outputs in snippets/m/examples.py: look at the difference" in output
    assert "snippets/right" not in output
    assert before == ((root / "snippets/right/examples.py").read_bytes(), page.read_bytes())


def test_a_lab_gets_no_outputs(write):
    root = write({"docs/labs/l.py": LAB})

    output, status = run_pytest(root, "docs", "--update-output")

    assert status == 0, output
    assert (root / "docs/labs/l.py").read_text(encoding="utf-8") == LAB


def test_every_test_has_a_time_limit(write):
    root = write({**module("m", a="x = 1"), "docs/labs/l.py": LAB})
    (root / "docs/m.md").write_text(
        fence("m/examples.py:a")
        + QUESTION.format(kind="numeric", number=1, rest="answer: 1\ntolerance: 1\ncomputed: x")
        + EXERCISE.format(path="m"),
        encoding="utf-8",
    )
    (root / "conftest.py").write_text(
        "def pytest_collection_modifyitems(items):\n"
        "    for item in items:\n"
        "        print(item.name, [mark.args for mark in item.iter_markers('timeout')])\n",
        encoding="utf-8",
    )

    output, _ = run_pytest(root, "docs", "--collect-only", "-s")

    assert output.count("[(20,)]") == 5, output


# Parts of the collector


def lines_of(text):
    return [located(line, Path("x.md"), number) for number, line in enumerate(text.splitlines(), start=5)]


def test_an_indented_block_loses_its_indentation_and_keeps_its_lines():
    lines = dedented(lines_of("  a\n\n    b\n"))

    assert [(str(line), line.number) for line in lines] == [("a", 5), ("", 6), ("  b", 7)]


@pytest.mark.parametrize("key", ["code: |", "code: |-", "code: |+", "code:  | "])
def test_the_code_of_a_question_is_what_is_indented_under_it(key):
    lines = code_of_question(lines_of(f"id: a\n{key}\n  if x:\n\n    y\n  # > 1\n\nwrong:\n  - value: 1\n"))

    assert [(str(line), line.number) for line in lines] == [("if x:", 7), ("", 8), ("  y", 9), ("# > 1", 10)]


def test_the_code_of_a_question_may_stand_last():
    assert code_of_question(lines_of("id: a\ncode: |\n  x\n\n")) == ["x"]


@pytest.mark.parametrize("text", ["id: a\n", 'code: "x"\n', "code: |\n"])
def test_a_question_may_have_no_code(text):
    assert code_of_question(lines_of(text)) == []


def test_a_page_is_named_by_its_path_below_docs():
    assert page_name(Path("/r"), Path("/r/docs/a/b.md")) == "a/b"
