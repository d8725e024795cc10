"""What an act's words say that codebooks file by: who is on which side, with what, on whose ground, how deadly.

by:SIDE, on:SIDE     state | group | people | protester | mob | place | unknown; by:foreign for a state abroad
with:MEANS           grenade | shell | mine | car | materiel | base | airborne, named in the act's sentence
in:CONTEXT           a PLOVER context of the act
word:LEMMA           a word of the act's sentence
killed               somebody died by it, in its words or in a figure of it
ground, bloodless    a place changed hands by it; without a fight
reciprocal           both sides did it to each other
dispersed            a crowd was met with force in the same paragraph
intercepts           something in the air was shot down
peace                fighting is what is agreed about
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.exports.codebooks.table import words
from dateline.model import Act, Actor, Figure, Hold, Place, Quantity, Span
from dateline.sentence import Sentence, meeting
from dateline.stage import Doc

SIDES: Mapping[str, str] = {
    "state": "state", "government": "state", "military": "state", "armed_group": "group",
    "person": "people", "people": "people", "organisation": "people", "media": "people",
}  # fmt: skip
FIGHTS = frozenset({"clash", "fight", "fighting", "battle", "skirmish", "gunfight", "firefight", "combat", "war"})
DEADLY = frozenset("kill slay massacre slaughter murder assassinate behead execute lynch hang butcher".split())
TAKEN = frozenset({"captured", "retaken"})
GIVEN = frozenset({"lost", "withdrawn"})
TAKES_GROUND = frozenset({"acts.assault.take_ground", "acts.assault.fell"})
BLOODLESS = frozenset({"surrender", "hand", "cede", "unopposed", "without", "peacefully"})
PEACE = frozenset({"peace", "ceasefire", "cease-fire", "truce", "armistice", "disarm", "demobilise", "demobilize"})
SHOOTS = frozenset({"shoot", "down", "intercept"})
FORCE = frozenset({"crowd-control"})
REAL = frozenset({"happened", "ongoing"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One act: as first told, with what later tellings and its effects add; ``ids`` are those of every telling."""

    act: Act
    ids: frozenset[str]
    lemmas: frozenset[str]  # of every trigger
    rules: frozenset[str]


def tellings(doc: Doc) -> Iterator[Telling]:
    """Each act once, in order of the text."""
    groups: dict[str, list[Act]] = {}
    for act in doc.of(Act):
        groups.setdefault(act.same_as or act.id, []).append(act)
    for group in groups.values():
        yield Telling(
            _whole(group),
            frozenset(a.id for a in group),
            frozenset(a.lemma for a in group),
            frozenset(a.rule for a in group),
        )


def _whole(group: Sequence[Act]) -> Act:
    """The first telling, each empty field filled by the first later one that has it."""

    def first[T](values: Iterable[T]) -> T | None:
        return next((v for v in values if v), None)

    recipients = first(a for a in group if any(name == "recipient" for name, _ in a.evidence))
    actors = first(a for a in group if any(name == "actor" for name, _ in a.evidence))
    evidence = {e: None for a in (actors, recipients) if a for e in a.evidence}
    return replace(
        group[0],
        mode=first(a.mode for a in group),
        actors=first(a.actors for a in group) or (),
        recipients=first(a.recipients for a in group) or (),
        places=first(a.places for a in group) or (),
        time=first(a.time for a in group),
        evidence=tuple(evidence),
    )


