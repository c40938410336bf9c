"""Problem and SiteError: one line that names the place, the mistake and the cure."""

from pathlib import Path

import pytest

from sitekit.errors import Problem, SiteError

PROBLEM = Problem(Path("/repo/docs/x.md"), 12, "what is wrong", "How to mend it.", "some-rule")


@pytest.mark.parametrize(
    ("root", "name"), [("/repo", "docs/x.md"), ("/repo/docs", "x.md"), ("/elsewhere", "/repo/docs/x.md")]
)
def test_a_problem_is_shown_relative_to_the_repository(root, name):
    assert PROBLEM.show(Path(root)) == f"{name}:12: what is wrong. How to mend it. [some-rule]"


def test_a_relative_path_stays_as_it_is():
    assert Problem(Path("docs/x.md"), 1, "a", "B.", "c").show(Path("/repo")) == "docs/x.md:1: a. B. [c]"


def test_an_error_has_one_line_for_each_problem(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    problems = [Problem(tmp_path / "docs" / f"{name}.md", 3, "bad", "Mend it.", "rule") for name in "ab"]

    error = SiteError(*problems)

    assert str(error) == "docs/a.md:3: bad. Mend it. [rule]\ndocs/b.md:3: bad. Mend it. [rule]"
    assert error.problems == tuple(problems)
