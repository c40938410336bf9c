"""The built site as a whole: it shows nothing that did not run and nothing from elsewhere."""

import importlib
import pkgutil
import posixpath
import re

import pytest
from conftest import ROOT
from lxml import html

import mlmath
from sitekit.rendered import count_python, differences
from sitekit.rules.structure import PARTS


def pages_of(site):
    return {path.relative_to(site).as_posix(): html.fromstring(path.read_bytes()) for path in site.rglob("*.html")}


@pytest.fixture(scope="session")
def pages(site):
    return pages_of(site)


def test_every_shown_code_block_was_executed_and_every_executed_one_is_shown(site, executed, record_property):
    found = differences(site, executed)

    record_property("measured", f"{count_python(site)} code blocks shown, {len(executed)} executed")
    assert found == []
    assert count_python(site) > 50


def test_every_figure_has_a_light_and_a_dark_picture_with_text_and_size(pages, site):
    count = 0
    for name, page in pages.items():
        for figure in page.xpath("//figure[@class='drawn']"):
            still = figure.xpath("./img")
            light, dark = still
            sources = [posixpath.normpath(posixpath.join(posixpath.dirname(name), image.get("src"))) for image in still]
            assert light.get("class") == "only-light"
            assert dark.get("class") == "only-dark"
            assert all((site / source).is_file() for source in sources)
            assert sources[1] == sources[0].replace(".svg", ".dark.svg")
            assert all(len(image.get("alt")) > 40 and int(image.get("width")) > 100 for image in still)
            count += 1
    assert count > 5


def test_every_key_bullet_of_a_module_links_to_its_check(pages):
    for page in pages.values():
        for heading in page.xpath(f"//h4[starts-with(normalize-space(.), '{PARTS[0]}')]"):
            bullets = heading.xpath("./following-sibling::ul[1]/li")
            assert 3 <= len(bullets) <= 5
            assert all(bullet.xpath(".//a[@class='check']") for bullet in bullets)


def test_mathematics_is_typeset_and_no_math_script_reaches_the_reader(pages):
    module = pages["calculus/calculus_for_ml/index.html"]
    lab = pages["labs/linear_regression_three_ways/index.html"]
    for page in (module, lab):
        assert len(page.xpath("//*[local-name()='math']")) > 50
        assert page.xpath("//*[contains(@class, 'arithmatex')]") == []
    scripts = {script.get("src") or "" for page in pages.values() for script in page.xpath("//script")}
    assert not [script for script in scripts if re.search("mathjax|katex", script, re.IGNORECASE)]


def test_the_search_index_has_other_names_of_a_topic_and_leaves_out_the_pages_behind_the_pages(site):
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")

    assert "steepest descent" in index
    assert '"location":"calculus/' in index
    assert '"location":"checks/' not in index
    assert "mathcal" not in index


TOPICS = [module.name for module in pkgutil.iter_modules(mlmath.__path__, "mlmath.") if "._" not in module.name]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_reference_has_every_public_name_of_the_library(pages, topic):
    reference = [page for name, page in pages.items() if name.startswith("reference/")]
    anchors = {anchor for page in reference for anchor in page.xpath("//*/@id")}

    for name in importlib.import_module(topic).__all__:
        if callable(getattr(importlib.import_module(topic), name)):
            assert f"{topic}.{name}" in anchors


def test_the_code_that_the_reference_shows_is_the_code_that_runs(pages):
    count = 0
    for page in pages.values():
        for details in page.xpath("//details[@class='library-source']"):
            file = ROOT / details.xpath("./summary/code/text()")[0]
            lines = {line.strip() for line in file.read_text(encoding="utf-8").splitlines()}
            shown = details.xpath(".//pre/code")[0].text_content().splitlines()
            assert [line for line in shown if line.strip() not in lines] == []
            count += 1
    assert count > 10


def test_a_function_and_the_lessons_that_use_it_link_to_each_other(pages):
    calculus = pages["reference/calculus/index.html"]
    lesson = pages["calculus/calculus_for_ml/index.html"]

    assert lesson.xpath("//p[contains(@class, 'facts')]//a[contains(@href, '#mlmath.calculus.numerical_gradient')]")
    assert "../../calculus/calculus_for_ml/" in calculus.xpath("//p[starts-with(., 'Used in:')]/a/@href")
    optimization = pages["reference/optimization/index.html"]
    used_in = optimization.xpath("//p[starts-with(., 'Used in:')]/a/@href")
    assert "../../labs/linear_regression_three_ways/" in used_in
