"""What runs in a reader's browser: the code of a page in one namespace, and the checks of an exercise.

The file is part of the runtime that the browser loads, beside mlmath, so it knows nothing of the rest of sitekit.
CI proves exercises with the same :func:`grade`.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import linecache
import sys
import tarfile
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

MOST_OUTPUT = 400_000
"""Characters that one run may print: more would freeze the page."""
SECONDS_BETWEEN_MESSAGES = 0.1
PLOTTING = ("matplotlib", "mlmath.plots")
DOTS_PER_INCH = 160
PIECE_OF_SLEEP = 0.005


class TooMuchOutputError(BaseException):
    """The code prints without end. Not an Exception: ``except Exception`` in a loop must not catch it."""


class Outcome(NamedTuple):
    """What one check said."""

    name: str
    sentence: str
    """The docstring of the check: what it demands."""
    message: str | None
    """None if the check passed."""


class Output(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a run: hands text on in few pieces, and stops a flood."""

    def __init__(self, emit: Callable[[str, str], None], stream: str) -> None:
        """Hand text to ``emit(stream, text)``."""
        self.emit, self.stream = emit, stream
        self.parts: list[str] = []
        self.count, self.sent = 0, time.monotonic()

    def writable(self) -> bool:
        """Say that this can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep the text; hand on what has gathered if the last time was a while ago."""
        room = MOST_OUTPUT - self.count
        self.parts.append(text[:room])
        self.count += len(text)
        if len(text) > room:
            raise TooMuchOutputError(f"stopped after {MOST_OUTPUT:,} characters of output")
        if time.monotonic() - self.sent > SECONDS_BETWEEN_MESSAGES:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Hand on what has gathered."""
        text = "".join(self.parts)
        self.parts.clear()
        self.sent = time.monotonic()
        if text:
            self.emit(self.stream, text)


class Session:
    """The one namespace of a page."""

    def __init__(self, emit: Callable[[str, Any], None]) -> None:
        """Start with nothing defined.

        Args:
            emit: Called while code runs, with ``"stdout"`` or ``"stderr"`` and a text, or with ``"figure"`` and a
                tuple of the bytes of a PNG picture and a text that describes it.
        """
        self.emit = emit
        self.module = types.ModuleType("__main__")
        sys.modules["__main__"] = self.module  # where pickle and dataclasses look for what a page defines

    def run(self, code: str, name: str, scheme: str) -> dict[str, Any]:
        """Run a block of the page.

        Args:
            code: Python.
            name: What tracebacks call it, ``block 3`` for instance.
            scheme: ``light`` or ``dark``, for plots.

        Returns:
            ``value``: the repr of a last expression, or an empty text. ``error``: None, or what went wrong as
            ``message`` and ``traceback``. ``seconds``: how long it ran.
        """
        start = time.monotonic()
        remember_lines(code, name)
        if wants_plots(code):
            use_scheme(scheme)
        value = None

        def work() -> None:
            nonlocal value
            tree = ast.parse(code, name)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, name, "exec", dont_inherit=True), self.module.__dict__)  # noqa: S102  # this is the point
            if isinstance(last, ast.Expr):
                expression = compile(ast.Expression(last.value), name, "eval", dont_inherit=True)
                value = eval(expression, self.module.__dict__)  # noqa: S307  # the same
            self.show_figures(value)

        error = self.guarded(work)
        shown = "" if value is None or error or is_figure(value) else repr(value)
        return {"value": shown, "error": error, "seconds": time.monotonic() - start}

    def check(self, exercises: str, file: str, name: str, code: str) -> dict[str, Any]:
        """Check the reader's answer to an exercise.

        Args:
            exercises: The text of the exercises.py, as CI proves it.
            file: Its path, for tracebacks.
            name: The function that the reader writes.
            code: The reader's code.

        Returns:
            ``checks``: name, sentence, passed and message of each check, or nothing if the code itself fails.
            ``error``: None, or what went wrong in the code as ``message`` and ``traceback``.
        """
        hidden: dict[str, Any] = {"__name__": "exercises"}
        exec(compile(exercises, file, "exec", dont_inherit=True), hidden)  # noqa: S102  # the guide's own code
        # The reader sees what the file imports and its constants, but not its functions: one of them is the solution.
        module = types.ModuleType("your code")
        module.__dict__.update({key: value for key, value in hidden.items() if not is_function_of(value, "exercises")})
        outcomes: list[Outcome] = []
        remember_lines(code, "your code")

        def work() -> None:
            exec(compile(code, "your code", "exec", dont_inherit=True), module.__dict__)  # noqa: S102  # the reader's
            answer = getattr(module, name, None)
            if not callable(answer):
                raise NameError(f"there is no function {name}: start your code with def {name}(...)")
            checks = [value for key, value in hidden.items() if key.startswith(f"{name}_check_")]
            outcomes.extend(grade(checks, answer))

        error = self.guarded(work)
        checks = [
            {"name": o.name, "sentence": o.sentence, "passed": o.message is None, "message": o.message or ""}
            for o in outcomes
        ]
        return {"checks": checks, "error": error}

    def guarded(self, work: Callable[[], None]) -> dict[str, str] | None:
        """Run with the output caught; return what went wrong, or None."""
        before = sys.stdout, sys.stderr
        out, err = Output(self.emit, "stdout"), Output(self.emit, "stderr")
        sys.stdout, sys.stderr = out, err
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("always")
                warnings.showwarning = lambda message, category, *_: print(f"{category.__name__}: {message}", file=err)
                work()
        except BaseException as error:  # noqa: BLE001  # whatever a reader's code raises is shown to the reader
            return described(error)
        finally:
            sys.stdout, sys.stderr = before
            out.flush()
            err.flush()
        return None

    def show_figures(self, value: Any) -> None:
        """Hand on the open figures, and the one that is the value of the last expression, as pictures."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
        if is_figure(value) and value not in figures:
            figures.append(value)
        for figure in figures:
            picture = io.BytesIO()
            figure.savefig(picture, format="png", dpi=DOTS_PER_INCH, bbox_inches="tight")
            self.emit("figure", (picture.getvalue(), description(figure)))
        pyplot.close("all")


