"""Figures: each function of a figures.py without parameters is drawn before the build, light and dark.

The pictures go to docs/assets/figures/ (not under version control) and are written only when their bytes change.
"""

from __future__ import annotations

import importlib.util
import io
import os
import re
import shutil
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from html import escape, unescape
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from sitekit.closure import hash_of
from sitekit.errors import Problem, SiteError
from sitekit.snippets import claims_and_figures

ROOT = Path(__file__).resolve().parent.parent
SCHEMES = {"light": "", "dark": ".dark"}
STATE = re.compile(r'<g id="at-\d+"><desc>(.*?)</desc></g>')
STILL = re.compile(r'<g id="frame-(\d+)-still"')


class Job(NamedTuple):
    """A figure to draw."""

    root: Path
    path: Path
    """The figures.py."""
    name: str
    key: str
    """Hash of everything the figure depends on."""

    @property
    def files(self) -> dict[str, Path]:
        """Where the cache keeps the picture of each scheme."""
        return {scheme: self.root / ".cache" / "figures" / f"{self.key}{end}.svg" for scheme, end in SCHEMES.items()}


def jobs(root: Path) -> list[Job]:
    """One job for each figure of the repository."""
    found = []
    look = hash_of(ROOT, Path(__file__))  # this file imports the style that all figures are drawn in
    for path in sorted((root / "snippets").rglob("figures.py")):
        closure = hash_of(root, path, look)
        found += [Job(root, path, name, f"{closure[:20]}-{name}") for name in claims_and_figures(path)]
    return found


def draw_all(root: Path) -> int:
    """Draw what is missing in the cache, in parallel, and bring docs/assets/figures/ up to date.

    Returns:
        How many figures were drawn; the others came from the cache.

    Raises:
        SiteError: If a figure function raises or returns no figure. Then docs/assets/figures/ is left as it was.
    """
    wanted = jobs(root)
    missing = [job for job in wanted if not all(file.exists() for file in job.files.values())]
    if missing:
        workers = min(len(missing), os.cpu_count() or 1)
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            problems = [problem for problem in pool.map(draw, missing) if problem]
        if problems:
            raise SiteError(*problems)
    publish(root, wanted)
    return len(missing)


def publish(root: Path, wanted: list[Job]) -> None:
    """Copy the pictures from the cache to docs/assets/figures/ and remove those that no function draws any more."""
    target = root / "docs" / "assets" / "figures"
    current: set[Path] = set()
    for job in wanted:
        folder = target / job.path.parent.relative_to(root / "snippets")
        for scheme, file in job.files.items():
            write_if_changed(folder / f"{job.name}{SCHEMES[scheme]}.svg", file.read_bytes())
            current.add(folder / f"{job.name}{SCHEMES[scheme]}.svg")
    for file in target.rglob("*.svg"):
        if file not in current:
            file.unlink()


def write_if_changed(path: Path, data: bytes) -> None:
    """Write a file only if that changes it: a live-reloading server watches the folder. All of it or nothing."""
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(data)
    partial.replace(path)


def draw(job: Job) -> Problem | None:
    """Draw one figure in both schemes into the cache. Runs in a process of its own."""
    import warnings

    import matplotlib

    matplotlib.use("Agg")
    warnings.simplefilter("error")
    sys.path.insert(0, str(job.root))
    from matplotlib import pyplot
    from matplotlib.figure import Figure

    from mlmath.plots import frame_words, show_all_frames, style

    try:
        spec = importlib.util.spec_from_file_location("figures", job.path)
        if spec is None or spec.loader is None:
            raise ImportError(f"cannot load {job.path}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        pictures = {}
        for scheme, file in job.files.items():
            with style(scheme):  # type: ignore[arg-type]  # the keys of SCHEMES are its two schemes
                figure = getattr(module, job.name)()
                if not isinstance(figure, Figure):
                    line = claims_and_figures(job.path)[job.name].start
                    message = f"the figure {job.name} returns {type(figure).__name__}, not a matplotlib Figure"
                    return Problem(job.path, line, message, "End the function with return fig.", rule="figure-returns")
                show_all_frames(figure)
                buffer = io.BytesIO()
                figure.savefig(buffer, format="svg", metadata={"Date": None})
                pyplot.close("all")
            pictures[file] = with_states(buffer.getvalue().decode(), frame_words(figure)).encode()
    except Exception as error:  # noqa: BLE001  # whatever a contributor's function raises is reported with its line
        frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename) == job.path]
        line = (frames[-1].lineno if frames else None) or 1
        message = f"the figure {job.name} raises {type(error).__name__}: {error}"
        return Problem(job.path, line, message, "Correct the function, or what it calls.", rule="figure-raises")
    for file, picture in pictures.items():
        write_if_changed(file, picture)
    return None


def with_states(svg: str, words: list[str]) -> str:
    """The picture with a name for each of its states: ``picture.svg`` stands still, ``picture.svg#at-3`` shows one.

    Args:
        svg: What matplotlib wrote, with the groups ``frame-0``, ``frame-1-still``, ...: ``still`` are those that stand
            in the picture that stands still. Several groups may belong to one state.
        words: What each state says.

    """
    if not words:
        return svg
    rules = [
        'g[id^="frame-"]:not([id$="-still"]),g[id^="at-"]:target~g g[id^="frame-"]{display:none}',
        *(f'#at-{n}:target~g g:is([id="frame-{n}"],[id="frame-{n}-still"]){{display:inline!important}}'
          for n in range(len(words))),
    ]  # fmt: skip
    names = "".join(f'<g id="at-{n}"><desc>{escape(text)}</desc></g>\n ' for n, text in enumerate(words))
    return svg.replace("</defs>\n", f"</defs>\n <style>{''.join(rules)}</style>\n {names}", 1)


def states_of(path: Path) -> list[str]:
    """What the states of a picture say, in their order; an empty list for a picture that has none."""
    return [unescape(text) for text in STATE.findall(path.read_text(encoding="utf-8"))]


def still_of(path: Path) -> int:
    """The last state that is part of the picture that stands still."""
    return max((int(number) for number in STILL.findall(path.read_text(encoding="utf-8"))), default=0)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of an SVG file in CSS pixels, so that the page keeps the place free while it loads."""
    with path.open(encoding="utf-8") as file:
        head = file.read(2000)
    match = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    if not match:
        raise ValueError(f"{path} has no viewBox: is it an SVG file that matplotlib wrote?")
    return round(float(match[1]) * 4 / 3), round(float(match[2]) * 4 / 3)


def clear(root: Path) -> None:
    """Forget every figure drawn so far."""
    shutil.rmtree(root / ".cache" / "figures", ignore_errors=True)
