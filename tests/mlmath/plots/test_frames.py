"""States of a picture: each knows its artists and its words, and a plain picture shows those that stand still."""

import io

import pytest
from matplotlib.figure import Figure

from mlmath.plots import frame, frame_words, show_all_frames


@pytest.fixture
def axes():
    fig = Figure()
    ax = fig.add_subplot()
    ax.plot([0, 1], [0, 1])
    for number in range(3):
        with frame(fig, f"state {number}", still=number > 0):
            ax.plot(number, number, "o")
            ax.text(number, number, "here")
    return ax


def test_the_words_come_in_the_order_of_the_states(axes):
    assert frame_words(axes.figure) == ["state 0", "state 1", "state 2"]


def test_the_artists_of_a_state_carry_its_number_and_the_others_nothing(axes):
    assert [line.get_gid() for line in axes.lines] == [None, "frame-0", "frame-1-still", "frame-2-still"]
    assert [text.get_gid() for text in axes.texts] == ["frame-0", "frame-1-still", "frame-2-still"]


def test_a_saved_picture_shows_the_states_that_stand_still_until_all_are_asked_for(axes):
    assert [line.get_visible() for line in axes.lines] == [True, False, True, True]
    axes.lines[0].set_visible(False)

    show_all_frames(axes.figure)

    assert [line.get_visible() for line in axes.lines] == [False, True, True, True]


def test_a_figure_without_states_has_no_words():
    assert frame_words(Figure()) == []


@pytest.mark.parametrize("words", ["", "state 1"])
def test_words_that_tell_no_state_from_another_are_refused(axes, words):
    with pytest.raises(ValueError, match="words must say what is special about this state"), frame(axes.figure, words):
        pass


def test_a_state_that_draws_nothing_is_refused(axes):
    with pytest.raises(ValueError, match="the state 'empty' draws nothing"), frame(axes.figure, "empty"):
        pass


def test_the_arrow_of_a_note_belongs_to_its_state_like_the_words():
    fig = Figure()
    ax = fig.add_subplot()
    with frame(fig, "an arrow"):
        ax.annotate("here", (0, 0), (1, 1), arrowprops={"arrowstyle": "->"})

    assert groups(fig) == 0
    show_all_frames(fig)
    assert groups(fig) == 2  # the words and the arrow


def groups(figure):
    """How many groups of the first state a drawing of the figure has."""
    file = io.BytesIO()
    figure.savefig(file, format="svg")
    return file.getvalue().count(b'<g id="frame-0">')
