"""Place names that the parser's recogniser missed or took for persons and organisations, found by the map.

A name on the map alone proves little: "Most", "Reading" and "Ali" are towns. It counts where the report's
other places are in the same country, where the place is great, where the report names it elsewhere, or where
the words about it say so ("in Goma", "Spin Boldak district", "retook Svatove").
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.lexicons.gazetteer import Gazetteer, Hit
from dateline.lexicons.load import Lexicons
from dateline.model import Block, Mention, Span
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

# rules for names that are not on the map as they are spelt
SPELT = frozenset(
    ["places.sound", "places.within", "places.unit_of", "places.unit_only", "places.retaken", "places.captured"]
)
LONGEST = 7  # tokens in a name: "Democratic Republic of the Congo", "Qala - e - Naw"
GREAT = 300_000  # people: a name that counts anywhere
SMALL = 1_000  # people: below this a one-word name in the report's own country needs a cue
USUAL, KNOWN = 0.79, 0.55  # weight of a name that is usual for a place, and that is at least known for it
SHARE = 0.1  # of a report's places, for a country to be one that it speaks of
ROUGH = 5  # letters that a name must have to be looked up by its rough sound
# where towns bear the names of families, so that a lone surname is on the map too
SURNAMES = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
NAMED = frozenset(["NNP", "NNPS", "JJ", "NN", "NNS", "FW", "VBG", "VB", "VBP", "RB", "UH", "XX", "ADD"])
JOINERS = frozenset(
    [
        "-",
        "’",
        "'",
        "‘",
        "'s",
        "’s",
        "of",
        "the",
        "and",
        "al",
        "el",
        "de",
        "la",
        "du",
        "des",
        "i",
        "e",
        "ye",
        "da",
        "do",
    ]
)
WITHIN = frozenset(["in", "near", "outside", "around", "throughout", "within", "inside"])
LINKS = frozenset(["and", "of", "the"])
HELD = frozenset("control siege recapture retaking liberation outskirts centre center gates streets".split())
CUED = frozenset({"places.within", "places.retaken", "places.unit", "places.unit_of"})
LEAVES = frozenset("withdraw withdrew withdrawn retreat retreated pulled driven expelled ousted dislodged".split())
TAKES = 4  # words after a name in which it may be said to have been taken: "has now been liberated"
HELPERS = frozenset("is was are were has had have been being be now also since again reportedly".split())
BE = frozenset("is was are were been being be".split())
FALLS = frozenset("fell falls fallen".split())
PLACE_LINE = re.compile(
    r"^\W*(?P<place>[A-Z][\w'’.-]*(?:[ -][A-Z][\w'’.-]*){0,3})(?:,\s*(?P<outer>[A-Z][\w.]*(?: [A-Z]\w+)?))?"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists that the finder asks, by what their entries give."""

    lead: frozenset[str]
    unit: frozenset[str]
    strong: frozenset[str]
    title: frozenset[str]
    ordinary: frozenset[str]
    never: frozenset[str]
    paper: frozenset[str]
    retaken: frozenset[str]
    captured: frozenset[str]


def words_of(lexicons: Lexicons) -> Words:
    """The lists of en/place_words.toml."""
    by_key = {key: frozenset(e.words) for e in lexicons.entries["place_words"] for key in e.gives}
    return Words(**{field: by_key[field] for field in Words.__slots__})


@dataclass(frozen=True, slots=True)
class Known:
    """What the report's marked names say before the map is asked for more."""

    focus: frozenset[str]  # countries that it speaks of
    provinces: frozenset[str]  # ids of the provinces that it names
    places: frozenset[str]  # names that the recogniser called places
    surnames: frozenset[str]  # last words of persons' names


@stage(needs=(Block, Sentence, Mention), gives=Mention)
def place_names(doc: Doc, kit: Kit) -> Iterator[Mention]:
    """One mention for each place name that the map knows and the recogniser did not call a place."""
    assert kit.gazetteer is not None
    text, words, map_ = doc.report.text, words_of(kit.lexicons), kit.gazetteer
    lines = [m for b in doc.of(Block) if b.kind == "dateline" for m in _dateline(text, b, map_, words)]
    yield from lines
    mentions = doc.of(Mention)
    written = frozenset(m.span.of(text).title() for m in lines)
    focus = countries(text, mentions, map_)
    found = _found(doc, map_, words, focus, written)
    wider = countries(text, [*mentions, *found], map_)
    again = frozenset(w for m in found if m.rule in CUED and map_.hits(w := m.span.of(text)))
    if not wider <= focus or again:  # what the words showed to be a place once is one throughout
        found = _found(doc, map_, words, focus | wider, written | again)
    yield from found


