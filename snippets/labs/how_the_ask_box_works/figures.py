"""Figures of docs/labs/how_the_ask_box_works.py: one function, one picture.

The numbers are those that the lab measures; tests/test_ask_lab.py compares them.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mlmath.plots import frame

# Mean reciprocal rank of LSA with 1, 2, ..., 40 directions: the twenty questions, and the asks.
MINE = """
0.025 0.239 0.246 0.253 0.203 0.274 0.246 0.239 0.312 0.345
0.411 0.397 0.364 0.364 0.359 0.321 0.312 0.315 0.311 0.325
0.302 0.306 0.328 0.337 0.34 0.349 0.353 0.342 0.35 0.354
0.359 0.364 0.367 0.365 0.399 0.364 0.362 0.365 0.393 0.383
"""
ASKS = """
0.025 0.247 0.391 0.492 0.54 0.6 0.612 0.657 0.61 0.633
0.654 0.689 0.707 0.697 0.699 0.693 0.702 0.701 0.71 0.716
0.716 0.716 0.714 0.733 0.733 0.738 0.738 0.741 0.741 0.74
0.753 0.741 0.734 0.744 0.745 0.744 0.743 0.745 0.745 0.736
"""

# Best cosine, and share of the words that are covered: the twenty questions, and those about other things.
INSIDE = (
    (0.186, 0.5),
    (0.25, 1.0),
    (0.202, 0.75),
    (0.195, 0.667),
    (0.23, 0.429),
    (0.299, 0.5),
    (0.217, 1.0),
    (0.205, 0.75),
    (0.172, 0.714),
    (0.186, 0.833),
    (0.0, 0.0),
    (0.204, 0.6),
    (0.15, 0.75),
    (0.21, 1.0),
    (0.416, 0.333),
    (0.126, 0.2),
    (0.265, 1.0),
    (0.267, 1.0),
    (0.242, 1.0),
    (0.304, 0.5),
)
OUTSIDE = (
    (0.0, 0.0),
    (0.0, 0.0),
    (0.0, 0.0),
    (0.23, 0.5),
    (0.0, 0.0),
    (0.141, 0.5),
    (0.0, 0.0),
    (0.145, 0.333),
    (0.0, 0.0),
    (0.0, 0.0),
    (0.146, 0.667),
    (0.207, 0.25),
    (0.158, 0.4),
    (0.223, 0.5),
    (0.13, 0.5),
    (0.222, 0.333),
)


def by_number_of_directions() -> Figure:
    """Mean reciprocal rank against the number of directions: both curves rise and end where TF-IDF is."""
    fig, ax = plt.subplots(figsize=(5.4, 3.8), layout="constrained")
    for text, color, style, name in ((ASKS, "C0", "-", "the 80 asks"), (MINE, "C1", "--", "my 20 questions")):
        values = [float(number) for number in text.split()]
        ax.axhline(values[-1], color=color, linewidth=0.8, linestyle=":")
        ax.plot(range(1, 41), values, style, color=color, linewidth=2)
        ax.text(40, values[-1] + 0.02, name, color=color, ha="right", va="bottom")
    ax.set(xlim=(0, 41), ylim=(0, 0.9), xlabel="directions kept", ylabel="mean reciprocal rank")
    return fig


def covered_or_not() -> Figure:
    """Cosine and covered words of all questions, and a line that moves up: below it questions are refused."""
    fig, ax = plt.subplots(figsize=(5.4, 4.4), layout="constrained")
    ax.plot(*zip(*INSIDE, strict=True), "o", color="C0", markersize=7, alpha=0.8)
    ax.plot(*zip(*OUTSIDE, strict=True), "x", color="C1", markersize=8, markeredgewidth=2)
    ax.text(0.33, 1.04, "dots: my 20 questions", color="C0", ha="right", va="bottom")
    ax.text(0.33, 1.13, "crosses: 16 about other things", color="C1", ha="right", va="bottom")
    levels = {0.01: 0.1, 0.3: 0.29, 0.5: 0.465, 0.6: 0.565, 0.75: 0.735, 1.0: 0.97}  # the line runs between the points
    ax.text(0.012, 0, "1 dot, 7 crosses", va="center")
    for least, level in levels.items():
        refused = sum(share < least for _, share in INSIDE)
        answered = sum(share >= least for _, share in OUTSIDE)
        words = f"at least {least:.0%} covered: {refused} of 20 refused, {answered} of 16 answered"
        with frame(fig, words, still=least == 0.5):
            ax.axhline(level, color=plt.rcParams["text.color"], linewidth=1.2)
            ax.text(0.445, level - 0.015, "refused", ha="right", va="top")
    ax.set(xlim=(-0.02, 0.45), ylim=(-0.08, 1.22), xlabel="best cosine", ylabel="share of words covered")
    return fig
