"""Each kind of mistake, made once in a copy of a real page: lint names its rule, its file and its line."""

import re
import shutil
import struct

import pytest
from conftest import ROOT

from sitekit.lint import lint
from sitekit.rules.names import RULES

NAME = "calculus/calculus_for_ml"
PAGE = f"docs/{NAME}.md"
EXAMPLES, CHECKS, FIGURES, EXERCISES = (
    f"snippets/{NAME}/{name}.py" for name in ("examples", "checks", "figures", "exercises")
)
YML = "mkdocs.yml"
LAB = "docs/labs/linear_regression_three_ways.py"
STUBS = {
    "docs/start/one_loop.md": "---\ndescription: A loop.\n---\n\n# A loop\n\nIt loops.\n",
    LAB: "# %% [markdown]\n# # A lab\n#\n# Some text.\n#\n# ## Second way: the normal equation\n",
}
NAV = "nav:\n" + "".join(f"  - {name.removeprefix('docs/')}\n" for name in (*STUBS, PAGE))

TEXT = "Training asks one question billions of times"  # a paragraph of the page; new ones are put before it
INCLUDE = '--8<-- "calculus/calculus_for_ml/examples.py:secant"'
PICTURE = "![The curve of x squared with three straight lines"
BOX = '!!! warning "Common mistake: where the derivative is zero, there is a minimum"\n'
ALT = "A sentence that says at some length what one would see here."

