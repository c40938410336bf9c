"""The lab on the Ask box: its sections are those of the guide, its numbers come out of other libraries."""

from collections import Counter
from math import log
from typing import Any

import jupytext
import numpy as np
import pytest
from conftest import ROOT
from scipy import linalg, stats
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import roc_auc_score
from sklearn.metrics.pairwise import cosine_similarity
from statsmodels.stats.proportion import proportion_confint

from sitekit.pages import read_page
from snippets.labs.how_the_ask_box_works import figures

LAB = ROOT / "docs" / "labs" / "how_the_ask_box_works.py"


@pytest.fixture(scope="module")
def lab():
    """What the lab's cells leave behind."""
    names: dict[str, Any] = {}
    for cell in jupytext.read(LAB).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)  # noqa: S102  # our own lab
    return names


def sections_in(lab):
    """Page, title and text of each section of the lab."""
    page = ""
    for branch in ("LINEAR_ALGEBRA", "STATISTICS", "CALCULUS", "OPTIMIZATION"):
        for line in lab[branch].strip().split("\n"):
            if line.startswith("@"):
                page = line[1:]
            else:
                title, text = line.split(": ", 1)
                yield page, title, text


def test_each_section_of_the_lab_is_one_of_its_page(lab):
    for name, title, _ in sections_in(lab):
        headings = [heading.text for heading in read_page(ROOT, ROOT / "docs" / f"{name}.md").headings]
        assert title in headings, f"{name} has no section {title} any more: name the one that it became"


def test_no_question_of_the_lab_is_an_ask(lab):
    assert not set(lab["questions"]) & set(lab["asks"])


def scores_of_sklearn(lab, **options):
    """Cosines of scikit-learn's TF-IDF: questions and asks with all sections."""
    stop = sorted(lab["stop"])
    model = TfidfVectorizer(tokenizer=lab["words"], token_pattern=None, lowercase=False, stop_words=stop, **options)
    sections = model.fit_transform(lab["texts"])
    return model, sections, cosine_similarity(model.transform(lab["questions"] + lab["asks"]), sections)


def test_tf_idf_is_that_of_sklearn_without_its_added_one(lab):
    """sklearn adds 1 to each idf, and so keeps words that stand everywhere; here they get 0."""
    model, _, _ = scores_of_sklearn(lab, smooth_idf=False)
    model.idf_ = model.idf_ - 1
    rows = model.transform(lab["texts"])
    expected = cosine_similarity(model.transform(lab["questions"] + lab["asks"]), rows)

    found = lab["tf_idf"](lab["texts"])(lab["questions"] + lab["asks"])

    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_the_convention_of_sklearn_changes_no_conclusion(lab):
    _, _, scores = scores_of_sklearn(lab)
    for right, own, rows in (
        (lab["expected"], lab["best"][0], slice(0, 20)),
        (lab["meant"], lab["best"][1], slice(20, 100)),
    ):
        hits = np.sum(lab["places"](scores[rows], right) == 1)
        assert abs(hits - np.sum(own == 1)) <= 2


def test_counts_are_those_of_sklearn(lab):
    model = CountVectorizer(tokenizer=lab["words"], token_pattern=None, lowercase=False)
    counts = model.fit_transform(lab["texts"]).toarray()
    assert list(model.get_feature_names_out()) == list(lab["columns"])
    np.testing.assert_array_equal(counts, lab["counts"])


def test_bm25_is_the_sum_over_words_that_the_formula_says(lab):
    stop, texts = lab["stop"], lab["texts"]
    bags = [Counter(word for word in lab["words"](text) if word not in stop) for text in texts]
    mean = sum(sum(bag.values()) for bag in bags) / 40
    found = lab["bm25"](texts)(lab["questions"])
    for question, row in zip(lab["questions"], found, strict=True):
        for bag, score in zip(bags, row, strict=True):
            expected = 0.0
            for word in lab["words"](question):
                having = sum(word in other for other in bags)
                part = 1.2 * (0.25 + 0.75 * sum(bag.values()) / mean)
                idf = log(1 + (40 - having + 0.5) / (having + 0.5))
                expected += idf * bag[word] * 2.2 / (bag[word] + part) if word not in stop else 0
            assert score == pytest.approx(expected)


def test_lsa_ranks_like_truncated_svd(lab):
    model, _, _ = scores_of_sklearn(lab, smooth_idf=False)
    model.idf_ = model.idf_ - 1
    rows, asked = model.transform(lab["texts"]), model.transform(lab["questions"])
    for k in (5, 10, 20):
        reduced = TruncatedSVD(k, algorithm="arpack", random_state=0).fit(rows)
        vectors = linalg.svd(rows.toarray(), full_matrices=False)[2][:k]
        np.testing.assert_allclose(reduced.components_.T @ reduced.components_, vectors.T @ vectors, atol=1e-9)
        expected = cosine_similarity(reduced.transform(asked), reduced.transform(rows))
        np.testing.assert_allclose(lab["lsa"](k)(lab["questions"]), expected, atol=1e-8)


def test_intervals_coins_and_areas_are_those_of_other_libraries(lab):
    hits = int(np.sum(lab["best"][0] == 1))
    assert lab["proportion_interval"](hits, 20) == pytest.approx(proportion_confint(hits, 20, method="wilson"))
    assert 2 * lab["Binomial"](9, 0.5).cdf(1) == pytest.approx(stats.binomtest(1, 9).pvalue)
    inside = [1] * 20 + [0] * 16
    for name, area in lab["area"].items():
        assert area == pytest.approx(roc_auc_score(inside, lab["signs"](lab["questions"] + lab["outside"])[name]))


def test_the_figures_show_what_the_lab_measures(lab):
    for shown, asked, right in (
        (figures.MINE, lab["questions"], lab["expected"]),
        (figures.ASKS, lab["asks"], lab["meant"]),
    ):
        measured = [np.mean(1 / lab["places"](method(asked), right)) for method in lab["every"]]
        np.testing.assert_allclose([float(number) for number in shown.split()], measured, atol=0.00051)
    for points, asked in ((figures.INSIDE, lab["questions"]), (figures.OUTSIDE, lab["outside"])):
        signs = lab["signs"](asked)
        measured_points = np.column_stack([signs["best cosine"], signs["words covered"]])
        np.testing.assert_allclose(points, measured_points, atol=0.00051)
