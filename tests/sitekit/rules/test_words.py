"""Rules on words: each mistake is reported with its file, its line and a cure."""

import pytest

from tests.sitekit.rules.shared import only


@pytest.mark.parametrize("word", ["just", "Simply", "OBVIOUSLY", "clearly", "trivially", "of course"])
def test_a_word_that_hurts_is_reported(module, word):
    module.change("Models learn by it.", f"Models {word} learn.")

    wanted = f"{module.place('Models')}: the word “{word}” hurts where a reader is stuck. Leave it out."
    assert only(module.problems()) == wanted


def test_a_word_that_hurts_is_reported_in_feedback_too(module):
    module.change("feedback: Two is more.", "feedback: Two is obviously more.")

    assert only(module.problems()).startswith(f"{module.place('Two is obv')}: the word “obviously” hurts")


@pytest.mark.parametrize("text", ['"just"', "“simply put”", "`just`", "unjust", "adjust justly"])
def test_a_quoted_word_and_a_part_of_a_word_may_stay(module, text):
    module.change("Models learn by it.", f"Models learn {text}.")

    assert module.problems() == []
