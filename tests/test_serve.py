"""``sitekit serve``: it prints the address, opens on the home page, and follows edits of pages, snippets and mlmath."""

import re
import subprocess
import sys
import time
import urllib.request

import pytest
from conftest import copy_of_sources, leave_few_pages

PATIENCE = 300  # a machine may have other things to do
FIGURE = "assets/figures/start/one_loop/falling_loss.svg"


@pytest.fixture
def copy(tmp_path):
    return leave_few_pages(copy_of_sources(tmp_path, ["figures", "labs", "editor", "formulas"]))


@pytest.fixture
def address(copy):
    """The address that the command prints."""
    command = [sys.executable, "-u", "-c", "from sitekit.__main__ import serve; serve(8100)"]
    with (copy / "serve.log").open("w") as log, subprocess.Popen(command, cwd=copy, stdout=log, stderr=log) as server:
        try:
            yield wait_for(lambda: re.search(r"opens at (http://127\.0\.0\.1:\d+/)", (copy / "serve.log").read_text()))[
                1
            ]
        finally:
            server.terminate()
            server.wait(PATIENCE)


def wait_for(condition):
    """The first true value of ``condition``, tried again and again."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.2)
    raise TimeoutError(f"nothing after {PATIENCE} seconds")


def source_of(address):
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310  # our own server
        return answer.read().decode()


def shown_at(address, page=""):
    try:
        with urllib.request.urlopen(address + page, timeout=5) as answer:  # noqa: S310  # our own server
            return (
                re.sub(r"<[^>]*>", "", answer.read().decode()) if not page.endswith(".svg") else answer.read().decode()
            )
    except OSError:  # not up yet, or building
        return ""


def edit(path, *changes):
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def test_the_server_shows_the_home_page_and_follows_every_kind_of_edit(copy, address):
    wait_for(lambda: "The mathematics of machine learning" in shown_at(address))
    figure = wait_for(lambda: shown_at(address, FIGURE))
    (watched,) = re.findall("Watching paths for changes: (.*)", (copy / "serve.log").read_text())
    assert {"'docs'", "'snippets'", "'mlmath'"} <= set(watched.split(", "))
    assert 'const VERSION = "";' in shown_at(address, "sw.js")  # nothing is kept, so no edit is hidden by a copy
    assert "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline';" in source_of(address)  # for the script that reloads
    assert "livereload(" in source_of(address)

    # one rebuild for three edits: what it costs is the same for each
    edit(
        copy / "snippets" / "index" / "examples.py",
        ("from w = 0 to w", "from zero to w"),
        ("# > learning rate 0.1: from w = 0 to w = 3.00", "# > an edited output"),
    )
    edit(copy / "snippets" / "start" / "one_loop" / "figures.py", ('xlabel="step"', 'xlabel="an edited label"'))
    edit(copy / "docs" / "index.md", ("You write code", "You write programs"))
    wait_for(lambda: "You write programs" in (home := shown_at(address)) and "an edited output" in home)
    wait_for(lambda: shown_at(address, FIGURE) not in ("", figure))

    edit(copy / "mlmath" / "models" / "__init__.py", ("Models: what the lessons fit", "Models: what an edit fits"))
    wait_for(lambda: "what an edit fits" in shown_at(address, "reference/models/"))
