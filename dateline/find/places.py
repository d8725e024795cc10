"""Place names that the parser's recogniser missed or took for persons and organisations, found by the map.

A name on the map alone proves little: "Most", "Reading" and "Ali" are towns. It counts where the report's
other places are in the same country, where the place is great, or where the words about it say so ("in Goma",
"Spin Boldak district").
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.lexicons.gazetteer import Gazetteer, Hit
from dateline.model import Block, Mention, Span
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

LONGEST = 5  # words in a name: "Democratic Republic of the Congo"
GREAT = 300_000  # people: a name that counts anywhere
SMALL = 1_000  # people: below this a one-word name in the report's own country needs a cue
USUAL, KNOWN = 0.79, 0.55  # weight of a name that is usual for a place, and that is at least known for it
LISTS = ("lead", "unit", "title", "ordinary", "never")
SHARE = 0.1  # of a report's places, for a country to be one that it speaks of
NAMED = ("NNP", "NNPS", "JJ", "NN", "NNS", "FW", "VBG", "VB", "VBP", "RB", "UH", "XX", "ADD")
JOINERS = frozenset(
    {"-", "’", "'", "‘", "of", "the", "and", "al", "el", "de", "la", "du", "des", "i", "e", "ye", "da", "do"}
)
PLACE_LINE = re.compile(
    r"^\W*(?P<place>[A-Z][\w'’.-]*(?:[ -][A-Z][\w'’.-]*){0,3})(?:,\s*(?P<outer>[A-Z][\w.]*(?: [A-Z]\w+)?))?"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists that the finder asks."""

    leads: frozenset[str]
    units: frozenset[str]
    titles: frozenset[str]
    ordinary: frozenset[str]
    never: frozenset[str]


@stage(needs=(Block, Sentence, Mention), gives=Mention)
def place_names(doc: Doc, kit: Kit) -> Iterator[Mention]:
    """One mention for each place name that the map knows and the recogniser did not call a place."""
    assert kit.gazetteer is not None
    words = Words(*(frozenset(kit.lexicons.gives("place_words", k)) for k in LISTS))
    text = doc.report.text
    for block in doc.of(Block):
        if block.kind == "dateline":
            yield from _dateline(text, block, kit.gazetteer, words)
    mentions = doc.of(Mention)
    focus = countries(text, mentions, kit.gazetteer)
    taken = sorted(m.span for m in mentions if m.kind == "place")
    people = [m.span for m in mentions if m.kind in ("person", "organisation")]
    for sentence in doc.of(Sentence):
        own = [span for span in taken if sentence.span.meets(span)]
        others = [span for span in people if sentence.span.meets(span)]
        yield from _Scan(sentence, text, kit.gazetteer, words, focus).run(own, others)


def countries(text: str, mentions: Sequence[Mention], map_: Gazetteer) -> frozenset[str]:
    """The countries that a report speaks of: at least a tenth of its places, and two of them."""
    tally: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind in ("place", "people"):
            hits = map_.hits(mention.span.of(text))
            if hits and hits[0].spot.country:
                tally[hits[0].spot.country] += 1
    least = max(2.0, SHARE * sum(tally.values()))
    return frozenset(country for country, n in tally.items() if n >= least)


def _dateline(text: str, block: Block, map_: Gazetteer, words: Words) -> Iterator[Mention]:
    """The place or places at the head of a dateline: "KUNDUZ CITY (PNA):", "FORT LEE, Va. —"."""
    found = PLACE_LINE.match(block.span.of(text))
    if not found:
        return
    for group in ("place", "outer"):
        if found[group] and found[group].lower().strip(".") not in words.never and map_.hits(found[group]):
            start = block.span.start + found.start(group)
            yield Mention(Span(start, start + len(found[group])), "place", "places.dateline")


@dataclass(frozen=True, slots=True)
class _Scan:
    """One walk over a sentence's capitalised words."""

    sentence: Sentence
    text: str
    map_: Gazetteer
    words: Words
    focus: frozenset[str]

    def run(self, places: Sequence[Span], others: Sequence[Span]) -> Iterator[Mention]:
        """Longest names first, from left to right, none overlapping another find."""
        i = 0
        while i < len(self.sentence):
            found = self._at(i, places, others) if self._capital(i) else None
            if found:
                last, rule = found
                yield Mention(self.sentence.over(i, last), "place", rule)
                i = last
            i += 1

    def _at(self, first: int, places: Sequence[Span], others: Sequence[Span]) -> tuple[int, str] | None:
        """Last word of the place name that begins here, and the rule that let it count."""
        s = self.sentence
        for last in range(min(first + LONGEST + 2, len(s)) - 1, first - 1, -1):
            if not (self._capital(last) and self._joined(first, last)):
                continue
            span = s.over(first, last)
            if any(span.meets(p) and not (span.holds(p) and len(span) > len(p)) for p in places):
                continue
            hits = self.map_.hits(span.of(self.text))
            rule = self._rule(first, last, hits) if hits else None
            if rule and not self._somebody(first, last, others):
                return last, rule
        return None

    def _capital(self, i: int) -> bool:
        word = self.sentence.words[i]
        return word[:1].isupper() and self.sentence.tags[i] in NAMED

    def _joined(self, first: int, last: int) -> bool:
        """True when only name-like words stand between the first and the last."""
        words = self.sentence.words
        inner = range(first + 1, last)
        return all(words[i][:1].isupper() or words[i].lower() in JOINERS for i in inner) and (
            "\n" not in self.text[self.sentence.start(first) : self.sentence.end(last)]
        )

    def _rule(self, first: int, last: int, hits: Sequence[Hit]) -> str | None:
        """Which rule lets this name count, if any does."""
        s, words = self.sentence, self.words
        alone = first == last
        lead = first > 0 and s.words[first - 1].lower() in words.leads
        unit = last + 1 < len(s) and s.words[last + 1].lower() in words.units
        name = s.words[first].lower()
        if alone and (name in words.never or (name in words.ordinary and not unit)):
            return None
        if (
            alone
            and len(name) < 4
            and not (s.words[first].isupper() and any(h.guard == "case" for h in hits))
        ):
            return None
        if alone and first > 0 and s.words[first - 1].lower().rstrip(".") in words.titles:
            return None
        usual = [h for h in hits if h.weight > USUAL and h.guard in ("", "people")]
        if any(_great(h) for h in usual) and (not alone or s.tags[first] in ("NNP", "NNPS", "JJ")):
            return "places.great"
        if alone and s.tags[first] not in ("NNP", "NNPS"):
            return None
        own = [h for h in hits if h.spot.country in self.focus and h.weight >= KNOWN and h.guard == ""]
        if any(h.spot.kind != "settlement" or h.spot.population >= SMALL or not alone for h in own):
            return "places.focus"
        if own and (lead or unit):
            return "places.focus_cue"
        if unit and lead and usual:
            return "places.unit"
        return None

    def _somebody(self, first: int, last: int, others: Sequence[Span]) -> bool:
        """True when the words are part of a longer name of a person or organisation."""
        span = self.sentence.over(first, last)
        lead = first > 0 and self.sentence.words[first - 1].lower() in self.words.leads
        for other in others:
            if span.meets(other) and not span.holds(other) and not (lead and other.start == span.start):
                return True
        return False


def _great(hit: Hit) -> bool:
    spot = hit.spot
    return (
        spot.kind in ("country", "region", "province", "water", "relief", "site") or spot.population > GREAT
    )
