"""Blocks → sentences: every block that says something is parsed; credits, bylines and menus are not."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dateline.lexicons.load import Lexicons
from dateline.model import Block
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

SILENT = frozenset({"credit", "byline", "boilerplate", "dateline"})


HEADINGS = frozenset({"headline", "crosshead"})
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
LONG_ENOUGH, MOSTLY = 4, 0.7  # words, and the share of them that begins with a capital, that make Title Case


@stage(needs=(Block,), gives=Sentence)
def sentences(doc: Doc, kit: Kit) -> Iterator[Sentence]:
    """Parse each block on its own, so that no sentence crosses a block's edge."""
    for found in kit.parser.parse(passages(doc, kit)):
        yield from found


def passages(doc: Doc, kit: Kit) -> list[tuple[str, int, str]]:
    """What the parser is asked: block id, offset in the report, words.

    Headings In Title Case are parsed in plain case: the parser takes their verbs for names. Offsets do not change.
    """
    text = doc.report.text
    spoken = {b.id: b.span for b in doc.of(Block) if b.kind not in SILENT}
    titles = {b.id for b in doc.of(Block) if b.kind in HEADINGS and in_title_case(b.span.of(text))}
    small: frozenset[str] = frozenset()
    if titles:
        running = (b.span.of(text) for b in doc.of(Block) if b.id in spoken and b.kind not in HEADINGS)
        small = frozenset(w for words in running for w in WORD.findall(words) if w.islower())
        small |= _cue_forms(kit.lexicons)
    words_of = {id: span.of(text) for id, span in spoken.items()}
    return [
        (id, spoken[id].start, plain_case(words, small) if id in titles else words) for id, words in words_of.items()
    ]


def in_title_case(words: str) -> bool:
    """True for a heading Most Words of Which Begin With a Capital."""
    found = WORD.findall(words)
    return len(found) >= LONG_ENOUGH and sum(w[0].isupper() for w in found) >= MOSTLY * len(found)


def plain_case(words: str, small: frozenset[str]) -> str:
    """Title Case undone for every word that the page or the cue list writes small; the length stays the same."""
    first = WORD.search(words)
    begins = first.start() if first else 0
    return WORD.sub(lambda m: m[0].lower() if m[0].lower() in small and m.start() != begins else m[0], words)


@lru_cache(maxsize=4)
def _cue_forms(lexicons: Lexicons) -> frozenset[str]:
    return frozenset(form for cue in lexicons.words.get("cues", ()) for form in _forms(cue))


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb[:-1] if verb.endswith("e") else verb
    third = verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeou" else verb + "s"
    return verb, third, stem + "ed", stem + "ing"
