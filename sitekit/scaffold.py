"""``python3 -m sitekit new module | exercise | figure``: a start that runs and says TODO where the author has the word.

The texts come from ``sitekit/templates/``: a page, its snippet files, and what one exercise or figure adds to a page.
Each function here works on texts in memory; ``write`` puts them on the disk when all of them are known to fit.
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import NamedTuple

from sitekit.errors import Problem
from sitekit.lint import lint
from sitekit.pages import page_paths, read_text
from sitekit.rules.structure import BRANCHES

TEMPLATES = Path(__file__).resolve().parent / "templates"
NAME = re.compile(r"[a-z][a-z0-9_]*")
NAV_TITLES = ("Linear algebra", "Statistics", "Calculus", "Optimization", "Labs")
"""The titles in ``nav`` of the branches, in the order of BRANCHES, and of what comes after them."""

Texts = dict[Path, str]
"""What files will hold, by their path."""


class ScaffoldError(Exception):
    """What was asked for can't be made; nothing was written. The message says what to try."""


class Piece(NamedTuple):
    """What ``new`` adds to a page that exists."""

    kind: str
    """``exercise`` or ``figure``."""
    page: str
    """Path of the page below docs/ without ``.md``: ``calculus/derivatives``."""
    name: str
    """Name of the function: ``central_slope``."""


def new_module(root: Path, page: str, title: str = "") -> list[Path]:
    """Write a page, its snippet files and its line in ``nav``; return the files that changed.

    Args:
        root: The repository.
        page: Branch and name, as ``calculus/my_topic``.
        title: Title of the page; by default it is made of the name.
    """
    branch, _, name = page.partition("/")
    if branch not in BRANCHES:
        raise ScaffoldError(
            f"“{page}” doesn't start with a branch. Write BRANCH/NAME; branches are {', '.join(BRANCHES)}."
        )
    check_name(name)
    snippets = root / "snippets" / page
    if snippets.exists():
        raise ScaffoldError(f"snippets/{page} exists already. Choose another name, or add to that page.")
    path = path_of_page(root, page)
    if path.exists():
        raise ScaffoldError(f"docs/{page}.md exists already. Choose another name, or add to that page.")
    fill = {
        "my_branch/my_module": page,
        "my-module": with_hyphens(name),
        "My title": title or name.replace("_", " ").capitalize(),
    }
    texts = {path: template("page.md", fill)}
    for file in ("examples.py", "checks.py"):
        texts[snippets / file] = template(file, fill)
    for piece in (
        Piece("figure", page, "first_figure"),
        Piece("exercise", page, "first_exercise"),
        Piece("exercise", page, "second_exercise"),
    ):
        add(root, texts, piece)
    navigation = root / "mkdocs.yml"
    texts[navigation] = with_nav_entry(read_text(navigation), branch, f"{page}.md")
    return write(root, texts)


def new_piece(root: Path, piece: Piece) -> list[Path]:
    """Add an exercise or a figure to a page that exists; return the files that changed."""
    check_name(piece.name)
    if not path_of_page(root, piece.page).is_file():
        raise ScaffoldError(f"there is no page docs/{piece.page}.md. Write its path below docs/, without .md.")
    texts: Texts = {}
    add(root, texts, piece)
    return write(root, texts)


