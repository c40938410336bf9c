"""The zip for classrooms: pages open from a disk with search and questions, and start.py runs code as well."""

import os
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from sitekit.bundle import write_bundle, write_zip

MODULE = "calculus/calculus_for_ml/index.html"


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    """The folder that a reader unpacks."""
    folder = tmp_path_factory.mktemp("bundle")
    write_bundle(shutil.copytree(site, folder / "site"), folder / "mlmath.zip")
    zipfile.ZipFile(folder / "mlmath.zip").extractall(folder)
    return folder / "mlmath"


@pytest.fixture
def reader(browser):
    """A page without a network in which nothing may go wrong, and that asks for nothing elsewhere."""
    troubles: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    ours = ("file:", "http://127.0.0.1:", "blob:", "data:")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert troubles == []
    assert [url for url in asked if not url.startswith(ours)] == []


def test_every_link_of_every_page_names_a_file_that_is_there(unpacked):
    guide = unpacked / "guide"
    count, wrong = 0, []
    for page in guide.rglob("index.html"):
        for element in html.fromstring(page.read_bytes()).iter("a", "link", "script", "img"):
            target = element.get("href") or element.get("src") or ""
            parts = urlsplit(target)
            is_address_of_the_page = element.get("rel") in ("canonical", "next", "prev")
            if parts.scheme or is_address_of_the_page or not parts.path:
                continue
            count += 1
            file = guide / posixpath.normpath(page.parent.relative_to(guide) / unquote(parts.path))
            if target.startswith("/") or not file.is_file():
                wrong.append((page.relative_to(guide).as_posix(), target))
    assert wrong == []
    assert count > 500


def test_every_result_of_the_search_leads_to_a_file(unpacked):
    text = (unpacked / "guide" / "search" / "search_index.js").read_text(encoding="utf-8")
    locations = re.findall(r'"location": "([^"#]*)', text)

    assert len(locations) > 100
    assert [location for location in locations if not (unpacked / "guide" / location).is_file()] == []


@pytest.mark.parametrize("name", ["index.html", "labs/linear_regression_three_ways/index.html", "reference/index.html"])
def test_a_page_opens_from_a_disk_without_a_word_of_complaint(reader, unpacked, name):
    reader.goto((unpacked / "guide" / name).as_uri(), wait_until="networkidle")

    assert reader.locator("article h1").is_visible()
    assert reader.locator("link[rel=stylesheet]").evaluate_all("all => all.every((link) => link.sheet)")


def test_from_a_disk_mathematics_search_questions_and_progress_work_and_code_says_what_it_needs(reader, unpacked):
    reader.goto((unpacked / "guide" / MODULE).as_uri())
    fonts = reader.evaluate(
        "document.fonts.ready.then((all) => [...all].filter((font) => font.status === 'loaded').length)"
    )
    assert fonts > 2
    picture = reader.locator("figure > img.only-light").first
    picture.scroll_into_view_if_needed()
    reader.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())

    question = reader.locator("fieldset.quiz[data-kind='single']").first
    question.locator("input").first.check()
    question.get_by_role("button", name="Check").click()
    question.locator('[role="status"]:not(:empty)').wait_for()

    block = reader.locator(".live").first
    block.locator('[data-do="edit"]').click()
    block.locator(".cm-editor").wait_for()
    block.locator('[data-do="run"]').click()
    block.get_by_text("run start.py").wait_for()

    reader.locator('input[name="query"]').press_sequentially("notation")
    result = reader.locator('.md-search-result__item a[href*="start/notation/index.html"]').first
    result.click()
    reader.get_by_role("heading", name="Notation", level=1).wait_for()

    reader.goto((unpacked / "guide" / "start/progress/index.html").as_uri())
    reader.locator("td", has_text="1 of").first.wait_for()


def test_start_py_serves_the_guide_to_this_machine_and_code_runs(reader, unpacked):
    command = [sys.executable, "-u", str(unpacked / "start.py")]
    environment = os.environ | {"BROWSER": "true"}  # a command that opens no window
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout
            reader.goto(re.findall(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())[0])
            block = reader.locator(".live").first
            block.locator('[data-do="run"]').click()
            block.get_by_text("the same output as on the page").wait_for(timeout=60_000)
        finally:
            server.terminate()


def test_two_zips_of_the_same_files_are_equal_byte_for_byte(tmp_path):
    files = {}
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        files[f"guide/{name}"] = tmp_path / name
    write_zip(tmp_path / "one.zip", files)
    os.utime(tmp_path / "a.txt", (0, 0))
    write_zip(tmp_path / "two.zip", dict(reversed(files.items())))

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one.zip").namelist() == ["guide/a.txt", "guide/b.txt"]


def test_the_readme_of_the_zip_is_short_and_names_what_is_in_it(unpacked):
    lines = (unpacked / "README.txt").read_text(encoding="utf-8").strip().splitlines()

    assert len(lines) <= 5
    assert (unpacked / "guide" / "index.html").is_file()
    assert (unpacked / "start.py").is_file()
    assert "guide/index.html" in lines[2]
    assert "start.py" in lines[3]
