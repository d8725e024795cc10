"""Report → blocks: which stretches of the text are headline, paragraph, caption, credit and so on.

Marks that the page's markup left are believed; without them the kinds are told by how the lines look. Either
way a dateline at the start of a paragraph and a credit at the end of a caption become blocks of their own and
a block that says an earlier one again points to it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.model import Block, BlockKind, Report, Span, Warning
from dateline.read.datelines import closing_date, dateline
from dateline.read.lines import Passage, cuts, passages
from dateline.read.looks import Place, Shape, look, look_inside_markup, trailing_credit
from dateline.read.words import Words
from dateline.stage import Doc, Kit, stage

CAN_REPEAT = frozenset({"caption", "paragraph", "standfirst", "quote", "list"})
CLOSE_LINES = 4  # more lines than this without a blank one between them do not belong together as a caption does
SHOUTED = 2_000  # characters by which a text in capitals is known
LEAST_WORDS = 5  # shorter blocks repeat by chance ("He did not say when.")
OPENERS = frozenset({"headline", "standfirst", "crosshead", "byline", "dateline", "caption", "credit", "boilerplate"})
PRINTED_SMALL: frozenset[BlockKind] = frozenset({"byline", "dateline", "credit"})
# what the markup says → looks that know better: pages set bylines in paragraphs and menus in headings
OVERRULES: dict[BlockKind, frozenset[BlockKind]] = {
    "paragraph": PRINTED_SMALL | {"caption", "boilerplate"},
    "list": PRINTED_SMALL | {"boilerplate"},
    "crosshead": frozenset({"boilerplate"}),
    "boilerplate": PRINTED_SMALL,
}
SPLIT = frozenset({"paragraph", "caption"})  # kinds that may carry a dateline or a credit inside
NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block without an id."""

    span: Span
    kind: BlockKind
    rule: str


@stage(gives=Block)
def blocks(doc: Doc, kit: Kit) -> Iterator[Block | Warning]:
    """All blocks of a report, in order, none over another; each printed character in exactly one of them."""
    text, words = doc.report.text, Words.of(kit.lexicons)
    pieces = _marked(doc.report, words) if doc.report.marks else _looked_at(text, words)
    first: dict[str, Block] = {}
    for number, piece in enumerate(_parted(text, pieces, words)):
        saying = said(piece.span.of(text)) if piece.kind in CAN_REPEAT else ""
        told = first.get(saying) if saying else None
        kind = "caption" if told and told.kind == "caption" else piece.kind
        block = Block(f"b{number}", piece.span, kind, piece.rule, told.id if told else None)
        if saying and not told:
            first[saying] = block
        yield block
        if piece.rule == "blocks.paragraph.cut":
            yield Warning("the paragraph is too long to be read in one piece; cut here", piece.span)


def said(words: str) -> str:
    """Words without case, marks and spacing, by which two tellings are compared; "" for fewer than five."""
    plain = NOT_A_WORD.sub(" ", words.casefold()).strip()
    return plain if plain.count(" ") >= LEAST_WORDS - 1 else ""


def _looked_at(text: str, words: Words) -> Iterator[Piece]:
    """Passages of a plain text, told apart by their look."""
    found = list(passages(text))
    sizes = Counter(passage.group for passage in found)
    shapes = [Shape.of(p.span.of(text), p.group if sizes[p.group] <= CLOSE_LINES else -1 - p.group) for p in found]
    shouting = _shouting(text)
    seen: list[BlockKind] = []
    for i, (passage, this) in enumerate(zip(found, shapes, strict=True)):
        after = shapes[i + 1] if i + 1 < len(shapes) else None
        top = "paragraph" not in seen
        place = Place(
            this,
            before=shapes[i - 1] if i else None,
            after=after,
            top=top,
            seen=tuple(seen[-8:]),
            shouting=shouting,
            dated=top and after is not None and dateline(after.text, True, shouting, words.not_places) is not None,
        )
        kind, rule = _of(passage, place, words)
        seen.append(kind)
        yield Piece(passage.span, kind, rule)


def _of(passage: Passage, place: Place, words: Words) -> tuple[BlockKind, str]:
    if passage.table:
        return "table", "blocks.table.columns"
    if passage.cut:
        return "paragraph", "blocks.paragraph.cut"
    return look(place, words)


def _shouting(text: str) -> bool:
    """True for wire copy in capitals, where capitals say nothing."""
    head = text[:SHOUTED]
    return sum(map(str.isupper, head)) > 0.8 * sum(map(str.isalpha, head))


def _marked(report: Report, words: Words) -> Iterator[Piece]:
    """What the page's markup says; a marked paragraph may still look like a byline, a credit or a notice."""
    marks = sorted(report.marks, key=lambda mark: mark.span)
    shapes = [Shape.of(m.span.of(report.text), group) for group, m in enumerate(marks)]
    seen: list[BlockKind] = []
    for i, (mark, this) in enumerate(zip(marks, shapes, strict=True)):
        before, after = (shapes[i - 1] if i else None), (shapes[i + 1] if i + 1 < len(shapes) else None)
        top = "paragraph" not in seen
        place = Place(this, before, after, top, tuple(seen[-8:]), shouting=False, dated=False)
        kind, rule = mark.kind, f"blocks.markup.{mark.kind}"
        seems = look_inside_markup(place, words)
        if seems and seems[0] in OVERRULES.get(mark.kind, ()):
            kind, rule = seems
        seen.append(kind)
        for number, span in enumerate(cuts(report.text, mark.span)):
            yield Piece(span, kind, "blocks.paragraph.cut" if number else rule)


def _parted(text: str, pieces: Iterable[Piece], words: Words) -> Iterator[Piece]:
    """Datelines and closing credits cut off the paragraphs and captions that carry them."""
    shouting = _shouting(text)
    last: BlockKind = "headline"
    for piece in pieces:
        if piece.kind not in SPLIT:
            dated = closing_date(piece.span.of(text)) if piece.kind == "headline" else None
            title, day = _split(text, piece, dated) if dated else (piece, None)
            last = piece.kind
            yield title
            if day is not None:
                yield replace(day, kind="dateline", rule="blocks.dateline.closes_headline")
            continue
        body = piece
        if piece.kind == "paragraph":
            found = dateline(piece.span.of(text), last in OPENERS, shouting, words.not_places)
            if found:
                opening, body = _split(text, piece, found[0])
                yield replace(opening, kind="dateline", rule=f"blocks.dateline.{found[1]}")
        last = piece.kind
        at = trailing_credit(body.span.of(text), words)
        if at is None:
            yield from [body] if len(body.span) else []
            continue
        body, closing = _split(text, body, at)
        yield body
        yield replace(closing, kind="credit", rule="blocks.credit.trailing")
        last = "credit" if piece.kind == "caption" else last


def _split(text: str, piece: Piece, at: int) -> tuple[Piece, Piece]:
    """Two pieces, each without white space at its edges; ``at`` counts from the piece's start."""
    middle = piece.span.start + at
    left, right = text[piece.span.start : middle], text[middle : piece.span.end]
    ends = piece.span.start + len(left.rstrip())
    begins = middle + len(right) - len(right.lstrip())
    return replace(piece, span=Span(piece.span.start, ends)), replace(piece, span=Span(begins, piece.span.end))
