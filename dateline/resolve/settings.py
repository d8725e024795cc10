"""Event → place: where each act of a sentence happened, by the words that say so.

The choice is made by a small fitted model (card in settings.json) over how the place hangs on the act in the
parse: the path between them, the preposition, what stands between, what kind of place it is. A voice's place
("the ministry in Kabul said") is the place of its own verb, and a dateline is never the place of an act.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.model import Place, Setting, Span
from dateline.sentence import Sentence
from dateline.stage import Doc, Filter, Kit, stage

NONE = ("none",)  # what the model weighs for "no place is stated"
STEPS = 8  # links between place and act beyond which the path says nothing
MOST = 12  # places nearest to the act that are weighed; only lists and text without full stops name more
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "conj", "xcomp", "parataxis", "csubj", "pcomp"})


@dataclass(frozen=True, slots=True)
class Ground:
    """A place named in a sentence: its tokens, its id, and what the features need of it."""

    first: int
    last: int
    place: str
    kind: str
    people: bool


def _begins(spot: tuple[Span, Place]) -> int:
    return spot[0].start


@stage(needs=(Sentence, Place), gives=Setting)
def settings(doc: Doc, kit: Kit) -> Iterator[Setting]:
    """One note for each verb or event noun whose place the sentence states."""
    model = kit.filters["settings"]
    nouns = frozenset(w for e in kit.lexicons.entries["place_words"] if "event" in e.gives for w in e.words)
    spots = sorted(((span, place) for place in doc.of(Place) for span in place.mentions), key=_begins)
    for sentence in doc.of(Sentence):
        here = spots[
            bisect_left(spots, sentence.span.start, key=_begins) : bisect_left(spots, sentence.span.end, key=_begins)
        ]
        grounds = [ground for span, place in here if (ground := ground_of(sentence, span, place))]
        if not grounds:
            continue
        for trigger in triggers(sentence, nouns):
            found = where(sentence, trigger, grounds, model)
            if found:
                ground, score = found
                yield Setting(
                    trigger=sentence.over(trigger, trigger),
                    place=ground.place,
                    evidence=evidence(sentence, ground),
                    rule="settings.path",
                    score=score,
                )


def triggers(sentence: Sentence, nouns: frozenset[str]) -> Iterator[int]:
    """Tokens that may name an act: full verbs, and nouns of events."""
    for i, lemma in enumerate(sentence.lemmas):
        if sentence.pos[i] == "VERB" or (sentence.pos[i] == "NOUN" and lemma.lower() in nouns):
            yield i


def ground_of(sentence: Sentence, span: Span, place: Place) -> Ground | None:
    """The tokens of one mention of a place; None where the mention lies outside the sentence."""
    inside = sentence.tokens_in(span)
    if not inside:
        return None
    return Ground(inside[0], inside[-1], place.id, place.kind, span in place.associative)


def where(sentence: Sentence, trigger: int, grounds: Sequence[Ground], model: Filter) -> tuple[Ground, float] | None:
    """The place where the act of ``trigger`` happened and the odds for it, 0–1; None where none is stated."""
    if len(grounds) > MOST:
        grounds = sorted(sorted(grounds, key=lambda g: abs(g.first - trigger))[:MOST], key=lambda g: g.first)
    scores = [_odds(model, f) for f in features(sentence, trigger, grounds)]
    nothing = _odds(model, none_features(sentence, trigger, len(grounds)))
    if not scores or max(scores) <= nothing:
        return None
    best = max(range(len(scores)), key=lambda i: scores[i])
    total = sum(math.exp(s - scores[best]) for s in [*scores, nothing])
    return grounds[best], round(1 / total, 3)


def _odds(model: Filter, found: Sequence[str]) -> float:
    p = model.score(found)
    return math.log(p / (1 - p)) if 0 < p < 1 else math.copysign(30.0, p - 0.5)


def evidence(sentence: Sentence, ground: Ground) -> Span:
    """The place's words with the preposition that leads them in."""
    first = ground.first
    while first > 0 and ground.first - first < 3 and sentence.pos[first] != "ADP":
        first -= 1
    return sentence.over(first if sentence.pos[first] == "ADP" else ground.first, ground.last)


def none_features(sentence: Sentence, trigger: int, places: int) -> list[str]:
    """What speaks for "not stated"."""
    lemma = sentence.lemmas[trigger].lower()
    return [*NONE, f"none lemma {lemma}", f"none places {min(places, 4)}", f"none tag {sentence.tags[trigger]}"]


def features(sentence: Sentence, trigger: int, grounds: Sequence[Ground]) -> list[list[str]]:
    """Named features of every place for one act, in the order of ``grounds``."""
    ways = [_way(sentence, trigger, g) for g in grounds]
    lengths = [len(w.up) + len(w.down) for w in ways]
    gaps = [abs(g.first - trigger) for g in grounds]
    out = []
    for i, (ground, way) in enumerate(zip(grounds, ways, strict=True)):
        own = _own(sentence, trigger, ground, way)
        own.append(f"path rank {sum(n < lengths[i] for n in lengths)}")
        own.append(f"gap rank {sum(n < gaps[i] for n in gaps)}")
        own += [f"{way.prep} rank {sum(n < lengths[i] for n in lengths)}"]
        own += _company(sentence, ground, grounds)
        out.append(own)
    return out


