"""The site in Firefox and in WebKitGTK: the longer tests. A machine without one of them fails here."""

import os
import shutil
import socket
import subprocess
import sys
from typing import Any

import pytest

from sitekit.browser_packages import package_file
from sitekit.other_browsers import FOLDER, find_firefox, minibrowser

# the clients and what they bring leave sockets and folders to the garbage collector
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]
MODULE = "calculus/calculus_for_ml/"
KINDS = ("", MODULE, "labs/linear_regression_three_ways/", "reference/calculus/", "start/progress/", "404.html")
AXE = "return axe.run({resultTypes: ['violations']}).then((found) => found.violations"
AXE += ".flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 100)}`)))"
UNTIL = """
const end = Date.now() + 90000;
while (!(%s)) {
  if (Date.now() > end) return false;
  await new Promise((later) => setTimeout(later, 50));
}
return true;
"""
FINISHED = """(() => {
  const words = document.querySelector(".live-status")?.textContent ?? "";
  return document.querySelector('.live [data-do="run"]') && words && !/^(Starting|Loading|Running)/.test(words);
})()"""


class Browser:
    """What the tests ask of a browser; two clients answer."""

    client: Any
    options: dict[str, Any]

    def run(self, script, before=""):
        """What an asynchronous function with this body returns."""
        called = f"const done = arguments[arguments.length - 1]; {before}; (async () => {{ {script} }})().then(done);"
        return self.client.execute_async_script(called, **self.options)

    def until(self, condition):
        assert self.run(UNTIL % condition), f"it never came true: {condition}"

    def find(self, selector):
        return self.client.find_element("css selector", selector)


class Firefox(Browser):
    def __init__(self, free_port):
        from marionette_driver.keys import Keys
        from marionette_driver.marionette import Marionette

        self.client = Marionette(bin=find_firefox(), headless=True, port=free_port, gecko_log=os.devnull)
        self.client.start_session()
        self.client.timeout.script = 120
        self.options = {"sandbox": None}
        self.tab = Keys.TAB

    def open(self, address):
        self.client.navigate(address)

    def press_tab(self):
        self.client.actions.sequence("key", "keyboard").key_down(self.tab).key_up(self.tab).perform()

    def close(self):
        self.client.quit(in_app=False)


class WebKit(Browser):
    def __init__(self, free_port):
        from selenium import webdriver
        from selenium.webdriver.common.keys import Keys

        self.screen = self.start_screen()
        settings = webdriver.WebKitGTKOptions()
        settings.binary_location = str(minibrowser())
        settings.add_argument("--automation")
        driver = webdriver.WebKitGTKService(shutil.which("WebKitWebDriver"), port=free_port, env=self.environment)
        self.client = webdriver.WebKitGTK(options=settings, service=driver)
        self.client.set_script_timeout(120)
        self.options = {}
        self.tab = Keys.TAB

    def start_screen(self):
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24"]
        screen = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.environment = os.environ | {"DISPLAY": f":{number.readline().strip()}"}
        return screen

    def open(self, address):
        self.client.get(address)

    def press_tab(self):
        from selenium.webdriver import ActionChains

        ActionChains(self.client).send_keys(self.tab).perform()

    def close(self):
        self.client.quit()
        self.screen.terminate()
        self.screen.wait()


@pytest.fixture(scope="module", params=[Firefox, WebKit])
def browser(request):
    """One of the two browsers, for all tests of this file."""
    sys.path.append(str(FOLDER))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free_port = probe.getsockname()[1]
    one = request.param(free_port)
    yield one
    one.close()
    sys.path.remove(str(FOLDER))


@pytest.fixture
def open_page(browser, address):
    """Open a page of the site and wait until its scripts and fonts have come."""

    def open_at(name):
        browser.open(address + name)
        browser.until("document.readyState === 'complete' && document.querySelector('.menu-button')")
        browser.run("await document.fonts.ready; return true")
        return browser

    return open_at


def test_no_page_of_any_kind_has_a_barrier(open_page):
    axe = package_file("axe-core/axe.min.js").read_text(encoding="utf-8")

    assert {name: open_page(name).run(AXE, before=axe) for name in KINDS} == {name: [] for name in KINDS}


def test_a_block_of_code_prints_what_the_page_shows(open_page):
    page = open_page("")

    page.find('.live [data-do="run"]').click()
    page.until(FINISHED)

    assert "the same output as on the page" in page.find(".live-status").text


def test_a_question_is_answered(open_page):
    page = open_page(MODULE)
    question = ".quiz[data-kind=single]"

    page.run(f"document.querySelector('{question}').scrollIntoView({{block: 'center'}}); return true")
    page.find(f"{question} input").click()
    page.find(f"{question} [data-do=check]").click()
    page.until(f"document.querySelector('{question} .quiz-said')")

    assert page.find(f"{question} .quiz-said").text[0] in "✓✗"


def test_the_search_finds_a_topic_by_another_of_its_names(open_page):
    page = open_page("")

    page.find(".md-search__input").send_keys("steepest descent")
    page.until("document.querySelector('.md-search-result__link')?.href.includes('optimization/gradient_descent')")


def test_the_tab_key_reaches_run(open_page):
    page = open_page("")
    for _ in range(100):
        page.press_tab()
        if page.run("return document.activeElement.dataset.do === 'run'"):
            return
    raise AssertionError("a hundred presses did not reach Run")
