"""Reading without a network after a visit, and what a reader gets when a new version of the site is put in place."""

import functools
import shutil

import pytest
from conftest import ROOT, Handler, serving, wait_until

from sitekit.offline import version_of, write_service_worker

PATIENCE = 60_000
MODULE = "calculus/calculus_for_ml/"
NOTATION = "start/notation/"
NO_NETWORK = "failed: |ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|Network error"
IS_KEPT = "async (url) => Boolean(await caches.match(url)) && Boolean(navigator.serviceWorker.controller)"


@pytest.fixture
def copy(site, tmp_path):
    """A copy of the site that a test may change."""
    return shutil.copytree(site, tmp_path / "guide")


@pytest.fixture
def address(copy):
    """Where a server has the copy."""
    with serving(functools.partial(Handler, directory=copy.parent)) as root:
        yield f"{root}guide/"


@pytest.fixture
def visit(open_page):
    """Open a page with its service worker, and wait until both are kept."""

    def open_and_wait(name, expected=NO_NETWORK):
        page = open_page(name, expected=expected, service_workers="allow")
        for url in (page.url, *pictures_of(page)):
            wait_until(page, IS_KEPT, url)
        return page

    return open_and_wait


def pictures_of(page):
    return page.locator("article img").evaluate_all("all => all.filter(e => e.offsetWidth).map(e => e.src)")


def put_in_place(copy, *changes):
    """Change files of the site, as a new version does."""
    for name, old, new in changes:
        path = copy / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    write_service_worker(ROOT, copy)


def follow(page, name, title):
    """Follow a link, as a reader does, and wait for the page with this title."""
    page.evaluate(
        """path => {
          const link = document.createElement("a");
          link.href = path;
          document.body.append(link);
          link.click();
        }""",
        f"/guide/{name}",
    )
    page.get_by_role("heading", name=title, level=1).wait_for()
    assert page.url.endswith(f"/guide/{name}")


def wait_until_kept_is(page, copy):
    """Wait until the copies are those of this version, and no others."""
    wait_until(
        page,
        "async (version) => (await caches.keys()).map((name) => name.split(' ').at(-1)).join() === version",
        version_of(copy),
    )


def test_what_was_visited_works_without_a_network_and_what_was_not_says_so(visit):
    page = visit("")
    follow(page, MODULE, "Calculus for Machine Learning")
    for url in (page.url, *pictures_of(page)):
        wait_until(page, IS_KEPT, url)

    page.context.set_offline(True)
    page.reload()
    page.get_by_role("heading", name="Calculus for Machine Learning", level=1).wait_for()
    assert page.locator(".katex").first.evaluate("e => getComputedStyle(e).fontFamily").startswith("KaTeX_Main")
    for picture in page.locator("article figure > img.only-light").all():
        picture.scroll_into_view_if_needed()
        page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())

    question = page.locator("fieldset.quiz[data-kind='single']").first
    question.locator("input").first.check()
    question.get_by_role("button", name="Check").click()
    question.locator('[role="status"]:not(:empty)').wait_for()

    page.locator('input[name="query"]').press_sequentially("steepest descent")
    page.locator(".md-search-result__item").first.wait_for()

    follow(page, NOTATION, "You are offline, and this page was not visited before")
    page.locator(".kept-pages a").first.wait_for()
    kept = page.locator(".kept-pages a")
    assert [link.rpartition("/guide/")[2] for link in kept.evaluate_all("all => all.map(e => e.href)")] == ["", MODULE]
    kept.last.click()
    page.wait_for_url(f"**/{MODULE}")
    page.get_by_role("heading", name="Calculus for Machine Learning", level=1).wait_for()


def test_a_new_version_is_shown_at_once_and_the_copies_of_the_old_one_go(visit, copy):
    page = visit(NOTATION)
    follow(page, "", "The mathematics of machine learning, for programmers")
    wait_until(page, IS_KEPT, page.url)
    wait_until_kept_is(page, copy)

    put_in_place(copy, *((f"{name}index.html", "<title>", "<title>New: ") for name in ("", NOTATION)))
    page.reload()

    assert page.title().startswith("New: ")
    wait_until_kept_is(page, copy)
    page.context.set_offline(True)
    page.goto(page.url + NOTATION)
    assert page.title().startswith("New: ")


def test_a_page_that_is_open_while_a_new_version_comes_goes_on(visit, copy):
    page = visit("", expected="does not provide an export")
    put_in_place(
        copy,
        ("assets/js/store.js", "export const root", "export const added = 1;\nexport const root"),
        ("assets/js/live.js", "import { ask", 'import { added } from "./store.js";\nimport { ask'),
    )

    with page.expect_navigation():  # the new scripts don't fit to the old page, so it is loaded anew
        page.locator('.live [data-do="edit"]').first.click()
    page.locator('.live [data-do="edit"]').first.click()

    page.locator(".live .editor").first.wait_for()


def test_after_a_new_version_came_the_next_link_loads_the_whole_page(visit, copy):
    page = visit("")
    page.evaluate("""() => {
      globalThis.isStillThere = true;
      navigator.serviceWorker.addEventListener("controllerchange", () => (globalThis.isOld = true));
    }""")

    put_in_place(copy, (f"{NOTATION}index.html", "<title>", "<title>New: "))
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    page.wait_for_function("() => globalThis.isOld", timeout=PATIENCE)
    assert page.evaluate("globalThis.isStillThere")
    follow(page, NOTATION, "Notation")

    assert page.title().startswith("New: ")
    assert page.evaluate("globalThis.isStillThere") is None


def test_under_serve_nothing_is_kept_also_where_a_build_was_before(visit, copy):
    page = visit("")

    shutil.copy(ROOT / "docs" / "sw.js", copy / "sw.js")
    page.reload()

    wait_until(
        page,
        """async () => (await caches.keys()).length === 0
          && (await navigator.serviceWorker.getRegistrations()).length === 0""",
    )


def test_the_number_of_kept_files_is_bounded_and_the_newest_stay(visit, copy):
    script = (copy / "sw.js").read_text(encoding="utf-8")
    (copy / "sw.js").write_text(script.replace("MOST = 1000", "MOST = 30"), encoding="utf-8")
    languages = [path.name for path in (copy / "assets/javascripts/lunr/min").glob("lunr.??.min.js")]
    assert len(languages) >= 25
    page = visit("start/progress/")

    page.evaluate(
        """async (names) => {
          for (const name of names) await fetch(`../../assets/javascripts/lunr/min/${name}`);
        }""",
        languages,
    )

    wait_until(
        page,
        """async ([most, last]) => {
          const [name] = await caches.keys();
          const kept = (await (await caches.open(name)).keys()).map(({ url }) => url);
          return kept.length === most && kept.some((url) => url.endsWith(last));
        }""",
        [script.count('",\n') + 1 + 30, languages[-1]],
    )
