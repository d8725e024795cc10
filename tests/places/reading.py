"""Reads made-up text up to its places, so that a test is one line."""

from dateline.find.names import names
from dateline.find.places import place_names
from dateline.find.sentences import sentences
from dateline.model import Place, Report
from dateline.read.blocks import blocks
from dateline.resolve.places import places
from dateline.resolve.settings import settings
from dateline.stage import Doc, Kit


def read(text: str, kit: Kit, published: str | None = None) -> Doc:
    """The document with everything that the place stages need and give."""
    doc = Doc(Report(id="test", source="test", text=text, published=published))
    for stage in (blocks, sentences, names, place_names, places, settings):
        doc = doc.adding(stage(doc, kit), *stage.gives)
    return doc


def line(place: Place, words: str) -> str:
    """A mention and its place in the notation of tests/cases/places."""
    return " | ".join((words, place.kind, place.country or "-", place.admin1 or "-", place.precision))


def lines(doc: Doc) -> list[str]:
    """Every mention of every place in that notation."""
    return [line(p, span.of(doc.report.text)) for p in doc.of(Place) for span in p.mentions]
