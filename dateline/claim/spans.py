"""Which notes lie where: an index from a stretch of text to the notes whose words meet it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from dateline.model import Span


class Spans[N]:
    """Notes by the words they stand on. Built once a report; asked many times a sentence."""

    __slots__ = ("_items", "_longest", "_starts")

    def __init__(self, pairs: Iterable[tuple[Span, N]]) -> None:
        self._items = sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end))
        self._starts = [span.start for span, _ in self._items]
        self._longest = max((len(span) for span, _ in self._items), default=0)

    def meeting(self, span: Span) -> Iterator[tuple[Span, N]]:
        """Every note that shares a character with ``span``, in order of the text."""
        low = bisect_left(self._starts, span.start - self._longest)
        high = bisect_left(self._starts, span.end)
        for other, item in self._items[low:high]:
            if other.end > span.start:
                yield other, item

    def inside(self, span: Span) -> Iterator[tuple[Span, N]]:
        """Every note that lies wholly inside ``span``."""
        return ((other, item) for other, item in self.meeting(span) if span.holds(other))

    def around(self, span: Span) -> N | None:
        """The note with the shortest span that holds ``span``, or None."""
        found = [(len(other), item) for other, item in self.meeting(span) if other.holds(span)]
        return min(found, key=lambda pair: pair[0])[1] if found else None
