"""Blocks → sentences: every block that says something is parsed; credits, bylines and menus are not."""

from collections.abc import Iterator

from dateline.model import Block
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

SILENT = frozenset({"credit", "byline", "boilerplate", "dateline"})


@stage(needs=(Block,), gives=Sentence)
def sentences(doc: Doc, kit: Kit) -> Iterator[Sentence]:
    """Parse each block on its own, so that no sentence crosses a block's edge."""
    text = doc.report.text
    passages = [(b.id, b.span.start, b.span.of(text)) for b in doc.of(Block) if b.kind not in SILENT]
    for found in kit.parser.parse(passages):
        yield from found