def marks_of(doc: Doc, told: Telling) -> frozenset[str]:
    """Every mark of one act."""
    act = told.act
    sentence = next(iter(meeting(doc.of(Sentence), act.trigger)), None)
    lemmas = frozenset(_lemmas(sentence)) if sentence else frozenset()
    actors = {a.id: a for a in doc.of(Actor)}
    found = {f"in:{c}" for c in act.context} | {f"word:{w}" for w in lemmas} | {f"word:{w}" for w in told.lemmas}
    found |= {m for w in lemmas for m in words().get(w, ()) if m.startswith("with:")}
    by = {*_sides(doc, act.actors, "actor", act, actors)}
    on = {*_sides(doc, act.recipients, "recipient", act, actors)}
    if "people" in on and lemmas & {w for w, marks in words().items() if "protester" in marks}:
        on.add("protester")
    found |= {f"by:{x}" for x in by or {"unknown"}} | {f"on:{x}" for x in on or {"unknown"}}
    if "state" in by and _abroad(doc, act, actors):
        found.add("by:foreign")
    if len(act.actors) > 1 and not act.recipients and act.lemma in FIGHTS:
        found.add("reciprocal")
    return frozenset(found | set(_course(doc, told, sentence, lemmas)))


def deaths(doc: Doc, told: Telling) -> Iterator[tuple[Figure, Quantity]]:
    """Figures of those whom the act killed, parts of another figure left out."""
    amounts = {q.id: q for q in doc.of(Quantity)}
    for figure in doc.of(Figure):
        whole = figure.event in told.ids and figure.counts == "killed" and figure.scope != "part"
        if whole and figure.status in REAL and figure.quantity in amounts:
            yield figure, amounts[figure.quantity]


def _lemmas(s: Sentence) -> Iterator[str]:
    for word, lemma in zip(s.words, s.lemmas, strict=True):
        yield from (word.lower(), lemma.lower())


def _sides(doc: Doc, ids: Iterable[str], field: str, act: Act, actors: Mapping[str, Actor]) -> Iterator[str]:
    """Sides of the actors known, and of the words that name the unnamed ones."""
    for name in ids:
        if name in actors and actors[name].kind in SIDES:
            yield SIDES[actors[name].kind]
    for span in (span for name, span in act.evidence if name == field):
        yield from _side_words(doc, span)


def _side_words(doc: Doc, span: Span) -> Iterator[str]:
    """What the head of a phrase marks, else any word of it."""
    for s in meeting(doc.of(Sentence), span):
        inside = s.tokens_in(span)
        heads = [i for i in inside if s.heads[i] not in inside or s.heads[i] == i]
        for i in heads or inside:
            for form in (s.words[i].lower(), s.lemmas[i].lower()):
                yield from (m for m in words().get(form, ()) if ":" not in m)


def _abroad(doc: Doc, act: Act, actors: Mapping[str, Actor]) -> bool:
    """True when every state that acts is another than the one whose ground it is."""
    ground = {p.country for p in doc.of(Place) if p.id in act.places and p.country}
    ours = {actors[a].country for a in act.actors if a in actors and SIDES.get(actors[a].kind) == "state"} - {None}
    return bool(ground and ours) and ground.isdisjoint(ours)


def _course(doc: Doc, told: Telling, s: Sentence | None, lemmas: frozenset[str]) -> Iterator[str]:
    """What came of it."""
    act = told.act
    if told.lemmas & DEADLY or any(True for _ in deaths(doc, told)):
        yield "killed"
    states = {h.state for h in doc.of(Hold) if h.event in told.ids or (h.event is None and h.span.meets(act.trigger))}
    if states & (TAKEN if act.type == "ASSAULT" else TAKEN | GIVEN) or told.rules & TAKES_GROUND:
        yield "ground"
        if lemmas & BLOODLESS:
            yield "bloodless"
    if lemmas & PEACE:
        yield "peace"
    if told.lemmas & SHOOTS and any("with:airborne" in words().get(w, ()) for w in lemmas):
        yield "intercepts"
    if s is not None and act.type == "PROTEST" and _met_with_force(doc, s):
        yield "dispersed"


def _met_with_force(doc: Doc, s: Sentence) -> bool:
    """True when the paragraph of ``s`` tells of force against a crowd."""
    force = [a.trigger for a in doc.of(Act) if a.mode in FORCE and a.status in REAL]
    return any(near.block == s.block for trigger in force for near in meeting(doc.of(Sentence), trigger))
