"""Rules on fences and includes: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

PAGE = "docs/calculus/m.md"


@pytest.mark.parametrize("marks", ["```", "~~~"])
@pytest.mark.parametrize("info", ["py", 'python title="a"', "{.python}", "python3", "", "sh", "bash", "Python"])
def test_a_fence_that_would_be_shown_and_not_run_is_reported(module, marks, info):
    module.change("Ask.\n", f"Ask.\n\n{marks}{info}\nprint(1)\n{marks}\n")
    line = module.line("Ask.") + 2

    problem = only(module.problems())

    assert problem.startswith(f"{PAGE}:{line}: the fence is marked {info!r}, so its code would be shown and never run.")


def test_tildes_hide_nothing(module):
    module.change("Ask.\n", "Ask.\n\n~~~python\nprint(1)\n~~~\n")

    assert only(module.problems()).startswith(f"{module.place('print(1)')}: this python fence isn't one include of one")


@pytest.mark.parametrize("language", ["text", "console", "yaml", "json", "html", "css", "toml", "markdown"])
def test_a_language_for_display_is_allowed(module, language):
    module.change("Ask.\n", f"Ask.\n\n```{language}\nx\n```\n")

    assert module.problems() == []


def test_typed_code_is_reported(module):
    module.change('--8<-- "calculus/m/examples.py:start"', "a = 1.5")

    wanted = f"{module.place('a = 1.5')}: this python fence isn't one include of one section. Move the code to examples"
    assert any(problem.startswith(wanted) for problem in module.problems())


def test_two_includes_in_one_fence_are_reported(module):
    include = '--8<-- "calculus/m/examples.py:start"\n'
    module.change(include, include + include)

    assert "isn't one include of one section" in only(module.problems())


def test_a_whole_file_is_reported(module):
    module.change("Ask.\n", 'Ask.\n\n```python\n--8<-- "calculus/m/examples.py"\n```\n')

    assert only(module.problems()).startswith(f"{module.place('examples.py' + chr(34))}: a whole file is included.")


def test_a_comment_that_changes_what_is_tested_is_reported(module):
    module.change("Ask.\n", "<!--pytest-codeblocks:skip-->\nAsk.\n")

    start = f"{module.place('<!--')}: this comment changes which code is tested."
    assert [problem.startswith(start) for problem in module.problems()] == [True, False]  # it is HTML, too


@pytest.mark.parametrize("wrong", ["calculus/m/nothing.py:start", "calculus/m/examples.py:nothing"])
def test_an_include_of_nothing_is_reported_at_its_line(module, wrong):
    module.change("Ask.\n", f'Ask.\n\n```python\n--8<-- "{wrong}"\n```\n')

    problem = only(module.problems())

    assert problem.startswith(f"{module.place(wrong)}: there is no ")
    assert problem.endswith("Correct the path or the section's name.")


@pytest.mark.parametrize("line", ['--8<- "x.py:a"', '-8<-- "x.py:a"', '--8 < --"x.py:a"', "--8<-- x.py:a", "--8<--"])
def test_what_looks_like_an_include_is_one(module, line):
    module.change("Ask.\n", f"Ask.\n\n```text\n{line}\n```\n")

    number = module.line("```text") + 1
    assert f'{PAGE}:{number}: this isn\'t a valid include: {line}. Write --8<-- "path:section".' in module.problems()


def test_an_escaped_include_is_text(module):
    module.change("Ask.\n", 'Ask.\n\n```text\n;--8<-- "x.py:a"\n```\n')

    assert module.problems() == []


def test_an_include_outside_a_fence_is_reported(module):
    module.change("Ask.\n", 'Ask.\n\n--8<-- "calculus/m/examples.py:start"\n')
    line = module.line("Ask.") + 2

    assert only(module.problems()).startswith(f"{PAGE}:{line}: this include stands outside a fence.")
