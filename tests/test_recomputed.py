"""Every number that a page prints about real data is computed a second time, by another library.

The file of a page is tests/recomputed/<branch>/<module>.py, that of a lab tests/recomputed/labs/<lab>.py. For each
section of examples.py (in a lab: for the code under each heading) with a statement that prints numbers about real data,
it has a function of that name (``the-house`` is ``the_house``), which returns all these numbers in reading order.

A statement is about real data if it reads a name that was made from a data set. Numbers may differ by one unit of the
last printed digit, whole numbers by rounding alone. mlmath is not imported there.
"""

import ast
import importlib
import re
from itertools import groupby

import jupytext
import pytest
from conftest import ROOT

from sitekit.outputs import Statement, run, unit_of
from sitekit.snippets import OUTPUT_PREFIX, read_sections

LOADERS = {"load_windsor_housing", "load_breast_cancer", "load_digits"}
NUMBER = re.compile(r"(?<![\w^.])[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:(?<=\d)\.\d*|\.\d+|(?<=\d))(?:[eE][-+]?\d+)?")
FILES = sorted(
    path
    for path in [*(ROOT / "snippets").glob("*/*/examples.py"), *(ROOT / "docs" / "labs").glob("*.py")]
    if any(name in path.read_text(encoding="utf-8") for name in LOADERS)
)


def names(node, context):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, context)}


def changed_by(statement):
    """The names that a statement binds, and those of the objects that it changes: ``rows.append(x)``, ``a[0] = x``."""
    if isinstance(statement, ast.FunctionDef):
        return {statement.name}, set()
    inside = [part for part in ast.walk(statement) if isinstance(part, ast.Subscript | ast.Attribute)]
    stored = [part for part in inside if isinstance(part.ctx, ast.Store)]
    called = [p.value.func for p in ast.walk(statement) if isinstance(p, ast.Expr) and isinstance(p.value, ast.Call)]
    places = stored + [function for function in called if isinstance(function, ast.Attribute)]
    return names(statement, ast.Store), {name for place in places for name in names(place, ast.Load)}


def read_by(statement):
    arguments = {part.arg for part in ast.walk(statement) if isinstance(part, ast.arg)}
    local = names(statement, ast.Store) if isinstance(statement, ast.FunctionDef) else set()
    return names(statement, ast.Load) - arguments - local


def about_data(body):
    """The statements that read a name that was made from a data set."""
    known, found = set(LOADERS), []
    for statement in body:
        bound, touched = changed_by(statement)
        if read_by(statement) & known:
            known |= bound | touched
            found.append(statement)
        else:
            known -= bound
    return found


def printed_by_page(path):
    """For each statement about data: the name of its section, and the lines that the page shows as its output."""
    lines = path.read_text(encoding="utf-8").splitlines()
    sections = read_sections(path)
    for statement in about_data(ast.parse("\n".join(lines)).body):
        section = next((n for n, part in sections.items() if part.start < statement.lineno < part.end), None)
        if section:
            end = next(n for n in range(statement.end_lineno, len(lines) + 1) if not lines[n].startswith(OUTPUT_PREFIX))
            yield section, lines[statement.end_lineno : end]


def printed_by_lab(path):
    """For each statement about data: the heading that it stands under, and the lines that it prints."""
    heading, code = "", []
    for cell in jupytext.read(path).cells:
        if cell.cell_type == "markdown":
            heading = next(reversed(re.findall(r"^#+ (.*)", cell.source, re.MULTILINE)), heading)
        else:
            code += [(heading, statement) for statement in ast.parse(cell.source).body]
    found = about_data([statement for _, statement in code])
    namespace = {"__name__": "__main__"}
    for place, statement in code:
        printed = run(Statement(statement, path, statement.lineno, statement.end_lineno, ()), namespace)
        if statement in found:
            yield re.sub(r"\W+", "-", place.lower()).strip("-"), printed


def numbers_of(path):
    """The numbers about real data that each section prints."""
    printed = printed_by_lab(path) if path.parent.name == "labs" else printed_by_page(path)
    numbers: dict[str, list[str]] = {}
    for place, group in groupby(printed, key=lambda pair: pair[0]):
        text = "\n".join(line for _, lines in group for line in lines)
        numbers.setdefault(place.replace("-", "_"), []).extend(NUMBER.findall(text))
    return {place: found for place, found in numbers.items() if found}


def agree(shown, computed):
    number = shown.replace(",", "").replace("−", "-")
    tolerance = 0.5 if number.lstrip("+-").isdigit() else 1.0
    return abs(float(number) - float(computed)) <= 1.000001 * tolerance * unit_of(number)


def folder_and_name(path):
    return path.parent.relative_to(ROOT / "snippets") if path.name == "examples.py" else path.relative_to(ROOT / "docs")


@pytest.mark.parametrize("path", FILES, ids=lambda path: folder_and_name(path).with_suffix("").as_posix())
def test_numbers_about_real_data_come_out_of_another_library(path, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    numbers = numbers_of(path)
    file = (ROOT / "tests" / "recomputed" / folder_and_name(path)).with_suffix(".py")
    assert file.is_file() == bool(numbers), f"{file} recomputes what {path} prints about real data: {numbers}"
    if not numbers:
        return
    assert "mlmath" not in re.sub(r'"""(.*?)"""', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    other = importlib.import_module(".".join(file.relative_to(ROOT / "tests").with_suffix("").parts))
    recomputed = {name: list(getattr(other, name)()) for name in numbers if hasattr(other, name)}

    assert sorted(recomputed) == sorted(numbers)
    for name, shown in numbers.items():
        assert len(shown) == len(recomputed[name]), f"{name} prints {shown}, recomputed are {recomputed[name]}"
        differing = [pair for pair in zip(shown, recomputed[name], strict=True) if not agree(*pair)]
        assert not differing, f"{name}: printed and recomputed {differing}"
