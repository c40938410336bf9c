"""Figures: drawn light and dark, the same bytes on every run, and only when something changed."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sitekit.errors import SiteError
from sitekit.figures import (
    clear,
    draw_all,
    jobs,
    publish,
    size_of,
    states_of,
    still_of,
    with_states,
    write_if_changed,
)

REPOSITORY = Path(__file__).resolve().parents[2]
FIGURES = """import matplotlib.pyplot as plt

from mlmath.plots import frame
from mlmath.tiny import HEIGHT


def line():
    fig, ax = plt.subplots(figsize=(2, HEIGHT))
    ax.plot([0, 1], [0, 1], "C0", label="a")
    ax.legend()
    return fig


def walk():
    fig, ax = plt.subplots(figsize=(2, 1))
    for number in range(3):
        with frame(fig, f"<{number}> & on", still=number == 1):
            ax.plot(number, number, "o")
            ax.text(number, number, "here")
    return fig


def _helper():
    raise RuntimeError


def helper(x):
    raise RuntimeError
"""
PICTURES = [
    "line.dark.svg",
    "line.svg",
    "walk.dark.svg",
    "walk.svg",
]


def new_repository(root):
    shutil.copytree(REPOSITORY / "mlmath", root / "mlmath", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "mlmath/tiny.py").write_text("HEIGHT = 1\n", encoding="utf-8")
    path = root / "snippets/calculus/m/figures.py"
    path.parent.mkdir(parents=True)
    path.write_text(FIGURES, encoding="utf-8")
    return root


def pictures(root):
    """The bytes of each published picture by its name."""
    folder = root / "docs/assets/figures/calculus/m"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A repository with its figures drawn, and how many were. Tests copy it before they change it."""
    root = new_repository(tmp_path_factory.mktemp("drawn"))
    return root, draw_all(root)


@pytest.fixture
def repository(drawn, tmp_path):
    """A copy of it that may be changed; nothing in it depends on where it lies."""
    return Path(shutil.copytree(drawn[0], tmp_path / "copy"))


def test_every_figure_is_drawn_in_both_schemes(drawn):
    root, count = drawn

    assert count == 2
    assert list(pictures(root)) == PICTURES
    published = pictures(root)
    assert published["line.svg"] != published["line.dark.svg"]
    assert b"#e6e9ef" in published["line.dark.svg"]
    assert b"#e6e9ef" not in published["line.svg"]


def test_figures_are_drawn_once(repository):
    stamps = {path: path.stat().st_mtime_ns for path in (repository / "docs").rglob("*.svg")}

    assert draw_all(repository) == 0
    assert {path: path.stat().st_mtime_ns for path in (repository / "docs").rglob("*.svg")} == stamps


def test_figures_are_the_same_bytes_on_every_run(drawn, repository):
    clear(repository)
    shutil.rmtree(repository / "docs")

    assert draw_all(repository) == 2
    assert pictures(repository) == pictures(drawn[0])


def test_a_figure_is_drawn_again_after_a_change_of_what_it_imports(drawn, repository):
    (repository / "mlmath/tiny.py").write_text("HEIGHT = 1.5\n", encoding="utf-8")

    assert draw_all(repository) == 2
    before, after = pictures(drawn[0]), pictures(repository)
    assert before["line.svg"] != after["line.svg"]
    assert before["walk.svg"] == after["walk.svg"]


def test_pictures_that_were_lost_come_back_from_the_cache(drawn, repository):
    shutil.rmtree(repository / "docs")

    assert draw_all(repository) == 0
    assert pictures(repository) == pictures(drawn[0])


def test_a_figure_with_one_scheme_in_the_cache_is_drawn_again(repository):
    next((repository / ".cache/figures").glob("*-line.dark.svg")).unlink()

    assert draw_all(repository) == 1
    assert list(pictures(repository)) == PICTURES


def test_pictures_that_no_function_draws_any_more_are_removed(repository):
    stale = repository / "docs/assets/figures/old/gone.svg"
    stale.parent.mkdir()
    stale.write_text("<svg/>", encoding="utf-8")
    (repository / "docs/assets/figures/calculus/m/gone.svg").write_text("<svg/>", encoding="utf-8")
    (repository / "docs/assets/figures/note.txt").write_text("stays", encoding="utf-8")

    draw_all(repository)

    assert not stale.exists()
    assert list(pictures(repository)) == PICTURES
    assert (repository / "docs/assets/figures/note.txt").exists()


