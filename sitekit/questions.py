"""The quiz fence: what a question is, and everything that can be wrong with one."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

import yaml

from sitekit.outputs import same
from sitekit.pages import load_yaml
from sitekit.snippets import split_output

KINDS = ("single", "multiple", "numeric", "text", "predict")
CHOICES = ("single", "multiple")
NEEDED = {
    "single": {"options"},
    "multiple": {"options"},
    "numeric": {"answer", "tolerance", "computed", "wrong"},
    "text": {"accept", "wrong"},
    "predict": {"code", "wrong"},
}
COMMON = {"id", "kind", "question", "explanation"}
IDENTIFIER = re.compile(r"^[a-z][a-z0-9-]*$")


class FenceError(Exception):
    """A mistake inside a fence."""

    def __init__(self, message: str, cure: str, line: int = 0, *, rule: str) -> None:
        """Keep the message, the cure, the line inside the fence (0 is the fence itself), and the rule."""
        self.message, self.cure, self.line, self.rule = message, cure, line, rule
        super().__init__(f"{message}. {cure}")


class Reply(NamedTuple):
    """One answer that a reader may give, and what to say to it."""

    text: str
    correct: bool
    feedback: str


class Question(NamedTuple):
    """A question of a page."""

    id: str
    kind: str
    question: str
    explanation: str
    replies: tuple[Reply, ...]
    """The options of a choice; otherwise the right answers, then the known wrong ones."""
    tolerance: float
    computed: str
    """Python expression whose value is the answer of a numeric question."""
    code: str
    """Shown code of a predict question, without its output."""


def read_yaml(text: str, what: str) -> dict[str, Any]:
    """The mapping inside a fence."""
    try:
        data = load_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = f"the {what} isn't valid YAML ({getattr(error, 'problem', error)})"
        cure = "Put text with a colon, or one that starts with a special character, into quotes."
        raise FenceError(message, cure, mark.line + 1 if mark else 0, rule="fence-yaml") from error
    if not isinstance(data, dict):
        raise FenceError(f"the {what} is not a list of name: value", "Start with id: some-name.", rule="fence-form")
    return data


def need(data: dict[str, Any], names: set[str], allowed: set[str], what: str) -> None:
    """Refuse missing and unknown names."""
    missing = sorted(name for name in names if data.get(name) is None or not str(data[name]).strip())
    if missing:
        raise FenceError(
            f"the {what} has no {' and no '.join(missing)}", "Add what is missing.", rule="fence-missing-name"
        )
    truths = sorted(name for name in names if isinstance(data[name], bool))
    if truths:
        raise FenceError(
            f"YAML reads the {truths[0]} of the {what} as true or false", "Put it into quotes.", rule="fence-truth"
        )
    unknown = sorted(str(name) for name in data.keys() - names - allowed)
    if unknown:
        raise FenceError(
            f"the {what} has unknown names: {', '.join(unknown)}",
            f"Known are {', '.join(sorted(names | allowed))}.",
            rule="fence-unknown-name",
        )


def read_question(text: str, *, needs_output: bool = True) -> Question:
    """The question that a quiz fence describes.

    Args:
        text: What stands in the fence, with its snippets put in.
        needs_output: Whether the code of a predict question must have its ``# >`` lines already.

    Raises:
        FenceError: If anything is missing, unknown or contradictory.
    """
    data = read_yaml(text, "question")
    kind = data.get("kind")
    if kind not in KINDS:
        raise FenceError(
            f"the question has the kind {kind!r}", f"Choose one of {', '.join(KINDS)}.", rule="question-kind"
        )
    need(data, COMMON | NEEDED[kind], set(), "question")
    if not IDENTIFIER.match(str(data["id"])):
        raise FenceError(
            f"the id {data['id']!r} is not made of small letters, digits and -", "Rename it.", rule="id-form"
        )
    code, output = split_output(str(data.get("code", "")))
    if kind in CHOICES:
        replies = tuple(read_option(option) for option in as_list(data, "options"))
        right = sum(reply.correct for reply in replies)
        if right == 0 or (kind == "single" and right != 1):
            wanted = "exactly one option" if kind == "single" else "at least one option"
            raise FenceError(
                f"{right} options are marked correct", f"Mark {wanted} with correct: true.", rule="question-right"
            )
    else:
        right_answers = as_list(data, "accept") if kind == "text" else [data["answer"] if kind == "numeric" else output]
        if kind == "predict" and not output and needs_output:
            cure = "Let python3 -m sitekit outputs write its # > lines, or choose a section that prints."
            raise FenceError("the code of the question has no output", cure, rule="question-output")
        explanation = str(data["explanation"])
        replies = tuple(Reply(str(answer), True, explanation) for answer in right_answers) + tuple(
            Reply(*read_wrong(wrong)) for wrong in as_list(data, "wrong")
        )
    if kind == "numeric" and not (
        is_number(data["answer"]) and is_number(data["tolerance"]) and data["tolerance"] >= 0
    ):
        raise FenceError(
            "answer and tolerance must be numbers, the tolerance not negative",
            "Write them without quotes, and 0.001 or 1.0e-3 for small ones.",
            rule="question-number",
        )
    tolerance = float(data.get("tolerance", 0))
    if kind not in CHOICES:
        refuse_wrong_answers_that_no_reader_meets(kind, replies, tolerance)
    return Question(
        str(data["id"]), kind, str(data["question"]), str(data["explanation"]), replies, tolerance,
        str(data.get("computed", "")), code,
    )  # fmt: skip


def refuse_wrong_answers_that_no_reader_meets(kind: str, replies: tuple[Reply, ...], tolerance: float) -> None:
    """Refuse a wrong answer that counts as right, that an earlier one hides, or that is no number where one is asked.

    Raises:
        FenceError: At the first one.
    """

    def same_answer(value: str, other: str, within: float) -> bool:
        if kind == "numeric":
            return abs(float(value) - float(other)) <= within
        return plain_text(value) == plain_text(other) if kind == "text" else same_output(value, other)

    right = [reply.text for reply in replies if reply.correct]
    seen: list[str] = []
    for value in (reply.text for reply in replies if not reply.correct):
        if kind == "numeric" and not is_text_of_number(value):
            raise FenceError(
                f"the wrong answer {value!r} is not a number", "Write it like 0.25 or 1e-3.", rule="question-number"
            )
        if any(same_answer(value, answer, tolerance) for answer in right):
            cure = "Remove it, or make the tolerance smaller." if kind == "numeric" else "Remove it."
            raise FenceError(f"the wrong answer {value!r} counts as right", cure, rule="question-wrong-is-right")
        if any(value == other or (kind != "predict" and same_answer(value, other, 0)) for other in seen):
            raise FenceError(
                f"the wrong answer {value!r} stands there twice", "Remove one of them.", rule="question-wrong-twice"
            )
        seen.append(value)


def plain_text(text: str) -> str:
    """A short text without what a reader is forgiven; docs/assets/js/answers.js does the same."""
    text = re.sub(r"[\"'`“”‘’$]", "", unicodedata.normalize("NFKC", text).lower()).strip()
    text = re.sub(r"[\s\-‐‑–—]+", "", re.sub(r"^(?:the|an|a)\s+", "", text))
    return re.sub(r"[.,;:!?]+$", "", text)


def same_output(shown: str, typed: str) -> bool:
    """Whether two outputs agree, line by line; docs/assets/js/answers.js does the same."""
    ours, theirs = ([line.rstrip() for line in text.rstrip().splitlines()] for text in (shown, typed))
    return len(ours) == len(theirs) and all(same(a, b) for a, b in zip(ours, theirs, strict=True))


def is_text_of_number(text: str) -> bool:
    """Whether a script can read the text as a number too."""
    return re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", text, re.IGNORECASE) is not None


def is_number(value: object) -> bool:
    """Whether YAML read a number (it reads true as a bool, which Python counts as an int)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_list(data: dict[str, Any], name: str) -> list[Any]:
    """A value that must be a list with something in it."""
    value = data[name]
    if not isinstance(value, list) or not value:
        raise FenceError(
            f"{name} must be a list with something in it",
            f"Write {name}: and items that start with - under it.",
            rule="fence-list",
        )
    return value


def read_option(option: Any) -> Reply:
    """One option of a choice: text, feedback and perhaps ``correct: true``."""
    if not isinstance(option, dict):
        raise FenceError(
            f"the option {option!r} has no text and feedback",
            "Write - text: and feedback: under it.",
            rule="question-option",
        )
    need(option, {"text", "feedback"}, {"correct"}, "option")
    if option.get("correct", True) not in (True, False):
        raise FenceError("correct must be true or false", "Leave it out for a wrong option.", rule="question-option")
    return Reply(str(option["text"]), bool(option.get("correct", False)), str(option["feedback"]))


def read_wrong(wrong: Any) -> Reply:
    """One known wrong answer: value and feedback."""
    if not isinstance(wrong, dict):
        raise FenceError(
            f"the wrong answer {wrong!r} has no value and feedback",
            "Write - value: and feedback: under it.",
            rule="question-wrong",
        )
    need(wrong, {"value", "feedback"}, set(), "wrong answer")
    return Reply(str(wrong["value"]), False, str(wrong["feedback"]))
