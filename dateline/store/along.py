"""Things along a text, found by where they stand without looking at all of them."""

from bisect import bisect_left
from collections.abc import Iterable


class Along[T]:
    """Things with a start and an end, both offsets in code points."""

    def __init__(self, things: Iterable[tuple[int, int, T]]) -> None:
        self._things = sorted(things, key=lambda thing: thing[:2])
        self._starts = [start for start, _, _ in self._things]

    def between(self, start: int, end: int) -> list[T]:
        """Those that lie wholly between two offsets, in the order of the text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [thing for _, stop, thing in self._things[first:last] if stop <= end]
