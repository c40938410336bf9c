"""``sitekit zensical``: what it finds between two sites."""

import pytest

from sitekit.zensical import articles, differences, report

PAGE = "<html><body><nav><a href='x'>menu</a></nav><article>{}</article></body></html>"
ALIKE = "<h1 id='a'>Slopes <a class='headerlink' href='#a'>¶</a></h1><p>A slope  climbs.</p>"


@pytest.fixture
def compared(tmp_path):
    """The differences between two sites, each given as a dictionary of articles."""

    def compare(ours, theirs):
        for name, pages in (("ours", ours), ("theirs", theirs)):
            for page, article in pages.items():
                path = tmp_path / name / page / "index.html"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(PAGE.format(article), encoding="utf-8")
        return differences(articles(tmp_path / "ours"), articles(tmp_path / "theirs"))

    return compare


def test_white_space_and_ways_to_write_a_link_are_no_differences(compared):
    ours = ALIKE + "<a href='#a'>up</a>"
    theirs = ALIKE.replace("slope  climbs", "slope\nclimbs") + "<a href='./#a'>up</a>"

    found = compared({"m": ours}, {"m": theirs})

    assert found == {}
    assert report(found) == "Nothing differs."


def test_a_page_that_one_of_them_lacks_is_named(compared):
    found = compared({"m": ALIKE, "lab": ALIKE}, {"m": ALIKE, "extra": ALIKE})

    assert found == {"pages only MkDocs makes": [("lab", "")], "pages only Zensical makes": [("extra", "")]}


@pytest.mark.parametrize(
    ("kind", "element", "named"),
    [
        ("headings", "<h2>Next</h2>", "Next"),
        ("paragraphs", "<ul><li>An item</li></ul>", "An item"),
        ("links", "<a href='../n/'>n</a>", "https://site/n/"),
        ("pictures", "<img src='a.svg'>", "https://site/m/a.svg"),
        ("code blocks", "<pre><code>x = 1</code></pre>", "x = 1"),
        ("formulas", "<math><annotation>x^2</annotation></math>", "x^2"),
    ],
)
def test_each_kind_of_thing_that_is_missing_or_extra_is_found(compared, kind, element, named):
    twice = compared({"m": ALIKE + element + element}, {"m": ALIKE + element})

    assert twice == {f"{kind} only with MkDocs": [("m", named)]}


def test_the_report_has_one_line_for_each_page(compared):
    found = compared({"m": ALIKE, "n": ALIKE}, {"m": ALIKE + "<pre>1</pre><pre>2</pre>", "n": ALIKE + "<pre>3</pre>"})

    assert report(found).strip() == "3 code blocks only with Zensical\n    m (2): 1\n    n (1): 3"
