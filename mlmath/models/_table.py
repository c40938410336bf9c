"""Tables of coefficients in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from mlmath._arrays import Vector


def coefficient_table(names: Sequence[str], columns: dict[str, Vector]) -> str:
    """Return a heading and one line per coefficient: five digits, but p-values (column ``p``) to four decimals."""
    width = max(map(len, names))
    lines = [" " * width + "".join(f"{title:>13}" for title in columns)]
    for name, *numbers in zip(names, *columns.values(), strict=True):
        cells = [_cell(title, number) for title, number in zip(columns, numbers, strict=True)]
        lines.append(f"{name:<{width}}" + "".join(f"{cell:>13}" for cell in cells))
    return "\n".join(lines)


def _cell(title: str, number: float) -> str:
    if title != "p":
        return f"{number:#.5g}"
    return f"{number:.4f}" if number >= 0.0001 else "< 0.0001"
