"""What every page passes: links to checks, figures in two schemes, parts of a concept, typeset formulas."""

import markdown
import pytest
from lxml import html

from sitekit import markdown_extension
from sitekit.typeset import TexError

PART_TITLE = ["The", "20%", "You", "Need", "to", "Know"]
SVG = '<svg viewBox="0 0 {} 72" xmlns="http://www.w3.org/2000/svg"></svg>'
GLOSSARY = "docs/start/glossary.md"
TERMS = "# Glossary\n\n**slope** (incline)\n: Rise over run. See [Slopes](x.md).\n"
STATES = """<g id="at-0"><desc>step 1</desc></g>
 <g id="at-1"><desc>step &lt; 2</desc></g>
 <g id="frame-0"></g><g id="frame-1-still"></g>"""


@pytest.fixture
def convert(write, monkeypatch):
    """A function that converts the text of docs/calculus/m.md in a repository with two figures and a glossary."""
    folder = "docs/assets/figures/calculus/m"
    with_states = SVG.format(144).replace("></svg>", f">{STATES}</svg>")
    line, walk = SVG.format(144), with_states
    pictures = {"line": line, "line.dark": line, "Walk_2": walk, "Walk_2.dark": walk}
    root = write({f"{folder}/{name}.svg": text for name, text in pictures.items()} | {GLOSSARY: TERMS})
    monkeypatch.setattr(markdown_extension, "ROOT", root)

    def convert_it(text, page="calculus/m.md"):
        monkeypatch.setattr(markdown_extension, "current_page", page)
        extensions = ["def_list", "tables", "toc", "pymdownx.arithmatex", "sitekit.markdown_extension"]
        configuration = {"pymdownx.arithmatex": {"generic": True}}
        page_html = markdown.markdown(text, extensions=extensions, extension_configs=configuration)
        return html.fromstring(f"<div>{page_html}</div>")

    return convert_it


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("calculus/m.md", "../checks/calculus/m.md#it_is"),
        ("index.md", "checks/index.md#it_is"),
        ("a/b/c.md", "../../checks/a/b/c.md#it_is"),
    ],
)
def test_a_check_link_leads_to_the_page_of_checks(convert, page, href):
    (link,) = convert("It is. [checked](check:it_is)", page).xpath("//a")

    assert (link.get("href"), link.get("class"), link.text) == (href, "check", "checked")


def test_other_links_stay_as_they_are(convert):
    (link,) = convert("[there](../start/x.md#check:a)").xpath("//a")

    assert (link.get("href"), link.get("class")) == ("../start/x.md#check:a", None)


def test_a_figure_is_shown_in_both_schemes_with_its_size_and_its_code(convert):
    page = convert("![What one sees.](../assets/figures/calculus/m/line.svg)\n\nText.")

    (figure,) = page.xpath("./figure[@class='drawn']")
    assert [dict(image.attrib) for image in figure.xpath("./img")] == [
        {
            "class": f"only-{scheme}",
            "src": f"../assets/figures/calculus/m/line{end}.svg",
            "alt": "What one sees.",
            "loading": "lazy",
            "width": "192",
            "height": "96",
        }
        for scheme, end in (("light", ""), ("dark", ".dark"))
    ]
    (link,) = figure.xpath("./figcaption/a")
    assert (link.get("href"), link.text) == ("../checks/calculus/m.md#line", "Code of this figure")
    assert page.xpath("./p")[0].text == "Text."
    assert figure.xpath(".//details") == []


def test_a_figure_with_states_has_a_slider_that_starts_at_the_still_and_a_list_of_all(convert):
    text = '![What one sees.](../assets/figures/calculus/m/Walk_2.svg "Size of the step")'
    (figure,) = convert(text).xpath("//figure")

    (slider,) = figure.xpath("./div[@data-feature='explore']/label/input[@type='range'][@data-do='show']")
    assert slider.getparent().text == "Size of the step "
    assert [slider.get(name) for name in ("min", "max", "value", "aria-valuetext")] == ["0", "1", "1", "step < 2"]
    assert figure.xpath("./div/output/text()") == ["step < 2"]
    assert figure.xpath("./details/summary/text()") == ["All 2 positions in words"]
    assert figure.xpath("./details/ol/li/text()") == ["step 1", "step < 2"]
    assert figure.xpath("./img/@title") == []


def test_a_figure_in_a_list_is_expanded_too(convert):
    page = convert("- item\n\n    ![What.](../assets/figures/calculus/m/line.svg)\n")

    assert page.xpath("//li/figure")


