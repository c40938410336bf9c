"""The session that runs in a reader's browser, here in the Python of this machine."""

import importlib
import io
import sys
import tarfile
import time

import pytest

from sitekit.session import MOST_OUTPUT, LateFiles, Output, Session, grade, sleep_in_pieces, wants_plots

EXERCISES = '''
import math

SCALE = 2

def double(x):
    return SCALE * x

def double_starter(x):
    return 0.0

def _close(a, b):
    return math.isclose(a, b)

def double_check_three(double):
    """Three becomes six."""
    assert _close(double(3), 6), f"you return {double(3)}"

def double_check_zero(double):
    """Zero stays."""
    assert double(0) == 0, "zero must stay"
'''


@pytest.fixture
def made(monkeypatch):
    """A session, and what it hands on; the module __main__ of this run comes back afterwards."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    told = []
    return Session(lambda kind, content: told.append((kind, content))), told


def printed(told, stream="stdout"):
    return "".join(content for kind, content in told if kind == stream)


def check(made, code):
    return made[0].check(EXERCISES, "a/exercises.py", "double", code)


def test_blocks_share_a_namespace_and_the_value_of_a_last_expression_is_told(made):
    session, told = made

    assert session.run("a = 2\nprint(a)", "block 1", "light")["value"] == ""
    assert session.run("b = a + 1\nb", "block 2", "light")["value"] == "3"
    assert session.run("None", "block 3", "light")["value"] == ""
    assert printed(told) == "2\n"


def test_what_a_page_defines_belongs_to_main(made):
    session, _ = made
    session.run("import dataclasses, pickle\n@dataclasses.dataclass\nclass P:\n    x: int = 1\n", "block 1", "light")

    result = session.run("pickle.loads(pickle.dumps(P(5)))", "block 2", "light")

    assert result["error"] is None
    assert result["value"] == "P(x=5)"


def test_an_error_has_the_lines_of_the_block_and_not_those_of_the_machinery(made):
    session, _ = made
    session.run("def f(x):\n    return 1 / x\n", "block 1", "light")

    error = session.run("\nf(0)", "block 2", "light")["error"]

    assert error["message"] == "ZeroDivisionError: division by zero"
    assert 'File "block 2", line 2' in error["traceback"]
    assert 'File "block 1", line 2' in error["traceback"]
    assert "return 1 / x" in error["traceback"]
    assert "session.py" not in error["traceback"]


def test_an_error_in_an_error_keeps_both_without_the_machinery(made):
    code = "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('second') from e"

    error = made[0].run(code, "block 1", "light")["error"]

    assert error["message"] == "ValueError: second"
    assert "ZeroDivisionError" in error["traceback"]
    assert "session.py" not in error["traceback"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("if True print(1)", "SyntaxError"),
        ("raise SystemExit(2)", "SystemExit: 2"),
        ("raise KeyboardInterrupt", "Stopped."),
    ],
)
def test_whatever_ends_the_code_is_told(made, code, message):
    assert message in made[0].run(code, "block 1", "light")["error"]["message"]


def test_warnings_are_told_apart_from_output_each_time(made):
    session, told = made
    for _ in range(2):
        session.run("import warnings\nwarnings.warn('careful')", "block 1", "light")

    assert printed(told, "stderr") == "UserWarning: careful\n" * 2
    assert printed(told) == ""


def test_output_comes_back_to_where_it_was_also_after_an_error(made):
    before = sys.stdout, sys.stderr

    made[0].run("1 / 0", "block 1", "light")

    assert (sys.stdout, sys.stderr) == before


def test_a_flood_is_stopped_also_where_the_code_catches_exceptions(made):
    session, told = made

    result = session.run(
        "while True:\n    try:\n        print('x' * 1000)\n    except Exception:\n        pass", "b", "light"
    )

    assert f"stopped after {MOST_OUTPUT:,} characters" in result["error"]["message"]
    assert len(printed(told)) == MOST_OUTPUT


def test_output_is_handed_on_in_few_pieces_while_the_code_runs(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    told = []
    output = Output(lambda _, text: told.append(text), "stdout")

    for step in range(100):
        clock[0] = step * 0.01
        print(step, file=output)

    assert 5 <= len(told) <= 12
    output.flush()
    assert "".join(told) == "".join(f"{step}\n" for step in range(100))


def test_plots_are_told_with_a_text_in_the_colours_of_the_scheme_and_closed(made):
    session, told = made
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('Rise')\nplt.ylabel('loss')\n"
    code = draw + "print(plt.rcParams['text.color'])"

    for scheme in ("light", "dark"):
        assert session.run(code, "block 1", scheme)["error"] is None

    pictures = [content for kind, content in told if kind == "figure"]
    assert [text for _, text in pictures] == ["The plot that this run drew: Rise; vertical: loss."] * 2
    assert all(png.startswith(b"\x89PNG") for png, _ in pictures)
    assert printed(told) == "#24292f\n#e6e9ef\n"


def test_a_figure_that_is_the_value_is_drawn_once(made):
    session, told = made

    result = session.run("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nfig", "block 1", "light")
    session.run("from matplotlib.figure import Figure\nFigure()", "block 2", "light")

    assert result["value"] == ""
    assert len([kind for kind, _ in told if kind == "figure"]) == 2


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("import matplotlib.pyplot as plt", True),
        ("from matplotlib import pyplot", True),
        ("def f():\n    import matplotlib", True),
        ("from mlmath.plots import plot_contours", True),
        ("from mlmath import plots", True),
        ("import mlmath.plots as p", True),
        ("from mlmath import optim", False),
        ("import matplotlibrary", False),
        ("text = 'import matplotlib'", False),
        ("not python", False),
    ],
)
def test_only_code_that_imports_what_draws_waits_for_it(code, wanted):
    assert wants_plots(code) is wanted


def test_a_right_answer_passes_every_check(made):
    result = check(made, "def double(x):\n    return x + x")

    assert result["error"] is None
    assert [(c["name"], c["sentence"], c["passed"]) for c in result["checks"]] == [
        ("double_check_three", "Three becomes six.", True),
        ("double_check_zero", "Zero stays.", True),
    ]


def test_each_check_has_its_own_verdict(made):
    first, second = check(made, "def double(x):\n    return 3 * x")["checks"]

    assert (first["passed"], first["message"]) == (False, "you return 9")
    assert second["passed"]


def test_an_error_in_the_answer_is_told_with_its_line(made):
    (first, _) = check(made, "def double(x):\n    y = x\n    return y / 0")["checks"]

    assert first["message"] == "ZeroDivisionError: division by zero (line 3 of your code)"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "def doubel(x):\n    return 2 * x",
            "NameError: there is no function double: start your code with def double(...)",
        ),
        ("double = 4", "NameError: there is no function double: start your code with def double(...)"),
        ("def double(x)\n    return 2 * x", "SyntaxError: expected ':'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_code_that_cannot_be_checked_is_told(made, code, message):
    result = check(made, code)

    assert result["error"]["message"] == message
    assert result["checks"] == []


def test_the_reader_sees_imports_and_constants_but_neither_the_solution_nor_the_checks(made):
    seen = "def double(x):\n    return SCALE * x * math.cos(0)"
    assert all(c["passed"] for c in check(made, seen)["checks"])

    session, told = made
    session.check(
        EXERCISES, "a/exercises.py", "double", "print(sorted(n for n in globals() if not n.startswith('__')))"
    )
    assert printed(told) == "['SCALE', 'math']\n"


def test_prints_of_an_answer_are_told(made):
    check(made, "def double(x):\n    print('asked', x)\n    return 2 * x")

    assert "asked 3" in printed(made[1])


def test_a_long_sleep_is_made_of_pieces_and_as_long_as_asked(monkeypatch):
    clock, pieces = [0.0], []

    def pass_time(seconds):
        pieces.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(time, "sleep", pass_time)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    sleep_in_pieces()

    time.sleep(1.0)
    time.sleep(0)

    assert clock[0] == pytest.approx(1.0)
    assert max(pieces) <= 0.005


def test_an_assertion_without_words_is_named_after_its_check():
    def bare(candidate):
        if candidate() != 1:
            raise AssertionError

    (outcome,) = grade([bare], lambda: 2)

    assert outcome.message == "bare failed without a message"


def test_late_files_arrive_when_they_are_imported_and_not_for_names_that_do_not_exist(tmp_path, monkeypatch):
    (tmp_path / "late.json").write_text('{"plots": ["late_plot"], "rest": ["late_one", "late_package.part"]}')
    asked = []

    def fetch(bundle):
        asked.append(bundle)
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w:gz") as archive:
            for name in ("late_one.py", "late_package/__init__.py", "late_package/part.py"):
                entry = tarfile.TarInfo(name)
                entry.size = len(b"WORD = 'here'")
                archive.addfile(entry, io.BytesIO(b"WORD = 'here'"))
        return data.getvalue()

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, LateFiles(fetch, str(tmp_path))])

    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_module_anywhere")
    assert asked == []
    assert importlib.import_module("late_one").WORD == "here"
    assert importlib.import_module("late_package.part").WORD == "here"
    assert asked == ["rest"]
