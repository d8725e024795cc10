"""Plain text → passages: which lines are a paragraph each, and which are one paragraph wrapped at a column.

A break inside a group of lines is *soft* when the next line's first word would not have fitted: that is how a
wrapper cuts. A text is taken for wrapped only when most of its breaks are soft and half of those fall inside
a sentence; in any other text each line is a passage of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.model import Span

WIDEST = 120  # columns; nobody wraps plain text wider, and paragraphs on one line are mostly longer
NARROWEST = 40
SOFT_SHARE = 0.6  # of all breaks between neighbouring lines; 0.9 and more in wrapped wire copy, under 0.2 elsewhere
INSIDE_SHARE = 0.5  # of soft breaks; a text of short paragraphs breaks after full stops
RAGGED = 0.85
LONGEST = 20_000  # characters of one passage; the parser's memory grows with it, and no paragraph is so long

ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s")
COLUMNS = re.compile(r"\t| \| |\S {3,}\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, trimmed; ``indent`` and ``width`` count the columns before it and up to its end."""

    span: Span
    indent: int
    words: str

    @property
    def width(self) -> int:
        return self.indent + len(self.words)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to be, trimmed. Passages of one ``group`` have no blank line between them."""

    span: Span
    group: int
    table: bool = False
    cut: bool = False  # True when it was cut off a passage that was too long


def passages(text: str) -> Iterator[Passage]:
    """All passages of a plain text, in order; together they hold every character that is not white space."""
    groups = list(_groups(text))
    width = _wrapped_at(groups)
    for number, lines in enumerate(groups):
        if _tabular(lines):
            yield Passage(Span(lines[0].span.start, lines[-1].span.end), number, table=True)
            continue
        first = lines[0]
        for this, following in pairwise([*lines, None]):
            assert this is not None
            if following is None or not ((width and _soft(this, following, width)) or _runs_on(this, following)):
                yield from _cut(text, Span(first.span.start, this.span.end), number)
                first = following or first


def cuts(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or pieces of at most ``LONGEST`` characters that end at sentences or words."""
    start = span.start
    while span.end - start > LONGEST:
        window = text[start : start + LONGEST]
        ends = [m.end() for m in SENTENCE_END.finditer(window)]
        at = ends[-1] if ends else window.rfind(" ") + 1
        stop = start + (at if at > LONGEST // 2 else LONGEST)
        yield _trim(text, start, stop)
        start = stop
    rest = _trim(text, start, span.end)
    if len(rest):
        yield rest


def _cut(text: str, span: Span, group: int) -> Iterator[Passage]:
    for number, piece in enumerate(cuts(text, span)):
        yield Passage(piece, group, cut=number > 0)


def _trim(text: str, start: int, stop: int) -> Span:
    words = text[start:stop]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, start + max(lead, len(words.rstrip())))


def _groups(text: str) -> Iterator[list[Line]]:
    """Runs of lines without a blank line between them."""
    group: list[Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            indent = len(raw) - len(raw.lstrip())
            group.append(Line(Span(at + indent, at + indent + len(words)), indent, words))
        elif group:
            yield group
            group = []
        at += len(raw)
    if group:
        yield group


def _wrapped_at(groups: Sequence[Sequence[Line]]) -> int | None:
    """The column at which this text was wrapped, or None."""
    breaks = [pair for group in groups if not _tabular(group) for pair in pairwise(group)]
    widths = sorted(above.width for above, _ in breaks)
    width = widths[int(0.9 * len(widths))] if widths else 0
    soft = [pair for pair in breaks if _soft(*pair, width)]
    inside = [pair for pair in soft if not ENDS_SENTENCE.search(pair[0].words)]
    # two lines may fit a column by chance; three breaks inside sentences, or one before a small letter, not
    sure = len(inside) >= 3 or any(below.words[0].islower() for _, below in inside)
    filled = len(soft) >= SOFT_SHARE * len(breaks) and len(inside) >= INSIDE_SHARE * len(soft)
    return width if NARROWEST <= width <= WIDEST and sure and filled else None


def _soft(above: Line, below: Line, width: int) -> bool:
    """True when the next word would not have fitted, or nearly so: copy is wrapped by hand too."""
    if above.width > WIDEST or below.indent > above.indent + 1 or below.words[0] in "•*>":
        return False
    return above.width + 1 + len(below.words.split(None, 1)[0]) > RAGGED * width


def _runs_on(above: Line, below: Line) -> bool:
    """True for a long line that ends inside a sentence with a small letter after it, in any text."""
    return above.width >= NARROWEST and below.words[0].islower() and not ENDS_SENTENCE.search(above.words)


def _tabular(lines: Sequence[Line]) -> bool:
    """Rows of the same number of columns, two rows at least."""
    counts = {len(COLUMNS.findall(line.words)) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts != {0}
