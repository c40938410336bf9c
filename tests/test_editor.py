"""The code editor in Chromium: the same for those who press keys, touch, or hear the page, and where it can't load."""

import pytest

from sitekit import editor
from sitekit.environment import SetupError

POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"
PAGE = """<!doctype html><html lang="en"><title>Editor</title><link rel="stylesheet" href="../assets/css/mlmath.css">
<main class="md-typeset"><h1>Editor</h1><div id="host"></div><button>After</button></main>
<script type="module" src="try.js"></script></html>"""
SCRIPT = """import { openEditor } from "../assets/js/editor.js";
window.runs = [];
window.changes = 0;
const onRun = () => window.runs.push(window.editor.value());
const onChange = () => window.changes++;
const host = document.querySelector("#host");
window.editor = await openEditor(host, { code: "a = 1\\n", label: "Your code", onRun, onChange });
document.body.dataset.ready = "yes";
"""
KINDS = ("rich", "plain")


@pytest.fixture
def open_editor(open_page, address):
    """Open a page with an editor and a button under a strict policy; a plain one is what is left without its bundle."""

    def open_one(kind="rich"):
        page = open_page("404.html", expected="failed: ")  # it is left before all of it has come
        answer = {"content_type": "text/html", "headers": {"Content-Security-Policy": POLICY}}
        page.route(f"{address}try/", lambda route: route.fulfill(body=PAGE, **answer))
        page.route(f"{address}try/try.js", lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"))
        if kind == "plain":
            page.route("**/codemirror.js", lambda route: route.fulfill(body="(", content_type="text/javascript"))
        page.goto(address + "try/")
        page.wait_for_selector("body[data-ready]")
        return page

    return open_one


def value(page):
    return page.evaluate("editor.value()")


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_can_read_replace_focus_and_close_it(open_editor, kind):
    page = open_editor(kind)
    field = page.get_by_role("textbox", name="Your code")

    assert page.locator(".cm-editor").count() == (kind == "rich")
    assert value(page) == "a = 1\n"
    page.evaluate("editor.replace('b = 2\\nc = 3')")
    assert value(page) == "b = 2\nc = 3"
    assert page.evaluate("changes") == 1
    page.evaluate("editor.focus()")
    assert field.evaluate("field => field === document.activeElement")
    page.evaluate("editor.close()")
    assert field.count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_control_and_enter_runs_the_code_as_it_stands(open_editor, kind):
    page = open_editor(kind)

    page.get_by_role("textbox").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("x")
    page.keyboard.press("Control+Enter")

    assert page.evaluate("runs") == ["xa = 1\n"]
    assert page.evaluate("changes") == 1


def test_tab_indents_by_four_spaces_and_shift_takes_them_back(open_editor):
    page = open_editor()

    page.get_by_role("textbox").focus()
    page.keyboard.press("Tab")
    assert value(page) == "    a = 1\n"
    page.keyboard.press("Shift+Tab")
    assert value(page) == "a = 1\n"


def test_a_new_line_is_indented_as_python_wants_it(open_editor):
    page = open_editor()

    page.evaluate("editor.replace('')")
    page.get_by_role("textbox").focus()
    page.keyboard.type("def f(x):\nreturn x")

    assert value(page) == "def f(x):\n    return x"


def test_pasted_code_stays_as_it_is(open_editor):
    page = open_editor()
    code = "def f(x):\n  if x:\n      return x\n\n\nf(1)\n"

    page.get_by_role("textbox").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)

    assert value(page) == code


def test_escape_and_then_tab_leaves_at_any_pace_and_a_change_makes_tab_indent_again(open_editor):
    page = open_editor()
    page.clock.install()

    page.get_by_role("textbox").focus()
    page.keyboard.press("Escape")
    page.clock.fast_forward("01:00")
    page.keyboard.press("Tab")
    assert page.get_by_role("button").evaluate("button => button === document.activeElement")
    assert value(page) == "a = 1\n"

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert value(page) == "    a = 1\n"
    page.keyboard.press("Escape")
    page.keyboard.type("b")
    page.keyboard.press("Tab")
    assert value(page) == "        ba = 1\n"
    assert page.get_by_role("textbox").evaluate("field => field === document.activeElement")


