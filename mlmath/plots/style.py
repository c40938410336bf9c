"""The look of every figure: quiet axes, colours that everyone can tell apart.

The six line colours have the same order and hues in both schemes: blue,
vermilion, green, purple and orange from the palette of Okabe and Ito, and the
colour of the text. Lightness was adjusted until every line has a contrast of
at least 3:1 to its background, and no two lines look alike to readers with any
of the three kinds of colour blindness.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal, NamedTuple

from mlmath._arrays import check_choice
from mlmath.plots._axes import MISSING

# 3.9:1 on white and 4.1:1 on dark slate: one grey for both schemes.
MUTED = "#808080"


class Palette(NamedTuple):
    """The colours of one scheme."""

    text: str
    """Text, ticks and axes: at least 4.5:1 on the background."""
    lines: tuple[str, ...]
    """Lines in their order: at least 3:1 on the background."""


PALETTES = {
    "light": Palette(
        text="#24292f",  # on white
        lines=("#0068a8", "#b04a10", "#45a080", "#8c0063", "#b98215", "#24292f"),
    ),
    "dark": Palette(
        text="#e6e9ef",  # on dark slate, #1e2129
        lines=("#0290df", "#e2712f", "#6fd1aa", "#a95886", "#fcb01a", "#e6e9ef"),
    ),
}

# Settings that matplotlib has black by default, invisible on dark slate.
TEXT_COLOURED = (
    "text.color",
    "axes.edgecolor",
    "axes.labelcolor",
    "xtick.color",
    "ytick.color",
    "patch.edgecolor",
    "hatch.color",
    "boxplot.boxprops.color",
    "boxplot.whiskerprops.color",
    "boxplot.capprops.color",
    "boxplot.flierprops.color",
    "boxplot.flierprops.markeredgecolor",
)


def style(scheme: Literal["light", "dark"]) -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws for a light or a dark page.

    Draw *and save* inside it; whatever was configured before is ignored inside
    and comes back afterwards. The background is transparent, so that the page
    shows through. Helper lines (axes through zero, guides, level sets) take
    ``plt.rcParams["grid.color"]``, one grey that is visible in both schemes.
    Saved SVG files are the same, byte for byte, on every run if they carry no
    date: ``fig.savefig(path, metadata={"Date": None})``.

    Args:
        scheme: ``"light"`` for white pages or ``"dark"`` for dark slate ones.

    Raises:
        ValueError: If ``scheme`` is neither of the two.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> with style("dark"):
        ...     print(plt.rcParams["text.color"], plt.rcParams["grid.color"])
        #e6e9ef #808080

    Source: Okabe & Ito, *Color Universal Design* (2008), for the hues; WCAG 2.2,
    success criteria 1.4.3 and 1.4.11, for the contrasts.
    """
    check_choice(scheme, "scheme", tuple(PALETTES))
    try:
        from cycler import cycler
        from matplotlib.style import context
    except ModuleNotFoundError as error:
        raise ImportError(MISSING) from error
    text, lines = PALETTES[scheme]
    settings = {
        **dict.fromkeys(TEXT_COLOURED, text),
        "font.size": 11,
        "axes.titlesize": 12,
        "axes.labelsize": 11,
        "xtick.labelsize": 10,
        "ytick.labelsize": 10,
        "legend.fontsize": 10,
        "axes.prop_cycle": cycler(color=lines),
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": False,
        "grid.color": MUTED,
        "grid.linewidth": 0.6,
        "grid.alpha": 0.3,
        "lines.linewidth": 1.8,
        "legend.frameon": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "mlmath",
    }
    return context(settings, after_reset=True)
