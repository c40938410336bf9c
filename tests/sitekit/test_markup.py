"""Raw HTML and addresses in sources: each kind that no page may contain is reported at its line."""

import pytest

from sitekit.pages import read_page
from sitekit.rules.markup import forbidden, is_elsewhere, is_safe

PAGE = "docs/calculus/m.md"
SAFE = "\nIt is.\n"

HTML = [
    "<script>alert(1)</script>",
    '<script src="../assets/js/main.js"></script>',
    "<SCRIPT\nsrc=x.js></SCRIPT>",
    "<script/src=x.js></script>",
    "\\`<script>alert(1)</script>\\`",
    "<div>\n`<script>alert(1)</script>`\n</div>",
    "$<script>alert(1)</script>$",
    "    <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "<style>body { display: none }</style>",
    '<link rel="stylesheet" href="https://example.com/x.css">',
    '<link rel="prefetch" href="https://example.com/">',
    '<base href="https://example.com/">',
    '<meta http-equiv="refresh" content="0;url=https://example.com/">',
    '<iframe src="https://example.com/"></iframe>',
    '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
    '<object data="x.html"></object>',
    '<embed src="x.html">',
    '<form action="https://example.com/"><button>Send</button></form>',
    '<input type="password">',
    "<textarea></textarea>",
    "<select><option>1</option></select>",
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)"></svg>',
    "<math><mi>x</mi></math>",
    '<img src="https://example.com/x.png">',
    "<img src=x onerror=alert(1) ",
    '<video src="x.webm"></video>',
    '<audio src="x.ogg" autoplay></audio>',
    "<template><p>1</p></template>",
    "<dialog open>Your password?</dialog>",
    "<x-y>a</x-y>",
    "<!-- a comment -->",
    "<!--[if IE]><p>1</p><![endif]-->",
    "<!doctype html>",
    "<?php echo 1 ?>",
    "<![CDATA[x]]>",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "</script>",
]
ATTRIBUTES = [
    '<p onclick="alert(1)">a</p>',
    "<p OnClick=alert(1)>a</p>",
    "<p class=x\nonclick=alert(1)>a</p>",
    '<p class="x"onclick="alert(1)">a</p>',
    "<p/onclick=alert(1)>a</p>",
    "<p =x onclick=alert(1)>a</p>",
    "<p title='>' onclick=alert(1)>a</p>",
    '<p style="position: fixed">a</p>',
    '<a href="https://example.com/" target="_blank">a</a>',
    '<a href="x" ping="https://example.com/">a</a>',
    '<button formaction="https://example.com/">a</button>',
    '<div id="__config"></div>',
    "A word.\n{ onclick=alert(1) }",
    '*a*{: onclick="alert(1)" }',
    '[a](index.md){target="_blank"}',
    "*a*{ style='color: red' }",
    "[a](index.md){ href='https://example.com/' }",
    "#### A heading { #__config }",
]
ADDRESSES = [
    "[a](javascript:alert(1))",
    "[a](JavaScript:alert(1))",
    "[a]( javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](<java\tscript:alert(1)>)",
    "[a](java\nscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](&#x6A;avascript&colon;alert(1))",
    "[a](javascript&amp;colon;alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java&NewLine;script:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](vbscript:msgbox)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![A picture of something, in a whole sentence of words.](data:image/svg+xml;base64,PHN2Zz4=)",
    "[a](file:///etc/passwd)",
    "[a](blob:https://example.com/1)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[a][b]\n\n[b]: <&#106;avascript:alert(1)>",
    "[a][b]\n\n[b]:\n  javascript:alert(1)",
    '<a href="javascript:alert(1)">a</a>',
    "<a href='&#106;avascript:alert(1)'>a</a>",
    '<a href="data:text/html,x">a</a>',
    "<a href = javascript:alert(1)>a</a>",
]
PICTURES = [
    "![A picture of something, in a whole sentence of words.](https://example.com/x.png)",
    "![A picture of something, in a whole sentence of words.](//example.com/x.png)",
]
KINDS = {"html": HTML, "attribute": ATTRIBUTES, "address": ADDRESSES, "picture-from-elsewhere": PICTURES}


def found_with(module, text):
    """The page with a text in it, and what its rule finds: line and name."""
    module.change(SAFE, f"\n{text}\n")
    page = read_page(module.root, module.page)
    return [(problem.line, problem.rule) for problem in forbidden(page.path, enumerate(page.prose, start=1))]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in KINDS.items() for text in texts])
