"""read_page: front matter, headings and fences, each with its line."""

import pytest

from sitekit.errors import SiteError
from sitekit.pages import page_paths, read_page, read_text


@pytest.fixture
def read(write):
    """A function that writes a page and reads it."""

    def read_it(text):
        root = write({"docs/b/x.md": text})
        return read_page(root, root / "docs/b/x.md")

    return read_it


def shown(error, root):
    return [problem.show(root).rpartition(" [")[0] for problem in error.value.problems]


def test_a_page_knows_its_name(read):
    assert read("text").name == "b/x"


def test_front_matter_is_read_and_its_lines_are_counted(read):
    page = read("---\ntitle: T\nasks:\n  - a\n---\n# Title\n")

    assert page.meta == {"title": "T", "asks": ["a"]}
    assert page.meta_lines == 5
    assert page.prose == ("", "", "", "", "", "# Title")


@pytest.mark.parametrize("text", ["", "text\n", "\n---\na: 1\n---\n", "text\n---\n"])
def test_without_front_matter_there_are_no_fields(read, text):
    page = read(text)

    assert (page.meta, page.meta_lines) == ({}, 0)


def test_empty_front_matter_has_no_fields(read):
    assert read("---\n---\n").meta == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\na: 1\n", "1: the front matter has no closing line. Write --- under it."),
        ("---\na: 1\nb: c: d\n---\n", "3: the front matter isn't valid YAML (mapping values are not allowed here)."),
        ("---\na: 1\n\nb: [1\n---\n", "4: the front matter isn't valid YAML"),
        ("---\na: @\n---\n", "2: the front matter isn't valid YAML (found character '@' that cannot start any token)"),
        ("---\n- a\n- b\n---\n", "1: the front matter isn't a list of name: value. Write one name a line."),
    ],
)
def test_broken_front_matter_is_reported_with_its_line(read, tmp_path, text, message):
    with pytest.raises(SiteError) as error:
        read(text)

    assert shown(error, tmp_path)[0].startswith(f"docs/b/x.md:{message}")


def test_fences_know_their_language_line_and_content(read):
    page = read("a\n\n```python\nx = 1\n\ny = 2\n```\nb\n~~~~ text \n~~~\n~~~~~\n")

    assert [tuple(fence) for fence in page.fences] == [
        ("python", 3, ("x = 1", "", "y = 2")),
        ("text", 9, ("~~~",)),
    ]


def test_a_longer_fence_holds_a_shorter_one(read):
    page = read("````markdown\n```python\nx\n```\n````\n")

    assert [(fence.info, fence.lines) for fence in page.fences] == [("markdown", ("```python", "x", "```"))]


def test_a_fence_of_backticks_is_not_closed_by_tildes(read):
    assert read("```text\n~~~\n```\n").fences[0].lines == ("~~~",)


def test_marks_with_a_language_do_not_close_a_fence(read):
    assert read("```text\n```python\n```\n").fences[0].lines == ("```python",)


@pytest.mark.parametrize("indent", ["    ", "> ", "  > "])
def test_an_indented_or_quoted_fence_loses_its_indentation(read, indent):
    page = read(f"- item\n\n{indent}```text\n{indent}x\n{indent}  y\n{indent}```\n")

    assert page.fences[0].lines == ("x", "  y")


@pytest.mark.parametrize(("text", "line"), [("```text\nx\n", 1), ("a\n\n````text\nx\n```\n", 3), ("~~~\n```\n", 1)])
def test_a_fence_that_is_never_closed_is_reported_where_it_opens(read, tmp_path, text, line):
    with pytest.raises(SiteError) as error:
        read(text)

    marks = text.splitlines()[line - 1].removesuffix("text")
    assert shown(error, tmp_path) == [f"docs/b/x.md:{line}: this fence is never closed. Write {marks} under the block."]


def test_headings_are_found_outside_fences_and_front_matter(read):
    page = read("---\n# comment\na: 1\n---\n# Title\n\n```text\n# code\n```\n\n##  Part two ##\n\n###### Deep\n")

    assert [tuple(heading) for heading in page.headings] == [(1, "Title", 5), (2, "Part two", 11), (6, "Deep", 13)]


@pytest.mark.parametrize("line", ["#Title", "# Title", "#  Title  ", "# Title #"])
def test_a_heading_is_what_python_markdown_takes_for_one(read, line):
    assert [tuple(heading) for heading in read(line).headings] == [(1, "Title", 1)]


def test_the_prose_keeps_the_line_numbers(read):
    page = read("---\na: 1\n---\nx\n```text\ny\n```\nz\n")

    assert page.prose == ("", "", "", "x", "", "", "", "z")
    assert len(page.prose) == len(page.lines)


def test_the_line_of_a_text_is_that_of_its_first_occurrence(read):
    page = read("a\nb c\nb c\n")

    assert (page.line_of("b"), page.line_of("nowhere")) == (2, 1)


def test_text_that_is_not_utf8_is_reported_with_byte_and_line(tmp_path):
    path = tmp_path / "x.py"
    path.write_bytes(b"a\nb\xe9\xff\nc")

    with pytest.raises(SiteError) as error:
        read_text(path)

    assert shown(error, tmp_path) == ["x.py:2: the file isn't UTF-8 (byte 0xe9). Save it as UTF-8."]


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(SiteError) as error:
        read_text(tmp_path / "x.py")

    assert shown(error, tmp_path) == ["x.py:1: cannot read the file (No such file or directory). Restore it."]


def test_pages_are_listed_in_order_without_the_generated_ones(write):
    root = write(
        dict.fromkeys(["docs/b.md", "docs/a/x.md", "docs/checks/a/x.md", "docs/a/checks/y.md", "docs/c.py"], "")
    )

    assert [path.relative_to(root).as_posix() for path in page_paths(root)] == [
        "docs/a/checks/y.md",
        "docs/a/x.md",
        "docs/b.md",
    ]
