"""The scripts that compare answers, in node, against Python: numbers as people type them, words, outputs."""

import math

import pytest
from conftest import ROOT, in_node
from hypothesis import given, settings
from hypothesis import strategies as some

from sitekit.questions import plain_text, same_output

SCRIPTS = (ROOT / "docs" / "assets" / "js").as_uri()
ANSWERS = f"""
import * as answers from "{SCRIPTS}/answers.js";
import {{ readNumber }} from "{SCRIPTS}/numbers.js";
import {{ readFileSync }} from "node:fs";
const number = (text) => {{ try {{ return readNumber(text); }} catch (error) {{ return error.message; }} }};
const functions = {{ ...answers, number }};
const calls = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(calls.map(([name, ...values]) => functions[name](...values))));
"""


def numbers(*texts):
    return in_node(ANSWERS, [["number", text] for text in texts])


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (1 / 3, ["1/3", " 1 / 3 ", "1÷3", "2/6", "1⁄3", "= 1/3", "3^-1", "3**-1", "(1)/(3)", "1/(1+2)"]),
        (0.333, ["0.333", ".333", "0,333", ",333", "3.33e-1", "3.33E-1", "33.3%", "33,3 %", "3.33 * 10^-1", "≈0.333"]),
        (0.2, ["2*10^-1", "2·10^-1", "2 × 10⁻¹", "2 * 10**(-1)", "20%", "1/5", "+0.2"]),
        (-3, ["-3", "−3", "–3", "- 3", "-3.", "-3.0", "-(1+2)", "--3 * -1", "(2 + 4) / -2", "2-5", "−1.5*2"]),
        (2.5, ["1.25 * 2", "5/2", "2.5", "2,5", "10/4", "1 + 1.5", "25e-1", "250%"]),
        (2, ["(2+4)/3", "sqrt(4)", "√4", "√(2+2)", "sqrt 4", "2^1", "8^(1/3)"]),
        (-4, ["-2^2", "-(2^2)", "-2²"]),
        (512, ["2^3^2", "2^9", "8³"]),
        (20000, ["20000", "20 000", "20_000", "20'000", "20’000", "20\u202f000", "2e4", "2*10^4", "20,000.00"]),
        (1234567.5, ["1,234,567.5", "1.234.567,5", "1 234 567.5", "1 234 567,5", "1234567.5"]),
        (1.234, ["1.234"]),
        (math.pi / 4, ["pi/4", "π/4", "0.25 * PI"]),
        (math.e**2, ["e^2", "e*e"]),
    ],
)
def test_what_is_mathematically_equal_is_read_as_the_same_number(value, texts):
    assert dict(zip(texts, numbers(*texts), strict=True)) == {text: pytest.approx(value, rel=1e-14) for text in texts}


@pytest.mark.parametrize("text", ["1,234", "20,000", "-5,678 * 2", "(1,000)"])
def test_a_number_that_can_mean_two_things_is_asked_about(text):
    (message,) = numbers(text)

    assert "can mean" in message
    assert "Write it as one of them." in message


UNREADABLE = ["abc", "3 4", "1..2", "1,2,3", "4.5 s", "(1", "1)", "1+", "*2", "2x", "1 2/3", "½", "0x10", "9" * 201,
              "(" * 150, "constructor", "7 % 3", "1,23,456", "1e", "<b>", "alert(1)", "2(3)"]  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_is_said_with_an_example(text):
    (message,) = numbers(text)

    assert message.startswith("I can't read “")
    assert "Write it like 0.25, 1/4, -3 or 2.5e-1." in message


@pytest.mark.parametrize("text", ["1/0", "-1/0", "0/0", "10^400", "sqrt(-1)", "1e999"])
def test_what_has_no_finite_value_is_said(text):
    (message,) = numbers(text)

    assert "has no finite value" in message


DIGITS = some.integers(1, 9999).map(str) | some.decimals("0.01", "99", places=2).map(str)
NUMERALS = DIGITS | some.builds("{}e{}".format, some.integers(1, 99), some.integers(-3, 3))
EXPRESSIONS = some.recursive(
    NUMERALS,
    lambda inner: (
        some.builds("({}{}{})".format, inner, some.sampled_from([" + ", "-", "*", " / ", "+"]), inner)
        | some.builds("{}{}{}".format, inner, some.sampled_from([" + ", " - ", "*", "/", " * -"]), inner)
        | some.builds("-{}".format, inner)
        | some.builds("({})**{}".format, NUMERALS, some.integers(-3, 3))
    ),
    max_leaves=12,
)


