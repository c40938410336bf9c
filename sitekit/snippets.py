"""Snippet files: their named sections, and pages with the sections put in.

Pages include code with pymdownx.snippets. The class below is that very preprocessor; it only remembers where each
line came from, so that an error in an included line can name the file a contributor has to open.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import markdown
from pymdownx.snippets import SnippetMissingError, SnippetPreprocessor

from sitekit.errors import Problem, SiteError
from sitekit.pages import read_text

MARKER = re.compile(r"^# --8<-- \[(?P<type>start|end):(?P<name>[a-z][-_0-9a-z]*)\]$")
INCLUDE = re.compile(r'^\s*--8<-- "(?P<path>[^":]+)(?::(?P<section>[a-z][-_0-9a-z]*))?"\s*$')
OUTPUT_PREFIX = "# >"


class Line(str):
    """A line of text that knows which file and line it was read from."""

    path: Path | None = None
    number: int = 0

    def __radd__(self, other: str) -> Line:
        """Indent the line (pymdownx adds the indentation of the include) and keep its origin."""
        return located(str.__add__(other, self), self.path, self.number)


def located(text: str, path: Path | None, number: int) -> Line:
    """``text`` as a line that comes from ``path``, line ``number``."""
    line = Line(text)
    line.path, line.number = path, number
    return line


class LocatingPreprocessor(SnippetPreprocessor):  # type: ignore[misc]  # pymdownx has no types
    """pymdownx.snippets, with every line marked with its origin."""

    def extract_section(self, section: str, lines: list[str]) -> list[str]:
        """Number the lines before pymdownx picks those of the section."""
        numbered = [located(line, None, number) for number, line in enumerate(lines, start=1)]
        picked: list[str] = super().extract_section(section, numbered)
        return picked

    def parse_snippets(  # the name and arguments are pymdownx's
        self, lines: list[str], file_name: str | None = None, is_url: bool = False, is_section: bool = False
    ) -> list[str]:
        """Mark lines that pymdownx read from a file with that file."""
        if file_name is not None:
            path = Path(file_name)
            start = first_line_of(lines, path) if not any(isinstance(line, Line) for line in lines) else 0
            lines = [
                located(line, path, line.number if isinstance(line, Line) else start + index)
                for index, line in enumerate(lines)
            ]
        parsed: list[str] = super().parse_snippets(lines, file_name, is_url, is_section)
        return parsed


def first_line_of(lines: list[str], path: Path) -> int:
    """Line of ``path`` at which the run of ``lines`` starts, counted from 1."""
    text = read_text(path).splitlines()
    return next((start + 1 for start in range(len(text)) if text[start : start + len(lines)] == lines), 1)


def expand(root: Path, path: Path) -> list[Line]:
    """The lines of a page with all its snippets put in, each with its origin.

    Raises:
        SiteError: If an included file or section does not exist; the problem names the including line.
    """
    config = {
        "base_path": [str(root / "snippets")],
        "restrict_base_path": True,
        "encoding": "utf-8",
        "check_paths": True,
        "auto_append": [],
        "url_download": False,
        "url_max_size": 0,
        "url_timeout": 0,
        "url_request_headers": {},
        "dedent_subsections": False,
        "max_retries": 0,
        "backoff_factor": 0,
    }
    preprocessor = LocatingPreprocessor(config, markdown.Markdown())
    lines = [located(text, path, number) for number, text in enumerate(read_text(path).splitlines(), start=1)]
    try:
        expanded: list[str] = preprocessor.run(lines)
    except SnippetMissingError as error:
        number = next((line.number for line in lines if is_broken_include(root, line)), 1)
        raise SiteError(
            Problem(path, number, str(error), "Correct the path or the section's name.", rule="include-missing")
        ) from error
    located_lines: list[Line] = []
    before = located("", path, 0)
    for line in expanded:
        # pymdownx makes a new string of an escaped line: it comes from under the line before it
        before = line if isinstance(line, Line) else located(line, before.path, before.number + 1)
        located_lines.append(before)
    return located_lines


def is_broken_include(root: Path, line: str) -> bool:
    """Whether the line includes a file or section that does not exist."""
    match = INCLUDE.match(line)
    if not match:
        return False
    file = root / "snippets" / match["path"]
    return not file.is_file() or bool(match["section"] and match["section"] not in read_sections(file))


class Section(NamedTuple):
    """A named part of a snippet file."""

    start: int
    """Line of the start marker."""
    end: int
    """Line of the end marker; 0 if there is none."""


def read_sections(path: Path) -> dict[str, Section]:
    """The sections of a snippet file by name."""
    return sections_of(read_text(path))


@lru_cache(maxsize=1024)
def sections_of(text: str) -> dict[str, Section]:
    """The sections of a snippet file with this text."""
    sections: dict[str, Section] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = MARKER.match(line.strip()) if "8<" in line else None
        if match and match["type"] == "start":
            sections.setdefault(match["name"], Section(number, 0))
        elif match and match["name"] in sections and not sections[match["name"]].end:
            sections[match["name"]] = Section(sections[match["name"]].start, number)
    return sections


class Function(NamedTuple):
    """A function of a snippet file, as text."""

    name: str
    start: int
    """First line of the function, decorators included, counted from 1."""
    end: int
    """Last line."""
    source: str
    has_parameters: bool
    docstring: str
    node: ast.FunctionDef


def read_functions(path: Path) -> dict[str, Function]:
    """The top-level functions of a Python file by name, in the order of the file.

    Raises:
        SiteError: If the file isn't valid Python, or defines a name twice.
    """
    return functions_of(path, read_text(path))


@lru_cache(maxsize=1024)
def functions_of(path: Path, text: str) -> dict[str, Function]:
    """What ``read_functions`` says of a file with this text."""
    lines = text.splitlines()
    functions: dict[str, Function] = {}
    for node in parse(path, text).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        if node.name in functions:
            raise SiteError(
                Problem(
                    path, node.lineno, f"{node.name} is defined twice", "Rename one of them.", rule="function-twice"
                )
            )
        start = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        end = node.end_lineno or node.lineno
        while end < len(lines) and lines[end].startswith((" ", "\t")):  # a comment that ends the body
            end += 1
        arguments = node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        has_parameters = bool(named or arguments.vararg or arguments.kwarg)
        source = "\n".join(lines[start - 1 : end])
        docstring = ast.get_docstring(node) or ""
        functions[node.name] = Function(node.name, start, end, source, has_parameters, docstring, node)
    return functions


def claims_and_figures(path: Path) -> dict[str, Function]:
    """The functions of checks.py or figures.py that pages name: public, and without parameters."""
    if not path.exists():
        return {}
    functions = read_functions(path)
    return {name: f for name, f in functions.items() if not f.has_parameters and not name.startswith("_")}


@lru_cache(maxsize=1024)
def parse(path: Path, text: str) -> ast.Module:
    """The syntax tree of a snippet file, or a SiteError at the line Python complains about."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        message = f"this isn't valid Python ({error.msg})"
        raise SiteError(Problem(path, error.lineno or 1, message, "Correct the code.", rule="python")) from error


def split_output(code: str) -> tuple[str, str]:
    """Separate the shown code from its ``# >`` lines: (code, output)."""
    kept, output = [], []
    for line in code.splitlines():
        if line.startswith(OUTPUT_PREFIX):
            output.append(line[len(OUTPUT_PREFIX) + 1 :])
        else:
            kept.append(line)
    return "\n".join(kept).strip("\n"), "\n".join(output)
