"""Pictures with more than one state: a reader moves a slider, and the picture shows the state that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

ATTRIBUTE = "_mlmath_frames"


@contextmanager
def frame(figure: Figure, words: str, *, still: bool = False) -> Iterator[None]:
    """Draw one state of a figure: what is drawn inside ``with`` belongs to it, and what is outside to all states.

    The states follow each other in the order in which they are drawn.

    Args:
        figure: A figure that has its axes already.
        words: The state in a few words, as a reader who can't see the picture needs it, ``step 0.5: slope 2.5``.
        still: Whether it is part of the picture that stands still: in print, without scripts, and when the figure is
            saved. Several states may be; at least one must be.

    Raises:
        ValueError: If ``words`` is empty or an earlier state has the same ones, or if the state draws nothing.

    Examples:
        >>> import matplotlib.pyplot as plt
        >>> from mlmath.plots import frame, frame_words
        >>> fig, ax = plt.subplots()
        >>> for h in (2.0, 1.0):
        ...     with frame(fig, f"step {h}: slope {2 + h}", still=h == 1):
        ...         _ = ax.plot([1, 1 + h], [1, (1 + h) ** 2], color="C0")
        >>> frame_words(fig)
        ['step 2.0: slope 4.0', 'step 1.0: slope 3.0']

    Source: WCAG 2.2, success criterion 1.1.1, for the words; the names of groups are those that matplotlib writes into
    an SVG file for ``Artist.set_gid``.
    """
    from matplotlib.text import Annotation

    all_words = frame_words(figure)
    if not words or words in all_words:
        raise ValueError(f"words must say what is special about this state: {words!r} is empty or was used before")
    before = set(children(figure))
    yield
    drawn = [artist for artist in children(figure) if artist not in before]
    if not drawn:
        raise ValueError(f"the state {words!r} draws nothing: draw inside the with block, on axes that exist before it")
    name = f"frame-{len(all_words)}{'-still' if still else ''}"
    for artist in drawn:
        artist.set_gid(name)
        artist.set_visible(still)
        if isinstance(artist, Annotation) and artist.arrow_patch:  # drawn with its note, in a group of its own
            artist.arrow_patch.set_gid(name)
    setattr(figure, ATTRIBUTE, [*all_words, words])


def frame_words(figure: Figure) -> list[str]:
    """Return what each state of a figure says, in their order; an empty list for a picture that has none.

    Args:
        figure: Any figure.

    Examples:
        >>> from matplotlib.figure import Figure
        >>> from mlmath.plots import frame_words
        >>> frame_words(Figure())
        []

    Source: the states that ``frame`` drew.
    """
    words: list[str] = getattr(figure, ATTRIBUTE, [])
    return list(words)


def show_all_frames(figure: Figure) -> None:
    """Make the artists of all states visible at once, for a file format that can tell them apart by their names.

    Args:
        figure: Any figure.

    Examples:
        >>> import matplotlib.pyplot as plt
        >>> from mlmath.plots import frame, show_all_frames
        >>> fig, ax = plt.subplots()
        >>> with frame(fig, "one point"):
        ...     point = ax.plot(1, 1, "o")[0]
        >>> show_all_frames(fig)
        >>> point.get_visible()
        True

    Source: SVG 1.1, section 14.5 (a file holds all states; a style sheet picks one).
    """
    for artist in children(figure):
        if (artist.get_gid() or "").startswith("frame-"):
            artist.set_visible(True)


def children(figure: Figure) -> list[Artist]:
    """Return everything that stands on the axes of a figure."""
    return [artist for ax in figure.axes for artist in ax.get_children()]
