"""Labs: the HTML of a notebook, rebuilt with the elements of a page."""

import re

import pytest
from lxml import html
from mkdocs_jupyter.convert import nb2html  # type: ignore[import-untyped]

from sitekit import markdown_extension
from sitekit.glossary import Marker, Term
from sitekit.labs import LabError, as_page, first_sentence, marked, where_it_failed

LAB = r"""# %% [markdown]
# # A lab
#
# Text with $x^2$, code `$c$`, a [link](../start/x.md#a) and \$5.
#
# $$
# a < b
# $$
#
# ![What one sees.](../assets/figures/labs/l/dot.svg)
#
# ## Part
#
# ## Part

# %%
a = 2
print(a, "<b>")
print()
print(a)

# %%
b = "$y$"
"""
FAILING = "# %% [markdown]\n# # A lab\n\n# %%\na = 1\n\n# %%\nb = 2\n\n\nb / 0\n"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """What mkdocs-jupyter makes of the lab."""
    path = tmp_path_factory.mktemp("lab") / "l.py"
    path.write_text(LAB, encoding="utf-8")
    result = nb2html(str(path), execute=True, allow_errors=False)
    return result[0] if isinstance(result, tuple) else result


@pytest.fixture
def page(notebook, write, monkeypatch):
    """The page of the lab."""
    root = write({f"docs/assets/figures/labs/l/dot{end}.svg": '<svg viewBox="0 0 72 72">' for end in ("", ".dark")})
    monkeypatch.setattr(markdown_extension, "ROOT", root)
    terms = Marker([Term("text", (), "What one reads. See [x](x.md).", 1)], "glossary/")
    return html.fromstring(f"<div>{as_page(notebook, lambda link: f'resolved/{link}', terms)}</div>")


def test_the_first_use_of_a_term_is_linked(page):
    (link,) = page.xpath("//a[@class='term']")

    assert dict(link.attrib) == {"class": "term", "href": "glossary/#text", "title": "What one reads."}
    assert link.getparent().text_content().startswith("Text with ")


def test_nothing_but_text_code_and_output_is_left(page):
    text = html.tostring(page, encoding="unicode")

    assert "jp-" not in text
    assert "clipboard" not in text
    assert page.xpath("//style | //script") == []
    assert len(text) < 20_000


def test_headings_have_the_ids_and_links_of_a_page(page):
    headings = [(h.tag, dict(h.attrib), h[0].get("href"), h[0].get("class")) for h in page.xpath("//h1 | //h2")]

    assert headings == [
        ("h1", {"id": "a-lab"}, "resolved/#a-lab", "headerlink"),
        ("h2", {"id": "part"}, "resolved/#part", "headerlink"),
        ("h2", {"id": "part_1"}, "resolved/#part_1", "headerlink"),
    ]
    assert [h.text for h in page.xpath("//h1 | //h2")] == ["A lab", "Part", "Part"]


def test_formulas_are_typeset_in_text_and_not_in_code(page):
    tex = [annotation.text for annotation in page.xpath("//annotation")]

    assert tex == ["x^2", "a < b"]
    assert page.xpath("//p//code")[0].text == "$c$"
    assert page.xpath("//p/div") == []
    assert '"$y$"' in page.xpath("//pre/code")[1].text_content()


def test_links_and_figures_are_resolved(page):
    assert "resolved/../start/x.md#a" in page.xpath("//p/a/@href")
    assert page.xpath("//figure[@class='drawn']/img/@src") == [
        "resolved/../assets/figures/labs/l/dot.svg",
        "resolved/../assets/figures/labs/l/dot.dark.svg",
    ]
    assert page.xpath("//figcaption/a/@href") == ["resolved/../checks/labs/l.md#dot"]


def test_the_first_sentence_of_a_lab_describes_it():
    assert (
        first_sentence("<h1>A lab</h1>\n<p>You fit <em>a</em> line.\nIt is long.</p><p>Then.</p>") == "You fit a line."
    )


def test_code_is_highlighted_like_that_of_a_page_and_its_output_stands_under_it(page):
    blocks = page.xpath(".//div[@class='language-python highlight']")

    assert blocks[0].text_content().strip() == 'a = 2\nprint(a, "<b>")\nprint()\nprint(a)'
    assert blocks[0].xpath(".//code/span")
    (output,) = blocks[0].xpath("following-sibling::pre[1]")
    assert (output.tag, output.get("class"), output.text_content()) == ("pre", "output", "2 <b>\n\n2")
    assert len(page.xpath("//pre[@class='output']")) == 1


@pytest.mark.parametrize("picture", ["<img src='a.png'>", "<svg></svg>", "<table><tr><td>1</td></tr></table>"])
def test_an_output_that_is_no_text_is_refused(picture):
    notebook = (
        "<div><div class='jp-Cell jp-CodeCell'><div class='highlight-ipynb'><pre>plot()</pre></div>"
        f"<div class='jp-OutputArea-output'>{picture}</div></div></div>"
    )

    with pytest.raises(LabError, match=r"the cell 'plot\(\)' shows a picture: draw it in the lab's figures.py"):
        as_page(notebook, str, Marker([], ""))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("<p>$a$ b</p>", r'<p><span class="arithmatex">\(a\)</span> b</p>'),
        ("<p>$$\na\n$$</p>", '<div class="arithmatex">\\[\na\n\\]</div>'),
        ("<p>a $$b$$ c</p>", '<p>a <div class="arithmatex">\\[b\\]</div> c</p>'),
        ("<code>$a$</code> $b$", r'<code>$a$</code> <span class="arithmatex">\(b\)</span>'),
        ("<pre>\n$a$\n</pre>", "<pre>\n$a$\n</pre>"),
        ("$5 and $6", "$5 and $6"),
        (r"\$5 and 6\$", r"\$5 and 6\$"),
    ],
)
def test_formulas_are_marked_as_in_a_page(text, result):
    assert marked(text) == result


def test_the_line_of_a_failure_is_found(tmp_path):
    from nbclient.exceptions import CellExecutionError

    path = tmp_path / "l.py"
    path.write_text(FAILING, encoding="utf-8")
    with pytest.raises(CellExecutionError) as error:
        nb2html(str(path), execute=True, allow_errors=False)

    assert where_it_failed(FAILING, str(error.value)) == FAILING.splitlines().index("b / 0") + 1


def test_a_failure_without_a_traceback_is_at_the_start_of_its_cell():
    failure = "An error:\n------------------\nb = 2\n\n\nb / 0\n------------------\n"

    assert where_it_failed(FAILING, failure) == FAILING.splitlines().index("b = 2") + 1


def test_a_failure_of_an_unknown_cell_is_at_the_first_line():
    assert where_it_failed(FAILING, "------------------\nno such cell\n------------------\n") == 1


def test_the_colours_of_a_traceback_do_not_matter():
    failure = "------------------\nb = 2\n\n\nb / 0\n------------------\nCell \x1b[32mIn[2], line 4\x1b[0m"
    plain = re.sub("\x1b.*?m", "", failure)

    assert where_it_failed(FAILING, failure) == where_it_failed(FAILING, plain) == 11
