"""Reads the times of a text without the parser: one block a line."""

from dateline.find.times import times
from dateline.lexicons.load import Lexicons, load_lexicons
from dateline.model import Block, Report, Span, Time, TimeExpression
from dateline.resolve.whens import whens
from dateline.stage import Doc, Kit, Parser


class NoParser:
    """Stands where a parser would; asking it is a mistake."""

    name, version, digest = "none", "0", ""

    def parse(self, passages: object) -> list[list[object]]:
        raise AssertionError("the times are found without a parser")


LEXICONS: Lexicons = load_lexicons()
PARSER: Parser = NoParser()  # type: ignore[assignment]
KIT = Kit(PARSER, LEXICONS)


def read(text: str, published: str | None = None) -> Doc:
    """The Doc of a text with its time expressions and times."""
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        blocks.append(Block(f"b{len(blocks)}", Span(at, at + len(line)), "paragraph", "test"))
        at += len(line)
    doc = Doc(Report("test", "test", text, published=published)).adding(blocks, Block)
    doc = doc.adding(times(doc, KIT), TimeExpression)
    return doc.adding(whens(doc, KIT), Time)


def found(text: str, published: str | None = None) -> list[tuple[str, Time]]:
    """Each time with its words."""
    return [(each.span.of(text), each) for each in read(text, published).of(Time)]
