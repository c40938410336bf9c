"""Live code in Chromium: stopping, floods, memory, no network, keyboard, phone."""

import re
from pathlib import Path

import pytest
from conftest import barriers, wait_until
from reader import PATIENCE, finish, lines_of, press_run, status_of

MODULE = "calculus/calculus_for_ml/"
NO_NETWORK = "failed: |ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|Network error"


def until(page, condition):
    """Wait for something that only Playwright knows."""
    for _ in range(6000):
        if condition():
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("it never came true")


def run_instead(page, place, code):
    """Run other code in a block: what a reader does in the editor."""
    place.evaluate("(place, code) => { place.querySelector('code').textContent = code; }", code)
    press_run(page, place)


ENDLESS = {
    "a loop": "while True: pass",
    "a loop that catches everything": "while True:\n    try:\n        pass\n    except BaseException:\n        pass",
    "a sleep": "import time\nwhile True: time.sleep(30)",
    "a regular expression": "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
    "a long sum in one call": "sum(range(10 ** 12))",
}


def test_stop_ends_code_that_would_not_end_and_the_page_goes_on(open_page, record_property):
    page = open_page("")
    place = page.locator(".live").first
    press_run(page, place)
    for name, code in ENDLESS.items():
        record_property("measured", f"{name} stopped after {stopped_after(page, place, code):.1f} s")
        assert status_of(place).startswith("Stopped."), name
        run_instead(page, place, "print(6 * 7)")
        assert lines_of(place, ".live-result .stdout") == ["42"], (name, status_of(place))


def stopped_after(page, place, code):
    """Run code, press Stop, and return the seconds until it stopped."""
    place.evaluate("(place, code) => { place.querySelector('code').textContent = code; }", code)
    place.locator('[data-do="run"]').click()
    page.wait_for_function("p => p.querySelector('.live-status').textContent === 'Running'", arg=place.element_handle())

    start = page.evaluate("performance.now()")
    place.locator('[data-do="stop"]').click()
    finish(page, place)
    return (page.evaluate("performance.now()") - start) / 1000


def test_a_stopped_loop_keeps_what_the_session_knows_and_what_runs_next_is_not_stopped_with_it(open_page):
    page = open_page("")
    place = page.locator(".live").first
    run_instead(page, place, "kept = 5")
    place.evaluate("place => { place.querySelector('code').textContent = 'while True: pass'; }")
    place.locator('[data-do="run"]').click()
    page.wait_for_function("p => p.querySelector('.live-status').textContent === 'Running'", arg=place.element_handle())
    place.locator('[data-do="stop"]').click()
    finish(page, place)

    run_instead(page, place, "import time\ntime.sleep(1.8)\nprint(kept)")

    assert lines_of(place, ".live-result .stdout") == ["5"], status_of(place)


def test_a_link_within_the_page_and_the_way_back_leave_alone_what_was_run(open_page):
    page = open_page(MODULE)
    place = page.locator(".live").first
    run_instead(page, place, "kept = 6\nprint(kept)")
    top = page.evaluate("scrollY")

    page.locator(".md-nav--secondary a[href$='#gradient-descent']:visible").click()
    wait_until(page, "() => location.hash === '#gradient-descent' && scrollY > 5000")
    page.go_back()
    wait_until(page, "top => location.hash === '' && Math.abs(scrollY - top) < 200", top)

    assert lines_of(place, ".live-result .stdout") == ["6"]
    run_instead(page, place, "print(kept + 1)")
    assert lines_of(place, ".live-result .stdout") == ["7"]


GREEDY = {
    "one giant array": "import numpy as np\nnp.ones(2 * 10 ** 8)",
    "a growing list": "grown = []\nwhile True: grown.append(bytearray(2 ** 24))",
}


@pytest.mark.parametrize("code", GREEDY.values(), ids=GREEDY)
def test_a_giant_allocation_is_refused_and_the_page_goes_on(open_page, code):
    page = open_page("")
    place = page.locator(".live").first

    run_instead(page, place, code)

    assert "MemoryError" in place.locator(".live-error").text_content()
    run_instead(page, place, "grown = None\nprint(1 + 1)")
    assert lines_of(place, ".live-result .stdout") == ["2"]


def test_a_flood_of_output_is_cut_folded_and_does_not_freeze_the_page(open_page):
    page = open_page("")
    place = page.locator(".live").first
    press_run(page, place)
    place.evaluate("place => { place.querySelector('code').textContent = 'while True: print(\"flood\")'; }")

    place.locator('[data-do="run"]').click()
    page.mouse.wheel(0, 200)  # the page still listens
    page.wait_for_function("() => scrollY > 0")
    finish(page, place)

    assert "stopped after 400,000 characters" in place.locator(".live-error").text_content()
    output = place.locator(".live-result pre.output")
    assert len(output.text_content()) <= 400_000
    folded = output.bounding_box()["height"]
    place.get_by_role("button", name=re.compile("Show all .* lines")).click()
    assert output.bounding_box()["height"] > 10 * folded


