"""How a report becomes a record. Read this first: the stages, in the order in which a report meets them."""

from dateline.attribute.attributions import attributions
from dateline.attribute.quotes import quotes
from dateline.find.names import names
from dateline.find.sentences import sentences
from dateline.model import Report
from dateline.read.blocks import blocks
from dateline.read.stories import stories
from dateline.resolve.actors import actors
from dateline.stage import Doc, Kit, Stage, check

STAGES: tuple[Stage, ...] = (
    blocks,  # headline, paragraph, caption, credit …
    stories,  # one page may carry several
    sentences,  # parse each block
    names,  # who and what is named
    quotes,  # what stands between quotation marks
    attributions,  # whose words are these, through whom
    actors,  # who is who
)

check(STAGES)


def extract(report: Report, kit: Kit) -> Doc:
    """Everything that this version of dateline reads out of one report."""
    doc = Doc(report)
    for stage in STAGES:
        doc = doc.adding(stage(doc, kit), *stage.gives)
    return doc
