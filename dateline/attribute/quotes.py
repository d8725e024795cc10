"""Quotation marks → quotations: three styles (“…”, "…", ‘…’ with their cousins), block by block.

A mark opens or closes by its shape and by what stands beside it, so that apostrophes, feet and years ("the '90s")
do not count. Only the outermost quotation is kept; what is quoted inside it belongs to it.
"""

import re
from collections.abc import Iterator

from dateline.model import Block, Quotation, Span, Warning
from dateline.stage import Doc, Kit, stage

SCARE_WORDS = 4
MARK = re.compile(r"[“”„«»\"‘’]|``|''|'")
DOUBLE_OPEN, DOUBLE_CLOSE = frozenset("“„«") | {"``"}, frozenset("”»") | {"''"}
SENTENCE_END = re.compile(r"[.!?,…—–-]\W*$")
WORD = re.compile(r"\w+")
PARSED = frozenset({"headline", "standfirst", "crosshead", "paragraph", "caption", "quote", "list", "table"})


@stage(needs=(Block,), gives=Quotation)
def quotes(doc: Doc, kit: Kit) -> Iterator[Quotation | Warning]:
    """The outermost quotations of every block, in order; a Warning where a block ends inside one."""
    text = doc.report.text
    blocks = [b for b in doc.of(Block) if b.kind in PARSED]
    for number, block in enumerate(blocks):
        following = blocks[number + 1].span.of(text)[:1] if number + 1 < len(blocks) else ""
        for begin, end, closed in _pairs(block.span.of(text)):
            span = Span(block.span.start + begin, block.span.start + end)
            inner = span.of(text)
            scare = closed and len(WORD.findall(inner)) <= SCARE_WORDS and not SENTENCE_END.search(inner)
            yield Quotation(span, closed, scare)
            if not closed and following not in ("“", '"', "‘", "„", "«", "`"):
                yield Warning("a quotation is opened here and never closed", span)
        if _uneven(block.span.of(text)):
            yield Warning("quotation marks open and close unevenly here", block.span)


def _uneven(words: str) -> bool:
    """Curly double marks that cannot be paired, even if the block's last quotation runs on: “ in “, or ” first."""
    depth = 0
    for mark in re.finditer(r"[“„”]", words):
        depth += 1 if mark.group() != "”" else -1
        if depth not in (0, 1):
            return "„" not in words  # German style closes with “
    return False


def _pairs(words: str) -> Iterator[tuple[int, int, bool]]:
    """(begin, end, closed) of the outermost quotations of one block."""
    opened: int | None = None
    single = False
    for mark in MARK.finditer(words):
        begin, end, sign = mark.start(), mark.end(), mark.group()
        before, after = words[begin - 1 : begin], words[end : end + 1]
        if sign in ("'", "‘", "’"):
            if opened is None and _opens_single(sign, before, after, words, end):
                opened, single = begin, True
            elif opened is not None and single and _closes_single(sign, before, after):
                yield opened, end, True
                opened = None
        elif (opened is None and sign not in DOUBLE_CLOSE and not _is_inch(sign, before, after)) or (
            opened is None and sign == "''"
        ):
            opened, single = begin, False
        elif opened is not None and not single and _closes_double(sign, before, after):
            yield opened, end, True
            opened = None
        elif (
            opened is not None
            and single
            and sign in DOUBLE_OPEN | {'"'}
            and _single_was_apostrophe(words, opened, begin)
        ):
            opened, single = begin, False
    if opened is not None and (not single or words[opened] == "‘"):
        yield opened, len(words), False


def _opens_single(sign: str, before: str, after: str, words: str, end: int) -> bool:
    """A single mark opens where a word begins and where a fitting close stands further on."""
    if sign == "’" or before.isalnum() or not after or after.isspace() or after.isdigit():
        return False
    closing = "’" if sign == "‘" else "'"
    ahead = words[end:]
    return any(_closes_single(closing, ahead[m.start() - 1 : m.start()], ahead[m.end() : m.end() + 1])
               for m in re.finditer(closing, ahead[:3000]) if m.start())  # fmt: skip


def _closes_single(sign: str, before: str, after: str) -> bool:
    return sign != "‘" and not before.isspace() and not after.isalnum()


def _single_was_apostrophe(words: str, opened: int, here: int) -> bool:
    """A straight single mark that ran into a double one before closing was no quotation."""
    return words[opened] == "'" and here - opened > 1


def _closes_double(sign: str, before: str, after: str) -> bool:
    """Curly marks close by shape; a straight one closes unless it stands like an opener: space before, word after."""
    if sign in DOUBLE_OPEN:
        return False
    return sign in DOUBLE_CLOSE or not ((not before or before.isspace()) and after.isalnum())


def _is_inch(sign: str, before: str, after: str) -> bool:
    return sign == '"' and before.isdigit() and not after.isalnum()
