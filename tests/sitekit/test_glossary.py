"""The glossary: what a term is, and how its first use on a page becomes a link with the definition."""

from typing import Any

import pytest
from lxml import html
from markdown import markdown

from sitekit.glossary import Marker, Term, arrange, marker_for, read_terms, terms_in

GLOSSARY = """---
description: Terms.
---

# Glossary

**gradient**
:   All *partial* derivatives, as a `list`.
    It points uphill. See [Partials](m.md#partials).

**gradient descent** (GD, steepest descent)
: Steps against the [gradient](#gradient).
  See [Descent](m.md#descent).

**Not a term**

Text.
"""
DEFINITION = "Steps against the gradient."


@pytest.fixture
def terms():
    return terms_in(GLOSSARY.splitlines())


def marked(terms, text):
    page = html.fromstring(f"<div>{text}</div>")
    Marker(terms, "../start/glossary.md").mark(page)
    return page


def uses(page):
    return [(link.text, link.get("href").partition("#")[2]) for link in page.xpath(".//a[@class='term']")]


def test_a_term_has_other_words_and_a_definition_of_plain_text(terms):
    assert terms == [
        Term(
            "gradient",
            (),
            "All *partial* derivatives, as a `list`. It points uphill. See [Partials](m.md#partials).",
            7,
        ),
        Term("gradient descent", ("GD", "steepest descent"), f"{terms[1].text}", 11),
    ]
    assert terms[0].definition == "All partial derivatives, as a list. It points uphill."
    assert terms[1].definition == DEFINITION
    assert terms[1].anchor == "gradient-descent"


def test_the_first_use_becomes_a_link_with_the_definition(terms):
    page = marked(terms, "<p>We use Gradient descent, and gradient\ndescent again.</p>")

    (link,) = page.xpath(".//a")
    assert dict(link.attrib) == {
        "class": "term",
        "href": "../start/glossary.md#gradient-descent",
        "title": DEFINITION,
    }
    assert page.text_content() == "We use Gradient descent, and gradient\ndescent again."


def test_the_links_stand_in_the_order_of_the_text_whatever_stands_between(terms):
    page = marked(terms, "<p>A gradient <em>or</em> its GD, <b>gradient</b>.</p><ul><li>gradient descent</li></ul>")

    assert uses(page) == [("gradient", "gradient"), ("GD", "gradient-descent")]
    assert html.tostring(page.xpath("./p")[0], encoding="unicode").replace("</a>", "").count("<a") == 2
    assert page.text_content() == "A gradient or its GD, gradient.gradient descent"


def test_two_terms_in_one_stretch_of_text_are_both_linked(terms):
    page = marked(terms, "<p>GD follows a gradient, a gradient.</p>")

    assert uses(page) == [("GD", "gradient-descent"), ("gradient", "gradient")]
    assert page.text_content() == "GD follows a gradient, a gradient."


@pytest.mark.parametrize("text", ["gradients", "GRADIENT", "the gradient's", "(gradient)", "gradient."])
def test_a_use_may_be_a_plural_and_have_capital_letters(terms, text):
    assert uses(marked(terms, f"<p>{text}</p>"))[0][1] == "gradient"


@pytest.mark.parametrize("text", ["gradiental", "pre-gradient", "gradient-free", "my_gradient", "gd2"])
def test_a_part_of_a_word_is_no_use(terms, text):
    assert uses(marked(terms, f"<p>{text}</p>")) == []


@pytest.mark.parametrize(
    "text",
    [
        "<h2>gradient</h2>",
        "<p><a href='x'>gradient</a></p>",
        "<p><code>gradient</code></p>",
        "<pre>gradient</pre>",
        "<p><span class='arithmatex'>\\text{gradient}</span></p>",
        "<p class='facts'>gradient</p>",
        "<fieldset class='quiz'>gradient</fieldset>",
        "<section class='exercise'>gradient</section>",
        "<p class='admonition-title'>gradient</p>",
        "<figure><figcaption>gradient</figcaption></figure>",
        "<!-- gradient -->",
        "<table><tr><th>gradient</th></tr></table>",
    ],
)
def test_headings_code_formulas_links_and_questions_stay_as_they_are(terms, text):
    assert uses(marked(terms, f"{text}<p>GD</p>")) == [("GD", "gradient-descent")]


def test_each_term_has_the_id_that_links_lead_to_and_its_place_in_the_alphabet(terms):
    text = GLOSSARY.partition("**Not")[0] + "**Argmin**\n: A place. See [x](x.md).\n"
    page: Any = html.fromstring(f"<div>{markdown(text, extensions=['def_list'])}</div>")
    arrange(page)

    assert [title.get("id") for title in page.iter("dt")] == ["argmin", *(term.anchor for term in terms)]
    assert [child.tag for child in page.xpath("./dl/*")] == ["dt", "dd"] * 3


@pytest.mark.parametrize("page", ["checks/calculus/m.md", "reference/calculus.md", "contributing/index.md"])
def test_pages_that_teach_nothing_are_not_marked(write, page):
    root = write({"docs/start/glossary.md": GLOSSARY})

    assert marker_for(root, page).terms == {}
    assert marker_for(root, "start/glossary.md").terms == {}


def test_the_way_to_the_glossary_depends_on_the_page(write):
    root = write({"docs/start/glossary.md": GLOSSARY})

    assert marker_for(root, "index.md").address == "start/glossary.md"
    assert marker_for(root, "calculus/m.md").address == "../start/glossary.md"
    assert set(marker_for(root, "calculus/m.md").terms) == {"gradient", "gradient descent", "gd", "steepest descent"}


def test_a_guide_without_a_glossary_has_no_terms(tmp_path):
    assert read_terms(tmp_path) == []
    assert uses(marked([], "<p>gradient</p>")) == []
