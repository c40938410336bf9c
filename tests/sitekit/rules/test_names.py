"""Every problem has a rule, every rule is listed, and its name can be typed."""

import ast
import re

import pytest
from conftest import ROOT

from sitekit.__main__ import show_rules
from sitekit.rules.built_names import BUILT_RULES
from sitekit.rules.names import RULES


def rules_of_the_code():
    """The rule of every Problem and FenceError that the code makes, with its place."""
    for path in sorted((ROOT / "sitekit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            if name in ("Problem", "FenceError") or (name == "Finding" and path.name == "markup.py"):
                place = 3 if name == "Finding" else 4
                named = [keyword.value for keyword in node.keywords if keyword.arg == "rule"] or node.args[place:]
                yield f"{path.relative_to(ROOT)}:{node.lineno}", named[0] if named else None


def names_in(node):
    """The names that an expression can have."""
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}


def test_every_problem_says_its_rule():
    assert [place for place, rule in rules_of_the_code() if rule is None] == []


def test_every_rule_of_the_code_is_listed_and_every_listed_one_is_in_the_code():
    used = set().union(*(names_in(rule) for _, rule in rules_of_the_code() if rule is not None))

    elsewhere = {"link-broken", "link-case", "output-differs"}  # chosen before they are reported, or no Problem
    assert used | elsewhere == RULES.keys()


@pytest.mark.parametrize("name", RULES)
def test_a_name_is_of_small_letters_and_hyphens(name):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)


def test_the_rules_are_printed_one_a_line(capsys):
    assert show_rules() == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [*RULES, *BUILT_RULES]
    assert "rumdl" in lines[-1]
