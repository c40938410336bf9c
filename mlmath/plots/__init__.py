"""One look for all figures, light and dark. The only topic that needs matplotlib."""

from mlmath.plots.style import style

__all__ = ["style"]
