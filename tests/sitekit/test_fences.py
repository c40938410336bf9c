"""What the fences of a page become."""

import re
from typing import Any

import markdown
import pytest
from lxml import html

from sitekit import fences, runtime
from sitekit.fences import BadFence, inline, printed, prose

CONFIGURATION: dict[str, dict[str, Any]] = {
    "pymdownx.highlight": {"pygments_lang_class": True},
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": name, "class": name, "format": getattr(fences, name)} for name in ("python", "quiz", "exercise")
        ]
    },
}


@pytest.fixture(autouse=True)
def has_runtime(monkeypatch):
    """Let pages offer to run code, whether or not this machine has made the runtime yet."""
    monkeypatch.setattr(runtime, "is_ready", lambda: True)


def convert(text):
    """The tree of a page."""
    extensions = ["pymdownx.highlight", "pymdownx.superfences"]
    page = markdown.markdown(text, extensions=extensions, extension_configs=CONFIGURATION)
    return html.fromstring(f"<div>{page}</div>")


def quiz(**changes):
    values = {
        "id": "q-1",
        "kind": "single",
        "question": "Is $x$ *one*?",
        "options": "\n  - text: It is `1`.\n    correct: true\n    feedback: Yes & so.\n"
        "  - text: No.\n    feedback: It **is**.",
        "explanation": '"First.\\n\\n- a\\n- b"',
    } | changes
    body = "\n".join(f"{name}: {value}" for name, value in values.items() if value is not None)
    return f"```quiz\n{body}\n```\n"


WRONG_NUMBER = "\n  - value: 1.5\n    feedback: Too few."
WRONG = '\n  - value: "<2>"\n    feedback: Too few.'


def text(element):
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_python_is_highlighted_and_its_output_stands_under_it():
    page = convert('```python\nx = 1\nprint(x, "<b>")\n# > 1 <b>\n```\n')

    (code,) = page.xpath("//div[contains(@class, 'language-python')]//pre//code")
    (output,) = page.xpath("//pre[@class='output']/samp")
    assert code.text_content().strip() == 'x = 1\nprint(x, "<b>")'
    assert code.xpath(".//span")
    assert output.text_content() == "1 <b>"


def test_python_without_output_has_no_block_under_it():
    assert convert("```python\nx = 1\n```\n").xpath("//samp") == []


def test_what_is_printed_is_escaped():
    assert printed("a < b & c") == '<pre class="output"><samp>a &lt; b &amp; c</samp></pre>'


def test_a_single_choice_has_radio_buttons_in_a_fieldset_with_a_legend():
    page = convert(quiz())

    (fieldset,) = page.xpath("//fieldset[@class='quiz' and @id='q-1' and @data-kind='single']")
    assert text(fieldset.find("legend")) == r"Is \(x\) one?"
    inputs = fieldset.xpath(".//label/input[@type='radio' and @name='q-1']")
    assert [box.get("value") for box in inputs] == ["1", "2"]
    assert [text(label) for label in fieldset.xpath(".//label")] == ["It is 1.", "No."]


def test_a_multiple_choice_has_check_boxes():
    assert len(convert(quiz(kind="multiple")).xpath("//input[@type='checkbox']")) == 2


def test_the_answers_are_behind_a_summary_and_work_without_javascript():
    page = convert(quiz())

    (details,) = page.xpath("//fieldset/details[summary='Answer and feedback']")
    assert [(item.get("class"), text(item)) for item in details.xpath("./ul/li")] == [
        ("right", "Right: It is 1. Yes & so."),
        ("wrong", "Not right: No. It is."),
    ]
    explanation = details.xpath("./div[@class='quiz-explanation']")[0]
    assert [text(item) for item in explanation.xpath(".//li")] == ["a", "b"]
    assert details.get("open") is None


def test_a_numeric_question_has_a_field_for_numbers_and_tells_its_tolerance():
    page = convert(quiz(kind="numeric", options=None, answer=2.5, tolerance=0.01, computed="x", wrong=WRONG_NUMBER))

    assert page.xpath("//label[@class='quiz-answer']/input[@type='text' and @inputmode='decimal' and @name='q-1']")
    assert "The answer is 2.5 (anything within 0.01 counts)." in text(page)
    assert [text(item) for item in page.xpath("//li[@class='wrong']")] == ["Not right: 1.5 Too few."]
    (fieldset,) = page.xpath("//fieldset")
    assert (fieldset.get("data-answer"), fieldset.get("data-tolerance")) == ("2.5", "0.01")
    assert page.xpath("//li/@data-value") == ["1.5"]


def test_an_exact_answer_has_no_tolerance_to_tell():
    page = convert(quiz(kind="numeric", options=None, answer=2, tolerance=0, computed="x", wrong=WRONG_NUMBER))

    assert "The answer is 2." in text(page)
    assert "within" not in text(page)


