"""Rules on figures: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

FIGURES = "snippets/calculus/m/figures.py"


def test_an_unknown_figure_is_reported_at_its_line(module):
    module.change("m/line.svg", "m/lime.svg")

    problems = module.problems()

    assert any(
        p.startswith(f"{module.place('lime')}: no function lime without parameters in {FIGURES}.") for p in problems
    )
    assert any(
        p.startswith(f"{module.place('def line', FIGURES)}: the page does not show the figure line") for p in problems
    )


def test_a_figure_of_a_module_without_figures_is_reported(module):
    module.change("calculus/m/line.svg", "calculus/n/line.svg")

    assert any("no function line without parameters in snippets/calculus/n/figures.py" in p for p in module.problems())


@pytest.mark.parametrize("beside", ["Look: ![", "text above\n!["])
def test_a_picture_that_does_not_stand_alone_is_reported(module, beside):
    module.change("![A straight", f"{beside}A straight")

    assert only(module.problems()).startswith(f"{module.place('![A straight')}: the picture does not stand alone")


@pytest.mark.parametrize(
    "bullet",
    [
        "- One is\n  $1$. [checked](check:one)",
        "- One is $1$. [tested](check:one)",
        "- One [checked](check:one) is $1$.",
    ],
)
def test_a_key_bullet_is_one_line_that_ends_with_its_check(module, bullet):
    module.change("- One is $1$. [checked](check:one)", bullet)

    assert any("this key bullet has no check. Write it on one line" in problem for problem in module.problems())


def test_a_short_alt_text_is_reported(module):
    module.change("A straight line that climbs from the lower left to the upper right corner.", "A line.")

    assert only(module.problems()).startswith(f"{module.place('![A line.')}: the alt text 'A line.' is shorter than a")


@pytest.mark.parametrize(("length", "right"), [(39, False), (40, True)])
def test_forty_letters_are_enough_of_an_alt_text(module, length, right):
    module.change("A straight line that climbs from the lower left to the upper right corner.", "x" * length)

    assert (module.problems() == []) is right


@pytest.mark.parametrize("up", ["", "../../"])
def test_a_wrong_path_of_a_picture_is_reported(module, up):
    module.change("](../assets", f"]({up}assets")

    cure = "Start it with ../assets/."
    assert only(module.problems()) == f"{module.place('line.svg')}: the path of the picture is wrong. {cure}"


def test_a_picture_that_is_no_figure_needs_an_alt_text_too(module):
    module.change("Ask.\n", "Ask.\n\n![](../assets/logo.svg)\n")
    module.write("docs/assets/logo.svg", "<svg/>\n")

    assert only(module.problems()).startswith(f"{module.place('logo')}: the alt text '' is shorter than a sentence.")
