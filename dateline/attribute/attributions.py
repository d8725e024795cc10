"""Whose words are these? Candidates from every rule, a score for each, and the chain of those who pass them on."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dateline.attribute.candidate import Candidate
from dateline.attribute.carriers import Media, complete_chains, dateline_agency
from dateline.attribute.choose import choose
from dateline.attribute.headlines import HEADS, Speakers, line_candidates
from dateline.attribute.nouns import noun_candidates
from dateline.attribute.page import Page
from dateline.attribute.stance import stance_of
from dateline.attribute.tallies import tally_candidates, tally_words
from dateline.attribute.verbs import colon_quotes, verb_candidates
from dateline.attribute.weigh import weigh
from dateline.lexicons.load import Entry, Lexicons
from dateline.model import Attribution, Block, Form, Holder, Mention, Quotation, Span, Story
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

LEAST = 0.4  # a candidate below this is left out
ON_THE_MAP = frozenset({"names.gpe", "names.loc", "names.fac"})


@stage(needs=(Block, Story, Sentence, Mention, Quotation), gives=Attribution)
def attributions(doc: Doc, kit: Kit) -> Iterator[Attribution]:
    """Every statement of the page: who says it through whom, by which cue, in which words."""
    return (found for found, _, _ in weighed(doc, kit))


def weighed(doc: Doc, kit: Kit) -> Iterator[tuple[Attribution, Page, Candidate]]:
    """The same, each with the candidate that it was: what was weighed of it is ``weigh.features``."""
    page, candidates, speakers = proposals(doc, kit)
    weigh(page, candidates, _people(kit.lexicons), kit.filters.get("voices"))
    media = Media(_outlets(kit.lexicons), kit.lexicons.words["relays"])
    chosen = complete_chains(page, choose(page, candidates, LEAST), speakers, media)
    agencies = _datelines(doc, media)
    for c in chosen:
        yield _attribution(page, c, agencies.get(page.block_of(c.head))), page, c


def proposals(doc: Doc, kit: Kit) -> tuple[Page, list[Candidate], Speakers]:
    """Every candidate of a page, before any is weighed; fitting a filter starts from here too."""
    page = Page(doc.report.text, doc.of(Sentence), doc.of(Quotation), doc.of(Block))
    words = kit.lexicons.words
    speakers = Speakers(page, _people(kit.lexicons), words["line_labels"], _states(kit.lexicons))
    text = doc.report.text
    speakers.places = frozenset(m.span.of(text).lower() for m in doc.of(Mention) if m.kind == "place")
    candidates: list[Candidate] = [*line_candidates(page, doc.of(Block), speakers), *colon_quotes(page, speakers)]
    for k in range(len(page.sentences)):
        candidates += verb_candidates(page, k, words["cues"])
        candidates += noun_candidates(page, k, words["cue_nouns"])
        candidates += tally_candidates(page, k, tally_words(kit.lexicons))
    return page, candidates, speakers


@lru_cache(maxsize=4)
def _people(lexicons: Lexicons) -> Mapping[str, Entry]:
    """Words for those who can hold a voice: people and the documents that speak for them."""
    documents = {w: e for w, e in lexicons.words["relays"].items() if e.id == "relay.document"}
    return {**lexicons.words.get("people", {}), **documents}


@lru_cache(maxsize=4)
def _states(lexicons: Lexicons) -> frozenset[str]:
    """States, their capitals and their governments by every name: those that speak as places."""
    rows = [r for r in lexicons.tables.get("actors", ()) if r["kind"] in ("state", "government")]
    names = (n for r in rows for c in ("name", "aliases", "capital", "adjectives") for n in r.get(c, "").split("|"))
    return frozenset(n.strip().lower() for n in names if n.strip())


@lru_cache(maxsize=4)
def _outlets(lexicons: Lexicons) -> frozenset[str]:
    rows = lexicons.tables.get("outlets", ())
    return frozenset(a.strip().lower() for r in rows for a in (r["name"], *r["aliases"].split("|")) if a.strip())


def _datelines(doc: Doc, media: Media) -> dict[str, Holder]:
    """Block id → the agency whose dateline opens that block's story."""
    found: dict[str, Holder] = {}
    blocks = {b.id: b for b in doc.of(Block)}
    for story in doc.of(Story):
        holder = None
        for name in story.blocks:
            if blocks[name].kind == "dateline":
                holder = dateline_agency(doc.report.text, blocks[name], media) or holder
            elif holder is not None and blocks[name].kind not in HEADS:
                found[name] = holder
    return found


def _attribution(page: Page, c: Candidate, agency: Holder | None) -> Attribution:
    speaker = page.spans(c.source)
    holders = [
        Holder(Span(speaker[0].start, speaker[-1].end) if speaker else None, "speaker", c.rule),
        *c.carriers,
    ]
    if agency is not None and not _names_already(page, holders, agency):
        holders.append(agency)
    return Attribution(
        holders=tuple(holders), cue=page.spans(c.cue)[0], lemma=c.lemma, content=_spoken(page, c),
        form=_form(page, c),
        stance=stance_of(page, c), rule=f"{c.rule}/{c.shape}", score=round(c.score, 3), policy=c.policy,
    )  # fmt: skip


def _names_already(page: Page, holders: list[Holder], agency: Holder) -> bool:
    """Whether the dateline's agency is in the chain by name ("told Agency" under "(Agency) —")."""
    name = agency.span.of(page.text).casefold() if agency.span else ""
    named = [h.span.of(page.text).casefold() for h in holders if h.span]
    return any(name in words or words.removeprefix("the ") in name for words in named)


def _spoken(page: Page, c: Candidate) -> tuple[Span, ...]:
    """The content as spans, stray punctuation between them left out."""
    found = page.spans(c.content)
    return tuple(s for s in found if any(letter.isalnum() for letter in s.of(page.text))) or found


def _form(page: Page, c: Candidate) -> Form:
    """Headline by place; direct when nearly every word is quoted, mixed when some are (GUM and PolNeAR usage)."""
    if c.headline or page.block[page.block_of(c.head)].kind == "headline":
        return "headline"
    level = page.quote[c.head]
    words = [t for t in c.content if page.words[t][:1].isalnum()]
    quoted = sum(page.quote[t] not in (-1, level) for t in words)
    if words and quoted >= 0.9 * len(words):
        return "direct"
    return "mixed" if quoted else "indirect"
