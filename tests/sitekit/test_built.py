"""Each mistake that the checks of the built site know, made in a copy of a real page and found at its line."""

import json
import re
from itertools import chain

import pytest

from sitekit import nu
from sitekit.__main__ import main
from sitekit.built import news, page_rules
from sitekit.built_pages import BuiltPage, BuiltSite, Finding, read_site
from sitekit.environment import SetupError
from sitekit.origin import Sources
from sitekit.rules import built_head, built_links
from sitekit.rules.built_names import BUILT_RULES

PAGE = "start/progress/index.html"
IMAGE = 'src="../../assets/favicon.svg"'

IN_THE_TEXT = [
    ("leftover-markdown", "<p>two **bold words</p>"),
    ("leftover-markdown", "<p>a <em>link</em> [that](is none</p>"),
    ("leftover-markdown", "<p>a [link][that] is none</p>"),
    ("leftover-markdown", "<p>a [link] (../that.md) is none</p>"),
    ("leftover-markdown", "<p>```python x = 1</p>"),
    ("leftover-markdown", "<p>~~~</p>"),
    ("leftover-markdown", '<p>--8&lt;-- "calculus/examples.py:secant"</p>'),
    ("leftover-markdown", "<p>word {: .big }</p>"),
    ("leftover-markdown", "<p>word {#place}</p>"),
    ("leftover-markdown", '<p>figure {width="300"}</p>'),
    ("leftover-markdown", "<p>figure { width=300 }</p>"),
    ("leftover-markdown", "<p>!!! warning</p>"),
    ("leftover-markdown", '<p>??? note "More"</p>'),
    ("leftover-markdown", "<p>::: mlmath.calculus</p>"),
    ("leftover-markdown", "<p>the slope $w$ of it</p>"),
    ("leftover-markdown", "<p>$$ w $$</p>"),
    ("leftover-markdown", r"<p>the slope \(w\) of it</p>"),
    ("leftover-markdown", "<p>:material-check: done</p>"),
    ("leftover-markdown", "<p>well done :smile:</p>"),
    ("leftover-markdown", "<p>So it is. (check:so_it_is)</p>"),
    ("leftover-markdown", "<p>said before[^1]</p>"),
    ("leftover-markdown", "<p>a &amp;nbsp; b</p>"),
    ("leftover-markdown", f'<p><img {IMAGE} alt="a **bold** line" width="1" height="1"></p>'),
    ("front-matter-late", "<h2>description: A page.</h2>"),
    ("formula", '<span class="katex-error">\\frac{1</span>'),
    ("id-twice", '<p id="__search">again</p>'),
    ("reference-missing", '<label for="nowhere">A number</label>'),
    ("reference-missing", '<p aria-describedby="__search nowhere">text</p>'),
    ("alt-text", f'<img {IMAGE} width="1" height="1">'),
    ("alt-text", f'<img {IMAGE} alt="" width="1" height="1">'),
    ("image-size", f'<img {IMAGE} alt="A sign.">'),
    ("image-size", f'<img {IMAGE} alt="A sign." width="100%" height="auto">'),
    ("empty-link", '<p><a href="../notation/"> </a></p>'),
    ("empty-button", "<button type='button'><svg></svg></button>"),
    ("title-second", "<h1>Another title</h1>"),
    ("heading-level", "<h3>Too small</h3>"),
    ("table-header", "<table><tr><td>one</td><td>two</td></tr></table>"),
    ("table-header", "<table><thead><tr><th></th><th> </th></tr></thead><tr><td>1</td><td>2</td></tr></table>"),
    ("forbidden-tag", '<iframe src="../notation/"></iframe>'),
    ("forbidden-tag", '<object data="../notation/"></object>'),
    ("forbidden-tag", '<embed src="../notation/">'),
    ("forbidden-tag", '<base href="../">'),
    ("forbidden-tag", "<style>p { color: red }</style>"),
    ("forbidden-tag", '<form action="../notation/"><input></form>'),
    ("forbidden-tag", '<form class="md-search__form"><input></form>'),
    ("forbidden-script", "<script>alert(1)</script>"),
    ("forbidden-script", '<script type="module">alert(1)</script>'),
    ("forbidden-script", '<script src="../../sw.js"></script>'),
    ("forbidden-script", '<script src="../../assets/js/main.js"></script>'),
    ("forbidden-script", '</article><script>__md_scope=new URL("..",location),alert(1)</script>'),
    ("forbidden-attribute", '<p onclick="alert(1)">text</p>'),
    ("forbidden-attribute", '<svg ONLOAD="alert(1)"></svg>'),
    ("forbidden-address", '<a href="javascript:alert(1)">text</a>'),
    ("forbidden-address", '<a href=" jAva&#10;script&colon;alert(1)">text</a>'),
    ("forbidden-address", '<a href="data:text/html,text">text</a>'),
    ("style-attribute", '<p style="color: red">text</p>'),
    ("link-target", '<a href="https://numpy.org" target="_blank">numpy</a>'),
    ("forbidden-refresh", '<meta http-equiv="refresh" content="0; url=../notation/">'),
    ("link-http", '<a href="http://numpy.org">numpy</a>'),
    ("loaded-from-elsewhere", '<img src="https://numpy.org/a.png" alt="A sign." width="1" height="1">'),
    ("loaded-from-elsewhere", '<img src="//numpy.org/a.png" alt="A sign." width="1" height="1">'),
    ("loaded-from-elsewhere", f'<img {IMAGE} srcset="https://numpy.org/a.png 2x" alt="A." width="1" height="1">'),
    ("loaded-from-elsewhere", '<video poster="https://numpy.org/a.png"></video>'),
    ("loaded-from-elsewhere", '<link rel="stylesheet" href="https://numpy.org/a.css">'),
    ("loaded-from-elsewhere", '<link rel="preload" as="font" href="https://numpy.org/a.woff2">'),
    ("loaded-from-elsewhere", '<link rel="manifest" href="https://numpy.org/a.json">'),
    ("loaded-from-elsewhere", '<svg><image href="https://numpy.org/a.png"></image></svg>'),
    ("link-absolute", '<a href="/guide/start/notation/">text</a>'),
    ("link-outside", '<a href="../../../elsewhere/">text</a>'),
    ("link-outside", f'<img {IMAGE} srcset="../../../../a.png 2x" alt="A sign." width="1" height="1">'),
    ("link-broken", '<a href="../notations/">text</a>'),
    ("link-broken", '<a href="../notation.md">text</a>'),
    ("link-broken", '<a href="../notation">text</a>'),
    ("link-broken", '<a href="https://example.org/guide/nowhere/">text</a>'),
    ("link-broken", '<img src="../../assets/Favicon.svg" alt="A sign." width="1" height="1">'),
    ("link-broken", f'<img {IMAGE} srcset="../../assets/two.png 2x" alt="A sign." width="1" height="1">'),
    ("link-anchor", '<a href="#nowhere">text</a>'),
    ("link-anchor", '<a href="../notation/#nowhere">text</a>'),
]

