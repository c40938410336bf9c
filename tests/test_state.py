"""What is remembered of a reader, as data, in node: what is refused, and how two states become one."""

import copy
import json
from typing import Any

import pytest
from conftest import ROOT, in_node

PAGE = "calculus/calculus_for_ml/"
EMPTY: dict[str, Any] = {"version": 1, "last": None, "pages": {}, "questions": {}, "exercises": {}}
FULL = EMPTY | {
    "last": {"page": PAGE, "title": "Calculus", "at": "2026-01-02T00:00:00.000Z"},
    "pages": {PAGE: {"opened": True, "read": False}},
    "questions": {"one": {"page": PAGE, "answer": ["1", "2"], "right": True}},
    "exercises": {"add": {"page": PAGE, "code": "x", "solved": True, "solvedCode": "y"}},
}
SCRIPT = f"""
import {{ parse, merge, isState }} from "{(ROOT / "docs" / "assets" / "js" / "state.js").as_uri()}";
import {{ readFileSync }} from "node:fs";
const tried = (text) => {{
  try {{ return parse(text); }} catch (error) {{ return `${{error.constructor.name}}: ${{error.message}}`; }}
}};
const calls = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(calls.map(([name, ...values]) => ({{ parse: tried, merge, isState }})[name](...values))));
"""


def call(name, *values):
    return in_node(SCRIPT, [[name, *values]])[0]


@pytest.mark.parametrize("state", [EMPTY, FULL])
def test_what_the_guide_writes_is_read(state):
    assert call("parse", json.dumps(state)) == state


@pytest.mark.parametrize("text", ["", "{", "undefined", "{'version': 1}", '{"version": 1,}'])
def test_what_is_no_json_is_refused(text):
    assert call("parse", text).startswith("SyntaxError")


FOREIGN: list[Any] = [
    None,
    [],
    "text",
    1,
    {},
    {"version": 0},
    {"version": "1"},
    {"version": 1},
    EMPTY | {"version": 1.5},
]
BROKEN: list[dict[str, Any]] = [
    {"last": {"page": PAGE, "title": "T", "at": "then"}},
    {"last": {"page": "https://evil.example/", "title": "T", "at": "2026-01-01"}},
    {"last": 1},
    {"pages": []},
    {"pages": {"a/": True}},
    {"pages": {"//evil.example/": {"opened": True, "read": True}}},
    {"pages": {"../a/": {"opened": True, "read": True}}},
    {"pages": {"a/": {"opened": True}}},
    {"questions": []},
    {"questions": {"a": None}},
    {"questions": {"a": {"page": PAGE, "answer": 1, "right": True}}},
    {"questions": {"a": {"page": PAGE, "answer": [1], "right": True}}},
    {"questions": {"a": {"page": PAGE, "answer": "1", "right": 1}}},
    {"questions": {"a": {"page": "javascript:alert(1)", "answer": "1", "right": True}}},
    {"questions": {"__proto__": {"page": PAGE, "answer": "1", "right": True}}},
    {"exercises": {"e": {"page": PAGE, "code": "x", "solved": "yes"}}},
    {"exercises": {"e": {"page": PAGE, "solved": True}}},
    {"exercises": {"e": {"page": PAGE, "code": "x", "solved": True, "solvedCode": 1}}},
]


@pytest.mark.parametrize("value", FOREIGN + [EMPTY | broken for broken in BROKEN])
def test_what_the_guide_did_not_write_is_refused(value):
    assert call("parse", json.dumps(value)) == "TypeError: This guide did not write it."


@pytest.mark.parametrize("missing", list(EMPTY))
def test_a_state_has_every_part(missing):
    state = {name: value for name, value in FULL.items() if name != missing}

    assert call("isState", state) is False


def test_a_newer_version_is_told_from_damage():
    assert call("parse", '{"version": 2}') == "NewerVersion: A newer version of this guide wrote it."


@pytest.mark.parametrize(("mine", "other"), [(FULL, EMPTY), (EMPTY, FULL), (FULL, FULL)])
def test_nothing_is_lost_when_two_states_become_one(mine, other):
    assert call("merge", mine, other) == FULL


def changed(part, name, **changes):
    state = copy.deepcopy(FULL)
    state[part][name] |= changes
    return state


def test_right_wins_over_wrong_and_mine_over_another_wrong_one():
    wrong = changed("questions", "one", answer=["3"], right=False)
    other = changed("questions", "one", answer=["4"], right=False)

    assert call("merge", wrong, FULL)["questions"] == FULL["questions"]
    assert call("merge", FULL, wrong)["questions"] == FULL["questions"]
    assert call("merge", wrong, other)["questions"] == wrong["questions"]


def test_read_wins_over_opened():
    read = changed("pages", PAGE, read=True)

    assert call("merge", FULL, read)["pages"] == call("merge", read, FULL)["pages"] == read["pages"]


def test_solved_wins_and_keeps_the_code_that_solved_it_beside_the_draft():
    draft = EMPTY | {"exercises": {"add": {"page": PAGE, "code": "draft", "solved": False}}}
    solved = EMPTY | {"exercises": {"add": {"page": PAGE, "code": "good", "solved": True}}}
    both = {"page": PAGE, "code": "draft", "solved": True, "solvedCode": "good"}

    assert call("merge", draft, solved)["exercises"]["add"] == both
    assert call("merge", solved, draft)["exercises"]["add"] == {"page": PAGE, "code": "good", "solved": True}


def test_the_later_place_is_where_the_reader_left_off():
    later = copy.deepcopy(FULL)
    later["last"] |= {"at": "2026-01-03T00:00:00.000Z", "title": "Later"}

    assert call("merge", FULL, later)["last"] == call("merge", later, FULL)["last"] == later["last"]
