"""Running shown code: which statement prints what, and when a printed line agrees with the shown one."""

import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitekit.errors import SiteError
from sitekit.outputs import (
    OutputDiffersError,
    compare,
    refuse_stray_outputs,
    rewritten,
    run,
    same,
    statements,
    unit_of,
)
from sitekit.snippets import located

PATH = Path("/repo/snippets/x/examples.py")


def block(text, first=11):
    """Lines as they come from a snippet file, the first of them at line 11."""
    return [located(line, PATH, number) for number, line in enumerate(text.splitlines(), start=first)]


# Statements


def test_statements_know_their_lines_and_outputs():
    text = "x = 1\nprint(\n    x\n)\n# > 1\n# > 2\n\n# a comment\nprint(2)\n# > 3"

    found = [(s.path, s.line, s.last_line, s.expected) for s in statements(block(text))]

    assert found == [
        (PATH, 11, 11, ()),
        (PATH, 12, 14, ("# > 1", "# > 2")),
        (PATH, 19, 19, ("# > 3",)),
    ]


def test_a_syntax_error_is_located_in_its_file():
    with pytest.raises(SyntaxError) as error:
        statements(block("x = 1\ny = = 2\n"))

    assert (error.value.filename, error.value.lineno) == (str(PATH), 12)


def test_a_syntax_error_behind_the_last_line_is_located_at_the_last_line():
    with pytest.raises(SyntaxError) as error:
        statements(block("if True:\n"))

    assert error.value.lineno == 11


@pytest.mark.parametrize("text", ["x = 1\n\n# > 5", "# > 5", "print(1)\n# > 1\n\n# > 5", 'x = """\n# > 5\n"""'])
def test_an_output_without_a_statement_above_it_is_refused(text):
    lines = block(text)

    with pytest.raises(SiteError) as error:
        refuse_stray_outputs(lines, statements(lines))

    line = next(line.number for line in lines if line == "# > 5")
    assert error.value.problems[0].show(Path("/repo")) == (
        f"snippets/x/examples.py:{line}: no statement stands directly above this output: # > 5. "
        "Move it under the line that prints it. [output-stray]"
    )


def test_an_output_under_its_statement_is_not_refused():
    lines = block("print(1)\n# > 1\n# > 2")

    refuse_stray_outputs(lines, statements(lines))


def test_a_failure_is_at_the_line_of_the_file():
    (statement,) = statements(block("\n\nvalue = [\n    1,\n    1 / 0,\n]"))

    with pytest.raises(ZeroDivisionError) as error:
        run(statement, {})

    frame = error.traceback[-1]
    assert (str(frame.path), frame.lineno + 1) == (str(PATH), 15)


def test_statements_share_what_they_are_given():
    namespace: dict[str, Any] = {}
    for statement in statements(block("x = 2\ndef f():\n    return x + 1\n")):
        run(statement, namespace)

    assert namespace["f"]() == 3


def test_printed_lines_lose_the_space_at_their_ends():
    (statement,) = statements(block('print("a  ", "", " b", sep="\\n")'))

    assert run(statement, {}) == ["a", "", " b"]


def test_a_warning_is_an_error():
    *setup, warn = statements(block("import warnings\nwarnings.warn('old')"))
    namespace: dict[str, Any] = {}
    run(setup[0], namespace)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(UserWarning, match="old"):
            run(warn, namespace)


def test_the_code_of_a_page_has_no_future_imports_that_it_did_not_ask_for():
    (statement,) = statements(block("def f(x: Undefined): ..."))

    with pytest.raises(NameError, match="Undefined"):
        run(statement, {})


@pytest.mark.parametrize(
    "code",
    [
        "match 3:\n    case int(n) if n > 2:\n        x = n",
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    x = 3",
        "with open(__file__) as f, open(__file__) as g:\n    x = 3",
        "x = [a for a in (3,) if a][0]",
        "x = (lambda a, *, b=1: a + b)(2)",
        "class A:\n    x: int = 3\nx = A.x",
        "x = int(f'{3:{1}d}')",
    ],
)
def test_any_kind_of_statement_can_run(code):
    namespace: dict[str, Any] = {"__file__": __file__}

    for statement in statements(block("\n" + code, first=500)):
        run(statement, namespace)

    assert namespace["x"] == 3


# Comparing


@pytest.mark.parametrize(
    ("shown", "printed", "line", "message"),
    [
        ("# > 1", ["2"], 12, "the output differs: this line says '1', the run printed '2'. Run python3 -m sitekit out"),
        ("# > 1\n# > 2", ["1", "3"], 13, "this line says '2', the run printed '3'."),
        ("# > 1\n# > 2", ["1"], 13, "this line says '2', the run printed nothing for it."),
        ("# > 1", ["1", "2"], 11, "no line is shown for this, the run printed '2'."),
        ("", ["1"], 11, "no line is shown for this, the run printed '1'."),
        ("# > 1", [], 12, "this line says '1', the run printed nothing for it."),
    ],
)
def test_a_wrong_output_is_reported_at_its_line(shown, printed, line, message):
    (statement,) = statements(block(f"f()\n{shown}"))

    with pytest.raises(OutputDiffersError) as error:
        compare(statement, printed)

    assert error.value.line == line
    assert message in str(error.value)


