"""A progress bar around a long loop, for those who ask for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def with_progress(items: Iterable[Item], *, updates: int, progress: bool) -> Iterable[Item]:
    """Return ``items``; given ``progress``, iterating over them moves a bar of ``updates`` strides.

    Raises:
        ImportError: If ``progress`` is asked for and tqdm is not installed.
    """
    if not progress:
        return items
    try:
        from tqdm import tqdm
    except ImportError as error:
        raise ImportError("progress=True draws its bar with tqdm: pip install mlmath[progress]") from error

    def counted() -> Iterator[Item]:
        with tqdm(total=updates) as bar:
            for item in items:
                yield item
                if bar.n < updates:  # the last item is the result, which is no update
                    bar.update()

    return counted()
