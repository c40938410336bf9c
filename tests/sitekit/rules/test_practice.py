"""Rules on questions and exercises: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

PAGE = "docs/calculus/m.md"
EXAMPLES = "snippets/calculus/m/examples.py"
EXERCISES = "snippets/calculus/m/exercises.py"


def test_too_few_questions_are_reported(module):
    text = module.read()
    start, end = text.index("```quiz\nid: q-five"), text.index("### Exercises")
    module.write(PAGE, text[:start] + text[end:])

    problem = only(module.problems())

    assert problem.startswith(
        f"{module.place('## Interactive')}: the module has 4 questions of 4 kinds. Write at least 5"
    )


def test_too_few_kinds_of_questions_are_reported(module):
    text = module.read()
    start, end = text.index("```quiz\nid: q-one"), text.index("### Exercises")
    one = text[start : text.index("```quiz\nid: q-two")]
    many = "".join(one.replace("q-one", f"q-{n}") for n in "abcde")
    shown = '\n```python\n--8<-- "calculus/m/examples.py:again"\n```\n\n'
    module.write(PAGE, text[:start] + many + shown + text[end:])

    assert "the module has 5 questions of 1 kinds." in only(module.problems())


def test_too_few_exercises_are_reported(module):
    text = module.read()
    start, end = text.index("```exercise\nid: e-two"), text.index("## Module Summary")
    module.write(PAGE, text[:start] + text[end:])

    assert f"{module.place('## Interactive')}: the module has 1 exercises. Write at least 2." in module.problems()


def test_a_mistake_in_a_question_is_reported_at_its_fence(module):
    module.change("id: q-one", "id: Q one")
    line = module.line("id: Q one") - 1

    assert only(module.problems()).startswith(f"{PAGE}:{line}: the id 'Q one' is not made of small letters")


def test_bad_yaml_in_a_question_is_reported_at_its_line(module):
    module.change("feedback: Two is more.", "feedback: Two: more.")

    assert only(module.problems()).startswith(f"{module.place('Two: more')}: the question isn't valid YAML (mapping")


def test_bad_yaml_below_included_code_is_reported_at_its_line(module):
    module.change("feedback: It was doubled.", "feedback: It: was doubled.")

    assert only(module.problems()).startswith(
        f"{module.place('It: was')}: the question isn't valid YAML (mapping values"
    )


def test_included_code_may_stand_last_in_a_question(module):
    code = 'code: |\n  --8<-- "calculus/m/examples.py:again"\n'
    module.change(code, "")
    module.change("explanation: It doubles.\n", "explanation: It doubles.\n" + code)

    assert module.problems() == []


def test_an_id_that_is_used_twice_is_reported_at_the_second(module):
    module.change("id: e-two", "id: q-one")
    first, second = module.line("id: q-one") - 1, module.line("exercises.py:halve") - 2

    assert only(module.problems()).startswith(f"{PAGE}:{second}: the id q-one is used at line {first} already.")


def test_a_mistake_in_an_exercise_is_reported_at_its_fence(module):
    module.change("exercises.py:halve", "exercises.py:third")
    line = module.line("exercises.py:third") - 2

    problems = module.problems()

    assert f"{PAGE}:{line}: {EXERCISES} has no function third. Write the solution under this name." in problems


@pytest.mark.parametrize("name", ["spare", "halve_chek_four", "halves", "double_starter_old"])
def test_a_function_that_belongs_to_no_exercise_is_reported(module, name):
    module.write(EXERCISES, module.read(EXERCISES) + f"\n\ndef {name}(x):\n    return x\n")

    assert only(module.problems()).startswith(
        f"{module.place(f'def {name}(', EXERCISES)}: no exercise of the page uses"
    )


def test_a_helper_of_the_exercises_starts_with_an_underscore(module):
    module.write(EXERCISES, module.read(EXERCISES) + "\n\ndef _helper(x):\n    return x\n")

    assert module.problems() == []


@pytest.mark.parametrize("line", ["import scipy.stats", "from scipy import stats", "from . import examples"])
def test_an_exercise_imports_what_the_browser_has(module, line):
    module.write(EXERCISES, f"{line}\n{module.read(EXERCISES)}")

    assert only(module.problems()).startswith(f"{EXERCISES}:1: {line.split()[1]} can't be imported in the reader's")


def test_the_code_of_a_page_and_of_a_lab_imports_what_the_browser_has(module):
    module.write(EXAMPLES, module.read(EXAMPLES).replace("\n", "\nimport scipy\n", 1))
    module.write("docs/labs/l.py", "# %% [markdown]\n# # A lab\n\n# %%\nimport pandas as pd\n")

    found = [problem for problem in module.problems() if "can't be imported" in problem]
    assert [(problem.split(":")[0], problem.split()[1]) for problem in found] == [
        ("docs/labs/l.py", "pandas"),
        (EXAMPLES, "scipy"),
    ]


def test_an_exercise_may_import_the_library_numpy_and_pythons_own_modules(module):
    imports = "import math\nfrom collections.abc import Callable\n\nimport numpy as np\n\nfrom mlmath import calculus\n"
    module.write(EXERCISES, imports + module.read(EXERCISES))

    assert module.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("return 2 * x", "return _twice(x)", "double uses _twice, which"),
        ("    return x * x", "    return _twice(x) * x", "double_wrong_square uses _twice, which"),
        ("    return x * x", "    return double(x) * x", "double_wrong_square uses double, which"),
        (
            "    return x * x",
            "    return double_wrong_square(x)",
            "double_wrong_square uses double_wrong_square, which",
        ),
        ("    # Your code here.\n    ...", "    return _twice", "double_starter uses _twice, which"),
    ],
)
def test_an_answer_that_needs_another_function_of_the_file_is_reported(module, old, new, message):
    module.change(old, new, EXERCISES)
    module.write(EXERCISES, module.read(EXERCISES) + "\n\ndef _twice(x):\n    return x + x\n")

    assert only(module.problems()).startswith(f"{module.place(new.splitlines()[-1], EXERCISES)}: {message}")


@pytest.mark.parametrize(
    "body",
    [
        "return x if x == 0 else 2 + double(x - 1)",
        "_twice = 2\n    return _twice * x",
        "return (lambda _twice: _twice)(x)",
    ],
)
def test_an_answer_may_call_itself_and_use_names_of_its_own(module, body):
    module.change("return 2 * x", body, EXERCISES)
    module.write(EXERCISES, module.read(EXERCISES) + "\n\ndef _twice(x):\n    return x + x\n")

    assert module.problems() == []


def test_a_starter_that_can_not_be_renamed_is_reported(module):
    module.change("def double_starter(x)", "def double_starter (x)", EXERCISES)

    assert only(module.problems()).startswith(
        f"{module.place('def double_starter', EXERCISES)}: double_starter can't be renamed to double. Write it as def"
    )


def test_a_check_that_prints_is_reported(module):
    module.change("    assert double(3) != 9", "    print(double(3))\n    assert double(3) != 9", EXERCISES)

    assert only(module.problems()).startswith(f"{module.place('print(', EXERCISES)}: double_check_three prints, and")


def test_a_check_that_fails_without_a_word_is_reported(module):
    module.change('== 6, "Twice three is six."', "== 6", EXERCISES)

    assert only(module.problems()) == (
        f"{module.place('== 6', EXERCISES)}: this assert of double_check_three has no message. "
        "Say after a comma what is wrong with the answer."
    )