def test_what_no_page_may_contain_is_reported_where_it_stands(module, rule, text):
    first = module.read().partition(SAFE)[0].count("\n") + 2

    found = found_with(module, text)

    lines = [line for line, name in found if name == rule]
    assert lines, found
    assert all(first <= line <= first + text.count("\n") for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        '`<script>` and ``<b onclick="x">`` are code.',
        "```html\n<script>alert(1)</script>\n```",
        "A smaller number: $a < b$, and 3 < 4 <= 5 <- 6.",
        "$$\n\\sum_{i=1}^{n} x_i < f^{y=2}\n$$",
        "<https://example.com/?a=b> and <me@example.org>",
        '[a](https://example.com/ "A title: with a colon") and [b](index.md#c:d) and [c](mailto:me@example.org)',
        "It needs JavaScript: without it there is no button. The data: a table.",
        '<div class="doors" markdown>\n**a**\n</div>',
        "A word.\n{ .facts #here }",
    ],
)
def test_what_pages_need_is_not_reported(module, text):
    assert found_with(module, text) == []


def reported(module, rule):
    """The lines of the page at which lint reports a rule."""
    return [line for found, _, line in module.findings() if found == rule]


def test_lint_says_what_is_wrong_with_the_html_of_a_page_and_how_to_mend_it(module):
    module.change(SAFE, "\n<script>alert(1)</script>\n")

    first = f"{module.place('<script>')}: <script is HTML that no page may contain. Write it in Markdown."
    assert [problem.startswith(first) for problem in module.problems() if "<script" in problem] == [True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("question: Is $1$ one?", "question: Is <script>alert(1)</script> one?"),
        ("question: Is $1$ one?", 'question: "Is \\x3cscript>alert(1)</script> one?"'),
        ("question: Is $1$ one?", 'question: "Is \\u003cscript> one?"'),
        ("feedback: You forgot to add one.", "feedback: You <img src=x onerror=alert(1)> forgot."),
        ("explanation: It bends.", "explanation: |\n  <script>alert(1)</script>"),
        ("value: slope", "value: <script>alert(1)</script>"),
        ("  - Add it to itself.", "  - <iframe src=x></iframe>"),
        ("task: Write `double(x)`.", "task: '<script>alert(1)</script>'"),
        ("  - what is a slope", "  - what is <script>alert(1)</script>"),
        ("also_called: [incline,", "also_called: ['<script>alert(1)</script>',"),
        ("description: A module that has everything.", "description: A <script>alert(1)</script> module."),
    ],
)
def test_html_in_a_question_an_exercise_or_front_matter_is_reported_however_yaml_spells_it(module, old, new):
    line = module.line(old) + new.count("\n")
    module.change(old, new)

    assert line in reported(module, "html")


def test_an_address_in_a_question_is_reported(module):
    line = module.line("explanation: It bends.")
    module.change("explanation: It bends.", 'explanation: "[It](java\\x73cript:alert(1)) bends."')

    assert reported(module, "address") == [line]


def test_an_output_that_looks_like_html_may_be_a_wrong_answer(module):
    module.change('value: "2"', "value: \"<class 'int'>\"")

    assert reported(module, "html") == []


def test_a_description_can_not_end_its_place_in_the_page(module):
    line = module.line("description:")
    module.change(
        "description: A module that has everything.", "description: '0;url=https://example.com\" http-equiv=\"refresh'"
    )

    assert reported(module, "quote-in-description") == [line]


def test_html_in_a_lab_is_reported(module):
    module.write("docs/labs/x.py", "# %% [markdown]\n# # A lab\n#\n# <script>alert(1)</script>\n")

    assert ("html", "docs/labs/x.py", 4) in module.findings()


@pytest.mark.parametrize(
    "target", ["https://a.b/c:d", "a/b.md#c:d", "?q=a:b", "check:name", "mailto:a@b.c", "../x.md", ""]
)
def test_the_address_of_a_page_is_safe(target):
    assert is_safe(target)


@pytest.mark.parametrize("target", ["https://a.b", "//a.b", "\t//a.b", "&#47;/a.b", "HTTP:a.b", "mailto:a@b"])
def test_an_address_of_another_site_is_known(target):
    assert is_elsewhere(target)