@given(expressions=some.lists(EXPRESSIONS, min_size=40, max_size=40))
@settings(max_examples=10)
def test_random_expressions_have_the_value_that_python_gives_them(expressions):
    def value(text):
        try:
            return float(eval(text))  # noqa: S307  # made above, of digits and signs
        except ZeroDivisionError:
            return None

    expected = {text: value(text) for text in expressions if len(text) <= 200}
    found = dict(zip(expected, numbers(*expected), strict=True))
    wrong = {
        text: (found[text], number)
        for text, number in expected.items()
        if not (number is None and "finite" in str(found[text])) and found[text] != pytest.approx(number, rel=1e-9)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("accepted", "typed", "same"),
    [
        ("gradient", " Gradient. ", True),
        ("gradient", "the gradient", True),
        ("gradient vector", "Gradient-Vector!", True),
        ("step size", "stepsize", True),
        ("Newton's method", "newtons method", True),
        ("a", "A", True),
        ("saddle", "a saddle?", True),
        ("gradient", "gradients", False),
        ("gradient", "", False),
        ("gradient", "the", False),
    ],
)
def test_words_are_compared_without_what_does_not_matter(accepted, typed, same):
    assert in_node(ANSWERS, [["sameText", accepted, typed]]) == [same]
    assert (plain_text(accepted) == plain_text(typed)) is same


@given(texts=some.lists(some.text("aTheN -‐–.'\"`$?ßÄﬁ ,", max_size=12), min_size=50, max_size=50))
@settings(max_examples=10)
def test_lint_and_the_page_forgive_the_same_in_words(texts):
    assert in_node(ANSWERS, [["plainText", text] for text in texts]) == [plain_text(text) for text in texts]


@pytest.mark.parametrize(
    ("shown", "typed", "same"),
    [
        ("4.0", "4.0  \n\n", True),
        ("4.0", "4.1", True),
        ("4.0", "4.2", False),
        ("4.0", "4", False),
        ("4", "5", False),
        ("-1.50", "−1.50", True),
        ("a 1.5\nb", "a 1.4\r\nb ", True),
        ("a\nb", "a", False),
        ("a", "A", False),
        ("[1. 2.]", "[1. 2.]", True),
        ("1.5e-07", "1.6e-07", True),
        ("nan", "nan", True),
    ],
)
def test_outputs_are_compared_as_the_tests_of_the_guide_do(shown, typed, same):
    assert in_node(ANSWERS, [["sameOutput", shown, typed]]) == [same]


LINES = some.text("0123456789.e-+ ax\n", max_size=10)


@given(pairs=some.lists(some.tuples(LINES, LINES) | LINES.map(lambda line: (line, line)), min_size=60, max_size=60))
@settings(max_examples=10)
def test_lint_and_the_page_compare_outputs_in_the_same_way(pairs):
    assert in_node(ANSWERS, [["sameOutput", *pair] for pair in pairs]) == [same_output(*pair) for pair in pairs]


@given(value=some.floats(-1000, 1000), decimals=some.integers(0, 6), units=some.integers(-3, 3))
@settings(max_examples=20)
def test_a_float_may_be_off_by_one_unit_in_its_last_digit_here_as_there(value, decimals, units):
    shown, typed = f"{value:.{decimals}f}", f"{value + units * 10.0**-decimals:.{decimals}f}"

    assert in_node(ANSWERS, [["sameOutput", shown, typed]]) == [same_output(shown, typed)]


@pytest.mark.parametrize(
    ("shown", "typed", "almost"),
    [("4.0", "4", True), ("[1, 2]", "[1,2]", True), ("True", "true", True), ("4.0", "5", False), ("a 1", "b 1", False)],
)
def test_the_same_value_in_another_form_is_recognised(shown, typed, almost):
    assert in_node(ANSWERS, [["almostSameOutput", shown, typed]]) == [almost]
