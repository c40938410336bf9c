"""Parameters that come as a list, tuple or NamedTuple of arrays, such as the weights of a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mlmath.autodiff.primitive import Traced


def map_leaves(change: Callable[..., Any], structure: Any, *others: Any) -> Any:
    """Return ``structure`` with every array in it replaced by ``change(array, ...)``.

    ``others`` have the same structure; ``change`` gets one array of each.
    """
    if not is_structure(structure):
        return change(structure, *others)
    for other in others:
        if not isinstance(other, (list, tuple)) or len(other) != len(structure):
            raise ValueError(f"expected a list or tuple of {len(structure)} entries, got {other!r}")
    entries = [map_leaves(change, *parts) for parts in zip(structure, *others, strict=True)]
    return type(structure)(*entries) if hasattr(structure, "_fields") else type(structure)(entries)


def is_structure(value: Any) -> bool:
    """Tell a list or tuple that holds arrays from one that holds numbers alone, and is one array itself."""
    if not isinstance(value, (list, tuple)):
        return False
    return hasattr(value, "_fields") or any(
        isinstance(entry, (np.ndarray, Traced)) or is_structure(entry) for entry in value
    )
