"""How a report becomes a record. Read this first: the stages, in the order in which a report meets them."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.attribute.attributions import attributions
from dateline.attribute.quotes import quotes
from dateline.claim.acts import acts
from dateline.claim.figures import figures
from dateline.claim.holds import holds
from dateline.claim.reckoning import tolls
from dateline.claim.statements import statements
from dateline.find.names import names
from dateline.find.places import place_names
from dateline.find.quantities import quantities
from dateline.find.sentences import passages, sentences
from dateline.find.times import times
from dateline.model import Report
from dateline.read.blocks import blocks
from dateline.read.stories import stories
from dateline.resolve.actors import actors
from dateline.resolve.places import places
from dateline.resolve.settings import settings
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
    settings,  # where each act happened, by the words that say so
    actors,
    # claim: what would be true if the voice is right?
    statements,  # the atom: this voice put this claim this surely in these words
    acts,  # what happened
    holds,  # who holds a place
    figures,  # how many
    tolls,  # how many in all: one deed's tellings added up
)

check(STAGES)

TOGETHER = 24_000  # characters, some 4,000 words: the parser's price a word has levelled out by then


def extract(report: Report, kit: Kit) -> Doc:
    """Everything that this version of dateline reads out of one report."""
    return next(extract_all([report], kit))


def extract_all(reports: Iterable[Report], kit: Kit, stages: Sequence[Stage] = STAGES) -> Iterator[Doc]:
    """The same for many reports, in their order. Short ones are parsed together, at half the price a word.

    ``reports`` is drawn from a batch at a time, so it may be a generator.
    """
    turn = stages.index(sentences)
    for batch in _batches(reports):
        docs = [_through(stages[:turn], Doc(report), kit) for report in batch]
        asked = [passages(doc, kit) for doc in docs]
        parsed = iter(kit.parser.parse([passage for each in asked for passage in each]))
        for doc, each in zip(docs, asked, strict=True):
            found = [sentence for _ in each for sentence in next(parsed)]
            yield _through(stages[turn + 1 :], doc.adding(found, *sentences.gives), kit)


def _through(stages: Sequence[Stage], doc: Doc, kit: Kit) -> Doc:
    for stage in stages:
        doc = doc.adding(stage(doc, kit), *stage.gives)
    return doc


def _batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """Reports up to ``TOGETHER`` characters, or a single longer one."""
    batch: list[Report] = []
    for report in reports:
        batch.append(report)
        if sum(len(r.text) for r in batch) >= TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch
