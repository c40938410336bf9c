"""Rules on exercises.py: what CI runs here must also run in a reader's browser.

There the reader's answer stands alone: it sees the imports and constants of the file, but none of its functions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from sitekit.errors import Problem
from sitekit.exercises import as_answer
from sitekit.rules.code import statements
from sitekit.snippets import Function, read_functions


def answers(path: Path, exercises: set[str]) -> Iterator[Problem]:
    """A solution, a starter and a wrong answer can be what a reader writes: under the exercise's name, and alone."""
    functions = read_functions(path)
    for name in exercises & functions.keys():
        for function in functions.values():
            if function.name not in (name, f"{name}_starter") and not function.name.startswith(f"{name}_wrong_"):
                continue
            if f"def {name}(" not in as_answer(function, name):
                cure = f"Write it as def {function.name}(...): with one space and no type parameters."
                yield Problem(
                    path, function.start, f"{function.name} can't be renamed to {name}", cure, rule="answer-name"
                )
            for used in used_names(function.node):
                if used.id in functions and not used.id == function.name == name:
                    message = f"{function.name} uses {used.id}, which a reader's answer can't see"
                    cure = "Write what it does into the body, or import it from mlmath."
                    yield Problem(path, used.lineno, message, cure, rule="answer-alone")


def used_names(function: ast.FunctionDef) -> list[ast.Name]:
    """The names that a function reads and neither receives nor defines."""
    nodes = list(ast.walk(function))
    own = {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    own |= {node.name for node in nodes[1:] if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return [node for node in nodes if isinstance(node, ast.Name) and node.id not in own]


def checks(path: Path, exercises: set[str]) -> Iterator[Problem]:
    """A check speaks through the messages of its assertions: each has one, and it prints nothing."""
    starts = ("_", *(f"{name}_check_" for name in exercises))
    for function in read_functions(path).values():
        if function.name.startswith(starts):
            yield from silent(path, function)
            yield from worded(path, function)


def silent(path: Path, function: Function) -> Iterator[Problem]:
    """What the reader sees printed is what the reader's code prints."""
    if "print" not in function.source:
        return
    for node in ast.walk(function.node):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            message = f"{function.name} prints, and the reader would take that for the answer's output"
            yield Problem(path, node.lineno, message, "Say it in the message of an assert.", rule="check-prints")


def worded(path: Path, function: Function) -> Iterator[Problem]:
    """An assertion without a message tells a reader nothing."""
    for node in statements(function.node):
        if isinstance(node, ast.Assert) and node.msg is None:
            message = f"this assert of {function.name} has no message"
            yield Problem(
                path, node.lineno, message, "Say after a comma what is wrong with the answer.", rule="check-message"
            )
