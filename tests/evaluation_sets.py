"""The sets that search and Ask are judged by: how to read them, and which half a row belongs to.

``tests/evaluation/ask.tsv`` has questions, each with the sections that answer it, or ``-`` if the guide doesn't.
``tests/evaluation/search.tsv`` has queries, each with the pages on which a reader is content to land first.
The boxes at the end of a module repeat its sections in short, so no row names them.
Engines are tuned on one half and judged on the other. A hash of the text decides which,
so that nobody chooses: ``python3 tests/evaluation_sets.py`` writes the last column, after you added rows without it.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "evaluation"
ASK, SEARCH = FOLDER / "ask.tsv", FOLDER / "search.tsv"
NOTHING = "-"


class Row(NamedTuple):
    """What somebody typed, the places that are right, and how it was typed."""

    text: str
    expected: tuple[str, ...]
    kind: str
    half: str


def read_rows(path: Path) -> list[Row]:
    """The rows of a set; ``expected`` is empty where nothing should be found."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [row_of(f"{path.name}:{number}", line) for number, line in enumerate(lines[1:], start=2)]


def row_of(place: str, line: str) -> Row:
    """A row from a line.

    Raises:
        ValueError: If it hasn't four columns; the message has its place.
    """
    columns = line.split("\t")
    if len(columns) != len(Row._fields):
        raise ValueError(f"{place}: {len(columns)} columns. Write {', '.join(Row._fields)}, with one tab between them.")
    text, expected, kind, half = columns
    return Row(text, () if expected == NOTHING else tuple(expected.split(" ")), kind, half)


def half_of(text: str) -> str:
    """``tune`` if the first hexadecimal digit of the hash of a text is even, else ``held``."""
    return ("tune", "held")[int(hashlib.sha256(text.encode()).hexdigest()[0], 16) % 2]


def write_halves(path: Path) -> None:
    """Write the last column of a set anew."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    columns = (line.split("\t")[:3] for line in lines)
    rows = ["\t".join([*row, half_of(row[0])]) for row in columns]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_halves(ASK)
    write_halves(SEARCH)
