"""The exercise fence: what an exercise is, where its code is, and the proof that its checks work.

In ``exercises.py`` the solution has the exercise's name; the other functions are named after it:
``NAME_starter``, ``NAME_check_...`` and ``NAME_wrong_...``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from sitekit.questions import IDENTIFIER, FenceError, as_list, need, read_yaml
from sitekit.session import grade
from sitekit.snippets import Function, read_functions

FUNCTION = re.compile(r"^(?P<path>[a-z0-9_/-]+/exercises\.py):(?P<name>[a-z][a-z0-9_]*)$")


class Exercise(NamedTuple):
    """An exercise of a page."""

    id: str
    task: str
    hints: tuple[str, ...]
    path: Path
    """Its exercises.py."""
    file: str
    """The same below snippets/: ``calculus/calculus_for_ml/exercises.py``."""
    solution: Function
    starter: Function
    checks: tuple[Function, ...]
    wrongs: tuple[Function, ...]

    @property
    def name(self) -> str:
        """Name of the function that the reader writes."""
        return self.solution.name

    @property
    def starter_code(self) -> str:
        """The starter as the reader sees it: under the name of the function to write."""
        return as_answer(self.starter, self.name)


def as_answer(function: Function, name: str) -> str:
    """A function of exercises.py as a reader would write it: under the name of the exercise."""
    return function.source.replace(f"def {function.name}(", f"def {name}(", 1)


def read_exercise(root: Path, text: str) -> Exercise:
    """The exercise that a fence describes, with its functions.

    Raises:
        FenceError: If the fence or the functions it names are incomplete.
    """
    data = read_yaml(text, "exercise")
    need(data, {"id", "function", "task", "hints"}, set(), "exercise")
    if not IDENTIFIER.match(str(data["id"])):
        raise FenceError(
            f"the id {data['id']!r} is not made of small letters, digits and -", "Rename it.", rule="id-form"
        )
    match = FUNCTION.match(str(data["function"]))
    if not match:
        cure = "Write it as branch/module/exercises.py:name."
        raise FenceError(f"the function {data['function']!r} is not a path and a name", cure, rule="exercise-function")
    path = root / "snippets" / match["path"]
    if not path.is_file():
        raise FenceError(
            f"there is no file snippets/{match['path']}", "Correct the path, or write the file.", rule="exercise-file"
        )
    functions = read_functions(path)
    name = match["name"]

    def named(start: str) -> tuple[Function, ...]:
        return tuple(function for key, function in functions.items() if key.startswith(start))

    for wanted, meaning in ((name, "the solution"), (f"{name}_starter", "the starter")):
        if wanted not in functions:
            raise FenceError(
                f"snippets/{match['path']} has no function {wanted}",
                f"Write {meaning} under this name.",
                rule="exercise-part",
            )
    checks, wrongs = named(f"{name}_check_"), named(f"{name}_wrong_")
    for group, start, meaning in (
        (checks, f"{name}_check_", "check"),
        (wrongs, f"{name}_wrong_", "known wrong answer"),
    ):
        if not group:
            raise FenceError(
                f"snippets/{match['path']} has no {meaning} for {name}",
                f"Write a function {start}... .",
                rule="exercise-part",
            )
        for function in group:
            if not function.docstring:
                raise FenceError(
                    f"{function.name} has no docstring",
                    "Say in it what it checks, or which words its message has.",
                    rule="exercise-docstring",
                )
    hints = tuple(str(hint) for hint in as_list(data, "hints"))
    return Exercise(
        str(data["id"]), str(data["task"]), hints, path, match["path"], functions[name], functions[f"{name}_starter"],
        checks, wrongs,
    )  # fmt: skip


def message_of(checks: list[Callable[[Any], None]], candidate: Callable[..., Any]) -> str | None:
    """What the first failing check says to a candidate, or None if all pass: as the reader's browser grades it."""
    return next((outcome.message for outcome in grade(checks, candidate) if outcome.message is not None), None)


def verify(exercise: Exercise, namespace: dict[str, Any]) -> None:
    """Prove an exercise: the solution passes, the starter fails, each wrong answer fails with its own message.

    Args:
        exercise: The exercise.
        namespace: What its exercises.py defines, by name.

    Raises:
        FenceError: At the first of these that does not hold; ``line`` is that of the function in exercises.py.
    """
    checks = [namespace[check.name] for check in exercise.checks]
    message = message_of(checks, namespace[exercise.name])
    if message is not None:
        raise FenceError(
            f"the solution {exercise.name} fails: {message.rstrip('.')}",
            "Correct it, or its checks.",
            exercise.solution.start,
            rule="solution-fails",
        )
    if message_of(checks, namespace[exercise.starter.name]) is None:
        cure = "Take the solution out of it, or write a check that it fails."
        raise FenceError(
            f"the starter {exercise.starter.name} passes every check",
            cure,
            exercise.starter.start,
            rule="starter-passes",
        )
    messages: dict[str, str] = {}
    for wrong in exercise.wrongs:
        message = message_of(checks, namespace[wrong.name])
        if message is None:
            raise FenceError(
                f"the wrong answer {wrong.name} passes every check",
                "Write a check that it fails.",
                wrong.start,
                rule="wrong-answer-passes",
            )
        if wrong.docstring not in message:
            cure = "Write a check that recognises it, or correct its docstring."
            raise FenceError(
                f"{wrong.name} fails with “{message}”, without its own words “{wrong.docstring}”",
                cure,
                wrong.start,
                rule="wrong-answer-words",
            )
        if message in messages:
            cure = "Give each a message of its own."
            raise FenceError(
                f"{wrong.name} and {messages[message]} get the same message",
                cure,
                wrong.start,
                rule="wrong-answer-same",
            )
        messages[message] = wrong.name


def write_exercises(root: Path, site: Path) -> None:
    """Copy each exercises.py into a site, byte for byte: readers are checked by the file that CI proves."""
    for source in sorted((root / "snippets").rglob("exercises.py")):
        target = site / "assets" / "exercises" / source.relative_to(root / "snippets")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