def test_mistakes_are_reported_with_their_lines_and_nothing_is_published(drawn, repository):
    path = repository / "snippets/calculus/n/figures.py"
    path.parent.mkdir()
    path.write_text(
        "import warnings\n\nimport matplotlib.pyplot as plt\n\n\ndef f(x):\n    return 1 / x\n\n\n"
        "def raising():\n    f(1)\n    return f(0)\n\n\ndef text():\n    return 'a picture'\n\n\n"
        "def warning():\n    warnings.warn('old')\n\n\ndef good():\n    return plt.figure()\n",
        encoding="utf-8",
    )
    stale = repository / "docs/assets/figures/calculus/m/stale.svg"
    stale.write_text("<svg/>", encoding="utf-8")

    with pytest.raises(SiteError) as error:
        draw_all(repository)

    assert [problem.show(repository).removesuffix(f" [{problem.rule}]") for problem in error.value.problems] == [
        "snippets/calculus/n/figures.py:7: the figure raising raises ZeroDivisionError: division by zero. "
        "Correct the function, or what it calls.",
        "snippets/calculus/n/figures.py:15: the figure text returns str, not a matplotlib Figure. "
        "End the function with return fig.",
        "snippets/calculus/n/figures.py:20: the figure warning raises UserWarning: old. "
        "Correct the function, or what it calls.",
    ]
    stale_bytes = {"stale.svg": b"<svg/>"}
    assert pictures(repository) == pictures(drawn[0]) | stale_bytes
    assert not (repository / "docs/assets/figures/calculus/n").exists()


def test_a_file_that_is_not_python_is_reported(write):
    root = write({"snippets/m/figures.py": "def a(:\n"})

    with pytest.raises(SiteError) as error:
        draw_all(root)

    assert error.value.problems[0].show(root).startswith("snippets/m/figures.py:1: this isn't valid Python")


def test_a_repository_without_figures_publishes_none(write):
    root = write({"snippets/m/checks.py": "", "docs/assets/figures/m/a.svg": "<svg/>"})

    assert draw_all(root) == 0
    assert not (root / "docs/assets/figures/m/a.svg").exists()


def test_the_jobs_are_the_functions_without_parameters(drawn):
    assert [job.name for job in jobs(drawn[0])] == ["line", "walk"]
    assert {job.path for job in jobs(drawn[0])} == {drawn[0] / "snippets/calculus/m/figures.py"}


def test_a_change_of_a_version_asks_for_new_pictures(drawn, monkeypatch):
    before = {job.key for job in jobs(drawn[0])}

    monkeypatch.setattr("sitekit.closure.versions", lambda: ("another matplotlib",))

    assert before.isdisjoint(job.key for job in jobs(drawn[0]))


# States


def test_a_picture_with_states_names_each_of_them(drawn):
    path = drawn[0] / "docs/assets/figures/calculus/m/walk.svg"

    assert states_of(path) == ["<0> & on", "<1> & on", "<2> & on"]
    assert still_of(path) == 1
    names: Any = etree.parse(path).xpath("//@id[starts-with(., 'at-') or starts-with(., 'frame-')]")
    assert names[:3] == ["at-0", "at-1", "at-2"]
    assert Counter(names[3:]) == {"frame-0": 2, "frame-1-still": 2, "frame-2": 2}


def test_a_picture_without_states_stays_as_it_is(drawn):
    path = drawn[0] / "docs/assets/figures/calculus/m/line.svg"

    assert states_of(path) == []
    assert with_states("<svg><defs></defs>\n</svg>", []) == "<svg><defs></defs>\n</svg>"


# Files


@pytest.mark.parametrize(("box", "size"), [("144 72", (192, 96)), ("100.5 36.4", (134, 49))])
def test_the_size_of_a_picture_is_in_css_pixels(write, box, size):
    root = write({"a.svg": f'<?xml version="1.0"?>\n<svg height="1pt" viewBox="0 0 {box}"></svg>'})

    assert size_of(root / "a.svg") == size


def test_the_size_of_a_drawn_picture_is_that_of_its_figure(drawn):
    assert size_of(drawn[0] / "docs/assets/figures/calculus/m/line.svg") == (192, 96)


def test_a_picture_without_a_size_is_refused(write):
    root = write({"a.svg": "<svg></svg>"})

    with pytest.raises(ValueError, match=r"a\.svg has no viewBox: is it an SVG file that matplotlib wrote\?"):
        size_of(root / "a.svg")


def test_a_file_is_written_when_it_changes(tmp_path):
    path = tmp_path / "a" / "b.svg"

    write_if_changed(path, b"1")
    first = path.stat().st_ino
    write_if_changed(path, b"1")
    second = path.stat().st_ino
    write_if_changed(path, b"2")

    assert first == second
    assert path.read_bytes() == b"2"
    assert list(path.parent.iterdir()) == [path]


def test_publishing_nothing_into_an_empty_repository_is_fine(tmp_path):
    publish(tmp_path, [])

    assert list(tmp_path.iterdir()) == []