CRASHES = {
    "exit": ("import sys\nsys.exit(3)", "SystemExit: 3"),
    "hard exit": ("import os\nos._exit(1)", "Python ended"),
    "endless recursion": ("def f(): f()\nf()", "RecursionError"),
    "input": ("input()", "EOFError"),
    "syntax": ("if True print(1)", "SyntaxError"),
}


def test_whatever_ends_the_code_is_said_and_the_next_run_works(open_page):
    page = open_page("")
    place = page.locator(".live").first
    for name, (code, words) in CRASHES.items():
        run_instead(page, place, code)
        assert words in status_of(place), name
        run_instead(page, place, "print('again')")
        assert lines_of(place, ".live-result .stdout") == ["again"], name


def test_an_error_shows_the_readers_own_lines_and_no_machinery(open_page):
    page = open_page("")
    place = page.locator(".live").first

    run_instead(page, place, "def share(total, people):\n    return total / people\n\nshare(1, 0)")
    place.locator(".live-error summary").click()

    traceback = place.locator(".live-error pre").text_content()
    assert re.findall(r'File "(.*?)", line (\d+)', traceback) == [("block 1", "4"), ("block 1", "2")]
    assert "return total / people" in traceback
    assert status_of(place) == "ZeroDivisionError: division by zero"


def test_a_block_runs_those_above_it_first_and_says_which_one_fails(open_page):
    page = open_page(MODULE)
    places = page.locator(".live")

    press_run(page, places.nth(2))
    assert [places.nth(n).locator(".live-status").count() for n in (0, 1, 2)] == [0, 0, 1]
    assert "the same output as on the page" in status_of(places.nth(2))

    places.nth(1).evaluate("place => { place.querySelector('code').textContent = 'raise ValueError(1)'; }")
    press_run(page, places.nth(2))

    assert status_of(places.nth(2)) == "A block above failed: its error stands under it."
    assert "ValueError: 1" in places.nth(1).locator(".live-error").text_content()


def test_the_value_of_a_last_line_is_shown_and_restart_forgets(open_page):
    page = open_page("")
    place = page.locator(".live").first

    run_instead(page, place, "secret = 3\nsecret * 2")
    assert lines_of(place, ".live-result .value") == ["6"]
    place.get_by_role("button", name="Restart Python").click()
    run_instead(page, place, "secret")

    assert "NameError" in status_of(place)


def test_a_plot_has_a_text_and_the_colours_of_the_page(open_page):
    inks = {}
    for scheme in ("light", "dark"):
        page = open_page("", scheme=scheme)
        place = page.locator(".live").first
        run_instead(
            page,
            place,
            "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('Rise')\nplt.xlabel('time')\n"
            "print(plt.rcParams['text.color'])",
        )
        image = place.locator(".live-result img")
        assert image.get_attribute("alt") == "The plot that this run drew: Rise; horizontal: time."
        assert image.evaluate("image => image.naturalWidth") > 300
        inks[scheme] = lines_of(place, ".live-result .stdout")[0]
    assert inks["light"] < inks["dark"]  # dark ink on white, light ink on slate


@pytest.mark.parametrize("turns", [3, pytest.param(10, marks=pytest.mark.long)])
def test_pages_of_instant_navigation_leave_at_most_one_worker(open_page, turns, record_property):
    page = open_page("", expected="failed: |preload|Network error")
    names = ["", "start/one_loop/", "start/questions/", "labs/linear_regression_three_ways/"]  # the small ones
    memory = []
    for turn in range(turns):
        name = names[turn % len(names)]
        page.mouse.move(0, 0)  # over a button, it would start Python
        page.evaluate(
            """path => {
              const link = document.createElement("a");
              link.href = path;
              document.body.append(link);
              link.click();
              link.remove();
            }""",
            f"/guide/{name}",
        )
        page.wait_for_url(f"**/guide/{name}")
        page.wait_for_function("() => document.querySelector('.live') && !document.querySelector('.live-status')")
        until(page, lambda: pythons(page) == [])
        press_run(page, page.locator(".live").first)
        assert len(pythons(page)) == 1
        memory.append(memory_of_browser())

    record_property("measured", f"memory of the browser: {memory[0]} MB after one page, {memory[-1]} MB after {turns}")
    page.evaluate(
        "path => { const a = document.createElement('a'); a.href = path; document.body.append(a); a.click(); }",
        "/guide/start/notation/",
    )
    page.wait_for_url("**/start/notation/")
    until(page, lambda: pythons(page) == [])


def pythons(page):
    """The workers of a page that run Python (the theme has one of its own, for the search)."""
    return [worker for worker in page.workers if worker.url.startswith("blob:")]


