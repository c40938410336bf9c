"""Reading the built site back: everything that is shown ran, everything that ran is shown."""

import pytest

from sitekit.rendered import count_python, differences, fingerprint, shown_blocks


def block(code, language="python"):
    return f'<div class="language-{language} highlight"><pre><span></span><code><span>{code}</span></code></pre></div>'


def page(*parts):
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'


def entry(name, code):
    return {"page": name, "code": fingerprint(code), "start": code[:60]}


@pytest.fixture
def compare(write):
    """A function that says how a site, given by its pages, differs from a record of what ran."""

    def compare_them(pages, *entries):
        return differences(write(pages), list(entries))

    return compare_them


def test_a_site_that_shows_what_ran_has_no_differences(compare):
    pages = {
        "index.html": page(block("a = 1")),
        "calculus/index.html": page(block("b &lt; 1 # ∇")),
        "calculus/m/index.html": page(block("c = 1"), block("c = 1"), '<pre class="output"><samp>1</samp></pre>'),
    }
    ran = [
        entry("index", "a = 1"),
        entry("calculus/index", "b < 1 # ∇"),
        entry("calculus/m", "c = 1"),
        entry("calculus/m", "c = 1"),
    ]

    assert compare(pages, *ran) == []


def test_a_block_that_did_not_run_is_told(compare):
    assert compare({"m/index.html": page(block("a = 1"))}) == ["m: shown but not run: 'a = 1'"]


def test_a_block_that_is_not_shown_is_told(compare):
    assert compare({"m/index.html": page()}, entry("m", "a = 1")) == ["m: run but not shown: 'a = 1'"]


def test_a_block_counts_on_its_own_page_alone(compare):
    messages = compare({"m/index.html": page(block("a = 1"))}, entry("n", "a = 1"))

    assert messages == ["m: shown but not run: 'a = 1'", "n: run but not shown: 'a = 1'"]


@pytest.mark.parametrize(("shown", "ran"), [(2, 1), (1, 2), (3, 1)])
def test_blocks_are_counted(compare, shown, ran):
    messages = compare({"m/index.html": page(*[block("a = 1")] * shown)}, *[entry("m", "a = 1")] * ran)

    assert len(messages) == abs(shown - ran)


@pytest.mark.parametrize("language", ["text", "console", "yaml"])
def test_text_for_display_need_not_run(compare, language):
    assert compare({"m/index.html": page(block("x", language))}) == []


@pytest.mark.parametrize("language", ["py", "bash", "javascript"])
def test_another_language_is_told(compare, language):
    assert compare({"m/index.html": page(block("x", language))}) == [
        f"m: a block in the language {language!r} is neither run nor for display only"
    ]


@pytest.mark.parametrize("text", ["<pre><code>x = 1</code></pre>", "<pre>x = 1</pre>"])
def test_a_block_without_a_language_is_told(compare, text):
    assert compare({"m/index.html": page(text)}) == [
        "m: a block in the language '' is neither run nor for display only"
    ]


def test_code_in_a_line_is_no_block(compare):
    assert compare({"m/index.html": page('<p><code class="language-python">x</code></p>')}) == []


def test_blocks_know_their_page_and_language(write):
    root = write({"a/index.html": page(block("x"), block("y", "text")), "b.html": page(block("z"))})

    assert [tuple(shown) for shown in shown_blocks(root)] == [
        ("a", "python", "x"),
        ("a", "text", "y"),
        (".", "python", "z"),
    ]
    assert count_python(root) == 2


@pytest.mark.parametrize("code", ["a = 1\nb", "\n\na = 1\nb\n\n", "a = 1  \nb\t"])
def test_space_at_the_ends_does_not_count(code):
    assert fingerprint(code) == fingerprint("a = 1\nb")


@pytest.mark.parametrize("code", ["a = 1\n b", "a = 1\n\nb", "  a = 1\nb", "a = 2\nb"])
def test_everything_else_counts(code):
    assert fingerprint(code) != fingerprint("a = 1\nb")


def test_a_session_counts_like_a_block(compare):
    pages = {"m/index.html": page(block("&gt;&gt;&gt; 1", "pycon"))}

    assert compare(pages, entry("m", ">>> 1")) == []
    assert compare(pages) == ["m: shown but not run: '>>> 1'"]


def test_signatures_and_code_of_the_library_are_no_blocks_of_the_page(compare):
    signature = block("f(x)").replace("highlight", "doc-signature highlight")
    source = f'<details class="library-source"><summary>Code</summary>{block("def f(x): ...")}</details>'

    assert compare({"m/index.html": page(signature, source)}) == []
