"""``sitekit drift``: which versions it asks for, and how it says what differs."""

import re

import pytest

from sitekit import __main__ as commands
from sitekit import drift, environment


def names(requirements):
    return [re.split("[=<> ]", requirement)[0] for requirement in requirements]


def test_the_oldest_versions_are_those_that_pyproject_allows_and_the_rest_is_locked():
    wanted = drift.requirements("oldest")

    assert "numpy==2.0" in wanted
    assert any(re.fullmatch(r"matplotlib==3\.\d+", requirement) for requirement in wanted)
    assert any(re.match(r"scipy==1\.", requirement) for requirement in wanted)
    assert names(wanted).count("numpy") == 1


def test_the_newest_versions_are_free_and_so_is_what_is_built_on_numpy():
    wanted = drift.requirements("newest")

    assert {"numpy", "matplotlib", "tqdm", "scipy", "scikit-learn"} <= set(wanted)
    assert any(re.match(r"pytest==\d", requirement) for requirement in wanted)
    assert names(wanted).count("scipy") == 1


def test_the_locked_packages_are_listed_without_hashes():
    lines = environment.locked()

    assert len(lines) > 50
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==[^ \\]+( ; [^\\]+)?", line)] == []


def test_the_command_needs_no_environment_but_its_own(monkeypatch):
    monkeypatch.setattr(commands, "ensure_environment", lambda: pytest.fail("the usual environment was set up"))
    monkeypatch.setattr(commands, "drift", lambda which: {"oldest": 7}[which])
    monkeypatch.setattr("sys.argv", ["sitekit", "drift", "oldest"])

    assert commands.main() == 7


def test_other_words_are_refused_with_those_that_are_known(capsys):
    with pytest.raises(SystemExit):
        commands.parser().parse_args(["drift", "latest"])

    assert re.search("choose from '?newest'?, '?oldest'?", capsys.readouterr().err)


def test_each_version_stands_beside_the_locked_one():
    ((name, locked, here),) = drift.versions(["numpy"], {"numpy": "2.0.0", "pip": "23.0"})

    assert (name, here) == ("numpy", "2.0.0")
    assert re.match(r"2\.\d+\.\d+", locked)


def test_failures_are_counted_by_what_they_say():
    report = """<testsuites><testsuite>
      <testcase classname="tests.a" name="test_good"/>
      <testcase classname="tests.a" name="test_bad"><failure message="it differs&#10;more"/></testcase>
      <testcase classname="tests.b" name="test_worse"><failure message="it differs"/></testcase>
      <testcase classname="" name="tests.c"><error message="collection failure">E  first
E  ImportError: gone</error></testcase>
    </testsuite></testsuites>"""

    assert drift.failures(report) == [
        ("2", "it differs", "tests.a test_bad"),
        ("1", "E  ImportError: gone", "tests.c"),
    ]


def test_a_table_has_its_columns_under_each_other():
    assert drift.table([("a", "b"), ("long", "c")]) == "\na     b\nlong  c"