def memory_of_browser():
    """Megabytes of all processes of Chromium."""
    total = 0
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and "chrom" in (process / "comm").read_text():
                total += int((process / "smaps_rollup").read_text().partition("Pss:")[2].split()[0])
        except OSError:  # it ended in between
            continue
    return total // 1024


def test_it_works_without_a_network_after_one_use_also_when_the_page_is_opened_anew(open_page):
    page = open_page(MODULE, expected=NO_NETWORK, service_workers="allow")
    press_run(page, page.locator(".live").first)
    wait_until(
        page,
        """async () => {
          const wanted = Object.keys((await (await fetch("/guide/assets/runtime/manifest.json")).json()).files).length;
          const python = await (await caches.open("mlmath-python")).keys();
          const isKept = (await caches.match(location.href)) && (await caches.match("/guide/assets/css/mlmath.css"));
          return python.length > wanted && isKept && navigator.serviceWorker.controller;
        }""",
    )

    page.context.set_offline(True)
    page.reload()
    place = page.locator(".live").nth(2)
    press_run(page, place)

    assert "the same output as on the page" in status_of(place)


def test_without_a_network_and_without_a_copy_the_words_say_so(open_page):
    page = open_page("", expected=NO_NETWORK)
    page.evaluate("import('/guide/assets/js/live.js')")
    page.context.set_offline(True)

    place = page.locator(".live").first
    press_run(page, place)

    assert "there is no connection" in status_of(place)


def test_a_slow_network_shows_progress_and_can_be_cancelled(open_page):
    page = open_page("", expected=NO_NETWORK)
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 50, "downloadThroughput": 4_000_000, "uploadThroughput": 4_000_000},
    )
    page.route(re.compile(r"core-.*\.tar\.gz"), lambda _: None)  # never arrives
    place = page.locator(".live").first
    place.locator('[data-do="run"]').click()
    page.wait_for_function(
        "p => /^Loading Python: [0-9.]+ of [0-9.]+ MB$/.test(p.querySelector('.live-status')?.textContent)",
        arg=place.element_handle(),
        timeout=PATIENCE,
    )

    place.locator('[data-do="stop"]').click()
    finish(page, place)

    assert status_of(place) == "Cancelled."
    page.unroute_all()
    press_run(page, place)
    assert "the same output as on the page" in status_of(place)


def test_a_full_storage_changes_nothing_but_the_copy(open_page):
    page = open_page("")
    page.evaluate("""() => {
      Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    }""")
    place = page.locator(".live").first

    press_run(page, place)

    assert "the same output as on the page" in status_of(place)


def test_a_browser_that_cannot_run_python_says_so(open_page):
    page = open_page("")
    page.evaluate("() => { delete globalThis.DecompressionStream; }")
    place = page.locator(".live").first

    press_run(page, place)

    assert status_of(place) == "This browser can't run Python. Any browser of the last two years can."


def test_a_file_that_was_changed_on_its_way_is_not_run(open_page):
    page = open_page("", expected="integrity|failed: ")
    page.route(re.compile(r"library-.*\.tar\.gz"), lambda route: route.fulfill(body=b"not the library"))
    place = page.locator(".live").first

    press_run(page, place)

    assert "Python did not start" in status_of(place)


def test_a_page_that_is_only_read_loads_nothing_of_all_this(open_page):
    asked = []
    page = open_page(MODULE, watch=lambda page: page.on("request", lambda request: asked.append(request.url)))
    page.mouse.wheel(0, 5000)
    page.locator('[data-do="run"]').first.hover()
    page.wait_for_load_state("networkidle")

    assert [
        url
        for url in asked
        if re.search("runtime|vendor|assets/js/(?!main|store|state|progress.js|accessibility|offline|same_page)", url)
    ] == []


def test_who_has_run_code_before_finds_python_started_when_the_pointer_comes(open_page):
    page = open_page("", expected="failed: ")
    press_run(page, page.locator(".live").first)
    page.reload()
    assert pythons(page) == []

    with page.expect_worker():
        page.locator('[data-do="run"]').first.hover()


def test_it_works_by_keyboard_alone_on_a_phone_without_sideways_scroll(open_page):
    page = open_page("", width=360)
    place = page.locator(".live").first
    place.locator('[data-do="run"]').focus()

    page.keyboard.press("Enter")
    finish(page, place)

    assert page.evaluate("document.activeElement.dataset.do") == "run"
    assert place.locator(".live-status").get_attribute("role") == "status"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.long), "dark"])
def test_what_a_run_shows_has_no_barrier(open_page, scheme):
    page = open_page("", scheme=scheme, width=360)
    place = page.locator(".live").first
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
    run_instead(page, place, plot + "import warnings\nwarnings.warn('careful')\nprint('x' * 200)\n7")
    assert place.locator(".live-result > *").count() == 4
    assert barriers(page, within="article") == []

    run_instead(page, place, "1 / 0")
    place.locator(".live-error summary").click()

    assert barriers(page, within="article") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
