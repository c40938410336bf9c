"""Rules on claims: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only

CHECKS = "snippets/calculus/m/checks.py"


def test_an_unknown_check_is_reported_at_the_line_of_its_link(module):
    module.change("(check:one)", "(check:uno)")

    problems = module.problems()

    cure = 'Write it, or correct the name after "check:".'
    assert f"{module.place('check:uno')}: no function uno without parameters in {CHECKS}. {cure}" in problems
    assert any(
        p.startswith(f"{module.place('def one', CHECKS)}: no bullet of the page names the check one") for p in problems
    )


@pytest.mark.parametrize("arguments", ["a", "*a", "**a", "*, a=1", "a, /"])
def test_a_function_with_parameters_is_a_helper_and_no_check(module, arguments):
    module.change("def one():", f"def one({arguments}):", CHECKS)

    assert "no function one without parameters" in only(module.problems())


def test_a_check_that_is_named_twice_is_reported_the_second_time(module):
    module.change("Models learn by it.", "Models learn by it. [checked](check:one)")

    assert only(module.problems()).startswith(f"{module.place('Models learn')}: the check one is named twice.")


@pytest.mark.parametrize("body", ["pass", "assert True", "assert 1", 'assert "text"', "print(ONE)", "ONE == 1"])
def test_a_check_that_cannot_fail_is_reported(module, body):
    module.change("assert ONE == 1", body, CHECKS)

    assert only(module.problems()).startswith(f"{module.place('def one', CHECKS)}: the check one asserts nothing.")


@pytest.mark.parametrize(
    "body",
    [
        "np.testing.assert_allclose(ONE, 1)",
        "assert_array_equal(ONE, 1)",
        "with raises(ValueError):\n        float('x')",
    ],
)
def test_a_check_may_assert_with_a_function(module, body):
    module.change("assert ONE == 1", body, CHECKS)

    assert module.problems() == []


def test_a_check_that_is_defined_twice_is_reported(module):
    module.write(CHECKS, module.read(CHECKS) + "\n\ndef one():\n    assert ONE == 2\n")
    line = len(module.read(CHECKS).splitlines()) - 1

    assert only(module.problems()) == f"{CHECKS}:{line}: one is defined twice. Rename one of them."