@pytest.mark.parametrize(
    "text",
    [
        "Before ![What.](../assets/figures/calculus/m/line.svg)",
        "![What.](../assets/figures/calculus/m/line.svg) after",
        "![What.](../assets/logo.svg)",
        "![What.](../assets/figures/calculus/m/line.png)",
    ],
)
def test_another_picture_stays_a_picture(convert, text):
    page = convert(text)

    assert page.xpath("//figure") == []
    assert len(page.xpath("//img")) == 1


def test_each_part_of_a_concept_is_a_section(convert):
    page = convert(
        "# T\n\n### A\n\na\n\n#### The 20% You Need to Know\n\nb\n\nc\n\n#### By hand\n\nd\n\n"
        "#### Other\n\ne\n\n#### Simple Takeaway\n\nf\n\n## G\n\ng\n"
    )

    sections = page.xpath("./section")
    assert [section.get("class") for section in sections] == ["part key", "part by-hand", "part takeaway"]
    assert [[child.text for child in section] for section in sections] == [
        ["The 20% You Need to Know", "b", "c"],
        ["By hand", "d"],
        ["Simple Takeaway", "f"],
    ]
    assert [child.text for child in page if child.tag != "section"] == ["T", "A", "a", "Other", "e", "G", "g"]
    assert "".join(page.itertext()).split() == [
        "T",
        "A",
        "a",
        *PART_TITLE,
        "b",
        "c",
        "By",
        "hand",
        "d",
        "Other",
        "e",
        "Simple",
        "Takeaway",
        "f",
        "G",
        "g",
    ]


def test_a_part_is_a_heading_of_the_fourth_level(convert):
    assert convert("### By hand\n\na\n").xpath("//section") == []


def test_formulas_are_typeset_in_place(convert):
    page = convert("Let $x$ be.\n\n$$\ny\n$$\n")

    assert len(page.xpath("./p/span[@class='katex']//math")) == 1
    assert len(page.xpath("//span[@class='katex-display']//math[@display='block']")) == 1
    assert "arithmatex" not in html.tostring(page, encoding="unicode")


def test_a_formula_that_cannot_be_typeset_stops_the_build(convert):
    with pytest.raises(TexError, match="frac1"):
        convert("$\\frac1$")


def test_the_current_page_is_what_the_adapter_says(monkeypatch):
    monkeypatch.setattr(markdown_extension, "current_page", "")

    markdown_extension.set_current_page("a/b.md")

    assert markdown_extension.current_page == "a/b.md"


def test_a_table_comes_in_a_frame_that_scrolls(convert):
    """The theme's script would add it after the first paint, and everything below would jump."""
    page = convert("| a |\n| - |\n| 1 |\n\nAfter.")

    frame, after = page
    assert frame.get("class") == "md-typeset__scrollwrap"
    assert frame.xpath("./div[@class='md-typeset__table']/table//td/text()") == ["1"]
    assert after.text == "After."


def test_the_empty_corner_of_a_table_is_no_heading(convert):
    (table,) = convert("|  | a |\n| - | - |\n| b | 1 |\n").xpath("//table")

    assert [(cell.tag, cell.text) for cell in table.xpath("./thead/tr/*")] == [("td", None), ("th", "a")]


def test_the_first_use_of_a_term_is_linked_in_text_alone(convert):
    page = convert("# A slope\n\nThe `slope`, $slope$, [slope](x.md) and *one incline*: a slope.\n\n| slope |\n| - |\n")

    (link,) = page.xpath("//a[@class='term']")
    assert (link.getparent().tag, link.text, link.tail) == ("em", "incline", None)
    assert dict(link.attrib) == {"class": "term", "href": "../start/glossary.md#slope", "title": "Rise over run."}
    assert page.xpath("./p")[0].text_content().endswith("one incline: a slope.")


def test_on_the_page_of_the_glossary_terms_have_ids_and_no_hints(convert):
    page = convert(TERMS, "start/glossary.md")

    assert page.xpath("//dt/@id") == ["slope"]
    assert page.xpath("//a[@class='term']") == []


def test_a_plan_is_written_where_a_page_asks_for_it(convert, monkeypatch):
    monkeypatch.setattr("sitekit.plan.units", lambda _: [])
    monkeypatch.setattr("sitekit.plan.plan", lambda _, name, parts: [f"The plan of {name} has {len(parts)} parts."])

    page = convert("Before.\n\n[plan: 4 weeks]\n")

    assert [paragraph.text for paragraph in page.xpath("./p")] == ["Before.", "The plan of calculus/m has 0 parts."]
