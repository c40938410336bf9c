"""The sets that search and Ask are judged by lead to places that exist, repeat nothing, and were split by chance."""

import re
from collections import Counter

import pytest
from conftest import ROOT

from sitekit.errors import Problem, SiteError
from sitekit.lint import read_all
from sitekit.pages import HEADING
from sitekit.rules.anchors import Anchors, slugs
from tests.evaluation_sets import ASK, SEARCH, Row, half_of, read_rows, write_halves

HEADERS = {ASK: "question\texpected\tkind\thalf", SEARCH: "query\texpected\tkind\thalf"}
LEAST = {  # rows of each kind
    ASK: {"paraphrase": 50, "learner": 80, "typo": 40, "symbol": 40, "out-near": 35, "out-far": 35},
    SEARCH: {"keyword": 40, "symbol": 15, "typo": 20, "synonym": 25, "question": 20, "nonsense": 5},
}
OUTSIDE = {"out-near", "out-far", "nonsense"}  # kinds for which nothing is right
LEAST_OF_A_FOLDER = {"start": 8}  # all its pages together
LEAST_OF_A_PAGE = {"linear_algebra": 6, "statistics": 6, "calculus": 6, "optimization": 6, "labs": 2}
LONGEST = 200
GOOD = Row("steps get shorter", ("optimization/gradient_descent#learning-rate",), "learner", "tune")


class Guide:
    """The pages and labs as sitekit reads them: by name, their ids, their sections, and what they ask themselves."""

    def __init__(self, pages, labs):
        anchors = Anchors(ROOT, pages, labs)
        labs = {path.relative_to(ROOT / "docs"): lines for path, lines in labs.items()}
        self.ids = {page.name: anchors.of(f"{page.name}.md") for page in pages}
        self.ids |= {path.with_suffix("").as_posix(): anchors.of(path.as_posix()) for path in labs}
        self.sections = {page.name: sections_of(page.prose) for page in pages}
        self.sections |= {path.with_suffix("").as_posix(): sections_of(lines) for path, lines in labs.items()}
        self.asked = {plain(question) for page in pages for question in questions_of(page)}


def sections_of(lines):
    """The ids of the headings of the second and third level, without those that repeat others on every module."""
    headings = filter(None, map(HEADING.match, lines))
    named = zip(slugs(lines), headings, strict=True)
    repeating = {"interactive-questions", "questions", "exercises", "module-summary", "ask-questions-about-this-module"}
    return {name for name, heading in named if len(heading[1]) in (2, 3)} - repeating


def questions_of(page):
    """The questions that a page lists in its front matter, and those in bold that it answers at its end."""
    return [*page.meta.get("asks", []), *re.findall(r"^\*\*(.+\?)\*\*$", "\n".join(page.prose), re.MULTILINE)]


def plain(text):
    """A text without what makes no other question of it."""
    return " ".join(re.sub(r"[?!.,]", " ", text.casefold()).split())


@pytest.fixture(scope="module")
def guide():
    problems: list[Problem] = []
    pages, labs = read_all(ROOT, problems)
    if problems:
        raise SiteError(*problems)
    return Guide(pages, labs)


def problems_of(rows, guide):
    """What is wrong with single rows."""
    for row in rows:
        for place in row.expected:
            page, _, anchor = place.partition("#")
            if page not in guide.ids:
                yield f"{row.text}: there is no page {page}"
            elif anchor and anchor not in guide.ids[page]:
                yield f"{row.text}: {page} has no #{anchor}"
        if len(set(row.expected)) < len(row.expected):
            yield f"{row.text}: a place stands there twice"
        if (row.kind in OUTSIDE) == bool(row.expected):
            yield f"{row.text}: the kind {row.kind} and what is expected contradict each other"
        if not row.text or row.text != " ".join(row.text.split()) or len(row.text) > LONGEST:
            yield f"{row.text}: empty, longer than {LONGEST} characters, or with needless spaces"
        if row.half != half_of(row.text):
            yield f"{row.text}: belongs to {half_of(row.text)}; run python3 tests/evaluation_sets.py"
    counts = Counter(plain(row.text) for row in rows)
    yield from (f"{text}: asked {count} times" for text, count in counts.items() if count > 1)


def problems_of_ask(rows, guide):
    """What is wrong with questions, beside that: Ask answers with sections, and knows the guide's own questions."""
    for row in rows:
        for place in row.expected:
            page, _, anchor = place.partition("#")
            if anchor not in guide.sections.get(page, ()):
                yield f"{row.text}: {place} is no section"
        if plain(row.text) in guide.asked:
            yield f"{row.text}: copied from a page"


def few_of_a_kind(rows, kinds):
    """Kinds with too few rows, and kinds that nobody knows."""
    found = Counter(row.kind for row in rows)
    yield from (f"{kind}: an unknown kind" for kind in found.keys() - kinds.keys())
    yield from (f"{kind}: {found[kind]} of {least}" for kind, least in kinds.items() if found[kind] < least)


