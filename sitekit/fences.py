"""What the custom fences of a page become: code with its output, questions, exercises.

Everything works without JavaScript: the answers are behind ``<details>``.
"""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import markdown
from pymdownx.superfences import SuperFencesException

from sitekit import runtime
from sitekit.exercises import Exercise, read_exercise
from sitekit.questions import CHOICES, FenceError, Question, Reply, read_question
from sitekit.snippets import split_output

ROOT = Path(__file__).resolve().parent.parent


class BadFence(SuperFencesException):  # type: ignore[misc]  # pymdownx has no types; it swallows any other exception
    """A fence that can't be rendered."""


def python(source: str, language: str, class_name: str, options: Any, md: markdown.Markdown, **kwargs: Any) -> str:
    """A ``python`` fence: the code without its ``# >`` lines, and under it what it prints."""
    code, output = split_output(source)
    return live(highlighted(md, code), printed(output))


def quiz(source: str, language: str, class_name: str, options: Any, md: markdown.Markdown, **kwargs: Any) -> str:
    """A ``quiz`` fence."""
    try:
        return question_html(read_question(source), md)
    except FenceError as error:
        raise BadFence(str(error)) from error


def exercise(source: str, language: str, class_name: str, options: Any, md: markdown.Markdown, **kwargs: Any) -> str:
    """An ``exercise`` fence."""
    try:
        return exercise_html(read_exercise(ROOT, source), md)
    except FenceError as error:
        raise BadFence(str(error)) from error


def highlighted(md: markdown.Markdown, code: str) -> str:
    """Highlighted Python, as pymdownx renders any fence."""
    blocks: Any = md.preprocessors["fenced_code_block"]
    html: str = blocks.highlight(src=code, language="python", options={}, md=md, classes=[], id_value="", attrs={})
    return html


def printed(output: str) -> str:
    """The block under a code block that shows what it prints."""
    return f'<pre class="output"><samp>{escape(output)}</samp></pre>' if output else ""


def live(code: str, output: str = "") -> str:
    """A block of code that can be run and changed where it stands, and what it prints."""
    if not runtime.is_ready():
        return code + output
    return f'<div class="live" data-feature="live">{code}{actions(run="Run", edit="Change")}{output}</div>'


def actions(**labels: str) -> str:
    """Buttons for scripts: each calls the function of its name in the script of the feature it stands in.

    Without JavaScript the style sheet hides them.
    """
    buttons = (f'<button type="button" data-do="{name}">{escape(label)}</button>' for name, label in labels.items())
    return f'<div class="actions">{"".join(buttons)}</div>'


@cache
def prose_converter() -> markdown.Markdown:
    """Markdown for the texts inside a fence: emphasis, code, links, formulas, lists."""
    return markdown.Markdown(
        extensions=["pymdownx.arithmatex", "sane_lists"],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )


def prose(text: str) -> str:
    """Markdown text as HTML blocks."""
    return prose_converter().reset().convert(text.strip())


def inline(text: str) -> str:
    """Markdown text of one paragraph as HTML without the paragraph."""
    html = prose(text)
    return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html


def question_html(question: Question, md: markdown.Markdown) -> str:
    """A question: native inputs, and the answers with feedback behind a summary."""
    code = live(highlighted(md, question.code)) if question.code else ""
    return (
        f'<fieldset class="quiz" id="{question.id}" data-feature="quiz" data-kind="{question.kind}"{measure(question)}>'
        f'<legend class="quiz-question">{inline(question.question)}</legend>{code}{inputs(question)}'
        f'{actions(check="Check")}<div class="quiz-result" role="status"></div>'
        f"<details><summary>Answer and feedback</summary>{answers(question)}</details></fieldset>"
    )


def measure(question: Question) -> str:
    """The attributes by which the script tells right answers; those of choices and outputs stand in the answers."""
    right = [reply.text for reply in question.replies if reply.correct]
    if question.kind == "numeric":
        return f' data-answer="{escape(right[0])}" data-tolerance="{question.tolerance!r}"'
    if question.kind == "text":
        return f' data-accept="{escape(json.dumps(right, ensure_ascii=False))}"'
    return ""


def inputs(question: Question) -> str:
    """The native inputs of a question."""
    if question.kind in CHOICES:
        kind = "radio" if question.kind == "single" else "checkbox"
        options = (
            f'<li><label><input type="{kind}" name="{question.id}" value="{number}"> '
            f"<span>{inline(reply.text)}</span></label></li>"
            for number, reply in enumerate(question.replies, start=1)
        )
        return f'<ul class="quiz-options">{"".join(options)}</ul>'
    mode = ' inputmode="decimal"' if question.kind == "numeric" else ""
    field = (
        f'<textarea name="{question.id}" rows="2" spellcheck="false"></textarea>'
        if question.kind == "predict"
        else f'<input type="text" name="{question.id}" autocomplete="off" spellcheck="false"{mode}>'
    )
    return f'<p><label class="quiz-answer">Your answer {field}</label></p>'


def answers(question: Question) -> str:
    """The right answers, the feedback for each reply, and the explanation."""
    replies = [reply for reply in question.replies if question.kind in CHOICES or not reply.correct]
    right = [reply.text for reply in question.replies if reply.correct]
    head = ""
    if question.kind == "predict":
        head = f"<p>It prints:</p>{printed(right[0])}"
    elif question.kind == "numeric":
        within = f" (anything within {question.tolerance:g} counts)" if question.tolerance else ""
        head = f"<p>The answer is <strong>{escape(right[0])}</strong>{within}.</p>"
    elif question.kind == "text":
        head = f"<p>The answer is <strong>{inline(right[0])}</strong>.</p>"
    items = "".join(feedback_item(question, reply) for reply in replies)
    return (
        f'{head}<div class="quiz-explanation">{prose(question.explanation)}</div><ul class="quiz-feedback">{items}</ul>'
    )


def feedback_item(question: Question, reply: Reply) -> str:
    """An answer and what is said to it. The script finds an option by its place, any other answer by its value."""
    shown = escape if question.kind in ("numeric", "predict") else inline  # an output may look like Markdown
    value = "" if question.kind in CHOICES else f' data-value="{escape(reply.text)}"'
    kind, verdict = ("right", "Right") if reply.correct else ("wrong", "Not right")
    return f'<li class="{kind}"{value}><strong>{verdict}: {shown(reply.text)}</strong> {inline(reply.feedback)}</li>'


def exercise_html(exercise: Exercise, md: markdown.Markdown) -> str:
    """An exercise: the task, the starter, the hints one by one, what is checked, and the solution."""
    hints = "".join(
        f'<details class="hint"><summary>Hint {number} of {len(exercise.hints)}</summary>{prose(hint)}</details>'
        for number, hint in enumerate(exercise.hints, start=1)
    )
    checks = "".join(f'<li data-check="{check.name}">{inline(check.docstring)}</li>' for check in exercise.checks)
    return (
        f'<section class="exercise" id="{exercise.id}" aria-label="Exercise {exercise.name}" data-feature="exercise" '
        f'data-file="{exercise.file}" data-name="{exercise.name}">'
        f'<div class="exercise-task">{prose(exercise.task)}</div>{highlighted(md, exercise.starter_code)}'
        f"{actions(write='Write your answer', check='Check', reset='Start over') if runtime.is_ready() else ''}"
        f'<div class="exercise-status" role="status"></div><div class="exercise-result"></div>{hints}'
        f"<details><summary>What is checked</summary><ul>{checks}</ul></details>"
        f"<details><summary>Solution</summary>{highlighted(md, exercise.solution.source)}</details></section>"
    )
