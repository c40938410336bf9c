"""Rules on snippet files: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

EXAMPLES = "snippets/calculus/m/examples.py"
CHECKS = "snippets/calculus/m/checks.py"


def test_a_section_without_end_is_reported_at_its_start(module):
    module.change("# --8<-- [end:again]\n", "", EXAMPLES)

    wanted = (
        f"{module.place('[start:again]', EXAMPLES)}: the section again never ends. Write # --8<-- [end:again] where"
    )
    assert only(module.problems()).startswith(wanted)


def test_a_section_without_start_is_reported_at_its_end(module):
    module.change("# --8<-- [end:again]\n", "# --8<-- [end:again]\n# --8<-- [end:more]\n", EXAMPLES)

    assert only(module.problems()).startswith(f"{module.place('[end:more]', EXAMPLES)}: the section more ends here and")


def test_an_empty_section_is_reported(module):
    module.write(EXAMPLES, module.read(EXAMPLES) + "\n# --8<-- [start:void]\n\n# --8<-- [end:void]\n")

    assert only(module.problems()).startswith(f"{module.place('[start:void]', EXAMPLES)}: the section void is empty.")


def test_a_section_that_no_page_shows_is_reported(module):
    module.write(EXAMPLES, module.read(EXAMPLES) + "\n# --8<-- [start:more]\nc = 1\n# --8<-- [end:more]\n")

    assert only(module.problems()).startswith(
        f"{module.place('[start:more]', EXAMPLES)}: no page shows the section more"
    )


def test_a_section_that_starts_twice_is_reported_the_second_time(module):
    extra = "\n# --8<-- [start:again]\nc = 1\n# --8<-- [end:again]\n"
    module.write(EXAMPLES, module.read(EXAMPLES) + extra)
    line = len(module.read(EXAMPLES).splitlines()) - 2

    assert only(module.problems()) == f"{EXAMPLES}:{line}: the section again starts twice. Rename one of them."


@pytest.mark.parametrize(
    "marker", ["# -8<-- [start:x]", "# --8<-- [strt:x]", "# --8<-- [start:X]", "#--8<-- [start:x]"]
)
def test_a_misspelt_marker_is_reported(module, marker):
    module.write(EXAMPLES, module.read(EXAMPLES) + marker + "\n")

    assert f"{module.place(marker, EXAMPLES)}: this isn't a valid marker: {marker}." in only(module.problems())


def test_a_snippet_file_of_another_name_is_reported(module):
    module.write("snippets/calculus/m/helpers.py", "x = 1\n")

    assert only(module.problems()).startswith("snippets/calculus/m/helpers.py:1: helpers.py is not one of examples.py")


def test_a_snippet_folder_without_a_page_is_reported(module):
    module.write("snippets/calculus/gone/checks.py", "def a():\n    assert f() == 1\n")

    assert only(module.problems()).startswith(
        "snippets/calculus/gone/checks.py:1: there is no page docs/calculus/gone.md"
    )


def test_a_snippet_file_that_is_not_python_is_reported_once_with_its_line(module):
    module.change("ONE = 1", "ONE = = 1", CHECKS)

    problem = only(module.problems())

    assert problem == f"{module.place('ONE = =', CHECKS)}: this isn't valid Python (invalid syntax). Correct the code."
