"""Examples of word lists, set into a small story so that they are read as a paragraph."""

import re

from dateline.model import Report, Span
from dateline.pipeline import STAGES
from dateline.stage import Doc, Kit, Stage

BEFORE = "Hill road\n\nThe valley lies north of the river, and one road leads there.\n\n"


def placed(example: str) -> tuple[str, Span]:
    """The story with the example as its last paragraph, and where the starred words stand in it."""
    hit = re.search(r"\*(.+?)\*", example)
    at = len(BEFORE) + (hit.start() if hit else 0)
    return BEFORE + example.replace("*", ""), Span(at, at + (len(hit[1]) if hit else 0))


def stages_for(*kinds: type) -> list[Stage]:
    """The stages that these notes rest on, in order."""
    wanted, out = set(kinds), []
    for stage in reversed(STAGES):
        if wanted.intersection(stage.gives):
            wanted.update(stage.needs)
            out.append(stage)
    return out[::-1]


def read(text: str, kit: Kit, *kinds: type) -> Doc:
    """The text with all notes of these kinds and what they rest on."""
    doc = Doc(Report(id="x", source="x", text=text, published="2021-08-05", published_by="given"))
    for stage in stages_for(*kinds):
        doc = doc.adding(stage(doc, kit), *stage.gives)
    return doc