def _found(doc: Doc, map_: Gazetteer, words: Words, focus: frozenset[str], written: frozenset[str]) -> list[Mention]:
    """Every name that counts when the report speaks of these countries and was written in these towns."""
    text, mentions, sentences = doc.report.text, doc.of(Mention), doc.of(Sentence)
    ground = _places(text, mentions, map_) | written
    known = Known(focus, _provinces(text, mentions, map_), ground, _surnames(text, mentions))
    within: list[list[Mention]] = [[] for _ in sentences]
    starts = [s.span.start for s in sentences]
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if at >= 0 and mention.kind != "people":
            within[at].append(mention)
    out: list[Mention] = []
    openings = [s.words[:TAKES] for s in sentences] + [(), ()]
    for n, (sentence, own) in enumerate(zip(sentences, within, strict=True), 1):
        following = (*openings[n], *openings[n + 1])
        marked = [m for m in own if m.kind == "place"]
        places = [m.span for m in marked if _settled(m) or map_.hits(m.span.of(text))]
        rivals = [m for m in own if m.span not in places]
        out += _Scan(sentence, text, map_, words, known, following).run(places, rivals)
    return out


def _settled(mention: Mention) -> bool:
    """Towns and countries as the recogniser marks them; its natural features and buildings often hide a town."""
    return mention.rule not in ("names.loc", "names.fac")


def countries(text: str, mentions: Sequence[Mention], map_: Gazetteer) -> frozenset[str]:
    """The countries that a report speaks of: at least a tenth of its places, and two of them or its own name."""
    tally: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind in ("place", "people"):
            hits = map_.hits(mention.span.of(text))
            if hits and hits[0].spot.country:
                tally[hits[0].spot.country] += 2 if hits[0].spot.kind == "country" else 1
    least = max(2.0, SHARE * sum(tally.values()))
    return frozenset(country for country, n in tally.items() if n >= least)


def _provinces(text: str, mentions: Sequence[Mention], map_: Gazetteer) -> frozenset[str]:
    """Ids of the provinces that are named, where towns do not bear the names of families."""
    named = (hits[0].spot for m in mentions if m.kind == "place" if (hits := map_.hits(m.span.of(text))))
    return frozenset(spot.id for spot in named if spot.kind == "province" and spot.country not in SURNAMES)


def _places(text: str, mentions: Sequence[Mention], map_: Gazetteer) -> frozenset[str]:
    named = {m.span.of(text) for m in mentions if m.rule == "names.gpe"}
    return frozenset(name for name in named if map_.hits(name))


