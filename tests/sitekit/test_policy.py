"""What a finished site may contain, and the policy in its pages: made of the theme's scripts and of nothing else."""

import base64
import hashlib
import re

import pytest

from sitekit.errors import SiteError
from sitekit.policy import LIVE_RELOAD, policy, protect, ways_up

THEME = '<!doctype html>\n<html lang="en" class="no-js">\n  <head>\n    <meta charset="utf-8">\n    <title>T</title>\n'
OWN = "var root = '.'"
SCRIPTS = f'<script>{OWN}</script><script src="./a.js"></script><script type="application/json">{{}}</script>'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def page(content="<p>Text.</p>"):
    return f"{THEME}{SCRIPTS}</head><body><article>{content}</article></body></html>\n"


@pytest.fixture
def site(write):
    return write({"index.html": page(), "a/b/index.html": page(), "404.html": page()})


def refusal(site):
    with pytest.raises(SiteError) as refused:
        protect(site, [page("")])
    return str(refused.value)


def test_the_policy_stands_behind_the_character_set_and_is_the_same_in_all_pages(site):
    protect(site, [page("")])

    texts = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    heads = {re.split(r'<meta charset="utf-8">\s*', text)[1].split("\n")[0] for text in texts}
    assert len(texts) == 3
    assert len(heads) == 1
    assert heads.pop().startswith('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ')


def test_nothing_else_of_a_page_changes(site):
    before = (site / "index.html").read_bytes()

    protect(site, [page("")])

    after = (site / "index.html").read_text(encoding="utf-8")
    assert re.sub(r'\n *<meta (http-equiv|name="referrer").*', "", after).encode() == before


def test_a_policy_names_the_inline_scripts_of_empty_pages_by_their_hashes(site):
    protect(site, [page("")])

    name = base64.b64encode(hashlib.sha256(OWN.encode()).digest()).decode()
    (line,) = re.findall(r"script-src ([^;]*);", (site / "index.html").read_text(encoding="utf-8"))
    assert line == f"'self' 'wasm-unsafe-eval' 'sha256-{name}'"


def test_the_server_for_authors_may_add_its_script_and_all_else_stays(site):
    protect(site, [page("")], live_reload=True)

    text = (site / "index.html").read_text(encoding="utf-8")
    assert policy([LIVE_RELOAD]) in text
    assert "sha256-" not in text  # beside a hash, browsers would not heed 'unsafe-inline'


def test_the_ways_up_to_the_root_are_those_of_the_deepest_page(site):
    assert ways_up(site) == [".", "..", "../.."]


def test_a_script_of_the_content_is_refused_with_its_page_and_its_start(site, write):
    write({"a/b/index.html": page("<script>alert('mine')</script>")})

    assert "a/b/index.html:1: the page contains a script that isn't the theme's: \"alert('mine')\"" in refusal(site)


def test_a_script_file_that_the_theme_does_not_load_is_refused(site, write):
    write({"index.html": page('<script src="b.js"></script>')})

    assert "a script that isn't the theme's: 'b.js'" in refusal(site)


def test_the_same_file_may_be_named_from_another_depth(site, write):
    write({"index.html": page('<script src="a.js"></script>')})

    protect(site, [page("")])


@pytest.mark.parametrize("start", ["", "<p>", "<script>1</script>"])
def test_a_page_that_does_not_begin_as_the_themes_do_is_refused(site, write, start):
    write({"x.html": start + page().replace('<meta charset="utf-8">', "")})

    assert "x.html:1: the page does not begin as the theme's pages do" in refusal(site)


UNWANTED = [
    "<style>p { display: none }</style>",
    '<base href="https://example.com/">',
    '<meta http-equiv="refresh" content="0;url=https://example.com/">',
    '<link rel="stylesheet" href="https://example.com/x.css">',
    '<link rel="preconnect" href="//example.com/">',
    '<iframe src="x.html"></iframe>',
    '<iframe srcdoc="x"></iframe>',
    '<object data="x.html"></object>',
    '<embed src="x.html">',
    '<form action="https://example.com/"></form>',
    '<form class="a"></form>',
    '<input formaction="x">',
    '<p onclick="alert(1)">a</p>',
    '<p style="position: fixed">a</p>',
    '<p><span style="color: red">a</span></p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="java&#10;script:alert(1)">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<a href="x" target="_blank">a</a>',
    '<a href="x" ping="https://example.com/">a</a>',
    '<img src="https://example.com/x.png" alt="">',
    '<img src="//example.com/x.png" alt="">',
    '<img src="data:image/svg+xml,x" alt="">',
    '<img srcset="https://example.com/x.png 2x" alt="">',
    '<video src="x.webm"></video>',
    '<svg><use href="https://example.com/x.svg#a"></use></svg>',
    '<svg><path onload="alert(1)"></path></svg>',
    '<math><mi href="javascript:alert(1)">x</mi></math>',
    "<template><p>a</p></template>",
    "<!-- a comment -->",
    '<noscript><p title="</noscript><img src=x>">a</p></noscript>',
]


@pytest.mark.parametrize("content", UNWANTED)
def test_what_no_page_may_contain_is_refused_however_it_came_in(site, write, content):
    write({"index.html": page(content)})

    assert "[unwanted-in-page]" in refusal(site)


@pytest.mark.parametrize(
    "content",
    [
        '<a href="https://example.com/">a</a><a href="mailto:me@example.org">b</a><a href="#c">c</a>',
        '<table><tr><td style="text-align: right;">1</td></tr></table>',
        '<span class="katex"><span style="height:1em;">x</span><math><mi>x</mi></math></span>',
        '<form class="md-search__form" name="search"><input type="text"></form>',
        '<link rel="canonical" href="https://example.com/guide/">',
    ],
)
def test_what_pages_need_is_allowed(site, write, content):
    write({"index.html": page(content)})

    protect(site, [page("")])


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)"/>',
        "<foreignObject><p>a</p></foreignObject>",
        '<a href="javascript:alert(1)"><path/></a>',
        '<image xlink:href="https://example.com/x.png"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        "<style>@import url(https://example.com/x.css)</style>",
        "<?xml-stylesheet href='x.css'?>",
    ],
)
def test_a_picture_that_does_more_than_show_something_is_refused(site, write, content):
    write({"x.svg": PICTURE.format(content)})

    assert "x.svg:1: " in refusal(site)


def test_a_picture_that_shows_something_is_allowed(site, write):
    write({"x.svg": PICTURE.format('<!-- drawn --><path id="a" style="fill: red"/><use xlink:href="#a"/>')})

    protect(site, [page("")])


@pytest.mark.parametrize("name", ["x.xhtml", "x.htm", "x.pdf", "x.swf", "x.exe", "feed.xml", "LICENSE"])
def test_a_kind_of_file_that_nobody_thought_about_is_refused(site, write, name):
    write({name: "x"})

    assert f"{name}:1: the site would publish a file of the kind" in refusal(site)
