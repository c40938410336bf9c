"""Rules on mathematics: each formula can be typeset, and what looks like a formula is marked as one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from sitekit.browser_packages import package_file
from sitekit.errors import Problem
from sitekit.pages import Page
from sitekit.plain import matches, without_code, without_formulas
from sitekit.typeset import Formula, TexError, formulas_in, typeset

LOOSE = re.compile(
    r"(?<![\w\\/.(])[A-Za-z]_(?:[A-Za-z0-9](?!\w)|\{)"  # x_i
    r"|(?<!\w)[A-Za-z]\^[\w{(-]"  # x^2
    r"|\\(?:[a-zA-Z]{2,}|[()\[\]])"  # \frac, \( and \[
)
NO_TEXT = re.compile(r"\]\([^)]*\)|\{:?[^}]*[#.][^}]*\}|<[^>]*>")
"""Targets of links, attributes, tags."""
OPERATOR_AS_INDEX = re.compile(r"[_^]\{?\\(?P<operator>max|min|sup|inf|arg|lim)(?![a-zA-Z])\s*\}?")
DOLLAR = re.compile(r"(?<!\\)\$")


def typeset_all(root: Path, found: list[tuple[Path, Formula]]) -> Iterator[Problem]:
    """Every formula can be typeset. Those that could be are remembered: V8 starts for new ones only."""
    memory = memory_of(root)
    known = set(memory.read_text(encoding="utf-8").split()) if memory.exists() else set()
    new = [(path, formula) for path, formula in found if fingerprint(formula) not in known]
    good = set()
    results = typeset((formula.tex, formula.display) for _, formula in new) if new else []
    for (path, formula), result in zip(new, results, strict=True):
        if isinstance(result, TexError):
            yield Problem(path, formula.line, str(result), "Correct the TeX.", rule="formula")
        else:
            good.add(fingerprint(formula))
    if good:
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text("\n".join(sorted(known | good)), encoding="utf-8")


def operators(found: list[tuple[Path, Formula]]) -> Iterator[Problem]:
    """An index is a word: for an operator without an argument KaTeX writes MathML that no screen reader can read."""
    for path, formula in found:
        for index in OPERATOR_AS_INDEX.finditer(formula.tex):
            message = f"“{index[0]}” has an operator as index"
            cure = f"Write {index[0][0]}{{\\text{{{index['operator']}}}}}."
            yield Problem(path, formula.line, message, cure, rule="formula-operator")


def memory_of(root: Path) -> Path:
    """The file with the formulas that this very KaTeX can typeset."""
    katex = hashlib.sha256(package_file("katex/dist/katex.min.js").read_bytes()).hexdigest()[:16]
    return root / ".cache" / "formulas" / f"{katex}.txt"


def fingerprint(formula: Formula) -> str:
    """A short name for a formula."""
    return hashlib.sha256(f"{formula.display} {formula.tex}".encode()).hexdigest()[:20]


def formulas_of(page: Page) -> list[Formula]:
    """The formulas of a page's prose, questions and exercises."""
    found = formulas_in(page.prose)
    for fence in page.practice:
        found += formulas_in(fence.lines, fence.line + 1)
    return found


def unmarked(path: Path, lines: tuple[str, ...]) -> Iterator[Problem]:
    """What looks like TeX stands between dollar signs, and dollar signs come in pairs."""
    text = without_formulas(without_code(lines))
    for number, line in enumerate(text, start=1):
        found = LOOSE.search(NO_TEXT.sub("", line)) if "_" in line or "^" in line or "\\" in line else None
        if found:
            message = f"“{found[0]}” looks like TeX outside a formula"
            cure = "Put it between $ signs, or code between `."
            yield Problem(path, number, message, cure, rule="formula-unmarked")
    for number, _ in matches(DOLLAR, text):
        message = "a dollar sign without a partner"
        cure = "Write $x$ without spaces inside for a formula, and \\$5 for money."
        yield Problem(path, number, message, cure, rule="formula-dollar")