def test_the_plain_field_leaves_tab_to_the_browser(open_editor):
    page = open_editor("plain")

    page.get_by_role("textbox").focus()
    page.keyboard.press("Tab")

    assert page.get_by_role("button").evaluate("button => button === document.activeElement")
    assert value(page) == "a = 1\n"


@pytest.mark.parametrize(("kind", "words"), [("rich", "Escape, then Tab, leaves"), ("plain", "Ctrl+Enter runs")])
def test_how_to_leave_is_said_beside_the_field_while_it_has_the_focus(open_editor, kind, words):
    page = open_editor(kind)
    hint = page.locator(".editor-hint")
    field = page.get_by_role("textbox", name="Your code")

    assert words in hint.text_content()
    assert field.get_attribute("aria-describedby") == hint.get_attribute("id")
    assert not hint.is_visible()
    field.focus()
    assert hint.is_visible()


def test_control_and_z_takes_back_typing_and_replacing(open_editor):
    page = open_editor()

    page.evaluate("editor.replace('gone')")
    page.get_by_role("textbox").focus()
    page.keyboard.press("Control+z")

    assert value(page) == "a = 1\n"


def test_a_focused_editor_has_a_ring(open_editor):
    page = open_editor()

    page.get_by_role("textbox").focus()

    assert page.locator(".cm-editor").evaluate("editor => getComputedStyle(editor).outlineStyle") == "solid"


def test_the_code_has_the_colours_of_the_page_in_both_schemes(open_page):
    page = open_page("calculus/calculus_for_ml/")
    section = page.locator(".exercise").first
    section.get_by_role("button", name="Write your answer").click()
    section.locator(".cm-content").wait_for()
    shown, edited = section.locator(":scope > .highlight span:text-is('def')"), section.locator(".cm-line .k").first
    colour = "element => getComputedStyle(element).color"

    colours = set()
    for _ in range(2):
        assert edited.text_content() == "def"
        assert edited.evaluate(colour) == shown.evaluate(colour)
        colours.add(edited.evaluate(colour))
        page.locator("label[for^='__palette']:not([hidden])").click()
    assert len(colours) == 2


def test_the_bundle_names_the_licence_of_all_that_is_in_it(site):
    licences = (site / "assets" / "vendor" / "codemirror.LICENSE.txt").read_text(encoding="utf-8")

    assert "@codemirror/view 6" in licences
    assert "@lezer/python 1" in licences
    assert licences.count("Permission is hereby granted") == licences.count("Copyright") > 8


def test_the_bundle_is_made_once_for_a_lock_file_and_an_entry(tmp_path, monkeypatch):
    monkeypatch.setattr(editor, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(editor, "ENTRY", tmp_path / "entry.js")
    editor.ENTRY.write_text('export { keymap } from "@codemirror/view";')
    first = editor.bundled()
    stamp = (first / "codemirror.js").stat().st_mtime_ns

    assert editor.bundled() == first
    assert (first / "codemirror.js").stat().st_mtime_ns == stamp
    editor.ENTRY.write_text('export { EditorView } from "@codemirror/view";')
    second = editor.bundled()
    assert second != first
    assert not first.exists()


def test_an_entry_that_can_not_be_bundled_is_reported_with_the_reason(tmp_path):
    entry = tmp_path / "entry.js"
    entry.write_text('export { nothing } from "no-such-package";')

    with pytest.raises(SetupError, match=r"could not make the editor from .*entry\.js") as error:
        editor.bundle(entry, tmp_path / "out.js")

    assert 'Could not resolve "no-such-package"' in str(error.value)
