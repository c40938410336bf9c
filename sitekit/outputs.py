"""Running shown code statement by statement, and comparing what it prints with the ``# >`` lines under it."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sitekit.errors import Problem, SiteError
from sitekit.snippets import OUTPUT_PREFIX, Line

DIGITS_OF_NUMPY = 8
NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")


class Statement(NamedTuple):
    """A top-level statement of a block, and the output that the page shows for it."""

    node: ast.stmt
    path: Path
    line: int
    """Line of the statement in ``path``."""
    last_line: int
    """Line in ``path`` after which its output stands."""
    expected: tuple[Line, ...]
    """The ``# >`` lines under it."""


class OutputDiffersError(AssertionError):
    """A statement prints something else than the page shows."""

    def __init__(self, statement: Statement, printed: list[str]) -> None:
        """Keep the statement and the lines that it printed."""
        self.statement, self.printed = statement, printed
        shown = [text_of(line) for line in statement.expected]
        pairs = zip(shown, printed, strict=False)
        first = next((i for i, pair in enumerate(pairs) if not same(*pair)), min(len(shown), len(printed)))
        self.line = statement.expected[first].number if first < len(shown) else statement.last_line
        here = f"this line says {shown[first]!r}" if first < len(shown) else "no line is shown for this"
        there = f"the run printed {printed[first]!r}" if first < len(printed) else "the run printed nothing for it"
        super().__init__(
            f"the output differs: {here}, {there}. "
            "Run python3 -m sitekit outputs if the new output is right. [output-differs]"
        )


def text_of(line: str) -> str:
    """The output that a ``# >`` line shows."""
    return line[len(OUTPUT_PREFIX) + 1 :]


def statements(lines: list[Line]) -> list[Statement]:
    """The statements of a block, each with the file and lines it comes from.

    Raises:
        SyntaxError: If the block isn't Python, with the file and line of the source.
    """
    try:
        body = ast.parse("\n".join(lines)).body
    except SyntaxError as error:
        origin = lines[min((error.lineno or 1), len(lines)) - 1]
        error.filename, error.lineno = str(origin.path), origin.number
        raise
    found = []
    for node in body:
        first, last = lines[node.lineno - 1], lines[(node.end_lineno or node.lineno) - 1]
        expected = []
        for line in lines[node.end_lineno or node.lineno :]:
            if not line.startswith(OUTPUT_PREFIX):
                break
            expected.append(line)
        for part in ast.walk(node):
            if isinstance(part, ast.expr | ast.stmt | ast.excepthandler | ast.keyword | ast.arg | ast.alias):
                part.lineno, part.end_lineno = (
                    lines[part.lineno - 1].number,
                    lines[(part.end_lineno or part.lineno) - 1].number,
                )
        found.append(Statement(node, first.path or Path(), first.number, last.number, tuple(expected)))
    return found


def refuse_stray_outputs(lines: list[Line], found: list[Statement]) -> None:
    """Refuse a ``# >`` line that belongs to no statement: the page would show it, and nothing would compare it.

    Raises:
        SiteError: At the first such line.
    """
    compared = {line.number for statement in found for line in statement.expected}
    for line in lines:
        if line.startswith(OUTPUT_PREFIX) and line.number not in compared:
            message = f"no statement stands directly above this output: {line}"
            cure = "Move it under the line that prints it."
            raise SiteError(Problem(line.path or Path(), line.number, message, cure, rule="output-stray"))


def run(statement: Statement, namespace: dict[str, Any]) -> list[str]:
    """Run one statement, with warnings as errors, and return the lines that it printed."""
    # dont_inherit: the future imports of this file are not those of the page
    code = compile(ast.Module([statement.node], []), str(statement.path), "exec", dont_inherit=True)
    stdout = io.StringIO()
    with contextlib.redirect_stdout(stdout), warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(code, namespace)  # noqa: S102  # running the page's code is what this is for
    return [line.rstrip() for line in stdout.getvalue().splitlines()]


def compare(statement: Statement, printed: list[str]) -> None:
    """Compare what was printed with what is shown.

    Raises:
        OutputDiffersError: If text or an integer differs, or a float by more than one unit in its last shown digit.
    """
    shown = [text_of(line) for line in statement.expected]
    if len(shown) != len(printed) or not all(same(a, b) for a, b in zip(shown, printed, strict=True)):
        raise OutputDiffersError(statement, printed)


def same(shown: str, printed: str) -> bool:
    """Whether two lines agree: text and integers exactly, floats to one unit in the last printed digit."""
    if NUMBER.sub("#", shown) != NUMBER.sub("#", printed):
        return False
    return all(same_number(a, b) for a, b in zip(NUMBER.findall(shown), NUMBER.findall(printed), strict=True))


def same_number(shown: str, printed: str) -> bool:
    """Whether two printed numbers agree."""
    if shown == printed:
        return True
    if shown.lstrip("+-").isdigit() or printed.lstrip("+-").isdigit():
        return False
    # 1.000001: the unit itself is not exact in binary
    return abs(float(shown) - float(printed)) <= 1.000001 * unit_of(shown)


def unit_of(number: str) -> float:
    """The value of one unit in the last digit of a printed float."""
    mantissa, _, exponent = number.lower().partition("e")
    if mantissa.endswith("."):  # numpy ends an array's float so when no digit is left to print
        return float(10.0 ** (int(exponent or 0) - DIGITS_OF_NUMPY))
    decimals = len(mantissa.partition(".")[2])
    return float(10.0 ** (int(exponent or 0) - decimals))


def rewritten(text: str, changes: Iterator[tuple[Statement, list[str]]]) -> str:
    """The text of a snippet file with new outputs.

    Args:
        text: The file.
        changes: Statements of that file, with what they printed.
    """
    lines = text.splitlines()
    latest = {change[0].last_line: change for change in changes}  # a section that two fences show has run twice
    for _, (statement, printed) in sorted(latest.items(), reverse=True):
        start = statement.last_line
        new = [f"{OUTPUT_PREFIX} {line}".rstrip() for line in printed]
        lines[start : start + len(statement.expected)] = new
    return "\n".join(lines) + "\n"