MISSING = [
    ("page-title", r"<title>.*</title>", "<title> </title>"),
    ("description", r'<meta name="description".*>', ""),
    ("description", r'(<meta name="description" content=").*">', r'\1{description of the site}">'),
    ("canonical", r'<link rel="canonical".*>', ""),
    ("title-missing", r"<h1(.*)</h1>", r"<p\1</p>"),
]
WRONG_IN_THE_HEAD = [
    ("language", '<html lang="en"', "<html"),
    ("shared-description", r'(<meta name="description" content=").*">', r'\1{description of the home page}">'),
    ("shared-title", r"<title>.*</title>", "<title>Notation - mlmath</title>"),
    ("canonical", r'(<link rel="canonical" href=").*">', r'\1https://example.org/guide/start/notation/">'),
]

ALL_RIGHT = f"""
<p>It costs $5 or $6, and 3:4 is a ratio: read [1] and [a, b], or e.g. this? Yes!</p>
<p><code>2 ** 3</code> and <code>[a](b) $w$ :x: --8&lt;--</code> are code.</p>
<p><a href="#">Up</a>, <a href="https://numpy.org">out</a>, <a href="mailto:a@example.org">write</a>,
<a href="../notation/?a=b">on</a>, <a href="https://numpy.org" target="_blank" rel="noopener">away</a>,
<a href="https://example.org/guide/start/notation/">here</a>, <a href=".">again</a>, <a href="../..">home</a></p>
<p><a href="../notation/"><img {IMAGE} alt="A sign." width="1" height="1"></a> <button aria-label="Close"></button></p>
<p><img src="data:image/png;base64,AAAA" alt="A dot." width="1" height="1"></p>
<table><thead><tr><th></th><th style="text-align: right;">Two</th></tr></thead><tr><td>1</td><td>2</td></tr></table>
<h2>A heading</h2>
"""


