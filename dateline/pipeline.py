"""How a report becomes a record. Read this first: the stages, in the order in which a report meets them."""

from dateline.attribute.attributions import attributions
from dateline.attribute.quotes import quotes
from dateline.claim.acts import acts
from dateline.claim.figures import figures
from dateline.claim.holds import holds
from dateline.claim.statements import statements
from dateline.find.names import names
from dateline.find.places import place_names
from dateline.find.quantities import quantities
from dateline.find.sentences import sentences
from dateline.find.times import times
from dateline.model import Report
from dateline.read.blocks import blocks
from dateline.read.stories import stories
from dateline.resolve.actors import actors
from dateline.resolve.places import places
from dateline.resolve.whens import whens
from dateline.stage import Doc, Kit, Stage, check

STAGES: tuple[Stage, ...] = (
    # read: what does the page say, and which stories does it carry?
    blocks,  # headline, paragraph, caption, credit …; what is said twice
    stories,  # one page may carry several
    # find: which words name someone, a place, a time, an amount?
    sentences,  # each block, parsed
    names,  # as the parser marks them
    place_names,  # as the map knows them
    times,
    quantities,
    # attribute: whose words are these, through whom did they come, how surely are they put?
    quotes,
    attributions,
    # resolve: which days, which point on the map, which actor?
    whens,
    places,
    actors,
    # claim: what would be true if the voice is right?
    statements,  # the atom: this voice put this claim this surely in these words
    acts,  # what happened
    holds,  # who holds a place
    figures,  # how many
)

check(STAGES)


def extract(report: Report, kit: Kit) -> Doc:
    """Everything that this version of dateline reads out of one report."""
    doc = Doc(report)
    for stage in STAGES:
        doc = doc.adding(stage(doc, kit), *stage.gives)
    return doc
