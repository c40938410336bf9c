"""Rules on front matter: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

PAGE = "docs/calculus/m.md"


def test_every_page_needs_a_description(module):
    module.write("docs/x.md", "# Title\n\nText.\n")

    problem = only(module.problems())

    assert problem == "docs/x.md:1: the front matter has no description. Write one sentence for search engines."


@pytest.mark.parametrize(
    ("lines", "field", "cure"),
    [
        ("prerequisites: []\n", "prerequisites", "List the pages to read before"),
        ("minutes: 2\n", "minutes", "Write the reading time"),
        ('also_called: [incline, "f\'(x)"]\n', "also_called", "List other names"),
        ("asks:\n  - what is a slope\n", "asks", "List what learners ask"),
    ],
)
def test_a_module_needs_every_field(module, lines, field, cure):
    module.change(lines, "")

    problem = only(module.problems())

    assert problem.startswith(f"{PAGE}:1: the front matter has no {field}. {cure}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes: 2", "minutes: five", "4: minutes is not a whole number"),
        ("prerequisites: []", "prerequisites: start", "3: prerequisites is not a list"),
        ("prerequisites: []", "prerequisites: [calculus/no]", "3: the prerequisite calculus/no is not a"),
        ("asks:\n  - what is a slope", "asks: what", "6: asks is not a list"),
    ],
)
def test_a_field_of_the_wrong_kind_is_reported_at_its_line(module, old, new, message):
    module.change(old, new)

    assert only(module.problems()).startswith(f"{PAGE}:{message}")


def test_a_field_of_the_wrong_kind_counts_on_other_pages_too(module):
    module.write("docs/start/x.md", "---\ndescription: A page.\nminutes: soon\n---\n\n# A page\n\nText.\n")

    assert only(module.problems()).startswith("docs/start/x.md:3: minutes is not a whole number.")