@pytest.fixture(scope="module")
def built(site):
    """The real site, read once."""
    return read_site(site)


def changed(built: BuiltSite, folder, text, name=PAGE):
    """The site with another text in one page, and that page."""
    path = folder / "index.html"
    path.write_text(text, encoding="utf-8")
    page = BuiltPage(path, name)
    return built._replace(pages=built.pages | {name: page}), page


def text_of_page(built, name=PAGE):
    return "\n".join(built.pages[name].lines)


def found_in(built, page):
    """The rules that a page breaks, each with its line."""
    findings = [*chain.from_iterable(page_rules(built, page)), *built_head.shared(built)]
    return {(finding.rule, finding.line) for finding in findings}


@pytest.mark.parametrize(("rule", "mistake"), IN_THE_TEXT)
def test_a_mistake_in_the_text_is_found_at_its_line(built, tmp_path, rule, mistake):
    lines = list(built.pages[PAGE].lines)
    number = next(number for number, line in enumerate(lines, start=1) if "<h1" in line) + 1
    lines.insert(number - 1, mistake)

    assert found_in(*changed(built, tmp_path, "\n".join(lines))) == {(rule, number)}


def with_another(built, pattern, replacement):
    """The text of the page with the first match of a pattern replaced, and the line of that."""
    others = {
        "description of the home page": built_head.description(built.pages["index.html"]),
        "description of the site": built_head.description(built.pages["404.html"]),
    }
    text = text_of_page(built)
    match = re.search(pattern, text)
    assert match
    new = text[: match.start()] + match.expand(replacement.format(**others)) + text[match.end() :]
    return new, text.count("\n", 0, match.start()) + 1


@pytest.mark.parametrize(("rule", "pattern", "replacement"), WRONG_IN_THE_HEAD)
def test_a_mistake_in_the_head_is_found_at_its_line(built, tmp_path, rule, pattern, replacement):
    text, line = with_another(built, pattern, replacement)

    assert found_in(*changed(built, tmp_path, text)) == {(rule, line)}


@pytest.mark.parametrize(("rule", "pattern", "replacement"), MISSING)
def test_what_is_missing_in_a_page_is_reported_at_its_first_line(built, tmp_path, rule, pattern, replacement):
    text, _ = with_another(built, pattern, replacement)

    assert found_in(*changed(built, tmp_path, text)) == {(rule, 1)}


def test_every_kind_of_mistake_has_a_name_that_is_listed_and_is_made_here():
    made = {mistake[0] for mistake in [*IN_THE_TEXT, *WRONG_IN_THE_HEAD, *MISSING]}

    assert made | {"link-relative", "nu-html-checker"} == BUILT_RULES.keys()


def test_what_is_all_right_is_not_reported(built, tmp_path):
    text = text_of_page(built).replace("</h1>", f"</h1>{ALL_RIGHT}")

    assert found_in(*changed(built, tmp_path, text)) == set()


@pytest.mark.parametrize(
    "lines",
    ["and now\n- one", "and now\n2. two", "and now\n## Part", "and now\n| a | b |", "and now\n&gt; words"],
)
def test_a_block_that_stands_too_close_to_the_text_above_is_found_at_its_line(built, tmp_path, lines):
    text = text_of_page(built).replace("</h1>", f"</h1>\n<p>{lines}</p>")

    number = next(n for n, line in enumerate(text.split("\n"), start=1) if line.startswith("<p>and now")) + 1
    assert found_in(*changed(built, tmp_path, text)) == {("leftover-markdown", number)}