# What is changed in a file: kind, rule, file, old text, new text, and a text of the line that is named
CHANGES = [
    # What could run in a reader's browser; tests/sitekit/test_markup.py has many more
    ("script tag", "html", PAGE, TEXT, f"<script>alert(1)</script>\n\n{TEXT}", "<script>"),
    ("event handler", "attribute", PAGE, TEXT, f'<b onclick="alert(1)">B</b>\n\n{TEXT}', "onclick"),
    ("javascript: link", "address", PAGE, TEXT, f"[It](javascript:alert(1))\n\n{TEXT}", "javascript:"),
    ("picture of another site", "picture-from-elsewhere", PAGE, TEXT, f"![{ALT}](https://a.b/c.png)\n\n{TEXT}", "a.b"),
    ("quote in a description", "quote-in-description", PAGE, "description: Deriv", 'description: The "d', "The"),
    # Includes and sections
    ("snippet file missing", "include-missing", PAGE, INCLUDE, INCLUDE.replace("examples", "exmples"), "exmples"),
    ("snippet section missing", "include-missing", PAGE, INCLUDE, INCLUDE.replace("secant", "sekant"), "sekant"),
    ("snippet no end marker", "section-end", EXAMPLES, "# --8<-- [end:secant]\n", "", "[start:secant]"),
    ("snippet lines out of range", "include-form", PAGE, INCLUDE, '--8<-- "x.py:5000:6000"', "5000"),
    ("snippet empty file+section", "include-form", PAGE, INCLUDE, '--8<-- ":"', '--8<-- ":"'),
    ("snippet typo 8<", "include-form", PAGE, INCLUDE, INCLUDE[1:], "ml/examples.py:secant"),
    ("snippet with long dashes", "include-form", PAGE, INCLUDE, INCLUDE.replace("--", "—"), "—8<—"),
    ("snippet path escape", "include-escapes", PAGE, INCLUDE, '--8<-- "../docs/index.md:a"', "../docs/index"),
    ("snippet of a whole file", "include-whole-file", PAGE, INCLUDE, INCLUDE.replace(":secant", ""), "examples.py\""),
    ("include in the text", "include-outside", PAGE, TEXT, f"{INCLUDE}\n\n{TEXT}", f">{INCLUDE}"),
    ("section starts twice", "section-twice", EXAMPLES,
     "[end:setup]", "[end:setup]\n# --8<-- [start:setup]", ">[start:setup]"),
    ("section never starts", "section-start", EXAMPLES, "[end:setup]", "[end:setup]\n# --8<-- [end:gone]", ""),
    ("empty section", "section-empty", EXAMPLES, "# --8<-- [start:setup]",
     "# --8<-- [start:void]\n# --8<-- [end:void]\n\n# --8<-- [start:setup]", "start:void"),
    ("marker of a section misspelt", "section-marker", EXAMPLES, "# --8<-- [start:setup]", "#--8<-- [start:setup]", ""),
    ("a snippet section no page shows", "section-unshown", EXAMPLES, "# --8<-- [start:setup]",
     "# --8<-- [start:more]\nx = 1\n# --8<-- [end:more]\n\n# --8<-- [start:setup]", "start:more"),
    ("snippet is no Python", "python", CHECKS, "    rng = np", "    rng = = np", ""),
    ("snippet imports scipy", "import", EXAMPLES, "import numpy as np", "import scipy", ""),
    # Links
    ("broken md link", "link-broken", PAGE, "](../start/one_loop.md)", "](../start/two_loops.md)", ""),
    ("broken anchor", "link-anchor", PAGE, "](#derivatives)", "](#derivative)", ""),
    ("broken anchor other page", "link-anchor", PAGE, "py#second-way-the-", "py#third-way-the-", ""),
    ("link to .html", "link-to-html", PAGE, "](../start/one_loop.md)", "](../start/one_loop.html)", ""),
    ("absolute link", "link-absolute", PAGE, "](../start/one_loop.md)", "](/start/one_loop.md)", ""),
    ("link out of docs", "link-broken", PAGE, "](../start/one_loop.md)", "](../../README.md)", ""),
    ("link without encryption", "link-http", PAGE, "](../start/one_loop.md)", "](http://example.org)", ""),
    ("raw html broken link", "link-broken", PAGE, TEXT, f'See <a href="../../no/">this page</a>.\n\n{TEXT}', "<a href"),
    ("undefined ref link", "link-undefined", PAGE, TEXT, f"See [the page][nowhere].\n\n{TEXT}", "nowhere"),
    ("broken image", "link-broken", PAGE, TEXT, f"![{ALT}](../assets/no.png)\n\n{TEXT}", "no.png"),
    ("raw html broken img", "link-broken", PAGE, TEXT, f'<img alt="{ALT}" src="../no.png">\n\n{TEXT}', "no.png"),
    ("case-mismatch link", "link-case", PAGE, "](../start/one_loop.md)", "](../start/One_loop.md)", ""),
    ("broken link in a question", "link-broken", PAGE,
     "explanation: A derivative", "explanation: [A](no.md) derivative",
     ""),
    ("broken link in a lab", "link-broken", LAB, "Some text", "Some [text](no.md)", ""),
    ("duplicate explicit id", "id-twice", PAGE, TEXT, "One.\n{: #same }\n\nTwo.\n{: #same .b }\n\n" + TEXT, "#same .b"),
    ("duplicate raw id", "id-twice", PAGE, TEXT, f'<i id="s">a</i> and\n<b id="s">b</b>.\n\n{TEXT}', "<b id"),
    ("id that a heading has", "id-twice", PAGE, TEXT, f'<i id="by-hand">a</i> here.\n\n{TEXT}', '<i id="by-hand">'),
    ("id of two questions", "id-twice", PAGE, "```quiz\nid: calc-secant-by-hand",
     "```quiz\nid: calc-sign-of-slope", "↑>id: calc-sign-of-slope"),
    ("id with capital letters", "id-form", PAGE, "id: calc-secant-by-hand", "id: Calc secant", "↑id: Calc secant"),
    # Pictures
    ("image without alt", "alt-text", PAGE, TEXT, f"![](../assets/figures/x.svg)\n\n{TEXT}", "![]"),
    ("an alt text shorter than a sentence", "alt-text", PAGE, TEXT, f"![A line.](../assets/a.svg)\n\n{TEXT}", "![A l"),
    ("a figure path with no figure function", "figure-missing", PAGE, "/secant_to_tangent.svg", "/secant.svg", ""),
    ("a figure function no page shows", "figure-unshown", FIGURES, "\ndef secant_to_tangent",
     "\ndef more():\n    return 1\n\n\ndef secant_to_tangent", "def more"),
    ("states without a slider's name", "figure-slider", PAGE, ' "Move the second point")', ")", "secant_to"),
    ("a slider without states", "figure-slider", PAGE, "gradient_zero.svg)", 'gradient_zero.svg "X")', ""),
    ("figure in a sentence", "figure-alone", PAGE, PICTURE, f"See {PICTURE}", ""),
    ("figure with a wrong path", "figure-path", PAGE, "](../assets/figures/calculus", "](assets/figures/calculus", ""),
    # Blocks
    ("unclosed fence", "fence-unclosed", PAGE, f"{INCLUDE}\n```\n", f"{INCLUDE}\n", f"↑{INCLUDE}"),
    ("unclosed fence of tildes", "fence-unclosed", PAGE, TEXT, f"~~~text\n{TEXT}", "~~~text"),
    ("fence lang typo", "fence-language", PAGE, f"```python\n{INCLUDE}", f"```pyhton\n{INCLUDE}", "pyhton"),
    ("comment that skips code", "comment-skips", PAGE, TEXT, f"<!--pytest-codeblocks:skip-->\n\n{TEXT}", "<!--"),
    ("a python fence typed into the page instead of included", "python-fence", PAGE, INCLUDE, "print(1)", "print(1)"),
    ("admonition not indented", "box-indentation", PAGE, f"{BOX}    It is", f"{BOX}It is", "It is tempting because in"),
    ("admonition of an unknown kind", "box-form", PAGE, BOX, BOX.replace("warning", "wraning"), "wraning"),
    ("tab not indented", "box-indentation", PAGE, TEXT, f'=== "A"\n\nText.\n\n{TEXT}', '=== "A"'),
    ("tabs that are off", "extension-off", PAGE, TEXT, f'=== "A"\n\n    Text.\n\n{TEXT}', '=== "A"'),
    ("emoji shortcode unconfigured", "extension-off", PAGE, TEXT, f"Well done :tada: you.\n\n{TEXT}", ":tada:"),
    ("footnote that is off", "extension-off", PAGE, TEXT, f"A claim.[^1]\n\n{TEXT}", "[^1]"),
    ("list no blank line", "MD032", PAGE, TEXT, f"Two things:\n- uno\n- due\n\n{TEXT}", "- uno"),
    ("table no blank line", "MD058", PAGE,
     TEXT, f"A table:\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n{TEXT}", "| a | b |"),
    ("fence no blank line", "MD031", PAGE, f"\n\n```python\n{INCLUDE}", f"\n```python\n{INCLUDE}", f"↑{INCLUDE}"),
    ("table with a cell too few", "MD056", PAGE, TEXT, f"| a | b |\n| --- | --- |\n| one |\n\n{TEXT}", "| one |"),
    ("unclosed html div", "html-unclosed", PAGE, TEXT, f"<div>\n\nText.\n\n{TEXT}", "<div>"),
    ("html closed and never opened", "html-unopened", PAGE, TEXT, f"Text.</em>\n\n{TEXT}", "</em>"),
    ("letters of a wrong encoding", "MD083", PAGE, TEXT, f"By FranÃ§ois.\n\n{TEXT}", "By Fran"),
    ("letter that nobody sees", "control-character", PAGE, TEXT, f"A zero\u200bwidth space.\n\n{TEXT}", "A zero"),
    ("letter in an address that looks like another", "MD095", PAGE, TEXT,
     f"[A page](https://ex\u0430mple.org)\n\n{TEXT}", "[A page]"),
    ("link in a div that hides it", "MD091", PAGE,
     TEXT, f"<div>\n[A loop](../start/one_loop.md)\n</div>\n\n{TEXT}", "[A loop]"),
    ("comment never closed", "MD086", PAGE, TEXT, f"{TEXT} <!-- more", ""),
    ("unescaped < in prose", "less-than", PAGE, TEXT, f"If a <b and c holds, go.\n\n{TEXT}", "a <b and"),
    ("type in prose", "less-than", PAGE, TEXT, f"It is a List<int> of numbers.\n\n{TEXT}", "List<int>"),
    ("merge conflict", "MD092", PAGE, TEXT, f"<<<<<<< HEAD\nA.\n=======\nB.\n>>>>>>> x\n\n{TEXT}", "<<<<<<<"),
    # Words
    ("two spaces", "MD064", PAGE, TEXT, TEXT.replace(" asks", "  asks"), ""),
    ("space at the end", "MD009", PAGE, "how fast?\n", "how fast? \n", "how fast? "),
    ("tab character", "MD010", PAGE, TEXT, TEXT.replace(" asks", "\tasks"), ""),
    ("two empty lines", "MD012", PAGE, TEXT, f"\n{TEXT}", f"↑{TEXT}"),
    ("bare address", "MD034", PAGE, TEXT, f"See https://example.org here.\n\n{TEXT}", "https://example.org"),
    ("link called here", "MD059", PAGE, TEXT, f"Look [here](../start/one_loop.md).\n\n{TEXT}", "[here]"),
    ("a word that hurts", "banned-word", PAGE, TEXT, f"It is obviously so.\n\n{TEXT}", "obviously"),
    ("sentence too long", "sentence-long", PAGE, TEXT, f"It is{' very' * 60} long.\n\n{TEXT}", "It is very"),
    ("left to do", "todo", PAGE, TEXT, f"TODO: say why.\n\n{TEXT}", "TODO"),
    ("left to do in code", "todo", CHECKS, "    rng =", "    # TODO: more cases\n    rng =", "TODO"),
    ("a glossary term defined twice", "term-twice", PAGE, TEXT, f"*[GD]: one\n*[gd]: two\n\n{TEXT}", "*[gd]"),
    ("a term of two words defined twice", "term-twice", PAGE, TEXT,
     f"**GD** (descent)\n: One.\n\n**Descent**\n: Two.\n\n{TEXT}", "**Descent**"),
    # Mathematics
    ("TeX unbalanced brace", "formula", PAGE, r"$2x + h$", r"$\frac{2x + h$", ""),
    ("TeX unknown command", "formula", PAGE, r"$2x + h$", r"$\twox + h$", ""),
    ("TeX in a question", "formula", PAGE, r"$\frac{d\mathcal{L}}{dw} = -3$", r"$\frac{d$", ""),
    ("an operator as index", "formula-operator", PAGE, r"$2x + h$", r"$2x_{\max} + h$", ""),
    ("math underscore no arithmatex delim", "formula-unmarked", PAGE,
     TEXT, f"Here x_i = w_i holds.\n\n{TEXT}", "x_i ="),
    ("math in other delimiters", "formula-unmarked", PAGE, TEXT, f"Here \\( x + 1 \\) is it.\n\n{TEXT}", r"\( x"),
    ("dollar without a partner", "formula-dollar", PAGE, TEXT, f"It costs $5 today.\n\n{TEXT}", "$5"),
    # Front matter
    ("bad YAML front matter", "front-matter-yaml", PAGE, "description: Derivatives", "description: a: Derivatives", ""),
    ("front matter not dict", "front-matter-form", "docs/start/one_loop.md", "description: A loop.", "- a", "---"),
    ("front matter leading blank", "front-matter-late", PAGE, "---\ndescription", "\n---\ndescription", "^"),
    ("front matter without end", "front-matter-end", "docs/start/one_loop.md", "loop.\n---\n", "loop.\n", "---"),
    ("no description", "description", "docs/start/one_loop.md", "description: A loop.", "hide: [toc]", "---"),
    ("unknown name in front matter", "front-matter-unknown", PAGE, "minutes:", "tags: []\nminutes:", "tags"),
    ("name twice in front matter", "front-matter-twice", PAGE, "minutes:", "minutes: 54\nminutes:", "minutes: 55"),
    ("wrong type in front matter", "front-matter-type", PAGE, "minutes: 55", "minutes: an hour", ""),
    ("no text in a list of front matter", "front-matter-item", PAGE, "[slope, rate", "[yes, rate", "also_called"),
    ("name missing in front matter", "front-matter-missing", PAGE, "minutes: 55\n", "", "---"),
    ("reading time that is not honest", "minutes", PAGE, "minutes: 55", "minutes: 5", ""),
    ("a prerequisite that names no module", "prerequisite-missing", PAGE, "sites: []", "sites: [start/no]", ""),
    ("a cycle of prerequisites", "prerequisite-cycle", PAGE, "sites: []", f"sites: [{NAME}]", ""),
    # Headings
    ("two h1", "title-second", PAGE, TEXT, f"# Another\n\n{TEXT}", "# Another"),
    ("no h1", "title-missing", PAGE, "# Calculus for Machine Learning\n", "", "---"),
    ("text before the title", "title-first", PAGE, "# Calculus for", "Hello.\n\n# Calculus for", "# Calculus"),
    ("a module heading misspelt", "heading-name", PAGE, "#### Why It Matters", "#### Why this matters", ""),
    ("a module heading missing", "heading-missing", PAGE, "## Module Summary\n", "", "## Ask"),
    ("a heading of one's own", "heading-extra", PAGE, "## Ask Questions About This Module",
     "## Ask Questions About This Module\n\n## More", "## More"),
    ("heading level left out", "MD001", PAGE, TEXT, f"###### Deep\n\n{TEXT}", "######"),
    ("no promise", "able-to", PAGE, "**You will be able to**", "You will be able to", "---"),
    ("concept without a box", "concept-part", PAGE,
     "### Gradient Descent\n", "### Bare\n\n### Gradient Descent\n", "### Bare"),
    ("a key bullet without a check", "bullet-check", PAGE,
     " [checked](check:the_secant_slope_of_a_square_is_two_x_plus_h)", "", "For $f(x) = x^2$ the secant between"),
    # Claims
    ("a check that no bullet names", "check-unnamed", CHECKS, "\ndef the_secant_slope",
     "\ndef more():\n    assert np.pi > 3\n\n\ndef the_secant_slope", "def more"),
    ("a link to no check", "check-missing", PAGE, "check:the_secant_slope_of", "check:secant_slope_of", ""),
    ("a check named twice", "check-twice", PAGE, TEXT,
     f"- A. [checked](check:a_partial_is_the_derivative_of_a_slice)\n\n{TEXT}", ">check:a_partial_is"),
    ("a check function without an assertion", "check-asserts", CHECKS,
     "\ndef the_secant_slope_of_a_square_is_two_x_plus_h():\n",
     "\ndef the_secant_slope_of_a_square_is_two_x_plus_h():\n    return\n\n\ndef _rest():\n", "def the_secant"),
    ("function twice", "function-twice", CHECKS, "\ndef the_derivative_predicts",
     "\ndef the_secant_slope_of_a_square_is_two_x_plus_h():\n    pass\n\n\ndef the_derivative_predicts",
     ">def the_secant_slope"),
    # Questions
    ("a quiz without a right answer", "question-right", PAGE, "    correct: true\n", "", "↑id: calc-sign-of-slope"),
    ("a quiz with a duplicate id", "id-twice", PAGE, "id: calc-unit-of-slope", "id: calc-secant-by-hand",
     "↑>id: calc-secant-by-hand"),
    ("an option that has no feedback", "fence-missing-name", PAGE,
     "    feedback: Change is about slope times step, and $-3 \\cdot 0.01 = -0.03$.\n", "", "↑id: calc-sign-of-slope"),
    ("a quiz that is no YAML", "fence-yaml", PAGE, "question: What is the slope", "question: What: is the slope", ""),
    ("a quiz that is a text", "question-kind", PAGE, "kind: numeric", "kind: number", "↑id: calc-secant-by-hand"),
    ("a misspelt name in a quiz", "fence-unknown-name", PAGE,
     "answer: 4.5", "answer: 4.5\nanwser: 4", "↑id: calc-secant-by"),
    ("a text that is true", "fence-truth", PAGE,
     "  - text: It falls by about $0.03$.", "  - text: No", "↑id: calc-sign"),
    ("a list that is none", "fence-list", PAGE, "accept: [gradient, the gradient, gradient vector]", "accept: gradient",
     "↑id: calc-word-for-partials"),
    ("a number in quotes", "question-number", PAGE, "answer: 4.5", 'answer: "4.5 m"', "↑id: calc-secant-by-hand"),
    ("an option that is a text", "question-option", PAGE,
     "  - text: It falls by about", "  - It falls\n  - text: It falls by about",
     "↑id: calc-sign-of-slope"),
    ("a wrong answer without value", "question-wrong", PAGE, "wrong:\n  - value: 4\n", "wrong:\n  - 3\n  - value: 4\n",
     "↑id: calc-secant-by-hand"),
    ("a wrong answer that is right", "question-wrong-is-right", PAGE,
     "  - value: 4\n", "  - value: 4.5\n", "↑id: calc-secant-by-hand"),
    ("a wrong answer twice", "question-wrong-twice", PAGE,
     "  - value: 4\n", "  - value: 5\n", "↑id: calc-secant-by-hand"),
    ("code that prints nothing", "question-output", PAGE, "examples.py:question-ratio", "examples.py:setup",
     "↑id: calc-central-ratio"),
    ("a quiz that is a list", "fence-form", PAGE, TEXT, f"```quiz\n- only-item\n```\n\n{TEXT}", "↑- only-item"),
    # Exercises
    ("an exercise without a path", "exercise-function", PAGE, "exercises.py:central_slope", "exercises:central_slope",
     "↑id: calc-exercise-central-slope"),
    ("an exercise of no file", "exercise-file", PAGE, "ml/exercises.py:central_slope", "mk/exercises.py:central_slope",
     "↑id: calc-exercise-central-slope"),
    ("a function without an exercise", "exercise-unused", EXERCISES, "\ndef central_slope(f",
     "\ndef spare(x):\n    return x\n\n\ndef central_slope(f", "def spare"),
    ("an answer that needs a helper", "answer-alone", EXERCISES, "    return (f(x + h) - f(x - h)) / (2 * h)",
     "    return _counted(f, x, h)", "_counted(f, x"),
    ("an answer that can't be renamed", "answer-name", EXERCISES, "def central_slope(f", "def central_slope (f", ""),
    ("a check of an exercise that prints", "check-prints", EXERCISES, "    slope = central_slope(lambda x: 3",
     "    print(1)\n    slope = central_slope(lambda x: 3", "print(1)"),
    ("an assert without a message", "check-message", EXERCISES,
     ', "Your function returns nothing: end it with return."', "",
     "assert slope is not None"),
    # mkdocs.yml
    ("nav missing file", "nav-missing-file", YML,
     "  - start/one_loop.md", "  - start/two.md\n  - start/one_loop.md", "two.md"),
    ("nav wrong type", "nav-form", YML, "  - start/one_loop.md", "  - 12\n  - start/one_loop.md", "- 12"),
    ("unknown yml key", "config-key", YML, "site_url:", "site_ulr:", ""),
    ("unknown theme key", "config-key", YML, "  language: en", "  langauge: en", ""),
    ("unknown extension", "config-extension", YML, "  - sane_lists", "  - insane_lists", ""),
    ("unknown plugin", "config-plugin", YML, "\n  - search\n", "\n  - serach\n", "serach"),
    ("unknown theme feature", "config-feature", YML, "    - toc.follow", "    - toc.folow", ""),
    ("mkdocs.yml is no YAML", "config-yaml", YML, "site_name: mlmath", "site_name: a: b", ""),
]  # fmt: skip


