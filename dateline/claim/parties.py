"""Who did it and to whom: the arguments that name them; else the paper's author, the speaker, or whoever it is about
("refused to meet *the envoy*", "rejected *Mali's* offer")."""

from collections.abc import Iterator

from dateline.claim.arguments import Clause
from dateline.claim.patterns import Pattern, given
from dateline.claim.scene import Scene, actors_of
from dateline.model import Span, Statement
from dateline.sentence import Sentence

TO_WHOM = ("object", "on", "against", "to", "with", "from", "for")
WHO = frozenset({"actor", "armed", "named", "person"})
SENT = frozenset({"send", "dispatch", "deploy", "fly"})  # what is sent is not whom it is sent to
PAPERS = frozenset({"report", "lawsuit", "suit", "letter", "statement", "complaint", "petition", "resolution", "bill"})
HIMSELF, ITSELF = frozenset({"he", "she"}), frozenset({"it", "they"})
PHYSICAL = frozenset({"ASSAULT", "MOBILIZE", "RETREAT"})
ARMED = frozenset({"ASSAULT", "MOBILIZE"})
# What may be done to: people, bodies and states. A thing given or said is not a recipient.
SOMEONE = frozenset({"actor", "armed", "named", "office", "person"})
# Ways down from a verb or a noun to those it is about; relative clauses and adverbial ones tell of something else.
DOWN = frozenset(
    {"dobj", "dative", "prep", "agent", "pobj", "xcomp", "pcomp", "poss", "compound", "amod", "nmod", "acl"}
)
ASIDE = frozenset(
    {"in", "at", "on", "after", "before", "during", "since", "amid", "because", "despite", "as", "until", "near"}
)
WHERE = frozenset({"in", "at", "on", "near"})
LANDS = frozenset({"GPE", "NORP"})
OWN = frozenset({"its", "his", "her", "their", "own"})
FURTHEST = 8  # steps; deeper names have little to do with the act


def doer(scene: Scene, s: Sentence, clause: Clause, names: tuple[str, ...]) -> tuple[str, int] | None:
    """The first filled slot; what stands before a noun counts only where it names someone ("Russian attack")."""
    for name in names:
        for head in clause.slots.get(name, []):
            if name not in ("pre", "poss", "of") or scene.kinds(s, head) & WHO:
                return name, _author(s, head)
    return None


def _author(s: Sentence, head: int) -> int:
    """Who wrote the paper that does it: "the group filed a lawsuit accusing the bank"."""
    if s.lemmas[head].lower() in PAPERS and s.labels[head] == "dobj":
        subject = s.subject_of(s.heads[head])
        return head if subject is None else subject
    return head


def named(
    scene: Scene, s: Sentence, head: int, statement: Statement | None
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The doers and the words that name them; the speaker, for "it" or "they" in what a speaker says of itself."""
    ids, words = actors_of(scene, s, head)
    first = statement.sources[0] if statement and statement.form == "indirect" and statement.sources else None
    if ids or first is None or first.actor is None or first.span is None or not s.span.holds(first.span):
        return ids, words
    one = scene.by_id[first.actor].kind == "person"
    return ((first.actor,), (first.span,)) if s.words[head].lower() in (HIMSELF if one else ITSELF) else (ids, words)


def recipient_of(
    scene: Scene, s: Sentence, clause: Clause, pattern: Pattern, actor: tuple[str, int] | None
) -> tuple[str, int] | None:
    """The recipient among the arguments; where that is a thing or none, whoever an act of words is about."""
    found = _recipient(scene, s, clause, pattern, actor)
    if pattern.entry.gives["type"] in ARMED or (found is not None and scene.kinds(s, found[1]) & SOMEONE):
        return found
    head = _deeper(scene, s, clause, actor[1] if actor else None)
    return found if head is None else ("about", head)


def _recipient(
    scene: Scene, s: Sentence, clause: Clause, pattern: Pattern, actor: tuple[str, int] | None
) -> tuple[str, int] | None:
    """The first slot that can be a recipient; where the entry asks for a class, the first of that class."""
    names = given(pattern.entry, "recipient", TO_WHOM)
    if s.lemmas[clause.trigger].lower() in SENT and not pattern.noun and pattern.entry.gives["type"] not in PHYSICAL:
        names = ("to", "into", *(n for n in names if n != "object"))
    wanted = frozenset(given(pattern.entry, "recipient_classes", ()))
    for name in names:
        for head in clause.slots.get(name, []):
            if (actor is not None and head == actor[1]) or any(scene.times.meeting(s.over(head, head))):
                continue
            if not wanted or wanted & scene.kinds(s, head):
                return name, head
    return None


def _deeper(scene: Scene, s: Sentence, clause: Clause, actor: int | None) -> int | None:
    """The nearest token below the trigger that names someone other than the actor; else the nearest name of a land
    or people, wherever it stands below; None where there is none."""
    mine = set(s.subtree(actor)) if actor is not None and actor != clause.trigger else set[int]()
    for i in _below(s, clause, frozenset()):
        if i not in mine and not any(scene.times.meeting(s.over(i, i))) and _someone(scene, s, i):
            return i
    lands = {i for e in s.entities if e.label in LANDS for i in range(e.first, e.last + 1)} - mine
    return next((i for i in _below(s, clause, WHERE) if i in lands), None)


def _someone(scene: Scene, s: Sentence, i: int) -> bool:
    """True for a noun that names someone, and for a modifier that does."""
    if s.labels[i] in ("compound", "amod", "nmod"):
        return s.pos[i] in ("PROPN", "ADJ") and any(True for _ in scene.actors.meeting(s.over(i, i)))
    return s.pos[i] in ("NOUN", "PROPN") and bool(scene.kinds(s, i) & SOMEONE) and not _own(s, i)


def _own(s: Sentence, i: int) -> bool:
    """True for what belongs to the one who acts ("its troops")."""
    return any(s.words[c].lower() in OWN for c in s.kids(i, "poss"))


def _below(s: Sentence, clause: Clause, where: frozenset[str]) -> Iterator[int]:
    """Tokens below the trigger and its light verb, nearest first; ``where``: prepositions that lead on from the second
    step, since where the act itself was done is not whom it is about."""
    level, seen = [clause.trigger, clause.verb], {clause.trigger, clause.verb}
    for step in range(FURTHEST):
        led = where if step else frozenset[str]()
        level = [c for i in level for c in s.children[i] if c not in seen and _leads(s, c, led)]
        seen.update(level)
        yield from level


def _leads(s: Sentence, c: int, where: frozenset[str]) -> bool:
    """True for a child that the act may be about."""
    word = s.words[c].lower()
    return s.labels[c] in DOWN and not (s.labels[c] == "prep" and word in ASIDE and word not in where)
