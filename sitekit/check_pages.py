"""The pages behind the pages: for each module, the code of its checks and of its figures.

They are written to docs/checks/ (not under version control) before the build, and only when they change.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from sitekit.figures import write_if_changed
from sitekit.pages import read_page, read_text
from sitekit.snippets import claims_and_figures, parse

CLAIM = re.compile(r"^\s*[-*] (?P<sentence>.*?)\s*\[checked\]\(check:(?P<name>[^)]*)\)\s*$")


def claims(lines: tuple[str, ...]) -> dict[str, str]:
    """The sentence of each claim of a page, by the name of its check."""
    matches = (CLAIM.match(line) for line in lines)
    return {match["name"]: match["sentence"] for match in matches if match}


def source_of(root: Path, name: str) -> Path:
    """The file below docs/ that a reader sees as the page ``name``: Markdown, or a lab in Python."""
    markdown = root / "docs" / f"{name}.md"
    return markdown if markdown.exists() else markdown.with_suffix(".py")


def title_of(root: Path, name: str) -> str:
    """The title of a page: its first ``#`` heading."""
    source = source_of(root, name)
    if source.suffix == ".md":
        titles = [heading.text for heading in read_page(root, source).headings if heading.level == 1]
    else:
        titles = re.findall(r"^# # (.+?)\s*$", read_text(source), re.MULTILINE)
    return titles[0] if titles else name


def write_all(root: Path) -> None:
    """Write the page of every snippet folder that has checks or figures, and remove pages whose folder is gone."""
    target = root / "docs" / "checks"
    folders = {path.parent for kind in ("checks", "figures") for path in (root / "snippets").rglob(f"{kind}.py")}
    current = set()
    for folder in sorted(folders):
        name = folder.relative_to(root / "snippets").as_posix()
        if not source_of(root, name).exists():
            continue  # lint reports the folder without a page
        write_if_changed(target / f"{name}.md", text_of(root, name).encode())
        current.add(target / f"{name}.md")
    for file in target.rglob("*.md"):
        if file not in current:
            file.unlink()


def text_of(root: Path, name: str) -> str:
    """The Markdown of the page with the checks and figures of the page ``name``."""
    folder = root / "snippets" / name
    source = source_of(root, name)
    back = "../" * (name.count("/") + 1) + source.relative_to(root / "docs").as_posix()
    title = title_of(root, name)
    description = f"The code that checks and draws the page {title}."
    parts = [
        f"---\ndescription: {json.dumps(description, ensure_ascii=False)}\nsearch:\n  exclude: true\n---",
        f"# The code behind “{title}”",
        f"[Back to the page]({back}).\nEverything here runs each time the guide is tested.",
    ]
    checks = claims_and_figures(folder / "checks.py")
    if checks:
        sentences = claims(read_page(root, source).lines) if source.suffix == ".md" else {}
        parts.append("## Checks\n\nA check is a function that fails if its sentence is false.")
        parts += setup(root, folder / "checks.py")
        for check in checks:
            parts += [
                f"### {check} {{ #{check} }}",
                f"> {sentences.get(check, '')}",
                code(root, folder / "checks.py", check),
            ]
    figures = claims_and_figures(folder / "figures.py")
    if figures:
        parts.append(
            "## Figures\n\nEach figure of the page is a function. It is drawn twice, for the light and the dark page."
        )
        parts += setup(root, folder / "figures.py")
        for figure in figures:
            parts += [f"### {figure} {{ #{figure} }}", code(root, folder / "figures.py", figure)]
    return "\n\n".join(parts) + "\n"


def setup(root: Path, path: Path) -> list[str]:
    """A fence with everything of the file that is neither its docstring nor a check or figure, if there is anything."""
    shown = claims_and_figures(path)
    body = parse(path, read_text(path)).body
    ranges = []
    for index, node in enumerate(body):
        is_docstring = index == 0 and read_text(path).lstrip().startswith(('"', "'", 'r"'))
        if is_docstring or getattr(node, "name", None) in shown:
            continue
        start = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        ranges.append((start, node.end_lineno or node.lineno))
    return [fence(root, path, ranges)] if ranges else []


def code(root: Path, path: Path, name: str) -> str:
    """A fence with one function, and the line that calls it."""
    function = claims_and_figures(path)[name]
    return fence(root, path, [(function.start, function.end)], f"{name}()")


def fence(root: Path, path: Path, ranges: list[tuple[int, int]], last: str = "") -> str:
    """A python fence that includes line ranges of a snippet file (generated anew with each build, so never stale)."""
    name = path.relative_to(root / "snippets").as_posix()
    includes: list[str] = []
    previous = 0
    for start, end in ranges:
        includes += [""] * (2 if previous and start > previous + 2 else 1 if previous and start > previous + 1 else 0)
        includes.append(f'--8<-- "{name}:{start}:{end}"')
        previous = end
    includes += ["", last] if last else []
    return "\n".join(["```python", *includes, "```"])
