"""``pytest --codeblocks docs``: run every code block of every page, in order, as a reader would.

The option and the extraction of blocks are those of pytest-codeblocks. On its own it would skip every block that is
included from a snippet file, give each block a namespace of its own, and report no file and line of the failure; so
this plugin takes over the collection of pages:

- snippets are put in first, and every line remembers the file it came from;
- the blocks of a page share one namespace; a block that is selected alone runs the blocks above it first;
- each runs in an empty folder, with warnings as errors and a time limit;
- what a block prints is compared with its ``# >`` lines (``--update-output`` rewrites them);
- what ran is recorded, so that ``sitekit.rendered`` can prove that a page shows nothing that did not run.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jupytext
import pytest
from pytest_codeblocks.main import extract_from_buffer

from sitekit import check_pages, reference
from sitekit.errors import Problem, SiteError
from sitekit.exercises import read_exercise, verify
from sitekit.outputs import (
    OutputDiffersError,
    Statement,
    compare,
    refuse_stray_outputs,
    rewritten,
    run,
    statements,
)
from sitekit.pages import read_text
from sitekit.questions import FenceError, read_question
from sitekit.rendered import fingerprint
from sitekit.snippets import Line, expand, located, split_output

SECONDS_PER_BLOCK = 20
RUN_LANGUAGES = ("python", "quiz", "exercise")
RECORDS = ".cache/executed"
"""Where each process of a run notes the blocks that it executed, one a line, in a file of its own."""

Change = tuple[Statement, list[str]]
changes = pytest.StashKey[list[Change]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-output`` beside the options of pytest-codeblocks."""
    parser.getgroup("general").addoption(
        "--update-output", action="store_true", help="rewrite the # > lines of the code blocks that are run"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start with empty records; draw nothing on a screen; let pages be collected by this plugin alone."""
    config.stash[changes] = []
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.rootpath / RECORDS, ignore_errors=True)
    os.environ["MPLBACKEND"] = "Agg"
    for plugin in [
        plugin for plugin in config.pluginmanager.get_plugins() if is_collector_of_pytest_codeblocks(plugin)
    ]:
        config.pluginmanager.unregister(plugin)


def is_collector_of_pytest_codeblocks(plugin: object) -> bool:
    """Whether this is the plugin whose collector would run the blocks a second time, without their snippets."""
    return getattr(plugin, "__name__", "") == "pytest_codeblocks.plugin"


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Write the pages with the checks and figures first: on a fresh clone there are none yet."""
    root = session.config.rootpath
    if session.config.getoption("--codeblocks", default=False) and (root / "docs").is_dir():
        try:
            check_pages.write_all(root)
        except SiteError as error:
            raise pytest.UsageError(explain(root, error)) from error


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the pages and labs below docs/."""
    root = parent.config.rootpath
    if not parent.config.getoption("--codeblocks", default=False) or not file_path.is_relative_to(root / "docs"):
        return None
    if file_path.suffix == ".md":
        return PageFile.from_parent(parent, path=file_path)
    if file_path.suffix == ".py" and file_path.parent == root / "docs" / "labs":
        return LabFile.from_parent(parent, path=file_path)
    return None


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the new outputs."""
    config = session.config
    for path in {statement.path for statement, _ in config.stash[changes]}:
        mine = ((statement, printed) for statement, printed in config.stash[changes] if statement.path == path)
        path.write_text(rewritten(read_text(path), mine), encoding="utf-8")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many blocks ran, and which files got new outputs."""
    if ran := executed(config.rootpath):
        terminalreporter.write_line(f"{len(ran)} code blocks executed")
    for path in sorted({str(statement.path) for statement, _ in config.stash[changes]}):
        terminalreporter.write_line(f"new outputs in {os.path.relpath(path, config.rootpath)}: look at the difference")


def executed(root: Path) -> list[dict[str, str]]:
    """What the blocks of the pages were when they ran, in the last run of tests, or so far in this one."""
    files = sorted((root / RECORDS).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in read_text(file).splitlines()]


class Session:
    """The one namespace of a page, and how far its blocks have run."""

    def __init__(self, config: pytest.Config, page: str, *, compares: bool = True) -> None:
        """Start with nothing run. A notebook shows its own output: there is nothing to compare it with."""
        self.config, self.page, self.compares = config, page, compares
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.blocks: list[BlockItem] = []
        self.done = 0

    def run_until(self, number: int) -> None:
        """Run the blocks that have not run yet, up to and including ``number``."""
        while self.done <= number:
            self.done += 1  # a block that fails is not tried again by the ones below it
            with reader_conditions():
                self.run_block(self.blocks[self.done - 1].lines)

    def run_block(self, lines: list[Line]) -> None:
        """Run one block and compare its output."""
        self.record("\n".join(lines))
        found = statements(lines)
        if self.compares:
            refuse_stray_outputs(lines, found)
        for statement in found:
            printed = run(statement, self.namespace)
            if not self.compares:
                continue
            if self.config.getoption("--update-output"):
                if [line.rstrip() for line in printed] != [line[4:] for line in statement.expected]:
                    self.config.stash[changes].append((statement, printed))
            else:
                compare(statement, printed)

    def record(self, code: str) -> None:
        """Remember that this code, as the page shows it, was run."""
        shown = split_output(code)[0]
        entry = {"page": self.page, "code": fingerprint(shown), "start": shown[:60]}
        process = getattr(self.config, "workerinput", {"workerid": "main"})["workerid"]
        file = self.config.rootpath / RECORDS / f"{process}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry) + "\n")


@contextlib.contextmanager
def reader_conditions() -> Iterator[None]:
    """An empty current folder, and no figure left open."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
            if "matplotlib.pyplot" in sys.modules:
                sys.modules["matplotlib.pyplot"].close("all")


class BlockItem(pytest.Item):
    """A code block of a page, as a test."""

    session_of_page: Session
    lines: list[Line]
    number: int

    def runtest(self) -> None:
        """Run the block, after those above it."""
        self.session_of_page.run_until(self.number)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the block's first line comes from."""
        first = self.lines[0]
        return first.path or self.path, first.number - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The message with file and line, and the traceback without the machinery."""
        return explain(self.config.rootpath, excinfo.value)


class QuestionItem(BlockItem):
    """A numeric question: its answer is computed after the page's code has run."""

    expression: str
    answer: float
    tolerance: float

    def runtest(self) -> None:
        """Compute the answer and compare."""
        self.session_of_page.run_until(self.number)
        with reader_conditions():
            try:
                value = float(eval(self.expression, self.session_of_page.namespace))  # noqa: S307  # the page's own code
            except Exception as error:  # the expression is a contributor's: anything can come out of it
                message = f"computed: {self.expression} raises {type(error).__name__}: {error}"
                problem = Problem(
                    self.path, self.lines[0].number, message, "Correct the expression.", rule="computed-raises"
                )
                raise SiteError(problem) from error
        if not abs(value - self.answer) <= self.tolerance:
            message = f"the answer is {self.answer:g}, but {self.expression} is {value:.10g}"
            raise SiteError(
                Problem(
                    self.path,
                    self.lines[0].number,
                    message,
                    "Correct the answer or its computed: line.",
                    rule="computed-differs",
                )
            )


class ExerciseItem(BlockItem):
    """An exercise: the solution passes, the starter fails, each wrong answer fails with its own message."""

    text: str

    def runtest(self) -> None:
        """Prove the exercise in the namespace of its exercises.py."""
        try:
            exercise = read_exercise(self.config.rootpath, self.text)
        except FenceError as error:
            line = self.lines[0].number + error.line
            raise SiteError(Problem(self.path, line, error.message, error.cure, rule=error.rule)) from error
        origin = [
            located(line, exercise.path, n) for n, line in enumerate(read_text(exercise.path).splitlines(), start=1)
        ]
        namespace: dict[str, Any] = {"__name__": "exercises"}
        with reader_conditions():
            for statement in statements(origin):
                run(statement, namespace)
            try:
                verify(exercise, namespace)
            except FenceError as error:
                raise SiteError(
                    Problem(exercise.path, error.line, error.message, error.cure, rule=error.rule)
                ) from error
        self.session_of_page.record(exercise.starter_code)
        self.session_of_page.record(exercise.solution.source)


class ReferenceItem(BlockItem):
    """The examples of a docstring that a reference page shows."""

    examples: reference.Examples

    def runtest(self) -> None:
        """Run them in the namespace of their module."""
        with reader_conditions():
            reference.run_examples(self.examples)
        for block in self.examples.blocks:
            self.session_of_page.record(block)


class PageFile(pytest.File):
    """A Markdown page."""

    def collect(self) -> Iterable[pytest.Item]:
        """Its blocks, questions with a computed answer, and exercises."""
        root = self.config.rootpath
        lines = expand(root, self.path)
        session = Session(self.config, page_name(root, self.path))
        blocks = extract_from_buffer(io.StringIO("\n".join(lines) + "\n"), max_num_lines=1_000_000)
        for block in blocks:
            if block.syntax not in RUN_LANGUAGES:
                continue
            count = block.code.count("\n")
            inside = lines[block.lineno : block.lineno + count]
            if block.syntax == "python":
                if not inside:
                    fence = lines[block.lineno - 1]
                    raise SiteError(
                        Problem(
                            self.path,
                            fence.number,
                            "this fence shows no code",
                            "Include a section in it.",
                            rule="fence-empty",
                        )
                    )
                yield self.block(session, dedented(inside))
            elif block.syntax == "exercise":
                yield self.make(ExerciseItem, session, lines[block.lineno - 1], "exercise", text=block.code)
            else:
                yield from self.question(session, block.code, lines[block.lineno - 1], inside)
        for line in lines:
            if line.startswith(reference.DIRECTIVE):
                topic = line.removeprefix(reference.DIRECTIVE).strip()
                for found in reference.examples(topic):
                    place = located(line, found.path, found.line)
                    yield self.make(ReferenceItem, session, place, f"{topic}.{found.name}", examples=found)

    def block(self, session: Session, inside: list[Line]) -> BlockItem:
        """A code block as a test."""
        item: BlockItem = BlockItem.from_parent(self, name=f"block {len(session.blocks) + 1}")
        item.session_of_page, item.lines, item.number = session, inside, len(session.blocks)
        item.add_marker(pytest.mark.timeout(SECONDS_PER_BLOCK))
        session.blocks.append(item)
        return item

    def make(self, kind: type[BlockItem], session: Session, fence: Line, name: str, **values: Any) -> BlockItem:
        """Another thing of the page as a test, at the line of its fence."""
        item = kind.from_parent(self, name=f"{name} at line {fence.number}")
        item.session_of_page, item.lines, item.number = session, [fence], len(session.blocks) - 1
        item.add_marker(pytest.mark.timeout(SECONDS_PER_BLOCK))
        for key, value in values.items():
            setattr(item, key, value)
        return item

    def question(self, session: Session, text: str, fence: Line, inside: list[Line]) -> Iterable[BlockItem]:
        """The tests of a question: the code it shows, or the answer it computes."""
        try:
            question = read_question(text, needs_output=not self.config.getoption("--update-output"))
        except FenceError as error:
            place = inside[min(error.line, len(inside)) - 1] if error.line else fence
            raise SiteError(Problem(self.path, place.number, error.message, error.cure, rule=error.rule)) from error
        if question.kind == "predict":
            code = code_of_question(dedented(inside))
            if not code:
                cure = 'Write code: | and, indented under it, --8<-- "path:section".'
                raise SiteError(
                    Problem(
                        self.path, fence.number, "the code of this question can't be run", cure, rule="question-code"
                    )
                )
            yield self.block(session, code)
        if question.kind == "numeric":
            values = {"expression": question.computed, "answer": float(question.replies[0].text)}
            yield self.make(QuestionItem, session, fence, "question", tolerance=question.tolerance, **values)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """A page that can't be collected, in the words of sitekit."""
        return explain(self.config.rootpath, excinfo.value)


class LabFile(PageFile):
    """A lab: a notebook in the percent format. Its code cells are its blocks."""

    def collect(self) -> Iterable[pytest.Item]:
        """Its code cells."""
        root = self.config.rootpath
        text = read_text(self.path).splitlines()
        session = Session(self.config, page_name(root, self.path), compares=False)
        starts = [number for number, line in enumerate(text, start=1) if re.match(r"# %%\s*$", line)]
        cells = [cell.source for cell in jupytext.read(self.path).cells if cell.cell_type == "code"]
        if len(starts) != len(cells):
            message = f"the file has {len(starts)} lines “# %%” and {len(cells)} code cells"
            raise SiteError(
                Problem(self.path, 1, message, "Start every code cell with a line # %% of its own.", rule="cell-mark")
            )
        for start, source in zip(starts, cells, strict=True):
            lines = source.splitlines()
            if not lines:
                raise SiteError(
                    Problem(
                        self.path, start, "this code cell is empty", "Write its code, or remove it.", rule="cell-empty"
                    )
                )
            first = next(n for n in range(start, len(text)) if text[n] == lines[0]) + 1
            inside = [located(line, self.path, first + index) for index, line in enumerate(lines)]
            yield self.block(session, inside)


def page_name(root: Path, path: Path) -> str:
    """``calculus/calculus_for_ml`` for docs/calculus/calculus_for_ml.md."""
    return path.relative_to(root / "docs").with_suffix("").as_posix()


def dedented(lines: list[Line]) -> list[Line]:
    """The lines of an indented fence (in a list or a box) without the common indentation."""
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    cut = min(indents, default=0)
    return [located(line[cut:], line.path, line.number) for line in lines]


def code_of_question(inside: list[Line]) -> list[Line]:
    """The code of a predict question: the indented lines under ``code: |``."""
    start = next((n for n, line in enumerate(inside, start=1) if re.match(r"code:\s*\|[-+]?\s*$", line)), len(inside))
    end = next(
        (n for n in range(start, len(inside)) if inside[n].strip() and not inside[n].startswith(" ")), len(inside)
    )
    lines = inside[start:end]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return dedented(lines)


def explain(root: Path, error: BaseException) -> str:
    """Say a failure in the words of sitekit, with file, line and cure."""
    if isinstance(error, SiteError):
        return "\n".join(problem.show(root) for problem in error.problems)
    if isinstance(error, OutputDiffersError):
        return f"{os.path.relpath(error.statement.path, root)}:{error.line}: {error}"
    if isinstance(error, SyntaxError) and error.filename:
        return f"{os.path.relpath(error.filename, root)}:{error.lineno}: this isn't valid Python ({error.msg})."
    machinery = Path(__file__).parent
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root)
        and not Path(frame.filename).is_relative_to(machinery)
        and ".venv" not in Path(frame.filename).parts
    ]
    lines = traceback.format_list(frames) + traceback.format_exception_only(error)
    shown = [
        f
        for f in frames
        if Path(f.filename).is_relative_to(root / "snippets") or Path(f.filename).is_relative_to(root / "docs")
    ]
    place = f"{os.path.relpath(shown[-1].filename, root)}:{shown[-1].lineno}: " if shown else ""
    return f"{place}{type(error).__name__}: {error}\n\n{''.join(lines)}"
