"""The exercise fence, and the proof that the checks of an exercise work."""

from typing import Any

import pytest
import yaml

from sitekit.errors import SiteError
from sitekit.exercises import message_of, read_exercise, verify
from sitekit.questions import FenceError

CODE = '''import math


def twice(x):
    return 2 * x


def twice_starter(x):
    """Twice x."""
    # Your code here.


def twice_check_three(twice):
    """Twice three is six."""
    assert twice(3) is not None, "It returns nothing."
    assert twice(3) != 9, "You squared it."
    assert twice(3) == 6


def twice_check_zero(twice):
    """Twice zero is zero."""
    assert twice(0) == 0, "You added two."


def twice_wrong_square(x):
    """squared"""
    return x * x


def twice_wrong_raising(x):
    """math domain error"""
    return math.sqrt(-1 - x * x)


def thrice(x):
    return 3 * x
'''
FENCE = {"id": "e-1", "function": "b/m/exercises.py:twice", "task": "Write it.", "hints": ["Add.", 2]}


@pytest.fixture
def read(write):
    """A function that reads the exercise, with texts of its code replaced and names of its fence changed."""

    def read_it(replace=None, **changes):
        code = CODE
        for old, new in (replace or {}).items():
            assert code.count(old) == 1, old
            code = code.replace(old, new)
        root = write({"snippets/b/m/exercises.py": code})
        data = {name: value for name, value in (FENCE | changes).items() if value is not None}
        return read_exercise(root, yaml.safe_dump(data))

    return read_it


def refusal(read, *arguments, **changes):
    with pytest.raises(FenceError) as error:
        read(*arguments, **changes)
    return error.value


def verified(exercise):
    namespace: dict[str, Any] = {}
    exec(exercise.path.read_text(encoding="utf-8"), namespace)  # noqa: S102  # the code above
    verify(exercise, namespace)


def failure(read, replace):
    """What verify says about the exercise with texts of its code replaced, and the line in exercises.py."""
    exercise = read(replace)
    with pytest.raises(FenceError) as error:
        verified(exercise)
    lines = exercise.path.read_text(encoding="utf-8").splitlines()
    return error.value.message, lines[error.value.line - 1]


def test_an_exercise_knows_its_parts(read):
    exercise = read()

    assert (exercise.id, exercise.name, exercise.task, exercise.hints) == ("e-1", "twice", "Write it.", ("Add.", "2"))
    assert exercise.path.name == "exercises.py"
    assert exercise.starter.name == "twice_starter"
    assert [check.name for check in exercise.checks] == ["twice_check_three", "twice_check_zero"]
    assert [wrong.name for wrong in exercise.wrongs] == ["twice_wrong_square", "twice_wrong_raising"]


def test_the_reader_sees_the_starter_under_the_name_of_the_exercise(read):
    assert read().starter_code == 'def twice(x):\n    """Twice x."""\n    # Your code here.'


def test_a_good_exercise_is_verified(read):
    verified(read())


@pytest.mark.parametrize("name", list(FENCE))
def test_every_name_of_the_fence_is_needed(read, name):
    assert refusal(read, **{name: None}).message == f"the exercise has no {name}"


def test_an_unknown_name_of_the_fence_is_refused(read):
    assert refusal(read, hint="x").message == "the exercise has unknown names: hint"


def test_bad_yaml_is_refused_with_its_line(tmp_path):
    with pytest.raises(FenceError, match="the exercise isn't valid YAML") as error:
        read_exercise(tmp_path, "id: a\ntask: b: c\n")

    assert error.value.line == 2


def test_the_id_is_checked(read):
    assert refusal(read, id="E 1").message == "the id 'E 1' is not made of small letters, digits and -"


@pytest.mark.parametrize("hints", [[], "Add."])
def test_hints_are_a_list(read, hints):
    assert refusal(read, hints=hints).message == "hints must be a list with something in it"


