"""TeX to HTML and MathML, and the formulas of a source file with their lines."""

import html
import re

import pytest

from sitekit.typeset import (
    TexError,
    formulas_in,
    glyphs_in_use,
    short_reason,
    typeset,
    typeset_html,
    write_assets,
)


def html_of(tex, display=False):
    (result,) = typeset([(tex, display)])
    assert isinstance(result, str)
    return result


def test_a_formula_becomes_mathml_and_html():
    result = html_of(r"\frac{a}{b}")

    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in result
    assert '<span class="katex-html" aria-hidden="true">' in result
    assert "katex-display" not in result


def test_a_displayed_formula_is_marked_as_a_block():
    result = html_of("a", display=True)

    assert result.startswith('<span class="katex-display">')
    assert 'display="block"' in result


@pytest.mark.parametrize("tex", [r"a < b \& \text{c}", r"x^{\prime} \ne \frac{1}{2}", r"\varepsilon \cdot 10^{-6}"])
def test_the_annotation_keeps_the_tex_for_those_who_copy_it(tex):
    page = typeset_html(rf'<span class="arithmatex">\({html.escape(tex)}\)</span>')

    (annotation,) = re.findall(r'<annotation[^>]* encoding="application/x-tex">(.*?)</annotation>', page)
    assert html.unescape(annotation) == tex


def test_results_come_in_the_order_of_the_formulas():
    results = typeset([("a", False), (r"\frac1", False), ("b", False), (" a ", False), ("a", True)])

    assert [type(result) for result in results] == [str, TexError, str, str, str]
    assert results[0] == results[3]
    assert results[0] != results[4]
    assert "<mi>b</mi>" in str(results[2])


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\frac{a", "Unexpected end of input"),
        (r"\unknown", r"Undefined control sequence: \unknown"),
        ("a_b_c", "Double subscript"),
        ("é", "LaTeX-incompatible input and strict mode"),
    ],
)
def test_an_error_names_the_formula_and_the_reason(tex, reason):
    (error,) = typeset([(tex, False)])

    assert isinstance(error, TexError)
    assert error.tex == tex
    assert str(error).startswith(f"the formula {tex!r} can't be typeset: ")
    assert reason in str(error)
    assert "KaTeX parse error" not in str(error)


def test_no_formula_can_bring_a_link_into_a_page():
    (error,) = typeset([(r"\href{javascript:alert(1)}{a}", False)])

    assert isinstance(error, TexError) or "javascript" not in str(error).partition("<annotation")[0]


def test_a_reason_is_one_line_without_underlines():
    assert short_reason("KaTeX parse error: a\u0332b\u0332\nc") == "ab c"


def test_marked_formulas_of_a_page_are_replaced_and_the_rest_stays():
    page = (
        '<p>a <span class="arithmatex">\\(x\\)</span> b <span class="arithmatex">\\(y\\)</span></p>\n'
        '<div class="arithmatex">\n\\[\na &lt; b\n\\]\n</div><p>\\(z\\)</p>'
    )

    result = typeset_html(page)

    first, second, third = typeset([("x", False), ("y", False), ("a < b", True)])
    seen = re.sub(r" data-search-exclude", "", result)
    assert seen == f"<p>a {first} b {second}</p>\n{third}<p>\\(z\\)</p>"


def test_a_page_without_formulas_stays_as_it_is():
    assert typeset_html("<p>a $x$ b</p>") == "<p>a $x$ b</p>"


def test_a_formula_of_a_page_that_cannot_be_typeset_raises():
    with pytest.raises(TexError, match="frac1"):
        typeset_html(r'<span class="arithmatex">\(\frac1\)</span>')


def test_search_sees_a_formula_once():
    page = typeset_html(r'<span class="arithmatex">\(x+y\)</span>')

    searched = re.sub(r"<(\w+) data-search-exclude.*?</\1>", "", page)
    assert page.count("data-search-exclude") == 1
    assert re.sub(r"<[^>]*>", "", searched) == "x+y"


def test_formulas_are_found_with_their_lines():
    lines = ["$a$ and $b$", "", "$$", "c", "+ d", "$$", "text $e", "f$ end", "$$ g $$"]

    assert [tuple(formula) for formula in formulas_in(lines)] == [
        ("a", False, 1),
        ("b", False, 1),
        ("c\n+ d", True, 3),
        ("e\nf", False, 7),
        ("g", True, 9),
    ]


def test_the_first_line_can_be_any():
    assert [formula.line for formula in formulas_in(["", "$a$"], 10)] == [11]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "It costs $5 and then $6.",
        r"It costs \$5 and 6\$ more.",
        "`$a$`",
        "``a ` $a$``",
        "US$ 5 and 7 $",
        "$ a $",
    ],
)
def test_prices_and_code_are_no_formulas(line):
    assert formulas_in([line]) == []


@pytest.mark.parametrize(
    ("line", "tex"),
    [(r"$a \$ b$", r"a \$ b"), ("`x` $a$ `y`", "a"), ("($a$)", "a"), ("$a$-th", "a"), (r"\$5 for $a$", "a")],
)
def test_formulas_beside_code_and_prices_are_found(line, tex):
    assert [formula.tex for formula in formulas_in([line])] == [tex]


def test_code_over_two_lines_keeps_the_lines_of_formulas():
    assert [tuple(formula) for formula in formulas_in(["`a", "$b$` $c$"])] == [("c", False, 2)]


def test_the_glyphs_in_use_are_those_of_the_formulas():
    typeset([(r"\aleph", False)])

    assert "ℵ" in glyphs_in_use()
    assert "\u2a3f" not in glyphs_in_use()


def test_the_assets_of_mathematics_are_written(tmp_path):
    typeset([("x", False)])

    write_assets(tmp_path)

    style = (tmp_path / "assets/math/katex.css").read_text(encoding="utf-8")
    fonts = set(re.findall(r"url\(fonts/([^)]*)\)", style))
    assert fonts
    assert all(name.endswith(".woff2") for name in fonts)
    assert {path.name for path in (tmp_path / "assets/math/fonts").iterdir()} == fonts
    assert (tmp_path / "assets/math/copy-tex.js").stat().st_size > 500
    assert (tmp_path / "assets/math/fonts.js").read_text(encoding="utf-8").count("d09GMg") == 2  # how WOFF2 begins
