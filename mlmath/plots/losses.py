"""Loss curves: how training went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_vector, check_choice
from mlmath.plots._axes import DASHES, MARKERS, axes_or_new, color, label_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_loss_curves(
    curves: Mapping[str, ArrayLike], *, scale: Literal["linear", "log"] = "linear", ax: Axes | None = None
) -> Axes:
    """Draw the loss against the step, one line per name, with a legend.

    The lines differ in colour, in dashes and in the marker at their last step.
    On a logarithmic scale a straight line means that each step multiplies the
    loss by the same factor.

    Args:
        curves: The name of each curve and its losses, shape ``(steps + 1,)``,
            the first one before any step; for example ``path.losses``. The
            lengths may differ. Names are matplotlib texts: ``$...$`` is set as mathematics.
        scale: ``"linear"`` or ``"log"`` for the losses; the latter needs positive ones.
        ax: Where to draw; by default a new figure, which is ``ax.figure`` of the
            result and unknown to pyplot.

    Returns:
        The axes, with one line per curve in the order of ``curves``.

    Raises:
        ValueError: If there is no curve, a curve is not a finite vector, a loss
            is not positive on a log scale, or ``scale`` is unknown.
        TypeError: If ``curves`` is not a mapping, a name is not text, or ``ax`` is not one Axes.
        ImportError: If matplotlib is missing: ``pip install mlmath[plots]``.

    Example:
        >>> ax = plot_loss_curves({"small steps": [9.0, 4.0, 2.0], "large steps": [9.0, 1.0, 0.5]}, scale="log")
        >>> ax.get_yscale(), [text.get_text() for text in ax.get_legend().get_texts()]
        ('log', ['small steps', 'large steps'])

    Source: Goodfellow, Bengio & Courville, *Deep Learning*, chapter 8.
    """
    check_choice(scale, "scale", ("linear", "log"))
    if not isinstance(curves, Mapping):
        raise TypeError(f"curves must map names to losses, got {type(curves).__name__}: try {{'loss': losses}}")
    if not curves:
        raise ValueError("curves must hold at least one curve, got none")
    checked = {}
    for name, losses in curves.items():
        if not isinstance(name, str):
            raise TypeError(f"the names of curves must be texts, got {name!r}")
        checked[name] = as_vector(losses, f"curves[{name!r}]")
        if scale == "log" and not (checked[name] > 0).all():
            k = int(np.argmin(checked[name] > 0))
            raise ValueError(
                f"a log scale needs positive losses, got {checked[name][k]} at curves[{name!r}][{k}]: "
                "try scale='linear', or stop the curve before"
            )
    ax = axes_or_new(ax)
    for number, losses in enumerate(checked.values()):
        ax.plot(
            losses,
            linestyle=DASHES[number % len(DASHES)],
            marker=MARKERS[number % len(MARKERS)],
            markevery=[len(losses) - 1],
            color=color(number),
        )
    ax.set_yscale(scale)
    label_axes(ax, "step", "loss (log scale)" if scale == "log" else "loss")
    ax.legend(ax.lines[-len(checked) :], list(checked))
    return ax
