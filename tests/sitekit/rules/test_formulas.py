"""Rules on mathematics: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

PAGE = "docs/calculus/m.md"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Take $a = 2$", "Take $\\frac{a$"),
        ("s = \\frac{a}{b}", "s = \\unknown{a}{b}"),
        ("question: Is $1$ one?", "question: Is $\\frac1$ one?"),
        ("  - Add it to itself.", "  - Add $\\frac1$ to itself."),
    ],
)
def test_a_formula_that_cannot_be_typeset_is_reported_with_its_text(module, old, new):
    module.change(old, new)
    line = module.line(new)
    if new.startswith("s = "):
        line -= 1  # a displayed formula starts at its $$

    problem = only(module.problems())

    assert problem.startswith(f"{PAGE}:{line}: the formula ")
    assert problem.endswith("Correct the TeX.")
