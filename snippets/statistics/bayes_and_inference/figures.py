"""Figures of docs/statistics/bayes_and_inference.md: one function, one picture."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def first_figure() -> Figure:
    """TODO Draw what the text needs. Here: the double of a number grows by two at each step."""
    fig, ax = plt.subplots(figsize=(5.2, 3.2), layout="constrained")
    x = [0, 1, 2, 3]
    ax.plot(x, [2 * value for value in x], "o-", color="C0")
    ax.set(xlabel="$x$", ylabel="$2x$", xticks=x)
    return fig
