"""To whom an act is done where no argument says so: "refused to meet *the envoy*", "rejected *Mali's* offer"."""

from collections.abc import Iterator

from dateline.claim.arguments import Clause
from dateline.claim.scene import Scene
from dateline.sentence import Sentence

# What may be done to: people, bodies and states. A thing given or said is not a recipient.
SOMEONE = frozenset({"actor", "armed", "named", "office", "person"})
# Ways down from a verb or a noun to those it is about; relative clauses and adverbial ones tell of something else.
DOWN = frozenset(
    {"dobj", "dative", "prep", "agent", "pobj", "xcomp", "pcomp", "poss", "compound", "amod", "nmod", "acl"}
)
ASIDE = frozenset(
    {"in", "at", "on", "after", "before", "during", "since", "amid", "because", "despite", "as", "until", "near"}
)
FURTHEST = 6  # steps; deeper names have little to do with the act


def deeper(scene: Scene, s: Sentence, clause: Clause, actor: int | None) -> int | None:
    """The nearest token below the trigger that names someone other than the actor; None where there is none."""
    mine = set(s.subtree(actor)) if actor is not None and actor != clause.trigger else set[int]()
    for i in _below(s, clause):
        if i in mine or any(scene.times.meeting(s.over(i, i))):
            continue
        if s.labels[i] in ("compound", "amod", "nmod"):
            if s.pos[i] in ("PROPN", "ADJ") and any(True for _ in scene.actors.meeting(s.over(i, i))):
                return i
        elif s.pos[i] in ("NOUN", "PROPN") and scene.kinds(s, i) & SOMEONE:
            return i
    return None


def _below(s: Sentence, clause: Clause) -> Iterator[int]:
    """Tokens below the trigger and its light verb, nearest first."""
    level, seen = [clause.trigger, clause.verb], {clause.trigger, clause.verb}
    for _ in range(FURTHEST):
        level = [c for i in level for c in s.children[i] if c not in seen and _leads(s, c)]
        seen.update(level)
        yield from level


def _leads(s: Sentence, c: int) -> bool:
    """True for a child that the act may be about."""
    return s.labels[c] in DOWN and not (s.labels[c] == "prep" and s.words[c].lower() in ASIDE)