def sleep_in_pieces() -> None:
    """Let ``time.sleep`` hear a stop: the interpreter listens between the pieces, not inside one."""
    whole_sleep = time.sleep

    def sleep(seconds: Any) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            whole_sleep(min(left, PIECE_OF_SLEEP))

    time.sleep = sleep


def grade(checks: Iterable[Callable[[Any], None]], candidate: Callable[..., Any]) -> list[Outcome]:
    """What each check of an exercise says to a candidate.

    A candidate that raises gets the exception as its message, with the line of the reader's code if there is one.
    """
    outcomes = []
    for check in checks:
        message: str | None = None
        try:
            check(candidate)
        except AssertionError as error:
            message = str(error) or f"{check.__name__} failed without a message"
        except Exception as error:  # noqa: BLE001  # the candidate is a reader's code: anything can come out of it
            frames = traceback.extract_tb(error.__traceback__)
            line = next((frame.lineno for frame in reversed(frames) if frame.filename == "your code"), None)
            message = f"{type(error).__name__}: {error}" + (f" (line {line} of your code)" if line else "")
        outcomes.append(Outcome(check.__name__, check.__doc__ or "", message))
    return outcomes


def described(error: BaseException) -> dict[str, str]:
    """An error in the words of Python, with its traceback without the frames of this file."""
    if isinstance(error, KeyboardInterrupt):
        return {"message": "Stopped.", "traceback": ""}
    whole = traceback.TracebackException.from_exception(error)
    part: traceback.TracebackException | None = whole
    while part is not None:
        part.stack = traceback.StackSummary.from_list(frame for frame in part.stack if frame.filename != __file__)
        part = part.__cause__ or part.__context__
    message = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
    return {"message": message, "traceback": "".join(whole.format())}


def remember_lines(code: str, name: str) -> None:
    """Let tracebacks show the lines of code that is in no file."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)


def is_function_of(value: Any, module: str) -> bool:
    """Whether a value is a function that a module defines, not one that it imports."""
    return isinstance(value, types.FunctionType) and value.__module__ == module


def is_figure(value: Any) -> bool:
    """Whether a value is a matplotlib figure. Where matplotlib was never imported, nothing is."""
    figure = sys.modules.get("matplotlib.figure")
    return figure is not None and isinstance(value, figure.Figure)


def description(figure: Any) -> str:
    """A text for readers who can't see a plot: what its titles and axes say."""
    parts = [
        text
        for axes in figure.axes
        for text in (axes.get_title(), axes.get_xlabel() and f"horizontal: {axes.get_xlabel()}",
                     axes.get_ylabel() and f"vertical: {axes.get_ylabel()}")
        if text
    ]  # fmt: skip
    return "The plot that this run drew" + (f": {'; '.join(parts)}." if parts else ".")


def wants_plots(code: str) -> bool:
    """Whether code imports what draws."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return False  # running it will say so
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return any(f"{name}.".startswith(f"{wanted}.") for name in names for wanted in PLOTTING)


def use_scheme(scheme: str) -> None:
    """Draw from now on as the figures of a light or a dark page are drawn."""
    import matplotlib

    from mlmath.plots import style

    matplotlib.use("agg")
    with style(scheme):  # type: ignore[arg-type]  # the page knows these two
        settings = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some settings are deprecated; none of them is ours
        matplotlib.rcParams.update(settings)


class LateFiles(importlib.abc.MetaPathFinder):
    """Modules that are needed now and then: they arrive in bundles of their own, at the latest when imported."""

    def __init__(self, fetch: Callable[[str], bytes], folder: str) -> None:
        """Ask ``fetch`` for a bundle by name, and unpack it into ``folder``, where late.json says what each holds."""
        self.fetch, self.folder = fetch, Path(folder)
        names = json.loads((self.folder / "late.json").read_text(encoding="utf-8"))
        self.missing = {bundle: set(modules) for bundle, modules in names.items()}

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """Called when nothing else finds the module ``name``: look again once the bundle that holds it is there."""
        bundle = next((bundle for bundle, modules in self.missing.items() if name in modules), None)
        if bundle is None:
            return None
        with tarfile.open(fileobj=io.BytesIO(self.fetch(bundle)), mode="r:gz") as archive:
            archive.extractall(self.folder, filter="data")
        self.arrived(bundle)
        return importlib.machinery.PathFinder.find_spec(name, path, target)

    def arrived(self, bundle: str) -> None:
        """Say that the files of a bundle are there."""
        self.missing.pop(bundle, None)
        importlib.invalidate_caches()
