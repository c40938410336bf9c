"""The built site as its readers get it: the checks of built pages find nothing in it."""

from conftest import ROOT

from sitekit.built import problems_of


def test_no_page_of_the_built_site_has_a_problem(site):
    assert [problem.show(ROOT) for problem in problems_of(site, ROOT)] == []
