"""lint --fix: what it mends, what it leaves alone, and that it says so."""

import pytest

from sitekit.mend import mend

PAGE = "docs/calculus/m.md"
TEXT = "Models learn by it."


def mended(module):
    """The messages, and what is left to report."""
    return list(mend(module.root)), module.findings()


def test_where_nothing_is_wrong_nothing_changes(module):
    before = module.page.read_bytes()

    assert mended(module) == ([], [])
    assert module.page.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (TEXT, f"{TEXT} ", "changed white space"),
        (TEXT, "Models\tlearn by it.", "changed white space"),
        (TEXT, f"Two:\n- one\n- two\n\n{TEXT}", "put in 1 empty line"),
        (TEXT, f"Two:\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n{TEXT}", "put in 1 empty line"),
        (TEXT, f"Code:\n```text\nx\n```\n\n{TEXT}", "put in 1 empty line"),
        (TEXT, f"\n{TEXT}", "took out 1 empty line"),
        ("Ask.\n", "Ask.", "put in 1 empty line"),
    ],
)
def test_white_space_and_empty_lines_are_mended_once(module, old, new, message):
    module.change(old, new)

    (told,), left = mended(module)

    assert told.startswith(f"{PAGE}:")
    assert told.endswith(message)
    assert left == []
    assert list(mend(module.root)) == []


@pytest.mark.parametrize("name", [PAGE, "snippets/calculus/m/checks.py"])
def test_a_byte_order_mark_and_the_line_ends_of_windows_go(module, name):
    before = module.read(name)
    module.write(name, b"\xef\xbb\xbf" + before.replace("\n", "\r\n").encode())

    assert mended(module) == (
        [f"{name}:1: removed the byte order mark", f"{name}:1: changed the line ends to those of Unix"],
        [],
    )
    assert module.read(name) == before


def test_the_inside_of_a_fence_stays_as_it_is(module):
    inside = "```text\na:\n- b  \n\tc\n\n\n\n| d |\n```\n"
    module.change(f"{TEXT}\n", f"{TEXT}\n\n{inside}")

    assert list(mend(module.root)) == []
    assert inside in module.read()


def test_a_file_in_another_encoding_is_left_alone(module):
    data = module.read().encode("utf-16")
    module.write(PAGE, data)

    assert list(mend(module.root)) == []
    assert module.page.read_bytes() == data