def _surnames(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    names = [m.span.of(text).split() for m in mentions if m.kind == "person"]
    return frozenset(name[-1] for name in names if len(name) > 1)


def _dateline(text: str, block: Block, map_: Gazetteer, words: Words) -> Iterator[Mention]:
    """The place or places at the head of a dateline: "KUNDUZ CITY (PNA):", "FORT LEE, Va. —"."""
    found = PLACE_LINE.match(block.span.of(text))
    if not found:
        return
    for group in ("place", "outer"):
        name = found[group]
        if name and name.lower().strip(".") not in words.never and map_.hits(name):
            start = block.span.start + found.start(group)
            yield Mention(Span(start, start + len(name)), "place", "places.dateline")


@dataclass(frozen=True, slots=True)
class _Scan:
    """One walk over a sentence's capitalised words."""

    sentence: Sentence
    text: str
    map_: Gazetteer
    words: Words
    known: Known
    following: tuple[str, ...]  # the words that open the next two sentences

    def run(self, places: Sequence[Span], rivals: Sequence[Mention]) -> Iterator[Mention]:
        """Longest names first, from left to right, none overlapping another find."""
        i = 0
        while i < len(self.sentence):
            found = self._at(i, places, rivals) if self._capital(i) else None
            if found:
                last, rule = found
                yield Mention(self.sentence.over(i, last), "place", rule)
                i = last
            i += 1

    def _at(self, first: int, places: Sequence[Span], rivals: Sequence[Mention]) -> tuple[int, str] | None:
        """Last word of the place name that begins here, and the rule that let it count."""
        s = self.sentence
        if any(p.start < s.start(first) < p.end for p in places):
            return None
        for last in range(min(first + LONGEST, len(s)) - 1, first - 1, -1):
            if not (self._capital(last) and self._joined(first, last)):
                continue
            span = s.over(first, last)
            if any(span.meets(p) and not (span.holds(p) and len(span) > len(p)) for p in places):
                continue
            hits = self.map_.hits(span.of(self.text))
            rule = self._rule(first, last, hits) if hits else self._unknown(first, last)
            if rule and (rule := self._among(first, last, rule, hits, rivals)):
                return last, rule
        return None

    def _capital(self, i: int) -> bool:
        return self.sentence.words[i][:1].isupper() and self.sentence.tags[i] in NAMED

    def _joined(self, first: int, last: int) -> bool:
        """True when only name-like words stand between the first and the last."""
        words = self.sentence.words
        inner = range(first + 1, last)
        return all(words[i][:1].isupper() or words[i].lower() in JOINERS for i in inner) and (
            "\n" not in self.text[self.sentence.start(first) : self.sentence.end(last)]
        )

    def _lead(self, first: int) -> bool:
        return first > 0 and self.sentence.words[first - 1].lower() in self.words.lead

    def _follows(self, last: int, listed: frozenset[str]) -> bool:
        """True when the next word, or the next two, are on a list."""
        after = [w.lower() for w in self.sentence.words[last + 1 : last + 3]]
        return bool(after) and (after[0] in listed or " ".join(after) in listed)

    def _rule(self, first: int, last: int, hits: Sequence[Hit]) -> str | None:
        """Which rule lets this name count, if any does."""
        s, words, alone = self.sentence, self.words, first == last
        name = s.words[first]
        unit = self._follows(last, words.unit)
        if alone and (name.lower() in words.never or (name.lower() in words.ordinary and not unit)):
            return None
        if alone and len(name) < 4 and not (name.isupper() and any(h.guard == "case" for h in hits)):
            return None
        if self._follows(last, words.paper):
            return None
        if first > 0 and s.words[first - 1].lower().rstrip(".") in words.title:
            return None
        usual = [h for h in hits if h.weight > USUAL and h.guard != "comma"]
        if any(_great(h) for h in usual) and (not alone or s.tags[first] in ("NNP", "NNPS", "JJ")):
            return "places.great"
        if self._titled(first, last):
            return "places.titled"
        if s.over(first, last).of(self.text) in self.known.places:
            return "places.again"
        if alone and s.tags[first] not in ("NNP", "NNPS"):
            return None
        return self._local(first, last, hits, unit)

    def _local(self, first: int, last: int, hits: Sequence[Hit], unit: bool) -> str | None:
        """Rules for lesser places: the report's own countries, and cues."""
        alone, lead = first == last, self._lead(first)
        own = [h for h in hits if self._near(h) and h.weight >= KNOWN and h.guard == ""]
        if alone and own and not (lead or unit) and all(h.spot.country in SURNAMES for h in own):
            return None
        if any(h.spot.kind != "settlement" or h.spot.population >= SMALL or not alone for h in own):
            return "places.focus"
        if own and (lead or unit):
            return "places.focus_cue"
        if not any(h.weight > USUAL and h.guard == "" for h in hits):
            return None
        before = self._before(first)
        if unit and lead:
            return "places.unit"
        if before[1] == "of" and before[0] in self.words.unit:
            return "places.unit_of"
        if (before[1] in WITHIN or self._named_as_ground(first)) and len(self.sentence.words[first]) > 3:
            return "places.within"
        return self._taken(first, last)

    def _near(self, hit: Hit) -> bool:
        """True in a country that the report speaks of, and for the usual bearer of a name in a province that it names:
        beside "the governor of Nimroz" Zaranj is the town."""
        if hit.spot.country in self.known.focus:
            return True
        return hit.weight > USUAL and not self.known.provinces.isdisjoint(hit.spot.within)

    def _named_as_ground(self, first: int) -> bool:
        """ "withdrew from *Sekota*", "driven out of *Sekota*", "in control of *Sekota*"."""
        low = [w.lower() for w in self.sentence.words[max(0, first - 3) : first]]
        if low[-1:] == ["of"] and not HELD.isdisjoint(low):
            return True
        return (low[-1:] == ["from"] or low[-2:] == ["out", "of"]) and not LEAVES.isdisjoint(low)

    def _taken(self, first: int, last: int) -> str | None:
        """ "retook *Svatove*", "*Svatove* is liberated": only ground is; "*Svatove* was captured" may be a man."""
        s = self.sentence
        said = [w.lower() for w in s.words[last + 1 : last + 2 + TAKES]]
        at = next((k for k, w in enumerate(said) if w not in HELPERS), len(said))
        verb, then = [*said[at:], "", ""][:2]
        undergone = verb in FALLS or then == "by" or not BE.isdisjoint(said[:at])
        near = {verb if undergone else "", s.words[first - 1].lower() if first else ""}
        if near & self.words.retaken:
            return "places.retaken"
        return "places.captured" if near & self.words.captured else None

    def _before(self, first: int) -> list[str]:
        """The two words before, lower-cased; empty where the sentence begins."""
        return ["", "", *(w.lower() for w in self.sentence.words[max(0, first - 2) : first])][-2:]

    def _titled(self, first: int, last: int) -> bool:
        """True for a line that names a place and nothing else, above a note that it was taken."""
        s = self.sentence
        rest = s.words[last + 1 :]
        if first or (rest not in ((), (".",)) and rest[0] != ":"):
            return False
        said = {w.lower() for w in (*rest[:TAKES], *self.following)}
        return bool(said & (self.words.retaken | self.words.captured))

    def _unknown(self, first: int, last: int) -> str | None:
        """Names that the map lacks as spelt: by their rough sound, or by the words about them."""
        s, words = self.sentence, self.words
        name = s.over(first, last).of(self.text)
        low = name.lower()
        if any(s.words[i].lower() in LINKS for i in range(first, last)) or low in words.ordinary | words.never:
            return None
        if len(name) >= ROUGH and self._titled(first, last):
            return "places.titled"
        if s.tags[first] not in ("NNP", "NNPS") or s.tags[last] not in ("NNP", "NNPS"):
            return None
        cue, lead = self._follows(last, words.strong), self._lead(first)
        before = self._before(first)
        if len(name) >= ROUGH and (lead or cue):
            near = self.known.focus - SURNAMES
            if near and any(_fair(h) for h in self.map_.sounding(name, near)):
                return "places.sound"
        if before[1] == "of" and before[0] in words.unit:
            return "places.unit_of"
        if cue and (lead or before[1] in ("the", "and", ",")):
            return "places.unit_only"
        if len(name) >= ROUGH and before[1] in WITHIN and not name.isupper():
            return "places.within"
        return self._taken(first, last) if len(name) >= ROUGH else None

    def _among(self, first: int, last: int, rule: str, hits: Sequence[Hit], rivals: Sequence[Mention]) -> str | None:
        """The rule, or another where the words are part of a longer name, or None where that name is a
        person's.
        """
        span = self.sentence.over(first, last)
        own = span.of(self.text)
        for rival in rivals if rule != "places.titled" else ():
            if not span.meets(rival.span):
                continue
            if rule == "places.captured" and rival.kind == "person":
                return None
            if span.holds(rival.span):
                if rule in ("places.within", "places.retaken") and (span != rival.span or own in self.known.surnames):
                    return None
                if rule == "places.focus" and rival.kind == "person" and own in self.known.surnames:
                    return None
                continue
            if rival.kind == "person" and not (self._lead(first) and rival.span.start == span.start):
                return None
            if rule in SPELT:
                return None
            usual = any(h.weight > USUAL and h.guard != "comma" for h in hits)
            return "places.inside" if usual and rule in ("places.great", "places.focus", "places.again") else None
        if rule.startswith("places.focus") and own in self.known.surnames and not self._lead(first):
            return None
        return rule


def _great(hit: Hit) -> bool:
    spot = hit.spot
    return spot.kind in ("country", "region", "province", "water", "relief", "site") or spot.population > GREAT


def _fair(hit: Hit) -> bool:
    """Large enough, or a unit, to be meant by a name that is spelt otherwise."""
    return hit.spot.kind != "settlement" or hit.spot.population >= SMALL