def check_name(name: str) -> None:
    """Refuse what can't name a file and a function."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        cure = "Try small letters, digits and underscores, as in my_topic."
        raise ScaffoldError(f"“{name}” can't be the name of a file or a function. {cure}")


def path_of_page(root: Path, page: str) -> Path:
    """The file of a page."""
    return root / "docs" / f"{page}.md"


def add(root: Path, texts: Texts, piece: Piece) -> None:
    """Put an exercise or a figure into the texts of its page and of its snippet file."""
    name = piece.page.rpartition("/")[2]
    fill = {
        "my_branch/my_module": piece.page,
        "my-module-my-exercise": f"{with_hyphens(name)}-{with_hyphens(piece.name)}",
        f"my_{piece.kind}": piece.name,
        "../assets": "../" * piece.page.count("/") + "assets",
    }
    snippets = root / "snippets" / piece.page / f"{piece.kind}s.py"
    page = path_of_page(root, piece.page)
    add_functions(root, texts, snippets, template(snippets.name, fill))
    inside = texts.get(page) or read_text(page)
    place = place_of_exercise if piece.kind == "exercise" else place_of_figure
    texts[page] = with_block(inside, place(inside.splitlines()), template(f"{piece.kind}.md", fill))


def add_functions(root: Path, texts: Texts, path: Path, code: str) -> None:
    """Put the functions of a template into the text of a snippet file, or start the file with the template."""
    if path not in texts and not path.exists():
        texts[path] = code
        return
    before = texts.get(path) or read_text(path)
    shown = path.relative_to(root).as_posix()
    for line in re.findall(r"^(?:from|import) .+$", code, re.MULTILINE):
        if line not in before.splitlines():
            raise ScaffoldError(f"{shown} lacks an import. Write it at the top, then try again: {line}")
    for name in re.findall(r"^def (\w+)", code, re.MULTILINE):
        if re.search(rf"^def {name}\b", before, re.MULTILINE):
            raise ScaffoldError(f"{shown} has a function {name} already. Choose another name.")
    functions = code[code.index("\ndef ") :].strip()
    texts[path] = f"{before.rstrip()}\n\n\n{functions}\n"


def place_of_exercise(lines: list[str]) -> int:
    """Behind the last exercise, else under the heading for exercises, else at the end of the page."""
    starts = [number for number, line in enumerate(lines) if line == "```exercise"]
    if starts:
        return lines.index("```", starts[-1]) + 1
    return lines.index("### Exercises") + 1 if "### Exercises" in lines else len(lines)


def place_of_figure(lines: list[str]) -> int:
    """Behind the last picture, else before the first key bullets, else at the end of the page."""
    pictures = [number for number, line in enumerate(lines) if line.startswith("![")]
    if pictures:
        return pictures[-1] + 1
    bullets = "#### The 20% You Need to Know"
    return lines.index(bullets) if bullets in lines else len(lines)


def with_block(text: str, place: int, block: str) -> str:
    """The text with a block put in before the line at index ``place``, with one empty line on each side."""
    lines = text.splitlines()
    above, below = "\n".join(lines[:place]).rstrip(), "\n".join(lines[place:]).strip()
    return "\n\n".join(part for part in (above, block.strip(), below) if part) + "\n"


def with_nav_entry(text: str, branch: str, entry: str) -> str:
    """The text of mkdocs.yml with a page at the end of its branch, all other lines as they were."""
    lines = text.splitlines()
    titles = NAV_TITLES[BRANCHES.index(branch) :]
    starts = [lines.index(f"  - {title}:") for title in titles if f"  - {title}:" in lines]
    if not starts:
        raise ScaffoldError(f"the nav of mkdocs.yml has none of the sections {', '.join(titles)}. Write one of them.")
    here, new = starts[0], [f"      - {entry}"]
    if lines[here] == f"  - {titles[0]}:":
        here += 1
        while here < len(lines) and lines[here].startswith("      "):
            here += 1
    else:
        new = [f"  - {titles[0]}:", *new]
    return "\n".join([*lines[:here], *new, *lines[here:]]) + "\n"


def write(root: Path, texts: Texts) -> list[Path]:
    """Write all texts, or none: the ids in them must be new."""
    for path, text in texts.items():
        if path.suffix == ".md":
            refuse_known_ids(root, path, text)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return sorted(texts)


def refuse_known_ids(root: Path, page: Path, text: str) -> None:
    """Browsers remember answers under the id of a question or an exercise, so each id is used once."""
    known = {line: path for path in page_paths(root) if path != page for line in read_text(path).splitlines()}
    for line in re.findall(r"^id: .+$", text, re.MULTILINE):
        if line in known:
            shown = known[line].relative_to(root).as_posix()
            raise ScaffoldError(f"{shown} has the {line.replace(':', '')} already. Choose another name.")
        known[line] = page


def left_to_write(root: Path, paths: list[Path]) -> list[Problem]:
    """What lint says about some files: the places where the author has the word."""
    return [problem for problem in lint(root) if problem.path in paths]


def template(name: str, fill: dict[str, str]) -> str:
    """A template with an author's words in the place of its own."""
    own = "|".join(re.escape(word) for word in fill)
    return re.sub(own, lambda match: fill[match[0]], read_text(TEMPLATES / name))


def with_hyphens(name: str) -> str:
    """A name as ids write it."""
    return name.replace("_", "-")