def new_file(name, content):
    """A mistake that is a file; it is named at its first line."""

    def make(root):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return name, 1

    return make


def edited(pairs, at, file=PAGE, named=PAGE):
    """A mistake that takes several replacements, or that is named in another file."""

    def make(root):
        text = (root / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (root / file).write_text(text, encoding="utf-8")
        return named, line_of(root / named, at)

    return make


def with_readme(root):
    for name in ("index", "README"):
        write(root / f"docs/start/{name}.md", f"{SMALL.decode()}\nText.\n")
    return "docs/start/README.md", 1


def term(definition, line=0):
    """A mistake in a term of the glossary, named at the term or so many lines below it."""

    def make(root):
        text = f"{SMALL.decode()}\n**term**\n{definition}\n"
        write(root / "docs/start/glossary.md", text)
        return "docs/start/glossary.md", line_of(root / "docs/start/glossary.md", "**term**") + line

    return make


def link(name, target):
    """A mistake that is a symbolic link."""

    def make(root):
        (root / name).symlink_to(target)
        return name, 1

    return make


def bytes_of_page(old, new):
    """A mistake in the bytes of the page, named at the line of the first new byte."""

    def make(root):
        data = (root / PAGE).read_bytes()
        (root / PAGE).write_bytes(data.replace(old, new, 1) if old else new + data)
        return PAGE, data[: data.index(old)].count(b"\n") + 1 if old else 1

    return make


def in_utf_16(root):
    (root / PAGE).write_bytes((root / PAGE).read_text(encoding="utf-8").encode("utf-16"))
    return PAGE, 1


def without_last_newline(root):
    data = (root / PAGE).read_bytes().rstrip(b"\n")
    (root / PAGE).write_bytes(data)
    return PAGE, data.count(b"\n") + 1


def without_questions(root):
    text = (root / PAGE).read_text(encoding="utf-8")
    start, end = text.index("### Questions\n"), text.index("### Exercises\n")
    (root / PAGE).write_text(text[:start] + "### Questions\n\nNone.\n\n" + text[end:], encoding="utf-8")
    return PAGE, line_of(root / PAGE, "## Interactive Questions")


def without_an_exercise(root):
    text = (root / PAGE).read_text(encoding="utf-8")
    start, end = text.index("```exercise\nid: calc-exercise-line"), text.index("## Module Summary\n")
    (root / PAGE).write_text(text[:start] + text[end:], encoding="utf-8")
    return PAGE, line_of(root / PAGE, "## Interactive Questions")


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
SMALL = b"---\ndescription: D.\n---\n\n# T\n"

SWAP = [("#### By hand", "#### X"), ("#### See it run", "#### By hand"), ("#### X", "#### See it run")]
CONCEPTS = ("Derivatives", "Partial Derivatives", "Gradient Descent")

# What is done to the files: kind, rule, and a function that does it and says which place should be named
DEEDS = [
    ("non-utf8", "encoding", bytes_of_page(b"# Calculus for", b"# Calcul\xfcs for")),
    ("utf16", "encoding", in_utf_16),
    ("CRLF", "line-end", bytes_of_page(b"# Calculus for Machine Learning\n", b"# Calculus for Machine Learning\r\n")),
    ("BOM", "byte-order-mark", bytes_of_page(b"", b"\xef\xbb\xbf")),
    ("control character", "control-character", bytes_of_page(b"# Calculus for", b"# Calculus\x0b for")),
    ("no newline at the end", "MD047", without_last_newline),
    ("symlink out of tree", "symlink", link("docs/calculus/host.md", "/etc/hostname")),
    ("symlink loop", "symlink", link("docs/calculus/loop.md", "loop.md")),
    ("symlink of a folder to itself", "symlink", link("docs/calculus/round", ".")),
    ("symlink in snippets", "symlink", link("snippets/calculus/round", "..")),
    ("huge image", "file-size", new_file("docs/assets/big.png", PNG + bytes(400_000))),
    ("huge file", "file-size", new_file("docs/assets/data.bin", bytes(1_200_000))),
    ("wide image", "image-width", new_file("docs/assets/wide.png", PNG + struct.pack(">II", 20_000, 10))),
    ("file name with space", "file-name", new_file("docs/start/a page.md", SMALL + b"\nText.\n")),
    ("index.md + README.md", "index-and-readme", with_readme),
    ("empty page", "page-empty", new_file("docs/start/empty.md", SMALL)),
    ("page not in nav, new", "nav-omits-page", new_file("docs/start/new.md", SMALL + b"\nText.\n")),
    ("snippet file of another name", "snippet-name", new_file(f"snippets/{NAME}/helpers.py", b"x = 1\n")),
    ("snippet folder without a page", "snippet-page", new_file("snippets/start/no/figures.py", b"x = 1\n")),
    ("page not in nav", "nav-omits-page", edited([(f"  - {NAME}.md\n", "")], "---", file=YML)),
    ("a module heading out of order", "heading-order", edited(SWAP, "#### By hand")),
    ("no concepts", "concepts", edited([(f"### {name}\n", "") for name in CONCEPTS], "## 80/20")),
    ("an exercise without a starter", "exercise-part",
     edited([("def central_slope_starter", "def _starter")], "↑id: calc-exercise-central-slope", file=EXERCISES)),
    ("a check of an exercise without docstring", "exercise-docstring",
     edited([('    """A straight line has the same slope everywhere."""\n', "")],
            "↑id: calc-exercise-central-slope", file=EXERCISES)),
    ("a term without definition", "term-form", term("Not below.")),
    ("a term that is taught nowhere", "term-form", term(": One sentence.")),
    ("a term in three sentences", "term-form", term(": One. Two. Three. See [A loop](one_loop.md).")),
    ("a term with a formula", "term-form", term(": It is $x$. See [A loop](one_loop.md).")),
    ("a term taught on no page", "link-broken", term(": One. See [A loop](two_loops.md).", 1)),
    ("a term taught under no heading", "link-anchor", term(": One. See [A loop](one_loop.md#no).", 1)),
    ("too few questions", "question-count", without_questions),
    ("too few exercises", "exercise-count", without_an_exercise),
]  # fmt: skip

WHEN_RUN = {
    "cell-empty", "cell-mark", "cell-raises", "computed-differs", "computed-raises", "example-differs", "fence-empty",
    "figure-raises", "figure-returns", "output-differs", "output-stray", "question-code", "solution-fails",
    "starter-passes",    "wrong-answer-passes", "wrong-answer-same", "wrong-answer-words",
}  # fmt: skip
"""Rules that need to run the code: the tests of outputs, exercises, figures and labs break these."""


ELSEWHERE = {
    "redirect-hides-page", "redirect-not-a-pair", "redirect-to-nowhere", "redirect-twice",
    "kind-of-file", "no-policy", "script", "search-worker", "service-worker-version", "unwanted-in-page",
}  # fmt: skip
"""Rules of redirects.yml and of the finished site, whose tests break them."""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A repository with the real module, its snippets, and stubs; links to other modules lead to a stub."""
    root = tmp_path_factory.mktemp("small")
    shutil.copytree(ROOT / "snippets" / NAME, root / "snippets" / NAME, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in STUBS.items():
        write(root / name, text)
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    write(root / PAGE, re.sub(r"\]\((?!\.\./start/one_loop)[\w./]+\.md\)", "](../start/one_loop.md)", page))
    write(root / "pyproject.toml", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    settings = (ROOT / YML).read_text(encoding="utf-8")
    start, end = settings.index("nav:\n"), settings.index("not_in_nav:")
    write(root / YML, f"{settings[:start]}{NAV}{settings[end:]}")
    return root


@pytest.fixture
def copy(small, tmp_path):
    """A copy of that repository to break."""
    return shutil.copytree(small, tmp_path / "copy")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def line_of(path, text):
    """The first line with a text; after > the second, after ↑ the line before it. ^ is the first line of the file."""
    if text == "^":
        return 1
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = text.removeprefix("↑").removeprefix(">")
    found = [number for number, line in enumerate(lines, start=1) if wanted in line]
    return found[text.removeprefix("↑").startswith(">")] - text.startswith("↑")


def findings(root):
    return [(problem.rule, problem.path.relative_to(root).as_posix(), problem.line) for problem in lint(root)]


def test_the_copy_has_no_problem(copy):
    assert findings(copy) == []


@pytest.mark.parametrize(
    ("rule", "file", "old", "new", "at"), [pytest.param(*change[1:], id=change[0]) for change in CHANGES]
)
def test_a_mistake_in_a_text_is_named_with_its_line(copy, rule, file, old, new, at):
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    found = findings(copy)

    assert (rule, file, line_of(copy / file, at or new.split("\n")[-1])) in found


@pytest.mark.parametrize(("rule", "deed"), [pytest.param(*deed[1:], id=deed[0]) for deed in DEEDS])
def test_a_mistake_in_the_files_is_named_with_its_line(copy, rule, deed):
    file, line = deed(copy)

    assert (rule, file, line) in findings(copy)


def test_every_rule_is_broken_once(record_property):
    rules = {change[1] for change in CHANGES} | {deed[1] for deed in DEEDS}

    others = WHEN_RUN | ELSEWHERE | {"file-unreadable"}  # a file that vanishes while lint reads
    assert RULES.keys() - rules == others
    assert RULES.keys() >= others
    record_property("measured", f"{len(CHANGES) + len(DEEDS)} kinds of mistakes, {len(rules)} rules")