@pytest.mark.parametrize(("shown", "printed"), [("# > 1\n# >\n# >  a", ["1", "", " a"]), ("", [])])
def test_the_right_output_is_accepted(shown, printed):
    (statement,) = statements(block(f"f()\n{shown}"))

    compare(statement, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("", ""),
        ("a b", "a b"),
        ("x = 7", "x = 7"),
        ("4.50", "4.51"),
        ("4.50", "4.49"),
        ("4.50", "4.5000001"),
        ("-4.50", "-4.51"),
        ("0.00", "-0.00"),
        ("8.28e+08", "8.29e+08"),
        ("8.28e+08", "8.28E+08"),
        ("1.0e-03", "1.1e-03"),
        ("9.99", "10.00"),
        (".5", ".6"),
        ("[1.5 2.5]", "[1.6 2.4]"),
        ("nan inf", "nan inf"),
    ],
)
def test_lines_that_agree(shown, printed):
    assert same(shown, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("a", "b"),
        ("a b", "a  b"),
        ("1", "2"),
        ("1.0", "1"),
        ("1", "1.0"),
        ("10", "10.0"),
        ("-1", "1"),
        ("+1", "1"),
        ("4.50", "4.52"),
        ("4.50", "4.48"),
        ("4.50", "-4.50"),
        ("4.5", "4.61"),
        ("8.28e+08", "8.30e+08"),
        ("8.28e+08", "8.28e+09"),
        ("1.0e-03", "1.2e-03"),
        ("1.5 2.5", "1.5"),
        ("1.5", "nan"),
        ("nan", "0.0"),
        ("inf", "-inf"),
        ("inf", "1.5"),
        ("loss 1.5", "Loss 1.5"),
    ],
)
def test_lines_that_differ(shown, printed):
    assert not same(shown, printed)


@pytest.mark.parametrize(
    ("number", "unit"), [("1.5", 0.1), ("-1.50", 0.01), ("2.", 1e-8), ("1.25e3", 10.0), ("1.0E-2", 0.001), ("3e4", 1e4)]
)
def test_the_unit_is_that_of_the_last_digit(number, unit):
    assert unit_of(number) == pytest.approx(unit, rel=1e-12)


@given(units=st.integers(-(10**9), 10**9), decimals=st.integers(1, 6), difference=st.integers(-3, 3))
def test_floats_agree_to_one_unit_in_the_last_digit_and_no_further(units, decimals, difference):
    shown, printed = (f"{value / 10**decimals:.{decimals}f}" for value in (units, units + difference))

    assert same(shown, printed) is (abs(difference) <= 1)


@given(digits=st.integers(100, 999), exponent=st.integers(-30, 30), difference=st.integers(-3, 3))
def test_exponents_shift_the_unit(digits, exponent, difference):
    assume(100 <= digits + difference <= 999)
    shown, printed = (f"{d / 100:.2f}e{exponent:+03d}" for d in (digits, digits + difference))

    assert same(shown, printed) is (abs(difference) <= 1)


@given(shown=st.integers(), printed=st.integers())
def test_integers_agree_exactly(shown, printed):
    assert same(f"n = {shown}", f"n = {printed}") is (shown == printed)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"])))
def test_a_line_agrees_with_itself(text):
    assert same(text, text)


# Rewriting

TEXT = 'x = 1\nprint(x)\n# > 9\n# > 8\nprint(2)\ny = 3\nprint("a")\n# > b\n# the end\n'


def changes_of(text):
    namespace: dict[str, Any] = {}
    return [(statement, run(statement, namespace)) for statement in statements(block(text, first=1))]


def test_new_outputs_replace_the_old_ones_and_nothing_else():
    assert rewritten(TEXT, iter(changes_of(TEXT))) == (
        'x = 1\nprint(x)\n# > 1\nprint(2)\n# > 2\ny = 3\nprint("a")\n# > a\n# the end\n'
    )


def test_rewriting_twice_changes_nothing_more():
    once = rewritten(TEXT, iter(changes_of(TEXT)))

    assert rewritten(once, iter(changes_of(once))) == once


def test_an_empty_line_is_rewritten_without_a_space():
    text = "print()\n"

    assert rewritten(text, iter(changes_of(text))) == "print()\n# >\n"


def test_an_output_that_is_no_longer_printed_is_removed():
    text = "x = 1\n# > 5\n"

    assert rewritten(text, iter(changes_of(text))) == "x = 1\n"


def test_a_statement_that_ran_twice_gets_its_output_once():
    text = "print(1)\nprint(2)\n# > 2\n"

    assert rewritten(text, iter(changes_of(text) * 2)) == "print(1)\n# > 1\nprint(2)\n# > 2\n"


@given(st.lists(st.sampled_from(["print(1)", "print(2.5)", "x = 1", "# > 7", "# note", "", "print('a')"]), max_size=8))
def test_rewriting_keeps_everything_but_outputs(lines):
    text = "".join(f"{line}\n" for line in lines) or "\n"

    new = rewritten(text, iter(changes_of(text)))

    code = [line for line in text.splitlines() if not line.startswith("# >")]
    assert [line for line in new.splitlines() if not line.startswith("# >")] == code
    assert rewritten(new, iter(changes_of(new))) == new
