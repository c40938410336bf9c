"""One look for all figures, light and dark, and the plots that lessons draw again and again.

The only topic that needs matplotlib, and only when something is drawn. Every
``plot_...`` function draws on the axes ``ax``, or on those of a new figure,
and returns them; it changes no setting and shows nothing. Colours are those of
matplotlib's current settings, so draw and save inside ``style``. Series differ
in marker or dashes as well as in colour.
"""

from mlmath.plots.decision import plot_decision_boundary
from mlmath.plots.distribution import plot_distribution
from mlmath.plots.frames import frame, frame_words, show_all_frames
from mlmath.plots.graph import plot_computational_graph
from mlmath.plots.losses import plot_loss_curves
from mlmath.plots.residuals import plot_residuals
from mlmath.plots.style import style
from mlmath.plots.surface import plot_contours, plot_gradient_field, plot_path
from mlmath.plots.tangent import plot_tangent

__all__ = [
    "frame",
    "frame_words",
    "plot_computational_graph",
    "plot_contours",
    "plot_decision_boundary",
    "plot_distribution",
    "plot_gradient_field",
    "plot_loss_curves",
    "plot_path",
    "plot_residuals",
    "plot_tangent",
    "show_all_frames",
    "style",
]
