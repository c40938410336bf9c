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


SCOPES = ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
IN_ORDER = ast.For | ast.While | ast.With


def names(node, context):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, context)}


def bound_by(node):
    """The names that a node binds, without those that a function or a comprehension in it keeps to itself."""
    if isinstance(node, ast.alias):
        return {node.asname or node.name}
    if isinstance(node, ast.Name):
        return names(node, ast.Store)
    if isinstance(node, SCOPES):
        return {node.name} if isinstance(node, ast.FunctionDef | ast.ClassDef) else set()
    return set().union(*map(bound_by, ast.iter_child_nodes(node)))


def surely_bound_by(node):
    return set() if isinstance(node, ast.If) else bound_by(node)


def read_by(node):
    """The names that a node reads and neither binds itself before, in a loop, nor has as its own, in a function."""
    if isinstance(node, ast.Name):
        return names(node, ast.Load)
    read = {node.attr} & LOADERS if isinstance(node, ast.Attribute) else set()
    if isinstance(node, ast.AugAssign):
        read = names(node.target, ast.Store)
    own = {node.name} if isinstance(node, ast.ExceptHandler) else set()
    if isinstance(node, SCOPES):
        own = names(node, ast.Store) | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    parts = list(ast.iter_child_nodes(node))
    for part in sorted(parts, key=lambda part: part is not node.iter) if isinstance(node, ast.For) else parts:
        read |= read_by(part) - own
        own |= surely_bound_by(part) if isinstance(node, IN_ORDER) else set()
    return read


def touched_by(statement):
    """The names of the objects that a statement changes: ``rows`` in ``rows.append(x)`` and in ``rows[i] = x``."""
    for part in ast.walk(statement):
        place, is_changed = part, isinstance(getattr(part, "ctx", None), ast.Store)
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            place, is_changed = part.value.func, True
        if is_changed and isinstance(place, ast.Subscript | ast.Attribute):
            while isinstance(place, ast.Subscript | ast.Attribute | ast.Call):
                place = place.func if isinstance(place, ast.Call) else place.value
            if isinstance(place, ast.Name):
                yield place.id


def about_data(body):
    """The statements that read a name that was made from a data set."""
    known, found = set(LOADERS), []
    for statement in body:
        if isinstance(statement, ast.ImportFrom):
            known -= bound_by(statement)
            known |= {alias.asname or alias.name for alias in statement.names if alias.name in LOADERS}
        elif read_by(statement) & known:
            known |= bound_by(statement)
            if not isinstance(statement, SCOPES):
                known |= set(touched_by(statement))
            found.append(statement)
        else:
            known -= surely_bound_by(statement)
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


LOAD = "houses = load_windsor_housing()"


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("from mlmath.datasets import load_digits as load, f; a = load(); print(a); print(f())", "0110"),
        ("from mlmath import datasets; a = 1; b = datasets.load_digits(); print(a); print(b)", "00101"),
        (f"{LOAD}; price = houses.prices; print(price); print(2)", "1110"),
        (f"{LOAD}; m = houses.prices[0]; m = 1; print(m)", "1100"),
        (f"{LOAD}; n = len(houses.prices); n += 1; print(n)", "1111"),
        (f"{LOAD}; rows = []; rows.append(houses); print(rows)", "1011"),
        (f"{LOAD}; rows = {{}}; rows.setdefault(0, []).append(houses); print(rows)", "1011"),
        (f"{LOAD}; a = np.zeros(3); a[np.argmax(a)] = houses.prices[0]; b = np.ones(2); print(a)", "10101"),
        (f"{LOAD}; k = 0; a = [0]; a[k].x = houses; print(k); print(a)", "100101"),
        (f"{LOAD}; f = lambda houses: 1; print(f(2)); print((lambda w: w)(houses))", "1001"),
        (f"{LOAD}\ndef f(houses): return houses + 1\nprint(f(2))", "100"),
        (f"{LOAD}\ndef f(x): return x * houses\nprint(f(2))", "111"),
        (f"{LOAD}\ndef f(): price = 1; return price\nprice = houses.prices\nprint(f())", "1010"),
        (f"{LOAD}\nerror = houses\ntry: f()\nexcept ValueError as error: print(error)", "110"),
        (f"{LOAD}\nfor price in houses.prices: print(1)\nprint(price)", "111"),
        (f"{LOAD}\nm = houses.prices\nfor i in (1, 2): m = i; print(m)\nprint(m)", "1100"),
        (f"{LOAD}\nm = houses.prices\nfor i in (1, 2): print(m); m = i\nprint(m)", "1111"),
        (f"{LOAD}\nm = houses.prices\nif True: m = 1\nprint(m)", "1101"),
        (f"{LOAD}; a = [name for name in houses.names]; name = 1; print([name for name in 'ab'], name)", "1100"),
        (f"{LOAD}; a = [name for name in houses.names]; print(name)", "110"),
    ],
)
def test_statements_about_data(code, lines):
    body = ast.parse(code).body
    found = about_data(body)
    assert "".join("01"[statement in found] for statement in body) == lines
