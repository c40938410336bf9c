"""The quiz fence: what a question becomes, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from sitekit.questions import FenceError, is_number, read_question

WRONG = [{"value": "x", "feedback": "No."}]
QUESTIONS: dict[str, dict[str, Any]] = {
    "single": {"options": [{"text": "a", "correct": True, "feedback": "Yes."}, {"text": "b", "feedback": "No."}]},
    "multiple": {"options": [{"text": c, "correct": True, "feedback": "Yes."} for c in "ab"]},
    "numeric": {"answer": 2.5, "tolerance": 0.1, "computed": "x + 1", "wrong": [{"value": 1, "feedback": "No."}]},
    "text": {"accept": ["slope", "gradient"], "wrong": WRONG},
    "predict": {"code": "print(1)\n# > 1\n", "wrong": WRONG},
}


def question(kind, /, **changes):
    """The text of a question of one kind, with names changed or (None) left out."""
    data = {"id": "q-1", "kind": kind, "question": "What?", "explanation": "So."} | QUESTIONS[kind] | changes
    return yaml.safe_dump({name: value for name, value in data.items() if value is not None}, sort_keys=False)


def refusal(text):
    with pytest.raises(FenceError) as error:
        read_question(text)
    return error.value


@pytest.mark.parametrize(
    ("kind", "replies"),
    [
        ("single", [("a", True, "Yes."), ("b", False, "No.")]),
        ("multiple", [("a", True, "Yes."), ("b", True, "Yes.")]),
        ("numeric", [("2.5", True, "So."), ("1", False, "No.")]),
        ("text", [("slope", True, "So."), ("gradient", True, "So."), ("x", False, "No.")]),
        ("predict", [("1", True, "So."), ("x", False, "No.")]),
    ],
)
def test_each_kind_is_read(kind, replies):
    read = read_question(question(kind))

    assert (read.id, read.kind, read.question, read.explanation) == ("q-1", kind, "What?", "So.")
    assert list(read.replies) == replies


def test_a_numeric_question_has_a_tolerance_and_a_computation():
    read = read_question(question("numeric"))

    assert (read.tolerance, read.computed) == (0.1, "x + 1")


def test_a_predict_question_shows_its_code_without_the_output():
    assert read_question(question("predict")).code == "print(1)"


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_every_name_is_needed(kind):
    names = ["id", "question", "explanation", *QUESTIONS[kind]]

    messages = [refusal(question(kind, **{name: None})).message for name in names]

    assert messages == [f"the question has no {name}" for name in names]


@pytest.mark.parametrize("empty", ["", " ", "~"])
@pytest.mark.parametrize("name", ["id", "question", "explanation"])
def test_an_empty_value_counts_as_missing(name, empty):
    text = question("single", **{name: "@"}).replace("'@'", empty)

    assert refusal(text).message == f"the question has no {name}"


def test_all_missing_names_are_told_at_once():
    assert refusal("kind: single").message == "the question has no explanation and no id and no options and no question"


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_an_unknown_name_is_refused_and_the_known_ones_are_told(kind):
    error = refusal(question(kind, hint="x"))

    assert error.message == "the question has unknown names: hint"
    assert error.cure == f"Known are {', '.join(sorted(['id', 'kind', 'question', 'explanation', *QUESTIONS[kind]]))}."


def test_a_name_that_yaml_does_not_read_as_text_is_refused():
    assert refusal(question("text") + "on: x\n2: y\n").message == "the question has unknown names: 2, True"


@pytest.mark.parametrize("kind", ["choice", None, "[a]", "Single"])
def test_an_unknown_kind_is_refused(kind):
    text = f"kind: {kind}" if kind else "id: a"

    assert refusal(text).message.startswith("the question has the kind ")
    assert refusal(text).cure == "Choose one of single, multiple, numeric, text, predict."


@pytest.mark.parametrize("name", ["Q", "1a", "a_b", "a b", "-a", "12", "ä"])
def test_an_id_is_made_of_small_letters_digits_and_hyphens(name):
    assert refusal(question("text", id=name)).message == f"the id {name!r} is not made of small letters, digits and -"


def options(*correct):
    return [{"text": str(n), "feedback": "F.", **({"correct": True} if c else {})} for n, c in enumerate(correct)]


@pytest.mark.parametrize(
    ("kind", "correct", "message", "cure"),
    [
        ("single", (0, 0), "0 options are marked correct", "Mark exactly one option with correct: true."),
        ("single", (1, 1), "2 options are marked correct", "Mark exactly one option with correct: true."),
        ("multiple", (0, 0), "0 options are marked correct", "Mark at least one option with correct: true."),
    ],
)
def test_the_number_of_right_options_must_fit_the_kind(kind, correct, message, cure):
    error = refusal(question(kind, options=options(*correct)))

    assert (error.message, error.cure) == (message, cure)


def test_one_right_option_is_enough_for_a_multiple_choice():
    assert len(read_question(question("multiple", options=options(0, 1))).replies) == 2


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"text": "a"}, "the option has no feedback"),
        ({"text": "a", "feedback": None}, "the option has no feedback"),
        ({"text": "a", "feedback": ""}, "the option has no feedback"),
        ({"feedback": "a"}, "the option has no text"),
        ({"text": "a", "feedback": "b", "corect": True}, "the option has unknown names: corect"),
        ({"text": "a", "feedback": "b", "correct": "yes it is"}, "correct must be true or false"),
        ({"text": True, "feedback": "b"}, "YAML reads the text of the option as true or false"),
        ("a", "the option 'a' has no text and feedback"),
    ],
)
def test_an_incomplete_option_is_refused(option, message):
    assert refusal(question("single", options=[option, *options(1)])).message == message


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"value": 1}, "the wrong answer has no feedback"),
        ({"feedback": "a"}, "the wrong answer has no value"),
        ({"value": 1, "feedback": "b", "text": "c"}, "the wrong answer has unknown names: text"),
        ({"value": False, "feedback": "b"}, "YAML reads the value of the wrong answer as true or false"),
        (1, "the wrong answer 1 has no value and feedback"),
    ],
)
@pytest.mark.parametrize("kind", ["numeric", "text", "predict"])
def test_an_incomplete_wrong_answer_is_refused(kind, wrong, message):
    assert refusal(question(kind, wrong=[wrong])).message == message


def wrong(*values):
    return [{"value": value, "feedback": "No."} for value in values]


@pytest.mark.parametrize("value", ["x", "1/3", "2,5", "nan", "1e", ""])
def test_a_wrong_answer_to_a_numeric_question_is_a_number(value):
    error = refusal(question("numeric", wrong=wrong(value or "''")))

    assert error.message == f"the wrong answer {value or chr(39) * 2!r} is not a number"


@pytest.mark.parametrize("value", [3, "3", "+.5", -4, 1e-07, "1e3", "2."])
def test_a_number_may_be_written_in_any_way_that_a_script_reads_too(value):
    assert read_question(question("numeric", wrong=wrong(value))).replies[1].text == str(value)


@pytest.mark.parametrize(
    ("kind", "value"), [("numeric", "2.55"), ("text", "The Slope."), ("text", "gra-dient"), ("predict", "1 \n")]
)
def test_a_wrong_answer_that_counts_as_right_is_refused(kind, value):
    assert refusal(question(kind, wrong=wrong(value))).message == f"the wrong answer {value!r} counts as right"


@pytest.mark.parametrize(
    ("kind", "values"), [("numeric", (1, "1.0")), ("text", ("rise", "a Rise")), ("predict", ("2", "2"))]
)
def test_a_wrong_answer_that_stands_there_twice_is_refused(kind, values):
    error = refusal(question(kind, wrong=wrong(*values)))

    assert (error.message, error.cure) == (
        f"the wrong answer {values[1]!r} stands there twice",
        "Remove one of them.",
    )


def test_zero_is_a_value():
    assert read_question(question("numeric", wrong=[{"value": 0, "feedback": "No."}])).replies[1].text == "0"


@pytest.mark.parametrize(
    ("kind", "name"),
    [("single", "options"), ("multiple", "options"), ("text", "accept"), ("text", "wrong"), ("numeric", "wrong")],
)
@pytest.mark.parametrize("value", [[], "text", {"a": 1}])
def test_a_list_must_be_a_list_with_something_in_it(kind, name, value):
    assert refusal(question(kind, **{name: value})).message == f"{name} must be a list with something in it"


@pytest.mark.parametrize(
    ("name", "value"), [("answer", "two"), ("answer", "2.5 m"), ("tolerance", "small"), ("tolerance", -0.1)]
)
def test_answer_and_tolerance_are_numbers(name, value):
    assert refusal(question("numeric", **{name: value})).message.startswith("answer and tolerance must be numbers")


@pytest.mark.parametrize("name", ["answer", "tolerance"])
def test_true_is_no_number(name):
    assert "true or false" in refusal(question("numeric", **{name: True})).message


@pytest.mark.parametrize(
    ("value", "number"), [(1, True), (1.5, True), (0, True), (True, False), ("1", False), (None, False)]
)
def test_numbers_are_numbers_and_truths_are_not(value, number):
    assert is_number(value) is number


def test_a_tolerance_of_zero_is_allowed():
    assert read_question(question("numeric", tolerance=0)).tolerance == 0


def test_a_predict_question_needs_an_output():
    error = refusal(question("predict", code="x = 1"))

    assert (error.message, error.cure) == (
        "the code of the question has no output",
        "Let python3 -m sitekit outputs write its # > lines, or choose a section that prints.",
    )


def test_bad_yaml_is_refused_with_its_line():
    error = refusal("id: a\nkind: single\nquestion: What: this?\n")

    assert error.message == "the question isn't valid YAML (mapping values are not allowed here)"
    assert error.cure.startswith("Put text with a colon")
    assert error.line == 3


@pytest.mark.parametrize("text", ["", "- a\n", "text"])
def test_a_question_is_a_mapping(text):
    assert refusal(text).message == "the question is not a list of name: value"


def test_an_error_says_its_message_and_its_cure():
    assert str(FenceError("a", "B.", 3, rule="c")) == "a. B."


MISTAKES: list[tuple[str, str, dict[str, Any]]] = [
    ("no `explanation`", "single", {"explanation": None}),
    ("`explanaton:` instead", "single", {"explanaton": "So."}),
    ("`kind: choice`", "single", {"kind": "choice"}),
    ("`single` with two right options", "single", {"options": options(1, 1)}),
    ("`multiple` without a right option", "multiple", {"options": options(0, 0)}),
    ("an option without feedback", "single", {"options": [{"text": "a", "correct": True}]}),
    ("`text: No`", "single", {"options": [{"text": False, "feedback": "No."}]}),
    ('`answer: "2.5 m"`', "numeric", {"answer": "2.5 m"}),
    ("`value: 1/3`", "numeric", {"wrong": wrong("1/3")}),
    ("a wrong value within the tolerance", "numeric", {"wrong": wrong(2.51)}),
    ("`accept: slope`", "text", {"accept": "slope"}),
    ("a wrong word that is accepted", "text", {"wrong": wrong("The slope")}),
    ("the same wrong value again", "numeric", {"wrong": wrong(3, 3)}),
    ("code that prints nothing", "predict", {"code": "x = 1"}),
    ("`id: Slope_1`", "text", {"id": "Slope_1"}),
    ("`question: Which: a or b?`", "text", {"question": "@"}),
]


def test_the_guide_for_authors_shows_what_lint_says_to_each_mistake():
    page = Path(__file__).parents[2] / "docs" / "contributing" / "questions_and_exercises.md"
    guide = page.read_text(encoding="utf-8")
    for mistake, kind, changes in MISTAKES:
        error = refusal(question(kind, **changes).replace("'@'", "Which: a or b?"))
        assert f"| {mistake} | {error} |" in guide
    table = guide[guide.index("| you wrote |") : guide.index("\n## Exercises\n\n")]
    assert len(table.strip().splitlines()) == len(MISTAKES) + 2