@dataclass(frozen=True, slots=True)
class _Way:
    """The path from a place up to where it meets the act's own path, and down to the act."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    prep: str
    met: int
    top: int


def _way(sentence: Sentence, trigger: int, ground: Ground) -> _Way:
    inside = range(ground.first, ground.last + 1)
    top = next((i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i), ground.last)
    above = [trigger, *sentence.ancestors(trigger)]
    up: list[str] = []
    prep, at = "-", top
    while at not in above and len(up) < 20:
        label = sentence.labels[at]
        if label in ("prep", "agent", "dative"):
            word = sentence.words[at].lower()
            prep = word if prep == "-" else prep
            label = f"{label}:{word}"
        up.append(label)
        if sentence.heads[at] == at:
            break
        at = sentence.heads[at]
    down = above[: above.index(at)] if at in above else above
    return _Way(tuple(up), tuple(sentence.labels[i] for i in down), prep, at, top)


def _own(sentence: Sentence, trigger: int, ground: Ground, way: _Way) -> list[str]:
    """Features of one place by itself."""
    lemma = sentence.lemmas[trigger].lower()
    after = "after" if ground.first > trigger else "before"
    between = range(min(ground.last, trigger) + 1, max(ground.first, trigger))
    verbs = sum(sentence.pos[i] == "VERB" for i in between)
    commas = sum(sentence.words[i] == "," for i in between)
    plain = tuple(step.split(":")[0] for step in way.up)
    up, down = "/".join(way.up[:STEPS]), "/".join(way.down[:STEPS])
    direct = not way.down
    out = [
        "place",
        f"up {up} down {down}",
        f"plain {'/'.join(plain[:STEPS])} down {down}",
        f"prep {way.prep} {'direct' if direct else 'off'} {after}",
        f"prep {way.prep} {len(way.up)}",
        f"last {way.up[-1] if way.up else '-'} {'direct' if direct else 'off'}",
        f"first {way.up[0] if way.up else '-'} {way.prep}",
        f"down {down}",
        f"climb {min(len(way.up), STEPS)} {min(len(way.down), 4)}",
        f"{after} verbs {min(verbs, 3)} commas {min(commas, 2)}",
        f"gap {after} {min(len(between).bit_length(), 6)}",
        f"kind {ground.kind} {way.prep}",
        f"people {ground.people}",
        f"label {sentence.labels[way.top]} {'direct' if direct else 'off'}",
        f"lemma {lemma} {way.prep}",
        f"lemma {lemma} {way.up[-1] if way.up else '-'}",
        f"clauses {sum(step in CLAUSES for step in plain)} {sum(step in CLAUSES for step in way.down)}",
    ]
    lead = sentence.words[ground.first - 1].lower() if ground.first else "^"
    out += [
        f"lead {lead} {after}",
        f"lead {lead} kind {ground.kind}",
        f"tag {sentence.tags[trigger]} {way.prep} {'direct' if direct else 'off'}",
        f"role {sentence.labels[trigger]} {way.up[-1] if way.up else '-'} {'/'.join(way.down[:2])}",
        f"next {sentence.words[ground.last + 1].lower() if ground.last + 1 < len(sentence) else '$'}",
        f"object {any(True for _ in sentence.kids(trigger, 'dobj'))} {way.prep} {'direct' if direct else 'off'}",
        f"passive {sentence.passive(trigger)} {way.prep} {'direct' if direct else 'off'}",
    ]
    head = sentence.heads[way.top]
    out.append(f"head {sentence.lemmas[head].lower()}" if sentence.pos[head] == "NOUN" else "head -")
    if way.met != trigger and sentence.pos[way.met] == "VERB":
        out.append(f"over {sentence.lemmas[way.met].lower()} {'/'.join(way.down[-1:])}")
    return out


def _company(sentence: Sentence, ground: Ground, grounds: Sequence[Ground]) -> list[str]:
    """Features of a place beside the sentence's others: the wider place after a comma is seldom the answer."""
    out = [f"places {min(len(grounds), 4)}"]
    for other in grounds:
        gap = other.first - ground.last
        if 0 < gap <= 6 and all(sentence.pos[i] not in ("VERB", "AUX") for i in range(ground.last + 1, other.first)):
            out.append(f"wider follows {other.kind}")
        gap = ground.first - other.last
        if 0 < gap <= 6 and all(sentence.pos[i] not in ("VERB", "AUX") for i in range(other.last + 1, ground.first)):
            words = " ".join(w.lower() for w in sentence.words[other.last + 1 : ground.first])
            out.append(f"narrower before {other.kind}")
            out.append(f"joined {words}")
    return out
