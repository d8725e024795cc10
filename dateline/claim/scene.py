"""What a trigger's arguments are: which class of thing a head names, and which actors, places, times and amounts of the
report stand on it. Built once a report; a sentence's answers are kept only while that sentence is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dateline.claim.arguments import Clause
from dateline.claim.patterns import Pattern, Slot, classes
from dateline.claim.spans import Spans
from dateline.model import Actor, Place, Quantity, Setting, Span, Statement, Time
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit

ENTITY_CLASSES: Mapping[str, frozenset[str]] = {
    "GPE": frozenset({"actor", "place", "ground", "office", "named"}), "LOC": frozenset({"place", "ground"}),
    "FAC": frozenset({"place", "ground"}), "NORP": frozenset({"actor", "office", "people", "named"}),
    "ORG": frozenset({"actor", "office", "named"}), "PERSON": frozenset({"actor", "office", "person", "named"}),
    "MONEY": frozenset({"aid", "money"}), "EVENT": frozenset(), "WORK_OF_ART": frozenset({"abstract"}),
}  # fmt: skip
ACTOR_CLASSES: Mapping[str, frozenset[str]] = {
    "state": frozenset({"actor", "office", "named"}), "government": frozenset({"actor", "office", "named"}),
    "military": frozenset({"actor", "armed", "named"}), "armed_group": frozenset({"actor", "armed", "named"}),
    "organisation": frozenset({"actor", "office", "named"}), "media": frozenset({"actor", "named"}),
    "person": frozenset({"actor", "office", "person"}), "people": frozenset({"actor", "person"}),
    "unknown": frozenset(),
}  # fmt: skip
PRONOUNS = frozenset({"he", "she", "they", "we", "i", "it", "them", "him", "her", "us", "who"})


@dataclass(frozen=True, slots=True)
class Scene:
    """The notes of one report by where they stand."""

    actors: Spans[Actor]
    places: Spans[Place]
    times: Spans[Time]
    quantities: Spans[Quantity]
    statements: Spans[Statement]
    words: Mapping[str, frozenset[str]]
    by_id: Mapping[str, Actor]
    settings: Mapping[Span, Setting]  # trigger → where it happened, as the resolver chose
    known: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    def kinds(self, s: Sentence, i: int) -> frozenset[str]:
        """Classes of what token ``i`` names: from the lexicon, the recogniser and the resolved actors and places."""
        key = (s.offset, s.start(i))
        if key not in self.known:
            self.known[key] = frozenset(self._kinds(s, i))
        return self.known[key]

    def _kinds(self, s: Sentence, i: int) -> Iterator[str]:
        lemma = s.lemmas[i].lower()
        found = self.words.get(lemma, frozenset()) | self.words.get(s.words[i].lower(), frozenset())
        yield from found
        if found & {"armed", "office", "person"} or s.words[i].lower() in PRONOUNS:
            yield "actor"
        if s.words[i].lower() in PRONOUNS:
            yield "pronoun"
        if s.tags[i] == "CD" and s.words[i].isalnum():
            yield "person"  # "killed three", "arrested 14": a bare number counts people
        if s.tags[i] in ("CD", "JJS") or lemma in (
            "half",
            "part",
            "all",
            "some",
            "number",
            "dozen",
            "hundred",
            "rest",
        ):
            for target in (x for p in s.kids(i, "prep") if s.words[p].lower() == "of" for x in s.kids(p, "pobj")):
                yield from self._kinds(s, target)
        span = s.over(i, i)
        for actor_span, actor in self.actors.meeting(span):
            if s.end(i) == actor_span.end or s.pos[i] != "PROPN" or not found:
                yield from ACTOR_CLASSES[actor.kind]
        for _ in self.places.meeting(span):
            yield from ("place", "ground")
        entity = next((e for e in s.entities if e.first <= i <= e.last), None)
        if entity is not None:
            yield from ENTITY_CLASSES.get(entity.label, ())
        for c in s.kids(i, "compound", "amod", "nmod", "poss"):
            if s.pos[c] == "PROPN" or s.tags[c] == "JJ":
                yield from self._borrowed(s, c)

    def _borrowed(self, s: Sentence, c: int) -> Iterator[str]:
        """A named modifier makes its noun an actor's ("Taliban positions", "Russian troops")."""
        if any(True for _ in self.actors.meeting(s.over(c, c))):
            yield "owned"

    def fits(self, s: Sentence, clause: Clause, pattern: Pattern) -> bool:
        """True when the clause has all that the pattern asks for."""
        return pattern.particles <= clause.particles and all(self._filled(s, clause, x) for x in pattern.slots)

    def _filled(self, s: Sentence, clause: Clause, slot: Slot) -> bool:
        heads = clause.slots.get(slot.name, [])
        hit = any(
            slot.any
            or s.lemmas[h].lower() in slot.lemmas
            or s.words[h].lower() in slot.lemmas
            or (slot.classes and bool(slot.classes & self.kinds(s, h)))
            for h in heads
        )
        return hit != slot.never

    def statement(self, s: Sentence, i: int) -> Statement | None:
        """The innermost statement whose content holds token ``i``."""
        return self.statements.around(s.over(i, i))


def scene_of(doc: Doc, kit: Kit) -> Scene:
    """Index the report's notes."""
    return Scene(
        actors=Spans((m.span, a) for a in doc.of(Actor) for m in a.mentions),
        places=Spans((span, p) for p in doc.of(Place) for span in p.mentions),
        times=Spans((t.span, t) for t in doc.of(Time)),
        quantities=Spans((q.span, q) for q in doc.of(Quantity)),
        statements=Spans((span, x) for x in doc.of(Statement) for span in x.content),
        words=classes(kit.lexicons),
        by_id={a.id: a for a in doc.of(Actor)},
        settings={note.trigger: note for note in doc.of(Setting)},
    )


def phrase(s: Sentence, i: int) -> Span:
    """The noun phrase of ``i`` without relative clauses and what is joined to it."""
    stop = [
        c for c in s.children[i] if s.labels[c] in ("relcl", "acl", "conj", "cc", "punct", "appos", "advcl", "case")
    ]
    tree = s.subtree(i, without=stop)
    first = last = i
    while first - 1 in tree:
        first -= 1
    while last + 1 in tree:
        last += 1
    return s.over(first, last)


def members(s: Sentence, i: int) -> list[int]:
    """``i`` and the nouns joined to it."""
    return [c for c in s.conjuncts(i) if s.pos[c] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")] or [i]


def actors_of(scene: Scene, s: Sentence, i: int) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Ids of the actors named by the head ``i`` and its conjuncts, and the words that name each."""
    ids: list[str] = []
    words: list[Span] = []
    for head in members(s, i):
        words.append(phrase(s, head))
        actor = _actor(scene, s, head)
        if actor is not None and actor.id not in ids:
            ids.append(actor.id)
    return tuple(ids), tuple(words)


def _actor(scene: Scene, s: Sentence, head: int) -> Actor | None:
    """The actor whose mention holds the head; else the one that a modifier of the head names."""
    found = scene.actors.around(s.over(head, head))
    if found is not None:
        return found
    for c in [*s.kids(head, "compound", "poss", "amod", "nmod"), *_of(s, head)]:
        found = scene.actors.around(s.over(c, c))
        if found is not None:
            return found
    return None


def _of(s: Sentence, head: int) -> Iterator[int]:
    for p in s.kids(head, "prep"):
        if s.words[p].lower() in ("of", "from", "in"):
            yield from s.kids(p, "pobj")