def few_of_a_place(rows):
    """Folders and pages with too few questions; a page that is new may have none yet."""
    folders = Counter(folder for row in rows for folder in {place.partition("/")[0] for place in row.expected})
    pages = Counter(page for row in rows for page in {place.partition("#")[0] for place in row.expected})
    least = LEAST_OF_A_FOLDER | {page: LEAST_OF_A_PAGE.get(page.partition("/")[0], 0) for page in pages}
    found = folders | pages
    yield from (f"{name}: {found[name]} of {count}" for name, count in least.items() if found[name] < count)


@pytest.mark.parametrize("path", [ASK, SEARCH], ids=["ask", "search"])
def test_the_rows_are_sound(guide, path):
    rows = read_rows(path)

    assert path.read_text(encoding="utf-8").startswith(f"{HEADERS[path]}\n")
    assert [*problems_of(rows, guide), *few_of_a_kind(rows, LEAST[path])] == []


def test_questions_lead_to_sections_of_every_page_and_are_not_copied(guide):
    rows = read_rows(ASK)

    assert [*problems_of_ask(rows, guide), *few_of_a_place(rows)] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"expected": ("calculus/nowhere#x",)}, "there is no page calculus/nowhere"),
        ({"expected": ("labs/logistic_regression#nowhere",)}, "labs/logistic_regression has no #nowhere"),
        ({"expected": GOOD.expected * 2}, "a place stands there twice"),
        ({"expected": ()}, "the kind learner and what is expected contradict each other"),
        ({"kind": "out-far"}, "the kind out-far and what is expected contradict each other"),
        ({"half": "held"}, "belongs to tune; run python3 tests/evaluation_sets.py"),
    ],
)
def test_a_wrong_row_is_named(guide, change, problem):
    assert [*problems_of([GOOD], guide)] == []
    assert [*problems_of([GOOD._replace(**change)], guide)] == [f"{GOOD.text}: {problem}"]


@pytest.mark.parametrize("text", ["", " x", "two  spaces", "long " * 40 + "x"])
def test_an_untidy_text_is_named(guide, text):
    rows = [GOOD._replace(text=text, half=half_of(text))]

    assert [*problems_of(rows, guide)] == [f"{text}: empty, longer than 200 characters, or with needless spaces"]


def test_a_repeated_question_is_named(guide):
    again = "Steps get shorter?"

    assert [*problems_of([GOOD, GOOD._replace(text=again, half=half_of(again))], guide)] == [
        "steps get shorter: asked 2 times"
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"expected": ("calculus/curvature",)}, "calculus/curvature is no section"),
        ({"expected": ("calculus/curvature#module-summary",)}, "calculus/curvature#module-summary is no section"),
        ({"text": "What is a Hessian matrix"}, "copied from a page"),
        ({"text": "my smallest eigenvalue is 1e-12 is it positive"}, "copied from a page"),
    ],
)
def test_a_wrong_question_is_named(guide, change, problem):
    row = GOOD._replace(**change)

    assert [*problems_of_ask([GOOD], guide)] == []
    assert [*problems_of_ask([row], guide)] == [f"{row.text}: {problem}"]


def test_too_few_rows_are_named():
    start = [GOOD._replace(expected=("start/notation#calculus", "start/notation#statistics"))] * 8

    assert [*few_of_a_kind([GOOD], {"learner": 1})] == []
    assert [*few_of_a_kind([GOOD], {"learner": 2})] == ["learner: 1 of 2"]
    assert [*few_of_a_kind([GOOD], {})] == ["learner: an unknown kind"]
    assert [*few_of_a_place([*start, *[GOOD] * 6])] == []
    assert [*few_of_a_place([*start, *[GOOD] * 5])] == ["optimization/gradient_descent: 5 of 6"]
    assert [*few_of_a_place(start[1:])] == ["start: 7 of 8"]


def test_halves_are_written_by_the_hash(tmp_path):
    path = tmp_path / "rows.tsv"
    path.write_text("question\texpected\tkind\thalf\nx\t-\tout-far\theld\nsteps get shorter\ta#b c#d\ttypo\n", "utf-8")

    write_halves(path)

    assert half_of("x") == "tune"  # the hash begins with 2
    assert half_of("d") == "held"  # the hash begins with 1
    assert read_rows(path) == [
        Row("x", (), "out-far", "tune"),
        Row("steps get shorter", ("a#b", "c#d"), "typo", half_of("steps get shorter")),
    ]


def test_a_line_without_four_columns_is_named(tmp_path):
    path = tmp_path / "rows.tsv"
    path.write_text("question\texpected\tkind\thalf\nx\t-\tout-far\n", "utf-8")

    with pytest.raises(ValueError, match=re.escape("rows.tsv:2: 3 columns. Write text, expected, kind, half")):
        read_rows(path)