@pytest.mark.parametrize("function", ["twice", "b/m/exercises.py", "b/m/other.py:twice", "../x/exercises.py:twice"])
def test_a_function_is_a_path_and_a_name(read, function):
    error = refusal(read, function=function)

    assert error.message == f"the function {function!r} is not a path and a name"
    assert error.cure == "Write it as branch/module/exercises.py:name."


def test_a_missing_file_is_refused(read):
    assert refusal(read, function="b/n/exercises.py:twice").message == "there is no file snippets/b/n/exercises.py"


@pytest.mark.parametrize(
    ("replace", "message", "cure"),
    [
        ({"def twice(": "def double("}, "no function twice", "Write the solution under this name."),
        ({"def twice_starter(": "def start("}, "no function twice_starter", "Write the starter under this name."),
        (
            {"def twice_check_three(": "def _a(", "def twice_check_zero(": "def _b("},
            "no check for twice",
            "Write a function twice_check_... .",
        ),
        (
            {"def twice_wrong_square(": "def _a(", "def twice_wrong_raising(": "def _b("},
            "no known wrong answer for twice",
            "Write a function twice_wrong_... .",
        ),
    ],
)
def test_every_role_has_a_function(read, replace, message, cure):
    error = refusal(read, replace)

    assert (error.message, error.cure) == (f"snippets/b/m/exercises.py has {message}", cure)


@pytest.mark.parametrize(
    ("docstring", "name"),
    [('"""Twice three is six."""', "twice_check_three"), ('"""squared"""', "twice_wrong_square")],
)
def test_checks_and_wrong_answers_have_a_docstring(read, docstring, name):
    assert refusal(read, {docstring: "..."}).message == f"{name} has no docstring"


def test_code_that_is_not_python_is_reported_in_its_file(read, tmp_path):
    with pytest.raises(SiteError) as error:
        read({"return 3 * x": "return = 3"})

    assert error.value.problems[0].show(tmp_path).startswith("snippets/b/m/exercises.py:36: this isn't valid Python")


def test_a_solution_that_fails_is_reported_at_its_line(read):
    assert failure(read, {"return 2 * x": "return 2 + x"}) == (
        "the solution twice fails: twice_check_three failed without a message",
        "def twice(x):",
    )


def test_a_solution_that_raises_is_reported_with_the_exception(read):
    assert (
        failure(read, {"return 2 * x": "return 1 / 0"})[0]
        == "the solution twice fails: ZeroDivisionError: division by zero"
    )


def test_a_starter_that_passes_is_reported(read):
    assert failure(read, {"# Your code here.": "return x + x"}) == (
        "the starter twice_starter passes every check",
        "def twice_starter(x):",
    )


def test_a_wrong_answer_that_passes_is_reported(read):
    assert failure(read, {"return x * x\n": "return x + x\n"}) == (
        "the wrong answer twice_wrong_square passes every check",
        "def twice_wrong_square(x):",
    )


def test_a_wrong_answer_without_its_own_words_is_reported(read):
    assert failure(read, {'"""squared"""': '"""cubed"""'}) == (
        "twice_wrong_square fails with “You squared it.”, without its own words “cubed”",
        "def twice_wrong_square(x):",
    )


def test_a_wrong_answer_with_the_message_of_another_is_reported(read):
    replace = {'"""math domain error"""': '"""You"""', "return math.sqrt(-1 - x * x)": "return x**2"}

    assert failure(read, replace) == (
        "twice_wrong_raising and twice_wrong_square get the same message",
        "def twice_wrong_raising(x):",
    )


def test_the_message_is_that_of_the_first_check_that_fails():
    def first(f):
        if f() <= 1:
            raise AssertionError("too small")

    def second(f):
        if f() <= 2:
            raise AssertionError

    assert message_of([first, second], lambda: 1) == "too small"
    assert message_of([first, second], lambda: 2) == "second failed without a message"
    assert message_of([first, second], lambda: 3) is None
    assert message_of([first, second], lambda: "".index("a")) == "ValueError: substring not found"
