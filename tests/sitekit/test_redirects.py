"""Pages that moved: each mistake in the list is reported, and the old address leads to the new one without a script."""

from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html

from sitekit.lint import lint
from sitekit.redirects import address_of, write_redirects

LIST = "docs/redirects.yml"
GOOD = "old.md: calculus/m.md\n"


def shown(module):
    """What lint says about the list."""
    return [problem.show(module.root) for problem in lint(module.root) if problem.path.name == "redirects.yml"]


def test_a_repository_with_moves_or_without_any_has_no_problem(module):
    assert module.problems() == []
    module.write(LIST, "# None yet.\n")
    assert module.problems() == []
    module.write(LIST, f"# One.\n{GOOD}a/b.md: calculus/m.md\n")
    assert module.problems() == []


PAIR = "Write one line for each page: old/page.md: new/page.md. [redirect-not-a-pair]"
MISTAKES = {
    "calculus/m.md: calculus/m.md": (
        "docs/calculus/m.md is there, so it can't lead elsewhere. Remove the line, or the page. [redirect-hides-page]"
    ),
    "a.md: b.md": (
        "there is no page docs/b.md to lead to. Correct the path; a page that moved twice leads to where it is now. "
        "[redirect-to-nowhere]"
    ),
    "a.md: ../README.md": (
        "there is no page docs/../README.md to lead to. Correct the path; a page that moved twice leads to where it is "
        "now. [redirect-to-nowhere]"
    ),
    "../a.md: calculus/m.md": (
        "the old page '../a.md' isn't the path of a page. Write its old path below docs/, with .md at the end. "
        "[redirect-not-a-pair]"
    ),
    "/a/: calculus/m.md": (
        "the old page '/a/' isn't the path of a page. Write its old path below docs/, with .md at the end. "
        "[redirect-not-a-pair]"
    ),
    "old.md: calculus/m.md": "docs/old.md stands there twice. Keep one of the lines. [redirect-twice]",
    "a.md: [calculus/m.md]": f"this isn't a pair of pages. {PAIR}",
    "a.md: b: calculus/m.md": f"the file isn't valid YAML. {PAIR}",
}


@pytest.mark.parametrize(("line", "said"), MISTAKES.items(), ids=MISTAKES)
def test_a_mistake_is_reported_with_its_line(module, line, said):
    module.write(LIST, GOOD + line + "\n")

    assert shown(module) == [f"{LIST}:2: {said}"]


def test_a_list_instead_of_pairs_is_reported(module):
    module.write(LIST, "- a.md\n- b.md\n")

    assert shown(module) == [f"{LIST}:1: this isn't a pair of pages. {PAIR}"]


def test_the_old_address_leads_to_the_new_one_and_names_it(module, tmp_path):
    module.write(LIST, "deep/down/old.md: calculus/m.md\n")
    site = tmp_path / "site"

    write_redirects(module.root, site, "https://example.org/guide/")

    page: Any = html.fromstring((site / "deep/down/old/index.html").read_bytes())
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    (link,) = page.xpath("//a")
    target = refresh.removeprefix("0; url=")
    assert urljoin("https://example.org/guide/deep/down/old/", target) == "https://example.org/guide/calculus/m/"
    assert link.get("href") == target
    assert link.text == "Slopes"
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/guide/calculus/m/"]
    assert page.xpath("//script") == []


@pytest.mark.parametrize(
    ("page", "address"),
    [("a.md", "a/"), ("a/b.md", "a/b/"), ("a/index.md", "a/"), ("index.md", ""), ("labs/x.py", "labs/x/")],
)
def test_the_address_of_a_page_is_the_one_that_the_site_gives_it(page, address):
    assert address_of(page) == address


def test_a_browser_follows_an_old_address_without_scripts(module, tmp_path, browser):
    module.write(LIST, "old.md: calculus/m.md\n")
    folder = tmp_path / "site"
    (folder / "calculus/m").mkdir(parents=True)
    (folder / "calculus/m/index.html").write_text("<title>New place</title>", encoding="utf-8")
    write_redirects(module.root, folder, "https://example.org/")
    old = folder / "old/index.html"
    old.write_text(old.read_text(encoding="utf-8").replace("m/", "m/index.html"), encoding="utf-8")  # for file://
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(old.as_uri())

    page.wait_for_url("**/calculus/m/index.html")
    assert page.title() == "New place"
    context.close()