def test_a_text_question_has_a_field_and_tells_the_first_answer():
    page = convert(quiz(kind="text", options=None, accept="[slope, $m$]", wrong=WRONG))

    (field,) = page.xpath("//label/input[@type='text']")
    assert field.get("inputmode") is None
    assert "The answer is slope." in text(page)
    assert page.xpath("//li[@class='right']") == []
    assert page.xpath("//fieldset/@data-accept") == ['["slope", "$m$"]']
    assert page.xpath("//li/@data-value") == ["<2>"]


def test_a_predict_question_shows_the_code_and_hides_what_it_prints():
    code = "|\n  print(1)\n  # > 1 < 2"
    page = convert(quiz(kind="predict", options=None, code=code, wrong=WRONG))

    (shown,) = page.xpath("//fieldset//div[contains(@class, 'language-python')]//code")
    assert shown.text_content().strip() == "print(1)"
    assert page.xpath("//details//pre[@class='output']/samp")[0].text_content() == "1 < 2"
    assert page.xpath("//textarea[@name='q-1']")
    assert page.xpath("//samp[not(ancestor::details)]") == []


def test_a_wrong_output_is_shown_as_it_is_even_if_it_looks_like_markdown():
    wrong = '\n  - value: "[1. *2*]\\n3. 4."\n    feedback: No.'
    page = convert(quiz(kind="predict", options=None, code="|\n  print(1)\n  # > 1", wrong=wrong))

    assert page.xpath("//li[@class='wrong']/strong")[0].text_content() == "Not right: [1. *2*]\n3. 4."


@pytest.mark.parametrize("text", [quiz(kind="choice"), quiz(explanation=None), "```exercise\nid: a\n```\n"])
def test_a_mistake_stops_the_build(text):
    with pytest.raises(BadFence, match=r"the (question|exercise) has .*\. .*\."):
        convert(text)


EXERCISES = '''def add(a, b):
    return a + b


def add_starter(a, b):
    # Your code here.
    ...


def add_check_two(add):
    """One and `one` are two."""
    assert add(1, 1) == 2, "product"


def add_wrong_product(a, b):
    """product"""
    return a * b
'''


def test_an_exercise_has_a_task_a_starter_hints_checks_and_a_solution(write, monkeypatch):
    monkeypatch.setattr(fences, "ROOT", write({"snippets/m/exercises.py": EXERCISES}))

    page = convert(
        "```exercise\nid: e-1\nfunction: m/exercises.py:add\ntask: Write `add`.\nhints: [Use $+$., Really.]\n```\n"
    )

    (section,) = page.xpath("//section[@class='exercise' and @id='e-1' and @aria-label='Exercise add']")
    assert text(section.xpath("./div[@class='exercise-task']")[0]) == "Write add."
    assert (
        text(section.xpath("./div[contains(@class, 'language-python')]")[0]) == "def add(a, b): # Your code here. ..."
    )
    assert [(text(d.find("summary")), text(d)) for d in section.xpath("./details")][:3] == [
        ("Hint 1 of 2", r"Hint 1 of 2Use \(+\)."),
        ("Hint 2 of 2", "Hint 2 of 2Really."),
        ("What is checked", "What is checkedOne and one are two."),
    ]
    solution = section.xpath("./details[summary='Solution']//code")[0]
    assert solution.text_content().strip() == "def add(a, b):\n    return a + b"


def test_text_of_one_paragraph_can_stand_in_a_line():
    assert inline(" *a* $x$ ") == '<em>a</em> <span class="arithmatex">\\(x\\)</span>'


@pytest.mark.parametrize("source", ["a\n\nb", "- a\n- b"])
def test_longer_text_stays_in_blocks(source):
    assert inline(source) == prose(source)


def test_one_text_leaves_nothing_behind_for_the_next():
    prose("[a]: http://example.org\n")

    assert "href" not in prose("[a]")


def test_a_block_can_be_run_and_changed_by_buttons_that_name_what_they_do():
    page = convert("```python\nprint(1)\n# > 1\n```\n")

    (place,) = page.xpath("//div[@data-feature='live']")
    buttons = place.xpath(".//div[@class='actions']/button[@type='button']")
    assert [(b.get("data-do"), b.text) for b in buttons] == [("run", "Run"), ("edit", "Change")]
    assert [child.get("class").split()[-1] for child in place] == ["highlight", "actions", "output"]


def test_without_the_runtime_a_page_offers_nothing_to_run(monkeypatch):
    monkeypatch.setattr(runtime, "is_ready", lambda: False)

    page = convert("```python\nprint(1)\n# > 1\n```\n")

    assert page.xpath("//button") == []
    assert [child.get("class").split()[-1] for child in page] == ["highlight", "output"]