def test_a_page_that_moved_may_send_its_readers_on_but_only_to_a_page_that_exists(built, tmp_path):
    page = (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Moved</title>\n'
        '<link rel="canonical" href="https://example.org/guide/start/notation/">\n'
        '<meta http-equiv="refresh" content="0; url=../start/{}/"></head>\n'
        '<body><p>This page is <a href="../start/notation/">Notation</a> now.</p></body></html>'
    )

    assert found_in(*changed(built, tmp_path, page.format("notation"), "old/index.html")) == set()
    nowhere = found_in(*changed(built, tmp_path, page.format("nowhere"), "old/index.html"))
    assert nowhere == {("forbidden-refresh", 5)}


def test_an_error_page_is_shown_at_any_depth_so_its_addresses_are_absolute(built, tmp_path):
    text = text_of_page(built, "404.html").replace('href="/guide/assets/css/', 'href="assets/css/')
    line = next(number for number, line in enumerate(text.split("\n"), start=1) if 'href="assets/css/' in line)

    assert found_in(*changed(built, tmp_path, text, "404.html")) == {("link-relative", line)}


def test_a_style_sheet_and_a_manifest_load_only_files_of_the_site(built, tmp_path):
    css = '/* url(no.png) */\n@import "https://a.org/b.css";\np { background: url("no.svg"), url(x/favicon.svg) }\n'
    (tmp_path / "a.css").write_text(css + "b { src: url('data:image/svg+xml,<a b=\"c\">'), url(//a.org/b.svg) }")
    (tmp_path / "a.webmanifest").write_text(json.dumps({"icons": [{"src": "x/favicon.svg"}, {"src": "y.png"}]}))
    own = built._replace(folder=tmp_path, files=frozenset({"a.css", "a.webmanifest", "x/favicon.svg"}))

    found = [(f.path.name, f.line, f.rule) for f in built_links.style_sheets(own)]

    assert found == [
        ("a.css", 2, "loaded-from-elsewhere"),
        ("a.css", 3, "link-broken"),
        ("a.css", 4, "loaded-from-elsewhere"),
        ("a.webmanifest", 1, "link-broken"),
    ]


WRONG = """<!doctype html>
<html lang="en"><head><title>A page</title></head><body>
<h1>A page</h1>
<p>One &nosuch; and <p>two</b></p>
<ul><p>text</p></ul>
<table><tr><th>a<td colspan="0">b</table>
<section data-search-exclude><p>text<br /></p></section>
<section><p>text</p></section>
<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
<input type="checkbox" autocomplete="off" aria-label="Yes">
<p id="twice">one</p>
<p id="twice">two</p>
</body></html>
"""

WITH_A_POLICY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'">
<link rel="stylesheet" href="../a.css">
<link rel="stylesheet" href="https://example.org/b.css">
<script id="__config" type="application/json">{"a": 1}</script>
<script src="../a.js"></script>
<script>let a = 1;</script>
</head><body><h1>A page</h1></body></html>
"""


def test_the_nu_checker_finds_what_no_rule_of_ours_knows_and_only_what_is_not_waived(tmp_path, monkeypatch):
    folder = tmp_path / "für uns"
    folder.mkdir()
    (folder / "a page.html").write_text(WRONG, encoding="utf-8")
    (folder / "b.html").write_text(WITH_A_POLICY, encoding="utf-8")

    said = nu.messages(folder)
    monkeypatch.setattr(nu, "messages", lambda _: said)
    found = list(nu.findings(folder))

    assert [waiver for waiver in nu.WAIVED if not any(nu.is_waived(message, [waiver]) for message in said)] == []
    lines = {(message.finding.path.name, message.finding.line) for message in found}
    assert lines == {*(("a page.html", line) for line in (4, 5, 6, 8, 10, 12)), ("b.html", 5), ("b.html", 8)}
    assert {message.finding.rule for message in found} == {"nu-html-checker"}
    known = [Finding(folder / "a page.html", line, "", "", "rule") for line in (4, 5, 6, 8, 10)]
    assert {(finding.path.name, finding.line) for finding in news(known, iter(found))} == lines - {
        ("a page.html", line) for line in (4, 5, 6, 8, 10)
    }


def test_a_nu_checker_that_fails_is_not_taken_for_one_that_finds_nothing(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text(WRONG, encoding="utf-8")
    monkeypatch.setattr(nu, "JAVA_OPTIONS", ("-Xss1k", "-XX:NoSuchOption"))

    with pytest.raises(SetupError, match=r"it read all pages but \['page.html'\], and said: (.|\n)*NoSuchOption"):
        nu.messages(tmp_path)


SOURCE = """---
description: What slopes are.
---

