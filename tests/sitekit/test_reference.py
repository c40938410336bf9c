"""The reference: which examples are run, and what is said of one that shows something else."""

from pathlib import Path

import pytest

from sitekit.errors import SiteError
from sitekit.reference import ROOT, Examples, examples, run_examples

MODULE = ROOT / "mlmath" / "calculus" / "numerical.py"


def test_every_public_name_of_a_topic_has_examples_that_run():
    import mlmath.optim

    found = list(examples("mlmath.optim"))

    assert {example.name.partition(".")[0] for example in found} >= set(mlmath.optim.__all__)
    assert all(example.blocks for example in found if "." not in example.name)
    for example in found:
        run_examples(example)


def test_a_function_in_a_file_of_its_own_name_is_found_in_that_file():
    found = next(example for example in examples("mlmath.optim") if example.name == "gauss_newton")

    assert found.path == ROOT / "mlmath" / "optim" / "gauss_newton.py"
    assert 'r"""Minimize' in found.path.read_text(encoding="utf-8").splitlines()[found.line - 1]


def test_later_blocks_see_the_names_of_earlier_ones_and_of_the_module():
    run_examples(Examples("f", MODULE, 1, [">>> a = 1 + CENTRAL_STEP", ">>> a > 1\nTrue"]))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (">>> 1 + 1\n3", "numerical.py:7: the example of f does not print what it shows"),
        (">>> 1 / 0\n3", "ZeroDivisionError"),
    ],
)
def test_an_example_that_shows_something_else_is_told_with_its_place(block, message):
    with pytest.raises(SiteError) as caught:
        run_examples(Examples("f", MODULE, 7, [block]))

    assert message in caught.value.problems[0].show(Path(ROOT))