# Slopes

One **word is wrong.
![A line that climbs.](../assets/line.svg)
Another word is right.
Another word is right, too.
"""


def test_a_problem_names_the_line_of_the_source_if_its_text_stands_there_once(write):
    root = write(
        {
            "docs/start/slopes.md": SOURCE,
            "docs/index.md": "Welcome to slopes.\n",
            "docs/labs/fit.py": "# %% [markdown]\n# # A fit\n# It is **good.\n",
            "docs/assets/css/a.css": "p {\n  background: url(nowhere.svg);\n}\n",
            "docs/reference/stats.md": "# Statistics\n",
            "mlmath/stats/mean.py": '"""The mean."""\n\n# It is **not** the median.\n',
            "snippets/start/slopes/checks.py": "def one():\n    assert 1 == 1, 'one **is one'\n",
        }
    )
    site = root / "site"
    sources = Sources(root)

    def place(name, *texts):
        return sources.problem(site, Finding(site / name, 77, "m", "C.", "r", texts)).show(root).partition(": ")[0]

    assert place("start/slopes/index.html", "One **word is wrong.") == "docs/start/slopes.md:7"
    assert place("start/slopes/index.html", "nowhere at all", "A line that climbs.") == "docs/start/slopes.md:8"
    assert place("start/slopes/index.html", "Another word") == "site/start/slopes/index.html:77"
    assert place("start/slopes/index.html", "**") == "site/start/slopes/index.html:77"
    assert place("start/slopes/index.html", "one **is one") == "snippets/start/slopes/checks.py:2"
    assert place("checks/start/slopes/index.html", "one **is one") == "snippets/start/slopes/checks.py:2"
    assert place("index.html", "Welcome to") == "docs/index.md:1"
    assert place("labs/fit/index.html", "It is **good.") == "docs/labs/fit.py:3"
    assert place("reference/stats/index.html", "It is **not** the median.") == "mlmath/stats/mean.py:3"
    assert place("assets/css/a.css", "nowhere.svg") == "docs/assets/css/a.css:2"
    assert place("404.html", "Welcome to") == "site/404.html:77"


def test_without_a_site_the_command_says_how_to_make_one(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["sitekit", "lint", "--built", str(tmp_path)])

    assert main() == 1
    assert "run python3 -m sitekit build first" in capsys.readouterr().err


def test_the_command_prints_each_problem_with_place_cure_and_rule(write, monkeypatch, capsys):
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Home</title>\n'
        '<meta name="description" content="A site."><link rel="canonical" href="https://example.org/"></head>\n'
        "<body><h1>Home</h1>\n<p>One **word is wrong.</p>\n<ul><p>text</p></ul></body></html>\n"
    )
    root = write({"site/index.html": page, "docs/index.md": "# Home\n\nOne **word is wrong.\n"})

    monkeypatch.setattr("sitekit.__main__.ROOT", root)
    monkeypatch.setattr("sys.argv", ["sitekit", "lint", "--built", str(root / "site")])

    assert main() == 1
    found = capsys.readouterr().out.splitlines()
    assert found[0] == (
        "docs/index.md:3: readers see the marks of bold text: “One **word is wrong.”. "
        "Close them, with no space inside; write code in backticks. [leftover-markdown]"
    )
    assert found[1].startswith("site/index.html:6: the Nu HTML checker says: ")
    assert len(found) == 2
